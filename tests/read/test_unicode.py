"""Hangul in syllables and in letters (Unicode forms C and D), byte order marks and line ends: one reading, columns as in the file."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from derive.language.prose import composed
from derive.language.report import DocumentReport
from derive.read import read, read_text
from derive.verify import verify

POST = """# 제목

한글 앞 $x/x = 1$ 이고.

$x > 0$일 때 $\\frac{x}{x} = 1$.

$|x| = x$

$y = 3$이라고 하자. 그러면 $y^2 = 9$.

$z = 2 \\text{ 이므로 } z + 1 = 3$

$1 + 1 = 3$
"""


def report_on(path: Path, data: bytes) -> DocumentReport:
    path.write_bytes(data)
    return verify(read(str(path)))


def said(report: DocumentReport) -> list[tuple[object, ...]]:
    return [(r.line, r.latex, r.verdict, r.code, r.message, r.conditions, r.hypotheses) for r in report.results]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_one_reading(tmp_path: Path, form, mark, end) -> None:
    plain = report_on(tmp_path / "plain.md", POST.encode())
    text = unicodedata.normalize(form, POST)
    other = report_on(tmp_path / "other.md", (mark + text.replace("\n", end)).encode())
    formulas = [(line, latex, *rest) for line, latex, *rest in said(other)]
    expected = [(line, unicodedata.normalize(form, str(latex)), *rest) for line, latex, *rest in said(plain)]
    assert formulas == expected
    lines = text.split("\n")
    for result in other.results:  # columns count the code points of the file, without its mark
        assert lines[result.line - 1][result.column - 1 :].startswith(result.latex)
        assert lines[result.line - 1][: result.end_column].endswith(result.latex)


def test_a_condition_ends_with_its_paragraph_in_both_forms(tmp_path: Path) -> None:
    """`|x| = x` under the condition of another paragraph was proved where the words of the condition were stored in letters."""
    for form in ("NFC", "NFD"):
        report = report_on(tmp_path / "post.md", unicodedata.normalize(form, POST).encode())
        (absolute,) = [result for result in report.results if result.latex == "|x| = x"]
        assert absolute.verdict.value != "proved"


def test_composed_names_the_places() -> None:
    text = unicodedata.normalize("NFD", "a 일 때 b 각")
    syllables, places = composed(text)
    assert syllables == "a 일 때 b 각"
    assert len(places) == len(syllables) + 1
    assert [text[place] for place in (places[0], places[6])] == ["a", "b"]
    assert places[-1] == len(text)
    assert composed("plain") == ("plain", [0, 1, 2, 3, 4, 5])


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_word_that_may_restrict_is_noticed_in_both_forms(form: str) -> None:
    """x는 양수이다: x is positive, so that |x| = x is not refuted by x = -1."""
    text = unicodedata.normalize(form, "x는 양수이다.\n\n$|x| = x$\n")
    (result,) = verify(read_text(text)).results
    assert (result.verdict.value, result.code) == ("unknown", "perhaps-restricted")
