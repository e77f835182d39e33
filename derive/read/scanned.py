"""What a scanner leaves: the text with everything blanked out that is no text, offsets unchanged, and the spans of its formulas."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import NamedTuple

from derive.language.document import Problem
from derive.read.macros import Macro, blanked

# Stands for what cannot be read here but is part of a sentence (code, references): it ends no sentence, and no word joins over it.
OPAQUE = "\N{OBJECT REPLACEMENT CHARACTER}"


class Raw(NamedTuple):
    """A math span, a declaration text, the definition of macros, or something that is a problem. `start` and `end` leave out the delimiters."""

    kind: str  # "math", "declaration", "definition", or the code of a problem
    start: int
    end: int
    opened: int  # with its delimiters
    closed: int
    display: bool = False
    message: str = ""


@dataclass(slots=True)
class Scanned:
    """A text in which every formula stands between `$` or `$$` and code, comments, tags and the like are blank; it has the offsets of the original."""

    text: str
    spans: list[Raw] = field(default_factory=list)
    headings: list[tuple[int, int, str]] = field(default_factory=list)  # (offset, level, text)
    scopes: list[tuple[int, int]] = field(default_factory=list)
    asides: list[tuple[int, int]] = field(default_factory=list)  # footnotes, captions
    macros: list[Macro] = field(default_factory=list)  # of the front matter
    problems: list[Problem] = field(default_factory=list)  # with a line of their own
    notes: list[str] = field(default_factory=list)


class Canvas:
    """A text and what is to be put over it: every replacement has the length of what it replaces."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._edits: list[tuple[int, int, str]] = []

    def blank(self, start: int, end: int) -> None:
        """Spaces; newlines stay."""
        if start < end:
            self._edits.append((start, end, ""))

    def hide(self, start: int, end: int) -> None:
        """Something that is there but cannot be read."""
        self.put(start, end, OPAQUE)

    def put(self, start: int, end: int, new: str) -> None:
        """A replacement at the beginning, the rest blank."""
        if start < end:
            self._edits.append((start, end, new[: end - start]))

    def put_at_end(self, start: int, end: int, new: str) -> None:
        """A replacement at the end, what is before it blank."""
        self.blank(start, end - len(new))
        self.put(max(start, end - len(new)), end, new)

    def done(self) -> str:
        """The text with all replacements; of two that overlap the one that begins first counts."""
        pieces: list[str] = []
        position = 0
        text = self.text
        for start, end, new in sorted(self._edits):
            if end <= position:
                continue
            if start < position:
                start, new = position, ""
            if start > position:
                pieces.append(text[position:start])
            if new:
                pieces.append(new)
                start += len(new)
            if start < end:
                pieces.append(" " if end - start == 1 and text[start] != "\n" else blanked(text[start:end]))
            position = end
        return "".join([*pieces, self.text[position:]])


class Places:
    """Where a sign stands in a text, in order; asked for the next one, as often as one likes, in logarithmic time."""

    def __init__(self, places: list[int]) -> None:
        self._places = places

    def after(self, position: int) -> int:
        """The first place at or after a position, or -1."""
        index = bisect_left(self._places, position)
        return self._places[index] if index < len(self._places) else -1
