"""The elementary procedures in order, for procedures that prove parts of a claim."""

from __future__ import annotations

from derive.kernel.certificate import Certificate, Rejected
from derive.kernel.check import check
from derive.kernel.claim import Claim
from derive.kernel.term import IllSorted, TermError
from derive.theories import AXIOMS

from . import cover, identity, linear, sign, squares, taylor, univariate, vectors, words
from .work import Work

ELEMENTARY = (
    sign.decide,
    identity.decide,
    words.decide,
    univariate.decide,
    linear.decide,
    linear.unequal,
    squares.decide,
    taylor.decide,
    vectors.decide,
    cover.quick,
)


def prove(claim: Claim, work: Work) -> Certificate | None:
    """The first certificate of an elementary procedure that the kernel accepts."""
    for attempt in ELEMENTARY:
        try:
            found = attempt(claim, work)
            if found is not None:
                check(claim, found, AXIOMS)
                return found
        except (Rejected, IllSorted, TermError):
            continue
    return None
