"""Equalities by normal form, modulo the equations among the hypotheses.

**Decides** equalities of scalars, vectors and matrices that are rational in their atoms, where no hypothesis is needed; with equational
hypotheses it finds many proofs and decides nothing.
**Method**: the normal form of the difference; if it is not zero, multiples of the equations by monomials (over the denominators that occur, and
over what is known to be nonzero) and by the letters that fit are combined by linear algebra.
**Certificate**: Identity, with cofactors.
**Gives up when** the cofactors need monomials that three rounds of leading-term matching do not reach, or hypotheses to a power.

Example: |D| = r entails |D|^2 + 1 = r^2 + 1, with the cofactor |D| + r.
"""

from __future__ import annotations

from derive.kernel.certificate import Certificate, Cofactor, Identity
from derive.kernel.claim import Claim
from derive.kernel.normal_form import SCALAR, Form, is_zero
from derive.kernel.term import ONE, Apply, Number, Term, free_symbols, multiply, subtract

from .combination import Multiple, Problem, combine
from .terms_of import Nameless
from .work import Work


def decide(claim: Claim, work: Work) -> Certificate | None:
    """An Identity for a claim left = right."""
    found = _difference(claim, work)
    if found is None:
        return None
    problem, goal = found
    return Identity() if is_zero(goal, problem.atoms) else _with_cofactors(problem, goal)


def plain(claim: Claim, _: Work) -> Certificate | None:
    """An Identity without cofactors, for which nothing is to be searched: the kernel compares the normal forms."""
    statement = claim.statement
    return Identity() if isinstance(statement, Apply) and statement.head == "=" else None


def modulo(claim: Claim, work: Work) -> Certificate | None:
    """An Identity with cofactors of the equations among the hypotheses."""
    if not any(isinstance(one, Apply) and one.head == "=" for one in claim.hypotheses):
        return None
    found = _difference(claim, work)
    return None if found is None else _with_cofactors(*found)


def _difference(claim: Claim, work: Work) -> tuple[Problem, Form] | None:
    """The form of left - right."""
    statement = claim.statement
    if not isinstance(statement, Apply) or statement.head != "=":
        return None
    problem = Problem(claim, work)
    return problem, problem.form(subtract(*statement.arguments))


def _with_cofactors(problem: Problem, goal: Form) -> Identity | None:
    return (_literal_sized(problem, goal) or _modulo(problem, goal)) if problem.equations else None


def _modulo(problem: Problem, goal: Form) -> Identity | None:
    if goal.grid is not None:
        return None
    try:
        own = problem.names.denominator(goal.denominator)
    except Nameless:
        return None
    denominators: list[Term] = [own] if own == ONE else [own, ONE]
    denominators += _divisors(problem, own)
    numerator = Form(goal.shape, goal.words)
    raised = [_times(problem, numerator, term) for term in _divisors(problem, ONE)]
    multiples: list[Multiple] = problem.multiples(numerator, denominators[:6], raised)
    found = combine(problem, goal, [], multiples)
    return None if found is None else Identity(found[1])


def _times(problem: Problem, form: Form, term: Term) -> Form:
    return problem.atoms.multiply(form, problem.form(term)) if form.shape == SCALAR else form


def _divisors(problem: Problem, own: Term) -> list[Term]:
    """The denominator times what a hypothesis says is nonzero, if it speaks of what the claim or an equation speaks of."""
    found: list[Term] = []
    known = free_symbols(problem.claim.statement)
    for index, _, _ in problem.equations:
        known |= free_symbols(problem.hypotheses[index])
    for hypothesis in problem.hypotheses:
        if isinstance(hypothesis, Apply) and hypothesis.head in {"!=", "<", ">"} and free_symbols(hypothesis) & known:
            left, right = hypothesis.arguments
            difference = left if problem.form(right).words == {} else subtract(left, right)
            form = problem.form(difference)
            if form.shape == SCALAR and form.grid is None and problem.sign(difference) in {"+", "-", "!0"}:
                found.append(difference if own == ONE else multiply(own, difference))
    return found[:4]


def _literal_sized(problem: Problem, goal: Form) -> Identity | None:
    """A difference of literal size that is a multiple of one hypothesis by a number."""
    for index, form, _ in problem.equations:
        for factor in (1, -1):
            scaled = form if factor == 1 else problem.atoms.negate(form)
            if scaled.shape == goal.shape and is_zero(problem.atoms.subtract(goal, scaled), problem.atoms):
                return Identity((Cofactor(index, Number(factor), ONE),))
    return None
