"""Exact derivatives of concrete terms: polynomials, quotients by constants, exp, sin, cos. Anything else is refused."""

from __future__ import annotations

from .certificate import Rejected
from .term import ONE, ZERO, Apply, Number, Term, add, multiply, negate


def differentiate(term: Term, variable: Term) -> Term:
    """d term / d variable, where the variable is a symbol or a component of a vector symbol."""
    if term == variable:
        return ONE
    if not isinstance(term, Apply) or term.head == "component":
        return ZERO
    head, arguments = term.head, term.arguments
    if head == "+":
        return add(*(differentiate(part, variable) for part in arguments))
    if head == "negate":
        return negate(differentiate(arguments[0], variable))
    if head == "*":
        parts = []
        for index, part in enumerate(arguments):
            slope = differentiate(part, variable)
            if slope != ZERO:
                parts.append(multiply(*arguments[:index], slope, *arguments[index + 1 :]))
        return add(*parts)
    if head == "/" and isinstance(arguments[1], Number):
        return Apply("/", (differentiate(arguments[0], variable), arguments[1]))
    if (
        head == "^"
        and isinstance(arguments[1], Number)
        and arguments[1].value.denominator == 1
        and arguments[1].value >= 1
    ):
        base, power = arguments
        lowered = Apply("^", (base, Number(power.value - 1)))
        return multiply(power, lowered, differentiate(base, variable))
    if head in {"exp", "sin", "cos"}:
        outer = {
            "exp": Apply("exp", arguments),
            "sin": Apply("cos", arguments),
            "cos": negate(Apply("sin", arguments)),
        }[head]
        return multiply(outer, differentiate(arguments[0], variable))
    raise Rejected(f"the derivative of {head} is not computed here")


def is_smooth(term: Term) -> bool:
    """Whether a concrete body is total and smooth: what `differentiate` knows."""
    if not isinstance(term, Apply):
        return True
    head, arguments = term.head, term.arguments
    if head in {"+", "negate", "*", "exp", "sin", "cos"}:
        return all(is_smooth(part) for part in arguments)
    if head == "/":
        return isinstance(arguments[1], Number) and arguments[1].value != 0 and is_smooth(arguments[0])
    if head == "^":
        power = arguments[1]
        return (
            isinstance(power, Number) and power.value.denominator == 1 and power.value >= 0 and is_smooth(arguments[0])
        )
    return head == "component"
