"""The user's post against its truth table, and our own variants of it: correct ones, the one with every approximation typed `=`, mutations."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from derive.language.report import DocumentReport, Result, Verdict
from derive.read import read_text
from derive.verify import verify

ROOT = Path(__file__).parent.parent
SEED = ROOT.parent / "shared" / "seed"
POSTS = Path(__file__).parent / "posts"
HARMLESS = {Verdict.PROVED, Verdict.DEFINED, Verdict.ASSUMED}


@cache
def checked(text: str) -> DocumentReport:
    return verify(read_text(text, "post.md"))


def shown(results: list[Result]) -> str:
    return "\n".join(f"{one.id} {one.verdict.value} {one.code} {one.latex} | {one.message}" for one in results)


def said(result: Result) -> str:
    parts = [result.message, *result.conditions, result.suggestion or "", *result.notes]
    if result.counterexample is not None:
        parts += [f"{name} = {value}" for name, value in result.counterexample.assignment]
    return " ".join(parts)


@pytest.mark.skipif(not SEED.exists(), reason="../shared is absent")
@pytest.mark.parametrize("bars", ["||", "\\mid\\mid"])
def test_the_post(bars: str) -> None:
    text = (SEED / "gradients.md").read_text(encoding="utf-8").replace("||", bars + (" " if bars != "||" else ""))
    truth = json.loads((SEED / "truth.json").read_text(encoding="utf-8"))["relations"]
    results = checked(text).results
    assert len(results) == len(truth), shown(results)
    for result, expected in zip(results, truth, strict=True):
        assert result.line == expected["line"], shown(results)
        assert result.verdict.value in expected["verdict"], shown([result])
        for alternatives in expected["must_mention"]:
            assert any(one.lower() in said(result).lower() for one in alternatives.split("|")), (
                alternatives,
                said(result),
            )


@pytest.mark.skipif(not SEED.exists(), reason="../shared is absent")
def test_the_post_without_its_header() -> None:
    text = (
        (SEED / "gradients.md")
        .read_text(encoding="utf-8")
        .replace("$L(w_1, w_2) \\enspace where \\enspace w = w_k$", "")
    )
    results = checked(text).results
    by_line = {result.line: result for result in results}
    assert by_line[32].verdict is Verdict.REFUTED, shown(results)
    assert by_line[36].verdict is Verdict.REFUTED, shown(results)
    assert by_line[24].verdict in HARMLESS, shown(results)


@pytest.mark.parametrize("name", ["correct", "correct_respelled", "correct_three"])
def test_correct_variants_raise_nothing(name: str) -> None:
    results = checked((POSTS / f"{name}.md").read_text(encoding="utf-8")).results
    assert all(result.verdict in HARMLESS for result in results), shown(results)
    assert sum(result.verdict is Verdict.PROVED for result in results) >= 6, shown(results)


def test_every_approximation_typed_as_equality() -> None:
    text = (POSTS / "correct.md").read_text(encoding="utf-8").replace("\\cong", "=")
    results = checked(text).results
    refuted = [result for result in results if result.verdict is Verdict.REFUTED]
    assert len(refuted) == 5, shown(results)
    for result in refuted:
        assert result.suggestion is not None, shown([result])
        assert "\\cong" in result.suggestion
        assert result.counterexample is not None


# What is replaced in the correct post, by what, and the line whose claim becomes false.
MUTATIONS = [
    ("C_2(w_2 - w_{2k})$", "C_2(w_1 - w_{1k})$", "C_0 + C_1(w_1"),
    ("C_1(w_1 - w_{1k})+C_2", "C_1(w_1 + w_{1k})+C_2", "C_0 + C_1(w_1"),
    ("w_2-w_{2k}\\end{bmatrix}\\begin{bmatrix}C_1 \\\\ C_2", "w_2-w_{2k}\\end{bmatrix}\\begin{bmatrix}C_2 \\\\ C_1", "= C_0+\\begin"),
    ("= C_0+\\begin{bmatrix}w_1 - w_{1k}", "= C_0+\\begin{bmatrix}w_1 + w_{1k}", "= C_0+\\begin"),
    ("= C_0+\\begin{bmatrix}", "= 2C_0+\\begin{bmatrix}", "= 2C_0+\\begin"),
    ("\\partial w_1} \\bigg\\rvert_{\\vec w = \\vec w_k}", "\\partial w_1} \\bigg\\rvert_{w_1 = w_{1k}}", "\\implies \\begin"),
    ("\\begin{bmatrix} \\dfrac{\\partial L}{\\partial w_1}", "\\begin{bmatrix} \\dfrac{\\partial L}{\\partial w_2}", "\\implies \\begin"),
    ("\\begin{bmatrix} \\dfrac{\\partial L}{\\partial w_1}", "\\begin{bmatrix} -\\dfrac{\\partial L}{\\partial w_1}", "\\implies \\begin"),
    ("\\cong L(\\vec {w_k}) + (\\vec w - \\vec {w_k})", "\\cong L(\\vec {w_k}) - (\\vec w - \\vec {w_k})", "\\implies L(\\vec w)"),
    ("\\cong L(\\vec {w_k}) + (\\vec w - \\vec {w_k})", "\\cong L(\\vec {w_k}) + (\\vec w + \\vec {w_k})", "\\implies L(\\vec w)"),
    ("\\cong L(\\vec {w_k}) + (\\vec w - \\vec {w_k})", "\\cong L(\\vec {w_k}) + 2(\\vec w - \\vec {w_k})", "\\implies L(\\vec w)"),
    ("\\implies L(\\vec w) \\cong", "\\implies L(\\vec w) =", "\\implies L(\\vec w)"),
    ("\\cong L(\\vec w_k) + (\\vec w_k + \\vec\\varDelta - \\vec w_k)", "= L(\\vec w_k) + (\\vec w_k + \\vec\\varDelta - \\vec w_k)", "$L(\\vec w_{k+1}) ="),
    ("(\\vec w_k + \\vec\\varDelta - \\vec w_k)", "(\\vec w_k - \\vec\\varDelta - \\vec w_k)", "$L(\\vec w_{k+1})"),
    ("= L(\\vec w_k) +  \\vec\\varDelta", "= L(\\vec w_k) - \\vec\\varDelta", "$L(\\vec w_{k+1})"),
    ("= L(\\vec w_k) +  \\vec\\varDelta", "= L(\\vec w_k) + 2\\vec\\varDelta", "$L(\\vec w_{k+1})"),
    ("- L(\\vec w_k) \\cong \\vec\\varDelta \\dfrac", "+ L(\\vec w_k) \\cong \\vec\\varDelta \\dfrac", "\\implies L(\\vec w_{k+1}) +"),
    ("- L(\\vec w_k) \\cong \\vec\\varDelta \\dfrac", "- L(\\vec w_k) = \\vec\\varDelta \\dfrac", "\\implies L(\\vec w_{k+1}) -"),
    ("- L(\\vec w_k) \\cong \\vec\\varDelta \\bullet", "- L(\\vec w_k) \\cong -\\vec\\varDelta \\bullet", "\\cong -\\vec"),
    ("\\cong \\vec\\varDelta \\bullet \\vec g$", "\\cong ||\\vec\\varDelta||^2 + \\vec\\varDelta \\bullet \\vec g + ||\\vec g||$", "||^2 +"),
    ("||\\vec\\varDelta||||\\vec g||\\cos\\theta", "||\\vec g||\\cos\\theta", "bullet \\vec g="),
    ("||\\vec\\varDelta||||\\vec g||\\cos\\theta", "||\\vec\\varDelta||\\cos\\theta", "bullet \\vec g="),
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(MUTATIONS)))
def test_mutations_are_not_proved(number: int) -> None:
    before, after, place = MUTATIONS[number]
    original = (POSTS / "correct.md").read_text(encoding="utf-8")
    assert original.count(before) >= 1, before
    text = original.replace(before, after, 1)
    lines = [index for index, line in enumerate(text.splitlines(), start=1) if place in line]
    results = checked(text).results
    good = {(one.line, one.latex): one.verdict for one in checked(original).results}
    changed = [one for one in results if one.line in lines and (one.line, one.latex) not in good]
    assert changed, shown(results)
    assert any(one.verdict in {Verdict.REFUTED, Verdict.UNKNOWN, Verdict.ILL_SORTED} for one in changed), shown(changed)
    wrong = [
        one for one in results if one.verdict is Verdict.REFUTED and good.get((one.line, one.latex)) is Verdict.PROVED
    ]
    assert not [one for one in wrong if one.line < min(lines)], shown(wrong)


# Documents as different authors would write them: none of what is right in them is refuted. Beside each stands the same document with mistakes planted in it: none
# of them is proved, and how many are refuted at least.
AUTHORS = {"backprop.md": (24, 7), "la.ipynb": (28, 7), "calc.mdx": (36, 6), "physics.md": (18, 2), "gd.md": (22, 3)}


@pytest.mark.parametrize("name", AUTHORS)
def test_what_authors_write(name: str) -> None:
    right, wrong = (POSTS / "authors" / one for one in (name, name.replace(".", "_wrong.")))
    proved, refuted = AUTHORS[name]
    first, second = (verify(read_text(one.read_text(encoding="utf-8"), one.name)).results for one in (right, wrong))
    assert not [one for one in first if one.verdict in {Verdict.REFUTED, Verdict.ILL_SORTED}], shown(first)
    assert sum(one.verdict is Verdict.PROVED for one in first) >= proved, shown(first)
    known = {one.latex for one in first}
    planted = [one for one in second if one.latex not in known]
    assert len(planted) >= 8, shown(planted)
    assert not [one for one in planted if one.verdict is Verdict.PROVED], shown(planted)
    found = [one for one in planted if one.verdict in {Verdict.REFUTED, Verdict.ILL_SORTED}]
    assert len(found) >= refuted, shown(planted)
