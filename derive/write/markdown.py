"""Derivations as Markdown for blogs: `aligned` displays with one tag each, which MathJax and KaTeX both accept."""

from __future__ import annotations

from derive.language.derivation import DerivationText, Part
from derive.language.report import DocumentReport
from derive.write.latex import margin, rows_of
from derive.write.steps import checked, displays, reasons, span


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
        indent = margin(display)
        rows = " \\\\\n".join(text for one in display for text in rows_of(one.line, indent))
        # A tag for each row is legal only in align, which KaTeX has since 0.15.1 and LaTeX refuses inside $$; one on the display is legal everywhere.
        blocks.append(f"$$\n\\begin{{aligned}}\n{rows}\n\\end{{aligned}}\n\\tag{{{span(first, last)}}}\n$$")
        spoken = reasons(display)
        if spoken:
            blocks.append("  \n".join(spoken))
    return blocks, number
