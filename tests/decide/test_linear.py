"""Linear arithmetic: what is found is accepted by the kernel, and nothing false is."""

from __future__ import annotations

from fractions import Fraction

import pytest

from derive.decide import attempts
from derive.decide.linear import contradiction, decide
from derive.decide.work import OutOfWork, Work
from derive.kernel.certificate import Rejected
from derive.kernel.check import check
from derive.kernel.claim import Claim
from derive.kernel.term import (
    ONE,
    ZERO,
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


def equal(left: Term, right: Term) -> Apply:
    return relation("=", left, right)


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
    (relation("<", x, z), (relation("<", x, y), relation("<", y, z))),
    (at_most(ONE, ZERO), (relation("<", x, ZERO), relation(">", x, ONE))),
    (relation(">=", multiply(x, y), ONE), (relation(">=", x, ONE), relation(">=", y, ONE))),
    (at_most(x, z), (equal(x, y), at_most(y, z))),
]
FALSE: list[tuple[Term, tuple[Term, ...]]] = [
    (relation("<", x, z), (relation("<", x, y), relation("<", z, y))),
    (at_most(ONE, ZERO), (relation("<", x, ZERO), relation(">", x, Number(-1)))),
    (relation(">=", multiply(x, y), ONE), (relation(">=", x, ONE), at_most(y, ONE))),
    (relation("<", x, z), (equal(x, y), at_most(y, z))),
]


@pytest.mark.parametrize(("statement", "hypotheses"), PROVED)
def test_proved(statement: Term, hypotheses: tuple[Term, ...]) -> None:
    assert accepted(statement, *hypotheses)


@pytest.mark.parametrize(("statement", "hypotheses"), FALSE)
def test_nothing_false_is_proved(statement: Term, hypotheses: tuple[Term, ...]) -> None:
    assert not accepted(statement, *hypotheses)


def test_contradictory_hypotheses_are_found_and_others_are_not() -> None:
    below, above = relation("<", x, ZERO), relation(">", x, ONE)
    assert contradiction((below, above), Work(100_000)) is not None
    assert contradiction((below,), Work(100_000)) is None


def test_what_is_known_costs_as_much_work_as_what_is_found() -> None:
    x, y = Symbol("x"), Symbol("y")
    claim = Claim(Apply("<=", (x, y)), (Apply("<=", (x, Number(1))), Apply("<=", (Number(1), y))))
    spent = []
    for _ in range(2):
        work = Work(10_000)
        assert attempts.prove(claim, work) is not None
        spent.append(work.spent)
    assert spent[0] == spent[1] > 0
    with pytest.raises(OutOfWork):
        attempts.prove(claim, Work(spent[0] - 1))
