"""Powers of matrices with symbolic exponents in normal form: each rule against exact values, and beside it a false one."""

from __future__ import annotations

from fractions import Fraction

import pytest

from derive.kernel.certificate import Cofactor, Identity, Rejected
from derive.kernel.check import check
from derive.kernel.claim import Claim
from derive.kernel.evaluation import compare, evaluate
from derive.kernel.term import (
    INTEGER,
    ONE,
    TWO,
    ZERO,
    Apply,
    Matrix,
    Number,
    Symbol,
    Term,
    add,
    equal,
    multiply,
    subtract,
)

A, B = (Symbol(name, Matrix("n", "n")) for name in "AB")
v = Symbol("v", Matrix("n", 1))
k, m = Symbol("k", INTEGER), Symbol("m", INTEGER)
c, x = Symbol("c"), Symbol("x")
NATURAL = (Apply(">=", (k, ZERO)), Apply(">=", (m, ZERO)))


def power(base: Term, exponent: Term) -> Term:
    return Apply("^", (base, exponent))


def turned(term: Term) -> Term:
    return Apply("transpose", (term,))


def inverse(term: Term) -> Term:
    return Apply("inverse", (term,))


def literal(*rows: tuple[int, ...]) -> Term:
    return Apply("matrix", tuple(Apply("row", tuple(map(Number, row))) for row in rows))


A_K, SUM_K = power(A, k), power(add(A, B), k)
K_AND_ONE, TWICE = add(k, ONE), multiply(TWO, k)
HALF = Number(Fraction(1, 2))
POINTS = [
    {A: literal((1, 2), (3, 5)), B: literal((0, 1), (-1, 2)), v: literal((2,), (-1,)), c: Number(3), k: Number(first), m: Number(second)}
    for first, second in ((0, 0), (1, 2), (3, 1), (2, 3))
]  # fmt: skip
RULES: list[tuple[str, Term, Term, Term]] = [
    ("one more", power(A, K_AND_ONE), multiply(A, A_K), A_K),
    ("behind it", power(A, K_AND_ONE), multiply(A_K, A), multiply(A_K, B)),
    ("the transpose behind its power", multiply(turned(A_K), turned(A)), turned(power(A, K_AND_ONE)), power(A, K_AND_ONE)),
    ("the transpose beside the power", multiply(A_K, turned(A)), multiply(A_K, turned(A)), multiply(turned(A), A_K)),
    ("twice", power(A, TWICE), multiply(A_K, A_K), A_K),
    ("a sum of exponents", power(A, add(k, m)), multiply(power(A, m), A_K), multiply(power(B, m), A_K)),
    ("of different matrices", multiply(A_K, power(B, m)), multiply(A_K, power(B, m)), multiply(power(B, m), A_K)),
    ("a power and a transposed one", multiply(A_K, turned(power(A, m))), multiply(A_K, turned(power(A, m))), multiply(turned(power(A, m)), A_K)),
    ("of the transpose", power(turned(A), k), turned(A_K), A_K),
    ("of a multiple", power(multiply(c, A), k), multiply(power(c, k), A_K), multiply(c, A_K)),
    ("of a quotient", power(Apply("/", (A, Number(2))), k), multiply(power(HALF, k), A_K), multiply(HALF, A_K)),
    ("of a sum", power(add(A, B), K_AND_ONE), multiply(add(A, B), SUM_K), add(power(A, K_AND_ONE), power(B, K_AND_ONE))),
    ("of a product", power(multiply(A, B), K_AND_ONE), multiply(A, B, power(multiply(A, B), k)), multiply(power(A, K_AND_ONE), power(B, K_AND_ONE))),
    ("beside the inverse", multiply(A_K, inverse(A)), multiply(inverse(A), A_K), multiply(inverse(B), A_K)),
    ("taken away by the inverse", multiply(power(A, K_AND_ONE), inverse(A)), A_K, power(A, K_AND_ONE)),
    ("the determinant", Apply("det", (A_K,)), power(Apply("det", (A,)), k), Apply("det", (A,))),
    ("the trace of a product", Apply("trace", (multiply(A_K, A),)), Apply("trace", (power(A, K_AND_ONE),)), Apply("trace", (A_K,))),
]  # fmt: skip


@pytest.mark.parametrize(("left", "right", "_"), [case[1:] for case in RULES], ids=[case[0] for case in RULES])
def test_a_rule_identifies_what_is_equal(left: Term, right: Term, _: Term) -> None:
    check(Claim(equal(left, right), NATURAL), Identity())
    assert all(compare("=", evaluate(left, one, {"n": 2}), evaluate(right, one, {"n": 2})) for one in POINTS)


@pytest.mark.parametrize(("left", "_", "neighbour"), [case[1:] for case in RULES], ids=[case[0] for case in RULES])
def test_its_false_neighbour_is_not_identified(left: Term, _: Term, neighbour: Term) -> None:
    assert not all(compare("=", evaluate(left, one, {"n": 2}), evaluate(neighbour, one, {"n": 2})) for one in POINTS)
    with pytest.raises(Rejected, match="differ"):
        check(Claim(equal(left, neighbour), NATURAL), Identity())


@pytest.mark.parametrize(
    ("exponent", "hypotheses"),
    [
        (K_AND_ONE, ()),  # k may be -1, where A^0 = 1 and A^k is not defined for a singular A
        (subtract(k, ONE), NATURAL),
        (multiply(k, m), NATURAL[:1]),
        (subtract(m, k), NATURAL),
        (Apply("/", (k, m)), NATURAL),
    ],
)
def test_exponents_that_may_not_be_natural_are_not_taken_apart(exponent: Term, hypotheses: tuple[Term, ...]) -> None:
    left, right = power(A, add(exponent, ONE)), multiply(A, power(A, exponent))
    with pytest.raises(Rejected, match=r"differ|integer"):
        check(Claim(equal(left, right), hypotheses), Identity())


def test_products_of_natural_exponents_are_natural() -> None:
    left, right = power(A, add(multiply(k, m), ONE)), multiply(A, power(A, multiply(k, m)))
    assert check(Claim(equal(left, right), NATURAL), Identity()) == ()


def test_an_eigenvector() -> None:
    """A^(k+1) v = c^(k+1) v from A v = c v and A^k v = c^k v."""
    one = equal(multiply(A, v), multiply(c, v))
    many = equal(multiply(A_K, v), multiply(power(c, k), v))
    claim = Claim(equal(multiply(power(A, K_AND_ONE), v), multiply(power(c, K_AND_ONE), v)), (*NATURAL, one, many))
    cofactors = (Cofactor(3, A, ONE), Cofactor(2, power(c, k), ONE))
    assert check(claim, Identity(cofactors)) == ()
    with pytest.raises(Rejected, match="differ"):
        check(claim, Identity(cofactors[:1]))


def exponential(term: Term) -> Term:
    return Apply("exponential", (term,))


def times(number: Term, matrix: Term) -> Term:
    return multiply(number, matrix)


D = Symbol("d")
DOUBLE = exponential(times(TWO, A))
BOTH = exponential(times(add(c, D), A))
OVER = exponential(Apply("/", (A, c)))
EXPONENTIALS: list[tuple[str, Term, Term, Term]] = [
    ("multiples", multiply(exponential(times(c, A)), exponential(times(D, A))), BOTH, exponential(times(multiply(c, D), A))),
    ("the square", power(exponential(A), TWO), DOUBLE, exponential(power(A, TWO))),
    ("what it is made of", multiply(BOTH, A), multiply(A, BOTH), multiply(B, BOTH)),
    ("with a quotient", multiply(OVER, OVER), exponential(Apply("/", (times(TWO, A), c))), OVER),
    ("and the inverse", multiply(DOUBLE, exponential(Apply("negate", (A,)))), exponential(A), DOUBLE),
    ("and all of the inverse", multiply(BOTH, exponential(times(Apply("negate", (add(c, D),)), A))), Apply("^", (A, ZERO)), BOTH),
    ("transposed", turned(multiply(DOUBLE, A)), multiply(turned(A), turned(DOUBLE)), multiply(A, DOUBLE)),
    ("the transposes", multiply(turned(DOUBLE), turned(exponential(A))), turned(exponential(times(Number(3), A))), exponential(times(Number(3), A))),
    ("of products of letters", multiply(exponential(multiply(A, B)), exponential(multiply(A, B))), exponential(times(TWO, multiply(A, B))), exponential(multiply(A, B, A, B))),
    ("of different matrices", multiply(exponential(A), exponential(B)), multiply(exponential(A), exponential(B)), exponential(add(A, B))),
    ("the inverse behind it", multiply(exponential(A), inverse(A)), multiply(inverse(A), exponential(A)), multiply(inverse(B), exponential(A))),
]  # fmt: skip


@pytest.mark.parametrize(
    ("left", "right", "neighbour"), [case[1:] for case in EXPONENTIALS], ids=[case[0] for case in EXPONENTIALS]
)
def test_exponentials_of_multiples_of_one_matrix(left: Term, right: Term, neighbour: Term) -> None:
    check(Claim(equal(left, right)), Identity())
    with pytest.raises(Rejected, match="differ"):
        check(Claim(equal(left, neighbour)), Identity())


x, y, r = Symbol("x"), Symbol("y"), Symbol("r")
POWERS_OF_POWERS: list[tuple[str, Term, Term, tuple[Term, ...]]] = [
    ("natural exponents", power(power(x, k), m), power(x, multiply(k, m)), NATURAL),
    ("a product", power(multiply(Number(3), power(x, k), y), m), multiply(power(Number(3), m), power(x, multiply(k, m)), power(y, m)), NATURAL),
    ("a number to whole exponents", power(power(Number(2), k), m), power(Number(2), multiply(k, m)), ()),
]  # fmt: skip
NO_POWERS_OF_POWERS: list[tuple[str, Term, Term, tuple[Term, ...]]] = [
    ("a sum of exponents", power(power(x, k), m), power(x, add(k, m)), NATURAL),
    ("another coefficient", power(multiply(Number(3), power(x, k)), m), multiply(Number(3), power(x, multiply(k, m))), NATURAL),
    ("a letter to whole exponents", power(power(x, k), m), power(x, multiply(k, m)), ()),
    ("a number beside a letter", power(multiply(power(Number(2), k), x), m), multiply(power(Number(2), multiply(k, m)), power(x, m)), ()),
    ("a number to a real exponent", power(power(Number(2), k), r), power(Number(2), multiply(k, r)), ()),
    ("a real exponent inside", power(power(x, r), m), power(x, multiply(r, m)), NATURAL),
    ("an exponent over another", power(Apply("/", (power(x, k), y)), m), power(x, multiply(k, m)), NATURAL),
]  # fmt: skip


@pytest.mark.parametrize(("left", "right", "hypotheses"), [case[1:] for case in POWERS_OF_POWERS])
def test_powers_of_powers(left: Term, right: Term, hypotheses: tuple[Term, ...]) -> None:
    check(Claim(equal(left, right), hypotheses), Identity())


@pytest.mark.parametrize(("left", "right", "hypotheses"), [case[1:] for case in NO_POWERS_OF_POWERS])
def test_what_are_no_powers_of_powers(left: Term, right: Term, hypotheses: tuple[Term, ...]) -> None:
    with pytest.raises(Rejected):
        check(Claim(equal(left, right), hypotheses), Identity())
