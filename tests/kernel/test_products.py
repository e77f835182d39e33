"""Kronecker products, vec, products entry by entry, positions and blocks in normal form: each rule against exact values, and beside it a false one."""

from __future__ import annotations

from fractions import Fraction

import pytest

from derive.kernel import size
from derive.kernel.certificate import Identity, Rejected
from derive.kernel.check import check
from derive.kernel.claim import Claim
from derive.kernel.evaluation import Undecided, Undefined, compare, evaluate
from derive.kernel.normal_form import Atoms, Form, is_zero
from derive.kernel.term import (
    INTEGER,
    ONE,
    TWO,
    ZERO,
    Apply,
    Constant,
    Matrix,
    Number,
    Size,
    Symbol,
    Term,
    TermError,
    add,
    equal,
    multiply,
    negate,
    subtract,
)

x, y = Symbol("x"), Symbol("y")
HALF = Number(Fraction(1, 2))
i, j, k, n, m = (Symbol(name, INTEGER) for name in "ijknm")
REAL_J = Symbol("j")
A, B, C = (Symbol(name, Matrix("n", "n")) for name in "ABC")
M, N = Symbol("M", Matrix("m", "n")), Symbol("N", Matrix("n", "m"))
D = Symbol("D", Matrix("m", "m"))
v, w, u = (Symbol(name, Matrix("n", 1)) for name in "vwu")
r, b = Symbol("r", Matrix(1, "n")), Symbol("b", Matrix("m", 1))
S, T = (Symbol(name, Matrix(2, 2)) for name in "ST")
p, h = Symbol("p", Matrix(2, 1)), Symbol("h", Matrix(1, 2))
c = Symbol("c", Matrix(1, 1))
Z, Y = (Symbol(name, Matrix("m + n", "m + n")) for name in "ZY")
z = Symbol("z", Matrix("m + n", 1))
Q = Symbol("Q", Matrix("n", "m + n"))
SYMBOLS = (Q, A, B, C, M, N, D, v, w, u, r, b, S, T, p, h, Z, Y, z)


def a(head: str, *arguments: Term) -> Apply:
    return Apply(head, arguments)


def turned(term: Term) -> Term:
    return a("transpose", term)


def trace(term: Term) -> Term:
    return a("trace", term)


def det(term: Term) -> Term:
    return a("det", term)


def inverse(term: Term) -> Term:
    return a("inverse", term)


def square(term: Term) -> Term:
    return a("^", term, TWO)


def norm(term: Term) -> Term:
    return a("norm", term)


def kron(one: Term, other: Term) -> Term:
    return a("kronecker", one, other)


def had(one: Term, other: Term) -> Term:
    return a("hadamard", one, other)


def vec(term: Term) -> Term:
    return a("vec", term)


def unit_of(length: Size) -> Term:
    return Constant("identity", Matrix(length, length))


def ones(rows: Size, columns: Size = 1) -> Term:
    return Constant("ones", Matrix(rows, columns))


def zero(rows: Size, columns: Size) -> Term:
    return Constant("zero", Matrix(rows, columns))


def e(index: Term, length: Size = "n") -> Term:
    return a("unit", zero(length, 1), index, ONE)


def at(matrix: Term, row: Term, column: Term) -> Term:
    return a("entry", matrix, row, column)


def of(vector: Term, index: Term) -> Term:
    return a("component", vector, index)


def total(body: Term, variable: Symbol = j, upper: Term = n, lower: Term = ONE) -> Term:
    return a("sum", body, variable, lower, upper)


def literal(*entries: tuple[Term | int, ...]) -> Apply:
    return a(
        "matrix",
        *(a("row", *(Number(entry) if isinstance(entry, int) else entry for entry in row)) for row in entries),
    )


def blocks(*rows: tuple[Term, ...]) -> Apply:
    return a("blocks", *(a("row", *row) for row in rows))


def same(one: Term, other: Term) -> bool:
    atoms = Atoms()
    return is_zero(atoms.subtract(atoms.form(one), atoms.form(other)), atoms)


def filled(rows: int, columns: int, seed: int) -> Term:
    return literal(
        *(tuple((seed * (3 * i + 5 * j + i * j * j + 1)) % 11 - 4 for j in range(columns)) for i in range(rows))
    )


def point(seed: int, letters: dict[str, int]) -> tuple[dict[Symbol, Term], dict[str, int]]:
    assignment: dict[Symbol, Term] = {x: Number(seed), y: Number(Fraction(-3, 2)), c: literal((7,))}
    assignment |= {i: Number(2), k: Number(1), n: Number(letters["n"]), m: Number(letters["m"])}
    for position, symbol in enumerate(SYMBOLS):
        assert isinstance(symbol.sort, Matrix)
        height, width = (size.value(one, letters) for one in (symbol.sort.rows, symbol.sort.columns))
        assert height is not None
        assert width is not None
        assignment[symbol] = filled(height, width, seed + position)
    return assignment, letters


POINTS = [
    point(1, {"n": 2, "m": 3}),
    point(2, {"n": 2, "m": 2}),
    point(5, {"n": 3, "m": 1}),
    point(3, {"n": 2, "m": 1}),
]


def agreements(one: Term, other: Term) -> list[bool]:
    found = []
    for assignment, letters in POINTS:
        try:
            found.append(compare("=", evaluate(one, assignment, letters), evaluate(other, assignment, letters)))
        except (Undefined, Undecided):
            continue
    return found


GRID = literal((x, 1), (2, y))
COLUMN, ROW = literal((x,), (y,)), literal((x, y))
ZERO_2 = zero(2, 2)
WHOLE = blocks((A, N), (M, D))  # of size m + n
UPPER = blocks((A, N), (zero("m", "n"), D))
LOWER = blocks((A, zero("n", "m")), (M, D))
DIAGONAL = blocks((A, zero("n", "m")), (zero("m", "n"), D))
I_N, I_M, I_MN = unit_of("n"), unit_of("m"), unit_of("m + n")

# (a rule, the two sides, a false neighbour of the right side)
RULES: list[tuple[str, Term, Term, Term]] = [
    ("a trace that is turned", trace(multiply(kron(turned(M), v), kron(turned(v), M))), square(norm(multiply(M, v))), multiply(square(norm(M)), square(norm(v)))),
    ("three factors", kron(kron(A, M), D), kron(A, kron(M, D)), kron(A, kron(D, M))),
    ("three factors, transposed", kron(turned(kron(A, M)), D), kron(turned(A), kron(turned(M), D)), kron(turned(kron(M, A)), D)),
    ("identities before a product", kron(I_N, kron(I_N, M)), kron(kron(I_N, I_N), M), kron(kron(I_N, M), I_N)),
    ("an identity before another product", kron(I_N, kron(M, A)), kron(kron(I_N, M), A), kron(kron(M, I_N), A)),
    # Kronecker products
    ("linear on the right", kron(M, add(A, multiply(x, B))), add(kron(M, A), multiply(x, kron(M, B))), add(kron(M, A), kron(M, B))),
    ("linear on the left", kron(subtract(A, B), M), subtract(kron(A, M), kron(B, M)), add(kron(A, M), kron(B, M))),
    ("over numbers", kron(a("/", A, x), a("/", B, y)), a("/", kron(A, B), multiply(x, y)), a("/", kron(A, B), x)),
    ("that cancel", kron(A, subtract(B, B)), kron(subtract(B, B), A), kron(A, A)),
    ("of a sum with itself", kron(add(A, B), add(A, negate(B))), subtract(add(kron(A, A), kron(B, A)), add(kron(A, B), kron(B, B))), subtract(kron(A, A), kron(B, B))),
    ("turned", turned(kron(M, A)), kron(turned(M), turned(A)), turned(kron(M, turned(A)))),
    ("of products", multiply(kron(M, A), kron(N, B)), kron(multiply(M, N), multiply(A, B)), kron(multiply(M, N), multiply(B, A))),
    ("of turned products", multiply(kron(M, A), turned(kron(M, B))), kron(multiply(M, turned(M)), multiply(A, turned(B))), kron(multiply(M, turned(M)), multiply(A, B))),
    ("whose sizes do not meet", multiply(kron(M, N), x, kron(M, N)), multiply(x, square(kron(M, N))), multiply(x, kron(M, N))),
    ("of a column and a row", kron(v, r), multiply(v, r), multiply(w, r)),
    ("of a row and a column", kron(r, v), multiply(v, r), multiply(w, r)),
    ("of identities", kron(I_N, I_M), unit_of("m * n"), multiply(TWO, unit_of("m * n"))),
    ("of a number", kron(c, A), multiply(c, A), A),
    ("by a number", kron(A, c), multiply(A, c), A),
    ("of columns", multiply(kron(turned(v), A), kron(w, B)), multiply(turned(v), w, A, B), multiply(turned(v), w, B, A)),
    ("of identities with inverses", multiply(kron(A, I_M), kron(inverse(A), D)), kron(I_N, D), kron(A, D)),
    ("inside a product", multiply(Y_OF_N := kron(A, B), inverse(kron(C, I_N)), kron(C, A)), kron(A, multiply(B, A)), Y_OF_N),
    ("of literals", kron(COLUMN, COLUMN), literal((square(x),), (multiply(x, y),), (multiply(x, y),), (square(y),)), literal((x,), (x,), (y,), (y,))),
    ("of a literal and a symbol", kron(ROW, p), multiply(p, ROW), multiply(p, h)),
    ("an entry", at(kron(S, T), ONE, TWO), multiply(at(S, ONE, ONE), at(T, ONE, TWO)), at(T, ONE, TWO)),
    ("its trace", trace(kron(A, D)), multiply(trace(D), trace(A)), trace(multiply(A, A))),
    ("the trace of other shapes", trace(kron(M, N)), trace(turned(kron(M, N))), multiply(TWO, trace(kron(M, N)))),
    ("its determinant", det(kron(A, D)), multiply(a("^", det(A), m), a("^", det(D), n)), multiply(det(A), det(D))),
    ("the determinant of other shapes", det(kron(N, M)), det(turned(kron(N, M))), add(ONE, det(kron(N, M)))),
    ("with an identity", det(kron(I_N, D)), a("^", det(D), n), det(D)),
    ("of a power of the identity", det(a("^", I_N, i)), ONE, TWO),
    ("of a power", det(a("^", A, i)), a("^", det(A), i), det(A)),
    ("with a literal size", det(kron(A, S)), multiply(square(det(A)), a("^", det(S), n)), multiply(det(A), det(S))),
    ("its inverse", inverse(kron(A, B)), kron(inverse(A), inverse(B)), kron(inverse(B), inverse(A))),
    ("the inverse turned", inverse(turned(kron(A, B))), kron(inverse(turned(A)), turned(inverse(B))), kron(inverse(A), inverse(B))),
    ("the inverse of other shapes", inverse(kron(D, A)), kron(inverse(D), inverse(A)), kron(D, A)),
    # vec
    ("vec is linear", vec(add(multiply(x, M), multiply(y, M))), multiply(add(x, y), vec(M)), vec(M)),
    ("of a product of three", vec(multiply(M, A, N)), multiply(kron(turned(N), M), vec(A)), multiply(kron(turned(N), M), vec(B))),
    ("in a row", multiply(turned(vec(C)), kron(A, B)), turned(vec(multiply(turned(B), C, A))), turned(vec(multiply(B, C, turned(A))))),
    ("to a number", multiply(kron(r, r), vec(A)), multiply(r, A, turned(r)), multiply(r, B, turned(r))),
    ("where sizes do not meet", multiply(kron(M, N), x, vec(N)), multiply(x, kron(M, N), vec(N)), multiply(kron(M, N), vec(N))),
    ("in a row where they do not", multiply(turned(vec(M)), kron(M, N), x), multiply(x, turned(vec(M)), kron(M, N)), multiply(turned(vec(M)), kron(M, N))),
    ("inner product", multiply(turned(vec(M)), vec(turned(N))), trace(multiply(turned(M), turned(N))), norm(M)),
    ("inner product of other shapes", multiply(turned(vec(M)), vec(N)), multiply(turned(vec(N)), vec(M)), trace(multiply(M, N))),
    ("of a column", vec(v), v, w),
    ("of a row", vec(r), turned(r), v),
    ("of a number", vec(x), x, y),
    ("of a literal", vec(GRID), literal((x,), (2,), (1,), (y,)), literal((x,), (1,), (2,), (y,))),
    ("of a literal symbol", add(vec(S), vec(GRID)), vec(add(S, GRID)), vec(GRID)),
    ("its norm", norm(vec(A)), norm(A), norm(B)),
    # products entry by entry
    ("commutes", had(M, turned(N)), had(turned(N), M), had(M, M)),
    ("turned entry by entry", turned(had(M, turned(N))), had(turned(M), N), had(N, N)),
    ("linear entry by entry", had(A, add(B, C)), add(had(C, A), had(A, B)), had(A, B)),
    ("associates", had(had(A, B), C), had(A, had(C, B)), had(A, B)),
    ("associates, turned", had(turned(had(A, B)), C), had(had(C, turned(B)), turned(A)), had(had(A, B), C)),
    ("with ones", had(M, ones("m", "n")), M, turned(N)),
    ("of ones", had(ones("n"), ones("n")), ones("n"), v),
    ("of numbers", had(x, y), multiply(x, y), x),
    ("of literals entry by entry", had(GRID, GRID), literal((square(x), 1), (4, square(y))), square(GRID)),
    ("of a symbol entry by entry", had(GRID, S), had(S, GRID), multiply(S, GRID)),
    ("written out entry by entry", add(had(S, T), GRID), add(GRID, had(T, S)), add(GRID, multiply(S, T))),
    ("an entry of it", at(had(A, B), i, k), multiply(at(A, i, k), at(B, i, k)), multiply(at(A, i, k), at(B, k, i))),
    ("an entry of it, turned", at(turned(had(A, B)), i, k), multiply(at(A, k, i), at(B, k, i)), multiply(at(A, i, k), at(B, i, k))),
    ("a component of it", of(had(v, w), i), multiply(of(v, i), of(w, i)), of(v, i)),
    ("a component of a row of it", of(turned(had(v, w)), i), multiply(of(v, i), of(w, i)), of(v, i)),
    ("its sum", multiply(turned(ones("m")), had(M, turned(N)), ones("n")), trace(multiply(N, M)), trace(multiply(turned(M), M))),
    ("its sum of columns", multiply(turned(ones("n")), had(v, w)), multiply(turned(v), w), multiply(turned(v), v)),
    ("its sum of three", multiply(turned(ones("n")), had(had(v, w), u)), multiply(turned(ones("n")), had(u, had(w, v))), multiply(turned(v), w)),
    ("half a sum", multiply(turned(ones("n")), had(A, B), v), multiply(turned(v), had(turned(A), turned(B)), ones("n")), multiply(turned(ones("n")), had(A, A), v)),
    # positions
    ("an entry of a product", at(multiply(A, B), i, k), multiply(turned(e(i)), A, B, e(k)), at(multiply(B, A), i, k)),
    ("an entry of a sum", at(add(A, multiply(x, B)), i, k), add(at(A, i, k), multiply(x, at(B, i, k))), at(A, i, k)),
    ("an entry of a transpose", at(turned(A), i, k), at(A, k, i), at(A, i, k)),
    ("an entry of the identity", at(I_N, i, i), ONE, ZERO),
    ("another of the identity", at(I_N, ONE, TWO), ZERO, ONE),
    ("one not known", at(I_N, i, k), at(I_N, k, i), ONE),
    ("of a literal at letters", at(add(S, T), i, k), add(at(S, i, k), at(T, i, k)), at(S, i, k)),
    ("a matrix with a single 1", multiply(A, a("unit", zero("n", "n"), i, k), B), multiply(A, e(i), turned(e(k)), B), multiply(A, B)),
    ("of size 2", add(a("unit", zero(2, 2), ONE, TWO), GRID), literal((x, 2), (2, y)), GRID),
    ("of size 1", a("unit", zero(1, 1), ONE, ONE), ONE, ZERO),
    ("a component of it again", of(e(i), i), ONE, ZERO),
    ("the norm of a unit", norm(e(i)), ONE, TWO),
    ("the norm of ones", square(norm(ones("n"))), n, ONE),
    ("ones of a literal size", add(ones(2), COLUMN), literal((add(ONE, x),), (add(ONE, y),)), COLUMN),
    ("ones have all components", of(ones("n"), i), ONE, ZERO),
    ("ones from the right", multiply(turned(e(i)), ones("n", "n"), v), multiply(turned(ones("n")), v), of(v, i)),
    ("a row of A", multiply(turned(e(i)), had(A, B), v), multiply(turned(v), turned(had(A, B)), e(i)), multiply(turned(e(i)), A, v)),
    # sums over positions
    ("the trace", total(at(A, j, j)), trace(A), multiply(TWO, trace(A))),
    ("an inner product", total(multiply(of(v, j), of(w, j))), multiply(turned(v), w), multiply(turned(v), v)),
    ("by a letter of another sort", total(multiply(of(v, REAL_J), of(w, REAL_J)), REAL_J), multiply(turned(v), w), multiply(turned(v), v)),
    ("a sum of squares", total(square(of(v, j))), square(norm(v)), norm(v)),
    ("a sum of fourth powers", total(a("^", of(v, j), Number(4))), total(square(square(of(v, j)))), square(norm(v))),
    ("a sum of components", total(of(v, j)), multiply(turned(ones("n")), v), norm(v)),
    ("with numbers beside", total(add(multiply(x, of(v, j)), y)), add(multiply(x, turned(ones("n")), v), multiply(n, y)), add(multiply(x, turned(ones("n")), v), y)),
    ("over numbers beside", total(a("/", of(v, j), x)), a("/", multiply(turned(ones("n")), v), x), multiply(turned(ones("n")), v)),
    ("over the variable", total(a("/", of(v, j), add(ONE, square(of(v, j))))), total(a("/", of(v, j), add(square(of(v, j)), ONE))), multiply(turned(ones("n")), v)),
    ("a product of matrices", total(multiply(at(A, i, j), at(B, j, k))), at(multiply(A, B), i, k), at(multiply(B, A), i, k)),
    ("a square of a row", total(square(at(A, i, j))), at(multiply(A, turned(A)), i, i), at(multiply(turned(A), A), i, i)),
    ("all squares", total(total(square(at(M, i, j))), i, m), trace(multiply(turned(M), M)), norm(M)),
    ("a number beside", total(add(multiply(at(A, j, j), at(B, i, i)), ZERO)), multiply(trace(A), at(B, i, i)), trace(A)),
    ("three of one index", total(multiply(of(v, j), of(w, j), of(u, j))), total(multiply(of(w, j), of(u, j), of(v, j))), multiply(turned(v), w)),
    ("two diagonals", total(multiply(at(A, j, j), at(B, j, j))), total(multiply(at(B, j, j), at(A, j, j))), trace(multiply(A, B))),
    ("the index itself", total(multiply(j, of(v, j))), total(multiply(of(v, j), j)), multiply(turned(ones("n")), v)),
    ("a function of it", total(a("exp", of(v, j))), total(a("exp", add(of(v, j), ZERO))), ONE),
    ("a matrix of it", total(trace(a("^", A, j))), total(trace(a("^", add(A, ZERO_N := zero("n", "n")), j))), ONE),
    ("inside a word", total(multiply(of(v, j), turned(v), multiply(A, e(j), turned(e(j)), B), v)), total(multiply(turned(v), A, e(j), turned(e(j)), B, v, of(v, j))), ONE),
    ("an odd norm", total(norm(multiply(A, e(j)))), total(norm(multiply(add(A, ZERO_N), e(j)))), norm(A)),
    ("not to the end", total(of(v, j), j, subtract(n, ONE)), total(of(v, j), j, add(n, negate(ONE))), multiply(turned(ones("n")), v)),
    ("not from the start", total(of(v, j), j, n, TWO), total(add(of(v, j), ZERO), j, n, TWO), multiply(turned(ones("n")), v)),
    ("a power of it", total(multiply(turned(v), a("^", A, j), v, of(v, j))), total(multiply(of(v, j), turned(v), a("^", A, j), v)), ONE),
    (
        "of what is not understood",
        total(multiply(at(literal((x, y)), ONE, j), A), j, n, TWO),
        total(multiply(at(literal((x, y)), ONE, j), A), j, n, TWO),
        A,
    ),
    ("of matrices", total(multiply(of(v, j), A)), total(multiply(A, of(v, j))), A),
    # blocks
    ("of a sum", add(WHOLE, DIAGONAL), blocks((add(A, A), N), (M, add(D, D))), WHOLE),
    ("of a product", multiply(WHOLE, UPPER), blocks((square(A), add(multiply(A, N), multiply(N, D))), (multiply(M, A), add(multiply(M, N), square(D)))), square(WHOLE)),
    ("turned in blocks", turned(WHOLE), blocks((turned(A), turned(M)), (turned(N), turned(D))), WHOLE),
    ("times a number", multiply(x, WHOLE), blocks((multiply(x, A), multiply(x, N)), (multiply(M, x), multiply(D, x))), WHOLE),
    ("minus itself", subtract(WHOLE, WHOLE), negate(subtract(WHOLE, WHOLE)), WHOLE),
    ("with an identity", subtract(WHOLE, I_MN), blocks((subtract(A, I_N), N), (M, subtract(D, I_M))), WHOLE),
    ("with a matrix", subtract(add(Z, WHOLE), WHOLE), Z, Y),
    ("with a turned matrix", subtract(multiply(turned(Z), WHOLE), multiply(turned(Z), UPPER)), multiply(turned(Z), subtract(WHOLE, UPPER)), multiply(Z, subtract(WHOLE, UPPER))),
    ("with a product", subtract(add(multiply(Z, Y), WHOLE), WHOLE), multiply(Z, Y), multiply(Y, Z)),
    ("with a longer product", subtract(add(multiply(Z, Y, Z), WHOLE), WHOLE), multiply(Z, Y, Z), multiply(Z, Z, Y)),
    ("with a column", multiply(WHOLE, blocks((v,), (b,))), blocks((add(multiply(A, v), multiply(N, b)),), (add(multiply(M, v), multiply(D, b)),)), blocks((v,), (b,))),
    ("with a whole column", subtract(multiply(WHOLE, z), multiply(UPPER, z)), multiply(subtract(WHOLE, UPPER), z), z),
    ("a number from blocks", multiply(turned(blocks((v,), (b,))), WHOLE, blocks((w,), (b,))), add(multiply(turned(v), A, w), multiply(turned(v), N, b), multiply(turned(b), M, w), multiply(turned(b), D, b)), multiply(turned(v), A, w)),
    ("its trace", trace(WHOLE), add(trace(A), trace(D)), trace(A)),
    ("its norm", square(norm(blocks((v,), (b,)))), add(square(norm(v)), square(norm(b))), square(norm(v))),
    ("its power", a("^", UPPER, TWO), multiply(UPPER, UPPER), UPPER),
    ("one row", multiply(blocks((A, N)), blocks((v,), (b,))), add(multiply(A, v), multiply(N, b)), v),
    ("beside a product", subtract(add(multiply(A, Q), blocks((A, N))), blocks((A, N))), multiply(A, Q), Q),
    ("one block", blocks((A,)), A, B),
    ("beside a number", multiply(blocks((A, v), (r, x)), blocks((w,), (y,))), blocks((add(multiply(A, w), multiply(v, y)),), (add(multiply(r, w), multiply(x, y)),)), blocks((w,), (y,))),
    ("of literal sizes", blocks((S, p), (h, x)), literal((at(S, ONE, ONE), at(S, ONE, TWO), at(p, ONE, ONE)), (at(S, TWO, ONE), at(S, TWO, TWO), at(p, TWO, ONE)), (of(h, ONE), of(h, TWO), x)), blocks((T, p), (h, x))),
    ("a triangular determinant", det(UPPER), multiply(det(A), det(D)), add(det(A), det(D))),
    ("the other triangle", det(LOWER), multiply(det(A), det(D)), add(det(A), det(D))),
    ("no triangle", det(add(WHOLE, UPPER)), det(add(UPPER, WHOLE)), det(WHOLE)),
    ("its inverse", inverse(DIAGONAL), blocks((inverse(A), zero("n", "m")), (zero("m", "n"), inverse(D))), DIAGONAL),
    ("the inverse of all", multiply(inverse(WHOLE), add(WHOLE, UPPER)), add(multiply(inverse(WHOLE), WHOLE), multiply(inverse(WHOLE), UPPER)), inverse(WHOLE)),
    ("the determinant of the inverse", det(inverse(WHOLE)), a("/", ONE, det(WHOLE)), det(WHOLE)),
]  # fmt: skip


@pytest.mark.parametrize(("left", "right", "_"), [case[1:] for case in RULES], ids=[case[0] for case in RULES])
def test_a_rule_identifies_what_is_equal(left: Term, right: Term, _: Term) -> None:
    assert same(left, right)
    assert all(agreements(left, right))


@pytest.mark.parametrize(("left", "_", "neighbour"), [case[1:] for case in RULES], ids=[case[0] for case in RULES])
def test_its_false_neighbour_is_not_identified(left: Term, _: Term, neighbour: Term) -> None:
    assert not all(agreements(left, neighbour))
    assert not same(left, neighbour)


# What has no normal form.
REFUSED: list[tuple[str, Term, str]] = [
    ("a literal beside blocks", blocks((GRID, zero(2, "n")), (zero("n", 2), A)), "a literal or blocks as a block"),
    ("two cuts", subtract(WHOLE, blocks((D, M), (N, A))), "cut into blocks in two ways"),
    ("the columns of blocks", vec(WHOLE), "the entries of a matrix of blocks"),
    ("an entry of a literal", at(GRID, i, k), "at a place that is no number"),
]


@pytest.mark.parametrize(("term", "reason"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_what_is_refused(term: Term, reason: str) -> None:
    with pytest.raises(Rejected, match=reason):
        check(Claim(equal(term, term)), Identity())
    with pytest.raises(Rejected, match=reason):
        Atoms().form(term)


def test_positions_inside_their_sums_are_defined() -> None:
    for left, right in (
        (total(at(A, j, j)), trace(A)),
        (total(of(v, REAL_J), REAL_J), multiply(turned(ones("n")), v)),
        (total(total(square(at(M, i, j))), i, m), trace(multiply(turned(M), M))),
    ):
        assert check(Claim(equal(left, right)), Identity()) == ()


@pytest.mark.parametrize(
    "term",
    [
        total(of(v, j), j, add(n, ONE)),
        total(of(v, j), j, n, ZERO),
        total(of(b, j)),
        total(of(v, add(j, ONE))),
        total(of(v, multiply(HALF, j)), j),
        total(total(at(A, i, j)), i, m),
    ],
)
def test_positions_that_may_be_outside_are_not(term: Term) -> None:
    with pytest.raises(Rejected, match="every term"):
        check(Claim(equal(term, term)), Identity())


def test_what_has_no_rule_is_only_itself() -> None:
    singular = inverse(subtract(A, A))
    other = inverse(kron(M, N))
    large = inverse(literal(*(tuple(multiply(x, Number(p + q)) for q in range(4)) for p in range(4))))
    for term in (singular, other, large):
        assert same(term, term)
        assert not same(term, multiply(TWO, term))


def test_exponentials() -> None:
    power, back = a("exponential", add(A, B)), a("exponential", subtract(negate(A), B))
    assert same(multiply(power, back), I_N)
    assert same(inverse(power), back)
    assert same(inverse(back), power)
    assert same(turned(power), a("exponential", add(turned(A), turned(B))))
    assert same(inverse(turned(power)), a("exponential", negate(turned(add(B, A)))))
    assert same(a("exponential", subtract(A, A)), I_N)
    assert same(multiply(det(power), det(back)), ONE)
    assert same(a("exponential", add(GRID, ZERO_2)), a("exponential", GRID))
    assert not same(power, back)
    assert not same(power, turned(power))
    assert not same(power, multiply(a("exponential", A), a("exponential", B)))
    assert not same(a("exponential", multiply(TWO, A)), a("exponential", A))


def test_a_sum_whose_letter_is_in_use() -> None:
    used = Symbol("\\bound{0}", INTEGER)
    assert not same(total(multiply(used, of(v, j))), multiply(used, turned(ones("n")), v))
    assert not same(total(of(v, used), used), total(of(v, j)))
    assert same(total(of(v, i), i), total(of(v, j)))  # the letter of the variable does not matter


def test_sums_that_are_left_as_they_stand() -> None:
    used = Symbol("\\bound{0}", INTEGER)
    of_matrices = total(multiply(used, A))
    assert same(of_matrices, of_matrices)
    assert not same(of_matrices, multiply(n, used, A))
    with pytest.raises(Rejected, match="at a place that is no number"):
        Atoms().form(total(at(literal((x, y)), ONE, j)))
    with pytest.raises(TermError):
        Atoms().form(total(a("derivative", multiply(x, REAL_J), REAL_J), REAL_J))


def test_a_hypothesis_on_the_letter_says_nothing_of_a_bound_one() -> None:
    atoms = Atoms(lambda term: term == j)
    assert not is_zero(atoms.subtract(atoms.form(total(a("abs", j))), atoms.form(total(j))), atoms)


def test_blocks_that_are_not_square_on_the_diagonal() -> None:
    atoms = Atoms()
    grid = tuple(tuple(atoms.form(block) for block in row) for row in ((N, A), (D, zero("m", "n"))))
    form = Form(("m + n", "m + n"), {}, None, grid)
    assert not is_zero(atoms.determinant(form), atoms)
