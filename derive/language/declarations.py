"""The declaration language: one grammar for comments, front matter, the command line, benchmark files and the Python API."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from derive.kernel import size
from derive.kernel.term import Function, Matrix, Scalar, Size, Sort, Statement, TermError
from derive.language.document import Declaration
from derive.language.spelling import FONTS, GREEK

_SIGNS = ("positive", "nonnegative", "negative", "nonzero")
_KINDS = ("positive definite", "positive semidefinite", "upper triangular", "symmetric", "skew", "diagonal", "orthogonal", "invertible", "projection")  # fmt: skip
_ORDERS = {"continuous": 0, "differentiable": 1, "C1": 1, "C2": 2, "smooth": 99}
_PROPERTIES = frozenset({*_ORDERS, "convex", "increasing", "even", "odd", "constant"})
_MEASURED = re.compile(r"\S+-(?:smooth|strongly convex)")  # with the letter of a constant


@dataclass(frozen=True, slots=True)
class DeclaredSort:
    """A sort with what a declaration says besides: the sign, matrix kinds and function properties, and the letters of its sizes."""

    sort: Sort
    signs: str = ""
    kinds: tuple[str, ...] = ()
    indexed: bool = False
    sizes: tuple[str, ...] = ()


def parse(text: str, offset: int = 0) -> tuple[Declaration, ...]:
    """The items of a declaration text that begins at `offset`; what does not parse is of kind "unread". Statements are left as text."""
    found: list[Declaration] = []
    position = 0
    for piece in re.split(r"[;\n]", text):
        begin = offset + position + len(piece) - len(piece.lstrip())
        position += len(piece) + 1
        item = piece.strip()
        if item:
            found.append(_item(item, begin, begin + len(item)))
    return tuple(found)


def _with_greek(text: str) -> str:
    """`N(mu, sigma^2)`, `Phi` with the Greek letters that are spelled out."""
    return re.sub(
        r"(?<![\\A-Za-z])[A-Za-z]+(?![A-Za-z])",
        lambda word: "\\" + word.group() if word.group() in GREEK else word.group(),
        text,
    )


_STATED = re.compile(r"(?:assume|claim|let)\b")


def _item(item: str, start: int, end: int) -> Declaration:
    if (stated := _STATED.match(item)) is not None:
        return Declaration(stated.group(), start, end, item[stated.end() :].strip())
    if re.match(r"small\b", item):
        return Declaration("small", start, end, item, tuple(canonical_name(one) for one in _names(item[5:])))
    if re.match(r"layout\b", item):
        layout = item[6:].strip()
        if layout in {"row", "column"}:
            return Declaration("layout", start, end, item, sort=layout)
        return Declaration("unread", start, end, item, message="a layout is row or column")
    if "\\sim" in item:
        names, _, distribution = item.partition("\\sim")
        distribution = _with_greek(distribution.strip())
        return Declaration(
            "distribution", start, end, item, tuple(canonical_name(one) for one in _names(names)), distribution
        )
    names, colon, rest = item.partition(":")
    if not colon:
        return Declaration(
            "unread", start, end, item, message="a declaration is written `x : real`, `assume x > 0` or `let y = x^2`"
        )
    parts = _split_properties(rest.strip())
    try:
        keys = tuple(canonical_name(one) for one in _names(names))
        sort_from_text(parts[0], tuple(parts[1:]))
    except ValueError as error:
        return Declaration("unread", start, end, item, message=str(error))
    return Declaration("symbols", start, end, item, keys, parts[0], tuple(parts[1:]))


def _names(text: str) -> list[str]:
    return [one.strip() for one in re.split(r",(?![^{]*\})", text) if one.strip()]


def _split_properties(text: str) -> list[str]:
    """The sort and the properties behind it, cut at commas outside brackets."""
    if "," not in text:
        return [text.strip()]
    parts, depth, current = [], 0, ""
    for character in text:
        depth += {"(": 1, ")": -1}.get(character, 0)
        if character == "," and depth == 0:
            parts.append(current.strip())
            current = ""
        else:
            current += character
    return [*parts, current.strip()]


def canonical_name(text: str) -> str:
    """The key of a name as the reader writes it: `\\vec w_k` is `\\vec{w}_{k}`. ValueError for what is not a name."""
    if len(text) == 1 and text.isascii() and text.isalpha():
        return text
    text = _with_greek(text.strip()).replace("\\varDelta", "\\Delta")
    match = re.fullmatch(
        r"\\([A-Za-z]+)\s*(?:\{([^{}]*(?:\{[^{}]*\})?)\}|\s?([A-Za-z]|\\[A-Za-z]+))(?:_(\{.*\}|.|\\[A-Za-z]+))?", text
    )
    if match and match.group(1) in FONTS:
        inside = (match.group(2) or match.group(3)).strip()
        base, _, own = inside.partition("_")
        subscript = match.group(4) or own
        return _joined(f"\\{match.group(1)}{{{base.strip()}}}", subscript)
    match = re.fullmatch(r"([A-Za-z]|\\[A-Za-z]+)(?:_(\{.*\}|.|\\[A-Za-z]+|\d+))?('*)", text)
    if match and (not match.group(1).startswith("\\") or match.group(1)[1:] in GREEK):
        return _joined(match.group(1), match.group(2) or "") + match.group(3)
    match = re.fullmatch(r"([A-Za-z])(\d+)", text)
    if match:
        raise ValueError(f"'{text}' is not a name; write {match.group(1)}_{{{match.group(2)}}}")
    raise ValueError(f"'{text}' is not a name: a letter, a Greek letter or a decorated one, with a subscript")


def _joined(base: str, subscript: str) -> str:
    subscript = subscript.strip()
    if subscript.startswith("{") and subscript.endswith("}"):
        subscript = subscript[1:-1]
    subscript = re.sub(r"\s+", "", subscript)
    return f"{base}_{{{subscript}}}" if subscript else base


@lru_cache(maxsize=1_000)
def sort_from_text(text: str, properties: tuple[str, ...] = ()) -> DeclaredSort:
    """A sort as written, with its properties. ValueError, with what is expected, for anything else."""
    text = re.sub(r"\s+", " ", text.strip())
    for one in properties:
        if one not in _PROPERTIES and _MEASURED.fullmatch(one) is None:
            known = ", ".join([*sorted(_PROPERTIES), "L-smooth", "\\mu-strongly convex"])
            raise ValueError(f"'{one}' is not a property; known are {known}")
    if text.startswith("indexed "):
        inner = sort_from_text(text[8:])
        return DeclaredSort(inner.sort, inner.signs, inner.kinds, True, inner.sizes)
    match = re.fullmatch(r"function\s*\((.*)\)\s*(?:->|\\to)\s*(.+)", text)
    if match:
        arguments = [sort_from_text(one) for one in _split_properties(match.group(1))]
        result = sort_from_text(match.group(2))
        order = max((1 if one.endswith("-smooth") else _ORDERS.get(one, 0) for one in properties), default=0)
        sizes = tuple(dict.fromkeys(size for one in (*arguments, result) for size in one.sizes))
        kinds = tuple(one for one in properties if one not in _ORDERS)
        return DeclaredSort(Function(tuple(one.sort for one in arguments), result.sort, order), "", kinds, False, sizes)
    match = re.fullmatch(r"(?:(.*) )?(vector|row|matrix)\s*\((.*)\)", text)
    if match:
        kinds = _kinds(match.group(1) or "")
        sizes_text = [one.strip() for one in match.group(3).split(",")]
        listed = [_size(one) for one in sizes_text]
        letters = tuple(dict.fromkeys(letter for one in sizes_text for letter in re.findall(r"[A-Za-z]", one)))
        if match.group(2) == "matrix":
            if len(listed) > 2:
                raise ValueError("a matrix has one or two sizes")
            return DeclaredSort(Matrix(listed[0], listed[-1]), "", kinds, False, letters)
        if len(listed) != 1:
            raise ValueError(f"a {match.group(2)} has one size")
        return DeclaredSort(
            Matrix(listed[0], 1) if match.group(2) == "vector" else Matrix(1, listed[0]), "", kinds, False, letters
        )
    sign = next((one for one in _SIGNS if text.startswith(one + " ")), "")
    rest = text[len(sign) :].strip()
    if rest in {"real", "integer", "rational", "complex", "index", "statement"}:
        sort: Sort = Statement() if rest == "statement" else Scalar("integer" if rest == "index" else rest)
        return DeclaredSort(sort, sign)
    raise ValueError(
        f"'{text}' is not a sort; known are real, integer, vector(n), row(n), matrix(m, n), function(real) -> real, ..."
    )


def _kinds(text: str) -> tuple[str, ...]:
    found: list[str] = []
    rest = text.strip()
    while rest:
        kind = next((one for one in _KINDS if rest.startswith(one)), None)
        if kind is None:
            raise ValueError(f"'{rest}' is not a kind of matrix; known are {', '.join(_KINDS)}")
        found.append(kind)
        rest = rest[len(kind) :].strip()
    return tuple(found)


def _size(text: str) -> Size:
    if text.isdigit() and int(text) > 0:
        return int(text)
    if re.fullmatch(r"[A-Za-z]\w*(?:\s*[-+*]\s*\w+)*", text):
        try:
            return size.written(size.parsed(re.sub(r"\s*([-+*])\s*", r" \1 ", text)))
        except TermError as error:
            raise ValueError(f"'{text}': {error}") from None
    raise ValueError(f"'{text}' is not a size: a number, a letter, or an expression of these")
