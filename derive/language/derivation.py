"""A derivation as the writers take it: titles, prose, and lines in the author's own form with their verdicts. Plain data."""

from __future__ import annotations

from dataclasses import dataclass

from derive.language.report import Result


@dataclass(frozen=True, slots=True)
class Line:
    """One step. `left`, `relation`, `right` are LaTeX; a whole statement stands in `left`, with `relation` and `right` empty.

    `reason` is prose with inline $...$. `kind`: "claim", "assumed" or "defined". `result` is what was found, None where the line was not checked.
    `continues`: the left side is the right side of the line above, and is printed empty.
    """

    left: str
    relation: str
    right: str
    reason: str
    kind: str
    result: Result | None = None
    continues: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a derivation: a heading (may be empty), prose with inline $...$, and its lines."""

    title: str
    text: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class DerivationText:
    """A whole derivation: title, prose before the first part, parts."""

    title: str
    text: str
    parts: tuple[Part, ...]

    def lines(self) -> tuple[Line, ...]:
        """All lines in order."""
        return tuple(line for part in self.parts for line in part.lines)
