"""One number: equivalences and implications, with the witnesses that people read."""

from __future__ import annotations

from fractions import Fraction

import pytest

from derive.decide.univariate import shortest
from derive.read import read_claim
from derive.verify import verify

PROVED = [
    r"x^2 - 5x + 6 = 0 \iff x = 2 \lor x = 3",
    r"x^3 = 8 \iff x = 2",
    r"x^2 = 4 \iff x = \pm 2",
    r"x^2 = 2 \implies x^4 = 4",
    r"x^5 - x - 1 = 0 \implies x > 1",
    r"|x| < 2 \iff -2 < x < 2",
    r"x > 1 \land x < -1 \iff \text{false}",
    r"x \neq 2 \iff x < 2 \lor x > 2",
    r"(x - 2)^{43} (x + \frac{1}{3})^{60} = 0 \iff (3 x + 1)^4 (x - 2)^2 = 0",
]
REFUTED = [
    (r"x^2 - 5x + 6 = 0 \iff x = 2 \lor x = 4", "3"),
    (r"x^2 = 4 \iff x = 2", "-2"),
    (r"x^2 = 2 \implies x > 0", "-sqrt(2)"),
    (r"x^2 = 8 \implies x < 0", "2 sqrt(2)"),
    (r"x^2 - 2x - 1 = 0 \implies x > 0", "1 - sqrt(2)"),
    (r"(x^2 - 3)(x - 5) = 0 \implies x = 5", "sqrt(3)"),
    (r"|x| \le 2 \iff -2 < x < 2", "2"),
    (r"x > \frac{1}{3} \implies x > \frac{2}{5}", "2/5"),
    (r"x^{2} < 1000 \implies x < 31", "31"),
    (r"x^2 > 10000 \implies x > 0", "-101"),
]


def verdict(latex: str) -> tuple[str, str]:
    (result,) = verify(read_claim(latex)).results
    if result.counterexample is None:
        return result.verdict.value, ""
    return result.verdict.value, dict(result.counterexample.assignment)["x"]


@pytest.mark.parametrize("latex", PROVED)
def test_proved(latex: str) -> None:
    assert verdict(latex) == ("proved", "")


@pytest.mark.parametrize(("latex", "point"), REFUTED)
def test_refuted_at_a_short_point(latex: str, point: str) -> None:
    assert verdict(latex) == ("refuted", point)


def test_a_root_without_a_short_name_refutes_nothing() -> None:
    assert verdict(r"x^5 - x - 1 = 0 \implies x > 2") == ("unknown", "")


@pytest.mark.parametrize(
    ("left", "right", "found"),
    [
        (None, None, "0"),
        (None, "-1/2", "-1"),
        ("7/2", None, "4"),
        ("-1", "1", "0"),
        ("1/3", "1/2", "1/2"),
        ("3/8", "5/12", "2/5"),
        ("-5/12", "-3/8", "-2/5"),
        ("31/10", "32/10", "16/5"),
        ("2", "2", "2"),
        ("9/7", "9/7", "9/7"),
    ],
)
def test_the_shortest_number_between(left: str | None, right: str | None, found: str) -> None:
    bounds = [None if one is None else Fraction(one) for one in (left, right)]
    assert shortest(*bounds) == Fraction(found)
