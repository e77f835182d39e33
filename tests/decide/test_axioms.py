"""Axiom instances: what is found is accepted by the kernel, and nothing false is."""

from __future__ import annotations

from fractions import Fraction

import pytest

from derive.decide.axioms import decide
from derive.decide.work import OutOfWork, Work
from derive.kernel.certificate import Rejected
from derive.kernel.check import check
from derive.kernel.claim import Claim
from derive.kernel.term import (
    ONE,
    Apply,
    Matrix,
    Number,
    Symbol,
    Term,
    multiply,
)
from derive.theories import AXIOMS


def relation(head: str, left: Term, right: Term) -> Apply:
    return Apply(head, (left, right))


def at_most(left: Term, right: Term) -> Apply:
    return relation("<=", left, right)


def norm(term: Term) -> Apply:
    return Apply("norm", (term,))


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
COSINE = Apply("cos", (x,))

PROVED: list[tuple[Term, tuple[Term, ...]]] = [
    (at_most(COSINE, ONE), ()),
    (at_most(multiply(norm(D), norm(g), COSINE), multiply(norm(D), norm(g))), ()),
]
FALSE: list[tuple[Term, tuple[Term, ...]]] = [
    (at_most(COSINE, HALF), ()),
    (at_most(multiply(norm(D), COSINE), multiply(HALF, norm(D))), ()),
    (relation("<", COSINE, ONE), ()),
]


@pytest.mark.parametrize(("statement", "hypotheses"), PROVED)
def test_proved(statement: Term, hypotheses: tuple[Term, ...]) -> None:
    assert accepted(statement, *hypotheses)


@pytest.mark.parametrize(("statement", "hypotheses"), FALSE)
def test_nothing_false_is_proved(statement: Term, hypotheses: tuple[Term, ...]) -> None:
    assert not accepted(statement, *hypotheses)
