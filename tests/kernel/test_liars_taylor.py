"""Liars of the kind Taylor: each true approximation that is accepted stands beside one that is wrong in exactly one way.

Below, random terms are expanded by the kernel and the expansion is tried by the check of refutations, which shares no code with it; with one
coefficient changed it is refuted, and not accepted.
"""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from derive.kernel.certificate import Certificate, Counterexample, Rejected, Taylor
from derive.kernel.check import check
from derive.kernel.claim import Claim
from derive.kernel.refute import refute
from derive.kernel.taylor import _directions, _Expansion
from derive.kernel.term import (
    INTEGER,
    ONE,
    PI,
    REAL,
    STATEMENT,
    TWO,
    ZERO,
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
    free_symbols,
    multiply,
    negate,
    substitute,
    subtract,
)

x, y, z, c, d = (Symbol(name) for name in "xyzcd")
k = Symbol("k", INTEGER)
V, ROW, SQUARE_SORT = Matrix("n", 1), Matrix(1, "n"), Matrix("n", "n")
v, w, b, u = (Symbol(name, V) for name in "vwbu")
r, s = Symbol("r", ROW), Symbol("s", ROW)
A, B, X = (Symbol(name, SQUARE_SORT) for name in "ABX")
PAIR = Matrix(1, 2)
p, q = Symbol("p", PAIR), Symbol("q", PAIR)
HALF, THREE = Number(Fraction(1, 2)), Number(3)


def function(name: str, arguments: tuple[object, ...], order: int, result: object = REAL) -> Symbol:
    return Symbol(name, Function(arguments, result, order))  # type: ignore[arg-type]


ANY, ONCE, TWICE = (function(name, (REAL,), order) for order, name in enumerate("gfF"))
OF_TWO_ONCE, OF_TWO = function("h", (REAL, REAL), 1), function("H", (REAL, REAL), 2)
LOSS_ONCE, LOSS = function("l", (V,), 1), function("L", (V,), 2)
LOSS_OF_ROW = function("K", (ROW,), 2)
OF_MATRIX, MIXED = function("m", (SQUARE_SORT,), 2), function("M", (V, REAL), 2)
CURVE = function("r", (REAL,), 2, V)
FIELD = function("E", (V,), 2, V)


def a(head: str, *arguments: Term) -> Apply:
    return Apply(head, arguments)


def square(term: Term) -> Term:
    return a("^", term, TWO)


def over(term: Term, below: Term) -> Term:
    return a("/", term, below)


def turned(term: Term) -> Term:
    return a("transpose", term)


def at(one: Symbol, *arguments: Term) -> Term:
    return a("apply", one, *arguments)


def partial(one: Symbol, indices: tuple[int, ...], *arguments: Term) -> Term:
    return a("partial", one, a("indices", *(Number(index) for index in indices)), *arguments)


def row(*entries: Term) -> Term:
    return a("matrix", a("row", *entries))


def near(
    left: Term, right: Term, order: int = 1, variable: Term = x, base: Term = ZERO, hypotheses: tuple[Term, ...] = ()
) -> Claim:
    return Claim(a("approx", left, right, variable, base, Number(order)), hypotheses)


STEP, STEP_Y = subtract(x, c), subtract(y, d)
MOVE, TURN = subtract(v, b), subtract(r, s)
LINE = add(at(ONCE, c), multiply(partial(ONCE, (1,), c), STEP))
PARABOLA = add(
    at(TWICE, c), multiply(partial(TWICE, (1,), c), STEP), multiply(HALF, partial(TWICE, (1, 1), c), square(STEP))
)
WITHOUT_HALF = add(
    at(TWICE, c), multiply(partial(TWICE, (1,), c), STEP), multiply(partial(TWICE, (1, 1), c), square(STEP))
)
GRADIENT, HESSIAN = a("gradient", LOSS, b), a("hessian", LOSS, b)
QUADRATIC = add(at(LOSS, b), a("inner", GRADIENT, MOVE), multiply(HALF, turned(MOVE), HESSIAN, MOVE))
ROW_QUADRATIC = add(
    at(LOSS_OF_ROW, s),
    a("inner", a("gradient", LOSS_OF_ROW, s), TURN),
    multiply(HALF, TURN, a("hessian", LOSS_OF_ROW, s), turned(TURN)),
)
BOTH, BASES = row(x, y), row(c, d)
SLOPES = add(multiply(partial(OF_TWO, (1,), c, d), STEP), multiply(partial(OF_TWO, (2,), c, d), STEP_Y))
BENT = (
    multiply(HALF, partial(OF_TWO, (1, 1), c, d), square(STEP)),
    multiply(HALF, partial(OF_TWO, (2, 2), c, d), square(STEP_Y)),
)
TWIST = multiply(partial(OF_TWO, (1, 2), c, d), STEP, STEP_Y)
INNER_SLOPE = multiply(partial(ONCE, (1,), a("sin", c)), a("cos", c), STEP)
SINE_AT_0 = add(a("sin", ZERO), multiply(a("cos", ZERO), x))
QUADRATIC_FORM = multiply(turned(v), A, v)
IN_B = multiply(turned(b), A, b)

# name, what is accepted, the liar, a word of the reason
PAIRS: list[tuple[str, Claim, Claim, str]] = [
    # the claim
    ("an equation by Taylor", near(square(x), ZERO), Claim(equal(square(x), ZERO)), "not an approximation"),
    ("an order by Taylor", near(square(x), ZERO), Claim(a("<", x, ZERO)), "not an approximation"),
    ("a symbol by Taylor", near(square(x), ZERO), Claim(Symbol("S", STATEMENT)), "not an approximation"),
    (
        "a conjunction of approximations by Taylor",
        near(square(x), ZERO),
        Claim(a("and", near(square(x), ZERO).statement, near(x, ZERO).statement)),
        "not an approximation",
    ),
    (
        "an order above 2",
        near(at(function("f", (REAL,), 9), x), at(function("f", (REAL,), 9), x), 2),
        near(at(function("f", (REAL,), 9), x), at(function("f", (REAL,), 9), x), 3),
        "order above 2",
    ),
    ("a higher order than is true", near(add(x, square(x)), x), near(add(x, square(x)), x, 2), "expansions differ"),
    ("order 1 for order 0", near(x, ZERO, 0), near(x, ZERO, 1), "expansions differ"),
    ("order 0 is not nothing", near(add(x, ONE), ONE, 0), near(add(x, ONE), x, 0), "expansions differ"),
    # the variable and its base
    ("a base that moves", near(x, x, 1, x, c), near(x, x, 1, x, add(x, ONE)), "moves with the variable"),
    (
        "a base that moves through a function",
        near(x, x, 1, x, at(ANY, c)),
        near(x, x, 1, x, at(ANY, x)),
        "moves with the variable",
    ),
    (
        "one variable in the base of another",
        near(add(x, y), add(x, y), 1, BOTH, row(c, d)),
        near(add(x, y), add(x, y), 1, BOTH, row(y, d)),
        "moves with the variable",
    ),
    ("a sum as variable", near(x, x, 1, x, ZERO), near(x, x, 1, add(x, y), ZERO), "distinct symbols"),
    ("a number as variable", near(x, x, 1, x, ZERO), near(x, x, 1, ONE, ONE), "distinct symbols"),
    ("a number in the variable", near(x, x, 1, BOTH, BASES), near(x, x, 1, row(x, ONE), BASES), "distinct symbols"),
    (
        "a term in the variable",
        near(x, x, 1, BOTH, BASES),
        near(x, x, 1, row(x, add(x, y)), BASES),
        "distinct symbols",
    ),
    (
        "one symbol with two bases",
        near(x, ONE, 0, BOTH, row(ONE, d)),
        near(x, ONE, 0, row(x, x), row(ZERO, ONE)),
        "distinct symbols",
    ),
    (
        "a transpose as variable",
        near(a("inner", v, v), a("inner", v, v), 1, v, b),
        near(a("inner", v, v), a("inner", v, v), 1, turned(v), turned(b)),
        "distinct symbols",
    ),
    ("a literal that tends to a name", near(x, x, 1, BOTH, BASES), near(x, x, 1, BOTH, q), "tends to a literal"),
    (
        "a literal of one entry that tends to a number",
        near(x, x, 1, row(x), row(ZERO)),
        near(x, x, 1, row(x), ZERO),
        "tends to a literal",
    ),
    ("a base of another shape", near(x, x, 1, BOTH, BASES), near(x, x, 1, BOTH, row(c, d, c)), "malformed"),
    ("another base", near(square(x), add(ONE, multiply(TWO, subtract(x, ONE))), 1, x, ONE), near(square(x), add(ONE, multiply(TWO, subtract(x, ONE))), 1, x, TWO), "expansions differ"),
    ("the base of another symbol", near(multiply(x, y), multiply(c, y), 0, x, c), near(multiply(x, y), multiply(x, d), 0, x, c), "expansions differ"),
    (
        "a symbol called like a direction",
        near(multiply(x, Symbol("direction x")), multiply(Symbol("direction x"), x), 1),
        near(square(x), multiply(Symbol("direction x"), x), 2),
        "expansions differ",
    ),
    (
        "two symbols called like directions",
        near(multiply(x, Symbol("direction x")), multiply(Symbol("direction x"), x), 1, x, Symbol("direction x'")),
        near(square(x), multiply(Symbol("direction x'"), x), 2, x, multiply(ZERO, Symbol("direction x"))),
        "expansions differ",
    ),
    # hypotheses
    (
        "a hypothesis on the variable",
        near(square(x), ZERO, 1, x, ZERO, (a(">=", c, ZERO),)),
        near(square(x), ZERO, 1, x, ZERO, (a(">=", x, ZERO),)),
        "hypothesis on the variable",
    ),
    (
        "a hypothesis that ties another symbol to the variable",
        near(multiply(c, x), ZERO, 0, x, ZERO, (equal(c, at(ANY, d)),)),
        near(multiply(c, x), ZERO, 0, x, ZERO, (equal(c, at(ANY, x)),)),
        "hypothesis on the variable",
    ),
    (
        "a hypothesis on one entry of the variable",
        near(multiply(x, y), ZERO, 1, BOTH, row(ZERO, ZERO), (equal(c, d),)),
        near(multiply(x, y), ZERO, 1, BOTH, row(ZERO, ZERO), (equal(c, y),)),
        "hypothesis on the variable",
    ),
    (
        "an absolute value of unknown sign",
        near(multiply(a("abs", c), x), multiply(c, x), 1, x, ZERO, (a(">=", c, ZERO),)),
        near(multiply(a("abs", c), x), multiply(c, x)),
        "expansions differ",
    ),
    # what moves is expanded only where it is known to be smooth
    ("an absolute value", near(multiply(a("abs", c), x), multiply(a("abs", c), x)), near(a("abs", x), ZERO), "abs of something"),
    ("a norm", near(a("inner", v, v), ZERO, 1, v, Constant("zero", V)), near(a("norm", v), ZERO, 1, v, Constant("zero", V)), "norm of something"),
    ("a jump", near(multiply(a("sgn", c), x), ZERO, 0), near(a("sgn", x), ZERO, 0), "sgn of something"),
    ("a jump down", near(multiply(a("floor", c), x), ZERO, 0), near(a("floor", x), ZERO, 0), "floor of something"),
    ("a corner", near(multiply(a("max", c, ZERO), x), ZERO, 0), near(a("max", x, ZERO), ZERO, 0), "max of something"),
    ("an odd root", near(multiply(a("root", c, THREE), x), ZERO, 0), near(a("root", x, THREE), ZERO), "root of something"),
    ("a square root", near(multiply(a("sqrt", TWO), x), ZERO, 0), near(a("sqrt", x), ZERO, 0), "near the base"),
    ("a logarithm", near(multiply(a("log", TWO), x), ZERO, 0), near(a("log", x), subtract(x, ONE), 1, x, ONE), "near the base"),
    ("a function that is not in the table", near(a("sin", x), SINE_AT_0), near(a("tanh", x), x), "tanh of something"),
    ("a quotient by what moves", near(over(x, TWO), over(x, TWO)), near(over(x, x), ONE), "near the base"),
    (
        "a quotient by what moves, and is positive",
        near(multiply(x, a("^", TWO, Number(-1))), multiply(HALF, x)),
        near(over(ONE, a("exp", x)), subtract(ONE, x)),
        "near the base",
    ),
    ("a quotient by what stands still, forgotten", near(over(x, PI), multiply(over(ONE, PI), x)), near(over(x, PI), x), "expansions differ"),
    ("a power that moves", near(a("^", TWO, c), a("^", TWO, c)), near(a("^", TWO, x), ONE, 0), r"\^ of something"),
    ("a power of a symbol", near(a("^", x, TWO), ZERO), near(a("^", x, k), ZERO), "near the base"),
    ("the power 0", near(a("^", x, ONE), x), near(a("^", x, ZERO), ONE), r"\^ of something"),
    ("a negative power", near(a("^", add(x, ONE), TWO), add(ONE, multiply(TWO, x))), near(a("^", add(x, ONE), Number(-2)), add(ONE, multiply(Number(-2), x))), "near the base"),
    ("a fractional power", near(a("^", x, THREE), ZERO, 2), near(a("^", x, HALF), ZERO, 0), "near the base"),
    ("too high a power", near(a("^", x, Number(12)), ZERO, 2), near(a("^", x, Number(13)), ZERO, 2), r"\^ of something"),
    ("a power of a matrix", near(multiply(X, X), multiply(B, B), 0, X, B), near(square(X), square(B), 0, X, B), r"\^ of something"),
    ("a determinant", near(a("trace", X), a("trace", X), 1, X, B), near(a("det", X), a("det", X), 1, X, B), "det of something"),
    ("an entry", near(a("component", v, ONE), a("component", v, ONE), 1, v, b), near(a("entry", v, ONE, ONE), a("entry", v, ONE, ONE), 1, v, b), "entry of something"),
    ("a sum with a sign", near(multiply(a("sum", k, k, ONE, TWO), x), multiply(THREE, x)), near(a("sum", multiply(k, x), k, ONE, TWO), multiply(THREE, x)), "sum of something"),
    ("a derivative that moves", near(multiply(a("derivative", square(c), c), x), ZERO, 0), near(a("derivative", square(x), x), ZERO, 0), "derivative of something"),
    ("a gradient that moves", near(multiply(a("gradient", ONCE, c), x), ZERO, 0), near(a("gradient", ONCE, x), a("gradient", ONCE, ZERO), 0), "gradient of something"),
    ("a partial derivative that moves", near(multiply(partial(ONCE, (1,), c), x), ZERO, 0), near(partial(ONCE, (1,), x), partial(ONCE, (1,), ZERO), 0), "partial of something"),
    ("a hessian that moves", near(multiply(x, a("hessian", LOSS, b)), multiply(ZERO, a("hessian", LOSS, b)), 0), near(a("hessian", LOSS, v), HESSIAN, 0, v, b), "hessian of something"),
    ("a concrete function", near(at(ONCE, x), at(ONCE, ZERO), 0), near(at(Lambda((y,), y), x), ZERO, 0), "concrete"),
    # functions: how smooth
    ("a function that may be discontinuous", near(at(ONCE, x), at(ONCE, c), 0, x, c), near(at(ANY, x), at(ANY, c), 0, x, c), "not declared so smooth"),
    ("a function that need not be differentiable", near(at(ONCE, x), LINE, 1, x, c), near(at(ANY, x), at(ANY, x), 1, x, c), "not declared so smooth"),
    ("a function that is differentiable once", near(at(TWICE, x), PARABOLA, 2, x, c), near(at(ONCE, x), at(ONCE, x), 2, x, c), "not declared so smooth"),
    ("a function that stands still", near(multiply(at(ANY, c), x), multiply(at(ANY, c), x)), near(at(ANY, x), at(ANY, x)), "not declared so smooth"),
    ("a function inside another", near(at(ONCE, at(ONCE, x)), at(ONCE, at(ONCE, x))), near(at(ONCE, at(ANY, x)), at(ONCE, at(ANY, x))), "not declared so smooth"),
    ("a loss that is differentiable once", near(at(LOSS, v), QUADRATIC, 2, v, b), near(at(LOSS_ONCE, v), at(LOSS_ONCE, v), 2, v, b), "not declared so smooth"),
    ("a function of a matrix", near(a("trace", multiply(A, X)), a("trace", multiply(A, X)), 1, X, B), near(at(OF_MATRIX, X), at(OF_MATRIX, X), 1, X, B), "function of a matrix"),
    ("a function of a vector and a number", near(at(LOSS, v), QUADRATIC, 1, v, b), near(at(MIXED, v, x), at(MIXED, v, x), 1, v, b), "function of a matrix"),
    ("a function with a vector for a value, of a vector", near(at(LOSS, v), at(LOSS, v), 1, v, b), near(at(FIELD, v), at(FIELD, v), 1, v, b), "malformed"),
    # functions: the expansion
    ("the slope is missing", near(at(ONCE, x), LINE, 1, x, c), near(at(ONCE, x), at(ONCE, c), 1, x, c), "expansions differ"),
    ("the slope at another point", near(at(ONCE, x), LINE, 1, x, c), near(at(ONCE, x), add(at(ONCE, c), multiply(partial(ONCE, (1,), d), STEP)), 1, x, c), "expansions differ"),
    ("the slope of another function", near(at(ONCE, x), LINE, 1, x, c), near(at(TWICE, x), add(at(TWICE, c), multiply(partial(ONCE, (1,), c), STEP)), 1, x, c), "expansions differ"),
    ("the value at another point", near(at(ONCE, x), at(ONCE, c), 0, x, c), near(at(ONCE, x), at(ONCE, d), 0, x, c), "expansions differ"),
    ("the half is missing", near(at(TWICE, x), PARABOLA, 2, x, c), near(at(TWICE, x), WITHOUT_HALF, 2, x, c), "expansions differ"),
    ("the square is missing", near(at(TWICE, x), add(at(TWICE, c), multiply(partial(TWICE, (1,), c), STEP)), 1, x, c), near(at(TWICE, x), add(at(TWICE, c), multiply(partial(TWICE, (1,), c), STEP)), 2, x, c), "expansions differ"),
    ("the chain rule without its inner factor", near(at(ONCE, a("sin", x)), add(at(ONCE, a("sin", c)), INNER_SLOPE), 1, x, c), near(at(ONCE, a("sin", x)), add(at(ONCE, a("sin", c)), multiply(partial(ONCE, (1,), a("sin", c)), STEP)), 1, x, c), "expansions differ"),
    ("the second order of the chain rule", near(at(TWICE, square(x)), add(at(TWICE, ZERO), multiply(partial(TWICE, (1,), ZERO), square(x))), 2), near(at(TWICE, square(x)), at(TWICE, ZERO), 2), "expansions differ"),
    ("a curve", near(at(CURVE, x), add(at(CURVE, c), multiply(partial(CURVE, (1,), c), STEP)), 1, x, c), near(at(CURVE, x), at(CURVE, c), 1, x, c), "expansions differ"),
    # functions of several arguments
    ("one of two slopes", near(at(OF_TWO, x, y), add(at(OF_TWO, c, d), SLOPES), 1, BOTH, BASES), near(at(OF_TWO, x, y), add(at(OF_TWO, c, d), multiply(partial(OF_TWO, (1,), c, d), STEP)), 1, BOTH, BASES), "expansions differ"),
    ("two slopes exchanged", near(at(OF_TWO, x, y), add(at(OF_TWO, c, d), SLOPES), 1, BOTH, BASES), near(at(OF_TWO, y, x), add(at(OF_TWO, d, c), SLOPES), 1, BOTH, BASES), "expansions differ"),
    ("the twist is missing", near(at(OF_TWO, x, y), add(at(OF_TWO, c, d), SLOPES, *BENT, TWIST), 2, BOTH, BASES), near(at(OF_TWO, x, y), add(at(OF_TWO, c, d), SLOPES, *BENT), 2, BOTH, BASES), "expansions differ"),
    ("half of the twist is missing", near(at(OF_TWO, x, y), add(at(OF_TWO, c, d), SLOPES, *BENT, TWIST), 2, BOTH, BASES), near(at(OF_TWO, x, y), add(at(OF_TWO, c, d), SLOPES, *BENT, multiply(HALF, TWIST)), 2, BOTH, BASES), "expansions differ"),
    ("a second argument that stands still", near(at(OF_TWO, x, y), add(at(OF_TWO, c, y), multiply(partial(OF_TWO, (1,), c, y), STEP), multiply(HALF, partial(OF_TWO, (1, 1), c, y), square(STEP))), 2, x, c), near(at(OF_TWO, x, y), add(at(OF_TWO, c, y), SLOPES), 1, x, c), "expansions differ"),
    ("a second argument that is the first", near(at(OF_TWO, x, x), add(at(OF_TWO, c, c), multiply(add(partial(OF_TWO, (1,), c, c), partial(OF_TWO, (2,), c, c)), STEP)), 1, x, c), near(at(OF_TWO, x, x), add(at(OF_TWO, c, c), multiply(partial(OF_TWO, (1,), c, c), STEP)), 1, x, c), "expansions differ"),
    ("a second argument that moves in the second order", near(at(OF_TWO, x, square(x)), add(at(OF_TWO, ZERO, ZERO), multiply(partial(OF_TWO, (1,), ZERO, ZERO), x), multiply(partial(OF_TWO, (2,), ZERO, ZERO), square(x)), multiply(HALF, partial(OF_TWO, (1, 1), ZERO, ZERO), square(x))), 2), near(at(OF_TWO, x, square(x)), add(at(OF_TWO, ZERO, ZERO), multiply(partial(OF_TWO, (1,), ZERO, ZERO), x), multiply(HALF, partial(OF_TWO, (1, 1), ZERO, ZERO), square(x))), 2), "expansions differ"),
    ("two arguments that are differentiable once", near(at(OF_TWO, x, y), at(OF_TWO, x, y), 2, BOTH, BASES), near(at(OF_TWO_ONCE, x, y), at(OF_TWO_ONCE, x, y), 2, BOTH, BASES), "not declared so smooth"),
    # functions of a vector
    ("the gradient is missing", near(at(LOSS_ONCE, v), add(at(LOSS_ONCE, b), a("inner", a("gradient", LOSS_ONCE, b), MOVE)), 1, v, b), near(at(LOSS_ONCE, v), at(LOSS_ONCE, b), 1, v, b), "expansions differ"),
    ("the gradient where the variable is", near(at(LOSS_ONCE, v), at(LOSS_ONCE, b), 0, v, b), near(at(LOSS_ONCE, v), add(at(LOSS_ONCE, b), a("inner", a("gradient", LOSS_ONCE, v), MOVE)), 1, v, b), "gradient of something"),
    ("half of the hessian", near(at(LOSS, v), QUADRATIC, 2, v, b), near(at(LOSS, v), add(at(LOSS, b), a("inner", GRADIENT, MOVE), multiply(turned(MOVE), HESSIAN, MOVE)), 2, v, b), "expansions differ"),
    ("the hessian is missing", near(at(LOSS, v), QUADRATIC, 2, v, b), near(at(LOSS, v), add(at(LOSS, b), a("inner", GRADIENT, MOVE)), 2, v, b), "expansions differ"),
    ("a row that moves", near(at(LOSS_OF_ROW, r), ROW_QUADRATIC, 2, r, s), near(at(LOSS_OF_ROW, r), add(at(LOSS_OF_ROW, s), a("inner", a("gradient", LOSS_OF_ROW, s), TURN)), 2, r, s), "expansions differ"),
    ("a vector that moves linearly", near(at(LOSS, multiply(x, v)), add(at(LOSS, multiply(ZERO, v)), multiply(x, a("inner", a("gradient", LOSS, multiply(ZERO, v)), v)))), near(at(LOSS, multiply(x, v)), at(LOSS, multiply(ZERO, v))), "expansions differ"),
    ("a vector that moves in the second order", near(at(LOSS, multiply(square(x), v)), add(at(LOSS, multiply(ZERO, v)), multiply(square(x), a("inner", a("gradient", LOSS, multiply(ZERO, v)), v))), 2), near(at(LOSS, multiply(square(x), v)), at(LOSS, multiply(ZERO, v)), 2), "expansions differ"),
    # the elementary functions
    ("the sine to the second order", near(a("sin", x), subtract(SINE_AT_0, multiply(HALF, a("sin", ZERO), square(x))), 2), near(a("sin", x), add(SINE_AT_0, square(x)), 2), "expansions differ"),
    ("the slope of the sine", near(a("sin", x), add(a("sin", c), multiply(a("cos", c), STEP)), 1, x, c), near(a("sin", x), subtract(a("sin", c), multiply(a("cos", c), STEP)), 1, x, c), "expansions differ"),
    ("the bend of the sine", near(a("sin", x), add(a("sin", c), multiply(a("cos", c), STEP), negate(multiply(HALF, a("sin", c), square(STEP)))), 2, x, c), near(a("sin", x), add(a("sin", c), multiply(a("cos", c), STEP), multiply(HALF, a("sin", c), square(STEP))), 2, x, c), "expansions differ"),
    ("the slope of the cosine", near(a("cos", x), subtract(a("cos", c), multiply(a("sin", c), STEP)), 1, x, c), near(a("cos", x), add(a("cos", c), multiply(a("sin", c), STEP)), 1, x, c), "expansions differ"),
    ("the bend of the cosine", near(a("cos", x), subtract(a("cos", c), add(multiply(a("sin", c), STEP), multiply(HALF, a("cos", c), square(STEP)))), 2, x, c), near(a("cos", x), subtract(a("cos", c), add(multiply(a("sin", c), STEP), multiply(a("cos", c), square(STEP)))), 2, x, c), "expansions differ"),
    ("the half of the exponential", near(a("exp", x), multiply(a("exp", c), add(ONE, STEP, multiply(HALF, square(STEP)))), 2, x, c), near(a("exp", x), multiply(a("exp", c), add(ONE, STEP, square(STEP))), 2, x, c), "expansions differ"),
    ("the exponential of a square", near(a("exp", square(x)), multiply(a("exp", ZERO), add(ONE, square(x))), 2), near(a("exp", square(x)), multiply(a("exp", ZERO), add(ONE, x)), 2), "expansions differ"),
    ("the exponential to order 0", near(a("exp", x), a("exp", c), 0, x, c), near(a("exp", x), a("exp", d), 0, x, c), "expansions differ"),
    # products and linear heads
    ("the product rule with one of its parts", near(multiply(x, a("exp", x)), multiply(a("exp", ZERO), x)), near(multiply(a("cos", x), a("exp", x)), multiply(a("cos", ZERO), a("exp", ZERO))), "expansions differ"),
    ("the second order of a product", near(multiply(x, x), square(x), 2), near(multiply(x, x), ZERO, 2), "expansions differ"),
    ("a product of matrices in another order", near(multiply(A, X), multiply(A, X), 1, X, B), near(multiply(A, X), multiply(X, A), 1, X, B), "expansions differ"),
    ("a quadratic form with half of its slope", near(QUADRATIC_FORM, add(IN_B, multiply(turned(b), add(A, turned(A)), MOVE)), 1, v, b), near(QUADRATIC_FORM, add(IN_B, multiply(turned(b), A, MOVE)), 1, v, b), "expansions differ"),
    ("an inner product", near(a("inner", v, v), add(a("inner", b, b), multiply(TWO, a("inner", b, MOVE))), 1, v, b), near(a("inner", v, v), add(a("inner", b, b), a("inner", b, MOVE)), 1, v, b), "expansions differ"),
    ("an inner product to the second order", near(a("inner", v, v), add(a("inner", b, b), multiply(TWO, a("inner", b, MOVE)), a("inner", MOVE, MOVE)), 2, v, b), near(a("inner", v, v), add(a("inner", b, b), multiply(TWO, a("inner", b, MOVE))), 2, v, b), "expansions differ"),
    ("the sign of a sum", near(subtract(x, y), subtract(x, y)), near(subtract(y, x), subtract(x, y)), "expansions differ"),
    ("a transpose", near(turned(X), turned(X), 1, X, B), near(turned(X), X, 1, X, B), "expansions differ"),
    ("a trace", near(a("trace", turned(X)), a("trace", X), 1, X, B), near(a("trace", X), a("trace", B), 1, X, B), "expansions differ"),
    ("a component", near(a("component", p, ONE), a("component", p, ONE), 1, p, q), near(a("component", p, ONE), a("component", p, TWO), 1, p, q), "expansions differ"),
    ("a literal that moves", near(row(x, square(x)), row(x, ZERO)), near(row(x, square(x)), row(ZERO, ZERO)), "expansions differ"),
    ("a literal that moves in the second order", near(row(x, square(x)), row(x, square(x)), 2), near(row(x, square(x)), row(x, ZERO), 2), "expansions differ"),
    ("two literals exchanged", near(row(x, y), row(x, y), 1, BOTH, BASES), near(row(x, y), row(y, x), 1, BOTH, BASES), "expansions differ"),
    ("one entry of several", near(row(x, y), row(c, d), 0, BOTH, BASES), near(row(x, y), row(c, c), 0, BOTH, BASES), "expansions differ"),
    ("a term of another symbol", near(add(x, y), add(x, y)), near(add(x, y), add(x, z)), "expansions differ"),
    ("a part that is no more", near(square(x), ZERO, 1), near(ZERO, x, 1), "expansions differ"),
]  # fmt: skip

LIARS: list[tuple[str, Claim, Certificate, str]] = [(name, liar, Taylor(), reason) for name, _, liar, reason in PAIRS]


@pytest.mark.parametrize("claim", [pair[1] for pair in PAIRS], ids=[pair[0] for pair in PAIRS])
def test_the_honest_one_is_accepted(claim: Claim) -> None:
    assert check(claim, Taylor()) == ()


@pytest.mark.parametrize(("claim", "reason"), [pair[2:] for pair in PAIRS], ids=[pair[0] for pair in PAIRS])
def test_the_liar_is_rejected(claim: Claim, reason: str) -> None:
    with pytest.raises(Rejected, match=reason):
        check(claim, Taylor())


# --- proved is not refuted ----------------------------------------------------------------------------------------------

# Concrete functions for those of a claim: polynomials of full degree, no two coefficients alike.
t, s_1 = Symbol("t"), Symbol("s")
VALUES: dict[Symbol, Term] = {
    TWICE: Lambda((t,), add(TWO, multiply(THREE, t), multiply(Number(5), square(t)), a("^", t, THREE))),
    OF_TWO: Lambda(
        (t, s_1),
        add(t, multiply(TWO, s_1), multiply(Number(7), t, s_1), multiply(THREE, square(t)), negate(square(s_1))),
    ),
}


TRUE_VERDICT = ("proved", "the sides agree to the order claimed")
FALSE_VERDICT = ("the expansions differ", "refuted")


def random_term(source: random.Random, depth: int) -> Term:
    """A polynomial in x, y, c and functions of such."""
    if depth == 0 or source.random() < 0.15:
        return source.choice([x, y, x, y, c, Number(source.randint(-3, 3))])
    parts = [random_term(source, depth - 1) for _ in range(2)]
    match source.randrange(8):
        case 0 | 1:
            return add(*parts)
        case 2 | 3:
            return multiply(*parts)
        case 4:
            return negate(parts[0])
        case 5:
            return a("^", parts[0], Number(source.randint(1, 3)))
        case 6:
            return at(TWICE, parts[0])
        case _:
            return at(OF_TWO, *parts)


def expanded(term: Term, order: int) -> Term:
    """The term as the kernel expands it about x = 1, y = 2."""
    expansion = _Expansion(_directions(BOTH, row(ONE, TWO), set()), order)
    steps: dict[Term, Term] = {Symbol("direction x"): subtract(x, ONE), Symbol("direction y"): subtract(y, TWO)}
    return substitute(add(*(part for part in expansion.jet(term) if part is not None)), steps)


def verdict(claim: Claim) -> tuple[str, str]:
    """What the two checks say, or why they do not."""
    proved, refuted = "proved", "refuted"
    try:
        check(claim, Taylor())
    except Rejected as reason:
        proved = str(reason)
    try:
        refute(claim, Counterexample((*VALUES.items(), (c, HALF))))
    except Rejected as reason:
        refuted = str(reason)
    return proved, refuted


@pytest.mark.parametrize("order", [0, 1, 2])
def test_expansions_are_true_and_changed_ones_are_not(order: int) -> None:
    source = random.Random(order)
    steps = (subtract(x, ONE), subtract(y, TWO))
    functions = 0
    for _ in range(150):
        left = random_term(source, 3)
        functions += bool(free_symbols(left) & VALUES.keys())
        right = expanded(left, order)
        assert verdict(near(left, right, order, BOTH, row(ONE, TWO))) == TRUE_VERDICT
        change = (source.choice(steps) for _ in range(source.randint(0, order)))
        changed = add(right, multiply(Number(source.choice([-2, 1, 3])), *change))
        assert verdict(near(left, changed, order, BOTH, row(ONE, TWO))) == FALSE_VERDICT
    assert functions > 50
