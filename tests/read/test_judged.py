"""Readings that a judge of a sample of public formulas found wrong, each with its class: what is read now, or stays unread."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Readings = Callable[..., list[str]]


@pytest.mark.parametrize(
    ("formulas", "expected"),
    [
        # A row with a left side of its own that begins with a sign is no continued line.
        ((r"\begin{split} 0 &= a + b \\ -1 &= c \end{split}",), ["0 = a + b", "c := -1"]),
        ((r"\begin{split} a &\le b \\ -\frac{1}{2} x &\le b \end{split}",), ["a <= b", "-1/2 x <= b"]),
        # A line that goes on behind the alignment mark is one.
        ((r"\begin{split} s = &\, a \\ &- b \end{split}",), ["s := a - b"]),
        # Brackets, functions, inverses.
        ((r"\mathcal{X} = [a, b]",), ["X := [a, b]"]),
        ((r"v = [a, b]",), ["v := [a, b]"]),
        ((r"\mathbf{E} \mathbf{v} = \lambda \mathbf{v}",), ["E v = lambda v"]),
        ((r"\mathbb{E} X = \mu",), ["mu := E[X]"]),
        ((r"a + |\mathrm{diag}([s_1, \ldots, s_n])| = b",), ["b := a + det(diag([s_1, ..., s_n]))"]),
        ((r"a + |\mathrm{diag}([s_1, \ldots, s_n])^{-1}| = b",), ["b := a + det(diag([s_1, ..., s_n])^-1)"]),
        ((r"y = sign(x) z",), ["y := sgn(x) z"]),
        ((r"y = tanh(x)",), ["y := tanh(x)"]),
        ((r"a + softmax(x) = b",), ["b := a + softmax(x)"]),
        ((r"2abcd + abcd y = z",), ["z := 2 a b c d + a b c d y"]),
        ((r"\int x \, \mathrm{d}(z + m) = b",), ["b := int x d(z + m)"]),
        ((r"a + \frac{\sum_{i=1}^n x_i}{n} = 1",), ["a + (sum_{i=1}^n x_i)/n = 1"]),
        ((r"a + (\sum_{i=1}^n x_i) n = 1",), ["a + (sum_{i=1}^n x_i) n = 1"]),
        ((r"f(x) = x^2", r"f^{(2)}(x) = 2"), ["f''(x) = 2"]),
        ((r"M_X(t) = t^2", r"M_X^{(2)}(t) = 2"), ["M_X''(t) = 2"]),
        ((r"M_X(t) = t^2", r"M_X^{(n)}(t) = 2"), ["M_X^{(n)}(t) = 2"]),
        # A letter that its own bracket holds is no function there.
        ((r"p(x) = x", r"b = p^x (1 - p)^{n - x}"), ["b := p^x (1 - p)^(n - x)"]),
        ((r"f(f(x)) = x", r"f^2(x) = x"), ["f(x)^2 = x"]),
        # Where a sum ends.
        ((r"a = \sum_{i=1}^n x_i + \sum_{i=1}^n y_i",), ["a := sum_{i=1}^n x_i + sum_{i=1}^n y_i"]),
        (
            (r"a = \sum_{i=1}^n x_i - \frac{\sum_{i=1}^n y_i}{n} + b",),
            ["a := sum_{i=1}^n x_i - (sum_{i=1}^n y_i)/n + b"],
        ),
        ((r"X \sim \ln \mathcal{N}(m, s)",), ["X ~ ln N(m, s)"]),
        # Braces that are not printed change nothing where they bind no tighter than what is printed.
        ((r"a + {b + c} = d",), ["d := a + b + c"]),
        ((r"a + {(b + c)} d = e_1",), ["e_1 := a + (b + c) d"]),
        ((r"a {b} = {c}",), ["c := a b"]),
    ],
)
def test_is_read_as_it_is_meant(readings: Readings, formulas: tuple[str, ...], expected: list[str]) -> None:
    assert readings(*formulas) == expected


@pytest.mark.parametrize(
    ("formulas", "code"),
    [
        ((r"p*{j-1}(x) = 1",), "spoilt-subscript"),  # the page shows p * j - 1 (x)
        ((r"{a + b} c = 1",), "braces-as-brackets"),
        ((r"a {b + c} = 1",), "braces-as-brackets"),
        ((r"x - {a + b} = 1",), "braces-as-brackets"),
        ((r"{a + b}^2 = 1",), "braces-as-brackets"),
        ((r"a e^{(k)} = 1",), "ambiguous-constant"),
        ((r"a \mathrm{e}^{(k)} = 1",), "superscript"),
        ((r"\gamma(a, x) = b", r"m = \gamma_a^{-1}(x)"), "ambiguous-inverse"),
        ((r"h = \ln \lambda e^{\lambda}",), "ambiguous-argument"),
        ((r"a + const = b",), "word-or-product"),
        ((r"a = \sum_{i=1}^n x_i + y_i",), "ambiguous-argument"),
        ((r"a = \sum_{i=1}^n x_i - (y_i + b)",), "ambiguous-argument"),
        ((r"\frac{\partial \phi(x(t), t)}{\partial t} = 1",), "derivative"),
        ((r"f(x) = x^2", r"f(x) = f^{(2)}(f^{(1)}(x))"), "superscript"),  # layers
    ],
)
def test_stays_unread(readings: Readings, formulas: tuple[str, ...], code: str) -> None:
    assert readings(*formulas)[0].startswith(f"{code}: ")


def test_every_relation_has_a_reading(readings: Readings) -> None:
    assert readings(r"f(x) = x^x", r"f'(x) = 0") == ["f'(x) = 0"]
    assert readings(r"a + b = ?") == ["a + b = ?"]


def test_what_holds_for_all_ends_with_its_row(readings: Readings) -> None:
    formula = r"\begin{split} a_i &= 0 \quad \text{for all} \quad i = 1, \ldots, n \\ b_i &= 1 \end{split}"
    assert readings(formula)[-1] == "b_i := 1"
