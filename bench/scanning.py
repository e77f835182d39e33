"""Speed of scanning: seconds of one core for 1 MB of text of each kind, of prose and of the strangest texts. Run: python bench/scanning.py [--size BYTES]

Nothing is parsed here: formulas are found and macros expanded. Two sizes show that the time grows with the length alone.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable

from derive.read import markdown, tex
from derive.read.macros import Expansion, Macro, table_of

WORDS = [
    "let",
    "suppose",
    "the",
    "of",
    "$x$",
    "formula",
    "$$a=b$$",
    "vector",
    "`code`",
    "*em*",
    "$\\frac{1}{2}x_i$",
    "and",
    "\n\n",
    "\n",
]
STRANGE = [
    "$", "$ ", "$a", "$$ ", "$$\n\n", "`", "`a ``b ", "<!--", "\\begin{align}", "\\[", "\\(\n\n", "{{", "{%", "<a b=\"", "<pre>", "\\a", "\n", "a\n\n", "> > a\n",
    "- ", "- a\n", "# a\n", "    a\n", "```\na\n", "a\n---\n", "$`", "% a\n", "\\verb|", "\\section{", "\\begin{theorem}", "{", "$$\n# a\n", "$&lt;", "한국어 $x$\n",
]  # fmt: skip
STRANGE_MACROS = ["\\a ", "\\b{\\b{", "\\b", "\\c", "\\newcommand{\\a}{\\a\\a}\\a", "\\b["]
MACROS = [Macro("\\a", "x"), Macro("\\b", "#1#2", ("d", None)), Macro("\\c", "\\c\\c")]


def seconds(read: Callable[[str], object], text: str) -> float:
    begin = time.process_time()
    read(text)
    return time.process_time() - begin


def mdx(text: str) -> object:
    return markdown.scan(text, extended=True)


def report(kind: str, scan: Callable[[str], object], size: int) -> None:
    random.seed(1)
    prose = " ".join(random.choice(WORDS) for _ in range(size // 6))
    worst = sorted(((seconds(scan, unit * (size // len(unit))), unit) for unit in STRANGE), reverse=True)
    longest, unit = worst[0]
    half = seconds(scan, unit * (size // 2 // len(unit)))
    listed = ", ".join(f"{unit!r} {found:.2f}" for found, unit in worst[:4])
    print(f"{kind:10} prose {seconds(scan, prose):6.2f} s, worst {longest:6.2f} s, half of it {half:.2f} s; {listed}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=1_000_000)
    size = parser.parse_args().size
    for kind, scan in {"Markdown": markdown.scan, "MDX": mdx, "TeX": tex.scan}.items():
        report(kind, scan, size)
    for unit in STRANGE_MACROS:
        made = Expansion(table_of(MACROS), documents=True)
        found = seconds(lambda text, made=made: made.expand(text, 0), unit * (size // len(unit)))
        print(f"{'macros':10} {found:6.2f} s, {made.length:>9,} characters: {unit!r}")


if __name__ == "__main__":
    main()
