"""Sums by convention: a letter that is once an upper and once a lower index in a product of one side only, v^m J^i_m."""

from __future__ import annotations

import re
from collections.abc import Collection

from derive.language.syntax import Node

SUMMED = frozenset({"i", "j", "k", "l", "\\mu", "\\nu", "\\rho", "\\sigma", "\\alpha", "\\beta"})
# Other letters of indices, in a formula with names that have upper ones: \\tilde{v}^i = v^m J^i_m.
ALSO_SUMMED = SUMMED | frozenset({*"mnopqrs", "\\lambda", "\\kappa", "\\tau"})
_UPPER_INDEX = re.compile(r"\^\{(?:[ijkl]|\\(?:mu|nu|rho|sigma|alpha|beta))(?![A-Za-z])")
_INDEX = re.compile(r"\\[A-Za-z]+|[A-Za-z]")
_BINDERS = frozenset({"sum", "product-over", "binder", "integral", "limit"})


def has_upper_indices(node: Node) -> bool:
    """Whether a name in it is written with an upper index."""
    return any(map(_UPPER_INDEX.search, node.names))


def repeated_index(node: Node, letters: Collection[str], *, differentiated: bool = False) -> str:
    """One of the letters that is an index of one factor and stands above another one in the same product of one side only: g_{ij} v^i v^j is a sum by convention. With `differentiated`, what
    a derivative is taken by counts as below."""
    if node.kind != "chain":
        return ""
    for side in node.children:
        others = {key for other in node.children if other is not side for key in other.names}
        binders = (one for one in side.walk() if one.kind in _BINDERS)
        bound = {key for binder in binders for child in binder.children[1:] for key in child.names}
        for product in side.walk():
            if product.kind not in {"product", "dot"}:
                continue
            above = {letter for part in product.walk() for letter in _above(part) if letter in letters}
            for letter in sorted(above - bound):
                below = any(_has_index(key, letter) for key in product.names)
                below = below or (differentiated and _is_differentiated_by_one(product, letter))
                if below and not any(letter == key or _has_index(key, letter) for key in others):
                    return letter
    return ""


def _above(part: Node) -> list[str]:
    """The letters above a name: of a power, or of its marks."""
    if part.kind == "^":
        return [part.children[1].key] if part.children[1].kind == "name" else []
    return _INDEX.findall(part.value.partition("^{")[2]) if part.kind == "name" and "^{" in part.value else []


def _has_index(key: str, letter: str) -> bool:
    subscript = key.partition("_{")[2].rstrip("}")
    return re.search(r"[^A-Za-z\\ ,]", subscript) is None and letter in _INDEX.findall(subscript)


def _is_differentiated_by_one(product: Node, letter: str) -> bool:
    """v^m \\frac{\\partial \\psi}{\\partial \\theta^m}: in a derivative an upper index stands below, and here another one above."""
    inside = [one for part in product.walk() if part.kind == "derivative" for one in part.children[1:]]
    by = [one for one in inside if letter in _above(one)]
    return bool(by) and any(letter in _above(one) for one in product.walk() if all(one is not other for other in by))
