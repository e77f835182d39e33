"""Definite matrices by their forms.

**Decides** that M is positive definite or semidefinite, for every size, where y^T M y > 0 or >= 0 is provable for a column y of which nothing is known: sums and
congruences of matrices that are definite by hypothesis, differences of such (Loewner's order), Gram matrices, bounds as of Cauchy and Schwarz.
**Method** the definition (Horn, Johnson, Matrix Analysis, 7.1): M^T = M by the elementary procedures, then the form by them.
**Certificate** `ByForm`. **Gives up** where one of the two is not shown, as of the inverses of matrices in Loewner's order.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

from derive.kernel.certificate import ByForm, Certificate, Lemma, Sign
from derive.kernel.claim import Claim
from derive.kernel.sorting import DEFINITE, is_scalar, sort_of
from derive.kernel.term import ZERO, Apply, Constant, Matrix, Size, Symbol, equal, free_symbols, multiply

from .work import Work

Prover = Callable[[Claim, Work], Certificate | None]


def decide(claim: Claim, work: Work, prove: Prover) -> Certificate | None:
    """M is definite by definition; a determinant is positive, as that of a definite matrix."""
    statement = claim.statement
    if not isinstance(statement, Apply):
        return None
    if statement.head in DEFINITE:
        return _by_form(statement, claim, work, prove)
    if statement.head in {">", "!="} and statement.arguments[1] == ZERO:
        inside = statement.arguments[0]
        if isinstance(inside, Apply) and inside.head == "det" and not is_scalar(sort_of(inside.arguments[0])):
            definite = Apply("positive_definite", inside.arguments)
            shown = _by_form(definite, claim, work, prove)
            return None if shown is None else Lemma(definite, shown, Sign())
    return None


def new_column(claim: Claim, length: Size) -> Symbol:
    """A column of which the claim says nothing."""
    used = {one.name for term in (claim.statement, *claim.hypotheses) for one in free_symbols(term)}
    name = next(name for number in count() if (name := f"y_{number}" if number else "y") not in used)
    return Symbol(name, Matrix(length, 1))


def _by_form(statement: Apply, claim: Claim, work: Work, prove: Prover) -> ByForm | None:
    (matrix,) = statement.arguments
    square = sort_of(matrix)
    assert isinstance(square, Matrix)
    column = new_column(Claim(statement, claim.hypotheses), square.rows)
    transposed = Apply("transpose", (matrix,))
    symmetric = prove(Claim(equal(transposed, matrix), claim.hypotheses), work)
    if symmetric is None:
        return None
    form = multiply(Apply("transpose", (column,)), matrix, column)
    known, head = claim.hypotheses, ">="
    if statement.head == "positive_definite":
        known, head = (*known, Apply("!=", (column, Constant("zero", column.sort)))), ">"
    proof = prove(Claim(Apply(head, (form, ZERO)), known), work)
    return None if proof is None else ByForm(column, symmetric, proof)
