"""What a decimal says beside an approximation sign: \\pi \\approx 3.14.

Printed is the value rounded or cut off at its last significant digit. It is wrong if it is off by one unit or more of that digit; between the two nothing is said.
"""

from __future__ import annotations

from fractions import Fraction

from derive.elaborate.context import Link
from derive.elaborate.terms import Scope
from derive.kernel.sorting import is_scalar, sort_of
from derive.kernel.term import Apply, Number, Term, free_symbols, subtract
from derive.language.syntax import Node


def rounding(scope: Scope, link: Link, left: Term, right: Term) -> tuple[tuple[Term, ...], Term, str] | None:
    """What shows that one side is the other one, rounded or cut off; what follows from that; in words. None where no side is a decimal, or a value is open."""
    if not is_scalar(sort_of(left)) or not is_scalar(sort_of(right)):
        return None
    one, other = scope.unfold(left), scope.unfold(right)
    units = [(unit, place) for place, side in enumerate((link.left, link.right)) if (unit := last_digit(side))]
    if not units or free_symbols(one) | free_symbols(other):
        return None
    unit, place = max(units)  # of two decimals the shorter one is the approximation
    value, printed = (other, one) if place == 0 else (one, other)
    difference = subtract(value, printed)
    half = Number(unit / 2)
    beyond = half if not _is_negative((link.left, link.right)[place]) else Number(-unit / 2)
    forms = (
        Apply("<=", (Apply("abs", (difference,)), half)),
        Apply("<", (Apply("abs", (subtract(difference, beyond),)), half)),
    )
    return forms, Apply("<", (Apply("abs", (difference,)), Number(unit))), f"as a decimal, to the unit {_decimal(unit)}"


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
