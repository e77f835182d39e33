"""What the writers emit is understood where it is shown: by LaTeX with amsmath, by MathJax and by KaTeX."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from derive.api import load
from derive.language.printing import latex
from derive.write import latex as latex_writer
from derive.write import markdown
from derive.write.breaking import ROOM, pieces, width

PROOFS = Path(__file__).parent.parent.parent / "proofs"

# Control words that KaTeX 0.16 and MathJax 3 (its packages base and ams) both render, each tried in both; docs/looking.md says how.
_WORDS = """
alpha odot backslash setminus vee approx arccos arcsin arctan arg ast bar because begin beta Big big Bigg bigg binom bullet cap cdot cdots
chi circ cong cos cosh cot csc cup ddot ddots deg Delta delta det dfrac dim displaystyle div dot dots ell
emptyset end epsilon equiv eta exists exp forall frac Gamma gamma gcd ge geq geqslant gt hat hbar iff iint
imath implies in inf infty int iota jmath kappa ker Lambda lambda land langle lbrace lceil ldots le left
Leftrightarrow leq leqslant lfloor lim limits ln log lor lt lVert lvert mapsto mathbb mathbf mathcal mathfrak
mathit mathrm mathsf max mid min mp mu nabla ne neg neq notin nu oint Omega omega operatorname oplus otimes
overline overrightarrow overset parallel partial Phi phi Pi pi pm pmod Pr prime prod propto Psi psi qquad quad
rangle rbrace rceil rfloor rho right Rightarrow rVert rvert sec Sigma sigma sim simeq sin sinh sqrt star
subset subseteq substack sum sup tag tan tanh tau text textstyle tfrac therefore Theta theta tilde times to
top triangleq underline underset Upsilon upsilon varDelta varepsilon varGamma varnothing varphi varpi varrho
varsigma vartheta vdots vec wedge Xi xi zeta
"""
BOTH = frozenset(_WORDS.split())


@pytest.mark.parametrize("dimension", ["n", "2"])
@pytest.mark.parametrize("path", sorted(PROOFS.glob("*.py")), ids=lambda path: path.stem)
def test_only_words_that_mathjax_and_katex_know(path, dimension) -> None:
    written = markdown.write(load(path, dimension).text())
    formulas = re.findall(r"\$\$(.*?)\$\$|\$([^$\n]+)\$", written, re.DOTALL)
    assert len(formulas) > 10
    used = {word for pair in formulas for formula in pair for word in re.findall(r"\\([A-Za-z]+)", formula)}
    assert used <= BOTH, sorted(used - BOTH)


def test_terms_are_printed_in_words_that_both_know() -> None:
    """The source of the printer: every control word in it but those of names."""
    source = Path(latex.__code__.co_filename).read_text(encoding="utf-8")
    words = set(re.findall(r"\\\\([A-Za-z]+)", source))
    assert len(words) > 20
    assert not words - BOTH - {"boldsymbol", "bm", "vec", "mathbf"}, words - BOTH


@pytest.mark.parametrize("dimension", ["n", "10"])
def test_no_row_is_too_long(dimension) -> None:
    written = markdown.write(load(PROOFS / "steepest_ascent.py", dimension).text())
    for display in re.findall(r"\\begin\{aligned\}\n(.*?)\n\\end\{aligned\}", written, re.DOTALL):
        for row in display.split(" \\\\\n"):
            assert width(row) <= ROOM + 1, row


@pytest.mark.parametrize(
    ("formula", "least", "most"),
    [
        ("x", 0.4, 0.8),
        ("x + y", 2, 3.5),
        (r"\dfrac{a + b + c}{d}", 4, 6.5),
        (r"\vec{w}_{k+1}", 1, 2.5),
        (r"\begin{bmatrix} a & b \\ c & d + e + f \end{bmatrix}", 6, 9),
        (r"\left(\nabla L(\vec{w}_{k})\right)^T", 3, 6),
        ("", 0, 0),
    ],
)
def test_widths_are_about_right(formula, least, most) -> None:
    assert least <= width(formula) <= most, width(formula)


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("a + b - c", ["a + b", "- c"]),
        ("(a + b + c + d)", ["(a + b + c + d)"]),
        (r"\frac{a + b + c}{d} + e", [r"\frac{a + b + c}{d}", "+ e"]),
        ("-a + b + c", ["-a + b", "+ c"]),
        (r"a \cdot -b", [r"a \cdot -b"]),
        (r"x = -y - z", ["x = -y", "- z"]),
        (r"\begin{bmatrix} a + b + c \end{bmatrix}", [r"\begin{bmatrix} a + b + c \end{bmatrix}"]),
    ],
)
def test_sums_are_broken_at_their_own_signs(formula, expected) -> None:
    assert pieces(formula, 4.5) == expected
    assert "".join(pieces(formula, 4.5)).replace(" ", "") == formula.replace(" ", "")


def test_a_long_line_has_one_tag_and_stays_on_its_page() -> None:
    from derive.language.derivation import DerivationText, Line, Part

    terms = " + ".join(f"a_{{{index}}} b_{{{index}}}" for index in range(1, 30))
    lines = (Line(terms, "=", "0", "", "claim"), Line("x", "=", terms, "", "claim"))
    written = latex_writer.write(DerivationText("Long", "", (Part("", "", lines),)))
    assert re.findall(r"\\tag\{(\d+)\}", written) == ["1", "2"]
    first, second = re.findall(r"\\begin\{align\*\}\n(.*?)\n\\end", written, re.DOTALL)
    assert first.count("\\\\*\n") == first.count("\n") >= 2
    assert first.startswith("& a_{1}")
    assert second.startswith("x &= a_{1}")
    assert all(line.startswith("&\\quad + a_") for line in second.splitlines()[1:])
