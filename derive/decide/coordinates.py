"""Vectors and matrices whose sizes are numbers, entry by entry.

**Decides** what the elementary procedures decide of the entries: traces, determinants and characteristic polynomials of small matrices, inequalities of their entries.
**Method** every symbol is written out; an equation of matrices is one equation an entry. Hypotheses on whole matrices are not used.
**Certificate** `Coordinates`. **Gives up** where a size is a letter, or an entry is not decided.
"""

from __future__ import annotations

from derive.kernel.certificate import Certificate, Coordinates, Rejected
from derive.kernel.claim import Claim
from derive.kernel.coordinates import coordinates
from derive.kernel.sorting import sizes_in
from derive.kernel.term import Matrix, free_symbols

from . import attempts
from .work import Work


def decide(claim: Claim, work: Work) -> Certificate | None:
    """The claim, proved entry by entry."""
    if not any(isinstance(one.sort, Matrix) for one in free_symbols(claim.statement)) or sizes_in(claim.statement):
        return None
    try:
        statements = coordinates(claim.statement)
    except Rejected:
        return None
    proofs: list[Certificate] = []
    for statement in statements:
        proof = attempts.prove(Claim(statement, claim.hypotheses), work)
        if proof is None:
            return None
        proofs.append(proof)
    return Coordinates(tuple(proofs))
