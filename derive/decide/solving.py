"""Equations solved for one symbol, so that a point satisfies them exactly.

By taking the equation apart where the symbol occurs once (inverse operations), and as a polynomial of degree at most two otherwise. Nothing rests on
the solutions: they are tried at points, and extraneous ones are noticed there.
"""

from __future__ import annotations

from fractions import Fraction
from math import isqrt

from derive.kernel.term import (
    ONE,
    PI,
    TWO,
    ZERO,
    Apply,
    Number,
    Symbol,
    Term,
    add,
    free_symbols,
    multiply,
    negate,
    substitute,
    subtract,
)

_MAXIMUM_DEGREE = 12

_INVERSES = {
    "exp": "log",
    "log": "exp",
    "tan": "arctan",
    "arctan": "tan",
    "sin": "arcsin",
    "cos": "arccos",
    "arcsin": "sin",
    "arccos": "cos",
}


def solutions(equation: Apply, symbol: Symbol) -> list[Term]:
    """Terms without the symbol that may solve the equation for it; none where no way is known."""
    left, right = equation.arguments
    if _count(left, symbol) + _count(right, symbol) == 1:
        if symbol in free_symbols(right):
            left, right = right, left
        return _apart(left, right, symbol)
    quotient = _quotient(subtract(left, right), symbol)
    if quotient is None:
        return _in_one_part(equation, symbol)
    coefficients = quotient[0]
    while len(coefficients) > 1 and coefficients[-1] == ZERO:
        coefficients.pop()
    if len(coefficients) == 2:
        return [_over(negate(coefficients[0]), coefficients[1])]
    if len(coefficients) == 3:
        c, b, a = coefficients
        if b == ZERO:
            root = Apply("sqrt", (_over(negate(c), a),))
            return [root, negate(root)]
        root = Apply("sqrt", (subtract(Apply("^", (b, TWO)), multiply(Number(4), a, c)),))
        return [_over(add(negate(b), sign), multiply(TWO, a)) for sign in (root, negate(root))]
    if len(coefficients) > 3 and all(one == ZERO for one in coefficients[1:-1]):
        return _roots(_over(negate(coefficients[0]), coefficients[-1]), len(coefficients) - 1)
    return []


def _in_one_part(equation: Apply, symbol: Symbol) -> list[Term]:
    """Solutions of an equation in sin x, or e^{kx} and its powers, alone: first for that."""
    outermost: list[Apply] = []
    _collect(equation, symbol, outermost)
    if not outermost:
        return []
    least = min(outermost, key=lambda part: abs(_factor(part.arguments[-1], symbol)))
    unknown = Symbol(f"{symbol.name}\0")
    changed: dict[Term, Term] = {}
    for part in outermost:
        multiple = _multiple_of(part, least, symbol)
        if multiple is None:
            return []
        changed[part] = unknown if multiple == 1 else Apply("^", (unknown, Number(multiple)))
    inside = substitute(equation, changed)
    assert isinstance(inside, Apply)
    if symbol in free_symbols(inside):
        return []
    return [one for value in solutions(inside, unknown) for one in _apart(least, value, symbol)]


def _multiple_of(part: Apply, least: Apply, symbol: Symbol) -> Fraction | None:
    """The whole number k with part = least^k: 2 of e^{2x} and e^x."""
    if part == least:
        return Fraction(1)
    below = _factor(least.arguments[-1], symbol)
    if (
        least.head not in {"exp", "^"}
        or (part.head, part.arguments[:-1]) != (least.head, least.arguments[:-1])
        or not below
    ):
        return None
    found = _factor(part.arguments[-1], symbol) / below
    return found if found.denominator == 1 and found else None


def _collect(term: Term, symbol: Symbol, found: list[Apply]) -> None:
    """The outermost elementary functions and exponentials of the symbol in a term."""
    if not isinstance(term, Apply) or symbol not in free_symbols(term):
        return
    if term.head in _INVERSES or (term.head == "^" and symbol in free_symbols(term.arguments[1])):
        found.append(term)
        return
    for part in term.arguments:
        _collect(part, symbol, found)


def _factor(term: Term, symbol: Symbol) -> Fraction:
    """k of k x; 0 of other terms."""
    if term == symbol:
        return Fraction(1)
    if isinstance(term, Apply) and term.head == "negate":
        return -_factor(term.arguments[0], symbol)
    if (
        isinstance(term, Apply)
        and term.head == "*"
        and len(term.arguments) == 2
        and isinstance(term.arguments[0], Number)
    ):
        return term.arguments[0].value * _factor(term.arguments[1], symbol)
    return Fraction(0)


def _count(term: Term, symbol: Symbol) -> int:
    """How often the symbol occurs, as the term is written."""
    if term == symbol:
        return 1
    return sum(_count(part, symbol) for part in term.arguments) if isinstance(term, Apply) else 0


def _roots(value: Term, index: int) -> list[Term]:
    root: Term = Apply("sqrt", (value,)) if index == 2 else Apply("root", (value, Number(index)))
    return [root, negate(root)] if index % 2 == 0 else [root]


def _apart(term: Term, value: Term, symbol: Symbol) -> list[Term]:
    """The symbol, where term = value and it occurs in the term once."""
    if term == symbol:
        return [value]
    if not isinstance(term, Apply):
        return []
    position = next(index for index, part in enumerate(term.arguments) if symbol in free_symbols(part))
    inside = term.arguments[position]
    others = (*term.arguments[:position], *term.arguments[position + 1 :])
    values: list[Term] = []
    match term.head:
        case "+":
            values = [add(value, *(negate(other) for other in others))]
        case "*":
            values = [_over(value, multiply(*others))]
        case "negate":
            values = [negate(value)]
        case "/":
            values = [multiply(value, others[0]) if position == 0 else _over(others[0], value)]
        case "sqrt":
            values = [Apply("^", (value, TWO))]
        case "abs":
            values = [value, negate(value)]
        case "^" if position == 0 and isinstance(others[0], Number):
            power = others[0].value
            if power.denominator != 1:
                values = [Apply("^", (value, Number(1 / power)))]
            elif power > 1:
                values = _roots(value, int(power))
            elif power < 0:
                values = _roots(_over(ONE, value), int(-power)) if power < -1 else [_over(ONE, value)]
        case "^" if position == 1:
            values = [_over(Apply("log", (value,)), Apply("log", (others[0],)))]
        case "log_base" if position == 1:
            values = [Apply("^", (others[0], value))]
        case "root" if position == 0 and isinstance(others[0], Number):
            values = [Apply("^", (value, others[0]))]
        case head if head in _INVERSES:
            first = Apply(_INVERSES[head], (value,))
            values = [first, *_other_angles(head, first)]
    return [one for value in values for one in _apart(inside, value, symbol)]


def _other_angles(head: str, angle: Term) -> list[Term]:
    """Angles with the same sine, cosine or tangent."""
    match head:
        case "sin":
            return [subtract(PI, angle)]
        case "cos":
            return [negate(angle)]
        case "tan":
            return [add(angle, PI)]
    return []


Coefficients = list[Term]


def _quotient(term: Term, symbol: Symbol) -> tuple[Coefficients, Coefficients] | None:
    """Numerator and denominator as polynomials in the symbol, lowest degree first."""
    if term == symbol:
        return [ZERO, ONE], [ONE]
    if symbol not in free_symbols(term):
        return [term], [ONE]
    if not isinstance(term, Apply):
        return None
    if term.head == "^":
        power = term.arguments[1]
        if not isinstance(power, Number) or power.value.denominator != 1 or not 0 < power.value <= _MAXIMUM_DEGREE:
            return None
        parts = [_quotient(term.arguments[0], symbol)] * int(power.value)
    elif term.head in {"+", "*", "negate", "/"}:
        parts = [_quotient(part, symbol) for part in term.arguments]
    else:
        return None
    known = [part for part in parts if part is not None]
    if len(known) != len(parts):
        return None
    above, below = known[0]
    if term.head == "negate":
        return [_negative(one) for one in above], below
    for other_above, other_below in known[1:]:
        if term.head == "+":
            if below == other_below:
                above = _sum(above, other_above)
                continue
            above = _sum(_product(above, other_below), _product(other_above, below))
            below = _product(below, other_below)
        elif term.head == "/":
            above, below = _product(above, other_below), _product(below, other_above)
        else:
            above, below = _product(above, other_above), _product(below, other_below)
        if max(len(above), len(below)) > _MAXIMUM_DEGREE + 1:
            return None
    return above, below


def _sum(left: Coefficients, right: Coefficients) -> Coefficients:
    size = max(len(left), len(right))
    padded = [one + [ZERO] * (size - len(one)) for one in (left, right)]
    return [_plus(a, b) for a, b in zip(*padded, strict=True)]


def _product(left: Coefficients, right: Coefficients) -> Coefficients:
    found: Coefficients = [ZERO] * (len(left) + len(right) - 1)
    for i, a in enumerate(left):
        for j, b in enumerate(right):
            found[i + j] = _plus(found[i + j], _times(a, b))
    return found


def _plus(left: Term, right: Term) -> Term:
    if isinstance(left, Number) and isinstance(right, Number):
        return Number(left.value + right.value)
    if left == ZERO:
        return right
    return left if right == ZERO else add(left, right)


def _times(left: Term, right: Term) -> Term:
    if isinstance(left, Number) and isinstance(right, Number):
        return Number(left.value * right.value)
    if ZERO in {left, right}:
        return ZERO
    if left == ONE:
        return right
    return left if right == ONE else multiply(left, right)


def _negative(term: Term) -> Term:
    return Number(-term.value) if isinstance(term, Number) else negate(term)


def _over(above: Term, below: Term) -> Term:
    if isinstance(above, Number) and isinstance(below, Number) and below.value != 0:
        return Number(above.value / below.value)
    return above if below == ONE else Apply("/", (above, below))


# --- numbers p + q sqrt(r) -----------------------------------------------------------------------------------------------

Surd = tuple[Fraction, Fraction, int]  # p + q sqrt(r), r > 1 without squares of small numbers, or q = 0 and r = 1


def simplified(term: Term) -> Term:
    """A closed term of the form p + q sqrt(r) as such; any other as it is."""
    found = _surd(term)
    if found is None:
        return term
    p, q, r = found
    if not q:
        return Number(p)
    root: Term = Apply("sqrt", (Number(r),))
    scaled = root if q == 1 else negate(root) if q == -1 else Apply("*", (Number(q), root))
    return add(Number(p), scaled) if p else scaled


def _surd(term: Term) -> Surd | None:
    if isinstance(term, Number):
        return term.value, Fraction(0), 1
    if not isinstance(term, Apply):
        return None
    if term.head == "^":
        power = term.arguments[1]
        base = _surd(term.arguments[0])
        if base is None or not isinstance(power, Number) or power.value not in {2, 3, 4}:
            return None
        found: Surd | None = base
        for _ in range(int(power.value) - 1):
            found = None if found is None else _times_surd(found, base)
        return found
    parts = [_surd(part) for part in term.arguments]
    known = [part for part in parts if part is not None]
    if len(known) < len(parts) or not known:
        return None
    total: Surd | None = known[0]
    match term.head:
        case "sqrt":
            p, q, _ = known[0]
            if q or p < 0:
                return None
            outside, inside = square_part(p.numerator * p.denominator)
            size = Fraction(outside, p.denominator)
            return (size, Fraction(0), 1) if inside == 1 else (Fraction(0), size, inside)
        case "negate":
            p, q, r = known[0]
            return -p, -q, r
        case "+":
            for part in known[1:]:
                total = None if total is None else _plus_surd(total, part)
            return total
        case "*":
            for part in known[1:]:
                total = None if total is None else _times_surd(total, part)
            return total
        case "/":
            p, q, r = known[1]
            norm = p * p - q * q * r
            return None if not norm else _times_surd(known[0], (p / norm, -q / norm, r))
    return None


def _plus_surd(left: Surd, right: Surd) -> Surd | None:
    if left[1] and right[1] and left[2] != right[2]:
        return None
    return _reduced(left[0] + right[0], left[1] + right[1], max(left[2], right[2]))


def _times_surd(left: Surd, right: Surd) -> Surd | None:
    if left[1] and right[1] and left[2] != right[2]:
        return None
    r = max(left[2], right[2])
    return _reduced(left[0] * right[0] + left[1] * right[1] * r, left[0] * right[1] + left[1] * right[0], r)


def _reduced(p: Fraction, q: Fraction, r: int) -> Surd:
    return (p, q, r) if q else (p, q, 1)


def square_part(number: int) -> tuple[int, int]:
    """(a, b) with number = a^2 b, b without the squares of small numbers."""
    if isqrt(number) ** 2 == number:
        return isqrt(number), 1
    outside = 1
    for factor in range(2, 100):
        while number % (factor * factor) == 0:
            outside, number = outside * factor, number // (factor * factor)
    return outside, number
