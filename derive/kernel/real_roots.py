"""Real roots of polynomials in one variable with whole coefficients, exactly: signs at points, square-free parts, isolating intervals (Sturm 1829).

A polynomial is a tuple of integers, lowest degree first, without trailing zeros; the zero polynomial is (). Source: Basu, Pollack, Roy, Algorithms in
Real Algebraic Geometry, theorem 2.62 (Sturm) and section 10.2.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from math import gcd, lcm

from .certificate import Rejected

Whole = tuple[int, ...]
Interval = tuple[Fraction, Fraction]  # open, with ends that are no roots
MAXIMUM_DEGREE = 130
MAXIMUM_BITS = 20_000
MAXIMUM_BISECTIONS = 4_000


def primitive(coefficients: list[int]) -> Whole:
    """The polynomial over its content: a positive multiple, so that no sign changes."""
    while coefficients and not coefficients[-1]:
        coefficients.pop()
    if len(coefficients) > MAXIMUM_DEGREE + 1:
        raise Rejected("a polynomial of too high a degree")
    content = gcd(*coefficients) if coefficients else 1
    if any(one.bit_length() > MAXIMUM_BITS for one in coefficients):
        raise Rejected("a polynomial of too large coefficients")
    return tuple(one // content for one in coefficients)


def sign_at(polynomial: Whole, point: Fraction) -> int:
    """-1, 0 or 1."""
    value, power = 0, 1
    for coefficient in reversed(polynomial):
        value = value * point.numerator + coefficient * power
        power *= point.denominator
    return (value > 0) - (value < 0)


def derivative(polynomial: Whole) -> Whole:
    return primitive([index * one for index, one in enumerate(polynomial)][1:])


def _remainder(above: Whole, below: Whole) -> Whole:
    """A positive multiple of the remainder of the division."""
    rest = list(above)
    lead, degree = below[-1], len(below) - 1
    while len(rest) > degree:
        top = rest.pop()
        if not top:
            continue
        common = gcd(top, lead)
        up, factor = abs(lead) // common, top // common * (1 if lead > 0 else -1)
        shift = len(rest) - degree
        rest = [up * one for one in rest]
        for index in range(degree):
            rest[shift + index] -= factor * below[index]
    return primitive(rest)


def greatest_common_divisor(left: Whole, right: Whole) -> Whole:
    while right:
        left, right = right, _remainder(left, right)
    return left


def quotient(above: Whole, below: Whole) -> Whole:
    """above / below up to a nonzero number, for a divisor."""
    rest = [Fraction(one) for one in above]
    result = [Fraction(0)] * (len(above) - len(below) + 1)
    for index in range(len(result) - 1, -1, -1):
        result[index] = rest[index + len(below) - 1] / below[-1]
        for position, one in enumerate(below):
            rest[index + position] -= result[index] * one
    if any(rest):
        raise Rejected("not a divisor")
    common = lcm(*(one.denominator for one in result))
    return primitive([int(one * common) for one in result])


def square_free(polynomial: Whole) -> Whole:
    """A polynomial with the same real roots, each simple."""
    return quotient(polynomial, greatest_common_divisor(polynomial, derivative(polynomial)))


def multiply(left: Whole, right: Whole) -> Whole:
    result = [0] * max(0, len(left) + len(right) - 1)
    for index, one in enumerate(left):
        for other_index, other in enumerate(right):
            result[index + other_index] += one * other
    return primitive(result)


class Sturm:
    """The Sturm sequence of a square-free polynomial that is not zero: counts its roots between two points that are no roots."""

    def __init__(self, polynomial: Whole) -> None:
        self.polynomial = polynomial
        self.sequence = [polynomial, derivative(polynomial)]
        while self.sequence[-1]:
            rest = _remainder(self.sequence[-2], self.sequence[-1])
            self.sequence.append(tuple(-one for one in rest))
        self.sequence.pop()

    def changes(self, point: Fraction) -> int:
        """Sign changes of the sequence at a point that is no root."""
        signs = [one for one in (sign_at(polynomial, point) for polynomial in self.sequence) if one]
        return sum(one != other for one, other in pairwise(signs))

    def isolated(self) -> list[Interval]:
        """Disjoint intervals in ascending order, each around one root; every real root is in one."""
        lead = abs(self.polynomial[-1])
        bound = Fraction(max(map(abs, self.polynomial)), lead) + 1  # Cauchy's bound: every root lies strictly inside
        open_intervals = [(-bound, bound, self.changes(-bound), self.changes(bound))]
        found: list[Interval] = []
        for _ in range(MAXIMUM_BISECTIONS):
            if not open_intervals:
                return found
            left, right, before, after = open_intervals.pop()
            if before - after == 1:
                found.append((left, right))
            elif before - after > 1:
                middle = (left + right) / 2
                while not sign_at(self.polynomial, middle):
                    middle = (middle + right) / 2
                between = self.changes(middle)
                open_intervals += [(middle, right, between, after), (left, middle, before, between)]
        raise Rejected("roots that are too close")

    def halved(self, interval: Interval) -> Interval:
        """A shorter interval around the same root, and around no other."""
        left, right = interval
        middle = (left + right) / 2
        while not sign_at(self.polynomial, middle):
            middle = (middle + right) / 2
        return (left, middle) if self.changes(left) != self.changes(middle) else (middle, right)
