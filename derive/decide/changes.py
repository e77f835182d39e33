"""Changed claims that may be true where a claim is false: another relation, a condition more, another sign or factor.

They are proposed, not shown: what is suggested to an author has been proved first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice

from derive.kernel.claim import Claim
from derive.kernel.evaluation import Undecided, Undefined, evaluate
from derive.kernel.sign import sign
from derive.kernel.sorting import is_scalar, sort_of
from derive.kernel.term import (
    ONE,
    ZERO,
    Apply,
    Number,
    Scalar,
    Symbol,
    Term,
    add,
    free_symbols,
    multiply,
    negate,
    subterms,
)

from .screening import Point, Screen

MAXIMUM_SYMBOLS = 3
MAXIMUM_PARTS = 6
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


def changes(claim: Claim) -> Iterator[Change]:
    """The likeliest first."""
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
            yield from _scaled(claim, statement)
        yield from _completed(claim, statement)
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


class FailsSomewhere:
    """Whether one of a few points shows at once that a claim about numbers is false; what several claims have in common is evaluated once.

    One of the points is the witness against the claim that was changed: where hypotheses are equations few others satisfy them.
    """

    def __init__(self, witness: Mapping[Symbol, Term]) -> None:
        self.screen = Screen()
        self.witness = witness
        self.points: dict[tuple[Symbol, ...], list[tuple[Point, dict[Term, bool | None]]]] = {}

    def __call__(self, claim: Claim) -> bool:
        symbols = sorted(
            free_symbols(claim.statement).union(*map(free_symbols, claim.hypotheses)), key=lambda one: one.name
        )
        if not all(_is_ordered(symbol) for symbol in symbols):
            return False
        points = self.points.get(tuple(symbols))
        if points is None:
            values = (_POSITIVE, _VALUES)
            tried = [self.witness, *(point for some in values for point in _points(symbols, some))]
            points = [(Point(self.screen, point), {}) for point in tried]
            self.points[tuple(symbols)] = points
        return any(
            all(self._truth(one, point, known) for one in claim.hypotheses)
            and self._truth(claim.statement, point, known) is False
            for point, known in points
        )

    def _truth(self, statement: Term, point: Point, known: dict[Term, bool | None]) -> bool | None:
        """Whether it holds there; None where it has no value. What is known of the point is kept."""
        if statement not in known:
            relation = self.screen.ready(statement)
            found = point.truth(relation)
            if found is None and not point.is_undefined(relation):
                try:
                    found = evaluate(statement, point.assignment, {}) is True
                except (Undefined, Undecided):
                    found = None
            known[statement] = found
        return known[statement]


def _points(symbols: list[Symbol], values: tuple[Number, ...]) -> Iterator[dict[Symbol, Term]]:
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


def _admissible(symbols: list[Symbol], hypotheses: tuple[Term, ...]) -> Iterator[dict[Symbol, Term]]:
    for point in _points(symbols, _VALUES):
        with suppress(Undefined, Undecided):
            if all(evaluate(one, point, {}) is True for one in hypotheses):
                yield point


def _have_several_quotients(statement: Apply, points: Iterable[dict[Symbol, Term]]) -> bool:
    """Whether the first two of these points plainly show that one side is no multiple of the other."""
    screen = Screen()
    relation = screen.ready(statement)
    if relation is None:
        return False
    plain = (Point(screen, point).quotient(relation) for point in points)
    first, second = [*islice((one for one in plain if one is not None), 2), None, None][:2]
    return second is not None and first != second


def _scaled(claim: Claim, statement: Apply) -> Iterator[Change]:
    """left = c right, where the sides have one quotient at several points."""
    left, right = statement.arguments
    symbols = sorted(free_symbols(claim.statement), key=lambda symbol: symbol.name)
    if not all(_is_ordered(symbol) for symbol in symbols):
        return
    if _have_several_quotients(statement, _admissible(symbols, claim.hypotheses)):
        return
    quotients: list[Fraction] = []
    for point in _admissible(symbols, claim.hypotheses):
        try:
            one, other = evaluate(left, point, {}), evaluate(right, point, {})
        except (Undefined, Undecided):
            continue
        if not isinstance(one, Fraction) or not isinstance(other, Fraction) or not one or not other:
            continue
        quotients.append(one / other)
        if quotients[-1] != quotients[0] or len(quotients) == 3:
            break
    if len(quotients) < 2 or len(set(quotients)) > 1 or quotients[0] == 1:
        return
    factor = quotients[0]
    changed: Term = negate(right) if factor == -1 else multiply(Number(factor), right)
    message = "true with the other sign on one side" if factor == -1 else "true with the factor {} on the right"
    yield Change(
        Claim(Apply("=", (left, changed)), claim.hypotheses),
        message,
        condition=None if factor == -1 else Number(factor),
    )
