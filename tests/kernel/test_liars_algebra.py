"""Liars of the algebraic kinds: squares, vanishing, identity, coordinates.

Each row is a true claim with its certificate, which is accepted, and beside it one that is wrong in exactly one way, which is rejected for that reason.
"""

from __future__ import annotations

from fractions import Fraction

import pytest

from derive.kernel.certificate import (
    Assumed,
    Certificate,
    Cofactor,
    Coordinates,
    Identity,
    Rejected,
    Square,
    Squares,
    Vanishing,
)
from derive.kernel.check import check
from derive.kernel.claim import Claim
from derive.kernel.term import (
    INTEGER,
    ONE,
    STATEMENT,
    TRUE,
    TWO,
    ZERO,
    Apply,
    Constant,
    Matrix,
    Number,
    Symbol,
    Term,
    add,
    equal,
    multiply,
    subtract,
)

x, y, z = (Symbol(name) for name in "xyz")
V = Matrix("n", 1)
v, w, u = (Symbol(name, V) for name in "vwu")
NO_VECTOR = Constant("zero", V)
A, B, C = (Symbol(name, Matrix("n", "n")) for name in "ABC")
UNIT = Constant("identity", Matrix("n", "n"))
V3, W3 = Symbol("v", Matrix(3, 1)), Symbol("w", Matrix(3, 1))
ZERO_3 = Constant("zero", Matrix(3, 1))
M = Symbol("M", Matrix(2, 3))
Q = Symbol("Q", Matrix(2, 2))
HUNDRED, MORE = Symbol("H", Matrix(10, 10)), Symbol("H", Matrix(10, 11))
S = Symbol("S", STATEMENT)
J, K, N = (Symbol(name, INTEGER) for name in "jkn")
THREE_LESS = add(K, Number(-3))
NESTED = Apply("sum", (Apply("sum", (ONE, J, ONE, THREE_LESS)), K, ONE, N))
LARGE = (Apply(">=", (Symbol("\\#1", INTEGER), Number(3))),)
SIZES = Apply("each", (Apply("sqrt", (Apply("^", (x, TWO)),)), x, v))
MINUS, HALF = Number(-1), Number(Fraction(1, 2))


def a(head: str, *arguments: Term) -> Apply:
    return Apply(head, arguments)


def square(term: Term) -> Term:
    return a("^", term, TWO)


def turned(term: Term) -> Term:
    return a("transpose", term)


def entry(term: Term, row: int, column: int = 1) -> Term:
    return a("entry", term, Number(row), Number(column))


def written(vector: Term) -> Term:
    return a("matrix", *(a("row", entry(vector, row)) for row in (1, 2, 3)))


def over_square(root: Term | None, weight: Term = ONE, *hypotheses: int) -> Squares:
    return Squares((Square(weight, hypotheses, root),))


def sum_of(*squares: Square, multiplier: Term | None = None, cofactors: tuple[Cofactor, ...] = ()) -> Squares:
    return Squares(squares, multiplier, cofactors)


def from_first(left: Term = ONE, right: Term = ONE) -> tuple[Cofactor, ...]:
    return (Cofactor(0, left, right),)


POSITIVE, WEAK, NONZERO = a(">", x, ZERO), a(">=", x, ZERO), a("!=", x, ZERO)
PRODUCT = a(">=", multiply(x, y), ZERO)
IS_WEAK_Y = a(">=", y, ZERO)
SQUARE_AT_LEAST_0 = a(">=", square(x), ZERO)
TWO_SQUARES = equal(add(square(x), square(y)), ZERO)
NORM_2 = a("inner", v, v)
LAGRANGE = a("<=", square(a("inner", v, w)), multiply(square(a("norm", v)), square(a("norm", w))))
CROSSED = subtract(multiply(v, turned(w)), multiply(w, turned(v)))
ALIGNED = equal(multiply(square(a("norm", w)), v), multiply(a("inner", v, w), w))
TIGHT = equal(multiply(square(a("norm", v)), square(a("norm", w))), square(a("inner", v, w)))
RESIDUE = subtract(multiply(square(a("norm", w)), v), multiply(a("inner", v, w), w))
PRODUCTS_3 = tuple(multiply(entry(V3, i), entry(W3, i)) for i in (1, 2, 3))
SQUARES_3 = tuple(Square(ONE, (), entry(V3, i)) for i in (1, 2, 3))
SCALED = Claim(IS_WEAK_Y, (PRODUCT, POSITIVE))
DIVIDED = sum_of(Square(ONE, (0,)), multiplier=x)
TO_ZERO = Claim(equal(x, ZERO), (equal(square(x), ZERO),))
SUM_IS_ZERO = equal(add(x, y), ZERO)

Case = tuple[Claim, Certificate]
# name, what is accepted, the liar, a word of the reason
PAIRS: list[tuple[str, Case, Case, str]] = [
    (
        "a hypothesis on the name that a function entry by entry is given in normal form",
        (Claim(equal(add(SIZES, SIZES), multiply(TWO, SIZES)), (a(">=", Symbol("\\bound{0}"), ZERO),)), Identity()),
        (Claim(equal(SIZES, v), (a(">=", Symbol("\\bound{0}"), ZERO),)), Identity()),
        "the normal forms differ",
    ),
    (
        "a hypothesis on the name that the variable of a sum is given in normal form",
        (Claim(equal(add(NESTED, NESTED), multiply(TWO, NESTED)), LARGE), Identity()),
        (Claim(equal(NESTED, a("sum", THREE_LESS, K, ONE, N)), LARGE), Identity()),
        "the normal forms differ",
    ),
    # squares: the claim
    (
        "an equation by squares",
        (Claim(SQUARE_AT_LEAST_0), over_square(x)),
        (Claim(equal(square(x), ZERO)), over_square(x)),
        "not an order",
    ),
    (
        "a statement that is no relation by squares",
        (Claim(a("<=", ZERO, square(x))), over_square(x)),
        (Claim(S), over_square(x)),
        "not an order",
    ),
    (
        "a difference by squares",
        (Claim(a("<", ZERO, square(x)), (NONZERO,)), over_square(x)),
        (Claim(a("!=", ZERO, square(x)), (NONZERO,)), over_square(x)),
        "not an order",
    ),
    (
        "the sides exchanged",
        (Claim(a("<=", multiply(TWO, x, y), add(square(x), square(y)))), over_square(subtract(x, y))),
        (Claim(a(">=", multiply(TWO, x, y), add(square(x), square(y)))), over_square(subtract(x, y))),
        "not the difference",
    ),
    (
        "greater is not less",
        (Claim(a(">", y, x), (a("<", x, y),)), over_square(None, ONE, 0)),
        (Claim(a("<", y, x), (a("<", x, y),)), over_square(None, ONE, 0)),
        "not the difference",
    ),
    # squares: the sum
    (
        "no squares",
        (Claim(a("<=", x, x)), Squares(())),
        (Claim(a("<=", x, y)), Squares(())),
        "not the difference",
    ),
    (
        "another square",
        (Claim(a(">=", add(square(x), multiply(TWO, x), ONE), ZERO)), over_square(add(x, ONE))),
        (Claim(a(">=", add(square(x), multiply(Number(3), x), ONE), ZERO)), over_square(add(x, ONE))),
        "not the difference",
    ),
    (
        "half of Lagrange's identity",
        (Claim(LAGRANGE), over_square(CROSSED, HALF)),
        (Claim(LAGRANGE), over_square(CROSSED)),
        "not the difference",
    ),
    (
        "the norm for its square",
        (Claim(a(">=", NORM_2, ZERO)), over_square(v)),
        (Claim(a(">=", a("norm", v), ZERO)), over_square(v)),
        "not the difference",
    ),
    (
        "the square of a matrix that is not its own transpose",
        (Claim(a(">=", a("trace", multiply(turned(A), A)), ZERO)), over_square(A)),
        (Claim(a(">=", a("trace", multiply(A, A)), ZERO)), over_square(A)),
        "not the difference",
    ),
    # squares: weights
    (
        "a negative weight",
        (Claim(SQUARE_AT_LEAST_0), over_square(x)),
        (Claim(a("<=", square(x), ZERO)), over_square(x, MINUS)),
        "not shown to be nonnegative",
    ),
    (
        "a weight of unknown sign",
        (Claim(a(">=", multiply(y, square(x)), ZERO), (IS_WEAK_Y,)), over_square(x, y)),
        (Claim(a(">=", multiply(y, square(x)), ZERO)), over_square(x, y)),
        "not shown to be nonnegative",
    ),
    (
        "a weight that is only nonzero",
        (Claim(a(">=", multiply(y, square(x)), ZERO), (a(">", y, ZERO),)), over_square(x, y)),
        (Claim(a(">=", multiply(y, square(x)), ZERO), (a("!=", y, ZERO),)), over_square(x, y)),
        "not shown to be nonnegative",
    ),
    (
        "a weight that is a vector",
        (Claim(a("<=", x, x)), over_square(None, ZERO)),
        (Claim(a("<=", x, x)), over_square(None, NO_VECTOR)),
        "weight that is not a number",
    ),
    # squares: roots
    (
        "a root that is a statement",
        (Claim(a("<=", x, x)), over_square(x, ZERO)),
        (Claim(a("<=", x, x)), over_square(POSITIVE, ZERO)),
        "root that is not",
    ),
    # squares: hypotheses
    (
        "two hypotheses multiplied, of which one is not there",
        (Claim(PRODUCT, (WEAK, IS_WEAK_Y)), over_square(None, ONE, 0, 1)),
        (Claim(PRODUCT, (WEAK,)), over_square(None, ONE, 0, 1)),
        "no hypothesis",
    ),
    (
        "a negative number of a hypothesis",
        (Claim(WEAK, (WEAK,)), over_square(None, ONE, 0)),
        (Claim(WEAK, (WEAK,)), over_square(None, ONE, -1)),
        "no hypothesis",
    ),
    (
        "a hypothesis that is a symbol",
        (Claim(a("<=", x, x), (POSITIVE,)), over_square(None, ZERO, 0)),
        (Claim(a("<=", x, x), (S,)), over_square(None, ZERO, 0)),
        "not a relation",
    ),
    (
        "a hypothesis that only says unequal",
        (Claim(a("<=", x, ZERO), (a("<", x, ZERO),)), over_square(None, ONE, 0)),
        (Claim(a("<=", x, ZERO), (NONZERO,)), over_square(None, ONE, 0)),
        "not an order",
    ),
    (
        "a hypothesis that is an implication",
        (Claim(a("<=", x, ZERO), (a("<=", x, ZERO),)), over_square(None, ONE, 0)),
        (Claim(a("<=", x, ZERO), (a("implies", S, a("<=", x, ZERO)),)), over_square(None, ONE, 0)),
        "not an order",
    ),
    (
        "a hypothesis the wrong way round",
        (Claim(WEAK, (WEAK,)), over_square(None, ONE, 0)),
        (Claim(WEAK, (a("<=", x, ZERO),)), over_square(None, ONE, 0)),
        "not the difference",
    ),
    (
        "a hypothesis squared away",
        (Claim(a(">=", square(x), ZERO), (WEAK,)), over_square(None, ONE, 0, 0)),
        (Claim(WEAK, (WEAK,)), over_square(None, ONE, 0, 0)),
        "not the difference",
    ),
    # squares: multipliers
    ("a multiplier that may be 0", (SCALED, DIVIDED), (Claim(IS_WEAK_Y, (PRODUCT, WEAK)), DIVIDED), "multiplier"),
    (
        "a multiplier that is 0",
        (Claim(a(">=", y, square(x)), (a(">=", y, square(x)),)), sum_of(Square(ONE, (0,)), multiplier=ONE)),
        (Claim(a(">=", y, square(x))), sum_of(multiplier=ZERO)),
        "multiplier",
    ),
    (
        "a negative multiplier",
        (Claim(SQUARE_AT_LEAST_0), sum_of(Square(TWO, (), x), multiplier=TWO)),
        (Claim(a("<=", square(x), ZERO)), sum_of(Square(ONE, (), x), multiplier=MINUS)),
        "multiplier",
    ),
    (
        "a multiplier of unknown sign",
        (SCALED, DIVIDED),
        (Claim(IS_WEAK_Y, (PRODUCT, TRUE)), DIVIDED),
        "multiplier",
    ),
    (
        "a multiplier that is only nonzero",
        (SCALED, DIVIDED),
        (Claim(IS_WEAK_Y, (PRODUCT, NONZERO)), DIVIDED),
        "multiplier",
    ),
    (
        "a multiplier that is a matrix",
        (Claim(a("<=", x, x)), sum_of(multiplier=ONE)),
        (Claim(a("<=", x, x)), sum_of(multiplier=UNIT)),
        "multiplier",
    ),
    (
        "a multiplier for the one side only",
        (Claim(a("<=", ZERO, y), (PRODUCT, POSITIVE)), DIVIDED),
        (Claim(a("<=", ONE, y), (PRODUCT, POSITIVE)), DIVIDED),
        "not the difference",
    ),
    # squares: strictness
    (
        "a square may be 0",
        (Claim(a(">", square(x), ZERO), (NONZERO,)), over_square(x)),
        (Claim(a(">", square(x), ZERO)), over_square(x)),
        "no addend is shown to be positive",
    ),
    (
        "a vector may be 0",
        (Claim(a(">", NORM_2, ZERO), (a("!=", v, NO_VECTOR),)), over_square(v)),
        (Claim(a(">", NORM_2, ZERO)), over_square(v)),
        "no addend is shown to be positive",
    ),
    (
        "a weight may be 0",
        (Claim(a(">", multiply(y, square(x)), ZERO), (a(">", y, ZERO), NONZERO)), over_square(x, y)),
        (Claim(a(">", multiply(y, square(x)), ZERO), (IS_WEAK_Y, NONZERO)), over_square(x, y)),
        "no addend is shown to be positive",
    ),
    (
        "one of two hypotheses is weak",
        (Claim(a(">", multiply(x, y), ZERO), (POSITIVE, a(">", y, ZERO))), over_square(None, ONE, 0, 1)),
        (Claim(a(">", multiply(x, y), ZERO), (POSITIVE, IS_WEAK_Y)), over_square(None, ONE, 0, 1)),
        "no addend is shown to be positive",
    ),
    (
        "the other of two hypotheses is weak",
        (Claim(a(">", multiply(x, y), ZERO), (POSITIVE, a(">", y, ZERO))), over_square(None, ONE, 0, 1)),
        (Claim(a(">", multiply(x, y), ZERO), (WEAK, a(">", y, ZERO))), over_square(None, ONE, 0, 1)),
        "no addend is shown to be positive",
    ),
    (
        "a strict hypothesis times a square that may be 0",
        (Claim(a(">", multiply(x, square(y)), ZERO), (POSITIVE, a("<", y, ZERO))), over_square(y, ONE, 0)),
        (Claim(a(">", multiply(x, square(y)), ZERO), (POSITIVE, a("<=", y, ZERO))), over_square(y, ONE, 0)),
        "no addend is shown to be positive",
    ),
    (
        "a weight of 0 on what is positive",
        (Claim(a("<=", x, x), (POSITIVE,)), over_square(None, ZERO, 0)),
        (Claim(a("<", x, x), (POSITIVE,)), over_square(None, ZERO, 0)),
        "no addend is shown to be positive",
    ),
    ("nothing is positive", (Claim(a("<=", x, x)), Squares(())), (Claim(a("<", x, x)), Squares(())), "no addend"),
    # squares: cofactors
    (
        "a cofactor of another hypothesis",
        (
            Claim(a(">=", y, ZERO), (equal(y, square(x)),)),
            sum_of(Square(ONE, (), x), cofactors=from_first()),
        ),
        (
            Claim(a(">=", y, ZERO), (equal(z, square(x)),)),
            sum_of(Square(ONE, (), x), cofactors=from_first()),
        ),
        "not the difference",
    ),
    (
        "a cofactor of an order",
        (Claim(a("<=", x, y), (equal(y, x),)), sum_of(cofactors=from_first())),
        (Claim(a("<=", x, y), (a("<=", y, x),)), sum_of(cofactors=from_first())),
        "not an equation",
    ),
    (
        "a cofactor that makes a matrix",
        (Claim(a("<=", x, y), (equal(y, x),)), sum_of(cofactors=from_first())),
        (Claim(a("<=", x, y), (equal(multiply(y, v), multiply(x, v)),)), sum_of(cofactors=from_first())),
        "shape of the claim",
    ),
    (
        "a cofactor of which the trace is meant",
        (Claim(equal(a("trace", multiply(A, B)), a("trace", C)), (equal(multiply(B, A), C),)), Identity(from_first())),
        (Claim(equal(a("trace", multiply(A, B)), a("trace", A)), (equal(multiply(B, A), C),)), Identity(from_first())),
        "differ",
    ),
    # vanishing
    (
        "an order by vanishing",
        (TO_ZERO, Vanishing(ONE, (), from_first())),
        (Claim(a("<=", x, ZERO), (equal(square(x), ZERO),)), Vanishing(ONE, (), from_first())),
        "not an equation",
    ),
    (
        "a sum of squares that is not 0",
        (Claim(equal(x, ZERO), (TWO_SQUARES,)), Vanishing(ONE, (Square(ONE, (), y),), from_first())),
        (
            Claim(equal(x, ZERO), (equal(add(square(x), square(y)), ONE),)),
            Vanishing(ONE, (Square(ONE, (), y),), from_first()),
        ),
        "do not add up",
    ),
    (
        "a difference of squares is 0",
        (Claim(equal(x, ZERO), (TWO_SQUARES,)), Vanishing(ONE, (Square(ONE, (), y),), from_first())),
        (
            Claim(equal(x, ZERO), (equal(subtract(square(x), square(y)), ZERO),)),
            Vanishing(ONE, (Square(MINUS, (), y),), from_first()),
        ),
        "not shown to be nonnegative",
    ),
    ("nothing shows nothing", (Claim(equal(x, x)), Vanishing(ONE)), (Claim(equal(x, y)), Vanishing(ONE)), "add up"),
    (
        "a multiplier of 0",
        (Claim(equal(x, x)), Vanishing(ONE)),
        (Claim(equal(x, y)), Vanishing(ZERO)),
        "multiplier is not shown to be positive",
    ),
    (
        "a vanishing multiplier that may be 0",
        (
            Claim(equal(y, ZERO), (equal(multiply(x, square(y)), ZERO), POSITIVE)),
            Vanishing(x, (), from_first()),
        ),
        (Claim(equal(y, ZERO), (equal(multiply(x, square(y)), ZERO), WEAK)), Vanishing(x, (), from_first())),
        "multiplier is not shown to be positive",
    ),
    (
        "a vanishing multiplier below 0",
        (
            Claim(equal(x, ZERO), (TWO_SQUARES,)),
            Vanishing(ONE, (Square(ONE, (), y),), from_first()),
        ),
        (
            Claim(equal(x, ZERO), (equal(square(x), square(y)),)),
            Vanishing(MINUS, (Square(ONE, (), y),), from_first(MINUS)),
        ),
        "multiplier is not shown to be positive",
    ),
    (
        "a vanishing multiplier that is a matrix",
        (Claim(equal(x, x)), Vanishing(ONE)),
        (Claim(equal(x, x)), Vanishing(UNIT)),
        "multiplier is not shown to be positive",
    ),
    (
        "two numbers of which one may be negative",
        (
            Claim(equal(x, ZERO), (SUM_IS_ZERO, WEAK, IS_WEAK_Y)),
            Vanishing(ONE, (Square(ONE, (1, 2)),), from_first(x)),
        ),
        (
            Claim(equal(x, ZERO), (SUM_IS_ZERO, WEAK)),
            Vanishing(ONE, (Square(multiply(x, y)),), from_first(x)),
        ),
        "not shown to be nonnegative",
    ),
    (
        "vectors with an inner product of 0",
        (Claim(equal(v, NO_VECTOR), (equal(a("inner", v, v), ZERO),)), Vanishing(ONE, (), from_first())),
        (Claim(equal(v, NO_VECTOR), (equal(a("inner", v, w), ZERO),)), Vanishing(ONE, (), from_first())),
        "do not add up",
    ),
    (
        "equality in Cauchy and Schwarz's inequality, without equality",
        (Claim(ALIGNED, (TIGHT,)), Vanishing(ONE, (), from_first(square(a("norm", w))))),
        (Claim(ALIGNED, (LAGRANGE,)), Vanishing(ONE, (), from_first(square(a("norm", w))))),
        "not an equation",
    ),
    (
        "equality in Cauchy and Schwarz's inequality, with another factor",
        (Claim(equal(RESIDUE, NO_VECTOR), (TIGHT,)), Vanishing(ONE, (), from_first(square(a("norm", w))))),
        (Claim(equal(RESIDUE, NO_VECTOR), (TIGHT,)), Vanishing(ONE, (), from_first(square(a("norm", v))))),
        "do not add up",
    ),
    (
        "a nilpotent matrix",
        (
            Claim(equal(A, multiply(ZERO, A)), (equal(a("trace", multiply(turned(A), A)), ZERO),)),
            Vanishing(ONE, (), from_first()),
        ),
        (
            Claim(equal(A, multiply(ZERO, A)), (equal(a("trace", multiply(A, A)), ZERO),)),
            Vanishing(ONE, (), from_first()),
        ),
        "do not add up",
    ),
    (
        "an equation of vectors where one of numbers is needed",
        (TO_ZERO, Vanishing(ONE, (), from_first())),
        (Claim(equal(x, ZERO), (equal(multiply(square(x), v), NO_VECTOR),)), Vanishing(ONE, (), from_first())),
        "shape of the claim",
    ),
    # identity
    (
        "an order by identity",
        (Claim(equal(x, x)), Identity()),
        (Claim(a("<=", x, x)), Identity()),
        "not an equation",
    ),
    ("a difference by identity", (Claim(equal(x, x)), Identity()), (Claim(a("!=", x, x)), Identity()), "not an equation"),
    ("a symbol by identity", (Claim(equal(x, x)), Identity()), (Claim(S), Identity()), "not an equation"),
    (
        "another sign",
        (Claim(equal(square(subtract(x, y)), square(subtract(y, x)))), Identity()),
        (Claim(equal(subtract(x, y), subtract(y, x))), Identity()),
        "normal forms differ",
    ),
    (
        "matrices do not commute",
        (Claim(equal(a("trace", multiply(A, B)), a("trace", multiply(B, A)))), Identity()),
        (Claim(equal(multiply(A, B), multiply(B, A))), Identity()),
        "normal forms differ",
    ),
    (
        "an order as an equation",
        (Claim(equal(x, y), (equal(x, y),)), Identity(from_first())),
        (Claim(equal(x, y), (a("<=", x, y),)), Identity(from_first())),
        "not an equation",
    ),
    (
        "unequal as an equation",
        (Claim(equal(x, y), (equal(x, y),)), Identity(from_first())),
        (Claim(equal(x, y), (a("!=", x, y),)), Identity(from_first())),
        "not an equation",
    ),
    (
        "an approximation as an equation",
        (Claim(equal(square(x), x), (equal(square(x), x),)), Identity(from_first())),
        (Claim(equal(square(x), x), (a("approx", square(x), x, x, ZERO, ZERO),)), Identity(from_first())),
        "not an equation",
    ),
    (
        "a hypothesis that is no relation",
        (Claim(equal(x, y), (equal(x, y),)), Identity(from_first())),
        (Claim(equal(x, y), (S,)), Identity(from_first())),
        "not a relation",
    ),
    (
        "a hypothesis past the last",
        (Claim(equal(x, y), (equal(x, y),)), Identity(from_first())),
        (Claim(equal(x, y), (equal(x, y),)), Identity((Cofactor(1, ONE, ONE),))),
        "no hypothesis",
    ),
    (
        "a hypothesis before the first",
        (Claim(equal(x, y), (equal(x, y),)), Identity(from_first())),
        (Claim(equal(x, y), (equal(x, y),)), Identity((Cofactor(-1, ONE, ONE),))),
        "no hypothesis",
    ),
    (
        "multiples of a vector for numbers",
        (
            Claim(equal(multiply(x, UNIT), multiply(y, UNIT)), (equal(multiply(x, UNIT), multiply(y, UNIT)),)),
            Identity(from_first()),
        ),
        (Claim(equal(x, y), (equal(multiply(x, v), multiply(y, v)),)), Identity(from_first())),
        "shape of the claim",
    ),
    (
        "a number for a vector",
        (Claim(equal(multiply(x, v), multiply(y, v)), (equal(x, y),)), Identity(from_first(ONE, v))),
        (Claim(equal(multiply(x, v), multiply(y, v)), (equal(x, y),)), Identity(from_first())),
        "shape of the claim",
    ),
    (
        "a multiple of another size",
        (Claim(equal(a("inner", w, v), ZERO), (equal(v, NO_VECTOR),)), Identity(from_first(turned(w)))),
        (Claim(equal(a("inner", w, v), ZERO), (equal(v, NO_VECTOR),)), Identity(from_first(w))),
        "malformed",
    ),
    (
        "a factor on the other side",
        (Claim(equal(multiply(A, B), multiply(A, C)), (equal(B, C),)), Identity(from_first(A))),
        (Claim(equal(multiply(A, B), multiply(C, A)), (equal(B, C),)), Identity(from_first(A))),
        "normal forms differ",
    ),
    (
        "a factor on the wrong side",
        (Claim(equal(multiply(B, A), multiply(C, A)), (equal(B, C),)), Identity(from_first(ONE, A))),
        (Claim(equal(multiply(B, A), multiply(C, A)), (equal(B, C),)), Identity(from_first(A))),
        "normal forms differ",
    ),
    (
        "a hypothesis used once too often",
        (
            Claim(equal(add(x, x), add(y, y)), (equal(x, y),)),
            Identity((Cofactor(0, ONE, ONE), Cofactor(0, ONE, ONE))),
        ),
        (
            Claim(equal(x, y), (equal(x, y),)),
            Identity((Cofactor(0, ONE, ONE), Cofactor(0, ONE, ONE))),
        ),
        "normal forms differ",
    ),
    (
        "a statement as a factor",
        (Claim(equal(x, y), (equal(x, y),)), Identity(from_first())),
        (Claim(equal(x, y), (equal(x, y),)), Identity(from_first(TRUE))),
        "malformed",
    ),
    (
        "an absolute value without its sign",
        (Claim(equal(a("abs", x), x), (WEAK,)), Identity()),
        (Claim(equal(a("abs", x), x)), Identity()),
        "normal forms differ",
    ),
    # coordinates
    (
        "a statement without sides",
        (Claim(equal(add(V3, W3), add(W3, V3))), Coordinates((Identity(),))),
        (Claim(S), Coordinates((Identity(),))),
        "statement of values",
    ),
    (
        "a symbolic size",
        (Claim(equal(V3, V3)), Coordinates((Identity(),))),
        (Claim(equal(v, v)), Coordinates((Identity(),))),
        "symbolic size",
    ),
    (
        "a size of which one part is a letter",
        (Claim(equal(M, M)), Coordinates((Identity(),))),
        (Claim(equal(Symbol("M", Matrix(2, "n")), Symbol("M", Matrix(2, "n")))), Coordinates((Identity(),))),
        "symbolic size",
    ),
    (
        "too many entries",
        (Claim(equal(HUNDRED, HUNDRED)), Coordinates((Identity(),))),
        (Claim(equal(MORE, MORE)), Coordinates((Identity(),))),
        "too large",
    ),
    (
        "a proof for some of the entries",
        (Claim(equal(V3, V3)), Coordinates((Identity(), Identity(), Identity()))),
        (Claim(equal(V3, V3)), Coordinates((Identity(), Identity()))),
        "each entry",
    ),
    (
        "no proof for any entry",
        (Claim(equal(V3, V3)), Coordinates((Identity(),))),
        (Claim(equal(V3, V3)), Coordinates(())),
        "each entry",
    ),
    (
        "only one entry agrees",
        (
            Claim(equal(V3, W3), tuple(equal(entry(V3, i), entry(W3, i)) for i in (1, 2, 3))),
            Coordinates(tuple(Identity((Cofactor(i, ONE, ONE),)) for i in (0, 1, 2))),
        ),
        (
            Claim(equal(V3, W3), tuple(equal(entry(V3, i), entry(W3, i)) for i in (1, 2, 2))),
            Coordinates(tuple(Identity((Cofactor(i, ONE, ONE),)) for i in (0, 1, 2))),
        ),
        "normal forms differ",
    ),
    (
        "a vector that differs from another one",
        (Claim(a("!=", V3, W3), (a("!=", written(V3), written(W3)),)), Coordinates((Assumed(0),))),
        (Claim(a("!=", V3, W3), (a("!=", written(V3), written(ZERO_3)),)), Coordinates((Assumed(0),))),
        "not that hypothesis",
    ),
    (
        "an inner product of two entries of three",
        (Claim(equal(a("inner", V3, W3), add(*PRODUCTS_3))), Coordinates((Identity(),))),
        (Claim(equal(a("inner", V3, W3), add(*PRODUCTS_3[:2]))), Coordinates((Identity(),))),
        "normal forms differ",
    ),
    (
        "an order of numbers in coordinates",
        (Claim(a(">=", a("inner", V3, V3), ZERO)), Coordinates((Squares(SQUARES_3),))),
        (Claim(a(">", a("inner", V3, V3), ZERO)), Coordinates((Squares(SQUARES_3),))),
        "no addend",
    ),
    (
        "a vector is the zero vector",
        (Claim(equal(subtract(V3, V3), ZERO_3)), Coordinates((Identity(),))),
        (Claim(equal(V3, ZERO_3)), Coordinates((Identity(),))),
        "normal forms differ",
    ),
    (
        "rows taken for columns",
        (Claim(equal(turned(turned(Q)), Q)), Coordinates((Identity(),))),
        (Claim(equal(turned(Q), Q)), Coordinates((Identity(),))),
        "normal forms differ",
    ),
]  # fmt: skip

LIARS: list[tuple[str, Claim, Certificate, str]] = [(name, *liar, reason) for name, _, liar, reason in PAIRS]


@pytest.mark.parametrize("case", [pair[1] for pair in PAIRS], ids=[pair[0] for pair in PAIRS])
def test_the_honest_one_is_accepted(case: Case) -> None:
    assert check(*case) == ()


@pytest.mark.parametrize(("case", "reason"), [pair[2:] for pair in PAIRS], ids=[pair[0] for pair in PAIRS])
def test_the_liar_is_rejected(case: Case, reason: str) -> None:
    with pytest.raises(Rejected, match=reason):
        check(*case)


# Conditions that must not get lost: what a certificate divides by is a condition of what it shows.
BY_X = a("/", ONE, x)
ABOVE_1 = multiply(add(square(x), ONE), a("^", x, Number(-2)))
KEPT: list[tuple[str, Claim, Certificate]] = [
    ("a weight", Claim(a(">=", square(y), ZERO)), over_square(multiply(x, y), a("^", x, Number(-2)))),
    ("a root", Claim(a(">=", square(y), ZERO)), over_square(a("/", multiply(x, y), x))),
    (
        "a multiplier",
        Claim(a(">=", square(y), ZERO)),
        sum_of(Square(a("^", x, Number(-2)), (), y), multiplier=a("^", x, Number(-2))),
    ),
    (
        "nothing but the multiplier",
        Claim(a(">=", multiply(square(x), square(y)), ZERO)),
        sum_of(Square(ONE, (), multiply(x, y)), Square(ONE, (), y), multiplier=ABOVE_1),
    ),
    (
        "nothing but the multiplier of what vanishes",
        Claim(equal(multiply(x, y), ZERO), (equal(multiply(add(square(x), ONE), square(y)), ZERO),)),
        Vanishing(ABOVE_1, (), from_first()),
    ),
    (
        "a cofactor of squares",
        Claim(a(">=", y, ZERO), (equal(multiply(x, y), ZERO),)),
        sum_of(cofactors=from_first(BY_X)),
    ),
    (
        "a cofactor on the right of squares",
        Claim(a(">=", y, ZERO), (equal(multiply(x, y), ZERO),)),
        sum_of(cofactors=from_first(ONE, BY_X)),
    ),
    (
        "a cofactor of an identity",
        Claim(equal(y, ZERO), (equal(multiply(x, y), ZERO),)),
        Identity(from_first(BY_X)),
    ),
    (
        "a cofactor on the right of an identity",
        Claim(equal(y, ZERO), (equal(multiply(x, y), ZERO),)),
        Identity(from_first(ONE, BY_X)),
    ),
    (
        "a cofactor of what vanishes",
        Claim(equal(y, ZERO), (equal(multiply(x, square(y)), ZERO),)),
        Vanishing(ONE, (), from_first(BY_X)),
    ),
    (
        "a multiplier of what vanishes",
        Claim(equal(y, ZERO), (equal(square(y), ZERO),)),
        Vanishing(a("^", x, Number(-2)), (), from_first(a("^", x, Number(-2)))),
    ),
    (
        "a square of what vanishes",
        Claim(equal(y, ZERO), (equal(add(square(y), square(z)), ZERO),)),
        Vanishing(ONE, (Square(ONE, (), a("/", multiply(x, z), x)),), from_first()),
    ),
    (
        "an entry",
        Claim(equal(multiply(a("/", x, x), V3), V3)),
        Coordinates((Identity(),)),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("claim", "certificate"), [one[1:] for one in KEPT], ids=[one[0] for one in KEPT])
def test_conditions_are_kept(claim: Claim, certificate: Certificate) -> None:
    assert check(claim, certificate) == (NONZERO,)
    assert check(Claim(claim.statement, (*claim.hypotheses, NONZERO)), certificate) == ()
