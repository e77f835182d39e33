"""Equations because a sum of squares is zero.

m * |a - b|^2 + sum of squares = sum of cofactors * equations      (normal forms agree),   m > 0 by Sign
----------------------------------------------------------------------------------------------------
hypotheses |- a = b          (scalars, vectors, matrices: a real sum of squares is 0 only if each is)
"""

from __future__ import annotations

from .certificate import Rejected, Vanishing
from .claim import Claim
from .identity import atoms_for, combination, equation
from .normal_form import is_zero
from .sign import sign
from .sorting import is_scalar, sort_of
from .squares import sum_of_squares
from .term import REAL, Term


def check_vanishing(claim: Claim, certificate: Vanishing) -> tuple[Term, ...]:
    """Accepts a = b; returns the terms whose definedness matters."""
    left, right = equation(claim)
    atoms = atoms_for(claim)
    if not is_scalar(sort_of(certificate.multiplier)) or sign(certificate.multiplier, claim.hypotheses) != "+":
        raise Rejected("the multiplier is not shown to be positive")
    square = atoms.square(atoms.subtract(atoms.form(left), atoms.form(right)))
    total = atoms.multiply(atoms.form(certificate.multiplier), square)
    addends, _, used = sum_of_squares(claim, certificate.squares, atoms)
    total = atoms.add(total, addends)
    equations, cofactors = combination(claim, certificate.cofactors, atoms, REAL)
    if equations is not None:
        total = atoms.subtract(total, equations)
    if not is_zero(total, atoms):
        raise Rejected("the squares do not add up to a combination of the equations")
    return (certificate.multiplier, *used, *cofactors)
