"""Derivatives, gradients and Hessians as terms: of functions at the arguments that the text gives them, of expressions by their symbols.

What is differentiated may depend on the variable in ways that the formula does not show: y in dy/dx, or L of y with y = wx + b below. Where that is
so, or where the arguments of a function are not known, the derivative is a notation with its typed parts, and nothing is shown of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from derive.elaborate.notation import TENSOR, notation
from derive.elaborate.vectors import literal_vector
from derive.kernel.sorting import is_scalar, is_vector, length_of, sort_of
from derive.kernel.term import REAL, Apply, Function, Matrix, Number, Sort, Symbol, Term, free_symbols
from derive.language.syntax import Node, UnreadError

if TYPE_CHECKING:
    from derive.elaborate.terms import Builder

_NOT_KNOWN = "not-understood"


def derivative(builder: Builder, node: Node) -> Term:
    """\\frac{\\partial L}{\\partial w}, \\frac{d}{dx} f(x), \\partial_i f."""
    body, *variables = node.children
    if node.value in {"indexed", "symbolic"}:
        return _by_position(builder, node) or _written(builder, node)
    function, arguments = _function(builder, body, [one.key for one in variables if one.kind == "name"])
    if function is not None:
        try:
            return _of_function(builder, node, function, arguments, variables)
        except UnreadError as error:
            if error.code != _NOT_KNOWN:
                raise
            if body.kind != "call":
                return _written(builder, node)  # otherwise f(g(x)) by x: an expression
    keys = {one.key for one in variables if one.kind == "name"}
    if node.value == "partial" and body.kind == "call" and keys & {one.key for one in body.children[1:]}:
        inner = [
            part.key for one in body.children[1:] if one.kind != "name" for part in one.walk() if part.kind == "name"
        ]
        if keys & set(inner):  # \\partial f(x(t), t) / \\partial t
            message = "of what is written alone, or of the other arguments too? Say which argument it is taken by"
            raise UnreadError(node.start, message, "derivative")
    quantity = _of_quantity(builder, node)
    if quantity is not None:
        return quantity
    term = _independent(builder, body, variables)
    if term is None:
        return _written(builder, node)
    for variable in variables:
        transposed = variable.kind == "transpose"
        by = builder.term(variable.children[0] if transposed else variable)
        if not isinstance(by, Symbol) or (not is_scalar(sort_of(term)) and not is_scalar(by.sort)):
            return _written(builder, node)
        term = Apply("derivative", (term, by))
        term = Apply("transpose", (term,)) if transposed else term
    return term


def at_point(builder: Builder, node: Node) -> Term:
    """\\frac{df}{dx}(a): the derivative of a function of one number at a; a notation of anything else."""
    inner, *arguments = node.children
    points = tuple(builder.term(argument) for argument in arguments)
    body, *variables = inner.children
    function, own = _function(builder, body, [one.key for one in variables if one.kind == "name"])
    found = derivative(builder, inner)
    if (
        function is not None
        and own is not None
        and isinstance(found, Apply)
        and found.head == "partial"
        and len(points) == len(own)
        and all(is_scalar(sort_of(one)) for one in (*points, *own))
    ):
        return Apply("partial", (function, found.arguments[1], *points))
    places = ", ".join(f"#{index}" for index in range(2, len(points) + 2))
    return notation(f"#1*\\left({places}\\right)", sort_of(found), found, *points)


def _function(builder: Builder, body: Node, variables: list[str]) -> tuple[Symbol | None, tuple[Term, ...] | None]:
    """The function that is differentiated, and its arguments if they are known."""
    if body.kind == "name":
        return builder.function_of(body.key, variables)
    if body.kind == "call" and body.children[0].kind == "name":
        built = builder.term(body)
        if isinstance(built, Apply) and built.head == "apply" and isinstance(built.arguments[0], Symbol):
            return built.arguments[0], built.arguments[1:]
    return None, None


def _of_quantity(builder: Builder, node: Node) -> Term | None:
    """dz/dx, z being defined above: its value."""
    body, *variables = node.children
    if body.kind != "name" or len(variables) != 1 or variables[0].kind != "name":
        return None
    symbol, variable = builder.term(body), builder.term(variables[0])
    if not isinstance(symbol, Symbol) or not isinstance(variable, Symbol) or not is_scalar(symbol.sort):
        return None
    if node.value == "partial" and builder.scope.depends_through(symbol, variable):
        return _written(builder, node)
    return builder.scope.derivative_of(symbol, variable)


def _independent(builder: Builder, body: Node, variables: list[Node]) -> Term | None:
    """The expression that is differentiated, where every symbol in it but the variables is surely independent of them; a defined quantity as what
    defines it."""
    uses = builder.scope.inference.uses
    own = {part.key for one in variables for part in one.walk() if part.kind == "name"}
    dependent = (uses.differentiated | uses.assigned) - own
    term = builder.term(body)
    if body.kind == "name" and isinstance(term, Symbol):
        if body.key in own:
            return term
        value = builder.scope.unfold(term)
        if value == term or any(symbol.name in dependent for symbol in free_symbols(value)):
            return None
        return value
    heads = {id(part.children[0]) for part in body.walk() if part.kind == "call"}
    names = {part.key for part in body.walk() if part.kind == "name" and id(part) not in heads}
    return None if names & dependent else term


def _by_position(builder: Builder, node: Node) -> Term | None:
    """\\partial_{1,2} f(x, y), the arguments being names: by the first and the second of them."""
    body, *variables = node.children
    if node.value != "indexed" or body.kind != "call" or any(one.kind != "name" for one in body.children):
        return None
    applied = builder.term(body)
    if not isinstance(applied, Apply) or applied.head != "apply" or not isinstance(applied.arguments[0], Symbol):
        return None
    function, *arguments = applied.arguments
    positions = [int(one.value) for one in variables if one.kind == "number" and one.value.isdigit()]
    if len(positions) != len(variables) or not all(1 <= one <= len(arguments) for one in positions):
        return None
    if len(arguments) < 2 or not all(isinstance(one, Symbol) and one.sort == REAL for one in arguments):
        return None  # of one argument it may be a component
    subscripts = [one.children[0].value if one.children else "" for one in body.children[1:]]
    if body.children[1].key == "t" or any(one.isdigit() and int(one) != at for at, one in enumerate(subscripts, 1)):
        return None  # f(t, x) and f(x_0, x_1): the first one may be counted as number 0
    return Apply("partial", (function, Apply("indices", tuple(Number(one) for one in sorted(positions))), *arguments))


def _written(builder: Builder, node: Node) -> Term:
    """The derivative as it is written, with its parts typed."""
    body, *variables = node.children
    parts = [builder.as_whole(body), *(builder.term(one) for one in variables)]
    if node.value == "indexed":
        below = ", ".join(f"#{index}" for index in range(2, len(parts) + 1))
        return notation(f"\\partial_{{{below}}} #1*", _sort(parts[0], tuple(parts[1:])), *parts)
    if node.value == "symbolic":
        return notation("\\frac{d^{#3} #1}{d #2^{#3}}", _sort(parts[0], ()), *parts)
    sign = "\\partial " if node.value == "partial" else "d"
    order = f"^{len(variables)}" if len(variables) > 1 else ""
    below = " ".join(f"{sign}#{index}" for index in range(2, len(parts) + 1))
    return notation(f"\\frac{{{sign.strip()}{order} #1*}}{{{below}}}", _sort(parts[0], tuple(parts[1:])), *parts)


def _sort(body: Term, variables: tuple[Term, ...]) -> Sort:
    """The sort of a derivative: the shape of the variable for a number, of the value for a variable that is one."""
    value = sort_of(body)
    if isinstance(value, Function):
        value = value.result
    sorts = [sort_of(one) for one in variables]
    by = [sort for sort in sorts if isinstance(sort, Matrix) and not is_scalar(sort)]
    if not by:
        return value if isinstance(value, Matrix) and not is_scalar(value) else REAL
    if len(sorts) == 1 and is_scalar(value):
        return by[0]
    if len(sorts) == 1 and isinstance(value, Matrix) and is_vector(value) and is_vector(by[0]):
        return Matrix(length_of(value), length_of(by[0]))
    if len(sorts) == 2 and len(by) == 2 and is_scalar(value) and is_vector(by[0]) and is_vector(by[1]):
        return Matrix(length_of(by[0]), length_of(by[1]))
    return TENSOR


def _of_function(
    builder: Builder, node: Node, function: Symbol, arguments: tuple[Term, ...] | None, variables: list[Node]
) -> Term:
    assert isinstance(function.sort, Function)
    first = variables[0]
    transposed = first.kind == "transpose"
    inner = first.children[0] if transposed else first
    variable = builder.term(inner)
    if not isinstance(variable, Symbol):
        raise UnreadError(first.start, "a derivative by something that is not a name", _NOT_KNOWN)
    if isinstance(variable.sort, Matrix):
        if len(variables) != 1 or len(function.sort.arguments) != 1 or not is_scalar(function.sort.result):
            raise UnreadError(node.start, "a second derivative by a vector is not known yet", _NOT_KNOWN)
        point = (arguments or (variable,))[0]
        if point != variable:
            message = f"{function.name} is not written as a function of {variable.name}"
            raise UnreadError(node.start, message, _NOT_KNOWN)
        gradient = Apply("gradient", (function, point))
        return Apply("transpose", (gradient,)) if transposed else gradient
    if not is_scalar(function.sort.result):
        raise UnreadError(node.start, "a derivative of a function whose values are vectors", _NOT_KNOWN)
    indices: list[int] = []
    coordinates: tuple[Term, ...] | None = None
    for one in variables:
        by = builder.term(one)
        if not isinstance(by, Symbol):
            raise UnreadError(one.start, "a derivative by something that is not a name", _NOT_KNOWN)
        position, coordinates = _position(builder, function, arguments, by, one)
        indices.append(position)
    assert coordinates is not None
    return Apply(
        "partial", (function, Apply("indices", tuple(Number(index) for index in sorted(indices))), *coordinates)
    )


def _position(
    builder: Builder, function: Symbol, arguments: tuple[Term, ...] | None, variable: Symbol, node: Node
) -> tuple[int, tuple[Term, ...]]:
    """Which coordinate of the function's argument the variable is, and the arguments in coordinates."""
    assert isinstance(function.sort, Function)
    scope = builder.scope
    use = scope.inference.functions.get(function.name)
    if arguments is None or (len(arguments) == 1 and isinstance(arguments[0], Symbol)):
        sort = function.sort.arguments[0]
        if isinstance(sort, Matrix) and not is_scalar(sort):
            for names in use.scalar_headers if use else []:
                if variable.name in names and len(names) in (use.packed if use else ()):
                    entries = tuple(scope.symbol(name) for name in names)
                    return names.index(variable.name) + 1, (literal_vector(entries, row=sort.rows == 1),)
            place = scope.component_of(variable.name)
            if place is not None:
                key, position = place
                names_found = scope.component_names(key)
                assert names_found is not None
                entries = tuple(scope.symbol(name) for name in names_found)
                return position, (literal_vector(entries, row=sort.rows == 1),)
    if arguments is not None:
        flat: list[Term] = []
        for argument in arguments:
            if isinstance(argument, Apply) and argument.head == "matrix":
                flat.extend(entry for row in argument.arguments if isinstance(row, Apply) for entry in row.arguments)
            else:
                flat.append(argument)
        if flat.count(variable) == 1 and all(isinstance(one, Symbol) for one in flat):
            return flat.index(variable) + 1, arguments
    raise UnreadError(node.start, f"{function.name} is not written as a function of {variable.name}", _NOT_KNOWN)


def nabla(builder: Builder, node: Node) -> Term:
    """\\nabla f(x), \\nabla_\\theta J, \\nabla^2 f: of a function of one vector at its argument; a notation of anything else."""
    body, *variables = node.children
    names = [one.key for one in variables if one.kind == "name"]
    function, arguments = _function(builder, body, names)
    by = [builder.term(one) for one in variables]
    if (
        function is not None
        and isinstance(function.sort, Function)
        and node.value in {"", "2"}
        and arguments is not None
        and len(arguments) == len(function.sort.arguments) == 1
        and is_scalar(function.sort.result)
        and (not by or by == [arguments[0]])
        and (not node.value or is_vector(function.sort.arguments[0]))
    ):
        return Apply("hessian" if node.value else "gradient", (function, arguments[0]))
    return _written_nabla(builder, node, by)


def _written_nabla(builder: Builder, node: Node, by: list[Term]) -> Term:
    inside = builder.as_whole(node.children[0])
    value = sort_of(inside)
    scalar = is_scalar(value.result if isinstance(value, Function) else value)
    signs = {"": "\\nabla", "2": "\\nabla^2", "\\cdot": "\\nabla \\cdot", "\\times": "\\nabla \\times"}
    sign = signs.get(node.value, node.value)
    under = "_{#2}" if by else ""
    sort: Sort = TENSOR
    if node.value == "\\cdot":
        sort = REAL
    elif by and scalar and isinstance(by[0], (Symbol, Apply)):
        point = sort_of(by[0])
        if node.value != "2":
            sort = point if isinstance(point, Matrix) else REAL
        elif isinstance(point, Matrix) and is_vector(point):
            sort = Matrix(length_of(point), length_of(point))
    elif not by and node.value != "2" and scalar:
        found = builder.scope.inference.sort_of_open(node)
        sort = found if isinstance(found, Matrix) else TENSOR
    return notation(f"{sign}{under} #1*", sort, inside, *by)
