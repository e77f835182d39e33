"""What stands apart in a row, by a wide space, a column or brackets: the number of an equation, a second statement, a condition, a remark."""

from __future__ import annotations

import re

from derive.language.prose import is_condition_in_words
from derive.language.spelling import FONTS, FUNCTION_LETTERS, FUNCTIONS, GREEK
from derive.language.syntax import RELATION_WORDS
from derive.read.formula.brackets import ARROWS, ROWS, after_script
from derive.read.formula.tokens import CLOSE, OPEN, Token

_WIDE = re.compile(
    r"\\(?:quad|qquad|hfill|enspace)(?![A-Za-z])|\\hspace\*?\s*\{"
    r"|\\[ ;:]\s*(?:\\[ ;:]\s*|~){2}|~(?:\\[ ;:]\s*|~){2}"  # narrower ones separate factors too
    r"|(\\[ ;:]|~|\\(?:text|mbox)\{\s+\})\s*\1"  # but one that is written twice does not
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
            summed = prefixed and _behind_sum(result)
            if summed and found[index].text in _index_of(result):
                result.append(Token("command", "\\quad", token.start, token.start))  # perhaps where j runs
            elif not prefixed or summed:
                if _has_relation(_part(found, gaps, index)):
                    result.append(Token("symbol", "\\\\", token.start, token.start))
                    empty, related = True, False
                elif gaps[index] == "space" and not summed:
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


def _behind_sum(result: list[Token]) -> bool:
    """Whether the last sign that takes what follows is that of a sum or a product, and its body has begun."""
    place = next((at for at in range(len(result) - 1, -1, -1) if result[at].text in _PREFIXES), -1)
    if place < 0 or result[place].text not in {"\\sum", "\\prod"}:
        return False
    behind = place + 1
    while behind < len(result) and result[behind].text in {"_", "^", "\\limits"}:
        behind = after_script(result, behind) if behind + 1 < len(result) else len(result)
    return behind < len(result)


def _index_of(result: list[Token]) -> frozenset[str]:
    """What stands below the last sign of a sum or a product."""
    place = next(at for at in range(len(result) - 1, -1, -1) if result[at].text in _PREFIXES)
    end = after_script(result, place + 1) if result[place + 1].text == "_" else place
    return frozenset(one.text for one in result[place + 1 : end] if one.kind in {"letter", "command"})


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


# --- brackets at the ends of a row ---------------------------------------------------------------------------------------

# What may be multiplied begins with one of these, beside letters and numbers.
_BEGINS = frozenset({f"\\{name}" for name in GREEK | FONTS | FUNCTIONS.keys()} | {"\\frac", "\\dfrac", "\\tfrac", "\\sqrt", "\\sum", "\\prod", "\\int", "\\partial", "\\nabla", "\\pi"})  # fmt: skip
_OF_VALUES = frozenset({"letter", "number", "upright", "begin"})
_APPLIED = FUNCTION_LETTERS | {"P", "p", "Q", "q", "E", "I", "F", "G", "H", "u", "1", "\\delta", "\\theta", "\\mu", "\\nu", "\\chi"}  # fmt: skip
_SET_SPACE = re.compile(r"\\[ ;:]|~")  # no factor is set apart by these
_AT_AN_END = re.compile(
    r"(?:^|\\\\|[&}])\s*[(\[]\s*(?:\d|\*|[A-Za-z]{1,4}\s*[)\]])|[)\]][\s.,;~&]*(?:\\[ ,;:]\s*)*(?:$|%|\\\\|\\end)"
)


_AT_ENDS = frozenset({"(", "[", ")", "]", "&"})
_LONGEST_END = 4  # tokens: a bracket with points behind it
_NUMBERED_ROWS = ROWS | {"cases"}


def bracketed(found: list[Token], latex: str, offset: int) -> list[Token]:
    """The tokens with what brackets at the ends of a row say.

    (1) before an equation, or behind it and dots or a space that is set, is its number and left out; where it could be a factor, `\\quad` stands
    there, so that its statement is unread. A bracket with a relation, behind a value, is a condition: "if" stands in its place, unless words
    begin it; one with nothing but words is these words.
    """
    if "(" not in latex and "[" not in latex:
        return found
    texts = [token.text for token in found]
    if "\\\\" not in texts and "\\begin" not in latex and "\\cr" not in latex:  # one row
        if _AT_ENDS.isdisjoint([texts[0], *texts[-_LONGEST_END:]]):
            return found
        return [*_row_read(found[:-1], latex, offset, numbers_only=False), found[-1]]
    if _AT_AN_END.search(latex) is None:
        return found
    result: list[Token] = []
    begin = depth = 0
    cases = 0
    for index, token in enumerate(found):
        rows = token.kind in {"begin", "close"} and token.text in _NUMBERED_ROWS
        depth = depth if rows else max(depth + token.depth, 0)
        if token.kind == "end" or rows or (depth == 0 and token.text == "\\\\"):
            result += [*_row_read(found[begin:index], latex, offset, numbers_only=cases > 0), token]
            begin = index + 1
        cases += token.depth if rows and token.text == "cases" else 0
    return result


def _row_read(row: list[Token], latex: str, offset: int, *, numbers_only: bool) -> list[Token]:
    """A row without the number at its beginning or its end, and with the words of the brackets there."""
    first, last = 0, len(row)
    while first < last and row[first].text == "&":
        first += 1
    while last > first and row[last - 1].text in {".", ",", ";", "&"}:
        last -= 1
    content = row[first:last]
    if not content:
        return row
    content = _without_first_number(content, latex, offset)
    while content and content[-1].text in {")", "]"}:
        shorter = _last_bracket_read(content, latex, offset, numbers_only=numbers_only)
        if shorter is None:
            break
        content = shorter
    return [*row[:first], *content, *row[last:]]


def _without_first_number(row: list[Token], latex: str, offset: int) -> list[Token]:
    behind = _behind_number(row, 0) if row[0].text in _BRACKETS else 0
    if not 0 < behind < len(row) or not _has_relation(row[behind:]):
        return row
    inside, following = row[1 : behind - 1], row[behind]
    apart = _SET_SPACE.search(latex, row[behind - 1].end - offset, following.start - offset) is not None
    if following.kind in _OF_VALUES or following.text in _BEGINS or (apart and following.text in OPEN):
        again = inside[0].kind == "letter" and any(one.text == inside[0].text for one in row[behind:])  # (a) x = a
        if (apart and not again) or not inside[0].text.isalnum() or [one.text for one in inside] == ["1"]:
            return row[behind:]
    elif not (apart and following.text in {"-", "−"}):
        return row
    return [*row[:behind], _perhaps_apart(following), *row[behind:]]


def _perhaps_apart(token: Token) -> Token:
    return Token("command", "\\quad", token.start, token.start)


def _last_bracket_read(row: list[Token], latex: str, offset: int, *, numbers_only: bool) -> list[Token] | None:
    """A row with what its last bracket says; None where that is an operand."""
    opening = _opening(row, len(row) - 1)
    if opening > 0 and _is_plainly_an_operand(row[opening + 1 : -1]):
        return None
    if opening == 0 and row[1].kind == "text" and _has_relation(row[1:-1]):  # \\quad (if x > 0)
        return row[1:-1]
    if opening < 1:
        return None
    before, inside = row[opening - 1], row[opening + 1 : -1]
    gap = latex[before.end - offset : row[opening].start - offset]
    head = None if before.kind == "number" and _SET_SPACE.search(gap) else _applied_head(row, opening - 1)
    if _behind_number(row, opening) == len(row) and inside[0].kind == "number":
        return _without_last_number(row, opening, gap, None if before.kind == "number" else head)
    if numbers_only or row[opening].text != "(" or not inside or not _ends_expression(before):
        return None
    if all(one.kind == "text" for one in inside):
        words = " ".join([one.text for one in inside])
        if before.kind != "number" and not (gap and is_condition_in_words(words)):
            return None
        return [*row[:opening], Token("text", words, row[opening].start, row[-1].end)]
    if any(one.text in {"\\forall", "\\exists"} for one in row) or any(one.text in ARROWS for one in inside):
        return None
    if not _has_relation(inside) or (head is not None and (not gap or _is_applied(head))):
        return None
    if inside[0].kind == "text":
        return [*row[:opening], *inside]
    return [*row[:opening], Token("text", "if", row[opening].start, row[opening].end), *inside]


def _is_plainly_an_operand(inside: list[Token]) -> bool:
    """Whether a bracket holds no number, no word and no relation."""
    return (
        bool(inside)
        and inside[0].kind != "number"
        and "text" not in [one.kind for one in inside]
        and RELATION_WORDS.keys().isdisjoint([one.text for one in inside])
    )


def _without_last_number(row: list[Token], opening: int, gap: str, head: Token | None) -> list[Token] | None:
    number = [one.text for one in row[opening:]]
    end = opening
    while end > 0 and row[end - 1].text in _DOTS:
        end -= 1
    if not end or not _has_relation(row[:end]) or not _ends_expression(row[end - 1]):
        return None
    if end < opening:  # dots lead to the number, but in n (n - 1) \cdots (1)
        signs = [at for at in range(end) if row[at].text in RELATION_WORDS]
        factors = {"(", "\\cdot", "\\times", "*"} & {one.text for one in row[signs[-1] :]}
        return None if factors - {"("} or "(" in [one.text for one in row[signs[-1] : end]] else row[:end]
    again = any([one.text for one in row[at : at + len(number)]] == number for at in range(opening))
    if again or not gap or (head is not None and _is_applied(head)):
        return None
    return row[:opening] if _SET_SPACE.search(gap) else [*row[:opening], _perhaps_apart(row[opening]), *row[opening:]]


def _opening(row: list[Token], closing: int) -> int:
    """Where the bracket opens that closes here; -1 if none does."""
    depth = 0
    for index in range(closing, -1, -1):
        depth += row[index].depth
        if depth == 0:
            return index
    return -1


def _applied_head(row: list[Token], index: int) -> Token | None:
    """The name, with its scripts, that ends here and a bracket behind it could be applied to; None where something else ends."""
    while index > 0:
        if row[index].text == "}":
            index = _opening(row, index)
            if index > 0 and row[index - 1].text in _BEGINS:
                return row[index - 1]
            if index < 1 or row[index - 1].text not in {"_", "^"}:
                return None
            index -= 2
        elif row[index - 1].text in {"_", "^"}:
            index -= 2
        else:
            break
    head = row[max(index, 0)]
    return head if head.kind in {"letter", "upright", "text"} or head.text in _BEGINS or head.text == "1" else None


def _is_applied(head: Token) -> bool:
    """Whether a letter or word takes what stands in the bracket behind it, even where a space is set before it."""
    return (
        head.kind in {"upright", "text"}
        or head.text in _APPLIED
        or head.text[1:] in FONTS
        or head.text[1:] in FUNCTIONS
    )
