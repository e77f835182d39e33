"""Derivatives at a point, and expansions at a number to any order, by limits.

f'(p) is the limit of (f(p + h) - f(p))/h, and the n-th derivative of f at a number a the v for which f(x) - (c_0 + ... + v (x - a)^n/n!) is o((x - a)^n),
c_k being the derivatives before it. A value is only proposed here: the limit that shows it is a claim of its own. f = g + o((x - a)^n) means that
(f - g)/(x - a)^n tends to 0, and then so does (f - g)/(x - a)^k for every lower k.
"""

from __future__ import annotations

from collections.abc import Callable
from math import factorial

from derive.elaborate.values import fresh_step
from derive.kernel.calculus import is_too_long, slope_of
from derive.kernel.certificate import Rejected
from derive.kernel.claim import Claim
from derive.kernel.sorting import is_scalar, sort_of
from derive.kernel.term import (
    REAL,
    ZERO,
    Apply,
    Number,
    Symbol,
    Term,
    add,
    equal,
    free_symbols,
    multiply,
    substitute,
    subtract,
)

MAXIMUM_ORDER = 8


def value_at(body: Term, variable: Symbol, point: Term, count: int) -> tuple[Term, Claim] | None:
    """The derivative of this order at a number, with the claim that shows it; None where there are other letters, or a rule is missing."""
    alone = free_symbols(body) == {variable} and not free_symbols(point)
    if not alone or variable.sort != REAL or not is_scalar(sort_of(body)) or not 1 <= count <= MAXIMUM_ORDER:
        return None
    increment = variable if point == ZERO else subtract(variable, point)
    parts: list[Term] = []
    value, there = body, body
    for power in range(count + 1):
        value = substitute(there, {variable: point})
        parts.append(_scaled(value, increment, power))
        if power < count:
            try:
                there, _ = slope_of(there, variable)
            except Rejected:
                return None
    return value, Claim(equal(_quotient(subtract(body, add(*parts)), increment, count, variable, point), ZERO))


def limits(statement: Term) -> tuple[Term, ...]:
    """An approximation of one number at a number as a limit, the first, and what follows from it; nothing where it is of another kind."""
    if not isinstance(statement, Apply) or statement.head != "approx":
        return ()
    left, right, variable, base, order = statement.arguments
    assert isinstance(order, Number)
    if not isinstance(variable, Symbol) or variable.sort != REAL or not isinstance(base, Number):
        return ()
    both = free_symbols(left) | free_symbols(right)
    if both != {variable} or not is_scalar(sort_of(left)) or order.value > MAXIMUM_ORDER:
        return ()
    increment = variable if base == ZERO else subtract(variable, base)
    difference = subtract(left, right)
    orders = range(int(order.value), -1, -1)
    return tuple(equal(_quotient(difference, increment, power, variable, base), ZERO) for power in orders)


def placed(term: Term, mapping: dict[Term, Term], unfold: Callable[[Term, Symbol], Term], lemmas: list[Claim]) -> Term:
    """The term with its derivatives by the symbols of the mapping as they are at its points; as it stands where that is not known.

    What is differentiated is unfolded beside the variable first: y = x^2 moves with x.
    """
    if not isinstance(term, Apply):
        return term
    if term.head == "derivative" and term.arguments[1] in mapping:
        count, body, variable = 1, term.arguments[0], term.arguments[1]
        while isinstance(body, Apply) and body.head == "derivative" and body.arguments[1] == variable:
            count, body = count + 1, body.arguments[0]
        assert isinstance(variable, Symbol)
        found = _placed(unfold(body, variable), variable, mapping[variable], count, lemmas)
        return term if found is None else found
    arguments = tuple(placed(argument, mapping, unfold, lemmas) for argument in term.arguments)
    return term if arguments == term.arguments else Apply(term.head, arguments)


def _placed(body: Term, variable: Symbol, point: Term, count: int, lemmas: list[Claim]) -> Term | None:
    if variable.sort != REAL or is_too_long(body) or not is_scalar(sort_of(body)):
        return None
    if isinstance(point, Symbol) and point.sort == REAL and point not in free_symbols(body):
        found = substitute(body, {variable: point})
        for _ in range(count):
            found = Apply("derivative", (found, point))
        return found
    value = value_at(body, variable, point, count)
    if value is not None:
        lemmas.append(value[1])
        return value[0]
    slope = _everywhere(body, variable, count)
    if slope is not None:
        derivative: Term = body
        for _ in range(count):
            derivative = Apply("derivative", (derivative, variable))
        lemmas.append(Claim(equal(derivative, slope)))
        return substitute(slope, {variable: point})
    if count > 1:
        return None
    step = fresh_step(body, point)
    moved = substitute(body, {variable: add(point, step)})
    return _quotient(subtract(moved, substitute(body, {variable: point})), step, 1, step, ZERO)


def _everywhere(body: Term, variable: Symbol, count: int) -> Term | None:
    """The derivative of this order of what has one at every number."""
    for _ in range(count):
        try:
            body, conditions = slope_of(body, variable)
        except Rejected:
            return None
        if conditions:
            return None
    return body


def _scaled(value: Term, increment: Term, power: int) -> Term:
    """The term of a Taylor polynomial."""
    if power == 0:
        return value
    whole = multiply(value, increment if power == 1 else Apply("^", (increment, Number(power))))
    return whole if power == 1 else Apply("/", (whole, Number(factorial(power))))


def _quotient(above: Term, increment: Term, power: int, variable: Symbol, point: Term) -> Term:
    """The limit of above / increment^power."""
    below = increment if power == 1 else Apply("^", (increment, Number(power)))
    return Apply("limit", (above if power == 0 else Apply("/", (above, below)), variable, point))
