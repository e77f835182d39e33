"""Ranks, pseudo-inverses and definiteness over the rational numbers, by what defines them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from derive.kernel.rational_matrices import Rows, inverse, is_definite, product, pseudoinverse, rank, transposed


def rows(*lines: tuple[int, ...]) -> Rows:
    return tuple(tuple(Fraction(entry) for entry in line) for line in lines)


MATRICES = [
    rows((1, 2), (3, 4)),
    rows((1, 2), (2, 4)),
    rows((0, 0, 0), (0, 0, 0)),
    rows((0, 1, 2), (0, 2, 4)),
    rows((1,), (0,), (-2,)),
    rows((3, -1, 2), (1, 0, 5), (4, -1, 7)),
    rows((0, 0), (0, 5), (0, 1)),
]


@pytest.mark.parametrize("matrix", MATRICES)
def test_pseudoinverses_are_those_of_penrose(matrix: Rows) -> None:
    found = pseudoinverse(matrix)
    left, right = product(matrix, found), product(found, matrix)
    assert product(left, matrix) == matrix
    assert product(right, found) == found
    assert left == transposed(left)
    assert right == transposed(right)
    assert rank(matrix) == rank(found) == sum(left[index][index] for index in range(len(left)))


def test_inverses() -> None:
    assert inverse(rows((0, 1), (1, 0))) == rows((0, 1), (1, 0))
    assert inverse(rows((1, 2), (2, 4))) is None


DEFINITE = [
    (rows((2, 1), (1, 1)), True, True),
    (rows((1, 1), (1, 1)), False, True),
    (rows((1, 2), (2, 1)), False, False),
    (rows((0, 0), (0, 0)), False, True),
    (rows((0, 1), (1, 0)), False, False),
    (rows((1, 1), (0, 1)), False, False),
    (rows((-1,)), False, False),
    (rows((1, 0, 1), (0, 0, 0), (1, 0, 1)), False, True),
    (rows((1, 0, 1), (0, 0, 1), (1, 1, 1)), False, False),
]


@pytest.mark.parametrize(("matrix", "definite", "semidefinite"), DEFINITE)
def test_definiteness(matrix: Rows, definite: bool, semidefinite: bool) -> None:
    assert is_definite(matrix) is definite
    assert is_definite(matrix, semidefinite=True) is semidefinite
