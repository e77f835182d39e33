"""Formulas to statements (R1, R2, R7 of elaboration.md): cut at words, arrows and rows, then into the members of chains."""

from __future__ import annotations

from dataclasses import dataclass

from derive.language.document import Statement, Unread
from derive.language.spelling import FUNCTIONS, WORDS
from derive.language.syntax import RELATION_WORDS, Node, UnreadError
from derive.read.formula.brackets import ARROWS, CLOSE, OPEN, split, trimmed
from derive.read.formula.expressions import Names, expression
from derive.read.formula.tokens import Token, tokens

_ROWS = frozenset({"aligned", "align", "split", "gather", "gathered", "eqnarray", "equation", "multline", "alignedat"})
_LOGIC = (("\\iff", "\\Leftrightarrow", "\\Longleftrightarrow"), ("\\implies", "\\Rightarrow", "\\Longrightarrow", "\\impliedby"), ("\\lor", "\\vee", "or"), ("\\land", "\\wedge", "and"))  # fmt: skip
_NEGATIONS = frozenset({"\\neg", "\\lnot"})


@dataclass(slots=True)
class _Piece:
    """A run of tokens that is one statement, with what introduces it."""

    tokens: list[Token]
    connector: str
    mark: str


def read_formula(latex: str, offset: int, names: Names, claims: bool = False) -> tuple[Statement | Unread, ...]:
    """The statements of a formula in order; what is not understood is `Unread`, the rest is kept. With `claims`, arrows are connectives."""
    try:
        found = tokens(latex, offset)
    except UnreadError as error:
        return (Unread(error.offset, offset, offset + len(latex), latex, error.message, error.code),)
    parts: list[Statement | Unread] = []
    for piece in _pieces(found, claims):
        start, end = piece.tokens[0].start, piece.tokens[-1].end
        if len(piece.tokens) == 1 and piece.tokens[0].text in RELATION_WORDS:
            continue  # a sign spoken of in prose
        text = latex[start - offset : end - offset]
        try:
            node = _statement(piece.tokens, names, claims)
        except UnreadError as error:
            parts.append(Unread(error.offset, start, end, text, error.message, error.code))
            continue
        except RecursionError:
            parts.append(
                Unread(start, start, end, text, "nested too deep; write it with fewer brackets", "nested-too-deep")
            )
            continue
        leading = node.kind == "chain" and node.children[0].kind == "missing"
        parts.append(Statement(node, start, end, text, piece.connector, piece.mark, leading))
    return tuple(parts)


# --- statements ----------------------------------------------------------------------------------------------------------


def _pieces(found: list[Token], claims: bool) -> list[_Piece]:
    """R2: cut at depth 0 at words, arrows, rows and `\\&`; after a row or `\\&` the mood goes on."""
    pieces: list[_Piece] = []
    current: list[Token] = []
    connector, mark, depth = "", "", 0

    def flush(next_connector: str = "", next_mark: str | None = None) -> None:
        nonlocal current, connector, mark
        content = trimmed(current)
        if content:
            pieces.extend(_Piece(part, connector, mark) for part in _at_commas(content))
            connector = ""
        elif next_connector == "":
            next_connector = connector
        connector = next_connector
        mark = mark if next_mark is None else next_mark
        current = []

    for index, token in enumerate(found[:-1]):
        if token.kind == "begin" and token.text in _ROWS and depth == 0:
            continue
        if token.kind == "close" and token.text in _ROWS and depth == 0:
            continue
        if token.kind == "begin" or token.text in OPEN:
            depth += 1
        elif token.kind == "close" or token.text in CLOSE:
            depth = max(0, depth - 1)
        if depth == 0 and not (current and current[-1].text in {"_", "^"}):
            following = next((one for one in found[index + 1 :] if one.text != "&"), found[-1])
            if token.text == "&":
                continue
            if token.text == "\\\\":
                if following.text in {"+", "-", "\\cdot", "\\times"} and current:
                    continue
                flush()
                continue
            if token.text == "\\&":
                flush()
                continue
            if token.text in ARROWS and not (claims and token.text != "\\therefore"):
                flush(ARROWS[token.text], "")
                continue
            if token.kind == "text" and not (claims and token.text.lower() in {"or", "and", "true", "false"}):
                word = _word(token.text)
                if word is None and token.text in FUNCTIONS:
                    current.append(token)
                    continue
                if word == "or":
                    current.append(token)
                    continue
                flush(
                    "so" if word == "so" else "",
                    None if word == "and" else "" if word in {None, "so", "then"} else word,
                )
                continue
        current.append(token)
    flush()
    return pieces


def _word(text: str) -> str | None:
    """The meaning of words inside a formula, by the first or last of them that is known."""
    words = text.lower().replace(",", " ").replace(".", " ").split()
    for word in (*words[-1:], *words[:1]):
        if word in WORDS:
            return WORDS[word]
    return None


def _at_commas(found: list[Token]) -> list[list[Token]]:
    """Statements separated by commas: only where each piece has a relation of its own, or none has."""
    runs = [run for run in (trimmed(run) for run in split(found, {",", ";"})) if run]
    with_relation = [len(split(run, set(RELATION_WORDS))) > 1 for run in runs]
    if len(runs) > 1 and (all(with_relation) or not any(with_relation)):
        return runs
    return [found]


def _statement(found: list[Token], names: Names, claims: bool) -> Node:
    """A connective, a chain, or a bare expression."""
    for signs, kind in zip(_LOGIC, ("iff", "implies", "or", "and"), strict=True):
        runs = split(found, set(signs))
        if len(runs) > 1:
            if any(not run for run in runs):
                raise UnreadError(found[0].start, "a connective without its statement", "missing-statement")
            parts = [_statement(run, names, claims) for run in runs]
            if kind in {"iff", "implies"} and len(parts) != 2:
                raise UnreadError(found[0].start, "a chain of arrows: write one statement for each", "arrow-chain")
            if any(token.text == "\\impliedby" for token in found):
                parts.reverse()
            return Node(kind, tuple(parts), found[0].start, found[-1].end)
    if found[0].text in _NEGATIONS and len(found) > 1:
        return Node("not", (_statement(found[1:], names, claims),), found[0].start, found[-1].end)
    if len(found) == 1 and found[0].kind == "text" and found[0].text.lower() in {"true", "false"}:
        return Node("constant", (), found[0].start, found[0].end, found[0].text.lower())
    if _wrapped(found) and len(split(found[1:-1], set(RELATION_WORDS))) > 1:
        return _statement(found[1:-1], names, claims)
    return _chain(found, names)


def _wrapped(found: list[Token]) -> bool:
    """Whether one pair of parentheses holds everything."""
    if len(found) < 3 or found[0].text not in {"(", "["} or found[-1].text not in {")", "]"}:
        return False
    depth = 0
    for index, token in enumerate(found):
        if token.kind == "begin" or token.text in OPEN:
            depth += 1
        elif token.kind == "close" or token.text in CLOSE:
            depth -= 1
            if depth == 0:
                return index == len(found) - 1
    return False


def _chain(found: list[Token], names: Names) -> Node:
    words: list[str] = []
    runs: list[list[Token]] = [[]]
    depth = 0
    for index, token in enumerate(found):
        if token.kind == "begin" or token.text in OPEN:
            depth += 1
        elif token.kind == "close" or token.text in CLOSE:
            depth -= 1
        if depth == 0 and token.text in RELATION_WORDS and not (index and found[index - 1].text in {"_", "^"}):
            words.append(RELATION_WORDS[token.text])
            runs.append([])
        elif depth == 0 and token.text == "\\not":
            raise UnreadError(token.start, "write \\neq or \\notin for a negated sign", "negated-relation")
        else:
            runs[-1].append(token)
    if not words:
        return expression(found, names)
    members: list[Node] = []
    for index, run in enumerate(runs):
        if not run:
            if index == 0:
                members.append(Node("missing", (), found[0].start, found[0].start))
                continue
            raise UnreadError(found[-1].end, "a relation sign without its right side", "missing-side")
        members.append(expression(run, names))
    return Node("chain", tuple(members), found[0].start, found[-1].end, " ".join(words))
