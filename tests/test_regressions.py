"""What systems of this kind have got wrong: each row is a real failure of a real one, by the letter of the project's list of such failures."""

from __future__ import annotations

import pytest

from derive.kernel.certificate import Identity, Rejected
from derive.kernel.check import check
from derive.kernel.claim import Claim
from derive.kernel.term import Matrix
from derive.language.report import DocumentReport, Verdict
from derive.read import read_claim, read_text
from derive.verify import prove_claim, verify


def said(latex: str, declare: tuple[str, ...] = (), assume: tuple[str, ...] = ()) -> DocumentReport:
    return verify(read_claim(latex, declare, assume))


def cauchy_schwarz(size: int) -> str:
    products, left, right = (
        " + ".join(pattern.format(k=k) for k in range(1, size + 1))
        for pattern in ("a_{{{k}}} b_{{{k}}}", "a_{{{k}}}^2", "b_{{{k}}}^2")
    )
    return rf"({products})^2 \le ({left})({right})"


PROVED: list[tuple[str, str, tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = [
    # row, formula, declarations, hypotheses, conditions of the verdict
    ("a: nonlinear atoms are not independent", cauchy_schwarz(2), (), (), ()),
    ("b: the goal true", r"\text{true}", (), (), ()),
    ("c: a cancelled denominator keeps its condition", r"\frac{x^2-1}{x-1} = x+1", (), (), ("x - 1 != 0",)),
    ("e: x/x is not 1 everywhere", r"x/x = 1 \iff 0 = 0", (), (), ("x != 0",)),
    ("k: Cauchy-Schwarz for n = 4", cauchy_schwarz(4), (), (), ()),
    ("k: Cauchy-Schwarz for every n", r"(x^T y)^2 \le (x^T x)(y^T y)", ("x, y : vector(n)",), (), ()),
    ("l: a sum of six squares", r"a^2 + b^2 + c^2 + d^2 + f^2 + g^2 \ge 0", (), (), ()),
    ("m: a logarithm of a product of positive numbers", r"\ln(ab) = \ln a + \ln b", ("a, b : positive real",), (), ()),
    ("t: excluded points of an equation", r"\frac{5x}{2x+1} - \frac{3}{x+1} = 1 \iff 5x(x+1) - 3(2x+1) = (2x+1)(x+1)", (), (), ("2 x + 1 != 0", "x + 1 != 0")),
    ("u: a root of a negative number", r"\sqrt{x - \frac{3}{2}} \le 1", (), (r"1 \le x", r"x \le 2"), ("x - 3/2 >= 0",)),
    ("w: one hypothesis more", "x + y > 0", (), ("x > 0", "y > 0", "x^2 + z = 7"), ()),
    ("x: one half", r"\frac{1}{2} = 0.5", (), (), ()),
]  # fmt: skip
REFUTED: list[tuple[str, str, tuple[str, ...], tuple[str, ...]]] = [
    ("a: and its reverse", r"(a_1 b_1 + a_2 b_2)^2 \ge (a_1^2 + a_2^2)(b_1^2 + b_2^2)", (), ()),
    ("b: the goal 0 = 1", "0 = 1", (), ()),
    ("c: another quotient", r"\frac{x^2-1}{x-1} = x - 1", (), ()),
    ("d: a factor that may be zero", r"x y = x z \iff y = z", (), ()),
    ("f: divided by a - b", r"(a-b)(a+b) = b(a-b) \implies a + b = b", (), ("a = b",)),
    ("g: two very small numbers", r"\frac{1}{2004!} = \frac{1}{2006!}", (), ()),
    ("o: an expansion with an equals sign", "L(w) = L(a) + L'(a)(w - a)", (), ()),
    ("r: zero at many small points", "(x-1)(x-2)(x-3)(x+1)(x+2)(x+3)x(2x-1)(2x+1) = 0", (), ()),
    ("x: one half is not 0", "1/2 = 0", (), ()),
    ("x: 0.333 is not a third", r"0.333 = \frac{1}{3}", (), ()),
]


@pytest.mark.parametrize(("row", "latex", "declare", "assume", "conditions"), PROVED, ids=[row[0] for row in PROVED])
def test_proved(
    row: str, latex: str, declare: tuple[str, ...], assume: tuple[str, ...], conditions: tuple[str, ...]
) -> None:
    (result,) = said(latex, declare, assume).results
    assert result.verdict is Verdict.PROVED, result.message
    assert result.conditions == conditions


@pytest.mark.parametrize(("row", "latex", "declare", "assume"), REFUTED, ids=[row[0] for row in REFUTED])
def test_refuted(row: str, latex: str, declare: tuple[str, ...], assume: tuple[str, ...]) -> None:
    (result,) = said(latex, declare, assume).results
    assert result.verdict is Verdict.REFUTED, result.message
    assert result.counterexample is not None


def test_d_the_witness_is_the_small_one() -> None:
    (result,) = said(r"x y = x z \iff y = z").results
    assert result.counterexample is not None
    assert result.counterexample.assignment == (("x", "0"), ("y", "1"), ("z", "0"))


@pytest.mark.parametrize("latex", [r"\unknownword{x} = 0", r"x \unknownword y", "x = 0 = ", r"\frac{x} = 1", "(x = y"])
def test_h_what_is_not_parsed_is_never_true(latex: str) -> None:
    found = said(latex).results
    assert found
    assert not any(result.verdict in {Verdict.PROVED, Verdict.REFUTED} for result in found)
    assert any(result.verdict is Verdict.UNREAD for result in found)


def test_i_a_chain_is_several_claims() -> None:
    found = said("x + x = 2 x = 3 x").results
    assert [result.verdict for result in found] == [Verdict.PROVED, Verdict.REFUTED]


def test_j_an_update_is_an_equation_of_vectors() -> None:
    report = verify(
        read_text(r"$\vec{w}_{k+1} = \vec{w}_k + \vec\varDelta$" + "\n\n" + r"$\vec w_{k+1} - \vec w_k = \vec\Delta$")
    )
    assert [result.verdict for result in report.results] == [Verdict.DEFINED, Verdict.PROVED]
    claim = report.results[1].claim
    assert claim is not None
    from derive.kernel.term import free_symbols

    assert all(isinstance(symbol.sort, Matrix) for symbol in free_symbols(claim.statement))


def test_m_one_side_undefined_is_not_said_to_be_proved_everywhere() -> None:
    (result,) = said(r"\ln(ab) = \ln a + \ln b").results
    assert result.verdict is not Verdict.PROVED or result.conditions
    assert result.verdict is not Verdict.REFUTED


def test_o_the_right_sign_is_suggested() -> None:
    (result,) = said("L(w) = L(a) + L'(a)(w - a)").results
    assert result.suggestion is not None
    assert "\\cong" in result.suggestion


def test_p_contradictory_hypotheses_are_reported() -> None:
    report = said("x = 5", (), ("x < 0", "x > 1"))
    assert [result.code for result in report.results] == ["contradictory-hypotheses"]
    assert report.results[0].verdict is Verdict.UNKNOWN
    assert "contradict" in report.context


def test_q_a_forged_certificate_is_rejected() -> None:
    document = read_claim("(x + y)^2 = x^2 + 2 x y + y^2")
    (result,) = verify(document).results
    assert result.claim is not None
    assert result.certificate is not None
    assert check(result.claim, result.certificate) == ()
    false = said("(x + y)^2 = x^2 + y^2").results[0].claim
    assert false is not None
    for forged in (result.certificate, Identity(()), "proved", None, object()):
        with pytest.raises(Rejected):
            check(false, forged)  # type: ignore[arg-type]


def test_r_vanishing_at_samples_is_no_proof() -> None:
    factors = "".join(f"(x - {k})(x + {k})(7 x - {k})(7 x + {k})" for k in range(1, 8))
    (result,) = said(f"x {factors} = 0").results
    assert result.verdict is not Verdict.PROVED


def test_v_undefined_everywhere_is_never_proved() -> None:
    for latex in (
        r"\arcsin(2 + x^2) = 0",
        r"\arcsin(2 + x^2) \ne 0",
        r"\frac{1}{x - x} = \frac{1}{x - x}",
        r"\sqrt{-1 - x^2} = \sqrt{-1 - x^2}",
    ):
        (result,) = said(latex).results
        assert result.verdict is Verdict.UNKNOWN, latex


def test_z_a_row_is_not_a_column() -> None:
    (result,) = said(r"x^T A = A x", ("x : vector(n)", "A : matrix(n, n)")).results
    assert result.verdict is Verdict.ILL_SORTED
    assert "row" in result.message
    assert "column" in result.message


def test_proof_of_a_claim_under_more_hypotheses() -> None:
    (result,) = said("x + y > 0", (), ("x > 0", "y > 0")).results
    assert result.claim is not None
    more = Claim(result.claim.statement, (*result.claim.hypotheses, *said("x = 1").results[0].claim.hypotheses))  # type: ignore[union-attr]
    assert prove_claim(more).verdict is Verdict.PROVED


def test_a_change_leaves_points_where_the_claim_is_defined() -> None:
    assert "true if x >= 0" in said(r"\sqrt{x^2} = x", ("x : real",)).results[0].message
    result = said(r"x^2 = \ln x", ("x : real",)).results[0]
    assert result.verdict is Verdict.REFUTED and "true if" not in result.message
