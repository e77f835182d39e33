"""`x \\in S` as a sort with facts, for the sets whose members the kernel has a sort for."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from derive.kernel.term import INTEGER, ONE, REAL, ZERO, Apply, Matrix, Number, Scalar, Size, Sort, Symbol, Term
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


def memberships(left: Node, right: Node) -> tuple[Membership, ...]:
    """What `left \\in right` declares, of one name or of several: x, y \\in S; nothing where the set is not known, or restricts more than a sort can
    say."""
    names = left.children if left.kind == "sequence" else (left,)
    found = [membership(name, right) for name in names]
    return tuple(one for one in found if one is not None) if all(one is not None for one in found) else ()


def membership(left: Node, right: Node) -> Membership | None:
    """What `left \\in right` declares of one name."""
    if left.kind != "name":
        return None
    if right.kind == "name" and right.key in _SCALARS:
        sort = _SCALARS[right.key]
        if right.key == "\\mathbb{N}":
            symbol = Symbol(left.key, sort)
            # Authors differ on whether 0 is a natural number: a proof may not use that it is not, a witness may not rely on it.
            return Membership(left.key, sort, (Apply(">=", (symbol, ZERO)),), (Apply(">=", (symbol, ONE)),))
        return Membership(left.key, sort)
    if right.kind == "interval":
        return _between(left, right)
    if right.kind == "^" and right.children[0].kind == "name" and right.children[0].key == "\\mathbb{R}":
        sizes = _sizes(right.children[1])
        if sizes is None:
            return None
        rows, columns = (*sizes, 1)[:2]
        return Membership(left.key, REAL if rows == columns == 1 else Matrix(rows, columns))
    return None


def _between(name: Node, interval: Node) -> Membership | None:
    """A number between two numbers, or above or below one."""
    symbol = Symbol(name.key, REAL)
    facts: list[Term] = []
    for node, bracket, word in zip(interval.children, interval.value, (">", "<"), strict=True):
        if node.kind == "constant" and node.value == "infinity":
            continue
        if node.kind == "negate" and node.children[0].value == "infinity":
            continue
        bound = _number(node)
        if bound is None:
            return None
        facts.append(Apply(word if bracket in "()" else f"{word}=", (symbol, bound)))
    return Membership(name.key, REAL, tuple(facts))


def _number(node: Node) -> Term | None:
    if node.kind == "negate":
        inside = _number(node.children[0])
        return Number(-inside.value) if isinstance(inside, Number) else None
    return Number(Fraction(node.value)) if node.kind == "number" else None


def _sizes(node: Node) -> tuple[Size, ...] | None:
    if node.kind == "dot" and node.value == "\\times":
        found = [_sizes(child) for child in node.children]
        if any(one is None or len(one) != 1 for one in found):
            return None
        return tuple(size for one in found if one is not None for size in one)
    if node.kind == "number" and node.value.isdigit() and int(node.value) > 0:
        return (int(node.value),)
    return (node.key,) if node.kind == "name" and len(node.key) == 1 else None
