"""From formulas to claims: sorts, terms, and what each relation of a text is (definition, condition, claim)."""

from derive.elaborate.derivation import obligations
from derive.elaborate.obligation import Obligation, Outcome, Repair

__all__ = ["Obligation", "Outcome", "Repair", "obligations"]
