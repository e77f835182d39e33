"""Rows and columns made of entries."""

from __future__ import annotations

from derive.kernel.term import Apply, Term


def literal_vector(entries: tuple[Term, ...], *, row: bool) -> Term:
    """The row or column of the entries."""
    if row:
        return Apply("matrix", (Apply("row", entries),))
    return Apply("matrix", tuple(Apply("row", (entry,)) for entry in entries))
