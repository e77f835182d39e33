"""Mathematics as data: the axioms that certificates may cite, each with its domain (its premises) and its source."""

from derive.kernel.certificate import Axiom
from derive.theories import elementary, matrices, real

AXIOMS: dict[str, Axiom] = {
    axiom.name: axiom for axiom in (*real.AXIOMS, *real.SIGNS, *elementary.AXIOMS, *matrices.AXIOMS)
}

__all__ = ["AXIOMS"]
