"""The bound by quadratic functions that a Lipschitz continuous gradient gives, with its proof; not a procedure of its own, instances use it.

    |grad f(x) - grad f(y)| <= L |x - y| for all x, y        entails        f(b) <= f(a) + grad f(a)^T d + L/2 |d|^2    with d = b - a

**Method**: with p = (1 - t) a + t b and u = grad f(p) - grad f(a), f(b) - f(a) - grad f(a)^T d is the integral of u^T d from 0 to 1, which is not above that of
L t |d|^2: u^T d <= |u| |d| <= L t |d|^2. Where the squares are compared, 2 L t (L t |d|^2 - u^T d) = (L^2 |t d|^2 - |u|^2) + |u - L t d|^2, for L > 0.
**Certificate**: Chain of Integrated, Compared and Integrated.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from derive.kernel.certificate import (
    Certificate,
    Chain,
    Compared,
    Differentiated,
    Identity,
    Inside,
    Instance,
    Integrated,
    Lemma,
    Link,
    Rejected,
    Sign,
    Square,
    Squares,
    WhereDefined,
)
from derive.kernel.normal_form import Atoms, is_zero
from derive.kernel.sorting import is_scalar, is_vector, sort_of
from derive.kernel.term import (
    ONE,
    REAL,
    TWO,
    ZERO,
    Apply,
    Function,
    IllSorted,
    Matrix,
    Number,
    Symbol,
    Term,
    TermError,
    add,
    equal,
    free_symbols,
    multiply,
    negate,
    subterms,
    subtract,
)

from .vectors import bivector, comparison

HALF = Number(Fraction(1, 2))
_TIME = Symbol("\\along", REAL)  # of the point on the way; no text is read as this name
_SLOPE = WhereDefined(Differentiated(Identity()))


@dataclass(frozen=True)
class Smooth:
    """A quantified hypothesis which says that the gradient of a function is Lipschitz continuous, or the same of squares."""

    function: Symbol
    constant: Term
    squared: bool
    hypothesis: int
    above: bool = True  # the bound, or the one from below: f(b) >= f(a) + grad f(a)^T d - L/2 |d|^2

    @property
    def domain(self) -> Matrix | None:
        """The sort of the points; None for numbers."""
        assert isinstance(self.function.sort, Function)
        (domain,) = self.function.sort.arguments
        return domain if isinstance(domain, Matrix) else None

    def bound(self) -> Term:
        """for all x, y: f(y) <= f(x) + grad f(x)^T (y - x) + L/2 |y - x|^2"""
        x, y = (Symbol(name, self.domain or REAL) for name in ("\\from", "\\to"))
        return Apply("forall", (Apply("forall", (self.bound_between(x, y), y)), x))

    def bound_between(self, a: Term, b: Term) -> Term:
        """The bound for two points."""
        step = subtract(b, a)
        linear, bend = self._inner(self._slope(a), step), multiply(self.constant, HALF, self._square(step))
        tangent = add(self._value(a), linear)
        if self.above:
            return Apply("<=", (self._value(b), add(tangent, bend)))
        return Apply(">=", (self._value(b), subtract(tangent, bend)))

    def proof(self, a: Term, b: Term, count: int) -> Certificate:
        """Of the bound, under that many hypotheses."""
        step = subtract(b, a)
        place = add(multiply(subtract(ONE, _TIME), a), multiply(_TIME, b))  # so that the ends are a and b as they stand
        linear = self._inner(self._slope(a), step)
        ends = (place, a) if self.above else (a, place)
        change = subtract(*map(self._slope, ends))
        grown = subtract(self._value(place), multiply(_TIME, linear))
        rise = subtract(subtract(self._value(b), self._value(a)), linear)
        if not self.above:
            grown, rise = negate(grown), negate(rise)
        square = self._square(step)
        limit, bend = multiply(self.constant, _TIME, square), multiply(self.constant, HALF, square)
        along, above = (Apply("integral", (body, _TIME, ZERO, ONE)) for body in (self._inner(change, step), limit))
        slower = Instance(self.hypothesis, ends, (), self._below(change, step, count + 2))
        links = (
            Link(equal(rise, along), _integrated(along, grown)),
            Link(Apply("<=", (along, above)), Compared(Sign(), Inside((), slower))),
            Link(equal(above, bend), _integrated(above, multiply(bend, Apply("^", (_TIME, TWO))))),
        )
        return Lemma(Apply("<=", (rise, bend)), Chain(links), Squares((Square(ONE, (count,)),)))

    def _below(self, change: Term, step: Term, count: int) -> Certificate:
        """u^T d <= L t |d|^2, where the instance of the hypothesis has that number."""
        if self.squared:
            weight = Apply("/", (ONE, multiply(TWO, self.constant, _TIME)))
            root = subtract(change, multiply(self.constant, _TIME, step))
            return Squares((Square(weight, (count,)), Square(weight, (), root)))
        product = multiply(self._size(change), self._size(step))
        one, other = (self._column(term) for term in (change, step))
        squared = Squares(() if self.domain is None else (Square(HALF, (), bivector(one, other)),))
        shown = comparison(self._inner(change, step), product, squared, Sign())
        assert shown is not None
        inner = Squares((Square(ONE, (count + 1,)), Square(self._size(step), (count,))))
        return Lemma(Apply("<=", (self._inner(change, step), product)), shown, inner)

    def _column(self, term: Term) -> Term:
        return Apply("transpose", (term,)) if self.domain is not None and self.domain.rows == 1 else term

    def _value(self, point: Term) -> Term:
        return Apply("apply", (self.function, point))

    def _slope(self, point: Term) -> Term:
        return slope_at(self.function, point)

    def _inner(self, one: Term, other: Term) -> Term:
        return multiply(one, other) if self.domain is None else Apply("inner", (one, other))

    def _size(self, term: Term) -> Term:
        return Apply("abs" if self.domain is None else "norm", (term,))

    def _square(self, term: Term) -> Term:
        return Apply("^", (term if self.domain is None else Apply("norm", (term,)), TWO))


def bounds(statement: Term, known: Sequence[Smooth]) -> list[Smooth]:
    """The bounds that may be of use for a statement: those from below only beside an absolute value."""
    if not any(isinstance(part, Apply) and part.head == "abs" for part in subterms(statement)):
        return [*known]
    return [one for each in known for one in (each, replace(each, above=False))]


def slope_at(function: Symbol, point: Term) -> Term:
    """The gradient, or the derivative, of a function of one vector or number."""
    if is_scalar(sort_of(point)):
        return Apply("partial", (function, Apply("indices", (ONE,)), point))
    return Apply("gradient", (function, point))


def _integrated(integral: Term, antiderivative: Term) -> Certificate:
    return Integrated(integral, antiderivative, Sign(), (Inside((), _SLOPE),), Identity())


def smooth(variables: Sequence[Symbol], body: Term, index: int) -> Smooth | None:
    """What the hypothesis of that number, for all values of the variables, says of a gradient; None where it says something else."""
    if len(variables) != 2 or not isinstance(body, Apply) or body.head not in {"<=", ">="}:
        return None
    lesser, greater = body.arguments if body.head == "<=" else body.arguments[::-1]
    functions = [one for one in free_symbols(lesser) if isinstance(one.sort, Function)]
    measured = _measured(lesser)
    if len(functions) != 1 or measured is None:
        return None
    change, squared = measured
    try:
        return _of_change(functions[0], tuple(variables), change, greater, squared, index)
    except (Rejected, IllSorted, TermError):
        return None


def _of_change(
    function: Symbol, points: tuple[Symbol, ...], change: Term, greater: Term, squared: bool, index: int
) -> Smooth | None:
    sort = function.sort
    assert isinstance(sort, Function)
    suited = len(sort.arguments) == 1 and sort.order >= 1 and is_scalar(sort.result)
    if not suited or any(point.sort != sort.arguments[0] for point in points):
        return None
    if not is_scalar(sort.arguments[0]) and not is_vector(sort.arguments[0]):
        return None
    slopes = [slope_at(function, point) for point in points]
    factors = list(greater.arguments) if isinstance(greater, Apply) and greater.head == "*" else [greater]
    found = [
        place
        for place, factor in enumerate(factors)
        if (one := _measured(factor)) is not None and one[1] == squared and _is_change(one[0], points)
    ]
    if len(found) != 1 or not _is_change(change, slopes):
        return None
    del factors[found[0]]
    if squared:  # L^2 |x - y|^2
        factors = [factor.arguments[0] for factor in factors if isinstance(factor, Apply) and factor.head == "^" and factor.arguments[1] == TWO]  # fmt: skip
        if len(factors) != 1:
            return None
    constant = multiply(*factors)
    return None if {*points} & free_symbols(constant) else Smooth(function, constant, squared, index)


def _measured(term: Term) -> tuple[Term, bool] | None:
    """v and False of |v|, v and True of |v|^2."""
    squared = isinstance(term, Apply) and term.head == "^" and term.arguments[1] == TWO
    inside = term.arguments[0] if squared and isinstance(term, Apply) else term
    if isinstance(inside, Apply) and inside.head in {"norm", "abs"}:
        return inside.arguments[0], squared
    return (inside, True) if squared and is_scalar(sort_of(inside)) else None


def _is_change(term: Term, of: Sequence[Term]) -> bool:
    """Whether the term is one of both minus the other."""
    atoms = Atoms()
    one, other = of
    return any(
        is_zero(atoms.subtract(atoms.form(term), atoms.form(subtract(*pair))), atoms)
        for pair in ((one, other), (other, one))
    )
