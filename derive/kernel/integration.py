"""Definite integrals by antiderivatives: what has to be shown, which the check of certificates has shown.

F and f defined and continuous from a to b, bounds included      F' = f strictly between a and b
---------------------------------------------------------------------------------------------------
the integral of f from a to b exists and is F(b) - F(a)

This is the fundamental theorem of calculus (Rudin, Principles of Mathematical Analysis, 6.21; with F differentiable between the bounds only it follows from
the mean value theorem on each interval of a partition, 5.10, since F is continuous up to the bounds). It holds for b < a too, with the integral turned
round, and for a = b. A term is continuous where it is defined if it is made of functions that are continuous on their domains.
"""

from __future__ import annotations

from .certificate import Rejected
from .definedness import obligations
from .sorting import is_scalar, sort_of
from .term import (
    REAL,
    Apply,
    Function,
    Symbol,
    Term,
    equal,
    free_symbols,
    substitute,
    subterms,
    subtract,
)

# Functions that are continuous on their domains; a power with a variable in the exponent has a base >= 0 there, and 0 only below a positive exponent.
CONTINUOUS = frozenset(
    {"+", "*", "negate", "/", "^", "sqrt", "root", "log", "log_base", "abs", "min", "max"}
) | frozenset({"exp", "sin", "cos", "tan", "cot", "sec", "csc", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh"})


def parts_of(integral: Term, hypotheses: tuple[Term, ...]) -> tuple[Term, Symbol, Term, Term]:
    """(f, x, a, b) of an integral over a real variable that is bound in it and occurs in no bound and in no hypothesis."""
    if not isinstance(integral, Apply) or integral.head != "integral":
        raise Rejected("not an integral")
    body, variable, lower, upper = integral.arguments
    if not isinstance(variable, Symbol) or variable.sort != REAL or not is_scalar(sort_of(body)):
        raise Rejected("an integral over something else than real numbers, or of something that is not a number")
    if any(variable in free_symbols(term) for term in (lower, upper, *hypotheses)):
        raise Rejected("the variable of an integral that occurs outside of it")
    return body, variable, lower, upper


def definedness(body: Term, antiderivative: Term, variable: Symbol) -> tuple[Term, ...]:
    """Where integrand and antiderivative are defined. Rejected where they need not be continuous there."""
    if not is_scalar(sort_of(antiderivative)):
        raise Rejected("an antiderivative that is not a number")
    for part in {*subterms(body), *subterms(antiderivative)}:
        moves = isinstance(part, Apply) and variable in free_symbols(part)
        if moves and part.head not in CONTINUOUS and not _is_value_of_smooth(part):  # type: ignore[union-attr, arg-type]
            raise Rejected("something that need not be continuous")
    return tuple(dict.fromkeys((*obligations(body), *obligations(antiderivative))))


def _is_value_of_smooth(term: Apply) -> bool:
    """The value of a function that is declared to be differentiable, with a continuous derivative."""
    function = term.arguments[0]
    return (
        term.head == "apply"
        and isinstance(function, Symbol)
        and isinstance(function.sort, Function)
        and function.sort.order >= 1
    )


def between(variable: Symbol, lower: Term, upper: Term, *, strict: bool) -> tuple[Term, Term]:
    """lower <= x <= upper, or with <."""
    word = "<" if strict else "<="
    return Apply(word, (lower, variable)), Apply(word, (variable, upper))


def slope_claimed(body: Term, antiderivative: Term, variable: Symbol) -> Term:
    """F' = f."""
    return equal(Apply("derivative", (antiderivative, variable)), body)


def value_of(antiderivative: Term, variable: Symbol, lower: Term, upper: Term) -> Term:
    """F(b) - F(a)."""
    return subtract(substitute(antiderivative, {variable: upper}), substitute(antiderivative, {variable: lower}))
