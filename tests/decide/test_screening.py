"""Screening: what plainly holds or fails at a point, so that a hunt need not evaluate it exactly."""

from __future__ import annotations

from fractions import Fraction

import pytest

from derive.decide.screening import Point, Screen
from derive.kernel.term import (
    EULER,
    ONE,
    PI,
    TWO,
    ZERO,
    Apply,
    Matrix,
    Number,
    Symbol,
    Term,
    add,
    equal,
    multiply,
    negate,
    subtract,
)

X, Y = Symbol("x"), Symbol("y")


def relation(head: str, left: Term, right: Term) -> Term:
    return Apply(head, (left, right))


def over(above: Term, below: Term) -> Term:
    return Apply("/", (above, below))


def power(base: Term, exponent: Term) -> Term:
    return Apply("^", (base, exponent))


TINY = Number(Fraction(1, 10**30))


@pytest.mark.parametrize(
    ("statement", "truth"),
    [
        (equal(power(add(X, Y), TWO), add(power(X, TWO), multiply(TWO, X, Y), power(Y, TWO))), True),
        (equal(power(add(X, Y), TWO), add(power(X, TWO), power(Y, TWO))), False),
        (equal(over(ONE, X), over(negate(ONE), negate(X))), True),
        (equal(add(X, TINY), X), False),  # exact: equations of rational arithmetic are never compared by size
        (relation("!=", add(X, TINY), X), True),
        (relation("!=", X, Number(3)), False),
        (equal(over(X, subtract(X, Number(3))), ONE), None),  # undefined here
        (equal(power(subtract(X, Number(3)), Number(-1)), ONE), None),
        (relation("<", X, Y), True),
        (relation(">=", X, Y), False),
        (relation("<=", add(X, Y), Number(8)), None),  # too close to say: they are equal
        (relation("<", X, add(X, TINY)), None),
        (equal(power(X, over(ONE, TWO)), Apply("sqrt", (X,))), True),
        (equal(Apply("sqrt", (power(X, TWO),)), negate(X)), False),
        (equal(Apply("log", (negate(X),)), ONE), None),
        (equal(Apply("exp", (multiply(Number(1000), X),)), ONE), None),
        (relation("!=", Apply("sin", (X,)), Apply("sin", (X,))), None),  # equal as far as it shows
        (relation("!=", Apply("sin", (X,)), Apply("cos", (X,))), True),
        (relation("<", multiply(EULER, X), multiply(PI, X)), True),
        (relation("<", over(X, ZERO), X), None),
    ],
)  # fmt: skip
def test_at_3_and_5(statement: Term, truth: bool | None) -> None:
    screen = Screen()
    ready = screen.ready(statement)
    assert ready is not None
    assert Point(screen, {X: Number(3), Y: Number(5)}).truth(ready) is truth


@pytest.mark.parametrize(
    "statement",
    [
        equal(ONE, TWO),  # without a symbol
        Apply("and", (equal(X, X), equal(X, X))),
        equal(Apply("gamma", (X,)), ONE),
        equal(Symbol("v", Matrix("n", 1)), Symbol("v", Matrix("n", 1))),
    ],
)
def test_what_is_not_screened(statement: Term) -> None:
    screen = Screen()
    assert screen.ready(statement) is None
    assert Point(screen, {}).truth(None) is None


def test_several_relations_share_what_they_have_in_common() -> None:
    screen = Screen()
    first = screen.ready(equal(power(add(X, ONE), TWO), Number(16)))
    point = Point(screen, {X: Number(3)})
    assert point.truth(first) is True
    steps = len(screen.steps)
    undefined = screen.ready(equal(over(ONE, subtract(X, Number(3))), power(add(X, ONE), TWO)))
    assert len(screen.steps) == steps + 4  # 3, -3, the difference, the quotient
    assert point.truth(undefined) is None
    assert point.truth(screen.ready(equal(power(add(X, ONE), TWO), Number(17)))) is False


def test_a_value_that_is_no_rational_number() -> None:
    screen = Screen()
    ready = screen.ready(equal(X, X))
    assert Point(screen, {X: Apply("sqrt", (TWO,))}).truth(ready) is None
    assert Point(screen, {}).truth(ready) is None
    third = Number(Fraction(1, 3))
    assert Point(screen, {X: third}).truth(screen.ready(equal(multiply(Number(3), X), ONE))) is True
