"""Reports: what is said of every relation of a document. Plain data, in the shape of the JSON contract."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum

from derive.kernel.certificate import Axiom, Certificate, Refutation
from derive.kernel.claim import Claim
from derive.language.document import Problem

CONTRACT_VERSION = 1


class Verdict(Enum):
    """What is said of a relation; the values are the printed words."""

    PROVED = "proved"
    REFUTED = "refuted"
    ILL_SORTED = "ill-sorted"
    UNKNOWN = "unknown"
    DEFINED = "defined"
    ASSUMED = "assumed"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class CounterexampleText:
    """A counterexample as people read it: values in LaTeX-free notation, and both sides."""

    assignment: tuple[tuple[str, str], ...]
    left: str
    right: str


@dataclass(slots=True)
class Result:
    """The verdict on one relation. `line` to `end_column` are 1-based and count code points; the end is inclusive of the last character.

    `claim` with `certificate` (or `refutation`) is what the kernel accepted. `procedure` names who found it. `seconds` holds read, decide, check, suggest.
    """

    id: str
    line: int
    column: int
    end_line: int
    end_column: int
    latex: str
    relation: str
    verdict: Verdict
    code: str = ""
    message: str = ""
    reading: str = ""
    conditions: tuple[str, ...] = ()
    hypotheses: tuple[str, ...] = ()
    premises: tuple[str, ...] = ()
    counterexample: CounterexampleText | None = None
    suggestion: str | None = None
    procedure: str = ""
    axioms: tuple[str, ...] = ()
    claim: Claim | None = None
    certificate: Certificate | None = None
    refutation: Refutation | None = None
    notes: tuple[str, ...] = ()
    reason: str = ""  # the author's own reason, for writers
    conditions_latex: tuple[str, ...] = ()  # the conditions once more, for writers
    seconds: dict[str, float] = field(default_factory=dict)
    cell: int = 0  # of a notebook, in which the lines count; 0 in other documents
    file_lines: tuple[int, int] = (0, 0)  # of a notebook: the first and the last line of the file, if they are known


def lines_of(identities: Iterable[str]) -> str:
    """The lines of the results with these ids, in words. An id is the line and a number; in a notebook the cell stands before them."""
    places = [identity.split(".")[:-1] for identity in identities]
    named = list(dict.fromkeys(place[0] if len(place) == 1 else f"{place[1]} of cell {place[0]}" for place in places))
    return f"{'line' if len(named) == 1 else 'lines'} {', '.join(named)}"


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What a chain of several links says as a whole: the strictest sign, the union of the conditions, the ids of its links."""

    id: str
    latex: str
    relation: str
    verdict: Verdict
    conditions: tuple[str, ...]
    links: tuple[str, ...]


@dataclass(slots=True)
class DocumentReport:
    """Everything said of one document."""

    path: str
    results: list[Result] = field(default_factory=list)
    conclusions: list[Conclusion] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    inferred: list[str] = field(default_factory=list)  # declarations inferred
    undeclared: list[tuple[int, str]] = field(
        default_factory=list
    )  # of these what nothing defines, with the number of the section
    notes: list[str] = field(default_factory=list)  # what else a reader should know, in text reports
    context: str = ""  # a point that satisfies all hypotheses, or that none was found; "" where there are no hypotheses

    def summary(self) -> dict[str, int]:
        counts = {verdict.value: 0 for verdict in Verdict}
        for result in self.results:
            counts[result.verdict.value] += 1
        return counts


@dataclass(slots=True)
class Report:
    """The reports of several documents, and the axioms (by name) that their certificates may cite."""

    documents: list[DocumentReport] = field(default_factory=list)
    axioms: dict[str, Axiom] = field(default_factory=dict)

    def exit_status(self, strict: bool = False) -> int:
        """0 nothing refuted or ill-sorted; 1 something (strict: conditional, unknown or unread too); 2 unreadable input."""
        if any(document.problems for document in self.documents):
            return 2
        bad = {Verdict.REFUTED, Verdict.ILL_SORTED} | ({Verdict.UNKNOWN, Verdict.UNREAD} if strict else set())
        for document in self.documents:
            for result in document.results:
                if result.verdict in bad or (strict and result.conditions and result.verdict is Verdict.PROVED):
                    return 1
        return 0
