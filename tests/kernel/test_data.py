"""Data: reading what was written gives the same object; everything else is rejected with its reason."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from derive.kernel.certificate import (
    Assumed,
    AxiomInstance,
    Cases,
    Chain,
    Cofactor,
    Coordinates,
    Counterexample,
    Discharge,
    Identity,
    Inconsistent,
    Introduce,
    Lemma,
    Link,
    Rejected,
    Rewrite,
    Sign,
    Square,
    Squares,
    Taylor,
    Vanishing,
)
from derive.kernel.claim import Claim
from derive.kernel.data import FIELDS, canonical_text, census, from_data, to_data
from derive.kernel.term import (
    INTEGER,
    ONE,
    PI,
    REAL,
    STATEMENT,
    TRUE,
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
    equal,
)
from derive.theories import AXIOMS

x = Symbol("x")
v = Symbol(r"\vec{v}", Matrix("n + 1", 1))

sorts = st.recursive(
    st.sampled_from([REAL, INTEGER, Scalar("complex"), Matrix("n", 1), Matrix(2, 3), STATEMENT]),
    lambda inner: st.builds(Function, st.lists(inner, min_size=1, max_size=2).map(tuple), inner, st.integers(0, 99)),
    max_leaves=3,
)
symbols = st.builds(Symbol, st.text(min_size=1, max_size=4), sorts)
leaves = st.one_of(
    symbols,
    st.builds(Number, st.fractions()),
    st.sampled_from([PI, TRUE, Constant("zero", Matrix("n", 1)), Constant("identity", Matrix(2, 2))]),
)
terms = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(Apply, st.sampled_from(["+", "norm", "partial", "approx"]), st.lists(inner, max_size=3).map(tuple)),
        st.builds(Lambda, st.lists(symbols, max_size=2).map(tuple), inner),
    ),
    max_leaves=6,
)
whole = st.integers(-1, 9)
tuples_of_terms = st.lists(terms, max_size=2).map(tuple)
values = st.lists(st.tuples(symbols, terms), max_size=2).map(tuple)
sizes = st.lists(st.tuples(st.text(max_size=2), st.integers(1, 5)), max_size=2).map(tuple)
cofactors = st.lists(st.builds(Cofactor, whole, terms, terms), max_size=2).map(tuple)
squares = st.lists(st.builds(Square, terms, st.lists(whole, max_size=2).map(tuple), st.none() | terms), max_size=2).map(
    tuple
)
plain = st.one_of(
    st.builds(Identity, cofactors),
    st.builds(Squares, squares, st.none() | terms, cofactors),
    st.builds(Vanishing, terms, squares, cofactors),
    st.builds(Assumed, whole),
    st.sampled_from([Sign(), Taylor()]),
)


def nested(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    several = st.lists(inner, max_size=2).map(tuple)
    links = st.lists(st.builds(Link, terms, inner), max_size=2).map(tuple)
    return st.one_of(
        st.builds(AxiomInstance, st.text(max_size=3), values, several, sizes),
        st.builds(Rewrite, whole, st.booleans(), inner),
        st.builds(Coordinates, several),
        st.builds(Chain, links),
        st.builds(Cases, terms, inner, inner),
        st.builds(Lemma, terms, inner, inner),
        st.builds(Introduce, several),
        st.builds(Discharge, inner, links),
    )


certificates = st.recursive(plain, nested, max_leaves=4)
claims = st.builds(Claim, terms, tuples_of_terms, st.lists(symbols, max_size=1).map(tuple), st.just(()))
refutations = st.one_of(
    st.builds(Counterexample, values, sizes),
    st.builds(Inconsistent, values, st.lists(values, max_size=2).map(tuple), tuples_of_terms, sizes),
)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.one_of(terms, sorts, certificates, claims, refutations))
def test_round_trip(value: object) -> None:
    text = canonical_text(value)
    again = from_data(json.loads(text))
    assert again == value
    assert type(again) is type(value)
    assert canonical_text(again) == text


def test_axioms_make_the_round_trip() -> None:
    for axiom in AXIOMS.values():
        assert from_data(to_data(axiom)) == axiom


def test_the_text_of_a_claim() -> None:
    claim = Claim(equal(x, Number(Fraction(1, 2))))
    assert canonical_text(claim) == (
        '{"version":1,"data":["claim",["apply","=",[["symbol","x",["scalar","real"]],["number","1/2"]]],[],[],[]]}'
    )


def test_large_numbers() -> None:
    big = Number(Fraction(7**20_000, 3**9_000))
    data = to_data(big)
    assert data["data"][1].startswith("0x")
    assert from_data(data) == big
    assert from_data(to_data(Number(-(7**20_000)))) == Number(-(7**20_000))


def test_every_class_has_as_many_fields_as_the_table_says() -> None:
    for cls, kinds in FIELDS.items():
        assert len(cls.__match_args__) == len(kinds), cls


class Forged(Apply):
    """A term that says it equals everything."""

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = Apply.__hash__


def of_many(depth: int) -> Term:
    term: Term = x
    for _ in range(depth):
        term = Apply("+", (term, term))
    return term


WRONG: list[tuple[object, str]] = [
    (object(), "object"),
    (None, "object"),
    (Forged("=", (x, x)), "Forged"),
    (Claim(equal(x, x), [x]), "tuple"),  # type: ignore[arg-type]
    (Claim(None), "term"),  # type: ignore[arg-type]
    (Assumed(True), "whole"),
    (Rewrite(0, 1, Sign()), "flag"),  # type: ignore[arg-type]
    (Symbol(3), "text"),  # type: ignore[arg-type]
    (Symbol("x", "real"), "sort"),  # type: ignore[arg-type]
    (Symbol("x", Scalar("quaternion")), "numbers"),
    (Matrix(0, 1), "size"),
    (Matrix(True, 1), "size"),
    (Matrix("", 1), "size"),
    (Function((REAL,), REAL, -1), "negative"),
    (Constant("pi", INTEGER), "pi"),
    (Constant("true", REAL), "true"),
    (Constant("zero", REAL), "zero"),
    (Constant("identity", Matrix("n", "m")), "identity"),
    (Apply("frobnicate", (x,)), "frobnicate"),
    (AxiomInstance("a", ((x,),)), "pair"),  # type: ignore[arg-type]
    (AxiomInstance("a", ((x, ONE, ONE),)), "pair"),  # type: ignore[arg-type]
    (of_many(40), "too large"),
]


@pytest.mark.parametrize(("value", "reason"), WRONG, ids=lambda value: None)
def test_other_objects_are_not_written(value: object, reason: str) -> None:
    with pytest.raises(Rejected, match=reason):
        to_data(value)


def test_a_number_that_is_no_fraction() -> None:
    forged = Number(1)
    object.__setattr__(forged, "value", 0.5)
    with pytest.raises(Rejected, match="fraction"):
        to_data(forged)


X = ["symbol", "x", ["scalar", "real"]]


def negations(depth: int) -> Any:
    data: Any = X
    for _ in range(depth):
        data = ["apply", "negate", [data]]
    return data


BAD: list[tuple[Any, str]] = [
    (None, "another form"),
    ({"version": 1}, "another form"),
    ({"version": 2, "data": X}, "version"),
    ({"version": True, "data": X}, "version"),
    ("x", "expected$"),
    ([], "expected$"),
    ([1], "expected$"),
    (["frobnicate"], "frobnicate"),
    (["symbol", "x"], "1 fields"),
    (["symbol", "x", X], "sort"),
    (["symbol", 1, ["scalar", "real"]], "text"),
    (["symbol", "x", ["scalar", "odd"]], "numbers"),
    (["apply", "norm", X], "expected"),
    (["apply", "norm", "x"], "array"),
    (["apply", "frobnicate", [X]], "frobnicate"),
    (["number", 1], "text"),
    (["number", "0.5"], "not a number"),
    (["number", "2/4"], "canonically"),
    (["number", "1/0"], "not a number"),
    (["number", "1/2/3"], "not a number"),
    (["number", " 1"], "canonically"),
    (["constant", "tau", ["scalar", "real"]], "tau"),
    (["constant", "e", ["scalar", "integer"]], "constant e"),
    (["matrix", 0, 1], "size"),
    (["axiominstance", "a", [[X]], [], []], "pair"),
    (["squares", [], X, [["square", X, [], None]]], "cofactor"),
    (["lemma", X, X, ["sign"]], "certificate"),
    (negations(200), "nested deeper"),
    (negations(300), "nested too deep"),
]


def read(data: Any) -> object:
    """With the version, where that is not what is wrong."""
    return from_data(data if isinstance(data, dict) or data is None else {"version": 1, "data": data})


@pytest.mark.parametrize(("data", "reason"), BAD, ids=lambda one: None)
def test_other_data_are_not_read(data: Any, reason: str) -> None:
    with pytest.raises(Rejected, match=reason):
        read(data)


def test_deep_data() -> None:
    deepest: Term = x
    for _ in range(149):
        deepest = Apply("negate", (deepest,))
    assert from_data(to_data(deepest)) == deepest


def test_census() -> None:
    found = census((Claim(equal(v, v), (Apply(">", (Symbol("z", Scalar("complex")), ZERO)),)), Identity()))
    assert found.domains == {"complex"}
