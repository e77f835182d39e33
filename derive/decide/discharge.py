"""Definedness conditions that the hypotheses imply, proved away."""

from __future__ import annotations

from derive.kernel.certificate import Certificate, Discharge, Link, Rejected
from derive.kernel.claim import Claim
from derive.kernel.term import IllSorted, Term, TermError

from . import logic
from .work import OutOfWork, Work


def discharge(claim: Claim, certificate: Certificate, conditions: tuple[Term, ...], work: Work) -> Certificate:
    """The certificate with proofs of those conditions that the hypotheses imply; itself where none is proved."""
    links = []
    for condition in conditions:
        try:
            proof = logic.prove(Claim(condition, claim.hypotheses), work)
        except (Rejected, IllSorted, TermError, RecursionError):
            continue
        except OutOfWork:
            break
        if proof is not None:
            links.append(Link(condition, proof))
    return Discharge(certificate, tuple(links)) if links else certificate
