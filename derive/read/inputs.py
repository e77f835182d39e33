"""The files that a TeX document puts in, of which the macros and declarations are taken: those that stand in its folder, few and small."""

from __future__ import annotations

import re
from pathlib import Path

_BODY = re.compile(r"^[^%\n]*?\\begin[ \t]*\{document\}", re.MULTILINE)
_PUT_IN = re.compile(
    r"^[^%\n]*?\\(?:(?:input|include|RequirePackage|usepackage)[ \t]*(?:\[[^\]\n]{0,200}\])?[ \t]*\{([^{}\n]{1,200})\}|input[ \t]+([^\s{}\\]{1,200}))",
    re.MULTILINE,
)
_DECLARATION = re.compile(r"^[ \t]*%+[ \t]*derive:([^\n]*)", re.MULTILINE)
_HEADING = re.compile(r"\\(?:part|chapter|(?:sub)*section)\b|\\begin[ \t]*\{")
_MAXIMUM_FILES = 20
_MAXIMUM_SIZE = 200_000  # bytes, of one file
_DEEPEST = 3  # files in files


def of_preamble(text: str, folder: Path) -> dict[str, str]:
    """The texts of these files by the names that the document gives them, in the order in which they are put in.

    Only files below the folder of the document are opened. Without \\begin{document} a text is a part of another document, and has no preamble.
    """
    body = _BODY.search(text)
    found: dict[str, str] = {}
    if body is not None:
        _collect(text[: body.start()], folder, found, _DEEPEST)
    return found


def of_body(text: str, folder: Path) -> dict[str, str]:
    r"""The texts of the files that are put in behind \\begin{document}, or anywhere in a part of another document: \\input, \\include."""
    body = _BODY.search(text)
    found: dict[str, str] = {}
    _collect(text[body.end() if body is not None else 0 :], folder, found, _DEEPEST)
    return found


def declarations_in(text: str) -> list[str]:
    """The declarations in the comments of a file, before its first heading: below it they hold under that only."""
    heading = _HEADING.search(text)
    return [one.group(1).strip() for one in _DECLARATION.finditer(text, 0, heading.start() if heading else len(text))]


def _collect(text: str, folder: Path, found: dict[str, str], depth: int) -> None:
    for match in _PUT_IN.finditer(text):
        for name in (match.group(1) or match.group(2)).split(","):
            name = name.strip()
            if name in found or len(found) >= _MAXIMUM_FILES:
                continue
            inside = _text_of(name, folder)
            if inside is None:
                continue
            if depth > 1:
                _collect(inside, folder, found, depth - 1)  # what it puts in comes before it
            found[name] = inside


def _text_of(name: str, folder: Path) -> str | None:
    try:
        root = folder.resolve()
        for candidate in (root / name, root / f"{name}.tex", root / f"{name}.sty"):
            path = candidate.resolve()
            if path.is_relative_to(root) and path.is_file() and path.stat().st_size <= _MAXIMUM_SIZE:
                return path.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return None
    return None
