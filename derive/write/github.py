"""Reports as annotations of GitHub Actions: workflow commands that mark the lines of a pull request."""

from __future__ import annotations

from derive.language.report import Report, Result
from derive.write.wording import cell_of, one_line, paragraph, severity, slashed, summary


def write(report: Report, *, strict: bool = False) -> str:
    """One command a line for every error and warning, and the summary in plain text."""
    lines: list[str] = []
    for document in report.documents:
        path = slashed(document.path)
        for problem in document.problems:
            place = {"file": path}
            if problem.line and not problem.cell:
                place |= {"line": str(problem.line), "col": str(max(problem.column, 1))}
            elif problem.file_line:
                place |= {"line": str(problem.file_line)}
            lines.append(
                _command(
                    "error", {**place, "title": f"derive: {problem.code}"}, cell_of(problem) + one_line(problem.message)
                )
            )
        for result in document.results:
            level = severity(result, strict)
            if level != "none":
                lines.append(_command(level, _properties(path, result), cell_of(result) + paragraph(result)))
    return "\n".join([*lines, one_line(summary(report))]) + "\n"


def _properties(path: str, result: Result) -> dict[str, str]:
    place = {"file": path}
    if not result.cell:
        place |= {"line": str(result.line), "endLine": str(result.end_line)}
    elif result.file_lines[0]:
        place |= {"line": str(result.file_lines[0]), "endLine": str(max(result.file_lines))}
    if not result.cell and result.line == result.end_line:  # columns of an annotation count only within one line
        place |= {"col": str(result.column), "endColumn": str(result.end_column)}
    name = (
        result.verdict.value if result.code in {"", result.verdict.value} else f"{result.verdict.value} ({result.code})"
    )
    return {**place, "title": f"derive: {name}"}


def _command(level: str, properties: dict[str, str], message: str) -> str:
    listed = ",".join(f"{key}={_escaped_property(value)}" for key, value in properties.items())
    return f"::{level} {listed}::{_escaped(message)}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escaped_property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")
