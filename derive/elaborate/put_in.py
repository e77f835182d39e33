"""Whether values may have been put into a formula: y = m x + b = 2 x + 1, F = m a = 2 a, v = v_0 + a t = a t.

Letters that are no longer written got values. What is no formula with values is an error: no values of m and b make m x + b = x^2 for all x.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from derive.elaborate.approximation import degree
from derive.kernel.evaluation import Undecided, Undefined, evaluate
from derive.kernel.sorting import is_scalar
from derive.kernel.term import ONE, ZERO, Number, Symbol, Term, free_symbols

_MOST_LETTERS = 6
_POINTS = (
    2,
    3,
    5,
    7,
    11,
    13,
    17,
    19,
    23,
)  # at which the letters that are left are looked at, shifted from letter to letter


def may_be_put_in(formula: Term, result: Term) -> bool:
    """Whether `result` may be `formula` with values of the letters that only this has. False where these are numbers, stand in it linearly, and no values of them make both equal at
    some points: the equations for the values at these points contradict each other."""
    gone = sorted(free_symbols(formula) - free_symbols(result), key=lambda symbol: symbol.name)
    if not gone:
        return False
    numbers = all(is_scalar(symbol.sort) for symbol in free_symbols(formula) | free_symbols(result))
    if not numbers or len(gone) > _MOST_LETTERS or degree(formula, frozenset(gone)) != 1:
        return True
    rows = [row for point in _points(result) if (row := _equation(formula, result, gone, point)) is not None]
    return _has_solution(rows)


def _points(result: Term) -> Iterator[dict[Symbol, Term]]:
    """Values of the letters that both have."""
    kept = sorted(free_symbols(result), key=lambda symbol: symbol.name)
    for place in range(len(_POINTS)):
        yield {symbol: Number(_POINTS[(place + 2 * shift) % len(_POINTS)]) for shift, symbol in enumerate(kept)}


def _equation(formula: Term, result: Term, gone: list[Symbol], point: dict[Symbol, Term]) -> list[Fraction] | None:
    """The coefficients of the letters in `formula = result` at a point, and what they are to add up to; None where these are not known exactly."""
    nothing: dict[Symbol, Term] = {**point, **dict.fromkeys(gone, ZERO)}
    try:
        values = [evaluate(formula, {**nothing, symbol: ONE}, {}) for symbol in gone]
        rest, wanted = evaluate(formula, nothing, {}), evaluate(result, point, {})
    except (Undefined, Undecided):
        return None
    row = [value for value in values if isinstance(value, Fraction)]
    if len(row) != len(gone) or not isinstance(rest, Fraction) or not isinstance(wanted, Fraction):
        return None
    return [*(value - rest for value in row), wanted - rest]


def _has_solution(rows: list[list[Fraction]]) -> bool:
    """Whether linear equations, each with its right side last, have a solution: by elimination."""
    rows = [row[:] for row in rows]
    done = 0
    for column in range(len(rows[0]) - 1 if rows else 0):
        pivot = next((index for index in range(done, len(rows)) if rows[index][column]), None)
        if pivot is None:
            continue
        rows[done], rows[pivot] = rows[pivot], rows[done]
        for index in range(done + 1, len(rows)):
            factor = rows[index][column] / rows[done][column]
            rows[index] = [entry - factor * above for entry, above in zip(rows[index], rows[done], strict=True)]
        done += 1
    return not any(row[-1] for row in rows[done:])
