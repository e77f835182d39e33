"""The macros of a page's own configuration of MathJax or KaTeX."""

from __future__ import annotations

import time

import pytest

from derive.language.report import Verdict
from derive.read import read_text
from derive.read.page_configuration import macros_of_script
from derive.verify import verify

READ = {
    "version 2": (r'MathJax.Hub.Config({ TeX: { Macros: { R: "\\mathbb{R}", n: ["\\|#1\\|", 1] } } });', {r"\R": r"\mathbb{R}", r"\n": r"\|#1\|"}),
    "version 3": (r"window.MathJax = { tex: { macros: { E: '\\mathbb{E}', }, tags: 'ams' } };", {r"\E": r"\mathbb{E}"}),
    "KaTeX": (r'renderMathInElement(document.body, {"macros": {"\\f": "#1 + #2", "\\RR": "\\mathbb{R}"}});', {r"\f": "#1 + #2", r"\RR": r"\mathbb{R}"}),
    "raw strings": (r"MathJax = {tex: {macros: {v: String.raw`\vec`, w: `\\vec`}}}", {r"\v": r"\vec", r"\w": r"\vec"}),
    "comments": ("MathJax = {macros: { // sets\n R: '\\\\mathbb{R}', /* fields: { */ C: \"\\\\mathbb{C}\" }}", {r"\R": r"\mathbb{R}", r"\C": r"\mathbb{C}"}),
    "escapes": (r"katex = {macros: {a: '\x41\u0042\'c'}}", {r"\a": "AB'c"}),
    "a default": (r"MathJax = {macros: {p: ['#1^#2', 2, 't']}}", {r"\p": "#1^#2"}),
}  # fmt: skip
UNREAD = {
    "no renderer": r"settings = { macros: { R: '\\mathbb{R}' } };",
    "what only a run tells": r"MathJax = { macros: { R: '\\mathbb' + letter } };",
    "a function": r"MathJax = { macros: { R: () => '\\mathbb{R}' } };",
    "a template with a hole": r"MathJax = { macros: { R: `\\mathbb{${letter}}` } };",
    "a variable": r"MathJax = { macros: shared };",
    "an open string": r"MathJax = { macros: { R: '\\mathbb{R} } };",
    "not the number of its arguments": r"MathJax = { macros: { R: ['#2', 1] } };",
    "another key": r"MathJax = { mymacros: { R: '\\mathbb{R}' } };",
}


@pytest.mark.parametrize("name", READ)
def test_macros_of_a_script(name: str) -> None:
    script, expected = READ[name]
    assert {macro.name: macro.body for macro in macros_of_script(script)} == expected


@pytest.mark.parametrize("name", UNREAD)
def test_what_is_no_such_configuration(name: str) -> None:
    assert macros_of_script(UNREAD[name]) == []


def test_behind_an_entry_that_is_not_understood_nothing_is_known() -> None:
    assert [one.name for one in macros_of_script(r"MathJax = {macros: {a: 'b', c: d(), e: 'f'}}")] == [r"\a"]


def verdicts(text: str) -> list[Verdict]:
    return [result.verdict for result in verify(read_text(text, "post.md")).results]


def test_a_post_with_its_own_macros() -> None:
    script = "<script>MathJax = {tex: {macros: {sq: ['{(#1)^2}', 1], u: '{\\\\mathbf{u}}'}}};</script>\n\n"
    true, false = r"$\sq{x + 1} = x^2 + 2x + 1$", r"$\sq{x + 1} = x^2 + 1$"
    assert verdicts(f"{script}{true}\n\n{false}\n") == [Verdict.PROVED, Verdict.REFUTED]
    # A script that is shown, commented out, or not there defines nothing.
    for hidden in (f"```html\n{script}```\n\n", f"<!-- {script} -->\n\n", ""):
        assert verdicts(f"{hidden}{true}\n\n{false}\n") == [Verdict.UNREAD, Verdict.UNREAD]


def test_the_front_matter_comes_first() -> None:
    front = "---\nmacros:\n  c: '3'\n---\n\n"
    script = "<script>MathJax = {tex: {macros: {c: '2'}}};</script>\n\n"
    assert verdicts(front + script + r"$\c + \c = 6$" + "\n\n" + r"$\c + \c = 4$") == [Verdict.PROVED, Verdict.REFUTED]


@pytest.mark.parametrize("piece", ["macros: {", "'\\", "/*", "// ", "[", "`$", "a: 'b', "])
def test_no_script_takes_long(piece: str) -> None:
    start = time.perf_counter()
    macros_of_script("MathJax = {macros: {" + piece * (90_000 // len(piece)))
    assert time.perf_counter() - start < 2
