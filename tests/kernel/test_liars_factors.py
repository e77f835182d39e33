"""Liars for the factors of definite matrices: what is accepted stands beside what is wrong in one way."""

from __future__ import annotations

import pytest

from derive.kernel.certificate import (
    Assumed,
    Certificate,
    Factored,
    Identity,
    Lemma,
    Rejected,
    Rewrite,
    Sign,
    Square,
    Squares,
)
from derive.kernel.check import check
from derive.kernel.claim import Claim
from derive.kernel.data import from_data, to_data
from derive.kernel.term import ONE, ZERO, Apply, Constant, Matrix, Symbol, Term, add, equal, multiply

COLUMN, RECTANGLE, SQUARE = Matrix("n", 1), Matrix("m", "n"), Matrix("n", "n")
x, P, R, S = (Symbol(name, sort) for name, sort in (("x", COLUMN), ("P", SQUARE), ("R", SQUARE), ("S", RECTANGLE)))
c, t = Symbol("c"), Symbol("t")


def of(head: str, *arguments: Term) -> Apply:
    return Apply(head, arguments)


POSITIVE = of("positive_definite", P)
SEMIDEFINITE = of("positive_semidefinite", P)


def form(one: Term, matrix: Term, other: Term) -> Term:
    return multiply(of("transpose", one), matrix, other)


def factored(
    inner: Certificate, *, strict: bool = True, proof: Certificate = Sign(), factor: Symbol = R, matrix: Term = P
) -> Certificate:
    return Factored(matrix, factor, strict, proof, inner)


LENGTH = Squares((Square(ONE, (), multiply(R, x)),))
LONGER = Claim(of("<=", ZERO, form(x, P, x)), (POSITIVE,))
BY_LENGTH = Rewrite(1, False, LENGTH)
DETERMINANT = of("!=", of("det", R), ZERO)
WITH_UNIT = add(multiply(of("transpose", R), R), Constant("identity", SQUARE))  # is no R^T R
INVERTIBLE = Claim(of("!=", of("det", P), ZERO), (POSITIVE,))

ACCEPTED: list[tuple[str, Claim, Certificate]] = [
    ("a length", LONGER, factored(BY_LENGTH)),
    ("a length where it may vanish", Claim(LONGER.statement, (SEMIDEFINITE,)), factored(BY_LENGTH, strict=False)),
    ("a definite matrix with a condition", LONGER, factored(BY_LENGTH, proof=Lemma(equal(of("/", c, c), ONE), Identity(), Sign()))),
    ("a determinant", LONGER, factored(Lemma(DETERMINANT, Assumed(2), BY_LENGTH))),
    ("a factor with a condition", LONGER, factored(Lemma(equal(of("/", c, c), ONE), Identity(), Rewrite(1, False, LENGTH)))),
]  # fmt: skip

LIARS: list[tuple[str, Claim, Certificate, str]] = [
    ("a form that need not be positive", Claim(LONGER.statement), factored(Rewrite(0, False, LENGTH)), "not visibly definite"),
    ("a definite matrix that is semidefinite", Claim(LONGER.statement, (SEMIDEFINITE,)), factored(BY_LENGTH), "not visibly definite"),
    ("an inverse of a semidefinite matrix", Claim(INVERTIBLE.statement, (SEMIDEFINITE,)), factored(Sign(), strict=False), "sign is not visible"),
    ("a factor that is known", Claim(LONGER.statement, (POSITIVE, equal(R, P))), factored(Rewrite(2, False, LENGTH)), "a name that is used"),
    ("a factor that is asked for", Claim(of("<=", ZERO, form(x, R, x)), (POSITIVE,)), factored(Rewrite(1, False, LENGTH)), "a name that is used"),
    ("a factor that is the matrix", LONGER, factored(BY_LENGTH, factor=P), "a name that is used"),
    ("a factor of another shape", LONGER, factored(BY_LENGTH, factor=S), "of another shape"),
    ("a factor of a number", Claim(of("<=", ZERO, c), (of("<", ZERO, c),)), factored(Sign(), matrix=c, factor=t), "of another shape"),
    ("a condition on the factor", LONGER, factored(Lemma(equal(of("/", of("det", add(R, R)), of("det", add(R, R))), ONE), Identity(), Rewrite(1, False, LENGTH)), strict=False), "a condition on a factor"),
    ("a matrix with the factor in it", LONGER, factored(BY_LENGTH, strict=False, matrix=WITH_UNIT), "a name that is used"),
    ("a determinant of a factor that may have none", Claim(LONGER.statement, (SEMIDEFINITE,)), factored(Lemma(DETERMINANT, Assumed(2), BY_LENGTH), strict=False), "no hypothesis|number"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "claim", "certificate"), ACCEPTED, ids=[one[0] for one in ACCEPTED])
def test_accepted(name: str, claim: Claim, certificate: Certificate) -> None:
    assert check(claim, certificate) == ((of("!=", c, ZERO),) if name.endswith("with a condition") else ())
    assert from_data(to_data(certificate)) == certificate


@pytest.mark.parametrize(("claim", "certificate", "reason"), [one[1:] for one in LIARS], ids=[one[0] for one in LIARS])
def test_liars(claim: Claim, certificate: Certificate, reason: str) -> None:
    with pytest.raises(Rejected, match=reason):
        check(claim, certificate)
