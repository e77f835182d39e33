"""Superscripts that are indices by what the document says, those that are powers, and those that nothing tells apart; operators before functions."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Readings = Callable[..., list[str]]


@pytest.mark.parametrize(
    ("formulas", "expected"),
    [
        ((r"d(I_1, I_2) = \sum_{p} (I^p_1 - I^p_2)^2",), ["d(I_1, I_2) := sum_{p} (I^{p}_1 - I^{p}_2)^2"]),
        ((r"a = I^p_1", r"b = I_2^p + I_2^2"), ["b := I^{p}_2 + I_2^2"]),
        ((r"v = (v^1, \dots, v^d)", r"w = v^1 + v^2"), ["w := v^{1} + v^{2}"]),
        ((r"Z(t) = (Z^1(t), \dots, Z^d(t))",), ["Z(t) := (Z^{1}(t), ..., Z^{d}(t))"]),
        ((r"\Gamma_{ij}^k \equiv 0",), ["Gamma^{k}_ij equiv 0"]),
        ((r"g^{ij} g_{jk} = c",), ["c := g^{ij} g_jk"]),
        ((r"\frac{\partial Z}{\partial \theta^i} = b_i", r"a = \sum_{i=1}^n z^i"), ["a := sum_{i=1}^n z^{i}"]),
    ],
)
def test_indices(readings: Readings, formulas: tuple[str, ...], expected: list[str]) -> None:
    assert readings(*formulas) == expected


@pytest.mark.parametrize(
    ("formulas", "expected"),
    [
        ((r"a + x_i^k + b^2_i = p^n_i",), ["a + x_i^k + b_i^2 = p_i^n"]),
        ((r"p = (1, x, x^2, \dots, x^n)",), ["p := (1, x, x^2, ..., x^n)"]),
        ((r"\omega^{jk} + 1 = c",), ["c := omega^(j k) + 1"]),
        ((r"\sum_{i=1}^n x^i = s",), ["s := sum_{i=1}^n x^i"]),
        ((r"\frac{\partial X^k}{\partial t} = c", r"X^k + 1 = a + b"), ["X^k + 1 = a + b"]),
        ((r"L = \prod_i p_i^{x_i}",), ["L := prod_{i} p_i^(x_i)"]),
    ],
)
def test_powers(readings: Readings, formulas: tuple[str, ...], expected: list[str]) -> None:
    assert readings(*formulas) == expected


@pytest.mark.parametrize("latex", [r"a = \gamma^i + 1", r"a = \lambda^i", r"a = p^i"])
def test_an_index_or_a_power_beside_indices(readings: Readings, latex: str) -> None:
    (found,) = readings(r"\frac{\partial Z}{\partial \theta^i} = b_i", latex)
    assert found.startswith("ambiguous-superscript: ")


@pytest.mark.parametrize("latex", [r"\phi(x) = (x^1, x^2, x^3)", r"(x^1, \dots, x^d) \in A", r"x^1, \dots, x^d"])
def test_a_list_of_coordinates_or_of_powers(readings: Readings, latex: str) -> None:
    (found,) = readings(latex)
    assert found.startswith("ambiguous-superscript: ")


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"\mathbf{H} f(x) = 2 I", "H f(x) = 2 I"),
        (r"D_v f(x) + D_w f(x) = 3", "D_v f(x) + D_w f(x) = 3"),
        (r"v \in T_pM", "v in T_p M"),
        (r"v \in T_p \mathbb{S}^n(r)", "v in T_p S^n(r)"),
    ],
)
def test_operators_are_no_factors(readings: Readings, latex: str, expected: str) -> None:
    assert readings(r"\nabla f(x) = 2 x", latex) == [expected]


def test_a_factor_before_a_function(readings: Readings) -> None:
    assert readings(r"f(x, y) = x y", r"H_k f(x, y) = W f(x, y)") == ["H_k f(x, y) = W f(x, y)"]


@pytest.mark.parametrize("latex", [r"\phi*{i, j} = 2", r"a*{k} = 2"])
def test_a_subscript_that_a_formatter_has_spoilt(readings: Readings, latex: str) -> None:
    (found,) = readings(latex)
    assert found.startswith("spoilt-subscript: ")


def test_the_name_of_a_function_is_no_index(readings: Readings) -> None:
    assert readings(r"n(x) = 3", r"\sum_{i=1}^m \beta_i = 1", r"\beta_1 + \beta_n = a") == ["a := beta_1 + beta_n"]


def test_a_derivative_of_a_function_that_is_named(readings: Readings) -> None:
    assert readings(r"f(x) = x^2", r"f'(x) = D_xf") == ["f'(x) = D_x f"]
    assert readings(r"D_k + 1 = a", r"D_k b = c + a") == ["D_k b = c + a"]


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"\begin{split} y &\sim N(a, b) \\ &\sim N(c, d) \end{split}", ["y ~ N(a, b)", "y ~ N(c, d)"]),
        (r"y \sim N(a, b) \sim N(c, d)", ["y ~ N(a, b)", "y ~ N(c, d)"]),
        (r"Y = A X \sim N(a, b)", ["Y := A X", "A X ~ N(a, b)"]),
        (r"\begin{split} X &\sim N(a, b) \\ &= N(c, d) \end{split}", ["X ~ N(a, b)", "N(a, b) = N(c, d)"]),
    ],
)
def test_what_is_distributed_goes_on(readings: Readings, latex: str, expected: list[str]) -> None:
    assert readings(latex) == expected


def test_a_sum_in_an_intersection_keeps_its_brackets(readings: Readings) -> None:
    assert readings(r"x \in C \cap (C + v)") == ["x in C ∩ (C + v)"]


@pytest.mark.parametrize("dots", [r"\dots", r"\ldots", "..."])
def test_a_range_without_commas(readings: Readings, dots: str) -> None:
    assert readings(f"i = 1 {dots} N") == readings(f"i = 1, {dots}, N") == ["i = 1, ..., N"]
    assert readings(r"a + n = 1 \cdot 2 \cdots n") != ["a + n = 1, ..., n"]


def test_operators_with_a_name(readings: Readings) -> None:
    assert readings(r"\mathrm{proj}_{u} v = w + a") == ["proj_u v = w + a"]
    (found,) = readings(r"\mathrm{div} f g = w")
    assert found.startswith("ambiguous-argument: ")
    assert readings(r"\mathrm{SS} f = w + a") == ["SS f = w + a"]
