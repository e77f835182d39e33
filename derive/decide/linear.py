"""Order claims that follow linearly from the hypotheses and their products.

**Decides** linear arithmetic over the rationals (Farkas) in the atoms and monomials that occur.
**Method**: exact simplex for nonnegative multiples of the hypotheses, of what the sign rules know, and of equations times monomials; then the same
with products of pairs of hypotheses.
**Certificate**: Squares with constant weights and cofactors.
**Gives up when** the proof needs products of three or more hypotheses, or more candidates than its bound.

Example: x < y and y < z entail x < z.
"""

from __future__ import annotations

from derive.kernel.certificate import Certificate, Cofactor, Lemma, Rejected, Sign, Square, Squares
from derive.kernel.claim import Claim
from derive.kernel.normal_form import SCALAR, Form
from derive.kernel.sign import sign
from derive.kernel.sorting import is_scalar, sort_of
from derive.kernel.term import ONE, ZERO, Apply, Number, Term, multiply, subtract

from . import shifts
from .combination import Candidate, Problem, combine, scalar_goal, sides
from .terms_of import Nameless
from .work import Work

MAXIMUM_CANDIDATES = 160
MAXIMUM_STRICT = 6


def decide(claim: Claim, work: Work) -> Certificate | None:
    """Squares for an order claim."""
    order = sides(claim.statement)
    if order is None:
        return None
    problem = Problem(claim, work)
    goal = problem.form(subtract(order[0], order[1]))
    return prove(problem, goal, order[2])


def weighted(claim: Claim, work: Work) -> Certificate | None:
    """The same with products of hypotheses and the parts of what is to be shown, but not of two hypotheses: quicker where there are many."""
    taken = scalar_goal(claim, work)
    if taken is None:
        return None
    problem, goal, strict = taken
    denominator = problem.cleared(goal)[1]
    bases: list[Term] = [ONE] if denominator == ONE else [ONE, Apply("/", (ONE, denominator))]
    plain = [problem.candidate(base, (index,)) for base in bases for index, _, _ in problem.orders]
    near = [goal, *(form for _, form, _ in problem.equations)]
    for forms in (near, near + [form for _, form, _ in problem.orders]):
        terms = [term for term, _ in _signed_monomials(problem, forms)]
        products = [problem.candidate(term, (index,)) for term in terms for index, _, _ in problem.orders]
        candidates = (plain + products)[:MAXIMUM_CANDIDATES]
        multiples = problem.multiples(problem.cleared(goal)[0], [ONE], [one.form for one in candidates])
        found = combine(problem, goal, candidates, multiples, strict)
        if found is not None:
            return Squares(found[0], None, found[1])
    return None


def prove(problem: Problem, goal: Form, strict: bool, more: tuple[Candidate, ...] = ()) -> Squares | None:
    """goal >= 0 (or > 0) from the hypotheses, with further candidates."""
    if goal.grid is not None or goal.shape != SCALAR:
        return None
    numerator, denominator = problem.cleared(goal)
    denominators = [ONE] if denominator == ONE else [denominator, ONE]
    for products in (False, True):
        candidates = _candidates(problem, numerator, denominator, products) + list(more)
        multiples = problem.multiples(numerator, denominators, [one.form for one in candidates])
        found = combine(problem, goal, candidates, multiples, strict)
        if found is not None:
            return Squares(found[0], None, found[1])
    return None


def contradiction(hypotheses: tuple[Term, ...], work: Work) -> Certificate | None:
    """A certificate of 1 <= 0 from contradictory hypotheses: linearly, or from an order a < b and a proof that a >= b."""
    found = decide(Claim(Apply("<=", (ONE, ZERO)), hypotheses), work)
    if found is not None:
        return found
    strict = [order for one in hypotheses if (order := sides(one)) is not None and order[2]]
    for greater, smaller, _ in strict[:MAXIMUM_STRICT]:
        denied = Apply("<=", (greater, smaller))
        if sign(subtract(greater, smaller), hypotheses) != "+":
            continue  # contradictory hypotheses give a term more than one sign
        proof = decide(Claim(denied, hypotheses), work)
        if proof is not None:
            # (greater - smaller) * (0 - 1) is what the lemma says to be at least 0.
            absurd = Squares((Square(ONE, (len(hypotheses),)),), subtract(greater, smaller))
            return Lemma(denied, proof, absurd)
    for index, one in enumerate(hypotheses):
        if isinstance(one, Apply) and one.head == "=" and is_scalar(sort_of(one.arguments[0])):
            difference = subtract(*one.arguments)
            if sign(difference, hypotheses) == "+":  # t * (0 - 1) = -(t - 0)
                return Squares((), difference, (Cofactor(index, Number(-1), ONE),))
    return None


def _candidates(problem: Problem, goal: Form, denominator: Term, products: bool) -> list[Candidate]:
    base = ONE if denominator == ONE else Apply("/", (ONE, denominator))
    found: list[Candidate] = [problem.candidate(base, strict=denominator == ONE)]
    forms = [goal, *(form for _, form, _ in problem.orders), *(form for _, form, _ in problem.equations)]
    terms = _signed_monomials(problem, forms)
    for index, _, strict in problem.orders:
        found.append(problem.candidate(ONE, (index,), strict=strict))
        if denominator != ONE:
            found.append(problem.candidate(base, (index,)))
    for term, strict in terms:
        weight = term if base == ONE else multiply(term, base)
        found.append(problem.candidate(weight, strict=strict and base == ONE))
    if not products:
        return found
    for position, (index, _, strict) in enumerate(problem.orders):
        for other, _, also in problem.orders[position:]:
            if len(found) < MAXIMUM_CANDIDATES:
                found.append(problem.candidate(base, (index, other), strict=strict and also and base == ONE))
        for term, positive in terms:
            if len(found) < MAXIMUM_CANDIDATES:
                weight = term if base == ONE else multiply(term, base)
                found.append(problem.candidate(weight, (index,), strict=strict and positive and base == ONE))
    return found


def _signed_monomials(problem: Problem, forms: list[Form]) -> list[tuple[Term, bool]]:
    """Monomials and atoms of the forms with a sign, as nonnegative terms."""
    keys = problem.monomials(forms)
    atoms: dict[int, None] = {}
    for key in keys:
        index = 0
        rest = key
        while rest:
            if rest & 0xFFFF:
                atoms.setdefault(1 << (16 * index))
            rest >>= 16
            index += 1
    found: list[tuple[Term, bool]] = []
    for key in dict.fromkeys([*keys, *atoms]):
        if key == 0 or len(found) >= 60:
            continue
        try:
            term = problem.names.monomial(key)
        except (Nameless, Rejected):
            continue
        match problem.sign(term):
            case "+":
                found.append((term, True))
            case "0+":
                found.append((term, False))
            case "-":
                found.append((Apply("negate", (term,)), True))
            case "0-":
                found.append((Apply("negate", (term,)), False))
    return found


def unequal(claim: Claim, work: Work) -> Certificate | None:
    """left != right from left < right or left > right."""
    statement = claim.statement
    if not isinstance(statement, Apply) or statement.head != "!=":
        return None
    for head in ("<", ">"):
        lemma = Apply(head, statement.arguments)
        proof = shifts.shifted(Claim(lemma, claim.hypotheses), work) or decide(Claim(lemma, claim.hypotheses), work)
        if proof is not None:
            return Lemma(lemma, proof, Sign())
    return None
