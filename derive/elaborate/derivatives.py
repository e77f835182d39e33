"""Derivatives, gradients and Hessians as terms: of functions at the arguments that the text gives them, of expressions by their symbols.

What is differentiated may depend on the variable in ways that the formula does not show: y in dy/dx, or L of y with y = wx + b below. Where that is
so, or where the arguments of a function are not known, the derivative is a notation with its typed parts, and nothing is shown of it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from derive.elaborate.notation import TENSOR, notation
from derive.elaborate.vectors import literal_vector
from derive.kernel.sorting import is_scalar, is_vector, length_of, sort_of
from derive.kernel.term import (
    REAL,
    Apply,
    Function,
    IllSorted,
    Matrix,
    Number,
    Sort,
    Symbol,
    Term,
    free_symbols,
    substitute,
)
from derive.language.syntax import Node, UnreadError

if TYPE_CHECKING:
    from derive.elaborate.functions import FunctionUse
    from derive.elaborate.terms import Builder, Scope

_NOT_KNOWN = "not-understood"


def widened(builder: Builder, node: Node) -> Node | None:
    """\\frac{\\partial}{\\partial x} (A x)^T (B x) is the derivative of the whole product where that is a number, and what stands first in it is a vector
    or matrix; None where a product is what it seems to be."""
    wide = operator_of_product(node)
    if wide is None:
        return None
    whole, *variables = wide.children[-1].children
    try:
        sorts = [sort_of(builder.term(one.children[0] if one.kind == "transpose" else one)) for one in variables]
        first, product = (sort_of(builder.term(one)) for one in (whole.children[0], whole))
    except (IllSorted, UnreadError):
        return None
    if is_scalar(first) or not is_scalar(product) or all(is_scalar(sort) for sort in sorts):
        return None
    return wide


def operator_of_product(node: Node) -> Node | None:
    """A product that begins with \\frac{\\partial}{\\partial x}, or has it behind other factors, with the derivative taken of all that follows; None of others."""
    index = next(
        (place for place, one in enumerate(node.children) if one.kind == "derivative" and one.key == "operator"), None
    )
    if index is None or index == len(node.children) - 1:
        return None
    first, rest = node.children[index], node.children[index + 1 :]
    if any(part.kind == "derivative" for one in rest for part in one.walk()):
        return None
    body, *variables = first.children
    product = Node("product", (body, *rest), body.start, node.end)
    whole = Node("derivative", (product, *variables), first.start, node.end, first.value)
    return Node("product", (*node.children[:index], whole), node.start, node.end)


def derivative(builder: Builder, node: Node) -> Term:
    """\\frac{\\partial L}{\\partial w}, \\frac{d}{dx} f(x), \\partial_i f."""
    body, *variables = node.children
    if node.value in {"indexed", "symbolic"}:
        return _by_position(builder, node) or _written(builder, node)
    mapped = _of_defined_map(builder, body, variables)
    if mapped is not None:
        return mapped
    function, arguments = _function(builder, body, [one.key for one in variables if one.kind == "name"])
    if function is not None:
        try:
            return _of_function(builder, node, function, arguments, variables)
        except UnreadError as error:
            if error.code != _NOT_KNOWN:
                raise
            if body.kind != "call":
                return _written(builder, node)  # otherwise f(g(x)) by x: an expression
            if node.key != "operator" and arguments is not None and not _move(builder, arguments, variables):
                return _at_other_names(builder, function, arguments, variables) or _written(builder, node)
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
    term = _independent(builder, body, variables, operator=node.key == "operator")
    term = None if term is None else _by_defined(builder, term, variables)
    if term is not None and "call" in body.kinds and not _move(builder, (term,), variables):
        return _written(builder, node)  # of f(3), or f at 3?
    found = None if term is None else _of_expression(builder, term, variables)
    return _written(builder, node) if found is None else found


def _of_expression(builder: Builder, term: Term, variables: list[Node]) -> Term | None:
    """The derivatives of an expression; None where what is meant has no head in the kernel."""
    inner = [one.children[0] if one.kind == "transpose" else one for one in variables]
    turned = [one.kind == "transpose" for one in variables]
    symbols = [builder.term(one) for one in inner]
    if len(symbols) == 2 and symbols[0] == symbols[1] and is_vector(sort_of(symbols[0])) and is_scalar(sort_of(term)):
        return Apply("derivative", (Apply("derivative", (term, symbols[0])), symbols[0]))  # symmetric
    for by, transposed in zip(symbols, turned, strict=True):
        if _whole(by) is not None:
            term = Apply("derivative", (term, by))
            continue
        if not isinstance(by, Symbol):
            return None
        found = _by_symbol(builder, term, by, transposed=transposed)
        if found is None:
            return None
        term = found
    return term


def _move(builder: Builder, terms: tuple[Term, ...], variables: list[Node]) -> bool:
    """Whether what derivatives are taken by occurs in one of the terms, or what these stand for."""
    by = [builder.term(one.children[0] if one.kind == "transpose" else one) for one in variables]
    return any(_moves(builder, term, one) for term in terms for one in by if isinstance(one, Symbol)) or not all(
        isinstance(one, Symbol) for one in by
    )


def _at_other_names(
    builder: Builder, function: Symbol, arguments: tuple[Term, ...], variables: list[Node]
) -> Term | None:
    r"""\frac{\partial f(a, b)}{\partial x}, where f(x, y) says which of its arguments x is: the derivative at a, b. None where nothing says it, and
    where what stands there may depend on x."""
    keys = [one.key for one in variables if one.kind == "name"]
    use = builder.scope.inference.functions.get(function.name)
    headers = {
        header
        for signature in (use.signatures.values() if use else ())
        for header in signature.headers
        if len(header) == len(arguments) and {*keys} <= {*header} and len({*header}) == len(header)
    }
    places = {tuple(header.index(key) + 1 for key in keys) for header in headers}
    if len(keys) != len(variables) or len(places) != 1:
        return None
    own = {*zip(arguments, (builder.scope.symbol(key) for key in sorted(headers)[0]), strict=True)}
    names = {name.name for argument, name in own if argument != name for name in free_symbols(argument)}
    if any(_may_depend(builder, name, {_letter(key) for key in keys}) for name in names):
        return None
    indices = Apply("indices", tuple(Number(one) for one in sorted(places.pop())))
    assert isinstance(function.sort, Function)
    if is_scalar(function.sort.result) and all(is_scalar(sort_of(one)) for one in arguments):
        return Apply("partial", (function, indices, *arguments))
    single = len(keys) == len(arguments) == 1 and is_scalar(function.sort.result)
    if single and sort_of(builder.term(variables[0])) == sort_of(arguments[0]):
        return Apply("gradient", (function, *arguments))
    return None


def _may_depend(builder: Builder, name: str, letters: set[str]) -> bool:
    """Whether a quantity may depend on what derivatives are taken by: u and y do as a rule, \\hat\\mu and x_0 are places of \\mu and x, a and c are constants."""
    uses, letter = builder.scope.inference.uses, _letter(name)
    if name in uses.differentiated | uses.functions:
        return True
    if letter in letters:
        return False
    defined = any(one.name == name for one in builder.scope.definitions)
    return letter in _OF_VARIABLES or (name in uses.assigned and not defined)


def _letter(name: str) -> str:
    """The letter of a name below accents, marks and indices."""
    core = re.sub(r"[_^]\{.*", "", name)
    while (match := _ACCENTED.fullmatch(core)) is not None:
        core = match.group(1)
    return core


_ACCENTED = re.compile(r"\\[A-Za-z]+\{(.*?)\}?")  # without its end where an index was inside
_OF_VARIABLES = frozenset("rstuvwxyz")


def _by_defined(builder: Builder, term: Term, variables: list[Node]) -> Term | None:
    """The expression as a function of the variables that are defined above; None where they do not vary by themselves in it."""
    for one in variables:
        by = builder.term(one.children[0] if one.kind == "transpose" else one)
        if isinstance(by, Symbol) and by in builder.scope.definitions:
            found = builder.scope.by_defined(term, by)
            if found is None:
                return None
            term = found
    return term


def _whole(term: Term) -> Symbol | None:
    """The vector or matrix that an entry is of; None of anything else."""
    if isinstance(term, Apply) and term.head in {"component", "entry"} and isinstance(term.arguments[0], Symbol):
        return term.arguments[0]
    return None


def _by_symbol(builder: Builder, term: Term, by: Symbol, *, transposed: bool) -> Term | None:
    """By one symbol, which is written transposed or not.

    Of a number the derivative is of the shape of what it is taken by; with `layout row` declared by a vector it is a row, with `layout column` a column.
    Of a column by x^T and of a row by the column x^T the shapes say which index comes first. Elsewhere only the layout says it: a row for each component
    of what is differentiated, or in the column layout a column for each. Where none is declared it is the row layout (of y^T by x, as the shapes say, the
    column layout), and `open_layouts` notes it.
    """
    value, sort = sort_of(term), by.sort
    derivative = Apply("derivative", (term, by))
    if is_scalar(sort) or is_scalar(value):
        layout = builder.layout if is_vector(sort) and is_scalar(value) else ""
        if layout and isinstance(sort, Matrix):
            transposed = ((layout == "row") != (sort.rows == 1)) != transposed
        return Apply("transpose", (derivative,)) if transposed else derivative
    if not (isinstance(value, Matrix) and isinstance(sort, Matrix) and is_vector(value) and is_vector(sort)):
        return None
    column, by_column = value.columns == 1, (sort.columns == 1) != transposed
    if column != by_column and transposed:  # the shapes say it, and so does the sign of transposition
        return derivative if column else Apply("transpose", (derivative,))
    jacobian = builder.layout == "row" if builder.layout else (column == by_column or column) != builder.other_layout
    if not builder.layout:
        builder.open_layouts.append(f"{value} by {sort}")
    return derivative if jacobian else Apply("transpose", (derivative,))


def _of_defined_map(builder: Builder, body: Node, variables: list[Node]) -> Term | None:
    """The Jacobian matrix of a function that is defined and has vectors for values, by its own argument; None of anything else."""
    head = body.children[0] if body.kind == "call" else body
    if head.kind != "name" or len(variables) != 1:
        return None
    scope = builder.scope
    inner = variables[0].children[0] if variables[0].kind == "transpose" else variables[0]
    found = next((value for symbol, value in scope.function_definitions.items() if symbol.name == head.key), None)
    if found is None or len(found[0]) != 1 or inner.kind != "name":
        return None
    (parameter,), value = found
    variable = scope.symbol(inner.key)
    if parameter.sort != variable.sort or not is_vector(variable.sort) or is_scalar(sort_of(value)):
        return None
    if body.kind == "call" and [one.key for one in body.children[1:]] != [inner.key]:
        return None
    value = scope.unfold(substitute(value, {parameter: variable}))
    return _by_symbol(builder, value, variable, transposed=variables[0].kind == "transpose")


def at_point(builder: Builder, node: Node) -> Term:
    """\\frac{df}{dx}(a): the derivative of a function of one number at a; a notation of anything else."""
    inner, *arguments = node.children
    points = tuple(builder.term(argument) for argument in arguments)
    body, *variables = inner.children
    function, own = _function(builder, body, [one.key for one in variables if one.kind == "name"])
    found = derivative(builder, inner)
    if (
        function is not None
        and isinstance(found, Apply)
        and found.head == "partial"
        and all(is_scalar(sort_of(one)) for one in points)
    ):
        if own is not None and len(points) == len(own) and all(is_scalar(sort_of(one)) for one in own):
            return Apply("partial", (function, found.arguments[1], *points))
        vector = found.arguments[2] if len(found.arguments) == 3 else None  # its argument by the numbers in it
        if vector is not None and isinstance(sort := sort_of(vector), Matrix) and length_of(sort) == len(points) > 1:
            return Apply("partial", (function, found.arguments[1], literal_vector(points, row=sort.rows == 1)))
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


def _independent(builder: Builder, body: Node, variables: list[Node], *, operator: bool = False) -> Term | None:
    """The expression that is differentiated, where every symbol in it but the variables is surely independent of them; a defined quantity as what
    defines it."""
    uses = builder.scope.inference.uses
    own = set[str]().union(*(one.names for one in variables))
    wholes = {_whole(builder.term(one)) for one in variables if one.kind == "name"}
    own |= {one.name for one in wholes if one is not None}
    dependent = (uses.differentiated | uses.assigned) - own
    term = builder.term(body)
    if body.kind == "name" and isinstance(term, Symbol):
        if body.key in own:
            return term
        value = builder.scope.unfold(term)
        if value == term and operator and builder.scope.closed and body.key not in uses.assigned:
            return value if body.key in builder.scope.inference.declared else None
        if value == term or any(symbol.name in dependent for symbol in free_symbols(value)):
            return None
        return value
    if (
        body.kind == "name"
        and isinstance(term, Apply)
        and not any(one.name in dependent - {body.key} for one in free_symbols(term))
    ):
        value = builder.scope.unfold(term)  # a member of a family that is defined for every index
        if value != term and not any(symbol.name in dependent for symbol in free_symbols(value)):
            return value
    heads = {id(part.children[0]) for part in body.walk() if part.kind == "call"}
    names = {part.key for part in body.walk() if part.kind == "name" and id(part) not in heads}
    hidden = {name for name in names & dependent if not _shown(builder, name)}
    return None if hidden else term


def _shown(builder: Builder, name: str) -> bool:
    """Whether a name stands for the value of a function at arguments that are known: what it depends on is no secret."""
    return builder.scope.inference.is_function(name) and builder.header(name) is not None


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
    if not is_scalar(function.sort.result) and not all(is_scalar(one) for one in function.sort.arguments):
        raise UnreadError(node.start, "a derivative of a function whose values are vectors", _NOT_KNOWN)
    indices: list[int] = []
    coordinates: tuple[Term, ...] | None = None
    for one in variables:
        by = builder.term(one)
        if not isinstance(by, Symbol):
            raise UnreadError(one.start, "a derivative by something that is not a name", _NOT_KNOWN)
        position, coordinates = _position(
            builder, function, arguments, by, one, written=node.children[0].kind == "call"
        )
        indices.append(position)
    assert coordinates is not None
    return Apply(
        "partial", (function, Apply("indices", tuple(Number(index) for index in sorted(indices))), *coordinates)
    )


def _position(
    builder: Builder,
    function: Symbol,
    arguments: tuple[Term, ...] | None,
    variable: Symbol,
    node: Node,
    *,
    written: bool,
) -> tuple[int, tuple[Term, ...]]:
    """Which coordinate of the function's argument the variable is, and the arguments, which may be `written`, in coordinates."""
    assert isinstance(function.sort, Function)
    scope = builder.scope
    use = scope.inference.functions.get(function.name)
    if arguments is None or (len(arguments) == 1 and isinstance(arguments[0], Symbol)):
        sort = function.sort.arguments[0]
        if isinstance(sort, Matrix) and not is_scalar(sort):
            parts = _parts(scope, use, variable)
            if parts is not None and not scope.has_other_parts(function.name, parts):
                position = parts.index(variable.name) + 1
                point = arguments[0] if arguments is not None and written else None
                if isinstance(point, Symbol) and scope.component_names(point.name) != parts and scope.is_point(point):
                    return position, (point,)  # at w_k, by w_1
                entries = tuple(scope.symbol(name) for name in parts)
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


def _parts(scope: Scope, use: FunctionUse | None, variable: Symbol) -> tuple[str, ...] | None:
    """The names of the numbers that a vector consists of, one of which is the variable: as the function is applied to them, or as they are of a vector."""
    for names in use.scalar_headers if use else []:
        if variable.name in names and len(names) in (use.packed if use else ()):
            return names
    place = scope.component_of(variable.name)
    return None if place is None else scope.component_names(place[0])


# Letters of what varies and of what does not, where several stand in an expression.
VARIABLES = frozenset("xt")
CONSTANTS = frozenset("abcknmp")
_DOTS = {"\\dot": 1, "\\ddot": 2}


def of_quantity(scope: Scope, node: Node) -> Term | None:
    """y' and y'', where y = x^2 is defined above, and \\dot{x}, where x = t^2 is: its derivative by the one letter that varies in it; None of others."""
    sign, _, dotted = node.key.partition("{")
    if node.kind == "prime" and node.children[0].kind == "name":
        key, order = node.children[0].key, len(node.value)
    elif node.kind == "name" and sign in _DOTS and dotted.endswith("}"):
        key, order = dotted[:-1], _DOTS[sign]
    else:
        return None
    quantity = next((one for one in scope.definitions if one.name == key), None)
    if quantity is None or any(one.name == (node.key or key + node.value) for one in scope.definitions):
        return None
    found = free_symbols(scope.unfold(quantity))
    letters = {one.name for one in found}
    wanted = letters & VARIABLES if letters <= VARIABLES | CONSTANTS else letters
    if node.kind == "name":
        wanted = wanted & {"t"}
    if len(wanted) != 1 or letters & scope.inference.uses.differentiated:
        return None
    if any(one.name == f"{min(wanted)}'" for one in scope.definitions):
        return None  # x' = x + 1, y' = x'^2: other points
    variable = next(one for one in found if one.name in wanted)
    term = scope.derivative_of(quantity, variable) if variable.sort == REAL and is_scalar(quantity.sort) else None
    for _ in range(order - 1):
        term = None if term is None else Apply("derivative", (term, variable))
    return term


def is_slope(scope: Scope, side: Node) -> bool:
    """Whether a side is the derivative of what is defined above: f' after f(x) = x^2, y' after y = x^2. It is not free to be defined."""
    function = side.children[0].key if side.kind == "prime" else ""
    return any(one.name == function for one in scope.function_definitions) or of_quantity(scope, side) is not None


def nabla(builder: Builder, node: Node) -> Term:
    """\\nabla f(x), \\nabla_\\theta J, \\nabla^2 f: of a function of one vector at its argument; a notation of anything else."""
    body, *variables = node.children
    names = [one.key for one in variables if one.kind == "name"]
    uses = builder.scope.inference.uses
    if not variables and body.kind == "name" and body.key in uses.values - uses.laws.keys():
        return _written_nabla(
            builder, node, []
        )  # x in x + \\alpha \\nabla x is that x, not the x(t) of another formula
    function, arguments = _function(builder, body, names)
    by = [builder.term(one) for one in variables]
    if (
        function is not None
        and body.kind == "name"
        and isinstance(function.sort, Function)
        and len(by) == len(names) == 1
        and arguments is not None
        and arguments != (by[0],)
        and all(isinstance(one, Symbol) and builder.scope.is_point(one) for one in arguments)
    ):  # \\nabla_x L is not taken at the x_0 of an L(x_0)
        arguments = (by[0],) if function.sort.arguments == (sort_of(by[0]),) else None
    if (
        function is not None
        and isinstance(function.sort, Function)
        and node.value in {"", "2"}
        and arguments is not None
        and len(arguments) == len(function.sort.arguments) == 1
        and is_scalar(function.sort.result)
        and (not by or by == [arguments[0]] or _names_the_argument(builder, by, arguments[0]))
        and (not node.value or is_vector(function.sort.arguments[0]))
    ):
        return Apply("hessian" if node.value else "gradient", (function, arguments[0]))
    return _nabla_of_expression(builder, node, by) or _written_nabla(builder, node, by)


def _names_the_argument(builder: Builder, by: list[Term], argument: Term) -> bool:
    """Whether the letter at the nabla is that of the argument, which does not have it: \\nabla_w L(w_t) is the gradient at w_t."""
    return len(by) == 1 and isinstance(by[0], Symbol) and not _moves(builder, argument, by[0])


def _moves(builder: Builder, term: Term, variable: Symbol) -> bool:
    return variable in free_symbols(term) or variable in free_symbols(builder.scope.unfold_beside(term, (variable,)))


def _nabla_of_expression(builder: Builder, node: Node, by: list[Term]) -> Term | None:
    """\nabla_x of a number that is written out: its gradient, and with \nabla_x^2 by a vector its Hessian matrix, in every layout."""
    if len(by) != 1 or not isinstance(by[0], Symbol) or node.value not in {"", "2"}:
        return None
    body, variable = node.children[0], by[0]
    quantity = body.kind == "name" and builder.scope.symbol(body.key) in builder.scope.definitions
    term = _independent(builder, body, list(node.children[1:])) if body.kind != "name" or quantity else None
    if term is None or not is_scalar(sort_of(term)) or (node.value == "2" and not is_vector(variable.sort)):
        return None
    declared = builder.scope.inference.declared
    known = all(part.kind != "call" and (part.kind != "name" or part.key in declared) for part in body.walk())
    if not (known or _moves(builder, term, variable)):
        return None  # what is not declared may depend on it
    gradient = Apply("derivative", (term, variable))
    return gradient if not node.value else Apply("derivative", (gradient, variable))


def _nabla_at_point(builder: Builder, node: Node) -> Term | None:
    """\\nabla f(0, 0), f being defined for other names: the function and the place apart, as what f is there does not vary; None of anything else."""
    body = node.children[0]
    if body.kind != "call" or body.children[0].kind != "name" or node.value not in {"", "2"}:
        return None
    function, points = _function(builder, body, [])
    defined = None if function is None else builder.scope.function_definitions.get(function)
    if function is None or points is None or defined is None or points == defined[0]:
        return None
    places = ", ".join(f"#{index}" for index in range(2, len(points) + 2))
    sign = "\\nabla^2" if node.value else "\\nabla"
    found = builder.scope.inference.sort_of_open(node) if not node.value else TENSOR
    return notation(
        f"{sign} #1*\\left({places}\\right)", found if isinstance(found, Matrix) else TENSOR, function, *points
    )


def _written_nabla(builder: Builder, node: Node, by: list[Term]) -> Term:
    if not by and (of_point := _nabla_at_point(builder, node)) is not None:
        return of_point
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
