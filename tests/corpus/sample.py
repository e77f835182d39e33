"""Draws formulas of a corpus that the reader reads whole, with what each relation of them is read as, for somebody to judge.

    python tests/corpus/sample.py ../shared/bench/formulas.jsonl [--count 200] [--seed 3] [--verdict CODE]
    python tests/corpus/sample.py ../shared/bench/formulas.jsonl --again tests/corpus/readings.jsonl

The formulas of a document are read in order, as one document. The draw takes the kinds of formulas in turn, and of each kind documents that were
not drawn yet before others; it depends on the corpus, the seed and what is read. With --verdict only formulas with a relation of that code or
verdict (ill-sorted, shape-not-settled, definition, assumed, ...) are drawn, read whole or not. With --again the recorded formulas are read again: where a
reading has changed, it is shown and recorded as still to be judged.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from derive import elaborate
from derive.bench import has_relation, lines_of
from derive.elaborate import Obligation
from derive.language.document import Formula, Statement
from derive.language.faces import printing_as
from derive.language.report import Verdict
from derive.read import read_formulas

KINDS = {
    "probability": r"\\sim|\\Pr\b|\\mathrm\{(?:E|Var|Cov|Pr)\}|\\mathbb\{?[EPV]|\bP\(|p\(|\\mid|\\mathcal\{N\}|Var|Cov",
    "matrices": r"matrix\}|\\mathrm\{?T\}?|\\top|\^T|\\mathbf|\\boldsymbol|\\det|\\vec|\\bm|tr\b|\^\{-1\}",
    "calculus": r"\\int|\\partial|\\nabla|\\frac\{?d|\\frac\{\\mathrm\{?d|\\lim|\\mathrm\{?d\}?|'\(",
    "sums": r"\\sum|\\prod|\\binom|\\choose|dots",
    "families": r"_\{?[a-z0-9]|\^\{\([a-z]\)\}",
    "sets": r"\\in\b|\\\{|\\mathbb|\\mathcal|\\cup|\\cap|\\subset|\\(?:arg)?max|\\(?:arg)?min",
    "others": r"",
}


@dataclass(slots=True)
class Drawn:
    """A formula of the corpus and what is read of it: for each relation its code or verdict, its reading, and where it lies."""

    doc: str
    start: int
    latex: str
    kinds: tuple[str, ...]
    relations: list[Obligation] = field(default_factory=list)
    inferred: list[str] = field(default_factory=list)

    def readings(self) -> list[str]:
        """The readings of the relations; of one that is not read its code."""
        lost = {Verdict.UNREAD, Verdict.ILL_SORTED}
        return [f"<{one.code}>" if one.verdict in lost else one.reading for one in self.relations]

    def whole(self) -> bool:
        lost = {Verdict.UNREAD, Verdict.ILL_SORTED}
        return bool(self.relations) and not any(one.verdict in lost for one in self.relations)

    def has(self, word: str) -> bool:
        return any(word in {one.code, one.verdict.value if one.verdict else "claim"} for one in self.relations)


def read_document(lines: Sequence[dict[str, Any]]) -> list[Drawn]:
    """The formulas of one document, in order, as they are read together."""
    document = read_formulas([str(line["latex"]) for line in lines])
    formulas = [item for item in document.items if isinstance(item, Formula)]
    starts = [one.start for one in formulas]
    found = [Drawn(str(one["doc"]), int(one["start"]), str(one["latex"]), _kinds(str(one["latex"]))) for one in lines]
    run = elaborate.obligations(document)
    try:
        with printing_as(document):
            obligation = next(run)
            while True:
                found[max(bisect_right(starts, obligation.start) - 1, 0)].relations.append(obligation)
                obligation = run.send(elaborate.Outcome(obligation.verdict or Verdict.UNKNOWN))
    except StopIteration as stop:
        inferred = list(stop.value.inferred)
    for one, formula in zip(found, formulas, strict=True):
        names = _names(formula)
        shown = (said.at(formula.start) for said in inferred if said.key in names)
        one.inferred = list(dict.fromkeys(text for text in shown if text))
    return found


def documents(lines: Iterable[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """The lines of a corpus by document."""
    found: dict[str, list[dict[str, Any]]] = {}
    for line in lines:
        found.setdefault(str(line["doc"]), []).append(line)
    return found


def draw(lines: Iterable[dict[str, Any]], count: int, seed: int, verdict: str = "") -> list[Drawn]:
    """So many formulas with a relation: of each kind in turn, each from a document that was not drawn yet where there is one."""
    pools: dict[str, list[Drawn]] = {kind: [] for kind in KINDS}
    for group in documents(lines).values():
        for line, one in zip(group, read_document(group), strict=True):
            if has_relation(line) and (one.has(verdict) if verdict else one.whole()):
                for kind in one.kinds:
                    pools[kind].append(one)
    chance = random.Random(seed)
    for pool in pools.values():
        chance.shuffle(pool)
    drawn: list[Drawn] = []
    taken: set[tuple[str, int]] = set()
    used: dict[str, int] = {}
    while len(drawn) < count and any(pools.values()):
        for pool in pools.values():
            pool[:] = [one for one in pool if (one.doc, one.start) not in taken]
            if pool and len(drawn) < count:
                chosen = min(pool, key=lambda one: used.get(one.doc, 0))
                taken.add((chosen.doc, chosen.start))
                used[chosen.doc] = used.get(chosen.doc, 0) + 1
                drawn.append(chosen)
    return drawn


def read_again(lines: Iterable[dict[str, Any]], recorded: Iterable[dict[str, Any]]) -> list[Drawn]:
    """The formulas of a record, in its order, as they are read now."""
    wanted = [(str(one["doc"]), int(one["start"])) for one in recorded]
    names = {doc for doc, _ in wanted}
    found = {
        (one.doc, one.start): one
        for doc, group in documents(lines).items()
        if doc in names
        for one in read_document(group)
    }
    return [found[key] for key in wanted]


def _kinds(latex: str) -> tuple[str, ...]:
    found = tuple(kind for kind, pattern in KINDS.items() if pattern and re.search(pattern, latex))
    return found or ("others",)


def _names(formula: Formula) -> set[str]:
    statements = (part.node for part in formula.parts if isinstance(part, Statement))
    return {part.key for node in statements for part in node.walk() if part.kind == "name"}


def _claimed(relation: Obligation) -> str:
    """What is asked of a relation that nothing settles yet. What may set or suppose what it says is a condition if it is not proved; what is in doubt is proved or left open."""
    if relation.condition_if_not_proved or relation.unasserted:
        return "claim or condition"
    if relation.says_new:
        return "claim or definition"
    return "claim or question" if relation.doubt or not relation.refutable else "claim"


def shown(one: Drawn) -> str:
    """A formula for the judge."""
    lines = [
        f"{one.doc} {one.start}  [{', '.join(one.kinds)}]",
        *("    " + row for row in one.latex.strip().split("\n")),
    ]
    for relation in one.relations:
        kind = relation.code or (relation.verdict.value if relation.verdict else _claimed(relation))
        lost = relation.verdict in {Verdict.UNREAD, Verdict.ILL_SORTED}
        text = relation.message if lost else "NO READING of " + " ".join(relation.latex.split())
        lines.append(f"  {kind}: {relation.reading or text}")
    if one.inferred:
        lines.append("  " + "; ".join(one.inferred))
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--verdict", default="")
    parser.add_argument("--json", action="store_true", help="one line a formula, without its text")
    parser.add_argument("--again", type=Path, help="a record whose formulas are read again")
    options = parser.parse_args()
    if options.again is not None:
        record = lines_of(options.again)
        for line, one in zip(record, read_again(lines_of(options.corpus), record), strict=True):
            if line["readings"] != one.readings():
                print(f"{shown(one)}\n")
                line["readings"], line["verdict"] = one.readings(), "to be judged"
        options.again.write_text(
            "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in record), encoding="utf-8"
        )
        return
    for number, one in enumerate(draw(lines_of(options.corpus), options.count, options.seed, options.verdict), start=1):
        if options.json:
            print(json.dumps({"doc": one.doc, "start": one.start, "readings": one.readings()}, ensure_ascii=False))
        else:
            print(f"#{number} {shown(one)}\n")


if __name__ == "__main__":
    main()
