"""Derivations as LaTeX and Markdown."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

from derive.language.derivation import DerivationText, Line, Part
from derive.write import latex, markdown


def test_latex(derivation, golden) -> None:
    golden("derivation.tex", latex.write(derivation))


def test_latex_without_a_preamble(derivation) -> None:
    body = latex.write(derivation, document=False)
    assert "documentclass" not in body
    assert latex.write_derivation(derivation).count(body.strip()) == 1


def test_markdown(derivation, golden) -> None:
    golden("derivation.md", markdown.write(derivation))
    assert markdown.write_derivation(derivation) == markdown.write(derivation)


def test_every_line_of_latex_has_its_tag(derivation) -> None:
    assert re.findall(r"\\tag\{(\d+)\}", latex.write(derivation)) == ["1", "2", "3", "4", "5", "6"]


def test_a_chain_is_one_display_in_markdown(derivation) -> None:
    assert re.findall(r"\\tag\{([^}]+)\}", markdown.write(derivation)) == ["1", "2", "3–4", "5", "6"]


def test_no_tag_stands_inside_aligned(derivation) -> None:
    for display in re.findall(r"\\begin\{aligned\}(.*?)\\end\{aligned\}", markdown.write(derivation), re.DOTALL):
        assert "\\tag" not in display
        assert "\n\n" not in display


def test_environments_and_dollars_are_balanced(derivation, doubtful) -> None:
    for text in (derivation, doubtful):
        for written in (latex.write(text), markdown.write(text)):
            begun, ended = (sorted(re.findall(rf"\\{word}\{{(\w+\*?)\}}", written)) for word in ("begin", "end"))
            assert begun == ended != []
            assert written.replace("\\$", "").count("$") % 2 == 0


def test_what_is_special_in_prose_is_escaped() -> None:
    assert latex.prose("50 % of a_1 & $a_1$ {x} \\input") == r"50 \% of a\_1 \& $a_1$ \{x\} \textbackslash{}input"


def test_a_comment_cannot_swallow_a_tag() -> None:
    line = Line("a", "=", "b % c", "", "claim")
    assert latex.row(line) == "a &= b"
    assert latex.row(Line("a", "=", r"5 \%", "", "claim")) == r"a &= 5 \%"


def test_a_bracket_is_not_taken_for_an_argument() -> None:
    assert latex.row(Line("[a]", "=", "b", "", "claim")).startswith("{}[")


def test_what_is_not_proved_says_so(doubtful) -> None:
    for written in (latex.write(doubtful), markdown.write(doubtful)):
        assert "REFUTED: x = 1: left 4, right 2" in written
        assert "NOT CHECKED" in written
        assert "THE DERIVATION IS NOT PROVED" in written


def test_what_is_proved_does_not(derivation) -> None:
    assert "NOT" not in latex.write(derivation)


def test_hangul_gets_its_package(derivation) -> None:
    assert "kotex" not in latex.write(derivation)
    text = DerivationText("경사 하강법", "", (Part("", "", (Line("x", "=", "x", "", "claim"),)),))
    assert "kotex" in latex.write(text)


@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="no LaTeX here")
def test_the_document_compiles(derivation, doubtful, tmp_path) -> None:
    for name, text in (("derivation", derivation), ("doubtful", doubtful)):
        (tmp_path / f"{name}.tex").write_text(latex.write(text), encoding="utf-8")
        command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", f"{name}.tex"]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=120)
        assert done.returncode == 0, done.stdout[-2000:]
