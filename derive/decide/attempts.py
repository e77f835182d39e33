"""The elementary procedures in order, for procedures that prove parts of a claim."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from derive.kernel.certificate import Certificate, Rejected
from derive.kernel.check import check
from derive.kernel.claim import Claim
from derive.kernel.term import Apply, IllSorted, Term, TermError
from derive.theories import AXIOMS

from . import (
    cover,
    definite,
    identity,
    linear,
    optima,
    pieces,
    shifts,
    sign,
    squares,
    taylor,
    univariate,
    vectors,
    words,
)
from .combination import sides
from .numbering import with_lemmas
from .work import OutOfWork, Work

Search = Callable[[Claim, Work], Certificate | None]
Found = tuple[Certificate, tuple[Term, ...]] | None


def extremes(claim: Claim, work: Work) -> Certificate | None:
    """s < min(a, b, ...) from s < a, s < b, ...; max(a, b, ...) < t alike."""
    order = sides(claim.statement)
    if order is None:
        return None
    for term, other, word in ((order[0], order[1], "min"), (order[1], order[0], "max")):
        if not (isinstance(term, Apply) and term.head == word and len(term.arguments) > 1):
            continue
        head = "<" if order[2] else "<="
        parts: list[tuple[Term, Certificate]] = []
        for part in term.arguments:
            statement = Apply(head, (other, part) if word == "min" else (part, other))
            proof = prove(Claim(statement, claim.hypotheses), work)
            if proof is None:
                return None
            parts.append((statement, proof))
        found = pieces.extreme(term, len(claim.hypotheses) + len(parts), len(claim.hypotheses))
        return with_lemmas(parts, found, len(claim.hypotheses))
    return None


def definite_matrix(claim: Claim, work: Work) -> Certificate | None:
    """A matrix that is definite by its form."""
    return definite.decide(claim, work, prove)


ELEMENTARY = (
    sign.decide,
    identity.decide,
    words.decide,
    pieces.bound,
    extremes,
    univariate.decide,
    shifts.shifted,
    linear.decide,
    linear.unequal,
    squares.decide,
    taylor.decide,
    optima.decide,
    vectors.decide,
    definite_matrix,
    cover.quick,
)


QUICK = (
    sign.decide,
    pieces.bound,
    univariate.decide,
    identity.decide,
    shifts.shifted,
    squares.by_gram_matrix,
    linear.unequal,
    linear.decide,
)


def prove(claim: Claim, work: Work) -> Certificate | None:
    """The first certificate of an elementary procedure that the kernel accepts."""
    return _first(ELEMENTARY, claim, work)


def quick(claim: Claim, work: Work) -> Certificate | None:
    """The same by the quickest of them: for the premises of many instances."""
    return _first(QUICK, claim, work)


def quick_with_conditions(claim: Claim, work: Work) -> Found:
    """The same, with the conditions that the kernel accepts it under."""
    return _checked(QUICK, claim, work)


def any_of(searches: Sequence[Search], claim: Claim, work: Work) -> Certificate | None:
    """The first certificate of a search that the kernel accepts; one that runs out of work ends none of the others."""
    for search in searches:
        try:
            found = _first((search,), claim, work)
        except OutOfWork:
            continue
        if found is not None:
            return found
    return None


def _first(attempts: Sequence[Search], claim: Claim, work: Work) -> Certificate | None:
    found = _checked(attempts, claim, work)
    return None if found is None else found[0]


# What a search found, and the work it took. Several procedures come to the same part of a claim; each pays for it, so that what is found does not depend
# on who was there before. A search that has less left than _ENOUGH behind it may be cut short, and is made again.
_KNOWN: dict[tuple[Sequence[Search], Claim, int], tuple[Found, int]] = {}
_MOST_KNOWN = 2_000
_ENOUGH = 3_000  # no search of those above gives a part more than this


def _checked(attempts: Sequence[Search], claim: Claim, work: Work) -> Found:
    key, before = (attempts, claim, work.limit), work.spent
    left = work.limit - before - _ENOUGH
    known = _KNOWN.get(key)
    if known is not None and known[1] <= left:
        work.spend(known[1])
        return known[0]
    found = _tried(attempts, claim, work)
    if work.spent - before <= left:
        if len(_KNOWN) >= _MOST_KNOWN:
            _KNOWN.clear()
        _KNOWN[key] = found, work.spent - before
    return found


def _tried(attempts: Sequence[Search], claim: Claim, work: Work) -> Found:
    for attempt in attempts:
        try:
            found = attempt(claim, work)
            if found is not None:
                return found, check(claim, found, AXIOMS)
        except (Rejected, IllSorted, TermError):
            continue
    return None
