"""Integrals by other integrals: by substitution, by parts, term by term.

**Decides** nothing completely; proves equations that are linear in their integrals, one of which comes from the others by a change of variable that is a line between the
bounds or a part of the integrand, with what is left over integrated by SymPy's rules.
**Method** each integral in turn as the one to be replaced; the coefficients are read off the equation, the places chosen so that they fit the bounds and, as it seems at
a few points, the integrands.
**Certificate** Substituted, around a proof of the equation in the letters for the other integrals.
**Gives up when** no such place fits, more than three integrals occur, or the integrand is not seen to be what it has to be.
Example: the integral of x f(x^2) from 0 to 1 is half of that of f(u) from 0 to 1, by u = x^2.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, product

from derive.decide import attempts, calculus, elementary, integrals, radicals, values
from derive.decide.discharge import discharged
from derive.decide.mean_value import seems
from derive.decide.work import OutOfWork, Work
from derive.kernel.calculus import differentiated, slope_of
from derive.kernel.certificate import Certificate, Inside, Link, Rejected, Sign, Substituted, Target
from derive.kernel.check import check
from derive.kernel.claim import Claim
from derive.kernel.cover import exact
from derive.kernel.integration import parts_of, slope_by_targets, substituted, value_by_targets, within
from derive.kernel.normal_form import Atoms, is_zero
from derive.kernel.term import (
    ONE,
    ZERO,
    Apply,
    IllSorted,
    Number,
    Symbol,
    Term,
    TermError,
    add,
    equal,
    free_symbols,
    multiply,
    negate,
    substitute,
    subterms,
    subtract,
)
from derive.theories import AXIOMS

MAXIMUM_INTEGRALS = 3
_LIMIT = 30_000  # units of work for a claim
_PLACES = 8  # tried for one integral
_CHOICES = 24
_SYMPY = 5_000  # units for one antiderivative


def decide(claim: Claim, work: Work) -> Certificate | None:
    """Substituted around a proof of what is left of an equation between integrals."""
    statement = claim.statement
    if not isinstance(statement, Apply) or statement.head != "=":
        return None
    found = [part for part in subterms(statement) if isinstance(part, Apply) and part.head == "integral"]
    found = list(dict.fromkeys(found))
    if not 2 <= len(found) <= MAXIMUM_INTEGRALS or any(
        _is_beyond(part) for one in found for part in subterms(one) if part != one
    ):
        return None
    own = Work(min(_LIMIT, work.limit - work.spent))
    try:
        for integral in found:
            try:
                proof = _replaced(claim, integral, [one for one in found if one != integral], own)
            except (Rejected, TermError, IllSorted):
                continue
            if proof is not None:
                return proof
    except OutOfWork:
        return None
    finally:
        work.spend(min(own.spent, work.limit - work.spent))
    return None


def _is_beyond(part: Term) -> bool:
    return isinstance(part, Apply) and part.head in {"integral", "notation", "limit", "sum", "product", "derivative"}


def _replaced(claim: Claim, integral: Apply, others: list[Apply], work: Work) -> Certificate | None:
    body, variable, lower, upper = parts_of(integral, claim.hypotheses)
    names = [Symbol(f"integral {index}") for index in range(len(others))]
    own = Symbol("integral")
    assert isinstance(claim.statement, Apply)
    letters: dict[Term, Term] = {integral: own, **dict(zip(others, names, strict=True))}
    difference = substitute(subtract(*claim.statement.arguments), letters)
    factor = slope_of(difference, own)[0]
    factors = [slope_of(difference, name)[0] for name in names]
    if factor == ZERO or any(free_symbols(one) & {own, *names} for one in (factor, *factors)):
        return None
    coefficients = [negate(Apply("/", (one, factor))) if factor != ONE else negate(one) for one in factors]
    choices = [list(islice(_places(body, variable, lower, upper, other), _PLACES)) for other in others]
    _, opened = within(claim.hypotheses, variable, lower, upper)
    later: list[tuple[tuple[Target, ...], Term]] = []
    for chosen in islice(product(*choices), _CHOICES):
        work.spend(50)
        targets = tuple(
            Target(other, place, negate(coefficient) if turned else coefficient, turned, name, (Sign(), Sign()))
            for other, (place, turned), coefficient, name in zip(others, chosen, coefficients, names, strict=True)
        )
        pairs = tuple((one, substituted(one, variable)[0]) for one in targets)
        slope = differentiated(slope_by_targets(ZERO, ZERO, pairs, variable))[0]
        assert isinstance(slope, Apply)
        missing = subtract(body, slope.arguments[1])
        if not seems(Claim(equal(missing, ZERO), opened)):
            if all(one.place == variable for one in targets):  # by parts, or term by term
                later.append((targets, missing))
            continue
        found = _by_places(claim, integral, targets, ZERO, work)
        if found is not None:
            return found
    if not later or _same(substitute(difference, {own: ZERO, **dict.fromkeys(names, ZERO)}), ZERO):
        return None  # nothing else stands in the equation
    for targets, missing in later:
        rest = _antiderivative(missing, variable, work)
        found = None if rest is None else _by_places(claim, integral, targets, rest, work)
        if found is not None:
            return found
    return None


def _places(body: Term, variable: Symbol, lower: Term, upper: Term, other: Apply) -> Iterator[tuple[Term, bool]]:
    """Functions of the variable that take the bounds of another integral at its bounds; whether in the other order."""
    _, _, first, last = other.arguments
    candidates: dict[Term, None] = {variable: None}
    if not _same(lower, upper):
        for start, end in ((first, last), (last, first)):
            candidates.setdefault(_line(start, _ratio(_gap(end, start), _gap(upper, lower)), variable, lower))
    for part in subterms(body):
        if isinstance(part, Apply) and part != body and variable in free_symbols(part):
            candidates.setdefault(part)
    for place in candidates:
        if variable not in free_symbols(place):
            continue
        ends = [substitute(place, {variable: bound}) for bound in (lower, upper)]
        for turned in (False, True):
            if all(_same(*pair) for pair in zip(ends, (last, first) if turned else (first, last), strict=True)):
                yield place, turned


def _gap(one: Term, other: Term) -> Term:
    return one if other == ZERO else subtract(one, other)


def _ratio(one: Term, other: Term) -> Term:
    if _same(one, other):
        return ONE
    return Number(-1) if _same(one, negate(other)) else exact(Apply("/", (one, other)))


def _line(start: Term, slope: Term, variable: Symbol, lower: Term) -> Term:
    """start + slope (x - lower), shortly where it can be."""
    path = variable if lower == ZERO else subtract(variable, lower)
    path = path if slope == ONE else multiply(slope, path)
    return path if start == ZERO else add(start, path)


def _same(one: Term, other: Term) -> bool:
    if one == other:
        return True
    atoms = Atoms()
    try:
        return is_zero(atoms.form(exact(subtract(one, other))), atoms)
    except (Rejected, TermError, IllSorted):
        return False


def _by_places(claim: Claim, integral: Apply, bare: tuple[Target, ...], rest: Term, work: Work) -> Certificate | None:
    """With what the integrals at these places leave over integrated; the targets have no proofs yet."""
    body, variable, lower, upper = parts_of(integral, claim.hypotheses)
    pairs = tuple((one, substituted(one, variable)[0]) for one in bare)
    value, replaced = value_by_targets(rest, bare, variable, lower, upper)
    inner = _shown(Claim(substitute(claim.statement, {**replaced, integral: value}), claim.hypotheses), work)
    if inner is None:
        return None
    targets = []
    for one in bare:
        _, first, last = substituted(one, variable)
        ends = []
        for bound, end in ((lower, first), (upper, last)):
            proof = _shown(Claim(equal(substitute(one.place, {variable: bound}), end), claim.hypotheses), work)
            if proof is None:
                return None
            ends.append(proof)
        targets.append(Target(one.integral, one.place, one.coefficient, one.turned, one.name, (ends[0], ends[1])))
    order = integrals.prove(Claim(Apply("<=", (lower, upper)), claim.hypotheses), work)
    terms = (body, rest, *(part for one, inside in pairs for part in (one.place, inside)))
    slope = slope_by_targets(body, rest, pairs, variable)
    ways = [(lower, upper)] if order is not None else [(lower, upper), (upper, lower)]
    sides = [_inside(claim, terms, slope, (variable, *ends), work) for ends in ways]
    if any(side is None for side in sides):
        return None
    made = Substituted(integral, tuple(targets), rest, order, tuple(one for one in sides if one is not None), inner)
    check(claim, made, AXIOMS)
    return made


def _antiderivative(missing: Term, variable: Symbol, work: Work) -> Term | None:
    """Of what the integrand has more, multiplied out first."""
    from sympy import expand

    from derive.sympy_bridge import BridgeError, from_sympy, to_sympy

    sorts = {one.name: one.sort for one in free_symbols(missing) | {variable}}
    try:
        work.spend(_SYMPY)
        shorter = from_sympy(expand(to_sympy(missing)), sorts)
    except (BridgeError, ArithmeticError, AttributeError, RecursionError, TypeError, ValueError):
        return None
    return next(integrals.antiderivatives(shorter, variable, work), None)


def _inside(
    claim: Claim, terms: tuple[Term, ...], slope: Term, ends: tuple[Symbol, Term, Term], work: Work
) -> Inside | None:
    closed, opened = within(claim.hypotheses, *ends)
    defined = integrals.defined_between(claim, terms, ends, work)
    if defined is None:
        return None
    links = [Link(one.statement, discharged(Claim(one.statement, closed), one.certificate, work)) for one in defined]
    inside = Claim(slope, opened)
    found = calculus.decide(inside, work)
    return None if found is None else Inside(tuple(links), discharged(inside, found, work))


def _shown(claim: Claim, work: Work) -> Certificate | None:
    return attempts.any_of((attempts.prove, radicals.decide, elementary.decide, values.decide), claim, work)
