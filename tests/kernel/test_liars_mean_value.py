"""Relations by derivatives from a point on: honest certificates, and a liar for each guard."""

from __future__ import annotations

from dataclasses import replace

import pytest

from derive.kernel.certificate import (
    Certificate,
    Differentiated,
    Identity,
    Inside,
    Link,
    MeanValue,
    Rejected,
    Sign,
    Square,
    Squares,
    WhereDefined,
)
from derive.kernel.check import check
from derive.kernel.claim import Claim
from derive.kernel.data import from_data, to_data
from derive.kernel.term import (
    INTEGER,
    ONE,
    REAL,
    ZERO,
    Apply,
    Function,
    Matrix,
    Number,
    Symbol,
    Term,
    add,
    equal,
    multiply,
)

x, y, c = (Symbol(name) for name in "xyc")
k = Symbol("k", INTEGER)
v = Symbol("v", Matrix(2, 1))
rough = Symbol("g", Function((REAL,), REAL, 0))
TWO = Number(2)


def of(head: str, *arguments: Term) -> Apply:
    return Apply(head, arguments)


BEYOND, STRICTLY = of("<=", y, x), of("<", y, x)
CUBE, SQUARE = multiply(x, x, x), multiply(x, x)
SLOPE = WhereDefined(Differentiated(Squares((Square(Number(3), (), x),))))  # 0 <= 3 x^2
BY_SIGN: Certificate = WhereDefined(Differentiated(Sign()))
EQUAL = Squares(())


def from_start(
    slope: Certificate,
    start: Certificate,
    *,
    order: Certificate | None = None,
    rising: bool = True,
    strict: bool = False,
) -> MeanValue:
    return MeanValue(x, y, rising, strict, order or Squares((Square(ONE, (0,)),)), Inside((), slope), start)


def second(slope: Certificate, *more: Square) -> MeanValue:
    """By the second hypothesis, x beyond y."""
    return from_start(slope, EQUAL, order=Squares((Square(ONE, (1,)), *more)))


def minus(term: Term) -> Term:
    return of("negate", term)


# A function that grows, one that falls on the way down, and one that grows strictly.
GROWS = Claim(of("<=", multiply(y, y, y), CUBE), (BEYOND,))
GROWING = from_start(SLOPE, EQUAL)
FALLS = Claim(of("<=", CUBE, multiply(y, y, y)), (of("<=", x, y),))
STRICT = Claim(of("<", add(y, of("exp", y)), add(x, of("exp", x))), (STRICTLY,))
STRICTLY_GROWING = from_start(BY_SIGN, EQUAL, strict=True)


# (x + 1)^2 - x^2 - 2 x is the same everywhere.
def both(z: Term) -> Term:
    return add(of("^", add(z, ONE), TWO), minus(multiply(z, z)), minus(multiply(TWO, z)))


SAME = Claim(equal(both(x), both(y)), (BEYOND,))
CONSTANT = from_start(WhereDefined(Differentiated(Identity())), Identity())

# x^2 grows from y on where y >= 0; that x >= 0 says nothing of the numbers between y and x.
FROM_ZERO = of("<=", multiply(y, y), SQUARE)
BY_THE_START = second(WhereDefined(Differentiated(Squares((Square(TWO, (1,)), Square(TWO, (0,)))))))


# y (4 - y) <= x (4 - x) for y <= x <= 2, by x < 2.
def arch(z: Term) -> Term:
    return add(multiply(Number(4), z), minus(multiply(z, z)))


ARCH = of("<=", arch(y), arch(x))
BY_THE_BOUND = second(WhereDefined(Differentiated(Squares((Square(TWO, (0,)),)))))

# sqrt(1 - x) <= 1 from 0 up to x = 1, where it has no derivative.
ROOM = add(ONE, minus(x))
ROOT = Claim(of("<=", of("sqrt", ROOM), ONE), (of("<=", x, ONE), of("<=", ZERO, x)))
FALLING_ROOT = MeanValue(
    x,
    ZERO,
    True,
    False,
    Squares((Square(ONE, (1,)),)),
    Inside((Link(of(">=", ROOM, ZERO), Squares((Square(ONE, (0,)),))),), BY_SIGN),
    EQUAL,
)
UNSAID = replace(FALLING_ROOT, inside=Inside((), BY_SIGN))

KEPT: list[tuple[str, Claim, Certificate]] = [
    ("a function that grows", GROWS, GROWING),
    ("one that falls, on the way down", FALLS, from_start(SLOPE, EQUAL, rising=False)),
    ("strictly", STRICT, STRICTLY_GROWING),
    ("an equation", SAME, CONSTANT),
    ("by the start", Claim(FROM_ZERO, (of("<=", ZERO, y), BEYOND)), BY_THE_START),
    ("by a bound", Claim(ARCH, (of("<=", x, TWO), BEYOND)), BY_THE_BOUND),
    ("by a bound on the other side", Claim(ARCH, (of(">", TWO, x), BEYOND)), BY_THE_BOUND),
    ("by one of two bounds", Claim(ARCH, (of("and", of("<", x, TWO), of("<", x, c)), BEYOND)), BY_THE_BOUND),
    ("a bound that is strict inside", ROOT, FALLING_ROOT),
    ("what is visibly defined", ROOT, UNSAID),
]

LIARS: list[tuple[str, Claim, Certificate, str]] = [
    ("the way up, of one that falls", FALLS, GROWING, "not the difference"),
    ("with <= from an equality", STRICT, replace(STRICTLY_GROWING, strict=False), "no addend is shown"),
    ("strictly, where x may be y", Claim(STRICT.statement, (BEYOND,)), STRICTLY_GROWING, "no addend is shown"),
    (
        "slopes that are only not below: x^3 has the slope 0 at 0",
        Claim(of("<", multiply(y, y, y), CUBE), (STRICTLY,)),
        from_start(SLOPE, EQUAL, strict=True),
        "no addend is shown",
    ),
    ("an equation with strict slopes", SAME, replace(CONSTANT, strict=True), "derivatives that differ"),
    ("slopes alone: x + 1 = y + 2", Claim(equal(add(x, ONE), add(y, TWO)), (BEYOND,)), CONSTANT, "normal forms differ"),
    ("the start alone: x^2 = y^2", Claim(equal(SQUARE, multiply(y, y)), (BEYOND,)), CONSTANT, "normal forms differ"),
    (
        "columns",
        Claim(equal(multiply(x, v), multiply(y, v)), (BEYOND,)),
        CONSTANT,
        "something else than numbers",
    ),
    (
        "x, not known to lie beyond y",
        Claim(GROWS.statement),
        from_start(SLOPE, EQUAL, order=EQUAL),
        "not the difference",
    ),
    ("a point that moves", GROWS, replace(GROWING, base=multiply(x, y)), "moves with the variable"),
    ("a point that is no number", GROWS, replace(GROWING, base=v), "moves with the variable, or is no number"),
    ("by an integer", GROWS, replace(GROWING, variable=k), "something else than a real number"),
    ("x >= 0 between y and x", Claim(FROM_ZERO, (of("<=", ZERO, x), BEYOND)), BY_THE_START, "no hypothesis"),
    ("a bound on another term", Claim(ARCH, (of("<=", add(x, ZERO), TWO), BEYOND)), BY_THE_BOUND, "not the difference"),
    ("a value as a bound", Claim(ARCH, (of("=", x, TWO), BEYOND)), BY_THE_BOUND, "not the difference"),
    ("a bound from below", Claim(ARCH, (of(">=", x, TWO), BEYOND)), BY_THE_BOUND, "not the difference"),
    ("a bound that moves", Claim(ARCH, (of("<=", x, multiply(x, TWO)), BEYOND)), BY_THE_BOUND, "not the difference"),
    (
        "nothing keeps x below 1",
        Claim(ROOT.statement, (of("<=", ZERO, x), of("<=", ZERO, x))),
        FALLING_ROOT,
        "not the difference",
    ),
    (
        "a root of what is not visibly positive",
        Claim(of("<=", of("sqrt", add(ONE, minus(CUBE))), ONE), ROOT.hypotheses),
        UNSAID,
        "a condition on the variable",
    ),
    (
        "steps",
        Claim(of("<=", of("floor", y), of("floor", x)), (BEYOND,)),
        from_start(BY_SIGN, EQUAL),
        "need not be continuous",
    ),
    (
        "a function of which nothing is known",
        Claim(of("<=", of("apply", rough, y), of("apply", rough, x)), (BEYOND,)),
        from_start(BY_SIGN, EQUAL),
        "need not be continuous",
    ),
    ("another relation", Claim(of("!=", x, y), (STRICTLY,)), GROWING, "not an order"),
    (
        "a pole between",
        Claim(of("<=", of("/", Number(-1), y), of("/", Number(-1), x)), (BEYOND,)),
        from_start(BY_SIGN, EQUAL),
        "a condition on the variable",
    ),
]


@pytest.mark.parametrize(("claim", "certificate"), [case[1:] for case in KEPT], ids=[case[0] for case in KEPT])
def test_kept(claim: Claim, certificate: Certificate) -> None:
    assert check(claim, certificate) == ()
    assert check(claim, from_data(to_data(certificate))) == ()


@pytest.mark.parametrize(
    ("claim", "certificate", "reason"), [case[1:] for case in LIARS], ids=[case[0] for case in LIARS]
)
def test_liar(claim: Claim, certificate: Certificate, reason: str) -> None:
    with pytest.raises(Rejected, match=reason):
        check(claim, certificate)
