"""From formulas to claims: sorts, terms, and what each relation of a text is (definition, condition, claim)."""

from derive.elaborate.derivation import Ending, obligations
from derive.elaborate.obligation import Obligation, Outcome, Repair

__all__ = ["Ending", "Obligation", "Outcome", "Repair", "obligations"]
