"""Probability notation and named operators: how they are read, and what must stay unread."""

from __future__ import annotations

from collections.abc import Callable

import pytest

READ = [
    (r"p(x \mid y) = 1", r"p(x | y) = 1"),
    (r"p(x|y) = 1", r"p(x | y) = 1"),
    (r"p(x \vert y) = 1", r"p(x | y) = 1"),
    (r"p\left( x \middle| y \right) = 1", r"p(x | y) = 1"),
    (r"p(x, y | m) = p(x|y, m) \cdot p(y|m)", r"p(x, y | m) = p(x | y, m) p(y | m)"),
    (r"P(X = x) = 1", r"P(X = x) = 1"),
    (r"\Pr(X \le x) = 1", r"Pr(X <= x) = 1"),
    (r"\mathrm{Pr}(a < X \leq b) = 1", r"Pr(a < X <= b) = 1"),
    (r"P(A \cap B | C) = P(A|B)", r"P(A ∩ B | C) = P(A | B)"),
    (r"\Pr(X = 1 \land Y = 2) = 1", r"Pr(X = 1 and Y = 2) = 1"),
    (r"\mathrm{E}(X) = 1", r"E(X) = 1"),
    (r"\mathbb{E}[X] = 1", r"E[X] = 1"),
    (r"\mathbb E \left[ X \right] = 1", r"E[X] = 1"),
    (r"\mathbb{E}_{x \sim p}[x^2] = 1", r"E_{x ~ p}[x^2] = 1"),
    (r"\mathop{\mathbb{E}}_{x}[x] = 1", r"E_{x}[x] = 1"),
    (r"\mathrm{E}\left[ X \right]^2 = 1", r"(E[X])^2 = 1"),
    (r"E[X | Y = y] = 1", r"E[X | Y = y] = 1"),
    (r"\mathbb{E} X = 1", r"E[X] = 1"),
    (r"\left\langle \log p(y|m) \right\rangle_{q(m)} = 1", r"<log(p(y | m))>_{q(m)} = 1"),
    (r"\mathrm{E}(|X|) = 1", r"E(|X|) = 1"),
    (r"\mathrm{E}[ (X - \mathrm{E}(X|Y))^2 | Y ] = 1", r"E[(X - E(X | Y))^2 | Y] = 1"),
    (r"\mathrm{KL}[p||q] = 1", r"KL[p || q] = 1"),
    (r"\mathrm{KL}\left[ p(x) \, \| \, q(x) \right] = 1", r"KL[p(x) || q(x)] = 1"),
    (r"\mathrm{I}(X;Y) = \mathrm{H}(X) - \mathrm{H}(X|Y)", r"I(X; Y) = H(X) - H(X | Y)"),
    (r"\mathcal{N}(x; \mu, \Sigma) = p(x|y)", r"N(x; mu, Sigma) = p(x | y)"),
    (r"\mathrm{Gam}(\tau; a, b) = 1", r"Gam(tau; a, b) = 1"),
    (r"\mathrm{Cov}(X, Y) = 0", r"Cov(X, Y) = 0"),
    (r"\operatorname{Var}(X) = \text{Var}(Y)", r"Var(X) = Var(Y)"),
    (r"\Pr(\text{reject } H_0 | \mu) = 1", r"Pr(reject H_0 | mu) = 1"),
    (r"p(\cdot | x) = 1", r"p(. | x) = 1"),
    (r"\mathrm{RSS} = \mathrm{TSS} - \text{ESS}", r"RSS := TSS - ESS"),
    (r"\text{precision} = \frac{\text{true positives}}{n}", r"precision := true positives/n"),
    (r"x_\mathrm{min} = \mu_\text{ML}", r"x_min := mu_ML"),
    (r"\theta^\mathrm{new}_i = \theta^{\text{new}}_{i}", r"theta^{new}_i = theta^{new}_i"),
]  # fmt: skip

CASES = {
    r"Pr(X = 1) = 1": ["Pr(X = 1) = 1"],
    r"Var[X] = KL[p || q]": ["Var[X] = KL[p || q]"],
    r"E_{x}[f(x)] = 1": ["E_{x}[f(x)] = 1"],
    r"m^{\overline{n}} + x^{\underline{k}} = 1": ["m^{overline{n}} + x^{underline{k}} = 1"],
    r"\mathrm{KL}[P \vert \vert Q] = 0": ["KL[P || Q] = 0"],
    r"\pi(a \mid s) = 1": ["pi(a | s) = 1"],
    r"\pi_k = 2 \pi": ["pi_k := 2 pi"],
    r"\log_e x = \ln x": ["log(x) = log(x)"],
    r"S = \frac{R^2}{\mathrm{1-R^2}}": ["S := R^2/(1 - R^2)"],
    r"\mathrm{ESS-1} = 2": ["ESS-1 := 2"],
    r"x \sim \chi^2(n-k)": ["x ~ chi^2(n - k)"],
    r"t \sim t(n-1)": ["t ~ t(n - 1)"],
    r"y \sim \mathcal{U}[0,1]": ["y ~ U[0, 1]"],
    r"X \sim A Z + \mu": ["X ~ A Z + mu"],
    r"\log \lambda \sum_{k=1}^n c = 1": ["log(lambda) (sum_{k=1}^n c) = 1"],
    r"f(x) = \begin{cases} 1 & \text{if } x > 0 \\ 0 & \text{otherwise} \end{cases}": ["f(x) := {1 if x > 0; 0 otherwise}"],
    r"f(x) = \left\{ \begin{array}{rl} 1 \; , & \text{if} \; x = 1 \\ 0 \; , & x = 0 \; . \end{array} \right. \; ,": ["f(x) := {1 if x = 1; 0 if x = 0}"],
    r"y = \begin{cases} x, \text{ if } x > 0 \\ -x \text{ else} \end{cases}": ["y := {x if x > 0; -x otherwise}"],
    r"\begin{cases} x + y = 1 \\ x - y = 2 \end{cases}": ["x + y = 1", "x - y = 2"],
    r"A = \left[ \begin{array}{cc} 1 & 2 \\ 3 & 4 \end{array} \right]": ["A := [1, 2; 3, 4]"],
    r"{n \choose {x_1, \ldots, x_k}} = 1": ["binom{n}{x_1, ..., x_k} = 1"],
    r"{n \choose {x}} = {n \choose x} + y": ["binomial(n, x) = binomial(n, x) + y"],
    r"\underbrace{a + b}_{=0} + 1 = \overbrace{c}^{d} + 1": ["a + b + 1 = c + 1"],
    r"H_0: \; \mu = 0": ["mu = 0"],
    r"m_1 &: \; y = x b, \; b \sim \mathcal{N}(0, 1)": ["y = x b", "b ~ N(0, 1)"],
    r"F_X^{-1}(p) = 1": ["F_X^{-1}(p) = 1"],
    r"\mathrm{rank}(A) + \operatorname{rank}(A) = 2": ["rank(A) + rank(A) = 2"],
    r"\mathrm{L}^{*}(f) = \mathrm{L}'(m)": ["L^{*}(f) = L'(m)"],
    r"x = \mathrm{diag}(a, \ldots, b)": ["x := diag(a, ..., b)"],
    r"x = a / (b c)": ["x := a/(b c)"],
}  # fmt: skip

UNREAD = [
    (r"\log p(x|y) p(x|z) = 1", "ambiguous-argument"),
    (r"\left\{ x = 1", "unbalanced"),
    (r"\begin{cases} & x > 0 \end{cases} = 1", "missing"),
    (r"x : y = 1", "unread-tail"),
    (r"(x | y) = 1", "unbalanced-bar"),  # no name before the bracket
    (r"p(x | y = 1", "unbalanced-bar"),
    (r"\mathrm{Var}(X = 1", "unbalanced"),
    (r"\Pr = 1", "missing"),
    (r"\mathbb{E} X Y = 1", "ambiguous-argument"),
    (r"\langle x, y, z \rangle = 1", "inner"),
    (r"P(A \cap B \cup C) = 1", "ambiguous-sets"),
    (r"P(A = 1 \land B = 1 \lor C = 1) = 1", "ambiguous-connective"),
    (r"\mathrm{i} x = 1", "not-understood"),
    (r"x^\circ = 1", "superscript"),
    (r"\mathrm{foo}^2 (x) = 1", "ambiguous-application"),
]


@pytest.mark.parametrize(("written", "reading"), READ)
def test_what_is_read(readings: Callable[..., list[str]], written: str, reading: str) -> None:
    assert readings(written) == [reading]


@pytest.mark.parametrize("written", CASES)
def test_cases_names_and_lists(readings: Callable[..., list[str]], written: str) -> None:
    assert readings(written) == CASES[written]


@pytest.mark.parametrize(("written", "code"), UNREAD)
def test_what_is_not_read(readings: Callable[..., list[str]], written: str, code: str) -> None:
    assert readings(written)[0].startswith(code + ":")


def test_a_name_is_a_density_where_it_has_a_bar_elsewhere(readings: Callable[..., list[str]]) -> None:
    assert readings("p(x|y) = 1", "p(x, y) = p(y)") == ["p(x, y) = p(y)"]
    assert readings("f(x) = x^2", "f(2) = 4") == ["f(2) = 4"]
    assert readings(r"\mathrm{Var}(X) = n p (1-p)") == ["Var(X) = n p (1 - p)"]
    assert readings("p(x|p) = 1", "y = p(1-p)") == ["y := p (1 - p)"]
    assert readings("p(x|p) = 1", "y = p(1-x)")[0].startswith("ambiguous-application")


def test_expectations_have_the_shape_of_their_argument(readings: Callable[..., list[str]]) -> None:
    assert readings(r"\mathrm{E}(\mathbf{x}) = \mathbf{y}") == ["y := E(x)"]
    assert readings(r"\mathbf{x} \in \mathbb{R}^2", r"\mathrm{E}(\mathbf{x}) = 1")[0].startswith("shape-not-settled")
    assert readings(r"\mathbf{x} \in \mathbb{R}^2, \Sigma \in \mathbb{R}^{2 \times 2}", r"\mathrm{Cov}(\mathbf{x}) = \Sigma") == [
        "Cov(x) = Sigma"
    ]  # fmt: skip
