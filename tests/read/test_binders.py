"""Sums, products, integrals, limits, extrema: how they are read, and what must stay unread."""

from __future__ import annotations

from collections.abc import Callable

import pytest

READ = {
    r"\sum_{i \in S} a_{1} = 1": [r"sum_{i in S} a_1 = 1"],
    r"\sum_{x \in \mathcal{X}} p(x|y) = 1": [r"sum_{x in X} p(x | y) = 1"],
    r"\sum_{j \neq i} a = 1": [r"sum_{j != i} a = 1"],
    r"\sum_{i<j} a = 1": [r"sum_{i < j} a = 1"],
    r"\sum_i a = 1": [r"sum_{i} a = 1"],
    r"\sum_{i,j} a = 1": [r"sum_{i, j} a = 1"],
    r"\sum_{i,j=1}^{n} a = 1": [r"sum_{i=1}^n (sum_{j=1}^n a) = 1"],
    r"\sum_{i=1}^{n} \sum_{j=1}^{m} a b = 1": [r"sum_{i=1}^n (sum_{j=1}^m (a b)) = 1"],
    r"\sum_{\substack{i=1 \\ i \ne j}}^n a = 1": [r"sum_{i = 1, i != j}^{n} a = 1"],
    r"\sum a = 1": [r"sum a = 1"],
    r"\prod_{i} a^2 + b = 1": [r"prod_{i} a^2 + b = 1"],
    r"\prod^n_{k=1} a = 1": [r"prod_{k=1}^n a = 1"],
    r"\sum_{x=0}^{\infty} \frac{\lambda^x}{x!} = 1": [r"sum_{x=0}^infinity (lambda^x/x!) = 1"],
    r"\int_0^1 x \, dx = 1": [r"int_0^1 x dx = 1"],
    r"\int^1_0 x \, \mathrm{d} x = 1": [r"int_0^1 x dx = 1"],
    r"\int_{0}^{1} x \text{d}x = 1": [r"int_0^1 x dx = 1"],
    r"\int_1^2 \frac{dx}{x} = 1": [r"int_1^2 (1/x) dx = 1"],
    r"\int_1^2 \frac{2 x \, \mathrm{d}x}{x + 1} = 1": [r"int_1^2 (2 x/(x + 1)) dx = 1"],
    r"\int_0^1 \mathrm{d}x = 1": [r"int_0^1 1 dx = 1"],
    r"\int p(x|y) \, dx = 1": [r"int p(x | y) dx = 1"],
    r"\int_{\mathcal{X}} g(x, 1) \, \mathrm{d}x = 1": [r"int_{X} g(x, 1) dx = 1"],
    r"\int_{\mathbb{R}} x + 1 \, dx = 1": [r"int_{R} (x + 1) dx = 1"],
    r"\int_0^1 \int_0^2 x y \, dx \, dy = 1": [r"int_0^1 (int_0^2 (x y) dx) dy = 1"],
    r"\iint_{C} x y \, \mathrm{d}x \, \mathrm{d}y = 1": [r"iint_{C} x y dx dy = 1"],
    r"\int x y \, dx \, dy = 1": [r"int x y dx dy = 1"],
    r"\int_0^1 dx \, x^2 = 1": [r"int_0^1 x^2 dx = 1"],
    r"\int_{-\infty}^{+\infty} x \, dx \cdot c = 1": [r"(int_{-infinity}^infinity x dx) c = 1"],
    r"\int_0^1 x \, dx + c = 1": [r"int_0^1 x dx + c = 1"],
    r"\lim_{x \to \infty} \frac{1}{x} = 0": [r"lim_{x -> infinity} (1/x) = 0"],
    r"\lim_{x \to 0^+} \frac{1}{x} = 0": [r"lim_{x -> 0^+} 1/x = 0"],
    r"\lim_{x \downarrow 0} \frac{1}{x} = 0": [r"lim_{x -> 0^+} 1/x = 0"],
    r"\lim_{\substack{x \to 0 \\ x < 1}} x = 0": [r"lim_{x -> 0, x < 1} x = 0"],
    r"\lim\limits_{h \rightarrow 0} \frac{h}{h} = 1": [r"lim_{h -> 0} (h/h) = 1"],
    r"\hat{\theta} = \arg\max_\theta p(x|\theta)": [r"theta_hat := argmax_{theta} p(x | theta)"],
    r"\hat{\theta} = \underset{\theta}{\mathrm{argmax}} \; p(x|\theta) + 1": [r"theta_hat := argmax_{theta} (p(x | theta) + 1)"],
    r"\hat{\theta} = \operatorname*{arg\,min}_{\theta} p(x|\theta)": [r"theta_hat := argmin_{theta} p(x | theta)"],
    r"\hat{\theta} = \mathop{\rm arg\,max}\limits_{\theta} p(x|\theta)": [r"theta_hat := argmax_{theta} p(x | theta)"],
    r"\lim_{h \to 0} 2 x + h = 2 x": [r"lim_{h -> 0} (2 x + h) = 2 x"],
    r"\lim_{x \to 0} x^2 + y = 1": [r"lim_{x -> 0} x^2 + y = 1"],
    r"\lim_{x \to 0} x^2 + \lim_{x \to 0} x = 1": [r"lim_{x -> 0} x^2 + lim_{x -> 0} x = 1"],
    r"\max_{x \in S} x = 1": [r"max_{x in S} x = 1"],
    r"\sup_x x = 1": [r"sup_{x} x = 1"],
    r"\bigcup_{i=1}^{\infty} A_{1} = B": [r"B := bigcup_{i = 1}^{infinity} A_1"],
    r"\left[ x^2 \right]_0^1 = 1": [r"1^2 - 0^2 = 1"],
    r"\left[ x y \right]_0^1 = 1": [r"[x y]_{0}^{1} = 1"],
    r"X|Y \sim \mathcal{N}(Y, 1)": [r"X | Y ~ N(Y, 1)"],
    r"R^2_{\mathrm{adj}} = 1": [r"R_adj^2 = 1"],
}  # fmt: skip

UNREAD = [
    (r"\lim_{x \to \infty} g(x, 1) + \frac{1}{2} g(x, 2) = 1", "ambiguous-argument"),
    (r"\int_0^1 x = 1", "integral"),
    (r"\int_0^1 x d dx = 1", "integral"),
    (r"\int x d x^2 = 1", "integral"),
    (r"\sum_{2} a = 1", "sum-bounds"),
    (r"\sum_{x + 1} a = 1", "sum-bounds"),
    (r"\sum_{i=1}_{j=1} a = 1", "sum-bounds"),
    (r"\lim_{x} a = 1", "limit"),
    (r"\max_x a + b = 1", "ambiguous-argument"),
    (r"\arg a = 1", "unknown-macro"),
    (r"\left[ x \right]_{y=0}^{x=1} = 1", "evaluation-bar"),
]


@pytest.mark.parametrize("written", READ)
def test_what_is_read(readings: Callable[..., list[str]], written: str) -> None:
    assert readings(written) == READ[written]


@pytest.mark.parametrize(("written", "code"), UNREAD)
def test_what_is_not_read(readings: Callable[..., list[str]], written: str, code: str) -> None:
    assert readings(written)[0].startswith(code + ":")


def test_the_order_and_the_spelling_of_bounds_do_not_matter(readings: Callable[..., list[str]]) -> None:
    assert readings(r"\int_0^1 x \, dx = c") == readings(r"\int^{1}_{0} x \mathrm{d} x = c")
    assert readings(r"\sum_{k=1}^n k = c") == readings(r"\sum\limits^{n}_{k = 1} k = c")
    assert readings(r"{n \choose k} = c") == readings(r"\binom{n}{k} = c") == readings(r"\binom nk = c")
