"""The document-wide scan for names that are functions, and names that are numbers (R4)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from derive.language.spelling import DOTS, FONTS, FUNCTION_LETTERS, FUNCTIONS, GREEK, ORDERS_OF_GROWTH
from derive.language.syntax import RELATION_WORDS, UnreadError
from derive.read.formula.brackets import FRACTIONS, after_script, needs_brackets, split
from derive.read.formula.expressions import Names, Parser
from derive.read.formula.scripts import small_transposes, tangential
from derive.read.formula.signatures import COLON, TO
from derive.read.formula.tokens import Token, tokens

# Letters that are densities and probabilities in a text that speaks of these, or where they are applied now to one argument, now to several.
_DENSITIES = frozenset({"p", "q", "P", "Q"})
# What is not said of the number pi.
_LETTER_PI = re.compile(
    r"\\pi\s*(?:\\in(?![A-Za-z])|\\sim(?![A-Za-z])|:(?!=)|\^\s*\{?\s*(?:\*|\\ast|\\star))|\\(?:hat|bar|tilde)\s*\{?\s*\\pi(?![A-Za-z])"
    r"|^\s*\\pi\s*=\s*+(?!3[.,]1|\\[dt]?frac\s*\{22|4\s*\\|\\arc)"
    r"|\\(?:partial|nabla(?:_\{?\\?[A-Za-z]+\}?)?)\s*\\pi(?![A-Za-z])|\\pi\s*[A-Z]\s*=\s*\\pi(?![A-Za-z])"
    r"|\\pi\s*(?:<|\\leq?|\\leqslant|\\lt)\s*1(?![\d./])|\(\s*1\s*-\s*\\pi\s*\)"
)
# What is said of an eccentricity, and not of the number e.
_LETTER_E = re.compile(
    r"(?<![A-Za-z\\])e\s*(?:<|=|\\leq?|\\leqslant|\\lt)\s*[01](?![\d/])|(?<![\d.])0\s*(?:<|\\leq?|\\leqslant|\\lt)\s*e(?![A-Za-z^])"
    r"|\\sqrt\s*\{\s*1\s*-\s*e\s*\^\s*(?:2|\{\s*2\s*\})\s*\}|[A-Za-z]\s*(?:\^\s*(?:2|\{\s*2\s*\})\s*)?(?:\\left\s*)?\(\s*1\s*-\s*e\s*(?:\^\s*(?:2|\{\s*2\s*\})\s*)?(?:\\right\s*)?\)"
)
_VALUE_OF_E = re.compile(r"\s*e\s*\^\s*(?:2|\{\s*2\s*\})\s*=(?=.*[A-Za-z].*[-/]|\s*\\[dt]?frac)")
_LOGARITHM = re.compile(r"\\(?:ln|log|exp)(?![A-Za-z])")
_ABOVE = frozenset(
    {
        f"\\{letter}"
        for letter in ("mu", "nu", "rho", "sigma", "lambda", "kappa", "tau", "alpha", "beta", "gamma", "delta")
    }
)
_NO_NAMES = Names()
_LONGEST_HEADER = 80  # tokens
_DISTRIBUTIONS = frozenset({"N", "U"})
_FUNCTIONS = frozenset({"f", "g", "h", "F", "G", "H", "Q", "\\Phi", "\\phi", "\\varphi", "\\psi"})
_SETS = frozenset({"\\cap", "\\cup", "\\setminus"})
# Letters of functions of a random variable, which is their subscript: f_X, F_X, M_X.
_FUNCTIONS_OF_VARIABLES = frozenset("fFMGQKp")
_STATISTICS = frozenset({"E", "Var", "Cov", "KL", "Pr", "H", "h", "I", "var", "cov", "Corr", "corr"})

_SIGNS = frozenset({"+", "-", "−", "\\pm", "\\mp"})
# Superscripts that are no index: a transpose, and n, which is rather a power. Letters of indices above two below, and of pairs.
_POWERS = frozenset({"T", "n"})
_UPPER_LETTERS = frozenset("ijklmopqrs")
_LIKE_COORDINATES = frozenset("uvwxyzUVWXYZ")  # not \\gamma^i, p^i, which are powers in series
_BOLD = frozenset({"\\mathbf", "\\boldsymbol", "\\bm"})
_PAIRED = frozenset("ijklmn")
_PAIR_BELOW = re.compile(r"_\{(?:[a-z],?){2}\}\Z")
_SPOILT = re.compile(r"(?<!operatorname)(?<!tag)(?<!space)\*\{")
_NOT_INDEXED = ("\\mathbb{", "\\mathcal{", "\\mathfrak{")


@dataclass(slots=True)
class Uses:
    """How the names of formulas are used, and to how many arguments each is applied.

    `functions`: as only functions are (R4): with a prime, several arguments, one argument that needs no brackets in a product. `headers`: before
    brackets in which a product would have a reason only if it is not written bare elsewhere: f(x^2), `f^n(a)`. `derived`: in the numerator of a derivative. `bare`: as a
    value. `upper`: with an upper index, as \\partial \\theta^i, a^i_j, a_{ij}^k and (v^1, \\dots, v^n) show; `numbered`: those of the last kind; `unclear`: where it could be a list of
    powers; `letters`: those
    that were such indices; `lettered`: the names that each letter stands above; `squared`: those with a power; `ones`: with a superscript 1; `squares`: those of which a square may be an upper index. `pairs_above`, `pairs_below`: with two indices, g^{ij} and g_{ij}; `above`: the former with
    both; `tensors`: with two in both orders, with two Greek ones, or with the one of the derivative before them, \\nabla_\\mu V^\\mu; `powers`: powers with a power. `operators`: with a bar or a relation in the bracket, in square
    brackets.
    """

    functions: set[str] = field(default_factory=set)
    headers: set[str] = field(default_factory=set)
    derived: set[str] = field(default_factory=set)
    bare: set[str] = field(default_factory=set)
    upper: set[str] = field(default_factory=set)
    numbered: set[str] = field(default_factory=set)
    unclear: set[str] = field(default_factory=set)
    letters: set[str] = field(default_factory=set)
    lettered: dict[str, set[str]] = field(default_factory=dict)
    squared: set[str] = field(default_factory=set)
    ones: set[str] = field(default_factory=set)
    squares: set[str] = field(default_factory=set)
    pairs_above: set[str] = field(default_factory=set)
    above: set[tuple[str, str, str]] = field(default_factory=set)
    tensors: set[str] = field(default_factory=set)
    powers: set[str] = field(default_factory=set)
    pairs_below: set[str] = field(default_factory=set)
    operators: set[str] = field(default_factory=set)
    counts: dict[str, set[int]] = field(default_factory=dict)
    opening: set[str] = field(default_factory=set)  # applied on the left of an equation that begins a formula
    statistics: bool = False
    indexed: bool = False
    differentials: bool = False  # the letter d stands before a name
    applied_d: bool = (
        False  # or before a bracket with nothing but a name in it: d(t), a distance at t or a differential
    )
    increments: bool = False  # \\Delta does
    delta: bool = False  # \\Delta stands for itself
    increment_of_d: bool = False  # \\Delta d is: then d is a quantity
    operation: bool = False  # a * b is given a value
    inner: set[str] = field(default_factory=set)  # v in \\langle u, v \\rangle
    tangential: set[str] = field(default_factory=set)  # X in X^\\top + X^\\perp
    letter_pi: bool = False  # \\pi is said to be something else than the number
    letter_e: bool = False  # so is e
    turned: bool = (
        False  # a small t stands above capitals, X^t; `turning`: and X behind it; `letter_t`: there is another t
    )
    turning: bool = False
    letter_t: bool = False
    value_of_e: bool = False  # e^2 has a value in letters
    logarithms: bool = False
    transposing: bool = False  # a letter with a prime stands before the letter without one

    def of_variables(self) -> set[str]:
        """f_X, F_{X,Y}, ... that are only applied."""
        return {
            key
            for key in self.counts
            if key[0] in _FUNCTIONS_OF_VARIABLES and key[1:3] == "_{" and key[3:4].isupper() and key not in self.bare
        }

    def with_upper_indices(self) -> set[str]:
        """The names of which superscripts are indices: also letters of vectors that have a letter above
        that is one elsewhere, and never a number; of those with
        two indices above what has two below too."""
        alike = {
            name
            for letter in self.letters
            for name in self.lettered.get(letter, ())
            if _letter(name) in _LIKE_COORDINATES
        }
        return (
            self.upper | (alike - self.squared) | (self.pairs_above & self.pairs_below) | (self.tensors - self.powers)
        )

    def applied(self) -> set[str]:
        """The names that are functions by all their uses."""
        return self.functions | ((self.headers | self.derived) - self.bare) | (self.headers & self.derived)

    def overloaded(self) -> set[str]:
        """The names that are operators by all their uses."""
        found = {key for key in self.operators if key not in {"E", "V"} or key not in self.bare}
        found |= {key for key in self.counts if key in ORDERS_OF_GROWTH and key not in self.opening}
        if "E" not in found and not self.statistics:
            found.discard("V")
        for key, counts in self.counts.items():
            several, letter = len(counts) > 1, _letter(key)
            if several and letter in _DENSITIES | _DISTRIBUTIONS:
                found.add(key)
            if letter in _DENSITIES and self.statistics and key not in self.bare:
                found.add(key)
        return found


def function_names(latex: str, uses: Uses, read: list[Token] | None = None) -> None:
    """Adds the uses of names in a formula, of which the tokens may be known."""
    functions, headers, bare = uses.functions, uses.headers, uses.bare
    if (
        "*{" in latex and _SPOILT.search(latex) is not None
    ):  # a subscript that a formatter of Markdown has spoilt: f*{n}(x)
        return
    if "\\pi" in latex and _LETTER_PI.search(latex) is not None:
        uses.letter_pi = True
    if "e" in latex:
        uses.letter_e |= _LETTER_E.search(latex) is not None
        uses.value_of_e |= _VALUE_OF_E.match(latex) is not None
    uses.logarithms = uses.logarithms or _LOGARITHM.search(latex) is not None
    try:
        found = tokens(latex, 0) if read is None else list(read)
    except UnreadError:
        return
    if "\\langle" in latex:
        uses.inner |= {
            base for index, token in enumerate(found) if token.text == "\\langle" for base in _inner(found, index)
        }
    if "\\perp" in latex and "\\top" in latex:
        uses.tangential |= tangential(found)
    if "t" in latex:
        places, others = small_transposes(found)
        uses.turned, uses.turning = uses.turned or bool(places), uses.turning or any(places.values())
        uses.letter_t = uses.letter_t or others
    marks = _marks_before_subscripts(found) if "^" in latex and "_" in latex else frozenset()
    brackets = _Brackets(found)
    first_sign = next((at for at, one in enumerate(found) if one.kind == "symbol" and one.text != ","), len(found))
    index, of_bracket = 0, False
    parser = Parser(found, _NO_NAMES)
    while index < len(found) - 1:
        token = found[index]
        if token.kind == "number" or (token.kind == "symbol" and token.text not in {"_", "^"}):
            index += 1
            continue
        if token.kind == "letter" and token.text != "d" and _is_plainly_a_value(found, index):
            bare.add(token.text)
            index += 1
            continue
        parser.index, parser.nesting = index, 0
        if (token.kind == "upright" and token.text in _STATISTICS) or token.text == "\\Pr" or _is_double(found, index):
            uses.statistics = True
        if token.text == "\\partial" or (
            token.text == "d" and index > 1 and found[index - 1].text == "{" and found[index - 2].text in FRACTIONS
        ):
            numerator = index > 1 and found[index - 1].text == "{" and found[index - 2].text in FRACTIONS
            index += 1
            if numerator and found[index].text == "^":
                index += 4 if found[index + 1].text == "{" else 2
            parser.index = min(index, len(found) - 1)
            key = _name_here(parser)
            if key is not None:
                # d(\\frac{x}{y}) = \\frac{dx}{y}, \\frac{dx}{x}
                if numerator and token.text == "d" and (of_bracket or _is_relative(found, index, parser.index)):
                    uses.differentials = True
                    continue
                index = parser.index
                if numerator:
                    uses.derived.add(key)
                letter = _upper_index(found, index)
                # \\partial X^k may be a power of a matrix, and da^x/dx is of one
                power = numerator and (_letter(key).isupper() or letter in _denominator(found, index))
                if letter and not power:
                    uses.upper.add(key.partition("_")[0])
                    uses.letters.add(letter)
            continue
        if token.text in {"_", "^"}:
            behind = after_script(found, index)
            for place in range(index + 1, behind - 1):
                if found[place].text in _DENSITIES and found[place + 1].text == "(":
                    uses.counts.setdefault(found[place].text, set()).add(1)
            index = behind
            continue
        key = _name_here(parser)
        if key is None:
            index += 1
            continue
        uses.indexed = uses.indexed or ("^{(" in key and not key.startswith("e^"))
        if key == "\\Gamma":  # the gamma function unless declared; never an unknown one
            applied = parser.index + found[parser.index].text.startswith("'")
            bare |= set() if found[applied].text == "(" else {key}
            index = parser.index
            continue
        after = parser.index
        if index == 0 and found[after].text in {"*", "\\ast", "\\bullet"} and _defines_operation(found, after, key):
            uses.operation = True
        if found[after].text == "'" and _again(parser, found, after + 1, key):
            uses.transposing = True
        if key == "\\Delta":
            uses.increment_of_d = uses.increment_of_d or found[after].text == "d"
            uses.increments = uses.increments or _begins_name(found[after])
            uses.delta = uses.delta or not (
                _begins_name(found[after])
                or found[after].text in {"(", "[", "^"}
                or found[after].kind in {"upright", "text"}
            )
        if found[after].text == "^":
            _superscripted(found, index, after, key, marks, uses)
        if _PAIR_BELOW.search(key) is not None:
            uses.pairs_below.add(key.partition("_")[0])
        if key == "d" and found[after].text == "(" and not any(one.text == "," for one in brackets.own(after)):
            inside = found[after + 1 : brackets.closing(after)]
            uses.applied_d = uses.applied_d or (len(inside) < _LONGEST_HEADER and _is_atom(inside))
            index, of_bracket = after, True
            continue
        if key == "d" and _begins_name(found[after]):
            uses.differentials = True
            index = after
            continue
        primed = found[after].text.startswith("'") and found[after].kind == "symbol"
        if primed:
            after += 1
            if found[after].text == "_":  # f'_X
                key, after = _with_subscript(parser, key, after)
        if found[after].text == "[" and key.partition("_")[0] in {"E", "V"}:
            uses.operators.add(key[0])
        elif found[after].text == "[" and _counts_of_bars(brackets.own(after))["||"] % 2:
            uses.operators.add(key)
        elif found[after].text == "(":
            own, closing = brackets.own(after), brackets.closing(after)
            quantified = index > 0 and found[index - 1].text in {"\\forall", "\\exists", "\\neg"}
            if not quantified and _is_event(own):
                uses.operators.add(key)
                uses.statistics = True
            uses.counts.setdefault(key, set()).add(1 + sum(one.text in {",", ";"} for one in own))
            if index == 0 and found[min(closing + 1, len(found) - 1)].text in {"=", ":="}:
                of_numbers = all(one.kind == "number" for one in own)
                if not of_numbers and all(one.text != key for one in found[closing + 1 :]):  # not O(n) = O(n^2)
                    uses.opening.add(key)
            inside = found[after + 1 : closing]
            atom = len(inside) < _LONGEST_HEADER and _is_atom(inside)
            atom = atom and found[min(closing + 1, len(found) - 1)].text != "_"  # \\lambda (M)_{ij} needs its brackets
            raised = atom and not primed and needs_brackets(found, after)
            if primed or any(one.text == "," for one in own) or (atom and not raised):
                functions.add(key)
            elif raised and key.partition("_")[0] not in FUNCTION_LETTERS:
                pass  # c (z^{(k)})^2: what c is elsewhere says whether it is applied
            elif own and (not any(one.text in _SIGNS for one in own) or _is_activation(key, inside)):
                headers.add(key)
        elif found[after].text == "^" and (_power_of_value(found, after) or _inverse_of_value(found, after, key)):
            headers.add(key)
            uses.counts.setdefault(key, set()).add(1)
        elif found[after].text in {":", COLON} and not primed and _is_map(found, after):
            functions.add(key)
        elif (
            not primed
            and not _is_mention(found, index, after, index <= first_sign)
            and not (found[after].text == "[" and any(one.text == "," for one in brackets.own(after)))
            and "||" not in {found[index - 1].text if index else "", found[after].text}
        ):
            bare.add(key)  # not where it is told from another density: KL[p || q]
        index = after


def _is_plainly_a_value(found: list[Token], index: int) -> bool:
    """Whether a letter stands before what a value stands before, as most letters do."""
    behind = found[index + 1]
    if behind.kind not in {"letter", "number"} and behind.text not in _BEHIND_VALUES:
        return False
    return not index or found[index - 1].text not in _BEFORE_MENTIONS


_BEHIND_VALUES = frozenset({"+", "-", "=", ")", "}", "<", ">"})
_BEFORE_MENTIONS = frozenset({"\\nabla", "\\circ", "||"})


def _is_map(found: list[Token], colon: int) -> bool:
    r"""Whether this colon stands between a map and its sets, or what it takes a letter to: f : X \to Y, f : x \mapsto x^2."""
    depth = 0
    for token in found[colon + 1 :]:
        depth += token.depth
        if depth == 0 and (token.text in TO or token.text == "\\mapsto"):
            return True
        if depth < 0 or (depth == 0 and (token.kind == "text" or token.text in {",", ";", "\\\\"})):
            return False
    return False


def _defines_operation(found: list[Token], asterisk: int, key: str) -> bool:
    """`a * b = a + b + ab`: an operation of its own."""
    other, sign = found[asterisk + 1], found[min(asterisk + 2, len(found) - 1)]
    rest = {token.text for token in found[asterisk + 3 :]}
    return other.kind == "letter" and other.text != key and sign.text in {"=", ":="} and {key, other.text} <= rest


def _again(parser: Parser, found: list[Token], index: int, key: str) -> bool:
    """Whether the name stands here once more, as in X'X and \\mathbf{x}'\\mathbf{x}."""
    saved = parser.index
    parser.index = index
    same = _name_here(parser) == key and found[parser.index].text not in {"'", "("}
    parser.index = saved
    return same


def _is_activation(key: str, inside: list[Token]) -> bool:
    """Whether a letter of functions stands before a sum as it does before no product: f(x + y), \\sigma(W x + b)."""
    letter = key.partition("_")[0]
    if letter not in FUNCTION_LETTERS:
        return False
    matrices = any(one.text in _BOLD or (one.kind == "letter" and one.text.isupper()) for one in inside)
    return letter in {"f", "g", "h"} or matrices


def _inverse_of_value(found: list[Token], index: int, key: str) -> bool:
    """`f^{-1}(y)`, the letter being one of those that functions have."""
    if _letter(key) not in _FUNCTIONS:
        return False
    behind = after_script(found, index)
    script = [token.text for token in found[index + 1 : behind] if token.text not in {"{", "}"}]
    return script == ["-", "1"] and behind < len(found) and found[behind].text == "("


def _upper_index(found: list[Token], index: int) -> str:
    """The letter that stands as a superscript here, where a derivative has no power: \\partial \\theta^i; empty if none does."""
    if found[index].text != "^":
        return ""
    script = _script(found, index)
    return script[0].text if len(script) == 1 and script[0].kind == "letter" and script[0].text not in _POWERS else ""


def _script(found: list[Token], index: int) -> list[Token]:
    return [token for token in found[index + 1 : after_script(found, index)] if token.text not in {"{", "}"}]


def _marks_before_subscripts(found: list[Token]) -> frozenset[int]:
    """Where a letter as a superscript stands before a subscript, as an index is written and hardly a power: a^i_j."""
    marks: set[int] = set()
    for index, token in enumerate(found[:-1]):
        if token.text == "^" and _upper_index(found, index):
            behind = after_script(found, index)
            if behind < len(found) and found[behind].text == "_":
                marks.add(token.start)
    return frozenset(marks)


def _superscripted(found: list[Token], index: int, after: int, key: str, marks: frozenset[int], uses: Uses) -> None:
    """What the superscript of a name tells: a^i_j, a_{ij}^k, g^{ij}, and v^1 at the beginning of a list with dots."""
    base, script = key.partition("_")[0], _script(found, after)
    if not script or base == "e" or base.startswith(_NOT_INDEXED):
        return
    texts = [token.text for token in script]
    behind = after_script(found, after)
    if index and found[index - 1].text == "(" and [one.text for one in found[behind : behind + 2]] == [")", "^"]:
        uses.powers.add(base)
    if len(texts) == 1 and script[0].kind == "letter":
        uses.lettered.setdefault(texts[0], set()).add(base)
    elif texts[0].isdigit() and texts[0] != "1":
        uses.squared.add(base)
        if len(texts) == 1:  # what follows is told by letters, by several numbers and by 1
            return
    elif texts == ["1"]:
        uses.ones.add(base)
    if _is_update(found, index, after, texts):
        uses.upper.add(base)
    if _is_component(found, index, after, texts):
        uses.upper.add(base)
        uses.numbered.add(base)
    if _is_contracted(found, index, texts):
        uses.tensors.add(base)
    if found[after].start in marks or (
        _PAIR_BELOW.search(key) is not None and len(texts) == 1 and texts[0] in _UPPER_LETTERS
    ):
        uses.upper.add(base)
        uses.letters.update(text for text in texts if text in _UPPER_LETTERS)
    elif len(texts) == 2 and (set(texts) <= _PAIRED or set(texts) <= _ABOVE):
        uses.pairs_above.add(base)
        uses.above.add((base, texts[0], texts[1]))
        if texts[0] != texts[1] and (texts[0] in _ABOVE or (base, texts[1], texts[0]) in uses.above):
            uses.tensors.add(base)
    elif texts == ["1"] and index and found[index - 1].text in {"(", "["}:
        applied = found[behind].text == "("
        if applied:
            behind = next((at for at in range(behind, len(found)) if found[at].text == ")"), len(found) - 2) + 1
        following = found[min(behind + 1, len(found) - 1)]
        if found[behind].text == "," and (following.text in DOTS or following.text == found[after - 1].text):
            left = [token.text for token in found[:index]]
            left = left[: left.index("(")] if "(" in left else left
            if applied or found[after - 1].text in left:  # v = (v^1, \\dots, v^n); not \\phi(x) = (x^1, \\dots, x^n)
                uses.upper.add(base)
                uses.numbered.add(base)
            else:
                uses.unclear.add(base)
            if applied:
                uses.functions.add(key)
    elif (
        texts == ["1"]
        and (not index or found[index - 1].text == "\\{")
        and found[behind].text == ","
        and found[min(behind + 1, len(found) - 1)].text in DOTS
    ):
        uses.unclear.add(base)  # x^1, \\dots, x^n


def _is_update(found: list[Token], index: int, after: int, script: list[str]) -> bool:
    """x^{k+1} = x^k - \\alpha g^k: the next of a sequence by the one before, whose number stands above; not x^{k+1} = x x^k."""
    behind = after_script(found, after)
    begins = not index or found[index - 1].text in _BEFORE_UPDATES
    if not begins or script[0] not in _NUMBERING or found[behind].text not in _UPDATES:
        return False
    earlier = {("+", "1"): script[:1], (): [*script, "-", "1"]}.get(tuple(script[1:]))
    name = [token.text for token in found[index:after]]
    before = False
    for place in range(behind + 1, len(found) - len(name)):
        if [token.text for token in found[place : place + len(name)]] != name:
            continue
        end = place + len(name)
        if found[end].text != "^":
            return False
        before = before or [token.text for token in _script(found, end)] == earlier
    return before


def _is_relative(found: list[Token], start: int, end: int) -> bool:
    """Whether a numerator that is d and the name from `start` to `end` stands over something with that name, as a factor d would not."""
    name = [one.text for one in found[start:end]]
    below = after_script(found, end)
    places = range(end + 1, below - len(name))
    over = found[end].text == "}" and found[end + 1].text == "{" and found[end + 2].text not in {"d", "\\partial"}
    return over and any([one.text for one in found[place : place + len(name)]] == name for place in places)


def _is_component(found: list[Token], index: int, after: int, script: list[str]) -> bool:
    """v = v^1 e_1 + v^2 e_2: a first component and a factor behind it, of what stands alone on the left."""
    behind = after_script(found, after)
    alone = [one.text for one in found[: after - index + 1]] == [*(one.text for one in found[index:after]), "="]
    return script == ["1"] and alone and (_begins_name(found[behind]) or found[behind].text in {"\\mathbf", "\\vec"})


def _is_contracted(found: list[Token], index: int, script: list[str]) -> bool:
    """V^\\mu in \\nabla_\\mu V^\\mu and \\partial_\\mu V^\\mu, where nobody means a power."""
    sign = next((at for at in range(index - 1, -1, -1) if found[at].text in {"\\nabla", "\\partial"}), index)
    below = [one.text for one in found[sign + 1 : index] if one.text not in {"{", "}"}]
    return len(script) == 1 and script[0] in _ABOVE | {"i", "j", "k"} and below == ["_", *script]


_BEFORE_UPDATES = frozenset({"&", "\\\\", ",", ";", "{"})
_UPDATES = frozenset({"=", ":=", "\\leftarrow", "\\gets"})
_NUMBERING = frozenset({"k", "t", "n", "i", "j", "l", "s", "m"})


def _is_atom(inside: list[Token]) -> bool:
    """Whether a bracket holds one name or number: in a product it would need no brackets."""
    if not inside:
        return False
    if inside[0].kind == "number" or inside[0].text == "\\pi":
        return len(inside) == 1
    parser = Parser([*inside, Token("end", "", inside[-1].end, inside[-1].end)], _NO_NAMES)
    if _name_here(parser) is None:
        return False
    while parser.token.text.startswith("'") and parser.token.kind == "symbol":
        parser.take()
    return parser.token.kind == "end"


def _is_mention(found: list[Token], index: int, after: int, listed: bool) -> bool:
    """Whether a name is only spoken of or acted on as a whole, and is no value: alone in its formula, under \\nabla or \\circ, before a colon.

    `listed`: nothing but names and commas stands before it.
    """
    before = found[index - 1].text if index else ""
    behind = found[after].text
    if before in {"", ","} and found[after].kind in {"end", "text"} | ({"symbol"} if behind == "," else set()):
        return listed
    return before in {"\\nabla", "\\circ"} or behind in {"\\circ", ":", COLON} or (index == 0 and behind == "\\in")


def _inner(found: list[Token], index: int) -> set[str]:
    """The letters that stand alone as one of two in the angle brackets that open here: vectors, as a rule."""
    end = next((at for at in range(index, len(found)) if found[at].text == "\\rangle"), index)
    sides = split(found[index + 1 : end], {","})
    if len(sides) != 2 or not all(sides):
        return set()
    parsers = [Parser([*side, Token("end", "", side[-1].end, side[-1].end)], _NO_NAMES) for side in sides]
    keys = [_name_here(parser) for parser in parsers]
    ends = [parser.token.kind == "end" for parser in parsers]
    return {key.partition("_")[0] for key, alone in zip(keys, ends, strict=True) if key is not None and alone}


def _is_double(found: list[Token], index: int) -> bool:
    """\\mathbb{E}, \\mathbb{P}, \\mathbb{V}."""
    if found[index].text != "\\mathbb":
        return False
    return found[index + 1].text in {"E", "P", "V"} or (
        found[index + 1].text == "{" and found[index + 2].text in {"E", "P", "V"}
    )


def _letter(key: str) -> str:
    """p of \\tilde{p}_{1}."""
    inside = key.partition("_")[0]
    return inside[inside.rindex("{") + 1 : inside.index("}")] if "{" in inside and "}" in inside else inside


def _is_event(own: list[Token]) -> bool:
    """Whether a bracket holds what only a probability is taken of: a relation, an operation of sets, or an odd number of bars."""
    for index, token in enumerate(own):
        if (token.text in RELATION_WORDS or token.text in _SETS) and not (index and own[index - 1].text in {"_", "^"}):
            return True
    return any(count % 2 for count in _counts_of_bars(own).values())


def _counts_of_bars(own: list[Token]) -> dict[str, int]:
    """How many single and double bars stand outside of inner brackets."""
    bars = {"|": 0, "||": 0}
    for token in own:
        if token.text in bars:
            bars[token.text] += 1
    return bars


class _Brackets:
    """Where each bracket of a formula closes, and the tokens in it outside of inner brackets; found in one pass, when it is first asked."""

    def __init__(self, found: list[Token]) -> None:
        self._found = found

    @cached_property
    def _pairs(self) -> tuple[dict[int, int], dict[int, list[Token]]]:
        closing: dict[int, int] = {}
        own: dict[int, list[Token]] = {}
        stack: list[int] = []
        for index, token in enumerate(self._found):
            if token.depth > 0:
                stack.append(index)
                own[index] = []
            elif token.depth < 0:
                if stack:
                    closing[stack.pop()] = index
            elif stack:
                own[stack[-1]].append(token)
        return closing, own

    def closing(self, index: int) -> int:
        return self._pairs[0].get(index, len(self._found) - 1)

    def own(self, index: int) -> list[Token]:
        """The tokens of the bracket that opens at this index; none if it is never closed."""
        closing, own = self._pairs
        return own.get(index, []) if index in closing else []


def _denominator(found: list[Token], index: int) -> list[str]:
    """What stands in the denominator of the fraction in whose numerator this is."""
    depth = 1
    while depth and index < len(found):
        depth += found[index].depth
        index += 1
    return [token.text for token in found[index : after_script(found, index - 1)]] if index < len(found) else []


def _begins_name(token: Token) -> bool:
    name = token.text[1:] if token.kind == "command" else ""
    known = name in GREEK or name in FONTS or name in FUNCTIONS
    return token.kind == "letter" or known or (token.kind == "text" and token.text in FUNCTIONS)


def _power_of_value(found: list[Token], index: int) -> bool:
    """`f^n(a)`, a letter as exponent and a bracket with one name: a power of a value, unless f is a number elsewhere."""
    behind = after_script(found, index)
    if behind >= len(found) or found[behind].text != "(":
        return False
    script = _script(found, index)
    if len(script) != 1 or script[0].kind != "letter":
        return False
    return found[behind + 1].kind == "letter" and found[min(behind + 2, len(found) - 1)].text == ")"


def _with_subscript(parser: Parser, key: str, index: int) -> tuple[str, int]:
    """A name whose subscript stands behind a mark, and where the subscript ends."""
    parser.index = index + 1
    try:
        subscript = parser.subscript()
    except UnreadError:
        return key, index
    return (f"{key}_{{{subscript}}}" if subscript and "_" not in key else key), parser.index


def _name_here(parser: Parser) -> str | None:
    token = parser.token
    name = token.text[1:] if token.kind == "command" else ""
    if (
        token.kind not in {"letter", "upright"}
        and name not in GREEK
        and name not in FONTS
        and name != "varDelta"
        and not parser.begins_name()
    ):
        return None
    try:
        return parser.name().key
    except UnreadError:
        return None


_IN_SQUARE_BRACKETS = re.compile(
    r"(?<![A-Za-z\\_^])(?P<name>[A-DF-OQ-Za-z]|\\[a-z]+)(?:\\left)?\s*\[\s*(?P<inside>[^\[\]]{1,12}?)\s*(?:\\right)?\]"
)
_AN_INDEX = re.compile(r"-?\s*(?:[a-z]|\d+)(?:\s*[-+]\s*(?:[a-z]|\d+))?")
_OF_TIME = re.compile(r"[a-z0-9]|-\s*[a-z0-9]")


def signals(formulas: Sequence[str]) -> frozenset[str]:
    """The letters that stand before indices in square brackets, x[n], y[n - 1]: before a single one, or before several different ones. 2[x + 1] and a[b + c] are products."""
    insides: dict[str, set[str]] = {}
    for latex in formulas:
        for match in _IN_SQUARE_BRACKETS.finditer(latex) if "[" in latex else ():
            name, inside = match.group("name"), match.group("inside")
            if _AN_INDEX.fullmatch(inside) and (len(name) == 1 or name[1:] in GREEK):
                insides.setdefault(name, set()).add("".join(inside.split()))
    impulses = {"\\delta", "u", "h"}
    return frozenset(
        name
        for name, found in insides.items()
        if len(found) > 1
        or (name in impulses and any(one[0] in "nkm" for one in found))
        or any(map(_OF_TIME.fullmatch, found))
    )
