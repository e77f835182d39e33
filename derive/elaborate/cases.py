"""Values of one case, of an outcome, at a place: `x = 0` in a text about f(x), `t = 1` beside P(t = 1 | z), `j = k` of two indices.

By itself, without a word that sets it, a value of a letter that elsewhere in the text is an argument, a random variable, an index or bound defines
nothing: the letter goes on to stand for all that it stood for. What follows is not proved by the value, and refuted only if it is false with it too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from derive.elaborate.anew import give_up
from derive.elaborate.conditions import is_put_in
from derive.elaborate.context import BEGINS_CASE, Context, Link, Section, fresh, lone_name
from derive.elaborate.families import PLACE, ways
from derive.elaborate.givens import concludes
from derive.elaborate.notation import OF_EVENTS
from derive.elaborate.obligation import Obligation
from derive.elaborate.terms import Builder
from derive.elaborate.uses import bound_by
from derive.kernel.claim import Claim
from derive.kernel.sorting import sort_of
from derive.kernel.term import Function, Number, Symbol, Term, equal, free_symbols, heads
from derive.language.document import Formula, Statement
from derive.language.printing import plain, plain_name
from derive.language.report import Verdict
from derive.language.syntax import Node

_LETTER = re.compile(r"[a-z]|\\[a-z]+")


@dataclass(frozen=True, slots=True)
class Case:
    """A value that was read as one of several: of what, which, and how the text writes it and where."""

    symbol: Symbol
    value: Term
    place: str


@dataclass(slots=True)
class Roles:
    """Names by what speaks against one value: `events` of probabilities, `arguments`, `bound` letters, the indices of `members` of families, how far sums go (`extents`), `means` of data, and pairs that are said to be `unequal`."""

    events: set[str] = field(default_factory=set)
    arguments: set[str] = field(default_factory=set)
    bound: set[str] = field(default_factory=set)
    members: set[tuple[str, tuple[str, ...]]] = field(default_factory=set)
    extents: set[str] = field(default_factory=set)
    means: set[str] = field(default_factory=set)
    unequal: set[frozenset[str]] = field(default_factory=set)

    def indices(self, several: bool) -> set[str]:
        """The letters that are indices of names; with `several` of names that stand there with other indices too."""
        templates = Counter(template for template, _ in self.members)
        return {
            index
            for template, some in self.members
            if templates[template] > several
            for index in some
            if _LETTER.fullmatch(index)
        }

    def of(self, key: str, other: Node) -> str:
        """What a name is in the text that has more than one value; empty if it may have one."""
        if key in self.events:
            return "takes several values in events"
        if key in self.arguments:
            return "is an argument"
        if key in self.bound:
            return "is bound"
        if key in self.indices(several=other.kind != "name"):
            return "is an index"
        if key in self.extents:
            return "is how far a sum goes"
        if (
            other.kind != "name"
            and f"\\bar{{{key}}}" in self.means
            and (f"{key}_{{{PLACE}}}",) in {one[:1] for one in self.members}
        ):
            return "stands for data"
        if other.kind == "name" and frozenset({key, other.key}) in self.unequal:
            return f"is said not to be {plain_name(other.key)}"
        return ""


def roles(context: Context) -> Roles:
    """The roles of the names of a document."""
    if context.roles is None:
        context.roles = found = Roles()
        for formula in context.formulas:
            for part in formula.parts:
                if isinstance(part, Statement):
                    _note(part.node, found)
    return context.roles


def _note(whole: Node, found: Roles) -> None:
    for node in whole.walk():
        kind, children = node.kind, node.children
        if kind == "name":
            found.means |= {node.key} if node.key.startswith("\\bar{") else set()
            found.members |= {(way.template, way.indices) for way in ways(node.key)[:1]}
        elif kind == "operator" and OF_EVENTS.match(node.value):
            found.arguments |= _lone(children)
            for child in children:
                if child.kind == "chain":
                    found.events |= _lone(child.children if child.value == "=" else child.children[:1])
        elif kind in {"call", "ambiguous"}:
            found.arguments |= _lone(children[1:])
        elif kind == "chain" and node.value == "sim":
            found.events |= {children[0].key} if children[0].kind == "name" else set()
        elif kind == "chain" and node.value == "!=" and all(one.kind == "name" for one in children):
            found.unequal.add(frozenset(one.key for one in children))
        else:
            found.bound |= bound_by(node)
            far = kind in {"sum", "product-over"} or (kind == "binder" and "}^{#" in node.value)
            if far and children[-1].kind == "name":
                found.extents.add(children[-1].key)


def _lone(nodes: Iterable[Node]) -> set[str]:
    return {lone[0] for one in nodes if (lone := lone_name(one)) is not None}


def case_of(context: Context, section: Section, link: Link) -> Obligation | None:
    """The relation as a value of one case; None if it may be a definition, or a claim about what is given."""
    statement, other = link.statement, link.right
    lone = lone_name(link.left)
    if lone is None or lone[1] or not (link.first and link.last) or link.leads or link.goal:
        return None
    key = lone[0]
    constant = not any(one.kind in {"name", "call"} for one in other.walk())
    named = other.kind == "name"
    if not (constant or named) or statement.connector or statement.starts_with_relation or key in other.names:
        return None
    if other.kind in {"sequence", "set", "ellipsis", "list", "interval"} or "notation" in other.kinds:
        return None
    why = roles(context).of(key, other)
    indices = roles(context).indices(several=False)
    where = statement.mark == "where" and (key in roles(context).events or {key, other.key} <= indices)
    if statement.mark and not where:
        return None
    if not why and _is_beside_another(context, link, key):
        why = "has another value beside this one"
    if not why and other.kind == "number" and key in _INDUCTIVE and _INDUCTION.search(context.document.text):
        why = "is what an induction runs over"
    scope = section.scope
    if not why or concludes(link) or _CLAIMED.search(link.formula.before) or BEGINS_CASE.search(link.formula.before):
        return None
    if is_put_in(link.formula) or _SETS.search(link.formula.before) or isinstance(scope.inference.sort(key), Function):
        return None
    symbol = scope.symbol(key)
    again = any(one.symbol == symbol for one in context.cases)
    renewed = isinstance(scope.definitions.get(symbol), Number) and key in section.placed
    random = key in roles(context).events and symbol not in scope.definitions
    if key in section.bound and not (renewed or random):
        return None
    if not again and any(symbol in one.symbols() for one in section.hypotheses if one.origin != "declaration"):
        return None
    if not again and any(symbol in free_symbols(term) for _, term, _ in section.earlier):
        return None
    builder = Builder(scope)
    value = builder.term(other)
    sort_of(equal(symbol, value))
    place = f"'{' '.join(link.text.split())}' in {context.document.place(link.start)}"
    if renewed:
        give_up(context, section, (symbol,), key, place, link.start)
    context.cases.append(Case(symbol, value, place))
    if fresh(section, key):
        section.open.add(key)
    message = f"a value in one case or at one place, no definition: {plain_name(key)} {why}"
    obligation = context.obligation(link, Verdict.ASSUMED, "case", message)
    obligation.reading, obligation.notes = f"{plain(symbol)} = {plain(value)}", tuple(builder.notes)
    return obligation


# A word that sets what stands behind it.
_SETS = re.compile(r"\b(?:put|set|choos\w+|take|pick|fix|let)(?:\s+(?:now|e\.g\.|simply|just))?[\s$]*$", re.IGNORECASE)
_INDUCTIVE = frozenset("kmnN")
_INDUCTION = re.compile(r"\binduct(?:ion|ive|ively)\b|\bbase\s+case\b|귀납", re.IGNORECASE)
_CLAIMED = re.compile(
    r"\b(?:gets?|obtain\w*|finds?|found|gives?|yields?|equals?|shows?|know|solutions?|roots?|solv\w+|that\s+is|i\.e\.?)(?:\s+that)?[\s$,:]*$|즉|얻|구하",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    r"[\s$(]*(?:[,;/)]|\b(?:and|or|vs\.?|versus|respectively|resp\.)\b|와|과|또는|혹은|이나|나)[\s$(]*", re.IGNORECASE
)


def _is_beside_another(context: Context, link: Link, key: str) -> bool:
    """Whether another value of a name stands just beside this one: the classes $t = 1$ and $t = 0$."""
    index = context.index_of.get(link.formula.start)
    if index is None or len(link.formula.parts) != 1:
        return False
    for first, second in ((index - 1, index), (index, index + 1)):
        if first < 0 or second >= len(context.formulas):
            continue
        pair = context.formulas[first], context.formulas[second]
        if not _BESIDE.fullmatch(context.document.text, pair[0].end, pair[1].start):
            continue
        values = [_value_of(one, key) for one in pair]
        if all(one is not None for one in values) and values[0] != values[1]:
            return True
    return False


def _value_of(formula: Formula, key: str) -> Node | None:
    """The value that a formula by itself gives to a name."""
    part = formula.parts[0] if formula.parts else None
    if (
        len(formula.parts) != 1
        or not isinstance(part, Statement)
        or part.node.kind != "chain"
        or part.node.value != "="
    ):
        return None
    left, right = part.node.children
    return right.placed(0) if left.kind == "name" and left.key == key and not right.names else None


_VARYING = frozenset({"derivative", "partial", "gradient", "hessian", "integral", "limit"})


def hold_cases(context: Context, obligation: Obligation) -> None:
    """Asks of a refutation below values of cases that the claim is false with each of them too, for the text may mean it to last; what would follow from
    them is not proved, but said; and what contradicts them may be of another case: it is neither a condition nor refuted."""
    if not context.cases or context.document.claims or obligation.verdict is not None or not obligation.provable:
        return
    found: dict[Claim, str] = {}
    for claim in obligation.refutable:
        symbols = free_symbols(claim.statement)
        for case in context.cases:
            if case.symbol in symbols:
                also = replace(claim, hypotheses=(*claim.hypotheses, equal(case.symbol, case.value)))
                found.setdefault(also, f"{case.place}, if it still holds here,")
    obligation.narrower = (*obligation.narrower, *((doubt, also) for also, doubt in found.items()))
    symbols = free_symbols(obligation.provable[0].statement)
    last = [one for one in {one.symbol: one for one in context.cases}.values() if one.symbol in symbols]
    if not last:
        return
    with_them = tuple(equal(one.symbol, one.value) for one in last)
    obligation.supposing = tuple(
        replace(claim, hypotheses=(*claim.hypotheses, *with_them))
        for claim in obligation.supposing or obligation.provable
    )
    obligation.supposed = " and ".join(filter(None, (obligation.supposed, *(one.place for one in last))))
    if any(isinstance(one.value, Symbol) for one in last) and heads(obligation.provable[0].statement) & _VARYING:
        obligation.doubt = obligation.doubt or f"{last[0].place}, by which letters may vary together,"
    if obligation.condition_if_not_proved:
        obligation.doubt = obligation.doubt or f"{last[0].place}, beside which it may be another case,"


def is_of_case(context: Context, statement: Term) -> bool:
    """Whether a statement speaks of a letter that has a value in a case."""
    return any(one.symbol in free_symbols(statement) for one in context.cases)
