"""Values of derivatives and limits, each with the claim that shows it.

What is proposed here is not believed: d body / d x = v stands for body(x + h) = body(x) + v h + o(|h|), a claim that the kernel decides, and a
relation with a derivative replaced by its value is judged only if that claim is proved. Likewise N/D -> v stands for N = v D + o(|h|).
"""

from __future__ import annotations

import re

from derive.kernel.calculus import is_too_long
from derive.kernel.claim import Claim
from derive.kernel.sorting import is_scalar, sort_of
from derive.kernel.term import (
    ELEMENTARY,
    ONE,
    ZERO,
    Apply,
    Function,
    Lambda,
    Number,
    Symbol,
    Term,
    add,
    equal,
    free_symbols,
    heads,
    multiply,
    negate,
    substitute,
    subterms,
)


def derivative(body: Term, variable: Symbol) -> tuple[Term, Claim] | None:
    """The derivative of a term by a number, with the claim that it is that; None where it is not known."""
    if not is_scalar(variable.sort) or not is_scalar(sort_of(body)):
        return None
    value = slope(body, variable)
    if value is None or is_too_long(value):
        return None
    step = fresh_step(body, value)
    there = substitute(body, {variable: add(variable, step)})
    return value, Claim(approximately(there, add(body, multiply(value, step)), step, 1))


def limit(body: Term, variable: Symbol, point: Term) -> tuple[Term, Claim] | None:
    """The value of a limit of a polynomial, or of a quotient of two that vanish, the one below of order 1."""
    if not is_scalar(variable.sort) or variable in free_symbols(point):
        return None
    if free_symbols(body) == {variable} and any(
        isinstance(one, Apply) and one.head in ELEMENTARY for one in subterms(body)
    ):
        return None  # left to the kernel, which knows sin 0 and ln 1
    step = fresh_step(body, point)
    moved = substitute(body, {variable: step if point == ZERO else add(point, step)})
    if isinstance(moved, Apply) and moved.head == "/" and step in free_symbols(moved.arguments[1]):
        above, below = moved.arguments
        slopes = slope(above, step), slope(below, step)
        if slopes[0] is None or slopes[1] is None:
            return None
        top, bottom = (substitute(one, {step: ZERO}) for one in slopes if one is not None)
        value: Term = top if bottom == ONE else Apply("/", (top, bottom))
        if not isinstance(bottom, Number) or bottom.value == 0:
            return None
        if below != step and below != multiply(bottom, step):
            return None  # only where the quotient is visibly defined beside the point
        return value, Claim(approximately(above, multiply(value, below), step, 1))
    value = substitute(moved, {step: ZERO})
    return value, Claim(approximately(moved, value, step, 0))


def from_both_sides(term: Term) -> Term:
    """The term with limits from one side as limits: where the limit exists, so does each of the two, and they are equal. Where it does not, the kernel gives
    it no value, and nothing is said."""
    return _from_both_sides(term) if "notation" in heads(term) else term


def _from_both_sides(term: Term) -> Term:
    if not isinstance(term, Apply):
        return term
    head = term.arguments[0]
    if term.head == "notation" and isinstance(head, Symbol) and _ONE_SIDED.fullmatch(head.name):
        body, name, point = (one.body if isinstance(one, Lambda) else one for one in term.arguments[1:])
        if isinstance(name, Symbol) and name not in free_symbols(point):
            return Apply("limit", (_from_both_sides(body), name, point))
    arguments = tuple(_from_both_sides(argument) for argument in term.arguments)
    return term if arguments == term.arguments else Apply(term.head, arguments)


_ONE_SIDED = re.compile(r"\\lim_\{#2 \\to #3\^\{?[-+]\}?\} #1\*")


def approximately(left: Term, right: Term, step: Symbol, order: int) -> Term:
    """left = right + o(|step|^order)."""
    return Apply("approx", (left, right, step, ZERO, Number(order)))


def fresh_step(*terms: Term) -> Symbol:
    """A symbol for an increment that occurs in none of the terms."""
    taken = {symbol.name for term in terms for symbol in free_symbols(term)}
    name = "step"
    while name in taken:
        name += "'"
    return Symbol(name)


def slope(term: Term, variable: Symbol) -> Term | None:
    """The derivative by a number of polynomials, exp, sin, cos and unknown functions of these; a proposal only."""
    if term == variable:
        return ONE
    if variable not in free_symbols(term):
        return ZERO
    if not isinstance(term, Apply):
        return None
    head, arguments = term.head, term.arguments
    if head == "+":
        parts = [slope(part, variable) for part in arguments]
        return None if None in parts else _sum([part for part in parts if part is not None])
    if head == "negate":
        inner = slope(arguments[0], variable)
        return None if inner is None else ZERO if inner == ZERO else negate(inner)
    if head == "*":
        return _of_product(arguments, variable)
    if head == "/" and variable not in free_symbols(arguments[1]):
        inner = slope(arguments[0], variable)
        return None if inner is None else Apply("/", (inner, arguments[1]))
    if head == "^" and isinstance(arguments[1], Number):
        power, inner = arguments[1].value, slope(arguments[0], variable)
        if inner is None or power.denominator != 1 or power < 1:
            return None
        lowered = arguments[0] if power == 2 else Apply("^", (arguments[0], Number(power - 1)))
        return inner if power == 1 else _product(Number(power), lowered, inner)
    if head in {"exp", "sin", "cos"}:
        inner = slope(arguments[0], variable)
        outer = {"exp": term, "sin": Apply("cos", arguments), "cos": negate(Apply("sin", arguments))}[head]
        return None if inner is None else _product(outer, inner)
    if head == "apply":
        return _of_function(term, variable)
    return None


def _of_product(factors: tuple[Term, ...], variable: Symbol) -> Term | None:
    parts: list[Term] = []
    for index, factor in enumerate(factors):
        inner = slope(factor, variable)
        if inner is None:
            return None
        if inner != ZERO:
            parts.append(_product(*factors[:index], inner, *factors[index + 1 :]))
    return _sum(parts)


def _of_function(term: Apply, variable: Symbol) -> Term | None:
    function, *arguments = term.arguments
    if not isinstance(function, Symbol) or not isinstance(function.sort, Function) or function.sort.order < 1:
        return None
    parts: list[Term] = []
    for index, argument in enumerate(arguments, 1):
        if variable not in free_symbols(argument):
            continue
        inner = slope(argument, variable)
        if inner is None or not is_scalar(function.sort.arguments[index - 1]):
            return None
        outer = Apply("partial", (function, Apply("indices", (Number(index),)), *arguments))
        parts.append(_product(outer, inner))
    return _sum(parts)


def _sum(parts: list[Term]) -> Term:
    there = [part for part in parts if part != ZERO]
    return add(*there) if there else ZERO


def _product(*factors: Term) -> Term:
    if ZERO in factors:
        return ZERO
    return multiply(*(factor for factor in factors if factor != ONE))


# Values of functions at a number, for series there: shown by claims of their own.
_AT: dict[tuple[str, Term], Term] = {
    ("exp", ZERO): ONE,
    ("cos", ZERO): ONE,
    ("sin", ZERO): ZERO,
    ("log", ONE): ZERO,
}


def series(statement: Term) -> tuple[Term, list[Claim]] | None:
    """An approximation at a number, with its left side replaced by its Taylor polynomial there, and the claims that show that it is that.

    The polynomial is shown at any point a, then a is the number: `cos(a + h) = cos a - sin(a) h - cos(a) h^2/2 + o(h^2)`, cos 0 = 1, sin 0 = 0.
    """
    if not isinstance(statement, Apply) or statement.head != "approx":
        return None
    left, right, variable, base, order = statement.arguments
    assert isinstance(order, Number)
    if not isinstance(variable, Symbol) or not is_scalar(variable.sort) or not isinstance(base, Number):
        return None
    lemmas: list[Claim] = []
    polynomials = [_taylor(side, variable, base, int(order.value), lemmas) for side in (left, right)]
    if polynomials[0] is None or polynomials[1] is None:
        return None
    return Apply("approx", (polynomials[0], polynomials[1], variable, base, order)), lemmas


def _taylor(term: Term, variable: Symbol, base: Number, order: int, lemmas: list[Claim]) -> Term | None:
    point, step = fresh_point(term), fresh_step(term)
    parts: list[Term] = []
    coefficient: Term | None = substitute(term, {variable: point})
    factorial = 1
    for power in range(order + 1):
        if coefficient is None:
            return None
        factorial *= max(power, 1)
        scaled = coefficient if factorial == 1 else Apply("/", (coefficient, Number(factorial)))
        parts.append(_product(scaled, *([step] * power)))
        coefficient = slope(coefficient, point) if power < order else None
    polynomial = _sum(parts)
    moved = substitute(term, {variable: add(point, step)})
    lemmas.append(Claim(approximately(moved, polynomial, step, order)))
    there = substitute(polynomial, {point: base, step: variable if base.value == 0 else add(variable, negate(base))})
    return _with_values(there, lemmas)


def _with_values(term: Term, lemmas: list[Claim]) -> Term:
    if not isinstance(term, Apply):
        return term
    value = _AT.get((term.head, term.arguments[0])) if term.arguments else None
    if value is not None:
        lemmas.append(Claim(equal(term, value)))
        return value
    arguments = tuple(_with_values(argument, lemmas) for argument in term.arguments)
    return term if arguments == term.arguments else Apply(term.head, arguments)


def fresh_point(*terms: Term) -> Symbol:
    """A symbol for a point that occurs in none of the terms."""
    taken = {symbol.name for term in terms for symbol in free_symbols(term)}
    name = "point"
    while name in taken:
        name += "'"
    return Symbol(name)


__all__ = ["approximately", "derivative", "fresh_step", "limit", "series", "slope"]
