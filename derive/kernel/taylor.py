"""Approximations by Taylor's theorem with Peano's remainder.

For f with p continuous derivatives, f(a + h) = f(a) + <grad f(a), h> + ... + o(|h|^p) (Rudin, Principles of Mathematical Analysis, 5.15 in one
variable; in several, Spivak or any text on analysis in R^n). Both sides of `left = right + o(|v - a|^p)` are expanded along
v = a + t k, t a scalar, up to t^p: the coefficients are polynomials in k, so if they agree as normal forms the sides differ by o(|v - a|^p).
What might be singular (norms, roots, quotients by something that moves) is refused.
"""

from __future__ import annotations

from .certificate import Rejected
from .claim import Claim
from .identity import atoms_for
from .normal_form import is_zero
from .sorting import is_scalar, is_vector, sort_of
from .term import (
    ONE,
    ZERO,
    Apply,
    Function,
    Matrix,
    Number,
    Symbol,
    Term,
    add,
    free_symbols,
    multiply,
    negate,
    subterms,
)

MAXIMUM_ORDER = 2
Jet = list[
    Term | None
]  # coefficients of t^0 .. t^p; None is zero, which the first never is, nor the second of what moves


def check_taylor(claim: Claim) -> tuple[Term, ...]:
    """Accepts an `approx` statement; no further terms matter."""
    statement = claim.statement
    if not isinstance(statement, Apply) or statement.head != "approx":
        raise Rejected("the claim is not an approximation")
    left, right, variable, base, order_term = statement.arguments
    assert isinstance(order_term, Number)
    order = int(order_term.value)
    if order > MAXIMUM_ORDER:
        raise Rejected("an approximation of an order above 2")
    symbols = _symbols(variable)
    if free_symbols(base) & symbols:
        raise Rejected("the point of expansion moves with the variable")
    if any(free_symbols(hypothesis) & symbols for hypothesis in claim.hypotheses):
        raise Rejected("a hypothesis on the variable of the expansion")
    taken = {part.name for one in (statement, *claim.hypotheses) for part in subterms(one) if isinstance(part, Symbol)}
    expansion = _Expansion(_directions(variable, base, taken), order)
    atoms = atoms_for(claim)
    for one, other in zip(expansion.jet(left), expansion.jet(right), strict=True):
        difference = _sum([one, None if other is None else negate(other)])
        if difference is not None and not is_zero(atoms.form(difference), atoms):
            raise Rejected("the expansions differ")
    return ()


def _symbols(variable: Term) -> frozenset[Symbol]:
    if isinstance(variable, Symbol):
        return frozenset({variable})
    if isinstance(variable, Apply) and variable.head == "matrix":
        entries = [entry for row in variable.arguments if isinstance(row, Apply) for entry in row.arguments]
        if all(isinstance(entry, Symbol) for entry in entries) and len(set(entries)) == len(entries):
            return frozenset(entry for entry in entries if isinstance(entry, Symbol))
    raise Rejected("the variable of an expansion is a symbol or a literal of distinct symbols")


def _directions(variable: Term, base: Term, taken: set[str]) -> dict[Symbol, tuple[Term, Term]]:
    """symbol -> (its value at the base, its direction), the directions named as nothing that is taken."""

    def direction(symbol: Symbol) -> Symbol:
        name = f"direction {symbol.name}"
        while name in taken:
            name += "'"
        taken.add(name)
        return Symbol(name, symbol.sort)

    if isinstance(variable, Symbol):
        return {variable: (base, direction(variable))}
    if not (isinstance(base, Apply) and base.head == "matrix"):
        raise Rejected("a literal of symbols tends to a literal")
    assert isinstance(variable, Apply)
    found: dict[Symbol, tuple[Term, Term]] = {}
    for row, base_row in zip(variable.arguments, base.arguments, strict=True):
        assert isinstance(row, Apply)
        assert isinstance(base_row, Apply)
        for entry, value in zip(row.arguments, base_row.arguments, strict=True):
            assert isinstance(entry, Symbol)
            found[entry] = (value, direction(entry))
    return found


def _there(coefficient: Term | None) -> Term:
    assert coefficient is not None
    return coefficient


def _sum(terms: list[Term | None]) -> Term | None:
    there = [term for term in terms if term is not None]
    return add(*there) if there else None


class _Expansion:
    """Coefficients of t^0 .. t^p of terms along a line."""

    def __init__(self, directions: dict[Symbol, tuple[Term, Term]], order: int) -> None:
        self.directions = directions
        self.order = order
        self.moving = frozenset(directions)

    def jet(self, term: Term) -> Jet:
        rest: Jet = [None] * self.order
        if not free_symbols(term) & self.moving:
            return [term, *rest]
        if isinstance(term, Symbol):
            base, direction = self.directions[term]
            return [base, direction, *rest][: self.order + 1]
        assert isinstance(term, Apply)  # concrete functions have no definedness
        head, arguments = term.head, term.arguments
        if head in {"+", "negate", "transpose", "trace", "matrix", "component"}:
            return self._linear(term)
        if head in {"*", "inner"}:
            result = self.jet(arguments[0])
            for argument in arguments[1:]:
                result = self._product(result, self.jet(argument), head)
            return result
        if head == "/" and not free_symbols(arguments[1]) & self.moving:
            return [None if part is None else Apply("/", (part, arguments[1])) for part in self.jet(arguments[0])]
        if head == "^" and isinstance(arguments[1], Number) and is_scalar(sort_of(arguments[0])):
            power = arguments[1].value
            if power.denominator == 1 and 1 <= power <= 12:
                factor = self.jet(arguments[0])
                product = factor
                for _ in range(int(power) - 1):
                    product = self._product(product, factor, "*")
                return product
        if head in {"exp", "sin", "cos"}:
            return self._elementary(head, arguments[0])
        if head == "apply":
            return self._function(term)
        raise Rejected(f"{head} of something that moves is not expanded")

    def _linear(self, term: Apply) -> Jet:
        if term.head == "+":
            jets = [self.jet(argument) for argument in term.arguments]
            return [_sum([jet[index] for jet in jets]) for index in range(self.order + 1)]
        if term.head == "matrix":
            parts = [[self.jet(entry) for entry in row.arguments] for row in term.arguments if isinstance(row, Apply)]
            return [
                Apply("matrix", tuple(Apply("row", tuple(jet[index] or ZERO for jet in row)) for row in parts))
                for index in range(self.order + 1)
            ]
        first, *rest = term.arguments
        return [None if part is None else Apply(term.head, (part, *rest)) for part in self.jet(first)]

    def _product(self, left: Jet, right: Jet, head: str) -> Jet:
        result: Jet = []
        for index in range(self.order + 1):
            parts: list[Term | None] = []
            for first in range(index + 1):
                one, other = left[first], right[index - first]
                if one is not None and other is not None:
                    parts.append(Apply(head, (one, other)))
            result.append(_sum(parts))
        return result

    def _elementary(self, head: str, argument: Term) -> Jet:
        jet = self.jet(argument)
        start = _there(jet[0])
        table: dict[str, list[Term]] = {
            "exp": [*([Apply("exp", (start,))] * 3)],
            "sin": [Apply("sin", (start,)), Apply("cos", (start,)), negate(Apply("sin", (start,)))],
            "cos": [Apply("cos", (start,)), negate(Apply("sin", (start,))), negate(Apply("cos", (start,)))],
        }
        derivatives = table[head]
        result: Jet = [derivatives[0]]
        if self.order >= 1:
            slope = _there(jet[1])
            result.append(multiply(derivatives[1], slope))
        if self.order >= 2:
            first = None if jet[2] is None else multiply(derivatives[1], jet[2])
            result.append(_sum([first, multiply(Apply("/", (derivatives[2], Number(2))), slope, slope)]))
        return result

    def _function(self, term: Apply) -> Jet:
        """f of one argument, or of several scalars."""
        function, *arguments = term.arguments
        assert isinstance(function, Symbol)  # concrete functions have no definedness
        assert isinstance(function.sort, Function)
        if function.sort.order < max(self.order, 1):  # order 0 does not say that a function is continuous
            raise Rejected("the function is not declared so smooth as the order of the approximation")
        jets = [self.jet(argument) for argument in arguments]
        starts = tuple(_there(jet[0]) for jet in jets)
        result: Jet = [Apply("apply", (function, *starts))]
        if len(arguments) == 1 and is_vector(sort_of(arguments[0])):
            return self._of_vector(function, starts[0], jets[0], result)
        if not all(is_scalar(sort_of(argument)) for argument in arguments):
            raise Rejected("a function of a matrix is not expanded")

        def partial(*indices: int) -> Term:
            listed = Apply("indices", tuple(Number(index) for index in sorted(indices)))
            return Apply("partial", (function, listed, *starts))

        if self.order >= 1:
            result.append(_sum([multiply(partial(i), jet[1]) for i, jet in enumerate(jets, 1) if jet[1] is not None]))
        if self.order >= 2:
            parts: list[Term | None] = [
                multiply(partial(i), jet[2]) for i, jet in enumerate(jets, 1) if jet[2] is not None
            ]
            for i, one in enumerate(jets, 1):
                for j, other in enumerate(jets, 1):
                    if one[1] is not None and other[1] is not None:
                        parts.append(multiply(Apply("/", (ONE, Number(2))), partial(i, j), one[1], other[1]))
            result.append(_sum(parts))
        return result

    def _of_vector(self, function: Symbol, start: Term, jet: Jet, result: Jet) -> Jet:
        gradient = Apply("gradient", (function, start))
        if self.order >= 1:
            slope = _there(jet[1])
            result.append(Apply("inner", (gradient, slope)))
        if self.order >= 2:
            sort = sort_of(slope)
            assert isinstance(sort, Matrix)
            column = Apply("transpose", (slope,)) if sort.rows == 1 else slope
            curved = Apply("*", (Apply("hessian", (function, start)), column))
            first = None if jet[2] is None else Apply("inner", (gradient, jet[2]))
            result.append(_sum([first, Apply("/", (Apply("inner", (curved, column)), Number(2)))]))
        return result
