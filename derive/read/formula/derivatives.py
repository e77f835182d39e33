"""Fractions, those that are derivatives, and nabla."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from derive.language.spelling import FONTS, FUNCTION_LETTERS, FUNCTIONS, GREEK
from derive.language.syntax import RELATION_WORDS, Node, UnreadError
from derive.read.formula import binders
from derive.read.formula.brackets import FRACTIONS, after_script
from derive.read.formula.tokens import Token

if TYPE_CHECKING:
    from derive.read.formula.expressions import Parser


def read_fraction(parser: Parser) -> Node:
    token = parser.take()
    derivative = _derivative(parser, token)
    if derivative is not None:
        return derivative
    if parser.token.text == "{" and parser.ahead().text == "\\delta" and _is_of_variations(parser):
        above, below = parser.argument(), parser.argument()
        return Node("operator", (above, below), token.start, below.end, "\\frac{#1}{#2}", "open")
    above = _numerator_of_integrand(parser) if parser.integrals and parser.token.text == "{" else parser.argument()
    below = parser.argument()
    return Node("/", (above, below), token.start, max(below.end, parser.found[parser.index - 1].end))


def _is_of_variations(parser: Parser) -> bool:
    """\\frac{\\delta F}{\\delta u}: \\delta before a letter above and below, and nothing beside them, is no number."""
    found, above = parser.found, parser.index
    ends = [place for place in range(above, min(above + 12, len(found))) if found[place].text == "}"]
    below = ends[0] + 1 if ends else len(found)
    return all(
        len(found) > place + 3 and found[place + 1].text == "\\delta" and _begins_letter(found[place + 2])
        for place in (above, below)
    )


def _begins_letter(token: Token) -> bool:
    return token.kind == "letter" or token.text[1:] in GREEK | FONTS


def _numerator_of_integrand(parser: Parser) -> Node:
    """The numerator, of which a dx belongs to the integral around: \\int \\frac{dx}{x}."""
    if parser.differentials:
        return parser.argument()
    start = parser.token.start
    inside = parser.group_tokens()
    if not inside:
        raise UnreadError(start, "an empty argument", "missing-argument")
    inner = parser.inside(inside)
    inner.integrals = 1
    found: list[Node] = []
    node = Node("number", (), start, start, "1")
    if binders.begins_differential(inner):
        found.append(binders.read_differential(inner))
        if inner.token.kind != "end":
            node = inner.product()
    else:
        node = inner.sum()
        if binders.begins_differential(inner):
            found.append(binders.read_differential(inner))
    inner.expect_end()
    parser.differentials += found
    return node


def _has_index(found: list[Token]) -> bool:
    """Whether a d begins this that has an index, as a distance or a number of degrees of freedom: it is a letter like others."""
    return found[0].kind == "letter" and len(found) > 1 and found[1].text == "_"


def _derivative(parser: Parser, token: Token) -> Node | None:
    """\\frac{\\partial L}{\\partial w}, \\frac{d}{dx} ..., of any order."""
    saved = parser.index
    if parser.token.text != "{" or not _is_differential(parser.ahead()):
        return None
    above = parser.group_tokens()
    if parser.token.text != "{":
        parser.index = saved
        return None
    below = parser.group_tokens()
    if len(below) < 2 or below[0].text != above[0].text or _has_index(above) or _has_index(below):
        parser.index = saved
        return None
    end = parser.found[parser.index - 1].end
    kind = "partial" if above[0].text == "\\partial" else "total"
    order: int | Node = 1
    rest = above[1:]
    if rest and rest[0].text == "^":
        order, rest = _order(parser, rest)
    variables = _variables(parser, below, above[0].text, order)
    operator = "" if rest else "operator"  # what is differentiated stands behind the fraction
    if rest:
        body = parser.expression(rest)
        applied = _applied(parser, body)
        if applied is not None:
            node = Node("derivative", (body, *variables), token.start, end, kind)
            return Node("derivative-at", (node, *applied[0]), token.start, applied[1])
    elif parser.token.kind == "end" or not parser.begins_factor():
        raise UnreadError(token.start, "a derivative without what is differentiated", "derivative")
    elif parser.token.text in {"(", "["}:
        with parser.differentiated():
            body = parser.factor()  # the bracket, and no more
        end = body.end
        if parser.token.text in {"(", "["} and body.kind != "transpose":
            raise _how_far(parser.token.start)
        beside = parser.token.text in {one.key for one in variables}  # (t^2) t, but not (t^2) \sin t
        _ask_how_far(parser, variables, beside)
    else:
        with parser.differentiated():
            body = parser.juxtaposition()
        end = body.end
        if body.kind == "number" and parser.token.text == "/":  # \\frac{d}{dx} 1/x
            raise _how_far(parser.token.start)
        _ask_how_far(parser, variables, parser.token.text in {"+", "-", "−", "\\cdot", "/"})
        body, increments = _before_differentials(body)
        if increments:  # \\frac{d}{dy} y^2 \\, dy
            behind = (*variables, order) if isinstance(order, Node) else variables
            taken = ("symbolic", "") if isinstance(order, Node) else (kind, operator)
            derivative = Node("derivative", (body, *behind), token.start, body.end, *taken)
            return Node("product", (derivative, *increments), token.start, end)
    if isinstance(order, Node):
        return Node("derivative", (body, *variables, order), token.start, end, "symbolic")
    return Node("derivative", (body, *variables), token.start, end, kind, operator)


def _before_differentials(body: Node) -> tuple[Node, tuple[Node, ...]]:
    """What is differentiated, and the differentials behind it, which are factors of the derivative."""
    factors = body.children if body.kind == "product" else (body,)
    count = len(factors)
    while count > 1 and (factors[count - 1].kind == "differential" or factors[count - 1].key.startswith("d ")):
        count -= 1
    if count == len(factors):
        return body, ()
    first = factors[0] if count == 1 else body._replace(children=factors[:count], end=factors[count - 1].end)
    return first, factors[count:]


def _how_far(place: int) -> UnreadError:
    message = "how far does the derivative go? use brackets around what is differentiated"
    return UnreadError(place, message, "ambiguous-argument")


def _ask_how_far(parser: Parser, variables: list[Node], more: bool) -> None:
    """\\frac{d}{dx} x^2 + x: is the derivative taken of the x behind it too? Nothing is asked where another derivative stands there."""
    letters = {one.key for one in variables if one.kind == "name" and not one.children}
    depth = 0
    for index in range(parser.index, len(parser.found) if more and letters else 0):
        token = parser.found[index]
        depth += token.depth
        if (
            depth < 0
            or token.text in _OTHER_SIGNS
            or (token.text in FRACTIONS and begins_quotient(parser.found, index))
        ):
            return
        if token.text in letters:
            raise _how_far(parser.token.start)


def begins_quotient(found: list[Token], index: int) -> bool:
    """Whether \\frac{d stands here, or \\frac{\\partial."""
    return len(found) > index + 2 and _is_differential(found[index + 2])


_ENDS_FORM = frozenset(
    {"+", "-", "−", "\\pm", "\\mp", "/", ",", ";", "&", "\\\\", "\\nabla", "\\partial", "\\int", "\\lim"}
)
_OTHER_SIGNS = frozenset({"\\nabla", "\\int", "\\lim", "\\partial", "&", "\\\\"})


# What a factor needs brackets for: these may be one behind a derivative.
_NEED_BRACKETS = frozenset(
    {"+", "negate", "product", "plus-minus", "sum", "product-over", "integral", "limit", "binder"}
)


def _applied(parser: Parser, body: Node) -> tuple[list[Node], int] | None:
    """The point at which \\frac{df}{dx}(x) is taken: a bracket behind it that a product would not need."""
    if parser.token.text != "(" or body.kind not in {"name", "compose"}:
        return None
    saved = parser.index
    arguments, end = parser.bracketed_list()
    if len(arguments) == 1 and _is_of_slopes(arguments[0]):  # \\frac{dL}{dh} (\\frac{dh}{dw})
        parser.index = saved
        return None
    if len(arguments) == 1 and arguments[0].kind in _NEED_BRACKETS:
        if body.key in parser.names.functions:
            message = f"the argument of the derivative of {body.key}, or a factor? Write an evaluation bar, or \\cdot"
            raise UnreadError(parser.found[saved].start, message, "ambiguous-application")
        parser.index = saved
        return None
    return arguments, end


def _is_of_slopes(node: Node) -> bool:
    """Whether an expression is a derivative or a product of these: a factor of the chain rule."""
    if node.kind in {"product", "dot"}:
        return all(_is_of_slopes(one) for one in node.children)
    body = (
        node.children[0] if node.kind == "product-over" or (node.kind == "binder" and "\\prod" in node.value) else node
    )
    return body.kind == "derivative" if body is node else _is_of_slopes(body)


def _order(parser: Parser, rest: list[Token]) -> tuple[int | Node, list[Token]]:
    """The order of a derivative, a number or a letter, and what stands behind it."""
    behind = after_script(rest, 0) if len(rest) > 1 else 0
    script = [token for token in rest[1:behind] if token.text not in {"{", "}"}]
    if not script:
        raise UnreadError(rest[0].start, "the order of a derivative is missing", "derivative")
    if len(script) == 1 and script[0].kind == "number" and script[0].text.isdigit():
        return int(script[0].text), rest[behind:]
    return parser.expression(script), rest[behind:]


def _variables(parser: Parser, below: list[Token], sign: str, order: int | Node) -> list[Node]:
    """The variables of a derivative, one for each order. With an index in the place of an exponent, \\partial \\theta^i, there is one each."""
    inner = parser.inside(below)
    found: list[Node] = []
    indexed: list[Node] = []
    while inner.token.kind != "end":
        if inner.token.text == sign:
            inner.take()
        elif not found or isinstance(order, Node):
            raise inner.unknown(inner.token)
        if inner.token.kind == "number":
            message = f"a derivative by a constant, {inner.token.text}: by which variable?"
            raise UnreadError(inner.token.start, message, "derivative")
        node = inner.name() if inner.token.text != "{" else inner.group()
        if inner.token.text == "(" and node.kind == "name":
            node = inner.named(node)
        exponent: Node | None = None
        if inner.token.text == "^":
            scripted = inner.superscript(node)
            if scripted.kind == "^":
                exponent = scripted.children[1]
            else:
                node = scripted
        if exponent is None:
            found.append(node)
            indexed.append(node)
        elif exponent.kind == "number" and exponent.value.isdigit():
            if int(exponent.value) > 8:
                raise UnreadError(node.start, "a derivative of too high an order", "symbolic-order")
            found += [node] * int(exponent.value)
            indexed.append(_with_index(node, exponent))
        elif isinstance(order, Node) and exponent.key == order.key and not found:
            found.append(node)
        else:
            found += [_with_index(node, exponent)] * (1 if isinstance(order, int) else 2)
            indexed.append(found[-1])
    if isinstance(order, Node):
        if len(found) != 1:
            raise UnreadError(below[0].start, "a derivative whose orders do not fit", "derivative")
        return found
    if len(found) == order:
        return found
    if len(indexed) == order and all("^{" in node.key for node in indexed):
        return indexed
    raise UnreadError(below[0].start, "a derivative whose orders do not fit", "derivative")


def _with_index(node: Node, index: Node) -> Node:
    """\\theta^i where the i is an index, as a name of its own."""
    if node.kind != "name" or index.kind not in {"name", "number"}:
        raise UnreadError(index.start, "a derivative of symbolic order", "symbolic-order")
    value = f"{node.value}^{{{index.key or index.value}}}"
    subscript = node.children[0].value if node.children else ""
    return Node("name", node.children, node.start, index.end, value, f"{value}_{{{subscript}}}" if subscript else value)


POWER_OF_INCREMENT = "the power of the increment, or the increment of the power? Write brackets"


def begins_differential(parser: Parser) -> bool:
    """Whether the letter d here stands before what it is the differential of: dx, d\\vec{x}, d\\ln x, d(xy)."""
    if parser.token.text != "d" or parser.names.differentials == "never":
        return False
    behind = parser.ahead()
    name = behind.text[1:] if behind.kind == "command" else ""
    begins = behind.kind == "letter" or name in GREEK or name in FONTS or name in FUNCTIONS
    if parser.names.differentials == "always":
        return (
            begins
            or behind.text in {"(", "||"}
            or name == "varDelta"
            or (behind.kind == "text" and behind.text in FUNCTIONS)
        )
    if not begins or "c" in parser.texts:  # a, b, c, d: a letter like the others
        return False
    raise UnreadError(
        parser.token.start,
        "a differential, or d times it? Declare d : real, or write \\mathrm{d}",
        "ambiguous-differential",
    )


def read_differential(parser: Parser) -> Node:
    """A name of its own for the differential of a name; of anything else a node."""
    return differential_of(parser, parser.take().start)


def differential_of(parser: Parser, start: int) -> Node:
    """What stands behind the d of a differential that begins at `start`."""
    behind = parser.token
    if behind.text == "||" or (behind.text == "e" and parser.ahead().text == "^"):
        body = parser.factor() if behind.text == "e" else parser.primary()
        if parser.token.text == "^":
            raise UnreadError(start, POWER_OF_INCREMENT, "ambiguous-differential")
        return Node("differential", (body,), start, body.end)
    if behind.text == "(" or (behind.text.lstrip("\\") in FUNCTIONS and behind.text[1:] not in FONTS):
        body = parser.group() if behind.text == "(" else parser.primary()
        return Node("differential", (body,), start, body.end)
    name = parser.name()
    if parser.token.text == "(" and name.key in parser.names.functions:
        call = parser.call(name)
        return Node("differential", (call,), start, call.end)
    return Node("name", name.children, start, name.end, f"d {name.value}", f"d {name.key}")


def quotient(left: Node, right: Node) -> Node | None:
    """dy/dx is the derivative, as \\frac{dy}{dx} is."""
    if left.kind == right.kind == "name" and left.key.startswith("d ") and right.key.startswith("d "):
        above, below = (
            Node("name", one.children, one.start, one.end, one.value.removeprefix("d "), one.key.removeprefix("d "))
            for one in (left, right)
        )
        return Node("derivative", (above, below), left.start, right.end, "total")
    if left.kind == right.kind == "partial-differential":
        return Node("derivative", (left.children[0], right.children[0]), left.start, right.end, "partial")
    return None


def read_nabla(parser: Parser) -> Node:
    """\\nabla f, \\nabla_\\theta J, \\nabla^2 f, \\nabla \\cdot F."""
    return behind_nabla(parser, parser.take().start, "")


def behind_nabla(parser: Parser, start: int, sign: str) -> Node:
    """What a nabla is applied to, which begins at `start`; `sign` is how it is written if it has an accent."""
    variable: Node | None = None
    value = sign
    while parser.token.text in {"_", "^"}:
        if parser.take().text == "_":
            variable = parser.script()
            continue
        order = parser.script()
        if order.kind != "number" or order.value != "2" or sign:
            raise UnreadError(order.start, "a power of nabla that is not the second", "not-understood")
        value = "2"
    if parser.token.text in {"\\cdot", "\\times"} and not value and variable is None:
        value = parser.take().text
    with parser.differentiated():
        body = _behind_operator(parser, variable)
    of_function = body.kind == "function" and len(body.children) == 1  # \nabla \log p(x)^T
    raised = body.children[0] if of_function else body
    inner = raised.children[0] if raised.kind == "transpose" else raised
    is_number = inner.kind in {"call", "operator"} or inner.key in parser.names.functions | FUNCTION_LETTERS
    turned = inner is not raised and is_number
    # \nabla f(x)^T: the gradient is turned, not the number
    whole = body if not turned else body._replace(children=(inner,), end=inner.end) if of_function else inner
    nabla = Node("nabla", (whole,) if variable is None else (whole, variable), start, whole.end, value)
    return Node("transpose", (nabla,), start, body.end) if turned else nabla


def _behind_operator(parser: Parser, variable: Node | None) -> Node:
    """What \\nabla or \\partial_x is taken of: the factor behind it, with the numbers before it. Where more factors have the variable it is asked about."""
    parts = [parser.factor()]
    key = variable.value if variable is not None and variable.kind == "name" else ""
    form = _opens_form(parts[0], key) or _opens_linear_form(parser, parts[0], key)
    while (_is_coefficient(parts[-1], key) or form) and parser.begins_factor():
        parts.append(parser.factor())
    body = parts[0] if len(parts) == 1 else Node("product", tuple(parts), parts[0].start, parts[-1].end)
    if variable is not None and form:
        _ask_how_far(parser, [variable], True)
    last = parts[-1]
    turned = last.kind == "transpose" and last.children[0].kind != "name"
    if key and not turned and _has_letter(last, key):
        saved = parser.index
        while parser.begins_factor() and parser.token.text not in {"\\nabla", "\\partial", "(", "["}:
            if _has_letter(parser.factor(), key):
                raise _how_far(last.end)
        parser.index = saved
    return body


def _opens_form(node: Node, key: str) -> bool:
    """x^T, as in \\nabla_x x^T A x: of the row of its variable alone nobody takes the gradient."""
    return bool(key) and node.kind == "transpose" and node.children[0].kind == "name" and node.children[0].value == key


def _opens_linear_form(parser: Parser, node: Node, key: str) -> bool:
    """a^T, as in \\nabla_x a^T x: of a row without the variable, before what has it. A capital there (L^T x) may be a function: it is asked."""
    row = node.children[0] if node.kind == "transpose" else node
    if not key or row is node or row.kind != "name" or row.value == key:
        return False
    if row.key in parser.names.functions | FUNCTION_LETTERS:
        return False
    letter, depth = key.rpartition("{")[2].rstrip("}"), 0
    for token in parser.found[parser.index :]:
        depth += token.depth
        if depth < 0 or (depth == 0 and (token.text in _ENDS_FORM or token.text in RELATION_WORDS)):
            return False
        if token.text == letter:
            if row.key.rstrip("}")[-1:].isupper():
                raise _how_far(node.end)
            return True
    return False


def _is_coefficient(node: Node, key: str) -> bool:
    """A number, or a fraction without the variable."""
    return node.kind in {"number", "constant"} or (
        node.kind == "/" and not _has_letter(node, key) and bool(key or _is_number(node))
    )


def _is_number(node: Node) -> bool:
    return all(part.kind != "name" for part in node.walk())


def _has_letter(node: Node, key: str) -> bool:
    return any(part.kind == "name" and part.value == key for part in node.walk())


def read_partial(parser: Parser) -> Node:
    """\\partial_i f, \\partial_{x} f; or \\partial y before \\partial x behind a slash."""
    token = parser.take()
    if parser.token.text == "_":
        parser.take()
        variables = _positions(parser) or [parser.script()]
        with parser.differentiated():
            body = _behind_operator(parser, variables[0])
        return Node("derivative", (body, *variables), token.start, body.end, "indexed")
    function = parser.token.text.lstrip("\\") in FUNCTIONS
    if parser.token.text == "^" or not (parser.begins_name() or parser.token.text == "(" or function):
        raise UnreadError(token.start, "a \\partial that is no derivative", "derivative")
    body = parser.factor()
    return Node("partial-differential", (body,), token.start, body.end)


def _positions(parser: Parser) -> list[Node]:
    """The arguments that \\partial_{1,2} f(x, y) is taken by; none where something else stands there."""
    behind = after_script(parser.found, parser.index - 1)
    group = [token for token in parser.found[parser.index : behind] if token.text not in {"{", "}"}]
    numbers = group[::2]
    if len(numbers) < 2 or any(one.kind != "number" for one in numbers) or any(one.text != "," for one in group[1::2]):
        return []
    parser.index = behind
    return [Node("number", (), one.start, one.end, one.text) for one in numbers]


def _is_differential(token: Token) -> bool:
    return token.text == "\\partial" or (token.text == "d" and token.kind in {"letter", "upright"})


PRIMARIES: dict[str, Callable[[Parser], Node]] = {
    **dict.fromkeys(FRACTIONS, read_fraction),
    "\\nabla": read_nabla,
    "\\partial": read_partial,
}
