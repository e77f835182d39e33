"""Integrals without bounds: `\\int 2x dx = x^2 + C` says that both sides have the same derivative by x.

Meant is that where x stands outside of the integrals too; `\\int p(x) dx = 1` goes over a whole space that is not written.
"""

from __future__ import annotations

from derive.kernel.sorting import is_scalar, sort_of
from derive.kernel.term import (
    REAL,
    ZERO,
    Apply,
    Function,
    Lambda,
    Symbol,
    Term,
    add,
    equal,
    free_symbols,
    multiply,
    negate,
    subterms,
)

_INDEFINITE = "\\int #1* \\, d#2"
_CONSTANTS = frozenset({"a", "b", "c", "k", "m", "n", "p", "q", "C", "\\alpha", "\\beta", "\\lambda", "\\omega"})


def same_derivative(statement: Term) -> tuple[Term, Symbol, bool] | None:
    """An equation with integrals without bounds as one of derivatives, the variable, and whether it can be refuted; None where it is no such equation.

    A function that the text leaves open, or a letter that may depend on the variable, makes it one that says what these are.
    """
    if not isinstance(statement, Apply) or statement.head != "=" or not is_scalar(sort_of(statement.arguments[0])):
        return None
    variables = {variable for part in subterms(statement) if (variable := _variable(part)) is not None}
    if len(variables) != 1:
        return None
    variable = variables.pop()
    if variable.sort != REAL or variable not in free_symbols(statement):
        return None
    sides = [_derivative(side, variable) for side in statement.arguments]
    if sides[0] is None or sides[1] is None:
        return None
    found = equal(sides[0], sides[1])
    others = free_symbols(found) - {variable}
    known = all(not isinstance(one.sort, Function) and one.name in _CONSTANTS for one in others)
    return found, variable, known


def _variable(part: Term) -> Symbol | None:
    """What an integral without bounds is taken by; None of anything else."""
    if not isinstance(part, Apply) or part.head != "notation" or len(part.arguments) != 3:
        return None
    template, body, name = part.arguments
    if not isinstance(template, Symbol) or template.name != _INDEFINITE:
        return None
    found = name.body if isinstance(name, Lambda) else name
    single = isinstance(body, Lambda) and body.parameters == (found,)
    return found if single and isinstance(found, Symbol) else None


def _derivative(term: Term, variable: Symbol) -> Term | None:
    if _variable(term) == variable:
        assert isinstance(term, Apply)
        body = term.arguments[1]
        assert isinstance(body, Lambda)
        return body.body  # its parameter is the variable
    if not any(_variable(part) is not None for part in subterms(term)):
        return Apply("derivative", (term, variable)) if variable in free_symbols(term) else ZERO
    if not isinstance(term, Apply):
        return None
    if term.head == "negate":
        inner = _derivative(term.arguments[0], variable)
        return None if inner is None else negate(inner)
    if term.head == "+":
        parts = [_derivative(part, variable) for part in term.arguments]
        return None if any(part is None for part in parts) else add(*(part for part in parts if part is not None))
    if term.head == "*":
        held = [part for part in term.arguments if any(_variable(one) is not None for one in subterms(part))]
        factors = [part for part in term.arguments if part not in held]
        if len(held) != 1 or any(variable in free_symbols(part) for part in factors):
            return None
        inner = _derivative(held[0], variable)
        return None if inner is None else multiply(*factors, inner)
    return None
