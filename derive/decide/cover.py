"""Inequalities by enclosures on boxes.

**Decides** nothing completely; proves inequalities of elementary functions where the hypotheses bound the variables, or where a monotone function makes
bounds needless; those that are equalities at an end too.
**Method** an interval of the values; where it is too wide the variables in which the term is monotone are set to their ends, the mean value form is tried, and
the box is halved. At an end where the sides are equal, the derivative has to have a sign beside it, which is shown in the same way. Quotients are
cleared of denominators of known sign; absolute values, minima and maxima are taken case by case.
**Certificate** Cover, with Lemma and Squares around it where denominators were cleared.
**Gives up when** the work is spent: at equalities inside the box at points that are no simple numbers, and at those on curves.
Example: ln(1 + x) <= x for x > -1.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from derive.kernel.certificate import (
    Centered,
    Certificate,
    Cover,
    Enclosed,
    Halves,
    Lemma,
    Monotone,
    Rejected,
    Shown,
    Sign,
    Square,
    Squares,
)
from derive.kernel.claim import Claim
from derive.kernel.cover import (
    Box,
    Slopes,
    between,
    box_of,
    centered,
    face_of,
    halves,
    has_sign,
    intervals,
    positive_term,
    smooth_on,
    vanishes,
    with_end,
)
from derive.kernel.interval import UNIT, Interval, Values
from derive.kernel.sign import sign
from derive.kernel.sorting import is_scalar, sort_of
from derive.kernel.term import (
    ONE,
    ORDERS,
    ZERO,
    Apply,
    Number,
    Symbol,
    Term,
    free_symbols,
    multiply,
    negate,
    subterms,
)

from . import pieces
from .work import OutOfWork, Work

_QUICK = 3_000  # units where this is one of many attempts
_TURNS = 6  # derivatives taken one of another
_DEPTH = 40
_ORDERS = (3, 6)
_EXPANDED = 4 * UNIT  # the widest side of a box on which an expansion is tried
_LONG = 20  # how much longer than the term its derivatives may be
_NARROW = 1 << 20  # units: an irrational end
_PIECES = 3
_PARTS = 4
_ELEMENTARY = frozenset(
    [
        "exp",
        "log",
        "log_base",
        "sin",
        "cos",
        "tan",
        "cot",
        "sec",
        "csc",
        "arctan",
        "arcsin",
        "arccos",
        "sinh",
        "cosh",
        "tanh",
    ]
)

_UNKNOWN_ELSEWHERE = _ELEMENTARY | {"sqrt", "root"}


def decide(claim: Claim, work: Work) -> Certificate | None:
    """A proof by boxes."""
    statement = claim.statement
    if not isinstance(statement, Apply) or not statement.arguments:
        return None
    if statement.head == "!=":
        return _unequal(claim, work)
    if statement.head not in ORDERS or not is_scalar(sort_of(statement.arguments[0])) or _hopeless(claim):
        return None
    return _relation(claim, work, 0)


def _hopeless(claim: Claim) -> bool:
    """Polynomials and quotients in several variables that are not all bounded: for sums of squares."""
    if any(isinstance(part, Apply) and part.head in _UNKNOWN_ELSEWHERE for part in subterms(claim.statement)):
        return False
    sides = box_of(claim).values()
    return len(sides) > 1 and any(side.lower is None and side.upper is None for side in sides)


def quick(claim: Claim, work: Work) -> Certificate | None:
    """The same within a small budget, where the form of the claim gives hope: bounded variables, or functions that no other procedure knows."""
    statement = claim.statement
    if not isinstance(statement, Apply) or (statement.head not in ORDERS and statement.head != "!="):
        return None
    if not any(isinstance(part, Apply) and part.head in _UNKNOWN_ELSEWHERE for part in subterms(statement)):
        return None
    return _within_budget(claim, work)


def of_numbers(claim: Claim, work: Work) -> Certificate | None:
    """The same of a relation without letters: |\\pi - 3.14| < 0.01."""
    return None if free_symbols(claim.statement) else _within_budget(claim, work)


def _within_budget(claim: Claim, work: Work) -> Certificate | None:
    inner = Work(min(_QUICK, work.limit - work.spent))
    try:
        return decide(claim, inner)
    except OutOfWork:
        return None
    finally:
        work.spend(min(inner.spent, inner.limit))


def _unequal(claim: Claim, work: Work) -> Certificate | None:
    assert isinstance(claim.statement, Apply)
    if not is_scalar(sort_of(claim.statement.arguments[0])):
        return None
    for head in (">", "<"):
        lemma = Apply(head, claim.statement.arguments)
        found = _relation(Claim(lemma, claim.hypotheses), work, 0)
        if found is not None:
            return Lemma(lemma, found, Sign())
    return None


def _relation(claim: Claim, work: Work, cases: int) -> Certificate | None:
    """Directly, then cleared of denominators, then case by case."""
    piecewise = cases < _PIECES and pieces.cases_of(Claim(claim.statement)) is not None
    for attempt in (_covered, _covered_when_cleared):
        found = _within(claim, work, attempt) if piecewise else attempt(claim, work)
        if found is not None:
            return found
    return pieces.case_by_case(claim, lambda case: _relation(case, work, cases + 1)) if piecewise else None


def _within(claim: Claim, work: Work, attempt: Callable[[Claim, Work], Certificate | None]) -> Certificate | None:
    """What is found with a part of the work that is left."""
    inner = Work((work.limit - work.spent) // _PARTS)
    try:
        return attempt(claim, inner)
    except OutOfWork:
        return None
    finally:
        work.spend(min(inner.spent, inner.limit))


def _covered(claim: Claim, work: Work) -> Cover | None:
    term, strict = positive_term(claim.statement)
    try:
        box = box_of(claim)
        intervals(box)
        shown = _Search(work).show(term, box, strict)
    except Rejected:
        return None
    return None if shown is None else Cover(shown)


def _covered_when_cleared(claim: Claim, work: Work) -> Certificate | None:
    return cleared(claim, lambda inner: _covered(inner, work))


def cleared(claim: Claim, search: Callable[[Claim], Certificate | None]) -> Certificate | None:
    """a R b from D (a - b) R 0 for the positive product D of the denominators."""
    term, strict = positive_term(claim.statement)
    above, below = _fraction(term)
    if not free_symbols(below):
        return None
    lemmas: list[tuple[Term, Certificate]] = []
    hypotheses = claim.hypotheses
    signs = sign(below, hypotheses)
    if signs not in {"+", "-"}:
        for head in (">", "<"):
            statement = Apply(head, (below, ZERO))
            proof = search(Claim(statement, hypotheses))
            if proof is not None:
                lemmas.append((statement, proof))
                hypotheses = (*hypotheses, statement)
                signs = "+" if head == ">" else "-"
                break
        else:
            return None
    if signs == "-":
        above, below = negate(above), negate(below)
    statement = Apply(">" if strict else ">=", (above, ZERO))
    proof = search(Claim(statement, claim.hypotheses))
    if proof is None:
        return None
    lemmas.append((statement, proof))
    found: Certificate = Squares((Square(ONE, (len(claim.hypotheses) + len(lemmas) - 1,)),), below)
    for lemma, its_proof in reversed(lemmas):
        found = Lemma(lemma, its_proof, found)
    return found


def _fraction(term: Term) -> tuple[Term, Term]:
    """Numerator and denominator of sums, products and quotients."""
    if not isinstance(term, Apply):
        return term, ONE
    if term.head == "negate":
        above, below = _fraction(term.arguments[0])
        return negate(above), below
    if term.head == "/":
        (above, one), (other, below) = (_fraction(part) for part in term.arguments)
        return _times(above, below), _times(one, other)
    if term.head == "*":
        parts = [_fraction(part) for part in term.arguments]
        return _times(*(above for above, _ in parts)), _times(*(below for _, below in parts))
    if term.head == "+":
        parts = [_fraction(part) for part in term.arguments]
        denominators = [below for _, below in dict.fromkeys(parts)]
        common = list(dict.fromkeys(one for one in denominators if one != ONE))
        tops = [_times(above, *(one for one in common if one != below)) for above, below in parts]
        return Apply("+", tuple(tops)), _times(*common)
    return term, ONE


def _times(*factors: Term) -> Term:
    return multiply(*(factor for factor in factors if factor != ONE))


class _Fails(Exception):
    """The sign is another one somewhere on the box."""


class _Search:
    def __init__(self, work: Work) -> None:
        self.work = work
        self.slopes = Slopes()
        self.costs: dict[Term, int] = {}

    def show(self, term: Term, box: Box, strict: bool) -> Shown | None:
        try:
            return self._show(term, box, strict, _DEPTH, _TURNS)
        except _Fails:
            return None

    def _show(self, term: Term, box: Box, strict: bool, depth: int, turns: int) -> Shown | None:
        """None where nothing is found. _Fails where it is seen to be false."""
        value = self._value(term, box)
        if value is not None and has_sign(value, strict):
            return Enclosed()
        if value is not None and (value.upper < 0 or (strict and value.upper == 0)):
            raise _Fails
        sides = intervals(box)
        free = [
            symbol
            for symbol, side in sides.items()
            if box[symbol].lower is None or box[symbol].lower != box[symbol].upper
        ]
        free = [symbol for symbol in free if self._slope(term, symbol) != ZERO]
        if not free:
            if not strict and self._vanishes(term, box):
                return Enclosed()
            if value is not None and value.lower != value.upper and value.upper <= 0:
                raise _Fails
            return None
        self._sample(term, box, sides, strict)
        found = self._monotone(term, box, free, strict, depth, turns)
        if found is not None:
            return found
        order = self._expanded(term, box, free, strict)
        if order is not None:
            return Centered(order)
        if len(free) == 1 and turns:
            found = self._beside(term, box, free[0], strict, depth, turns)
            if found is not None:
                return found
        if not depth:
            return None
        variable = self._widest(term, sides, free)
        at = _middle(sides[variable])
        if at is None:
            return None
        below, above = halves(box, variable, at)
        first = self._show(term, below, strict, depth - 1, turns)
        if first is None:
            return None
        second = self._show(term, above, strict, depth - 1, turns)
        return None if second is None else Halves(variable, at, first, second)

    def _monotone(self, term: Term, box: Box, free: list[Symbol], strict: bool, depth: int, turns: int) -> Shown | None:
        """Where a derivative visibly has a sign on the whole box."""
        for variable in free:
            change = self._slope(term, variable)
            value = None if change is None else self._value(change, between(box, variable))
            if value is None or (value.lower < 0 < value.upper):
                continue
            rising = value.lower >= 0
            if not self._usable(term, box, variable, rising):
                continue
            face, excluded = face_of(box, variable, rising)
            stricter = excluded and (value.positive() or value.negative())
            try:
                inner = self._show(term, face, strict and not stricter, depth, turns)
            except _Fails:
                if not (strict and excluded):
                    raise
                inner = None
            if inner is not None:
                return Monotone(variable, rising, stricter, Enclosed(), inner)
            if not strict:  # what fails on the face fails on the box
                return None
        return None

    def _usable(self, term: Term, box: Box, variable: Symbol, rising: bool) -> bool:
        side = box[variable]
        if (side.lower if rising else side.upper) is None:
            return False
        self.work.spend(self._cost(term))
        try:
            smooth_on(term, with_end(box, variable, rising))
        except Rejected:
            return False
        return True

    def _beside(self, term: Term, box: Box, variable: Symbol, strict: bool, depth: int, turns: int) -> Shown | None:
        """The term is 0 at an end: it has a sign where its derivative has."""
        for rising in (True, False):
            side = box[variable]
            if (side.lower if rising else side.upper) is None:
                continue
            face, excluded = face_of(box, variable, rising)
            if strict and not excluded:
                continue
            value = self._value(term, face)
            if value is None or not value.lower <= 0 <= value.upper or not self._vanishes(term, face):
                continue
            if not self._usable(term, box, variable, rising):
                continue
            change = self._slope(term, variable)
            if change is None:
                continue
            signed = change if rising else negate(change)
            try:
                inner = self._show(signed, between(box, variable), strict, min(depth, 4), turns - 1)
            except _Fails:
                continue
            if inner is not None:
                return Monotone(variable, rising, strict, inner, Enclosed())
        return None

    def _sample(self, term: Term, box: Box, sides: dict[Symbol, Interval], strict: bool) -> None:
        """_Fails if the middle of the box says so."""
        point: dict[Symbol, Interval] = {}
        for symbol, side in sides.items():
            if box[symbol].lower is not None and box[symbol].lower == box[symbol].upper:
                point[symbol] = side
                continue
            middle = _middle(side)
            if middle is None:
                return
            at = int(middle.value * UNIT)
            point[symbol] = Interval(at, at)
        self.work.spend(self._cost(term))
        try:
            value = Values(point).of(term)
        except Rejected:
            return
        if value.upper < 0:
            raise _Fails

    def _widest(self, term: Term, sides: dict[Symbol, Interval], free: list[Symbol]) -> Symbol:
        """The variable that matters most: by the width of its side times the size of the derivative."""
        values = Values(sides)

        def weight(variable: Symbol) -> tuple[float, float]:
            side = sides[variable]
            width = _float(side.upper) - _float(side.lower)
            change = self._slope(term, variable)
            if change is None or len(free) == 1:
                return width, width
            self.work.spend(self._cost(change))
            try:
                found = values.of(change)
            except Rejected:
                return float("inf"), width
            return max(abs(_float(found.lower)), abs(_float(found.upper))) * width, width

        return max(free, key=weight)

    def _expanded(self, term: Term, box: Box, free: list[Symbol], strict: bool) -> int | None:
        """The order of the first expansion that shows the sign."""
        sides = intervals(box)
        if any(sides[variable].upper - sides[variable].lower > _EXPANDED for variable in free):
            return None
        orders: tuple[int, ...] = (1, *_ORDERS) if len(box) == 1 else (1,)
        for order in orders:
            cost = 2 * self._cost(term)
            parts: list[Term | None] = [term]
            for _ in range(order):
                parts = [None if one is None else self._slope(one, variable) for one in parts for variable in free]
                cost += sum(self._cost(one) for one in parts if one is not None)
                if None in parts or cost > _LONG * self._cost(term):
                    return None
            self.work.spend(cost)
            try:
                value = centered(term, box, order, self.slopes)
            except Rejected:
                return None
            if has_sign(value, strict):
                return order
        return None

    def _vanishes(self, term: Term, box: Box) -> bool:
        self.work.spend(2 * self._cost(term))
        try:
            return vanishes(term, box)
        except Rejected:
            return False

    def _value(self, term: Term, box: Box) -> Interval | None:
        self.work.spend(self._cost(term))
        try:
            return Values(intervals(box)).of(term)
        except Rejected:
            return None

    def _cost(self, term: Term) -> int:
        known = self.costs.get(term)
        if known is None:
            weights = [50 if isinstance(part, Apply) and part.head in _ELEMENTARY else 1 for part in subterms(term)]
            known = self.costs[term] = 1 + sum(weights) // 4
        return known

    def _slope(self, term: Term, variable: Symbol) -> Term | None:
        if (term, variable) not in self.slopes.known:
            self.work.spend(self._cost(term))
        try:
            return self.slopes.of(term, variable)
        except Rejected:
            return None


def _float(end: float) -> float:
    return float(end) if isinstance(end, float) else float(Fraction(end, UNIT))


def _middle(side: Interval) -> Number | None:
    """A short number inside: half way, or on a side without an end 0, and then twice as far each time. None where the side is a point."""
    lower, upper = side.lower, side.upper
    if isinstance(lower, float) and isinstance(upper, float):
        return Number(0)
    if isinstance(lower, float):
        found = _middle(Interval(-upper, -lower))
        return None if found is None else Number(-found.value)
    if isinstance(upper, float):
        end = -(-lower // UNIT)
        return Number(0 if end < 0 else 2 * end or 1)
    if upper - lower < _NARROW:
        return None
    # The shortest binary fraction in the middle half.
    quarter = (upper - lower) // 4
    scale = UNIT
    while -(-(lower + quarter) // scale) * scale > upper - quarter:
        scale //= 2
    return Number(Fraction(-(-(lower + quarter) // scale) * scale, UNIT))
