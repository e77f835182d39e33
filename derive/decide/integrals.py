"""Definite integrals by antiderivatives.

**Decides** claims with integrals of elementary functions over bounded intervals on which they are defined, as far as those of the values are decided; comparisons of two
integrals over the same bounds, as far as those of the integrands are.
**Method** an antiderivative, found by SymPy's rules or, of values of smooth functions, by `segments`; the kernel checks that its derivative is the integrand, and
that both are defined and continuous between the bounds. Of two integrals, one is not above the other if its integrand is not.
**Certificate** Integrated for each integral, around a proof of the claim without them; Compared.
**Gives up when** no antiderivative is found, it is not shown to be one, or the claim about its values is not decided.
Example: the integral of 3 (x + 1)^2 from 0 to 2 is 26, by (x + 1)^3.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from derive.decide import attempts, calculus, elementary, instances, logic, segments, values, vectors
from derive.decide.discharge import discharged
from derive.decide.work import Work
from derive.kernel.certificate import Certificate, Compared, Inside, Integrated, Link, Rejected, Sign, Square, Squares
from derive.kernel.check import check, undischarged
from derive.kernel.claim import Claim
from derive.kernel.integration import between, compared, definedness, parts_of, slope_claimed, value_of
from derive.kernel.sorting import is_scalar, sort_of
from derive.kernel.term import Apply, IllSorted, Matrix, Symbol, Term, TermError, free_symbols, substitute, subterms
from derive.theories import AXIOMS

MAXIMUM_INTEGRALS = 6
INSTANCES_LIMIT = 4_000  # units of work for the instances under an integral
_VALUES = frozenset({"apply", "gradient", "hessian", "partial"})


def decide(claim: Claim, work: Work) -> Certificate | None:
    """Integrated around a proof of the claim without integrals."""
    integral = next(
        (part for part in subterms(claim.statement) if _is_integral(part) and not _has_integral(part)), None
    )
    if integral is None or sum(_is_integral(part) for part in subterms(claim.statement)) > MAXIMUM_INTEGRALS:
        return None
    try:
        found = _by_antiderivative(claim, integral, work)
    except (Rejected, TermError, IllSorted):
        found = None
    return found or _by_integrands(claim, work)


def _by_integrands(claim: Claim, work: Work) -> Certificate | None:
    """One integral beside another, by what is integrated."""
    try:
        body, variable, lower, upper, other = compared(claim.statement, claim.hypotheses)
        order = prove(Claim(Apply("<=", (lower, upper)), claim.hypotheses), work)
        defined = defined_between(claim, (body, other), (variable, lower, upper), work)
        if order is None or defined is None:
            return None
        opened = Claim(Apply("<=", (body, other)), (*claim.hypotheses, *between(variable, lower, upper, strict=True)))
        proof = _below(opened, work)
        return None if proof is None else Compared(order, Inside(defined, discharged(opened, proof, work)))
    except (Rejected, TermError, IllSorted):
        return None


def _below(claim: Claim, work: Work) -> Certificate | None:
    """One integrand below the other: under the instances of what is said of all values, which may speak of the variable."""
    instantiated, parts = instances.instantiated(claim, INSTANCES_LIMIT)
    proof = next((one for one in _by_norms(instantiated) if _is_shown(instantiated, one)), None)
    proof = proof or prove(instantiated, work)
    return None if proof is None else instances.gathered(proof, parts)


def _by_norms(claim: Claim) -> Iterator[Certificate]:
    """Cauchy-Schwarz for the norms that the greater side has, and hypotheses times one of them."""
    assert isinstance(claim.statement, Apply)  # an order
    lesser, greater = claim.statement.arguments
    norms = list(
        dict.fromkeys(part for part in subterms(claim.statement) if isinstance(part, Apply) and part.head == "norm")
    )
    for one, other in combinations(norms, 2):
        columns = [_column(part.arguments[0]) for part in (one, other)]
        if sort_of(columns[0]) == sort_of(columns[1]):
            squared = Squares((Square(vectors.HALF, (), vectors.bivector(*columns)),))
            found = vectors.comparison(lesser, greater, squared, Sign())
            if found is not None:
                yield found
    for index, hypothesis in enumerate(claim.hypotheses):
        if any(part in norms for part in subterms(hypothesis)):
            yield from (Squares((Square(norm, (index,)),)) for norm in norms)


def _column(vector: Term) -> Term:
    sort = sort_of(vector)
    return Apply("transpose", (vector,)) if isinstance(sort, Matrix) and sort.rows == 1 else vector


def _is_shown(claim: Claim, certificate: Certificate) -> bool:
    try:
        check(claim, certificate, AXIOMS)
    except Rejected:
        return False
    return True


def _is_integral(term: Term) -> bool:
    return isinstance(term, Apply) and term.head == "integral"


def _has_integral(term: Term) -> bool:
    return any(_is_integral(part) for part in subterms(term) if part != term)


def _by_antiderivative(claim: Claim, integral: Term, work: Work) -> Certificate | None:
    body, variable, lower, upper = parts_of(integral, claim.hypotheses)
    if any(isinstance(part, Apply) and part.head in {"notation", "limit", "sum"} for part in subterms(integral)):
        return None
    symbols = free_symbols(lower) | free_symbols(upper)
    known = not symbols or any(symbols & free_symbols(one) for one in claim.hypotheses)
    order = prove(Claim(Apply("<=", (lower, upper)), claim.hypotheses), work) if known else None
    ends = [(lower, upper)] if order is not None else [(lower, upper), (upper, lower)]
    for antiderivative in antiderivatives(body, variable, work):
        work.spend(200)
        value = value_of(antiderivative, variable, lower, upper)
        changed = Claim(substitute(claim.statement, {integral: value}), claim.hypotheses)
        inner = decide(changed, work) if _has_integral(changed.statement) else prove(changed, work)
        if inner is None:
            continue
        sides = [_inside(claim, body, antiderivative, variable, least, greatest, work) for least, greatest in ends]
        if all(side is not None for side in sides):
            return Integrated(integral, antiderivative, order, tuple(side for side in sides if side is not None), inner)
    return None


def _inside(
    claim: Claim, body: Term, antiderivative: Term, variable: Symbol, least: Term, greatest: Term, work: Work
) -> Inside | None:
    defined = defined_between(claim, (body, antiderivative), (variable, least, greatest), work)
    if defined is None:
        return None
    opened = Claim(
        slope_claimed(body, antiderivative, variable),
        (*claim.hypotheses, *between(variable, least, greatest, strict=True)),
    )
    slope = calculus.decide(opened, work)
    if slope is None:
        return None
    return Inside(defined, discharged(opened, slope, work))


def defined_between(
    claim: Claim, terms: tuple[Term, ...], ends: tuple[Symbol, Term, Term], work: Work
) -> tuple[Link, ...] | None:
    """That terms are defined between the bounds; None where it is not shown."""
    closed = (*claim.hypotheses, *between(*ends, strict=False))
    links: list[Link] = []
    for condition in undischarged(definedness(ends[0], *terms), closed):
        proof = prove(Claim(condition, closed), work)
        if proof is not None:
            links.append(Link(condition, proof))
        elif ends[0] in free_symbols(condition):
            return None
    return tuple(links)


def prove(claim: Claim, work: Work) -> Certificate | None:
    """A proof of a claim without integrals."""
    return attempts.any_of((attempts.prove, elementary.decide, values.decide, logic.prove), claim, work)


def _is_beyond_sympy(term: Term) -> bool:
    """Vectors, and functions that are not known."""
    return (isinstance(term, Apply) and term.head in _VALUES) or not is_scalar(sort_of(term))


def antiderivatives(body: Term, variable: Symbol, work: Work) -> Iterator[Term]:
    """Antiderivatives, as far as they are found: with logarithms of what may be positive, and of what may be negative."""
    if any(_is_beyond_sympy(part) for part in subterms(body)):
        found = segments.antiderivative(body, variable, work)
        if found is not None:
            yield found
        return
    import sympy
    from sympy.integrals.manualintegrate import manualintegrate

    from derive.sympy_bridge import BridgeError, from_sympy, to_sympy

    try:
        expression, symbol = to_sympy(body), to_sympy(variable)
        found = manualintegrate(expression, symbol)
        found = found.replace(sympy.Piecewise, lambda *pieces: pieces[0].args[0])
        if found.has(sympy.Integral):
            return
        sorts = {one.name: one.sort for one in free_symbols(body) | {variable}}
        yield from_sympy(found, sorts)
        if found.has(sympy.log):
            for other in (lambda inside: sympy.log(-inside), lambda inside: sympy.log(sympy.Abs(inside))):
                yield from_sympy(found.replace(sympy.log, other), sorts)
    except (BridgeError, ArithmeticError, AttributeError, RecursionError, TypeError, ValueError):
        return
