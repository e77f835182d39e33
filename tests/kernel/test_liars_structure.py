"""Liars: certificates that are wrong in exactly one way, one for each guard of the dispatch, the structural kinds and the signs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

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
    Rejected,
    Rewrite,
    Sign,
    Square,
    Squares,
    Taylor,
)
from derive.kernel.check import check
from derive.kernel.claim import Claim
from derive.kernel.term import (
    INTEGER,
    ONE,
    REAL,
    STATEMENT,
    TRUE,
    TWO,
    ZERO,
    Apply,
    Constant,
    Function,
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
from derive.theories import AXIOMS

x, y, z, c, u = (Symbol(name) for name in "xyzcu")
n = Symbol("n", INTEGER)
V = Matrix("n", 1)
v, w, b = (Symbol(name, V) for name in "vwb")
A = Symbol("A", Matrix("n", "n"))
C = Symbol("C", Scalar("complex"))
FIVE, TWENTY_FIVE = Number(5), Number(25)
p, q, r = Symbol("a"), Symbol("b"), Symbol("x")  # the symbols of the axioms


def a(head: str, *arguments: Term) -> Apply:
    return Apply(head, arguments)


def square(term: Term) -> Term:
    return a("^", term, TWO)


class Forged(Apply):
    """A term that says it equals everything."""

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = Apply.__hash__


class ForgedIdentity(Identity):
    """A subclass."""


FALSE_CLAIM = Claim(a("<", ONE, ZERO))
FALSE_APPROX = a("approx", square(x), u, x, FIVE, ONE)
INTEGERS = Axiom("integers", (), equal(multiply(n, n), multiply(n, n)), "a test")
VECTORS = Axiom("vectors", (), equal(add(v, w), add(w, v)), "a test")
LONGER = Symbol("s", Matrix("n + 1", 1))
COMPOUND = Axiom("compound", (), equal(LONGER, LONGER), "a test")
SUMS = Axiom("sums", (), equal(a("sum", x, Symbol("i", INTEGER), ONE, TWO), multiply(TWO, x)), "a test")
COMPARISON = a("<=", x, y)
SQUARES_COMPARED = a("<=", square(x), square(y))
V3 = Symbol("v", Matrix(3, 1))
PLAIN = Symbol("S", STATEMENT)
TWICE_X = (a("matrix", a("row", x, x)), a("matrix", a("row", ONE, ONE)), ONE)
# c x tends to 0 with x when c stands still; G(x) x need not.
G = Symbol("G", Function((REAL,), REAL, 0))
SMALL_STATEMENT = a("approx", multiply(c, x), ZERO, x, ZERO, ZERO)
SMALL = Axiom("small", (), SMALL_STATEMENT, "a test")
FROM_SMALL = Axiom("from_small", (SMALL_STATEMENT,), equal(x, x), "a test")
# n (n - 1) / 2 is an integer where n is one, its derivative n - 1/2 is none.
WHOLE = Axiom("whole", (), equal(a("floor", n), n), "a test")
TRIANGLE = Symbol("T", Function((INTEGER,), INTEGER, 1))
SLOPE = a("derivative", a("apply", TRIANGLE, n), n)
PARTIAL = a("partial", TRIANGLE, a("indices", ONE), n)


def deep(depth: int) -> Certificate:
    proof: Certificate = Identity()
    for _ in range(depth):
        proof = Lemma(equal(x, x), Identity(), proof)
    return proof


def wide(levels: int) -> Certificate:
    proof: Certificate = Identity()
    for _ in range(levels):
        proof = Cases(a(">", x, ZERO), proof, proof)
    return proof


def dag() -> Term:
    term: Term = x
    for _ in range(40):
        term = a("*", term, term)
    return term


def doubling() -> Certificate:
    proof: Certificate = Identity()
    for _ in range(30):
        proof = Rewrite(0, False, proof)
    return proof


LIARS: list[tuple[str, Any, Any, str]] = [
    # forged objects and wrong types
    ("no claim", None, Identity(), "not a claim"),
    ("no certificate", FALSE_CLAIM, None, "not a claim"),
    ("a class for a certificate", FALSE_CLAIM, Identity, "not a claim"),
    ("a claim for a certificate", FALSE_CLAIM, FALSE_CLAIM, "not a claim"),
    ("a subclass of a certificate", Claim(equal(x, x)), ForgedIdentity(), "ForgedIdentity"),
    ("a forged hypothesis", Claim(FALSE_CLAIM.statement, (Forged("<", (ZERO, ONE)),)), Assumed(0), "Forged"),
    ("a list of hypotheses", Claim(equal(x, x), [equal(x, x)]), Assumed(0), "tuple"),  # type: ignore[arg-type]
    ("a truth value for a number", Claim(equal(x, x), (equal(x, y), equal(x, x))), Assumed(True), "whole"),
    ("a negative number of a hypothesis", Claim(equal(x, x), (equal(x, x),)), Assumed(-1), "no hypothesis"),
    ("text for a term", Claim("x = x"), Identity(), "term"),  # type: ignore[arg-type]
    ("no statement", Claim(x), Identity(), "statements"),
    ("a hypothesis that is no statement", Claim(equal(x, x), (x,)), Identity(), "statements"),
    ("an ill-sorted claim", Claim(equal(x, v)), Identity(), "malformed"),
    ("an ill-sorted hypothesis", Claim(equal(x, x), (equal(x, v),)), Identity(), "malformed"),
    ("an unknown head", Claim(a("frobnicate", x)), Identity(), "frobnicate"),
    ("a part that is not a certificate", Claim(equal(x, x)), Lemma(equal(x, x), Identity(), None), "certificate"),  # type: ignore[arg-type]
    ("a link that is none", Claim(equal(x, x)), Discharge(Identity(), (equal(x, x),)), "link"),  # type: ignore[arg-type]
    ("a claim with constants", Claim(equal(c, c), (), (c,), (x,)), Identity(), "undetermined constants"),
    ("a claim with constants and no parameters", Claim(equal(c, c), (), (c,)), Identity(), "undetermined constants"),
    ("a claim with parameters", Claim(equal(c, c), (), (), (x,)), Identity(), "undetermined constants"),
    ("complex numbers have no sign", Claim(a(">=", square(C), ZERO)), Sign(), "complex"),
    ("nor the absolute values of reals", Claim(equal(square(a("abs", C)), square(C))), Identity(), "complex"),
    (
        "a complex term in an axiom",
        Claim(a("<=", a("cos", C), ONE)),
        AxiomInstance("cosine_above", ((r, C),)),
        "complex",
    ),
    ("too large", Claim(a(">=", dag(), ZERO)), Sign(), "too large"),
    ("growing without end", Claim(equal(x, ZERO), (equal(x, add(x, x)),)), doubling(), "too large"),
    ("nested without end", Claim(equal(x, x)), deep(60), "too many steps"),
    ("deeper than the stack", Claim(equal(x, x)), deep(2000), "RecursionError"),
    ("branching without end", Claim(equal(x, x)), wide(11), "too many steps"),
    # assumed, sign
    ("another hypothesis", Claim(equal(x, y), (equal(y, x),)), Assumed(0), "not that hypothesis"),
    ("a hypothesis that is not there", Claim(equal(x, y)), Assumed(0), "no hypothesis"),
    ("the hypothesis dropped", Claim(a(">", x, ZERO)), Sign(), "sign is not visible"),
    ("weak is not strict", Claim(a(">", square(x), ZERO)), Sign(), "sign is not visible"),
    ("nonzero is not positive", Claim(a(">", x, ZERO), (a("!=", x, ZERO),)), Sign(), "sign is not visible"),
    (
        "a Gram matrix may be singular",
        Claim(a("positive_definite", multiply(a("transpose", A), A))),
        Sign(),
        "not visibly definite",
    ),
    ("any matrix", Claim(a("positive_semidefinite", A)), Sign(), "not visibly definite"),
    (
        "a disjunction says neither",
        Claim(a(">", x, ZERO), (a("or", a(">", x, ZERO), equal(y, y)),)),
        Sign(),
        "not visible",
    ),
    ("the sign of a statement that is no relation", Claim(PLAIN), Sign(), "not about a sign"),
    ("the sign of an equation", Claim(equal(x, ZERO), (equal(x, ZERO),)), Sign(), "not about a sign"),
    (
        "a nonzero vector may be orthogonal",
        Claim(
            a("!=", multiply(a("transpose", v), w), ZERO),
            (a("!=", v, Constant("zero", V)), a("!=", w, Constant("zero", V))),
        ),
        Sign(),
        "not visible",
    ),
    # rewriting
    ("rewriting by an order", Claim(COMPARISON, (COMPARISON,)), Rewrite(0, False, Assumed(0)), "only an equation"),
    (
        "rewriting the other way",
        Claim(equal(y, ONE), (equal(x, y), equal(x, ONE))),
        Rewrite(0, False, Assumed(1)),
        "not that hypothesis",
    ),
    ("rewriting by no hypothesis", Claim(equal(x, x)), Rewrite(0, False, Identity()), "no hypothesis"),
    (
        "rewriting the variable of a derivative",
        Claim(equal(a("derivative", square(x), x), ZERO), (equal(x, ONE),)),
        Rewrite(0, False, Identity()),
        "derivative",
    ),
    (
        "capture by a sum",
        Claim(
            equal(a("sum", y, Symbol("i"), ONE, TWO), multiply(TWO, y)),
            (equal(y, Symbol("i")),),
        ),
        Rewrite(0, False, Identity()),
        "capture",
    ),
    (
        "rewriting under an approximation",
        Claim(FALSE_APPROX, (equal(c, square(x)), a("approx", c, u, x, FIVE, ONE))),
        Rewrite(0, True, Assumed(1)),
        "bound in it",
    ),
    (
        "an approximation whose variable is a number",
        Claim(a("implies", a(">", y, ZERO), a("approx", x, x, FIVE, FIVE, ONE)), (equal(x, x),)),
        Rewrite(0, False, Identity()),
        "distinct symbols",
    ),
    (
        "an approximation whose variables are the same",
        Claim(a("approx", x, x, a("matrix", a("row", x, x)), a("matrix", a("row", ONE, ONE)), ONE), (equal(y, y),)),
        Rewrite(0, False, Taylor()),
        "distinct symbols",
    ),
    (
        "rewriting an approximation whose variables are the same",
        Claim(a("approx", y, x, *TWICE_X), (equal(y, z), a("approx", z, x, *TWICE_X))),
        Rewrite(0, False, Assumed(1)),
        "distinct symbols",
    ),
    # chains
    ("an empty chain", Claim(equal(x, x)), Chain(()), "empty"),
    (
        "a chain with a gap",
        Claim(equal(x, z), (equal(x, y), equal(y, z))),
        Chain((Link(equal(x, y), Assumed(0)), Link(equal(z, z), Identity()))),
        "gap",
    ),
    (
        "a chain to somewhere else",
        Claim(equal(x, x), (equal(x, y),)),
        Chain((Link(equal(x, y), Assumed(0)),)),
        "another statement",
    ),
    (
        "directions that differ",
        Claim(a("<", x, z), (a("<", x, y), a(">", y, z))),
        Chain((Link(a("<", x, y), Assumed(0)), Link(a(">", y, z), Assumed(1)))),
        "different directions",
    ),
    (
        "stricter than its links",
        Claim(a("<", x, y), (a("<=", x, y),)),
        Chain((Link(a("<=", x, y), Assumed(0)),)),
        "another statement",
    ),
    (
        "an equation from an order",
        Claim(equal(x, y), (a("<=", x, y),)),
        Chain((Link(a("<=", x, y), Assumed(0)),)),
        "another statement",
    ),
    (
        "unequal twice",
        Claim(a("!=", x, x), (a("!=", x, y), a("!=", y, x))),
        Chain((Link(a("!=", x, y), Assumed(0)), Link(a("!=", y, x), Assumed(1)))),
        "different directions",
    ),
    (
        "unequal and less",
        Claim(a("!=", x, z), (a("!=", x, y), a("<", y, z))),
        Chain((Link(a("!=", x, y), Assumed(0)), Link(a("<", y, z), Assumed(1)))),
        "different directions",
    ),
    ("a link that is no relation", Claim(equal(x, x)), Chain((Link(TRUE, Introduce(())),)), "relation"),
    ("a link that joins statements", Claim(equal(x, x)), Chain((Link(a("and", TRUE, TRUE), Identity()),)), "relation"),
    ("a link that is not shown", Claim(equal(x, y)), Chain((Link(equal(x, y), Identity()),)), "normal forms"),
    (
        "an ill-sorted link",
        Claim(equal(x, x)),
        Chain((Link(equal(x, v), Identity()), Link(equal(v, x), Identity()))),
        "malformed",
    ),
    (
        "an approximation and an order",
        Claim(a("approx", x, y, x, ZERO, ONE)),
        Chain((Link(a("approx", x, x, x, ZERO, ONE), Taylor()), Link(a("<", x, y), Sign()))),
        "orders in one chain",
    ),
    (
        "approximations at different points",
        Claim(a("approx", x, x, x, ZERO, ONE)),
        Chain((Link(a("approx", x, x, x, ZERO, ONE), Taylor()), Link(a("approx", x, x, x, ONE, ONE), Taylor()))),
        "different variables",
    ),
    (
        "approximations in different variables",
        Claim(a("approx", x, x, x, ZERO, ONE)),
        Chain((Link(a("approx", x, x, x, ZERO, ONE), Taylor()), Link(a("approx", x, x, y, ZERO, ONE), Taylor()))),
        "different variables",
    ),
    (
        "more than the least order",
        Claim(a("approx", x, x, x, ZERO, TWO)),
        Chain((Link(a("approx", x, x, x, ZERO, TWO), Taylor()), Link(a("approx", x, x, x, ZERO, ONE), Taylor()))),
        "another statement",
    ),
    (
        "an order that is no number",
        Claim(a("approx", x, x, x, ZERO, ONE)),
        Chain((Link(a("approx", x, x, x, ZERO, y), Taylor()),)),
        "number",
    ),
    (
        "an equation that holds at the base only",
        Claim(FALSE_APPROX, (equal(x, FIVE), a("approx", TWENTY_FIVE, u, x, FIVE, ONE))),
        Chain(
            (
                Link(equal(square(x), TWENTY_FIVE), Rewrite(0, False, Identity())),
                Link(a("approx", TWENTY_FIVE, u, x, FIVE, ONE), Assumed(1)),
            )
        ),
        "near the base",
    ),
    (
        "an equation that holds on one side of the base",
        Claim(
            a("approx", a("abs", x), u, x, ZERO, ONE),
            (a("and", a(">=", x, ZERO), a("approx", x, u, x, ZERO, ONE)), a("approx", x, u, x, ZERO, ONE)),
        ),
        Chain((Link(equal(a("abs", x), x), Identity()), Link(a("approx", x, u, x, ZERO, ONE), Assumed(1)))),
        "near the base",
    ),
    (
        "an equation with a condition on the variable",
        Claim(a("approx", multiply(x, y), multiply(x, y), x, ZERO, ONE)),
        Chain(
            (
                Link(equal(multiply(x, y), a("/", multiply(x, x, y), x)), Identity()),
                Link(equal(a("/", multiply(x, x, y), x), multiply(x, y)), Identity()),
                Link(a("approx", multiply(x, y), multiply(x, y), x, ZERO, ONE), Taylor()),
            )
        ),
        "near the base",
    ),
    # Taylor, by what the dispatch guards
    (
        "a symbol called like a direction",
        Claim(
            a(
                "approx",
                a("inner", multiply(A, Symbol("direction v", V)), subtract(v, b)),
                a("inner", Symbol("direction v", V), multiply(A, subtract(v, b))),
                v,
                b,
                ONE,
            )
        ),
        Taylor(),
        "expansions differ",
    ),
    (
        "an approximation of what is undefined near the base",
        Claim(a("approx", a("log", x), x, x, ONE, ONE)),
        Taylor(),
        "near the base",
    ),
    # cases, lemma, introduce, discharge
    ("cases on a number", Claim(equal(x, x)), Cases(x, Identity(), Identity()), "not a statement"),
    ("one case missing", Claim(equal(a("abs", x), x)), Cases(a(">=", x, ZERO), Identity(), Identity()), "normal forms"),
    (
        "the cases the wrong way round",
        Claim(a(">=", x, ZERO), (a("or", a(">=", x, ZERO), a(">=", x, ZERO)),)),
        Cases(a("<", x, ZERO), Sign(), Sign()),
        "not visible",
    ),
    ("a lemma that is not shown", Claim(equal(x, y)), Lemma(equal(x, y), Identity(), Assumed(0)), "normal forms"),
    ("a lemma that uses itself", Claim(equal(x, y)), Lemma(equal(x, y), Assumed(0), Assumed(0)), "no hypothesis"),
    ("a lemma that is no statement", Claim(equal(x, x)), Lemma(x, Identity(), Identity()), "statements"),
    ("nothing to introduce", Claim(equal(x, x)), Introduce((Identity(),)), "nothing to introduce"),
    ("no disjunction", Claim(a("or", equal(x, y), equal(x, x))), Introduce((Identity(),)), "nothing to introduce"),
    ("true with parts", Claim(TRUE), Introduce((Identity(),)), "nothing to introduce"),
    (
        "one direction of an equivalence",
        Claim(a("iff", a(">", x, ONE), a(">", x, ZERO))),
        Introduce((Sign(),)),
        "each part",
    ),
    (
        "the other direction is false",
        Claim(a("iff", a(">", x, ONE), a(">", x, ZERO))),
        Introduce((Sign(), Sign())),
        "not visible",
    ),
    ("the converse", Claim(a("implies", a(">", x, ZERO), a(">", x, ONE))), Introduce((Sign(),)), "not visible"),
    ("a part of a conjunction", Claim(a("and", equal(x, x), equal(x, y))), Introduce((Identity(),)), "each part"),
    (
        "a condition that is not shown",
        Claim(equal(a("/", x, x), ONE)),
        Discharge(Identity(), (Link(a("!=", x, ZERO), Sign()),)),
        "not visible",
    ),
    # coordinates
    ("too few entries", Claim(equal(V3, V3)), Coordinates((Identity(), Identity())), "each entry"),
    ("coordinates of every size", Claim(equal(v, v)), Coordinates((Identity(),)), "symbolic size"),
    # axioms
    ("an axiom of one's own", FALSE_CLAIM, AxiomInstance("mine", ()), "no axiom"),
    (
        "another conclusion",
        Claim(a("<=", a("cos", x), ZERO)),
        AxiomInstance("cosine_above", ((r, x),)),
        "not that instance",
    ),
    (
        "a premise without proof",
        Claim(COMPARISON, (SQUARES_COMPARED,)),
        AxiomInstance("square_comparison", ((p, x), (q, y)), (Assumed(0),)),
        "each premise",
    ),
    (
        "outside its domain",
        Claim(COMPARISON, (SQUARES_COMPARED,)),
        AxiomInstance("square_comparison", ((p, x), (q, y)), (Assumed(0), Sign())),
        "not visible",
    ),
    ("a symbol left out", Claim(COMPARISON), AxiomInstance("square_comparison", ((p, x),)), "not replaced"),
    (
        "a symbol replaced twice",
        Claim(a("<=", a("cos", x), ONE)),
        AxiomInstance("cosine_above", ((r, x), (r, y))),
        "replaced twice",
    ),
    (
        "a symbol of no axiom",
        Claim(a("<=", a("cos", x), ONE)),
        AxiomInstance("cosine_above", ((r, x), (z, y))),
        "does not have",
    ),
    ("a vector for a number", Claim(a("<=", a("cos", x), ONE)), AxiomInstance("cosine_above", ((r, v),)), "wrong sort"),
    (
        "a real for an integer",
        Claim(equal(multiply(x, x), multiply(x, x))),
        AxiomInstance("integers", ((n, x),)),
        "wrong sort",
    ),
    (
        "an integer-valued term is not of integer sort",
        Claim(equal(multiply(TWO, TWO), multiply(TWO, TWO))),
        AxiomInstance("integers", ((n, TWO),)),
        "wrong sort",
    ),
    (
        "a vector of another size",
        Claim(equal(add(V3, V3), add(V3, V3))),
        AxiomInstance("vectors", ((v, V3), (w, V3))),
        "wrong sort",
    ),
    (
        "a size replaced twice",
        Claim(equal(V3, V3)),
        AxiomInstance("vectors", ((v, V3), (w, V3)), (), (("n", 2), ("n", 3))),
        "a size replaced twice",
    ),
    ("a size below 1", Claim(equal(V3, V3)), AxiomInstance("vectors", ((v, V3), (w, V3)), (), (("n", 0),)), "size"),
    (
        "an expression in a replaced size",
        Claim(equal(LONGER, LONGER)),
        AxiomInstance("compound", ((LONGER, LONGER),), (), (("n", 3),)),
        "expression",
    ),
    (
        "capture by the variable of an approximation",
        Claim(a("approx", multiply(a("apply", G, x), x), ZERO, x, ZERO, ZERO)),
        AxiomInstance("small", ((c, a("apply", G, x)), (x, x))),
        "captured",
    ),
    (
        "an axiom on an approximation among its premises",
        Claim(equal(x, x)),
        AxiomInstance("from_small", ((c, c), (x, x)), (Taylor(),)),
        "captured",
    ),
    (
        "the derivative of an integer by an integer for an integer",
        Claim(equal(a("floor", SLOPE), SLOPE)),
        AxiomInstance("whole", ((n, SLOPE),)),
        "wrong sort",
    ),
    (
        "a partial derivative by an integer for an integer",
        Claim(equal(a("floor", PARTIAL), PARTIAL)),
        AxiomInstance("whole", ((n, PARTIAL),)),
        "wrong sort",
    ),
    (
        "capture in an axiom",
        Claim(equal(multiply(TWO, n), multiply(TWO, n))),
        AxiomInstance("sums", ((x, Symbol("i", INTEGER)),)),
        "capture",
    ),
]

SIGN_AXIOM = Axiom("square_of_sign", (), equal(square(a("sgn", x)), a("/", x, x)), "a test")
RECIPROCAL = Axiom("reciprocal", (a("!=", a("/", ONE, x), ZERO),), a("!=", x, ZERO), "a test")
EXTRA: Mapping[str, Axiom] = {
    **AXIOMS,
    "integers": INTEGERS,
    "vectors": VECTORS,
    "compound": COMPOUND,
    "sums": SUMS,
    "square_of_sign": SIGN_AXIOM,
    "reciprocal": RECIPROCAL,
    "small": SMALL,
    "from_small": FROM_SMALL,
    "whole": WHOLE,
}


@pytest.mark.parametrize(("claim", "certificate", "reason"), [one[1:] for one in LIARS], ids=[one[0] for one in LIARS])
def test_rejected(claim: Any, certificate: Any, reason: str) -> None:
    with pytest.raises(Rejected, match=reason):
        check(claim, certificate, EXTRA)


def test_axioms_are_only_those_given() -> None:
    with pytest.raises(Rejected, match="no axiom"):
        check(Claim(a("<=", a("cos", x), ONE)), AxiomInstance("cosine_above", ((r, x),)))


NONZERO = a("!=", x, ZERO)
QUOTIENT = a("/", x, x)
IS_ONE = equal(QUOTIENT, ONE)
SIGN_SQUARED = square(a("sgn", x))
GAMMA = a("gamma", x)
EMPTY = a("sum", a("/", ONE, x), Symbol("i", INTEGER), ONE, ZERO)
BY_LEMMA = Lemma(IS_ONE, Identity(), Identity())
VANISHES = equal(multiply(x, y), ZERO)
DIVIDED = Identity((Cofactor(0, a("/", ONE, x), ONE),))

# Conditions that must not get lost: (claim, certificate, a condition that has to be reported).
KEPT: list[tuple[str, Claim, Certificate, Term]] = [
    ("x/x = 1", Claim(IS_ONE), Identity(), NONZERO),
    (
        "equality where both sides are defined is not transitive",
        Claim(equal(SIGN_SQUARED, ONE)),
        Chain(
            (Link(equal(SIGN_SQUARED, QUOTIENT), AxiomInstance("square_of_sign", ((x, x),))), Link(IS_ONE, Identity()))
        ),
        NONZERO,
    ),
    (
        "the middle of a chain",
        Claim(equal(y, y)),
        Chain((Link(equal(y, multiply(y, QUOTIENT)), Identity()), Link(equal(multiply(y, QUOTIENT), y), Identity()))),
        NONZERO,
    ),
    ("a lemma", Claim(equal(y, y)), Lemma(IS_ONE, Identity(), Identity()), NONZERO),
    (
        "a cofactor",
        Claim(equal(y, ZERO), (equal(multiply(x, y), ZERO),)),
        Identity((Cofactor(0, a("/", ONE, x), ONE),)),
        NONZERO,
    ),
    (
        "a weight",
        Claim(a(">=", square(y), ZERO)),
        Squares((Square(a("^", x, Number(-2)), (), multiply(x, y)),)),
        NONZERO,
    ),
    (
        "a statement to split on",
        Claim(equal(y, y)),
        Cases(a(">", a("/", ONE, x), ZERO), Identity(), Identity()),
        NONZERO,
    ),
    (
        "a term put into an axiom",
        Claim(equal(multiply(TWO, y), multiply(TWO, y))),
        Lemma(
            a("<=", a("cos", a("/", ONE, x)), ONE), AxiomInstance("cosine_above", ((r, a("/", ONE, x)),)), Identity()
        ),
        NONZERO,
    ),
    (
        "discharged in a circle",
        Claim(IS_ONE),
        Discharge(Identity(), (Link(NONZERO, AxiomInstance("reciprocal", ((x, x),), (Sign(),))),)),
        NONZERO,
    ),
    # conditions of what is used, which the claim does not have by itself
    (
        "the first of two links",
        Claim(equal(y, y)),
        Chain((Link(equal(y, y), BY_LEMMA), Link(equal(y, y), Identity()))),
        NONZERO,
    ),
    (
        "the last of two links",
        Claim(equal(y, y)),
        Chain((Link(equal(y, y), Identity()), Link(equal(y, y), BY_LEMMA))),
        NONZERO,
    ),
    ("the first entry", Claim(equal(V3, V3)), Coordinates((BY_LEMMA, Identity(), Identity())), NONZERO),
    ("the last entry", Claim(equal(V3, V3)), Coordinates((Identity(), Identity(), BY_LEMMA)), NONZERO),
    ("what a lemma serves", Claim(equal(y, ZERO), (VANISHES,)), Lemma(equal(z, z), Identity(), DIVIDED), NONZERO),
    ("what a rewriting serves", Claim(equal(y, ZERO), (VANISHES, equal(y, y))), Rewrite(1, False, DIVIDED), NONZERO),
    ("the first part", Claim(a("and", equal(y, y), equal(z, z))), Introduce((BY_LEMMA, Identity())), NONZERO),
    ("the last part", Claim(a("and", equal(y, y), equal(z, z))), Introduce((Identity(), BY_LEMMA)), NONZERO),
    (
        "what an implication needs",
        Claim(a("implies", PLAIN, equal(y, ZERO)), (VANISHES,)),
        Introduce((DIVIDED,)),
        a("implies", PLAIN, NONZERO),
    ),
    (
        "what the one case needs",
        Claim(equal(y, ZERO), (VANISHES, equal(y, ZERO))),
        Cases(a(">", z, ZERO), DIVIDED, Assumed(1)),
        a("implies", a(">", z, ZERO), NONZERO),
    ),
    (
        "what the other case needs",
        Claim(equal(y, ZERO), (VANISHES, equal(y, ZERO))),
        Cases(a(">", z, ZERO), Assumed(1), DIVIDED),
        a("implies", a("<=", z, ZERO), NONZERO),
    ),
    (
        "the first premise of an axiom",
        Claim(a("<=", y, z), (a("<=", square(y), square(z)), a("<=", ZERO, z))),
        AxiomInstance("square_comparison", ((p, y), (q, z)), (Lemma(IS_ONE, Identity(), Assumed(0)), Assumed(1))),
        NONZERO,
    ),
    (
        "the last premise of an axiom",
        Claim(a("<=", y, z), (a("<=", square(y), square(z)), a("<=", ZERO, z))),
        AxiomInstance("square_comparison", ((p, y), (q, z)), (Assumed(0), Lemma(IS_ONE, Identity(), Assumed(1)))),
        NONZERO,
    ),
    ("a logarithm", Claim(equal(a("log", x), a("log", x))), Identity(), a(">", x, ZERO)),
    (
        "what a gamma function says",
        Claim(equal(a("sqrt", x), a("sqrt", x)), (equal(GAMMA, y),)),
        Identity(),
        a(">=", x, ZERO),
    ),
    ("what an empty sum says", Claim(IS_ONE, (equal(EMPTY, ZERO),)), Identity(), NONZERO),
    ("a hypothesis that may be false", Claim(IS_ONE, (a("or", NONZERO, a(">", y, ZERO)),)), Identity(), NONZERO),
    (
        "an implication among the hypotheses",
        Claim(IS_ONE, (a("implies", a(">", y, ZERO), equal(QUOTIENT, ONE)),)),
        Identity(),
        NONZERO,
    ),
    (
        "a guard is no fact",
        Claim(a("and", a("implies", NONZERO, IS_ONE), IS_ONE)),
        Introduce((Introduce((Identity(),)), Identity())),
        NONZERO,
    ),
]


@pytest.mark.parametrize(("claim", "certificate", "condition"), [one[1:] for one in KEPT], ids=[one[0] for one in KEPT])
def test_conditions_are_kept(claim: Claim, certificate: Certificate, condition: Term) -> None:
    assert condition in check(claim, certificate, EXTRA)
