"""Commands that are known without a definition: those of KaTeX and MathJax for sets of numbers, and those of TeX packages that a document names.

A document names a package by \\usepackage{physics}, or \\require{physics} on a web page. Its own definitions come before these.
"""

from __future__ import annotations

import re
from functools import cache

from derive.read.macros import BRACED, Macro

_NAMES = re.compile(
    r"^[^%\n]*?\\(?:usepackage|RequirePackage|require)[ \t]*(?:\[[^\]\n]{0,200}\])?[ \t]*\{([^{}\n]{1,200})\}",
    re.MULTILINE,
)


@cache
def web() -> tuple[Macro, ...]:
    """\\R, \\N, \\Z, \\Q, \\C, where no argument follows: \\N(0, 1) is no set."""
    return tuple(Macro(f"\\{name}", f"\\mathbb{{{name}}}", builtin=True, unless="([") for name in "RNZQC")


def packages_in(text: str) -> list[str]:
    """The packages that a document names."""
    if "usepackage" not in text and "\\require" not in text and "RequirePackage" not in text:
        return []
    return [name.strip() for match in _NAMES.finditer(text) for name in match.group(1).split(",")]


def of_packages(names: list[str]) -> list[Macro]:
    """The macros of these packages, as far as they are known."""
    return [macro for name in names for macro in _PACKAGES.get(name, ())]


def _simple(*pairs: tuple[str, str]) -> tuple[Macro, ...]:
    return tuple(
        Macro(name, body, (None,) * (1 if "#1" in body else 0), starred=True, builtin=True) for name, body in pairs
    )


def _chosen(name: str, parameters: tuple[str | None, ...], *bodies: tuple[tuple[int, ...], str]) -> Macro:
    """A macro whose body depends on which of its arguments are there, given by their numbers."""
    return Macro(name, "", parameters, starred=True, builtin=True, bodies=bodies)


def _derivative(name: str, sign: str) -> Macro:
    """\\dv{x}, \\dv{f}{x}, \\dv[n]{f}{x}."""
    return _chosen(
        name,
        ("", None, BRACED),
        ((2,), f"\\frac{{{sign}}}{{{sign} #2}}"),
        ((1, 2), f"\\frac{{{sign}^{{#1}}}}{{{sign} #2^{{#1}}}}"),
        ((2, 3), f"\\frac{{{sign} #2}}{{{sign} #3}}"),
        ((1, 2, 3), f"\\frac{{{sign}^{{#1}} #2}}{{{sign} #3^{{#1}}}}"),
    )


def _partial(name: str) -> Macro:
    """\\pdv{x}, \\pdv{f}{x}, \\pdv[n]{f}{x}, \\pdv{f}{x}{y}."""
    plain = _derivative(name, "\\partial")
    mixed = ((2, 3, 4), "\\frac{\\partial^2 #2}{\\partial #3 \\partial #4}")
    return _chosen(name, (*plain.parameters, BRACED), *plain.bodies, mixed)


_BARS = (("\\abs", "\\left| #1 \\right|"), ("\\norm", "\\left\\| #1 \\right\\|"))
_PHYSICS = (
    *_simple(
        *_BARS,
        ("\\absolutevalue", "\\left| #1 \\right|"),
        ("\\vb", "\\mathbf{#1}"),
        ("\\va", "\\vec{#1}"),
        ("\\vu", "\\hat{#1}"),
        ("\\order", "\\mathcal{O}\\left(#1\\right)"),
        ("\\expval", "\\left\\langle #1 \\right\\rangle"),
        ("\\grad", "\\nabla"),
        ("\\gradient", "\\nabla"),
        ("\\laplacian", "\\nabla^2"),
        ("\\tr", "\\operatorname{tr}"),
        ("\\Tr", "\\operatorname{Tr}"),
        ("\\rank", "\\operatorname{rank}"),
        ("\\qq", "\\quad\\text{#1}\\quad"),
        ("\\qif", "\\quad\\text{if}\\quad"),
        ("\\qand", "\\quad\\text{and}\\quad"),
        ("\\qor", "\\quad\\text{or}\\quad"),
        ("\\qfor", "\\quad\\text{for}\\quad"),
        ("\\qwhere", "\\quad\\text{where}\\quad"),
    ),
    _chosen("\\qty", (BRACED,), ((), "\\left"), ((1,), "\\left\\{ #1 \\right\\}")),
    _chosen("\\quantity", (BRACED,), ((), "\\left"), ((1,), "\\left\\{ #1 \\right\\}")),
    _chosen("\\dd", (BRACED,), ((), "\\mathrm{d}"), ((1,), "\\mathrm{d} #1")),
    *(_derivative(name, "\\mathrm{d}") for name in ("\\dv", "\\derivative")),
    *(_partial(name) for name in ("\\pdv", "\\partialderivative", "\\pderivative")),
)
_PACKAGES: dict[str, tuple[Macro, ...]] = {
    "physics": _PHYSICS,
    "commath": (
        *_simple(*_BARS, ("\\dif", "\\mathrm{d}")),
        Macro("\\od", "\\frac{\\mathrm{d} #1}{\\mathrm{d} #2}", (None, None), builtin=True),
        Macro("\\pd", "\\frac{\\partial #1}{\\partial #2}", (None, None), builtin=True),
    ),
    "mathtools": _simple(("\\vcentcolon", ":"), ("\\mathclap", "#1"), ("\\mathllap", "#1"), ("\\mathrlap", "#1")),
    "mleftright": _simple(("\\mleft", "\\left"), ("\\mright", "\\right")),
}
