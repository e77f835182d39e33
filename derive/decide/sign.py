"""Signs by structure.

**Decides** nothing completely: orders and `!=` that follow from the signs of atoms, even powers, exponentials, norms and products.
**Method**: the kernel's own sign rules.
**Certificate**: Sign.
**Gives up when** cancellation matters (x^2 - 2x + 1 >= 0 is for squares).

Example: x^2 + 1 > 0.
"""

from __future__ import annotations

from derive.kernel.certificate import Assumed, Certificate, Sign
from derive.kernel.claim import Claim
from derive.kernel.sign import definite, sign
from derive.kernel.sorting import DEFINITE, is_scalar, sort_of
from derive.kernel.term import ORDERS, ZERO, Apply, subtract

from .work import Work

ENOUGH = {
    ">": {"+"},
    ">=": {"+", "0+", "0"},
    "<": {"-"},
    "<=": {"-", "0-", "0"},
    "!=": {"+", "-", "!0"},
}


def decide(claim: Claim, work: Work) -> Certificate | None:
    """Sign, or Assumed where the statement is a hypothesis."""
    statement = claim.statement
    work.spend(10)
    if statement in claim.hypotheses:
        return Assumed(claim.hypotheses.index(statement))
    if isinstance(statement, Apply) and statement.head in DEFINITE:
        return Sign() if definite(statement, claim.hypotheses) else None
    if not isinstance(statement, Apply) or (statement.head not in ORDERS and statement.head != "!="):
        return None
    left, right = statement.arguments
    if not is_scalar(sort_of(left)):
        return Sign() if statement.head == "!=" else None
    difference = left if right == ZERO else subtract(left, right)
    return Sign() if sign(difference, claim.hypotheses) in ENOUGH[statement.head] else None
