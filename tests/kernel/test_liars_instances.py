"""Liars for instances of quantified hypotheses: each true certificate stands beside those that are wrong in exactly one way."""

from __future__ import annotations

import pytest

from derive.kernel.certificate import (
    Assumed,
    Certificate,
    Cofactor,
    Counterexample,
    Identity,
    Instance,
    Introduce,
    Lemma,
    Rejected,
    Sign,
    Square,
    Squares,
    Taylor,
)
from derive.kernel.check import check
from derive.kernel.claim import Claim
from derive.kernel.data import from_data, to_data
from derive.kernel.evaluation import Undecided, evaluate
from derive.kernel.refute import refute
from derive.kernel.sorting import sort_of
from derive.kernel.term import (
    INTEGER,
    ONE,
    REAL,
    STATEMENT,
    TWO,
    ZERO,
    Apply,
    Constant,
    Function,
    IllSorted,
    Lambda,
    Matrix,
    Number,
    Scalar,
    Symbol,
    Term,
    TermError,
    add,
    equal,
    free_symbols,
    multiply,
    negate,
    substitute,
    subtract,
)

x, y, z, u = (Symbol(name) for name in "xyzu")
k, n, m = (Symbol(name, INTEGER) for name in "knm")
q = Symbol("q", Scalar("rational"))
V = Matrix("n", 1)
v, w = Symbol("v", V), Symbol("w", V)
F = Function((REAL,), REAL, 1)
f, g = Symbol("f", F), Symbol("g", F)
h = Symbol("h", Function((V,), REAL, 1))
p = Symbol("p", STATEMENT)
ONES = Constant("ones", V)


def a(head: str, *arguments: Term) -> Apply:
    return Apply(head, arguments)


def at(function: Symbol, *arguments: Term) -> Apply:
    return Apply("apply", (function, *arguments))


def forall(variables: tuple[Symbol, ...], body: Term) -> Term:
    for variable in reversed(variables):
        body = Apply("forall", (body, variable))
    return body


def linear(*hypotheses: int) -> Certificate:
    """The sum of these hypotheses."""
    return Squares(tuple(Square(ONE, (one,)) for one in hypotheses))


RISING = forall((x, y), a("implies", a("<=", x, y), a("<=", at(f, x), at(f, y))))
POSITIVE = forall((x,), a(">", at(f, x), ZERO))
ADDITIVE = forall((x, y), equal(at(f, add(x, y)), add(at(f, x), at(f, y))))
GRADIENT = Apply("gradient", (h, v))
TANGENT = add(at(h, v), a("inner", GRADIENT, subtract(w, v)))
CONVEX = forall((v, w), a(">=", at(h, w), TANGENT))
RECIPROCAL = forall((x,), a("<", at(f, x), a("/", ONE, x)))
GUARDED = forall((x,), a("implies", a("!=", x, ZERO), a("<", at(f, x), a("/", ONE, x))))
HALF_GUARDED = forall((x,), a("implies", a(">=", x, ZERO), a("<", at(f, x), a("/", ONE, x))))
LOGARITHM = forall((x,), a("implies", a(">", a("log", x), ZERO), a("<", at(f, x), ONE)))
WHOLE = forall((k,), a(">", at(f, k), ZERO))
OF_QUOTIENTS = forall((q,), a(">", at(f, q), ZERO))
OF_FUNCTIONS = forall((g,), a(">", at(g, ONE), ZERO))
TWICE = Apply("forall", (Apply("forall", (a(">", at(f, x), ZERO), x)), x))
LENGTH = forall((n,), equal(a("inner", ONES, ONES), n))
SUMS = forall((x,), a(">", Apply("sum", (multiply(x, k), k, ONE, TWO)), ZERO))
SLOPE = forall((x,), equal(Apply("derivative", (at(f, x), x)), ONE))
NEAR = forall((x,), a("approx", x, y, y, ZERO, ONE))
NESTED = forall((x,), a("implies", a(">", x, ZERO), a("implies", a(">", x, ONE), a(">", at(f, x), TWO))))
NOTHING = forall((x,), p)
MINIMUM = equal(GRADIENT, Constant("zero", V))

ACCEPTED: list[tuple[str, Claim, Certificate, tuple[Term, ...]]] = [
    ("one term", Claim(a(">", at(f, y), ZERO), (POSITIVE,)), Instance(0, (y,), (), Assumed(1)), ()),
    ("a term that is no symbol", Claim(a(">", at(f, add(y, ONE)), ZERO), (POSITIVE,)), Instance(0, (add(y, ONE),), (), Assumed(1)), ()),
    (
        "terms of the names of the variables, the other way round",
        Claim(equal(at(f, add(y, x)), add(at(f, y), at(f, x))), (ADDITIVE,)),
        Instance(0, (y, x), (), Assumed(1)),
        (),
    ),
    (
        "a premise that is shown",
        Claim(a("<", add(u, at(f, x)), add(z, at(f, y))), (RISING, a("<", u, z), a("<=", x, y))),
        Instance(0, (x, y), (Assumed(2),), linear(1, 3)),
        (),
    ),
    (
        "an implication as it stands",
        Claim(a("implies", a("<=", u, z), a("<=", at(f, u), at(f, z))), (RISING,)),
        Instance(0, (u, z), (), Assumed(1)),
        (),
    ),
    (
        "both premises",
        Claim(a(">", at(f, y), TWO), (NESTED, a(">", y, ONE))),
        Instance(0, (y,), (Sign(), Assumed(1)), Assumed(2)),
        (),
    ),
    ("the definedness of the instance is a condition", Claim(a("<", at(f, y), a("/", ONE, y)), (RECIPROCAL,)), Instance(0, (y,), (), Assumed(1)), (a("!=", y, ZERO),)),
    (
        "and stays one where the statement is defined",
        Claim(a("<=", multiply(at(f, y), a("^", y, TWO)), y), (RECIPROCAL,)),
        Instance(0, (y,), (), Squares((Square(a("^", y, TWO), (1,)),))),
        (a("!=", y, ZERO),),
    ),
    ("a guard discharges it", Claim(a("<", at(f, y), a("/", ONE, y)), (GUARDED, a(">", y, ZERO))), Instance(0, (y,), (Sign(),), Assumed(2)), ()),
    (
        "a premise that does not discharge it",
        Claim(a("<=", multiply(at(f, y), a("^", y, TWO)), y), (HALF_GUARDED, a(">=", y, ZERO))),
        Instance(0, (y,), (Assumed(1),), Squares((Square(a("^", y, TWO), (2,)),))),
        (a("implies", a(">=", y, ZERO), a("!=", y, ZERO)),),
    ),
    (
        "what the proof of a premise needs",
        Claim(a("<=", at(f, x), at(f, y)), (RISING, a("<=", x, y))),
        Instance(0, (x, y), (Lemma(equal(a("/", u, u), ONE), Identity(), Assumed(1)),), Assumed(2)),
        (a("!=", u, ZERO),),
    ),
    (
        "the definedness of a premise",
        Claim(a("<", at(f, y), ONE), (LOGARITHM, a("=", u, add(a("log", y), negate(u))), a(">", u, ZERO))),
        Instance(0, (y,), (Squares((Square(Number(2), (2,)),), None, (Cofactor(1, Number(-1), ONE),)),), Assumed(3)),
        (),
    ),
    ("modus ponens", Claim(p, (a("implies", a("<=", x, y), p), a("<=", x, y))), Instance(0, (), (Assumed(1),), Assumed(2)), ()),
    ("a whole number", Claim(a(">", at(f, add(n, m)), ZERO), (WHOLE,)), Instance(0, (add(n, m),), (), Assumed(1)), ()),
    ("a rational number", Claim(a(">", at(f, q), ZERO), (OF_QUOTIENTS,)), Instance(0, (q,), (), Assumed(1)), ()),
    ("a function", Claim(a(">", at(f, ONE), ZERO), (OF_FUNCTIONS,)), Instance(0, (f,), (), Assumed(1)), ()),
    (
        "vectors of every size: a point where the gradient vanishes is a minimum",
        Claim(a(">=", at(h, w), at(h, v)), (CONVEX, MINIMUM)),
        Instance(0, (v, w), (), Squares((Square(ONE, (2,)),), None, (Cofactor(1, Apply("transpose", (subtract(w, v),)), ONE),))),
        (),
    ),
    ("a sum over another letter", Claim(a(">", Apply("sum", (multiply(y, k), k, ONE, TWO)), ZERO), (SUMS,)), Instance(0, (y,), (), Assumed(1)), ()),
]  # fmt: skip


@pytest.mark.parametrize(
    ("claim", "certificate", "conditions"), [one[1:] for one in ACCEPTED], ids=[one[0] for one in ACCEPTED]
)
def test_accepted(claim: Claim, certificate: Certificate, conditions: tuple[Term, ...]) -> None:
    assert check(claim, certificate) == conditions
    assert from_data(to_data(certificate)) == certificate


APPROXIMATE = a("approx", x, x, x, ZERO, ONE)
LIARS: list[tuple[str, Claim, Certificate, str]] = [
    ("of a hypothesis that is not there", Claim(a(">", at(f, y), ZERO), (POSITIVE,)), Instance(1, (y,), (), Assumed(1)), "no hypothesis of that number"),
    ("of the last hypothesis, from behind", Claim(a(">", at(f, y), ZERO), (POSITIVE,)), Instance(-1, (y,), (), Assumed(1)), "no hypothesis of that number"),
    ("of a hypothesis about one number", Claim(a(">", at(f, y), ZERO), (a(">", at(f, x), ZERO),)), Instance(0, (y,), (), Assumed(1)), "one term for each variable"),
    ("more terms than variables", Claim(a(">", at(f, y), ZERO), (POSITIVE,)), Instance(0, (y, y), (), Assumed(1)), "one term for each variable"),
    ("another instance", Claim(a(">", at(f, y), ZERO), (POSITIVE,)), Instance(0, (z,), (), Assumed(1)), "not that hypothesis"),
    ("the first of two variables twice", Claim(equal(at(f, add(y, x)), add(at(f, y), at(f, x))), (ADDITIVE,)), Instance(0, (y, y), (), Assumed(1)), "not that hypothesis"),
    ("fewer terms than variables", Claim(equal(at(f, add(y, z)), add(at(f, y), at(f, z))), (ADDITIVE,)), Instance(0, (z,), (), Assumed(1)), "one term for each variable"),
    ("a term that a sum would bind", Claim(a(">", Apply("sum", (multiply(k, k), k, ONE, TWO)), ZERO), (SUMS,)), Instance(0, (k,), (), Assumed(1)), "capture"),
    ("a variable that is bound twice", Claim(a(">", at(f, y), ZERO), (TWICE,)), Instance(0, (y, z), (), Assumed(1)), "bound twice"),
    ("a quantified size", Claim(equal(a("inner", ONES, ONES), Number(3)), (LENGTH,)), Instance(0, (Number(3),), (), Assumed(1)), "a quantified size"),
    ("a number that is not whole", Claim(a(">", at(f, a("/", ONE, TWO)), ZERO), (WHOLE,)), Instance(0, (a("/", ONE, TWO),), (), Assumed(1)), "a term of the wrong sort for k"),
    ("a real number for a rational one", Claim(a(">", at(f, x), ZERO), (OF_QUOTIENTS,)), Instance(0, (x,), (), Assumed(1)), "a term of the wrong sort for q"),
    ("a function that is less smooth", Claim(a(">", at(Symbol("f", Function((REAL,), REAL)), ONE), ZERO), (OF_FUNCTIONS,)), Instance(0, (Symbol("f", Function((REAL,), REAL)),), (), Assumed(1)), "a term of the wrong sort for g"),
    ("a vector of another size", Claim(a(">", at(f, y), ZERO), (CONVEX,)), Instance(0, (Symbol("b", Matrix("m", 1)), w), (), Assumed(1)), "a term of the wrong sort for v"),
    ("a number for a vector", Claim(a(">", at(f, y), ZERO), (CONVEX,)), Instance(0, (x, w), (), Assumed(1)), "a term of the wrong sort for v"),
    ("a vector for a number", Claim(a(">", at(f, y), ZERO), (POSITIVE,)), Instance(0, (v,), (), Assumed(1)), "a term of the wrong sort for x"),
    ("a premise that does not hold", Claim(a("<=", at(f, y), at(f, x)), (RISING, a("<=", x, y))), Instance(0, (y, x), (Assumed(1),), Assumed(2)), "not that hypothesis"),
    ("a premise that is not shown", Claim(a("<=", at(f, x), at(f, y)), (RISING,)), Instance(0, (x, y), (), Assumed(1)), "not that hypothesis"),
    ("a premise too many", Claim(a("<=", at(f, x), at(f, y)), (RISING, a("<=", x, y))), Instance(0, (x, y), (Assumed(1), Assumed(1)), Assumed(2)), "a premise of a hypothesis that has none"),
    ("the conclusion without the premise", Claim(p, (a("implies", a("<=", x, y), p),)), Instance(0, (), (), Assumed(1)), "not that hypothesis"),
    ("a premise of a letter", Claim(p, (NOTHING, a("<=", x, y))), Instance(0, (x,), (Assumed(1),), Assumed(2)), "a premise of a hypothesis that has none"),
    ("the premise from what it gives", Claim(a("<=", at(f, x), at(f, y)), (RISING,)), Instance(0, (x, y), (Assumed(1),), Assumed(1)), "no hypothesis of that number"),
    ("a derivative by the variable", Claim(equal(Apply("derivative", (at(f, y), y)), ONE), (SLOPE,)), Instance(0, (y,), (), Assumed(1)), "derivative by the variable"),
    ("a quantified approximation", Claim(p, (NEAR, p)), Instance(0, (y,), (), Assumed(1)), "a quantified approximation"),
    ("for the variable of an approximation", Claim(APPROXIMATE, (POSITIVE,)), Instance(0, (x,), (), Taylor()), "the variable of an approximation"),
    ("the quantified statement itself", Claim(POSITIVE, (POSITIVE,)), Assumed(0), "where a forall exists is not known"),
]  # fmt: skip


@pytest.mark.parametrize(("claim", "certificate", "reason"), [one[1:] for one in LIARS], ids=[one[0] for one in LIARS])
def test_liars(claim: Claim, certificate: Certificate, reason: str) -> None:
    with pytest.raises(Rejected, match=reason):
        check(claim, certificate)


def test_a_quantified_hypothesis_says_nothing_of_a_free_symbol_of_the_same_name() -> None:
    for certificate in (Sign(), linear(0), Assumed(0)):
        with pytest.raises(Rejected):
            check(Claim(a(">", at(f, x), ZERO), (forall((x,), a(">", at(f, x), ZERO)),)), certificate)
    # x > 0 for all x: false, and then nothing is known of x itself but by an instance
    with pytest.raises(Rejected):
        check(Claim(a(">", x, ZERO), (forall((x,), a(">", x, ZERO)),)), Sign())


def test_what_is_undefined_is_not_presupposed_by_a_quantified_hypothesis() -> None:
    """for all x: f(x) < 1/x speaks of the x that are not 0, so that y != 0 stays a condition of y/y = 1."""
    claim = Claim(equal(a("/", y, y), ONE), (forall((x,), a("<", at(f, x), a("/", ONE, y))),))
    assert check(claim, Identity()) == (a("!=", y, ZERO),)


def test_sorts_and_scopes_of_quantified_statements() -> None:
    assert sort_of(RISING) == STATEMENT
    assert free_symbols(RISING) == {f}
    assert substitute(RISING, {x: ONE}) == RISING
    assert substitute(RISING, {f: g}) == substitute(RISING, {f: g, y: ZERO})
    with pytest.raises(TermError, match="capture"):
        substitute(forall((x,), a("<", x, y)), {y: add(x, ONE)})
    for malformed in (Apply("forall", (p,)), Apply("forall", (p, ONE)), Apply("forall", (p, p)), Apply("forall", (p, x, ZERO))):  # fmt: skip
        with pytest.raises(TermError, match="a statement and a variable"):
            sort_of(malformed)
    with pytest.raises(IllSorted, match="takes a statement"):
        sort_of(Apply("forall", (add(x, y), x)))


def test_no_value_of_a_quantified_statement() -> None:
    """Not even undefined: a conclusion that is undefined would be refuted."""
    for body in (a(">", x, ZERO), a(">", a("/", ONE, ZERO), ZERO), a("=", ONE, ONE)):
        with pytest.raises(Undecided):
            evaluate(forall((x,), body), {x: ONE}, {})


# --- at a point --------------------------------------------------------------------------------------------------------------

t = Symbol("t")
b = Symbol("w", V)
IDENTITY_FUNCTION = Lambda((t,), t)
SQUARE_FUNCTION = Lambda((t,), multiply(t, t))
LENGTH_SQUARED = Lambda((b,), add(*(a("^", a("component", b, Number(index)), TWO) for index in (1, 2))))
F2 = Symbol("F", Function((REAL, V), REAL, 1))
AFFINE_IN_FIRST = Lambda((t, b), add(t, a("component", b, ONE)))
ORIGIN, UNIT = (
    a("matrix", *(a("row", Number(entry)) for entry in entries)) for entries in ((0, 0), (1, 0))
)  # fmt: skip
ROW = Matrix(1, "n")
r = Symbol("r", ROW)
OF_ROWS = Symbol("h", Function((ROW,), REAL, 1))
LINEAR_IN_ROWS = Lambda((r,), a("component", r, ONE))
M = Matrix("n", "n")
X = Symbol("X", M)
OF_MATRICES = Symbol("h", Function((M,), REAL, 1))

RISES = forall((x, y), a("implies", a("<=", x, y), a("<=", at(f, x), at(f, y))))
BELOW = Claim(a("<", at(f, u), at(f, z)), (RISES, a("<=", u, z)))
BY_HYPOTHESIS = Introduce((Assumed(0),))
W2, V2 = Symbol("w", Matrix(2, 1)), Symbol("v", Matrix(2, 1))
CONVEX_SHOWN = Squares(
    tuple(Square(ONE, (), subtract(*(a("component", one, Number(index)) for one in (W2, V2)))) for index in (1, 2))
)


def point(*pairs: tuple[Symbol, Term]) -> tuple[tuple[Symbol, Term], ...]:
    return pairs


REFUTED: list[tuple[str, Claim, Counterexample]] = [
    ("what rises need not rise strictly", BELOW, Counterexample(point((u, ONE), (z, ONE), (f, IDENTITY_FUNCTION)), (), (BY_HYPOTHESIS,))),
    (
        "a convex function has no smallest value of its own",
        Claim(a(">", at(h, w), at(h, v)), (CONVEX, MINIMUM)),
        Counterexample(point((v, ORIGIN), (w, ORIGIN), (h, LENGTH_SQUARED)), (("n", 2),), (CONVEX_SHOWN,)),
    ),
    (
        "a symbol of the quantified hypothesis",
        Claim(a("<", at(f, u), z), (forall((x,), a("<=", at(f, x), add(x, z))),)),
        Counterexample(point((u, ONE), (z, ONE), (f, IDENTITY_FUNCTION)), (), (Squares((Square(ONE),)),)),
    ),
    (
        "a derivative of a function of two arguments",
        Claim(equal(at(F2, ONE, v), ONE), (forall((x, v), equal(Apply("partial", (F2, Apply("indices", (Number(2),)), x, v)), ONE)),)),
        Counterexample(point((v, UNIT), (F2, AFFINE_IN_FIRST)), (("n", 2),), (Identity(),)),
    ),
    (
        "a gradient that is a row",
        Claim(equal(at(OF_ROWS, r), ONE), (forall((r,), equal(Apply("component", (Apply("gradient", (OF_ROWS, r)), ONE)), ONE)),)),
        Counterexample(point((r, a("matrix", a("row", ZERO, ZERO))), (OF_ROWS, LINEAR_IN_ROWS)), (("n", 2),), (Identity(),)),
    ),
    (
        "a sum of values",
        Claim(equal(at(f, u), ONE), (forall((x,), equal(Apply("sum", (at(f, multiply(k, x)), k, ONE, TWO)), multiply(Number(3), x))),)),
        Counterexample(point((u, ZERO), (f, IDENTITY_FUNCTION)), (), (Identity(),)),
    ),
    (
        "for all functions of that name",
        Claim(equal(at(f, ZERO), ONE), (forall((f,), a(">=", a("^", at(f, ONE), TWO), ZERO)),)),
        Counterexample(point((f, IDENTITY_FUNCTION)), (), (Sign(),)),
    ),
    (
        "a gradient by a number",
        Claim(equal(at(f, u), ONE), (forall((x,), equal(Apply("gradient", (f, x)), ONE)),)),
        Counterexample(point((u, ZERO), (f, IDENTITY_FUNCTION)), (), (Identity(),)),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("claim", "witness"), [one[1:] for one in REFUTED], ids=[one[0] for one in REFUTED])
def test_refuted(claim: Claim, witness: Counterexample) -> None:
    refute(claim, witness)
    assert from_data(to_data(witness)) == witness


AT_ONE = point((u, ONE), (z, ONE), (f, IDENTITY_FUNCTION))
FALSE_WITNESSES: list[tuple[str, Claim, Counterexample, str]] = [
    ("a hypothesis that is not shown", BELOW, Counterexample(AT_ONE), "not shown, or not everywhere"),
    ("a certificate that shows something else", BELOW, Counterexample(AT_ONE, (), (Sign(),)), "not about a sign"),
    ("a function that does not rise", BELOW, Counterexample(point((u, ONE), (z, ONE), (f, SQUARE_FUNCTION)), (), (BY_HYPOTHESIS,)), "not that hypothesis"),
    ("a certificate too many", BELOW, Counterexample(AT_ONE, (), (BY_HYPOTHESIS, BY_HYPOTHESIS)), "one certificate for each quantified hypothesis"),
    ("a certificate for nothing", Claim(a("<", u, z)), Counterexample(point((u, ONE), (z, ONE)), (), (Sign(),)), "one certificate for each quantified hypothesis"),
    (
        "what holds where it is defined",
        Claim(a("<", at(f, u), z), (forall((x,), equal(a("/", x, x), ONE)),)),
        Counterexample(AT_ONE, (), (Identity(),)),
        "not shown, or not everywhere",
    ),
    (
        "shown of the symbol outside only",
        Claim(a("<", at(f, u), z), (forall((x,), a("<=", at(f, x), z)),)),
        Counterexample(AT_ONE, (), (Squares((Square(ONE),)),)),
        "the sum of squares is not",
    ),
    (
        "a quantified hypothesis in another",
        Claim(a("<", at(f, u), z), (a("and", RISES, a("<=", u, z)),)),
        Counterexample(AT_ONE, (), (BY_HYPOTHESIS,)),
        "not decided at this point",
    ),
    (
        "a function of a matrix",
        Claim(equal(at(OF_MATRICES, X), ONE), (forall((X,), equal(Apply("gradient", (OF_MATRICES, X)), Constant("zero", M))),)),
        Counterexample(point((X, a("matrix", a("row", ZERO, ZERO), a("row", ZERO, ZERO))), (OF_MATRICES, Lambda((X,), ZERO))), (("n", 2),), (Identity(),)),
        "a function of a matrix",
    ),
    (
        "for all functions, shown of a function of that name",
        Claim(equal(at(f, ZERO), ONE), (forall((f,), a(">", at(f, ONE), ZERO)),)),
        Counterexample(point((f, IDENTITY_FUNCTION)), (), (Sign(),)),
        "the sign is not visible",
    ),
    (
        "for all sizes, shown of one",
        Claim(equal(x, ONE), (forall((n,), equal(a("inner", ONES, ONES), TWO)),)),
        Counterexample(point((x, ZERO)), (("n", 2),), (Identity(),)),
        "a quantified size",
    ),
    ("the quantified statement as the claim", Claim(RISES), Counterexample(point((f, Lambda((t,), negate(t)))), (), ()), "not decided at this point"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("claim", "witness", "reason"), [one[1:] for one in FALSE_WITNESSES], ids=[one[0] for one in FALSE_WITNESSES]
)
def test_false_witnesses(claim: Claim, witness: Counterexample, reason: str) -> None:
    with pytest.raises(Rejected, match=reason):
        refute(claim, witness)
