"""Reports as SARIF 2.1.0, the format of code scanning (OASIS, Static Analysis Results Interchange Format)."""

from __future__ import annotations

import json
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from derive import __version__
from derive.language.codes import CODES
from derive.language.report import DocumentReport, Report, Result, Verdict
from derive.write.wording import cell_of, paragraph, severity, slashed

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
# kind says what was found; only a failure may have a level (section 3.27.10 of the standard).
_KINDS = {
    Verdict.PROVED: "pass",
    Verdict.REFUTED: "fail",
    Verdict.ILL_SORTED: "fail",
    Verdict.UNKNOWN: "open",
    Verdict.UNREAD: "open",
    Verdict.DEFINED: "informational",
    Verdict.ASSUMED: "informational",
}


def write(report: Report, *, strict: bool = False) -> str:
    """The report as one SARIF log with one run."""
    rules = sorted({_rule(result) for document in report.documents for result in document.results})
    indices = {name: index for index, name in enumerate(rules)}
    results = [_result(document, one, indices, strict) for document in report.documents for one in document.results]
    notifications = [_notification(document) for document in report.documents if document.problems]
    run = {
        "tool": {
            "driver": {
                "name": "derive",
                "version": __version__,
                "rules": [_description(name) for name in rules],
            }
        },
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {
                "executionSuccessful": not notifications,
                "toolExecutionNotifications": [one for group in notifications for one in group],
            }
        ],
        "results": results,
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1) + "\n"


def _rule(result: Result) -> str:
    return result.code or result.verdict.value


def _description(name: str) -> dict[str, Any]:
    code = CODES.get(name)
    if code is None:
        return {"id": name, "shortDescription": {"text": name}}
    return {
        "id": name,
        "shortDescription": {"text": code.summary},
        "fullDescription": {"text": code.explanation},
        "help": {"text": code.way_out},
    }


def _result(document: DocumentReport, result: Result, indices: dict[str, int], strict: bool) -> dict[str, Any]:
    failing = severity(result, strict) == "error"
    name = _rule(result)
    return {
        "ruleId": name,
        "ruleIndex": indices[name],
        "kind": "fail" if failing else _KINDS[result.verdict],
        "level": "error" if failing else "none",
        "message": {"text": cell_of(result) + paragraph(result)},
        "locations": [{"physicalLocation": _location(document, result)}],
    }


def _location(document: DocumentReport, result: Result) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": _uri(document.path)}}
    if not result.cell:  # the lines of a cell are not those of the file
        place["region"] = {
            "startLine": max(result.line, 1),
            "startColumn": max(result.column, 1),
            "endLine": max(result.end_line, result.line, 1),
            "endColumn": max(result.end_column, 0) + 1,  # exclusive here, inclusive in our reports
        }
    elif result.file_lines[0]:
        place["region"] = {"startLine": result.file_lines[0], "endLine": max(result.file_lines)}
    return place


def _notification(document: DocumentReport) -> list[dict[str, Any]]:
    found = []
    for problem in document.problems:
        place: dict[str, Any] = {"artifactLocation": {"uri": _uri(document.path)}}
        if problem.line and not problem.cell:
            place["region"] = {"startLine": problem.line, "startColumn": max(problem.column, 1)}
        elif problem.file_line:
            place["region"] = {"startLine": problem.file_line}
        found.append(
            {
                "level": "error",
                "descriptor": {"id": problem.code},
                "message": {"text": cell_of(problem) + problem.message},
                "locations": [{"physicalLocation": place}],
            }
        )
    return found


def _uri(path: str) -> str:
    pure = PurePath(path)
    return pure.as_uri() if pure.is_absolute() else quote(slashed(path))
