"""Named functions: how far their argument goes, powers and bases on the name."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from derive.language.spelling import FONTS, FUNCTIONS
from derive.language.syntax import Node, UnreadError
from derive.read.formula import binders, probability
from derive.read.formula.tokens import Token

if TYPE_CHECKING:
    from derive.read.formula.expressions import Parser


_READ_ONLY = {"rank": "real", "diag": "open", "vec": "open"}


def read_function(parser: Parser) -> Node:
    token = parser.take()
    head = FUNCTIONS[token.text.lstrip("\\")]
    if head in _READ_ONLY and parser.token.text in probability.BRACKETS:  # of several arguments, or of blocks
        return probability.applied_operator(parser, f"\\operatorname{{{head}}}", head, token.start)
    power: Node | None = None
    base: Node | None = None
    if parser.token.text == "_":
        if head in {"max", "min"}:
            return binders.read_extremum(parser, head, token.start)
        parser.take()
        if head != "log":
            key = f"{token.text}_{{{parser.subscript()}}}"
            if parser.token.text not in probability.BRACKETS:
                raise UnreadError(token.end, f"a subscript on {token.text}", "subscript")
            return probability.applied_operator(parser, key, key, token.start)  # \\exp_p(v): another function
        base = parser.argument()
    if parser.token.text == "^":
        parser.take()
        power = parser.argument()
        if power.kind == "negate":
            if head in {"sin", "cos", "tan"} and power.children[0].value == "1":
                head, power = "arc" + head, None
            else:
                raise UnreadError(token.start, "an inverse function or a reciprocal?", "ambiguous-inverse")
    arguments, end = _function_arguments(parser, token, head)
    node = Node(
        "function",
        (base, *arguments) if base is not None else tuple(arguments),
        token.start,
        end,
        "log_base" if base is not None else head,
    )
    return node if power is None else Node("^", (node, power), token.start, end)


def _function_arguments(parser: Parser, token: Token, head: str) -> tuple[list[Node], int]:
    """A bracket right behind the name is the argument; otherwise the juxtaposed factors up to a sign or another function name."""
    if parser.token.text in {"(", "[", "\\{"}:
        arguments, end = parser.bracketed_list()
        if len(arguments) > 1 and head not in {"min", "max"}:
            raise UnreadError(token.start, f"{token.text} of several arguments", "argument-count")
        if parser.token.text in {"^", "!"}:
            raise UnreadError(parser.token.start, f"a power of the argument or of {token.text}?", "ambiguous-argument")
        return arguments, end
    parts = [parser.factor()]
    while parser.begins_factor() and (
        parser.token.text[1:] in FONTS or parser.token.text.lstrip("\\") not in FUNCTIONS
    ):
        parts.append(parser.factor())
    if parser.token.text == "/" or (len(parts) > 1 and head in {"det", "trace", "rank"}):
        raise UnreadError(
            parser.token.start, f"how far does the argument of {token.text} go? use brackets", "ambiguous-argument"
        )
    if len(parts) > 1 and any(
        parser.found[i].text in {"(", "["} for i in range(parser.index) if parser.found[i].start == parts[-1].start - 1
    ):
        raise UnreadError(
            parts[-1].start, f"how far does the argument of {token.text} go? use brackets", "ambiguous-argument"
        )
    node = parts[0] if len(parts) == 1 else Node("product", tuple(parts), parts[0].start, parts[-1].end)
    return [node], node.end


PRIMARIES: dict[str, Callable[[Parser], Node]] = {f"\\{name}": read_function for name in FUNCTIONS if name not in FONTS}
