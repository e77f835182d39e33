"""Settings of a project: `derive.toml`, or `[tool.derive]` of pyproject.toml, found upward from what is read.

macros = { R = '\\mathbb{R}', norm = ['\\lVert #1 \\rVert', 1] }
declare = ["x, y : real", "L : function(row(n)) -> real, C1"]
assume = ["x < y"]
exclude = ["drafts/*"]     # of folders and patterns; relative to this file
strict = true
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from difflib import get_close_matches
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from derive.language.declarations import parse
from derive.language.document import Preamble
from derive.read import read_claim
from derive.read.macros import macros_of

KEYS = ("macros", "declare", "assume", "exclude", "strict")
_DECLARING = frozenset({"symbols", "assume", "small", "layout", "distribution"})


class SettingsError(ValueError):
    """A settings file that is not understood; the message names it."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a settings file says. `path` is the file, empty where there is none."""

    path: str = ""
    preamble: Preamble = field(default_factory=Preamble)
    exclude: tuple[str, ...] = ()
    strict: bool = False

    def excludes(self, path: str) -> bool:
        """Whether a file below the folder of the settings is left out of folders and patterns."""
        try:
            relative = Path(path).resolve().relative_to(Path(self.path).parent.resolve()).as_posix()
        except (ValueError, OSError):
            return False
        return any(
            fnmatchcase(relative, pattern) or relative.startswith(pattern.rstrip("/") + "/") for pattern in self.exclude
        )

    def notes(self) -> list[str]:
        """What a report should say of the settings: that declarations hold which the document does not show."""
        declares = self.preamble.declare or self.preamble.assume
        return [f"the declarations of {self.path} hold here"] if declares else []


def settings_for(path: str) -> Settings:
    """The settings for a file or folder, of standard input those of the current folder. SettingsError."""
    try:
        place = Path.cwd() if path == "-" else Path(path).absolute()
        folders = [place, *place.parents] if place.is_dir() else [*place.parents]
    except (OSError, ValueError):
        return Settings()
    for folder in folders:
        own = _table(folder / "derive.toml", ())
        if own is not None:
            return _settings(str(_shown(folder / "derive.toml")), own)
        shared = _table(folder / "pyproject.toml", ("tool", "derive"))
        if shared is not None:
            return _settings(str(_shown(folder / "pyproject.toml")), shared)
    return Settings()


def _shown(path: Path) -> Path:
    """The path as people write it from here."""
    try:
        return path.relative_to(Path.cwd())
    except ValueError:
        return path


def _table(path: Path, keys: tuple[str, ...]) -> Any:
    """The table under the keys of a TOML file; None where there is none."""
    try:
        if not path.is_file():
            return None
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        if not keys:
            raise SettingsError(
                f"{_shown(path)}: cannot be read: {getattr(error, 'strerror', None) or error}"
            ) from None
        return None
    if keys and ".".join(keys) not in text.replace(" ", ""):
        return None  # what else is in there is the business of others
    try:
        found: Any = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise SettingsError(f"{_shown(path)}: no TOML: {error}") from None
    for key in keys:
        found = found.get(key) if isinstance(found, dict) else None
    return found


def _settings(path: str, table: Any) -> Settings:
    if not isinstance(table, dict):
        raise SettingsError(f"{path}: tool.derive is a table")
    for key in table:
        if key not in KEYS:
            near = get_close_matches(key, KEYS, 1, 0.6)
            hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(KEYS)}"
            raise SettingsError(f"{path}: there is no setting {key!r}; {hint}")
    macros = table.get("macros", {})
    if not isinstance(macros, dict):
        raise SettingsError(f"{path}: macros is a table of names and bodies")
    strict = table.get("strict", False)
    if not isinstance(strict, bool):
        raise SettingsError(f"{path}: strict is true or false")
    lists = {key: _texts(path, key, table.get(key, [])) for key in ("declare", "assume", "exclude")}
    try:
        macros_of(macros)
    except ValueError as error:
        raise SettingsError(f"{path}: {error}") from None
    _require_declarations(path, lists["declare"], lists["assume"])
    preamble = Preamble(macros, lists["declare"], lists["assume"])
    return Settings(path, preamble, lists["exclude"], strict)


def _texts(path: str, key: str, value: object) -> tuple[str, ...]:
    listed = [value] if isinstance(value, str) else value
    if not isinstance(listed, list) or not all(isinstance(one, str) and one.strip() for one in listed):
        raise SettingsError(f"{path}: {key} is a text or a list of texts")
    return tuple(listed)


def _require_declarations(path: str, declare: tuple[str, ...], assume: tuple[str, ...]) -> None:
    for text in declare:
        for item in parse(text):
            if item.kind == "unread":
                raise SettingsError(f"{path}: declare: '{item.text}': {item.message}")
            if item.kind not in _DECLARING:
                raise SettingsError(f"{path}: declare: '{text.strip()}': this belongs into a document")
    for problem in read_claim("1 = 1", declare, assume).problems:
        raise SettingsError(f"{path}: {problem.message}")
