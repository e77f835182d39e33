"""Enclosures: closed intervals with rational ends that contain a real number, for values that are not rational.

Series with their remainders: exp and the alternating sin, cos by Taylor; log by 2 artanh((x-1)/(x+1)); pi by Machin's formula
pi = 16 arctan(1/5) - 4 arctan(1/239). Ends are rounded outwards to `PRECISION` bits.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import floor

PRECISION = 120
MAXIMUM_MAGNITUDE = 1 << 4096
_SCALE = 1 << PRECISION


class OutOfRange(Exception):
    """An argument for which no enclosure is computed."""


@dataclass(frozen=True, slots=True)
class Enclosure:
    """lower <= value <= upper."""

    lower: Fraction
    upper: Fraction


def rounded(lower: Fraction, upper: Fraction) -> Enclosure:
    """Outward rounding, so that ends stay short; OutOfRange where a number grows beyond all use."""
    if max(abs(lower), abs(upper)) > MAXIMUM_MAGNITUDE:
        raise OutOfRange
    return Enclosure(Fraction(floor(lower * _SCALE), _SCALE), Fraction(-floor(-upper * _SCALE), _SCALE))


def point(value: Fraction) -> Enclosure:
    return Enclosure(value, value)


def add(left: Enclosure, right: Enclosure) -> Enclosure:
    return rounded(left.lower + right.lower, left.upper + right.upper)


def negate(value: Enclosure) -> Enclosure:
    return Enclosure(-value.upper, -value.lower)


def multiply(left: Enclosure, right: Enclosure) -> Enclosure:
    ends = [a * b for a in (left.lower, left.upper) for b in (right.lower, right.upper)]
    return rounded(min(ends), max(ends))


def reciprocal(value: Enclosure) -> Enclosure:
    """1 / value; OutOfRange where the enclosure contains 0."""
    if value.lower <= 0 <= value.upper:
        raise OutOfRange
    return rounded(1 / value.upper, 1 / value.lower)


def square_root(value: Enclosure) -> Enclosure:
    """OutOfRange where the enclosure contains negative numbers."""
    if value.lower < 0:
        raise OutOfRange
    return Enclosure(_root_below(value.lower), _root_below(value.upper) + Fraction(1, _SCALE))


def _root_below(value: Fraction) -> Fraction:
    from math import isqrt

    return Fraction(isqrt(floor(value * _SCALE * _SCALE)), _SCALE)


def exponential(value: Enclosure) -> Enclosure:
    if max(abs(value.lower), abs(value.upper)) > 60:
        raise OutOfRange
    return rounded(_exponential(value.lower).lower, _exponential(value.upper).upper)


def _exponential(value: Fraction) -> Enclosure:
    halvings = 0
    while abs(value) > Fraction(1, 2):
        value, halvings = value / 2, halvings + 1
    value_enclosure = rounded(value, value)
    low = _exponential_small(value_enclosure.lower)
    high = _exponential_small(value_enclosure.upper)
    result = Enclosure(low.lower, high.upper)
    for _ in range(halvings):
        result = multiply(result, result)
    return result


def _exponential_small(value: Fraction) -> Enclosure:
    total, term, index = Fraction(1), Fraction(1), 0
    while abs(term) > Fraction(1, _SCALE):
        index += 1
        term = term * value / index
        term = Fraction(floor(term * _SCALE * _SCALE), _SCALE * _SCALE)
        total += term
    slack = Fraction(
        index + 4, _SCALE
    )  # the remainder (|x| <= 1/2: at most twice the next term) and the rounding of the terms
    return rounded(total - slack, total + slack)


def logarithm(value: Enclosure) -> Enclosure:
    if value.lower <= 0:
        raise OutOfRange
    return rounded(_logarithm(value.lower).lower, _logarithm(value.upper).upper)


def _logarithm(value: Fraction) -> Enclosure:
    doublings = 0
    while value > Fraction(3, 2):
        value, doublings = value / 2, doublings + 1
    while value < Fraction(3, 4):
        value, doublings = value * 2, doublings - 1
    result = _logarithm_near_one(value)
    if doublings:
        two = _logarithm_near_one(Fraction(4, 3))
        three_halves = _logarithm_near_one(Fraction(3, 2))
        result = add(result, multiply(point(Fraction(doublings)), add(two, three_halves)))  # ln 2 = ln 4/3 + ln 3/2
    return result


def _logarithm_near_one(value: Fraction) -> Enclosure:
    ratio = rounded((value - 1) / (value + 1), (value - 1) / (value + 1))
    low, high = _artanh(ratio.lower), _artanh(ratio.upper)
    return rounded(2 * low.lower, 2 * high.upper)


def _artanh(value: Fraction) -> Enclosure:
    total, power, index = Fraction(0), value, 1
    while abs(power) > Fraction(1, _SCALE):
        total += power / index
        power = Fraction(floor(power * value * value * _SCALE * _SCALE), _SCALE * _SCALE)
        index += 2
    slack = Fraction(index + 4, _SCALE)  # |x| <= 1/4: the remainder is below twice the next term
    return rounded(total - slack, total + slack)


def pi() -> Enclosure:
    fifth, small = _arctan_inverse(5), _arctan_inverse(239)
    return rounded(16 * fifth.lower - 4 * small.upper, 16 * fifth.upper - 4 * small.lower)


def _arctan_inverse(number: int) -> Enclosure:
    total, index, sign = Fraction(0), 0, 1
    while True:
        term = Fraction(1, (2 * index + 1) * number ** (2 * index + 1))
        if term < Fraction(1, _SCALE):
            return rounded(total - term, total + term)
        total += sign * term
        sign, index = -sign, index + 1


def cosine(value: Enclosure) -> Enclosure:
    return sine(add(value, multiply(point(Fraction(1, 2)), pi())))


def sine(value: Enclosure) -> Enclosure:
    """By the series at the middle, and |sin' | <= 1 for the width."""
    middle, radius = (value.lower + value.upper) / 2, (value.upper - value.lower) / 2
    if abs(middle) > 40:
        raise OutOfRange
    middle_rounded = rounded(middle, middle).lower
    radius += abs(middle - middle_rounded)
    total, term, index = Fraction(0), middle_rounded, 1
    while abs(term) > Fraction(1, _SCALE) or index < 2 * abs(middle_rounded):
        total += term
        term = -term * middle_rounded * middle_rounded / ((index + 1) * (index + 2))
        term = Fraction(floor(term * _SCALE * _SCALE), _SCALE * _SCALE)
        index += 2
    slack = radius + Fraction(index + 4, _SCALE)
    lower, upper = max(Fraction(-1), total - slack), min(Fraction(1), total + slack)
    return rounded(lower, upper)
