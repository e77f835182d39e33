"""The bridge to SymPy: what is there comes back, in order; what has no meaning here is refused by name."""

from __future__ import annotations

import pickle
from fractions import Fraction

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from derive.kernel.term import (
    INTEGER,
    ONE,
    REAL,
    Apply,
    Constant,
    Function,
    Lambda,
    Matrix,
    Number,
    Scalar,
    Symbol,
    add,
    equal,
    multiply,
    negate,
)
from derive.sympy_bridge import (
    BridgeError,
    FunctionSymbol,
    Gradient,
    Hessian,
    Inner,
    Norm,
    Partial,
    RealRoot,
    ScalarOf,
    from_sympy,
    hypotheses_of,
    size_from_sympy,
    size_to_sympy,
    to_sympy,
)

X, Y = Symbol("x"), Symbol("y")
N = sympy.Symbol("n", integer=True, positive=True)
ROW, COLUMN, SQUARE = Matrix(1, "n"), Matrix("n", 1), Matrix("n", "n")
U, V, A, B = Symbol("u", ROW), Symbol("v", COLUMN), Symbol("A", SQUARE), Symbol("B", SQUARE)
L = Symbol("L", Function((ROW,), REAL, 1))
F = Symbol("f", Function((REAL,), REAL, 2))
H = Symbol("h", Function((REAL, REAL), REAL, 2))
SORTS = {"L": L.sort, "f": F.sort, "h": H.sort}


def head(name: str, *arguments: object) -> Apply:
    return Apply(name, arguments)


def literal(*rows: tuple[object, ...]) -> Apply:
    return Apply("matrix", tuple(Apply("row", row) for row in rows))


def indices(*positions: int) -> Apply:
    return Apply("indices", tuple(Number(p) for p in positions))


EXACT = [
    X,
    Number(7),
    Symbol("k", INTEGER),
    Symbol("q", Scalar("rational")),
    add(X, Y),
    multiply(X, Y),
    negate(X),
    head("/", X, Y),
    head("/", ONE, X),
    head("/", X, Number(3)),
    head("^", X, Number(2)),
    head("^", X, Y),
    head("^", X, Number(Fraction(2, 3))),
    head("/", ONE, head("sqrt", X)),
    head("sqrt", X),
    head("root", X, Number(3)),
    *(
        head(name, X)
        for name in [
            "exp",
            "log",
            "sin",
            "cos",
            "tan",
            "cot",
            "sec",
            "csc",
            "arcsin",
            "arccos",
            "arctan",
            "sinh",
            "cosh",
            "tanh",
            "abs",
            "sgn",
        ]
    ),
    *(head(name, X) for name in ("floor", "ceil", "gamma", "factorial")),
    head("min", X, Y),
    head("binomial", X, Y),
    Constant("pi", REAL),
    Constant("e", REAL),
    U,
    head("transpose", U),
    multiply(A, B),
    multiply(B, A),
    multiply(X, U),
    head("/", U, X),
    add(A, B),
    add(B, A),
    multiply(U, A, V),
    multiply(V, U),
    add(X, multiply(U, V)),
    head("trace", multiply(A, B)),
    head("det", A),
    head("inverse", A),
    head("^", A, Number(3)),
    head("norm", U),
    head("inner", U, V),
    head("/", head("inner", U, V), head("norm", U)),
    Constant("zero", ROW),
    Constant("identity", SQUARE),
    Constant("ones", COLUMN),
    head("component", U, Number(1)),
    head("entry", A, Number(1), Number(2)),
    literal((X, Y)),
    literal((X,), (Y,)),
    literal((X, ONE), (Y, head("^", X, Number(2)))),
    head("apply", F, X),
    head("apply", L, U),
    head("apply", L, add(U, head("transpose", V))),
    head("gradient", L, U),
    head("transpose", head("gradient", L, U)),
    head("hessian", L, U),
    head("partial", L, indices(2), U),
    head("partial", F, indices(1), X),
    head("partial", F, indices(1, 1), head("*", Number(2), X)),
    head("partial", F, indices(1), Number(0)),
    head("partial", H, indices(1, 2), X, Y),
    head("partial", H, indices(2), X, X),
    head("partial", H, indices(2), Y, X),
    head("derivative", multiply(X, Y), X),
    head("sum", head("^", X, Symbol("i", INTEGER)), Symbol("i", INTEGER), ONE, Number(5)),
    head("integral", head("sin", X), X, Number(0), Y),
    head("limit", head("/", head("sin", X), X), X, Number(0)),
    equal(X, Y),
    equal(U, head("transpose", V)),
    head("<=", X, Y),
    head(">", X, Y),
    head("!=", X, Y),
    head("and", head("<", X, Y), head("<", Y, ONE)),
    head("implies", head("<", X, Y), head("<", X, ONE)),
]


@pytest.mark.parametrize("term", EXACT, ids=[str(i) for i in range(len(EXACT))])
def test_a_term_comes_back(term) -> None:
    back = from_sympy(to_sympy(term), SORTS)
    assert _unordered(back) == _unordered(term)


def _unordered(term):
    """The term with the order of scalar sums and products forgotten, as SymPy sorts these; matrix products keep theirs."""
    if not isinstance(term, Apply):
        return repr(term)
    arguments = [_unordered(argument) for argument in term.arguments]
    commutes = term.head in ("+", "=", "!=", "and", "min", "max") or (
        term.head == "*" and not any(isinstance(getattr(a, "sort", None), Matrix) for a in term.arguments)
    )
    return (term.head, tuple(sorted(map(repr, arguments)) if commutes else arguments))


def test_the_order_of_matrix_factors_is_kept() -> None:
    a, b = (sympy.MatrixSymbol(name, N, N) for name in "AB")
    assert from_sympy(a * b) == multiply(A, B)
    assert from_sympy(b * a) == multiply(B, A)
    assert from_sympy(a * b) != from_sympy(b * a)


def test_an_unevaluated_sum_keeps_its_order() -> None:
    w, step = (sympy.MatrixSymbol(name, 1, N) for name in ("w", "d"))
    term = from_sympy(sympy.MatAdd(w, step, sympy.MatMul(-1, w)))
    assert term == add(Symbol("w", ROW), Symbol("d", ROW), negate(Symbol("w", ROW)))


def test_a_row_times_a_column_is_a_scalar() -> None:
    u, v = sympy.MatrixSymbol("u", 1, N), sympy.MatrixSymbol("v", N, 1)
    x = sympy.Symbol("x", real=True)
    assert from_sympy(x + ScalarOf(u * v)) == add(X, multiply(U, V))
    with pytest.raises(BridgeError, match="1 x 1"):
        ScalarOf(v * u)
    assert ScalarOf(sympy.Matrix([[x]])) == x
    assert ScalarOf(x) == x


def test_sympy_transformations_go_through_our_classes() -> None:
    u, v = sympy.MatrixSymbol("u", 1, N), sympy.MatrixSymbol("v", 1, N)
    function = FunctionSymbol(L)
    expression = (function(u) + Norm(u)) ** 2
    assert expression.expand() == function(u) ** 2 + 2 * function(u) * Norm(u) + Norm(u) ** 2
    assert expression.xreplace({u: v}) == (function(v) + Norm(v)) ** 2
    assert function(u).subs(u, u + v) == function(u + v)
    assert function.gradient(u) == function.gradient(u).T.T
    assert function.gradient(u).T.shape == (N, 1)
    assert function.hessian(u).shape == (N, N)
    assert Inner(u, v).is_real


def test_a_derivative_of_our_classes_is_left_alone() -> None:
    t = sympy.Symbol("t", real=True)
    u = sympy.MatrixSymbol("u", 1, N)
    function = FunctionSymbol(L)
    assert isinstance(function(t * u).diff(t), sympy.Derivative)
    assert Norm(u).diff(t) == 0


def test_our_classes_print_and_pickle() -> None:
    u, v = sympy.MatrixSymbol("u", 1, N), sympy.MatrixSymbol("v", N, 1)
    function = FunctionSymbol(L, ("w",))
    assert "\\partial L" in sympy.latex(function.gradient(u))
    assert "w^T" in sympy.latex(function.gradient(u).T)
    for made in (
        function(u),
        Norm(u),
        Inner(u, v),
        ScalarOf(u * v),
        Gradient(function, u),
        Hessian(function, u),
        Partial(function, sympy.Tuple(1), u),
        RealRoot(sympy.Symbol("x", real=True), 3),
    ):
        assert sympy.latex(made)
        assert str(made)
        assert pickle.loads(pickle.dumps(made)) == made
        assert made.func(*made.args) == made


@pytest.mark.parametrize(
    ("expression", "word"),
    [
        (sympy.I, "ImaginaryUnit"),
        (sympy.oo, "Infinity"),
        (-sympy.oo, "NegativeInfinity"),
        (sympy.zoo, "ComplexInfinity"),
        (sympy.nan, "NaN"),
        (sympy.Float("0.333"), "Float"),
        (sympy.Symbol("x") * 0.5, "Float"),
        (sympy.Dummy("x"), "Dummy"),
        (sympy.Wild("x"), "Wild"),
        (sympy.Symbol("x", commutative=False), "commutative"),
        (sympy.Symbol("x", even=True), "even"),
        (sympy.Symbol("x", prime=True), "prime"),
        (sympy.Symbol("x", irrational=True), "irrational"),
        (sympy.Symbol("x", imaginary=True), "imaginary"),
        (sympy.Piecewise((1, sympy.Symbol("x") > 0), (0, True)), "Piecewise"),
        (sympy.Integral(sympy.Symbol("x"), sympy.Symbol("x")), "without bounds"),
        (sympy.Limit(1 / sympy.Symbol("x"), sympy.Symbol("x"), 0, "+"), "one-sided"),
        (sympy.Limit(1 / sympy.Symbol("x"), sympy.Symbol("x"), sympy.oo), "one-sided"),
        (sympy.HadamardProduct(sympy.MatrixSymbol("A", 2, 2), sympy.MatrixSymbol("B", 2, 2)), "HadamardProduct"),
        (sympy.MatrixSymbol("A", N, N) ** sympy.Symbol("k", integer=True), "integer literal"),
        (sympy.erf(sympy.Symbol("x")), "erf"),
        (sympy.Symbol("x", real=True) + sympy.Symbol("x", positive=True), "two different"),
        ("x + 1", "text"),
    ],
)
def test_what_has_no_meaning_is_refused_by_name(expression, word) -> None:
    with pytest.raises(BridgeError, match=word):
        from_sympy(expression)


@pytest.mark.parametrize(
    "term",
    [
        Lambda((X,), X),
        head("apply", Lambda((X,), X), ONE),
        head("approx", X, Y, X, ONE, ONE),
        indices(1),
        head("gradient", F, X),
    ],
)
def test_terms_without_a_sympy_form_are_refused(term) -> None:
    with pytest.raises(BridgeError):
        to_sympy(term)


def test_the_signs_that_sympy_assumes_are_hypotheses() -> None:
    p, q, r, s = (
        sympy.Symbol("p", positive=True),
        sympy.Symbol("q", nonnegative=True),
        sympy.Symbol("r", real=True, nonzero=True),
        sympy.Symbol("s", negative=True),
    )
    zero = Number(0)
    assert hypotheses_of(p + q + r + s) == (
        head(">", Symbol("p"), zero),
        head(">=", Symbol("q"), zero),
        head("!=", Symbol("r"), zero),
        head("<", Symbol("s"), zero),
    )
    assert hypotheses_of(sympy.Symbol("x")) == ()


def test_a_cube_root_is_not_a_power() -> None:
    x = sympy.Symbol("x", real=True)
    assert from_sympy(sympy.cbrt(x)) == head("^", X, Number(Fraction(1, 3)))
    assert from_sympy(RealRoot(x, 3)) == head("root", X, Number(3))


def test_declared_sorts_are_used_and_contradictions_refused() -> None:
    x = sympy.Symbol("x")
    assert from_sympy(x, {"x": INTEGER}) == Symbol("x", INTEGER)
    with pytest.raises(BridgeError, match="scalar"):
        from_sympy(x, {"x": ROW})
    with pytest.raises(BridgeError, match="row"):
        from_sympy(sympy.MatrixSymbol("u", N, 1), {"u": ROW})
    with pytest.raises(BridgeError, match="takes 1"):
        from_sympy(sympy.Function("f")(x, x), SORTS)
    with pytest.raises(BridgeError, match="applied"):
        from_sympy(sympy.Function("f")(x), {"f": REAL})


@pytest.mark.parametrize("size", [1, 3, "n", "n + 1", "m*n", "2*n - 1"])
def test_sizes_come_back(size) -> None:
    assert size_from_sympy(size_to_sympy(size)) == size


@pytest.mark.parametrize("size", ["", "n +", "f(n)", "n)", "(n", "__import__('os')", "1.5"])
def test_text_that_is_no_size_is_refused(size) -> None:
    with pytest.raises(BridgeError):
        size_to_sympy(size)


def test_sizes_of_other_kinds_are_refused() -> None:
    with pytest.raises(BridgeError):
        size_from_sympy(N**2 / 2)
    with pytest.raises(BridgeError):
        size_from_sympy(sympy.Integer(0))


def test_deep_nesting_is_an_error_with_a_message() -> None:
    x = sympy.Symbol("x", real=True)
    expression = x
    for _ in range(300):
        expression = sympy.sin(expression, evaluate=False)
    with pytest.raises(BridgeError, match="nested"):
        from_sympy(expression)


_SCALARS = st.recursive(
    st.one_of(st.sampled_from([X, Y]), st.integers(-3, 3).map(lambda i: negate(Number(-i)) if i < 0 else Number(i))),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda pair: add(*pair)),
        st.tuples(inner, inner).map(lambda pair: multiply(*pair)),
        inner.map(negate),
        inner.map(lambda term: head("^", term, Number(2))),
        inner.map(lambda term: head("sin", term)),
    ),
    max_leaves=8,
)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(_SCALARS)
def test_the_value_survives_the_way_to_sympy_and_back(term) -> None:
    first = to_sympy(term)
    second = to_sympy(from_sympy(first))
    at = {to_sympy(X): sympy.Rational(2, 7), to_sympy(Y): sympy.Rational(-3, 5)}
    assert sympy.simplify(first.subs(at) - second.subs(at)) == 0
