"""Limits of quotients by their derivatives.

N and D are k times differentiable at a     N, N', ..., D, D', ... up to order k - 1 vanish at a     D^(k)(a) != 0
-----------------------------------------------------------------------------------------------------------------
the limit of N/D at a exists and is N^(k)(a) / D^(k)(a)

By Taylor's theorem with Peano's remainder (Rudin, Principles of Mathematical Analysis, 5.15) N(a + h) = N^(k)(a) h^k/k! + o(h^k), and so D; therefore D is not 0
beside a. With k = 0 it is the continuity of N at a. The conditions of the rules of differentiation hold at a: they are strict inequalities between terms that
are continuous there, so that they hold near a too, and N and D are defined there.
"""

from __future__ import annotations

from .calculus import slope_of
from .certificate import Rejected
from .cover import exact
from .definedness import obligations
from .normal_form import Atoms, is_zero
from .sign import implied
from .sorting import is_scalar, sort_of
from .term import ONE, REAL, Apply, Symbol, Term, free_symbols, substitute

MAXIMUM_ORDER = 8


def value_of_limit(limit: Term, order: int, hypotheses: tuple[Term, ...]) -> tuple[Term, tuple[Term, ...]]:
    """The limit as a quotient of derivatives, and conditions at the point that are enough. Rejected where the derivatives before them do not vanish."""
    if not isinstance(limit, Apply) or limit.head != "limit":
        raise Rejected("not a limit")
    body, variable, point = limit.arguments
    if not isinstance(variable, Symbol) or variable.sort != REAL or not is_scalar(sort_of(body)):
        raise Rejected("a limit over something else than real numbers, or of something that is not a number")
    if any(variable in free_symbols(term) for term in (point, *hypotheses)):
        raise Rejected("the variable of a limit that occurs outside of it")
    if not 0 <= order <= MAXIMUM_ORDER:
        raise Rejected("derivatives of such an order")
    above, below = body.arguments if isinstance(body, Apply) and body.head == "/" else (body, ONE)
    there: dict[Term, Term] = {variable: point}
    conditions = [one for term in (above, below) for one in obligations(term) if variable not in free_symbols(one)]
    for step in range(order + 1):
        value = exact(substitute(above, there)), exact(substitute(below, there))
        (above, one), (below, other) = (
            slope_of(above, variable),
            slope_of(below, variable),
        )  # so that they are continuous, too
        conditions += [exact(substitute(condition, there)) for condition in (*one, *other)]
        if step < order and not all(_vanishes(term) for term in value):
            raise Rejected("a derivative before the last that does not vanish")
    if any(not free_symbols(condition) and not implied(condition, ()) for condition in conditions):
        raise Rejected("what the derivatives at the point need does not hold")
    return exact(Apply("/", value)), tuple(dict.fromkeys((*obligations(point), *conditions)))


def _vanishes(term: Term) -> bool:
    atoms = Atoms()
    return is_zero(atoms.form(term), atoms)
