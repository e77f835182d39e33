"""Integrals by enclosures: they contain the true values, and are narrow."""

from __future__ import annotations

from fractions import Fraction
from math import atan, erf, log, pi, sqrt

import pytest

from derive.kernel.enclosure import Enclosure
from derive.kernel.evaluation import Undecided, evaluate
from derive.kernel.term import PI, REAL, Apply, Constant, Number, Symbol, Term, add, multiply, negate, subtract

x = Symbol("x")


def a(head: str, *arguments: Term | int | str) -> Apply:
    return Apply(head, tuple(one if not isinstance(one, (int, str)) else Number(Fraction(one)) for one in arguments))


EULER = Constant("e", REAL)
KNOWN: list[tuple[Term, Term | int | str, Term | int | str, float]] = [
    (a("^", x, 2), 0, 1, 1 / 3),
    (a("^", x, 2), 1, 0, -1 / 3),
    (Number(3), 2, 5, 9.0),
    (a("sqrt", x), 0, 1, 2 / 3),
    (a("^", x, "1/2"), 0, 4, 16 / 3),
    (a("^", x, "-1/2"), 1, 4, 2.0),
    (a("root", x, 3), -1, 8, 3 / 4 * (16 - 1)),
    (a("root", x, 4), 0, 1, 4 / 5),
    (a("sin", x), 0, PI, 2.0),
    (a("cos", x), a("/", PI, 2), 0, -1.0),
    (a("exp", negate(a("^", x, 2))), 0, 1, sqrt(pi) / 2 * erf(1)),
    (a("/", 1, add(Number(1), a("^", x, 2))), 0, 2, atan(2)),
    (a("log", x), 1, EULER, 1.0),
    (a("abs", x), -1, 2, 2.5),
    (a("sgn", x), 1, 2, 1.0),
    (a("max", x, 1), 0, 2, 2.5),
    (a("min", x, 1), 0, 2, 1.5),
    (a("arcsin", x), 0, 1, pi / 2 - 1),
    (a("arctan", x), 0, 1, pi / 4 - log(2) / 2),
    (a("^", x, x), 1, 2, 2.0504462345),
    (a("tan", x), 0, 1, 0.6156264703860142),
    (a("^", x, 3), 1, 1, 0.0),
]


@pytest.mark.parametrize(("body", "lower", "upper", "value"), KNOWN, ids=lambda one: None)
def test_known_integrals(body: Term, lower: Term | int, upper: Term | int, value: float) -> None:
    found = evaluate(a("integral", body, x, lower, upper), {}, {})
    if isinstance(found, Fraction):
        found = Enclosure(found, found)
    assert isinstance(found, Enclosure)
    assert float(found.lower) - 1e-9 <= value <= float(found.upper) + 1e-9
    assert found.upper - found.lower < Fraction(1, 20)


def test_false_values_are_told_apart() -> None:
    claim = a("=", a("integral", a("^", x, 2), x, 0, 1), "1/2")
    assert evaluate(claim, {}, {}) is False
    with pytest.raises(Undecided):
        evaluate(a("=", a("integral", a("exp", x), x, 0, 1), subtract(EULER, Number(1))), {}, {})


def test_parameters_have_their_values_and_the_variable_is_bound() -> None:
    y = Symbol("y")
    term = a("integral", multiply(x, y), x, 0, y)
    assert evaluate(term, {y: Number(2), x: Number(100)}, {}) == 4


def test_what_is_refused() -> None:
    y = Symbol("y")
    bodies: list[tuple[Term, Term | int, Term | int]] = [
        (a("sqrt", x), -1, 1),
        (a("arcsin", x), 0, 2),
        (a("sgn", x), -1, 1),
        (a("/", 1, x), -1, 1),
        (a("exp", x), 0, 3000),
        (multiply(x, y), 0, 1),
        (x, PI, add(PI, Number(0))),
        (a("log", x), 0, 1),
        (a("floor", x), 0, 1),
        (a("sgn", x), 0, 1),
    ]
    for body, lower, upper in bodies:
        with pytest.raises(Undecided):
            evaluate(a("integral", body, x, lower, upper), {}, {})


def test_a_large_integrand_has_no_second_derivative() -> None:
    body: Term = x
    for _ in range(9):
        body = a("sin", add(body, multiply(body, body)))
    found = evaluate(a("integral", a("*", a("exp", body), body), x, 0, "1/8"), {}, {})
    assert isinstance(found, Enclosure)
    assert found.upper - found.lower < 1
