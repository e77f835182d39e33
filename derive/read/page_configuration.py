"""The macros that a page defines for its own renderer: the configuration of MathJax (2 to 4) or KaTeX in a script of the page.

The script is not run. What is read are the entries of an object behind the key `macros` (or `Macros`): a name, and a string or a list of a string and
numbers. An entry that is anything else ends the reading of its object: its macro, and those behind it, are not known.
"""

from __future__ import annotations

import re

from derive.read.macros import Macro, macro_of

_MAXIMUM_SCRIPT = 100_000
_RENDERER = re.compile(r"mathjax|katex|renderMathInElement", re.IGNORECASE)
_MACROS = re.compile(r"(?<![\w$.])([\"']?)[mM]acros\1\s*:\s*\{")
_SPACE = re.compile(r"(?:\s+|//[^\n]*|/\*(?:[^*]|\*(?!/))*+\*/)*+")
_KEY = re.compile(r"[A-Za-z]+(?=\s*:)")
_NUMBER = re.compile(r"\d(?![\d.\w])")
_STRING = re.compile(
    r"(?P<raw>String\.raw)?(?:\"(?P<double>(?:[^\"\\\n]|\\.)*+)\"|'(?P<single>(?:[^'\\\n]|\\.)*+)'|`(?P<template>(?:[^`\\$]|\\.|\$(?!\{))*+)`)",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
_LETTERS = {"n": "\n", "t": "\t", "r": "\n", "b": "", "f": " ", "v": " ", "0": "", "\n": ""}


def macros_of_script(script: str) -> list[Macro]:
    """The macros in the configuration of a renderer; none where a script is no such configuration."""
    if len(script) > _MAXIMUM_SCRIPT or _RENDERER.search(script) is None:
        return []
    found: list[Macro] = []
    position = 0
    while (start := _MACROS.search(script, position)) is not None:
        position = start.end()
        while (entry := _entry(script, position)) is not None:
            name, value, position = entry
            try:
                found.append(macro_of(name, value))
            except ValueError:
                break
    return found


def _entry(script: str, position: int) -> tuple[str, object, int] | None:
    """A name and its value, and where the next entry begins; None at the end, and where something else stands."""
    position = _behind_space(script, position)
    key = _KEY.match(script, position)
    name = (key.group(), key.end()) if key is not None else _string(script, position)
    if name is None:
        return None
    position = _behind_space(script, name[1])
    if script[position : position + 1] != ":":
        return None
    position = _behind_space(script, position + 1)
    value = _list(script, position) if script[position : position + 1] == "[" else _string(script, position)
    if value is None:
        return None
    position = _behind_space(script, value[1])
    sign = script[position : position + 1]
    if sign not in {",", "}"}:
        return None  # a sum of strings, a call: something that only a run would tell
    return name[0], value[0], position + (sign == ",")


def _list(script: str, position: int) -> tuple[list[object], int] | None:
    """A list of strings and numbers, and where it ends."""
    items: list[object] = []
    position = _behind_space(script, position + 1)
    while script[position : position + 1] != "]":
        number = _NUMBER.match(script, position)
        item: tuple[object, int] | None = (
            (int(number.group()), number.end()) if number is not None else _string(script, position)
        )
        if item is None:
            return None
        items.append(item[0])
        position = _behind_space(script, item[1])
        if script[position : position + 1] == ",":
            position = _behind_space(script, position + 1)
        elif script[position : position + 1] != "]":
            return None
    return items, position + 1


def _string(script: str, position: int) -> tuple[str, int] | None:
    """What a string says, and where it ends."""
    match = _STRING.match(script, position)
    if match is None or (match["raw"] and match["template"] is None):
        return None
    text = next(match[kind] for kind in ("double", "single", "template") if match[kind] is not None)
    return (text if match["raw"] else _ESCAPE.sub(_character, text)), match.end()


def _character(escape: re.Match[str]) -> str:
    code = escape.group(1) or escape.group(2)
    if code:
        return chr(int(code, 16))
    return _LETTERS.get(escape.group(3), escape.group(3))


def _behind_space(script: str, position: int) -> int:
    match = _SPACE.match(script, position)
    return match.end() if match is not None else position
