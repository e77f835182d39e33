"""Inequalities between products of vectors, as sums of squares of combinations of vectors and their products.

**Decides** orders of scalars that have a certificate of degree 2 or 4 in their vectors: sums of weighted squares of columns, of numbers and of matrices u v^T made of
them, with order hypotheses and their products as multipliers and modulo equations; for every size, since products of vectors are taken as they are.
**Method** a semidefinite program in the Gram matrix of such a basis (`semidefinite`): its products <b_i, b_j> are normal forms, so that nothing is written out in
coordinates. A quadratic form in vectors has one Gram matrix (Choi, Lam, Reznick 1995, for polynomials), and the program is its factorisation.
**Certificate** `Squares`. **Gives up** where the claim is strict, has denominators or a higher degree, or the basis would be too large.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations_with_replacement, product

from derive.kernel import polynomial
from derive.kernel.certificate import Certificate, Rejected, Square, Squares
from derive.kernel.claim import Claim
from derive.kernel.normal_form import SCALAR, Form
from derive.kernel.sorting import is_scalar
from derive.kernel.term import ONE, Apply, IllSorted, Number, Symbol, Term, TermError, add, multiply

from . import semidefinite
from .combination import Problem, cofactors_of, scalar_goal, sides
from .semidefinite import Block, Row
from .terms_of import times
from .vectors import columns_of
from .work import Work

MAXIMUM_ORDERS = 4
MAXIMUM_BASIS = 24
_BITS = 8  # of the exponent of one element of a basis in a formal product


@dataclass(frozen=True)
class _Basis:
    """Elements of one shape, and the hypotheses that multiply their squares."""

    elements: tuple[Term, ...]
    hypotheses: tuple[int, ...] = ()


def decide(claim: Claim, work: Work) -> Certificate | None:
    """A sum of squares of combinations of vectors."""
    order = sides(claim.statement)
    if order is None or order[2]:
        return None
    taken = scalar_goal(claim, work)
    if taken is None or taken[1].denominator:
        return None
    problem, goal, _ = taken
    degree = max((_degree(problem, key) for key in goal.scalar.terms), default=0)
    columns = columns_of(problem, goal)
    if degree not in {2, 3, 4} or not columns:
        return None
    bases = _bases(problem, goal, columns, degree)
    if any(len(one.elements) > MAXIMUM_BASIS for one in bases):
        return None
    return _Program(problem, goal, bases).solved()


def _degree(problem: Problem, monomial: int) -> int:
    """The degree of a monomial in vectors."""
    degrees = {"norm": 1, "word": 2, "trace": 2}
    keys = [(problem.atoms.key_of(index), exponent) for index, exponent in polynomial.exponents(monomial)]
    return sum(degrees.get(str(key[0]), 0) * exponent for key, exponent in keys if isinstance(key, tuple))


def _bases(problem: Problem, goal: Form, columns: Sequence[Term], degree: int) -> list[_Basis]:
    """Elements of half the degree, those of each shape apart."""
    indices = {index for key in goal.scalar.terms for index, _ in polynomial.exponents(key)}
    terms = [problem.atoms.terms[index] for index in sorted(indices)]
    numbers: list[Term] = [one for one in terms if isinstance(one, Symbol) and is_scalar(one.sort)]
    lengths: list[Term] = [Apply("norm", (one,)) for one in columns]
    by_shape: dict[object, list[Term]] = {}
    for column in columns:
        by_shape.setdefault(problem.atoms.form(column).shape, []).append(column)
    alike = list(by_shape.values())
    of_columns = [_Basis((*some, *_products(numbers if degree == 2 else lengths, some))) for some in alike]
    if degree == 2:
        found = [*of_columns, _Basis((*numbers, *lengths, ONE))]
    else:
        inner = [
            multiply(Apply("transpose", (one,)), other)
            for some in alike
            for one, other in combinations_with_replacement(some, 2)
        ]
        found = [*of_columns, _Basis((*inner, *_products(lengths, lengths), ONE))]
        for some, others in product(alike, alike):
            found.append(_Basis(tuple(_products(some, [Apply("transpose", (one,)) for one in others]))))
    orders = [index for index, form, _ in problem.orders if form.shape == SCALAR and not form.denominator]
    if len(orders) <= MAXIMUM_ORDERS:
        multipliers = [(one,) for one in orders] + list(combinations_with_replacement(orders, 2))
        found += [_Basis(one.elements, chosen) for chosen in multipliers for one in found[: len(alike) + 1]]
    return found


def _products(some: Sequence[Term], others: Sequence[Term]) -> list[Term]:
    return [multiply(one, other) for one, other in product(some, others)]


class _Program:
    """The semidefinite program: each element of a basis has a key of its own, and a sum of two keys stands for the product of the two."""

    def __init__(self, problem: Problem, goal: Form, bases: Sequence[_Basis]) -> None:
        self.problem = problem
        self.goal = goal
        self.bases: list[_Basis] = []
        self.terms: dict[int, Term] = {}  # key -> element
        self.products: dict[int, Row] = {}  # sum of two keys -> their product, times the multiplier of their basis
        for basis in bases:
            self._take(basis)

    def _take(self, basis: _Basis) -> None:
        """Those elements of a basis that fit one another."""
        forms: list[tuple[Term, Form]] = []
        for term in basis.elements:
            try:
                form = self.problem.form(term)
            except (Rejected, IllSorted, TermError):
                continue
            if (
                form.grid is None
                and not form.denominator
                and form.words
                and (not forms or forms[0][1].shape == form.shape)
            ):
                forms.append((term, form))
        multiplier = self.problem.form(ONE)
        for index in basis.hypotheses:
            factor = next(form for number, form, _ in self.problem.orders if number == index)
            multiplier = self.problem.atoms.multiply(multiplier, factor)
        first = len(self.terms)
        keys = [1 << (_BITS * (first + place)) for place in range(len(forms))]
        rows: dict[int, Row] = {}
        for place, (one, (_, left)) in enumerate(zip(keys, forms, strict=True)):
            for other, (_, right) in zip(keys[place:], forms[place:], strict=True):
                value = self.problem.atoms.multiply(multiplier, self.problem.atoms.inner(left, right))
                value = self.problem.atoms.reduced(value)
                if value.denominator:
                    return
                rows[one + other] = _row(value)
        self.terms.update(zip(keys, (term for term, _ in forms), strict=True))
        self.products.update(rows)
        self.bases.append(_Basis(tuple(self.terms[key] for key in keys), basis.hypotheses))

    def solved(self) -> Squares | None:
        blocks, first = [], 0
        keys = list(self.terms)
        for basis in self.bases:
            last = first + len(basis.elements)
            blocks.append(Block({0: Fraction(1)}, [{key: Fraction(1)} for key in keys[first:last]]))
            first = last
        multiples = [one for one in self.problem.multiples(self.goal, [ONE]) if _is_plain(one.form)]
        rows = [_row(one.form) for one in multiples]
        found = semidefinite.solve(_row(self.goal), blocks, rows, self.problem.work, reduced=self._meant)
        if found is None:
            return None
        squares = tuple(
            Square(Number(weight), basis.hypotheses, self._root(root))
            for basis, parts in zip(self.bases, found.squares, strict=True)
            for weight, root in parts
        )
        return Squares(squares, None, cofactors_of(found.coefficients, multiples))

    def _meant(self, formal: Row) -> Row:
        """Sums of formal products as polynomials."""
        found: Row = {}
        for key, value in formal.items():
            for monomial, coefficient in self.products[key].items():
                found[monomial] = found.get(monomial, Fraction(0)) + value * coefficient
        return {key: value for key, value in found.items() if value}

    def _root(self, root: Row) -> Term:
        parts = [times(value, self.terms[key]) for key, value in root.items()]
        return parts[0] if len(parts) == 1 else add(*parts)


def _is_plain(form: Form) -> bool:
    return form.shape == SCALAR and form.grid is None and not form.denominator


def _row(form: Form) -> Row:
    return {key: Fraction(value) for key, value in form.scalar.terms.items()}
