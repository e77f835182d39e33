"""Derivatives of terms by a real symbol, a vector or a matrix, and what is enough for them to exist.

The rules are the usual ones (Rudin, Principles of Mathematical Analysis, chapters 5 and 9; for the inverse functions the NIST Digital Library of
Mathematical Functions, 4.20, 4.24, 4.34); what holds of vectors and matrices is in `differentials.py`. Where the conditions hold the term is defined near
the point, its derivative exists, and is the term that is returned. They are enough, not always needed: x |x| has a derivative at 0, which the rules do
not see.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from .certificate import Rejected
from .differentials import Differential, Differentials, Slope, add_slopes, partial_by, parts_of_value, times, transposed
from .sign import facts_of_entries, outside, range_of
from .sorting import is_integral, is_scalar, sort_of
from .term import (
    BINDERS,
    ELEMENTARY,
    ONE,
    TWO,
    ZERO,
    Apply,
    Constant,
    Matrix,
    Number,
    Scalar,
    Symbol,
    Term,
    add,
    free_symbols,
    multiply,
    negate,
    substitute,
    subterms,
    subtract,
)

MAXIMUM_STEPS = 2_000
MAXIMUM_LENGTH = 4_000  # each derivative may be several times as long as the one inside it
_ENTRY = Symbol("\\entry")  # of a column; no text is read as this name


def differentiated(statement: Term) -> Slope:
    """The statement with every derivative worked out, innermost first, and the conditions of all. Rejected where one is not known.

    The derivative of a determinant is said by the adjugate only if the statement speaks of one; else by adj(A) = det(A) A^-1, where A^-1 exists.
    """
    adjugates = any(isinstance(part, Apply) and part.head == "adjugate" for part in subterms(statement))
    found, conditions = _differentiated(statement)
    return (found if adjugates else _with_inverses(found)), conditions


def _with_inverses(term: Term) -> Term:
    if not isinstance(term, Apply):
        return term
    arguments = tuple(_with_inverses(argument) for argument in term.arguments)
    if term.head == "adjugate":
        return multiply(Apply("det", arguments), Apply("inverse", arguments))
    return term if arguments == term.arguments else Apply(term.head, arguments)


def _differentiated(statement: Term) -> Slope:
    if not isinstance(statement, Apply):
        return statement, ()
    if not any(isinstance(part, Apply) and part.head == "derivative" for part in subterms(statement)):
        return statement, ()
    if statement.head in {"sum", "each"}:
        return _under_variable(statement)
    if statement.head in BINDERS or statement.head == "approx":
        raise Rejected("a derivative under a bound variable")
    conditions: tuple[Term, ...] = ()
    arguments: list[Term] = []
    for argument in statement.arguments:
        term, own = _differentiated(argument)
        arguments.append(term)
        conditions = (*conditions, *own)
    if statement.head == "derivative":
        body, variable = arguments
        term, own = slope_of(body, variable)
        return term, (*conditions, *own)
    return Apply(statement.head, tuple(arguments)), conditions


def _under_variable(term: Apply) -> Slope:
    """Derivatives in the terms of a sum, or in a function taken entry by entry: they are worked out for every value of the variable."""
    body, variable, *rest = term.arguments
    assert isinstance(variable, Symbol)
    inner, conditions = _differentiated(body)
    facts = facts_of_entries(variable, *rest) if term.head == "each" else range_of(variable, *rest)
    found = [inner, variable]
    conditions = outside(conditions, variable, facts, f"derivative under a {term.head}")
    for part in rest:
        made, own = _differentiated(part)
        found.append(made)
        conditions = (*conditions, *own)
    return Apply(term.head, tuple(found)), conditions


def slope_of(body: Term, variable: Term) -> Slope:
    """d body / d variable: by a real number of a number, vector or matrix; by a vector or matrix of a number (the gradient, of the shape of the variable);
    by a vector of a vector (the Jacobian matrix, a row for each component of the body). By an entry or component of a vector or matrix, all others being
    fixed, as by a number. Rejected where a rule is missing, or what is found is too long: parts that it shares count as often as they are written."""
    slope, conditions = _slope_of(body, variable)
    conditions = tuple(dict.fromkeys(conditions))
    if is_too_long(slope, *conditions):
        raise Rejected("a derivative that is too long")
    return slope, conditions


def is_too_long(*terms: Term) -> bool:
    return _length(terms, {}) > MAXIMUM_LENGTH


def _length(terms: tuple[Term, ...], known: dict[Term, int]) -> int:
    total = 0
    for term in terms:
        if term not in known:
            known[term] = 1 + (_length(term.arguments, known) if isinstance(term, Apply) else 0)
        total += known[term]
    return total


def _slope_of(body: Term, variable: Term) -> Slope:
    whole = variable.arguments[0] if isinstance(variable, Apply) else variable
    assert isinstance(whole, Symbol)  # the sorts have been checked
    number = isinstance(whole.sort, Scalar) and whole.sort.domain == "real"
    if not number and (not isinstance(whole.sort, Matrix) or is_scalar(whole.sort)):
        raise Rejected("a derivative by something else than real numbers")
    slopes = _Slopes(whole)
    sort = sort_of(body)
    if isinstance(variable, Apply):
        return _by_entry(slopes, body, variable)
    if is_scalar(sort):
        slope, conditions = slopes.of(body)
        return (Constant("zero", whole.sort) if slope == ZERO and not number else slope), conditions
    if not number:
        return slopes.differentials.jacobian(body)
    differential = slopes.differentials.of(body)
    found = slopes.differentials.by_number(differential)
    return (Constant("zero", sort) if found == ZERO else found), differential.conditions


def _by_entry(slopes: _Slopes, body: Term, variable: Apply) -> Slope:
    """The gradient's entry, or the differential in the direction of the unit there."""
    whole, *indices = variable.arguments
    sort = sort_of(body)
    assert isinstance(whole, Symbol)
    assert isinstance(whole.sort, Matrix)
    if is_scalar(sort):
        slope, conditions = slopes.of(body)
        return (Apply(variable.head, (slope, *indices)) if slope != ZERO else ZERO), conditions
    differential = slopes.differentials.of(body)
    found = slopes.differentials.towards(differential, unit(whole.sort, variable))
    return (Constant("zero", sort) if found == ZERO else found), differential.conditions


class _Slopes:
    """Derivatives of numbers by one variable; each term is differentiated once. By a vector or matrix they are gradients, of its shape."""

    def __init__(self, variable: Symbol) -> None:
        self.variable = variable
        self.memory: dict[Term, Slope] = {}
        self.differentials = Differentials(variable, self.of, _differentiated)

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
            case "transpose" | "trace" | "det" | "inner" | "norm" | "component" | "entry" | "inverse":
                return self._of_array(term)
            case "hadamard" | "kronecker":  # of numbers
                return self._product(arguments)
            case "each":  # of a number
                body, variable, inside = arguments
                return self.of(substitute(body, {variable: inside}))
            case "sum":
                return self._finite_sum(*arguments)
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
                return times(Apply("/", (ONE, below)), slope), (*conditions, Apply(">", (inside, ZERO)))
            case "root":
                inside, index = arguments
                assert isinstance(index, Number)
                slope, conditions = self.of(inside)
                word = ">" if index.value % 2 == 0 else "!="
                below = multiply(index, Apply("^", (term, Number(index.value - 1))))
                return times(Apply("/", (ONE, below)), slope), (*conditions, Apply(word, (inside, ZERO)))
            case "apply" | "partial":
                return self._function(term)
            case "derivative":
                inner, conditions = _differentiated(term)
                slope, own = self.of(inner)
                return slope, (*conditions, *own)
            case "log" if isinstance(arguments[0], Apply) and arguments[0].head == "abs":
                (inside,) = arguments[0].arguments
                slope, conditions = self.of(inside)
                return times(_over(inside), slope), (*conditions, Apply("!=", (inside, ZERO)))
            case _ if head in _OUTER:
                inside = arguments[0]
                slope, conditions = self.of(inside)
                outer, own = _OUTER[head](inside)
                return times(outer, slope), (*conditions, *own)
        raise Rejected(f"the derivative of {head} is not known")

    def _sum(self, slopes: list[Slope]) -> Slope:
        parts = [slope for slope, _ in slopes if slope != ZERO]
        return add(*parts), tuple(condition for _, conditions in slopes for condition in conditions)

    def _product(self, arguments: tuple[Term, ...]) -> Slope:
        """The product rule; of vectors and matrices by their differentials."""
        if not all(is_scalar(sort_of(part)) for part in arguments):
            found = self.differentials.product(arguments)
            assert not isinstance(found, Differential)  # the term is a number
            return found
        parts: list[Slope] = []
        for index, part in enumerate(arguments):
            slope, conditions = self.of(part)
            if slope == ZERO:
                parts.append((ZERO, conditions))
            else:
                others = (*arguments[:index], *arguments[index + 1 :])
                parts.append((multiply(*others) if slope == ONE else multiply(*others, slope), conditions))
        return self._sum(parts)

    def _finite_sum(self, body: Term, index: Term, lower: Term, upper: Term) -> Slope:
        """Term by term, where the conditions hold for each term: a sum of symbolic length is finite. Its bounds are whole numbers, or it is not defined,
        and these are no variables here. A sum over the positions of vectors is differentiated as an inner product, where that can be done."""
        assert isinstance(index, Symbol)
        if lower == ONE and isinstance(upper, Symbol):
            with suppress(Rejected):
                values = column_of(body, index, upper.name)
                return self.of(Apply("inner", (Constant("ones", Matrix(upper.name, 1)), values)))
        slope, conditions = self.of(body)
        conditions = outside(conditions, index, range_of(index, lower, upper), "term of a differentiated sum")
        return (ZERO if slope == ZERO else Apply("sum", (slope, index, lower, upper))), conditions

    def _quotient(self, above: Term, below: Term) -> Slope:
        (up, one), (down, other) = self.of(above), self.of(below)
        conditions = (*one, *other, Apply("!=", (below, ZERO)))
        if down == ZERO:
            return (Apply("/", (up, below)) if up != ZERO else ZERO), conditions
        numerator = subtract(times(up, below), multiply(above, down)) if up != ZERO else negate(multiply(above, down))
        return Apply("/", (numerator, Apply("^", (below, TWO)))), conditions

    def _power(self, base: Term, exponent: Term) -> Slope:
        if isinstance(exponent, Apply) and exponent.head == "negate" and isinstance(exponent.arguments[0], Number):
            exponent = Number(-exponent.arguments[0].value)
        if isinstance(exponent, Number) and isinstance(base, Apply) and base.head in {"norm", "abs"}:
            found = self._even_power(base, exponent)
            if found is not None:
                return found
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
            return times(outer, slope), conditions
        if is_integral(exponent) and self.variable not in free_symbols(exponent):
            # n b^(n - 1), for n >= 1 at 0 too, where b^0 is 1
            enough = Apply("or", (Apply(">=", (exponent, ONE)), Apply("!=", (base, ZERO))))
            outer = multiply(exponent, Apply("^", (base, add(exponent, Number(-1)))))
            return times(outer, slope), (*conditions, enough)
        # b^e = exp(e log b) for b > 0
        positive = Apply(">", (base, ZERO))
        rise, more = self.of(exponent)
        logarithm = Apply("log", (base,))
        parts = []
        if rise != ZERO:
            parts.append(times(logarithm, rise))
        if slope != ZERO:
            parts.append(multiply(exponent, Apply("/", (slope, base))))
        if not parts:
            return ZERO, (*conditions, *more, positive)
        return multiply(Apply("^", (base, exponent)), add(*parts)), (*conditions, *more, positive)

    def _even_power(self, base: Apply, exponent: Number) -> Slope | None:
        """norm(N)^(2k) and abs(u)^(2k), which are differentiable at 0 too."""
        if exponent.value.denominator != 1 or exponent.value <= 0 or exponent.value % 2:
            return None
        (inside,) = base.arguments
        if is_scalar(sort_of(inside)):
            slope, conditions = self.of(inside)
            slope = times(inside, slope)
        else:
            slope, conditions = self.differentials.paired(inside, self.differentials.of(inside))
        if exponent.value == 2:
            return times(exponent, slope), conditions
        return times(multiply(exponent, Apply("^", (base, Number(exponent.value - 2)))), slope), conditions

    def _of_array(self, term: Apply) -> Slope:
        """Numbers made of vectors and matrices; of numbers as 1 x 1 matrices these heads say little."""
        head, arguments = term.head, term.arguments
        inside = arguments[0]
        sort = sort_of(inside)
        if is_scalar(sort):
            return self._of_single(head, arguments)
        assert isinstance(sort, Matrix)
        other = _without_matrices(head, inside)
        if other is not None:
            return self.of(other)
        differentials = self.differentials
        found = differentials.of(inside)
        match head:
            case "trace":
                return differentials.paired(Constant("identity", sort), found)
            case "det":
                return differentials.paired(transposed(Apply("adjugate", (inside,))), found)
            case "norm":
                slope, conditions = differentials.paired(Apply("/", (inside, term)), found)
                return slope, (*conditions, Apply("!=", (term, ZERO)))
            case "inner":
                other = arguments[1]
                turned = sort_of(other) != sort
                left, right = (transposed(one) if turned else one for one in (inside, other))
                one, conditions = differentials.paired(right, found)
                two, more = differentials.paired(left, differentials.of(other))
                return add_slopes(one, two), (*conditions, *more)
            case _:
                if not found.parts and is_scalar(self.variable.sort):
                    value = differentials.by_number(found)
                    return (Apply(head, (value, *arguments[1:])) if value != ZERO else ZERO), found.conditions
                return differentials.paired(unit(sort, term), found)

    def _of_single(self, head: str, arguments: tuple[Term, ...]) -> Slope:
        match head:
            case "inner":
                return self._product(arguments)
            case "inverse":
                return self._quotient(ONE, arguments[0])
            case "norm":
                return self.of(Apply("abs", arguments))
            case _:
                return self.of(arguments[0])

    def _function(self, term: Apply) -> Slope:
        """The chain rule: the sum of the partial derivatives times the slopes of the arguments."""
        function, sort, indices, arguments = parts_of_value(term)
        if sort.order < len(indices) + 1:
            raise Rejected("the derivative of a function that is not declared so smooth")
        if not all(is_scalar(one) for one in sort.arguments):
            if len(arguments) > 1 or indices:
                raise Rejected("the derivative of a function of several vectors or matrices")
            gradient = Apply("gradient", (function, *arguments))
            return self.differentials.paired(gradient, self.differentials.of(arguments[0]))
        slopes: list[Slope] = []
        for position, argument in enumerate(arguments, start=1):
            slope, conditions = self.of(argument)
            if slope == ZERO:
                slopes.append((ZERO, conditions))
                continue
            slopes.append((times(partial_by(function, indices, position, arguments), slope), conditions))
        return self._sum(slopes)


def column_of(body: Term, index: Symbol, length: str) -> Term:
    """The column of the values of a number at the positions 1 to `length`, with functions taken entry by entry. Rejected where the index stands in
    anything but components of vectors of that length."""
    if index not in free_symbols(body):
        return multiply(body, Constant("ones", Matrix(length, 1)))
    if not isinstance(body, Apply) or not is_scalar(sort_of(body)):
        raise Rejected("an index by itself")
    head, arguments = body.head, body.arguments
    if head == "component" and arguments[1] == index and index not in free_symbols(arguments[0]):
        sort = sort_of(arguments[0])
        if sort == Matrix(length, 1):
            return arguments[0]
        if sort == Matrix(1, length):
            return transposed(arguments[0])
    if head in {"+", "negate"}:
        return Apply(head, tuple(column_of(part, index, length) for part in arguments))
    if head == "*" or (head == "/" and index not in free_symbols(arguments[1])):
        moving = [part for part in arguments if index in free_symbols(part)]
        found = column_of(moving[0], index, length)
        for part in moving[1:]:
            found = Apply("hadamard", (found, column_of(part, index, length)))
        fixed = [part for part in arguments if part not in moving]
        return Apply("/", (found, *fixed)) if head == "/" else multiply(*fixed, found)
    if head == "/":
        inverse = Apply("each", (Apply("/", (ONE, _ENTRY)), _ENTRY, column_of(arguments[1], index, length)))
        return Apply("hadamard", (column_of(arguments[0], index, length), inverse))
    if head == "^" and isinstance(arguments[1], Number):
        return Apply("each", (Apply("^", (_ENTRY, arguments[1])), _ENTRY, column_of(arguments[0], index, length)))
    if head in ELEMENTARY or head in {"apply", "partial"}:
        *before, inside = arguments
        others = {symbol for part in before for symbol in free_symbols(part)}
        if index in others or _ENTRY in others:  # no text is read as that name, but a certificate may hold it
            raise Rejected("a function of other numbers that have the index, or the name that would be bound")
        return Apply("each", (Apply(head, (*before, _ENTRY)), _ENTRY, column_of(inside, index, length)))
    raise Rejected("an index in something else than components")


def unit(sort: Matrix, place: Apply) -> Term:
    """The vector or matrix with 1 where `place`, an entry or component of one, lies, and 0 elsewhere."""
    indices = place.arguments[1:]
    if len(indices) == 1:
        indices = (ONE, *indices) if sort.rows == 1 else (*indices, ONE)
    return Apply("unit", (Constant("zero", sort), *indices))


def _without_matrices(head: str, inside: Term) -> Term | None:
    """tr(A (x) B) = tr(A) tr(B) for square A and B, and det(A^k) = det(A)^k, which are differentiated more easily; None of anything else."""
    if not isinstance(inside, Apply):
        return None
    if head == "trace" and inside.head == "kronecker":
        sorts = [sort_of(part) for part in inside.arguments]
        if all(isinstance(sort, Matrix) and sort.rows == sort.columns for sort in sorts):
            return multiply(*(Apply("trace", (part,)) for part in inside.arguments))
    if head == "det" and inside.head == "^":
        base, exponent = inside.arguments
        return Apply("^", (Apply("det", (base,)), exponent))
    return None


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
