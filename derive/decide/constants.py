"""No constants exist: "there are constants such that for all w" fails for a concrete function.

**Decides** equations `f(w) = e` with e affine in undetermined constants.
**Method** concrete polynomials for f, base points 0, the parameters on the grid {0, 1, 2}; the left null space of the coefficients of the constants,
exactly; a vector in it that does not annihilate the rest contradicts every choice of the constants.
**Certificate** Inconsistent: the function, the points, the weights.
**Gives up when** no function of the list contradicts the equation on the grid.
Example: L(w) = C_0 + C_1 (w_1 - w_1k): L = w_1^2 at w_1 = 0, 1, 2 with weights 1, -2, 1 gives 2 = 0.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import product

from derive.decide.accepted import refutes
from derive.decide.candidates import functions
from derive.decide.work import Work
from derive.kernel.certificate import Inconsistent
from derive.kernel.claim import Claim
from derive.kernel.evaluation import Undecided, Undefined, evaluate
from derive.kernel.term import ZERO, Apply, Function, Number, Scalar, Symbol, Term, free_symbols, subtract


def decide(claim: Claim, work: Work) -> Inconsistent | None:
    """Points and weights that leave no choice of the constants."""
    statement = claim.statement
    if not claim.constants or not isinstance(statement, Apply) or statement.head != "=":
        return None
    others = sorted(free_symbols(statement) - {*claim.constants, *claim.parameters}, key=lambda symbol: symbol.name)
    unknown = [symbol for symbol in others if isinstance(symbol.sort, Function)]
    fixed = [symbol for symbol in others if isinstance(symbol.sort, Scalar)]
    if len(unknown) != 1 or len(fixed) + 1 != len(others) or len(claim.parameters) > 3:
        return None
    difference = subtract(*statement.arguments)
    for function in functions(unknown[0].sort, {}):
        assignment: tuple[tuple[Symbol, Term], ...] = ((unknown[0], function), *((symbol, ZERO) for symbol in fixed))
        found = _contradiction(claim, difference, assignment, work)
        if found is not None:
            return found
    return None


def _contradiction(
    claim: Claim, difference: Term, assignment: tuple[tuple[Symbol, Term], ...], work: Work
) -> Inconsistent | None:
    grid = sorted(product((0, 1, 2), repeat=len(claim.parameters)), key=lambda point: (sum(point), point[::-1]))
    rows: list[list[Fraction]] = []
    values: list[Fraction] = []
    for point in grid:
        work.spend(20)
        at = dict(assignment) | {symbol: Number(number) for symbol, number in zip(claim.parameters, point, strict=True)}
        try:
            rest = evaluate(difference, at | dict.fromkeys(claim.constants, ZERO), {})
            slopes = [
                evaluate(difference, at | {one: Number(int(one == constant)) for one in claim.constants}, {})
                for constant in claim.constants
            ]
        except (Undefined, Undecided):
            return None
        if not isinstance(rest, Fraction) or not all(isinstance(slope, Fraction) for slope in slopes):
            return None
        rows.append([slope - rest for slope in slopes if isinstance(slope, Fraction)])
        values.append(rest)
        weights = _null(rows, values)
        if weights is None:
            continue
        used = [index for index, weight in enumerate(weights) if weight]
        found = Inconsistent(
            assignment,
            tuple(
                tuple((symbol, Number(number)) for symbol, number in zip(claim.parameters, grid[index], strict=True))
                for index in used
            ),
            tuple(Number(weights[index]) for index in used),
        )
        return found if refutes(found, claim) else None
    return None


def _null(rows: list[list[Fraction]], values: list[Fraction]) -> list[Fraction] | None:
    """Weights with weights * rows = 0 and weights * values != 0: elimination that remembers its combinations."""
    size = len(rows)
    work_rows = [[*row, value] for row, value in zip(rows, values, strict=True)]
    combinations = [[Fraction(int(i == j)) for j in range(size)] for i in range(size)]
    done = 0
    for column in range(len(rows[0])):
        pivot = next((index for index in range(done, size) if work_rows[index][column]), None)
        if pivot is None:
            continue
        for table in (work_rows, combinations):
            table[done], table[pivot] = table[pivot], table[done]
        for index in range(done + 1, size):
            factor = work_rows[index][column] / work_rows[done][column]
            if factor:
                work_rows[index] = [a - factor * b for a, b in zip(work_rows[index], work_rows[done], strict=True)]
                combinations[index] = [
                    a - factor * b for a, b in zip(combinations[index], combinations[done], strict=True)
                ]
        done += 1
    for index in range(done, size):
        if work_rows[index][-1]:
            return combinations[index]
    return None
