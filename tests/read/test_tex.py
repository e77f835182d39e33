"""TeX documents: formulas, prose without markup, scopes, macros, and what is wrong with a file."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from derive.language.document import Declaration, Document, Formula, Statement
from derive.language.report import Verdict
from derive.read import read as read_file
from derive.read import read_text
from derive.verify import verify


def read(text: str, preamble: str = "") -> Document:
    return read_text(
        f"\\documentclass{{article}}\n{preamble}\\begin{{document}}\n{text}\n\\end{{document}}\n", kind="tex"
    )


def formulas(document: Document) -> list[Formula]:
    return [item for item in document.items if isinstance(item, Formula)]


def found(text: str) -> list[str]:
    """The formulas of a document, displays between bars."""
    return [f"|{one.latex.strip()}|" if one.display else one.latex for one in formulas(read(text))]


FORMULAS = {
    "dollars": ("Text $x = 1$ text.", ["x = 1"]),
    "two dollars": ("$$x = 1$$", ["|x = 1|"]),
    "brackets": (r"\(x = 1\) \[y = 2\]", ["x = 1", "|y = 2|"]),
    "escaped dollars": (r"\$5 and $x$ and \\$y$", ["x", "y"]),
    "equation": ("\\begin{equation}\\label{a}\nx = 1\n\\end{equation}", ["|\\label{a}\nx = 1|"]),
    "starred": ("\\begin{align*}a &= b\\end{align*}\\begin{gather*}c\\end{gather*}", ["|a &= b|", "|c|"]),
    "split in equation": ("\\begin{equation}\\begin{split}a &= b\\end{split}\\end{equation}", ["|\\begin{split}a &= b\\end{split}|"]),
    "columns": ("\\begin{alignat}{2}a &= b\\end{alignat}", ["|a &= b|"]),
    "columns of IEEE": ("\\begin{IEEEeqnarray}{rCl}a &=& b\\end{IEEEeqnarray}", ["|a &=& b|"]),
    "eqnarray": ("\\begin{eqnarray}a &=& b\\end{eqnarray}", ["|a &=& b|"]),
    "math": ("\\begin{math}x\\end{math} \\begin{displaymath}y\\end{displaymath}", ["x", "|y|"]),
    "multline, flalign": ("\\begin{multline}a\\\\=b\\end{multline}\\begin{flalign}c\\end{flalign}", ["|a\\\\=b|", "|c|"]),
    "a formula in words": (r"$x = 1 \text{ if $y$ is}$ $z$", [r"x = 1 \text{ if $y$ is}", "z"]),
    "text between rows": ("\\begin{align}a\\\\\\intertext{so}b\\end{align}", ["|a\\\\     \\text{so}b|"]),
    "in a footnote": (r"Text\footnote{With $x$.} and \textbf{$y$}.", ["x", "y"]),
    "in a caption": (r"\begin{figure}[ht]\includegraphics{$a$}\caption{The $x$.}\end{figure}", ["x"]),
    "in a table": (r"\begin{tabular}{l|c}$a$ & $b$\\\hline\end{tabular}", ["a", "b"]),
    "in a section": (r"\section{The $x$}", ["x"]),
}  # fmt: skip


def test_footnotes_and_rows_of_tables() -> None:
    text = r"A\footnote[2]{With \textbf{$x = 2$}.} and $y$. \begin{tabular}{ll}$a$ & b \\ \hline $c$ & d\end{tabular} e \\ f"
    document = read(text)
    (begin, end), *others = document.asides
    assert not others and "$x = 2$" in document.text[begin:end] and "$y$" not in document.text[begin:end]
    assert document.text.count("|") == 1


@pytest.mark.parametrize("name", FORMULAS)
def test_formulas(name: str) -> None:
    text, expected = FORMULAS[name]
    assert found(text) == expected
    assert not read(text).problems


@pytest.mark.parametrize(
    "text",
    [
        "% $x$", "Text % $x$ \\begin{align}", r"\verb|$x$| \verb*+$x$+ \lstinline!$x$!", "\\begin{verbatim}\n$x$ \\end{document}\n\\end{verbatim}",
        "\\begin{lstlisting}[language=TeX]\n$x$\n\\end{lstlisting}", "\\begin{comment}\n$x$\n\\end{comment}", "\\begin{tikzpicture}\\node{$x$};\\end{tikzpicture}",
        "\\label{$x$} \\ref{$x$}", "\\newenvironment{a}{$x$}{$y$}", "\\url{a$b$c}",
    ],
)  # fmt: skip
def test_no_formulas(text: str) -> None:
    document = read(text + "\n\nText $z$.")
    assert [one.latex for one in formulas(document)] == ["z"]
    assert not document.problems


def test_only_the_document_is_read() -> None:
    text = "$a$\n% derive: x : real\n\\begin{document}\n$b$\n\\end{document}\n$c$\n"
    document = read_text(text, "a.tex")
    assert [one.latex for one in formulas(document)] == ["b"]
    assert [one.names for one in document.items if isinstance(one, Declaration)] == [("x",)]
    assert [one.latex for one in formulas(read_text("$a$ and $b$\n", "part.tex"))] == ["a", "b"]


PROSE = {
    "markup": (r"\emph{Suppose} \textbf{that} $x$", "Suppose   that  "),
    "ties": (r"Let~$x$", "Let "),
    "escapes": (r"50\% of \_a $x$", "50 % of  _a "),
    "a label": (r"where\label{a} $x$", "where          "),
    "groups": (r"{\bf where} $x$", "where  "),
    "quotes": ("``where'' $x$", "``where'' "),
}


@pytest.mark.parametrize("name", PROSE)
def test_prose_has_no_markup(name: str) -> None:
    text, expected = PROSE[name]
    (formula,) = formulas(read(text))
    assert formula.before.split() == expected.split()


MARKS = {
    r"Suppose that $x > 0$.": "assume",
    r"\textit{Suppose} that~$x > 0$.": "assume",
    "Suppose % really\nthat $x > 0$.": "assume",
    "Suppose\n% a comment line\nthat $x > 0$.": "assume",
    r"Let \(x > 0\).": "let",
    r"where\footnote{a} \begin{equation} x > 0 \end{equation}": "",
    r"If \eqref{a} $x > 0$": "",
    r"If \verb|a| $x > 0$": "",
    "If\n\n$x > 0$": "",
    "If\\par $x > 0$": "",
    "\\item If $x > 0$": "if",
}


@pytest.mark.parametrize("text", MARKS)
def test_marks(text: str) -> None:
    (formula,) = formulas(read(text))
    assert formula.parts[0].mark == MARKS[text]  # type: ignore[union-attr]


def test_paragraphs() -> None:
    text = "$a$\n$b$\n\n$c$ \\par $d$\n\\begin{itemize}\\item $e$\\item $f$\\end{itemize} $g$ % h\n\n$i$ % j\n$k$"
    numbers = [one.paragraph for one in formulas(read(text))]
    a, b, c, d, e, f, g, i, k = numbers
    assert a == b < c < d < e == f < g < i == k


def test_sections() -> None:
    text = "\\section{One}\\subsection*{Two}\\section[short]{Three $x$}\n\\paragraph{Four} $y$"
    document = read(text)
    assert [(level, title) for _, level, title in document.headings] == [(3, "One"), (4, "Two"), (3, "Three $x$")]
    assert [one.section for one in formulas(document)] == [3, 3]


def test_scopes_of_theorems() -> None:
    """What a theorem supposes holds in it and in its proof; assumptions hold in what follows; the text goes on where it was."""
    text = (
        "\\section{A}$a$\\begin{assumption}$b$\\end{assumption}\\begin{thm}[Name]$c$\\end{thm} $d$ \\begin{proof}$e$\\end{proof}"
        "$f$\\begin{lemma}$g$\\end{lemma}\\begin{proof}$h$\\end{proof}$i$\\section{B}\\begin{proof}$j$\\end{proof}"
    )
    preamble = "\\newtheorem{thm}{Theorem}[section]\n\\newtheorem{assumption}[thm]{Assumption}\n"
    document = read(text, preamble)
    assert [(one.latex, one.section) for one in formulas(document)] == [
        ("a", 1), ("b", 1), ("c", 2), ("d", 1), ("e", 2), ("f", 1), ("g", 3), ("h", 3), ("i", 1), ("j", 4),
    ]  # fmt: skip
    assert [title for _, _, title in document.headings] == ["A", "Theorem", "Lemma", "B"]
    assert [document.section(one.start) for one in formulas(document)] == [one.section for one in formulas(document)]


def verdicts(text: str, preamble: str = "") -> list[str]:
    return [one.verdict.value for one in verify(read(text, preamble)).results]


def test_hypotheses_of_theorems() -> None:
    theorem = "\\begin{theorem}Suppose $x > 1$. Then $x > 0$.\\end{theorem}\n"
    assert verdicts(theorem) == ["assumed", "proved"]
    assert verdicts(theorem + "\\begin{proof} We have $x > 0$.\\end{proof}") == ["assumed", "proved", "proved"]
    assert "proved" not in verdicts(theorem + "\\begin{lemma} $x > 0$ \\end{lemma}")[2:]
    assert "proved" not in verdicts(theorem + "But $x > 0$.")[2:]
    assumption = "\\begin{assumption}Suppose $x > 1$.\\end{assumption}\n"
    assert verdicts(assumption + "\\begin{lemma} $x > 0$ \\end{lemma}") == ["assumed", "proved"]


def test_a_section_builds_on_those_before() -> None:
    """Nothing is refuted that may depend on a definition or a condition in a section before; of other symbols it is."""
    define = "\\section{One}Let $S = A + A^T$.\n"
    assert verdicts(define + "$S^T = S$") == ["defined", "proved"]
    assert verdicts(define + "\\section{Two}$S^T = S$")[1:] == ["unknown"]
    assert verdicts("\\section{One}Let $x > 0$.\\section{Two}$|x| = x$")[1:] == ["unknown"]
    assert verdicts("\\section{One}Let $x > 0$.\\section{Two}$|y| = y$")[1:] == ["refuted"]
    assert verdicts("\\section{One}$x = 1$ holds.\\section{Two}$|x| = x$")[1:] == ["unknown"]
    assert verdicts("\\section{One}$x = x$ holds.\\section{Two}$|x| = x$")[1:] == ["refuted"]
    assert verdicts("\\section{Notation}All numbers are positive.\\section{Two}$|x| = x$") == ["unknown"]
    assert verdicts("\\section{Positive parts}All are positive.\\section{Two}$|x| = x$") == ["refuted"]
    theorem = "\\section{One}\\begin{theorem}Let $x > 0$.\\end{theorem}"
    assert verdicts(theorem + "\\begin{theorem}$|x| = x$\\end{theorem}")[1:] == ["refuted"]
    post = read_text("# One\n\nLet $x > 0$.\n\n# Two\n\n$|x| = x$\n")
    assert verify(post).results[1].verdict is Verdict.UNKNOWN


def test_declarations() -> None:
    text = "% derive: x : positive real; assume y > 1\n$x > 0$ and $y > 0$ and $z > 0$."
    assert verdicts(text)[:2] == ["proved", "proved"]
    assert verdicts(text)[2] != "proved"


def test_macros_with_formulas_and_environments() -> None:
    preamble = (
        "\\newcommand{\\be}{\\begin{equation}}\\newcommand{\\ee}{\\end{equation}}\\def\\R{\\ensuremath{\\mathbb{R}}}\n"
        "\\newcommand{\\set}[1]{$#1$}\\newcommand{\\st}{such that}\n"
    )
    document = read("In $\\R$ \\set{x = 1} \\st{} $y$:\n\\be z = 2 \\ee\n\\verb|\\be| % \\be\n", preamble)
    assert [(one.latex.strip(), one.display) for one in formulas(document)] == [
        ("\\mathbb{R}", False), ("x = 1", False), ("y", False), ("z = 2", True),
    ]  # fmt: skip
    assert formulas(document)[2].before.split() == ["such", "that"]
    assert not document.problems
    places = [document.position(one.start) for one in formulas(document)]
    assert places == [(5, 5), (5, 14), (5, 28), (6, 4)]


def test_macros_hold_from_their_place_on() -> None:
    document = read("$\\a$ \\newcommand{\\a}{x} $\\a$ \\renewcommand{\\a}{y} $\\a$")
    assert [one.latex for one in formulas(document)] == ["\\a", "x", "y"]


LOCAL = {
    "a group": ("{\\renewcommand{\\a}{y} $\\a$} $\\a$", ["y", "x"]),
    "an environment": ("\\begin{proof}\\def\\a{y} $\\a$\\end{proof} $\\a$", ["y", "x"]),
    "groups in groups": ("{\\def\\a{y}{\\def\\a{z} $\\a$}$\\a$} $\\a$", ["z", "y", "x"]),
    "behind a group": ("{a}\\def\\a{y} {$\\a$} $\\a$", ["y", "y"]),
    "global": ("{\\gdef\\a{y}} $\\a$ {\\global\\def\\a{z}} $\\a$", ["y", "z"]),
    "a new name": ("{\\newcommand{\\b}{y} $\\b$} $\\b$", ["y", "\\b"]),
    "expanded at once": ("\\edef\\b{\\a}\\def\\a{y} $\\b$", ["x"]),
    "expanded later": ("\\def\\b{\\a}\\def\\a{y} $\\b$", ["y"]),
    "what LaTeX defines": ("\\providecommand{\\vec}[1]{y} $\\vec{x}$", ["\\vec{x}"]),
}


@pytest.mark.parametrize("name", LOCAL)
def test_a_definition_ends_with_its_group(name: str) -> None:
    text, expected = LOCAL[name]
    assert [one.latex for one in formulas(read(text, "\\newcommand{\\a}{x}\n"))] == expected


CONDITIONS = {
    "false": ("\\iffalse $a$ \\def\\z{1} \\fi $b$", ["b"]),
    "zero": ("\\if0 $a$ \\fi $b$", ["b"]),
    "otherwise": ("\\iffalse $a$ \\else $b$ \\fi $c$", ["b", "c"]),
    "within": ("\\iffalse \\ifdraft $a$ \\else $b$ \\fi $c \\iff d$ \\fi $e$", ["e"]),
    "never closed": ("\\iffalse $a$", ["a"]),
}


@pytest.mark.parametrize("name", CONDITIONS)
def test_what_is_switched_off_is_no_text(name: str) -> None:
    text, expected = CONDITIONS[name]
    assert [one.latex for one in formulas(read(text))] == expected


def test_places_with_macros() -> None:
    preamble = "\\newcommand{\\half}[1]{\\frac{#1}{2}}\n"
    text = "$\\half{x} + \\half{x} = x$\n\\begin{align}\n\\half{x} &= x \\\\\n &= \\half{2x} + 1\n\\end{align}"
    results = verify(read(text, preamble)).results
    assert [(one.verdict.value, one.line, one.column, one.end_column, one.latex) for one in results] == [
        ("proved", 4, 2, 24, "\\half{x} + \\half{x} = x"),
        ("refuted", 6, 1, 13, "\\half{x} &= x"),
        ("refuted", 7, 3, 17, "= \\half{2x} + 1"),
    ]


def test_files_that_are_put_in() -> None:
    document = read("Let $x$ be real.\n\n\\input{assumptions}\n\n$|x| = x$", "\\input{macros}\n")
    above, inside = document.notes
    assert "macros" in above
    assert inside.startswith("line 6, column 1: \\input{assumptions} is not read")
    report = verify(document)
    assert [one.verdict for one in report.results] == [Verdict.UNKNOWN]
    assert "unless \\input{assumptions}, which is not read, excludes that" in report.results[0].message
    assert report.notes == [above, inside]
    assert [one.verdict for one in verify(read("$|x| = x$")).results] == [Verdict.REFUTED]


def test_what_a_theorem_supposes_holds_in_its_proof_and_ends_with_it() -> None:
    theorem = "\\begin{theorem}If $a + b = 0$, then $a^3 + b^3 = 0$.\\end{theorem}\n"
    proof = "\\begin{proof}Indeed\n\\[ a^3 = -b^3. \\]\nAlso\n\\[ a^2 = b. \\]\\end{proof}\n"
    behind = "After it\n\\[ a^3 = -b^3. \\]\n"
    report = verify(read(theorem + proof + behind))
    verdicts = [one.verdict for one in report.results]
    assert verdicts[:4] == [Verdict.ASSUMED, Verdict.PROVED, Verdict.PROVED, Verdict.REFUTED]
    assert verdicts[4] is not Verdict.PROVED


def test_of_two_conditions_of_a_theorem_none_holds_in_its_proof() -> None:
    theorem = "\\begin{theorem}If $x > 0$, then $|x| = x$. If $x < 0$, then $|x| = -x$.\\end{theorem}\n"
    report = verify(read(theorem + "\\begin{proof}Now\n\\[ \\sqrt{x^2} = x. \\]\\end{proof}\n"))
    assert [one.verdict for one in report.results][1::2] == [Verdict.PROVED, Verdict.PROVED]
    assert report.results[-1].verdict is not Verdict.PROVED


PROBLEMS = {
    "an open dollar": ("Text $x = 1\n\n$y$", (3, 6, "unclosed-dollar"), ["y"]),
    "an open display": ("$y$ $$x = 1", (3, 5, "unclosed-dollar"), ["y"]),
    "an open environment": ("$y$ \\begin{align} x", (3, 5, "unclosed-environment"), ["y"]),
    "an open bracket": ("$y$ \\[ x", (3, 5, "unclosed-environment"), ["y"]),
    "an open listing": ("$y$ \\begin{verbatim} x", (3, 5, "unclosed-environment"), ["y"]),
}


@pytest.mark.parametrize("name", PROBLEMS)
def test_one_problem_with_its_place_and_the_rest_is_read(name: str) -> None:
    text, problem, rest = PROBLEMS[name]
    document = read(text)
    assert [(one.line, one.column, one.code) for one in document.problems] == [problem]
    assert [one.latex for one in formulas(document)] == rest


_FRAGMENTS = [
    ("Text ${0}$ and \\({1}\\).", 2), ("$${0}$$", 1), ("\\[{0}\\]", 1), ("\\begin{{align*}}{0}\\end{{align*}}", 1), ("% ${0}$", 0), ("\\verb|${0}$|", 0),
    ("\\begin{{verbatim}}${0}$\\end{{verbatim}}", 0), ("\\section{{A ${0}$}}", 1), ("\\begin{{theorem}}[B] ${0}$\\end{{theorem}}", 1), ("\\emph{{a ${0}$}}", 1),
    ("\\begin{{itemize}}\\item[a] ${0}$\\item ${1}$\\end{{itemize}}", 2), ("\\cite{{a}} \\$ 50\\%", 0), ("\\dup{{${0}$}}", 1), ("$\\half{{{0}}}$", 1), ("\\eq {0} \\qe", 1),
]  # fmt: skip
_MACROS = "\\newcommand{\\dup}[1]{\\emph{#1}}\\def\\half#1{#1}\\def\\eq{\\begin{equation}}\\def\\qe{\\end{equation}}\n"


@given(st.lists(st.sampled_from(_FRAGMENTS), max_size=12))
def test_documents_made_of_fragments(fragments: list[tuple[str, int]]) -> None:
    """What is put into a document as a formula is found, in order and nothing else, and stands where it was put."""
    pieces: list[str] = []
    expected: list[str] = []
    for number, (fragment, count) in enumerate(fragments):
        names = [f"x_{{{number}}} = y_{{{index}}}" for index in range(2)]
        pieces.append(fragment.format(*names))
        expected += names[:count]
    text = _MACROS + "\n\n".join(pieces)
    document = read_text(text, kind="tex")
    assert [one.latex.strip() for one in formulas(document)] == expected
    lines = text.split("\n")
    for formula, latex in zip(formulas(document), expected, strict=True):
        place = document.place(formula.start + formula.latex.index(latex))
        assert lines[place.line - 1][place.column - 1 :].startswith(latex)
    assert not document.problems


@given(st.text(alphabet="$\\[](){}%~ab \nbeginend*|#1_&", max_size=60))
def test_any_text(text: str) -> None:
    document = read_text(text, kind="tex")
    last = -1
    for item in formulas(document):
        assert last < item.start <= item.end <= len(document.text)
        last = item.end
    for problem in document.problems:
        assert problem.line > 0


def _folder(tmp_path: Path, **files: str) -> Path:
    for name, text in files.items():
        (tmp_path / name.replace("_", ".")).write_text(text, encoding="utf-8")
    return tmp_path / "main.tex"


def _read_sides(path: Path) -> list[bool]:
    """Whether every statement of a document is read whole."""
    parts = [part for item in read_file(str(path)).items if isinstance(item, Formula) for part in item.parts]
    return [isinstance(part, Statement) and not part.unread_members() for part in parts]


def test_macros_of_files_that_the_preamble_puts_in(tmp_path: Path) -> None:
    path = _folder(
        tmp_path,
        main_tex="\\input{macros}\n\\usepackage{own}\n\\input missing\n\\begin{document}$\\half = a$, $\\twice{x} = b$\\end{document}",
        macros_tex="\\input{more}",
        more_tex="\\newcommand{\\half}{\\frac{1}{2}}",
        own_sty="\\newcommand{\\twice}[1]{(#1 + #1)}",
    )
    assert _read_sides(path) == [True, True]
    path.write_text(path.read_text(encoding="utf-8").replace("{macros}", "{nothing}"), encoding="utf-8")
    document = read_file(str(path))
    assert _read_sides(path) == [False, True]
    assert any(note.startswith("nothing is not read") for note in document.notes)


@pytest.mark.parametrize(
    "preamble", ["% \\input{macros}", "\\input{../macros}", "\\input{/etc/hostname}", "\\input{big}", "\\input{loop}"]
)
def test_files_that_are_not_opened(tmp_path: Path, preamble: str) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "macros.tex").write_text("\\newcommand{\\half}{a}", encoding="utf-8")
    body = f"{preamble}\n\\begin{{document}}$\\half = a$\\end{{document}}"
    path = _folder(
        tmp_path / "inner",
        main_tex=body,
        macros2_tex="",
        big_tex="\\newcommand{\\half}{a}" + "%" * 200_000,
        loop_tex="\\input{loop}",
    )
    assert _read_sides(path) == [False]


def test_files_that_the_text_puts_in(tmp_path: Path) -> None:
    """Their macros are known from there on, in files in files too, and their declarations under the heading that they stand under; their formulas are not."""
    path = _folder(
        tmp_path,
        main_tex="\\begin{document}\n\\section{One}\n$\\half = a$ \\input{part}\n$\\half = 3 \\cdot \\third$ % \\input{other}\n\\include{missing}\n"
        "$|x| = x$, $|y| = y$, $\\other = 2$\n\\section{Two}\n$|x| = x$\n\\end{document}",
        part_tex="% derive: x : positive real\n\\newcommand{\\half}{\\frac{3}{6}}\\input{inner}\\input{part}\n\\section{Inside}\n% derive: y : positive real\n$y = -1$",
        inner_tex="\\newcommand{\\third}{\\frac{1}{6}}\\input{part}",
        other_tex="\\newcommand{\\other}{2}",
    )
    document = read_file(str(path))
    assert _read_sides(path) == [False, True, True, True, False, True]
    verdicts = [one.verdict.value for one in verify(document).results]
    assert verdicts == ["unread", "proved", "proved", "unknown", "unread", "unknown"]
    inside, missing = document.notes
    assert "\\input{part} is read for its macros and declarations only" in inside
    assert "\\include{missing} is not read" in missing
