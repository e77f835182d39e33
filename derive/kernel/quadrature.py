"""Definite integrals by enclosures, between finite bounds, of functions that are visibly continuous.

    f continuous on [p, q], f in F there                        the integral from p to q is in (q - p) F
    f twice differentiable on [p, q], middle c, f'' in S there   the integral is in (q - p) f(c) + (q - p)^3/24 S

The second is the midpoint rule: f(x) = f(c) + f'(c) (x - c) + f''(t) (x - c)^2/2 by Taylor's theorem, the linear term integrates to 0, and the last
lies between the bounds of f'' times (q - p)^3/24. A function that is continuous on a closed interval has an integral over it (Rudin, theorem 6.8).
The bounds are known in enclosures a in [A, A'], b in [B, B']: over [A, B'] the integral is too much by those over parts of [A, A'] and [B, B'].
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from math import inf

from . import interval
from .certificate import Rejected
from .differentiation import slope
from .enclosure import Enclosure
from .interval import UNIT, End, Interval, Values
from .term import Symbol, Term, TermError, free_symbols

PIECES = 48
FIRST_PIECES = 8
MAXIMUM_SIZE = 1_000  # of a body, and of its derivative, that are differentiated
_TOLERANCE = 1 << 20  # of UNIT, when a piece is good enough


class Continuous(Values):
    """Values over a box, refused where something may be undefined or not continuous."""

    def __init__(self, box: dict[Symbol, Interval]) -> None:
        super().__init__(box, smooth=True)

    def _root(self, value: Interval, index: int) -> Interval:
        return self._radical(value, index) if index % 2 == 0 else interval.root(value, index)

    def _radical(self, value: Interval, index: int) -> Interval:
        if value.lower < 0:
            raise Rejected("a root that may be undefined")
        return interval.root(value, index)

    def _inside(self, value: Interval) -> Interval:
        if value.lower < -UNIT or value.upper > UNIT:
            raise Rejected("an inverse sine or cosine that may be undefined")
        return value

    def _signed(self, value: Interval) -> Interval:
        return value

    def _sign(self, value: Interval) -> Interval:
        if value.has(0):
            raise Rejected("a sign that may change")
        return super()._sign(value)

    def _extreme(self, head: str, values: list[Interval]) -> Interval:
        return interval.least(values) if head == "min" else interval.greatest(values)


def integral(body: Term, variable: Symbol, lower: Enclosure, upper: Enclosure) -> Enclosure:
    """An enclosure of the integral from `lower` to `upper`, both finite. Rejected where the body is not visibly continuous between them."""
    if not free_symbols(body) <= {variable}:
        raise Rejected("an integrand with unknown values")
    if lower == upper and lower.lower == lower.upper:
        below, above = _ends(lower)
        Continuous({variable: Interval(below, above)}).of(body)
        return Enclosure(Fraction(0), Fraction(0))
    if upper.upper <= lower.lower:
        found = integral(body, variable, upper, lower)
        return Enclosure(-found.upper, -found.lower)
    if lower.upper > upper.lower:
        raise Rejected("bounds that may be in the other order")
    (start, start_above), (end_below, end) = _ends(lower), _ends(upper)
    whole = _Pieces(body, variable)
    total = whole.over(start, end)
    for low, high in ((start, start_above), (end_below, end)):
        part = interval.multiply(Interval(0, high - low), Continuous({variable: Interval(low, high)}).of(body))
        total = interval.add(total, interval.negate(part))
    low_end, high_end = total.lower, total.upper
    if isinstance(low_end, float) or isinstance(high_end, float):
        raise Rejected("an integral without bounds")
    return Enclosure(Fraction(low_end, UNIT), Fraction(high_end, UNIT))


def _ends(value: Enclosure) -> tuple[int, int]:
    """Whole numbers of units around an enclosure."""
    low, high = value.lower * UNIT, value.upper * UNIT
    return low.numerator // low.denominator, -(-high.numerator // high.denominator)


class _Pieces:
    """Enclosures over pieces, the widest cut further."""

    def __init__(self, body: Term, variable: Symbol) -> None:
        self.body, self.variable = body, variable
        self.second = _second_slope(body, variable)

    def over(self, start: int, end: int) -> Interval:
        cuts = [start + (end - start) * index // FIRST_PIECES for index in range(FIRST_PIECES + 1)]
        pieces = [(low, high, self.piece(low, high)) for low, high in pairwise(cuts)]
        spent = len(pieces)
        while spent < PIECES:
            low, high, value = widest = max(pieces, key=lambda piece: _width(piece[2]))
            middle = (low + high) // 2
            if _width(value) <= _TOLERANCE or not low < middle < high:
                break
            pieces.remove(widest)
            pieces += [(low, middle, self.piece(low, middle)), (middle, high, self.piece(middle, high))]
            spent += 2
        total = interval.ZERO
        for _, _, value in pieces:
            total = interval.add(total, value)
        return total

    def piece(self, low: int, high: int) -> Interval:
        """The integral over [low, high]: one of the two rules, or what both allow; EVERYTHING where the piece must be cut."""
        side, width = Interval(low, high), Interval(high - low, high - low)
        try:
            found = interval.multiply(width, Continuous({self.variable: side}).of(self.body))
        except Rejected:
            return interval.EVERYTHING
        if self.second is None:
            return found
        try:
            Values({self.variable: side}, smooth=True).of(self.body)
            bend = Values({self.variable: side}, smooth=True).of(self.second)
        except Rejected:
            return found
        middle = Interval((low + high) // 2, -(-(low + high) // 2))
        rest = interval.multiply(interval.power(width, 3), interval.number(Fraction(1, 24)))
        better = interval.add(
            interval.multiply(width, Values({self.variable: middle}).of(self.body)), interval.multiply(rest, bend)
        )
        return better if _width(better) < _width(found) else found


def _second_slope(body: Term, variable: Symbol) -> Term | None:
    """The second derivative where it is known and not too long."""
    for _ in range(2):
        if _size(body) > MAXIMUM_SIZE:
            return None
        try:
            body = slope(body, variable)
        except (Rejected, TermError):
            return None
    return body if _size(body) <= 4 * MAXIMUM_SIZE else None


def _width(value: Interval) -> End:
    if isinstance(value.lower, float) or isinstance(value.upper, float):
        return inf
    return value.upper - value.lower


def _size(term: Term) -> int:
    """The length of the term as it is written."""
    memory: dict[Term, int] = {}

    def size(part: Term) -> int:
        if part not in memory:
            memory[part] = 1 + sum(map(size, getattr(part, "arguments", ())))
        return memory[part]

    return size(term)
