"""A true hypothesis more, other names, and sides in another order change no verdict."""

from __future__ import annotations

import pytest

from derive.bench import judge

CLAIMS = [
    (("0 < x", "x < y"), r"1 + x + x^4 < 1 + y + y^4", "proved"),
    (("x > 0", "y > 0"), r"\frac{x}{y} + \frac{y}{x} \ge 2", "proved"),
    (("x + y = 3",), r"x^2 + y^2 = 9 - 2 x y", "proved"),
    (("x > 0", "y > 0"), r"(x^2 y \cdot x y^2)^{1/3} = x y", "proved"),
    (("x \\ge 0",), r"\sin x \le x", "proved"),
    (("x > 0",), r"\frac{x}{y} + \frac{y}{x} \ge 2", "refuted"),
    (("x + y = 3",), r"x^2 + y^2 = 9 - x y", "refuted"),
    (("0 < x", "x < y"), r"1 + x + x^4 < 1 + y + x^5", "refuted"),
]
TURNED = {"<": ">", r"\ge": r"\le", r"\le": r"\ge", "=": "="}


def verdict(assume: tuple[str, ...], latex: str, names: str = "xy") -> str:
    for old, new in zip("xy", names, strict=True):
        assume, latex = tuple(one.replace(old, new) for one in assume), latex.replace(old, new)
    line = {
        "id": "",
        "declare": [f"{name} : real" for name in names],
        "assume": assume,
        "latex": latex,
        "expect": "proved",
    }
    return str(judge(line)[0]["verdict"])


@pytest.mark.parametrize(("assume", "latex", "expected"), CLAIMS)
def test_nothing_changes(assume: tuple[str, ...], latex: str, expected: str) -> None:
    assert verdict(assume, latex) == expected
    assert verdict(assume, latex, "tb") == expected
    assert verdict((*assume, "x^2 + 1 > 0"), latex) == expected
    sign = next(sign for sign in TURNED if f" {sign} " in latex)
    left, right = latex.split(f" {sign} ")
    assert verdict(assume, f"{right} {TURNED[sign]} {left}") == expected
    assert verdict(assume[::-1], latex) == expected
