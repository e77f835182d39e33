"""Polynomials: the laws of arithmetic, agreement with values at points, and every limit."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from derive.kernel.certificate import Rejected
from derive.kernel.polynomial import (
    BITS,
    MAXIMUM_COEFFICIENT_BITS,
    MAXIMUM_DEGREE,
    MAXIMUM_POWER,
    MAXIMUM_ROOT,
    MAXIMUM_TERMS,
    ONE,
    ZERO,
    Polynomial,
    add,
    atom,
    collect_square,
    collected,
    constant,
    exact_quotient,
    exact_root,
    exponent_of,
    exponents,
    multiply,
    negate,
    power,
    scale,
    square,
    subtract,
)

x, y, z = (atom(index) for index in range(3))
HALF = Fraction(1, 2)
POINTS = [
    (Fraction(2), Fraction(-3), Fraction(5, 7)),
    (Fraction(-1, 2), Fraction(4), Fraction(0)),
    (Fraction(11), Fraction(1, 3), Fraction(-9)),
]


def value(of: Polynomial, point: tuple[Fraction, ...]) -> Fraction:
    """The value at a point, from the definition."""
    total = Fraction(0)
    for monomial, coefficient in of.terms.items():
        part = Fraction(coefficient)
        for index, exponent in exponents(monomial):
            part *= point[index] ** exponent
        total += part
    return total


coefficients = st.one_of(st.integers(-4, 4), st.fractions(-3, 3, max_denominator=4))
monomials = st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(0, 2))


@st.composite
def polynomials(draw: st.DrawFn) -> Polynomial:
    total = ZERO
    for one, other, third in draw(st.lists(monomials, max_size=4)):
        term = multiply(multiply(atom(0, one), atom(1, other)), atom(2, third))
        total = add(total, scale(term, draw(coefficients)))
    return total


@settings(derandomize=True, deadline=None, max_examples=60)
@given(polynomials(), polynomials(), polynomials())
def test_the_laws_of_a_commutative_ring(one: Polynomial, other: Polynomial, third: Polynomial) -> None:
    assert add(one, other) == add(other, one)
    assert multiply(one, other) == multiply(other, one)
    assert multiply(one, add(other, third)) == add(multiply(one, other), multiply(one, third))
    assert multiply(multiply(one, other), third) == multiply(one, multiply(other, third))
    assert subtract(one, one) == ZERO
    assert add(subtract(one, other), other) == one
    assert negate(one) == scale(one, -1)
    assert power(one, 3) == multiply(one, multiply(one, one))


@settings(derandomize=True, deadline=None, max_examples=60)
@given(polynomials(), polynomials(), st.integers(0, 4))
def test_values_at_points_agree(one: Polynomial, other: Polynomial, exponent: int) -> None:
    for point in POINTS:
        first, second = value(one, point), value(other, point)
        assert value(add(one, other), point) == first + second
        assert value(subtract(one, other), point) == first - second
        assert value(multiply(one, other), point) == first * second
        assert value(power(one, exponent), point) == first**exponent
        assert value(scale(one, HALF), point) == first / 2


@settings(derandomize=True, deadline=None, max_examples=60)
@given(polynomials(), polynomials())
def test_the_degree_is_a_bound_and_no_coefficient_is_zero(one: Polynomial, other: Polynomial) -> None:
    for result in (add(one, other), multiply(one, other), negate(one), power(one, 2)):
        assert all(result.terms.values())
        assert all(sum(exponent for _, exponent in exponents(key)) <= result.degree for key in result.terms)


@given(polynomials(), polynomials(), st.sampled_from((1, -1)))
@settings(max_examples=60, deadline=None)
def test_squares(one: Polynomial, other: Polynomial, sign: int) -> None:
    assert square(one) == multiply(one, one)
    terms = dict(other.terms)
    degree = collect_square(terms, one, sign)
    assert degree == 2 * one.degree
    assert collected(terms, max(degree, other.degree)) == add(other, scale(multiply(one, one), sign))


def test_products_of_fractions_are_whole_where_they_can_be() -> None:
    halves = Polynomial({0: HALF, 1: Fraction(1, 3)}, 1)
    found = multiply(halves, Polynomial({0: 6, 1: Fraction(5, 7)}, 1))
    assert found.terms == {0: 3, 1: Fraction(1, 2) * Fraction(5, 7) + 2, 2: Fraction(5, 21)}
    assert type(found.terms[0]) is int


def test_keys_are_equal_exactly_for_equal_polynomials() -> None:
    assert add(x, y).key() == add(y, x).key()
    assert multiply(add(x, y), add(x, y)).key() != add(power(x, 2), power(y, 2)).key()
    assert add(x, y) != add(x, z)
    assert multiply(x, y) != multiply(x, z)
    assert x != {1: 1}
    with pytest.raises(TypeError):
        hash(x)


def test_numbers() -> None:
    assert constant(Fraction(6, 2)).terms == {0: 3}
    assert type(constant(Fraction(6, 2)).terms[0]) is int
    assert constant(HALF).terms == {0: HALF}
    assert constant(0) is ZERO
    assert not ZERO
    assert ONE
    assert constant(2) != constant(3)


def test_what_needs_no_work_is_not_copied() -> None:
    assert add(ZERO, x) is x
    assert add(x, ZERO) is x
    assert scale(x, 1) is x
    assert scale(x, 0) is ZERO
    assert multiply(ZERO, x) is ZERO
    assert multiply(x, ZERO) is ZERO
    assert power(ZERO, 3) is ZERO
    assert power(ZERO, 0) is ONE  # 0^0 = 1 for natural exponents
    assert power(x, 0) is ONE


@settings(derandomize=True, deadline=None, max_examples=60)
@given(coefficients, coefficients, monomials, monomials, st.integers(1, 9))
def test_powers_of_two_terms(
    first: Fraction, second: Fraction, one: tuple[int, int, int], other: tuple[int, int, int], exponent: int
) -> None:
    terms = (
        scale(multiply(multiply(atom(0, a), atom(1, b)), atom(2, c)), factor)
        for (a, b, c), factor in ((one, first), (other, second))
    )
    polynomial = add(*terms)
    product = ONE
    for _ in range(exponent):
        product = multiply(product, polynomial)
    assert power(polynomial, exponent) == product


def test_a_power_of_two_terms_may_have_coefficients_nearly_too_long() -> None:
    bits = MAXIMUM_COEFFICIENT_BITS // 3 - 1
    large = add(scale(x, 1 << bits), scale(y, 1 << bits))
    assert power(large, 3) == scale(power(add(x, y), 3), 1 << 3 * bits)
    assert len(power(subtract(x, y), 6_000).terms) == 6_001


def test_powers_of_single_terms() -> None:
    assert power(scale(x, -2), 3) == scale(atom(0, 3), -8)
    assert power(scale(x, -2), 2) != power(scale(x, 2), 3)
    assert power(constant(-1), MAXIMUM_DEGREE + 1) == constant(-1)
    assert power(constant(-1), MAXIMUM_DEGREE) == ONE


def test_exponents_are_read_back() -> None:
    ((monomial, _),) = multiply(atom(0, 5), atom(2, 7)).terms.items()
    assert exponents(monomial) == [(0, 5), (2, 7)]
    assert [exponent_of(monomial, index) for index in range(4)] == [5, 0, 7, 0]
    assert exponents(0) == []


def test_a_high_exponent_does_not_run_into_the_next_atom() -> None:
    highest = atom(0, MAXIMUM_DEGREE - 1)
    ((monomial, _),) = highest.terms.items()
    assert exponents(monomial) == [(0, MAXIMUM_DEGREE - 1)]
    assert monomial < 1 << BITS
    assert highest != y


LONG = 1 << MAXIMUM_COEFFICIENT_BITS - 1  # as long as a number may be
TALL = atom(0, MAXIMUM_DEGREE - 1)
MANY = Polynomial(dict.fromkeys(range(2000), 1), 1999)  # 1 + x + ... + x^1999

LIMITS: list[tuple[str, Callable[[], Polynomial], str]] = [
    ("the degree of a polynomial", lambda: Polynomial({}, MAXIMUM_DEGREE), "degree"),
    ("the terms of a polynomial", lambda: Polynomial(dict.fromkeys(range(MAXIMUM_TERMS + 1), 1), 1), "many terms"),
    ("the power of an atom", lambda: atom(1, MAXIMUM_DEGREE), "degree"),
    ("the power of an atom, so high that it would be another", lambda: atom(0, 1 << BITS), "degree"),
    ("the degree of a product", lambda: multiply(TALL, x), "degree"),
    ("the degree of a product of sums", lambda: multiply(add(TALL, ONE), add(x, ONE)), "degree"),
    ("the degree of a power", lambda: power(atom(0, 2), MAXIMUM_DEGREE // 2), "degree"),
    ("the degree of a power of a sum", lambda: power(add(x, y), MAXIMUM_DEGREE), "degree"),
    ("a product of many terms", lambda: multiply(MANY, MANY), "product of too many terms"),
    ("a square of many terms", lambda: square(MANY), "product of too many terms"),
    ("the degree of a square", lambda: square(TALL), "degree"),
    ("the digits of a square", lambda: square(constant(LONG)), "digits"),
    ("the digits of the square of a fraction", lambda: square(constant(Fraction(1, LONG))), "digits"),
    ("the digits of terms as they come", lambda: collected({0: 2 * LONG}, 0), "digits"),
    ("the digits of negative terms as they come", lambda: collected({0: -2 * LONG}, 0), "digits"),
    ("a number", lambda: constant(2 * LONG), "digits"),
    ("a negative number", lambda: constant(-2 * LONG), "digits"),
    ("a fraction", lambda: constant(Fraction(1, 2 * LONG)), "digits"),
    ("a multiple", lambda: scale(constant(LONG), 2), "digits"),
    ("a multiple of a fraction", lambda: scale(constant(Fraction(1, LONG)), HALF), "digits"),
    ("a product of numbers", lambda: multiply(constant(LONG), constant(2)), "digits"),
    ("a product with a number", lambda: multiply(add(x, constant(LONG)), constant(2)), "digits"),
    ("a product of sums", lambda: multiply(add(x, constant(LONG)), add(y, constant(2))), "digits"),
    ("a sum of fractions", lambda: add(constant(Fraction(1, LONG)), constant(Fraction(1, 3))), "digits"),
    ("the power of a number", lambda: power(constant(3), MAXIMUM_COEFFICIENT_BITS), "digits"),
    ("the power of a fraction", lambda: power(constant(Fraction(1, 3)), MAXIMUM_COEFFICIENT_BITS), "digits"),
]


@pytest.mark.parametrize(("build", "message"), [case[1:] for case in LIMITS], ids=[case[0] for case in LIMITS])
def test_beyond_a_limit_is_refused(build: Callable[[], Polynomial], message: str) -> None:
    with pytest.raises(Rejected, match=message):
        build()


def test_at_the_limits_is_accepted() -> None:
    assert Polynomial({}, MAXIMUM_DEGREE - 1) == ZERO
    assert len(Polynomial(dict.fromkeys(range(MAXIMUM_TERMS), 1), 1).terms) == MAXIMUM_TERMS
    assert constant(LONG).terms == {0: LONG}
    assert power(constant(2), MAXIMUM_COEFFICIENT_BITS // 2).terms == {0: 1 << MAXIMUM_COEFFICIENT_BITS // 2}
    assert exponents(max(multiply(atom(0, MAXIMUM_DEGREE - 2), x).terms)) == [(0, MAXIMUM_DEGREE - 1)]
    assert add(constant(LONG - 1), constant(-LONG)) == constant(-1)


MONIC = [x, add(x, y), add(add(z, x), constant(HALF)), add(add(z, scale(multiply(x, y), -3)), power(y, 2))]


@pytest.mark.parametrize("of", MONIC)
@pytest.mark.parametrize("q", [2, 3, 5])
def test_the_exact_root_of_a_power(of: Polynomial, q: int) -> None:
    assert exact_root(power(of, q), q) == of


@pytest.mark.parametrize(
    "of",
    [
        add(power(x, 2), y),  # an odd exponent at an end
        scale(power(x, 2), 2),  # a leading coefficient that is not 1
        add(add(power(x, 2), x), ONE),  # a rest that stays
        add(power(x, 4), scale(power(y, 2), -1)),  # a leading term that does not divide
        add(power(z, 4), add(multiply(power(z, 3), x), power(x, 4))),
        add(power(x, 2), constant(4)),
    ],
)
def test_what_is_no_square(of: Polynomial) -> None:
    assert exact_root(of, 2) is None


def test_roots_are_looked_for_within_bounds() -> None:
    many = ZERO
    for exponent in range(MAXIMUM_POWER + 1):
        many = add(many, power(x, 2 * exponent))
    assert exact_root(many, 2) is None
    long = ZERO
    for exponent in range(MAXIMUM_ROOT + 1):
        long = add(long, power(x, exponent * exponent))
    assert exact_root(power(long, 2), 2) is None


@pytest.mark.parametrize("of", MONIC)
@pytest.mark.parametrize("by", MONIC)
def test_the_exact_quotient_of_a_product(of: Polynomial, by: Polynomial) -> None:
    assert exact_quotient(multiply(of, by), by) == of
    assert exact_quotient(add(multiply(of, by), ONE), by) is None


def test_quotients_are_looked_for_within_bounds() -> None:
    assert exact_quotient(add(power(x, 2), add(multiply(x, y), ONE)), add(x, ONE)) is None
    quotient = ZERO
    for exponent in range(MAXIMUM_POWER + 3):
        quotient = add(quotient, power(x, exponent))
    assert exact_quotient(subtract(power(x, MAXIMUM_POWER + 3), ONE), subtract(x, ONE)) is None
    assert exact_quotient(quotient, add(x, ONE)) is None
