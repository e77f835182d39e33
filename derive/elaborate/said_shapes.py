"""Shapes that the words beside a symbol say: "an $n \\times n$ matrix $A$", "let $x$ be a vector of length $n$", "$n$차원 벡터 $x$".

Between the symbol and the size, or the size and the word, may stand only a verb or particle, articles and adjectives.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

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


# A size by itself: 2 x 2, two by two, three-dimensional, in R^2, n = 2.
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4}
_NUMBER = r"(?:[1-9]|one|two|three|four)"
_SAID = re.compile(
    rf"(?<![\w.^]){_NUMBER}[\s$]*(?:[x×]|-?\s*by\s*-?|\\times)[\s$]*{_NUMBER}(?![\w.]|\s*\^)|(?<![\w.])(?:{_NUMBER}[\s$]*-?[\s$]*(?:dimension(?:s|al)\b|차원|D\b))|"
    r"\\(?:mathbb\s*\{?\s*R\s*\}?|R|Reals|reals|RR)\s*\^\s*\{?\s*[1-9]\s*\}?|\b(?:in\s+the\s+plane|planar)\b|(?<![가-힣])평면|"
    rf"\border\s+\$?{_NUMBER}\b|\b{_NUMBER}\s+rows?\s+and\s+{_NUMBER}\s+columns?|[1-9]\s*행\s*[1-9]\s*열|크기가\s*\$?[1-9]|이차\s*정사각|\b[GS]L_?\s*\{{?\(?\s*[1-9]|\\(?:mathrm|operatorname|mathbf|text)\s*\{{[GS]L\}}\s*_?\{{?\(?\s*[1-9]|"
    rf"\\dim\s*[A-Z]\s*=\s*[1-9]|\b{_NUMBER}\s+(?:equations?|unknowns?|variables?)\b|(?<![\w\\])(?P<letter>[a-zN])\s*=\s*[1-9](?![\w.\d])",
    re.IGNORECASE,
)
_WHOLE = re.compile(rf"(?<![\w.])(?:{_NUMBER})(?![\w.])|[1-9](?=D|차원)", re.IGNORECASE)
_COMMENT_BEGINS = re.compile(r"(?<!\\)%")
_LARGEST = 4  # witnesses are looked for at sizes up to this one


@dataclass(frozen=True, slots=True)
class SaidSize:
    """A size of which a text speaks: where, in which words, and its numbers."""

    start: int
    section: int
    words: str
    numbers: tuple[int, ...]
    letter: str = ""  # that of the size, in n = 2


def said_sizes(document: Document) -> list[SaidSize]:
    """The sizes of which a text speaks, in its order."""
    found: list[SaidSize] = []
    for match in _SAID.finditer(document.text):
        line = document.text[document.text.rfind("\n", 0, match.start()) + 1 : match.start()]
        if _COMMENT_BEGINS.search(line):
            continue
        words = " ".join(match.group().replace("$", " ").split())
        said = [_NUMBERS.get(one.lower(), 0) or int(one) for one in _WHOLE.findall(words)] or _others(words)
        if said and max(said) <= _LARGEST:
            numbers = tuple(dict.fromkeys(said))
            place = document.section(match.start())
            found.append(SaidSize(match.start(), place, words, numbers, match["letter"] or ""))
    return found


def _others(words: str) -> list[int]:
    """2 of \\mathbb{R}^2 and n = 2, and of the plane."""
    digits = re.findall(r"[1-9]", words)
    return [int(digits[-1])] if digits else [2]
