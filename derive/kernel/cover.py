"""Inequalities by enclosures on boxes that cover every point that the hypotheses allow.

t > 0 on each box                     t >= 0 at x = p,  dt/dx >= 0 for x > p
------------------------------------  --------------------------------------
hypotheses |- a > b  (t = a - b)      t >= 0 for x >= p

The box of a variable is read from the hypotheses: linear bounds of it alone, or of its absolute value, by closed terms. The sign of t is claimed where t is
defined; a derivative only counts where t is smooth on the whole box.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from math import factorial, inf
from typing import assert_never

from . import interval
from .certificate import Centered, Cover, Enclosed, Halves, Monotone, Rejected, Shown
from .claim import Claim
from .differentiation import slope
from .interval import Interval, Values
from .normal_form import Atoms, is_zero
from .sign import conjuncts, linear
from .sorting import is_scalar, sort_of
from .term import (
    ONE,
    ORDERS,
    PI,
    TWO,
    ZERO,
    Apply,
    Number,
    Symbol,
    Term,
    add,
    children,
    free_symbols,
    multiply,
    negate,
    substitute,
    subtract,
)

MAXIMUM_BOXES = 4_000
MAXIMUM_DEPTH = 60
MAXIMUM_ORDER = 12
MAXIMUM_SIZE = 2_000
_MIRROR = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "="}
_HALF = Number(Fraction(1, 2))
_SINES = {
    0: ZERO,
    2: _HALF,
    3: multiply(_HALF, Apply("sqrt", (TWO,))),
    4: multiply(_HALF, Apply("sqrt", (Number(3),))),
    6: ONE,
}  # at k pi/12


@dataclass(frozen=True, slots=True)
class Range:
    """The numbers between two closed terms; None: no bound."""

    lower: Term | None = None
    upper: Term | None = None
    lower_open: bool = True
    upper_open: bool = True

    def interval(self) -> Interval:
        """It contains the range. Rejected where that is empty."""
        below = interval.EVERYTHING if self.lower is None else closed(self.lower)
        above = interval.EVERYTHING if self.upper is None else closed(self.upper)
        found = Interval(
            below.lower, above.upper, self.lower_open or below.lower_open, self.upper_open or above.upper_open
        )
        if found.lower > found.upper or (found.lower == found.upper and (found.lower_open or found.upper_open)):
            raise Rejected("an empty box")
        return found


Box = dict[Symbol, Range]


def closed(term: Term) -> Interval:
    """An enclosure of a closed term that is surely defined."""
    if free_symbols(term):
        raise Rejected("a bound that is not closed")
    return Values({}, smooth=True).of(term)


def check_cover(claim: Claim, certificate: Cover) -> None:
    """Accepts a relation a R b that the boxes show."""
    term, strict = positive_term(claim.statement)
    _Check().show(term, box_of(claim), strict, certificate.shown, 0)


def positive_term(statement: Term) -> tuple[Term, bool]:
    """(t, strict): the statement says t > 0 or t >= 0."""
    if not isinstance(statement, Apply) or statement.head not in ORDERS:
        raise Rejected("the claim is not an inequality")
    left, right = statement.arguments
    if statement.head in {"<", "<="}:
        left, right = right, left
    return left if right == ZERO else subtract(left, right), statement.head in {"<", ">"}


def box_of(claim: Claim) -> Box:
    """The bounds that the hypotheses give to the symbols of the statement."""
    box = {symbol: Range() for symbol in free_symbols(claim.statement) if is_scalar(symbol.sort)}
    for hypothesis in claim.hypotheses:
        for part in conjuncts(hypothesis):
            if isinstance(part, Apply) and part.head in _MIRROR and is_scalar(sort_of(part.arguments[0])):
                _narrow(box, part)
    return box


def _narrow(box: Box, relation: Apply) -> None:
    combination = linear(subtract(*relation.arguments))
    loose = [part for part in combination if free_symbols(part)]
    if len(loose) != 1:
        return
    (part,) = loose
    factor = combination.pop(part)
    rest = [
        Number(-value / factor) if one == ONE else multiply(Number(-value / factor), one)
        for one, value in combination.items()
    ]
    bound = add(*rest)
    word = relation.head if factor > 0 else _MIRROR[relation.head]
    try:
        closed(bound)
    except Rejected:
        return
    if isinstance(part, Symbol) and part in box:
        _bound(box, part, word, bound)
    elif isinstance(part, Apply) and part.head == "abs" and word not in {">", ">="}:
        (inside,) = part.arguments
        if isinstance(inside, Symbol) and inside in box:
            outward = "<=" if word == "=" else word
            _bound(box, inside, outward, bound)
            _bound(box, inside, _MIRROR[outward], negate(bound))


def _bound(box: Box, symbol: Symbol, word: str, bound: Term) -> None:
    """The stricter of two bounds."""
    old, is_open = box[symbol], word in {"<", ">"}
    value = closed(bound)
    if word in {">", ">=", "="}:
        known = -inf if old.lower is None else closed(old.lower).lower
        if value.lower > known or (value.lower == known and is_open):
            old = replace(old, lower=bound, lower_open=is_open)
    if word in {"<", "<=", "="}:
        known = inf if old.upper is None else closed(old.upper).upper
        if value.upper < known or (value.upper == known and is_open):
            old = replace(old, upper=bound, upper_open=is_open)
    box[symbol] = old


class Slopes:
    """Derivatives, each computed once."""

    def __init__(self) -> None:
        self.known: dict[tuple[Term, Symbol], Term] = {}
        self.sizes: dict[Term, int] = {}

    def of(self, term: Term, variable: Symbol) -> Term:
        key = (term, variable)
        if key not in self.known:
            if self.size(term) > MAXIMUM_SIZE:
                raise Rejected("a derivative of too large a term")
            self.known[key] = slope(term, variable)
        return self.known[key]

    def size(self, term: Term) -> int:
        """The length of the term as it is written: derivatives of derivatives share their parts and grow fast."""
        if term not in self.sizes:
            self.sizes[term] = 1 + sum(self.size(part) for part in children(term))
        return self.sizes[term]


class _Check:
    def __init__(self) -> None:
        self.boxes = 0
        self.slopes = Slopes()

    def show(self, term: Term, box: Box, strict: bool, shown: Shown, depth: int) -> None:
        """t > 0 (strict) or t >= 0 at every point of the box where t is defined."""
        self.boxes += 1
        if self.boxes > MAXIMUM_BOXES or depth > MAXIMUM_DEPTH:
            raise Rejected("too many boxes")
        match shown:
            case Enclosed():
                if not has_sign(Values(intervals(box)).of(term), strict) and (strict or not vanishes(term, box)):
                    raise Rejected("the enclosure does not show the sign")
            case Centered():
                if not has_sign(centered(term, box, shown.order, self.slopes), strict):
                    raise Rejected("the expansion does not show the sign")
            case Halves():
                below, above = halves(box, shown.variable, shown.at)
                self.show(term, below, strict, shown.below, depth + 1)
                self.show(term, above, strict, shown.above, depth + 1)
            case Monotone():
                self._monotone(term, box, strict, shown, depth)
            case _:  # pragma: no cover - for the type checker
                assert_never(shown)

    def _monotone(self, term: Term, box: Box, strict: bool, shown: Monotone, depth: int) -> None:
        variable = shown.variable
        face, excluded = face_of(box, variable, shown.rising)
        # The mean value theorem, between the end and a point of the box: t is smooth on all of it, the end included.
        smooth_on(term, with_end(box, variable, shown.rising))
        change = self.slopes.of(term, variable)
        if not shown.rising:
            change = negate(change)
        self.show(change, between(box, variable), shown.strict, shown.slope, depth + 1)
        self.show(term, face, strict and not (shown.strict and excluded), shown.face, depth + 1)


def intervals(box: Box) -> dict[Symbol, Interval]:
    return {symbol: side.interval() for symbol, side in box.items()}


def has_sign(value: Interval, strict: bool) -> bool:
    return value.positive() if strict else value.lower >= 0


def smooth_on(term: Term, box: Box) -> None:
    """Rejected where the term may be undefined, or without a derivative, somewhere on the box."""
    Values(intervals(box), smooth=True).of(term)


def centered(term: Term, box: Box, order: int, slopes: Slopes) -> Interval:
    """t(c) + sum of dt/dx (box) * (x - c), c the middle; of one variable to any order: the terms of Taylor's polynomial and the remainder."""
    sides = intervals(box)
    smooth_on(term, box)
    middle: dict[Symbol, Interval] = {}
    for symbol, side in sides.items():
        if isinstance(side.lower, float) or isinstance(side.upper, float):
            raise Rejected("a box without a middle")
        center = (side.lower + side.upper) // 2
        middle[symbol] = Interval(center, center)
    offsets = {symbol: interval.add(side, interval.negate(middle[symbol])) for symbol, side in sides.items()}
    at_middle, on_box = Values(middle), Values(sides)
    value = at_middle.of(term)
    if order == 1:
        for symbol, offset in offsets.items():
            if offset != interval.ZERO:
                value = interval.add(value, interval.multiply(on_box.of(slopes.of(term, symbol)), offset))
        return value
    if len(offsets) != 1 or not 1 < order <= MAXIMUM_ORDER:
        raise Rejected("an expansion of this order")
    ((symbol, offset),) = offsets.items()
    for degree in range(1, order + 1):
        term = slopes.of(term, symbol)
        derivative = (at_middle if degree < order else on_box).of(term)
        part = interval.multiply(derivative, interval.power(offset, degree))
        value = interval.add(value, interval.multiply(part, interval.number(Fraction(1, factorial(degree)))))
    return value


def halves(box: Box, variable: Symbol, at: Term) -> tuple[Box, Box]:
    """The parts of the box below and above a number."""
    side = _side(box, variable)
    closed(at)
    return (
        {**box, variable: replace(side, upper=at, upper_open=False)},
        {**box, variable: replace(side, lower=at, lower_open=False)},
    )


def face_of(box: Box, variable: Symbol, least: bool) -> tuple[Box, bool]:
    """The part of the box where the variable is at its end, and whether that end is excluded from the box."""
    side = _side(box, variable)
    end = side.lower if least else side.upper
    if end is None:
        raise Rejected("a side of the box that does not end")
    return {**box, variable: Range(end, end, lower_open=False, upper_open=False)}, (
        side.lower_open if least else side.upper_open
    )


def with_end(box: Box, variable: Symbol, least: bool) -> Box:
    """The box with that end of the side of the variable."""
    side = box[variable]
    return {**box, variable: replace(side, lower_open=False) if least else replace(side, upper_open=False)}


def between(box: Box, variable: Symbol) -> Box:
    """The box without the ends of the side of the variable."""
    return {**box, variable: replace(box[variable], lower_open=True, upper_open=True)}


def _side(box: Box, variable: Symbol) -> Range:
    if variable not in box:
        raise Rejected("a variable without a side of the box")
    return box[variable]


def vanishes(term: Term, box: Box) -> bool:
    """Whether t = 0 by normal form where the sides that are points are put in."""
    points: dict[Term, Term] = {
        symbol: side.lower for symbol, side in box.items() if side.lower is not None and side.lower == side.upper
    }
    atoms = Atoms()
    return is_zero(atoms.form(exact(substitute(term, points))), atoms)


# Between which multiples of pi/12 the values lie; the tangent has none at the ends of its own.
_INVERSES = {"arctan": (-5, 5), "arcsin": (-6, 6), "arccos": (0, 12)}


def exact(term: Term) -> Term:
    """The term with closed parts replaced by their values, where these are rational, or sines of multiples of pi/12 with short names, or such multiples.

    arctan, arcsin and arccos are the inverses of tan on (-pi/2, pi/2), of sin on [-pi/2, pi/2] and of cos on [0, pi].
    """
    return _exact(term, {}, Values({}, smooth=True))


def _exact(term: Term, memory: dict[Term, Term], values: Values) -> Term:
    """The same; a part that occurs often is looked at once."""
    if not isinstance(term, Apply) or term.head == "notation":
        return term
    known = memory.get(term)
    if known is None:
        changed = Apply(term.head, tuple(_exact(part, memory, values) for part in term.arguments))
        known = memory[term] = _value_of(changed, values)
    return known


def _value_of(term: Apply, values: Values) -> Term:
    """The value of a closed term whose parts have been replaced by theirs; itself where it has none that is known here."""
    if free_symbols(term) or not is_scalar(sort_of(term)):
        return term
    try:
        if term.head in _INVERSES:
            return _angle(term.head, term.arguments[0]) or term
        value = values.of(term).exact()
        parts = None if term.head not in {"sin", "cos", "tan"} else _twelfths(term.arguments[0])
    except Rejected:
        return term
    if value is not None:
        return Number(value)
    if parts is not None:
        sine, cosine = _sine_of(parts), _sine_of(parts + 6)
        if sine is not None and cosine is not None:
            return {"sin": sine, "cos": cosine, "tan": Apply("/", (sine, cosine))}[term.head]
    return term


def _angle(head: str, value: Term) -> Term | None:
    """arctan t and the like as k pi/12, where t is the tangent of that angle, which lies where the function has its values."""
    atoms = Atoms()
    first, last = _INVERSES[head]
    for twelfths in range(first, last + 1):
        sine, cosine = _sine_of(twelfths), _sine_of(twelfths + 6)
        if sine is None or cosine is None:
            continue
        known = {"arctan": Apply("/", (sine, cosine)), "arcsin": sine, "arccos": cosine}[head]
        if is_zero(atoms.form(subtract(value, known)), atoms):
            return multiply(Number(Fraction(twelfths, 12)), PI)
    return None


def _twelfths(term: Term) -> int | None:
    """k where the term is k pi/12."""
    atoms = Atoms()
    part = multiply(Number(Fraction(1, 12)), PI)
    near = interval.multiply(closed(term), interval.reciprocal(closed(part)))
    if isinstance(near.lower, float):
        return None
    found = round(Fraction(near.lower, interval.UNIT))
    return found if is_zero(atoms.form(subtract(term, multiply(Number(found), part))), atoms) else None


def _sine_of(parts: int) -> Term | None:
    """sin of a multiple of pi/12, where it has a short name."""
    turned = parts % 24
    if turned >= 12:
        found = _sine_of(turned - 12)
        return None if found is None else negate(found)
    return _SINES.get(min(turned, 12 - turned))
