"""The directed search: on curves, far out, at roots; nothing where there is nothing."""

from __future__ import annotations

import pytest

from derive.decide import directed, solving
from derive.decide.work import Work
from derive.elaborate import obligations
from derive.kernel.refute import refute
from derive.kernel.term import ONE, Apply, Number, Symbol, add, multiply, negate
from derive.read import read_claim
from derive.verify import assignment_text

FALSE = [
    (r"\sqrt{3 x + 4} = 2 + \sqrt{x + 2} \iff 3 x + 4 = 4 + 4 \sqrt{x + 2} - (x + 2)", "x = 7"),
    (r"11 \sqrt{|x| + 1} = 25 - x \iff 11^2 (|x| + 1) = (25 - x)^2", "x = 168"),
    (r"x^4 = 2 \iff x^3 = 2", "x = root(2, 4)"),
    (r"y = \frac{e^{5 x}}{7 x + 1} \iff \ln y = 5 x - \ln |7 x + 1|", "exp("),
    (r"y = (x - z)^{600} \iff y = (x - z)^{599}", "x = 0"),
    (r"x (1 + \sqrt{2}) = y \iff x = \frac{y (\sqrt{2} - 1)}{3}", "x = -1 + sqrt(2), y = 1"),
    (r"x^2 = y^2 \implies x = y", ""),
    (r"x > 1000 \implies x > 1001", ""),
    (r"x y = 1 \land x + y = 3 \implies x > y", "sqrt(5)"),
    (r"x^5 = 7 \implies x > 2", "root(7, 5)"),
    (r"\frac{1}{x} + \frac{2}{x - 1} = 4 \implies x > 1", ""),
    (r"|x - 100| \le \frac{1}{50} \implies x \neq 100", "x = 100"),
]
TRUE = [
    r"x^2 = y^2 \iff x = y \lor x = -y",
    r"x (1 + \sqrt{2}) = y \iff x = y (\sqrt{2} - 1)",
    r"y = (x - z)^{6} \iff y = (z - x)^{6}",
    r"\frac{x}{x} = 1",
    r"x > 1000 \implies x^2 > 1000000",
    r"x y = 1 \land x + y = 3 \implies x^2 + y^2 = 7",
    r"\sin^2 x + \cos^2 x = 1",
    r"(x^y)^z = x^{y z}",
    r"\ln(x y) = \ln x + \ln y \lor x \le 0",
]


def claim_of(latex: str):
    document = read_claim(latex, ("x, y, z : real",), ())
    return next(obligations(document)).refutable[0]


@pytest.mark.parametrize(("latex", "point"), FALSE)
def test_false_claims_have_witnesses(latex: str, point: str) -> None:
    claim = claim_of(latex)
    found = directed.decide(claim, Work(50_000))
    assert found is not None
    refute(claim, found)
    assert point in ", ".join(f"{name} = {value}" for name, value in assignment_text(found))


@pytest.mark.parametrize("latex", TRUE)
def test_true_claims_have_none(latex: str) -> None:
    assert directed.quick(claim_of(latex), Work(50_000)) is None


def test_it_is_deterministic() -> None:
    claim = claim_of(r"x^2 + y^2 = 7 \implies x^3 < 5 y + 14")
    first, second = (directed.decide(claim, Work(50_000)) for _ in range(2))
    assert first is not None
    assert first == second


def test_solutions() -> None:
    x, y = Symbol("x"), Symbol("y")
    square = Apply("^", (x, Number(2)))
    assert solving.solutions(Apply("=", (add(x, y), ONE)), x) == [add(ONE, negate(y))]
    assert len(solving.solutions(Apply("=", (square, y)), x)) == 2
    assert len(solving.solutions(Apply("=", (add(square, multiply(y, x)), ONE)), x)) == 2
    assert solving.solutions(Apply("=", (add(Apply("exp", (x,)), x), ONE)), x) == []
    root = Apply("sqrt", (Number(8),))
    assert solving.simplified(Apply("/", (add(Number(2), root), Number(-2)))) == add(
        Number(-1), negate(Apply("sqrt", (Number(2),)))
    )
    assert solving.simplified(Apply("/", (ONE, Number(0)))) == Apply("/", (ONE, Number(0)))
    assert solving.simplified(multiply(root, root)) == Number(8)
