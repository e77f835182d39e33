"""Reports as JSON: the contract that other tools build on. Same input, same bytes, but for `timing`, which stands last.

Besides the keys of the contract a result has `notes`, `claim` and `refutation`, so that `derive certify` can check it again, and a document
`inferred` and `context`. In a notebook `line` and `column` count in the `cell`, whose number counts all cells from 1. Readers ignore keys that they do not know.
"""

from __future__ import annotations

import json
from typing import Any

from derive.language.document import Problem
from derive.language.report import CONTRACT_VERSION, Conclusion, DocumentReport, Report, Result
from derive.language.syntax import RELATION_WORDS
from derive.write.wording import slashed

_SECONDS = ("read", "decide", "check", "suggest")


def write(report: Report) -> str:
    """The report as one JSON object."""
    return json.dumps(data(report), ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def data(report: Report) -> dict[str, Any]:
    """The report as plain data. In `timing` a result is named by its id, in a report on several documents by path:id."""
    several = len(report.documents) > 1
    timing: dict[str, dict[str, float]] = {}
    for document in report.documents:
        for result in document.results:
            seconds = {key: round(result.seconds[key], 6) for key in _SECONDS if key in result.seconds}
            if seconds:
                timing[f"{document.path}:{result.id}" if several else result.id] = seconds
    return {"version": CONTRACT_VERSION, "documents": [_document(one) for one in report.documents], "timing": timing}


def _document(document: DocumentReport) -> dict[str, Any]:
    return {
        "path": slashed(document.path),
        "errors": [_problem(problem) for problem in document.problems],
        "results": [_result(result) for result in document.results],
        "conclusions": [_conclusion(conclusion) for conclusion in document.conclusions],
        "summary": document.summary(),
        "inferred": list(document.inferred),
        "context": document.context,
    }


def _problem(problem: Problem) -> dict[str, Any]:
    place = {"line": problem.line, "column": problem.column} | ({"cell": problem.cell} if problem.cell else {})
    return {**place, "code": problem.code, "message": problem.message}


def _result(result: Result) -> dict[str, Any]:
    found = result.counterexample
    return {
        "id": result.id,
        "line": result.line,
        "column": result.column,
        "end_line": result.end_line,
        "end_column": result.end_column,
        "latex": result.latex,
        "relation": _relation(result.relation),
        "verdict": result.verdict.value,
        "code": result.code,
        "message": result.message,
        "reading": result.reading,
        "conditions": list(result.conditions),
        "hypotheses": list(result.hypotheses),
        "premises": list(result.premises),
        "counterexample": None
        if found is None
        else {"assignment": dict(found.assignment), "left": found.left, "right": found.right},
        "suggestion": result.suggestion,
        "procedure": result.procedure,
        "axioms": list(result.axioms),
        "certificate": _kernel_data(result.certificate),
        "refutation": _kernel_data(result.refutation),
        "claim": _kernel_data(result.claim),
        "notes": list(result.notes),
        **({"cell": result.cell} if result.cell else {}),
    }


def _conclusion(conclusion: Conclusion) -> dict[str, Any]:
    return {
        "id": conclusion.id,
        "latex": conclusion.latex,
        "relation": _relation(conclusion.relation),
        "verdict": conclusion.verdict.value,
        "conditions": list(conclusion.conditions),
        "links": list(conclusion.links),
    }


def _relation(sign: str) -> str:
    """One word for all spellings of a sign: "<=" for \\le and \\leq, "approx" for \\cong."""
    return RELATION_WORDS.get(sign, sign.removeprefix("\\"))


def _kernel_data(thing: object) -> Any:
    if thing is None:
        return None
    from derive.kernel.data import to_data

    return to_data(thing)
