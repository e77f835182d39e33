"""Long formulas over several rows: broken before a plus or minus sign that stands in no bracket, where a page or a blog has no more room.

Widths are estimates in em, good to about a tenth; nothing but the layout rests on them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

ROOM = 35.0  # em: a page of A4 at 11 pt, or a column of 700 pixels, without the tag

_TOKEN = re.compile(r"\\(?:begin|end)\{[^{}]*\}|\\[A-Za-z]+|\\.|[^\s]", re.DOTALL)
_OPENING = frozenset({"{", "(", "[", "\\left", "\\lbrack", "\\lvert", "\\lVert", "\\langle", "\\{"})
_CLOSING = frozenset({"}", ")", "]", "\\right", "\\rbrack", "\\rVert", "\\rangle", "\\}"})
_SIGNS = frozenset({"=", "<", ">", "+", "-", "\\le", "\\leq", "\\ge", "\\geq", "\\neq", "\\cong", "\\approx", "\\implies", "\\iff", "\\land", "\\lor"})  # fmt: skip
_NARROW = frozenset({"\\left", "\\right", "\\big", "\\Big", "\\bigg", "\\Bigg", "\\limits", "\\displaystyle", "\\vec", "\\hat", "\\bar", "\\mathbf", "\\mathrm", "\\boldsymbol", "\\text", "\\operatorname", "{", "}", "&"})  # fmt: skip
_FRACTIONS = frozenset({"\\frac", "\\dfrac", "\\tfrac", "\\cfrac"})
_SMALL = frozenset("|.,:;'!")
_SPACES = {"\\,": 0.17, "\\:": 0.22, "\\;": 0.28, "\\ ": 0.33, "\\quad": 1.0, "\\qquad": 2.0}
_NAMES = frozenset({"\\sin", "\\cos", "\\tan", "\\ln", "\\log", "\\exp", "\\max", "\\min", "\\det", "\\arcsin", "\\arccos", "\\arctan", "\\lim", "\\sup", "\\inf"})  # fmt: skip


def width(latex: str) -> float:
    """About how wide the formula is, in em."""
    return _width(_TOKEN.findall(latex))


def pieces(latex: str, room: float) -> list[str]:
    """The formula in parts that fit the room as far as its top-level signs allow; together they are the formula."""
    found: list[str] = []
    for term in _terms(latex):
        if found and width(found[-1] + term) <= room:
            found[-1] += term
        else:
            found.append(term)
    return [piece.strip() for piece in found]


def _terms(latex: str) -> Iterator[str]:
    """The summands, each with the sign before it."""
    depth, begin, last = 0, 0, "="
    for match in _TOKEN.finditer(latex):
        token = match.group()
        if token in _OPENING or token.startswith("\\begin"):
            depth += 1
        elif token in _CLOSING or token.startswith("\\end"):
            depth -= 1
        elif token in {"+", "-"} and depth == 0 and last not in _SIGNS and last not in _OPENING and last != "\\cdot":
            yield latex[begin : match.start()]
            begin = match.start()
        last = token
    yield latex[begin:]


def _width(tokens: list[str]) -> float:
    total, index = 0.0, 0
    while index < len(tokens):
        token = tokens[index]
        index += 1
        if token in {"_", "^"}:
            argument, index = _argument(tokens, index)
            total += 0.7 * _width(argument)
        elif token in _FRACTIONS:
            upper, index = _argument(tokens, index)
            lower, index = _argument(tokens, index)
            total += max(_width(upper), _width(lower)) + 0.3
        elif token.startswith("\\begin"):
            body, index = _environment(tokens, index)
            total += _table(body)
        else:
            total += _of_one(token)
    return total


def _of_one(token: str) -> float:
    if token in _SPACES:
        return _SPACES[token]
    if token in _NARROW:
        return 0.0
    if token in _SIGNS:
        return 1.5
    if token in _NAMES:
        return 0.5 * len(token)
    return 0.4 if token in _OPENING | _CLOSING or token in _SMALL else 0.6


def _argument(tokens: list[str], index: int) -> tuple[list[str], int]:
    """The token or the group at an index, and what comes after."""
    if tokens[index : index + 1] != ["{"]:
        return tokens[index : index + 1], index + 1
    depth, begin = 0, index
    while index < len(tokens):
        depth += (tokens[index] == "{") - (tokens[index] == "}")
        index += 1
        if depth == 0:
            break
    return tokens[begin + 1 : index - 1], index


def _environment(tokens: list[str], index: int) -> tuple[list[str], int]:
    depth, begin = 1, index
    while index < len(tokens) and depth:
        depth += tokens[index].startswith("\\begin") - tokens[index].startswith("\\end")
        index += 1
    return tokens[begin : index - 1], index


def _table(tokens: list[str]) -> float:
    """A matrix is as wide as its columns, each as its widest entry."""
    columns: list[float] = []
    cell: list[str] = []
    column = depth = 0
    for token in [*tokens, "\\\\"]:
        depth += token.startswith("\\begin") - token.startswith("\\end")
        if depth or token not in {"&", "\\\\"}:
            cell.append(token)
            continue
        columns.extend([0.0] * (column + 1 - len(columns)))
        columns[column] = max(columns[column], _width(cell))
        column = 0 if token == "\\\\" else column + 1  # noqa: S105 - a line break
        cell = []
    return sum(columns) + len(columns)
