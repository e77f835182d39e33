"""Jupyter notebooks: the Markdown cells with their numbers. Code cells and outputs are never looked at, and nothing is executed."""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from typing import Any

from derive.language.document import Problem

_JSON_TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+"|[{}\[\]:,]', re.DOTALL)


def markdown_cells(text: str) -> tuple[list[tuple[int, str]], list[Problem]]:
    """The Markdown cells of a notebook, as (number among all cells, from 1; source), and what is wrong with it."""
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        return [], [Problem(f"no notebook: broken JSON, {error.msg}", error.lineno, error.colno, "broken-notebook")]
    except (RecursionError, ValueError):
        return [], [
            Problem(
                "no notebook: this JSON is nested too deep, or holds a number that is too long", code="broken-notebook"
            )
        ]
    cells = _cells(data)
    if cells is None:
        return [], [Problem("no notebook: it is JSON, but has no list of cells", code="broken-notebook")]
    found: list[tuple[int, str]] = []
    problems: list[Problem] = []
    for number, cell in enumerate(cells, start=1):
        kind = cell.get("cell_type") if isinstance(cell, dict) else None
        if kind not in {"markdown", "heading"}:
            continue
        source = cell.get("source", "")
        lines = source if isinstance(source, list) else [source]
        if not all(isinstance(line, str) for line in lines):
            problems.append(Problem("the source of this cell is no text", 1, 1, "broken-notebook", number))
            continue
        written = "".join(lines)
        if kind == "heading":  # notebooks before version 4
            level = cell.get("level", 1)
            written = "#" * (level if isinstance(level, int) and 0 < level < 7 else 1) + " " + written
        found.append((number, written))
    return found, problems


def lines_in_file(text: str) -> dict[int, tuple[int, ...]]:
    """For each cell, by its number, the line of the file that holds each line of its source; nothing of notebooks before version 4."""
    ends = [match.start() for match in re.finditer("\n", text)]
    found: dict[int, tuple[int, ...]] = {}
    stack: list[
        list[Any]
    ] = []  # the objects and lists that are open: the sign, the key they stand under, the number of the element
    key, last = "", ""
    lines: list[int] = []
    ended = True  # whether the last line of the source is complete
    for match in _JSON_TOKEN.finditer(text):
        sign = match.group()
        if sign in {"{", "["}:
            stack.append([sign, key, 0])
            key = ""
        elif sign in {"}", "]"}:
            if len(stack) == 3 and sign == "}" and lines:
                found[stack[1][2] + 1] = tuple(lines)
                lines, ended = [], True
            if stack:
                stack.pop()
            key = ""
        elif sign == ":":
            key = last
        elif sign == ",":
            if stack and stack[-1][0] == "[":
                stack[-1][2] += 1
            else:
                key = ""
        else:
            last = sign[1:-1]
            in_cell = len(stack) > 2 and stack[1][:2] == ["[", "cells"] and stack[2][0] == "{"
            listed = len(stack) == 4 and stack[3][:2] == ["[", "source"]
            if in_cell and (listed or (len(stack) == 3 and key == "source")):
                line = bisect_left(ends, match.start()) + 1
                pieces = json.loads(sign, strict=False).split("\n")
                lines += [line] * (len(pieces) - (not pieces[-1]) - (not ended))
                ended = not pieces[-1]
    return found


def _cells(data: Any) -> list[Any] | None:
    if not isinstance(data, dict):
        return None
    cells = data.get("cells")
    if cells is None and isinstance(data.get("worksheets"), list):  # before version 4
        sheets = [sheet.get("cells") for sheet in data["worksheets"] if isinstance(sheet, dict)]
        cells = [cell for sheet in sheets if isinstance(sheet, list) for cell in sheet]
    return cells if isinstance(cells, list) else None
