"""The document-wide scan for names that are functions, and names that are numbers (R4)."""

from __future__ import annotations

from dataclasses import dataclass, field

from derive.language.spelling import FONTS, GREEK, GREEK_UNICODE
from derive.language.syntax import RELATION_WORDS, UnreadError
from derive.read.formula.brackets import ARROWS, CLOSE, FRACTIONS, OPEN, after_script, bracket, split
from derive.read.formula.expressions import Names, Parser
from derive.read.formula.tokens import Token, tokens

# Letters that are densities and probabilities in a text that speaks of these, or where they are applied now to one argument, now to several.
_DENSITIES = frozenset({"p", "q", "P", "Q"})
_DISTRIBUTIONS = frozenset({"N", "U"})
_STATISTICS = frozenset({"E", "Var", "Cov", "KL", "Pr", "var", "cov", "Corr", "corr"})


@dataclass(slots=True)
class Uses:
    """How the names of formulas are used: as functions (R4), in headers `f(x) = ...` that may make them functions, bare, as operators
    (with a bar or a relation in the bracket, in square brackets); and to how many arguments each is applied."""

    functions: set[str] = field(default_factory=set)
    headers: set[str] = field(default_factory=set)
    bare: set[str] = field(default_factory=set)
    operators: set[str] = field(default_factory=set)
    counts: dict[str, set[int]] = field(default_factory=dict)
    statistics: bool = False

    def overloaded(self) -> set[str]:
        """The names that are operators by all their uses."""
        found = set(self.operators)
        for key, counts in self.counts.items():
            several, letter = len(counts) > 1, _letter(key)
            if several and letter in _DENSITIES | _DISTRIBUTIONS:
                found.add(key)
            if letter in _DENSITIES and self.statistics and key not in self.bare:
                found.add(key)
        return found


def function_names(latex: str, uses: Uses) -> None:
    """Adds the uses of names in a formula."""
    functions, headers, bare = uses.functions, uses.headers, uses.bare
    try:
        found = tokens(latex, 0)
    except UnreadError:
        return
    index = 0
    fresh = True  # at the beginning of a statement
    while index < len(found) - 1:
        token = found[index]
        parser = Parser(found, Names())
        parser.index = index
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
                index = parser.index
                if numerator:
                    functions.add(key)
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
        if found[after].text == "[" and key in {"E", "V"}:
            uses.operators.add(key)
        if found[after].text == "(":
            inside, closing = bracket(found, after)
            quantified = index > 0 and found[index - 1].text in {"\\forall", "\\exists", "\\neg"}
            if not quantified and _is_event(inside):
                uses.operators.add(key)
                uses.statistics = True
            uses.counts.setdefault(key, set()).add(len(split(inside, {",", ";"})))
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
        elif not primed and "||" not in {found[index - 1].text if index else "", found[after].text}:
            bare.add(key)  # not where it is told from another density: KL[p || q]
        fresh = False
        index = after


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


def _is_event(inside: list[Token]) -> bool:
    """Whether a bracket holds what only a probability is taken of: a relation, or an odd number of bars, outside of inner brackets."""
    bars = {"|": 0, "||": 0}
    depth = 0
    for index, token in enumerate(inside):
        if token.kind == "begin" or token.text in OPEN:
            depth += 1
        elif token.kind == "close" or token.text in CLOSE:
            depth -= 1
        elif depth == 0 and token.text in bars:
            bars[token.text] += 1
        elif depth == 0 and token.text in RELATION_WORDS and not (index and inside[index - 1].text in {"_", "^"}):
            return True
    return any(count % 2 for count in bars.values())


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
        token.kind not in {"letter", "upright"}
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
