"""Approximations of the first orders, by Taylor's theorem.

**Decides** equality up to o(|increment|^p) of sums and products of smooth functions at a point of expansion.
**Method** and **Certificate**: Taylor; the kernel expands both sides (Taylor-Peano) and compares.
**Gives up when** an expansion is not known or the sides differ at the order claimed.

Example: L(w + D) is L(w) + grad L(w) . D up to o(|D|).
"""

from __future__ import annotations

from derive.kernel.certificate import Certificate, Taylor
from derive.kernel.claim import Claim
from derive.kernel.term import Apply

from .work import Work


def decide(claim: Claim, work: Work) -> Certificate | None:
    """Taylor for every approximation: the kernel says whether it holds."""
    work.spend(10)
    return Taylor() if isinstance(claim.statement, Apply) and claim.statement.head == "approx" else None
