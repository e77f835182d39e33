"""The equations of a text by the name that they begin with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from derive.language.document import Formula, Statement
from derive.language.syntax import Node

_NOT_SAID = frozenset({"if", "when", "for", "goal", "not", "question"})
_EQUATES = ("=", ":=")


@dataclass(frozen=True, slots=True)
class Equation:
    """An equation that begins with a name, or with a function of names: where it stands, and all sides of its chain behind it."""

    start: int
    section: int
    arguments: int
    values: frozenset[Node]


def equations(formulas: Iterable[Formula]) -> dict[str, list[Equation]]:
    """By name, in the order of the text."""
    found: dict[str, list[Equation]] = {}
    for formula in formulas:
        for part in formula.parts:
            if not isinstance(part, Statement) or part.node.kind != "chain" or part.mark in _NOT_SAID:
                continue
            head, *values = part.node.children
            key = key_of(head)
            if key and part.node.value.startswith(_EQUATES) and key not in values[0].names:
                sides = frozenset(one.placed(0) for one in values)
                found.setdefault(key, []).append(Equation(part.start, formula.section, len(head.children), sides))
    return found


def key_of(node: Node) -> str:
    """f of f and of f(x, y)."""
    if node.kind == "call" and all(one.kind == "name" for one in node.children):
        return node.children[0].key
    return node.key if node.kind == "name" else ""
