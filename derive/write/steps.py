"""What the writers of derivations share: the grouping of lines into displays, and what is said under a line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from derive.language.derivation import DerivationText, Line
from derive.language.report import DocumentReport, Verdict
from derive.write.wording import counterexample, one_line

_HOLDING = (Verdict.PROVED, Verdict.DEFINED, Verdict.ASSUMED)


@dataclass(frozen=True, slots=True)
class Numbered:
    """A line with its number in the whole derivation."""

    number: int
    line: Line


def displays(lines: Iterable[Line], first: int) -> list[list[Numbered]]:
    """The lines in displays: a line that continues the one above stands with it. Numbers count from `first`."""
    found: list[list[Numbered]] = []
    for number, line in enumerate(lines, start=first):
        if line.continues and found:
            found[-1].append(Numbered(number, line))
        else:
            found.append([Numbered(number, line)])
    return found


def remark(line: Line) -> list[str]:
    """What is said under a line: the kind of an assumption or definition, the reason, conditions, and whatever is not proved, loudly."""
    said: list[str] = []
    word = {"assumed": "Assumption", "hypothesis": "Assumption", "defined": "Definition", "definition": "Definition"}
    kind = word.get(line.kind, "")
    reason = line.reason.strip()
    if kind and reason:
        said.append(f"{kind}: {reason}")
    elif kind or reason:
        said.append(kind or reason[0].upper() + reason[1:])
    result = line.result
    if result is None:
        said.append("NOT CHECKED")
        return said
    if result.verdict not in _HOLDING:
        message = f"{result.verdict.value.upper()}"
        why = counterexample(result) if result.counterexample is not None else one_line(result.message)
        said.append(f"{message}: {why}" if why else message)
    elif result.conditions:
        shown = [f"${one}$" for one in result.conditions_latex] or result.conditions
        said.append("Where " + " and ".join(shown))
    return said


def reasons(display: Iterable[Numbered]) -> list[str]:
    """What is said under a display, line by line; neighbours with the same remark share it: "(19–20) Cauchy-Schwarz."."""
    found: list[tuple[int, int, str]] = []
    for one in display:
        said = ". ".join(part.rstrip(".") for part in remark(one.line) if part)
        if found and found[-1][2] == said:
            found[-1] = (found[-1][0], one.number, said)
        else:
            found.append((one.number, one.number, said))
    return [f"({span(first, last)}) {said}." for first, last, said in found if said]


def span(first: int, last: int) -> str:
    """The numbers of several lines as one tag."""
    return str(first) if first == last else f"{first}–{last}"


def checked(text: DerivationText, report: DocumentReport | None) -> str:
    """The closing sentence: how many lines have which verdict, conclusions, and the axioms that they rest on."""
    results = [line.result for line in text.lines()]
    if not results:
        return "There is nothing to check."
    counts = {verdict: sum(one is not None and one.verdict is verdict for one in results) for verdict in Verdict}
    listed = [f"{count} {verdict.value}" for verdict, count in counts.items() if count]
    missing = sum(one is None for one in results)
    if missing:
        listed.append(f"{missing} not checked")
    sentence = f"Checked by derive: {', '.join(listed)}."
    if any(one is None or one.verdict not in _HOLDING for one in results):
        sentence += " THE DERIVATION IS NOT PROVED."
    elif report is not None and any(conclusion.verdict is not Verdict.PROVED for conclusion in report.conclusions):
        sentence += " Not every conclusion of a chain is proved."
    axioms = sorted({name for one in results if one is not None for name in one.axioms})
    if axioms:
        sentence += f" Axioms used: {', '.join(axioms)}."
    return sentence
