"""Lists, sets, dots and subscripts on expressions as terms: notations whose parts are typed, or literals and entries where they say as much."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING

from derive.elaborate.notation import SET, TUPLE, notation
from derive.elaborate.sorts import fonts_of, indices_of_entry, is_capital, sizes_of_constant
from derive.elaborate.uses import bound_by
from derive.elaborate.vectors import literal_vector
from derive.kernel.sorting import is_scalar, is_vector, product_sort, sort_of
from derive.kernel.term import REAL, Apply, Constant, IllSorted, Matrix, Number, Sort, Term
from derive.language.syntax import Node, UnreadError

if TYPE_CHECKING:
    from derive.elaborate.terms import Builder


def listed(builder: Builder, nodes: Iterable[Node], separator: str = ", ", first: int = 1) -> tuple[str, list[Term]]:
    """The template `#1, \\dots, #2` of nodes in a row, dots as they are written, and the terms that it speaks of."""
    parts: list[str] = []
    terms: list[Term] = []
    for node in nodes:
        if node.kind == "ellipsis":
            parts.append(node.value)
        else:
            terms.append(builder.member(node))
            parts.append(f"#{first + len(terms) - 1}")
    return separator.join(parts), terms


def _tuple(builder: Builder, node: Node) -> Term:
    """(a, b): a vector where the text around says which; else a tuple."""
    template, terms = listed(builder, node.children)
    sizes = builder.scope.inference.orientation_of(node)
    if sizes is None or not all(is_scalar(sort_of(term)) or is_vector(sort_of(term)) for term in terms):
        return notation(f"\\left({template}\\right)", TUPLE, *terms)
    if len(terms) == len(node.children) and all(is_scalar(sort_of(term)) for term in terms):
        return literal_vector(tuple(terms), row=sizes[0] == 1)
    return notation(f"\\left({template}\\right)", Matrix(*sizes), *terms)


def _sequence(builder: Builder, node: Node) -> Term:
    template, terms = listed(builder, node.children)
    sorts = {sort_of(term) for term in terms}
    return notation(template, sorts.pop() if len(sorts) == 1 else TUPLE, *terms)


def _list(builder: Builder, node: Node) -> Term:
    """[1, 2, 3]: a row."""
    row = Node("row", node.children, node.start, node.end)
    return builder.term(Node("matrix", (row,), node.start, node.end, "[,]"))


def perhaps_no_row(left: Node, right: Node) -> str:
    """Why two entries in square brackets may be no row: a commutator or an interval; empty if nothing shows it.

    [A, B] of operators; [a, b] beside [b, a]; [0, 1] beside (0, 1). Before a matrix that is written out it is a row of blocks."""
    pairs: list[tuple[Node, Node]] = []
    open_pairs: list[tuple[Node, Node]] = []
    for part in (*left.walk(), *right.walk()):
        if part.kind in {"product", "dot"} and any(one.kind == "matrix" for one in part.children):
            return ""
        if len(part.children) == 2 and part.kind in {"list", "tuple"}:
            first, second = (one.placed(0) for one in part.children)
            (pairs if part.kind == "list" else open_pairs).append((first, second))
    for one, other in pairs:
        if all(entry.names and all(map(_is_operator, entry.names)) for entry in (one, other)):
            return "a row, or a commutator? Write the row with \\begin{pmatrix}"
        if one != other and (other, one) in pairs:
            return "a row, a commutator or a least common multiple? Write the row with \\begin{pmatrix}"
        for bounds in open_pairs:
            if bounds == (one, other) or not (one.names | other.names).union(*(bound.names for bound in bounds)):
                return "rows, or intervals, of which one is open and one is closed?"
    return ""


def _is_operator(key: str) -> bool:
    return is_capital(key) or "\\hat" in fonts_of(key)


def as_intervals(node: Node) -> Node:
    """The same with -[a, b] = [-b, -a], as it is of intervals; the node itself where no such pair is taken away."""
    if "list" not in node.kinds or "negate" not in node.kinds:
        return node
    children = tuple(map(as_intervals, node.children))
    if node.kind == "negate":
        (inner,) = children
        factors = inner.children if inner.kind in {"product", "dot"} else (inner,)
        pair = factors[-1]
        if pair.kind == "list" and len(pair.children) == 2:
            low, high = (Node("negate", (one,), one.start, one.end) for one in pair.children)
            pair = pair._replace(children=(high, low))
            return pair if inner is factors[0] else inner._replace(children=(*factors[:-1], pair))
    if all(new is old for new, old in zip(children, node.children, strict=True)):
        return node
    return node._replace(children=children)


def _set(builder: Builder, node: Node) -> Term:
    template, terms = listed(builder, node.children)
    return notation(f"\\{{{template}\\}}" if terms else "\\emptyset", SET, *terms)


def _set_builder(builder: Builder, node: Node) -> Term:
    element, *conditions = node.children
    terms = [builder.member(element), *(builder.condition(one) for one in conditions)]
    places = ", ".join(f"#{index}" for index in range(2, len(terms) + 1))
    return notation(f"\\{{#1 \\mid {places}\\}}", SET, *terms)


def _interval(builder: Builder, node: Node) -> Term:
    opening, closing = node.value[:1], node.value[-1:]
    bounds = [builder.term(child) for child in node.children]
    return notation(f"\\left{opening}#1, #2\\right{closing}", SET, *bounds)


def _running(builder: Builder, node: Node) -> Term:
    """(x_i)_{i=1}^n, (x_{ij})_{1 \\le i \\le m, 1 \\le j \\le n}: its members run."""
    body = node.children[0]
    bounds = [one for one in node.children[1:] if one.kind == "chain"]
    with ExitStack() as stack:
        for letter in sorted(bound_by(node)):
            stack.enter_context(builder.binding(letter))
        template, terms = listed(builder, [body])
        inside = [builder.condition(one) for one in bounds]
    opening, closing = node.value[: len(node.value) // 2], node.value[len(node.value) // 2 :]
    text = f"{opening}{template}{closing}" if body.kind not in {"tuple", "list", "set"} else template
    ends = [builder.term(one) for one in node.children[1:] if one.kind != "chain"]
    places = range(len(terms) + 1, len(terms) + len(inside) + 1)
    below = ", ".join(f"#{place}" for place in places)
    above = f"^{{#{len(terms) + len(inside) + 1}}}" if ends else ""
    sort = SET if "\\{" in node.value else TUPLE
    return notation(f"{text}_{{{below}}}{above}", sort, *terms, *inside, *ends)


def _subscript(builder: Builder, node: Node) -> Term:
    """(A)_{ij}, [x]_i: an entry where the indices are numbers; a notation otherwise."""
    body, *indices = node.children
    sizes = sizes_of_constant(node)
    if sizes is not None:
        return Constant("ones" if body.value == "1" else "zero", Matrix(*sizes))
    inside = builder.term(body)
    sort = sort_of(inside)
    fences = "" if body.kind == "name" else "\\left(", "" if body.kind == "name" else "\\right)"
    written = "#1".join(fences)
    pair = indices_of_entry(node)
    if isinstance(sort, Matrix) and not is_vector(sort) and pair is not None:
        indices = list(pair)
    if isinstance(sort, Matrix) and not is_scalar(sort) and len(indices) == (1 if is_vector(sort) else 2):
        return entry_of(inside, [builder.term(index) for index in indices], written)
    return notation(f"{written}_{{{node.value}}}", sort, inside)


def entry_of(family: Term, indices: list[Term], written: str) -> Term:
    """The entry at these indices: a component or an entry at numbers inside the size, else a notation; `written` is how the family is."""
    sort = sort_of(family)
    assert isinstance(sort, Matrix)
    sizes = [sort.rows, sort.columns] if len(indices) == 2 else [sort.columns if sort.rows == 1 else sort.rows]
    numbers = [int(index.value) for index in indices if isinstance(index, Number) and index.value.denominator == 1]
    if len(numbers) == len(indices) and all(number > 0 for number in numbers):
        for number, size in zip(numbers, sizes, strict=True):
            if isinstance(size, int) and number > size:
                raise IllSorted(f"entry {number} of a {sort}", str(sort))
        return Apply("component" if len(indices) == 1 else "entry", (family, *indices))
    if all(is_scalar(sort_of(index)) for index in indices) and not is_scalar(sort):
        return Apply("component" if len(indices) == 1 else "entry", (family, *indices))
    places = ", ".join(f"#{number}" for number in range(2, len(indices) + 2))
    return notation(f"{written}_{{{places}}}", REAL, family, *indices)


def as_set(builder: Builder, node: Node) -> Term:
    """What stands behind \\in and the like: \\mathbb{R}^{m \\times n} is no power of a number."""
    if node.kind == "name" and _is_set_letter(node):
        return notation(node.key, SET)
    if node.kind == "^" and (_is_set_letter(node.children[0]) or node.children[0].kind in {"interval", "set"}):
        base, exponent = as_set(builder, node.children[0]), node.children[1]
        sizes = _factors_of_size(exponent)
        mark = "*" if len(sizes) > 1 else ""  # (k + l) \\times n
        places = " \\times ".join(f"#{index}{mark}" for index in range(2, len(sizes) + 2))
        return notation(f"#1^{{{places}}}", SET, base, *(builder.term(size) for size in sizes))
    if node.kind in {"tuple", "list"} and len(node.children) == 2:
        return _interval(builder, node)
    if node.kind == "dot" and node.value == "\\times":
        return notation("#1 \\times #2", SET, *(as_set(builder, child) for child in node.children))
    if node.kind == "signature" or (node.kind == "chain" and node.value in {"subset", "subseteq"}):
        sign = "to" if node.kind == "signature" else node.value
        return notation(f"#1 \\{sign} #2", SET, *(as_set(builder, child) for child in node.children))
    return as_element(builder, node)


def as_element(builder: Builder, node: Node) -> Term:
    """What stands beside \\in and the like: a name there is what it names, f in f \\in C, and not the value of a function at a letter of another formula."""
    return builder.as_whole(node) if node.kind == "name" else builder.member(node)


def _is_set_letter(node: Node) -> bool:
    return node.kind == "name" and node.value.startswith("\\mathbb{")


def _factors_of_size(node: Node) -> list[Node]:
    if node.kind == "dot" and node.value == "\\times":
        return [part for child in node.children for part in _factors_of_size(child)]
    return [node]


# --- dots in sums and products ---------------------------------------------------------------------------------------------


def has_dots(node: Node) -> bool:
    """Whether a sum or product stands for one with more members than are written."""
    return node.kind in {"+", "product", "dot"} and "ellipsis" in [part.kind for part in _operands(node)]


def _operands(node: Node) -> Sequence[Node]:
    """The operands of a sum or a product, those of \\cdot and of factors side by side together."""
    if node.kind == "+":
        return node.children
    found: list[Node] = []
    for child in node.children:
        found += _operands(child) if child.kind in {"product", "dot"} else [child]
    return found


def sum_with_dots(builder: Builder, node: Node) -> Term:
    """x_1 + \\cdots + x_n, with its members typed."""
    text = ""
    terms: list[Term] = []
    for child in node.children:
        negative = child.kind == "negate"
        inner = child.children[0] if negative else child
        sign = ("-" if negative else "+") if text or negative else ""
        if inner.kind == "ellipsis":
            part = "\\cdots"
        else:
            terms.append(builder.term(inner))
            part = f"#{len(terms)}{'*' if negative else ''}"
        text += f" {sign} {part}" if text else f"{sign}{part}"
    sorts = [sort_of(term) for term in terms]
    if not sorts:
        raise UnreadError(node.start, "dots alone", "missing")
    first = sorts[0]
    for sort in sorts[1:]:
        if not (sort == first or (is_scalar(sort) and is_scalar(first))):
            raise IllSorted(f"a {first} is added to a {sort}", str(first), str(sort))
    return notation(text, first, *terms)


def product_with_dots(builder: Builder, node: Node) -> Term:
    """x_1 x_2 \\cdots x_n, with its members typed."""
    text = ""
    terms: list[Term] = []
    for child in _operands(node):
        if child.kind == "ellipsis":
            text += " \\cdots"
            continue
        terms.append(builder.term(child))
        text += f" #{len(terms)}*"
    if not terms:
        raise UnreadError(node.start, "dots alone", "missing")
    text = text.strip() if text.endswith("*") else f"{text.strip()}*"
    return notation(text, _sort_with_dots([sort_of(term) for term in terms]), *terms)


def _sort_with_dots(sorts: list[Sort]) -> Sort:
    """The sort of a product of which only some factors are written: rows of the first matrix, columns of the last."""
    matrices = [sort for sort in sorts if isinstance(sort, Matrix) and not is_scalar(sort)]
    if not matrices:
        return REAL
    return product_sort(Matrix(matrices[0].rows, "n"), Matrix("n", matrices[-1].columns))


READERS: dict[str, Callable[[Builder, Node], Term]] = {
    "tuple": _tuple,
    "sequence": _sequence,
    "list": _list,
    "set": _set,
    "set-builder": _set_builder,
    "interval": _interval,
    "running": _running,
    "subscript": _subscript,
}
