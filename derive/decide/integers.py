"""Equal whole numbers: neither is smaller, since it would be smaller by at least 1.

**Decides** nothing completely; finds equations between sums and products of integers that follow from a gap of 1 by linear arithmetic with products.
**Method** bounds from both sides (3 < n < 5); or a < b, and so a + 1 <= b, is led to a contradiction with the hypotheses; a > b alike; what is neither smaller nor greater is equal.
**Certificate** Cases, Contradiction, Lemma (Sign), Vanishing.
**Gives up when** the contradiction needs products of three hypotheses.
Example: for natural numbers x + 3 y = 3 u + v with x < 3 and v < 3 entails y = u.
"""

from __future__ import annotations

from derive.kernel.certificate import Cases, Certificate, Contradiction, Lemma, Sign, Square, Vanishing
from derive.kernel.claim import Claim
from derive.kernel.sorting import is_integral
from derive.kernel.term import ONE, Apply, Term, add

from . import attempts, linear
from .numbering import with_lemmas
from .work import Work


def decide(claim: Claim, work: Work) -> Certificate | None:
    """left = right between terms that are visibly integers."""
    statement = claim.statement
    if not isinstance(statement, Apply) or statement.head != "=" or not claim.hypotheses:
        return None
    left, right = statement.arguments
    if not is_integral(left) or not is_integral(right):
        return None
    above, below = Apply(">=", (left, right)), Apply("<=", (left, right))
    count = len(claim.hypotheses)
    equal = Vanishing(ONE, (Square(ONE, (count, count + 1)),))
    bounds = [(one, attempts.quick(Claim(one, claim.hypotheses), work)) for one in (above, below)]
    if all(proof is not None for _, proof in bounds):
        return with_lemmas([(one, proof) for one, proof in bounds if proof is not None], equal, count)
    less = _absurd(claim, left, right, (), work)
    if less is None:
        return None
    more = _absurd(claim, right, left, (above,), work)
    if more is None:
        return None
    return Cases(Apply("<", (left, right)), less, Cases(Apply("<", (right, left)), more, equal))


def _absurd(claim: Claim, smaller: Term, greater: Term, known: tuple[Term, ...], work: Work) -> Certificate | None:
    """Any claim from smaller < greater."""
    hypotheses = (*claim.hypotheses, *known, Apply("<", (smaller, greater)))
    gap = Apply("<=", (add(smaller, ONE), greater))
    found = linear.contradiction((*hypotheses, gap), work)
    return None if found is None else Lemma(gap, Sign(), Contradiction(found))
