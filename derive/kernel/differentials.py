"""Differentials of vectors and matrices, and the gradients and Jacobian matrices that are read off from them.

The differential of a term N by a vector or matrix X is the linear map D -> dN that the derivative is (Magnus and Neudecker, Matrix Differential
Calculus, chapters 5, 8 and 9). It is written as a sum of

    parts       D taken through steps: P D, D Q, the transpose, the product with M entry by entry, c D, diag, the diagonal
    multiples   M times a scalar differential <G, D>; of a real variable t all is of this kind, with G the derivative by t of a number

with the rules (A, B differentiable; all are linear, or bilinear and therefore obey the product rule)

    d(A + B) = dA + dB          d(A B) = dA B + A dB          d(A^T) = (dA)^T          d(c A) = dc A + c dA
    d(A o B) = dA o B + A o dB  for products entry by entry, and for Kronecker products
    d f(A) = f'(A) o dA         for a function of numbers f taken entry by entry
    d e^(cA) = A e^(cA) dc      for an A that does not depend on X (Higham, Functions of Matrices, 10.1: e^(tA) solves y' = A y)
    d(A^-1) = - A^-1 dA A^-1    where det A != 0, which is so near the point too: A A^-1 = 1 is differentiated, and A^-1 is rational in the entries

The gradient of <C, N>, the sum of the products of the entries, is the sum of the adjoint maps at C: <C, P D Q> = <P^T C Q^T, D>, <C, D^T> = <C^T, D>,
<C, M o D> = <M o C, D>, <C, diag(d)> = <the diagonal of C, d>. So are, with C as the kernel's terms need it,

    d tr(N) = <1, dN>       d(u^T v) = <v, du> + <u, dv>       d norm(N) = <N / norm(N), dN> for N != 0      d norm(N)^2 = <2 N, dN>
    d det(N) = <adj(N)^T, dN> (Jacobi)       d f(N) = <gradient of f at N, dN>           dN_ij = <E_ij, dN>

X is free: all its entries vary independently, whatever is known of its value. All sizes are positive; nothing here depends on what they are.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .certificate import Rejected
from .sign import facts_of_entries, outside
from .sorting import is_scalar, is_vector, length_of, sort_of
from .term import (
    ONE,
    TWO,
    ZERO,
    Apply,
    Constant,
    Function,
    Matrix,
    Number,
    Symbol,
    Term,
    add,
    free_symbols,
    multiply,
    negate,
)

Slope = tuple[Term, tuple[Term, ...]]  # a derivative, and conditions that are enough for it
Step = tuple[
    str, Term
]  # "left", "right", "scale", "times" with what they multiply by; "turn", "diag", "diagonal" with anything
MAXIMUM_PARTS = 400
MAXIMUM_POWER = 8


@dataclass(frozen=True, slots=True)
class Differential:
    """parts: the steps that D goes through; multiples: (M, G) for M <G, D>; what is enough for it to exist."""

    parts: tuple[tuple[Step, ...], ...] = ()
    multiples: tuple[tuple[Term, Term], ...] = ()
    conditions: tuple[Term, ...] = ()

    def stepped(self, *steps: Step) -> Differential:
        """Followed by further steps."""
        if ("scale", ZERO) in steps:  # the number 0 would not have the shape
            return Differential((), (), self.conditions)
        parts = tuple((*part, *steps) for part in self.parts)
        multiples = []
        for term, slope in self.multiples:
            for step in steps:
                term = _applied(step, term)
            multiples.append((term, slope))
        return Differential(parts, tuple(multiples), self.conditions)

    def plus(self, *others: Differential) -> Differential:
        parts, multiples, conditions = self.parts, self.multiples, self.conditions
        for other in others:
            parts, multiples = (*parts, *other.parts), (*multiples, *other.multiples)
            conditions = (*conditions, *other.conditions)
        if len(parts) + len(multiples) > MAXIMUM_PARTS:
            raise Rejected("a differential of too many parts")
        return Differential(parts, multiples, conditions)


NOTHING = Differential()


class Differentials:
    """Differentials by one variable; `slope` is the derivative of a number by it, `worked_out` a term without its derivatives."""

    def __init__(self, variable: Symbol, slope: Callable[[Term], Slope], worked_out: Callable[[Term], Slope]) -> None:
        self.variable = variable
        self.slope = slope
        self.worked_out = worked_out
        self.memory: dict[Term, Differential] = {}

    def of(self, term: Term) -> Differential:
        """The differential of a vector or matrix. Rejected where a rule is missing."""
        known = self.memory.get(term)
        if known is None:
            known = self.memory[term] = self._of(term)
        return known

    def _of(self, term: Term) -> Differential:
        if self.variable not in free_symbols(term):
            return NOTHING
        if term == self.variable:
            return Differential(((),))
        assert isinstance(term, Apply)  # functions are no vectors
        head, arguments = term.head, term.arguments
        match head:
            case "+":
                return NOTHING.plus(*(self.of(part) for part in arguments))
            case "negate":
                return self.of(arguments[0]).stepped(("scale", Number(-1)))
            case "*":
                found = self.product(arguments)
                assert isinstance(found, Differential)  # the product of numbers is a number
                return found
            case "/":
                above, below = arguments
                slope, conditions = self.slope(below)
                found = self.of(above).stepped(("scale", Apply("/", (ONE, below))))
                if slope != ZERO:
                    whole = Apply("/", (negate(above), Apply("^", (below, TWO))))
                    found = found.plus(Differential((), ((whole, slope),)))
                return found.plus(Differential((), (), (*conditions, Apply("!=", (below, ZERO)))))
            case "^":
                return self._power(*arguments)
            case "transpose":
                return self.of(arguments[0]).stepped(("turn", ONE))
            case "inverse":
                return self._inverse(term, *arguments, *arguments)
            case "adjugate":
                (inside,) = arguments
                determinant, inverse = Apply("det", arguments), Apply("inverse", arguments)
                return _scaled(determinant, self.slope(determinant), inverse, self._inverse(inverse, inside, inside))
            case "exponential":
                number, matrix = self._number_and_constant(arguments[0])
                slope, conditions = self.slope(number)
                return Differential((), ((multiply(matrix, term), slope),), conditions)
            case "hadamard":
                left, right = arguments
                return self.of(left).stepped(("times", right)).plus(self.of(right).stepped(("times", left)))
            case "kronecker":
                return self._kronecker(*arguments)
            case "diag" | "diagonal":
                return self._diagonal(head, arguments[0])
            case "each":
                return self._each(*arguments)
            case "matrix":
                return self._literal(term)
            case "apply" | "partial":
                return self._function(term)
            case "gradient":
                return self._gradient(term)
            case "derivative":
                inner, conditions = self.worked_out(term)
                return self.of(inner).plus(Differential((), (), conditions))
        raise Rejected(f"the differential of {head} is not known")

    def _number_and_constant(self, term: Term) -> tuple[Term, Term]:
        """c and A of c A, where A does not depend on the variable. Rejected for other matrices."""
        if self.variable not in free_symbols(term):
            return ONE, term
        if isinstance(term, Apply) and term.head == "negate":
            number, matrix = self._number_and_constant(term.arguments[0])
            return negate(number), matrix
        if isinstance(term, Apply) and term.head == "/":
            number, matrix = self._number_and_constant(term.arguments[0])
            return Apply("/", (number, term.arguments[1])), matrix
        if isinstance(term, Apply) and term.head == "*":
            arrays = [part for part in term.arguments if not is_scalar(sort_of(part))]
            if all(self.variable not in free_symbols(part) for part in arrays):
                return multiply(*(part for part in term.arguments if is_scalar(sort_of(part)))), multiply(*arrays)
        raise Rejected("the differential of the exponential of such a matrix is not known")

    def product(self, factors: tuple[Term, ...]) -> Differential | Slope:
        """The product rule from left to right, as the sort of a product is found: of a number where the product is one."""
        factors = _without_diagonals(factors)
        whole, rest = factors[0], factors[1:]
        found: Differential | Slope = self._any(whole)
        for index, factor in enumerate(rest, start=2):
            found = self._product_of_two(whole, found, factor, self._any(factor))
            whole = multiply(*factors[:index])
        return found

    def _any(self, term: Term) -> Differential | Slope:
        return self.slope(term) if is_scalar(sort_of(term)) else self.of(term)

    def _product_of_two(
        self, left: Term, of_left: Differential | Slope, right: Term, of_right: Differential | Slope
    ) -> Differential | Slope:
        if not isinstance(of_left, Differential):
            if not isinstance(of_right, Differential):
                (rise, one), (climb, other) = of_left, of_right
                return add_slopes(times(right, rise), times(left, climb)), (*one, *other)
            return _scaled(left, of_left, right, of_right)
        if not isinstance(of_right, Differential):
            return _scaled(right, of_right, left, of_left)
        if is_scalar(sort_of(multiply(left, right))):
            first, more = self.paired(transposed(right), of_left)
            second, most = self.paired(transposed(left), of_right)
            return add_slopes(first, second), (*more, *most)
        return of_left.stepped(("right", right)).plus(of_right.stepped(("left", left)))

    def _power(self, base: Term, exponent: Term) -> Differential:
        """A product of equal factors, or the inverse of one."""
        if isinstance(exponent, Apply) and exponent.head == "negate" and isinstance(exponent.arguments[0], Number):
            exponent = Number(-exponent.arguments[0].value)
        if not isinstance(exponent, Number) or abs(exponent.value) > MAXIMUM_POWER:
            raise Rejected("the differential of such a power of a matrix is not known")
        if exponent.value < 0:
            return self._inverse(Apply("^", (base, exponent)), _power_of(base, int(-exponent.value)), base)
        own, last = self.of(base), int(exponent.value) - 1
        found = Differential((), (), own.conditions)
        for index in range(last + 1):
            steps: list[Step] = [("left", _power_of(base, index))] if index else []
            if index < last:
                steps.append(("right", _power_of(base, last - index)))
            found = found.plus(own.stepped(*steps))
        return found

    def _inverse(self, inverse: Term, inside: Term, base: Term) -> Differential:
        """`inverse` is the inverse of `inside`, a power of `base`."""
        found = self.of(inside).stepped(("left", inverse), ("right", inverse), ("scale", Number(-1)))
        return found.plus(Differential((), (), (Apply("!=", (Apply("det", (base,)), ZERO)),)))

    def _kronecker(self, left: Term, right: Term) -> Differential:
        one, other = self._any(left), self._any(right)
        if not isinstance(one, Differential) or not isinstance(other, Differential) or one.parts or other.parts:
            raise Rejected("the differential of a Kronecker product by a matrix is not known")
        multiples = [(Apply("kronecker", (term, right)), slope) for term, slope in one.multiples]
        multiples += [(Apply("kronecker", (left, term)), slope) for term, slope in other.multiples]
        return Differential((), tuple(multiples), (*one.conditions, *other.conditions))

    def _each(self, body: Term, variable: Term, array: Term) -> Differential:
        """The chain rule for each entry, where the body has a derivative wherever its variable may be."""
        assert isinstance(variable, Symbol)
        if self.variable in free_symbols(body):
            raise Rejected("the differential of a function entry by entry that changes itself")
        slope, conditions = self.worked_out(Apply("derivative", (body, variable)))
        conditions = outside(conditions, variable, facts_of_entries(variable, array), "derivative entry by entry")
        found = self.of(array).plus(Differential((), (), conditions))
        if variable not in free_symbols(slope):
            return found.stepped(("scale", slope))
        return found.stepped(("times", Apply("each", (slope, variable, array))))

    def _diagonal(self, head: str, inside: Term) -> Differential:
        """diag of a vector, which is a column here; the diagonal of a matrix."""
        found = self.of(inside)
        sort = sort_of(inside)
        if head == "diag" and isinstance(sort, Matrix) and sort.rows == 1:
            found = found.stepped(("turn", ONE))
        return found.stepped((head, ONE))

    def _literal(self, term: Apply) -> Differential:
        """A matrix of numbers, entry by entry."""
        rows = [row.arguments for row in term.arguments if isinstance(row, Apply)]
        multiples: list[tuple[Term, Term]] = []
        conditions: tuple[Term, ...] = ()
        for place, row in enumerate(rows):
            for position, entry in enumerate(row):
                slope, own = self.slope(entry)
                conditions = (*conditions, *own)
                if slope != ZERO:
                    multiples.append((_unit_literal(len(rows), len(row), place, position), slope))
        return NOTHING.plus(Differential((), tuple(multiples), conditions))

    def _function(self, term: Apply) -> Differential:
        """The chain rule for a function of numbers whose values are vectors or matrices."""
        function, sort, indices, arguments = parts_of_value(term)
        if sort.order < len(indices) + 1 or not all(is_scalar(one) for one in sort.arguments):
            raise Rejected("the differential of a function that is not declared so smooth, or not one of numbers")
        multiples = []
        conditions: tuple[Term, ...] = ()
        for position, argument in enumerate(arguments, start=1):
            slope, own = self.slope(argument)
            conditions = (*conditions, *own)
            if slope != ZERO:
                multiples.append((partial_by(function, indices, position, arguments), slope))
        return Differential((), tuple(multiples), conditions)

    def _gradient(self, term: Apply) -> Differential:
        """The gradient of a function of a vector, whose Jacobian matrix is the Hessian: symmetric, since the function is declared C2."""
        function, point = term.arguments
        assert isinstance(function, Symbol)  # no claim holds a concrete function
        assert isinstance(function.sort, Function)
        sort = sort_of(point)
        if function.sort.order < 2 or not is_vector(sort):
            raise Rejected(
                "the differential of a gradient of a function that is not declared so smooth, or of a matrix"
            )
        hessian = Apply("hessian", (function, point))
        assert isinstance(sort, Matrix)
        return self.of(point).stepped(("right" if sort.rows == 1 else "left", hessian))

    # --- what is read off ------------------------------------------------------------------------------------------------

    def paired(self, cotangent: Term, differential: Differential) -> Slope:
        """The gradient of <C, N> for a constant C."""
        found: list[Term] = []
        for steps in differential.parts:
            term = cotangent
            for step in reversed(steps):
                term = _applied(_adjoint(step), term)
            found.append(term)
        for term, slope in differential.multiples:
            product = Apply("trace", (term,)) if _is_identity(cotangent) else Apply("inner", (cotangent, term))
            found.append(times(product, slope))
        return add_slopes(*found), differential.conditions

    def by_number(self, differential: Differential) -> Term:
        """The derivative by a real variable, of which there are multiples only."""
        return add_slopes(*(times(term, slope) for term, slope in differential.multiples))

    def towards(self, differential: Differential, place: Term) -> Term:
        """The value at the unit E that has 1 at a place of the variable: the derivative by the entry there."""
        found: list[Term] = []
        for steps in differential.parts:
            term = place
            for step in steps:
                term = _applied(step, term)
            found.append(term)
        found += [times(term, Apply("inner", (slope, place))) for term, slope in differential.multiples]
        return add(*found)

    def jacobian(self, term: Term) -> Slope:
        """Of a vector by a vector: a row for each component of the term, a column for each of the variable."""
        sort, by = sort_of(term), self.variable.sort
        assert isinstance(sort, Matrix)
        assert isinstance(by, Matrix)
        differential = self.of(term)
        size = length_of(by)
        identity = Constant("identity", Matrix(size, size))
        found = [_matrix_of(part, identity, turned=by.rows == 1) for part in differential.parts]
        for value, slope in differential.multiples:
            column = value if sort.rows != 1 else transposed(value)
            row = slope if by.rows == 1 else transposed(slope)
            found.append(multiply(column, row))
        return add(*found) if found else Constant("zero", Matrix(length_of(sort), size)), differential.conditions


def parts_of_value(term: Apply) -> tuple[Symbol, Function, list[Term], list[Term]]:
    """The function of a value or of a value of a partial derivative, its sort, the coordinates that it is differentiated by, and the arguments."""
    function, *arguments = term.arguments
    indices: list[Term] = []
    if term.head == "partial":
        taken, *arguments = arguments
        assert isinstance(taken, Apply)
        indices = list(taken.arguments)
    assert isinstance(function, Symbol)  # no claim holds a concrete function
    assert isinstance(function.sort, Function)
    return function, function.sort, indices, arguments


def partial_by(function: Symbol, indices: list[Term], position: int, arguments: list[Term]) -> Term:
    """The partial derivative by one more coordinate."""
    listed = sorted([*indices, Number(position)], key=lambda one: one.value)  # type: ignore[union-attr]
    return Apply("partial", (function, Apply("indices", tuple(listed)), *arguments))


def transposed(term: Term) -> Term:
    """The transpose; of a transpose what it is of."""
    return term.arguments[0] if isinstance(term, Apply) and term.head == "transpose" else Apply("transpose", (term,))


def times(outer: Term, slope: Term) -> Term:
    """A number times a derivative, or a derivative of a number behind a vector or matrix; 0 and 1 are left out."""
    if ZERO in {slope, outer}:
        return ZERO
    return outer if slope == ONE else slope if outer == ONE else multiply(outer, slope)


def add_slopes(*slopes: Term) -> Term:
    return add(*(slope for slope in slopes if slope != ZERO))


def _scaled(number: Term, of_number: Slope, matrix: Term, of_matrix: Differential) -> Differential:
    """The differential of a number times a vector or matrix."""
    slope, conditions = of_number
    found = of_matrix.stepped(("scale", number))
    if slope != ZERO:
        found = found.plus(Differential((), ((matrix, slope),)))
    return found.plus(Differential((), (), conditions))


def _power_of(base: Term, exponent: int) -> Term:
    return base if exponent == 1 else Apply("^", (base, Number(exponent)))


def _unit_literal(rows: int, columns: int, place: int, position: int) -> Term:
    """The literal with 1 at one place and 0 elsewhere."""
    return Apply(
        "matrix",
        tuple(
            Apply("row", tuple(ONE if (row, column) == (place, position) else ZERO for column in range(columns)))
            for row in range(rows)
        ),
    )


def _adjoint(step: Step) -> Step:
    head, term = step
    match head:
        case "left" | "right":
            return head, transposed(term)
        case "diag" | "diagonal":
            return "diagonal" if head == "diag" else "diag", term
        case _:
            return step


def _applied(step: Step, term: Term) -> Term:
    """A step at a term."""
    head, factor = step
    match head:
        case "left":
            return factor if _is_identity(term) else multiply(factor, term)
        case "right":
            return factor if _is_identity(term) else multiply(term, factor)
        case "scale":
            return times(factor, term)
        case "turn":
            return transposed(term)
        case "times":
            return Apply("hadamard", (factor, term))
        case _:
            return Apply(head, (term,))


def _is_identity(term: Term) -> bool:
    return isinstance(term, Constant) and term.name == "identity"


def _is_column(term: Term) -> bool:
    sort = sort_of(term)
    return isinstance(sort, Matrix) and sort.columns == 1


def _without_diagonals(factors: tuple[Term, ...]) -> tuple[Term, ...]:
    """diag(u) v is u o v for columns u and v."""
    found: tuple[Term, ...] = ()
    for factor in reversed(factors):
        if isinstance(factor, Apply) and factor.head == "diag" and found and _is_column(multiply(*found)):
            (inside,) = factor.arguments
            column = inside if _is_column(inside) else transposed(inside)
            found = (Apply("hadamard", (column, multiply(*found))),)
        else:
            found = (factor, *found)
    return found


def _matrix_of(steps: tuple[Step, ...], identity: Term, *, turned: bool) -> Term:
    """The matrix of the map from the components of D to those of what the steps make of it, where both are vectors.

    At any time that is  left v right  with the column v of components J d, or left v^T right where `turned`. Its components are those of
    right^T (left v), where left v or right is a number, and of left (right^T v), where left or v^T right is one. The product with a vector M entry by entry
    is the product of the components with diag(M).
    """
    factors: list[Term] = []
    jacobian: Term | None = None
    left: Term | None = None
    right: Term | None = None

    def product() -> Term:
        below = None if right is None else transposed(right)
        outer, inner = (left, below) if turned else (below, left)
        parts = [one for one in (outer, inner, jacobian) if one is not None]
        return multiply(*parts, *([identity] if inner is None and jacobian is None else []))

    for head, term in steps:
        match head:
            case "scale":
                factors.append(term)
            case "left":
                left = term if left is None else multiply(term, left)
            case "right":
                right = term if right is None else multiply(right, term)
            case "turn":
                left, right = (None if one is None else transposed(one) for one in (right, left))
                turned = not turned
            case "times":
                jacobian = multiply(Apply("diag", (term,)), product())
                left, right, turned = None, None, not _is_column(term)
            case _:
                raise Rejected("a Jacobian matrix of something that is not a vector all the way")
    return multiply(*factors, product())
