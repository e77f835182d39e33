"""Indices that are declared: the range of each, \\delta_{ij}, and the matrix J^{ij} with a single 1.

An index is an integer in the range of what it indexes. `\\delta_{lj} (A)_{ki}` is a product, which reads like an application.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from derive.kernel.sorting import length_of, sort_of
from derive.kernel.term import (
    INTEGER,
    ONE,
    Apply,
    Constant,
    Matrix,
    Number,
    Size,
    Sort,
    Symbol,
    Term,
    heads,
    subterms,
)
from derive.language.syntax import Node

if TYPE_CHECKING:
    from derive.elaborate.terms import Builder


def indices_of_delta(declared: Mapping[str, Sort], node: Node) -> tuple[str, str] | None:
    """The indices of \\delta_{ij}, where both are declared integers or numbers and \\delta is not declared."""
    if node.kind != "name" or node.value != "\\delta" or not node.children or "\\delta" in declared:
        return None
    text = node.children[0].value.replace(",", "").replace(" ", "")
    return (text[0], text[1]) if len(text) == 2 and all(_is_index(declared, letter) for letter in text) else None


def _is_index(declared: Mapping[str, Sort], letter: str) -> bool:
    return letter.isdigit() or declared.get(letter) == INTEGER


OF_DELTA = frozenset({"call", "subscript"})  # what may be a product with \\delta


def product_with_delta(declared: Mapping[str, Sort], node: Node) -> Node | None:
    """\\delta_{ij} (a) and \\delta_{ij} (A)_{kl} as products; None of anything else."""
    inner, scripts = node, tuple[Node, ...]()
    if node.kind == "subscript":
        inner, *rest = node.children
        scripts = tuple(rest)
    if inner.kind != "call" or len(inner.children) != 2 or indices_of_delta(declared, inner.children[0]) is None:
        return None
    delta, body = inner.children
    if node.kind == "subscript":
        body = Node("subscript", (body, *scripts), node.start, node.end, node.value, node.key)
    return Node("product", (delta, body), node.start, node.end)


def indices_of_unit(declared: Mapping[str, Sort], node: Node) -> tuple[Node, Node] | None:
    """The indices of J^{ij}, where J is not declared and both are declared integers."""
    if (
        node.kind != "^"
        or node.children[0].kind != "name"
        or node.children[1].kind not in {"product", "sequence", "tuple"}
    ):
        return None
    base, script = node.children
    if base.value not in {"J", "\\mathbf{J}", "\\boldsymbol{J}"} or base.key in declared or "J" in declared:
        return None
    if len(script.children) != 2 or not all(
        one.kind == "name" and declared.get(one.key) == INTEGER for one in script.children
    ):
        return None
    return script.children[0], script.children[1]


def delta(builder: Builder, node: Node) -> Term | None:
    """The term of \\delta_{ij}; None of other names."""
    found = indices_of_delta(builder.scope.inference.deltas, node)
    if found is None:
        return None
    return Apply("delta", tuple(Number(int(one)) if one.isdigit() else Symbol(one, INTEGER) for one in found))


def unit(builder: Builder, node: Node) -> Term | None:
    """The term of J^{ij}, of the shape that the text around it says; None of other powers."""
    found = indices_of_unit(builder.scope.inference.declared, node)
    if found is None:
        return None
    sort = Matrix(*builder.scope.inference.sizes_of(node))
    return Apply("unit", (Constant("zero", sort), *(Symbol(one.key, INTEGER) for one in found)))


def in_range(statement: Term, indices: Collection[str]) -> tuple[Term, tuple[Term, ...]]:
    """The statement with \\delta as entries of the identity, where the range of its indices is known; and that declared indices are in their ranges."""
    if heads(statement).isdisjoint({"entry", "component", "unit", "delta"}):
        return statement, ()
    sizes: dict[Symbol, set[Size]] = {}
    for part in subterms(statement):
        if not isinstance(part, Apply) or part.head not in {"entry", "component", "unit"}:
            continue
        sort = sort_of(part.arguments[0])
        assert isinstance(sort, Matrix)
        lengths = (sort.rows, sort.columns) if len(part.arguments) == 3 else (length_of(sort),)
        for index, length in zip(part.arguments[1:], lengths, strict=True):
            if isinstance(index, Symbol):
                sizes.setdefault(index, set()).add(length)
    mapping: dict[Term, Term] = {}
    for part in subterms(statement):
        if isinstance(part, Apply) and part.head == "delta":
            ranges = [sizes.get(index, set()) for index in part.arguments if isinstance(index, Symbol)]
            whole = set().union(*ranges)
            if len(whole) == 1 and all(ranges):
                (length,) = whole
                mapping[part] = Apply("entry", (Constant("identity", Matrix(length, length)), *part.arguments))
    facts: list[Term] = []
    for index in sorted(sizes, key=lambda one: one.name):
        for length in sizes[index]:
            if index.name in indices and (isinstance(length, int) or length.isalpha()):
                last = Number(length) if isinstance(length, int) else Symbol(length, INTEGER)
                facts += [Apply("<=", (ONE, index)), Apply("<=", (index, last))]
    return (replaced(statement, mapping) if mapping else statement), tuple(dict.fromkeys(facts))


def replaced(term: Term, mapping: Mapping[Term, Term]) -> Term:
    """With terms by others of the same symbols, so that nothing is captured."""
    if term in mapping:
        return mapping[term]
    if not isinstance(term, Apply):
        return term
    return Apply(term.head, tuple(replaced(part, mapping) for part in term.arguments))
