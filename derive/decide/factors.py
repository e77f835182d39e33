"""Inequalities in the norm of a definite matrix: P = R^T R makes x^T P y the product of R x and R y, and x^T y that of R x and R^-T y.

**Decides** what the elementary procedures decide of the vectors R x and R^-T y, if nothing else of P is left.
**Method** each vector of the claim is written R^-1 u or R^T u, so that R cancels; the claim about the new vectors is proved, and these put back.
**Certificate** Factored, Rewrite and Lemma.
**Gives up when** R does not cancel, or there are more than four vectors.
Example: (x^T P y)^2 <= (x^T P x) (y^T P y) for positive definite P.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from derive.kernel.certificate import (
    Assumed,
    Certificate,
    Factored,
    Lemma,
    Rejected,
    Rewrite,
    Square,
    Squares,
)
from derive.kernel.check import check
from derive.kernel.claim import Claim
from derive.kernel.sorting import DEFINITE
from derive.kernel.term import (
    TRUE,
    Apply,
    IllSorted,
    Matrix,
    Symbol,
    Term,
    TermError,
    free_symbols,
    multiply,
    substitute,
)
from derive.theories import AXIOMS

from . import attempts
from .combination import Problem, sides
from .numbering import filled, moved
from .terms_of import Nameless
from .work import OutOfWork, Work

MAXIMUM_VECTORS = 4
ATTEMPT_LIMIT = 6_000  # units of work for one way to write the vectors


def decide(claim: Claim, work: Work) -> Certificate | None:
    """Factored, for a symbol of which a hypothesis says that it is definite."""
    order = sides(claim.statement)
    if order is None:
        return None
    for index, hypothesis in enumerate(claim.hypotheses):
        if isinstance(hypothesis, Apply) and hypothesis.head in DEFINITE:
            (matrix,) = hypothesis.arguments
            if isinstance(matrix, Symbol) and matrix in free_symbols(claim.statement):
                found = _Search(claim, matrix, hypothesis.head == "positive_definite", work).found(index)
                if found is not None:
                    return found
    return None


class _Search:
    def __init__(self, claim: Claim, matrix: Symbol, strict: bool, work: Work) -> None:
        self.claim, self.matrix, self.strict, self.work = claim, matrix, strict, work
        assert isinstance(matrix.sort, Matrix)
        self.factor = Symbol("\\factor", matrix.sort)  # no text is read as this name
        column = Matrix(matrix.sort.rows, 1)
        self.columns = sorted(
            (one for one in free_symbols(claim.statement) if one.sort == column), key=lambda one: one.name
        )

    def found(self, index: int) -> Certificate | None:
        """The claim with the matrix taken apart; the hypothesis of that number says that it is definite."""
        if not 0 < len(self.columns) <= MAXIMUM_VECTORS:
            return None
        count = len(self.claim.hypotheses)
        # What is said of matrices is of no use for the new vectors.
        known = tuple(one if sides(one) is not None else TRUE for one in self.claim.hypotheses)
        for statement, mapping in self._ways():
            own = Work(ATTEMPT_LIMIT)
            try:
                proof = attempts.prove(Claim(statement, known), own)
            except OutOfWork:
                proof = None
            finally:
                self.work.spend(min(own.spent, own.limit))
            if proof is None:
                continue
            lemma = substitute(statement, mapping)
            more = 2 if self.strict else 1
            inner = Lemma(
                lemma, moved(filled(proof, mapping), count, more), Squares((Square(multiply(), (count + more,)),))
            )
            found = Factored(self.matrix, self.factor, self.strict, Assumed(index), Rewrite(count, False, inner))
            try:
                check(self.claim, found, AXIOMS)
            except Rejected:
                continue
            return found
        return None

    def _ways(self) -> Iterator[tuple[Term, dict[Term, Term]]]:
        """The claim about new vectors, and what these are."""
        transposed = Apply("transpose", (self.factor,))
        factored = multiply(transposed, self.factor)
        backward = Apply("inverse", (transposed,))
        order = sides(self.claim.statement)
        assert order is not None
        for dual in product((False, True), repeat=len(self.columns)):
            if any(dual) and not self.strict:
                continue
            mapping: dict[Term, Term] = {self.matrix: factored}
            back: dict[Term, Term] = {}
            for column, is_dual in zip(self.columns, dual, strict=True):
                new = Symbol(f"\\seen {column.name}", column.sort)
                mapping[column] = multiply(transposed if is_dual else Apply("inverse", (self.factor,)), new)
                back[new] = multiply(backward if is_dual else self.factor, column)
            problem = Problem(Claim(self.claim.statement), self.work)
            try:
                greater, smaller = (problem.names.form(problem.form(substitute(side, mapping))) for side in order[:2])
            except (Rejected, IllSorted, TermError, Nameless):
                continue
            statement = Apply("<" if order[2] else "<=", (smaller, greater))
            if self.factor not in free_symbols(statement):
                yield statement, back
