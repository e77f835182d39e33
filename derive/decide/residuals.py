"""Inequalities between squared norms, because their difference is the square of a vector.

**Decides** Bessel's inequality and the optimality of projections, for vectors of every size, as far as the identities are found.
**Method**: for |p|^2 <= |q|^2 the vector q - p, for |M x|^2 <= |x|^2 the vector x - M^T M x, and for a sum of (u_i^T x)^2 below |x|^2 the
vector x - sum of (u_i^T x) u_i: what is left of x beside its projection. That its square is the difference is an equation, which the procedures for these
show modulo the hypotheses.
**Certificate**: Lemma for the equation, and Squares from it.
**Gives up when** the claim is of another form, or the equation is not shown.

Example: |U^T x|^2 <= |x|^2 where U^T U = 1.
"""

from __future__ import annotations

from collections.abc import Iterator

from derive.kernel.certificate import Certificate, Cofactor, Lemma, Square, Squares
from derive.kernel.claim import Claim
from derive.kernel.sorting import is_scalar, sort_of
from derive.kernel.term import ONE, TWO, Apply, IllSorted, Matrix, Term, add, equal, multiply, negate, subtract

from . import identity, words
from .combination import sides
from .work import Work


def decide(claim: Claim, work: Work) -> Certificate | None:
    """A certificate for an inequality between squared norms."""
    order = sides(claim.statement)
    if order is None or order[2]:
        return None
    above, below, _ = order
    for residual in _residuals(below, above):
        square = equal(subtract(above, below), Apply("^", (Apply("norm", (residual,)), TWO)))
        try:
            sort_of(square)
        except IllSorted:
            continue
        for search in (identity.decide, words.decide):
            proof = search(Claim(square, claim.hypotheses), work)
            if proof is not None:
                shown = Cofactor(len(claim.hypotheses), ONE, ONE)
                return Lemma(square, proof, Squares((Square(ONE, (), residual),), None, (shown,)))
    return None


def _residuals(below: Term, above: Term) -> Iterator[Term]:
    vector = _normed(above)
    if vector is None:
        return
    other = _normed(below)
    if other is not None:
        if sort_of(other) == sort_of(vector):
            yield subtract(vector, other)
        if isinstance(other, Apply) and other.head == "*" and other.arguments[-1] == vector:
            *factors, _ = other.arguments
            turned = [_turned(factor) for factor in reversed(factors)]
            yield subtract(vector, multiply(*turned, *factors, vector))
        return
    parts = below.arguments if isinstance(below, Apply) and below.head == "+" else (below,)
    products = [_product_with(part, vector) for part in parts]
    known = [multiply(*pair) for pair in products if pair is not None]
    if len(known) == len(parts):
        yield add(vector, *(negate(one) for one in known))


def _normed(term: Term) -> Term | None:
    """v of |v|^2."""
    if isinstance(term, Apply) and term.head == "^" and term.arguments[1] == TWO:
        base = term.arguments[0]
        if isinstance(base, Apply) and base.head == "norm" and isinstance(sort_of(base.arguments[0]), Matrix):
            return base.arguments[0]
    return None


def _product_with(term: Term, vector: Term) -> tuple[Term, Term] | None:
    """u^T x and u of (u^T x)^2, where x is the vector."""
    if not isinstance(term, Apply) or term.head != "^" or term.arguments[1] != TWO:
        return None
    base = term.arguments[0]
    if not isinstance(base, Apply) or base.head not in {"*", "inner"} or len(base.arguments) != 2:
        return None
    for one, other in (base.arguments, base.arguments[::-1]):
        for side in (one, _turned(one)):
            for unit in (other, _turned(other)):
                if side == vector and not is_scalar(sort_of(unit)) and sort_of(unit) == sort_of(vector):
                    return base, unit
    return None


def _turned(term: Term) -> Term:
    """The transpose, of a transpose what it is of."""
    return term.arguments[0] if isinstance(term, Apply) and term.head == "transpose" else Apply("transpose", (term,))
