"""Intervals with ends that are whole numbers of units of 2^-120, or infinite, and may be left out; and values of terms over boxes.

An interval holds the numbers from `lower` to `upper`; an end is left out where it is said to be open, which every infinite end is. Ends are rounded
outwards. The value of a term over a box contains its value at every point of the box where the term is defined. It is smooth where nothing that is
undefined or has no derivative can occur on the box.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import lru_cache
from math import inf, isqrt
from typing import NamedTuple

from . import enclosure
from .certificate import Rejected
from .enclosure import PRECISION, Enclosure
from .sorting import is_scalar
from .term import EULER, Apply, Constant, Number, Symbol, Term

End = int | float  # a float is infinite
UNIT = 1 << PRECISION
MAXIMUM_BITS = 4096  # of an end: what is larger counts as infinite
MAXIMUM_POWER = 400
MAXIMUM_ROOT = 100
REMEMBERED = 4_096  # ends, of each function: neighbouring boxes share theirs
_HUGE = 1 << MAXIMUM_BITS
_REACH = 60  # of the exponential series
_FARTHEST = 38 * UNIT  # where sin and cos are still computed
Ends = tuple[End, End]


class Interval(NamedTuple):
    lower: End
    upper: End
    lower_open: bool = False
    upper_open: bool = False

    def has(self, value: End) -> bool:
        """Whether the interval contains the number."""
        above = value > self.lower or (value == self.lower and not self.lower_open)
        return above and (value < self.upper or (value == self.upper and not self.upper_open))

    def positive(self) -> bool:
        return self.lower > 0 or (self.lower == 0 and self.lower_open)

    def negative(self) -> bool:
        return self.upper < 0 or (self.upper == 0 and self.upper_open)

    def exact(self) -> Fraction | None:
        """The number, if there is only one."""
        if self.lower != self.upper or isinstance(self.lower, float):
            return None
        return Fraction(self.lower, UNIT)


EVERYTHING = Interval(-inf, inf, lower_open=True, upper_open=True)
ZERO, HALF, ONE, TWO = (Interval(part * UNIT // 2, part * UNIT // 2) for part in (0, 1, 2, 4))


def made(lower: End, upper: End, lower_open: bool, upper_open: bool) -> Interval:
    """The interval, with ends beyond all use moved out."""
    if isinstance(lower, float) or lower < -_HUGE:
        lower, lower_open = -inf, True
    elif lower > _HUGE:
        lower = _HUGE
    if isinstance(upper, float) or upper > _HUGE:
        upper, upper_open = inf, True
    elif upper < -_HUGE:
        upper = -_HUGE
    return Interval(lower, upper, lower_open, upper_open)


def number(value: Fraction) -> Interval:
    """The interval of one number: itself where it is a multiple of the unit."""
    top = value.numerator << PRECISION
    return made(top // value.denominator, -(-top // value.denominator), lower_open=False, upper_open=False)


def _whole(value: Enclosure) -> tuple[int, int]:
    """The ends of an enclosure in units."""
    lower, upper = value.lower, value.upper
    return (lower.numerator << PRECISION) // lower.denominator, -((-upper.numerator << PRECISION) // upper.denominator)


def hull(left: Interval, right: Interval) -> Interval:
    """The least interval that contains both."""
    lower, upper = min(left.lower, right.lower), max(left.upper, right.upper)
    closed_below = any(one.lower == lower and not one.lower_open for one in (left, right))
    closed_above = any(one.upper == upper and not one.upper_open for one in (left, right))
    return Interval(lower, upper, not closed_below, not closed_above)


def add(left: Interval, right: Interval) -> Interval:
    lower, upper = _plus(left.lower, right.lower), _plus(left.upper, right.upper)
    return made(lower, upper, left.lower_open or right.lower_open, left.upper_open or right.upper_open)


def _plus(left: End, right: End) -> End:
    """An infinite end stays what it is; `made` gives it its sign."""
    if isinstance(left, float) or isinstance(right, float):
        return inf
    return left + right


def negate(value: Interval) -> Interval:
    return Interval(-value.upper, -value.lower, value.upper_open, value.lower_open)


def multiply(left: Interval, right: Interval) -> Interval:
    corners = [
        (_times(one, other), one_open or other_open)
        for one, one_open in ((left.lower, left.lower_open), (left.upper, left.upper_open))
        for other, other_open in ((right.lower, right.lower_open), (right.upper, right.upper_open))
    ]
    lower, upper = min(value for value, _ in corners), max(value for value, _ in corners)
    zero_open = not left.has(0) and not right.has(0)  # a product is 0 exactly where a factor is
    lower_open = zero_open if lower == 0 else all(missing for value, missing in corners if value == lower)
    upper_open = zero_open if upper == 0 else all(missing for value, missing in corners if value == upper)
    return made(_down(lower), -_down(-upper), lower_open, upper_open)


def _times(left: End, right: End) -> End:
    """In units of the square of the unit."""
    if left == 0 or right == 0:
        return 0
    if isinstance(left, float) or isinstance(right, float):
        return inf if (left > 0) == (right > 0) else -inf
    return left * right


def _down(value: End) -> End:
    return value if isinstance(value, float) else value >> PRECISION


def reciprocal(value: Interval) -> Interval:
    """1/x for the x != 0 of the interval."""
    if value.lower < 0 < value.upper or value.lower == value.upper == 0:
        return EVERYTHING
    if value.upper <= 0:
        return negate(reciprocal(negate(value)))
    square = UNIT * UNIT
    lower: End = 0 if isinstance(value.upper, float) else square // value.upper
    upper: End = inf if isinstance(value.lower, float) or value.lower == 0 else -(-square // value.lower)
    return made(lower, upper, value.upper_open, value.lower_open)


def absolute(value: Interval) -> Interval:
    if value.lower >= 0:
        return value
    if value.upper <= 0:
        return negate(value)
    return hull(
        ZERO, hull(value._replace(lower=0, lower_open=False), negate(value._replace(upper=0, upper_open=False)))
    )


def power(value: Interval, exponent: int) -> Interval:
    """x^n for a natural number n."""
    if exponent > MAXIMUM_POWER:
        raise Rejected("a power of too high an exponent")
    if exponent == 0:
        return ONE
    base = absolute(value) if exponent % 2 == 0 else value
    lower, upper = _raised(base.lower, exponent, up=False), _raised(base.upper, exponent, up=True)
    return made(lower, upper, base.lower_open, base.upper_open)


def _raised(value: End, exponent: int, *, up: bool) -> End:
    """The power of an end, rounded; of a negative one the exponent is odd."""
    if value < 0:
        return -_raised(-value, exponent, up=not up)
    if isinstance(value, float):
        return inf
    result = value
    for digit in bin(exponent)[3:]:
        for factor in (result, value) if digit == "1" else (result,):
            result = -(-result * factor >> PRECISION) if up else result * factor >> PRECISION
        if result > _HUGE:  # all further factors are above 1
            return inf if up else _HUGE
    return result


def root(value: Interval, index: int) -> Interval:
    """The real root; of negative numbers the index is odd."""
    if index > MAXIMUM_ROOT:
        raise Rejected("a root of too high an index")
    return _rising(value, lambda end: _root(end, index))


def _root(value: End, index: int) -> Ends:
    if value < 0:
        lower, upper = _root(-value, index)
        return -upper, -lower
    if isinstance(value, float):
        return inf, inf
    scaled = value << PRECISION * (index - 1)
    found = isqrt(scaled) if index == 2 else enclosure.integer_root(scaled, index)
    return found, found if found**index == scaled else found + 1


def _not_below(value: Interval) -> Interval:
    """The part of the interval that is >= 0; 0 where there is none."""
    return (
        value if value.lower >= 0 else Interval(0, max(value.upper, 0), lower_open=False, upper_open=value.upper_open)
    )


def _rising(value: Interval, at: Callable[[End], Ends]) -> Interval:
    """A function that rises strictly; `at` encloses its value at an end, and its limit at an infinite one."""
    return made(at(value.lower)[0], at(value.upper)[1], value.lower_open, value.upper_open)


def _pi() -> tuple[int, int]:
    return _whole(enclosure.pi())


@lru_cache(REMEMBERED)
def _exponential(value: End) -> Ends:
    if isinstance(value, float):
        return (inf, inf) if value > 0 else (0, 0)
    if value == 0:
        return UNIT, UNIT
    if value < 0:
        lower, upper = _exponential(-value)
        small = reciprocal(Interval(lower, upper))
        return small.lower, small.upper
    parts = value // (_REACH * UNIT) + 1
    if parts > MAXIMUM_POWER:
        return _exponential(_REACH * UNIT * (MAXIMUM_POWER - 1))[0], inf
    lower, upper = _whole(enclosure.exponential(enclosure.point(Fraction(value, UNIT * parts))))
    return _raised(lower, parts, up=False), _raised(upper, parts, up=True)


@lru_cache(REMEMBERED)
def _logarithm(value: End) -> Ends:
    if isinstance(value, float):
        return inf, inf
    if value == 0:
        return -inf, -inf
    if value == UNIT:
        return 0, 0
    return _whole(enclosure.logarithm(enclosure.point(Fraction(value, UNIT))))


@lru_cache(REMEMBERED)
def _arctangent(value: End) -> Ends:
    if value <= 0:
        lower, upper = _arctangent(-value) if value else (0, 0)
        return -upper, -lower
    below, above = _pi()
    if isinstance(value, float):
        return below >> 1, -(-above >> 1)
    if value > UNIT:
        inverse = reciprocal(Interval(value, value))
        lower, upper = _arctangent(inverse.lower)[0], _arctangent(inverse.upper)[1]
        return (below >> 1) - upper, -(-above >> 1) - lower
    # arctan x = 2 arctan(x / (1 + sqrt(1 + x^2))), three times: then 0 <= x < 1/9.
    small = Interval(value, value)
    for _ in range(3):
        small = multiply(small, reciprocal(add(ONE, root(add(ONE, power(small, 2)), 2))))
    assert isinstance(small.lower, int)
    assert isinstance(small.upper, int)
    return 8 * _arctangent_series(small.lower)[0], 8 * _arctangent_series(small.upper)[1]


def _arctangent_series(value: int) -> tuple[int, int]:
    """The sum of (-1)^k x^(2k+1)/(2k+1), 0 <= x < 1/9: each term is wrong by at most two units, and the rest is below one."""
    total, term, index, square = 0, value, 0, value * value >> PRECISION
    while term:
        total += (-term if index % 2 else term) // (2 * index + 1)
        term, index = term * square >> PRECISION, index + 1
    slack = 2 * index + 3
    return total - slack, total + slack


@lru_cache(REMEMBERED)
def _sine(value: End) -> Ends:
    if value == 0:
        return 0, 0
    return _whole(enclosure.sine(enclosure.point(Fraction(value) / UNIT)))


@lru_cache(REMEMBERED)
def _cosine(value: End) -> Ends:
    if value == 0:
        return UNIT, UNIT
    return _whole(enclosure.cosine(enclosure.point(Fraction(value) / UNIT)))


def _turns(odd: int) -> list[tuple[int, int, int]]:
    """Enclosures of the multiples (2k + odd) pi/2 that can be met, each with the sign of sin (odd 1) or cos (odd 0) there."""
    below, above = _pi()
    found = []
    for k in range(-14, 15):
        factor = 2 * k + odd
        ends = (factor * below, factor * above)
        found.append((min(ends) >> 1, -(-max(ends) >> 1), 1 if k % 2 == 0 else -1))
    return found


def _meets(value: Interval, lower: int, upper: int) -> bool:
    return value.has(lower) if lower == upper else lower <= value.upper and value.lower <= upper


def _wave(value: Interval, at: Callable[[End], Ends], odd: int) -> Interval:
    """sin or cos: monotone between its turns, where it is 1 or -1."""
    if value.lower < -_FARTHEST or value.upper > _FARTHEST:
        return Interval(-UNIT, UNIT)
    found = hull(
        Interval(*at(value.lower), *(value.lower_open,) * 2), Interval(*at(value.upper), *(value.upper_open,) * 2)
    )
    for lower, upper, sign in _turns(odd):
        if _meets(value, lower, upper):
            found = hull(found, Interval(sign * UNIT, sign * UNIT))
    return found


def sine(value: Interval) -> Interval:
    return _wave(value, _sine, 1)


def cosine(value: Interval) -> Interval:
    return _wave(value, _cosine, 0)


def tangent(value: Interval) -> Interval:
    """Everything where there may be a pole."""
    if value.lower < -_FARTHEST or value.upper > _FARTHEST:
        return EVERYTHING
    if any(_meets(value, lower, upper) for lower, upper, _ in _turns(1)):
        return EVERYTHING
    return _rising(value, _tangent)


def _tangent(value: End) -> Ends:
    found = multiply(Interval(*_sine(value)), reciprocal(Interval(*_cosine(value))))
    return found.lower, found.upper


def exponential(value: Interval) -> Interval:
    return _rising(value, _exponential)


def logarithm(value: Interval) -> Interval:
    """Of the positive numbers of an interval."""
    if value.upper <= 0:
        raise Rejected("a logarithm that is defined nowhere on the box")
    return _rising(value if value.lower > 0 else value._replace(lower=0, lower_open=True), _logarithm)


def arctangent(value: Interval) -> Interval:
    return _rising(value, _arctangent)


def arcsine(value: Interval) -> Interval:
    """Of the numbers from -1 to 1 of an interval."""
    if value.lower > UNIT or value.upper < -UNIT:
        raise Rejected("an inverse sine that is defined nowhere on the box")
    lower, lower_open = (value.lower, value.lower_open) if value.lower > -UNIT else (-UNIT, False)
    upper, upper_open = (value.upper, value.upper_open) if value.upper < UNIT else (UNIT, False)
    return _rising(Interval(lower, upper, lower_open, upper_open), _arcsine)


def _arcsine(value: End) -> Ends:
    if abs(value) == UNIT:
        below, above = _pi()
        return (below >> 1, -(-above >> 1)) if value > 0 else (-above >> 1, -(below >> 1))
    point = Interval(value, value)
    found = arctangent(multiply(point, reciprocal(root(_not_below(add(ONE, negate(power(point, 2)))), 2))))
    return found.lower, found.upper


def hyperbolic_sine(value: Interval) -> Interval:
    return _rising(value, _hyperbolic_sine)


def _hyperbolic_sine(value: End) -> Ends:
    if value == 0:
        return 0, 0
    high, low = Interval(*_exponential(value)), Interval(*_exponential(-value))
    found = multiply(HALF, add(high, negate(low)))
    return found.lower, found.upper


def hyperbolic_cosine(value: Interval) -> Interval:
    size = absolute(value)
    return _rising(size, _hyperbolic_cosine)


def _hyperbolic_cosine(value: End) -> Ends:
    if value == 0:
        return UNIT, UNIT
    found = multiply(HALF, add(Interval(*_exponential(value)), Interval(*_exponential(-value))))
    return found.lower, found.upper


def hyperbolic_tangent(value: Interval) -> Interval:
    return _rising(value, _hyperbolic_tangent)


def _hyperbolic_tangent(value: End) -> Ends:
    """1 - 2/(e^(2x) + 1)."""
    if value == 0:
        return 0, 0
    high = Interval(*_exponential(2 * value))
    if high.lower == high.upper == inf:
        return UNIT, UNIT
    found = add(ONE, negate(multiply(TWO, reciprocal(add(ONE, high)))))
    return found.lower, found.upper


def least(values: list[Interval]) -> Interval:
    """The minimum."""
    lower, upper = min(one.lower for one in values), min(one.upper for one in values)
    lower_open = all(one.lower_open for one in values if one.lower == lower)
    return Interval(lower, upper, lower_open, any(one.upper_open for one in values if one.upper == upper))


def greatest(values: list[Interval]) -> Interval:
    return negate(least([negate(one) for one in values]))


def whole_part(value: Interval) -> Interval:
    """The greatest integer below or at x."""
    lower, upper = (end if isinstance(end, float) else end // UNIT * UNIT for end in value[:2])
    return Interval(lower, upper, isinstance(lower, float), isinstance(upper, float))


# --- values of terms -------------------------------------------------------------------------------------------------

TOTAL: dict[str, Callable[[Interval], Interval]] = {
    "negate": negate,
    "exp": exponential,
    "sin": sine,
    "cos": cosine,
    "arctan": arctangent,
    "sinh": hyperbolic_sine,
    "cosh": hyperbolic_cosine,
    "tanh": hyperbolic_tangent,
}  # and smooth


class Values:
    """Values over a box. `smooth`: refused where something may be undefined or have no derivative."""

    def __init__(self, box: Mapping[Symbol, Interval], *, smooth: bool = False) -> None:
        self.box = box
        self.smooth = smooth
        self.memory: dict[Term, Interval] = {}

    def of(self, term: Term) -> Interval:
        if isinstance(term, Number):
            return number(term.value)
        if isinstance(term, Symbol):
            if not is_scalar(term.sort):
                raise Rejected("a value that is not a number")
            return self.box.get(term, EVERYTHING)
        known = self.memory.get(term)
        if known is None:
            known = self.memory[term] = self._constant(term) if isinstance(term, Constant) else self._value(term)
        return known

    def _constant(self, term: Constant) -> Interval:
        match term.name:
            case "pi":
                return Interval(*_pi(), lower_open=True, upper_open=True)
            case "e":
                return exponential(ONE)
        raise Rejected("a value that is not a number")

    def _value(self, term: Term) -> Interval:
        if not isinstance(term, Apply):
            raise Rejected("a value that is not a number")
        head, arguments = term.head, term.arguments
        if head in TOTAL:
            return TOTAL[head](self.of(arguments[0]))
        match head:
            case "+":
                result = self.of(arguments[0])
                for part in arguments[1:]:
                    result = add(result, self.of(part))
                return result
            case "*":
                return self._product(arguments)
            case "/":
                return multiply(self.of(arguments[0]), self._inverse(self.of(arguments[1])))
            case "^":
                return self._power(*arguments)
            case "sqrt":
                return self._root(self.of(arguments[0]), 2)
            case "root":
                index = arguments[1]
                assert isinstance(index, Number)
                return self._root(self.of(arguments[0]), int(index.value))
            case "log":
                return self._logarithm(self.of(arguments[0]))
            case "log_base":
                base, value = (self._logarithm(self.of(part)) for part in arguments)
                return multiply(value, self._inverse(base))
            case "tan":
                return self._proper(tangent(self.of(arguments[0])))
            case "cot":
                inside = self.of(arguments[0])
                return multiply(cosine(inside), self._inverse(sine(inside)))
            case "sec":
                return self._inverse(cosine(self.of(arguments[0])))
            case "csc":
                return self._inverse(sine(self.of(arguments[0])))
            case "arcsin" | "arccos":
                found = arcsine(self._inside(self.of(arguments[0])))
                if head == "arcsin":
                    return found
                return add(multiply(HALF, Interval(*_pi())), negate(found))
            case "abs" | "norm":
                return absolute(self._signed(self.of(arguments[0])))
            case "min" | "max":
                return self._extreme(head, [self.of(part) for part in arguments])
            case "sgn":
                return self._sign(self._signed(self.of(arguments[0])))
            case "floor" | "ceil" if not self.smooth:
                inside = self.of(arguments[0])
                return whole_part(inside) if head == "floor" else negate(whole_part(negate(inside)))
        raise Rejected(f"no enclosure of {head}")

    def _product(self, arguments: tuple[Term, ...]) -> Interval:
        """Equal factors make a power."""
        result = ONE
        for part in dict.fromkeys(arguments):
            count = arguments.count(part)
            result = multiply(result, power(self.of(part), count) if count > 1 else self.of(part))
        return result

    def _inverse(self, value: Interval) -> Interval:
        if self.smooth and value.has(0):
            raise Rejected("a divisor that may be 0")
        return reciprocal(value)

    def _logarithm(self, value: Interval) -> Interval:
        if self.smooth and not value.positive():
            raise Rejected("a logarithm that may be undefined")
        return logarithm(value)

    def _root(self, value: Interval, index: int) -> Interval:
        if index % 2 == 0:
            return self._radical(value, index)
        if self.smooth and value.has(0):
            raise Rejected("a root that may not be smooth")
        return root(value, index)

    def _radical(self, value: Interval, index: int) -> Interval:
        """Of numbers >= 0."""
        if self.smooth and not value.positive():
            raise Rejected("a root that may not be smooth")
        if value.upper < 0:
            raise Rejected("a root that is defined nowhere on the box")
        return root(_not_below(value), index)

    def _proper(self, value: Interval) -> Interval:
        if self.smooth and value == EVERYTHING:
            raise Rejected("a tangent that may have a pole")
        return value

    def _inside(self, value: Interval) -> Interval:
        if self.smooth and not (value.lower > -UNIT and value.upper < UNIT):
            raise Rejected("an inverse sine or cosine that may not be smooth")
        return value

    def _signed(self, value: Interval) -> Interval:
        if self.smooth and value.has(0):
            raise Rejected("an absolute value or sign that may change")
        return value

    def _sign(self, value: Interval) -> Interval:
        if value.positive() or value.negative():
            return ONE if value.positive() else negate(ONE)
        return Interval(0 if value.lower >= 0 else -UNIT, 0 if value.upper <= 0 else UNIT)

    def _extreme(self, head: str, values: list[Interval]) -> Interval:
        if self.smooth:
            raise Rejected("a minimum or maximum that may change")
        return least(values) if head == "min" else greatest(values)

    def _power(self, base: Term, exponent: Term) -> Interval:
        if isinstance(exponent, Apply) and exponent.head == "negate" and isinstance(exponent.arguments[0], Number):
            exponent = Number(-exponent.arguments[0].value)
        if isinstance(exponent, Number):
            return self._rational_power(self.of(base), exponent.value)
        if base == EULER:
            return exponential(self.of(exponent))
        value = self.of(base)
        if not value.positive() and (self.smooth or value.lower < 0):
            raise Rejected("a power whose base may not be positive")
        found = exponential(multiply(self.of(exponent), logarithm(value)))
        return found if value.positive() else hull(found, ZERO)

    def _rational_power(self, base: Interval, exponent: Fraction) -> Interval:
        if exponent.denominator != 1:
            base = self._radical(base, exponent.denominator)
        found = power(base, abs(exponent.numerator))
        return found if exponent >= 0 else self._inverse(found)
