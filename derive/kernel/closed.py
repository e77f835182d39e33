"""Closed terms written so that the normal form sees what they are: logarithms of rational numbers by their prime factors, functions of their inverses.

Each rule holds wherever both sides of it are defined and the term has a value; the caller knows that the term has one. `sign` says the sign of a closed
term where that is certain, or None:

    log(2^3 3) = 3 log 2 + log 3;  log_b x = log x / log b;  log(exp t) = t;  exp(log t) = t;  exp(c log t) = t^c;  x^y = exp(y log x) for x > 0
    sqrt(12) = 2 sqrt(3);  sin(arcsin t) = t;  cos(arcsin t) = sqrt(1 - t^2), since arcsin lies where the cosine is not negative; likewise for arccos;  tan(arctan t) = t
    |t|, sgn t, min and max by the signs of t or of differences, where these are certain
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from .term import EULER, ONE, TWO, ZERO, Apply, Number, Term, add, multiply, negate, subtract

Sign = Callable[[Term], int | None]

MAXIMUM_PRIME = 1_000
MAXIMUM_POWER = 200
_MAXIMUM_BITS = 2_000


def rewritten(term: Term, sign: Sign) -> Term:
    """A closed term of the same value."""
    if not isinstance(term, Apply):
        return term
    arguments = tuple(rewritten(part, sign) for part in term.arguments)
    first = arguments[0]
    match term.head:
        case "+" | "*" | "negate" | "/" | "^":
            folded = _folded(term.head, arguments)
            if folded is not None:
                return folded
            if term.head == "+":
                return _sum(arguments)
    match term.head:
        case "log":
            return _logarithm(first, sign)
        case "sqrt" if isinstance(first, Number) and first.value > 0:
            return _root(first.value)
        case "log_base":
            return Apply("/", (_logarithm(arguments[1], sign), _logarithm(first, sign)))
        case "exp":
            return _exponential(first)
        case "^" if not isinstance(arguments[1], Number):
            if first == EULER:
                return _exponential(arguments[1])
            if sign(first) == 1:
                return _power(_logarithm(first, sign), arguments[1])
        case "sin" | "cos" | "tan" if isinstance(first, Apply):
            return _of_inverse(term.head, first) or Apply(term.head, arguments)
        case "abs" | "sgn":
            known = sign(first)
            if known is not None:
                return Number(known) if term.head == "sgn" else first if known >= 0 else negate(first)
        case "min" | "max":
            return _extreme(term.head, arguments, sign)
    return Apply(term.head, arguments)


def _sum(parts: tuple[Term, ...]) -> Term:
    """The sum with its numbers together."""
    constant = sum((part.value for part in parts if isinstance(part, Number)), Fraction(0))
    others = [part for part in parts if not isinstance(part, Number)]
    return add(*others, Number(constant)) if constant else add(*others)


def _folded(head: str, arguments: tuple[Term, ...]) -> Number | None:
    """The number that rational numbers make."""
    values = [part.value for part in arguments if isinstance(part, Number)]
    if len(values) < len(arguments):
        return None
    match head:
        case "+":
            return Number(sum(values, Fraction(0)))
        case "negate":
            return Number(-values[0])
        case "/" if values[1] != 0:
            return Number(values[0] / values[1])
        case "*":
            found = Fraction(1)
            for value in values:
                found *= value
            return Number(found)
        case "^" if values[1].denominator == 1 and 0 <= values[1] <= MAXIMUM_POWER:
            return Number(values[0] ** values[1].numerator)
    return None


def _logarithm(value: Term, sign: Sign) -> Term:
    if isinstance(value, Number):
        return _of_rational(value.value)
    if value == EULER:
        return ONE
    if not isinstance(value, Apply):
        return Apply("log", (value,))
    arguments = value.arguments
    match value.head:
        case "exp":
            return arguments[0]
        case "sqrt":
            return Apply("/", (_logarithm(arguments[0], sign), TWO))
        case "*" | "/" if all(sign(part) == 1 for part in arguments):
            parts = [_logarithm(part, sign) for part in arguments]
            return add(*parts) if value.head == "*" else subtract(*parts)
        case "^" if sign(arguments[0]) == 1:
            return multiply(arguments[1], _logarithm(arguments[0], sign))
    return Apply("log", (value,))


def _of_rational(value: Fraction) -> Term:
    """The logarithm of a positive number as a sum over small primes and what is left."""
    if value <= 0 or max(value.numerator, value.denominator).bit_length() > _MAXIMUM_BITS:
        return Apply("log", (Number(value),))
    parts: list[Term] = []
    above, below = value.numerator, value.denominator
    for prime in range(2, MAXIMUM_PRIME):
        count = 0
        while above % prime == 0:
            above, count = above // prime, count + 1
        while below % prime == 0:
            below, count = below // prime, count - 1
        if count:
            parts.append(multiply(Number(count), Apply("log", (Number(prime),))))
        if above == below == 1:
            break
    parts += [Apply("log", (Number(above),))] if above > 1 else []
    parts += [negate(Apply("log", (Number(below),)))] if below > 1 else []
    return add(*parts)


def _root(value: Fraction) -> Term:
    """sqrt(a/b) = sqrt(a b)/b, with the squares of small primes outside."""
    inside, outside = value.numerator * value.denominator, 1
    if inside.bit_length() <= _MAXIMUM_BITS:
        for prime in range(2, MAXIMUM_PRIME):
            while inside % (prime * prime) == 0:
                inside, outside = inside // (prime * prime), outside * prime
    root = Apply("sqrt", (Number(inside),))
    return multiply(Number(Fraction(outside, value.denominator)), root)


def _exponential(value: Term) -> Term:
    """exp of a sum is a product; of a rational multiple of a logarithm a power."""
    if value == ZERO:
        return ONE
    if isinstance(value, Apply):
        inside = value.arguments
        match value.head:
            case "+":
                return multiply(*(_exponential(part) for part in inside))
            case "negate":
                return Apply("/", (ONE, _exponential(inside[0])))
            case "log":
                return inside[0]
            case "*" if len(inside) == 2 and isinstance(inside[0], Number) and inside[0].value.denominator == 1:
                return Apply("^", (_exponential(inside[1]), inside[0]))
            case "/" if inside[1] == TWO:
                return Apply("sqrt", (_exponential(inside[0]),))
    return Apply("exp", (value,))


def _power(logarithm: Term, exponent: Term) -> Term:
    """exp(exponent * logarithm)."""
    if isinstance(exponent, Apply) and exponent.head == "/" and exponent.arguments[1] == logarithm:
        return _exponential(exponent.arguments[0])
    return Apply("exp", (multiply(exponent, logarithm),))


def _of_inverse(head: str, inside: Apply) -> Term | None:
    (value,) = inside.arguments if len(inside.arguments) == 1 else (ZERO,)
    if (head, inside.head) in {("sin", "arcsin"), ("cos", "arccos"), ("tan", "arctan")}:
        return value
    if (head, inside.head) in {("cos", "arcsin"), ("sin", "arccos")}:
        if isinstance(value, Number):
            return _root(1 - value.value**2) if abs(value.value) < 1 else ZERO
        return Apply("sqrt", (subtract(ONE, Apply("^", (value, TWO))),))
    return None


def _extreme(head: str, values: tuple[Term, ...], sign: Sign) -> Term:
    best = values[0]
    for value in values[1:]:
        known = sign(subtract(value, best))
        if known is None:
            return Apply(head, values)
        if known == (1 if head == "max" else -1):
            best = value
    return best
