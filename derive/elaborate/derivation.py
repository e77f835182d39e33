"""A document as a sequence of obligations: what each relation is (definition, condition, claim) and what would settle it.

`obligations` is a generator: it yields one `Obligation` after the other and is sent the `Outcome` of each, because what a line means can
depend on what was said of the lines before (constants are bound by the repaired statement, conditions hold below).
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterable
from dataclasses import dataclass, field

from derive.elaborate.approximation import Expansion, degree, entries, expansion, solved_constants
from derive.elaborate.doubt import Doubt, letters_of_latex, words_in_prose
from derive.elaborate.membership import membership
from derive.elaborate.sorts import Inference, base_of, letter_of, subscript_of
from derive.elaborate.terms import Builder, Scope, relation, zero_like
from derive.kernel.certificate import Rejected
from derive.kernel.claim import Claim
from derive.kernel.definedness import obligations as definedness
from derive.kernel.sorting import is_scalar, sort_of
from derive.kernel.term import (
    ONE,
    REAL,
    ZERO,
    Apply,
    Constant,
    Function,
    IllSorted,
    Matrix,
    Scalar,
    Sort,
    Symbol,
    Term,
    equal,
    free_symbols,
    multiply,
    negate,
    substitute,
    subterms,
)
from derive.language.declarations import sort_from_text
from derive.language.document import Declaration, Document, Formula, Statement, Unread
from derive.language.printing import latex
from derive.language.report import Verdict
from derive.language.syntax import Node, UnreadError

_TAYLOR = re.compile(r"테일러|Taylor|전개|[Ee]xpansion|[Ee]xpand|[Aa]pproximat|근사")
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")
_SENTENCE_END = re.compile(r"[.!?;。](?=\s|$)|(?<=다)\.")
_CONDITION_MARKS = frozenset({"if", "when", "for", "assume"})
_DEFINITION_MARKS = frozenset({"let", "where", "define"})
_FOLLOWS = frozenset({"implies", "therefore", "iff"})
# Functions that are not arbitrary where nothing introduces them.
_CONVENTIONAL_FUNCTIONS = frozenset(
    {"P", "p", "E", "H", "\\mathbb{P}", "\\mathbb{E}", "\\sigma", "\\Phi", "\\zeta", "\\psi", "\\delta"}
)
_NOT_JUDGED = frozenset({"in", "sim", "to", "propto", "equiv"})
# The kinds of a declaration that `_declared_facts` says completely; any other restricts its symbol without a hypothesis.
_SAID_KINDS = frozenset({"symmetric", "skew", "orthogonal", "projection", "invertible"})
_UNDECIDED_CODES = frozenset({"derivative-of-definition", "circular-definition", "name-clash"})


@dataclass(frozen=True, slots=True)
class Repair:
    """A changed relation that may be true: if `claim` is proved it is suggested as `suggestion`, and `bind` is what it fixes."""

    code: str
    message: str
    suggestion: str
    claim: Claim
    bind: tuple[tuple[Symbol, Term], ...] = ()


@dataclass(slots=True)
class Obligation:
    """One relation of the document, and what would settle it.

    With `verdict` it is settled by what it is. Otherwise it is a claim: proved if one of `provable` is, refuted if one of `refutable` is; each of
    these is the same statement with vectors opaque or in components. `duties` must be proved for a definition to define something.
    `earlier` are statements above that may be leaned on, with their ids and whether they are proved.
    """

    id: str
    start: int
    end: int
    latex: str
    relation: str
    verdict: Verdict | None = None
    code: str = ""
    message: str = ""
    reading: str = ""
    provable: tuple[Claim, ...] = ()
    refutable: tuple[Claim, ...] = ()
    repairs: tuple[Repair, ...] = ()
    duties: tuple[Claim, ...] = ()
    conditions: tuple[Term, ...] = ()
    premises: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    earlier: tuple[tuple[str, Term, bool], ...] = ()
    condition_if_not_proved: bool = False
    continues: str = ""  # the id of the link before in the same chain
    reason: str = ""
    display: tuple[tuple[Symbol, Term], ...] = ()  # defined symbols worth showing in a counterexample
    bind: tuple[tuple[Symbol, Term], ...] = ()  # what a proof of the claim fixes
    doubt: str = ""  # what in scope is not understood and may exclude a witness: the claim is not refuted


@dataclass(frozen=True, slots=True)
class Outcome:
    """What verify sends back: the verdict, and the repair that was proved, if any."""

    verdict: Verdict
    repair: Repair | None = None


@dataclass(slots=True)
class _Link:
    """A relation between two members of a chain, while it is classified."""

    statement: Statement
    formula: Formula
    word: str
    sign: str
    left: Node
    right: Node
    start: int
    end: int
    text: str
    first: bool
    last: bool


@dataclass(slots=True)
class _Hypothesis:
    """A condition in scope. `paragraph` limits it to one block; `implicit` is the symbol that it defines."""

    term: Term
    origin: str
    paragraph: int | None = None
    implicit: Symbol | None = None
    refuting: bool = False  # asked of witnesses only: 0 may or may not be a natural number


@dataclass(slots=True)
class _Section:
    """What one part of the document under a heading has in scope."""

    scope: Scope
    level: int
    seen: set[str] = field(default_factory=set)
    bound: set[str] = field(default_factory=set)
    hypotheses: list[_Hypothesis] = field(default_factory=list)
    earlier: list[tuple[str, Term, bool]] = field(default_factory=list)
    given: dict[str, str] = field(default_factory=dict)  # symbol -> the id of the line that bound it
    small: list[Symbol] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    ahead: list[_Hypothesis] = field(default_factory=list)  # conditions that the sentence states after the claim
    solved: dict[str, str] = field(default_factory=dict)


def obligations(document: Document) -> Generator[Obligation, Outcome, list[str]]:
    """The obligations of a document in order; returns the declarations that were inferred."""
    return (yield from _Elaboration(document).run())


class _Elaboration:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.formulas = [item for item in document.items if isinstance(item, Formula)]
        self._index_of = {formula.start: index for index, formula in enumerate(self.formulas)}
        self.declarations = [item for item in document.items if isinstance(item, Declaration)]
        self.sections: dict[int, _Section] = {}
        self.last: Node | None = None
        self.last_id = ""
        self.counts: dict[int, int] = {}
        self.inferred: list[str] = []
        self.has_header_above = False
        self.doubts = [] if document.claims else words_in_prose(document, self.formulas)
        self.doubts += self._unread_parts()

    # --- sections ----------------------------------------------------------------------------------------------------------

    def _level(self, section: int) -> int:
        return self.document.headings[section - 1][1] if 0 < section <= len(self.document.headings) else 0

    def _ancestors(self, section: int) -> list[int]:
        """The sections whose definitions are in scope: the text before every heading, and the headings above."""
        chain = [section]
        level = self._level(section)
        for earlier in range(section - 1, 0, -1):
            if self._level(earlier) < level:
                chain.append(earlier)
                level = self._level(earlier)
        if section != 0:
            chain.append(0)
        return chain[::-1]

    def _section_of(self, offset: int) -> int:
        return sum(1 for start, _, _ in self.document.headings if start <= offset)

    def _enter(self, number: int) -> _Section:
        known = self.sections.get(number)
        if known is not None:
            return known
        chain = self._ancestors(number)
        declared: dict[str, Sort] = {}
        hypotheses: list[_Hypothesis] = []
        small: list[str] = []
        doubts = [doubt for doubt in self.doubts if doubt.section in chain]
        for declaration in self.declarations:
            if self._section_of(declaration.start) in chain:
                self._declare(declaration, declared, hypotheses, small, doubts)
        formulas = [formula for formula in self.formulas if formula.section in chain]
        nodes = [part.node for formula in formulas for part in formula.parts if isinstance(part, Statement)]
        nodes += [
            declaration.node
            for declaration in self.declarations
            if declaration.node is not None and self._section_of(declaration.start) in chain
        ]
        keys = {part.key for node in nodes for part in node.walk() if part.kind == "name"}
        self._members(formulas, declared, hypotheses, doubts)
        self._decorated(declared, hypotheses, keys)
        inference = Inference(declared)
        inference.read(nodes)
        inference.finish()
        scope = Scope(inference)
        scope.bare = _bare_names(nodes)
        self._literal_components(scope, nodes)
        section = _Section(scope, self._level(number), hypotheses=hypotheses, doubts=doubts)
        section.small = [scope.symbol(name) for name in small]
        section.bound |= set(declared)
        for ancestor in chain[:-1]:
            above = self.sections.get(ancestor)
            if above is not None:
                section.seen |= above.seen
                section.bound |= above.bound
                section.hypotheses = [*above.hypotheses, *[one for one in hypotheses if one not in above.hypotheses]]
                section.given |= above.given
                section.doubts += [doubt for doubt in above.doubts if doubt not in section.doubts]
                scope.definitions |= above.scope.definitions
                scope.function_definitions |= above.scope.function_definitions
                scope.components |= above.scope.components
        self.sections[number] = section
        for declaration in self.declarations:
            if (
                declaration.kind == "assume"
                and self._section_of(declaration.start) in chain
                and declaration.node is not None
            ):
                self._assume_declared(section, declaration)
        self._note_inferred(section, declared)
        self.last = None
        return section

    def _note_inferred(self, section: _Section, declared: dict[str, Sort]) -> None:
        inference = section.scope.inference
        for key in sorted(inference.keys - set(declared)):
            sort = inference.sort(key)
            if sort != REAL:
                text = f"{key} : {_sort_text(sort)}"
                if text not in self.inferred:
                    self.inferred.append(text)

    def _declare(
        self,
        declaration: Declaration,
        declared: dict[str, Sort],
        hypotheses: list[_Hypothesis],
        small: list[str],
        doubts: list[Doubt],
    ) -> None:
        if declaration.kind == "small":
            small.extend(declaration.names)
        place = f"the declaration '{declaration.text.strip()}'"
        if declaration.kind in {"unread", "distribution"}:
            doubts.append(Doubt(None, place, 0))
        if declaration.kind != "symbols":
            return
        try:
            found = sort_from_text(declaration.sort, declaration.properties)
        except ValueError:
            doubts.append(Doubt(None, place, 0))
            return  # reported where the declaration stands
        if set(found.kinds) - _SAID_KINDS or (found.indexed and (found.signs or found.kinds)):
            letters = frozenset[str]().union(*(letters_of_latex(name) for name in declaration.names))
            doubts.append(Doubt(letters, place, 0))
        for name in declaration.names:
            sort: Sort = Function((Scalar("integer"),), found.sort) if found.indexed else found.sort
            declared[name] = sort
            if not found.indexed:
                facts = _declared_facts(Symbol(name, sort), found.signs, found.kinds)
                hypotheses.extend(_Hypothesis(term, "declaration") for term in facts)
        for letter in found.sizes:
            if letter not in declared:
                declared[letter] = Scalar("integer")
                hypotheses.append(_Hypothesis(Apply(">=", (Symbol(letter, Scalar("integer")), ONE)), "declaration"))

    def _members(
        self, formulas: list[Formula], declared: dict[str, Sort], hypotheses: list[_Hypothesis], doubts: list[Doubt]
    ) -> None:
        """`x \\in S` and the like: a sort with its facts where the set is known, a doubt where it is not."""
        for formula in formulas:
            for part in formula.parts:
                if not isinstance(part, Statement) or part.node.kind != "chain":
                    continue
                words, children = part.node.value.split(), part.node.children
                unjudged = [word for word in words if word in _NOT_JUDGED]
                if not unjudged:
                    continue
                found = membership(children[0], children[1]) if words == ["in"] else None
                if found is None:
                    line, _ = self.document.position(part.start)
                    doubts.append(
                        Doubt(
                            letters_of_latex(part.latex), f"'{part.latex}' in line {line}", formula.section, part.start
                        )
                    )
                elif found.key not in declared:
                    declared[found.key] = found.sort
                    hypotheses += [_Hypothesis(one, "declaration") for one in found.facts]
                    hypotheses += [_Hypothesis(one, "declaration", refuting=True) for one in found.facts_of_witness]

    def _unread_parts(self) -> list[Doubt]:
        """A formula that is not understood may say something of its symbols."""
        found: list[Doubt] = []
        for formula in self.formulas:
            for part in formula.parts:
                if isinstance(part, Unread):
                    line, _ = self.document.position(part.start)
                    found.append(
                        Doubt(
                            letters_of_latex(part.latex),
                            f"the unread formula in line {line}",
                            formula.section,
                            part.start,
                        )
                    )
        if self.document.claims:
            found += [Doubt(None, problem.message, 0) for problem in self.document.problems]
        return found

    def _decorated(self, declared: dict[str, Sort], hypotheses: list[_Hypothesis], keys: set[str]) -> None:
        """A bare letter also declares its decorated form when the text has only one of them."""
        for name in list(declared):
            if name in keys or letter_of(name) != base_of(name):
                continue
            subscript = name[len(base_of(name)) :]
            forms = {
                key
                for key in keys
                if letter_of(key) == base_of(name) and key[len(base_of(key)) :] == subscript and key != name
            }
            if len(forms) == 1:
                form = next(iter(forms))
                if form in declared:
                    continue
                sort = declared[name]
                declared[form] = sort
                mapping: dict[Term, Term] = {Symbol(name, sort): Symbol(form, sort)}
                for hypothesis in hypotheses:
                    hypothesis.term = substitute(hypothesis.term, mapping)

    def _assume_declared(self, section: _Section, declaration: Declaration) -> None:
        assert declaration.node is not None
        try:
            term = Builder(section.scope).formula(declaration.node)
            sort_of(term)
        except (UnreadError, IllSorted):
            section.doubts.append(Doubt(None, f"the assumption '{declaration.text}'", 0))
            return  # reported where the declaration stands
        if all(term != one.term for one in section.hypotheses):
            section.hypotheses.append(_Hypothesis(term, "declaration"))

    def _literal_components(self, scope: Scope, nodes: Iterable[Node]) -> None:
        """`\\vec w^T = [w_1; w_2]`: a vector that equals a literal of names has these as its components."""
        for node in nodes:
            for chain in (part for part in node.walk() if part.kind == "chain"):
                for left, right in zip(chain.children, chain.children[1:], strict=False):
                    for lone, value in ((left, right), (right, left)):
                        inner = lone.children[0] if lone.kind == "transpose" else lone
                        if inner.kind != "name" or value.kind != "matrix":
                            continue
                        names = [entry.key for row in value.children for entry in row.children if entry.kind == "name"]
                        total = sum(len(row.children) for row in value.children)
                        if len(names) == total == len(set(names)) and total > 1:
                            scope.components.setdefault(inner.key, tuple(names))

    # --- the run -------------------------------------------------------------------------------------------------------------

    def run(self) -> Generator[Obligation, Outcome, list[str]]:
        for item in self.document.items:
            if isinstance(item, Declaration):
                yield from self._declaration(item)
            else:
                yield from self._formula(item)
        return self.inferred

    def _declaration(self, declaration: Declaration) -> Generator[Obligation, Outcome, None]:
        problem = declaration.message if declaration.kind == "unread" else ""
        if declaration.kind == "symbols":
            try:
                sort_from_text(declaration.sort, declaration.properties)
            except ValueError as error:
                problem = str(error)
        if problem:
            yield self._settled(
                declaration.start, declaration.end, declaration.text, "", Verdict.UNREAD, "unread-declaration", problem
            )
            return
        if declaration.kind in {"assume", "let", "claim"} and declaration.node is not None:
            section = self._enter(self._section_of(declaration.start))
            statement = Statement(
                declaration.node,
                declaration.start,
                declaration.end,
                declaration.text,
                mark={"assume": "assume", "let": "let", "claim": "claim"}[declaration.kind],
            )
            if declaration.kind == "assume":
                try:
                    sort_of(Builder(section.scope).formula(declaration.node))
                except UnreadError as error:
                    yield self._settled(
                        declaration.start,
                        declaration.end,
                        declaration.text,
                        "",
                        Verdict.UNREAD,
                        error.code,
                        error.message,
                    )
                except IllSorted as error:
                    yield self._ill_sorted(declaration.start, declaration.end, declaration.text, "", error)
                return
            formula = Formula(declaration.start, declaration.end, declaration.text, False, (statement,))
            yield from self._statement(section, formula, statement, None)

    def _formula(self, formula: Formula) -> Generator[Obligation, Outcome, None]:
        fresh_section = formula.section not in self.sections
        section = self._enter(formula.section)
        if fresh_section:
            self.last = None
        bare: Node | None = None
        for part in formula.parts:
            if isinstance(part, Unread):
                yield self._settled(
                    part.start, part.end, part.latex, "", Verdict.UNREAD, part.code, part.message, at=part.offset
                )
                self.last = None if part.latex.strip() else self.last
                continue
            yield from self._statement(section, formula, part, bare)
            node = part.node
            if node.kind == "chain":
                self.last, bare = node.children[-1], None
            elif node.kind not in {"and", "or", "not", "implies", "iff"}:
                bare = node
                if not formula.before.strip(" \t-*+>→") and not formula.after.strip(" \t.,;"):
                    self.last = node
            if node.kind != "name":  # a symbol that is only mentioned may still be defined below
                section.seen |= {one.key for one in node.walk() if one.kind == "name"}

    def _statement(
        self, section: _Section, formula: Formula, statement: Statement, bare: Node | None
    ) -> Generator[Obligation, Outcome, None]:
        node = statement.node
        if node.kind in {"and", "or", "not", "implies", "iff", "forall", "exists"} or (
            node.kind == "constant" and node.value in {"true", "false"}
        ):
            yield from self._logical(section, formula, statement)
            return
        if node.kind != "chain":
            if self.document.claims:
                yield self._settled(
                    statement.start,
                    statement.end,
                    statement.latex,
                    "",
                    Verdict.UNREAD,
                    "no-relation",
                    "there is no relation here to judge",
                )
            elif node.kind == "call" and node.children[0].kind == "name":
                section.bound |= {one.key for one in node.walk() if one.kind == "name"}  # a function header
            return
        children = list(node.children)
        words = node.value.split()
        if children and children[0].kind == "missing":
            if self.last is None:
                yield self._settled(
                    statement.start,
                    statement.end,
                    statement.latex,
                    words[0] if words else "",
                    Verdict.UNREAD,
                    "nothing-to-continue",
                    "this begins with a relation, and nothing above can be its left side",
                )
                return
            children[0] = self.last
        if any(part.kind == "plus-minus" for part in node.walk()) and len(words) == 1 and words[0] == "=":
            yield from self._logical(section, formula, statement)
            return
        previous = self.last_id if statement.starts_with_relation else ""
        for index, word in enumerate(words):
            left, right = children[index], children[index + 1]
            first = index == 0
            start = (
                left.start
                if first and not statement.starts_with_relation
                else self._sign_start(left, right, statement, first)
            )
            text = self.document.text[start : right.end]
            sign = self._sign(left, right, statement, first, word)
            link = _Link(
                statement, formula, word, sign, left, right, start, right.end, text, first and not statement.starts_with_relation,
                index == len(words) - 1,
            )  # fmt: skip
            section.ahead = []
            held = self._look_ahead(section, formula, statement)
            obligation = self._link(section, link, bare)
            obligation.doubt = self._doubt(section, formula, obligation, (left, right), held)
            if statement.mark == "since":
                obligation.doubt = obligation.doubt or "the text gives it as a reason"
            if previous:
                obligation.continues = previous
            obligation.reason = statement.reason
            outcome = yield obligation
            self._learn(section, link, obligation, outcome)
            if outcome.verdict in {Verdict.UNREAD, Verdict.ILL_SORTED} or (
                statement.mark == "since" and outcome.verdict is not Verdict.PROVED
            ):
                place = f"'{obligation.latex.strip()}' in line {self.document.position(obligation.start)[0]}"
                section.doubts.append(Doubt(letters_of_latex(obligation.latex), place, formula.section, formula.start))
            previous = obligation.id
            self.last_id = obligation.id

    # --- what may restrict a claim -------------------------------------------------------------------------------------------------

    def _doubt(
        self, section: _Section, formula: Formula, obligation: Obligation, sides: Iterable[Node], held: list[Doubt]
    ) -> str:
        """Why a witness against the obligation could be excluded by what the text says; empty if it could not."""
        if obligation.verdict is not None:
            return ""
        names = {part.key for side in sides for part in side.walk() if part.kind == "name"}
        for claim in (*obligation.provable, *obligation.refutable, *obligation.duties):
            names |= {symbol.name for symbol in free_symbols(claim.statement)}
        conventional = sorted((names & _CONVENTIONAL_FUNCTIONS) - set(section.scope.inference.declared))
        if any(isinstance(section.scope.inference.sort(name), Function) for name in conventional):
            return f"a usual meaning of {conventional[0]}"
        hypotheses = [
            (one, frozenset[str]().union(*(letters_of_latex(symbol.name) for symbol in free_symbols(one.term))))
            for one in [*section.hypotheses, *section.ahead]
        ]
        letters = _reached(names, [inside for _, inside in hypotheses])
        horizon = self._horizon(formula)
        for doubt in (*held, *section.doubts):
            if doubt.start <= horizon and doubt.touches(letters):
                return doubt.reason
        for hypothesis, inside in hypotheses:
            if inside & letters:
                if hypothesis.paragraph not in {None, formula.paragraph}:
                    return f"the condition {latex(hypothesis.term)} of an earlier paragraph"
                if _without_meaning(section.scope.unfold(hypothesis.term)):
                    return f"the condition {latex(hypothesis.term)}, of which nothing is known,"
        return ""

    def _horizon(self, formula: Formula) -> int:
        """How far the text that may speak of a formula reaches: its paragraph, and for a display the next one too."""
        end = formula.end
        for _ in range(2 if formula.display else 1):
            match = _BLANK_LINE.search(self.document.text, end)
            if match is None:
                return len(self.document.text)
            end = match.end()
        return end

    def _look_ahead(self, section: _Section, formula: Formula, statement: Statement) -> list[Doubt]:
        """Conditions that the same sentence states after the claim: `x/x = 1 for x \\ne 0`. What cannot be used is a doubt."""
        if self.document.claims or statement.mark in _CONDITION_MARKS:
            return []
        held: list[Doubt] = []
        for later in self._later_statements(formula, statement):
            defines = later.mark in _DEFINITION_MARKS and later.node.value == "="
            if later.mark not in _CONDITION_MARKS | _DEFINITION_MARKS or later.node.kind != "chain":
                continue
            lone = [name[0] for child in later.node.children if (name := self._lone(child)) is not None]
            if defines and any(section.scope.component_names(key) is not None for key in lone):
                continue  # names the components of a vector
            place = Doubt(letters_of_latex(later.latex), f"'{later.latex}', said after it", formula.section)
            words = set(later.node.value.split())
            if defines or not words <= {"=", "!=", "<", "<=", ">", ">="}:
                held.append(place)
                continue
            try:
                term = Builder(section.scope).formula(later.node)
                sort_of(term)
                section.ahead.append(_Hypothesis(section.scope.unfold(term), "ahead"))
            except (UnreadError, IllSorted):
                held.append(place)
        return held

    def _later_statements(self, formula: Formula, statement: Statement) -> list[Statement]:
        """The statements behind this one in its sentence."""
        found = [part for part in formula.parts if isinstance(part, Statement) and part.start > statement.start]
        end = formula.end
        for other in self.formulas[self._index_of[formula.start] + 1 :]:
            between = self.document.text[end : other.start]
            if other.paragraph != formula.paragraph or _SENTENCE_END.search(between):
                break
            found += [part for part in other.parts if isinstance(part, Statement)]
            end = other.end
        return found

    def _sign_start(self, left: Node, right: Node, statement: Statement, first: bool) -> int:
        begin = statement.start if first else left.end
        between = self.document.text[begin : right.start]
        return (
            begin + len(between) - len(between.lstrip(" \t\r\n&\\"))
            if not between.lstrip().startswith("\\")
            else begin + len(between) - len(between.lstrip())
        )

    def _sign(self, left: Node, right: Node, statement: Statement, first: bool, word: str) -> str:
        begin = statement.start if first and statement.starts_with_relation else left.end
        between = self.document.text[begin : right.start].strip(" \t\r\n&{}()")
        found = re.search(r"\\[A-Za-z]+|:=|[=<>]", between)
        return found.group(0) if found else word

    # --- making obligations -------------------------------------------------------------------------------------------------------

    def _identity(self, start: int) -> str:
        line, _ = self.document.position(start)
        self.counts[line] = self.counts.get(line, 0) + 1
        return f"{line}.{self.counts[line]}"

    def _settled(
        self,
        start: int,
        end: int,
        text: str,
        sign: str,
        verdict: Verdict,
        code: str,
        message: str,
        at: int | None = None,
    ) -> Obligation:
        place = ""
        if verdict is Verdict.UNREAD and at is not None:
            place = f"column {self.document.position(at)[1]}: "
        return Obligation(self._identity(start), start, end, text, sign, verdict, code, place + message)

    def _ill_sorted(self, start: int, end: int, text: str, sign: str, error: IllSorted) -> Obligation:
        detail = f": {error.left} against {error.right}" if error.left and error.left not in str(error) else ""
        return self._settled(start, end, text, sign, Verdict.ILL_SORTED, "ill-sorted", f"{error}{detail}")

    def _doubt_of(self, section: _Section, link: _Link, what: str) -> None:
        """What a relation says that is not understood may exclude a witness from here on."""
        line, _ = self.document.position(link.start)
        reason = f"{what} in line {line}"
        section.doubts.append(Doubt(letters_of_latex(link.text), reason, link.formula.section, link.start))

    def _hypotheses(
        self, section: _Section, formula: Formula, statement: Term | None, *, refuting: bool = False
    ) -> tuple[Term, ...]:
        """The conditions in scope. What only defines a symbol that does not occur here is left out: it always has a value.

        With `refuting`, also those that a witness must satisfy though a proof may not use them.
        """
        names = free_symbols(statement) if statement is not None else frozenset()
        found: list[Term] = []
        for hypothesis in [*section.hypotheses, *section.ahead]:
            if hypothesis.refuting and not refuting:
                continue
            if hypothesis.paragraph is not None and hypothesis.paragraph != formula.paragraph:
                continue
            if hypothesis.implicit is not None and hypothesis.implicit not in names:
                continue
            # Unfolded as claims are: a counterexample must not give a defined symbol another value in a hypothesis.
            term = section.scope.unfold(hypothesis.term)
            if not _without_meaning(term):  # it stands among the doubts
                found.append(term)
        return tuple(found)

    def _link(self, section: _Section, link: _Link, bare: Node | None) -> Obligation:
        try:
            return self._classified(section, link, bare)
        except UnreadError as error:
            verdict = Verdict.UNKNOWN if error.code in _UNDECIDED_CODES else Verdict.UNREAD
            return self._settled(
                link.start, link.end, link.text, link.sign, verdict, error.code, error.message, at=error.offset or None
            )
        except IllSorted as error:
            return self._ill_sorted(link.start, link.end, link.text, link.sign, error)
        except Exception as error:  # a defect costs one relation, not the rest of the document
            message = f"INTERNAL ERROR ({type(error).__name__}: {error}); please report this formula"
            return self._settled(link.start, link.end, link.text, link.sign, Verdict.UNREAD, "defect", message)

    def _obligation(self, link: _Link, verdict: Verdict | None = None, code: str = "", message: str = "") -> Obligation:
        return Obligation(
            self._identity(link.start), link.start, link.end, link.text, link.sign, verdict, code, message
        )

    # --- classification (elaboration.md, K1-K11) -----------------------------------------------------------------------------------

    def _fresh(self, section: _Section, key: str) -> bool:
        return key not in section.bound and key not in section.seen

    def _lone(self, node: Node) -> tuple[str, bool] | None:
        """The name that stands alone on a side, and whether it is transposed."""
        if node.kind == "name":
            return node.key, False
        if node.kind == "transpose" and node.children[0].kind == "name":
            return node.children[0].key, True
        return None

    def _classified(self, section: _Section, link: _Link, bare: Node | None) -> Obligation:
        statement, word = link.statement, link.word
        if word in _NOT_JUDGED:
            builder = Builder(section.scope)
            shown = f"{latex(builder.member(link.left))} {link.sign} {latex(builder.member(link.right))}"
            if word in {"in", "sim", "to"}:
                section.bound |= {one.key for one in link.left.walk() if one.kind == "name"}
                found = self._obligation(link, Verdict.ASSUMED, "declaration", "says what the symbol is; not a claim")
            else:
                message = f"the relation {link.sign} is not judged yet"
                found = self._obligation(link, Verdict.UNKNOWN, "relation-not-judged", message)
            found.reading = shown
            return found
        if statement.mark == "not":
            return self._obligation(
                link, Verdict.UNKNOWN, "said-to-be-false", "the text says that this does not hold; not claimed"
            )
        if statement.mark == "question":
            return self._obligation(link, Verdict.UNKNOWN, "question", "a question, not a claim")
        if self.document.claims or statement.mark == "claim":
            return self._claim(section, link)
        if word in {":=", "<-"}:
            return self._explicit_definition(section, link)
        if statement.mark == "where" and bare is not None and link.first:
            return self._obligation(
                link,
                Verdict.ASSUMED,
                "point",
                "names the point at which the expression before it is taken; restricts no later line",
            )
        condition = statement.mark in _CONDITION_MARKS
        if word == "=":
            definition = self._definition(section, link, condition)
            if definition is not None:
                return definition
        if condition:
            return self._condition(section, link)
        return self._claim(section, link)

    def _explicit_definition(self, section: _Section, link: _Link) -> Obligation:
        lone = self._lone(link.left)
        if lone is not None and not lone[1]:
            return self._define(section, link, lone[0], link.right, transposed=False)
        function = self._function_definition(section, link, forced=True)
        if function is not None:
            return function
        raise UnreadError(link.left.start, "what is defined must be a symbol or a function of symbols", "definition")

    def _definition(self, section: _Section, link: _Link, condition: bool) -> Obligation | None:
        marked = link.statement.mark in _DEFINITION_MARKS
        follows = link.statement.connector in _FOLLOWS and not marked
        sides = ((link.left, link.right), (link.right, link.left))
        for position, (side, other) in enumerate(sides):
            lone = self._lone(side)
            if lone is None or (position == 1 and not link.last):
                continue
            if position == 0 and not link.first:
                continue
            key, transposed = lone
            if key in {one.key for one in other.walk() if one.kind == "name"}:
                continue
            if isinstance(section.scope.inference.sort(key), Function):
                continue
            if section.scope.is_part(key):
                continue  # an entry of a matrix is not free to be defined
            constant = not any(one.kind in {"name", "call"} for one in other.walk())
            if condition and constant:
                continue  # K3: a condition does not use up the freshness of its symbol
            unbound = key not in section.bound
            names_components = section.scope.components.get(key) is not None and other.kind == "matrix"
            if marked and (unbound or names_components):
                return self._define(section, link, key, other, transposed)
            if follows or (transposed and not marked):
                continue
            if self._fresh(section, key) and (position == 0 or (link.first and self._lone(link.left) is None)):
                return self._define(section, link, key, other, transposed)
        if marked and link.statement.mark == "let":
            lone = self._lone(link.left)
            if lone is not None and not lone[1] and lone[0] not in {one.key for one in link.right.walk()}:
                return self._define(section, link, lone[0], link.right, transposed=False)
        if follows or condition:
            return None
        entries_defined = self._literal_definition(section, link)
        if entries_defined is not None:
            return entries_defined
        function = self._function_definition(section, link, forced=False)
        if function is not None:
            return function
        return self._implicit_definition(section, link)

    def _define(self, section: _Section, link: _Link, key: str, value_node: Node, transposed: bool) -> Obligation:
        builder = Builder(section.scope)
        value = builder.term(value_node)
        symbol = section.scope.symbol(key)
        shown: Term = Apply("transpose", (symbol,)) if transposed else symbol
        sort_of(equal(shown, value))
        if symbol in free_symbols(section.scope.unfold(value)):
            raise UnreadError(value_node.start, f"the definition of {key} goes in a circle", "circular-definition")
        names = section.scope.components.get(key)
        message = f"defines {key}"
        if key in section.bound and symbol in section.scope.definitions:
            message = f"defines {key} anew"
        unfolded = section.scope.unfold(value)
        if unknown := _without_meaning(unfolded):
            self._doubt_of(
                section, link, f"the definition by {unknown}"
            )  # what holds for every value holds for this one
        elif names is None or value_node.kind != "matrix" or entries(value) is None:
            section.scope.definitions[symbol] = Apply("transpose", (value,)) if transposed else value
        section.bound.add(key)
        if names is not None:
            section.bound |= set(names)
        obligation = self._obligation(link, Verdict.DEFINED, "definition", message)
        section.given[key] = obligation.id
        obligation.reading = f"{latex(shown)} := {latex(value)}"
        obligation.conditions = _definedness(unfolded)
        obligation.notes = tuple(builder.notes)
        close = self._close_name(section, key)
        if close:
            obligation.notes = (*obligation.notes, f"new symbol {key}, did you mean {close}?")
        return obligation

    def _close_name(self, section: _Section, key: str) -> str | None:
        """A known symbol with the same subscript whose letter differs, where the new one's family is otherwise unknown."""
        if (
            len(key) < 5
            or not subscript_of(key)
            or any(base_of(other) == base_of(key) for other in section.seen | section.bound if other != key)
        ):
            return None
        near = [
            other
            for other in section.seen | section.bound
            if len(other) == len(key) and sum(a != b for a, b in zip(other, key, strict=True)) == 1
        ]
        return sorted(near)[0] if near else None

    def _literal_definition(self, section: _Section, link: _Link) -> Obligation | None:
        """`[C_1; C_2] = value` with every C_i new defines them (K4)."""
        if link.left.kind != "matrix" or not link.first:
            return None
        cells = [entry for row in link.left.children for entry in row.children]
        if not all(cell.kind == "name" and self._fresh(section, cell.key) for cell in cells) or len(
            {c.key for c in cells}
        ) != len(cells):
            return None
        builder = Builder(section.scope)
        left, right = builder.term(link.left), builder.term(link.right)
        sort_of(equal(left, right))
        values = entries(right)
        if values is None:
            values = tuple(Apply("component", (right, _position(index))) for index in range(1, len(cells) + 1))
        obligation = self._obligation(
            link, Verdict.DEFINED, "definition", f"defines {', '.join(cell.key for cell in cells)}"
        )
        unknown = _without_meaning(section.scope.unfold(right))
        if unknown:
            self._doubt_of(section, link, f"the definition by {unknown}")
        for cell, value in zip(cells, values, strict=True):
            if not unknown:
                section.scope.definitions[section.scope.symbol(cell.key)] = value
            section.bound.add(cell.key)
            section.given[cell.key] = obligation.id
        obligation.conditions = _definedness(section.scope.unfold(right))
        obligation.notes = tuple(builder.notes)
        return obligation

    def _function_definition(self, section: _Section, link: _Link, forced: bool) -> Obligation | None:
        """`f(x) = e` defines f, unless f is given (K5)."""
        call = link.left
        if call.kind != "call" or call.children[0].kind != "name" or not link.first:
            return None
        key, arguments = call.children[0].key, call.children[1:]
        if not all(argument.kind == "name" for argument in arguments) or len({a.key for a in arguments}) != len(
            arguments
        ):
            return None
        if key in {one.key for one in link.right.walk() if one.kind == "name"}:
            return None
        symbol = section.scope.symbol(key)
        if not isinstance(symbol.sort, Function) or len(symbol.sort.arguments) != len(arguments):
            return None
        if symbol in section.scope.function_definitions:
            return None
        if not forced and (key in section.scope.inference.declared or self._is_given(section, link, key)):
            return None
        builder = Builder(section.scope)
        parameters = tuple(section.scope.symbol(argument.key) for argument in arguments)
        body = builder.term(link.right)
        sort_of(equal(Apply("apply", (symbol, *parameters)), body))
        if unknown := _without_meaning(section.scope.unfold(body)):
            self._doubt_of(section, link, f"the definition by {unknown}")
        else:
            section.scope.function_definitions[symbol] = (parameters, body)
        section.bound |= {key}
        obligation = self._obligation(link, Verdict.DEFINED, "definition", f"defines the function {key}")
        section.given[key] = obligation.id
        obligation.reading = f"{key}({', '.join(one.name for one in parameters)}) := {latex(body)}"
        obligation.conditions = _definedness(section.scope.unfold(body))
        obligation.notes = tuple(builder.notes)
        return obligation

    def _is_given(self, section: _Section, link: _Link, key: str) -> bool:
        """K5: the function is arbitrary here, because a header or the text says so, and the equation says something of it."""
        around = link.formula.before + link.formula.after + self._prose_near(link.formula)
        if _TAYLOR.search(around):
            return True
        coefficients = self._undetermined(section, link.right)
        if not coefficients:
            return False
        if key in section.bound:  # (a): a header above
            return True
        return any(
            part.kind == "chain"
            and "approx" in part.value.split()
            and any(one.kind == "call" and one.children[0].key == key for one in part.walk())
            for formula in self.formulas
            if formula.section == link.formula.section
            for statement in formula.parts
            if isinstance(statement, Statement)
            for part in statement.node.walk()
        )

    def _prose_near(self, formula: Formula) -> str:
        """The text between the formula before and the one after."""
        index = self.formulas.index(formula)
        begin = self.formulas[index - 1].end if index else max(0, formula.start - 400)
        end = self.formulas[index + 1].start if index + 1 < len(self.formulas) else formula.end + 400
        return self.document.text[begin : formula.start] + self.document.text[formula.end : end]

    def _implicit_definition(self, section: _Section, link: _Link) -> Obligation | None:
        """A fresh scalar inside a cosine or sine defines an angle, where the quotient lies in [-1, 1] (K8)."""
        for whole, side in ((link.left, link.right), (link.right, link.left)):
            angles = [
                part
                for part in side.walk()
                if part.kind == "function"
                and part.value in {"cos", "sin"}
                and len(part.children) == 1
                and part.children[0].kind == "name"
            ]
            if len(angles) != 1:
                continue
            key = angles[0].children[0].key
            if not self._fresh(section, key) or key in {one.key for one in whole.walk() if one.kind == "name"}:
                continue
            builder = Builder(section.scope)
            left, right = builder.term(whole), builder.term(side)
            sort_of(equal(left, right))
            factor = _factor_beside(right, Apply(angles[0].value, (section.scope.symbol(key),)))
            if factor is None:
                continue
            obligation = self._obligation(
                link,
                Verdict.DEFINED,
                "definition",
                f"defines the angle {key} where the factors are nonzero: the quotient lies in [-1, 1]",
            )
            value, bound = section.scope.unfold(left), section.scope.unfold(factor)
            hypotheses = self._hypotheses(section, link.formula, None)
            obligation.duties = (
                Claim(Apply("<=", (value, bound)), hypotheses),
                Claim(Apply("<=", (negate(bound), value)), hypotheses),
            )
            shown = section.scope.unfold(factor)
            obligation.conditions = tuple(_nonzero(part) for part in _factors(factor)) or (Apply("!=", (shown, ZERO)),)
            obligation.reading = f"there is an angle {key} with {latex(equal(left, right))}"
            section.bound.add(key)
            section.given[key] = obligation.id
            section.hypotheses.append(
                _Hypothesis(section.scope.unfold(equal(left, right)), obligation.id, implicit=section.scope.symbol(key))
            )
            return obligation
        return None

    def _condition(self, section: _Section, link: _Link) -> Obligation:
        builder = Builder(section.scope)
        term = relation(link.word, builder.term(link.left), builder.term(link.right))
        sort_of(term)
        obligation = self._obligation(link, Verdict.ASSUMED, "condition", "the condition under which the text speaks")
        obligation.reading = latex(term)
        if link.word != "approx":
            paragraph = None if link.statement.mark in {"assume", *_DEFINITION_MARKS} else link.formula.paragraph
            section.hypotheses.append(_Hypothesis(section.scope.unfold(term), obligation.id, paragraph))
        obligation.notes = tuple(builder.notes)
        return obligation

    # --- claims ----------------------------------------------------------------------------------------------------------------------

    def _undetermined(self, section: _Section, node: Node) -> list[str]:
        """Fresh scalars, outside arguments and bars, that are no components of vectors (K6)."""
        found: list[str] = []

        def visit(part: Node) -> None:
            if part.kind == "name":
                key = part.key
                if (
                    self._fresh(section, key)
                    and section.scope.inference.sort(key) == REAL
                    and section.scope.component_of(key) is None
                    and not any(
                        key in header
                        for use in section.scope.inference.functions.values()
                        for header in use.scalar_headers
                    )
                    and key not in found
                ):
                    found.append(key)
                return
            if part.kind in {"call", "function", "at", "derivative", "abs", "norm", "root", "^", "/"}:
                return
            for child in part.children:
                visit(child)

        visit(node)
        return found

    def _claim(self, section: _Section, link: _Link) -> Obligation:
        builder = Builder(section.scope)
        left, right = builder.member(link.left), builder.member(link.right)
        scope = section.scope
        if not self.document.claims:
            existential = self._existential(section, link, left, right)
            if existential is not None:
                return existential
        word = link.word
        if word == "approx":
            return self._approximation(section, link, builder, left, right)
        statement = relation(word, left, right)
        sort_of(statement)
        opaque = scope.unfold(statement)
        inside = scope.unfold(statement, coordinates=True)
        obligation = self._obligation(link)
        obligation.reading = latex(statement)
        if unknown := _without_meaning(opaque):
            obligation.verdict, obligation.code = Verdict.UNKNOWN, "no-meaning-yet"
            obligation.message = f"read, but nothing is known of {unknown} here: neither proved nor refuted"
            return obligation
        hypotheses = self._hypotheses(section, link.formula, opaque)
        inside_hypotheses = tuple(scope.unfold(one, coordinates=True) for one in hypotheses)
        claims = [Claim(opaque, hypotheses)]
        if inside != opaque:
            claims.append(Claim(inside, inside_hypotheses))
        obligation.provable = tuple(claims)
        components = any(scope.component_of(symbol.name) is not None for symbol in free_symbols(opaque))
        witnessed = self._hypotheses(section, link.formula, opaque, refuting=True)
        refutable = [Claim(opaque, witnessed)]
        if inside != opaque:
            refutable.append(Claim(inside, tuple(scope.unfold(one, coordinates=True) for one in witnessed)))
        obligation.refutable = tuple(refutable[-1:]) if components else tuple(refutable)
        obligation.premises = self._premises(section, link)
        obligation.earlier = tuple(section.earlier)
        obligation.notes = tuple(builder.notes)
        obligation.display = self._displayed(section, link)
        if not self.document.claims:
            lone = self._lone(link.left)
            fresh_name = (
                lone is not None and word == "=" and self._fresh(section, lone[0]) and not scope.is_part(lone[0])
            )
            strange = self._strange_function(section, link)
            if self._may_be_existential(section, link):
                obligation.refutable = ()  # its new symbols may be constants that the text leaves open
            if fresh_name or strange:
                obligation.refutable = ()
                obligation.code = "recalled-formula" if strange else "fresh-symbol"
                obligation.message = (
                    f"{strange} occurs nowhere else: nothing is known of it here"
                    if strange
                    else "neither side is known here: it may define the symbol on the left"
                )
            may_be = link.first and link.last and bool(free_symbols(opaque)) and self._may_be_condition(section, link)
            obligation.condition_if_not_proved = may_be or link.statement.mark in _DEFINITION_MARKS
        repairs: list[Repair] = []
        if word == "=" and not (left in _TRUTH or right in _TRUTH):
            repairs += self._whole_point_repair(section, link, builder, hypotheses)
            repairs += self._first_order_repair(section, link, opaque, inside, hypotheses)
        obligation.repairs = tuple(repairs)
        if builder.partial_points:
            obligation.notes = (*obligation.notes, *self._partial_point_notes(builder))
        return obligation

    def _premises(self, section: _Section, link: _Link) -> tuple[str, ...]:
        keys = {one.key for side in (link.left, link.right) for one in side.walk() if one.kind == "name"}
        return tuple(sorted({section.given[key] for key in keys if key in section.given}, key=_id_order))

    def _displayed(self, section: _Section, link: _Link) -> tuple[tuple[Symbol, Term], ...]:
        """Defined symbols of the relation as written, with what they stand for."""
        keys = {one.key for side in (link.left, link.right) for one in side.walk() if one.kind == "name"}
        return tuple(
            (symbol, section.scope.unfold(value))
            for symbol, value in section.scope.definitions.items()
            if symbol.name in keys
        )

    def _may_be_condition(self, section: _Section, link: _Link) -> bool:
        """Whether an unmarked relation can be meant as a condition: it opens its derivation and sets an expression to a constant."""
        if link.statement.connector or link.statement.mark or link.word == "approx":
            return False
        closed = [not any(one.kind in {"name", "call"} for one in side.walk()) for side in (link.left, link.right)]
        if all(closed):
            return False
        if link.word == "=":
            return closed[1]
        lone = link.left if closed[1] else link.right
        return any(closed) and lone.kind == "name" and section.scope.symbol(lone.key) not in section.scope.definitions

    def _strange_function(self, section: _Section, link: _Link) -> str | None:
        """A function that occurs in this statement and nowhere else, with its argument (K9)."""
        here = {call.children[0] for side in (link.left, link.right) for call in side.walk() if call.kind == "call"}
        for head in here:
            base = head
            while base.kind in {"^", "prime", "superindex"}:
                base = base.children[0]
            if head.kind == "name" or base.key in section.bound:
                continue
            occurrences = sum(
                1
                for formula in self.formulas
                for part in formula.parts
                if isinstance(part, Statement)
                for one in part.node.walk()
                if one.kind == "name" and one.key == base.key
            )
            if occurrences == 1:
                return base.key
        return None

    def _approximation(self, section: _Section, link: _Link, builder: Builder, left: Term, right: Term) -> Obligation:
        scope = section.scope
        sort_of(equal(left, right))
        obligation = self._obligation(link)
        obligation.notes = tuple(builder.notes)
        obligation.reading = f"{latex(left)} {link.sign} {latex(right)}"
        if unknown := _without_meaning(scope.unfold(equal(left, right))):
            obligation.verdict, obligation.code = Verdict.UNKNOWN, "no-meaning-yet"
            obligation.message = f"read, but nothing is known of {unknown} here: neither proved nor refuted"
            return obligation
        obligation.premises = self._premises(section, link)
        obligation.earlier = ()
        claims: list[Claim] = []
        for coordinates in (False, True):
            one, other = scope.unfold(left, coordinates=coordinates), scope.unfold(right, coordinates=coordinates)
            found = expansion(one, other, section.small)
            if found is not None:
                claim = Claim(found.statement(one, other), self._smooth_hypotheses(section, link, found))
                if claim not in claims:
                    claims.append(claim)
                obligation.code, obligation.message = "", _order_message(found, one)
                obligation.reading = latex(found.statement(left, right)) if not coordinates else obligation.reading
        if not claims:
            obligation.verdict = Verdict.UNKNOWN
            obligation.code = "increment-not-settled"
            obligation.message = "what is small here, and to which order is this meant? Declare it: small h"
            return obligation
        obligation.provable = tuple(claims)
        obligation.refutable = () if self._may_be_existential(section, link) else tuple(claims)
        if builder.partial_points:
            obligation.notes = (*obligation.notes, *self._partial_point_notes(builder))
        return obligation

    def _smooth_hypotheses(self, section: _Section, link: _Link, found: Expansion) -> tuple[Term, ...]:
        """The conditions that do not fix the increment: as it tends to its limit, these stay as they are."""
        moving = free_symbols(found.variable)
        return tuple(one for one in self._hypotheses(section, link.formula, None) if not free_symbols(one) & moving)

    def _may_be_existential(self, section: _Section, link: _Link) -> bool:
        """A function's value beside symbols that nothing has introduced."""
        if self.document.claims:
            return False
        sides = ((link.left, link.right), (link.right, link.left))
        return any(one.kind == "call" and bool(self._undetermined(section, other)) for one, other in sides)

    def _existential(self, section: _Section, link: _Link, left: Term, right: Term) -> Obligation | None:
        """A known function equated to fresh coefficients: there are constants such that for all arguments (K6, K7)."""
        if link.word not in {"=", "approx"}:
            return None
        for known_node, other_node, known, other in (
            (link.left, link.right, left, right),
            (link.right, link.left, right, left),
        ):
            if known_node.kind != "call" or known_node.children[0].kind != "name":
                continue
            names = self._undetermined(section, other_node)
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
            return self._with_constants(section, link, known_inside, other_inside, constants, parameters)
        return None

    def _with_constants(
        self,
        section: _Section,
        link: _Link,
        known: Term,
        other: Term,
        constants: tuple[Symbol, ...],
        parameters: tuple[Symbol, ...],
    ) -> Obligation:
        obligation = self._obligation(link)
        hypotheses = self._hypotheses(section, link.formula, None)
        listed = ", ".join(symbol.name for symbol in constants)
        obligation.reading = f"there are constants {listed} such that for all {', '.join(one.name for one in parameters)}: {latex(equal(known, other))}"
        section.solved |= {symbol.name: "" for symbol in constants}
        solved = solved_constants(known, other, constants)
        repair: Repair | None = None
        if solved is not None:
            values, found = solved
            mapping: dict[Term, Term] = {}
            mapping.update(values.items())
            if not any(set(free_symbols(value)) & set(parameters) for value in values.values()):
                claim = Claim(found.statement(known, substitute(other, mapping)), hypotheses)
                bound = ", ".join(f"{symbol.name} = {latex(value)}" for symbol, value in values.items())
                repair = Repair(
                    "equality-holds-to-first-order",
                    f"the equality holds to first order only, with {bound}",
                    self._with_sign(link, "\\cong"),
                    claim,
                    tuple(values.items()),
                )
        if link.word == "=":
            obligation.refutable = (Claim(equal(known, other), hypotheses, constants, parameters),)
            obligation.repairs = (repair,) if repair is not None else ()
        elif repair is not None:
            obligation.provable = (repair.claim,)
            obligation.bind = repair.bind
            obligation.message = "to first order: " + _order_message(solved[1], known) if solved else ""
        else:
            obligation.code = "increment-not-settled"
            obligation.message = f"which constants {listed} are meant, and what is small?"
        return obligation

    # --- repairs ------------------------------------------------------------------------------------------------------------------------

    def _with_sign(self, link: _Link, sign: str) -> str:
        """The relation as the author wrote it, with another sign."""
        position = self.document.text.find(link.sign, link.left.end if link.first else link.start, link.right.start)
        if position < 0:
            return sign
        text = self.document.text
        return (
            text[link.start : position]
            + sign
            + (" " if text[position + len(link.sign)] != " " else "")
            + text[position + len(link.sign) : link.end]
        ).strip()

    def _first_order_repair(
        self, section: _Section, link: _Link, opaque: Term, inside: Term, hypotheses: tuple[Term, ...]
    ) -> list[Repair]:
        repairs: list[Repair] = []
        for statement in (opaque, inside):
            if not (isinstance(statement, Apply) and statement.head == "=") or (repairs and inside == opaque):
                continue
            left, right = statement.arguments
            found = expansion(left, right, section.small)
            if found is None or found.order < 1:
                continue
            moving = free_symbols(found.variable)
            fixed = tuple(one for one in hypotheses if not free_symbols(one) & moving)
            repairs.append(
                Repair(
                    "equality-holds-to-first-order" if found.order == 1 else "equality-holds-to-second-order",
                    f"the equality holds to {_ordinal(found.order)} order only: the remainder {_remainder(found)} was dropped",
                    self._with_sign(link, "\\cong"),
                    Claim(found.statement(left, right), fixed),
                )
            )
        return repairs

    def _whole_point_repair(
        self, section: _Section, link: _Link, builder: Builder, hypotheses: tuple[Term, ...]
    ) -> list[Repair]:
        if not builder.partial_points:
            return []
        whole = Builder(section.scope, whole_points=True)
        statement = relation(link.word, whole.term(link.left), whole.term(link.right))
        point = builder.point_name(builder.partial_points[0])
        if point is None:
            return []
        bar = f"\\bigg\\rvert_{{{self._spelling(point[0])} = {self._spelling(point[1])}}}"
        inside = section.scope.unfold(statement, coordinates=True)
        return [
            Repair(
                "evaluated-at-part-of-a-point",
                f"the derivative is evaluated at a part of the point only, the other coordinates stay free; evaluate at the whole point {bar}",
                f"evaluate at the whole point: {bar}",
                Claim(inside, hypotheses),
            )
        ]

    def _spelling(self, key: str) -> str:
        """A name as the author first wrote it."""
        for formula in self.formulas:
            for part in formula.parts:
                if isinstance(part, Statement):
                    for node in part.node.walk():
                        if node.kind == "name" and node.key == key:
                            return self.document.text[node.start : node.end].strip()
        return key

    def _partial_point_notes(self, builder: Builder) -> tuple[str, ...]:
        notes: list[str] = []
        for node in builder.partial_points:
            point = builder.point_name(node)
            if point is not None:
                note = (
                    f"an evaluation bar binds only some of the coordinates; the whole point is {point[0]} = {point[1]}"
                )
                if note not in notes:
                    notes.append(note)
        return tuple(notes)

    # --- logic ----------------------------------------------------------------------------------------------------------------------------

    def _logical(
        self, section: _Section, formula: Formula, statement: Statement
    ) -> Generator[Obligation, Outcome, None]:
        sign = {"implies": "\\implies", "iff": "\\iff", "and": "\\land", "or": "\\lor"}.get(statement.node.kind, "=")
        try:
            builder = Builder(section.scope)
            term = builder.formula(statement.node)
            sort_of(term)
            opaque = section.scope.unfold(term)
        except UnreadError as error:
            yield self._settled(
                statement.start,
                statement.end,
                statement.latex,
                sign,
                Verdict.UNREAD,
                error.code,
                error.message,
                at=error.offset or None,
            )
            return
        except IllSorted as error:
            yield self._ill_sorted(statement.start, statement.end, statement.latex, sign, error)
            return
        except Exception as error:  # as in `_link`
            message = f"INTERNAL ERROR ({type(error).__name__}: {error}); please report this formula"
            yield self._settled(
                statement.start, statement.end, statement.latex, sign, Verdict.UNREAD, "defect", message
            )
            return
        obligation = Obligation(self._identity(statement.start), statement.start, statement.end, statement.latex, sign)
        obligation.reading = latex(term)
        if unknown := _without_meaning(opaque):
            obligation.verdict, obligation.code = Verdict.UNKNOWN, "no-meaning-yet"
            obligation.message = f"read, but nothing is known of {unknown} here: neither proved nor refuted"
            yield obligation
            return
        claim = Claim(opaque, self._hypotheses(section, formula, opaque))
        obligation.provable = obligation.refutable = (claim,)
        obligation.notes = tuple(builder.notes)
        obligation.earlier = tuple(section.earlier)
        outcome = yield obligation
        section.earlier.append((obligation.id, opaque, outcome.verdict is Verdict.PROVED))

    # --- learning ---------------------------------------------------------------------------------------------------------------------------

    def _learn(self, section: _Section, link: _Link, obligation: Obligation, outcome: Outcome) -> None:
        """What the lines below may use."""
        bind = outcome.repair.bind if outcome.repair is not None else ()
        if outcome.verdict is Verdict.PROVED:
            bind = obligation.bind or bind
        for symbol, value in bind:
            section.scope.definitions[symbol] = value
            section.bound.add(symbol.name)
            section.given[symbol.name] = obligation.id
        if obligation.verdict is not None or not obligation.provable:
            return
        claim = obligation.provable[0]
        if outcome.verdict is Verdict.ASSUMED:
            section.hypotheses.append(_Hypothesis(claim.statement, obligation.id))
        elif claim.statement not in [term for _, term, _ in section.earlier] and not _is_approximate(claim.statement):
            section.earlier.append((obligation.id, claim.statement, outcome.verdict is Verdict.PROVED))


_TRUTH = frozenset({Constant("true", sort_of(equal(ZERO, ZERO))), Constant("false", sort_of(equal(ZERO, ZERO)))})


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


def _reached(names: Iterable[str], linked: list[frozenset[str]]) -> frozenset[str]:
    """The letters of the names, and all that conditions link to them."""
    letters = frozenset[str]().union(*(letters_of_latex(name) for name in names))
    while True:
        wider = letters.union(*(inside for inside in linked if inside & letters))
        if wider == letters:
            return letters
        letters = wider


def _without_meaning(term: Term) -> str:
    """The first notation in the term that has no meaning here; empty if all of it is understood."""
    for part in subterms(term):
        if isinstance(part, Apply) and part.head == "notation":
            name = part.arguments[0]
            assert isinstance(name, Symbol)
            return name.name
    return ""


def _definedness(term: Term) -> tuple[Term, ...]:
    """Where a term is defined; nothing where that is not known."""
    try:
        return definedness(term)
    except Rejected:
        return ()


def _is_approximate(statement: Term) -> bool:
    return isinstance(statement, Apply) and statement.head == "approx"


def _id_order(identity: str) -> tuple[int, ...]:
    return tuple(int(part) for part in identity.split("."))


def _position(index: int) -> Term:
    return multiply() if index == 1 else _number(index)


def _number(value: int) -> Term:
    from derive.kernel.term import Number

    return Number(value)


def _bare_names(nodes: Iterable[Node]) -> set[str]:
    """Names that occur other than as the head of an application."""
    found: set[str] = set()
    for node in nodes:
        heads = {id(part.children[0]) for part in node.walk() if part.kind in {"call", "ambiguous"}}
        found |= {part.key for part in node.walk() if part.kind == "name" and id(part) not in heads}
    return found


def _declared_facts(symbol: Symbol, sign: str, kinds: Iterable[str]) -> list[Term]:
    """What a declaration says of its symbol, as statements."""
    facts: list[Term] = []
    word = {"positive": ">", "nonnegative": ">=", "negative": "<", "nonzero": "!="}.get(sign)
    if word is not None:
        facts.append(Apply(word, (symbol, ZERO)))
    if isinstance(symbol.sort, Matrix):
        transposed: Term = Apply("transpose", (symbol,))
        square = Matrix(symbol.sort.rows, symbol.sort.rows)
        for kind in kinds:
            if kind in {"symmetric", "positive definite", "positive semidefinite"}:
                facts.append(equal(transposed, symbol))
            elif kind == "skew":
                facts.append(equal(transposed, negate(symbol)))
            elif kind == "orthogonal":
                facts.append(equal(multiply(transposed, symbol), Constant("identity", square)))
                facts.append(equal(multiply(symbol, transposed), Constant("identity", square)))
            elif kind == "projection":
                facts.append(equal(multiply(symbol, symbol), symbol))
            if kind in {"invertible", "orthogonal", "positive definite"}:
                facts.append(Apply("!=", (Apply("det", (symbol,)), ZERO)))
    return facts


def _factors(term: Term) -> list[Term]:
    if isinstance(term, Apply) and term.head == "*":
        return [part for factor in term.arguments for part in _factors(factor)]
    return [term]


def _factor_beside(term: Term, part: Term) -> Term | None:
    """f with term = f * part."""
    factors = _factors(term)
    if factors.count(part) != 1 or any(part in subterms(other) for other in factors if other != part):
        return None
    return multiply(*(factor for factor in factors if factor != part))


def _nonzero(term: Term) -> Term:
    """term != 0, for a norm as the vector being nonzero."""
    if isinstance(term, Apply) and term.head == "norm":
        sort = sort_of(term.arguments[0])
        if isinstance(sort, Matrix) and not is_scalar(sort):
            return Apply("!=", (term.arguments[0], zero_like(sort)))
        return Apply("!=", (term.arguments[0], ZERO))
    return Apply("!=", (term, ZERO))


def _ordinal(order: int) -> str:
    return {0: "zeroth", 1: "first", 2: "second"}.get(order, f"{order}th")


def _remainder(found: Expansion) -> str:
    start = "" if found.base == ZERO or isinstance(found.base, Constant) else f" - {latex(found.base)}"
    return f"o(|{latex(found.variable)}{start}|{'' if found.order == 1 else f'^{found.order}'})"


def _order_message(found: Expansion, known: Term) -> str:
    functions = sorted(symbol.name for symbol in free_symbols(known) if isinstance(symbol.sort, Function))
    smooth = (
        f"; {', '.join(functions)} is taken to be continuously differentiable (C^{max(found.order, 1)})"
        if functions
        else ""
    )
    return f"equal to {_ordinal(found.order)} order, with remainder {_remainder(found)}{smooth}"


def _sort_text(sort: Sort) -> str:
    if isinstance(sort, Matrix):
        if sort.columns == 1:
            return f"vector({sort.rows})"
        return f"row({sort.columns})" if sort.rows == 1 else f"matrix({sort.rows}, {sort.columns})"
    if isinstance(sort, Function):
        order = f", C{sort.order}" if sort.order else ""
        return f"function({', '.join(_sort_text(one) for one in sort.arguments)}) -> {_sort_text(sort.result)}{order}"
    return str(sort)
