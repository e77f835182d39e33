"""The declarations that could be pasted: they are what the formulas show, and pasting them changes no verdict."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from derive.cli import main
from derive.read import read_text
from derive.suggestions import Suggestion, pasted, suggestions
from derive.verify import verify

POSTS = sorted((Path(__file__).parent / "posts").glob("*.md"))


def of(text: str) -> list[Suggestion]:
    document = read_text(text)
    return suggestions(text, document, verify(document))


@pytest.mark.parametrize("path", POSTS, ids=lambda path: path.stem)
def test_pasting_changes_no_verdict(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    document = read_text(text, str(path))
    report = verify(document)
    found = suggestions(text, document, report)
    assert found
    again = verify(read_text(pasted(text, found), str(path)))
    assert [(one.latex, one.verdict) for one in again.results] == [(one.latex, one.verdict) for one in report.results]


def test_what_would_change_a_verdict_is_left_out() -> None:
    # That w has n components is a guess: with it the relation would be refuted for n = 3.
    items = [
        item
        for one in of("$|\\vec w|^2 = w_1^2 + w_2^2$\n\n$\\vec u^T \\vec v = \\vec v^T \\vec u$\n")
        for item in one.items
    ]
    assert any("vec{u}" in item for item in items)
    assert not any("vec{w}" in item for item in items)


def test_what_the_text_defines_is_not_declared() -> None:
    found = of("Let $\\vec g = \\nabla f(\\vec x)$. Then $\\vec g = \\nabla f(\\vec x)$.\n")
    assert not any("vec{g}" in item for one in found for item in one.items)


def test_the_front_matter_stays_first() -> None:
    text = "---\ntitle: a post\n---\n$A^T A = A^T A$\n"
    one = Suggestion("", 0, ("A : matrix(m, n)",))
    assert pasted(text, [one]).startswith("---\ntitle: a post\n---\n\n<!-- derive: A : matrix(m, n) -->")
    assert pasted(text, [one], "tex").count("% derive: A : matrix(m, n)") == 1


def test_on_the_command_line(tmp_path: Path) -> None:
    post = tmp_path / "post.md"
    post.write_text("# One\n\n$A^T A = A^T A$\n", encoding="utf-8")
    done = CliRunner().invoke(main, ["check", "--declarations", str(post)])
    assert done.exit_code == 0
    assert "below the heading 'One' in line 1:\n<!-- derive: A : matrix(" in done.output
    post.write_text("$1 + 1 = 2$\n", encoding="utf-8")
    done = CliRunner().invoke(main, ["check", "--declarations", str(post)])
    assert "nothing to declare" in done.output


@pytest.mark.parametrize(
    ("formulas", "said"),
    [
        (("f(x) = x^2 + 1",), ["f : function(real) -> real"]),
        (
            (r"F_X(x) = \int_{-\infty}^x f_X(t) dt",),
            ["F_{X} : function(real) -> real", "f_{X} : function(real) -> real"],
        ),
        ((r"H(p) = -\sum_{i=1}^k p_i \log p_i",), []),
        ((r"d_1(I, J) = \sum_{i=1}^n |I_i - J_i|",), []),
        (("F(x) = 2 x^2", "f(x) = 1 - x", "f(x, y) = x y^2"), ["F : function(real) -> real"]),
        ((r"z \sim N(0, 1)", "N(0, 1) = N(1, 0)"), []),
        ((r"\mathbf{f}(x) = \mathbf{g}(x) + x^2 \mathbf{b}",), []),
        ((r"G(z) = E[z^X]", r"z \in \mathbb{C}"), []),
        (("f(x) = x^2", r"z \in \mathbb{C}"), ["f : function(real) -> real"]),
    ],
)
def test_of_a_function_only_what_its_uses_say_is_printed(formulas: tuple[str, ...], said: list[str]) -> None:
    report = verify(read_text("\n\n".join(f"$${one}$$" for one in formulas)))
    assert [one for one in report.inferred if "function" in one] == said


@pytest.mark.parametrize(
    ("formulas", "said"),
    [
        ((r"\hat\beta = (X^T X)^{-1} X^T y",), {r"\hat{\beta} : vector(?)"}),
        # A size that an example has is not said where it does not stand.
        ((r"\mathbf u = [1, 2]^T", r"\mathbf u^T \mathbf v = \mathbf v^T \mathbf u"), {r"\mathbf{u} : vector(?)", r"\mathbf{v} : vector(?)"}),
        ((r"L = C \max(0, w^T x)",), {"w : vector(?)"}),
        ((r"L = C w^T x",), {"w : vector(?)"}),
        # What other formulas show of a letter is not said of it here; a capital that is only turned may be a column.
        ((r"Q = x^T A x", "x = 0"), {"A : matrix(?, ?)", "x : vector(?)"}),
        ((r"\Sigma = \mathrm{E}(X Y^T) - \mathrm{E}(X) \mathrm{E}(Y)^T",), set()),
        ((r"\mathbf x \in \mathbb R^n", r"\mathbf H \mathbf x = \mathbf g"), {r"\mathbf{H} : matrix(?, n)", r"\mathbf{g} : vector(?)", "n : positive integer"}),
        ((r"c_{kl} = \sum_{ij} \mathbf b_{ijk} \mathbf a_{il}",), set()),
        ((r"\sigma(X)^2 = E(X^2) - E(X)^2",), set()),
        # The entries of a row may be blocks, and those of a column; the letters of a lemma are its own; n of a sum over n is no length.
        ((r"X = [X_0, X_1]", r"x = [x_0, x_1]", r"z = [z_0, z_1]^T"), {"z : vector(2)"}),
        ((r"x^T A x = b", r"X \sim \mathcal{N}(\mu, \Sigma) \Rightarrow Y = A X \sim \mathcal{N}(A \mu, A \Sigma A^T)"), {"A : matrix(?, ?)", "x : vector(?)"}),
        ((r"\sum_{i=1}^n x_i = 1", r"e^x = \sum_{n=0}^\infty \frac{x^n}{n!}"), {"n : positive integer"}),
        ((r"x \sim \mathrm{t}(\mu, \sigma^2, \nu)", r"y = (x - \mu)^T \Lambda^{-1} (x - \mu)"), {r"\Lambda : matrix(?, ?)"}),
        ((r"\tilde y = W y", r"\tilde X = W X", r"W W^T = V"), {"W : matrix(?, ?)"}),
    ],
)  # fmt: skip
def test_only_what_a_formula_itself_shows_is_printed(formulas: tuple[str, ...], said: set[str]) -> None:
    report = verify(read_text("\n\n".join(f"$${one}$$" for one in formulas)))
    assert set(report.inferred) == said
