"""Fractions, those that are derivatives, and nabla."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from derive.language.spelling import FONTS, FUNCTIONS, GREEK, GREEK_UNICODE
from derive.language.syntax import Node, UnreadError
from derive.read.formula import binders
from derive.read.formula.brackets import FRACTIONS
from derive.read.formula.tokens import Token

if TYPE_CHECKING:
    from derive.read.formula.expressions import Parser


def read_fraction(parser: Parser) -> Node:
    token = parser.take()
    derivative = _derivative(parser, token)
    if derivative is not None:
        return derivative
    above = _numerator_of_integrand(parser) if parser.integrals and parser.token.text == "{" else parser.argument()
    below = parser.argument()
    return Node("/", (above, below), token.start, parser.found[parser.index - 1].end)


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


def _derivative(parser: Parser, token: Token) -> Node | None:
    """\\frac{\\partial L}{\\partial w}, \\frac{d}{dx} ..., of any order."""
    saved = parser.index
    if parser.token.text != "{":
        return None
    above = parser.group_tokens()
    if not above or parser.token.text != "{" or not _is_differential(above[0]):
        parser.index = saved
        return None
    below = parser.group_tokens()
    if len(below) < 2 or below[0].text != above[0].text:
        parser.index = saved
        return None
    end = parser.found[parser.index - 1].end
    kind = "partial" if above[0].text == "\\partial" else "total"
    order, rest = 1, above[1:]
    if rest and rest[0].text == "^":
        order, rest = _order(rest)
    variables = _variables(parser, below, above[0].text)
    if len(variables) != order:
        raise UnreadError(token.start, "a derivative whose orders do not fit", "derivative")
    if rest:
        body = parser.expression(rest)
    elif parser.token.text in {"(", "["}:
        body = parser.factor()  # the bracket, and no more
        end = body.end
        if parser.token.text in {"(", "["}:
            message = "how far does the derivative go? use brackets around what is differentiated"
            raise UnreadError(parser.token.start, message, "ambiguous-argument")
    else:
        body = parser.juxtaposition()
        end = body.end
    return Node("derivative", (body, *variables), token.start, end, kind)


def _order(rest: list[Token]) -> tuple[int, list[Token]]:
    if len(rest) > 1 and rest[1].kind == "number":
        return int(rest[1].text), rest[2:]
    if len(rest) > 3 and rest[1].text == "{" and rest[2].kind == "number" and rest[3].text == "}":
        return int(rest[2].text), rest[4:]
    raise UnreadError(rest[0].start, "a derivative of symbolic order", "symbolic-order")


def _variables(parser: Parser, below: list[Token], sign: str) -> list[Node]:
    inner = parser.inside(below)
    found: list[Node] = []
    while inner.token.kind != "end":
        if inner.token.text != sign:
            raise inner.unknown(inner.token)
        inner.take()
        node = inner.name() if inner.token.text != "{" else inner.group()
        times = 1
        if inner.token.text == "^":
            scripted = inner.superscript(node)
            if scripted.kind == "transpose":
                node = scripted
            elif (
                scripted.kind == "^" and scripted.children[1].kind == "number" and scripted.children[1].value.isdigit()
            ):
                times = int(scripted.children[1].value)
            else:
                raise UnreadError(node.start, "a derivative of symbolic order", "symbolic-order")
        if times > 8:
            raise UnreadError(node.start, "a derivative of too high an order", "symbolic-order")
        found += [node] * times
    return found


def begins_differential(parser: Parser) -> bool:
    """Whether the letter d here stands before what it is the differential of: dx, d\\vec{x}, d\\ln x, d(xy)."""
    if parser.token.text != "d" or parser.names.differentials == "never":
        return False
    behind = parser.ahead()
    name = behind.text[1:] if behind.kind == "command" else ""
    begins = (
        behind.kind == "letter" or behind.text in GREEK_UNICODE or name in GREEK or name in FONTS or name in FUNCTIONS
    )
    if parser.names.differentials == "always":
        return (
            begins or behind.text == "(" or name == "varDelta" or (behind.kind == "text" and behind.text in FUNCTIONS)
        )
    if not begins or any(token.text == "c" for token in parser.found):  # a, b, c, d: a letter like the others
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
    return None


def read_nabla(parser: Parser) -> Node:
    token = parser.take()
    variable: Node | None = None
    if parser.token.text == "_":
        parser.take()
        variable = parser.argument()
    if parser.token.text == "^":
        raise UnreadError(parser.token.start, "a second derivative by nabla is not known yet", "not-understood")
    body = parser.factor()
    return Node("nabla", (body,) if variable is None else (body, variable), token.start, body.end)


def _is_differential(token: Token) -> bool:
    return token.text == "\\partial" or (token.text == "d" and token.kind in {"letter", "upright"})


PRIMARIES: dict[str, Callable[[Parser], Node]] = {**dict.fromkeys(FRACTIONS, read_fraction), "\\nabla": read_nabla}
