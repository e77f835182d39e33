"""Equations between matrices in claims, where A^+ is the pseudo-inverse: proved with exactly these conditions, or not."""

from __future__ import annotations

import pytest

from derive.api import prove
from derive.language.report import Verdict

DECLARED = ("m : positive integer", "n : positive integer", "A : matrix(m, n)", "B : matrix(n, n)", "C : matrix(n, n)")

PROVED = [
    (r"A A^+ A = A", ()),
    (r"(A^+ A)^T = A^+ A", ()),
    (r"(A^T)^+ = (A^+)^T", ()),
    (r"A^+ = (A^T A)^+ A^T", ()),
    (r"A^+ = (A^T A)^{-1} A^T", ("det(A^T A) != 0",)),
    (r"B^+ = B^{-1}", ("det(B) != 0",)),
    (r"B \operatorname{adj}(B) C = \det(B) C", ()),
    (r"\operatorname{tr}(B^{-1} C B) = \operatorname{tr}(C)", ("det(B) != 0",)),
]
NOT_PROVED = [
    r"A^+ A = I",
    r"(B C)^+ = C^+ B^+",
    r"A^+ = A^T",
    r"A^+ A A^+ = A^+ + A^+",
    r"B \operatorname{adj}(B) C = C",
    r"\operatorname{adj}(B) = \operatorname{adj}(B)^T",
    r"(B + C)^{-1} = B^{-1} + C^{-1}",
    r"(I + B C)^{-1} B = C (I + C B)^{-1}",
]


@pytest.mark.parametrize(("latex", "conditions"), PROVED)
def test_proved(latex: str, conditions: tuple[str, ...]) -> None:
    (found,) = prove(latex, DECLARED).results
    assert found.verdict is Verdict.PROVED
    assert found.conditions == conditions


@pytest.mark.parametrize("latex", NOT_PROVED)
def test_not_proved(latex: str) -> None:
    assert all(one.verdict is not Verdict.PROVED for one in prove(latex, DECLARED).results)


def test_identities_of_two_sizes_in_two_assumptions() -> None:
    """Each I has the size of what it stands beside, also at the same place of another assumption."""
    declared = ("m : positive integer", "n : positive integer", "A : matrix(n, m)", "B : matrix(m, n)")
    assumed = (r"\det(I + A B) \neq 0", r"\det(I + B A) \neq 0")
    (found,) = prove(r"(I + A B)^{-1} A = A (I + B A)^{-1}", declared, assumed).results
    assert found.verdict is Verdict.PROVED
    assert found.conditions == ()


@pytest.mark.parametrize(
    ("latex", "proved"), [(r"(A^+)^+ = A", True), (r"(A^T A)^+ = A^+ (A^T)^+", True), (r"(A^+)^+ = A^+", False)]
)
def test_a_mark_on_what_has_one_and_a_mark_before_a_bracket(latex: str, proved: bool) -> None:
    declared = ("m : positive integer", "n : positive integer", "A : matrix(m, n)")
    (found,) = prove(latex, declared).results
    assert (found.verdict is Verdict.PROVED) is proved
