"""derive: a type checker for mathematics. The public names, loaded when first used."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

__version__ = "0.1.0"

# Lazy (PEP 562), so that `import derive.kernel` and `derive --help` load no SymPy.
_HOMES = {
    "Derivation": "derive.api",
    "check": "derive.api",
    "prove": "derive.api",
    "Report": "derive.language.report",
    "Verdict": "derive.language.report",
}

__all__ = ["Derivation", "Report", "Verdict", "__version__", "check", "prove"]

if TYPE_CHECKING:
    from derive.api import Derivation, check, prove
    from derive.language.report import Report, Verdict


def __getattr__(name: str) -> object:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'derive' has no attribute {name!r}")
