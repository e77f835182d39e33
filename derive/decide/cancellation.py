"""Inequalities from several hypotheses about values of unknown functions, of which few are needed: those whose values cancel.

**Decides** nothing completely; finds steps of gradient descent for smooth, convex and strongly convex functions, and what one or two instances of convexity show.
**Method**: up to three of the hypotheses in which values f(x) stand by themselves are chosen so that these combine to a multiple of what the claim has of them;
the others are left out. What is left speaks of vectors: its squares are completed, and linear arithmetic combines all.
**Certificate**: Squares; for equal vectors, Lemma and Vanishing.
**Gives up when** more hypotheses are needed, or products of three.

Example: f(z) <= f(x) - t |g|^2 and f(x) <= f(p) + g^T (x - p) entail f(z) - f(p) <= g^T (x - p) for t > 0.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from fractions import Fraction
from itertools import combinations

from derive.kernel import polynomial
from derive.kernel.certificate import Assumed, Certificate, Lemma, Rejected, Rewrite, Square, Squares, Vanishing
from derive.kernel.claim import Claim
from derive.kernel.normal_form import SCALAR, Form
from derive.kernel.polynomial import Polynomial
from derive.kernel.sign import is_zero
from derive.kernel.sorting import is_scalar, sort_of
from derive.kernel.term import (
    ONE,
    TRUE,
    TWO,
    ZERO,
    Apply,
    IllSorted,
    Number,
    Symbol,
    Term,
    TermError,
    add,
    free_symbols,
    multiply,
    substitute,
    subterms,
    subtract,
)

from . import linear
from .combination import Candidate, Problem, sides
from .terms_of import Nameless, over
from .work import OutOfWork, Work

MAXIMUM_CHOSEN = 3
MAXIMUM_HYPOTHESES = 20
MAXIMUM_SCALARS = 3
CHOICE_LIMIT = 8_000  # units of work for one choice
HALF = Number(Fraction(1, 2))
_VALUES = frozenset({"apply"})
Values = dict[int, Polynomial]  # the number of a value -> what stands beside it


def decide(claim: Claim, work: Work) -> Certificate | None:
    """A certificate for an order between numbers, or for equal vectors."""
    statement = claim.statement
    if not isinstance(statement, Apply) or not any(_speaks_of_values(one) for one in claim.hypotheses):
        return None
    if statement.head == "=" and not is_scalar(sort_of(statement.arguments[0])):
        distance = subtract(*statement.arguments)
        flat = Apply("<=", (Apply("inner", (distance, distance)), ZERO))
        proof = _combined(replace(claim, statement=flat), work)
        return None if proof is None else Lemma(flat, proof, Vanishing(ONE, (Square(ONE, (len(claim.hypotheses),)),)))
    return _combined(claim, work) if sides(statement) is not None else None


def _strange(claim: Claim, index: int) -> int:
    """How many gradients a hypothesis has of which the claim and its equations do not speak: it is less likely to be of use."""
    said = (claim.statement, *(one for one in claim.hypotheses if isinstance(one, Apply) and one.head == "="))
    known = {part for one in said for part in subterms(one)}
    inside = set(subterms(claim.hypotheses[index]))
    return sum(isinstance(part, Apply) and part.head == "gradient" and part not in known for part in inside)


def _has_slopes(hypothesis: Term) -> bool:
    return any(isinstance(part, Apply) and part.head in {"gradient", "partial"} for part in subterms(hypothesis))


def _speaks_of_values(hypothesis: Term) -> bool:
    return isinstance(hypothesis, Apply) and sides(hypothesis) is not None


def _combined(claim: Claim, work: Work) -> Certificate | None:
    """The claim, where gradients that vanish are taken out of the hypotheses first."""
    hypotheses = list(claim.hypotheses)
    shorter: list[tuple[Term, Certificate]] = []
    for number, equation in enumerate(claim.hypotheses):
        if not isinstance(equation, Apply) or equation.head != "=" or not is_zero(equation.arguments[1]):
            continue
        vanishing, zero = equation.arguments
        for index, hypothesis in enumerate(hypotheses):
            parts = frozenset(subterms(hypothesis))
            if sides(hypothesis) is not None and vanishing in parts and zero not in parts:
                shorter.append((substitute(hypothesis, {vanishing: zero}), Rewrite(number, True, Assumed(index))))
                hypotheses[index] = TRUE
    inside = replace(claim, hypotheses=(*hypotheses, *(statement for statement, _ in shorter)))
    found: Certificate | None = _from_few(inside, work)
    if found is None:
        return None
    for statement, proof in reversed(shorter):
        found = Lemma(statement, proof, found)
    return found


def _from_few(claim: Claim, work: Work) -> Squares | None:
    order = sides(claim.statement)
    assert order is not None
    problem = Problem(claim, work)
    goal = problem.form(subtract(order[0], order[1]))
    if goal.grid is not None or goal.shape != SCALAR:
        return None
    wanted = _values(problem, goal)
    known = {index: _values(problem, form) for index, form, _ in problem.orders}
    choices = [index for index, values in known.items() if values][:MAXIMUM_HYPOTHESES]
    slopes = [index for index in known if not known[index] and _has_slopes(claim.hypotheses[index])]
    if wanted is None or not choices:
        return None
    strange = {index: _strange(claim, index) for index in choices}
    sets = [one for count in range(1, MAXIMUM_CHOSEN + 1) for one in combinations(choices, count)]
    for chosen in sorted(sets, key=lambda one: sum(strange[index] for index in one)):
        factor = _factor(wanted, [known[index] or {} for index in chosen])
        left_out = {*choices, *slopes} - {*chosen}
        found = None if factor is None else _within(claim, chosen, left_out, factor, work)
        if found is not None:
            return found
    return None


def _within(
    claim: Claim, chosen: tuple[int, ...], left_out: set[int], factor: Polynomial, work: Work
) -> Squares | None:
    """The same within its share of the work."""
    own = Work(CHOICE_LIMIT)
    try:
        return _from(claim, chosen, left_out, factor, own)
    except OutOfWork:
        return None
    finally:
        work.spend(min(own.spent, own.limit))


def _values(problem: Problem, form: Form) -> Values | None:
    """What stands beside each value of a function; None where one stands in a product with another, or in a root."""
    found: dict[int, dict[int, polynomial.Coefficient]] = {}
    for key, coefficient in form.scalar.terms.items():
        inside = [index for index, _ in polynomial.exponents(key) if _is_value(problem.atoms.terms[index])]
        if len(inside) > 1:
            return None
        for index in inside:
            found.setdefault(index, {})[key - (1 << (polynomial.BITS * index))] = coefficient
    return {index: Polynomial(terms, form.scalar.degree) for index, terms in found.items()}


def _is_value(term: Term | None) -> bool:
    return isinstance(term, Apply) and term.head in _VALUES


def _sum(known: list[Values]) -> dict[int, Fraction] | None:
    """The sum of values that have numbers beside them."""
    total: dict[int, Fraction] = {}
    for values in known:
        for index, beside in values.items():
            if set(beside.terms) != {0}:
                return None
            total[index] = total.get(index, Fraction(0)) + Fraction(beside.terms[0])
    return {index: number for index, number in total.items() if number}


def _factor(wanted: Values, known: list[Values]) -> Polynomial | None:
    """How often the known values have to be taken to be the wanted ones; 0 where both cancel; None where that is no multiple."""
    total = _sum(known)
    if total is None or total.keys() != wanted.keys():
        return None
    factors = [polynomial.scale(wanted[index], 1 / number) for index, number in total.items()]
    if any(one != factors[0] for one in factors):
        return None
    return factors[0] if factors else polynomial.ZERO


def _from(claim: Claim, chosen: tuple[int, ...], left_out: set[int], factor: Polynomial, work: Work) -> Squares | None:
    """The claim without what is left out."""
    hypotheses = tuple(TRUE if index in left_out else one for index, one in enumerate(claim.hypotheses))
    problem = Problem(replace(claim, hypotheses=hypotheses), work)
    # The sign of a symbol is known without a product with it.
    problem.orders = [one for one in problem.orders if not _is_sign_of_symbol(hypotheses[one[0]])]
    order = sides(claim.statement)
    assert order is not None
    difference = subtract(order[0], order[1])
    symbols = {one for index in chosen for one in free_symbols(claim.hypotheses[index])} if not factor else ()
    scalars = [one for one in sorted(symbols, key=lambda one: one.name) if is_scalar(one.sort)]
    for multiplier in (None, *(one for one in scalars if problem.sign(one) == "+")):
        goal = problem.form(difference if multiplier is None else multiply(multiplier, difference))
        squares: list[Candidate] = []
        with suppress(Rejected, IllSorted, TermError, Nameless):
            squares = _completed(problem, goal, chosen, factor) if factor else _of_norms(problem, chosen, scalars)
        found = linear.prove(problem, goal, order[2], tuple(squares))
        if found is not None:
            return replace(found, multiplier=multiplier)
    return None


def _is_sign_of_symbol(hypothesis: Term) -> bool:
    return (
        isinstance(hypothesis, Apply)
        and sum(isinstance(part, Symbol) for part in hypothesis.arguments) == 1
        and any(isinstance(part, Number) for part in hypothesis.arguments)
    )


def _completed(problem: Problem, goal: Form, chosen: tuple[int, ...], factor: Polynomial) -> list[Candidate]:
    """The completed squares of what is left of the goal when the chosen hypotheses are taken away."""
    rest = goal
    scale = problem.form(problem.names.polynomial(factor)) if factor else problem.form(ONE)
    for index, form, _ in problem.orders:
        if index in chosen:
            rest = problem.atoms.subtract(rest, problem.atoms.multiply(scale, form))
    entries = _gram(problem, problem.atoms.reduced(rest))
    found: list[Candidate] = []
    letters = sorted({letter for pair in entries for letter in pair})
    while True:
        pivot = next((one for one in letters if problem.sign(entries.get((one, one), ZERO)) == "+"), None)
        if pivot is None:
            return found
        letters.remove(pivot)
        weight = entries.pop((pivot, pivot))
        beside = {
            other: entries.pop(pair) for other in letters if (pair := (min(pivot, other), max(pivot, other))) in entries
        }
        shares = {other: Apply("/", (entry, multiply(TWO, weight))) for other, entry in beside.items()}
        root = add(
            _column(problem, pivot), *(multiply(share, _column(problem, other)) for other, share in shares.items())
        )
        found.append(problem.candidate(weight, (), _simple(problem, root)))
        for other, entry in beside.items():
            for third, share in shares.items():
                if third >= other:
                    taken = multiply(entry, share, HALF if third == other else ONE)
                    left = _simple(problem, subtract(entries.get((other, third), ZERO), taken))
                    entries[other, third] = left


def _of_norms(problem: Problem, chosen: tuple[int, ...], scalars: list[Symbol]) -> list[Candidate]:
    """The squares that the hypotheses have, with the weights that they may be multiplied by."""
    positive = [one for one in scalars if problem.sign(one) == "+"][:MAXIMUM_SCALARS]
    weights: list[Term] = [*positive, *(multiply(*pair) for pair in combinations(positive, 2))]
    parts = [part for index in chosen for part in subterms(problem.hypotheses[index])]
    norms = dict.fromkeys(part.arguments[0] for part in parts if isinstance(part, Apply) and part.head == "norm")
    return [problem.candidate(weight, (), inside) for inside in norms for weight in weights]


def _gram(problem: Problem, form: Form) -> dict[tuple[int, int], Term]:
    """What stands beside the inner products of two vectors in a form; the rest is left out."""
    found: dict[tuple[int, int], dict[int, polynomial.Coefficient]] = {}
    for key, coefficient in form.scalar.terms.items():
        inside = [
            (pair, key - (exponent << (polynomial.BITS * index)))
            for index, exponent in polynomial.exponents(key)
            if (pair := _pair(problem, index, exponent)) is not None
        ]
        if len(inside) == 1:
            pair, beside = inside[0]
            found.setdefault(pair, {})[beside] = coefficient
    below = problem.names.denominator(form.denominator)
    return {
        pair: _simple(problem, over(problem.names.polynomial(Polynomial(terms, form.scalar.degree)), below))
        for pair, terms in found.items()
    }


def _pair(problem: Problem, index: int, exponent: int) -> tuple[int, int] | None:
    """The two vectors of an inner product; twice the same for the square of a norm."""
    key = problem.atoms.key_of(index)
    if not isinstance(key, tuple) or key[0] not in {"word", "norm"}:
        return None
    letters = tuple(letter >> 1 for letter in key[1]) * (2 if key[0] == "norm" else 1)
    if len(letters) != 2 or exponent != (2 if key[0] == "norm" else 1):
        return None
    return min(letters), max(letters)


def _column(problem: Problem, letter: int) -> Term:
    term = problem.names.letter(letter)
    return Apply("transpose", (term,)) if problem.atoms.letter_shapes[letter][0] == 1 else term


def _simple(problem: Problem, term: Term) -> Term:
    return problem.names.form(problem.form(term))
