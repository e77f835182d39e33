"""Counts false verdicts on the documents and claims of bench/adversarial (README.md there). Run: python bench/attack.py [FILES]

Exit status 1 if there is one. This takes minutes: it is a measurement, not a test; what is mended becomes a case in tests/cases.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from derive.language.document import Document
from derive.language.report import Result, Verdict
from derive.read import read_claim, read_text
from derive.verify import verify

FOLDER = Path(__file__).resolve().parent / "adversarial"
_LABEL = re.compile(r"[ \t]*%%([TCFD?]+)[ \t]*$", re.MULTILINE)
_BEGIN = re.compile(r"^=====(.*)$\n", re.MULTILINE)


def is_false(result: Result, label: str) -> bool:
    """Whether a verdict contradicts its label."""
    if result.verdict is Verdict.PROVED:
        return label == "F" or (label == "C" and not result.conditions)
    return result.verdict in {Verdict.REFUTED, Verdict.ILL_SORTED} and label in "TCD"


def documents(path: Path) -> Iterator[tuple[str, Document, dict[int, str]]]:
    """The documents of a file, each with its name and the labels by line."""
    text = path.read_text(encoding="utf-8")
    begins = list(_BEGIN.finditer(text))
    for begin, following in zip(begins, [*begins[1:], None], strict=True):
        body = text[begin.end() : following.start() if following else len(text)]
        labels = {body.count("\n", 0, match.start()) + 1: match.group(1) for match in _LABEL.finditer(body)}
        plain = _LABEL.sub("", body)
        yield f"{path.name}:{begin.group(1).strip()}", read_text(plain, path.name), labels


def claims(path: Path) -> Iterator[tuple[str, Document, str]]:
    """The claims of a file, each with its place and label."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.strip() and not line.startswith("#"):
            label, latex, *rest = (part.strip() for part in line.split("|||"))
            declared, supposed = ([*rest, "", ""])[:2]
            lists = [tuple(one.strip() for one in text.split("&&") if one.strip()) for text in (declared, supposed)]
            yield f"{path.name}:{number}", read_claim(latex, *lists), label


def judged(path: Path) -> Iterator[tuple[str, Result, str]]:
    """Every verdict on a file that has a label."""
    if path.suffix == ".txt":
        for name, document, label in claims(path):
            results = verify(document).results
            each = label if len(label) == len(results) else "?" * (len(results) - 1) + label[-1:]
            yield from ((name, result, one) for result, one in zip(results, each, strict=False))
        return
    for name, document, labels in documents(path):
        rows: dict[int, list[Result]] = {}
        for result in verify(document).results:
            rows.setdefault(result.line, []).append(result)
        for line, row in rows.items():
            label = labels.get(line, "?")
            each = label if len(label) == len(row) else label[:1] * len(row) if len(label) == 1 else "?" * len(row)
            yield from ((f"{name}:{line}", result, one) for result, one in zip(row, each, strict=True))


def main() -> int:
    files = [Path(one) for one in sys.argv[1:]] or sorted([*FOLDER.glob("documents/*"), *FOLDER.glob("claims/*")])
    counts: Counter[str] = Counter()
    for path in files:
        for place, result, label in judged(path):
            wrong = is_false(result, label)
            counts["false " + result.verdict.value if wrong else f"{label} {result.verdict.value}"] += 1
            if wrong:
                print(
                    f"{place}: {result.verdict.value}, which is {label}: {' '.join(result.latex.split())}", flush=True
                )
    print(", ".join(f"{name} {count}" for name, count in sorted(counts.items())))
    return int(any(name.startswith("false") for name in counts))


if __name__ == "__main__":
    sys.exit(main())
