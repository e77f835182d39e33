"""Differentials and increments: what `dy = a db + b da` says, and which gradient `df = tr(dX A)` gives.

`d x` is a symbol of the sort of x, an increment. `d y` of a quantity or function that depends on others is the difference that their increments make.
A relation that is linear in all of them is meant as differentials are: to first order. Where products of increments are written out they are
finite, and the relation is meant exactly. First order: with every increment multiplied by t, the sides differ by o(t).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeGuard

from derive.elaborate.approximation import degree
from derive.elaborate.sorts import letter_of
from derive.elaborate.terms import Builder, Scope
from derive.elaborate.values import approximately, fresh_step
from derive.kernel.sorting import is_scalar, is_vector, sort_of
from derive.kernel.term import (
    INTEGER,
    ONE,
    REAL,
    Apply,
    Function,
    Matrix,
    Symbol,
    Term,
    add,
    free_symbols,
    heads,
    multiply,
    negate,
    substitute,
    subterms,
)

DIFFERENTIAL = "d "
_CONSTANTS = frozenset(
    {
        *"abcgkmnpqABCDHKMQR",
        "\\alpha",
        "\\beta",
        "\\gamma",
        "\\lambda",
        "\\mu",
        "\\kappa",
        "\\Sigma",
        "\\Lambda",
        "\\epsilon",
        "\\eta",
    }
)
_OF_TERM = "d \\left( #1 \\right)"


def differential_of_term(term: Term) -> Term:
    """The notation for the differential of an expression."""
    return Apply("notation", (Symbol(_OF_TERM, sort_of(term)), term))


def has_differentials(terms: Iterable[Term]) -> bool:
    return any(symbol.name.startswith(DIFFERENTIAL) for term in terms for symbol in free_symbols(term)) or any(
        _is_of_term(part) for term in terms if "notation" in heads(term) for part in subterms(term)
    )


def _is_of_term(part: Term) -> TypeGuard[Apply]:
    return (
        isinstance(part, Apply)
        and part.head == "notation"
        and isinstance(part.arguments[0], Symbol)
        and part.arguments[0].name == _OF_TERM
    )


def depends(scope: Scope, key: str) -> bool:
    """Whether the differential of this name is made by the increments of others."""
    sort = scope.inference.sort(key)
    return isinstance(sort, Function) or any(symbol.name == key for symbol in scope.definitions)


def increments(scope: Scope, term: Term | None = None) -> dict[Symbol, Symbol]:
    """The names that have an increment in the text, with it."""
    found: dict[Symbol, Symbol] = {}
    keys = set(scope.inference.keys)
    if term is not None:
        keys |= {symbol.name for symbol in free_symbols(term)}
    for key in sorted(keys):
        base = key.removeprefix(DIFFERENTIAL)
        if key.startswith(DIFFERENTIAL) and not depends(scope, base):
            found[scope.symbol(base)] = scope.symbol(key)
    return found


def resolved(scope: Scope, term: Term, others: Iterable[Symbol] = ()) -> Term | None:
    """The term with the differentials of what depends on others as differences; None where these cannot be told. `others` move too."""
    moving = increments(scope, term) | {one: Symbol(DIFFERENTIAL + one.name, one.sort) for one in others}
    moved: dict[Term, Term] = {symbol: add(symbol, step) for symbol, step in moving.items()}

    def difference(value: Term) -> Term | None:
        inside = scope.unfold(value)
        if not free_symbols(inside) & set(moving):
            return None
        return add(substitute(inside, moved), negate(inside))

    mapping: dict[Term, Term] = {}
    for part in subterms(term):
        value: Term | None = None
        if _is_of_term(part):
            value = part.arguments[1]
        elif isinstance(part, Symbol) and part.name.startswith(DIFFERENTIAL) and part not in scope.definitions:
            key = part.name.removeprefix(DIFFERENTIAL)
            if not depends(scope, key):
                continue
            symbol = scope.symbol(key)
            value = symbol
            if isinstance(symbol.sort, Function):
                header = Builder(scope).header(key)
                value = None if header is None else Apply("apply", (symbol, *header))
        else:
            continue
        found = None if value is None else difference(value)
        if found is None:
            return None
        mapping[part] = found
    return substitute(term, mapping)


def is_linear(sides: Iterable[Term]) -> bool:
    """Whether what is written is linear in all differentials, those of dependent quantities too."""
    for side in sides:
        shown = substitute(
            side,
            {part: Symbol(f"{DIFFERENTIAL}{index}") for index, part in enumerate(subterms(side)) if _is_of_term(part)},
        )
        found = degree(shown, frozenset(one for one in free_symbols(shown) if one.name.startswith(DIFFERENTIAL)))
        if found is None or found > 1:
            return False
    return True


def of_whole_products(statement: Term) -> Term | None:
    """The relation with d taken of the whole product where a side begins with a differential and goes on with what has none: d u v = u dv + v du; None of others."""
    if not isinstance(statement, Apply):
        return None
    sides = tuple(map(_of_whole_product, statement.arguments))
    return None if sides == statement.arguments else Apply(statement.head, sides)


def _of_whole_product(side: Term) -> Term:
    if not isinstance(side, Apply) or side.head not in {"*", "inner"} or has_differentials(side.arguments[1:]):
        return side
    first = side.arguments[0]
    inner = first.arguments[0] if isinstance(first, Apply) and first.head == "transpose" else first
    if not _is_differential(inner) or not isinstance(inner, Symbol):
        return side
    base = Symbol(inner.name.removeprefix(DIFFERENTIAL), inner.sort)
    return differential_of_term(Apply(side.head, (substitute(first, {inner: base}), *side.arguments[1:])))


def are_elements(sides: Sequence[Term]) -> bool:
    """dx dy = r dr d\\theta, dA = dx dy: elements of area or volume, rather than products of increments."""
    found = [_is_element(side) for side in sides]
    return any(found) and all(one or _is_differential(side) for one, side in zip(found, sides, strict=True))


def _is_element(side: Term) -> bool:
    if not isinstance(side, Apply):
        return False
    if side.head == "negate":
        return _is_element(side.arguments[0])
    return side.head == "*" and len({one for one in _factors(side) if _is_differential(one)}) > 1


def are_forms(sides: Iterable[Term]) -> bool:
    """Whether all terms are of degree two in differentials: ds^2 = dr^2 + r^2 d\\theta^2."""
    terms = [
        part for side in sides for part in (side.arguments if isinstance(side, Apply) and side.head == "+" else (side,))
    ]
    return all(degree(one, frozenset(filter(_is_differential, free_symbols(one)))) == 2 for one in terms)


def _factors(term: Term) -> list[Term]:
    if isinstance(term, Apply) and term.head == "*":
        return [part for one in term.arguments for part in _factors(one)]
    return [term]


def _is_differential(term: Term) -> bool:
    return isinstance(term, Symbol) and term.name.startswith(DIFFERENTIAL)


def perhaps_moving(scope: Scope, written: Iterable[Term]) -> list[Symbol]:
    """The letters without an increment in what depends on others that have one, which may move too: y of z = x y in dz = y dx, and in d(x y) = y dx. What is declared
    does not, nor do the usual letters of constants beside others: k and A of d(k x) and d(A x)."""
    written = list(written)
    differentials = {one for term in written for one in free_symbols(term) if _is_differential(one)}
    bases = {scope.symbol(one.name.removeprefix(DIFFERENTIAL)) for one in differentials}
    made = [scope.unfold(one) for one in bases if one in scope.definitions]
    made += [part.arguments[1] for term in written for part in subterms(term) if _is_of_term(part)]
    moving = {one.name for one in bases if one not in scope.definitions}
    held = {one for term in made for one in free_symbols(term)} - {*increments(scope), *bases}
    constants = _CONSTANTS if all(letter_of(name) not in _CONSTANTS for name in moving) else frozenset[str]()
    found = [
        one
        for one in held
        if not isinstance(one.sort, Function) and one.sort != INTEGER
        if letter_of(one.name) not in constants and one.name not in scope.inference.declared
    ]
    return sorted(found, key=lambda one: one.name) if moving else []


def first_order(left: Term, right: Term, small: Iterable[Symbol] = (), order: int = 1) -> Term | None:
    """left = right up to o(t^order), every increment being t times what it is; None where nothing is small."""
    both = free_symbols(left) | free_symbols(right)
    steps = [
        symbol for symbol in sorted(both, key=lambda one: one.name) if is_increment(symbol) or symbol in set(small)
    ]
    if not steps:
        return None
    t = fresh_step(left, right)
    scaled: dict[Term, Term] = {step: multiply(t, step) for step in steps}
    return approximately(substitute(left, scaled), substitute(right, scaled), t, order)


def is_increment(symbol: Symbol) -> bool:
    """A differential, or a difference written with a Delta: dx, \\Delta x, \\vec{\\Delta}."""
    return symbol.name.startswith((DIFFERENTIAL, "\\Delta ")) or "\\Delta" in symbol.name


def along_a_curve(scope: Scope, statement: Term, others: Iterable[Symbol] = ()) -> tuple[Term, dict[Term, Term]] | None:
    """The statement with all that moves as functions of a number and differentials as derivatives by it, and what stands for what.

    Every point and every increment are those of a curve, so that a relation that is linear in differentials holds of these exactly if it holds along
    every curve. What moves are the names with a differential, `others`, and the functions of a number that are written without it. None where the relation is not
    linear, where only numbers move, or where nothing is taken the differential of.
    """
    parts = [part for part in subterms(statement) if _is_of_term(part)]
    named = [one for one in free_symbols(statement) if one.name.startswith(DIFFERENTIAL)]
    if not parts or not isinstance(statement, Apply) or not is_linear(statement.arguments):
        return None
    if any(depends(scope, one.name.removeprefix(DIFFERENTIAL)) for one in named):
        return None
    bases = {Symbol(one.name.removeprefix(DIFFERENTIAL), one.sort): one for one in named}
    inner = [part.arguments[1] for part in parts]
    moving = {*bases, *others, *(one for one in inner if isinstance(one, Symbol))}
    parameters = {
        one
        for part in subterms(statement)
        if isinstance(part, Apply) and part.head == "apply" and is_function_of_number(part)
        for one in part.arguments[1:]
    }
    if parameters & moving or len(parameters) > 1 or (all(is_scalar(one.sort) for one in moving) and not parameters):
        return None
    names = {one.name for one in free_symbols(statement)}
    fresh = next((Symbol(letter) for letter in "ts" if letter not in names), fresh_step(statement))
    parameter = parameters.pop() if parameters else fresh
    if not isinstance(parameter, Symbol):
        return None
    points: dict[Term, Term] = {}
    steps: dict[Term, Term] = {}
    for symbol in moving:
        curve = Symbol(symbol.name, Function((REAL,), symbol.sort, 1))
        points[symbol] = Apply("apply", (curve, parameter))
        if symbol in bases:
            steps[bases[symbol]] = Apply("partial", (curve, Apply("indices", (ONE,)), parameter))
    mapping: dict[Term, Term] = {
        part: Apply("derivative", (substitute(part.arguments[1], points), parameter)) for part in parts
    }
    if any(parameter not in free_symbols(value) for value in mapping.values()):
        return None
    return substitute(statement, {**points, **steps, **mapping}), points


def is_function_of_number(value: Apply) -> bool:
    """Whether this is the value of a declared function of one number that is a vector or a matrix."""
    sort = value.arguments[0].sort if isinstance(value.arguments[0], Symbol) else None
    return isinstance(sort, Function) and sort.arguments == (REAL,) and not is_scalar(sort.result)


def gradient_statement(value: Term, variable: Symbol, gradient: Term, transposed: bool) -> Term | None:
    """The claim that a value has this gradient: value(X + t D) = value(X) + t <gradient, D> + o(t), for every D."""
    if not isinstance(variable.sort, Matrix) or is_scalar(variable.sort):
        return None
    taken = {symbol.name for term in (value, gradient) for symbol in free_symbols(term)}
    name = DIFFERENTIAL + variable.name
    while name in taken:
        name += "'"
    direction = Symbol(name, variable.sort)
    t = fresh_step(value, gradient)
    there = substitute(value, {variable: add(variable, multiply(t, direction))})
    paired = multiply(t, pairing(gradient, direction, transposed))
    return approximately(there, add(value, paired), t, 1)


def pairing(gradient: Term, direction: Symbol, transposed: bool) -> Term:
    """<gradient, direction>: the sum of the products of their entries; `transposed`: the gradient is written so."""
    if is_scalar(direction.sort):
        return multiply(gradient, direction)
    if is_vector(direction.sort):
        return Apply("inner", (gradient, direction))
    first = gradient if transposed else Apply("transpose", (gradient,))
    return Apply("trace", (multiply(first, direction),))


def gradient_from_differential(value: Term, step: Symbol, gradient: Term, transposed: bool) -> Term:
    """The claim that a differential, linear in the step, is <gradient, step>: the gradient is its coefficient."""
    t = fresh_step(value, gradient, step)
    scaled: dict[Term, Term] = {step: multiply(t, step)}
    return approximately(substitute(value, scaled), multiply(t, pairing(gradient, step, transposed)), t, 1)


__all__ = [
    "are_elements",
    "are_forms",
    "depends",
    "differential_of_term",
    "first_order",
    "gradient_statement",
    "has_differentials",
    "increments",
    "is_increment",
    "is_linear",
    "of_whole_products",
    "perhaps_moving",
    "resolved",
]
