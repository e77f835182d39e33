"""Terms: equality, immutability, depth, free symbols, substitution without capture."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from typing import Any

import pytest

from derive.kernel.term import (
    INTEGER,
    MAXIMUM_DEPTH,
    ONE,
    PI,
    REAL,
    STATEMENT,
    TWO,
    ZERO,
    Apply,
    Constant,
    Function,
    Lambda,
    Matrix,
    Number,
    Scalar,
    Sort,
    Symbol,
    Term,
    TermError,
    add,
    children,
    equal,
    free_symbols,
    heads,
    multiply,
    negate,
    substitute,
    subterms,
    subtract,
)

x, y, z = (Symbol(name) for name in "xyz")
i = Symbol("i", INTEGER)
f = Symbol("f", Function((REAL,), REAL, 1))
V = Matrix("n", 1)


def a(head: str, *arguments: Term) -> Apply:
    return Apply(head, arguments)


SUM = a("sum", multiply(i, x), i, ONE, y)
LIMIT = a("limit", multiply(x, z), x, y)
DERIVATIVE = a("derivative", multiply(x, y), x)
LAMBDA = Lambda((x,), multiply(x, y))


# --- sorts -----------------------------------------------------------------------------------------------------------

SORTS: list[tuple[Sort, str]] = [
    (REAL, "real"),
    (Scalar("complex"), "complex"),
    (Matrix("n", 1), "column of size n"),
    (Matrix(1, 3), "row of size 3"),
    (Matrix("n", 3), "matrix of size n x 3"),
    (Function((REAL, V), INTEGER), "function(real, column of size n) -> integer"),
    (STATEMENT, "statement"),
]


@pytest.mark.parametrize(("sort", "text"), SORTS, ids=[one[1] for one in SORTS])
def test_a_sort_as_text(sort: Sort, text: str) -> None:
    assert str(sort) == text


# --- terms -----------------------------------------------------------------------------------------------------------

# Terms made twice, each different from every other.
TWICE: list[tuple[Term, Term]] = [
    (Symbol("x"), Symbol("x", REAL)),
    (Symbol("x", INTEGER), Symbol("x", Scalar("integer"))),
    (Symbol("y"), Symbol("y")),
    (Number(1), Number(1)),
    (Number(2), Number(2)),
    (Constant("zero", V), Constant("zero", Matrix("n", 1))),
    (Constant("zero", Matrix(3, 1)), Constant("zero", Matrix(3, 1))),
    (Constant("ones", V), Constant("ones", V)),
    (add(x, y), add(x, y)),
    (add(y, x), add(y, x)),
    (multiply(x, y), multiply(x, y)),
    (Lambda((x,), y), Lambda((x,), y)),
    (Lambda((y,), y), Lambda((y,), y)),
    (Lambda((x,), x), Lambda((x,), x)),
]


@pytest.mark.parametrize("index", range(len(TWICE)))
def test_equality(index: int) -> None:
    one, other = TWICE[index]
    assert one == other
    assert hash(one) == hash(other)
    assert one == pickle.loads(pickle.dumps(one))
    assert repr(one) == repr(other)
    for number, (another, _) in enumerate(TWICE):
        assert (one == another) == (number == index)
    assert one != repr(one)


def test_terms_whose_hashes_agree_need_not_be_equal() -> None:
    assert Number(-1) != Number(-2)
    assert add(Number(-1), x) != add(Number(-2), x)


@pytest.mark.parametrize("term", [x, ONE, PI, add(x, y), LAMBDA], ids=str)
def test_terms_are_immutable(term: Term) -> None:
    for name in term.__match_args__:
        with pytest.raises(AttributeError, match="immutable"):
            setattr(term, name, None)
        with pytest.raises(AttributeError, match="immutable"):
            delattr(term, name)


def test_the_terms_as_text() -> None:
    assert repr(Number(2)) == "Number(2)"
    assert repr(x) == "Symbol('x', Scalar(domain='real'))"
    assert repr(PI) == "Constant('pi', Scalar(domain='real'))"
    assert repr(negate(ONE)) == "Apply('negate', (Number(1),))"
    assert repr(Lambda((), ONE)) == "Lambda((), Number(1))"


def nested(depth: int) -> Term:
    term: Term = x
    for _ in range(depth - 1):
        term = negate(term)
    return term


def test_depth() -> None:
    assert x.depth == 1
    assert a("+", x, negate(x), x).depth == 3
    assert Lambda((x,), negate(x)).depth == 3
    assert nested(MAXIMUM_DEPTH).depth == MAXIMUM_DEPTH
    assert Lambda((x,), nested(MAXIMUM_DEPTH - 1)).depth == MAXIMUM_DEPTH


NOT_BUILT: list[tuple[Callable[[], object], str]] = [
    (lambda: Constant("tau", REAL), "no constant is called 'tau'"),
    (lambda: negate(nested(MAXIMUM_DEPTH)), "nested deeper"),
    (lambda: Lambda((x,), nested(MAXIMUM_DEPTH)), "nested deeper"),
]


@pytest.mark.parametrize(("build", "reason"), NOT_BUILT, ids=[one[1] for one in NOT_BUILT])
def test_terms_that_cannot_be_built(build: Callable[[], object], reason: str) -> None:
    with pytest.raises(TermError, match=reason):
        build()


def test_building() -> None:
    assert add() == ZERO
    assert add(x) == x
    assert add(add(x, y), z) == a("+", x, y, z)
    assert add(multiply(x, y), z) == a("+", a("*", x, y), z)
    assert multiply() == ONE
    assert multiply(x) == x
    assert multiply(multiply(x, y), z) == a("*", a("*", x, y), z)
    assert subtract(x, y) == a("+", x, a("negate", y))
    assert equal(x, y) == a("=", x, y)


# --- parts -----------------------------------------------------------------------------------------------------------


def test_children() -> None:
    assert children(add(x, y)) == (x, y)
    assert children(LAMBDA) == (multiply(x, y),)
    assert children(x) == children(ONE) == children(PI) == ()


def test_what_is_kept_in_a_term_is_the_same_when_it_is_asked_again() -> None:
    inside = multiply(x, y)
    whole = add(inside, x)
    assert [list(subterms(x)), list(subterms(whole)), list(subterms(whole))] == [[x], *2 * [[whole, inside, x, y]]]
    assert free_symbols(inside) == free_symbols(whole) == free_symbols(whole) == {x, y}
    assert [heads(x), heads(whole), heads(whole), heads(LAMBDA)] == [set(), *2 * [{"+", "*"}], {"*"}]
    bound = Apply("sum", (inside, y, ONE, x))
    assert free_symbols(add(bound, x)) == free_symbols(bound) == free_symbols(add(bound, x)) == {x}
    assert whole == add(multiply(x, y), x)
    assert hash(whole) == hash(add(multiply(x, y), x))


def test_subterms_outermost_first_and_once() -> None:
    term = add(multiply(x, y), LAMBDA, x)
    assert list(subterms(term)) == [term, multiply(x, y), x, y, LAMBDA]


FREE: list[tuple[str, Term, set[Symbol]]] = [
    ("a symbol", x, {x}),
    ("a number", ONE, set()),
    ("a constant", PI, set()),
    ("a function", a("apply", f, x), {f, x}),
    ("a parameter is bound", LAMBDA, {y}),
    ("a sum binds its variable", SUM, {x, y}),
    ("in the body only", a("sum", i, i, ONE, i), {i}),
    ("a limit", LIMIT, {z, y}),
    ("a derivative binds nothing", DERIVATIVE, {x, y}),
]


@pytest.mark.parametrize(("term", "symbols"), [one[1:] for one in FREE], ids=[one[0] for one in FREE])
def test_free_symbols(term: Term, symbols: set[Symbol]) -> None:
    assert free_symbols(term) == symbols


# --- substitution ----------------------------------------------------------------------------------------------------

SUBSTITUTED: list[tuple[str, Term, dict[Term, Term], Term]] = [
    ("nothing", add(x, y), {}, add(x, y)),
    ("a symbol", add(x, y), {x: z}, add(z, y)),
    ("at once", add(x, y), {x: y, y: x}, add(y, x)),
    ("a term", multiply(add(x, y), z), {add(x, y): z}, multiply(z, z)),
    ("the largest first", negate(add(x, y)), {x: z, negate(add(x, y)): ONE}, ONE),
    ("a number", add(x, ONE), {ONE: TWO}, add(x, TWO)),
    ("twice", a("+", negate(x), negate(x)), {x: y}, a("+", negate(y), negate(y))),
    ("a function", a("apply", f, x), {f: Symbol("g", f.sort)}, a("apply", Symbol("g", f.sort), x)),
    ("in a sum", SUM, {x: z, y: TWO}, a("sum", multiply(i, z), i, ONE, TWO)),
    ("not what is bound", a("sum", i, i, ONE, i), {i: TWO}, a("sum", i, i, ONE, TWO)),
    ("not what speaks of what is bound", SUM, {multiply(i, x): z}, SUM),
    ("in a limit", LIMIT, {z: ONE, x: TWO}, a("limit", multiply(x, ONE), x, y)),
    ("in a derivative", DERIVATIVE, {y: z}, a("derivative", multiply(x, z), x)),
    ("a derivative by what does not occur", a("derivative", y, x), {x: z}, a("derivative", y, x)),
    ("in a function", LAMBDA, {y: z}, Lambda((x,), multiply(x, z))),
    ("not a parameter", LAMBDA, {x: z}, LAMBDA),
    ("nor what speaks of a parameter", LAMBDA, {multiply(x, y): z}, LAMBDA),
]


@pytest.mark.parametrize(
    ("term", "mapping", "result"), [one[1:] for one in SUBSTITUTED], ids=[one[0] for one in SUBSTITUTED]
)
def test_substitute(term: Term, mapping: dict[Term, Term], result: Term) -> None:
    assert substitute(term, mapping) == result


REFUSED: list[tuple[str, Term, dict[Term, Term], str]] = [
    ("capture by a sum", SUM, {x: i}, "capture a bound variable"),
    ("capture by a limit", LIMIT, {z: add(x, ONE)}, "capture a bound variable"),
    ("capture by a derivative", DERIVATIVE, {y: x}, "capture a bound variable"),
    ("the variable of a derivative", DERIVATIVE, {x: z}, "by the variable of differentiation"),
    ("a term in the variable of a derivative", DERIVATIVE, {multiply(x, y): z}, "by the variable of differentiation"),
    ("capture by a parameter", LAMBDA, {y: x}, "capture a parameter"),
]


@pytest.mark.parametrize(("term", "mapping", "reason"), [one[1:] for one in REFUSED], ids=[one[0] for one in REFUSED])
def test_substitution_refused(term: Term, mapping: dict[Term, Term], reason: str) -> None:
    with pytest.raises(TermError, match=reason):
        substitute(term, mapping)


def test_unchanged_parts_are_shared_and_repeated_parts_are_visited_once() -> None:
    same = multiply(x, y)
    assert substitute(same, {z: ONE}) is same
    term: Any = x
    for _ in range(MAXIMUM_DEPTH - 1):
        term = a("+", term, term)  # 2^149 leaves
    result = substitute(term, {x: y})
    assert leftmost(result) == y


def leftmost(term: Term) -> Term:
    while isinstance(term, Apply):
        term = term.arguments[0]
    return term
