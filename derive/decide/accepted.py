"""What the kernel says of a counterexample, asked once: a hunt asks before it ends, and `verify` asks again."""

from __future__ import annotations

from functools import lru_cache

from derive.kernel.certificate import Refutation, Rejected
from derive.kernel.claim import Claim
from derive.kernel.refute import refute
from derive.theories import AXIOMS


@lru_cache(maxsize=10)
def values_at(claim: Claim, found: Refutation) -> tuple[str, str]:
    """Both values at the point, as text. Rejected where it does not refute the claim."""
    return refute(claim, found, AXIOMS)


def refutes(found: Refutation, claim: Claim) -> bool:
    """Whether the kernel accepts a counterexample."""
    try:
        values_at(claim, found)
    except Rejected:
        return False
    return True
