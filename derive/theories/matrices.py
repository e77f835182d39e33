"""Axioms of real matrices of any size: the defining properties of the inverse, the adjugate and the pseudo-inverse.

Source: Horn, Johnson, Matrix Analysis, second edition.
"""

from __future__ import annotations

from derive.kernel.certificate import Axiom
from derive.kernel.term import Apply, Constant, Matrix, Symbol, Term, equal, multiply

_SQUARE = Matrix("n", "n")
_A = Symbol("A", _SQUARE)
_UNIT = Constant("identity", _SQUARE)
_B = Symbol("B", _SQUARE)
_M = Symbol("M", Matrix("m", "n"))
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
    Axiom("det_product", (), equal(_of("det", multiply(_A, _B)), multiply(_of("det", _A), _of("det", _B))), _SOURCE + "0.3.5"),
)  # fmt: skip
