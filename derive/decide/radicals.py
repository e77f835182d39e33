"""Roots of rational functions in lowest terms.

**Decides** nothing by itself.
**Method** what stands under a root is factored, common factors of numerator and denominator are cancelled; then the elementary procedures are asked, with the
claim's equations put in where there are some.
**Certificate** Lemma for each radicand (an Identity), Rewrite.
**Gives up when** nothing cancels.
Example: sqrt((a^2 + b^2)^3 / (a^2 (a + b)^2 + b^2 (a + b)^2)) = (a^2 + b^2)/(a + b) for a, b > 0.
"""

from __future__ import annotations

from derive.kernel.certificate import Certificate, Identity, Lemma, Rejected, Rewrite
from derive.kernel.claim import Claim
from derive.kernel.normal_form import SCALAR
from derive.kernel.term import ONE, Apply, IllSorted, Number, Term, TermError, equal, multiply, substitute, subterms

from . import attempts, equations
from .combination import Problem
from .terms_of import Nameless, over, times
from .work import Work

MAXIMUM_RADICANDS = 8


def decide(claim: Claim, work: Work) -> Certificate | None:
    """Rewrites of radicands around an elementary proof."""
    statement = claim.statement
    steps: list[tuple[Term, Term]] = []
    problem = Problem(Claim(claim.statement), work)
    for radicand in dict.fromkeys(one for part in subterms(statement) if (one := _radicand(part)) is not None):
        changed = _lowest(problem, radicand)
        if changed is not None and changed != radicand and len(steps) < MAXIMUM_RADICANDS:
            steps.append((radicand, changed))
    if not steps:
        return None
    hypotheses = claim.hypotheses
    for old, new in steps:
        try:
            statement = substitute(statement, {old: new})
        except (TermError, IllSorted):
            return None
        hypotheses = (*hypotheses, equal(old, new))
    found = attempts.prove(Claim(statement, hypotheses), work)
    if found is None:
        return None
    for position in range(len(hypotheses) - 1, len(claim.hypotheses) - 1, -1):
        found = Rewrite(position, False, found)
    for old, new in reversed(steps):
        found = Lemma(equal(old, new), Identity(), found)
    return found


def _radicand(part: Term) -> Term | None:
    if not isinstance(part, Apply):
        return None
    if part.head in {"sqrt", "root"}:
        return part.arguments[0]
    if part.head == "^" and isinstance(part.arguments[1], Number) and part.arguments[1].value.denominator != 1:
        return part.arguments[0]
    return None


def _lowest(problem: Problem, term: Term) -> Term | None:
    """The term as a product of powers of its factors; None where it has no factor twice, above or below."""
    try:
        form = problem.form(term)
        if form.shape != SCALAR or form.grid is not None or not form.scalar or len(form.scalar.terms) == 1:
            return None
        number, factors = equations.factors_of(problem, form)
    except (Rejected, Nameless, OverflowError):
        return None
    total: dict[Term, int] = {}
    for factor, power in factors:
        total[factor] = total.get(factor, 0) + power
    if all(abs(power) == 1 for power in total.values()) and len(total) == len(factors):
        return None
    above = [_power(factor, power) for factor, power in total.items() if power > 0]
    below = [_power(factor, -power) for factor, power in total.items() if power < 0]
    return over(times(number, multiply(*above) if above else ONE), multiply(*below) if below else ONE)


def _power(factor: Term, power: int) -> Term:
    return factor if power == 1 else Apply("^", (factor, Number(power)))
