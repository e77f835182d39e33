"""Names with scripts, lists, sets and dots: what is read of them, as the term that is built, and what stays unread."""

from __future__ import annotations

import pytest

from derive import elaborate
from derive.language.report import Verdict
from derive.read import read_formulas


def readings(*formulas: str) -> list[str]:
    """The reading of every relation of a document of formulas; what is not read as its code."""
    run = elaborate.obligations(read_formulas(formulas))
    found: list[str] = []
    try:
        obligation = next(run)
        while True:
            unread = obligation.verdict in {Verdict.UNREAD, Verdict.ILL_SORTED}
            found.append(f"<{obligation.code}>" if unread else obligation.reading)
            obligation = run.send(elaborate.Outcome(obligation.verdict or Verdict.UNKNOWN))
    except StopIteration:
        return found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a + x^2_i = 1", "a + x_i^2 = 1"),
        ("a + {x}_i = 1", "a + x_{ i } = 1"),
        ("a + x^\\star = 1", "a + x^{*} = 1"),
        ("a + x^\\ast_k = 1", "a + x_k^* = 1"),
        ("a + x^{(i)}_j = 1", "a + x_j^{( i )} = 1"),
        ("a + \\mathbf{\\boldsymbol{x}}^T y = b", "a + {\\boldsymbol x}^\\mathsf{T} y = b"),
        ("A^{-T} B^{-1} = C", "(A^{-1})^T B^{-1} = C"),
        ("a + \\|x\\|_2^2 = 1", "a + \\|x\\|^2_2 = 1"),
        ("a + n_{x_i} = 1", "a + n_{x_{i}} = 1"),
        ("a + \\sigma_{\\hat\\theta_n} = 1", "a + \\sigma_{\\hat{\\theta}_n} = 1"),
        ("1 + 2 + ... + n = s", "1 + 2 + \\dots + n = s"),
        ("i = 1, \\ldots , n", "i=1,\\ldots,n"),
        ("X = \\{x_1 \\ldots x_n\\}", "X = \\{x_1, \\dots, x_n\\}"),
        ("k \\in \\{1 \\dots K\\}", "k \\in \\{1, \\dots, K\\}"),
        ("x \\in \\{0,1\\}", "x \\in \\left\\{ 0, 1 \\right\\}"),
        ("x \\not\\in A", "x \\notin A"),
    ],
)
def test_spelling_does_not_matter(one: str, other: str) -> None:
    assert readings(one) == readings(other)
    assert not readings(one)[0].startswith("<")


@pytest.mark.parametrize(
    "formulas",
    [
        ("a + x^{(k)} = 1", "a + x^k = 1"),
        ("a + x^{(2)} = 1", "a + x^2 = 1"),
        ("a + x^{*} = 1", "a + x = 1"),
        ("a + x^{[l]} = 1", "a + x^{(l)} = 1"),
        ("a + x_{ij} = 1", "a + x_{i,j} = 1"),
        ("a + \\hat x = 1", "a + \\bar x = 1"),
        ("x \\in (a, b)", "x \\in [a, b]"),
        ("x \\in [a, b)", "x \\in [a, b]"),
        ("x = \\{a, b\\}", "x = (a, b)"),
    ],
)
def test_other_notations_are_other_terms(formulas: tuple[str, str]) -> None:
    first, second = (readings(one) for one in formulas)
    assert first != second
    assert not first[0].startswith("<")
    assert not second[0].startswith("<")


@pytest.mark.parametrize(
    "formula",
    [
        "a + x^{(m + n)} = 1",  # an index, or an exponent in brackets
        "i^{th} = 1",
        "x_i_j = 1",
        "[1, 2 = 1",
        "\\{1, 2 = 1",
        "x + \\{ \\mid y > 0\\} = 1",
        "(1; 2) = x",
    ],
)
def test_stays_unread(formula: str) -> None:
    assert all(reading.startswith("<") for reading in readings(formula))


@pytest.mark.parametrize(
    ("formula", "parts"),
    [
        ("x, y \\in S", 1),
        ("x, y \\in S, z \\in T", 2),
        ("i = 1, \\ldots, n", 1),
        ("i = 1, \\ldots, n, j = 1, \\ldots, m", 2),
        ("a, b = c, d", 1),
        ("a = b, c = d", 2),
        ("x_1, \\dots, x_n \\ge 0", 1),
        ("y = x^2, x, z \\in S", 2),
    ],
)
def test_commas_cut_statements_or_join_lists(formula: str, parts: int) -> None:
    found = readings(formula)
    assert len(found) == parts
    assert not any(reading.startswith("<") for reading in found)


@pytest.mark.parametrize(
    ("formulas", "last"),
    [
        (("x \\in \\mathbb{R}^{m \\times n}",), "x in R^{m times n}"),
        (("y = a + -1",), "y := a - 1"),
        (("y = \\cos(30°)",), "y := cos(30 pi/180)"),
        (("y = 95\\%",), "y := 95/100"),
        (("x ≤ 3²",), "x <= 3^2"),
        (("\\mathbf C = \\mathbf{AB}",), "C := A B"),
        (("\\mathbf v = (r, s)",), "v := (r, s)"),
        (
            ("z = \\begin{cases} x & \\text{if } x > 0 \\\\ 0 & \\text{otherwise} \\end{cases}",),
            "z := {x if x > 0; 0 otherwise}",
        ),
        (("s = 2 (x_1 + \\cdots + x_n)",), "s := 2 (x_1 + ... + x_n)"),
        (("s = -\\log p_1 - \\log p_2 \\cdots - \\log p_n",), "s := -log(p_1) - log(p_2) + ... - log(p_n)"),
        (("s = x_1 + \\cdots 2 x_n",), "s := x_1 + ... + 2 x_n"),
        (("s = x_1 + x_2 x_3 \\cdots x_n",), "s := x_1 + x_2 x_3 ... x_n"),
        (("b = a_{11} x_1 + \\cdots + a_{1n} x_n",), "b := a_{1,1} x_1 + ... + a_{1,n} x_n"),
        (("s = y_{21}^{(i)} + \\cdots + y_{2k}^{(i)}",), "s := y^{(i)}_{2,1} + ... + y^{(i)}_{2,k}"),
        (("s = x_{11} + x_{12} + \\cdots + x_{20}",), "s := x_11 + x_12 + ... + x_20"),
        (("y = f(x_1, \\ldots, x_n)",), "y := f(x_1, ..., x_n)"),
        (("X = (x_k)_{1 \\le k < n}",), "X := (x_k)_{1 <= k and k < n}"),
        (
            ("X = (x_{i,j})_{1 ≤ i ≤ m, 1 ≤ j ≤ n}",),
            "X := (x_{i,j})_{1 <= i and i <= m, 1 <= j and j <= n}",
        ),
        (("F = \\begin{bmatrix} a & b & c \\\\ d & e & f \\end{bmatrix}",), "F := [a, b, c; d, e, f]"),
        (("F = \\begin{bmatrix} 1 & e \\end{bmatrix}",), "<ambiguous-constant>"),
        (("\\frac{dF}{dx}(x) = \\nabla^2 F(\\mathbf x)",), "<shape-not-settled>"),
        (
            ("\\frac{\\partial^2 L}{\\partial \\theta^m \\partial \\theta^n} = 1", "\\theta^m + \\theta_1 = 2"),
            "theta^{m} + theta_1 = 2",
        ),
        (("\\mathbf X \\in \\mathbb{R}^{n \\times d}", "\\mathbf{Xw} + \\mathbf b = \\mathbf y"), "y := X w + b"),
        (("b \\in \\mathbb{R}^{1 \\times d}, X \\in \\mathbb{R}^{n \\times d}", "H = X - b"), "H := X - b"),
        (("\\forall x \\in S, y > x^2",), "y > x^2"),
        (("y = x_i \\quad \\forall i = 1, \\dots, n",), "i = 1, ..., n"),
        (("f: x \\mapsto x^2",), "<unread-tail>"),
        (("a + \\cancel{b} = \\underbrace{c}_{d = 0}",), "c := a + b"),
    ],
)
def test_readings(formulas: tuple[str, ...], last: str) -> None:
    assert readings(*formulas)[-1] == last
