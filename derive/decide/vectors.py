"""Inequalities and equalities among inner products and norms of vectors of any size.

**Decides** nothing completely; finds Cauchy-Schwarz in all its forms, the triangle inequality, the steepest direction with its uniqueness.
**Method**: the vectors of the claim suggest squares (x y^T - y x^T, x + y, x - y, norms) and lemmas (Cauchy-Schwarz for each pair), from which the
goal is combined linearly; a bound with roots is squared first (square_comparison); an equality is a square that vanishes.
**Certificate**: Squares, Vanishing, Lemma, AxiomInstance of square_comparison.
**Gives up when** there are more than four vectors, or the proof needs squares of other combinations.

Example: norm(D) = rho entails inner(D, g) <= rho norm(g).
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from derive.kernel.certificate import AxiomInstance, Certificate, Lemma, Rejected, Sign, Square, Squares, Vanishing
from derive.kernel.claim import Claim
from derive.kernel.normal_form import SCALAR
from derive.kernel.term import (
    ONE,
    ZERO,
    Apply,
    Number,
    Symbol,
    Term,
    add,
    multiply,
    negate,
    subterms,
    subtract,
)
from derive.theories import AXIOMS

from . import linear, squares
from .combination import Candidate, Problem, combine, sides
from .terms_of import Nameless
from .work import Work

MAXIMUM_VECTORS = 4
HALF = Number(Fraction(1, 2))


def decide(claim: Claim, work: Work) -> Certificate | None:
    """A certificate for an order between scalars, or an equality."""
    statement = claim.statement
    if not isinstance(statement, Apply):
        return None
    if statement.head == "=":
        return vanishing(claim, work)
    order = sides(statement)
    if order is None:
        return None
    return (
        _by_squares(claim, work) or _by_lemmas(claim, work) or _by_comparison(claim, order[0], order[1], order[2], work)
    )


def vectors_of(problem: Problem) -> list[Term]:
    """The vectors of the claim, as columns, in a fixed order."""
    found: list[Term] = []
    for index, shape in enumerate(problem.atoms.letter_shapes):
        if 1 not in shape or shape == SCALAR:
            continue
        try:
            term = problem.names.letter(index)
        except Nameless:
            continue
        found.append(Apply("transpose", (term,)) if shape[0] == 1 else term)
    return found[:MAXIMUM_VECTORS]


def _pairs(problem: Problem) -> list[tuple[Term, Term]]:
    found = vectors_of(problem)
    return [
        (one, other)
        for position, one in enumerate(found)
        for other in found[:position]
        if problem.atoms.form(one).shape == problem.atoms.form(other).shape
    ]


def _bivector(one: Term, other: Term) -> Term:
    """one other^T - other one^T"""
    return subtract(
        multiply(one, Apply("transpose", (other,))),
        multiply(other, Apply("transpose", (one,))),
    )


def _candidates(problem: Problem) -> list[Candidate]:
    found = [problem.candidate(ONE, (), one) for one in vectors_of(problem)]
    for one, other in _pairs(problem):
        scaled = subtract(
            multiply(Apply("norm", (other,)), one),
            multiply(Apply("norm", (one,)), other),
        )
        for root in (add(one, other), subtract(one, other), _bivector(one, other), scaled):
            try:
                found.append(problem.candidate(ONE, (), root))
            except Rejected:
                continue
    return found


def _by_squares(claim: Claim, work: Work) -> Certificate | None:
    order = sides(claim.statement)
    assert order is not None
    problem = Problem(claim, work)
    goal = problem.form(subtract(order[0], order[1]))
    if goal.shape != SCALAR or goal.grid is not None or not vectors_of(problem):
        return None
    return linear.prove(problem, goal, order[2], tuple(_candidates(problem)))


def _by_lemmas(claim: Claim, work: Work) -> Certificate | None:
    """Cauchy-Schwarz for the pairs, then linear arithmetic."""
    order = sides(claim.statement)
    assert order is not None
    problem = Problem(claim, work)
    problem.form(subtract(order[0], order[1]))
    lemmas: list[tuple[Term, Certificate]] = []
    for one, other in _pairs(problem)[:3]:
        inner = Apply("inner", (one, other))
        product = multiply(Apply("norm", (one,)), Apply("norm", (other,)))
        for left in (inner, negate(inner)):
            proof = comparison(left, product, Squares((Square(HALF, (), _bivector(one, other)),)), Sign())
            if proof is not None:
                lemmas.append((Apply("<=", (left, product)), proof))
    for chosen in ([one] for one in lemmas):
        found = _from_lemmas(claim, chosen, work)
        if found is not None:
            return found
    return _from_lemmas(claim, lemmas, work) if len(lemmas) > 1 else None


def _from_lemmas(claim: Claim, lemmas: list[tuple[Term, Certificate]], work: Work) -> Certificate | None:
    order = sides(claim.statement)
    assert order is not None
    extended = replace(claim, hypotheses=(*claim.hypotheses, *(statement for statement, _ in lemmas)))
    inner_proof = linear.decide(extended, work)
    if inner_proof is None:
        inner_proof = _by_comparison(extended, order[0], order[1], order[2], work)
    if inner_proof is None:
        return None
    for statement, proof in reversed(lemmas):
        inner_proof = Lemma(statement, proof, inner_proof)
    return inner_proof


def comparison(smaller: Term, greater: Term, squared: Certificate, nonnegative: Certificate) -> AxiomInstance | None:
    """smaller <= greater from smaller^2 <= greater^2 and 0 <= greater."""
    axiom = AXIOMS.get("square_comparison")
    if axiom is None or not isinstance(axiom.conclusion, Apply):
        return None
    left, right = axiom.conclusion.arguments
    if not isinstance(left, Symbol) or not isinstance(right, Symbol):
        return None
    return AxiomInstance("square_comparison", ((left, smaller), (right, greater)), (squared, nonnegative))


def _by_comparison(claim: Claim, greater: Term, smaller: Term, strict: bool, work: Work) -> Certificate | None:
    """Both sides squared, where there are roots, norms or absolute values."""
    if strict or not any(
        isinstance(one, Apply) and one.head in {"sqrt", "norm", "abs"} for one in subterms(claim.statement)
    ):
        return None
    problem = Problem(claim, work)
    if problem.sign(smaller) in {"-", "0-"} and problem.sign(greater) not in {"+", "0+", "0"}:
        # -1 <= q is -q <= 1: the side to be squared must not be negative
        greater, smaller = negate(smaller), negate(greater)
    nonnegative: Certificate | None = None
    if problem.sign(greater) in {"+", "0+", "0"}:
        nonnegative = Sign()
    else:
        nonnegative = linear.decide(Claim(Apply("<=", (ZERO, greater)), claim.hypotheses), work)
    if nonnegative is None:
        return None
    two = Number(2)
    squared = Claim(Apply("<=", (Apply("^", (smaller, two)), Apply("^", (greater, two)))), claim.hypotheses)
    proof = squares.decide(squared, work) or _by_squares(squared, work)
    found: Certificate | None = None if proof is None else comparison(smaller, greater, proof, nonnegative)
    conclusion = Apply("<=", (smaller, greater))
    if found is None:
        return None
    if claim.statement == conclusion:
        return found
    return Lemma(conclusion, found, Squares((Square(ONE, (len(claim.hypotheses),)),)))


def vanishing(claim: Claim, work: Work) -> Certificate | None:
    """An equality as a square that vanishes."""
    statement = claim.statement
    assert isinstance(statement, Apply)
    problem = Problem(claim, work)
    difference = subtract(*statement.arguments)
    form = problem.form(difference)
    if form.grid is not None or not problem.equations:
        return None
    square = problem.atoms.reduced(problem.atoms.square(form))
    goal = problem.atoms.negate(square)
    try:
        own = problem.names.denominator(square.denominator)
        parts = [problem.names.denominator({factor: 1}) for factor in square.denominator]
    except Nameless:
        return None
    denominators = list(dict.fromkeys([ONE, own, *parts]))[:4]
    candidates = [problem.candidate(ONE, (), term) for term in _atom_terms(problem)] + _candidates(problem)
    multiples = problem.multiples(goal, denominators)
    found = combine(problem, goal, candidates, multiples)
    if found is None:
        return None
    cofactors = tuple(replace(one, left=negate(one.left)) for one in found[1])
    return Vanishing(ONE, found[0], cofactors)


def _atom_terms(problem: Problem) -> list[Term]:
    return [term for term in problem.atoms.terms if term is not None][:10]
