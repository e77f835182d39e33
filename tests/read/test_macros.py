"""Macros: what they expand to, and where every piece of the expansion stands in the file."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from derive.language.document import Document, Formula, Preamble, Unread
from derive.language.report import Verdict
from derive.language.source import Source
from derive.read import read_text
from derive.read.macros import MAXIMUM_ALL, Expansion, Macro, macro_of, table_of
from derive.verify import verify


def expanded(text: str, *macros: Macro) -> tuple[str, Source, list[tuple[int, str]]]:
    made = Expansion(table_of(macros))
    made.expand(text, 0)
    return made.text(), Source(text, tuple(made.pieces), tuple(made.uses)), made.refusals


EXPANSIONS = {
    "no argument": (r"\newcommand{\R}{\mathbb{R}} \R^n", r"\mathbb{R}^n"),
    "an argument": (r"\newcommand{\E}[1]{\mathbb{E}[#1]} \E{x}", r"\mathbb{E}[x]"),
    "without braces": (r"\newcommand\E[1]{e#1} \E x \E\alpha \E 12", r"ex e\alpha e12"),
    "a default": (r"\newcommand{\p}[2][t]{#1^#2} \p{2} \p[u]{3}", "t^2 u^3"),
    "renewed": (r"\newcommand{\a}{1}\renewcommand{\a}{2} \a", "2"),
    "provided": (r"\newcommand{\a}{1}\providecommand{\a}{2}\providecommand{\b}{3} \a\b", "13"),
    "def": (r"\def\a#1#2{#2#1} \a{x}{y}", "yx"),
    "let": (r"\let\eps=\varepsilon \eps", r"\varepsilon"),
    "let of a macro": (r"\newcommand{\a}{1}\let\b\a\renewcommand{\a}{2} \a\b", "21"),
    "a macro in its own terms": (r"\let\oldvec\vec\renewcommand{\vec}[1]{\oldvec{\mathbf{#1}}} \vec{x}", r"\vec{\mathbf{x}}"),
    "an operator": (r"\DeclareMathOperator{\tr}{tr} \tr X", r"\operatorname{tr} X"),
    "an operator with limits": (r"\DeclareMathOperator*{\amax}{arg\,max} \amax_x", r"\operatorname*{argmax}_x"),
    "a paired delimiter": (r"\DeclarePairedDelimiter{\abs}{\lvert}{\rvert} \abs*{x} \abs[\big]{y}", r"\left\lvert x \right\rvert \left\lvert y \right\rvert"),
    "a document command": (r"\NewDocumentCommand{\a}{m O{2}}{#1^#2} \a{x} \a{x}[3]", "x^2 x^3"),
    "macros in macros": (r"\newcommand{\a}[1]{(#1)}\newcommand{\b}[1]{\a{#1}+\a{1}} \b{\a{x}}", "((x))+(1)"),
    "arguments from behind the macro": (r"\newcommand{\a}{\b}\newcommand{\b}[1]{<#1>} \a{x}", "<x>"),
    "arguments half from behind": (r"\newcommand{\a}{\b{1}}\newcommand{\b}[2]{<#1,#2>} \a{x}", "<1,x>"),
    "defined later": (r"\newcommand{\a}{\b}\newcommand{\b}{1} \a", "1"),
    "used before": (r"\a \newcommand{\a}{1} \a", r"\a 1"),
    "a definition in a body": (r"\newcommand{\a}{\newcommand{\b}{1}} \a\b", "1"),
    "words do not run together": (r"\newcommand{\n}[1]{\lVert #1\rVert} \n{x}b", r"\lVert x\rVert b"),
    "nor in a body": (r"\newcommand{\n}[1]{\bm#1} \n{x}", r"\bm x"),
    "nor arguments": (r"\newcommand{\n}[2]{#1#2} \n{\alpha}{b}", r"\alpha b"),
    "longer names are others": (r"\newcommand{\a}{1} \a\ab", r"1\ab"),
    "an escaped brace": (r"\newcommand{\a}[1]{<#1>} \a{\{x\}}", r"<\{x\}>"),
    "a comment": ("\\newcommand{\\a}[1]{<#1>} \\a% \\a}\n  {x} % \\a", "<x> % \\a"),
    "silent": (r"\ensuremath{x}\xspace", "x"),
    "a letter as a macro": (r"\newcommand{\*}{\cdot} a\*b", r"a\cdot b"),
    "no definition": (r"\newcommand x \def{", r"\newcommand x \def{"),
}  # fmt: skip


@pytest.mark.parametrize("name", EXPANSIONS)
def test_expansion(name: str) -> None:
    text, expected = EXPANSIONS[name]
    made, _, refusals = expanded(text)
    assert " ".join(made.split()) == " ".join(expected.split())
    assert not refusals


REFUSED = {
    "itself": (r"\newcommand{\a}{\a} x \a", "without end"),
    "each other": (r"\newcommand{\a}{\b}\newcommand{\b}{\a\a} x \a", "without end"),
    "a bomb": (r"\def\a{\b\b\b\b\b\b\b\b}\def\b{\c\c\c\c\c\c\c\c}\def\c{\d\d\d\d\d\d\d\d}\def\d{\e\e\e\e\e\e\e\e}\def\e{xxxxxxxx} \a", "without end"),
    "an argument too few": (r"\newcommand{\a}[2]{#1#2} $\a{x}$", "argument"),
    "no argument at all": (r"\newcommand{\a}[1]{#1} \a", "argument 1 is missing"),
    "an open argument": (r"\newcommand{\a}[1]{#1} \a{x", "argument 1 is missing"),
    "delimited arguments": (r"\def\a(#1){#1} \a(x)", "delimited"),
    "arguments of another kind": (r"\NewDocumentCommand{\a}{s m}{#2} \a{x}", "only m and O"),
    "an argument that is none": (r"\newcommand{\a}[1]{#2} \a{x}", "does not have"),
}  # fmt: skip


@pytest.mark.parametrize("name", [name for name in REFUSED if name != "an argument too few"])
def test_what_is_refused_stands_as_it_was_written(name: str) -> None:
    text, words = REFUSED[name]
    made, source, refusals = expanded(text)
    (refusal,) = refusals
    assert words in refusal[1]
    assert made[refusal[0] :] == text[text.rindex("\\a") :]
    assert source.offset(refusal[0]) == text.rindex("\\a")


def test_expansion_is_bounded() -> None:
    """Counted in characters made, not in seconds."""
    ten = "".join(f"\\def\\{a}{{{chr(92)}{b}{chr(92)}{b}}}" for a, b in zip("abcdefghij", "bcdefghijk", strict=True))
    made, _, refusals = expanded(ten + "\\def\\k{" + "x" * 15 + "}" + "\\a" * 5_000)
    assert len(made) < MAXIMUM_ALL + 100_000
    assert refusals


FILE = r"""---
macros:
  R: \mathbb{R}
  half: ['\frac{#1}{2}', 1]
  "\\sq": "{#1}^2"
  e: {unused: '1'}
---
"""


def test_forms_of_settings() -> None:
    assert macro_of("R", "\\mathbb{R}") == Macro("\\R", "\\mathbb{R}")
    assert macro_of("\\half", ["\\frac{#1}{2}", 1]) == Macro("\\half", "\\frac{#1}{2}", (None,))
    assert macro_of("\\p", ["#1^{#2}", 2, "x"]) == Macro("\\p", "#1^{#2}", ("x", None))
    assert macro_of("\\sq", "{#1}^2") == Macro("\\sq", "{#1}^2", (None,))


@pytest.mark.parametrize(
    ("name", "value"),
    [("a b", "x"), ("a1", "x"), ("", "x"), ("a", 1), ("a", []), ("a", ["x", "y"]), ("a", ["#2", 1]), ("a", ["x", 0, "y"]), ("a", ["x", 1, 2]),
     ("a", ["x", 10]), ("a", ["#1", True]), ("a", {"x": 1}), ("a", None)],
)  # fmt: skip
def test_what_is_no_macro(name: str, value: object) -> None:
    with pytest.raises(ValueError, match="macro"):
        macro_of(name, value)


FRONT_MATTER = {
    "plain": ("macros:\n  R: \\mathbb{R}\n", "\\R", "\\mathbb{R}"),
    "with its backslash": ("macros:\n  \\R: \\mathbb{R}\n", "\\R", "\\mathbb{R}"),
    "single quotes": ("macros:\n  'R': '\\mathbb{R}'\n", "\\R", "\\mathbb{R}"),
    "double quotes": ('macros:\n  "\\\\R": "\\\\mathbb{R}"  # the reals\n', "\\R", "\\mathbb{R}"),
    "a list": ("macros:\n  h: ['\\frac{#1}{2}', 1]\n", "\\h{x}", "\\frac{x}{2}"),
    "a list with a default": ('macros:\n  h: ["\\\\frac{#1}{#2}", 2, "1"]\n', "\\h[y]{x}", "\\frac{y}{x}"),
    "a list in lines": ("macros:\n  h:\n    - '\\frac{#1}{2}'\n    - 1\n  R: r\n", "\\h{x}\\R", "\\frac{x}{2}r"),
    "a mapping in braces": (
        "macros: {R: '\\mathbb{R}', h: ['\\frac{#1}{2}', 1]}\n",
        "\\h{\\R}",
        "\\frac{\\mathbb{R}}{2}",
    ),
    "under the name of a renderer": ("mathjax:\n  macros:\n    R: \\mathbb{R}\nother: 1\n", "\\R", "\\mathbb{R}"),
    "MyST": ("math:\n  '\\R': '\\mathbb{R}'\n", "\\R", "\\mathbb{R}"),
    "math is a switch": ("math: true\nmath:\n  enable: true\n", "\\RR", "\\RR"),
}


@pytest.mark.parametrize("name", FRONT_MATTER)
def test_front_matter(name: str) -> None:
    yaml, use, expected = FRONT_MATTER[name]
    document = read_text(f"---\ntitle: a\n{yaml}---\n\n${use}$\n")
    assert [one.latex for one in document.items if isinstance(one, Formula)] == [expected]
    assert not document.problems


@pytest.mark.parametrize(
    "yaml",
    ["macros:\n  R: \\lVert #1 \\rVert\n", "macros:\n  - R\n", 'macros:\n  R: "\\mathbb{R}"\n', "macros:\n  R: ['a'\n", "macros:\n  R:\n", "macros:\n  R: 'a' b\n",
     "macros:\n  a b: c\n", "macros: {R\n", "macros:\n  R: ['#2', 1]\n"],
)  # fmt: skip
def test_front_matter_that_is_not_understood(yaml: str) -> None:
    document = read_text(f"---\ntitle: a\n{yaml}---\n\n$x$\n")
    (problem,) = document.problems
    assert (problem.line, problem.code) == (3, "front-matter")
    assert [one.latex for one in document.items if isinstance(one, Formula)] == ["x"]


def test_toml() -> None:
    document = read_text("+++\nderive = 'x : real'\n[macros]\nR = '\\mathbb{R}'\n+++\n$\\R$\n")
    assert [getattr(one, "names", one) for one in document.items[:1]] == [("x",)]
    assert document.items[1].latex == "\\mathbb{R}"  # type: ignore[union-attr]
    assert read_text("+++\na = \n+++\n").problems[0].code == "front-matter"


# --- places --------------------------------------------------------------------------------------------------------------


def report(text: str, kind: str = "md") -> list[tuple[str, int, int, int, str]]:
    found = verify(read_text(text, kind=kind))
    return [(one.verdict.value, one.line, one.column, one.end_column, one.latex) for one in found.results]


def test_a_column_points_at_the_use() -> None:
    text = "$\\newcommand{\\half}[1]{\\frac{#1}{2}}$ Then\n$x + \\half{x} = x$ and $\\half{1} = \\half{2}$.\n"
    assert report(text) == [
        ("refuted", 2, 2, 17, "x + \\half{x} = x"),
        ("refuted", 2, 25, 43, "\\half{1} = \\half{2}"),
    ]


def test_a_relation_that_a_macro_makes_stands_at_its_use() -> None:
    text = "$\\newcommand{\\law}[1]{#1 + #1 = 2#1, 1 = 2}$\n\nSo $\\law{x}$.\n"
    assert [(verdict, line, column) for verdict, line, column, _, _ in report(text)] == [
        ("proved", 3, 5),
        ("refuted", 3, 5),
    ]


def test_the_unread_token_of_a_body_is_named_at_the_use() -> None:
    text = "$\\newcommand{\\foo}[1]{#1 \\unknownword}$\n\n$x = \\foo{x}$\n"
    (result,) = verify(read_text(text)).results
    assert result.verdict is Verdict.UNREAD
    assert "\\unknownword" in result.message
    assert result.message.startswith("column 6")


@pytest.mark.parametrize("name", REFUSED)
def test_a_refused_macro_costs_its_formula(name: str) -> None:
    definitions, _, use = REFUSED[name][0].rpartition(" ")
    document = read_text(f"$${definitions}$$\n\n$x = 1 + {use.strip('$')}$ and $1 = 2$.\n")
    _, first, second = [one for one in document.items if isinstance(one, Formula)]
    (part,) = first.parts
    assert isinstance(part, Unread)
    assert part.code == "macro"
    assert REFUSED[name][1] in part.message
    assert document.position(part.offset) == (3, 10)
    assert not isinstance(second.parts[0], Unread)


def test_nothing_is_refuted_that_a_macro_could_exclude() -> None:
    """A macro that is not understood may say anything of any symbol."""
    text = "$$\\def\\positive(#1){#1 > 0}$$\n\nLet $\\positive(x)$.\n\n$|x| = x$ and $1 = 2$.\n"
    verdicts = [one.verdict for one in verify(read_text(text)).results]
    assert Verdict.REFUTED not in verdicts[1:2]
    assert verdicts[0] is Verdict.UNREAD


def test_macros_of_a_preamble() -> None:
    preamble = Preamble({"R": "\\mathbb{R}", "half": ["\\frac{#1}{2}", 1]}, ("x : positive real",), ("x < y",))
    document = read_text("# A\n\n$\\half{x} > 0$\n\n# B\n\n$y > 0$\n", preamble=preamble)
    assert [one.verdict for one in verify(document).results] == [Verdict.PROVED, Verdict.PROVED]
    assert document.text[-11:] == "# B\n\n$y > 0$\n"[-11:]


def test_definitions_hold_from_their_place_on() -> None:
    document = read_text("$\\a$ $\\newcommand{\\a}{x}$ $\\a$\n\n\\newcommand{\\b}{y\n}\n\n$\\b$\n")
    latex = [one.latex.strip() for one in document.items if isinstance(one, Formula)]
    assert latex == ["\\a", "", "x", "y"]


_ATOMS = st.sampled_from(["x", "y+z", "2", r"\alpha", "{ab}", r"\frac{p}{q}"])
_USES = st.recursive(
    _ATOMS,
    lambda inner: st.one_of(
        st.builds(r"\one{{{}}}".format, inner),
        st.builds(r"\two{{{}}}{{{}}}".format, inner, inner),
        st.builds(r"\opt[{}]{{{}}}".format, _ATOMS, inner),
        st.builds(r"\opt{{{}}}".format, inner),
        st.builds(r"\deep{{{}}}".format, inner),
        st.builds("{}+{}".format, inner, inner),
        st.just(r"\zero "),
    ),
    max_leaves=8,
)
_DEFINED = (
    Macro(r"\zero", "0"), Macro(r"\one", "(#1)", (None,)), Macro(r"\two", "[#2/#1]", (None, None)), Macro(r"\opt", "#1^{#2}", ("d", None)),
    Macro(r"\deep", r"\one{\two{#1}{\zero}}", (None,)),
)  # fmt: skip


def substituted(text: str) -> str:
    """The reference: one macro after the other, innermost last, by plain substitution."""
    group = r"\{((?:[^{}]|\{(?:[^{}]|\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\})*\})*)\}"
    rules = (
        (r"\\deep" + group, r"\\one{\\two{\1}{\\zero }}"), (r"\\one" + group, r"(\1)"), (r"\\two" + group + group, r"[\2/\1]"),
        (r"\\opt\[([^\[\]]*)\]" + group, r"\1^{\2}"), (r"\\opt" + group, r"d^{\1}"), (r"\\zero ?", "0"),
    )  # fmt: skip
    while True:
        before = text
        for pattern, body in rules:
            text = re.sub(pattern, body, text)
        if text == before:
            return text


@given(_USES)
def test_expansion_is_substitution(use: str) -> None:
    made, _, refusals = expanded(use, *_DEFINED)
    assert not refusals
    assert made.replace(" ", "") == substituted(use).replace(" ", "")


@given(_USES, st.data())
def test_every_span_is_its_text_or_a_use(use: str, data: st.DataObject) -> None:
    """A part of the expansion, cut from the file, is the same text, or text that expands to something with it inside."""
    text = f"a = {use} + b"
    made, source, _ = expanded(text, *_DEFINED)
    start = data.draw(st.integers(0, len(made) - 1))
    end = data.draw(st.integers(start + 1, len(made)))
    begin, stop = source.span(start, end)
    assert 0 <= begin < stop <= len(text)
    cut = text[begin:stop]
    if cut != made[start:end]:
        again, _, _ = expanded(cut, *_DEFINED)
        assert made[start:end].replace(" ", "") in again.replace(" ", "")
        assert begin <= source.offset(start) < stop
    assert source.written(made, 0, len(made)) == text
    assert source.written(made, start, end) in text or not set(cut) & set("\\")


def test_a_document_without_macros_is_its_own_source() -> None:
    document = Document("-", "one\ntwo")
    assert document.position(4) == (2, 1)
    assert document.written(4, 7) == "two"
    assert str(document.place(4)) == "line 2"


def test_what_is_suggested_keeps_the_macros_of_the_author() -> None:
    text = (
        r"$\newcommand{\abs}[1]{\left\lvert #1 \right\rvert}$"
        "\n\n"
        r"$\abs{x} = x$"
        "\n\n"
        r"$\left| x \right| = x$"
    )
    results = verify(read_text(text)).results
    assert [result.suggestion for result in results] == [r"\abs{x} \ge x", r"\left| x \right| \ge x"]
    assert [result.latex for result in results] == [r"\abs{x} = x", r"\left| x \right| = x"]
