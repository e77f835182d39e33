"""Powers of ordered bases, and powers of one base with ordered exponents.

**Decides** a^m < b^n with positive numbers m <= n as exponents, from 0 <= a < b and, where m < n, 1 < b; a^k < b^k for odd k from a < b. Of other claims nothing completely: those that
hold whatever powers of high exponents are, between 0, 1 and each other.
**Method** the axioms of monotone powers; their premises by the quick procedures. Nothing is multiplied out: in other claims each power is a symbol.
**Certificate** AxiomInstance, a Chain of two; Lemma around that of the claim.
**Gives up when** the exponents are no numbers, or the first one is greater; no exponent is high.
Example: 0 < u < v entails (u + 1)^33 < (v + 2)^55.
"""

from __future__ import annotations

from dataclasses import replace

from derive.kernel.certificate import AxiomInstance, Cases, Certificate, Chain, Lemma, Link, Sign, Square, Squares
from derive.kernel.claim import Claim
from derive.kernel.sign import opposite_of
from derive.kernel.term import ONE, ZERO, Apply, Number, Symbol, Term, substitute, subterms

from . import attempts
from .combination import sides
from .numbering import filled
from .work import Work

_A, _B, _K = Symbol("a"), Symbol("b"), Symbol("k")


HIGH = 10
MAXIMUM_POWERS = 4


def decide(claim: Claim, work: Work) -> Certificate | None:
    """A chain of at most two instances, for an order between powers; another claim by what is known of the powers in it."""
    return _between(claim, work) or _odd(claim, work) or _in_symbols(claim, work)


def _odd(claim: Claim, work: Work) -> Certificate | None:
    """a^k < b^k for an odd k from a < b: for 0 <= a, for a < 0 <= b, and for b < 0 by (-b)^k < (-a)^k."""
    order = sides(claim.statement)
    if order is None or not order[2]:
        return None
    (other, power), (base, least) = _power(order[0]) or (ZERO, ONE), _power(order[1]) or (ZERO, ONE)
    if least != power or power.value < 3 or power.value.denominator > 1 or not power.value.numerator % 2:
        return None
    if attempts.quick(Claim(Apply("<", (base, other)), claim.hypotheses), work) is None:
        return None
    count = len(claim.hypotheses)
    above, below = Apply("<=", (ZERO, base)), Apply("<=", (ZERO, other))
    first = _between(replace(claim, hypotheses=(*claim.hypotheses, above)), work)
    negative = replace(claim, hypotheses=(*claim.hypotheses, opposite_of(above)))
    turned = Apply("<", tuple(Apply("^", (Apply("negate", (part,)), power)) for part in (other, base)))
    mirrored = replace(negative, statement=turned, hypotheses=(*negative.hypotheses, opposite_of(below)))
    third = _between(mirrored, work)
    if first is None or third is None:
        return None
    middle = Link(Apply("<", (order[1], ZERO)), Sign()), Link(Apply("<=", (ZERO, order[0])), Sign())
    second: Certificate = Chain(middle)
    if claim.statement != Apply("<", (order[1], order[0])):
        second = Lemma(Apply("<", (order[1], order[0])), second, Sign())
    back = Squares((Square(ONE, (count + 2,)),))
    return Cases(above, first, Cases(below, second, Lemma(turned, third, back)))


def _between(claim: Claim, work: Work) -> Certificate | None:
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


def _in_symbols(claim: Claim, work: Work) -> Certificate | None:
    """The claim with symbols for its powers, of which is known whether they are above 0 and 1."""
    if sides(claim.statement) is None:
        return None
    powers = [part for part in subterms(claim.statement) if isinstance(part, Apply) and _is_high_power(part)]
    if not 1 <= len(powers) <= MAXIMUM_POWERS:
        return None
    known = claim
    lemmas: list[tuple[Term, Certificate]] = []

    def add(statement: Term, proof: Certificate) -> None:
        nonlocal known
        lemmas.append((statement, proof))
        known = replace(known, hypotheses=(*known.hypotheses, statement))

    for power in powers:
        base, exponent = power.arguments
        one = Apply("^", (ONE, exponent))
        positive = Apply(">", (power, ZERO))
        shown = attempts.quick(Claim(Apply(">", (base, ZERO)), known.hypotheses), work)
        if shown is None:
            continue
        add(Apply(">", (base, ZERO)), shown)
        add(positive, Sign())
        for compared in ((power, one), (one, power)):
            proof = _between(Claim(Apply("<", compared), known.hypotheses), work)
            if proof is not None:
                add(Apply("<", compared), proof)
                as_one = Squares((Square(ONE, (len(known.hypotheses) - 1,)),))
                add(Apply("<", tuple(ONE if part == one else part for part in compared)), as_one)
                break
    letters: dict[Term, Term] = {power: Symbol(f"power {index}") for index, power in enumerate(powers)}
    if not lemmas:
        return None
    found = attempts.prove(
        Claim(substitute(claim.statement, letters), tuple(substitute(one, letters) for one in known.hypotheses)), work
    )
    if found is None:
        return None
    proof = filled(found, {letter: power for power, letter in letters.items()})
    for statement, shown in reversed(lemmas):
        proof = Lemma(statement, shown, proof)
    return proof


def _is_high_power(term: Apply) -> bool:
    power = _power(term)
    return power is not None and power[1].value.denominator == 1 and power[1].value >= HIGH


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
