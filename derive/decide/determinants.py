"""Determinants of sums, of blocks and of equal matrices.

**Decides** nothing completely; finds the determinants of 2 x 2 blocks (Schur), of sums with a product (Sylvester, the matrix determinant lemma), and what
equations between square matrices say of determinants.
**Method**: det(LU) = det(L) det(U) for the two triangular factorizations of the blocks [A, B; C, D], of which the kernel multiplies out the product and
takes the determinants of the factors; P + UV is met in the blocks [P, -U; V, 1]. The determinants of both sides of an equation are equal.
**Certificate**: Lemma for each of these; Identity.
**Gives up when** the sum is another one, or P, A, D are not known to have inverses.

Example: det(1 + A B) = det(1 + B A).
"""

from __future__ import annotations

from collections.abc import Iterator

from derive.kernel import size
from derive.kernel.certificate import AxiomInstance, Certificate, Identity, Lemma, Rewrite
from derive.kernel.claim import Claim
from derive.kernel.sign import sign
from derive.kernel.sorting import is_scalar, sort_of
from derive.kernel.term import (
    ONE,
    ZERO,
    Apply,
    Constant,
    IllSorted,
    Matrix,
    Size,
    Symbol,
    Term,
    TermError,
    equal,
    multiply,
    negate,
    subterms,
    subtract,
)

from . import identity
from .work import Work

MAXIMUM_LEMMAS = 12
Shown = tuple[Term, Certificate]


def decide(claim: Claim, work: Work) -> Certificate | None:
    """A certificate for an equation in which a determinant occurs."""
    statement = claim.statement
    if not isinstance(statement, Apply) or statement.head != "=":
        return None
    matrices = [part.arguments[0] for part in subterms(statement) if isinstance(part, Apply) and part.head == "det"]
    if not matrices:
        return None
    lemmas: dict[Term, Certificate] = dict(_of_equal(claim))
    for matrix in matrices:
        for fact, shown in _of_matrix(claim, matrix):
            if len(lemmas) < MAXIMUM_LEMMAS:
                lemmas.setdefault(fact, shown)
    if not lemmas:
        return None
    proof: Certificate | None = identity.decide(Claim(statement, (*claim.hypotheses, *lemmas)), work)
    for fact, shown in reversed(lemmas.items()):
        proof = proof and Lemma(fact, shown, proof)
    return proof


def _of_equal(claim: Claim) -> Iterator[Shown]:
    """det(left) = det(right) for the equations among the hypotheses."""
    for index, hypothesis in enumerate(claim.hypotheses):
        if not isinstance(hypothesis, Apply) or hypothesis.head != "=":
            continue
        left, right = hypothesis.arguments
        if _order(left) is not None:
            statement = equal(Apply("det", (left,)), Apply("det", (right,)))
            yield statement, Rewrite(index, left in set(subterms(right)), Identity())


def _of_matrix(claim: Claim, matrix: Term) -> Iterator[Shown]:
    if not isinstance(matrix, Apply) or _order(matrix) is None:
        return
    if matrix.head == "blocks" and [len(row.arguments) for row in matrix.arguments if isinstance(row, Apply)] == [2, 2]:
        (a, b), (c, d) = (row.arguments for row in matrix.arguments if isinstance(row, Apply))
        yield from _factorizations(claim, a, b, c, d)
    length = _order(matrix)
    if matrix.head == "+" and length is not None:
        for part in matrix.arguments:
            if isinstance(part, Apply) and part.head == "inverse":
                yield _product(part.arguments[0], matrix, length)
                yield _product(matrix, part.arguments[0], length)
    if matrix.head == "+" and len(matrix.arguments) == 2:
        for rest, product in (matrix.arguments, matrix.arguments[::-1]):
            length = _order(rest)
            if length is None or _inverse(claim, rest) is None:
                continue
            for left, right, inner in _splits(product):
                one: Term = ONE if inner == 1 else Constant("identity", Matrix(inner, inner))
                yield from _factorizations(claim, rest, negate(left), right, one)


def _splits(product: Term) -> Iterator[tuple[Term, Term, Size]]:
    """The ways to write a product as one of two."""
    if isinstance(product, Apply) and product.head == "negate":
        yield from ((negate(left), right, inner) for left, right, inner in _splits(product.arguments[0]))
    if isinstance(product, Apply) and product.head == "/":
        above, below = product.arguments
        yield from ((Apply("/", (left, below)), right, inner) for left, right, inner in _splits(above))
    if not isinstance(product, Apply) or product.head != "*":
        return
    factors = product.arguments
    arrays = [one for one in factors if not is_scalar(sort_of(one))]
    if len(arrays) == 1:  # times numbers
        numbers = [one for one in factors if one is not arrays[0]]
        yield from ((multiply(*numbers, left), right, inner) for left, right, inner in _splits(arrays[0]))
    for place in range(1, len(factors)):
        left, right = multiply(*factors[:place]), multiply(*factors[place:])
        sort = sort_of(right)
        if isinstance(sort, Matrix) and not is_scalar(sort) and isinstance(sort_of(left), Matrix):
            yield left, right, sort.rows


def _factorizations(claim: Claim, a: Term, b: Term, c: Term, d: Term) -> Iterator[Shown]:
    """det(LU) = det(L) det(U) for [A, B; C, D] = [1, 0; C A^-1, 1] [A, B; 0, D - C A^-1 B] = [A - B D^-1 C, B; 0, D] [1, 0; D^-1 C, 1]."""
    first, last = _order(a), _order(d)
    if first is None or last is None:
        return
    try:
        over_a, over_d = _inverse(claim, a), _inverse(claim, d)
        if over_a is not None:
            lower = _blocks(_unit(first), _zero(first, last), _times(c, over_a), _unit(last))
            yield _product(
                lower, _blocks(a, b, _zero(last, first), subtract(d, _times(c, over_a, b))), size.total(first, last)
            )
        if over_d is not None:
            lower = _blocks(_unit(first), _zero(first, last), _times(over_d, c), _unit(last))
            yield _product(
                _blocks(subtract(a, _times(b, over_d, c)), b, _zero(last, first), d), lower, size.total(first, last)
            )
    except (IllSorted, TermError):
        return


def _product(left: Term, right: Term, whole: Size) -> Shown:
    sort = Matrix(whole, whole)
    statement = equal(Apply("det", (multiply(left, right),)), multiply(Apply("det", (left,)), Apply("det", (right,))))
    return statement, AxiomInstance(
        "det_product", ((Symbol("A", sort), left), (Symbol("B", sort), right)), (), (("n", whole),)
    )


def _times(*factors: Term) -> Term:
    """The product without identities."""
    kept = [one for one in factors if one != ONE and not (isinstance(one, Constant) and one.name == "identity")]
    return multiply(*(kept or factors[:1]))


def _inverse(claim: Claim, matrix: Term) -> Term | None:
    """The inverse of a matrix that is known to have one; None of others."""
    if is_scalar(sort_of(matrix)):
        return ONE if matrix == ONE else Apply("/", (ONE, matrix))
    if isinstance(matrix, Constant):
        return matrix if matrix.name == "identity" else None
    inverse = Apply("inverse", (matrix,))
    known = inverse in set(subterms(claim.statement))
    if known or sign(Apply("det", (matrix,)), claim.hypotheses) in {"+", "-", "!0"}:
        return inverse
    return None


def _order(matrix: Term) -> Size | None:
    """The number of rows of a square matrix; None of others."""
    sort = sort_of(matrix)
    if is_scalar(sort):
        return 1
    return sort.rows if isinstance(sort, Matrix) and sort.rows == sort.columns else None


def _unit(length: Size) -> Term:
    return ONE if length == 1 else Constant("identity", Matrix(length, length))


def _zero(rows: Size, columns: Size) -> Term:
    return ZERO if rows == columns == 1 else Constant("zero", Matrix(rows, columns))


def _blocks(a: Term, b: Term, c: Term, d: Term) -> Term:
    return Apply("blocks", (Apply("row", (a, b)), Apply("row", (c, d))))
