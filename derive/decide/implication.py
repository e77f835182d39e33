"""Implications, equivalences and conjunctions, part by part.

**Decides** what the elementary procedures decide of the parts.
**Method**: p => q is q under the further hypothesis p.
**Certificate**: Introduce.
**Gives up when** a part is not proved.

Example: x > 1 => x^2 > 1.
"""

from __future__ import annotations

from dataclasses import replace

from derive.kernel.certificate import Assumed, Certificate, Introduce
from derive.kernel.claim import Claim
from derive.kernel.term import TRUE, Apply, Term

from . import attempts, axioms, rewriting
from .work import Work


def decide(claim: Claim, work: Work) -> Certificate | None:
    """Introduce for a claim with a connective."""
    statement = claim.statement
    if statement != TRUE and not (isinstance(statement, Apply) and statement.head in {"implies", "iff", "and"}):
        return None
    return prove(claim, work)


def prove(claim: Claim, work: Work) -> Certificate | None:
    """A proof of any statement, through its connectives."""
    statement = claim.statement
    if statement == TRUE:
        return Introduce(())
    if isinstance(statement, Apply):
        match statement.head:
            case "implies":
                left, right = statement.arguments
                part = prove(_under(claim, left, right), work)
                return None if part is None else Introduce((part,))
            case "iff":
                left, right = statement.arguments
                parts = [prove(_under(claim, left, right), work), prove(_under(claim, right, left), work)]
                return _introduced(parts)
            case "and":
                return _introduced([prove(replace(claim, statement=one), work) for one in statement.arguments])
    if statement in claim.hypotheses:
        return Assumed(claim.hypotheses.index(statement))
    return attempts.prove(claim, work) or rewriting.decide(claim, work) or axioms.decide(claim, work)


def _introduced(parts: list[Certificate | None]) -> Certificate | None:
    found = [part for part in parts if part is not None]
    return Introduce(tuple(found)) if len(found) == len(parts) else None


def _under(claim: Claim, hypothesis: Term, statement: Term) -> Claim:
    return replace(claim, hypotheses=(*claim.hypotheses, hypothesis), statement=statement)
