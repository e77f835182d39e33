"""Limits by derivatives.

**Decides** claims with limits at a number, of quotients whose parts have derivatives there, as far as those of the values are decided.
**Method** the derivatives of numerator and denominator up to the first order at which the kernel finds a quotient.
**Certificate** Limited for each limit, around a proof of the claim without them.
**Gives up when** all derivatives up to the order 6 vanish, one is not known, or the claim about the values is not decided.
Example: (1 - cos x)/x^2 tends to 1/2 as x tends to 0.
"""

from __future__ import annotations

from derive.decide.integrals import prove
from derive.decide.work import Work
from derive.kernel.certificate import Certificate, Limited, Rejected
from derive.kernel.claim import Claim
from derive.kernel.limits import value_of_limit
from derive.kernel.normal_form import Atoms, is_zero
from derive.kernel.term import Apply, IllSorted, Term, TermError, substitute, subterms

MAXIMUM_LIMITS = 6
ORDERS = 7


def decide(claim: Claim, work: Work) -> Certificate | None:
    """Limited around a proof of the claim without limits."""
    limits = [part for part in subterms(claim.statement) if _is_limit(part)]
    inner = next((one for one in limits if not any(_is_limit(part) for part in subterms(one) if part != one)), None)
    if inner is None or len(limits) > MAXIMUM_LIMITS:
        return None
    for order in range(ORDERS):
        work.spend(100)
        try:
            value, _ = value_of_limit(inner, order, claim.hypotheses)
            if _is_by_nothing(value):
                continue
            changed = Claim(substitute(claim.statement, {inner: value}), claim.hypotheses)
            proof = decide(changed, work) if len(limits) > 1 else prove(changed, work)
        except (Rejected, TermError, IllSorted):
            return None
        if proof is not None:
            return Limited(inner, order, proof)
    return None


def _is_by_nothing(value: Term) -> bool:
    """Whether a quotient is one by 0."""
    if not isinstance(value, Apply) or value.head != "/":
        return False
    atoms = Atoms()
    return is_zero(atoms.form(value.arguments[1]), atoms)


def _is_limit(term: Term) -> bool:
    return isinstance(term, Apply) and term.head == "limit"
