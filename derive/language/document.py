"""A document as the scanner and the parser leave it: formulas in order, with their statements, prose and declarations. Plain data."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field

from derive.language.source import Place, Source
from derive.language.syntax import Node

THEOREM_LEVEL = 8  # of the heading of a theorem in a paper; what it supposes is its own


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of a formula: a chain, a connective, or a bare expression.

    `connector`: how it hangs on what stands before: "" (a new statement), "implies", "therefore", "iff", "so".
    `mark`: the word that introduces it: "", "let", "where", "if", "when", "for", "assume", "define", "claim", "not" (said to be false), "question",
    "goal" (to be shown, wished or guessed: show that, our goal is),
    "named" (a hypothesis or model with a name, `H_0: \\mu = 0`), "equivalent" (to the formula before, says the prose), "alternative" (joined to the
    formula before by "or").
    `starts_with_relation`: the first member is "missing" and is to be taken from the statement above.
    `continues`: where the statement begins that such a one goes on with, in its column above; -1 is the last one, -2 says that rows leave it open.
    `system`: where the system of several relations begins that it is a row of, or -1.
    `reasons`: for every sign of the chain the text over it, empty where there is none; "!" over a sign that is to hold.
    `latex` is the source text from `start` to `end`.
    """

    node: Node
    start: int
    end: int
    latex: str
    connector: str = ""
    mark: str = ""
    starts_with_relation: bool = False
    continues: int = -1
    system: int = -1
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
    paragraph or list item up to the neighbouring formula. `section` counts headings; `paragraph` counts blocks, `sentence`
    sentences, with those that go on with the one before them (read/sentences.py). `expectations` are the comments `% proved: ...` of test posts,
    as (offset, text)."""

    start: int
    end: int
    latex: str
    display: bool
    parts: tuple[Statement | Unread, ...]
    before: str = ""
    after: str = ""
    section: int = 0
    paragraph: int = 0
    sentence: int = 0
    comments: tuple[tuple[int, str], ...] = ()
    seconds: float = field(default=0.0, compare=False)  # to read it


@dataclass(frozen=True, slots=True)
class Declaration:
    """One item of a declaration comment, at its place in the document.

    kind: "symbols" (names, sort as written, properties), "assume", "claim", "let" (node), "small" (names), "layout" (sort is row or column),
    "distribution" (names, sort the text of the distribution), "input" (a file that is not read), "unread" (message).
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
    """Something wrong with the file itself: not UTF-8, an unclosed `$`. `line` and `column` are 1-based, 0 where there is no place; `cell` is
    that of a notebook, or 0."""

    message: str
    line: int = 0
    column: int = 0
    code: str = "unreadable-input"
    cell: int = 0
    file_line: int = 0  # of a notebook: the line of the file, if it is known


@dataclass(frozen=True, slots=True)
class Preamble:
    """What holds in a document before its first line: macros (name to body, or to [body, number of arguments, default of the first]),
    declarations and hypotheses."""

    macros: Mapping[str, object] = field(default_factory=dict)
    declare: tuple[str, ...] = ()
    assume: tuple[str, ...] = ()


@dataclass(slots=True)
class Document:
    """A read document. Offsets count in `text`; `source` says where they stand in the file.

    `text`: macros are expanded; code, comments, tags and front matter are blanked out; every formula stands between `$` or `$$`. `scopes`: from
    an offset on the text stands in the section of this number; empty where every heading begins the next one.
    """

    path: str
    text: str
    items: list[Formula | Declaration] = field(default_factory=list)
    headings: list[tuple[int, int, str]] = field(default_factory=list)  # (offset, level, text)
    problems: list[Problem] = field(default_factory=list)
    claims: bool = False  # everything is a claim (derive prove, derive bench)
    source: Source | None = None  # without one, `text` is the text of the file
    scopes: list[tuple[int, int]] = field(default_factory=list)
    asides: list[tuple[int, int]] = field(default_factory=list)  # footnotes and captions of a TeX document
    declared: tuple[tuple[int, int], ...] = ()  # where declarations stand in the text, which are no prose
    notes: list[str] = field(default_factory=list)  # what a reader of the report should know of how it was read

    def place(self, offset: int) -> Place:
        """Where an offset stands in the file."""
        source = self._source()
        return source.place(source.offset(max(offset, 0)))

    def position(self, offset: int) -> tuple[int, int]:
        """The 1-based line and column (code points) of an offset."""
        place = self.place(offset)
        return place.line, place.column

    def span(self, start: int, end: int) -> tuple[Place, Place]:
        """Where the first and the last character of a part of the text stand in the file: of itself, or of the macro use that made it."""
        source = self._source()
        first, last = source.span(start, end)
        return source.place(first), source.place(max(first, last - 1))

    def written(self, start: int, end: int) -> str:
        """A part of the text as its author wrote it: with his macros."""
        return self._source().written(self.text, start, end)

    def section(self, offset: int) -> int:
        """The number of the section that an offset stands in; 0 before the first heading."""
        if self.scopes:
            index = bisect_right(self.scopes, (offset, 1 << 60))
            return self.scopes[index - 1][1] if index else 0
        return bisect_right(self.headings, offset, key=lambda heading: heading[0])

    def _source(self) -> Source:
        if self.source is None:
            self.source = Source(self.text)
        return self.source
