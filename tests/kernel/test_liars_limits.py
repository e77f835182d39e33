"""Limits by derivatives: what is accepted, with what conditions, and a liar for every guard."""

from __future__ import annotations

from fractions import Fraction

import pytest

from derive.kernel.certificate import Certificate, Identity, Lemma, Limited, Rejected, Sign
from derive.kernel.check import check
from derive.kernel.claim import Claim
from derive.kernel.data import from_data, to_data
from derive.kernel.evaluation import Undecided, evaluate
from derive.kernel.term import (
    INTEGER,
    ONE,
    PI,
    TWO,
    ZERO,
    Apply,
    Matrix,
    Number,
    Symbol,
    Term,
    add,
    equal,
    multiply,
    negate,
    subtract,
)

x, a, c, y = (Symbol(name) for name in "xacy")
k = Symbol("k", INTEGER)
v = Symbol("v", Matrix("n", 1))


def of(head: str, *arguments: Term) -> Apply:
    return Apply(head, arguments)


def limit(body: Term, point: Term = ZERO, variable: Term = x) -> Apply:
    return of("limit", body, variable, point)


def over(above: Term, below: Term) -> Term:
    return of("/", above, below)


def power(base: Term, exponent: int) -> Term:
    return of("^", base, Number(exponent))


SINC = limit(over(of("sin", x), x))
COSINE = limit(over(subtract(ONE, of("cos", x)), power(x, 2)))
SQUARES = limit(over(subtract(power(x, 2), power(a, 2)), subtract(x, a)), a)
LOGARITHM = limit(over(of("log", add(ONE, x)), x))
ROOT = limit(of("sqrt", x), a)
SCALED = limit(over(multiply(x, over(c, c)), x))
ZERO_TIMES = limit(multiply(ZERO, x), over(ONE, c))


def careful(certificate: Certificate) -> Certificate:
    """The certificate behind something that holds for c != 0 only."""
    return Lemma(equal(over(c, c), ONE), Identity(), certificate)


KEPT: list[tuple[str, Claim, Certificate]] = [
    ("sin x over x", Claim(equal(SINC, ONE)), Limited(SINC, 1, Identity())),
    ("of the second order", Claim(equal(COSINE, over(ONE, TWO))), Limited(COSINE, 2, Identity())),
    ("at a letter", Claim(equal(SQUARES, multiply(TWO, a))), Limited(SQUARES, 1, Identity())),
    ("of a logarithm", Claim(equal(LOGARITHM, ONE)), Limited(LOGARITHM, 1, Identity())),
    ("of a continuous function", Claim(equal(ROOT, of("sqrt", a)), (of(">", a, ZERO),)), Limited(ROOT, 0, Identity())),
    ("where something need not be defined", Claim(equal(SCALED, ONE)), Limited(SCALED, 1, Identity())),
    ("at a point that need not be defined", Claim(equal(ZERO_TIMES, ZERO)), Limited(ZERO_TIMES, 0, Identity())),
    ("a value with a condition", Claim(equal(SINC, ONE)), Limited(SINC, 1, careful(Identity()))),
    ("where a root need not have a derivative", Claim(equal(ROOT, of("sqrt", a))), Limited(ROOT, 0, Identity())),
]


def test_conditions() -> None:
    found = {name: check(claim, certificate) for name, claim, certificate in KEPT}
    there = (of("!=", c, ZERO),)
    assert found["where a root need not have a derivative"] == (of(">", a, ZERO),)
    for name in (
        "where something need not be defined",
        "at a point that need not be defined",
        "a value with a condition",
    ):
        assert found.pop(name) == there
    found.pop("where a root need not have a derivative")
    assert set(found.values()) == {()}


INTEGERS = limit(k, ZERO, k)
VECTORS = limit(v)
NO_SYMBOL = of("limit", x, ONE, ZERO)
OWN_POINT = limit(x, x)
ABSOLUTE = limit(over(of("abs", x), x))
AT_END = limit(of("sqrt", x))

LIARS: list[tuple[str, Claim, Certificate, str]] = [
    ("a wrong limit", Claim(equal(SINC, TWO)), Limited(SINC, 1, Identity()), "the normal forms differ"),
    ("derivatives too early", Claim(equal(COSINE, over(ONE, TWO))), Limited(COSINE, 1, Sign()), "sign"),
    ("derivatives too late", Claim(equal(SINC, ZERO)), Limited(SINC, 2, Identity()), "that does not vanish"),
    ("of an absolute value at 0", Claim(equal(ABSOLUTE, ONE)), Limited(ABSOLUTE, 1, Identity()), "of sgn is not known"),
    ("of a root at its end", Claim(equal(AT_END, ZERO)), Limited(AT_END, 0, Identity()), "what the derivatives at the point need"),
    ("something else than a limit", Claim(equal(SINC, ONE)), Limited(of("sin", x), 1, Identity()), "not a limit"),
    ("a symbol for the limit", Claim(equal(SINC, ONE)), Limited(x, 1, Identity()), "not a limit"),
    ("over a number", Claim(equal(SINC, ONE)), Limited(NO_SYMBOL, 0, Identity()), "over something else than real numbers"),
    ("over integers", Claim(equal(INTEGERS, ZERO)), Limited(INTEGERS, 0, Identity()), "over something else than real numbers"),
    ("of vectors", Claim(equal(VECTORS, v)), Limited(VECTORS, 0, Identity()), "over something else than real numbers"),
    ("at its own variable", Claim(equal(OWN_POINT, x)), Limited(OWN_POINT, 0, Identity()), "occurs outside of it"),
    ("of a variable of which something is known", Claim(equal(SINC, ONE), (of(">", x, ZERO),)), Limited(SINC, 1, Identity()), "occurs outside of it"),
    ("of too high an order", Claim(equal(SINC, ONE)), Limited(SINC, 9, Identity()), "of such an order"),
    ("a limit that is left", Claim(equal(SINC, SINC)), Identity(), "where a limit exists"),
]  # fmt: skip


@pytest.mark.parametrize(("claim", "certificate", "reason"), [one[1:] for one in LIARS], ids=[one[0] for one in LIARS])
def test_liars(claim: Claim, certificate: Certificate, reason: str) -> None:
    with pytest.raises(Rejected, match=reason):
        check(claim, certificate)


def test_it_is_data() -> None:
    certificate = KEPT[0][2]
    assert from_data(to_data(certificate)) == certificate


def test_values() -> None:
    taylor = limit(over(add(of("sin", x), negate(x), over(power(x, 3), Number(6))), power(x, 5)))
    assert evaluate(taylor, {}, {}) == Fraction(1, 120)
    assert evaluate(SQUARES, {a: Number(3)}, {}) == 6
    assert evaluate(limit(of("sin", x), PI), {}, {}) == 0
    assert evaluate(limit(over(x, y)), {y: TWO}, {}) == 0
    for body in (of("abs", x), over(ONE, x), over(power(x, 9), power(x, 8)), of("floor", x)):
        with pytest.raises(Undecided):
            evaluate(limit(body), {}, {})
    with pytest.raises(Undecided, match="whether a limit exists"):
        evaluate(limit(multiply(x, of("log", y))), {y: negate(ONE)}, {})
