"""Derivatives by vectors and matrices, and of them: every rule against exact difference quotients, conditions, and a liar for every refusal."""

from __future__ import annotations

from fractions import Fraction

import pytest

from derive.kernel.calculus import differentiated, slope_of
from derive.kernel.certificate import Certificate, Differentiated, Identity, Rejected, WhereDefined
from derive.kernel.check import check
from derive.kernel.claim import Claim
from derive.kernel.definedness import obligations
from derive.kernel.enclosure import Enclosure
from derive.kernel.evaluation import Undecided, evaluate
from derive.kernel.sorting import is_scalar, sort_of
from derive.kernel.term import (
    INTEGER,
    ONE,
    REAL,
    TWO,
    ZERO,
    Apply,
    Constant,
    Function,
    IllSorted,
    Lambda,
    Matrix,
    Number,
    Symbol,
    Term,
    TermError,
    add,
    equal,
    multiply,
    negate,
    substitute,
    subtract,
)

t = Symbol("t")
x, b, short = (Symbol(name, Matrix(size, 1)) for name, size in (("x", "n"), ("b", "n"), ("c", "m")))
row = Symbol("r", Matrix(1, "n"))
X = Symbol("X", Matrix("m", "n"))
A = Symbol("A", Matrix("n", "m"))
S, T = Symbol("S", Matrix("n", "n")), Symbol("T", Matrix("n", "n"))
curve = Symbol("Y", Function((REAL,), Matrix("n", "n"), 2))
surface = Symbol("Z", Function((REAL, REAL), Matrix("n", "n"), 2))
smooth = Symbol("L", Function((Matrix("n", 1),), REAL, 2))
on_rows = Symbol("R", Function((Matrix(1, "n"),), REAL, 2))
on_matrices = Symbol("Q", Function((Matrix("n", "n"),), REAL, 2))
on_two = Symbol("P", Function((Matrix("n", 1), REAL), REAL, 2))
rough = Symbol("C", Function((REAL,), Matrix("n", "n"), 0))
once = Symbol("M", Function((Matrix("n", 1),), REAL, 1))
of_vector = Symbol("V", Function((Matrix("n", 1),), Matrix("n", 1), 2))
k = Symbol("k", INTEGER)
IDENTITY = Constant("identity", Matrix("n", "n"))


def a(head: str, *arguments: Term) -> Apply:
    return Apply(head, arguments)


def d(body: Term, variable: Term) -> Apply:
    return a("derivative", body, variable)


def turned(term: Term) -> Term:
    return a("transpose", term)


def trace(*factors: Term) -> Term:
    return a("trace", multiply(*factors))


def power(base: Term, exponent: int) -> Term:
    return a("^", base, Number(exponent))


def literal(*rows: tuple[int | Fraction, ...]) -> Term:
    return a("matrix", *(a("row", *map(Number, one)) for one in rows))


at = a("apply", curve, t)
slope_at = a("partial", curve, a("indices", ONE), at.arguments[1])
s = Symbol("s")
PARAMETER = Symbol("u", Matrix("n", 1))
SIZES = {"m": 3, "n": 2}
POINT: dict[Symbol, Term] = {
    t: Number(2),
    x: literal((2,), (-1,)),
    b: literal((1,), (3,)),
    short: literal((1,), (0,), (2,)),
    row: literal((2, 5)),
    X: literal((1, 2), (0, 1), (3, -1)),
    A: literal((1, 0, 2), (-1, 3, 1)),
    S: literal((2, 1), (1, 3)),
    T: literal((0, 1), (2, 5)),
    k: ONE,
    Symbol("n", INTEGER): TWO,
    curve: Lambda((s,), a("matrix", a("row", s, ONE), a("row", a("^", s, TWO), Number(5)))),
    surface: Lambda((s, t), a("matrix", a("row", s, ONE), a("row", multiply(s, t), t))),
    smooth: Lambda((PARAMETER,), multiply(power(a("component", PARAMETER, ONE), 2), a("component", PARAMETER, TWO))),
    on_rows: Lambda((row,), multiply(power(a("component", row, ONE), 2), a("component", row, TWO))),
    on_matrices: Lambda((S,), multiply(power(a("component", S, ONE), 2), a("component", S, Number(3)))),
}

NUMBERS: list[tuple[Term, Symbol]] = [
    (trace(X, A), X),
    (trace(A, X, A, X), X),
    (trace(X, turned(X), X, A), X),
    (multiply(turned(x), S, x), x),
    (multiply(turned(short), X, b), X),
    (multiply(turned(b), a("inverse", S), x), S),
    (a("inverse", multiply(turned(x), x)), x),
    (a("det", S), S),
    (a("det", multiply(S, T, S)), S),
    (a("inner", multiply(X, x), short), x),
    (a("inner", multiply(X, x), turned(short)), x),
    (a("inner", X, turned(A)), X),
    (a("inner", row, x), row),
    (power(a("norm", subtract(multiply(X, x), short)), 2), x),
    (power(a("norm", x), 4), x),
    (power(a("abs", multiply(turned(b), x)), 2), x),
    (power(a("abs", t), 4), t),
    (a("/", multiply(turned(b), x), multiply(turned(x), x)), x),
    (power(multiply(turned(x), S, x), 3), x),
    (trace(power(S, 3)), S),
    (a("det", power(multiply(S, T), 2)), S),
    (a("det", a("^", S, k)), S),
    (a("trace", a("kronecker", T, multiply(S, S))), S),
    (trace(T, power(S, -2)), S),
    (multiply(TWO, multiply(turned(b), x), turned(x), S, x), x),
    (multiply(turned(x), multiply(turned(b), x), S, x), x),
    (multiply(t, t, turned(b), at, b), t),
    (trace(power(S, 0)), S),
    (trace(T, a("^", S, negate(TWO))), S),
    (multiply(row, S, turned(row)), row),
    (a("trace", multiply(turned(b), x)), x),
    (a("det", multiply(turned(b), x)), x),
    (a("transpose", multiply(turned(b), x)), x),
    (a("inner", multiply(turned(b), x), multiply(turned(x), x)), x),
    (a("apply", smooth, multiply(S, x)), x),
    (a("apply", on_matrices, multiply(S, S)), S),
    (a("apply", on_rows, turned(multiply(S, x))), x),
    (a("trace", a("/", multiply(x, turned(x)), multiply(turned(b), x))), x),
    (multiply(turned(b), multiply(multiply(turned(x), x), S), x), x),
    (multiply(literal((2, 3)), a("matrix", a("row", multiply(turned(x), x)), a("row", multiply(turned(x), b)))), x),
    (a("inner", a("hadamard", X, turned(A)), X), X),
    (multiply(turned(short), a("hadamard", multiply(X, x), short)), x),
    (trace(a("diag", x), S, a("diag", b)), x),
    (trace(a("diag", turned(row)), S), row),
    (trace(a("diag", row), S), row),
    (multiply(turned(b), a("diagonal", multiply(S, S))), S),
    (multiply(turned(b), a("diag", x), a("diag", row), x), x),
    (a("entry", multiply(S, S), ONE, TWO), S),
    (a("entry", multiply(S, T), k, TWO), S),
    (a("component", multiply(X, x), Number(3)), x),
    (a("component", multiply(row, S), k), row),
    (a("entry", multiply(x, turned(x)), ONE, TWO), x),
    (a("hadamard", multiply(turned(b), x), multiply(turned(x), x)), x),
    (a("kronecker", multiply(turned(b), x), multiply(turned(x), x)), x),
    (a("trace", a("adjugate", S)), S),
    (a("entry", at, ONE, TWO), t),
    (a("entry", T, ONE, TWO), t),
    (a("component", multiply(at, b), TWO), t),
    (a("trace", a("kronecker", at, multiply(at, T))), t),
    (a("trace", a("kronecker", S, at)), t),
    (a("trace", at), t),
    (a("det", at), t),
    (multiply(turned(b), a("inverse", at), b), t),
    (a("inner", at, multiply(t, at)), t),
    (multiply(turned(x), subtract(at, T), multiply(t, x)), t),
    (a("trace", slope_at), t),
]
VECTORS: list[tuple[Term, Symbol]] = [
    (multiply(X, x), x),
    (multiply(x, turned(x), b), x),
    (multiply(b, turned(x), x), x),
    (multiply(multiply(turned(x), S, x), x), x),
    (multiply(turned(x), S), x),
    (multiply(turned(b), x, row), x),
    (turned(multiply(S, x)), x),
    (multiply(S, turned(row)), row),
    (multiply(row, S), row),
    (a("/", x, multiply(turned(x), x)), x),
    (a("/", negate(x), multiply(turned(b), b)), x),
    (a("/", row, multiply(row, b)), row),
    (a("matrix", a("row", multiply(turned(b), x), power(multiply(turned(x), x), 2), ONE)), x),
    (a("gradient", smooth, multiply(S, x)), x),
    (a("gradient", on_rows, multiply(row, S)), row),
    (d(multiply(turned(x), S, x), x), x),
    (multiply(t, x), x),
    (a("hadamard", multiply(S, x), x), x),
    (a("hadamard", row, multiply(row, S)), row),
    (multiply(S, a("hadamard", turned(row), multiply(S, turned(row)))), row),
    (multiply(S, a("diag", x), T, x), x),
    (multiply(turned(b), x, a("hadamard", x, b)), x),
    (b, x),
    (multiply(a("inverse", S), x), t),
    (multiply(at, at), t),
    (a("kronecker", at, multiply(at, T)), t),
    (a("kronecker", T, at), t),
    (a("inverse", at), t),
    (power(at, 3), t),
    (a("/", at, t), t),
    (turned(slope_at), t),
    (a("matrix", a("row", t, power(t, 2))), t),
    (a("apply", curve, multiply(t, t)), t),
    (a("apply", surface, power(t, 2), Number(3)), t),
    (a("apply", curve, multiply(turned(x), x)), t),
]


def place(index: int) -> Term:
    return a("entry", S, Number(index // 2 + 1), Number(index % 2 + 1))


@pytest.mark.parametrize(
    "body", [trace(S, S, T), a("det", S), multiply(S, S), a("inverse", S), T, multiply(a("det", S), T)]
)
def test_derivatives_by_an_entry(body: Term) -> None:
    for index, expected in enumerate(quotients(body, S)):
        found, _ = slope_of(body, place(index))
        for one, other in zip(value(found, POINT), expected, strict=True):
            assert abs(one - other) < Fraction(1, 10**4), found
    found, _ = slope_of(multiply(turned(b), x), a("component", x, TWO))
    assert value(found, POINT) == [3]


def value(term: Term, point: dict[Symbol, Term]) -> list[Fraction]:
    found = evaluate(term, point, SIZES)
    flat = [entry for line in found for entry in line] if isinstance(found, tuple) else [found]
    return [(one.lower + one.upper) / 2 if isinstance(one, Enclosure) else Fraction(one) for one in flat]


def moved(variable: Symbol, place: int, by: Fraction) -> dict[Symbol, Term]:
    """The point with one entry of the variable changed."""
    known = POINT[variable]
    if isinstance(known, Number):
        return {**POINT, variable: Number(known.value + by)}
    assert isinstance(known, Apply)
    entries = [entry for line in known.arguments for entry in line.arguments]  # type: ignore[union-attr]
    entries[place] = Number(entries[place].value + by)  # type: ignore[union-attr]
    width = len(known.arguments[0].arguments)  # type: ignore[union-attr]
    lines = [a("row", *entries[start : start + width]) for start in range(0, len(entries), width)]
    return {**POINT, variable: a("matrix", *lines)}


def quotients(body: Term, variable: Symbol) -> list[list[Fraction]]:
    """For every entry of the variable the difference quotients of all entries of the body."""
    step = Fraction(1, 10**6)
    count = len(value(variable, POINT))
    return [
        [
            (up - down) / (2 * step)
            for up, down in zip(
                value(body, moved(variable, place, step)), value(body, moved(variable, place, -step)), strict=True
            )
        ]
        for place in range(count)
    ]


@pytest.mark.parametrize(("body", "variable"), NUMBERS, ids=lambda one: None)
def test_gradients(body: Term, variable: Symbol) -> None:
    gradient, _ = slope_of(differentiated(body)[0], variable)
    assert is_scalar(variable.sort) or sort_of(gradient) == variable.sort
    for found, (expected,) in zip(value(gradient, POINT), quotients(body, variable), strict=True):
        assert abs(found - expected) < Fraction(1, 10**4), gradient
    assert value(d(body, variable), POINT) == value(gradient, POINT)


@pytest.mark.parametrize(("body", "variable"), VECTORS, ids=lambda one: None)
def test_jacobian_matrices_and_derivatives_of_matrices(body: Term, variable: Symbol) -> None:
    found, _ = slope_of(differentiated(body)[0], variable)
    assert sort_of(found) == sort_of(d(body, variable))
    columns = quotients(body, variable)
    expected = [entry for entries in zip(*columns, strict=True) for entry in entries]
    for one, other in zip(value(found, POINT), expected, strict=True):
        assert abs(one - other) < Fraction(1, 10**4), found


def test_what_is_enough() -> None:
    regular = a("!=", a("det", S), ZERO)
    assert slope_of(trace(S, S), S)[1] == ()
    assert slope_of(trace(a("inverse", S)), S)[1] == (regular,)
    assert slope_of(trace(power(S, -3)), S)[1] == (regular,)
    assert slope_of(a("det", S), S)[1] == ()
    assert slope_of(a("trace", a("adjugate", S)), S)[1] == (regular,)
    assert slope_of(power(a("norm", x), 2), x)[1] == ()
    assert slope_of(a("norm", x), x)[1] == (a("!=", a("norm", x), ZERO),)
    assert slope_of(power(a("norm", x), 3), x)[1] == (a("!=", a("norm", x), ZERO),)
    assert slope_of(a("norm", multiply(turned(b), x)), x)[1] == (a("!=", multiply(turned(b), x), ZERO),)
    assert slope_of(a("/", x, multiply(turned(b), x)), x)[1] == (a("!=", multiply(turned(b), x), ZERO),)
    both = slope_of(
        a("inner", a("/", x, a("norm", x)), multiply(a("inverse", a("apply", curve, a("log", a("norm", x)))), x)), x
    )[1]
    assert {one.head for one in both} == {"!=", ">"}  # type: ignore[union-attr]
    assert slope_of(a("matrix", a("row", ONE, a("log", t))), t)[1] == (a(">", t, ZERO),)


def test_what_does_not_depend_on_the_variable() -> None:
    assert slope_of(trace(S, T), X) == (Constant("zero", X.sort), ())
    assert slope_of(S, t) == (Constant("zero", S.sort), ())
    assert slope_of(b, x) == (Constant("zero", Matrix("n", "n")), ())


def test_determinants_are_said_by_inverses_or_adjugates() -> None:
    regular = a("!=", a("det", S), ZERO)
    inverse = Claim(equal(d(a("det", S), S), multiply(a("det", S), turned(a("inverse", S)))))
    assert check(inverse, Differentiated(Identity())) == (regular,)
    adjugate = Claim(equal(d(a("det", S), S), turned(a("adjugate", S))))
    assert check(adjugate, Differentiated(Identity())) == ()


def test_products_with_the_identity_see_the_diagonal() -> None:
    def entry_by_entry(left: Term, right: Term) -> Term:
        return a("hadamard", left, right)

    for left, right in (
        (entry_by_entry(S, IDENTITY), entry_by_entry(IDENTITY, turned(S))),
        (
            entry_by_entry(entry_by_entry(S, IDENTITY), T),
            entry_by_entry(turned(T), entry_by_entry(turned(S), IDENTITY)),
        ),
        (entry_by_entry(IDENTITY, IDENTITY), IDENTITY),
        (d(trace(S, T), S), turned(T)),
    ):
        assert check(Claim(equal(left, right)), Differentiated(Identity())) == ()
    for left, right in (
        (entry_by_entry(S, IDENTITY), S),
        (entry_by_entry(S, T), entry_by_entry(turned(S), T)),
        (entry_by_entry(multiply(S, T), IDENTITY), entry_by_entry(S, entry_by_entry(T, IDENTITY))),
    ):
        with pytest.raises(Rejected, match="the normal forms differ"):
            check(Claim(equal(left, right)), Identity())


def test_norms_have_gradients() -> None:
    claim = Claim(equal(d(a("norm", x), x), a("/", x, a("norm", x))))
    assert check(claim, Differentiated(Identity())) == (a("!=", a("norm", x), ZERO),)


def test_claims() -> None:
    """The conditions stay: those that the derivative needs, and those of what is written."""
    regular = a("!=", a("det", S), ZERO)
    inverse = a("inverse", S)
    claim = Claim(
        equal(d(multiply(turned(b), inverse, x), S), negate(multiply(turned(inverse), b, turned(x), turned(inverse))))
    )
    assert check(claim, WhereDefined(Differentiated(Identity()))) == (regular,)
    assert check(Claim(claim.statement, (regular,)), Differentiated(Identity())) == ()
    assert (
        check(Claim(equal(d(d(multiply(turned(x), S, x), x), x), add(S, turned(S)))), Differentiated(Identity())) == ()
    )
    assert check(Claim(equal(d(trace(power(S, 0)), S), Constant("zero", S.sort))), Differentiated(Identity())) == ()


def test_obligations() -> None:
    assert obligations(d(a("trace", a("matrix", a("row", t, ONE), a("row", ONE, t))), t)) == ()
    assert obligations(d(a("norm", x), x)) == (a("!=", a("norm", x), ZERO),)
    with pytest.raises(Rejected, match="differential of sum"):
        obligations(d(a("trace", a("sum", multiply(k, a("inverse", S)), k, ONE, TWO)), S))


def test_values_where_it_is_not_known_to_exist() -> None:
    point = {**POINT, x: literal((0,), (0,))}
    with pytest.raises(Undecided, match="whether a derivative exists"):
        evaluate(d(a("norm", x), x), point, SIZES)
    singular = {**POINT, S: literal((1, 1), (1, 1))}
    with pytest.raises(Undecided, match="whether a derivative exists"):
        evaluate(d(a("trace", a("inverse", S)), S), singular, SIZES)
    assert value(d(a("det", S), S), singular) == [1, -1, -1, 1]


def test_sorts() -> None:
    assert sort_of(d(trace(X, A), X)) == X.sort
    assert sort_of(d(multiply(X, x), x)) == Matrix("m", "n")
    assert sort_of(d(multiply(row, S), x)) == Matrix("n", "n")
    assert sort_of(d(at, t)) == Matrix("n", "n")
    for body, variable in ((X, X), (X, x), (x, X)):
        with pytest.raises(IllSorted, match="is differentiated by"):
            sort_of(d(body, variable))
    assert sort_of(d(t, a("component", x, ONE))) == REAL
    assert sort_of(d(X, a("entry", S, ONE, k))) == X.sort
    with pytest.raises(TermError, match="by a symbol"):
        sort_of(d(t, a("component", multiply(X, x), ONE)))
    with pytest.raises(TermError):
        substitute(d(multiply(turned(x), x), x), {x: b})


WRONG = Differentiated(Identity())
i = Symbol("i", INTEGER)
AT_I = a("component", x, i)
ONES = Constant("ones", Matrix("n", 1))
of_two = Symbol("D", Function((REAL, REAL), REAL, 2))
FIRST, SECOND = a("indices", ONE), a("indices", TWO)
INNER = Symbol("\\entry")  # the name that is bound where a sum is differentiated as an inner product


def over_n(body: Term) -> Term:
    """The sum over the positions of vectors."""
    return a("sum", body, i, ONE, Symbol("n", INTEGER))


@pytest.mark.parametrize("nothing", [a("each", TWO, t, multiply(S, x)), multiply(ZERO, S, x)], ids=lambda one: None)
def test_a_zero_derivative_has_its_shape(nothing: Term) -> None:
    claim = Claim(equal(d(a("inner", ONES, nothing), x), Constant("zero", Matrix("n", 1))))
    assert check(claim, Differentiated(Identity())) == ()
    assert evaluate(claim.statement, POINT, SIZES) is True


def grown(exponent: Term) -> Term:
    return a("exponential", exponent)


@pytest.mark.parametrize(
    ("exponent", "slope", "wrong"),
    [
        (multiply(t, S), S, multiply(t, S)),
        (multiply(S, t, T), multiply(S, T), S),
        (a("negate", multiply(t, S)), a("negate", S), S),
        (a("/", multiply(power(t, 2), S), TWO), multiply(t, S), S),
        (a("/", S, t), a("negate", a("/", S, power(t, 2))), a("negate", a("/", S, t))),
    ],
)
def test_exponentials_of_multiples(exponent: Term, slope: Term, wrong: Term) -> None:
    right = Claim(equal(d(grown(exponent), t), multiply(slope, grown(exponent))), (a("!=", t, ZERO),))
    assert check(right, Differentiated(Identity())) == ()
    with pytest.raises(Rejected, match="differ"):
        check(Claim(equal(d(grown(exponent), t), multiply(wrong, grown(exponent))), right.hypotheses), WRONG)
    nilpotent = POINT | {S: literal((0, 3), (0, 0)), T: literal((1, 0), (0, 2)), t: Number(2)}
    here, near = (nilpotent | {t: Number(value)} for value in (Fraction(2), Fraction(2) + Fraction(1, 10**6)))
    rise = [evaluate(a("entry", grown(exponent), ONE, TWO), one, SIZES) for one in (near, here)]
    expected = evaluate(a("entry", multiply(slope, grown(exponent)), ONE, TWO), here, SIZES)
    assert abs((rise[0] - rise[1]) * 10**6 - expected) < Fraction(1, 10**4)  # type: ignore[operator]


def test_an_exponential_of_a_constant_has_no_slope() -> None:
    both = multiply(t, grown(S))
    assert check(Claim(equal(d(both, t), grown(S))), Differentiated(Identity())) == ()


HUGE = trace(*(power(S, 8) for _ in range(60)))

LIARS: list[tuple[str, Claim, Certificate, str]] = [
    ("the matrix is not symmetric", Claim(equal(d(multiply(turned(x), S, x), x), multiply(TWO, S, x))), WRONG, "the normal forms differ"),
    ("a transpose is lost", Claim(equal(d(trace(S, T), S), T)), WRONG, "the normal forms differ"),
    ("a factor is lost", Claim(equal(d(trace(S, S), S), turned(S))), WRONG, "the normal forms differ"),
    ("a sign is lost", Claim(equal(d(a("inverse", at), t), multiply(a("inverse", at), slope_at, a("inverse", at)))), WRONG, "the normal forms differ"),
    ("factors in the wrong order", Claim(equal(d(multiply(at, at), t), multiply(TWO, at, slope_at))), WRONG, "the normal forms differ"),
    ("a Jacobian matrix of the other layout", Claim(equal(d(multiply(S, x), x), turned(S))), WRONG, "the normal forms differ"),
    ("by a matrix of one entry", Claim(equal(d(power(Symbol("z", Matrix(1, 1)), 2), Symbol("z", Matrix(1, 1))), ZERO)), WRONG, "by something else than real numbers"),
    ("entry by entry with the wrong derivative", Claim(equal(d(multiply(turned(x), a("each", power(t, 2), t, x)), x), multiply(TWO, a("hadamard", x, x)))), WRONG, "the normal forms differ"),
    ("entry by entry of a function that changes itself", Claim(equal(d(a("each", multiply(t, s), s, b), t), multiply(TWO, b))), WRONG, "that changes itself"),
    ("entry by entry of a corner", Claim(equal(d(multiply(turned(x), a("each", a("abs", t), t, b)), b), x)), WRONG, "every derivative entry by entry"),
    ("of a sum of matrices", Claim(equal(d(a("trace", a("sum", multiply(k, S), k, ONE, TWO)), S), IDENTITY)), WRONG, "the differential of sum is not known"),
    ("of too high a power", Claim(equal(d(trace(power(S, 9)), S), S)), WRONG, "such a power"),
    ("of a rough function", Claim(equal(d(a("apply", rough, t), t), S)), WRONG, "the differential of a function that is not declared so smooth"),
    ("of a vector function of a vector", Claim(equal(d(a("apply", of_vector, x), x), S)), WRONG, "not declared so smooth, or not one of numbers"),
    ("of the gradient of a function that has no second derivative", Claim(equal(d(a("gradient", once, x), x), S)), WRONG, "of a gradient of a function"),
    ("of the gradient of a function of a matrix", Claim(equal(d(a("trace", a("gradient", on_matrices, S)), S), S)), WRONG, "of a gradient of a function"),
    ("of a function of a vector and a number", Claim(equal(d(a("apply", on_two, x, t), t), ZERO)), WRONG, "of several vectors or matrices"),
    ("of a partial derivative by a component", Claim(equal(d(a("partial", smooth, a("indices", ONE), x), x), x)), WRONG, "of several vectors or matrices"),
    ("of a Kronecker product by a matrix", Claim(equal(d(trace(a("kronecker", S, S), a("kronecker", S, S)), S), S)), WRONG, "of a Kronecker product by a matrix"),
    ("of a number before a matrix", Claim(equal(d(trace(a("kronecker", t, at), T), t), t)), WRONG, "of a Kronecker product by a matrix"),
    ("of a matrix before a number", Claim(equal(d(trace(a("kronecker", at, t), T), t), t)), WRONG, "of a Kronecker product by a matrix"),
    ("of a Kronecker product before a matrix", Claim(equal(d(trace(a("kronecker", S, T), a("kronecker", S, T)), S), S)), WRONG, "of a Kronecker product by a matrix"),
    ("of a Kronecker product with a matrix", Claim(equal(d(trace(a("kronecker", T, S), a("kronecker", T, S)), S), S)), WRONG, "of a Kronecker product by a matrix"),
    ("of a Kronecker product of matrices that are not square", Claim(equal(d(a("trace", a("kronecker", X, A)), X), X)), WRONG, "of a Kronecker product by a matrix"),
    ("a vector that is made of a diagonal", Claim(equal(d(a("diagonal", multiply(x, turned(x))), x), S)), WRONG, "a vector all the way"),
    ("of a power that is no number", Claim(equal(d(trace(a("^", S, k)), S), S)), WRONG, "such a power"),
    ("a sum of numbers made of vectors that have the index", Claim(equal(d(over_n(Apply("*", (Apply("*", (AT_I, row)), b))), x), multiply(a("inner", ONES, b), turned(row)))), WRONG, "the normal forms differ"),
    ("a sum of values at two components", Claim(equal(d(over_n(a("apply", of_two, a("component", b, i), AT_I)), x), a("each", a("partial", of_two, SECOND, a("component", b, i), s), s, x))), WRONG, "the normal forms differ"),
    ("a sum of values at a component and at a symbol that would be bound", Claim(equal(d(over_n(a("apply", of_two, INNER, AT_I)), x), a("each", add(a("partial", of_two, FIRST, s, s), a("partial", of_two, SECOND, s, s)), s, x))), WRONG, "the normal forms differ"),
    ("a sum of components and entries", Claim(equal(d(over_n(multiply(a("entry", S, i, i), AT_I)), x), x)), WRONG, "the normal forms differ"),
    ("an exponential of a matrix that changes", Claim(equal(d(grown(at), t), multiply(slope_at, grown(at)))), WRONG, "the exponential of such a matrix"),
    ("an exponential of a sum", Claim(equal(d(grown(add(multiply(t, S), T)), t), multiply(S, grown(add(multiply(t, S), T))))), WRONG, "the exponential of such a matrix"),
    ("an exponential of a product that changes", Claim(equal(d(grown(multiply(t, at)), t), multiply(at, grown(multiply(t, at))))), WRONG, "the exponential of such a matrix"),
    ("an exponential by a matrix", Claim(equal(d(trace(grown(S)), S), grown(turned(S)))), WRONG, "the exponential of such a matrix"),
    ("of too many parts", Claim(equal(d(HUGE, S), S)), WRONG, "of too many parts"),
]  # fmt: skip


@pytest.mark.parametrize(("claim", "certificate", "reason"), [one[1:] for one in LIARS], ids=[one[0] for one in LIARS])
def test_liars(claim: Claim, certificate: Certificate, reason: str) -> None:
    with pytest.raises(Rejected, match=reason):
        check(claim, certificate)
