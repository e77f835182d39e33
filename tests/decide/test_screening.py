"""Screening: what plainly holds or fails at a point, so that a hunt need not evaluate it exactly."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from derive import decide, verify
from derive.decide.screening import Point, Screen, fails_plainly
from derive.kernel.certificate import Counterexample
from derive.kernel.claim import Claim
from derive.kernel.term import (
    EULER,
    ONE,
    PI,
    REAL,
    TWO,
    ZERO,
    Apply,
    Constant,
    Function,
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
from derive.read import read_claim

X, Y = Symbol("x"), Symbol("y")


def relation(head: str, left: Term, right: Term) -> Term:
    return Apply(head, (left, right))


def over(above: Term, below: Term) -> Term:
    return Apply("/", (above, below))


def power(base: Term, exponent: Term) -> Term:
    return Apply("^", (base, exponent))


TINY = Number(Fraction(1, 10**30))


@pytest.mark.parametrize(
    ("statement", "truth"),
    [
        (equal(power(add(X, Y), TWO), add(power(X, TWO), multiply(TWO, X, Y), power(Y, TWO))), True),
        (equal(power(add(X, Y), TWO), add(power(X, TWO), power(Y, TWO))), False),
        (equal(over(ONE, X), over(negate(ONE), negate(X))), True),
        (equal(add(X, TINY), X), False),  # exact: equations of rational arithmetic are never compared by size
        (relation("!=", add(X, TINY), X), True),
        (relation("!=", X, Number(3)), False),
        (equal(over(X, subtract(X, Number(3))), ONE), None),  # undefined here
        (equal(power(subtract(X, Number(3)), Number(-1)), ONE), None),
        (relation("<", X, Y), True),
        (relation(">=", X, Y), False),
        (relation("<=", add(X, Y), Number(8)), True),  # what is equal in rational arithmetic is so exactly
        (relation("<", add(X, Y), Number(8)), False),
        (relation("<=", X, subtract(X, TINY)), None),  # too close to say
        (relation("<=", Apply("sqrt", (power(X, TWO),)), X), True),  # equal as far as it shows
        (relation(">=", multiply(TINY, Apply("sqrt", (X,))), ZERO), None),  # small, but not beside the sides
        (relation("<", Apply("sqrt", (power(X, TWO),)), X), None),
        (relation("<", X, add(X, TINY)), None),
        (equal(power(X, over(ONE, TWO)), Apply("sqrt", (X,))), True),
        (equal(Apply("sqrt", (power(X, TWO),)), negate(X)), False),
        (equal(Apply("log", (negate(X),)), ONE), None),
        (equal(Apply("exp", (multiply(Number(1000), X),)), ONE), None),
        (relation("!=", Apply("sin", (X,)), Apply("sin", (X,))), None),  # equal as far as it shows
        (relation("!=", Apply("sin", (X,)), Apply("cos", (X,))), True),
        (relation("<", multiply(EULER, X), multiply(PI, X)), True),
        (relation("<", over(X, ZERO), X), None),
    ],
)  # fmt: skip
def test_at_3_and_5(statement: Term, truth: bool | None) -> None:
    screen = Screen()
    ready = screen.ready(statement)
    assert ready is not None
    assert Point(screen, {X: Number(3), Y: Number(5)}).truth(ready) is truth


@pytest.mark.parametrize(
    "statement",
    [
        equal(ONE, TWO),  # without a symbol
        Apply("and", (equal(X, X), equal(X, X))),
        equal(Apply("gamma", (X,)), ONE),
        equal(Apply("pseudoinverse", (Symbol("A", Matrix("n", "n")),)), Symbol("A", Matrix("n", "n"))),
        equal(Apply("norm", (Apply("apply", (Symbol("f", Function((REAL,), Matrix("n", 1))), X)),)), X),
        equal(add(Symbol("v", Matrix("n", 1)), Symbol("w", Matrix(1, "n"))), Symbol("v", Matrix("n", 1))),
        equal(power(Symbol("A", Matrix("n", "n")), Number(1000)), Symbol("A", Matrix("n", "n"))),
        equal(Apply("derivative", (Apply("abs", (X,)), Y)), Apply("derivative", (Apply("floor", (X,)), X))),
    ],
)
def test_what_is_not_screened(statement: Term) -> None:
    screen = Screen()
    assert screen.ready(statement) is None
    assert Point(screen, {}).truth(None) is None


def test_several_relations_share_what_they_have_in_common() -> None:
    screen = Screen()
    first = screen.ready(equal(power(add(X, ONE), TWO), Number(16)))
    point = Point(screen, {X: Number(3)})
    assert point.truth(first) is True
    steps = len(screen.steps)
    undefined = screen.ready(equal(over(ONE, subtract(X, Number(3))), power(add(X, ONE), TWO)))
    assert len(screen.steps) == steps + 4  # 3, -3, the difference, the quotient
    assert point.truth(undefined) is None
    assert point.truth(screen.ready(equal(power(add(X, ONE), TWO), Number(17)))) is False


def test_a_value_that_is_no_rational_number() -> None:
    screen = Screen()
    ready = screen.ready(equal(X, X))
    assert Point(screen, {X: Apply("sqrt", (TWO,))}).truth(ready) is None
    assert Point(screen, {}).truth(ready) is None
    third = Number(Fraction(1, 3))
    assert Point(screen, {X: third}).truth(screen.ready(equal(multiply(Number(3), X), ONE))) is True


A, B = (Symbol(name, Matrix("n", "n")) for name in "AB")
V, W = (Symbol(name, Matrix("n", 1)) for name in "vw")
IDENTITY = Constant("identity", Matrix("n", "n"))
NOTHING = Constant("zero", Matrix("n", 1))


def of(head: str, *arguments: Term) -> Term:
    return Apply(head, arguments)


def literal(*rows: tuple[int, ...]) -> Term:
    return of("matrix", *(of("row", *(Number(entry) for entry in row)) for row in rows))


VALUES: dict[Symbol, Term] = {
    A: literal((1, 2), (3, 4)),
    B: literal((0, 1), (1, 0)),
    V: literal((3,), (4,)),
    W: literal((1,), (2,)),
    X: Number(3),
}
AT_ONE: dict[Symbol, Term] = {
    A: literal((2,)), B: literal((5,)), V: literal((3,)), W: literal((-1,)), X: Number(3)
}  # fmt: skip


@pytest.mark.parametrize(
    ("statement", "here", "at_one"),
    [
        (equal(of("transpose", multiply(A, B)), multiply(of("transpose", B), of("transpose", A))), True, True),
        (equal(multiply(A, B), multiply(B, A)), False, True),
        (equal(multiply(A, of("inverse", A)), IDENTITY), True, True),
        (equal(power(A, Number(-2)), of("inverse", multiply(A, A))), True, True),
        (equal(power(A, TWO), multiply(A, B)), False, False),
        (equal(of("inverse", subtract(A, A)), A), None, None),  # undefined
        (equal(multiply(A, of("adjugate", A)), multiply(of("det", A), IDENTITY)), True, True),
        (equal(of("det", subtract(A, A)), of("trace", of("hadamard", A, B))), True, False),
        (equal(of("trace", of("kronecker", A, B)), multiply(of("trace", A), of("trace", B))), True, True),
        (equal(of("vec", of("diag", V)), of("vec", of("diag", W))), False, False),
        (equal(of("diagonal", of("diag", V)), add(V, NOTHING)), True, True),
        (equal(of("inner", V, W), multiply(of("transpose", V), W)), True, True),
        (equal(multiply(V, of("transpose", V), W), multiply(of("inner", V, W), V)), True, True),
        (equal(of("norm", V), Number(5)), True, False),
        (relation("<=", of("norm", add(V, W)), add(of("norm", V), of("norm", W))), True, True),
        (relation("<", add(of("norm", V), of("norm", W)), of("norm", V)), False, False),
        (equal(of("component", V, TWO), Number(4)), True, None),
        (equal(of("entry", A, TWO, ONE), Number(3)), True, None),
        (equal(of("/", V, TWO), multiply(Number(Fraction(1, 2)), V)), True, True),
        (equal(of("/", V, ZERO), V), None, None),
        (equal(of("derivative", multiply(of("transpose", V), A, V), V), multiply(TWO, A, V)), False, True),
        (equal(of("derivative", power(X, TWO), X), Number(6)), True, True),
        (equal(of("norm", multiply(of("inverse", A), V)), ZERO), False, False),
        (equal(of("norm", multiply(of("inverse", subtract(A, A)), V)), ZERO), None, None),
        (equal(of("norm", multiply(of("inverse", of("diag", V)), V)), of("sqrt", TWO)), True, False),
        (equal(multiply(literal((1, 2), (3, 4)), Symbol("u", Matrix(2, 1))), Symbol("u", Matrix(2, 1))), None, None),
    ],
)  # fmt: skip
def test_matrices(statement: Term, here: bool | None, at_one: bool | None) -> None:
    screen = Screen()
    ready = screen.ready(statement)
    assert ready is not None
    assert Point(screen, VALUES, {"n": 2}).truth(ready) is here
    assert Point(screen, AT_ONE, {"n": 1}).truth(ready) is at_one


def test_a_constant_whose_size_is_not_known() -> None:
    screen = Screen()
    ready = screen.ready(equal(add(V, NOTHING), V))
    assert Point(screen, VALUES, {}).truth(ready) is None
    assert Point(screen, {V: of("matrix", of("row", PI))}, {"n": 1}).truth(ready) is None


@pytest.mark.parametrize(
    ("statement", "no_witness"),
    [
        (equal(over(ONE, subtract(X, Number(3))), X), True),  # undefined
        (equal(add(X, power(subtract(X, Number(3)), Number(-2))), X), True),
        (equal(multiply(ZERO, of("inverse", subtract(A, A)), V), V), True),
        (equal(of("trace", power(subtract(A, A), Number(-1))), X), True),
        (equal(multiply(A, B), multiply(A, B)), True),
        (equal(multiply(A, B), multiply(B, A)), False),
        (equal(over(ONE, subtract(X, Number(4))), X), False),
        (equal(of("inverse", A), A), False),
        (relation("<", over(ONE, subtract(X, Number(3))), X), False),  # it is not plain in floating point
        (equal(add(X, Symbol("z")), X), False),  # no value is known
        (equal(add(V, Symbol("u", Matrix("n", 1))), V), False),
    ],
)
def test_what_is_no_witness(statement: Term, no_witness: bool) -> None:
    screen = Screen()
    relation, point = screen.ready(statement), Point(screen, VALUES, {"n": 2})
    assert (point.truth(relation) or point.is_undefined(relation)) is no_witness
    assert not point.truth(None)
    assert not point.is_undefined(None)


def test_what_is_near_does_not_depend_on_other_relations() -> None:
    screen = Screen()
    point = Point(screen, {X: Number(3)})
    assert point.truth(screen.ready(Apply("<", (power(X, Number(60)), power(X, Number(61)))))) is True
    assert point.truth(screen.ready(Apply("<", (X, Number(Fraction(31, 10)))))) is True


def test_a_quotient() -> None:
    screen = Screen()
    point = Point(screen, {X: Number(4)})
    assert point.quotient(screen.ready(equal(Apply("sqrt", (X,)), Number(-8)))) == -0.25
    assert point.quotient(screen.ready(equal(X, subtract(X, Number(4))))) is None
    assert point.quotient(None) is None


@pytest.mark.parametrize(
    ("statement", "hypotheses", "confirmed"),
    [
        (equal(power(add(X, ONE), TWO), power(X, TWO)), (Apply(">", (X, ONE)),), True),
        (equal(power(X, TWO), Number(16)), (), False),  # it holds there
        (equal(X, Number(5)), (Apply(">", (X, Number(5))),), False),  # a hypothesis does not
        (equal(X, Number(5)), (Apply("not", (Apply("<", (X, ONE)),)),), False),  # of a hypothesis nothing is known here
        (Apply("implies", (Apply(">", (X, ONE)), Apply(">", (X, Number(5))))), (), False),
    ],
)
def test_what_confirms_a_counterexample(statement: Term, hypotheses: tuple[Term, ...], confirmed: bool) -> None:
    found = Counterexample(((X, Number(4)),))
    assert fails_plainly(Claim(statement, hypotheses), found) is confirmed


@pytest.mark.parametrize(
    ("latex", "assume"),
    [
        (r"(x + y)^2 = x^2 + y^2", ()),
        (r"\sqrt{x^2} = x", ()),
        (r"\frac{1}{x + y} = \frac{1}{x} + \frac{1}{y}", ("x > 0", "y > 0")),
        (r"x^2 + y^2 \ge 2 x y + 1", ()),
        (r"x y \le 1", ("x + y = 3",)),
        (r"|x + y| = |x| + |y|", ()),
        (r"e^{x + y} = e^x + e^y", ()),
        (r"x > 1", ("x^2 > 1",)),
    ],
)
def test_no_procedure_proves_what_is_refuted(latex: str, assume: tuple[str, ...], monkeypatch: Any) -> None:
    document = read_claim(latex, ("x, y : real",), assume)
    assert verify.verify(document).results[-1].code == "refuted-by-evaluation"
    monkeypatch.setattr(verify, "fails_plainly", lambda *_: False)  # then all are asked
    assert verify.verify(document).results[-1].code == "refuted-by-evaluation"


def test_the_procedures_are_asked_beside_a_witness_that_nothing_confirms(monkeypatch: Any) -> None:
    statement = r"x > 1 \implies x > 2"
    document = read_claim(statement, ("x : real",), ())
    asked: list[Claim] = []
    procedure = decide.Procedure("sign", "", lambda claim, _: asked.append(claim))
    monkeypatch.setattr(verify, "PROCEDURES", (procedure,))
    assert verify.verify(document).results[-1].code == "refuted-by-evaluation"
    assert asked
    asked.clear()
    assert verify.verify(read_claim("x > 2", ("x : real",), ("x > 1",))).results[-1].code == "refuted-by-evaluation"
    assert not asked
