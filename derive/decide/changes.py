"""Changed claims that may be true where a claim is false: another relation, a condition more, another sign or factor.

They are proposed, not shown: what is suggested to an author has been proved first.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice, permutations

from derive.kernel.certificate import Counterexample
from derive.kernel.claim import Claim
from derive.kernel.evaluation import Undecided, Undefined, evaluate, evaluate_all
from derive.kernel.sign import sign
from derive.kernel.sorting import is_scalar, is_square, sort_of
from derive.kernel.term import (
    INTEGER,
    ONE,
    ZERO,
    Apply,
    Number,
    Scalar,
    Symbol,
    Term,
    add,
    equal,
    free_symbols,
    multiply,
    negate,
    subterms,
)

from .screening import Point, Screen

MAXIMUM_SYMBOLS = 3
MAXIMUM_PARTS = 6
MAXIMUM_ORDERS = 6  # of the values of a witness
MAXIMUM_QUOTIENTS = 8  # points at which both sides are evaluated exactly
NEAR = 1e-6  # quotients that may be the same
_VALUES = tuple(Number(Fraction(*pair)) for pair in ((2, 1), (3, 1), (1, 2), (5, 1), (1, 1), (-1, 1), (7, 3), (-2, 1)))
_POSITIVE = tuple(Number(Fraction(*pair)) for pair in ((1, 1), (3, 1), (1, 3), (1, 1), (1, 10), (5, 2), (8, 1), (2, 1)))
_WEAKER = {"<": ("<=",), ">": (">=",), "=": ("<=", ">="), "<=": (">=",), ">=": ("<=",)}
_SPELLED = {"<=": "\\le", ">=": "\\ge", "implies": "\\implies", "impliedby": "\\impliedby"}


@dataclass(frozen=True, slots=True)
class Change:
    """The changed claim, what to say of it (`{}` stands for the condition or factor), and the sign that replaces the author's, if it is only that."""

    claim: Claim
    message: str
    sign: str = ""
    condition: Term | None = None
    rule: str = ""  # of differentiation, which may have been forgotten
    searched: bool = False  # by all procedures: no quick one shows it


def changes(claim: Claim, found: Counterexample) -> Iterator[Change]:
    """The likeliest first, without those that fail at a point that was tried."""
    points = _Points(claim, found)
    return (change for change in _proposed(claim, points) if not points.refute(change.claim))


def _proposed(claim: Claim, points: _Points) -> Iterator[Change]:
    statement = claim.statement
    if (
        not isinstance(statement, Apply)
        or claim.constants
        or not any(isinstance(part, Symbol) for part in subterms(statement))
    ):
        return  # 3 + 4 = 2 is not meant to hold with another factor or sign
    if statement.head == "iff":
        left, right = statement.arguments
        for word, pair in (("implies", (left, right)), ("impliedby", (right, left))):
            yield Change(Claim(Apply("implies", pair), claim.hypotheses), f"true as {_SPELLED[word]}", _SPELLED[word])
        return
    numbers = statement.head in _WEAKER and is_scalar(sort_of(statement.arguments[0]))
    if statement.head == "=":
        if numbers:
            yield from _scaled(claim, statement, points)
        yield from _completed(claim, statement)
        yield from _symmetric(claim)
    if not numbers:
        return
    for head in _WEAKER[statement.head]:
        weaker = Claim(Apply(head, statement.arguments), claim.hypotheses)
        yield Change(weaker, f"true with {_SPELLED[head]}", _SPELLED[head])
    yield from _conditions(claim)


def _completed(claim: Claim, statement: Apply) -> Iterator[Change]:
    """One side with a factor or a summand of the other, which it lacks: after differentiation, what the chain rule or the product rule brings."""
    for place, word in ((1, "right"), (0, "left")):
        lacking, whole = statement.arguments[place], statement.arguments[1 - place]
        summands = whole.arguments if isinstance(whole, Apply) and whole.head == "+" else ()
        parts = [
            (multiply(one, lacking), one, f"true with the factor {{}} on the {word}", "chain rule")
            for one in _factors(whole)[:MAXIMUM_PARTS]
            if is_scalar(sort_of(one))
        ]
        for one in summands[:MAXIMUM_PARTS]:
            parts.append((add(lacking, one), one, f"true with {{}} added on the {word}", "product rule"))
            if isinstance(one, Apply) and one.head == "*" and len(one.arguments) > 1:
                for index, factor in enumerate(one.arguments):
                    rest = multiply(*one.arguments[:index], *one.arguments[index + 1 :])
                    if is_scalar(sort_of(factor)):
                        changed = add(lacking, one, negate(rest))
                        parts.append(
                            (changed, factor, f"true with a factor {{}} more in one term on the {word}", "chain rule")
                        )
        for changed, part, message, rule in parts:
            sides = (whole, changed) if place else (changed, whole)
            yield Change(Claim(Apply("=", sides), claim.hypotheses), message, condition=part, rule=rule)


def _symmetric(claim: Claim) -> Iterator[Change]:
    """With a matrix that is symmetric, where nothing is supposed of it: the gradient 2 A x of x^T A x."""
    if not any(isinstance(one, Apply) and one.head == "derivative" for one in subterms(claim.statement)):
        return
    for symbol in sorted(free_symbols(claim.statement), key=lambda one: one.name):
        condition = equal(Apply("transpose", (symbol,)), symbol)
        if is_square(symbol.sort) and not any(symbol in free_symbols(one) for one in claim.hypotheses):
            yield Change(
                Claim(claim.statement, (*claim.hypotheses, condition)), "true if {}", condition=condition, searched=True
            )


def _factors(term: Term) -> list[Term]:
    """The factors of a product or of the numerator of a quotient, each and all together; not 1."""
    negative = False
    whole = term
    while isinstance(whole, Apply) and whole.head in {"negate", "/"}:
        negative ^= whole.head == "negate"
        whole = whole.arguments[0]
    found: list[Term] = []
    for one in whole.arguments if isinstance(whole, Apply) and whole.head == "*" else (whole,):
        negative ^= isinstance(one, Apply) and one.head == "negate"
        found.append(one.arguments[0] if isinstance(one, Apply) and one.head == "negate" else one)
    together = multiply(*found) if len(found) > 1 else None
    parts = [*found, *([together] if together is not None else [])]
    parts += [negate(one) for one in parts if negative]
    return [one for one in parts if one not in (ONE, term)]


class _Points:
    """Points where the hypotheses of a refuted claim hold: at one of them most changed claims fail at once.

    The witness is the first, then its values in other orders: where hypotheses are equations few others satisfy them. What several claims have in
    common is evaluated once at each.
    """

    def __init__(self, claim: Claim, found: Counterexample) -> None:
        self.hypotheses = claim.hypotheses
        self.screen, self.around = Screen(), Screen()
        self.sizes = dict(found.sizes)
        self.tried = _tried(claim, dict(found.assignment))
        self.points: list[Point] = []
        self.known: dict[tuple[Term, int], bool | None] = {}

    def __iter__(self) -> Iterator[Point]:
        yield from self.points
        for assignment in self.tried:
            point = Point(self.around, assignment, self.sizes)
            if all(_truth(one, point) for one in self.hypotheses):
                self.points.append(Point(self.screen, assignment, self.sizes))
                yield self.points[-1]

    def refute(self, changed: Claim) -> bool:
        """Whether a changed claim fails at one of them."""
        more = [one for one in changed.hypotheses if one not in self.hypotheses]
        return any(
            all(self._known(one, number, point) for one in more)
            and self._known(changed.statement, number, point) is False
            for number, point in enumerate(self)
        )

    def _known(self, statement: Term, number: int, point: Point) -> bool | None:
        if (statement, number) not in self.known:
            self.known[statement, number] = _truth(statement, point)
        return self.known[statement, number]

    def quotient(self, statement: Apply) -> Fraction | None:
        """left / right, where the first points at which both sides are rational and not 0, three or two of them, have it in common."""
        relation = self.screen.ready(statement)
        plain = (point.quotient(relation) for point in self)
        first, second = [*islice((one for one in plain if one is not None), 2), None, None][:2]
        if first is not None and second is not None and abs(first - second) > NEAR * abs(first):
            return None
        found: list[Fraction] = []
        for point in islice(self, MAXIMUM_QUOTIENTS):
            try:
                one, other = evaluate_all(statement.arguments, point.assignment, point.sizes)
            except (Undefined, Undecided):
                continue
            if not isinstance(one, Fraction) or not isinstance(other, Fraction) or not one or not other:
                continue
            found.append(one / other)
            if found[-1] != found[0] or len(found) == 3:
                break
        return found[0] if len(found) > 1 and len(set(found)) == 1 else None


def _tried(claim: Claim, witness: dict[Symbol, Term]) -> Iterator[dict[Symbol, Term]]:
    yield witness
    symbols = sorted(
        free_symbols(claim.statement).union(*map(free_symbols, claim.hypotheses)), key=lambda one: one.name
    )
    if not all(_is_ordered(symbol) for symbol in symbols):
        return
    if witness.keys() == set(symbols):
        orders = islice(permutations([witness[symbol] for symbol in symbols]), MAXIMUM_ORDERS)
        for values in [*dict.fromkeys(orders)][1:]:
            yield dict(zip(symbols, values, strict=True))
    whole = [symbol for symbol in symbols if symbol.sort == INTEGER]
    for values in (_POSITIVE, _VALUES):
        for point in _in_turn(symbols, values):
            if all(point[symbol].value.denominator == 1 for symbol in whole):
                yield dict(point)


def _truth(statement: Term, point: Point) -> bool | None:
    """Whether it holds there; None where it has no value."""
    relation = point.screen.ready(statement)
    found = point.truth(relation)
    if found is None and not point.is_undefined(relation):
        with suppress(Undefined, Undecided):
            return evaluate(statement, point.assignment, point.sizes) is True
    return found


def _in_turn(symbols: list[Symbol], values: tuple[Number, ...]) -> Iterator[dict[Symbol, Number]]:
    for shift in range(len(values)):
        yield {symbol: values[(shift + 3 * index) % len(values)] for index, symbol in enumerate(symbols)}


def _conditions(claim: Claim) -> Iterator[Change]:
    symbols = sorted(free_symbols(claim.statement), key=lambda symbol: symbol.name)
    if not 1 <= len(symbols) <= MAXIMUM_SYMBOLS or not all(_is_ordered(symbol) for symbol in symbols):
        return
    symbols = [symbol for symbol in symbols if sign(symbol, claim.hypotheses) not in {"+", "-", "0"}]
    groups: list[tuple[Symbol, ...]] = [(symbol,) for symbol in symbols]
    if len(symbols) > 1:
        groups.append(tuple(symbols))
    for head in (">=", ">", "!=", "<="):
        for group in groups:
            parts = tuple(Apply(head, (symbol, ZERO)) for symbol in group)
            if not set(parts) & set(claim.hypotheses):
                condition = parts[0] if len(parts) == 1 else Apply("and", parts)
                yield Change(Claim(claim.statement, (*claim.hypotheses, *parts)), "true if {}", condition=condition)


def _is_ordered(symbol: Symbol) -> bool:
    return isinstance(symbol.sort, Scalar) and symbol.sort.domain != "complex"


def _scaled(claim: Claim, statement: Apply, points: _Points) -> Iterator[Change]:
    """left = c right, where the sides have one quotient at several points."""
    left, right = statement.arguments
    factor = points.quotient(statement)
    if factor is None or factor == 1:
        return
    changed: Term = negate(right) if factor == -1 else multiply(Number(factor), right)
    message = "true with the other sign on one side" if factor == -1 else "true with the factor {} on the right"
    yield Change(
        Claim(Apply("=", (left, changed)), claim.hypotheses),
        message,
        condition=None if factor == -1 else Number(factor),
    )
