"""Integrals by substitution, by parts and term by term: honest certificates, and a liar for each guard."""

from __future__ import annotations

from dataclasses import replace

import pytest

from derive.kernel.certificate import (
    Certificate,
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

x, t, a, b, z, w = (Symbol(name) for name in "xtabzw")
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


def test_a_change_of_variable() -> None:
    assert check(CLAIM, HONEST) == ()
    assert check(CLAIM, from_data(to_data(HONEST))) == ()
    for liar in (
        with_target(coefficient=ONE),  # not half
        with_target(place=multiply(TWO, x)),  # the right ends, and another integrand
        with_target(turned=True),  # the ends are in this order
        replace(HONEST, rest=x),
    ):
        with pytest.raises(Rejected):
            check(CLAIM, liar)
    longer = integral(value(t), t, ZERO, Number(5))
    with pytest.raises(Rejected):  # another upper bound
        check(Claim(equal(WHOLE, multiply(HALF, longer))), with_target(integral=longer))
    with pytest.raises(Rejected):  # another claim
        check(Claim(equal(WHOLE, OTHER)), HONEST)


def test_turned_round() -> None:
    """The integral of f(1 - x) from 0 to 1 is that of f(t) from 0 to 1."""
    there = add(ONE, negate(x))
    whole, other = integral(value(there), x, ZERO, ONE), integral(value(t), t, ZERO, ONE)
    claim = Claim(equal(whole, other))
    target = Target(other, there, Number(-1), True, z, (Identity(), Identity()))
    honest = Substituted(whole, (target,), ZERO, Sign(), (Inside((), SLOPE),), Identity())
    assert check(claim, honest) == ()
    with pytest.raises(Rejected):
        check(claim, replace(honest, targets=(replace(target, coefficient=ONE),)))
    with pytest.raises(Rejected):
        check(Claim(equal(whole, negate(other))), honest)


def test_by_parts_between_any_bounds() -> None:
    """The integral of x f'(x), here of x (2 t) as a part: x^2 * 1 + x * 2x = (x^3)'."""
    whole = integral(multiply(x, value(x)), x, a, b)
    other = integral(value(t), t, a, b)
    parts = Claim(equal(whole, add(other, multiply(ZERO, other))))
    target = Target(other, x, ONE, False, z, (Identity(), Identity()))
    side = Inside((), SLOPE)
    with pytest.raises(Rejected):  # x f(x) is not f(x)
        check(parts, Substituted(whole, (target,), ZERO, None, (side, side), Identity()))
    whole = integral(add(value(x), x), x, a, b)
    rest = multiply(HALF, SQUARE)
    both = Claim(
        equal(whole, add(other, multiply(HALF, b, b), negate(multiply(HALF, a, a)))),
    )
    honest = Substituted(whole, (target,), rest, None, (side, side), Identity())
    assert check(both, honest) == ()
    with pytest.raises(Rejected, match="the other order"):
        check(both, replace(honest, sides=(side,)))
    with pytest.raises(Rejected):  # a <= b is not known
        check(both, replace(honest, order=Sign(), sides=(side,)))


def test_two_targets() -> None:
    """f(x) + x f(x^2) term by term."""
    whole = integral(add(value(x), multiply(x, value(SQUARE))), x, ZERO, ONE)
    one, other = integral(value(t), t, ZERO, ONE), integral(value(w), w, ZERO, ONE)
    claim = Claim(equal(whole, add(one, multiply(HALF, other))))
    first = Target(one, x, ONE, False, z, (Identity(), Identity()))
    second = Target(other, SQUARE, HALF, False, Symbol("y"), (Identity(), Identity()))
    honest = Substituted(whole, (first, second), ZERO, Sign(), (Inside((), SLOPE),), Identity())
    assert check(claim, honest) == ()
    with pytest.raises(Rejected, match="one letter for each"):
        check(claim, replace(honest, targets=(first, replace(second, name=z))))
    with pytest.raises(Rejected, match="one letter for each"):
        check(claim, replace(honest, targets=(first, replace(first, name=Symbol("y")))))


def test_what_a_target_is() -> None:
    for word, changes in {
        "one letter for each": {"integral": WHOLE},
        "not an integral": {"integral": x},
        "over something else": {"integral": integral(value(k), k, ZERO, Number(4))},
        "that is not a number": {"coefficient": v},
        "named by something else": {"name": k},
        "by more than its place": {"coefficient": multiply(HALF, x)},
        "that moves with the variable": {"place": t},
    }.items():
        with pytest.raises(Rejected, match=word):
            check(CLAIM, with_target(**changes))
    with pytest.raises(Rejected, match="that is not a number"):
        check(CLAIM, replace(HONEST, rest=v))
    arrays = integral(multiply(x, v), x, ZERO, TWO)
    with pytest.raises(Rejected, match="that is not a number"):
        check(Claim(equal(arrays, arrays)), replace(HONEST, integral=arrays))
    with pytest.raises(Rejected, match="used elsewhere"):
        check(Claim(CLAIM.statement, (of("<", z, ONE),)), HONEST)


def test_the_letter_stands_for_one_number() -> None:
    """What is shown of it is shown for all numbers; no condition may speak of it."""
    statement = equal(WHOLE, of("/", multiply(HALF, OTHER, OTHER), OTHER))
    with pytest.raises(Rejected, match="a condition on the letter"):
        check(Claim(statement), HONEST)
    with pytest.raises(Rejected):  # at 0 only
        check(Claim(equal(WHOLE, OTHER)), replace(HONEST, inner=Univariate()))


def test_where_both_are_defined() -> None:
    """The integral of 1/x from 1 to 2 by x = t^2; of 1/x from -1 to 1 nothing is known, though the slopes fit wherever they are."""
    root = of("sqrt", x)
    whole = integral(of("/", ONE, multiply(TWO, root)), x, ONE, Number(4))
    other = integral(ONE, t, ONE, TWO)
    claim = Claim(equal(whole, other))
    target = Target(other, root, ONE, False, z, (Identity(), Identity()))
    defined = (Link(of(">=", x, ZERO), Sign()), Link(of("!=", multiply(TWO, root), ZERO), Sign()))
    honest = Substituted(whole, (target,), ZERO, Sign(), (Inside(defined, SLOPE),), Identity())
    assert check(claim, honest) == ()
    inverse = of("/", ONE, x)
    whole = integral(inverse, x, Number(-1), ONE)
    other = integral(of("/", ONE, t), t, Number(-1), ONE)
    target = Target(other, x, ONE, False, z, (Identity(), Identity()))
    with pytest.raises(Rejected, match="a condition on the variable"):
        check(Claim(equal(whole, other)), Substituted(whole, (target,), ZERO, Sign(), (Inside((), SLOPE),), Identity()))


def test_what_need_not_be_continuous() -> None:
    whole, other = integral(value(x, g), x, ZERO, ONE), integral(value(t, g), t, ZERO, ONE)
    target = Target(other, x, ONE, False, z, (Identity(), Identity()))
    with pytest.raises(Rejected, match="need not be continuous"):
        check(Claim(equal(whole, other)), Substituted(whole, (target,), ZERO, Sign(), (Inside((), SLOPE),), Identity()))
