"""Approximations: the point of expansion, the increment and the order of `A \\cong B` (elaboration.md, A1-A4), and undetermined constants (K6, K7)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from derive.elaborate.points import MAXIMUM_ORDER
from derive.elaborate.terms import zero_like
from derive.elaborate.vectors import literal_vector
from derive.kernel.evaluation import Undecided, Undefined, evaluate
from derive.kernel.sorting import is_scalar, sort_of
from derive.kernel.term import (
    ONE,
    REAL,
    ZERO,
    Apply,
    Function,
    Matrix,
    Number,
    Symbol,
    Term,
    add,
    children,
    free_symbols,
    negate,
    substitute,
    subterms,
)

_LINEAR_HEADS = frozenset(
    {"+", "negate", "transpose", "component", "entry", "trace", "row", "matrix", "diag", "diagonal", "vec"}
)
_PRODUCT_HEADS = frozenset({"*", "inner", "hadamard", "kronecker"})


@dataclass(frozen=True, slots=True)
class Expansion:
    """variable -> base, and the order to which the statement is meant."""

    variable: Term
    base: Term
    order: int

    def statement(self, left: Term, right: Term) -> Term:
        return Apply("approx", (left, right, self.variable, self.base, Number(self.order)))


def entries(term: Term) -> tuple[Term, ...] | None:
    """The entries of a literal row or column."""
    if isinstance(term, Apply) and term.head == "matrix":
        return tuple(entry for row in term.arguments if isinstance(row, Apply) for entry in row.arguments)
    return None


def degree(term: Term, variables: frozenset[Symbol]) -> int | None:
    """The degree of a term that is visibly a polynomial in the variables; None where it is not."""
    if not free_symbols(term) & variables:
        return 0
    if isinstance(term, Symbol):
        return 1
    if not isinstance(term, Apply):
        return None
    if term.head in _LINEAR_HEADS:
        return _combined(max, (degree(child, variables) for child in term.arguments))
    if term.head in _PRODUCT_HEADS:
        return _combined(sum, (degree(child, variables) for child in term.arguments))
    if term.head == "/" and not free_symbols(term.arguments[1]) & variables:
        return degree(term.arguments[0], variables)
    if term.head == "^" and isinstance(term.arguments[1], Number):
        power, base = term.arguments[1].value, degree(term.arguments[0], variables)
        if base is not None and power.denominator == 1 and 0 <= power <= 100:
            return base * int(power)
    return None


def _combined(combine: object, degrees: Iterable[int | None]) -> int | None:
    found = list(degrees)
    if any(one is None for one in found):
        return None
    return max(one or 0 for one in found) if combine is max else sum(one or 0 for one in found)


OF_FUNCTIONS = frozenset(
    {"apply", "gradient", "hessian", "partial"}
)  # without them only what is declared small is expanded in


def expansion(left: Term, right: Term, small: Iterable[Symbol] = ()) -> Expansion | None:
    """What `left \\cong right` is an expansion in, or None where the formula does not settle it."""
    small_here = [symbol for symbol in small if symbol in free_symbols(left) | free_symbols(right)]
    if len(small_here) == 1:
        symbol = small_here[0]
        order = _order(left, right, frozenset({symbol}), MAXIMUM_ORDER)
        return None if order is None else Expansion(symbol, _zero(symbol), order)
    points = set(_points(left)) | set(_points(right))
    bases = set(_derivative_points(left)) | set(_derivative_points(right)) or _difference_bases(left, right, points)
    if len(bases) != 1:
        return None
    base = next(iter(bases))
    found = {increment for point in points - {base} if (increment := _increment(point, base)) is not None}
    if len(found) != 1 or len(points - {base}) != 1:
        return None
    variable, start = next(iter(found))
    order = _order(left, right, free_symbols(variable))
    return None if order is None else Expansion(variable, start, order)


def _zero(symbol: Symbol) -> Term:
    return zero_like(symbol.sort) if isinstance(symbol.sort, Matrix) and not is_scalar(symbol.sort) else ZERO


def _order(left: Term, right: Term, variables: frozenset[Symbol], most: int = 2) -> int | None:
    degrees = [one for one in (degree(left, variables), degree(right, variables)) if one is not None]
    if not degrees or max(degrees) > most:
        return None
    return min(degrees)


def _points(term: Term) -> list[Term]:
    """The points at which unknown functions of one argument are taken."""
    return [
        part.arguments[1]
        for part in subterms(term)
        if isinstance(part, Apply) and part.head == "apply" and len(part.arguments) == 2
    ]


def _derivative_points(term: Term) -> list[Term]:
    found = []
    for part in subterms(term):
        if isinstance(part, Apply) and part.head in {"gradient", "hessian"}:
            found.append(part.arguments[1])
        elif isinstance(part, Apply) and part.head == "partial" and len(part.arguments) == 3:
            found.append(part.arguments[2])
    return found


def _difference_bases(left: Term, right: Term, points: set[Term]) -> set[Term]:
    """The base points that occur as `w - w_k`, for the points w at which functions are taken (A4)."""
    differences: dict[Term, set[Term]] = {}
    for side in (left, right):
        for part in subterms(side):
            if isinstance(part, Apply) and part.head == "+" and len(part.arguments) == 2:
                first, second = part.arguments
                if isinstance(second, Apply) and second.head == "negate" and isinstance(first, Symbol):
                    differences.setdefault(first, set()).add(second.arguments[0])
    found: set[Term] = set()
    for point in points:
        parts = entries(point)
        if parts is None:
            found |= differences.get(point, set())
        elif all(len(differences.get(part, set())) == 1 for part in parts):
            sort = sort_of(point)
            assert isinstance(sort, Matrix)
            found.add(literal_vector(tuple(next(iter(differences[part])) for part in parts), row=sort.rows == 1))
    return found


def _increment(point: Term, base: Term) -> tuple[Term, Term] | None:
    """(variable, where it tends): the point itself -> base, or the one symbol h of point = base + h -> 0."""
    parts = entries(point)
    if isinstance(point, Symbol) or (parts is not None and all(isinstance(part, Symbol) for part in parts)):
        return None if free_symbols(point) & free_symbols(base) else (point, base)
    addends: list[Term] = list(point.arguments) if isinstance(point, Apply) and point.head == "+" else [point]
    for part in base.arguments if isinstance(base, Apply) and base.head == "+" else (base,):
        if part in addends:
            addends.remove(part)
        elif base not in {ZERO}:
            return None
    if len(addends) == 1 and isinstance(addends[0], Symbol) and addends[0] not in free_symbols(base):
        return addends[0], _zero(addends[0])
    return None


# --- undetermined constants ----------------------------------------------------------------------------------------------


def solved_constants(
    known: Term, other: Term, constants: tuple[Symbol, ...]
) -> tuple[dict[Symbol, Term], Expansion] | None:
    """The values that make `known \\cong other` true to first order: L(base) for a constant term, D_i L(base) for a coefficient of w_i - base_i.

    A proposal only: the claim with these values is proved by itself.
    """
    if not (isinstance(known, Apply) and known.head == "apply" and len(known.arguments) == 2):
        return None
    function, point = known.arguments
    if not isinstance(function, Symbol) or not isinstance(function.sort, Function):
        return None
    bases = _difference_bases(known, other, {point})
    if len(bases) != 1:
        return None
    base = next(iter(bases))
    variables = entries(point) or (point,)
    if not all(isinstance(one, Symbol) and one.sort == REAL for one in variables):
        return None
    values: dict[Symbol, Term] = {}
    for constant in constants:
        shape = _coefficient(other, constant, constants, variables)
        if shape is None:
            return None
        position, scale = shape
        if position == 0:
            value: Term = Apply("apply", (function, base))
        else:
            value = Apply("partial", (function, Apply("indices", (Number(position),)), base))
        values[constant] = value if scale == 1 else Apply("/", (value, Number(scale)))
    return values, Expansion(point, base, 1)


def _coefficient(
    other: Term, constant: Symbol, constants: tuple[Symbol, ...], variables: tuple[Term, ...]
) -> tuple[int, Fraction] | None:
    """The coefficient of a constant as (0, c) for the number c, or (i, c) for c (w_i - base_i), read off at points with base 0."""
    fixed: dict[Symbol, Term] = {one: ONE if one == constant else ZERO for one in constants}

    def value(point: tuple[int, ...]) -> Fraction | None:
        assignment = dict(fixed)
        for symbol in free_symbols(other):
            assignment.setdefault(symbol, ZERO)
        for variable, number in zip(variables, point, strict=True):
            assert isinstance(variable, Symbol)
            assignment[variable] = Number(number)
        try:
            found = evaluate(other, assignment, {})
        except (Undefined, Undecided):
            return None
        return found if isinstance(found, Fraction) else None

    if any(not isinstance(symbol.sort, type(REAL)) for symbol in free_symbols(other)):
        return None
    size = len(variables)
    origin = (0,) * size
    units = [tuple(int(index == other_index) for other_index in range(size)) for index in range(size)]
    at_origin = value(origin)
    at_units = [value(unit) for unit in units]
    at_doubles = [value(tuple(2 * number for number in unit)) for unit in units]
    if at_origin is None or None in at_units or None in at_doubles:
        return None
    if at_origin != 0:
        return (0, at_origin) if all(one == at_origin for one in (*at_units, *at_doubles)) else None
    hits = [index for index, one in enumerate(at_units) if one]
    if len(hits) != 1:
        return None
    scale = at_units[hits[0]]
    assert scale is not None
    return (hits[0] + 1, scale) if at_doubles[hits[0]] == 2 * scale else None


__all__ = ["Expansion", "add", "children", "degree", "entries", "expansion", "negate", "solved_constants", "substitute"]
