"""Vectors of every size: what is found is accepted by the kernel, and nothing false is."""

from __future__ import annotations

from fractions import Fraction

import pytest

from derive.decide.vectors import decide
from derive.decide.work import OutOfWork, Work
from derive.kernel.certificate import Rejected
from derive.kernel.check import check
from derive.kernel.claim import Claim
from derive.kernel.term import (
    TWO,
    ZERO,
    Apply,
    Constant,
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
NOT_ZERO = relation("!=", g, Constant("zero", Matrix("n", 1)))
STEEPEST = multiply(Apply("/", (rho, norm(g))), g)

PROVED: list[tuple[Term, tuple[Term, ...]]] = [
    (at_most(square(inner(X, Y)), multiply(square(norm(X)), square(norm(Y)))), ()),
    (at_most(inner(X, Y), multiply(norm(X), norm(Y))), ()),
    (at_most(Apply("abs", (inner(X, Y),)), multiply(norm(X), norm(Y))), ()),
    (relation(">=", inner(X, Y), negate(multiply(norm(X), norm(Y)))), ()),
    (at_most(norm(add(X, Y)), add(norm(X), norm(Y))), ()),
    (relation(">=", norm(subtract(X, Y)), subtract(norm(X), norm(Y))), ()),
    (at_most(inner(D, g), multiply(rho, norm(g))), (equal(norm(D), rho), relation(">", rho, ZERO), NOT_ZERO)),
    (at_most(negate(multiply(rho, norm(g))), inner(D, g)), (equal(norm(D), rho), relation(">", rho, ZERO))),
    (
        equal(D, STEEPEST),
        (equal(norm(D), rho), relation(">", rho, ZERO), equal(inner(D, g), multiply(rho, norm(g))), NOT_ZERO),
    ),
    (
        equal(multiply(square(norm(Y)), X), multiply(inner(X, Y), Y)),
        (equal(square(inner(X, Y)), multiply(square(norm(X)), square(norm(Y)))),),
    ),
]
FALSE: list[tuple[Term, tuple[Term, ...]]] = [
    (at_most(multiply(TWO, square(inner(X, Y))), multiply(square(norm(X)), square(norm(Y)))), ()),
    (relation("<", inner(X, Y), multiply(norm(X), norm(Y))), ()),
    (at_most(Apply("abs", (inner(X, Y),)), multiply(HALF, norm(X), norm(Y))), ()),
    (relation(">=", inner(X, Y), ZERO), ()),
    (at_most(norm(add(X, Y)), norm(X)), ()),
    (relation(">=", norm(subtract(X, Y)), add(norm(X), norm(Y))), ()),
    (at_most(inner(D, g), multiply(HALF, rho, norm(g))), (equal(norm(D), rho), relation(">", rho, ZERO), NOT_ZERO)),
    (relation("<", negate(multiply(rho, norm(g))), inner(D, g)), (equal(norm(D), rho), relation(">", rho, ZERO))),
    (
        equal(D, negate(STEEPEST)),
        (equal(norm(D), rho), relation(">", rho, ZERO), equal(inner(D, g), multiply(rho, norm(g))), NOT_ZERO),
    ),
    (equal(D, STEEPEST), (equal(norm(D), rho), relation(">", rho, ZERO), NOT_ZERO)),
]


@pytest.mark.parametrize(("statement", "hypotheses"), PROVED)
def test_proved(statement: Term, hypotheses: tuple[Term, ...]) -> None:
    assert accepted(statement, *hypotheses)


@pytest.mark.parametrize(("statement", "hypotheses"), FALSE)
def test_nothing_false_is_proved(statement: Term, hypotheses: tuple[Term, ...]) -> None:
    assert not accepted(statement, *hypotheses)
