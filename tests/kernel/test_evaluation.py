"""Exact values at points: what is defined, what is not, and what cannot be said."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest

from derive.kernel.certificate import Rejected
from derive.kernel.differentiation import differentiate, is_smooth
from derive.kernel.enclosure import Enclosure, point
from derive.kernel.evaluation import Undecided, Undefined, compare, evaluate, literal_of, size_of
from derive.kernel.term import (
    EULER,
    FALSE,
    INTEGER,
    PI,
    REAL,
    TRUE,
    Apply,
    Constant,
    Function,
    Lambda,
    Matrix,
    Number,
    Symbol,
    Term,
    add,
    equal,
    multiply,
    negate,
    subtract,
)

x, y = Symbol("x"), Symbol("y")
n = Symbol("n", INTEGER)
ROW, COLUMN = Matrix(1, 2), Matrix(2, 1)
w, u = Symbol("w", ROW), Symbol("u", COLUMN)
square_matrix = Symbol("A", Matrix(2, 2))
f = Symbol("f", Function((REAL, REAL), REAL, 2))
L = Symbol("L", Function((ROW,), REAL, 2))
Q = Symbol("Q", Function((Matrix(2, 2),), REAL, 2))


def a(head: str, *arguments: Term | int | str) -> Apply:
    return Apply(head, tuple(number(one) if isinstance(one, (int, str)) else one for one in arguments))


def number(value: int | str) -> Number:
    return Number(Fraction(value))


def literal(*rows: tuple[int, ...]) -> Apply:
    return a("matrix", *(a("row", *row) for row in rows))


def position(vector: Term, index: int) -> Apply:
    return a("component", vector, index)


AT = {
    x: number(3),
    y: number(-2),
    n: number(2),
    w: literal((3, 4)),
    u: literal((1,), (2,)),
    square_matrix: literal((1, 2), (3, 4)),
    f: Lambda((x, y), a("*", a("^", x, 2), y)),
    L: Lambda((w,), add(a("^", position(w, 1), 2), multiply(position(w, 1), position(w, 2)))),
    Q: Lambda((square_matrix,), a("*", position(square_matrix, 1), position(square_matrix, 4))),
}
i = Symbol("i", INTEGER)
ILL = literal((1, 1), (1, 1))

EXACT: list[tuple[Term, object]] = [
    (a("delta", n, 2), 1),
    (a("delta", n, 1), 0),
    (a("rank", square_matrix), 2),
    (a("rank", ILL), 1),
    (a("rank", 0), 0),
    (a("rank", literal((0, 0, 1), (0, 0, 2))), 1),
    (a("norm_one", square_matrix), 6),
    (a("norm_infinity", square_matrix), 7),
    (a("norm_one", literal((1, -2))), 2),
    (a("norm_max", literal((1, -9))), 9),
    (a("norm_spectral", literal((3, 0), (0, -4))), 4),
    (a("norm_nuclear", literal((3, 0), (0, -4))), 7),
    (a("norm_spectral", w), 5),
    (a("norm_spectral", literal((1, 0, 0), (0, 2, 0), (0, 0, 3))), 3),
    (a("component", w, n), 4),
    (a("entry", square_matrix, n, 1), 3),
    (a("entry", square_matrix, 1, n), 2),
    (add(x, y), 1),
    (a("*", x, y, 2), -12),
    (negate(x), -3),
    (a("/", 1, x), "1/3"),
    (a("^", y, 3), -8),
    (a("^", y, n), 4),
    (a("^", y, negate(n)), "1/4"),
    (a("^", y, add(n, n)), 16),
    (a("^", 0, 0), 1),
    (a("^", 0, "1/2"), 0),
    (a("^", 4, "-1/2"), "1/2"),
    (a("^", x, x), 27),
    (a("^", -1, 10**9 + 1), -1),
    (a("^", 1, 10**9), 1),
    (a("sqrt", "9/4"), "3/2"),
    (a("root", -8, 3), -2),
    (a("root", 8, 3), 2),
    (a("abs", y), 2),
    (a("sgn", y), -1),
    (a("sgn", PI), 1),
    (a("sgn", negate(PI)), -1),
    (a("floor", "-1/2"), -1),
    (a("ceil", "-1/2"), 0),
    (a("factorial", 5), 120),
    (a("binomial", 5, 2), 10),
    (a("binomial", 2, 5), 0),
    (a("min", x, y), -2),
    (a("max", x, y), 3),
    (a("exp", 0), 1),
    (a("log", 1), 0),
    (a("sin", 0), 0),
    (a("cos", 0), 1),
    (a("tan", 0), 0),
    (a("sec", 0), 1),
    (a("arctan", 0), 0),
    (a("arcsin", 0), 0),
    (a("arccos", 1), 0),
    (a("sinh", 0), 0),
    (a("cosh", 0), 1),
    (a("tanh", 0), 0),
    (a("norm", w), 5),
    (a("abs", literal((-2,))), 2),
    (a("*", literal((-2,)), 3), -6),
    (a("norm", y), 2),
    (a("inner", w, u), 11),
    (multiply(w, u), 11),
    (a("^", multiply(w, u), 2), 121),
    (a("trace", square_matrix), 5),
    (a("det", square_matrix), -2),
    (a("det", x), 3),
    (a("inverse", x), "1/3"),
    (position(w, 2), 4),
    (a("entry", square_matrix, 2, 1), 3),
    (a("sum", a("^", i, 2), i, 1, 4), 30),
    (a("product", i, i, 1, 4), 24),
    (a("sum", i, i, 1, 0), 0),
    (a("product", i, i, 1, 0), 1),
    (a("apply", f, x, y), -18),
    (a("partial", f, a("indices", 1), x, y), -12),
    (a("partial", f, a("indices", 1, 2), x, y), 6),
    (a("partial", L, a("indices", 2), w), 3),
    (a("apply", Lambda((x,), add(x, number(1))), 1), 2),
]


@pytest.mark.parametrize(("term", "value"), EXACT, ids=lambda one: None)
def test_exact(term: Term, value: int | str) -> None:
    found = evaluate(term, AT, {})
    assert (found[0][0] if isinstance(found, tuple) else found) == Fraction(value)


GRIDS: list[tuple[Term, tuple[tuple[int | str, ...], ...]]] = [
    (w, ((3, 4),)),
    (a("transpose", w), ((3,), (4,))),
    (add(w, w), ((6, 8),)),
    (a("*", 2, w), ((6, 8),)),
    (a("*", w, 2), ((6, 8),)),
    (a("/", w, 2), (("3/2", 2),)),
    (multiply(u, w), ((3, 4), (6, 8))),
    (multiply(square_matrix, u), ((5,), (11,))),
    (a("^", square_matrix, 2), ((7, 10), (15, 22))),
    (a("^", square_matrix, 0), ((1, 0), (0, 1))),
    (a("^", square_matrix, -1), ((-2, 1), ("3/2", "-1/2"))),
    (a("inverse", square_matrix), ((-2, 1), ("3/2", "-1/2"))),
    (a("gradient", L, w), ((10, 3),)),
    (a("gradient", Q, square_matrix), ((4, 0), (0, 1))),
    (a("hessian", L, w), ((2, 1), (1, 0))),
    (Constant("zero", ROW), ((0, 0),)),
    (Constant("ones", COLUMN), ((1,), (1,))),
    (Constant("identity", Matrix("k", "k")), ((1, 0), (0, 1))),
    (a("each", a("each", add(x, y), y, 1), x, w), ((4, 5),)),  # not 3 + 1, although x is 3 outside
    (a("each", a("integral", multiply(x, y), y, 0, 1), x, w), (("3/2", 2),)),
]


@pytest.mark.parametrize(("term", "value"), GRIDS, ids=lambda one: None)
def test_grids(term: Term, value: tuple[tuple[int | str, ...], ...]) -> None:
    assert evaluate(term, AT, {"k": 2}) == tuple(tuple(Fraction(entry) for entry in row) for row in value)


zeros = Constant("zero", Matrix(2, 3))
ROW_OF_TWO = literal((1, 2))
BLOCKS = a("blocks", a("row", square_matrix, u), a("row", w, 7))
MATRICES: list[tuple[Term, tuple[tuple[int | str, ...], ...]]] = [
    (BLOCKS, ((1, 2, 1), (3, 4, 2), (3, 4, 7))),
    (a("unit", zeros, 2, 3), ((0, 0, 0), (0, 0, 1))),
    (a("unit", zeros, 1, n), ((0, 1, 0), (0, 0, 0))),
    (a("hadamard", square_matrix, square_matrix), ((1, 4), (9, 16))),
    (a("kronecker", ROW_OF_TWO, square_matrix), ((1, 2, 2, 4), (3, 4, 6, 8))),
    (a("kronecker", square_matrix, ROW_OF_TWO), ((1, 2, 2, 4), (3, 6, 4, 8))),
    (a("vec", square_matrix), ((1,), (3,), (2,), (4,))),
    (a("diag", u), ((1, 0), (0, 2))),
    (a("diag", w), ((3, 0), (0, 4))),
    (a("diagonal", square_matrix), ((1,), (4,))),
    (a("adjugate", square_matrix), ((4, -2), (-3, 1))),
    (a("adjugate", ILL), ((1, -1), (-1, 1))),
    (a("adjugate", 5), ((1,),)),
    (a("pseudoinverse", square_matrix), ((-2, 1), ("3/2", "-1/2"))),
    (a("pseudoinverse", ILL), (("1/4", "1/4"), ("1/4", "1/4"))),
    (a("pseudoinverse", w), (("3/25",), ("4/25",))),
    (a("pseudoinverse", literal((0, 0))), ((0,), (0,))),
    (a("pseudoinverse", literal((1, 2, 3), (2, 4, 6))), (("1/70", "1/35"), ("1/35", "2/35"), ("3/70", "3/35"))),
    (a("exponential", literal((0, 0), (0, 0))), ((1, 0), (0, 1))),
    (a("exponential", literal((0, 1), (0, 0))), ((1, 1), (0, 1))),
    (a("exponential", literal((0, 1, 2), (0, 0, 3), (0, 0, 0))), ((1, 1, "7/2"), (0, 1, 3), (0, 0, 1))),
    (a("^", square_matrix, i), ((7, 10), (15, 22))),
]


@pytest.mark.parametrize(("term", "value"), MATRICES, ids=lambda one: None)
def test_made_of_matrices(term: Term, value: tuple[tuple[int | str, ...], ...]) -> None:
    assert evaluate(term, {**AT, i: number(2)}, {}) == tuple(tuple(Fraction(one) for one in row) for row in value)


def test_matrices_of_irrational_numbers() -> None:
    for head in ("vec", "diag", "hadamard", "kronecker"):
        arguments = (a("matrix", a("row", PI, 1)),) * (2 if head in {"hadamard", "kronecker"} else 1)
        assert evaluate(a(head, *arguments), {}, {})


EXPONENTIALS = [
    ((1, 0), (0, 2)),
    ((0, 1), (1, 0)),
    ((0, -1), (1, 0)),
    ((1, 1), (0, 1)),
    ((1, 2), (3, 4)),
    ((2, -5), (1, 0)),
]


@pytest.mark.parametrize("entries", EXPONENTIALS)
def test_exponentials_of_matrices(entries: tuple[tuple[int, int], ...]) -> None:
    """As their power series says."""
    found = evaluate(a("exponential", literal(*entries)), {}, {})
    assert isinstance(found, tuple)
    series = [[1.0, 0.0], [0.0, 1.0]]
    power = [[1.0, 0.0], [0.0, 1.0]]
    for order in range(1, 60):
        power = [[sum(power[r][k] * entries[k][c] for k in range(2)) / order for c in range(2)] for r in range(2)]
        series = [[series[r][c] + power[r][c] for c in range(2)] for r in range(2)]
    for r in range(2):
        for c in range(2):
            value = found[r][c]
            middle = (value.lower + value.upper) / 2 if isinstance(value, Enclosure) else value
            assert float(middle) == pytest.approx(series[r][c], abs=1e-9)


ENCLOSED: list[tuple[Term, float]] = [
    (a("norm_spectral", square_matrix), 5.464985704219043),
    (a("norm_nuclear", square_matrix), 5.830951894845301),
    (a("norm_spectral", literal((1, 2, 0), (0, 1, 1))), math.sqrt(6)),
    (a("norm_one", a("matrix", a("row", PI, 1))), math.pi),
    (a("norm_max", a("matrix", a("row", negate(PI), 1))), math.pi),
    (PI, math.pi),
    (EULER, math.e),
    (a("sqrt", 2), math.sqrt(2)),
    (a("sqrt", PI), math.sqrt(math.pi)),
    (a("root", 2, 3), 2 ** (1 / 3)),
    (a("root", -2, 3), -(2 ** (1 / 3))),
    (a("root", PI, 3), math.pi ** (1 / 3)),
    (a("root", negate(PI), 3), -(math.pi ** (1 / 3))),
    (a("^", 2, PI), 2**math.pi),
    (a("^", PI, 3), math.pi**3),
    (a("^", PI, -1), 1 / math.pi),
    (a("^", 2, "-3/2"), 2**-1.5),
    (a("log_base", 2, 10), math.log2(10)),
    (a("tan", 1), math.tan(1)),
    (a("cot", 1), 1 / math.tan(1)),
    (a("sec", 1), 1 / math.cos(1)),
    (a("csc", 1), 1 / math.sin(1)),
    (a("arctan", 1), math.atan(1)),
    (a("arctan", -10), math.atan(-10)),
    (a("arctan", PI), math.atan(math.pi)),
    (a("arcsin", -1), math.asin(-1)),
    (a("arcsin", "1/3"), math.asin(1 / 3)),
    (a("arccos", "-1/3"), math.acos(-1 / 3)),
    (a("arccos", 0), math.acos(0)),
    (a("sinh", 1), math.sinh(1)),
    (a("cosh", 1), math.cosh(1)),
    (a("tanh", 1), math.tanh(1)),
    (a("abs", negate(PI)), math.pi),
    (a("abs", PI), math.pi),
    (add(PI, x), math.pi + 3),
    (a("abs", a("sin", PI)), 0.0),
    (a("norm", literal((1, 1))), math.sqrt(2)),
]


@pytest.mark.parametrize(("term", "value"), ENCLOSED, ids=lambda one: None)
def test_enclosed(term: Term, value: float) -> None:
    found = evaluate(term, AT, {})
    assert isinstance(found, Enclosure)
    assert float(found.lower) == pytest.approx(value, abs=1e-12)
    assert found.lower <= found.upper


STATEMENTS: list[tuple[Term, bool]] = [
    (a("positive_definite", literal((2, 1), (1, 1))), True),
    (a("positive_definite", literal((1, 1), (1, 1))), False),
    (a("positive_definite", literal((1, 0), (1, 1))), False),  # not symmetric
    (a("positive_definite", literal((1, 2), (2, 1))), False),
    (a("positive_definite", literal((0, 0), (0, 1))), False),
    (a("positive_definite", number(3)), True),
    (a("positive_semidefinite", literal((1, 1), (1, 1))), True),
    (a("positive_semidefinite", literal((0, 0), (0, 1))), True),
    (a("positive_semidefinite", literal((0, 1), (1, 1))), False),
    (a("positive_semidefinite", literal((1, 2), (2, 1))), False),
    (a("positive_semidefinite", literal((0, 0), (0, -1))), False),
    (a("upper_triangular", literal((1, 2), (0, 3))), True),
    (a("upper_triangular", literal((1, 2), (1, 3))), False),
    (TRUE, True),
    (FALSE, False),
    (equal(x, number(3)), True),
    (a("!=", x, 3), False),
    (a("<", y, x), True),
    (a("<=", x, 3), True),
    (a(">", y, x), False),
    (a(">=", x, 3), True),
    (a("<", 3, PI), True),
    (a("!=", 3, PI), True),
    (a("=", PI, 3), False),
    (a(">", PI, 3), True),
    (a("<", PI, 3), False),
    (equal(w, literal((3, 4))), True),
    (equal(w, literal((3, 5))), False),
    (a("!=", w, literal((3, 5))), True),
    (equal(a("matrix", a("row", 3)), x), True),
    (equal(x, a("matrix", a("row", 4))), False),
    (equal(a("matrix", a("row", PI, 1)), a("matrix", a("row", PI, 2))), False),
    (a("not", FALSE), True),
    (a("<", literal((2,)), 3), True),
    # Guarded: what is not reached may be undefined.
    (a("and", FALSE, equal(a("/", 1, 0), x)), False),
    (a("or", TRUE, equal(a("/", 1, 0), x)), True),
    (a("implies", FALSE, equal(a("/", 1, 0), x)), True),
    (a("implies", TRUE, FALSE), False),
    (a("and", TRUE, TRUE), True),
    (a("or", FALSE, FALSE), False),
    (a("iff", FALSE, FALSE), True),
    (a("iff", TRUE, FALSE), False),
]


@pytest.mark.parametrize(("statement", "value"), STATEMENTS, ids=lambda one: None)
def test_statements(statement: Term, value: bool) -> None:
    assert evaluate(statement, AT, {}) is value


UNDEFINED: list[tuple[Term, str]] = [
    (a("/", 1, 0), "a division by zero"),
    (a("gamma", 0), "gamma at an integer"),
    (a("gamma", -2), "gamma at an integer"),
    (a("/", w, 0), "a division by zero"),
    (a("*", 0, a("/", 1, 0)), "a division by zero"),
    (a("^", 0, -1), "a division by zero"),
    (a("^", 0, y), "a power of a number that is not positive"),  # 0^-2
    (
        a("^", -1, x),
        "a power of a number that is not positive",
    ),  # a negative base with a real exponent, also when its value is an integer
    (a("^", a("matrix", a("row", -1)), x), "a power of a number that is not positive"),
    (a("^", -8, "1/3"), "a power of a number that is not positive"),
    (a("arcsin", 2), "an inverse sine or cosine of a number beyond 1"),
    (a("arccos", negate(PI)), "an inverse sine or cosine of a number beyond 1"),
    (a("sqrt", -1), "an even root of a negative number"),
    (a("sqrt", negate(PI)), "an even root of a negative number"),
    (a("root", -1, 4), "an even root of a negative number"),
    (a("log", 0), "a logarithm of a number that is not positive"),
    (a("log", -1), "a logarithm of a number that is not positive"),
    (a("log", negate(PI)), "a logarithm of a number that is not positive"),
    (a("log_base", 1, 2), "the base of a logarithm"),
    (a("log_base", -2, 2), "the base of a logarithm"),
    (a("log_base", 2, 0), "a logarithm of a number that is not positive"),
    (a("cot", 0), "a division by zero"),
    (a("csc", 0), "a division by zero"),
    (a("factorial", -1), "a factorial of something that is not a natural number"),
    (a("factorial", "1/2"), "a factorial of something that is not a natural number"),
    (a("binomial", -1, 2), "a binomial coefficient"),
    (a("binomial", 3, "1/2"), "a binomial coefficient"),
    (a("binomial", "5/2", 1), "a binomial coefficient"),
    (a("binomial", 3, -1), "a binomial coefficient"),
    (a("inverse", ILL), "a division by zero"),
    (a("inverse", 0), "a division by zero"),
    (a("^", ILL, -1), "a division by zero"),
    (a("unit", Constant("zero", ROW), 1, 3), "a position outside a vector or matrix"),
    (a("component", w, x), "a position outside a vector or matrix"),
    (a("entry", square_matrix, 0, 1), "a position outside a vector or matrix"),  # and not the last row
    (a("component", w, 0), "a position outside a vector or matrix"),
    (a("component", w, 3), "a position outside a vector or matrix"),
    (a("component", w, "1/2"), "a position outside a vector or matrix"),
    (a("component", w, "3/2"), "a position outside a vector or matrix"),
]


@pytest.mark.parametrize(("term", "reason"), UNDEFINED, ids=lambda one: None)
def test_undefined(term: Term, reason: str) -> None:
    with pytest.raises(Undefined, match=reason):
        evaluate(term, AT, {})


nested: Term = a("apply", Lambda((x,), x), x)
tower: Term = a("^", 9, a("^", 9, a("^", 9, 9)))
growing: Term = PI
for _ in range(8):
    growing = a("^", growing, 200)
long_sum: Term = add(*(Symbol(f"j{index}", INTEGER) for index in range(4)))
for index in range(4):
    long_sum = a("sum", long_sum, Symbol(f"j{index}", INTEGER), 1, 300)
g = Symbol("g", Function((REAL,), REAL, 2))
steep: Term = x
for _ in range(147):
    steep = a("cos", steep)
UNDECIDED: list[tuple[Term, str]] = [
    (
        a("partial", Lambda((x,), steep), a("indices", 1, 1), 1),
        "nested too deep",
    ),  # the derivative is nested deeper than terms may be
    (Symbol("without a value"), "without a value has no value"),
    (a("each", x, x, a("=", 1, 1)), "the entries of a statement"),
    (a("blocks", a("row", square_matrix, w)), "blocks of different sizes"),
    (a("blocks", a("row", square_matrix), a("row", literal((1, 2, 3)))), "blocks of different sizes"),
    (a("blocks", a("row", *([square_matrix] * 5))), "blocks of different sizes, or too many"),
    (a("blocks", *([a("row", square_matrix)] * 5)), "blocks of different sizes, or too many"),
    (a("hadamard", w, u), "a product entry by entry of different sizes"),
    (a("hadamard", w, literal((1, 2, 3))), "a product entry by entry of different sizes"),
    (a("kronecker", a("kronecker", square_matrix, square_matrix), Constant("ones", Matrix(8, 1))), "too large"),
    (a("kronecker", Constant("ones", Matrix(1, 8)), a("kronecker", w, w)), "too large"),
    (a("rank", a("matrix", a("row", PI, 1))), "an entry that is not rational"),
    (a("exponential", literal((1, 1, 0), (0, 1, 0), (0, 0, 2))), "the exponential of a matrix"),
    (a("norm_spectral", literal((1, 1, 0), (0, 1, 1), (0, 0, 2))), "singular values"),
    (tower, "a number of too many digits"),
    (growing, "a number out of range"),
    (long_sum, "a computation that is too long"),
    (a("*", a("^", 7, 10_000), a("^", 7, 10_000)), "a number of too many digits"),
    (Lambda((x,), x), "a function as a value"),
    (f, "a function as a value"),
    (a("abs", w), "a number is expected"),
    (a("abs", TRUE), "a number is expected"),
    (add(x, TRUE), "a number is expected"),
    (add(x, w), "matrices of different sizes"),
    (add(w, u), "matrices of different sizes"),
    (add(square_matrix, w), "matrices of different sizes"),
    (add(square_matrix, u), "matrices of different sizes"),
    (multiply(u, u), "a number is expected"),
    (a("norm", TRUE), "a matrix is expected"),
    (a("^", TRUE, 2), "a power of a statement"),
    (a("^", square_matrix, 51), "a power of a matrix"),
    (a("^", square_matrix, PI), "a power of a matrix"),
    (a("^", square_matrix, "1/2"), "a power of a matrix"),
    (a("^", PI, 201), "a power that is too large"),
    (a("^", a("sin", PI), "1/2"), "enclosures overlap"),
    (a("exp", 3000), "exp so far out"),
    (a("sin", 10**20), "sin so far out"),
    (a("log", a("sin", PI)), "log so far out"),
    (a("sgn", a("sin", PI)), "sgn here"),
    (a("floor", a("+", PI, a("negate", PI))), "floor here"),
    (a("factorial", 3001), "factorial here"),
    (a("factorial", PI), "factorial here"),
    (a("factorial", a("sqrt", 2)), "factorial here"),
    (a("gamma", "1/3"), "gamma here"),
    (a("gamma", PI), "gamma here"),
    (a("gamma", 1001), "gamma here"),
    (a("integral", i, i, 0, 1), "an integral by something else"),
    (a("integral", a("log", x), x, 0, 1), "a logarithm that may be undefined"),
    (a("integral", a("/", 1, x), x, -1, 1), "an integral without bounds"),
    (a("integral", a("exp", x), x, 0, 3000), "an integral without bounds"),
    (a("integral", negate(a("exp", x)), x, 0, 3000), "an integral without bounds"),
    (a("integral", a("sqrt", x), x, -1, 1), "a root that may be undefined"),
    (a("integral", a("arcsin", x), x, 0, 2), "an inverse sine or cosine that may be undefined"),
    (a("integral", a("arccos", x), x, -2, 0), "an inverse sine or cosine that may be undefined"),
    (a("integral", a("sgn", x), x, 0, 1), "a sign that may change"),
    (a("integral", a("sgn", x), x, -1, 1), "an integral without bounds"),
    (a("integral", x, x, PI, a("+", PI, 0)), "may be in the other order"),
    (a("integral", multiply(x, Symbol("parameter")), x, 0, 1), "with unknown values"),
    (a("arcsin", a("+", 1, a("sin", PI))), "an inverse sine or cosine of a number near 1"),
    (a("arccos", a("+", -1, a("sin", PI))), "an inverse sine or cosine of a number near 1"),
    (a("root", a("sin", PI), 3), "a root of something that may be negative"),
    (a("root", 2, 201), "a root of too high an index"),
    (a("binomial", 2001, 2), "too large"),
    (a("root", 2, a("min", PI, 4)), "a rational number is expected"),
    (a("/", 1, a("sin", PI)), "a division by something that may be zero"),
    (a("inner", w, literal((1, 2, 3))), "an inner product of different sizes"),
    (a("det", literal(*(tuple(range(6)) for _ in range(6)))), "a determinant that is too large"),
    (a("and", x, x), "a statement is expected"),
    (a("derivative", a("floor", x), x), "derivative of floor"),
    (a("approx", x, x, x, 0, 1), "approx"),
    (a("integral", a("floor", x), x, 0, 1), "no enclosure of floor"),
    (a("limit", a("abs", x), x, 0), "what the derivatives at the point need"),
    (a("limit", multiply(x, a("log", y)), x, 0), "whether a limit exists"),
    (a("limit", a("/", a("^", x, 9), a("^", x, 8)), x, 0), "a limit of this order"),
    (a("apply", g, x), "a function without a value"),
    (a("apply", f, x), "a function with another number of arguments"),
    (a("apply", f, x, PI), "a value that is not rational"),
    (a("apply", L, a("matrix", a("row", PI, 1))), "an entry that is not rational"),
    (a("partial", Lambda((x,), a("exp", x)), a("indices", *([1] * 7)), 0), "a derivative of too high an order"),
    (a("gradient", Lambda((x,), a("abs", x)), x), "the derivative of abs is not computed here"),
    (a("sum", i, i, 1, 502), "the bounds of a sum"),
    (a("sum", i, i, 5, 1), "the bounds of a sum"),
    (a("sum", i, i, "1/2", 3), "the bounds of a sum"),
    (a("sum", i, i, 1, "5/2"), "the bounds of a sum"),
    (a("sum", w, i, 1, 0), "no matrices"),
    (Constant("ones", Matrix(9, 1)), "a matrix that is too large"),
    (Constant("ones", Matrix(1, 9)), "a matrix that is too large"),
    (Constant("ones", Matrix("unknown", 1)), "the size unknown"),
    (equal(a("sqrt", a("+", 3, a("sqrt", 8))), a("+", 1, a("sqrt", 2))), "enclosures overlap"),
    (a("<", w, w), "an order of matrices"),
    (equal(w, u), "matrices of different sizes"),
    (equal(square_matrix, w), "matrices of different sizes"),
    (equal(square_matrix, u), "matrices of different sizes"),
    (equal(a("matrix", a("row", PI, 1)), a("matrix", a("row", PI, 1))), "enclosures overlap"),
    (equal(TRUE, TRUE), "a number is expected"),
    (equal(w, x), "matrices of different sizes"),
]


@pytest.mark.parametrize(("term", "reason"), UNDECIDED, ids=lambda one: None)
def test_undecided(term: Term, reason: str) -> None:
    with pytest.raises(Undecided, match=reason):
        evaluate(term, AT, {})


def test_sizes_are_numbers() -> None:
    assert evaluate(Symbol("m", INTEGER), {}, {"m": 3}) == 3
    with pytest.raises(Undecided, match="has no value"):
        evaluate(Symbol("m"), {}, {"m": 3})


def test_sums_of_derivatives_by_the_entry_at_the_index() -> None:
    product = a("det", square_matrix)
    slopes = a("sum", a("derivative", product, a("entry", square_matrix, i, 1)), i, 1, 2)
    assert evaluate(slopes, AT, {}) == Fraction(4 - 2)


def test_sums_within_sums() -> None:
    assert evaluate(a("sum", a("sum", i, Symbol("j", INTEGER), i, 2), i, 1, 2), {}, {}) == Fraction(4)


def test_a_substitution_that_would_capture_is_undecided() -> None:
    captured = a("sum", a("sum", a("apply", Lambda((i,), add(i, x)), i), x, 1, 2), i, 1, 2)
    assert evaluate(captured, {}, {}) == Fraction(12)


@pytest.mark.parametrize(
    ("size", "value"),
    [
        (3, 3),
        ("k", 4),
        ("k + 1", 5),
        ("k - 1", 3),
        ("k - 4", None),
        (0, None),
        ("2 k", None),
        ("k + m", None),
        ("2 * k - 1", 7),
        ("k * k + k", 20),
    ],
)
def test_sizes(size: int | str, value: int | None) -> None:
    if value is None:
        with pytest.raises(Undecided):
            size_of(size, {"k": 4})
    else:
        assert size_of(size, {"k": 4}) == value


def test_literals() -> None:
    assert literal_of(Fraction(2)) == number(2)
    assert literal_of(((Fraction(1),),)) == literal((1,))
    for value in (point(Fraction(1)), ((point(Fraction(1)),),)):
        with pytest.raises(Undecided):
            literal_of(value)


def test_compare_of_enclosures() -> None:
    low, high = Enclosure(Fraction(0), Fraction(1)), Enclosure(Fraction(1), Fraction(2))
    with pytest.raises(Undecided):
        compare("<", low, high)
    assert compare(">", point(Fraction(3)), high)


DERIVATIVES: list[tuple[Term, int | str]] = [
    (a("/", a("^", x, 3), 3), 9),
    (negate(x), -1),
    (a("^", x, 1), 1),
    (a("exp", subtract(x, number(3))), 1),
    (a("sin", subtract(x, number(3))), 1),
    (a("cos", subtract(x, number(3))), 0),
    (a("*", x, y, x), -12),
    (add(PI, y), 0),
]


@pytest.mark.parametrize(("term", "value"), DERIVATIVES, ids=lambda one: None)
def test_derivatives(term: Term, value: int | str) -> None:
    assert is_smooth(term)
    assert evaluate(differentiate(term, x), AT, {}) == Fraction(value)


ROUGH: list[Term] = [
    a("abs", x),
    a("/", 1, x),
    a("/", x, 0),
    a("^", x, -1),
    a("^", x, "1/2"),
    a("^", 2, x),
    a("sqrt", x),
    w,
    multiply(w, u),  # would be differentiated to 0 by the components
    a("component", literal((1, 2)), 1),
    a("component", w, n),
    Lambda((x,), x),
]


@pytest.mark.parametrize("term", ROUGH, ids=lambda one: None)
def test_what_is_not_visibly_smooth(term: Term) -> None:
    assert not is_smooth(term)


NOT_DIFFERENTIATED: list[tuple[Term, str]] = [
    (a("abs", x), "derivative of abs"),
    (a("^", x, 0), r"derivative of \^"),
    (a("/", 1, x), "derivative of /"),
    (w, "not taken apart"),
    (multiply(w, u), "not taken apart"),
    (a("component", w, n), "derivative of component"),
]


@pytest.mark.parametrize(("term", "reason"), NOT_DIFFERENTIATED, ids=lambda one: None)
def test_derivatives_refused(term: Term, reason: str) -> None:
    with pytest.raises(Rejected, match=reason):
        differentiate(term, x)


def test_gamma_by_its_recursion() -> None:
    assert evaluate(a("gamma", 5), {}, {}) == 24
    for argument, value in (("1/2", 1.772453850905516), ("5/2", 1.329340388179137), ("-3/2", 2.363271801207355)):
        found = evaluate(a("gamma", argument), {}, {})
        assert isinstance(found, Enclosure)
        assert abs(float(found.lower) - value) < 1e-12
        assert found.lower < found.upper


def test_rational_logarithms() -> None:
    for base, value, exact in ((3, 9, 2), (8, 4, "2/3"), ("1/2", 8, -3), (7, 1, 0), ("4/9", "8/27", "3/2")):
        assert evaluate(a("log_base", base, value), {}, {}) == Fraction(exact)
    for base, value in ((3, 10), (6, 12), (2, 101), (2, PI), (101, 2), (2**40_001, 2), (PI, 2)):
        assert isinstance(evaluate(a("log_base", base, value), {}, {}), Enclosure)


def test_wide_angles_and_exponents() -> None:
    for term, value in (
        (a("sin", 100), math.sin(100)),
        (a("cos", -1000), math.cos(1000)),
        (a("exp", 70), math.exp(70)),
    ):
        found = evaluate(term, {}, {})
        assert isinstance(found, Enclosure)
        assert abs(float(found.lower) / value - 1) < 1e-9
    low = evaluate(a("exp", -1500), {}, {})
    assert isinstance(low, Enclosure)
    assert 0 <= low.lower < Fraction(1, 10**30)
    with pytest.raises(Undecided):
        evaluate(a("sin", a("*", 10**12, PI)), {}, {}) and evaluate(equal(a("sin", a("exp", 80)), Number(0)), {}, {})


def test_least_and_greatest_of_enclosures() -> None:
    least = evaluate(a("min", PI, 4, a("sqrt", 2)), {}, {})
    assert isinstance(least, Enclosure)
    assert abs(float(least.lower) - math.sqrt(2)) < 1e-12
    greatest = evaluate(a("max", PI, 3), {}, {})
    assert isinstance(greatest, Enclosure)
    assert abs(float(greatest.lower) - math.pi) < 1e-12
    assert evaluate(a("floor", PI), {}, {}) == 3
    assert evaluate(a("ceil", negate(PI)), {}, {}) == -3


def test_derivatives_of_concrete_functions() -> None:
    rough = Symbol("q", Function((REAL,), REAL, 0))
    term = a("derivative", multiply(y, a("apply", rough, x)), x)
    values: dict[Symbol, Term] = {x: Number(3), y: Number(2), rough: Lambda((x,), a("^", x, 2))}
    assert evaluate(term, values, {}) == 12
    with pytest.raises(Undecided, match="not declared so smooth"):
        evaluate(term, {x: Number(3), y: Number(2)}, {})
    values[rough] = Lambda((x,), a("abs", x))
    values[x] = Number(0)
    with pytest.raises(Undecided, match="whether a derivative exists"):
        evaluate(term, values, {})


def test_signs_that_are_not_certain() -> None:
    same = subtract(a("sqrt", add(Number(3), a("sqrt", 8))), add(Number(1), a("sqrt", 2)))
    with pytest.raises(Undecided):
        evaluate(equal(a("abs", same), Number(0)), {}, {})
    assert evaluate(equal(a("abs", subtract(a("sin", PI), a("sin", PI))), Number(0)), {}, {}) is True
    nothing = a("abs", multiply(Number(0), a("sqrt", 2)))
    assert evaluate(equal(add(nothing, a("log", 6)), add(a("log", 2), a("log", 3))), {}, {}) is True
    large = a("exp", multiply(Number(201), a("log", PI)))
    with pytest.raises(Undecided):
        evaluate(
            equal(a("log", multiply(large, Number(2))), add(multiply(Number(201), a("log", PI)), a("log", 2))), {}, {}
        )
