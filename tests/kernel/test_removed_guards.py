"""A removed guard of the kernel is noticed, and so is a lost condition.

Every `raise` of a refusal is taken out in turn, and every part of an `if a or b: raise ...`. Then some liar of the tables must be accepted, or be refused
for another reason than the one it was made for. Where conditions are gathered, every part of what is gathered is left out in turn. Then some certificate
must be accepted with other conditions than before, or not at all.
"""

from __future__ import annotations

import ast
import importlib
import importlib.util
import re
import types
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from operator import call
from pathlib import Path
from typing import Any

import pytest

from derive.kernel.certificate import Axiom, Certificate, Rejected, Univariate
from derive.kernel.check import check
from derive.kernel.claim import Claim
from derive.kernel.data import to_data
from derive.kernel.definedness import obligations
from derive.kernel.differentiation import differentiate, slope
from derive.kernel.evaluation import Undecided, Undefined, evaluate
from derive.kernel.interval import Values
from derive.kernel.normal_form import Atoms
from derive.kernel.refute import refute
from derive.kernel.sorting import sort_of
from derive.kernel.term import Apply, IllSorted, Term, TermError, substitute

REFUSALS = {
    "Rejected": Rejected,
    "TermError": TermError,
    "IllSorted": IllSorted,
    "Undefined": Undefined,
    "Undecided": Undecided,
}
FOLDER = Path(__file__).parent
KERNEL = FOLDER.parents[1] / "derive" / "kernel"
MODULES = sorted(path.stem for path in KERNEL.glob("*.py"))
GATHERING = ("check", "identity", "squares", "vanishing")  # conditions, and the terms whose definedness is one


@dataclass(frozen=True)
class Liar:
    """Something that must be refused, as what, and why."""

    table: str
    tried: Callable[[], object]
    refusal: type[Exception] | tuple[type[Exception], ...]
    reason: str


# Without these a liar may not end.
ENDLESS = {
    ("evaluation", "a computation that is too long"),
    ("evaluation", "a number of too many digits"),
    ("univariate", "a statement that is not made of polynomials in one variable"),
}

# Parts of a condition that something else covers, and what. They stay as a second line; some only narrow a type.
NEVER_POSITIVE = "a vector or matrix is never positive, whatever the hypotheses"
MULTIPLIER = "the multiplier is not shown to be positive: not is_scalar(sort_of(certificate.multiplier))"
SMOOTH = "a derivative of order ... of a function that is not declared so smooth: not isinstance("
NUMBERS = "only equations and approximations of numbers are refuted so: "
AFFINE = "the equation is not affine in the constants: "
COVERED: dict[tuple[str, str], str] = {
    ("squares", MULTIPLIER): NEVER_POSITIVE,
    ("vanishing", MULTIPLIER): NEVER_POSITIVE,
    ("definedness", SMOOTH + "function, Symbol)"): "a concrete function has been refused as an argument",
    ("definedness", SMOOTH + "function.sort, Function)"): "the sorts have been checked",
    ("data", "a ... is expected, not : cls is None"): "None is in no group",
    ("refute", NUMBERS + "form.shape != SCALAR"): "what is left is made of literals, so that another shape has a grid",
    ("refute", NUMBERS + "form.grid is not None"): "a grid of one entry is a scalar, any other has another shape",
    ("refute", NUMBERS + "form.denominator"): "only numbers divide in what is left",
    ("refute", AFFINE + "not isinstance(symbol, Symbol)"): "only the constants are left",
    ("refute", AFFINE + "symbol not in slopes"): "only the constants are left",
}


Edit = Callable[[Any], None]  # of a node of a syntax tree


@dataclass(frozen=True)
class Mutant:
    """A module with the node of that number edited."""

    module: str
    removed: str  # what is taken out: of a guard the message, and the part of its condition if it is only a part
    message: str
    node: int
    edit: Edit

    def tree(self) -> ast.Module:
        tree = tree_of(self.module)
        self.edit(list(ast.walk(tree))[self.node])
        return tree


def without_statement(field: str, place: int) -> Edit:
    def edit(owner: ast.AST) -> None:
        statements = getattr(owner, field)
        statements[place] = ast.copy_location(ast.Pass(), statements[place])

    return edit


def without_alternative(place: int) -> Edit:
    def edit(owner: ast.If) -> None:
        assert isinstance(owner.test, ast.BoolOp)
        rest = [value for index, value in enumerate(owner.test.values) if index != place]
        owner.test = rest[0] if len(rest) == 1 else ast.copy_location(ast.BoolOp(ast.Or(), rest), owner.test)

    return edit


def without_element(place: int) -> Edit:
    def edit(owner: ast.Tuple | ast.List) -> None:
        del owner.elts[place]

    return edit


def tree_of(module: str) -> ast.Module:
    return ast.parse((KERNEL / f"{module}.py").read_text(encoding="utf-8"))


def refusal_of(statement: object) -> str | None:
    """The texts of the message of a guard; None of anything else."""
    if not isinstance(statement, ast.Raise) or not isinstance(statement.exc, ast.Call):
        return None
    if not isinstance(statement.exc.func, ast.Name) or statement.exc.func.id not in REFUSALS:
        return None
    parts = [part.value for part in ast.walk(statement.exc) if isinstance(part, ast.Constant)]
    return "...".join(part for part in parts if isinstance(part, str))


def statements_of(node: ast.AST) -> Iterator[tuple[str, int, ast.stmt]]:
    """The statements of a block, with the field that holds them."""
    for field, statements in ast.iter_fields(node):
        for place, statement in enumerate(statements if isinstance(statements, list) else ()):
            if isinstance(statement, ast.stmt):
                yield field, place, statement


def without_guards(module: str) -> Iterator[Mutant]:
    for number, node in enumerate(ast.walk(tree_of(module))):
        for field, place, statement in statements_of(node):
            message = refusal_of(statement)
            if message is None:
                continue
            yield Mutant(module, message, message, number, without_statement(field, place))
            if field == "body" and isinstance(node, ast.If) and isinstance(node.test, ast.BoolOp):
                for part, value in enumerate(node.test.values if isinstance(node.test.op, ast.Or) else ()):
                    removed = f"{message}: {ast.unparse(value)}"
                    yield Mutant(module, removed, message, number, without_alternative(part))


def without_conditions(module: str) -> Iterator[Mutant]:
    """Without an element of a tuple or list that is put together of others, or without adding to one."""
    for number, node in enumerate(ast.walk(tree_of(module))):
        if isinstance(node, (ast.Tuple, ast.List)) and isinstance(node.ctx, ast.Load):
            for place, element in enumerate(node.elts):
                if any(isinstance(one, ast.Starred) for one in node.elts) or isinstance(node, ast.List):
                    removed = f"{ast.unparse(element)} in {ast.unparse(node)}"
                    yield Mutant(module, removed, "", number, without_element(place))
        for field, place, statement in statements_of(node):
            adds = isinstance(statement, ast.AugAssign) or ".append(" in ast.unparse(statement).split("\n")[0]
            if adds and isinstance(statement, (ast.AugAssign, ast.Expr)):
                yield Mutant(module, ast.unparse(statement), "", number, without_statement(field, place))


GUARDS = [mutant for module in MODULES for mutant in without_guards(module)]
MUTANTS = [
    one for one in GUARDS if (one.module, one.message) not in ENDLESS and (one.module, one.removed) not in COVERED
]
FORGETFUL = [mutant for module in GATHERING for mutant in without_conditions(module)]


def functions_of(namespace: dict[str, Any], module: str) -> dict[str, types.FunctionType]:
    """The functions and methods that a module defines, by their qualified names."""
    found: dict[str, types.FunctionType] = {}
    for value in namespace.values():
        members = vars(value).values() if isinstance(value, type) and value.__module__ == module else [value]
        for member in members:
            if isinstance(member, types.FunctionType) and member.__module__ == module:
                found[member.__qualname__] = member
    return found


class Applied:
    """The module runs as the mutant says, until the end of the block."""

    def __init__(self, mutant: Mutant) -> None:
        name = f"derive.kernel.{mutant.module}"
        # Another file name, so that what a mutant reaches is not counted as covered.
        code = compile(mutant.tree(), f"<{mutant.module} without something>", "exec")
        namespace: dict[str, Any] = {"__name__": name, "__package__": "derive.kernel"}
        exec(code, namespace)
        changed = functions_of(namespace, name)
        self.originals = functions_of(vars(importlib.import_module(name)), name)
        assert changed.keys() == self.originals.keys()
        self.codes = {qualified: function.__code__ for qualified, function in self.originals.items()}
        self.changed = {
            qualified: function.__code__
            for qualified, function in changed.items()
            if function.__code__ != self.codes[qualified]
        }
        assert self.changed

    def __enter__(self) -> None:
        for qualified, code in self.changed.items():
            self.originals[qualified].__code__ = code

    def __exit__(self, *_: object) -> None:
        for qualified in self.changed:
            self.originals[qualified].__code__ = self.codes[qualified]


@cache
def table(name: str) -> types.ModuleType:
    """A module of tests, with its tables."""
    spec = importlib.util.spec_from_file_location(f"tables.{name}", FOLDER / f"test_{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def axioms() -> Mapping[str, Axiom]:
    found: Mapping[str, Axiom] = {**table("check").AXIOMS_OF_THE_TESTS, **table("liars_structure").EXTRA}
    return found


def sort_of_built_anew(term: Term) -> object:
    """The sort of a term that keeps none yet: a sort that was found without a guard is kept in the term."""

    def anew(part: Term) -> Term:
        return Apply(part.head, tuple(map(anew, part.arguments))) if isinstance(part, Apply) else part

    return sort_of(anew(term))


@cache
def liars() -> tuple[Liar, ...]:
    """All liars of the tables of the tests. A table of certificates is found by the name of its file."""
    found: list[Liar] = []

    def listed(
        name: str, rows: Iterable[tuple[Any, ...]], function: Callable[..., object], *refusal: type[Exception]
    ) -> None:
        """Rows of arguments and the reason."""
        found.extend(
            Liar(name, partial(function, *arguments), refusal or Rejected, reason) for *arguments, reason in rows
        )

    refutation, data = table("liars_refutation"), table("data")
    for path in sorted(FOLDER.glob("test_liars_*.py")):
        name = path.stem.removeprefix("test_")
        if name != "liars_refutation":
            listed(name, [row[1:] for row in table(name).LIARS], partial(check, axioms=axioms()))
    instances = table("liars_instances").FALSE_WITNESSES
    for rows in (refutation.LIARS, refutation.CONSTANT_LIARS, refutation.MALFORMED, instances):
        listed("refute", [row[1:] for row in rows], refute)
    witnesses, line = table("constant_witnesses"), table("univariate")
    listed("refute", witnesses.LIARS, lambda value: refute(witnesses.IS_SEVEN, witnesses.at(value)))
    false = [(pair[1], "it fails") for pair in line.PAIRS.values()]
    listed("univariate", [*line.OTHER, *false], lambda statement: check(Claim(statement), Univariate()))
    listed("real_roots", line.LIMITS, call)
    listed("definedness", table("definedness").UNKNOWN, obligations)
    listed("sorting", [row[1:] for row in table("sorting").WRONG], sort_of_built_anew, IllSorted, TermError)
    listed("term", [row[1:] for row in table("term").REFUSED], substitute, TermError)
    listed("term", table("term").NOT_BUILT, call, TermError)
    listed("normal_form", [row[1:] for row in table("normal_form").REFUSED], lambda term: Atoms().form(term))
    listed("entrywise", [row[1:] for row in table("entrywise").REFUSED], lambda term: Atoms().form(term))
    listed("products", [row[1:] for row in table("products").REFUSED], lambda term: Atoms().form(term))
    listed("polynomial", [row[1:] for row in table("polynomial").LIMITS], call)
    listed("size", table("size").LIMITS, call, TermError)
    listed("data", data.WRONG, to_data)
    listed("data", data.BAD, data.read)
    values = table("evaluation")
    for rows, refusal in ((values.UNDEFINED, Undefined), (values.UNDECIDED, Undecided)):
        listed("evaluation", rows, lambda term: evaluate(term, values.AT, {}), refusal)
    listed("differentiation", values.NOT_DIFFERENTIATED, lambda term: differentiate(term, values.x))
    listed("differentiation", table("interval").NO_SLOPE, lambda term: slope(term, values.x))
    listed("interval", table("interval").NO_VALUE, Values({}).of)
    listed("quadrature", table("liars_integration").NO_INTEGRAL, call)
    return tuple(found)


def noticed(mutant: Mutant) -> str:
    """How the first liar that notices does so; empty where none does."""

    def nearness(liar: Liar) -> tuple[bool, bool]:
        return not (liar.reason and re.search(liar.reason, mutant.message)), liar.table != mutant.module

    with Applied(mutant):
        for liar in sorted(liars(), key=nearness):
            try:
                liar.tried()
            except liar.refusal as found:
                if not re.search(liar.reason, str(found)):
                    return f"refused otherwise: {found}"
            except Exception as error:
                return f"fails: {type(error).__name__}: {error}"
            else:
                return "accepted"
    return ""


@cache
def accepted() -> tuple[tuple[Claim, Certificate, tuple[Term, ...]], ...]:
    """Certificates of the tables that are accepted, and with what conditions."""
    algebra, structure, logic, induction, integration, limits, instances, forms, termwise, factors, means, changes = (
        table(f"liars_{name}")
        for name in (
            "algebra",
            "structure",
            "logic",
            "induction",
            "integration",
            "limits",
            "instances",
            "forms",
            "termwise",
            "factors",
            "mean_value",
            "substitution",
        )
    )
    kept = (
        *instances.ACCEPTED,
        *forms.ACCEPTED,
        *termwise.ACCEPTED,
        *factors.ACCEPTED,
        *logic.ACCEPTED,
        *induction.ACCEPTED,
        *integration.KEPT,
        *limits.KEPT,
        *means.KEPT,
        *changes.KEPT,
        *structure.KEPT,
        *algebra.KEPT,
    )
    rows = [row[1:3] for row in (*table("check").ACCEPTED, *kept)]
    rows += [row[1] for row in algebra.PAIRS]
    return tuple((claim, certificate, check(claim, certificate, axioms())) for claim, certificate in rows)


def missed(mutant: Mutant) -> bool:
    """Whether some certificate has other conditions now."""
    rows = accepted()
    with Applied(mutant):
        for claim, certificate, conditions in rows:
            try:
                if check(claim, certificate, axioms()) != conditions:
                    return True
            except Exception:
                return True
    return False


def names(mutants: Iterable[Mutant]) -> list[str]:
    return [f"{mutant.module}: {mutant.removed}" for mutant in mutants]


@pytest.mark.parametrize("mutant", MUTANTS, ids=names(MUTANTS))
def test_a_removed_guard_is_noticed(mutant: Mutant) -> None:
    assert noticed(mutant), "no liar notices that this guard is gone: add one to a table"


@pytest.mark.parametrize("mutant", FORGETFUL, ids=names(FORGETFUL))
def test_a_lost_condition_is_noticed(mutant: Mutant) -> None:
    assert missed(mutant) or noticed(mutant), "no accepted certificate needs this: add one to a table"


def test_the_guards_that_are_left_out_are_there() -> None:
    assert {(one.module, one.message) for one in GUARDS} >= ENDLESS
    assert {(one.module, one.removed) for one in GUARDS} >= COVERED.keys()


def test_nothing_stays_removed() -> None:
    for module in MODULES:
        name = f"derive.kernel.{module}"
        for function in functions_of(vars(importlib.import_module(name)), name).values():
            assert "without" not in function.__code__.co_filename
    for liar in liars():
        with pytest.raises(liar.refusal, match=liar.reason):
            liar.tried()
