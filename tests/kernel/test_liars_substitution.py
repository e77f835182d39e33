"""Integrals by substitution, by parts and term by term: honest certificates, and a liar for each guard."""

from __future__ import annotations

from dataclasses import replace

import pytest

from derive.kernel.certificate import (
    Certificate,
    Cofactor,
    Differentiated,
    Identity,
    Inside,
    Link,
    Rejected,
    Sign,
    Substituted,
    Target,
    Univariate,
    WhereDefined,
)
from derive.kernel.check import check
from derive.kernel.claim import Claim
from derive.kernel.data import from_data, to_data
from derive.kernel.term import (
    INTEGER,
    ONE,
    REAL,
    TWO,
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
    negate,
)

x, y, t, a, b, z, w = (Symbol(name) for name in "xytabzw")
k = Symbol("k", INTEGER)
v = Symbol("v", Matrix("n", 1))
f = Symbol("f", Function((REAL,), REAL, 1))
g = Symbol("g", Function((REAL,), REAL, 0))
HALF = Apply("/", (ONE, TWO))


def of(head: str, *arguments: Term) -> Apply:
    return Apply(head, arguments)


def integral(body: Term, variable: Term, lower: Term, upper: Term) -> Apply:
    return of("integral", body, variable, lower, upper)


def value(argument: Term, function: Symbol = f) -> Apply:
    return of("apply", function, argument)


SQUARE = multiply(x, x)
WHOLE = integral(multiply(x, value(SQUARE)), x, ZERO, TWO)  # of x f(x^2) from 0 to 2
OTHER = integral(value(t), t, ZERO, Number(4))
CLAIM = Claim(equal(WHOLE, multiply(HALF, OTHER)))
SLOPE: Certificate = WhereDefined(Differentiated(Identity()))
TARGET = Target(OTHER, SQUARE, HALF, False, z, (Identity(), Identity()))
HONEST = Substituted(WHOLE, (TARGET,), ZERO, Sign(), (Inside((), SLOPE),), Identity())


def with_target(**changes: object) -> Substituted:
    return replace(HONEST, targets=(replace(TARGET, **changes),))  # type: ignore[arg-type]


def by(target: Target, whole: Term, rest: Term = ZERO, **changes: object) -> Substituted:
    return replace(Substituted(whole, (target,), rest, Sign(), (SIDE,), Identity()), **changes)  # type: ignore[arg-type]


def named(other: Term, place: Term, coefficient: Term = ONE, *, turned: bool = False) -> Target:
    return Target(other, place, coefficient, turned, z, (Identity(), Identity()))


SIDE = Inside((), SLOPE)
LONGER = integral(value(t), t, ZERO, Number(5))

# The integral of f(1 - x) from 0 to 1 is that of f(t) from 0 to 1.
THERE = add(ONE, negate(x))
BACKWARDS, FORWARDS = integral(value(THERE), x, ZERO, ONE), integral(value(t), t, ZERO, ONE)
TURNED = Claim(equal(BACKWARDS, FORWARDS))
TURNING = named(FORWARDS, THERE, Number(-1), turned=True)

# f(x) + x between any bounds.
BETWEEN = integral(value(t), t, a, b)
WITH_REST = integral(add(value(x), x), x, a, b)
REST = Claim(equal(WITH_REST, add(BETWEEN, multiply(HALF, b, b), negate(multiply(HALF, a, a)))))
BY_REST = by(named(BETWEEN, x), WITH_REST, multiply(HALF, SQUARE), order=None, sides=(SIDE, SIDE))
SCALED = integral(multiply(x, value(x)), x, a, b)

# f(x) + x f(x^2) term by term.
TERMS = integral(add(value(x), multiply(x, value(SQUARE))), x, ZERO, ONE)
OTHERS = FORWARDS, integral(value(w), w, ZERO, ONE)
TWICE = Claim(equal(TERMS, add(OTHERS[0], multiply(HALF, OTHERS[1]))))
FIRST, SECOND = named(OTHERS[0], x), replace(named(OTHERS[1], SQUARE, HALF), name=y)
BY_BOTH = by(FIRST, TERMS, targets=(FIRST, SECOND))

# 1 / (2 sqrt(x)) from 1 to 4 by t = sqrt(x); of 1/x from -1 to 1 nothing is known, though the slopes fit wherever they are.
ROOT = of("sqrt", x)
OF_ROOT = integral(of("/", ONE, multiply(TWO, ROOT)), x, ONE, Number(4))
LENGTH = integral(ONE, t, ONE, TWO)
ROOTS = Claim(equal(OF_ROOT, LENGTH))
DEFINED = (Link(of(">=", x, ZERO), Sign()), Link(of("!=", multiply(TWO, ROOT), ZERO), Sign()))
BY_ROOT = by(named(LENGTH, ROOT), OF_ROOT, sides=(Inside(DEFINED, SLOPE),))
POLE, OTHER_POLE = integral(of("/", ONE, x), x, Number(-1), ONE), integral(of("/", ONE, t), t, Number(-1), ONE)
ROUGH, OTHER_ROUGH = integral(value(x, g), x, ZERO, ONE), integral(value(t, g), t, ZERO, ONE)
# What is 0 wherever it is defined, and is not at 0.
NOTHING = add(of("log", x), negate(of("log", x)))
TWICE_X = integral(multiply(x, value(SQUARE), of("/", x, x)), x, ZERO, TWO)
# sqrt(x + a) from 0 to 1, defined by what the claim supposes of a.
SHIFTED, SHIFT = integral(of("sqrt", add(x, a)), x, ZERO, ONE), integral(of("sqrt", t), t, a, add(ONE, a))
# An end that is reached where 1/b is defined.
REACHED = Claim(CLAIM.statement, (equal(a, a),))
BY_COFACTOR = Identity((Cofactor(0, of("/", ONE, b), ONE),))
ARRAYS = integral(multiply(x, v), x, ZERO, TWO)

KEPT: list[tuple[str, Claim, Certificate]] = [
    ("a change of variable", CLAIM, HONEST),
    ("turned round", TURNED, by(TURNING, BACKWARDS)),
    ("between any bounds", REST, BY_REST),
    ("term by term", TWICE, BY_BOTH),
    ("a root", ROOTS, BY_ROOT),
    (
        "a root by a hypothesis",
        Claim(equal(SHIFTED, SHIFT), (of("<=", ZERO, a),)),
        by(named(SHIFT, add(x, a)), SHIFTED),
    ),
    ("the first end under a condition", REACHED, with_target(ends=(BY_COFACTOR, Identity()))),
    ("the second end under a condition", REACHED, with_target(ends=(Identity(), BY_COFACTOR))),
]

LIARS: list[tuple[str, Claim, Certificate, str]] = [
    ("not half", CLAIM, with_target(coefficient=ONE), "normal forms differ"),
    ("another integrand", CLAIM, with_target(place=multiply(TWO, x)), "normal forms differ"),
    ("ends in the other order", CLAIM, with_target(turned=True), "normal forms differ"),
    ("another rest", CLAIM, replace(HONEST, rest=x), "normal forms differ"),
    (
        "another upper bound",
        Claim(equal(WHOLE, multiply(HALF, LONGER))),
        with_target(integral=LONGER),
        "normal forms differ",
    ),
    ("another claim", Claim(equal(WHOLE, OTHER)), HONEST, "normal forms differ"),
    ("turned, with the other sign", TURNED, by(replace(TURNING, coefficient=ONE), BACKWARDS), "normal forms differ"),
    (
        "turned, of the negative",
        Claim(equal(BACKWARDS, negate(FORWARDS))),
        by(TURNING, BACKWARDS),
        "normal forms differ",
    ),
    (
        "x f(x) is not f(x)",
        Claim(equal(SCALED, BETWEEN)),
        by(named(BETWEEN, x), SCALED, order=None, sides=(SIDE, SIDE)),
        "normal forms differ",
    ),
    ("one order of two", REST, replace(BY_REST, sides=(SIDE,)), "the other order"),
    ("an order that is not known", REST, replace(BY_REST, order=Sign(), sides=(SIDE,)), "sign"),
    ("one name for two", TWICE, replace(BY_BOTH, targets=(FIRST, replace(SECOND, name=z))), "one letter for each"),
    ("two names for one", TWICE, replace(BY_BOTH, targets=(FIRST, replace(FIRST, name=y))), "one letter for each"),
    ("the integral itself", CLAIM, with_target(integral=WHOLE), "one letter for each"),
    ("no integral", CLAIM, with_target(integral=x), "not an integral"),
    ("a sum", CLAIM, with_target(integral=of("sum", value(k), k, ZERO, Number(4))), "not an integral"),
    ("over no letter", CLAIM, with_target(integral=integral(value(t), ONE, ZERO, Number(4))), "over something else"),
    (
        "an integrand that is not defined at an end",
        Claim(equal(TWICE_X, multiply(HALF, OTHER))),
        replace(HONEST, integral=TWICE_X),
        "a condition on the variable",
    ),
    ("a rest that is not", CLAIM, replace(HONEST, rest=NOTHING), "a condition on the variable"),
    ("a place that is not", CLAIM, with_target(place=add(SQUARE, NOTHING)), "a condition on the variable"),
    ("over integers", CLAIM, with_target(integral=integral(value(k), k, ZERO, Number(4))), "over something else"),
    ("times a column", CLAIM, with_target(coefficient=v), "that is not a number"),
    ("named by an integer", CLAIM, with_target(name=k), "named by something else"),
    ("a coefficient that moves", CLAIM, with_target(coefficient=multiply(HALF, x)), "by more than its place"),
    ("a place that does not move", CLAIM, with_target(place=t), "that moves with the variable"),
    ("a rest that is a column", CLAIM, replace(HONEST, rest=v), "that is not a number"),
    ("an integral of columns", Claim(equal(ARRAYS, ARRAYS)), replace(HONEST, integral=ARRAYS), "that is not a number"),
    ("a name that is used", Claim(CLAIM.statement, (of("<", z, ONE),)), HONEST, "used elsewhere"),
    (
        "a condition on the name",
        Claim(equal(WHOLE, of("/", multiply(HALF, OTHER, OTHER), OTHER))),
        HONEST,
        "a condition on the letter",
    ),
    ("true at 0 only", Claim(equal(WHOLE, OTHER)), replace(HONEST, inner=Univariate()), "."),
    ("a pole between", Claim(equal(POLE, OTHER_POLE)), by(named(OTHER_POLE, x), POLE), "a condition on the variable"),
    (
        "a function of which nothing is known",
        Claim(equal(ROUGH, OTHER_ROUGH)),
        by(named(OTHER_ROUGH, x), ROUGH),
        "need not be continuous",
    ),
]


@pytest.mark.parametrize(("claim", "certificate"), [case[1:] for case in KEPT], ids=[case[0] for case in KEPT])
def test_kept(claim: Claim, certificate: Certificate) -> None:
    conditions = (of("!=", b, ZERO),) if claim is REACHED else ()
    assert check(claim, certificate) == conditions
    assert check(claim, from_data(to_data(certificate))) == conditions


@pytest.mark.parametrize(
    ("claim", "certificate", "reason"), [case[1:] for case in LIARS], ids=[case[0] for case in LIARS]
)
def test_liar(claim: Claim, certificate: Certificate, reason: str) -> None:
    with pytest.raises(Rejected, match=reason):
        check(claim, certificate)
