"""Collects tests/cases/*.md: a post is a test file, a heading names a test, a TeX comment says what is expected of the relations on its line.

% proved: identity            the verdict, and words that must appear in the result
% proved if x != 0            with exactly these conditions (separated by " and ")
% refuted: x = 1, y = 1
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# No clock: a busy machine fails nothing.
settings.register_profile(
    "tests", deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("tests")

if "PYTEST_XDIST_WORKER" in os.environ:
    # This process is measured; the commands that tests start are not: what they load is counted, and so is their time.
    for setting in [name for name in os.environ if name.startswith("COVERAGE_PROCESS_")]:
        del os.environ[setting]

VERDICTS = ("proved", "refuted", "unknown", "defined", "assumed", "ill-sorted", "unread")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    if file_path.suffix == ".md" and file_path.parent.name == "cases":
        return CaseFile.from_parent(parent, path=file_path)
    return None


class CaseFile(pytest.File):
    def collect(self) -> Iterator[pytest.Item]:
        lines = self.path.read_text(encoding="utf-8").splitlines()
        starts = [index for index, line in enumerate(lines) if line.startswith("## ")]
        for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
            name = lines[start].lstrip("# ").strip()
            # The lines before the first heading (declarations) hold for every test of the file.
            preamble = lines[: starts[0]]
            blank = [""] * (start - len(preamble))
            text = "\n".join([*preamble, *blank, *lines[start:end]]) + "\n"
            yield CaseItem.from_parent(self, name=name, text=text)


class CaseFailure(Exception):
    """A verdict that is not the one written down."""


class CaseItem(pytest.Item):
    def __init__(self, *, text: str, **keywords: object) -> None:
        super().__init__(**keywords)
        self.text = text

    def runtest(self) -> None:
        from derive.read import read_text
        from derive.verify import verify

        document = read_text(self.text, str(self.path))
        report = verify(document)
        expectations = [
            (document.position(offset)[0], text.strip())
            for item in document.items
            for offset, text in getattr(item, "comments", ())
            if text.strip().startswith(VERDICTS)
        ]
        assert expectations, "a test without expectations"
        problems = []
        for line, text in expectations:
            results = [result for result in report.results if result.line == line or result.end_line == line]
            if not results:
                problems.append(f"line {line}: {text}\n    nothing was found here")
            problems.extend(problem for result in results if (problem := mismatch(result, text)))
        if problems:
            raise CaseFailure("\n".join(problems))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: object = None) -> str:
        if isinstance(excinfo.value, CaseFailure):
            return str(excinfo.value)
        return str(super().repr_failure(excinfo))

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, 0, f"{self.path.name}: {self.name}"


def mismatch(result: object, expectation: str) -> str:
    """What is wrong with a result; empty if nothing is."""
    head, _, details = expectation.partition(":")
    verdict, _, conditions = head.strip().partition(" if ")
    found = result.verdict.value
    said = [
        result.procedure,
        result.code,
        result.message,
        result.suggestion or "",
        "; ".join(result.conditions),
        " ".join(result.notes),
        result.reading,
    ]
    if result.counterexample is not None:
        said.append(", ".join(f"{name} = {value}" for name, value in result.counterexample.assignment))
        said.append(f"left {result.counterexample.left}, right {result.counterexample.right}")
    whole = "\n".join(said)
    wrong = found != verdict.strip()
    if verdict.strip() == "proved" and not wrong:
        expected = sorted(part.strip() for part in conditions.split(" and ")) if conditions else []
        wrong = sorted(result.conditions) != expected
    missing = [part.strip() for part in details.split(";") if part.strip() and part.strip() not in whole]
    if not wrong and not missing:
        return ""
    return f"line {result.line}: {result.latex}    % {expectation}\n    found {found}: {' | '.join(part for part in said if part)}"
