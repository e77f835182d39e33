"""Exact derivatives of concrete terms: polynomials, quotients by constants, exp, sin, cos. Anything else is refused."""

from __future__ import annotations

from .certificate import Rejected
from .sorting import is_scalar
from .term import ONE, ZERO, Apply, Constant, Number, Symbol, Term, add, multiply, negate


def differentiate(term: Term, variable: Term) -> Term:
    """d term / d variable, where the variable is a symbol or a component of a vector symbol."""
    if term == variable:
        return ONE
    if _is_plain(term):
        return ZERO
    if not isinstance(term, Apply):
        raise Rejected("a vector that is not taken apart by component")
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
        assert isinstance(power, Number)
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
    if _is_plain(term):
        return True
    if not isinstance(term, Apply):
        return False
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
    return False


def _is_plain(term: Term) -> bool:
    """A number, a scalar symbol, or a component of a vector symbol.

    A vector that stands bare, or a component of anything else, would be differentiated to 0 although it varies.
    """
    if isinstance(term, Apply):
        return (
            term.head == "component" and isinstance(term.arguments[0], Symbol) and isinstance(term.arguments[1], Number)
        )
    return isinstance(term, Number) or (isinstance(term, (Symbol, Constant)) and is_scalar(term.sort))
