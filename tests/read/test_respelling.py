"""Another spelling of a formula is read as the same: formulas of our posts, a fixed sample of the corpus where it is present, generated terms."""

from __future__ import annotations

import importlib.util
import json
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from derive.bench import has_relation
from derive.elaborate import Outcome, obligations
from derive.language.document import Formula, Unread
from derive.language.report import Verdict
from derive.language.syntax import Node
from derive.read import read_formulas
from derive.read.markdown import scan

ROOT = Path(__file__).parents[2]
CORPUS = ROOT.parent / "shared" / "bench" / "formulas.jsonl"


def _sibling(name: str) -> ModuleType:
    specification = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


respellings = _sibling("respellings")


def tree(node: Node) -> tuple[Any, ...]:
    """A node without its places."""
    return (node.kind, node.value, node.key, tuple(tree(child) for child in node.children))


def reading(latex: str) -> list[tuple[Any, ...]]:
    """What a formula alone is read as, without places."""
    (formula,) = read_formulas([latex]).items
    assert isinstance(formula, Formula)
    return [
        ("unread", part.code) if isinstance(part, Unread) else (part.mark, part.connector, tree(part.node))
        for part in formula.parts
    ]


def terms(latex: str) -> list[tuple[Any, ...]]:
    """The relations of a formula alone, as terms are printed."""
    found: list[tuple[Any, ...]] = []
    run = obligations(read_formulas([latex]))
    try:
        obligation = next(run)
        while True:
            found.append((obligation.verdict, obligation.code, obligation.reading))
            obligation = run.send(Outcome(obligation.verdict or Verdict.UNKNOWN))
    except StopIteration:
        return found


@lru_cache
def formulas() -> tuple[str, ...]:
    """Formulas that are read: of our posts, and every 40th with a relation of the corpus."""
    found: list[str] = []
    for name in ("notation", "statements", "vectors", "identity", "probability", "binders"):
        text = (ROOT / "tests" / "cases" / f"{name}.md").read_text(encoding="utf-8")
        found += [text[raw.start : raw.end] for raw in scan(text).spans if raw.kind == "math"][::3]
    if CORPUS.exists():
        lines = [json.loads(line) for line in CORPUS.read_text(encoding="utf-8").splitlines()]
        found += [str(line["latex"]) for line in [line for line in lines if has_relation(line)][::40]]
    return tuple(one for one in found if "%" not in one and not any(part[0] == "unread" for part in reading(one)))


@pytest.mark.parametrize("name", sorted(respellings.RESPELLINGS))
def test_the_corpus_respelled_is_read_as_the_same(name: str) -> None:
    for index, latex in enumerate(formulas()):
        other = respellings.RESPELLINGS[name](latex)
        if other == latex:
            continue
        assert reading(other) == reading(latex), other
        if index % 8 == 0:
            assert terms(other) == terms(latex), other


TEXT = (
    r"\left\|\vec{w}_{k} - x\right\| + \frac{\bar{x}}{2} \le \ln\left(\theta\right) \cdot X^T + \mathrm{tr}(A) + \dfrac12 - x_i^2"
    r" + \|y\|"
)


def test_every_respelling_changes_something() -> None:
    for name, respelled in respellings.RESPELLINGS.items():
        assert respelled(TEXT) != TEXT or respelled(r"\|x\| = \max(x_i, 1)") != r"\|x\| = \max(x_i, 1)", name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (r"x_i y = 1", r"x_{i y} = 1"),
        (r"\vec{w} = 0", r"w = 0"),
        (r"\hat{x} = 0", r"\bar{x} = 0"),
        (r"A^T B = 0", r"A^t B = 0"),
        (r"x^{(i)} = 1", r"x^i = 1"),
        (r"\|x\| = 1", r"|x| = 1"),
        (r"a_{ij} = 1", r"a_{i,j} = 1"),
        (r"\frac{a}{b} c = 1", r"\frac{a}{b c} = 1"),
        (r"\sin x y = 1", r"\sin(x) y = 1"),
        (r"{x}_i = 1", r"{x_i}_j = 1"),
        (r"\frac{a}{x}_i = 1", r"\frac{a}{x_i} = 1"),
        (r"x^{a}_b = 1", r"x^{a_b} = 1"),
        (r"\varphi = 1", r"\phi = 1"),
        (r"\epsilon = 1", r"\varepsilon = 1"),
    ],
)
def test_what_is_not_the_same_is_not_read_as_the_same(one: str, other: str) -> None:
    assert reading(one) != reading(other)
