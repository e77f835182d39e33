"""Statements about one number: true ones beside their false neighbours, agreement with values, and every refusal."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from derive.kernel.certificate import Rejected, Univariate
from derive.kernel.check import check
from derive.kernel.claim import Claim
from derive.kernel.evaluation import Undefined, evaluate
from derive.kernel.real_roots import (
    Sturm,
    derivative,
    greatest_common_divisor,
    multiply,
    primitive,
    quotient,
    sign_at,
    square_free,
)
from derive.kernel.term import (
    FALSE,
    ONE,
    PI,
    STATEMENT,
    TRUE,
    TWO,
    ZERO,
    Apply,
    Matrix,
    Number,
    Symbol,
    Term,
    add,
    negate,
    subtract,
)
from derive.kernel.term import multiply as times
from derive.kernel.univariate import failing_pieces

x, y = Symbol("x"), Symbol("y")


def n(value: int | str) -> Number:
    return Number(Fraction(value))


def power(base: Term, exponent: int) -> Term:
    return Apply("^", (base, n(exponent)))


def r(head: str, left: Term, right: Term) -> Term:
    return Apply(head, (left, right))


def either(*parts: Term) -> Term:
    return Apply("or", parts)


def both(*parts: Term) -> Term:
    return Apply("and", parts)


def iff(left: Term, right: Term) -> Term:
    return Apply("iff", (left, right))


QUADRATIC = add(power(x, 2), times(n(-5), x), n(6))
CHEBYSHEV = subtract(times(n(4), power(x, 3)), times(n(3), x))
QUINTIC = subtract(power(x, 5), add(x, ONE))
HALF_LINE = Apply("/", (ONE, x))
CUT = Apply("/", (subtract(power(x, 2), ONE), subtract(x, ONE)))
INSIDE = both(r("<=", n(-1), x), r("<=", x, ONE))

PAIRS = {
    "roots": (
        iff(r("=", QUADRATIC, ZERO), either(r("=", x, n(2)), r("=", x, n(3)))),
        iff(r("=", QUADRATIC, ZERO), either(r("=", x, n(2)), r("=", x, n(4)))),
    ),
    "a root is lost": (
        iff(r("=", power(x, 3), n(8)), r("=", x, n(2))),
        iff(r("=", power(x, 2), n(4)), r("=", x, n(2))),
    ),
    "irrational roots": (
        Apply("implies", (r("=", power(x, 2), n(2)), r("=", power(x, 4), n(4)))),
        Apply("implies", (r("=", power(x, 2), n(2)), r("=", power(x, 3), n(4)))),
    ),
    "only at an irrational root": (
        r(">=", power(subtract(power(x, 2), n(2)), 2), ZERO),
        r(">", power(subtract(power(x, 2), n(2)), 2), ZERO),
    ),
    "a bound on an interval": (
        Apply("implies", (INSIDE, r("<=", CHEBYSHEV, ONE))),
        Apply("implies", (INSIDE, r("<", CHEBYSHEV, ONE))),
    ),
    "a bound on a root": (
        Apply("implies", (r("=", QUINTIC, ZERO), r(">", x, n("1.167")))),
        Apply("implies", (r("=", QUINTIC, ZERO), r(">", x, n("1.168")))),
    ),
    "absolute values": (
        iff(r("<", Apply("abs", (x,)), TWO), both(r("<", n(-2), x), r("<", x, TWO))),
        iff(r("<=", Apply("abs", (x,)), TWO), both(r("<", n(-2), x), r("<", x, TWO))),
    ),
    "maximum": (r(">=", Apply("max", (x, ONE)), ONE), r(">", Apply("max", (x, ONE)), ONE)),
    "minimum": (r("<=", Apply("min", (x, ONE, TWO)), ONE), r("<=", Apply("min", (x, TWO)), ONE)),
    "negations": (
        iff(Apply("not", (r("<", x, ONE),)), r(">=", x, ONE)),
        iff(Apply("not", (r("<", x, ONE),)), r(">", x, ONE)),
    ),
    "truth": (either(r(">", x, ONE), r("<", x, n(3)), FALSE), both(r("=", x, x), r("!=", x, ONE), TRUE)),
    "a reciprocal": (
        iff(r("<", HALF_LINE, ONE), either(r(">", x, ONE), r("<", x, ZERO))),
        iff(r("<", HALF_LINE, ONE), r(">", x, ONE)),
    ),
    "a zero that is no value": (
        iff(r("=", CUT, ZERO), r("=", x, n(-1))),
        iff(r("=", CUT, ZERO), r("=", x, ONE)),
    ),
    "negative powers": (
        r("=", times(power(x, 2), Apply("^", (x, negate(TWO)))), ONE),
        r("=", times(power(x, 2), Apply("^", (x, n(-1)))), ONE),
    ),
}


@pytest.mark.parametrize(("true", "false"), PAIRS.values(), ids=PAIRS)
def test_a_true_statement_and_its_false_neighbour(true: Term, false: Term) -> None:
    check(Claim(true), Univariate())
    with pytest.raises(Rejected, match="it fails"):
        check(Claim(false), Univariate())


def test_what_is_undefined_is_a_condition() -> None:
    assert check(Claim(r("=", CUT, add(x, ONE))), Univariate()) == (r("!=", subtract(x, ONE), ZERO),)
    guarded = Apply("implies", (r("!=", x, ZERO), r("=", times(x, HALF_LINE), ONE)))
    assert check(Claim(guarded), Univariate()) == ()


def test_hypotheses_are_used_where_they_are_understood() -> None:
    positive, strange = r(">", x, ZERO), r(">", Apply("exp", (x,)), TWO)
    claim = r(">", power(x, 3), ZERO)
    assert check(Claim(claim, (positive, strange, r("=", y, ONE))), Univariate()) == ()
    with pytest.raises(Rejected, match="it fails"):
        check(Claim(claim, (strange, r(">", y, ZERO))), Univariate())
    undefined_at_zero = r(">", HALF_LINE, n(-1))
    assert check(Claim(r("!=", x, ZERO), (undefined_at_zero,)), Univariate()) == ()
    unknown = r(">", Apply("derivative", (Apply("abs", (x,)), x)), ZERO)  # where it exists is not known
    assert check(Claim(claim, (positive, unknown)), Univariate()) == ()


OTHER: list[tuple[Term, str]] = [
    (r("=", x, y), "about one number"),
    (r("=", ONE, ONE), "about one number"),
    (r("=", Symbol("v", Matrix("n", 1)), Symbol("v", Matrix("n", 1))), "about one number"),
    (r(">", Apply("exp", (x,)), ZERO), "not made of polynomials"),
    (r(">", power(x, 201), x), "not made of polynomials"),
    (r("!=", x, PI), "not made of polynomials"),
    (r("=", Apply("^", (x, x)), x), "not made of polynomials"),
    (both(r("=", x, x), Apply("approx", (x, x, x, ZERO, ONE))), "not made of polynomials"),
    (r(">=", power(power(x, 100), 2), ZERO), "too high a degree"),
    (r("=", times(*(add(x, n(index)) for index in range(140))), ZERO), "product of too high a degree"),
    (both(Symbol("p", STATEMENT), r("=", x, x)), "about one number"),
    (Symbol("p", STATEMENT), "about one number"),
    (
        either(*[Apply("not", (r("!=", subtract(x, n(index)), HALF_LINE),)) for index in range(60)]),
        "too many polynomials",
    ),
]


@pytest.mark.parametrize(("statement", "reason"), OTHER, ids=lambda value: None)
def test_other_statements_are_refused(statement: Term, reason: str) -> None:
    with pytest.raises(Rejected, match=reason):
        check(Claim(statement), Univariate())


def test_where_a_statement_fails() -> None:
    assert failing_pieces(Claim(r("=", x, x))) == []
    assert [str(piece) for piece in failing_pieces(Claim(r("!=", x, ZERO)))] == ["at a root between -2 and 2"]


def test_a_division_by_zero_is_never_signed() -> None:
    """0^(-1): its definedness fails everywhere, so nothing is asked of it."""
    nowhere = r("=", times(x, Apply("^", (ZERO, n(-1)))), ONE)
    conditions = check(Claim(nowhere), Univariate())
    assert conditions == (r("!=", ZERO, ZERO),)


# --- roots -------------------------------------------------------------------------------------------------------------------

ROOTS = st.lists(st.fractions(-9, 9, max_denominator=7), min_size=1, max_size=6)


def with_roots(roots: list[Fraction], factor: int = 1) -> tuple[int, ...]:
    found: tuple[int, ...] = (factor,)
    for root in roots:
        found = multiply(found, (-root.numerator, root.denominator))
    return found


@settings(derandomize=True, max_examples=150, deadline=None)
@given(ROOTS, st.sampled_from([(1,), (1, 0, 1), (3, 1, 1), (-1,)]))
def test_every_root_is_isolated(roots: list[Fraction], other: tuple[int, ...]) -> None:
    polynomial = multiply(with_roots(roots), other)
    simple = square_free(polynomial)
    assert len(simple) - 1 == len(set(roots)) + len(other) - 1
    intervals = Sturm(simple).isolated()
    assert len(intervals) == len(set(roots))
    for root, (left, right) in zip(sorted(set(roots)), intervals, strict=True):
        assert left < root < right
        assert sign_at(simple, left) * sign_at(simple, right) == -1
    assert all(one[1] <= other[0] for one, other in pairwise(intervals))


def test_small_facts_of_polynomials() -> None:
    assert primitive([2, -4, 0]) == (1, -2)
    assert primitive([]) == ()
    assert derivative((5, 3, 2)) == (3, 4)
    assert greatest_common_divisor((-2, 1, 1), (-1, 0, 1)) in {(-1, 1), (1, -1)}
    assert quotient((-1, 0, 1), (1, 1)) == (-1, 1)
    assert sign_at((-2, 0, 1), Fraction(3, 2)) == 1
    assert sign_at((-2, 0, 1), Fraction(-7, 5)) == -1
    assert sign_at((), Fraction(1)) == 0


CLOSE = with_roots([Fraction(1), Fraction(1) + Fraction(1, 2**5000)])
LIMITS: list[tuple[Callable[[], object], str]] = [
    (lambda: quotient((1, 0, 1), (1, 1)), "not a divisor"),
    (lambda: primitive([1 << 30_000, 1]), "too large coefficients"),
    (lambda: primitive([1] * 140), "too high a degree"),
    (lambda: Sturm(CLOSE).isolated(), "too close"),
]


@pytest.mark.parametrize(("build", "reason"), LIMITS, ids=[one[1] for one in LIMITS])
def test_limits(build: Callable[[], object], reason: str) -> None:
    with pytest.raises(Rejected, match=reason):
        build()


# --- agreement with values ---------------------------------------------------------------------------------------------------

ATOMS = st.sampled_from([x, x, n(0), n(1), n(-1), n(2), n("1/2")])
TERMS = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda pair: add(*pair)),
        st.tuples(inner, inner).map(lambda pair: times(*pair)),
        st.tuples(inner, inner).map(lambda pair: Apply("/", pair)),
        inner.map(negate),
        inner.map(lambda one: Apply("abs", (one,))),
        st.tuples(st.sampled_from(["min", "max"]), inner, inner).map(lambda one: Apply(one[0], one[1:])),
    ),
    max_leaves=5,
)
RELATIONS = st.tuples(st.sampled_from(["=", "!=", "<", "<=", ">", ">="]), TERMS, TERMS).map(
    lambda one: Apply(one[0], one[1:])
)
STATEMENTS = st.recursive(
    RELATIONS,
    lambda inner: st.one_of(
        st.tuples(st.sampled_from(["and", "or", "implies", "iff"]), inner, inner).map(
            lambda one: Apply(one[0], one[1:])
        ),
        inner.map(lambda one: Apply("not", (one,))),
    ),
    max_leaves=3,
)
SAMPLES = [Fraction(top, bottom) for bottom in (1, 2, 3) for top in range(-9, 10)]


@settings(derandomize=True, max_examples=400, deadline=None)
@given(STATEMENTS, st.lists(RELATIONS, max_size=1))
def test_nothing_shown_fails_at_a_sample(statement: Term, hypotheses: list[Term]) -> None:
    claim = Claim(both(statement, r("=", x, x)), tuple(hypotheses))
    try:
        conditions = check(claim, Univariate())
    except Rejected:
        return
    for sample in SAMPLES:
        point = {x: Number(sample)}
        try:
            if not all(evaluate(one, point, {}) is True for one in (*hypotheses, *conditions)):
                continue
        except Undefined:
            continue
        assert evaluate(statement, point, {}) is True


@settings(derandomize=True, max_examples=60, deadline=None)
@given(ROOTS)
def test_intervals_are_halved_around_their_roots(roots: list[Fraction]) -> None:
    sturm = Sturm(square_free(with_roots(roots)))
    for root, interval in zip(sorted(set(roots)), sturm.isolated(), strict=True):
        shorter = sturm.halved(sturm.halved(interval))
        assert interval[0] <= shorter[0] < root < shorter[1] <= interval[1]
        assert shorter[1] - shorter[0] < interval[1] - interval[0]
