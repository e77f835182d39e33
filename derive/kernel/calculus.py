"""Derivatives of terms by a real symbol, and what is enough for them to exist.

The rules are the usual ones (Rudin, Principles of Mathematical Analysis, chapter 5; for the inverse functions the NIST Digital Library of Mathematical
Functions, 4.20, 4.24, 4.34). Where the conditions hold the term is defined near the point, its derivative exists, and is the term that is returned. They are
enough, not always needed: x |x| has a derivative at 0, which the rules do not see.
"""

from __future__ import annotations

from collections.abc import Callable

from .certificate import Rejected
from .sorting import is_scalar, sort_of
from .term import (
    BINDERS,
    ONE,
    TWO,
    ZERO,
    Apply,
    Function,
    Number,
    Scalar,
    Symbol,
    Term,
    add,
    free_symbols,
    multiply,
    negate,
    subterms,
    subtract,
)

Slope = tuple[Term, tuple[Term, ...]]  # the derivative, and conditions that are enough for it
MAXIMUM_STEPS = 2_000


def differentiated(statement: Term) -> Slope:
    """The statement with every derivative worked out, innermost first, and the conditions of all. Rejected where one is not known."""
    if not isinstance(statement, Apply):
        return statement, ()
    if not any(isinstance(part, Apply) and part.head == "derivative" for part in subterms(statement)):
        return statement, ()
    if statement.head in BINDERS or statement.head == "approx":
        raise Rejected("a derivative under a bound variable")
    conditions: tuple[Term, ...] = ()
    arguments: list[Term] = []
    for argument in statement.arguments:
        term, own = differentiated(argument)
        arguments.append(term)
        conditions = (*conditions, *own)
    if statement.head == "derivative":
        body, variable = arguments
        term, own = slope_of(body, variable)
        return term, (*conditions, *own)
    return Apply(statement.head, tuple(arguments)), conditions


def slope_of(body: Term, variable: Term) -> Slope:
    """d body / d variable. Rejected where the variable is no real symbol, or a rule is missing."""
    assert isinstance(variable, Symbol)  # the sorts have been checked
    if not isinstance(variable.sort, Scalar) or variable.sort.domain != "real":
        raise Rejected("a derivative by something else than a real number")
    if not is_scalar(sort_of(body)):
        raise Rejected("the derivative of something that is not a number")
    return _Slopes(variable).of(body)


class _Slopes:
    """Derivatives by one variable; each term is differentiated once."""

    def __init__(self, variable: Symbol) -> None:
        self.variable = variable
        self.memory: dict[Term, Slope] = {}

    def of(self, term: Term) -> Slope:
        known = self.memory.get(term)
        if known is None:
            if len(self.memory) > MAXIMUM_STEPS:
                raise Rejected("a derivative of too large a term")
            known = self.memory[term] = self._of(term)
        return known

    def _of(self, term: Term) -> Slope:
        if term == self.variable:
            return ONE, ()
        if self.variable not in free_symbols(term):
            return ZERO, ()
        assert isinstance(term, Apply)  # functions are no numbers
        head, arguments = term.head, term.arguments
        match head:
            case "+":
                return self._sum([self.of(part) for part in arguments])
            case "negate":
                slope, conditions = self.of(arguments[0])
                return (negate(slope) if slope != ZERO else ZERO), conditions
            case "*":
                return self._product(arguments)
            case "/":
                return self._quotient(*arguments)
            case "^":
                return self._power(*arguments)
            case "log_base" if self.variable not in free_symbols(arguments[0]):
                base, inside = arguments
                slope, conditions = self.of(inside)
                below = multiply(inside, Apply("log", (base,)))
                return _times(Apply("/", (ONE, below)), slope), (*conditions, Apply(">", (inside, ZERO)))
            case "root":
                inside, index = arguments
                assert isinstance(index, Number)
                slope, conditions = self.of(inside)
                word = ">" if index.value % 2 == 0 else "!="
                below = multiply(index, Apply("^", (term, Number(index.value - 1))))
                return _times(Apply("/", (ONE, below)), slope), (*conditions, Apply(word, (inside, ZERO)))
            case "apply" | "partial":
                return self._function(term)
            case "derivative":
                inner, conditions = differentiated(term)
                slope, own = self.of(inner)
                return slope, (*conditions, *own)
            case _ if head in _OUTER:
                inside = arguments[0]
                slope, conditions = self.of(inside)
                outer, own = _OUTER[head](inside)
                return _times(outer, slope), (*conditions, *own)
        raise Rejected(f"the derivative of {head} is not known")

    def _sum(self, slopes: list[Slope]) -> Slope:
        parts = [slope for slope, _ in slopes if slope != ZERO]
        return add(*parts), tuple(condition for _, conditions in slopes for condition in conditions)

    def _product(self, arguments: tuple[Term, ...]) -> Slope:
        """The product rule for numbers; vectors would need their own."""
        if not all(is_scalar(sort_of(part)) for part in arguments):
            raise Rejected("the derivative of a product that is not one of numbers")
        parts: list[Slope] = []
        for index, part in enumerate(arguments):
            slope, conditions = self.of(part)
            if slope == ZERO:
                parts.append((ZERO, conditions))
            else:
                others = (*arguments[:index], *arguments[index + 1 :])
                parts.append((multiply(*others) if slope == ONE else multiply(*others, slope), conditions))
        return self._sum(parts)

    def _quotient(self, above: Term, below: Term) -> Slope:
        (up, one), (down, other) = self.of(above), self.of(below)
        conditions = (*one, *other, Apply("!=", (below, ZERO)))
        if down == ZERO:
            return (Apply("/", (up, below)) if up != ZERO else ZERO), conditions
        numerator = subtract(_times(up, below), multiply(above, down)) if up != ZERO else negate(multiply(above, down))
        return Apply("/", (numerator, Apply("^", (below, TWO)))), conditions

    def _power(self, base: Term, exponent: Term) -> Slope:
        if isinstance(exponent, Apply) and exponent.head == "negate" and isinstance(exponent.arguments[0], Number):
            exponent = Number(-exponent.arguments[0].value)
        slope, conditions = self.of(base)
        if isinstance(exponent, Number):
            power = exponent.value
            if power == 0:
                return ZERO, conditions
            lowered = base if power == 2 else Apply("^", (base, Number(power - 1)))
            outer = ONE if power == 1 else multiply(exponent, lowered)
            if power.denominator != 1:
                conditions = (*conditions, Apply(">", (base, ZERO)))
            elif power < 0:
                conditions = (*conditions, Apply("!=", (base, ZERO)))
            return _times(outer, slope), conditions
        # b^e = exp(e log b) for b > 0
        positive = Apply(">", (base, ZERO))
        rise, more = self.of(exponent)
        logarithm = Apply("log", (base,))
        parts = []
        if rise != ZERO:
            parts.append(_times(logarithm, rise))
        if slope != ZERO:
            parts.append(multiply(exponent, Apply("/", (slope, base))))
        if not parts:
            return ZERO, (*conditions, *more, positive)
        return multiply(Apply("^", (base, exponent)), add(*parts)), (*conditions, *more, positive)

    def _function(self, term: Apply) -> Slope:
        """The chain rule: the sum of the partial derivatives times the slopes of the arguments."""
        function, *arguments = term.arguments
        indices: list[Term] = []
        if term.head == "partial":
            taken, *arguments = arguments
            assert isinstance(taken, Apply)
            indices = list(taken.arguments)
        assert isinstance(function, Symbol)  # no claim holds a concrete function
        assert isinstance(function.sort, Function)
        if function.sort.order < len(indices) + 1 or not all(is_scalar(sort) for sort in function.sort.arguments):
            raise Rejected("the derivative of a function that is not declared so smooth")
        slopes: list[Slope] = []
        for position, argument in enumerate(arguments, start=1):
            slope, conditions = self.of(argument)
            if slope == ZERO:
                slopes.append((ZERO, conditions))
                continue
            listed = sorted([*indices, Number(position)], key=lambda one: one.value)  # type: ignore[union-attr]
            outer = Apply("partial", (function, Apply("indices", tuple(listed)), *arguments))
            slopes.append((_times(outer, slope), conditions))
        return self._sum(slopes)


def _times(outer: Term, slope: Term) -> Term:
    if ZERO in {slope, outer}:
        return ZERO
    return outer if slope == ONE else slope if outer == ONE else multiply(outer, slope)


def _of(head: str, *arguments: Term) -> Term:
    return Apply(head, arguments)


def _square(term: Term) -> Term:
    return Apply("^", (term, TWO))


def _over(below: Term) -> Term:
    return Apply("/", (ONE, below))


def _inside(term: Term) -> tuple[Term, ...]:
    return _of("<", Number(-1), term), _of("<", term, ONE)


_OUTER: dict[str, Callable[[Term], Slope]] = {
    "exp": lambda u: (_of("exp", u), ()),
    "log": lambda u: (_over(u), (_of(">", u, ZERO),)),
    "sin": lambda u: (_of("cos", u), ()),
    "cos": lambda u: (negate(_of("sin", u)), ()),
    "tan": lambda u: (_over(_square(_of("cos", u))), (_of("!=", _of("cos", u), ZERO),)),
    "cot": lambda u: (negate(_over(_square(_of("sin", u)))), (_of("!=", _of("sin", u), ZERO),)),
    "sec": lambda u: (multiply(_of("sec", u), _of("tan", u)), (_of("!=", _of("cos", u), ZERO),)),
    "csc": lambda u: (negate(multiply(_of("csc", u), _of("cot", u))), (_of("!=", _of("sin", u), ZERO),)),
    "arcsin": lambda u: (_over(_of("sqrt", subtract(ONE, _square(u)))), _inside(u)),
    "arccos": lambda u: (negate(_over(_of("sqrt", subtract(ONE, _square(u))))), _inside(u)),
    "arctan": lambda u: (_over(add(ONE, _square(u))), ()),
    "sinh": lambda u: (_of("cosh", u), ()),
    "cosh": lambda u: (_of("sinh", u), ()),
    "tanh": lambda u: (subtract(ONE, _square(_of("tanh", u))), ()),
    "sqrt": lambda u: (_over(multiply(TWO, _of("sqrt", u))), (_of(">", u, ZERO),)),
    "abs": lambda u: (_of("sgn", u), (_of("!=", u, ZERO),)),
}
