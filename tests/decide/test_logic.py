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
from derive.read import read_claim
from derive.theories import AXIOMS
from derive.verify import verify


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


def statement(latex: str, *assume: str) -> str:
    (result,) = verify(read_claim(latex, (), assume)).results
    return result.verdict.value


@pytest.mark.parametrize(
    ("latex", "assume"),
    [
        (r"x^2 = y^2 \iff x = \pm y", ()),
        (r"a b = 0 \iff a = 0 \lor b = 0", ()),
        (r"a^3 b^3 = 0 \iff a b = 0", ()),
        (r"x x + y y = 0 \iff x = 0 \land y = 0", ()),
        (r"\frac{a}{b} = \frac{c}{d} \iff a d = b c", ()),
        (r"(a - b)(a^2 + a b + b^2) = 0 \iff a - b = 0", ()),
        (r"|a| = |b| \iff a^2 = b^2", ()),
        (r"\lnot (x \le y \land y \le z) \iff x > y \lor y > z", ()),
        (r"a = b \iff a^2 = b^2", ("a > 0", "b > 0")),
        (r"2x + 3y = 6 \land -2x = -3 \iff y = 1 \land x = \frac{3}{2}", ()),
        (r"(x - y = 1 \land x + y = 3) \lor (x - y = -1 \land x + y = 3) \implies x y = 2", ()),
        (r"x y \neq 0 \iff x \neq 0 \land y \neq 0", ()),
        (r"x = 0", ("x^2 + y^2 \\le 0",)),
        (r"1 = 2 \implies x = y", ()),
        (r"\text{true} \land \text{false} \iff \text{false}", ()),
    ],
)
def test_statements_that_hold(latex: str, assume: tuple[str, ...]) -> None:
    assert statement(latex, *assume) == "proved"


@pytest.mark.parametrize(
    ("latex", "assume"),
    [
        (r"x^2 = y^2 \iff x = y", ()),
        (r"a b = 0 \iff a = 0 \land b = 0", ()),
        (r"a b = a c \iff b = c", ()),
        (r"x x + y y = 1 \iff x = 0 \land y = 1", ()),
        (r"\frac{a}{b} = \frac{c}{d} \iff a c = b d", ()),
        (r"|a| = |b| \iff a = b", ()),
        (r"\lnot (x \le y \land y \le z) \iff x > y \land y > z", ()),
        (r"a = b \iff a^2 = b^2", ("a > 0",)),
        (r"2x + 3y = 6 \land -2x = -3 \iff y = 2 \land x = \frac{3}{2}", ()),
        (r"(x - y = 1 \land x + y = 3) \lor (x - y = -1 \land x + y = 3) \implies x = 2", ()),
        (r"x y \neq 0 \iff x \neq 0 \lor y \neq 0", ()),
        (r"x = y \implies 1 = 2", ()),
        (r"\text{true} \lor \text{false} \iff \text{false}", ()),
    ],
)
def test_statements_that_fail(latex: str, assume: tuple[str, ...]) -> None:
    assert statement(latex, *assume) in {"refuted", "unknown"}
