"""Inequalities that are seen once variables are measured from their bounds.

**Decides** nothing completely; proves a >= b where the difference has no negative coefficient after x >= t has been written as x = t + p, p >= 0.
**Method** denominators are cleared with their signs; a variable that an order hypothesis bounds (linearly) is replaced by the bound and what it is
above or below it, one after the other, with a few choices; every monomial that is left has to be a product of nonnegative numbers and squares. Where that
fails, three variables are put in order, case by case.
**Certificate** Squares: each monomial is a weight with a product of hypotheses; Cases for the orders of variables.
**Gives up when** a coefficient stays negative for every choice it tries.
Example: 0 < x < y entails 1 + x + x^4 < 1 + y + y^4: with y = x + p the difference is p + 4 x^3 p + 6 x^2 p^2 + 4 x p^3 + p^4.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import islice

from derive.kernel import polynomial
from derive.kernel.certificate import Cases, Certificate, Rejected, Square, Squares
from derive.kernel.claim import Claim
from derive.kernel.normal_form import SCALAR, Form
from derive.kernel.sign import opposite_of
from derive.kernel.term import ONE, Apply, Number, Term, multiply, subtract

from .combination import Problem, sides
from .semidefinite import Row, product
from .terms_of import Nameless, over, times
from .work import Work

MAXIMUM_TERMS = 1_500
MAXIMUM_DEGREE = 40
MAXIMUM_NODES = 60
MAXIMUM_ATOMS = 8
_BRANCHES = 4
_ORDERED = 3  # variables that are put in order


@dataclass(frozen=True)
class _Bound:
    """What a hypothesis says to be nonnegative: value = below * (greater - smaller)."""

    value: Row
    below: Term
    hypothesis: int
    strict: bool


def decide(claim: Claim, work: Work) -> Certificate | None:
    """Squares for an order claim, perhaps in each order of its variables."""
    return shifted(claim, work) or in_every_order(claim, work)


def shifted(claim: Claim, work: Work) -> Squares | None:
    """Squares for an order claim between scalars, without cases."""
    order = sides(claim.statement)
    if order is None:
        return None
    try:
        search = _Search(claim, work, subtract(order[0], order[1]), order[2])
        return search.show()
    except (Rejected, Nameless, OverflowError):
        return None


class _Search:
    def __init__(self, claim: Claim, work: Work, difference: Term, strict: bool) -> None:
        self.work, self.strict = work, strict
        self.problem = problem = Problem(claim, work)
        form = problem.form(difference)
        if form.shape != SCALAR or form.grid is not None:
            raise Rejected("not between numbers")
        numerator, self.below = problem.cleared(form)
        self.goal = _row(numerator)
        self.known: dict[int, str] = {}
        self.bounds: list[_Bound] = []
        for index, form, is_strict in problem.orders:
            self._take(index, form, is_strict)
        self.first = len(problem.atoms.terms)  # the number of the first difference from a bound
        self.nodes = 0

    def _take(self, index: int, form: Form, strict: bool) -> None:
        if form.shape != SCALAR or form.grid is not None:
            return
        try:
            numerator, below = self.problem.cleared(form)
        except (Rejected, Nameless):
            return
        value = _row(numerator)
        if value and 0 < _degree(value) <= MAXIMUM_DEGREE and len(value) <= MAXIMUM_TERMS:
            self.bounds.append(_Bound(value, below, index, strict))

    def show(self) -> Squares | None:
        """The certificate, if a choice of bounds leaves no negative coefficient."""
        atoms = _atoms(self.goal)
        if not self.goal or len(atoms) > MAXIMUM_ATOMS or _degree(self.goal) > MAXIMUM_DEGREE:
            return None
        return self._search(self.goal, {number: one.value for number, one in enumerate(self.bounds)})

    def _search(self, goal: Row, bounds: dict[int, Row]) -> Squares | None:
        self.nodes += 1
        self.work.spend(1 + len(goal) // 8)
        if len(goal) > MAXIMUM_TERMS or self.nodes > MAXIMUM_NODES:
            return None
        found = self._squares(goal)
        if found is not None:
            return found
        for variable, number in islice(self._choices(goal, bounds), _BRANCHES):
            shift = self._solved(bounds[number], variable, number)
            changed = self._put(goal, variable, shift)
            others = {
                other: self._put(row, variable, shift)
                for other, row in bounds.items()
                if other != number and len(row) <= MAXIMUM_TERMS
            }
            found = self._search(changed, others)
            if found is not None:
                return found
        return None

    def _choices(self, goal: Row, bounds: dict[int, Row]) -> Iterator[tuple[int, int]]:
        """(variable, bound): bounds by other variables first, below before above."""
        here = _atoms(goal)
        found = []
        for number, row in bounds.items():
            for variable in _atoms(row):
                if variable >= self.first or variable not in here:
                    continue
                unit = 1 << (polynomial.BITS * variable)
                slope = row.get(unit)
                linear = slope is not None and all(
                    key == unit or not polynomial.exponent_of(key, variable) for key in row
                )
                if not linear or slope is None or (len(row) == 1 and slope > 0 and self._sign(variable) in {"+", "0+"}):
                    continue
                free = any(atom < self.first for atom in _atoms(row) - {variable})
                found.append(((not free, slope < 0, len(row), number, variable), (variable, number)))
        return iter(choice for _, choice in sorted(found))

    def _solved(self, row: Row, variable: int, number: int) -> Row:
        """The variable from bound = p: the letter of p is that of the bound."""
        unit = 1 << (polynomial.BITS * variable)
        slope = row[unit]
        found: Row = {1 << (polynomial.BITS * (self.first + number)): 1 / slope}
        for key, value in row.items():
            if key != unit:
                found[key] = found.get(key, Fraction(0)) - value / slope
        return found

    def _put(self, row: Row, variable: int, value: Row) -> Row:
        """The polynomial with the variable replaced."""
        by_power: dict[int, Row] = {}
        for key, entry in row.items():
            exponent = polynomial.exponent_of(key, variable)
            by_power.setdefault(exponent, {})[key - (exponent << (polynomial.BITS * variable))] = entry
        if set(by_power) <= {0}:
            return row
        total: Row = {}
        for exponent in range(max(by_power), -1, -1):  # Horner's rule
            self.work.spend(1 + len(total) * len(value) // 16)
            if len(total) > MAXIMUM_TERMS:
                raise Rejected("too many terms")
            total = product(total, value) if total else {}
            for key, entry in by_power.get(exponent, {}).items():
                total[key] = total.get(key, Fraction(0)) + entry
        return {key: entry for key, entry in total.items() if entry}

    def _sign(self, atom: int) -> str:
        if atom not in self.known:
            try:
                self.known[atom] = self.problem.sign(self.problem.names.atom(atom))
            except (Nameless, Rejected):
                self.known[atom] = "?"
        return self.known[atom]

    def _squares(self, goal: Row) -> Squares | None:
        """Each monomial as a nonnegative addend."""
        for key, value in goal.items():
            if value < 0 or any(
                atom < self.first and exponent % 2 and self._sign(atom) not in {"+", "0+"}
                for atom, exponent in polynomial.exponents(key)
            ):
                return None
        squares: list[Square] = []
        positive = False
        for key, value in sorted(goal.items()):
            square, is_positive = self._square(key, value)
            squares.append(square)
            positive = positive or is_positive
        if self.strict and not positive:
            return None
        return Squares(tuple(squares))

    def _square(self, key: int, value: Fraction) -> tuple[Square, bool]:
        hypotheses: list[int] = []
        weights: list[Term] = []
        roots: list[Term] = []
        positive = True
        for atom, exponent in polynomial.exponents(key):
            if atom >= self.first:
                bound = self.bounds[atom - self.first]
                hypotheses += [bound.hypothesis] * exponent
                positive = positive and bound.strict
                if bound.below != ONE:
                    weights.append(_power(bound.below, exponent))
                    positive = positive and self.problem.sign(bound.below) == "+"
                continue
            term, sign = self.problem.names.atom(atom), self._sign(atom)
            if sign in {"+", "0+"}:
                weights.append(_power(term, exponent))
                positive = positive and sign == "+"
            else:
                roots.append(_power(term, exponent // 2))
                positive = positive and sign in {"-", "!0"}
        weight = over(times(value, multiply(*weights)), self.below)
        return Square(weight, tuple(hypotheses), multiply(*roots) if roots else None), positive


def in_every_order(claim: Claim, work: Work) -> Certificate | None:
    """The claim for every order of its variables, where it has three or two."""
    order = sides(claim.statement)
    if order is None:
        return None
    try:
        search = _Search(claim, work, subtract(order[0], order[1]), order[2])
        atoms = sorted(_atoms(search.goal))
        if not 1 < len(atoms) <= _ORDERED or _degree(search.goal) > MAXIMUM_DEGREE:
            return None
        terms = [search.problem.names.atom(atom) for atom in atoms]
    except (Rejected, Nameless, OverflowError):
        return None
    pairs = [(0, 1)] if len(terms) == 2 else [(0, 1), (1, 2), (0, 2)]
    return _ordered(claim, [(terms[i], terms[j]) for i, j in pairs], work)


def _ordered(claim: Claim, pairs: list[tuple[Term, Term]], work: Work) -> Certificate | None:
    if not pairs:
        return shifted(claim, work)
    on = Apply(">=", pairs[0])
    proofs: list[Certificate] = []
    for case in (on, opposite_of(on)):
        found = _ordered(replace(claim, hypotheses=(*claim.hypotheses, case)), pairs[1:], work)
        if found is None:
            return None
        proofs.append(found)
    return Cases(on, proofs[0], proofs[1])


def _row(form: Form) -> Row:
    return {key: Fraction(value) for key, value in form.scalar.terms.items() if value}


def _atoms(row: Row) -> set[int]:
    return {atom for key in row for atom, _ in polynomial.exponents(key)}


def _degree(row: Row) -> int:
    return max((sum(exponent for _, exponent in polynomial.exponents(key)) for key in row), default=0)


def _power(term: Term, exponent: int) -> Term:
    return term if exponent == 1 else Apply("^", (term, Number(exponent)))
