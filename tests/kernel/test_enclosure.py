"""Enclosures contain the value and are narrow: against floats, and against identities that hold exactly."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from derive.kernel import enclosure
from derive.kernel.enclosure import Enclosure, OutOfRange, point

rationals = st.fractions(min_value=-30, max_value=30, max_denominator=1000)
NARROW = Fraction(1, 10**30)


def near(found: Enclosure, expected: float) -> bool:
    slack = Fraction(abs(expected) * 1e-12 + 1e-14)
    return found.lower - slack <= Fraction(expected) <= found.upper + slack


@settings(max_examples=60, deadline=None)
@given(rationals)
def test_functions_agree_with_floats(value: Fraction) -> None:
    number = float(value)
    assert near(enclosure.exponential(point(value)), math.exp(number))
    assert near(enclosure.sine(point(value)), math.sin(number))
    assert near(enclosure.cosine(point(value)), math.cos(number))
    assert enclosure.sine(point(value)).upper - enclosure.sine(point(value)).lower < NARROW
    if value > 0:
        assert near(enclosure.logarithm(point(value)), math.log(number))
        assert near(enclosure.root(point(value), 2), math.sqrt(number))


@settings(max_examples=60, deadline=None)
@given(st.fractions(min_value=0, max_value=10**6))
def test_a_root_contains_the_root(value: Fraction) -> None:
    found = enclosure.root(point(value), 2)
    assert found.lower**2 <= value <= found.upper**2


@settings(max_examples=40, deadline=None)
@given(rationals)
def test_identities_are_not_contradicted(value: Fraction) -> None:
    """log exp x = x, exp x exp -x = 1, sin^2 + cos^2 = 1."""
    up, down = enclosure.exponential(point(value)), enclosure.exponential(point(-value))
    product = enclosure.multiply(up, down)
    assert product.lower <= 1 <= product.upper
    back = enclosure.logarithm(up)
    assert back.lower <= value <= back.upper
    sine, cosine = enclosure.sine(point(value)), enclosure.cosine(point(value))
    total = enclosure.add(enclosure.multiply(sine, sine), enclosure.multiply(cosine, cosine))
    assert total.lower <= 1 <= total.upper


ends = st.tuples(rationals, rationals).map(sorted)


@settings(max_examples=100, deadline=None)
@given(ends, ends, st.fractions(min_value=0, max_value=1), st.fractions(min_value=0, max_value=1))
def test_arithmetic_contains(left: list[Fraction], right: list[Fraction], s: Fraction, t: Fraction) -> None:
    one, other = Enclosure(*left), Enclosure(*right)
    a, b = left[0] + s * (left[1] - left[0]), right[0] + t * (right[1] - right[0])
    for found, value in (
        (enclosure.add(one, other), a + b),
        (enclosure.multiply(one, other), a * b),
        (enclosure.negate(one), -a),
    ):
        assert found.lower <= value <= found.upper
    if right[0] > 0 or right[1] < 0:
        found = enclosure.reciprocal(other)
        assert found.lower <= 1 / b <= found.upper


@settings(max_examples=40, deadline=None)
@given(st.tuples(st.fractions(min_value=-5, max_value=5), st.fractions(min_value=-5, max_value=5)).map(sorted))
def test_wide_enclosures_contain_the_middle(pair: list[Fraction]) -> None:
    wide, middle = Enclosure(*pair), float((pair[0] + pair[1]) / 2)
    assert near(enclosure.exponential(wide), math.exp(middle))
    assert near(enclosure.sine(wide), math.sin(middle))


def test_pi() -> None:
    # 50 digits of pi (OEIS A000796)
    digits = Fraction(314159265358979323846264338327950288419716939937510, 10**50)
    found = enclosure.pi()
    assert found.lower <= digits + Fraction(1, 10**50)
    assert digits <= found.upper
    assert found.upper - found.lower < NARROW


@pytest.mark.parametrize("value", [Fraction(1, 10**40), Fraction(10**40), Fraction(3, 2), Fraction(3, 4), Fraction(1)])
def test_logarithms_far_from_one(value: Fraction) -> None:
    assert near(enclosure.logarithm(point(value)), math.log(value))


def test_out_of_range() -> None:
    wide = Enclosure(Fraction(-1), Fraction(1))
    for attempt in (
        lambda: enclosure.reciprocal(wide),
        lambda: enclosure.root(wide, 2),
        lambda: enclosure.logarithm(wide),
        lambda: enclosure.exponential(point(Fraction(2001))),
        lambda: enclosure.sine(point(Fraction(2**50))),
        lambda: enclosure.sine(Enclosure(Fraction(41), Fraction(2**40))),
        lambda: enclosure.add(point(Fraction(2**4096)), point(Fraction(1))),
    ):
        with pytest.raises(OutOfRange):
            attempt()


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.fractions(min_value=0, max_value=10**6), st.integers(2, 9))
def test_a_root_of_any_index_contains_the_root(value: Fraction, q: int) -> None:
    found = enclosure.root(point(value), q)
    assert found.lower**q <= value <= found.upper**q
    assert found.upper - found.lower <= Fraction(1, 1 << 100)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.fractions(min_value=-30, max_value=30))
def test_exponential_and_logarithm_are_inverse_and_narrow(value: Fraction) -> None:
    found = enclosure.exponential(point(value))
    assert found.upper - found.lower <= found.upper / (1 << 60) + Fraction(1, 1 << 100)
    if found.lower > 0:
        back = enclosure.logarithm(found)
        assert back.lower <= value <= back.upper
