"""The shape and the spans of what is read, and near-misses that stay unread."""

from __future__ import annotations

import pytest

from derive.language.syntax import Node, UnreadError
from derive.read.formula.expressions import Names, expression
from derive.read.formula.tokens import tokens


def shape(node: Node) -> str:
    """A node as text: its kind with its children, or its value."""
    inside = ", ".join(shape(child) for child in node.children)
    return f"{node.kind}({inside})" if node.children else node.key or node.value or node.kind


def read(latex: str) -> Node:
    return expression(tokens(latex, 0)[:-1], Names())


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        ("a + \\sqrt 12", "\\sqrt 1"),
        ("a + \\frac 12", "\\frac 12"),
        ("a + \\frac 123", "\\frac 12"),
        ("a + \\binom 523", "\\binom 52"),
        ("a + \\sqrt{12}", "\\sqrt{12}"),
    ],
)
def test_an_argument_of_one_digit_ends_behind_it(latex: str, expected: str) -> None:
    (node,) = [part for part in read(latex).walk() if part.kind in {"root", "/", "binomial"}]
    assert latex[node.start : node.end] == expected


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        ("\\lfloor x + 1 \\rfloor^2", "^(function(+(x, 1)), 2)"),
        ("\\left\\lceil \\frac{x}{2} \\right\\rceil y", "product(function(/(x, 2)), y)"),
        ("\\partial_{1,2} f(x, y)", "derivative(call(f, x, y), 1, 2)"),
    ],
)
def test_shape(latex: str, expected: str) -> None:
    names = Names(functions=frozenset({"f"}))
    assert shape(expression(tokens(latex, 0)[:-1], names)) == expected


@pytest.mark.parametrize("latex", ["\\lfloor x \\rceil", "\\lfloor x", "x \\rfloor", "\\lfloor x, y \\rfloor"])
def test_what_is_no_rounding_is_unread(latex: str) -> None:
    with pytest.raises(UnreadError):
        read(latex)
