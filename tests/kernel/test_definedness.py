"""Where terms are defined: the statements, their guards, and that evaluation agrees with them."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from derive.kernel.certificate import Identity, Rejected
from derive.kernel.check import check
from derive.kernel.claim import Claim
from derive.kernel.definedness import obligations
from derive.kernel.evaluation import Undecided, Undefined, evaluate
from derive.kernel.sorting import sort_of
from derive.kernel.term import (
    EULER,
    INTEGER,
    ONE,
    REAL,
    TWO,
    ZERO,
    Apply,
    Function,
    IllSorted,
    Lambda,
    Matrix,
    Number,
    Scalar,
    Symbol,
    Term,
    TermError,
    add,
    equal,
    multiply,
    negate,
)

x, y, t = (Symbol(name) for name in "xyt")
n, k, i = (Symbol(name, INTEGER) for name in "nki")
A = Symbol("A", Matrix("m", "m"))
v = Symbol("v", Matrix("m", 1))
f = Symbol("f", Function((Matrix("m", 1),), REAL, 1))
g = Symbol("g", Function((REAL,), REAL, 1))
rough = Symbol("h", Function((Matrix("m", 1),), REAL, 0))
MINUS = Number(-1)
HALF = Number(Fraction(1, 2))


def a(head: str, *arguments: Term) -> Apply:
    return Apply(head, arguments)


NONZERO = a("!=", x, ZERO)
POSITIVE = a(">", x, ZERO)
WHOLE_X = equal(a("floor", x), x)

CASES: list[tuple[Term, tuple[Term, ...]]] = [
    (a("component", v, TWO), ()),
    (a("component", v, i), (a("<=", ONE, i), a("<=", i, Symbol("m", INTEGER)))),
    (a("entry", Symbol("B", Matrix(3, 2)), TWO, x), (equal(a("floor", x), x), a("<=", ONE, x), a("<=", x, TWO))),
    (a("^", A, k), (a("or", a(">=", k, ZERO), a("!=", a("det", A), ZERO)),)),
    (a("^", A, x), (WHOLE_X, a("or", a(">=", x, ZERO), a("!=", a("det", A), ZERO)))),
    (a("pseudoinverse", A), ()),
    (a("/", y, x), (NONZERO,)),
    (a("/", y, TWO), ()),
    (a("/", y, ZERO), (a("!=", ZERO, ZERO),)),
    (add(a("/", y, x), a("/", ONE, x)), (NONZERO,)),
    (a("/", ONE, a("/", ONE, x)), (NONZERO, a("!=", a("/", ONE, x), ZERO))),
    (a("^", x, TWO), ()),
    (a("^", x, a("^", TWO, Number(3))), ()),
    (a("^", x, negate(a("^", TWO, Number(3)))), (NONZERO,)),
    *(
        (a("^", x, power), (a("or", POSITIVE, a("and", equal(x, ZERO), a(">", power, ZERO))),))
        for power in (a("^", TWO, y), negate(y), a("^", TWO, MINUS), a("^", Number(101), TWO))
    ),
    (a("^", x, MINUS), (NONZERO,)),
    (a("^", x, negate(TWO)), (NONZERO,)),
    (a("^", A, MINUS), (a("!=", a("det", A), ZERO),)),
    (a("^", x, HALF), (a(">=", x, ZERO),)),
    (a("^", x, negate(HALF)), (POSITIVE,)),
    (a("^", TWO, y), ()),
    (a("^", x, n), (a("or", a(">=", n, ZERO), NONZERO),)),
    (a("^", x, add(n, ONE)), (a("or", a(">=", add(n, ONE), ZERO), NONZERO),)),
    (a("^", x, y), (a("or", POSITIVE, a("and", equal(x, ZERO), a(">", y, ZERO))),)),
    (a("sqrt", x), (a(">=", x, ZERO),)),
    (a("root", x, TWO), (a(">=", x, ZERO),)),
    (a("root", x, Number(3)), ()),
    (a("log", x), (POSITIVE,)),
    (a("log", TWO), ()),
    (a("log_base", y, x), (a(">", y, ZERO), a("!=", y, ONE), POSITIVE)),
    (a("tan", x), (a("!=", a("cos", x), ZERO),)),
    (a("sec", x), (a("!=", a("cos", x), ZERO),)),
    (a("cot", x), (a("!=", a("sin", x), ZERO),)),
    (a("csc", x), (a("!=", a("sin", x), ZERO),)),
    (a("arcsin", x), (a("<=", MINUS, x), a("<=", x, ONE))),
    (a("arccos", HALF), ()),
    (a("inverse", A), (a("!=", a("det", A), ZERO),)),
    (a("inverse", x), (NONZERO,)),
    (a("factorial", n), (a(">=", n, ZERO),)),
    (a("factorial", x), (a(">=", x, ZERO), WHOLE_X)),
    (a("binomial", n, k), (a(">=", n, ZERO), a(">=", k, ZERO))),
    (a("gamma", x), (a("or", POSITIVE, a("!=", a("floor", x), x)),)),
    (a("gradient", f, v), ()),
    (a("partial", g, a("indices", ONE), x), ()),
    (a("derivative", a("^", t, TWO), t), ()),
    (a("derivative", a("apply", g, multiply(t, x)), t), ()),
    (a("derivative", a("/", t, x), t), (NONZERO,)),
    (a("sum", multiply(i, x), i, ONE, n), ()),
    (a("sum", a("/", i, x), i, ONE, TWO), (NONZERO,)),
    (a("sum", a("/", i, x), i, ONE, ZERO), ()),
    (a("sum", a("/", i, x), i, ONE, n), (a("implies", a("<=", ONE, n), NONZERO),)),
    (a("approx", a("exp", t), a("/", t, x), t, ZERO, ONE), (NONZERO,)),
    (a("implies", NONZERO, equal(a("/", x, x), ONE)), (a("implies", NONZERO, NONZERO),)),
    (
        a("and", equal(a("/", y, x), ONE), equal(a("sqrt", y), ONE)),
        (NONZERO, a("implies", equal(a("/", y, x), ONE), a(">=", y, ZERO))),
    ),
    (a("or", equal(x, ZERO), equal(a("/", y, x), ONE)), (a("implies", a("not", equal(x, ZERO)), NONZERO),)),
    (
        a("or", equal(x, ZERO), equal(x, ONE), equal(a("/", y, x), ONE)),
        (a("implies", a("and", a("not", equal(x, ZERO)), a("not", equal(x, ONE))), NONZERO),),
    ),
    (a("iff", equal(a("/", x, x), ONE), equal(ZERO, ZERO)), (NONZERO,)),
    (a("not", equal(a("/", y, x), ONE)), (NONZERO,)),
]

UNKNOWN: list[tuple[Term, str]] = [
    (a("entry", Symbol("B", Matrix("m + 1", 2)), i, ONE), "whose size is an expression"),
    (a("gradient", rough, v), "not declared so smooth"),
    (a("gradient", Lambda((x,), x), x), "concrete function"),
    (a("hessian", f, v), "not declared so smooth"),
    (a("partial", g, a("indices", ONE, ONE), x), "not declared so smooth"),
    (a("derivative", a("floor", t), t), "the derivative of floor"),
    (a("derivative", a("apply", Symbol("h", Function((REAL,), REAL, 0)), t), t), "not declared so smooth"),
    (a("integral", t, t, ZERO, ONE), "where a integral exists"),
    (a("limit", t, t, ZERO), "where a limit exists"),
    (a("sum", a("/", ONE, i), i, ZERO, n), "where every term"),
    (a("sum", a("/", ONE, i), i, ONE, a("+", i, n)), "where every term"),
    (a("sum", i, i, ONE, Symbol("q", Scalar("rational"))), "where a sum exists"),
    (a("sum", i, i, ONE, x), "bounds are not known to be integers"),
    (a("sum", i, i, ONE, a("exp", n)), "bounds are not known to be integers"),
    (a("product", A, i, ONE, n), "may be empty"),
    (a("product", A, i, TWO, ONE), "may be empty"),
    (a("approx", a("log", t), x, t, ONE, ONE), "near the base"),
    (a("notation", Symbol("E"), x), "without a meaning"),
    (Lambda((x,), x), "concrete function"),
]


@pytest.mark.parametrize(("term", "expected"), CASES, ids=lambda value: None)
def test_obligations(term: Term, expected: tuple[Term, ...]) -> None:
    assert obligations(term) == expected


@pytest.mark.parametrize(("term", "reason"), UNKNOWN, ids=lambda value: None)
def test_what_is_not_known_is_rejected(term: Term, reason: str) -> None:
    with pytest.raises(Rejected, match=reason):
        obligations(term)


def test_powers_of_pi_and_e_are_defined_everywhere() -> None:
    assert obligations(a("^", EULER, x)) == ()
    below = negate(EULER)
    assert obligations(a("^", below, x)) == (
        a("or", a(">", below, ZERO), a("and", equal(below, ZERO), a(">", x, ZERO))),
    )


numbers = st.sampled_from([Number(Fraction(p, q)) for p in range(-3, 4) for q in (1, 2)])
leaves = st.one_of(st.sampled_from([x, y, n]), numbers)
terms = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.tuples(st.sampled_from(["+", "*", "/", "^"]), inner, inner).map(lambda p: a(*p)),
        st.tuples(st.sampled_from(["negate", "sqrt", "abs", "log", "factorial", "inverse"]), inner).map(
            lambda p: a(*p)
        ),
    ),
    max_leaves=6,
)
values = st.sampled_from([Fraction(p, q) for p in range(-3, 4) for q in (1, 2)])


@settings(max_examples=400, deadline=None, derandomize=True)
@given(terms, values, values, st.integers(-2, 3))
def test_evaluation_agrees(term: Term, at_x: Fraction, at_y: Fraction, at_n: int) -> None:
    """All obligations hold, in reading order, exactly where the term has a value."""
    point = {x: Number(at_x), y: Number(at_y), n: Number(at_n)}
    try:
        try:
            defined = all(evaluate(one, point, {}) is True for one in obligations(term))
        except Undefined:
            defined = False
        try:
            evaluate(term, point, {})
            has_value = True
        except Undefined:
            has_value = False
    except Undecided:
        return
    assert defined == has_value


def test_a_notation_without_a_meaning_shows_nothing() -> None:
    """It has the sort of its name; it is defined nowhere, equal to nothing, and has no value."""
    x = Symbol("x")
    mean = Apply("notation", (Symbol("\\mathbb{E}"), x))
    assert sort_of(mean) == REAL
    with pytest.raises(TermError, match="a symbol for its name"):
        sort_of(Apply("notation", (Number(1), x)))
    with pytest.raises(IllSorted):
        sort_of(add(mean, Symbol("v", Matrix("n", 1))))
    with pytest.raises(Rejected, match="without a meaning"):
        check(Claim(Apply("=", (mean, mean))), Identity())
    with pytest.raises(Undecided):
        evaluate(mean, {x: Number(1)}, {})
