r"""Arrows that say where something tends: n \rightarrow \infty, x \longrightarrow 0, t \nearrow 1 are n \to \infty, ..., and no implications."""

from __future__ import annotations

import re

from derive.language.spelling import DOTS
from derive.language.syntax import RELATION_WORDS
from derive.read.formula.brackets import ARROWS, closing_braces, is_script
from derive.read.formula.tokens import Token

_LEVEL = frozenset({"\\rightarrow", "\\longrightarrow"})
_VERTICAL = frozenset({"\\uparrow", "\\downarrow"})
_SLANTED = frozenset({"\\nearrow", "\\searrow"})
_TENDING = _LEVEL | _VERTICAL | _SLANTED
_ENDS = frozenset({",", ";", ".", ":", "\\colon", "\\\\", "\\&", "&", "\\quad", *DOTS, *ARROWS}) - _LEVEL
_SIGNS = frozenset({"+", "-", "−", "\\pm"})
_CAPITALS = re.compile(r"[A-Z]|\\[A-Z][a-z]+")
# Words behind which an arrow says where something tends, whatever is written on its sides.
_BEHIND = re.compile(
    r"(?:\b(?:as|when|while|whenever|where|with|for|if|letting|let|in the limit)|일\s*때)\W*$", re.IGNORECASE
)


def tending(found: list[Token]) -> list[Token]:
    r"""The tokens, with \to for such arrows: towards infinity, of a lone name towards a value, and of what stands behind "as" or "when"."""
    if _TENDING.isdisjoint([token.text for token in found]):
        return found
    changed = list(found)
    scripts = 0  # what stands in braces: subscripts, and the arguments of commands
    for index, token in enumerate(found):
        scripts += {"{": 1, "}": -1}.get(token.text, 0)
        if scripts or token.text not in _TENDING or is_script(found, index):
            continue
        left, word = _before(found, index)
        right = _behind(found, index)
        beside = {found[index + len(right) + 1].text, found[index - len(left) - 1].text if index > len(left) else ""}
        if left and right and _tends(token.text, left, right, word, not beside & _TENDING):
            changed[index] = token.changed("\\to")
    return changed


def _tends(arrow: str, left: list[Token], right: list[Token], word: str, single: bool) -> bool:
    target = [token.text for token in right]
    end = target[1:] if target[0] in _SIGNS else target
    if end == ["\\infty"]:
        return True
    if not RELATION_WORDS.keys().isdisjoint([*target, *(token.text for token in left)]):
        return False
    if arrow in _SLANTED or (word and arrow in _LEVEL):
        return True
    named = single and _is_name(left)  # and no path a \\rightarrow u \\rightarrow f
    if len(end) == 1 and right[-1].kind == "number":
        return named
    letters = len(end) < len(target) or not (_CAPITALS.fullmatch(left[0].text) and _CAPITALS.fullmatch(end[0]))
    return named and letters and _is_name(right[len(target) - len(end) :])


def _before(found: list[Token], index: int) -> tuple[list[Token], str]:
    """What stands before an arrow, up to a sign that ends it, and the words there that may introduce what tends somewhere."""
    depth = 0
    for place in range(index - 1, -1, -1):
        token = found[place]
        depth -= token.depth
        if depth < 0:
            return found[place + 1 : index], ""
        if depth == 0 and (token.kind in {"text", "begin", "close"} or token.text in _ENDS or token.text in _TENDING):
            words = token.text if token.kind == "text" and _BEHIND.search(token.text) else ""
            return found[place + 1 : index], words
    return found[:index], ""


def _behind(found: list[Token], index: int) -> list[Token]:
    """What stands behind it, up to a sign that ends it."""
    depth = 0
    for place in range(index + 1, len(found)):
        token = found[place]
        depth += token.depth
        ends = token.kind in {"text", "begin", "close", "end"} or token.text in _ENDS or token.text in _TENDING
        if depth < 0 or (depth == 0 and ends):
            return found[index + 1 : place]
    return found[index + 1 :]


def _is_name(run: list[Token]) -> bool:
    """x, x_n, \\vec{x}, \\theta^{(k)}: a letter with its fonts and scripts."""
    closing = closing_braces(run)
    place = 0
    if run[0].kind == "command" and len(run) > 1 and run[1].text == "{":  # a font
        place = closing.get(1, 0) + 1
    elif run[0].kind in {"letter", "greek", "command", "upright"} and run[0].text not in RELATION_WORDS:
        place = 1
    while 0 < place < len(run):
        if run[place].text == "'":
            place += 1
        elif run[place].text in {"_", "^"} and place + 1 < len(run):
            place = closing.get(place + 1, place + 1) + 1
        else:
            return False
    return place == len(run)
