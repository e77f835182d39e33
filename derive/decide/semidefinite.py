"""Sums of squares with polynomial multipliers that add up to a given polynomial: an interior-point solution, rounded to exact rationals.

    target = sum of blocks  multiplier * z^T Q z  +  sum of coefficients * multiples,      Q positive semidefinite, z the basis of the block

Not a procedure of its own. The solver works with floating point numbers and is believed in nothing: what is handed back adds up exactly, or is None.

1. Rows are monomials. A row in which only diagonal entries of one sign stand, and nothing on the right, makes these entries zero: their basis
   elements go (this is what the Newton polytope would say, and more).
2. The least eigenvalue is maximised, in the dual (moments), which is half as large.
3. Where it is positive the solution is interior: all entries but one for each row are rounded, those are solved for exactly, and L D L^T is exact.
4. Where it is zero, the common kernel of the solutions is read off, rounded, and taken out of the bases (facial reduction); then again.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from typing import Any

from .work import Work

Row = dict[int, Fraction]  # a polynomial, by monomials
Entry = tuple[int, int, int]  # block, i <= j

MAXIMUM_BASIS = 60
MAXIMUM_ROWS = 1_500
MAXIMUM_ENTRIES = 6_000
MAXIMUM_REDUCTIONS = 4
MAXIMUM_WORK = 12_000  # of one program; what is larger is not begun
_OPERATIONS = 60_000  # floating point operations that count as one unit of work
_GRIDS = (
    1,
    2,
    12,
    120,
    2**12,
    2**20,
    2**30,
)  # denominators of rounding, small ones first: people read the certificates
_NORMAL = -1  # the row that says: the weights of the normalised blocks add up to 1


@dataclass(slots=True)
class Block:
    """multiplier * (a sum of squares of combinations of the basis). Where the basis has 1, it stands last."""

    multiplier: Row
    basis: list[Row]
    label: Any = None


@dataclass(frozen=True, slots=True)
class Solution:
    """Weights and roots for each block; a coefficient for each multiple."""

    squares: list[list[tuple[Fraction, Row]]]
    coefficients: list[Fraction]


@dataclass(slots=True)
class _System:
    """The linear equations, row by row, in the entries of the blocks and the coefficients of the multiples."""

    target: Row
    blocks: list[Block]
    entries: list[Entry] = field(default_factory=list)
    columns: list[Row] = field(default_factory=list)  # of the entries, then of the multiples
    rows: list[int] = field(default_factory=list)


def product(left: Row, right: Row) -> Row:
    """The product of two polynomials."""
    found: Row = {}
    for key, value in left.items():
        for other, factor in right.items():
            found[key + other] = found.get(key + other, Fraction(0)) + value * factor
    return {key: value for key, value in found.items() if value}


def solve(
    target: Row,
    blocks: Sequence[Block],
    multiples: Sequence[Row],
    work: Work,
    normalised: frozenset[int] = frozenset(),
    reduced: Callable[[Row], Row] | None = None,
) -> Solution | None:
    """Squares and coefficients that add up to the target. `normalised`: blocks of one element whose weights shall add up to 1."""
    current = [Block(block.multiplier, list(block.basis), block.label) for block in blocks]
    tight = False
    for _ in range(MAXIMUM_REDUCTIONS):
        system = _system(target, current, multiples, work, normalised, reduced)
        if system is None:
            return None
        matrices = _interior(system, len(multiples), work)
        if matrices is None:
            return None
        least, values, grams = matrices
        found = _rounded(system, values, grams, len(multiples), work)
        if found is not None:
            return found
        if least < -1e-3 or (tight and least > 1e-5):
            return None
        tight = True
        smaller = _without_kernel(current, grams)
        if smaller is None:
            return None
        current = smaller
    return None


def _system(
    target: Row,
    blocks: list[Block],
    multiples: Sequence[Row],
    work: Work,
    normalised: frozenset[int],
    reduced: Callable[[Row], Row] | None,
) -> _System | None:
    """The equations, after the basis elements that they make zero are gone; None where they cannot hold or are too many."""
    if any(len(block.basis) > MAXIMUM_BASIS for block in blocks):
        return None
    if sum(len(block.basis) * (len(block.basis) + 1) // 2 for block in blocks) > MAXIMUM_ENTRIES:
        return None
    table: dict[Entry, Row] = {}
    for number, block in enumerate(blocks):
        scaled = [product(block.multiplier, one) for one in block.basis]
        for j, other in enumerate(block.basis):
            work.spend(1 + sum(map(len, scaled[: j + 1])) * len(other) // 32)
            for i in range(j + 1):
                column = product(scaled[i], other)
                if i != j:
                    column = {key: 2 * value for key, value in column.items()}
                if reduced is not None:
                    column = reduced(column)
                if number in normalised:
                    column[_NORMAL] = Fraction(1)
                table[number, i, j] = column
    right = dict(target)
    if normalised:
        right[_NORMAL] = Fraction(1)
    gone = _vanishing(table, multiples, right)
    if gone:
        for number, block in enumerate(blocks):
            block.basis = [one for index, one in enumerate(block.basis) if (number, index) not in gone]
        kept: dict[int, dict[int, int]] = {}
        for number, i, j in table:
            if i == j and (number, i) not in gone:
                places = kept.setdefault(number, {})
                places[i] = len(places)
        table = {
            (number, kept[number][i], kept[number][j]): column
            for (number, i, j), column in table.items()
            if i in kept.get(number, {}) and j in kept.get(number, {})
        }
    system = _System(right, blocks, list(table), [*table.values(), *multiples])
    seen: dict[int, None] = {}
    for column in system.columns:
        for key in column:
            seen.setdefault(key)
    system.rows = sorted(seen)
    if any(key not in seen for key in right) or not system.entries or len(system.rows) > MAXIMUM_ROWS:
        return None
    return system


def _vanishing(table: dict[Entry, Row], multiples: Sequence[Row], right: Row) -> set[tuple[int, int]]:
    """Basis elements whose diagonal entries are zero: alone, with one sign, in a row with nothing on the right."""
    rows: dict[int, set[Entry]] = {}
    for entry, column in table.items():
        for key in column:
            rows.setdefault(key, set()).add(entry)
    taken = {key for multiple in multiples for key in multiple} | set(right)
    of_basis: dict[tuple[int, int], list[Entry]] = {}
    for entry in table:
        for index in {entry[1], entry[2]}:
            of_basis.setdefault((entry[0], index), []).append(entry)
    gone: set[tuple[int, int]] = set()
    waiting = [key for key in sorted(rows) if key not in taken]
    while waiting:
        key = waiting.pop()
        entries = rows[key]
        signs = {table[entry][key] > 0 for entry in entries}
        if len(signs) != 1 or any(i != j for _, i, j in entries):
            continue
        for number, i, _ in sorted(entries):
            if (number, i) in gone:
                continue
            gone.add((number, i))
            for entry in of_basis[number, i]:
                for other in table[entry]:
                    if entry in rows[other]:
                        rows[other].discard(entry)
                        if other not in taken and rows[other]:
                            waiting.append(other)
    return gone


@cache
def _available() -> bool:
    """Whether the solver can be loaded. Its linear algebra then runs in one thread, unless others have loaded it before."""
    name = "OPENBLAS_NUM_THREADS"
    before = os.environ.get(name)
    os.environ[name] = "1"
    try:
        import clarabel
        import scipy.linalg
        import scipy.sparse

        return bool(clarabel and scipy)
    except ImportError:
        return False
    finally:
        if before is None:
            del os.environ[name]
        else:
            os.environ[name] = before


def _interior(system: _System, free: int, work: Work) -> tuple[float, list[float], dict[int, Any]] | None:
    """(least eigenvalue, all unknowns, the Gram matrices) of the solution whose least eigenvalue is greatest, in floating point."""
    sizes: dict[int, int] = {}
    for number, i, _ in system.entries:
        sizes[number] = max(sizes.get(number, 0), i + 1)
    halves = {number: size * (size + 1) // 2 for number, size in sizes.items()}
    unknowns = sum(halves.values())
    filled = sum(len(column) for column in system.columns)
    operations = sum(half**3 for half in halves.values() if half > 1) // 3 + len(system.rows) ** 3 // 3 + unknowns * 60
    amount = 20 + (filled * 20 + 15 * operations) // _OPERATIONS
    if amount > MAXIMUM_WORK:
        return None
    work.spend(amount)
    if not _available():
        return None
    import clarabel
    import numpy
    from scipy import sparse

    place = {key: index for index, key in enumerate(system.rows)}
    scale = max((abs(float(value)) for value in system.target.values()), default=1.0) or 1.0
    goal = numpy.zeros(len(place))
    for key, value in system.target.items():
        goal[place[key]] = float(value) / scale
    trace = numpy.zeros(len(place))
    for (_, i, j), column in zip(system.entries, system.columns, strict=False):
        if i == j:
            for key, value in column.items():
                trace[place[key]] += float(value)
    data: list[float] = []
    down: list[int] = []
    across: list[int] = []
    height = 0
    cones: list[Any] = []

    def put(column: Row, factor: float) -> None:
        nonlocal height
        for key, value in column.items():
            data.append(factor * float(value))
            down.append(height)
            across.append(place[key])
        height += 1

    for column in system.columns[len(system.entries) :]:
        put(column, 1.0)
    if free:
        cones.append(clarabel.ZeroConeT(free))
    for index in numpy.nonzero(trace)[0]:
        data.append(float(trace[index]))
        down.append(height)
        across.append(int(index))
    height += 1
    single = [number for number, size in sizes.items() if size == 1]
    by_entry = dict(zip(system.entries, system.columns, strict=False))
    for number in single:
        put(by_entry[number, 0, 0], -1.0)
    cones.append(clarabel.NonnegativeConeT(1 + len(single)))
    several = [number for number, size in sizes.items() if size > 1]
    for number in several:
        for j in range(sizes[number]):
            for i in range(j + 1):
                put(by_entry[number, i, j], -1.0 if i == j else -(0.5**0.5))
        cones.append(clarabel.PSDTriangleConeT(sizes[number]))
    matrix = sparse.csc_matrix((data, (down, across)), shape=(height, len(place)))
    bound = numpy.zeros(height)
    bound[free] = 1.0
    settings = clarabel.DefaultSettings()
    settings.verbose = False
    settings.max_iter = 60
    settings.tol_gap_abs = settings.tol_gap_rel = settings.tol_feas = 1e-11
    settings.max_threads = 1
    settings.chordal_decomposition_enable = False
    solver = clarabel.DefaultSolver(
        sparse.csc_matrix((len(place), len(place))), goal - trace, matrix, bound, cones, settings
    )
    answer = solver.solve()
    dual = numpy.array(answer.z)
    if not numpy.all(numpy.isfinite(dual)) or str(answer.status) in {"DualInfeasible", "PrimalInfeasible"}:
        return None
    least = 1.0 - dual[free]
    grams: dict[int, Any] = {}
    position = free + 1
    for number in single:
        grams[number] = numpy.array([[dual[position] + least]])
        position += 1
    for number in several:
        size = sizes[number]
        gram = numpy.zeros((size, size))
        for j in range(size):
            for i in range(j + 1):
                gram[i, j] = gram[j, i] = dual[position] * (1.0 if i == j else 0.5**0.5)
                position += 1
        grams[number] = gram + least * numpy.eye(size)
    grams = {number: gram * scale for number, gram in grams.items()}
    values = [float(grams[number][i, j]) for number, i, j in system.entries]
    values += [float(-dual[index]) * scale for index in range(free)]
    return float(least), values, grams


def _rounded(system: _System, values: list[float], grams: dict[int, Any], free: int, work: Work) -> Solution | None:
    """The exact solution next to the one in floating point, if it is positive semidefinite."""
    import flint
    import numpy
    from scipy import linalg

    height, width = len(system.rows), len(system.columns)
    work.spend((height * height * width) // (4 * _OPERATIONS) + height**3 // (_OPERATIONS // 8))
    place = {key: index for index, key in enumerate(system.rows)}
    slack = {number: max(float(numpy.linalg.eigvalsh(gram)[0]), 0.0) + 1e-7 for number, gram in grams.items()}
    greatest = max(slack.values())
    weights = [0.01 + min(1.0, slack[number] / greatest) for number, _, _ in system.entries] + [2.0] * free
    dense = numpy.zeros((height, width))
    for index, column in enumerate(system.columns):
        for key, value in column.items():
            dense[place[key], index] = float(value)
    _, upper, order = linalg.qr(dense * numpy.array(weights), mode="economic", pivoting=True)
    diagonal = numpy.abs(numpy.diag(upper))
    rank = int(numpy.sum(diagonal > 1e-9 * diagonal[0]))
    pivots = sorted(int(one) for one in order[:rank])
    rows = list(range(height))
    if rank < height:
        _, _, by_row = linalg.qr(dense[:, pivots].T, mode="economic", pivoting=True)
        rows = sorted(int(one) for one in by_row[:rank])
    chosen = set(pivots)
    others = [index for index in range(width) if index not in chosen]
    sides: list[list[Fraction]] = []
    kept: list[dict[int, Fraction]] = []
    for grid in _GRIDS:
        rounded = {index: Fraction(round(values[index] * grid), grid) for index in others}
        side = [system.target.get(key, Fraction(0)) for key in system.rows]
        for index, value in rounded.items():
            if value:
                for key, entry in system.columns[index].items():
                    side[place[key]] -= value * entry
        sides.append(side)
        kept.append(rounded)
    square = flint.fmpq_mat(
        rank,
        rank,
        [
            _rational(flint, system.columns[index].get(system.rows[row], Fraction(0)))
            for row in rows
            for index in pivots
        ],
    )
    right = flint.fmpq_mat(rank, len(sides), [_rational(flint, side[row]) for row in rows for side in sides])
    try:
        solved = square.solve(right)
    except ZeroDivisionError:
        return None
    for position, (rounded, side) in enumerate(zip(kept, sides, strict=True)):
        for row, index in enumerate(pivots):
            entry = solved[row, position]
            rounded[index] = Fraction(int(entry.p), int(entry.q))
        if rank < height:
            rest = list(side)
            for index in pivots:
                for key, entry in system.columns[index].items():
                    rest[place[key]] -= rounded[index] * entry
            if any(rest):
                continue
        squares = _squares(system, rounded, work)
        if squares is not None:
            return Solution(squares, [rounded[len(system.entries) + index] for index in range(free)])
    return None


def _rational(flint: Any, value: Fraction) -> Any:
    return flint.fmpq(value.numerator, value.denominator)


def _squares(system: _System, values: dict[int, Fraction], work: Work) -> list[list[tuple[Fraction, Row]]] | None:
    """L D L^T of every block, as weights and roots; None unless all are positive semidefinite."""
    matrices: dict[int, dict[int, dict[int, Fraction]]] = {}
    for index, (number, i, j) in enumerate(system.entries):
        if i == j and values[index] < 0:
            return None
        rows = matrices.setdefault(number, {})
        rows.setdefault(i, {})[j] = values[index]
        rows.setdefault(j, {})[i] = values[index]
    found: list[list[tuple[Fraction, Row]]] = []
    for number, block in enumerate(system.blocks):
        pivots = eliminate(matrices.get(number, {}), work)
        if pivots is None:
            return None
        squares = []
        for weight, factors in pivots:
            root: Row = {}
            for index, factor in factors.items():
                for key, value in block.basis[index].items():
                    root[key] = root.get(key, Fraction(0)) + factor * value
            squares.append((weight, {key: value for key, value in root.items() if value}))
        found.append(squares)
    return found


def eliminate(rows: dict[int, dict[int, Fraction]], work: Work) -> list[tuple[Fraction, dict[int, Fraction]]] | None:
    """L D L^T of a symmetric matrix in the order of its rows; None unless it is positive semidefinite."""
    found: list[tuple[Fraction, dict[int, Fraction]]] = []
    for pivot in sorted(rows):
        row = {index: entry for index, entry in rows.pop(pivot).items() if entry}
        weight = row.get(pivot, Fraction(0))
        if weight < 0 or (weight == 0 and row):
            return None
        if weight == 0:
            continue
        root = {index: entry / weight for index, entry in row.items()}
        found.append((weight, root))
        work.spend(1 + len(row) ** 2 // 32)
        for index, entry in row.items():
            if index != pivot:
                target = rows[index]
                target.pop(pivot, None)
                for other, value in root.items():
                    if other != pivot:
                        target[other] = target.get(other, Fraction(0)) - entry * value
    return found


def _without_kernel(blocks: list[Block], grams: dict[int, Any]) -> list[Block] | None:
    """The blocks with the kernels of their Gram matrices taken out of their bases; None where nothing is to be taken out."""
    import numpy

    greatest = max((float(numpy.abs(gram).max()) for gram in grams.values()), default=0.0)
    if greatest == 0.0:
        return None
    changed = False
    found: list[Block] = []
    for number, block in enumerate(blocks):
        if number not in grams:
            found.append(block)
            continue
        eigenvalues, vectors = numpy.linalg.eigh(grams[number])
        count = _gap(list(eigenvalues / greatest))
        if not count:
            found.append(block)
            continue
        kernel = _echelon(vectors[:, :count].T.tolist())
        if kernel is None:
            found.append(block)
            continue
        changed = True
        basis: list[Row] = []
        for index, one in enumerate(block.basis):
            if index in kernel:
                continue
            made = dict(one)
            for pivot, row in kernel.items():
                if row.get(index):
                    for key, value in block.basis[pivot].items():
                        made[key] = made.get(key, Fraction(0)) - row[index] * value
            basis.append({key: value for key, value in made.items() if value})
        found.append(Block(block.multiplier, basis, block.label))
    return found if changed else None


def _gap(eigenvalues: list[float]) -> int:
    """How many of the ascending eigenvalues are zero, judged by the widest gap below 1/1000."""
    small = [max(abs(one), 1e-10) for one in eigenvalues if one < 1e-3]
    if not small:
        return 0
    best, widest = 0, 1.0
    following = [*small[1:], max(eigenvalues[len(small)], 1e-3) if len(small) < len(eigenvalues) else 1.0]
    for index, (one, other) in enumerate(zip(small, following, strict=True)):
        if one < 1e-4 and other / one > widest * 1.0001:
            best, widest = index + 1, other / one
    return best if widest > 10 else 0


def _echelon(vectors: list[list[float]]) -> dict[int, dict[int, Fraction]] | None:
    """The reduced echelon form of numeric vectors with small rational entries, by pivot; None where they are not small rationals."""
    rows = [list(row) for row in vectors]
    width = len(rows[0])
    pivots: list[int] = []
    for step in range(len(rows)):
        chosen, column = max(
            ((row, column) for row in range(step, len(rows)) for column in range(width) if column not in pivots),
            key=lambda at: abs(rows[at[0]][at[1]]) * (1.0 if at[1] < width - 1 else 0.3),
        )
        rows[step], rows[chosen] = rows[chosen], rows[step]
        pivot = rows[step][column]
        if abs(pivot) < 1e-6:
            return None
        rows[step] = [value / pivot for value in rows[step]]
        for other in range(len(rows)):
            factor = rows[other][column]
            if other != step and factor:
                rows[other] = [a - factor * b for a, b in zip(rows[other], rows[step], strict=True)]
        pivots.append(column)
    found: dict[int, dict[int, Fraction]] = {}
    for place, row in zip(pivots, rows, strict=True):
        entries: dict[int, Fraction] = {}
        for column, value in enumerate(row):
            near = Fraction(value).limit_denominator(48)
            if abs(float(near) - value) > 2e-3:
                return None
            if near:
                entries[column] = near
        found[place] = entries
    return found
