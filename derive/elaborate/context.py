"""The state of an elaboration: the document as a whole, a section with what is in scope in it, and the relation that is being classified."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from derive.elaborate.conventions import own_notations
from derive.elaborate.doubt import Doubt, letters_of_latex, offered, words_in_prose
from derive.elaborate.equations import Equation, equations
from derive.elaborate.last_indices import LastIndices
from derive.elaborate.obligation import Inferred, Obligation
from derive.elaborate.said_shapes import SaidSize, said_sizes, shapes_in_prose
from derive.elaborate.sorts import letter_of
from derive.elaborate.spoken import said_in_prose
from derive.elaborate.terms import Scope
from derive.kernel.certificate import Rejected
from derive.kernel.definedness import obligations as definedness
from derive.kernel.sorting import is_scalar, is_vector
from derive.kernel.term import (
    Apply,
    IllSorted,
    Matrix,
    Number,
    Symbol,
    Term,
    free_symbols,
    heads,
    subterms,
)
from derive.language.document import Declaration, Document, Formula, Statement
from derive.language.printing import latex
from derive.language.report import Verdict
from derive.language.syntax import MEMBERSHIPS, Node

if TYPE_CHECKING:
    from derive.elaborate.cases import Case, Roles
    from derive.elaborate.distributions import Distribution
    from derive.elaborate.goals import Goals
    from derive.elaborate.laws import Laws

CONDITION_MARKS = frozenset({"if", "when", "for", "assume"})
DEFINITION_MARKS = frozenset({"let", "where", "define"})
SENTENCE_END = re.compile(r"[.!?;。](?=[\s$*_)\"']|\Z)|(?<=다)\.|\n[ \t\r]*\n|^ {0,3}#{1,6}[ \t][^\n]*\n", re.MULTILINE)
# Before the condition that a case begins with.
BEGINS_CASE = re.compile(r"\bcase\s*(?:\d+|[ivx]+|[A-Z])?\s*[:.(]?[\s$*_]*$|경우\s*\d*\s*[:.]?[\s$*_]*$", re.IGNORECASE)
FOLLOWS = frozenset({"implies", "therefore", "iff"})
NOT_JUDGED = MEMBERSHIPS | {"ni", "sim", "to", "mapsto", "propto", "equiv"}


@dataclass(slots=True)
class Link:
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
    leads: str = ""  # how the next statement of the formula hangs on this one: "implies", "iff"
    goal: bool = False  # the text says that it is to be shown, wished or guessed


@dataclass(slots=True)
class Hypothesis:
    """A condition in scope. `implicit` is the symbol that it defines.

    `paragraph` limits it to one block, and what is proved by it to one sentence: whether it still holds in the next one is open. What is `behind` a
    claim is a condition of that claim, and whether it is one of what follows is open. `sentence`: None of what is no condition of the text, 0 of
    what was only read as one.
    """

    term: Term
    origin: str
    paragraph: int | None = None
    implicit: Symbol | None = None
    refuting: bool = False  # asked of witnesses only: 0 may or may not be a natural number
    sentence: int | None = None
    behind: bool = False
    start: int | None = None  # where the text says it
    continued: bool = False  # it is not the first link of its chain
    opens: bool = True  # nothing is claimed above of its symbols: it may open a derivation
    _symbols: frozenset[Symbol] | None = field(init=False, default=None, compare=False, repr=False)
    _letters: frozenset[str] | None = field(init=False, default=None, compare=False, repr=False)
    _meaning: tuple[Term, str] | None = field(init=False, default=None, compare=False, repr=False)

    def symbols(self) -> frozenset[Symbol]:
        if self._symbols is None:
            self._symbols = free_symbols(self.term)
        return self._symbols

    def letters(self) -> frozenset[str]:
        """The letters of its symbols."""
        if self._letters is None:
            self._letters = frozenset[str]().union(*(letters_of_latex(one.name) for one in self.symbols()))
        return self._letters

    def unfolded(self, scope: Scope) -> tuple[Term, str]:
        """The condition as claims are unfolded, and what in it has no meaning here."""
        term = scope.unfold(self.term)
        if self._meaning is None or self._meaning[0] is not term:
            self._meaning = (term, without_meaning(term))
        return self._meaning


@dataclass(slots=True)
class Section:
    """What one part of the document under a heading has in scope."""

    number: int
    scope: Scope
    level: int
    seen: set[str] = field(default_factory=set)
    bound: set[str] = field(default_factory=set)
    hypotheses: list[Hypothesis] = field(default_factory=list)
    earlier: list[tuple[str, Term, bool]] = field(default_factory=list)
    given: dict[str, str] = field(default_factory=dict)  # symbol -> the id of the line that bound it
    small: list[Symbol] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    ahead: list[Hypothesis] = field(default_factory=list)  # conditions that the sentence states after the claim
    solved: dict[str, str] = field(default_factory=dict)
    open: set[str] = field(default_factory=set)  # what was said of these was given up: they are as new
    introduced: set[str] = field(default_factory=set)  # what words introduce as given: let a and b be real
    renewed: dict[str, int] = field(
        default_factory=dict
    )  # what got several values -> where it got the one before the last
    defined: dict[str, int] = field(default_factory=dict)  # symbol or function -> where it is defined
    older: dict[str, str] = field(
        default_factory=dict
    )  # what is made of something that got another meaning, and of what
    formulas: dict[str, list[tuple[tuple[str, ...], int]]] = field(
        default_factory=dict
    )  # function -> the arguments by name, and the places, of the formulas that may say what it is
    item: int | None = None  # where the first of its numbered or named items begins
    valued: dict[str, int] = field(default_factory=dict)  # symbol -> where it was given a value without letters
    numbers: set[str] = field(default_factory=set)  # names that are used as only numbers are
    dotted: set[str] = field(default_factory=set)  # names that stand in dots and norms, and may be vectors
    applied: set[str] = field(default_factory=set)  # capitals that stand before a small letter as maps do
    unordered: set[str] = field(default_factory=set)  # letters that do not commute
    understood: set[int] = field(default_factory=set)  # where the declared assumptions stand that are understood
    placed: dict[str, int] = field(
        default_factory=dict
    )  # symbol -> the number of the formula that gave it its value, by itself
    random: dict[str, frozenset[str]] = field(
        default_factory=dict
    )  # random variable whose law is known -> the names that the law is written with
    densities: list[tuple[int, int, str, Distribution]] = field(
        default_factory=list
    )  # from where to where a law is only supposed, and of what
    parts: dict[str, set[str]] = field(
        default_factory=dict
    )  # function -> the conditions of its definitions; empty of a whole one
    disputed: dict[str, str] = field(
        default_factory=dict
    )  # symbol or function -> the second equation that gives it, which neither follows from its definition nor contradicts it


def statement_at(formula: Formula, start: int) -> Statement | None:
    """The statement of a formula that holds a place."""
    return next((one for one in formula.parts if isinstance(one, Statement) and one.start <= start < one.end), None)


class Context:
    """What is known of the whole document while it is elaborated, and how obligations are made."""

    goals: Goals
    laws: Laws

    def __init__(self, document: Document) -> None:
        self.document = document
        self.formulas = [item for item in document.items if isinstance(item, Formula)]
        self._starts = [formula.start for formula in self.formulas]
        self.index_of = {formula.start: index for index, formula in enumerate(self.formulas)}
        self.declarations = [item for item in document.items if isinstance(item, Declaration)]
        self.sections: dict[int, Section] = {}
        self.last: Node | None = None
        self.ranges: dict[str, tuple[Term, ...]] = {}  # what is said of the index of a_n where a_n is defined: n >= 1
        self.last_distributed: Node | None = None  # what the last relation above says the distribution of
        self.up_to_constant = False  # the chain above has an antiderivative
        self.last_unread = False  # there is something above that was not understood
        self.last_id = ""
        self.last_carried = ""  # that of the relation which the next one goes on with
        self.last_remark = ""  # whether the relation above is no more than a condition of the one before it
        self.last_claim: Statement | None = None  # the last relation above that is none
        self.carried: dict[
            int, tuple[Node | None, Node | None, str]
        ] = {}  # of these, for the statements that begin here
        self.here: list[tuple[Scope, Symbol]] = []  # the densities that are only known in this sentence
        self.premises: list[
            Hypothesis
        ] = []  # what the statements above that lead to this one assume: A in `A \\implies B`
        self.opening: Hypothesis | None = None  # the condition that the statements with arrows, up to here, go out from
        self.before: Term | None = None  # the statement before in that row
        self.adds_identity = any(
            _adds_identity(node)
            for formula in self.formulas
            for part in formula.parts
            if isinstance(part, Statement) and "I" in part.node.names
            for node in part.node.walk()
        )
        self.scales = _scales(self.formulas)
        self.stated: list[tuple[int, Term]] = []  # what is not proved above, and where it stands
        self.links: list[Term] = []  # the links of a chain, up to here, that is said to be equivalent to it
        self.written: set[str] = set()  # the names of the statements above, under any heading
        self.shown: dict[
            int, Verdict
        ] = {}  # of the statements above: proved, if all their links are, or the first verdict that is another
        self.counts: dict[str, int] = {}
        self.not_supposed: dict[int, bool] = {}  # of the formulas at these places, what is known of their sentences
        self.asides = [*document.asides, *(one.span() for one in _FOOTNOTE.finditer(document.text))]
        self.inferred: list[Inferred] = []
        self.cases: list[Case] = []  # values above that may be those of one case
        self.roles: Roles | None = None
        self.read_apart: dict[int, set[str]] = {}  # the names that are something else in the formulas at these places
        self.has_header_above = False
        self.said = {} if document.claims else {one.formula: one for one in said_in_prose(document, self.formulas)}
        self.shapes = {} if document.claims else shapes_in_prose(document, self.formulas)
        understood = [(one.start, one.end) for one in self.said.values()]
        self.offered = [] if document.claims else offered(document)
        self.notations = [] if document.claims else own_notations(document, self.formulas)
        self.doubts = [] if document.claims else words_in_prose(document, self.formulas, understood)

    def words_before(self, formula: Formula) -> str:
        """The text between the formula before, or the beginning, and this one; empty for a claim of a declaration, which stands in no text."""
        index = self.index_of.get(formula.start)
        if index is None:
            return ""
        return self.document.text[self.formulas[index - 1].end if index else 0 : formula.start]

    def words_between(self, first: Formula, last: Formula) -> str:
        """The text between two formulas, without the formulas in it."""
        begin, end = self.index_of.get(first.start), self.index_of.get(last.start)
        if begin is None or end is None:
            return "\n\n"
        return " ".join(
            self.document.text[one.end : other.start] for one, other in pairwise(self.formulas[begin : end + 1])
        )

    @cached_property
    def equations(self) -> dict[str, list[Equation]]:
        """The equations of the text by the name that they begin or end with, in their order."""
        return equations(self.formulas)

    @cached_property
    def last_index(self) -> LastIndices:
        """The letter that is the last index of a name's family: J of c_J where the c_i are summed up to J."""
        return LastIndices(self.formulas)

    @cached_property
    def said_sizes(self) -> list[SaidSize]:
        """The sizes of which the text speaks."""
        return said_sizes(self.document)

    def words_of_sentence(self, formula: Formula, *, behind: bool = True) -> str:
        """The words of the sentence that a formula stands in, or of its part before the formula."""
        index = self.index_of.get(formula.start)
        if index is None:
            return ""
        text, words = self.document.text, list[str]()
        for position in range(index, -1, -1):
            piece = text[self.formulas[position - 1].end if position else 0 : self.formulas[position].start]
            ends = [match.end() for match in SENTENCE_END.finditer(piece)]
            words.insert(0, piece[ends[-1] :] if ends else piece)
            if ends:
                break
        for position in range(index, len(self.formulas) if behind else index):
            following = self.formulas[position + 1].start if position + 1 < len(self.formulas) else len(text)
            piece = text[self.formulas[position].end : following]
            stop = SENTENCE_END.search(piece)
            words.append(piece[: stop.start()] if stop else piece)
            if stop:
                break
        return " ".join(words)

    def formula_at(self, offset: int) -> Formula:
        """The formula that holds a place, or else the one before it."""
        return self.formulas[max(0, bisect_right(self._starts, offset) - 1)]

    def identity(self, start: int) -> str:
        place = self.document.place(start)
        name = f"{place.cell}.{place.line}" if place.cell else str(place.line)
        self.counts[name] = self.counts.get(name, 0) + 1
        return f"{name}.{self.counts[name]}"

    def settled(
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
        return Obligation(self.identity(start), start, end, text, sign, verdict, code, place + message)

    def ill_sorted(self, start: int, end: int, text: str, sign: str, error: IllSorted) -> Obligation:
        detail = f": {error.left} against {error.right}" if error.left and error.left not in str(error) else ""
        return self.settled(start, end, text, sign, Verdict.ILL_SORTED, "ill-sorted", f"{error}{detail}")

    def obligation(self, link: Link, verdict: Verdict | None = None, code: str = "", message: str = "") -> Obligation:
        return Obligation(self.identity(link.start), link.start, link.end, link.text, link.sign, verdict, code, message)


_FOOTNOTE = re.compile(r"^\[\^[^\]\s]+\]:(?:(?!\n[ \t\r]*\n).)*", re.MULTILINE | re.DOTALL)  # of Markdown


def _adds_identity(node: Node) -> bool:
    """I + N, A - 2I: a sum of I, perhaps with a factor, and of something with another capital letter; A B = I."""
    if node.kind == "chain" and node.children[-1].key == "I" and node.value.split()[-1] == "=":
        beside = node.children[0].names
        return bool(beside) and all(len(name) == 1 and name.isupper() for name in beside)
    if node.kind != "+":
        return False
    names = [one.names for one in node.children]
    others = set[str]().union(*names) - {"I"}
    return {"I"} in names and any(len(name) == 1 and name.isupper() for name in others)


def _scales(formulas: Iterable[Formula]) -> frozenset[str]:
    r"""The letters by which densities are scaled, and which are positive if the text says nothing of them: \sigma of \frac{1}{\sqrt{2\pi}\sigma}, \frac{1}{\sqrt{2\pi\sigma^2}}."""
    found = set[str]()
    for formula in formulas:
        if "\\pi" not in formula.latex and "π" not in formula.latex:
            continue
        nodes = (part.node for part in formula.parts if isinstance(part, Statement))
        for node in (one for root in nodes for one in root.walk()):
            if node.kind in {"product", "dot"}:  # \frac{1}{\sqrt{2\pi}} \frac{1}{\sigma}
                below = [factor for one in node.children if one.kind == "/" for factor in _factors(one.children[1])]
            else:
                below = _factors(node.children[1]) if node.kind == "/" else []
            roots = [one for one in below if one.kind in {"root", "^"} and _has_pi(one.children[0])]
            inside = [factor for one in roots for factor in _factors(one.children[0])]
            bases = [one.children[0] if one.kind == "^" else one for one in (*below, *inside)]
            found.update(one.key for one in bases if roots and one.kind == "name")
    return frozenset(found)


def _factors(node: Node) -> list[Node]:
    return [part for one in node.children for part in _factors(one)] if node.kind in {"product", "dot"} else [node]


def _has_pi(node: Node) -> bool:
    return any(one.kind == "constant" and one.value == "pi" for one in node.walk())


def fresh(section: Section, key: str) -> bool:
    return key not in section.bound and (key not in section.seen or key in section.open)


def lone_name(node: Node) -> tuple[str, bool] | None:
    """The name that stands alone on a side, and whether it is transposed."""
    if node.kind == "name":
        return node.key, False
    if node.kind == "prime" and node.children[0].kind == "name":
        return node.children[0].key + node.value, False
    if node.kind == "transpose" and node.children[0].kind == "name":
        return node.children[0].key, True
    return None


def without_meaning(term: Term) -> str:
    """The first notation in the term that has no meaning here, as it is written; empty if all of it is understood."""
    for part in subterms(term) if "notation" in heads(term) else ():
        if isinstance(part, Apply) and part.head == "notation":
            return latex(part)
    return ""


def varies_in_a_kind(scope: Scope, term: Term, hypotheses: Iterable[Term], others: Iterable[Symbol] = ()) -> str:
    """The first matrix by which the term (or what is asked about `others`) is differentiated though its entries do not vary freely; empty if there is none.

    Of a symmetric X authors mean by a derivative the one of free entries, or that along symmetric matrices, in one of two layouts of the latter.
    """
    by = {
        one
        for part in subterms(term)
        if isinstance(part, Apply) and part.head in {"derivative", "gradient"}
        for one in free_symbols(part.arguments[1])
    }
    for symbol in sorted({*by, *others}, key=lambda one: one.name):
        if not isinstance(symbol.sort, Matrix) or is_vector(symbol.sort) or is_scalar(symbol.sort):
            continue
        equations = (
            one for one in hypotheses if isinstance(one, Apply) and one.head not in {"!=", "<", ">", "<=", ">="}
        )
        if letter_of(symbol.name) in scope.structured or any(symbol in free_symbols(one) for one in equations):
            return symbol.name
    return ""


def where_defined(term: Term) -> tuple[Term, ...]:
    """Where a term is defined; nothing where that is not known."""
    try:
        return definedness(term)
    except Rejected:
        return ()


def premises_of(section: Section, link: Link) -> tuple[str, ...]:
    if not section.given:
        return ()
    keys = link.left.names | link.right.names
    keys |= {key.partition("dot{")[2].removesuffix("}") for key in keys}  # of the derivative by time
    keys |= {one.name for key in keys for one in section.scope.functions_with_index(key)}
    return tuple(sorted({section.given[key] for key in keys if key in section.given}, key=id_order))


def id_order(identity: str) -> tuple[int, ...]:
    return tuple(int(part) for part in identity.split("."))


def formulas_of(section: Section, key: str, old: Term | None) -> set[str]:
    """The names that are defined by a symbol before it is given a number: of s = vt, v = 10 makes an example, and v = 5 another one."""
    if not isinstance(old, Number) or key not in section.given:
        return set()
    first = id_order(section.given[key])
    return {name for name, identity in section.given.items() if identity and id_order(identity) < first}
