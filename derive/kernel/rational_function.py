"""Rational functions in one variable: pairs of polynomials with whole coefficients, not reduced."""

from __future__ import annotations

from .certificate import Rejected
from .real_roots import MAXIMUM_DEGREE, Whole

Rational = tuple[Whole, Whole]  # numerator over denominator


def sum_of(left: Rational, right: Rational) -> Rational:
    return _add(_times(left[0], right[1]), _times(right[0], left[1])), _times(left[1], right[1])


def difference(left: Rational, right: Rational) -> Rational:
    return sum_of(left, negated(right))


def negated(value: Rational) -> Rational:
    return tuple(-one for one in value[0]), value[1]


def product(left: Rational, right: Rational) -> Rational:
    return _times(left[0], right[0]), _times(left[1], right[1])


def _add(left: Whole, right: Whole) -> Whole:
    if len(left) < len(right):
        left, right = right, left
    result = [one + other for one, other in zip(left, (*right, *(0,) * (len(left) - len(right))), strict=True)]
    while result and not result[-1]:
        result.pop()
    return tuple(result)


def _times(left: Whole, right: Whole) -> Whole:
    if len(left) + len(right) > MAXIMUM_DEGREE + 2:
        raise Rejected("a product of too high a degree")
    result = [0] * max(0, len(left) + len(right) - 1) if left and right else []
    for index, one in enumerate(left):
        for other_index, other in enumerate(right):
            result[index + other_index] += one * other
    return tuple(result)
