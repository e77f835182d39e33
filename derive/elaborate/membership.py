"""`x \\in S` as a sort with facts, for the sets whose members the kernel has a sort for."""

from __future__ import annotations

from dataclasses import dataclass

from derive.kernel.term import INTEGER, ONE, REAL, ZERO, Apply, Matrix, Scalar, Size, Sort, Symbol, Term
from derive.language.syntax import Node

_SCALARS: dict[str, Sort] = {
    "\\mathbb{R}": REAL,
    "\\mathbb{Z}": INTEGER,
    "\\mathbb{N}": INTEGER,
    "\\mathbb{Q}": Scalar("rational"),
}


@dataclass(frozen=True, slots=True)
class Membership:
    """The sort of a name, what holds of it, and what a witness must satisfy besides."""

    key: str
    sort: Sort
    facts: tuple[Term, ...] = ()
    facts_of_witness: tuple[Term, ...] = ()


def membership(left: Node, right: Node) -> Membership | None:
    """What `left \\in right` declares; None where the set is not known, or restricts more than a sort can say."""
    if left.kind != "name":
        return None
    if right.kind == "name" and right.key in _SCALARS:
        sort = _SCALARS[right.key]
        if right.key == "\\mathbb{N}":
            symbol = Symbol(left.key, sort)
            # Authors differ on whether 0 is a natural number: a proof may not use that it is not, a witness may not rely on it.
            return Membership(left.key, sort, (Apply(">=", (symbol, ZERO)),), (Apply(">=", (symbol, ONE)),))
        return Membership(left.key, sort)
    if right.kind == "^" and right.children[0].kind == "name" and right.children[0].key == "\\mathbb{R}":
        sizes = _sizes(right.children[1])
        if sizes is None:
            return None
        rows, columns = (*sizes, 1)[:2]
        return Membership(left.key, REAL if rows == columns == 1 else Matrix(rows, columns))
    return None


def _sizes(node: Node) -> tuple[Size, ...] | None:
    if node.kind == "dot" and node.value == "\\times":
        found = [_sizes(child) for child in node.children]
        if any(one is None or len(one) != 1 for one in found):
            return None
        return tuple(size for one in found if one is not None for size in one)
    if node.kind == "number" and node.value.isdigit() and int(node.value) > 0:
        return (int(node.value),)
    return (node.key,) if node.kind == "name" and len(node.key) == 1 else None
