"""Reports for people: file:line:column, verdict and formula of every relation, and beneath it what there is to say."""

from __future__ import annotations

import re
import unicodedata

from derive.language.codes import CODES
from derive.language.report import Conclusion, DocumentReport, Report, Result, Verdict
from derive.write.wording import details, formula, one_line, position, summary

_COLOURS = {
    Verdict.PROVED: "32",
    Verdict.REFUTED: "1;31",
    Verdict.ILL_SORTED: "1;31",
    Verdict.UNKNOWN: "33",
    Verdict.DEFINED: "36",
    Verdict.ASSUMED: "36",
    Verdict.UNREAD: "35",
}
_LABEL_COLOURS = {"counterexample": "31", "suggestion": "32", "where": "33", "problem": "1;31"}
# What is not cut in two: the beginning and end of an environment, a control word or symbol, a letter with its marks.
_ATOM = re.compile(r"\\(?:begin|end)\{[^{}]*\}|\\[A-Za-z]+|\\.|.[\u0300-\u036f]*", re.DOTALL)
# Signs and layout: a conclusion with nothing else but these and numbers says nothing of the author's symbols.
_NO_SYMBOL = re.compile(
    r"\\(?:le|ge|leq|geq|leqslant|geqslant|lt|gt|ne|neq|cong|approx|[dt]?frac|left|right|cdot|times)(?![A-Za-z])"
)
_VERDICT_WIDTH = max(len(verdict.value) for verdict in Verdict)
_FORMULA_WIDTH = 100  # cells; longer formulas are shortened in the middle


def write(report: Report, *, colour: bool = False, show_reading: bool = False, width: int = 0) -> str:
    """The report as text. `width` is that of the terminal, 0 for a pipe, where formulas get 100 cells."""
    blocks = [_document(document, colour, show_reading, width) for document in report.documents]
    blocks = [block for block in blocks if block]
    return "\n".join([*blocks, summary(report)]) + "\n"


def _document(document: DocumentReport, colour: bool, show_reading: bool, width: int) -> str:
    path = one_line(document.path)
    lines: list[str] = []
    for problem in document.problems:
        place = f"{path}{_sign(problem.cell)}{position(problem)}" if problem.line else path
        lines.append(f"{place}  {_painted('problem', _LABEL_COLOURS['problem'], colour)}  {one_line(problem.message)}")
    last = {one.links[-1]: one for one in document.conclusions if one.links and _is_news(one, document)}
    places = {result.id: position(result) for result in document.results}
    margin = max((cells(place) for place in places.values()), default=0)
    unread: set[str] = set()
    for result in document.results:
        lines.extend(_result(path, result, places, margin, colour, show_reading, width))
        if result.verdict is Verdict.UNREAD and result.code in CODES and result.code not in unread:
            unread.add(result.code)  # said once for each kind of trouble
            lines.append(f"    way out: {one_line(CODES[result.code].way_out)}")
        if result.id in last:
            lines.append(_conclusion(last[result.id], colour))
    if document.context and ("contradict" in document.context or show_reading):
        lines.append(f"{path}  context: {one_line(document.context)}")
    lines.extend(f"{path}  {one_line(note)}" for note in document.notes)
    if show_reading:
        lines.extend(f"{path}  inferred: {one_line(text)}" for text in document.inferred)
    return "\n".join(lines)


def _result(
    path: str, result: Result, places: dict[str, str], margin: int, colour: bool, show_reading: bool, width: int
) -> list[str]:
    place = f"{path}{_sign(result.cell)}{places[result.id].ljust(margin)}"
    word = _painted(result.verdict.value.ljust(_VERDICT_WIDTH), _COLOURS[result.verdict], colour)
    room = _FORMULA_WIDTH
    if width:
        room = max(24, width - cells(place) - _VERDICT_WIDTH - 4)
    lines = [f"{place}  {word}  {shortened(formula(result.latex), room)}"]
    said = details(result, places)
    if show_reading and result.reading:
        said.insert(0, ("reading", one_line(result.reading)))
    for label, text in said:
        head = (
            f"{_painted(label, _LABEL_COLOURS[label], colour) if label in _LABEL_COLOURS else label}: " if label else ""
        )
        lines.append(f"    {head}{text}")
    return lines


def _sign(cell: int) -> str:
    return "#" if cell else ":"


def _conclusion(conclusion: Conclusion, colour: bool) -> str:
    word = _painted(conclusion.verdict.value, _COLOURS[conclusion.verdict], colour)
    where = ", " + one_line("where " + " and ".join(conclusion.conditions)) if conclusion.conditions else ""
    return f"    conclusion: {shortened(formula(conclusion.latex), _FORMULA_WIDTH)} ({word}{where})"


def _is_news(conclusion: Conclusion, document: DocumentReport) -> bool:
    """Whether it says more than its links: not where a link already says what is wrong, nor for -1 <= 1 from -1 <= q <= 1."""
    links = {result.verdict for result in document.results if result.id in conclusion.links}
    return links <= {Verdict.PROVED} and any(one.isalpha() for one in _NO_SYMBOL.sub("", conclusion.latex))


def _painted(text: str, code: str, colour: bool) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if colour else text


def cells(text: str) -> int:
    """How many cells of a terminal a text takes: Hangul and other wide letters take two, combining marks none."""
    count = 0
    for character in text:
        if unicodedata.combining(character) or character in "\u200b\u200c\u200d":
            continue
        count += 2 if unicodedata.east_asian_width(character) in "WF" else 1
    return count


def shortened(text: str, room: int) -> str:
    """The text in at most `room` cells: the middle is left out, and no control word is cut in two."""
    if cells(text) <= room:
        return text
    budget = room - 3  # of " … "
    atoms = _ATOM.findall(text)
    head = _fitting(atoms, budget * 2 // 3)
    tail = _fitting(atoms[::-1], budget - budget * 2 // 3)[::-1]
    return f"{''.join(head).rstrip()} … {''.join(tail).lstrip()}"


def _fitting(atoms: list[str], room: int) -> list[str]:
    taken = 0
    for index, atom in enumerate(atoms):
        taken += cells(atom)
        if taken > room:
            return atoms[:index]
    return atoms
