"""Definedness conditions that the hypotheses imply, proved away."""

from __future__ import annotations

from contextlib import suppress

from derive.kernel.certificate import Certificate, Discharge, Link, Rejected
from derive.kernel.check import check
from derive.kernel.claim import Claim
from derive.kernel.term import IllSorted, Term, TermError
from derive.theories import AXIOMS

from . import conjunctions, instances, logic
from .work import OutOfWork, Work

_LIMIT = 20_000  # units of work for one condition
_DEPTH = 2


def discharge(
    claim: Claim, certificate: Certificate, conditions: tuple[Term, ...], work: Work, depth: int = 0
) -> Certificate:
    """The certificate with proofs of those conditions that the hypotheses imply; itself where none is proved.

    A condition may have conditions of its own (sqrt(x) != 0 needs x >= 0), which are shown too.
    """
    links = []
    for condition in conditions:
        instantiated, used = instances.instantiated(Claim(condition, claim.hypotheses), _LIMIT)
        spread, parts = conjunctions.spread(instantiated)
        try:
            own = Work(min(_LIMIT, work.limit))  # what one condition costs is not taken from the next
            proof = logic.prove(spread, own)
        except (Rejected, IllSorted, TermError, RecursionError, OutOfWork):
            continue
        if proof is None:
            continue
        proof = instances.gathered(conjunctions.gathered(proof, parts), used)
        shown = Claim(condition, claim.hypotheses)
        with suppress(Rejected):
            own_conditions = check(shown, proof, AXIOMS)
            if own_conditions and depth < _DEPTH:
                proof = discharge(shown, proof, own_conditions, work, depth + 1)
            links.append(Link(condition, proof))
    return Discharge(certificate, tuple(links)) if links else certificate


def discharged(claim: Claim, certificate: Certificate, work: Work) -> Certificate:
    """A certificate of a claim with what it leaves to show shown too, as far as that is found."""
    return discharge(claim, certificate, check(claim, certificate, AXIOMS), work)
