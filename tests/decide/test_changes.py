"""Changed claims: directions, relations, factors; proposals only."""

from __future__ import annotations

import pytest

from derive.decide.changes import changes
from derive.kernel.certificate import Counterexample
from derive.kernel.claim import Claim
from derive.kernel.term import INTEGER, ONE, TRUE, TWO, ZERO, Apply, Matrix, Number, Symbol, add, multiply, negate
from derive.read import read_claim
from derive.verify import verify

x, y = Symbol("x"), Symbol("y")
AT = Counterexample(((x, TWO), (y, ONE)))


@pytest.mark.parametrize(
    ("latex", "message", "suggestion"),
    [
        (r"x = y \iff x^2 = y^2", r"true as \implies", r"x = y \implies x^2 = y^2"),
        (r"x^2 = y^2 \iff x = y", r"true as \impliedby", r"x^2 = y^2 \impliedby x = y"),
        (r"x > 2 \iff x > 1", r"true as \implies", r"x > 2 \implies x > 1"),
        (r"x + 1 = 2 x \iff x = 2", "", None),
        (r"x^2 > 0", r"true with \ge", r"x^2 \ge 0"),
        (r"x y = -2 x y", "", None),
        (r"x y = x", "", None),
    ],
)
def test_what_is_said(latex: str, message: str, suggestion: str | None) -> None:
    result = verify(read_claim(latex, ("x, y : real",), ())).results[0]
    assert result.verdict.value == "refuted"
    assert message in result.message
    assert result.suggestion == suggestion


def test_nothing_is_proposed_for_other_claims() -> None:
    assert list(changes(Claim(TRUE), AT)) == []
    assert list(changes(Claim(Apply("!=", (x, y))), AT)) == []
    matrix = Symbol("A", Matrix("n", "n"))
    assert list(changes(Claim(Apply("=", (matrix, matrix))), AT)) == []
    assert list(changes(Claim(Apply("=", (x, y)), (), (x,), (y,)), AT)) == []


def test_what_fails_at_a_point_is_not_proposed() -> None:
    # x <= y holds at the witness, and fails at its values in the other order, which satisfy the hypothesis too.
    sphere = Apply("=", (add(Apply("^", (x, TWO)), Apply("^", (y, TWO))), Number(25)))
    at = Counterexample(((x, Number(3)), (y, Number(4))))
    assert not any(change.sign for change in changes(Claim(Apply("=", (x, y)), (sphere,)), at))
    # That a whole number is 1/2 shows nothing.
    n = Symbol("n", INTEGER)
    proposed = changes(Claim(Apply("<", (ONE, n)), (Apply(">", (n, ZERO)),)), Counterexample(((n, ONE),)))
    assert [change.sign for change in proposed] == [r"\le"]


def test_factors() -> None:
    claim = Claim(Apply("=", (multiply(x, y), negate(multiply(x, y)))))
    assert next(changes(claim, AT)).claim.statement == Apply("=", (multiply(x, y), negate(negate(multiply(x, y)))))
    assert all("factor" not in change.message for change in changes(Claim(Apply("=", (x, ONE))), AT))
