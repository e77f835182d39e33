"""Terms made of numbers and letters for numbers by +, *, negation and natural powers, written out as polynomials.

Most identities are made of nothing else, and here no part of them becomes a form of its own: what is a sum of products of letters is added up at
once. The rules are those of commutative rings.
"""

from __future__ import annotations

from collections.abc import Callable

from . import polynomial
from .certificate import Rejected
from .polynomial import MAXIMUM_DEGREE, Coefficient, Polynomial
from .sorting import is_scalar, sort_of
from .term import TWO, Apply, Constant, Number, Symbol, Term

MAXIMUM_SUMS = 100_000


class Expansion:
    """The polynomials of the terms of one check, in atoms that `numbered` numbers."""

    def __init__(self, numbered: Callable[[Symbol | Constant], int]) -> None:
        self.numbered = numbered
        self.letters: dict[Term, int] = {}  # letter -> its monomial
        self.products: dict[Term, Polynomial] = {}  # of what is more than a product of letters or a square: made once
        self.sums = 0  # walked through: those that are shared each time
        self.kinds: dict[Term, bool] = {}  # whether a term is of this kind, asked of the parts of one that is not

    def polynomial(self, term: Term) -> Polynomial | None:
        """The polynomial that a term is; None where a part of it is of another kind. Rejected where a limit is exceeded."""
        return self._known([term], [])

    def difference(self, left: Term, right: Term) -> Polynomial | None:
        """That of left - right."""
        return self._known([left], [right])

    def _known(self, added: list[Term], subtracted: list[Term]) -> Polynomial | None:
        whole = added + subtracted
        if not all(self.kinds.get(term, True) for term in whole):
            return None
        try:
            return self._sum(added, subtracted)
        except _OtherKind:
            for term in whole:
                self._note_kinds(term)
            return None

    def _sum(self, added: list[Term], subtracted: list[Term]) -> Polynomial:
        """The sum of the one terms without that of the others; uses up the lists."""
        terms: dict[int, Coefficient] = {}
        degree = 0
        monomials, get = self.letters.get, terms.get
        here, there, sign = added, subtracted, 1
        while here or there:
            if not here:
                here, there, sign = there, here, -sign
            term = here.pop()
            if not isinstance(term, Apply):
                its_degree = polynomial.collect(terms, self._leaf(term), sign)
            elif term.head == "+":
                self.sums += 1
                if self.sums > MAXIMUM_SUMS:
                    raise Rejected("sums within sums, over and over")
                here += term.arguments
                continue
            elif term.head == "negate":
                there += term.arguments
                continue
            elif term.head == "*":
                monomial = 0
                for argument in term.arguments:
                    letter = monomials(argument)
                    if letter is None:
                        its_degree = polynomial.collect(terms, self._product(term), sign)
                        break
                    monomial += letter
                else:
                    terms[monomial] = get(monomial, 0) + sign
                    its_degree = len(term.arguments)
            elif term.head == "^" and term.arguments[1] == TWO:
                its_degree = polynomial.collect_square(terms, self._sum([term.arguments[0]], []), sign)
            else:
                its_degree = polynomial.collect(terms, self._product(term), sign)
            degree = max(degree, its_degree)
        return polynomial.collected(terms, degree)

    def _leaf(self, term: Term) -> Polynomial:
        if isinstance(term, Number):
            return polynomial.constant(term.value)
        if not isinstance(term, (Symbol, Constant)) or not is_scalar(term.sort):
            raise _OtherKind
        found = polynomial.atom(self.numbered(term))
        (self.letters[term],) = found.terms
        return found

    def _product(self, term: Apply) -> Polynomial:
        """The polynomial of a product or a power."""
        known = self.products.get(term)
        if known is None:
            if term.head == "*":
                known = self._factors(term.arguments)
            else:
                exponent = _exponent(term)
                if exponent is None:
                    raise _OtherKind
                known = polynomial.power(self._sum([term.arguments[0]], []), exponent)
            self.products[term] = known
        return known

    def _factors(self, factors: tuple[Term, ...]) -> Polynomial:
        others = [factor for factor in factors if factor not in self.letters]
        letters = [self.letters[factor] for factor in factors if factor in self.letters]
        found = Polynomial({sum(letters): 1}, len(letters))
        for factor in others:
            found = polynomial.multiply(found, self._sum([factor], []))
        return found

    def _note_kinds(self, term: Term) -> bool:
        if not isinstance(term, Apply):
            return isinstance(term, (Symbol, Number, Constant)) and is_scalar(sort_of(term))
        known = self.kinds.get(term)
        if known is None:
            parts = [self._note_kinds(argument) for argument in term.arguments]
            known = all(parts) and (term.head in {"+", "*", "negate"} or _exponent(term) is not None)
            self.kinds[term] = known
        return known


class _OtherKind(Exception):
    """A part is of another kind."""


def _exponent(term: Apply) -> int | None:
    """The exponent of a natural power; None of another term."""
    exponent = term.arguments[1] if term.head == "^" else None
    if not isinstance(exponent, Number) or exponent.value.denominator != 1:
        return None
    return exponent.value.numerator if 0 <= exponent.value.numerator < MAXIMUM_DEGREE else None
