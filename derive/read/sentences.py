"""Which formulas of a text stand in one sentence: how far a condition carries that is said only of what follows it.

A sentence ends with a full stop, a semicolon, its block, or before a capital letter behind a display. It does not end before a display that it leads to, across an empty line, nor behind a
display that it goes on after; and what begins with "then", "hence", "also" and the like goes on with the sentence before it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from derive.language.prose import composed, continues_list, looks_back, mark_after, mark_before

_END = re.compile(r"(?<!\b[ie]\.[eg])(?<!\bresp)(?<!\bcf)(?<!\bw\.r\.t)(?<!\bs\.t)[.!?;。](?=[\s$*_)\"']|$)|(?<=다)\.")
_BLOCK = re.compile(r"\n[ \t\r]*\n|\n[ \t]*(?:[-*+>]|\d{1,9}[.)])[ \t]|^ {0,3}#{1,6}[ \t]", re.MULTILINE)
_EMPTY_LINE = re.compile(r"\n[ \t\r]*\n")
_DISPLAY_END = re.compile(r"[.;!?。](?:\s|\\\\|\\end\{[^{}]*\}|\\(?:label|tag)\{[^{}]*\}|[}$])*$")
_GOES_ON = re.compile(
    r"[\s$*_,]*(?:(?:and )?(?:then|hence|so|thus|therefore|consequently|also|moreover|furthermore|in (?:this|that|which) case|under this|it follows|"
    r"this (?:gives|means|implies|yields|leads)|which)\b|그러면|따라서|그러므로|이때|이 때|이 경우|즉|또한)",
    re.IGNORECASE,
)
_BEGINS = re.compile(r"[\s*_(]*(?:[A-Z][a-z]*\b|만약|만일)")
_LOWER = re.compile(r"\s*(?:[a-z]|\$?\s*[가-힣])")


def sentences(text: str, spans: Sequence[tuple[int, int, int, int, bool]]) -> list[int]:
    """For every formula, given as (opened, start, end, closed, display) in order, the number of its sentence."""
    found: list[int] = []
    number = 1
    opening = False  # a line that ends with a condition opens what stands below it, formula by formula
    for index, (opened, _, _, _, display) in enumerate(spans):
        if index:
            _, start, end, closed, displayed = spans[index - 1]
            stopped = displayed and (
                _DISPLAY_END.search(text, max(start, end - 120), end) is not None
                or _BEGINS.match(text, closed, opened) is not None
            )
            between = text[closed:opened]
            opening = not stopped and (_opens(between) if between.strip() else opening)
            number += not (opening or _is_one(between, stopped, displayed, display))
        found.append(number)
    return found


def _opens(prose: str) -> bool:
    """Whether the words behind a formula make a condition of it, of what stands below: "$x > 0$ 일 때" and an empty line."""
    before, empty, after = prose.partition("\n\n")
    mark, length = mark_after(before)
    return bool(empty) and not after.strip() and mark in _LEADING and not before[length:].strip(" \n,에는")


def _is_one(prose: str, stopped: bool, displayed: bool, display: bool) -> bool:
    """Whether the words between two formulas leave them in one sentence; `stopped`: the first ended with a full stop."""
    prose = composed(prose)[0]
    ends = [match.end() for match in _END.finditer(prose)]
    if ends or stopped:
        rest = prose[ends[-1] :] if ends else prose
        goes_on = _GOES_ON.match(rest) is not None or looks_back(rest)
        return len(ends) + stopped == 1 and _EMPTY_LINE.search(prose) is None and goes_on
    if _BLOCK.search(prose) is None:
        return True
    pieces = _EMPTY_LINE.split(prose)
    if len(pieces) != 2 or any(_BLOCK.search(piece) for piece in pieces):
        return False
    before, after = pieces
    if display and not after.strip():  # words, an empty line, a display
        return bool(before.strip()) and not displayed
    return displayed and not before.strip() and _LOWER.match(after) is not None


# What stands behind a list of conditions and before what is said under them; and before what follows from that.
_THEN = re.compile(
    r"[\s$,]*(?:then|we|it\s+(?:follows|holds)|there|one\s+(?:has|gets|obtains|finds)|the|this|that|both|each|every)\b",
    re.IGNORECASE,
)
_CASE = re.compile(r"(?:^|[\s,;])(?:and|but|while|whereas|or|however|yet|now)\b[^.]*$", re.IGNORECASE)
_SEVERAL = re.compile(r"\bcases[\s$]*$", re.IGNORECASE)  # the cases a = 1 and a = 2
_BEHIND = re.compile(
    r"\b(?:subject\s+to|s\.\s?t\.|such\s+that|satisfying)[\s$]*$"
)  # what stands under these conditions stands before them
_CONDITIONS = frozenset({"if", "when", "for", "since"})
_LEADING = frozenset({"if", "when"})


def conclusions(text: str, spans: Sequence[tuple[int, int, int, int, bool]], numbers: Sequence[int]) -> frozenset[int]:
    """The formulas that only a comma sets apart from a condition and that are what is said under it: For $x > 0$, $|x| = x$.

    In "If $x > 0$, $y > 0$, then $xy > 0$" another one is, and behind a claim of its sentence a condition has none: "$xy > 0$ for $x > 0$, $y > 0$".
    """
    found: set[int] = set()
    first = 0  # where the list begins
    for index, (opened, _, _, _, _) in enumerate(spans):
        before = text[spans[index - 1][3] if index else 0 : opened]
        if not index or not continues_list(before):
            first = index
            continue
        words = text[spans[first - 1][3] if first else 0 : spans[first][0]]
        if mark_before(words)[0] not in _CONDITIONS or _SEVERAL.search(words) or _BEHIND.search(words):
            continue
        if first and numbers[first - 1] == numbers[first] and _CASE.search(composed(words)[0]) is None:
            continue
        if _concludes(text, spans, index):
            found.add(index)
    return frozenset(found)


def _concludes(text: str, spans: Sequence[tuple[int, int, int, int, bool]], index: int) -> bool:
    """Whether nothing behind a formula of a list is what is said under it: the last one is, with those that "and" joins to it."""
    joined = True
    for position in range(index, len(spans)):
        _, start, end, closed, _ = spans[position]
        following = spans[position + 1][0] if position + 1 < len(spans) else len(text)
        between = text[closed:following]
        stopped = _DISPLAY_END.search(text, max(start, end - 120), end) is not None
        if stopped or position + 1 == len(spans) or _BLOCK.search(between) or _END.search(composed(between)[0]):
            break
        if mark_after(between)[0] in _CONDITIONS or _THEN.match(between):
            return False
        if not continues_list(between):
            break
        joined = joined and "," not in between
    else:
        return False
    if mark_after(text[closed:following])[0] in _CONDITIONS:
        return False
    return joined
