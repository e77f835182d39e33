"""Words that cannot make a false equation true: what they say of a number leaves an open set of values.

"A probability q", "positive", "증가" restrict the values of a number to a range; "independent observations" say nothing of values at all. Where both sides of an
equation are analytic in the numbers that the words may restrict, on a connected domain, and the equation fails at one point, it fails on a dense open set (the
identity theorem): in every range there are points at which it fails. So such a word takes no refutation away; only a witness within the range is asked for. It
does where an equation in scope ties the numbers together, for on a curve the theorem says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from derive.elaborate.doubt import Doubt, letters_of_latex
from derive.kernel.claim import Claim
from derive.kernel.sorting import is_scalar, is_vector
from derive.kernel.term import (
    INTEGER,
    ONE,
    ORDERS,
    REAL,
    TWO,
    ZERO,
    Apply,
    Constant,
    Function,
    Matrix,
    Number,
    Symbol,
    Term,
    free_symbols,
)

_OPEN = frozenset({"!=", *ORDERS})
_NEGATIVE = re.compile(r"(?<!non)(?<!non-)negative|음수|음의", re.IGNORECASE)


def only_narrows(doubt: Doubt, claims: Iterable[Claim]) -> bool:
    """Whether what a doubt may say leaves points at which each claim fails, if it fails at all."""
    return bool(doubt.narrows or doubt.measures) and all(_leaves_points(doubt, claim) for claim in claims)


def range_asked_for(doubt: Doubt, symbol: Symbol) -> tuple[Term, ...]:
    """Where a witness is asked for, of a number that a word narrows: between 0 and 1, or -1 and 0."""
    low, high = (Apply("negate", (ONE,)), ZERO) if _NEGATIVE.search(doubt.reason) else (ZERO, ONE)
    return Apply(">", (symbol, low)), Apply("<", (symbol, high))


def touched_symbols(doubt: Doubt, term: Term) -> list[Symbol]:
    """The symbols of a term of which a doubt may say something."""
    found = (one for one in free_symbols(term) if doubt.touches(letters_of_latex(one.name)))
    return sorted(found, key=lambda one: one.name)


def _leaves_points(doubt: Doubt, claim: Claim) -> bool:
    statement = claim.statement
    touched = touched_symbols(doubt, statement)
    kinds = doubt.narrows
    if "of functions" in kinds and not any(isinstance(one.sort, Function) and not _is_family(one) for one in touched):
        kinds -= {"of functions"}
    if "of arrays" in kinds and not any(isinstance(one.sort, Matrix) and not is_vector(one.sort) for one in touched):
        kinds -= {"of arrays"}
    if doubt.narrows and not kinds:
        return True
    if kinds & {"of functions", "of arrays"}:
        return False
    if claim.constants or not all(one.sort in {REAL, INTEGER} or _is_family(one) for one in touched):
        return False
    if "constant" in kinds and _has(statement, {"derivative", "partial", "gradient", "approx"}):
        return False
    if "probability" in kinds and (len(touched) > 1 or any(_is_family(one) for one in touched)):
        return False  # p + q = 1
    of_signs = "no value" in kinds and _has(statement, {"sqrt", "root", "abs"})  # the root of sigma^2 is sigma
    if kinds <= {"no value", "constant"} and not (doubt.measures or of_signs):
        return True
    if not (isinstance(statement, Apply) and statement.head == "=") or any(one.sort == INTEGER for one in touched):
        return False
    return not _thin(doubt, claim) and all(_is_analytic(side, frozenset(touched)) for side in statement.arguments)


def _thin(doubt: Doubt, claim: Claim) -> list[Term]:
    """The hypotheses of the claim about symbols that the doubt touches that may hold on a set without interior. What only gives a value to a symbol that
    stands nowhere else is none: it holds on a graph over the other symbols."""
    open_ones = [one for one in claim.hypotheses if not (isinstance(one, Apply) and one.head in _OPEN)]
    thin = [one for one in open_ones if touched_symbols(doubt, one)]
    while True:
        given = next(
            (one for one in thin if _gives_value(one, claim.statement, [two for two in open_ones if two is not one])),
            None,
        )
        if given is None:
            return thin
        thin = [one for one in thin if one is not given]
        open_ones = [one for one in open_ones if one is not given]


def _gives_value(hypothesis: Term, statement: Term, others: list[Term]) -> bool:
    if not (isinstance(hypothesis, Apply) and hypothesis.head == "="):
        return False
    elsewhere = free_symbols(statement).union(*map(free_symbols, others))
    left, right = hypothesis.arguments
    return any(
        isinstance(side, Symbol) and side.sort == REAL and side not in elsewhere and side not in free_symbols(other)
        for side, other in ((left, right), (right, left))
    )


def _is_family(symbol: Symbol) -> bool:
    return (
        isinstance(symbol.sort, Function)
        and all(one == INTEGER for one in symbol.sort.arguments)
        and symbol.sort.result == REAL
    )


def _has(term: Term, heads: set[str]) -> bool:
    return isinstance(term, Apply) and (term.head in heads or any(_has(one, heads) for one in term.arguments))


_ENTIRE = frozenset({"+", "*", "negate", "/", "exp", "sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh", "sum", "product"})  # fmt: skip


def _is_analytic(term: Term, touched: frozenset[Symbol]) -> bool:
    """Whether a term is analytic in the symbols, where it is defined, and that is a connected set but for poles, around which there is a way through complex numbers.

    Quotients of entire functions have poles; logarithms and roots are taken of what is affine, so that where they are defined is convex; of a quotient that is
    positive on an interval; or of what is positive everywhere.
    """
    if not free_symbols(term) & touched:
        return True
    if isinstance(term, Symbol):
        return True
    if not isinstance(term, Apply):
        return False
    if term.head == "apply":
        function, *places = term.arguments
        return (
            isinstance(function, Symbol)
            and _is_family(function)
            and not any(free_symbols(one) & touched for one in places)
        )
    if term.head in {"log", "sqrt"}:
        return _is_convex_above(term.arguments[0])
    if term.head == "derivative":
        return _is_analytic(term.arguments[0], touched | frozenset(_variables(term)))
    if term.head == "^":
        base, exponent = term.arguments
        if isinstance(exponent, Number) and exponent.value.denominator == 1:
            return _is_analytic(base, touched)
        return (isinstance(base, Constant) or _is_convex_above(base)) and _is_analytic(exponent, touched)
    return term.head in _ENTIRE and all(_may_be_number(one) and _is_analytic(one, touched) for one in term.arguments)


def _variables(term: Apply) -> list[Symbol]:
    return [one for one in term.arguments[1:] if isinstance(one, Symbol)]


def _may_be_number(term: Term) -> bool:
    """Whether a term is no symbol of another sort."""
    return not isinstance(term, Symbol) or is_scalar(term.sort)


def _is_convex_above(term: Term) -> bool:
    """Whether the points at which a term is positive are a convex set."""
    if _is_affine(term) or _is_positive(term):
        return True
    if isinstance(term, Apply) and term.head == "/":
        above, below = map(_slope, term.arguments)
        same = free_symbols(term.arguments[0]) == free_symbols(term.arguments[1])
        return same and above is not None and below is not None and above * below < 0
    return False


def _is_affine(term: Term) -> bool:
    if isinstance(term, (Number, Constant)):
        return True
    if isinstance(term, Symbol):
        return is_scalar(term.sort)
    if not isinstance(term, Apply):
        return False
    if term.head in {"+", "negate"}:
        return all(map(_is_affine, term.arguments))
    if term.head == "*":
        return sum(bool(free_symbols(one)) for one in term.arguments) <= 1 and all(map(_is_affine, term.arguments))
    return False


def _slope(term: Term) -> int | None:
    """The sign of the slope of q or of a number minus or plus q."""
    if isinstance(term, Symbol):
        return 1
    if not (isinstance(term, Apply) and _is_affine(term)):
        return None
    if term.head == "negate":
        inside = _slope(term.arguments[0])
        return -inside if inside is not None else None
    if term.head == "+":
        found = [_slope(one) for one in term.arguments if free_symbols(one)]
        return found[0] if len(found) == 1 else None
    return None


def _is_positive(term: Term) -> bool:
    """1 + e^x, 1 + x^2: positive, whatever its symbols are."""
    if isinstance(term, Number):
        return term.value > 0
    if not isinstance(term, Apply):
        return False
    if term.head == "^":  # defined where the base is positive, or 0
        base, exponent = term.arguments
        return _is_affine(base) and bool(free_symbols(exponent))
    if term.head == "exp":
        return not _has(term, {"/", "log", "sqrt", "^"})
    if term.head == "+":
        return any(map(_is_positive, term.arguments)) and all(
            _is_positive(one) or _is_square(one) for one in term.arguments
        )
    return term.head == "*" and all(map(_is_positive, term.arguments))


def _is_square(term: Term) -> bool:
    return isinstance(term, Apply) and term.head == "^" and _is_affine(term.arguments[0]) and term.arguments[1] == TWO
