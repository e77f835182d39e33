"""The properties of tests/read/test_fuzz.py, searched for a counterexample by libFuzzer, guided by the branches that are reached. Run: make fuzz

Hypothesis turns the bytes of the fuzzer into documents made of the seeds, so that what is tried and what is asked are the same in both. Options are
those of libFuzzer: `-runs=N`, `-max_total_time=SECONDS`, `-seed=N`; a folder keeps the inputs that reached something new. A counterexample is printed
with its document, and the exit status is not 0.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import atheris  # type: ignore[import-not-found,unused-ignore]

sys.path.insert(0, str(Path(__file__).parent / "read"))
with atheris.instrument_imports(include=["derive.read", "derive.elaborate", "derive.language"]):
    properties = importlib.import_module("test_fuzz")

PROPERTIES = (properties.test_nothing_is_raised_and_places_are_kept, properties.test_no_text_is_too_strange)


def one_input(data: bytes) -> None:
    """Asks one property, which the first byte chooses, of the document that the others make."""
    if data:
        PROPERTIES[data[0] % len(PROPERTIES)].hypothesis.fuzz_one_input(data[1:])


if __name__ == "__main__":
    atheris.Setup([sys.argv[0], "-max_len=4096", "-len_control=0", *sys.argv[1:]], one_input)
    atheris.Fuzz()
