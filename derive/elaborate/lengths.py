"""The letters for how many terms a sum or product has: whole numbers, as the sizes of vectors are."""

from __future__ import annotations

from collections.abc import Iterable

from derive.elaborate.uses import bound_by
from derive.language.syntax import Node


def lengths(nodes: Iterable[Node]) -> dict[str, int]:
    """The names in the bounds of sums and products, each with the least number that it can stand for: 0 for n of \\sum_{i=0}^n, 1 for others.

    Not those that a sum around them binds, and none from bounds that hold more than names, numbers, + and -.
    """
    found: dict[str, int] = {}
    for node in nodes:
        _collect(node, frozenset(), found)
    return found


def _collect(node: Node, bound: frozenset[str], found: dict[str, int]) -> None:
    if node.kind in {"sum", "product-over"} and len(node.children) == 4:
        lower, upper = node.children[2:]
        if all(part.kind in {"name", "number", "+", "negate"} for side in (lower, upper) for part in side.walk()):
            from_zero = lower.kind == "number" and lower.value == "0" and upper.kind == "name"
            for part in (*lower.walk(), *upper.walk()):
                if part.kind == "name" and part.key not in bound:
                    least = 0 if from_zero else 1
                    found[part.key] = min(found.get(part.key, least), least)
    bound |= bound_by(node)
    for child in node.children:
        _collect(child, bound, found)
