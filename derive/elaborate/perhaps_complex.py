r"""Letters of which an equation says that they are perhaps no real numbers, and what a claim says of complex ones.

The roots of a characteristic equation, \lambda^2 - T \lambda + D = 0, may be complex; what a square equals that is below 0 is an imaginary number or the length of a form, k^2 = -\kappa^2,
ds^2 = -c^2 dt^2 + dx^2. That the square of a real number is not negative says nothing there: what is proved of such a letter must be true of x + i y too, with real x and y.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import lcm

from derive.elaborate.sorts import letter_of
from derive.elaborate.units import replaced
from derive.kernel.claim import Claim
from derive.kernel.real_roots import Sturm, primitive, square_free
from derive.kernel.sorting import is_scalar
from derive.kernel.term import (
    ONE,
    ORDERS,
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
    negate,
    subterms,
    subtract,
)

Monomial = tuple[tuple[Symbol, int], ...]
Gaussian = tuple[Fraction, Fraction]  # x + i y

# The unknown of a characteristic equation; the length of a form; letters that mostly are real unknowns.
_ROOTS = frozenset({"\\lambda", "s", "r"})
_LENGTHS = frozenset({"s", "\\tau", "d s", "d \\tau"})
_REAL = frozenset("abcuvwxyz")
_MOST_TERMS = 40
_HIGHEST_POWER = 8


def perhaps_complex(hypotheses: Iterable[Term], known: Iterable[str]) -> dict[Term, frozenset[Symbol]]:
    """The equations of which letters may be complex numbers, with these; none of which are known, or ordered."""
    hypotheses = list(hypotheses)
    ordered = {one.name for order in hypotheses if _is_order(order) for one in free_symbols(order)}
    real = {*known, *ordered}
    found = {
        one: frozenset(symbol for symbol in _letters(one) if symbol.name not in real)
        for one in hypotheses
        if isinstance(one, Apply) and one.head == "="
    }
    return {one: letters for one, letters in found.items() if letters}


def _is_order(statement: Term) -> bool:
    return isinstance(statement, Apply) and statement.head in ORDERS


def _letters(equation: Apply) -> set[Symbol]:
    """The symbols of an equation that may be complex."""
    if not all(is_scalar(one.sort) for one in free_symbols(equation)):
        return set()
    expanded = _expanded(subtract(*equation.arguments), frozenset())
    if not expanded:
        return set()
    difference = {monomial: real for monomial, (real, _) in expanded.items()}
    symbols = {symbol for monomial in difference for symbol, _ in monomial}
    found = {one for one in symbols if letter_of(one.name) in _ROOTS and _has_complex_roots(equation, difference, one)}
    squares = [monomial for monomial in difference if monomial and all(exponent % 2 == 0 for _, exponent in monomial)]
    if len(squares) < len(difference) or len(difference) < 2:
        return found
    if len({value > 0 for value in difference.values()}) == 1:  # k^2 = -\kappa^2; x^2 + y^2 = 0 leaves x = 0
        zero = ZERO in equation.arguments
        found |= symbols if not zero or any(letter_of(one.name) not in _REAL for one in symbols) else set()
    lone = equation.arguments[0]
    if isinstance(lone, Apply) and lone.head == "^" and any(value > 0 for value in difference.values()):
        found |= {one for one in free_symbols(lone) if letter_of(one.name) in _LENGTHS and _is_form(difference, one)}
    return found


def _is_form(difference: dict[Monomial, Fraction], length: Symbol) -> bool:
    """Whether a square is equated with squares of which some are subtracted."""
    own = difference.get(((length, 2),), Fraction(0))
    return any(value * own > 0 for monomial, value in difference.items() if monomial != ((length, 2),))


def _has_complex_roots(equation: Apply, difference: dict[Monomial, Fraction], unknown: Symbol) -> bool:
    """Whether an equation of degree two or more may have roots that are not real."""
    powers = {exponent for monomial in difference for symbol, exponent in monomial if symbol == unknown}
    if not powers or max(powers) < 2:
        return False
    if any(symbol != unknown for monomial in difference for symbol, _ in monomial):
        return ZERO in equation.arguments and any(all(one != unknown for one, _ in monomial) for monomial in difference)
    shared = lcm(*(value.denominator for value in difference.values()))
    coefficients = [
        int(difference.get(((unknown, power),) if power else (), Fraction(0)) * shared)
        for power in range(max(powers) + 1)
    ]
    simple = square_free(primitive(coefficients))
    return len(Sturm(simple).isolated()) < len(simple) - 1


def _expanded(term: Term, letters: frozenset[Symbol]) -> dict[Monomial, Gaussian] | None:
    """A polynomial in its symbols with rational coefficients, and with x + i y in the place of these letters; None of anything else, and of what is long."""
    if isinstance(term, Number):
        return {(): (Fraction(term.value), _NONE)} if term.value else {}
    if isinstance(term, Symbol):
        if term not in letters:
            return {((term, 1),): (_ONE, _NONE)}
        real, imaginary = (Symbol(f"{term.name}#{part}", REAL) for part in ("x", "y"))
        return {((real, 1),): (_ONE, _NONE), ((imaginary, 1),): (_NONE, _ONE)}
    if not isinstance(term, Apply):
        return None
    arguments = term.arguments
    if term.head == "^" and isinstance(arguments[1], Number):
        exponent = arguments[1].value
        if exponent.denominator != 1 or not 0 < exponent <= _HIGHEST_POWER:
            return None
        arguments = arguments[:1] * int(exponent)
    parts = [one for one in (_expanded(one, letters) for one in arguments) if one is not None]
    if len(parts) < len(arguments) or term.head not in {"+", "negate", "*", "/", "^"}:
        return None
    if term.head == "negate":
        return _product({(): (-_ONE, _NONE)}, parts[0])
    if term.head == "/":
        divisor = parts[1].get((), (_NONE, _NONE))
        return _product({(): (1 / divisor[0], _NONE)}, parts[0]) if len(parts[1]) == 1 and divisor[0] else None
    found: dict[Monomial, Gaussian] = {} if term.head == "+" else {(): (_ONE, _NONE)}
    for one in parts:
        found = _collected((*found.items(), *one.items())) if term.head == "+" else _product(found, one)
        if len(found) > _MOST_TERMS:
            return None
    return found


_ONE, _NONE = Fraction(1), Fraction(0)


def _collected(terms: Iterable[tuple[Monomial, Gaussian]]) -> dict[Monomial, Gaussian]:
    found: dict[Monomial, Gaussian] = {}
    for monomial, (real, imaginary) in terms:
        before = found.get(monomial, (_NONE, _NONE))
        found[monomial] = before[0] + real, before[1] + imaginary
    return {monomial: value for monomial, value in found.items() if any(value)}


def _product(left: dict[Monomial, Gaussian], right: dict[Monomial, Gaussian]) -> dict[Monomial, Gaussian]:
    terms: list[tuple[Monomial, Gaussian]] = []
    for one, (a, b) in left.items():
        for other, (c, d) in right.items():
            exponents = dict(one)
            for symbol, exponent in other:
                exponents[symbol] = exponents.get(symbol, 0) + exponent
            monomial = tuple(sorted(exponents.items(), key=lambda pair: pair[0].name))
            terms.append((monomial, (a * c - b * d, a * d + b * c)))
    return _collected(terms)


def of_complex(claim: Claim, letters: frozenset[Symbol]) -> Claim | None:
    """The claim with x + i y in the place of these letters, written as its real and its imaginary part; hypotheses that are no polynomials are left out. None where it is none itself."""
    statement = _in_parts(claim.statement, letters)
    if statement is None:
        return None
    hypotheses: list[Term] = []
    for one in claim.hypotheses:
        parts = _in_parts(one, letters)
        if parts is not None:
            hypotheses += parts.arguments if isinstance(parts, Apply) and parts.head == "and" else (parts,)
    return Claim(statement, tuple(hypotheses), claim.constants)


def over_complex(statements: Sequence[Term]) -> tuple[Term, ...] | None:
    """Statements with complex numbers for all letters that are not ordered; None if one of them is no relation between polynomials, or all are linear."""
    statements = _without_exponential(statements)
    ordered = frozenset[Symbol]().union(*(free_symbols(one) for one in statements if _is_order(one)))
    letters = frozenset(
        one for statement in statements for one in free_symbols(statement) if one.sort == REAL and one not in ordered
    )
    if not any(_multiplies(part) for one in statements for part in subterms(one)):
        return None  # what real numbers do not satisfy
    found = [_in_parts(one, letters) for one in statements]
    return tuple(one for one in found if one is not None) if letters and None not in found else None


def _without_exponential(statements: Sequence[Term]) -> Sequence[Term]:
    """e^\\lambda = -1 with a number that is not 0 for the exponential, if it is a side and its letters stand nowhere else: every such number is one of a complex exponent."""
    found = {part for one in statements for part in subterms(one) if isinstance(part, Apply) and part.head == "exp"}
    if len(found) != 1:
        return statements
    (exponential,) = found
    alone = (isinstance(one, Apply) and one.head == "=" and exponential in one.arguments for one in statements)
    if not any(alone) or any(isinstance(one, Apply) and ZERO in one.arguments for one in statements):
        return statements
    value = Symbol("e#", REAL)
    written = [replaced(one, {exponential: value}) for one in statements]
    if free_symbols(exponential) & frozenset[Symbol]().union(*map(free_symbols, written)):
        return statements
    return (*written, Apply("!=", (multiply(value, value), ZERO)))


def _multiplies(part: Term) -> bool:
    if not isinstance(part, Apply) or part.head not in {"*", "^", "/"}:
        return False
    return part.head != "*" or sum(1 for one in part.arguments if free_symbols(one)) > 1


def _in_parts(statement: Term, letters: frozenset[Symbol]) -> Term | None:
    if not free_symbols(statement) & letters:
        return statement
    if not isinstance(statement, Apply):
        return None
    if statement.head in {"and", "or", "not", "implies"}:
        parts = [_in_parts(one, letters) for one in statement.arguments]
        found = tuple(one for one in parts if one is not None)
        return Apply(statement.head, found) if len(found) == len(parts) else None
    if statement.head not in {"=", "!=", *ORDERS}:
        return None
    difference = _expanded(subtract(*statement.arguments), letters)
    if difference is None and statement.head in {"=", "!="}:
        difference = _expanded(_numerator(subtract(*statement.arguments)), letters)
    if difference is None:
        return None
    real, imaginary = (
        _polynomial({one: value[part] for one, value in difference.items() if value[part]}) for part in (0, 1)
    )
    if statement.head == "!=":
        return Apply("or", (Apply("!=", (real, ZERO)), Apply("!=", (imaginary, ZERO))))
    return Apply("and", (Apply(statement.head, (real, ZERO)), equal(imaginary, ZERO)))


def _numerator(term: Term) -> Term:
    """The numerator of a sum of a few fractions, over the product of all denominators: x^2 + 1 of x + 1/x."""
    parts = [_numerator_and_denominator(one) for one in _terms(term)]
    if sum(below != ONE for _, below in parts) > _MOST_FRACTIONS:
        return term
    return add(
        *(
            multiply(above, *(below for other, (_, below) in enumerate(parts) if other != index and below != ONE))
            for index, (above, _) in enumerate(parts)
        )
    )


_MOST_FRACTIONS = 4


def _terms(term: Term) -> list[Term]:
    """The terms of a sum, with their signs."""
    if isinstance(term, Apply) and term.head == "+":
        return [part for one in term.arguments for part in _terms(one)]
    if isinstance(term, Apply) and term.head == "negate":
        return [negate(one) for one in _terms(term.arguments[0])]
    return [term]


def _numerator_and_denominator(term: Term) -> tuple[Term, Term]:
    if isinstance(term, Apply) and term.head == "negate":
        above, below = _numerator_and_denominator(term.arguments[0])
        return negate(above), below
    if isinstance(term, Apply) and term.head == "/" and free_symbols(term.arguments[1]):
        return term.arguments[0], term.arguments[1]
    return term, ONE


def _polynomial(coefficients: dict[Monomial, Fraction]) -> Term:
    return add(
        *(
            multiply(Number(value), *(Apply("^", (one, Number(exponent))) for one, exponent in monomial))
            for monomial, value in coefficients.items()
        )
    )
