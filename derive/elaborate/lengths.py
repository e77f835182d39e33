"""The letters for how many terms a sum or product has: whole numbers, as the sizes of vectors are."""

from __future__ import annotations

from collections.abc import Iterable

from derive.elaborate.uses import bound_by
from derive.language.syntax import Node


def lengths(nodes: Iterable[Node]) -> dict[str, int | None]:
    """The names in the bounds of sums and products, each with the least number that it can stand for: 0 for n of \\sum_{i=0}^n, 1 for n of \\sum_{i=1}^n,
    none where the lower bound is no number.

    Not those that a sum around them binds, and none from bounds that hold more than names, numbers, + and -.
    """
    found: dict[str, int | None] = {}
    for node in nodes:
        if not node.kinds.isdisjoint({"sum", "product-over"}):
            _collect(node, frozenset(), found)
    return found


def _collect(node: Node, bound: frozenset[str], found: dict[str, int | None]) -> None:
    if node.kind in {"sum", "product-over"} and len(node.children) == 4:
        lower, upper = node.children[2:]
        if all(part.kind in {"name", "number", "+", "negate"} for side in (lower, upper) for part in side.walk()):
            least = None if lower.kind != "number" else 0 if lower.value == "0" and upper.kind == "name" else 1
            for part in (*lower.walk(), *upper.walk()):
                if part.kind == "name" and part.key not in bound:
                    known = found.get(part.key, least)
                    found[part.key] = None if known is None or least is None else min(known, least)
    bound |= bound_by(node)
    for child in node.children:
        _collect(child, bound, found)
