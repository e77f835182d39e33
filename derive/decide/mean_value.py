"""Equations and inequalities of elementary functions by derivatives, from a point at which they are seen.

**Decides** nothing completely; proves relations f R g for which f(b) R g(b) at a point b that bounds the variable or is written (0, 1, another variable), and for
which the derivatives by the variable compare as they have to, on the side of b where the hypotheses put the variable, or on both.
**Method** every variable with every such point; what is left to show of derivatives by the elementary procedures, or again by this one. Absolute values by the signs
of what is inside; else multiplied by the denominators; else exp(u) < v as u < log v.
**Certificate** MeanValue, in Cases where the variable may be on both sides, and of absolute values; Squares with the denominators; the axioms of exp.
**Gives up when** the derivatives do not compare everywhere, or that is not shown.
Example: ln x - ln y > 2 (x - y)/(x + y) for x > y > 0, from x = y on.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import islice, product

from derive.kernel.calculus import differentiated
from derive.kernel.certificate import (
    Assumed,
    AxiomInstance,
    Cases,
    Certificate,
    Differentiated,
    Inside,
    Lemma,
    Link,
    MeanValue,
    Rejected,
    WhereDefined,
)
from derive.kernel.check import check, undischarged
from derive.kernel.claim import Claim
from derive.kernel.definedness import obligations
from derive.kernel.integration import definedness
from derive.kernel.mean_value import from_point, known_beyond, sides_of, slopes_claimed, start_claimed
from derive.kernel.sign import conjuncts, opposite_of
from derive.kernel.term import (
    EULER,
    ONE,
    ORDERS,
    REAL,
    ZERO,
    Apply,
    IllSorted,
    Number,
    Symbol,
    Term,
    TermError,
    equal,
    free_symbols,
    negate,
    subterms,
)
from derive.theories import AXIOMS

from . import attempts, combination, cover, elementary, logic, pieces, positivstellensatz, values
from .discharge import discharged
from .numbering import moved, with_lemmas
from .screening import Point, Screen
from .work import OutOfWork, Work

_A, _B, _X = Symbol("a"), Symbol("b"), Symbol("x")
FIRST_LIMIT = 12_000  # units of work for each way to look at a claim, one after the other
LIMIT = 50_000  # and again
_TRY = 2_000  # for one question
_DEPTH = 3  # derivatives one of another
_LONGEST = 400  # parts of a claim
_MOVED = 3  # symbols in parts that are no rational functions
_MOVING = frozenset(
    {"exp", "log", "log_base", "sqrt", "root", "abs", "sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh"}
) | frozenset({"arcsin", "arccos", "arctan"})
_VALUES = tuple(Number(Fraction(*pair)) for pair in ((2, 1), (1, 2), (1, 1), (5, 3), (-1, 3), (3, 1), (-2, 1)))
_POINTS = 343
_PLAIN = (attempts.quick, values.decide, attempts.prove, elementary.decide)
_DEFINED = (*_PLAIN, logic.prove, positivstellensatz.decide)
_STATIC = frozenset(
    {"apply", "sum", "product", "integral", "limit", "derivative", "notation", "floor", "ceil", "approx"}
)


def decide(claim: Claim, work: Work) -> Certificate | None:
    """MeanValue, perhaps in both cases of where the variable is."""
    if not _is_of_the_class(claim.statement):
        return None
    found = None
    for limit, search in product((FIRST_LIMIT, LIMIT), (_from_a_point, _cleared, _by_logarithms)):
        own = Work(min(limit, work.limit - work.spent))
        try:
            found = search(claim, own)
        except (OutOfWork, RecursionError):
            continue
        finally:
            work.spend(min(own.spent, work.limit - work.spent))
        if found is not None:
            break
    return found


def _cleared(claim: Claim, work: Work) -> Certificate | None:
    """Multiplied by the denominators."""
    if not _is_order(claim.statement):
        return None
    return cover.cleared(claim, lambda inner: _shown(inner, work) or _from_a_point(inner, work))


def _by_logarithms(claim: Claim, work: Work) -> Certificate | None:
    """exp(u) < v from u < log v, where v > 0; v < exp(u) alike."""
    order = combination.sides(claim.statement)
    if order is None:
        return None
    strict, both = order[2], order[:2]
    exponents = [_exponent(side) for side in both]
    if exponents.count(None) != 1:
        return None
    other = both[exponents.index(None)]
    positive = _shown(Claim(Apply(">", (other, ZERO)), claim.hypotheses), work)
    if positive is None:
        return None
    above, below = (Apply("log", (other,)) if one is None else one for one in exponents)
    head, increasing = ("<", "exp_increases") if strict else ("<=", "exp_does_not_decrease")
    lemma = Claim(Apply(head, (below, above)), claim.hypotheses)
    proof = _shown(lemma, work) or _from_a_point(lemma, work)
    if proof is None:
        return None
    count = len(claim.hypotheses)
    raised = Apply(head, (Apply("exp", (below,)), Apply("exp", (above,))))
    of_logarithm = equal(Apply("exp", (Apply("log", (other,)),)), other)
    (power,) = (one for one in exponents if one is not None)
    known: list[tuple[Term, Certificate]] = [
        (lemma.statement, proof),
        (raised, AxiomInstance(increasing, ((_A, below), (_B, above)), (Assumed(count),))),
        (of_logarithm, AxiomInstance("exp_log", ((_X, other),), (moved(positive, count, 2),))),
        (equal(Apply("^", (EULER, power)), Apply("exp", (power,))), AxiomInstance("power_of_e", ((_X, power),))),
    ]
    found = attempts.quick(Claim(claim.statement, (*claim.hypotheses, *(one for one, _ in known))), work)
    for statement, shown in reversed(known):
        found = None if found is None else Lemma(statement, shown, found)
    return found


def _exponent(side: Term) -> Term | None:
    """u of exp(u) and of e^u."""
    if isinstance(side, Apply) and side.head == "exp":
        return side.arguments[0]
    if isinstance(side, Apply) and side.head == "^" and side.arguments[0] == EULER:
        return side.arguments[1]
    return None


def _is_of_the_class(statement: Term) -> bool:
    if not isinstance(statement, Apply) or statement.head not in ORDERS | {"="}:
        return False
    parts = [part for part in subterms(statement) if isinstance(part, Apply)]
    if len(parts) > _LONGEST or any(part.head in _STATIC for part in parts):
        return False
    return 0 < len(_symbols(*(part for part in parts if _moves(part)))) <= _MOVED


def _is_order(statement: Term) -> bool:
    return isinstance(statement, Apply) and statement.head in ORDERS


def _symbols(*terms: Term) -> list[Symbol]:
    """In a fixed order."""
    return sorted({one for term in terms for one in free_symbols(term)}, key=lambda one: one.name)


def _moves(part: Term) -> bool:
    """Whether a part is a function of a symbol that is no rational function."""
    if not isinstance(part, Apply) or not free_symbols(part):
        return False
    return part.head in _MOVING or (part.head == "^" and bool(free_symbols(part.arguments[1])))


def _from_a_point(claim: Claim, work: Work, depth: int = 0) -> Certificate | None:
    """From the points at which the sides are equal, as it seems, and then from the others."""
    if pieces.cases_of(Claim(claim.statement)) is not None:
        return pieces.case_by_case(
            claim, lambda case: _in_case(case, work, depth), lambda condition: _shown(condition, work)
        )
    touching, others = [], []
    for variable in _symbols(*(part for part in subterms(claim.statement) if _moves(part))):
        if variable.sort != REAL:
            continue
        for base in _bases(claim, variable):
            work.spend(20)
            try:
                left, right, _ = sides_of(claim.statement, variable, base)
                start = start_claimed((left, right, "<="), variable, base, strict=False)
                if seems(Claim(start_claimed((left, right, "="), variable, base, strict=False), claim.hypotheses)):
                    touching.append((variable, base))
                elif seems(Claim(start, claim.hypotheses)):
                    others.append((variable, base))
            except (Rejected, TermError, IllSorted):
                continue
    for variable, base in (*touching, *others):
        try:
            shown = _from(claim, variable, base, work, depth)
        except (Rejected, TermError, IllSorted):
            continue
        if shown is not None:
            return shown
    return None


def _in_case(claim: Claim, work: Work, depth: int) -> Certificate | None:
    """Where a piecewise term has the value that the last hypothesis says, with what the hypotheses before it are then."""
    equation = claim.hypotheses[-1]
    assert isinstance(equation, Apply)
    term, value = equation.arguments
    known: list[tuple[Term, Certificate]] = []
    for one in claim.hypotheses[:-1]:
        changed = pieces.replaced(one, term, value)
        if changed == one:
            continue
        changed = _of_the_variable(changed)
        proof = _shown(Claim(changed, claim.hypotheses), work, (attempts.quick,))
        if proof is not None:
            known.append((changed, proof))
    further = (*claim.hypotheses, *(one for one, _ in known))
    inner = Claim(claim.statement, further)
    found = _from_a_point(inner, work, depth) or _shown(inner, work)
    return None if found is None else with_lemmas(known, found, len(claim.hypotheses))


def _of_the_variable(fact: Term) -> Term:
    """x > -c for -x < c, where a bound is looked for."""
    if isinstance(fact, Apply) and fact.head in ORDERS:
        left, right = fact.arguments
        if isinstance(left, Apply) and left.head == "negate":
            return Apply(fact.head, (_negated(right), left.arguments[0]))
        if isinstance(right, Apply) and right.head == "negate":
            return Apply(fact.head, (right.arguments[0], _negated(left)))
    return fact


def _negated(term: Term) -> Term:
    return Number(-term.value) if isinstance(term, Number) else negate(term)


def seems(claim: Claim) -> bool:
    """Whether a statement holds at some and fails at none of a few points at which the hypotheses hold; so it is where none of these is found."""
    screen = Screen()
    relation = screen.ready(claim.statement)
    if relation is None:
        return True
    facts = [screen.ready(one) for one in claim.hypotheses]
    names = _symbols(claim.statement, *claim.hypotheses)
    asked = False
    found = False
    for numbers in islice(product(_VALUES, repeat=len(names)), _POINTS):
        point = Point(screen, dict(zip(names, numbers, strict=True)))
        if all(fact is None or point.truth(fact) for fact in facts):
            truth = point.truth(relation)
            if truth is False:
                return False
            asked, found = True, found or truth is True
    return found or not asked


def _bases(claim: Claim, variable: Symbol) -> Iterator[Term]:
    """Points from which the variable may be followed: what bounds it, other variables, small numbers."""
    found: dict[Term, None] = {}
    for part in (part for one in claim.hypotheses for part in conjuncts(one)):
        if isinstance(part, Apply) and part.head in ORDERS and variable in part.arguments:
            found.update(dict.fromkeys(side for side in part.arguments if variable not in free_symbols(side)))
    found.update(dict.fromkeys(one for one in _symbols(claim.statement) if one.sort == REAL and one != variable))
    found.update(dict.fromkeys((ZERO, ONE, Number(-1))))
    yield from found


def _from(claim: Claim, variable: Symbol, base: Term, work: Work, depth: int) -> Certificate | None:
    for rising in (True, False):
        weakly = Claim(from_point(variable, base, rising=rising, strict=False), claim.hypotheses)
        if attempts.quick(weakly, work) is not None:
            return _along(claim, variable, base, rising, work, depth)
    on = Apply("<=", (base, variable))
    yes = _along(Claim(claim.statement, (*claim.hypotheses, on)), variable, base, True, work, depth)
    if yes is None:
        return None
    no = _along(Claim(claim.statement, (*claim.hypotheses, opposite_of(on))), variable, base, False, work, depth)
    return None if no is None else Cases(on, yes, no)


def _along(claim: Claim, variable: Symbol, base: Term, rising: bool, work: Work, depth: int) -> Certificate | None:
    sides = sides_of(claim.statement, variable, base)
    for strict in (True, False) if sides[2] == "<" else (False,):
        slope = slopes_claimed(sides, variable, rising=rising, strict=strict)
        opened = Claim(slope, known_beyond(claim.hypotheses, variable, base, rising=rising, strict=True))
        changed = differentiated(slope)[0]
        if not seems(Claim(changed, opened.hypotheses)):
            continue
        order = _shown(Claim(from_point(variable, base, rising=rising, strict=strict), claim.hypotheses), work)
        start = _shown(Claim(start_claimed(sides, variable, base, strict=strict), claim.hypotheses), work)
        if order is None or start is None:
            continue
        shown = _slope(opened, work, depth)
        if shown is None:
            continue
        closed = known_beyond(claim.hypotheses, variable, base, rising=rising, strict=False)
        links = [
            Link(condition, discharged(Claim(condition, closed), proof, work))
            for condition in undischarged(definedness(variable, *sides[:2]), closed)
            if (proof := _shown(Claim(condition, closed), work, _DEFINED)) is not None
        ]
        found = MeanValue(variable, base, rising, strict, order, Inside(tuple(links), shown), start)
        check(claim, found, AXIOMS)
        return found
    return None


def _slope(claim: Claim, work: Work, depth: int) -> Certificate | None:
    """How the derivatives compare: their difference has a sign, or is again followed from a point."""
    statement, _ = differentiated(claim.statement)
    known = (*claim.hypotheses, *obligations(claim.statement))
    inner = Claim(statement, known)
    proof = _shown(inner, work) if seems(inner) else None
    if proof is None and depth + 1 < _DEPTH and _is_of_the_class(statement):
        proof = _from_a_point(inner, work, depth + 1)
    if proof is None and _is_order(statement):
        proof = _shown(inner, work, (positivstellensatz.decide,))
    if proof is None:
        return None
    return discharged(claim, WhereDefined(Differentiated(proof)), work)


def _shown(claim: Claim, work: Work, searches: tuple[attempts.Search, ...] = _PLAIN) -> Certificate | None:
    """A proof by procedures that are given little work each."""
    for search in searches:
        own = Work(min(_TRY, work.limit - work.spent))
        try:
            found = search(claim, own)
            if found is not None:
                check(claim, found, AXIOMS)
                return found
        except (OutOfWork, Rejected, TermError, IllSorted):
            continue
        finally:
            work.spend(min(own.spent, work.limit - work.spent))
    if work.spent >= work.limit:
        raise OutOfWork
    return None
