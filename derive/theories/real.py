"""Axioms of the elementary functions of a real number."""

from __future__ import annotations

from derive.kernel.certificate import Axiom
from derive.kernel.term import ONE, TWO, ZERO, Apply, Number, Symbol, Term, add, equal, multiply

_A, _B, _X = Symbol("a"), Symbol("b"), Symbol("x")
_RUDIN = "Rudin, Principles of Mathematical Analysis, "


def _of(head: str, *arguments: Term) -> Term:
    return Apply(head, arguments)


def _square(term: Term) -> Term:
    return Apply("^", (term, TWO))


AXIOMS = (
    Axiom("cosine_below", (), _of("<=", Number(-1), _of("cos", _X)), _RUDIN + "8.7"),
    Axiom("cosine_above", (), _of("<=", _of("cos", _X), ONE), _RUDIN + "8.7"),
    Axiom("cosine_zero", (), equal(_of("cos", ZERO), ONE), _RUDIN + "8.7"),
    Axiom("sine_zero", (), equal(_of("sin", ZERO), ZERO), _RUDIN + "8.7"),
    Axiom("pythagorean", (), equal(add(_square(_of("sin", _X)), _square(_of("cos", _X))), ONE), _RUDIN + "8.7"),
    Axiom("exp_zero", (), equal(_of("exp", ZERO), ONE), _RUDIN + "8.6"),
    Axiom("exp_sum", (), equal(_of("exp", add(_A, _B)), multiply(_of("exp", _A), _of("exp", _B))), _RUDIN + "8.6"),
    Axiom(
        "log_product",
        (_of(">", _A, ZERO), _of(">", _B, ZERO)),
        equal(_of("log", multiply(_A, _B)), add(_of("log", _A), _of("log", _B))),
        _RUDIN + "8.6",
    ),
    Axiom("log_exp", (), equal(_of("log", _of("exp", _X)), _X), _RUDIN + "8.6"),
    Axiom("exp_log", (_of(">", _X, ZERO),), equal(_of("exp", _of("log", _X)), _X), _RUDIN + "8.6"),
    Axiom("log_one", (), equal(_of("log", ONE), ZERO), _RUDIN + "8.6"),
    Axiom("absolute_above", (), _of("<=", _X, _of("abs", _X)), _RUDIN + "1.33"),
    Axiom("absolute_of_nonnegative", (_of(">=", _X, ZERO),), equal(_of("abs", _X), _X), _RUDIN + "1.32"),
    Axiom("absolute_of_nonpositive", (_of("<=", _X, ZERO),), equal(_of("abs", _X), _of("negate", _X)), _RUDIN + "1.32"),
    Axiom("minimum_left", (_of("<=", _A, _B),), equal(_of("min", _A, _B), _A), "the definition of the minimum"),
    Axiom("minimum_right", (_of(">=", _A, _B),), equal(_of("min", _A, _B), _B), "the definition of the minimum"),
    Axiom("maximum_left", (_of(">=", _A, _B),), equal(_of("max", _A, _B), _A), "the definition of the maximum"),
    Axiom("maximum_right", (_of("<=", _A, _B),), equal(_of("max", _A, _B), _B), "the definition of the maximum"),
    Axiom(
        "square_comparison",
        (_of("<=", _square(_A), _square(_B)), _of("<=", ZERO, _B)),
        _of("<=", _A, _B),
        _RUDIN + "1.18: were b < a, then 0 <= b < a would give b^2 < a^2",
    ),
)

# What a sign is. Of use where a sign is written, and not wherever an absolute value is.
SIGNS = (
    Axiom("sign_product", (), equal(multiply(_X, _of("sgn", _X)), _of("abs", _X)), "the definition of the sign"),
    Axiom("sign_bound", (), _of("<=", _of("abs", _of("sgn", _X)), ONE), "the definition of the sign"),
)
