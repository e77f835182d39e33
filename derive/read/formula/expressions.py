"""Expressions by precedence: tokens to syntax. An unknown control word, an unread tail or an ambiguous notation is `UnreadError` at its place.

The parser knows names, scripts, brackets, sums and products. What begins with a control word or a word of its own is read by the function that
`PRIMARIES` or a family (functions, binders, derivatives, matrices) has for it.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from derive.language.spelling import (
    DOTS,
    FONT_SPELLINGS,
    FONTS,
    FUNCTION_LETTERS,
    FUNCTIONS,
    GREEK,
    SPACING,
)
from derive.language.syntax import RELATION_WORDS, Node, UnreadError
from derive.read.formula import (
    binders,
    decorations,
    derivatives,
    events,
    functions,
    lists,
    matrices,
    probability,
    scripts,
)
from derive.read.formula.brackets import after_script, is_wrapped, needs_brackets, split, stands_alone
from derive.read.formula.tokens import BARS, CLOSE, MAXIMUM_LENGTH, OPEN, Token

MAXIMUM_NESTING = 60
_MAXIMUM_NAME = 200  # tokens of a name under an accent
# Marks in the place of an exponent that make another symbol of a letter.
_SCRIPT_DISTRIBUTIONS = frozenset(f"\\mathcal{{{name}}}" for name in ("N", "MN", "U", "W", "IW", "NW", "GP"))
_LETTERS_WITH_A_MEANING = frozenset({"d", "e", "E", "V"})  # differentials, Euler's number, expectations
_GREEK_LETTERS = frozenset(f"\\{name}" for name in GREEK - {"Delta", "pi"})
_BEGINS_NAME = frozenset(f"\\{name}" for name in GREEK | FONTS | {"varDelta"})
_SIGNS = frozenset({"+", "-", "−", "\\pm", "\\mp"})
# Letters of operators on functions: a derivative, a Hessian, a Jacobian.
_NAMED_OPERATORS = re.compile(r"\\[a-z]+\{(?:[pP]roj|[pP]rox|span|grad|div|curl|rot|Hess|Jac)\}")
_OPERATORS = re.compile(r"[DHJ]|\\(?:mathbf|mathrm|mathsf|boldsymbol|bm)\{[DHJ]\}")
_DOTS = {"\\cdot": "\\cdot", "\\bullet": "\\bullet", "\\times": "\\times", "*": "\\cdot", "\\ast": "\\cdot"}


_OPENING = frozenset({"(", "[", "{", "\\{", "\\langle", *DOTS})
_BEHIND = frozenset({"^", "_", "!", "|", "\\%", "°"})  # what may stand behind a factor and belong to it, beside primes
# Letters of constants, which stand before powers of what varies.
_COEFFICIENTS = frozenset(
    {*"abckmACK", "\\alpha", "\\beta", "\\gamma", "\\eta", "\\lambda", "\\mu", "\\epsilon", "\\varepsilon"}
)
_GOES_ON = frozenset({"\\dots", "\\ldots", "\\cdots", "...", "…"})
_BELONGING = _BEHIND | probability.BRACKETS | _GOES_ON  # and to a letter, or to a decimal
# What binds tighter than a plus sign behind a sum, and what may stand before one.
_TIGHT = frozenset({"^", "_", "!", "/", "\\div", "'", *_DOTS})
_LOOSE = frozenset({"", "{", "(", "[", "\\{", "|", "||", ",", ";", "&", "\\\\", "+", "\\pm"})
# Products of other kinds, and the composition of functions.
_BEFORE_DOT = frozenset({",", "+", "-", "(", "\\bullet"})
_ARITHMETIC = frozenset({"+", "-", "(", "_"})
_PRODUCT_OF_NUMBERS = re.compile(r"\d+(?:(?:\\cdot|[-+])\d+)*")
_PARTS_OF_TEXT = re.compile(r"\\[A-Za-z]+|\S")
_TIMES = {"\\dot": "'", "\\ddot": "''"}  # derivatives by time
_SIGNALS = frozenset({"x", "u", "f", "I"})
_FILTERS = frozenset({"h", "K", "\\delta"})
_PRODUCTS = {"\\odot": "hadamard", "\\otimes": "kronecker", "\\oplus": "other-product", "\\circledast": "other-product", "\\star": "other-product", "\\circ": "compose"}  # fmt: skip


_POWERS_OF_MATRICES = frozenset("knm")
_BETWEEN_FACTORS = _DOTS.keys() | _PRODUCTS.keys() | {"/", "\\div"}
_BETWEEN_TERMS = _SIGNS | probability.SET_OPERATORS | DOTS


@dataclass(frozen=True, slots=True)
class Names:
    """What a document tells of its names: those that are functions in all of it (R4), those that are numbers, those that are
    applied as densities and expectations are: to events, with a bar, to one argument here and two there; and whether d x is a
    differential: "always", "never", or "unclear", where d stands before names, and for itself too. `upper`: those with upper indices; `indexed`: whether indices stand
    in brackets, x^{(k)}; `numbered`: those of which numbers too are upper indices; `letters`: what letters were upper indices;
    `increments`: whether \\Delta x is written; `operation`: whether a * b is defined; `transposing`: whether a prime may turn, as in X'X; `letter_pi`: whether \\pi is said to be
    something else than the number; `unclear`: those in lists (x^1, \\dots, x^n), of indices or of powers; `squares`: those of which x^2 may be either; `letter_e`: whether
    e is said to be something else than the number; `small_t`: whether X^t is the transpose of X: "always", "never", or "unclear"; `residues`: whether
    the text speaks of quadratic residues; `convolved`: the letters of functions between which an asterisk may be a convolution; `signals`: the letters that are applied to
    indices in square brackets, x[n - 1]; `values`: those that are declared as values, whose exponents are powers; None of a claim that stands alone;
    `differences`: whether \\Delta before a name in upright letters, in a font or under an accent is its difference: "always", "never"
    where \\Delta is declared, or "unclear", where it stands for itself too; `tangential`: what has a tangential and a normal part, as its tokens are written;
    `inner`: the letters in inner products \\langle u, v \\rangle."""

    functions: frozenset[str] = frozenset()
    bare: frozenset[str] = frozenset()
    operators: frozenset[str] = frozenset()
    differentials: str = "never"
    upper: frozenset[str] = frozenset()
    indexed: bool = False
    numbered: frozenset[str] = frozenset()
    letters: frozenset[str] = frozenset()
    unclear: frozenset[str] = frozenset()
    increments: bool = False
    operation: bool = False
    transposing: bool = False
    letter_pi: bool = False
    squares: frozenset[str] = frozenset()
    letter_e: bool = False
    small_t: str = "never"
    residues: bool = False
    convolved: frozenset[str] = frozenset()
    signals: frozenset[str] = frozenset()
    values: frozenset[str] | None = None
    differences: str = "always"
    tangential: frozenset[str] = frozenset()
    inner: frozenset[str] = frozenset()


def expression(run: list[Token], names: Names) -> Node:
    if len(run) == 1 and (atom := _atom(run[0])) is not None:
        return atom
    if len(run) == 1 and run[0].kind == "text" and run[0].text.lower() in {"true", "false"}:
        return Node("constant", (), run[0].start, run[0].end, run[0].text.lower())
    parser = Parser([*run, Token("end", "", run[-1].end, run[-1].end)], names)
    node = parser.sum()
    parser.expect_end()
    # Brackets around the whole are no node of their own, but belong to its span.
    return Node(node.kind, node.children, run[0].start, run[-1].end, node.value, node.key)


def _atom(token: Token) -> Node | None:
    """A number or a letter that is all there is; None for anything else, and for letters with a meaning."""
    if token.kind == "number":
        return Node("number", (), token.start, token.end, token.text)
    if token.kind == "letter" and token.text not in _LETTERS_WITH_A_MEANING:
        return Node("name", (), token.start, token.end, token.text, token.text)
    return None


def given(run: list[Token], names: Names) -> Node:
    """What a distribution is said of: `X | Y` in X | Y ~ N(Y, 1)."""
    return probability.read_given(Parser([*run, Token("end", "", run[-1].end, run[-1].end)], names))


def distribution(run: list[Token], names: Names) -> Node:
    """A distribution behind \\sim: a name before a bracket is applied, also t(n - 1) and \\chi^2(n - 1); anything else is an expression."""
    parser = Parser([*run, Token("end", "", run[-1].end, run[-1].end)], names)
    try:
        node = probability.read_distribution(parser)
    except UnreadError:
        node = None
    return node if node is not None and parser.token.kind == "end" else expression(run, names)


def _behind_dots(product: Node) -> tuple[Node, ...]:
    """a + \\cdots z, a sign left out: the dots, and what stands behind them."""
    dots, *factors = product.children
    if dots.kind != "ellipsis":
        return (product,)
    rest = factors[0] if len(factors) == 1 else Node("product", tuple(factors), factors[0].start, product.end)
    return (dots, rest)


def _glued(text: str) -> str:
    """`\\mid x` of `\\midx`: a known control word that a letter sticks to; empty for others."""
    for length in range(len(text) - 1, max(len(text) - 3, 3), -1):
        word = text[:length]
        known = (
            word in PRIMARIES or word in RELATION_WORDS or word in BARS or word[1:] in GREEK | SPACING or word in _DOTS
        )
        if known and not text[length:].startswith("*"):
            return f"{word} {text[length:]}"
    return ""


# --- expressions -----------------------------------------------------------------------------------------------------------


class Parser:
    """A run of tokens that ends with an end token, and where the reading stands in it."""

    __slots__ = (
        "_index",
        "_texts",
        "bars",
        "bound",
        "differentials",
        "differentiating",
        "found",
        "integrals",
        "names",
        "nesting",
        "open_bars",
        "signed",
        "token",
    )

    def __init__(self, found: list[Token], names: Names) -> None:
        self.found = found
        self._index = 0
        self.token = found[0]  # where the reading stands: found[index]
        self.names = names
        self.bars: list[str] = []
        self.open_bars: list[Node] = []  # evaluation bars of which nothing shows how far they reach
        self.integrals = 0  # the integrals around that wait for their dx
        self.differentials: list[Node] = []  # of the innermost of these, found in a numerator
        self.bound: frozenset[str] = frozenset()  # the variables of the sums around
        self.differentiating = 0
        self.nesting = 0
        self.signed = False  # within a sum, behind its first sign
        self._texts: frozenset[str] | None = None

    @property
    def texts(self) -> frozenset[str]:
        """What stands anywhere in the run."""
        if self._texts is None:
            self._texts = frozenset(token.text for token in self.found)
        return self._texts

    @property
    def index(self) -> int:
        """Where the reading stands; setting it sets the token, also after a change of the tokens."""
        return self._index

    @index.setter
    def index(self, index: int) -> None:
        self._index = index
        self.token = self.found[index]

    def ahead(self, count: int = 1) -> Token:
        index, found = self._index + count, self.found
        return found[index] if index < len(found) else found[-1]

    def take(self) -> Token:
        token, index = self.token, self._index + 1
        if index < len(self.found):
            self._index = index
            self.token = self.found[index]
        return token

    def inside(self, found: list[Token]) -> Parser:
        """A parser for tokens of a group, as deep in the formula as this one."""
        inner = Parser([*found, Token("end", "", found[-1].end, found[-1].end)], self.names)
        inner.nesting = self.nesting
        inner.bound = self.bound
        return inner

    def expression(self, run: list[Token]) -> Node:
        """The expression of a run of tokens."""
        return expression(run, self.names)

    def expect(self, text: str) -> Token:
        if self.token.text != text:
            shown = self.token.text or "the end"
            raise UnreadError(self.token.start, f"'{text}' is expected here, not '{shown}'", "unbalanced")
        return self.take()

    def expect_end(self) -> None:
        if self.token.kind != "end":
            raise self.unknown(self.token)

    def unknown(self, token: Token) -> UnreadError:
        if token.text == "\\quad":
            message = "what a wide space sets apart: a remark, a factor, or another statement?"
            return UnreadError(token.start, message, "unread-tail")
        if token.kind == "command":
            glued = _glued(token.text)
            if glued:
                message = f"{token.text} is no control word: write {glued}"
                return UnreadError(token.start, message, "glued-macro")
            return UnreadError(token.start, f"the control word {token.text} is not known here", "unknown-macro")
        if token.kind == "end":
            return UnreadError(token.start, "something is missing at the end", "missing")
        if token.kind == "text":
            return UnreadError(token.start, f"the words '{token.text}' inside an expression", "words")
        return UnreadError(token.start, f"'{token.text}' is not understood here", "unread-tail")

    def deeper(self) -> None:
        self.nesting += 1
        if self.nesting > MAXIMUM_NESTING:
            raise UnreadError(self.token.start, "nested too deep; write it with fewer brackets", "nested-too-deep")

    # --- sums and products ----------------------------------------------------------------------------------------------------

    def sum(self) -> Node:
        self.deeper()
        start = self.token.start
        parts = []
        outer, self.signed = self.signed, False
        if self.token.text not in _SIGNS:
            dots = self.token.text in DOTS
            first = self.product()
            if dots and first.kind != "ellipsis":  # [1/a_1, ... 1/a_n]
                raise UnreadError(first.start, "dots before a term: is a comma or a sign left out?", "missing")
            if self.token.text not in _BETWEEN_TERMS and not self._begins_drawn_term():
                self.nesting -= 1
                self.signed = outer
                return self._reached(first) if self.open_bars else first
            parts = [first]
        self.signed = True
        while self.token.text in _SIGNS or (parts and (self.token.text in DOTS or self._begins_drawn_term())):
            sign = self.token.text
            if sign in decorations.PRIMARIES:
                parts.append(self._drawn_term())
                continue
            if sign in DOTS:  # with the sign before them left out
                parts.append(self.primary())
                continue
            begin = self.take().start
            operand = self._signed() if parts and self.token.text in {"-", "−"} else self.product()
            if sign in {"\\pm", "\\mp"}:
                before = self._joined(parts, start)
                kids = (operand,) if before is None else (before, operand)
                parts = [Node("plus-minus", kids, start, operand.end, sign)]
            elif sign == "+":
                parts += _behind_dots(operand) if operand.kind == "product" else (operand,)
            else:
                parts.append(Node("negate", (operand,), begin, operand.end))
        self.nesting -= 1
        self.signed = outer
        node = self._joined(parts, start)
        assert node is not None
        if self.open_bars:
            self._reached(node)
        return self._sets(node) if self.token.text in probability.SET_OPERATORS else node

    def _reached(self, node: Node) -> Node:
        """Evaluation bars go over the factor before them: all before them that has none of their letters is the same with or without them."""
        bars, self.open_bars = self.open_bars, []
        for bar in bars:
            keys = _evaluated_letters(bar)
            before = (one for one in node.walk() if one.kind == "name" and one.end <= bar.start)
            if any(one.key in keys for one in before):
                raise UnreadError(bar.end, _HOW_FAR, "evaluation-bar")
        return node

    def _begins_drawn_term(self) -> bool:
        return self.token.text in decorations.PRIMARIES and decorations.holds_term(self)

    def _drawn_term(self) -> Node:
        """\\underbrace{- b}_{c} behind another term."""
        node = self.primary()
        if node.kind == "plus-minus" or self.token.text in _TIGHT or self.begins_factor():
            message = "does what stands behind this belong to all of it? Write the sign before it"
            raise UnreadError(node.start, message, "ambiguous-sum")
        return node

    def _sets(self, left: Node) -> Node:
        sign = self.token.text
        while self.token.text in probability.SET_OPERATORS:
            if self.token.text != sign:
                raise UnreadError(
                    self.token.start, "different operations of sets side by side: use brackets", "ambiguous-sets"
                )
            self.take()
            right = self.product()
            left = Node("operator", (left, right), left.start, right.end, f"#1* {sign} #2*", "real")
        return left

    def whole(self) -> Node:
        """What stands in braces: a sum, or two with \\choose or \\over between them."""
        node = self.sum()
        if self.token.text not in {"\\choose", "\\over"}:
            return node
        sign = self.take()
        if sign.text == "\\over":
            below = self.sum()
            return Node("/", (node, below), node.start, below.end)
        children: list[Node] = [node]
        inner = self
        if self.token.text == "{" and self._closes_at_end():  # {n \\choose {k, m}}
            inner = self.inside(self.group_tokens())
        children.append(inner.sum())
        template = "#2"
        while inner.token.text == ",":  # a multinomial coefficient
            inner.take()
            if inner.token.text in probability.ELLIPSES:
                inner.take()
                template += ", \\ldots"
            else:
                children.append(inner.sum())
                template += f", #{len(children)}"
        if inner is not self:
            inner.expect_end()
        end = self.found[self.index - 1].end
        if template == "#2":
            return Node("binomial", tuple(children), node.start, end)
        return Node("operator", tuple(children), node.start, end, f"\\binom{{#1}}{{{template}}}", "real")

    def _closes_at_end(self) -> bool:
        """Whether the brace that opens here closes where the group around does."""
        behind = after_script(self.found, self.index - 1)
        return behind >= len(self.found) or self.found[behind].kind == "end" or self.found[behind].text == "}"

    def _joined(self, parts: list[Node], start: int) -> Node | None:
        if len(parts) < 2:
            return parts[0] if parts else None
        parts = [lists.ungrouped(part) for part in parts]
        return Node("+", tuple(parts), start, parts[-1].end)

    def product(self) -> Node:
        left = self.juxtaposition()
        while True:
            token = self.token
            if token.text not in _BETWEEN_FACTORS:
                return left
            if token.text in _DOTS:
                own = token.text == "\\bullet" and self.names.operation  # a \\bullet b = 2a + b
                asterisk = token.text in {"*", "\\ast"} and self.ahead().text != "{"
                if own or (asterisk and self._is_convolution(left)):
                    self.take()
                    right = self.juxtaposition()
                    left = Node("other-product", (left, right), left.start, right.end, "*")
                    continue
                self.take()
                sign_start = self.token.start
                if token.text == "*" and self.token.text == "{" and sign_start == token.end:
                    message = "an asterisk before a brace: write _ for a subscript, \\cdot for a product"
                    raise UnreadError(token.start, message, "spoilt-subscript")
                right = self.juxtaposition() if self.token.text != "-" else self._negated(sign_start)
                _refuse_open_bar((left, right))
                left = Node("dot", (left, right), left.start, right.end, _DOTS[token.text])
            elif token.text in _PRODUCTS:
                self.take()
                right = self.juxtaposition()
                left = Node(_PRODUCTS[token.text], (left, right), left.start, right.end, token.text)
            else:
                self.take()
                right = self.factor()
                apart = left.kind == right.kind == "number" and self.token.start > right.end  # 1/2 \\, x
                if apart and self.token.text in {"(", "["} and self._holds_numbers():  # 6 / 2 (1 + 2)
                    apart = False
                if self.begins_factor() and not apart:
                    raise UnreadError(
                        token.start, "a slash before several factors: write \\frac or brackets", "ambiguous-fraction"
                    )
                left = derivatives.quotient(left, right) or Node("/", (left, right), left.start, right.end)
                if apart and self.begins_factor():
                    factors = self.juxtaposition()
                    left = Node("dot", (left, factors), left.start, factors.end, "\\cdot")

    def _holds_numbers(self) -> bool:
        """Whether the bracket that opens here holds nothing but numbers and signs."""
        return all(one.kind == "number" or one.text in _SIGNS for one in events.own_tokens(self))

    def _is_convolution(self, left: Node) -> bool:
        """Whether the asterisk that stands here is one between functions: a product, or their convolution."""
        last = left.children[-1] if left.kind in {"product", "other-product"} else left
        if self.names.operation or (last.kind == "name" and last.key in self.names.functions):
            return True
        if self.names.convolved and (self._is_of_one_argument(last) or self._is_filtered(left)):
            return True
        behind = self.ahead()  # f * g, f * \\delta, f * (g + h), f * 1
        of_functions = behind.text in {*self.names.convolved, "\\delta", "(", "1"}
        return of_functions and bool(last.names) and last.names <= self.names.convolved

    def _is_of_one_argument(self, left: Node) -> bool:
        """x(t) * h(t): two functions of the same letter."""
        if left.kind != "call" or len(left.children) != 2 or left.children[1].kind != "name":
            return False
        argument = left.children[1].value
        function, *bracket = [one.text for one in self.found[self.index + 1 : self.index + 5]]
        return function in {*self.names.functions, "\\delta"} and bracket in (
            ["(", argument, ")"],
            ["[", argument, "]"],
        )

    def _is_filtered(self, left: Node) -> bool:
        """I * K, alone on a side."""
        behind, end = self.ahead(), self.found[min(self.index + 2, len(self.found) - 1)]
        alone = end.kind == "end" or end.text in {"=", ","}
        return alone and left.kind == "name" and left.value in _SIGNALS and behind.text in _FILTERS

    def _signed(self) -> Node:
        """a + -b, as authors write when they put in a negative number."""
        start = self.take().start
        operand = self.product()
        return Node("negate", (operand,), start, operand.end)

    def _negated(self, start: int) -> Node:
        self.take()
        operand = self.juxtaposition()
        return Node("negate", (operand,), start, operand.end)

    def juxtaposition(self) -> Node:
        first = self.factor()
        if not self.begins_factor():
            return first
        parts = [first]
        while self.begins_factor():
            if self.token.kind == "number" and parts[-1].kind == "number":
                raise UnreadError(self.token.start, "two numbers side by side", "adjacent-numbers")
            parts.append((self._ones(parts[-1]) if self.token.text == "1" else None) or self.factor())
            if parts[-1].kind == "/" and parts[-2].kind == "number" and _is_mixed(parts[-2], parts[-1]):
                message = "a number before a fraction of numbers: a sum, or a product?"
                raise UnreadError(parts[-1].start, message, "adjacent-numbers")
        if len(parts) > 4:
            _refuse_words(parts)
        _refuse_open_bar(parts)
        parts = _with_operators([lists.ungrouped(part) for part in parts], self.names.functions)
        return Node("product", tuple(parts), parts[0].start, parts[-1].end) if len(parts) > 1 else parts[0]

    def _ones(self, before: Node) -> Node | None:
        """The vector of ones in X^T 1, of which the 1 stands here: nobody writes the number behind another factor."""
        if before.kind != "transpose" or self.ahead().text in {"^", "_", "!"}:
            return None
        token = self.take()
        return Node("name", (), token.start, token.end, "\\mathbf{1}", "\\mathbf{1}")

    def begins_factor(self) -> bool:
        token = self.token
        if token.kind == "letter":
            return not (self.integrals and binders.begins_differential(self))
        if token.kind in {"number", "begin"}:
            return True
        if token.kind == "upright":
            return token.text != "d" or not self.integrals
        if token.kind == "text":
            return token.text in FUNCTIONS or token.text in {"argmax", "argmin"}
        if token.text in {"|", "||"}:
            return token.text not in self.bars and self.ahead().text != "_"
        if token.text in _OPENING:
            return token.text not in DOTS or self.ahead().text not in _SIGNS  # a + b \\cdots + z, a sign left out
        if token.text in decorations.PRIMARIES and decorations.holds_term(self):
            return False
        return token.kind == "command" and (token.text in PRIMARIES or token.text in _BEGINS_NAME)

    # --- factors ----------------------------------------------------------------------------------------------------------------

    def factor(self) -> Node:
        opening = self.token.text
        if self.token.kind in {"letter", "number"}:
            behind = self.ahead().text
            if behind not in _BELONGING and behind[:1] != "'" and (atom := _atom(self.token)) is not None:
                self.take()
                return atom
        node = self.primary()
        while True:
            token = self.token
            if token.text not in _BEHIND and token.text[:1] != "'":
                return node
            if token.text == "^":
                node = self.superscript(node)
            elif token.text.startswith("'") and token.kind == "symbol":
                self.take()
                if (
                    self.names.transposing
                    and self.token.text != "("
                    and not (node.kind == "name" and node.key in self.names.functions)
                ):
                    raise UnreadError(
                        token.start, "a prime: a transpose, a derivative, or another letter? Write ^T", "superscript"
                    )
                node = self.applied(Node("prime", (lists.ungrouped(node),), node.start, token.end, token.text))
            elif token.text in {"\\%", "°"} and node.kind == "number":
                self.take()
                apart = token.start > node.end and self.token.kind == "letter"  # 7 \\% n
                if token.text == "\\%" and (self.token.kind == "number" or apart):
                    raise UnreadError(token.start, "per cent, or the remainder of a division?", "ambiguous-numeral")
                node = _in_unit(node, token)
            elif token.text == "!":
                self.take()
                if self.token.text == "!":  # n!! is another function than (n!)!
                    node = Node("operator", (node,), node.start, self.take().end, "#1!!", "real")
                else:
                    node = Node("factorial", (node,), node.start, token.end)
            elif token.text == "|" and self.ahead().text == "_" and "|" not in self.bars and not self.differentiating:
                shown = opening in {"(", "["} and self.found[self._index - 1].text in {")", "]"}
                node = self.evaluated(node)
                if (not shown and not _is_derived(node.children[0])) or _is_without_letters(node):
                    self.open_bars.append(node)
            elif token.text == "_":
                node = self.subscripted(node)
            else:
                return node

    def transposes(self) -> bool:
        """Whether the superscript that stands here is a transpose."""
        if self.token.text != "^":
            return False
        saved = self.index
        self.take()
        found = scripts.is_transpose(self._script_tokens())
        self.index = saved
        return found

    def superscript(self, base: Node) -> Node:
        sign = self.index
        self.take()
        if self.token.kind == "number" and len(self.token.text) > 1:  # TeX prints x^23 as x^2 3
            raise UnreadError(
                self.token.start, "an exponent of several digits: write braces around it", "ambiguous-bound"
            )
        group = self._script_tokens()
        if not group:
            return base
        end = max(base.end, self.found[self.index - 1].end)
        if len(group) == 1 and group[0].text not in {"T", "t"} and (exponent := _atom(group[0])) is not None:
            return self._raised(base, exponent, group, end)
        texts = [one.text for one in group]
        if texts == ["\\top"] and self.names.tangential and self._is_part(base, sign):
            return Node("operator", (base,), base.start, end, "{#1*}^{\\top}", "open")
        if scripts.is_transpose(group) or (texts == ["t"] and base.kind == "matrix"):
            return Node("transpose", (base,), base.start, end)
        if texts[0] == "-" and scripts.is_transpose(group[1:]):
            minus = Node("negate", (Node("number", (), group[0].start, group[0].end, "1"),), group[0].start, end)
            return Node("transpose", (Node("^", (base, minus), base.start, end),), base.start, end)
        if texts[0].startswith("'") or set(texts) == {"\\prime"}:
            primes = sum(len(text) if text.startswith("'") else 1 for text in texts)
            return self.applied(Node("prime", (base,), base.start, end, "'" * primes))
        twice = texts == ["+"] and base.key.endswith("^{+}")  # (A^+)^+
        mark = scripts.mark_of(group, self._script_text) if base.kind == "name" and not twice else ""
        derived = mark.startswith("^{(") and self.token.text == "(" and base.key in self.names.functions
        if mark and not derived:  # f^{(n)}(x) is a derivative
            return self.named(_with_mark(base, mark, end))
        if len(texts) == 1 and texts[0] in {"\\perp", "\\sharp", "\\flat", "\\dagger"}:  # an operation on an expression
            return Node("operator", (base,), base.start, end, f"{{#1*}}^{{{texts[0]}}}", "open")
        if texts == ["\\circ"] and base.kind == "number":
            return _in_unit(base, group[0].changed("°", end=end))
        if texts == ["+"] and base.kind != "number":
            return Node("function", (base,), base.start, end, "pseudoinverse")
        if texts[0] in {*scripts.MARKS, "\\circ"} and (len(texts) == 1 or texts[0] not in {"+", "-"}):
            raise UnreadError(group[0].start, f"the superscript {texts[0]} on an expression", "superscript")
        if "".join(texts) in scripts.ORDINALS:
            raise UnreadError(group[0].start, f"an ordinal number ({''.join(texts)})", "superscript")
        if group[0].kind in {"text", "upright"} and len(group) == 1:
            raise UnreadError(group[0].start, f"the superscript {texts[0]}", "superscript")
        inner = self.inside(group)
        if texts[0] in {"\\overline", "\\underline"} and len(group) > 1:  # a rising or falling factorial
            length = self.inside(group[2:-1] if texts[1] == "{" else group[1:])
            count = length.sum()
            length.expect_end()
            return Node("operator", (base, count), base.start, end, f"#1*^{{{texts[0]}{{#2}}}}", "real")
        if texts[0] in {"(", "["} and texts[-1] in {")", "]"} and base.kind == "name":
            if not scripts.is_index(group[1:-1]):
                raise UnreadError(group[0].start, "an index or an exponent in brackets?", "superscript")
            inner = self.inside(group[1:-1])
            index = inner.sum()
            inner.expect_end()
            return self.applied(Node("superindex", (base, index), base.start, end))
        bracketed = texts[0] in {"(", "["} and texts[-1] in {")", "]"}
        if base.kind == "constant" and base.value == "e" and bracketed and scripts.is_index(group[1:-1]):
            raise UnreadError(group[0].start, "e with an index in brackets, or a power of e?", "superscript")
        # (\\sin x)^{(n)}, f(x)^{(2)}; but (1 + r)^{(n - 1)} is a power
        power = base.kind in {"name", "number", "constant"} or (base.kind == "+" and len(group) > 3)
        if bracketed and texts[0] == "(" and not power and scripts.is_index(group[1:-1]):
            raise UnreadError(group[0].start, "a derivative, or an exponent in brackets?", "superscript")
        exponent = inner.whole()
        inner.expect_end()
        return self._raised(base, exponent, group, end)

    def _is_part(self, base: Node, sign: int) -> bool:
        """Whether the \\top behind the sign here is that of a tangential part: of what has a normal part too, or of another derivative where these have."""
        tangential = self.names.tangential
        of_fields = base.kind == "nabla" and any("\\nabla" in one for one in tangential)
        return of_fields or scripts.part_before(self.found, sign) in tangential

    def _raised(self, base: Node, exponent: Node, group: list[Token], end: int) -> Node:
        if self.token.text == "(" and base.kind == "name" and base.value.startswith("\\mathbb{"):  # a sphere S^n(r)
            return probability.applied_operator(self, f"{base.key}^{{{self._script_text(group)}}}", "", base.start)
        return self.applied(Node("^", (base, exponent), base.start, end))

    def _script_tokens(self) -> list[Token]:
        """What stands in the script that begins here: a group, or one token."""
        if self.token.text == "{":
            return self.group_tokens()
        if self.token.text[1:] in FONTS and self.ahead().text == "{":  # ^\\mathsf{T}
            return [self.take(), self.token, *self.group_tokens(), self.found[self.index - 1]]
        if self.token.text[1:] in FONTS:
            return [self.take(), self.take()]
        return [self.take()]

    def subscripted(self, node: Node) -> Node:
        """A subscript behind a superscript belongs to the name below it: x^2_i; otherwise it is one on an expression: (A)_{ij}."""
        underscore = self.take()
        closed = self.found[self.index - 2].text in {")", "]"}
        named = None if closed or node.kind == "transpose" or _is_inverse_of_array(node) else _without_subscript(node)
        if named is not None and named.kind == "norm":
            order = self.norm_order()
            return _replaced(node, Node("norm", (*named.children, order), named.start, order.end))
        group_start = self.index
        if named is not None:
            subscript = self.subscript()
            return self.applied(_replaced(node, _with_subscript(named, subscript, self.found[self.index - 1].end)))
        group = self._script_tokens()
        end = self.found[self.index - 1].end
        if not group:
            raise UnreadError(underscore.start, "an empty subscript", "subscript")
        self.index = group_start
        text = self.subscript()
        indices: list[Node] = []
        for run in split(group, {","}):
            if not run:
                raise UnreadError(underscore.start, "this subscript", "subscript")
            index = self.expression(run)
            indices += index.children if index.kind == "product" else [index]
        return Node("subscript", (node, *indices), node.start, end, text)

    def group_tokens(self, limit: int = MAXIMUM_LENGTH) -> list[Token]:
        """The tokens inside the braces that open here, if they close within the limit."""
        opening = self.expect("{")
        depth = 1
        for index in range(self.index, min(self.index + limit, len(self.found))):
            text = self.found[index].text
            if text == "{":
                depth += 1
            elif text == "}":
                depth -= 1
                if depth == 0:
                    inside, self.index = self.found[self.index : index], index + 1
                    return inside
        if self.index + limit < len(self.found):
            raise UnreadError(opening.start, "too long for what stands here", "too-long")
        raise UnreadError(opening.start, "this brace is never closed", "unbalanced-brace")

    def script(self) -> Node:
        """What stands below a sign: a group, or one name or number, and no bracket behind it."""
        if self.token.text != "{" and self.begins_name():
            return self.name()
        return self.argument()

    def argument(self) -> Node:
        """A braced argument, or one token."""
        if self.token.text == "{":
            start = self.token.start
            inside = self.group_tokens()
            if not inside:
                raise UnreadError(start, "an empty argument", "missing-argument")
            if len(inside) == 1 and (atom := _atom(inside[0])) is not None:
                return atom
            inner = self.inside(inside)
            node = inner.whole()
            inner.expect_end()
            return node
        if self.token.kind == "number" and len(self.token.text) > 1 and self.token.text.isdigit():
            token = self.token
            self.found[self.index] = self.token = token.changed(token.text[1:], start=token.start + 1)
            return Node("number", (), token.start, token.start + 1, token.text[0])
        if self.token.kind in {"number", "letter"}:
            token = self.take()
            return _atom(token) or Node("name", (), token.start, token.end, token.text, token.text)
        return self.primary()

    def evaluated(self, body: Node) -> Node:
        """What stands before an evaluation bar, at the values below it."""
        self.take()
        if self.has_both_scripts():
            return self.between_bounds(body, body.start)
        self.take()
        start = self.token.start
        group = self.group_tokens() if self.token.text == "{" else [self.take()]
        end = self.found[self.index - 1].end
        bindings: list[Node] = []
        for run in split(group, {","}):
            sides = split(run, {"="})
            if len(sides) != 2 or not all(sides):
                raise UnreadError(start, "an evaluation bar without x = a", "evaluation-bar")
            left, right = (self.expression(side) for side in sides)
            bindings.append(_binding(left, right))
        return Node("at", (body, *bindings), body.start, end)

    # --- names and application ----------------------------------------------------------------------------------------------------

    def applied(self, head: Node) -> Node:
        """name', name^{(n)} or name^e before a bracket, the name being a function."""
        base = head.children[0] if head.kind in {"prime", "superindex", "^"} else head
        while base.kind in {"prime", "superindex"}:
            base = base.children[0]
        if head.kind == "^" and base.kind == "name" and self.token.text == "(" and self._is_perhaps_marked(base, head):
            message = f"{base.key} with an exponent before a bracket that a product would not need: a power, or another function?"
            raise UnreadError(head.start, message, "ambiguous-application")
        if (
            self.token.text == "("
            and base.kind == "name"
            and (base.key in self.names.functions or head.kind in {"prime"})
        ):
            if not base.children and head.kind == "^" and probability.holds_value(self, base.value):
                return head
            if base.key == "\\Gamma":  # a derivative of the gamma function, of which nothing is known
                return probability.applied_operator(self, base.key + head.value, "", head.start)
            if head.kind == "^" and head.children[1].kind == "negate":
                minus_one = head.children[1].children[0].value == "1"
                if not minus_one:
                    raise UnreadError(head.start, "an inverse function or a reciprocal?", "ambiguous-inverse")
                return probability.applied_operator(self, f"{base.key}^{{-1}}", "", head.start)
            return self.call(head)
        if (
            self.token.text == "("
            and head.kind == "^"
            and head.children[1].kind == "negate"
            and base.kind == "name"
            and base.value in self.names.functions
        ):  # \\gamma_a^{-1}(x) beside \\gamma(a, x)
            raise UnreadError(head.start, "an inverse function or a reciprocal?", "ambiguous-inverse")
        if (
            self.token.text == "("
            and head.kind == "^"
            and base.kind == "name"
            and head.children[1].kind == "negate"
            and head.children[1].children[0].value == "1"
            and any(one.text in {",", ";"} for one in events.own_tokens(self))
        ):  # I^{-1}(x; a, b): of several arguments, so no product
            return probability.applied_operator(self, f"{base.key}^{{-1}}", "", head.start)
        return head

    def _is_perhaps_marked(self, base: Node, head: Node) -> bool:
        """V^\\pi(s), d^\\mu(2 s): no power but another function, perhaps; f^n(x) of a function is a power of its value."""
        exponent = head.children[1]
        letter = exponent.kind == "name" or (exponent.kind == "constant" and exponent.value == "pi")
        if not letter or self.names.values is None or base.key in self.names.values:
            return False
        if base.key in self.names.functions:
            return not exponent.key or exponent.key.startswith("\\")
        return _needs_no_brackets(self)

    def call(self, head: Node) -> Node:
        arguments, end = self.bracketed_list()
        if head.kind == "superindex":
            inner = {part.children[0].key for one in arguments for part in one.walk() if part.kind == "superindex"}
            if head.children[0].key in inner:  # f^{(2)}(f^{(1)}(x)): layers
                raise UnreadError(head.start, "an index in brackets, or a derivative?", "superscript")
        return Node("call", (head, *arguments), head.start, end)

    def bracketed_list(self) -> tuple[list[Node], int]:
        opening = self.take()
        closing = OPEN[opening.text]
        saved, self.bars = self.bars, []
        arguments = [self._argument_or_place(closing)]
        while self.token.text in {",", ";"}:
            self.take()
            arguments.append(self._argument_or_place(closing))
        end = self.expect(closing).end
        self.bars = saved
        return arguments, end

    def _argument_or_place(self, closing: str) -> Node:
        """An argument, or the dot that stands in its place: f(\\cdot, y)."""
        if self.token.text in {"\\cdot", "\\bullet"} and self.ahead().text in {",", ";", closing}:
            token = self.take()
            return Node("operator", (), token.start, token.end, "\\cdot", "real")
        return self.sum()

    def name(self) -> Node:
        """A letter, a Greek letter or a decorated one, with its marks and its subscript."""
        token = self.token
        start = token.start
        if token.kind == "letter" and self.found[self._index + 1].text not in {"_", "^"}:
            self.take()
            return Node("name", (), start, token.end, token.text, token.text)
        base, subscript = self._base()
        end = self.found[self._index - 1].end
        while True:
            if self.token.text == "_":
                if subscript:
                    raise UnreadError(self.token.start, "a second subscript", "subscript")
                self.take()
                subscript = self.subscript()
            elif self.token.text == "^":
                mark = self.mark(base, subscript)
                if mark:
                    base += mark
                elif subscript or not self._subscript_first(base):
                    break
            else:
                break
            end = self.found[self.index - 1].end
        return _name(base, subscript, start, end)

    def mark(self, base: str, subscript: str = "") -> str:
        """A superscript that belongs to the name: a star, a word, an index in brackets; nothing is taken where it is none."""
        saved = self.index
        self.take()
        names = self.names
        if self.token.kind == "number" and not (
            base in names.numbered or base in names.unclear or base in names.squares
        ):
            self.index = saved
            return ""
        group = self._script_tokens()
        text = scripts.mark_of(group, self._script_text)
        if not text and group and self._is_upper_index(base, group):
            text = f"^{{{self._script_text(group)}}}"
        name = f"{base}_{{{subscript}}}" if subscript else base
        if text.startswith("^{(") and self.token.text == "(" and name in self.names.functions:
            text = ""  # the derivative f^{(n)}(x)
        if not text:
            self.index = saved
        return text

    def _is_upper_index(self, base: str, group: list[Token]) -> bool:
        """Whether a superscript is an index, by what the document says of the name or of the letter."""
        if scripts.is_transpose(group):
            return False
        if base in self.names.upper and (base in self.names.numbered or group[0].kind != "number"):
            pair = 2 <= len(group) <= 3 and all(one.kind == "letter" or one.text[1:] in GREEK for one in group)
            return pair or scripts.is_index(group)
        component = base in self.names.inner and group[0].kind == "letter" and scripts.is_index(group)
        component = component and (len(group) > 1 or not base.rstrip("}")[-1:].isupper())  # A^k of a matrix A
        if (len(group) != 1 and not component) or base.startswith("\\mathbb{"):
            return False
        listed = base in self.names.unclear and (group[0].text == "1" or group[0].kind == "letter")
        if group[0].text not in self.names.letters and not (listed or component or base in self.names.squares):
            return False
        script = "".join([one.text for one in group])
        message = f"an upper index or a power? write {base}^{{({script})}} or ({base})^{script if len(script) == 1 else f'{{{script}}}'}"
        raise UnreadError(group[0].start, message, "ambiguous-superscript")

    def _subscript_first(self, base: str) -> bool:
        """x^2_i is x_i^2: the subscript belongs to the name. Whether one was there; it is moved to the front."""
        behind = after_script(self.found, self.index)
        if behind >= len(self.found) - 1 or self.found[behind].text != "_":
            return False
        end = after_script(self.found, behind)
        script, subscript = self.found[self.index : behind], self.found[behind:end]
        indices = [one for one in subscript[1:] if one.text not in {"{", "}"}]
        letters = len(indices) == 2 and all(one.kind == "letter" for one in indices)
        if letters and self.transposes():
            return False  # A^T_{ij} is an entry of A^T
        paired = letters or [one.kind for one in indices] == ["letter", "symbol", "letter"] or _are_digits(indices)
        power = [one.text for one in script[1:] if one.text not in {"{", "}"}]
        if paired and power == ["-", "1"]:
            if _is_array_letter(base):
                return False  # A^{-1}_{ij} is an entry of the inverse
            message = "the reciprocal of the entry, or the entry of the inverse? Write brackets"
            raise UnreadError(script[0].start, message, "ambiguous-entry")
        raised = len(power) == 1 and (power[0].isdigit() or power[0] in _POWERS_OF_MATRICES)
        if paired and raised and _is_array_letter(base):
            message = "the power of the entry, or the entry of the power? Write brackets"
            raise UnreadError(script[0].start, message, "ambiguous-entry")
        self.found[self.index : end] = [*subscript, *script]
        self.token = self.found[self.index]
        return True

    def _base(self) -> tuple[str, str]:
        token = self.take()
        if token.kind == "letter":
            return token.text, ""
        if token.kind in {"text", "upright"}:
            return f"\\mathrm{{{token.text}}}", ""
        name = token.text[1:]
        if name == "pi":
            return "\\pi", ""
        if name == "varDelta" or name in GREEK:
            return "\\Delta" if name == "varDelta" else token.text, ""
        if name in FONTS:
            return self._decorated(FONT_SPELLINGS.get(name, name))
        raise self.unknown(token)

    def _decorated(self, font: str) -> tuple[str, str]:
        self.deeper()
        found = self._under(font)
        self.nesting -= 1
        return found

    def _under(self, font: str) -> tuple[str, str]:
        """What stands under an accent or in a font."""
        if self.token.text == "{":
            start = self.token.start
            inside = self.group_tokens(_MAXIMUM_NAME)
            if not inside:
                raise UnreadError(start, "an accent over nothing", "missing-argument")
            if all(one.kind == "letter" for one in inside) or (len(inside) == 1 and inside[0].text in {"0", "1"}):
                return f"\\{font}{{{''.join([one.text for one in inside])}}}", ""
            inner = self.inside(inside)
            node = inner.name()
            inner.expect_end()
            return scripts.decorated(font, node.value), node.children[0].value if node.children else ""
        if self.token.text in {"0", "1"}:
            return f"\\{font}{{{self.take().text}}}", ""
        if self.token.kind in {"letter", "command"}:
            base, subscript = self._base()
            return scripts.decorated(font, base), subscript
        raise self.unknown(self.token)

    def subscript(self) -> str:
        """The canonical text of a subscript."""
        if self.token.kind == "number" and len(self.token.text) > 1:  # TeX prints x_12 as x_1 2
            raise UnreadError(
                self.token.start, "a subscript of several digits: write braces around it", "ambiguous-bound"
            )
        group = self._script_tokens()
        for token in group:
            if token.kind in {"end", "begin", "close"} or token.text == "&":
                raise UnreadError(token.start, "this subscript", "subscript")
        return self._script_text(group)

    def _script_text(self, group: list[Token]) -> str:
        """The canonical text of what stands in a script: names as their keys, sums in one order, everything else as it is."""
        while group and group[0].text == "{" and after_script([group[0], *group], 0) == len(group) + 1:  # x_{{ij}}
            group = group[1:-1]
        if not group:
            return ""
        if len(group) == 1 and (group[0].kind in {"letter", "number"} or group[0].text in _GREEK_LETTERS):
            return group[0].text
        if len(group) == 1 and group[0].kind == "command" and group[0].text[1:] in FUNCTIONS:  # x_{\\max} is x_{max}
            return group[0].text[1:]
        text = "".join([one.text for one in group])
        if "\\cdot" in text and _PRODUCT_OF_NUMBERS.fullmatch(text):
            return _number(text)
        inner = self.inside(group)
        inner.deeper()
        parts: list[str] = []
        while inner.token.kind != "end":
            token = inner.token
            if token.kind == "letter" and inner.ahead().text not in {"_", "^"}:
                parts.append(inner.take().text)
            elif inner.begins_name():
                parts.append(inner.name().key)
            elif token.text == "\\cdot":
                parts += self._dot_in_script(inner, parts)
            elif token.kind == "text" and token.text in FUNCTIONS and len(group) > 1:  # \\operatorname{log} is \\log
                parts.append("\\" + inner.take().text)
            elif token.kind in {"text", "upright"} and "\\" in token.text:  # S_\mathrm{A \times B} is S_{A \times B}
                parts.append(scripts.spaced(_PARTS_OF_TEXT.findall(inner.take().text)))
            else:
                parts.append(inner.take().text)
        if "\\bullet" in parts:  # y_{\bullet, j} is y_{\bullet j}
            parts = [one for one in parts if one != ","]
        return scripts.ordered(scripts.spaced(parts))

    @staticmethod
    def _dot_in_script(inner: Parser, parts: list[str]) -> list[str]:
        """A dot in a script: 2 \\cdot 3 and 2 \\cdot i are products, and at an end or beside a comma it is an index that is summed over, as a bullet is."""
        dot, behind = inner.take(), inner.token
        operand = behind.kind in {"number", "letter"} or behind.text == "(" or inner.begins_name()
        if not parts or not operand or parts[-1] in _BEFORE_DOT:
            return ["\\bullet"]
        if parts[-1].isdigit() and behind.kind == "letter" and len(parts) == 1:
            return []
        if any(one.text in _ARITHMETIC for one in inner.found):  # y_{(i-1) \cdot n_2 + 1}
            return ["\\cdot"]
        message = "a product of indices, or an index that is summed over? Give the product a name, or write \\bullet"
        raise UnreadError(dot.start, message, "ambiguous-subscript")

    def begins_name(self) -> bool:
        """Whether a letter, a Greek letter or a decorated one stands here."""
        token = self.token
        if token.kind == "letter":
            return True
        if token.text == "\\pi":
            return self.ahead().text == "_"
        return token.kind == "command" and token.text in _BEGINS_NAME

    # --- primaries ------------------------------------------------------------------------------------------------------------------

    def primary(self) -> Node:
        token = self.token
        if token.kind == "letter":
            return self._named()
        if token.kind == "number":
            self.take()
            return self._cut_off(Node("number", (), token.start, token.end, token.text))
        if token.kind == "upright":
            return probability.read_upright(self)
        if token.kind == "text":
            if token.text in {"argmax", "argmin"}:
                return binders.read_extremum(self, self.take().text, token.start)
            if token.text in FUNCTIONS:
                return functions.read_function(self)
            if stands_alone(self.found, self.index, whole=True):
                return self.name()
        if token.text in {"(", "[", "{"}:
            return self.group()
        if token.text == "|":
            return self._between("|", "abs")
        if token.text == "||":
            return self._between("||", "norm")
        if token.kind == "begin":
            return matrices.read_matrix(self)
        if token.text in DOTS:
            self.take()
            return Node("ellipsis", (), token.start, token.end, token.text)
        if token.text == "\\pi" and self.begins_name():  # a letter like others: \\pi_t
            return self._named()
        reader = PRIMARIES.get(token.text)
        if reader is not None:
            return reader(self)
        if self.begins_name():
            return self._named()
        raise self.unknown(token)

    def _cut_off(self, number: Node) -> Node:
        """0.7\\ldots, a decimal that goes on, as a notation; dots before another factor, or behind a sign of multiplication, are those of a product."""
        before = self.found[self.index - 2].text if self.index > 1 else ""
        if "." not in number.value or self.token.text not in _GOES_ON or before in _DOTS or before in DOTS:
            return number
        dots = self.take()
        if self.begins_factor():
            self.index -= 1
            return number
        return Node("operator", (), number.start, dots.end, f"{number.value}\\ldots", "real")

    def _named(self) -> Node:
        start = self.token.start
        plain = self.token.kind == "letter" and self.token.text not in _LETTERS_WITH_A_MEANING
        if plain or self.token.text in _GREEK_LETTERS:
            return self.named(self.name())
        if derivatives.begins_differential(self):
            return derivatives.read_differential(self)
        if self.token.text == "e" and self.ahead().text == "^":
            if self._is_indexed():
                if not self.names.indexed:
                    message = "e with an index, or e to the power of what stands in the bracket?"
                    raise UnreadError(start, message, "ambiguous-constant")
                return self.named(self.name())
            if self.names.letter_e and self.ahead(2 + (self.ahead(2).text == "{")).kind == "number":
                message = "the number e, or the letter that the text speaks of?"
                raise UnreadError(start, message, "ambiguous-constant")
            token = self.take()
            return Node("constant", (), token.start, token.end, "e")
        operator = self._operator_letter() or self._product_of_bold()
        if operator is not None:
            return operator
        if self.token.text[1:] in FONTS and self._under_accent() == "\\nabla":
            accent = self.take().text
            self._script_tokens()
            return derivatives.behind_nabla(self, start, f"{accent}{{\\nabla}}")
        dots = _TIMES.get(self.token.text, "")
        node = self.name()
        if dots:
            node = self._by_time(node, dots)
            if node.kind != "name":
                return node
        if node.value.endswith(
            "{0}"
        ):  # a zero in bold or under an arrow is the zero of the shape that is needed, no symbol
            return Node("number", (), node.start, node.end, "0")
        if (
            node.key == "\\Delta" and self.token.text == "(" and self.names.increments
        ):  # of an expression, where \\Delta x is one
            return probability.applied_operator(self, "\\Delta", "", start)
        if node.key == "\\Delta" and self._begins_difference(start):
            other = self.name()
            node = Node("name", other.children, start, other.end, f"\\Delta {other.value}", f"\\Delta {other.key}")
        return self.named(node)

    def _begins_difference(self, start: int) -> bool:
        """Whether what stands behind \\Delta makes one name with it, in whatever type it is written: \\Delta x, \\Delta\\bar{x}, \\Delta\\mathrm{MLL}."""
        token, behind = self.token, self.token.text[1:]
        if token.kind == "letter" or (behind in GREEK and behind[0].islower()):
            return True
        if token.kind == "upright":
            named = not probability.has_a_meaning(token.text)
        elif behind in FONTS:
            named = token.text != "\\mathbb" and self._under_accent() not in {"\\nabla", "0", "1"}
        else:
            named = behind in GREEK and behind not in {"Delta", "varDelta"}
        if named and self.names.differences == "unclear":
            message = "the difference of what stands behind \\Delta, or \\Delta times it? Write \\cdot for a product"
            raise UnreadError(start, message, "ambiguous-difference")
        return named and self.names.differences == "always"

    def _by_time(self, node: Node, dots: str) -> Node:
        """\\dot{x}, x being a function in this text, is its derivative x'; another name is what it is."""
        inner = node.value.partition("{")[2].removesuffix("}")
        function = _name(inner, node.children[0].value if node.children else "", node.start, node.end)
        if function.key not in self.names.functions:
            return node
        return self.applied(Node("prime", (function,), node.start, node.end, dots))

    def named(self, node: Node) -> Node:
        """A name, or its application where a bracket follows."""
        if self.token.text not in probability.BRACKETS:
            return node
        if node.key in _SCRIPT_DISTRIBUTIONS and node.key not in self.names.bare:
            return probability.applied_operator(self, node.key, "p", node.start)
        of_script = node.value.startswith(("\\mathcal{", "\\mathscr{"))
        letter = node.value.partition("{")[2].rstrip("}") or node.value  # L of \\mathbf{L}
        if (of_script and self.token.text != "(") or (self.token.text == "\\{" and letter.isupper()):
            return probability.applied_operator(self, node.key, "", node.start)  # a transform: \mathcal{L}\{f\}
        if self.token.text == "[" and node.value in self.names.signals and not self._holds_list():
            return probability.applied_operator(self, node.key, "", node.start)
        if node.key in self.names.operators:
            if node.key not in self.names.bare or probability.holds_event(self) or events.holds_one_name(self):
                return probability.applied_operator(self, node.key, "p", node.start)
            if not probability.holds_name(self, node.value):  # p(1 - p) is a product
                message = f"{node.key}(...) can be a probability or {node.key} times something: use another letter for one of them"
                raise UnreadError(node.start, message, "ambiguous-application")
            return node
        if (
            self.token.text == "["
            and self._holds_list()
            and not node.value.startswith(("\\mathbf{", "\\boldsymbol{", "\\bm{"))
        ):
            functions = any(one.text in self.names.functions for one in events.own_tokens(self))
            if node.key in self.names.bare and not functions:
                if not node.value.isupper() or any(one.kind == "number" for one in events.own_tokens(self)):
                    return node
                message = f"{node.key} of what stands in the bracket, or {node.key} times a row?"
                raise UnreadError(node.start, message, "ambiguous-application")
            return probability.applied_operator(self, node.key, "", node.start)  # R[p, f], of functions
        if self.token.text == "(":
            if self._is_component(node):
                return self.call(node)
            if node.key in self.names.functions:
                if not node.children and probability.holds_value(self, node.value):
                    message = f"{node.key}(...) can be {node.key} applied to something or a factor: declare {node.key} as a function or a number"
                    raise UnreadError(node.start, message, "ambiguous-application")
                return self.call(node)
            if node.key in self.names.bare and node.value not in _COEFFICIENTS | FUNCTION_LETTERS and self._is_raised():
                message = f"{node.key}(...) can be {node.key} applied to something or {node.key} times a power: write \\cdot, or declare {node.key}"
                raise UnreadError(node.start, message, "ambiguous-application")
            if node.key not in self.names.bare or node.key == "\\Gamma" or node.value in FUNCTION_LETTERS:
                arguments, end = self.bracketed_list()
                if len(arguments) == 1:
                    return Node("ambiguous", (node, arguments[0]), node.start, end)
                raise UnreadError(
                    node.start,
                    f"{node.key} with several arguments is not declared as a function",
                    "ambiguous-application",
                )
        return node

    def _is_raised(self) -> bool:
        """Whether the round bracket that opens here holds one name that needs it for the power behind it: (z^{(k)})^2."""
        if not needs_brackets(self.found, self.index):
            return False
        saved = self.index
        self.take()
        named = self.begins_name()
        if named:
            with suppress(UnreadError):
                self.name()
            while self.token.text.startswith("'"):
                self.take()
            named = self.token.text == ")"
        self.index = saved
        return named

    def _is_component(self, node: Node) -> bool:
        """Z^1(x) where Z(x) is a function with upper indices."""
        base, mark, _ = node.value.partition("^{")
        return bool(mark) and base in self.names.upper and base in self.names.functions

    def _is_indexed(self) -> bool:
        """Whether a superscript (k) stands behind the letter here: an index."""
        behind = after_script(self.found, self.index + 1)
        script = [token for token in self.found[self.index + 2 : behind] if token.text not in {"{", "}"}]
        return len(script) > 2 and script[0].text == "(" and script[-1].text == ")" and scripts.is_index(script[1:-1])

    def _holds_list(self) -> bool:
        """Whether the square bracket that opens here holds several things, and is not turned or raised itself."""
        depth, commas = 0, False
        for place, token in enumerate(self.found[self.index :], self.index):
            if token.depth > 0:
                depth += 1
            elif token.depth < 0:
                depth -= 1
                if depth == 0:
                    return commas and self.found[place + 1].text not in {"^", "_"}
            elif depth == 1 and token.text == ",":
                commas = True
        return False

    def _under_accent(self) -> str:
        """The one token under the accent or in the font that stands here; empty where there are several."""
        if self.ahead().text != "{":
            return self.ahead().text
        return self.ahead(2).text if self.ahead(3).text == "}" else ""

    def _product_of_bold(self) -> Node | None:
        """\\mathbf{AB}: bold letters side by side are a product; a longer run is a word."""
        if self.token.text not in {"\\mathbf", "\\boldsymbol", "\\bm"} or self.ahead().text != "{":
            return None
        letters: list[Token] = []
        while self.ahead(2 + len(letters)).kind == "letter" and len(letters) < 4:
            letters.append(self.ahead(2 + len(letters)))
        capitals = all(letter.text.isupper() for letter in letters)
        if not (len(letters) == 2 or (len(letters) == 3 and capitals)) or self.ahead(2 + len(letters)).text != "}":
            return None
        start, font = self.token.start, self.token.text
        behind = self.ahead(3 + len(letters))
        if behind.text in {"_", "^", "("}:
            raise UnreadError(
                behind.start, f"how far does this go behind {font}{{...}}? write each letter", "superscript"
            )
        self.index += 3 + len(letters)
        names = [
            Node("name", (), one.start, one.end, f"{font}{{{one.text}}}", f"{font}{{{one.text}}}") for one in letters
        ]
        return Node("product", tuple(names), start, self.found[self.index - 1].end)

    def _operator_letter(self) -> Node | None:
        """The letter of an expectation or a probability, with what it is taken of."""
        token, saved = self.token, self.index
        if token.text == "E" and self.ahead().text == "[" and "E" in self.names.bare:
            message = "E[...] can be an expectation or E times something: use another letter for one of them"
            raise UnreadError(token.start, message, "ambiguous-application")
        if token.text not in {"\\mathbb", "\\mathbf", "\\mathsf"} and not (
            token.text in {"E", "V"} and token.text in self.names.operators
        ):
            return None
        base, subscript = self._base()
        word = probability.EXPECTATIONS.get(base, base if base in self.names.operators else "")
        if base == "\\mathbf{E}" and base in self.names.bare and self.token.text != "[":
            word = ""  # a matrix
        if word and not subscript and (base not in self.names.functions or base.startswith("\\mathbb")):
            node = probability.named_operator(self, base, word, token.start)
            if node.kind != "name":
                return node
        self.index = saved
        return None

    def _with_prefix(self, opening: Token) -> Node:
        """{}_1 F_1(a, b, z): a function with a number before its letter."""
        self.take()
        self.take()
        prefix = self.subscript()
        if self.token.kind not in {"letter", "upright"}:
            raise UnreadError(opening.start, "a subscript of nothing", "subscript")
        key = f"{{}}_{{{prefix}}} {self.name().key}"
        if self.token.text not in probability.BRACKETS:
            raise UnreadError(opening.start, "a subscript of nothing", "subscript")
        return probability.applied_operator(self, key, "p", opening.start)

    def group(self) -> Node:
        """What stands in brackets: an expression, or a list of them."""
        opening = self.token
        if opening.text != "{":
            return lists.read_brackets(self)
        self.take()
        if self.token.text == "}":
            if self.ahead().text == "_":
                return self._with_prefix(opening)
            raise UnreadError(opening.start, "an empty group", "missing-argument")
        with self.brackets():
            node = self.whole()
            if self.token.text == ",":  # {x_1, ..., x_n}: braces that are not printed
                parts = [node]
                while self.token.text == ",":
                    self.take()
                    parts.append(self.whole())
                node = Node("sequence", tuple(parts), parts[0].start, parts[-1].end)
            self.expect("}")
        if node.kind in {"+", "negate", "plus-minus"} and self._binds_tighter(opening, node):
            message = "these braces are not printed: write brackets, or none"
            raise UnreadError(opening.start, message, "braces-as-brackets")
        return node

    def _binds_tighter(self, opening: Token, node: Node) -> bool:
        """Whether a sum in braces, which the reader of the page does not see, stands beside a factor or has a script."""
        place = bisect_left(self.found, opening.start, key=lambda token: token.start)
        inside = self.found[place + 1 : self.index - 1]
        if is_wrapped(inside):
            return False
        before = self.found[place - 1].text if place else ""
        tight = self.token.text in _TIGHT or (node.kind != "negate" and self.begins_factor())
        return tight or before not in _LOOSE

    def brackets(self) -> _Brackets:
        """Inside brackets, bars that are open outside do not close."""
        return _Brackets(self)

    @contextmanager
    def differentiated(self) -> Iterator[None]:
        """While what is differentiated is read: an evaluation bar behind it is one of the derivative."""
        self.differentiating += 1
        yield
        self.differentiating -= 1

    def has_both_scripts(self) -> bool:
        """Whether a subscript and a superscript follow, in either order."""
        behind = after_script(self.found, self.index)
        return behind < len(self.found) and {self.token.text, self.found[behind].text} == {"_", "^"}

    def between_bounds(self, body: Node, start: int) -> Node:
        """[F(x)]_a^b and F(x)|_a^b: the value at the upper bound without that at the lower one."""
        bounds: dict[str, list[Token]] = {}
        while self.token.text in {"_", "^"} and self.token.text not in bounds:
            script = self.take()
            bounds[script.text] = self.group_tokens() if self.token.text == "{" else [self.take()]
        end = self.found[self.index - 1].end
        sides = [split(bounds[script], {"="}) for script in ("^", "_")]
        if any(len(side) > 2 or not all(side) for side in sides):
            raise UnreadError(start, "bounds that are not values", "evaluation-bar")
        values = [self.expression(side[-1]) for side in sides]
        names = [self.expression(side[0]) for side in sides if len(side) == 2]
        if not names and (letter := self._only_letter(body)) is not None:
            names = [letter]
        if not names or any(name.kind != "name" or name.key != names[0].key for name in names):
            if names:
                raise UnreadError(start, "bounds of different variables", "evaluation-bar")
            children = (body, values[1], values[0])
            return Node("operator", children, start, end, "[#1]_{#2}^{#3}", "like")
        upper, lower = (Node("at", (body, _binding(names[0], value)), start, end) for value in values)
        return Node("+", (upper, Node("negate", (lower,), start, end)), start, end)

    def _only_letter(self, body: Node) -> Node | None:
        """The letter that bounds without a name are of: the only one in an expression."""
        functions = self.names.functions
        letters = {part.key: part for part in body.walk() if part.kind == "name" and part.key not in functions}
        if len(letters) != 1 or body.kind == "name":
            return None
        key, found = letters.popitem()
        return found if len(key) == 1 and key.islower() else None

    def _between(self, bar: str, kind: str) -> Node:
        opening = self.take()
        self.bars.append(bar)
        if self.token.text in {"\\cdot", "\\bullet"} and self.ahead().text == bar:  # the place of an argument
            node = Node("operator", (), self.token.start, self.token.end, "\\cdot", "real")
            self.take()
        else:
            node = self.sum()
        if self.token.text != bar:
            if opening.end - opening.start > len("||"):  # \parallel
                raise UnreadError(opening.start, "the relation \\parallel is not known here", "unknown-macro")
            raise UnreadError(opening.start, "this bar is never closed", "unbalanced-bar")
        end = self.take().end
        self.bars.pop()
        if self.token.text == "_" and not (kind == "abs" and self._evaluates()):
            self.take()
            order = self.norm_order()
            return Node("norm", (node, order), opening.start, order.end)
        return Node(kind, (node,), opening.start, end)

    def _evaluates(self) -> bool:
        """Whether the subscript that begins here is one of an evaluation bar: |_{x=a}."""
        behind = after_script(self.found, self.index)
        return any(token.text == "=" for token in self.found[self.index : behind])

    def skip_script(self) -> None:
        """Passes over what stands in a script."""
        self._script_tokens()

    def norm_order(self) -> Node:
        """Which norm is meant: a number, a letter, F, or the label of a space."""
        start = self.token.start
        saved = self.index
        group = self._script_tokens()
        if len(group) == 1 and group[0].kind == "number":
            return Node("number", (), start, group[0].end, group[0].text)
        if len(group) == 1 and (group[0].kind in {"letter", "text", "upright"} or group[0].text == "\\infty"):
            return Node("text", (), start, group[0].end, group[0].text)
        self.index = saved
        return Node("text", (), start, self.found[self.index].end, self.subscript())


def _is_derived(body: Node) -> bool:
    """Whether a derivative stands before an evaluation bar: then it is what is evaluated."""
    return any(one.kind in {"derivative", "prime", "nabla", "derivative-at"} for one in body.walk())


def _refuse_open_bar(factors: Sequence[Node]) -> None:
    """f'(a) g'(a) at a = 2: two derivatives by its letters, of which only the last is before the bar, or both."""
    for index, bar in enumerate(factors):
        if index and bar.kind == "at" and _is_derived(bar.children[0]):
            keys = _evaluated_letters(bar)
            if any(one.kind != "at" and _is_derived(one) and keys & one.names for one in factors[:index]):
                raise UnreadError(bar.end, _HOW_FAR, "evaluation-bar")


_HOW_FAR = "how far does this evaluation bar reach? Use \\left. or brackets"


def _is_without_letters(bar: Node) -> bool:
    """Whether what stands right before an evaluation bar visibly has none of its letters: \\nabla_c g(c) at a = 2; what f' depends on is not seen."""
    body = bar.children[0]
    derived = [one for one in body.walk() if one.kind in {"derivative", "prime", "nabla", "derivative-at"}]
    unseen = any(one.children and one.children[0].kind == "name" for one in derived) and not any(
        one.kind == "call" for one in body.walk()
    )
    return not unseen and not (_evaluated_letters(bar) & body.names)


def _evaluated_letters(bar: Node) -> frozenset[str]:
    """The letters that an evaluation bar gives values to; where it does not name them, all before it."""
    body, *bindings = bar.children
    if bar.kind == "at":
        return frozenset[str]().union(*(binding.children[0].names for binding in bindings))
    if bar.kind == "+":
        return _evaluated_letters(body)
    return body.names


def _read_evaluated(parser: Parser) -> Node:
    """\\left. ... \\right|_{x=a}."""
    opening = parser.take()
    if parser.differentiating:
        message = "is the derivative evaluated, or what it is taken of? Put \\left. before the derivative"
        raise UnreadError(opening.start, message, "evaluation-bar")
    with parser.brackets():
        body = parser.sum()
    parser.expect("\\right.")
    return parser.evaluated(Node(body.kind, body.children, opening.start, body.end, body.value, body.key))


def _constant(parser: Parser) -> Node:
    token = parser.take()
    if token.text == "\\pi" and parser.token.text == "_":  # \\pi_k is no number pi
        parser.take()
        subscript = parser.subscript()
        end = parser.found[parser.index - 1].end
        return parser.named(_with_subscript(Node("name", (), token.start, end, "\\pi", "\\pi"), subscript, end))
    if parser.token.text == "_":
        raise UnreadError(token.start, f"{token.text} with a subscript", "subscript")
    if token.text == "\\pi" and parser.token.text == "(" and probability.holds_event(parser):  # a policy: \\pi(a | s)
        return probability.applied_operator(parser, token.text, "p", token.start)
    if (
        token.text == "\\pi"
        and parser.token.text == "("
        and _needs_no_brackets(parser)
        and token.text not in parser.names.functions
    ):
        message = "\\pi before a bracket that a product would not need: the number, or a function?"
        raise UnreadError(token.start, message, "ambiguous-application")
    if token.text == "\\pi" and parser.names.letter_pi:
        before = parser.found[parser.index - 2] if parser.index > 1 else token
        if before.kind != "number":
            return parser.named(Node("name", (), token.start, token.end, "\\pi", "\\pi"))
        if parser.nesting < 2:  # \\sqrt{2 \\pi} is that of the density
            raise UnreadError(
                token.start, "the number \\pi, or the letter that the text speaks of?", "ambiguous-constant"
            )
    return Node("constant", (), token.start, token.end, "pi" if token.text == "\\pi" else "infinity")


def _needs_no_brackets(parser: Parser) -> bool:
    """Whether the bracket that opens here holds no sum, and has no power."""
    inside = list(events.own_tokens(parser))
    behind = parser.index + 1
    depth = 1
    while depth and behind < len(parser.found):
        text = parser.found[behind].text
        depth += (text in OPEN) - (text in CLOSE)
        behind += 1
    power = behind < len(parser.found) and parser.found[behind].text == "^"
    return not power and all(token.text not in _SIGNS for token in inside)


def _refuse_words(parts: list[Node]) -> None:
    """Five or more bare letters without a space between, with vowels and consonants: hardly a product."""
    run: list[Node] = []
    for part in [*parts, Node("end", (), -1, -1)]:
        bare = part.kind == "name" and len(part.key) == 1
        if bare and (not run or run[-1].end == part.start):
            run.append(part)
            continue
        letters = "".join(one.key for one in run)
        vowels = sum(letter in "aeiouAEIOU" for letter in letters)
        if len(letters) > 4 and 0 < vowels < len(letters):
            message = (
                f"the letters '{letters}': a word, or a product? write \\text{{{letters}}}, or spaces between them"
            )
            raise UnreadError(run[0].start, message, "word-or-product")
        run = [part] if bare else []


class _Brackets:
    """While what stands in brackets is read. An error ends the reading, so that nothing is put back then."""

    __slots__ = ("outside", "parser")

    def __init__(self, parser: Parser) -> None:
        self.parser = parser
        self.outside = parser.bars, parser.differentiating

    def __enter__(self) -> None:
        self.parser.bars, self.parser.differentiating = [], 0

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        if kind is None:
            self.parser.bars, self.parser.differentiating = self.outside


def _with_operators(parts: list[Node], functions: frozenset[str]) -> list[Node]:
    """H f(x), J f(x), D_v f(x), D_v f: the Hessian and the like of a function, hardly a product; nothing is known of them."""
    found: list[Node] = []
    for index, part in enumerate(parts):
        operator = found[-1] if found else part
        if operator.kind != "name" or not found:
            found.append(part)
            continue
        if operator.value[:1] == "\\" and _NAMED_OPERATORS.fullmatch(operator.value) is not None:
            if index + 1 < len(parts):
                message = f"how far does the argument of {operator.key} go? use brackets"
                raise UnreadError(parts[index + 1].start, message, "ambiguous-argument")
            found[-1] = Node("operator", (part,), operator.start, part.end, f"{operator.key} #1*", "open")
            continue
        derived = part.kind == "name" and part.key in functions and bool(operator.children)
        if (
            (part.kind == "call" or derived)
            and _OPERATORS.fullmatch(operator.value) is not None
            and (not operator.children or operator.value[-2:-1] == "D" or operator.value == "D")
        ):
            found[-1] = Node("operator", (part,), operator.start, part.end, f"{operator.key} #1", "open")
        else:
            found.append(part)
    return found


def _is_mixed(whole: Node, fraction: Node) -> bool:
    """Whether 2 1/2 may be meant as 2 + 1/2: a whole number before a proper fraction of whole numbers."""
    numbers = whole, *fraction.children
    return all(one.kind == "number" and one.value.isdigit() for one in numbers) and int(numbers[1].value) < int(
        numbers[2].value
    )


def _number(text: str) -> str:
    """The index that 2 \\cdot 3 + 1 is."""
    total = 0
    for term in re.findall(r"[-+]?[^-+]+", text):
        total += math.prod(map(int, term.split("\\cdot")))
    return str(total)


def _in_unit(number: Node, sign: Token) -> Node:
    """30° is 30 pi/180, 5% is 5/100."""
    place = sign.start, sign.end
    if sign.text == "\\%":
        return Node("/", (number, Node("number", (), *place, "100")), number.start, sign.end)
    turned = Node("product", (number, Node("constant", (), *place, "pi")), number.start, sign.end)
    return Node("/", (turned, Node("number", (), *place, "180")), number.start, sign.end)


def _without_subscript(node: Node) -> Node | None:
    """The name, or norm without its order, that a subscript behind the scripts of a node belongs to."""
    while node.kind in {"^", "transpose", "prime", "superindex"}:
        node = node.children[0]
    if node.kind == "name" and not node.children:
        return node
    return node if node.kind == "norm" and len(node.children) == 1 else None


def _name(base: str, subscript: str, start: int, end: int) -> Node:
    if not subscript:
        return Node("name", (), start, end, base, base)
    text = Node("text", (), start, end, subscript)
    return Node("name", (text,), start, end, base, f"{base}_{{{subscript}}}")


def _with_subscript(name: Node, subscript: str, end: int) -> Node:
    return _name(name.value, subscript, name.start, end) if subscript else name


def _with_mark(name: Node, mark: str, end: int) -> Node:
    return _name(name.value + mark, name.children[0].value if name.children else "", name.start, end)


def _replaced(node: Node, innermost: Node) -> Node:
    """The scripts of a node on another name."""
    if node.kind not in {"^", "transpose", "prime", "superindex"}:
        return innermost
    inner = _replaced(node.children[0], innermost)
    return Node(node.kind, (inner, *node.children[1:]), node.start, max(node.end, innermost.end), node.value, node.key)


# What begins an expression with a control word of its own: its reader stands at that word.
PRIMARIES: dict[str, Callable[[Parser], Node]] = {
    "\\pi": _constant,
    "\\infty": _constant,
    "\\left.": _read_evaluated,
    **functions.PRIMARIES,
    **binders.PRIMARIES,
    **derivatives.PRIMARIES,
    **matrices.PRIMARIES,
    **probability.PRIMARIES,
    **lists.PRIMARIES,
    **decorations.PRIMARIES,
}


def _binding(variable: Node, value: Node) -> Node:
    """x = a at an evaluation bar; the two may stand apart."""
    return Node("chain", (variable, value), min(variable.start, value.start), max(variable.end, value.end), "=")


def _is_array_letter(key: str) -> bool:
    """A, \\Sigma, \\mathbf{x}: letters that matrices and vectors have."""
    return key[:1].isupper() or key[1:2].isupper() or key.startswith(_OF_ARRAYS)


_OF_ARRAYS = ("\\mathbf{", "\\boldsymbol{", "\\bm{")


def _is_inverse_of_array(node: Node) -> bool:
    """A^{-1}, whose entry A^{-1}_{ij} is."""
    inverted = node.kind == "^" and node.children[1].kind == "negate" and node.children[1].children[0].value == "1"
    return inverted and node.children[0].kind == "name" and _is_array_letter(node.children[0].key)


def _are_digits(indices: list[Token]) -> bool:
    """_{11}, _{1,2}: two positions, rather than a number above 10."""
    texts = [one.text for one in indices]
    return (len(texts) == 1 and len(texts[0]) == 2 and texts[0].isdigit()) or (len(texts) == 3 and texts[1] == ",")
