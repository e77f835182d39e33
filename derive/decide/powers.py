"""Powers of ordered bases, and powers of one base with ordered exponents.

**Decides** a^m < b^n with positive numbers m <= n as exponents, from 0 <= a < b and, where m < n, 1 < b.
**Method** the axioms of monotone powers; their premises by the quick procedures. Nothing is multiplied out.
**Certificate** AxiomInstance, a Chain of two; Lemma.
**Gives up when** the exponents are no numbers, or the first one is greater.
Example: 0 < u < v entails (u + 1)^33 < (v + 2)^55.
"""

from __future__ import annotations

from derive.kernel.certificate import AxiomInstance, Certificate, Chain, Lemma, Link, Sign
from derive.kernel.claim import Claim
from derive.kernel.term import ONE, ZERO, Apply, Number, Symbol, Term

from . import attempts
from .combination import sides
from .work import Work

_A, _B, _K = Symbol("a"), Symbol("b"), Symbol("k")


def decide(claim: Claim, work: Work) -> Certificate | None:
    """A chain of at most two instances, for an order between powers."""
    order = sides(claim.statement)
    if order is None:
        return None
    greater, smaller = _power(order[0]), _power(order[1])
    if greater is None or smaller is None or smaller[1].value > greater[1].value:
        return None
    (base, least), (other, most) = smaller, greater
    premises = [Apply("<=", (ZERO, base)), Apply("<", (base, other)), Apply(">", (least, ZERO))]
    first = _instance("power_increases", {_A: base, _B: other, _K: least}, premises, claim, work)
    if first is None:
        return None
    middle = Apply("^", (other, least))
    strict = Apply("<", (order[1], order[0]))
    proof: Certificate = first
    if least != most:
        premises = [Apply("<", (ONE, other)), Apply("<", (least, most))]
        second = _instance("power_of_larger_exponent", {_A: least, _B: other, _K: most}, premises, claim, work)
        if second is None:
            return None
        proof = Chain((Link(Apply("<", (order[1], middle)), first), Link(Apply("<", (middle, order[0])), second)))
    return proof if claim.statement == strict else Lemma(strict, proof, Sign())


def _power(term: Term) -> tuple[Term, Number] | None:
    if isinstance(term, Apply) and term.head == "^" and isinstance(term.arguments[1], Number):
        return (term.arguments[0], term.arguments[1]) if term.arguments[1].value > 0 else None
    return None


def _instance(
    name: str, values: dict[Symbol, Term], premises: list[Apply], claim: Claim, work: Work
) -> AxiomInstance | None:
    proofs = []
    for premise in premises:
        proof = attempts.quick(Claim(premise, claim.hypotheses), work)
        if proof is None:
            return None
        proofs.append(proof)
    ordered = tuple(sorted(values.items(), key=lambda pair: pair[0].name))
    return AxiomInstance(name, ordered, tuple(proofs))
