"""What a section knows of those before it: definitions for proofs, and nothing is refuted that may depend on them."""

from __future__ import annotations

import pytest

from derive.read import read_text
from derive.verify import verify

DEFINED = "# One\n\nLet $\\sigma(t) = \\frac{1}{1 + e^{-t}}$, $\\hat y = \\sigma(a x)$, $f(t) = t^2$ and $c = 3$.\n\n# Two\n\n"


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("$\\sigma(-t) = 1 - \\sigma(t)$", "proved"),
        ("$\\sigma'(t) = \\sigma(t) (1 - \\sigma(t))$", "proved"),
        ("$\\frac{1}{\\hat y} = 1 + e^{-a x}$", "proved"),
        ("$\\sigma(-t) = \\sigma(t)$", "refuted"),
        ("$\\sigma(t) = \\max(t, 0)$", "defined"),  # another one
        ("Let $\\sigma$ be increasing. $\\sigma(-t) = 1 - \\sigma(t)$", "unknown"),
        ("$f(x) \\ge 0$", "unknown"),  # any function
        ("$c^2 = 9$", "assumed"),  # any number
        ("$f(x) = x + 1$", "defined"),
        ("$s^2 \\ge 0$", "proved"),
        ("$|s| = s$", "refuted"),
    ],
)
def test_what_a_section_knows(text: str, verdict: str) -> None:
    results = verify(read_text(DEFINED + text + "\n")).results
    assert [result.verdict.value for result in results[4:]] == [verdict]


def test_reasons_and_other_values() -> None:
    text = "# One\n\n$f(x) = x^3 - 3x$ 라고 하자. $f'(x) = 3x^2 - 3 = 0$ 이므로 $x = \\pm 1$ 이다.\n\n# Two\n\nLet $r = 0.05$. With $r = 0.1$ we have $100 (1 + r) = 110$.\n"
    assert [result.verdict.value for result in verify(read_text(text)).results] == [
        "defined", "proved", "assumed", "proved", "defined", "defined", "proved",
    ]  # fmt: skip
