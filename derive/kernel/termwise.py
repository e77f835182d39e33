"""Relations between sums, columns and greatest absolute values, position by position.

    f(k) R g(k) for every whole k from l to u
    --------------------------------------------------------     R one of =, <=, >=;  <, > where l <= u is shown
    sum_{i=l}^{u} f(i)  R  sum_{i=l}^{u} g(i)                     (a side may be 0, the sum of as many zeros)

    v_k = w_k for every k from 1 to n                             |v_k| R m for every k from 1 to n
    -----------------------------------------                     ---------------------------------     R one of <, <=
    v = w   for vectors of size n                                 |v|_infinity R m   for a column v of size n, which is one of the |v_k|

The component of an array that is made of others is that of its parts: (v + w)_k = v_k + w_k, (c v)_k = c v_k, (v o w)_k = v_k w_k, f(v)_k = f(v_k) entry by entry.

Sizes are at least 1, so that there is a greatest |v_k|. `k` is a symbol that neither the claim nor its hypotheses speak of, and no letter of a size in them.
"""

from __future__ import annotations

from .certificate import Rejected
from .claim import Claim
from .sign import implied
from .size import letters_of
from .sorting import is_scalar, is_vector, length_of, sizes_in, sort_of
from .term import (
    INTEGER,
    ONE,
    ORDERS,
    ZERO,
    Apply,
    Constant,
    Matrix,
    Number,
    Size,
    Symbol,
    Term,
    add,
    free_symbols,
    multiply,
    negate,
    substitute,
)

_MIRROR = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "="}
Range = tuple[Term, Term]


def claim_of_position(claim: Claim, position: Symbol) -> Claim:
    """The claim that has to be shown of every position. Rejected where the claim is none of the kinds above."""
    statement = claim.statement
    if position.sort != INTEGER:
        raise Rejected("a position that is no integer")
    spoken = (statement, *claim.hypotheses)
    if any(position in free_symbols(one) for one in spoken):
        raise Rejected("a position of which something is said already")
    if any(position.name in letters_of(size) for one in spoken for size in sizes_in(one)):
        raise Rejected("a position that is the size of a matrix")
    if not isinstance(statement, Apply) or statement.head not in {"=", *ORDERS}:
        raise Rejected("neither an equation nor an order")
    (lower, upper), at_position = _apart(statement, position, claim.hypotheses)
    between = (Apply("<=", (lower, position)), Apply("<=", (position, upper)))
    return Claim(at_position, (*claim.hypotheses, *between))


def _apart(statement: Apply, position: Symbol, hypotheses: tuple[Term, ...]) -> tuple[Range, Term]:
    """The range of the positions, and what is said at each."""
    head, (left, right) = statement.head, statement.arguments
    ways = ((left, right, head), (right, left, _MIRROR[head]))
    for one, other, word in ways:
        if isinstance(one, Apply) and one.head == "norm_infinity" and word in {"<", "<="}:
            (column,) = one.arguments
            sort = sort_of(column)
            if not isinstance(sort, Matrix) or sort.columns != 1:
                raise Rejected("the greatest absolute value in what is no column")
            return _positions(sort.rows), Apply(word, (Apply("abs", (_component(column, position),)), other))
    for one, other, word in ways:
        if isinstance(one, Apply) and one.head == "sum":
            range_, at_position = _of_sums(one, other, word, position)
            if word in {"<", ">"} and not implied(Apply("<=", range_), hypotheses):
                raise Rejected("a strict order between sums that may have no terms")
            return range_, at_position
    sort = sort_of(left)
    if not is_vector(sort):
        raise Rejected("nothing that has positions")
    assert isinstance(sort, Matrix)  # and the other side is of the same sort
    return _positions(length_of(sort)), Apply(head, (entry(left, position), entry(right, position)))


def _of_sums(one: Apply, other: Term, word: str, position: Symbol) -> tuple[Range, Term]:
    body, variable, lower, upper = one.arguments
    at = substitute(body, {variable: position})
    if other == ZERO:
        return (lower, upper), Apply(word, (at, ZERO))
    if not isinstance(other, Apply) or other.head != "sum" or other.arguments[2:] != (lower, upper):
        raise Rejected("a sum beside what is no sum over the same range")
    return (lower, upper), Apply(word, (at, substitute(other.arguments[0], {other.arguments[1]: position})))


def _positions(length: Size) -> Range:
    if isinstance(length, int):
        return ONE, Number(length)
    if not length.isalpha():
        raise Rejected("the positions of a vector whose size is an expression")
    return ONE, Symbol(length, INTEGER)


def _component(vector: Term, position: Term) -> Term:
    return Apply("component", (vector, position))


def entry(vector: Term, position: Term) -> Term:
    """A component, in those of the parts of the vector."""
    if isinstance(vector, Constant) and vector.name in {"zero", "ones"}:
        return ZERO if vector.name == "zero" else ONE
    if isinstance(vector, Apply):
        arguments = vector.arguments
        match vector.head:
            case "transpose":
                return entry(arguments[0], position)
            case "negate":
                return negate(entry(arguments[0], position))
            case "+":
                return add(*(entry(part, position) for part in arguments))
            case "hadamard":
                return multiply(*(entry(part, position) for part in arguments))
            case "/":
                return Apply("/", (entry(arguments[0], position), arguments[1]))
            case "*" if sum(not is_scalar(sort_of(part)) for part in arguments) == 1:
                return multiply(*(part if is_scalar(sort_of(part)) else entry(part, position) for part in arguments))
            case "each":
                body, variable, inside = arguments
                return substitute(body, {variable: entry(inside, position)})
    return _component(vector, position)
