r"""Goals stated before they are proved: the formula of a theorem, what "we show that" announces.

A goal is a claim. Where the symbol on its left is new, it is what the proof below defines: `S = \frac{n(n+1)(2n+1)}{6}` in a theorem, then `S = \sum_k k^2` in its
proof. At the end a goal that stayed unknown is tried again: with that definition, and from what is proved below it between its own two sides. Only what the
kernel accepts under the hypotheses that the goal stood under makes it proved: conditions set in between (a case, "assume") do not leak.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from derive.elaborate.context import Context, Hypothesis, Link, Section, lone_name
from derive.elaborate.doubt import Doubt
from derive.elaborate.obligation import Obligation
from derive.elaborate.sorts import letter_of
from derive.kernel.claim import Claim
from derive.kernel.term import Apply, Function, Symbol, Term, free_symbols
from derive.language.document import THEOREM_LEVEL, Document, Formula, Statement
from derive.language.syntax import Node

_KINDS = r"(?:Theorem|Proposition|Lemma|Corollary|Claim|보조\s*정리|따름\s*정리|정리|명제)(?:\s*\d+(?:\.\d+)*)?(?:\s*\([^)\n]*\))?"
_THEOREM = re.compile(rf"^[ \t>*_#-]*{_KINDS}(?:[*_]*\s*[.:][*_]*|[*_]+(?=\s)|(?=\s*$))", re.IGNORECASE | re.MULTILINE)
_PROOF = re.compile(r"^[ \t>*_#-]*(?:Proof|Derivation|증명|유도)\b", re.IGNORECASE | re.MULTILINE)
_SHOW = re.compile(
    r"\b(?:show|shows|prove|verify|establish|showing|proving|verifying|claim)\s+(?:that|the\s+(?:identity|formula|equation|relation))\s*:?[\s$]*$|\bto\s+(?:show|prove)\s*:?[\s$]*$",
    re.IGNORECASE,
)
_SHOWN = re.compile(r"[\s$]*(?:임|함|됨)?(?:을|를)\s*(?:보이|증명|보여)")
_SETS = re.compile(
    r"\b(?:let|set|put|write|define[ds]?|denote[ds]?|where|with|consider|suppose|assume|given|if|for|choose|call)\b|라\s*하|라고|정의|놓|두자",
    re.IGNORECASE,
)
_THEN = re.compile(r"\b(?:then|we\s+have|it\s+follows|it\s+holds)\b|그러면|이면|일\s*때", re.IGNORECASE)
_END = re.compile(r"[.!?。](?=\s)|\n[ \t]*\n")
_WINDOW = 400  # characters before a formula in which its sentence is looked for


@dataclass(slots=True)
class Goal:
    """A claim that is open: the section, the place and the hypotheses that it stands under. `symbols` are new in it, and may be defined below."""

    obligation: Obligation
    section: Section
    start: int
    symbols: frozenset[Symbol] = frozenset()
    known: tuple[Hypothesis, ...] = ()
    defined: tuple[Symbol, ...] = ()
    by: tuple[str, ...] = ()  # the lines that define them
    statement: Term | None = None  # with what they stand for
    within: bool = True  # nothing was assumed between the goal and the definitions


class Goals:
    """The goals of a document."""

    def __init__(self, document: Document, formulas: list[Formula]) -> None:
        self._document = document
        self._formulas = formulas
        self._stated = {} if document.claims else _stated(document, formulas)
        self._open: list[Goal] = []
        self._theorems = _environments(document)

    def holds_in_proof(self, formula: Formula) -> bool:
        """Whether a condition is that of a theorem of TeX, under which its proof stands too: the only sentence in it with a condition."""
        theorem = next((one for one in self._theorems if one[0] <= formula.start < one[1]), None)
        if theorem is None:
            return False
        sentences = {
            other.sentence
            for other in self._formulas
            if theorem[0] <= other.start < theorem[1]
            for part in other.parts
            if isinstance(part, Statement) and part.mark in {"if", "when"}
        }
        return sentences == {formula.sentence}

    def leaves_open(self, link: Link) -> bool:
        """Whether the relation is a goal that does not define the symbol on its left: what stands below says what that is."""
        if link.formula.start not in self._stated or link.statement.mark or not link.first or link.word != "=":
            return False
        key = _key(link.left)
        return key is not None and (self._definition(link) is not None or self._is_used(link, key))

    def _below(self, link: Link) -> list[tuple[Formula, Statement]]:
        """The statements of the proof."""
        begin, end = self._stated[link.formula.start]
        return [
            (formula, part)
            for formula in self._formulas
            if formula.section == link.formula.section and begin <= formula.start < end
            for part in formula.parts
            if isinstance(part, Statement)
        ]

    def _definition(self, link: Link) -> Formula | None:
        """The first formula below that says of the symbol on the left something else than the goal does."""
        value = self._text(link.right)
        for formula, part in self._below(link):
            node = part.node
            if formula.start in self._stated or node.kind != "chain" or node.value.split()[0] not in {"=", ":="}:
                continue
            if _key(node.children[0]) == _key(link.left) and self._text(node.children[1]) != value:
                return formula
        return None

    def _is_used(self, link: Link, key: str) -> bool:
        """Whether a relation of the proof speaks of the symbol otherwise than the goal does."""
        for formula, part in self._below(link):
            if part.node.kind == "chain" and formula.start not in self._stated and _key(part.node.children[0]) != key:
                return any(one.kind == "name" and one.key == key for one in part.node.walk())
        return False

    def _text(self, node: Node) -> str:
        return re.sub(r"\s+", "", self._document.text[node.start : node.end])

    def begin(self, section: Section, link: Link, obligation: Obligation) -> None:
        """A goal whose left side is new: nothing is known of it until it is defined."""
        key = _key(link.left) or ""
        definition = self._definition(link)
        end = definition.start if definition is not None else None
        reason = f"{key}, of which this is to be shown,"
        section.doubts.append(Doubt(frozenset({letter_of(key)}), reason, section.number, link.start + 1, end))
        section.open.add(key)  # it is as new
        self._note(section, link.formula, obligation, key)

    def leave(self, section: Section, formula: Formula, obligation: Obligation) -> None:
        """A claim that stays open where it stands."""
        if obligation.provable and all(one.obligation is not obligation for one in self._open):
            self._note(section, formula, obligation, "")

    def _note(self, section: Section, formula: Formula, obligation: Obligation, key: str) -> None:
        symbols: frozenset[Symbol] = frozenset()
        if formula.start in self._stated:
            mentioned = {
                one.key
                for other in self._formulas
                if other.start < formula.start
                for part in other.parts
                if isinstance(part, Statement)
                for one in part.node.walk()
                if one.kind == "name"
            }
            new = {
                one
                for one in free_symbols(obligation.provable[0].statement)
                if one.name == key or (isinstance(one.sort, Function) and one.name not in mentioned)
            }
            symbols = frozenset(one for one in new if one.name not in section.scope.inference.declared)
        self._open.append(Goal(obligation, section, formula.start, symbols, tuple(section.hypotheses)))

    def pass_by(self, formula: Formula) -> None:
        """What a formula defines, for the goals that wait for it."""
        names = {
            one.key
            for part in formula.parts
            if isinstance(part, Statement)
            for one in part.node.walk()
            if one.kind == "name"
        }
        for goal in self._open:
            if goal.start >= formula.start or not goal.symbols or goal.section.number != formula.section:
                continue
            goal.section.open -= names & {one.name for one in goal.symbols}  # no more new
            scope = goal.section.scope
            new = [
                one
                for one in sorted(goal.symbols, key=lambda symbol: symbol.name)
                if one not in goal.defined and (one in scope.definitions or one in scope.function_definitions)
            ]
            if not new:
                continue
            claim = goal.obligation.provable[0]
            assumed = [one for one in goal.section.hypotheses if all(one is not other for other in goal.known)]
            goal.within &= all(one.origin == "declaration" or one.refuting or one.implicit for one in assumed)
            # Another symbol of the goal may have been defined since: there it stands for any value.
            goal.within &= not any(
                one not in goal.symbols and (one in scope.definitions or one in scope.function_definitions)
                for one in free_symbols(claim.statement)
            )
            goal.defined = (*goal.defined, *new)
            goal.by = (*goal.by, *(goal.section.given[one.name] for one in new if one.name in goal.section.given))
            goal.statement = scope.unfold(claim.statement)

    def again(self) -> list[Obligation]:
        """The open claims that what stands below may prove."""
        found: list[Obligation] = []
        for goal in self._open:
            obligation = goal.obligation
            claim = obligation.provable[0]
            statement = claim.statement if goal.statement is None else goal.statement
            if not goal.within or _is_trivial(statement):
                continue
            below = tuple(
                (identity, term, True)
                for identity, term, proved in goal.section.earlier
                if proved and _order(identity) > _order(obligation.id)
            )
            if goal.statement is None and not _meets(statement, [term for _, term, _ in below]):
                continue
            again = replace(obligation, provable=(Claim(statement, claim.hypotheses),), refutable=(), earlier=below)
            found.append(replace(again, premises=goal.by, repairs=(), condition_if_not_proved=False))
        return found


def _order(identity: str) -> tuple[int, ...]:
    return tuple(int(part) for part in identity.split("."))


def _is_trivial(statement: Term) -> bool:
    return (
        isinstance(statement, Apply)
        and len(statement.arguments) == 2
        and statement.arguments[0] == statement.arguments[1]
    )


def _meets(statement: Term, below: list[Term]) -> bool:
    """Whether what is proved below begins and ends with the two sides of a relation."""
    if not isinstance(statement, Apply) or len(statement.arguments) != 2:
        return False
    sides = {side for one in below if isinstance(one, Apply) and len(one.arguments) == 2 for side in one.arguments}
    return statement not in below and all(side in sides for side in statement.arguments)


def _key(node: Node) -> str | None:
    """The name of the symbol, or of the function of symbols, that a side is."""
    if node.kind == "call" and node.children[0].kind == "name" and all(one.kind == "name" for one in node.children[1:]):
        return node.children[0].key
    lone = lone_name(node)
    return lone[0] if lone is not None and not lone[1] and node.kind == "name" else None


def _stated(document: Document, formulas: list[Formula]) -> dict[int, tuple[int, int]]:
    """The formulas that the text says are to be shown, with where that is done: between two offsets."""
    text = document.text
    theorems: list[tuple[int, int, int]] = []
    starts = [match.end() for match in _THEOREM.finditer(text)]
    proofs = [match.start() for match in _PROOF.finditer(text)]
    for index, start in enumerate(starts):
        limit = starts[index + 1] if index + 1 < len(starts) else len(text)
        proof = next((one for one in proofs if start < one < limit), None)
        if proof is not None and document.section(proof) == document.section(start):
            theorems.append((start, proof, limit))
    theorems += _environments(document)
    found: dict[int, tuple[int, int]] = {}
    for formula in formulas:
        theorem = next((one for one in theorems if one[0] <= formula.start < one[1]), None)
        begin = max(0, formula.start - _WINDOW, theorem[0] if theorem is not None else 0)
        before = text[begin : formula.start].rstrip("$ \n\t") if formula.display else text[begin : formula.start]
        sentence = _THEN.split(_END.split(before)[-1])[-1]
        if _SETS.search(sentence):
            continue
        if theorem is not None:
            found[formula.start] = theorem[1:]
        elif _SHOW.search(sentence) or _SHOWN.match(text[formula.end : formula.end + 20]):
            found[formula.start] = formula.end, len(text)
    return found


def _environments(document: Document) -> list[tuple[int, int, int]]:
    """The theorems of TeX that have a proof: where they begin, and where that does and ends."""
    found: list[tuple[int, int, int]] = []
    if not document.scopes:
        return found
    ends = [offset for offset, _ in document.scopes[1:]] + [len(document.text)]
    for number, (_, level, _) in enumerate(document.headings, 1):
        places = [
            (start, end) for (start, section), end in zip(document.scopes, ends, strict=True) if section == number
        ]
        if level == THEOREM_LEVEL and len(places) > 1:
            found.append((places[0][0], places[1][0], places[-1][1]))
    return found


def goal_claim(context: Context, section: Section, link: Link, obligation: Obligation) -> Obligation:
    """The claim of a goal whose left side is new: nothing refutes it where it stands."""
    if obligation.verdict is None and obligation.provable:
        obligation.refutable, obligation.repairs = (), ()
        obligation.condition_if_not_proved = False
        obligation.code = "to-be-shown"
        obligation.message = "stated before it is shown: what its left side is, is said below"
        context.goals.begin(section, link, obligation)
    return obligation
