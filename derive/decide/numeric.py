"""Values of terms at many points at once, in floating point: to guess where a claim fails. Nothing rests on them.

A value that does not exist is not a number (NaN), as far as floating point shows. `values` raises `NoValues` for a term with a head that has
no values here.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from derive.kernel.term import Apply, Constant, Number, Scalar, Symbol, Term

Array = Any  # a numpy array of floats, one for each point


class NoValues(Exception):
    """A term that is not made of the numbers and functions known here."""


def floating(value: Fraction) -> float:
    """The number as a float; infinite where it is too large."""
    try:
        return float(value)
    except OverflowError:
        return float("inf") if value > 0 else float("-inf")


def is_integral(term: Term) -> bool:
    """Whether an exponent is an integer by its form."""
    if isinstance(term, Number):
        return term.value.denominator == 1
    if isinstance(term, Symbol):
        return term.sort == Scalar("integer")
    return isinstance(term, Apply) and term.head in {"+", "*", "negate"} and all(map(is_integral, term.arguments))


class Values:
    """The values of terms at the points that give their symbols these values; each term once."""

    def __init__(self, points: dict[Symbol, Array], number: int) -> None:
        import numpy

        self.numpy = numpy
        self.number = number
        self.known: dict[Term, Array] = {}
        for symbol, column in points.items():
            self.known[symbol] = column

    def of(self, term: Term) -> Array:
        known = self.known.get(term)
        if known is None:
            with self.numpy.errstate(all="ignore"):
                known = self.known[term] = self._value(term)
        return known

    def _filled(self, value: float) -> Array:
        return self.numpy.full(self.number, value)

    def _value(self, term: Term) -> Array:
        numpy = self.numpy
        if isinstance(term, Number):
            return self._filled(floating(term.value))
        if isinstance(term, Constant):
            if term.name not in {"pi", "e"}:
                raise NoValues(term.name)
            return self._filled(numpy.pi if term.name == "pi" else numpy.e)
        if not isinstance(term, Apply):
            raise NoValues("a symbol without a value")
        if term.head == "^":
            return self._power(*term.arguments)
        parts = [self.of(part) for part in term.arguments]
        first = parts[0]
        match term.head:
            case "+":
                return sum(parts[1:], first)
            case "*":
                for part in parts[1:]:
                    first = first * part
                return first
            case "negate":
                return -first
            case "/":
                return numpy.where(parts[1] == 0, numpy.nan, first / parts[1])
            case "root":
                index = parts[1][0]
                size = numpy.abs(first) ** (1 / index)
                return numpy.where(first >= 0, size, -size if index % 2 else numpy.nan)
            case "min" | "max":
                for part in parts[1:]:
                    first = (numpy.minimum if term.head == "min" else numpy.maximum)(first, part)
                return first
            case "log_base":
                below = self._logarithm(first)
                return numpy.where(below == 0, numpy.nan, self._logarithm(parts[1]) / below)
            case "log":
                return self._logarithm(first)
            case "cot" | "sec" | "csc":
                below = (numpy.tan if term.head == "cot" else numpy.cos if term.head == "sec" else numpy.sin)(first)
                return numpy.where(numpy.abs(below) < 1e-14, numpy.nan, 1 / below)
            case "abs" | "exp" | "sqrt" | "sin" | "cos" | "tan" | "sinh" | "cosh" | "tanh" | "floor" | "ceil":
                return getattr(numpy, term.head)(first)
            case "arcsin" | "arccos" | "arctan":
                return getattr(numpy, term.head)(first)
            case "sgn":
                return numpy.sign(first)
        raise NoValues(term.head)

    def _logarithm(self, value: Array) -> Array:
        return self.numpy.where(value > 0, self.numpy.log(value), self.numpy.nan)

    def _power(self, base_term: Term, exponent_term: Term) -> Array:
        numpy = self.numpy
        base, exponent = self.of(base_term), self.of(exponent_term)
        found = numpy.power(base, exponent)
        if is_integral(exponent_term):
            return numpy.where((base == 0) & (exponent < 0), numpy.nan, found)
        return numpy.where((base > 0) | ((base == 0) & (exponent > 0)), found, numpy.nan)
