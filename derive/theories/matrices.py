"""Axioms of real matrices of any size: the defining properties of the inverse, the adjugate, the pseudo-inverse and the norms of columns.

Source: Horn, Johnson, Matrix Analysis, second edition.
"""

from __future__ import annotations

from derive.kernel.certificate import Axiom
from derive.kernel.term import Apply, Constant, Matrix, Number, Symbol, Term, equal, multiply

_SQUARE = Matrix("n", "n")
_A = Symbol("A", _SQUARE)
_UNIT = Constant("identity", _SQUARE)
_B = Symbol("B", _SQUARE)
_M = Symbol("M", Matrix("m", "n"))
_ORDERED = Apply("+", (_A, Apply("negate", (_B,))))  # A - B is definite: A > B in Loewner's order
_COLUMN, _POSITION = Symbol("x", Matrix("n", 1)), Symbol("i")
_SOURCE = "Horn, Johnson, Matrix Analysis, "


def _of(head: str, *arguments: Term) -> Term:
    return Apply(head, arguments)


def _penrose(of: Term, candidate: Term) -> tuple[Term, ...]:
    """The four equations that define the pseudo-inverse."""
    before, after = multiply(of, candidate), multiply(candidate, of)
    return (
        equal(multiply(of, candidate, of), of),
        equal(multiply(candidate, of, candidate), candidate),
        equal(_of("transpose", before), before),
        equal(_of("transpose", after), after),
    )


_PENROSE = tuple(
    Axiom(
        f"pseudoinverse_{number}",
        (),
        equation,
        _SOURCE + "7.3, problem 7: the definition of the pseudo-inverse by Penrose",
    )
    for number, equation in enumerate(_penrose(_M, _of("pseudoinverse", _M)), 1)
)

AXIOMS = (
    Axiom("inverse_right", (), equal(multiply(_A, _of("inverse", _A)), _UNIT), _SOURCE + "0.5: the definition of the inverse"),
    Axiom("inverse_left", (), equal(multiply(_of("inverse", _A), _A), _UNIT), _SOURCE + "0.5: the definition of the inverse"),
    Axiom("adjugate_right", (), equal(multiply(_A, _of("adjugate", _A)), multiply(_of("det", _A), _UNIT)), _SOURCE + "0.8.2"),
    Axiom("adjugate_left", (), equal(multiply(_of("adjugate", _A), _A), multiply(_of("det", _A), _UNIT)), _SOURCE + "0.8.2"),
    *_PENROSE,
    Axiom("trace_of_definite_product", (_of("positive_semidefinite", _A), _of("positive_semidefinite", _B)), Apply(">=", (_of("trace", multiply(_A, _B)), Number(0))), _SOURCE + "7.1, problem 3: tr(AB) = tr(B^(1/2) A B^(1/2))"),
    Axiom("inverses_in_loewner_order", (_of("positive_semidefinite", _ORDERED), _of("positive_definite", _B)), _of("positive_semidefinite", Apply("+", (_of("inverse", _B), Apply("negate", (_of("inverse", _A),))))), _SOURCE + "7.7.4"),
    *(
        Axiom(
            name,
            (),
            _of("<=", _of("abs", _of("component", _COLUMN, _POSITION)), _of(norm, _COLUMN)),
            _SOURCE + "5.2: the definition of the norm, a greatest value or a sum of what is not negative",
        )
        for name, norm in (
            ("component_at_most_greatest", "norm_infinity"),
            ("component_at_most_sum", "norm_one"),
            ("component_at_most_length", "norm"),
        )
    ),
    Axiom("image_at_most_greatest_singular_value", (), Apply("<=", (_of("norm", multiply(_M, _COLUMN)), multiply(_of("norm_spectral", _M), _of("norm", _COLUMN)))), _SOURCE + "5.6.2 and 5.6.6"),
    Axiom("det_product", (), equal(_of("det", multiply(_A, _B)), multiply(_of("det", _A), _of("det", _B))), _SOURCE + "0.3.5"),
)  # fmt: skip
