"""Inequalities and equalities among inner products and norms of vectors of any size.

**Decides** nothing completely; finds Cauchy-Schwarz in all its forms, the triangle inequality, the steepest direction with its uniqueness.
**Method**: the vectors of the claim suggest squares (x y^T - y x^T, x + y, x - y, s x - y for numbers s that it divides by, norms; |M u|^2 and u^T P u for
differences u) and lemmas (Cauchy-Schwarz for each pair), from which the goal is combined linearly; a bound with roots is squared first (square_comparison); an equality is a square that vanishes.
**Certificate**: Squares, Vanishing, Lemma, AxiomInstance of square_comparison.
**Gives up when** there are more than four vectors, or the proof needs squares of other combinations.

Example: norm(D) = rho entails inner(D, g) <= rho norm(g).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from fractions import Fraction

from derive.kernel import polynomial
from derive.kernel.certificate import AxiomInstance, Certificate, Lemma, Rejected, Sign, Square, Squares, Vanishing
from derive.kernel.claim import Claim
from derive.kernel.normal_form import SCALAR, Form
from derive.kernel.sorting import DEFINITE, is_scalar, is_vector, sort_of
from derive.kernel.term import (
    ONE,
    ZERO,
    Apply,
    IllSorted,
    Matrix,
    Number,
    Symbol,
    Term,
    TermError,
    add,
    free_symbols,
    multiply,
    negate,
    subterms,
    subtract,
)
from derive.theories import AXIOMS

from . import linear, squares
from .combination import Candidate, Multiple, Problem, combine, scalar_goal, sides
from .terms_of import Nameless
from .work import Work

MAXIMUM_VECTORS = 4
MAXIMUM_COLUMNS = 6
MAXIMUM_FORMS = 60
MAXIMUM_SCALARS = 2
MAXIMUM_SCALED = 3  # pairs of vectors
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
        _by_squares(claim, work)
        or _by_forms(claim, work)
        or _by_lemmas(claim, work)
        or _by_comparison(claim, order[0], order[1], order[2], work)
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
    return [*found, *_matrices_of(problem)][:MAXIMUM_VECTORS]


def _matrices_of(problem: Problem) -> list[Term]:
    """The matrices whose norms the claim speaks of, as the columns of their entries."""
    found: dict[Term, None] = {}
    for part in subterms(problem.claim.statement):
        if isinstance(part, Apply) and part.head == "norm":
            inside = part.arguments[0]
            sort = sort_of(inside)
            if isinstance(sort, Matrix) and 1 not in {sort.rows, sort.columns}:
                parts = inside.arguments if isinstance(inside, Apply) and inside.head == "+" else (inside,)
                for one in parts:
                    found.setdefault(one.arguments[0] if isinstance(one, Apply) and one.head == "negate" else one)
    return [Apply("vec", (term,)) for term in found]


def _pairs(problem: Problem) -> list[tuple[Term, Term]]:
    found = vectors_of(problem)
    return [
        (one, other)
        for position, one in enumerate(found)
        for other in found[:position]
        if problem.atoms.form(one).shape == problem.atoms.form(other).shape
    ]


def bivector(one: Term, other: Term) -> Term:
    """one other^T - other one^T"""
    return subtract(
        multiply(one, Apply("transpose", (other,))),
        multiply(other, Apply("transpose", (one,))),
    )


def _candidates(problem: Problem) -> list[Candidate]:
    found = [problem.candidate(ONE, (), one) for one in vectors_of(problem)]
    roots: list[Term] = []
    for one, other in _pairs(problem):
        scaled = subtract(
            multiply(Apply("norm", (other,)), one),
            multiply(Apply("norm", (one,)), other),
        )
        roots += [add(one, other), subtract(one, other), bivector(one, other), scaled]
    for root in (*roots, *_tensors(problem)):
        try:
            found.append(problem.candidate(ONE, (), root))
        except (Rejected, IllSorted, TermError):
            continue
    return found


def _tensors(problem: Problem) -> list[Term]:
    """A (x) y^T - y^T (x) A with the entries A_ij y_k - y_j A_ik, for the matrices and columns of the claim: their squares bound |A y| by |A| |y|."""
    columns = vectors_of(problem)
    matrices = [one.arguments[0] for one in columns if isinstance(one, Apply) and one.head == "vec"]
    rows = [Apply("transpose", (one,)) for one in columns if not (isinstance(one, Apply) and one.head == "vec")]
    return [
        subtract(Apply("kronecker", (matrix, row)), Apply("kronecker", (row, matrix)))
        for matrix in matrices
        for row in rows
    ]


def _by_squares(claim: Claim, work: Work) -> Certificate | None:
    taken = scalar_goal(claim, work)
    if taken is None or not vectors_of(taken[0]):
        return None
    problem, goal, strict = taken
    found = linear.prove(problem, goal, strict, tuple(_candidates(problem)))
    scaled: tuple[Candidate, ...] = ()
    if found is None and goal.denominator:
        with suppress(Rejected, Nameless):
            scaled = tuple(_scaled(problem, goal))
    return linear.prove(problem, goal, strict, scaled) if scaled else found


def _scaled(problem: Problem, goal: Form) -> Iterator[Candidate]:
    """|s x + y|^2 / s and |s x - y|^2 / s for the positive numbers s that the claim divides by: Young's inequality."""
    scalars = dict.fromkeys(
        symbol
        for factor in goal.denominator
        for symbol in sorted(free_symbols(problem.names.denominator({factor: 1})), key=lambda one: one.name)
        if is_scalar(symbol.sort) and problem.sign(symbol) == "+"
    )
    for scalar in list(scalars)[:MAXIMUM_SCALARS]:
        for pair in _pairs(problem)[:MAXIMUM_SCALED]:
            for one, other in (pair, pair[::-1]):
                for combined in (add, subtract):
                    yield problem.candidate(Apply("/", (ONE, scalar)), (), combined(multiply(scalar, one), other))


def _by_forms(claim: Claim, work: Work) -> Certificate | None:
    """Completed squares: |M u|^2 and u^T P u for semidefinite P, where u is a difference of columns of the claim, or what is left of one of them
    when its projections on unit vectors are taken away."""
    taken = scalar_goal(claim, work)
    if taken is None:
        return None
    problem, goal, strict = taken
    remainders = [problem.candidate(ONE, (), root) for root in _remainders(problem)]
    if remainders:
        found = linear.prove(problem, goal, strict, tuple(remainders))
        if found is not None:
            return found
    candidates: list[Candidate] = []
    columns = columns_of(problem, goal)
    differences = [
        subtract(one, other)
        for place, one in enumerate(columns)
        for other in columns[place + 1 :]
        if sort_of(one) == sort_of(other)
    ]
    addends: list[tuple[Term, Term | None]] = [(Apply("trace", (one,)), None) for one in _supposed_definite(problem)]
    addends += [addend for column in (*columns, *differences) for addend in _supposed_forms(problem, column)]
    addends += [addend for column in (*differences, *columns) for addend in _forms_of(problem, goal, column)]
    for weight, root in addends:
        try:
            positive = problem.sign(weight) == "+" and (root is None or problem.sign(root) == "!0")
            candidates.append(problem.candidate(weight, (), root, positive))
        except (Rejected, IllSorted, TermError):
            continue
    return linear.prove(problem, goal, strict, tuple(candidates[:MAXIMUM_FORMS])) if candidates else None


def _words_of(problem: Problem, goal: Form) -> list[tuple[int, ...]]:
    """The words in the numbers of a scalar form."""
    indices = {index: None for key in sorted(goal.scalar.terms) for index, _ in polynomial.exponents(key)}
    keys = [problem.atoms.key_of(index) for index in indices]
    return [key[1] for key in keys if isinstance(key, tuple) and key[0] in {"word", "norm", "trace"}]


def columns_of(problem: Problem, goal: Form) -> list[Term]:
    """The columns that products of the claim end in: y, P^-1 h."""
    found: dict[Term, None] = {}
    for word in _words_of(problem, goal):
        for one in (word, tuple(letter ^ 1 for letter in reversed(word))):
            for place in range(len(one) - 1, -1, -1):
                if problem.atoms.shape_of_letter(one[-1])[1] == 1 and len(one) - place <= 2:
                    try:
                        term = problem.names.word(one[place:])
                    except Nameless:
                        continue
                    if is_vector(sort_of(term)):
                        found.setdefault(term)
    return sorted(found, key=lambda term: term.depth)[:MAXIMUM_COLUMNS]


def _remainders(problem: Problem) -> list[Term]:
    """x - (q^T x) q - ... for the vectors q of norm 1."""
    units: list[Term] = []
    for hypothesis in problem.hypotheses:
        if isinstance(hypothesis, Apply) and hypothesis.head == "=" and ONE in hypothesis.arguments:
            sides_of = [side for side in hypothesis.arguments if isinstance(side, Apply) and side.head == "norm"]
            units += [side.arguments[0] for side in sides_of]
    found: list[Term] = []
    for column in vectors_of(problem):
        fitting = [unit for unit in units if unit != column and sort_of(unit) == sort_of(column)]
        if fitting:
            found.append(add(column, *(negate(multiply(Apply("inner", (unit, column)), unit)) for unit in fitting)))
    return found


def _supposed_definite(problem: Problem) -> list[Term]:
    return [
        hypothesis.arguments[0]
        for hypothesis in problem.hypotheses
        if isinstance(hypothesis, Apply) and hypothesis.head in DEFINITE
    ]


def _supposed_forms(problem: Problem, column: Term) -> list[tuple[Term, Term | None]]:
    """u^T P u for the matrices P that are semidefinite by hypothesis."""
    row = Apply("transpose", (column,))
    return [(multiply(row, matrix, column), None) for matrix in _supposed_definite(problem)]


def _forms_of(problem: Problem, goal: Form, column: Term) -> list[tuple[Term, Term | None]]:
    """Weights and roots whose weight * |root|^2 is >= 0."""
    found: list[tuple[Term, Term | None]] = [(ONE, column)]
    indices = {index: None for key in sorted(goal.scalar.terms) for index, _ in polynomial.exponents(key)}
    scalars = [term for index in indices if isinstance(term := problem.atoms.terms[index], Symbol)]
    supposed = {one for matrix in _supposed_definite(problem) for one in free_symbols(matrix) if is_scalar(one.sort)}
    scalars += sorted(supposed.difference(scalars), key=lambda one: one.name)
    found += [(term, column) for term in scalars if problem.sign(term) in {"+", "0+"}]
    for letter in sorted({letter >> 1 for word in _words_of(problem, goal) for letter in word}):
        try:
            matrix = problem.names.letter(letter)
        except Nameless:
            continue
        if not is_vector(sort_of(matrix)):
            found += [(ONE, multiply(matrix, column)), (ONE, multiply(Apply("transpose", (matrix,)), column))]
    return found


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
            proof = comparison(left, product, Squares((Square(HALF, (), bivector(one, other)),)), Sign())
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
    multiples = [*problem.multiples(goal, denominators), *_squares_and_traces(problem)]
    found = combine(problem, goal, candidates, multiples)
    if found is None:
        return None
    cofactors = tuple(replace(one, left=negate(one.left)) for one in found[1])
    return Vanishing(ONE, found[0], cofactors)


def _squares_and_traces(problem: Problem) -> list[Multiple]:
    """An equation of numbers times itself, for norms that are 0; the trace of one of square matrices."""
    found: list[Multiple] = []
    for index, form, difference in problem.equations:
        if form.grid is not None or form.shape[0] != form.shape[1]:
            continue
        if is_scalar(sort_of(difference)):
            found.append(Multiple(problem.form(multiply(difference, difference)), index, difference))
        else:
            found.append(Multiple(problem.atoms.trace(form), index, ONE))
    return found


def _atom_terms(problem: Problem) -> list[Term]:
    return [term for term in problem.atoms.terms if term is not None][:10]
