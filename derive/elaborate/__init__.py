"""From formulas to claims: sorts, terms, and what each relation of a text is (definition, condition, claim)."""

from derive.elaborate.derivation import Obligation, Outcome, Repair, obligations

__all__ = ["Obligation", "Outcome", "Repair", "obligations"]
