"""Absolute values, signs, minima and maxima: what they are in each case.

Not a procedure of its own: `cases_of` names the first such term of a claim with its cases; `logic` proves the claim in each.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from derive.kernel.certificate import (
    Assumed,
    AxiomInstance,
    Cases,
    Certificate,
    Cofactor,
    Identity,
    Lemma,
    Rewrite,
    Square,
    Squares,
)
from derive.kernel.claim import Claim
from derive.kernel.term import ONE, ZERO, Apply, Number, Symbol, Term, equal, negate, subterms

from .combination import sides
from .work import Work

Search = Callable[[Claim], Certificate | None]
_A, _B, _X = Symbol("a"), Symbol("b"), Symbol("x")


@dataclass(frozen=True, slots=True)
class Case:
    """What the term equals where a condition holds; `axiom` says so, from the condition or what follows from it by its sign."""

    condition: Apply
    value: Term
    axiom: str
    substitution: tuple[tuple[Symbol, Term], ...]
    strict: bool = False  # the condition says more than the axiom needs


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
    return (term, *_cases(term))


def _cases(term: Apply) -> tuple[Case, Case]:
    if term.head == "abs":
        inside = term.arguments[0]
        values = ((_X, inside),)
        return (
            Case(Apply(">=", (inside, ZERO)), inside, "absolute_of_nonnegative", values),
            Case(Apply("<", (inside, ZERO)), negate(inside), "absolute_of_nonpositive", values, True),
        )
    *before, right = term.arguments
    left = before[0] if len(before) == 1 else Apply(term.head, tuple(before))
    pairs = ((_A, left), (_B, right))
    first, second = ("minimum_left", "minimum_right") if term.head == "min" else ("maximum_right", "maximum_left")
    smaller, larger = (left, right) if term.head == "min" else (right, left)
    return (
        Case(Apply("<=", (left, right)), smaller, first, pairs),
        Case(Apply(">", (left, right)), larger, second, pairs, True),
    )


def bound(claim: Claim, work: Work) -> Certificate | None:
    """a <= max(..., a, ...) and min(..., a, ...) <= a."""
    order = sides(claim.statement)
    if order is None or order[2]:
        return None
    for term, other, word in ((order[0], order[1], "max"), (order[1], order[0], "min")):
        if isinstance(term, Apply) and term.head == word and other in term.arguments and len(term.arguments) > 1:
            work.spend(5)
            return bounded(term, other, len(claim.hypotheses))
    return None


def bounded(term: Apply, part: Term, count: int) -> Certificate:
    """That a part of a maximum is at most it, or of a minimum at least, under that many hypotheses: case by case."""
    first = count
    proofs: list[Certificate] = []
    cases = _cases(term)
    for case in cases:
        statement, proof = value_in(term, case, first)
        sign = Number(1 if term.head == "max" else -1)
        equal_to_value = Cofactor(first + 1, sign, ONE)
        inner: Certificate
        if case.value == part:
            inner = Squares((), None, (equal_to_value,))
        elif part in case.condition.arguments:  # the other side of the condition
            inner = Squares((Square(ONE, (first,)),), None, (equal_to_value,))
        else:  # it is a part of the first side, and that is the value or on the way to it
            rest = term.arguments[:-1]
            whole = Apply(term.head, rest)
            below = Apply("<=", (part, whole) if term.head == "max" else (whole, part))
            here = (Square(ONE, (first + 2,)),)
            through = here if case.value == whole else (*here, Square(ONE, (first,)))
            inner = Lemma(below, bounded(whole, part, first + 2), Squares(through, None, (equal_to_value,)))
        proofs.append(Lemma(statement, proof, inner))
    return Cases(cases[0].condition, proofs[0], proofs[1])


def extreme(term: Apply, count: int, first: int) -> Certificate:
    """s R min(a, b, ...) or max(a, b, ...) R t, under that many hypotheses; those from `first` on say it of each part."""
    whole, last = _cases(term)
    proofs: list[Certificate] = []
    for case in (whole, last):
        statement, proof = value_in(term, case, count)
        cofactors = (Cofactor(count + 1, Number(1 if term.head == "min" else -1), ONE),)
        if case.value in term.arguments:
            position = first + term.arguments.index(case.value)
            inner: Certificate = Squares((Square(ONE, (position,)),), None, cofactors)
        else:
            assert isinstance(case.value, Apply)
            inner = Rewrite(count + 1, False, extreme(case.value, count + 2, first))
        proofs.append(Lemma(statement, proof, inner))
    return Cases(whole.condition, proofs[0], proofs[1])


def _is_piecewise(term: Apply) -> bool:
    return term.head == "abs" or (term.head in {"min", "max"} and len(term.arguments) > 1)


def value_in(term: Term, case: Case, position: int) -> tuple[Term, Certificate]:
    """term = its value, with its proof; the condition of the case is the hypothesis of that number, and the last one."""
    premise: Certificate = Squares((Square(ONE, (position,)),)) if case.strict else Assumed(position)
    instance = AxiomInstance(case.axiom, case.substitution, (premise,))
    statement = equal(term, case.value)
    if isinstance(term, Apply) and len(term.arguments) > 2:  # max(a, b, c) = max(max(a, b), c)
        nested = Apply(term.head, tuple(value for _, value in case.substitution))
        return statement, Lemma(equal(nested, case.value), instance, Identity((Cofactor(position + 1, ONE, ONE),)))
    return statement, instance


def case_by_case(claim: Claim, search: Search, known: Search | None = None) -> Certificate | None:
    """The claim in both cases of an absolute value, a minimum or a maximum of its statement, which is replaced by its value; in one if `known` shows its condition."""
    found = cases_of(Claim(claim.statement))
    if found is None:
        return None
    term, *both = found
    settled = None if known is None else _settled(both, claim.hypotheses, known)
    proofs: list[Certificate] = []
    for case in both if settled is None else [settled[0]]:
        equation, proof = value_in(term, case, len(claim.hypotheses))
        hypotheses = (*claim.hypotheses, case.condition, equation)
        inner = search(Claim(replaced(claim.statement, term, case.value), hypotheses))
        if inner is None:
            return None
        proofs.append(Lemma(equation, proof, Rewrite(len(hypotheses) - 1, reverse=False, inner=inner)))
    if settled is not None:
        return Lemma(settled[0].condition, settled[1], proofs[0])
    return Cases(both[0].condition, proofs[0], proofs[1])


def _settled(both: list[Case], hypotheses: tuple[Term, ...], known: Search) -> tuple[Case, Certificate] | None:
    for case in both:
        proof = known(Claim(case.condition, hypotheses))
        if proof is not None:
            return case, proof
    return None


def replaced(term: Term, old: Term, new: Term) -> Term:
    """The term with another in the place of a part of it."""
    if term == old:
        return new
    if isinstance(term, Apply):
        return Apply(term.head, tuple(replaced(part, old, new) for part in term.arguments))
    return term
