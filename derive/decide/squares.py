"""Order claims between polynomials, as sums of squares.

**Decides** quadratic forms, and polynomials whose Gram matrix the monomials determine; finds sums of squares of binomials otherwise.
**Method**: (a) the Gram matrix over the halves of the square monomials, split into its connected parts, and exact elimination L D L^T;
(b) linear programming over squares of binomials, weighted by what is known to be nonnegative.
**Certificate**: Squares; denominators are kept as positive weights.
**Gives up when** the Gram matrix has free entries and no combination of binomial squares does.

Example: 2xy <= x^2 + y^2.
"""

from __future__ import annotations

from fractions import Fraction

from derive.kernel import polynomial
from derive.kernel.certificate import Certificate, Rejected, Square, Squares
from derive.kernel.claim import Claim
from derive.kernel.normal_form import Form
from derive.kernel.polynomial import Polynomial
from derive.kernel.term import ONE, Apply, Number, Term, add, multiply, negate

from .combination import Candidate, Problem, scalar_goal
from .linear import prove
from .terms_of import Nameless, over, times
from .work import Work

MAXIMUM_HALVES = 400
Rows = dict[int, dict[int, Fraction]]


def decide(claim: Claim, work: Work) -> Certificate | None:
    """Squares for an order claim between scalars."""
    return by_gram_matrix(claim, work) or by_binomials(claim, work)


def by_gram_matrix(claim: Claim, work: Work) -> Certificate | None:
    """Squares from the Gram matrix that the monomials determine: quick."""
    taken = scalar_goal(claim, work)
    return None if taken is None else _by_gram_matrix(taken[0], taken[1])


def by_binomials(claim: Claim, work: Work) -> Certificate | None:
    """Squares of binomials, with weights that are known to be nonnegative."""
    taken = scalar_goal(claim, work)
    return None if taken is None else _by_binomials(*taken)


def _by_gram_matrix(problem: Problem, goal: Form) -> Squares | None:
    numerator, denominator = problem.cleared(goal)
    found = gram_squares(numerator.scalar, problem.work)
    if found is None:
        return None
    try:
        squares = []
        for weight, root in found:
            term = add(*(times(value, problem.names.monomial(key)) for key, value in root.items()))
            squares.append(Square(over(Number(weight), denominator), (), None if term == ONE else term))
    except Nameless:
        return None
    return Squares(tuple(squares))


def gram_squares(value: Polynomial, work: Work) -> list[tuple[Fraction, dict[int, Fraction]]] | None:
    """Positive weights and polynomials whose weighted squares sum up to the polynomial, from its determined Gram matrix."""
    halves: list[int] = []
    for key, coefficient in value.terms.items():
        half = _half(key)
        if half is not None and coefficient > 0:
            halves.append(half)
    if not halves or len(halves) > MAXIMUM_HALVES:
        return None
    halves.sort(reverse=True)
    known = set(halves)
    rows: Rows = {half: {} for half in halves}
    work.spend(len(value.terms))
    for key, coefficient in value.terms.items():
        half = _half(key)
        if half is not None and half in known:
            rows[half][half] = rows[half].get(half, Fraction(0)) + coefficient
            continue
        pairs = [(one, key - one) for one in halves if one < key - one and (key - one) in known]
        work.spend(len(halves) // 8)
        if not pairs:
            return None
        share = Fraction(coefficient) / (2 * len(pairs))
        for one, other in pairs:
            rows[one][other] = rows[one].get(other, Fraction(0)) + share
            rows[other][one] = rows[other].get(one, Fraction(0)) + share
    return _eliminate(rows, halves, work)


def _eliminate(rows: Rows, order: list[int], work: Work) -> list[tuple[Fraction, dict[int, Fraction]]] | None:
    """L D L^T of a sparse symmetric matrix; None unless it is positive semidefinite."""
    found: list[tuple[Fraction, dict[int, Fraction]]] = []
    for pivot in order:
        row = {key: entry for key, entry in rows.pop(pivot).items() if entry}
        weight = row.get(pivot, Fraction(0))
        if weight < 0 or (weight == 0 and row):
            return None
        if weight == 0:
            continue
        root = {key: entry / weight for key, entry in row.items()}
        found.append((weight, root))
        for key, entry in row.items():
            if key == pivot:
                continue
            target = rows[key]
            target.pop(pivot, None)
            work.spend(len(row))
            for other, value in root.items():
                if other != pivot:
                    total = target.get(other, Fraction(0)) - entry * value
                    if total:
                        target[other] = total
                    else:
                        target.pop(other, None)
    return found


def _half(key: int) -> int | None:
    """The monomial whose square it is."""
    half = 0
    for index, exponent in polynomial.exponents(key):
        if exponent % 2:
            return None
        half += (exponent // 2) << (polynomial.BITS * index)
    return half


def _by_binomials(problem: Problem, goal: Form, strict: bool) -> Squares | None:
    numerator, denominator = problem.cleared(goal)
    halves = _likely_halves(problem, numerator)
    if len(halves) > 12:
        return prove(problem, goal, strict)
    roots: list[Term] = []
    try:
        terms = [problem.names.monomial(key) for key in halves]
    except Nameless:
        return None
    for position, term in enumerate(terms):
        roots.append(term)
        for other in terms[:position]:
            roots += [add(term, other), add(term, negate(other))]
    base = ONE if denominator == ONE else Apply("/", (ONE, denominator))
    candidates: list[Candidate] = []
    weights: list[tuple[Term, tuple[int, ...]]] = [(base, ())]
    if len(roots) <= 40:
        for index in range(len(problem.atoms.terms)):
            atom = problem.atoms.terms[index]
            if atom is not None and problem.sign(atom) in {"+", "0+"}:
                weights.append((atom if base == ONE else multiply(atom, base), ()))
        weights += [(base, (index,)) for index, _, _ in problem.orders]
    for weight, hypotheses in weights[:7]:
        for root in roots:
            try:
                positive = weight == ONE and not hypotheses and problem.sign(Apply("^", (root, Number(2)))) == "+"
                candidates.append(problem.candidate(weight, hypotheses, root, positive))
            except Rejected:
                continue
    return prove(problem, goal, strict, tuple(candidates))


def _likely_halves(problem: Problem, numerator: Form) -> list[int]:
    """Halves of square monomials, their means, atoms, and 1."""
    found: dict[int, None] = {}
    forms = [numerator, *(form for _, form, _ in problem.orders)]
    keys = problem.monomials(forms)
    for key in keys:
        half = _half(key)
        if half is not None:
            found.setdefault(half)
    for one in list(found):
        for other in list(found):
            mean = _half(one + other)
            if mean is not None:
                found.setdefault(mean)
    for key in problem.monomials([numerator]):
        parts = polynomial.exponents(key)
        if parts:
            down = sum((exponent // 2) << (polynomial.BITS * index) for index, exponent in parts)
            up = key - down
            if sum(e for _, e in polynomial.exponents(up)) <= max(1, numerator.scalar.degree // 2):
                found.setdefault(up)
            found.setdefault(down)
    return sorted(found)
