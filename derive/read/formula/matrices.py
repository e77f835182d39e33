"""Matrix environments and roots."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from derive.language.syntax import Node, UnreadError
from derive.read.formula.brackets import split
from derive.read.formula.tokens import Token

if TYPE_CHECKING:
    from derive.read.formula.expressions import Parser

_MATRICES = frozenset({"matrix", "bmatrix", "pmatrix", "Bmatrix", "smallmatrix", "vmatrix", "Vmatrix"})


def read_matrix(parser: Parser) -> Node:
    opening = parser.take()
    if opening.text not in _MATRICES:
        raise UnreadError(opening.start, f"the environment {opening.text} inside an expression", "environment")
    rows: list[Node] = []
    cells: list[Token] = []
    depth = 0
    while not (depth == 0 and parser.token.kind == "close" and parser.token.text == opening.text):
        token = parser.token
        if token.kind == "end":
            raise UnreadError(opening.start, f"\\begin{{{opening.text}}} is never closed", "unbalanced-environment")
        depth += {"begin": 1, "close": -1}.get(token.kind, 0)
        cells.append(parser.take())
    end = parser.take().end
    for run in split(cells, {"\\\\"}):
        if not run and rows:
            continue
        entries = [parser.expression(cell) for cell in split(run, {"&"}) if cell]
        if len(entries) != len(split(run, {"&"})):
            raise UnreadError(opening.start, "an empty entry in a matrix", "missing")
        rows.append(Node("row", tuple(entries), entries[0].start, entries[-1].end))
    node = Node("matrix", tuple(rows), opening.start, end, opening.text)
    if opening.text == "vmatrix":
        return Node("function", (node,), opening.start, end, "det")
    return Node("norm", (node,), opening.start, end) if opening.text == "Vmatrix" else node


def read_root(parser: Parser) -> Node:
    start = parser.take().start
    index: Node | None = None
    if parser.token.text == "[":
        inside: list[Token] = []
        parser.take()
        while parser.token.text != "]" and parser.token.kind != "end":
            inside.append(parser.take())
        parser.expect("]")
        index = parser.expression(inside) if inside else None
    radicand = parser.argument()
    end = parser.found[parser.index - 1].end
    return Node("root", (radicand,) if index is None else (radicand, index), start, end)


def read_binomial(parser: Parser) -> Node:
    token = parser.take()
    above, below = parser.argument(), parser.argument()
    return Node("binomial", (above, below), token.start, parser.found[parser.index - 1].end)


PRIMARIES: dict[str, Callable[[Parser], Node]] = {"\\sqrt": read_root, "\\binom": read_binomial}
