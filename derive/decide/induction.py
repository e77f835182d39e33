"""Induction over a natural number.

**Decides** nothing completely; proves statements about sums and powers whose length or exponent is a symbol for an integer.
**Method**: the variable is one that stands in a bound of a sum or product, an exponent, a factorial or a binomial coefficient, and that the hypotheses
bound below; the statement for the bound, and for n + 1 with the statement for n as a hypothesis, are left to the elementary procedures, sums of
squares among them.
**Certificate**: Induction.
**Gives up when** one of both is not proved, or needs a condition on the variable.

Example: sum_{i=0}^n x^i = (x^(n+1) - 1) / (x - 1).
"""

from __future__ import annotations

from collections.abc import Iterator

from derive.kernel.certificate import Certificate, Induction, Rejected
from derive.kernel.check import check
from derive.kernel.claim import Claim
from derive.kernel.sign import implied
from derive.kernel.term import (
    INTEGER,
    ONE,
    Apply,
    IllSorted,
    Number,
    Symbol,
    Term,
    TermError,
    add,
    free_symbols,
    substitute,
    subterms,
)
from derive.theories import AXIOMS

from . import attempts, positivstellensatz
from .work import OutOfWork, Work

_STARTS = (3, 2, 1, 0, -1)  # the greatest first: then the least remains to be shown
MAXIMUM_VARIABLES = 2
SQUARES_LIMIT = 6_000  # units of work for sums of squares in a step


def decide(claim: Claim, work: Work) -> Certificate | None:
    """An Induction over one of the variables."""
    for variable in list(_variables(claim.statement))[:MAXIMUM_VARIABLES]:
        found = _over(claim, variable, work)
        if found is not None:
            return found
    return None


def _variables(statement: Term) -> Iterator[Symbol]:
    found: dict[Symbol, None] = {}
    for part in subterms(statement):
        if not isinstance(part, Apply):
            continue
        places: tuple[Term, ...] = ()
        if part.head in {"sum", "product"}:
            places = part.arguments[2:]
        elif part.head == "^":
            places = part.arguments[1:]
        elif part.head in {"factorial", "binomial"}:
            places = part.arguments
        for place in places:
            found.update(dict.fromkeys(sorted(_integers(place), key=lambda one: one.name)))
    free = free_symbols(statement)
    yield from (one for one in found if one in free)


def _integers(term: Term) -> list[Symbol]:
    return [symbol for symbol in free_symbols(term) if symbol.sort == INTEGER]


def _over(claim: Claim, variable: Symbol, work: Work) -> Induction | None:
    start = next((one for one in _STARTS if implied(_at_least(variable, one), claim.hypotheses)), None)
    if start is None:
        return None
    work.spend(40)
    others = tuple(one for one in claim.hypotheses if variable not in free_symbols(one))
    try:
        first = Claim(substitute(claim.statement, {variable: Number(start)}), others)
        following = substitute(claim.statement, {variable: add(variable, ONE)})
        step = Claim(following, (*others, _at_least(variable, start), claim.statement))
        base = _proved(first, work)
        if base is None:
            return None
        further = _proved(step, work)
    except TermError:
        return None
    return None if further is None else Induction(variable, start, base, further)


def _at_least(variable: Symbol, number: int) -> Apply:
    return Apply(">=", (variable, Number(number)))


def _proved(claim: Claim, work: Work) -> Certificate | None:
    found = attempts.prove(claim, work)
    if found is not None or not isinstance(claim.statement, Apply) or claim.statement.head == "=":
        return found
    try:
        found = positivstellensatz.decide(claim, Work(SQUARES_LIMIT))
        if found is not None:
            check(claim, found, AXIOMS)
    except (OutOfWork, Rejected, IllSorted, TermError):
        return None
    return found
