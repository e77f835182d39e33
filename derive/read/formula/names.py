"""The document-wide scan for names that are functions, and names that are numbers (R4)."""

from __future__ import annotations

from derive.language.spelling import FONTS, GREEK, GREEK_UNICODE
from derive.language.syntax import RELATION_WORDS, UnreadError
from derive.read.formula.brackets import ARROWS, FRACTIONS, after_script, bracket, split
from derive.read.formula.expressions import Names, Parser
from derive.read.formula.tokens import Token, tokens


def function_names(latex: str) -> tuple[set[str], set[str], set[str]]:
    """(names that are functions, names in headers `f(x) = ...` that may be, names that occur bare) in a formula (R4)."""
    functions: set[str] = set()
    headers: set[str] = set()
    bare: set[str] = set()
    try:
        found = tokens(latex, 0)
    except UnreadError:
        return functions, headers, bare
    index = 0
    fresh = True  # at the beginning of a statement
    while index < len(found) - 1:
        token = found[index]
        parser = Parser(found, Names())
        parser.index = index
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
                index = parser.index
                if numerator:
                    functions.add(key)
            continue
        if token.text in {"_", "^"}:
            index = after_script(found, index)
            continue
        key = _name_here(parser)
        if key is None:
            fresh = token.text in ARROWS or token.text in {"\\\\", "&", ",", "\\&"} or token.kind in {"text", "begin"}
            index += 1
            continue
        if key == "\\Gamma":  # the gamma function unless declared; never an unknown one
            bare |= set() if found[parser.index].text == "(" else {key}
            fresh, index = False, parser.index
            continue
        after = parser.index
        primed = found[after].text.startswith("'") and found[after].kind == "symbol"
        if primed:
            after += 1
        if found[after].text == "(":
            inside, closing = bracket(found, after)
            vector = bool(inside) and inside[0].text in {"\\vec", "\\mathbf", "\\boldsymbol", "\\bm"}
            several = len(split(inside, {","})) > 1
            names_only = bool(inside) and all(
                one.kind in {"letter", "number"} or one.text in {",", "_", "{", "}"} for one in inside
            )
            ends = (
                closing + 1 >= len(found) - 1
                or found[closing + 1].text in RELATION_WORDS
                or found[closing + 1].kind == "text"
            )
            if primed or vector or several:
                functions.add(key)
            elif fresh and names_only and ends:
                headers.add(key)
        elif found[after].text == "^" and _power_of_value(found, after):
            headers.add(key)
        elif found[after].text == ":" and not primed:
            functions.add(key)
        elif not primed:
            bare.add(key)
        fresh = False
        index = after
    return functions, headers, bare


def _power_of_value(found: list[Token], index: int) -> bool:
    """`f^n(a)`, a letter as exponent and a bracket with one name: a power of a value, unless f is a number elsewhere."""
    behind = after_script(found, index)
    script = [token for token in found[index + 1 : behind] if token.text not in {"{", "}"}]
    if behind >= len(found) or found[behind].text != "(" or len(script) != 1 or script[0].kind != "letter":
        return False
    inside, _ = bracket(found, behind)
    return len(inside) == 1 and inside[0].kind == "letter"


def _name_here(parser: Parser) -> str | None:
    token = parser.token
    name = token.text[1:] if token.kind == "command" else ""
    if (
        token.kind != "letter"
        and token.text not in GREEK_UNICODE
        and name not in GREEK
        and name not in FONTS
        and name != "varDelta"
    ):
        return None
    try:
        return parser.name().key
    except UnreadError:
        return None
