"""The second reader: agreement inside its fragment, disagreement noticed, and nothing asked outside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from derive.kernel.term import Apply, Number, Symbol, Term, add, multiply, negate
from derive.language.printing import latex
from derive.read import read, read_claim
from derive.read.second import Unavailable, agree, compare_readings, in_fragment, read_second

ROOT = Path(__file__).parents[2]

try:
    read_second("x")
except Unavailable as error:
    pytest.skip(str(error), allow_module_level=True)

x, y, w = Symbol("x"), Symbol("y"), Symbol("w_{1k}")
TERMS: tuple[Term, ...] = (
    add(multiply(Number(2), x), negate(y)),
    Apply("/", (add(x, Number(1)), multiply(x, y))),
    Apply("^", (add(x, y), Number(3))),
    Apply("^", (Apply("/", (x, y)), negate(Number(2)))),
    negate(Apply("^", (x, Number(2)))),
    Apply("^", (negate(x), Number(2))),
    multiply(x, add(y, negate(w))),
    Apply("sqrt", (add(Apply("^", (x, Number(2))), Number(1)),)),
    Apply("abs", (add(x, negate(y)),)),
    Apply("sin", (multiply(Number(2), x),)),
    Apply("^", (Apply("cos", (x,)), Number(2))),
    Apply("log", (Apply("/", (x, y)),)),
    Apply("/", (Apply("/", (x, y)), w)),
    Apply("/", (x, Apply("/", (y, w)))),
    add(x, negate(add(y, negate(w)))),
    Apply("^", (x, Apply("^", (y, Number(2))))),
)


@pytest.mark.parametrize("term", TERMS, ids=latex)
def test_what_is_written_is_read_back_by_both(term: Term) -> None:
    written = latex(term)
    theirs = read_second(written)
    assert theirs is not None
    assert agree(term, theirs) is True
    assert compare_readings(read_claim(f"{written} = 0")).disagreements == []


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("x + y", add(x, negate(y))),
        ("x y", add(x, y)),
        ("x^2", Apply("^", (x, Number(3)))),
        (r"\frac{x}{y}", Apply("/", (y, x))),
        (r"x^{2 y}", multiply(Apply("^", (x, Number(2))), y)),
        (r"\ln x", Apply("log_base", (Number(10), x))),
        (r"\sin x", Apply("sin", (y,))),
    ],
)
def test_another_reading_is_a_disagreement(text: str, other: Term) -> None:
    theirs = read_second(text)
    assert theirs is not None
    assert agree(other, theirs) is False


@pytest.mark.parametrize(
    "text",
    [
        r"\vec{w}_k + x",
        r"\log x",  # to base 10 there
        "e_1 + x",  # Euler's number there
        "|x| + |y|",
        r"2 \frac{1}{2}",  # a mixed number there
        "0.333",
        "f(x)",
        r"\nabla f",
        "x^T y",
        r"\sum_{i=1}^{3} i",
        r"\begin{bmatrix} 1 & 2 \end{bmatrix}",
        "x!",
        r"\mathbf{x}",
        "한",
        "x" * 500,
    ],
)
def test_outside_its_fragment_it_is_not_asked(text: str) -> None:
    found = compare_readings(read_claim(f"{text} = 1", ["f : function(real) -> real"]))
    assert found.agreed <= 1  # the right side
    assert not found.disagreements


def test_a_relation_is_never_handed_over() -> None:
    document = read_claim("x = y = 1")
    (statement,) = document.items[0].parts  # type: ignore[union-attr]
    assert not in_fragment(statement.node, "x = y = 1")
    assert compare_readings(document).agreed == 3


def test_its_state_does_not_leak() -> None:
    import latex2sympy2

    latex2sympy2.set_variances({"x": 3})
    latex2sympy2.VARIABLE_VALUES = {"x": 3}
    assert read_second("x") == x


@pytest.mark.parametrize("path", ["proofs/steepest_ascent.md", "tests/cases/identity.md", "tests/cases/squares.md"])
def test_the_readers_agree_on_our_own_posts(path: str) -> None:
    found = compare_readings(read(str(ROOT / path)))
    assert not found.disagreements
    assert found.agreed > 5
