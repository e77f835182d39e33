"""Matrix environments, values by cases, and roots."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from derive.language.prose import is_condition_in_words, word_inside
from derive.language.spelling import DOTS
from derive.language.syntax import RELATION_WORDS, Node, UnreadError
from derive.read.formula.brackets import is_wrapped, split, trimmed
from derive.read.formula.chains import read_chain
from derive.read.formula.tokens import Token

if TYPE_CHECKING:
    from derive.read.formula.expressions import Parser

_MATRICES = frozenset(
    {
        "matrix",
        "bmatrix",
        "pmatrix",
        "Bmatrix",
        "smallmatrix",
        "vmatrix",
        "Vmatrix",
        "array",
        "bsmallmatrix",
        "psmallmatrix",
    }
)
_CASES = frozenset({"cases", "dcases", "rcases"})
_OTHERWISE = frozenset({"otherwise", "else", "elsewhere", "others", "or else"})
_RULES = frozenset({"\\hline", "\\hdashline", "\\midrule", "\\toprule", "\\bottomrule"})


def read_matrix(parser: Parser) -> Node:
    """\\begin{bmatrix} ... \\end{bmatrix}: rows of cells; a cell that is left empty, and dots, are nodes of their own."""
    opening = parser.take()
    if opening.text in _CASES:
        return _cases(parser, opening)
    if opening.text not in _MATRICES:
        raise UnreadError(opening.start, f"the environment {opening.text} inside an expression", "environment")
    columns = _columns(parser) if opening.text == "array" else ""
    cells, end = _inside(parser, opening)
    rows: list[Node] = []
    for run in split(cells, {"\\\\"}):
        run = [token for token in run if token.text not in _RULES]
        if not run:
            continue
        entries = tuple(_cell(parser, cell, run) for cell in split(run, {"&"}))
        rows.append(Node("row", entries, run[0].start, run[-1].end))
    if not rows:
        raise UnreadError(opening.start, "an empty matrix", "missing")
    if set(columns) - set("lcr"):
        raise UnreadError(opening.start, "a table with rules between its columns", "environment")
    width = max(len(row.children) for row in rows)
    rows = [_filled(row, width) for row in rows]
    node = Node("matrix", tuple(rows), opening.start, end, opening.text)
    if opening.text == "vmatrix":
        return Node("function", (node,), opening.start, end, "det")
    return Node("norm", (node,), opening.start, end) if opening.text == "Vmatrix" else node


def _filled(row: Node, width: int) -> Node:
    """A row whose end is left empty; one of dots alone stands for whole rows."""
    missing = width - len(row.children)
    dots = all(entry.kind in {"ellipsis", "blank"} for entry in row.children)
    if not missing or not dots:
        return row
    blanks = (Node("blank", (), row.end, row.end),) * missing
    return Node("row", (*row.children, *blanks), row.start, row.end)


def _cell(parser: Parser, cell: list[Token], row: list[Token]) -> Node:
    if not cell:
        return Node("blank", (), row[0].start, row[0].start)
    if len(cell) == 1 and cell[0].text in DOTS:
        return Node("ellipsis", (), cell[0].start, cell[0].end, cell[0].text)
    return parser.expression(cell)


def _columns(parser: Parser) -> str:
    """What stands in {cc|c} behind \\begin{array}."""
    if parser.token.text != "{":
        return ""
    return "".join(token.text for token in parser.group_tokens())


def _inside(parser: Parser, opening: Token) -> tuple[list[Token], int]:
    """The tokens of the environment that was opened, and where it ends."""
    cells: list[Token] = []
    depth = 0
    while not (depth == 0 and parser.token.kind == "close" and parser.token.text == opening.text):
        token = parser.token
        if token.kind == "end":
            raise UnreadError(opening.start, f"\\begin{{{opening.text}}} is never closed", "unbalanced-environment")
        depth += {"begin": 1, "close": -1}.get(token.kind, 0)
        cells.append(parser.take())
    return cells, parser.take().end


def _cases(parser: Parser, opening: Token) -> Node:
    """A value by cases: rows of a value and the condition under which it holds."""
    inside, end = _inside(parser, opening)
    rows: list[Node] = []
    for run in split(inside, {"\\\\"}):
        if not run:
            continue
        value, *rest = split(run, {"&"})
        condition = [token for part in rest for token in part]
        if not condition:  # the condition begins with its word: 1 \text{ if } x > 0
            place = next((index for index, token in enumerate(value) if index and token.kind == "text"), len(value))
            value, condition = value[:place], value[place:]
        while value and value[-1].text in {",", ";", "."}:
            value.pop()
        if not value:
            raise UnreadError(run[0].start, "a case without its value", "missing")
        kids = (parser.expression(value), *_condition(parser, condition))
        rows.append(Node("row", kids, run[0].start, run[-1].end))
    if not rows:
        raise UnreadError(opening.start, "cases without a case", "missing")
    return Node("cases", tuple(rows), opening.start, end)


_LEADING_WORDS = re.compile(
    r"^(?:(?:and|or|but|if|when|whenever|for|where|with|all|any|every|each|some|both|only|provided|that|is|at|least|one|of|the|such|as|then|given)\b[\s,]*)+"
)


def _condition(parser: Parser, found: list[Token]) -> tuple[Node, ...]:
    """The conditions of a case: relations, also in brackets, or the word that says that all others are meant."""
    inside = trimmed(found)
    if is_wrapped(inside) and any(one.text in RELATION_WORDS or one.kind == "text" for one in inside):
        found = inside[1:-1]
    runs: list[list[Token]] = [[]]
    alternatives = False
    for token in found:
        if token.kind == "text":
            words = token.text.lower().strip(" .,:")
            if words in _OTHERWISE:
                return (Node("text", (), token.start, token.end, "otherwise"),)
            word = word_inside(token.text)
            if (word is not None or is_condition_in_words(words)) and (said := _LEADING_WORDS.sub("", words)):
                if len(trimmed(found)) == 1:
                    return (Node("text", (), token.start, token.end, said),)  # if balanced
                if said.isascii():
                    raise UnreadError(token.start, f"a case under '{said}', which is not understood", "words")
            if word is not None or words in {"and", "if", "for", "when"}:
                alternatives = alternatives or (word is not None and word.joins == "or") or "or" in words.split()
                runs.append([])
                continue
        runs[-1].append(token)
    trimmed_runs = [content for run in runs if (content := trimmed(run))]
    if not trimmed_runs:
        return ()
    if len(trimmed_runs) == 1 and len(trimmed_runs[0]) == 1 and trimmed_runs[0][0].kind == "text":
        token = trimmed_runs[0][0]
        return (Node("text", (), token.start, token.end, token.text),)
    last = trimmed_runs[0][-1]
    if len(trimmed_runs) == 1 and last.kind == "text" and trimmed_runs[0][0].kind != "text":  # n even
        return (Node("text", (parser.expression(trimmed_runs[0][:-1]),), found[0].start, last.end, last.text.strip()),)
    conditions = tuple(read_chain(run, parser.expression) for run in trimmed_runs)
    if all(one.kind != "chain" for one in conditions):
        raise UnreadError(found[0].start, "a case whose condition is not a relation", "words")
    if alternatives:
        return (Node("or", conditions, conditions[0].start, conditions[-1].end),)
    return conditions


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
    end = max(radicand.end, parser.found[parser.index - 1].end)  # \\sqrt 12 takes the 1
    return Node("root", (radicand,) if index is None else (radicand, index), start, end)


def read_braced(parser: Parser) -> Node:
    """\\underbrace{x}_{\\text{label}}: what is labelled; \\boxed{x}."""
    token = parser.take()
    node = parser.argument()
    end = parser.found[parser.index - 1].end
    script = {"\\underbrace": "_", "\\overbrace": "^"}.get(token.text)
    if script is not None and parser.token.text == script:
        parser.take()
        if parser.token.text == "{":
            parser.group_tokens()
        else:
            parser.take()
        end = parser.found[parser.index - 1].end
    return Node(node.kind, node.children, token.start, end, node.value, node.key)


def read_binomial(parser: Parser) -> Node:
    token = parser.take()
    above, below = parser.argument(), parser.argument()
    return Node("binomial", (above, below), token.start, max(below.end, parser.found[parser.index - 1].end))


PRIMARIES: dict[str, Callable[[Parser], Node]] = {
    "\\sqrt": read_root,
    **dict.fromkeys(("\\binom", "\\dbinom", "\\tbinom"), read_binomial),
    **dict.fromkeys(("\\underbrace", "\\overbrace", "\\boxed"), read_braced),
}
