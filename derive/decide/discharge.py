"""Definedness conditions that the hypotheses imply, proved away."""

from __future__ import annotations

from derive.kernel.certificate import Certificate, Discharge, Link, Rejected
from derive.kernel.claim import Claim
from derive.kernel.term import IllSorted, Term, TermError

from . import conjunctions, instances, logic
from .work import OutOfWork, Work

_LIMIT = 20_000  # units of work for one condition


def discharge(claim: Claim, certificate: Certificate, conditions: tuple[Term, ...], work: Work) -> Certificate:
    """The certificate with proofs of those conditions that the hypotheses imply; itself where none is proved."""
    links = []
    for condition in conditions:
        instantiated, used = instances.instantiated(Claim(condition, claim.hypotheses), _LIMIT)
        spread, parts = conjunctions.spread(instantiated)
        try:
            own = Work(min(_LIMIT, work.limit))  # what one condition costs is not taken from the next
            proof = logic.prove(spread, own)
        except (Rejected, IllSorted, TermError, RecursionError, OutOfWork):
            continue
        if proof is not None:
            links.append(Link(condition, instances.gathered(conjunctions.gathered(proof, parts), used)))
    return Discharge(certificate, tuple(links)) if links else certificate
