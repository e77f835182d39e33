"""Where relations between numbers, vectors and matrices plainly hold or fail: a hunt for a witness passes over points where they hold, and evaluates exactly at few. Nothing rests on it.

**Method** equations of rational arithmetic modulo a prime, where what is equal stays equal; what else there is in floating point, with a wide margin. A point
that is passed over wrongly is a witness that is not found. What the kernel has refuted is confirmed by it, or else the procedures are asked too.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

from derive.kernel.calculus import slope_of
from derive.kernel.certificate import Refutation, Rejected
from derive.kernel.claim import Claim
from derive.kernel.size import value as size_value
from derive.kernel.sorting import is_scalar, sort_of
from derive.kernel.term import (
    ORDERS,
    Apply,
    Constant,
    IllSorted,
    Matrix,
    Number,
    Symbol,
    Term,
    TermError,
    free_symbols,
)

PRIME = 2**61 - 1
MARGIN = 1e-9  # of what is compared by size, in units of the largest number on the way
NEAR = 1e-12  # what counts as equal

_FUNCTIONS: dict[str, Callable[[float], float]] = {
    "sqrt": math.sqrt,
    "exp": math.exp,
    "log": math.log,
    "sin": math.sin,
    "cos": math.cos,
    "tan": math.tan,
    "arctan": math.atan,
    "sinh": math.sinh,
    "cosh": math.cosh,
    "tanh": math.tanh,
    "abs": abs,
}
_ADD, _MULTIPLY, _NEGATE, _DIVIDE, _POWER, _RAISE, _FUNCTION, _NUMBER, _SYMBOL, _FLOAT = range(10)
_ARITHMETIC = {"+": _ADD, "*": _MULTIPLY, "negate": _NEGATE, "/": _DIVIDE}
_GRID, _NORM, _MATRIX, _SAME = range(10, 14)
_IRRATIONAL = frozenset({_RAISE, _FUNCTION, _FLOAT, _NORM})
_OF_GRIDS = frozenset({"+", "*", "negate", "/", "transpose", "trace", "det", "inverse", "adjugate", "inner", "hadamard", "kronecker", "vec", "diag", "diagonal"})  # fmt: skip
MAXIMUM_POWER = 20  # of a matrix
SINGULAR = 1e-9  # a pivot that may be 0


Grid = tuple[tuple[Any, ...], ...]
Step = tuple[int, tuple[int, ...], Any]  # what is done, with the values of which steps, and what it takes besides
Value = tuple[Number, int | None, float | None]  # a number, as a residue, and as a float


class _Unknown(Exception):
    """A term with a head that is not known here."""


class Screen:
    """Relations made ready for many points; what they have in common is evaluated once at each."""

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self.rational: list[bool] = []  # whether a step and all below it are rational arithmetic
        self.places: dict[Term, int] = {}
        self.values: dict[int, Value] = {}  # of what symbols have been, by its identity; it is kept there
        self.grids: dict[tuple[Term, int], Grid] = {}  # literals, as residues and as floats

    def ready(self, relation: Term) -> Relation | None:
        """A relation with a symbol between numbers, vectors or matrices, as far as what they are made of is known here; None of other statements."""
        if not isinstance(relation, Apply) or relation.head not in {"=", "!="} | ORDERS or not free_symbols(relation):
            return None
        try:
            left, right = (self._place(side) for side in relation.arguments)
        except (_Unknown, IllSorted, TermError, Rejected):
            return None
        return Relation(relation.head, left, right)

    def _place(self, term: Term) -> int:
        """Where the value of a term will stand; every term once."""
        known = self.places.get(term)
        if known is not None:
            return known
        step = kind, parts, _ = self._step(term)
        rational = kind not in _IRRATIONAL
        for part in parts:
            rational = rational and self.rational[part]
        place = self.places[term] = len(self.steps)
        self.steps.append(step)
        self.rational.append(rational)
        return place

    def _step(self, term: Term) -> Step:
        if type(term) is Number:
            return _NUMBER, (), (_residue(term.value), _float(term.value))
        if type(term) is Symbol and is_scalar(term.sort):
            return _SYMBOL, (), term
        if isinstance(term, Constant) and term.name in {"pi", "e"}:
            return _FLOAT, (), math.pi if term.name == "pi" else math.e
        if isinstance(term, (Symbol, Constant)) and isinstance(term.sort, Matrix):
            return _MATRIX, (), term
        if not isinstance(term, Apply):
            raise _Unknown
        kind = _ARITHMETIC.get(term.head)
        if kind is not None and all(map(is_scalar, map(sort_of, term.arguments))):
            return kind, tuple([self._place(part) for part in term.arguments]), None
        if term.head == "derivative":
            slope = slope_of(*term.arguments)[0]  # where it does not exist the point is no witness
            return _SAME, (self._place(slope),), None
        if term.head == "matrix":
            rows = [row.arguments for row in term.arguments if isinstance(row, Apply)]
            return _GRID, tuple(self._place(entry) for row in rows for entry in row), ("matrix", len(rows[0]))
        if not all(is_scalar(sort_of(argument)) for argument in term.arguments):
            return self._step_of_grids(term)
        if term.head == "^":
            base, exponent = term.arguments
            if isinstance(exponent, Number) and exponent.value.denominator == 1:
                return _POWER, (self._place(base),), int(exponent.value)
            return _RAISE, (self._place(base), self._place(exponent)), None
        if term.head not in _FUNCTIONS:
            raise _Unknown
        return _FUNCTION, (self._place(term.arguments[0]),), _FUNCTIONS[term.head]

    def _step_of_grids(self, term: Apply) -> Step:
        head, (first, *others) = term.head, term.arguments
        if head == "norm":
            return _NORM, (self._place(first),), None
        if head in {"component", "entry", "^"}:
            numbers = [int(one.value) for one in others if isinstance(one, Number) and one.value.denominator == 1]
            if len(numbers) != len(others) or (head == "^" and abs(numbers[0]) > MAXIMUM_POWER):
                raise _Unknown
            return _GRID, (self._place(first),), (head, *numbers)
        if head not in _OF_GRIDS:
            raise _Unknown
        return _GRID, tuple(self._place(part) for part in term.arguments), (head, is_scalar(sort_of(term)))


class Relation(NamedTuple):
    """A relation of a screen: where the values of its sides stand."""

    head: str
    left: int
    right: int


@lru_cache(maxsize=4)
def of_statement(statement: Term) -> tuple[Screen, Relation | None]:
    """A screen for a relation alone, which is not to be asked for others; the hunts for a witness of one claim ask for the same."""
    screen = Screen()
    return screen, screen.ready(statement)


def fails_plainly(claim: Claim, found: Refutation) -> bool:
    """Whether the hypotheses plainly hold at a counterexample and the statement fails: what the kernel finds there, by code that it shares nothing with."""
    screen, relation = of_statement(claim.statement)
    outside, inside = (Point(one, dict(found.assignment), dict(found.sizes)) for one in (Screen(), screen))
    return inside.truth(relation) is False and all(outside.truth(outside.screen.ready(one)) for one in claim.hypotheses)


class Point:
    """A point, and the values there that have been asked for."""

    def __init__(
        self, screen: Screen, assignment: Mapping[Symbol, Term], sizes: Mapping[str, int] = MappingProxyType({})
    ) -> None:
        self.screen = screen
        self.assignment = assignment
        self.sizes = sizes
        self.residues: list[Any] = []
        self.undefined: set[int] = set()  # the residues that do not exist because something is divided by 0
        self.floats: list[Any] = []
        self.largest: list[float] = []  # more than each of them and all that it is made of

    def truth(self, relation: Relation | None) -> bool | None:
        """Whether a relation plainly holds here; None where that is not plain."""
        if relation is None:
            return None
        head, left, right = relation
        if head in {"=", "!="} and self.screen.rational[left] and self.screen.rational[right]:
            equal = self._are_equal(left, right)
            return None if equal is None else equal == (head == "=")
        self._extend_floats()
        first, second = self.floats[left], self.floats[right]
        if first is None or second is None:
            return None
        gaps = [a - b for a, b in zip(_flat(first), _flat(second), strict=True)]
        size = max(self.largest[left], self.largest[right])
        if head in {"=", "!="}:
            if any(abs(gap) > MARGIN * size for gap in gaps):
                return head == "!="
            return True if all(abs(gap) <= NEAR * size for gap in gaps) and head == "=" else None
        if abs(gaps[0]) > MARGIN * size:
            return bool(gaps[0] > 0) == (head in {">", ">="})
        if self.screen.rational[left] and self.screen.rational[right]:
            return head in {"<=", ">="} if self._are_equal(left, right) else None
        # What is small beside the numbers on the way may be large beside the sides.
        near = abs(gaps[0]) <= NEAR * max(map(abs, (*_flat(first), *_flat(second))))
        return True if near and head in {"<=", ">="} else None

    def _are_equal(self, left: int, right: int) -> bool | None:
        """Whether two sides of rational arithmetic are equal modulo the prime; None where one has no value."""
        self._extend_residues()
        one, other = self.residues[left], self.residues[right]
        if one is None or other is None:
            return None
        return all((a - b) % PRIME == 0 for a, b in zip(_flat(one), _flat(other), strict=True))

    def quotient(self, relation: Relation | None) -> float | None:
        """The quotient of two sides that are numbers; None where that is not plain."""
        if relation is None:
            return None
        self._extend_floats()
        one, other = self.floats[relation.left], self.floats[relation.right]
        if isinstance(one, tuple) or isinstance(other, tuple) or one is None or other is None:
            return None
        least = MARGIN * max(self.largest[relation.left], self.largest[relation.right])
        return float(one / other) if abs(one) > least and abs(other) > least else None

    def is_undefined(self, relation: Relation | None) -> bool:
        """Whether a side plainly has no value here; only of what `truth` was asked for."""
        return relation is not None and not self.undefined.isdisjoint((relation.left, relation.right))

    def _extend_residues(self) -> None:
        """The values modulo the prime; None where there is none."""
        values = self.residues
        for kind, parts, detail in self.screen.steps[len(values) :]:
            try:
                if kind == _NUMBER:
                    found = detail[0]
                elif kind == _SYMBOL:
                    found = self._value(detail)[1]
                elif kind == _MULTIPLY:
                    found = values[parts[0]]
                    for part in parts[1:]:
                        found = found * values[part] % PRIME
                elif kind == _ADD:
                    found = sum([values[part] for part in parts])
                elif kind == _POWER:
                    found = pow(values[parts[0]], detail, PRIME)
                elif kind == _NEGATE:
                    found = -values[parts[0]]
                elif kind == _DIVIDE:
                    found = values[parts[0]] * pow(values[parts[1]], -1, PRIME) % PRIME
                elif kind == _GRID:
                    found = _of_grids(detail, [values[part] for part in parts], PRIME)
                elif kind == _MATRIX:
                    found = self._grid(detail, PRIME)
                elif kind == _SAME:
                    found = values[parts[0]]
                else:
                    found = None
            except (TypeError, ValueError, ZeroDivisionError) as error:
                found = None
                by_zero = isinstance(error, ValueError) and kind in {_DIVIDE, _POWER}  # what `pow` says of it
                if by_zero or isinstance(error, ZeroDivisionError) or not self.undefined.isdisjoint(parts):
                    self.undefined.add(len(values))
            values.append(found)

    def _extend_floats(self) -> None:
        """The values in floating point; None where there is none."""
        values, largest = self.floats, self.largest
        for kind, parts, detail in self.screen.steps[len(values) :]:
            try:
                if kind == _NUMBER:
                    found = detail[1]
                elif kind == _SYMBOL:
                    found = self._value(detail)[2]
                elif kind == _MULTIPLY:
                    found = values[parts[0]]
                    for part in parts[1:]:
                        found *= values[part]
                elif kind == _ADD:
                    found = sum([values[part] for part in parts])
                elif kind == _POWER:
                    found = values[parts[0]] ** detail
                elif kind == _RAISE:
                    found = math.pow(values[parts[0]], values[parts[1]])
                elif kind == _NEGATE:
                    found = -values[parts[0]]
                elif kind == _DIVIDE:
                    found = values[parts[0]] / values[parts[1]]
                elif kind == _FUNCTION:
                    found = detail(values[parts[0]])
                elif kind == _FLOAT:
                    found = detail
                elif kind == _GRID:
                    found = _of_grids(detail, [values[part] for part in parts], 0)
                elif kind == _MATRIX:
                    found = self._grid(detail, 0)
                elif kind == _SAME:
                    found = values[parts[0]]
                else:
                    found = math.hypot(*_flat(values[parts[0]]))
            except (TypeError, ValueError, ArithmeticError):
                found = None
            size = 1.0
            if type(found) is tuple:
                size = 1 + max(map(abs, _flat(found)))
            elif found is not None:
                size = 1 + abs(found)
            for part in parts:
                size = max(size, largest[part])
            values.append(found)
            largest.append(size)

    def _value(self, symbol: Symbol) -> Value:
        """The number that a symbol is. TypeError for a value that is not rational."""
        value = self.assignment.get(symbol)
        known = self.screen.values.get(id(value))
        if known is None:
            if type(value) is not Number:
                raise TypeError
            known = self.screen.values[id(value)] = value, _residue(value.value), _float(value.value)
        return known

    def _grid(self, term: Term, modulus: int) -> Grid:
        """The entries of a matrix: the value of a symbol, or what a constant is. TypeError where they are not known."""
        if isinstance(term, Constant):
            assert isinstance(term.sort, Matrix)
            rows, columns = (size_value(size, self.sizes) for size in (term.sort.rows, term.sort.columns))
            if rows is None or columns is None:
                raise TypeError
            everywhere, diagonal = {"zero": (0, 0), "ones": (1, 1), "identity": (0, 1)}[term.name]
            return tuple(tuple(diagonal if i == j else everywhere for j in range(columns)) for i in range(rows))
        literal = self.assignment.get(term) if isinstance(term, Symbol) else None
        if not isinstance(literal, Apply) or literal.head != "matrix":
            raise TypeError
        known = self.screen.grids.get((literal, modulus))
        if known is None:
            lines = [row.arguments for row in literal.arguments if isinstance(row, Apply)]
            known = tuple(tuple(_number(entry, modulus) for entry in line) for line in lines)
            self.screen.grids[literal, modulus] = known
        return known


def _number(term: Term, modulus: int) -> Any:
    if not isinstance(term, Number):
        raise TypeError
    found = _residue(term.value) if modulus else _float(term.value)
    if found is None:
        raise TypeError
    return found


def _residue(value: Fraction) -> int | None:
    """A number modulo the prime; None where its denominator is a multiple of that."""
    if value.denominator == 1:
        return value.numerator
    return value.numerator * pow(value.denominator, -1, PRIME) % PRIME if value.denominator % PRIME else None


def _float(value: Fraction) -> float | None:
    """A number in floating point; None where it is too large."""
    try:
        return value.numerator / value.denominator
    except OverflowError:
        return None


def _flat(value: Any) -> tuple[Any, ...]:
    """The entries of a matrix, row by row; a number alone."""
    return tuple(entry for row in value for entry in row) if isinstance(value, tuple) else (value,)


def _times(left: Any, right: Any, modulus: int) -> Any:
    """A product of numbers and matrices; what is 1 x 1 is a number."""
    if not isinstance(left, tuple):
        left, right = right, left
    if not isinstance(left, tuple):
        return _reduced(left * right, modulus)
    if not isinstance(right, tuple):
        return tuple(tuple(_reduced(entry * right, modulus) for entry in row) for row in left)
    columns = tuple(zip(*right, strict=True))
    found = tuple(
        tuple(_reduced(sum([a * b for a, b in zip(row, column, strict=True)]), modulus) for column in columns)
        for row in left
    )
    return found[0][0] if len(found) == len(columns) == 1 else found


def _reduced(value: Any, modulus: int) -> Any:
    return value % modulus if modulus else value


def _of_grids(detail: tuple[Any, ...], operands: list[Any], modulus: int) -> Any:
    """What is made of matrices, of residues or of floats (modulus 0). TypeError, ValueError or ArithmeticError where it has no value."""
    head, *numbers = detail
    first = operands[0]
    match head:
        case "+":
            return tuple(
                tuple(_reduced(sum(entries), modulus) for entries in zip(*rows, strict=True))
                for rows in zip(*operands, strict=True)
            )
        case "*" | "negate" | "/":
            if head == "negate":
                operands = [first, -1]
            elif head == "/":
                operands = [first, pow(operands[1], -1, modulus or None)]
            found = first
            for other in operands[1:]:
                found = _times(found, other, modulus)
            return found if numbers[0] or isinstance(found, tuple) else ((found,),)
        case "^":
            base = first if numbers[0] >= 0 else _inverse(first, modulus)
            found = tuple(tuple(int(i == j) for j in range(len(first))) for i in range(len(first)))
            for _ in range(abs(numbers[0])):
                found = _times(found, base, modulus)
            return found if isinstance(found, tuple) else ((found,),)
        case "transpose":
            return tuple(zip(*first, strict=True))
        case "trace":
            return sum(first[index][index] for index in range(len(first)))
        case "det":
            return _eliminated(first, modulus)[0]
        case "inverse":
            return _inverse(first, modulus)
        case "adjugate":
            return _adjugate(first, modulus)
        case "inner":
            return sum(a * b for a, b in zip(_flat(first), _flat(operands[1]), strict=True))
        case "hadamard":
            pairs = zip(first, operands[1], strict=True)
            return tuple(tuple(_times(a, b, modulus) for a, b in zip(*rows, strict=True)) for rows in pairs)
        case "kronecker":
            return tuple(
                tuple(_reduced(a * b, modulus) for a in row for b in other) for row in first for other in operands[1]
            )
        case "vec":
            return tuple((entry,) for column in zip(*first, strict=True) for entry in column)
        case "diag":
            flat = _flat(first)
            return tuple(tuple(entry if i == j else 0 for j in range(len(flat))) for i, entry in enumerate(flat))
        case "diagonal":
            return tuple((row[index],) for index, row in enumerate(first))
        case "matrix":
            return tuple(tuple(operands[at : at + numbers[0]]) for at in range(0, len(operands), numbers[0]))
    found = first if head == "entry" else _flat(first)
    for index in numbers:  # of "component" and "entry"
        if index < 1 or index > len(found):
            raise ValueError
        found = found[index - 1]
    return found


def _inverse(grid: Grid, modulus: int) -> Grid:
    found = _eliminated(grid, modulus)[1]
    if found is None:
        raise ZeroDivisionError
    return found


def _adjugate(grid: Grid, modulus: int) -> Grid:
    """The transposed matrix of cofactors, also of a singular one."""
    size = range(len(grid))

    def cofactor(i: int, j: int) -> Any:
        minor = tuple(tuple(grid[row][column] for column in size if column != j) for row in size if row != i)
        return _reduced((-1) ** (i + j) * _eliminated(minor, modulus)[0], modulus)

    return tuple(tuple(cofactor(j, i) for j in size) for i in size)


def _eliminated(grid: Grid, modulus: int) -> tuple[Any, Grid | None]:
    """The determinant and the inverse of a square matrix, which there is none of where the determinant is 0."""
    size = len(grid)
    rows = [
        [_reduced(entry, modulus) for entry in (*row, *(int(i == j) for j in range(size)))]
        for i, row in enumerate(grid)
    ]
    determinant: Any = 1
    for column in range(size):
        place = max(range(column, size), key=lambda row: abs(rows[row][column]))
        pivot = rows[place][column]
        if not pivot:
            return 0, None
        if not modulus and abs(pivot) < SINGULAR:
            raise ValueError
        if place != column:
            rows[place], rows[column], determinant = rows[column], rows[place], -determinant
        determinant = _reduced(determinant * pivot, modulus)
        below = pow(pivot, -1, modulus or None)
        rows[column] = [_reduced(entry * below, modulus) for entry in rows[column]]
        for index, row in enumerate(rows):
            if index != column and row[column]:
                factor = row[column]
                rows[index] = [_reduced(a - factor * b, modulus) for a, b in zip(row, rows[column], strict=True)]
    return determinant, tuple(tuple(row[size:]) for row in rows)
