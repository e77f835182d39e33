"""Sorts of terms: which terms make sense. `sort_of` raises `IllSorted` where two sorts cannot fit, `TermError` where a term is malformed."""

from __future__ import annotations

from . import size
from .term import (
    CONNECTIVES,
    ELEMENTARY,
    INTEGER,
    ORDERS,
    REAL,
    STATEMENT,
    ZERO,
    Apply,
    Constant,
    Function,
    IllSorted,
    Lambda,
    Matrix,
    Number,
    Scalar,
    Size,
    Sort,
    Statement,
    Symbol,
    Term,
    TermError,
    keep_sort,
    subterms,
)

DEFINITE = frozenset({"positive_definite", "positive_semidefinite"})
_ARITHMETIC = frozenset({"+", "*", "/", "^"})
MATRIX_STATEMENTS = DEFINITE | {"upper_triangular"}


def is_scalar(sort: Sort) -> bool:
    """A number: a Scalar or a 1 x 1 matrix."""
    return isinstance(sort, Scalar) or (isinstance(sort, Matrix) and sort.rows == 1 and sort.columns == 1)


def same_shape(left: Sort, right: Sort) -> bool:
    """Whether a term of one sort may stand where one of the other does (the domain of a scalar does not matter here)."""
    return left == right or (is_scalar(left) and is_scalar(right))


def is_vector(sort: Sort) -> bool:
    """A row or a column that is not a scalar."""
    return isinstance(sort, Matrix) and (sort.rows == 1) != (sort.columns == 1)


def is_square(sort: Sort) -> bool:
    """A matrix with as many rows as columns."""
    return isinstance(sort, Matrix) and sort.rows == sort.columns


def length_of(sort: Matrix) -> int | str:
    """The number of components of a row or column."""
    return sort.columns if sort.rows == 1 else sort.rows


def sizes_in(term: Term) -> frozenset[str]:
    """The sizes that are no numbers, of every symbol and constant in a term."""
    found: set[str] = set()
    sorts = [part.sort for part in subterms(term) if isinstance(part, (Symbol, Constant))]
    while sorts:
        sort = sorts.pop()
        if isinstance(sort, Function):
            sorts += [*sort.arguments, sort.result]
        elif isinstance(sort, Matrix):
            found |= {size for size in (sort.rows, sort.columns) if isinstance(size, str)}
    return frozenset(found)


def sort_of(term: Term) -> Sort:
    """The sort of a term; that of an application is kept in it."""
    if isinstance(term, Apply):
        known = term.known_sort
        if known is None:
            known = _sort_of_application(term)
            keep_sort(term, known)
        return known
    if isinstance(term, (Symbol, Constant)):
        return term.sort
    if isinstance(term, Number):
        return REAL
    if isinstance(term, Lambda):
        return Function(tuple(parameter.sort for parameter in term.parameters), sort_of(term.body), 99)
    raise TermError("not a term")


def _sort_of_application(term: Apply) -> Sort:
    head, arguments = term.head, term.arguments
    if not arguments:
        raise TermError(f"{head} without arguments")
    if head in _ARITHMETIC:  # most terms are made of these
        sorts = [sort_of(argument) for argument in arguments]
        whole = len(sorts) > 1 if head in {"+", "*"} else len(sorts) == 2
        if whole and all(type(sort) is Scalar for sort in sorts):
            return REAL
        return _sort_of_operation(head, arguments, sorts)
    if head in {"apply", "gradient", "hessian", "partial"}:
        return _sort_of_function_value(head, arguments)
    if head == "each":
        return _sort_of_each(arguments)
    if head in {"sum", "product", "integral", "limit"}:
        return _sort_of_binder(head, arguments)
    if head == "forall":
        return _sort_of_quantifier(arguments)
    if head == "indices":
        raise TermError("indices stand only inside partial")
    if head == "row":
        raise TermError("a row stands only inside a matrix literal")
    if head == "matrix":
        return _sort_of_literal(arguments)
    if head == "blocks":
        return _sort_of_blocks(arguments)
    if head == "notation":
        if not isinstance(arguments[0], Symbol):
            raise TermError("a notation has a symbol for its name")
        for argument in arguments[1:]:
            sort_of(argument)
        return arguments[0].sort
    sorts = [sort_of(argument) for argument in arguments]
    if head in CONNECTIVES:
        _arity(head, sorts, {"not": (1, 1), "implies": (2, 2), "iff": (2, 2)}.get(head, (2, None)))
        for sort in sorts:
            _expect(isinstance(sort, Statement), f"{head} joins statements", sort)
        return STATEMENT
    if head in {"=", "!="} or head in ORDERS:
        _arity(head, sorts, (2, 2))
        _relates(head, sorts)
        return STATEMENT
    if head == "approx":
        return _sort_of_approximation(arguments, sorts)
    if head in MATRIX_STATEMENTS:
        _arity(head, sorts, (1, 1))
        _square(head, sorts[0])
        return STATEMENT
    if head in ELEMENTARY or head in {"root", "log_base", "min", "max", "binomial"}:
        _arity(head, sorts, (1, 1) if head in ELEMENTARY else (1, None) if head in {"min", "max"} else (2, 2))
        for sort in sorts:
            _expect(is_scalar(sort), f"{head} takes a number", sort)
        if head == "root" and not (_is_integer(arguments[1]) and arguments[1].value > 1):  # type: ignore[union-attr]
            raise TermError("the index of a root is an integer above 1")
        return REAL
    return _sort_of_operation(head, arguments, sorts)


def _sort_of_operation(head: str, arguments: tuple[Term, ...], sorts: list[Sort]) -> Sort:
    first = sorts[0]
    for sort in sorts:
        _expect(isinstance(sort, (Scalar, Matrix)), f"{head} takes numbers, vectors or matrices", sort)
    match head:
        case "+":
            _arity(head, sorts, (2, None))
            for sort in sorts[1:]:
                if not same_shape(first, sort):
                    raise IllSorted(f"a {first} is added to a {sort}", str(first), str(sort))
            return REAL if is_scalar(first) else first
        case "*":
            _arity(head, sorts, (2, None))
            result = first
            for sort in sorts[1:]:
                result = product_sort(result, sort)
            return result
        case "negate":
            _arity(head, sorts, (1, 1))
            return first
        case "/":
            _arity(head, sorts, (2, 2))
            _expect(is_scalar(sorts[1]), "only numbers divide", sorts[1])
            return REAL if is_scalar(first) else first
        case "^":
            _arity(head, sorts, (2, 2))
            _expect(is_scalar(sorts[1]), "an exponent is a number", sorts[1])
            if is_scalar(first):
                return REAL
            _square("a power", first)
            if isinstance(arguments[1], Number):
                _expect(_is_integer(arguments[1]), "a matrix is raised to integers only", sorts[1])
            return first
        case "transpose":
            _arity(head, sorts, (1, 1))
            return Matrix(first.columns, first.rows) if isinstance(first, Matrix) else first
        case "trace" | "det" | "inverse" | "adjugate" | "exponential":
            _arity(head, sorts, (1, 1))
            if not is_scalar(first):
                _square(head, first)
            return first if head not in {"trace", "det"} and not is_scalar(first) else REAL
        case "pseudoinverse":
            _arity(head, sorts, (1, 1))
            return Matrix(first.columns, first.rows) if isinstance(first, Matrix) and not is_scalar(first) else REAL
        case "norm" | "rank" | "norm_one" | "norm_infinity" | "norm_max" | "norm_spectral" | "norm_nuclear":
            _arity(head, sorts, (1, 1))
            return REAL
        case "hadamard" | "kronecker":
            _arity(head, sorts, (2, 2))
            if head == "hadamard" and not same_shape(*sorts):
                raise IllSorted(f"a {first} times a {sorts[1]}, entry by entry", str(first), str(sorts[1]))
            if head == "hadamard":
                return REAL if is_scalar(first) else first
            (rows, columns), (height, width) = (_shape(sort) for sort in sorts)
            return _matrix(size.product(rows, height), size.product(columns, width))
        case "vec":
            _arity(head, sorts, (1, 1))
            return _matrix(size.product(*_shape(first)), 1)
        case "diag":
            _arity(head, sorts, (1, 1))
            if is_scalar(first):
                return REAL
            _expect(is_vector(first), "a diagonal matrix of a vector", first)
            assert isinstance(first, Matrix)
            return Matrix(length_of(first), length_of(first))
        case "diagonal":
            _arity(head, sorts, (1, 1))
            if is_scalar(first):
                return REAL
            _square("the diagonal", first)
            return _matrix(_shape(first)[0], 1)
        case "unit":
            _arity(head, sorts, (3, 3))
            shape = arguments[0]
            if not isinstance(shape, Constant) or shape.name != "zero" or not isinstance(first, Matrix):
                raise TermError("the shape of a unit is said by a zero")
            _position(arguments[1], sorts[1], first.rows)
            _position(arguments[2], sorts[2], first.columns)
            return _matrix(first.rows, first.columns)
        case "delta":
            _arity(head, sorts, (2, 2))
            for sort in sorts:
                _expect(is_scalar(sort), "the delta is of numbers", sort)
            return REAL
        case "inner":
            _arity(head, sorts, (2, 2))
            left, right = sorts
            fits = same_shape(left, right)
            if is_vector(left) and is_vector(right):
                assert isinstance(left, Matrix)
                assert isinstance(right, Matrix)
                fits = length_of(left) == length_of(right)
            if not fits:
                raise IllSorted(f"an inner product of a {left} and a {right}", str(left), str(right))
            return REAL
        case "component":
            _arity(head, sorts, (2, 2))
            _expect(is_vector(first), "a component of a vector", first)
            assert isinstance(first, Matrix)
            _position(arguments[1], sorts[1], length_of(first))
            return REAL
        case "entry":
            _arity(head, sorts, (3, 3))
            _expect(isinstance(first, Matrix), "an entry of a matrix", first)
            assert isinstance(first, Matrix)
            _position(arguments[1], sorts[1], first.rows)
            _position(arguments[2], sorts[2], first.columns)
            return REAL
        case "derivative":
            _arity(head, sorts, (2, 2))
            if not isinstance(_whole(arguments[1]), Symbol):
                raise TermError("a derivative is taken by a symbol, or by an entry of one")
            return _sort_of_derivative(*sorts)
        case _:
            raise TermError(f"nothing is known of the head {head!r}")


def _shape(sort: Sort) -> tuple[Size, Size]:
    """Rows and columns; a number is 1 x 1."""
    return (sort.rows, sort.columns) if isinstance(sort, Matrix) else (1, 1)


def _matrix(rows: Size, columns: Size) -> Sort:
    return REAL if rows == 1 and columns == 1 else Matrix(rows, columns)


def _whole(term: Term) -> Term:
    """The vector or matrix that an entry is of; any other term itself."""
    return term.arguments[0] if isinstance(term, Apply) and term.head in {"component", "entry"} else term


def _sort_of_derivative(body: Sort, by: Sort) -> Sort:
    """By a number of the shape of the body; of a number of the shape of the variable; of a vector by a vector the Jacobian matrix."""
    if is_scalar(by):
        return REAL if is_scalar(body) else body  # the derivative of an integer by an integer need not be one
    if is_scalar(body):
        return by
    if not (isinstance(body, Matrix) and isinstance(by, Matrix) and is_vector(body) and is_vector(by)):
        raise IllSorted(f"a {body} is differentiated by a {by}", str(body), str(by))
    return Matrix(length_of(body), length_of(by))


def product_sort(left: Sort, right: Sort) -> Sort:
    """The sort of a product of two factors."""
    if is_scalar(left):
        return REAL if is_scalar(right) else right
    if is_scalar(right):
        return left
    assert isinstance(left, Matrix)
    assert isinstance(right, Matrix)
    if left.columns != right.rows:
        raise IllSorted(f"a {left} times a {right}", str(left), str(right))
    return REAL if left.rows == 1 and right.columns == 1 else Matrix(left.rows, right.columns)


def _sort_of_literal(arguments: tuple[Term, ...]) -> Sort:
    widths = set()
    for row in arguments:
        if not (isinstance(row, Apply) and row.head == "row" and row.arguments):
            raise TermError("a matrix literal is made of rows")
        widths.add(len(row.arguments))
        for entry in row.arguments:
            sort = sort_of(entry)
            _expect(is_scalar(sort), "the entries of a matrix are numbers", sort)
    if len(widths) != 1:
        raise TermError("a matrix literal whose rows differ in length")
    return Matrix(len(arguments), widths.pop())


def _sort_of_blocks(arguments: tuple[Term, ...]) -> Sort:
    """One height in each row of blocks, one width in each column of them."""
    heights: list[Size] = []
    widths: list[Size] = []
    for row in arguments:
        if not (isinstance(row, Apply) and row.head == "row" and row.arguments):
            raise TermError("a matrix of blocks is made of rows")
        sorts = [sort_of(block) for block in row.arguments]
        for sort in sorts:
            _expect(isinstance(sort, (Scalar, Matrix)), "a block is a number or a matrix", sort)
        shapes = [_shape(sort) for sort in sorts]
        widths = widths or [columns for _, columns in shapes]
        if len(widths) != len(shapes):
            raise TermError("a matrix of blocks whose rows differ in length")
        for (rows, columns), width, sort in zip(shapes, widths, sorts, strict=True):
            if rows != shapes[0][0]:
                raise IllSorted(f"a {sorts[0]} beside a {sort}", str(sorts[0]), str(sort))
            if columns != width:
                raise IllSorted(
                    f"blocks of {width} and of {columns} columns below each other", str(width), str(columns)
                )
        heights.append(shapes[0][0])
    rows, columns = heights[0], widths[0]
    for height in heights[1:]:
        rows = size.total(rows, height)
    for width in widths[1:]:
        columns = size.total(columns, width)
    return _matrix(rows, columns)


def _sort_of_function_value(head: str, arguments: tuple[Term, ...]) -> Sort:
    function = arguments[0]
    if not isinstance(function, (Symbol, Lambda)):
        raise TermError(f"{head} of something that is not a function")
    sort = sort_of(function)
    if not isinstance(sort, Function):
        raise IllSorted(f"{head} of a {sort}, which is not a function", str(sort), "function")
    rest = arguments[1:]
    if head == "partial":
        if not rest or not (isinstance(rest[0], Apply) and rest[0].head == "indices"):
            raise TermError("partial takes the indices of the coordinates")
        indices, rest = rest[0].arguments, rest[1:]
        values = [index.value for index in indices if isinstance(index, Number)]
        if not values or len(values) != len(indices) or values != sorted(values):
            raise TermError("the indices of a partial derivative are ascending numbers")
        total = _coordinates(sort)
        if any(value.denominator != 1 or value < 1 or (total is not None and value > total) for value in values):
            raise TermError("an index of a partial derivative is out of range")
    if len(rest) != len(sort.arguments):
        raise IllSorted(f"a function of {len(sort.arguments)} arguments applied to {len(rest)}")
    for expected, argument in zip(sort.arguments, rest, strict=True):
        found = sort_of(argument)
        if not same_shape(expected, found):
            raise IllSorted(f"a function of a {expected} applied to a {found}", str(expected), str(found))
    if head == "apply":
        return sort.result
    if head == "partial":
        return REAL if is_scalar(sort.result) else sort.result
    if len(rest) != 1 or not is_scalar(sort.result):
        raise IllSorted(f"the {head} of a function that is not a scalar function of one argument")
    point = sort.arguments[0]
    if is_scalar(point):
        return REAL  # the derivative by an integer need not be one
    if head == "gradient":
        return point
    _expect(is_vector(point), "the hessian of a function of a vector", point)
    assert isinstance(point, Matrix)
    return Matrix(length_of(point), length_of(point))


def _coordinates(sort: Function) -> int | None:
    """The number of coordinates of the argument list, if it is a number."""
    total = 0
    for argument in sort.arguments:
        if is_scalar(argument):
            total += 1
        elif isinstance(argument, Matrix) and isinstance(argument.rows, int) and isinstance(argument.columns, int):
            total += argument.rows * argument.columns
        else:
            return None
    return total


def _sort_of_binder(head: str, arguments: tuple[Term, ...]) -> Sort:
    if len(arguments) != (3 if head == "limit" else 4) or not isinstance(arguments[1], Symbol):
        raise TermError(f"a {head} takes a body, a variable and its bounds")
    for bound in arguments[2:]:
        sort = sort_of(bound)
        _expect(is_scalar(sort), "a bound is a number", sort)
    _expect(is_scalar(arguments[1].sort), "the variable is a number", arguments[1].sort)
    return sort_of(arguments[0])


def _sort_of_quantifier(arguments: tuple[Term, ...]) -> Sort:
    if len(arguments) != 2 or not isinstance(arguments[1], Symbol) or isinstance(arguments[1].sort, Statement):
        raise TermError("a quantifier takes a statement and a variable")
    body = sort_of(arguments[0])
    _expect(isinstance(body, Statement), "a quantifier takes a statement", body)
    return STATEMENT


def _sort_of_each(arguments: tuple[Term, ...]) -> Sort:
    """A function of a real number taken entry by entry has the shape of what it is taken of."""
    body, variable, array = arguments if len(arguments) == 3 else (ZERO,) * 3
    if not isinstance(variable, Symbol):
        raise TermError("each takes a body, a variable and what it is taken of")
    if variable.sort != REAL:
        raise TermError("the variable of each is a real number")
    sort = sort_of(body)
    _expect(is_scalar(sort), "the values entry by entry are numbers", sort)
    sort = sort_of(array)
    _expect(isinstance(sort, (Scalar, Matrix)), "each is of the entries of a vector or matrix", sort)
    return REAL if is_scalar(sort) else sort


def _sort_of_approximation(arguments: tuple[Term, ...], sorts: list[Sort]) -> Sort:
    _arity("approx", sorts, (5, 5))
    _relates("approx", sorts[:2])
    _relates("approx", sorts[2:4])  # the variable and what it tends to
    if not _is_integer(arguments[4]) or arguments[4].value < 0:  # type: ignore[union-attr]
        raise TermError("the order of an approximation is a natural number")
    return STATEMENT


def _relates(head: str, sorts: list[Sort]) -> None:
    left, right = sorts
    if isinstance(left, (Statement, Function)) or isinstance(right, (Statement, Function)):
        raise IllSorted(f"{head} relates values, not a {left} and a {right}", str(left), str(right))
    if not same_shape(left, right):
        raise IllSorted(f"a {left} is related to a {right}", str(left), str(right))
    if head in ORDERS:
        _expect(is_scalar(left), "an order relates numbers", left)


def _arity(head: str, sorts: list[Sort], bounds: tuple[int, int | None]) -> None:
    least, most = bounds
    if len(sorts) < least or (most is not None and len(sorts) > most):
        raise TermError(f"{head} with {len(sorts)} arguments")


def _expect(fits: bool, message: str, sort: Sort) -> None:
    if not fits:
        raise IllSorted(f"{message}, not a {sort}", str(sort))


def _square(what: str, sort: Sort) -> None:
    if not is_square(sort):
        raise IllSorted(f"{what} of a {sort}, which is not square", str(sort))


def _is_integer(term: Term) -> bool:
    return isinstance(term, Number) and term.value.denominator == 1


def is_integral(term: Term) -> bool:
    """Whether the form of a term shows that it is an integer."""
    if isinstance(term, Number):
        return term.value.denominator == 1
    if isinstance(term, Symbol):
        return term.sort == INTEGER
    return (
        isinstance(term, Apply)
        and term.head in {"+", "*", "negate"}
        and all(is_integral(part) for part in term.arguments)
    )


def _position(index: Term, sort: Sort, length: Size) -> None:
    """A number inside the size, or another term of which its definedness says that it is one."""
    _expect(is_scalar(sort), "a position is a number", sort)
    if isinstance(index, Number) and (
        index.value.denominator != 1 or index.value < 1 or (isinstance(length, int) and index.value > length)
    ):
        raise TermError("a position outside the vector or matrix")
