"""Where a term is defined: `obligations(term)` are statements that hold together exactly there.

Exactly: a hypothesis that is true is defined, so its obligations are used as facts; one too strong would discharge what it may not.

Connectives are guarded from left to right, as in PVS: in `p and q` and `p implies q`, q may assume p; in `p or q`, q may assume not p.
Quantifier-like heads whose definedness is not known raise `Rejected`.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from .calculus import slope_of
from .certificate import Rejected
from .sign import facts_of_entries, outside, range_of
from .sorting import is_integral, is_scalar, length_of, sort_of
from .term import (
    BINDERS,
    EULER,
    ONE,
    PI,
    REAL,
    ZERO,
    Apply,
    Function,
    Lambda,
    Matrix,
    Number,
    Scalar,
    Symbol,
    Term,
    free_symbols,
    subterms,
)

_TOTAL_DIFFERENTIABLE = frozenset(
    {"+", "*", "negate", "exp", "sin", "cos", "sinh", "cosh", "arctan"}
    | {
        "transpose",
        "inner",
        "trace",
        "component",
        "entry",
        "matrix",
        "row",
        "hadamard",
        "kronecker",
        "diag",
        "diagonal",
        "det",
    }
)


def presuppositions(hypothesis: Term) -> tuple[Term, ...]:
    """What a hypothesis that is true says of its definedness. Rejected where only something stronger is known: of some derivatives it is known where
    they exist, not where they do not."""
    for part in subterms(hypothesis):
        known = (
            not isinstance(part, Apply)
            or part.head != "derivative"
            or _differentiable(part.arguments[0], free_symbols(part.arguments[1]))
        )
        if not known:
            raise Rejected("where a derivative does not exist is not known")
    return obligations(hypothesis)


@lru_cache(maxsize=256)  # a claim is asked for its own by every certificate that is tried
def obligations(term: Term) -> tuple[Term, ...]:
    """The statements in reading order, without repetition; those that are visibly true are left out."""
    found: dict[Term, None] = {}
    _collect(term, found)
    return tuple(found)


def _collect(term: Term, found: dict[Term, None]) -> None:
    if isinstance(term, Lambda):
        raise Rejected("a concrete function in a claim")
    if not isinstance(term, Apply):
        return
    head, arguments = term.head, term.arguments
    if head in {"and", "implies", "or"}:
        _guarded(head, arguments, found)
        return
    if head == "each":
        _each(term, found)
        return
    if head in BINDERS:
        _binder(term, found)
        return
    if head == "approx":
        _approximation(term, found)
        return
    if head == "notation":
        raise Rejected("a notation without a meaning")
    for argument in arguments:
        _collect(argument, found)
    for condition in _own(term):
        if not _trivial(condition):
            found.setdefault(condition)


def _guarded(head: str, arguments: tuple[Term, ...], found: dict[Term, None]) -> None:
    guards: list[Term] = []
    for argument in arguments:
        inner: dict[Term, None] = {}
        _collect(argument, inner)
        for condition in inner:
            guard = guards[0] if len(guards) == 1 else Apply("and", tuple(guards)) if guards else None
            found.setdefault(condition if guard is None else Apply("implies", (guard, condition)))
        guards.append(Apply("not", (argument,)) if head == "or" else argument)


def _own(term: Apply) -> tuple[Term, ...]:
    """The conditions of the head itself, its arguments being defined."""
    arguments = term.arguments
    match term.head:
        case "/":
            return (Apply("!=", (arguments[1], ZERO)),)
        case "^":
            return _power(arguments[0], arguments[1])
        case "sqrt":
            return (Apply(">=", (arguments[0], ZERO)),)
        case "root":
            index = arguments[1]
            assert isinstance(index, Number)
            return (Apply(">=", (arguments[0], ZERO)),) if index.value % 2 == 0 else ()
        case "log":
            return (Apply(">", (arguments[0], ZERO)),)
        case "log_base":
            base, value = arguments
            return (Apply(">", (base, ZERO)), Apply("!=", (base, ONE)), Apply(">", (value, ZERO)))
        case "tan" | "sec":
            return (Apply("!=", (Apply("cos", arguments), ZERO)),)
        case "cot" | "csc":
            return (Apply("!=", (Apply("sin", arguments), ZERO)),)
        case "arcsin" | "arccos":
            return (Apply("<=", (Number(-1), arguments[0])), Apply("<=", (arguments[0], ONE)))
        case "inverse":
            if is_scalar(sort_of(arguments[0])):
                return (Apply("!=", (arguments[0], ZERO)),)
            return (Apply("!=", (Apply("det", arguments), ZERO)),)
        case "component" | "entry" | "unit":
            return _positions(arguments[0], arguments[1:])
        case "factorial":
            return _natural(arguments[0])
        case "gamma":
            whole = Apply("!=", (Apply("floor", arguments), arguments[0]))
            return (Apply("or", (Apply(">", (arguments[0], ZERO)), whole)),)
        case "binomial":
            return (*_natural(arguments[0]), *_natural(arguments[1]))
        case "partial":
            indices = arguments[1]
            assert isinstance(indices, Apply)
            return _smooth(arguments[0], len(indices.arguments))
        case "gradient":
            return _smooth(arguments[0], 1)
        case "hessian":
            return _smooth(arguments[0], 2)
        case "derivative":
            if _differentiable(arguments[0], free_symbols(arguments[1])):
                return ()
            return slope_of(*arguments)[1]
        case _:
            return ()


def _positions(whole: Term, indices: tuple[Term, ...]) -> tuple[Term, ...]:
    """That indices which are no numbers lie inside the size. Rejected where the size is neither a number nor one letter."""
    sort = sort_of(whole)
    assert isinstance(sort, Matrix)
    sizes = (sort.rows, sort.columns) if len(indices) == 2 else (length_of(sort),)
    found: list[Term] = []
    for index, length in zip(indices, sizes, strict=True):
        if isinstance(index, Number):
            continue
        if isinstance(length, str) and not length.isalpha():
            raise Rejected("a position in a matrix whose size is an expression")
        if not is_integral(index):
            found.append(Apply("=", (Apply("floor", (index,)), index)))
        last = Number(length) if isinstance(length, int) else Symbol(length, Scalar("integer"))
        found += [Apply("<=", (ONE, index)), Apply("<=", (index, last))]
    return tuple(found)


def _power(base: Term, exponent: Term) -> tuple[Term, ...]:
    power = _number(exponent)
    if power is not None:
        if power.denominator == 1:
            if power >= 0:
                return ()
            if not is_scalar(sort_of(base)):
                return (Apply("!=", (Apply("det", (base,)), ZERO)),)
            return (Apply("!=", (base, ZERO)),)
        return (Apply(">=" if power > 0 else ">", (base, ZERO)),)
    if (isinstance(base, Number) and base.value > 0) or base in {PI, EULER}:
        return ()
    if not is_scalar(sort_of(base)):
        invertible = Apply("!=", (Apply("det", (base,)), ZERO))
        whole = () if is_integral(exponent) else (Apply("=", (Apply("floor", (exponent,)), exponent)),)
        return (*whole, Apply("or", (Apply(">=", (exponent, ZERO)), invertible)))
    if is_integral(exponent):
        return (Apply("or", (Apply(">=", (exponent, ZERO)), Apply("!=", (base, ZERO)))),)
    positive = Apply(">", (base, ZERO))
    return (Apply("or", (positive, Apply("and", (Apply("=", (base, ZERO)), Apply(">", (exponent, ZERO)))))),)


def _number(term: Term) -> Fraction | None:
    """The value of a number that is written with signs, and whole powers of whole numbers: 2^3."""
    if isinstance(term, Number):
        return term.value
    if isinstance(term, Apply) and term.head == "negate":
        inside = _number(term.arguments[0])
        return None if inside is None else -inside
    if isinstance(term, Apply) and term.head == "^":
        base, exponent = (_number(part) for part in term.arguments)
        whole = base is not None and exponent is not None and base.denominator == exponent.denominator == 1
        if whole and base is not None and exponent is not None and 0 <= exponent <= 16 and abs(base) <= 100:
            return base ** int(exponent)
    return None


def _natural(term: Term) -> tuple[Term, ...]:
    at_least = Apply(">=", (term, ZERO))
    if is_integral(term):
        return (at_least,)
    return (at_least, Apply("=", (Apply("floor", (term,)), term)))


def _smooth(function: Term, order: int) -> tuple[Term, ...]:
    if not isinstance(function, Symbol) or not isinstance(function.sort, Function) or function.sort.order < order:
        raise Rejected(f"a derivative of order {order} of a function that is not declared so smooth")
    return ()


def _differentiable(term: Term, variables: frozenset[Symbol]) -> bool:
    """Whether the term is visibly differentiable everywhere."""
    if not free_symbols(term) & variables or isinstance(term, Symbol):
        return True
    assert isinstance(term, Apply)  # a Lambda has been refused
    if term.head in _TOTAL_DIFFERENTIABLE:
        return all(_differentiable(part, variables) for part in term.arguments)
    if term.head == "^":
        base, exponent = term.arguments
        return (
            isinstance(exponent, Number)
            and exponent.value.denominator == 1
            and exponent.value >= 0
            and _differentiable(base, variables)
        )
    if term.head == "/":
        return not free_symbols(term.arguments[1]) & variables and _differentiable(term.arguments[0], variables)
    if term.head == "apply":
        function = term.arguments[0]
        smooth = isinstance(function, Symbol) and isinstance(function.sort, Function) and function.sort.order >= 1
        return smooth and all(_differentiable(part, variables) for part in term.arguments[1:])
    return False


def _binder(term: Apply, found: dict[Term, None]) -> None:
    """Finite sums and products whose body is defined wherever its variable may be; nothing else is known."""
    body, variable, *bounds = term.arguments
    if term.head not in {"sum", "product"} or not all(sort_of(bound) in {REAL, Scalar("integer")} for bound in bounds):
        raise Rejected(f"where a {term.head} exists is not known")
    if not all(is_integral(bound) for bound in bounds):
        raise Rejected(f"a {term.head} whose bounds are not known to be integers")
    lower, upper = bounds
    inner: dict[Term, None] = {}
    _collect(body, inner)
    assert isinstance(variable, Symbol)
    kept = outside(tuple(inner), variable, range_of(variable, lower, upper), f"term of a {term.head}")
    visible = isinstance(lower, Number) and isinstance(upper, Number) and lower.value <= upper.value
    if term.head == "product" and not visible and not is_scalar(sort_of(body)):
        # Nothing says what it is: evaluation gives it no value, and the identity has no size where the body is not square.
        raise Rejected("a product of matrices that may be empty")
    for bound in bounds:
        _collect(bound, found)
    filled = Apply("<=", (lower, upper))  # an empty sum is defined whatever its body
    if isinstance(lower, Number) and isinstance(upper, Number):
        if lower.value <= upper.value:
            found.update(dict.fromkeys(kept))
        return
    for condition in kept:
        found.setdefault(Apply("implies", (filled, condition)))


def _each(term: Apply, found: dict[Term, None]) -> None:
    """Where the array is defined, if the body is defined wherever its variable may be; nothing else is known."""
    body, variable, array = term.arguments
    assert isinstance(variable, Symbol)
    inner: dict[Term, None] = {}
    _collect(body, inner)
    kept = outside(tuple(inner), variable, facts_of_entries(variable, array), "value of a function entry by entry")
    _collect(array, found)
    for condition in kept:
        found.setdefault(condition)


def _approximation(term: Apply, found: dict[Term, None]) -> None:
    """The variable is bound: what must hold may not speak of it, since it would have to hold near the base."""
    variable = free_symbols(term.arguments[2])
    inner: dict[Term, None] = {}
    for argument in term.arguments:
        _collect(argument, inner)
    if any(free_symbols(condition) & variable for condition in inner):
        raise Rejected("whether both sides of an approximation are defined near the base is not known")
    found.update(inner)


def _trivial(statement: Term) -> bool:
    """A condition between numbers that is true."""
    assert isinstance(statement, Apply)
    left, right = statement.arguments
    if not isinstance(left, Number) or not isinstance(right, Number):
        return False
    one, other = left.value, right.value
    return {
        "!=": one != other,
        "=": one == other,
        "<": one < other,
        "<=": one <= other,
        ">": one > other,
        ">=": one >= other,
    }.get(statement.head, False)
