"""Definite integrals by antiderivatives and by comparison: what has to be shown, which the check of certificates has shown.

F and f defined and continuous from a to b, bounds included      F' = f strictly between a and b
---------------------------------------------------------------------------------------------------
the integral of f from a to b exists and is F(b) - F(a)

This is the fundamental theorem of calculus (Rudin, Principles of Mathematical Analysis, 6.21; with F differentiable between the bounds only it follows from
the mean value theorem on each interval of a partition, 5.10, since F is continuous up to the bounds). It holds for b < a too, with the integral turned
round, and for a = b; and for vectors and matrices, entry by entry. A term is continuous where it is defined if it is made of functions that are continuous
on their domains.

h, R, phi_1, phi_2, ... and g_1(phi_1), g_2(phi_2), ... defined and continuous from a to b, bounds included
h = R' + c_1 g_1(phi_1) phi_1' + c_2 g_2(phi_2) phi_2' + ... strictly between a and b                c_1, c_2, ... free of x
------------------------------------------------------------------------------------------------------------------------------
all of these integrals exist, and that of h from a to b is R(b) - R(a) + c_1 (the integral of g_1 from phi_1(a) to phi_1(b)) + ...

Integration by substitution, by parts and term by term (Rudin, 6.19, 6.20, 6.22): phi_i takes all values between phi_i(a) and phi_i(b), and others perhaps, which
are an interval on which g_i is continuous; its integral G_i from phi_i(a) on has the derivative g_i there, so that R + c_1 G_1(phi_1) + ... is an antiderivative of h.

a <= b      f and g defined and continuous from a to b, bounds included      f <= g strictly between a and b
--------------------------------------------------------------------------------------------------------------
both integrals from a to b exist, that of f is not above that of g

(Rudin, 6.8 and 6.12; one point more or less at the bounds does not matter.) Likewise |integral of f| <= integral of g from |f| <= g (6.13), and for the norm of
an integral of vectors (6.25).
"""

from __future__ import annotations

from collections.abc import Sequence

from .certificate import Rejected, Target
from .definedness import obligations
from .sorting import is_scalar, sort_of
from .term import (
    REAL,
    Apply,
    Function,
    Symbol,
    Term,
    add,
    children,
    equal,
    free_symbols,
    multiply,
    negate,
    substitute,
    subterms,
    subtract,
)

# Functions that are continuous on their domains; a power with a variable in the exponent has a base >= 0 there, and 0 only below a positive exponent.
CONTINUOUS = frozenset(
    {"+", "*", "negate", "/", "^", "sqrt", "root", "log", "log_base", "abs", "min", "max", "transpose", "inner", "norm"}
) | frozenset({"exp", "sin", "cos", "tan", "cot", "sec", "csc", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh"})

_ORDERS_OF_VALUES = {"apply": 1, "gradient": 1, "hessian": 2}


def parts_of(integral: Term, hypotheses: tuple[Term, ...]) -> tuple[Term, Symbol, Term, Term]:
    """(f, x, a, b) of an integral over a real variable that is bound in it and occurs in no bound and in no hypothesis."""
    if not isinstance(integral, Apply) or integral.head != "integral":
        raise Rejected("not an integral")
    body, variable, lower, upper = integral.arguments
    if not isinstance(variable, Symbol) or variable.sort != REAL:
        raise Rejected("an integral over something else than real numbers")
    if any(variable in free_symbols(term) for term in (lower, upper, *hypotheses)):
        raise Rejected("the variable of an integral that occurs outside of it")
    return body, variable, lower, upper


def definedness(variable: Symbol, *terms: Term) -> tuple[Term, ...]:
    """Where integrand and antiderivative, or two integrands, are defined. Rejected where they need not be continuous there."""
    for part in {part for term in terms for part in subterms(term)}:
        moves = isinstance(part, Apply) and variable in free_symbols(part)
        if moves and part.head not in CONTINUOUS and not _is_value_of_smooth(part):  # type: ignore[union-attr, arg-type]
            raise Rejected("something that need not be continuous")
    return tuple(dict.fromkeys(condition for term in terms for condition in obligations(term)))


def _is_value_of_smooth(term: Apply) -> bool:
    """The value of a function that is declared to have continuous derivatives, or its gradient, Hessian matrix or partial derivative if these are among them."""
    order = len(children(term.arguments[1])) if term.head == "partial" else _ORDERS_OF_VALUES.get(term.head)
    function = term.arguments[0]
    return (
        order is not None
        and isinstance(function, Symbol)
        and isinstance(function.sort, Function)
        and function.sort.order >= order
    )


def between(variable: Symbol, lower: Term, upper: Term, *, strict: bool) -> tuple[Term, Term]:
    """lower <= x <= upper, or with <."""
    word = "<" if strict else "<="
    return Apply(word, (lower, variable)), Apply(word, (variable, upper))


def within(
    hypotheses: tuple[Term, ...], variable: Symbol, lower: Term, upper: Term
) -> tuple[tuple[Term, ...], tuple[Term, ...]]:
    """What is known between the bounds, these included, and strictly between them."""
    closed, opened = ((*hypotheses, *between(variable, lower, upper, strict=strict)) for strict in (False, True))
    return closed, opened


def slope_claimed(body: Term, antiderivative: Term, variable: Symbol) -> Term:
    """F' = f."""
    return equal(Apply("derivative", (antiderivative, variable)), body)


def value_of(antiderivative: Term, variable: Symbol, lower: Term, upper: Term) -> Term:
    """F(b) - F(a)."""
    return subtract(substitute(antiderivative, {variable: upper}), substitute(antiderivative, {variable: lower}))


def substituted(target: Target, variable: Symbol) -> tuple[Term, Term, Term]:
    """(g(phi), phi(a) as claimed, phi(b) as claimed) of a target. Rejected where it does not hang on x by its place alone."""
    if not isinstance(target.integral, Apply) or target.integral.head != "integral":
        raise Rejected("not an integral")
    body, own, lower, upper = target.integral.arguments
    if not isinstance(own, Symbol) or own.sort != REAL:
        raise Rejected("an integral over something else than real numbers")
    if not all(is_scalar(sort_of(one)) for one in (body, target.place, target.coefficient)):
        raise Rejected("a substitution in something that is not a number")
    if target.name.sort != REAL:
        raise Rejected("an integral that is named by something else than a number")
    outside = free_symbols(target.integral) | free_symbols(target.coefficient)
    if variable in outside or variable not in free_symbols(target.place):
        raise Rejected("a target that moves with the variable by more than its place")
    inside = substitute(body, {own: target.place})
    return inside, *((upper, lower) if target.turned else (lower, upper))


def value_by_targets(
    rest: Term, targets: Sequence[Target], variable: Symbol, lower: Term, upper: Term
) -> tuple[Term, dict[Term, Term]]:
    """R(b) - R(a) + the sum of c times the letters for the other integrals, and these letters by the integrals."""
    values = [multiply(one.coefficient, negate(one.name) if one.turned else one.name) for one in targets]
    return add(value_of(rest, variable, lower, upper), *values), {one.integral: one.name for one in targets}


def slope_by_targets(body: Term, rest: Term, targets: tuple[tuple[Target, Term], ...], variable: Symbol) -> Term:
    """h = R' + the sum of c g(phi) phi'."""
    parts = [multiply(one.coefficient, inside, Apply("derivative", (one.place, variable))) for one, inside in targets]
    return equal(body, add(Apply("derivative", (rest, variable)), *parts))


def compared(statement: Term, hypotheses: tuple[Term, ...]) -> tuple[Term, Symbol, Term, Term, Term]:
    """(f, x, a, b, g) of: the integral of f from a to b, its absolute value or its norm, is not above that of g; f then stands in | | too."""
    if not isinstance(statement, Apply) or statement.head not in {"<=", ">="}:
        raise Rejected("not a comparison of integrals")
    lesser, greater = statement.arguments if statement.head == "<=" else reversed(statement.arguments)
    outer = lesser.head if isinstance(lesser, Apply) and lesser.head in {"abs", "norm"} else None
    body, variable, lower, upper = parts_of(children(lesser)[0] if outer else lesser, hypotheses)
    other, its_variable, *bounds = parts_of(greater, hypotheses)
    if bounds != [lower, upper]:
        raise Rejected("integrals between different bounds")
    if its_variable != variable and variable in free_symbols(other):
        raise Rejected("the variable of one integral is free in the other")
    return Apply(outer, (body,)) if outer else body, variable, lower, upper, substitute(other, {its_variable: variable})
