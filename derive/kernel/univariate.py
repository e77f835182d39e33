"""Statements about one real number, by the signs of polynomials on all pieces of the line.

at a point of each piece: a hypothesis fails, or something is undefined, or the statement holds
-----------------------------------------------------------------------------------------------
hypotheses |- statement

The polynomials that occur cut the line into points and open intervals on which no sign changes, so one point of each decides (Tarski 1951 for one variable).
Statements are built by connectives from relations of terms made of the variable, rational numbers, + - * /, natural powers, |.|, min and max.
Hypotheses of another form are left out, which shows less.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from .certificate import Rejected
from .claim import Claim
from .definedness import obligations, presuppositions
from .rational_function import Rational, difference, negated, product, sum_of
from .real_roots import Interval, Sturm, Whole, multiply, primitive, sign_at, square_free
from .term import FALSE, TRUE, Apply, Number, Scalar, Symbol, Term, free_symbols

MAXIMUM_CUTS = 32  # the degree of what the line is cut by
_HOLDS: dict[str, Callable[[int], bool]] = {
    "=": lambda sign: sign == 0,
    "!=": lambda sign: sign != 0,
    "<": lambda sign: sign < 0,
    "<=": lambda sign: sign <= 0,
    ">": lambda sign: sign > 0,
    ">=": lambda sign: sign >= 0,
}


class _Unsigned(Exception):
    """A polynomial whose sign may change on a piece: the line has to be cut at its roots too."""

    def __init__(self, polynomial: Whole) -> None:
        super().__init__()
        self.polynomial = polynomial


class _Other(Exception):
    """A term or statement of another form."""


def check_univariate(claim: Claim) -> None:
    """Accepts a claim about one real number that holds wherever it is defined. Rejected with a point otherwise."""
    for piece in _pieces_of(claim):
        if not piece.holds_here:
            raise Rejected(f"it fails {piece}")


def failing_pieces(claim: Claim) -> list[Piece]:
    """Where the claim fails, for searches."""
    return [piece for piece in _pieces_of(claim) if not piece.holds_here]


def _pieces_of(claim: Claim) -> list[Piece]:
    """All pieces, each with whether the claim holds on it. Rejected for a claim of another form."""
    symbols = free_symbols(claim.statement)
    if len(symbols) != 1:
        raise Rejected("not a statement about one number")
    (variable,) = symbols
    if not isinstance(variable.sort, Scalar):
        raise Rejected("not a statement about one number")
    hypotheses = [one for one in claim.hypotheses if free_symbols(one) <= symbols and _has_definedness(one)]
    cuts: list[Whole] = []
    while sum(map(len, cuts)) - len(cuts) <= MAXIMUM_CUTS:
        pieces = Line(variable, cuts).pieces()
        try:
            for piece in pieces:
                piece.holds_here = piece.allows(claim.statement, hypotheses)
            return pieces
        except _Unsigned as missing:
            cuts.append(missing.polynomial)
        except _Other:
            raise Rejected("a statement that is not made of polynomials in one variable") from None
    raise Rejected("too many polynomials")


def _has_definedness(statement: Term) -> bool:
    try:
        presuppositions(statement)
    except Rejected:
        return False
    return True


class Line:
    """The real line, cut at the roots of some polynomials (square-free, not constant)."""

    def __init__(self, variable: Symbol, cuts: list[Whole]) -> None:
        self.variable = variable
        self.sturm = {cut: Sturm(cut) for cut in cuts}
        product: Whole = (1,)
        for cut in cuts:
            product = multiply(product, cut)
        self.whole = Sturm(square_free(product)) if cuts else None
        self.roots: list[Interval] = self.whole.isolated() if self.whole is not None else []

    def pieces(self) -> list[Piece]:
        """The intervals between roots, and the roots."""
        if not self.roots:
            return [Piece(self, Fraction(0), (None, None), None)]
        found = [Piece(self, self.roots[0][0], (None, self.roots[0]), None)]
        for root, following in zip(self.roots, [*self.roots[1:], None], strict=True):
            found += [Piece(self, root[0], (root, root), root), Piece(self, root[1], (root, following), None)]
        return found


class Piece:
    """An open interval around `sample` between two roots (None: no bound), or the one root in the interval `around`."""

    def __init__(
        self, line: Line, sample: Fraction, between: tuple[Interval | None, Interval | None], around: Interval | None
    ) -> None:
        self.line = line
        self.sample = sample
        self.between = between
        self.around = around
        self.holds_here = False

    def __str__(self) -> str:
        if self.around is None:
            return f"at {self.line.variable.name} = {self.sample}"
        return f"at a root between {self.around[0]} and {self.around[1]}"

    def allows(self, statement: Term, hypotheses: list[Term]) -> bool:
        """Whether the piece is no counterexample."""
        for hypothesis in hypotheses:
            try:
                if not self._defined(hypothesis) or not self.holds(hypothesis):
                    return True
            except _Other:
                continue
        return not self._defined(statement) or self.holds(statement)

    def _defined(self, statement: Term) -> bool:
        """Each condition is defined where those before it hold."""
        return all(self.holds(condition) for condition in obligations(statement))

    def holds(self, statement: Term) -> bool:
        if statement in {TRUE, FALSE}:
            return statement == TRUE
        assert isinstance(statement, Apply)  # the one symbol is a number
        arguments = statement.arguments
        match statement.head:
            case "and":
                return all(self.holds(part) for part in arguments)
            case "or":
                return any(self.holds(part) for part in arguments)
            case "not":
                return not self.holds(arguments[0])
            case "implies":
                return not self.holds(arguments[0]) or self.holds(arguments[1])
            case "iff":
                return self.holds(arguments[0]) == self.holds(arguments[1])
            case head if head in _HOLDS:
                return _HOLDS[head](self.sign(difference(self.value(arguments[0]), self.value(arguments[1]))))
        raise _Other

    def sign(self, value: Rational) -> int:
        above, below = (self._sign(part) for part in value)
        assert below  # the conditions of what is asked have been seen to hold
        return above * below

    def _sign(self, polynomial: Whole) -> int:
        if len(polynomial) < 2:
            return 0 if not polynomial else 1 if polynomial[0] > 0 else -1
        simple = square_free(primitive(list(polynomial)))
        sturm = self.line.sturm.get(simple)
        if sturm is None:
            raise _Unsigned(simple)
        if self.around is not None:
            left, right = self.around
            if sturm.changes(left) != sturm.changes(right):
                return 0
        return sign_at(polynomial, self.sample)

    def value(self, term: Term) -> Rational:
        """The rational function that the term is on this piece."""
        if isinstance(term, Number):
            return ((term.value.numerator,) if term.value else ()), (term.value.denominator,)
        if term == self.line.variable:
            return (0, 1), (1,)
        if not isinstance(term, Apply):
            raise _Other
        match term.head:
            case "+":
                first, *rest = (self.value(part) for part in term.arguments)
                for one in rest:
                    first = sum_of(first, one)
                return first
            case "*":
                first, *rest = (self.value(part) for part in term.arguments)
                for one in rest:
                    first = product(first, one)
                return first
            case "negate":
                return negated(self.value(term.arguments[0]))
            case "/":
                above, below = (self.value(part) for part in term.arguments)
                return product(above, (below[1], below[0]))
            case "^":
                return self._power(self.value(term.arguments[0]), term.arguments[1])
            case "abs":
                inside = self.value(term.arguments[0])
                return inside if self.sign(inside) >= 0 else negated(inside)
            case "min" | "max":
                least, *rest = (self.value(part) for part in term.arguments)
                for one in rest:
                    if (self.sign(difference(one, least)) > 0) == (term.head == "max"):
                        least = one
                return least
        raise _Other

    def _power(self, base: Rational, exponent: Term) -> Rational:
        if isinstance(exponent, Apply) and exponent.head == "negate" and isinstance(exponent.arguments[0], Number):
            exponent = Number(-exponent.arguments[0].value)
        if not isinstance(exponent, Number) or exponent.value.denominator != 1 or abs(exponent.value) > 200:
            raise _Other
        if exponent.value < 0:
            base = (base[1], base[0])
        result: Rational = ((1,), (1,))
        for _ in range(abs(int(exponent.value))):
            result = product(result, base)
        return result
