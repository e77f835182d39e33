"""Reports and derivations as text, one format a file. A module with `write(report, ...)` writes reports, one with `write_derivation(text)` derivations."""

from __future__ import annotations

from types import ModuleType

from derive.write import github, json, latex, markdown, sarif, terminal

WRITERS: dict[str, ModuleType] = {
    "text": terminal,
    "json": json,
    "sarif": sarif,
    "github": github,
    "latex": latex,
    "markdown": markdown,
}

__all__ = ["WRITERS"]
