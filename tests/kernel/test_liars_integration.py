"""Integrals: by antiderivatives with a liar for every guard and condition, and their enclosures."""

from __future__ import annotations

from fractions import Fraction
from functools import partial

import pytest

from derive.kernel import quadrature
from derive.kernel.certificate import (
    Certificate,
    Compared,
    Differentiated,
    Discharge,
    Identity,
    Inside,
    Integrated,
    Lemma,
    Link,
    Rejected,
    Sign,
    Square,
    Squares,
    Univariate,
    WhereDefined,
)
from derive.kernel.check import check
from derive.kernel.claim import Claim
from derive.kernel.data import from_data, to_data
from derive.kernel.enclosure import Enclosure
from derive.kernel.evaluation import Undecided, evaluate
from derive.kernel.term import (
    INTEGER,
    ONE,
    PI,
    REAL,
    TRUE,
    TWO,
    ZERO,
    Apply,
    Function,
    Lambda,
    Matrix,
    Number,
    Symbol,
    Term,
    equal,
    multiply,
    negate,
)

x, y, a, b, c = (Symbol(name) for name in "xyabc")
k = Symbol("k", INTEGER)
v = Symbol("v", Matrix("n", 1))
smooth = Symbol("f", Function((REAL,), REAL, 1))
rough = Symbol("g", Function((REAL,), REAL, 0))


def of(head: str, *arguments: Term) -> Apply:
    return Apply(head, arguments)


def integral(body: Term, lower: Term = ZERO, upper: Term = ONE, variable: Term = x) -> Apply:
    return of("integral", body, variable, lower, upper)


def over(above: Term, below: Term) -> Term:
    return of("/", above, below)


def power(base: Term, exponent: int) -> Term:
    return of("^", base, Number(exponent))


SLOPE = WhereDefined(Differentiated(Identity()))
PLAIN = Inside((), SLOPE)
SQUARE = over(power(x, 2), TWO)  # an antiderivative of x
UP_TO_B = integral(x, ZERO, b)
HALF_SQUARE = over(power(b, 2), TWO)


def by(
    term: Term,
    antiderivative: Term,
    *sides: Inside,
    order: Certificate | None = Sign(),
    inner: Certificate = Identity(),
) -> Certificate:
    return Integrated(term, antiderivative, order, sides or (PLAIN,), inner)


POSITIVE = (of(">=", b, ZERO),)
LINEAR = Claim(equal(UP_TO_B, HALF_SQUARE), POSITIVE)
TO_QUOTIENT = integral(multiply(ZERO, x), ZERO, over(ONE, c))
FROM_QUOTIENT = integral(multiply(ZERO, x), over(ONE, c), ZERO)
INVERSE = integral(over(ONE, x), a, b)
INVERSE_CLAIM = Claim(equal(INVERSE, of("+", of("log", b), negate(of("log", a)))), (of("<=", a, b),))
ROOT = integral(of("sqrt", x), ZERO, b)
ROOT_CLAIM = Claim(equal(ROOT, multiply(over(TWO, Number(3)), b, of("sqrt", b))), POSITIVE)
ROOT_VALUE = multiply(over(TWO, Number(3)), x, of("sqrt", x))


NEVER_ZERO = of("+", power(x, 2), negate(x), ONE)
HIDDEN = integral(over(multiply(x, NEVER_ZERO), NEVER_ZERO), ZERO, ONE)
HALF = over(ONE, TWO)
SHOWN = Discharge(SLOPE, (Link(of("!=", NEVER_ZERO, ZERO), Univariate()),))


SHIFTED = integral(over(ONE, of("+", x, a)), ZERO, b)
SHIFTED_CLAIM = Claim(
    equal(SHIFTED, of("+", of("log", of("+", b, a)), negate(of("log", of("+", ZERO, a))))),
    (of(">", a, ZERO), *POSITIVE),
)


def careful(certificate: Certificate) -> Certificate:
    """The certificate behind something that holds for c != 0 only."""
    return Lemma(equal(over(c, c), ONE), Identity(), certificate)


def roots(slope: Certificate) -> Inside:
    """The square root at 0 has no derivative: that is asked strictly inside only."""
    return Inside((Link(of(">=", x, ZERO), Sign()),), slope)


KEPT: list[tuple[str, Claim, Certificate]] = [
    ("of x", LINEAR, by(UP_TO_B, SQUARE)),
    ("in both orders", Claim(LINEAR.statement), by(UP_TO_B, SQUARE, PLAIN, PLAIN, order=None)),
    ("of nothing up to a quotient", Claim(equal(TO_QUOTIENT, ZERO)), by(TO_QUOTIENT, ZERO, PLAIN, PLAIN, order=None)),
    ("of nothing from a quotient", Claim(equal(FROM_QUOTIENT, ZERO)), by(FROM_QUOTIENT, ZERO, PLAIN, PLAIN, order=None)),
    ("of a square root from 0", ROOT_CLAIM, by(ROOT, ROOT_VALUE, roots(SLOPE))),
    ("with something known", SHIFTED_CLAIM, by(SHIFTED, of("log", of("+", x, a)))),
    ("an order with a condition", LINEAR, by(UP_TO_B, SQUARE, order=careful(Sign()))),
    ("a slope with a condition", LINEAR, by(UP_TO_B, SQUARE, Inside((), careful(SLOPE)))),
    ("a value with a condition", LINEAR, by(UP_TO_B, SQUARE, inner=careful(Identity()))),
    ("definedness with a condition", Claim(equal(HIDDEN, HALF)), by(HIDDEN, SQUARE, Inside((Link(of("!=", NEVER_ZERO, ZERO), careful(Univariate())),), SHOWN))),
    ("of a value of a smooth function", Claim(equal(integral(multiply(ZERO, of("apply", smooth, x))), ZERO)), by(integral(multiply(ZERO, of("apply", smooth, x))), ZERO)),
]  # fmt: skip


ABOVE = of("+", x, ONE)
UP_TO_B_ABOVE = integral(of("+", y, ONE), ZERO, b, y)
PLUS_ONE = Squares((Square(ONE),))
LOWER = Claim(of("<=", UP_TO_B, UP_TO_B_ABOVE), POSITIVE)
MOVING = multiply(x, v)  # a vector
LENGTH = multiply(x, of("norm", v))
WITH_QUOTIENT = Claim(of("<=", UP_TO_B, integral(of("+", x, multiply(c, over(ONE, c))), ZERO, b)), POSITIVE)
SHOWN_ONE = Lemma(equal(multiply(c, over(ONE, c)), ONE), Identity(), PLUS_ONE)


SHIFTED_ROOT = of("sqrt", Apply("+", (x, b)))


def compared(inside: Certificate = PLUS_ONE, *defined: Link, order: Certificate = Sign()) -> Certificate:
    return Compared(order, Inside(defined, inside))


def gradient(order: int, head: str = "gradient") -> Term:
    """Something of a function that is so smooth, along a line."""
    if head == "partial":
        return of("partial", Symbol("f", Function((REAL,), REAL, order)), of("indices", ONE), x)
    inside = of(head, Symbol("h", Function((Matrix("n", 1),), REAL, order)), MOVING)
    return inside if head == "apply" else of("norm", inside)


def nothing(term: Term) -> tuple[Claim, Certificate]:
    """0 times the term has the integral 0."""
    none = integral(multiply(ZERO, term))
    return Claim(equal(none, ZERO)), by(none, ZERO)


KEPT += [
    ("of a vector", Claim(equal(integral(MOVING, ZERO, TWO), multiply(TWO, v))), by(integral(MOVING, ZERO, TWO), multiply(SQUARE, v))),
    ("of a whole number", Claim(equal(integral(k), k)), by(integral(k), multiply(k, x))),
    ("of a gradient", *nothing(gradient(1))),
    ("of a Hessian matrix", *nothing(gradient(2, "hessian"))),
    ("of a derivative", *nothing(gradient(1, "partial"))),
    ("one below the other", LOWER, compared()),
    ("one above the other", Claim(of(">=", UP_TO_B_ABOVE, UP_TO_B), POSITIVE), compared()),
    ("an absolute value", Claim(of("<=", of("abs", UP_TO_B), integral(of("abs", x), ZERO, b)), POSITIVE), compared(Squares(()))),
    ("a norm", Claim(of("<=", of("norm", integral(MOVING)), integral(LENGTH))), compared(Squares(()))),
    ("one below the other, defined by a hypothesis", Claim(of("<=", integral(SHIFTED_ROOT), integral(Apply("+", (SHIFTED_ROOT, ONE)))), POSITIVE), compared()),
    ("one below the other, an order with a condition", LOWER, compared(order=careful(Sign()))),
    ("one below the other, with a condition", WITH_QUOTIENT, compared(SHOWN_ONE)),
    ("one below the other, definedness with a condition", Claim(of("<=", HIDDEN, integral(ABOVE))), compared(Discharge(PLUS_ONE, SHOWN.conditions), Link(of("!=", NEVER_ZERO, ZERO), careful(Univariate())))),
]  # fmt: skip


def test_conditions() -> None:
    found = {name: check(claim, certificate) for name, claim, certificate in KEPT}
    there = (of("!=", c, ZERO),)
    assert found["of x"] == found["in both orders"] == found["of a square root from 0"] == ()
    assert found["of nothing up to a quotient"] == found["of nothing from a quotient"] == there
    assert all(found[name] == there for name in found if name.endswith("with a condition"))


FLOOR = integral(of("floor", x))
ROUGH = integral(multiply(ZERO, of("apply", rough, x)))
WHOLE = integral(k, ZERO, ONE, k)
VECTOR = integral(v, ZERO, ONE)
OWN_BOUND = integral(x, ZERO, x)
SPOKEN = Claim(LINEAR.statement, (*POSITIVE, of("<", x, ONE)))
NO_SYMBOL = of("integral", x, ONE, ZERO, ONE)

LIARS: list[tuple[str, Claim, Certificate, str]] = [
    ("a wrong antiderivative", LINEAR, by(UP_TO_B, power(x, 2)), "the normal forms differ"),
    ("a wrong value", Claim(equal(UP_TO_B, b), POSITIVE), by(UP_TO_B, SQUARE), "the normal forms differ"),
    ("an order that is not shown", Claim(LINEAR.statement), by(UP_TO_B, SQUARE), "sign"),
    ("only one of two orders", Claim(LINEAR.statement), by(UP_TO_B, SQUARE, order=None), "in the other order"),
    ("two orders of one", LINEAR, by(UP_TO_B, SQUARE, PLAIN, PLAIN), "in the other order"),
    ("through a pole", Claim(equal(integral(over(ONE, power(x, 2)), Number(-1), ONE), Number(-2))), by(integral(over(ONE, power(x, 2)), Number(-1), ONE), negate(over(ONE, x))), "a condition on the variable"),
    ("a logarithm that may be undefined", INVERSE_CLAIM, by(INVERSE, of("log", x)), "a condition on the variable"),
    ("something else than an integral", LINEAR, by(of("sum", x, x, ZERO, b), SQUARE), "not an integral"),
    ("a symbol for the integral", LINEAR, by(x, SQUARE), "not an integral"),
    ("over a number", LINEAR, by(NO_SYMBOL, SQUARE), "over something else than real numbers"),
    ("over integers", Claim(equal(WHOLE, ONE)), by(WHOLE, over(power(k, 2), TWO)), "over something else than real numbers"),
    ("of vectors", Claim(equal(VECTOR, v)), by(VECTOR, SQUARE), "of another shape"),
    ("a variable in a bound", Claim(equal(OWN_BOUND, SQUARE), (of(">=", x, ZERO),)), by(OWN_BOUND, SQUARE), "occurs outside of it"),
    ("a variable of which something is known", SPOKEN, by(UP_TO_B, SQUARE), "occurs outside of it"),
    ("a vector for an antiderivative", LINEAR, by(UP_TO_B, v), "of another shape"),
    ("of a floor", Claim(equal(FLOOR, ZERO)), by(FLOOR, multiply(x, of("floor", x))), "need not be continuous"),
    ("of a function of which nothing is known", Claim(equal(ROUGH, ZERO)), by(ROUGH, ZERO), "need not be continuous"),
    ("of a gradient that need not be continuous", *nothing(gradient(0)), "need not be continuous|not declared so smooth"),
    ("of a Hessian matrix that need not be continuous", *nothing(gradient(1, "hessian")), "need not be continuous|not declared so smooth"),
    ("of a derivative that need not be continuous", *nothing(gradient(0, "partial")), "need not be continuous|not declared so smooth"),
    ("one strictly below the other", Claim(of("<", UP_TO_B, UP_TO_B_ABOVE), POSITIVE), compared(), "not a comparison of integrals"),
    ("a comparison with a number", Claim(of("<=", UP_TO_B, b), POSITIVE), compared(), "not an integral"),
    ("a number compared", Claim(of("<=", b, UP_TO_B), POSITIVE), compared(), "not an integral"),
    ("no statement of order", Claim(of("and", LOWER.statement, LOWER.statement), POSITIVE), compared(), "not a comparison of integrals"),
    ("no comparison at all", Claim(TRUE, POSITIVE), compared(), "not a comparison of integrals"),
    ("over other bounds", Claim(of("<=", UP_TO_B, integral(ABOVE, ZERO, TWO)), POSITIVE), compared(), "between different bounds"),
    ("a variable that is free in the other", Claim(of("<=", UP_TO_B, integral(ABOVE, ZERO, b, y)), POSITIVE), compared(), "is free in the other"),
    ("one below the other the wrong way", Claim(of(">=", UP_TO_B, UP_TO_B_ABOVE), POSITIVE), compared(), "not the difference"),
    ("one below the other, over bounds in no order", Claim(LOWER.statement), compared(), "sign is not visible"),
    ("one below the other, a floor", Claim(of("<=", FLOOR, integral(of("+", of("floor", x), ONE)))), compared(), "need not be continuous"),
    ("one below the other, through a pole", Claim(of("<=", integral(over(ONE, x), ZERO, ONE), integral(of("+", over(ONE, x), ONE), ZERO, ONE))), compared(), "a condition on the variable"),
    ("the absolute value of the greater", Claim(of("<=", UP_TO_B, of("abs", UP_TO_B_ABOVE)), POSITIVE), compared(), "not an integral"),
    ("an absolute value that is forgotten", Claim(of("<=", of("abs", integral(x, Number(-1), ONE)), integral(ABOVE, Number(-1), ONE))), compared(), "."),
    ("an integral that is left", Claim(equal(UP_TO_B, UP_TO_B)), Identity(), "where a integral exists"),
]  # fmt: skip


@pytest.mark.parametrize(("claim", "certificate", "reason"), [one[1:] for one in LIARS], ids=[one[0] for one in LIARS])
def test_liars(claim: Claim, certificate: Certificate, reason: str) -> None:
    with pytest.raises(Rejected, match=reason):
        check(claim, certificate)


def test_it_is_data() -> None:
    certificate = KEPT[4][2]
    assert from_data(to_data(certificate)) == certificate


def at(value: int | Fraction) -> Enclosure:
    return Enclosure(Fraction(value), Fraction(value))


VALUES: list[tuple[Term, float]] = [
    (integral(power(x, 3), TWO, Number(4)), 60),
    (integral(power(x, 3), Number(4), TWO), -60),
    (integral(of("sin", x), ZERO, PI), 2),
    (integral(of("sin", x), negate(PI), over(PI, TWO)), -1),
    (integral(over(ONE, x), ONE, TWO), 0.6931471805599453),
    (integral(multiply(y, x), ZERO, ONE), 1.5),
    (integral(of("apply", smooth, multiply(TWO, x)), ZERO, ONE), 4 / 3),
    (integral(x, ONE, ONE), 0),
]


@pytest.mark.parametrize(("term", "value"), VALUES, ids=lambda one: None)
def test_enclosures(term: Term, value: float) -> None:
    found = evaluate(term, {y: Number(3), smooth: Lambda((c,), power(c, 2))}, {})
    found = Enclosure(found, found) if isinstance(found, Fraction) else found
    assert isinstance(found, Enclosure)
    assert found.lower <= Fraction(value) + Fraction(1, 10**12)
    assert found.upper >= Fraction(value) - Fraction(1, 10**12)
    assert found.upper - found.lower < Fraction(1, 100)


WIDE = Enclosure(Fraction(0), Fraction(1))
STEEP = multiply(*[of("exp", of("exp", multiply(Number(9), x)))] * 2)
NO_INTEGRAL: list[tuple[partial[object], str]] = [
    (partial(quadrature.integral, multiply(x, y), x, at(0), at(1)), "with unknown values"),
    (partial(quadrature.integral, x, x, WIDE, WIDE), "may be in the other order"),
    (partial(quadrature.integral, STEEP, x, at(0), at(30)), "without bounds"),
    (partial(quadrature.integral, negate(STEEP), x, at(0), at(30)), "without bounds"),
    (partial(quadrature.integral, over(ONE, x), x, at(-1), at(1)), "without bounds"),
]


@pytest.mark.parametrize(("tried", "reason"), NO_INTEGRAL, ids=lambda one: None)
def test_where_no_integral_is_enclosed(tried: partial[object], reason: str) -> None:
    with pytest.raises(Rejected, match=reason):
        tried()


def test_what_is_not_enclosed_is_not_decided() -> None:
    for body in (over(ONE, x), of("floor", x)):
        with pytest.raises(Undecided):
            evaluate(integral(body, Number(-1), ONE), {}, {})
