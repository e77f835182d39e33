"""Every habit of the dialect of lecture notes has at least two true and two false lines among its cases."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

_CASES = (Path(__file__).parent / "cases" / "dialect_rows.md").read_text(encoding="utf-8")
_HABITS = [part.partition("\n") for part in re.split(r"^## ", _CASES, flags=re.MULTILINE)[1:]]


def test_all_habits_are_there() -> None:
    assert len(_HABITS) == 16


@pytest.mark.parametrize("habit", _HABITS, ids=[name for name, _, _ in _HABITS])
def test_two_true_and_two_false_lines(habit: tuple[str, str, str]) -> None:
    assert habit[2].count("% proved") >= 2
    assert habit[2].count("% refuted") >= 2
