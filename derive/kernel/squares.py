"""Inequalities by weighted squares and products of hypotheses (Positivstellensatz certificates, also of vectors and matrices).

m * (b - a) = sum of  w * (g_1 - s_1) * ... * |r|^2  +  sum of cofactors * equations      (normal forms agree)
w >= 0,  m > 0  by Sign;   s_i <= g_i are hypotheses
--------------------------------------------------------------------------------------
hypotheses |- a <= b           (a < b if some addend is > 0)
"""

from __future__ import annotations

from .certificate import Rejected, Square, Squares
from .claim import Claim
from .identity import atoms_for, combination, hypothesis_at
from .normal_form import SCALAR, Atoms, Form, is_zero
from .sign import sign
from .sorting import is_scalar, sort_of
from .term import ORDERS, REAL, Apply, Matrix, Scalar, Term


def order(statement: Term) -> tuple[Term, Term, bool]:
    """(smaller, greater, strict) of an order statement."""
    if not isinstance(statement, Apply) or statement.head not in ORDERS:
        raise Rejected("not an order relation")
    left, right = statement.arguments
    if statement.head in {">", ">="}:
        left, right = right, left
    return left, right, statement.head in {"<", ">"}


def check_squares(claim: Claim, certificate: Squares) -> tuple[Term, ...]:
    """Accepts a <= b or a < b; returns the weights, roots, multiplier and cofactors, whose definedness matters."""
    smaller, greater, strict = order(claim.statement)
    atoms = atoms_for(claim)
    difference = atoms.subtract(atoms.form(greater), atoms.form(smaller))
    used: list[Term] = []
    if certificate.multiplier is not None:
        if not is_scalar(sort_of(certificate.multiplier)) or sign(certificate.multiplier, claim.hypotheses) != "+":
            raise Rejected("the multiplier is not shown to be positive")
        difference = atoms.multiply(atoms.form(certificate.multiplier), difference)
        used.append(certificate.multiplier)
    total, positive, terms = sum_of_squares(claim, certificate.squares, atoms)
    used += terms
    equations, cofactors = combination(claim, certificate.cofactors, atoms, REAL)
    used += cofactors
    difference = atoms.subtract(difference, total)
    if equations is not None:
        difference = atoms.subtract(difference, equations)
    if not is_zero(difference, atoms):
        raise Rejected("the sum of squares is not the difference of the sides")
    if strict and not positive:
        raise Rejected("no addend is shown to be positive")
    return tuple(used)


def sum_of_squares(claim: Claim, squares: tuple[Square, ...], atoms: Atoms) -> tuple[Form, bool, list[Term]]:
    """The form of a sum of nonnegative addends, whether one of them is positive, and the terms used."""
    total = Form(SCALAR, {})
    positive = False
    used: list[Term] = []
    for square in squares:
        if not is_scalar(sort_of(square.weight)):
            raise Rejected("a weight that is not a number")
        weight_sign = sign(square.weight, claim.hypotheses)
        if weight_sign not in {"+", "0+", "0"}:
            raise Rejected("a weight that is not shown to be nonnegative")
        addend_positive = weight_sign == "+"
        form = atoms.form(square.weight)
        used.append(square.weight)
        for index in square.hypotheses:
            smaller, greater, strict = order(hypothesis_at(claim, index))
            form = atoms.multiply(form, atoms.subtract(atoms.form(greater), atoms.form(smaller)))
            addend_positive = addend_positive and strict
        if square.root is not None:
            if not isinstance(sort_of(square.root), (Scalar, Matrix)):
                raise Rejected("a root that is not a number, vector or matrix")
            form = atoms.multiply(form, atoms.square(atoms.form(square.root)))
            addend_positive = addend_positive and sign(square.root, claim.hypotheses) in {"+", "-", "!0"}
            used.append(square.root)
        total = atoms.add(total, form)
        positive = positive or addend_positive
    return total, positive, used
