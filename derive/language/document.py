"""A document as the scanner and the parser leave it: formulas in order, with their statements, prose and declarations. Plain data."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from derive.language.syntax import Node


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of a formula: a chain, a connective, or a bare expression.

    `connector`: how it hangs on what stands before: "" (a new statement), "implies", "therefore", "iff", "so".
    `mark`: the word that introduces it: "", "let", "where", "if", "when", "for", "assume", "define", "claim", "not" (said to be false), "question".
    `starts_with_relation`: the first member is "missing" and is to be taken from the statement above.
    `reasons`: for every sign of the chain the text over it, empty where there is none.
    `latex` is the source text from `start` to `end`.
    """

    node: Node
    start: int
    end: int
    latex: str
    connector: str = ""
    mark: str = ""
    starts_with_relation: bool = False
    reasons: tuple[str, ...] = ()

    def unread_members(self) -> tuple[Node, ...]:
        """The sides of its relations that were not understood."""
        return (
            tuple(child for child in self.node.children if child.kind == "unread") if self.node.kind == "chain" else ()
        )


@dataclass(frozen=True, slots=True)
class Unread:
    """A part of a formula that was not understood; the rest is kept."""

    offset: int
    start: int
    end: int
    latex: str
    message: str
    code: str = "unread"


@dataclass(frozen=True, slots=True)
class Formula:
    """A math span. `start`, `end` are offsets of its content without the delimiters. `before`, `after`: the prose of the same
    paragraph or list item up to the neighbouring formula. `section` counts headings; `paragraph` counts blocks. `expectations` are the
    comments `% proved: ...` of test posts, as (offset, text)."""

    start: int
    end: int
    latex: str
    display: bool
    parts: tuple[Statement | Unread, ...]
    before: str = ""
    after: str = ""
    section: int = 0
    paragraph: int = 0
    comments: tuple[tuple[int, str], ...] = ()
    seconds: float = field(default=0.0, compare=False)  # to read it


@dataclass(frozen=True, slots=True)
class Declaration:
    """One item of a declaration comment, at its place in the document.

    kind: "symbols" (names, sort as written, properties), "assume", "claim", "let" (node), "small" (names), "layout" (sort is row or column),
    "distribution" (names, sort the text of the distribution), "unread" (message).
    """

    kind: str
    start: int
    end: int
    text: str
    names: tuple[str, ...] = ()
    sort: str = ""
    properties: tuple[str, ...] = ()
    node: Node | None = None
    message: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with the file itself: not UTF-8, an unclosed `$`. `line` and `column` are 1-based, 0 where there is no place."""

    message: str
    line: int = 0
    column: int = 0
    code: str = "unreadable-input"


@dataclass(slots=True)
class Document:
    """A read document. `text` is the text that offsets count in (BOM removed, newlines as they stand)."""

    path: str
    text: str
    items: list[Formula | Declaration] = field(default_factory=list)
    headings: list[tuple[int, int, str]] = field(default_factory=list)  # (offset, level, text)
    problems: list[Problem] = field(default_factory=list)
    claims: bool = False  # everything is a claim (derive prove, derive bench)
    _lines: list[int] = field(default_factory=list)

    def position(self, offset: int) -> tuple[int, int]:
        """The 1-based line and column (code points) of an offset."""
        if not self._lines:
            starts = [0]
            index = 0
            text = self.text
            while index < len(text):
                if text[index] == "\r" and text[index + 1 : index + 2] == "\n":
                    index += 1
                if text[index] in "\r\n":
                    starts.append(index + 1)
                index += 1
            self._lines = starts
        line = bisect_right(self._lines, offset)
        return line, offset - self._lines[line - 1] + 1
