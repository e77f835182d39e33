"""The hunt after witnesses: false claims get a small one that the kernel accepts, true ones get none."""

from __future__ import annotations

import contextlib
from fractions import Fraction

import pytest

from derive.decide import constants, counterexample
from derive.decide.work import OutOfWork, Work
from derive.kernel.certificate import Counterexample, Inconsistent
from derive.kernel.claim import Claim
from derive.kernel.refute import refute
from derive.kernel.term import (
    INTEGER,
    REAL,
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
    subtract,
)

LIMIT = 60_000
x, y, rho = (Symbol(name) for name in ("x", "y", "rho"))
n = Symbol("n", INTEGER)
SQUARE_MATRIX = Matrix(2, 2)
A, B = Symbol("A", SQUARE_MATRIX), Symbol("B", SQUARE_MATRIX)
u, v = Symbol("u", Matrix("m", 1)), Symbol("v", Matrix("m", 1))
f = Symbol("f", Function((REAL, REAL), REAL, 2))
g = Symbol("g", Function((REAL,), REAL, 2))


def a(head: str, *arguments: Term | int | str) -> Apply:
    return Apply(head, tuple(Number(Fraction(one)) if isinstance(one, (int, str)) else one for one in arguments))


def square(term: Term) -> Apply:
    return a("^", term, 2)


def value(function: Term, *arguments: Term) -> Apply:
    return a("apply", function, *arguments)


def gradient_claim(size: int | str) -> Claim:
    row = Matrix(1, size)
    function, base, step = Symbol("L", Function((row,), REAL, 2)), Symbol("w_k", row), Symbol("D", row)
    left = subtract(value(function, add(base, step)), value(function, base))
    return Claim(equal(left, multiply(step, a("transpose", a("gradient", function, base)))))


inner, norms = a("inner", u, v), multiply(a("norm", u), a("norm", v))
FALSE_CLAIMS: list[tuple[str, Claim]] = [
    ("the square of a sum", Claim(equal(square(add(x, y)), add(square(x), square(y))))),
    ("the gradient in the plane", gradient_claim(2)),
    ("the gradient for every n", gradient_claim("n")),
    ("parallel vectors", Claim(equal(inner, norms))),
    ("strict Cauchy-Schwarz", Claim(a("<", inner, norms))),
    (
        "a norm that is given",
        Claim(a("<", inner, multiply(rho, a("norm", v))), (equal(a("norm", u), rho), a(">", rho, 0))),
    ),
    ("commuting matrices", Claim(equal(multiply(A, B), multiply(B, A)))),
    ("the determinant of a sum", Claim(equal(a("det", add(A, B)), add(a("det", A), a("det", B))))),
    ("the logarithm of a sum", Claim(equal(a("log", add(x, y)), add(a("log", x), a("log", y))))),
    ("the root of a square", Claim(equal(a("sqrt", square(x)), x))),
    ("factorials", Claim(equal(a("/", 1, a("factorial", 2004)), a("/", 1, a("factorial", 2006))))),
    ("decimals", Claim(equal(a("+", "0.333", 0), a("/", 1, 3)))),
    ("an implication", Claim(a("implies", equal(square(x), square(y)), equal(x, y)))),
    ("an equivalence", Claim(a("iff", equal(square(x), x), equal(x, Number(1))))),
    ("between bounds", Claim(a("<", add(x, y), 1), (a("<", 0, x), a("<", x, y), a("<", y, 1)))),
    ("a linear hypothesis", Claim(equal(x, y), (equal(add(x, y), Number(4)),))),
    ("a definition", Claim(equal(x, Number(4)), (equal(x, square(y)),))),
    ("a definition from right to left", Claim(equal(x, Number(4)), (equal(square(y), x),))),
    ("parity", Claim(equal(a("^", -1, n), Number(1)))),
    ("a size", Claim(equal(Symbol("m", INTEGER), a("trace", Constant("zero", Matrix("m", "m")))))),
    ("the double angle", Claim(equal(a("sin", a("*", 2, x)), a("*", 2, a("sin", x))))),
    ("a symmetric function", Claim(equal(value(f, x, y), value(f, y, x)))),
    ("an approximation", Claim(a("approx", square(add(x, Number(1))), 1, x, 0, 1))),
    ("an approximation of a function", Claim(a("approx", value(g, x), value(g, y), x, y, 1))),
    ("a number", Claim(a("<", 2, 1))),
]


@pytest.mark.parametrize("claim", [case[1] for case in FALSE_CLAIMS], ids=[case[0] for case in FALSE_CLAIMS])
def test_false_claims(claim: Claim) -> None:
    found = counterexample.decide(claim, Work(LIMIT))
    assert isinstance(found, Counterexample)
    refute(claim, found)
    assert counterexample.decide(claim, Work(LIMIT)) == found


def test_witnesses_that_people_read() -> None:
    found = counterexample.decide(FALSE_CLAIMS[0][1], Work(LIMIT))
    assert found is not None
    assert dict(found.assignment) == {x: Number(1), y: Number(1)}
    for size in (2, "n"):
        claim = gradient_claim(size)
        found = counterexample.decide(claim, Work(LIMIT))
        assert found is not None
        assert refute(claim, found) == ("1", "0")
        values = {symbol.name: term for symbol, term in found.assignment}
        assert values["w_k"] == a("matrix", a("row", 0, 0))
        assert values["D"] == a("matrix", a("row", 1, 0))
        assert isinstance(values["L"], Lambda)
        assert values["L"].body == square(a("component", values["L"].parameters[0], 1))


def test_a_false_polynomial_costs_little() -> None:
    work = Work(LIMIT)
    counterexample.decide(FALSE_CLAIMS[0][1], work)
    assert work.spent <= 20


TRUE_CLAIMS: list[tuple[str, Claim]] = [
    ("Cauchy-Schwarz", Claim(a("<=", inner, norms))),
    ("x / x", Claim(equal(a("/", x, x), Number(1)))),
    ("the square of a root", Claim(equal(square(a("sqrt", x)), x))),
    ("the means", Claim(a("<=", multiply(Number(4), x, y), square(add(x, y))))),
    ("sin x near 0", Claim(a("approx", a("sin", x), x, x, 0, 2))),
    ("exp x near 0", Claim(a("approx", a("exp", x), add(Number(1), x), x, 0, 1))),
    ("Taylor", Claim(a("approx", value(g, x), add(value(g, y), a("*", a("gradient", g, y), subtract(x, y))), x, y, 1))),
    ("a contradiction", Claim(equal(x, Number(0)), (a("<", x, 0), a(">", x, 0)))),
    (
        "integer values",
        Claim(equal(a("floor", value(h := Symbol("h", Function((REAL,), INTEGER, 0)), x)), value(h, x))),
    ),
    ("a complex number", Claim(equal(Symbol("z", Scalar("complex")), Number(0)))),
    ("a size that is not known", Claim(equal(Symbol("s", Matrix("2 m", 1)), Symbol("s", Matrix("2 m", 1))))),
]


@pytest.mark.parametrize("claim", [case[1] for case in TRUE_CLAIMS], ids=[case[0] for case in TRUE_CLAIMS])
def test_what_is_true_or_open_gets_none(claim: Claim) -> None:
    with contextlib.suppress(OutOfWork):
        assert counterexample.decide(claim, Work(LIMIT)) is None


# --- constants -------------------------------------------------------------------------------------------------------

first, second, centre, other = (Symbol(name) for name in ("w_1", "w_2", "a_1", "a_2"))
C = tuple(Symbol(f"C_{index}") for index in range(3))
AFFINE = add(C[0], multiply(C[1], subtract(first, centre)), multiply(C[2], subtract(second, other)))


def test_no_constants_exist() -> None:
    claim = Claim(equal(value(f, first, second), AFFINE), (), C, (first, second))
    found = constants.decide(claim, Work(LIMIT))
    assert isinstance(found, Inconsistent)
    assert refute(claim, found) == ("2", "0")
    assert found.weights == (Number(1), Number(-2), Number(1))
    assert counterexample.decide(claim, Work(LIMIT)) is None


OPEN: list[tuple[str, Claim]] = [
    ("no constants", Claim(equal(x, y))),
    (
        "constants that exist",
        Claim(equal(value(f, first, second), add(C[0], value(f, first, second))), (), C[:1], (first, second)),
    ),
    ("not an equation", Claim(a("<", value(g, x), C[0]), (), C[:1], (x,))),
    ("no function", Claim(equal(x, C[0]), (), C[:1], (x,))),
    ("undefined everywhere", Claim(equal(a("/", value(g, x), 0), C[0]), (), C[:1], (x,))),
    ("a vector beside", Claim(equal(add(value(g, x), inner), C[0]), (), C[:1], (x,))),
    ("irrational values", Claim(equal(add(value(g, x), a("sin", 1)), C[0]), (), C[:1], (x,))),
    ("not affine", Claim(equal(value(g, x), a("exp", C[0])), (), C[:1], (x,))),
]


@pytest.mark.parametrize("claim", [case[1] for case in OPEN], ids=[case[0] for case in OPEN])
def test_constants_left_open(claim: Claim) -> None:
    assert constants.decide(claim, Work(LIMIT)) is None


def test_a_premise_says_what_a_letter_is() -> None:
    square_sort = Matrix("n", "n")
    one, other, product = (Symbol(name, square_sort) for name in "ABC")
    claim = Claim(a("implies", equal(multiply(one, other), product), equal(multiply(other, one), product)))
    found = counterexample.decide(claim, Work(LIMIT))
    assert found is not None
    refute(claim, found)
    true = Claim(a("implies", equal(multiply(one, other), product), equal(product, multiply(one, other))))
    with contextlib.suppress(OutOfWork):
        assert counterexample.decide(true, Work(LIMIT)) is None
