"""Relations by derivatives from a point on: an honest certificate, and a liar for each guard."""

from __future__ import annotations

from dataclasses import replace

import pytest

from derive.kernel.certificate import (
    Certificate,
    Differentiated,
    Identity,
    Inside,
    Link,
    MeanValue,
    Rejected,
    Sign,
    Square,
    Squares,
    WhereDefined,
)
from derive.kernel.check import check
from derive.kernel.claim import Claim
from derive.kernel.data import from_data, to_data
from derive.kernel.term import (
    INTEGER,
    ONE,
    REAL,
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
)

x, y, c = (Symbol(name) for name in "xyc")
k = Symbol("k", INTEGER)
v = Symbol("v", Matrix(2, 1))
rough = Symbol("g", Function((REAL,), REAL, 0))
TWO = Number(2)


def of(head: str, *arguments: Term) -> Apply:
    return Apply(head, arguments)


BEYOND = of("<=", y, x)
STRICTLY = of("<", y, x)
CUBE, SQUARE = multiply(x, x, x), multiply(x, x)
SLOPE = WhereDefined(Differentiated(Squares((Square(Number(3), (), x),))))  # 0 <= 3 x^2


def from_start(
    slope: Certificate,
    start: Certificate,
    *,
    order: Certificate | None = None,
    rising: bool = True,
    strict: bool = False,
) -> MeanValue:
    return MeanValue(x, y, rising, strict, order or Squares((Square(ONE, (0,)),)), Inside((), slope), start)


def test_a_function_that_grows() -> None:
    claim = Claim(of("<=", multiply(y, y, y), CUBE), (BEYOND,))
    honest = from_start(SLOPE, Squares(()))
    assert check(claim, honest) == ()
    assert check(claim, from_data(to_data(honest))) == ()


def test_one_that_falls_on_the_way_down() -> None:
    claim = Claim(of("<=", CUBE, multiply(y, y, y)), (of("<=", x, y),))
    assert check(claim, from_start(SLOPE, Squares(()), rising=False)) == ()
    with pytest.raises(Rejected):  # the way up
        check(claim, from_start(SLOPE, Squares(())))


def test_strictly() -> None:
    """x + e^x > y + e^y for x > y."""
    claim = Claim(of("<", add(y, of("exp", y)), add(x, of("exp", x))), (STRICTLY,))
    slope = WhereDefined(Differentiated(Sign()))
    honest = from_start(slope, Squares(()), strict=True)
    assert check(claim, honest) == ()
    with pytest.raises(Rejected):  # with <= from an equality
        check(claim, replace(honest, strict=False))
    with pytest.raises(Rejected):  # x may be y
        check(Claim(claim.statement, (BEYOND,)), honest)
    with pytest.raises(Rejected):  # slopes that are only not below: x^3 has slope 0 at 0
        check(Claim(of("<", multiply(y, y, y), CUBE), (STRICTLY,)), from_start(SLOPE, Squares(()), strict=True))


def test_equations() -> None:
    """(x + 1)^2 - x^2 - 2 x = (y + 1)^2 - y^2 - 2 y."""

    def both(z: Term) -> Term:
        return add(of("^", add(z, ONE), TWO), of("negate", multiply(z, z)), of("negate", multiply(TWO, z)))

    claim = Claim(equal(both(x), both(y)), (BEYOND,))
    slope = WhereDefined(Differentiated(Identity()))
    honest = from_start(slope, Identity())
    assert check(claim, honest) == ()
    with pytest.raises(Rejected, match="derivatives that differ"):
        check(claim, replace(honest, strict=True))
    with pytest.raises(Rejected):  # slopes alone: x + 1 = x
        check(Claim(equal(add(x, ONE), add(y, TWO)), (BEYOND,)), honest)
    with pytest.raises(Rejected):  # the start alone: x^2 = y^2
        check(Claim(equal(multiply(x, x), multiply(y, y)), (BEYOND,)), honest)
    with pytest.raises(Rejected, match="something else than numbers"):
        check(Claim(equal(multiply(x, v), multiply(y, v)), (BEYOND,)), honest)


def test_where_the_point_lies() -> None:
    claim = Claim(of("<=", multiply(y, y, y), CUBE), (BEYOND,))
    with pytest.raises(Rejected):  # x is not known to lie beyond y
        check(Claim(claim.statement), from_start(SLOPE, Squares(()), order=Squares(())))
    moving = replace(from_start(SLOPE, Squares(())), base=multiply(x, y))
    with pytest.raises(Rejected, match="moves with the variable"):
        check(claim, moving)
    with pytest.raises(Rejected, match="moves with the variable, or is no number"):
        check(claim, replace(moving, base=v))
    with pytest.raises(Rejected, match="something else than a real number"):
        check(claim, replace(moving, variable=k, base=y))


def test_what_the_hypotheses_say_of_the_variable() -> None:
    """x^2 grows from y on where y >= 0; that x >= 0 says nothing of the numbers between y and x."""
    statement = of("<=", multiply(y, y), SQUARE)
    slope = WhereDefined(Differentiated(Squares((Square(TWO, (1,)), Square(TWO, (0,))))))
    honest = from_start(slope, Squares(()), order=Squares((Square(ONE, (1,)),)))
    assert check(Claim(statement, (of("<=", ZERO, y), BEYOND)), honest) == ()
    with pytest.raises(Rejected):
        check(Claim(statement, (of("<=", ZERO, x), BEYOND)), honest)


def test_bounds_from_above() -> None:
    """y (4 - y) <= x (4 - x) for y <= x <= 2, by x < 2; of them only what bounds x from above, alone, on either side, is kept."""

    def arch(z: Term) -> Term:
        return add(multiply(Number(4), z), of("negate", multiply(z, z)))

    statement = of("<=", arch(y), arch(x))
    slope = WhereDefined(Differentiated(Squares((Square(TWO, (0,)),))))
    honest = from_start(slope, Squares(()), order=Squares((Square(ONE, (1,)),)))
    for bound in (of("<=", x, TWO), of(">", TWO, x), of("and", of("<", x, TWO), of("<", x, c))):
        assert check(Claim(statement, (bound, BEYOND)), honest) == ()
    for bound in (of("<=", add(x, ZERO), TWO), of("=", x, TWO), of(">=", x, TWO), of("<=", x, multiply(x, TWO))):
        with pytest.raises(Rejected):
            check(Claim(statement, (bound, BEYOND)), honest)


def test_bounds_are_strict_inside() -> None:
    """sqrt(1 - x) <= 1 from 0 up to x = 1, where it has no derivative."""
    room = add(ONE, of("negate", x))
    statement = of("<=", of("sqrt", room), ONE)
    opened = (of("<", x, ONE), of("<", ZERO, x))
    falls = Claim(of("<=", of("derivative", of("sqrt", room), x), of("derivative", ONE, x)), opened)
    slope: Certificate = WhereDefined(Differentiated(Sign()))
    bound = Squares((Square(ONE, (0,)),))
    assert check(falls, slope) == ()
    defined = Inside((Link(of(">=", room, ZERO), bound),), slope)
    honest = MeanValue(x, ZERO, True, False, Squares((Square(ONE, (1,)),)), defined, Squares(()))
    claim = Claim(statement, (of("<=", x, ONE), of("<=", ZERO, x)))
    assert check(claim, honest) == ()
    with pytest.raises(Rejected):  # nothing keeps x below 1
        check(Claim(statement, (of("<=", ZERO, x), of("<=", ZERO, x))), honest)
    assert check(claim, replace(honest, inside=Inside((), slope))) == ()  # 1 - x >= 0 is visible here
    with pytest.raises(Rejected, match="a condition on the variable"):
        check(
            Claim(of("<=", of("sqrt", add(ONE, of("negate", CUBE))), ONE), claim.hypotheses),
            replace(honest, inside=Inside((), slope)),
        )
    assert check(
        Claim(falls.statement, (of("<=", x, ONE), of("<", ZERO, x))), slope
    )  # with the bound as it stands, x may be 1


def test_what_is_not_continuous() -> None:
    claim = Claim(of("<=", of("floor", y), of("floor", x)), (BEYOND,))
    with pytest.raises(Rejected, match="need not be continuous"):
        check(claim, from_start(WhereDefined(Differentiated(Sign())), Squares(())))
    claim = Claim(of("<=", of("apply", rough, y), of("apply", rough, x)), (BEYOND,))
    with pytest.raises(Rejected):
        check(claim, from_start(WhereDefined(Differentiated(Sign())), Squares(())))


def test_other_statements() -> None:
    with pytest.raises(Rejected, match="not an order"):
        check(Claim(of("!=", x, y), (STRICTLY,)), from_start(SLOPE, Squares(())))


def test_a_pole_between() -> None:
    """-1/y <= -1/x holds for x >= y > 0, and not from y < 0 to x > 0 though the slope is positive wherever there is one."""
    statement = of("<=", of("/", Number(-1), y), of("/", Number(-1), x))
    slope = WhereDefined(Differentiated(Sign()))
    claim = Claim(statement, (BEYOND,))
    with pytest.raises(Rejected):
        check(claim, from_start(slope, Squares(())))
