"""The procedures that search for proofs and counterexamples. They are never believed: the kernel checks what they find."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from derive.kernel.certificate import Certificate, Refutation
from derive.kernel.claim import Claim

from . import (
    algebraic,
    attempts,
    axioms,
    calculus,
    cancellation,
    constants,
    coordinates,
    counterexample,
    cover,
    determinants,
    directed,
    elementary,
    elimination,
    equal_squares,
    equations,
    factors,
    gram,
    identity,
    induction,
    integers,
    integrals,
    limits,
    linear,
    logic,
    mean_value,
    optima,
    places,
    positivstellensatz,
    powers,
    radicals,
    residuals,
    rewriting,
    shifts,
    sign,
    singular_values,
    squares,
    substitutions,
    taylor,
    termwise,
    univariate,
    values,
    vectors,
    words,
)
from .work import OutOfWork, Work

Finding = Certificate | Refutation | None


@dataclass(frozen=True)
class Procedure:
    """`decide(claim, work)` searches; `phrase` says in the report how a claim was proved."""

    name: str
    phrase: str
    decide: Callable[[Claim, Work], Finding]


PROCEDURES: tuple[Procedure, ...] = (
    Procedure("sign", "by the signs of its parts", sign.decide),
    Procedure("powers", "because powers increase", powers.decide),
    Procedure("residuals", "because the difference is a square", residuals.decide),
    Procedure("identity", "by normal form", identity.plain),
    Procedure("univariate", "by the signs of polynomials on all pieces of the line", univariate.decide),
    Procedure("elimination", "with the equations in scope solved and put in", elimination.decide),
    Procedure("radicals", "with roots in lowest terms", radicals.decide),
    Procedure("equations", "in the ideal of the equations in scope", equations.decide),
    Procedure("words", "by products of matrices, modulo the equations in scope", words.decide),
    Procedure("determinants", "by determinants of factors", determinants.decide),
    Procedure("identity", "by normal form, modulo the equations in scope", identity.modulo),
    Procedure("taylor", "by Taylor's theorem", taylor.decide),
    Procedure("squares", "as a sum of squares", squares.by_gram_matrix),
    Procedure("shifts", "with variables measured from their bounds", shifts.shifted),
    Procedure("linear", "linearly from the hypotheses", linear.decide),
    Procedure("shifts", "with variables measured from their bounds", shifts.in_every_order),
    Procedure("cover", "by enclosures on boxes", cover.quick),
    Procedure("values", "with the values of the parts without letters", values.decide),
    Procedure("algebraic", "by the equations that its roots and angles satisfy", algebraic.decide),
    Procedure("elementary", "by the laws of elementary functions", elementary.decide),
    Procedure("squares", "as a sum of squares", squares.by_binomials),
    Procedure("unequal", "because one side is greater", linear.unequal),
    Procedure("cancellation", "by the hypotheses whose values cancel", cancellation.decide),
    Procedure("termwise", "position by position", termwise.decide),
    Procedure("optima", "by a square about the best point", optima.decide),
    Procedure("vectors", "by squares of vectors", vectors.decide),
    Procedure("gram", "by squares of combinations of vectors", gram.decide),
    Procedure("definite", "by the form of a column", attempts.definite_matrix),
    Procedure("equal_squares", "because the squares are equal", equal_squares.decide),
    Procedure("singular_values", "by the images of a column", singular_values.decide),
    Procedure("coordinates", "entry by entry", coordinates.decide),
    Procedure("factors", "with the definite matrix as a product R^T R", factors.decide),
    Procedure("pieces", "by the parts of its minimum or maximum", attempts.extremes),
    Procedure("places", "place by place", places.decide),
    Procedure("rewriting", "by the definitions in scope", rewriting.decide),
    Procedure("mean_value", "by derivatives from a point on", mean_value.decide),
    Procedure("axioms", "from the axioms of its theory", axioms.decide),
    Procedure("calculus", "by the rules of differentiation", calculus.decide),
    Procedure("substitutions", "by a change of variable", substitutions.decide),
    Procedure("integrals", "by an antiderivative", integrals.decide),
    Procedure("induction", "by induction", induction.decide),
    Procedure("limits", "by derivatives at the point", limits.decide),
    Procedure("cover", "by enclosures on boxes", cover.decide),
    Procedure("integers", "because whole numbers differ by 1 or more", integers.decide),
    Procedure("positivstellensatz", "by sums of squares with the hypotheses as multipliers", positivstellensatz.decide),
    Procedure("logic", "part by part", logic.decide),
)

# A hunt for a witness runs beside every proof attempt and shares no code with it.
HUNT: tuple[Procedure, ...] = (
    Procedure("counterexample", "by a counterexample", counterexample.decide),
    Procedure("univariate", "by a point of a piece of the line", univariate.witness),
    Procedure("constants", "because no constants exist", constants.decide),
)
# Before the first procedure that takes long.
FURTHER_HUNT: tuple[Procedure, ...] = (Procedure("directed", "by a counterexample", directed.quick),)
LONG = ("unequal", "elimination")  # of inequalities alone; where an equation or a connective occurs
SLOW = frozenset({"positivstellensatz", "gram"})  # not asked beside a witness: what it does is not counted as finely
# After all proof attempts have failed.
REFUTERS: tuple[Procedure, ...] = (
    Procedure("counterexample", "by a counterexample", counterexample.brief),
    *HUNT[1:],
    *FURTHER_HUNT,
    Procedure("directed", "by a counterexample", directed.decide),
    HUNT[0],
)


def decide(claim: Claim, work: Work) -> Finding:
    """The first finding of the table, not checked."""
    for procedure in (*PROCEDURES, *REFUTERS):
        found = procedure.decide(claim, work)
        if found is not None:
            return found
    return None


__all__ = [
    "FURTHER_HUNT",
    "HUNT",
    "LONG",
    "PROCEDURES",
    "REFUTERS",
    "SLOW",
    "Finding",
    "OutOfWork",
    "Procedure",
    "Work",
    "decide",
]
