"""Changed relations that may be true where the one that is written is not: another sign, the whole point of an evaluation bar."""

from __future__ import annotations

from derive.elaborate.approximation import OF_FUNCTIONS, Expansion, expansion
from derive.elaborate.context import Context, Link, Section
from derive.elaborate.obligation import Repair
from derive.elaborate.points import limits
from derive.elaborate.terms import Builder, relation
from derive.elaborate.values import series
from derive.kernel.claim import Claim
from derive.kernel.term import (
    Apply,
    Function,
    Term,
    free_symbols,
    heads,
)
from derive.language.document import Statement
from derive.language.printing import agreement, ordinal, plain, plain_name, remainder


def with_sign(context: Context, link: Link, sign: str) -> str:
    """The relation as the author wrote it, with another sign."""
    position = context.document.text.find(link.sign, link.left.end if link.first else link.start, link.right.start)
    if position < 0:
        return sign
    behind = position + len(link.sign)
    space = " " if context.document.text[behind] != " " else ""
    written = context.document.written  # with the macros of its author
    return (written(link.start, position) + sign + space + written(behind, link.end)).strip()


def first_order_repair(context: Context, link: Link, claim: Claim) -> Repair:
    """The relation with the sign of an approximation: products of increments were neglected."""
    return Repair(
        "equality-holds-to-first-order",
        "the equality holds to first order only: products of increments were neglected",
        with_sign(context, link, "\\cong"),
        claim,
    )


def first_order_repairs(
    context: Context, section: Section, link: Link, opaque: Term, inside: Term, hypotheses: tuple[Term, ...]
) -> list[Repair]:
    repairs: list[Repair] = []
    for statement in (opaque, inside):
        if not (isinstance(statement, Apply) and statement.head == "=") or (repairs and inside == opaque):
            continue
        if not section.small and heads(statement).isdisjoint(OF_FUNCTIONS):
            continue
        left, right = statement.arguments
        found = expansion(left, right, section.small)
        if found is None or found.order < 1:
            continue
        moving = free_symbols(found.variable)
        fixed = tuple(one for one in hypotheses if not free_symbols(one) & moving)
        statement_there = found.statement(left, right)
        lemmas: list[Claim] = []
        if as_limits := limits(statement_there):
            statement_there = as_limits[0]
        elif (expanded := series(statement_there)) is not None:
            statement_there, lemmas = expanded
        order = {1: "first", 2: "second"}.get(found.order, "higher")
        repairs.append(
            Repair(
                f"equality-holds-to-{order}-order",
                f"the equality holds to {ordinal(found.order)} order only: the remainder {remainder(found.variable, found.base, found.order)} was dropped",
                with_sign(context, link, "\\cong"),
                Claim(statement_there, fixed),
                lemmas=tuple(lemmas),
            )
        )
    return repairs


def whole_point_repairs(
    context: Context, section: Section, link: Link, builder: Builder, hypotheses: tuple[Term, ...]
) -> list[Repair]:
    if not builder.partial_points:
        return []
    whole = Builder(section.scope, whole_points=True)
    statement = relation(link.word, whole.term(link.left), whole.term(link.right))
    point = builder.point_name(builder.partial_points[0])
    if point is None:
        return []
    bar = f"\\bigg\\rvert_{{{_spelling(context, point[0])} = {_spelling(context, point[1])}}}"
    inside = section.scope.unfold(statement, coordinates=True)
    return [
        Repair(
            "evaluated-at-part-of-a-point",
            "the derivative is evaluated at a part of the point only, the other coordinates stay free",
            f"evaluate at the whole point: {bar}",
            Claim(inside, hypotheses),
            replaces=partial_point_notes(builder),
        )
    ]


def _spelling(context: Context, key: str) -> str:
    """A name as the author first wrote it."""
    for formula in context.formulas:
        for part in formula.parts:
            if isinstance(part, Statement):
                for node in part.node.walk():
                    if node.kind == "name" and node.key == key:
                        return context.document.text[node.start : node.end].strip()
    return key


def partial_point_notes(builder: Builder) -> tuple[str, ...]:
    notes: list[str] = []
    for node in builder.partial_points:
        point = builder.point_name(node)
        if point is not None:
            note = f"an evaluation bar binds only some of the coordinates; the whole point is {plain_name(point[0])} = {plain_name(point[1])}"
            if note not in notes:
                notes.append(note)
    return tuple(notes)


def order_message(found: Expansion, known: Term) -> str:
    functions = sorted(plain(symbol) for symbol in free_symbols(known) if isinstance(symbol.sort, Function))
    smooth = (
        f"; {', '.join(functions)} is taken to be continuously differentiable (C^{max(found.order, 1)})"
        if functions
        else ""
    )
    return f"{agreement(found.variable, found.base, found.order)}{smooth}"
