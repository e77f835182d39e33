"""What a wide space or a column sets apart in a row: the number of an equation, a second statement, a remark in brackets."""

from __future__ import annotations

import re

from derive.language.syntax import RELATION_WORDS
from derive.read.formula.brackets import ARROWS, ROWS
from derive.read.formula.tokens import CLOSE, OPEN, Token

_WIDE = re.compile(
    r"\\(?:quad|qquad|hfill|enspace)(?![A-Za-z])|\\hspace\*?\s*\{"
    r"|\\[ ;:]\s*(?:\\[ ;:]\s*|~){2}|~(?:\\[ ;:]\s*|~){2}"  # narrower ones separate factors too
)
_NUMBER = re.compile(r"\d+(?:\.\d+)*[a-z]?'*|[a-zA-Z]'*|[ivxIVX]+|\*+|\\(?:star|ast|dagger|ddagger)|\d+[-–]\d+")
_BRACKETS = {"(": ")", "[": "]"}
_MAXIMUM_NUMBER = 12  # tokens
_DOTS = frozenset({"\\cdots", "\\dots", "\\ldots", "..."})
_OPERATORS = frozenset(
    {"+", "-", "−", "*", "/", "^", "_", "!", "'", "\\cdot", "\\times", "\\pm", "\\mp", "\\div", "\\odot", "\\otimes", "\\circ", "\\bullet", "\\oplus"}
)  # fmt: skip
_PUNCTUATION = frozenset({",", ";", ".", ":", "?", "&", "\\\\", "\\&", "|", "||"})
_LOGIC = frozenset(
    {"\\forall", "\\exists", "\\land", "\\wedge", "\\lor", "\\vee", "\\neg", "\\lnot", "\\to", "\\mapsto", "\\because"}
)
_BREAKS = RELATION_WORDS.keys() | _OPERATORS | _PUNCTUATION | _LOGIC | ARROWS.keys()
_ENDS_OF_PART = frozenset({"\\\\", ",", ";"}) | ARROWS.keys()
_INTEGRALS = frozenset({"\\int", "\\iint", "\\iiint", "\\oint"})
# Behind these a wide space sets nothing apart.
_PREFIXES = _INTEGRALS | {
    "\\sum",
    "\\prod",
    "\\lim",
    "\\max",
    "\\min",
    "\\sup",
    "\\inf",
    "\\argmax",
    "\\argmin",
    "argmax",
    "argmin",
}


def parted(found: list[Token], latex: str, offset: int) -> list[Token]:
    """The tokens with what wide spaces and columns say.

    A number in brackets at the end of a row, or at its beginning, is that of the equation and is left out. Two parts that each have a relation
    are two statements, as in two rows. What is neither is a remark or a factor: `\\quad` stays before it, so that its statement is unread.
    """
    if "&" not in latex and _WIDE.search(latex) is None:
        return found
    gaps = _gaps(found, latex, offset)
    if not any(gaps):
        return found
    result: list[Token] = []
    depth = 0
    empty, related, prefixed = True, False, False  # what there is of the part so far
    index = 0
    while index < len(found):
        token = found[index]
        rows = token.kind in {"begin", "close"} and token.text in ROWS
        if depth == 0 and related and gaps[index] and _begins_expression(token) and _ends_expression(_last(result)):
            behind = _behind_number(found, index) or _behind_size(found, index)
            if behind and _ends_row(found, behind):
                index = behind
                continue
            if not prefixed:
                if _has_relation(_part(found, gaps, index)):
                    result.append(Token("symbol", "\\\\", token.start, token.start))
                    empty, related = True, False
                elif gaps[index] == "space":
                    result.append(Token("command", "\\quad", token.start, token.start))
        elif depth == 0 and empty and token.text in _BRACKETS:
            behind = _behind_number(found, index)
            if behind and behind < len(found) and gaps[behind] and _has_relation(_part(found, gaps, behind)):
                index = behind
                continue
        if not rows:
            depth += token.depth
            depth = max(depth, 0)
        before = result[-1].text if result else ""
        result.append(token)
        empty = False
        related = related or (depth == 0 and token.text in RELATION_WORDS and before not in {"_", "^"})
        prefixed = prefixed or token.text in _PREFIXES
        if rows or (
            depth == 0 and (token.text in _ENDS_OF_PART or (token.kind == "text" and token.text not in _PREFIXES))
        ):
            empty, related, prefixed = True, False, False
        index += 1
    return result


def _last(result: list[Token]) -> Token:
    """The last token that is no column."""
    for token in reversed(result[-_MAXIMUM_NUMBER:]):
        if token.text != "&":
            return token
    return result[-1]


def _gaps(found: list[Token], latex: str, offset: int) -> list[str]:
    """What sets each token apart from the one before: "space", "column" (every second one, the others are where rows are aligned), or nothing."""
    gaps = [""] * len(found)
    spaced = _WIDE.search(latex) is not None
    if not spaced and not any(token.text == "&" for token in found):
        return gaps
    depth = columns = 0
    column = False
    for index in range(1, len(found)):
        before = found[index - 1]
        if not (before.kind in {"begin", "close"} and before.text in ROWS):
            depth += before.depth
        if depth == 0 and before.text == "&":
            columns += 1
            column = column or columns % 2 == 0
        else:
            column = False
        if depth == 0 and before.text == "\\\\":
            columns = 0
        begin, end = before.end - offset, found[index].start - offset
        if spaced and end - begin > 2 and _WIDE.search(latex, begin, end) is not None:
            gaps[index] = "space"
        elif column:
            gaps[index] = "column"
    return gaps


def _ends_expression(token: Token) -> bool:
    return token.kind not in {"text", "begin", "end"} and token.text not in _BREAKS and token.text not in OPEN


def _begins_expression(token: Token) -> bool:
    return token.kind not in {"text", "close", "end"} and token.text not in _BREAKS and token.text not in CLOSE


def _has_relation(found: list[Token]) -> bool:
    """Whether there is a relation sign outside of all brackets."""
    depth = 0
    before = ""
    for token in found:
        rows = token.kind in {"begin", "close"} and token.text in ROWS
        if not rows:
            depth += token.depth
        if depth == 0 and token.text in RELATION_WORDS and before not in {"_", "^"}:
            return True
        before = token.text
    return False


def _part(found: list[Token], gaps: list[str], index: int) -> list[Token]:
    """From here to the end of the row, or to what is set apart next; a bracket around all of it is left out."""
    part: list[Token] = []
    depth = 0
    last = found[index]  # that is no column
    for position in range(index, len(found)):
        token = found[position]
        ends = token.kind in {"text", "end"} or (token.kind == "close" and token.text in ROWS)
        if depth == 0 and (ends or token.text in _ENDS_OF_PART):
            break
        if depth == 0 and part and gaps[position] and _begins_expression(token) and _ends_expression(last):
            break
        depth += token.depth
        part.append(token)
        last = last if token.text == "&" else token
        if depth < 0:
            break
    if part and part[0].text in _BRACKETS and _behind_bracket(part, 0) == len(part):
        return part[1:-1]
    return part


def _behind_bracket(found: list[Token], index: int) -> int:
    """Behind the bracket that opens here; 0 if it is not closed."""
    depth = 0
    for position in range(index, len(found)):
        token = found[position]
        depth += token.depth
        if depth == 0:
            return position + 1
    return 0


def _behind_size(found: list[Token], index: int) -> int:
    """Behind (n \\times m) that opens here, the size of what the row is about; 0 if something else stands here."""
    if found[index].text not in _BRACKETS:
        return 0
    closing = next((at for at in range(index + 1, min(index + 14, len(found))) if found[at].text in {")", "]"}), 0)
    inside = found[index + 1 : closing] if closing else []
    signs = [one.text for one in inside if one.kind in {"command", "symbol"}]
    plain = all(text in {"\\times", "_", "{", "}"} for text in signs) and signs.count("\\times") == 1
    return closing + 1 if plain and len(inside) > 2 else 0


def _behind_number(found: list[Token], index: int) -> int:
    """Behind the number of an equation, with dots that lead to it: (1), (2.1a), (*), [3]; 0 if there is none."""
    while index < len(found) and found[index].text in _DOTS:
        index += 1
    closing = _BRACKETS.get(found[index].text) if index < len(found) else None
    if closing is None:
        return 0
    for position in range(index + 1, min(len(found), index + _MAXIMUM_NUMBER)):
        if found[position].text == closing:
            inside = "".join(token.text for token in found[index + 1 : position])
            good = _NUMBER.fullmatch(inside) is not None and (closing == ")" or inside[0].isdigit())
            return position + 1 if good else 0
    return 0


def _ends_row(found: list[Token], index: int) -> bool:
    """Whether nothing but punctuation stands here before the row ends."""
    while 0 < index < len(found) and found[index].text in {".", ",", ";", "&"}:
        index += 1
    if not 0 < index < len(found):
        return index > 0
    token = found[index]
    return token.text == "\\\\" or token.kind == "end" or (token.kind == "close" and token.text in ROWS)
