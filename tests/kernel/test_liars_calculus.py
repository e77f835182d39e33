"""Derivatives: every rule against difference quotients, the conditions that are enough, and a liar for every refusal."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction

import pytest

from derive.kernel.calculus import differentiated, slope_of
from derive.kernel.certificate import Certificate, Differentiated, Identity, Rejected, Rewrite, Sign, Univariate
from derive.kernel.check import check
from derive.kernel.claim import Claim
from derive.kernel.data import from_data, to_data
from derive.kernel.definedness import obligations, presuppositions
from derive.kernel.evaluation import Undecided, evaluate
from derive.kernel.term import (
    EULER,
    INTEGER,
    ONE,
    REAL,
    TWO,
    ZERO,
    Apply,
    Function,
    Lambda,
    Number,
    Symbol,
    Term,
    add,
    equal,
    multiply,
    negate,
    subtract,
)

x, y = Symbol("x"), Symbol("y")
n = Symbol("n", INTEGER)
f = Symbol("f", Function((REAL,), REAL, 1))
g = Symbol("g", Function((REAL, REAL), REAL, 2))
rough = Symbol("r", Function((REAL,), REAL, 0))


def a(head: str, *arguments: Term) -> Apply:
    return Apply(head, arguments)


def d(body: Term, variable: Term = x) -> Apply:
    return a("derivative", body, variable)


def square(term: Term) -> Term:
    return a("^", term, TWO)


def over(above: Term, below: Term) -> Term:
    return a("/", above, below)


FUNCTIONS: dict[str, Callable[..., float]] = {
    "+": lambda *values: math.fsum(values),
    "*": lambda *values: math.prod(values),
    "negate": lambda value: -value,
    "/": lambda above, below: above / below,
    "^": lambda base, exponent: base**exponent,
    "root": lambda inside, index: math.copysign(abs(inside) ** (1 / index), inside),
    "log_base": lambda base, inside: math.log(inside) / math.log(base),
    "cot": lambda value: 1 / math.tan(value),
    "sec": lambda value: 1 / math.cos(value),
    "csc": lambda value: 1 / math.sin(value),
    "sgn": lambda value: math.copysign(1, value),
    "arcsin": math.asin,
    "arccos": math.acos,
    "arctan": math.atan,
    "abs": abs,
    **{name: getattr(math, name) for name in ("exp", "log", "sin", "cos", "tan", "sinh", "cosh", "tanh", "sqrt")},
}


def number(term: Term, at: float) -> float:
    if isinstance(term, Number):
        return float(term.value)
    if term == x:
        return at
    if term == y:
        return 1.7
    if term == n:
        return 3
    if term == EULER:
        return math.e
    assert isinstance(term, Apply)
    return FUNCTIONS[term.head](*(number(part, at) for part in term.arguments))


HALF = over(x, Number(3))
BODIES = [
    add(square(x), multiply(Number(3), x), ONE),
    negate(x),
    negate(y),
    multiply(x, a("sin", x), y),
    over(a("exp", x), add(ONE, square(x))),
    over(ONE, x),
    over(x, y),
    over(multiply(y, x), add(y, x)),
    a("^", x, Number(5)),
    a("^", add(x, y), negate(TWO)),
    a("^", x, Number(0)),
    a("^", x, ONE),
    a("^", add(x, TWO), Number(Fraction(3, 2))),
    a("^", x, y),
    a("^", y, x),
    a("^", x, x),
    a("^", EULER, multiply(TWO, x)),
    a("log_base", TWO, add(x, ONE)),
    a("root", add(x, ONE), Number(3)),
    a("root", add(x, ONE), Number(4)),
    *(a(head, HALF) for head in ("exp", "sin", "cos", "tan", "cot", "sec", "csc", "arcsin", "arccos", "arctan")),
    *(a(head, HALF) for head in ("sinh", "cosh", "tanh", "sqrt", "log", "abs")),
    a("abs", subtract(x, Number(5))),
    a("log", a("abs", subtract(x, Number(5)))),
    a("^", add(x, y), n),
    a("log", a("sin", HALF)),
    a("sin", a("^", x, ZERO)),
    a("^", add(ONE, a("^", x, ZERO)), y),
]


@pytest.mark.parametrize("body", BODIES, ids=lambda one: None)
def test_slopes_are_limits_of_quotients(body: Term) -> None:
    slope, _ = slope_of(body, x)
    for at in (0.4, 0.9, 1.3):
        step = 1e-5
        quotient = (number(body, at + step) - number(body, at - step)) / (2 * step)
        assert math.isclose(number(slope, at), quotient, rel_tol=1e-6, abs_tol=1e-7), (slope, at)


POSITIVE = a(">", x, ZERO)
CONDITIONS: list[tuple[Term, tuple[Term, ...]]] = [
    (a("log", x), (POSITIVE,)),
    (a("log", a("exp", x)), (a(">", a("exp", x), ZERO),)),
    (a("sqrt", x), (POSITIVE,)),
    (a("root", x, Number(3)), (a("!=", x, ZERO),)),
    (a("root", x, Number(4)), (POSITIVE,)),
    (over(ONE, x), (a("!=", x, ZERO),)),
    (over(x, y), (a("!=", y, ZERO),)),
    (a("^", x, Number(-2)), (a("!=", x, ZERO),)),
    (a("^", x, negate(TWO)), (a("!=", x, ZERO),)),
    (a("^", x, Number(3)), ()),
    (a("^", x, y), (POSITIVE,)),
    (a("^", y, x), (a(">", y, ZERO),)),
    (a("log_base", y, x), (POSITIVE,)),
    (a("tan", x), (a("!=", a("cos", x), ZERO),)),
    (a("csc", x), (a("!=", a("sin", x), ZERO),)),
    (a("arcsin", x), (a("<", Number(-1), x), a("<", x, ONE))),
    (a("arccos", x), (a("<", Number(-1), x), a("<", x, ONE))),
    (a("abs", x), (a("!=", x, ZERO),)),
    (a("log", a("abs", x)), (a("!=", x, ZERO),)),
    (a("^", x, n), (a("or", a(">=", n, ONE), a("!=", x, ZERO)),)),
    (a("^", y, n), ()),
    (a("arctan", x), ()),
    (a("log", y), ()),
    (add(a("log", x), a("log", y)), (POSITIVE,)),
]


@pytest.mark.parametrize(("body", "conditions"), CONDITIONS, ids=lambda one: None)
def test_what_is_enough(body: Term, conditions: tuple[Term, ...]) -> None:
    assert slope_of(body, x)[1] == conditions


def partial(function: Symbol, indices: tuple[int, ...], *arguments: Term) -> Term:
    return a("partial", function, a("indices", *map(Number, indices)), *arguments)


def test_unknown_functions() -> None:
    assert slope_of(a("apply", f, square(x)), x)[0] == multiply(partial(f, (1,), square(x)), multiply(TWO, x))
    assert slope_of(a("apply", g, y, x), x)[0] == partial(g, (2,), y, x)
    assert slope_of(partial(g, (2,), x, y), x)[0] == partial(g, (1, 2), x, y)
    both = add(multiply(partial(g, (1,), x, x), ONE), partial(g, (2,), x, x))
    assert slope_of(a("apply", g, x, x), x)[0] == add(
        *(part if part.head != "*" else part.arguments[0] for part in both.arguments)
    )  # type: ignore[union-attr]
    assert slope_of(a("apply", f, y), x) == (ZERO, ())


def test_nested_derivatives_are_worked_out_from_inside() -> None:
    statement = equal(d(d(a("sin", x))), negate(a("sin", x)))
    assert check(Claim(statement), Differentiated(Identity())) == ()
    assert differentiated(equal(x, y)) == (equal(x, y), ())
    assert differentiated(x) == (x, ())


def test_conditions_are_kept() -> None:
    claim = Claim(equal(d(multiply(x, a("log", x))), add(ONE, a("log", x))))
    assert check(claim, Differentiated(Identity())) == (POSITIVE,)
    at_least = Claim(equal(d(a("sqrt", x)), over(ONE, multiply(TWO, a("sqrt", x)))), (a(">=", x, ZERO),))
    assert check(at_least, Differentiated(Identity())) == (POSITIVE,)
    assert check(Claim(a(">", d(a("exp", x)), ZERO)), Differentiated(Sign())) == ()


def test_a_derivative_at_a_point_is_no_derivative_of_a_value() -> None:
    """x = 3: the derivative of x^2 is 2 x, not that of 9."""
    claim = Claim(equal(d(square(x)), Number(6)), (equal(x, Number(3)),))
    assert check(claim, Differentiated(Rewrite(0, False, Identity()))) == ()
    with pytest.raises(Rejected):
        check(Claim(equal(d(square(x)), ZERO), claim.hypotheses), Rewrite(0, False, Differentiated(Identity())))


def test_what_a_hypothesis_presupposes() -> None:
    """x |x| has a derivative at 0: that there is one does not say x != 0."""
    hypothesis = equal(d(multiply(x, a("abs", x))), y)
    assert obligations(hypothesis) == (a("!=", x, ZERO),)
    with pytest.raises(Rejected, match="where a derivative does not exist"):
        presuppositions(hypothesis)
    assert presuppositions(equal(d(square(x)), over(ONE, y))) == (a("!=", y, ZERO),)
    claim = Claim(equal(over(x, x), ONE), (hypothesis,))
    assert check(claim, Identity()) == (a("!=", x, ZERO),)


def test_values() -> None:
    assert evaluate(d(square(x)), {x: Number(3)}, {}) == 6
    assert evaluate(d(over(ONE, x)), {x: TWO}, {}) == -0.25
    for body, at in ((a("abs", x), ZERO), (a("sqrt", x), ZERO), (multiply(x, a("abs", x)), ZERO)):
        with pytest.raises(Undecided, match="whether a derivative exists"):
            evaluate(d(body), {x: at}, {})
    with pytest.raises(Undecided, match="floor"):
        evaluate(d(a("floor", x)), {x: TWO}, {})
    with pytest.raises(Undecided, match="whether a derivative exists"):
        evaluate(d(add(x, over(x, y))), {x: TWO, y: ZERO}, {})


LONG: Term = x
for _ in range(11):
    LONG = add(a("sin", LONG), a("cos", LONG))
MANY = add(*(a("sin", multiply(Number(index), x)) for index in range(1, 1200)))
NESTED: Term = x
for _ in range(12):
    NESTED = d(multiply(x, NESTED))
WRONG = Differentiated(Identity())

LIARS: list[tuple[str, Claim, Certificate, str]] = [
    ("a wrong slope", Claim(equal(d(square(x)), multiply(Number(3), x))), WRONG, "the normal forms differ"),
    ("a lost inner slope", Claim(equal(d(a("cot", multiply(TWO, x))), negate(over(ONE, square(a("sin", multiply(TWO, x))))))), WRONG, "the normal forms differ"),
    ("of a sum of corners", Claim(equal(d(a("sum", a("abs", multiply(Symbol("i", INTEGER), x)), Symbol("i", INTEGER), ONE, n)), ZERO)), WRONG, "every term of a differentiated sum"),
    ("under a product", Claim(equal(a("product", d(square(x)), x, ONE, TWO), Number(8))), WRONG, "under a bound variable"),
    ("under a sum of corners", Claim(equal(a("sum", multiply(n, d(a("abs", multiply(Symbol("i", INTEGER), x)))), Symbol("i", INTEGER), ONE, n), ZERO)), WRONG, "every term of a sum"),
    ("in an approximation", Claim(a("approx", multiply(d(square(y), y), x), ZERO, x, ZERO, ZERO)), WRONG, "under a bound variable"),
    ("by an integer", Claim(equal(d(square(n), n), multiply(TWO, n))), WRONG, "by something else than real numbers"),
    ("of a floor", Claim(equal(d(a("floor", x)), ZERO)), WRONG, "the derivative of floor is not known"),
    ("a variable base", Claim(equal(d(a("log_base", x, y)), ZERO)), WRONG, "the derivative of log_base is not known"),
    ("of a rough function", Claim(equal(d(a("apply", rough, x)), ZERO)), WRONG, "not declared so smooth"),
    ("of a derivative of the last order", Claim(equal(d(partial(f, (1,), x)), ZERO)), WRONG, "not declared so smooth"),
    ("a hypothesis whose derivative exists where no rule sees it", Claim(a("!=", x, ZERO), (equal(d(multiply(x, a("abs", x))), ZERO),)), Univariate(), "it fails"),
    ("of derivatives of derivatives", Claim(equal(NESTED, ZERO)), WRONG, "that is too long"),
    ("of too large a term", Claim(equal(d(MANY), ZERO)), WRONG, "too large a term"),
]  # fmt: skip


@pytest.mark.parametrize(("claim", "certificate", "reason"), [one[1:] for one in LIARS], ids=[one[0] for one in LIARS])
def test_liars(claim: Claim, certificate: Certificate, reason: str) -> None:
    with pytest.raises(Rejected, match=reason):
        check(claim, certificate)


def test_concrete_functions_are_refused() -> None:
    with pytest.raises(Rejected, match="concrete function"):
        check(Claim(equal(d(a("apply", Lambda((y,), multiply(x, y)), x)), ZERO)), WRONG)
    with pytest.raises(AssertionError):
        slope_of(Lambda((y,), add(x, y)), x)


def test_it_is_data() -> None:
    assert from_data(to_data(Differentiated(Identity()))) == Differentiated(Identity())
