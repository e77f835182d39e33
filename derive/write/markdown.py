"""Derivations as Markdown for blogs: `aligned` displays with one tag each, which MathJax and KaTeX both accept."""

from __future__ import annotations

from derive.language.derivation import DerivationText, Part
from derive.language.report import DocumentReport
from derive.write.latex import row
from derive.write.steps import Numbered, checked, displays, remark


def write(text: DerivationText, report: DocumentReport | None = None) -> str:
    """The derivation in Markdown. Prose is taken as the author wrote it."""
    blocks = [f"# {' '.join(text.title.split())}"]
    if text.text:
        blocks.append(text.text)
    number = 1
    for part in text.parts:
        block, number = _part(part, number)
        blocks.extend(block)
    blocks.append(f"*{checked(text, report)}*")
    return "\n\n".join(blocks) + "\n"


def write_derivation(text: DerivationText) -> str:
    """The derivation in Markdown."""
    return write(text)


def _part(part: Part, number: int) -> tuple[list[str], int]:
    blocks: list[str] = []
    if part.title:
        blocks.append(f"## {' '.join(part.title.split())}")
    if part.text:
        blocks.append(part.text)
    for display in displays(part.lines, number):
        first, last = display[0].number, display[-1].number
        number = last + 1
        rows = " \\\\\n".join(row(one.line) for one in display)
        # A tag for each row is legal only in align, which KaTeX has since 0.15.1 and LaTeX refuses inside $$; one on the display is legal everywhere.
        tag = str(first) if first == last else f"{first}–{last}"
        blocks.append(f"$$\n\\begin{{aligned}}\n{rows}\n\\end{{aligned}}\n\\tag{{{tag}}}\n$$")
        reasons = [_reason(one) for one in display]
        spoken = [one for one in reasons if one]
        if spoken:
            blocks.append("  \n".join(spoken))
    return blocks, number


def _reason(numbered: Numbered) -> str:
    parts = remark(numbered.line)
    said = ". ".join(part.rstrip(".") for part in parts if part)
    return f"({numbered.number}) {said}." if said else ""
