"""Axioms of powers, logarithms, trigonometric and hyperbolic functions, and factorials: their defining properties and addition theorems.

Functions are partial: a conclusion is said where both its sides are defined. Sources: Rudin, Principles of Mathematical Analysis, chapter 8; NIST Digital
Library of Mathematical Functions (DLMF), chapters 4 and 5; Graham, Knuth, Patashnik, Concrete Mathematics, chapter 5.
"""

from __future__ import annotations

from derive.kernel.certificate import Axiom
from derive.kernel.term import (
    EULER,
    ONE,
    PI,
    TWO,
    ZERO,
    Apply,
    Number,
    Symbol,
    Term,
    add,
    equal,
    multiply,
    negate,
    subtract,
)

_A, _B, _K, _X = Symbol("a"), Symbol("b"), Symbol("k"), Symbol("x")
_RUDIN = "Rudin, Principles of Mathematical Analysis, "
_DLMF = "NIST Digital Library of Mathematical Functions, "


def _of(head: str, *arguments: Term) -> Term:
    return Apply(head, arguments)


def _over(above: Term, below: Term) -> Term:
    return _of("/", above, below)


def _positive(term: Term) -> Term:
    return _of(">", term, ZERO)


def _square(term: Term) -> Term:
    return _of("^", term, TWO)


def _sin(term: Term) -> Term:
    return _of("sin", term)


def _cos(term: Term) -> Term:
    return _of("cos", term)


def _angle(part: int) -> Term:
    return _over(PI, Number(part))


_POWERS = (
    Axiom("exp_negative", (), equal(multiply(_of("exp", _X), _of("exp", negate(_X))), ONE), _RUDIN + "8.6"),
    Axiom("exp_power", (), equal(_of("exp", multiply(_K, _X)), _of("^", _of("exp", _X), _K)), _RUDIN + "8.6"),
    Axiom("power_of_e", (), equal(_of("^", EULER, _X), _of("exp", _X)), _RUDIN + "8.6"),
    Axiom("zero_power", (_positive(_K),), equal(_of("^", ZERO, _K), ZERO), "the definition of powers of 0"),
    Axiom("log_not_zero", (_positive(_A), _of("!=", _A, ONE)), _of("!=", _of("log", _A), ZERO), _RUDIN + "8.6"),
    Axiom("exp_one", (), equal(_of("exp", ONE), EULER), _RUDIN + "8.6"),
    Axiom("log_power", (_positive(_A),), equal(_of("log", _of("^", _A, _K)), multiply(_K, _of("log", _A))), _RUDIN + "8.6"),
    Axiom("log_of_square", (), equal(_of("log", _square(_X)), multiply(TWO, _of("log", _of("abs", _X)))), _RUDIN + "8.6"),
    Axiom("log_e", (), equal(_of("log", EULER), ONE), _RUDIN + "8.6"),
    Axiom("log_base", (), equal(_of("log_base", _B, _X), _over(_of("log", _X), _of("log", _B))), _DLMF + "4.2.10"),
    Axiom("power_by_exp", (_positive(_A),), equal(_of("^", _A, _X), _of("exp", multiply(_X, _of("log", _A)))), _RUDIN + "8.6"),
    Axiom(
        "power_of_product",
        (_of(">=", _A, ZERO), _of(">=", _B, ZERO), _positive(_K)),
        equal(_of("^", multiply(_A, _B), _K), multiply(_of("^", _A, _K), _of("^", _B, _K))),
        _RUDIN + "1.21 and 8.6",
    ),
    Axiom("power_increases", (_of("<=", ZERO, _A), _of("<", _A, _B), _positive(_K)), _of("<", _of("^", _A, _K), _of("^", _B, _K)), _RUDIN + "1.21 and 8.6"),
    Axiom("power_of_larger_exponent", (_of("<", ONE, _B), _of("<", _A, _K)), _of("<", _of("^", _B, _A), _of("^", _B, _K)), _RUDIN + "8.6"),
    Axiom("floor_below", (), _of("<=", _of("floor", _X), _X), "the definition of the floor"),
    Axiom("ceiling_above", (), _of("<=", _X, _of("ceil", _X)), "the definition of the ceiling"),
    Axiom("floor_above", (), _of("<", _X, add(_of("floor", _X), ONE)), "the definition of the floor"),
    Axiom("ceiling_below", (), _of("<", _of("ceil", _X), add(_X, ONE)), "the definition of the ceiling"),
    Axiom("exp_increases", (_of("<", _A, _B),), _of("<", _of("exp", _A), _of("exp", _B)), _RUDIN + "8.6"),
    Axiom("exp_does_not_decrease", (_of("<=", _A, _B),), _of("<=", _of("exp", _A), _of("exp", _B)), _RUDIN + "8.6"),
    Axiom("log_increases", (_positive(_A), _of("<", _A, _B)), _of("<", _of("log", _A), _of("log", _B)), _RUDIN + "8.6"),
    Axiom(
        "log_does_not_decrease", (_positive(_A), _of("<=", _A, _B)), _of("<=", _of("log", _A), _of("log", _B)), _RUDIN + "8.6"
    ),
    Axiom("exp_above_tangent", (), _of("<=", add(ONE, _X), _of("exp", _X)), _DLMF + "4.5.13"),
    Axiom("log_below_tangent", (_positive(_X),), _of("<=", _of("log", _X), subtract(_X, ONE)), _DLMF + "4.5.4"),
)  # fmt: skip

_CIRCULAR = (
    Axiom("sine_of_sum", (), equal(_sin(add(_A, _B)), add(multiply(_sin(_A), _cos(_B)), multiply(_cos(_A), _sin(_B)))), _DLMF + "4.21.2"),
    Axiom("cosine_of_sum", (), equal(_cos(add(_A, _B)), subtract(multiply(_cos(_A), _cos(_B)), multiply(_sin(_A), _sin(_B)))), _DLMF + "4.21.3"),
    Axiom("sine_odd", (), equal(_sin(negate(_X)), negate(_sin(_X))), _RUDIN + "8.7"),
    Axiom("cosine_even", (), equal(_cos(negate(_X)), _cos(_X)), _RUDIN + "8.7"),
    Axiom("tangent", (), equal(_of("tan", _X), _over(_sin(_X), _cos(_X))), _DLMF + "4.14.4"),
    Axiom("cotangent", (), equal(_of("cot", _X), _over(_cos(_X), _sin(_X))), _DLMF + "4.14.7"),
    Axiom("secant", (), equal(_of("sec", _X), _over(ONE, _cos(_X))), _DLMF + "4.14.6"),
    Axiom("cosecant", (), equal(_of("csc", _X), _over(ONE, _sin(_X))), _DLMF + "4.14.5"),
    Axiom("sine_of_pi", (), equal(_sin(PI), ZERO), _RUDIN + "8.7"),
    Axiom("cosine_of_pi", (), equal(_cos(PI), Number(-1)), _RUDIN + "8.7"),
    Axiom("sine_of_half_pi", (), equal(_sin(_angle(2)), ONE), _RUDIN + "8.7"),
    Axiom("cosine_of_half_pi", (), equal(_cos(_angle(2)), ZERO), _RUDIN + "8.7"),
    Axiom("sine_of_third_pi", (), equal(_sin(_angle(3)), _over(_of("sqrt", Number(3)), TWO)), _DLMF + "4.17, table 4.17.1"),
    Axiom("cosine_of_third_pi", (), equal(_cos(_angle(3)), _over(ONE, TWO)), _DLMF + "4.17, table 4.17.1"),
    Axiom("sine_of_quarter_pi", (), equal(_sin(_angle(4)), _over(_of("sqrt", TWO), TWO)), _DLMF + "4.17, table 4.17.1"),
    Axiom("cosine_of_quarter_pi", (), equal(_cos(_angle(4)), _over(_of("sqrt", TWO), TWO)), _DLMF + "4.17, table 4.17.1"),
    Axiom("sine_of_sixth_pi", (), equal(_sin(_angle(6)), _over(ONE, TWO)), _DLMF + "4.17, table 4.17.1"),
    Axiom("cosine_of_sixth_pi", (), equal(_cos(_angle(6)), _over(_of("sqrt", Number(3)), TWO)), _DLMF + "4.17, table 4.17.1"),
    Axiom("jordan", (_of("<=", negate(_angle(2)), _X), _of("<=", _X, _angle(2))), _of("<=", multiply(Number(4), _square(_X)), multiply(_square(PI), _square(_sin(_X)))), _DLMF + "4.18.1"),
    Axiom("sine_of_arcsine", (), equal(_sin(_of("arcsin", _X)), _X), _DLMF + "4.23"),
    Axiom("cosine_of_arcsine", (), equal(_cos(_of("arcsin", _X)), _of("sqrt", subtract(ONE, _square(_X)))), _DLMF + "4.23"),
    Axiom("cosine_of_arccosine", (), equal(_cos(_of("arccos", _X)), _X), _DLMF + "4.23"),
    Axiom("sine_of_arccosine", (), equal(_sin(_of("arccos", _X)), _of("sqrt", subtract(ONE, _square(_X)))), _DLMF + "4.23"),
    Axiom("sine_of_arctangent", (), equal(_sin(_of("arctan", _X)), _over(_X, _of("sqrt", add(ONE, _square(_X))))), _DLMF + "4.23"),
    Axiom("cosine_of_arctangent", (), equal(_cos(_of("arctan", _X)), _over(ONE, _of("sqrt", add(ONE, _square(_X))))), _DLMF + "4.23"),
    Axiom("arcsine_and_arccosine", (), equal(add(_of("arcsin", _X), _of("arccos", _X)), _angle(2)), _DLMF + "4.23.16"),
    Axiom("arctangent_odd", (), equal(_of("arctan", negate(_X)), negate(_of("arctan", _X))), _DLMF + "4.23"),
    Axiom("arctangent_of_reciprocal", (_positive(_X),), equal(add(_of("arctan", _X), _of("arctan", _over(ONE, _X))), _angle(2)), _DLMF + "4.23"),
)  # fmt: skip

_HYPERBOLIC = (
    Axiom("hyperbolic_sine", (), equal(_of("sinh", _X), _over(subtract(_of("exp", _X), _of("exp", negate(_X))), TWO)), _DLMF + "4.28.1"),
    Axiom("hyperbolic_cosine", (), equal(_of("cosh", _X), _over(add(_of("exp", _X), _of("exp", negate(_X))), TWO)), _DLMF + "4.28.2"),
    Axiom("hyperbolic_tangent", (), equal(_of("tanh", _X), _over(_of("sinh", _X), _of("cosh", _X))), _DLMF + "4.28.4"),
)  # fmt: skip

_DISCRETE = (
    Axiom("factorial_step", (), equal(_of("factorial", _X), multiply(_X, _of("factorial", subtract(_X, ONE)))), _DLMF + "5.4.1"),
    Axiom("factorial_zero", (), equal(_of("factorial", ZERO), ONE), _DLMF + "5.4.1"),
    Axiom(
        "binomial_by_factorials",
        (_of("<=", _K, _X),),
        equal(_of("binomial", _X, _K), _over(_of("factorial", _X), multiply(_of("factorial", _K), _of("factorial", subtract(_X, _K))))),
        "Graham, Knuth, Patashnik, Concrete Mathematics, 5.1",
    ),
    Axiom(
        "binomial_of_pascal",
        (_of(">=", _K, ZERO), _of(">=", _X, ZERO)),
        equal(_of("binomial", add(_X, ONE), add(_K, ONE)), add(_of("binomial", _X, _K), _of("binomial", _X, add(_K, ONE)))),
        "Graham, Knuth, Patashnik, Concrete Mathematics, 5.1",
    ),
    Axiom(
        "binomial_symmetric",
        (_of("<=", _K, _X),),
        equal(_of("binomial", _X, _K), _of("binomial", _X, subtract(_X, _K))),
        "Graham, Knuth, Patashnik, Concrete Mathematics, 5.1",
    ),
)  # fmt: skip

AXIOMS = (*_POWERS, *_CIRCULAR, *_HYPERBOLIC, *_DISCRETE)
