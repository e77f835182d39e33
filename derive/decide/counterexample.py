"""A witness: an exact point where the hypotheses hold, both sides are defined and the relation fails.

**Decides** nothing; finds small witnesses of false claims over numbers, vectors, matrices of small size and unknown functions.
**Method** a fixed order of candidates, few distinct and small values first, sizes 2, 1, 3; hypotheses `x = t` fix their symbol, and those on one symbol
alone choose its candidates; each candidate is evaluated exactly. Matrices of the usual kinds (diagonal, symmetric, orthogonal, skew, idempotent), and
some without a pattern, are tried after the first small ones. It shares no code with the procedures that prove.
**Certificate** Counterexample.
**Gives up when** its work is spent, or a symbol's sort has no candidates.
Example: (x + y)^2 = x^2 + y^2: x = 1, y = 1.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import islice

from derive.decide.accepted import refutes
from derive.decide.candidates import NUMBERS, by_total, functions, general, letters_of_sizes, square, vectors
from derive.decide.screening import Point, Screen, of_statement
from derive.decide.work import OutOfWork, Work
from derive.kernel.certificate import Counterexample
from derive.kernel.claim import Claim
from derive.kernel.evaluation import Undecided, Undefined, evaluate, literal_of, size_of
from derive.kernel.sign import conjuncts
from derive.kernel.sorting import is_scalar
from derive.kernel.term import (
    Apply,
    Function,
    Lambda,
    Matrix,
    Number,
    Scalar,
    Sort,
    Symbol,
    Term,
    free_symbols,
    heads,
    subterms,
)

FIRST = 60  # combinations of small matrices before those without a pattern
DRAWS = 60
MOST = 1_000  # combinations of small matrices
_STEPS = (1, 3, 5, 7, 11, 13)
BRIEF = 500  # units of work
INTEGRAL = 4_000  # what the enclosure of an integral costs
SUM = 100  # what the enclosures in a sum or product do


def decide(claim: Claim, work: Work) -> Counterexample | None:
    """The first witness in the order of candidates."""
    if claim.constants:
        return None
    for sizes in _sizes(letters_of_sizes((claim.statement, *claim.hypotheses))):
        found = _hunt(claim, sizes, work)
        if found is not None:
            return found
    return None


def _sizes(letters: list[str]) -> Iterator[dict[str, int]]:
    """All letters 2, then 1, then 2 and 3 in turn, then 3 and 2, then 3."""
    if not letters:
        yield {}
        return
    yield dict.fromkeys(letters, 2)
    yield dict.fromkeys(letters, 1)
    if len(letters) > 1:
        yield {letter: 2 + index % 2 for index, letter in enumerate(letters)}
        yield {letter: 3 - index % 2 for index, letter in enumerate(letters)}
    yield dict.fromkeys(letters, 3)


def brief(claim: Claim, work: Work) -> Counterexample | None:
    """The first witness among the first candidates."""
    own = Work(min(BRIEF, work.limit - work.spent))
    try:
        return decide(claim, own)
    except OutOfWork:
        return None
    finally:
        work.spend(min(own.spent, own.limit))


def _hunt(claim: Claim, sizes: Mapping[str, int], work: Work) -> Counterexample | None:
    statement = claim.statement
    approximate = isinstance(statement, Apply) and statement.head == "approx"
    moving = free_symbols(statement.arguments[2]) if isinstance(statement, Apply) and approximate else frozenset()
    symbols = set(free_symbols(statement))
    for hypothesis in claim.hypotheses:
        symbols |= free_symbols(hypothesis)
    # Functions vary fastest: a small point refutes with the simplest function that does.
    ordered = sorted(
        symbols - moving, key=lambda symbol: (isinstance(symbol.sort, Function), symbol.name, str(symbol.sort))
    )
    fixed = _fixed(claim, frozenset(ordered))
    sized = {symbol for symbol in ordered if symbol.name in sizes}
    free = [symbol for symbol in ordered if symbol not in fixed and symbol not in sized]
    bases = frozenset[Symbol]().union(*map(_bases, (statement, *claim.hypotheses)))
    choices: list[list[Term]] = []
    for symbol in free:
        candidates = _candidates(symbol.sort, sizes)
        if not candidates:
            return None
        if symbol in bases:
            candidates.sort(key=lambda value: not _is_zero(value))
        choices.append(_admissible(claim, symbol, candidates, sizes, work))
        if not choices[-1]:
            return None
    cost = 4 + len(free) + sum(1 for one in (statement, *claim.hypotheses) for _ in subterms(one)) // 4
    cost += sum(_enclosed(one) for one in (statement, *claim.hypotheses))
    (screen, relation), around = of_statement(statement), Screen()
    # The others have chosen the candidates of their symbol.
    open_ones = [one for one in claim.hypotheses if not any(free_symbols(one) - sized == {symbol} for symbol in free)]
    ready = [around.ready(one) for one in open_ones]
    for picked in _in_order(choices, [symbol.sort for symbol in free]):
        work.spend(cost)
        assignment: dict[Symbol, Term] = {
            symbol: Number(sizes[symbol.name]) for symbol in sized if isinstance(symbol.sort, Scalar)
        }
        assignment.update(zip(free, picked, strict=True))
        try:
            for symbol, value in fixed.items():
                assignment[symbol] = literal_of(evaluate(value, assignment, sizes))
            inside = Point(screen, assignment, sizes)
            if ready:
                outside = Point(around, assignment, sizes)
                if any(outside.truth(one) is False for one in ready):
                    continue
            truth = inside.truth(relation)
            if truth or inside.is_undefined(relation):
                continue
            if not approximate and (
                not all(evaluate(one, assignment, sizes) is True for one in open_ones)
                or (truth is None and evaluate(statement, assignment, sizes) is not False)
            ):
                continue
        except (Undefined, Undecided):
            continue
        found = Counterexample(tuple((symbol, assignment[symbol]) for symbol in ordered), tuple(sorted(sizes.items())))
        if refutes(found, claim):
            return found
    return None


def _enclosed(statement: Term) -> int:
    """What the enclosures cost that the value of a statement needs."""
    if heads(statement).isdisjoint({"sum", "product", "integral"}):
        return 0
    cost = 0
    for part in subterms(statement):
        if isinstance(part, Apply) and part.head in {"sum", "product"}:
            cost += 0 if heads(part).isdisjoint(_ENCLOSED) else SUM
        elif isinstance(part, Apply) and part.head == "integral":
            cost += INTEGRAL
    return cost


_ENCLOSED = frozenset({"exp", "log", "sin", "cos", "tan", "tanh", "sqrt"})


def _admissible(
    claim: Claim, symbol: Symbol, candidates: list[Term], sizes: Mapping[str, int], work: Work
) -> list[Term]:
    """The candidates for which the hypotheses on this symbol alone, and on sizes, hold."""
    lengths = {one for hypothesis in claim.hypotheses for one in free_symbols(hypothesis) if one.name in sizes}
    own = [one for one in claim.hypotheses if free_symbols(one) - lengths == {symbol}]
    point: dict[Symbol, Term] = {one: Number(sizes[one.name]) for one in lengths if isinstance(one.sort, Scalar)}
    if not own:
        return candidates
    work.spend(len(candidates))
    at = tuple(point.items()), tuple(sizes.items())
    return [candidates[place] for place in _holding(tuple(own), symbol, tuple(candidates), *at)]


@lru_cache(maxsize=100)
def _holding(
    own: tuple[Term, ...],
    symbol: Symbol,
    candidates: tuple[Term, ...],
    point: tuple[tuple[Symbol, Term], ...],
    sizes: tuple[tuple[str, int], ...],
) -> tuple[int, ...]:
    """The places of the candidates for which all of these hypotheses hold; the hunts for a witness of one claim ask it again and again."""
    found: list[int] = []
    for place, value in enumerate(candidates):
        try:
            if all(evaluate(one, {**dict(point), symbol: value}, dict(sizes)) is True for one in own):
                found.append(place)
        except (Undefined, Undecided):
            continue
    return tuple(found)


def _in_order(choices: list[list[Term]], sorts: list[Sort]) -> Iterator[tuple[Term, ...]]:
    """The first combinations of small values; where there are matrices, then some in which every symbol has another value far from these, then more of the first kind."""
    if not any(isinstance(sort, Matrix) and 1 not in {sort.rows, sort.columns} for sort in sorts):
        yield from by_total(choices)
        return
    yield from islice(by_total(choices), FIRST)
    for draw in range(DRAWS):
        yield tuple(
            choice[-1 - (draw * _STEPS[index % len(_STEPS)] + index) % len(choice)]
            for index, choice in enumerate(choices)
        )
    yield from islice(by_total(choices), FIRST, MOST)


def _bases(statement: Term) -> frozenset[Symbol]:
    """Where derivatives are taken: people expand about 0 first."""
    found: frozenset[Symbol] = frozenset()
    if heads(statement).isdisjoint(_DERIVED):
        return found
    for part in subterms(statement):
        if isinstance(part, Apply) and part.head in _DERIVED:
            arguments = part.arguments[3:] if part.head == "approx" else part.arguments[1:]
            found = found.union(*map(free_symbols, arguments))
    return found


_DERIVED = frozenset({"gradient", "hessian", "partial", "approx"})


def _is_zero(value: Term) -> bool:
    return all(part.value == 0 for part in subterms(value) if isinstance(part, Number))


def _fixed(claim: Claim, symbols: frozenset[Symbol]) -> dict[Symbol, Term]:
    """Symbols that an equational hypothesis gives a value in terms of others; in an order in which they can be evaluated."""
    found: dict[Symbol, Term] = {}
    used: set[Symbol] = set()
    premises = list(claim.hypotheses)
    if isinstance(claim.statement, Apply) and claim.statement.head == "implies":  # false only where its premise is true
        premises += conjuncts(claim.statement.arguments[0])
    for hypothesis in premises:
        if not (isinstance(hypothesis, Apply) and hypothesis.head == "="):
            continue
        for one, other in (hypothesis.arguments, hypothesis.arguments[::-1]):
            if isinstance(one, Symbol) and one in symbols and one not in found and one not in used:
                inside = free_symbols(other)
                if one not in inside and not inside & set(found):
                    found[one] = other
                    used |= inside
                    break
    return found


def _candidates(sort: Sort, sizes: Mapping[str, int]) -> list[Term]:
    if isinstance(sort, Function):
        return [*_lambdas(sort, sizes)]
    if isinstance(sort, Scalar):
        if sort.domain == "integer":
            return [one for one in NUMBERS if one.value.denominator == 1]
        return list(NUMBERS) if sort.domain != "complex" else []
    if isinstance(sort, Matrix):
        if is_scalar(sort):
            return []
        try:
            rows, columns = size_of(sort.rows, sizes), size_of(sort.columns, sizes)
            found = [*vectors(rows, columns), *(square(rows) if rows == columns else ()), *general(rows, columns)]
            return list(dict.fromkeys(found))
        except Undecided:
            return []
    return []


def _lambdas(sort: Function, sizes: Mapping[str, int]) -> list[Lambda]:
    return functions(sort, sizes)
