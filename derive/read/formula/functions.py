"""Named functions: how far their argument goes, powers and bases on the name."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from derive.language.spelling import FONTS, FUNCTIONS
from derive.language.syntax import Node, UnreadError
from derive.read.formula import binders, derivatives, events, lists, probability
from derive.read.formula.brackets import FRACTIONS
from derive.read.formula.tokens import OPEN, SpacedToken, Token

if TYPE_CHECKING:
    from derive.read.formula.expressions import Parser


_DOTTED = re.compile(r"\\d?dot\{(.*)\}")
_APPLIED = frozenset({"call", "operator", "ambiguous"})
_INCREMENTS = frozenset({"\\Delta", "\\varDelta"})
_READ_ONLY = {"rank": "real", "diag": "open", "vec": "open"}


def read_function(parser: Parser) -> Node:
    token = parser.take()
    head = FUNCTIONS[token.text.lstrip("\\")]
    if head in _READ_ONLY and parser.token.text in probability.BRACKETS:  # of several arguments, or of blocks
        return probability.applied_operator(parser, f"\\operatorname{{{head}}}", head, token.start)
    primes = _primes(parser)
    power: Node | None = None
    base: Node | None = None
    if parser.token.text == "_":
        if head in {"max", "min"}:
            return binders.read_extremum(parser, head, token.start)
        parser.take()
        if head != "log":
            key = f"{token.text}_{{{parser.subscript()}}}"
            if parser.token.text not in probability.BRACKETS:
                raise UnreadError(token.end, f"a subscript on {token.text}", "subscript")
            return probability.applied_operator(parser, key, key, token.start)  # \\exp_p(v): another function
        base = parser.argument()
        if base.kind == "name" and base.key == "e":  # the natural logarithm
            base = None
    if parser.token.text == "^":
        parser.take()
        if parser.token.text == "{" and parser.ahead().text == "(":  # \\sin^{(2)} x
            raise UnreadError(parser.token.start, "a derivative, or an exponent in brackets?", "superscript")
        power = parser.argument()
        if power.kind == "negate":
            if head in {"sin", "cos", "tan"} and power.children[0].value == "1":
                head, power = "arc" + head, None
            else:
                raise UnreadError(token.start, "an inverse function or a reciprocal?", "ambiguous-inverse")
    arguments, end = _function_arguments(parser, token, head)
    if head == "log" and "e" in parser.texts:
        arguments = [_with_base(one) for one in arguments]
    if primes:
        if base is not None or power is not None or len(arguments) != 1:
            raise UnreadError(
                token.start, f"the derivative of {token.text} with a base, a power or several arguments", "derivative"
            )
        return _derived(head, arguments[0], primes, token.start, end)
    node = Node(
        "function",
        (base, *arguments) if base is not None else tuple(arguments),
        token.start,
        end,
        "log_base" if base is not None else head,
    )
    if power is None and parser.token.text == "^":  # what is transposed is the value: \\exp(z)^T
        return parser.superscript(node)
    return node if power is None else Node("^", (node, power), token.start, end)


def _primes(parser: Parser) -> int:
    """How many primes stand here, which are passed: tanh'(x), \\tanh^{\\prime\\prime}(x)."""
    if parser.token.text.startswith("'"):
        return len(parser.take().text)
    if parser.token.text != "^":
        return 0
    saved = parser.index
    parser.take()
    texts = [one.text for one in (parser.group_tokens() if parser.token.text == "{" else [parser.take()])]
    if texts and all(text == "\\prime" or text.strip("'") == "" for text in texts):
        return sum(len(text) if text.startswith("'") else 1 for text in texts)
    parser.index = saved
    return 0


def _derived(head: str, argument: Node, primes: int, start: int, end: int) -> Node:
    """The derivative of a named function at its argument: by the letter that it is, or by one of its own that has that value."""
    letter = argument if argument.kind == "name" else Node("name", (), start, start, "\\mathrm{at}", "\\mathrm{at}")
    body = Node("function", (letter,), start, end, head)
    found = Node("derivative", (body, *[letter] * primes), start, end, "total")
    if letter is argument:
        return found
    binding = Node("chain", (letter, argument), start, end, "=")
    return Node("at", (found, binding), start, end)


def read_rounding(parser: Parser) -> Node:
    """\\lfloor x \\rfloor and \\lceil x \\rceil."""
    opening = parser.take()
    with parser.brackets():
        inside = parser.sum()
    end = parser.expect(OPEN[opening.text]).end
    return Node("function", (inside,), opening.start, end, {"\\lfloor": "floor", "\\lceil": "ceil"}[opening.text])


def _ends_argument(parser: Parser) -> bool:
    """Another function, a sum, a differential or the like: what is applied to x in \\log x \\sum_i y_i goes no further, nor in \\cos x \\Delta x, \\cos x dx
    and \\cos u \\frac{du}{dx}."""
    token = parser.token
    named = token.text[1:] not in FONTS and token.text.lstrip("\\") in FUNCTIONS
    if named or token.text in binders.PRIMARIES or token.text in _INCREMENTS:
        return True
    if token.text == "d":
        return token.kind == "upright" or derivatives.begins_differential(parser)
    return token.text in FRACTIONS and derivatives.begins_quotient(parser.found, parser.index)


def _is_apart(parser: Parser, parts: list[Node], log: bool) -> bool:
    """Whether what stands here may be no factor of the argument, because a space is set before it, or it is a fraction or a root: \\ln x \\, y and \\sin x \\frac{1}{x}.
    What stands behind numbers is one, but for logarithms (\\ln 2 \\, x): \\sin 2 \\pi \\frac{k}{n}."""
    token = parser.token
    if not isinstance(token, SpacedToken) and token.text not in FRACTIONS and token.text not in {"\\sqrt", "\\delta"}:
        return False
    if token.text == "\\delta" and parser.ahead().text in {"_", "^", "("}:
        return False
    return log or any(part.kind not in {"number", "constant"} for part in parts)


def _derived_letter(factor: Node) -> str:
    """The name of which a factor is the derivative: y', \\dot\\theta; empty of others."""
    if factor.kind == "prime":
        return factor.children[0].key
    accented = _DOTTED.fullmatch(factor.key) if factor.kind == "name" else None
    return accented.group(1) if accented is not None else ""


def _with_base(argument: Node) -> Node:
    """The e of \\ln e and \\ln(2 \\pi \\sigma^2 e) is the base of the logarithms."""
    if argument.kind == "name" and argument.key == "e":
        return Node("constant", (), argument.start, argument.end, "e")
    if argument.kind == "product" and any(one.kind == "constant" and one.value == "pi" for one in argument.children):
        kids = tuple(_with_base(one) if one.kind == "name" else one for one in argument.children)
        return Node("product", kids, argument.start, argument.end)
    return argument


def _is_exponential(node: Node) -> bool:
    """e^x, which stands for a function."""
    return node.kind == "^" and node.children[0].kind == "constant" and node.children[0].value == "e"


def _function_arguments(parser: Parser, token: Token, head: str) -> tuple[list[Node], int]:
    """A bracket right behind the name is the argument; otherwise the juxtaposed factors up to a sign or another function name."""
    if parser.token.text == "\\{" and head in {"max", "min"} and _is_set_by_condition(parser):
        values = lists.read_set(parser)
        return [Node("operator", (values,), values.start, values.end, "#1", "real")], values.end
    if parser.token.text in {"(", "[", "\\{"}:
        arguments, end = parser.bracketed_list()
        if len(arguments) > 1 and head not in {"min", "max"}:
            raise UnreadError(token.start, f"{token.text} of several arguments", "argument-count")
        if parser.token.text in {"^", "!"} and not parser.transposes():
            raise UnreadError(parser.token.start, f"a power of the argument or of {token.text}?", "ambiguous-argument")
        return arguments, end
    parts = [parser.factor()]
    bracketed = False
    while parser.begins_factor() and not _ends_argument(parser):
        bracketed = parser.token.text in {"(", "["}
        apart, saved = _is_apart(parser, parts, head == "log"), parser.index
        parts.append(parser.factor())
        if (derived := _derived_letter(parts[-1])) and any(
            part.key == derived for part in parts[:-1]
        ):  # -\\sin\\theta \\dot\\theta
            parts.pop()
            parser.index = saved
            break
        if apart or derived:
            place = parts[-1].start
            raise UnreadError(
                place, f"how far does the argument of {token.text} go? use brackets", "ambiguous-argument"
            )
    # \log p(x) q(x), \\log x (y + 1): of the product, or of the first factor?
    applied = len(parts) > 1 and (bracketed or any(part.kind in _APPLIED or _is_exponential(part) for part in parts))
    if applied or parser.token.text == "/" or (len(parts) > 1 and head in {"det", "trace", "rank"}):
        place = parts[-1].start if applied else parser.token.start
        raise UnreadError(place, f"how far does the argument of {token.text} go? use brackets", "ambiguous-argument")
    node = parts[0] if len(parts) == 1 else Node("product", tuple(parts), parts[0].start, parts[-1].end)
    return [node], node.end


def _is_set_by_condition(parser: Parser) -> bool:
    """Whether the braces that open here hold a condition: \\min \\{x \\in A \\mid f(x) = y\\}."""
    return any(token.text in {"|", ":", "\\in"} for token in events.own_tokens(parser))


PRIMARIES: dict[str, Callable[[Parser], Node]] = {
    **{f"\\{name}": read_function for name in FUNCTIONS if name not in FONTS},
    "\\lfloor": read_rounding,
    "\\lceil": read_rounding,
}
