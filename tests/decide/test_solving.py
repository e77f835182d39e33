"""Equations solved, as authors write it: what follows is proved, what loses a solution is refuted."""

from __future__ import annotations

import pytest

from derive.language.report import Verdict
from derive.read import read_claim
from derive.verify import verify

DECLARED = tuple(f"{letter} : real" for letter in ("a", "b", "c", "p", "q", "x", "y"))

PROVED = (
    # one of several, since a product vanishes
    r"a x^2 + b x + c = 0 \land a \ne 0 \implies x = \frac{-b \pm \sqrt{b^2 - 4 a c}}{2 a}",
    r"x^2 + p x + q = 0 \implies x = -\frac{p}{2} \pm \sqrt{\frac{p^2}{4} - q}",
    r"x^2 - (a + b) x + a b = 0 \iff x = a \lor x = b",
    # one of a few numbers
    r"x^3 - x = 0 \iff x \in \{-1, 0, 1\}",
    r"x \in \{1, 2\} \implies x^2 - 3 x + 2 = 0",
    r"x^2 < 4 \iff x \in (-2, 2)",
    # powers of one base
    r"4^x - 3 \cdot 2^x + 2 = 0 \iff x = 0 \lor x = 1",
    r"e^{2x} - 5 e^x + 6 = 0 \iff x = \ln 2 \lor x = \ln 3",
    # values put in
    r"x = \pi \implies \sin x = 0",
    r"x = \frac{\pi}{5} \implies \cos x = \frac{1 + \sqrt 5}{4}",
    r"x = 3 \implies \log_3 x + \log_3 (x - 2) = 1",
)
REFUTED = (
    r"a x^2 + b x + c = 0 \land a \ne 0 \implies x = \frac{-b + \sqrt{b^2 - 4 a c}}{2 a}",
    r"x^2 + p x + q = 0 \implies x = \frac{p}{2} \pm \sqrt{\frac{p^2}{4} - q}",
    r"x^2 - (a + b) x + a b = 0 \implies x = a",
    r"x^3 = 9 x \implies x \in \{-3, 3\}",
    r"x \in \{1, 2\} \implies x^2 = 1",
    r"x^2 < 4 \implies x \in (0, 2)",
    r"x \in [0, 1] \implies x^2 < x",
    r"4^x - 3 \cdot 2^x + 2 = 0 \implies x = 0",
    r"e^{2x} - 3 e^x + 2 = 0 \implies x = 0",
    r"x = \pi \implies \cos x = 1",
    r"x = \frac{\pi}{5} \implies \cos x = \frac{1 - \sqrt 5}{4}",
    # other angles with the same sine, cosine or tangent
    r"\sin x = \frac12 \implies x = \frac{\pi}{6}",
    r"\cos x = \frac12 \implies x = \frac{\pi}{3}",
    r"\tan x = 1 \implies \sin x = \frac{\sqrt 2}{2}",
    r"\sin x = 0 \implies \cos x = 1",
    # equations in one function of the unknown
    r"2 \sin^2 x - \sin x = 0 \implies \sin x = 0",
    r"(\ln x)^2 = 1 \implies \ln x = 1",
)


def verdict(latex: str) -> Verdict:
    (result,) = verify(read_claim(latex, DECLARED, ())).results[-1:]
    return result.verdict


@pytest.mark.parametrize("latex", PROVED)
def test_what_follows(latex: str) -> None:
    assert verdict(latex) is Verdict.PROVED


@pytest.mark.parametrize("latex", REFUTED)
def test_what_does_not_follow(latex: str) -> None:
    assert verdict(latex) is Verdict.REFUTED
