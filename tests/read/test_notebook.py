"""Notebooks: Markdown cells in order, places by cell, and files that are none."""

from __future__ import annotations

import json

import pytest

from derive.language.document import Formula
from derive.language.report import Report, Verdict
from derive.read import read, read_text
from derive.read.notebook import lines_in_file
from derive.verify import verify
from derive.write import github, sarif, terminal
from derive.write.json import data


def notebook(*cells: tuple[str, object]) -> str:
    return json.dumps({"cells": [{"cell_type": kind, "source": source} for kind, source in cells], "nbformat": 4})


TWO = notebook(
    ("markdown", ["# Title\n", "\n", "Let $x = 1$.\n"]),
    ("code", "y = '$z = 3$'"),
    ("raw", "$u = 4$"),
    ("markdown", "Then $x + 1 = 2$\n\nand $x + 1 = 3$."),
)


def test_markdown_cells_only_with_places_by_cell() -> None:
    document = read_text(TWO, "a.ipynb")
    formulas = [item for item in document.items if isinstance(item, Formula)]
    assert [one.latex for one in formulas] == ["x = 1", "x + 1 = 2", "x + 1 = 3"]
    assert [(place.cell, place.line, place.column) for place in map(document.place, (one.start for one in formulas))] == [
        (1, 3, 6), (4, 1, 7), (4, 3, 6),
    ]  # fmt: skip
    assert document.source is not None
    assert [document.source.text[one.start : one.end] for one in formulas] == [one.latex for one in formulas]


def test_what_is_defined_in_one_cell_holds_in_the_next() -> None:
    results = verify(read_text(TWO, "a.ipynb")).results
    assert [(one.verdict, one.cell, one.line, one.id) for one in results] == [
        (Verdict.DEFINED, 1, 3, "1.3.1"),
        (Verdict.PROVED, 4, 1, "4.1.1"),
        (Verdict.REFUTED, 4, 3, "4.3.1"),
    ]


def test_how_reports_name_the_place() -> None:
    document = verify(read_text(TWO, "a.ipynb"))
    report = Report([document])
    assert "a.ipynb#cell4:3:6" in terminal.write(report)
    assert "from: cell1:3:6" in terminal.write(report)
    results = data(report)["documents"][0]["results"]
    assert [(one["cell"], one["line"]) for one in results] == [(1, 3), (4, 1), (4, 3)]
    (line,) = [one for one in github.write(report).splitlines() if one.startswith("::error")]
    assert "line=1,endLine=1" in line  # the JSON stands in one line
    assert "::cell 4, line 3: refuted" in line
    located = json.loads(sarif.write(report))["runs"][0]["results"][-1]
    assert located["locations"][0]["physicalLocation"]["region"] == {"startLine": 1, "endLine": 1}
    assert located["message"]["text"].startswith("cell 4, line 3: ")


def test_a_message_names_the_cell() -> None:
    text = notebook(("markdown", "All numbers are positive."), ("markdown", "$|x| = x$"))
    (result,) = verify(read_text(text, "a.ipynb")).results
    assert result.verdict is Verdict.UNKNOWN
    assert "line 1 of cell 1" in result.message


def test_what_is_not_closed_ends_with_its_cell() -> None:
    text = notebook(
        ("markdown", "$$ x = 1"), ("markdown", "$$y = 1$$ ```"), ("markdown", "$z = 1$ <!--"), ("markdown", "$w$")
    )
    document = read_text(text, "a.ipynb")
    assert [item.latex for item in document.items if isinstance(item, Formula)] == ["y = 1", "z = 1", "w"]
    assert [(one.cell, one.line, one.code) for one in document.problems] == [
        (1, 1, "unclosed-dollar"),
        (3, 1, "unclosed-comment"),
    ]
    assert "a.ipynb#cell3:1:9  problem" in terminal.write(Report([verify(document)]))
    assert data(Report([verify(document)]))["documents"][0]["errors"][1]["cell"] == 3
    assert "cell 1, line 1: " in github.write(Report([verify(document)]))


def test_macros_hold_in_the_cells_below() -> None:
    text = notebook(("markdown", "$\\newcommand{\\a}[1]{#1 + 1}$"), ("markdown", "Text\n$\\a{x} = x$"))
    (result,) = verify(read_text(text, "a.ipynb")).results
    assert (result.verdict, result.cell, result.line, result.column, result.latex) == (
        Verdict.REFUTED,
        2,
        2,
        2,
        "\\a{x} = x",
    )


def test_a_rule_is_no_front_matter_but_in_the_first_cell() -> None:
    document = read_text(notebook(("markdown", "a"), ("markdown", "---\n$x$\n---\n")), "a.ipynb")
    assert len(document.items) == 1


def test_older_notebooks() -> None:
    cells = [
        {"cell_type": "heading", "level": 2, "source": ["Two"]},
        {"cell_type": "markdown", "source": ["$x$"]},
        {"cell_type": "heading", "source": "One"},
    ]
    document = read_text(json.dumps({"worksheets": [{"cells": cells}]}), "a.ipynb")
    assert [(level, title) for _, level, title in document.headings] == [(2, "Two"), (1, "One")]
    assert document.place(document.items[0].start).cell == 2


def test_a_notebook_without_text() -> None:
    document = read_text(notebook(("code", "1")), "a.ipynb")
    assert not document.items
    assert not document.problems
    assert not read_text(notebook(), "a.ipynb").problems


BROKEN = {
    "broken JSON": ('{"cells": [\n{"cell_type": "markdown"\n', 3, "broken JSON"),
    "a merge conflict": ('<<<<<<< HEAD\n{"cells": []}', 1, "broken JSON"),
    "a list": ("[1, 2]", 0, "no list of cells"),
    "a string": ('"cells"', 0, "no list of cells"),
    "no cells": ('{"metadata": {}}', 0, "no list of cells"),
    "cells are no list": ('{"cells": {"a": 1}}', 0, "no list of cells"),
    "nested too deep": ("[" * 200_000, 0, "nested too deep"),
    "a long number": ('{"cells": [' + "9" * 10_000 + "]}", 0, "number"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_notebooks(name: str) -> None:
    text, line, words = BROKEN[name]
    document = read_text(text, "a.ipynb")
    (problem,) = document.problems
    assert problem.code == "broken-notebook"
    assert problem.line == line
    assert words in problem.message
    assert not document.items


def test_a_broken_cell_costs_itself_only() -> None:
    cells = [{"cell_type": "markdown", "source": 1}, None, 3, {"source": "$a$"}, {"cell_type": "markdown"}, {"cell_type": "markdown", "source": "$b$"},
             {"cell_type": "markdown", "source": ["a", None]}]  # fmt: skip
    document = read_text(json.dumps({"cells": cells}), "a.ipynb")
    assert [item.latex for item in document.items if isinstance(item, Formula)] == ["b"]
    assert [(one.cell, one.code) for one in document.problems] == [(1, "broken-notebook"), (7, "broken-notebook")]


def test_from_a_file(tmp_path) -> None:
    path = tmp_path / "A.IPYNB"
    path.write_text("\ufeff" + TWO, encoding="utf-8")
    assert len(read(str(path)).items) == 3


def test_lines_in_the_file() -> None:
    text = """{
 "cells": [
  {"cell_type": "code", "source": ["x\\n", "y"], "outputs": [{"source": "q"}]},
  {"cell_type": "markdown", "metadata": {"source": ["z\\n"]},
   "source": [
    "Let $x$ be real.\\n",
    "\\n",
    "$x + 1 = x$, \\"quoted\\"\\n"
   ]},
  {"cell_type": "markdown", "source": "one\\n\\n$2 = 3$"}
 ], "metadata": {"source": "no"}
}"""
    assert lines_in_file(text) == {1: (3, 3), 2: (6, 7, 8), 3: (10, 10, 10)}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[",
        "}{",
        '{"cells": 3}',
        '{"cells": [["source", "x"]]}',
        '{"cells": [{"source": [{"source": "x"}]}]}',
        '"' * 9,
    ],
)
def test_lines_of_no_notebook(text: str) -> None:
    assert lines_in_file(text) == {}
