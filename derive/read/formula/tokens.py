"""Tokens of a formula, with exact offsets; white space, comments and spacing macros are dropped."""

from __future__ import annotations

import re
from typing import NamedTuple

from derive.language.spelling import BARE_FUNCTIONS, FUNCTIONS, SPACING, WORDS
from derive.language.syntax import UnreadError

_PATTERN = re.compile(
    r"(?P<space>\s+|%[^\n]*|~)|(?P<command>\\[A-Za-z]+\*?|\\.)|(?P<number>\d+(?:\.\d+)?|\.\d+)|(?P<letters>[A-Za-z]+)|(?P<words>[\uac00-\ud7a3](?:[\uac00-\ud7a3 ,]*[\uac00-\ud7a3])?)"
    r"|(?P<symbol>\|\||:=|<=|>=|'+|.)",
    re.DOTALL,
)
_TEXT_COMMANDS = frozenset(
    {
        "\\text",
        "\\textrm",
        "\\mbox",
        "\\textit",
        "\\textbf",
        "\\mathrm",
        "\\operatorname",
        "\\mathit",
        "\\operatorname*",
    }
)
_ONE_TOKEN_WORDS = tuple(
    sorted(
        {*BARE_FUNCTIONS, *WORDS, "Let", "Where", "If", "Then", "argmax", "argmin"} - {"i.e.", "that is", "set"},
        key=len,
        reverse=True,
    )
)
_DROPPED_WITH_ARGUMENT = frozenset({"\\label", "\\tag", "\\hspace", "\\vspace", "\\phantom", "\\color", "\\tag*"})
_BARS = {
    "\\mid": "|",
    "\\|": "||",
    "\\Vert": "||",
    "\\lVert": "||",
    "\\rVert": "||",
    "\\vert": "|",
    "\\lvert": "|",
    "\\rvert": "|",
}
MAXIMUM_LENGTH = 20_000
MAXIMUM_DIGITS = 2_000


class Token(NamedTuple):
    """kind: command, number, letter, symbol, text (a word or the inside of \\text), operator (an unknown \\operatorname), end; `text` is what stands there."""

    kind: str
    text: str
    start: int
    end: int


def tokens(latex: str, offset: int) -> list[Token]:
    """The tokens of a formula that begins at `offset` of its document. UnreadError for a formula that is too long, or an open group."""
    if len(latex) > MAXIMUM_LENGTH:
        raise UnreadError(offset, "a formula of more than 20,000 characters", "too-long")
    found: list[Token] = []
    position = 0
    while position < len(latex):
        match = _PATTERN.match(latex, position)
        assert match is not None
        kind, text, start, end = match.lastgroup or "symbol", match.group(), match.start(), match.end()
        position = end
        if kind == "space":
            continue
        if kind == "command":
            if text in _TEXT_COMMANDS:
                inside, position = _group(latex, end, offset)
                if inside.strip():
                    kind = "operator" if _is_operator(text, inside.strip(), latex[position : position + 2]) else "text"
                    found.append(Token(kind, inside.strip(), offset + start, offset + position))
                continue
            if text in {"\\begin", "\\end"}:
                inside, position = _group(latex, end, offset)
                found.append(
                    Token(
                        "begin" if text == "\\begin" else "close",
                        inside.strip().rstrip("*"),
                        offset + start,
                        offset + position,
                    )
                )
                continue
            if text in _BARS:
                bar = _BARS[text]
                if text == "\\mid" and found and found[-1].text == "\\mid|":
                    found[-1] = Token("symbol", "||", found[-1].start, offset + end)
                else:
                    found.append(Token("symbol", "\\mid|" if text == "\\mid" else bar, offset + start, offset + end))
                continue
            if text in _DROPPED_WITH_ARGUMENT:
                _, position = _group(latex, end, offset)
                continue
            if text[1:] in SPACING:
                # \left. and \right. are invisible fences; \bigl| is a bar
                if text in {"\\left", "\\right"}:
                    dot = re.match(r"\s*\.", latex[end:])
                    if dot:
                        position = end + dot.end()
                continue
            if text == "\\_":
                text, kind = "_", "symbol"
        if kind == "number" and len(text) > MAXIMUM_DIGITS:
            raise UnreadError(offset + start, "a number of more than 2000 digits", "too-large")
        if kind == "words":
            kind = "text"
        if kind == "letters":
            found += _letters(text, offset + start)
            continue
        found.append(Token(kind, text, offset + start, offset + end))
    found.append(Token("end", "", offset + len(latex), offset + len(latex)))
    return [token._replace(text="|") if token.text == "\\mid|" else token for token in found]


def _is_operator(command: str, name: str, after: str) -> bool:
    """Whether a name in upright letters is applied to something, and is no word of the text: \\operatorname{Var}(X)."""
    if name in FUNCTIONS or (len(name) == 1 and not command.startswith("\\operatorname")):
        return False
    return command.startswith("\\operatorname") or (
        command in {"\\mathrm", "\\mathit"} and after.lstrip()[:1] in {"(", "[", "_", "^"}
    )


def _letters(text: str, start: int) -> list[Token]:
    """Words that are words as a whole run of letters; otherwise single letters."""
    if text in _ONE_TOKEN_WORDS:
        return [Token("text", text, start, start + len(text))]
    return [Token("letter", letter, start + index, start + index + 1) for index, letter in enumerate(text)]


def _group(latex: str, position: int, offset: int) -> tuple[str, int]:
    """The inside of the braces at this position, and where they end."""
    while position < len(latex) and latex[position] in " \n\t":
        position += 1
    if position >= len(latex) or latex[position] != "{":
        if position < len(latex):
            return latex[position], position + 1
        raise UnreadError(offset + len(latex), "an argument is missing", "missing-argument")
    depth = 0
    for index in range(position, len(latex)):
        if latex[index] == "{" and latex[index - 1 : index] != "\\":
            depth += 1
        elif latex[index] == "}" and latex[index - 1 : index] != "\\":
            depth -= 1
            if depth == 0:
                return latex[position + 1 : index], index + 1
    raise UnreadError(offset + position, "this brace is never closed", "unbalanced-brace")
