"""Quantified hypotheses: \\forall x, y \\in S: P. What restricts a variable, and what a declaration says of its letter, is a premise of P."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from derive.elaborate.membership import membership
from derive.kernel.sorting import is_scalar
from derive.kernel.term import Apply, Function, Sort, Symbol, Term, free_symbols, substitute
from derive.language.syntax import Node, UnreadError

if TYPE_CHECKING:
    from derive.elaborate.context import Section
    from derive.elaborate.terms import Builder


def quantified(builder: Builder, node: Node) -> Term:
    """The statement for all values of its variables in their sorts."""
    body, *ranges = node.children
    variables: dict[str, Symbol] = {}
    premises: list[Node] = []
    facts: list[Term] = []
    mapping: dict[Term, Term] = {}
    for one in ranges:
        name = one if one.kind == "name" else next(child for child in one.children if child.kind == "name")
        symbol = variables.setdefault(name.key, _variable(builder, name))
        if one.kind == "chain" and one.value != "in":
            premises.append(one)
        elif one.kind == "chain":
            said = membership(*one.children)
            if said is None:
                raise UnreadError(
                    one.start, "what this set is is not known here; write what holds of its members", "quantifier"
                )
            if said.facts_of_witness:
                raise UnreadError(one.start, "does \\mathbb{N} hold 0? Write \\ge 0 or \\ge 1", "ambiguous-naturals")
            ranging = Symbol(name.key, said.sort)
            if ranging != symbol and not (is_scalar(ranging.sort) and is_scalar(symbol.sort)):
                raise UnreadError(
                    one.start, f"{name.value or name.key} has another shape elsewhere: declare it", "quantifier"
                )
            mapping[symbol], variables[name.key] = ranging, ranging
            facts += said.facts
    if body.kind in {"implies", "iff"} and not all(_speaks_of(side, variables) for side in body.children):
        message = "for all of the whole, or of its first part only? Put brackets around what holds for all"
        raise UnreadError(node.start, message, "ambiguous-scope")
    with builder.binding(*variables):
        statement = builder.formula(body)
        supposed = [builder.formula(one) for one in premises]
    for symbol in variables.values():
        facts = [*builder.scope.facts.get(symbol.name, ()), *facts]
    for premise in reversed([*facts, *supposed]):
        statement = Apply("implies", (premise, statement))
    statement = substitute(statement, {one: other for one, other in mapping.items() if one != other})
    for symbol in reversed(variables.values()):
        statement = Apply("forall", (statement, symbol))
    return statement


def without_quantifiers(section: Section, statement: Term) -> Term:
    """A claim for all x as one of x: of what nothing else is supposed but what its declaration says, which is a premise of the claim."""
    while isinstance(statement, Apply) and statement.head == "forall":
        body, variable = statement.arguments
        assert isinstance(variable, Symbol)
        facts = section.scope.facts.get(variable.name, ())
        if any(variable in one.symbols() and one.term not in facts for one in section.hypotheses):
            break
        statement = body
    return statement


def _speaks_of(node: Node, variables: Iterable[str]) -> bool:
    return not node.names.isdisjoint(variables)


def _variable(builder: Builder, name: Node) -> Symbol:
    """The symbol of a variable, if its letter stands for nothing else."""
    symbol = builder.scope.symbol(name.key)
    definitions = builder.scope.definitions
    used = symbol in definitions or any(symbol in free_symbols(value) for value in definitions.values())
    if used or isinstance(symbol.sort, Function):
        raise UnreadError(
            name.start, "the letter of this variable stands for something; take another one", "quantifier"
        )
    return symbol


def parts_of(statement: Term) -> tuple[Term, ...]:
    """What a quantified conjunction or equivalence says one by one; another statement as it stands."""
    return tuple(_parts(statement)) if isinstance(statement, Apply) and statement.head == "forall" else (statement,)


def _parts(statement: Term) -> Iterable[Term]:
    if not isinstance(statement, Apply):
        return [statement]
    one, *rest = statement.arguments
    match statement.head:
        case "forall":
            return [Apply("forall", (part, *rest)) for part in _parts(one)]
        case "implies":
            return [Apply("implies", (one, part)) for part in _parts(rest[0])]
        case "and":
            return [part for argument in statement.arguments for part in _parts(argument)]
        case "iff":
            return [Apply("implies", (one, rest[0])), Apply("implies", (rest[0], one))]
    return [statement]


def ranges_in(nodes: Iterable[Node]) -> dict[str, Sort]:
    """The sorts of the letters that stand nowhere but in statements in which a quantifier binds them, and gives them a set."""
    found: dict[str, Sort] = {}
    outside: set[str] = set()
    nodes = list(nodes)
    for node in nodes if any("forall" in node.kinds for node in nodes) else ():
        _look(node, frozenset(), found, outside)
    return {key: sort for key, sort in found.items() if key not in outside}


def _look(node: Node, bound: frozenset[str], found: dict[str, Sort], outside: set[str]) -> None:
    if node.kind == "name" and node.key not in bound:
        outside.add(node.key)
    if node.kind == "forall":
        for one in node.children[1:]:
            names = [child.key for child in (one, *one.children) if child.kind == "name"]
            bound |= frozenset(names[:1])
            said = membership(*one.children) if one.kind == "chain" and one.value == "in" else None
            if said is not None and found.setdefault(said.key, said.sort) != said.sort:
                outside.add(said.key)
    for child in node.children:
        _look(child, bound, found, outside)
