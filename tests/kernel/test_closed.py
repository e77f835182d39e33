"""Closed terms rewritten: the values stay, and what is equal is seen to be; what is not equal is not."""

from __future__ import annotations

from fractions import Fraction

import pytest

from derive.kernel.closed import rewritten
from derive.kernel.evaluation import Undecided, compare, evaluate
from derive.kernel.term import EULER, PI, Apply, Number, Symbol, Term, add, multiply, negate, subtract


def a(head: str, *arguments: Term | int | str) -> Apply:
    return Apply(head, tuple(one if not isinstance(one, (int, str)) else Number(Fraction(one)) for one in arguments))


def log(value: Term | int | str) -> Apply:
    return a("log", value)


EQUAL: list[tuple[Term, Term]] = [
    (log(12), add(multiply(Number(2), log(2)), log(3))),
    (log("5/6"), subtract(log(5), add(log(2), log(3)))),
    (log("5/1013"), subtract(log(5), log(1013))),
    (log(2**1501), multiply(Number(1501), log(2))),
    (a("log_base", 3, 18), add(a("log_base", 3, 2), Number(2))),
    (a("exp", log(7)), Number(7)),
    (a("exp", multiply(Number(3), log(2))), Number(8)),
    (a("exp", a("/", log(9), 2)), Number(3)),
    (a("exp", add(PI, log(2))), multiply(Number(2), a("exp", PI))),
    (a("exp", negate(log(2))), Number(Fraction(1, 2))),
    (a("exp", subtract(log(2), log(2))), Number(1)),
    (log(a("exp", PI)), PI),
    (log(EULER), Number(1)),
    (log(a("sqrt", 2)), a("/", log(2), 2)),
    (log(multiply(Number(2), PI)), add(log(2), log(PI))),
    (log(a("/", PI, 3)), subtract(log(PI), log(3))),
    (log(a("^", PI, 3)), multiply(Number(3), log(PI))),
    (a("^", 2, a("/", log(8), log(2))), Number(8)),
    (a("^", 2, a("/", log(8), log(3))), a("exp", multiply(a("/", log(8), log(3)), log(2)))),
    (a("^", EULER, log(3)), Number(3)),
    (a("^", 2, PI), a("exp", multiply(PI, log(2)))),
    (a("sin", a("arcsin", a("sqrt", "1/2"))), a("sqrt", "1/2")),
    (a("cos", a("arcsin", a("/", 1, 3))), a("/", multiply(Number(2), a("sqrt", 2)), 3)),
    (a("sin", a("arccos", 1)), Number(0)),
    (a("cos", a("arcsin", a("sqrt", "1/2"))), a("sqrt", "1/2")),
    (a("cos", a("arccos", a("sqrt", "1/3"))), a("sqrt", "1/3")),
    (a("tan", a("arctan", a("sqrt", 2))), a("sqrt", 2)),
    (a("abs", subtract(Number(1), a("sqrt", 2))), subtract(a("sqrt", 2), Number(1))),
    (a("abs", subtract(a("sqrt", 2), Number(1))), subtract(a("sqrt", 2), Number(1))),
    (a("max", PI, a("sqrt", 2)), PI),
    (a("max", a("sqrt", 2), PI), PI),
    (a("min", PI, a("sqrt", 2), 2), a("sqrt", 2)),
    (a("sqrt", 12), multiply(Number(2), a("sqrt", 3))),
    (a("sqrt", a("/", 8, 9)), a("/", multiply(Number(2), a("sqrt", 2)), 3)),
    (a("sin", a("/", PI, 3)), a("/", a("sqrt", 3), 2)),
    (log(add(Number(1), Number(-1), a("exp", -1))), Number(-1)),
    (a("sqrt", 2**23), multiply(Number(2**11), a("sqrt", 2))),
    (a("*", 2, 3, a("sqrt", 2)), a("sqrt", 72)),
]
UNDECIDED: list[tuple[Term, Term]] = [
    (log(multiply(negate(PI), negate(PI))), multiply(Number(2), log(PI))),
    (log(2**2001), multiply(Number(2001), log(2))),
    (a("abs", subtract(a("sqrt", add(Number(3), a("sqrt", 8))), add(Number(1), a("sqrt", 2)))), Number(0)),
    (a("max", a("sqrt", add(Number(3), a("sqrt", 8))), add(Number(1), a("sqrt", 2))), add(Number(1), a("sqrt", 2))),
]


@pytest.mark.parametrize(("left", "right"), EQUAL, ids=lambda one: None)
def test_equal(left: Term, right: Term) -> None:
    assert evaluate(a("=", left, right), {}, {}) is True
    assert evaluate(a("<", left, right), {}, {}) is False
    assert evaluate(a("=", left, add(right, Number(Fraction(1, 10**30)))), {}, {}) is False


@pytest.mark.parametrize(("left", "right"), UNDECIDED, ids=lambda one: None)
def test_undecided(left: Term, right: Term) -> None:
    with pytest.raises(Undecided):
        evaluate(a("=", left, right), {}, {})


@pytest.mark.parametrize("term", [one for pair in EQUAL for one in pair], ids=lambda one: None)
def test_the_value_stays(term: Term) -> None:
    def sign(part: Term) -> int | None:
        for number, head in ((1, ">"), (-1, "<"), (0, "=")):
            try:
                if compare(head, evaluate(part, {}, {}), Fraction(0)):
                    return number
            except Undecided:
                continue
        return None

    other = rewritten(term, sign)
    values = [evaluate(one, {}, {}) for one in (term, other)]
    try:
        assert compare("=", *values)
    except Undecided:
        assert True


def test_what_is_not_certain_stays() -> None:
    x = Symbol("x")
    for term in (
        a("abs", x),
        a("sgn", x),
        a("min", x, 1),
        a("^", x, x),
        log(multiply(x, x)),
        log(a("^", x, 2)),
        log(-1),
        log(a("sin", x)),
    ):
        assert rewritten(term, lambda part: None) == term
    assert rewritten(x, lambda part: None) == x
    assert rewritten(log(a("*", 2, 3)), lambda part: None) == rewritten(log(6), lambda part: None)
    assert rewritten(a("negate", 2), lambda part: None) == Number(-2)
    assert rewritten(a("/", 6, 4), lambda part: None) == Number(Fraction(3, 2))
    assert rewritten(a("^", 2, 3), lambda part: None) == Number(8)
    assert rewritten(a("^", 2, "1/2"), lambda part: None) == a("^", 2, "1/2")
    assert rewritten(a("exp", 0), lambda part: None) == Number(1)
    assert rewritten(add(x, Number(1), Number(2)), lambda part: None) == add(x, Number(3))
    assert rewritten(a("sqrt", 2**2003), lambda part: None) == multiply(Number(1), a("sqrt", 2**2003))
    assert rewritten(a("cos", a("arcsin", 2)), lambda part: None) == Number(0)
    assert rewritten(a("sgn", x), lambda part: -1) == Number(-1)
    assert rewritten(a("/", 1, 0), lambda part: None) == a("/", 1, 0)
    assert rewritten(a("^", 2, 1000), lambda part: None) == a("^", 2, 1000)
    assert rewritten(a("sin", a("min", x, 1)), lambda part: None) == a("sin", a("min", x, 1))
    assert rewritten(a("cos", a("exp", x)), lambda part: None) == a("cos", a("exp", x))
