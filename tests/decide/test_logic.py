"""Implications and equivalences: what is found is accepted by the kernel, and nothing false is."""

from __future__ import annotations

from fractions import Fraction

import pytest

from derive.decide.logic import decide
from derive.decide.work import OutOfWork, Work
from derive.kernel.certificate import Rejected
from derive.kernel.check import check
from derive.kernel.claim import Claim
from derive.kernel.term import (
    ONE,
    TWO,
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

PROVED: list[tuple[Term, tuple[Term, ...]]] = [
    (relation("implies", relation(">", x, ONE), relation(">", square(x), ONE)), ()),
    (relation("iff", equal(add(x, ONE), y), equal(x, subtract(y, ONE))), ()),
]
FALSE: list[tuple[Term, tuple[Term, ...]]] = [
    (relation("implies", relation(">", square(x), ONE), relation(">", x, ONE)), ()),
    (relation("iff", equal(multiply(x, y), multiply(x, z)), equal(y, z)), ()),
]


@pytest.mark.parametrize(("statement", "hypotheses"), PROVED)
def test_proved(statement: Term, hypotheses: tuple[Term, ...]) -> None:
    assert accepted(statement, *hypotheses)


@pytest.mark.parametrize(("statement", "hypotheses"), FALSE)
def test_nothing_false_is_proved(statement: Term, hypotheses: tuple[Term, ...]) -> None:
    assert not accepted(statement, *hypotheses)
