"""Speed of deciding beside others: SymPy's `simplify` and `equals`, z3, and `expand` on Lagrange's identity. Run: python bench/deciding.py [--shared DIR]

Claims are the lines of ring.jsonl and neqlips.jsonl that are one relation between numbers made with + - * / and whole powers, which is what all of them take.
SymPy is asked of equations only, in this process; z3 in an environment of its own under build/deciding, made here. Each has the same time limit a claim. What a
peer says of a division by zero is not what we ask (docs/trust.md), so only its time and how often it answers are compared, not what it answers.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import time
import venv
from collections.abc import Callable
from math import comb
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))
from speed import lagrange

from derive.bench import lines_of
from derive.kernel.claim import Claim
from derive.kernel.sorting import is_scalar
from derive.kernel.term import Apply, Number, Symbol, Term, free_symbols
from derive.read import read_claim
from derive.sympy_bridge import to_sympy
from derive.verify import decide_claim, verify

ROOT = Path(__file__).resolve().parent.parent
Z3 = "z3-solver==4.16.0.0"
RELATIONS = {"=", "!=", "<", "<=", ">", ">="}
ASK_Z3 = r"""
import json, sys, time
from z3 import And, If, Not, Real, RealVal, Solver, unsat, sat
def build(tree):
    head, *rest = tree
    if head == "symbol":
        return Real(rest[0])
    if head == "number":
        return RealVal(rest[0])
    parts = [build(one) for one in rest]
    if head in ("+", "*"):
        found = parts[0]
        for part in parts[1:]:
            found = found + part if head == "+" else found * part
        return found
    if head == "negate":
        return -parts[0]
    if head == "/":
        return parts[0] / parts[1]
    if head == "^":
        return parts[0] ** int(rest[1][1])
    a, b = parts
    return {"=": a == b, "!=": a != b, "<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b}[head]
seconds, decided = [], 0
for hypotheses, statement in json.load(sys.stdin):
    begin = time.perf_counter()
    solver = Solver()
    solver.set("timeout", {limit})
    for one in hypotheses:
        solver.add(build(one))
    solver.add(Not(build(statement)))
    decided += solver.check() in (sat, unsat)
    seconds.append(time.perf_counter() - begin)
json.dump([seconds, decided], sys.stdout)
"""


class Late(Exception):
    pass


def tree(term: Term) -> list[Any] | None:
    """A statement of rational arithmetic as nested lists; None of anything else."""
    if isinstance(term, Symbol):
        return ["symbol", term.name] if is_scalar(term.sort) else None
    if isinstance(term, Number):
        return ["number", str(term.value)]
    if not isinstance(term, Apply) or term.head not in {"+", "*", "negate", "/", "^", *RELATIONS}:
        return None
    if term.head == "^" and not (isinstance(term.arguments[1], Number) and term.arguments[1].value.denominator == 1):
        return None
    parts = [tree(one) for one in term.arguments]
    return None if None in parts else [term.head, *parts]


def claims(path: Path) -> list[Claim]:
    """The lines that are one relation of rational arithmetic."""
    found: list[Claim] = []
    for line in lines_of(path):
        document = read_claim(str(line["latex"]), tuple(line.get("declare", ())), tuple(line.get("assume", ())))
        asked = [one.claim for one in verify(document).results if one.claim is not None]
        if len(asked) == 1 and all(tree(one) is not None for one in (asked[0].statement, *asked[0].hypotheses)):
            found.append(asked[0])
    return found


def timed(ask: Callable[[], bool], limit: float) -> tuple[float, bool]:
    """Seconds, and whether there was an answer within the limit."""

    def late(*_: object) -> None:
        raise Late

    signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, limit)
    begin = time.perf_counter()
    try:
        answered = ask()
    except Exception:
        answered = False
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    return time.perf_counter() - begin, answered


def of_sympy(claim: Claim, way: str) -> bool:
    import sympy

    assert isinstance(claim.statement, Apply)
    left, right = (to_sympy(one) for one in claim.statement.arguments)
    if way == "simplify":
        sympy.simplify(left - right)
        return True
    return (left - right).equals(0) is not None


def of_z3(found: list[Claim], limit: float) -> tuple[list[float], int]:
    place = ROOT / "build" / "deciding"
    python = place / "bin" / "python"
    if not python.exists():
        venv.create(place, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", Z3], check=True)
    asked = [([tree(one) for one in claim.hypotheses], tree(claim.statement)) for claim in found]
    script = ASK_Z3.replace("{limit}", str(int(1000 * limit)))
    run = subprocess.run([python, "-c", script], input=json.dumps(asked), capture_output=True, text=True, check=True)
    seconds, decided = json.loads(run.stdout)
    return list(seconds), int(decided)


def row(name: str, seconds: list[float], answered: int) -> None:
    if seconds:
        ordered = sorted(seconds)
        high = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
        print(f"{name:30}{len(seconds):8}{answered:10}{1000 * median(seconds):10.1f}{1000 * high:10.1f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    default = os.environ.get("DERIVE_SHARED", str(ROOT.parent / "shared"))
    parser.add_argument("--shared", type=Path, default=Path(default), help="the folder with bench/")
    parser.add_argument("--limit", type=float, default=5.0, help="seconds a claim")
    parser.add_argument("--every", type=int, default=1, help="only every n-th claim")
    options = parser.parse_args()
    for name in ("ring", "neqlips"):
        found = claims(options.shared / "bench" / f"{name}.jsonl")[:: options.every]
        equations = [one for one in found if isinstance(one.statement, Apply) and one.statement.head == "="]
        print(f"{name}: {len(found)} relations of rational arithmetic, {len(equations)} of them equations")
        print(f"{'':30}{'asked':>8}{'answered':>10}{'median':>10}{'95 %':>10}  ms")
        for asked, what in ((found, "relations"), (equations, "equations")):
            ours = [timed(lambda one=one: decide_claim(one).verdict.value != "unknown", options.limit) for one in asked]  # type: ignore[misc]
            row(f"derive, {what}", [one for one, _ in ours], sum(good for _, good in ours))
        for way in ("simplify", "equals"):
            theirs = [timed(lambda one=one, way=way: of_sympy(one, way), options.limit) for one in equations]  # type: ignore[misc]
            row(f"SymPy {way}, equations", [one for one, _ in theirs], sum(good for _, good in theirs))
        row("z3, relations", *of_z3(found, options.limit))
    expanding()
    dense()


def expanding() -> None:
    """Lagrange's identity in 2 n letters: our proof with the kernel's check and the hunt for a witness, SymPy's `expand`, and python-flint."""
    import flint
    import sympy

    print(f"{'Lagrange':10}{'derive':>10}{'expand':>10}{'flint':>10}  ms")
    for size in (4, 8, 16, 24):
        claim = lagrange(size)
        assert isinstance(claim.statement, Apply)
        ours = min(timed(lambda claim=claim: bool(decide_claim(claim)), 60)[0] for _ in range(3))  # type: ignore[misc]
        left, right = (to_sympy(one) for one in claim.statement.arguments)
        theirs = timed(lambda left=left, right=right: bool(sympy.expand(left - right) == 0), 60)[0]  # type: ignore[misc]
        names = sorted(one.name for one in free_symbols(claim.statement))
        ring = flint.fmpq_mpoly_ctx.get(names, "lex")
        letters = dict(zip(names, ring.gens(), strict=True))
        with_flint = timed(lambda claim=claim, letters=letters: polynomial(claim.statement, letters) is not None, 60)[0]  # type: ignore[misc]
        print(f"n = {size:<6}{1000 * ours:10.1f}{1000 * theirs:10.1f}{1000 * with_flint:10.1f}")


def dense() -> None:
    """(1 + x + y + z)^k (1 + x + y + z)^k = (1 + x + y + z)^(2 k), whose sides have every monomial: per term, beside python-flint."""
    import flint

    sum_of_all = Apply("+", (Number(1), *(Symbol(name) for name in "xyz")))
    ring = flint.fmpq_mpoly_ctx.get(["x", "y", "z"], "lex")
    letters = dict(zip("xyz", ring.gens(), strict=True))
    print(
        f"{'dense':10}{'derive':>10}{'flint':>10}{'terms':>8}{'derive':>10}{'flint':>10}  ms, ms, microseconds a term"
    )
    for exponent in (4, 8, 12, 16):
        power = Apply("^", (sum_of_all, Number(exponent)))
        claim = Claim(Apply("=", (Apply("*", (power, power)), Apply("^", (sum_of_all, Number(2 * exponent))))))
        ours = min(timed(lambda claim=claim: bool(decide_claim(claim)), 60)[0] for _ in range(3))  # type: ignore[misc]
        theirs = min(timed(lambda claim=claim: not polynomial(claim.statement, letters), 60)[0] for _ in range(3))  # type: ignore[misc]
        terms = comb(2 * exponent + 3, 3)
        per_term = "".join(f"{1e6 * seconds / terms:10.2f}" for seconds in (ours, theirs))
        print(f"k = {exponent:<6}{1000 * ours:10.1f}{1000 * theirs:10.1f}{terms:8}{per_term}")


def polynomial(term: Term, letters: dict[str, Any]) -> Any:
    """The polynomial of a term; of an equation the difference of its sides."""
    if isinstance(term, Symbol):
        return letters[term.name]
    if isinstance(term, Number):
        return int(term.value)
    assert isinstance(term, Apply)
    parts = [polynomial(one, letters) for one in term.arguments]
    if term.head == "=":
        return parts[0] - parts[1]
    if term.head == "negate":
        return -parts[0]
    if term.head == "^":
        return parts[0] ** parts[1]
    found = parts[0]
    for part in parts[1:]:
        found = found + part if term.head == "+" else found * part
    return found


if __name__ == "__main__":
    main()
