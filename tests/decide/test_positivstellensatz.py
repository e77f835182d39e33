"""Sums of squares with hypotheses: what is found is accepted by the kernel, nothing false is found, and the search is bounded."""

from __future__ import annotations

from fractions import Fraction

import pytest

from derive.decide import semidefinite
from derive.decide.positivstellensatz import decide
from derive.decide.semidefinite import Block, Row
from derive.decide.work import OutOfWork, Work
from derive.kernel.certificate import Rejected
from derive.kernel.check import check
from derive.kernel.claim import Claim
from derive.kernel.term import ONE, TWO, ZERO, Apply, Number, Symbol, Term, add, multiply, negate, subtract
from derive.theories import AXIOMS

x, y, z = (Symbol(name) for name in "xyz")
a, b, c = (Symbol(name) for name in "abc")


def relation(head: str, left: Term, right: Term = ZERO) -> Apply:
    return Apply(head, (left, right))


def power(term: Term, exponent: int) -> Apply:
    return Apply("^", (term, Number(exponent)))


def over(left: Term, right: Term) -> Apply:
    return Apply("/", (left, right))


def accepted(statement: Term, *hypotheses: Term) -> bool:
    claim = Claim(statement, hypotheses)
    try:
        found = decide(claim, Work(20_000))
        if found is None:
            return False
        check(claim, found, AXIOMS)
    except (OutOfWork, Rejected):
        return False
    return True


def motzkin(factor: int) -> Term:
    middle = multiply(Number(-factor), power(x, 2), power(y, 2))
    return add(multiply(power(x, 4), power(y, 2)), multiply(power(x, 2), power(y, 4)), middle, ONE)


def schur(*terms: Term) -> Term:
    parts = [multiply(one, *(subtract(one, other) for other in terms if other != one)) for one in terms]
    return add(*parts)


def nesbitt(bound: Fraction) -> Term:
    return relation(">=", add(over(a, add(b, c)), over(b, add(c, a)), over(c, add(a, b))), Number(bound))


POSITIVE = tuple(relation(">", one) for one in (a, b, c))
NONNEGATIVE = tuple(relation(">=", one) for one in (x, y, z))
QUADRATIC = add(multiply(a, power(x, 2)), multiply(b, x), c)
DISCRIMINANT = multiply(Number(4), a, c)

PROVED: list[tuple[Term, tuple[Term, ...]]] = [
    (relation(">=", motzkin(3)), ()),
    (relation(">=", schur(x, y, z)), NONNEGATIVE),
    (nesbitt(Fraction(3, 2)), POSITIVE),
    (relation("!=", QUADRATIC), (relation("<", power(b, 2), DISCRIMINANT),)),
    (relation("=", x), (relation("=", add(power(x, 2), multiply(x, y), power(y, 2))),)),
    (relation("=", x), (relation("=", add(power(x, 2), power(y, 4))),)),
    (relation(">", add(power(x, 2), multiply(x, y), power(y, 2))), (relation("!=", x, y),)),
    (relation("<=", x, ONE), (relation("<=", power(x, 3), ONE),)),
    (relation("<", multiply(x, y), ONE), (relation("<", power(x, 2), ONE), relation("<", power(y, 2), ONE))),
    (relation(">=", add(x, y), Apply("sqrt", (multiply(Number(4), x, y),))), NONNEGATIVE[:2]),
    (
        relation("<=", multiply(x, y), Number(Fraction(1, 2))),
        (relation("=", add(power(x, 2), power(y, 2)), ONE),),
    ),
]
FALSE: list[tuple[Term, tuple[Term, ...]]] = [
    (relation(">=", motzkin(4)), ()),
    (relation(">", motzkin(3)), ()),
    (relation(">=", schur(x, y, z)), NONNEGATIVE[:2]),
    (relation(">", schur(x, y, z)), NONNEGATIVE),
    (nesbitt(Fraction(151, 100)), POSITIVE),
    (nesbitt(Fraction(3, 2)), POSITIVE[:2]),
    (relation("!=", QUADRATIC), (relation("<=", power(b, 2), DISCRIMINANT),)),
    (relation(">", QUADRATIC), (relation("<", power(b, 2), DISCRIMINANT),)),
    (relation("=", x), (relation("=", add(power(x, 2), multiply(TWO, x, y), power(y, 2))),)),
    (relation("=", x), (relation("=", add(power(x, 2), negate(power(y, 4)))),)),
    (relation(">", add(power(x, 2), multiply(x, y), power(y, 2))), ()),
    (relation("<=", x, ONE), (relation("<=", power(x, 2), TWO),)),
    (relation("<", multiply(x, y), ONE), (relation("<=", power(x, 2), ONE), relation("<=", power(y, 2), ONE))),
    (relation(">=", add(x, y), Apply("sqrt", (multiply(Number(5), x, y),))), NONNEGATIVE[:2]),
    (
        relation("<", multiply(x, y), Number(Fraction(1, 2))),
        (relation("=", add(power(x, 2), power(y, 2)), ONE),),
    ),
]


@pytest.mark.parametrize(("statement", "hypotheses"), PROVED)
def test_proved(statement: Term, hypotheses: tuple[Term, ...]) -> None:
    assert accepted(statement, *hypotheses)


@pytest.mark.parametrize(("statement", "hypotheses"), FALSE)
def test_nothing_false_is_proved(statement: Term, hypotheses: tuple[Term, ...]) -> None:
    assert not accepted(statement, *hypotheses)


def test_the_same_certificate_twice() -> None:
    claim = Claim(nesbitt(Fraction(3, 2)), POSITIVE)
    assert repr(decide(claim, Work(20_000))) == repr(decide(claim, Work(20_000)))


def test_the_work_is_counted_before_a_large_program_is_solved() -> None:
    symbols = [Symbol(f"t_{index}") for index in range(8)]
    total = power(add(*symbols, *(power(one, 2) for one in symbols)), 4)
    work = Work(2_000)
    with pytest.raises(OutOfWork):
        decide(Claim(relation(">=", add(total, multiply(*symbols)))), work)
    assert work.spent < 4_000


def added_up(solution: semidefinite.Solution, blocks: list[Block], multiples: list[Row]) -> Row:
    total: Row = {}
    parts = [
        {
            key: weight * value
            for key, value in semidefinite.product(block.multiplier, semidefinite.product(root, root)).items()
        }
        for block, squares in zip(blocks, solution.squares, strict=True)
        for weight, root in squares
    ]
    parts += [
        {key: factor * value for key, value in multiple.items()}
        for factor, multiple in zip(solution.coefficients, multiples, strict=True)
    ]
    for part in parts:
        for key, value in part.items():
            total[key] = total.get(key, Fraction(0)) + value
    return {key: value for key, value in total.items() if value}


def test_a_solution_adds_up_exactly() -> None:
    """1/3 + x^2 (1 - x) + a multiple of x^2 - 2, in the powers of one variable."""
    one: Row = {0: Fraction(1)}
    basis: list[Row] = [{1: Fraction(1)}, one]
    blocks = [Block(one, basis), Block({0: Fraction(1), 1: Fraction(-1)}, basis)]
    multiples: list[Row] = [{2: Fraction(1), 0: Fraction(-2)}]
    target: Row = {0: Fraction(1, 3), 2: Fraction(1), 3: Fraction(-1)}
    found = semidefinite.solve(target, blocks, multiples, Work(10_000))
    assert found is not None
    assert added_up(found, blocks, multiples) == target
    assert all(weight > 0 for squares in found.squares for weight, _ in squares)


def test_a_kernel_is_taken_out() -> None:
    """(x - 1)^2 (x + 2)^2 touches zero twice: no Gram matrix of it is definite."""
    basis: list[Row] = [{2: Fraction(1)}, {1: Fraction(1)}, {0: Fraction(1)}]
    blocks = [Block({0: Fraction(1)}, basis)]
    root: Row = {2: Fraction(1), 1: Fraction(1), 0: Fraction(-2)}
    target = semidefinite.product(root, root)
    found = semidefinite.solve(target, blocks, [], Work(10_000))
    assert found is not None
    assert added_up(found, blocks, []) == target


def test_no_solution_is_none() -> None:
    basis: list[Row] = [{1: Fraction(1)}, {0: Fraction(1)}]
    assert semidefinite.solve({1: Fraction(1)}, [Block({0: Fraction(1)}, basis)], [], Work(10_000)) is None
    assert semidefinite.solve({3: Fraction(1)}, [Block({0: Fraction(1)}, basis)], [], Work(10_000)) is None


def test_without_the_solver_nothing_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(semidefinite, "_available", lambda: False)
    assert not accepted(*PROVED[0][:1])


def test_a_claim_that_fails_at_a_small_point_costs_no_program(monkeypatch: pytest.MonkeyPatch) -> None:
    def solve(*_: object, **__: object) -> None:
        raise AssertionError("a program was made")

    monkeypatch.setattr(semidefinite, "solve", solve)
    assert decide(Claim(relation("!=", x)), Work(1_000)) is None
    assert decide(Claim(relation(">=", motzkin(4))), Work(1_000)) is None
