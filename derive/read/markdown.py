"""Markdown to formulas with exact offsets: code, front matter and HTML comments are respected, declarations are found, in linear time."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import NamedTuple

_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})([^\n]*)$", re.MULTILINE)
_HEADING = re.compile(r"^ {0,3}(#{1,6})[ \t]+([^\n]*)$", re.MULTILINE)
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")
_MATH = re.compile(
    r"(?P<escaped>\\\\(?=[(\[])|\\[\\$`])|(?P<code>`+)|(?P<comment><!--)|(?P<display>\$\$)|(?P<inline>\$)|(?P<round>\\{1,2}\()|(?P<square>\\{1,2}\[)|(?P<liquid>\{%|\{\{)"
)
_TICKS = re.compile("`+")
_DECLARATION = re.compile(r"\s*derive:")
_COMMENT_LINE = re.compile(r"(?<!\\)%[^\n]*")


class Raw(NamedTuple):
    """A math span (`kind` "math"), a declaration text ("declaration"), or an opening without its end ("unclosed")."""

    kind: str
    start: int
    end: int
    display: bool = False


class Places:
    """Where signs and blank lines stand in a text, each found once, so that no part of the text is searched again for every opening."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._found: dict[tuple[str, bool], list[int]] = {}
        self._ticks: dict[int, list[int]] | None = None
        blank_lines = [match.span() for match in _BLANK_LINE.finditer(text)]
        self._starts = [*(start for start, _ in blank_lines), len(text)]
        self._ends = [end for _, end in blank_lines]
        self._paragraph = (0, self._starts[0])

    def find(self, sign: str, begin: int, limit: int, *, unescaped: bool = False) -> int:
        """The first place of the sign from `begin` on and before `limit`, -1 if there is none; `unescaped`: with no backslash before it."""
        found = self._found.get((sign, unescaped))
        if found is None:
            before = r"(?<!\\)" if unescaped else ""
            found = [match.start() for match in re.finditer(f"(?={before}{re.escape(sign)})", self.text)]
            self._found[sign, unescaped] = found
        return _first(found, begin, limit)

    def find_ticks(self, length: int, begin: int, limit: int) -> int:
        """As `find`, of a run of exactly so many backticks."""
        if self._ticks is None:
            self._ticks = {}
            for match in _TICKS.finditer(self.text):
                self._ticks.setdefault(match.end() - match.start(), []).append(match.start())
        return _first(self._ticks.get(length, []), begin, limit)

    def paragraph_end(self, position: int) -> int:
        """The beginning of the next blank line."""
        begin, end = self._paragraph
        if not begin <= position <= end:
            index = bisect_left(self._starts, position)
            end = self._starts[index] if index < len(self._starts) else len(self.text)
            self._paragraph = (position, end)
        return end

    def paragraph(self, position: int) -> int:
        """How many blank lines stand before."""
        return bisect_right(self._ends, position)


def _first(found: list[int], begin: int, limit: int) -> int:
    index = bisect_left(found, begin)
    return found[index] if index < len(found) and found[index] < limit else -1


def scan(text: str) -> tuple[list[Raw], list[tuple[int, int, str]], Places]:
    """The spans in order, the headings as (offset, level, text), and where things stand."""
    found: list[Raw] = []
    places = Places(text)
    blocked = _fenced(text, found)
    position = _front_matter(text, found)
    headings = [
        (match.start(), len(match.group(1)), match.group(2).rstrip().rstrip("#").strip())
        for match in _HEADING.finditer(text, position)
        if not _inside(match.start(), blocked)
    ]
    fences = iter(blocked)
    fence = next(fences, None)
    while True:
        match = _MATH.search(text, position)
        if match is None:
            break
        while fence is not None and fence[1] <= match.start():
            fence = next(fences, None)
        if fence is not None and fence[0] <= match.start() < fence[1]:
            position = fence[1]
            continue
        position = _one(places, match, found)
    found.sort(key=lambda raw: raw.start)
    return found, headings, places


def _one(places: Places, match: re.Match[str], found: list[Raw]) -> int:
    """Handles one opening; returns where to go on."""
    text = places.text
    kind, start, end = match.lastgroup, match.start(), match.end()
    if kind == "escaped":
        return end if match.group() != "\\\\" else start + 1
    if kind == "code":
        length = end - start
        close = places.find_ticks(length, end, places.paragraph_end(end))
        return close + length if close >= 0 else end
    if kind == "comment":
        close = places.find("-->", end, len(text))
        close = len(text) if close < 0 else close
        declaration = _DECLARATION.match(text, end, close)
        if declaration:
            found.append(Raw("declaration", declaration.end(), close))
        return min(len(text), close + 3)
    if kind == "liquid":
        close = places.find("%}" if match.group() == "{%" else "}}", end, end + 2000)
        return close + 2 if close >= 0 else end
    if kind == "display":
        close = places.find("$$", end, len(text), unescaped=True)
        if close < 0:
            found.append(Raw("unclosed", start, places.paragraph_end(start)))
            return end
        found.append(Raw("math", end, close, True))
        return close + 2
    if kind == "inline":
        return _dollar(places, start, end, found)
    closing = (
        ("\\)" if kind == "round" else "\\]") if len(match.group()) == 2 else ("\\\\)" if kind == "round" else "\\\\]")
    )
    close = places.find(closing, end, len(text))
    if close < 0:
        return end
    found.append(Raw("math", end, close, kind == "square"))
    return close + len(closing)


def _dollar(places: Places, start: int, end: int, found: list[Raw]) -> int:
    """`$...$` within a paragraph. Money is no formula: a digit behind the dollar, and no closing one that can close."""
    text = places.text
    limit = places.paragraph_end(end)
    close = places.find("$", end, limit, unescaped=True)
    money = text[end : end + 1].isdigit()
    if close < 0:
        if not money:
            found.append(Raw("unclosed", start, limit))
        return end
    if money and (text[close - 1 : close].isspace() or text[close + 1 : close + 2].isdigit()):
        return end
    found.append(Raw("math", end, close))
    return close + 1


def _fenced(text: str, found: list[Raw]) -> list[tuple[int, int]]:
    """Code fences; a MyST math fence is a formula."""
    blocked: list[tuple[int, int]] = []
    opened: re.Match[str] | None = None
    for match in _FENCE.finditer(text):
        if opened is None:
            opened = match
        elif (
            match.group(1)[0] == opened.group(1)[0]
            and len(match.group(1)) >= len(opened.group(1))
            and not match.group(2).strip()
        ):
            blocked.append((opened.start(), match.end()))
            if opened.group(2).strip().startswith(("{math}", "math")):
                found.append(Raw("math", opened.end() + 1, match.start(), True))
            opened = None
    if opened is not None:
        blocked.append((opened.start(), len(text)))
    return blocked


def _front_matter(text: str, found: list[Raw]) -> int:
    """Behind the YAML front matter; its `derive:` key is a declaration."""
    match = re.match(r"---[ \t]*\r?\n(.*?\n)---[ \t]*\r?(?:\n|$)", text, re.DOTALL)
    if match is None:
        return 0
    key = re.search(
        r"^derive:[ \t]*(?:\|[ \t]*\r?\n((?:[ \t]+.*\n)+)|\"?([^\n\"]*)\"?[ \t]*$)", match.group(1), re.MULTILINE
    )
    if key is not None:
        group = 1 if key.group(1) else 2
        found.append(Raw("declaration", match.start(1) + key.start(group), match.start(1) + key.end(group)))
    return match.end()


def _inside(position: int, blocked: list[tuple[int, int]]) -> bool:
    index = bisect_right(blocked, (position, len(blocked) and blocked[-1][1])) - 1
    return index >= 0 and position < blocked[index][1]


def comments(latex: str, offset: int) -> tuple[tuple[int, str], ...]:
    """The TeX comments of a formula, with their offsets."""
    return tuple((offset + match.start(), match.group()[1:].strip()) for match in _COMMENT_LINE.finditer(latex))
