"""Named operators and probability: p(x \\mid y), \\mathbb{E}[X], \\mathrm{KL}[p \\| q], \\mathrm{Var}(X), names in upright letters.

Nothing is known of these yet; they are read with their arguments, of which any may be an event (X = x, A \\cap B) or words. Between the brackets
a bar where an operand has ended is "given", one where an operand begins opens an absolute value.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from derive.language.spelling import FUNCTIONS
from derive.language.syntax import RELATION_WORDS, Node, UnreadError
from derive.read.formula import binders, derivatives
from derive.read.formula.brackets import after_script, stands_alone
from derive.read.formula.events import event, own_places, own_tokens
from derive.read.formula.tokens import OPEN

if TYPE_CHECKING:
    from derive.read.formula.expressions import Parser

# Operators whose value has the shape of what they are applied to.
_LIKE = frozenset(
    {
        "E",
        "mean",
        "Mean",
        "median",
        "Median",
        "mode",
        "Mode",
        "sigmoid",
        "softmax",
        "ReLU",
        "relu",
        "erf",
        "erfc",
        "erfi",
    }
)
_COVARIANCE = frozenset({"Var", "var", "V", "Cov", "cov", "Corr", "corr", "Cor"})
_REAL = frozenset(
    {
        "Pr",
        "P",
        "p",
        "q",
        "H",
        "h",
        "I",
        "KL",
        "B",
        "D",
        "JS",
        "MI",
        "Bin",
        "Gam",
        "Beta",
        "Bet",
        "Bern",
        "Poiss",
        "Exp",
    }
)
_KNOWN = _LIKE | _COVARIANCE | _REAL
# A subscript of these is a distribution or a variable, not part of a name.
_OVER = frozenset({"E", "Var", "var", "V", "Cov", "cov", "P", "Pr"})
EXPECTATIONS = {"\\mathbb{E}": "E", "\\mathbf{E}": "E", "\\mathsf{E}": "E", "\\mathbb{V}": "V", "\\mathbb{P}": "P"}
_SEPARATORS = {",": ", ", ";": "; ", "|": " \\mid ", "||": " \\,\\|\\, "}
ELLIPSES = frozenset({"\\ldots", "\\dots", "\\cdots", "\\dotsc", "\\dotsb"})
SET_OPERATORS = frozenset({"\\cap", "\\cup", "\\setminus", "\\backslash"})
BRACKETS = frozenset({"(", "[", "\\{"})


def read_upright(parser: Parser) -> Node:
    """A name in upright letters: an operator before a bracket, else a symbol."""
    token = parser.take()
    word = token.text
    if word == "d":
        return derivatives.differential_of(parser, token.start)
    if word == "e" and parser.token.text not in {"_", "("}:
        return Node("constant", (), token.start, token.end, "e")
    if word in {"argmax", "argmin", "sup", "inf"}:
        return binders.read_extremum(parser, word, token.start)
    if word == "arg" and parser.token.text.removeprefix("\\") in {"max", "min"}:
        return binders.read_extremum(parser, word + parser.take().text.removeprefix("\\"), token.start)
    if word in {"i", "j"} and parser.token.text != "(":
        raise UnreadError(token.start, "the imaginary unit is not known yet", "not-understood")
    return named_operator(parser, f"\\mathrm{{{word}}}", word, token.start)


def has_a_meaning(word: str) -> bool:
    """Whether a name in upright letters is an operator, a constant or a differential, and no name like others."""
    return word in _KNOWN or word in {"d", "e", "i", "j", "arg", "argmax", "argmin", "sup", "inf"}


def read_pr(parser: Parser) -> Node:
    token = parser.take()
    return named_operator(parser, "\\Pr", "Pr", token.start)


def named_operator(parser: Parser, base: str, word: str, start: int) -> Node:
    """What begins with the name of an operator, the reading standing behind it."""
    over: Node | None = None
    subscript = ""
    if parser.token.text == "_":
        parser.take()
        if word in _OVER:
            over = _under(parser)
        else:
            subscript = parser.subscript()
    marks = _marks(parser)
    if marks and not subscript and parser.token.text == "_":
        parser.take()
        subscript = parser.subscript()
    base += marks
    key = f"{base}_{{{subscript}}}" if subscript else base
    power: Node | None = None
    inverse = ""
    if parser.token.text == "^" and _bracket_behind_script(parser):
        parser.take()
        power = parser.argument()
        if power.kind == "negate":
            inverse, power = "^{-1}", None
    end = parser.found[parser.index - 1].end
    if parser.token.text in BRACKETS:
        known = word in _KNOWN or over is not None
        if not known and (key in parser.names.bare or power is not None):
            message = f"{key}(...) can be {key} applied to something or {key} times something: declare {key} as a function or a number"
            raise UnreadError(start, message, "ambiguous-application")
        node = applied_operator(parser, key + inverse, word, start, over)
        return node if power is None else Node("^", (node, power), start, node.end)
    if word == "E" and (over is not None or base.startswith("\\mathbb")) and parser.begins_factor():
        return _expectation_of_factor(parser, key, start, over)
    if over is not None:
        raise UnreadError(start, f"{base} without what it is taken of", "missing")
    if base == "\\Pr" or power is not None:
        raise UnreadError(start, f"{base} without its argument", "missing")
    kids = (Node("text", (), start, end, subscript),) if subscript else ()
    return Node("name", kids, start, end, base, key)


def _marks(parser: Parser) -> str:
    """Stars, words and primes on the name of an operator."""
    marks = ""
    while True:
        token = parser.token
        if token.kind == "symbol" and token.text.startswith("'"):
            marks += parser.take().text
        elif token.text == "^":
            mark = parser.mark(marks)
            if not mark:
                return marks
            marks += mark
        else:
            return marks


def applied_operator(parser: Parser, key: str, word: str, start: int, over: Node | None = None) -> Node:
    """The operator and its bracket, at which the reading stands."""
    children, inside, (opening, closing), end = arguments(parser)
    shape = "like" if word in _LIKE else "covariance" if word in _COVARIANCE else "real" if word in _REAL else "open"
    if shape == "covariance" and (inside == "#1, #2" or inside.startswith("#1, #2 \\mid")):
        shape = "covariance-of-two"
    if not children:
        shape = "real"
    under = ""
    if over is not None:
        children.append(over)
        under = f"_{{#{len(children)}}}"
    return Node("operator", tuple(children), start, end, f"{key}{under}{opening}{inside}{closing}", shape)


def arguments(parser: Parser) -> tuple[list[Node], str, tuple[str, str], int]:
    """The arguments in the bracket that opens here, how they are written with #1, #2, ... for them, the brackets, and where they end."""
    opening = parser.take()
    closing = OPEN[opening.text]
    saved, parser.bars = parser.bars, ["|", "||"]
    integrals, parser.integrals = parser.integrals, 0
    children: list[Node] = []
    inside = _element(parser, children, closing)
    while parser.token.text in _SEPARATORS:
        sign = parser.take().text
        if sign == "|" and parser.token.text == "|":  # P \\vert \\vert Q
            sign += parser.take().text
        inside += _SEPARATORS[sign]
        inside += _element(parser, children, closing)
    end = parser.expect(closing).end
    parser.bars, parser.integrals = saved, integrals
    return children, inside, (opening.text, closing), end


def holds_event(parser: Parser) -> bool:
    """Whether the bracket that opens here holds a separator, a bar or a relation at its own depth."""
    return any(token.text in _SEPARATORS or token.text in RELATION_WORDS for token in own_tokens(parser))


def holds_name(parser: Parser, letter: str) -> bool:
    """Whether the bracket that opens here holds this letter at its own depth."""
    return any(token.text == letter for token in own_tokens(parser))


def holds_value(parser: Parser, letter: str) -> bool:
    """Whether the bracket that opens here holds this letter as a value, not applied again: p^x (1 - p) is a product, f(f(x)) is none."""
    found = parser.found
    for index in own_places(parser):
        if found[index].text == letter and found[index - 1].text not in {"_", "^"}:
            behind = found[index + 1].text
            if behind not in {"(", "_", "^"} and not behind.startswith("'"):
                return True
    return False


def _element(parser: Parser, children: list[Node], closing: str) -> str:
    """One argument: an expression, an event, words, a dot in the place of an argument."""
    token = parser.token
    stops = {closing, *_SEPARATORS}
    if token.text in {"\\cdot", "\\bullet"} and parser.ahead().text in stops:
        parser.take()
        return "\\cdot"
    pieces: list[str] = []
    while True:
        token = parser.token
        if token.text in ELLIPSES and (parser.ahead().text in stops):
            parser.take()
            pieces.append("\\ldots")
        elif token.kind == "text" and token.text not in FUNCTIONS and not stands_alone(parser.found, parser.index):
            parser.take()
            pieces.append(f"\\text{{{token.text}}}")
        else:
            children.append(event(parser))
            pieces.append(f"#{len(children)}")
        if parser.token.kind == "end" or parser.token.text in stops:
            return " ".join(pieces)
        if parser.token.kind != "text" and parser.found[parser.index - 1].kind != "text":
            raise parser.unknown(parser.token)


def read_distribution(parser: Parser) -> Node | None:
    """t(n - 1), \\chi^2(n - 1): a name, perhaps with a power, and its parameters; None for anything else."""
    start = parser.token.start
    if parser.token.kind not in {"letter", "command", "upright"}:
        return None
    logarithmic = parser.token.text in {"\\ln", "\\log"} and parser.ahead().text == "\\mathcal"
    sign = f"{parser.take().text} " if logarithmic else ""  # \\ln \\mathcal{N}(m, s): no logarithm of a distribution
    name = parser.name()
    key = sign + name.key
    if parser.token.text == "^":
        parser.take()
        power = parser.argument()
        if power.kind != "number":
            return None
        key += f"^{{{power.value}}}"
    return applied_operator(parser, key, "p", start) if parser.token.text in BRACKETS else None


def read_given(parser: Parser) -> Node:
    """X \\mid Y, Z: what is distributed, given what."""
    start = parser.token.start
    parser.bars = ["|", "||"]
    children: list[Node] = []
    template = _element(parser, children, "")
    while parser.token.text in {",", "|"}:
        template += _SEPARATORS[parser.take().text]
        template += _element(parser, children, "")
    parser.expect_end()
    return Node("operator", tuple(children), start, parser.found[parser.index - 1].end, template, "like")


def _under(parser: Parser) -> Node:
    """The subscript of an operator as an expression: \\mathbb{E}_{x \\sim p}."""
    if parser.token.text != "{":
        return parser.argument()
    start = parser.token.start
    inner = parser.inside(parser.group_tokens() or [parser.token])
    children: list[Node] = []
    inner.bars = ["|", "||"]
    template = _element(inner, children, "")
    while inner.token.text in _SEPARATORS:
        template += _SEPARATORS[inner.take().text]
        template += _element(inner, children, "")
    inner.expect_end()
    if template == "#1":
        return children[0]
    return Node("operator", tuple(children), start, parser.found[parser.index - 1].end, template, "real")


def _bracket_behind_script(parser: Parser) -> bool:
    behind = after_script(parser.found, parser.index)
    return behind < len(parser.found) and parser.found[behind].text in BRACKETS


def _expectation_of_factor(parser: Parser, key: str, start: int, over: Node | None) -> Node:
    """\\mathbb{E} X: of the one factor that follows."""
    body = parser.factor()
    if parser.begins_factor():
        raise UnreadError(
            parser.token.start, f"how far does the argument of {key} go? use brackets", "ambiguous-argument"
        )
    children = (body,) if over is None else (body, over)
    under = "" if over is None else "_{#2}"
    return Node("operator", children, start, body.end, f"{key}{under}[#1]", "like")


def _is_component(node: Node) -> bool:
    """What is no vector: a number but 0, a power, a function of numbers."""
    if node.kind == "negate":
        return _is_component(node.children[0])
    return node.kind in {"function", "^", "/"} or (node.kind == "number" and node.value != "0")


def read_angle_brackets(parser: Parser) -> Node:
    """An inner product of two vectors, or the expectation of one thing, with its distribution as a subscript."""
    token = parser.token
    children, inside, _, end = arguments(parser)
    if inside == "#1, #2" and not any(map(_is_component, children)):
        return Node("inner", tuple(children), token.start, end)
    if (
        len(children) > 1 and any(map(_is_component, children)) and set(inside) <= {*"#0123456789, "}
    ):  # \\langle 1, 2 \\rangle: a vector by its components, as a rule
        return Node("operator", tuple(children), token.start, end, f"\\langle {inside} \\rangle", "open")
    if inside != "#1":
        raise UnreadError(token.start, "angle brackets hold two vectors, or one value", "inner")
    under = ""
    if parser.token.text == "_":
        parser.take()
        children.append(_under(parser))
        under, end = "_{#2}", parser.found[parser.index - 1].end
    return Node("operator", tuple(children), token.start, end, f"\\langle#1\\rangle{under}", "like")


PRIMARIES: dict[str, Callable[[Parser], Node]] = {"\\Pr": read_pr, "\\langle": read_angle_brackets}
