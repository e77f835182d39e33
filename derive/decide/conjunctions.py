"""Hypotheses that say several things at once: not a procedure of its own, but what the procedures are given.

The parts of conjunctions; x > a and x > b where x > max(a, b), x < a and x < b where x < min(a, b); the bounds of floors and ceilings.
"""

from __future__ import annotations

from dataclasses import replace

from derive.kernel.certificate import Assumed, AxiomInstance, Certificate, Lemma, Square, Squares
from derive.kernel.claim import Claim
from derive.kernel.sign import conjuncts
from derive.kernel.term import ONE, Apply, Symbol, Term, heads, subterms

from . import pieces
from .combination import sides

MAXIMUM_PARTS = 24
_BOUNDS = {"floor": ("floor_below", "floor_above"), "ceil": ("ceiling_above", "ceiling_below")}
Parts = tuple[tuple[Term, Certificate], ...]


def _rounded(statement: Term) -> list[Apply]:
    """The floors and ceilings in a statement."""
    if heads(statement).isdisjoint(_BOUNDS):
        return []
    return [part for part in subterms(statement) if isinstance(part, Apply) and part.head in _BOUNDS]


def spread(claim: Claim) -> tuple[Claim, Parts]:
    """The claim under what its hypotheses say one by one, too, and each of these with its proof from those before it."""
    known = list(claim.hypotheses)
    parts: list[tuple[Term, Certificate]] = []

    def add(statement: Term, proof: Certificate) -> None:
        if statement not in known and len(parts) < MAXIMUM_PARTS:
            known.append(statement)
            parts.append((statement, proof))

    for statement in (claim.statement, *claim.hypotheses):
        for rounded in _rounded(statement):
            (inside,) = rounded.arguments
            smaller, greater = (rounded, inside) if rounded.head == "floor" else (inside, rounded)
            bounds = Apply("<=", (smaller, greater)), Apply("<", (greater, Apply("+", (smaller, ONE))))
            for name, bounded in zip(_BOUNDS[rounded.head], bounds, strict=True):
                add(bounded, AxiomInstance(name, ((Symbol("x"), inside),)))
    index = 0
    while index < len(known):
        hypothesis = known[index]
        if isinstance(hypothesis, Apply) and hypothesis.head == "and":
            for part in conjuncts(hypothesis):
                add(part, Assumed(index))
        order = sides(hypothesis)
        if order is not None:
            greater, smaller, strict = order
            for term, word in ((smaller, "max"), (greater, "min")):
                if isinstance(term, Apply) and term.head == word and len(term.arguments) > 1:
                    for part in term.arguments:
                        pair = (part, greater) if word == "max" else (smaller, part)
                        bound = (part, term) if word == "max" else (term, part)
                        both = Squares((Square(ONE, (index,)), Square(ONE, (len(known),))))
                        shown = Lemma(Apply("<=", bound), pieces.bounded(term, part, len(known)), both)
                        add(Apply("<" if strict else "<=", pair), shown)
        index += 1
    if not parts:
        return claim, ()
    return replace(claim, hypotheses=tuple(known)), tuple(parts)


def gathered(certificate: Certificate, parts: Parts) -> Certificate:
    """The certificate under the hypotheses as they stand, from one under what they say too."""
    for statement, proof in reversed(parts):
        certificate = Lemma(statement, proof, certificate)
    return certificate
