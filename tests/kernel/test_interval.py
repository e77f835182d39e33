"""Intervals contain the values, and slopes are derivatives: by random boxes and points, and at the ends of ranges."""

from __future__ import annotations

from fractions import Fraction
from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from derive.kernel.certificate import Rejected
from derive.kernel.differentiation import slope
from derive.kernel.enclosure import Enclosure
from derive.kernel.evaluation import Undecided, Undefined, evaluate
from derive.kernel.interval import (
    EVERYTHING,
    HALF,
    MAXIMUM_BITS,
    ONE,
    UNIT,
    ZERO,
    Interval,
    Values,
    absolute,
    arcsine,
    arctangent,
    exponential,
    hyperbolic_cosine,
    hyperbolic_sine,
    hyperbolic_tangent,
    logarithm,
    multiply,
    negate,
    number,
    power,
    reciprocal,
    root,
    sine,
    tangent,
)
from derive.kernel.term import EULER, PI, Apply, Function, Lambda, Number, Symbol, Term, add

x, y = Symbol("x"), Symbol("y")
HALF_LINE = Interval(0, inf, lower_open=True, upper_open=True)


def n(value: int | str) -> Number:
    return Number(Fraction(value))


def between(lower: int | str, upper: int | str, *, lower_open: bool = False, upper_open: bool = False) -> Interval:
    return Interval(number(Fraction(lower)).lower, number(Fraction(upper)).upper, lower_open, upper_open)


UNARY = (
    *("exp", "log", "sin", "cos", "tan", "cot", "sec", "csc", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh"),
    *("sqrt", "abs", "sgn", "floor", "ceil", "negate", "norm"),
)
LEAVES = st.one_of(st.sampled_from([x, y, x, PI, EULER]), st.fractions(-3, 3, max_denominator=4).map(Number))


def larger(inner: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    exponents = st.sampled_from([n(0), n(1), n(2), n(3), n(5), n(-1), n(-2), n("1/2"), n("-3/2"), n("2/3"), x, y])
    return st.one_of(
        st.builds(lambda head, a: Apply(head, (a,)), st.sampled_from(UNARY), inner),
        st.builds(lambda head, a, b: Apply(head, (a, b)), st.sampled_from(["+", "*", "/", "min", "max"]), inner, inner),
        st.builds(lambda a, b: Apply("log_base", (a, b)), inner, inner),
        st.builds(lambda a, b: Apply("^", (a, b)), inner, exponents),
        st.builds(lambda a: Apply("^", (a, Apply("negate", (Number(2),)))), inner),
        st.builds(lambda a: Apply("*", (a, a)), inner),
        st.builds(lambda a, index: Apply("root", (a, Number(index))), inner, st.sampled_from([2, 3, 4, 5])),
    )


TERMS = st.recursive(LEAVES, larger, max_leaves=5)
ENDS = st.fractions(-3, 3, max_denominator=8)
SHARES = st.fractions(0, 1, max_denominator=4)


def value_at(term: Term, point: dict[Symbol, Fraction]) -> tuple[Fraction, Fraction] | None:
    try:
        found = evaluate(term, {symbol: Number(value) for symbol, value in point.items()}, {})
    except (Undefined, Undecided):
        return None
    assert isinstance(found, (Fraction, Enclosure))
    return (found, found) if isinstance(found, Fraction) else (found.lower, found.upper)


def overlaps(value: Interval, found: tuple[Fraction, Fraction]) -> bool:
    lower, upper = found
    if lower == upper and value.lower < value.upper:
        return value.has(lower * UNIT if (lower * UNIT).denominator > 1 else int(lower * UNIT))
    return value.lower <= upper * UNIT and lower * UNIT <= value.upper


@settings(max_examples=300, deadline=None, derandomize=True)
@given(TERMS, ENDS, ENDS, SHARES, ENDS, ENDS, SHARES, st.booleans())
def test_the_value_at_a_point_is_in_the_interval(
    term: Term, a: Fraction, b: Fraction, s: Fraction, c: Fraction, d: Fraction, t: Fraction, smooth: bool
) -> None:
    sides = {x: (min(a, b), max(a, b)), y: (min(c, d), max(c, d))}
    point = {x: a + s * (b - a), y: c + t * (d - c)}
    box = {
        symbol: Interval(
            number(lower).lower, number(upper).upper, lower < point[symbol], lower < upper and point[symbol] < upper
        )
        for symbol, (lower, upper) in sides.items()
    }
    try:
        found = Values(box, smooth=smooth).of(term)
    except Rejected:
        return
    value = value_at(term, point)
    if value is not None:
        assert overlaps(found, value)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(TERMS, ENDS, ENDS, ENDS)
def test_the_mean_value_theorem_holds_for_slopes(term: Term, a: Fraction, b: Fraction, c: Fraction) -> None:
    """f(b) - f(a) = f'(between) (b - a) where f is smooth from a to b."""
    a, b = min(a, b), max(a, b)
    box = {x: Interval(number(a).lower, number(b).upper), y: number(c)}
    try:
        Values(box, smooth=True).of(term)
        change = Values(box).of(slope(term, x))
    except Rejected:
        return
    left, right = value_at(term, {x: a, y: c}), value_at(term, {x: b, y: c})
    if left is not None and right is not None:
        rise = multiply(change, number(b - a))
        assert overlaps(rise, (right[0] - left[1], right[1] - left[0]))


SLOPES = ("exp", "log", "sqrt", "sin", "cos", "tan", "cot", "sec", "csc", "arctan", "arcsin", "arccos", "sinh", "cosh")
POINTS = [
    *((Apply(head, (x,)), Fraction(3, 5)) for head in (*SLOPES, "tanh", "abs", "norm", "sgn")),
    (Apply("abs", (x,)), Fraction(-3, 5)),
    (Apply("root", (x, n(3))), Fraction(-1)),
    (Apply("root", (x, n(2))), Fraction(2)),
    (Apply("^", (x, n(4))), Fraction(-1)),
    (Apply("^", (x, n("5/2"))), Fraction(2)),
    (Apply("^", (x, Apply("negate", (n(3),)))), Fraction(-1)),
    (Apply("^", (x, x)), Fraction(3, 2)),
    (Apply("^", (x, y)), Fraction(3, 2)),
    (Apply("^", (n(2), x)), Fraction(3, 2)),
    (Apply("^", (EULER, x)), Fraction(3, 2)),
    (Apply("log_base", (x, n(3))), Fraction(3, 2)),
    (Apply("log_base", (n(3), x)), Fraction(3, 2)),
    (Apply("/", (x, n(3))), Fraction(1)),
    (Apply("/", (y, add(x, y))), Fraction(1)),
    (Apply("*", (n(-2), Apply("negate", (x,)), Apply("negate", (Apply("negate", (x,)),)))), Fraction(1)),
    (y, Fraction(1)),
]


@pytest.mark.parametrize(("term", "at"), POINTS, ids=[str(number) for number in range(len(POINTS))])
def test_a_slope_is_near_the_quotient_of_differences(term: Term, at: Fraction) -> None:
    step = Fraction(1, 1 << 20)
    left, right = (value_at(term, {x: at + side, y: Fraction(2)}) for side in (-step, step))
    box = {x: number(at), y: number(Fraction(2))}
    found = Values(box).of(slope(term, x))
    if left is None or right is None:  # no other evaluation knows the head
        left, right = ((_middle(Values({**box, x: number(at + side)}).of(term)),) * 2 for side in (-step, step))
    quotient = (right[0] - left[0]) / (2 * step)
    assert abs(quotient - _middle(found)) < Fraction(1, 1 << 30)


def _middle(value: Interval) -> Fraction:
    assert isinstance(value.lower, int)
    assert isinstance(value.upper, int)
    return Fraction(value.lower + value.upper, 2 * UNIT)


NO_SLOPE = [
    (Apply("apply", (Lambda((y,), x), y)), "the slope of apply is not computed here"),
    (Apply("floor", (x,)), "the slope of floor is not computed here"),
    (Apply("min", (x, y)), "the slope of min is not computed here"),
    (Lambda((y,), x), "the slope of a function"),
]


@pytest.mark.parametrize(("term", "reason"), NO_SLOPE)
def test_a_slope_that_is_refused(term: Term, reason: str) -> None:
    with pytest.raises(Rejected, match=reason):
        slope(term, x)


NO_VALUE = [
    (Lambda((x,), x), "not a number"),
    (Symbol("f", Function((), x.sort)), "not a number"),
]


@pytest.mark.parametrize(("term", "reason"), NO_VALUE)
def test_a_value_that_is_refused(term: Term, reason: str) -> None:
    with pytest.raises(Rejected, match=reason):
        Values({}).of(term)


def test_ends_that_are_left_out() -> None:
    open_unit = between(0, 1, lower_open=True, upper_open=True)
    assert multiply(open_unit, open_unit) == open_unit
    assert multiply(open_unit, between(0, 1)) == between(0, 1, upper_open=True)
    assert multiply(open_unit, between(1, 2)) == between(0, 2, lower_open=True, upper_open=True)
    assert reciprocal(between(0, 2, lower_open=True)) == Interval(HALF.lower, inf, upper_open=True)
    assert reciprocal(HALF_LINE) == HALF_LINE
    assert reciprocal(negate(HALF_LINE)) == negate(HALF_LINE)
    assert reciprocal(ZERO) == reciprocal(between(-1, 1)) == EVERYTHING
    assert exponential(HALF_LINE) == Interval(UNIT, inf, lower_open=True, upper_open=True)
    assert exponential(EVERYTHING) == HALF_LINE
    assert logarithm(HALF_LINE) == EVERYTHING
    assert absolute(between(-2, 1, lower_open=True)) == between(0, 2, upper_open=True)
    assert absolute(between(-2, -1, lower_open=True)) == between(1, 2, upper_open=True)
    assert sine(HALF_LINE) == between(-1, 1)
    assert tangent(HALF_LINE) == EVERYTHING
    assert tangent(between(1, 2)) == EVERYTHING
    assert hyperbolic_sine(EVERYTHING) == EVERYTHING
    assert hyperbolic_cosine(EVERYTHING) == Interval(UNIT, inf, upper_open=True)
    assert hyperbolic_tangent(EVERYTHING) == between(-1, 1, lower_open=True, upper_open=True)
    assert multiply(EVERYTHING, ZERO) == ZERO
    assert hyperbolic_sine(ZERO) == hyperbolic_tangent(ZERO) == arcsine(ZERO) == ZERO
    assert hyperbolic_cosine(ZERO) == ONE
    right = arcsine(between(-2, 2))
    assert right.lower == -right.upper
    assert not right.lower_open
    assert arcsine(between(-1, 1)) == right
    assert multiply(right, between(2, 2)).has(Values({}).of(PI).lower)
    assert arctangent(EVERYTHING).has(0)
    assert ZERO.exact() == 0
    assert EVERYTHING.exact() is None
    assert between(0, 1).exact() is None
    assert Interval(inf, inf).exact() is None


@pytest.mark.parametrize(
    ("side", "signs"),
    [
        (between(0, 2), between(0, 1)),
        (between(-2, 0), between(-1, 0)),
        (between(-2, 2), between(-1, 1)),
        (between(0, 2, lower_open=True), ONE),
        (between(-2, 0, upper_open=True), negate(ONE)),
    ],
)
def test_signs(side: Interval, signs: Interval) -> None:
    assert Values({x: side}).of(Apply("sgn", (x,))) == signs


@pytest.mark.parametrize("head", UNARY)
def test_every_head_has_values(head: str) -> None:
    term, at = Apply(head, (x,)), Fraction(3, 5)
    known = value_at(term, {x: at})
    assert known is not None
    assert overlaps(Values({x: number(at)}).of(term), known)
    assert overlaps(Values({x: between("1/2", "2/3")}).of(term), known)


def test_whole_parts() -> None:
    side = between("-1/2", "5/2", upper_open=True)
    assert Values({x: side}).of(Apply("floor", (x,))) == between(-1, 2)
    assert Values({x: side}).of(Apply("ceil", (x,))) == between(0, 3)
    assert Values({}).of(Apply("floor", (x,))) == EVERYTHING


def test_ends_beyond_all_use_are_moved_out() -> None:
    large = number(Fraction(1 << (MAXIMUM_BITS + 1)))
    assert large.upper == inf
    assert isinstance(large.lower, int)
    assert negate(large).lower == -inf
    assert number(Fraction(-(1 << (MAXIMUM_BITS + 1)))) == negate(large)
    assert power(between(2, 1 << 20), 400).upper == inf
    assert isinstance(power(between(1 << 20, 1 << 20), 400).lower, int)
    assert exponential(number(Fraction(100_000))).upper == inf
    assert exponential(number(Fraction(-100_000))).lower == 0
    assert logarithm(exponential(number(Fraction(200)))).has(200 * UNIT)
    assert power(between(-2, -2), 3) == between(-8, -8)
    assert power(between(-2, 1), 0) == ONE
    assert root(between(-8, 27), 3) == between(-2, 3)
    assert root(HALF_LINE, 2) == HALF_LINE
