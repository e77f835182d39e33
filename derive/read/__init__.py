"""Text to documents: formulas with exact spans, their statements, declarations and prose."""

from __future__ import annotations

import re
import sys
import time
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from derive.language.declarations import parse
from derive.language.document import Declaration, Document, Formula, Problem, Statement, Unread
from derive.language.prose import continues_list, mark_after, mark_before
from derive.read.formula import Names, Uses, function_names, read_formula
from derive.read.markdown import Places, Raw, comments, scan

__all__ = ["read", "read_claim", "read_formulas", "read_text"]

MAXIMUM_SIZE = 20_000_000


def read(path: str) -> Document:
    """The document in a file, or from standard input for "-". What is wrong with the file itself is in `problems`."""
    try:
        data = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    except FileNotFoundError:
        return _problem(path, "there is no such file; check the path", "missing-file")
    except IsADirectoryError:
        return _problem(path, "this is a folder; name its files, e.g. folder/*.md", "missing-file")
    except OSError as error:
        return _problem(path, f"cannot be read: {error.strerror}", "missing-file")
    if len(data) > MAXIMUM_SIZE:
        return _problem(path, "larger than 20 MB", "too-large")
    if b"\0" in data:
        return _problem(path, "this is a binary file, not text", "binary")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return _problem(path, f"not UTF-8 at byte {error.start} (line {line}); save it as UTF-8", "not-utf-8", line)
    if not text.removeprefix("\ufeff").strip():
        return _problem(path, "the file is empty", "empty")
    return read_text(text, path)


def _problem(path: str, message: str, code: str, line: int = 0) -> Document:
    return Document(path, "", problems=[Problem(message, line, 1 if line else 0, code)])


def read_text(text: str, path: str = "-") -> Document:
    """The document in a text."""
    text = text.removeprefix("\ufeff")
    spans, headings, places = scan(text)
    document = Document(path, text, headings=headings)
    declarations = [(raw, parse(text[raw.start : raw.end], raw.start)) for raw in spans if raw.kind == "declaration"]
    formulas = [raw for raw in spans if raw.kind == "math"]
    names = _names(
        [text[raw.start : raw.end] for raw in formulas], [item for _, items in declarations for item in items]
    )
    parsed = dict(declarations)
    for index, raw in enumerate(spans):
        if raw.kind == "unclosed":
            line, column = document.position(raw.start)
            message = "this $ is never closed; close it, or write \\$ for a dollar"
            document.problems.append(Problem(message, line, column, "unclosed-dollar"))
        elif raw.kind == "declaration":
            for item in parsed[raw]:
                document.items.extend(_statements_of(item, names))
        else:
            document.items.append(_formula(document, spans, index, names, places))
    return document


def _names(formulas: list[str], declarations: list[Declaration]) -> Names:
    """The names that are functions in the whole document (R4), and those that are numbers."""
    uses = Uses()
    for latex in formulas:
        function_names(latex, uses)
    strong, headers, bare = uses.functions, uses.headers, uses.bare
    operators = uses.overloaded()
    strong |= uses.of_variables()
    for item in declarations:
        if item.kind == "symbols":
            function = item.sort.startswith("function")
            (strong if function else bare).update(item.names)
            if not function:
                strong -= set(item.names)
                headers -= set(item.names)
            operators -= set(item.names)
    strong = (strong | (headers - bare)) - operators
    return Names(frozenset(strong), frozenset(bare - strong), frozenset(operators))


def _statements_of(item: Declaration, names: Names) -> list[Declaration]:
    """A declaration with its LaTeX read; one item for each statement."""
    if item.kind not in {"assume", "claim", "let"}:
        return [item]
    shift = item.end - len(item.text)
    parts = read_formula(item.text, shift, names, claims=True)
    if not parts:
        return [replace(item, kind="unread", message="there is no statement here")]
    found = []
    for part in parts:
        if isinstance(part, Unread):
            found.append(replace(item, kind="unread", message=part.message))
        else:
            found.append(replace(item, start=part.start, end=part.end, text=part.latex, node=part.node))
    return found


def _formula(document: Document, spans: list[Raw], index: int, names: Names, places: Places) -> Formula:
    raw, text = spans[index], document.text
    latex = text[raw.start : raw.end]
    begin = time.perf_counter()
    parts = read_formula(latex, raw.start, names)
    seconds = time.perf_counter() - begin
    width = 2 if raw.display else 1
    before_start = spans[index - 1].end + 1 if index else 0
    after_end = spans[index + 1].start - 1 if index + 1 < len(spans) else len(text)
    before = re.split(r"\n[ \t\r]*\n|\n[ \t]*[-*+>] ", text[before_start : max(before_start, raw.start - width)])[
        -1
    ].lstrip("$")
    after = re.split(r"\n[ \t\r]*\n|\n[ \t]*[-*+>] ", text[raw.end + width : max(raw.end + width, after_end)])[0]
    introduced = before
    if raw.display and not before.strip():  # a display in a block of its own: the block above may introduce it
        above = text[before_start : raw.start - width].rstrip()
        introduced = re.split(r"\n[ \t\r]*\n|\n[ \t]*[-*+>] ", above)[-1].lstrip("$")
    parts = _marked(parts, introduced, after, document)
    section = bisect_right([start for start, _, _ in document.headings], raw.start)
    paragraph = places.paragraph(raw.start)
    found = comments(latex, raw.start) if raw.display else ()
    return Formula(
        raw.start,
        raw.end,
        latex,
        raw.display,
        parts,
        before.rstrip("\n"),
        after.split("\n")[0] if raw.display else after,
        section,
        paragraph,
        found,
        seconds,
    )


def _marked(
    parts: tuple[Statement | Unread, ...], before: str, after: str, document: Document
) -> tuple[Statement | Unread, ...]:
    """The statements with what the words just outside the formula say of them, where no word inside does."""
    first = mark_before(before)[0]
    if not first and continues_list(before):
        first = _mark_of_last(document)
    last = mark_after(after)[0]
    found = list(parts)
    for index, part in enumerate(found):
        if not isinstance(part, Statement) or part.mark or part.connector:
            break
        if first:
            found[index] = replace(part, mark=first)
    if last and found and isinstance(found[-1], Statement) and not found[-1].mark:
        found[-1] = replace(found[-1], mark=last)
    return tuple(found)


def _mark_of_last(document: Document) -> str:
    """The mark of the last statement so far: it goes on in a list of formulas."""
    for item in reversed(document.items):
        if isinstance(item, Formula):
            last = item.parts[-1] if item.parts else None
            return last.mark if isinstance(last, Statement) and last.mark not in {"question", "not"} else ""
    return ""


def read_claim(
    latex: str, declare: tuple[str, ...] | list[str] = (), assume: tuple[str, ...] | list[str] = ()
) -> Document:
    """One formula, in which everything is a claim, with declarations and hypotheses of the declaration language."""
    document = Document("-", latex, claims=True)
    items: list[Declaration] = []
    for text in declare:
        items += parse(text)
    for text in assume:
        items += parse("assume " + text.replace(";", ","))
    names = _names([latex, *assume], items)
    for item in items:
        for one in _statements_of(item, names):
            if one.kind == "unread":
                document.problems.append(Problem(f"declaration '{one.text}': {one.message}", code="unread-declaration"))
            else:
                document.items.append(one)
    begin = time.perf_counter()
    parts = read_formula(latex, 0, names, claims=True)
    seconds = time.perf_counter() - begin
    document.items.append(Formula(0, len(latex), latex, True, parts, seconds=seconds))
    return document


def read_formulas(formulas: Sequence[str]) -> Document:
    """The document made of formulas alone, in order, each a display of its own."""
    text = "\n\n".join(formulas)
    names = _names(list(formulas), [])
    document = Document("-", text)
    start = 0
    for paragraph, latex in enumerate(formulas):
        parts = read_formula(latex, start, names)
        document.items.append(Formula(start, start + len(latex), latex, True, parts, paragraph=paragraph))
        start += len(latex) + 2
    return document
