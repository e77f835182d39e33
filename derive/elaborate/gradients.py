"""Relations that say what the gradient of a defined function or quantity is: `\\frac{\\partial f}{\\partial X^T} = A`, from f or from its differential."""

from __future__ import annotations

from dataclasses import dataclass

from derive.elaborate.context import Context, Link, Section, premises_of, varies_in_a_kind, without_meaning
from derive.elaborate.differentials import DIFFERENTIAL, gradient_from_differential, gradient_statement
from derive.elaborate.givens import may_be_given
from derive.elaborate.obligation import Obligation
from derive.elaborate.restrictions import hypotheses_in_scope
from derive.elaborate.terms import Builder, Scope, zero_like
from derive.kernel.claim import Claim
from derive.kernel.sign import is_zero
from derive.kernel.sorting import is_scalar, is_vector, same_shape, sort_of
from derive.kernel.term import ZERO, Apply, IllSorted, Matrix, Sort, Symbol, Term, equal, substitute
from derive.language.printing import plain
from derive.language.report import Verdict
from derive.language.syntax import Node


@dataclass(frozen=True, slots=True)
class _Gradient:
    """What is differentiated, by what, and whether the result is written transposed; `written`: the variable is said, not taken from the function."""

    key: str
    variable: str
    transposed: bool
    written: bool = True


def gradient_claim(context: Context, section: Section, link: Link) -> Obligation | None:
    """The claim of a relation with a gradient alone on one side; None where its function is not defined, or it is no such relation."""
    if link.word != "=":
        return None
    for side, other in ((link.left, link.right), (link.right, link.left)):
        found = _gradient(section.scope, side)
        if found is not None:
            obligation = _claimed(context, section, link, found, other)
            if obligation is not None:
                return obligation
    return None


def _gradient(scope: Scope, node: Node) -> _Gradient | None:
    if node.kind == "transpose":
        inner = _gradient(scope, node.children[0])
        return None if inner is None else _Gradient(inner.key, inner.variable, not inner.transposed, inner.written)
    if node.kind not in {"derivative", "nabla"} or node.value in {"indexed", "symbolic", "2"}:
        return None
    body, *variables = node.children
    key = body.children[0].key if body.kind == "call" else body.key
    if not key or len(variables) > 1:
        return None
    if not variables and node.value:  # a divergence, a rotation
        return None
    if not variables:
        defined = scope.function_definitions.get(scope.symbol(key))
        if (
            body.kind == "call"
            and defined is not None
            and [one.key for one in body.children[1:]] != [defined[0][0].name]
        ):
            return None  # the gradient at another point
        return (
            _Gradient(key, defined[0][0].name, False, False) if defined is not None and len(defined[0]) == 1 else None
        )
    variable = variables[0]
    transposed = variable.kind == "transpose"
    sort = scope.inference.sort(variable.children[0].key if transposed else variable.key)
    if node.kind == "derivative" and scope.layout and isinstance(sort, Matrix) and is_vector(sort):
        transposed = ((scope.layout == "row") != (sort.rows == 1)) != transposed
    inner_node = variable.children[0] if variable.kind == "transpose" else variable
    if inner_node.kind != "name":
        return None
    if body.kind == "call" and [argument.key for argument in body.children[1:]] != [inner_node.key]:
        return None
    return _Gradient(key, inner_node.key, transposed)


def _claimed(context: Context, section: Section, link: Link, found: _Gradient, other: Node) -> Obligation | None:
    scope = section.scope
    builder = Builder(scope)
    variable, function = scope.symbol(found.variable), scope.symbol(found.key)
    if not found.written and is_scalar(sort_of(builder.term(other))) != is_scalar(variable.sort):
        return None  # \\nabla of a letter that stands for several functions
    step = Symbol(DIFFERENTIAL + variable.name, variable.sort)
    differential = scope.definitions.get(scope.symbol(DIFFERENTIAL + found.key))
    if variable in scope.definitions and differential is None:
        return None  # by what is defined above: see `Scope.by_defined`
    statement: Term | None = None
    exact: Term | None = None
    if function in scope.function_definitions and not is_scalar(variable.sort):
        parameters, body = scope.function_definitions[function]
        if len(parameters) != 1 or parameters[0].sort != variable.sort:
            return None
        value = scope.unfold(substitute(body, {parameters[0]: variable}))
        if not is_scalar(sort_of(value)):
            return None
        given = _given(scope, builder, variable, found, other)
        statement = gradient_statement(value, variable, given, found.transposed)
        exact = _derivative(value, variable, given, found)
    elif function in scope.definitions and not is_scalar(variable.sort):
        value = scope.unfold(function)
        if not is_scalar(sort_of(value)):
            return None
        given = _given(scope, builder, variable, found, other)
        statement = gradient_statement(value, variable, given, found.transposed)
        exact = _derivative(value, variable, given, found)
    elif differential is not None:
        given = _given(scope, builder, variable, found, other)
        statement = gradient_from_differential(scope.unfold(differential), step, given, found.transposed)
    if statement is None or without_meaning(statement):
        return None
    obligation = context.obligation(link)
    obligation.reading = f"{plain(builder.term(link.left))} = {plain(builder.term(link.right))}"
    sort_of(statement)
    claim = Claim(statement, hypotheses_in_scope(section, link.formula, statement))
    if restricted := varies_in_a_kind(scope, statement, claim.hypotheses, [variable]):
        obligation.verdict, obligation.code = Verdict.UNKNOWN, "structured-variable"
        obligation.message = f"the entries of {restricted} do not vary freely"
        return obligation
    inside = Claim(scope.unfold(statement, coordinates=True), claim.hypotheses)
    claims = (claim,) if inside == claim else (claim, inside)
    if exact is not None:  # first: what the lines below lean on
        claims = (Claim(exact, hypotheses_in_scope(section, link.formula, exact)), *claims)
    obligation.provable = obligation.refutable = claims
    if exact is not None and not context.document.claims and is_zero(given):  # of a minimum, as with numbers
        obligation.condition_if_not_proved = may_be_given(context, section, link, exact, claims[0].hypotheses)
    obligation.premises = premises_of(section, link)
    obligation.notes = tuple(builder.notes)
    said = (
        "the coefficient of the increment"
        if differential is not None and statement is not None
        else "from the definition"
    )
    obligation.sayings = (said,) * len(obligation.provable)
    return obligation


def _derivative(value: Term, variable: Symbol, given: Term, found: _Gradient) -> Term:
    """That the derivative is what is given."""
    derivative = Apply("derivative", (value, variable))
    return equal(Apply("transpose", (derivative,)) if found.transposed else derivative, given)


def _given(scope: Scope, builder: Builder, variable: Symbol, found: _Gradient, other: Node) -> Term:
    """The other side, whose shape must be that of the gradient."""
    term = scope.unfold(builder.term(other))
    wanted: Sort = variable.sort
    if isinstance(wanted, Matrix) and found.transposed:
        wanted = Matrix(wanted.columns, wanted.rows)
    given = sort_of(term)
    if term == ZERO and isinstance(wanted, Matrix):
        return zero_like(wanted)
    if not same_shape(wanted, given):
        raise IllSorted(f"the gradient is a {wanted}, the other side a {given}", str(wanted), str(given))
    return term
