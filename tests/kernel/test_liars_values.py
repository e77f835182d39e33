"""Liars for the values of closed parts: each value stands beside those that are not it."""

from __future__ import annotations

from fractions import Fraction

import pytest

from derive.kernel.certificate import Certificate, Evaluated, Identity, Lemma, Rejected, Sign
from derive.kernel.check import check
from derive.kernel.claim import Claim
from derive.kernel.cover import exact
from derive.kernel.data import from_data, to_data
from derive.kernel.term import ONE, PI, TWO, ZERO, Apply, Number, Symbol, Term, add, equal, multiply, negate

x, u = Symbol("x"), Symbol("u")


def a(head: str, *arguments: Term) -> Apply:
    return Apply(head, arguments)


def over(above: Term, below: Term) -> Apply:
    return a("/", above, below)


def turn(twelfths: int) -> Term:
    return multiply(Number(Fraction(twelfths, 12)), PI)


ROOT2, ROOT3 = a("sqrt", TWO), a("sqrt", Number(3))
HALF = over(ONE, TWO)
BY_VALUE = Evaluated(Identity())
NONZERO = a("!=", u, ZERO)

ACCEPTED: list[tuple[str, Claim, Certificate, tuple[Term, ...]]] = [
    ("an angle by its tangent", Claim(equal(a("arctan", ROOT3), turn(4))), BY_VALUE, ()),
    ("by its tangent, below 0", Claim(equal(a("arctan", negate(over(ROOT3, Number(3)))), turn(-2))), BY_VALUE, ()),
    ("by its sine", Claim(equal(a("arcsin", HALF), turn(2))), BY_VALUE, ()),
    ("by its sine, the first", Claim(equal(a("arcsin", negate(ONE)), turn(-6))), BY_VALUE, ()),
    ("by its cosine, the last", Claim(equal(a("arccos", negate(ONE)), PI)), BY_VALUE, ()),
    ("by its cosine", Claim(equal(a("arccos", negate(HALF)), turn(8))), BY_VALUE, ()),
    ("beside a letter", Claim(equal(add(x, a("arctan", ONE)), add(turn(3), x))), BY_VALUE, ()),
    ("one in the other", Claim(equal(a("exp", a("exp", a("arctan", ZERO))), a("exp", ONE))), BY_VALUE, ()),
    ("what is undefined stays a condition", Claim(equal(add(over(u, u), a("arctan", ONE)), add(ONE, turn(3)))), BY_VALUE, (NONZERO,)),
    (
        "what the proof behind it needs",
        Claim(equal(a("arctan", ONE), turn(3))),
        Evaluated(Lemma(equal(over(u, u), ONE), Identity(), Identity())),
        (NONZERO,),
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("claim", "certificate", "conditions"), [one[1:] for one in ACCEPTED], ids=[one[0] for one in ACCEPTED]
)
def test_accepted(claim: Claim, certificate: Certificate, conditions: tuple[Term, ...]) -> None:
    assert check(claim, certificate) == conditions
    assert from_data(to_data(certificate)) == certificate


DIFFER = "the normal forms differ"
LIARS: list[tuple[str, Claim, Certificate, str]] = [
    ("of the next angle with that tangent", Claim(equal(a("arctan", ONE), turn(15))), BY_VALUE, DIFFER),
    ("of the next angle with that sine", Claim(equal(a("arcsin", HALF), turn(10))), BY_VALUE, DIFFER),
    ("of the other angle with that cosine", Claim(equal(a("arccos", HALF), turn(-4))), BY_VALUE, DIFFER),
    ("of the sine for the cosine", Claim(equal(a("arcsin", HALF), turn(4))), BY_VALUE, DIFFER),
    ("of the tangent for the sine", Claim(equal(a("arctan", HALF), turn(2))), BY_VALUE, DIFFER),
    ("of a number next to a tangent", Claim(equal(a("arctan", Number(Fraction(10_001, 10_000))), turn(3))), BY_VALUE, DIFFER),
    ("of a tangent without a short name", Claim(equal(a("arctan", over(ONE, Number(4))), turn(1))), BY_VALUE, DIFFER),
    ("of a tangent near the end", Claim(equal(a("arctan", Number(10**9)), turn(6))), BY_VALUE, DIFFER),
    ("of a sine beyond 1", Claim(equal(a("arcsin", TWO), turn(6))), BY_VALUE, DIFFER),
    ("of a letter", Claim(equal(a("arctan", x), turn(3))), BY_VALUE, DIFFER),
    ("of something else behind it", Claim(equal(a("arctan", ONE), turn(3))), Evaluated(Sign()), "not about a sign"),
]  # fmt: skip


@pytest.mark.parametrize(("claim", "certificate", "reason"), [one[1:] for one in LIARS], ids=[one[0] for one in LIARS])
def test_liars(claim: Claim, certificate: Certificate, reason: str) -> None:
    with pytest.raises(Rejected, match=reason):
        check(claim, certificate)


@pytest.mark.parametrize(("head", "first", "last"), [("arctan", -5, 5), ("arcsin", -6, 6), ("arccos", 0, 12)])
def test_angles_are_recovered_from_their_values(head: str, first: int, last: int) -> None:
    """f(t) = k pi/12 where the function has that value; sines of pi/12 have no short names here."""
    direct = {"arctan": "tan", "arcsin": "sin", "arccos": "cos"}[head]
    for twelfths in range(first, last + 1):
        value = exact(a(direct, turn(twelfths)))
        short = twelfths % 2 == 0 or twelfths % 3 == 0
        assert exact(a(head, value)) == (turn(twelfths) if short else a(head, value))


def test_values_are_those_of_the_functions() -> None:
    from math import acos, asin, atan, pi, sqrt

    for term, value in (
        (a("arctan", ROOT3), atan(sqrt(3))),
        (a("arcsin", over(ROOT2, TWO)), asin(sqrt(2) / 2)),
        (a("arccos", negate(HALF)), acos(-0.5)),
        (a("arccos", over(ROOT3, negate(TWO))), acos(-sqrt(3) / 2)),
    ):
        found = exact(term)
        assert isinstance(found, Apply)
        factor = found.arguments[0]
        assert isinstance(factor, Number)
        assert abs(float(factor.value) * pi - value) < 1e-12
