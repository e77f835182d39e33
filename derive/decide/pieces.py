"""Absolute values, signs, minima and maxima: what they are in each case.

Not a procedure of its own: `cases_of` names the first such term of a claim with its cases; `logic` proves the claim in each.
"""

from __future__ import annotations

from dataclasses import dataclass

from derive.kernel.certificate import Assumed, AxiomInstance, Certificate, Sign
from derive.kernel.claim import Claim
from derive.kernel.term import ZERO, Apply, Symbol, Term, equal, negate, subterms

_A, _B, _X = Symbol("a"), Symbol("b"), Symbol("x")


@dataclass(frozen=True, slots=True)
class Case:
    """What the term equals where a condition holds; `axiom` says so, from the condition or what follows from it by its sign."""

    condition: Term
    value: Term
    axiom: str
    substitution: tuple[tuple[Symbol, Term], ...]
    premise: Certificate | None = None  # None: the condition itself


def cases_of(claim: Claim) -> tuple[Term, Case, Case] | None:
    """The innermost piecewise term that no equation of the hypotheses gives a value, with its two cases; those of the statement go first."""
    known = {one.arguments[0] for one in claim.hypotheses if isinstance(one, Apply) and one.head == "="}

    def piecewise(statement: Term) -> list[Apply]:
        parts = subterms(statement)
        return [part for part in parts if isinstance(part, Apply) and _is_piecewise(part) and part not in known]

    found = piecewise(claim.statement) or [part for statement in claim.hypotheses for part in piecewise(statement)]
    if not found:
        return None
    term = min(found, key=lambda one: one.depth)
    if term.head == "abs":
        inside = term.arguments[0]
        values = ((_X, inside),)
        return (
            term,
            Case(Apply(">=", (inside, ZERO)), inside, "absolute_of_nonnegative", values),
            Case(Apply("<", (inside, ZERO)), negate(inside), "absolute_of_nonpositive", values, Sign()),
        )
    left, right = term.arguments
    pairs = ((_A, left), (_B, right))
    first, second = ("minimum_left", "minimum_right") if term.head == "min" else ("maximum_right", "maximum_left")
    smaller, larger = (left, right) if term.head == "min" else (right, left)
    return (
        term,
        Case(Apply("<=", (left, right)), smaller, first, pairs),
        Case(Apply(">", (left, right)), larger, second, pairs, Sign()),
    )


def _is_piecewise(term: Apply) -> bool:
    return term.head == "abs" or (term.head in {"min", "max"} and len(term.arguments) == 2)


def value_in(term: Term, case: Case, position: int) -> tuple[Term, AxiomInstance]:
    """term = its value, with the instance of the axiom; the condition of the case is the hypothesis of that number."""
    premise = Assumed(position) if case.premise is None else case.premise
    return equal(term, case.value), AxiomInstance(case.axiom, case.substitution, (premise,))
