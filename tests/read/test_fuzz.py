"""Formulas that nobody would write: the reader and the elaboration raise nothing, keep their spans, and take time linear in the length.

Seeds are the formulas of our own posts, and those of ../shared/bench where it is present. `make fuzz` runs longer, guided by coverage.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from derive.elaborate import Outcome, obligations
from derive.language.document import Document, Formula, Unread
from derive.language.report import Verdict
from derive.language.syntax import Node
from derive.read import read_formulas, read_text, tex
from derive.read.formula import Names, Uses, function_names, read_formula
from derive.read.formula.tokens import MAXIMUM_LENGTH
from derive.read.macros import Expansion, Macro, table_of
from derive.read.markdown import scan

ROOT = Path(__file__).parents[2]
CORPUS = ROOT.parent / "shared" / "bench" / "formulas.jsonl"
SETTINGS = settings(max_examples=600, derandomize=True, deadline=None, database=None)
_PIECE = re.compile(r"\\[A-Za-z]+|\\.|[A-Za-z]+|\d+|\s+|.", re.DOTALL)


def seeds() -> list[str]:
    """Formulas of our posts, and every 25th of the corpus."""
    found: list[str] = []
    for path in [*sorted((ROOT / "tests").rglob("*.md")), *sorted((ROOT / "proofs").glob("*.md"))]:
        text = path.read_text(encoding="utf-8")
        found += [text[raw.start : raw.end] for raw in scan(text).spans if raw.kind == "math"]
    if CORPUS.exists():
        lines = CORPUS.read_text(encoding="utf-8").splitlines()
        found += [str(json.loads(line)["latex"]) for line in lines[::25]]
    return [one for one in found if len(one) < 400]


SEEDS = seeds()
STRANGE = (
    *"()[]{}|&^_=,.;:!?'\"+-*/<>~%$#@",
    *(r"\left(", r"\right)", r"\left", r"\right.", r"\{", r"\}", r"\|", r"\\", r"\ ", "\\", r"\frac", r"\frac{", r"\sqrt["),
    *(r"\begin{matrix}", r"\end{matrix}", r"\begin{cases}", r"\end{aligned}", r"\begin", r"\text{", r"\mathrm", r"\vec"),
    *(r"\sum_", r"\int", r"\partial", r"\lim_{x \to", r"\implies", r"\in", r"\sim", r"\mid", r"\overset{", r"\mathbb{E}["),
    *("α", "−", "한", "이므로", "\ud800", "\x00", "\u200b", "\u0301", "𝐱", "９", "é", "√", "∑", "\n", "\n\n", "\t"),
    *("9" * 50, "1.", ".5", "1e9", "10^{10^{10}}", "0.000000001", "x" * 30, "Let ", "where ", "otherwise", "f(x)", "d x"),
)  # fmt: skip


@st.composite
def formulas(draw: st.DrawFn) -> str:
    """A seed with some pieces deleted, doubled, swapped, replaced, spliced in, or wrapped."""
    pieces = _PIECE.findall(draw(st.sampled_from(SEEDS)))
    for _ in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, max(0, len(pieces) - 1)))
        match draw(st.integers(0, 6)):
            case 0:
                del pieces[place : place + draw(st.integers(1, 3))]
            case 1:
                pieces[place:place] = [draw(st.sampled_from(STRANGE))]
            case 2:
                other = draw(st.integers(0, max(0, len(pieces) - 1)))
                if pieces:
                    pieces[place], pieces[other] = pieces[other], pieces[place]
            case 3:
                pieces[place:place] = pieces[place : place + 3] * draw(st.integers(1, 40))
            case 4:
                other_pieces = _PIECE.findall(draw(st.sampled_from(SEEDS)))
                begin = draw(st.integers(0, max(0, len(other_pieces) - 1)))
                pieces[place:place] = other_pieces[begin : begin + 8]
            case 5:
                left, right = draw(
                    st.sampled_from([("(", ")"), ("{", "}"), (r"\frac{", "}2"), ("|", "|"), ("-", ""), ("x^{", "}"), (r"\vec{", "}"), ("x_{", "}"), ("f(", ")"), (r"\sqrt{", "}")])
                )  # fmt: skip
                depth = draw(st.integers(1, 80))
                pieces[place : place + 3] = [left * depth, *pieces[place : place + 3], right * depth]
            case _:
                pieces[place : place + 1] = [draw(st.text(max_size=3))]
    return "".join(pieces)[:MAXIMUM_LENGTH]


def elaborated(document: Document) -> list[str]:
    """The codes of all obligations of a document, each answered by what it is, or unknown."""
    codes: list[str] = []
    run = obligations(document)
    try:
        obligation = next(run)
        while True:
            codes.append(f"{obligation.code}: {obligation.message}" if obligation.code == "defect" else obligation.code)
            obligation = run.send(Outcome(obligation.verdict or Verdict.UNKNOWN))
    except StopIteration:
        return codes


def misplaced(formula: Formula, text: str) -> list[str]:
    """What is wrong with the places of the parts of a formula and of their nodes."""
    wrong: list[str] = []
    for part in formula.parts:
        if not formula.start <= part.start <= part.end <= formula.end:
            wrong.append(f"{part.start}-{part.end} lies outside of the formula")
        if text[part.start : part.end] != part.latex:
            wrong.append(f"{part.latex!r} does not stand at {part.start}")
        if isinstance(part, Unread):
            if not formula.start <= part.offset <= formula.end:
                wrong.append(f"the offset {part.offset} lies outside of the formula: {part.message}")
            if not part.message or not part.code:
                wrong.append("nothing is said of a part that is not read")
            continue
        outer: list[Node] = [Node("statement", (part.node,), part.start, part.end)]
        for node in [*outer, *part.node.walk()]:
            wrong += [
                f"{child.kind} {child.start}-{child.end} lies outside of {node.kind} {node.start}-{node.end}"
                for child in node.children
                if not node.start <= child.start <= child.end <= node.end
            ]
    return wrong


@SETTINGS
@given(st.lists(formulas(), min_size=1, max_size=2))
def test_nothing_is_raised_and_places_are_kept(found: list[str]) -> None:
    document = read_formulas(found)
    for item in document.items:
        assert isinstance(item, Formula)
        assert not misplaced(item, document.text), item.latex
    assert not [code for code in elaborated(document) if code.startswith("defect")]


@settings(SETTINGS, max_examples=100)
@given(
    st.lists(
        st.one_of(
            formulas(),
            st.text(max_size=20),
            st.sampled_from(
                ["$", "$$", "\n\n", "`", "<!-- derive: ", " -->", "# ", "\\(", "\\]", "- ", "Let ", "일 때", "```"]
            ),
        ),
        max_size=12,
    )
)
def test_no_text_is_too_strange(pieces: list[str]) -> None:
    document = read_text("".join(pieces))
    for item in document.items:
        if isinstance(item, Formula):
            assert not misplaced(item, document.text), item.latex
    assert not [code for code in elaborated(document) if code.startswith("defect")]


# --- time ------------------------------------------------------------------------------------------------------------------


def steps(action: Callable[[], Any]) -> int:
    """How many lines of Python are executed: a clock that does not depend on the machine."""
    count = 0

    def trace(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        action()
    finally:
        sys.settrace(before)
    return count


def read_alone(latex: str) -> None:
    uses = Uses()
    function_names(latex, uses)
    read_formula(latex, 0, Names())
    read_formula(latex, 0, Names(frozenset({"f", "a"})))


REPEATED = (
    *("x = 1 \\quad ", "\\quad ", "(1) \\quad x = 1 ", "x = 1 \\quad (", "x &= 1 & ", "\\quad \\cdots ", "x = 1 \\quad x ", "\\\\*"),
    *("x + ", "x ", "(", "{", "[", "f(", "f(x) ", "a(", "x_", "x^", "x_{", "x^{", "x_1", "|", "||", "-", "=", "x = ", "&", "x &= ", ","),
    *("x, ", "1 ", "'", "f'", "!", ".", r"\\", r"\left(", r"\left.", r"\frac{", r"\frac", r"\sqrt[", r"\vec", r"\vec{", r"\bar{x} "),
    *(r"\begin{cases}", r"\begin{matrix}", r"\text{a} ", r"\mathrm{a}(", r"\mathop{", r"\underset{x}{", r"\overset{a}{=} x ", r"\neg"),
    *(r"\sum_{i=1}^n ", r"\int ", r"\partial ", r"\frac{\partial f}{\partial x} ", r"\sin ", r"\log_", r"\implies ", r"x \mid ", r"\lim_"),
    *(r"\mathbb{E}[", "P(x | ", r"\{", "e^{", "한", r"\mathcal{N}(", r"x, \dots, ", "(x = 1) \\land ", "x = 1 \\text{ if } ", "%\n", "~"),
)  # fmt: skip


@pytest.mark.parametrize("piece", REPEATED)
def test_reading_takes_time_linear_in_the_length(piece: str) -> None:
    closing = {"(": ")", "{": "}", "[": "]"}.get(piece[-1], "")
    closing = r"\end" + piece[6:] if piece.startswith(r"\begin") else closing
    for shape in ("{0}", "x = {0} x {1}"):
        texts = [shape.format(piece * count, closing * count) for count in (100, 400)]
        small, large = (steps(lambda text=text: read_alone(text)) for text in texts)
        assert large < 8 * small + 3_000, shape


STRANGE_TEXTS = (
    *("$", "$$", "$ ", "$1", "$x$ ", "$$x$$ ", "$x\n\n", "`", "` ", "<!--", "<!-- derive: ", "{{", "{%", "```\n", "~~~ a\n", "# a\n"),
    *("# ", "#", "a\n=\n", "\\", "\\(", "\\[", "\\\\(", "\\$", "- ", "> ", "1. ", "- a\n  ", "{: ", "{math}`", "\\begin{align}", "\\def\\a{"),
    *("<a ", "<code>", "<li>", ":::{math}\n", "{% comment %}", "$&lt;$", "$\\text{ $", "|", "\n", " ", "\r\n", "\t", "---\n", "a", "한 "),
)  # fmt: skip


@pytest.mark.parametrize("piece", STRANGE_TEXTS)
def test_scanning_takes_time_linear_in_the_length(piece: str) -> None:
    small, large = (steps(lambda count=count: scan(piece * count, extended=True)) for count in (200, 800))
    assert large < 8 * small + 3_000


STRANGE_TEX = (
    *("$", "$ ", "$x$ ", "$$", "\\[", "\\(", "\\(x\\) ", "%", "% a\n", "% derive: x : real\n", "{", "}", "{a} ", "\\a ", "\\a", "\\verb|", "\\verb|a| "),
    *("\\begin{align}", "\\begin{align}\\end{align}", "\\end{align}", "\\begin{a}", "\\begin{theorem}", "\\begin{theorem}\\end{theorem}", "\\begin{verbatim}"),
    *("\\begin{proof}\\end{proof}", "\\section{", "\\section{a}", "\\item ", "\\footnote{", "\\cite[a]{", "\\input{a}", "\\label{", "~", "\\\\[", "\n\n", "\r\n"),
    *("\\newtheorem{a}{b}", "\\newtheorem{", "\\begin{document}", "\\intertext{", "$\\text{ $", "\\$", "a", "한 ", "\\begin{alignat}{"),
)  # fmt: skip
STRANGE_MACROS = (
    *("\\foo ", "\\foo{", "\\foo{}", "\\foo[", "\\foo{\\foo{", "\\foo{\\foo}", "\\one{a}{b}", "\\one", "\\loop", "\\newcommand{\\a}", "\\newcommand{\\a}{b}\\a "),
    *("\\def\\a", "\\def\\a{", "\\def\\a#1{#1}\\a", "\\let\\a\\b", "\\let\\a", "{", "}", "%", "%\n", "\\", "\\DeclareMathOperator{\\a}{b}", "{\\def\\a{b}", "{\\def\\a{b}}", "\\iffalse", "\\iffalse\\fi", "\\begin{verbatim}", "\\verb|"),
)  # fmt: skip


@pytest.mark.parametrize("piece", STRANGE_TEX)
def test_scanning_tex_takes_time_linear_in_the_length(piece: str) -> None:
    small, large = (steps(lambda count=count: tex.scan(piece * count)) for count in (200, 800))
    assert large < 8 * small + 3_000


@pytest.mark.parametrize("piece", STRANGE_MACROS)
def test_expanding_macros_takes_time_linear_in_the_length(piece: str) -> None:
    macros = [Macro("\\foo", "#1#2", ("d", None)), Macro("\\one", "#2#1", (None, None)), Macro("\\loop", "\\loop")]
    small, large = (
        steps(lambda count=count: Expansion(table_of(macros), True).expand(piece * count, 0)) for count in (80, 200)
    )
    assert large < 5 * small + 3_000


def test_no_pattern_goes_back_and_forth_in_a_long_line() -> None:
    gap = " " * 20_000
    for line in (
        f"# a{gap}b{gap}c",
        f"# a{' #' * 10_000}c",
        f"<a {gap}",
        f"{{% a{gap}",
        f"$$x$${gap}a",
        f"- {gap}",
        f"${gap}x",
    ):
        scan(line)  # with backtracking this would not come to an end


def test_a_formula_over_the_limit_is_unread_and_the_rest_is_read() -> None:
    document = read_text(f"$1 + 1 = 2$ and $x = {'x + ' * (MAXIMUM_LENGTH // 4)} x$ and $2 + 2 = 4$.")
    first, long, last = (item for item in document.items if isinstance(item, Formula))
    (part,) = long.parts
    assert isinstance(part, Unread)
    assert part.code == "too-long"
    assert (part.offset, part.start, part.end) == (long.start, long.start, long.end)
    assert not any(isinstance(part, Unread) for part in (*first.parts, *last.parts))
