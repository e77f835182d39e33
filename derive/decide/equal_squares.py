"""Equations between numbers that are not negative, by their squares.

**Decides** a = b where a >= 0 and b >= 0 are visible, a norm, an absolute value or a root occurs, and a^2 = b^2 is proved by an elementary procedure: |Q x| = |x| for
an orthogonal Q, |det Q| = 1.
**Certificate** the lemmas a^2 = b^2, a <= b and b <= a (axiom square_comparison), and (a - b)^2 + (b - a)(a - b) = 0.
**Gives up** where a sign is not visible.
"""

from __future__ import annotations

from derive.kernel.certificate import Certificate, Cofactor, Lemma, Sign, Square, Squares, Vanishing
from derive.kernel.claim import Claim
from derive.kernel.sign import nonnegative
from derive.kernel.sorting import is_scalar, sort_of
from derive.kernel.term import ONE, TWO, Apply, Term, equal, negate, subterms

from . import attempts, determinants
from .vectors import comparison
from .work import Work

_ROOTS = frozenset({"norm", "abs", "sqrt"})


def decide(claim: Claim, work: Work) -> Certificate | None:
    """a = b from a^2 = b^2."""
    statement = claim.statement
    if not isinstance(statement, Apply) or statement.head != "=" or not is_scalar(sort_of(statement.arguments[0])):
        return None
    left, right = statement.arguments
    if not any(isinstance(one, Apply) and one.head in _ROOTS for one in subterms(statement)):
        return None
    if not all(nonnegative(side, claim.hypotheses) for side in (left, right)):
        return None
    squares = equal(*(Apply("^", (side, TWO)) for side in (left, right)))
    squared = Claim(squares, claim.hypotheses)
    proof = attempts.prove(squared, work) or determinants.decide(squared, work)
    if proof is None:
        return None
    known = len(claim.hypotheses)  # where the equation of the squares will stand; the orders come behind it
    found: Certificate = Vanishing(ONE, (Square(ONE, (known + 1, known + 2)),), ())
    for smaller, greater, sign in ((right, left, ONE), (left, right, negate(ONE))):
        below = comparison(smaller, greater, Squares((), None, (Cofactor(known, sign, ONE),)), Sign())
        if below is None:
            return None
        found = Lemma(_below(smaller, greater), below, found)
    return Lemma(squares, proof, found)


def _below(smaller: Term, greater: Term) -> Term:
    return Apply("<=", (smaller, greater))
