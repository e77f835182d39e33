"""Shapes that the words beside a symbol say: "an $n \\times n$ matrix $A$", "let $x$ be a vector of length $n$", "$n$차원 벡터 $x$".

Between the symbol and the size, or the size and the word, may stand only a verb or particle, articles and adjectives.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from derive.elaborate.spoken import listed_before, names_of
from derive.kernel.term import Matrix, Size
from derive.language.document import Document, Formula, Statement
from derive.language.syntax import Node

_IS = re.compile(
    r"[\s$]*(?:(?:is|are|be|denotes?)\s+(?:both\s+|all\s+)?|(?:가|이|는|은|를|을)\s*|,?\s*(?:an?|the|of size|of shape)\s+)?"
    r"(?:(?:an?|the|two|three|any|some)\s+)?(?:[a-z-]+\s+){0,2}[\s$]*",
    re.IGNORECASE,
)
_ADJECTIVES = r"(?:(?:real|symmetric|square|invertible|non-?singular|orthogonal|diagonal|(?:upper|lower)[- ]triangular|positive[- ](?:semi)?definite|constant|random|실|대칭|정사각|가역|직교|대각)\s*,?\s*)*"
_MATRIX = re.compile(rf"[\s$]*[- ]?{_ADJECTIVES}(?:matrix|matrices|행렬)", re.IGNORECASE)
_VECTOR = re.compile(
    rf"[\s$]*(?:-?\s*dimensional\s+|차원\s*){_ADJECTIVES}(?P<row>row|행)?\s*(?:column\s+|열\s*)?(?:vectors?|벡터)",
    re.IGNORECASE,
)
_OF_LENGTH = re.compile(
    r"[\s$]*(?:is|are|be)\s+(?:both\s+|all\s+)?(?:an?\s+|two\s+)?(?P<row>row\s+)?(?:column\s+)?vectors?\s+(?:of|with)\s+(?:length|size|dimension)[\s$]*",
    re.IGNORECASE,
)
_OF_ORDER = re.compile(
    rf"[\s$]*(?:is|are|be)\s+(?:both\s+|all\s+)?(?:an?\s+|two\s+)?{_ADJECTIVES}square\s+{_ADJECTIVES}matri(?:x|ces)\s+of\s+(?:order|size|dimension)[\s$]*",
    re.IGNORECASE,
)
_ONLY_SPACE = re.compile(r"[\s$]*")


def shapes_in_prose(document: Document, formulas: Sequence[Formula]) -> dict[int, dict[str, Matrix]]:
    """The shapes that are plainly said of names, under the offset of the formula that names them."""
    text = document.text
    found: dict[int, dict[str, Matrix]] = {}
    for index, formula in enumerate(formulas):
        names = names_of(formula)
        if not names:
            continue
        shape = _behind(text, formulas, index) or _in_front(text, formulas, index)
        if shape is not None:
            found[formula.start] = dict.fromkeys(listed_before(text, formulas, index, names), shape)
    return found


def _behind(text: str, formulas: Sequence[Formula], index: int) -> Matrix | None:
    """A is an n x n matrix; x is a vector of length n; x is an n-dimensional vector; A is a square matrix of order n."""
    if index + 1 == len(formulas):
        return None
    following = formulas[index + 1]
    between = text[formulas[index].end : following.start]
    after = text[following.end : following.end + 120]
    sizes = _sizes(following)
    if len(sizes) == 2:
        return Matrix(*sizes) if _IS.fullmatch(between) and _MATRIX.match(after) else None
    if len(sizes) != 1:
        return None
    (size,) = sizes
    if (match := _OF_LENGTH.fullmatch(between)) is not None:
        return Matrix(1, size) if match.group("row") else Matrix(size, 1)
    if _OF_ORDER.fullmatch(between):
        return Matrix(size, size)
    if _IS.fullmatch(between) and (match := _VECTOR.match(after)) is not None:
        return Matrix(1, size) if match.group("row") else Matrix(size, 1)
    return None


def _in_front(text: str, formulas: Sequence[Formula], index: int) -> Matrix | None:
    """An n x n matrix A; an n-dimensional vector x."""
    if not index:
        return None
    earlier = formulas[index - 1]
    between = text[earlier.end : formulas[index].start]
    sizes = _sizes(earlier)
    if len(sizes) == 2:
        match = _MATRIX.match(between)
        return Matrix(*sizes) if match is not None and _ONLY_SPACE.fullmatch(between[match.end() :]) else None
    match = _VECTOR.match(between) if len(sizes) == 1 else None
    if match is None or _ONLY_SPACE.fullmatch(between[match.end() :]) is None:
        return None
    return Matrix(1, sizes[0]) if match.group("row") else Matrix(sizes[0], 1)


def _sizes(formula: Formula) -> tuple[Size, ...]:
    """n of n; n and m of n \\times m: letters and whole numbers."""
    if len(formula.parts) != 1 or not isinstance(formula.parts[0], Statement):
        return ()
    node = formula.parts[0].node
    members = node.children if node.kind == "dot" and node.value == "\\times" else (node,)
    sizes = [_size(one) for one in members]
    return tuple(one for one in sizes if one is not None) if None not in sizes else ()


def _size(node: Node) -> Size | None:
    if node.kind == "number" and node.value.isdigit() and node.value != "0":
        return int(node.value)
    return node.key if node.kind == "name" and re.fullmatch(r"[A-Za-z]", node.key) else None
