"""Where relations between numbers plainly hold or fail: a hunt for a witness passes over points where they hold, and evaluates exactly at few. Nothing rests on it.

**Method** equations of rational arithmetic modulo a prime, where what is equal stays equal; what else there is in floating point, with a wide margin. A point
that is passed over wrongly is a witness that is not found.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any, NamedTuple

from derive.kernel.sorting import is_scalar
from derive.kernel.term import ORDERS, Apply, Constant, Number, Symbol, Term, free_symbols

PRIME = 2**61 - 1
MARGIN = 1e-9  # of what is compared by size, in units of the largest number on the way
NEAR = 1e-12  # what counts as equal

_FUNCTIONS: dict[str, Callable[[float], float]] = {
    "sqrt": math.sqrt,
    "exp": math.exp,
    "log": math.log,
    "sin": math.sin,
    "cos": math.cos,
    "tan": math.tan,
    "arctan": math.atan,
    "sinh": math.sinh,
    "cosh": math.cosh,
    "tanh": math.tanh,
    "abs": abs,
}
_ADD, _MULTIPLY, _NEGATE, _DIVIDE, _POWER, _RAISE, _NUMBER, _SYMBOL, _FUNCTION, _FLOAT = range(10)


Step = tuple[int, tuple[int, ...], Any]  # what is done, with the values of which steps, and what it takes besides


class _Unknown(Exception):
    """A term with a head that is not known here."""


class Screen:
    """Relations made ready for many points; what they have in common is evaluated once at each."""

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self.rational: list[bool] = []  # whether a step and all below it are rational arithmetic
        self.places: dict[Term, int] = {}

    def ready(self, relation: Term) -> Relation | None:
        """A relation between numbers with a symbol; None of other statements."""
        if not isinstance(relation, Apply) or relation.head not in {"=", "!="} | ORDERS or not free_symbols(relation):
            return None
        try:
            left, right = (self._place(side) for side in relation.arguments)
        except _Unknown:
            return None
        return Relation(relation.head, left, right)

    def _place(self, term: Term) -> int:
        """Where the value of a term will stand; every term once."""
        known = self.places.get(term)
        if known is not None:
            return known
        kind, parts, detail = self._step(term)
        self.steps.append((kind, parts, detail))
        self.rational.append(kind not in {_RAISE, _FUNCTION, _FLOAT} and all(self.rational[part] for part in parts))
        self.places[term] = len(self.steps) - 1
        return self.places[term]

    def _step(self, term: Term) -> Step:
        if isinstance(term, Number):
            return _NUMBER, (), term.value
        if isinstance(term, Symbol) and is_scalar(term.sort):
            return _SYMBOL, (), term
        if isinstance(term, Constant) and term.name in {"pi", "e"}:
            return _FLOAT, (), math.pi if term.name == "pi" else math.e
        if not isinstance(term, Apply):
            raise _Unknown
        if term.head == "^":
            base, exponent = term.arguments
            if isinstance(exponent, Number) and exponent.value.denominator == 1:
                return _POWER, (self._place(base),), int(exponent.value)
        kind = {"+": _ADD, "*": _MULTIPLY, "negate": _NEGATE, "/": _DIVIDE, "^": _RAISE}.get(term.head, _FUNCTION)
        if kind == _FUNCTION and term.head not in _FUNCTIONS:
            raise _Unknown
        return kind, tuple(self._place(part) for part in term.arguments), _FUNCTIONS.get(term.head)


class Relation(NamedTuple):
    """A relation of a screen: where the values of its sides stand."""

    head: str
    left: int
    right: int


class Point:
    """A point, and the values there that have been asked for."""

    def __init__(self, screen: Screen, assignment: Mapping[Symbol, Term]) -> None:
        self.screen = screen
        self.assignment = assignment
        self.residues: list[Any] = []
        self.floats: list[Any] = []

    def truth(self, relation: Relation | None) -> bool | None:
        """Whether a relation plainly holds here; None where that is not plain."""
        if relation is None:
            return None
        head, left, right = relation
        if head in {"=", "!="} and self.screen.rational[left] and self.screen.rational[right]:
            self._extend_residues()
            one, other = self.residues[left], self.residues[right]
            return None if one is None or other is None else ((one - other) % PRIME == 0) == (head == "=")
        self._extend_floats()
        first, second = self.floats[left], self.floats[right]
        if first is None or second is None:
            return None
        gap = first - second
        size = 1 + max(abs(value) for value in self.floats if value is not None)
        if head in {"=", "!="}:
            if abs(gap) > MARGIN * size:
                return head == "!="
            return True if abs(gap) <= NEAR * size and head == "=" else None
        return (gap > 0) == (head in {">", ">="}) if abs(gap) > MARGIN * size else None

    def _extend_residues(self) -> None:
        """The values modulo the prime; None where there is none."""
        values = self.residues
        for kind, parts, detail in self.screen.steps[len(values) :]:
            try:
                if kind == _MULTIPLY:
                    found = values[parts[0]]
                    for part in parts[1:]:
                        found = found * values[part] % PRIME
                elif kind == _ADD:
                    found = sum([values[part] for part in parts])
                elif kind == _POWER:
                    found = pow(values[parts[0]], detail, PRIME)
                elif kind == _NEGATE:
                    found = -values[parts[0]]
                elif kind == _DIVIDE:
                    found = values[parts[0]] * pow(values[parts[1]], -1, PRIME) % PRIME
                else:
                    value = self._value(detail)
                    found = value.numerator
                    if value.denominator != 1:
                        found = found * pow(value.denominator, -1, PRIME) % PRIME
            except (TypeError, ValueError):
                found = None
            values.append(found)

    def _extend_floats(self) -> None:
        """The values in floating point; None where there is none."""
        values = self.floats
        for kind, parts, detail in self.screen.steps[len(values) :]:
            try:
                if kind == _MULTIPLY:
                    found = values[parts[0]]
                    for part in parts[1:]:
                        found *= values[part]
                elif kind == _ADD:
                    found = sum([values[part] for part in parts])
                elif kind == _POWER:
                    found = values[parts[0]] ** detail
                elif kind == _RAISE:
                    found = math.pow(values[parts[0]], values[parts[1]])
                elif kind == _NEGATE:
                    found = -values[parts[0]]
                elif kind == _DIVIDE:
                    found = values[parts[0]] / values[parts[1]]
                elif kind == _FUNCTION:
                    found = detail(values[parts[0]])
                elif kind == _FLOAT:
                    found = detail
                else:
                    found = float(self._value(detail))
            except (TypeError, ValueError, ArithmeticError):
                found = None
            values.append(found)

    def _value(self, detail: Any) -> Fraction:
        """The number of a symbol or of a number. TypeError for a value that is not rational."""
        if isinstance(detail, Fraction):
            return detail
        value = self.assignment.get(detail)
        if not isinstance(value, Number):
            raise TypeError
        return value.value
