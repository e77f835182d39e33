"""Reports and a derivation made by hand, and the comparison with golden files (DERIVE_UPDATE_GOLDEN=1 writes them)."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from derive.language.derivation import DerivationText, Line, Part
from derive.language.document import Problem
from derive.language.report import Conclusion, CounterexampleText, DocumentReport, Report, Result, Verdict

GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture
def golden() -> Callable[[str, str], None]:
    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if os.environ.get("DERIVE_UPDATE_GOLDEN"):
            path.write_text(text, encoding="utf-8", newline="\n")
        assert path.read_text(encoding="utf-8") == text

    return compare


@pytest.fixture
def report() -> Report:
    results = [
        Result(
            "3.1", 3, 2, 3, 20, "f(x) = x^2 + 1", "=", Verdict.DEFINED, reading="f(x) = x^2 + 1", message="defines f",
        ),
        Result(
            "5.1", 5, 1, 5, 30, r"\frac{x}{x} = 1", "=", Verdict.PROVED, reading="x/x = 1", conditions=("x != 0",),
            procedure="identity", seconds={"read": 0.0001, "decide": 0.003, "check": 0.0004},
        ),
        Result("5.2", 5, 31, 5, 36, r"1 \le 2", "<=", Verdict.PROVED, procedure="sign", seconds={"decide": 0.001}),
        Result(
            "9.1", 9, 1, 10, 4, "(x + y)^2 =\n x^2 + y^2", "=", Verdict.REFUTED, code="refuted-by-evaluation",
            message="the 100 % wrong square, 이항정리", counterexample=CounterexampleText((("x", "1"), ("y", "1")), "4", "2"),
            suggestion="(x + y)^2 = x^2 + 2xy + y^2", notes=("a mixed term is missing",), hypotheses=("y > 0",),
        ),
        Result("11.1", 11, 1, 11, 9, r"w = \vec{g}", "=", Verdict.ILL_SORTED, code="ill-sorted", message="row of size n, column of size n"),
        Result("12.1", 12, 1, 12, 9, "a = b", "=", Verdict.UNKNOWN, code="rests-on-refuted", message="follows from line 9, refuted", premises=("9.1",)),
        Result("13.1", 13, 5, 13, 9, r"\foo x", "", Verdict.UNREAD, code="unread", message=r"\foo is not known"),
        Result("14.1", 14, 1, 14, 9, "x = 2", "=", Verdict.ASSUMED, code="read-as-condition", message="read as a condition"),
    ]  # fmt: skip
    conclusion = Conclusion("5.1-5.2", r"\frac{x}{x} \le 2", "<=", Verdict.PROVED, ("x != 0",), ("5.1", "5.2"))
    first = DocumentReport(
        "posts/정리, 1.md", results, [conclusion], inferred=["x, y : real"], context="satisfied by y = 1"
    )
    second = DocumentReport("lost.md", problems=[Problem("no such file", code="missing-file")])
    third = DocumentReport("odd.md", problems=[Problem("an unclosed $", 7, 3, "unclosed")])
    return Report([first, second, third])


@pytest.fixture
def derivation() -> DerivationText:
    def found(verdict: Verdict, **more: object) -> Result:
        return Result("1.1", 1, 1, 1, 1, "", "=", verdict, **more)  # type: ignore[arg-type]

    proved = found(Verdict.PROVED, axioms=("cos-bounds",))
    return DerivationText(
        "Squares & 100 % of $n$",
        "Prose with $a_1$ and a_2.",
        (
            Part(
                "A part",
                "What follows is short.",
                (
                    Line("x", ">", "0", "a start", "assumed", found(Verdict.ASSUMED)),
                    Line("[a, b]", "=", "c % a comment\n + d", "", "defined", found(Verdict.DEFINED)),
                    Line("(x + y)^2", "=", "(x + y)(x + y)", "a power, for $x_1$", "claim", proved),
                    Line("", "=", "x^2 + 2xy + y^2", "multiplied out.", "claim", proved, continues=True),
                    Line(
                        r"\dfrac{x}{x}",
                        "=",
                        "1",
                        "",
                        "claim",
                        found(Verdict.PROVED, conditions=("x != 0",), conditions_latex=(r"x \neq 0",)),
                    ),
                ),
            ),
            Part("", "", (Line("x = y \\implies y = x", "", "", "turned around", "claim", proved),)),
        ),
    )


@pytest.fixture
def doubtful(derivation: DerivationText) -> DerivationText:
    wrong = Result(
        "1.1", 1, 1, 1, 1, "", "=", Verdict.REFUTED, counterexample=CounterexampleText((("x", "1"),), "4", "2")
    )
    lines = (Line("(x + 1)^2", "=", "x^2 + 1", "wishful", "claim", wrong), Line("x", "=", "x", "", "claim"))
    return DerivationText("Doubtful", "", (Part("", "", lines),))
