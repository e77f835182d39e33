"""Equations modulo equations: ideal membership, and hypotheses that factor.

**Decides** whether an equation between rational functions lies in the ideal of the equational hypotheses (Buchberger 1965), within its bounds.
**Method**: a Groebner basis of the hypotheses that keeps, for each element, how it is made of them; the goal is reduced by it.
**Certificate**: Identity with cofactors.
**Gives up when** the basis grows beyond its bounds, or only a power of the goal lies in the ideal.

Example: x + y = 3 and x y = 2 entail x^2 + y^2 = 5.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from heapq import heappop, heappush
from typing import Any

from derive.kernel import polynomial
from derive.kernel.certificate import (
    Assumed,
    Cases,
    Certificate,
    Choose,
    Cofactor,
    Contradiction,
    Identity,
    Rejected,
    Squares,
)
from derive.kernel.claim import Claim
from derive.kernel.normal_form import SCALAR, Form, is_zero
from derive.kernel.polynomial import Polynomial
from derive.kernel.term import ONE, ZERO, Apply, Number, Term, add, multiply, subtract

from .combination import Problem
from .terms_of import Nameless, over
from .work import Work

MAXIMUM_PAIRS = 80
MAXIMUM_TERMS = 400
MAXIMUM_DEGREE = 24
MAXIMUM_ATOMS = 26


@dataclass(slots=True)
class _Element:
    """A polynomial of the ideal, and the multiples of the hypotheses that it is the sum of."""

    value: Any
    cofactors: dict[int, Any]


def decide(claim: Claim, work: Work, defining: Sequence[int] = ()) -> Identity | None:
    """Identity for an equation in the ideal of the hypotheses. The left sides of those that are `defining` are first replaced by their right sides."""
    statement = claim.statement
    if not isinstance(statement, Apply) or statement.head != "=":
        return None
    problem = Problem(claim, work)
    goal = problem.form(subtract(*statement.arguments))
    if is_zero(goal, problem.atoms):
        return Identity()
    cofactors = _membership(problem, goal, defining) if defining else None
    cofactors = cofactors or _membership(problem, goal)
    for factor in (add(*statement.arguments), *_logarithms(problem)) if cofactors is None else ():
        cofactors = cofactors or _multiplied(problem, goal, factor)
    return None if cofactors is None else Identity(cofactors)


def _multiplied(problem: Problem, goal: Form, factor: Term) -> tuple[Cofactor, ...] | None:
    """Cofactors for a = b where those for a f = b f are found and f is not 0: f is a + b, for a^2 = b^2, or the logarithm of a number."""
    if goal.shape != SCALAR or goal.grid is not None or problem.sign(factor) not in {"+", "-", "!0"}:
        return None
    found = _membership(problem, problem.atoms.reduced(problem.atoms.multiply(goal, problem.form(factor))))
    return (
        None if found is None else tuple(Cofactor(one.hypothesis, over(one.left, factor), one.right) for one in found)
    )


def _logarithms(problem: Problem) -> tuple[Term, ...]:
    """The logarithms of numbers that occur."""
    found = (
        one
        for one in problem.atoms.terms
        if isinstance(one, Apply) and one.head == "log" and isinstance(one.arguments[0], Number)
    )
    return tuple(found)[:2]


def contradiction(hypotheses: tuple[Term, ...], work: Work) -> Squares | None:
    """A certificate of 1 <= 0 from equations without a common solution: -1 is in their ideal."""
    problem = Problem(Claim(Apply("<=", (ONE, ZERO)), hypotheses), work)
    cofactors = _membership(problem, problem.form(Number(-1)))
    return None if cofactors is None else Squares((), None, cofactors)


def _membership(problem: Problem, goal: Form, defining: Sequence[int] = ()) -> tuple[Cofactor, ...] | None:
    """Cofactors of the hypotheses that sum up to the goal."""
    if goal.shape != SCALAR or goal.grid is not None:
        return None
    equations = [
        (index, form)
        for index, form, _ in problem.equations
        if form.shape == SCALAR and form.grid is None and form.words
    ]
    if not equations:
        return None
    try:
        ring = _Ring(problem)
        basis = [_Element(ring.of(form.scalar), {index: ring.one}) for index, form in equations]
        basis += [_Element(relation, {}) for relation in ring.relations()]
        target = ring.of(goal.scalar)
    except (OverflowError, Rejected):
        return None
    for divisors in _divisors(equations):
        raised = target
        for divisor in divisors:
            raised *= ring.of(problem.atoms.factor_polynomials[divisor])
        start = [*basis, _Element(raised, {})]
        for index in defining:
            _eliminate(ring, start, index, problem)
        found = _reduced_to_zero(ring, start[:-1], start[-1], problem.work)
        if found is not None:
            return _cofactors(problem, ring, equations, found, {**goal.denominator, **_counted(goal, divisors)})
    return None


def _divisors(equations: list[tuple[int, Form]]) -> list[tuple[int, ...]]:
    """What the goal may be multiplied by: nothing, or what the equations are divided by, which is not 0 where they are defined."""
    factors = dict.fromkeys(factor for _, form in equations for factor in form.denominator)
    return [(), tuple(factors)[:4]] if factors else [()]


def _counted(goal: Form, divisors: tuple[int, ...]) -> dict[int, int]:
    return {divisor: goal.denominator.get(divisor, 0) + 1 for divisor in divisors}


def _cofactors(
    problem: Problem, ring: _Ring, equations: list[tuple[int, Form]], found: dict[int, Any], denominator: dict[int, int]
) -> tuple[Cofactor, ...] | None:
    """The multiples of the hypotheses, as terms."""
    try:
        below = problem.names.denominator(denominator)
        cofactors = []
        for index, form in equations:
            if index in found and found[index] != 0:
                own = problem.names.denominator(form.denominator)
                factor = problem.names.polynomial(ring.back(found[index]))
                left = over(factor if own == ONE else multiply(factor, own), below)
                cofactors.append(Cofactor(index, left, ONE))
    except Nameless:
        return None
    return tuple(cofactors)


def _eliminate(ring: _Ring, elements: list[_Element], hypothesis: int, problem: Problem) -> None:
    """Puts what a hypothesis says that an atom is in its place in all the elements, where the hypothesis is linear in the atom."""
    equation = problem.claim.hypotheses[hypothesis]
    own = next(
        (one for one in elements[:-1] if hypothesis in one.cofactors and one.cofactors[hypothesis] == ring.one), None
    )
    if own is None or not isinstance(equation, Apply):
        return
    atom = ring.atom_of(problem.form(equation.arguments[0]))
    rest = None if atom is None else ring.solved(own.value, atom)
    if atom is None or rest is None:
        return
    for element in elements:
        if element is own:
            continue
        value = ring.with_value(element.value, atom, rest)
        if value == element.value:
            continue
        problem.work.spend(1 + len(element.value) * len(own.value) // 8)
        if len(value) > MAXIMUM_TERMS:
            continue
        quotient = divmod(element.value - value, own.value)[0]
        for index, cofactor in own.cofactors.items():
            element.cofactors[index] = element.cofactors.get(index, ring.zero) - quotient * cofactor
        element.value = value


def _reduced_to_zero(ring: _Ring, basis: list[_Element], target: _Element, work: Work) -> dict[int, Any] | None:
    """target = sum of cofactor * hypothesis, growing the basis as long as it does not reduce to zero."""
    basis = [one for one in basis if one.value != 0]
    goal = _reduce(ring, target, basis, work)
    pairs: list[
        tuple[int, int, int]
    ] = []  # (degree, second, first): a heap, in which pairs of one degree stay in the order of their making
    for last in range(len(basis)):
        _add_pairs(ring, pairs, basis, last)
    done = 0
    while goal.value != 0:
        if not pairs or done >= MAXIMUM_PAIRS:
            return None
        _, j, i = heappop(pairs)
        done += 1
        made = ring.pair(basis[i], basis[j])
        if made is None:
            continue
        rest = _reduce(ring, made, basis, work)
        if rest.value == 0:
            continue
        if len(rest.value) > MAXIMUM_TERMS or rest.value.total_degree() > MAXIMUM_DEGREE:
            continue
        basis.append(rest)
        _add_pairs(ring, pairs, basis, len(basis) - 1)
        goal = _reduce(ring, goal, basis, work)
    return {index: -cofactor for index, cofactor in goal.cofactors.items()}


def _add_pairs(ring: _Ring, pairs: list[tuple[int, int, int]], basis: list[_Element], last: int) -> None:
    """The pairs of a member with those before it."""
    for first in range(last):
        heappush(pairs, (ring.degree_of_pair(basis[first].value, basis[last].value), last, first))


def _reduce(ring: _Ring, element: _Element, basis: list[_Element], work: Work) -> _Element:
    """What is left of the element by division, with what was taken away counted among its cofactors."""
    value, cofactors = element.value, dict(element.cofactors)
    changed = True
    while changed and value != 0:
        changed = False
        for other in basis:
            quotient, rest = divmod(value, other.value)
            work.spend(1 + (len(value) * len(other.value)) // 8)
            if quotient == 0:
                continue
            value, changed = rest, True
            for index, cofactor in other.cofactors.items():
                cofactors[index] = cofactors.get(index, ring.zero) - quotient * cofactor
            if value == 0:
                break
    return _Element(value, cofactors)


class _Ring:
    """Polynomials of FLINT in the atoms of a problem."""

    def __init__(self, problem: Problem) -> None:
        import flint

        self.problem = problem
        self.count = len(problem.atoms.terms)
        if self.count > MAXIMUM_ATOMS:
            raise Rejected("too many atoms")
        names = tuple(f"a{index}" for index in range(self.count)) or ("a",)
        self.context = flint.fmpq_mpoly_ctx.get(names, flint.Ordering.degrevlex)
        self.rational = flint.fmpq
        self.width = len(names)
        self.zero, self.one = self.context.from_dict({}), self.context.from_dict({(0,) * self.width: 1})

    def of(self, value: Polynomial) -> Any:
        """A polynomial of the kernel."""
        terms: dict[tuple[int, ...], Any] = {}
        for key, coefficient in value.terms.items():
            powers = [0] * self.width
            for index, exponent in polynomial.exponents(key):
                powers[index] = exponent
            fraction = Fraction(coefficient)
            terms[tuple(powers)] = self.rational(fraction.numerator, fraction.denominator)
        return self.context.from_dict(terms)

    def back(self, value: Any) -> Polynomial:
        """A polynomial of the kernel again."""
        terms: dict[int, polynomial.Coefficient] = {}
        degree = 0
        for powers, coefficient in value.to_dict().items():
            key = sum(int(power) << (polynomial.BITS * index) for index, power in enumerate(powers))
            fraction = Fraction(int(coefficient.p), int(coefficient.q))
            terms[key] = fraction.numerator if fraction.denominator == 1 else fraction
            degree = max(degree, sum(map(int, powers)))
        return Polynomial(terms, degree)

    def relations(self) -> Iterator[Any]:
        """What the atoms satisfy by themselves: root^q times the denominator of t, minus its numerator."""
        for index, (power, form) in sorted(self.problem.atoms.relations.items()):
            if index < self.count and form.grid is None:
                below = self.one
                for factor, exponent in form.denominator.items():
                    below *= self.of(self.problem.atoms.factor_polynomials[factor]) ** exponent
                yield self.of(polynomial.atom(index)) ** power * below - self.of(form.scalar)

    def atom_of(self, form: Form) -> int | None:
        """The atom that a form is."""
        if form.shape != SCALAR or form.grid is not None or form.denominator or len(form.scalar.terms) != 1:
            return None
        ((key, coefficient),) = form.scalar.terms.items()
        found = polynomial.exponents(key)
        return found[0][0] if coefficient == 1 and len(found) == 1 and found[0][1] == 1 else None

    def solved(self, value: Any, atom: int) -> Any | None:
        """What the atom is where the value is 0; None where the value is not linear in it with a number before it."""
        number = None
        for powers, coefficient in value.to_dict().items():
            if powers[atom]:
                if sum(powers) != 1:
                    return None
                number = coefficient
        return None if number is None else self.context.gen(atom) - value / number

    def with_value(self, value: Any, atom: int, other: Any) -> Any:
        """The value with another one in the place of an atom."""
        generators = [other if index == atom else self.context.gen(index) for index in range(self.width)]
        return value.compose(*generators, ctx=self.context)

    def degree_of_pair(self, left: Any, right: Any) -> int:
        return sum(max(one, other) for one, other in zip(left.monomial(0), right.monomial(0), strict=True))

    def pair(self, left: _Element, right: _Element) -> _Element | None:
        """The S-polynomial; None where the leading monomials have nothing in common, since it then reduces to zero."""
        one, other = (tuple(map(int, part.value.monomial(0))) for part in (left, right))
        if not any(a and b for a, b in zip(one, other, strict=True)):
            return None
        top = tuple(max(a, b) for a, b in zip(one, other, strict=True))
        factors = []
        for powers, part in ((one, left), (other, right)):
            rest = tuple(a - b for a, b in zip(top, powers, strict=True))
            factors.append(self.context.from_dict({rest: 1 / part.value.leading_coefficient()}))
        cofactors = {index: factors[0] * value for index, value in left.cofactors.items()}
        for index, value in right.cofactors.items():
            cofactors[index] = cofactors.get(index, self.zero) - factors[1] * value
        return _Element(factors[0] * left.value - factors[1] * right.value, cofactors)


@dataclass(frozen=True, slots=True)
class Factored:
    """A hypothesis left = right as number * product of powers of factors = 0, over a denominator."""

    hypothesis: int
    number: Fraction
    factors: tuple[tuple[Term, int], ...]
    denominator: Term


def factored(problem: Problem, index: int, form: Form) -> Factored | None:
    """The factors of a scalar equation; None where it has one factor only."""
    if form.shape != SCALAR or form.grid is not None or not 1 < len(form.scalar.terms) + 1 <= MAXIMUM_TERMS:
        return None
    try:
        number, factors = factors_of(problem, Form(form.shape, form.words))
        denominator = problem.names.denominator(form.denominator)
    except (Rejected, Nameless):
        return None
    if not factors or (len(factors) == 1 and factors[0][1] == 1):
        return None
    return Factored(index, number, factors, denominator)


def factors_of(problem: Problem, form: Form) -> tuple[Fraction, tuple[tuple[Term, int], ...]]:
    """(number, factors with their powers) of a scalar form, those of its denominator with negative powers. Raises Rejected or Nameless."""
    ring = _Ring(problem)
    number, found = ring.of(form.scalar).factor()
    factors = [(problem.names.polynomial(ring.back(factor)), int(power)) for factor, power in found]
    for index, power in form.denominator.items():
        below, parts = ring.of(problem.atoms.factor_polynomials[index]).factor()
        number /= below**power
        factors += [(problem.names.polynomial(ring.back(factor)), -power * int(own)) for factor, own in parts]
    return Fraction(int(number.p), int(number.q)), tuple(factors)


def no_divisors_of_zero(claim: Claim, equation: Factored) -> tuple[Term, Certificate]:
    """f = 0 or g = 0 or ..., with its proof: one case after the other; where no factor is 0, the equation over the product of the powers says 1 = 0."""
    zeros = tuple(Apply("=", (factor, ZERO)) for factor, _ in equation.factors)
    statement = Apply("or", zeros) if len(zeros) > 1 else zeros[0]
    product = multiply(*(_power(factor, power) for factor, power in equation.factors))
    inverse = over(equation.denominator, product)
    proof: Certificate = Contradiction(
        Squares((), None, (Cofactor(equation.hypothesis, inverse, Number(-1 / equation.number)),))
    )
    last = len(claim.hypotheses)
    for position in range(len(zeros) - 1, -1, -1):
        here: Certificate = Assumed(last + position)
        proof = Cases(zeros[position], Choose(position, here) if len(zeros) > 1 else here, proof)
    return statement, proof


def _power(factor: Term, power: int) -> Term:
    return factor if power == 1 else Apply("^", (factor, Number(power)))
