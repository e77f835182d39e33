"""Markdown to formulas with exact offsets: code, front matter and HTML comments are respected, declarations are found, in linear time."""

from __future__ import annotations

import re
from dataclasses import dataclass

_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})([^\n]*)$", re.MULTILINE)
_HEADING = re.compile(r"^ {0,3}(#{1,6})\s+(.*?)\s*#*\s*$", re.MULTILINE)
_MATH = re.compile(
    r"(?P<escaped>\\\\(?=[(\[])|\\[\\$`])|(?P<code>`+)|(?P<comment><!--)|(?P<display>\$\$)|(?P<inline>\$)|(?P<round>\\{1,2}\()|(?P<square>\\{1,2}\[)|(?P<liquid>\{%|\{\{)"
)
_COMMENT_LINE = re.compile(r"(?<!\\)%[^\n]*")


@dataclass(frozen=True, slots=True)
class Raw:
    """A math span (`kind` "math"), a declaration text ("declaration"), or an opening without its end ("unclosed")."""

    kind: str
    start: int
    end: int
    display: bool = False


def scan(text: str) -> tuple[list[Raw], list[tuple[int, int, str]]]:
    """The spans in order, and the headings as (offset, level, text)."""
    found: list[Raw] = []
    blocked = _fenced(text, found)
    position = _front_matter(text, found)
    headings = [
        (match.start(), len(match.group(1)), match.group(2))
        for match in _HEADING.finditer(text, position)
        if not _inside(match.start(), blocked)
    ]
    fences = iter(sorted(blocked))
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
        position = _one(text, match, found)
    found.sort(key=lambda raw: raw.start)
    return found, headings


def _one(text: str, match: re.Match[str], found: list[Raw]) -> int:
    """Handles one opening; returns where to go on."""
    kind, start, end = match.lastgroup, match.start(), match.end()
    if kind == "escaped":
        return end if match.group() != "\\\\" else start + 1
    if kind == "code":
        close = text.find(match.group(), end)
        paragraph = _paragraph_end(text, end)
        return close + len(match.group()) if 0 <= close < paragraph else end
    if kind == "comment":
        close = text.find("-->", end)
        close = len(text) if close < 0 else close
        inside = text[end:close]
        declaration = re.match(r"\s*derive:", inside)
        if declaration:
            found.append(Raw("declaration", end + declaration.end(), close))
        return min(len(text), close + 3)
    if kind == "liquid":
        close = text.find("%}" if match.group() == "{%" else "}}", end, end + 2000)
        return close + 2 if close >= 0 else end
    if kind == "display":
        close = _find(text, "$$", end, len(text))
        if close < 0:
            found.append(Raw("unclosed", start, min(len(text), _paragraph_end(text, start))))
            return end
        found.append(Raw("math", end, close, True))
        return close + 2
    if kind == "inline":
        return _dollar(text, start, end, found)
    closing = (
        ("\\)" if kind == "round" else "\\]") if len(match.group()) == 2 else ("\\\\)" if kind == "round" else "\\\\]")
    )
    close = text.find(closing, end)
    if close < 0:
        return end
    found.append(Raw("math", end, close, kind == "square"))
    return close + len(closing)


def _dollar(text: str, start: int, end: int, found: list[Raw]) -> int:
    """`$...$` within a paragraph. Money is no formula: a digit behind the dollar, and no closing one that can close."""
    limit = _paragraph_end(text, end)
    close = _find(text, "$", end, limit)
    money = text[end : end + 1].isdigit()
    if close < 0:
        if not money:
            found.append(Raw("unclosed", start, limit))
        return end
    if money and (text[close - 1 : close].isspace() or text[close + 1 : close + 2].isdigit()):
        return end
    found.append(Raw("math", end, close))
    return close + 1


def _find(text: str, sign: str, begin: int, end: int) -> int:
    """The next unescaped sign."""
    while True:
        place = text.find(sign, begin, end)
        if place < 0 or text[place - 1 : place] != "\\":
            return place
        begin = place + 1


def _paragraph_end(text: str, position: int) -> int:
    match = re.compile(r"\n[ \t\r]*\n").search(text, position)
    return len(text) if match is None else match.start()


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
    return any(start <= position < end for start, end in blocked)


def comments(latex: str, offset: int) -> tuple[tuple[int, str], ...]:
    """The TeX comments of a formula, with their offsets."""
    return tuple((offset + match.start(), match.group()[1:].strip()) for match in _COMMENT_LINE.finditer(latex))
