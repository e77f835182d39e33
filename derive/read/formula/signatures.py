r"""Maps with their sets: f : \mathbb{R}^n \to \mathbb{R}, and what they take a letter to: x \mapsto x^2."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from derive.language.document import Statement, Unread
from derive.language.syntax import RELATION_WORDS, Node, UnreadError, is_map
from derive.read.formula.brackets import split
from derive.read.formula.chains import as_set, read_side
from derive.read.formula.tokens import Token

COLON = "\\colon"
_COLONS = frozenset({":", COLON})
TO = frozenset({"\\to", "\\rightarrow", "\\longrightarrow"})
_ENDS = frozenset({",", ";", "\\\\", "\\&", "\\quad", *_COLONS})
_SUBSETS = {"\\subset": "subset", "\\subseteq": "subseteq"}


def marked(found: list[Token]) -> list[Token]:
    r"""The tokens, with one sign for the colon and the arrow of a map: in x : y, x \to 0 and f : X \to Y \to Z there is none."""
    texts = [token.text for token in found]
    if _COLONS.isdisjoint(texts) or TO.isdisjoint(texts) or "\\forall" in texts:
        return found
    changed = list(found)
    depth, colon = 0, -1
    related = False  # what stands before the colon is a relation, or a ratio
    arrows: list[int] = []
    for index, token in enumerate(found):
        if depth == 0 and (token.kind in {"end", "text"} or token.text in _ENDS):
            if colon >= 0 and arrows and token.text not in _COLONS:
                changed[colon] = found[colon].changed(COLON)
                for arrow in arrows:
                    changed[arrow] = found[arrow].changed("\\to")
            begins = token.text in _COLONS and colon < 0 and not related and not arrows
            related = token.text in _COLONS and not begins
            colon, arrows = (index if begins else -1), []
        elif token.depth > 0:
            depth += 1
        elif token.depth < 0:
            depth -= 1
        elif depth == 0 and token.text in TO:
            arrows.append(index)
        elif depth == 0 and colon < 0 and token.text in RELATION_WORDS:
            related = True
    return changed


def read_map(found: list[Token], expression: Callable[[list[Token]], Node]) -> Node:
    """f : X \\to Y as membership in the maps from X to Y; of several names with commas."""
    names, rest = (run for run in split(found, {COLON}))
    if not names:
        raise UnreadError(found[0].start, "a map without its name", "missing")
    members = read_side(names, expression)
    sides = split(rest, {"\\to"})
    only = members.children if members.kind == "sequence" else (members,)
    colon = next(token for token in found if token.text == COLON)
    if any(one.kind != "name" for one in only) or len(sides) != 2 or not all(sides):
        raise UnreadError(colon.start, "a map is written f : X \\to Y", "unread-tail")
    sets = tuple(_set(side, expression) for side in sides)
    if not all(_is_set(one) for one in sets):
        raise UnreadError(
            colon.start, "a map, or a ratio? a map is written with the sets between which it goes", "unread-tail"
        )
    signature = Node("signature", sets, sets[0].start, sets[1].end)
    return Node("chain", (members, signature), found[0].start, found[-1].end, "in")


def _set(found: list[Token], expression: Callable[[list[Token]], Node]) -> Node:
    r"""A set; U \subset \mathbb{R}^n as the relation."""
    sides = split(found, RELATION_WORDS.keys())
    sign = found[len(sides[0])].text if len(sides) == 2 else ""
    if sign in _SUBSETS and all(sides):
        kids = tuple(as_set(expression(side)) for side in sides)
        return Node("chain", kids, found[0].start, found[-1].end, _SUBSETS[sign])
    return as_set(expression(found))


def _is_set(node: Node) -> bool:
    """Whether an expression can only be meant as a set: a capital, an interval, a power or a product of sets, ..."""
    match node.kind:
        case "name":
            letter = node.value.partition("^")[0].rpartition("{")[2].lstrip("\\")
            return letter[:1].isupper()
        case "^" | "subscript":
            return _is_set(node.children[0])
        case "dot":
            return node.value == "\\times" and all(_is_set(one) for one in node.children)
        case "chain":
            return all(_is_set(one) for one in node.children)
        case "operator":
            return bool(node.children) and ("\\setminus" in node.value or "\\cup" in node.value or node.key == "open")
    return node.kind in {"interval", "set", "set-builder"}


def with_values(parts: Sequence[Statement | Unread]) -> list[Statement | Unread]:
    r"""f : X \to Y, x \mapsto x^2 defines f(x)."""
    found = list(parts)
    for index, (one, other) in enumerate(pairwise(parts), start=1):
        if not isinstance(one, Statement) or not isinstance(other, Statement) or not is_map(one.node):
            continue
        name, node = one.node.children[0], other.node
        if name.kind != "name" or node.kind != "chain" or node.value != "mapsto":
            continue
        argument, value = node.children
        listed = argument.children if argument.kind in {"tuple", "sequence"} else (argument,)
        if all(part.kind == "name" for part in listed):
            call = Node("call", (name, *listed), argument.start, argument.end)
            found[index] = replace(other, node=node._replace(children=(call, value), value=":="))
    return found
