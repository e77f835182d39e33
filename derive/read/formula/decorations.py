"""What is drawn around or below an expression and says nothing of its value: \\cancel, \\boxed, braces with a remark."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from derive.language.syntax import Node

if TYPE_CHECKING:
    from derive.read.formula.expressions import Parser


def read_decorated(parser: Parser) -> Node:
    """\\cancel{X}, \\boxed{X}: X."""
    start = parser.take().start
    node = parser.argument()
    return Node(node.kind, node.children, start, parser.found[parser.index - 1].end, node.value, node.key)


def read_braced(parser: Parser) -> Node:
    """\\underbrace{X}_{remark}: X."""
    node = read_decorated(parser)
    while parser.token.text in {"_", "^"}:
        parser.take()
        parser.skip_script()
    return Node(node.kind, node.children, node.start, parser.found[parser.index - 1].end, node.value, node.key)


def holds_term(parser: Parser) -> bool:
    """Whether what is drawn around begins with a sign of a sum: a \\underbrace{- b}_{c} is a - b, no product."""
    index = parser.index
    while index + 2 < len(parser.found) and parser.found[index].text in PRIMARIES:
        if parser.found[index + 1].text != "{":
            return False
        index += 2
    return index > parser.index and parser.found[index].text in _SIGNS


_SIGNS = frozenset({"+", "-", "−", "\\pm", "\\mp"})
PRIMARIES: dict[str, Callable[[Parser], Node]] = {
    **dict.fromkeys(("\\cancel", "\\bcancel", "\\xcancel", "\\boxed", "\\fbox"), read_decorated),
    **dict.fromkeys(("\\underbrace", "\\overbrace", "\\underbracket", "\\overbracket"), read_braced),
}
