"""What a decimal says beside an approximation sign: \\pi \\approx 3.14.

Printed is the value rounded or cut off at its last significant digit. It is wrong if it is off by one unit or more of that digit; between the two nothing is said.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from derive.elaborate.approximation import entries
from derive.elaborate.context import Link
from derive.elaborate.terms import Scope
from derive.kernel.sorting import is_scalar, sort_of
from derive.kernel.term import Apply, Number, Term, equal, free_symbols, subtract
from derive.language.syntax import Node


def rounding(scope: Scope, link: Link, left: Term, right: Term) -> tuple[tuple[Term, ...], Term, str] | None:
    """What shows that one side is the other one, rounded or cut off; what follows from that; in words. Of lists entry by entry. None where an entry is no decimal, or a value is open."""
    found = _entries_of(scope, link, left, right)
    if not found or any(one is None for one in found):
        return None
    decimals = [one for one in found if one is not None]
    unit = min(one.unit for one in decimals)
    message = f"as a decimal, to the unit {_decimal(unit)}"
    if len(decimals) == 1:
        return (decimals[0].rounded, decimals[0].cut_off), decimals[0].near, message
    forms = tuple(one.rounded for one in decimals), tuple(one.cut_off for one in decimals)
    return tuple(Apply("and", one) for one in forms), Apply("and", tuple(one.near for one in decimals)), message


def rounded_equality(scope: Scope, link: Link, left: Term, right: Term) -> Term | None:
    """That the sides of an equation with decimals are the same when they are rounded: 2/3 = 0.67. Numbers without a decimal point are exact."""
    found = _entries_of(scope, link, left, right)
    if not found or not any(one is not None and one.unit < 1 for one in found):
        return None
    parts = [one.rounded if one.unit < 1 else equal(one.value, one.printed) for one in found if one is not None]
    if len(parts) < len(found):
        return None
    return Apply("and", tuple(parts)) if len(parts) > 1 else parts[0]


@dataclass(frozen=True, slots=True)
class _Decimal:
    """A value and the decimal beside it, whose last digit has this unit."""

    value: Term
    printed: Term
    unit: Fraction
    negative: bool

    @property
    def rounded(self) -> Term:
        return Apply("<=", (Apply("abs", (subtract(self.value, self.printed),)), Number(self.unit / 2)))

    @property
    def cut_off(self) -> Term:
        beyond = Number(-self.unit / 2 if self.negative else self.unit / 2)
        difference = subtract(subtract(self.value, self.printed), beyond)
        return Apply("<", (Apply("abs", (difference,)), Number(self.unit / 2)))

    @property
    def near(self) -> Term:
        return Apply("<", (Apply("abs", (subtract(self.value, self.printed),)), Number(self.unit)))


def _entries_of(scope: Scope, link: Link, left: Term, right: Term) -> list[_Decimal | None] | None:
    """The numbers on both sides in pairs, or those of two lists or matrices that are written out."""
    one, other = scope.unfold(left), scope.unfold(right)
    if is_scalar(sort_of(left)) and is_scalar(sort_of(right)):
        return [_decimal_in((link.left, link.right), (one, other))]
    firsts, seconds = _written_out(link.left), _written_out(link.right)
    values, others = entries(one) or (), entries(other) or ()
    if not len(firsts) == len(seconds) == len(values) == len(others) or not values:
        return None
    rows = zip(firsts, seconds, values, others, strict=True)
    return [_decimal_in(row[:2], row[2:]) for row in rows if row[2] != row[3]]


def _written_out(node: Node) -> list[Node]:
    """The entries of a list or matrix, row by row."""
    if node.kind == "matrix":
        return [entry for row in node.children for entry in row.children]
    return list(node.children) if node.kind == "list" else []


def _decimal_in(sides: tuple[Node, Node], values: tuple[Term, Term]) -> _Decimal | None:
    """Which of two numbers is a decimal of the other one."""
    units = [(unit, place) for place, side in enumerate(sides) if (unit := last_digit(side))]
    if not units or free_symbols(values[0]) | free_symbols(values[1]):
        return None
    unit, place = max(units)  # of two decimals the shorter one is the approximation
    return _Decimal(values[1 - place], values[place], unit, _is_negative(sides[place]))


def last_digit(node: Node) -> Fraction | None:
    """The unit of the last significant digit of a decimal; None of anything else."""
    if node.kind == "negate":
        return last_digit(node.children[0])
    if node.kind == "number":
        whole, _, digits = node.value.partition(".")
        if digits:
            return Fraction(1, 10 ** len(digits))
        zeros = len(whole) - len(whole.rstrip("0"))
        return Fraction(10 ** (zeros if whole.strip("0") else 0))
    if node.kind == "dot" and node.value == "\\times":
        mantissa, power = node.children
        if mantissa.kind == "number" and power.kind == "^" and power.children[0].value == "10":
            unit, exponent = last_digit(mantissa), power.children[1]
            sign = -1 if exponent.kind == "negate" else 1
            exponent = exponent.children[0] if exponent.kind == "negate" else exponent
            if unit is not None and exponent.kind == "number" and exponent.value.isdigit() and len(exponent.value) < 4:
                return unit * Fraction(10) ** (sign * int(exponent.value))
    return None


def _is_negative(node: Node) -> bool:
    return node.kind == "negate"


def _decimal(unit: Fraction) -> str:
    return str(float(unit)) if unit < 1 else str(unit)
