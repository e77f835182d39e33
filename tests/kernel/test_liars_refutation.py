"""Liars: refutations that are wrong in one way each. Every one must be rejected, for the reason it was made for."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from derive.kernel.certificate import Counterexample, Identity, Inconsistent, Rejected
from derive.kernel.claim import Claim
from derive.kernel.refute import refute
from derive.kernel.term import (
    INTEGER,
    PI,
    REAL,
    STATEMENT,
    TRUE,
    Apply,
    Constant,
    Function,
    Lambda,
    Matrix,
    Number,
    Scalar,
    Symbol,
    Term,
    add,
    equal,
    multiply,
    negate,
    subtract,
)

x, y = Symbol("x"), Symbol("y")
n, complex_number = Symbol("n", INTEGER), Symbol("z", Scalar("complex"))
ROW = Matrix(1, 2)
w, base, step = Symbol("w", ROW), Symbol("w_k", ROW), Symbol("D", ROW)
column, single = Symbol("c", Matrix(2, 1)), Symbol("s", Matrix(1, 1))
A = Symbol("A", Matrix(2, 2))
u = Symbol("u", Matrix("m", 1))
L = Symbol("L", Function((ROW,), REAL, 2))
f = Symbol("f", Function((REAL, REAL), REAL, 2))
g = Symbol("g", Function((REAL,), REAL, 2))
whole = Symbol("k", Function((REAL,), INTEGER, 0))
pair = Symbol("p", Function((ROW, Matrix(2, 1)), REAL, 2))
vector_valued = Symbol("F", Function((REAL,), ROW, 2))


def a(head: str, *arguments: Term | int | str) -> Apply:
    return Apply(head, tuple(number(one) if isinstance(one, (int, str)) else one for one in arguments))


def number(value: int | str) -> Number:
    return Number(Fraction(value))


def literal(*rows: tuple[int, ...]) -> Apply:
    return a("matrix", *(a("row", *row) for row in rows))


def square(term: Term) -> Apply:
    return a("^", term, 2)


def at(*pairs: tuple[Symbol, Term | int | str], sizes: tuple[tuple[str, Any], ...] = ()) -> Counterexample:
    return Counterexample(
        tuple((symbol, number(one) if isinstance(one, (int, str)) else one) for symbol, one in pairs), sizes
    )


def near(
    left: Term, right: Term, order: int = 1, variable: Term = x, start: Term | int = 0, *hypotheses: Term
) -> Claim:
    return Claim(a("approx", left, right, variable, start, order), hypotheses)


def value(function: Term, *arguments: Term) -> Apply:
    return a("apply", function, *arguments)


def part(vector: Term, index: int) -> Apply:
    return a("component", vector, index)


ZERO_ROW, ORIGIN = literal((0, 0)), a("matrix", a("row", 0, 0))
IS_ZERO = Claim(equal(x, number(0)))
G_ZERO = Claim(equal(value(g, x), number(0)))
L_ZERO = Claim(equal(value(L, w), number(0)))
UNIT = literal((1, 0))
VARIED = multiply(part(w, 1), part(column, 1))
T = "transpose"

# name, the claim, the liar, a word of the reason
LIARS: list[tuple[str, Claim, Counterexample, str]] = [
    ("a value for what a function entry by entry binds", Claim(equal(a("each", a("each", add(x, y), y, 1), x, w), add(w, a("each", 1, x, w)))), at((x, 5), (w, literal((1, 2)))), "holds"),
    ("a value for what is bound around an integral", Claim(equal(a("each", a("integral", multiply(x, y), y, 0, 1), x, w), a("/", w, 2))), at((x, 5), (w, literal((1, 2)))), "holds"),
    ("a value for what is bound around an integral, where entries are irrational", Claim(equal(a("each", a("integral", multiply(x, y), y, 0, 1), x, a("*", PI, w)), a("*", PI, a("/", w, 2)))), at((x, 5), (w, literal((1, 2)))), "not decided"),
    ("the statement is true there", IS_ZERO, at((x, 0)), "holds"),
    ("a hypothesis is violated", Claim(equal(x, number(0)), (a("<", x, 0),)), at((x, 1)), "hypothesis does not hold"),
    ("a hypothesis is undefined", Claim(equal(x, number(0)), (a("<", a("/", 1, y), 2),)), at((x, 1), (y, 0)), "undefined"),
    ("a hypothesis is not decided", Claim(equal(x, number(0)), (equal(a("sin", multiply(number(Fraction(1, 7)), PI)), subtract(a("sin", multiply(number(Fraction(6, 7)), PI)), number(0))),)), at((x, 1)), "not decided"),
    ("a hypothesis is an approximation", Claim(equal(x, number(0)), (a("approx", y, y, y, 0, 1),)), at((x, 1), (y, 0)), "not decided"),
    ("a derivative that no rule sees", Claim(equal(a("derivative", multiply(x, a("abs", x)), x), number(5))), at((x, 0)), "whether a derivative exists"),
    ("an undefined side called false", Claim(equal(a("/", x, x), number(1))), at((x, 0)), "undefined"),
    ("an undefined side times zero", Claim(equal(multiply(number(0), a("log", x)), number(1))), at((x, -1)), "undefined"),
    ("enclosures that overlap", Claim(equal(a("exp", 1), Constant("e", REAL))), at(), "not decided"),
    ("not an integer", Claim(equal(a("floor", n), n)), at((n, "1/2")), "domain"),
    ("a complex number", Claim(a("<", a("abs", complex_number), 0)), at((complex_number, 1)), "domain"),
    ("an irrational value", Claim(equal(n, number(0))), at((n, PI)), "domain"),
    ("a term as a value", Claim(equal(n, number(0))), at((n, add(number(1), number(1)))), "domain"),
    ("a missing symbol", Claim(equal(x, y)), at((x, 1)), "y has no value"),
    ("a missing symbol that is not reached", Claim(a("and", a("<", x, 0), equal(y, y))), at((x, 1)), "y has no value"),
    ("a missing symbol of a hypothesis", Claim(equal(x, number(0)), (a("or", equal(x, number(1)), a("<", y, y)),)), at((x, 1)), "y has no value"),
    ("two values for one symbol", Claim(equal(x, x)), at((x, 0), (x, 1)), "two values"),
    ("a value for a number", Claim(equal(x, number(0))), Counterexample(((number(0), number(1)), (x, number(1)))), "not a symbol"),  # type: ignore[arg-type]
    ("the wrong shape", Claim(equal(w, ZERO_ROW)), at((w, literal((1,), (0,)))), "shape"),
    ("a row too many", Claim(equal(w, ZERO_ROW)), at((w, literal((1, 0), (0, 0)))), "shape"),
    ("a row that is too long", Claim(equal(w, ZERO_ROW)), at((w, literal((1, 0, 0)))), "shape"),
    ("another head than a literal", Claim(equal(w, ZERO_ROW)), at((w, a("transpose", a("row", 1, 0)))), "shape"),
    ("entries that are no rows", Claim(equal(w, ZERO_ROW)), at((w, a("matrix", 1))), "shape"),
    ("another head than a row", Claim(equal(w, ZERO_ROW)), at((w, a("matrix", a("+", 1, 0)))), "shape"),
    ("an entry that is no number", Claim(equal(w, ZERO_ROW)), at((w, a("matrix", a("row", PI, 0)))), "numbers"),
    ("a number for a vector", Claim(equal(w, ZERO_ROW)), at((w, 1)), "shape"),
    ("a size without a value", Claim(equal(u, u)), at((u, literal((1,)))), "size"),
    ("a size that is not positive", Claim(equal(u, u)), at((u, literal((1,))), sizes=(("m", 0),)), "size"),
    ("a size that is true", Claim(equal(u, u)), at((u, literal((1,))), sizes=(("m", True),)), "size"),
    ("a size that is text", Claim(equal(u, u)), at((u, literal((1,))), sizes=(("m", "1"),)), "size"),
    ("a size that is too large", Claim(equal(x, number(0))), at((x, 1), sizes=(("m", 7),)), "size"),
    ("a size below one by subtraction", Claim(equal(x, number(0))), at((x, 1), (Symbol("v", Matrix("m - 1", 1)), a("matrix")), sizes=(("m", 1),)), "size"),
    ("a letter with two values", Claim(equal(Symbol("m", INTEGER), a("trace", Constant("identity", Matrix("m", "m"))))), at((Symbol("m", INTEGER), 3), sizes=(("m", 2),)), "another value"),
    ("a function that is not smooth", G_ZERO, at((x, 1), (g, Lambda((x,), a("abs", x)))), "smooth"),
    ("a function with a pole", G_ZERO, at((x, 1), (g, Lambda((x,), a("/", 1, x)))), "smooth"),
    ("a function that is not total", G_ZERO, at((x, 1), (g, Lambda((x,), a("sqrt", x)))), "smooth"),
    ("a number for a function", G_ZERO, at((x, 1), (g, 1)), "cannot have a value"),
    ("a function for a number", IS_ZERO, at((x, Lambda((x,), x))), "domain"),
    ("a value for a statement", IS_ZERO, at((x, 1), (Symbol("s", STATEMENT), 1)), "cannot have a value"),
    ("a function of something else", L_ZERO, at((w, UNIT), (L, Lambda((x,), x))), "other arguments"),
    ("a function of one argument too many", G_ZERO, at((x, 1), (g, Lambda((x, y), x))), "other arguments"),
    ("a function of a free symbol", G_ZERO, at((x, 1), (g, Lambda((x,), y))), "not a function of its arguments"),
    ("a function with a vector for a value", L_ZERO, at((w, UNIT), (L, Lambda((w,), w))), "not a function of its arguments"),
    ("a parameter twice", Claim(equal(a("partial", f, a("indices", 1), x, y), number(0))), at((x, 0), (y, 0), (f, Lambda((x, x), x))), "twice"),
    ("a vector not taken apart", Claim(equal(a("partial", pair, a("indices", 1), w, column), part(column, 1)), (equal(value(pair, w, column), VARIED),)), at((w, UNIT), (column, literal((1,), (0,))), (pair, Lambda((w, column), multiply(w, column)))), "smooth"),
    ("a value outside the integers", Claim(equal(a("floor", value(whole, x)), value(whole, x))), at((x, 1), (whole, Lambda((x,), a("/", x, 2)))), "domain of the result"),
    ("a vector-valued function with a number for its value", Claim(equal(value(vector_valued, x), ZERO_ROW)), at((x, 1), (vector_valued, Lambda((x,), x))), "not a function of its arguments"),
    ("a vector-valued function with a longer value", Claim(equal(value(vector_valued, x), ZERO_ROW)), at((x, 1), (vector_valued, Lambda((x,), literal((1, 2, 3))))), "not a function of its arguments"),
    ("a concrete function in a claim", Claim(equal(value(Lambda((x,), x), x), number(0))), at((x, 1)), "concrete"),
    ("something that is no statement", Claim(x), at((x, 1)), "statements"),
    ("a hypothesis that is no statement", Claim(equal(x, number(0)), (x,)), at((x, 1)), "statements"),
    ("sides that do not fit", Claim(equal(w, x)), at((x, 1), (w, UNIT)), "malformed"),
    ("an unknown head", Claim(equal(a("unheard of", x), x)), at((x, 1)), "malformed"),
    ("a premise that is false", Claim(a("implies", a("<", x, 0), a(">", x, 0))), at((x, 0)), "holds"),
    ("a premise that is undefined", Claim(a("implies", a("<", a("/", 1, x), 0), a(">", x, 0))), at((x, 0)), "holds"),
    ("an equivalence of two falsehoods", Claim(a("iff", a("<", x, 0), a("<", a("/", 1, x), 0))), at((x, 0)), "holds"),
    ("a disjunction with an undefined part", Claim(a("implies", a("<", x, 0), a("or", a(">", a("log", x), 1), a("<", x, 0)))), at((x, -1)), "undefined"),
    ("a negation of something undefined", Claim(a("implies", a("<", x, 0), a("not", a(">", a("log", x), 1)))), at((x, -1)), "undefined"),
    # approximations
    ("a coefficient only above the order", near(square(x), number(0)), at(), "agree to the order"),
    ("equal sides", near(x, x), at(), "agree to the order"),
    ("the true sin x = x", near(a("sin", x), x, 2), at(), "polynomial"),
    ("the true exp x = 1 + x", near(a("exp", x), add(number(1), x)), at(), "polynomial"),
    ("a quotient that moves", near(a("/", square(x), x), number(0), 1), at(), "polynomial"),
    ("a side that is defined nowhere", near(square(a("sqrt", subtract(number(-1), square(x)))), number(0), 2), at(), "polynomial"),
    ("a negative power that moves", near(a("^", add(x, number(1)), -1), number(0)), at(), "polynomial"),
    ("a division by zero", near(a("/", x, 0), number(0)), at(), "polynomial"),
    ("a division by a zero in disguise", near(a("/", x, subtract(y, y)), number(0)), at((y, 1)), "polynomial"),
    ("an undefined part that stands still", near(multiply(x, a("log", y)), number(0)), at((y, -1)), "undefined"),
    ("an irrational part", near(multiply(x, PI), number(0)), at(), "not decided"),
    ("the variable has a value", near(x, number(0)), at((x, 1)), "has no value"),
    ("a symbol has none", near(add(x, y), number(0)), at(), "y has no value"),
    ("a variable that is an integer", near(n, number(0), 1, n), at(), "real numbers"),
    ("a variable with integer entries", near(n, number(0), 1, a("matrix", a("row", n, x)), ORIGIN), at(), "real numbers"),
    ("one symbol twice in the variable", near(x, number(0), 1, a("matrix", a("row", x, x)), ORIGIN), at(), "literal of symbols"),
    ("a variable that is a term", near(x, number(0), 1, a("matrix", a("row", add(x, number(1)), y)), ORIGIN), at(), "literal of symbols"),
    ("a variable that is a sum of vectors", near(part(w, 1), number(0), 1, add(w, w), ORIGIN), at(), "literal of symbols"),
    ("a number that is a sum", near(x, number(0), 1, add(x, x)), at(), "not a vector"),
    ("a hypothesis of the variable", near(x, number(0), 1, x, 0, a(">", x, 0)), at(), "speaks of the variable"),
    ("a hypothesis that fails", near(multiply(x, y), number(0), 1, x, 0, a(">", y, 0)), at((y, -1)), "does not hold"),
    ("a point of expansion that is not rational", near(x, number(0), 1, x, PI), at(), "not rational"),
    ("a derivative at a point that moves", near(a("gradient", g, x), number(0)), at((g, Lambda((x,), square(x)))), "moves"),
    ("a derivative that moves", near(a("derivative", square(x), x), number(0), 0), at(), "a derivative that moves"),
    ("a constant as variable", near(x, number(0), 1, Constant("zero", ROW), ORIGIN), at((x, 1)), "literal of symbols"),
    ("a variable with an entry that is a matrix of one entry", near(y, number(0), 1, a("matrix", a("row", single, y)), ORIGIN), at(), "literal of symbols"),
    ("a sum that moves", near(a("sum", multiply(x, n), n, 1, 2), number(0)), at(), "moves"),
    ("a function without a value in it", near(value(g, x), number(0)), at(), "g has no value"),
    ("a concrete function in it", near(value(Lambda((y,), y), x), number(0)), at(), "concrete"),
    ("vectors that are near", near(w, ZERO_ROW, 1, w, ORIGIN), at(), "numbers"),
    ("a function with an irrational coefficient", near(value(g, x), number(0)), at((g, Lambda((x,), multiply(PI, x)))), "without a value"),
    ("a function of the function that is not a polynomial", near(value(g, x), number(0)), at((g, Lambda((x,), a("exp", x)))), "polynomial"),
]  # fmt: skip


@pytest.mark.parametrize(("claim", "liar", "reason"), [case[1:] for case in LIARS], ids=[case[0] for case in LIARS])
def test_liars(claim: Claim, liar: Counterexample, reason: str) -> None:
    with pytest.raises(Rejected, match=reason):
        refute(claim, liar)


MALFORMED: list[tuple[str, Claim, Any, str]] = [
    ("a proof", IS_ZERO, Identity(), "not a counterexample"),
    ("nothing", IS_ZERO, None, "not a counterexample"),
    ("a value that is missing", IS_ZERO, Counterexample(((x,),)), "malformed counterexample"),  # type: ignore[arg-type]
    ("no assignment", IS_ZERO, Counterexample(None), "malformed counterexample"),  # type: ignore[arg-type]
    ("a size that is missing", IS_ZERO, Counterexample((), (("m",),)), "malformed counterexample"),  # type: ignore[arg-type]
]  # fmt: skip


@pytest.mark.parametrize(
    ("claim", "liar", "reason"), [case[1:] for case in MALFORMED], ids=[case[0] for case in MALFORMED]
)
def test_malformed(claim: Claim, liar: Any, reason: str) -> None:
    with pytest.raises(Rejected, match=reason):
        refute(claim, liar)


# --- constants -------------------------------------------------------------------------------------------------------

C, E = Symbol("C_0"), Symbol("C_1")
first, centre = Symbol("w_1"), Symbol("a_1")
STATEMENT = equal(value(g, first), add(C, multiply(E, subtract(first, centre))))
CLAIM = Claim(STATEMENT, (), (C, E), (first,))
FIXED: tuple[tuple[Symbol, Term], ...] = ((g, Lambda((x,), square(x))), (centre, number(0)))
POINTS: tuple[tuple[tuple[Symbol, Term], ...], ...] = tuple(((first, number(index)),) for index in range(3))
WEIGHTS: tuple[Term, ...] = (number(1), number(-2), number(1))


def claim_of(
    statement: Term,
    *hypotheses: Term,
    constants: tuple[Symbol, ...] = (C, E),
    parameters: tuple[Symbol, ...] = (first,),
) -> Claim:
    return Claim(statement, hypotheses, constants, parameters)


def with_point(*extra: tuple[Symbol, Term]) -> tuple[tuple[tuple[Symbol, Term], ...], ...]:
    return (*POINTS[:2], (*POINTS[2], *extra))


def test_the_honest_one() -> None:
    assert refute(CLAIM, Inconsistent(FIXED, POINTS, WEIGHTS)) == ("2", "0")


BENT = equal(value(g, first), multiply(C, E))
SQUARED = equal(value(g, first), square(C))
LINE: tuple[tuple[Symbol, Term], ...] = ((g, Lambda((x,), x)), (centre, number(0)))
vector_constant, function_constant = Symbol("V", ROW), Symbol("H", Function((REAL,), REAL, 0))
ONE_POINT = at((first, 1), (C, 0), (E, 0), (centre, 0), (g, Lambda((x,), square(x))))
CONSTANT_LIARS: list[tuple[str, Claim, Counterexample | Inconsistent, str]] = [
    ("one point", CLAIM, ONE_POINT, "one point does not refute that constants exist"),
    ("weights that do not cancel", CLAIM, Inconsistent(FIXED, POINTS, (number(1), number(-1), number(1))), "cancel"),
    ("weights that cancel the one and not the other", CLAIM, Inconsistent(FIXED, POINTS, (number(1), number(-1), number(0))), "cancel"),
    ("no contradiction", CLAIM, Inconsistent(LINE, POINTS, WEIGHTS), "contradict"),
    ("weights of zero", CLAIM, Inconsistent(FIXED, POINTS, (number(0),) * 3), "contradict"),
    ("a weight too few", CLAIM, Inconsistent(FIXED, POINTS, WEIGHTS[:2]), "one weight"),
    ("no points", CLAIM, Inconsistent(FIXED, (), ()), "one weight"),
    ("a weight that is no number", CLAIM, Inconsistent(FIXED, POINTS, (PI, negate(PI), number(1))), "not a number"),
    ("a constant of its own at each point", CLAIM, Inconsistent(FIXED, with_point((C, number(5))), WEIGHTS), "nothing else"),
    ("a base point that differs", CLAIM, Inconsistent(FIXED, with_point((centre, number(1))), WEIGHTS), "nothing else"),
    ("a base point only at the points", CLAIM, Inconsistent(FIXED[:1], with_point((centre, number(1))), WEIGHTS), "a_1 has no value"),
    ("a function that differs", CLAIM, Inconsistent(LINE, with_point((g, Lambda((x,), square(x)))), WEIGHTS), "nothing else"),
    ("a parameter without a value", CLAIM, Inconsistent(FIXED, (POINTS[0], POINTS[1], ()), WEIGHTS), "nothing else"),
    ("a parameter that is fixed", CLAIM, Inconsistent((*FIXED, (first, number(1))), POINTS, WEIGHTS), "of its own"),
    ("a constant that is fixed", CLAIM, Inconsistent((*FIXED, (C, number(1))), POINTS, WEIGHTS), "of its own"),
    ("a constant that depends on a parameter", claim_of(STATEMENT, parameters=(first, C)), Inconsistent(FIXED, POINTS, WEIGHTS), "is a parameter"),
    ("a hypothesis on a constant", claim_of(STATEMENT, a(">", C, 0)), Inconsistent(FIXED, POINTS, WEIGHTS), "speaks of a constant"),
    ("a hypothesis that fails at one point", claim_of(STATEMENT, a("<", first, 2)), Inconsistent(FIXED, POINTS, WEIGHTS), "does not hold"),
    ("not affine: a product", claim_of(BENT), Inconsistent(FIXED, POINTS, WEIGHTS), "affine"),
    ("not affine: a square", claim_of(SQUARED), Inconsistent(FIXED, POINTS, WEIGHTS), "affine"),
    ("not a polynomial in the constants", claim_of(equal(value(g, first), a("exp", add(C, E)))), Inconsistent(FIXED, POINTS, WEIGHTS), "polynomial"),
    ("undefined at a point", claim_of(equal(a("/", value(g, first), first), add(C, E))), Inconsistent(FIXED, POINTS, WEIGHTS), "undefined"),
    ("an undefined quotient that would cancel", claim_of(equal(a("/", multiply(C, first), first), add(value(g, first), E))), Inconsistent(FIXED, POINTS, WEIGHTS), "polynomial|undefined"),
    ("not an equation", claim_of(a("<", value(g, first), C)), Inconsistent(FIXED, POINTS, WEIGHTS), "equation"),
    ("not an equation of numbers", claim_of(equal(w, multiply(C, w))), Inconsistent((*FIXED, (w, UNIT)), POINTS, WEIGHTS), "only an equation of numbers"),
    ("no relation", claim_of(TRUE), Inconsistent(FIXED, POINTS, WEIGHTS), "only an equation of numbers"),
    ("parameters without constants", claim_of(STATEMENT, constants=()), Inconsistent(FIXED, POINTS, WEIGHTS), "no undetermined"),
    ("no constants", Claim(STATEMENT), Inconsistent(FIXED, POINTS, WEIGHTS), "no undetermined"),
    ("no parameters", claim_of(STATEMENT, parameters=()), Inconsistent(FIXED, POINTS, WEIGHTS), "no undetermined"),
    ("a missing symbol", claim_of(equal(value(g, first), add(C, multiply(E, y)))), Inconsistent(FIXED, POINTS, WEIGHTS), "y has no value"),
    ("a constant that is a vector", claim_of(equal(part(vector_constant, 1), first), constants=(vector_constant,)), Inconsistent((), POINTS, WEIGHTS), "not numbers"),
    ("a constant that is a function", claim_of(equal(value(function_constant, first), first), constants=(function_constant,)), Inconsistent((), POINTS, WEIGHTS), "not numbers"),
    ("a parameter outside its domain", claim_of(equal(value(g, n), C), parameters=(n,), constants=(C,)), Inconsistent(FIXED[:1], (((n, number("1/2")),), ((n, number(1)),)), (number(1), number(-1))), "domain"),
    ("a function that is not smooth", CLAIM, Inconsistent(((g, Lambda((x,), a("abs", x))), FIXED[1]), POINTS, WEIGHTS), "smooth"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("claim", "liar", "reason"), [case[1:] for case in CONSTANT_LIARS], ids=[case[0] for case in CONSTANT_LIARS]
)
def test_liars_about_constants(claim: Claim, liar: Counterexample | Inconsistent, reason: str) -> None:
    with pytest.raises(Rejected, match=reason):
        refute(claim, liar)
