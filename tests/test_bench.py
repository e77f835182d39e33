"""The benchmark runner: every cell of the scoring table, chains, time limits, files that are no benchmark."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from derive import bench, cli
from derive.language.document import Declaration, Document, Formula, Statement
from derive.language.report import DocumentReport, Result, Verdict
from derive.language.syntax import Node
from derive.workers import Failed, TimedOut

SHARED = Path(__file__).parent.parent.parent / "shared" / "bench"

TABLE = [
    # label, verdict, conditions, score
    ("proved", "proved", False, "proved"),
    ("proved", "proved", True, "over_conditional"),
    ("proved", "refuted", False, "wrong"),
    ("proved", "unknown", False, "unknown"),
    ("proved", "unread", False, "unread"),
    ("conditional", "proved", False, "wrong"),
    ("conditional", "proved", True, "conditional"),
    ("conditional", "refuted", False, "wrong"),
    ("conditional", "unknown", False, "unknown"),
    ("conditional", "unread", False, "unread"),
    ("refuted", "proved", False, "wrong"),
    ("refuted", "proved", True, "wrong"),
    ("refuted", "refuted", False, "refuted"),
    ("refuted", "unknown", False, "unknown"),
    ("refuted", "unread", False, "unread"),
    *((label, "refuted", False, "wrong") for label in ("definition", "out-of-scope", "hypothesis")),
    *(
        (label, verdict, False, "")
        for label in ("definition", "out-of-scope")
        for verdict in ("proved", "unknown", "unread", "defined")
    ),
]


@pytest.mark.parametrize(("label", "verdict", "conditions", "score"), TABLE)
def test_every_cell_of_the_table(label, verdict, conditions, score) -> None:
    assert bench.score(label, verdict, conditions) == score
    assert bench.score_line({"expect": label}, verdict, conditions) == score
    assert bench.score_line({"expect": label, "disputed": True}, verdict, conditions) == ""


def test_an_unknown_label_is_an_error() -> None:
    with pytest.raises(ValueError, match="maybe"):
        bench.score("maybe", "proved", False)


def test_both_readings_of_an_undefined_side_are_right() -> None:
    line = {"expect": "conditional", "expect_uf": "proved"}
    assert bench.score_line(line, "proved", True) == "conditional"
    assert bench.score_line(line, "proved", False) == "proved"
    assert bench.score_line(line, "refuted", False) == "wrong"
    line = {"expect": "conditional", "expect_uf": "refuted"}
    assert bench.score_line(line, "proved", True) == "conditional"
    assert bench.score_line(line, "refuted", False) == "refuted"
    assert bench.score_line(line, "proved", False) == "wrong"


# --- several relations ------------------------------------------------------------------------------------------------------


def result(verdict: str, *conditions: str, code: str = "") -> Result:
    return Result("1.1", 1, 1, 1, 1, "", "=", Verdict(verdict), conditions=conditions, code=code)


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        (["proved", "proved"], "proved"),
        (["proved", "refuted"], "refuted"),
        (["refuted", "unread"], "refuted"),
        (["proved", "unknown"], "unknown"),
        (["proved", "unread"], "unread"),
        (["proved", "assumed"], "proved"),
        (["proved", "defined"], "unknown"),
        (["proved", "ill-sorted"], "unknown"),
        (["assumed"], "unknown"),
        ([], "unknown"),
    ],
)
def test_several_relations_have_one_verdict(verdicts, expected) -> None:
    assert bench.together([result(verdict) for verdict in verdicts]).verdict == expected


def test_conditions_are_united() -> None:
    found = bench.together([result("proved", "x != 0"), result("proved", "y != 0", "x != 0")])
    assert found.conditions == ("x != 0", "y != 0")


def test_only_the_formula_counts() -> None:
    part = Statement(Node("name", (), 0, 1), 0, 5, "b = c")
    declaration = Declaration("assume", 0, 5, "a > 0")
    document = Document("-", "b = c", [declaration, Formula(0, 5, "b = c", True, (part,))])
    own, assumed, unread = result("proved"), result("refuted"), result("unread", code="unread-declaration")
    own.latex, assumed.latex = "b = c", "a > 0"
    assert bench.of_formulas(document, [assumed, unread, own]) == ([own], [assumed, unread])


def test_a_hypothesis_that_is_also_the_claim_counts() -> None:
    (one,) = bench.judge({"id": "a", "assume": ["x > 0"], "latex": "x > 0", "expect": "proved"})
    assert one["verdict"] == "proved"


def test_a_declaration_that_is_not_understood_leaves_the_line_unread() -> None:
    for line in (
        {"declare": ["x : bananas"]},
        {"assume": [r"\foo > 0"]},
        {"declare": ["A : matrix(2, 3)"], "assume": ["A = 1"]},
    ):
        (one,) = bench.judge({"id": "a", "latex": "x = x", "expect": "proved", **line})
        assert (one["verdict"], one["score"]) == ("unread", "unread"), one


# --- chains --------------------------------------------------------------------------------------------------------------


@pytest.fixture
def asked(monkeypatch) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """Questions asked of the pipeline; what is answered stands in the formula, `needs P: verdict` is unknown without P."""
    questions: list[tuple[str, tuple[str, ...], tuple[str, ...]]] = []

    def answer(latex: str, declare: list[str], assume: list[str]) -> bench._Found:
        questions.append((latex, tuple(declare), tuple(assume)))
        before, _, verdict = latex.rpartition(": ")
        if before.startswith("needs ") and before.removeprefix("needs ") not in assume:
            return bench._Found("unknown")
        word, _, conditions = verdict.partition(" if ")
        return bench._Found(word, tuple(conditions.split()) if conditions else ())

    monkeypatch.setattr(bench, "_judge_claim", answer)
    return questions


def steps(*texts: tuple[str, str], **more: object) -> dict[str, object]:
    return {
        "id": "s",
        "declare": ["x : real"],
        "assume": ["a"],
        "steps": [{"latex": t, "expect": e} for t, e in texts],
        **more,
    }


def test_definitions_bind_and_hypotheses_hold(asked) -> None:
    judged = bench.judge(steps(("y = 2x", "definition"), ("x > 0", "hypothesis"), ("b: proved", "proved")))
    assert asked == [("b: proved", ("x : real", "let y = 2x"), ("a", "x > 0"))]
    assert [one["id"] for one in judged] == ["s#1", "s#2", "s#3"]
    assert [one["score"] for one in judged] == ["", "", "proved"]


def test_what_was_proved_is_used(asked) -> None:
    judged = bench.judge(steps(("p: proved", "proved"), ("needs p: proved: proved", "proved")))
    assert [one["verdict"] for one in judged] == ["proved", "proved"]
    assert [question[2] for question in asked] == [("a",), ("a",), ("a", "p: proved")]


@pytest.mark.parametrize("first", ["p: refuted", "p: unknown", "p: proved if x!=0"])
def test_what_was_not_proved_outright_is_not(asked, first) -> None:
    judged = bench.judge(steps((first, "proved"), (f"needs {first}: proved", "proved")))
    assert judged[1]["verdict"] == "unknown"


def test_what_was_proved_under_more_is_not(asked) -> None:
    line = steps(("p: proved", "proved"), ("needs p: proved: proved", "proved"))
    line["steps"][0]["assume"] = ["b"]
    assert bench.judge(line)[1]["verdict"] == "unknown"


def test_a_step_out_of_scope_counts_only_if_refuted(asked) -> None:
    judged = bench.judge(steps(("o: unknown", "out-of-scope"), ("o: refuted", "out-of-scope")))
    assert [one["score"] for one in judged] == ["", "wrong"]


def test_a_defect_costs_its_own_step(monkeypatch) -> None:
    def answer(latex: str, declare: list[str], assume: list[str]) -> bench._Found:
        if latex == "bad":
            raise KeyError("lost")
        return bench._Found("proved")

    monkeypatch.setattr(bench, "_judge_claim", answer)
    judged = bench.judge(steps(("bad", "proved"), ("good", "proved")))
    assert [(one["verdict"], one["code"]) for one in judged] == [("unknown", "crashed"), ("proved", "")]


# --- numbers ---------------------------------------------------------------------------------------------------------------


def judged(label: str, verdict: str, conditions: bool = False, seconds: float = 0.0) -> dict[str, object]:
    line = {"id": f"{label}-{verdict}", "expect": label}
    return bench._judged(
        line["id"],
        line,
        bench._Found(verdict, ("c",) if conditions else (), seconds={"verdict": seconds, "whole": 2 * seconds}),
    )


def test_the_numbers_of_a_set() -> None:
    found = bench.numbers(
        [
            judged("proved", "proved", seconds=1.0),
            judged("proved", "proved", True, seconds=2.0),
            judged("proved", "unread", seconds=3.0),
            judged("conditional", "proved", True, seconds=4.0),
            judged("conditional", "unknown", seconds=5.0),
            judged("refuted", "refuted", seconds=6.0),
            judged("refuted", "proved", seconds=7.0),
            judged("definition", "refuted"),
            judged("definition", "defined"),
        ]
    )
    assert found == {
        "claims": 7,
        "true": 5,
        "false": 2,
        "proved": 1,
        "conditional": 1,
        "over_conditional": 1,
        "refuted": 1,
        "unknown": 1,
        "unread": 1,
        "wrong": 2,
        "wrong_ids": ["refuted-proved", "definition-refuted"],
        "true_decided": 0.6,
        "false_refuted": 0.5,
        "median_seconds": 4.0,
        "p95_seconds": 7.0,
        "median_seconds_in_all": 8.0,
        "p95_seconds_in_all": 14.0,
    }


def test_the_numbers_of_nothing() -> None:
    found = bench.numbers([])
    assert found["claims"] == found["true_decided"] == found["median_seconds"] == found["p95_seconds"] == 0


@pytest.mark.parametrize(("count", "expected"), [(1, 1), (19, 19), (20, 19), (21, 20), (100, 95)])
def test_the_percentile(count, expected) -> None:
    assert bench.percentile(range(1, count + 1), 95) == expected


def test_the_table_lists_what_is_wrong() -> None:
    text = bench.table({"ring": bench.numbers([judged("refuted", "proved"), judged("proved", "proved")])})
    assert "WRONG:\n  refuted-proved\n" in text
    assert "WRONG" not in bench.table({"ring": bench.numbers([judged("proved", "proved")])})


@pytest.mark.parametrize(("outcome", "code"), [(TimedOut(3.0), "time-limit"), (Failed("gone"), "crashed")])
def test_what_is_not_finished_is_unknown(outcome, code) -> None:
    (one,) = bench._open({"id": "a", "expect": "proved", "latex": "x"}, outcome)
    assert (one["verdict"], one["code"], one["score"]) == ("unknown", code, "unknown")
    assert len(bench._open(steps(("p", "proved"), ("q", "refuted")), outcome)) == 2


# --- the command -----------------------------------------------------------------------------------------------------------


def run(*arguments: object):
    return CliRunner().invoke(cli.main, ["bench", *map(str, arguments)])


@pytest.fixture
def cases(tmp_path) -> Path:
    path = tmp_path / "small.jsonl"
    lines = [
        {"id": "a", "declare": ["x : real"], "assume": [], "latex": "x + x = 2 x", "expect": "proved"},
        {"id": "b", "declare": ["x : real"], "assume": [], "latex": "x + x = 3 x", "expect": "refuted"},
        {"id": "c", "declare": ["x : real"], "assume": [], "latex": "\\frac{x}{x} = 1", "expect": "conditional"},
        {"id": "d", "declare": ["x : real"], "assume": ["x \\neq 0"], "latex": "\\frac{x}{x} = 1", "expect": "proved"},
        {"id": "e", "declare": ["x : bananas"], "assume": [], "latex": "x = x", "expect": "proved"},
    ]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


def test_a_file(cases, tmp_path) -> None:
    told = tmp_path / "told.jsonl"
    done = run(cases, "--json", "--jobs", 2, "--lines", told)
    assert done.exit_code == 0, done.output
    found = json.loads(done.output)["sets"]["small"]
    assert found["proved"] == 2
    assert found["refuted"] == found["conditional"] == found["unread"] == 1
    assert found["wrong_ids"] == []
    lines = [json.loads(line) for line in told.read_text(encoding="utf-8").splitlines()]
    assert [line["id"] for line in lines] == ["a", "b", "c", "d", "e"]
    stages = {"read", "decide", "check", "suggest", "verdict", "whole"}
    assert all(set(line["seconds"]) == stages for line in lines)
    # A suggestion is sought for what is refuted, when the verdict stands.
    assert [line["id"] for line in lines if line["seconds"]["suggest"]] == ["b"]
    assert all(line["seconds"]["verdict"] <= line["seconds"]["whole"] for line in lines)


def test_a_wrong_verdict_is_status_one(cases) -> None:
    cases.write_text(cases.read_text(encoding="utf-8").replace('"refuted"', '"proved"'), encoding="utf-8")
    done = run(cases)
    assert done.exit_code == 1
    assert "WRONG:\n  b\n" in done.output


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", ":1: not JSON"),
        ("[]", ":1: not an object"),
        ('{"id": "a"}', "no formula"),
        ('{"latex": "x", "expect": "proved"}', "not a claim"),
        ('{"id": "a", "latex": "x", "expect": "perhaps"}', "perhaps"),
        ('{"id": "a", "steps": [3]}', "no formula"),
        ('{"id": "a", "steps": 3}', "not a claim"),
    ],
)
def test_what_is_no_benchmark(tmp_path, text, message) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text(text, encoding="utf-8")
    done = run(path)
    assert done.exit_code == 2
    assert message in " ".join(done.output.split())
    assert run(tmp_path / "missing.jsonl").exit_code == 2


# --- the reader --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ({"latex": "x = y", "class": "notation"}, False),
        ({"latex": "x", "class": "chain>=2 (lhs missing)"}, True),
        ({"latex": "x", "class": "arrow/map"}, False),
        ({"latex": r"x \le y"}, True),
        ({"latex": r"x \left( y \right)"}, False),
        ({"latex": r"\infty"}, False),
        ({"latex": r"x \in X"}, True),
    ],
)
def test_formulas_with_a_relation(line, expected) -> None:
    assert bench.has_relation(line) is expected


def test_reading(tmp_path) -> None:
    path = tmp_path / "formulas.jsonl"
    formulas = ["x = y", "x", r"x = \foounknown y"]
    path.write_text("".join(json.dumps({"latex": latex}) + "\n" for latex in formulas), encoding="utf-8")
    done = run(path, "--reading", "--json")
    assert done.exit_code == 0, done.output
    found = json.loads(done.output)
    assert (found["formulas"], found["relations"], found["read"], found["rate"]) == (3, 2, 1, 0.5)
    assert found["unread_tokens"] == [["\\foounknown", 1]]
    assert "3 formulas" in run(path, "--reading").output


@pytest.mark.skipif(not SHARED.exists(), reason="../shared is absent")
def test_every_shared_file_is_a_benchmark() -> None:
    for path in sorted(SHARED.glob("*.jsonl")):
        lines = bench.lines_of(path)
        assert lines
        if path.name != "formulas.jsonl":
            bench.check_labels(path, lines)


def test_a_document_report_with_problems_is_unread(monkeypatch) -> None:
    import derive.read
    import derive.verify
    from derive.language.document import Problem

    monkeypatch.setattr(derive.read, "read_claim", lambda *_: Document("-", ""), raising=False)
    monkeypatch.setattr(derive.verify, "verify", lambda _: DocumentReport("-", problems=[Problem("no", code="binary")]))
    (one,) = bench.judge({"id": "a", "latex": "x", "expect": "proved"})
    assert (one["verdict"], one["code"]) == ("unread", "binary")


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        ("a = \\sum_{i=1}^n \\frac{x_i}{2}", True),
        ("\\mathbf{A}^\\mathrm{T} \\begin{bmatrix} 1 & 2 \\end{bmatrix} \\le \\|x\\|", True),
        ("\\lim_{x \\rightarrow 0} \\frac{\\sin x}{x} = 1", True),
        ("\\sum_{k=0}^\\infty x^k = y", False),
        ("\\sum_i x_i = y", False),
        ("x_1 + \\ldots + x_n = y", False),
        ("x \\in \\mathbb{R}", False),
        ("p(x|y) = 1", False),
        ("\\mathrm{Var}(X) = 1", False),
        ("x_{\\mathrm{max}} = 1", True),
    ],
)
def test_the_core_of_formulas(latex: str, expected: bool) -> None:
    assert bench.in_core(latex) is expected
