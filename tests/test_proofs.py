"""The gallery: every step of every proof is proved in every dimension, and no step survives a mistake."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from derive import api, verify
from derive.api import Derivation, Step, check, load
from derive.kernel.sorting import is_scalar, sort_of
from derive.kernel.term import ONE, Apply, Constant, Matrix, Term, add, negate
from derive.language.report import Verdict

PROOFS = Path(__file__).parent.parent / "proofs"
FILES = sorted(PROOFS.glob("*.py"))
POSTS = sorted(PROOFS.glob("*.md"))
DIMENSIONS = ("n", 1, 2, 3, 10)
HOLDING = {Verdict.PROVED, Verdict.DEFINED, Verdict.ASSUMED}


@pytest.fixture(scope="module")
def loaded() -> dict[tuple[Path, str], Derivation]:
    return {}


def derivation_of(loaded, path: Path, dimension: str | int) -> Derivation:
    key = (path, str(dimension))
    if key not in loaded:
        loaded[key] = load(path, dimension)
    return loaded[key]


@pytest.mark.parametrize("dimension", DIMENSIONS)
@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_every_step_is_proved(loaded, path, dimension) -> None:
    (document,) = derivation_of(loaded, path, dimension).check().documents
    assert document.results
    assert not document.problems
    for result in document.results:
        assert result.verdict in HOLDING, (result.line, result.latex, result.code, result.message)
        if result.verdict is Verdict.PROVED:
            assert result.certificate is not None
            assert result.claim is not None
        assert result.conditions == (), (result.line, result.latex, result.conditions)
        assert result.reason, result.latex


@pytest.mark.parametrize("path", POSTS, ids=[path.stem for path in POSTS])
def test_every_relation_of_a_post_is_proved(path) -> None:
    (document,) = check(path).documents
    assert document.results
    for result in document.results:
        assert result.verdict in HOLDING, (result.line, result.latex, result.code, result.message)


def spoiled(step: Step) -> list[Step]:
    """The step with one mistake, in every way that makes it false."""
    made = []
    if step.relation in {"=", "approx"}:
        made.append(replace(step, right=replace(step.right, term=other(step.right.term))))
    turned = {"<=": ">", ">=": "<", "<": ">=", ">": "<="}.get(step.relation)
    if turned:
        made.append(replace(step, relation=turned))
        made.append(replace(step, right=replace(step.right, term=lowered(step.right.term, step.relation))))
    return made


def other(term: Term) -> Term:
    sort = sort_of(term)
    if is_scalar(sort):
        return add(term, ONE)
    assert isinstance(sort, Matrix)
    return add(term, Constant("ones", sort))


def lowered(term: Term, relation: str) -> Term:
    """A bound that is too good by one (the links of the gallery that are not equalities are all attained, or nearly)."""
    return add(term, negate(ONE)) if relation in {"<", "<="} else add(term, Apply("+", (ONE, ONE)))


@pytest.mark.parametrize("dimension", ["n", 2])
@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_no_spoiled_step_is_proved(loaded, path, dimension, monkeypatch) -> None:
    monkeypatch.setattr(
        api, "_decide_claim", verify.prove_claim
    )  # no hunt after witnesses here: it takes most of the time
    derivation = derivation_of(loaded, path, dimension)
    count = 0
    for step in derivation._steps():
        if step.kind != "claim":
            continue
        for wrong in spoiled(step):
            result = derivation._verify(wrong)
            assert result.verdict is not Verdict.PROVED, (result.line, result.latex, result.reading)
            count += 1
    assert count >= 20


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_a_proof_prints_as_the_author_wrote_it(loaded, path) -> None:
    text = derivation_of(loaded, path, "n").text()
    assert text.title
    for part in text.parts:
        for line in part.lines:
            assert line.reason
            assert line.left


def test_the_theorem_says_what_it_should(loaded) -> None:
    derivation = derivation_of(loaded, PROOFS / "steepest_ascent.py", "n")
    text = "\n".join(step.latex for step in derivation._steps())
    for piece in (
        r"L(\vec{w}_k) + (\vec{w}_k + \vec{\Delta} - \vec{w}_k) \dfrac{\partial L}{\partial \vec{w}^T}",
        r"\vec{w}_{k+1}",
        r"\lVert\vec{\Delta}\rVert \lVert\vec{g}\rVert \cos\theta",
        r"\dfrac{\rho}{\lVert\vec{g}\rVert} \vec{g}^T",
        r"-\dfrac{\rho}{\lVert\vec{g}\rVert} \vec{g}^T",
    ):
        assert piece in text


@pytest.mark.parametrize("path", sorted(PROOFS.glob("*.md")), ids=lambda path: path.name)
def test_the_posts_of_the_proofs_are_proved(path) -> None:
    from derive.read import read
    from derive.verify import verify

    report = verify(read(str(path)))
    assert {"proved"} <= {result.verdict.value for result in report.results} <= {"proved", "defined"}
    assert "contradict" not in report.context
