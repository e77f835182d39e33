"""Commutative polynomials with rational coefficients, as dictionaries from packed monomials to coefficients.

A monomial is one integer: the exponent of atom i stands in bits 16 i to 16 i + 15, so that multiplying is adding. `degree` bounds the total
degree, and is kept below 2^15, so that no exponent can run into its neighbour. Everything is bounded: `Rejected` beyond the limits.
"""

from __future__ import annotations

from fractions import Fraction
from math import lcm
from typing import Any, Union

from .certificate import Rejected

BITS = 16
MASK = (1 << BITS) - 1
MAXIMUM_DEGREE = 1 << (BITS - 1)
MAXIMUM_TERMS = 60_000
MAXIMUM_PRODUCTS = 3_000_000
MAXIMUM_COEFFICIENT_BITS = 60_000
MAXIMUM_BITS = 100_000_000  # of all coefficients of a power
_GREATEST = 1 << MAXIMUM_COEFFICIENT_BITS
_LEAST = -_GREATEST
MAXIMUM_POWER = 400  # terms of a polynomial that a root is looked for of
MAXIMUM_ROOT = 24  # terms of that root

Coefficient = Union[int, Fraction]


class Polynomial:
    """Terms and a bound on their degree. Not changed once made."""

    __slots__ = ("degree", "terms")

    def __init__(self, terms: dict[int, Coefficient], degree: int) -> None:
        if degree >= MAXIMUM_DEGREE:
            raise Rejected("a polynomial of too high a degree")
        if len(terms) > MAXIMUM_TERMS:
            raise Rejected("a polynomial of too many terms")
        self.terms = terms
        self.degree = degree

    def __bool__(self) -> bool:
        return bool(self.terms)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Polynomial) and self.terms == other.terms

    def key(self) -> tuple[tuple[int, Coefficient], ...]:
        """A canonical hashable form."""
        return tuple(sorted(self.terms.items()))

    __hash__ = None  # type: ignore[assignment]


ZERO = Polynomial({}, 0)
ONE = Polynomial({0: 1}, 0)


def constant(value: Coefficient) -> Polynomial:
    """A number; integers are kept as int, which is faster."""
    if isinstance(value, Fraction) and value.denominator == 1:
        value = value.numerator
    if value == 0:
        return ZERO
    return Polynomial({0: _bounded(value)}, 0)


def atom(index: int, exponent: int = 1) -> Polynomial:
    """A power of the atom of that index."""
    return Polynomial({exponent << (BITS * index): 1}, exponent)


def add(left: Polynomial, right: Polynomial) -> Polynomial:
    if not left.terms:
        return right
    if not right.terms:
        return left
    return total(left, right) if len(left.terms) >= len(right.terms) else total(right, left)


def total(first: Polynomial, *others: Polynomial) -> Polynomial:
    """The sum of several, collected at once."""
    if not others:
        return first
    terms, degree = dict(first.terms), first.degree
    for other in others:
        degree = max(degree, collect(terms, other))
    return Polynomial(terms, degree)


def collect(terms: dict[int, Coefficient], other: Polynomial, sign: int = 1) -> int:
    """Adds a polynomial, with that sign, to the terms of a sum; returns its degree."""
    for monomial, coefficient in other.terms.items():
        found = terms.get(monomial, 0) + (coefficient if sign > 0 else -coefficient)
        if found:
            # common denominators grow, sums hardly
            terms[monomial] = found if type(found) is int else _bounded(found)
        else:
            del terms[monomial]
    return other.degree


def scale(polynomial: Polynomial, factor: Coefficient) -> Polynomial:
    if factor == 1:
        return polynomial
    if factor == 0:
        return ZERO
    return Polynomial({key: _bounded(value * factor) for key, value in polynomial.terms.items()}, polynomial.degree)


def negate(polynomial: Polynomial) -> Polynomial:
    return Polynomial({key: -value for key, value in polynomial.terms.items()}, polynomial.degree)


def subtract(left: Polynomial, right: Polynomial) -> Polynomial:
    return add(left, negate(right))


def multiply(left: Polynomial, right: Polynomial) -> Polynomial:
    if not left.terms or not right.terms:
        return ZERO
    if len(left.terms) * len(right.terms) > MAXIMUM_PRODUCTS:
        raise Rejected("a product of too many terms")
    degree = left.degree + right.degree
    large, small = (left.terms, right.terms) if len(left.terms) >= len(right.terms) else (right.terms, left.terms)
    if len(small) == 1:
        ((shift, factor),) = small.items()
        if factor == 1:
            return Polynomial({key + shift: value for key, value in large.items()}, degree)
        return Polynomial({key + shift: _bounded(value * factor) for key, value in large.items()}, degree)
    whole, below = _whole(large)
    other, other_below = _whole(small)
    terms: dict[int, int] = {}
    get = terms.get
    for key, value in other.items():
        for other_key, other_value in whole.items():
            monomial = key + other_key
            terms[monomial] = get(monomial, 0) + value * other_value
    return _over(terms, below * other_below, degree)


def square(polynomial: Polynomial) -> Polynomial:
    """The polynomial times itself: with half of the products."""
    whole, below = _whole(polynomial.terms)
    terms: dict[int, Coefficient] = {}
    _collect_square(terms, whole, 1)
    return _over(terms, below * below, 2 * polynomial.degree)


def collect_square(terms: dict[int, Coefficient], polynomial: Polynomial, sign: int) -> int:
    """Adds a square, with that sign, to the terms of a sum, as they come; returns its degree."""
    if Fraction in map(type, polynomial.terms.values()):
        return collect(terms, square(polynomial), sign)
    _collect_square(terms, polynomial.terms, sign)
    return 2 * polynomial.degree


def _collect_square(terms: dict[int, Any], whole: dict[int, Any], sign: int) -> None:
    left = list(whole.items())
    if len(left) ** 2 > MAXIMUM_PRODUCTS:
        raise Rejected("a product of too many terms")
    get = terms.get
    while left:
        key, value = left.pop()
        signed = sign * value
        monomial = 2 * key
        terms[monomial] = get(monomial, 0) + signed * value
        signed *= 2
        for other_key, other_value in left:
            monomial = key + other_key
            terms[monomial] = get(monomial, 0) + signed * other_value


def _over(terms: dict[int, Any], below: int, degree: int) -> Polynomial:
    """terms / below"""
    if below == 1:
        return collected(terms, degree)
    return Polynomial({key: _bounded(_quotient(value, below)) for key, value in terms.items() if value}, degree)


def collected(terms: dict[int, Coefficient], degree: int) -> Polynomial:
    """The polynomial of the terms of a sum as they have come: some may be 0, and whole coefficients too long."""
    values = terms.values()
    if 0 in values:
        terms = {key: value for key, value in terms.items() if value}
    if terms and Fraction not in map(type, values) and not _LEAST < min(values) <= max(values) < _GREATEST:
        raise Rejected("a number of too many digits")
    return Polynomial(terms, degree)


def _whole(terms: dict[int, Coefficient]) -> tuple[dict[int, Any], int]:
    """(n, d) with terms = n / d and whole n: sums of whole numbers are far quicker than those of fractions."""
    if Fraction not in map(type, terms.values()):
        return terms, 1
    below = lcm(*(value.denominator for value in terms.values()))
    if below.bit_length() > MAXIMUM_COEFFICIENT_BITS:
        raise Rejected("a common denominator of too many digits")
    return {key: value.numerator * (below // value.denominator) for key, value in terms.items()}, below


def _quotient(value: int, divisor: int) -> Coefficient:
    return Fraction(value, divisor) if value % divisor else value // divisor


def power(polynomial: Polynomial, exponent: int) -> Polynomial:
    """polynomial^exponent for a natural exponent; 0^0 = 1."""
    if exponent == 0:
        return ONE
    if not polynomial.terms:
        return ZERO
    if polynomial.degree * exponent >= MAXIMUM_DEGREE:
        raise Rejected("a polynomial of too high a degree")
    if len(polynomial.terms) == 1:
        ((key, value),) = polynomial.terms.items()
        bits = max(value.numerator.bit_length(), value.denominator.bit_length())
        if value not in {1, -1} and bits * exponent > MAXIMUM_COEFFICIENT_BITS:
            raise Rejected("a number of too many digits")
        return Polynomial({key * exponent: value**exponent}, polynomial.degree * exponent)
    if len(polynomial.terms) == 2 and (found := _power_of_two_terms(polynomial, exponent)) is not None:
        return found
    result, doubled, remaining = ONE, polynomial, exponent
    while True:
        if remaining & 1:
            result = doubled if result is ONE else multiply(result, doubled)
        remaining >>= 1
        if not remaining:
            return result
        doubled = square(doubled)


def _power_of_two_terms(polynomial: Polynomial, exponent: int) -> Polynomial | None:
    """(a m + b n)^e by the binomial theorem: the sum of binomial(e, k) a^{e-k} b^k m^{e-k} n^k. None where numbers may get too long, one or all together."""
    whole, below = _whole(polynomial.terms)
    (first, a), (second, b) = whole.items()
    bits = max((abs(a) + abs(b)).bit_length(), below.bit_length()) * exponent
    if bits > MAXIMUM_COEFFICIENT_BITS or bits * exponent > MAXIMUM_BITS:
        return None
    terms: dict[int, Any] = {}
    ways, of_first, of_second = 1, a**exponent, 1
    for k in range(exponent + 1):
        terms[first * (exponent - k) + second * k] = ways * of_first * of_second
        ways = ways * (exponent - k) // (k + 1)
        of_first //= a
        of_second *= b
    return _over(terms, below**exponent, polynomial.degree * exponent)


def exact_root(polynomial: Polynomial, q: int) -> Polynomial | None:
    """A polynomial r with leading coefficient 1 and r^q = polynomial, which has that leading coefficient too, if there is one of few terms."""
    if len(polynomial.terms) > MAXIMUM_POWER:
        return None
    ends = [key for end in (max(polynomial.terms), min(polynomial.terms)) for _, key in exponents(end)]
    if any(exponent % q for exponent in ends) or polynomial.terms[max(polynomial.terms)] != 1:
        return None
    leading = sum((exponent // q) << (BITS * index) for index, exponent in exponents(max(polynomial.terms)))
    others = (q - 1) * leading
    found = Polynomial({leading: 1}, polynomial.degree // q)
    while True:  # the first term of what is left comes down each time
        rest = subtract(polynomial, power(found, q))
        if not rest:
            return found
        key = max(rest.terms)
        if len(found.terms) >= MAXIMUM_ROOT or any(exponent_of(key, index) < e for index, e in exponents(others)):
            return None
        value = Fraction(rest.terms[key]) / q
        found = Polynomial(
            {**found.terms, key - others: value.numerator if value.denominator == 1 else value}, polynomial.degree // q
        )


def exact_quotient(polynomial: Polynomial, divisor: Polynomial) -> Polynomial | None:
    """The polynomial over one with leading coefficient 1, if that leaves nothing and few steps are needed."""
    ends = ((max(polynomial.terms), max(divisor.terms)), (min(polynomial.terms), min(divisor.terms)))
    if len(polynomial.terms) > MAXIMUM_POWER or not all(_divides(other, one) for one, other in ends):
        return None
    leading = max(divisor.terms)
    rest = polynomial
    found: dict[int, Coefficient] = {}
    while rest:
        key = max(rest.terms)
        if not _divides(leading, key) or len(found) > MAXIMUM_POWER:
            return None
        found[key - leading] = rest.terms[key]
        part = Polynomial({key - leading: -rest.terms[key]}, rest.degree)
        rest = add(rest, multiply(part, divisor))
    return Polynomial(found, polynomial.degree)


def _divides(divisor: int, monomial: int) -> bool:
    return all(exponent_of(monomial, index) >= exponent for index, exponent in exponents(divisor))


def _bounded(value: Coefficient) -> Coefficient:
    """The number itself, unless it is too long."""
    if type(value) is int:
        if value.bit_length() > MAXIMUM_COEFFICIENT_BITS:
            raise Rejected("a number of too many digits")
        return value
    if max(value.numerator.bit_length(), value.denominator.bit_length()) > MAXIMUM_COEFFICIENT_BITS:
        raise Rejected("a number of too many digits")
    return value


def exponent_of(monomial: int, index: int) -> int:
    """The exponent of an atom in a monomial."""
    return (monomial >> (BITS * index)) & MASK


def exponents(monomial: int) -> list[tuple[int, int]]:
    """The atoms of a monomial with their exponents, in the order of the atoms."""
    found = []
    index = 0
    while monomial:
        exponent = monomial & MASK
        if exponent:
            found.append((index, exponent))
        monomial >>= BITS
        index += 1
    return found
