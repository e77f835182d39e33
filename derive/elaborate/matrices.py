"""Matrices, norms, products of other kinds and values by cases as terms: what the kernel has a head for, else notations with their parts typed."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from derive.elaborate.notation import TENSOR, notation
from derive.elaborate.sorts import has_arrow
from derive.elaborate.vectors import literal_vector
from derive.kernel.sorting import is_scalar, is_vector, sort_of
from derive.kernel.term import (
    ONE,
    REAL,
    ZERO,
    Apply,
    Constant,
    Function,
    IllSorted,
    Matrix,
    Number,
    Size,
    Sort,
    Symbol,
    Term,
    add,
    free_symbols,
    multiply,
    negate,
    subtract,
)
from derive.language.syntax import Node, UnreadError

if TYPE_CHECKING:
    from derive.elaborate.terms import Builder


def matrix(builder: Builder, node: Node) -> Term:
    """A literal of numbers; with blocks, dots or empty cells a notation of the shape that the text around it says."""
    cells = [entry for row in node.children for entry in row.children]
    widths = {len(row.children) for row in node.children}
    if len(widths) != 1 or 0 in widths:
        raise UnreadError(node.start, "a matrix whose rows differ in length", "ragged-matrix")
    entries = [None if cell.kind in {"ellipsis", "blank"} else builder.as_whole(cell) for cell in cells]
    sorts = [sort_of(entry) for entry in entries if entry is not None]
    if any(isinstance(sort, Function) for sort in sorts):
        raise UnreadError(node.start, "a matrix of functions without their arguments", "not-understood")
    width = widths.pop()
    if all(entry is not None and is_scalar(sort_of(entry)) for entry in entries):
        terms = [entry for entry in entries if entry is not None]
        rows = [Apply("row", tuple(terms[start : start + width])) for start in range(0, len(terms), width)]
        return Apply("matrix", tuple(rows))
    blocks = _blocks(entries, width)
    if blocks is not None:
        return blocks
    return _written(builder, node, cells, entries, width)


def _blocks(entries: list[Term | None], width: int) -> Term | None:
    """A matrix of matrices: zeros among them have the height of their row and the width of their column. None where a height or width is not known."""
    terms = [entry for entry in entries if entry is not None]
    shapes = [_shape_of(term) for term in terms]
    if len(terms) != len(entries) or any(shape is None for shape in shapes):
        return None
    places = range(len(terms))
    heights = [
        next((s[0] for s in shapes[start : start + width] if s and s != (1, 1)), None) for start in places[::width]
    ]
    widths = [next((s[1] for s in shapes[start::width] if s and s != (1, 1)), None) for start in range(width)]
    if None in heights or None in widths:
        return None
    filled: list[Term] = []
    for index, term in enumerate(terms):
        rows, columns = heights[index // width], widths[index % width]
        assert rows is not None
        assert columns is not None
        if term == Number(0):
            term = Constant("zero", Matrix(rows, columns)) if (rows, columns) != (1, 1) else term
        elif _shape_of(term) != (rows, columns):
            return None  # a number among matrices
        filled.append(term)
    return Apply(
        "blocks", tuple(Apply("row", tuple(filled[start : start + width])) for start in range(0, len(filled), width))
    )


def _shape_of(term: Term) -> tuple[Size, Size] | None:
    sort = sort_of(term)
    if isinstance(sort, Matrix):
        return (sort.rows, sort.columns)
    return (1, 1) if is_scalar(sort) else None


def _written(builder: Builder, node: Node, cells: list[Node], entries: list[Term | None], width: int) -> Term:
    """The matrix as it is written."""
    texts: list[str] = []
    terms: list[Term] = []
    for cell, entry in zip(cells, entries, strict=True):
        if entry is None:
            texts.append(cell.value)
        else:
            terms.append(entry)
            texts.append(f"#{len(terms)}")
    rows = [" & ".join(texts[start : start + width]) for start in range(0, len(texts), width)]
    sort = Matrix(*builder.scope.inference.sizes_of(node))
    return notation("\\begin{bmatrix} " + " \\\\ ".join(rows) + " \\end{bmatrix}", sort, *terms)


def norm(builder: Builder, node: Node) -> Term:
    """The Euclidean norm of a vector, the Frobenius norm of a matrix where it says so; any other as it is written."""
    inside = builder.term(node.children[0])
    sort = sort_of(inside)
    array = isinstance(sort, Matrix) and not is_scalar(sort)
    order = node.children[1] if len(node.children) == 2 else None
    label = order.value.replace("\\mathrm{F}", "F") if order is not None else ""
    label = {"\\operatorname{max}": "\\max", "\\mathrm{max}": "\\max", "max": "\\max"}.get(label, label)
    if (label in {"", "2"} and not (array and not is_vector(sort))) or (label == "F" and array):
        return Apply("norm", (inside,))
    if array and label in NORMS and not (is_vector(sort) and label in {"*", "2"}):
        assert isinstance(sort, Matrix)
        return Apply(NORMS[label], (Apply("transpose", (inside,)) if sort.rows == 1 else inside,))
    return notation(f"\\left\\|#1\\right\\|_{{{label}}}" if label else "\\left\\|#1\\right\\|", REAL, inside)


def hadamard(builder: Builder, node: Node) -> Term:
    """The product entry by entry."""
    left, right = (builder.term(child) for child in node.children)
    one, other = sort_of(left), sort_of(right)
    if is_scalar(one) and is_scalar(other):
        return Apply("hadamard", (left, right))
    if not is_scalar(one) and not is_scalar(other) and one != other:
        raise IllSorted(f"a {one} times a {other}, entry by entry", str(one), str(other))
    if is_scalar(one) or is_scalar(other):
        return notation("#1* \\odot #2*", other if is_scalar(one) else one, left, right)
    return Apply("hadamard", (left, right))


def cross(left: Term, right: Term) -> Term:
    """The cross product of two vectors: of three components by these, of two a number."""
    one, other = sort_of(left), sort_of(right)
    if one != other:
        raise IllSorted(f"a cross product of a {one} and a {other}", str(one), str(other))
    if isinstance(one, Matrix) and 3 in {one.rows, one.columns}:
        a, b = ([Apply("component", (side, Number(place))) for place in (1, 2, 3)] for side in (left, right))
        turns = ((1, 2), (2, 0), (0, 1))
        entries = tuple(subtract(multiply(a[i], b[j]), multiply(a[j], b[i])) for i, j in turns)
        return literal_vector(entries, row=one.rows == 1)
    plane = isinstance(one, Matrix) and 2 in {one.rows, one.columns}
    return notation("#1* \\times #2*", REAL if plane else one, left, right)


def kronecker(builder: Builder, node: Node) -> Term:
    left, right = (builder.term(child) for child in node.children)
    one, other = sort_of(left), sort_of(right)
    if isinstance(one, Matrix) and isinstance(other, Matrix):
        return Apply("kronecker", (left, right))
    sort: Sort = other if is_scalar(one) and isinstance(other, Matrix) else one if isinstance(one, Matrix) else REAL
    return notation("#1* \\otimes #2*", sort, left, right)


NORMS = {
    "1": "norm_one",
    "\\infty": "norm_infinity",
    "\\max": "norm_max",
    "2": "norm_spectral",
    "*": "norm_nuclear",
}
HEADS = frozenset({"rank", "adjugate", "vec", "diag", "pseudoinverse"})


def of_matrix(head: str, inside: Term) -> Term | None:
    """What is made of one matrix or vector; None of what is none, and of the diagonal of what is not square."""
    sort = sort_of(inside)
    if not isinstance(sort, Matrix) or is_scalar(sort):
        return None
    if head == "diag" and not is_vector(sort):
        head = "diagonal"
    if head == "diagonal" and sort.rows != sort.columns:
        return None
    return Apply(head, (inside,))


def exponential(exponent: Term) -> Term:
    """e^x of a number or of a square matrix; of a vector what is written."""
    sort = sort_of(exponent)
    if is_scalar(sort):
        return Apply("exp", (exponent,))
    if isinstance(sort, Matrix) and sort.rows == sort.columns:
        return Apply("exponential", (exponent,))
    return taken("exp", exponent) or notation("e^{#1}", sort, exponent)


def as_written(head: str, inside: Term) -> Term:
    """A function of matrices of something else, of which nothing is known: x^+ of a number is its positive part."""
    sort = sort_of(inside)
    shape: Sort = sort if isinstance(sort, Matrix) else REAL
    if head == "pseudoinverse":
        return notation("{#1*}^{+}", shape, inside)
    return notation(f"\\operatorname{{{head}}}\\left(#1\\right)", shape, inside)


def other_product(builder: Builder, node: Node) -> Term:
    """\\oplus, \\circledast: of two numbers a number; of other things nothing is known but what is written."""
    left, right = (builder.term(child) for child in node.children)
    both = is_scalar(sort_of(left)) and is_scalar(sort_of(right))
    return notation(f"#1* {node.value} #2*", REAL if both else TENSOR, left, right)


def compose(builder: Builder, node: Node) -> Term:
    """f \\circ g."""
    parts: list[Term] = []
    text = ""
    for child in _composed(node):
        if child.kind == "ellipsis":
            text += " \\circ \\cdots" if text else "\\cdots"
            continue
        parts.append(builder.as_whole(child))
        text += f" \\circ #{len(parts)}*" if text else f"#{len(parts)}*"
    sorts = [sort_of(part) for part in parts]
    matrices = {one for one in sorts if isinstance(one, Matrix) and not is_scalar(one)}
    sort: Sort = builder.scope.inference.sort_of_open(node)
    if matrices:  # entry by entry
        sort = matrices.pop() if len(matrices) == 1 else TENSOR
    return notation(text, sort, *parts)


def _composed(node: Node) -> list[Node]:
    return [*_composed(node.children[0]), node.children[1]] if node.kind == "compose" else [node]


def cases(builder: Builder, node: Node) -> Term:
    """A value by cases."""
    rows: list[str] = []
    terms: list[Term] = []
    values: list[Term] = []
    for row in node.children:
        value, *conditions = row.children
        values.append(builder.term(value))
        terms.append(values[-1])
        text = f"#{len(terms)}"
        parts: list[str] = []
        for condition in conditions:
            if condition.kind == "text":  # n even
                known = len(terms)
                terms += [builder.term(one) for one in condition.children]
                names = "".join(f"#{index} " for index in range(known + 1, len(terms) + 1))
                parts.append(f"{names}\\text{{{condition.value}}}")
            else:
                terms.append(builder.condition(condition))
                parts.append(f"#{len(terms)}")
        rows.append(text + (" & " + ", ".join(parts) if parts else ""))
    sorts = [sort_of(value) for value in values]
    arrays = [sort for sort in sorts if isinstance(sort, Matrix) and not is_scalar(sort)]
    if len(set(arrays)) > 1 or (arrays and len(arrays) != len(sorts)):
        other = next(sort for sort in sorts if sort != arrays[0])
        raise IllSorted(f"a {arrays[0]} in one case and a {other} in another", str(arrays[0]), str(other))
    sort = arrays[0] if arrays else REAL
    return notation("\\begin{cases} " + " \\\\ ".join(rows) + " \\end{cases}", sort, *terms)


def with_row_added(node: Node, terms: tuple[Term, ...]) -> Term | None:
    """A matrix plus a row of its width, which authors add to every row: X W + b. None of anything else, and of what is written with arrows."""
    sorts = {sort for term in terms if type(sort := sort_of(term)) is Matrix}
    whole = next((sort for sort in sorts if sort.rows != 1), None)
    if whole is None or is_vector(whole) or sorts != {whole, Matrix(1, whole.columns)} or len(sorts) != 2:
        return None
    if not all(isinstance(sort_of(term), Matrix) for term in terms):
        return None
    if any(part.kind == "name" and has_arrow(part.key) for part in node.walk()):
        return None
    return _as_written(node, terms, whole)


def with_entries_added(node: Node, terms: tuple[Term, ...], entries: Collection[str]) -> Term | None:
    """A column plus numbers that another column has for entries, which authors add to every entry: \\beta_0 + \\beta_1 x. None of anything else."""
    shapes = {sort for term in terms if not is_scalar(sort := sort_of(term))}
    added = [child for child, term in zip(node.children, terms, strict=True) if is_scalar(sort_of(term))]
    if len(shapes) != 1 or not added or not all(_key_of(child) in entries for child in added):
        return None
    whole = shapes.pop()
    return _as_written(node, terms, whole) if isinstance(whole, Matrix) and is_vector(whole) else None


def _key_of(node: Node) -> str:
    return node.children[0].key if node.kind == "negate" else node.key


def _as_written(node: Node, terms: tuple[Term, ...], whole: Matrix) -> Term:
    """A sum as it is written, of this shape."""
    text = "#1" + "".join(
        f" - #{index}*" if child.kind == "negate" else f" + #{index}"
        for index, child in enumerate(node.children[1:], 2)
    )
    plain = [
        term.arguments[0]
        if child.kind == "negate" and index and isinstance(term, Apply) and term.head == "negate"
        else term
        for index, (child, term) in enumerate(zip(node.children, terms, strict=True))
    ]
    return notation(text, whole, *plain)


def entrywise(written: str, *arguments: Term) -> Term | None:
    """A function of numbers taken entry by entry of a vector or matrix; None of numbers only."""
    arrays = {sort for argument in arguments if isinstance(sort := sort_of(argument), Matrix) and not is_scalar(sort)}
    if not arrays:
        return None
    if len(arrays) > 1:
        one, other = sorted(arrays, key=str)[:2]
        raise IllSorted(f"a {one} and a {other}, entry by entry", str(one), str(other))
    return notation(written, arrays.pop(), *arguments)


def taken(head: str, argument: Term) -> Term | None:
    """A function of one number taken entry by entry; None of what is no such array."""
    if not _has_entries(argument):
        return None
    letter = entry_letter((argument,))
    return Apply("each", (Apply(head, (letter,)), letter, argument))


def of_entries(function: Symbol, orders: int, arguments: tuple[Term, ...]) -> Term | None:
    """A function of a number, or a derivative of it, entry by entry of a vector or matrix; None of anything else."""
    sort = function.sort
    if not isinstance(sort, Function) or sort.arguments != (REAL,) or sort.result != REAL:
        return None
    if len(arguments) != 1 or not _has_entries(arguments[0]):
        return None
    letter = entry_letter(arguments)
    body = (function, letter) if not orders else (function, Apply("indices", (ONE,) * orders), letter)
    return Apply("each", (Apply("partial" if orders else "apply", body), letter, arguments[0]))


def _has_entries(term: Term) -> bool:
    """Whether functions of a term are meant entry by entry: of a square matrix they may be power series."""
    sort = sort_of(term)
    return isinstance(sort, Matrix) and sort.rows != sort.columns


def named(name: str, argument: Term) -> Term | None:
    """Functions that are known by their names: the softmax of a vector, sigmoid and relu of a number or entry by entry. None of anything else."""
    sort = sort_of(argument)
    if name == "\\mathrm{softmax}" and _has_entries(argument) and is_vector(sort):
        exponentials = taken("exp", argument)
        assert exponentials is not None
        return Apply("/", (exponentials, Apply("inner", (Constant("ones", sort), exponentials))))
    value = _OF_NUMBERS.get(name)
    if value is None or not (is_scalar(sort) or _has_entries(argument)):
        return None
    letter = entry_letter((argument,))
    return value(argument) if is_scalar(sort) else Apply("each", (value(letter), letter, argument))


_OF_NUMBERS: dict[str, Callable[[Term], Term]] = {
    "\\mathrm{sigmoid}": lambda inside: Apply("/", (ONE, add(ONE, Apply("exp", (negate(inside),))))),
    "\\mathrm{relu}": lambda inside: Apply("max", (ZERO, inside)),
    "\\mathrm{ReLU}": lambda inside: Apply("max", (ZERO, inside)),
}


def extreme(head: str, arguments: tuple[Term, ...]) -> Term | None:
    """The greatest or least of numbers and the entries of one array, entry by entry; None of anything else."""
    arrays = [argument for argument in arguments if not is_scalar(sort_of(argument))]
    if len(arrays) != 1 or len(arguments) < 2:
        return None
    letter = entry_letter(arguments)
    inside = tuple(letter if argument is arrays[0] else argument for argument in arguments)
    return Apply("each", (Apply(head, inside), letter, arrays[0]))


def entry_letter(terms: tuple[Term, ...]) -> Symbol:
    """A letter for the entries of what a function is taken of, which the terms do not have."""
    used = {symbol.name for term in terms for symbol in free_symbols(term)}
    names = ("t", "u", "v", *(f"t_{{{index}}}" for index in range(len(used) + 1)))
    return Symbol(next(name for name in names if name not in used))


def quotient(above: Term, below: Term) -> Term | None:
    """A quotient entry by entry; None where what is below has no entries, or others than what is above."""
    if not _has_entries(below) or not (is_scalar(sort_of(above)) or sort_of(above) == sort_of(below)):
        return None
    letter = entry_letter((above, below))
    if is_scalar(sort_of(above)):
        return Apply("each", (Apply("/", (above, letter)), letter, below))
    return Apply("hadamard", (above, Apply("each", (Apply("/", (ONE, letter)), letter, below))))


READERS: dict[str, Callable[[Builder, Node], Term]] = {
    "matrix": matrix,
    "norm": norm,
    "hadamard": hadamard,
    "kronecker": kronecker,
    "other-product": other_product,
    "compose": compose,
    "cases": cases,
}
