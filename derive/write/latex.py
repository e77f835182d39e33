"""Derivations as LaTeX: aligned displays with a tag on every line, the reasons under each display, and a document that compiles."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from derive.language.derivation import DerivationText, Line, Part
from derive.language.report import DocumentReport
from derive.write.breaking import ROOM, pieces, width
from derive.write.steps import Numbered, checked, displays, reasons

_PREAMBLE = r"""\documentclass[11pt]{article}
\usepackage{iftex}
\ifPDFTeX
  \usepackage[T1]{fontenc}
  \usepackage[utf8]{inputenc}
\fi
\IfFileExists{lmodern.sty}{\usepackage{lmodern}}{}
\usepackage[a4paper,margin=25mm]{geometry}
"""
_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "&": r"\&",
    "%": r"\%",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
}
_COMMENT = re.compile(r"(?<!\\)%[^\n]*")
_MATH = re.compile(r"(?<!\\)(\$[^$]+\$)")


def write(text: DerivationText, report: DocumentReport | None = None, document: bool = True) -> str:
    """The derivation in LaTeX: a whole document, or with document=False the body alone, which needs amsmath and amssymb.

    `report` fills in the conclusions of chains where it is given.
    """
    body: list[str] = []
    if text.text:
        body.append(prose(text.text))
    number = 1
    for part in text.parts:
        block, number = _part(part, number)
        body.append(block)
    body.append("\\bigskip\\noindent\\emph{" + prose(checked(text, report)) + "}")
    joined = "\n\n".join(block for block in body if block)
    if not document:
        return joined + "\n"
    hangul = (
        "\\usepackage{kotex}\n" if re.search("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]", joined + text.title) else ""
    )
    packages = "\\usepackage{amsmath}\n\\usepackage{amssymb}\n\\allowdisplaybreaks\n\\raggedright\n"
    title = f"\\title{{{prose(text.title)}}}\n\\author{{}}\n\\date{{}}\n"
    return f"{_PREAMBLE}{hangul}{packages}{title}\n\\begin{{document}}\n\\maketitle\n\n{joined}\n\n\\end{{document}}\n"


def write_derivation(text: DerivationText) -> str:
    """The derivation as a whole document."""
    return write(text)


def _part(part: Part, number: int) -> tuple[str, int]:
    """A part is one paragraph for TeX: a display that begins a paragraph would get an empty line above it."""
    block: list[str] = []
    if part.text:
        block.append(prose(part.text))
    elif part.lines:
        block.append("\\leavevmode\\vspace{-\\baselineskip}")
    for display in displays(part.lines, number):
        number = display[-1].number + 1
        indent = margin(display)
        # A line that takes several rows stays on one page, and its tag stands at the last of them.
        lines = [" \\\\*\n".join(rows_of(one.line, indent)) + f" \\tag{{{one.number}}}" for one in display]
        block.append("\\begin{align*}\n" + " \\\\\n".join(lines) + "\n\\end{align*}")
        spoken = reasons(display)
        if spoken:
            block.append("{\\small " + " ".join(prose(one) for one in spoken) + "}")
    title = f"\\section*{{{prose(part.title)}}}\n\n" if part.title else ""
    return title + "\n".join(block), number


def row(line: Line) -> str:
    """One row of an aligned display, on one line."""
    if not line.relation:
        return f"& {_formula(line.left)}"
    left = "" if line.continues else f"{_formula(line.left)} "
    # After the \\\\ of the row above a bracket would be read as its argument, a star as its form.
    guard = "{}" if left.startswith(("[", "*")) else ""
    return f"{guard}{left}&{line.relation} {_formula(line.right)}".rstrip()


def margin(display: Iterable[Numbered]) -> float:
    """What the left sides of a display take from the room of its right sides, in em."""
    lefts = (width(_formula(one.line.left)) for one in display if one.line.relation and not one.line.continues)
    return max((left for left in lefts if left <= ROOM / 2), default=0.0)


def rows_of(line: Line, indent: float = 0.0) -> list[str]:
    """The line as rows of an aligned display: one, or more where it is too long. `indent` is the `margin` of the display."""
    left, right = "" if line.continues else _formula(line.left), _formula(line.right)
    if not line.relation or max(width(left), indent) + 1.5 + width(right) <= ROOM:
        return [row(line)]
    if width(left) <= ROOM / 2:
        first, *others = pieces(right, ROOM - 3.5 - max(width(left), indent))
        return [row(replace(line, right=first)), *(f"&\\quad {piece}" for piece in others)]
    above = pieces(left, ROOM - 2)
    first, *others = pieces(right, ROOM - 4)
    below = [f"&\\quad {line.relation} {first}", *(f"&\\qquad {piece}" for piece in others)]
    return [f"& {above[0]}", *(f"&\\quad {piece}" for piece in above[1:]), *below]


def _formula(latex: str) -> str:
    """The formula without comments, which would swallow what follows them, and without line breaks."""
    return " ".join(_COMMENT.sub("", latex).split())


def prose(text: str) -> str:
    """Prose with inline $...$ as LaTeX: what is special outside the formulas is escaped."""
    parts = _MATH.split(text)
    return "".join(
        part if index % 2 else "".join(_SPECIAL.get(character, character) for character in part)
        for index, part in enumerate(parts)
    )
