"""Formulas that no reader should trust: one clear message at its place, and the rest of the document is still checked."""

from __future__ import annotations

import pytest

from derive.language.report import DocumentReport, Verdict
from derive.read import read_text
from derive.verify import verify

BAD = {
    "unbalanced braces": (r"\frac{1{2} = 3", "unread", "brace"),
    "a brace too many": (r"x} = 3", "unread", "'}'"),
    "an unknown macro": (r"\unknownword{x} = 1", "unread", r"\unknownword"),
    "an unknown macro at the end": (r"x = \unknownword", "unread", r"\unknownword"),
    "an open environment": (r"\begin{bmatrix} 1 & 2 = 3", "unread", "never closed"),
    "10,000 parentheses": ("(" * 10_000 + "x" + ")" * 10_000 + " = x", "unread", "20,000 characters"),
    "5,000 parentheses": ("(" * 5_000 + "x" + ")" * 5_000 + " = x", "unread", "nested too deep"),
    "5,000 braces": ("{" * 5_000 + "x" + "}" * 5_000 + " = x", "unread", "nested too deep"),
    "1,500 fractions": (r"\frac{1}{" * 1_500 + "x" + "}" * 1_500 + " = x", "unread", "nested too deep"),
    "3,000 minus signs": ("-" * 3_000 + "x = x", "unread", ""),
    "open parentheses only": ("(" * 3_000 + " = x", "unread", ""),
    "a tower": ("9^{9^{9^9}} = 1", "unknown", ""),
    "a large power of a symbol": ("x^{10^{10}} = x", "unknown", ""),
    "a large factorial": ("1000000! = 2", "unknown", ""),
    "a large binomial": (r"\binom{100000}{50000} = 1", "unknown", ""),
    "a large sum": (r"\sum_{i=1}^{10^9} i = 1", "unknown", ""),
    "sums within sums": (r"\sum_{i=1}^{400} \sum_{j=1}^{400} \sum_{k=1}^{400} i j k = 1", "unknown", ""),
    "a power of a long sum": (r"(a + b + c + d + f + g + h)^{60} = 1 + x", "unknown", ""),
    "a long number": ("9" * 3_000 + " = 1", "unread", "2000 digits"),
    "a relation without a side": ("x = ", "unread", "right side"),
    "nothing but signs": ("= = =", "unread", ""),
    "control characters": ("x \x07 = 1", "unread", ""),
    "an unpaired surrogate": ("x \ud800 = 1", "unread", ""),
}


def report_on(latex: str) -> DocumentReport:
    return verify(read_text(f"Before $1 + 1 = 2$.\n\n${latex}$\n\nAfter $2 + 2 = 4$ and $2 + 2 = 5$.\n"))


@pytest.mark.parametrize("name", BAD)
def test_one_message_and_the_rest_is_checked(name: str) -> None:
    latex, verdict, words = BAD[name]
    report = report_on(latex)
    first, *bad, last, wrong = report.results
    assert (first.verdict, last.verdict, wrong.verdict) == (Verdict.PROVED, Verdict.PROVED, Verdict.REFUTED)
    assert bad
    for result in bad:
        assert result.verdict not in {Verdict.PROVED, Verdict.ILL_SORTED}
        assert result.line == 3
        assert result.message or result.verdict in {Verdict.REFUTED, Verdict.ASSUMED}
    if verdict == "unread":
        assert any(result.verdict is Verdict.UNREAD and words in result.message for result in bad), bad[0].message
    else:
        assert not any(result.verdict is Verdict.UNREAD for result in bad), bad[0].message


def test_an_unclosed_dollar_is_named_and_the_rest_is_checked() -> None:
    report = verify(read_text("Text $x = 1 without end.\n\nNext $1 + 1 = 2$ and $1 + 1 = 3$.\n"))
    (problem,) = report.problems
    assert (problem.line, problem.column, problem.code) == (1, 6, "unclosed-dollar")
    assert [result.verdict for result in report.results] == [Verdict.PROVED, Verdict.REFUTED]
