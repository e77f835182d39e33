"""Proofs by combination: a goal form as a sum of nonnegative forms and multiples of equations, found by exact linear programming.

`Problem` holds the normal forms of a claim; `combine` finds the coefficients; the procedures differ only in the candidates they offer.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from derive.kernel import polynomial
from derive.kernel.certificate import Cofactor, Rejected, Square
from derive.kernel.claim import Claim
from derive.kernel.normal_form import SCALAR, Atoms, Form
from derive.kernel.sign import sign
from derive.kernel.sorting import is_scalar, sort_of
from derive.kernel.term import ONE, ORDERS, Apply, IllSorted, Matrix, Number, Term, TermError, multiply, subtract

from . import simplex
from .terms_of import Nameless, Names, over, times
from .work import Work

MAXIMUM_MULTIPLIERS = 120
MAXIMUM_BEGINNINGS = 16


@dataclass(frozen=True)
class Candidate:
    """A form known to be nonnegative: weight * hypotheses * |root|^2."""

    form: Form
    weight: Term = ONE
    hypotheses: tuple[int, ...] = ()
    root: Term | None = None
    strict: bool = False


@dataclass(frozen=True)
class Multiple:
    """left * equation * right, which is zero."""

    form: Form
    hypothesis: int
    left: Term
    right: Term = ONE


def _copied(state: dict[str, Any]) -> dict[str, Any]:
    """What `Atoms` know, in containers of their own; what these hold is not changed once made."""
    return {name: value.copy() for name, value in state.items() if isinstance(value, dict | list | set)}


def sides(statement: Term) -> tuple[Term, Term, bool] | None:
    """An order statement as (greater, smaller, strict)."""
    if isinstance(statement, Apply) and statement.head in ORDERS:
        left, right = statement.arguments
        if statement.head in {"<", "<="}:
            return right, left, statement.head == "<"
        return left, right, statement.head == ">"
    return None


@dataclass(frozen=True, slots=True)
class _Beginning:
    """What a problem knows when the forms of its hypotheses, or these and the first one asked for, are found."""

    atoms: dict[str, Any]
    signs: dict[Term, str]
    orders: list[tuple[int, Form, bool]]
    equations: list[tuple[int, Form, Term]]
    spent: tuple[int, ...]
    form: Form | None = None


# By the hypotheses, and by these and the term whose form was asked for first. Those of the latest problems.
_BEGINNINGS: OrderedDict[tuple[tuple[Term, ...], Term | None], _Beginning] = OrderedDict()


class Problem:
    """The normal forms of the hypotheses of a claim, in one numbering.

    The procedures that are asked about one claim begin with the same forms: those of the hypotheses, and that of the difference of its sides. They
    are found once and taken over, with the work that they cost.
    """

    def __init__(self, claim: Claim, work: Work) -> None:
        self.claim, self.work = claim, work
        self.hypotheses = claim.hypotheses
        self._signs: dict[Term, str] = {}
        self.atoms = Atoms(lambda term: self.sign(term) in {"+", "0+", "0"}, lambda term: self.sign(term) == "+")
        self.names = Names(self.atoms)
        self.orders: list[tuple[int, Form, bool]] = []
        self.equations: list[tuple[int, Form, Term]] = []
        self._spent: list[int] = []
        self._untouched: tuple[int, ...] | None = None  # how much the atoms know, until the first form is asked for
        beginning = _BEGINNINGS.get((claim.hypotheses, None))
        if beginning is None:
            self._find_hypotheses(claim)
            self._remember(None, None)
        else:
            self._take_over(beginning)
        self._untouched = self._known()

    def _find_hypotheses(self, claim: Claim) -> None:
        for index, hypothesis in enumerate(claim.hypotheses):
            if not isinstance(hypothesis, Apply):
                continue
            order = sides(hypothesis)
            try:
                if order is not None:
                    self.orders.append((index, self.form(subtract(order[0], order[1])), order[2]))
                elif hypothesis.head == "=":
                    difference = subtract(*hypothesis.arguments)
                    self.equations.append((index, self.atoms.cancelled(self.form(difference)), difference))
            except (Rejected, IllSorted, TermError):
                continue

    def _known(self) -> tuple[int, ...]:
        atoms = self.atoms
        return len(atoms.memory), len(atoms.terms), len(atoms.letter_shapes), len(atoms.factor_polynomials)

    def _remember(self, term: Term | None, form: Form | None) -> None:
        found = _Beginning(
            _copied(vars(self.atoms)), dict(self._signs), self.orders, self.equations, tuple(self._spent), form
        )
        _BEGINNINGS[self.hypotheses, term] = found
        if len(_BEGINNINGS) > MAXIMUM_BEGINNINGS:
            _BEGINNINGS.popitem(last=False)

    def _take_over(self, beginning: _Beginning) -> None:
        """The work is counted step by step, as it was when it was done."""
        vars(self.atoms).update(_copied(beginning.atoms))
        self._signs = dict(beginning.signs)
        self.orders, self.equations = beginning.orders, beginning.equations
        for amount in beginning.spent[len(self._spent) :]:
            self._spend(amount)

    def _spend(self, amount: int) -> None:
        self._spent.append(amount)
        self.work.spend(amount)

    def form(self, term: Term) -> Form:
        """The normal form; the work is counted. Raises Rejected."""
        is_first, self._untouched = self._untouched is not None and self._untouched == self._known(), None
        beginning = _BEGINNINGS.get((self.hypotheses, term)) if is_first else None
        if beginning is not None and beginning.form is not None:
            self._take_over(beginning)
            return beginning.form
        result = self.atoms.reduced(self.atoms.form(term))
        self._spend(1 + size(result))
        if is_first:
            self._remember(term, result)
        return result

    def sign(self, term: Term) -> str:
        """The sign of a term by its structure: one of + 0+ - 0- 0 !0 ?"""
        known = self._signs.get(term)
        if known is None:
            try:
                known = sign(term, self.hypotheses)
            except (Rejected, TermError, IllSorted):
                known = "?"
            self._signs[term] = known
        return known

    def monomials(self, forms: Iterable[Form]) -> list[int]:
        """The scalar monomials of scalar forms, in a fixed order."""
        found: dict[int, None] = {}
        for form in forms:
            if form.grid is None:
                for value in form.words.values():
                    for key in sorted(value.terms):
                        found.setdefault(key)
        return list(found)

    def cleared(self, form: Form) -> tuple[Form, Term]:
        """(numerator, d) with form = numerator / d and d > 0 wherever it is defined and not 0. Rejected where no term is known for d."""
        if not form.denominator:
            return form, ONE
        try:
            return self._cleared(form)
        except Nameless:
            raise Rejected("a denominator that no term is known for") from None

    def _cleared(self, form: Form) -> tuple[Form, Term]:
        even: dict[int, int] = {}
        missing: dict[int, int] = {}
        for factor, exponent in form.denominator.items():
            rounded = exponent
            if exponent % 2 and self.sign(self.names.denominator({factor: 1})) not in {"+", "0+"}:
                rounded = exponent + 1
                missing[factor] = 1
            even[factor] = rounded
        numerator = Form(form.shape, form.words)
        for factor in missing:
            numerator = self.atoms.multiply(numerator, Form(SCALAR, {(): self.atoms.factor_polynomials[factor]}))
        return self.atoms.reduced(numerator), self.names.denominator(even)

    def candidate(
        self, weight: Term = ONE, hypotheses: tuple[int, ...] = (), root: Term | None = None, strict: bool = False
    ) -> Candidate:
        """The candidate of these parts, with its form. Raises Rejected."""
        form = self.form(weight)
        for index in hypotheses:
            form = self.atoms.multiply(form, next(one for number, one, _ in self.orders if number == index))
        if root is not None:
            form = self.atoms.multiply(form, self.atoms.square(self.form(root)))
        return Candidate(self.atoms.reduced(form), weight, hypotheses, root, strict)

    def multiples(self, goal: Form, denominators: Sequence[Term], extra: Iterable[Form] = ()) -> list[Multiple]:
        """Multiples of the scalar equations by monomials that can meet the goal, over each of the denominators; and of the
        vector equations by whatever fits."""
        found: list[Multiple] = []
        seen: set[tuple[int, int, Term]] = set()
        keys = self.monomials([goal, *extra])
        known = set(keys)
        for _ in range(3):
            fresh: list[int] = []
            for index, form, difference in self.equations:
                if form.shape != SCALAR or form.grid is not None:
                    continue
                terms = sorted(form.scalar.terms)
                for key in keys:
                    for term in terms:
                        quotient = divided(key, term)
                        if quotient is None:
                            continue
                        for denominator in denominators:
                            if (index, quotient, denominator) in seen or len(found) >= MAXIMUM_MULTIPLIERS:
                                continue
                            seen.add((index, quotient, denominator))
                            try:
                                left = over(self.names.monomial(quotient), denominator)
                                product = self.form(multiply(left, difference) if left != ONE else difference)
                            except (Nameless, Rejected):
                                continue
                            found.append(Multiple(product, index, left))
                            for monomial in self.monomials([product]):
                                if monomial not in known:
                                    known.add(monomial)
                                    fresh.append(monomial)
            keys = fresh
            if not fresh:
                break
        found.extend(self._matrix_multiples(goal, denominators))
        return found

    def _matrix_multiples(self, goal: Form, denominators: Sequence[Term]) -> list[Multiple]:
        found: list[Multiple] = []
        if all(form.shape == SCALAR for _, form, _ in self.equations):
            return found
        pool: list[Term] = []
        for index in range(len(self.atoms.letter_shapes)):
            try:
                term = self.names.letter(index)
            except Nameless:
                continue
            pool += [term, Apply("transpose", (term,))]
        if len(pool) <= 8:
            pool += [multiply(a, b) for a in pool for b in pool if _fits(a, b)]
        for index, form, difference in self.equations:
            if form.shape == SCALAR:
                continue
            lefts: list[Term] = [one for one in pool if _shape(one) == (goal.shape[0], form.shape[0])]
            rights: list[Term] = [one for one in pool if _shape(one) == (form.shape[1], goal.shape[1])]
            if goal.shape[0] == form.shape[0]:
                lefts.insert(0, ONE)
            if goal.shape[1] == form.shape[1]:
                rights.insert(0, ONE)
            for left in lefts:
                for right in rights:
                    parts = [part for part in (left, difference, right) if part != ONE]
                    try:
                        product = self.form(multiply(*parts))
                    except (Rejected, IllSorted, TermError):
                        continue
                    scalars = self._scalars(goal, product)
                    for scalar in scalars:
                        for denominator in denominators:
                            if len(found) >= 3 * MAXIMUM_MULTIPLIERS:
                                return found
                            factor = over(scalar, denominator)
                            scaled = product if factor == ONE else self.atoms.multiply(self.form(factor), product)
                            first = factor if left == ONE else left if factor == ONE else multiply(factor, left)
                            found.append(Multiple(self.atoms.reduced(scaled), index, first, right))
        return found

    def _scalars(self, goal: Form, product: Form) -> list[Term]:
        """Monomials that take a term of the product to a term of the goal."""
        keys: dict[int, None] = {0: None}
        for word, value in product.words.items():
            for key in value.terms:
                for target in goal.words.get(word, polynomial.ZERO).terms:
                    quotient = divided(target, key)
                    if quotient is not None:
                        keys.setdefault(quotient)
        terms = []
        for key in list(keys)[:12]:
            try:
                terms.append(self.names.monomial(key))
            except Nameless:
                continue
        return terms


def scalar_goal(claim: Claim, work: Work) -> tuple[Problem, Form, bool] | None:
    """What is to be shown >= 0, or > 0, by an order of numbers; None of other claims."""
    order = sides(claim.statement)
    if order is None:
        return None
    problem = Problem(claim, work)
    goal = problem.form(subtract(order[0], order[1]))
    if goal.grid is not None or goal.shape != SCALAR:
        return None
    return problem, goal, order[2]


def combine(
    problem: Problem, goal: Form, candidates: Sequence[Candidate], multiples: Sequence[Multiple], strict: bool = False
) -> tuple[tuple[Square, ...], tuple[Cofactor, ...]] | None:
    """Squares and cofactors that sum up to the goal."""
    forms = [goal, *(one.form for one in candidates), *(one.form for one in multiples)]
    if any(form.grid is not None for form in forms):
        return None
    common: dict[int, int] = {}
    for form in forms:
        for factor, exponent in form.denominator.items():
            common[factor] = max(common.get(factor, 0), exponent)
    vectors = [_vector(problem, form, common) for form in forms]
    problem.work.spend(sum(map(len, vectors)))
    free = frozenset(range(len(candidates), len(candidates) + len(multiples)))
    wanted = frozenset(i for i, one in enumerate(candidates) if one.strict) if strict else frozenset()
    if strict and not wanted:
        return None
    found = simplex.solve(vectors[1:], vectors[0], free, problem.work, wanted)
    if found is None:
        return None
    squares = tuple(
        Square(times(value, one.weight), one.hypotheses, one.root)
        for value, one in zip(found, candidates, strict=False)
        if value
    )
    return squares, cofactors_of(found[len(candidates) :], multiples)


def cofactors_of(coefficients: Iterable[Fraction], multiples: Sequence[Multiple]) -> tuple[Cofactor, ...]:
    """Those multiples of equations that are used."""
    return tuple(
        Cofactor(one.hypothesis, times(value, one.left), one.right)
        for value, one in zip(coefficients, multiples, strict=True)
        if value
    )


def _vector(problem: Problem, form: Form, common: dict[int, int]) -> dict[Hashable, Fraction]:
    atoms = problem.atoms
    factor = polynomial.ONE
    for number, exponent in common.items():
        missing = exponent - form.denominator.get(number, 0)
        if missing:
            factor = polynomial.multiply(factor, polynomial.power(atoms.factor_polynomials[number], missing))
    words = form.words
    if factor is not polynomial.ONE:
        scaled = Form(form.shape, {word: polynomial.multiply(value, factor) for word, value in words.items()})
        words = atoms.reduced(scaled).words
    return {(word, key): Fraction(value) for word, one in words.items() for key, value in one.terms.items()}


def divided(monomial: int, divisor: int) -> int | None:
    """monomial / divisor, if it divides."""
    for index, exponent in polynomial.exponents(divisor):
        if polynomial.exponent_of(monomial, index) < exponent:
            return None
    return monomial - divisor


def size(form: Form) -> int:
    """The number of terms."""
    if form.grid is not None:
        return sum(size(entry) for row in form.grid for entry in row)
    return sum(len(value.terms) for value in form.words.values())


def _shape(term: Term) -> tuple[object, object]:
    sort = sort_of(term)
    if is_scalar(sort):
        return (1, 1)
    return (sort.rows, sort.columns) if isinstance(sort, Matrix) else (None, None)


def _fits(left: Term, right: Term) -> bool:
    return _shape(left)[1] == _shape(right)[0]


def number(value: int | Fraction) -> Number:
    """A number as a term."""
    return Number(value)
