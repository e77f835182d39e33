"""What a formula is read as: the readings of its relations, or what stopped the reader, in the context of the formulas before it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from derive import elaborate
from derive.language.report import Verdict
from derive.read import read_formulas


def _readings(*formulas: str) -> list[str]:
    document = read_formulas(formulas)
    run = elaborate.obligations(document)
    found: list[str] = []
    try:
        obligation = next(run)
        while True:
            if obligation.start >= document.items[-1].start:
                lost = obligation.verdict in {Verdict.UNREAD, Verdict.ILL_SORTED}
                found.append(f"{obligation.code}: {obligation.message}" if lost else obligation.reading)
            obligation = run.send(elaborate.Outcome(obligation.verdict or Verdict.UNKNOWN))
    except StopIteration:
        return found


@pytest.fixture
def readings() -> Callable[..., list[str]]:
    """The readings of the last of the formulas, one for each relation."""
    return _readings
