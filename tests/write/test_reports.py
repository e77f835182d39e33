"""The formats of reports, against golden files and against their own rules."""

from __future__ import annotations

import json
import re

import pytest

from derive.kernel.certificate import Counterexample, Identity
from derive.kernel.claim import Claim
from derive.kernel.term import ONE, Number, Symbol, add, equal
from derive.language.report import Conclusion, CounterexampleText, DocumentReport, Report, Result, Verdict, lines_of
from derive.write import WRITERS, github, sarif, terminal
from derive.write import json as json_writer

CONTRACT = [
    *("id", "line", "column", "end_line", "end_column", "latex", "relation", "verdict", "code", "message", "reading"),
    *("conditions", "hypotheses", "premises", "counterexample", "suggestion", "procedure", "axioms", "certificate"),
]


def one(latex: str, verdict: Verdict = Verdict.PROVED, **more: object) -> Report:
    return Report([DocumentReport("a.md", [Result("1.1", 1, 1, 1, 9, latex, "=", verdict, **more)])])  # type: ignore[arg-type]


def test_every_writer_writes() -> None:
    for name, module in WRITERS.items():
        assert hasattr(module, "write"), name
    assert {name for name, module in WRITERS.items() if hasattr(module, "write_derivation")} == {"latex", "markdown"}


# --- terminal ---------------------------------------------------------------------------------------------------------


def test_terminal(report, golden) -> None:
    golden("report.txt", terminal.write(report))


def test_terminal_with_colours_and_readings(report, golden) -> None:
    golden("report.coloured.txt", terminal.write(report, colour=True, show_reading=True, width=80))


def test_no_colours_unless_asked_for(report) -> None:
    assert "\x1b" not in terminal.write(report, show_reading=True)


def test_what_a_document_says_cannot_steer_the_terminal() -> None:
    text = terminal.write(one("x \x1b[31m = \u202e y", message="\x07 bell\r\nnext"))
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "\x07" not in text
    assert "bell next" in text


@pytest.mark.parametrize("room", [24, 30, 61])
@pytest.mark.parametrize(
    "latex",
    [
        r"\alpha + \beta + \gamma + \delta + \epsilon + \zeta = \eta + \theta + \iota + \kappa",
        "가" * 80,
        "x" * 200,
        "\\" * 90,
    ],
)
def test_long_formulas_are_shortened(latex, room) -> None:
    text = terminal.shortened(latex, room)
    assert terminal.cells(text) <= room
    assert "…" in text
    head, tail = (part.strip() for part in text.split("…"))
    assert latex.startswith(head)
    assert latex.endswith(tail)
    for word in re.findall(r"\\[A-Za-z]+", head):
        assert re.search(re.escape(word) + r"(?![A-Za-z])", latex), word


def test_an_environment_is_not_cut_in_two() -> None:
    latex = (
        r"\begin{bmatrix} a & b \end{bmatrix} \begin{bmatrix} c \\ d \end{bmatrix} = \begin{bmatrix} e \end{bmatrix}"
    )
    for room in range(24, 90):
        text = terminal.shortened(latex, room)
        assert re.sub(r"\\(?:begin|end)\{bmatrix\}", "", text).count("matrix") == 0, text


def test_verdicts_stand_in_one_column(report) -> None:
    lines = [line for line in terminal.write(report).splitlines() if line.startswith("posts/")]
    assert len({re.search(r"  (?=[a-z])", line).start() for line in lines if line.count("  ")}) == 1  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("latex", "second", "shown"),
    [
        (r"x \le 1", Verdict.PROVED, True),
        (r"-1 \le 1", Verdict.PROVED, False),  # from -1 <= q <= 1
        (r"\dfrac{1}{2} \leq \left(1\right)", Verdict.PROVED, False),
        (r"0 \le \pi", Verdict.PROVED, True),
        (r"x \le 1", Verdict.REFUTED, False),  # the link says what is wrong
    ],
)
def test_a_conclusion_is_shown_where_it_is_news(latex, second, shown) -> None:
    links = [Result(f"{n}.1", n, 1, n, 5, "a = b", "=", verdict) for n, verdict in ((1, Verdict.PROVED), (2, second))]
    conclusion = Conclusion("1.1-2.1", latex, "<=", Verdict.PROVED, (), ("1.1", "2.1"))
    text = terminal.write(Report([DocumentReport("a.md", links, [conclusion])]))
    assert ("conclusion: " in text) == shown
    assert json_writer.data(Report([DocumentReport("a.md", links, [conclusion])]))["documents"][0]["conclusions"]


def test_alignment_marks_are_not_shown_but_those_of_a_matrix_are() -> None:
    text = terminal.write(one(r"a &= \begin{bmatrix} 1 & 2 \end{bmatrix} \& b & \quad c"))
    assert r"a = \begin{bmatrix} 1 & 2 \end{bmatrix} \& b \quad c" in text


def test_a_refutation_by_several_points_is_a_sentence() -> None:
    points = (("f(x)", "x^2"), ("at point 1", "x = 0"), ("at point 2", "x = 1"), ("weights", "1, -1"))
    text = terminal.write(one("f(x) = c", Verdict.REFUTED, counterexample=CounterexampleText(points, "-1", "0")))
    assert "f(x) = x^2; at x = 0 and at x = 1: the equations, multiplied by 1, -1, add up to left -1, right 0\n" in text


def test_premises_are_named_by_their_place() -> None:
    first = Result("3.1", 3, 7, 3, 9, "a = b", "=", Verdict.PROVED)
    second = Result("4.1", 4, 1, 4, 5, "b = a", "=", Verdict.PROVED, premises=("3.1", "elsewhere"))
    assert "    from: 3:7, elsewhere\n" in terminal.write(Report([DocumentReport("a.md", [first, second])]))


def test_lines_are_named_in_words() -> None:
    assert lines_of(["9.1"]) == "line 9"
    assert lines_of(["9.1", "9.2", "12.1"]) == "lines 9, 12"
    assert lines_of(["3.9.1", "4.9.1"]) == "lines 9 of cell 3, 9 of cell 4"


def test_short_formulas_are_not() -> None:
    assert terminal.shortened("a = b", 24) == "a = b"


def test_wide_letters_count_twice() -> None:
    assert terminal.cells("한글 ab") == 7
    assert terminal.cells("e\u0301") == 1


def test_the_summary_of_nothing() -> None:
    assert terminal.write(Report([DocumentReport("a.md")])) == "no relations\n"


def test_contradictory_hypotheses_are_always_said() -> None:
    report = Report([DocumentReport("a.md", context="the hypotheses contradict each other")])
    assert "contradict" in terminal.write(report)


# --- JSON --------------------------------------------------------------------------------------------------------------


def test_json(report, golden) -> None:
    golden("report.json", json_writer.write(report))


def test_json_follows_the_contract(report) -> None:
    data = json.loads(json_writer.write(report))
    assert list(data) == ["version", "documents", "timing"]
    assert data["version"] == 1
    for document in data["documents"]:
        assert {"path", "errors", "results", "conclusions", "summary"} <= set(document)
        assert list(document["summary"]) == [
            "proved",
            "refuted",
            "ill-sorted",
            "unknown",
            "defined",
            "assumed",
            "unread",
        ]
        for result in document["results"]:
            assert list(result)[: len(CONTRACT)] == CONTRACT
    (refuted,) = [r for r in data["documents"][0]["results"] if r["verdict"] == "refuted"]
    assert refuted["counterexample"] == {"assignment": {"x": "1", "y": "1"}, "left": "4", "right": "2"}
    assert refuted["certificate"] is None


@pytest.mark.parametrize(
    ("sign", "word"),
    [("=", "="), (r"\le", "<="), (r"\leqslant", "<="), ("<=", "<="), (r"\cong", "approx"), (r"\implies", "implies")],
)
def test_a_relation_has_one_word(sign, word) -> None:
    report = Report([DocumentReport("a.md", [Result("1.1", 1, 1, 1, 9, "", sign, Verdict.PROVED)])])
    assert json_writer.data(report)["documents"][0]["results"][0]["relation"] == word


def test_json_differs_in_timing_only(report) -> None:
    before = json_writer.write(report)
    for result in report.documents[0].results:
        result.seconds = {"decide": 9.0}
    after = json_writer.write(report)
    cut = '"timing"'
    assert before != after
    assert before[: before.index(cut)] == after[: after.index(cut)]


def test_timing_is_named_by_the_id_in_one_document() -> None:
    report = one("a = a", seconds={"decide": 0.25, "read": 0.5, "other": 1.0})
    assert json_writer.data(report)["timing"] == {"1.1": {"read": 0.5, "decide": 0.25}}


def test_claims_and_evidence_are_data_of_the_kernel() -> None:
    from derive.kernel.data import from_data

    x = Symbol("x")
    claim = Claim(equal(add(x, ONE), add(ONE, x)))
    report = one("x + 1 = 1 + x", claim=claim, certificate=Identity())
    result = json.loads(json_writer.write(report))["documents"][0]["results"][0]
    assert from_data(result["claim"]) == claim
    assert from_data(result["certificate"]) == Identity()
    point = Counterexample(((x, Number(3)),))
    report = one("x = 1", Verdict.REFUTED, claim=Claim(equal(x, ONE)), refutation=point)
    result = json.loads(json_writer.write(report))["documents"][0]["results"][0]
    assert from_data(result["refutation"]) == point


# --- GitHub ------------------------------------------------------------------------------------------------------------


def test_github(report, golden) -> None:
    golden("report.github.txt", github.write(report))


def test_github_escapes_what_would_end_a_command() -> None:
    text = github.write(one("a = b", Verdict.REFUTED, message="50 %\n::error::forged", code="x:y,z"))
    first = text.splitlines()[0]
    assert first.startswith(
        "::error file=a.md,line=1,endLine=1,col=1,endColumn=9,title=derive%3A refuted (x%3Ay%2Cz)::"
    )
    assert "50 %25" in first
    assert text.count("\n") == 2


def test_strict_turns_warnings_into_errors(report) -> None:
    assert github.write(report).count("::warning") == 3
    strict = github.write(report, strict=True)
    assert strict.count("::warning") == 1  # what was read as a condition
    assert strict.count("::error") == 7


# --- SARIF -------------------------------------------------------------------------------------------------------------


def test_sarif(report, golden) -> None:
    golden("report.sarif.json", sarif.write(report))


def test_sarif_keeps_its_own_rules(report) -> None:
    log = json.loads(sarif.write(report))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["kind"] in {"pass", "fail", "open", "informational"}
        assert (result["level"] == "none") == (result["kind"] != "fail")
        location = result["locations"][0]["physicalLocation"]
        assert " " not in location["artifactLocation"]["uri"]
        region = location["region"]
        assert (region["endLine"], region["endColumn"]) > (region["startLine"], region["startColumn"])
    assert run["invocations"][0]["executionSuccessful"] is False
    assert len(run["invocations"][0]["toolExecutionNotifications"]) == 2
    assert sum(result["kind"] == "fail" for result in run["results"]) == 2
    strict = json.loads(sarif.write(report, strict=True))["runs"][0]["results"]
    assert sum(result["kind"] == "fail" for result in strict) == 5
