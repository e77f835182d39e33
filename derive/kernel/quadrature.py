"""Enclosures of definite integrals of smooth functions.

On a piece with the middle c and half the width h, the integral of f is 2 h f(c) + h^3/3 f''(p) for some p in it (the midpoint rule; integrate Taylor's
theorem of order 2 about c, whose linear term vanishes by symmetry). Where an end is only enclosed, what lies between its bounds is added by the values of f there.
"""

from __future__ import annotations

from fractions import Fraction

from . import interval
from .certificate import Rejected
from .differentiation import slope
from .enclosure import Enclosure
from .interval import Interval, Values
from .term import Symbol, Term, free_symbols

PIECES = 16


def integral(body: Term, variable: Symbol, lower: Enclosure, upper: Enclosure) -> Enclosure:
    """The integral from a number in `lower` to one in `upper`. Rejected where the body is not visibly defined and smooth on the way."""
    if free_symbols(body) - {variable}:
        raise Rejected("an integrand with unknown values")
    if lower.lower > upper.upper:
        found = integral(body, variable, upper, lower)
        return Enclosure(-found.upper, -found.lower)
    first, last = lower.upper, upper.lower
    if first > last:
        raise Rejected("bounds that may be in the other order")
    whole = interval.hull(_side(lower.lower, lower.upper), _side(upper.lower, upper.upper))
    Values({variable: whole}, smooth=True).of(body)
    bend = slope(slope(body, variable), variable)
    total = interval.ZERO
    half = (last - first) / (2 * PIECES)
    cubed = interval.number(half**3 / 3)
    for index in range(PIECES):
        middle = first + (2 * index + 1) * half
        at_middle = Values({variable: interval.number(middle)}).of(body)
        on_piece = Values({variable: _side(middle - half, middle + half)}).of(bend)
        total = interval.add(total, interval.multiply(interval.number(2 * half), at_middle))
        total = interval.add(total, interval.multiply(cubed, on_piece))
    for end in (lower, upper):
        if end.lower != end.upper:
            width = interval.hull(interval.ZERO, interval.number(end.upper - end.lower))
            total = interval.add(
                total, interval.multiply(width, Values({variable: _side(end.lower, end.upper)}).of(body))
            )
    if isinstance(total.lower, float) or isinstance(total.upper, float):
        raise Rejected("an integral without bounds")
    return Enclosure(Fraction(total.lower, interval.UNIT), Fraction(total.upper, interval.UNIT))


def _side(lower: Fraction, upper: Fraction) -> Interval:
    return interval.hull(interval.number(lower), interval.number(upper))
