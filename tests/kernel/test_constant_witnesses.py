"""Witnesses that are real numbers without being rational: what is admitted, what it decides, and every liar."""

from __future__ import annotations

import pytest

from derive.kernel.certificate import Counterexample, Rejected
from derive.kernel.claim import Claim
from derive.kernel.refute import refute
from derive.kernel.term import (
    EULER,
    INTEGER,
    ONE,
    PI,
    TWO,
    ZERO,
    Apply,
    Constant,
    Function,
    Lambda,
    Matrix,
    Number,
    Scalar,
    Symbol,
    Term,
    add,
    equal,
    multiply,
    negate,
)

x, y = Symbol("x"), Symbol("y")
ROOT = Apply("sqrt", (TWO,))
SQUARE_IS_TWO = equal(Apply("^", (x, TWO)), TWO)


def at(value: Term, symbol: Symbol = x) -> Counterexample:
    return Counterexample(((symbol, value),))


def test_a_root_where_enclosures_would_overlap() -> None:
    """x^2 = 2 is seen by the normal form of sqrt(2)^2; x = sqrt(2) does not refute what it satisfies."""
    assert refute(Claim(Apply(">", (x, ZERO)), (SQUARE_IS_TWO,)), at(negate(ROOT))) == ("-1.4142136...", "0")
    assert refute(Claim(Apply("!=", (Apply("^", (x, TWO)), TWO))), at(ROOT))[1] == "2"
    for head in ("<", ">"):
        refute(Claim(Apply(head, (Apply("^", (x, TWO)), TWO))), at(ROOT))
    for statement in (
        SQUARE_IS_TWO,
        Apply("<=", (TWO, Apply("^", (x, TWO)))),
        Apply(">=", (TWO, Apply("^", (x, TWO)))),
    ):
        with pytest.raises(Rejected, match="holds at this point"):
            refute(Claim(statement), at(ROOT))


def test_other_constants() -> None:
    assert refute(Claim(equal(Apply("sin", (x,)), x)), at(PI))[1] == "3.1415927..."
    refute(Claim(Apply("<", (Apply("log", (x,)), ONE))), at(multiply(TWO, EULER)))
    refute(Claim(equal(x, Number(3))), at(Apply("root", (Number(30), Number(3)))))


def test_what_is_not_seen_to_agree_is_not_decided() -> None:
    nested = Apply("sqrt", (add(Number(3), multiply(TWO, ROOT)),))
    with pytest.raises(Rejected, match="not decided"):
        refute(Claim(Apply("!=", (x, add(ONE, ROOT)))), at(nested))
    huge = Apply("^", (x, Number(99_999)))
    with pytest.raises(Rejected, match="not decided"):
        refute(Claim(Apply("!=", (add(huge, ROOT), add(ROOT, huge)))), at(ROOT))


IS_SEVEN = Claim(equal(x, Number(7)))
LIARS: list[tuple[Term, str]] = [
    (Apply("log", (Number(-1),)), "undefined"),
    (Apply("/", (ONE, ZERO)), "undefined"),
    (Apply("sqrt", (y,)), "no real number"),
    (Apply("sqrt", (x,)), "no real number"),
    (equal(ONE, ONE), "no real number"),
    (Constant("true", equal(ONE, ONE) and Symbol("p", Matrix(1, 1)).sort), "no real number"),
    (Constant("zero", Matrix(2, 1)), "no real number"),
    (Apply("tan", (ONE,)), "no real number"),
    (Apply("matrix", (Apply("row", (ONE,)),)), "no real number"),
    (Apply("apply", (Lambda((y,), y), ONE)), "no real number"),
    (Apply("+", (ROOT, Apply("+", (ROOT,)))), "malformed"),
    (Lambda((y,), y), "not in its domain"),
    (y, "not in its domain"),
]


@pytest.mark.parametrize(("value", "reason"), LIARS)
def test_liars(value: Term, reason: str) -> None:
    with pytest.raises(Rejected, match=reason):
        refute(IS_SEVEN, at(value))


def test_only_real_symbols_have_such_values() -> None:
    for sort in (INTEGER, Scalar("rational"), Scalar("complex")):
        symbol = Symbol("k", sort)
        with pytest.raises(Rejected, match="not in its domain"):
            refute(Claim(equal(symbol, Number(7))), at(ROOT, symbol))
    vector = Symbol("v", Matrix(2, 1))
    with pytest.raises(Rejected, match="its shape"):
        refute(Claim(equal(vector, vector)), at(ROOT, vector))
    function = Symbol("f", Function((x.sort,), x.sort, 1))
    with pytest.raises(Rejected, match="cannot have a value"):
        refute(Claim(equal(Apply("apply", (function, ONE)), ONE)), at(ROOT, function))


def test_an_expansion_takes_rational_points_only() -> None:
    near = Apply("approx", (multiply(x, x), ZERO, x, y, ONE))
    with pytest.raises(Rejected, match="not rational"):
        refute(Claim(near), Counterexample(((y, ROOT),)))
