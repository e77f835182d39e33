"""Lengths of sides that are written without a bar: AB of AB = 3 is one name, not a product.

A document speaks of them where it gives such a pair of capitals a number, or several pairs with a common letter small ones (AB = c, BC = a), and where it speaks of figures, and not of matrices.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from derive.elaborate.perhaps_arrays import runs
from derive.language.document import Document, Formula, Statement
from derive.language.syntax import Node

_OF_FIGURES = re.compile(
    r"\\(?:triangle|angle|parallel|perp|square)(?![A-Za-z])|\b(?:triangles?|midpoints?|segments?|quadrilaterals?|parallelograms?|trapezi\w+|trapezoids?|rhomb\w+|rectangles?|polygons?|chords?|bisectors?)\b|"
    r"삼각형|사각형|중점|선분|이등분선|[가-힣]변형",
    re.IGNORECASE,
)
_OF_MATRICES = re.compile(
    r"\bmatri(?:x|ces)\b|\boperators?\b|\\(?:det|operatorname\{tr|mathrm\{tr)|행렬|연산자", re.IGNORECASE
)
_POINTS = frozenset("ABCDEFGHMNOPQ")


def with_segments(document: Document) -> Document:
    """The document with one name for each pair of end points that it writes side by side, \\overline{AB} for AB and BA; of letters that stand alone on a side too, A = 3, none."""
    statements = [
        part for one in document.items if isinstance(one, Formula) for part in one.parts if isinstance(part, Statement)
    ]
    nodes = [node for part in statements for node in part.node.walk()]
    in_figures = _OF_FIGURES.search(document.text) is not None and _OF_MATRICES.search(document.text) is None
    pairs = _pairs(nodes, in_figures)
    if not pairs:
        return document
    items = [
        replace(
            one,
            parts=tuple(
                replace(part, node=_joined(part.node, pairs)) if isinstance(part, Statement) else part
                for part in one.parts
            ),
        )
        if isinstance(one, Formula)
        else one
        for one in document.items
    ]
    return replace(document, items=items)


def _pairs(nodes: list[Node], in_figures: bool) -> set[frozenset[str]]:
    """The pairs of capitals that are end points."""
    valued: set[frozenset[str]] = set()  # pairs that are equated with a number
    named: set[frozenset[str]] = set()  # with a small letter
    alone: set[str] = set()
    written = {letters(run) for node in nodes if node.kind == "product" for run in runs(node) if len(run) == 2}
    for node in nodes:
        if node.kind != "chain" or {*node.value.split()} != {"="}:
            continue
        alone |= {one.key for one in node.children if one.kind == "name"}
        for one, other in (*pairwise(node.children), *pairwise(node.children[::-1])):
            if one.kind == "product" and len(one.children) == 2 and [len(run) for run in runs(one)] == [2]:
                pair = frozenset(part.key for part in one.children)
                valued |= {pair} if other.kind == "number" and float(other.value) != 0 else set()
                named |= {pair} if other.kind == "name" and len(other.key) == 1 and other.key.islower() else set()
    found = valued | {one for one in named if any(one != other and one & other for other in named)}
    if found or in_figures:
        ends = frozenset[str]().union(*(found or written))
        found |= {one for one in written if one & ends}
    return {one for one in found if len(one) == 2 and one <= _POINTS - alone}


def _joined(node: Node, pairs: set[frozenset[str]]) -> Node:
    ends = [run for run in runs(node) if len(run) == 2 and letters(run) in pairs] if node.kind == "product" else []
    lengths = {id(first): _length(first, last) for first, last in ends}
    behind = {id(last) for _, last in ends}
    children = [lengths.get(id(one)) or _joined(one, pairs) for one in node.children if id(one) not in behind]
    return children[0] if lengths and len(children) == 1 else node._replace(children=tuple(children))


def _length(first: Node, last: Node) -> Node:
    """AB, AB^2."""
    name = f"\\overline{{{''.join(sorted(letters((first, last))))}}}"
    length = Node("name", (), first.start, last.end, name, name)
    return length if last.kind == "name" else last._replace(children=(length, *last.children[1:]), start=first.start)


def letters(run: Iterable[Node]) -> frozenset[str]:
    return frozenset(one.children[0].key if one.kind == "^" else one.key for one in run)
