"""Runs benchmark files and scores the verdicts: claims, whole derivations (chains), and formulas for the reader.

The table of scores is `score`; the files are described where they lie, the JSON that is printed in `numbers`. In a claim and in a step of a
chain everything is a claim; a step may use the steps before it: definitions bind, hypotheses hold, and what was proved without conditions
is assumed when the step is not settled without it.
"""

from __future__ import annotations

import json
import re
import time
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from derive.elaborate import Obligation
from derive.language.document import Declaration, Document, Formula, Statement, Unread
from derive.language.report import Result, Verdict
from derive.language.spelling import FUNCTIONS, GREEK, SPACING, WORDS
from derive.read.formula.brackets import ROWS
from derive.workers import Failed, Finished, Outcome, TimedOut, run

DEFAULT_TIME_LIMIT = 30.0
_UNSCORED = frozenset({"definition", "out-of-scope", "hypothesis"})
_LABELS = frozenset({"proved", "conditional", "refuted"})
_STAGES = ("read", "decide", "check", "suggest")
_SCORES = ("proved", "conditional", "over_conditional", "refuted", "unknown", "unread", "wrong")

# --- scoring -------------------------------------------------------------------------------------------------------------


def score(label: str, verdict: str, conditions: bool) -> str:
    """One of the words of the scores; "" for what counts nowhere. Rows are labels, columns verdicts.

    |             | proved, no condition | proved, conditions | refuted | unknown, unread |
    | proved      | proved               | over_conditional   | wrong   | open            |
    | conditional | wrong                | conditional        | wrong   | open            |
    | refuted     | wrong                | wrong              | refuted | open            |
    | definition, hypothesis, out-of-scope | "" | ""        | wrong   | ""              |

    What is open is counted as unknown or unread. Raises ValueError for a label that is not in the table.
    """
    if label not in _LABELS | _UNSCORED:
        raise ValueError(f"no label is called {label!r}")
    if label in _UNSCORED:
        return "wrong" if verdict == "refuted" else ""
    if verdict == "proved":
        if label == "proved":
            return "over_conditional" if conditions else "proved"
        return "conditional" if label == "conditional" and conditions else "wrong"
    if verdict == "refuted":
        return "refuted" if label == "refuted" else "wrong"
    return "unread" if verdict == "unread" else "unknown"


def score_line(line: dict[str, Any], verdict: str, conditions: bool) -> str:
    """The score of a line or step; a disputed one counts nowhere.

    Where an undefined side counts as "does not hold" (`expect_uf`), both labels are true of their reading, and what is right under one is not wrong.
    """
    if line.get("disputed"):
        return ""
    found = score(str(line["expect"]), verdict, conditions)
    if found == "wrong" and line.get("expect_uf"):
        return score(str(line["expect_uf"]), verdict, conditions)
    return found


# --- one line ------------------------------------------------------------------------------------------------------------


def judge(line: dict[str, Any]) -> list[dict[str, Any]]:
    """What is said of a claim, or of every step of a chain, as plain data: id, label, verdict, conditions, code, message, score, seconds."""
    if "steps" in line:
        return _judge_chain(line)
    found = _judge_safely(str(line["latex"]), _texts(line, "declare"), _texts(line, "assume"))
    return [_judged(str(line["id"]), line, found)]


@dataclass(slots=True)
class _Found:
    verdict: str = "unknown"
    conditions: tuple[str, ...] = ()
    code: str = ""
    message: str = ""
    seconds: dict[str, float] = field(default_factory=lambda: dict.fromkeys((*_STAGES, "verdict", "whole"), 0.0))


def _judge_safely(latex: str, declare: Sequence[str], assume: Sequence[str]) -> _Found:
    """A defect on one step costs that step, not the rest of its chain."""
    try:
        return _judge_claim(latex, declare, assume)
    except Exception as error:
        return _Found(code="crashed", message=f"{type(error).__name__}: {error}")


def _judge_claim(latex: str, declare: Sequence[str], assume: Sequence[str]) -> _Found:
    from derive.read import read_claim
    from derive.verify import verify

    begin = time.perf_counter()
    document = read_claim(latex, tuple(declare), tuple(assume))
    read = time.perf_counter() - begin
    report = verify(document)
    own, others = of_formulas(document, report.results)
    found = together(own)
    lost = [result for result in others if result.verdict in {Verdict.UNREAD, Verdict.ILL_SORTED}]
    if lost and found.verdict != "refuted":
        # Another question than the one asked. A refutation still counts: to refute without a hypothesis that was written is a defect.
        found = _Found("unread", code=lost[0].code, message=f"{lost[0].latex}: {lost[0].message}")
    if report.problems:
        found = _Found("unread", code=report.problems[0].code, message=report.problems[0].message)
    whole = time.perf_counter() - begin
    stages = {stage: sum(result.seconds.get(stage, 0.0) for result in report.results) for stage in _STAGES}
    found.seconds = {**stages, "read": read, "verdict": whole - stages["suggest"], "whole": whole}
    return found


def of_formulas(document: Document, results: Iterable[Result]) -> tuple[list[Result], list[Result]]:
    """The results on the formulas of a document, and those on its declarations."""
    declared = {item.text.strip() for item in document.items if isinstance(item, Declaration)}
    written = {part.latex.strip() for item in document.items if isinstance(item, Formula) for part in item.parts}
    own: list[Result] = []
    others: list[Result] = []
    for result in results:
        text = result.latex.strip()
        of_declaration = result.code == "unread-declaration" or (text in declared and text not in written)
        (others if of_declaration else own).append(result)
    return own, others


def together(results: Sequence[Result]) -> _Found:
    """One verdict for all relations of a formula: refuted if one is, unread if one is, proved if all are."""
    told = [result for result in results if result.verdict is not Verdict.ASSUMED]
    for verdict in (Verdict.REFUTED, Verdict.UNREAD):
        for result in told:
            if result.verdict is verdict:
                return _Found(verdict.value, (), result.code, result.message)
    conditions = tuple(dict.fromkeys(condition for result in told for condition in result.conditions))
    if told and all(result.verdict is Verdict.PROVED for result in told):
        return _Found("proved", conditions, "", "; ".join(result.procedure for result in told))
    for result in told:
        if result.verdict is not Verdict.PROVED:
            return _Found("unknown", (), result.code or result.verdict.value, result.message)
    return _Found("unknown", (), "no-relation", "there is no relation to judge")


def _judge_chain(line: dict[str, Any]) -> list[dict[str, Any]]:
    declare, assume = _texts(line, "declare"), _texts(line, "assume")
    shown: list[
        tuple[str, frozenset[str]]
    ] = []  # statements proved without conditions, with what they were proved under
    judged: list[dict[str, Any]] = []
    for number, step in enumerate(line["steps"], start=1):
        latex, label = str(step["latex"]), str(step["expect"])
        if label == "definition":
            declare.append("let " + " ".join(latex.split()))
            judged.append(_judged(f"{line['id']}#{number}", step, _Found("defined")))
            continue
        if label == "hypothesis":
            assume.append(latex)
            judged.append(_judged(f"{line['id']}#{number}", step, _Found("assumed")))
            continue
        here = list(dict.fromkeys([*assume, *_texts(step, "assume")]))
        found = _judge_safely(latex, declare, here)
        usable = [statement for statement, under in shown if under <= set(here)]
        if found.verdict == "unknown" and usable:
            again = _judge_safely(latex, declare, [*here, *usable])
            seconds = {key: found.seconds[key] + again.seconds[key] for key in found.seconds}
            if again.verdict in {"proved", "refuted"}:
                found = again
            found.seconds = seconds
        if found.verdict == "proved" and not found.conditions:
            shown.append((latex, frozenset(here)))
        judged.append(_judged(f"{line['id']}#{number}", step, found))
    return judged


def _texts(line: dict[str, Any], key: str) -> list[str]:
    return [str(text) for text in line.get(key, ())]


def _judged(identity: str, line: dict[str, Any], found: _Found) -> dict[str, Any]:
    return {
        "id": identity,
        "expect": line["expect"],
        "verdict": found.verdict,
        "conditions": list(found.conditions),
        "code": found.code,
        "message": found.message,
        "score": score_line(line, found.verdict, bool(found.conditions)),
        "seconds": {key: round(value, 6) for key, value in found.seconds.items()},
    }


def _open(line: dict[str, Any], outcome: Outcome) -> list[dict[str, Any]]:
    """What is said of a line that was not finished."""
    if isinstance(outcome, TimedOut):
        found = _Found(code="time-limit", message=f"ended after {outcome.seconds:g} seconds")
        found.seconds["verdict"] = found.seconds["whole"] = outcome.seconds / len(line.get("steps", [line]))
    else:
        found = _Found(code="crashed", message=outcome.message if isinstance(outcome, Failed) else "")
    if "steps" in line:
        return [_judged(f"{line['id']}#{number}", step, found) for number, step in enumerate(line["steps"], start=1)]
    return [_judged(str(line["id"]), line, found)]


def prepare() -> None:
    """What a worker process loads before its first line, so that loading is not timed."""
    import derive.read
    import derive.verify  # noqa: F401


# --- a file --------------------------------------------------------------------------------------------------------------


class BenchError(ValueError):
    """A benchmark file that cannot be used, with its place."""


def lines_of(path: str | Path) -> list[dict[str, Any]]:
    """The lines of a benchmark file. Raises BenchError with file:line."""
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BenchError(f"{path}: {error.strerror if isinstance(error, OSError) else 'not UTF-8'}") from None
    found: list[dict[str, Any]] = []
    for number, raw in enumerate(text.split("\n"), start=1):
        if not raw.strip():
            continue
        try:
            line = json.loads(raw)
        except (json.JSONDecodeError, RecursionError) as error:
            raise BenchError(f"{path}:{number}: not JSON: {error}") from None
        if not isinstance(line, dict):
            raise BenchError(f"{path}:{number}: not an object")
        found.append(line)
    return found


def check_labels(path: str | Path, lines: Sequence[dict[str, Any]]) -> None:
    """Raises BenchError for a line without id, formula, or a label of the table."""
    for line in lines:
        place = f"{path}: {line.get('id', 'a line without id')}"
        steps = line.get("steps", [line])
        if "id" not in line or not isinstance(steps, list):
            raise BenchError(f"{place}: not a claim and not a chain")
        for step in steps:
            if not isinstance(step, dict) or not isinstance(step.get("latex"), str):
                raise BenchError(f"{place}: no formula")
            if step.get("expect") not in _LABELS | _UNSCORED:
                raise BenchError(f"{place}: expect is {step.get('expect')!r}")


def run_lines(
    lines: Sequence[dict[str, Any]],
    jobs: int = 1,
    time_limit: float = DEFAULT_TIME_LIMIT,
    each: Callable[[], None] = lambda: None,
) -> list[dict[str, Any]]:
    """What is said of every line, in order. The seconds are for a claim or a step of a chain. `each` is called when a line is done."""

    def limit(line: dict[str, Any]) -> float:
        return time_limit * max(1, len(line.get("steps", [line])))

    answers: dict[int, list[dict[str, Any]]] = {}
    for index, outcome in run(judge, lines, jobs, limit, prepare):
        answers[index] = outcome.value if isinstance(outcome, Finished) else _open(lines[index], outcome)
        each()
    return [answer for index in sorted(answers) for answer in answers[index]]


def set_name(path: str | Path) -> str:
    """ring.jsonl is the set ring, stack.chains.jsonl the set stack.chains."""
    return Path(path).name.removesuffix(".jsonl")


def numbers(judged: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The counts of one set, in the shape that is printed as JSON. Seconds are to the verdict, and in all: with the search for a suggestion after it."""
    scored = [one for one in judged if one["score"]]
    claims = [one for one in scored if one["expect"] in _LABELS]
    counts = Counter(one["score"] for one in scored)
    true = [one for one in claims if one["expect"] != "refuted"]
    false = [one for one in claims if one["expect"] == "refuted"]
    seconds, in_all = (sorted(one["seconds"][key] for one in claims) for key in ("verdict", "whole"))
    return {
        "claims": len(claims),
        "true": len(true),
        "false": len(false),
        **{word: counts[word] for word in _SCORES},
        "wrong_ids": [one["id"] for one in scored if one["score"] == "wrong"],
        "true_decided": _share(sum(one["verdict"] == "proved" for one in true), len(true)),
        "false_refuted": _share(sum(one["verdict"] == "refuted" for one in false), len(false)),
        "median_seconds": round(median(seconds), 6) if seconds else 0.0,
        "p95_seconds": round(percentile(seconds, 95), 6),
        "median_seconds_in_all": round(median(in_all), 6) if in_all else 0.0,
        "p95_seconds_in_all": round(percentile(in_all, 95), 6),
    }


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0


def percentile(ordered: Sequence[float], percent: int) -> float:
    """The smallest value that at least `percent` per cent of the values do not exceed; 0 of none."""
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)] if ordered else 0.0


def table(sets: dict[str, dict[str, Any]]) -> str:
    """The numbers for people, and every wrong id."""
    columns = [
        "claims",
        "right",
        "over-cond.",
        "unknown",
        "unread",
        "wrong",
        "true dec.",
        "false ref.",
        "median s",
        "p95 s",
        "in all",
        "p95 in all",
    ]
    rows = [["set", *columns]]
    for name, found in sets.items():
        right = found["proved"] + found["conditional"] + found["refuted"]
        shares = [f"{100 * found['true_decided']:.1f} %", f"{100 * found['false_refuted']:.1f} %"]
        times = [f"{found[which + key]:.4f}" for key in ("", "_in_all") for which in ("median_seconds", "p95_seconds")]
        counts = [found["claims"], right, *(found[key] for key in ("over_conditional", "unknown", "unread", "wrong"))]
        rows.append([name, *map(str, counts), *shares, *times])
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [
        "  ".join(
            cell.ljust(width) if index == 0 else cell.rjust(width)
            for index, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    ]
    wrong = [identity for found in sets.values() for identity in found["wrong_ids"]]
    if wrong:
        lines += ["", "WRONG:", *(f"  {identity}" for identity in wrong)]
    return "\n".join(lines) + "\n"


# --- the reader alone ----------------------------------------------------------------------------------------------------

_RELATION = re.compile(
    r"[=<>]|\\(?:neq?|lt|gt|leq?|leqslant|leqq|geq?|geqslant|geqq|cong|approx|simeq|coloneqq|triangleq|equiv|propto|sim|leftarrow|in)(?![a-zA-Z])"
)
_TOKEN = re.compile(r"\\(?:[a-zA-Z]+|.)|.", re.DOTALL)


def has_relation(line: dict[str, Any]) -> bool:
    """Whether a formula contains a relation sign: by its class where it has one, else by its text."""
    kind = line.get("class")
    if isinstance(kind, str):
        return any(word in kind for word in ("relation", "chain", "membership", "distribution"))
    return _RELATION.search(str(line["latex"])) is not None


# What a formula of the core consists of: real algebra, calculus, matrices, finite sums and the standard functions.
_CORE_WORDS = (
    GREEK
    | SPACING
    | {name for name in FUNCTIONS if name not in {"rank", "diag", "vec"}}
    | {
        "frac", "dfrac", "tfrac", "sqrt", "sum", "prod", "int", "lim", "to", "rightarrow", "infty", "choose", "partial", "nabla", "pi", "cdot", "times", "pm", "mp", "binom", "top", "prime",
        "vec", "mathbf", "boldsymbol", "bm", "bf", "hat", "bar", "tilde", "dot", "ddot", "overline", "widehat", "widetilde", "mathsf", "mathrm", "mathit", "rm", "operatorname",
        "lVert", "rVert", "lvert", "rvert", "Vert", "vert", "langle", "rangle", "lfloor", "rfloor", "lceil", "rceil", "begin", "end", "label", "tag", "eqref", "overset", "stackrel",
        "neq", "ne", "lt", "gt", "le", "leq", "leqslant", "ge", "geq", "geqslant", "approx", "cong", "simeq", "coloneqq", "triangleq", "varDelta", "implies", "Rightarrow", "iff",
        "Leftrightarrow", "underbrace", "overbrace", "cancel", "boxed", "hline", "text", "textrm",
    }
)  # fmt: skip
_CORE_ENVIRONMENTS = ROWS | {"matrix", "pmatrix", "bmatrix", "vmatrix", "Vmatrix", "smallmatrix", "array"}
_CONTROL_WORD = re.compile(r"\\([A-Za-z]+)|\\([^A-Za-z])")
_NAMED_ENVIRONMENT = re.compile(r"\\begin\s*\{([^{}]*)\}")
_UPRIGHT = re.compile(
    r"([_^]\s*\{?\s*)?\\(?:mathrm|operatorname|text|textrm|mathsf|mathit)\*?\s*(?:\{([^{}]*)\}|([A-Za-z]))"
)
_SIGN_OF_SUM = re.compile(
    r"\\(?:sum|prod)(?![A-Za-z])((?:\\(?:no)?limits)?\s*(?:_\s*(?:\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}|.)|\^\s*(?:\{[^{}]*\}|\\?[A-Za-z0-9]+)|\s)*)"
)
_BARRED = re.compile(r"[A-Za-z}\])]\s*(?:\\left|\\[bB]igg?l?)?\s*[(\[][^()\[\]|]*(?:\||\\vert)[^()\[\]|]*[)\]]")
_DOTTED = re.compile(r"\.\.\.|…|~|[;?!@\"']{2,}")


def in_core(latex: str) -> bool:
    """Whether a formula uses only real algebra, calculus, matrices, finite sums and the standard functions, by its tokens.

    No probability, expectation or distribution, no sets and memberships, no dots, cases, integrals or sums without bounds, named operators, or words other
    than connectives and subscripts.
    """
    for match in _CONTROL_WORD.finditer(latex):
        word, sign = match.groups()
        if (word is not None and word not in _CORE_WORDS) or (sign is not None and sign not in "|,;:! \\\n"):
            return False
    environments = {name.strip().rstrip("*") for name in _NAMED_ENVIRONMENT.findall(latex)}
    if not environments <= _CORE_ENVIRONMENTS or _BARRED.search(latex) or _DOTTED.search(latex):
        return False
    for script, braced, single in _UPRIGHT.findall(latex):
        inside = (braced or single).strip()
        known = inside in FUNCTIONS or inside in {"T", "d", "e"} or inside.lower().strip(" .,") in WORDS
        if not script and not known and inside:
            return False
    return all("=" in bounds and "^" in bounds and "\\infty" not in bounds for bounds in _SIGN_OF_SUM.findall(latex))


def read_lines(lines: Iterable[dict[str, Any]], each: Callable[[], None] = lambda: None) -> dict[str, Any]:
    """How much of the formulas is read whole, how fast, and what stopped the reader, most frequent first.

    The formulas of a document are read in order, as one document. Read whole: every relation has a typed term on every side; a formula
    with a part that is unread or ill-sorted is not read.
    """
    formulas = relations = read = core = core_read = 0
    seconds: list[float] = []
    stopped: Counter[str] = Counter()
    documents: dict[str, list[dict[str, Any]]] = {}
    for line in lines:
        documents.setdefault(str(line.get("doc", formulas)), []).append(line)
        formulas += 1
    for group in documents.values():
        begin = time.perf_counter()
        found = _read_together([str(line["latex"]) for line in group])
        seconds += [(time.perf_counter() - begin) / len(group)] * len(group)
        for line, (whole, reasons) in zip(group, found, strict=True):
            if has_relation(line):
                relations += 1
                read += whole
                if in_core(str(line["latex"])):
                    core += 1
                    core_read += whole
                stopped.update(reasons)
            each()
    return {
        "formulas": formulas,
        "relations": relations,
        "read": read,
        "rate": _share(read, relations),
        "core": core,
        "core_read": core_read,
        "core_rate": _share(core_read, core),
        "median_seconds": round(median(seconds), 6) if seconds else 0.0,
        "unread_tokens": [list(pair) for pair in sorted(stopped.items(), key=lambda pair: (-pair[1], pair[0]))[:50]],
    }


def _read_together(formulas: Sequence[str]) -> list[tuple[bool, list[str]]]:
    """For each formula of one document: whether it is read whole, and what stopped the reader in it."""
    from derive import elaborate
    from derive.read import read_formulas

    document = read_formulas(formulas)
    items = [item for item in document.items if isinstance(item, Formula)]
    starts = [item.start for item in items]
    reasons: list[list[str]] = [[] for _ in items]
    spoken = [bool(item.parts) for item in items]
    run = elaborate.obligations(document)
    try:
        obligation = next(run)
        while True:
            index = max(bisect_right(starts, obligation.start) - 1, 0)
            if obligation.verdict in {Verdict.UNREAD, Verdict.ILL_SORTED}:
                reasons[index].append(_reason(document, items[index], obligation))
            obligation = run.send(elaborate.Outcome(obligation.verdict or Verdict.UNKNOWN))
    except StopIteration:
        pass
    return [(said and not why, why) for said, why in zip(spoken, reasons, strict=True)]


def _reason(document: Document, formula: Formula, obligation: Obligation) -> str:
    """The token that stopped the reader, or the code where there is none."""
    for part in formula.parts:
        if isinstance(part, Unread) and part.start == obligation.start:
            return _token_at(document.text, part.offset)
        if isinstance(part, Statement):
            for member in part.unread_members():
                if obligation.start <= member.start < obligation.end and obligation.code == member.key:
                    return _token_at(document.text, member.children[0].start)
    return obligation.code


def _token_at(latex: str, offset: int) -> str:
    found = _TOKEN.match(latex[max(offset, 0) :].lstrip())
    return found.group() if found else "(end)"


def reading_table(found: dict[str, Any]) -> str:
    """The numbers of the reader for people."""
    first = (
        f"{found['formulas']} formulas, {found['relations']} with a relation sign, {found['read']} of these read whole "
        f"({100 * found['rate']:.1f} %), median {1000 * found['median_seconds']:.3f} ms a formula"
    )
    core = (
        f"{found['core']} of them only real algebra, calculus, matrices, finite sums, standard functions: {found['core_read']} read "
        f"({100 * found['core_rate']:.1f} %)"
    )
    lines = [first, core]
    lines += [f"  {count:6}  {token}" for token, count in found["unread_tokens"][:20]]
    return "\n".join(lines) + "\n"
