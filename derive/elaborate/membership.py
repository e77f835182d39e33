"""`x \\in S` as a sort with facts, for the sets whose members the kernel has a sort for."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction

from derive.kernel import size
from derive.kernel.term import (
    INTEGER,
    ONE,
    REAL,
    ZERO,
    Apply,
    Matrix,
    Number,
    Scalar,
    Size,
    Sort,
    Symbol,
    Term,
    TermError,
)
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
    found = [membership(name, right) for name in members_of(left)]
    return tuple(one for one in found if one is not None) if all(one is not None for one in found) else ()


def members_of(left: Node) -> tuple[Node, ...]:
    r"""x and y of x, y \in S."""
    return left.children if left.kind == "sequence" else (left,)


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
    if right.kind == "set":
        return _one_of(left, right)
    space = space_of(right)
    return None if space is None else Membership(left.key, space)


def space_of(node: Node) -> Sort | None:
    r"""The sort of what is in \mathbb{R}^n or \mathbb{R}^{m \times n}; None of other sets."""
    if node.kind != "^" or node.children[0].kind != "name" or node.children[0].key != "\\mathbb{R}":
        return None
    sizes = sizes_written(node.children[1])
    if sizes is None:
        return None
    rows, columns = (*sizes, 1)[:2]
    return REAL if rows == columns == 1 else Matrix(rows, columns)


@dataclass(frozen=True, slots=True)
class Signature:
    r"""What f : X \to Y says: the sorts of the arguments and of the value, None where the set is not known; whether f is a function of all numbers or vectors, and whether its
    values are all there are; what holds of every value, which is the symbol VALUE."""

    arguments: tuple[Sort | None, ...]
    result: Sort | None
    whole: bool
    onto: bool
    facts: tuple[Term, ...] = ()

    @property
    def sorts(self) -> tuple[Sort, ...] | None:
        """The sorts of the arguments; None where one of them is not known."""
        return tuple(one for one in self.arguments if one is not None) if None not in self.arguments else None


VALUE = Symbol("value", REAL)
_ANY = Node("name", (), 0, 0, VALUE.name, VALUE.name)


def signature_of(node: Node) -> Signature:
    """What the sets say between which a function goes."""
    domain, codomain = node.children
    spaces = [_space(one) for one in _factors_of_set(domain)]
    result, onto = _space(codomain)
    bounds = _between(_ANY, codomain) if codomain.kind == "interval" else None
    facts = bounds.facts if bounds is not None else ()
    return Signature(tuple(sort for sort, _ in spaces), result, all(whole for _, whole in spaces), onto, facts)


def unknown_sets(node: Node) -> frozenset[str]:
    """The letters that are sets in a signature, and of which nothing says what they hold."""
    found = frozenset[str]()
    for one in (part for side in node.children for part in _factors_of_set(side)):
        inside = one.children[0] if one.kind in {"^", "subscript", "chain"} else one
        if inside.kind == "name" and not inside.value.startswith("\\mathbb{"):
            found |= {inside.key}
    return found


def _factors_of_set(node: Node) -> tuple[Node, ...]:
    if node.kind == "dot" and node.value == "\\times":
        return tuple(part for child in node.children for part in _factors_of_set(child))
    return (node,)


def _space(node: Node) -> tuple[Sort | None, bool]:
    """The sort of what is in a set, None if it is not known, and whether all of that sort is."""
    if node.kind == "chain":  # U \\subset \\mathbb{R}^n
        return _space(node.children[1])[0], False
    if node.kind == "operator" and "\\setminus" in node.value:
        return _space(node.children[0])[0], False
    if node.kind == "^" and node.children[0].kind == "interval":  # [0, 1]^n
        sizes = sizes_written(node.children[1])
        return (Matrix(*(*sizes, 1)[:2]), False) if sizes is not None else (None, False)
    if node.kind == "interval":
        return REAL, _between(_ANY, node) == Membership(_ANY.key, REAL)
    base = node.children[0] if node.kind == "^" else node
    core = base.value.partition("^")[0]
    if base.kind == "name" and core == "\\mathbb{R}" and (base.children or core != base.value):  # \\mathbb{R}_+
        plain = base._replace(children=(), value=core, key=core)
        return _space(node._replace(children=(plain, node.children[1])) if node.kind == "^" else plain)[0], False
    known = membership(_ANY, node)
    if known is None:
        return None, False
    if known.sort == REAL or isinstance(known.sort, Matrix):
        return known.sort, not known.facts  # {0, 1} is not all of them
    return REAL, False


def _one_of(name: Node, numbers: Node) -> Membership | None:
    """One of a few numbers: y \\in \\{0, 1\\}."""
    values = [_number(one) for one in numbers.children]
    found = [one for one in values if one is not None]
    if not 2 <= len(found) == len(values) <= _MOST_NUMBERS:
        return None
    symbol = Symbol(name.key, REAL)
    return Membership(name.key, REAL, (Apply("or", tuple(Apply("=", (symbol, one)) for one in found)),))


_MOST_NUMBERS = 4


def _between(name: Node, interval: Node) -> Membership | None:
    """A number between two numbers, or above or below one."""
    symbol = Symbol(name.key, REAL)
    facts: list[Term] = []
    for node, bracket, word in zip(interval.children, interval.value, (">", "<"), strict=True):
        if _is_infinite(node):
            continue
        bound = _number(node)
        if bound is None:
            return None
        facts.append(Apply(word if bracket in "()" else f"{word}=", (symbol, bound)))
    return Membership(name.key, REAL, tuple(facts))


def bounds(node: Node) -> Node | None:
    """The chain that says of a number what its interval does, or that it is one of a few numbers; None where there is none."""
    name, interval = node.children
    if interval.kind == "set" and name.kind == "name" and _one_of(name, interval) is not None:
        number, *values = (one._replace(start=node.start, end=node.end) for one in (name, *interval.children))
        cases = tuple(Node("chain", (number, one), node.start, node.end, "=") for one in values)
        return Node("or", cases, node.start, node.end)
    if name.kind != "name" or interval.kind != "interval" or _between(name, interval) is None:
        return None
    below, above = interval.children
    members, words = [name], list[str]()
    if not _is_infinite(below):
        members, words = [below, name], ["<" if interval.value[0] == "(" else "<="]
    if not _is_infinite(above):
        members, words = [*members, above], [*words, "<" if interval.value[1] == ")" else "<="]
    spread = tuple(one._replace(start=node.start, end=node.end) for one in members)  # all of it says each bound
    return Node("chain", spread, node.start, node.end, " ".join(words)) if words else None


def _is_infinite(bound: Node) -> bool:
    inner = bound.children[0] if bound.kind == "negate" else bound
    return inner.kind == "constant" and inner.value == "infinity"


def _number(node: Node) -> Term | None:
    if node.kind == "negate":
        inside = _number(node.children[0])
        return Number(-inside.value) if isinstance(inside, Number) else None
    return Number(Fraction(node.value)) if node.kind == "number" else None


def sizes_written(node: Node) -> tuple[Size, ...] | None:
    """The sizes that an exponent or an index writes: n, n \\times m, n + 1; None where it is something else."""
    if node.kind == "dot" and node.value == "\\times":
        found = [sizes_written(child) for child in node.children]
        if any(one is None or len(one) != 1 for one in found):
            return None
        return tuple(size for one in found if one is not None for size in one)
    if node.kind == "number" and node.value.isdigit() and int(node.value) > 0:
        return (int(node.value),)
    if node.kind == "name":
        return (node.key,) if len(node.key) == 1 else None
    text = _size_text(node)
    with suppress(TermError):
        return (size.written(size.parsed(text)),) if text else None
    return None


_LETTER_OF_SIZE = re.compile(r"[A-Za-z](?:_\{\d\})?")


def _size_text(node: Node) -> str:
    """n + 1, 2 n, 2^{16}, as sizes are written; empty for what is none."""
    parts = [_size_text(child) for child in node.children]
    match node.kind:
        case "name":
            return node.key if _LETTER_OF_SIZE.fullmatch(node.key) else ""
        case "number":
            return node.value if node.value.isdigit() else ""
        case "^" if [child.kind for child in node.children] == ["number", "number"] and all(parts):
            return str(int(parts[0]) ** int(parts[1])) if len(parts[1]) < 3 and len(parts[0]) < 3 else ""
        case "+" if all(parts):
            return " + ".join(parts).replace("+ -", "-")
        case "negate" if all(parts):
            return f"-{' ' + parts[0]}"
        case "product" | "dot" if all(parts) and all(child.kind in {"name", "number"} for child in node.children):
            return " * ".join(parts)
    return ""
