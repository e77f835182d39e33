"""Definite integrals by antiderivatives.

**Decides** claims with integrals of elementary functions over bounded intervals on which they are defined, as far as those of the values are decided.
**Method** an antiderivative, found by SymPy's rules; the kernel checks that its derivative is the integrand, and that both are defined and continuous between the bounds.
**Certificate** Integrated for each integral, around a proof of the claim without them.
**Gives up when** no antiderivative is found, it is not shown to be one, or the claim about its values is not decided.
Example: the integral of 3 (x + 1)^2 from 0 to 2 is 26, by (x + 1)^3.
"""

from __future__ import annotations

from collections.abc import Iterator

from derive.decide import attempts, calculus, elementary, logic, values
from derive.decide.discharge import discharge
from derive.decide.work import OutOfWork, Work
from derive.kernel.certificate import Certificate, Inside, Integrated, Link, Rejected
from derive.kernel.check import check, undischarged
from derive.kernel.claim import Claim
from derive.kernel.integration import between, definedness, parts_of, slope_claimed, value_of
from derive.kernel.term import Apply, IllSorted, Symbol, Term, TermError, free_symbols, substitute, subterms
from derive.theories import AXIOMS

MAXIMUM_INTEGRALS = 6


def decide(claim: Claim, work: Work) -> Certificate | None:
    """Integrated around a proof of the claim without integrals."""
    integral = next(
        (part for part in subterms(claim.statement) if _is_integral(part) and not _has_integral(part)), None
    )
    if integral is None or sum(_is_integral(part) for part in subterms(claim.statement)) > MAXIMUM_INTEGRALS:
        return None
    try:
        return _by_antiderivative(claim, integral, work)
    except (Rejected, TermError, IllSorted):
        return None


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
    for antiderivative in _antiderivatives(body, variable):
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
    closed = (*claim.hypotheses, *between(variable, least, greatest, strict=False))
    links: list[Link] = []
    for condition in undischarged(definedness(body, antiderivative, variable), closed):
        proof = prove(Claim(condition, closed), work)
        if proof is not None:
            links.append(Link(condition, proof))
        elif variable in free_symbols(condition):
            return None
    opened = Claim(
        slope_claimed(body, antiderivative, variable),
        (*claim.hypotheses, *between(variable, least, greatest, strict=True)),
    )
    slope = calculus.decide(opened, work)
    if slope is None:
        return None
    return Inside(tuple(links), _discharged(opened, slope, work))


def _discharged(claim: Claim, certificate: Certificate, work: Work) -> Certificate:
    """With what is left to show, which may not speak of the variable, shown too."""
    return discharge(claim, certificate, check(claim, certificate, AXIOMS), work)


def prove(claim: Claim, work: Work) -> Certificate | None:
    """A proof of a claim without integrals."""
    for search in (attempts.prove, elementary.decide, values.decide, logic.prove):
        try:
            found = search(claim, work)
            if found is not None:
                check(claim, found, AXIOMS)
                return found
        except (Rejected, TermError, IllSorted, OutOfWork):
            continue
    return None


def _antiderivatives(body: Term, variable: Symbol) -> Iterator[Term]:
    """Antiderivatives, as far as they are found: with logarithms of what may be positive, and of what may be negative."""
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
