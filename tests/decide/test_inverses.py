"""Logarithms and exponentials of both sides: equations solved and transformed, and what does not follow."""

from __future__ import annotations

import pytest

from derive.language.report import Verdict
from derive.read import read_claim
from derive.verify import verify

DECLARED = ("a : real", "b : real", "k : real", "p : real", "t : real", "x : real", "y : real", "z : real", r"\lambda : positive real")  # fmt: skip

PROVED = (
    (r"e^{2x} = 5 \iff x = \frac{\ln 5}{2}", ()),
    (r"e^{2x} = 5 \implies 2x = \ln 5", ()),
    (r"3 \cdot 2^x = 24 \iff x = 3", ()),
    (r"e^{-\lambda t} = \frac{1}{2} \iff t = \frac{\ln 2}{\lambda}", ()),
    (r"e^a = e^b \iff a = b", ()),
    (r"e^{2x} - 3 e^x + 2 = 0 \iff x = 0 \lor x = \ln 2", ()),
    (r"y = e^{kx} \implies \ln y = k x", ()),
    (r"e^x > 2 \iff x > \ln 2", ()),
    (r"2^x < 8 \iff x < 3", ()),
    (r"\ln\frac{p}{1-p} = z \implies p = \frac{1}{1 + e^{-z}}", ("0 < p < 1",)),
    (r"\ln y = k x \implies y = e^{kx}", ("y > 0",)),
    (r"\ln a = \ln b \iff a = b", ("a > 0", "b > 0")),
    (r"\ln x + \ln(x + 1) = \ln 2 \iff x = 1", ("x > 0",)),
    (r"\log_2 x = 3 \iff x = 8", ("x > 0",)),
    (r"\log_3 x + \log_3(x + 6) = 3 \implies x = 3", ("x > 0",)),
)

REFUTED = (
    r"e^{2x} = 5 \implies x = \ln 5",
    r"2^x = 8 \iff x = 4",
    r"e^{-\lambda t} = \frac{1}{2} \iff t = \frac{\ln 2}{2\lambda}",
    r"e^{2a} = e^{b} \implies a = b",
    r"e^{2x} - 3 e^x + 2 = 0 \iff x = \ln 2",
    r"y = e^{kx} \implies \ln y = k + x",
    r"2^x < 8 \iff x < 4",
    r"e^{-x} > 2 \iff x > -\ln 2",
    r"\ln y = k x \implies y = e^{k} + x",
    r"\ln x + \ln(x + 1) = \ln 2 \implies x = 2",
    r"\log_2 x = 3 \implies x = 9",
    r"\ln(x^2) = 0 \implies x = 1",
    r"\ln(x^2) = \ln(y^2) \implies x = y",
    r"x = y \implies e^x = e^{2y}",
    r"p = \frac{1}{1 + e^{-z}} \implies \ln\frac{p}{1-p} = -z",
)


def verdict(latex: str, assumed: tuple[str, ...] = ()) -> Verdict:
    (result,) = verify(read_claim(latex, DECLARED, assumed)).results[-1:]
    assert not result.conditions
    return result.verdict


@pytest.mark.parametrize(("latex", "assumed"), PROVED)
def test_what_follows(latex: str, assumed: tuple[str, ...]) -> None:
    assert verdict(latex, assumed) is Verdict.PROVED


@pytest.mark.parametrize("latex", REFUTED)
def test_what_does_not_follow(latex: str) -> None:
    assert verdict(latex) is Verdict.REFUTED
