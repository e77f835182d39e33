"""Relations of two functions from a point on, by their derivatives: what has to be shown, which the check of certificates has shown.

f and g defined and continuous from a on      f(a) <= g(a)      f' <= g' beyond a
----------------------------------------------------------------------------------
f(x) <= g(x) for x >= a

(Rudin, Principles of Mathematical Analysis, 5.10 and 5.11: g - f is continuous on [a, x], and its derivative is >= 0 strictly between, so that it does not
decrease.) Likewise with =, 5.11 (b); with < from f(a) < g(a); and with < for x > a from f(a) <= g(a) and f' < g'. Before a point the derivatives compare in the
other direction.

"From a on" is: for all numbers x with a <= x that satisfy what the hypotheses say of x from above, as in x < c, where c is free of x; what else they say of x is
not used. Where such a hypothesis holds at x, it holds at all numbers between a and x, and with < in the place of <= strictly between. So what is shown for
all of these is shown between a and the x of the claim. a is free of x.
"""

from __future__ import annotations

from .certificate import Rejected
from .sign import conjuncts
from .sorting import is_scalar, sort_of
from .squares import order
from .term import REAL, Apply, Symbol, Term, equal, free_symbols, substitute

_SWAPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


def bounds_beyond(hypotheses: tuple[Term, ...], variable: Symbol, *, rising: bool, strict: bool) -> tuple[Term, ...]:
    """What the hypotheses say of the variable alone on the far side of the point: from above where it rises; all of it with < where `strict`.

    Hypotheses that do not speak of the variable come first, as they are.
    """
    kept = [one for one in hypotheses if variable not in free_symbols(one)]
    for part in (part for one in hypotheses if variable in free_symbols(one) for part in conjuncts(one)):
        if not isinstance(part, Apply) or part.head not in _SWAPPED:
            continue
        left, right = part.arguments
        head = part.head
        if right == variable:
            left, right, head = right, left, _SWAPPED[head]
        if left == variable and variable not in free_symbols(right) and (head in {"<", "<="}) == rising:
            kept.append(Apply(head[0] if strict else head, (left, right)))
    return tuple(kept)


def from_point(variable: Symbol, base: Term, *, rising: bool, strict: bool) -> Term:
    """base <= x, or with <; x <= base where the way is down."""
    return Apply("<" if strict else "<=", (base, variable) if rising else (variable, base))


def known_beyond(
    hypotheses: tuple[Term, ...], variable: Symbol, base: Term, *, rising: bool, strict: bool
) -> tuple[Term, ...]:
    """What is known of the numbers from the point on: these bounds, and that they lie beyond it."""
    bounds = bounds_beyond(hypotheses, variable, rising=rising, strict=strict)
    return (*bounds, from_point(variable, base, rising=rising, strict=strict))


def sides_of(statement: Term, variable: Symbol, base: Term) -> tuple[Term, Term, str]:
    """(f, g, "=", "<" or "<="), for a variable that is a real number and a point that does not move with it."""
    if variable.sort != REAL:
        raise Rejected("a derivative by something else than a real number")
    if variable in free_symbols(base) or not is_scalar(sort_of(base)):
        raise Rejected("a point that moves with the variable, or is no number")
    if isinstance(statement, Apply) and statement.head == "=":
        left, right = statement.arguments
        word = "="
    else:
        left, right, strict = order(statement)
        word = "<" if strict else "<="
    if not is_scalar(sort_of(left)):
        raise Rejected("an equation of something else than numbers")
    return left, right, word


def start_claimed(sides: tuple[Term, Term, str], variable: Symbol, base: Term, *, strict: bool) -> Term:
    """The relation at the point; with <= where the slopes are strict."""
    left, right, word = sides
    return Apply("<=" if strict else word, (substitute(left, {variable: base}), substitute(right, {variable: base})))


def slopes_claimed(sides: tuple[Term, Term, str], variable: Symbol, *, rising: bool, strict: bool) -> Term:
    """How the derivatives compare: as the sides do on the way up, in the other direction on the way down."""
    left, right, word = sides
    slopes = Apply("derivative", (left, variable)), Apply("derivative", (right, variable))
    if word == "=":
        return equal(*slopes)
    return Apply("<" if strict else "<=", slopes if rising else (slopes[1], slopes[0]))
