"""Functions taken entry by entry, diagonal matrices and sums over positions: each rule against exact values in three sizes, and beside it a false one."""

from __future__ import annotations

from fractions import Fraction

import pytest

from derive.kernel.calculus import differentiated
from derive.kernel.certificate import Certificate, Differentiated, Identity, Rejected, WhereDefined
from derive.kernel.check import check
from derive.kernel.claim import Claim
from derive.kernel.definedness import obligations
from derive.kernel.evaluation import Undecided, evaluate
from derive.kernel.normal_form import Atoms, is_zero
from derive.kernel.sign import sign
from derive.kernel.sorting import sort_of
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
    subtract,
)

t, c, s = Symbol("t"), Symbol("c"), Symbol("s")
x, y, z = (Symbol(name, Matrix("n", 1)) for name in ("x", "y", "z"))
short = Symbol("b", Matrix("m", 1))
row = Symbol("r", Matrix(1, "n"))
A, M = Symbol("A", Matrix("n", "n")), Symbol("M", Matrix("m", "n"))
N, P = Symbol("N", Matrix("m", "n")), Symbol("P", Matrix(2, 2))
pair = Symbol("q", Matrix(2, 1))
f = Symbol("f", Function((REAL,), REAL, 2))
g = Symbol("g", Function((REAL, REAL), REAL, 2))
rough = Symbol("h", Function((REAL,), REAL, 0))
on_vector = Symbol("L", Function((Matrix("n", 1),), REAL, 2))
on_both = Symbol("H", Function((Matrix("n", 1), REAL), REAL, 2))
i, j, k, n, m = (Symbol(name, INTEGER) for name in ("i", "j", "k", "n", "m"))
IDENTITY = Constant("identity", Matrix("n", "n"))
ONES, ALL = Constant("ones", Matrix("n", 1)), Constant("ones", Matrix("m", "n"))


def a(head: str, *arguments: Term) -> Apply:
    return Apply(head, arguments)


def each(body: Term, array: Term, variable: Symbol = t) -> Apply:
    return a("each", body, variable, array)


def had(left: Term, *others: Term) -> Term:
    for other in others:
        left = a("hadamard", left, other)
    return left


def of(function: Symbol, *arguments: Term) -> Apply:
    return a("apply", function, *arguments)


def turned(term: Term) -> Apply:
    return a("transpose", term)


def diag(term: Term) -> Apply:
    return a("diag", term)


def at(vector: Term, index: Term) -> Apply:
    return a("component", vector, index)


def total(body: Term, index: Symbol = k, upper: Term = n) -> Apply:
    return a("sum", body, index, ONE, upper)


def unit(index: Term) -> Apply:
    return a("unit", Constant("zero", Matrix("n", 1)), index, ONE)


def power(base: Term, exponent: int) -> Apply:
    return a("^", base, Number(exponent))


def over(left: Term, right: Term) -> Apply:
    return a("/", left, right)


def literal(*rows: tuple[int, ...]) -> Term:
    return a("matrix", *(a("row", *map(Number, one)) for one in rows))


SQUARE, SIGMOID = power(t, 2), over(ONE, add(ONE, power(t, 2)))
FZ, FX = each(of(f, t), z), each(of(f, t), x)
ABS, SIGN = each(a("abs", t), z), each(a("sgn", t), z)


def size_of(vector: Term) -> Apply:
    return a("norm_one", vector)


STEEP = over(ONE, add(ONE, over(TWO, add(TWO, power(t, 2)))))

EQUAL = [
    (each(t, z), z),
    (each(c, z), multiply(c, ONES)),
    (each(add(of(f, t), t), z), add(FZ, z)),
    (each(multiply(c, of(f, t), t), z), multiply(c, had(z, FZ))),
    (each(SQUARE, z), had(z, z)),
    (each(of(f, negate(SQUARE)), z), each(of(f, negate(t)), had(z, z))),
    (turned(each(of(f, t), z)), each(of(f, t), turned(z))),
    (turned(each(of(f, t), M)), each(of(f, t), turned(M))),
    (each(of(f, c), z), multiply(of(f, c), ONES)),
    (each(of(g, t, c), z), each(of(g, s, c), z, s)),
    (each(of(f, t), each(of(f, s), z, s)), each(of(f, of(f, t)), z)),
    (each(over(ONE, t), had(each(SIGMOID, x), each(SIGMOID, y))), had(each(add(ONE, SQUARE), x), add(ONES, had(y, y)))),
    (had(each(SIGMOID, z), had(z, z)), subtract(ONES, each(SIGMOID, z))),
    (had(each(SIGMOID, M), M, M), subtract(ALL, each(SIGMOID, M))),
    (had(each(SIGMOID, turned(M)), turned(M), turned(M)), subtract(turned(ALL), each(SIGMOID, turned(M)))),
    (each(multiply(SIGMOID, SIGMOID, SQUARE), z), had(each(SIGMOID, z), subtract(ONES, each(SIGMOID, z)))),
    (each(over(ONE, power(add(ONE, SQUARE), 2)), z), had(each(SIGMOID, z), each(SIGMOID, z))),
    (each(over(ONE, multiply(TWO, add(ONE, SQUARE))), z), multiply(a("/", ONE, TWO), each(SIGMOID, z))),
    (each(STEEP, z), subtract(ONES, each(over(TWO, add(Number(4), SQUARE)), z))),
    (each(over(ONE, add(ONE, multiply(power(c, 2), SQUARE))), z), each(over(ONE, add(ONE, SQUARE)), multiply(c, z))),
    (
        each(of(f, t), P),
        a("matrix", *(a("row", *(of(f, a("entry", P, Number(p), Number(q))) for q in (1, 2))) for p in (1, 2))),
    ),
    (at(each(SIGMOID, pair), ONE), over(ONE, add(ONE, power(at(pair, ONE), 2)))),
    (each(a("sqrt", power(t, 2)), z), each(a("sqrt", power(s, 2)), z, s)),
    (each(SQUARE, c), power(c, 2)),
    (each(over(ONE, add(c, t)), over(z, c)), multiply(c, each(over(ONE, add(multiply(c, c), t)), z))),
    (diag(add(z, multiply(c, x))), add(diag(z), multiply(c, diag(x)))),
    (diag(turned(z)), diag(z)),
    (diag(ONES), IDENTITY),
    (diag(c), c),
    (diag(pair), a("matrix", a("row", at(pair, ONE), ZERO), a("row", ZERO, at(pair, TWO)))),
    (turned(diag(z)), diag(z)),
    (
        add(multiply(A, diag(z)), turned(multiply(A, diag(z)))),
        turned(add(multiply(A, diag(z)), multiply(diag(z), turned(A)))),
    ),
    (multiply(diag(z), x), had(z, x)),
    (multiply(diag(z), A, x), had(z, multiply(A, x))),
    (multiply(turned(x), diag(z)), turned(had(z, x))),
    (multiply(diag(z), unit(i)), multiply(at(z, i), unit(i))),
    (multiply(turned(unit(i)), diag(z), A), multiply(at(z, i), turned(unit(i)), A)),
    (multiply(diag(had(x, z)), unit(i)), multiply(at(z, i), at(x, i), unit(i))),
    (multiply(diag(turned(z)), diag(each(over(ONE, t), z))), IDENTITY),
    (multiply(turned(x), A, diag(z)), turned(had(z, multiply(turned(A), x)))),
    (multiply(diag(z), diag(x), A), multiply(diag(had(x, z)), A)),
    (multiply(turned(x), diag(z), y), multiply(turned(z), diag(y), x)),
    (multiply(turned(x), A, diag(z), y), multiply(turned(had(z, y)), turned(A), x)),
    (a("trace", diag(z)), multiply(turned(ONES), z)),
    (a("trace", multiply(diag(z), x, turned(y))), multiply(turned(had(x, y)), z)),
    (a("diagonal", diag(z)), z),
    (a("diagonal", add(IDENTITY, multiply(c, x, turned(y)))), add(ONES, multiply(c, had(x, y)))),
    (a("diagonal", A), a("diagonal", turned(A))),
    (a("diagonal", multiply(A, A)), a("diagonal", multiply(turned(A), turned(A)))),
    (a("diagonal", P), a("matrix", *(a("row", a("entry", P, Number(p), Number(p))) for p in (1, 2)))),
    (a("diagonal", c), c),
    (multiply(turned(x), had(y, z)), multiply(turned(had(z, x)), y)),
    (multiply(turned(x), had(y, ONES)), multiply(turned(x), y)),
    (multiply(turned(had(x, y)), had(y, z)), multiply(turned(had(y, y)), had(x, z))),
    (had(z, unit(i)), multiply(at(z, i), unit(i))),
    (had(unit(i), z, x), multiply(at(z, i), at(x, i), unit(i))),
    (had(each(SIGMOID, z), unit(i)), multiply(over(ONE, add(ONE, power(at(z, i), 2))), unit(i))),
    (had(turned(z), turned(unit(i))), multiply(at(z, i), turned(unit(i)))),
    (multiply(turned(unit(i)), unit(j)), a("delta", j, i)),
    (power(a("delta", i, j), 3), a("delta", i, j)),
    (a("delta", i, add(i, ONE)), ZERO),
    (a("delta", add(i, ONE), add(i, ONE)), ONE),
    (at(FZ, i), of(f, at(z, i))),
    (multiply(turned(unit(i)), FZ), of(f, at(z, i))),
    (at(each(of(g, t, c), z), i), of(g, at(z, i), c)),
    (a("entry", each(of(f, t), M), j, i), of(f, a("entry", M, j, i))),
    (a("entry", each(of(f, t), turned(M)), i, j), of(f, a("entry", M, j, i))),
    (
        multiply(turned(a("unit", Constant("zero", Matrix("m", 1)), j, ONE)), each(of(f, t), M), unit(i)),
        of(f, a("entry", M, j, i)),
    ),
    (multiply(turned(unit(i)), each(of(g, t, c), z)), of(g, at(z, i), c)),
    (at(had(FZ, x), i), multiply(at(x, i), of(f, at(z, i)))),
    (at(each(SIGMOID, z), i), over(ONE, add(ONE, power(at(z, i), 2)))),
    (
        at(multiply(M, each(SIGMOID, z)), j),
        multiply(a("transpose", a("unit", Constant("zero", Matrix("m", 1)), j, ONE)), M, each(SIGMOID, z)),
    ),
    (total(of(f, at(z, k))), multiply(turned(ONES), FZ)),
    (total(multiply(c, at(x, k), of(f, at(z, k)))), multiply(c, turned(x), FZ)),
    (total(multiply(at(x, k), at(y, k), at(z, k))), multiply(turned(had(x, y)), z)),
    (total(power(at(x, k), 4)), multiply(turned(had(x, x)), had(x, x))),
    (total(of(f, add(at(z, k), at(x, k)))), multiply(turned(ONES), each(of(f, t), add(x, z)))),
    (
        total(of(f, at(multiply(turned(M), short), k))),
        multiply(turned(ONES), each(of(f, t), multiply(turned(M), short))),
    ),
    (total(over(at(x, k), add(ONE, power(at(z, k), 2)))), multiply(turned(x), each(SIGMOID, z))),
    (total(over(of(f, at(x, k)), c)), over(multiply(turned(ONES), FX), c)),
    (total(multiply(of(f, at(z, k)), unit(k))), FZ),
    (total(multiply(at(z, k), unit(k), turned(x))), multiply(z, turned(x))),
    (total(multiply(at(z, k), M, unit(k))), multiply(M, z)),
    (total(multiply(at(z, k), turned(unit(k)))), turned(z)),
    (total(multiply(of(f, at(z, k)), unit(k), turned(unit(k)))), diag(FZ)),
    (total(multiply(at(z, k), M, unit(k), turned(unit(k)), turned(M))), multiply(M, diag(z), turned(M))),
    (total(multiply(at(z, k), x)), multiply(turned(ONES), z, x)),
    (total(over(multiply(at(x, k), unit(k)), add(ONE, power(at(x, k), 2)))), had(x, each(SIGMOID, x))),
    (each(a("abs", t), negate(z)), ABS),
    (each(a("abs", t), multiply(Number(-2), z)), multiply(TWO, ABS)),
    (each(a("abs", t), multiply(c, z)), multiply(a("abs", c), ABS)),
    (each(a("abs", t), had(x, z)), had(each(a("abs", t), x), ABS)),
    (each(a("abs", t), had(z, had(z, z))), had(had(z, z), ABS)),
    (each(a("abs", t), had(z, z)), had(z, z)),
    (each(a("abs", t), subtract(x, z)), each(a("abs", t), subtract(z, x))),
    (each(a("abs", t), subtract(z, z)), multiply(ZERO, z)),
    (each(a("abs", t), turned(subtract(x, z))), turned(each(a("abs", t), subtract(z, x)))),
    (each(a("abs", t), turned(M)), turned(each(a("abs", t), M))),
    (each(a("abs", t), ABS), ABS),
    (each(a("abs", t), ONES), ONES),
    (each(a("abs", t), unit(i)), unit(i)),
    (each(a("abs", t), pair), a("matrix", a("row", a("abs", at(pair, ONE))), a("row", a("abs", at(pair, TWO))))),
    (each(power(a("abs", t), 2), z), had(z, z)),
    (each(a("abs", add(t, c)), z), each(a("abs", t), add(z, multiply(c, ONES)))),
    (at(ABS, i), a("abs", at(z, i))),
    (a("entry", each(a("abs", t), subtract(M, N)), j, i), a("abs", subtract(a("entry", M, j, i), a("entry", N, j, i)))),
    (multiply(turned(ABS), ABS), multiply(turned(z), z)),
    (multiply(turned(multiply(c, ABS)), multiply(c, ABS)), multiply(c, c, turned(z), z)),
    (a("norm", each(a("abs", t), subtract(x, z))), a("norm", subtract(z, x))),
    (at(SIGN, i), a("sgn", at(z, i))),
    (size_of(z), total(a("abs", at(z, k)))),
    (size_of(z), multiply(turned(ONES), ABS)),
    (size_of(multiply(Number(-3), z)), multiply(Number(3), size_of(z))),
    (size_of(c), a("abs", c)),
    (size_of(pair), add(a("abs", at(pair, ONE)), a("abs", at(pair, TWO)))),
    (size_of(unit(i)), ONE),
    (total(a("abs", multiply(at(x, k), at(z, k)))), multiply(turned(each(a("abs", t), x)), ABS)),
    (total(multiply(c, a("abs", add(at(z, k), c)))), multiply(c, size_of(add(z, multiply(c, ONES))))),
    (total(multiply(at(z, k), a("sgn", at(z, k)))), multiply(turned(z), SIGN)),
    (total(a("abs", multiply(c, c, at(z, k)))), multiply(c, c, size_of(z))),
    (total(a("abs", add(at(z, k), a("abs", add(at(x, k), c))))), size_of(add(z, each(a("abs", add(t, c)), x)))),
]

DIFFERENT = [
    (each(of(f, t), z), z),
    (each(add(of(f, t), ONE), z), FZ),
    (each(SQUARE, z), multiply(multiply(turned(z), z), ONES)),
    (each(multiply(of(f, t), t), z), had(FZ, FZ)),
    (each(of(f, t), x), FZ),
    (each(of(f, negate(t)), z), negate(FZ)),
    (each(of(g, t, c), z), each(of(g, c, t), z)),
    (had(each(SIGMOID, z), had(z, z)), each(SIGMOID, z)),
    (had(each(SIGMOID, z), x, x), subtract(ONES, each(SIGMOID, z))),
    (each(SIGMOID, z), each(over(ONE, add(TWO, SQUARE)), z)),
    (each(over(ONE, power(add(ONE, SQUARE), 2)), z), each(SIGMOID, z)),
    (each(STEEP, z), subtract(ONES, each(over(ONE, add(Number(4), SQUARE)), z))),
    (turned(each(of(f, t), A)), each(of(f, t), A)),
    (each(of(f, t), P), turned(each(of(f, t), P))),
    (diag(had(x, z)), multiply(diag(x), A, diag(z))),
    (diag(z), multiply(z, turned(ONES))),
    (multiply(A, diag(z)), multiply(diag(z), A)),
    (turned(multiply(A, diag(z))), multiply(diag(z), A)),
    (multiply(diag(z), x), had(x, x)),
    (multiply(turned(x), diag(z)), turned(x)),
    (a("trace", diag(z)), multiply(turned(z), z)),
    (a("trace", multiply(diag(z), A)), a("trace", A)),
    (a("diagonal", multiply(x, turned(y))), had(x, x)),
    (a("diagonal", A), multiply(A, ONES)),
    (multiply(turned(x), had(y, z)), multiply(turned(x), z)),
    (multiply(turned(had(x, y)), A, had(y, z)), multiply(turned(had(x, z)), A, had(y, y))),
    (had(z, unit(i)), multiply(at(z, j), unit(i))),
    (had(z, unit(i)), unit(i)),
    (multiply(turned(unit(i)), unit(j)), ONE),
    (a("delta", i, j), a("delta", i, k)),
    (at(FZ, i), of(f, at(z, j))),
    (a("entry", each(of(f, t), A), i, j), of(f, a("entry", A, j, i))),
    (total(of(f, at(z, k))), of(f, multiply(turned(ONES), z))),
    (total(multiply(at(x, k), at(y, k), at(z, k))), multiply(turned(x), y, turned(ONES), z)),
    (total(multiply(at(x, k), of(f, at(z, k)))), multiply(turned(z), FX)),
    (total(of(f, add(at(z, k), at(x, k)))), add(multiply(turned(ONES), FX), multiply(turned(ONES), FZ))),
    (total(multiply(of(f, at(z, k)), unit(k))), z),
    (total(multiply(of(f, at(z, k)), unit(k), turned(unit(k)))), multiply(FZ, turned(FZ))),
    (total(multiply(at(z, k), x)), had(z, x)),
    (each(a("abs", t), z), z),
    (each(a("abs", t), add(x, z)), add(each(a("abs", t), x), ABS)),
    (each(a("abs", t), multiply(c, c, c, z)), multiply(c, c, ABS)),
    (each(a("abs", t), had(x, z)), had(x, ABS)),
    (each(a("abs", t), A), turned(each(a("abs", t), A))),
    (multiply(turned(ABS), each(a("abs", t), x)), multiply(turned(z), x)),
    (at(ABS, i), at(z, i)),
    (had(z, SIGN), z),
    (size_of(z), multiply(turned(ONES), z)),
    (size_of(z), a("norm", z)),
    (size_of(turned(z)), size_of(z)),
    (size_of(A), size_of(turned(A))),
    (size_of(add(x, z)), add(size_of(x), size_of(z))),
    (size_of(multiply(negate(TWO), z)), multiply(negate(TWO), size_of(z))),
    (total(a("abs", at(z, k))), a("abs", total(at(z, k)))),
    (total(a("abs", add(at(z, k), c))), total(a("abs", add(at(x, k), c)))),
]

BODY = Lambda((s,), add(power(s, 3), negate(s), TWO))
ON_TWO = Lambda((s, t), add(multiply(s, s, t), s))
POINTS: dict[int, dict[Symbol, Term]] = {
    1: {
        x: literal((3,)),
        y: literal((-1,)),
        z: literal((2,)),
        A: literal((5,)),
        M: literal((2,), (3,)),
        N: literal((1,), (4,)),
    },
    2: {
        x: literal((2,), (-1,)),
        y: literal((1,), (3,)),
        z: literal((-2,), (5,)),
        A: literal((1, 2), (3, 5)),
        M: literal((1, 2), (0, 3)),
        N: literal((2, 2), (1, 3)),
    },
    3: {
        x: literal((1,), (2,), (-3,)),
        y: literal((4,), (1,), (2,)),
        z: literal((3,), (-1,), (2,)),
        A: literal((1, 2, 0), (3, 5, 1), (0, 2, 7)),
        M: literal((1, 2, 4), (0, 3, 1)),
        N: literal((2, 2, 1), (1, 3, 0)),
    },
}


def value(term: Term, size: int) -> object:
    common: dict[Symbol, Term] = {
        c: Number(3),
        short: literal((1,), (-2,)),
        P: literal((1, 2), (3, 5)),
        pair: literal((4,), (-1,)),
        f: BODY,
        g: ON_TWO,
        i: Number(min(size, 2)),
        j: ONE,
        n: Number(size),
        m: TWO,
        k: Number(min(size, 3)),
    }
    found = evaluate(term, {**common, **POINTS[size]}, {"n": size, "m": 2})
    return found[0][0] if isinstance(found, tuple) and len(found) == len(found[0]) == 1 else found


def same(left: Term, right: Term) -> bool:
    atoms = Atoms()
    return is_zero(atoms.subtract(atoms.form(left), atoms.form(right)), atoms)


@pytest.mark.parametrize(("left", "right"), EQUAL)
def test_a_rule_holds_in_every_size_and_is_seen(left: Term, right: Term) -> None:
    sort_of(equal(left, right))
    assert all(value(left, size) == value(right, size) for size in POINTS)
    assert same(left, right)
    assert same(right, left)


@pytest.mark.parametrize(("left", "right"), DIFFERENT)
def test_its_false_neighbour_is_not(left: Term, right: Term) -> None:
    sort_of(equal(left, right))
    assert any(value(left, size) != value(right, size) for size in POINTS)
    assert not same(left, right)
    assert not same(right, left)


# --- derivatives ---------------------------------------------------------------------------------------------------------------


def d(body: Term, variable: Term) -> Apply:
    return a("derivative", body, variable)


def first(argument: Term) -> Apply:
    return a("partial", f, a("indices", ONE), argument)


def proved(left: Term, right: Term, *hypotheses: Term) -> tuple[Term, ...]:
    certificate: Certificate = WhereDefined(Differentiated(Identity()))
    return check(Claim(equal(left, right), hypotheses), certificate)


EXP = a("exp", t)
E = each(EXP, z)
SUM_OF_EXP = total(a("exp", at(z, k)))
SOFTMAX = over(E, multiply(turned(ONES), E))
SLOPES = [
    (d(multiply(turned(x), FZ), z), had(x, each(first(t), z))),
    (d(FZ, z), diag(each(first(t), z))),
    (d(each(of(f, t), multiply(M, z)), z), multiply(diag(each(first(t), multiply(M, z))), M)),
    (
        d(multiply(turned(short), each(of(f, t), multiply(M, z))), M),
        multiply(had(short, each(first(t), multiply(M, z))), turned(z)),
    ),
    (d(a("trace", multiply(turned(M), each(SQUARE, N))), N), multiply(TWO, had(M, N))),
    (d(each(multiply(TWO, t), z), z), multiply(TWO, IDENTITY)),
    (d(each(SQUARE, c), c), multiply(TWO, c)),
    (d(each(SQUARE, multiply(c, x)), c), multiply(TWO, c, had(x, x))),
    (d(SOFTMAX, z), subtract(diag(SOFTMAX), multiply(SOFTMAX, turned(SOFTMAX)))),
    (d(a("log", SUM_OF_EXP), z), SOFTMAX),
    (d(total(of(f, at(z, k))), z), each(first(t), z)),
    (d(total(multiply(at(x, k), power(c, 2))), c), multiply(TWO, c, turned(ONES), x)),
    (d(total(of(f, at(z, k))), at(z, j)), first(at(z, j))),
    (d(total(a("log", add(ONE, a("exp", at(z, k))))), z), each(over(EXP, add(ONE, EXP)), z)),
    (d(total(k), c), ZERO),
    (d(a("log", multiply(turned(ONES), E)), at(z, j)), at(SOFTMAX, j)),
    (d(d(a("log", SUM_OF_EXP), z), z), subtract(diag(SOFTMAX), multiply(SOFTMAX, turned(SOFTMAX)))),
    (
        d(d(negate(multiply(turned(y), each(a("log", t), SOFTMAX))), z), z),
        multiply(multiply(turned(ONES), y), subtract(diag(SOFTMAX), multiply(SOFTMAX, turned(SOFTMAX)))),
    ),
    (
        d(total(add(over(at(x, k), add(ONE, a("exp", at(z, k)))), over(power(at(z, k), 3), TWO))), z),
        subtract(over(multiply(Number(3), had(z, z)), TWO), had(x, each(over(EXP, power(add(ONE, EXP), 2)), z))),
    ),
    (d(total(of(f, at(row, k))), row), turned(each(first(t), turned(row)))),
    (
        d(total(multiply(c, negate(of(f, at(z, k))), first(at(z, k)))), z),
        negate(
            multiply(
                c,
                add(
                    had(each(first(t), z), each(first(t), z)),
                    had(FZ, each(a("partial", f, a("indices", ONE, ONE), t), z)),
                ),
            )
        ),
    ),
    (
        d(total(of(g, at(z, k), at(x, k))), z),
        total(multiply(a("partial", g, a("indices", ONE), at(z, k), at(x, k)), unit(k))),
    ),
    (d(total(of(on_vector, multiply(at(x, k), z))), c), ZERO),
    (each(d(SQUARE, t), z), multiply(TWO, z)),
    (total(d(power(at(z, k), 2), at(z, k))), multiply(TWO, turned(ONES), z)),
]


@pytest.mark.parametrize(("left", "right"), SLOPES)
def test_derivatives_of_functions_entry_by_entry_and_of_sums(left: Term, right: Term) -> None:
    known = (a(">=", n, ONE), a("<=", ONE, j), a("<=", j, n))
    assert proved(left, right, *known) == ()
    with pytest.raises(Rejected):
        proved(left, ONE if right == ZERO else add(right, right), *known)


@pytest.mark.parametrize("term", [at(short, k), a("entry", A, k, i), multiply(k, at(z, k)), of(g, at(z, k), at(x, k))])
def test_other_sums_are_differentiated_term_by_term(term: Term) -> None:
    found, conditions = differentiated(d(total(multiply(c, term)), c))
    assert same(found, total(term))
    assert conditions == ()


def test_sums_with_other_bounds_are_differentiated_term_by_term() -> None:
    for lower, upper in ((TWO, n), (ONE, Number(3))):
        found, _ = differentiated(d(a("sum", multiply(c, at(z, k)), k, lower, upper), c))
        assert same(found, a("sum", at(z, k), k, lower, upper))


def test_softmax_by_components() -> None:
    at_i, at_j = (over(a("exp", at(z, one)), SUM_OF_EXP) for one in (i, j))
    inside = (a(">=", n, ONE), *(a("<=", *one) for index in (i, j) for one in ((ONE, index), (index, n))))
    assert proved(d(at_i, at(z, j)), multiply(at_i, subtract(a("delta", i, j), at_j)), *inside) == ()
    with pytest.raises(Rejected):
        proved(d(at_i, at(z, j)), multiply(at_i, subtract(ONE, at_j)), *inside)


CORNER = a("abs", t)
REFUSED = [
    d(multiply(turned(x), each(CORNER, z)), z),  # no derivative at 0
    d(multiply(turned(x), each(a("log", t), z)), z),
    d(multiply(turned(x), each(of(rough, t), z)), z),
    d(each(multiply(c, t), x), c),  # what is taken entry by entry changes itself
    d(total(multiply(c, k), k, Symbol("c", INTEGER)), Symbol("c", INTEGER)),
    d(total(a("abs", at(z, k))), z),
]


@pytest.mark.parametrize("term", REFUSED)
def test_what_has_no_derivative_is_refused(term: Term) -> None:
    with pytest.raises(Rejected):
        differentiated(equal(term, term))


# --- definedness ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "term",
    [
        each(a("log", t), z),
        each(over(ONE, t), z),
        each(a("sqrt", t), M),
        each(a("log", t), had(E, z)),
        each(a("log", t), subtract(E, ONES)),
    ],
)
def test_a_function_that_may_be_undefined_somewhere_is_refused(term: Term) -> None:
    with pytest.raises(Rejected, match="every value"):
        check(Claim(equal(term, term)), Identity())


POSITIVE = [
    E,
    negate(negate(E)),
    turned(E),
    a("vec", each(EXP, M)),
    add(E, ONES),
    over(E, multiply(turned(ONES), E)),
    had(E, ONES),
    a("kronecker", E, E),
    multiply(each(EXP, M), E),
    each(add(t, ONE), E),
    each(a("exp", t), add(x, z)),
    multiply(a("exp", c), E),
]


@pytest.mark.parametrize("array", POSITIVE)
def test_what_is_visibly_positive_has_logarithms(array: Term) -> None:
    logarithm = each(a("log", t), array)
    assert [one for one in obligations(logarithm) if sign(one.arguments[0], ()) != "+"] == []  # type: ignore[union-attr]
    with pytest.raises(Rejected):
        obligations(each(a("log", t), negate(array)))


def test_signs_of_products_of_arrays() -> None:
    assert sign(multiply(turned(ONES), E), ()) == "+"
    assert sign(a("inner", ONES, E), ()) == "+"
    assert sign(a("inner", ONES, z), ()) == "?"
    assert sign(multiply(turned(ONES), each(SQUARE, z)), ()) == "0+"
    assert sign(multiply(turned(ONES), negate(each(SQUARE, z))), ()) == "0-"
    assert sign(multiply(turned(ONES), z), ()) == "?"
    assert sign(multiply(turned(ONES), IDENTITY, E), ()) == "0+"
    assert sign(multiply(turned(E), A, E), ()) == "?"
    nonzero = a("!=", c, ZERO)
    assert sign(multiply(turned(ONES), multiply(c, E)), (nonzero,)) == "?"
    assert sign(a("inner", ONES, multiply(c, E)), (nonzero,)) == "?"
    assert sign(a("inner", ONES, Constant("zero", Matrix("n", 1))), ()) == "0"
    assert sign(multiply(turned(E), a("^", A, TWO), E), ()) == "?"


def test_conditions_of_the_parts_stay() -> None:
    divided = each(over(t, c), over(z, Symbol("e")))
    assert set(obligations(divided)) == {a("!=", c, ZERO), a("!=", Symbol("e"), ZERO)}


# --- what is left as it stands -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "term",
    [
        each(a("floor", t), z),
        each(a("sqrt", add(ONE, power(t, 2))), M),
        each(of(f, a("abs", t)), z),
        each(a("max", t, ZERO), P),
        each(power(t, 9), z),
        each(multiply(turned(multiply(t, x)), each(of(f, multiply(s, t)), y, s)), z),
        each(of(f, t), each(a("max", s, ZERO), z, s)),
        total(multiply(k, at(z, k))),
        total(of(f, add(at(z, k), k))),
        total(multiply(at(z, k), at(z, add(k, ONE)))),
        total(multiply(at(z, k), at(short, k))),
        total(of(f, at(z, k)), k, m),
        total(of(f, at(pair, k)), k, TWO),
        total(multiply(k, unit(k))),
        total(multiply(unit(k), turned(x), unit(k), turned(unit(k)))),
        total(multiply(unit(k), turned(multiply(A, unit(k))))),
        total(multiply(at(z, add(k, ONE)), unit(k))),
        total(multiply(at(z, k), unit(add(k, ONE)))),
        total(multiply(turned(unit(k)), A, unit(k), of(f, at(z, k)))),
        total(multiply(at(z, k), a("max", at(z, k), ZERO))),
        total(multiply(a("max", at(z, k), ZERO), a("matrix", a("row", ONE, TWO)))),
        multiply(turned(x), had(multiply(A, had(y, z)), x)),
        each(over(ONE, add(t, multiply(c, of(f, t)), multiply(c, t))), z),
        each(over(ONE, multiply(c, t)), z),
        each(of(on_vector, multiply(t, x)), z),
        each(of(on_both, x, t), z),
        each(over(ONE, multiply(t, over(ONE, t))), z),
    ],
)
def test_it_is_only_itself(term: Term) -> None:
    assert same(term, term)
    assert not same(term, add(term, term))


def test_a_letter_in_use_is_not_bound_again() -> None:
    bound = Symbol("\\bound{0}")
    term = each(multiply(bound, t), z)
    assert same(term, term)
    assert not same(term, multiply(bound, z))
    index = Symbol("\\bound{0}", INTEGER)
    summed = total(multiply(unit(k), at(z, index)))
    assert same(summed, summed)
    assert not same(summed, multiply(at(z, index), ONES))


def test_a_position_that_may_be_outside_is_no_unit() -> None:
    left, right = total(multiply(a("delta", i, k), of(f, at(z, k)))), of(f, at(z, i))
    inside = (a("<=", ONE, i), a("<=", i, n))
    assert check(Claim(equal(left, right), inside), Identity()) == ()
    for some in ((), inside[:1], inside[1:]):
        with pytest.raises(Rejected):
            check(Claim(equal(total(multiply(a("delta", i, k), of(f, at(z, k)))), of(f, at(z, ONE))), some), Identity())
        atoms = Atoms(nonnegative=lambda term, some=some: sign(term, some) in {"+", "0+"})  # type: ignore[misc]
        assert not is_zero(atoms.subtract(atoms.form(left), atoms.form(right)), atoms)
    half = multiply(Number(Fraction(1, 2)), i)
    assert not same(total(multiply(a("delta", half, k), of(f, at(z, k)))), of(f, at(z, half)))
    assert not same(total(multiply(a("delta", multiply(TWO, k), k), of(f, at(z, k)))), of(f, at(z, ONE)))


def test_norms_of_products_entry_by_entry() -> None:
    assert same(power(a("norm", had(x, y)), 2), multiply(turned(had(x, x)), had(y, y)))
    assert not same(power(a("norm", had(x, y)), 2), multiply(turned(x), y))


def test_a_function_of_a_vector_and_a_number_is_not_taken_of_the_vector_entry_by_entry() -> None:
    term = each(of(on_both, x, t), z)
    assert not same(term, each(of(on_both, y, t), z))


STEPS = had(*(each(power(SIGMOID, 8), z) for _ in range(3)), *(each(power(t, 8), z) for _ in range(3)))
REFUSED: list[tuple[str, Term, str]] = [
    ("1 over nothing", each(over(ONE, t), subtract(z, z)), "division by zero"),
    ("a long way to cancel", STEPS, "too many entries"),
]


@pytest.mark.parametrize(("term", "reason"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_what_has_no_form_is_refused(term: Term, reason: str) -> None:
    with pytest.raises(Rejected, match=reason):
        Atoms().form(term)


def test_inverses_of_diagonal_matrices() -> None:
    assert same(a("inverse", diag(add(ONES, had(z, z)))), diag(each(SIGMOID, z)))
    assert same(multiply(a("inverse", diag(each(SIGMOID, z))), x), had(add(ONES, had(z, z)), x))
    assert not same(a("inverse", diag(z)), diag(z))
    assert not same(a("inverse", add(diag(z), A)), diag(each(over(ONE, t), z)))


def test_sorts() -> None:
    assert sort_of(FZ) == Matrix("n", 1)
    assert sort_of(each(t, c)) == REAL
    with pytest.raises(TermError, match="takes a body"):
        sort_of(a("each", t, t))
    with pytest.raises(TermError, match="real number"):
        sort_of(a("each", k, k, z))
    with pytest.raises(IllSorted, match="values entry by entry"):
        sort_of(each(z, z))
    with pytest.raises(IllSorted, match="entries of a vector"):
        sort_of(each(t, equal(c, c)))


def test_values_of_statements_have_no_entries() -> None:
    with pytest.raises(Undecided, match="entries of a statement"):
        evaluate(a("each", t, t, equal(ONE, ONE)), {}, {})
