"""Quantified claims and hypotheses, as `derive prove` reads them."""

from __future__ import annotations

import pytest

from derive.api import prove

DECLARED = ("f, g : function(real) -> real", "a, b, x, y : real")


@pytest.mark.parametrize(
    ("latex", "assume", "verdict"),
    [
        (r"\forall x \in [0, 1]: x^2 \le x", "", "proved"),
        (r"\forall x \in [0, 2]: x^2 \le x", "", "refuted"),
        (r"x^2 \ge 0 \text{ for all } x", "", "proved"),
        (r"\forall x: x^2 \ge x", "", "refuted"),
        (r"\forall x: x^2 \ge x", "x = 1", "unknown"),  # another x
        (r"\forall x: x = 1", "x = 1", "unknown"),
        (r"f(a) > 0", r"\forall x, f(x) > 0", "proved"),
        (r"f(a) > 0", r"f(x) > 0 \text{ for all } x", "proved"),
        (r"f(a) > 0", r"f(x) > 0", "refuted"),
        (r"f(a) > 0", r"\forall x > 0. f(x) > 0", "refuted"),
        (r"f(2) = 4", r"\forall x: f(x + 1) = f(x) + 2 x + 1 \land f(0) = 0", "unknown"),
    ],
)
def test_verdicts(latex: str, assume: str, verdict: str) -> None:
    (result,) = prove(latex, DECLARED, (assume,) if assume else ()).results
    assert result.verdict.value == verdict


@pytest.mark.parametrize(
    ("latex", "code"),
    [
        (r"\forall x: f(x) > 0 \implies f(1) > 0", "ambiguous-scope"),
        (r"\forall n \in \mathbb{N}: n^2 \ge n", "ambiguous-naturals"),
        (r"\forall x, y, x < y: f(x) > 0", "quantifier"),
        (r"\neg \forall x: f(x) > 0", "quantifier"),
        (r"\forall : x > 0", "missing-statement"),
        (r"\forall x:", "missing-statement"),
        (r"\forall x \in S: x > 0", "quantifier"),
        (r"\forall f: f(0) = 0", "quantifier"),
    ],
)
def test_what_is_not_understood(latex: str, code: str) -> None:
    (result,) = prove(latex, DECLARED).results
    assert (result.verdict.value, result.code) == ("unread", code)
