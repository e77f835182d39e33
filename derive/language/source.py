"""Where a read text stands in its file: macros that were expanded, and the cells of a notebook. Plain data, one record for all readers.

The readers hand on a text in which macros are expanded and what is no text (code, comments, tags) is blanked out. Every offset counts in that
text; `Source` says where it stands in the file. What a macro made stands where the macro is used.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

_NEWLINE = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Place:
    """A 1-based line and column (code points), in a cell of a notebook (0 where there are no cells)."""

    line: int
    column: int
    cell: int = 0
    file_line: int = 0  # of a place in a notebook: the line of the file that holds its text, if it is known

    def __str__(self) -> str:
        return f"line {self.line} of cell {self.cell}" if self.cell else f"line {self.line}"


class Piece(NamedTuple):
    """A run of the read text from `start` to the next piece: copied from offset `source` of the file, or made by a macro (`source` -1).

    `use` is the macro use in whose expansion it stands, -1 outside all of them.
    """

    start: int
    source: int
    use: int = -1


class Use(NamedTuple):
    """A macro use in the file, with its arguments; `parent` is the use in whose argument it stands, or -1."""

    start: int
    end: int
    parent: int = -1


@dataclass(slots=True)
class Source:
    """The text of a file (of a notebook: of its Markdown cells), and where each piece of the read text stands in it.

    Without pieces the read text has the offsets of the file. `cells` are (offset of the first character, number of the cell), `cell_lines` the lines of
    the file that hold the lines of each cell.
    """

    text: str
    pieces: tuple[Piece, ...] = ()
    uses: tuple[Use, ...] = ()
    cells: tuple[tuple[int, int], ...] = ()
    cell_lines: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    _starts: list[int] = field(default_factory=list, repr=False, compare=False)
    _lines: list[int] = field(default_factory=list, repr=False, compare=False)

    def offset(self, start: int) -> int:
        """The offset in the file of an offset in the read text."""
        if not self.pieces:
            return start
        piece = self.pieces[self._index(start)]
        return piece.source + start - piece.start if piece.source >= 0 else self.uses[piece.use].start

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The part of the file that a part of the read text comes from: itself, or the smallest macro use that made it."""
        if not self.pieces or end <= start:
            begin = self.offset(start)
            return begin, begin + max(end - start, 0)
        first, last = self._index(start), self._index(end - 1)
        touched = self.pieces[first : last + 1]
        common = self._common(touched)
        found: list[tuple[int, int]] = []
        for index, piece in enumerate(touched, start=first):
            if piece.use != common:
                interval = self._interval(self._below(piece.use, common))
            elif piece.source < 0:
                return self._interval(common)
            else:
                begin, stop = max(start, piece.start), min(end, self._end(index, end))
                interval = piece.source + begin - piece.start, piece.source + stop - piece.start
            if found and interval == found[-1]:
                continue
            if common >= 0 and found and interval[0] != found[-1][1]:
                return self._interval(common)  # arguments in another order than they were written
            found.append(interval)
        return found[0][0], found[-1][1]

    def written(self, text: str, start: int, end: int) -> str:
        """A part of the read text as its author wrote it: with his macros."""
        if not self.pieces or end <= start:
            return text[start:end]
        first, last = self._index(start), self._index(end - 1)
        uses = {self._below(piece.use, -1) for piece in self.pieces[first : last + 1]}
        if len(uses) == 1 and -1 not in uses:
            begin, stop = self.span(start, end)
            return self.text[begin:stop]
        found: list[str] = []
        before = -1
        for index in range(first, last + 1):
            piece = self.pieces[index]
            use = self._below(piece.use, -1)
            if use < 0:
                found.append(text[max(start, piece.start) : min(end, self._end(index, end))])
            elif use != before:
                found.append(self.text[slice(*self._interval(use))])
            before = use
        return "".join(found)

    def place(self, offset: int) -> Place:
        """The place of an offset of the file."""
        if not self._lines:
            self._lines = [0, *(match.end() for match in _NEWLINE.finditer(self.text))]
        line = bisect_right(self._lines, offset)
        column = offset - self._lines[line - 1] + 1
        if not self.cells:
            return Place(line, column)
        index = max(bisect_right(self.cells, (offset, 1 << 60)) - 1, 0)
        start, number = self.cells[index]
        line -= bisect_right(self._lines, start) - 1
        lines = self.cell_lines.get(number, ())
        return Place(line, column, number, lines[line - 1] if line <= len(lines) else 0)

    def _index(self, offset: int) -> int:
        if len(self._starts) != len(self.pieces):
            self._starts = [piece.start for piece in self.pieces]
        return max(bisect_right(self._starts, offset) - 1, 0)

    def _end(self, index: int, end: int) -> int:
        return self.pieces[index + 1].start if index + 1 < len(self.pieces) else end

    def _interval(self, use: int) -> tuple[int, int]:
        return self.uses[use].start, self.uses[use].end

    def _ancestors(self, use: int) -> list[int]:
        """The use and those around it, innermost first; -1, the text outside all uses, last."""
        found = [use]
        while use >= 0:
            use = self.uses[use].parent
            found.append(use)
        return found

    def _common(self, pieces: tuple[Piece, ...]) -> int:
        """The innermost use that all pieces stand in."""
        path = self._ancestors(pieces[0].use)
        for use in {piece.use for piece in pieces[1:]}:
            others = set(self._ancestors(use))
            path = path[next(index for index, one in enumerate(path) if one in others) :]
        return path[0]

    def _below(self, use: int, above: int) -> int:
        """The outermost use around `use` that stands in `above`; -1 for the text outside all uses."""
        if use == above:
            return use
        while self.uses[use].parent != above:
            use = self.uses[use].parent
        return use
