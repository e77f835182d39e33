"""Matrices of rational numbers: rank, pseudo-inverse, definiteness, by elimination, exactly."""

from __future__ import annotations

from fractions import Fraction

Rows = tuple[tuple[Fraction, ...], ...]


def echelon(rows: Rows) -> tuple[Rows, tuple[int, ...]]:
    """The reduced row echelon form without its zero rows, and the columns of its pivots."""
    work = [list(row) for row in rows]
    pivots: list[int] = []
    for column in range(len(rows[0])):
        place = len(pivots)
        found = next((index for index in range(place, len(work)) if work[index][column]), None)
        if found is None:
            continue
        work[place], work[found] = work[found], work[place]
        pivot = work[place][column]
        work[place] = [entry / pivot for entry in work[place]]
        for index, row in enumerate(work):
            if index != place and row[column]:
                factor = row[column]
                work[index] = [entry - factor * other for entry, other in zip(row, work[place], strict=True)]
        pivots.append(column)
    return tuple(tuple(row) for row in work[: len(pivots)]), tuple(pivots)


def rank(rows: Rows) -> int:
    return len(echelon(rows)[1])


def transposed(rows: Rows) -> Rows:
    return tuple(zip(*rows, strict=True))


def product(left: Rows, right: Rows) -> Rows:
    columns = transposed(right)
    return tuple(
        tuple(sum((a * b for a, b in zip(row, column, strict=True)), Fraction(0)) for column in columns) for row in left
    )


def inverse(rows: Rows) -> Rows | None:
    """None for a singular matrix."""
    size = len(rows)
    wide = tuple((*row, *(Fraction(int(i == j)) for j in range(size))) for i, row in enumerate(rows))
    reduced, pivots = echelon(wide)
    return tuple(row[size:] for row in reduced) if pivots == tuple(range(size)) else None


def pseudoinverse(rows: Rows) -> Rows:
    """Of Moore and Penrose. A = F G with F of full column rank (the pivot columns of A) and G of full row rank (its reduced echelon form) has the
    pseudo-inverse G^T (G G^T)^-1 (F^T F)^-1 F^T; of the zero matrix it is the zero matrix."""
    right, pivots = echelon(rows)
    if not pivots:
        return tuple((Fraction(0),) * len(rows) for _ in rows[0])
    left = tuple(tuple(row[column] for column in pivots) for row in rows)
    outer, inner = transposed(right), transposed(left)
    one, other = inverse(product(right, outer)), inverse(product(inner, left))
    assert one is not None  # Gram matrices of independent vectors
    assert other is not None
    return product(product(outer, one), product(other, inner))


def is_definite(rows: Rows, *, semidefinite: bool = False) -> bool:
    """Whether a matrix is symmetric with x^T A x > 0 for all x != 0; with `semidefinite`, x^T A x >= 0 for all x.

    By completing squares: a pivot a > 0 leaves the Schur complement, which is definite exactly if A is; a pivot 0 of a semidefinite matrix has zeros
    in its row and column, or x^T A x would take both signs.
    """
    if rows != transposed(rows):
        return False
    work = rows
    while work:
        (pivot, *first), *rest = work
        if pivot < 0 or (pivot == 0 and (not semidefinite or any(first))):
            return False
        work = tuple(
            tuple(entry - (row[0] * above / pivot if pivot else 0) for entry, above in zip(row[1:], first, strict=True))
            for row in rest
        )
    return True
