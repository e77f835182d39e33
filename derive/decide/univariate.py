"""Statements about one real number, completely.

**Decides** connectives of polynomial equations and inequalities in one variable, with divisions, |.|, min and max: proves all that hold wherever they are
defined, and refutes the rest.
**Method** the line is cut at the real roots of the polynomials that occur (Sturm); one point of each piece decides.
**Certificate** Univariate, which the kernel checks by the same cuts; a witness is a rational point, or a root in radicals.
**Gives up when** a term is no piecewise rational function, the degrees are too high, or it fails only at a root that has no short name.
Example: x^2 - 5x + 6 = 0 exactly where x = 2 or x = 3.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from derive.decide.accepted import refutes
from derive.decide.solving import square_part
from derive.decide.work import Work
from derive.kernel.certificate import Counterexample, Rejected, Univariate
from derive.kernel.claim import Claim
from derive.kernel.real_roots import Interval, Sturm, Whole, greatest_common_divisor, quotient, sign_at
from derive.kernel.term import Apply, Number, Symbol, Term, add, free_symbols, negate
from derive.kernel.univariate import Piece, check_univariate, failing_pieces

_COST = 200  # units of work for one check
_HALVINGS = 24  # how closely a root is known before a short number beside it is taken


def decide(claim: Claim, work: Work) -> Univariate | None:
    """Univariate where the claim holds on every piece."""
    if len(free_symbols(claim.statement)) != 1:
        return None
    work.spend(_COST)
    try:
        check_univariate(claim)
    except (Rejected, AssertionError):
        return None
    return Univariate()


def witness(claim: Claim, work: Work) -> Counterexample | None:
    """A point of a piece where the claim fails; the shortest one of an interval."""
    symbols = free_symbols(claim.statement)
    if len(symbols) != 1 or claim.constants:
        return None
    others = frozenset[Symbol]().union(*(free_symbols(one) for one in claim.hypotheses)) - symbols
    if others:
        return None
    (variable,) = symbols
    work.spend(_COST)
    try:
        points = [point for piece in failing_pieces(claim) for point in _points(piece)]
    except (Rejected, AssertionError):
        return None
    for point in sorted(points, key=_length):
        found = Counterexample(((variable, point),))
        if refutes(found, claim):
            return found
    return None


def _points(piece: Piece) -> list[Term]:
    """A short point of the piece, or none where its root has no short name."""
    whole = piece.line.whole
    if whole is None:
        return [Number(0)]
    if piece.around is not None:
        return list(_named(_narrowed(whole, piece.around), list(piece.line.sturm)))
    below, above = (None if one is None else _narrowed(whole, one) for one in piece.between)
    return [Number(shortest(None if below is None else below[1], None if above is None else above[0]))]


def _length(point: Term) -> tuple[int, int]:
    """Whole numbers first, then fractions, then roots; small before large."""
    if not isinstance(point, Number):
        return 1 << 30, point.depth
    return point.value.denominator, abs(point.value.numerator)


def _narrowed(whole: Sturm, interval: Interval) -> Interval:
    for _ in range(_HALVINGS):
        interval = whole.halved(interval)
    return interval


def shortest(left: Fraction | None, right: Fraction | None) -> Fraction:
    """The number of least denominator, then least size, from one bound to another (None: no bound)."""
    if (left is None or left <= 0) and (right is None or right >= 0):
        return Fraction(0)
    if left is None or left < 0:
        assert right is not None
        return -shortest(-right, None if left is None else -left)
    above = Fraction(-(-left.numerator // left.denominator))
    if right is None or above <= right:
        return above
    whole = above - 1
    return whole + 1 / shortest(1 / (right - whole), 1 / (left - whole))


def _named(around: Interval, cuts: list[Whole]) -> Iterator[Term]:
    """The root in the interval, where it is rational or a root of a quadratic factor among the cuts."""
    for cut in sorted(_factors(cuts), key=len):
        if len(cut) > 3 or Sturm(cut).changes(around[0]) == Sturm(cut).changes(around[1]):
            continue
        if len(cut) == 2:
            yield Number(Fraction(-cut[0], cut[1]))
            return
        c, b, a = cut
        discriminant = b * b - 4 * a * c
        outside, inside = square_part(discriminant)
        root: Term = Apply("sqrt", (Number(inside),))
        if inside == 1:
            root = Number(1)
        for sign in (1, -1):
            factor = Fraction(sign * outside, 2 * a)
            scaled = root if factor == 1 else negate(root) if factor == -1 else Apply("*", (Number(factor), root))
            rest = Fraction(-b, 2 * a)
            approximate = float(rest) + float(factor) * float(inside) ** 0.5
            if float(around[0]) <= approximate <= float(around[1]):
                yield scaled if rest == 0 else add(Number(rest), scaled)
        return


def _factors(cuts: list[Whole]) -> list[Whole]:
    """The cuts, their common divisors and what is left of them, and their rational linear factors."""
    found = list(cuts)
    for index, one in enumerate(cuts):
        for other in cuts[index + 1 :]:
            common = greatest_common_divisor(one, other)
            if 1 < len(common) < max(len(one), len(other)):
                found += [common, *(quotient(part, common) for part in (one, other) if len(common) < len(part))]
    for one in list(found):
        for root in _rational_roots(one):
            linear = (-root.numerator, root.denominator)
            found += [linear, quotient(one, linear)]
    return list(dict.fromkeys(one for one in found if len(one) > 1))


def _rational_roots(polynomial: Whole) -> list[Fraction]:
    """Roots p/q with small p and q."""
    if polynomial[0] == 0:
        return [Fraction(0)]
    return [
        root
        for bottom in _divisors(polynomial[-1])
        for top in _divisors(polynomial[0])
        for root in (Fraction(top, bottom), Fraction(-top, bottom))
        if not sign_at(polynomial, root)
    ]


def _divisors(number: int) -> list[int]:
    return [one for one in range(1, min(abs(number), 500) + 1) if number % one == 0]
