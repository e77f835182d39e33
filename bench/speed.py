"""Speed: prints what the project promises, with the machine's own baseline beside it. Run: python bench/speed.py [--shared DIR]

The baseline is a fixed loop of pure Python in the same run; times are the median of several runs. "whole" is what a user waits for: the
search, the kernel's check, and the witness hunt that runs beside every proof.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from derive.kernel.claim import Claim
from derive.kernel.term import TWO, Apply, Matrix, Symbol, Term, add, multiply, subtract
from derive.language.report import Verdict
from derive.verify import decide_claim

ROOT = Path(__file__).resolve().parent.parent


def baseline() -> float:
    """Seconds for one million additions and multiplications modulo a prime in a plain loop."""
    begin = time.perf_counter()
    value = 1
    for number in range(1_000_000):
        value = (value * 31 + number) % 1_000_003
    assert value >= 0
    return time.perf_counter() - begin


def square(term: Term) -> Term:
    return Apply("^", (term, TWO))


def letters(name: str, size: int) -> list[Term]:
    return [Symbol(f"{name}_{{{index}}}") for index in range(1, size + 1)]


def total(terms: list[Term]) -> Term:
    return add(*terms)


def cauchy_schwarz(size: int) -> Claim:
    """(sum of a_i b_i)^2 <= (sum of a_i^2) (sum of b_i^2), in coordinates."""
    a, b = letters("a", size), letters("b", size)
    product = total([multiply(x, y) for x, y in zip(a, b, strict=True)])
    bound = multiply(total([square(x) for x in a]), total([square(y) for y in b]))
    return Claim(Apply("<=", (square(product), bound)))


def cauchy_schwarz_for_all() -> Claim:
    """(a . b)^2 <= |a|^2 |b|^2 for columns of size n."""
    a, b = Symbol("a", Matrix("n", 1)), Symbol("b", Matrix("n", 1))
    bound = multiply(square(Apply("norm", (a,))), square(Apply("norm", (b,))))
    return Claim(Apply("<=", (square(Apply("inner", (a, b))), bound)))


def lagrange(size: int) -> Claim:
    """(sum a_i^2) (sum b_i^2) - (sum a_i b_i)^2 = sum over i < j of (a_i b_j - a_j b_i)^2."""
    a, b = letters("a", size), letters("b", size)
    product = total([multiply(x, y) for x, y in zip(a, b, strict=True)])
    left = subtract(multiply(total([square(x) for x in a]), total([square(y) for y in b])), square(product))
    minors = [
        square(subtract(multiply(a[i], b[j]), multiply(a[j], b[i]))) for i in range(size) for j in range(i + 1, size)
    ]
    return Claim(Apply("=", (left, total(minors))))


def several(action: Callable[[], float], runs: int) -> float:
    return median(action() for _ in range(runs))


def command(*arguments: str) -> Callable[[], float]:
    def run() -> float:
        begin = time.perf_counter()
        done = subprocess.run([sys.executable, "-m", "derive", *arguments], cwd=ROOT, capture_output=True, check=False)
        assert done.returncode in {0, 1}, done.stderr
        return time.perf_counter() - begin

    return run


def proof(claim: Claim, runs: int) -> tuple[dict[str, float], bool]:
    """Median seconds to decide, to check and in the whole, and whether the claim is proved."""
    seconds: dict[str, list[float]] = {"whole": [], "decide": [], "check": []}
    proved = True
    for _ in range(runs):
        begin = time.perf_counter()
        decision = decide_claim(claim)
        seconds["whole"].append(time.perf_counter() - begin)
        seconds["decide"].append(decision.seconds["decide"])
        seconds["check"].append(decision.seconds["check"])
        proved = proved and decision.verdict is Verdict.PROVED
    return {key: median(values) for key, values in seconds.items()}, proved


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    default = os.environ.get("DERIVE_SHARED", str(ROOT.parent / "shared"))
    parser.add_argument("--shared", type=Path, default=Path(default), help="the folder with seed/ and bench/")
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    runs: int = options.runs
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    print(
        f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores{load}, median of {runs} runs"
    )
    print(f"{'baseline: a loop of 10^6 steps':44} {1000 * several(baseline, runs):9.1f} ms")
    print(f"{'baseline: python -c pass':44} {1000 * several(start_of_python, runs):9.1f} ms")
    line("derive --help", several(command("--help"), runs), 0.15)
    seed = options.shared / "seed" / "gradients.md"
    if seed.exists():
        line("derive check of the seed post, cold", several(command("check", str(seed)), runs), 1.5)
    else:
        print("the seed post is absent: skipped")
    for name, claim, limit in (
        ("Cauchy-Schwarz in coordinates, n = 4", cauchy_schwarz(4), 0.05),
        ("Cauchy-Schwarz in coordinates, n = 16", cauchy_schwarz(16), 1.0),
        ("Lagrange's identity, n = 16", lagrange(16), 0.01),
        ("Cauchy-Schwarz for every n", cauchy_schwarz_for_all(), 0.02),
    ):
        seconds, proved = proof(claim, runs)
        detail = f"decide {1000 * seconds['decide']:.1f}, check {1000 * seconds['check']:.1f}"
        line(name, seconds["whole"], limit, detail if proved else f"NOT PROVED; {detail}")
    formulas = options.shared / "bench" / "formulas.jsonl"
    if formulas.exists():
        whole, alone, with_relation = reading(formulas)
        line("reading a formula, median", alone, 0.0005, f"with elaboration in its document {1000 * whole:.2f}")
        line("reading one with a relation, median", with_relation, 0.00015)
    else:
        print("formulas.jsonl is absent: skipped")


def start_of_python() -> float:
    begin = time.perf_counter()
    subprocess.run([sys.executable, "-c", "pass"], check=True)
    return time.perf_counter() - begin


def reading(path: Path) -> tuple[float, float, float]:
    """Median seconds a formula: read and elaborated in the context of its document; parsed alone, of all and of those with a relation."""
    from derive.bench import has_relation, read_lines
    from derive.read.formula.statements import Names, read_formula

    with path.open(encoding="utf-8") as texts:
        lines = [json.loads(text) for text in texts]
    names = Names()
    seconds: dict[bool, list[float]] = {True: [], False: []}
    for one in lines:
        begin = time.perf_counter()
        read_formula(one["latex"], 0, names)
        seconds[has_relation(one)].append(time.perf_counter() - begin)
    whole = float(read_lines(lines)["median_seconds"])
    return whole, median([*seconds[True], *seconds[False]]), median(seconds[True])


def line(name: str, seconds: float, limit: float, detail: str = "") -> None:
    word = "ok" if seconds <= limit else "TOO SLOW"
    print(f"{name:44} {1000 * seconds:9.2f} ms   limit {1000 * limit:7.2f} ms  {word}  {detail}".rstrip())


if __name__ == "__main__":
    main()
