"""Identities modulo hypotheses: what is found is accepted by the kernel, and nothing false is."""

from __future__ import annotations

from fractions import Fraction

import pytest

from derive.decide.identity import decide
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
    subtract,
)
from derive.theories import AXIOMS


def relation(head: str, left: Term, right: Term) -> Apply:
    return Apply(head, (left, right))


def equal(left: Term, right: Term) -> Apply:
    return relation("=", left, right)


def square(term: Term) -> Apply:
    return Apply("^", (term, TWO))


def norm(term: Term) -> Apply:
    return Apply("norm", (term,))


def inner(left: Term, right: Term) -> Apply:
    return Apply("inner", (left, right))


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


def lagrange(n: int, factor: int = 1) -> tuple[Term, tuple[Term, ...]]:
    xs = [Symbol(f"x_{index}") for index in range(n)]
    ys = [Symbol(f"y_{index}") for index in range(n)]
    product = add(*(multiply(one, other) for one, other in zip(xs, ys, strict=True)))
    left = subtract(multiply(add(*map(square, xs)), add(*map(square, ys))), multiply(Number(factor), square(product)))
    minors = (subtract(multiply(xs[i], ys[j]), multiply(xs[j], ys[i])) for i in range(n) for j in range(i))
    return equal(left, add(*map(square, minors))), ()


PROVED: list[tuple[Term, tuple[Term, ...]]] = [
    lagrange(2),
    lagrange(16),
    (equal(Apply("/", (subtract(square(x), ONE), subtract(x, ONE))), add(x, ONE)), ()),
    (equal(x, y), (equal(multiply(z, x), multiply(z, y)), relation("!=", z, ZERO))),
    (equal(add(square(norm(D)), ONE), add(square(rho), ONE)), (equal(norm(D), rho),)),
    (equal(square(inner(X, Y)), multiply(square(norm(X)), square(norm(Y)))), (equal(X, multiply(z, Y)),)),
    (
        equal(
            add(square(norm(add(X, Y))), square(norm(subtract(X, Y)))),
            multiply(TWO, add(square(norm(X)), square(norm(Y)))),
        ),
        (),
    ),
]
FALSE: list[tuple[Term, tuple[Term, ...]]] = [
    lagrange(2, 2),
    lagrange(16, 2),
    (equal(multiply(x, subtract(x, ONE), subtract(x, TWO)), ZERO), ()),
    (equal(x, y), (equal(multiply(z, x), multiply(z, y)),)),
    (equal(add(x, y), y), (equal(x, y),)),
    (equal(norm(D), rho), (equal(square(norm(D)), square(rho)),)),
    (equal(square(norm(add(X, Y))), add(square(norm(X)), square(norm(Y)))), ()),
]


@pytest.mark.parametrize(("statement", "hypotheses"), PROVED)
def test_proved(statement: Term, hypotheses: tuple[Term, ...]) -> None:
    assert accepted(statement, *hypotheses)


@pytest.mark.parametrize(("statement", "hypotheses"), FALSE)
def test_nothing_false_is_proved(statement: Term, hypotheses: tuple[Term, ...]) -> None:
    assert not accepted(statement, *hypotheses)
