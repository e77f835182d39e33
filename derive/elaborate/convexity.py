"""What "convex", "L-smooth" and "mu-strongly convex" say of a function: the inequalities that define them, for all points.

Of a differentiable function convexity is said by its tangents, otherwise by its chords. L-smooth: differentiable, and the gradient is Lipschitz
continuous with the constant L; that this bounds the function from above by quadratic functions is proved where it is used (`decide/smoothness.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from derive.kernel.calculus import slope_of
from derive.kernel.sorting import is_scalar, sort_of
from derive.kernel.term import (
    ONE,
    REAL,
    TWO,
    ZERO,
    Apply,
    Function,
    Matrix,
    Symbol,
    Term,
    add,
    multiply,
    subtract,
)

MEASURED = re.compile(r"(?P<constant>\S+?)-(?P<kind>smooth|strongly convex)")


def is_kind_of_function(kind: str) -> bool:
    """Whether the inequalities of a property are known."""
    return kind == "convex" or MEASURED.fullmatch(kind) is not None


def facts_of_function(function: Symbol, kinds: Iterable[str]) -> list[Term] | None:
    """The inequalities of the properties of a function of one number or vector; None where there are none to say."""
    sort = function.sort
    if not isinstance(sort, Function) or len(sort.arguments) != 1 or not is_scalar(sort.result):
        return None
    domain = sort.arguments[0]
    vector = isinstance(domain, Matrix) and 1 in {domain.rows, domain.columns}
    if not vector and domain != REAL:
        return None
    first: list[Term] = []
    last: list[Term] = []
    for kind in kinds:
        match = MEASURED.fullmatch(kind)
        if kind != "convex" and match is None:
            return None
        constant = Symbol(match.group("constant"), REAL) if match is not None else None
        names = [
            name for name in ("x", "y", "z", "t", "u", "v") if name not in {function.name, constant and constant.name}
        ]
        x, y, t = Symbol(names[0], domain), Symbol(names[1], domain), Symbol("t" if "t" in names else "s", REAL)
        if constant is not None:
            first.append(Apply(">", (constant, ZERO)))
        if match is not None and match.group("kind") == "smooth":
            if not sort.order:
                return None
            change = subtract(_slope(function, x), _slope(function, y))
            bound = multiply(Apply("^", (constant, TWO)), _square(subtract(x, y))) if constant is not None else ZERO
            last.append(for_all((x, y), Apply("<=", (_square(change), bound))))
        elif sort.order:
            first.append(for_all((x, y), Apply(">=", (_at(function, y), _above_tangent(function, x, y, constant)))))
        else:
            first.append(_chord(function, (x, y, t), constant))
    return [*first, *last]


def _at(function: Symbol, point: Term) -> Term:
    return Apply("apply", (function, point))


def _slope(function: Symbol, point: Symbol) -> Term:
    """The derivative or gradient."""
    return (
        Apply("gradient", (function, point))
        if isinstance(point.sort, Matrix)
        else slope_of(_at(function, point), point)[0]
    )


def _square(term: Term) -> Term:
    number = is_scalar(sort_of(term))
    return Apply("^", (term if number else Apply("norm", (term,)), TWO))


def _above_tangent(function: Symbol, x: Symbol, y: Symbol, constant: Symbol | None) -> Term:
    """f(x) + grad f(x) . (y - x) + c/2 |y - x|^2"""
    step = subtract(y, x)
    slope = _slope(function, x)
    linear = Apply("inner", (slope, step)) if isinstance(x.sort, Matrix) else multiply(slope, step)
    bend = () if constant is None else (multiply(Apply("/", (constant, TWO)), _square(step)),)
    return add(_at(function, x), linear, *bend)


def _chord(function: Symbol, symbols: tuple[Symbol, Symbol, Symbol], constant: Symbol | None) -> Term:
    """f(t x + (1 - t) y) <= t f(x) + (1 - t) f(y) - c/2 t (1 - t) |x - y|^2 for t from 0 to 1"""
    x, y, t = symbols
    rest = subtract(ONE, t)
    between = add(multiply(t, x), multiply(rest, y))
    above = add(multiply(t, _at(function, x)), multiply(rest, _at(function, y)))
    if constant is not None:
        above = subtract(above, multiply(Apply("/", (constant, TWO)), t, rest, _square(subtract(x, y))))
    statement: Term = Apply("<=", (_at(function, between), above))
    for premise in (Apply("<=", (t, ONE)), Apply("<=", (ZERO, t))):
        statement = Apply("implies", (premise, statement))
    return for_all(symbols, statement)


def for_all(variables: tuple[Symbol, ...], statement: Term) -> Term:
    """A statement for all values of its variables."""
    for variable in reversed(variables):
        statement = Apply("forall", (statement, variable))
    return statement
