"""Runs of tokens: where brackets open and close, and cutting at signs outside of them."""

from __future__ import annotations

from collections.abc import Set

from derive.language.spelling import WORDS
from derive.language.syntax import RELATION_WORDS
from derive.read.formula.tokens import Token

ARROWS = {"\\implies": "implies", "\\Rightarrow": "implies", "\\Longrightarrow": "implies", "\\rightarrow": "implies", "\\therefore": "therefore", "\\because": "so", "\\iff": "iff", "\\Leftrightarrow": "iff", "\\Longleftrightarrow": "iff"}  # fmt: skip
# Environments whose rows are statements.
ROWS = frozenset(
    {"aligned", "align", "split", "gather", "gathered", "eqnarray", "equation", "multline", "multlined", "alignat", "alignedat", "xalignat", "xxalignat",
     "flalign", "IEEEeqnarray", "displaymath", "math", "dmath", "subequations"}
)  # fmt: skip
FRACTIONS = frozenset({"\\frac", "\\dfrac", "\\tfrac", "\\cfrac"})
_SIGNS = frozenset({"+", "-", "−", "\\cdot", "\\times", "*", "/", "\\pm"}) | RELATION_WORDS.keys()
_OPENING = frozenset({"", "{", "(", "[", ",", ";", "\\\\", "|"})
_CLOSING = frozenset({"", "}", ")", "]", ",", ";", ".", "\\\\", "^", "_", "|"})
_NOT_NAMES = frozenset({"otherwise", "else", "elsewhere"})


def split(found: list[Token], signs: Set[str]) -> list[list[Token]]:
    """The runs between the given tokens at depth 0."""
    if signs.isdisjoint([token.text for token in found]):
        return [list(found)]
    runs: list[list[Token]] = []
    begin = depth = 0
    for index, token in enumerate(found):
        depth += token.depth
        if depth == 0 and token.text in signs and token.kind != "close" and not is_script(found, index):
            runs.append(found[begin:index])
            begin = index + 1
    return [*runs, found[begin:]]


def is_script(found: list[Token], index: int) -> bool:
    """Whether a token stands as a subscript or superscript, without braces."""
    return index > 0 and found[index - 1].text in {"_", "^"}


def trimmed(found: list[Token]) -> list[Token]:
    """Without trailing punctuation and leading commas."""
    begin, end = 0, len(found)
    while begin < end and found[begin].text in {",", ";", "&"}:
        begin += 1
    while end > begin and found[end - 1].text in {",", ".", ";", "?", "&", ":"}:
        end -= 1
    return found[begin:end]


def is_wrapped(found: list[Token]) -> bool:
    """Whether one pair of parentheses holds everything."""
    if len(found) < 3 or found[0].text not in {"(", "["} or found[-1].text not in {")", "]"}:
        return False
    depth = 0
    for index, token in enumerate(found):
        depth += token.depth
        if depth == 0 and token.depth:
            return index == len(found) - 1
    return False


def after_script(found: list[Token], index: int) -> int:
    """Behind a subscript or superscript."""
    if found[index + 1].text != "{":
        return index + 2
    depth = 0
    for position in range(index + 1, len(found)):
        depth += {"{": 1, "}": -1}.get(found[position].text, 0)
        if depth == 0:
            return position + 1
    return len(found) - 1


def closing_braces(found: list[Token]) -> dict[int, int]:
    """Where each brace that closes does so."""
    closing: dict[int, int] = {}
    opened: list[int] = []
    for index, token in enumerate(found):
        if token.text == "{":
            opened.append(index)
        elif token.text == "}" and opened:
            closing[opened.pop()] = index
    return closing


def needs_brackets(found: list[Token], opening: int) -> bool:
    """Whether the bracket that opens here, around one name, is needed for the power behind it, whatever stands before it: (z^{(k)})^2, (x')^2."""
    depth, marked = 0, False
    for place in range(opening, len(found) - 1):
        token = found[place]
        depth += (token.depth > 0) - (token.depth < 0)
        if depth == 0:
            return marked and found[place + 1].text == "^"
        marked = marked or token.text == "^" or token.text.startswith("'")
    return False


def stands_alone(found: list[Token], index: int, *, whole: bool = False) -> bool:
    """Whether the words at this index stand where an operand does: between signs, not beside another operand; with `whole`, also as all there is."""
    words = found[index].text.lower().strip(" .,")
    if words in _NOT_NAMES or not words[:1].isalpha() or words.split()[0] in WORDS:
        return False
    before, after = index - 1, index + 1
    while before >= 0 and found[before].text == "&":
        before -= 1
    while after < len(found) and found[after].text == "&":
        after += 1
    left = found[before].text if before >= 0 and found[before].kind != "begin" else ""
    right = found[after].text if after < len(found) and found[after].kind != "close" else ""
    signs = left in _SIGNS, right in _SIGNS
    return (signs[0] or left in _OPENING) and (signs[1] or right in _CLOSING) and (whole or any(signs))
