"""What says where or how great a best value is: `\\arg\\max_{\\|x\\| = r} c^T x = e`, `\\min_x f(x) = v`, by obligations that the kernel checks.

That e is the place of the best value says three things: e satisfies the constraints, no point that does is better, and no other is as good. That v
is the best value says that it is one at such a point; a point is proposed later. Where the function is not defined there is no point.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress

from derive.elaborate.context import Link, Section, premises_of, without_meaning
from derive.elaborate.maximisers import primed
from derive.elaborate.obligation import Obligation
from derive.elaborate.restrictions import hypotheses_in_scope
from derive.elaborate.terms import Scope
from derive.kernel.certificate import Rejected
from derive.kernel.claim import Claim
from derive.kernel.sign import conjuncts
from derive.kernel.sorting import is_scalar, sort_of
from derive.kernel.term import (
    ORDERS,
    REAL,
    STATEMENT,
    Apply,
    Function,
    Lambda,
    Matrix,
    Symbol,
    Term,
    free_symbols,
    substitute,
    subterms,
)
from derive.language.extremum import Extremum
from derive.language.printing import plain, plain_name

_SIGNS = {
    "\\operatorname{argmax}": (1, True),
    "\\operatorname{argmin}": (-1, True),
    "\\max": (1, False),
    "\\min": (-1, False),
    "\\sup": (1, False),
    "\\inf": (-1, False),
}


# Words that say over what a best value is taken, where the sign does not.
_DOMAINS = re.compile(
    r"\b(?:simplex|balls?|spheres?|cubes?|box|polytope|polyhedron|cone|sets?|domain|region|intervals?|subspace|constraints?|constrained|feasible|admissible"
    r"|subject to|budget|restricted|bounded|compact|over|within|among)\b|집합|영역|구간|제약|범위|위에서|중에서|가운데",
    re.IGNORECASE,
)
_FORMULAS = re.compile(r"\$\$.*?\$\$|\$[^$]*\$|<!--.*?-->|^#[^\n]*$", re.DOTALL | re.MULTILINE)


def _domain_said(text: str, start: int, extrema: Iterable[Extremum]) -> str:
    """A word of the paragraph that may say over what a best value is taken that has no constraint; nothing where there is none."""
    if all(one.constraints for one in extrema):
        return ""
    first = text.rfind("\n\n", 0, start) + 1
    last = text.find("\n\n", start)
    found = _DOMAINS.search(_FORMULAS.sub(" ", text[first : last if last >= 0 else len(text)]))
    return "" if found is None else f"'{found[0]}' beside it"


def extremum(term: Term) -> Extremum | None:
    """The best value, or the place of one, that a notation stands for; None of others, and of places in several variables."""
    if not isinstance(term, Apply) or term.head != "notation":
        return None
    name, *parts = term.arguments
    assert isinstance(name, Symbol)
    kind = next((kind for word, kind in _SIGNS.items() if name.name.startswith(word)), None)
    lambdas = [part for part in parts if isinstance(part, Lambda)]
    if kind is None or not parts or lambdas != parts or not is_scalar(sort_of(lambdas[0].body)):
        return None
    variables = lambdas[0].parameters
    if not variables or any(one.sort != REAL and not isinstance(one.sort, Matrix) for one in variables):
        return None  # an index: over what it runs is not said
    if (kind[1] and len(variables) > 1) or any(part.parameters != variables for part in lambdas[1:]):
        return None
    conditions = [part.body for part in lambdas[1:] if part.body not in variables]
    if len(variables) > 1 and conditions:
        return None  # below \min_{x \ge a} stands no list of the variables
    if any(sort_of(one) != STATEMENT for one in conditions):
        return None
    constraints = tuple(part for one in conditions for part in conjuncts(one))
    return Extremum(term, kind[1], kind[0], variables[0], lambdas[0].body, constraints, variables[1:])


def unfolded(scope: Scope, term: Term) -> Term:
    """A best value with the definitions in scope put in for what is not bound in it."""
    assert isinstance(term, Apply)
    parts = (
        Lambda(part.parameters, scope.unfold_beside(part.body, part.parameters)) if isinstance(part, Lambda) else part
        for part in term.arguments
    )
    return Apply("notation", tuple(parts))


def best_values(
    text: str, section: Section, link: Link, obligation: Obligation, statement: Term, only: bool = True
) -> Obligation | None:
    """A relation that speaks of best values or of their places; None where it does not, or they are not understood. `only`: an equation says that there
    is one place.

    What is best for a function of which nothing is known may be said of it: that is not refuted.
    """
    resolved = frozenset(one for one in free_symbols(statement) if one in section.scope.extrema)
    written = {part: unfolded(section.scope, part) for part in subterms(statement) if extremum(part) is not None}
    meant = substitute(substitute(statement, written), {one: section.scope.extrema[one] for one in resolved})
    found = [one for part in dict.fromkeys(subterms(meant)) if (one := extremum(part)) is not None]
    if not found or without_meaning(substitute(meant, {one.term: Symbol("#", sort_of(one.term)) for one in found})):
        return None
    below = {part for one in found for part in one.constraints if free_symbols(meant).isdisjoint(one.variables)}
    hypotheses = tuple(one for one in hypotheses_in_scope(section, link.formula, meant) if one not in below)
    taken = frozenset().union(*map(free_symbols, (meant, *hypotheses)))
    extrema: list[Extremum] = []
    infeasible: list[Extremum] = []
    for one in found:
        if any(variable.name in section.scope.inference.uses.indices for variable in one.variables):
            return None  # over what it runs is not said
        if without_meaning(Apply("and", (Apply("=", (one.body, one.body)), *one.constraints))):
            return None
        domain, restricting = _of_variable(one, hypotheses)
        if restricting is not None:
            obligation.code = "restricted-variable"
            obligation.message = f"is {plain(restricting)} a constraint on {' or '.join(plain_name(variable.name) for variable in one.variables)}? Write it below the sign"
            obligation.provable = obligation.refutable = ()
            return obligation
        extrema.append(_renamed(one, domain, taken))
        if not domain:  # what the text says of the letter may be said of another
            infeasible.append(extrema[-1])
    obligation.taken_over = _domain_said(text, link.formula.start, extrema)
    obligation.premises = premises_of(section, link)
    obligation.resolved = resolved
    obligation.bound = tuple(variable for one in extrema for variable in one.variables)
    obligation.code = "best-value-not-settled"
    obligation.message = "whether the best value is there is neither shown nor refuted"
    with suppress(Rejected):  # where the definedness of the function is not known
        _say(obligation, meant, tuple(extrema), hypotheses, only)
    if isinstance(meant, Apply) and meant.head == "=" and obligation.about is not None:
        obligation.infeasible = tuple(infeasible)
    if not section.scope.closed and any(_is_of_unknown(one) for one in extrema):
        obligation.refutable, obligation.about, obligation.infeasible = (), None, ()
    return obligation


def _is_of_unknown(found: Extremum) -> bool:
    """Whether a function of which nothing is known is taken at the variable."""
    return any(
        isinstance(part, Apply)
        and any(isinstance(one.sort, Function) for one in free_symbols(part))
        and not free_symbols(part).isdisjoint(found.variables)
        for part in subterms(found.body)
    )


def _say(
    obligation: Obligation, statement: Term, extrema: tuple[Extremum, ...], hypotheses: tuple[Term, ...], only: bool
) -> None:
    """What shows the statement and what refutes it. A value is compared at points that are proposed for its place."""
    best, other = extrema[0], _other_side(statement, extrema)
    if other is not None and best.is_place:
        obligation.provable = (Claim(best.is_at(other, only=only), hypotheses),)
        feasible = tuple(Claim(part, hypotheses) for part in best.at(other)[1])
        obligation.refutable = (_claim(best.bound(other), hypotheses), *feasible)
        if only:
            one_of_them = "it is one of the places, which \\in says; that there is no other is not shown"
            obligation.weaker = (Claim(best.is_at(other, only=False), hypotheses), one_of_them)
        as_good = " or as good" if only else ""
        obligation.sayings = (f"it satisfies the constraints, no other is better{as_good}",)
        return
    if other is not None:
        supposed, bound = best.bound(*best.variables)
        assert isinstance(bound, Apply)
        obligation.refutable = (_claim((supposed, Apply(bound.head, (best.body, other))), hypotheses),)
    obligation.extrema, obligation.about = extrema, Claim(statement, hypotheses)


def _other_side(statement: Term, extrema: tuple[Extremum, ...]) -> Term | None:
    """What the one best value of an equation is equated to."""
    if not isinstance(statement, Apply) or statement.head != "=" or len(extrema) != 1:
        return None
    sides = statement.arguments
    others = [side for side in sides if all(part != extrema[0].term for part in subterms(side))]
    return others[0] if len(others) == 1 and extrema[0].term in sides else None


def _claim(parts: tuple[tuple[Term, ...], Term], hypotheses: tuple[Term, ...]) -> Claim:
    supposed, conclusion = parts
    return Claim(conclusion, (*hypotheses, *supposed))


def _of_variable(found: Extremum, hypotheses: Iterable[Term]) -> tuple[tuple[Term, ...], Term | None]:
    """What the text says of the letter of the variable alone is its domain; what it says of it and others, or that it has a value, may be meant of it or not."""
    domain: list[Term] = []
    for hypothesis in hypotheses:
        if free_symbols(hypothesis).isdisjoint(found.variables) or hypothesis in found.constraints:
            continue
        alone = free_symbols(hypothesis) <= set(found.variables)
        if not alone or not isinstance(hypothesis, Apply) or hypothesis.head not in ORDERS:
            return (), hypothesis
        domain.append(hypothesis)
    return tuple(domain), None


def _renamed(found: Extremum, domain: tuple[Term, ...], taken: frozenset[Symbol]) -> Extremum:
    """The same in its domain, with a variable that is bound nowhere else."""
    constraints = (*found.constraints, *domain)
    rename: dict[Term, Term] = {}
    for variable in found.variables:
        new = primed(variable, (*taken, *rename.values(), found.body, *constraints)) if variable in taken else variable
        rename[variable] = new
    body, *others = (substitute(one, rename) for one in (found.body, *constraints))
    first, *rest = (one for one in rename.values() if isinstance(one, Symbol))
    return Extremum(found.term, found.is_place, found.sign, first, body, tuple(others), tuple(rest))
