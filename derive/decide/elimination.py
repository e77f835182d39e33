"""Equations solved for a symbol, and put in.

**Decides** nothing by itself.
**Method** a hypothesis that is linear in a symbol (or in a power of it that the claim has), with a coefficient that is not 0, is solved for it; the value is
put into the claim and into the other hypotheses, under roots and fractions too; then the next hypothesis, and the elementary procedures.
**Certificate** Lemma for the solved equation (an Identity), Rewrite.
**Gives up when** no hypothesis is linear in anything, or the elementary procedures do.
Example: a + b + c = 3 entails sqrt(a + b) = sqrt(3 - c).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from derive.kernel import polynomial
from derive.kernel.certificate import Assumed, Certificate, Cofactor, Identity, Lemma, Rejected, Rewrite
from derive.kernel.claim import Claim
from derive.kernel.normal_form import SCALAR, Form
from derive.kernel.polynomial import Polynomial
from derive.kernel.sorting import is_scalar, sort_of
from derive.kernel.term import (
    ONE,
    Apply,
    IllSorted,
    Number,
    Symbol,
    Term,
    TermError,
    equal,
    free_symbols,
    substitute,
    subterms,
)

from . import algebraic, attempts, values
from .combination import Problem
from .terms_of import Nameless, over
from .work import Work

MAXIMUM_STEPS = 3
MAXIMUM_TRIED = 4  # ways to solve the equations, at each step
MAXIMUM_TERMS = 40

Proof = Callable[[Claim, Work], Certificate | None]


def decide(claim: Claim, work: Work) -> Certificate | None:
    """The claim with a value put in, shown by an elementary procedure."""
    return decide_by(_shown, claim, work)


def _shown(claim: Claim, work: Work) -> Certificate | None:
    """By an elementary procedure; a claim in which no letter is left by its values too."""
    found = attempts.prove(claim, work)
    if found is None and not free_symbols(claim.statement):
        found = values.decide(claim, work) or algebraic.decide(claim, work)
    return found


def decide_by(prove: Proof, claim: Claim, work: Work) -> Certificate | None:
    """The same, shown by another procedure."""
    if not isinstance(claim.statement, Apply) or not any(_is_equation(one) for one in claim.hypotheses):
        return None
    return _eliminated(claim, work, MAXIMUM_STEPS, frozenset(), prove)


def _is_equation(statement: Term) -> bool:
    return isinstance(statement, Apply) and statement.head == "="


def _eliminated(claim: Claim, work: Work, steps: int, used: frozenset[int], prove: Proof) -> Certificate | None:
    for old, new, index, left in _solutions(claim, work, used):
        solved = equal(old, new)
        try:
            statement = substitute(claim.statement, {old: new})
            changed = _changed(claim, index, old, new)
        except (TermError, IllSorted):
            continue
        position = len(claim.hypotheses)
        hypotheses = (*claim.hypotheses, solved, *(one for one, _ in changed))
        inside = Claim(statement, hypotheses)
        found = prove(inside, work)
        if found is None and steps > 1:
            found = _eliminated(
                inside, work, steps - 1, used | {index, position, *(number for _, number in changed)}, prove
            )
        if found is None:
            continue
        found = Rewrite(position, False, found)
        for one, number in reversed(changed):
            found = Lemma(one, Rewrite(position, True, Assumed(number)), found)
        return Lemma(solved, Identity((Cofactor(index, left, ONE),)), found)
    return None


def _changed(claim: Claim, index: int, old: Term, new: Term) -> list[tuple[Term, int]]:
    """The other hypotheses with the value put in, where the old ones come back."""
    found: list[tuple[Term, int]] = []
    for number, hypothesis in enumerate(claim.hypotheses):
        if number == index or not free_symbols(hypothesis) & free_symbols(old):
            continue
        changed = substitute(hypothesis, {old: new})
        if changed != hypothesis and substitute(changed, {new: old}) == hypothesis:
            found.append((changed, number))
    return found


def _solutions(claim: Claim, work: Work, used: frozenset[int]) -> Iterator[tuple[Term, Term, int, Term]]:
    """(what is replaced, by what, the equation, its cofactor), numbers as coefficients first."""
    problem = Problem(Claim(claim.statement, claim.hypotheses), work)
    symbols = sorted(
        (one for one in free_symbols(claim.statement) if is_scalar(one.sort)), key=lambda one: one.name, reverse=True
    )
    found: list[tuple[tuple[bool, int, int], tuple[Term, Term, int, Term]]] = []
    for index, form, _ in problem.equations:
        if index in used or form.shape != SCALAR or form.grid is not None or len(form.scalar.terms) > MAXIMUM_TERMS:
            continue
        for symbol in symbols:
            try:
                solved = _solved(problem, form, symbol)
            except (Nameless, Rejected):
                continue
            if solved is not None:
                old, new, left, is_number = solved
                found.append(((not is_number, int(old != symbol), len(found)), (old, new, index, left)))
    yield from _sides(claim, used)
    for _, solution in sorted(found, key=lambda one: one[0])[:MAXIMUM_TRIED]:
        yield solution


def _sides(claim: Claim, used: frozenset[int]) -> Iterator[tuple[Term, Term, int, Term]]:
    """A side of an equation that stands in the claim as it is, and the other one."""
    parts = set(subterms(claim.statement))
    for index, hypothesis in enumerate(claim.hypotheses):
        if index in used or not (isinstance(hypothesis, Apply) and hypothesis.head == "="):
            continue
        for (old, new), factor in ((hypothesis.arguments, ONE), (hypothesis.arguments[::-1], Number(-1))):
            if isinstance(old, Apply) and old in parts and is_scalar(sort_of(old)):
                yield old, new, index, factor


def _solved(problem: Problem, form: Form, symbol: Symbol) -> tuple[Term, Term, Term, bool] | None:
    """(symbol or a power, its value, the cofactor, whether its coefficient is a number)."""
    atom = problem.atoms.numbers.get(("name", symbol))
    if atom is None:
        return None
    terms = form.scalar.terms
    others = {index for key in terms for index, _ in polynomial.exponents(key)} - {atom}
    if any(symbol in free_symbols(problem.names.atom(index)) for index in others):
        return None
    exponents = {polynomial.exponent_of(key, atom) for key in terms} - {0}
    if len(exponents) != 1:
        return None
    (power,) = exponents
    shift = power << (polynomial.BITS * atom)
    slope = {key - shift: value for key, value in terms.items() if polynomial.exponent_of(key, atom)}
    rest = {key: -value for key, value in terms.items() if not polynomial.exponent_of(key, atom)}
    is_number = set(slope) == {0}
    if is_number:
        value = Fraction(slope[0])
        new = problem.names.polynomial(
            Polynomial({key: _whole(Fraction(entry) / value) for key, entry in rest.items()}, form.scalar.degree)
        )
        left: Term = Number(1 / value)
    else:
        factor = problem.names.polynomial(Polynomial(slope, form.scalar.degree))
        if problem.sign(factor) not in {"+", "-", "!0"} and set(rest) != {0}:  # c x = 1 has no c = 0
            return None
        new = over(problem.names.polynomial(Polynomial(rest, form.scalar.degree)), factor)
        left = over(ONE, factor)
    below = problem.names.denominator(form.denominator)
    old: Term = symbol if power == 1 else Apply("^", (symbol, Number(power)))
    return old, new, left if below == ONE else Apply("*", (below, left)), is_number


def _whole(value: Fraction) -> Fraction | int:
    return value.numerator if value.denominator == 1 else value
