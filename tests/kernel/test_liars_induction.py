"""Liars for sums of symbolic length and for induction: what is accepted stands beside what is wrong in one way."""

from __future__ import annotations

import pytest

from derive.kernel.certificate import Assumed, Certificate, Cofactor, Identity, Induction, Lemma, Rejected, Sign
from derive.kernel.check import check
from derive.kernel.claim import Claim
from derive.kernel.normal_form import Atoms
from derive.kernel.sums import sum_of_powers
from derive.kernel.term import (
    INTEGER,
    ONE,
    TWO,
    ZERO,
    Apply,
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

i, j, k, m, n = (Symbol(name, INTEGER) for name in "ijkmn")
x, y, z = Symbol("x"), Symbol("y"), Symbol("z")
FAMILY, TWO_PLACES = Symbol("f", Function((INTEGER,), x.sort)), Symbol("g", Function((INTEGER, INTEGER), x.sort))
HIDDEN = Symbol("\\#0", INTEGER)
NATURAL, POSITIVE = Apply(">=", (n, ZERO)), Apply(">=", (n, ONE))


def total(body: Term, upper: Term, lower: Term = ONE, variable: Symbol = i) -> Term:
    return Apply("sum", (body, variable, lower, upper))


def power(base: Term, exponent: Term) -> Term:
    return Apply("^", (base, exponent))


def over(above: Term, below: Term) -> Term:
    return Apply("/", (above, below))


def f(index: Term) -> Term:
    return Apply("apply", (FAMILY, index))


def up_to(term: Term, number: int) -> Term:
    return add(term, Number(number))


def order(left: Term, word: str, right: Term) -> Apply:
    return Apply(word, (left, right))


def factorial(term: Term) -> Term:
    return Apply("factorial", (term,))


# --- sums ------------------------------------------------------------------------------------------------------------------


def chosen(*factors: Term, upper: Term = n) -> Term:
    """The sum of C(n, i) times the factors, from 0."""
    return total(multiply(Apply("binomial", (n, i)), *factors), upper, ZERO)


AT_LEAST_TWO = Apply(">=", (n, TWO))
REST = subtract(n, i)
MATRIX = Symbol("A", Matrix("q", "q"))
SQUARES_OF_MATRIX = total(multiply(power(i, TWO), MATRIX), up_to(n, 1), ZERO)

TRUE: list[tuple[str, Term, tuple[Term, ...]]] = [
    ("how many", equal(total(ONE, n), n), (NATURAL,)),
    ("from zero", equal(total(ONE, n, ZERO), up_to(n, 1)), (NATURAL,)),
    ("a number of terms", equal(total(i, Number(300)), Number(45150)), ()),
    ("numbers", equal(total(i, n), over(multiply(n, up_to(n, 1)), TWO)), (NATURAL,)),
    ("linearity", equal(total(add(multiply(x, f(i)), y), n), add(multiply(x, total(f(i), n)), multiply(n, y))), (NATURAL,)),
    ("linearity, whatever the length", equal(total(multiply(x, f(i)), n), multiply(x, total(f(i), n))), ()),
    ("another name", equal(total(f(i), n), total(f(j), n, variable=j)), ()),
    ("a term more", equal(total(f(i), up_to(n, 1)), add(total(f(i), n), f(up_to(n, 1)))), (NATURAL,)),
    ("an index that is moved", equal(total(f(up_to(i, 1)), n), subtract(total(f(i), up_to(n, 1)), f(ONE))), (NATURAL,)),
    ("an index that is moved back", equal(total(f(up_to(i, -1)), n), add(f(ZERO), total(f(i), up_to(n, -1)))), (POSITIVE,)),
    ("moved, with its factor", equal(total(multiply(i, f(up_to(i, 1))), n), subtract(total(multiply(i, f(i)), up_to(n, 1)), total(f(i), up_to(n, 1)))), (NATURAL,)),
    ("by an index that is free", equal(total(f(add(i, m)), n), total(f(add(m, j)), n, variable=j)), ()),
    ("two pieces", equal(add(total(f(i), m), total(f(i), n, up_to(m, 1))), total(f(i), n)), (order(m, ">=", ZERO), order(m, "<=", n))),
    ("a sum of sums", equal(total(total(multiply(f(i), f(j)), n, variable=j), n), power(total(f(i), n), TWO)), (NATURAL,)),
    ("a sum of sums and of others", equal(total(add(total(Apply("apply", (TWO_PLACES, i, j)), n, variable=j), f(i)), n), add(total(f(i), n), total(total(Apply("apply", (TWO_PLACES, i, j)), n, variable=j), n))), (NATURAL,)),
    ("a free divisor", equal(total(over(f(i), x), n), over(total(f(i), n), x)), (POSITIVE, order(x, "!=", ZERO))),
    ("a bound divisor", equal(total(over(x, i), n), multiply(x, total(over(ONE, i), n))), (POSITIVE,)),
    ("a power", equal(power(x, up_to(n, 2)), multiply(x, x, power(x, n))), (NATURAL,)),
    ("a power of a power", equal(power(x, multiply(TWO, n)), power(power(x, n), TWO)), (NATURAL,)),
    ("a power of a number", equal(power(TWO, up_to(k, -1)), over(power(TWO, k), TWO)), ()),
    ("signs", equal(power(Number(-1), multiply(TWO, k)), ONE), ()),
    ("factorials", equal(factorial(up_to(n, 2)), multiply(factorial(n), up_to(n, 1), up_to(n, 2))), (NATURAL,)),
    ("binomial coefficients", equal(Apply("binomial", (n, TWO)), over(multiply(n, up_to(n, -1)), TWO)), (NATURAL,)),
    ("the binomial theorem", equal(chosen(power(x, i), power(y, REST)), power(add(x, y), n)), (NATURAL,)),
    ("with further powers", equal(chosen(power(x, up_to(i, 1)), power(y, up_to(REST, 2))), multiply(x, y, y, power(add(x, y), n))), (NATURAL,)),
    ("with a factor", equal(chosen(negate(power(z, TWO)), power(x, i)), negate(multiply(z, z, power(up_to(x, 1), n)))), (NATURAL,)),
    ("how many subsets", equal(chosen(ONE), power(TWO, n)), (NATURAL,)),
    ("the first moment", equal(chosen(i), multiply(n, power(TWO, up_to(n, -1)))), (NATURAL,)),
    ("the second moment", equal(chosen(power(i, TWO)), multiply(n, up_to(n, 1), power(TWO, up_to(n, -2)))), (NATURAL,)),
    ("the mean", equal(chosen(i, power(x, i), power(subtract(ONE, x), REST)), multiply(n, x)), (NATURAL,)),
    ("the first moment in symbols", equal(chosen(i, power(x, i)), multiply(n, x, power(up_to(x, 1), up_to(n, -1)))), (POSITIVE,)),
    ("with signs", equal(chosen(power(Number(-1), i)), ZERO), (POSITIVE,)),
    ("the first moment with signs", equal(chosen(i, power(Number(-1), i)), ZERO), (AT_LEAST_TWO,)),
    ("a sum of matrices", equal(SQUARES_OF_MATRIX, add(total(multiply(power(i, TWO), MATRIX), n, ZERO), multiply(power(up_to(n, 1), TWO), MATRIX))), (NATURAL,)),
    ("a sum of matrices by another name", equal(total(multiply(power(i, TWO), MATRIX), n), total(multiply(power(j, TWO), MATRIX), n, variable=j)), ()),
    ("a product", equal(Apply("product", (f(i), i, ONE, up_to(n, 1))), multiply(Apply("product", (f(j), j, ONE, n)), f(up_to(n, 1)))), (NATURAL,)),
    ("a product of one factor", equal(Apply("product", (x, i, ZERO, up_to(n, -1))), power(x, n)), (NATURAL,)),
]  # fmt: skip


@pytest.mark.parametrize(("statement", "hypotheses"), [one[1:] for one in TRUE], ids=[one[0] for one in TRUE])
def test_sums(statement: Term, hypotheses: tuple[Term, ...]) -> None:
    assert check(Claim(statement, hypotheses), Identity()) == ()


DIFFERENT = "the normal forms differ"
FALSE_SUMS: list[tuple[str, Claim, Certificate, str]] = [
    (name, Claim(statement, hypotheses), Identity(), DIFFERENT)
    for name, statement, hypotheses in (
        ("how many, if any", equal(total(ONE, n), n), ()),  # n = -1
        ("numbers below zero", equal(total(i, n), over(multiply(n, up_to(n, 1)), TWO)), ()),  # n = -2
        ("a term more than none", equal(total(f(i), up_to(n, 1)), add(total(f(i), n), f(up_to(n, 1)))), ()),  # n = -1
        ("moved back from nothing", equal(total(f(up_to(i, -1)), n), add(f(ZERO), total(f(i), up_to(n, -1)))), (NATURAL,)),  # n = 0
        ("pieces that overlap", equal(add(total(f(i), m), total(f(i), n, up_to(m, 1))), total(f(i), n)), (order(m, ">=", ZERO),)),
        ("a piece before the first", equal(add(total(f(i), m), total(f(i), n, up_to(m, 1))), total(f(i), n)), (order(m, "<=", n),)),
        ("a name that is taken", equal(total(HIDDEN, n), over(multiply(n, up_to(n, 1)), TWO)), (NATURAL,)),
        ("a name that is taken below", equal(total(add(f(add(i, HIDDEN)), total(f(j), i, variable=j)), n), add(total(f(multiply(TWO, i)), n), total(total(f(j), i, variable=j), n))), (NATURAL,)),
        ("a name that is taken in a product", equal(Apply("product", (HIDDEN, i, ONE, n)), factorial(n)), (NATURAL,)),
        ("a sum of squares", equal(total(power(f(i), TWO), n), power(total(f(i), n), TWO)), (NATURAL,)),
        ("the index outside", equal(total(multiply(i, f(i)), n), multiply(n, total(f(i), n))), (NATURAL,)),
        ("an empty sum divided by 0", equal(total(over(f(i), x), n), over(total(f(i), n), x)), (NATURAL,)),
        ("odd signs", equal(power(Number(-1), up_to(multiply(TWO, k), 1)), ONE), ()),
        ("a power of a real number", equal(power(TWO, up_to(x, 1)), power(TWO, x)), ()),
        ("a factorial", equal(factorial(up_to(n, 1)), multiply(n, factorial(n))), (NATURAL,)),
        ("a product of none", equal(Apply("product", (x, i, ONE, n)), power(x, n)), ()),  # n = -1
        ("the binomial theorem, if any", equal(chosen(power(x, i), power(y, REST)), power(add(x, y), n)), ()),  # n = -1
        ("the binomial theorem up to less", equal(chosen(power(x, i), power(y, REST), upper=up_to(n, -1)), power(add(x, y), n)), (POSITIVE,)),
        ("the binomial theorem up to more", equal(chosen(ONE, upper=up_to(n, 1)), multiply(TWO, power(TWO, n))), (NATURAL,)),
        ("without the first", equal(total(Apply("binomial", (n, i)), n), power(TWO, n)), (NATURAL,)),
        ("squares of coefficients", equal(chosen(Apply("binomial", (n, i))), power(TWO, n)), (NATURAL,)),
        ("coefficients in the other place", equal(total(Apply("binomial", (i, n)), n, ZERO), power(TWO, n)), (NATURAL,)),
        ("another power", equal(chosen(power(x, i), power(y, i)), power(add(x, y), n)), (NATURAL,)),
        ("less than the power", equal(chosen(power(TWO, up_to(REST, -1))), power(Number(3), n)), (NATURAL,)),
        ("a high moment", equal(chosen(power(i, Number(5))), power(TWO, n)), (NATURAL,)),
        ("a moment of another", equal(chosen(i, power(x, i)), multiply(n, power(up_to(x, 1), up_to(n, -1)))), (POSITIVE,)),
        ("the first moment in symbols, of none", equal(chosen(i, power(x, i)), multiply(n, x, power(up_to(x, 1), up_to(n, -1)))), (NATURAL,)),  # 0 ... / 0
        ("signs of none", equal(chosen(power(Number(-1), i)), ZERO), (NATURAL,)),  # n = 0
        ("the first moment with signs, of one", equal(chosen(i, power(Number(-1), i)), ZERO), (POSITIVE,)),  # n = 1
        ("an index that moves elsewhere", equal(chosen(f(i)), multiply(power(TWO, n), f(n))), (NATURAL,)),
        ("a sum of matrices that may be empty", equal(SQUARES_OF_MATRIX, add(total(multiply(power(i, TWO), MATRIX), n, ZERO), multiply(power(up_to(n, 1), TWO), MATRIX))), ()),  # n = -2
        ("a sum of matrices from a letter", equal(total(multiply(i, MATRIX), up_to(n, 1), m), add(total(multiply(i, MATRIX), n, m), multiply(up_to(n, 1), MATRIX))), (NATURAL,)),
        ("the order of matrices", equal(total(Symbol("A", Matrix("q", "q")), n), multiply(n, Symbol("B", Matrix("q", "q")))), (NATURAL,)),
    )
]  # fmt: skip


def test_powers_up_to_a_number() -> None:
    for exponent in range(17):
        coefficients = sum_of_powers(exponent)
        for last in range(5):
            expected = sum(number**exponent for number in range(1, last + 1))
            assert sum(value * last**place for place, value in enumerate(coefficients)) == expected


def test_a_bound_in_a_letter_of_the_name_of_the_index() -> None:
    """sum_{i=0}^{i} C(i, i) is i + 1, for the i outside."""
    atoms = Atoms(lambda _: True)
    whole = Apply("sum", (Apply("binomial", (i, i)), i, ZERO, i))
    assert atoms.canonical(atoms.form(whole)) != atoms.canonical(atoms.form(power(TWO, i)))


def test_what_is_left_as_it_stands() -> None:
    half, size = over(ONE, TWO), Apply("norm", (Symbol("v", Matrix("q", 1)),))
    root = Apply("sqrt", (add(power(i, TWO), ONE),))
    bodies = (
        power(i, Number(20)),
        f(up_to(i, 20)),
        root,
        multiply(f(up_to(i, 1)), power(TWO, power(i, TWO))),
        over(f(up_to(i, 1)), i),
    )
    irrational = Apply("sqrt", (x,))
    left = [total(body, n) for body in (*bodies, over(ONE, add(i, size)), over(ONE, add(i, irrational)))]
    left += [total(f(i), n, half), Apply("product", (f(i), i, half, n)), Apply("product", (f(i), i, ONE, m))]
    left += [power(x, over(n, add(m, ONE))), power(x, multiply(Number(20), n)), power(x, multiply(n, m)), power(x, m)]
    left += [power(x, up_to(n, -1)), power(x, subtract(n, m)), power(ZERO, n), factorial(m), power(TWO, over(n, TWO))]
    left += [Apply("binomial", (n, Number(-1)))]
    for term in left:
        form = Atoms(lambda one: one == n).form(term)
        assert list(form.scalar.terms.values()) == [1], term
        assert not form.denominator
    assert len(Atoms(lambda one: True).form(power(add(x, y), multiply(Number(5), n))).scalar.terms) == 1


# --- induction -------------------------------------------------------------------------------------------------------------

GEOMETRIC = equal(total(power(x, i), n, ZERO), over(subtract(power(x, up_to(n, 1)), ONE), subtract(x, ONE)))
NOT_ONE = Apply("!=", (subtract(x, ONE), ZERO))
BY_HYPOTHESIS = Identity((Cofactor(1, ONE, ONE),))
GROWS = order(power(TWO, n), ">", ZERO)
ONE_OVER_ONE = equal(over(y, y), ONE)
NONZERO = Apply("!=", (y, ZERO))
ACCEPTED: list[tuple[str, Claim, Certificate, tuple[Term, ...]]] = [
    ("what the beginning needs", Claim(GROWS, (NATURAL,)), Induction(n, 0, Lemma(ONE_OVER_ONE, Identity(), Sign()), Sign()), (NONZERO,)),
    ("what is known besides", Claim(order(x, "<=", ZERO), (order(x, "<=", ZERO), NATURAL)), Induction(n, 0, Assumed(0), Assumed(0)), ()),
    ("a geometric sum", Claim(GEOMETRIC, (NATURAL,)), Induction(n, 0, Identity(), BY_HYPOTHESIS), (NOT_ONE,)),
    ("from a later number", Claim(GEOMETRIC, (order(n, ">", TWO),)), Induction(n, 2, Identity(), BY_HYPOTHESIS), (NOT_ONE,)),
    ("beside a matrix of another size", Claim(GROWS, (NATURAL, equal(Symbol("A", Matrix("q", "q")), Symbol("B", Matrix("q", "q"))))), Induction(n, 0, Sign(), Sign()), ()),
]  # fmt: skip


@pytest.mark.parametrize(
    ("claim", "certificate", "conditions"), [one[1:] for one in ACCEPTED], ids=[one[0] for one in ACCEPTED]
)
def test_accepted(claim: Claim, certificate: Certificate, conditions: tuple[Term, ...]) -> None:
    assert check(claim, certificate) == conditions


SQUARE = Symbol("A", Matrix("n", "n"))
SIZED = equal(Apply("trace", (SQUARE,)), Apply("trace", (SQUARE,)))
GROWTH = Symbol("h", Function((Matrix("n", 1),), x.sort))
MEETS = order(up_to(x, 0), "<=", add(x, n))
LIARS: list[tuple[str, Claim, Certificate, str]] = [
    *FALSE_SUMS,
    ("over the real numbers", Claim(order(multiply(x, x), ">=", ZERO), (order(x, ">=", ZERO),)), Induction(x, 0, Sign(), Sign()), "no integer"),
    ("begun too late", Claim(GEOMETRIC, (NATURAL,)), Induction(n, 1, Identity(), BY_HYPOTHESIS), "begins low enough"),
    ("begun nowhere", Claim(GEOMETRIC), Induction(n, 0, Identity(), BY_HYPOTHESIS), "begins low enough"),
    ("a beginning that fails", Claim(order(n, "<", n), (NATURAL,)), Induction(n, 0, Sign(), Sign()), "not visible"),
    ("a step that fails", Claim(order(n, "<=", ZERO), (NATURAL,)), Induction(n, 0, Sign(), Sign()), "not visible"),
    ("what was said of this n", Claim(order(n, "<=", TWO), (NATURAL, order(n, "<=", TWO))), Induction(n, 0, Sign(), Assumed(1)), "not that hypothesis"),
    ("over the size of a matrix", Claim(SIZED, (NATURAL,)), Induction(n, 0, Identity(), Identity()), "over the size"),
    ("over the size of a hypothesis", Claim(GROWS, (NATURAL, equal(SQUARE, SQUARE))), Induction(n, 0, Sign(), Sign()), "over the size"),
    ("over the size of an argument", Claim(GROWS, (NATURAL, equal(Apply("apply", (GROWTH, Symbol("v", Matrix("n", 1)))), x))), Induction(n, 0, Sign(), Sign()), "over the size"),
    (
        "a condition on the variable",
        Claim(equal(over(add(x, n), add(x, n)), over(add(x, n), add(x, n))), (NATURAL,)),
        Induction(n, 0, Identity(), Identity()),
        "speaks of its variable",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("claim", "certificate", "reason"), [one[1:] for one in LIARS], ids=[one[0] for one in LIARS])
def test_liars(claim: Claim, certificate: Certificate, reason: str) -> None:
    with pytest.raises(Rejected, match=reason):
        check(claim, certificate)
