"""Equal places of the best value: `\\arg\\max_x f(x) = \\arg\\max_x g(x)`, shown by what maximisation does not see.

A constant may be dropped, a positive factor too, a negative one turns the maximum into the minimum; exp and log (of what is positive) are
increasing. Each is a claim about the two functions that is enough for the places to be the same, not needed: nothing is refuted by it.
"""

from __future__ import annotations

from dataclasses import dataclass

from derive.kernel.sorting import is_scalar, sort_of
from derive.kernel.term import (
    ONE,
    ZERO,
    Apply,
    Lambda,
    Symbol,
    Term,
    TermError,
    add,
    equal,
    free_symbols,
    multiply,
    negate,
    substitute,
)

_SIGNS = {"\\operatorname{argmax}": 1, "\\operatorname{argmin}": -1}
_MOST = 6  # proposals for the factor between the two


@dataclass(frozen=True, slots=True)
class Place:
    """The place of the best value of a body over parameters, 1 for the greatest and -1 for the least; `rest` is what else the notation says."""

    sign: int
    parameters: tuple[Symbol, ...]
    body: Term
    rest: tuple[object, ...]


def place(term: Term) -> Place | None:
    """What an arg max or arg min is taken of; None for other terms."""
    if not isinstance(term, Apply) or term.head != "notation":
        return None
    name, *parts = term.arguments
    assert isinstance(name, Symbol)
    word = next((one for one in _SIGNS if name.name.startswith(one)), None)
    if word is None or not parts or not isinstance(parts[0], Lambda) or not is_scalar(sort_of(parts[0].body)):
        return None
    return Place(_SIGNS[word], parts[0].parameters, parts[0].body, (name.name.removeprefix(word), *parts[1:]))


def same_place(left: Place, right: Place) -> list[tuple[Term, str]]:
    """Statements of which each is enough for the places to be the same, with what its proof shows."""
    if [one.sort for one in left.parameters] != [one.sort for one in right.parameters]:
        return []
    rename: dict[Term, Term] = dict(zip(right.parameters, left.parameters, strict=True))
    if not _same_rest(left, right):
        return []
    return same_order(left.body, substitute(right.body, rename), left.parameters, (left.sign, right.sign))


def _same_rest(left: Place, right: Place) -> bool:
    """Whether both are taken over the same: the names may differ."""
    if len(left.rest) != len(right.rest) or left.rest[0] != right.rest[0]:
        return False
    rename: dict[Term, Term] = dict(zip(right.parameters, left.parameters, strict=True))

    def inside(part: object, mapping: dict[Term, Term]) -> object:
        return substitute(part.body, mapping) if isinstance(part, Lambda) else part

    return all(
        inside(one, {}) == inside(other, rename) for one, other in zip(left.rest[1:], right.rest[1:], strict=True)
    )


def same_order(
    first: Term, second: Term, parameters: tuple[Symbol, ...], signs: tuple[int, int] = (1, 1)
) -> list[tuple[Term, str]]:
    """Statements that show that two terms have their best values at the same place: the greatest for the sign 1, the least for -1."""
    try:
        return _same_order(first, second, parameters, signs)
    except TermError:
        return []


def _same_order(
    first: Term, second: Term, parameters: tuple[Symbol, ...], signs: tuple[int, int]
) -> list[tuple[Term, str]]:
    one, positive_one = _below_increasing(first, signs[0])
    other, positive_other = _below_increasing(second, signs[1])
    said = "log and exp are increasing" if (one, other) != (first, second) else ""
    elsewhere: dict[Term, Term] = {symbol: primed(symbol, (first, second)) for symbol in parameters}
    differences = [add(term, negate(substitute(term, elsewhere))) for term in (one, other)]
    sign = signs[0] * signs[1]
    found: list[tuple[Term, str]] = []
    for factor in _factors_between(one, other, parameters, sign):
        scaled = differences[0] if factor == ONE else multiply(factor, differences[0])
        parts = [equal(differences[1], scaled if sign > 0 else negate(scaled)), *positive_one, *positive_other]
        if factor != ONE:
            parts.append(Apply(">", (factor, ZERO)))
        what = "they differ by a constant" if factor == ONE else "they differ by a constant and a positive factor"
        statement = parts[0] if len(parts) == 1 else Apply("and", tuple(parts))
        found.append((statement, "; ".join(part for part in (said, what) if part)))
    return found


def _below_increasing(term: Term, sign: int) -> tuple[Term, list[Term]]:
    """The term without exp and log around it, and what must be positive besides.

    A log has its best value among the places where it is defined. If that is the greatest, it is the greatest everywhere: elsewhere the argument
    is not positive. The least there need not be the least everywhere.
    """
    positive: list[Term] = []
    while isinstance(term, Apply) and term.head in {"exp", "log"}:
        if term.head == "log" and sign < 0:
            positive.append(Apply(">", (term.arguments[0], ZERO)))
        term = term.arguments[0]
    return term, positive


def primed(symbol: Symbol, terms: tuple[Term, ...]) -> Symbol:
    """A symbol like this one that does not occur in the terms."""
    taken = {one.name for term in terms for one in free_symbols(term)}
    name = symbol.name + "'"
    while name in taken:
        name += "'"
    return Symbol(name, symbol.sort)


def _factors_between(first: Term, second: Term, parameters: tuple[Symbol, ...], sign: int) -> list[Term]:
    """Proposals for c > 0 with second = c first + constant: the quotients of the factors that no parameter is in."""
    found: list[Term] = [ONE]
    for one in _constant_factors(first, parameters):
        for other in _constant_factors(second, parameters):
            turned = negate(other) if sign < 0 else other
            for quotient in (Apply("/", (turned, one)), Apply("/", (negate(turned), one))):
                if quotient not in found:
                    found.append(quotient)
    return found[: 2 * _MOST + 1]


def _constant_factors(term: Term, parameters: tuple[Symbol, ...]) -> list[Term]:
    """What a parameter-free factor of each summand is, without repetition."""
    found: list[Term] = []
    summands = term.arguments if isinstance(term, Apply) and term.head == "+" else (term,)
    for summand in summands:
        factor = _constant_factor(summand, set(parameters))
        if factor is not None and factor not in found:
            found.append(factor)
    return found[:3]


def _constant_factor(term: Term, parameters: set[Symbol]) -> Term | None:
    """The product of the factors that no parameter is in; None where there is nothing else."""
    if not free_symbols(term) & parameters:
        return None
    if not isinstance(term, Apply):
        return ONE
    if term.head == "negate":
        return _constant_factor(term.arguments[0], parameters)
    if term.head == "*":
        fixed = [part for part in term.arguments if not free_symbols(part) & parameters]
        moving = [part for part in term.arguments if free_symbols(part) & parameters]
        inner = _constant_factor(moving[0], parameters) if len(moving) == 1 else ONE
        factors = [*fixed, *([] if inner in {None, ONE} else [inner])]
        return multiply(*(factor for factor in factors if factor is not None))
    if term.head == "/" and not free_symbols(term.arguments[1]) & parameters:
        inner = _constant_factor(term.arguments[0], parameters)
        return None if inner is None else Apply("/", (inner, term.arguments[1]))
    return ONE
