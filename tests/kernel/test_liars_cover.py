"""Covers by boxes: true claims beside their false neighbours, and a liar for each guard."""

from __future__ import annotations

from fractions import Fraction

import pytest

from derive.kernel.certificate import Centered, Certificate, Cover, Enclosed, Halves, Monotone, Rejected, Shown
from derive.kernel.check import check
from derive.kernel.claim import Claim
from derive.kernel.data import canonical_text, from_data, to_data
from derive.kernel.term import (
    EULER,
    INTEGER,
    ONE,
    PI,
    REAL,
    TRUE,
    TWO,
    ZERO,
    Apply,
    Constant,
    Function,
    Lambda,
    Matrix,
    Number,
    Symbol,
    Term,
    add,
    multiply,
    negate,
    subtract,
)

x, y, k = Symbol("x"), Symbol("y"), Symbol("k", INTEGER)
f, v = Symbol("f", Function((REAL,), REAL)), Symbol("v", Matrix(2, 1))


def n(value: int | str) -> Number:
    return Number(Fraction(value))


def of(head: str, *arguments: Term) -> Term:
    return Apply(head, arguments)


def power(base: Term, exponent: int | str) -> Term:
    return of("^", base, n(exponent))


def within(lower: int | str, upper: int | str, symbol: Symbol = x) -> tuple[Term, Term]:
    return of("<=", n(lower), symbol), of("<=", symbol, n(upper))


def above(bound: Term, symbol: Symbol = x) -> tuple[Term]:
    return (of(">", symbol, bound),)


def covered(statement: Term, hypotheses: tuple[Term, ...], shown: Shown) -> tuple[Claim, Certificate]:
    return Claim(statement, hypotheses), Cover(shown)


HERE = Enclosed()
BOX = within(0, 1)


def rising(slope: Shown = HERE, face: Shown = HERE, symbol: Symbol = x) -> Monotone:
    return Monotone(symbol, True, False, slope, face)


def falling(slope: Shown = HERE, face: Shown = HERE) -> Monotone:
    return Monotone(x, False, False, slope, face)


def strictly(slope: Shown = HERE, face: Shown = HERE) -> Monotone:
    return Monotone(x, True, True, slope, face)


def chain(depth: int) -> Shown:
    shown: Shown = HERE
    for _ in range(depth):
        shown = Halves(x, ZERO, shown, HERE)
    return shown


def tree(depth: int) -> Shown:
    return HERE if depth == 0 else Halves(x, ZERO, tree(depth - 1), tree(depth - 1))


SINE, COSINE, LOG, EXP, TAN = (of(head, x) for head in ("sin", "cos", "log", "exp", "tan"))
CUBIC = add(x, multiply(n("-1/6"), power(x, 3)))
HALF_PI = of("/", PI, TWO)

# Name, a true claim, what shows it, and a false neighbour for the same certificate.
PAIRS: dict[str, tuple[Term, tuple[Term, ...], Shown, Term, tuple[Term, ...]]] = {
    "a closed number": (of("<", of("/", n(333), n(106)), PI), (), HERE, of("<", of("/", n(22), n(7)), PI), ()),
    "a sum of roots": (
        of("<", add(of("sqrt", TWO), of("sqrt", n(3))), n("3.147")),
        (),
        HERE,
        of("<", add(of("sqrt", TWO), of("sqrt", n(3))), n("3.146")),
        (),
    ),
    "an open bound": (of(">", EXP, ONE), above(ZERO), HERE, of(">", EXP, ONE), (of(">=", x, ZERO),)),
    "sin x <= x": (of("<=", SINE, x), (of(">=", x, ZERO),), rising(), of("<=", SINE, x), (of(">=", x, n(-1)),)),
    "sin x < x": (
        of("<", SINE, x),
        (*above(ZERO), of("<=", x, ONE)),
        strictly(strictly(strictly())),
        of("<", SINE, x),
        within(0, 1),
    ),
    "ln x <= x - 1": (
        of("<=", LOG, subtract(x, ONE)),
        above(ZERO),
        Halves(x, ONE, falling(), rising()),
        of("<=", LOG, subtract(x, TWO)),
        above(ZERO),
    ),
    "x - x^3/6 <= sin x": (
        of("<=", CUBIC, SINE),
        (of(">=", x, ZERO),),
        rising(rising(rising())),
        of(">=", CUBIC, SINE),
        (of(">=", x, ZERO),),
    ),
    "tight at an irrational end": (
        of("<=", of("sin", x), ONE),
        (of("<=", ZERO, x), of("<=", x, HALF_PI)),
        falling(falling()),
        of("<", of("sin", x), ONE),
        (of("<=", ZERO, x), of("<=", x, HALF_PI)),
    ),
    "the mean value form": (
        of("<=", multiply(x, subtract(ONE, x)), n("0.3")),
        within("0.4", "0.6"),
        Centered(1),
        of("<=", multiply(x, subtract(ONE, x)), n("0.24")),
        within("0.4", "0.6"),
    ),
    "Taylor's polynomial": (
        of("<=", subtract(EXP, add(ONE, x)), n("0.0052")),
        within("-0.1", "0.1"),
        Centered(3),
        of("<=", subtract(EXP, add(ONE, x)), n("0.0051")),
        within("-0.1", "0.1"),
    ),
    "the mean value form with a value": (
        of("<=", multiply(x, subtract(y, x)), n("0.3")),
        (*within("0.4", "0.6"), of("=", y, ONE)),
        Centered(1),
        of("<=", multiply(x, subtract(y, x)), n("0.24")),
        (*within("0.4", "0.6"), of("=", y, ONE)),
    ),
    "two variables": (
        of("<=", add(x, multiply(y, y)), n("2.01")),
        (*BOX, *within(-1, 1, y)),
        HERE,
        of("<=", add(x, multiply(y, y)), n("1.99")),
        (*BOX, *within(-1, 1, y)),
    ),
    "one variable after the other": (
        of(">=", add(x, multiply(x, y), y), n(0)),
        (*BOX, *within(0, 1, y)),
        rising(HERE, rising(symbol=y)),
        of(">=", add(x, multiply(x, y), y), n("0.1")),
        (*BOX, *within(0, 1, y)),
    ),
    "a bound on an absolute value": (
        of("<=", power(x, 2), n(4)),
        (of("<", of("abs", x), TWO),),
        HERE,
        of("<", power(x, 2), n(4)),
        (of("<=", of("abs", x), TWO),),
    ),
    "a linear bound": (
        of("<=", x, n("1.5")),
        (of(">=", subtract(n(3), multiply(TWO, x)), ZERO),),
        HERE,
        of("<", x, n("1.5")),
        (of(">=", subtract(n(3), multiply(TWO, x)), ZERO),),
    ),
    "a value": (
        of(">", power(x, 2), n("1.99")),
        (of("=", x, of("sqrt", TWO)),),
        HERE,
        of(">", power(x, 2), n("2.01")),
        (of("=", x, of("sqrt", TWO)),),
    ),
    "the stricter of two bounds": (
        of("<", x, ONE),
        (of("<=", x, n(3)), of("<=", x, ONE), of("<", x, ONE), of("<=", x, TWO), of(">", x, n(-1)), of(">", x, n(-2))),
        HERE,
        of("<", x, ONE),
        (of("<", x, n(3)), of("<=", x, ONE)),
    ),
    "the value of an absolute value": (
        of("<=", x, ONE),
        (of("=", of("abs", x), ONE),),
        HERE,
        of("<", x, ONE),
        (of("=", of("abs", x), ONE),),
    ),
}

LIARS: list[tuple[str, Claim, Certificate, str]] = [
    (name, *covered(false, under, shown), "does not show|empty") for name, (_, _, shown, false, under) in PAIRS.items()
] + [
    (name, *covered(statement, hypotheses, shown), reason)
    for name, statement, hypotheses, shown, reason in [
        ("an equation", of("=", x, x), (), HERE, "not an inequality"),
        ("no relation", TRUE, (), HERE, "not an inequality"),
        ("an interval that is too wide", of(">", x, ZERO), within(-1, 1), HERE, "the enclosure does not show"),
        ("zero is not positive", of(">", subtract(x, x), ZERO), within(0, 1), HERE, "the enclosure does not show"),
        ("an expansion that is too wide", of(">", x, ZERO), within(-1, 1), Centered(1), "the expansion does not"),
        ("a half line without a middle", of(">", EXP, x), (of(">", x, ZERO),), Centered(1), "without a middle"),
        ("a left half line without a middle", of(">", EXP, x), (of("<", x, ZERO),), Centered(1), "without a middle"),
        ("order 0", of(">", EXP, x), within(0, 1), Centered(0), "an expansion of this order"),
        ("order 13", of(">", EXP, x), within(0, 1), Centered(13), "an expansion of this order"),
        (
            "order 2 of two variables",
            of(">", EXP, y),
            (*within(0, 1), *within(0, "1/2", y)),
            Centered(2),
            "an expansion of this order",
        ),
        ("too deep", of(">=", power(x, 2), ZERO), within(-1, 1), chain(61), "too many boxes"),
        ("too many", of(">=", power(x, 2), ZERO), within(-1, 1), tree(12), "too many boxes"),
        (
            "too long",
            of(">=", of("+", *(x,) * 2_000), ZERO),
            within(0, 1),
            rising(),
            "a derivative of too large a term",
        ),
        ("no end", of(">=", x, ZERO), (), rising(), "does not end"),
        ("another variable", of(">=", x, ZERO), within(0, 1), rising(symbol=y), "without a side"),
        ("halves of another", of(">=", x, ZERO), within(0, 1), Halves(y, ZERO, HERE, HERE), "without a side"),
        ("cut at a variable", of(">=", x, n(-1)), within(-1, 1), Halves(x, x, HERE, HERE), "not closed"),
        ("cut at nothing", of(">=", x, n(-1)), within(0, 1), Halves(x, of("/", ONE, ZERO), HERE, HERE), "may be 0"),
        ("an empty box", of("<", x, n(-9)), (of("<", x, ZERO), of(">", x, ONE)), HERE, "an empty box"),
        ("an empty open box", of("<", x, n(-9)), (of("<", x, ZERO), of(">=", x, ZERO)), HERE, "an empty box"),
        ("a slope of another sign", of(">=", subtract(ONE, x), ZERO), within(0, 2), rising(), "enclosure does not"),
        ("a slope that vanishes", of(">", power(x, 2), ZERO), within(0, 1), strictly(), "enclosure does not show"),
        ("an end that is in the box", of(">", x, ZERO), within(0, 1), strictly(), "enclosure does not show"),
        ("a rise that may stop", of(">", subtract(x, SINE), ZERO), above(ZERO), strictly(), "enclosure does not"),
        ("a hypothesis on another", of(">=", x, ZERO), within(0, 1, y), HERE, "enclosure does not show"),
        ("a bound by a variable", of(">=", x, ZERO), (of(">=", x, y), of(">", y, ZERO)), HERE, "enclosure does not"),
        ("a bound below on |x|", of(">=", x, ONE), (of(">=", of("abs", x), ONE),), HERE, "enclosure does not show"),
        ("a bound on |x - 1|", of(">=", x, n(-1)), (of("<=", of("abs", subtract(x, y)), ONE),), HERE, "enclosure"),
        ("a bound that is undefined", of("<=", x, ONE), (of("<=", x, of("/", ONE, ZERO)),), HERE, "enclosure does not"),
        ("an unequal bound", of("<", x, ONE), (of("!=", x, ONE),), HERE, "enclosure does not show"),
        # What is not smooth has no mean value theorem.
        ("a pole", of(">=", TAN, ZERO), within(0, 3), rising(), "a tangent that may have a pole"),
        ("a pole far away", of(">=", TAN, ZERO), (of(">=", x, ZERO),), rising(), "a tangent that may have a pole"),
        ("1/x through 0", of(">=", ONE, of("/", ONE, x)), within(-1, "1/2"), rising(), "a divisor that may be 0"),
        ("log at 0", of("<=", LOG, n(9)), within(0, 1), falling(), "a logarithm that may be undefined"),
        ("sqrt at 0", of(">=", of("sqrt", x), x), within(0, "1/2"), rising(), "a root that may not be smooth"),
        ("a cube root at 0", of(">=", of("root", x, n(3)), n(-1)), within(-1, 1), rising(), "a root that may not be"),
        ("|x| at 0", of(">=", of("abs", x), ZERO), within(-1, 1), rising(), "an absolute value or sign that may"),
        ("sgn at 0", of(">=", of("sgn", x), n(-1)), within(-1, 1), rising(), "an absolute value or sign that may"),
        ("arcsin at 1", of(">=", of("arcsin", x), ZERO), within(0, 1), rising(), "an inverse sine or cosine that may"),
        ("arccos at -1", of("<=", of("arccos", x), PI), within(-1, 0), rising(), "an inverse sine or cosine that"),
        ("max", of(">=", of("max", x, ZERO), ZERO), within(-1, 1), rising(), "a minimum or maximum that may change"),
        ("floor", of(">=", of("floor", x), ZERO), within(0, 1), rising(), "no enclosure of floor"),
        ("0^x", of(">=", of("^", y, x), ZERO), (*BOX, *within(0, 1, y)), rising(), "a power whose base may not be"),
        # No values.
        ("x^k of a negative x", of(">=", of("^", x, k), ZERO), within(-1, 1), HERE, "a power whose base may not be"),
        ("log of what is negative", of(">=", LOG, ZERO), within(-2, -1), HERE, "a logarithm that is defined nowhere"),
        ("sqrt of what is negative", of(">=", of("sqrt", x), ZERO), within(-2, -1), HERE, "a root that is defined no"),
        ("arcsin above 1", of(">=", of("arcsin", x), ZERO), within(2, 3), HERE, "an inverse sine that is defined no"),
        ("arcsin below -1", of(">=", of("arcsin", x), ZERO), within(-3, -2), HERE, "an inverse sine that is defined"),
        ("a high power", of(">=", power(x, 402), ZERO), within(0, 1), HERE, "a power of too high an exponent"),
        ("a high root", of(">=", of("root", x, n(102)), ZERO), within(0, 1), HERE, "a root of too high an index"),
        ("a function", of(">=", of("apply", f, x), ZERO), within(0, 1), HERE, "no enclosure of apply"),
        ("a vector", of(">=", of("norm", v), ZERO), (), HERE, "a value that is not a number"),
        ("a zero vector", of(">=", of("norm", Constant("zero", Matrix(2, 1))), ZERO), (), HERE, "not a number"),
    ]
]


@pytest.mark.parametrize("name", PAIRS)
def test_a_true_claim_is_shown(name: str) -> None:
    statement, hypotheses, shown, _, _ = PAIRS[name]
    claim, certificate = covered(statement, hypotheses, shown)
    check(claim, certificate)
    assert from_data(to_data(certificate)) == certificate
    assert canonical_text(certificate)


@pytest.mark.parametrize(("name", "claim", "certificate", "reason"), LIARS, ids=[row[0] for row in LIARS])
def test_a_liar_is_rejected(name: str, claim: Claim, certificate: Certificate, reason: str) -> None:
    with pytest.raises(Rejected, match=reason):
        check(claim, certificate)


def test_what_may_be_undefined_stays_a_condition() -> None:
    claim, certificate = covered(of("<=", of("/", n(-1), power(x, 2)), ZERO), (), HERE)
    assert check(claim, certificate) == (of("!=", power(x, 2), ZERO),)


def test_values_at_multiples_of_pi_are_exact() -> None:
    for term in (
        subtract(of("sin", of("/", PI, n(6))), n("1/2")),
        subtract(power(of("cos", of("/", multiply(n(3), PI), n(4))), 2), n("1/2")),
        subtract(of("tan", of("/", PI, n(4))), ONE),
        of("sin", multiply(n(7), PI)),
        subtract(of("cos", negate(of("/", PI, n(3)))), n("1/2")),
    ):
        check(*covered(of(">=", term, ZERO), (), HERE))
    least = of("^", n("1/2"), n(4))
    parts = (of("sin", of("/", PI, n(12))), of("sin", EULER), of("tan", of("sqrt", TWO)), of("sin", of("tan", HALF_PI)))
    for term in (*parts, of("sin", n(-(1 << 5_000))), of("cos", of("/", ONE, subtract(least, least)))):
        with pytest.raises(Rejected):
            check(*covered(of(">=", subtract(term, term), ONE), (), HERE))


def test_the_zero_of_a_notation_or_a_lambda_is_not_asked() -> None:
    with pytest.raises(Rejected):
        check(*covered(of(">=", of("notation", Symbol("s")), ZERO), (), HERE))
    with pytest.raises(Rejected):
        check(*covered(of(">=", of("apply", Lambda((x,), x), ONE), ZERO), (), HERE))
