"""What stands over or under a relation sign: the reason of the step, or what kind of relation is meant."""

from __future__ import annotations

from derive.language.syntax import RELATION_WORDS
from derive.read.formula.brackets import closing_braces
from derive.read.formula.tokens import Token

_LONGEST_SIGN = 20  # tokens, with braces
_OVER = frozenset({"\\overset", "\\stackrel", "\\underset"})
_DEFINITIONS = frozenset(
    {"def", "def.", "define", "defn", "\\triangle", "\\Delta", ":", "\\mathrm{def}", "\\textrm{def}", "\\text{def}"}
)
_DISTRIBUTIONS = frozenset({"d", "D", "\\mathrm{d}", "\\text{d}", "\\mathcal{D}", "\\mathcal{d}"})
_OPERATORS = frozenset({"+", "-", "\\cdot", "\\times"})


def without_labels(found: list[Token], latex: str, offset: int) -> tuple[list[Token], dict[int, str]]:
    """The tokens with plain relation signs, and what stood over the sign that begins at an offset.

    `\\overset{\\text{def}}{=}` is `:=`, an equality in distribution is no equality; "?" and "!" are kept as they are.
    """
    if ("set" not in latex and "stackrel" not in latex) or _OVER.isdisjoint([token.text for token in found]):
        return found, {}
    result: list[Token] = []
    over: dict[int, str] = {}
    closing = closing_braces(found)

    def behind(argument: int) -> int:
        """Behind the braced argument that begins here, or the one token."""
        last = len(found) - 1
        return min(closing.get(argument, last - 1) + 1 if found[argument].text == "{" else argument + 1, last)

    index = 0
    while index < len(found):
        token = found[index]
        if token.text not in _OVER:
            result.append(token)
            index += 1
            continue
        middle = behind(min(index + 1, len(found) - 1))
        end = behind(middle)
        base = [one for one in found[middle : min(end, middle + _LONGEST_SIGN)] if one.text not in {"{", "}"}]
        if len(base) != 1 or base[0].text not in {*RELATION_WORDS, *_OPERATORS}:
            result.append(token)
            index += 1
            continue
        label = latex[found[index + 1].start - offset : found[middle - 1].end - offset].strip()
        label = label[1:-1].strip() if label.startswith("{") else label
        sign = base[0].text
        if sign == "=" and label in _DEFINITIONS:
            sign, label = ":=", ""
        elif sign == "=" and label in _DISTRIBUTIONS:
            sign = "\\equiv"
        result.append(base[0].changed(sign, start=token.start, end=found[end - 1].end))
        if label and sign in RELATION_WORDS:
            over[token.start] = label
        index = end
    return result, over
