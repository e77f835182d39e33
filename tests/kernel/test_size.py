"""Sizes: one text for equal polynomials, and what is no size."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from derive.kernel.size import letters_of, parsed, product, quotient, total, value, written
from derive.kernel.term import Size, TermError

MADE: list[tuple[Callable[[Size, Size], Size], Size, Size, Size]] = [
    (product, 2, 3, 6),
    (product, 1, "n", "n"),
    (product, "n", 1, "n"),
    (product, "n", "m", "m * n"),
    (product, "m", "n", "m * n"),
    (product, 2, "n", "2 * n"),
    (product, "n + 1", "n - 1", "n * n - 1"),
    (product, "m * n", "m", "m * m * n"),
    (total, 2, 3, 5),
    (total, "n", "m", "m + n"),
    (total, 1, "n", "n + 1"),
    (total, "n", "n", "2 * n"),
    (total, "n - 1", 1, "n"),
    (total, "m * n", "k_{1}", "m * n + k_{1}"),
    (total, "n - 1", "m - n", "m - 1"),
    (total, "n + 1", "2 - n", 3),
]


@pytest.mark.parametrize(("make", "left", "right", "made"), MADE)
def test_made(make: Callable[[Size, Size], Size], left: Size, right: Size, made: Size) -> None:
    assert make(left, right) == made


LIMITS: list[tuple[Callable[[], object], str]] = [
    (partial(parsed, "2 k"), "not a size"),
    (partial(parsed, ""), "not a size"),
    (partial(parsed, "n + "), "not a size"),
    (partial(parsed, " + ".join(f"n_{index}" for index in range(51))), "too long"),
    (partial(written, {(): 0}), "not positive"),
    (partial(written, {("n",): -1}), "not positive"),
    (partial(written, {}), "not positive"),
]


@pytest.mark.parametrize(("make", "reason"), LIMITS)
def test_what_is_no_size(make: Callable[[], object], reason: str) -> None:
    with pytest.raises(TermError, match=reason):
        make()


@pytest.mark.parametrize(
    ("whole", "part", "made"),
    [
        ("m * n", "m", "n"),
        ("n * n", "n", "n"),
        ("6 * n", 2, "3 * n"),
        ("n", "n", 1),
        (6, 3, 2),
        ("n", "m", None),
        ("n * m", 2, None),
        ("n + 1", "n", None),
        ("no size", "n", None),
    ],
)
def test_quotients(whole: Size, part: Size, made: Size | None) -> None:
    assert quotient(whole, part) == made


def test_values() -> None:
    assert value(3, {}) == 3
    assert value("m * n + 2", {"m": 2, "n": 5}) == 12
    assert value("m * n + 2", {"m": 2}) is None
    assert value("no size", {"no": 1}) is None
    assert letters_of("m * n - 2 * k") == ("m", "n", "k")
    assert letters_of(4) == ()
    assert letters_of("no size") == ()
