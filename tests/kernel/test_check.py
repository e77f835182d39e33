"""What the kernel accepts, with the conditions it reports."""

from __future__ import annotations

from fractions import Fraction

import pytest

from derive.kernel.certificate import (
    Assumed,
    Axiom,
    AxiomInstance,
    Cases,
    Certificate,
    Chain,
    Cofactor,
    Coordinates,
    Discharge,
    Identity,
    Introduce,
    Lemma,
    Link,
    Rewrite,
    Sign,
    Square,
    Squares,
    Taylor,
    Vanishing,
)
from derive.kernel.check import check
from derive.kernel.claim import Claim
from derive.kernel.term import (
    INTEGER,
    ONE,
    REAL,
    TRUE,
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
from derive.theories import AXIOMS

x, y, z = (Symbol(name) for name in "xyz")
V = Matrix("n", 1)
v, w, b = (Symbol(name, V) for name in "vwb")
f = Symbol("f", Function((V,), REAL, 1))
n = Symbol("n", INTEGER)


def a(head: str, *arguments: Term) -> Apply:
    return Apply(head, arguments)


def square(term: Term) -> Term:
    return a("^", term, TWO)


NONZERO = a("!=", x, ZERO)
QUOTIENT = a("/", x, x)
SIGN_SQUARED = square(a("sgn", x))
IS_ONE = equal(QUOTIENT, ONE)
H_SQUARE = equal(y, square(x))
POINT = a("approx", a("apply", f, v), add(a("apply", f, b), a("inner", a("gradient", f, b), subtract(v, b))), v, b, ONE)
CUBIC = add(x, square(x), a("^", x, Number(3)))
NOT_ZERO = a("!=", x, ZERO)
AXIOM = Axiom("norm_of_zero", (), equal(a("norm", Constant("zero", V)), ZERO), "a test")
SIZED = Axiom("same", (equal(v, w),), equal(w, v), "a test")
V3, W3 = Symbol("v", Matrix(3, 1)), Symbol("w", Matrix(3, 1))
P = Symbol("P", Function((V,), REAL, 0))
OF_FUNCTION = Axiom("of_function", (equal(v, w),), equal(a("apply", P, v), a("apply", P, w)), "a test")
AXIOMS_OF_THE_TESTS = {**AXIOMS, "norm_of_zero": AXIOM, "same": SIZED, "of_function": OF_FUNCTION}

ACCEPTED: list[tuple[str, Claim, Certificate, tuple[Term, ...]]] = [
    ("identity", Claim(equal(square(add(x, y)), add(square(x), multiply(TWO, x, y), square(y)))), Identity(), ()),
    ("identity with a condition", Claim(IS_ONE), Identity(), (NONZERO,)),
    ("a definite matrix", Claim(a("positive_definite", Constant("identity", Matrix("n", "n")))), Sign(), ()),
    ("the hypothesis discharges it", Claim(IS_ONE, (NONZERO,)), Identity(), ()),
    ("a hypothesis that is true is defined", Claim(IS_ONE, (a(">", a("log", x), ONE),)), Identity(), ()),
    ("in a conjunction", Claim(IS_ONE, (a("and", a(">", y, ZERO), NONZERO),)), Identity(), ()),
    (
        "modulo a hypothesis",
        Claim(equal(add(y, ONE), add(square(x), ONE)), (H_SQUARE,)),
        Identity((Cofactor(0, ONE, ONE),)),
        (),
    ),
    (
        "a cofactor has its own condition",
        Claim(equal(y, square(x)), (equal(multiply(x, y), a("^", x, Number(3))),)),
        Identity((Cofactor(0, a("/", ONE, x), ONE),)),
        (NONZERO,),
    ),
    ("squares", Claim(a(">=", square(x), ZERO)), Squares((Square(ONE, (), x),)), ()),
    (
        "Cauchy-Schwarz",
        Claim(a("<=", square(a("inner", v, w)), multiply(square(a("norm", v)), square(a("norm", w))))),
        Squares(
            (
                Square(
                    Number(Fraction(1, 2)),
                    (),
                    subtract(multiply(v, a("transpose", w)), multiply(w, a("transpose", v))),
                ),
            )
        ),
        (),
    ),
    (
        "vanishing",
        Claim(equal(x, ZERO), (equal(square(x), ZERO),)),
        Vanishing(ONE, (), (Cofactor(0, ONE, ONE),)),
        (),
    ),
    ("sign", Claim(a(">", add(square(x), ONE), ZERO)), Sign(), ()),
    ("sign of a difference", Claim(a("<", x, y), (a(">", subtract(y, x), ZERO),)), Sign(), ()),
    ("sign of the right side", Claim(a("<=", ZERO, square(x))), Sign(), ()),
    ("sign where defined", Claim(a(">", a("^", x, Number(-2)), ZERO)), Sign(), (NONZERO,)),
    ("a vector is not zero", Claim(a("!=", v, Constant("zero", V)), (a(">", a("norm", v), ZERO),)), Sign(), ()),
    ("assumed", Claim(H_SQUARE, (H_SQUARE,)), Assumed(0), ()),
    ("assumed and defined", Claim(IS_ONE, (IS_ONE,)), Assumed(0), ()),
    ("Taylor", Claim(POINT), Taylor(), ()),
    ("axiom", Claim(a("<=", a("cos", y), ONE)), AxiomInstance("cosine_above", ((x, y),)), ()),
    (
        "axiom with premises",
        Claim(a("<=", a("abs", x), a("abs", y)), (a("<=", square(a("abs", x)), square(a("abs", y))),)),
        AxiomInstance(
            "square_comparison", ((Symbol("a"), a("abs", x)), (Symbol("b"), a("abs", y))), (Assumed(0), Sign())
        ),
        (),
    ),
    (
        "axiom at a partial term",
        Claim(a("<=", a("cos", a("/", ONE, x)), ONE)),
        AxiomInstance("cosine_above", ((x, a("/", ONE, x)),)),
        (NONZERO,),
    ),
    (
        "an axiom in another size",
        Claim(equal(W3, V3), (equal(V3, W3),)),
        AxiomInstance("same", ((V3, V3), (W3, W3)), (Assumed(0),), (("n", 3),)),
        (),
    ),
    (
        "constants change their size too",
        Claim(equal(a("norm", Constant("zero", Matrix(3, 1))), ZERO)),
        AxiomInstance("norm_of_zero", (), (), (("n", 3),)),
        (),
    ),
    (
        "functions change their size too",
        Claim(
            equal(
                a("apply", Symbol("P", Function((Matrix(3, 1),), REAL, 0)), V3),
                a("apply", Symbol("P", Function((Matrix(3, 1),), REAL, 0)), W3),
            ),
            (equal(V3, W3),),
        ),
        AxiomInstance(
            "of_function",
            (
                (V3, V3),
                (W3, W3),
                (Symbol("P", Function((Matrix(3, 1),), REAL, 0)), Symbol("P", Function((Matrix(3, 1),), REAL, 0))),
            ),
            (Assumed(0),),
            (("n", 3),),
        ),
        (),
    ),
    ("rewrite", Claim(equal(add(y, ONE), add(square(x), ONE)), (H_SQUARE,)), Rewrite(0, False, Identity()), ()),
    ("rewrite backwards", Claim(equal(square(x), y), (H_SQUARE,)), Rewrite(0, True, Identity()), ()),
    (
        "a rewriting adds its conditions",
        Claim(equal(y, ONE), (equal(y, z), equal(z, QUOTIENT))),
        Rewrite(0, False, Rewrite(1, False, Identity())),
        (),
    ),
    (
        "coordinates",
        Claim(equal(add(V3, W3), add(W3, V3))),
        Coordinates((Identity(),)),
        (),
    ),
    ("coordinates, one each", Claim(equal(V3, V3)), Coordinates((Identity(), Identity(), Identity())), ()),
    (
        "chain of equations",
        Claim(equal(SIGN_SQUARED, ONE), (equal(SIGN_SQUARED, QUOTIENT),)),
        Chain((Link(equal(SIGN_SQUARED, QUOTIENT), Assumed(0)), Link(IS_ONE, Identity()))),
        (),
    ),
    (
        "a chain carries the conditions of its links",
        Claim(equal(y, y)),
        Chain((Link(equal(y, multiply(y, QUOTIENT)), Identity()), Link(equal(multiply(y, QUOTIENT), y), Identity()))),
        (NONZERO,),
    ),
    (
        "the strictest sign",
        Claim(a("<", x, add(y, ONE)), (a("<=", x, y),)),
        Chain((Link(a("<=", x, y), Assumed(0)), Link(a("<", y, add(y, ONE)), Sign()))),
        (),
    ),
    (
        "downwards",
        Claim(a(">=", add(y, ZERO), x), (a(">=", y, x),)),
        Chain((Link(equal(add(y, ZERO), y), Identity()), Link(a(">=", y, x), Assumed(0)))),
        (),
    ),
    ("strictly downwards", Claim(a(">", y, x), (a(">", y, x),)), Chain((Link(a(">", y, x), Assumed(0)),)), ()),
    (
        "unequal with equations",
        Claim(a("!=", add(x, ZERO), ZERO), (NONZERO,)),
        Chain((Link(equal(add(x, ZERO), x), Identity()), Link(NONZERO, Assumed(0)))),
        (),
    ),
    (
        "approximations: the least order",
        Claim(a("approx", CUBIC, x, x, ZERO, ONE)),
        Chain(
            (
                Link(a("approx", CUBIC, add(x, square(x)), x, ZERO, TWO), Taylor()),
                Link(a("approx", add(x, square(x)), x, x, ZERO, ONE), Taylor()),
            )
        ),
        (),
    ),
    (
        "approximations and equations",
        Claim(a("approx", CUBIC, multiply(ONE, x), x, ZERO, ONE), (a(">", y, ZERO),)),
        Chain(
            (
                Link(a("approx", CUBIC, x, x, ZERO, ONE), Taylor()),
                Link(equal(x, multiply(ONE, x)), Identity()),
            )
        ),
        (),
    ),
    (
        "cases",
        Claim(equal(a("abs", x), a("max", x, negate(x))), (equal(a("max", x, negate(x)), a("abs", x)),)),
        Cases(a(">=", x, ZERO), Identity((Cofactor(0, Number(-1), ONE),)), Identity((Cofactor(0, Number(-1), ONE),))),
        (),
    ),
    ("each case is used", Claim(a(">=", a("abs", x), x)), Cases(a(">=", x, ZERO), Squares(()), Sign()), ()),
    (
        "a case needs its conditions where it holds",
        Claim(equal(multiply(x, y), multiply(y, x))),
        Cases(a("<", a("/", ONE, y), ONE), Identity(), Identity()),
        (a("!=", y, ZERO),),
    ),
    (
        "cases on a statement without an opposite",
        Claim(equal(x, x)),
        Cases(a("or", NONZERO, a(">", y, ZERO)), Identity(), Identity()),
        (),
    ),
    (
        "lemma",
        Claim(a("<=", x, y), (a("<", x, y),)),
        Lemma(a("<=", subtract(x, y), ZERO), Sign(), Squares((Square(ONE, (1,)),))),
        (),
    ),
    ("a lemma keeps its conditions", Claim(equal(y, y)), Lemma(IS_ONE, Identity(), Identity()), (NONZERO,)),
    ("implication", Claim(a("implies", a(">", x, ONE), a(">", x, ZERO))), Introduce((Sign(),)), ()),
    (
        "an implication from what is known",
        Claim(a("implies", H_SQUARE, NONZERO), (NONZERO,)),
        Introduce((Assumed(0),)),
        (),
    ),
    (
        "a condition that is a part of a hypothesis",
        Claim(equal(a("^", x, n), a("^", x, n)), (a("and", a("or", a(">=", n, ZERO), NONZERO), a(">", y, ZERO)),)),
        Identity(),
        (),
    ),
    ("guarded", Claim(a("implies", NONZERO, IS_ONE)), Introduce((Identity(),)), ()),
    (
        "a condition of the conclusion, under the premise",
        Claim(a("implies", a(">", y, ZERO), IS_ONE)),
        Introduce((Identity(),)),
        (a("implies", a(">", y, ZERO), NONZERO),),
    ),
    ("conjunction", Claim(a("and", equal(x, x), a(">=", square(x), ZERO))), Introduce((Identity(), Sign())), ()),
    (
        "a conjunction as premise",
        Claim(a("implies", a("and", H_SQUARE, a(">", x, ZERO)), a("and", H_SQUARE, a(">", x, ZERO)))),
        Introduce((Introduce((Assumed(0), Assumed(1))),)),
        (),
    ),
    (
        "equivalence",
        Claim(a("iff", a(">", x, ZERO), a("<", ZERO, x))),
        Introduce((Sign(), Sign())),
        (),
    ),
    (
        "equivalence is conditional",
        Claim(a("iff", IS_ONE, equal(ZERO, ZERO))),
        Introduce((Identity(), Identity())),
        (NONZERO,),
    ),
    ("true", Claim(TRUE), Introduce(()), ()),
    (
        "discharge",
        Claim(IS_ONE, (equal(square(x), y), a(">", y, ZERO), equal(x, z), NOT_ZERO)),
        Discharge(Identity(), ()),
        (),
    ),
    (
        "a discharged condition",
        Claim(equal(a("/", y, y), ONE), (equal(add(y, x), add(x, ONE)),)),
        Discharge(
            Identity(), (Link(a("!=", y, ZERO), Lemma(equal(y, ONE), Identity((Cofactor(0, ONE, ONE),)), Sign())),)
        ),
        (),
    ),
    (
        "what discharges has conditions of its own",
        Claim(equal(a("/", y, y), ONE), (equal(multiply(x, y), x),)),
        Discharge(
            Identity(),
            (Link(a("!=", y, ZERO), Lemma(equal(y, ONE), Identity((Cofactor(0, a("/", ONE, x), ONE),)), Sign())),),
        ),
        (NONZERO,),
    ),
]


@pytest.mark.parametrize(
    ("claim", "certificate", "conditions"), [one[1:] for one in ACCEPTED], ids=[one[0] for one in ACCEPTED]
)
def test_accepted(claim: Claim, certificate: Certificate, conditions: tuple[Term, ...]) -> None:
    assert check(claim, certificate, AXIOMS_OF_THE_TESTS) == conditions


def test_no_axioms_by_default() -> None:
    assert check(Claim(equal(x, x)), Identity()) == ()


def test_regression_c() -> None:
    """(x^2 - 1)/(x - 1) = x + 1 holds for x != 1 only."""
    quotient = a("/", subtract(square(x), ONE), subtract(x, ONE))
    claim = Claim(equal(quotient, add(x, ONE)))
    assert check(claim, Identity()) == (a("!=", subtract(x, ONE), ZERO),)
    assert check(Claim(claim.statement, (a("!=", x, ONE),)), Identity()) == ()


def test_a_condition_is_listed_once_and_in_order() -> None:
    claim = Claim(equal(add(a("/", ONE, x), a("/", ONE, y), a("/", ONE, x)), add(a("/", TWO, x), a("/", ONE, y))))
    assert check(claim, Identity()) == (NONZERO, a("!=", y, ZERO))
