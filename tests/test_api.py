"""The Python interface: declarations, steps in three forms, premises and definitions, errors, files."""

from __future__ import annotations

import textwrap

import pytest
import sympy

from derive.api import Derivation, DerivationError, Step, check, inner, load, norm, prove, scalar
from derive.kernel.term import ONE, Apply, Matrix, Number, Symbol, equal
from derive.language.report import Verdict


def verdicts(derivation: Derivation) -> list[str]:
    return [result.verdict.value for result in derivation.check().documents[0].results]


def last(derivation: Derivation):
    return derivation.check().documents[0].results[-1]


def test_the_example_of_the_readme() -> None:
    from derive import Derivation

    d = Derivation("The difference of two squares")
    x, y = d.real("x", "y")
    d.claim((x + y) * (x - y), "=", x**2 - y**2, reason="multiplied out")
    d.then(sympy.factor, reason="and back")  # a SymPy transformation of the last right side
    d.claim(r"\frac{x^2 - y^2}{x - y}", "=", x + y, reason="the factor cancels")  # LaTeX and SymPy together
    d.claim((x + y) ** 2, "=", x**2 + y**2, reason="a mistake")
    results = d.check().documents[0].results
    assert [r.verdict.value for r in results] == ["proved", "proved", "proved", "refuted"]
    assert len(results[2].conditions) == 1  # where x is not y
    assert results[3].counterexample is not None


def test_steps_in_three_forms() -> None:
    d = Derivation("forms")
    x = d.real("x")
    d.claim((x + 1) ** 2, "=", x**2 + 2 * x + 1)
    d.claim(r"(x + 1)^2", "=", r"x^2 + 2x + 1")
    d.claim(Apply("^", (Symbol("x"), Number(2))), "=", x * x)
    d.claim(r"x^2 = x \cdot x")
    d.claim(equal(Symbol("x"), Symbol("x")))
    d.claim(sympy.Ge(x**2, 0, evaluate=False))
    assert verdicts(d) == ["proved"] * 6


def test_the_form_of_the_author_is_kept() -> None:
    d = Derivation("forms")
    x = d.real("x")
    d.claim(r"x + x - x", "=", x, reason="cancel")
    line = d.text().parts[0].lines[0]
    assert (line.left, line.relation, line.right, line.reason) == (r"x + x - x", "=", "x", "cancel")
    assert line.result.verdict is Verdict.PROVED


@pytest.mark.parametrize("dimension", ["n", 1, 2, 5, "3"])
def test_one_derivation_serves_every_dimension(dimension) -> None:
    d = Derivation("vectors", dimension)
    u, v = d.row("u"), d.column("v")
    size = int(dimension) if str(dimension).isdigit() else "n"
    assert d._sorts["u"] == Matrix(1, size)
    d.claim(scalar(u * v), "=", inner(u, v))
    d.claim(norm(u) ** 2, "=", inner(u, u))
    d.claim(inner(u, v) ** 2, "<=", norm(u) ** 2 * norm(v) ** 2)
    assert verdicts(d) == ["proved"] * 3


def test_what_is_false_is_never_proved() -> None:
    d = Derivation("mistakes")
    x, y = d.real("x", "y")
    u, v = d.row("u", "v")
    p = d.positive("p")
    d.claim((x + y) ** 2, "=", x**2 + y**2)
    d.claim(x / x, "=", r"\frac{x}{x} + 1")
    d.claim(inner(u, v), "=", norm(u) * norm(v))
    d.claim(x, "<", p)
    d.claim(x**2, ">", 0)
    d.claim(p, "<", 0)
    d.claim(r"\sqrt{x^2}", "=", x)
    assert Verdict.PROVED.value not in verdicts(d)


def test_signs_of_declared_symbols_are_hypotheses() -> None:
    d = Derivation("signs")
    p = d.positive("p")
    d.claim(r"p > 0")
    d.claim(r"\sqrt{p^2}", "=", p)
    assert verdicts(d) == ["proved", "proved"]


def test_a_transformation_is_claimed_not_believed() -> None:
    d = Derivation("transformations")
    x, y = d.real("x", "y")
    d.claim((x + y) ** 2, "=", (y + x) ** 2)
    d.then(sympy.expand)
    d.then({y: x}, reason="not an identity")
    d.then(lambda e: e + 1)
    assert verdicts(d) == ["proved", "proved", "refuted", "refuted"]


def test_a_latex_step_can_be_transformed_with_the_declared_symbols() -> None:
    d = Derivation("transformations")
    p = d.positive("p")
    w, base = d.row("w", "a")
    f = d.function("f", of=w, order="C1")
    d.claim(r"\sqrt{p^2} + p - p", "=", r"\sqrt{p^2}")
    d.then(lambda e: e.doit())
    d.claim(r"(a - a) \frac{\partial f}{\partial w^T} + f(a)", "=", r"f(a) + (w - w) \frac{\partial f}{\partial w^T}")
    d.then(lambda e: e.doit())
    assert p == d._steps()[1].right.expression
    assert d._steps()[3].right.expression == f(base)
    assert verdicts(d) == ["proved"] * 4


def test_the_conclusion_of_a_chain_is_derived() -> None:
    d = Derivation("chain")
    x = d.real("x")
    d.claim(2 * x, "<=", x**2 + 1)
    d.then(x**2 + 2, "<")
    report = d.check().documents[0]
    assert [(c.relation, c.verdict) for c in report.conclusions] == [("<", Verdict.PROVED)]


def test_opposite_directions_have_no_conclusion() -> None:
    d = Derivation("chain")
    x = d.real("x")
    d.claim(x, "<", x + 1)
    d.then(x, ">")
    report = d.check().documents[0]
    assert [r.verdict for r in report.results] == [Verdict.PROVED] * 2
    assert report.conclusions == []


def test_conditions_of_a_chain_are_united() -> None:
    d = Derivation("chain")
    _x, _y = d.real("x", "y")
    d.claim(r"\frac{x}{x}", "=", r"\frac{y}{y}")
    d.then(1)
    (conclusion,) = d.check().documents[0].conclusions
    assert len(conclusion.conditions) == 2


def test_a_definition_is_unfolded_where_it_is_needed() -> None:
    d = Derivation("definitions")
    x, y, z = d.real("x", "y", "z")
    d.define(z, x + y, reason="the sum")
    d.claim(z**2, "=", x**2 + 2 * x * y + y**2)
    d.claim(z, "=", x)
    assert verdicts(d) == ["defined", "proved", "refuted"]


def test_the_conditions_of_a_definition_are_inherited() -> None:
    d = Derivation("definitions")
    _x, z = d.real("x", "z")
    d.define(z, r"\frac{1}{x}")
    d.claim(z, "=", z)
    results = d.check().documents[0].results
    assert results[0].conditions == results[1].conditions != ()


def test_a_definition_that_uses_another_inherits_its_conditions() -> None:
    d = Derivation("definitions")
    _x, y, z = d.real("x", "y", "z")
    d.define(y, r"\frac{1}{x}")
    d.define(z, y + 1)
    d.claim(r"z - z", "=", 0)
    assert last(d).conditions != ()


def test_a_defined_function_is_its_value() -> None:
    d = Derivation("functions")
    x, y = d.real("x", "y")
    f = d.function("f", of=x, order="smooth")
    d.define(f(x), x**2 + 1)
    d.claim(f(x + y), "=", (x + y) ** 2 + 1)
    d.claim(f(y), "=", y**2)
    assert verdicts(d) == ["defined", "proved", "refuted"]


def test_an_angle_needs_its_quotient_between_minus_one_and_one() -> None:
    d = Derivation("angles")
    x, good, bad = d.real("x", r"\alpha", r"\beta")
    d.define(good, such_that=(r"\cos\alpha", "=", r"\frac{x}{\sqrt{x^2 + 1}}"))
    d.define(bad, such_that=(r"\cos\beta", "=", x))
    d.claim(r"\cos\beta", "=", x)
    found = d.check().documents[0].results
    assert found[1].verdict is Verdict.UNKNOWN
    assert found[1].code == "definition-not-shown"
    assert found[2].verdict is Verdict.UNKNOWN
    assert found[2].code == "rests-on-unknown"


def test_the_equation_of_an_angle_discharges_nothing_elsewhere() -> None:
    d = Derivation("angles")
    _x, angle = d.real("x", r"\alpha")
    d.define(angle, such_that=(r"\cos\alpha", "=", r"\frac{x}{\sqrt{x^2}}"))
    d.claim(r"\frac{x}{x}", "=", 1)
    found = d.check().documents[0].results
    assert found[1].verdict is Verdict.PROVED
    assert found[1].conditions != ()


def test_an_angle_that_need_not_exist_proves_nothing_elsewhere() -> None:
    d = Derivation("angles")
    x, angle = d.real("x", r"\beta")
    d.define(angle, such_that=(r"\cos\beta", "=", x))
    d.claim(x, "<=", 1)
    d.part("with an assumption on the angle")
    d.assume(angle, ">", 0)
    d.claim(x, "<=", 1)
    assert verdicts(d) == ["unknown", "refuted", "assumed", "unknown"]


def test_what_is_defined_does_not_vary() -> None:
    d = Derivation("first order")
    x, y = d.real("x", "y")
    d.define(y, x + 1)
    with pytest.raises(DerivationError, match="does not vary"):
        d.claim(y**2, "approx", 0, near=(y, 0))


def test_premises_and_suppositions() -> None:
    d = Derivation("premises")
    x, y = d.real("x", "y")
    first = d.claim(x, "=", y, given=[(x - y, "=", 0)])
    d.claim(x**2, "=", y**2, given=[first, (x - y, "=", 0)])
    with pytest.raises(DerivationError, match="shown under"):
        d.claim(x**2, "=", y**2, given=[first])
    assert verdicts(d) == ["proved", "proved"]
    assert last(d).premises == (first.id,)


def test_what_rests_on_a_refuted_step_is_unknown() -> None:
    d = Derivation("premises")
    x, y = d.real("x", "y")
    wrong = d.claim(x, "=", y)
    d.claim(x**2, "=", y**2, given=[wrong])
    assert verdicts(d) == ["refuted", "unknown"]
    assert last(d).code == "rests-on-refuted"


def test_an_assumption_ends_with_its_part() -> None:
    d = Derivation("scopes")
    x = d.real("x")
    d.part("with")
    d.assume(x, ">", 1)
    inside = d.claim(x, ">", 0)
    d.part("without")
    d.claim(x, ">", 0)
    with pytest.raises(DerivationError, match="shown under"):
        d.claim(x, ">", -1, given=[inside])
    assert verdicts(d) == ["assumed", "proved", "refuted"]


def test_contradictory_assumptions_prove_nothing() -> None:
    d = Derivation("contradiction")
    x = d.real("x")
    d.assume(x, "<", 0)
    d.assume(x, ">", 1)
    d.claim(x, "=", 7)
    assert last(d).verdict is Verdict.UNKNOWN


def test_an_approximation_is_not_an_equality() -> None:
    d = Derivation("first order")
    w, base, step = d.row("w", "a", "h")
    f = d.function("f", of=w, order="C1")
    d.claim(f(w), "approx", f(base) + scalar((w - base) * f.gradient(base).T), near=(w, base))
    d.claim(f(w), "=", f(base) + scalar((w - base) * f.gradient(base).T))
    d.claim(f(base + step), "approx", f(base) + 2 * scalar(step * f.gradient(base).T), near=(step, 0))
    found = verdicts(d)
    assert found[0] == "proved"
    assert "proved" not in found[1:]


def test_a_definition_by_the_variable_moves_with_it() -> None:
    # opaque, u h^2 = o(h) would hold; but u is 1/h
    d = Derivation("first order")
    h, u = d.real("h", "u")
    d.define(u, r"\frac{1}{h}")
    d.claim(u * h**2, "approx", 0, near=(h, 0))
    assert last(d).verdict is not Verdict.PROVED


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (lambda d, x: d.real("x"), "declared already"),
        (lambda d, x: d.real("x y"), "not a name"),
        (lambda d, x: d.real(), "no name"),
        (lambda d, x: d.claim(sympy.Symbol("z"), "=", 1), "not declared"),
        (lambda d, x: d.claim(sympy.Symbol("x"), "=", 1), "not the symbol"),
        (lambda d, x: d.claim(sympy.Function("f")(x), "=", 1), "function f"),
        (lambda d, x: d.claim("x + z", "=", 1), "z is not declared"),
        (lambda d, x: d.claim(r"x + \foo", "=", 1), "foo"),
        (lambda d, x: d.claim(x, "=<", 1), "not a relation"),
        (lambda d, x: d.claim(x), "not a statement"),
        (lambda d, x: d.claim(x, "="), "left, relation, right"),
        (lambda d, x: d.claim(x == x), "truth value"),
        (lambda d, x: d.claim(x, "=", d.row("u")), "row"),
        (lambda d, x: d.claim(x, "approx", 1), "near"),
        (lambda d, x: d.claim(x, "=", 1, near=(x, 0)), "approximations"),
        (lambda d, x: d.claim(x, "=", 0.5), "float"),
        (lambda d, x: d.claim(x, "=", sympy.I), "ImaginaryUnit"),
        (lambda d, x: d.then(x), "none directly above"),
        (lambda d, x: d.define(x, x + 1), "by itself"),
        (lambda d, x: (d.claim(x, "=", x), d.define(x, 1)), "mentioned above"),
        (lambda d, x: d.define(x + 1, 1), "only a symbol"),
        (lambda d, x: d.function("f", of=x, order="C17"), "order"),
        (lambda d, x: d.function("f", of=x + 1), "declared symbols"),
        (lambda d, x: d.row("u", size="two"), "size"),
        (lambda d, x: Derivation("t", 0), "at least 1"),
        (lambda d, x: Derivation("t", "nn"), "one letter"),
        (lambda d, x: d.real("p", even=True), "even"),
        (lambda d, x: d.write("runes"), "no writer"),
    ],
)
def test_errors_say_what_to_do(wrong, message) -> None:
    d = Derivation("errors")
    x = d.real("x")
    with pytest.raises(DerivationError, match=message):
        wrong(d, x)


def test_a_notebook_shows_the_derivation() -> None:
    d = Derivation("notebook")
    x = d.real("x")
    d.claim(x + x, "=", 2 * x)
    d.then(r"x \cdot 2")
    shown = d._repr_latex_()
    assert shown.startswith("$$\n\\begin{aligned}")
    assert shown.count("&=") == 2


def test_places_are_those_of_the_file(tmp_path) -> None:
    proof = tmp_path / "place.py"
    proof.write_text(
        textwrap.dedent(
            """\
            from derive.api import Derivation

            def derivation(dimension="n"):
                d = Derivation("place", dimension)
                x = d.real("x")
                d.claim(x, "=", x + 0)
                d.claim(
                    x, "=", x + 1
                )
                return d
            """
        ),
        encoding="utf-8",
    )
    (document,) = check(proof).documents
    assert document.path == str(proof)
    assert [(r.line, r.column, r.end_line) for r in document.results] == [(6, 5, 6), (7, 5, 9)]
    assert [r.verdict for r in document.results] == [Verdict.PROVED, Verdict.REFUTED]


@pytest.mark.parametrize(
    ("source", "message", "line"),
    [
        ("x = 1\n", "derivation", 0),
        ("def derivation(dimension='n'):\n    return 3\n", "must return", 0),
        ("def derivation(dimension='n'):\n    raise RuntimeError('lost')\n", "RuntimeError: lost", 2),
        ("def derivation(dimension='n'):\n    raise SystemExit(3)\n", "SystemExit", 2),
        ("import nowhere_to_be_found\n", "ModuleNotFoundError", 1),
        ("def derivation(:\n", "SyntaxError", 1),
    ],
)
def test_a_proof_file_that_fails_is_one_message_with_its_line(tmp_path, source, message, line) -> None:
    proof = tmp_path / "bad.py"
    proof.write_text(source, encoding="utf-8")
    good = tmp_path / "good.md"
    good.write_text("$1 + 1 = 2$\n", encoding="utf-8")
    report = check(proof, good)
    (problem,) = report.documents[0].problems
    assert message in problem.message
    assert problem.line == line
    assert report.exit_status() == 2
    assert report.documents[1].results[0].verdict is Verdict.PROVED
    with pytest.raises(DerivationError):
        load(proof)


def test_a_missing_proof_file_is_a_problem(tmp_path) -> None:
    report = check(tmp_path / "missing.py")
    assert report.exit_status() == 2


def test_prove_decides_one_formula() -> None:
    report = prove(r"\ln(ab) = \ln a + \ln b", declare=["a, b : positive real"])
    assert [r.verdict for r in report.results] == [Verdict.PROVED]
    report = prove(r"(a + b)^2 = a^2 + b^2")
    assert [r.verdict for r in report.results] == [Verdict.REFUTED]


def test_the_public_names_are_the_packages() -> None:
    import derive

    for name in derive.__all__:
        assert getattr(derive, name) is not None
        if name[0].isalpha():
            assert getattr(derive, name).__doc__
    assert isinstance(derive.Derivation("t").claim(ONE, "=", ONE), Step)


def test_an_assumption_on_a_defined_symbol_keeps_to_its_definition(tmp_path) -> None:
    # x = 1, y = 4 is no counterexample: y is x^2
    post = tmp_path / "post.md"
    post.write_text(
        "$\\text{let } y = x^2$.\n\n## Part\n\n<!-- derive: assume y = 4 -->\n\nThen\n\n$$\nx^2 = 4\n$$\n",
        encoding="utf-8",
    )
    assert [r.verdict.value for r in check(post).documents[0].results] == ["defined", "proved"]


@pytest.mark.parametrize(
    ("latex", "verdict"),
    [
        (r"(x - 5)(x + 3) < 0 \iff ((x < 5 \land x > -3) \lor (x > 5 \land x < -3))", "proved"),
        (r"(x - 5)(x + 3) > 0 \iff ((x < 5 \land x > -3) \lor (x > 5 \land x < -3))", "refuted"),
        (r"((x < 5)) \lor x \ge 5", "proved"),
    ],
)
def test_statements_in_brackets_in_brackets(latex, verdict) -> None:
    assert prove(latex).results[-1].verdict.value == verdict


def test_a_counterexample_has_values_for_all_definitions() -> None:
    d = Derivation("domains")
    x, t = d.real("x", "t")
    d.define(t, r"\sqrt{x}")
    d.claim(x, ">=", 0)  # false at x = -1, where t has no value
    assert verdicts(d)[-1] == "unknown"
    d = Derivation("domains")
    x, t = d.real("x", "t")
    d.define(t, r"\sqrt{x}")
    d.claim(x, ">=", 1)
    assert last(d).verdict is Verdict.REFUTED
    assert dict(last(d).counterexample.assignment)["x"] not in {"-1", "-2"}
