"""Exact linear programming over the rationals: find x >= 0 with A x = b, columns given sparsely.

The two-phase simplex method with Bland's rule (which cannot cycle), on rows kept as dictionaries of fractions.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence, Set
from fractions import Fraction

from .work import Work

Column = Mapping[Hashable, Fraction]


def solve(
    columns: Sequence[Column],
    goal: Column,
    free: Set[int],
    work: Work,
    wanted: Set[int] = frozenset(),
) -> list[Fraction] | None:
    """Coefficients with sum coefficient_i * column_i = goal, nonnegative but for those in `free`; None if there are none.

    With `wanted`, at least one coefficient among these is positive.
    """
    keys: dict[Hashable, int] = {}
    for column in columns:
        for key in column:
            keys.setdefault(key, len(keys))
    if any(key not in keys for key in goal):
        return None
    rows: list[dict[int, Fraction]] = [{} for _ in keys]
    for index, column in enumerate(columns):
        for key, value in column.items():
            rows[keys[key]][index] = Fraction(value)
    right = [Fraction(0)] * len(rows)
    for key, value in goal.items():
        right[keys[key]] = Fraction(value)
    table = _Table(rows, right, work)
    solved = table.eliminate_free(free)
    if not table.feasible():
        return None
    if wanted and not table.make_positive(wanted, free):
        return None
    return table.solution(len(columns), solved)


class _Table:
    def __init__(self, rows: list[dict[int, Fraction]], right: list[Fraction], work: Work) -> None:
        self.rows, self.right, self.work = rows, right, work
        self.basis: list[int] = []

    def _subtract(self, row: int, factor: Fraction, source: dict[int, Fraction], constant: Fraction) -> None:
        target = self.rows[row]
        self.work.spend(len(source))
        for index, value in source.items():
            total = target.get(index, 0) - factor * value
            if total:
                target[index] = total
            else:
                target.pop(index, None)
        self.right[row] -= factor * constant

    def eliminate_free(self, free: Set[int]) -> list[tuple[int, dict[int, Fraction], Fraction]]:
        """Solves for the free columns; what is left has none. The solved rows, in order of solving."""
        solved = []
        for column in sorted(free):
            candidates = [i for i, row in enumerate(self.rows) if column in row]
            if not candidates:
                continue
            pivot = min(candidates, key=lambda i: (len(self.rows[i]), i))
            factor = self.rows[pivot][column]
            source = {index: value / factor for index, value in self.rows[pivot].items()}
            constant = self.right[pivot] / factor
            for row in candidates:
                if row != pivot:
                    self._subtract(row, self.rows[row][column], source, constant)
            del self.rows[pivot], self.right[pivot]
            solved.append((column, source, constant))
        return solved

    def feasible(self) -> bool:
        """Phase one: artificial columns, numbered below zero, are driven to zero."""
        kept = [(row, value) for row, value in zip(self.rows, self.right, strict=True) if row or value]
        self.rows = [dict(row) if value >= 0 else {i: -v for i, v in row.items()} for row, value in kept]
        self.right = [abs(value) for _, value in kept]
        self.basis = []
        for index, row in enumerate(self.rows):
            row[-index - 1] = Fraction(1)
            self.basis.append(-index - 1)
        while True:
            gain: dict[int, Fraction] = {}
            for row, basic in zip(self.rows, self.basis, strict=True):
                if basic < 0:
                    for index, value in row.items():
                        if index >= 0:
                            gain[index] = gain.get(index, Fraction(0)) + value
            if not any(value for value, basic in zip(self.right, self.basis, strict=True) if basic < 0):
                break
            entering = min((index for index, value in gain.items() if value > 0), default=None)
            if entering is None or not self._enter(entering):
                return False
        for position in range(len(self.rows) - 1, -1, -1):
            if self.basis[position] < 0:
                column = min((index for index in self.rows[position] if index >= 0), default=None)
                if column is None:
                    del self.rows[position], self.right[position], self.basis[position]
                else:
                    self._pivot(position, column)
        for row in self.rows:
            for index in [index for index in row if index < 0]:
                del row[index]
        return True

    def make_positive(self, wanted: Set[int], free: Set[int]) -> bool:
        """Phase two: until a wanted column is positive."""
        columns = {index for row in self.rows for index in row} | set(self.basis)
        while True:
            if any(basic in wanted and value > 0 for basic, value in zip(self.basis, self.right, strict=True)):
                return True
            gain: dict[int, Fraction] = {
                index: Fraction(1) for index in wanted if index in columns and index not in free
            }
            for row, basic in zip(self.rows, self.basis, strict=True):
                if basic in wanted:
                    for index, value in row.items():
                        gain[index] = gain.get(index, Fraction(0)) - value
            entering = min((i for i, value in gain.items() if value > 0 and i not in self.basis), default=None)
            if entering is None:
                return False
            if not self._enter(entering):
                return self._along_ray(entering, wanted)

    def _along_ray(self, entering: int, wanted: Set[int]) -> bool:
        """The column may grow without bound: let it be 1."""
        for position, row in enumerate(self.rows):
            if entering in row:
                self.right[position] -= row[entering]
        self.rows.append({entering: Fraction(1)})
        self.right.append(Fraction(1))
        self.basis.append(entering)
        return any(basic in wanted and value > 0 for basic, value in zip(self.basis, self.right, strict=True))

    def _enter(self, entering: int) -> bool:
        best: tuple[Fraction, int, int] | None = None
        for position, row in enumerate(self.rows):
            value = row.get(entering)
            if value is not None and value > 0:
                ratio = (self.right[position] / value, self.basis[position], position)
                if best is None or ratio < best:
                    best = ratio
        if best is None:
            return False
        self._pivot(best[2], entering)
        return True

    def _pivot(self, position: int, column: int) -> None:
        factor = self.rows[position][column]
        self.rows[position] = {index: value / factor for index, value in self.rows[position].items()}
        self.right[position] /= factor
        source, constant = self.rows[position], self.right[position]
        for row, entries in enumerate(self.rows):
            if row != position and column in entries:
                self._subtract(row, entries[column], source, constant)
        self.basis[position] = column

    def solution(self, count: int, solved: list[tuple[int, dict[int, Fraction], Fraction]]) -> list[Fraction]:
        values = [Fraction(0)] * count
        for basic, value in zip(self.basis, self.right, strict=True):
            values[basic] = value
        for column, source, constant in reversed(solved):
            values[column] = constant - sum(
                (value * values[index] for index, value in source.items() if index != column), Fraction(0)
            )
        return values
