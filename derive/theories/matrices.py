"""Axioms of real matrices of any size: the defining properties of the inverse, and the basic lemmas on definite matrices.

Source: Horn, Johnson, Matrix Analysis, second edition.
"""

from __future__ import annotations

from derive.kernel.certificate import Axiom
from derive.kernel.term import Apply, Constant, Matrix, Symbol, Term, equal, multiply

_SQUARE = Matrix("n", "n")
_A = Symbol("A", _SQUARE)
_UNIT = Constant("identity", _SQUARE)
_SOURCE = "Horn, Johnson, Matrix Analysis, "


def _of(head: str, *arguments: Term) -> Term:
    return Apply(head, arguments)


AXIOMS = (
    Axiom("inverse_right", (), equal(multiply(_A, _of("inverse", _A)), _UNIT), _SOURCE + "0.5: the definition of the inverse"),
    Axiom("inverse_left", (), equal(multiply(_of("inverse", _A), _A), _UNIT), _SOURCE + "0.5: the definition of the inverse"),
)  # fmt: skip
