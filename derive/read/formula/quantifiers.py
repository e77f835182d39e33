"""Quantified statements: \\forall x, y \\in S: P; \\forall x \\forall y P; P for all x.

The statement goes as far as it can. Where neither a colon nor a full stop nor another quantifier ends the variables, they end at the first comma, or word space,
behind which no other one can begin.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from derive.language.syntax import RELATION_WORDS, Node, UnreadError
from derive.read.formula.brackets import after_script, split, trimmed
from derive.read.formula.tokens import CLOSE, OPEN, Token

FOR_ALL = "\\forall"
_WORDS = frozenset({"for all", "for every", "for each", "for any"})
_ENDS = frozenset({":", "\\colon", ".", FOR_ALL})

Reader = Callable[[list[Token]], Node]


def spelled(found: list[Token]) -> list[Token]:
    """The quantifier that is written in words, as its sign: \\text{for all }."""
    return [
        Token("command", FOR_ALL, token.start, token.end)
        if token.kind == "text" and " ".join(token.text.lower().strip(" ,").split()) in _WORDS
        else token
        for token in found
    ]


def quantified(found: list[Token], statement: Reader, relation: Reader) -> Node | None:
    """The statement with its variables, each alone or in the relation that restricts it; None where no quantifier stands outside of brackets."""
    if found[0].text == FOR_ALL:
        ranges, body = _parted(found)
    else:
        body, *behind = split(found, {FOR_ALL})
        ranges = [run for one in behind for run in _at_commas(one)]
        if not behind:
            return None
    body = trimmed(body)
    if not body or not ranges:
        raise UnreadError(found[0].start, "a quantifier without its variable or its statement", "missing-statement")
    variables = _variables([relation(run) for run in ranges])
    return Node("forall", (statement(body), *variables), found[0].start, found[-1].end)


def _variables(ranges: list[Node]) -> list[Node]:
    """x, y \\in S: what restricts the last of some names restricts those before it, too."""
    found: list[Node] = []
    waiting: list[Node] = []
    for node in ranges:
        if node.kind == "name":
            waiting.append(node)
        elif node.kind == "chain" and [child.kind for child in node.children].count("name") == 1:
            place = [child.kind for child in node.children].index("name")
            for name in (*waiting, node.children[place]):
                members = (*node.children[:place], name, *node.children[place + 1 :])
                found.append(node._replace(children=members))
            waiting = []
        elif node.kind == "chain" and node.value == "in" and node.children[0].kind == "name":
            found += [node._replace(children=(name, node.children[1])) for name in (*waiting, node.children[0])]
            waiting = []
        else:
            raise UnreadError(node.start, "the variable of a quantifier is expected here", "quantifier")
    return [*found, *waiting]


def _parted(found: list[Token]) -> tuple[list[list[Token]], list[Token]]:
    """The variables with what restricts them, and the statement."""
    end = next((index for index, token in _outside(found) if index and token.text in _ENDS), None)
    if end is not None:
        return _at_commas(found[1:end]), found[end:] if found[end].text == FOR_ALL else found[end + 1 :]
    ranges: list[list[Token]] = []
    place = 1
    while place < len(found):
        behind = _behind_name(found, place)
        if behind < len(found) and found[behind].text in RELATION_WORDS:
            comma = next((index for index, token in _outside(found) if index > behind and token.text == ","), None)
            behind = (
                _behind_set(found, behind + 1) if comma is None and found[behind].text == "\\in" else comma or behind
            )
        ranges.append(found[place:behind])
        if behind >= len(found) or found[behind].text != ",":
            return ranges, found[behind:]
        place = behind + 1
        if not _begins_variable(found, place):
            return ranges, found[place:]
    return ranges, []


def _begins_variable(found: list[Token], place: int) -> bool:
    """Whether what stands behind a comma is another variable: a name before a comma or \\in, or before a relation with a comma behind it."""
    behind = _behind_name(found, place)
    if behind >= len(found):
        return False
    if found[behind].text in {",", "\\in"}:
        return True
    more = any(index > behind and token.text == "," for index, token in _outside(found))
    return more and found[behind].text in RELATION_WORDS


def _behind_name(found: list[Token], place: int) -> int:
    """Behind a letter with its font, accents and subscripts."""
    behind = place + 1
    while behind < len(found) and (
        found[behind].text in {"_", "'"} or (found[behind].text == "{" and behind == place + 1)
    ):
        if found[behind].text == "{":
            behind = after_script(found, behind - 1)
        else:
            behind = after_script(found, behind) if found[behind].text == "_" else behind + 1
    return behind


def _behind_set(found: list[Token], place: int) -> int:
    """Behind a set: \\mathbb{R}^n, [0, 1]."""
    if place < len(found) and found[place].text in OPEN and found[place].text != "{":
        return next(
            (index + 1 for index, token in _outside(found) if index > place and token.text in CLOSE), len(found)
        )
    behind = _behind_name(found, place)
    while behind < len(found) and found[behind].text in {"_", "^"}:
        behind = after_script(found, behind)
    return behind


def _at_commas(found: list[Token]) -> list[list[Token]]:
    return [run for run in (trimmed(run) for run in split(found, {",", ";"})) if run]


def _outside(found: list[Token]) -> Iterator[tuple[int, Token]]:
    """The tokens outside of brackets, and the brackets around the others, with their places."""
    depth = 0
    for index, token in enumerate(found):
        depth += min(token.depth, 0)
        if depth == 0:
            yield index, token
        depth += max(token.depth, 0)
