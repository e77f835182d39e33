"""Sorts: a table of terms that make sense, and one of terms that do not, one for each guard."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from derive.kernel.sorting import is_scalar, is_square, is_vector, length_of, product_sort, same_shape, sort_of
from derive.kernel.term import (
    ELEMENTARY,
    INTEGER,
    ONE,
    PI,
    REAL,
    STATEMENT,
    TRUE,
    Apply,
    Constant,
    Function,
    IllSorted,
    Lambda,
    Matrix,
    Number,
    Scalar,
    Sort,
    Symbol,
    Term,
    TermError,
    equal,
)

COLUMN, ROW, SQUARE, WIDE = Matrix("n", 1), Matrix(1, "n"), Matrix("n", "n"), Matrix("n", 3)
x, y, n = Symbol("x"), Symbol("y"), Symbol("k", INTEGER)
v, w, r, A, W = (Symbol(*one) for one in (("v", COLUMN), ("w", COLUMN), ("r", ROW), ("A", SQUARE), ("W", WIDE)))
u = Symbol("u", Matrix("m", 1))
v3 = Symbol("v", Matrix(3, 1))
single = Symbol("s", Matrix(1, 1))
f = Symbol("f", Function((REAL,), REAL, 2))
F = Symbol("F", Function((COLUMN,), REAL, 2))
g = Symbol("g", Function((REAL, REAL), REAL, 2))
h = Symbol("h", Function((v3.sort, REAL), COLUMN, 2))
of_matrix = Symbol("G", Function((WIDE,), REAL, 2))
of_integer = Symbol("p", Function((INTEGER,), REAL, 2))
to_integer = Symbol("T", Function((INTEGER,), INTEGER, 1))
predicate = Symbol("P", Function((REAL,), STATEMENT))
HALF = Number(Fraction(1, 2))


def a(head: str, *arguments: Term | int) -> Apply:
    return Apply(head, tuple(Number(one) if isinstance(one, int) else one for one in arguments))


def indices(*values: int) -> Apply:
    return a("indices", *values)


PLAIN = equal(x, y)

SORTED: list[tuple[Term, Sort]] = [
    (x, REAL),
    (n, INTEGER),
    (Number(2), REAL),
    (PI, REAL),
    (TRUE, STATEMENT),
    (Constant("identity", SQUARE), SQUARE),
    (Lambda((x, v), x), Function((REAL, COLUMN), REAL, 99)),
    # statements
    (a("and", PLAIN, PLAIN, PLAIN), STATEMENT),
    (a("or", PLAIN, PLAIN), STATEMENT),
    (a("not", PLAIN), STATEMENT),
    (a("implies", PLAIN, PLAIN), STATEMENT),
    (a("iff", PLAIN, PLAIN), STATEMENT),
    (a("forall", PLAIN, x), STATEMENT),
    (equal(v, w), STATEMENT),
    (equal(single, x), STATEMENT),
    (a("!=", A, A), STATEMENT),
    (a("<=", x, n), STATEMENT),
    (a("approx", v, w, x, y, 0), STATEMENT),
    (a("approx", x, y, v, w, 2), STATEMENT),
    # numbers
    (a("root", x, 3), REAL),
    (a("log_base", 2, x), REAL),
    (a("min", x), REAL),
    (a("max", x, y, n), REAL),
    (a("binomial", n, 2), REAL),
    (a("sin", single), REAL),
    # operations
    (a("+", x, n, single), REAL),
    (a("+", v, w), COLUMN),
    (a("*", x, y), REAL),
    (a("*", x, v), COLUMN),
    (a("*", v, x), COLUMN),
    (a("*", A, v), COLUMN),
    (a("*", A, W), WIDE),
    (a("*", r, v), REAL),
    (a("*", v, r), SQUARE),
    (a("*", r, v, W), WIDE),
    (a("negate", n), INTEGER),
    (a("negate", v), COLUMN),
    (a("/", n, n), REAL),
    (a("/", v, x), COLUMN),
    (a("^", x, HALF), REAL),
    (a("^", A, 2), SQUARE),
    (a("transpose", v), ROW),
    (a("transpose", n), INTEGER),
    (a("trace", A), REAL),
    (a("trace", x), REAL),
    (a("det", A), REAL),
    (a("inverse", A), SQUARE),
    (a("inverse", x), REAL),
    (a("norm", W), REAL),
    (a("inner", v, r), REAL),
    (a("inner", W, W), REAL),
    (a("inner", x, y), REAL),
    (a("component", v, 5), REAL),
    (a("component", v3, 3), REAL),
    (a("component", r, 1), REAL),
    (a("entry", W, 7, 3), REAL),
    (a("matrix", a("row", x, 1), a("row", single, n)), Matrix(2, 2)),
    (a("component", v3, n), REAL),
    (a("entry", W, n, x), REAL),
    (a("^", A, n), SQUARE),
    (a("^", A, x), SQUARE),
    (a("adjugate", A), SQUARE),
    (a("adjugate", x), REAL),
    (a("exponential", A), SQUARE),
    (a("pseudoinverse", W), Matrix(3, "n")),
    (a("pseudoinverse", x), REAL),
    (a("pseudoinverse", single), REAL),
    (a("rank", W), REAL),
    (a("norm_spectral", W), REAL),
    (a("hadamard", W, W), WIDE),
    (a("hadamard", x, n), REAL),
    (a("kronecker", W, W), Matrix("n * n", 9)),
    (a("kronecker", x, W), WIDE),
    (a("kronecker", x, y), REAL),
    (a("vec", W), Matrix("3 * n", 1)),
    (a("vec", x), REAL),
    (a("diag", v), SQUARE),
    (a("diag", r), SQUARE),
    (a("diag", x), REAL),
    (a("diagonal", A), COLUMN),
    (a("diagonal", x), REAL),
    (a("unit", Constant("zero", WIDE), n, 3), WIDE),
    (a("delta", n, 1), REAL),
    (a("positive_definite", A), STATEMENT),
    (a("positive_semidefinite", A), STATEMENT),
    (a("upper_triangular", single), STATEMENT),
    (a("blocks", a("row", A, v), a("row", r, x)), Matrix("n + 1", "n + 1")),
    (a("blocks", a("row", A, W)), Matrix("n", "n + 3")),
    (a("blocks", a("row", x)), REAL),
    (a("derivative", v, x), COLUMN),
    (a("derivative", n, n), REAL),
    (a("derivative", a("norm", v), v), COLUMN),
    # functions
    (a("apply", f, x), REAL),
    (a("apply", f, single), REAL),
    (a("apply", Lambda((v,), x), w), REAL),
    (a("apply", h, v3, x), COLUMN),
    (a("apply", predicate, x), STATEMENT),
    (a("gradient", F, v), COLUMN),
    (a("gradient", of_matrix, W), WIDE),
    (a("gradient", f, x), REAL),
    (a("gradient", of_integer, n), REAL),
    (a("hessian", F, v), SQUARE),
    (a("hessian", f, x), REAL),
    (a("hessian", of_integer, n), REAL),
    (a("partial", g, indices(1, 1, 2), x, y), REAL),
    (a("partial", h, indices(4), v3, x), COLUMN),
    (a("partial", F, indices(9), v), REAL),
    (a("partial", to_integer, indices(1), n), REAL),
    # what binds
    (a("sum", a("*", n, v), n, 1, x), COLUMN),
    (a("product", x, n, 1, 2), REAL),
    (a("integral", x, x, 0, 1), REAL),
    (a("limit", v, x, 0), COLUMN),
    *((a(head, x), REAL) for head in sorted(ELEMENTARY)),
]


@pytest.mark.parametrize(("term", "sort"), SORTED)
def test_sorts(term: Term, sort: Sort) -> None:
    assert sort_of(term) == sort


WRONG: list[tuple[str, Any, str]] = [
    # malformed
    ("no term", None, "not a term"),
    ("an unknown head", a("frobnicate", x), "nothing is known"),
    ("no arguments", a("+"), "without arguments"),
    ("a function entry by entry of nothing", a("each", x, x), "takes a body"),
    ("a function entry by entry without a letter", a("each", x, a("+", x, y), x), "takes a body"),
    ("a function entry by entry of whole numbers", a("each", n, n, x), "is a real number"),
    ("indices alone", indices(1), "only inside partial"),
    ("a quantifier over a number", a("forall", PLAIN, 1), "a statement and a variable"),
    (
        "a quantifier over statements",
        a("forall", Symbol("p", STATEMENT), Symbol("p", STATEMENT)),
        "a statement and a variable",
    ),
    ("a quantifier with bounds", a("forall", PLAIN, x, 1), "a statement and a variable"),
    ("a quantifier of a number", a("forall", x, x), "takes a statement"),
    ("a notation without a name", a("notation", 1, x), "a symbol for its name"),
    ("a row alone", a("row", x), "only inside a matrix"),
    # arities
    ("a conjunction of one", a("and", PLAIN), "and with 1"),
    ("a negation of two", a("not", PLAIN, PLAIN), "not with 2"),
    ("an implication of three", a("implies", PLAIN, PLAIN, PLAIN), "implies with 3"),
    ("an equivalence of one", a("iff", PLAIN), "iff with 1"),
    ("an equation of one", a("=", x), "= with 1"),
    ("an inequality of three", a("<", x, x, x), "< with 3"),
    ("an approximation of four", a("approx", x, y, x, 0), "approx with 4"),
    ("a sine of two", a("sin", x, y), "sin with 2"),
    ("a root of one", a("root", x), "root with 1"),
    ("a binomial of three", a("binomial", x, x, x), "binomial with 3"),
    ("a sum of one", a("+", x), r"\+ with 1"),
    ("a product of one", a("*", x), r"\* with 1"),
    ("a negation of two numbers", a("negate", x, x), "negate with 2"),
    ("a quotient of three", a("/", x, x, x), "/ with 3"),
    ("a power of one", a("^", x), r"\^ with 1"),
    ("a transpose of two", a("transpose", v, v), "transpose with 2"),
    ("a trace of two", a("trace", A, A), "trace with 2"),
    ("a norm of two", a("norm", v, v), "norm with 2"),
    ("an inner product of one", a("inner", v), "inner with 1"),
    ("a component without a place", a("component", v), "component with 1"),
    ("an entry with one place", a("entry", A, 1), "entry with 2"),
    ("a derivative by nothing", a("derivative", x), "derivative with 1"),
    # statements
    ("a conjunction with a number", a("and", PLAIN, x), "and joins statements"),
    ("an equation of statements", equal(PLAIN, PLAIN), "relates values"),
    ("an equation of functions", equal(f, f), "relates values"),
    ("an equation with a statement on the left", equal(TRUE, x), "relates values"),
    ("an equation with a statement on the right", equal(x, TRUE), "relates values"),
    ("an equation of a vector and a number", equal(v, x), "is related to"),
    ("an equation of vectors of other lengths", equal(v, u), "is related to"),
    ("an order of vectors", a("<", v, w), "an order relates numbers"),
    ("an approximation of a vector by a number", a("approx", v, x, x, 0, 1), "is related to"),
    ("an approximation of statements", a("approx", PLAIN, PLAIN, x, 0, 1), "relates values"),
    ("a number that tends to a vector", a("approx", x, x, x, v, 1), "is related to"),
    ("a function that tends to another", a("approx", x, x, f, f, 1), "relates values"),
    ("a statement that tends to another", a("approx", x, x, TRUE, TRUE, 1), "relates values"),
    ("an approximation of order one half", a("approx", x, x, x, 0, HALF), "natural number"),
    ("a root of index three halves", a("root", x, Number(Fraction(3, 2))), "an integer above 1"),
    ("partial at a half", a("partial", f, a("indices", Number(Fraction(3, 2))), x), "out of range"),
    ("an approximation of negative order", a("approx", x, x, x, 0, -1), "natural number"),
    ("an approximation of an unknown order", a("approx", x, x, x, 0, n), "natural number"),
    # numbers
    ("the sine of a vector", a("sin", v), "sin takes a number"),
    ("a maximum with a vector", a("max", x, v), "max takes a number"),
    ("a first root", a("root", x, 1), "an integer above 1"),
    ("a root of an unknown index", a("root", x, n), "an integer above 1"),
    # operations
    ("a sum with a statement", a("+", x, PLAIN), "takes numbers, vectors"),
    ("a sum of functions", a("+", f, f), "takes numbers, vectors"),
    ("a number added to a vector", a("+", x, v), "is added to"),
    ("a row added to a column", a("+", v, r), "is added to"),
    ("a column times a column", a("*", v, w), "a column of size n times a column of size n"),
    ("a wide matrix times a square one", a("*", W, A), "times"),
    ("the last of three factors", a("*", A, A, u), "times"),
    ("a vector as a divisor", a("/", x, v), "only numbers divide"),
    ("a vector as an exponent", a("^", x, v), "an exponent is a number"),
    ("a power of a vector", a("^", v, 2), "not square"),
    ("a matrix to the power one half", a("^", A, HALF), "to integers only"),
    ("a power of a wide matrix", a("^", W, n), "not square"),
    ("the adjugate of a wide matrix", a("adjugate", W), "not square"),
    ("the exponential of a column", a("exponential", v), "not square"),
    ("the diagonal of a wide matrix", a("diagonal", W), "not square"),
    ("a diagonal matrix of a matrix", a("diag", A), "of a vector"),
    ("an entry by entry product of other shapes", a("hadamard", A, W), "entry by entry"),
    ("a Kronecker product of one", a("kronecker", A), "kronecker with 1"),
    ("a rank of two", a("rank", A, A), "rank with 2"),
    ("a pseudo-inverse of a statement", a("pseudoinverse", PLAIN), "takes numbers, vectors"),
    ("a positive definite column", a("positive_definite", v), "not square"),
    ("a positive definite number", a("positive_definite", x), "not square"),
    ("a unit without a zero", a("unit", A, 1, 1), "said by a zero"),
    ("a unit of a symbol", a("unit", Symbol("zero", SQUARE), 1, 1), "said by a zero"),
    ("a unit of ones", a("unit", Constant("ones", SQUARE), 1, 1), "said by a zero"),
    ("a unit of a number", a("unit", Constant("zero", REAL), 1, 1), "said by a zero"),
    ("a unit outside", a("unit", Constant("zero", WIDE), 1, 4), "a position outside"),
    ("a unit above", a("unit", Constant("zero", WIDE), 0, 1), "a position outside"),
    ("a delta of vectors", a("delta", v, 1), "the delta is of numbers"),
    ("blocks of no rows", a("blocks", A), "made of rows"),
    ("an empty row of blocks", a("blocks", a("row")), "made of rows"),
    ("a row of sums as blocks", a("blocks", a("+", A, A)), "made of rows"),
    ("ragged blocks", a("blocks", a("row", A, A), a("row", A)), "differ in length"),
    ("a block that is a statement", a("blocks", a("row", PLAIN)), "a number or a matrix"),
    ("blocks of two heights", a("blocks", a("row", A, u)), "beside a"),
    ("blocks of two widths", a("blocks", a("row", A), a("row", W)), "below each other"),
    ("the trace of a vector", a("trace", v), "not square"),
    ("the determinant of a wide matrix", a("det", W), "not square"),
    ("the inverse of a row", a("inverse", r), "not square"),
    ("an inner product of other lengths", a("inner", v, u), "an inner product"),
    ("an inner product with a number", a("inner", v, x), "an inner product"),
    ("an inner product of other shapes", a("inner", A, W), "an inner product"),
    ("a component of a number", a("component", x, 1), "a component of a vector"),
    ("a component of a matrix", a("component", A, 1), "a component of a vector"),
    ("component zero", a("component", v, 0), "a position outside"),
    ("a component past the end", a("component", v3, 4), "a position outside"),
    ("a component at a half", a("component", v3, HALF), "a position outside"),
    ("a component at a vector", a("component", v3, v), "a position is a number"),
    ("an entry at a vector", a("entry", A, 1, v), "a position is a number"),
    ("an entry of a number", a("entry", x, 1, 1), "an entry of a matrix"),
    ("a row past the end", a("entry", v3, 4, 1), "a position outside"),
    ("a column past the end", a("entry", W, 4, 4), "a position outside"),
    ("a derivative by a term", a("derivative", x, a("+", x, y)), "by a symbol"),
    ("a matrix differentiated by a vector", a("derivative", W, w), "is differentiated by"),
    ("a literal of no rows", a("matrix", x), "made of rows"),
    ("a literal with an empty row", a("matrix", a("row")), "made of rows"),
    ("a literal of sums", a("matrix", a("+", x, y)), "made of rows"),
    ("a literal of vectors", a("matrix", a("row", v)), "the entries of a matrix"),
    ("a ragged literal", a("matrix", a("row", x), a("row", x, y)), "differ in length"),
    # functions
    ("the value of a number", a("apply", ONE, x), "something that is not a function"),
    ("the value of a symbol that is a number", a("apply", y, x), "which is not a function"),
    ("too many arguments", a("apply", f, x, y), "of 1 arguments applied to 2"),
    ("too few arguments", a("apply", g, x), "of 2 arguments applied to 1"),
    ("a vector for a number", a("apply", f, v), "a function of a real applied to a column"),
    ("partial without indices", a("partial", f), "takes the indices"),
    ("partial with another term", a("partial", f, x), "takes the indices"),
    ("partial with a sum", a("partial", f, a("+", x, x), x), "takes the indices"),
    ("partial by none", a("partial", f, a("indices"), x), "ascending numbers"),
    ("partial by a symbol", a("partial", f, a("indices", 1, n), x), "ascending numbers"),
    ("partial in descending order", a("partial", g, indices(2, 1), x, y), "ascending numbers"),
    ("partial by a coordinate that is not there", a("partial", g, indices(1, 3), x, y), "out of range"),
    ("partial by coordinate zero", a("partial", g, indices(0), x, y), "out of range"),
    ("partial past a vector and a number", a("partial", h, indices(5), v3, x), "out of range"),
    ("the gradient of two arguments", a("gradient", g, x, y), "not a scalar function of one argument"),
    ("the gradient of a vector", a("gradient", Symbol("q", Function((REAL,), COLUMN, 1)), x), "not a scalar function"),
    ("the gradient of a predicate", a("gradient", predicate, x), "not a scalar function"),
    ("the hessian of a function of a matrix", a("hessian", of_matrix, W), "the hessian of a function of a vector"),
    # what binds
    ("a sum without bounds", a("sum", x, n), "takes a body"),
    ("a limit with two points", a("limit", x, x, 0, 1), "takes a body"),
    ("a sum over a number", a("sum", x, 1, 1, 2), "takes a body"),
    ("a sum up to a vector", a("sum", x, n, 1, v), "a bound is a number"),
    ("a sum over a vector", a("sum", x, v, 1, 2), "the variable is a number"),
    ("an ill-sorted body", a("sum", a("+", x, v), n, 1, 2), "is added to"),
]


@pytest.mark.parametrize(("term", "reason"), [one[1:] for one in WRONG], ids=[one[0] for one in WRONG])
def test_ill_sorted(term: Any, reason: str) -> None:
    with pytest.raises((IllSorted, TermError), match=reason):
        sort_of(term)


def test_an_error_names_the_two_sorts() -> None:
    with pytest.raises(IllSorted) as caught:
        sort_of(a("+", x, v))
    assert (caught.value.left, caught.value.right) == ("real", "column of size n")
    with pytest.raises(IllSorted) as caught:
        sort_of(a("*", v, w))
    assert (caught.value.left, caught.value.right) == ("column of size n", "column of size n")
    with pytest.raises(IllSorted) as caught:
        sort_of(a("trace", v))
    assert (caught.value.left, caught.value.right) == ("column of size n", "")


def test_scalars_vectors_and_shapes() -> None:
    assert is_scalar(REAL)
    assert is_scalar(Matrix(1, 1))
    assert not any(is_scalar(sort) for sort in (ROW, COLUMN, SQUARE, STATEMENT, f.sort))
    assert is_vector(ROW)
    assert is_vector(COLUMN)
    assert not any(is_vector(sort) for sort in (REAL, Matrix(1, 1), SQUARE, STATEMENT))
    assert is_square(SQUARE)
    assert not any(is_square(sort) for sort in (REAL, ROW, COLUMN, STATEMENT))
    assert (length_of(ROW), length_of(COLUMN), length_of(Matrix(3, 1))) == ("n", "n", 3)
    assert same_shape(REAL, Scalar("complex"))
    assert same_shape(INTEGER, Matrix(1, 1))
    assert same_shape(COLUMN, Matrix("n", 1))
    assert not same_shape(COLUMN, ROW)
    assert not same_shape(COLUMN, Matrix("m", 1))
    assert product_sort(Matrix(1, 1), COLUMN) == COLUMN
    assert product_sort(COLUMN, Matrix(1, 1)) == COLUMN


def test_repeated_parts_are_sorted_once() -> None:
    term: Term = x
    for _ in range(100):
        term = Apply("+", (term, term))  # 2^100 leaves
    assert sort_of(term) == REAL
