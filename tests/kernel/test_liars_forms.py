"""Liars for definite matrices by their forms, and for greatest singular values by images: what is accepted stands beside what is wrong in one way."""

from __future__ import annotations

import pytest

from derive.kernel.certificate import (
    Assumed,
    ByForm,
    ByImages,
    Certificate,
    Identity,
    Lemma,
    Rejected,
    Sign,
    Square,
    Squares,
)
from derive.kernel.check import check
from derive.kernel.claim import Claim
from derive.kernel.term import ONE, TRUE, ZERO, Apply, Constant, Matrix, Symbol, Term, equal, multiply, subtract

A = Symbol("A", Matrix("n", "n"))
X, row = Symbol("X", Matrix("m", "n")), Symbol("w", Matrix(1, "n"))
y, z = (Symbol(name, Matrix("n", 1)) for name in "yz")
c = Symbol("c")
IDENTITY = Constant("identity", Matrix("n", "n"))


def turned(term: Term) -> Term:
    return Apply("transpose", (term,))


def definite(term: Term) -> Apply:
    return Apply("positive_definite", (term,))


def semidefinite(term: Term) -> Apply:
    return Apply("positive_semidefinite", (term,))


GRAM = multiply(turned(X), X)
OUTER = multiply(turned(row), row)
SUM = Apply("+", (GRAM, IDENTITY))
GRAM_IS_SQUARE = Squares((Square(ONE, (), multiply(X, y)),))
SUM_IS_SQUARES = Squares((Square(ONE, (), multiply(X, y)), Square(ONE, (), y)))
OVER_C = Apply("/", (GRAM, multiply(c, c)))
POSITIVE_C = Apply(">", (c, ZERO))
NOT_ZERO = Apply("!=", (y, Constant("zero", y.sort)))
FORM_OF_A = Apply(">=", (multiply(turned(y), A, y), ZERO))

ACCEPTED: list[tuple[str, Claim, Certificate, tuple[Term, ...]]] = [
    ("a Gram matrix", Claim(semidefinite(GRAM)), ByForm(y, Identity(), GRAM_IS_SQUARE), ()),
    ("and the identity", Claim(definite(SUM)), ByForm(y, Identity(), SUM_IS_SQUARES), ()),
    ("a product of a column and a row", Claim(semidefinite(OUTER)), ByForm(y, Identity(), Squares((Square(ONE, (), multiply(row, y)),))), ()),
    (
        "with the condition of the matrix",
        Claim(semidefinite(OVER_C)),
        ByForm(y, Identity(), Squares((Square(Apply("/", (ONE, multiply(c, c))), (), multiply(X, y)),))),
        (Apply("!=", (multiply(c, c), ZERO)),),
    ),
    ("where the column is not 0", Claim(definite(SUM)), ByForm(y, Identity(), Lemma(NOT_ZERO, Assumed(0), SUM_IS_SQUARES)), ()),
    ("under a hypothesis", Claim(definite(multiply(c, IDENTITY)), (POSITIVE_C,)), ByForm(y, Identity(), Squares((Square(c, (), y),))), ()),
    ("beside a form in another column", Claim(semidefinite(GRAM), (Apply(">=", (multiply(turned(z), A, z), ZERO)),)), ByForm(y, Identity(), GRAM_IS_SQUARE), ()),
]  # fmt: skip

LONGER = Apply("norm", (multiply(X, y),))
LENGTH = Apply("norm", (y,))
GREATEST = Apply("norm_spectral", (X,))
BOUNDED = Apply("<=", (LONGER, multiply(c, LENGTH)))
SPECIAL = Apply("<=", (Apply("norm", (multiply(X, z),)), multiply(c, Apply("norm", (z,)))))


def at_most(bound: Term) -> Apply:
    return Apply("<=", (GREATEST, bound))


ACCEPTED += [
    ("no image is longer", Claim(Apply("<=", (Apply("norm_spectral", (IDENTITY,)), ONE))), ByImages(y, Squares(())), ()),
    ("written the other way round", Claim(Apply(">=", (ONE, Apply("norm_spectral", (IDENTITY,))))), ByImages(y, Squares(())), ()),
    (
        "with the condition of the bound",
        Claim(Apply("<=", (Apply("norm_spectral", (IDENTITY,)), Apply("/", (c, c))))),
        ByImages(y, Squares(())),
        (Apply("!=", (c, ZERO)),),
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("claim", "certificate", "conditions"), [one[1:] for one in ACCEPTED], ids=[one[0] for one in ACCEPTED]
)
def test_accepted(claim: Claim, certificate: Certificate, conditions: tuple[Term, ...]) -> None:
    assert check(claim, certificate) == conditions


NORM = Apply("norm", (y,))
LIARS: list[tuple[str, Claim, Certificate, str]] = [
    ("no matrix at all", Claim(Apply(">=", (multiply(c, c), ZERO))), ByForm(y, Identity(), Sign()), "not that a matrix is definite"),
    ("true", Claim(TRUE), ByForm(y, Identity(), Sign()), "not that a matrix is definite"),
    ("a column of another length", Claim(semidefinite(GRAM)), ByForm(Symbol("y", Matrix("m", 1)), Identity(), GRAM_IS_SQUARE), "no column of that length"),
    ("a row", Claim(semidefinite(GRAM)), ByForm(row, Identity(), GRAM_IS_SQUARE), "no column of that length"),
    ("a number", Claim(semidefinite(GRAM)), ByForm(c, Identity(), GRAM_IS_SQUARE), "no column of that length"),
    # z^T A z >= 0 for one z says nothing of A.
    ("a column that is known", Claim(semidefinite(A), (equal(turned(A), A), FORM_OF_A)), ByForm(y, Assumed(0), Assumed(1)), "used elsewhere"),
    ("a column of the matrix", Claim(semidefinite(multiply(y, turned(y)))), ByForm(y, Identity(), Squares((Square(ONE, (), multiply(turned(y), y)),))), "used elsewhere"),
    ("a name that is known", Claim(semidefinite(GRAM), (POSITIVE_C,)), ByForm(Symbol("c", Matrix("n", 1)), Identity(), GRAM_IS_SQUARE), "used elsewhere"),
    ("not symmetric", Claim(semidefinite(A)), ByForm(y, Identity(), Squares(())), "the normal forms differ"),
    ("a form that may be negative", Claim(semidefinite(subtract(GRAM, IDENTITY))), ByForm(y, Identity(), GRAM_IS_SQUARE), "not the difference"),
    ("definite for semidefinite", Claim(definite(GRAM)), ByForm(y, Identity(), GRAM_IS_SQUARE), "no addend is shown to be positive"),
    ("a column that may be 0", Claim(semidefinite(SUM)), ByForm(y, Identity(), Lemma(NOT_ZERO, Assumed(0), SUM_IS_SQUARES)), "no hypothesis"),
    (
        "a condition on the column",
        Claim(semidefinite(GRAM)),
        ByForm(y, Identity(), Lemma(equal(Apply("/", (NORM, NORM)), ONE), Identity(), GRAM_IS_SQUARE)),
        "a condition on the column",
    ),
]  # fmt: skip

LIARS += [
    ("no bound", Claim(equal(GREATEST, c)), ByImages(y, Sign()), "not an order relation"),
    ("a strict bound", Claim(Apply("<", (GREATEST, c)), (BOUNDED,)), ByImages(z, Assumed(0)), "a strict bound"),
    ("a lower bound", Claim(Apply(">=", (GREATEST, c))), ByImages(y, Sign()), "bounds something else"),
    ("a bound of another norm", Claim(Apply("<=", (Apply("norm", (X,)), c))), ByImages(y, Sign()), "bounds something else"),
    ("a bound of a number", Claim(Apply("<=", (Apply("norm_spectral", (c,)), c))), ByImages(y, Sign()), "no column of that length"),
    ("an image of a column of another length", Claim(at_most(c)), ByImages(Symbol("y", Matrix("m", 1)), Sign()), "no column of that length"),
    ("an image of a row", Claim(at_most(c)), ByImages(row, Sign()), "no column of that length"),
    # |X z| <= c |z| for one z says nothing of others.
    ("the image of a column that is known", Claim(at_most(c), (SPECIAL,)), ByImages(z, Assumed(0)), "used elsewhere"),
    ("an image that is longer", Claim(at_most(c)), ByImages(y, Sign()), "sign is not visible"),
    ("a bound that is too small", Claim(Apply("<=", (Apply("norm_spectral", (IDENTITY,)), ZERO))), ByImages(y, Squares(())), "not the difference"),
    (
        "a condition on the column of an image",
        Claim(Apply("<=", (Apply("norm_spectral", (IDENTITY,)), ONE))),
        ByImages(y, Lemma(equal(Apply("/", (LENGTH, LENGTH)), ONE), Identity(), Squares(()))),
        "a condition on the column",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("claim", "certificate", "reason"), [one[1:] for one in LIARS], ids=[one[0] for one in LIARS])
def test_liars(claim: Claim, certificate: Certificate, reason: str) -> None:
    with pytest.raises(Rejected, match=reason):
        check(claim, certificate)
