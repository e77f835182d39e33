"""Exact derivatives of concrete terms.

`differentiate`: of what is total and smooth - polynomials, quotients by constants, exp, sin, cos; anything else is refused. `slope`: of elementary
functions, right wherever the term is smooth, which it does not ask.
"""

from __future__ import annotations

from .certificate import Rejected
from .sorting import is_scalar
from .term import EULER, ONE, TWO, ZERO, Apply, Constant, Number, Symbol, Term, add, free_symbols, multiply, negate


def differentiate(term: Term, variable: Term) -> Term:
    """d term / d variable, where the variable is a symbol or a component of a vector symbol; of a literal entry by entry."""
    if term == variable:
        return ONE
    if _is_plain(term):
        return ZERO
    if not isinstance(term, Apply):
        raise Rejected("a vector that is not taken apart by component")
    head, arguments = term.head, term.arguments
    if head in {"matrix", "row"}:
        return Apply(head, tuple(differentiate(part, variable) for part in arguments))
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
    if head in {"+", "negate", "*", "exp", "sin", "cos", "matrix", "row"}:
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


def slope(term: Term, variable: Symbol) -> Term:
    """d term / d variable, at the points around which the term is defined and smooth."""
    if variable not in free_symbols(term):
        return ZERO
    if not isinstance(term, Apply):
        if term != variable:
            raise Rejected("the slope of a function")
        return ONE
    head, arguments = term.head, term.arguments
    match head:
        case "+":
            return _sum([slope(part, variable) for part in arguments])
        case "negate":
            return _negative(slope(arguments[0], variable))
        case "*":
            return _sum(
                [
                    _product(*arguments[:index], slope(part, variable), *arguments[index + 1 :])
                    for index, part in enumerate(arguments)
                ]
            )
        case "/":
            return _slope_of_quotient(arguments[0], arguments[1], variable)
        case "^":
            return _slope_of_power(term, variable)
        case "log_base":
            return _slope_of_quotient(Apply("log", arguments[1:]), Apply("log", arguments[:1]), variable)
        case "root":
            value, index = arguments
            assert isinstance(index, Number)
            below = _product(index, _power(term, Number(index.value - 1)))
            return Apply("/", (slope(value, variable), below))
    if len(arguments) > 1:
        raise Rejected(f"the slope of {head} is not computed here")
    return _outer(term, slope(arguments[0], variable))


def _outer(term: Apply, inner: Term) -> Term:
    """The chain rule for a function of one number."""
    (inside,) = term.arguments
    square = Apply("^", (inside, TWO))

    def of(head: str) -> Term:
        return Apply(head, (inside,))

    match term.head:
        case "exp":
            return _product(term, inner)
        case "log":
            return Apply("/", (inner, inside))
        case "sqrt":
            return Apply("/", (inner, _product(TWO, term)))
        case "sin":
            return _product(of("cos"), inner)
        case "cos":
            return _negative(_product(of("sin"), inner))
        case "tan":
            return Apply("/", (inner, Apply("^", (of("cos"), TWO))))
        case "cot":
            return _negative(Apply("/", (inner, Apply("^", (of("sin"), TWO)))))
        case "sec":
            return _product(term, of("tan"), inner)
        case "csc":
            return _negative(_product(term, of("cot"), inner))
        case "arctan":
            return Apply("/", (inner, add(ONE, square)))
        case "arcsin":
            return Apply("/", (inner, Apply("sqrt", (add(ONE, negate(square)),))))
        case "arccos":
            return _negative(Apply("/", (inner, Apply("sqrt", (add(ONE, negate(square)),)))))
        case "sinh":
            return _product(of("cosh"), inner)
        case "cosh":
            return _product(of("sinh"), inner)
        case "tanh":
            return Apply("/", (inner, Apply("^", (of("cosh"), TWO))))
        case "abs" | "norm":
            return _product(of("sgn"), inner)
        case "sgn":
            return ZERO
    raise Rejected(f"the slope of {term.head} is not computed here")


def _slope_of_quotient(above: Term, below: Term, variable: Symbol) -> Term:
    top, bottom = slope(above, variable), slope(below, variable)
    if bottom == ZERO:
        return ZERO if top == ZERO else Apply("/", (top, below))
    square = Apply("^", (below, TWO))
    return Apply("/", (_sum([_product(top, below), _negative(_product(above, bottom))]), square))


def _slope_of_power(term: Apply, variable: Symbol) -> Term:
    base, exponent = term.arguments
    if isinstance(exponent, Apply) and exponent.head == "negate" and isinstance(exponent.arguments[0], Number):
        exponent = Number(-exponent.arguments[0].value)
    inner, outer = slope(base, variable), slope(exponent, variable)
    if isinstance(exponent, Number):
        return _product(exponent, _power(base, Number(exponent.value - 1)), inner)
    logarithm = ONE if base == EULER else Apply("log", (base,))
    rising = _product(term, logarithm, outer)
    falling = ZERO if inner == ZERO else _product(exponent, Apply("^", (base, add(exponent, Number(-1)))), inner)
    return _sum([rising, falling])


def _sum(terms: list[Term]) -> Term:
    return add(*(term for term in terms if term != ZERO))


def _negative(term: Term) -> Term:
    if isinstance(term, Number):
        return Number(-term.value)
    return term.arguments[0] if isinstance(term, Apply) and term.head == "negate" else negate(term)


def _product(*factors: Term) -> Term:
    """The product, with its numbers in front and equal factors together."""
    flat: list[Term] = []
    for factor in factors:
        flat += factor.arguments if isinstance(factor, Apply) and factor.head == "*" else (factor,)
    constant = Number(1)
    rest: list[Term] = []
    for factor in flat:
        if isinstance(factor, Number):
            constant = Number(constant.value * factor.value)
        elif isinstance(factor, Apply) and factor.head == "negate":
            constant = Number(-constant.value)
            rest.append(factor.arguments[0])
        else:
            rest.append(factor)
    if constant == ZERO:
        return ZERO
    return multiply(*([] if constant == ONE and rest else [constant]), *rest)


def _power(base: Term, exponent: Number) -> Term:
    return ONE if exponent == ZERO else base if exponent == ONE else Apply("^", (base, exponent))
