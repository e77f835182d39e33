"""A witness by search in floating point: many points at once, equations solved for a symbol, then descent towards the violation.

**Decides** nothing; finds witnesses that the hunt through small numbers misses: inside narrow boxes, on curves that the hypotheses name, far out.
**Method** the negation of the claim under its hypotheses is taken apart into systems of relations; their equations are solved for one symbol each, the
other symbols range over small numbers, numbers between their bounds, fixed pseudo-random ones, and populations that move to where less is violated. A
hit is rounded to short rational numbers and evaluated exactly. It shares no code with the procedures that prove.
**Certificate** Counterexample.
**Gives up when** its work is spent, or a symbol is not a real, rational or integer number.
Example: 0 < a < 1/100 and b <= 1/3 + a^2: b < 1/3 fails for a = 1/200, b = 1/3.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from itertools import islice
from typing import Any

from derive.decide.accepted import refutes
from derive.decide.candidates import NUMBERS, by_total, functions
from derive.decide.numeric import NoValues, Values, floating
from derive.decide.solving import simplified, solutions
from derive.decide.work import Work
from derive.kernel.certificate import Counterexample, Rejected
from derive.kernel.claim import Claim
from derive.kernel.evaluation import Undecided, Undefined, evaluate
from derive.kernel.term import (
    ORDERS,
    TRUE,
    Apply,
    Constant,
    Function,
    IllSorted,
    Lambda,
    Number,
    Scalar,
    Symbol,
    Term,
    TermError,
    free_symbols,
    substitute,
    subterms,
)

Array = Any

MAXIMUM_SYSTEMS = 24
MAXIMUM_PLANS = 8
QUICK_POINTS = 600
POINTS = 6_000
POPULATION = 300
GENERATIONS = 30
EXACT_TRIES = 8  # points of one batch that are evaluated exactly
_MAXIMUM_NODES = 3_000
_OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "=": "!=", "!=": "="}
_DENOMINATORS = (1, 2, 4, 10, 100, 1_000, 10_000, 1_000_000)
_NEAR = 1e-9


@dataclass(frozen=True, slots=True)
class System:
    """Relations that all hold, or have an undefined side, at a witness; `hypotheses` of them do not come from the statement."""

    relations: tuple[Apply, ...]
    undefined: tuple[Apply, ...] = ()
    hypotheses: int = 0


@dataclass(slots=True)
class Plan:
    """Symbols with solutions, in the order in which they were solved: each is in terms of the free symbols and of those solved after it."""

    free: tuple[Symbol, ...]
    solved: list[tuple[Symbol, Term]] = field(default_factory=list)
    open: bool = False  # an equation is left


def decide(claim: Claim, work: Work) -> Counterexample | None:
    """The first witness of a long search."""
    return _hunt(claim, work, deep=True)


def quick(claim: Claim, work: Work) -> Counterexample | None:
    """The first witness of a short search, with both sides of an equivalence defined: where they are not, a proof has conditions."""
    return _hunt(claim, work, deep=False)


def _hunt(claim: Claim, work: Work, deep: bool) -> Counterexample | None:
    if claim.constants:
        return None
    symbols = sorted(
        frozenset[Symbol]().union(*(free_symbols(one) for one in (claim.statement, *claim.hypotheses))),
        key=lambda symbol: symbol.name,
    )
    unknown = [symbol for symbol in symbols if isinstance(symbol.sort, Function)]
    numbers = tuple(symbol for symbol in symbols if symbol not in unknown)
    if not all(isinstance(one.sort, Scalar) and one.sort.domain != "complex" for one in numbers):
        return None
    if sum(1 for one in (claim.statement, *claim.hypotheses) for _ in subterms(one)) > _MAXIMUM_NODES:
        return None
    for filled, values in _without_functions(claim, unknown, deep):
        search = _Search(claim, numbers, values, work, deep)
        for system in _systems(filled, deep):
            try:
                found = search.of(system)
            except (NoValues, TermError, IllSorted):
                continue
            if found is not None:
                return found
    return None


def _without_functions(
    claim: Claim, unknown: list[Symbol], deep: bool
) -> Iterator[tuple[Claim, tuple[tuple[Symbol, Term], ...]]]:
    """The claim with concrete functions for the unknown one, where it is only applied."""
    if not unknown:
        yield claim, ()
        return
    if len(unknown) > 1 or not deep:
        return
    (function,) = unknown
    assert isinstance(function.sort, Function)
    for value in functions(function.sort, {})[:6]:
        parts = [_applied(one, function, value) for one in (claim.statement, *claim.hypotheses)]
        if all(one is not None and function not in free_symbols(one) for one in parts):
            known = [one for one in parts if one is not None]
            yield Claim(known[0], tuple(known[1:])), ((function, value),)


def _applied(term: Term, function: Symbol, value: Lambda) -> Term | None:
    if not isinstance(term, Apply):
        return term
    parts = [_applied(part, function, value) for part in term.arguments]
    known = [part for part in parts if part is not None]
    if len(known) < len(parts):
        return None
    if term.head == "apply" and known[0] == function:
        return substitute(value.body, dict(zip(value.parameters, known[1:], strict=True)))
    return Apply(term.head, tuple(known))


# --- systems of relations ------------------------------------------------------------------------------------------------

_Parts = list[tuple[tuple[Apply, ...], tuple[Apply, ...]]]  # alternatives: relations, undefined ones


def _systems(claim: Claim, undefined: bool) -> list[System]:
    """What may hold at a witness; also systems where a conclusion or one side of an equivalence is undefined, if asked for."""
    given: _Parts = [((), ())]
    for hypothesis in claim.hypotheses:
        given = _both(given, _parts(hypothesis, True))
    found: list[System] = []
    for more, without in _failing(claim.statement, undefined):
        found += [System((*relations, *more), without, len(relations)) for relations, _ in given]
    return found[:MAXIMUM_SYSTEMS]


def _failing(statement: Term, undefined: bool) -> _Parts:
    if not (isinstance(statement, Apply) and statement.head in {"implies", "iff"}):
        return _parts(statement, False)
    left, right = statement.arguments
    directions = [(left, right), (right, left)] if statement.head == "iff" else [(left, right)]
    found = [one for premise, other in directions for one in _both(_parts(premise, True), _parts(other, False))]
    if undefined:
        for premise, other in directions:
            if isinstance(other, Apply) and other.head in _OPPOSITE:
                found += _both(_parts(premise, True), [((), (other,))])
    return found


def _parts(statement: Term, truth: bool) -> _Parts:
    """The alternatives that make a statement true or false; none where that cannot be told."""
    if isinstance(statement, Constant):
        return [((), ())] if (statement == TRUE) is truth else []
    if not isinstance(statement, Apply):
        return []
    head, arguments = statement.head, statement.arguments
    if head in _OPPOSITE:
        return [((statement if truth else Apply(_OPPOSITE[head], arguments),), ())]
    if head == "not":
        return _parts(arguments[0], not truth)
    if head == "iff":
        left, right = arguments
        pairs = [(True, True), (False, False)] if truth else [(True, False), (False, True)]
        return [one for a, b in pairs for one in _both(_parts(left, a), _parts(right, b))]
    if head == "implies":
        left, right = arguments
        if truth:
            return [*_parts(left, False), *_parts(right, True)]
        return _both(_parts(left, True), _parts(right, False))
    if head not in {"and", "or"}:
        return []
    if (head == "and") is truth:
        found: _Parts = [((), ())]
        for part in arguments:
            found = _both(found, _parts(part, truth))
        return found
    found = []
    earlier: _Parts = [((), ())]
    for part in arguments:  # guarded: what stands before is decided the other way
        found += _both(earlier, _parts(part, truth))
        earlier = _both(earlier, _parts(part, not truth))
    return found[:MAXIMUM_SYSTEMS]


def _both(one: _Parts, other: _Parts) -> _Parts:
    return [(a + c, b + d) for a, b in one for c, d in other][:MAXIMUM_SYSTEMS]


# --- plans ---------------------------------------------------------------------------------------------------------------


def _plans(system: System, symbols: tuple[Symbol, ...]) -> list[Plan]:
    """Ways to solve the equations of a system, one symbol each."""
    found: list[Plan] = []
    equations = [one for one in system.relations if one.head == "="]
    _solve(equations, Plan(symbols), found)
    return found


def _solve(equations: list[Apply], plan: Plan, found: list[Plan]) -> None:
    if len(found) >= MAXIMUM_PLANS:
        return
    if not equations:
        found.append(plan)
        return
    equation, *rest = equations
    inside = free_symbols(equation) & frozenset(plan.free)
    if not inside:
        _solve(rest, plan, found)
        return
    choices = [(symbol, solutions(equation, symbol)) for symbol in plan.free if symbol in inside]
    choices = [one for one in choices if one[1] and _is_real(one[0])]
    if not choices:
        _solve(rest, Plan(plan.free, plan.solved, True), found)
        return
    symbol, values = min(choices, key=lambda one: _size(one[1][0]))
    for value in values:
        mapping: dict[Term, Term] = {symbol: value}
        left = [substitute(one, mapping) for one in rest]
        free = tuple(one for one in plan.free if one != symbol)
        after = [one for one in left if isinstance(one, Apply)]
        _solve(after, Plan(free, [*plan.solved, (symbol, value)], plan.open), found)


def _is_real(symbol: Symbol) -> bool:
    return isinstance(symbol.sort, Scalar) and symbol.sort.domain == "real"


def _size(term: Term) -> int:
    return sum(1 for _ in subterms(term))


# --- the search ----------------------------------------------------------------------------------------------------------


class _Search:
    def __init__(
        self,
        claim: Claim,
        symbols: tuple[Symbol, ...],
        functions_of: tuple[tuple[Symbol, Term], ...],
        work: Work,
        deep: bool,
    ) -> None:
        import numpy

        self.numpy = numpy
        self.claim, self.symbols, self.functions, self.work, self.deep = claim, symbols, functions_of, work, deep
        self.failed: set[tuple[object, ...]] = set()

    def of(self, system: System) -> Counterexample | None:
        for plan in _plans(system, self.symbols):
            found = self._planned(system, plan)
            if found is not None:
                return found
        return None

    def _planned(self, system: System, plan: Plan) -> Counterexample | None:
        bounds = _bounds(system, plan.free, self)
        self.cost = 2 + sum(_size(one) for one in (*system.relations, *system.undefined)) // 8
        choices = [_small(symbol, bounds[symbol], len(plan.free)) for symbol in plan.free]
        if not all(choices):
            return None
        small = list(islice(by_total(choices), QUICK_POINTS if not self.deep else POINTS))
        found = self._try(system, plan, self._columns(plan, [[floating(one) for one in row] for row in small]))
        if found is not None or not plan.free:
            return found
        random = self.numpy.random.RandomState(5)
        columns = self._random(plan, bounds, random, QUICK_POINTS if not self.deep else POINTS)
        found = self._try(system, plan, columns)
        if found is None and plan.open:
            found = self._roots(system, plan, small)
        if found is None and self.deep:
            found = self._descent(system, plan, bounds, random)
        return found

    def _columns(self, plan: Plan, rows: list[list[float]]) -> dict[Symbol, Array]:
        table = self.numpy.array(rows, dtype=float).reshape(len(rows), len(plan.free))
        return {symbol: table[:, index] for index, symbol in enumerate(plan.free)}

    def _random(self, plan: Plan, bounds: Bounds, random: Any, number: int) -> dict[Symbol, Array]:
        """Numbers with short denominators: between the bounds, near zero, far out."""
        numpy = self.numpy
        found: dict[Symbol, Array] = {}
        for symbol in plan.free:
            low, high = bounds[symbol]
            share, sign, power = random.random_sample((3, number))
            scale = numpy.array([1.0, 4.0, 20.0, 100.0])[random.randint(0, 4, number)]
            far = 10.0 ** numpy.floor(power * 16 - 6)
            size = numpy.where(random.random_sample(number) < 0.1, far, scale * share)
            if low > -numpy.inf and high < numpy.inf:
                value = low + (high - low) * share
            elif low > -numpy.inf:
                value = low + size
            elif high < numpy.inf:
                value = high - size
            else:
                value = numpy.where(sign < 0.5, -size, size)
            denominators = numpy.array([1.0, 2.0, 4.0, 10.0, 100.0, 1000.0])[random.randint(0, 6, number)]
            rounded = numpy.round(value * denominators) / denominators
            inside = (rounded >= low) & (rounded <= high)
            found[symbol] = numpy.where(inside, rounded, value)
            if not _is_real(symbol) and str(symbol.sort) == "integer":
                found[symbol] = numpy.round(value)
        return found

    def _values(self, plan: Plan, columns: dict[Symbol, Array]) -> Values:
        number = len(next(iter(columns.values()))) if columns else 1
        values = Values(columns, number)
        for symbol, solution in reversed(plan.solved):
            values.known[symbol] = values.of(solution)
        self.work.spend(self.cost * (1 + number // 100))
        return values

    def _violations(self, system: System, values: Values) -> tuple[Array, Array]:
        """How far each point is from satisfying the hypotheses, and from violating the statement; 0 where nothing is missing."""
        numpy = self.numpy
        totals = [numpy.zeros(values.number), numpy.zeros(values.number)]
        for index, relation in enumerate(system.relations):
            left, right = (values.of(side) for side in relation.arguments)
            with numpy.errstate(all="ignore"):
                apart = right - left if relation.head in {"<", "<=", "!=", "="} else left - right
                scale = numpy.abs(left) + numpy.abs(right) + 1e-300
                if relation.head == "=":
                    missing = numpy.maximum(0, numpy.abs(apart) / (1 + scale) - _NEAR)
                elif relation.head == "!=":
                    missing = numpy.where(numpy.abs(apart) > _NEAR * (1 + scale), 0.0, 1.0)
                else:
                    least = 1e-13 * scale if relation.head in {"<", ">"} else -1e-15 * scale
                    missing = numpy.where(apart >= least, 0.0, (least - apart) / scale + 1e-16)
            missing = numpy.where(numpy.isfinite(left) & numpy.isfinite(right), missing, 3.0)
            totals[index >= system.hypotheses] = totals[index >= system.hypotheses] + missing
        for relation in system.undefined:
            left, right = (values.of(side) for side in relation.arguments)
            totals[1] = totals[1] + numpy.where(numpy.isnan(left) | numpy.isnan(right), 0.0, 1.0)
        return totals[0], totals[1]

    def _try(self, system: System, plan: Plan, columns: dict[Symbol, Array]) -> Counterexample | None:
        """The first points of a batch that seem to be witnesses, exactly; rational ones first."""
        values = self._values(plan, columns)
        missing = sum(self._violations(system, values))
        hits = [int(index) for index in self.numpy.nonzero(missing == 0)[0][:200]]
        if plan.solved:
            solved = [values.known[symbol] for symbol, _ in plan.solved]
            hits.sort(key=lambda index: sum(_roughness(float(column[index])) for column in solved))
        tries = 0
        for index in hits:
            numbers = tuple(_short(float(columns[symbol][index])) for symbol in plan.free)
            if (plan.free, tuple(plan.solved), numbers) in self.failed:
                continue
            found = self._exact(plan, list(numbers))
            if found is not None:
                return found
            self.failed.add((plan.free, tuple(plan.solved), numbers))
            tries += 1
            if tries == EXACT_TRIES:
                break
        return None

    def _exact(self, plan: Plan, numbers: list[Fraction]) -> Counterexample | None:
        self.work.spend(10 * self.cost)
        values: dict[Term, Term] = {symbol: Number(number) for symbol, number in zip(plan.free, numbers, strict=True)}
        try:
            for symbol, solution in reversed(plan.solved):
                values[symbol] = simplified(_folded(substitute(solution, values)))
            found = Counterexample((*((symbol, values[symbol]) for symbol in self.symbols), *self.functions))
        except (Rejected, Undefined, Undecided, TermError, IllSorted):
            return None
        return found if refutes(found, self.claim) else None

    def _roots(self, system: System, plan: Plan, small: list[tuple[Fraction, ...]]) -> Counterexample | None:
        """Points on the equations that were not solved: zeros along one coordinate, where they are rational."""
        numpy = self.numpy
        line = numpy.concatenate([numpy.arange(-200, 201), numpy.arange(-80, 81) / 8 + 0.0625])
        line.sort()
        for position, moving in enumerate(plan.free):
            for row in small[: 12 if self.deep else 2]:
                for equation in system.relations:
                    if equation.head != "=" or moving not in free_symbols(equation):
                        continue
                    points = self._zeros(plan, equation, moving, row, position, line)
                    if not points:
                        continue
                    rows = [
                        [*map(floating, row[:position]), one, *map(floating, row[position + 1 :])] for one in points
                    ]
                    found = self._try(system, plan, self._columns(plan, rows))
                    if found is not None:
                        return found
        return None

    def _zeros(
        self, plan: Plan, equation: Apply, moving: Symbol, row: tuple[Fraction, ...], position: int, line: Array
    ) -> list[float]:
        numpy = self.numpy

        def difference(points: Array) -> Array:
            columns = {
                symbol: points if symbol == moving else numpy.full(len(points), floating(row[index]))
                for index, symbol in enumerate(plan.free)
            }
            values = self._values(plan, columns)
            with numpy.errstate(all="ignore"):
                return values.of(equation.arguments[0]) - values.of(equation.arguments[1])

        at = difference(line)
        with numpy.errstate(all="ignore"):
            changes = numpy.nonzero(at[:-1] * at[1:] <= 0)[0][:8]
        low, high, below = line[changes], line[changes + 1], at[changes]
        for _ in range(60):
            if not len(low):
                return []
            middle = (low + high) / 2
            value = difference(middle)
            with numpy.errstate(all="ignore"):
                left = below * value <= 0
            high = numpy.where(left, middle, high)
            low, below = numpy.where(left, low, middle), numpy.where(left, below, value)
        return [float(Fraction(float(one)).limit_denominator(1000)) for one in (low + high) / 2]

    def _descent(self, system: System, plan: Plan, bounds: Bounds, random: Any) -> Counterexample | None:
        """Populations around the points that violate least, narrower from one to the next."""
        numpy = self.numpy
        for _ in range(2):
            columns = self._random(plan, bounds, random, POPULATION)
            spread = 1.0
            for _generation in range(GENERATIONS):
                values = self._values(plan, columns)
                given, stated = self._violations(system, values)
                order = numpy.lexsort((stated, given))[: POPULATION // 8]
                if given[order[0]] + stated[order[0]] == 0:
                    found = self._rounded(system, plan, {one: column[order[0]] for one, column in columns.items()})
                    if found is not None:
                        return found
                spread *= 0.8
                for symbol in plan.free:
                    best = columns[symbol][order]
                    centre = best[random.randint(0, len(best), POPULATION)]
                    width = (numpy.std(best) + 1e-3 * spread * (1 + numpy.abs(centre))) * (0.3 + spread)
                    moved = centre + width * random.standard_normal(POPULATION)
                    low, high = bounds[symbol]
                    moved = numpy.clip(moved, low, high)
                    moved[: len(best)] = best
                    columns[symbol] = moved if _is_real(symbol) else numpy.round(moved)
        return None

    def _rounded(self, system: System, plan: Plan, point: dict[Symbol, float]) -> Counterexample | None:
        """The shortest rational point near a point."""
        numpy = self.numpy
        rows = [[float(numpy.round(point[one] * q) / q) for one in plan.free] for q in _DENOMINATORS]
        return self._try(system, plan, self._columns(plan, rows))


Bounds = dict[Symbol, tuple[float, float]]


def _bounds(system: System, free: tuple[Symbol, ...], search: _Search) -> Bounds:
    """Where the relations of one symbol alone leave it, as far as they are affine in it or in its absolute value."""
    numpy = search.numpy
    found = dict.fromkeys(free, (-numpy.inf, numpy.inf))
    for relation in system.relations:
        symbols = free_symbols(relation)
        if relation.head not in ORDERS or len(symbols) != 1 or not symbols <= frozenset(free):
            continue
        (symbol,) = symbols
        points = numpy.array([0.0, 1.0, 3.0, -1.0])
        values = Values({symbol: points}, 4)
        with numpy.errstate(all="ignore"):
            apart = values.of(relation.arguments[1]) - values.of(relation.arguments[0])
        if relation.head in {">", ">="}:
            apart = -apart  # the relation says apart >= 0
        at, one, three, minus = (float(value) for value in apart)
        low, high = found[symbol]
        slope = one - at
        if not slope or abs(three - at - 3 * slope) > 1e-9 * (abs(at) + abs(slope)):
            continue
        bound = -at / slope
        if minus == one:
            low, high = (max(low, -bound), min(high, bound)) if slope < 0 else (low, high)
        elif abs(minus - at + slope) > 1e-9 * (abs(at) + abs(slope)):
            continue
        elif slope > 0:
            low = max(low, bound)
        else:
            high = min(high, bound)
        if low <= high:
            found[symbol] = (low, high)
    return found


def _small(symbol: Symbol, bounds: tuple[float, float], number: int) -> list[Fraction]:
    """Numbers that people read easily, within the bounds; the bounds themselves."""
    low, high = bounds
    own = [number.value for number in NUMBERS]
    if number <= 2:
        own += [Fraction(sign * one) for one in (6, 7, 8, 9, 10, 12, 16, 20, 25, 50, 100, 1000) for sign in (1, -1)]
        own += [Fraction(sign, one) for one in (5, 8, 10, 16, 100, 1000) for sign in (1, -1)]
    if number == 1:
        own += [Fraction(sign * one) for one in range(11, 200) for sign in (1, -1)]
        own += [Fraction(sign * one, 8) for one in range(1, 80) for sign in (1, -1)]
        own += [Fraction(sign * 10**one) for one in (4, 5, 6, 8, 10) for sign in (1, -1)]
    inside = [one for one in own if low <= one <= high]
    ends = [_short(one) for one in (low, high) if abs(one) != float("inf")]
    if len(ends) == 2:
        inside += [ends[0] + (ends[1] - ends[0]) * Fraction(part, 8) for part in (4, 2, 6, 1, 7, 3, 5)]
    elif ends:
        sign = 1 if low > -float("inf") else -1
        inside += [ends[0] + sign * Fraction(step) for step in (1, Fraction(1, 2), 2, Fraction(1, 10), 5, 10, 100)]
    inside += ends
    inside = list(dict.fromkeys(inside))
    return (
        inside if _is_real(symbol) else [one for one in inside if one.denominator == 1 or str(symbol.sort) != "integer"]
    )


def _short(value: float) -> Fraction:
    """The short fraction that the float stands for."""
    return Fraction(value).limit_denominator(1_000_000)


@lru_cache(maxsize=10_000)
def _roughness(value: float) -> int:
    """How far a number is from a short fraction: 0 for small whole numbers, large for numbers that are not rational."""
    if not abs(value) <= 1e12:
        return 1_000_000
    near = Fraction(value).limit_denominator(1000)
    return near.denominator if abs(float(near) - value) <= 1e-13 * (1 + abs(value)) else 100_000


def _folded(term: Term) -> Term:
    """The closed term with its rational parts as numbers."""
    if not isinstance(term, Apply):
        return term
    with suppress(Undecided):
        value = evaluate(term, {}, {})
        if isinstance(value, Fraction):
            return Number(value)
    return Apply(term.head, tuple(_folded(part) for part in term.arguments))
