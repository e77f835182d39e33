"""Liars for what is shown position by position: what is accepted stands beside what is wrong in one way."""

from __future__ import annotations

import pytest

from derive.kernel.certificate import (
    Assumed,
    AxiomInstance,
    Certificate,
    Identity,
    Instance,
    Introduce,
    Lemma,
    Rejected,
    Sign,
    Termwise,
)
from derive.kernel.check import check
from derive.kernel.claim import Claim
from derive.kernel.term import (
    INTEGER,
    ONE,
    TRUE,
    ZERO,
    Apply,
    Constant,
    Matrix,
    Number,
    Symbol,
    Term,
    add,
    equal,
    multiply,
    negate,
)
from derive.theories import AXIOMS

COLUMN = Matrix("n", 1)
x, y = Symbol("x", COLUMN), Symbol("y", COLUMN)
row, short, long = Symbol("w", Matrix(1, "n")), Symbol("v", Matrix(3, 1)), Symbol("u", Matrix("n + 1", 1))
i, k, n, m = (Symbol(name, INTEGER) for name in "iknm")
r, t = Symbol("r"), Symbol("t")
SQUARE = Symbol("A", Matrix("n", "n"))


def a(head: str, *arguments: Term) -> Apply:
    return Apply(head, arguments)


def at(vector: Term, position: Term = k) -> Term:
    return a("component", vector, position)


def total(body: Term, upper: Term = n, lower: Term = ONE, variable: Symbol = i) -> Term:
    return a("sum", body, variable, lower, upper)


def size(term: Term) -> Term:
    return a("abs", term)


def above(term: Term) -> Certificate:
    return AxiomInstance("absolute_above", ((Symbol("x"), term),))


def greatest(vector: Term) -> Term:
    return a("norm_infinity", vector)


def everywhere(statement: Term) -> Term:
    """For the positions k from 1 to n."""
    return a("forall", a("implies", a("and", a("<=", ONE, k), a("<=", k, n)), statement), k)


def each(count: int) -> Certificate:
    """The first hypothesis, said of k', of which what is known stands behind the hypotheses."""
    return Instance(0, (OTHER,), (Introduce((Assumed(count), Assumed(count + 1))),), Assumed(count + 2))


OTHER = Symbol("k'", INTEGER)
EXP = a("exp", at(x, i))
SUMS = a("<=", total(at(x, i)), total(size(at(x, i))))
FILLED = a("<=", ONE, n)
EACH = a("each", multiply(Number(2), t), t, x)  # 2 x
PARTS = a("/", negate(a("transpose", a("transpose", a("hadamard", EACH, EACH)))), Number(2))
ACCEPTED: list[tuple[str, Claim, Certificate, tuple[Term, ...]]] = [
    ("sums", Claim(SUMS), Termwise(k, above(at(x))), ()),
    ("sums, the other way", Claim(a(">=", *reversed(SUMS.arguments))), Termwise(k, Lemma(a("<=", at(x), size(at(x))), above(at(x)), Sign())), ()),
    ("other letters", Claim(a("<=", total(at(x, i)), total(size(at(x, m)), variable=m))), Termwise(k, above(at(x))), ()),
    ("a sum and 0", Claim(a("<=", ZERO, total(size(at(x, i))))), Termwise(k, Sign()), ()),
    ("equal sums", Claim(equal(total(multiply(at(x, i), at(y, i))), total(multiply(at(y, i), at(x, i))))), Termwise(k, Identity()), ()),
    ("equal sums of vectors", Claim(equal(total(multiply(at(x, i), y)), total(multiply(y, at(x, i))))), Termwise(k, Identity()), ()),
    ("strictly", Claim(a("<", ZERO, total(EXP)), (FILLED,)), Termwise(k, Sign()), ()),
    ("strictly, of numbers", Claim(a("<", ZERO, total(a("exp", i), Number(3)))), Termwise(k, Sign()), ()),
    ("the greatest value", Claim(a("<=", greatest(x), r), (everywhere(a("<=", size(at(x)), r)),)), Termwise(OTHER, each(1)), ()),
    ("the greatest value, strictly", Claim(a(">", r, greatest(x)), (everywhere(a("<", size(at(x)), r)),)), Termwise(OTHER, Lemma(a("<", size(at(x, OTHER)), r), each(1), Sign())), ()),
    ("of three numbers", Claim(a("<=", greatest(short), greatest(short))), Termwise(k, AxiomInstance("component_at_most_greatest", ((Symbol("x", Matrix(3, 1)), short), (Symbol("i"), k)), (), (("n", 3),))), ()),
    ("equal columns", Claim(equal(x, y), (everywhere(equal(at(x), at(y))),)), Termwise(OTHER, each(1)), ()),
    ("functions entry by entry", Claim(equal(EACH, add(x, x))), Termwise(k, Identity()), ()),
    ("parts of vectors", Claim(equal(PARTS, negate(a("hadamard", x, EACH)))), Termwise(k, Identity()), ()),
    ("constants", Claim(equal(add(x, Constant("ones", x.sort), Constant("zero", x.sort)), a("each", add(t, ONE), t, x))), Termwise(k, Identity()), ()),
    ("a product that stays", Claim(equal(a("each", t, t, multiply(SQUARE, x)), multiply(SQUARE, x))), Termwise(k, Identity()), ()),
    ("equal rows", Claim(equal(row, a("transpose", a("transpose", row)))), Termwise(k, Identity()), ()),
    ("a condition on something else", Claim(a("<=", ZERO, total(a("/", a("exp", at(x, i)), a("exp", t)))), (a("=", a("/", t, t), a("/", t, t)),)), Termwise(k, Lemma(equal(a("/", t, t), a("/", t, t)), Identity(), Sign())), ()),
    ("a condition that is kept", Claim(a("<=", ZERO, total(EXP))), Termwise(k, Lemma(equal(a("/", t, t), ONE), Identity(), Sign())), (a("!=", t, ZERO),)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("claim", "certificate", "conditions"), [one[1:] for one in ACCEPTED], ids=[one[0] for one in ACCEPTED]
)
def test_accepted(claim: Claim, certificate: Certificate, conditions: tuple[Term, ...]) -> None:
    assert check(claim, certificate, AXIOMS) == conditions


LESS = add(k, Number(-1))
POSITIVE = a(">", at(x), ZERO)
LIARS: list[tuple[str, Claim, Certificate, str]] = [
    ("a position that is a real number", Claim(SUMS), Termwise(Symbol("k"), above(at(x, Symbol("k")))), "no integer"),
    ("one position for all", Claim(a("<=", ZERO, total(at(x, i))), (POSITIVE,)), Termwise(k, Sign()), "something is said"),
    ("a position in the claim", Claim(a("<=", total(at(x, i)), total(at(x)))), Termwise(k, Sign()), "something is said"),
    ("a position that is a size", Claim(a("<=", total(multiply(i, at(x, ONE)), m), total(size(multiply(i, at(x, ONE))), m))), Termwise(n, above(multiply(n, at(x, ONE)))), "the size of a matrix"),
    ("the size of a hypothesis", Claim(a("<=", ZERO, total(a("exp", i), m)), (equal(SQUARE, SQUARE),)), Termwise(n, Sign()), "the size of a matrix"),
    ("no relation", Claim(TRUE), Termwise(k, Sign()), "neither an equation nor an order"),
    ("a connective", Claim(a("and", SUMS, SUMS)), Termwise(k, Sign()), "neither an equation nor an order"),
    ("what is not equal", Claim(a("!=", total(EXP), ZERO)), Termwise(k, Sign()), "neither an equation nor an order"),
    ("no terms", Claim(a("<", ZERO, total(a("exp", i), m))), Termwise(k, Sign()), "may have no terms"),
    ("no terms, from above", Claim(a(">", total(a("exp", i), m), ZERO)), Termwise(k, Sign()), "may have no terms"),
    ("another range", Claim(a("<=", total(i), total(size(i), n, ZERO))), Termwise(k, above(k)), "over the same range"),
    ("a product for a sum", Claim(a("<=", total(a("exp", i)), a("product", a("exp", i), i, ONE, n))), Termwise(k, Sign()), "over the same range"),
    ("a number for a sum", Claim(a("<=", total(at(x, i)), t), (a("<=", ZERO, t),)), Termwise(k, Sign()), "over the same range"),
    ("a number for each", Claim(a("<=", total(at(x, i)), ONE)), Termwise(k, Sign()), "over the same range"),
    ("other functions entry by entry", Claim(equal(EACH, multiply(Number(3), x))), Termwise(k, Identity()), "normal forms differ"),
    ("numbers", Claim(a("<=", r, t)), Termwise(k, Sign()), "nothing that has positions"),
    ("equal numbers", Claim(equal(r, t)), Termwise(k, Identity()), "nothing that has positions"),
    ("matrices", Claim(equal(SQUARE, SQUARE)), Termwise(k, Identity()), "nothing that has positions"),
    ("what is at most the greatest", Claim(a("<=", r, greatest(x)), (everywhere(a("<=", r, size(at(x)))),)), Termwise(OTHER, each(1)), "nothing that has positions"),
    ("what equals the greatest", Claim(equal(greatest(x), r), (everywhere(equal(size(at(x)), r)),)), Termwise(OTHER, each(1)), "nothing that has positions"),
    ("the greatest sum of a row", Claim(a("<=", greatest(row), r), (everywhere(a("<=", size(at(row)), r)),)), Termwise(OTHER, each(1)), "no column"),
    ("the greatest sum of a matrix", Claim(a("<=", greatest(SQUARE), r)), Termwise(OTHER, Sign()), "no column"),
    ("the size of a number", Claim(a("<=", greatest(t), r)), Termwise(OTHER, Sign()), "no column"),
    ("a size that is an expression", Claim(a("<=", greatest(long), r)), Termwise(OTHER, Sign()), "positions of a vector whose size is"),
    ("a part that is not shown", Claim(a("<=", total(size(at(x, i))), total(at(x, i)))), Termwise(k, Sign()), "not visible"),
    ("a condition on the position", Claim(a("<=", ZERO, total(a("exp", i)))), Termwise(k, Lemma(equal(a("/", LESS, LESS), ONE), Identity(), Sign())), "a condition on a position"),
]  # fmt: skip


@pytest.mark.parametrize(("claim", "certificate", "reason"), [one[1:] for one in LIARS], ids=[one[0] for one in LIARS])
def test_liars(claim: Claim, certificate: Certificate, reason: str) -> None:
    with pytest.raises(Rejected, match=reason):
        check(claim, certificate, AXIOMS)
