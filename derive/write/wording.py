"""The words that several formats share: what is said of a result, of a whole report, and how text of a document is made safe to print."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Mapping

from derive.language.document import Problem
from derive.language.report import Report, Result, Verdict

# What turns the direction of text around can make one formula look like another.
_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

_MARKS = re.compile(r"(\\begin\{|\\end\{|\\.|&)", re.DOTALL)


def one_line(text: str) -> str:
    """The text on one line; control characters, which could change what a terminal shows, are replaced."""
    return " ".join("".join(map(_visible, text)).split())


def _visible(character: str) -> str:
    if character in "\t\n\r":
        return " "
    hidden = unicodedata.category(character) in {"Cc", "Cs"} or character in _TURNING
    return "\N{REPLACEMENT CHARACTER}" if hidden else character


def formula(text: str) -> str:
    """A formula of a document on one line, without the alignment marks around its sign; those of matrices stay."""
    kept: list[str] = []
    depth = 0
    for atom in _MARKS.split(text):
        if atom.startswith(("\\begin", "\\end")):
            depth += 1 if atom.startswith("\\begin") else -1
        if atom != "&" or depth > 0:
            kept.append(atom)
    return one_line("".join(kept))


def slashed(path: str) -> str:
    """The path with slashes, on every system."""
    return path.replace(os.sep, "/")


def counterexample(result: Result) -> str:
    """The counterexample on one line, with both values; empty where there is none."""
    found = result.counterexample
    if found is None:
        return ""
    points = [value for name, value in found.assignment if name.startswith("at point ")]
    weights = dict(found.assignment).get("weights", "")
    common = ", ".join(
        f"{name} = {value}"
        for name, value in found.assignment
        if not (points and (name == "weights" or name.startswith("at point ")))
    )
    values = f"left {found.left}, right {found.right}" if found.right else found.left
    if points:  # no constants fit the equation at all of these points
        at = " and ".join(f"at {point}" for point in points)
        shown = f"{common}; {at}" if common else at
        return one_line(f"{shown}: the equations, multiplied by {weights}, add up to {values}")
    return one_line(f"{common}: {values}" if common else values)


def position(thing: Result | Problem) -> str:
    """The place of a result or problem in its file: line:column, in a notebook cell3:line:column."""
    place = f"{thing.line}:{max(thing.column, 1)}"
    return f"cell{thing.cell}:{place}" if thing.cell else place


def cell_of(thing: Result | Problem) -> str:
    """What stands before a message whose place is in the cell of a notebook: the lines of the file itself say nothing there."""
    return f"cell {thing.cell}, line {thing.line}: " if thing.cell else ""


def details(result: Result, places: Mapping[str, str] | None = None) -> list[tuple[str, str]]:
    """Everything said of a result besides the verdict, as (label, text) in the order an author wants it; a message has no label.

    `places` says where the results with these ids stand, as line:column.
    """
    said: list[tuple[str, str]] = []
    if result.message:
        said.append(("", one_line(result.message)))
    if result.counterexample is not None:
        said.append(("counterexample", counterexample(result)))
    if result.suggestion:
        said.append(("suggestion", one_line(result.suggestion)))
    if result.conditions:
        said.append(("where", one_line(" and ".join(result.conditions))))
    if result.premises:
        said.append(("from", one_line(", ".join((places or {}).get(one, one) for one in result.premises))))
    said.extend(("note", one_line(note)) for note in result.notes)
    return said


def paragraph(result: Result) -> str:
    """All that is said of a result, the formula included, on one line."""
    said = [f"{label}: {text}" if label else text for label, text in details(result)]
    return ". ".join([f"{result.verdict.value}: {formula(result.latex)}", *said])


def severity(result: Result, strict: bool = False) -> str:
    """ "error" for what makes the exit status 1, "warning" for what the author should look at, "none" for the rest."""
    if result.verdict in {Verdict.REFUTED, Verdict.ILL_SORTED}:
        return "error"
    if result.verdict in {Verdict.UNKNOWN, Verdict.UNREAD}:
        return "error" if strict else "warning"
    if result.verdict is Verdict.PROVED and result.conditions:
        return "error" if strict else "none"
    if result.code == "read-as-condition":
        return "warning"
    return "none"


def summary(report: Report) -> str:
    """One sentence on the whole report."""
    counts = {verdict.value: 0 for verdict in Verdict}
    for document in report.documents:
        for word, count in document.summary().items():
            counts[word] += count
    total = sum(counts.values())
    text = "no relations" if total == 0 else "1 relation" if total == 1 else f"{total} relations"
    if len(report.documents) > 1:
        text += f" in {len(report.documents)} files"
    if total:
        text += ": " + ", ".join(f"{count} {word}" for word, count in counts.items() if count)
    conditional = sum(
        result.verdict is Verdict.PROVED and bool(result.conditions)
        for document in report.documents
        for result in document.results
    )
    if conditional:
        text += f" ({conditional} of the proved under conditions)"
    unreadable = sum(bool(document.problems) for document in report.documents)
    if unreadable:
        text += f"; {unreadable} {'file' if unreadable == 1 else 'files'} with problems"
    return text
