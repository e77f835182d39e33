"""The axioms: the whole list, and points of their domains at which each is tried."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from derive.kernel.definedness import obligations
from derive.kernel.evaluation import Undecided, Undefined, evaluate
from derive.kernel.sorting import sort_of
from derive.kernel.term import REAL, STATEMENT, Apply, Constant, Matrix, Number, Sort, Symbol, Term, free_symbols
from derive.theories import AXIOMS

# Nothing joins this list without a source and a reason; nothing of the generality of a theorem belongs in it.
NAMES = [
    "cosine_below",
    "cosine_above",
    "cosine_zero",
    "sine_zero",
    "pythagorean",
    "exp_zero",
    "exp_sum",
    "log_product",
    "log_exp",
    "exp_log",
    "log_one",
    "absolute_above",
    "absolute_of_nonnegative",
    "absolute_of_nonpositive",
    "minimum_left",
    "minimum_right",
    "maximum_left",
    "maximum_right",
    "square_comparison",
    "sign_product",
    "sign_bound",
    *[
        "exp_negative",
        "exp_power",
        "power_of_e",
        "zero_power",
        "log_not_zero",
        "exp_one",
        "log_power",
        "log_of_square",
        "log_e",
        "log_base",
        "power_by_exp",
        "power_of_product",
        "power_increases",
        "power_of_larger_exponent",
        "floor_below",
        "ceiling_above",
        "floor_above",
        "ceiling_below",
        "exp_increases",
        "exp_does_not_decrease",
        "log_increases",
        "log_does_not_decrease",
        "exp_above_tangent",
        "log_below_tangent",
        "sine_of_sum",
        "cosine_of_sum",
        "sine_odd",
        "cosine_even",
        "tangent",
        "cotangent",
        "secant",
        "cosecant",
        "sine_of_pi",
        "cosine_of_pi",
        "sine_of_half_pi",
        "cosine_of_half_pi",
        "sine_of_third_pi",
        "cosine_of_third_pi",
        "sine_of_quarter_pi",
        "cosine_of_quarter_pi",
        "sine_of_sixth_pi",
        "cosine_of_sixth_pi",
        "jordan",
        "sine_of_arcsine",
        "cosine_of_arcsine",
        "cosine_of_arccosine",
        "sine_of_arccosine",
        "sine_of_arctangent",
        "cosine_of_arctangent",
        "arcsine_and_arccosine",
        "arctangent_odd",
        "arctangent_of_reciprocal",
        "hyperbolic_sine",
        "hyperbolic_cosine",
        "hyperbolic_tangent",
        "factorial_step",
        "factorial_zero",
        "binomial_by_factorials",
        "binomial_of_pascal",
        "binomial_symmetric",
    ],
    *[
        "inverse_right",
        "inverse_left",
        "adjugate_right",
        "adjugate_left",
        "pseudoinverse_1",
        "pseudoinverse_2",
        "pseudoinverse_3",
        "pseudoinverse_4",
        "trace_of_definite_product",
        "inverses_in_loewner_order",
        "component_at_most_greatest",
        "component_at_most_sum",
        "component_at_most_length",
        "image_at_most_greatest_singular_value",
        "det_product",
    ],
]
MATRICES = NAMES[NAMES.index("inverse_right") :]

POINTS = [
    3.0,
    4.0,
    5.0,
    -20.0,
    -math.pi,
    -2.0,
    -1.0,
    -0.5,
    -1e-9,
    0.0,
    1e-9,
    0.3,
    0.5,
    1.0,
    2.0,
    math.e,
    math.pi,
    7.0,
    20.0,
]
FUNCTIONS: dict[str, Callable[..., float]] = {
    "cos": math.cos,
    "sin": math.sin,
    "exp": math.exp,
    "log": math.log,
    "abs": abs,
    "sgn": lambda value: float((value > 0) - (value < 0)),
    "floor": math.floor,
    "ceil": math.ceil,
    "min": min,
    "max": max,
    "negate": lambda value: -value,
    "^": lambda base, exponent: base**exponent,
    "+": lambda *values: math.fsum(values),
    "*": lambda *values: math.prod(values),
    "/": lambda above, below: above / below,
    "sqrt": math.sqrt,
    "tan": math.tan,
    "cot": lambda value: math.cos(value) / math.sin(value),
    "sec": lambda value: 1 / math.cos(value),
    "csc": lambda value: 1 / math.sin(value),
    "arcsin": math.asin,
    "arccos": math.acos,
    "arctan": math.atan,
    "sinh": math.sinh,
    "cosh": math.cosh,
    "tanh": math.tanh,
    "log_base": lambda base, inside: math.log(inside) / math.log(base),
    "factorial": lambda value: float(math.factorial(natural(value))),
    "binomial": lambda whole, chosen: float(math.comb(natural(whole), natural(chosen))),
}


def natural(value: float) -> int:
    """The natural number that a value is; ValueError for others."""
    if value < 0 or value != round(value):
        raise ValueError("not a natural number")
    return round(value)


def value(term: Term, point: dict[Symbol, float]) -> float:
    if isinstance(term, Number):
        return float(term.value)
    if isinstance(term, Symbol):
        return point[term]
    if isinstance(term, Constant):
        return {"pi": math.pi, "e": math.e}[term.name]
    assert isinstance(term, Apply)
    return FUNCTIONS[term.head](*(value(part, point) for part in term.arguments))


def holds(statement: Term, point: dict[Symbol, float], slack: float) -> bool:
    """Whether a relation holds; a conclusion is given some slack for rounding, a premise none."""
    assert isinstance(statement, Apply)
    left, right = (value(side, point) for side in statement.arguments)
    room = slack * (1 + abs(left) + abs(right))
    return {
        "=": abs(left - right) <= room,
        "!=": left != right,
        "<=": left <= right + room,
        "<": left < right + room,
        ">=": left >= right - room,
        ">": left > right - room,
    }[statement.head]


def test_the_list() -> None:
    assert list(AXIOMS) == NAMES


@pytest.mark.parametrize("name", [name for name in NAMES if name not in MATRICES])
def test_no_point_falsifies(name: str) -> None:
    axiom = AXIOMS[name]
    assert axiom.name == name
    symbols = sorted(
        free_symbols(Apply("and", (*axiom.premises, axiom.conclusion, axiom.conclusion))), key=lambda one: one.name
    )
    assert all(symbol.sort == REAL for symbol in symbols)
    tried = 0
    for values in itertools.product(POINTS, repeat=len(symbols)):
        point = dict(zip(symbols, values, strict=True))
        try:
            if not all(holds(premise, point, 0) for premise in axiom.premises):
                continue
            found = holds(axiom.conclusion, point, 1e-11)
        except (ValueError, ZeroDivisionError, OverflowError, TypeError):  # undefined, or beyond floating point
            continue
        tried += 1
        assert found, point
    assert tried >= min(5, len(POINTS) ** len(symbols))


@pytest.mark.parametrize("name", MATRICES)
def test_no_matrix_falsifies(name: str) -> None:
    """Small matrices of sizes 1, 2 and 3, exactly; singular ones among them."""
    axiom = AXIOMS[name]
    symbols = sorted(
        free_symbols(Apply("and", (*axiom.premises, axiom.conclusion, axiom.conclusion))), key=lambda one: one.name
    )
    tried = 0
    for size in (1, 2, 3):
        for seed in range(7 if len(symbols) > 1 else 12):
            point = {symbol: example(symbol.sort, size, seed + 3 * place) for place, symbol in enumerate(symbols)}
            if any(isinstance(one, Apply) and one.head.startswith("positive_") for one in axiom.premises):
                point = dict(zip(symbols, growing([*point.values()], size), strict=True))
            try:
                if not all(evaluate(premise, point, {"n": size, "m": 4 - size}) is True for premise in axiom.premises):
                    continue
                found = evaluate(axiom.conclusion, point, {"n": size, "m": 4 - size})
            except (Undefined, Undecided):
                continue
            tried += 1
            assert found is True, point
    assert tried >= 5


def growing(matrices: list[Term], size: int) -> list[Term]:
    """The last of them as a Gram matrix, with the identity; each before it with a Gram matrix more."""
    total: Term = Constant("identity", Matrix(size, size))
    found = []
    for matrix in reversed(matrices):
        total = Apply("+", (total, Apply("*", (Apply("transpose", (matrix,)), matrix))))
        total = literal(evaluate(total, {}, {}))
        found.append(total)
    return found[::-1]


def example(sort: Sort, size: int, seed: int) -> Term:
    """A matrix of small numbers: the identity, symmetric ones, and others; for a number, a position."""
    if not isinstance(sort, Matrix):
        return Number(1 + seed % size)
    sizes = {"n": size, "m": 4 - size}
    height, width = (sizes[one] if isinstance(one, str) else one for one in (sort.rows, sort.columns))
    places = [[(i, j) for j in range(width)] for i in range(height)]
    if seed % 4 == 0:
        entries = [[int(i == j) * (seed + 1) for i, j in row] for row in places]
    elif seed % 4 == 1:
        entries = [[(seed if i == j else 0) + (i + j) % 2 for i, j in row] for row in places]
    else:
        entries = [[(seed * (3 * i + 5 * j + i * j * j + 1)) % 7 - 2 for i, j in row] for row in places]
    return literal(entries)


def literal(entries: Iterable[Iterable[Any]]) -> Term:
    return Apply("matrix", tuple(Apply("row", tuple(map(Number, row))) for row in entries))


@pytest.mark.parametrize("name", NAMES)
def test_sorts_domain_and_source(name: str) -> None:
    axiom = AXIOMS[name]
    assert all(sort_of(statement) == STATEMENT for statement in (*axiom.premises, axiom.conclusion))
    assert len(axiom.source) > 10
    for term in (axiom.conclusion, *axiom.premises):
        obligations(term)  # known


def test_a_false_axiom_would_be_noticed() -> None:
    x = Symbol("x")
    wrong = Apply("=", (Apply("log", (Apply("exp", (x,)),)), Apply("abs", (x,))))
    assert not all(holds(wrong, {x: point}, 1e-12) for point in POINTS)
