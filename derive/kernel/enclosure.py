"""Enclosures: closed intervals with rational ends that contain a real number, for values that are not rational.

Series with their remainders: exp and the alternating sin, cos by Taylor; log by 2 artanh((x-1)/(x+1)); pi by Machin's formula
pi = 16 arctan(1/5) - 4 arctan(1/239). Ends are rounded outwards to `PRECISION` bits.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from math import floor, isqrt

PRECISION = 120
MAXIMUM_MAGNITUDE = 1 << 4096
MAXIMUM_EXPONENT = 2_000  # of e, whose powers are then below MAXIMUM_MAGNITUDE
MAXIMUM_TURNS = 1 << 40  # of an angle
_SCALE = 1 << PRECISION
_FINE = _SCALE * _SCALE  # series are summed in integers, in units of 1/_FINE


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


def root(value: Enclosure, q: int) -> Enclosure:
    """The q-th root, q > 1; OutOfRange where the enclosure contains negative numbers."""
    if value.lower < 0:
        raise OutOfRange
    return Enclosure(_root_below(value.lower, q), _root_below(value.upper, q) + Fraction(1, _SCALE))


def _root_below(value: Fraction, q: int) -> Fraction:
    scaled = floor(value * _SCALE**q)
    return Fraction(isqrt(scaled) if q == 2 else integer_root(scaled, q), _SCALE)


def integer_root(value: int, q: int) -> int:
    """The largest natural number whose q-th power does not exceed value >= 0."""
    if value < 2:
        return value
    if value.bit_length() <= q:
        return 1  # 2^q is too large, and must not be computed: q has no bound
    low, high = 1, 1 << (value.bit_length() // q + 1)
    while low < high:
        middle = (low + high + 1) // 2
        if middle**q <= value:
            low = middle
        else:
            high = middle - 1
    return low


def exponential(value: Enclosure) -> Enclosure:
    if max(abs(value.lower), abs(value.upper)) > MAXIMUM_EXPONENT:
        raise OutOfRange
    low = _exponential(value.lower)
    high = low if value.lower == value.upper else _exponential(value.upper)
    return rounded(low.lower, high.upper)


def _exponential(value: Fraction) -> Enclosure:
    halvings = 0
    while abs(value) > Fraction(1, 2):
        value, halvings = value / 2, halvings + 1
    # |x| <= 1/2, where the slope is below 2: rounding x down costs at most two units.
    result = _with_slack(*_exponential_series(_fine(value)), Fraction(2, _FINE))
    for _ in range(halvings):
        result = multiply(result, result)
    return result


def _exponential_series(value: int) -> tuple[int, int]:
    """The sum of value^k/k! and the number of terms, in units of 1/_FINE; |value| <= 1/2 + one unit."""
    total, term, index = _FINE, _FINE, 0
    while abs(term) > _SCALE:
        index += 1
        term = term * value // (_FINE * index)
        total += term
    return total, index


def logarithm(value: Enclosure) -> Enclosure:
    if value.lower <= 0:
        raise OutOfRange
    low = _logarithm(value.lower)
    high = low if value.lower == value.upper else _logarithm(value.upper)
    return rounded(low.lower, high.upper)


def _logarithm(value: Fraction) -> Enclosure:
    doublings = 0
    while value > Fraction(3, 2):
        value, doublings = value / 2, doublings + 1
    while value < Fraction(3, 4):
        value, doublings = value * 2, doublings - 1
    result = _logarithm_near_one(value)
    if doublings:
        two = _logarithm_of_two()
        result = add(result, multiply(point(Fraction(doublings)), two))
    return result


@cache
def _logarithm_of_two() -> Enclosure:
    """ln 2 = ln 4/3 + ln 3/2."""
    return add(_logarithm_near_one(Fraction(4, 3)), _logarithm_near_one(Fraction(3, 2)))


def _logarithm_near_one(value: Fraction) -> Enclosure:
    # |ratio| <= 1/5, where the slope of artanh is below 2: rounding it down costs at most two units.
    total, index = _artanh_series(_fine((value - 1) / (value + 1)))
    half = _with_slack(total, index, Fraction(2, _FINE))
    return rounded(2 * half.lower, 2 * half.upper)


def _artanh_series(value: int) -> tuple[int, int]:
    """The sum of value^k/k over odd k and the last k, in units of 1/_FINE; |value| <= 1/4."""
    total, power, index, square = 0, value, 1, value * value
    while abs(power) > _SCALE:
        total += power // index
        power = power * square // (_FINE * _FINE)
        index += 2
    return total, index


def _with_slack(total: int, terms: int, extra: Fraction) -> Enclosure:
    """A sum in units of 1/_FINE with its error: the remainder is below four units of 1/_SCALE, the rounding far below one a term."""
    slack = Fraction(terms + 4, _SCALE) + extra
    return rounded(Fraction(total, _FINE) - slack, Fraction(total, _FINE) + slack)


def _fine(value: Fraction) -> int:
    return floor(value * _FINE)


@cache
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
    """By the series at the middle, and |sin' | <= 1 for the width; whole turns taken off where the angle is large."""
    middle, radius = (value.lower + value.upper) / 2, (value.upper - value.lower) / 2
    if abs(middle) > 40:
        turns = round(middle * Fraction(113, 710))  # 2 pi is nearly 710/113
        if abs(turns) > MAXIMUM_TURNS:
            raise OutOfRange
        value = add(value, multiply(point(Fraction(-2 * turns)), pi()))
        middle, radius = (value.lower + value.upper) / 2, (value.upper - value.lower) / 2
        if abs(middle) > 40:
            raise OutOfRange
    # |x| <= 40: the largest term is below 2^58, so that rounding each to 1/_FINE = 2^-240 stays far below 1/_SCALE.
    fine = _fine(middle)
    square = fine * fine
    total, term, index = 0, fine, 1
    while abs(term) > _SCALE or index < 2 * abs(middle):
        total += term
        term = -term * square // (_FINE * _FINE * (index + 1) * (index + 2))
        index += 2
    slack = radius + Fraction(index + 5, _SCALE)
    found = Fraction(total, _FINE)
    return rounded(max(Fraction(-1), found - slack), min(Fraction(1), found + slack))
