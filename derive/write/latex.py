"""Derivations as LaTeX: aligned displays with a tag on every line, the reasons under each display, and a document that compiles."""

from __future__ import annotations

import re

from derive.language.derivation import DerivationText, Line, Part
from derive.language.report import DocumentReport
from derive.write.steps import Numbered, checked, displays, remark

_PREAMBLE = r"""\documentclass[11pt]{article}
\usepackage{iftex}
\ifPDFTeX
  \usepackage[T1]{fontenc}
  \usepackage[utf8]{inputenc}
\fi
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
        body.extend(block)
    body.append(prose(checked(text, report)))
    joined = "\n\n".join(body)
    if not document:
        return joined + "\n"
    hangul = (
        "\\usepackage{kotex}\n" if re.search("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]", joined + text.title) else ""
    )
    packages = "\\usepackage{amsmath}\n\\usepackage{amssymb}\n\\allowdisplaybreaks\n"
    title = f"\\title{{{prose(text.title)}}}\n\\author{{}}\n\\date{{}}\n"
    return f"{_PREAMBLE}{hangul}{packages}{title}\n\\begin{{document}}\n\\maketitle\n\n{joined}\n\n\\end{{document}}\n"


def write_derivation(text: DerivationText) -> str:
    """The derivation as a whole document."""
    return write(text)


def _part(part: Part, number: int) -> tuple[list[str], int]:
    block: list[str] = []
    if part.title:
        block.append(f"\\section*{{{prose(part.title)}}}")
    if part.text:
        block.append(prose(part.text))
    for display in displays(part.lines, number):
        number = display[-1].number + 1
        rows = [f"{row(one.line)} \\tag{{{one.number}}}" for one in display]
        block.append("\\begin{align*}\n" + " \\\\\n".join(rows) + "\n\\end{align*}")
        reasons = [_reason(one) for one in display]
        spoken = [one for one in reasons if one]
        if spoken:
            block.append("\\noindent{\\small " + " ".join(spoken) + "\\par}\\medskip")
    return block, number


def row(line: Line) -> str:
    """One row of an aligned display, on one line."""
    if not line.relation:
        return f"& {_formula(line.left)}"
    left = "" if line.continues else f"{_formula(line.left)} "
    # After the \\\\ of the row above a bracket would be read as its argument, a star as its form.
    guard = "{}" if left.startswith(("[", "*")) else ""
    return f"{guard}{left}&{line.relation} {_formula(line.right)}".rstrip()


def _formula(latex: str) -> str:
    """The formula without comments, which would swallow what follows them, and without line breaks."""
    return " ".join(_COMMENT.sub("", latex).split())


def _reason(numbered: Numbered) -> str:
    said = ". ".join(prose(part).rstrip(".") for part in remark(numbered.line) if part)
    return f"({numbered.number}) {said}." if said else ""


def prose(text: str) -> str:
    """Prose with inline $...$ as LaTeX: what is special outside the formulas is escaped."""
    parts = _MATH.split(text)
    return "".join(
        part if index % 2 else "".join(_SPECIAL.get(character, character) for character in part)
        for index, part in enumerate(parts)
    )
