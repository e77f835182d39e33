"""The readings of two samples of public formulas, judged one by one by somebody who did not write the reader, are still those that were judged.

`readings.jsonl` is the first sample, of the sample of seed 803 no reading was wrong. A record holds where each formula stands, our reading of each of its relations (of one that is not read its code), and what the judge said: right;
wrong-mended, of the reading at first, with what is read now; right-sort-open, where the structure is right and the shape of a letter is not settled
by the formulas alone. The formulas are those of the bench beside this repository; without it the test skips.
"""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

from derive.bench import lines_of

_HERE = Path(__file__).resolve().parent
_RECORDS = [_HERE / "readings.jsonl", _HERE / "readings_803.jsonl"]
_CORPUS = _HERE.parents[1].parent / "shared" / "bench" / "formulas.jsonl"


@pytest.mark.parametrize("path", _RECORDS, ids=lambda path: path.stem)
def test_the_record_is_whole(path: Path) -> None:
    record = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert len(record) == 200
    assert len({(line["doc"], line["start"]) for line in record}) == 200
    assert {line["verdict"] for line in record} <= {"right", "wrong-mended", "right-sort-open"}
    assert all(all(line["readings"]) for line in record)  # every relation has a reading


def _sample() -> ModuleType:
    """The program that draws and reads the sample, which stands beside this file and is no package."""
    spec = importlib.util.spec_from_file_location("corpus_sample", _HERE / "sample.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("path", _RECORDS, ids=lambda path: path.stem)
def test_readings_are_those_that_were_judged(path: Path) -> None:
    if not _CORPUS.is_file():
        pytest.skip("the corpus of formulas is not beside this repository")
    record = lines_of(path)
    changed = [
        f"{one.doc} {one.start}: {one.readings()} was {line['readings']}"
        for line, one in zip(record, _sample().read_again(lines_of(_CORPUS), record), strict=True)
        if one.readings() != line["readings"]
    ]
    hint = f"judge these again, then: python tests/corpus/sample.py ../shared/bench/formulas.jsonl --again tests/corpus/{path.name}"
    assert not changed, "\n".join([*changed, hint])
