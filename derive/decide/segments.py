"""Antiderivatives of what has values of smooth functions in it: grad f(x + t (y - x))^T (y - x) is the derivative of f(x + t (y - x)) by t.

**Method**: for each gradient, Hessian matrix or derivative in the integrand, taken at a place that moves, the function one order below, times powers of
the variable (parts are integrated so); those combinations are taken whose derivatives leave a polynomial in the variable with constant coefficients.
It is only proposed: the kernel differentiates.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from fractions import Fraction

from derive.kernel import polynomial
from derive.kernel.calculus import slope_of
from derive.kernel.certificate import Rejected
from derive.kernel.normal_form import SCALAR, Atoms, Form
from derive.kernel.polynomial import BITS, Coefficient, Polynomial
from derive.kernel.sorting import is_scalar, sort_of
from derive.kernel.term import (
    ZERO,
    Apply,
    IllSorted,
    Number,
    Symbol,
    Term,
    TermError,
    add,
    free_symbols,
    multiply,
    subterms,
)

from . import simplex
from .terms_of import Nameless, Names, times
from .work import Work

MAXIMUM_POWER = 2  # of the variable, beside a value


def antiderivative(body: Term, variable: Symbol, work: Work) -> Term | None:
    """A term whose derivative is the body; None where none is found."""
    try:
        return _Search(variable, work).found(body)
    except (Rejected, IllSorted, TermError, Nameless):
        return None


class _Search:
    def __init__(self, variable: Symbol, work: Work) -> None:
        self.variable = variable
        self.work = work
        self.atoms = Atoms()
        self.names = Names(self.atoms)
        self.own = self.atoms.atom(("name", variable), variable)

    def found(self, body: Term) -> Term | None:
        goal = self.atoms.reduced(self.atoms.form(body))
        candidates = [one for one in self._candidates(body) if sort_of(one) == sort_of(body)]
        slopes = [self.atoms.reduced(self.atoms.form(slope_of(one, self.variable)[0])) for one in candidates]
        if any(form.grid is not None or form.denominator for form in (goal, *slopes)):
            return None
        weights = simplex.solve(
            [self._moving(form) for form in slopes], self._moving(goal), frozenset(range(len(slopes))), self.work
        )
        if weights is None:
            return None
        rest = goal
        for weight, form in zip(weights, slopes, strict=True):
            scaled = self.atoms.multiply(Form(SCALAR, {(): polynomial.constant(weight)}), form)
            rest = self.atoms.subtract(rest, scaled)
        parts = [times(weight, one) for weight, one in zip(weights, candidates, strict=True) if weight]
        last = self._of_polynomial(self.atoms.reduced(rest))
        return add(*parts, *(() if last == ZERO else (last,)))

    def _candidates(self, body: Term) -> Iterator[Term]:
        """What may be differentiated to the body, but for a polynomial."""
        for value in dict.fromkeys(self._one_order_below(body)):
            beside = [value]
            if not is_scalar(sort_of(value)) and is_scalar(sort_of(body)):
                assert isinstance(value, Apply)
                beside = [Apply("inner", (value, slope_of(value.arguments[1], self.variable)[0]))]
            for one in beside:
                for power in range(MAXIMUM_POWER + 1):
                    yield one if not power else multiply(Apply("^", (self.variable, Number(power))), one)

    def _one_order_below(self, body: Term) -> Iterator[Term]:
        for part in subterms(body):
            if not isinstance(part, Apply) or self.variable not in free_symbols(part):
                continue
            match part.head:
                case "gradient":
                    yield Apply("apply", part.arguments)
                case "hessian":
                    yield Apply("gradient", part.arguments)
                    yield Apply("apply", part.arguments)
                case "partial":
                    function, indices, *places = part.arguments
                    assert isinstance(indices, Apply)
                    if len(places) == 1 and is_scalar(sort_of(places[0])):
                        for order in range(len(indices.arguments)):
                            lower = Apply("indices", indices.arguments[:order])
                            yield (
                                Apply("partial", (function, lower, *places))
                                if order
                                else Apply("apply", (function, *places))
                            )

    def _moving(self, form: Form) -> dict[Hashable, Fraction]:
        """The part of a form that is no polynomial in the variable."""
        return {
            (word, key): Fraction(value)
            for word, polynomial_beside in form.words.items()
            for key, value in polynomial_beside.terms.items()
            if any(self._moves(self.names.letter(letter >> 1)) for letter in word)
            or any(index != self.own and self._moves(self.names.atom(index)) for index, _ in polynomial.exponents(key))
        }

    def _moves(self, term: Term) -> bool:
        return self.variable in free_symbols(term)

    def _of_polynomial(self, form: Form) -> Term:
        words: dict[tuple[int, ...], Polynomial] = {}
        for word, value in form.words.items():
            terms: dict[int, Coefficient] = {}
            for key, coefficient in value.terms.items():
                power = polynomial.exponent_of(key, self.own) + 1
                terms[key + (1 << (BITS * self.own))] = Fraction(coefficient) / power
            words[word] = Polynomial(terms, value.degree + 1)
        return self.names.form(Form(form.shape, words))
