"""The declarations that an author could paste: what the formulas show and nothing says, so that pasting it changes no verdict."""

from __future__ import annotations

from dataclasses import dataclass

from derive.language.document import Document
from derive.language.report import DocumentReport, Verdict
from derive.read import read_text
from derive.verify import verify

_FRONT = "---"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The declarations of one section: the heading below which they stand, and its line (empty and 0: before all headings)."""

    heading: str
    line: int
    items: tuple[str, ...]

    def comment(self, kind: str) -> str:
        text = "; ".join(self.items)
        return f"% derive: {text}" if kind == "tex" else f"<!-- derive: {text} -->"


def suggestions(text: str, document: Document, report: DocumentReport, kind: str = "md") -> list[Suggestion]:
    """The declarations of each section of a text, which was read as a document; those that would change a verdict are left out."""
    wanted = _as_suggestions(document, report.undeclared)
    verdicts = _verdicts(report)
    if _same(text, document, kind, wanted, verdicts):
        return _together(wanted)
    kept: list[Suggestion] = []
    for one in wanted:
        if _same(text, document, kind, [*kept, one], verdicts):
            kept.append(one)
    return _together(kept)


def _as_suggestions(document: Document, undeclared: list[tuple[int, str]]) -> list[Suggestion]:
    """One suggestion for each declaration, in the order of the sections."""
    found: list[Suggestion] = []
    for section, item in sorted(dict.fromkeys(undeclared), key=lambda one: one[0]):
        if item.startswith("d "):
            continue  # dx goes with x
        heading = document.headings[section - 1] if section else None
        line = document.position(heading[0])[0] if heading is not None else 0
        found.append(Suggestion(heading[2] if heading is not None else "", line, (item,)))
    return found


def _together(found: list[Suggestion]) -> list[Suggestion]:
    """One suggestion for each place."""
    places: dict[tuple[int, str], list[str]] = {}
    for one in found:
        places.setdefault((one.line, one.heading), []).extend(one.items)
    return [Suggestion(heading, line, tuple(items)) for (line, heading), items in sorted(places.items())]


def _verdicts(report: DocumentReport) -> list[tuple[str, Verdict]]:
    return [(result.latex, result.verdict) for result in report.results]


def _same(
    text: str, document: Document, kind: str, found: list[Suggestion], verdicts: list[tuple[str, Verdict]]
) -> bool:
    """Whether the text with these declarations in it gets the same verdicts."""
    return not found or _verdicts(verify(read_text(pasted(text, found, kind), document.path, kind=kind))) == verdicts


def pasted(text: str, found: list[Suggestion], kind: str = "md") -> str:
    """The text with the declarations in their places."""
    lines = text.split("\n")
    for one in sorted(_together(found), key=lambda one: -one.line):
        place = one.line or _behind_front_matter(lines)
        lines[place:place] = ["", one.comment(kind), ""]
    return "\n".join(lines)


def _behind_front_matter(lines: list[str]) -> int:
    if lines and lines[0].rstrip() == _FRONT:
        for number, line in enumerate(lines[1:], 2):
            if line.rstrip() == _FRONT:
                return number
    return 0
