"""Upper bounds of greatest singular values.

**Decides** nothing completely; finds |M| <= c, for the greatest singular value |M|, by those of the summands and factors of M and by the root of the sum of all squares.
**Method** |M y| <= c |y| for a column y of which nothing is known: the triangle inequality for the summands of M, and |F z| <= |F| |z| for each factor F in front of what
stands behind it, or with the root of the sum of the squares of F; the rest is left to the elementary procedures.
**Certificate** `ByImages` around lemmas. **Gives up** where another inequality would be needed.
"""

from __future__ import annotations

from collections.abc import Iterator

from derive.kernel.certificate import AxiomInstance, ByImages, Certificate
from derive.kernel.claim import Claim
from derive.kernel.sorting import is_scalar, sort_of
from derive.kernel.term import (
    ONE,
    Apply,
    Matrix,
    Number,
    Symbol,
    Term,
    add,
    equal,
    multiply,
    substitute,
    subterms,
)

from . import attempts, equal_squares
from .combination import sides
from .definite import new_column
from .numbering import filled, moved, with_lemmas
from .work import Work

NEGATIVE = Number(-1)
_BOUND = "image_at_most_greatest_singular_value"


def decide(claim: Claim, work: Work) -> Certificate | None:
    """A greatest singular value is at most something; or the length of a column is at most something in which one occurs."""
    order = sides(claim.statement)
    if order is None or order[2]:
        return None
    bound, smaller, _ = order
    if not isinstance(smaller, Apply) or not isinstance(sort_of(inside := smaller.arguments[0]), Matrix):
        return None
    if smaller.head == "norm_spectral":
        return _by_images(claim, inside, bound, work)
    if smaller.head == "norm" and any(
        isinstance(one, Apply) and one.head == "norm_spectral" for one in subterms(bound)
    ):
        return _by_factors(claim, _summands(inside), bound, work)
    return None


def _by_images(claim: Claim, matrix: Term, bound: Term, work: Work) -> Certificate | None:
    sort = sort_of(matrix)
    assert isinstance(sort, Matrix)
    column = new_column(claim, sort.columns)
    goal = Apply("<=", (_length(multiply(matrix, column)), multiply(bound, _length(column))))
    parts = [[*one, column] for one in _summands(matrix)]
    proof = _by_factors(Claim(goal, claim.hypotheses), parts, bound, work)
    return None if proof is None else ByImages(column, proof)


def _by_factors(claim: Claim, parts: list[list[Term]], bound: Term, work: Work) -> Certificate | None:
    """The length of a sum of products that end in columns, by the lengths of the products and the norms of their factors."""
    lemmas: dict[Term, Certificate] = {}
    terms = [multiply(*part) for part in parts]
    for place in range(1, len(terms)):
        fact, shown = _triangle(add(*terms[:place]), terms[place], work)
        lemmas[fact] = moved(shown, 0, len(claim.hypotheses))
    for part in parts:
        *arrays, column = [one for one in part if not is_scalar(sort_of(one))]
        for place, factor in enumerate(arrays):
            behind = multiply(*arrays[place + 1 :], column)
            for fact, shown in _of_factor(claim, factor, behind, bound, work):
                lemmas.setdefault(fact, shown)
    proof = attempts.prove(Claim(claim.statement, (*claim.hypotheses, *lemmas)), work)
    if proof is None:
        return None
    return with_lemmas(lemmas.items(), proof, len(claim.hypotheses))


def _length(column: Term) -> Term:
    return Apply("norm", (column,))


def _triangle(one: Term, other: Term, work: Work) -> tuple[Term, Certificate]:
    """|u + v| <= |u| + |v|, shown of two symbols."""
    sort = sort_of(one)
    symbols = tuple(Symbol(name, sort) for name in ("u", "v"))
    values: dict[Term, Term] = dict(zip(symbols, (one, other), strict=True))
    fact = Apply("<=", (_length(add(*symbols)), add(*map(_length, symbols))))
    proof = attempts.prove(Claim(fact), work)
    assert proof is not None
    return substitute(fact, values), filled(proof, values)


def _summands(matrix: Term) -> list[list[Term]]:
    """The summands of a matrix, each as its factors, numbers among them."""
    if isinstance(matrix, Apply):
        match matrix.head:
            case "+":
                return [one for part in matrix.arguments for one in _summands(part)]
            case "negate":
                return [[NEGATIVE, *one] for one in _summands(matrix.arguments[0])]
            case "/":
                return [[Apply("/", (ONE, matrix.arguments[1])), *one] for one in _summands(matrix.arguments[0])]
            case "*":
                return [list(matrix.arguments)]
            case _:
                pass
    return [[matrix]]


def _of_factor(claim: Claim, factor: Term, behind: Term, bound: Term, work: Work) -> Iterator[tuple[Term, Certificate]]:
    """|F z| <= |F| |z|, for the greatest singular value and, where it stands in the bound, for the root of the sum of the squares."""
    image, length = _length(multiply(factor, behind)), _length(behind)
    sort = sort_of(factor)
    assert isinstance(sort, Matrix)
    matrix, column = Symbol("M", sort), Symbol("x", Matrix(sort.columns, 1))
    greatest = Apply("<=", (image, multiply(Apply("norm_spectral", (factor,)), length)))
    yield (
        greatest,
        AxiomInstance(_BOUND, ((matrix, factor), (column, behind)), (), (("m", sort.rows), ("n", sort.columns))),
    )
    same = Claim(equal(image, length), claim.hypotheses)
    unchanged = equal_squares.decide(same, work) if sort.rows == sort.columns else None
    if unchanged is not None:
        yield same.statement, unchanged
    if _length(factor) in set(subterms(bound)):
        general = Apply("<=", (_length(multiply(matrix, column)), multiply(_length(matrix), _length(column))))
        values: dict[Term, Term] = {matrix: factor, column: behind}
        proof = attempts.prove(Claim(general), work)
        if proof is not None:
            yield substitute(general, values), moved(filled(proof, values), 0, len(claim.hypotheses))
