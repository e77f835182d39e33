"""Laws of powers with real exponents: proved where both sides are defined, also at the base 0; what is not used brings no condition."""

from __future__ import annotations

import pytest

from derive.language.report import Result
from derive.read import read_claim
from derive.verify import verify


def result_of(latex: str, *declare: str) -> Result:
    (result,) = verify(read_claim(latex, declare)).results
    return result


@pytest.mark.parametrize(
    ("latex", "conditions"),
    [
        (r"a^{x + y} = a^x a^y", 3),
        (r"(a b)^x = a^x b^x", 3),
        (r"a^{-x} = \frac{1}{a^x}", 3),
        (r"\sin(\arcsin x) = x", 2),
        (r"\log_{a}(a^x) = x", 3),
        (r"e^{\ln x} = x", 1),
        (r"n! = n (n - 1)!", 0),
    ],
)
def test_laws(latex: str, conditions: int) -> None:
    declared = ("n : positive integer",) if "n!" in latex else ()
    found = result_of(latex, *declared)
    assert found.verdict.value == "proved", found.message
    assert len(found.conditions) == conditions, found.conditions


@pytest.mark.parametrize(
    "latex",
    [
        r"a^{x + y} = a^x + a^y",
        r"a^{x y} = a^x a^y",
        r"(a + b)^x = a^x + b^x",
        r"a^{-x} = -a^x",
        r"\arcsin(\sin x) = x",
        r"\log_{a}(x^a) = x",
        r"e^{\ln x} = |x| + 1",
        r"\ln(x^2) = \ln x",
        r"\sqrt{x^2 + y^2} = x + y",
        r"\sin(2x) = 2 \sin x",
        r"\tan(x + y) = \tan x + \tan y",
    ],
)
def test_what_is_false_is_not_proved(latex: str) -> None:
    assert result_of(latex).verdict.value in {"refuted", "unknown"}
