"""Signs by structure and hypotheses: what is seen, what must not be, and that points agree."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from derive.kernel.evaluation import Undecided, Undefined, compare, evaluate
from derive.kernel.sign import implied, linear, nonnegative, sign
from derive.kernel.term import (
    EULER,
    INTEGER,
    ONE,
    PI,
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

x, y, z, r = (Symbol(name) for name in "xyzr")
k, n = Symbol("k", INTEGER), Symbol("n", INTEGER)
V = Matrix("m", 1)
v, w = Symbol("v", V), Symbol("w", V)
M = Symbol("M", Matrix("m", "m"))
NOTHING = Constant("zero", V)
THREE, HALF = Number(3), Number(Fraction(1, 2))


def a(head: str, *arguments: Term) -> Apply:
    return Apply(head, arguments)


def square(term: Term) -> Term:
    return a("^", term, TWO)


def turned(term: Term) -> Term:
    return a("transpose", term)


def det(term: Term) -> Term:
    return a("det", term)


X_POSITIVE = a(">", x, ZERO)
P = Symbol("P", Matrix("m", "m"))
UNIT = Constant("identity", Matrix("m", "m"))
DEFINITE, SEMIDEFINITE = a("positive_definite", P), a("positive_semidefinite", P)
CASES: list[tuple[Term, tuple[Term, ...], str]] = [
    (TWO, (), "+"),
    (Number(-2), (), "-"),
    (ZERO, (), "0"),
    (PI, (), "+"),
    (EULER, (), "+"),
    (Constant("ones", V), (), "?"),
    (NOTHING, (), "0"),
    (x, (), "?"),
    (x, (X_POSITIVE,), "+"),
    (x, (a("<", ZERO, x),), "+"),
    (x, (a(">=", x, ONE),), "+"),
    (x, (a(">=", x, Number(-1)),), "?"),
    (x, (a("<=", x, Number(-1)),), "-"),
    (x, (a("!=", x, ZERO),), "!0"),
    (x, (a("!=", x, ONE),), "?"),
    (x, (a("!=", x, ZERO), a(">=", x, ZERO)), "+"),
    (x, (a("!=", x, ZERO), a("<=", x, ZERO)), "-"),
    (x, (a(">=", x, ZERO), a("<=", x, ZERO)), "0"),
    (x, (a("and", X_POSITIVE, a("<", x, ONE)),), "+"),
    (x, (a("or", X_POSITIVE, a("<", x, ONE)),), "?"),
    (x, (TRUE,), "?"),
    (x, (equal(x, THREE),), "+"),
    (x, (equal(x, Number(-3)),), "-"),
    (x, (equal(x, y), a(">", y, ZERO)), "+"),
    (x, (equal(x, y), equal(y, z), a(">", z, ZERO)), "+"),
    (x, (equal(x, y), equal(y, z), equal(z, r), a("!=", r, ZERO), a(">=", square(r), ONE)), "?"),
    (x, (a(">", x, y), a(">=", y, ZERO)), "+"),
    (x, (a(">=", x, y), a(">=", y, ZERO)), "0+"),
    (x, (a(">=", x, y), a(">", y, ZERO)), "+"),
    (x, (a("<", x, y), a("<=", y, ZERO)), "-"),
    (x, (a("<=", x, y), a("<=", y, ZERO)), "0-"),
    (x, (a("<", x, y), a(">", y, ZERO)), "?"),
    (x, (a("!=", x, y), equal(y, ZERO)), "!0"),
    (subtract(x, y), (a(">", x, y),), "+"),
    (subtract(y, x), (a(">", x, y),), "-"),
    (multiply(TWO, subtract(x, y)), (a(">=", x, y),), "0+"),
    (subtract(multiply(TWO, x), multiply(y, TWO)), (a("!=", x, y),), "!0"),
    (subtract(a("/", x, TWO), a("/", y, TWO)), (a(">", x, y),), "+"),
    (subtract(x, ONE), (a(">=", x, TWO),), "+"),
    (subtract(x, TWO), (a(">=", x, TWO),), "0+"),
    (subtract(x, THREE), (a(">=", x, TWO),), "?"),
    (subtract(x, THREE), (a("<=", x, TWO),), "-"),
    (subtract(x, x), (), "0"),
    (add(x, negate(x), ONE), (), "+"),
    (add(x, negate(x), Number(-1)), (), "-"),
    (n, (a(">=", n, ONE),), "+"),
    (negate(x), (X_POSITIVE,), "-"),
    (negate(x), (a("!=", x, ZERO),), "!0"),
    (add(square(x), ONE), (), "+"),
    (add(square(x), square(y)), (), "0+"),
    (add(negate(square(x)), Number(-1)), (), "-"),
    (add(negate(square(x)), negate(square(y))), (), "0-"),
    (add(x, ZERO), (X_POSITIVE,), "+"),
    (add(ZERO, ZERO), (), "0"),
    (add(square(x), y), (), "?"),
    (multiply(x, x), (), "0+"),
    (multiply(x, x), (a("!=", x, ZERO),), "+"),
    (multiply(x, y), (X_POSITIVE, a("<", y, ZERO)), "-"),
    (multiply(x, y), (a("!=", x, ZERO), a("!=", y, ZERO)), "!0"),
    (multiply(x, y), (a("!=", x, ZERO), a(">=", y, ZERO)), "?"),
    (multiply(x, y), (X_POSITIVE, a(">=", y, ZERO)), "0+"),
    (multiply(x, y), (X_POSITIVE, a("<=", y, ZERO)), "0-"),
    (multiply(ZERO, y), (), "0"),
    (multiply(x, v), (X_POSITIVE, a("!=", v, NOTHING)), "!0"),
    (multiply(a("transpose", v), w), (a("!=", v, NOTHING), a("!=", w, NOTHING)), "?"),
    (a("/", x, y), (X_POSITIVE, a(">=", y, ZERO)), "+"),
    (a("/", ONE, y), (), "!0"),
    (a("/", x, y), (X_POSITIVE, a("<=", y, ZERO)), "-"),
    (a("^", x, THREE), (a("<", x, ZERO),), "-"),
    (a("^", x, Number(-1)), (), "!0"),
    (a("^", x, negate(TWO)), (), "+"),
    (a("^", x, Number(-2)), (a(">=", x, ZERO),), "+"),
    (a("^", x, ZERO), (), "+"),
    (a("^", x, HALF), (), "0+"),
    (a("^", x, HALF), (a("!=", x, ZERO),), "+"),
    (a("^", x, Number(Fraction(-1, 2))), (), "+"),
    (a("^", ZERO, TWO), (), "0"),
    (a("^", x, n), (X_POSITIVE,), "+"),
    (a("^", x, multiply(TWO, n)), (), "0+"),
    (a("^", x, multiply(TWO, n)), (a("<", x, ZERO),), "+"),
    (a("^", x, multiply(THREE, n)), (a("<", x, ZERO),), "!0"),
    (a("^", x, n), (), "?"),
    (a("^", x, multiply(TWO, y)), (), "?"),
    (a("^", x, y), (a("!=", x, ZERO),), "?"),
    (a("^", M, TWO), (a("!=", M, Constant("zero", M.sort)),), "?"),
    (a("exp", x), (), "+"),
    (a("cosh", x), (), "+"),
    (a("tanh", x), (a("<", x, ZERO),), "-"),
    (a("cos", x), (), "?"),
    (a("sqrt", x), (), "0+"),
    (a("sqrt", x), (X_POSITIVE,), "+"),
    (a("root", x, THREE), (a("<", x, ZERO),), "-"),
    (a("root", x, Number(4)), (), "0+"),
    (a("root", x, Number(4)), (X_POSITIVE,), "+"),
    (a("abs", x), (), "0+"),
    (a("abs", x), (a("<", x, ZERO),), "+"),
    (a("abs", ZERO), (), "0"),
    (a("factorial", n), (), "+"),
    (a("norm", v), (), "0+"),
    (a("norm", v), (a("!=", v, NOTHING),), "+"),
    (a("norm", v), (a("!=", NOTHING, v),), "+"),
    (a("norm", v), (a("!=", a("norm", v), ZERO),), "+"),
    (a("norm", v), (a(">", a("norm", v), ZERO),), "+"),
    (a("norm", v), (equal(a("norm", v), r), a(">", r, ZERO)), "+"),
    (a("norm", a("transpose", v)), (a(">", a("norm", v), ZERO),), "+"),
    (a("norm", negate(v)), (a(">", a("norm", v), ZERO),), "+"),
    (v, (equal(a("norm", v), ZERO),), "0"),
    (v, (a("<", a("norm", v), ONE),), "?"),
    (subtract(v, w), (a("!=", v, w),), "!0"),
    (a("inner", v, v), (), "0+"),
    (a("inner", v, v), (a(">", a("norm", v), ZERO),), "+"),
    (a("inner", v, w), (a("!=", v, NOTHING), a("!=", w, NOTHING)), "?"),
    (a("max", x, ONE), (), "+"),
    (a("max", x, ZERO), (), "0+"),
    (a("max", x, y), (), "?"),
    (a("min", x, ONE), (X_POSITIVE,), "+"),
    (a("min", square(x), ONE), (), "0+"),
    (a("min", x, ONE), (), "?"),
    # definite matrices
    (multiply(turned(v), v), (), "0+"),
    (multiply(turned(v), v), (a("!=", v, NOTHING),), "+"),
    (multiply(turned(v), P, v), (), "?"),
    (multiply(turned(v), P, v), (DEFINITE,), "0+"),
    (multiply(turned(v), P, v), (DEFINITE, a("!=", v, NOTHING)), "+"),
    (multiply(turned(v), P, v), (SEMIDEFINITE, a("!=", v, NOTHING)), "0+"),
    (multiply(turned(v), P, w), (DEFINITE, a("!=", v, NOTHING), a("!=", w, NOTHING)), "?"),
    (multiply(turned(v), turned(M), P, M, v), (DEFINITE, a("!=", v, NOTHING)), "0+"),
    (multiply(Number(-2), turned(v), v), (), "0-"),
    (multiply(v, turned(v)), (), "?"),
    (a("trace", M), (), "?"),
    (a("trace", multiply(turned(M), M)), (), "0+"),
    (a("trace", multiply(M, M)), (), "?"),
    (a("trace", multiply(x, P)), (DEFINITE, X_POSITIVE), "+"),
    (a("trace", multiply(x, P)), (DEFINITE,), "?"),
    (a("trace", multiply(x, P)), (DEFINITE, a(">=", x, ZERO)), "0+"),
    (a("trace", a("/", P, x)), (DEFINITE, X_POSITIVE), "+"),
    (a("trace", x), (X_POSITIVE,), "?"),
    (det(M), (), "?"),
    (det(P), (DEFINITE,), "+"),
    (det(P), (SEMIDEFINITE,), "0+"),
    (det(UNIT), (), "+"),
    (det(Constant("zero", M.sort)), (), "0+"),
    (det(Constant("ones", M.sort)), (), "?"),
    (det(add(P, multiply(turned(M), M))), (DEFINITE,), "+"),
    (det(add(P, multiply(turned(M), M))), (SEMIDEFINITE,), "0+"),
    (det(add(P, M)), (DEFINITE,), "?"),
    (det(add(a("inverse", P), multiply(turned(M), a("transpose", P), M))), (DEFINITE,), "+"),
    (det(multiply(turned(M), M)), (a("!=", det(M), ZERO),), "+"),
    (det(multiply(turned(M), M)), (), "0+"),
    (det(multiply(turned(M), P, M)), (DEFINITE, a("!=", det(M), ZERO)), "+"),
    (a("trace", P), (SEMIDEFINITE, a("!=", det(P), ZERO)), "+"),
    (a("trace", P), (SEMIDEFINITE, a(">=", det(P), ZERO)), "0+"),
    (a("trace", P), (SEMIDEFINITE, a("!=", det(M), ZERO)), "0+"),
    (a("trace", M), (a("!=", det(M), ZERO),), "?"),
    (a("trace", multiply(turned(M), M)), (a("!=", det(multiply(turned(M), M)), ZERO),), "+"),
    (a("trace", multiply(turned(M), M)), (a("!=", det(multiply(turned(M), P)), ZERO),), "0+"),
    (det(multiply(M, P)), (DEFINITE, a("!=", det(M), ZERO)), "!0"),
    (det(multiply(M, P)), (DEFINITE,), "?"),
    (det(multiply(x, M)), (X_POSITIVE, a("!=", det(M), ZERO)), "!0"),
    (det(multiply(v, turned(v))), (), "0+"),
    (det(multiply(v, turned(w))), (), "?"),
    (det(turned(M)), (a("!=", det(M), ZERO),), "!0"),
    (det(a("inverse", M)), (), "!0"),
    (det(a("exponential", M)), (), "+"),
    (det(negate(M)), (a(">", det(M), ZERO),), "!0"),
    (det(negate(M)), (), "?"),
    (det(a("apply", Symbol("F", Function((REAL,), Matrix("m", "m"))), x)), (), "?"),
    (det(x), (X_POSITIVE,), "?"),
    (det(M), (a("!=", det(multiply(M, P)), ZERO),), "!0"),
    (det(M), (a(">", det(multiply(x, M, P)), ZERO),), "!0"),
    (det(M), (a(">", det(multiply(M, P)), ONE),), "?"),
    (det(M), (a("!=", det(add(M, P)), ZERO),), "?"),
    (det(multiply(v, turned(v))), (a("!=", det(multiply(v, turned(v), M)), ZERO),), "0+"),
    (det(M), (a("!=", det(multiply(v, turned(v))), ZERO),), "?"),
    (a("unit", NOTHING, n, ONE), (), "!0"),
    (a("norm_infinity", v), (), "0+"),
    (a("norm_one", v), (a("!=", v, NOTHING),), "+"),
    (a("norm_max", NOTHING), (), "0"),
    (multiply(a("unit", NOTHING, n, ONE), x), (), "?"),
    (multiply(turned(a("unit", NOTHING, ONE, ONE)), P, a("unit", NOTHING, ONE, ONE)), (DEFINITE,), "+"),
    (multiply(turned(a("unit", NOTHING, ONE, ONE)), a("unit", NOTHING, n, ONE)), (), "?"),
    # sums
    (a("sum", square(a("component", v, n)), n, ONE, Symbol("m", INTEGER)), (), "0+"),
    (a("sum", n, n, ONE, Symbol("m", INTEGER)), (a(">=", n, ONE),), "?"),
    (a("sum", x, n, ONE, Symbol("m", INTEGER)), (X_POSITIVE,), "0+"),
    (a("sum", a("exp", k), k, ONE, THREE), (), "+"),
    (a("sum", negate(a("exp", k)), k, ONE, n), (a(">=", n, ONE),), "-"),
    (a("sum", a("exp", k), k, ONE, n), (), "0+"),  # there may be no terms
    (a("sum", negate(a("exp", k)), k, ONE, n), (), "0-"),
    (a("sum", square(k), k, ONE, n), (), "0+"),
    (a("sum", ZERO, k, ONE, n), (), "0"),
    (a("sum", x, k, ONE, THREE), (a("!=", x, ZERO),), "?"),  # not shown to be the same in each term
    (a("sum", k, k, Number(-3), ONE), (a(">", k, ZERO),), "?"),  # another k
    (a("sum", multiply(k, v), k, ONE, THREE), (), "?"),
    (a("product", a("exp", k), k, ONE, n), (), "+"),
    (a("product", square(k), k, ONE, n), (), "0+"),
    (a("product", negate(a("exp", k)), k, ONE, n), (), "?"),
]


@pytest.mark.parametrize(("term", "hypotheses", "expected"), CASES, ids=lambda value: None)
def test_sign(term: Term, hypotheses: tuple[Term, ...], expected: str) -> None:
    assert sign(term, hypotheses) == expected


def test_nonnegative() -> None:
    assert nonnegative(square(x), ())
    assert not nonnegative(x, ())


def test_the_work_is_bounded() -> None:
    negated, doubled = x, x
    for _ in range(60):
        negated, doubled = negate(negated), a("+", doubled, doubled)
    assert sign(negated, (X_POSITIVE,)) == "+"
    assert len(linear(doubled)) == 1


def test_many_equations_are_followed_only_so_far() -> None:
    names = [Symbol(f"x_{index}") for index in range(12)]
    ring = tuple(equal(one, other) for one in names for other in names if one is not other)
    assert sign(names[0], ring) == "?"


IMPLIED: list[tuple[Term, tuple[Term, ...], bool]] = [
    (TRUE, (), True),
    (Symbol("p"), (), False),
    (a("!=", x, ZERO), (a("!=", x, ZERO),), True),
    (a("!=", x, ZERO), (X_POSITIVE,), True),
    (a("!=", subtract(x, ONE), ZERO), (a("!=", x, ONE),), True),
    (a("!=", x, ONE), (a(">", x, ONE),), True),
    (a("!=", x, ONE), (a(">", x, ZERO),), False),
    (a("<=", ZERO, x), (X_POSITIVE,), True),
    (a("<=", Number(-1), x), (a(">=", x, ZERO),), True),
    (equal(x, ZERO), (a(">=", x, ZERO), a("<=", x, ZERO)), True),
    (a("!=", v, NOTHING), (a(">", a("norm", v), ZERO),), True),
    (a("!=", v, w), (a("!=", w, v),), True),
    (a("!=", v, w), (), False),
    (a("and", a("!=", x, ZERO), X_POSITIVE), (X_POSITIVE,), True),
    (a("and", a("!=", y, ZERO), X_POSITIVE), (X_POSITIVE,), False),
    (a("or", a("!=", y, ZERO), X_POSITIVE), (X_POSITIVE,), True),
    (a("or", a("!=", y, ZERO), X_POSITIVE), (), False),
    (a("implies", X_POSITIVE, a("!=", x, ZERO)), (), True),
    (a("implies", a("and", a("=", y, ONE), X_POSITIVE), a("!=", x, ZERO)), (), True),
    (a("implies", a("or", X_POSITIVE, a("<", x, ZERO)), a("!=", x, ZERO)), (), False),
    (a("implies", a("not", equal(x, ZERO)), a("!=", x, ZERO)), (), False),
    (a("not", equal(x, ZERO)), (X_POSITIVE,), True),
    (a("not", a("not", equal(x, ZERO))), (equal(x, ZERO),), False),
    (a("approx", x, y, x, ZERO, ONE), (equal(x, y),), False),
    (DEFINITE, (DEFINITE,), True),
    (DEFINITE, (SEMIDEFINITE,), False),
    (SEMIDEFINITE, (DEFINITE,), True),
    (a("positive_semidefinite", multiply(turned(M), M)), (), True),
    (a("positive_definite", multiply(turned(M), M)), (), False),
    (a("positive_definite", add(UNIT, multiply(M, turned(M)))), (), True),
    (a("positive_definite", M), (a(">", det(M), ZERO),), False),
    (a("!=", det(add(UNIT, multiply(M, turned(M)))), ZERO), (), True),
]


@pytest.mark.parametrize(("statement", "hypotheses", "expected"), IMPLIED, ids=lambda value: None)
def test_implied(statement: Term, hypotheses: tuple[Term, ...], expected: bool) -> None:
    assert implied(statement, hypotheses) is expected


def test_implied_is_shallow() -> None:
    statement: Term = a("!=", x, ZERO)
    for _ in range(12):
        statement = a("and", statement, statement)
    assert not implied(statement, (X_POSITIVE,))


HOLDS = {"+": ">", "0+": ">=", "-": "<", "0-": "<=", "!0": "!=", "0": "="}
numbers = st.sampled_from([Number(Fraction(p, q)) for p in range(-2, 3) for q in (1, 2)])
terms = st.recursive(
    st.one_of(st.sampled_from([x, y, z]), numbers),
    lambda inner: st.one_of(
        st.tuples(st.sampled_from(["+", "*", "/", "max", "min"]), inner, inner).map(lambda p: a(*p)),
        st.tuples(st.sampled_from(["negate", "abs", "norm", "sqrt", "exp", "sgn"]), inner).map(lambda p: a(*p)),
        st.tuples(st.just("^"), inner, st.sampled_from([ZERO, TWO, THREE, Number(-1), Number(-2), HALF])).map(
            lambda p: a(*p)
        ),
    ),
    max_leaves=6,
)
relations = st.tuples(st.sampled_from(["<", "<=", ">", ">=", "=", "!="]), terms, terms).map(lambda p: a(*p))
values = st.sampled_from([Fraction(p, q) for p in range(-2, 3) for q in (1, 2)])


@settings(max_examples=600, deadline=None, derandomize=True)
@given(terms, st.lists(relations, max_size=3), st.lists(st.tuples(values, values, values), min_size=4, max_size=12))
def test_no_point_contradicts_a_sign(
    term: Term, hypotheses: list[Term], points: list[tuple[Fraction, Fraction, Fraction]]
) -> None:
    found = sign(term, tuple(hypotheses))
    if found == "?":
        return
    for values_at in points:
        point = {symbol: Number(value) for symbol, value in zip((x, y, z), values_at, strict=True)}
        try:
            if all(evaluate(one, point, {}) is True for one in hypotheses):
                assert compare(HOLDS[found], evaluate(term, point, {}), Fraction(0))
        except (Undefined, Undecided):
            continue


@pytest.mark.parametrize("first", [a(">", x, ZERO), a("<", x, ZERO), a("=", x, ZERO)])
def test_a_sign_beside_not_zero(first: Term) -> None:
    """x != 0 adds nothing to a known sign, and takes none away, in either order; also where both cannot be."""
    nonzero = a("!=", x, ZERO)
    for hypotheses in ((first, nonzero), (nonzero, first)):
        assert sign(x, hypotheses) == sign(x, (first,))


k, m = Symbol("k", INTEGER), Symbol("m", INTEGER)


@pytest.mark.parametrize(
    ("term", "hypothesis", "shown"),
    [
        (subtract(k, ONE), a(">", k, ZERO), True),
        (subtract(x, ONE), a(">", x, ZERO), False),
        (subtract(k, Number(2)), a(">", k, ZERO), False),
        (subtract(k, ONE), a(">=", k, ZERO), False),
        (subtract(subtract(k, m), ONE), a("<", m, k), True),
        (subtract(subtract(k, x), ONE), a("<", x, k), False),
        (subtract(multiply(TWO, k), TWO), a(">", multiply(TWO, k), ONE), True),
        (subtract(k, ONE), a(">", a("/", k, TWO), ZERO), False),
        (subtract(ONE, k), a("<", k, TWO), True),
        (subtract(ONE, k), a("<", k, Number(3)), False),
    ],
)
def test_integers_are_whole_steps_apart(term: Term, hypothesis: Term, shown: bool) -> None:
    assert nonnegative(term, (hypothesis,)) is shown


def test_definite_matrices_are_so_at_points() -> None:
    """Every case whose hypotheses hold at a point has the sign there."""
    whole = {"m": 2, "n": 2}
    grids = [
        ((2, 1), (1, 2)),
        ((1, 0), (0, 1)),
        ((1, 1), (1, 1)),
        ((0, 1), (-1, 0)),
        ((1, 2), (0, 1)),
        ((0, 0), (0, 0)),
    ]
    matrices = [a("matrix", *(a("row", *map(Number, row)) for row in grid)) for grid in grids]
    columns = [a("matrix", *(a("row", Number(entry)) for entry in column)) for column in ((1, 0), (0, 0), (2, -1))]
    tried = 0
    for term, hypotheses, expected in CASES[CASES.index((multiply(turned(v), v), (), "0+")) :]:
        if expected == "?":
            continue
        statement = a(HOLDS[expected], term, ZERO)
        for one, other in zip(matrices, (*matrices[2:], *matrices[:2]), strict=True):
            for column in columns:
                values = {P: one, M: other, v: column, w: columns[2], x: TWO, n: ONE, Symbol("m", INTEGER): TWO}
                try:
                    if not all(evaluate(each, values, whole) is True for each in hypotheses):
                        continue
                    assert evaluate(statement, values, whole) is True, (term, values)
                except (Undefined, Undecided):
                    continue
                tried += 1
    assert tried > 200
