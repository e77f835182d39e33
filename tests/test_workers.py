"""The pool of processes: order, errors, time limits, processes that die."""

from __future__ import annotations

import importlib
import os
import sys
import time
from collections.abc import Iterator
from types import ModuleType

import pytest

from derive.workers import Failed, Finished, TimedOut, WorkersError, run

# What the processes run; they must be able to import it.
SOURCE = """
import os, time


def work(item):
    match item:
        case "sleep":
            time.sleep(60)
        case "raise":
            raise ValueError("wrong")
        case "deep":
            return work_deep(0)
        case "die":
            os._exit(3)
        case "unpicklable":
            return lambda: 0
    return (item, os.getpid())


def work_deep(depth):
    return work_deep(depth + 1) + 1


def die():
    os._exit(4)
"""


@pytest.fixture(scope="module")
def work(tmp_path_factory) -> Iterator[ModuleType]:
    folder = tmp_path_factory.mktemp("work")
    (folder / "work_for_processes.py").write_text(SOURCE, encoding="utf-8")
    sys.path.insert(0, str(folder))
    yield importlib.import_module("work_for_processes")
    sys.path.remove(str(folder))


def outcomes(work: ModuleType, items: list[object], **options: object) -> list[object]:
    found = dict(run(work.work, items, **options))  # type: ignore[arg-type]
    assert sorted(found) == list(range(len(items)))
    return [found[index] for index in range(len(items))]


def test_values_come_back(work) -> None:
    found = outcomes(work, list(range(5)), jobs=2)
    assert [outcome.value[0] for outcome in found] == list(range(5))
    assert len({outcome.value[1] for outcome in found} - {os.getpid()}) in {1, 2}


def test_nothing_to_do(work) -> None:
    assert list(run(work.work, [])) == []


def test_errors_and_deaths_cost_one_item(work) -> None:
    found = outcomes(work, [1, "raise", "deep", "die", "unpicklable", 2])
    assert [type(outcome) for outcome in found] == [Finished, Failed, Failed, Failed, Failed, Finished]
    assert found[1] == Failed("ValueError: wrong")
    assert found[2].message.startswith("RecursionError")
    assert "status 3" in found[3].message


def test_the_time_limit_ends_the_process(work) -> None:
    begin = time.monotonic()
    found = outcomes(work, ["sleep", 1], jobs=1, time_limit=0.5)
    assert found[0] == TimedOut(0.5)
    assert isinstance(found[1], Finished)
    assert time.monotonic() - begin < 30


def test_a_process_that_cannot_begin_is_an_error(work) -> None:
    with pytest.raises(WorkersError):
        list(run(work.work, [1], prepare=work.die))


def test_the_time_limit_may_depend_on_the_item(work) -> None:
    found = outcomes(work, [1, "sleep"], time_limit=lambda item: 0.5 if item == "sleep" else 60.0)
    assert isinstance(found[0], Finished)
    assert found[1] == TimedOut(0.5)
