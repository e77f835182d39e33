"""Lists in brackets: tuples, rows, intervals and sets; what runs over an index; operations on sets."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from derive.language.syntax import RELATION_WORDS, Node, UnreadError
from derive.read.formula.brackets import split
from derive.read.formula.chains import as_range, read_chain
from derive.read.formula.tokens import OPEN, Token

if TYPE_CHECKING:
    from derive.read.formula.expressions import Parser

_EXPRESSIONS = frozenset({"+", "negate", "product", "dot", "/", "^", "call", "function"})
_CONNECTIVES = frozenset({"and", "where", "with", "for"})


def read_brackets(parser: Parser) -> Node:
    """(...) or [...]: an expression, a tuple, a row, a matrix [1, 2; 3, 4], or a half-open interval."""
    before = parser.found[parser.index - 1] if parser.index else None
    opening = parser.take()
    rows: list[list[Node]] = [[]]
    with parser.brackets():
        rows[-1].append(parser.sum())
        while parser.token.text in {",", ";"}:
            if parser.take().text == ";":
                rows.append([])
            if parser.token.text in {")", "]"} and rows[-1]:
                break
            rows[-1].append(parser.sum())
        closing = parser.token
        if closing.text not in {")", "]"}:
            parser.expect(OPEN[opening.text])
        parser.take()
    fences = opening.text + closing.text
    if len(rows) > 1:
        if fences != "[]":
            raise UnreadError(opening.start, "a list with semicolons in round brackets", "tuple")
        kids = tuple(Node("row", tuple(row), row[0].start, row[-1].end) for row in rows)
        return Node("matrix", kids, opening.start, closing.end, "[;]")
    entries = tuple(rows[0])
    if fences in {"(]", "[)"}:
        if len(entries) != 2:
            raise UnreadError(
                closing.start, f"'{OPEN[opening.text]}' is expected here, not '{closing.text}'", "unbalanced"
            )
        return Node("interval", entries, opening.start, closing.end, fences)
    node = entries[0]
    if len(entries) > 1:
        if fences == "[]" and parser.token.text == "[":  # [1, 2, 3][0]
            raise UnreadError(parser.token.start, "an entry by its place, or a product?", "ambiguous-entry")
        node = Node("tuple" if fences == "()" else "list", entries, opening.start, closing.end, fences)
    if len(entries) == 1 and fences == "[]" and _is_evaluated(parser, node):
        return parser.between_bounds(node, opening.start)
    running = _running(parser, node, opening.start, fences)
    if running is node and len(entries) == 1 and fences == "[]" and _needs_no_brackets(parser, opening, before, node):
        return Node("operator", (node,), opening.start, closing.end, "[#1]", "like")
    return running


def _needs_no_brackets(parser: Parser, opening: Token, before: Token | None, node: Node) -> bool:
    """Whether square brackets hold one letter or number, or all of a side: a greatest integer, a class, a truth value, or nothing?"""
    behind = parser.ahead(1 + (parser.token.text == "^" and parser.ahead().text == "{"))
    raised = parser.token.text == "^" and (behind.kind == "number" or (behind.kind == "letter" and behind.text != "T"))
    if node.kind == "negate" and before is not None and before.kind == "letter":  # x[-1]
        return node.children[0].kind == "number"
    if node.kind == "name" and (raised or parser.token.text == "["):  # [a]^2, [a][b]
        return True
    if parser.token.text in {"^", "_", "!", "(", "["} or parser.token.text.startswith("'"):
        return False
    whole = parser.found[0] is opening and parser.token.kind == "end"
    return node.kind in {"name", "number"} or (whole and node.kind in _EXPRESSIONS)


def _is_evaluated(parser: Parser, body: Node) -> bool:
    """[F(x)]_a^b: values at two bounds, not what runs over an index, which is a subscript of something in it."""
    if parser.token.text not in {"_", "^"} or not parser.has_both_scripts():
        return False
    below = parser.ahead(2) if parser.token.text == "_" and parser.ahead().text == "{" else parser.ahead()
    return not any(
        below.text in part.children[0].value for part in body.walk() if part.kind == "name" and part.children
    )


def ungrouped(node: Node) -> Node:
    """{a + b} as an operand of a sum or a product is no set of one: the braces are brackets."""
    if node.kind == "set" and len(node.children) == 1 and node.children[0].kind not in {"chain", "ellipsis", "set"}:
        return node.children[0]
    return node


_BOUNDS = frozenset({"\\le", "\\leq", "\\leqslant", "≤", "<"})


def _running(parser: Parser, node: Node, start: int, fences: str) -> Node:
    """(x_i)_{i=1}^n, \\{x_i\\}_{i \\in I}, (x_i)_{1 \\le i \\le n}: what runs over an index, or over several."""
    if parser.token.text != "_" or parser.ahead().text != "{":
        return node
    saved = parser.index
    parser.take()
    group = parser.group_tokens()
    ranges = split(group, {","})
    single = len(split(group, {"=", "\\in"})) == 2
    if not single and any(len(split(one, _BOUNDS)) != 3 for one in ranges):
        parser.index = saved
        return node
    bounds = [read_chain(one, parser.expression) for one in ([group] if single else ranges)]
    if parser.token.text == "^":
        parser.take()
        bounds.append(parser.argument())
    return Node("running", (node, *bounds), start, parser.found[parser.index - 1].end, fences)


def read_set(parser: Parser) -> Node:
    """{a, b, ...}, {x | condition}, {x : condition}, {x_i}_{i=1}^n."""
    opening = parser.take()
    inside, closing = _inside(parser, opening)
    if not inside:
        return Node("set", (), opening.start, closing.end)
    element, condition = _at_bar(inside)
    if condition is None:
        runs = split(inside, {",", ";"})
        if not all(runs):
            raise UnreadError(opening.start, "an element is missing in this set", "missing")
        elements = tuple(part for run in runs for part in _listed(_element(parser, run)))
        node = Node("set", elements, opening.start, closing.end)
        return _running(parser, node, opening.start, "\\{\\}")
    conditions = tuple(read_chain(run, parser.expression) for run in _conditions(condition))
    if not element or not conditions:
        raise UnreadError(opening.start, "a set without its elements or its condition", "missing")
    return Node("set-builder", (_element(parser, element), *conditions), opening.start, closing.end)


def _element(parser: Parser, run: list[Token]) -> Node:
    """x, (x, y), or x \\in S."""
    return read_chain(run, parser.expression)


def _listed(node: Node) -> tuple[Node, ...]:
    """x_1 \\dots x_n, 1 \\dots K: the elements from one to another, as with commas."""
    return node.children if as_range(node, names=True).kind == "sequence" else (node,)


def _inside(parser: Parser, opening: Token) -> tuple[list[Token], Token]:
    depth = 1
    inside: list[Token] = []
    while True:
        token = parser.token
        if token.kind == "end":
            raise UnreadError(opening.start, "this brace is never closed", "unbalanced")
        parser.take()
        depth += token.depth
        if depth == 0:
            if token.text != "\\}":
                raise UnreadError(token.start, f"'\\}}' is expected here, not '{token.text}'", "unbalanced")
            return inside, token
        inside.append(token)


def _at_bar(inside: list[Token]) -> tuple[list[Token], list[Token] | None]:
    """The two parts of {x : P(x)} or {x | P(x)}; the bars of absolute values come in pairs."""
    for sign in (":", "|"):
        runs = split(inside, {sign})
        if len(runs) > 1 and (sign == ":" or len(runs) % 2 == 0) and runs[0]:
            return runs[0], inside[len(runs[0]) + 1 :]
    return inside, None


def _conditions(found: list[Token]) -> list[list[Token]]:
    """The conditions of a set, cut at commas and at "and"."""
    runs: list[list[Token]] = [[]]
    for run in split(found, {",", ";", "\\land", "\\wedge"}):
        current: list[Token] = []
        for token in run:
            if token.kind == "text" and token.text.lower() in _CONNECTIVES:
                runs.append(current)
                current = []
            else:
                current.append(token)
        runs.append(current)
    joined: list[list[Token]] = []
    waiting: list[Token] = []
    for run in (run for run in runs if run):  # x, y \in S is one condition
        if len(split(run, RELATION_WORDS.keys())) == 1:
            waiting += [*run, Token("symbol", ",", run[-1].end, run[-1].end)]
        else:
            joined.append([*waiting, *run])
            waiting = []
    if waiting and joined and any(token.text != "," for token in waiting):
        joined[-1] += [Token("symbol", ",", waiting[0].start, waiting[0].start), *waiting[:-1]]
    elif waiting:
        joined.append(waiting[:-1])
    return joined


def read_empty_set(parser: Parser) -> Node:
    token = parser.take()
    return Node("set", (), token.start, token.end)


PRIMARIES: dict[str, Callable[[Parser], Node]] = {
    "\\{": read_set,
    "\\lbrace": read_set,
    "\\emptyset": read_empty_set,
    "\\varnothing": read_empty_set,
}
