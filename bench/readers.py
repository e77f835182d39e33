"""Speed of the reader beside others: latex2sympy2, SymPy's two parsers (antlr, lark), and pylatexenc, which only tokenises. Run: python bench/readers.py [--shared DIR]

Each other reader has an environment of its own under build/readers, made here from its pins, since their antlr runtimes exclude each other. All get the same
relation-bearing formulas, spread evenly over the corpus, one after the other in one process; a formula over the time limit or with an exception is not read.
No formula is cached for another: every reader sees each once.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import venv
from pathlib import Path
from statistics import mean, median

from derive.bench import has_relation

ROOT = Path(__file__).resolve().parent.parent
TO_TERMS = """
from derive.elaborate import Outcome, obligations
from derive.language.report import Verdict
from derive.read import read_formulas
def read(text):
    run = obligations(read_formulas([text]))
    try:
        one = next(run)
        while True:
            one = run.send(Outcome(one.verdict or Verdict.UNKNOWN))
    except StopIteration:
        pass
"""
# Name, pins, and the Python that makes `read` from them.
READERS = (
    (
        "derive, parser",
        (),
        "from derive.read.formula import Names, read_formula\nread = lambda text: read_formula(text, 0, Names())",
    ),
    (
        "derive, to terms",
        (),
        TO_TERMS,
    ),
    ("latex2sympy2", ("latex2sympy2==1.9.1",), "from latex2sympy2 import latex2sympy as read"),
    (
        "SymPy, antlr",
        ("sympy==1.14.0", "antlr4-python3-runtime==4.11.1"),
        "from sympy.parsing.latex import parse_latex\nread = lambda text: parse_latex(text, backend='antlr')",
    ),
    (
        "SymPy, lark",
        ("sympy==1.14.0", "lark==1.3.1"),
        "from sympy.parsing.latex import parse_latex\nread = lambda text: parse_latex(text, backend='lark')",
    ),
    (
        "pylatexenc (tokens only)",
        ("pylatexenc==2.10",),
        "from pylatexenc.latexwalker import LatexWalker\nread = lambda text: LatexWalker(text).get_latex_nodes()",
    ),
)
TIMED = r"""
import json, signal, sys, time, warnings
warnings.simplefilter("ignore")
texts = json.load(sys.stdin)
out, sys.stdout = sys.stdout, sys.stderr
{setup}
class Late(Exception):
    pass
def late(*_):
    raise Late
signal.signal(signal.SIGALRM, late)
try:
    read("a + b = c")
except Exception:
    pass
seconds, done = [], 0
for text in texts:
    signal.setitimer(signal.ITIMER_REAL, {limit})
    begin = time.perf_counter()
    try:
        read(text)
        done += 1
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt):
            raise
    signal.setitimer(signal.ITIMER_REAL, 0)
    seconds.append(time.perf_counter() - begin)
json.dump([seconds, done], out)
"""


def environment(pins: tuple[str, ...]) -> Path:
    """The Python of an environment with these packages; our own where nothing is asked."""
    if not pins:
        return Path(sys.executable)
    place = ROOT / "build" / "readers" / "-".join(one.replace("==", "-") for one in pins)
    python = place / "bin" / "python"
    if not python.exists():
        venv.create(place, with_pip=True)
        subprocess.run(
            [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *pins], check=True, timeout=600
        )
    return python


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    default = os.environ.get("DERIVE_SHARED", str(ROOT.parent / "shared"))
    parser.add_argument("--shared", type=Path, default=Path(default), help="the folder with bench/formulas.jsonl")
    parser.add_argument("--count", type=int, default=200, help="formulas")
    parser.add_argument("--limit", type=float, default=10.0, help="seconds a formula")
    options = parser.parse_args()
    with (options.shared / "bench" / "formulas.jsonl").open(encoding="utf-8") as lines:
        formulas = [str(one["latex"]) for one in map(json.loads, lines) if has_relation(one)]
    texts = formulas[:: max(1, len(formulas) // options.count)][: options.count]
    print(
        f"{len(texts)} relation-bearing formulas; milliseconds a formula; taken: no exception, within {options.limit:g} s"
    )
    print(f"{'':26}{'median':>10}{'mean':>10}{'taken':>8}")
    for name, pins, setup in READERS:
        script = TIMED.replace("{setup}", setup).replace("{limit}", str(options.limit))
        run = subprocess.run(
            [environment(pins), "-c", script],
            input=json.dumps(texts),
            capture_output=True,
            text=True,
            check=False,
            cwd=ROOT,
        )
        if run.returncode:
            print(f"{name:26} failed: {run.stderr.strip().splitlines()[-1:]}")
            continue
        seconds, done = json.loads(run.stdout)
        print(f"{name:26}{1000 * median(seconds):10.2f}{1000 * mean(seconds):10.2f}{done:8}")


if __name__ == "__main__":
    main()
