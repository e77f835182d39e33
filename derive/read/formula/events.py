"""What may be said of the arguments of a probability and under a sum: an expression, or relations between expressions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from derive.language.syntax import MEMBERSHIPS, RELATION_WORDS, Node, UnreadError
from derive.read.formula.chains import as_set
from derive.read.formula.tokens import OPEN, Token

if TYPE_CHECKING:
    from derive.read.formula.expressions import Parser

_CONNECTIVES = frozenset({"\\land", "\\wedge", "\\lor", "\\vee"})
_OF_SETS = frozenset({"\\cap", "\\cup"})


def event(parser: Parser) -> Node:
    """An expression, or relations between expressions, joined by connectives of one kind."""
    node = _relations(parser)
    sign = parser.token.text
    while parser.token.text in _CONNECTIVES:
        if parser.token.text != sign:
            raise UnreadError(parser.token.start, "'and' beside 'or': use brackets", "ambiguous-connective")
        parser.take()
        right = _relations(parser)
        node = Node("operator", (node, right), node.start, right.end, f"#1 {sign} #2", "real")
    return node


def _relations(parser: Parser) -> Node:
    """Relations, also in brackets, which may be joined like sets: (X > a) \\cap (Y < b)."""
    if parser.token.text == "(" and any(token.text in RELATION_WORDS for token in own_tokens(parser)):
        start = parser.take().start
        inside = event(parser)
        node = Node("operator", (inside,), start, parser.expect(")").end, "(#1)", "real")
        while parser.token.text in _OF_SETS:
            sign = parser.take().text
            right = _relations(parser)
            node = Node("operator", (node, right), start, right.end, f"#1 {sign} #2", "real")
        return node
    members = [parser.sum()]
    words: list[str] = []
    while parser.token.text in RELATION_WORDS:
        words.append(RELATION_WORDS[parser.take().text])
        side = parser.sum()
        members.append(as_set(side) if words[-1] in MEMBERSHIPS else side)
    if not words:
        return members[0]
    return Node("chain", tuple(members), members[0].start, members[-1].end, " ".join(words))


def holds_one_name(parser: Parser) -> bool:
    """Whether the bracket that opens here holds one name, as no factor of a product would be written: p(\\theta)."""
    inner = parser.inside(parser.found[parser.index + 1 : parser.index + 40])
    try:
        inner.name()
    except UnreadError:
        return False
    return inner.token.text == OPEN[parser.token.text]


def own_places(parser: Parser) -> Iterator[int]:
    """Where the tokens stand in the bracket that opens here, outside of inner brackets."""
    depth = 0
    for index in range(parser.index, len(parser.found)):
        token = parser.found[index]
        if token.depth > 0:
            depth += 1
        elif token.depth < 0:
            depth -= 1
            if depth == 0:
                return
        elif depth == 1:
            yield index


def own_tokens(parser: Parser) -> Iterator[Token]:
    """What stands there."""
    return (parser.found[index] for index in own_places(parser))
