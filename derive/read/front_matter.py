"""The front matter of a post: its declarations (`derive:`) and its macros (`macros:`, in MyST `math:`). A small part of YAML, and TOML."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from itertools import islice

from derive.language.document import Problem
from derive.read.macros import Macro, macros_of
from derive.read.scanned import Raw

_YAML = re.compile(r"---[ \t]*\n(.*?\n)??(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_TOML = re.compile(r"\+\+\+[ \t]*\n(.*?\n)??\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL)
_DERIVE = re.compile(
    r"^derive:[ \t]*(?:[|>][-+]?[ \t]*\n((?:[ \t]+.*(?:\n|\Z)|[ \t]*\n)+)|\"([^\n\"]*)\"|'([^\n']*)'|([^\n\"'|>]*))",
    re.MULTILINE,
)
_MACROS = re.compile(r"^([ \t]*)(macros|math)[ \t]*:[ \t]*(.*)$", re.MULTILINE)
_ENTRY = re.compile(r"""([ \t]*)(?:"((?:[^"\\]|\\.)*)"|'((?:[^']|'')*)'|([^\s:"'#-][^\s:]*))[ \t]*:(?:[ \t]+|$)(.*)$""")
_MAXIMUM_BLOCKS = 4
_ESCAPES = {"n": "\n", "t": "\t", "\\": "\\", '"': '"', "/": "/", " ": " "}


@dataclass(slots=True)
class FrontMatter:
    """Where it ends, and what it says."""

    end: int = 0
    spans: list[Raw] = field(default_factory=list)
    macros: list[Macro] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def front_matter(text: str) -> FrontMatter:
    """The front matter of a text; line ends are \\n."""
    found = FrontMatter()
    if text.startswith("+++"):
        match = _TOML.match(text)
        if match is not None:
            found.end = match.end()
            _toml(found, match.group(1) or "", match.start(1))
    elif text.startswith("---"):
        match = _YAML.match(text)
        if match is not None:
            found.end = match.end()
            if match.group(1):
                _yaml(found, match.group(1), match.start(1))
    return found


def _toml(found: FrontMatter, text: str, start: int) -> None:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found.problems.append(Problem(f"the front matter is no TOML: {error}", 1, 1, "front-matter"))
        return
    macros = data.get("macros", data.get("params", {}).get("macros") if isinstance(data.get("params"), dict) else None)
    if isinstance(macros, dict):
        try:
            found.macros = macros_of(macros)
        except ValueError as error:
            found.problems.append(
                Problem(f"the macros of the front matter are not understood: {error}", 1, 1, "front-matter")
            )
    derive = data.get("derive")
    if isinstance(derive, str) and derive.strip():
        at = text.find(derive)
        if at >= 0:
            found.spans.append(_declaration(start + at, start + at + len(derive)))
        else:
            found.problems.append(
                Problem("write the declarations of `derive` in the front matter without escapes", 1, 1, "front-matter")
            )


def _declaration(start: int, end: int) -> Raw:
    return Raw("declaration", start, end, start, end)


def _yaml(found: FrontMatter, text: str, start: int) -> None:
    key = _DERIVE.search(text)
    if key is not None and key.lastindex:
        found.spans.append(_declaration(start + key.start(key.lastindex), start + key.end(key.lastindex)))
    for match in islice(_MACROS.finditer(text), _MAXIMUM_BLOCKS):
        line = text.count("\n", 0, match.start()) + 2
        rest = match.group(3).strip()
        try:
            if rest.startswith("{"):
                value, _ = _flow(rest, 0)
                if isinstance(value, dict):
                    found.macros += macros_of(value)
            elif not rest or rest.startswith("#"):
                block = _block(text[match.end() + 1 :].split("\n"), len(match.group(1)))
                if match.group(2) == "macros" or all(name.startswith("\\") for name in block):
                    found.macros += macros_of(block)
        except (ValueError, RecursionError) as error:
            found.problems.append(
                Problem(f"the macros of the front matter are not understood: {error}", line, 1, "front-matter")
            )


def _block(lines: list[str], indent: int) -> dict[str, object]:
    """A mapping, one entry a line, of values in one line or lists below."""
    found: dict[str, object] = {}
    name = ""
    for line in lines:
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        own = len(line) - len(line.lstrip())
        stripped = line.strip()
        if stripped.startswith("- ") and name and own >= indent:
            kept = found[name]
            if not isinstance(kept, list):
                kept = found[name] = []
            kept.append(_scalar(stripped[2:].strip()))
            continue
        if own <= indent:
            break
        entry = _ENTRY.match(line)
        if entry is None:
            raise ValueError(f"{stripped!r} is no entry `name: body`")
        name = _name(entry)
        value = entry.group(5).strip()
        found[name] = _scalar(value) if value else []
    for name, value in found.items():
        if value == []:
            raise ValueError(f"{name} has no body")
    return found


def _name(entry: re.Match[str]) -> str:
    if entry.group(2) is not None:
        return _unescaped(entry.group(2))
    return entry.group(3).replace("''", "'") if entry.group(3) is not None else entry.group(4)


def _scalar(text: str) -> object:
    if text[:1] in {"[", "{", '"', "'"}:
        value, end = _flow(text, 0)
        if text[end:].strip() and not text[end:].strip().startswith("#"):
            raise ValueError(f"{text!r}: something is left over behind the value")
        return value
    if re.search(r"\s#\d", text):
        raise ValueError(f"{text!r}: put quotes around it, or all from ' #' on is a comment")
    text = re.split(r"\s#", text)[0].strip()
    return int(text) if text.isdigit() else text


def _flow(text: str, at: int) -> tuple[object, int]:
    """A quoted scalar, a number, a list in brackets or a mapping in braces, and where it ends."""
    while at < len(text) and text[at] in " \t":
        at += 1
    sign = text[at : at + 1]
    if sign == '"':
        match = re.compile(r'"((?:[^"\\]|\\.)*)"').match(text, at)
        if match is None:
            raise ValueError(f"{text!r}: a quotation mark is never closed")
        return _unescaped(match.group(1)), match.end()
    if sign == "'":
        match = re.compile(r"'((?:[^']|'')*)'").match(text, at)
        if match is None:
            raise ValueError(f"{text!r}: a quotation mark is never closed")
        return match.group(1).replace("''", "'"), match.end()
    if sign == "[":
        items: list[object] = []
        at = _space(text, at + 1)
        while text[at : at + 1] != "]":
            value, at = _flow(text, at)
            items.append(value)
            at = _space(text, at)
            if text[at : at + 1] == ",":
                at = _space(text, at + 1)
            elif text[at : at + 1] != "]":
                raise ValueError(f"{text!r}: a bracket is never closed")
        return items, at + 1
    if sign == "{":
        return _flow_mapping(text, at)
    match = re.compile(r"[^\s,:\[\]{}\"'#]+").match(text, at)
    if match is None:
        raise ValueError(f"{text!r}: a value is expected; put quotes around it")
    return int(match.group()) if match.group().isdigit() else match.group(), match.end()


def _flow_mapping(text: str, at: int) -> tuple[dict[str, object], int]:
    found: dict[str, object] = {}
    at = _space(text, at + 1)
    while text[at : at + 1] != "}":
        name, at = _flow(text, at)
        at = _space(text, at)
        if text[at : at + 1] != ":" or not isinstance(name, str):
            raise ValueError(f"{text!r}: `name: body` is expected")
        found[name], at = _flow(text, at + 1)
        at = _space(text, at)
        if text[at : at + 1] == ",":
            at = _space(text, at + 1)
        elif text[at : at + 1] != "}":
            raise ValueError(f"{text!r}: a brace is never closed, or its mapping goes over several lines")
    return found, at + 1


def _space(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t":
        at += 1
    return at


def _unescaped(text: str) -> str:
    def one(match: re.Match[str]) -> str:
        if match.group(1) not in _ESCAPES:
            raise ValueError(f'"{text}": write \\\\ for a backslash inside double quotes')
        return _ESCAPES[match.group(1)]

    return re.sub(r"\\(.)", one, text)
