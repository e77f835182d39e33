"""Vectors and matrices of literal size written out entry by entry: an equation of matrices is the equations of its entries."""

from __future__ import annotations

from .certificate import Rejected
from .sorting import is_scalar, sort_of
from .term import Apply, Constant, Matrix, Number, Symbol, Term, substitute, subterms

MAXIMUM_ENTRIES = 100


def coordinates(statement: Term) -> tuple[Term, ...]:
    """The statement with vector and matrix symbols as literals, one statement for each entry. Rejected where a size is a letter."""
    mapping: dict[Term, Term] = {}
    for part in subterms(statement):
        if isinstance(part, Symbol) and isinstance(part.sort, Matrix) and not is_scalar(part.sort):
            mapping[part] = literal(part)
    written = substitute(statement, mapping)
    if not isinstance(written, Apply):
        raise Rejected("not a statement of values")
    if written.head not in {"=", "!="}:
        return (written,)
    left, right = written.arguments
    sort = sort_of(left)
    if is_scalar(sort) or written.head == "!=":
        return (written,)
    assert isinstance(sort, Matrix)
    rows, columns = _sizes(sort)
    return tuple(
        Apply("=", (_entry(left, i, j), _entry(right, i, j))) for i in range(1, rows + 1) for j in range(1, columns + 1)
    )


def _sizes(sort: Matrix) -> tuple[int, int]:
    rows, columns = sort.rows, sort.columns
    if not isinstance(rows, int) or not isinstance(columns, int):
        raise Rejected("coordinates of a matrix of symbolic size")
    if rows * columns > MAXIMUM_ENTRIES:
        raise Rejected("coordinates of too large a matrix")
    return rows, columns


def literal(symbol: Symbol) -> Term:
    """The literal of a symbol's entries."""
    assert isinstance(symbol.sort, Matrix)
    rows, columns = _sizes(symbol.sort)
    return Apply(
        "matrix",
        tuple(Apply("row", tuple(_entry(symbol, i, j) for j in range(1, columns + 1))) for i in range(1, rows + 1)),
    )


def _entry(term: Term, row: int, column: int) -> Term:
    if isinstance(term, Apply) and term.head == "matrix":
        line = term.arguments[row - 1]
        assert isinstance(line, Apply)
        return line.arguments[column - 1]
    if isinstance(term, Constant) and term.name == "zero":
        return Number(0)
    return Apply("entry", (term, Number(row), Number(column)))
