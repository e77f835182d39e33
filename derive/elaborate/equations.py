"""The equations of a text by the name that they begin or end with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from derive.language.document import Formula, Statement
from derive.language.syntax import Node

_NOT_SAID = frozenset({"if", "when", "for", "goal", "not", "question"})
_EQUATES = frozenset({"=", ":="})


@dataclass(frozen=True, slots=True)
class Equation:
    """An equation that begins or ends with a name, or with a function of names: where it stands, with how many arguments, and what stands beside it."""

    start: int
    section: int
    arguments: int
    value: Node


def equations(formulas: Iterable[Formula]) -> dict[str, list[Equation]]:
    """By name, in the order of the text."""
    found: dict[str, list[Equation]] = {}
    for formula in formulas:
        for part in formula.parts:
            if not isinstance(part, Statement) or part.node.kind != "chain" or part.mark in _NOT_SAID:
                continue
            sides, words = part.node.children, part.node.value.split()
            ends = [(sides[0], sides[1], words[0])]
            if len(sides) > 2:
                ends.append((sides[-1], sides[-2], words[-1]))
            for head, value, word in ends:
                key = key_of(head)
                updates = head.kind == "name" and key in value.names  # w = w - g
                if key and word in _EQUATES and not updates:
                    one = Equation(part.start, formula.section, len(head.children), value.placed(0))
                    found.setdefault(key, []).append(one)
    return found


def key_of(node: Node) -> str:
    """f of f and of f(x, y)."""
    if node.kind == "call" and all(one.kind == "name" for one in node.children):
        return node.children[0].key
    return node.key if node.kind == "name" else ""
