"""Cost of verifying against size: distinct vectors in a square, factors in a matrix word, terms of dense polynomials. Run: python bench/cost.py [--plot FILE]

Each claim is decided as a user would have it decided: the hunt for a witness, the search, the kernel's check. Times are process time, the least of several
runs; the baseline is the loop of bench/speed.py in the same run. The dense polynomials are multiplied out by python-flint as well. Prints Markdown; `--plot`
writes what it says as a picture.
"""

from __future__ import annotations

import argparse
import math
import os
import platform
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from deciding import polynomial
from speed import baseline

from derive.kernel.check import check
from derive.kernel.claim import Claim
from derive.kernel.term import ONE, TWO, Apply, Matrix, Number, Symbol, Term, add, equal, free_symbols, multiply
from derive.language.report import Verdict
from derive.theories import AXIOMS
from derive.verify import decide_claim

SIZES = (2, 4, 8, 16, 32)
DEGREES = (2, 4, 6, 8, 10, 12)
CHECK = ": check"  # behind a name: of the kernel's check alone
Series = list[tuple[int, float]]


def square(term: Term) -> Term:
    return Apply("^", (term, TWO))


def vectors(count: int) -> Claim:
    """|a_1 + ... + a_k|^2 = sum of |a_i|^2 + 2 sum of a_i . a_j over i < j"""
    a = [Symbol(f"a_{{{index}}}", Matrix("n", 1)) for index in range(count)]
    squares = [square(Apply("norm", (one,))) for one in a]
    mixed = [multiply(TWO, Apply("inner", (a[i], a[j]))) for i in range(count) for j in range(i + 1, count)]
    return Claim(equal(square(Apply("norm", (add(*a),))), add(*squares, *mixed)))


def letters(count: int) -> list[Term]:
    return [Symbol(f"A_{{{index}}}", Matrix("n", "n")) for index in range(count)]


def reversed_by(head: str) -> Callable[[int], Claim]:
    """f(A_1 ... A_k) = f(A_k) ... f(A_1)"""

    def claim(count: int) -> Claim:
        a = letters(count)
        return Claim(equal(Apply(head, (multiply(*a),)), multiply(*(Apply(head, (one,)) for one in reversed(a)))))

    return claim


def cyclic(count: int) -> Claim:
    """tr(A_1 ... A_k) = tr(A_k A_1 ... A_{k-1})"""
    a = letters(count)
    return Claim(equal(*(Apply("trace", (multiply(*word),)) for word in (a, [a[-1], *a[:-1]]))))


def dense(degree: int) -> Claim:
    """f (f + 1) = f^2 + f for f = (1 + x + y + z)^d, which has (2d + 1)(2d + 2)(2d + 3)/6 terms when it is multiplied out"""
    f = Apply("^", (add(ONE, *(Symbol(letter) for letter in "xyz")), Number(degree)))
    return Claim(equal(multiply(f, add(f, ONE)), add(square(f), f)))


def least(action: Callable[[], object], runs: int) -> float:
    """Process seconds."""
    found = []
    for _ in range(runs):
        begin = time.process_time()
        action()
        found.append(time.process_time() - begin)
    return min(found)


def cost(claim: Callable[[int], Claim], sizes: Sequence[int], runs: int) -> tuple[Series, Series]:
    """Of deciding the whole, and of the kernel's check of what was found."""
    whole, checking = [], []
    for size in sizes:
        asked = claim(size)
        found = decide_claim(asked)
        assert found.verdict is Verdict.PROVED and found.certificate is not None, found.message
        whole.append((size, least(lambda asked=asked: decide_claim(asked), runs)))  # type: ignore[misc]
        checking.append((size, least(lambda one=found: check(one.claim, one.certificate, AXIOMS), runs)))  # type: ignore[misc]
    return whole, checking


def by_flint(claim: Claim) -> Callable[[], object]:
    import flint

    assert isinstance(claim.statement, Apply)
    names = sorted(one.name for one in free_symbols(claim.statement))
    named = dict(zip(names, flint.fmpq_mpoly_ctx.get(names, "lex").gens(), strict=True))
    return lambda: polynomial(claim.statement, named)


def table(title: str, sizes: Sequence[int], columns: dict[str, Series]) -> None:
    """Milliseconds; the last row says how the cost grows: the exponent between the last two sizes."""
    print(f"| {title} | " + " | ".join(columns) + " |")
    print("|---|" + "---|" * len(columns))
    for index, size in enumerate(sizes):
        print(f"| {size} | " + " | ".join(f"{1000 * series[index][1]:.2f}" for series in columns.values()) + " |")
    growth = [
        math.log(series[-1][1] / series[-2][1]) / math.log(series[-1][0] / series[-2][0]) for series in columns.values()
    ]
    print("| exponent at the end | " + " | ".join(f"{value:.1f}" for value in growth) + " |\n")


COLOURS = ("#1f77b4", "#d62728", "#2ca02c", "#9467bd")
WIDTH, HEIGHT, MARGIN = 420, 340, 64


def panel(left: int, label: str, columns: dict[str, Series]) -> list[str]:
    """A plot with logarithmic axes; dashed what the kernel's check costs."""
    points = [point for series in columns.values() for point in series]
    first, last = (pick(math.log10(x) for x, _ in points) for pick in (min, max))
    low, high = (pick(math.log10(1000 * y) for _, y in points) for pick in (min, max))
    low, high = math.floor(low), math.ceil(high)

    def place(x: float, y: float) -> tuple[float, float]:
        across = left + MARGIN + (WIDTH - 2 * MARGIN) * (math.log10(x) - first) / (last - first)
        return across, HEIGHT - MARGIN - (HEIGHT - 2 * MARGIN) * (math.log10(y) - low) / (high - low)

    found = [f'<text x="{left + WIDTH / 2:.0f}" y="{HEIGHT - 12}" text-anchor="middle">{label}</text>']
    for power in range(low, high + 1):
        x, y = place(10**first, 10.0**power)
        found.append(f'<path d="M{x:.0f} {y:.0f}H{left + WIDTH - MARGIN}" stroke="#ddd"/>')
        found.append(f'<text x="{x - 6:.0f}" y="{y + 4:.0f}" text-anchor="end">{10.0**power:g} ms</text>')
    for size in sorted({size for size, _ in points}):
        x, y = place(size, 10.0**low)
        found.append(f'<text x="{x:.0f}" y="{y + 16:.0f}" text-anchor="middle">{size}</text>')
    names = [name for name in columns if not name.endswith(CHECK)]
    for name, series in columns.items():
        line = " ".join("{:.1f},{:.1f}".format(*place(size, 1000 * seconds)) for size, seconds in series)
        colour = COLOURS[names.index(name.removesuffix(CHECK))]
        dashes = ' stroke-dasharray="4 3"' if name.endswith(CHECK) else ""
        found.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"{dashes}/>')
    for index, name in enumerate(names):
        found.append(f'<text x="{left + MARGIN + 8}" y="{14 + 13 * index}" fill="{COLOURS[index]}">{name}</text>')
    return found


def plot(path: Path, panels: Sequence[tuple[str, dict[str, Series]]]) -> None:
    inside = [part for index, one in enumerate(panels) for part in panel(WIDTH * index, *one)]
    size = f'width="{WIDTH * len(panels)}" height="{HEIGHT}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="sans-serif" font-size="11">'
    path.write_text("\n".join([head, '<rect width="100%" height="100%" fill="#fff"/>', *inside, "</svg>\n"]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--plot", type=Path, help="an SVG file to write")
    options = parser.parse_args()
    runs: int = options.runs
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    print(
        f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores{load}, least of {runs} runs;"
    )
    print(f"a loop of 10^6 steps takes {1000 * least(baseline, runs):.0f} ms. Milliseconds of process time:\n")

    claims = {
        "square of a sum": vectors,
        "transpose of a product": reversed_by("transpose"),
        "trace, turned": cyclic,
        "inverse of a product": reversed_by("inverse"),
    }
    by_size: dict[str, Series] = {}
    for name, claim in claims.items():
        by_size[name], by_size[f"{name}{CHECK}"] = cost(claim, SIZES, runs)
    table("vectors or factors", SIZES, by_size)
    terms = [(2 * degree + 1) * (2 * degree + 2) * (2 * degree + 3) // 6 for degree in DEGREES]
    by_terms: dict[str, Series] = {}
    by_terms["derive"], by_terms[f"derive{CHECK}"] = (
        [(size, seconds) for size, (_, seconds) in zip(terms, found, strict=True)]
        for found in cost(dense, DEGREES, runs)
    )
    theirs = [least(by_flint(dense(degree)), runs) for degree in DEGREES]
    by_terms["python-flint, multiplied out"] = list(zip(terms, theirs, strict=True))
    table("terms of a dense polynomial", terms, by_terms)
    if options.plot:
        plot(options.plot, [("vectors or factors", by_size), ("terms of a dense polynomial", by_terms)])


if __name__ == "__main__":
    main()
