"""Terms written out as polynomials: they agree with values at points and with what the forms of their parts give; what is of another kind is noticed."""

from __future__ import annotations

from fractions import Fraction
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from derive.kernel.certificate import Identity, Rejected
from derive.kernel.check import check
from derive.kernel.claim import Claim
from derive.kernel.evaluation import evaluate
from derive.kernel.expansion import Expansion
from derive.kernel.polynomial import MAXIMUM_DEGREE, Polynomial, exponents
from derive.kernel.term import (
    PI,
    STATEMENT,
    TWO,
    Apply,
    Constant,
    Function,
    Lambda,
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

x, y = Symbol("x"), Symbol("y")
ENTRY = Symbol("c", Matrix(1, 1))
COLUMN = Symbol("v", Matrix("n", 1))
FUNCTION = Symbol("f", Function((), x.sort, 0))
POINTS: list[tuple[Fraction, Fraction]] = [
    (Fraction(2), Fraction(-3)),
    (Fraction(1, 2), Fraction(5)),
    (Fraction(-7, 3), Fraction(0)),
]


def expansion() -> Expansion:
    numbers = count()
    known: dict[Term, int] = {}
    return Expansion(lambda letter: known.setdefault(letter, next(numbers)) if letter not in known else known[letter])


def a(head: str, *arguments: Term) -> Term:
    return Apply(head, arguments)


def power(base: Term, exponent: int | Fraction) -> Term:
    return a("^", base, Number(exponent))


def value(of: Polynomial, letters: dict[int, Fraction]) -> Fraction:
    total = Fraction(0)
    for monomial, coefficient in of.terms.items():
        part = Fraction(coefficient)
        for index, exponent in exponents(monomial):
            part *= letters[index] ** exponent
        total += part
    return total


leaves = st.one_of(st.sampled_from((x, y)), st.fractions(-3, 3, max_denominator=3).map(Number))
terms = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: a("+", *parts)),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: a("*", *parts)),
        inner.map(negate),
        st.tuples(inner, st.integers(0, 3)).map(lambda pair: power(*pair)),
    ),
    max_leaves=12,
)


@given(terms, terms)
@settings(max_examples=150, deadline=None)
def test_values_at_points_agree(left: Term, right: Term) -> None:
    made = expansion()
    made.polynomial(add(x, negate(y)))
    numbers = {name: (made.letters[name].bit_length() - 1) // 16 for name in (x, y)}
    one, both = made.polynomial(left), made.difference(left, right)
    assert one is not None
    assert both is not None
    for point in POINTS:
        letters = {numbers[name]: coordinate for name, coordinate in zip((x, y), point, strict=True)}
        at = {name: Number(coordinate) for name, coordinate in zip((x, y), point, strict=True)}
        assert value(one, letters) == evaluate(left, at, {})
        assert value(both, letters) == evaluate(subtract(left, right), at, {})


@given(terms, st.integers(1, 5))
@settings(max_examples=60, deadline=None)
def test_a_false_equation_is_refused(term: Term, more: int) -> None:
    with pytest.raises(Rejected, match="normal forms differ"):
        check(Claim(equal(term, add(term, Number(more)))), Identity())


@pytest.mark.parametrize(
    "term",
    [
        a("sin", x),
        a("/", x, y),
        power(x, -1),
        power(x, Fraction(1, 2)),
        power(x, MAXIMUM_DEGREE),
        a("^", x, y),
        a("^", TWO, x),
        multiply(COLUMN, x),
        add(power(add(x, a("abs", y)), 2), x),
        multiply(x, power(a("sqrt", y), 3)),
        a("apply", FUNCTION, x),
        add(x, Constant("true", STATEMENT)),
        negate(Lambda((x,), x)),
    ],
)
def test_other_kinds(term: Term) -> None:
    made = expansion()
    for _ in range(2):  # noticed, and remembered
        assert made.polynomial(add(x, term)) is None
        assert made.difference(term, x) is None
    assert made.polynomial(add(x, y)) is not None


def test_numbers_of_every_sort_are_letters() -> None:
    found = expansion().polynomial(add(ENTRY, multiply(PI, ENTRY)))
    assert found is not None
    assert len(found.terms) == 2


def test_what_is_shared_with_other_kinds_is_walked_through_once() -> None:
    """Each level holds the one below twice."""
    term: Term = a("sin", x)
    for _ in range(60):
        term = add(multiply(term, y), term)
    assert expansion().polynomial(term) is None


def test_a_product_of_too_many_letters() -> None:
    made = expansion()
    made.polynomial(add(x, y))
    with pytest.raises(Rejected, match="too high a degree"):
        made.polynomial(a("*", *((x,) * MAXIMUM_DEGREE)))
