"""Readings in plain text: what differs is printed so that it differs, and brackets stand where one could take a reading for another."""

from __future__ import annotations

import pytest

from derive import elaborate
from derive.language.faces import hand_of, printing_as
from derive.language.report import Verdict
from derive.read import read_formulas


def readings(*formulas: str) -> list[str]:
    """What the relations of a document are read as."""
    document = read_formulas(formulas)
    found: list[str] = []
    with printing_as(document):
        run = elaborate.obligations(document)
        try:
            obligation = next(run)
            while True:
                found.append(obligation.reading)
                obligation = run.send(elaborate.Outcome(obligation.verdict or Verdict.UNKNOWN))
        except StopIteration:
            return found


# Of each row every formula says something else than the others.
NEAR = [
    (r"\Gamma(a) = 2", r"\gamma(a) = 2", r"\gamma(a, x) = 2"),
    (r"X \in \mathcal{X}", r"X \in X", r"\mathcal{X} \in X"),
    (r"N \in \mathbb{N}", r"N \in N"),
    (r"\mathbf{x} = y", r"x = y", r"\vec{x} = y", r"\boldsymbol{x} = y", r"x = \mathbf{y}"),
    (r"\mathrm{p}(p) = 1", r"p(p) = 1"),
    (r"\hat{\mathbf{x}} = 1", r"\hat{x} = 1"),
    (r"\left(\frac{dy}{dx}\right) y = 1", r"\frac{d}{dx}(y y) = 1"),
    (r"x \frac{dy}{dx} = 1", r"\frac{d(xy)}{dx} = 1"),
    (r"\frac{\partial^2 f}{\partial x^2} = 1", r"\left(\frac{\partial f}{\partial x}\right)^2 = 1"),
    (r"\frac{\partial^2 f}{\partial x^2} = 1", r"\frac{\partial^2 f}{\partial x \partial y} = 1"),
    (r"\sum_{j=1}^{n} x_{ij} = 1", r"\sum_{j=1}^{n_i} x_j = 1"),
    (r"\lambda^{y_i} = 1", r"(\lambda^y)_i = 1"),
    (r"\int_{a_1}^{b_1} f(x) \, dx = 1", r"\int_a^b f(x) \, dx = 1"),
    (r"\frac{a/b}{c/d} = 1", r"\frac{a}{b/(c/d)} = 1", r"a/(b/c) = 1"),
    (r"\frac{1}{n} n s = 1", r"\frac{1}{n n s} = 1"),
    (r"\frac{a b c}{k} = 1", r"a b \frac{c}{k} = 1"),
    (r"U = \begin{bmatrix} 1 & 0 \end{bmatrix}", r"U = \begin{bmatrix} 1 \\ 0 \end{bmatrix}"),
    (r"\operatorname{tr}(A I_n) = 2", r"\operatorname{tr}(B I_m) = 2", r"\operatorname{tr}(A) = 2"),
    (r"1_n^T x = 1", r"1 x = 1"),
    (r"2 \cdot 0 k = 1", r"20 k = 1"),
    (r"f \circ g = h", r"f \odot g = h", r"f o g = h", r"f \otimes g = h"),
    (r"\bar{y}_{\bullet} = 1", r"\bar{y}_{b} = 1"),
    (r"\hat{a} = \operatorname{argmin}_{a \in \mathbb{R}} f(a)", r"\hat{a} = \operatorname{argmin}_{a} f(a)"),
    (r"\sum_{k,l} W_{k,l}^2 = 1", r"\sum_{k} W_{k}^{2} = 1"),
    (r"\sum_{m=n+1}^{k} a_m = 1", r"\sum_{m=n}^{k} a_m + 1 = 1"),
    (r"(x^{(i)})^T y = 1", r"x^{(i)} y = 1"),
    (r"\nabla_x^2 f(x) = 1", r"\nabla^2 f(x) = 1"),
]


@pytest.mark.parametrize("row", NEAR, ids=lambda row: row[0])
def test_what_differs_is_printed_differently(row: tuple[str, ...]) -> None:
    found = readings(*row)
    assert len(found) == len(row)
    assert len(set(found)) == len(row), found


PRINTED = [
    (r"\Gamma(a) = 2", "Gamma(a) = 2"),
    (r"\frac{d(bx)}{dx} = b", "d/dx (b x) = b"),
    (r"x^2 \frac{d^2 y}{dx^2} + x \frac{dy}{dx} = 0", "x^2 (d^2 y/dx^2) + x (dy/dx) = 0"),
    (
        r"\frac{\partial^2 \phi}{\partial x^2} + \frac{\partial^2 \phi}{\partial x \partial y} = 0",
        "∂^2 phi/∂x^2 + ∂^2 phi/(∂x ∂y) = 0",
    ),
    (r"\frac{d^n}{dt^n} \frac{t^m}{m!} E(X^m) = 0", "d^n/dt^n ((t^m/m!) E(X^m)) = 0"),
    (r"\sum_{j=1}^{n_i} x_j = 3", "sum_{j=1}^{n_i} x_j = 3"),
    (r"\int_{a_1}^{b_1} f(x) \, dx = 2", "int_{a_1}^{b_1} f(x) dx = 2"),
    (r"\lambda^{y_i} = 3", "lambda^(y_i) = 3"),
    (r"\sum_{m=n+1}^\infty a_m = 2", "sum_{m=n + 1}^infinity a_m = 2"),
    (r"\sum_{k,l} W_{k,l}^2 = 3", "sum_{k, l} W_{k,l}^2 = 3"),
    (r"\frac{a/(k - 1)}{b/(n - k)} = F", "(a/(k - 1))/(b/(n - k))"),
    (r"\frac{1}{2} x = y + 1", "1/2 x = y + 1"),
    (r"w = [2, -3.4]^T", "w := [2, -17/5]^T"),
    (r"z = \begin{bmatrix} 1 \\ 0 \end{bmatrix}", "z := (1, 0)"),
    (r"f_t \circ c_t = d", "f_t ∘ c_t"),
    (r"A \odot B = C", "A ⊙ B"),
    (r"\bar{y}_{\bullet\bullet} = 3", "y_bar_{••} := 3"),
    (r"\hat{a} = \operatorname*{argmin}_{a \in \mathbb{R}} f(a)", "a_hat := argmin_{a in R} f(a)"),
    (r"\operatorname{tr}(I_n) - \operatorname{tr}(I_p) = n - p", "trace(I_n) - trace(I_p) = n - p"),
    (r"x = \left. \frac{df}{dx} \right|_{x = 3}", "x = (df/dx)|_{x = 3}"),
    (r"3! = 3 \cdot 2", "3! = 3 * 2"),
    (
        r"\frac{\partial L}{\partial u} \frac{\partial u}{\partial v} \cdots \frac{\partial v}{\partial w} = k",
        "k := (∂L/∂u) (∂u/∂v) ... (∂v/∂w)",
    ),
    (r"\frac{\partial S_k}{\partial S_{k-1}} = w", "w := ∂S_k/∂S_{k-1}"),
    (r"\mathcal{X} = 3", "X := 3"),  # the only X
    (r"\mathbf{x} = (1, 2)^T", "x := [1, 2]^T"),
]


@pytest.mark.parametrize(("formula", "expected"), PRINTED, ids=[formula for formula, _ in PRINTED])
def test_printed(formula: str, expected: str) -> None:
    assert any(expected in one for one in readings(formula)), readings(formula)


def test_types_are_shown_where_they_tell_names_apart() -> None:
    assert readings(r"\mathcal{X} = 4", r"X = 5")[0] == "cal(X) := 4"
    assert readings(r"\mathcal{X} = 4", r"X_1 = 5")[0] == "cal(X) := 4"
    assert readings(r"\mathcal{X} = 4", r"Y = 5")[0] == "X := 4"
    assert readings(r"\mathbf{x} = (4, 5)^T", r"x_1 = 4")[0] == "x := [4, 5]^T"  # x_1 is an entry of that x
    assert readings(r"\mathbf{x}_1^T \mathbf{x}_1 = 4", r"x_1 = 5") == ["bold(x)_1^T bold(x)_1 = 4", "x_1 := 5"]


def test_a_document_leaves_nothing_behind() -> None:
    assert readings(r"\mathcal{X} = 4", r"X = 5") != readings(r"\mathcal{X} = 4")
    assert readings(r"\mathcal{X} = 4") == ["X := 4"]
    assert hand_of([]) == hand_of(["x", "y"])
