"""Scripts of names: which superscripts belong to a name (marks, indices in brackets), which turn it, and the canonical text of each."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

from derive.language.spelling import FONTS
from derive.read.formula.tokens import Token

# A superscript that is a mark of the name, with its canonical spelling.
MARKS = {"*": "*", "\\ast": "*", "\\star": "*", "+": "+", "-": "-", "\\dagger": "\\dagger", "\\perp": "\\perp", "\\sharp": "\\sharp", "\\flat": "\\flat", "\\natural": "\\natural"}  # fmt: skip
ORDINALS = frozenset({"th", "st", "nd", "rd"})
_BRACKETS = {"(": ")", "[": "]", "<": ">", "\\langle": "\\rangle"}
_BOLD = frozenset({"mathbf", "boldsymbol", "bm"})
_INDEX = re.compile(r"[A-Za-z]+|\\[A-Za-z]+|\d+|[-+,*]")


def is_transpose(group: list[Token]) -> bool:
    """T, \\top and the like, in any font."""
    if len(group) > 1:
        group = [one for one in group if one.text not in {"{", "}", "\\rm"} and one.text[1:] not in FONTS]
    return len(group) == 1 and group[0].text in {"T", "\\top", "\\intercal"}


def small_transposes(found: list[Token]) -> tuple[dict[int, bool], bool]:
    """Where a lone small t stands above what may be a matrix or a vector, X^t X, (AB)^t, x^t y, each with whether the same letter stands behind it, as in no power; and whether
    there is another t."""
    places: dict[int, bool] = {}
    others = False
    for index, token in enumerate(found):
        if token.text != "t" or token.kind != "letter":
            continue
        braced = index > 1 and found[index - 1].text == "{" and found[index + 1].text == "}"
        sign = index - 1 - braced
        if sign < 1 or found[sign].text != "^":
            others = True
            continue
        base, behind = _base_before(found, sign), found[index + 1 + braced : index + 2 + braced + max(sign, 1)]
        letters = [one.text for one in base if one.kind == "letter"]
        bold = any(one.text in {"\\mathbf", "\\boldsymbol", "\\bm", "\\vec"} for one in base)
        follows = bool(behind) and (behind[0].kind == "letter" or behind[0].text[1:] in FONTS)
        if bold or any(one.isupper() for one in letters) or (follows and letters in ([one] for one in "abuvwxyz")):
            following, length = [one.text for one in behind], len(base)
            inside = bool(following) and following[0].isupper()  # x^t A x
            places[index] = [one.text for one in base] in (
                following[:length],
                following[1 : length + 1] if inside else [],
            )
        else:
            others = True
    return places, others


def tangential(found: list[Token]) -> set[str]:
    """What is the sum of its tangential and its normal part, X^\\top + X^\\perp: no transpose stands there."""
    parts: list[tuple[str, str, int, int]] = []
    for index, token in enumerate(found):
        braced = index > 1 and found[index - 1].text == "{" and found[index + 1].text == "}"
        sign = index - 1 - braced
        if token.text in {"\\top", "\\perp"} and sign > 0 and found[sign].text == "^":
            base = _base_before(found, sign)
            parts.append((written(base), token.text, sign - len(base), index + 1 + braced))
    return {
        one[0]
        for one, other in pairwise(parts)
        if one[0] == other[0] and one[1] != other[1] and other[2] == one[3] + 1 and found[one[3]].text in {"+", "-"}
    }


def part_before(found: list[Token], index: int) -> str:
    """What the superscript that stands here is one of, as `tangential` writes it."""
    return written(_base_before(found, index))


def written(run: list[Token]) -> str:
    """The texts of tokens."""
    return " ".join([one.text for one in run])


def _base_before(found: list[Token], index: int) -> list[Token]:
    """What stands before a superscript: a letter with its font, or a bracket."""
    first = index - 1
    if found[first].text in {")", "]", "}"}:
        depth = 0
        for place in range(first, -1, -1):
            depth += (found[place].text in {")", "]", "}"}) - (found[place].text in {"(", "[", "{"})
            if depth == 0:
                first = place
                break
    if first and found[first - 1].text[1:] in FONTS:
        first -= 1
    return found[first:index]


def is_index(group: list[Token]) -> bool:
    """Whether tokens can be an index: numbers, letters and their neighbours k+1, commas; not a power, a fraction, or a sum of two letters."""
    letters = numbers = 0
    for position, token in enumerate(group):
        if token.kind not in {"letter", "number", "symbol", "command", "text", "upright"} or len(group) > 9:
            return False
        if token.kind == "text":
            continue
        if _INDEX.fullmatch(token.text) is None:
            return False
        if token.text == ",":
            letters = numbers = 0
        elif token.text in {"+", "-"}:
            if position == 0:
                return False
        elif token.kind == "number":
            numbers += 1
        elif token.text != "*":
            letters += 1
        if letters > 1 or numbers > 1:
            return False
    return bool(group)


def mark_of(group: list[Token], canonical: Callable[[list[Token]], str]) -> str:
    """`^{*}`, `^{new}`, `^{(i)}` for a superscript that belongs to its name; empty for any other."""
    if not group or is_transpose(group):
        return ""
    texts = [one.text for one in group]
    if len(group) == 1 and texts[0] in MARKS:
        return f"^{{{MARKS[texts[0]]}}}"
    if all(text in {"*", "\\ast", "\\star"} for text in texts):
        return f"^{{{'*' * len(texts)}}}"
    if len(group) == 1 and group[0].kind in {"text", "upright"} and texts[0] not in ORDINALS:
        return f"^{{\\mathrm{{{texts[0]}}}}}"
    closing = _BRACKETS.get(texts[0])
    if closing is not None and texts[-1] == closing and is_index(group[1:-1]):
        opening = "<" if texts[0] == "\\langle" else texts[0]
        return f"^{{{opening}{canonical(group[1:-1])}{_BRACKETS[opening]}}}"
    return ""


def decorated(font: str, base: str) -> str:
    """A font or an accent on a name: its marks stay outside, and bold in bold is bold."""
    match = re.fullmatch(r"(.*?)((?:\^\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\})*)", base)
    assert match is not None
    core, marks = match.groups()
    if font in _BOLD and core.startswith(tuple(f"\\{bold}{{" for bold in _BOLD)):
        return core + marks
    return f"\\{font}{{{core}}}{marks}"


_CONTROL_WORD_AT_END = re.compile(r"\\[A-Za-z]+\Z")


def spaced(parts: list[str]) -> str:
    """The parts of a script joined, with a space behind a control word that a letter follows."""
    if len(parts) == 1:
        return parts[0]
    before = ""
    found: list[str] = []
    for part in parts:
        if part[:1].isalpha() and _CONTROL_WORD_AT_END.search(before):
            found.append(" ")
        found.append(part)
        before = part or before
    return "".join(found)


_FACTOR = r"(?:[A-Za-z]|\\[a-z]+ ?)(?:_\{[^{}]*\})?"
_TERM = rf"(?:\d+|\d*{_FACTOR}(?:\\cdot ?{_FACTOR})*)"
_SUM = re.compile(rf"{_TERM}(?:[-+]{_TERM})+|{_FACTOR}(?:\\cdot ?{_FACTOR})+")
_SIGNED_TERM = re.compile(r"([-+]?)((?:[^-+{}]|\{[^{}]*\})+)")
_FACTORS = re.compile(rf"(\d*)({_FACTOR}(?:\\cdot ?{_FACTOR})*)")


def ordered(script: str) -> str:
    """A script with its sums in one order, 1 + k and k + 2 - 1 as k + 1: they are one index. What may be no index stays: R_{1+2} is of both, E_{2-1} from one to the other."""
    if "+" not in script and "-" not in script and "\\cdot" not in script:
        return script
    return ",".join([_ordered(part) for part in script.split(",")])


def _ordered(part: str) -> str:
    if _SUM.fullmatch(part) is None:
        return part
    added: list[str] = []
    subtracted: list[str] = []
    number = 0
    for sign, term in _SIGNED_TERM.findall(part):
        if term.isdigit():
            number += -int(term) if sign == "-" else int(term)
            continue
        match = _FACTORS.fullmatch(term)
        if match is None:
            return part
        count, factors = match.groups()
        in_order = sorted(one.strip() for one in factors.split("\\cdot"))
        product = spaced([piece for factor in in_order for piece in ("\\cdot", factor)][1:])
        (subtracted if sign == "-" else added).append(count + product)
    letters = [*added, *subtracted]
    if not letters or len({*letters}) != len(letters):
        return part
    first = [str(number)] if number > 0 and not added else []
    text = "+".join([*sorted(added, key=_place), *first])
    text += "".join([f"-{one}" for one in sorted(subtracted, key=_place)])
    return text if first or not number else f"{text}{number:+d}"


def _place(term: str) -> tuple[bool, str]:
    """Latin letters before Greek ones."""
    return "\\" in term, term
