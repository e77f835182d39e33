"""Normal forms: equal terms meet, different ones do not, and every limit refuses.

Each rule stands beside a false neighbour. That the neighbours are different, and the equal ones equal, is checked by evaluation at exact points.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from fractions import Fraction
from functools import reduce
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from derive.kernel import normal_form as module
from derive.kernel.certificate import Identity, Lemma, Rejected, Rewrite
from derive.kernel.check import check
from derive.kernel.claim import Claim
from derive.kernel.evaluation import Undecided, Undefined, Value, compare, evaluate
from derive.kernel.normal_form import Atoms, exact_root, integer_root, is_zero, number_of
from derive.kernel.sorting import sort_of
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
    IllSorted,
    Lambda,
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

x, y, z = (Symbol(name) for name in "xyz")
i, k = (Symbol(name, INTEGER) for name in "ik")
A, B = (Symbol(name, Matrix("n", "n")) for name in "AB")  # square, of symbolic size
M = Symbol("M", Matrix("m", "n"))
N = Symbol("N", Matrix("n", "m"))
u, v, w = (Symbol(name, Matrix("n", 1)) for name in "uvw")
r = Symbol("r", Matrix(1, "n"))
S, T = (Symbol(name, Matrix(2, 2)) for name in "ST")  # square, of size 2
L = Symbol("L", Matrix(2, 3))
H = Symbol("H", Matrix(4, 4))
n = Symbol("n", INTEGER)  # the size, as a number
p, q = (Symbol(name, Matrix(2, 1)) for name in "pq")
h = Symbol("h", Matrix(1, 2))
c = Symbol("c", Matrix(1, 1))
f = Symbol("f", Function((REAL,), REAL, 2))
g = Symbol("g", Function((Matrix("n", 1),), REAL, 2))
rows = Symbol("d", Function((Matrix(1, 2),), REAL, 2))
F = Symbol("F", Function((REAL,), Matrix(2, 2), 0))
I_N, I_2, ZERO_2, ZERO_P = (
    Constant("identity", Matrix("n", "n")),
    Constant("identity", Matrix(2, 2)),
    Constant("zero", Matrix(2, 2)),
    Constant("zero", Matrix(2, 1)),
)
ONES = Constant("ones", Matrix("n", 1))
THREE, FOUR, HALF, MINUS = Number(3), Number(4), Number(Fraction(1, 2)), Number(-1)
FIVE, SIX = Number(5), Number(6)


def a(head: str, *arguments: Term) -> Apply:
    return Apply(head, arguments)


def square(term: Term) -> Term:
    return a("^", term, TWO)


def sqrt(term: Term) -> Term:
    return a("sqrt", term)


def absolute(term: Term) -> Term:
    return a("abs", term)


def over(one: Term, other: Term) -> Term:
    return a("/", one, other)


def turned(term: Term) -> Term:
    return a("transpose", term)


def trace(term: Term) -> Term:
    return a("trace", term)


def inverse(term: Term) -> Term:
    return a("inverse", term)


def norm(term: Term) -> Term:
    return a("norm", term)


def det(term: Term) -> Term:
    return a("det", term)


def inner(one: Term, other: Term) -> Term:
    return a("inner", one, other)


def literal(*entries: tuple[Term | int, ...]) -> Apply:
    return a(
        "matrix",
        *(a("row", *(Number(entry) if isinstance(entry, int) else entry for entry in row)) for row in entries),
    )


def entry(term: Term, row: int, column: int) -> Term:
    return a("entry", term, Number(row), Number(column))


def component(term: Term, index: int) -> Term:
    return a("component", term, Number(index))


def blocks(*rows: tuple[Term, ...]) -> Term:
    return a("blocks", *(a("row", *row) for row in rows))


def same(one: Term, other: Term, nonnegative: Callable[[Term], bool] | None = None) -> bool:
    atoms = Atoms(nonnegative)
    return is_zero(atoms.subtract(atoms.form(one), atoms.form(other)), atoms)


# --- points ----------------------------------------------------------------------------------------------------------


def fraction(numerator: int, denominator: int = 1) -> Number:
    return Number(Fraction(numerator, denominator))


def filled(rows: int, columns: int, seed: int) -> Term:
    """A matrix of small integers without pattern."""
    return literal(
        *(tuple((seed * (3 * i + 5 * j + i * j * j + 1)) % 11 - 4 for j in range(columns)) for i in range(rows))
    )


def point(
    numbers: tuple[Number, Number, Number], seed: int, sizes: dict[str, int]
) -> tuple[dict[Symbol, Term], dict[str, int]]:
    """Values for all the symbols of this file."""
    t, s = Symbol("t"), Symbol("s", Matrix("n", 1))
    assignment: dict[Symbol, Term] = dict(zip((x, y, z), numbers, strict=True))
    assignment |= {i: Number(2), k: Number(3), n: Number(sizes["n"]), c: literal((7,))}
    for position, symbol in enumerate((A, B, M, N, u, v, w, r, S, T, L, p, q, h, H)):
        sort = symbol.sort
        assert isinstance(sort, Matrix)
        height, width = (sizes[size] if isinstance(size, str) else size for size in (sort.rows, sort.columns))
        assignment[symbol] = filled(height, width, seed + position)
    row = Symbol("o", Matrix(1, 2))
    assignment[f] = Lambda((t,), add(a("^", t, THREE), multiply(TWO, t), ONE))
    assignment[g] = Lambda((s,), add(square(component(s, 1)), multiply(component(s, 1), component(s, 2))))
    assignment[rows] = Lambda((row,), add(square(component(row, 1)), multiply(THREE, component(row, 2))))
    assignment[F] = Lambda((t,), literal((t, 1), (2, t)))
    return assignment, sizes


POINTS = [
    point((fraction(4), fraction(9), fraction(2)), 1, {"n": 2, "m": 3}),
    point((fraction(-4), fraction(1, 4), fraction(-3)), 2, {"n": 3, "m": 2}),
    point((fraction(9, 4), fraction(-5), fraction(1)), 3, {"n": 2, "m": 2}),
    point((fraction(1), fraction(16), fraction(-1, 2)), 5, {"n": 3, "m": 4}),
    point((fraction(0), fraction(4), fraction(5)), 8, {"n": 2, "m": 1}),
    point((fraction(-2), fraction(-9), fraction(4)), 7, {"n": 2, "m": 5}),
]


def agreements(one: Term, other: Term) -> list[bool]:
    """Whether two terms have equal values, at the points where both have one."""
    found = []
    for assignment, sizes in POINTS:
        try:
            found.append(compare("=", evaluate(one, assignment, sizes), evaluate(other, assignment, sizes)))
        except (Undefined, Undecided):
            continue
    return found


# --- rules and their false neighbours ----------------------------------------------------------------------------------

NORMALIZED = over(subtract(x, y), add(x, y))
GRID = literal((x, 1), (2, y))
M_TURNED = multiply(turned(M), M)
COLUMN = literal((x,), (y,))
ROW = literal((x, y))

# (a rule, the two sides, a false neighbour of the right side)
RULES: list[tuple[str, Term, Term, Term]] = [
    ("a sum commutes", add(x, y), add(y, x), add(x, x)),
    ("a product of numbers commutes", multiply(x, y), multiply(y, x), add(y, x)),
    ("the binomial theorem", square(add(x, y)), add(square(x), multiply(TWO, x, y), square(y)), add(square(x), square(y))),
    ("a difference vanishes", subtract(x, x), ZERO, x),
    ("a negative of a sum", negate(add(x, y)), add(negate(x), negate(y)), add(negate(x), y)),
    ("a 1 x 1 matrix is a number", multiply(c, x), multiply(x, c), multiply(x, x)),
    ("and its entry", entry(c, 1, 1), c, x),
    ("a quotient by itself", over(add(x, y), add(x, y)), ONE, ZERO),
    ("fractions add", add(over(ONE, x), over(ONE, y)), over(add(x, y), multiply(x, y)), over(TWO, add(x, y))),
    ("a fraction and a whole", add(over(ONE, x), y), over(add(ONE, multiply(x, y)), x), over(add(ONE, y), x)),
    ("a whole and a fraction", add(y, over(ONE, x)), over(add(ONE, multiply(x, y)), x), over(add(ONE, y), x)),
    ("fractions of one denominator", add(over(y, x), over(z, x)), over(add(y, z), x), over(add(y, z), multiply(TWO, x))),
    ("powers below", add(over(ONE, square(x)), over(ONE, x)), over(add(ONE, x), square(x)), over(TWO, square(x))),
    ("a double fraction", over(ONE, over(x, y)), over(y, x), over(x, y)),
    ("a common monomial below", over(x, add(square(x), multiply(x, y))), over(ONE, add(x, y)), over(ONE, add(ONE, y))),
    ("numbers below", over(ONE, add(multiply(TWO, x), TWO)), over(HALF, add(x, ONE)), over(HALF, add(x, TWO))),
    ("a product of fractions", multiply(over(x, y), over(y, z)), over(x, z), over(z, x)),
    ("nothing over something", over(subtract(x, x), y), ZERO, over(ONE, y)),
    ("the square of a fraction", square(NORMALIZED), over(square(subtract(x, y)), square(add(x, y))), ONE),
    ("a negative power", a("^", x, Number(-2)), over(ONE, square(x)), negate(square(x))),
    ("a negated power", a("^", x, negate(TWO)), over(ONE, square(x)), square(x)),
    ("the power zero", a("^", add(x, y), ZERO), ONE, add(x, y)),
    ("the power zero of a fraction", a("^", over(x, y), ZERO), ONE, over(x, y)),
    ("a power of nothing", a("^", subtract(x, x), THREE), ZERO, ONE),
    ("a broken power is a root", a("^", x, HALF), sqrt(x), over(x, TWO)),
    ("an arbitrary power", a("^", TWO, add(i, k)), a("^", TWO, add(k, i)), a("^", TWO, multiply(i, k))),
    # roots and absolute values
    ("the square of a root", square(sqrt(x)), x, absolute(negate(add(x, ONE)))),
    ("the root of a square", sqrt(square(x)), absolute(x), x),
    ("the square of a sum with a root", square(add(ONE, sqrt(x))), add(ONE, multiply(TWO, sqrt(x)), x), add(ONE, x)),
    ("the cube of a cube root", a("^", a("root", x, THREE), THREE), x, absolute(x)),
    ("a power beyond that of the root", a("^", sqrt(x), THREE), multiply(x, sqrt(x)), square(x)),
    ("a root of a number", sqrt(fraction(9, 4)), fraction(3, 2), fraction(-3, 2)),
    ("a cube root of a negative number", a("root", Number(-8), THREE), Number(-2), TWO),
    ("a root of no square", sqrt(TWO), a("^", TWO, HALF), fraction(7, 5)),
    ("the root of nothing", sqrt(subtract(x, x)), ZERO, ONE),
    ("squares come out of roots", sqrt(multiply(a("^", x, THREE), y)), multiply(absolute(x), sqrt(multiply(x, y))), multiply(x, y)),
    ("also numbers", sqrt(multiply(FOUR, x)), multiply(TWO, sqrt(x)), multiply(FOUR, sqrt(x))),
    ("only squares", sqrt(multiply(TWO, square(x))), multiply(sqrt(TWO), absolute(x)), multiply(TWO, absolute(x))),
    ("also from below", sqrt(over(x, square(z))), over(sqrt(x), absolute(z)), over(sqrt(x), z)),
    ("an odd power below", sqrt(over(ONE, a("^", x, THREE))), over(sqrt(over(ONE, x)), absolute(x)), over(ONE, square(x))),
    ("a square of a sum below", sqrt(square(over(ONE, subtract(x, z)))), over(ONE, absolute(subtract(z, x))), over(ONE, subtract(x, z))),
    ("a negative number inside", square(sqrt(negate(x))), negate(x), x),
    ("a root of a root", square(square(sqrt(sqrt(x)))), x, square(x)),
    ("a root is nonnegative", absolute(sqrt(x)), sqrt(x), negate(sqrt(x))),
    ("so is an absolute value", absolute(absolute(x)), absolute(x), x),
    ("and a norm", absolute(norm(v)), norm(v), negate(norm(v))),
    ("the square of an absolute value", square(absolute(x)), square(x), x),
    ("its cube", a("^", absolute(x), THREE), multiply(square(x), absolute(x)), a("^", x, THREE)),
    ("an absolute value of a product", absolute(multiply(MINUS, x, z)), multiply(absolute(x), absolute(z)), multiply(x, z)),
    ("of a quotient", absolute(over(x, z)), over(absolute(x), absolute(z)), over(x, absolute(z))),
    ("of a square below", absolute(over(ONE, square(z))), over(ONE, square(z)), over(ONE, z)),
    ("of a cube", absolute(a("^", x, THREE)), multiply(square(x), absolute(x)), a("^", x, THREE)),
    ("of a difference", absolute(subtract(x, z)), absolute(subtract(z, x)), add(absolute(x), absolute(z))),
    ("of nothing", absolute(subtract(x, x)), ZERO, ONE),
    ("the norm of a number", norm(x), absolute(x), x),
    # words
    ("a product of matrices", multiply(A, add(A, B)), add(square(A), multiply(A, B)), add(square(A), multiply(B, A))),
    ("matrices do not commute", multiply(A, B), multiply(A, B), multiply(B, A)),
    ("crossing terms cancel", multiply(subtract(I_N, A), add(I_N, A)), subtract(I_N, square(A)), add(I_N, square(A))),
    ("everything cancels", multiply(subtract(A, A), B), multiply(ZERO, B), B),
    ("nothing times a matrix", multiply(subtract(x, x), A), subtract(B, B), A),
    ("once a matrix", multiply(over(x, x), A), A, B),
    ("a multiple", multiply(x, A, y), multiply(multiply(y, x), A), multiply(add(y, x), A)),
    ("a difference of matrices", subtract(A, over(multiply(A, x), x)), multiply(ZERO, A), A),
    ("the transpose of a product", turned(multiply(A, B)), multiply(turned(B), turned(A)), multiply(turned(A), turned(B))),
    ("also of other shapes", turned(multiply(M, N)), multiply(turned(N), turned(M)), turned(multiply(M, turned(M)))),
    ("twice the transpose", turned(turned(A)), A, turned(A)),
    ("the transpose of a number", turned(x), x, negate(add(x, ONE))),
    ("of a sum", turned(add(A, turned(A))), add(A, turned(A)), add(A, A)),
    ("a product with the identity", multiply(A, I_N), A, turned(A)),
    ("a scalar product of columns", multiply(turned(v), w), multiply(turned(w), v), multiply(turned(v), v)),
    ("a bilinear form", multiply(turned(v), A, w), multiply(turned(w), turned(A), v), multiply(turned(w), A, v)),
    ("a square is a norm", multiply(turned(v), v), square(norm(v)), norm(v)),
    ("of a row", multiply(r, turned(r)), square(norm(r)), norm(r)),
    ("of an image", multiply(turned(v), turned(A), A, v), square(norm(multiply(A, v))), multiply(turned(v), A, A, v)),
    ("numbers leave a row", multiply(turned(v), w, r), multiply(r, multiply(turned(w), v)), multiply(turned(v), multiply(turned(w), turned(r)))),
    ("or a column", multiply(v, r, w), multiply(multiply(r, w), v), multiply(multiply(r, v), w)),
    ("or a dyad", multiply(v, r, w, r), multiply(multiply(r, w), v, r), multiply(v, r)),
    ("a dyad has none", multiply(v, r), turned(multiply(turned(r), turned(v))), multiply(turned(r), turned(v))),
    ("two factors of a number", multiply(r, v, r, w), multiply(r, w, r, v), multiply(r, v, r, v)),
    ("a number within a row", multiply(r, multiply(v, r)), multiply(multiply(r, v), r), multiply(r, multiply(w, r))),
    ("within a column", multiply(multiply(v, r), w), multiply(multiply(r, w), v), multiply(w, multiply(r, v))),
    ("within a dyad", multiply(multiply(v, r), multiply(w, r)), multiply(multiply(r, w), multiply(v, r)), multiply(multiply(w, r), multiply(v, r))),
    # traces
    ("a trace rotates", trace(multiply(A, B)), trace(multiply(B, A)), multiply(trace(A), trace(B))),
    ("three factors", trace(multiply(A, A, B)), trace(multiply(A, B, A)), trace(multiply(A, B, B))),
    ("and turns", trace(multiply(A, turned(B))), trace(multiply(B, turned(A))), trace(multiply(A, B))),
    ("of other shapes", trace(multiply(M, N)), trace(multiply(N, M)), trace(multiply(M, turned(M)))),
    ("of a sum", trace(add(A, multiply(x, B))), add(trace(A), multiply(x, trace(B))), add(trace(A), trace(B))),
    ("of a quotient", trace(over(A, x)), over(trace(A), x), trace(A)),
    ("of a dyad", trace(multiply(v, r)), multiply(r, v), multiply(r, w)),
    ("of a number", trace(multiply(r, v)), multiply(r, v), multiply(r, w)),
    ("of an identity", trace(I_2), TWO, ONE),
    ("of an identity of symbolic size", trace(multiply(x, I_N)), multiply(trace(I_N), x), x),
    ("of a conjugate", trace(multiply(inverse(A), B, A)), trace(B), trace(A)),
    ("of a conjugated product", trace(multiply(A, B, B, inverse(A))), trace(square(B)), trace(multiply(A, B))),
    ("of a literal", trace(GRID), add(x, y), multiply(x, y)),
    # inverses
    ("an inverse cancels", multiply(A, inverse(A)), I_N, multiply(A, turned(inverse(A)))),
    ("on both sides", multiply(inverse(A), A, B), B, multiply(inverse(A), B, A)),
    ("transposed", multiply(turned(A), turned(inverse(A))), I_N, multiply(turned(A), inverse(A))),
    ("of a transpose", inverse(turned(A)), turned(inverse(A)), inverse(A)),
    ("of a product", inverse(multiply(A, B)), multiply(inverse(B), inverse(A)), multiply(inverse(A), inverse(B))),
    ("of an inverse", inverse(inverse(A)), A, inverse(A)),
    ("of a multiple", inverse(multiply(z, A)), over(inverse(A), z), multiply(z, inverse(A))),
    ("of a multiple of the identity", inverse(multiply(z, I_N)), over(I_N, z), multiply(z, I_N)),
    ("of a number", inverse(z), over(ONE, z), negate(z)),
    ("of a sum", inverse(add(A, B)), inverse(add(B, A)), add(inverse(A), inverse(B))),
    ("of a square of no squares", trace(inverse(multiply(M, N))), trace(inverse(multiply(M, ONE, N))), trace(multiply(M, N))),
    ("of a multiple of a sum", inverse(add(multiply(TWO, A), multiply(TWO, B))), over(inverse(add(A, B)), TWO), inverse(add(A, B))),
    ("of a transposed sum", inverse(add(turned(A), turned(B))), turned(inverse(add(A, B))), inverse(add(A, B))),
    ("of the other transposed sum", turned(inverse(add(turned(B), A))), inverse(add(turned(A), B)), inverse(add(A, B))),
    ("of a sum, twice", inverse(inverse(add(A, B))), add(A, B), add(turned(A), B)),
    ("of a transposed sum, twice", inverse(turned(inverse(add(A, B)))), add(turned(A), turned(B)), add(A, B)),
    ("of a sum over a number", inverse(over(add(A, B), x)), inverse(add(over(A, x), over(B, x))), inverse(add(A, B))),
    ("of a product with no squares in it", inverse(multiply(A, M_TURNED)), multiply(inverse(M_TURNED), inverse(A)), inverse(A)),
    ("written out", inverse(S), over(literal((entry(S, 2, 2), negate(entry(S, 1, 2))), (negate(entry(S, 2, 1)), entry(S, 1, 1))), det(S)), over(S, det(S))),
    ("an entry of it", entry(inverse(S), 1, 1), over(entry(S, 2, 2), det(S)), over(entry(S, 1, 1), det(S))),
    ("an entry of a transposed one", entry(turned(inverse(S)), 1, 2), over(negate(entry(S, 2, 1)), det(S)), over(entry(S, 2, 1), det(S))),
    ("of a literal sum", multiply(inverse(add(S, T)), add(S, GRID)), multiply(inverse(add(T, S)), add(GRID, S)), S),
    ("of a large literal matrix", multiply(H, inverse(add(H, turned(H)))), multiply(H, inverse(add(turned(H), H))), H),
    # determinants
    ("of a product", det(multiply(A, B)), multiply(det(B), det(A)), add(det(A), det(B))),
    ("of a transpose", det(turned(A)), det(A), negate(det(A))),
    ("of a transposed sum", det(add(turned(A), B)), det(add(A, turned(B))), det(add(A, B))),
    ("of an inverse", det(inverse(A)), over(ONE, det(A)), det(A)),
    ("of an inverse first", multiply(det(inverse(B)), det(B)), ONE, det(B)),
    ("of the inverse of a sum", det(inverse(add(A, B))), over(ONE, det(add(B, A))), det(add(A, B))),
    ("of a multiple", det(multiply(z, A)), multiply(a("^", z, n), det(A)), multiply(z, det(A))),
    ("of a negative", det(negate(A)), multiply(a("^", MINUS, n), det(A)), det(A)),
    ("of an identity", det(I_N), ONE, ZERO),
    ("of a multiple of the identity", det(over(I_N, z)), a("^", over(ONE, z), n), over(ONE, z)),
    ("of nothing", det(subtract(A, A)), ZERO, ONE),
    ("of a conjugate", det(multiply(A, B, inverse(A))), det(B), det(A)),
    ("of no squares", det(multiply(M_TURNED, A)), multiply(det(A), det(M_TURNED)), det(M_TURNED)),
    ("of a small matrix", det(S), subtract(multiply(entry(S, 1, 1), entry(S, 2, 2)), multiply(entry(S, 1, 2), entry(S, 2, 1))), trace(S)),
    ("of a small sum", det(add(S, ZERO_2)), det(S), det(add(S, T))),
    ("of a multiple of a large one", det(multiply(x, H)), multiply(a("^", x, FOUR), det(H)), multiply(x, det(H))),
    ("a size as a number", trace(I_N), n, add(n, ONE)),
    ("a size above another", trace(Constant("identity", Matrix("n + 1", "n + 1"))), add(n, ONE), n),
    ("of a literal", inverse(GRID), inverse(literal((x, add(ZERO, ONE)), (2, y))), GRID),
    ("a negative power", a("^", A, Number(-2)), multiply(inverse(A), inverse(A)), multiply(inverse(A), A)),
    ("the power zero of a matrix", a("^", A, ZERO), I_N, A),
    ("a power of a matrix", a("^", A, THREE), multiply(A, A, A), multiply(A, turned(A), A)),
    # norms and inner products
    ("an inner product", inner(v, w), multiply(turned(w), v), inner(v, v)),
    ("of a row and a column", inner(r, v), inner(v, r), inner(r, r)),
    ("of columns, turned", inner(turned(v), turned(w)), inner(w, v), inner(v, turned(r))),
    ("of numbers", inner(x, y), multiply(x, y), add(x, y)),
    ("of matrices", inner(A, B), trace(multiply(turned(A), B)), trace(multiply(A, B))),
    ("of literals", inner(COLUMN, literal((y,), (z,))), multiply(y, add(x, z)), multiply(x, add(y, z))),
    ("of a literal and a symbol", inner(COLUMN, p), add(multiply(x, entry(p, 1, 1)), multiply(y, entry(p, 2, 1))), inner(p, p)),
    ("a norm of a multiple", norm(multiply(x, v)), multiply(absolute(x), norm(v)), multiply(x, norm(v))),
    ("of a quotient", norm(over(v, z)), over(norm(v), absolute(z)), over(norm(v), z)),
    ("of a row", norm(turned(v)), norm(v), norm(w)),
    ("of an image", norm(multiply(A, v)), norm(multiply(turned(v), turned(A))), multiply(norm(A), norm(v))),
    ("of a sum", square(norm(add(v, w))), add(square(norm(v)), multiply(TWO, inner(v, w)), square(norm(w))), add(square(norm(v)), square(norm(w)))),
    ("of a sum of rows", square(norm(add(r, turned(v)))), square(norm(add(v, turned(r)))), square(norm(v))),
    ("of a matrix", square(norm(A)), trace(multiply(turned(A), A)), trace(square(A))),
    ("of a literal", square(norm(GRID)), add(square(x), square(y), Number(5)), add(square(x), square(y))),
    ("of no vector", norm(subtract(v, v)), ZERO, ONE),
    ("of ones", norm(multiply(TWO, ONES)), multiply(TWO, norm(ONES)), norm(ONES)),
    # entries and literals
    ("an entry of a sum", entry(add(S, T), 1, 2), add(entry(S, 1, 2), entry(T, 1, 2)), add(entry(S, 1, 2), entry(T, 2, 1))),
    ("of a transpose", entry(turned(S), 1, 2), entry(S, 2, 1), entry(S, 1, 2)),
    ("of an identity", entry(multiply(x, I_2), 1, 1), x, ZERO),
    ("of an identity, beside", entry(I_2, 1, 2), ZERO, ONE),
    ("of a product", entry(multiply(S, T), 1, 2), entry(multiply(multiply(S, I_2), T), 1, 2), entry(multiply(T, S), 1, 2)),
    ("of a quotient", entry(over(S, z), 1, 2), over(entry(S, 1, 2), z), entry(S, 1, 2)),
    ("of a literal", entry(GRID, 2, 1), TWO, ONE),
    ("a component", component(add(p, q), 2), add(component(p, 2), component(q, 2)), add(component(p, 2), component(q, 1))),
    ("of a row", component(h, 2), component(turned(h), 2), component(h, 1)),
    ("of a literal row", component(ROW, 2), y, x),
    ("a sum of literals", add(GRID, GRID), multiply(TWO, GRID), turned(GRID)),
    ("a negated literal", negate(GRID), literal((negate(x), -1), (-2, negate(y))), GRID),
    ("a transposed literal", turned(GRID), literal((x, 2), (1, y)), GRID),
    ("a product of literals", multiply(GRID, COLUMN), literal((add(square(x), y),), (add(multiply(TWO, x), square(y)),)), COLUMN),
    ("a row and a column", multiply(ROW, COLUMN), add(square(x), square(y)), add(x, y)),
    ("a column and a row", multiply(COLUMN, ROW), literal((square(x), multiply(x, y)), (multiply(x, y), square(y))), GRID),
    ("a power of a literal", square(GRID), multiply(GRID, GRID), literal((square(x), 1), (4, square(y)))),
    ("the power zero of a literal", a("^", GRID, ZERO), I_2, GRID),
    ("a literal of one entry", add(literal((x,)), y), add(x, y), x),
    ("a literal meets a symbol", add(S, GRID), literal((add(x, entry(S, 1, 1)), add(ONE, entry(S, 1, 2))), (add(TWO, entry(S, 2, 1)), add(y, entry(S, 2, 2)))), add(turned(S), GRID)),
    ("and the identity", multiply(I_2, GRID), GRID, turned(GRID)),
    ("and nothing", add(GRID, ZERO_2), GRID, turned(GRID)),
    ("and a sum", add(S, T, ZERO_2, GRID), add(GRID, T, S), add(GRID, S)),
    ("and a transpose", add(GRID, turned(S)), turned(add(turned(GRID), S)), add(GRID, S)),
    ("and a product", add(multiply(S, T), GRID), add(GRID, multiply(literal((entry(S, 1, 1), entry(S, 1, 2)), (entry(S, 2, 1), entry(S, 2, 2))), T)), add(GRID, multiply(T, S))),
    ("and a quotient", multiply(GRID, over(p, z)), over(multiply(GRID, p), z), multiply(GRID, p)),
    ("the determinant of a literal", a("det", GRID), subtract(multiply(x, y), TWO), add(multiply(x, y), TWO)),
    ("of three rows", a("det", literal((x, 1, 2), (0, y, 1), (3, 0, z))), subtract(add(multiply(x, y, z), THREE), multiply(Number(6), y)), multiply(x, y, z)),
    ("of a number", a("det", x), x, absolute(add(x, ONE))),
    ("of a symbol", a("det", add(A, B)), a("det", add(B, A)), add(a("det", A), a("det", B))),
    # computed numbers
    ("a factorial", a("factorial", FOUR), Number(24), FOUR),
    ("a factorial of a letter", a("factorial", add(i, ONE)), a("factorial", add(ONE, i)), a("factorial", i)),
    ("a binomial", a("binomial", FOUR, TWO), Number(6), FOUR),
    ("an empty binomial", a("binomial", TWO, FOUR), a("binomial", TWO, add(TWO, TWO)), ONE),
    ("a floor", a("floor", fraction(-3, 2)), Number(-2), MINUS),
    ("a ceiling", a("ceil", fraction(-3, 2)), MINUS, Number(-2)),
    ("a sign", a("sgn", Number(-5)), MINUS, ONE),
    ("a sign of nothing", a("sgn", subtract(x, x)), ZERO, ONE),
    ("a least number", a("min", THREE, HALF), HALF, THREE),
    ("a greatest number", a("max", THREE, HALF), THREE, HALF),
    ("the least is symmetric", a("min", x, y, z), a("min", z, x, y), a("max", x, y, z)),
    ("a floor of a letter", a("floor", add(x, ONE)), a("floor", add(ONE, x)), x),
    ("elementary functions", a("exp", add(x, y)), a("exp", add(y, x)), a("exp", x)),
    ("constants", add(PI, EULER), add(EULER, PI), add(PI, PI)),
    # roots, factor by factor
    ("a root of a number by its primes", sqrt(Number(72)), multiply(Number(6), sqrt(TWO)), multiply(TWO, sqrt(Number(6)))),
    ("of a fraction", sqrt(fraction(1, 8)), over(sqrt(TWO), FOUR), over(sqrt(TWO), TWO)),
    ("of a square without small factors", sqrt(multiply(Number(53**2), TWO)), multiply(Number(53), sqrt(TWO)), Number(53)),
    ("of a fourth power of such", a("root", multiply(Number(53**4), THREE), FOUR), multiply(Number(53), a("root", THREE, FOUR)), Number(53)),
    ("roots of a number with each other", multiply(a("root", TWO, SIX), a("root", TWO, THREE)), sqrt(TWO), a("root", TWO, THREE)),
    ("a fourth root squared", square(a("root", TWO, FOUR)), sqrt(TWO), TWO),
    ("a root of a root of a number", sqrt(sqrt(FIVE)), a("root", FIVE, FOUR), sqrt(FIVE)),
    ("a cube root of a product", a("root", multiply(x, z), THREE), multiply(a("root", x, THREE), a("root", z, THREE)), multiply(x, a("root", z, THREE))),
    ("of a negative product", a("root", multiply(Number(-8), x), THREE), multiply(Number(-2), a("root", x, THREE)), multiply(TWO, a("root", x, THREE))),
    ("of a quotient", a("root", over(x, z), THREE), over(a("root", x, THREE), a("root", z, THREE)), multiply(a("root", x, THREE), a("root", z, THREE))),
    ("a root of a cube", a("root", a("^", subtract(x, z), THREE), THREE), subtract(x, z), absolute(subtract(x, z))),
    ("a ninth root cubed", a("^", a("root", x, Number(9)), THREE), a("root", x, THREE), x),
    ("a fifteenth root", a("^", a("root", x, Number(15)), Number(15)), x, ONE),
    ("a perfect square inside", sqrt(add(square(x), multiply(TWO, x, z), square(z))), absolute(add(x, z)), add(x, z)),
    ("a square with a fraction", sqrt(add(square(x), x, fraction(1, 4))), absolute(add(x, HALF)), absolute(add(x, ONE))),
    ("a sixth power inside", sqrt(a("^", add(x, z), SIX)), a("^", absolute(add(x, z)), THREE), absolute(add(x, z))),
    ("nearly a square", sqrt(add(square(x), x, ONE)), sqrt(add(ONE, x, square(x))), absolute(add(x, ONE))),
    ("pi is positive", sqrt(multiply(square(PI), x)), multiply(PI, sqrt(x)), multiply(square(PI), sqrt(x))),
    ("what divides cancels inside", sqrt(over(subtract(square(x), square(z)), subtract(x, z))), sqrt(add(x, z)), sqrt(subtract(x, z))),
    ("twice", sqrt(over(a("^", add(x, z), THREE), square(add(x, z)))), sqrt(add(x, z)), add(x, z)),
    ("what does not divide", sqrt(over(add(square(x), z), add(x, z))), sqrt(over(add(z, square(x)), add(z, x))), sqrt(x)),
    # the least and the greatest
    ("a maximum of three", a("max", x, y, z), a("max", a("max", z, x), y), a("max", x, y)),
    ("a minimum of three", a("min", x, a("min", y, z)), a("min", z, y, x), a("max", x, y, z)),
    ("a maximum of the same", a("max", add(x, y), add(y, x)), add(x, y), x),
    # sums and products
    ("a finite sum", a("sum", multiply(k, x), k, ONE, THREE), multiply(Number(6), x), multiply(THREE, x)),
    ("a finite product", a("product", add(k, x), k, ONE, TWO), multiply(add(ONE, x), add(TWO, x)), square(add(ONE, x))),
    ("an empty sum", a("sum", x, k, ONE, ZERO), ZERO, x),
    ("an empty product", a("product", x, k, ONE, ZERO), ONE, ZERO),
    ("a power of a matrix, written out", a("product", S, k, ONE, THREE), a("^", S, THREE), square(S)),
    ("a sum of a letter", a("sum", k, k, ONE, i), a("sum", k, k, ONE, i), i),
    ("a sum to a fraction", a("sum", over(k, z), k, TWO, TWO), over(TWO, z), z),
    # matrices of matrices, entries at letters
    ("blocks", blocks((add(A, B), A), (A, B)), blocks((add(B, A), A), (A, B)), blocks((A, add(A, B)), (A, B))),
    ("an adjugate", a("adjugate", add(A, B)), a("adjugate", add(B, A)), add(a("adjugate", A), a("adjugate", B))),
    ("an entry at a letter", a("entry", add(A, B), i, ONE), a("entry", add(B, A), i, ONE), a("entry", A, i, ONE)),
    ("a component at a letter", a("component", add(v, w), i), a("component", add(w, v), i), a("component", v, i)),
    ("a power to a letter", a("^", add(A, B), k), a("^", add(B, A), k), a("^", A, k)),
    # functions
    ("a value", a("apply", f, add(x, y)), a("apply", f, add(y, x)), add(a("apply", f, x), a("apply", f, y))),
    ("a matrix as a value", turned(turned(a("apply", F, x))), a("apply", F, x), turned(a("apply", F, x))),
    ("a gradient", a("gradient", g, add(v, w)), a("gradient", g, add(w, v)), add(a("gradient", g, v), w)),
    ("a gradient of a number", a("gradient", f, add(x, y)), a("gradient", f, add(y, x)), a("gradient", f, x)),
    ("its component", component(a("gradient", g, v), 2), a("partial", g, a("indices", TWO), v), a("partial", g, a("indices", ONE), v)),
    ("a component of a row", component(a("gradient", rows, h), 1), a("partial", rows, a("indices", ONE), h), a("partial", rows, a("indices", TWO), h)),
    ("a second derivative", a("partial", f, a("indices", ONE, ONE), add(x, y)), a("partial", f, a("indices", ONE, ONE), add(y, x)), a("partial", f, a("indices", ONE), add(x, y))),
    ("a hessian", multiply(a("hessian", g, add(v, w)), w), multiply(a("hessian", g, add(w, v)), w), multiply(a("hessian", g, v), v)),
]  # fmt: skip


@pytest.mark.parametrize(("left", "right", "_"), [case[1:] for case in RULES], ids=[case[0] for case in RULES])
def test_a_rule_identifies_what_is_equal(left: Term, right: Term, _: Term) -> None:
    assert same(left, right)
    assert all(agreements(left, right))  # where they are rational


@pytest.mark.parametrize(("left", "_", "neighbour"), [case[1:] for case in RULES], ids=[case[0] for case in RULES])
def test_its_false_neighbour_is_not_identified(left: Term, _: Term, neighbour: Term) -> None:
    assert not all(agreements(left, neighbour))  # it is false
    assert not same(left, neighbour)


# --- what the hypotheses say -------------------------------------------------------------------------------------------


def test_the_size_of_blocks_and_products() -> None:
    names = [Symbol(letter, INTEGER) for letter in "mn"]
    whole = subtract(add(multiply(Number(2), *names), names[0]), ONE)
    assert same(trace(Constant("identity", Matrix("2 * m * n + m - 1", "2 * m * n + m - 1"))), whole)


def only_x(term: Term) -> bool:
    return term == x


def test_the_root_of_a_square_depends_on_the_sign() -> None:
    assert same(sqrt(square(x)), x, only_x)
    assert not same(sqrt(square(x)), x)
    assert not same(sqrt(square(z)), z, only_x)
    assert not same(sqrt(square(x)), x, lambda term: False)


def test_an_absolute_value_depends_on_the_sign() -> None:
    assert same(absolute(multiply(x, z)), multiply(x, absolute(z)), only_x)
    assert not same(absolute(multiply(x, z)), multiply(x, z), only_x)
    assert not same(absolute(subtract(x, z)), subtract(x, z), only_x)


UNSPLIT: list[tuple[str, Term, Term, Term]] = [
    ("roots of roots beyond the bound", sqrt(a("root", TWO, Number(4099))), sqrt(a("root", TWO, Number(4099))), a("root", TWO, Number(4099))),
    ("its square", a("^", multiply(Number(-8), x), fraction(2, 3)), multiply(FOUR, a("^", x, fraction(2, 3))), multiply(Number(-4), a("^", x, fraction(2, 3)))),
    ("a fourth root of a square is no root", a("root", square(x), FOUR), a("root", square(x), FOUR), sqrt(x)),
    ("a square root of a negative number", square(sqrt(Number(-4))), Number(-4), FOUR),
    ("a root of too high an index of a product", a("root", multiply(FOUR, x), Number(5001)), a("root", multiply(x, FOUR), Number(5001)), a("root", x, Number(5001))),
    ("a root of 1", a("root", ONE, Number(5001)), ONE, TWO),
]  # fmt: skip


@pytest.mark.parametrize(("left", "right", "other"), [case[1:] for case in UNSPLIT], ids=[case[0] for case in UNSPLIT])
def test_roots_that_stay(left: Term, right: Term, other: Term) -> None:
    assert same(left, right)
    assert not same(left, other)


KNOWN_ROOTS: list[tuple[str, Term, Term, Term]] = [
    ("a product", sqrt(multiply(x, y)), multiply(sqrt(x), sqrt(y)), multiply(x, y)),
    ("a sum of what is not negative", sqrt(multiply(square(add(x, y)), z)), multiply(add(x, y), sqrt(z)), multiply(absolute(z), sqrt(z))),
    ("with an even power", absolute(add(x, square(z))), add(x, square(z)), subtract(x, square(z))),
    ("with an odd power", absolute(add(x, z)), absolute(add(z, x)), add(x, z)),
    ("with a minus", absolute(subtract(x, y)), absolute(subtract(y, x)), subtract(x, y)),
    ("powers that are no whole numbers", multiply(a("^", x, fraction(3, 4)), a("^", x, fraction(1, 4))), x, square(x)),
    ("a negative one", multiply(a("^", x, fraction(-1, 2)), x), sqrt(x), x),
    ("a root of a root", sqrt(a("root", x, THREE)), a("root", x, SIX), a("root", x, THREE)),
    ("a divisor is not 0", a("root", over(ONE, x), SIX), over(a("root", x, THREE), sqrt(x)), sqrt(x)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("left", "right", "other"), [case[1:] for case in KNOWN_ROOTS], ids=[case[0] for case in KNOWN_ROOTS]
)
def test_roots_of_what_is_known_to_be_nonnegative(left: Term, right: Term, other: Term) -> None:
    assert same(left, right, lambda term: term in {x, y})
    assert not same(left, other, lambda term: term in {x, y})
    assert same(left, left)


def test_roots_of_several_indices_meet_over_what_is_positive() -> None:
    """x^(1/6) = x^(1/2) x^(2/3) / x divides by x: not for what may be 0."""

    def mixed(positive: Callable[[Term], bool]) -> bool:
        atoms = Atoms(lambda term: term == x, positive)
        product = multiply(a("root", x, SIX), a("root", x, THREE))
        return is_zero(atoms.subtract(atoms.form(product), atoms.form(sqrt(x))), atoms)

    assert mixed(lambda term: term == x)
    assert not mixed(lambda term: False)


def test_a_product_under_an_even_root_stays_where_signs_are_not_known() -> None:
    assert not same(sqrt(multiply(x, z)), multiply(sqrt(x), sqrt(z)))


def test_a_cube_root_is_not_nonnegative() -> None:
    assert not same(absolute(a("root", x, THREE)), a("root", x, THREE))


def test_the_norm_of_what_is_not_a_symbol_is_nonnegative() -> None:
    assert same(absolute(norm(multiply(A, v))), norm(multiply(A, v)))
    assert not same(absolute(multiply(turned(v), w)), multiply(turned(v), w))


def test_the_squares_of_numbers_columns_rows_and_matrices() -> None:
    cases = [(x, square(x)), (v, square(norm(v))), (r, square(norm(r))), (A, trace(multiply(turned(A), A)))]
    cases += [
        (GRID, add(square(x), square(y), Number(5))),
        (COLUMN, add(square(x), square(y))),
        (ROW, square(norm(ROW))),
    ]
    for term, expected in cases:
        atoms = Atoms()
        assert is_zero(atoms.subtract(atoms.square(atoms.form(term)), atoms.form(expected)), atoms)
        assert not is_zero(atoms.subtract(atoms.square(atoms.form(term)), atoms.form(ONE)), atoms)


def test_numbers_are_read_off() -> None:
    atoms = Atoms()
    assert number_of(atoms.form(add(HALF, HALF))) == 1
    assert number_of(atoms.form(subtract(x, x))) == 0
    for term in (x, add(x, ONE), over(ONE, x), I_2, GRID):
        assert number_of(atoms.form(term)) is None


def test_a_matrix_is_zero_when_all_its_entries_are() -> None:
    atoms = Atoms()
    assert is_zero(atoms.form(subtract(GRID, GRID)), atoms)
    assert not is_zero(atoms.form(subtract(GRID, literal((x, 1), (2, 0)))), atoms)
    assert not is_zero(atoms.form(sqrt(x)), atoms)


def test_numbers_are_computed_within_limits_only() -> None:
    atoms = Atoms()
    for term in (
        a("factorial", HALF),
        a("factorial", MINUS),
        a("factorial", Number(module.MAXIMUM_FACTORIAL + 1)),
        a("binomial", HALF, ONE),
        a("binomial", TWO, HALF),
        a("binomial", TWO, MINUS),
        a("binomial", Number(module.MAXIMUM_FACTORIAL + 1), ONE),
    ):
        assert number_of(atoms.form(term)) is None
    assert number_of(atoms.form(a("factorial", ZERO))) == 1
    assert number_of(atoms.form(a("binomial", FOUR, FOUR))) == 1


def test_what_is_not_known_is_an_atom_of_its_own() -> None:
    for head in ("derivative", "integral", "limit"):
        rest = {"derivative": (), "integral": (ZERO, ONE), "limit": (ONE,)}[head]
        one, other = (a(head, body, z, *rest) for body in (square(z), multiply(TWO, z)))
        assert same(one, one)
        assert not same(one, other)
    vector = a("derivative", norm(v), v)
    assert same(multiply(TWO, vector), add(vector, vector))
    assert not same(vector, a("derivative", norm(v), w))


def test_sums_that_are_not_written_out() -> None:
    long = a("sum", k, k, ZERO, Number(module.MAXIMUM_SUMMANDS))
    assert same(long, Number(module.MAXIMUM_SUMMANDS * (module.MAXIMUM_SUMMANDS + 1) // 2))
    atoms = Atoms()
    for lower, upper in ((ZERO, Number(module.MAXIMUM_SUMMANDS + 1)), (i, TWO), (ONE, i), (HALF, TWO), (ONE, HALF)):
        assert number_of(atoms.form(a("sum", a("exp", k), k, lower, upper))) is None
    assert not same(a("sum", k, k, ONE, i), a("sum", ONE, k, ONE, i))
    assert not same(a("sum", k, k, ONE, i), a("product", k, k, ONE, i))
    matrices = a("sum", multiply(k, A), k, ONE, i)
    assert same(trace(turned(matrices)), trace(matrices))
    assert not same(turned(matrices), matrices)


# --- no factors ---------------------------------------------------------------------------------------------------------

NONE_OF_S = a("product", S, k, ONE, ZERO)


def test_the_product_of_no_matrices_is_the_identity() -> None:
    assert same(NONE_OF_S, a("^", S, ZERO))
    assert same(trace(NONE_OF_S), TWO)
    assert not same(trace(NONE_OF_S), ONE)
    assert not same(norm(NONE_OF_S), ONE)
    assert not same(a("det", multiply(x, NONE_OF_S)), x)
    assert same(trace(a("product", A, k, ONE, ZERO)), trace(I_N))
    assert same(a("sum", S, k, ONE, ZERO), ZERO_2)
    assert same(trace(a("^", a("sum", S, k, ONE, ZERO), ZERO)), TWO)


def test_one_is_not_two(monkeypatch: pytest.MonkeyPatch) -> None:
    """The product of no 2 x 2 matrices taken for the number 1, and for the identity: traces 1 and 2.

    Refused twice: no claim may speak of a product of no matrices (no value is given to it), and were it admitted, its normal form is one thing only.
    """
    as_number, as_matrix = equal(trace(NONE_OF_S), ONE), equal(NONE_OF_S, I_2)
    from_matrix = Rewrite(1, False, Identity())
    proof = Lemma(as_number, Identity(), Lemma(as_matrix, Identity(), Rewrite(0, True, from_matrix)))
    for claim in (Claim(equal(trace(NONE_OF_S), TWO)), Claim(as_number), Claim(as_matrix)):
        with pytest.raises(Rejected, match="may be empty"):
            check(claim, Identity())
    with pytest.raises(Rejected, match="may be empty"):
        check(Claim(equal(ONE, TWO)), proof)
    monkeypatch.setattr("derive.kernel.check.obligations", lambda term: ())
    assert check(Claim(as_matrix), Identity()) == ()
    with pytest.raises(Rejected, match="the normal forms differ"):
        check(Claim(equal(ONE, TWO)), proof)


@pytest.mark.parametrize("head", ["sum", "product"])
def test_no_matrices_have_no_value_of_the_wrong_size(head: str) -> None:
    assignment, sizes = POINTS[0]
    for body in (S, A, p):
        with pytest.raises(Undecided, match="no matrices"):
            evaluate(trace(a("^", a(head, body, k, ONE, ZERO), ZERO)), assignment, sizes)
    assert evaluate(a("sum", c, k, ONE, ZERO), assignment, sizes) == 0
    assert evaluate(a("product", c, k, ONE, ZERO), assignment, sizes) == 1


# --- refusals -----------------------------------------------------------------------------------------------------------

WIDE, TALL = Symbol("W", Matrix(2, 300)), Symbol("H", Matrix(300, 2))
TO_LETTER, FROM_LETTER = Symbol("P", Matrix(2, "n")), Symbol("Q", Matrix("n", 2))
IDENTITY_FUNCTION = Lambda((x,), x)
ROOTS = multiply(*(sqrt(Symbol(f"x_{index}")) for index in range(201)))
DIGITS = Number(1 << 60_000)
FRACTIONS = add(multiply(fraction(1, 2**40_000), x), multiply(fraction(1, 3**26_000), y))
DOUBLED = reduce(lambda term, _: add(negate(term), negate(term)), range(17), add(x, y))

REFUSED: list[tuple[str, Term, str]] = [
    ("a division by nothing", over(x, subtract(y, y)), "division by zero"),
    ("a division by the square of a root", over(x, subtract(multiply(sqrt(y), sqrt(y)), y)), "division by zero"),
    ("an inverse of nothing", inverse(subtract(y, y)), "division by zero"),
    ("a negative power of nothing", a("^", ZERO, MINUS), "division by zero"),
    ("a negative broken power of nothing", a("^", ZERO, Number(Fraction(-1, 2))), "division by zero"),
    ("a product of matrices that are not square", a("product", M, k, ONE, TWO), "whose sizes differ"),
    ("a product of rows", a("product", ROW, k, ONE, TWO), "whose sizes differ"),
    ("a product of no columns", a("product", p, k, ONE, ZERO), "no matrices that are not square"),
    ("a high power of a matrix", a("^", A, Number(65)), "too high an exponent"),
    ("a high power of a literal", a("^", GRID, Number(65)), "too high an exponent"),
    ("a high negative power of a matrix", a("^", A, Number(-65)), "too high an exponent"),
    ("a high power", a("^", ONE, Number(1 << 15)), "exponent that is too large"),
    ("a high negative power", a("^", ONE, negate(Number(1 << 15))), "exponent that is too large"),
    ("a broken power with a large denominator", a("^", x, fraction(1, 1001)), "exponent that is too large"),
    ("a degree", a("^", a("^", x, Number(200)), Number(200)), "too high a degree"),
    ("a number", DIGITS, "too many digits"),
    ("sums that are shared over and over", DOUBLED, "over and over"),
    ("a product of sums of long fractions", multiply(FRACTIONS, add(x, y)), "common denominator of too many digits"),
    ("a literal of many entries", literal(*((0,) * 20 for _ in range(21))), "too many entries"),
    ("an entry by entry product of many entries", multiply(COLUMN, literal((0,) * 201)), "too many entries"),
    ("a literal and a large zero", multiply(ROW, Constant("zero", Matrix(2, 300))), "too many entries"),
    ("a literal and a large symbol within", add(GRID, multiply(WIDE, TALL)), "symbol of too many entries"),
    ("a literal and a symbol of so many rows", multiply(FROM_LETTER, GRID), "sizes differ"),
    ("a literal and such rows within", add(GRID, multiply(turned(FROM_LETTER), FROM_LETTER)), "symbolic size"),
    ("a sum of literals with other columns", add(GRID, COLUMN), "different sizes"),
    ("a sum of literals with other rows", add(GRID, multiply(x, literal((1, 2), (3, 4), (5, 6)))), "different sizes"),
    ("a literal and a symbol of symbolic size", multiply(ROW, TO_LETTER), "sizes differ"),
    ("a literal and a symbolic size within", add(GRID, multiply(TO_LETTER, FROM_LETTER)), "symbolic size"),
    ("a large determinant", a("det", literal(*((x,) * 6 for _ in range(6)))), "determinant"),
    ("many roots", square(ROOTS), "nested roots"),
    ("a concrete function", IDENTITY_FUNCTION, "concrete function as a value"),
    ("a concrete function applied", a("apply", IDENTITY_FUNCTION, x), "concrete function in a claim"),
    ("its derivative", a("gradient", IDENTITY_FUNCTION, x), "concrete function in a claim"),
    ("a function as a value", f, "function or a statement"),
    ("a statement as a value", TRUE, "function or a statement"),
]


@pytest.mark.parametrize(("term", "message"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_refused(term: Term, message: str) -> None:
    with pytest.raises(Rejected, match=message):
        Atoms().form(term)


def test_a_sum_of_literals_of_different_sizes_is_refused() -> None:
    atoms = Atoms()
    for other in (COLUMN, literal((x, y, z), (1, 2, 3))):
        with pytest.raises(Rejected, match="different sizes"):
            atoms.add(atoms.form(GRID), atoms.form(other))


def test_a_large_symbol_is_refused_before_its_entries_are_made() -> None:
    atoms = Atoms()
    with pytest.raises(Rejected, match="too many entries"):
        atoms.form(add(GRID, multiply(WIDE, TALL)))
    assert not [key for key in atoms.numbers if isinstance(key, tuple) and key[0] == "entry"]


def test_at_the_limits_is_accepted() -> None:
    assert same(a("^", A, Number(64)), square(a("^", A, Number(32))))
    assert same(a("^", ONE, Number((1 << 15) - 1)), ONE)
    assert same(a("^", a("^", x, fraction(1, 1000)), Number(1000)), x)
    assert same(a("det", literal(*(tuple(int(i == j) for j in range(5)) for i in range(5)))), ONE)
    assert same(square(multiply(sqrt(x), sqrt(y))), multiply(x, y))
    assert same(literal(*((0,) * 20 for _ in range(20))), Constant("zero", Matrix(20, 20)))


# --- exact roots ------------------------------------------------------------------------------------------------------


@settings(derandomize=True, deadline=None, max_examples=100)
@given(st.integers(0, 10**12), st.integers(2, 7))
def test_the_integer_root_is_the_largest_below(value: int, index: int) -> None:
    root = integer_root(value, index)
    assert root**index <= value < (root + 1) ** index


@settings(derandomize=True, deadline=None, max_examples=60)
@given(st.fractions(-20, 20, max_denominator=30), st.integers(2, 5))
def test_the_exact_root_of_a_power(value: Fraction, index: int) -> None:
    assert exact_root(value**index, index) == (abs(value) if index % 2 == 0 else value)


def test_numbers_without_an_exact_root() -> None:
    assert exact_root(Fraction(2), 2) is None
    assert exact_root(Fraction(1, 2), 2) is None
    assert exact_root(Fraction(2, 9), 2) is None
    assert exact_root(Fraction(-4), 2) is None
    assert exact_root(Fraction(-2), 3) is None
    assert exact_root(Fraction(-8), 3) == -2


def test_the_index_of_a_root_has_no_bound() -> None:
    assert integer_root(2, 10**18) == 1
    assert integer_root(7, 3) == 1
    assert integer_root(8, 3) == 2
    assert not same(a("root", TWO, Number(10**18)), ONE)


# --- small worlds: all terms of a few symbols ---------------------------------------------------------------------------


def collisions(terms: Iterable[Term], points: list[tuple[dict[Symbol, Term], dict[str, int]]]) -> int:
    """Compares all terms of one normal form at all points; how many comparisons could be decided."""
    groups: dict[object, list[Term]] = defaultdict(list)
    atoms = Atoms()
    for term in terms:
        try:
            groups[atoms.canonical(atoms.form(term))].append(term)
        except Rejected:
            continue
    decided = 0
    for group in groups.values():
        for assignment, sizes in points if len(group) > 1 else []:
            known: tuple[Term, Value] | None = None
            for term in group:
                try:
                    value = evaluate(term, assignment, sizes)
                    if known is not None:
                        assert compare("=", known[1], value), f"{known[0]} and {term} at {assignment}"
                        decided += 1
                    known = known or (term, value)
                except (Undefined, Undecided):
                    continue
    return decided


def grown(
    terms: list[Term],
    others: list[Term],
    unary: list[Callable[[Term], Term]],
    binary: list[Callable[[Term, Term], Term]],
) -> list[Term]:
    """All terms that one operation makes, where they are well-sorted."""
    made = [make(term) for make in unary for term in terms]
    made += [
        make(*pair) for make in binary for one in terms for other in others for pair in ((one, other), (other, one))
    ]
    return [term for term in dict.fromkeys(made) if well_sorted(term)]


def well_sorted(term: Term) -> bool:
    try:
        sort_of(term)
    except IllSorted:
        return False
    return True


def test_all_small_scalars_of_one_form_have_one_value() -> None:
    unary = [negate, absolute, sqrt, square, inverse, lambda term: a("root", term, THREE)]
    binary: list[Callable[[Term, Term], Term]] = [add, multiply, over]
    first: list[Term] = [x, z, TWO]
    second = grown(first, first, unary, binary)
    third = grown(second, first, unary, binary)
    numbers = [fraction(*pair) for pair in ((4,), (-4,), (0,), (1, 4), (-8,))]
    points: list[tuple[dict[Symbol, Term], dict[str, int]]] = [
        ({x: one, z: other}, {}) for one, other in product(numbers, numbers[1:3])
    ]
    assert collisions(first + second + third, points) > 1000


def test_all_small_matrix_terms_of_one_form_have_one_value() -> None:
    unary = [turned, trace, norm, inverse, square, lambda term: a("det", term), negate]
    binary: list[Callable[[Term, Term], Term]] = [multiply, add, inner]
    first: list[Term] = [S, T, p, h, GRID, I_2]
    second = grown(first, first, unary, binary)
    third = grown(second, first, unary, binary)
    assert collisions(first + second + third, POINTS[:3]) > 1000


# --- what numerator and denominator share ----------------------------------------------------------------------------------


def test_a_visible_factor_is_cancelled_under_a_root() -> None:
    """Where the radicand is defined the factor is not 0; what is not shared stays, as do sums that only could be divided."""
    assert same(a("sqrt", a("/", multiply(x, y), multiply(y, x))), ONE)
    assert same(a("sqrt", a("/", multiply(x, x, y), multiply(x, y, z))), a("sqrt", a("/", x, z)))
    assert same(a("exp", a("/", multiply(TWO, x), x)), a("exp", TWO))
    assert same(a("exp", a("/", multiply(a("+", x, y), z), a("+", x, y))), a("exp", z))
    assert same(a("exp", a("/", multiply(x, x), multiply(x, x, x))), a("exp", a("/", ONE, x)))
    assert not same(a("sqrt", a("/", multiply(x, y), y)), a("sqrt", a("/", x, y)))
    assert not same(a("exp", a("/", a("+", x, y), x)), a("exp", y))
    assert not same(a("exp", a("/", multiply(TWO, x), x)), a("exp", ONE))
    assert not same(a("exp", a("/", multiply(x, x), x)), a("exp", ONE))
