"""Commands that need no definition in the document: sets of numbers on web pages, packages that are named; and what they are not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from derive.language.document import Formula, Statement, Unread
from derive.read import read_claim, read_text

Readings = Callable[..., list[str]]


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"x \in \R^n_{>0}", "x in R_{>0}^{n}"),
        (r"n \in \N", "n in N"),
        (r"f : \Z \to \C", "f : Z \\to C"),
    ],
)
def test_sets_of_numbers(readings: Readings, latex: str, expected: str) -> None:
    assert readings(latex) == readings(latex.replace("\\R", "\\mathbb{R}")) or expected in readings(latex)
    assert "unknown-macro" not in readings(latex)[0]


@pytest.mark.parametrize(
    "latex", [r"p = \N(0, 1)", r"p = \C[x]", r"v \in T_p\M", r"\norm{v} = 1", r"\E[X] = 1", r"\dv{x} x^2 = 2"]
)
def test_no_such_command(readings: Readings, latex: str) -> None:
    assert readings(latex)[0].startswith("unknown-macro: ")


def test_a_definition_comes_first(readings: Readings) -> None:
    assert readings(r"\newcommand{\R}{r} a = 1", r"\R + 1 = b") == ["b := r + 1"]
    assert readings(r"\providecommand{\R}{r} a = 1", r"\R + 1 = b") == ["b := r + 1"]


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"\dv{f}{x} = 2 x", "f'(x) = 2 x"),
        (r"\dv{x} f(x) = 2 x", "f'(x) = 2 x"),
        (r"\dv[2]{f}{x} = 2", "f''(x) = 2"),
        (r"\qty(a + b) c = d + e_1", "(a + b) c = d + e_1"),
        (r"\exp\qty{a} + 1 = \abs{x}^2", "exp(a) + 1 = (|x|)^2"),
        (r"\norm{\vb{v}} + 1 = a + b", "|v| + 1 = a + b"),
    ],
)
def test_physics(readings: Readings, latex: str, expected: str) -> None:
    assert readings(r"\require{physics} f(x) = x^2", latex) == [expected]


def test_an_unknown_form_of_a_known_command(readings: Readings) -> None:
    (found,) = readings(r"\require{physics} f(x) = x^2", r"\pdv[2]{f}{x}{y} = 2")
    assert found.startswith("macro: ")


def _formulas(text: str, kind: str) -> list[Statement | Unread]:
    document = read_text(text, kind=kind)
    return [part for item in document.items if isinstance(item, Formula) for part in item.parts]


def test_tex_names_its_packages() -> None:
    body = "\\begin{document}$\\abs{x} = 1$, $x \\in \\R$\\end{document}"
    named, unnamed = (
        _formulas(head + body, "tex") for head in ("\\usepackage{amsmath,physics}\n", "% \\usepackage{physics}\n")
    )
    assert isinstance(named[0], Statement)
    assert isinstance(named[1], Statement)  # with a side that is unread: TeX has no \R
    assert named[1].unread_members()
    assert isinstance(unnamed[0], Statement)
    assert unnamed[0].unread_members()


def test_new_environments() -> None:
    head = "\\newenvironment{eq}{\\begin{equation}}{\\end{equation}}\n\\newenvironment{hint}{\\textbf{Hint}}{}\n"
    found = _formulas(
        head + "\\begin{document}\\begin{eq} a = b \\end{eq}\\begin{hint}$c = d$\\end{hint}\\end{document}", "tex"
    )
    assert [part.latex.strip() for part in found] == ["a = b", "c = d"]
    again = (
        "\\newenvironment{proof}{\\begin{equation}}{\\end{equation}}\\begin{document}\\begin{proof} a = b \\end{proof}"
    )
    assert not _formulas(again + "\\end{document}", "tex")  # a proof stays a proof


def test_an_environment_with_an_argument() -> None:
    head = "\\newenvironment{named}[1]{\\begin{align*}#1 &=}{\\end{align*}}\n"
    (found,) = _formulas(head + "\\begin{document}\\begin{named}{a} b + c \\end{named}\\end{document}", "tex")
    assert isinstance(found, Statement)
    assert [child.key for child in found.node.children[:1]] == ["a"]


def test_macros_of_a_claim() -> None:
    document = read_claim(r"\half x = y", macros={"half": r"\frac{1}{2}"}, assume=[r"x \in \R"])
    (formula,) = [item for item in document.items if isinstance(item, Formula)]
    assert isinstance(formula.parts[0], Statement)
    assert not formula.parts[0].unread_members()
    assert document.written(0, len(document.text)) == r"\half x = y"


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"a = \operatorname{\mathbb{E}}[X]", "a := E[X]"),
        (r"\boxed{x^2 = y + 1}", "x^2 := y + 1"),
        (r"c + 1 = \boxed{a + b}", "c + 1 = a + b"),
        (r"x^2 = y + 1 \qedhere", "x^2 := y + 1"),
        (r"a^2 = b + c \quad\hbox{if } c^2 > 1", "a^2 := b + c"),
        (r"a + \dbinom{n}{k} = b + c", "a + binomial(n, k) = b + c"),
        (r"\frac{1}{2} \ln(2 \pi \sigma^2 e) + 1 = h + k", "1/2 log(2 pi sigma^2 exp(1)) + 1 = h + k"),
        (r"{}_1 F_1(a, b, z) = x + y", "{}_1 F_1(a, b, z) = x + y"),
        (r"m = I^{-1}(x; a, b)", "m := I^{-1}(x; a, b)"),
        (r"a + 1/2 \, x^2 = b + c", "a + 1/2 x^2 = b + c"),
        (r"m = \min\{x \in A \mid f(x) = 1\}", "m := min({x in A | f(x) = 1})"),
        (r"a + \sqrt[n]{x} = b + c", "a + x^(1/n) = b + c"),
        (r"h = D_{KL}(p \parallel q)", "h := D_KL(p || q)"),
        (r"\mathbbm{1}_A(x) + 1 = b", "b := 1_A(x) + 1"),
    ],
)
def test_notations(readings: Readings, latex: str, expected: str) -> None:
    assert readings(latex)[0] == expected


def test_an_array_as_a_chain(readings: Readings) -> None:
    latex = r"\begin{array}{rcl} a^2 & = & b + c \\ & \le & d^2 \end{array}"
    assert readings(latex) == ["a^2 := b + c", "b + c <= d^2"]


@pytest.mark.parametrize(
    "latex",
    [
        r"\boxed{a = b} c",
        r"c \boxed{a = b}",
        r"\begin{array}{cc} 1 & = \\ 2 & 3 \end{array} x = 1",
        r"a = 1/2x",
        r"a = 1/bx",
        r"a = {}_1 F_1",
        r"a \parallel b",
    ],
)
def test_near_misses_stay_unread(readings: Readings, latex: str) -> None:
    assert any(
        ": " in one and one.split(":")[0].replace("-", "").isalpha() and ":=" not in one for one in readings(latex)
    )


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"h = \sigma(W x + b)", "h := sigma(W x + b)"),
        (r"h = \phi(\mathbf{X} \mathbf{W} + b)", "h := phi(X W + b)"),
        (r"S = f(a + b)", "S := f(a + b)"),
    ],
)
def test_letters_of_functions_before_a_sum(readings: Readings, latex: str, expected: str) -> None:
    assert readings(latex) == [expected]


@pytest.mark.parametrize(
    ("before", "latex"),
    [("a = 1", r"h = \sigma(x + b)"), ("f + 1 = 2", r"S = f(a + b)"), (r"\sigma^2 = 1", r"h = \sigma(W x + b)")],
)
def test_numbers_before_a_sum(readings: Readings, before: str, latex: str) -> None:
    (found,) = readings(before, latex)
    assert found.startswith("ambiguous-application: ")
