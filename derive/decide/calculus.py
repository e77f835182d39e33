"""Derivatives of terms, worked out.

**Decides** equations and inequalities of derivatives of elementary expressions as far as those of the results are decided.
**Method** the rules of differentiation, which the kernel applies; what is left is a claim without derivatives.
**Certificate** Differentiated, with the conditions that are enough for the derivatives to exist.
**Gives up when** a rule is missing (vectors, floors, sums), or the result is not decided.
Example: the derivative of x ln x is 1 + ln x, for x > 0.
"""

from __future__ import annotations

from derive.decide import attempts, elementary, logic
from derive.decide.work import Work
from derive.kernel.calculus import differentiated
from derive.kernel.certificate import Certificate, Differentiated, Rejected, WhereDefined
from derive.kernel.claim import Claim
from derive.kernel.definedness import obligations
from derive.kernel.term import Apply, subterms


def decide(claim: Claim, work: Work) -> Certificate | None:
    """Differentiated around a proof of the claim without derivatives."""
    if not any(isinstance(part, Apply) and part.head == "derivative" for part in subterms(claim.statement)):
        return None
    try:
        known = (*claim.hypotheses, *obligations(claim.statement))
        statement, _ = differentiated(claim.statement)
    except Rejected:
        return None
    changed = Claim(statement, known)
    for search in (attempts.prove, elementary.decide, logic.prove):
        proof = search(changed, work)
        if proof is not None:
            return WhereDefined(Differentiated(proof))
    return None
