"""Equations by normal form, modulo equational hypotheses.

left - right = sum of  u * (h_left - h_right) * v      (normal forms agree)
-----------------------------------------------------
hypotheses |- left = right
"""

from __future__ import annotations

from . import products, sums
from .certificate import Cofactor, Identity, Rejected
from .claim import Claim
from .normal_form import Atoms, Form, is_zero
from .sign import nonnegative, sign
from .sorting import is_scalar, same_shape, sort_of
from .term import Apply, Matrix, Sort, Symbol, Term, free_symbols, multiply, subtract


def atoms_for(claim: Claim) -> Atoms:
    """Atoms that know which terms the hypotheses make nonnegative, and which positive."""
    known = tuple(one for one in claim.hypotheses if not any(map(_names_what_is_bound, free_symbols(one))))
    return Atoms(lambda term: nonnegative(term, known), lambda term: sign(term, known) == "+")


def _names_what_is_bound(symbol: Symbol) -> bool:
    """Whether the normal form may give this name to the variable of a sum, of which a hypothesis on the symbol says nothing."""
    return symbol.name.startswith((products.BOUND, sums.BOUND))


def equation(claim: Claim) -> tuple[Term, Term]:
    """The two sides of a claim that is an equation."""
    statement = claim.statement
    if not isinstance(statement, Apply) or statement.head != "=":
        raise Rejected("the claim is not an equation")
    left, right = statement.arguments
    return left, right


def check_identity(claim: Claim, certificate: Identity) -> tuple[Term, ...]:
    """Accepts left = right; returns the cofactors, whose definedness matters."""
    left, right = equation(claim)
    atoms = atoms_for(claim)
    difference = atoms.difference(left, right)
    total, used = combination(claim, certificate.cofactors, atoms, sort_of(left))
    if total is not None:
        difference = atoms.subtract(difference, total)
    if not is_zero(difference, atoms):
        raise Rejected("the normal forms differ")
    return used


def combination(
    claim: Claim, cofactors: tuple[Cofactor, ...], atoms: Atoms, sort: Sort
) -> tuple[Form | None, tuple[Term, ...]]:
    """The form of the sum of u * (h_left - h_right) * v, which is 0 under the hypotheses, and the terms used in it."""
    total: Form | None = None
    used: list[Term] = []
    for cofactor in cofactors:
        hypothesis = hypothesis_at(claim, cofactor.hypothesis)
        if hypothesis.head != "=":
            raise Rejected("a cofactor of a hypothesis that is not an equation")
        product = multiply(cofactor.left, subtract(*hypothesis.arguments), cofactor.right)
        found = sort_of(product)
        if is_scalar(sort) and isinstance(found, Matrix) and found.rows == found.columns:
            product = Apply("trace", (product,))  # of a matrix that is 0
        elif not same_shape(found, sort):
            raise Rejected("a cofactor whose product does not have the shape of the claim")
        form = atoms.form(product)
        total = form if total is None else atoms.add(total, form)
        used += [cofactor.left, cofactor.right]
    return total, tuple(used)


def statement_at(claim: Claim, index: int) -> Term:
    """A hypothesis by its position."""
    if not 0 <= index < len(claim.hypotheses):
        raise Rejected("there is no hypothesis of that number")
    return claim.hypotheses[index]


def hypothesis_at(claim: Claim, index: int) -> Apply:
    """A hypothesis that is a relation or joins some, by its position."""
    hypothesis = statement_at(claim, index)
    if not isinstance(hypothesis, Apply):
        raise Rejected("the hypothesis is not a relation")
    return hypothesis
