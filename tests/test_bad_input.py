"""Formulas that no reader should trust: one clear message at its place, and the rest of the document is still checked."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from derive import cli
from derive.elaborate import sorts
from derive.elaborate.functions import Shape
from derive.language.report import DocumentReport, Verdict
from derive.language.syntax import Node
from derive.read import read, read_text
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


def test_a_condition_far_behind_in_its_sentence_leaves_a_claim_open() -> None:
    between = ", ".join(f"$a_{{{index}}} = {index}$" for index in range(1, 111))
    (claim, *_) = verify(read_text(f"We have $\\sqrt{{x^2}} = x$, {between} and that is all for $x > 0$.")).results
    assert (claim.verdict, "far behind it" in claim.message) == (Verdict.UNKNOWN, True)


# --- files, by the command ----------------------------------------------------------------------------------------------

REST = "\n\nAfter $1 + 1 = 2$ and $1 + 1 = 3$.\n"
FILES: dict[str, tuple[bytes | None, str, str]] = {
    "missing": (None, "missing-file", "check the path"),
    "not UTF-8": ("Größe $x = x$".encode("latin-1"), "not-utf-8", "save it as UTF-8"),
    "UTF-16": ("$x = x$".encode("utf-16"), "binary", "binary"),
    "binary": (bytes(range(256)), "binary", "not text"),
    "empty": (b"", "empty", "empty"),
    "white space": (b" \n\r\n\t", "empty", "empty"),
    "a byte order mark only": (b"\xef\xbb\xbf", "empty", "empty"),
    "an unclosed $": (("Text $x = 1" + REST).encode(), "unclosed-dollar", "close it"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_bad_file_costs_itself_only(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content, code, words = FILES[name]
    monkeypatch.chdir(tmp_path)
    if content is not None:
        Path("bad.md").write_bytes(content)
    Path("good.md").write_text(REST, encoding="utf-8")
    told = CliRunner().invoke(cli.main, ["check", "bad.md", "good.md", "--format", "json"])
    assert told.exit_code == 2
    bad, good = json.loads(told.output)["documents"]
    (problem,) = bad["errors"]
    assert (problem["code"], words in problem["message"]) == (code, True), problem
    assert [result["verdict"] for result in good["results"]] == ["proved", "refuted"]
    if "$" in name:
        assert (problem["line"], problem["column"]) == (1, 6)
        assert [result["verdict"] for result in bad["results"]] == ["proved", "refuted"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a system without named pipes")
def test_a_pipe_without_a_writer_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    os.mkfifo("pipe.md")
    told = CliRunner().invoke(cli.main, ["check", "pipe.md"])
    assert (told.exit_code, "pipe its text in" in told.output) == (2, True)


@pytest.mark.skipif(not Path("/dev/fd").is_dir(), reason="a system that does not name what is open")
def test_what_the_shell_has_opened_is_read() -> None:
    reading, writing = os.pipe()
    os.write(writing, b"$1 + 1 = 3$")
    os.close(writing)
    document = read(f"/dev/fd/{reading}")
    os.close(reading)
    assert [result.verdict for result in verify(document).results] == [Verdict.REFUTED]


@pytest.mark.parametrize("name", BAD)
def test_the_report_names_the_place_and_the_way_out(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    latex, verdict, _ = BAD[name]
    monkeypatch.chdir(tmp_path)
    Path("bad.md").write_text(f"${latex}${REST}".encode("utf-8", "replace").decode(), encoding="utf-8")
    told = CliRunner().invoke(cli.main, ["check", "bad.md"])
    assert told.exit_code == 1  # the refuted relation of the rest
    lines = told.output.splitlines()
    assert lines[0].startswith("bad.md:1:")
    assert max(map(len, lines)) < 500
    assert ("way out: " in told.output) >= (verdict == "unread" and "  unread  " in told.output)
    assert sum("bad.md:3:" in line for line in lines) == 2


@pytest.mark.parametrize("unit", ["$ ", "$$\n# a\n", "- a\n", "\\(\n\n"])
def test_a_text_of_signs_is_one_message(unit: str) -> None:
    document = read_text(unit * 250_000)
    (problem,) = document.problems
    assert problem.code == "too-large"
    assert "split the file" in problem.message
    assert not document.items


def test_a_text_of_macro_uses_is_one_message() -> None:
    document = read_text("\\newcommand{\\a}{x}\n$y = y$\n" + ("$" + "\\a " * 2_000 + "$ ") * 20)
    (problem,) = document.problems
    assert (problem.code, len(document.items)) == ("too-large", 21)
    assert "split the file" in problem.message


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("f(", ")", "call"),
        (r"\frac{1}{x + ", "}", "name"),
        (r"\sqrt{x + ", "}", "name"),
        ("(A + ", ")^T", "name"),
        (r"\nabla (f(x) + ", ")", "name"),
        (r"\frac{d}{dx}(x + ", ")", "name"),
        (r"\frac{\partial (x + ", r")}{\partial x}", "name"),
        (r"\operatorname{diag}(x + ", ")", "name"),
        ("(x + ", ")_{ij}", "name"),
    ],
)
def test_what_is_nested_is_looked_at_a_few_times(
    before: str, after: str, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    depth, looks, of_kind = 24, 0, sorts._SHAPES[kind]

    def counted(inference: sorts.Inference, node: Node) -> Shape | None:
        nonlocal looks
        looks += 1
        assert looks <= 50 * depth**2, "twice at each level is sixteen million times"
        return of_kind(inference, node)

    monkeypatch.setitem(sorts._SHAPES, kind, counted)
    verify(read_text(f"$y = {before * depth}x{after * depth}$, $f(x) = x^2$", "nested.md"))
    assert looks >= depth
