"""Parts without letters by their values.

**Decides** nothing completely: claims in which sin, cos, tan, arctan, arcsin or arccos of numbers have short values, and functions of such values.
**Method** the kernel puts the values in; what is left is a claim for the elementary procedures.
**Certificate** Evaluated around that of the claim with the values.
**Gives up when** no part has a short value, or the claim with the values is not decided.
Example: arctan(sqrt(3)) - arctan(0) = pi/3.
"""

from __future__ import annotations

from derive.kernel.certificate import Certificate, Evaluated, Rejected
from derive.kernel.claim import Claim
from derive.kernel.cover import exact
from derive.kernel.term import Apply, IllSorted, TermError, subterms

from . import attempts, elementary
from .work import Work

_HEADS = frozenset(
    {"sin", "cos", "tan", "arctan", "arcsin", "arccos", "exp", "log", "log_base", "sqrt", "root", "abs", "^"}
)


def decide(claim: Claim, work: Work) -> Certificate | None:
    """Evaluated around a proof of the claim with the values."""
    if not any(isinstance(part, Apply) and part.head in _HEADS for part in subterms(claim.statement)):
        return None
    try:
        statement = exact(claim.statement)
    except (Rejected, TermError, IllSorted):
        return None
    if statement == claim.statement:
        return None
    changed = Claim(statement, claim.hypotheses)
    proof = attempts.prove(changed, work) or elementary.decide(changed, work)
    return None if proof is None else Evaluated(proof)
