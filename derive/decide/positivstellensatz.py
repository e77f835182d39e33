"""Claims about polynomials and rational functions over the reals, by sums of squares with the hypotheses as multipliers.

**Decides** nothing completely: what has a certificate of small degree (Schmuedgen, Putinar, Positivstellensatz) is found where the rounding succeeds.
**Method** denominators are cleared with their signs. goal = sum of squares * products of order hypotheses + cofactors * equations, as a semidefinite
program (`semidefinite`); for a strict claim with an addend that is positive. Where that fails, the negated claim is added to the hypotheses, and
0 = a positive product of hypotheses + sum of squares * products + cofactors * equations is sought; `a != b` is shown so from a = b. An equation
is shown from the square of its difference. Bases are split by the signs that may be changed. Last, variables are ordered, case by case.
**Certificate** Squares; Contradiction of the negation (Cases); Vanishing.
**Gives up when** the bases are too large for its bounds, or the solutions touch the boundary at points that are not found.

Example: x^4 - (2 y z + 1) x^2 + y^2 z^2 + 2 y z + 2 >= 0.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations_with_replacement
from itertools import product as cartesian
from math import comb

from derive.kernel import polynomial
from derive.kernel.certificate import (
    Assumed,
    AxiomInstance,
    Cases,
    Certificate,
    Cofactor,
    Contradiction,
    Introduce,
    Lemma,
    Rejected,
    Sign,
    Square,
    Squares,
    Vanishing,
)
from derive.kernel.claim import Claim
from derive.kernel.normal_form import SCALAR, Form
from derive.kernel.polynomial import Polynomial
from derive.kernel.sign import conjuncts, opposite_of
from derive.kernel.term import ONE, ORDERS, ZERO, Apply, Number, Symbol, Term, multiply, negate, subtract

from . import semidefinite
from .combination import Problem, sides
from .semidefinite import Block, Row
from .terms_of import Nameless, over, times
from .work import Work

MAXIMUM_ATOMS = 10
MAXIMUM_DEGREE = 16
MAXIMUM_MULTIPLIERS = 60
WORK_LIMIT = 25_000  # a few seconds
OWN_PAIRS = 0  # as a count of factors in a product: two, and only if they speak of the same variables
MAXIMUM_MULTIPLES = 400
MAXIMUM_PRODUCT = 3  # hypotheses in one product
_BASIS_LIMIT = 140  # monomials before they are split


@dataclass(frozen=True)
class _Factor:
    """A polynomial that is nonnegative: weight * product of hypotheses (* root^2)."""

    value: Row
    weight: Term = ONE
    hypotheses: tuple[int, ...] = ()
    root: Term | None = None
    strict: bool = False

    @property
    def degree(self) -> int:
        return degree_of(self.value)


def decide(claim: Claim, work: Work) -> Certificate | None:
    """Squares, or a contradiction, for a relation between scalars."""
    statement = claim.statement
    if not isinstance(statement, Apply) or statement.head not in {*ORDERS, "!=", "="}:
        return None
    own = Work(min(WORK_LIMIT, work.limit - work.spent))
    try:
        return _decide(claim, own)
    finally:
        work.spend(own.spent)


def _decide(claim: Claim, work: Work) -> Certificate | None:
    facts = _Facts(claim)
    order = sides(claim.statement)
    if order is not None and isinstance(order[1], Apply) and order[1].head == "abs":
        return facts.above(_bounded(order, facts, work))
    return facts.above(_relation(Claim(claim.statement, tuple(facts.hypotheses)), facts.replaced, work))


def _relation(claim: Claim, replaced: frozenset[int], work: Work) -> Certificate | None:
    statement = claim.statement
    assert isinstance(statement, Apply)
    if statement.head in ORDERS:
        return _order(claim, statement, replaced, work) or _by_cases_of_order(claim, replaced, work)
    if statement.head == "!=":
        return _refuted(claim, Apply("=", statement.arguments), replaced, work)
    return _vanishing(claim, replaced, work)


class _Facts:
    """The hypotheses of a claim with what they say at once: the parts of conjunctions, and w <= a and -w <= a for |w| <= a."""

    def __init__(self, claim: Claim) -> None:
        self.hypotheses = list(claim.hypotheses)
        self.lemmas: list[tuple[Term, Certificate]] = []
        replaced = set()
        index = 0
        while index < len(self.hypotheses):
            hypothesis = self.hypotheses[index]
            if isinstance(hypothesis, Apply) and hypothesis.head == "and":
                for part in conjuncts(hypothesis):
                    self._add(part, Assumed(index))
            order = sides(hypothesis)
            if order is not None and isinstance(order[1], Apply) and order[1].head == "abs":
                replaced.add(index)
                for inside in (order[1].arguments[0], negate(order[1].arguments[0])):
                    above = Apply("<=", (inside, Apply("abs", (inside,))))
                    two = Squares((Square(ONE, (index,)), Square(ONE, (len(self.hypotheses),))))
                    proof = Lemma(above, AxiomInstance("absolute_above", ((Symbol("x"), inside),)), two)
                    self._add(Apply("<" if order[2] else "<=", (inside, order[0])), proof)
            index += 1
        self.replaced = frozenset(replaced)

    def _add(self, statement: Term, proof: Certificate) -> None:
        if statement not in self.hypotheses:
            self.hypotheses.append(statement)
            self.lemmas.append((statement, proof))

    def above(self, inner: Certificate | None) -> Certificate | None:
        """The certificate under the hypotheses of the claim, from one under these."""
        if inner is not None:
            for statement, proof in reversed(self.lemmas):
                inner = Lemma(statement, proof, inner)
        return inner


def _bounded(statement: tuple[Term, Term, bool], facts: _Facts, work: Work) -> Certificate | None:
    """|w| <= a from w <= a and -w <= a."""
    above, size, strict = statement
    assert isinstance(size, Apply)
    inside = size.arguments[0]
    parts = [Apply("<" if strict else "<=", (one, above)) for one in (inside, negate(inside))]
    proofs = []
    for part in parts:
        proof = _relation(Claim(part, tuple(facts.hypotheses)), facts.replaced, work)
        if proof is None:
            return None
        proofs.append(proof)
    both = len(
        facts.hypotheses
    )  # the number of the hypothesis that joins the parts; the case, the value and the part follow

    def case(value: Term, name: str, premise: Certificate, part: Apply) -> Certificate:
        sums = Squares((Square(ONE, (both + 3,)),), None, (Cofactor(both + 2, Number(-1), ONE),))
        instance = AxiomInstance(name, ((Symbol("x"), inside),), (premise,))
        return Lemma(Apply("=", (size, value)), instance, Lemma(part, Assumed(both), sums))

    yes = case(inside, "absolute_of_nonnegative", Assumed(both + 1), parts[0])
    no = case(negate(inside), "absolute_of_nonpositive", Sign(), parts[1])
    return Lemma(Apply("and", tuple(parts)), Introduce(tuple(proofs)), Cases(Apply(">=", (inside, ZERO)), yes, no))


def _order(claim: Claim, statement: Apply, replaced: frozenset[int], work: Work) -> Certificate | None:
    order = sides(statement)
    assert order is not None
    direct = _Search(claim, replaced, work)
    if not direct.prepare(subtract(order[0], order[1])) or direct.fails_at_a_point("<=" if order[2] else "<"):
        return None
    for degree, products in direct.levels():
        found = direct.squares(degree, products, order[2])
        if found is not None:
            return found
    return _refuted(claim, opposite_of(statement), replaced, work)


def _refuted(claim: Claim, opposite: Apply, replaced: frozenset[int], work: Work) -> Certificate | None:
    """The claim because its negation contradicts the hypotheses."""
    extended = Claim(Apply("<=", (ONE, ZERO)), (*claim.hypotheses, opposite))
    search = _Search(extended, replaced, work)
    if not search.prepare(subtract(*opposite.arguments)) or search.fails_at_a_point(opposite.head):
        return None
    for degree, products in search.levels():
        found = search.contradiction(degree, products)
        if found is not None:
            inside: Certificate = Contradiction(found)
            if isinstance(claim.statement, Apply) and claim.statement.head == "!=":
                return Cases(opposite, inside, Assumed(len(claim.hypotheses)))
            return Cases(claim.statement, Assumed(len(claim.hypotheses)), inside)
    return None


def _vanishing(claim: Claim, replaced: frozenset[int], work: Work) -> Certificate | None:
    statement = claim.statement
    assert isinstance(statement, Apply)
    search = _Search(claim, replaced, work)
    if not search.problem.equations or not search.prepare(subtract(*statement.arguments)):
        return None
    return search.vanishing()


def _by_cases_of_order(claim: Claim, replaced: frozenset[int], work: Work) -> Certificate | None:
    """The claim for every order of three variables."""
    order = sides(claim.statement)
    assert order is not None
    search = _Search(claim, replaced, work)
    if not search.prepare(subtract(order[0], order[1])) or len(search.atoms) != 3 or search.degree > 6:
        return None
    if search.fails_at_a_point("<=" if order[2] else "<"):
        return None
    try:
        terms = [search.problem.names.atom(index) for index in search.atoms]
    except Nameless:
        return None
    return _ordered(claim, terms, claim.hypotheses, replaced, work)


def _ordered(
    claim: Claim, terms: list[Term], hypotheses: tuple[Term, ...], replaced: frozenset[int], work: Work
) -> Certificate | None:
    """Cases over the pairs that are not yet compared; in each, products of three hypotheses are tried."""
    position = len(hypotheses) - len(claim.hypotheses)
    if position < 3:
        left, right = ((0, 1), (1, 2), (0, 2))[position]
        on = Apply(">=", (terms[left], terms[right]))
        yes = _ordered(claim, terms, (*hypotheses, on), replaced, work)
        no = None if yes is None else _ordered(claim, terms, (*hypotheses, opposite_of(on)), replaced, work)
        return None if yes is None or no is None else Cases(on, yes, no)
    order = sides(claim.statement)
    assert order is not None
    search = _Search(Claim(claim.statement, hypotheses), replaced, work)
    if not search.prepare(subtract(order[0], order[1])):
        return None
    return search.squares(search.degree, MAXIMUM_PRODUCT, order[2])


class _Search:
    """The polynomials of one claim, and semidefinite programs made of them."""

    def __init__(self, claim: Claim, replaced: frozenset[int], work: Work) -> None:
        self.claim, self.work, self.replaced = claim, work, replaced
        self.problem = Problem(claim, work)
        self.goal: Row = {}
        self.below: Term = ONE
        self.degree = 0
        self.factors: list[_Factor] = []
        self.nonzero: list[_Factor] = []
        self.equations: list[tuple[int, Row, Term]] = []
        self.atoms: list[int] = []
        self.scales: dict[int, tuple[Fraction, Fraction]] = {}  # atom -> (middle, radius)

    def prepare(self, difference: Term) -> bool:
        """Whether the difference of the sides and the hypotheses beside it are polynomials of small size, denominators cleared."""
        problem = self.problem
        try:
            form = problem.form(difference)
            if form.shape != SCALAR or form.grid is not None:
                return False
            numerator, self.below = problem.cleared(form)
        except (Rejected, Nameless):
            return False
        self.goal = _row(numerator.scalar)
        self._take_hypotheses()
        self._keep_connected()
        self._scale()
        self.degree = max([degree_of(self.goal), 1])
        if len(self.atoms) > MAXIMUM_ATOMS or self.degree > MAXIMUM_DEGREE:
            return False
        return bool(self.atoms)

    def _take_hypotheses(self) -> None:
        problem = self.problem
        bare: set[int] = set()
        for index, form, strict in problem.orders:
            taken = None if index in self.replaced else self._cleared(form)
            if taken is None:
                continue
            value, below = taken
            if degree_of(value) == 0 or degree_of(value) > MAXIMUM_DEGREE:
                continue
            if len(value) == 1 and below == ONE:
                bare.update(value)
            strict = strict and (below == ONE or problem.sign(below) == "+")
            self.factors.append(_Factor(value, below, (index,), None, strict))
        for index, form, _ in problem.equations:
            taken = self._over(form)
            if taken is not None and taken[0]:
                self.equations.append((index, *taken))
        for hypothesis in self.claim.hypotheses:
            if isinstance(hypothesis, Apply) and hypothesis.head == "!=":
                self._take_nonzero(subtract(*hypothesis.arguments))
        for number in range(len(problem.atoms.terms)):
            key = polynomial.atom(number)
            (monomial,) = key.terms
            if monomial in bare:
                continue
            try:
                term = problem.names.atom(number)
            except (Nameless, Rejected):
                continue
            sign = problem.sign(term)
            if sign in {"+", "0+"}:
                self.factors.append(_Factor({monomial: Fraction(1)}, term, strict=sign == "+"))
            elif sign == "!0":
                self._take_nonzero(term)

    def _take_nonzero(self, term: Term) -> None:
        try:
            form = self.problem.form(term)
            if form.shape != SCALAR or form.grid is not None or form.denominator:
                return
            value = _row(form.scalar)
            square = self._reduced(semidefinite.product(value, value))
        except Rejected:
            return
        if square and self.problem.sign(term) in {"!0", "+", "-"}:
            self.nonzero.append(_Factor(square, root=term, strict=True))

    def _cleared(self, form: Form) -> tuple[Row, Term] | None:
        if form.shape != SCALAR or form.grid is not None:
            return None
        try:
            numerator, below = self.problem.cleared(form)
        except (Rejected, Nameless):
            return None
        return _row(numerator.scalar), below

    def _over(self, form: Form) -> tuple[Row, Term] | None:
        if form.shape != SCALAR or form.grid is not None:
            return None
        try:
            return _row(form.scalar), self.problem.names.denominator(form.denominator)
        except (Rejected, Nameless):
            return None

    def _keep_connected(self) -> None:
        """Only the hypotheses that share atoms with the goal, directly or through others."""
        atoms = _atoms(self.goal)
        rows = [*(one.value for one in self.factors), *(one.value for one in self.nonzero)]
        rows += [row for _, row, _ in self.equations]
        rows += [_row(form.scalar) for _, form in self.problem.atoms.relations.values()] if atoms else []
        if not atoms:
            for row in rows:
                atoms |= _atoms(row)
        changed = True
        while changed:
            changed = False
            for row in rows:
                here = _atoms(row)
                if here & atoms and not here <= atoms:
                    atoms |= here
                    changed = True
        self.factors = [one for one in self.factors if _atoms(one.value) <= atoms]
        self.nonzero = [one for one in self.nonzero if _atoms(one.value) <= atoms]
        self.equations = [one for one in self.equations if _atoms(one[1]) <= atoms]
        self.atoms = sorted(atoms)

    def _scale(self) -> None:
        """Variables in an interval are measured from its middle in halves of its length: floating point numbers like that."""
        if self.problem.atoms.relations:
            return
        bounds: dict[int, dict[bool, Fraction]] = {}
        for factor in self.factors:
            (atom, *more) = [*_atoms(factor.value), 0]
            if len(more) == 1 and factor.degree == 1 and _atoms(factor.value):
                slope = factor.value[1 << (polynomial.BITS * atom)]
                bounds.setdefault(atom, {})[slope > 0] = -factor.value.get(0, Fraction(0)) / slope
        for atom, ends in bounds.items():
            if len(ends) == 2 and ends[True] < ends[False]:
                middle, radius = (ends[True] + ends[False]) / 2, (ends[False] - ends[True]) / 2
                if middle or radius != 1:
                    self.scales[atom] = (middle, radius)
        if not self.scales:
            return
        self.goal = _substituted(self.goal, self.scales)
        self.factors = [replace(one, value=_substituted(one.value, self.scales)) for one in self.factors]
        self.nonzero = [replace(one, value=_substituted(one.value, self.scales)) for one in self.nonzero]
        self.equations = [(index, _substituted(row, self.scales), below) for index, row, below in self.equations]

    def _back(self, row: Row) -> Polynomial:
        """A polynomial in the variables of the claim again."""
        if self.scales:
            row = _substituted(
                row, {atom: (-middle / radius, 1 / radius) for atom, (middle, radius) in self.scales.items()}
            )
        return Polynomial(dict(row), degree_of(row))

    def _reduced(self, row: Row) -> Row:
        """The row with roots and absolute values reduced."""
        atoms = self.problem.atoms
        if not atoms.relations or not row:
            return row
        value = Polynomial(dict(row), degree_of(row))
        form = atoms.reduced(Form(SCALAR, {(): value}))
        if form.denominator:
            raise Rejected("a relation with a denominator")
        return _row(form.scalar)

    def levels(self) -> Iterator[tuple[int, int]]:
        """(degree, hypotheses in a product), from small to large."""
        degree = max([self.degree, *(degree_of(row) for _, row, _ in self.equations)])
        if not self.factors:
            degree += degree % 2
        yield degree, 1
        if self._has_own_pairs():
            yield degree, OWN_PAIRS
        if len(self.factors) > 1:
            yield degree, 2
        if len(self.factors) <= 6 and self.factors:
            yield degree + 1, 3
        yield degree + 2, 2

    # --- programs -----------------------------------------------------------------------------------------------------------

    def _has_own_pairs(self) -> bool:
        several = len({frozenset(_atoms(one.value)) for one in self.factors})
        return several > 1 and several < len(self.factors)

    def _products(self, degree: int, count: int) -> list[_Factor]:
        """1 and the products of up to `count` different factors."""
        own = count == OWN_PAIRS
        count = 2 if own else count
        found = [_Factor({0: Fraction(1)}, strict=True)]
        layer: list[tuple[int, _Factor]] = [(-1, found[0])]
        for _ in range(count):
            following: list[tuple[int, _Factor]] = []
            for last, made in layer:
                for index in range(last + 1, len(self.factors)):
                    factor = self.factors[index]
                    if own and last >= 0 and _atoms(made.value) != _atoms(factor.value):
                        continue
                    if made.degree + factor.degree > degree or len(found) + len(following) >= MAXIMUM_MULTIPLIERS:
                        continue
                    following.append((index, self._joined(made, factor)))
            layer = following
            found += [one for _, one in following]
        return found

    def _joined(self, left: _Factor, right: _Factor) -> _Factor:
        value = self._reduced(semidefinite.product(left.value, right.value))
        weight = right.weight if left.weight == ONE else left.weight if right.weight == ONE else None
        return _Factor(
            value,
            multiply(left.weight, right.weight) if weight is None else weight,
            left.hypotheses + right.hypotheses,
            None,
            left.strict and right.strict,
        )

    def _strict_products(self, degree: int, count: int) -> list[_Factor]:
        """Products of strict factors, with repetitions, and squares of what is not zero: each is positive."""
        strict = [one for one in self.factors if one.strict]
        found = [_Factor({0: Fraction(1)}, strict=True)]
        for size in range(1, count + 1):
            for chosen in combinations_with_replacement(strict, size):
                made = found[0]
                for one in chosen:
                    made = self._joined(made, one)
                if made.degree <= degree and len(found) < MAXIMUM_MULTIPLIERS:
                    found.append(made)
        for one in self.nonzero:
            for other in found[: 1 + len(strict)]:
                made = replace(self._joined(other, one), root=one.root)
                if made.degree <= degree:
                    found.append(made)
            twice = self._joined(one, one)
            if one.root is not None and twice.degree <= degree:
                found.append(replace(twice, root=Apply("^", (one.root, Number(2)))))
        return found

    def _blocks(self, degree: int, products: list[_Factor]) -> list[Block]:
        """A block for each product and class of signs."""
        homogeneous = self._homogeneous(products)
        classes = self._classes()
        leading = [max(row, key=lambda key: (_degree(key), key)) for _, row, _ in self.equations]
        blocks: list[Block] = []
        memory: dict[int, list[int]] = {}
        for factor in products:
            half = (degree - factor.degree) // 2
            if homogeneous and (degree - factor.degree) % 2:
                continue
            if half not in memory:
                memory[half] = [
                    key
                    for key in _monomials(self.atoms, half, homogeneous, self._bounds(degree))
                    if not any(_divides(one, key) for one in leading) and self._is_reduced(key)
                ]
            split: dict[int, list[int]] = {}
            for key in memory[half]:
                split.setdefault(classes(key), []).append(key)
            for keys in split.values():
                ordered = sorted(keys, reverse=True)
                blocks.append(Block(factor.value, [{key: Fraction(1)} for key in ordered], factor))
        return blocks

    def _is_reduced(self, key: int) -> bool:
        relations = self.problem.atoms.relations
        return all(polynomial.exponent_of(key, index) < power for index, (power, _) in relations.items())

    def fails_at_a_point(self, opposite: str) -> bool:
        """Whether the hypotheses and `goal opposite 0` hold at one of a few points: then there is nothing to be found, and no solver is asked.

        The points are values of the atoms, which need not be values of anything: a certificate would hold there all the same.
        """
        if self.problem.atoms.relations:
            return False
        for point in _points(self.atoms):
            self.work.spend(1)
            value = _value(self.goal, point)
            holds = {"=": value == 0, "<": value < 0, "<=": value <= 0, ">": value > 0, ">=": value >= 0}[opposite]
            if (
                holds
                and all(_value(row, point) == 0 for _, row, _ in self.equations)
                and all(_value(one.value, point) > 0 for one in self.nonzero)
                and all(_value(one.value, point) >= 0 for one in self.factors)
                and all(_value(one.value, point) > 0 for one in self.factors if one.strict)
            ):
                return True
        return False

    def _homogeneous(self, products: list[_Factor]) -> bool:
        rows = [self.goal, *(one.value for one in products), *(row for _, row, _ in self.equations)]
        return not self.problem.atoms.relations and all(len({_degree(key) for key in row}) <= 1 for row in rows)

    def _bounds(self, degree: int) -> dict[int, int]:
        """The greatest exponents in a basis: half of those of the goal, where there is nothing else."""
        if self.factors or self.equations or self.problem.atoms.relations or degree > self.degree + 1:
            return {}
        return {
            index: max((polynomial.exponent_of(key, index) for key in self.goal), default=0) // 2
            for index in self.atoms
        }

    def _classes(self) -> Callable[[int], int]:
        """Monomials fall into classes: those whose product keeps its value under all changes of signs that keep everything."""
        rows = [self.goal, *(one.value for one in self.factors), *(one.value for one in self.nonzero)]
        rows += [row for _, row, _ in self.equations]
        rows += [
            {0: Fraction(1), (power << (polynomial.BITS * index)): Fraction(1), **_row(form.scalar)}
            for index, (power, form) in self.problem.atoms.relations.items()
        ]
        basis: dict[int, int] = {}
        place = {index: number for number, index in enumerate(self.atoms)}

        def parity(key: int) -> int:
            found = 0
            for index, exponent in polynomial.exponents(key):
                if exponent % 2 and index in place:
                    found |= 1 << place[index]
            return found

        def rest(vector: int) -> int:
            while vector:
                top = vector.bit_length()
                if top not in basis:
                    return vector
                vector ^= basis[top]
            return 0

        def normal(vector: int) -> int:
            for top in sorted(basis, reverse=True):
                if vector >> (top - 1) & 1:
                    vector ^= basis[top]
            return vector

        for row in rows:
            for key in row:
                left = rest(parity(key))
                if left:
                    basis[left.bit_length()] = left
        return lambda key: normal(parity(key))

    def _multiples(self, degree: int) -> tuple[list[Row], list[tuple[int, int, Term]]]:
        rows: list[Row] = []
        names: list[tuple[int, int, Term]] = []
        classes = self._classes() if self.equations else None
        homogeneous = self._homogeneous(self.factors)
        for index, row, below in self.equations:
            room = degree - degree_of(row)
            if room < 0:
                continue
            for key in _monomials(self.atoms, room, homogeneous, {}):
                if len(rows) >= MAXIMUM_MULTIPLES:
                    break
                if (classes is not None and classes(key)) or not self._is_reduced(key):
                    continue
                made = self._reduced(semidefinite.product({key: Fraction(1)}, row))
                if made:
                    rows.append(made)
                    names.append((index, key, below))
        return rows, names

    def _solved(
        self, target: Row, degree: int, products: list[_Factor], strict: list[_Factor], normalised: bool
    ) -> tuple[list[Square], list[Cofactor]] | None:
        """Squares and cofactors whose sum is the target; with the strict ones first."""
        blocks = [Block(one.value, [{0: Fraction(1)}], one) for one in strict]
        general = self._blocks(degree, products)
        if any(len(block.basis) > _BASIS_LIMIT for block in general):
            return None
        rows, names = self._multiples(degree)
        marked = frozenset(range(len(strict))) if normalised else frozenset()
        reduced = self._reduced if self.problem.atoms.relations else None
        found = semidefinite.solve(target, blocks + general, rows, self.work, marked, reduced)
        if found is None:
            return None
        squares: list[Square] = []
        for block, parts in zip([*blocks, *general], found.squares, strict=True):
            factor: _Factor = block.label
            for weight, root in parts:
                squares.append(self._square(factor, weight, root))
        cofactors = [
            Cofactor(index, self._cofactor(value, key, below), ONE)
            for value, (index, key, below) in zip(found.coefficients, names, strict=True)
            if value
        ]
        return squares, cofactors

    def _square(self, factor: _Factor, weight: Fraction, root: Row) -> Square:
        if set(root) == {0}:
            weight, root = weight * root[0] ** 2, {0: Fraction(1)}
        elif len(root) == 1:
            ((key, value),) = root.items()
            weight, root = weight * value**2, {key: Fraction(1)}
        term = self.problem.names.polynomial(self._back(root))
        if factor.root is not None:
            return Square(times(weight, factor.weight), factor.hypotheses, factor.root)
        return Square(times(weight, factor.weight), factor.hypotheses, None if term == ONE else term)

    def _cofactor(self, value: Fraction, key: int, below: Term) -> Term:
        term = times(value, self.problem.names.polynomial(self._back({key: Fraction(1)})))
        return term if below == ONE else multiply(term, below)

    def squares(self, degree: int, count: int, strict: bool) -> Squares | None:
        """The goal as a sum of squares with products of hypotheses."""
        try:
            products = self._products(degree, count)
            extra = self._strict_products(degree, 2)[1:] if strict else []
            found = self._solved(self.goal, degree, products, extra, False)
            if found is None:
                return None
            squares, cofactors = found
            if self.below != ONE:
                squares = [Square(over(one.weight, self.below), one.hypotheses, one.root) for one in squares]
                cofactors = [Cofactor(one.hypothesis, over(one.left, self.below), ONE) for one in cofactors]
        except (Nameless, Rejected, OverflowError):
            return None
        if strict and not any(self._positive(one) for one in squares):
            return None
        return Squares(tuple(squares), None, tuple(cofactors))

    def contradiction(self, degree: int, count: int) -> Squares | None:
        """1 <= 0: a positive product of hypotheses is minus a sum of squares."""
        try:
            strict = self._strict_products(degree, 2)
            found = self._solved({}, degree, self._products(degree, count), strict, True)
            if found is None:
                return None
            squares, cofactors = found
            for position, one in enumerate(squares):
                if self._positive(one):
                    multiplier = self._term_of(one)
                    if self.problem.sign(multiplier) == "+":
                        rest = squares[:position] + squares[position + 1 :]
                        return Squares(tuple(rest), multiplier, tuple(cofactors))
        except (Nameless, Rejected, OverflowError):
            return None
        return None

    def vanishing(self) -> Vanishing | None:
        """-(difference)^2 as a sum of squares modulo the equations."""
        try:
            target = {key: -value for key, value in self._reduced(semidefinite.product(self.goal, self.goal)).items()}
            for more in (0, 2):
                degree = max([degree_of(target), *(degree_of(row) for _, row, _ in self.equations)]) + more
                found = self._solved(target, degree, self._products(degree, 1), [], False)
                if found is not None and self.below == ONE:
                    negated = (Cofactor(one.hypothesis, times(-1, one.left), one.right) for one in found[1])
                    return Vanishing(ONE, tuple(found[0]), tuple(negated))
        except (Nameless, Rejected, OverflowError):
            return None
        return None

    def _positive(self, square: Square) -> bool:
        strict = {index for index, _, flag in self.problem.orders if flag}
        return (
            (square.root is None or self.problem.sign(square.root) in {"+", "-", "!0"})
            and all(index in strict for index in square.hypotheses)
            and self.problem.sign(square.weight) == "+"
        )

    def _term_of(self, square: Square) -> Term:
        parts = [] if square.weight == ONE else [square.weight]
        for index in square.hypotheses:
            order = sides(self.claim.hypotheses[index])
            assert order is not None
            parts.append(order[0] if order[1] == ZERO else subtract(order[0], order[1]))
        if square.root is not None:
            parts.append(Apply("^", (square.root, Number(2))))
        return multiply(*parts)


def degree_of(row: Row) -> int:
    """The total degree."""
    return max(map(_degree, row), default=0)


def _degree(key: int) -> int:
    return sum(exponent for _, exponent in polynomial.exponents(key))


def _row(value: Polynomial) -> Row:
    return {key: Fraction(entry) for key, entry in value.terms.items() if entry}


def _atoms(row: Row) -> set[int]:
    return {index for key in row for index, _ in polynomial.exponents(key)}


def _substituted(row: Row, scales: dict[int, tuple[Fraction, Fraction]]) -> Row:
    """The polynomial with middle + radius * atom for each of the atoms."""
    total: Row = {}
    for key, value in row.items():
        made: Row = {0: value}
        for index, exponent in polynomial.exponents(key):
            shift = polynomial.BITS * index
            middle, radius = scales.get(index, (Fraction(0), Fraction(1)))
            power = {
                count << shift: comb(exponent, count) * middle ** (exponent - count) * radius**count
                for count in range(exponent + 1)
                if middle or count == exponent
            }
            made = semidefinite.product(made, power)
        for monomial, entry in made.items():
            total[monomial] = total.get(monomial, Fraction(0)) + entry
    return {key: value for key, value in total.items() if value}


def _points(atoms: Sequence[int]) -> Iterator[dict[int, Fraction]]:
    """All points of a small grid for up to three atoms, some of them for more."""
    values = [Fraction(0), Fraction(1), Fraction(-1), Fraction(1, 2), Fraction(2)]
    if len(atoms) <= 3:
        for chosen in cartesian(values, repeat=len(atoms)):
            yield dict(zip(atoms, chosen, strict=True))
        return
    state = 1
    for _ in range(120):
        point = {}
        for atom in atoms:
            state = (state * 1103515245 + 12345) % 2**31
            point[atom] = values[(state >> 16) % len(values)]
        yield point


def _value(row: Row, point: dict[int, Fraction]) -> Fraction:
    total = Fraction(0)
    for key, value in row.items():
        for index, exponent in polynomial.exponents(key):
            value *= point[index] ** exponent
        total += value
    return total


def _divides(one: int, key: int) -> bool:
    return all(polynomial.exponent_of(key, index) >= exponent for index, exponent in polynomial.exponents(one))


def _monomials(atoms: Sequence[int], degree: int, exactly: bool, bounds: dict[int, int]) -> list[int]:
    """The monomials up to (or of exactly) a degree; no more than can be used."""
    found = [(0, 0)]
    for index in atoms:
        limit = bounds.get(index, degree)
        found = [
            (key + (exponent << (polynomial.BITS * index)), used + exponent)
            for key, used in found
            for exponent in range(min(limit, degree - used) + 1)
        ]
        if len(found) > 20_000:
            raise Rejected("too many monomials")
    return [key for key, used in found if used == degree or not exactly]
