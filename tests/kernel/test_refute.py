"""Refutations that hold, and true statements that no point refutes."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest

from derive.kernel.certificate import Counterexample, Inconsistent, Rejected
from derive.kernel.claim import Claim
from derive.kernel.enclosure import Enclosure
from derive.kernel.refute import refute, text_of
from derive.kernel.term import (
    FALSE,
    INTEGER,
    PI,
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
    negate,
    subtract,
)

x, y, z = (Symbol(name) for name in "xyz")
n = Symbol("n", INTEGER)
ROW, COLUMN = Matrix(1, 2), Matrix("m", 1)
w, base, step = Symbol("w", ROW), Symbol("w_k", ROW), Symbol("D", ROW)
u, v = Symbol("u", COLUMN), Symbol("v", COLUMN)
L = Symbol("L", Function((ROW,), REAL, 2))
f = Symbol("f", Function((REAL, REAL), REAL, 2))
g = Symbol("g", Function((REAL,), REAL, 2))


def a(head: str, *arguments: Term | int | str) -> Apply:
    return Apply(head, tuple(number(one) if isinstance(one, (int, str)) else one for one in arguments))


def number(value: int | str | Fraction) -> Number:
    return Number(Fraction(value))


def literal(*rows: tuple[int, ...]) -> Apply:
    return a("matrix", *(a("row", *row) for row in rows))


def square(term: Term) -> Apply:
    return a("^", term, 2)


def at(**values: int | str) -> Counterexample:
    return Counterexample(tuple((Symbol(name), number(value)) for name, value in values.items()))


def witness(*pairs: tuple[Symbol, Term], sizes: tuple[tuple[str, int], ...] = ()) -> Counterexample:
    return Counterexample(pairs, sizes)


def component(vector: Term, index: int) -> Apply:
    return a("component", vector, index)


def value(function: Term, *arguments: Term) -> Apply:
    return a("apply", function, *arguments)


def near(left: Term, right: Term, order: int = 1, variable: Term = x, start: Term | int = 0) -> Claim:
    return Claim(a("approx", left, right, variable, start, order))


FIRST_SQUARED = Lambda((w,), square(component(w, 1)))
FIRST = Lambda((w,), component(w, 1))
ORIGIN = literal((0, 0))
GRADIENT = equal(
    subtract(value(L, add(base, step)), value(L, base)), multiply(step, a("transpose", a("gradient", L, base)))
)
SIZE_TWO = (("m", 2),)
PAIR = a("matrix", a("row", x, y))
LOG_SQUARE = equal(a("log", square(x)), multiply(number(2), a("log", x)))

REFUTED: list[tuple[str, Claim, Counterexample, tuple[str, str]]] = [
    ("the square of a sum", Claim(equal(square(add(x, y)), add(square(x), square(y)))), at(x=1, y=1), ("4", "2")),
    ("the gradient as the whole difference", Claim(GRADIENT), witness((L, FIRST_SQUARED), (base, ORIGIN), (step, literal((1, 0)))), ("1", "0")),
    ("an enclosure", Claim(equal(a("sqrt", 2), number("1.414"))), at(), ("1.4142136...", "707/500")),
    ("a decimal", Claim(equal(number("0.333"), number("1/3"))), at(), ("333/1000", "1/3")),
    ("factorials", Claim(equal(a("/", 1, a("factorial", 2004)), a("/", 1, a("factorial", 2006)))), at(), ("1.875251...e-5749", "4.662451...e-5756")),
    ("a hypothesis", Claim(a(">", x, 1), (a(">", x, 0),)), at(x=1), ("1", "1")),
    ("not unequal", Claim(a("!=", x, 0)), at(x=0), ("0", "0")),
    ("vectors of any size", Claim(equal(u, v)), witness((u, literal((1,), (0,))), (v, literal((0,), (1,))), sizes=SIZE_TWO), ("(1, 0)", "(0, 1)")),
    ("integers", Claim(equal(a("^", -1, n), number(1))), witness((n, number(1))), ("-1", "1")),
    ("matrices", Claim(equal(Symbol("A", Matrix(2, 2)), Constant("zero", Matrix(2, 2)))), witness((Symbol("A", Matrix(2, 2)), literal((1, 2), (3, 4)))), ("[1, 2; 3, 4]", "[0, 0; 0, 0]")),
    ("an implication", Claim(a("implies", equal(square(x), square(y)), equal(x, y))), at(x=1, y=-1), ("true", "false")),
    ("an undefined conclusion", Claim(a("implies", a("<", x, 0), LOG_SQUARE)), at(x=-1), ("true", "undefined")),
    ("an equivalence", Claim(a("iff", equal(x, number(1)), equal(square(x), number(1)))), at(x=-1), ("false", "true")),
    ("an equivalence from left to right", Claim(a("iff", equal(square(x), number(1)), equal(x, number(1)))), at(x=-1), ("true", "false")),
    ("a conjunction", Claim(a("and", a(">", x, 0), a(">", y, 0))), at(x=1, y=0), ("false", "")),
    ("falsehood", Claim(FALSE), at(), ("false", "")),
    ("a rational symbol", Claim(equal(Symbol("q", Scalar("rational")), number(0))), witness((Symbol("q", Scalar("rational")), number("1/2"))), ("1/2", "0")),
    ("a 1 x 1 matrix", Claim(equal(Symbol("s", Matrix(1, 1)), number(0))), witness((Symbol("s", Matrix(1, 1)), number(1))), ("1", "0")),
    ("a size that is also a number", Claim(equal(Symbol("m", INTEGER), a("inner", u, u))), witness((Symbol("m", INTEGER), number(2)), (u, literal((0,), (0,))), sizes=SIZE_TWO), ("2", "0")),
    ("first order", near(square(add(x, number(1))), number(1)), at(), ("a difference with the coefficient 2 in degree 1", "o of degree 1")),
    ("the lowest degree is named", near(add(x, number(5)), number(0), 3), at(), ("a difference with the coefficient 5 in degree 0", "o of degree 3")),
    ("a function of a vector", Claim(a("approx", value(L, w), value(L, base), w, base, 1)), witness((L, FIRST), (base, ORIGIN)), ("a difference with the coefficient 1 in degree 1", "o of degree 1")),
    ("a literal of symbols", near(add(x, a("/", y, 2)), x, 1, PAIR, ORIGIN), at(), ("a difference with the coefficient 1/2 in degree 1", "o of degree 1")),
    ("the point of expansion moves nothing", Claim(a("approx", value(g, x), a("*", a("gradient", g, y), x), x, y, 0)), witness((g, Lambda((x,), square(x))), (y, number(1))), ("a difference with the coefficient -1 in degree 0", "o of degree 0")),
    ("under a hypothesis", Claim(a("approx", multiply(y, x), number(0), x, number(0), number(1)), (a(">", y, 0),)), at(y=1), ("a difference with the coefficient 1 in degree 1", "o of degree 1")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("claim", "counterexample", "texts"), [case[1:] for case in REFUTED], ids=[case[0] for case in REFUTED]
)
def test_refuted(claim: Claim, counterexample: Counterexample, texts: tuple[str, str]) -> None:
    assert refute(claim, counterexample) == texts


def test_equivalence_of_a_true_and_an_undefined_statement() -> None:
    claim = Claim(a("iff", a(">=", square(x), 0), a(">", a("/", x, x), 0)))
    assert refute(claim, at(x=0)) == ("true", "undefined")
    claim = Claim(a("iff", a(">", a("/", x, x), 0), a(">=", square(x), 0)))
    assert refute(claim, at(x=0)) == ("undefined", "true")


def test_no_constants_exist() -> None:
    """L(w) = C_0 + C_1 (w_1 - a_1) + C_2 (w_2 - a_2): w_1^2 at 0, 1, 2 with weights 1, -2, 1 gives 2 = 0."""
    constants = tuple(Symbol(f"C_{index}") for index in range(3))
    first, second, centre, other = (Symbol(name) for name in ("w_1", "w_2", "a_1", "a_2"))
    statement = equal(
        value(f, first, second),
        add(
            constants[0],
            multiply(constants[1], subtract(first, centre)),
            multiply(constants[2], subtract(second, other)),
        ),
    )
    claim = Claim(statement, (a(">", add(square(first), number(1)), 0),), constants, (first, second))
    found = Inconsistent(
        ((f, Lambda((x, y), square(x))), (centre, number(0)), (other, number(0))),
        tuple(((first, number(index)), (second, number(0))) for index in range(3)),
        (number(1), number(-2), number(1)),
    )
    assert refute(claim, found) == ("2", "0")


grid = [Fraction(one) for one in ("0", "1", "-1", "2", "1/2")]
units = [literal((1,), (0,)), literal((0,), (0,)), literal((1,), (2,)), literal((-1,), (1,))]
TRUE_OF_NUMBERS: list[tuple[str, Claim]] = [
    ("the binomial square", Claim(equal(square(add(x, y)), add(square(x), a("*", 2, x, y), square(y))))),
    ("x / x", Claim(equal(a("/", x, x), number(1)))),
    ("x / x in an equivalence", Claim(a("implies", a("!=", x, 0), equal(a("/", x, x), number(1))))),
    ("the root of a square", Claim(equal(a("sqrt", square(x)), a("abs", x)))),
    ("the square of a root", Claim(equal(square(a("sqrt", x)), x))),
    ("the means", Claim(a("<=", a("sqrt", multiply(x, y)), a("/", add(x, y), 2)), (a(">=", x, 0), a(">=", y, 0)))),
    ("logarithms", Claim(equal(a("log", multiply(x, y)), add(a("log", x), a("log", y))))),
    ("sine and cosine", Claim(equal(add(square(a("sin", x)), square(a("cos", x))), number(1)))),
    ("the tangent", Claim(equal(a("tan", x), a("/", a("sin", x), a("cos", x))))),
    ("the double angle", Claim(equal(a("sin", a("*", 2, x)), a("*", 2, a("sin", x), a("cos", x))))),
    ("exponentials", Claim(equal(a("exp", add(x, y)), multiply(a("exp", x), a("exp", y))))),
    ("above its tangent", Claim(a(">=", a("exp", x), add(x, number(1))))),
    ("hyperbolic", Claim(equal(subtract(square(a("cosh", x)), square(a("sinh", x))), number(1)))),
    ("the triangle inequality", Claim(a("<=", a("abs", add(x, y)), add(a("abs", x), a("abs", y))))),
    ("floor", Claim(a("<=", a("floor", x), x))),
    ("equal means", Claim(a("implies", equal(square(subtract(x, y)), number(0)), equal(x, y)))),
    ("powers", Claim(equal(a("^", a("^", x, y), 2), a("^", x, a("*", 2, y))), (a(">", x, 0),))),
    (
        "a disjunction whose parts are undefined",
        Claim(a("implies", a("<", x, 0), a("or", a(">", a("log", x), 1), a("<", x, 0)))),
    ),
    ("a negation of the undefined", Claim(a("implies", a("<", x, 0), a("not", a(">", a("log", x), 1))))),
    ("a statement of itself", Claim(a("iff", a(">", a("log", x), 0), a(">", a("log", x), 0)))),
]


@pytest.mark.parametrize("claim", [case[1] for case in TRUE_OF_NUMBERS], ids=[case[0] for case in TRUE_OF_NUMBERS])
def test_true_statements_of_numbers_are_not_refuted(claim: Claim) -> None:
    for one, other in product(grid, grid):
        with pytest.raises(Rejected):
            refute(claim, Counterexample(((x, Number(one)), (y, Number(other)))))


inner, norms = a("inner", u, v), multiply(a("norm", u), a("norm", v))
TRUE_OF_VECTORS: list[tuple[str, Claim]] = [
    ("Cauchy-Schwarz", Claim(a("<=", inner, norms))),
    ("Cauchy-Schwarz, squared", Claim(a("<=", square(inner), multiply(square(a("norm", u)), square(a("norm", v)))))),
    ("its equality case", Claim(equal(a("inner", u, multiply(x, u)), multiply(x, a("inner", u, u))))),
    ("the triangle inequality", Claim(a("<=", a("norm", add(u, v)), add(a("norm", u), a("norm", v))))),
    ("the parallelogram", Claim(equal(add(square(a("norm", add(u, v))), square(a("norm", subtract(u, v)))), add(a("*", 2, square(a("norm", u))), a("*", 2, square(a("norm", v))))))),
    ("the angle", Claim(a("<=", a("/", inner, norms), 1))),
    ("rank one", Claim(equal(a("det", multiply(u, a("transpose", v))), number(0)))),
    ("trace", Claim(equal(a("trace", multiply(u, a("transpose", v))), inner))),
]  # fmt: skip


@pytest.mark.parametrize("claim", [case[1] for case in TRUE_OF_VECTORS], ids=[case[0] for case in TRUE_OF_VECTORS])
def test_true_statements_of_vectors_are_not_refuted(claim: Claim) -> None:
    for one, other in product(units, units):
        with pytest.raises(Rejected):
            refute(claim, witness((u, one), (v, other), (x, number(2)), sizes=SIZE_TWO))


functions = [square(x), x, number(1), a("^", x, 3), add(square(x), x), a("exp", x), a("sin", x)]
TRUE_APPROXIMATIONS: list[tuple[str, Claim]] = [
    ("sin x = x", near(a("sin", x), x, 2)),
    ("x = sin x", near(x, a("sin", x), 2)),
    ("exp x = 1 + x", near(a("exp", x), add(x, number(1)))),
    ("1 + x = exp x", near(add(number(1), x), a("exp", x))),
    ("the root", near(a("sqrt", add(x, number(1))), add(number(1), a("/", x, 2)))),
    ("the geometric series", near(a("/", 1, subtract(number(1), x)), add(number(1), x))),
    ("a square", near(square(add(x, number(1))), add(a("*", 2, x), number(1)))),
    ("Taylor", Claim(a("approx", value(g, x), add(value(g, y), a("*", a("gradient", g, y), subtract(x, y))), x, y, 1))),
    ("nothing is left", near(x, x, 5)),
]


@pytest.mark.parametrize(
    "claim", [case[1] for case in TRUE_APPROXIMATIONS], ids=[case[0] for case in TRUE_APPROXIMATIONS]
)
def test_true_approximations_are_not_refuted(claim: Claim) -> None:
    for start, body in product((0, 1, 2), functions):
        with pytest.raises(Rejected):
            refute(claim, witness((g, Lambda((x,), body)), (y, number(start))))
        with pytest.raises(Rejected):
            refute(claim, at())


def test_texts() -> None:
    assert text_of(True) == "true"
    assert text_of(Fraction(10**50)) == "100000000000000000... (51 characters)"
    assert text_of(Fraction(-(10**500))) == "-1.000000...e500"
    assert text_of(Fraction(1, 10**500)) == "1.000000...e-500"
    assert text_of(Fraction(999 * 10**400)) == "9.990000...e402"
    assert text_of(Fraction(2**1009, 2**1000 - 1)) == "5.120000...e2"
    large = Fraction(10**400)
    assert text_of(Enclosure(large, large)) == "1.000000...e400"
    assert text_of(Enclosure(Fraction(1, 4), Fraction(3, 4))) == "0.5..."
    assert text_of(((Fraction(1),), (Fraction(2),))) == "(1, 2)"


def test_overlapping_enclosures_are_not_decided() -> None:
    with pytest.raises(Rejected, match="not decided"):
        refute(Claim(equal(a("*", 2, a("sin", 1), a("cos", 1)), a("sin", 2))), at())
    with pytest.raises(Rejected, match="holds at this point"):
        refute(Claim(a("<=", PI, PI)), at())
    assert refute(Claim(a("<", PI, PI)), at()) == ("3.1415927...", "3.1415927...")


def test_the_tower_is_not_decided() -> None:
    with pytest.raises(Rejected, match="digits"):
        refute(Claim(equal(a("^", 9, a("^", 9, a("^", 9, 9))), negate(x))), at(x=0))


def test_z_is_free() -> None:
    assert refute(Claim(equal(z, number(0))), at(z=1)) == ("1", "0")
