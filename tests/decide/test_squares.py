"""Sums of squares: what is found is accepted by the kernel, and nothing false is."""

from __future__ import annotations

from fractions import Fraction

import pytest

from derive.decide.squares import decide
from derive.decide.work import OutOfWork, Work
from derive.kernel.certificate import Rejected
from derive.kernel.check import check
from derive.kernel.claim import Claim
from derive.kernel.term import (
    ONE,
    TWO,
    ZERO,
    Apply,
    Matrix,
    Number,
    Symbol,
    Term,
    add,
    multiply,
    negate,
    subtract,
)
from derive.theories import AXIOMS


def relation(head: str, left: Term, right: Term) -> Apply:
    return Apply(head, (left, right))


def at_most(left: Term, right: Term) -> Apply:
    return relation("<=", left, right)


def square(term: Term) -> Apply:
    return Apply("^", (term, TWO))


def accepted(statement: Term, *hypotheses: Term) -> bool:
    claim = Claim(statement, hypotheses)
    try:
        found = decide(claim, Work(2_000_000))
        if found is None:
            return False
        check(claim, found, AXIOMS)
    except (OutOfWork, Rejected):
        return False
    return True


x, y, z = (Symbol(name) for name in "xyz")
X, Y, D, g = (Symbol(name, Matrix("n", 1)) for name in ("x", "y", "D", "g"))
rho = Symbol("r")
HALF = Number(Fraction(1, 2))


def cauchy_schwarz(n: int, factor: int = 1) -> tuple[Term, tuple[Term, ...]]:
    xs = [Symbol(f"x_{index}") for index in range(n)]
    ys = [Symbol(f"y_{index}") for index in range(n)]
    product = add(*(multiply(one, other) for one, other in zip(xs, ys, strict=True)))
    left = multiply(Number(factor), square(product))
    return at_most(left, multiply(add(*map(square, xs)), add(*map(square, ys)))), ()


PROVED: list[tuple[Term, tuple[Term, ...]]] = [
    cauchy_schwarz(2),
    cauchy_schwarz(4),
    cauchy_schwarz(16),
    (at_most(multiply(TWO, x, y), add(square(x), square(y))), ()),
    (at_most(ZERO, add(*(square(subtract(Symbol(f"p_{i}"), Symbol(f"p_{(i + 1) % 6}"))) for i in range(6)))), ()),
    (at_most(add(multiply(x, y), multiply(y, z), multiply(z, x)), add(square(x), square(y), square(z))), ()),
    (relation(">", add(square(x), negate(x), ONE), ZERO), ()),
    (relation(">=", add(x, Apply("/", (ONE, x))), TWO), (relation(">", x, ZERO),)),
]
FALSE: list[tuple[Term, tuple[Term, ...]]] = [
    cauchy_schwarz(2, 2),
    cauchy_schwarz(4, 2),
    cauchy_schwarz(16, 2),
    (at_most(multiply(Number(3), x, y), add(square(x), square(y))), ()),
    (at_most(x, square(x)), ()),
    (relation(">", add(square(x), multiply(Number(-2), x), ONE), ZERO), ()),
    (relation("<", multiply(TWO, x, y), add(square(x), square(y))), ()),
    (relation(">=", add(x, Apply("/", (ONE, x))), TWO), ()),
]


@pytest.mark.parametrize(("statement", "hypotheses"), PROVED)
def test_proved(statement: Term, hypotheses: tuple[Term, ...]) -> None:
    assert accepted(statement, *hypotheses)


@pytest.mark.parametrize(("statement", "hypotheses"), FALSE)
def test_nothing_false_is_proved(statement: Term, hypotheses: tuple[Term, ...]) -> None:
    assert not accepted(statement, *hypotheses)
