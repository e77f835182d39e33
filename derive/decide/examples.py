"""Witnesses under quantified hypotheses: not a procedure of its own, but how the hunts are asked where there are some.

**Method** simple functions (and numbers for what else the quantified hypotheses speak of) of which these hypotheses are proved; then a witness, by the hunt that
asks, of the claim in which the functions are written out.
**Certificate** Counterexample, with the proof of each quantified hypothesis for these functions.

Example: f(x + y) = f(x) f(y) for all x, y does not entail f(a) > 4 where f(a) > 2: f = exp, a = 1.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from derive.kernel.certificate import Certificate, Coordinates, Counterexample, Refutation, Rejected
from derive.kernel.check import check
from derive.kernel.claim import Claim
from derive.kernel.coordinates import coordinates
from derive.kernel.evaluation import Undecided, Undefined, evaluate
from derive.kernel.refute import at_point, written_out
from derive.kernel.size import value
from derive.kernel.structure import with_sizes
from derive.kernel.term import (
    ONE,
    REAL,
    TWO,
    ZERO,
    Apply,
    Function,
    IllSorted,
    Lambda,
    Matrix,
    Number,
    Scalar,
    Sort,
    Symbol,
    Term,
    TermError,
    add,
    free_symbols,
    multiply,
    negate,
)
from derive.theories import AXIOMS

from . import elementary, linear, logic, squares
from .candidates import NUMBERS, by_total, functions, letters_of_sizes, literal
from .instances import is_quantified
from .work import OutOfWork, Work

MAXIMUM_TRIED = 60
MAXIMUM_EXAMPLES = 8
MAXIMUM_POINTS = 20
PROOF_LIMIT = 600  # units of work for what is quantified, of one example
NUMBERS_LIMIT = 2_000  # the same where no functions are chosen
SHARE = 4  # of the work of a hunt, for one example

Finding = Certificate | Refutation | None


@dataclass(frozen=True)
class _Example:
    """Values of which the quantified hypotheses are proved, and the proofs."""

    values: dict[Symbol, Term]
    sizes: tuple[tuple[str, int], ...]
    shown: tuple[Certificate, ...]


def under_quantifiers(hunt: Callable[[Claim, Work], Finding], claim: Claim, work: Work) -> Finding:
    """What a hunt finds, with examples for quantified hypotheses."""
    quantified = tuple(one for one in claim.hypotheses if is_quantified(one))
    if not quantified:
        return hunt(claim, work)
    symbols = frozenset().union(*(free_symbols(one) for one in (claim.statement, *claim.hypotheses)))
    named = {symbol.name: symbol for symbol in symbols}
    inside = frozenset().union(*map(free_symbols, quantified))
    numbers = frozenset(one for one in inside if isinstance(one.sort, Scalar))
    others = tuple(one for one in claim.hypotheses if free_symbols(one) and free_symbols(one) <= numbers)
    for example in _examples(quantified, others):
        sizes = dict(example.sizes)
        values = {symbol: Number(sizes[symbol.name]) for symbol in symbols if symbol.name in sizes} | example.values
        own = Work(max(1, work.limit // SHARE))
        try:
            found = hunt(_with_values(claim, values, sizes), own)
        except (OutOfWork, TermError, IllSorted, Rejected):
            continue
        if isinstance(found, Counterexample):
            rest = {named.get(symbol.name, symbol): found_value for symbol, found_value in found.assignment}
            gone = {symbol: _any_value(symbol.sort, sizes) for symbol in symbols - rest.keys() - values.keys()}
            assignment = sorted(
                (rest | gone | values).items(), key=lambda one: (isinstance(one[1], Lambda), one[0].name)
            )
            return Counterexample(tuple(assignment), tuple(sorted((dict(found.sizes) | sizes).items())), example.shown)
    return None


def _any_value(sort: Sort, sizes: Mapping[str, int]) -> Term:
    """A value of a symbol on which nothing depends."""
    if not isinstance(sort, Matrix):
        return ONE
    rows, columns = (value(one, sizes) or 1 for one in (sort.rows, sort.columns))
    return literal(((0,) * columns,) * rows)


def _with_values(claim: Claim, values: Mapping[Symbol, Term], sizes: Mapping[str, int]) -> Claim:
    """The claim without the quantified hypotheses, with values written out."""

    def written(statement: Term) -> Term:
        return with_sizes(written_out(statement, dict(values), sizes), sizes)

    return Claim(written(claim.statement), tuple(written(one) for one in claim.hypotheses if not is_quantified(one)))


@lru_cache(maxsize=100)
def _examples(quantified: tuple[Term, ...], others: tuple[Term, ...]) -> tuple[_Example, ...]:
    """Examples at which the other hypotheses on their numbers do not fail."""
    symbols = sorted(
        frozenset().union(*(free_symbols(one) for one in quantified)),
        key=lambda one: (not isinstance(one.sort, Function), one.name),
    )
    letters = letters_of_sizes(quantified)
    sizes = dict.fromkeys(letters, 2)
    choices: list[list[Term]] = []
    for symbol in symbols:
        if symbol.name in sizes:
            choices.append([Number(2)])
        elif isinstance(symbol.sort, Function):
            choices.append(_functions(symbol.sort, sizes))
        elif isinstance(symbol.sort, Scalar) and symbol.sort.domain in {"real", "integer"}:
            choices.append([one for one in NUMBERS if one.value.denominator == 1])
        else:
            return ()
    found: list[_Example] = []
    possible = (dict(zip(symbols, values, strict=True)) for values in by_total(choices))
    for values in islice((one for one in possible if not _excluded(others, one)), MAXIMUM_TRIED):
        example = _example(quantified, values, sizes)
        if example is not None:
            found.append(example)
            if len(found) >= MAXIMUM_EXAMPLES:
                break
    return tuple(found)


def _functions(sort: Function, sizes: Mapping[str, int]) -> list[Term]:
    """Functions that people think of first: lines, squares, and of a number e^x."""
    found: list[Term] = []
    for one in functions(sort, sizes):
        parameters = one.parameters
        found.append(one)
        if len(found) == 2 and len(parameters) == 1 and sort.arguments == (REAL,):
            (x,) = parameters
            bodies = (
                Apply("exp", (x,)),
                ZERO,
                negate(x),
                multiply(TWO, x),
                negate(Apply("^", (x, TWO))),
                negate(ONE),
                multiply(Number(3), x),
            )
            found += [Lambda(parameters, body) for body in bodies]
        elif len(found) == 1 and len(parameters) == 1 and isinstance(parameters[0].sort, Matrix):
            components = [Apply("component", (parameters[0], Number(position))) for position in (1, 2)]
            whole = add(*(Apply("^", (component, TWO)) for component in components))
            shapes = (
                whole,
                Apply("/", (whole, TWO)),
                negate(ONE),
                add(whole, negate(ONE)),
                add(*components),
                negate(whole),
            )
            found += [Lambda(parameters, body) for body in shapes]
    return found


def _excluded(hypotheses: tuple[Term, ...], values: Mapping[Symbol, Term]) -> bool:
    """Whether a hypothesis on numbers is false for these."""
    for hypothesis in hypotheses:
        with suppress(Undecided, Undefined):
            if evaluate(hypothesis, dict(values), {}) is False:
                return True
    return False


def _fails_somewhere(claim: Claim) -> bool:
    """Whether a few small values of the variables show that it does not hold for all."""
    symbols = sorted(free_symbols(claim.statement), key=lambda one: one.name)
    if not all(isinstance(one.sort, Scalar) for one in symbols):
        return False
    for values in islice(by_total([list(NUMBERS[:5]) for _ in symbols]), MAXIMUM_POINTS):
        with suppress(Undecided):
            try:
                if evaluate(claim.statement, dict(zip(symbols, values, strict=True)), {}) is not True:
                    return True
            except Undefined:
                return True
    return False


def _proof(claim: Claim, own: Work) -> Certificate | None:
    return logic.prove(claim, own) or elementary.decide(claim, own)


def _in_coordinates(claim: Claim) -> Certificate | None:
    """An inequality of polynomials in the entries of vectors."""
    if not any(isinstance(one.sort, Matrix) for one in free_symbols(claim.statement)):
        return None
    proofs: list[Certificate] = []
    for statement in coordinates(claim.statement):
        try:
            one, own = Claim(statement, claim.hypotheses), Work(PROOF_LIMIT)
            proof = squares.by_gram_matrix(one, own) or linear.decide(one, own)
        except OutOfWork:
            return None
        if proof is None:
            return None
        proofs.append(proof)
    return Coordinates(tuple(proofs))


def _example(quantified: tuple[Term, ...], values: Mapping[Symbol, Term], sizes: Mapping[str, int]) -> _Example | None:
    shown = []
    for hypothesis in quantified:
        try:
            claim = at_point(hypothesis, dict(values), sizes)
            if _fails_somewhere(claim):
                return None
            functions_too = any(isinstance(one, Lambda) for one in values.values())
            own = Work(PROOF_LIMIT if functions_too else NUMBERS_LIMIT)
            proof = _in_coordinates(claim) or _proof(claim, own)
            if proof is None or check(claim, proof, AXIOMS):
                return None
        except (OutOfWork, Rejected, IllSorted, TermError):
            return None
        shown.append(proof)
    return _Example(dict(values), tuple(sizes.items()), tuple(shown))
