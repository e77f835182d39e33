"""Definitions and equations among the hypotheses, written into the claim.

**Decides** nothing by itself.
**Method**: symbols that a hypothesis equates to a term without them are replaced, one hypothesis after the other, latest first; then the elementary
procedures are asked.
**Certificate**: Rewrite.
**Gives up when** no replacement makes the claim elementary.

Example: D = w - v entails L(v + D) = L(v + (w - v)).
"""

from __future__ import annotations

from dataclasses import replace

from derive.kernel.certificate import Certificate, Rewrite
from derive.kernel.claim import Claim
from derive.kernel.term import Apply, Symbol, Term, TermError, free_symbols, substitute

from . import attempts
from .work import Work


def decide(claim: Claim, work: Work) -> Certificate | None:
    """Rewrites around an elementary certificate."""
    steps: list[tuple[int, bool]] = []
    current = claim
    for index in range(len(claim.hypotheses) - 1, -1, -1):
        direction = _direction(claim.hypotheses[index], current.statement)
        if direction is None:
            continue
        reverse, old, new = direction
        try:
            statement = substitute(current.statement, {old: new})
        except TermError:
            continue
        steps.append((index, reverse))
        current = replace(current, statement=statement)
    if not steps:
        return None
    proof = attempts.prove(current, work)
    if proof is None:
        return None
    for index, reverse in reversed(steps):
        proof = Rewrite(index, reverse, proof)
    return proof


def _direction(hypothesis: Term, statement: Term) -> tuple[bool, Term, Term] | None:
    """(reverse, replaced, by) for an equation with a symbol of the statement alone on a side."""
    if not isinstance(hypothesis, Apply) or hypothesis.head != "=":
        return None
    left, right = hypothesis.arguments
    symbols = free_symbols(statement)
    if isinstance(left, Symbol) and left in symbols and left not in free_symbols(right):
        return False, left, right
    if isinstance(right, Symbol) and right in symbols and right not in free_symbols(left):
        return True, right, left
    return None
