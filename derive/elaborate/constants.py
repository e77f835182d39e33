"""Undetermined constants: a known function equated to an expression with fresh coefficients (elaboration.md K6, K7)."""

from __future__ import annotations

from derive.elaborate.approximation import degree, solved_constants
from derive.elaborate.context import Context, Link, Section, fresh
from derive.elaborate.obligation import Obligation, Repair
from derive.elaborate.repairs import order_message, with_sign
from derive.elaborate.restrictions import hypotheses_in_scope, note_doubt
from derive.elaborate.sorts import letter_of
from derive.kernel.claim import Claim
from derive.kernel.sorting import sort_of
from derive.kernel.term import (
    REAL,
    Apply,
    Symbol,
    Term,
    equal,
    free_symbols,
    substitute,
    subterms,
)
from derive.language.printing import plain, plain_name
from derive.language.syntax import Node


def undetermined(section: Section, node: Node) -> list[str]:
    """Fresh scalars, outside arguments and bars, that are no components of vectors (K6)."""
    found: list[str] = []

    def visit(part: Node) -> None:
        if part.kind == "name":
            key = part.key
            if (
                fresh(section, key)
                and section.scope.inference.sort(key) == REAL
                and section.scope.component_of(key) is None
                and not section.scope.is_member(key)
                and not any(
                    key in header for use in section.scope.inference.functions.values() for header in use.scalar_headers
                )
                and key not in found
            ):
                found.append(key)
            return
        if part.kind in {"sum", "product-over", "integral", "limit"} and len(part.children) > 1:
            known = len(found)
            visit(part.children[0])
            variables = part.children[1].names
            found[known:] = [key for key in found[known:] if key not in variables]
            return
        if part.kind in {"call", "function", "at", "derivative", "abs", "norm", "root", "^", "/"}:
            return
        for child in part.children:
            visit(child)

    visit(node)
    return found


def may_be_existential(context: Context, section: Section, link: Link) -> bool:
    """A function's value beside symbols that nothing has introduced, |f(x) - f(y)| \\le L|x - y| with a new L; a derivative beside a new constant, that of 2^x and K 2^x."""
    if context.document.claims:
        return False
    sides = (link.left, link.right)
    of_function = any(
        part.kind == "call"
        and part.children[0].kind == "name"
        and section.scope.symbol(part.children[0].key) not in section.scope.function_definitions
        for side in sides
        for part in side.walk()
    )
    if of_function and any(undetermined(section, side) for side in sides):
        return True
    for one, other in (sides, sides[::-1]):
        if any(part.kind == "derivative" for part in one.walk()):
            new = {letter_of(name) for name in undetermined(section, other) if name not in one.names}
            if not _ARE_CONSTANTS.isdisjoint(new):
                return True
    return False


def existential(context: Context, section: Section, link: Link, left: Term, right: Term) -> Obligation | None:
    """A known function equated to fresh coefficients: there are constants such that for all arguments (K6, K7)."""
    if link.word not in {"=", "approx"}:
        return None
    for known_node, other_node, known, other in (
        (link.left, link.right, left, right),
        (link.right, link.left, right, left),
    ):
        if known_node.kind != "call" or known_node.children[0].kind != "name":
            continue
        names = undetermined(section, other_node)
        if not names:
            continue
        scope = section.scope
        known_inside = scope.unfold(known, coordinates=True)
        other_inside = scope.unfold(other, coordinates=True)
        bases = _subtracted_from(other_inside, free_symbols(known_inside))
        constants = tuple(symbol for name in names if (symbol := scope.symbol(name)) not in bases)
        if degree(other_inside, frozenset(constants)) != 1 or not isinstance(known_inside, Apply):
            continue
        sort_of(equal(known_inside, other_inside))
        parameters = tuple(
            symbol
            for argument in known_inside.arguments[1:]
            for symbol in sorted(free_symbols(argument), key=lambda one: one.name)
        )
        if not parameters or set(parameters) & set(constants):
            continue
        if not _ARE_CONSTANTS.issuperset(letter_of(one.name) for one in constants):
            note_doubt(context, section, link, f"whether this is another {plain_name(known_node.children[0].key)}")
            continue
        return _with_constants(context, section, link, known_inside, other_inside, constants, parameters)
    return None


# What authors call coefficients that are to be found; other new letters are parameters, f(x) = a x + b, or values, f(a) = b.
_ARE_CONSTANTS = frozenset({"C", "c", "K", "k", "D"})


def _with_constants(
    context: Context,
    section: Section,
    link: Link,
    known: Term,
    other: Term,
    constants: tuple[Symbol, ...],
    parameters: tuple[Symbol, ...],
) -> Obligation:
    obligation = context.obligation(link)
    hypotheses = hypotheses_in_scope(section, link.formula, None)
    listed = ", ".join(plain(symbol) for symbol in constants)
    obligation.reading = f"there are constants {listed} such that for all {', '.join(plain(one) for one in parameters)}: {plain(equal(known, other))}"
    section.solved |= {symbol.name: "" for symbol in constants}
    solved = solved_constants(known, other, constants)
    repair: Repair | None = None
    if solved is not None:
        values, found = solved
        mapping: dict[Term, Term] = {}
        mapping.update(values.items())
        if not any(set(free_symbols(value)) & set(parameters) for value in values.values()):
            claim = Claim(found.statement(known, substitute(other, mapping)), hypotheses)
            bound = ", ".join(f"{plain(symbol)} = {plain(value)}" for symbol, value in values.items())
            repair = Repair(
                "equality-holds-to-first-order",
                f"the equality holds to first order only, with {bound}",
                with_sign(context, link, "\\cong"),
                claim,
                tuple(values.items()),
            )
    if link.word == "=":
        obligation.refutable = (Claim(equal(known, other), hypotheses, constants, parameters),)
        obligation.repairs = (repair,) if repair is not None else ()
    elif repair is not None:
        obligation.provable = (repair.claim,)
        obligation.bind = repair.bind
        obligation.message = "to first order: " + order_message(solved[1], known) if solved else ""
    else:
        obligation.code = "increment-not-settled"
        obligation.message = f"which constants {listed} are meant, and what is small?"
    return obligation


def _subtracted_from(term: Term, variables: frozenset[Symbol]) -> frozenset[Term]:
    """The symbols b of differences x - b with x one of the variables: points, not coefficients."""
    return frozenset(
        part.arguments[1].arguments[0]
        for part in subterms(term)
        if isinstance(part, Apply)
        and part.head == "+"
        and len(part.arguments) == 2
        and part.arguments[0] in variables
        and isinstance(part.arguments[1], Apply)
        and part.arguments[1].head == "negate"
    )
