"""Sums, products, integrals and limits, with their variables and bounds."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from derive.language.syntax import Node, UnreadError
from derive.read.formula.brackets import split

if TYPE_CHECKING:
    from derive.read.formula.expressions import Parser

_BINDERS = {"\\sum": "sum", "\\prod": "product-over"}


def read_binder(parser: Parser) -> Node:
    token = parser.take()
    variable: Node | None = None
    lower: Node | None = None
    upper: Node | None = None
    while parser.token.text in {"_", "^"}:
        script = parser.take().text
        group = parser.group_tokens() if parser.token.text == "{" else [parser.take()]
        if script == "^":
            upper = parser.expression(group)
            continue
        sides = split(group, {"="})
        if len(sides) != 2:
            raise UnreadError(token.start, "a sum whose bounds are not written i = a to b", "sum-bounds")
        variable, lower = (parser.expression(side) for side in sides)
    if variable is None or lower is None or upper is None:
        raise UnreadError(token.start, "a sum whose bounds are not written i = a to b", "sum-bounds")
    body = parser.product()
    return Node(_BINDERS[token.text], (body, variable, lower, upper), token.start, body.end)


def read_integral(parser: Parser) -> Node:
    token = parser.take()
    bounds: dict[str, Node] = {}
    while parser.token.text in {"_", "^"}:
        script = parser.take().text
        bounds[script] = parser.argument()
    parser.integrals += 1
    body = parser.sum()
    parser.integrals -= 1
    if parser.token.text != "d":
        raise UnreadError(token.start, "an integral without its dx", "integral")
    parser.take()
    variable = parser.name()
    kids = (body, variable, bounds["_"], bounds["^"]) if len(bounds) == 2 else (body, variable)
    return Node("integral", kids, token.start, variable.end)


def read_limit(parser: Parser) -> Node:
    token = parser.take()
    parser.expect("_")
    group = parser.group_tokens() if parser.token.text == "{" else [parser.take()]
    sides = split(group, {"\\to", "\\rightarrow"})
    if len(sides) != 2 or not all(sides):
        raise UnreadError(token.start, "a limit without x \\to a", "limit")
    variable, point = (parser.expression(side) for side in sides)
    body = parser.product()
    return Node("limit", (body, variable, point), token.start, body.end)


PRIMARIES: dict[str, Callable[[Parser], Node]] = {
    "\\sum": read_binder,
    "\\prod": read_binder,
    "\\int": read_integral,
    "\\lim": read_limit,
}
