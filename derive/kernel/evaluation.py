"""Exact values of terms at concrete points: fractions where they are rational, enclosures where not, grids for vectors and matrices.

`evaluate` raises `Undefined` where the term has no value (semantics: 1/0, log of a number that is not positive, ...) and `Undecided` where it cannot
say exactly. Statements evaluate to True or False; connectives are guarded from left to right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from fractions import Fraction
from math import comb, factorial
from typing import Union

from . import closed, cover, enclosure, interval, rational_matrices
from .calculus import slope_of
from .certificate import Rejected
from .definedness import obligations
from .differentiation import differentiate
from .enclosure import Enclosure, OutOfRange
from .limits import value_of_limit
from .normal_form import Atoms, exact_root, is_zero
from .quadrature import integral
from .size import value as size_value
from .sorting import MATRIX_STATEMENTS, is_scalar, sort_of
from .term import (
    INTEGER,
    REAL,
    Apply,
    Constant,
    Function,
    IllSorted,
    Lambda,
    Matrix,
    Number,
    Size,
    Symbol,
    Term,
    TermError,
    free_symbols,
    substitute,
    subtract,
)

Scalar = Union[Fraction, Enclosure]
Grid = tuple[tuple[Scalar, ...], ...]
Value = Union[Fraction, Enclosure, Grid, bool]

MAXIMUM_BITS = 40_000
MAXIMUM_SIZE = 8
MAXIMUM_SUMMANDS = 500
MAXIMUM_ORDER = 6
MAXIMUM_ROOT = 200
MAXIMUM_STEPS = 100_000
SERIES_STEPS = 40  # what summing a series costs in steps
INTEGRAL_STEPS = 4_000
MAXIMUM_LIMIT = 7

_OF_MATRICES = MATRIX_STATEMENTS | frozenset(
    [
        "blocks",
        "unit",
        "delta",
        "hadamard",
        "kronecker",
        "vec",
        "diag",
        "diagonal",
        "adjugate",
        "rank",
        "pseudoinverse",
        "exponential",
        "norm_one",
        "norm_infinity",
        "norm_max",
        "norm_spectral",
        "norm_nuclear",
    ]
)
MAXIMUM_PRIME = 100  # of numbers whose logarithms to rational bases are looked for


class Undefined(Exception):
    """The term has no value at this point."""


class Undecided(Exception):
    """The value cannot be said exactly."""


def evaluate(term: Term, assignment: Mapping[Symbol, Term], sizes: Mapping[str, int]) -> Value:
    """The value of a term whose free symbols have values (Numbers, literals of numbers, Lambdas)."""
    return evaluate_all((term,), assignment, sizes)[0]


def evaluate_all(
    terms: Iterable[Term], assignment: Mapping[Symbol, Term], sizes: Mapping[str, int]
) -> tuple[Value, ...]:
    """The values of several terms at one point; what they have in common is evaluated once."""
    evaluation = _Evaluation(assignment, sizes, _Budget())
    try:
        return tuple([evaluation.value(term) for term in terms])
    except OutOfRange:
        raise Undecided("a number out of range") from None
    except (TermError, RecursionError):
        raise Undecided("a term that is nested too deep") from None


def size_of(size: Size, sizes: Mapping[str, int]) -> int:
    """A size as a positive number; Undecided where its letter has no value, or none that is positive."""
    found = size_value(size, sizes)
    if found is None or found < 1:
        raise Undecided(f"the size {size}")
    return found


class _Budget:
    """What may still be done: sums within sums are short to write and long to compute."""

    def __init__(self) -> None:
        self.steps = 0

    def spend(self, steps: int = 1) -> None:
        self.steps += steps
        if self.steps > MAXIMUM_STEPS:
            raise Undecided("a computation that is too long")


class _Evaluation:
    def __init__(self, assignment: Mapping[Symbol, Term], sizes: Mapping[str, int], budget: _Budget) -> None:
        self.assignment = assignment
        self.sizes = sizes
        self.budget = budget
        self.known: dict[Term, Value] = {}

    def value(self, term: Term) -> Value:
        if isinstance(term, Number):
            return term.value
        known = self.known.get(term)
        if known is None:
            known = self.known[term] = self._value(term)
        return known

    def _value(self, term: Term) -> Value:
        if isinstance(term, Apply):
            self.budget.spend(1 + len(term.arguments))
            return self._application(term)
        self.budget.spend()
        if isinstance(term, Symbol):
            if term not in self.assignment and term.sort == INTEGER and term.name in self.sizes:
                return Fraction(self.sizes[term.name])
            if term not in self.assignment:
                raise Undecided(f"{term.name} has no value")
            return self.value(self.assignment[term])
        if isinstance(term, Constant):
            return self._constant(term)
        raise Undecided("a function as a value")

    def scalar(self, term: Term) -> Scalar:
        value = self.value(term)
        if isinstance(value, tuple) and len(value) == 1 and len(value[0]) == 1:
            return value[0][0]
        if isinstance(value, (tuple, bool)):
            raise Undecided("a number is expected")
        return value

    def exact(self, term: Term) -> Fraction:
        value = self.scalar(term)
        if not isinstance(value, Fraction):
            raise Undecided("a rational number is expected")
        return value

    def grid(self, term: Term) -> Grid:
        value = self.value(term)
        if isinstance(value, bool):
            raise Undecided("a matrix is expected")
        return value if isinstance(value, tuple) else ((value,),)

    def _constant(self, term: Constant) -> Value:
        match term.name:
            case "pi":
                return enclosure.pi()
            case "e":
                return enclosure.exponential(enclosure.point(Fraction(1)))
            case "true" | "false":
                return term.name == "true"
        assert isinstance(term.sort, Matrix)
        rows, columns = size_of(term.sort.rows, self.sizes), size_of(term.sort.columns, self.sizes)
        if rows > MAXIMUM_SIZE or columns > MAXIMUM_SIZE:
            raise Undecided("a matrix that is too large")
        everywhere, diagonal = {"zero": (0, 0), "ones": (1, 1), "identity": (0, 1)}[term.name]
        return tuple(tuple(Fraction(diagonal if i == j else everywhere) for j in range(columns)) for i in range(rows))

    def _application(self, term: Apply) -> Value:
        head, arguments = term.head, term.arguments
        match head:
            case "+":
                return _sum([self.value(part) for part in arguments])
            case "*":
                result = self.value(arguments[0])
                for part in arguments[1:]:
                    result = _product(result, self.value(part))
                return result
            case "negate":
                return _scaled(self.value(arguments[0]), Fraction(-1))
            case "/":
                return _scaled(self.value(arguments[0]), _reciprocal(self.scalar(arguments[1])))
            case "^":
                return self._power(arguments[0], arguments[1])
            case "and" | "or" | "implies" | "iff" | "not":
                return self._connective(head, arguments)
            case "=" | "!=" | "<" | "<=" | ">" | ">=":
                return self._related(head, *arguments)
            case "matrix":
                return tuple(
                    tuple(self.scalar(entry) for entry in row.arguments) for row in arguments if isinstance(row, Apply)
                )
            case "transpose":
                return tuple(zip(*self.grid(arguments[0]), strict=True))
            case "trace":
                grid = self.grid(arguments[0])
                return _sum([grid[index][index] for index in range(len(grid))])
            case "det":
                return _determinant(self.grid(arguments[0]))
            case "inverse":
                return _inverse(self.grid(arguments[0]))
            case _ if head in _OF_MATRICES:
                return self._of_matrices(head, arguments)
            case "norm":
                return _root(_square([entry for row in self.grid(arguments[0]) for entry in row]), 2)
            case "inner":
                left = [entry for row in self.grid(arguments[0]) for entry in row]
                right = [entry for row in self.grid(arguments[1]) for entry in row]
                if len(left) != len(right):
                    raise Undecided("an inner product of different sizes")
                return _sum([_product(a, b) for a, b in zip(left, right, strict=True)])
            case "component":
                flat = [entry for row in self.grid(arguments[0]) for entry in row]
                return flat[self._position(arguments[1], len(flat))]
            case "entry":
                grid = self.grid(arguments[0])
                row = grid[self._position(arguments[1], len(grid))]
                return row[self._position(arguments[2], len(row))]
            case "apply" | "partial" | "gradient" | "hessian":
                return self._function_value(head, arguments)
            case "sum" | "product":
                return self._finite(head, arguments)
            case "each":
                return self._each(*arguments)
            case "root":
                return _root(self.scalar(arguments[0]), int(self.exact(arguments[1])))
            case "min" | "max":
                return _extreme(head, [self.scalar(part) for part in arguments])
            case "log_base":
                base = self.scalar(arguments[0])
                if compare("<=", base, Fraction(0)) or compare("=", base, Fraction(1)):
                    raise Undefined("the base of a logarithm")
                value = self.scalar(arguments[1])
                exact = _exact_logarithm(base, value)
                if exact is not None:
                    return exact
                return _product(_elementary("log", value), _reciprocal(_elementary("log", base)))
            case "binomial":
                whole, chosen = self.exact(arguments[0]), self.exact(arguments[1])
                if whole.denominator != 1 or chosen.denominator != 1 or whole < 0 or chosen < 0:
                    raise Undefined("a binomial coefficient")
                if whole > 2000:
                    raise Undecided("too large")
                return Fraction(comb(int(whole), int(chosen)))
            case "derivative":
                return self._slope(*arguments)
            case "integral":
                return self._integral(*arguments)
            case "limit":
                return self._limit(term)
            case "approx" | "notation" | "forall":
                raise Undecided(head)
            case _:
                self.budget.spend(SERIES_STEPS)
                return _elementary(head, self.scalar(arguments[0]))

    def _of_matrices(self, head: str, arguments: tuple[Term, ...]) -> Value:
        """What is made of the entries of matrices; a number counts as 1 x 1."""
        match head:
            case "blocks":
                return self._blocks(arguments)
            case "unit":
                grid = self.grid(arguments[0])
                row, column = self._position(arguments[1], len(grid)), self._position(arguments[2], len(grid[0]))
                return tuple(
                    tuple(Fraction(int((i, j) == (row, column))) for j in range(len(line)))
                    for i, line in enumerate(grid)
                )
            case "delta":
                return Fraction(int(self.exact(arguments[0]) == self.exact(arguments[1])))
            case "hadamard":
                left, right = (self.grid(argument) for argument in arguments)
                if (len(left), len(left[0])) != (len(right), len(right[0])):
                    raise Undecided("a product entry by entry of different sizes")
                return tuple(
                    tuple(_numeric(_product(a, b)) for a, b in zip(one, other, strict=True))
                    for one, other in zip(left, right, strict=True)
                )
            case "kronecker":
                left, right = (self.grid(argument) for argument in arguments)
                if max(len(left) * len(right), len(left[0]) * len(right[0])) > 2 * MAXIMUM_SIZE:
                    raise Undecided("a matrix that is too large")
                self.budget.spend(len(left) * len(right) * len(left[0]) * len(right[0]))
                return tuple(
                    tuple(_numeric(_product(a, b)) for a in one for b in other) for one in left for other in right
                )
        grid = self.grid(arguments[0])
        match head:
            case "vec":
                return tuple((row[column],) for column in range(len(grid[0])) for row in grid)
            case "diag":
                flat = [entry for row in grid for entry in row]
                return tuple(
                    tuple(entry if i == j else Fraction(0) for j in range(len(flat))) for i, entry in enumerate(flat)
                )
            case "diagonal":
                return tuple((row[index],) for index, row in enumerate(grid))
            case "adjugate":
                return _adjugate(grid)
            case "exponential":
                return _matrix_exponential(grid)
            case "norm_one" | "norm_infinity":
                lines = grid if head == "norm_infinity" else tuple(zip(*grid, strict=True))
                return _greatest([_numeric(_sum([_elementary("abs", entry) for entry in line])) for line in lines])
            case "norm_max":
                return _greatest([_elementary("abs", entry) for row in grid for entry in row])
            case "norm_spectral" | "norm_nuclear":
                return _of_singular_values(head, grid)
        exact = _exact_grid(grid)
        match head:
            case "rank":
                return Fraction(rational_matrices.rank(exact))
            case "pseudoinverse":
                return rational_matrices.pseudoinverse(exact)
            case "upper_triangular":
                return not any(row[column] for index, row in enumerate(exact) for column in range(index))
        return rational_matrices.is_definite(exact, semidefinite=head == "positive_semidefinite")

    def _blocks(self, rows: tuple[Term, ...]) -> Grid:
        found: list[tuple[Scalar, ...]] = []
        for row in rows:
            assert isinstance(row, Apply)
            blocks = [self.grid(block) for block in row.arguments]
            if len({len(block) for block in blocks}) != 1:
                raise Undecided("blocks of different sizes")
            found += [tuple(entry for block in blocks for entry in block[index]) for index in range(len(blocks[0]))]
        if len({len(line) for line in found}) != 1 or len(found) > MAXIMUM_SIZE or len(found[0]) > MAXIMUM_SIZE:
            raise Undecided("blocks of different sizes, or too many")
        return tuple(found)

    def _slope(self, body: Term, variable: Term) -> Value:
        """A derivative by its formula, where that is enough; of a function that is not declared smooth by that of its value."""
        try:
            found = _slope_and_conditions(body, variable)
        except Rejected:
            try:
                found = _slope_and_conditions(self._inlined(body), variable)
            except Rejected as error:
                raise Undecided(str(error)) from None
        slope, conditions = found
        if not all(self.value(condition) is True for condition in conditions):
            raise Undecided("whether a derivative exists")
        return self.value(slope)

    def _limit(self, term: Apply) -> Value:
        """A limit by the first derivatives that do not both vanish here."""
        for order in range(MAXIMUM_LIMIT):
            try:
                value, conditions = value_of_limit(term, order, ())
            except Rejected as error:
                raise Undecided(str(error)) from None
            if not all(self.value(condition) is True for condition in conditions):
                raise Undecided("whether a limit exists")
            with suppress(Undefined):
                return self.value(value)
        raise Undecided("a limit of this order")

    def _integral(self, body: Term, variable: Term, lower: Term, upper: Term) -> Value:
        """An enclosure of the integral of a function that is continuous between the bounds, which are finite; the variable is bound."""
        assert isinstance(variable, Symbol)  # the sorts have been checked
        if variable.sort != REAL:
            raise Undecided("an integral by something else than a real number")
        ends = [_enclosed(self.scalar(end)) for end in (lower, upper)]
        values: dict[Term, Term] = {
            symbol: value
            for symbol, value in self.assignment.items()
            if symbol != variable and not isinstance(symbol.sort, Function)
        }
        self.budget.spend(INTEGRAL_STEPS)
        try:
            found = integral(self._inlined(substitute(body, values)), variable, *ends)
        except Rejected as error:
            raise Undecided(str(error)) from None
        return found.lower if found.lower == found.upper else found

    def _inlined(self, term: Term) -> Term:
        """The term with the values of functions written out."""
        if not isinstance(term, Apply):
            return term
        arguments = tuple(self._inlined(part) for part in term.arguments)
        function = self.assignment.get(term.arguments[0]) if isinstance(term.arguments[0], Symbol) else None
        if term.head == "apply" and isinstance(function, Lambda):
            return substitute(function.body, dict(zip(function.parameters, arguments[1:], strict=True)))
        return Apply(term.head, arguments)

    def _related(self, head: str, left: Term, right: Term) -> bool:
        """By their values; where enclosures overlap, equal if the normal forms agree: both sides have a value here."""
        one, other = self.value(left), self.value(right)
        try:
            return compare(head, one, other)
        except Undecided:
            if isinstance(one, tuple) or isinstance(other, tuple) or not self._agree(left, right):
                raise
            return head in {"=", "<=", ">="}

    def _agree(self, left: Term, right: Term) -> bool:
        values: dict[Term, Term] = {
            symbol: value
            for symbol, value in self.assignment.items()
            if is_scalar(symbol.sort) and not free_symbols(value)
        }
        difference = substitute(subtract(left, right), values)
        try:
            atoms = Atoms()
            if is_zero(atoms.form(difference), atoms):
                return True
            atoms = Atoms()
            return is_zero(atoms.form(cover.exact(closed.rewritten(difference, self._sign))), atoms)
        except (Rejected, TermError, IllSorted):
            return False

    def _sign(self, term: Term) -> int | None:
        """The sign of a closed term, where it is certain."""
        try:
            value = _enclosed(self.scalar(term))
        except (Undefined, Undecided, OutOfRange):
            return None
        if value.lower == value.upper == 0:
            return 0
        return 1 if value.lower > 0 else -1 if value.upper < 0 else None

    def _connective(self, head: str, arguments: tuple[Term, ...]) -> bool:
        """Guarded: what is not needed is not evaluated; what is needed and undefined leaves the whole undefined."""
        if head == "not":
            return not self.truth(arguments[0])
        if head == "and":
            return all(self.truth(part) for part in arguments)
        if head == "or":
            return any(self.truth(part) for part in arguments)
        left = self.truth(arguments[0])
        if head == "implies":
            return not left or self.truth(arguments[1])
        return left == self.truth(arguments[1])

    def _position(self, index: Term, size: int) -> int:
        """A 1-based index as a 0-based one; Undefined outside (Python would count from the end)."""
        position = self.exact(index)
        if position.denominator != 1 or not 1 <= position <= size:
            raise Undefined("a position outside a vector or matrix")
        return int(position) - 1

    def truth(self, statement: Term) -> bool:
        value = self.value(statement)
        if not isinstance(value, bool):
            raise Undecided("a statement is expected")
        return value

    def _power(self, base_term: Term, exponent_term: Term) -> Value:
        base = self.value(base_term)
        exponent = self.scalar(exponent_term)
        if isinstance(base, tuple) and _single(base):
            base = base[0][0]
        if isinstance(base, tuple):
            if not isinstance(exponent, Fraction) or exponent.denominator != 1 or abs(exponent) > 50:
                raise Undecided("a power of a matrix")
            if exponent < 0:
                base, exponent = _inverse(base), -exponent
            result: Value = tuple(tuple(Fraction(int(i == j)) for j in range(len(base))) for i in range(len(base)))
            for _ in range(int(exponent)):
                result = _product(result, base)
            return result
        if isinstance(base, bool):
            raise Undecided("a power of a statement")
        literal = _is_integer_exponent(exponent_term)
        if isinstance(exponent, Fraction) and exponent.denominator == 1 and literal:
            return _integer_power(base, int(exponent))
        below = compare("<", base, Fraction(0)), compare("=", base, Fraction(0))
        if below[0] or (below[1] and not compare(">", exponent, Fraction(0))):
            raise Undefined("a power of a number that is not positive")
        if below[1]:
            return Fraction(0)
        if isinstance(exponent, Fraction) and exponent.denominator == 1:
            return _integer_power(base, int(exponent))
        if isinstance(exponent, Fraction) and exponent.denominator < 100:
            return _integer_power(_root(base, exponent.denominator), exponent.numerator)
        return _elementary("exp", _numeric(_product(exponent, _elementary("log", base))))

    def _function_value(self, head: str, arguments: tuple[Term, ...]) -> Value:
        function = arguments[0]
        found = self.assignment.get(function) if isinstance(function, Symbol) else function
        if not isinstance(found, Lambda):
            raise Undecided("a function without a value")
        points = arguments[2:] if head == "partial" else arguments[1:]
        if len(points) != len(found.parameters):
            raise Undecided("a function with another number of arguments")
        values = {
            parameter: literal_of(self.value(point)) for parameter, point in zip(found.parameters, points, strict=True)
        }
        inner = _Evaluation(values, self.sizes, self.budget)
        if head == "apply":
            return inner.value(found.body)
        coordinates = self._coordinates(found, values)
        try:
            if head == "partial":
                indices = arguments[1]
                assert isinstance(indices, Apply)
                if len(indices.arguments) > MAXIMUM_ORDER:
                    raise Undecided("a derivative of too high an order")
                body = found.body
                for index in indices.arguments:
                    body = differentiate(body, coordinates[self._position(index, len(coordinates))])
                return inner.value(body)
            slopes = [differentiate(found.body, coordinate) for coordinate in coordinates]
            if head == "gradient":
                flat = [inner.scalar(slope) for slope in slopes]
                point = self.grid(points[0])
                width = len(point[0])
                return tuple(tuple(flat[start : start + width]) for start in range(0, len(flat), width))
            return tuple(tuple(inner.scalar(differentiate(slope, other)) for other in coordinates) for slope in slopes)
        except Rejected as error:
            raise Undecided(str(error)) from None

    def _coordinates(self, function: Lambda, values: Mapping[Symbol, Term]) -> list[Term]:
        """The scalar coordinates of the parameters."""
        found: list[Term] = []
        for parameter in function.parameters:
            if is_scalar(parameter.sort):
                found.append(parameter)
                continue
            value = values[parameter]
            assert isinstance(value, Apply)
            total = sum(len(row.arguments) for row in value.arguments if isinstance(row, Apply))
            found += [Apply("component", (parameter, Number(index))) for index in range(1, total + 1)]
        return found

    def _finite(self, head: str, arguments: tuple[Term, ...]) -> Value:
        body, variable, lower, upper = arguments
        first, last = self.exact(lower), self.exact(upper)
        if first.denominator != 1 or last.denominator != 1 or not first - 1 <= last <= first + MAXIMUM_SUMMANDS:
            raise Undecided("the bounds of a sum")
        assert isinstance(variable, Symbol)
        values = [self._at_index(body, variable, Number(index)) for index in range(int(first), int(last) + 1)]
        if not values:
            if not is_scalar(sort_of(body)):
                raise Undecided("a sum or product of no matrices")  # its size is that of the body
            return Fraction(0 if head == "sum" else 1)
        if head == "sum":
            return _sum(values)
        result = values[0]
        for value in values[1:]:
            result = _product(result, value)
        return result

    def _each(self, body: Term, variable: Term, array: Term) -> Value:
        """The values of the body at the entries."""
        assert isinstance(variable, Symbol)

        others = {symbol: value for symbol, value in self.assignment.items() if symbol != variable}

        def at(entry: Scalar) -> Scalar:
            # What has a variable of its own sees the assignment only, where a symbol of this name must not stand for another number.
            here = {**others, variable: Number(entry)} if isinstance(entry, Fraction) else others
            inner = _Evaluation(here, self.sizes, self.budget)
            inner.known[variable] = entry
            return inner.scalar(body)

        value = self.value(array)
        if isinstance(value, bool):
            raise Undecided("the entries of a statement")
        return tuple(tuple(at(entry) for entry in row) for row in value) if isinstance(value, tuple) else at(value)

    def _at_index(self, body: Term, variable: Symbol, index: Number) -> Value:
        try:
            return self.value(substitute(body, {variable: index}))
        except TermError:  # a derivative by an entry at the index
            values = {**self.assignment, variable: index}
            return _Evaluation(values, self.sizes, self.budget).value(body)


def _slope_and_conditions(body: Term, variable: Term) -> tuple[Term, tuple[Term, ...]]:
    slope, conditions = slope_of(body, variable)
    return slope, (*obligations(body), *conditions)


def literal_of(value: Value) -> Term:
    """An exact value as a term."""
    if isinstance(value, Fraction):
        return Number(value)
    if isinstance(value, tuple):
        rows = []
        for row in value:
            if not all(isinstance(entry, Fraction) for entry in row):
                raise Undecided("an entry that is not rational")
            rows.append(Apply("row", tuple(Number(entry) for entry in row if isinstance(entry, Fraction))))
        return Apply("matrix", tuple(rows))
    raise Undecided("a value that is not rational")


def compare(head: str, left: Value, right: Value) -> bool:
    """A relation between two values; Undecided where enclosures overlap. A 1 x 1 matrix counts as a number."""
    left, right = _collapsed(left), _collapsed(right)
    if isinstance(left, tuple) or isinstance(right, tuple):
        one = left if isinstance(left, tuple) else ((_numeric(left),),)
        other = right if isinstance(right, tuple) else ((_numeric(right),),)
        if len(one) != len(other) or len(one[0]) != len(other[0]):
            raise Undecided("matrices of different sizes")
        equal = _all_equal(
            [(a, b) for first, second in zip(one, other, strict=True) for a, b in zip(first, second, strict=True)]
        )
        if head not in {"=", "!="}:
            raise Undecided("an order of matrices")
        return equal if head == "=" else not equal
    one_scalar, other_scalar = _numeric(left), _numeric(right)
    if isinstance(one_scalar, Fraction) and isinstance(other_scalar, Fraction):
        return _relation(head, one_scalar, other_scalar)
    first, second = _enclosed(one_scalar), _enclosed(other_scalar)
    if first.upper < second.lower:
        return head in {"!=", "<", "<="}
    if first.lower > second.upper:
        return head in {"!=", ">", ">="}
    raise Undecided("enclosures overlap")


def _collapsed(value: Value) -> Value:
    return value[0][0] if isinstance(value, tuple) and _single(value) else value


def _relation(head: str, left: Fraction, right: Fraction) -> bool:
    table: dict[str, Callable[[], bool]] = {
        "=": lambda: left == right,
        "!=": lambda: left != right,
        "<": lambda: left < right,
        "<=": lambda: left <= right,
        ">": lambda: left > right,
        ">=": lambda: left >= right,
    }
    return table[head]()


def _all_equal(pairs: list[tuple[Scalar, Scalar]]) -> bool:
    undecided = False
    for left, right in pairs:
        try:
            if not compare("=", left, right):
                return False
        except Undecided:
            undecided = True
    if undecided:
        raise Undecided("enclosures overlap")
    return True


def _numeric(value: Value) -> Scalar:
    if isinstance(value, tuple) and len(value) == 1 and len(value[0]) == 1:
        return value[0][0]
    if isinstance(value, (tuple, bool)):
        raise Undecided("a number is expected")
    return value


def _enclosed(value: Scalar) -> Enclosure:
    return value if isinstance(value, Enclosure) else enclosure.point(value)


def _bounded(value: Fraction) -> Fraction:
    if max(value.numerator.bit_length(), value.denominator.bit_length()) > MAXIMUM_BITS:
        raise Undecided("a number of too many digits")
    return value


def _sum(values: list[Value]) -> Value:
    if all(type(value) is Fraction for value in values):
        return _bounded(_exact_sum(values))  # type: ignore[arg-type]
    total = values[0]
    for value in values[1:]:
        if isinstance(total, tuple) or isinstance(value, tuple):
            one = total if isinstance(total, tuple) else ((_numeric(total),),)
            other = value if isinstance(value, tuple) else ((_numeric(value),),)
            if len(one) != len(other) or len(one[0]) != len(other[0]):
                raise Undecided("matrices of different sizes")
            total = tuple(
                tuple(_numeric(_sum([a, b])) for a, b in zip(first, second, strict=True))
                for first, second in zip(one, other, strict=True)
            )
        else:
            left, right = _numeric(total), _numeric(value)
            if isinstance(left, Fraction) and isinstance(right, Fraction):
                total = _bounded(left + right)
            else:
                total = enclosure.add(_enclosed(left), _enclosed(right))
    return total


def _exact_sum(values: list[Fraction]) -> Fraction:
    if all(value.denominator == 1 for value in values):
        return Fraction(sum(value.numerator for value in values))
    total = values[0]
    for value in values[1:]:
        total = _bounded(total + value)
    return total


def _product(left: Value, right: Value) -> Value:
    if type(left) is Fraction and type(right) is Fraction:
        if left.denominator == right.denominator == 1:  # without looking for common divisors
            return _bounded(Fraction(left.numerator * right.numerator))
        return _bounded(left * right)
    if isinstance(left, tuple) and isinstance(right, tuple) and len(left[0]) == len(right):
        columns = list(zip(*right, strict=True))
        result = tuple(
            tuple(_numeric(_sum([_product(a, b) for a, b in zip(row, column, strict=True)])) for column in columns)
            for row in left
        )
        return result[0][0] if len(result) == 1 and len(result[0]) == 1 else result
    if isinstance(left, tuple) and not _single(left):
        return _scaled(left, _numeric(right))
    if isinstance(right, tuple) and not _single(right):
        return _scaled(right, _numeric(left))
    one, other = _numeric(left), _numeric(right)
    if isinstance(one, Fraction) and isinstance(other, Fraction):
        return _bounded(one * other)  # of a matrix of one entry
    return enclosure.multiply(_enclosed(one), _enclosed(other))


def _single(value: Grid) -> bool:
    return len(value) == 1 and len(value[0]) == 1


def _scaled(value: Value, factor: Scalar) -> Value:
    if isinstance(value, tuple):
        return tuple(tuple(_numeric(_product(entry, factor)) for entry in row) for row in value)
    return _product(value, factor)


def _reciprocal(value: Scalar) -> Scalar:
    if isinstance(value, Fraction):
        if value == 0:
            raise Undefined("a division by zero")
        return 1 / value
    try:
        return enclosure.reciprocal(value)
    except OutOfRange:
        raise Undecided("a division by something that may be zero") from None


def _integer_power(base: Scalar, exponent: int) -> Scalar:
    if exponent < 0:
        return _integer_power(_reciprocal(base), -exponent)
    if isinstance(base, Fraction):
        numerator, denominator = base.numerator, base.denominator
        if denominator == 1 and -1 <= numerator <= 1:
            return Fraction(numerator ** (2 - exponent % 2) if exponent else 1)
        bits = max(numerator.bit_length(), denominator.bit_length())
        if (bits - 1) * exponent > MAXIMUM_BITS:
            raise Undecided("a number of too many digits")
        return Fraction(numerator**exponent) if denominator == 1 else base**exponent
    if exponent > 200:
        raise Undecided("a power that is too large")
    result: Scalar = Fraction(1)
    for _ in range(exponent):
        result = _numeric(_product(result, base))
    return result


def _is_integer_exponent(term: Term) -> bool:
    """Whether an exponent is an integer by its form or sort, so that a negative base is allowed."""
    if isinstance(term, Number):
        return term.value.denominator == 1
    if isinstance(term, Symbol):
        return str(term.sort) == "integer"
    return (
        isinstance(term, Apply)
        and term.head in {"negate", "+", "*"}
        and all(_is_integer_exponent(part) for part in term.arguments)
    )


def _square(entries: list[Scalar]) -> Scalar:
    return _numeric(_sum([_product(entry, entry) for entry in entries]))


def _root(value: Scalar, q: int) -> Scalar:
    if q > MAXIMUM_ROOT:
        raise Undecided("a root of too high an index")
    if isinstance(value, Fraction):
        if value < 0 and q % 2 == 0:
            raise Undefined("an even root of a negative number")
        exact = exact_root(value, q)
        if exact is not None:
            return exact
        if value < 0:
            return enclosure.negate(enclosure.root(enclosure.point(-value), q))
        return enclosure.root(enclosure.point(value), q)
    if value.upper < 0 and q % 2 == 0:
        raise Undefined("an even root of a negative number")
    if value.upper < 0:
        return enclosure.negate(enclosure.root(enclosure.negate(value), q))
    if value.lower < 0:
        raise Undecided("a root of something that may be negative")
    return enclosure.root(value, q)


def _elementary(head: str, value: Scalar) -> Scalar:
    exact = value if isinstance(value, Fraction) else None
    inside = _enclosed(value)
    try:
        match head:
            case "exp":
                return Fraction(1) if exact == 0 else enclosure.exponential(inside)
            case "log":
                if inside.upper <= 0:
                    raise Undefined("a logarithm of a number that is not positive")
                return Fraction(0) if exact == 1 else enclosure.logarithm(inside)
            case "sin":
                return Fraction(0) if exact == 0 else enclosure.sine(inside)
            case "cos":
                return Fraction(1) if exact == 0 else enclosure.cosine(inside)
            case "tan" | "sec":
                below = _reciprocal(_elementary("cos", value))
                return below if head == "sec" else _numeric(_product(_elementary("sin", value), below))
            case "cot" | "csc":
                below = _reciprocal(_elementary("sin", value))
                return below if head == "csc" else _numeric(_product(_elementary("cos", value), below))
            case "sinh" | "cosh" | "tanh":
                up, down = _elementary("exp", value), _elementary("exp", _numeric(_scaled(value, Fraction(-1))))
                sinh = _numeric(_scaled(_sum([up, _scaled(down, Fraction(-1))]), Fraction(1, 2)))
                cosh = _numeric(_scaled(_sum([up, down]), Fraction(1, 2)))
                if head == "tanh":
                    return _numeric(_product(sinh, _reciprocal(cosh)))
                return sinh if head == "sinh" else cosh
            case "arctan" | "arcsin" | "arccos":
                return _arc(head, inside)
            case "sqrt":
                return _root(value, 2)
            case "abs":
                if exact is not None:
                    return abs(exact)
                if inside.lower >= 0:
                    return inside
                return (
                    enclosure.negate(inside)
                    if inside.upper <= 0
                    else Enclosure(Fraction(0), max(-inside.lower, inside.upper))
                )
            case "sgn":
                if exact is not None:
                    return Fraction((exact > 0) - (exact < 0))
                if inside.lower > 0 or inside.upper < 0:
                    return Fraction(1 if inside.lower > 0 else -1)
            case "floor" | "ceil":
                ends = [end.__floor__() if head == "floor" else end.__ceil__() for end in (inside.lower, inside.upper)]
                if ends[0] == ends[1]:
                    return Fraction(ends[0])
            case "gamma":
                return _gamma(value)
            case _:
                if head == "factorial" and exact is not None:
                    if exact.denominator != 1 or exact < 0:
                        raise Undefined("a factorial of something that is not a natural number")
                    if exact <= 3000:
                        return Fraction(factorial(int(exact)))
    except OutOfRange:
        raise Undecided(f"{head} so far out") from None
    raise Undecided(f"{head} here")


def _gamma(value: Scalar) -> Scalar:
    """At positive integers and half-integers: by Gamma(x + 1) = x Gamma(x), Gamma(1) = 1, Gamma(1/2) = sqrt(pi)."""
    if not isinstance(value, Fraction) or value.denominator > 2 or abs(value) > 1000:
        raise Undecided("gamma here")
    if value.denominator == 1:
        if value <= 0:
            raise Undefined("gamma at an integer that is not positive")
        return Fraction(factorial(int(value) - 1))
    factor, at = Fraction(1), Fraction(1, 2)
    while at < value:
        factor, at = factor * at, at + 1
    while at > value:
        at -= 1
        factor /= at
    return _numeric(_product(factor, enclosure.root(enclosure.pi(), 2)))


def _extreme(head: str, values: list[Scalar]) -> Scalar:
    """The least or the greatest of several numbers."""
    pick = min if head == "min" else max
    exact = [value for value in values if isinstance(value, Fraction)]
    if len(exact) == len(values):
        return pick(exact)
    parts = [_enclosed(value) for value in values]
    return Enclosure(pick(part.lower for part in parts), pick(part.upper for part in parts))


def _exact_logarithm(base: Scalar, value: Scalar) -> Fraction | None:
    """log_b x where it is rational and b and x are products of small primes: b^p = x^q."""
    if not isinstance(base, Fraction) or not isinstance(value, Fraction) or value <= 0:
        return None
    if value == 1:
        return Fraction(0)
    parts = [_exponents(base), _exponents(value)]
    if parts[0] is None or parts[1] is None or parts[0].keys() != parts[1].keys():
        return None
    ratios = {Fraction(parts[1][prime], parts[0][prime]) for prime in parts[0]}
    return ratios.pop() if len(ratios) == 1 else None


def _exponents(value: Fraction) -> dict[int, int] | None:
    """The prime factorization of a positive number, if its primes are small."""
    found: dict[int, int] = {}
    above, below = value.numerator, value.denominator
    if max(above, below).bit_length() > MAXIMUM_BITS:
        return None
    for prime in range(2, MAXIMUM_PRIME):
        while above % prime == 0:
            above, found[prime] = above // prime, found.get(prime, 0) + 1
        while below % prime == 0:
            below, found[prime] = below // prime, found.get(prime, 0) - 1
    return found if above == below == 1 else None


def _arc(head: str, value: Enclosure) -> Scalar:
    """An inverse trigonometric function."""
    if head != "arctan":
        if value.lower > 1 or value.upper < -1:
            raise Undefined("an inverse sine or cosine of a number beyond 1")
        if value.lower < -1 or value.upper > 1:
            raise Undecided("an inverse sine or cosine of a number near 1")
    if head == "arccos":
        if value.lower == value.upper == 1:
            return Fraction(0)
        right = enclosure.multiply(enclosure.point(Fraction(1, 2)), enclosure.pi())
        return enclosure.add(right, enclosure.negate(_enclosed(_arc("arcsin", value))))
    side = interval.hull(interval.number(value.lower), interval.number(value.upper))
    lower, upper = (interval.arctangent if head == "arctan" else interval.arcsine)(side)[:2]
    assert isinstance(lower, int)
    assert isinstance(upper, int)
    found = Enclosure(Fraction(lower, interval.UNIT), Fraction(upper, interval.UNIT))
    return found.lower if lower == upper else found


def _determinant(grid: Grid) -> Scalar:
    if len(grid) == 1:
        return grid[0][0]
    if len(grid) > MAXIMUM_SIZE - 3:
        raise Undecided("a determinant that is too large")
    parts: list[Value] = []
    for column, entry in enumerate(grid[0]):
        minor = tuple(row[:column] + row[column + 1 :] for row in grid[1:])
        part = _product(entry, _determinant(minor))
        parts.append(part if column % 2 == 0 else _scaled(part, Fraction(-1)))
    return _numeric(_sum(parts))


def _adjugate(grid: Grid) -> Grid:
    """The transposed matrix of cofactors; of a 1 x 1 matrix (1)."""
    size = len(grid)
    if size == 1:
        return ((Fraction(1),),)
    rows = []
    for i in range(size):
        row = []
        for j in range(size):
            minor = tuple(line[:i] + line[i + 1 :] for index, line in enumerate(grid) if index != j)
            row.append(_numeric(_scaled(_determinant(minor), Fraction((-1) ** (i + j)))))
        rows.append(tuple(row))
    return tuple(rows)


def _inverse(grid: Grid) -> Grid:
    """By cofactors."""
    below = _reciprocal(_determinant(grid))
    return tuple(tuple(_numeric(_product(entry, below)) for entry in row) for row in _adjugate(grid))


def _exact_grid(grid: Grid) -> rational_matrices.Rows:
    rows = []
    for row in grid:
        if not all(isinstance(entry, Fraction) for entry in row):
            raise Undecided("an entry that is not rational")
        rows.append(tuple(entry for entry in row if isinstance(entry, Fraction)))
    return tuple(rows)


def _greatest(values: list[Scalar]) -> Scalar:
    """The greatest of values; of enclosures the enclosure of it."""
    exact = [value for value in values if isinstance(value, Fraction)]
    if len(exact) == len(values):
        return max(exact)
    inside = [_enclosed(value) for value in values]
    return Enclosure(max(one.lower for one in inside), max(one.upper for one in inside))


def _of_singular_values(head: str, grid: Grid) -> Scalar:
    """The largest singular value, or the sum of all: the square roots of the eigenvalues of the smaller Gram matrix.

    These are its entries where it is diagonal. Of a 2 x 2 Gram matrix of trace t and determinant d the larger one is (t + sqrt(t^2 - 4 d)) / 2, and the
    singular values have the sum sqrt(t + 2 sqrt(d)). Undecided otherwise.
    """
    exact = _exact_grid(grid)
    turned = rational_matrices.transposed(exact)
    wide = len(exact) <= len(turned)
    gram = rational_matrices.product(exact, turned) if wide else rational_matrices.product(turned, exact)
    if all(not entry or i == j for i, row in enumerate(gram) for j, entry in enumerate(row)):
        values = [gram[index][index] for index in range(len(gram))]
        if head == "norm_spectral":
            return _root(max(values), 2)
        return _numeric(_sum([_root(value, 2) for value in values]))
    if len(gram) != 2:
        raise Undecided("singular values")
    (a, b), (_, c) = gram
    whole, area = a + c, a * c - b * b
    if head == "norm_nuclear":
        return _root(_numeric(_sum([whole, _scaled(_root(area, 2), Fraction(2))])), 2)
    return _root(_numeric(_scaled(_sum([whole, _root(whole * whole - 4 * area, 2)]), Fraction(1, 2))), 2)


def _matrix_exponential(grid: Grid) -> Grid:
    """Entry by entry of a diagonal matrix; the finite sum of a nilpotent one; of a 2 x 2 matrix by the theorem of Cayley and Hamilton.

    For s = tr(A)/2 and N = A - s I it says N^2 = q I with q = s^2 - det(A), so that e^A = e^s (c I + r N), where c = cosh(w), r = sinh(w)/w for q = w^2 > 0,
    c = cos(w), r = sin(w)/w for q = -w^2 < 0, and c = r = 1 for q = 0. Undecided otherwise.
    """
    exact = _exact_grid(grid)
    size = len(exact)
    identity = tuple(tuple(Fraction(int(i == j)) for j in range(size)) for i in range(size))
    if all(not entry or i == j for i, row in enumerate(exact) for j, entry in enumerate(row)):
        return tuple(
            tuple(_elementary("exp", entry) if i == j else Fraction(0) for j, entry in enumerate(row))
            for i, row in enumerate(exact)
        )
    powers = [identity]
    while len(powers) <= size:
        powers.append(rational_matrices.product(powers[-1], exact))
    if not any(entry for row in powers[size] for entry in row):
        return tuple(
            tuple(sum((power[i][j] / factorial(k) for k, power in enumerate(powers)), Fraction(0)) for j in range(size))
            for i in range(size)
        )
    if size != 2:
        raise Undecided("the exponential of a matrix")
    (a, b), (c, d) = exact
    middle = (a + d) / 2
    square = middle * middle - (a * d - b * c)
    even: Scalar = Fraction(1)
    odd: Scalar = Fraction(1)
    if square:
        angle = _root(abs(square), 2)
        even = _elementary("cosh" if square > 0 else "cos", angle)
        odd = _numeric(_product(_elementary("sinh" if square > 0 else "sin", angle), _reciprocal(angle)))
    outer = _elementary("exp", middle)
    return tuple(
        tuple(
            _numeric(
                _product(outer, _sum([_product(even, identity[i][j]), _product(odd, entry - middle * identity[i][j])]))
            )
            for j, entry in enumerate(row)
        )
        for i, row in enumerate(exact)
    )
