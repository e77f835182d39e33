"""A claim: a statement under hypotheses. Nothing is said of its truth."""

from __future__ import annotations

from dataclasses import dataclass

from .term import Symbol, Term


@dataclass(frozen=True, slots=True)
class Claim:
    """For all free symbols: the hypotheses (statements, true and hence defined) imply the statement.

    `statement` is a term of sort Statement. An approximation is Apply("approx", (left, right, variable, base, Number(p))):
    left - right = o(|variable - base|^p) as variable -> base, all else fixed; variable is a Symbol or a matrix literal of Symbols.
    With `constants`, the claim reads: for all symbols but these and `parameters` there are constants such that for all parameters.
    """

    statement: Term
    hypotheses: tuple[Term, ...] = ()
    constants: tuple[Symbol, ...] = ()
    parameters: tuple[Symbol, ...] = ()
