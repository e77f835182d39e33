"""A document as a sequence of obligations: what each relation is (definition, condition, claim) and what would settle it.

`obligations` is a generator: it yields one `Obligation` after the other and is sent the `Outcome` of each, because what a line means can
depend on what was said of the lines before (constants are bound by the repaired statement, conditions hold below). This file walks through the
document; what a relation is stands in `definitions`, `claims`, `constants` and `repairs`, what is in scope in `sections` and `restrictions`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace

from derive.elaborate.anew import (
    contrary_cases,
    give_up,
    leave_open,
    may_be_new,
    may_say_what_is_new,
    note_formula,
    restated,
    sets_what_is_defined,
    without_guesses,
)
from derive.elaborate.arrows import begins_another, hangs_on, is_joined, leads_to, part_before, words_at_arrow
from derive.elaborate.asserted import (
    compares_what_is_defined,
    further_readings,
    in_unit,
    other_meaning,
    what_it_may_set,
)
from derive.elaborate.below import Below
from derive.elaborate.cases import case_of, hold_cases, is_of_case
from derive.elaborate.claims import claim_of, place_claim
from derive.elaborate.conditions import leave_case, leave_item, member_is_concluded, turn_round, with_bounds
from derive.elaborate.context import (
    CONDITION_MARKS,
    DEFINITION_MARKS,
    FOLLOWS,
    NOT_JUDGED,
    Context,
    Hypothesis,
    Link,
    Section,
    fresh,
    without_meaning,
)
from derive.elaborate.conventions import (
    by_other_conventions,
    differentiated_by_convention,
    in_all_conventions,
    in_own_notation,
    of_cycles,
    of_eigenvectors,
)
from derive.elaborate.definitions import condition_of, definition, explicit_definition, is_concluded_under_condition
from derive.elaborate.dependence import dependence, observe, residual
from derive.elaborate.doubt import Doubt, end_of_paragraph, letters_of_latex
from derive.elaborate.givens import CONCLUDES, begins_with_zero, concludes, is_concluded
from derive.elaborate.goals import Goals, goal_claim
from derive.elaborate.laws import Laws
from derive.elaborate.lists import as_element, as_set, perhaps_no_row
from derive.elaborate.marks import marked
from derive.elaborate.membership import members_of
from derive.elaborate.notation import notation, unjudged_relation
from derive.elaborate.obligation import Inferred, Obligation, Outcome
from derive.elaborate.other_shapes import holds_of_vectors, in_other_shapes, unordered_letters
from derive.elaborate.perhaps_arrays import UNIT_VECTORS, linear
from derive.elaborate.quantifiers import without_quantifiers
from derive.elaborate.random_variables import changed_between, claims_of_variable, speaks_of_variable
from derive.elaborate.restrictions import (
    cited_in_doubt,
    condition_in_words,
    doubt_about,
    earlier_statements,
    follows_claim,
    hypotheses_in_scope,
    in_both_orders,
    in_ranges,
    is_of_a_remark,
    is_open_condition,
    kind_in_doubt,
    look_ahead,
    note_doubt,
    of_functional_equation,
    of_vectors,
    remark,
    unread_parts,
    within_ranges,
    words_behind,
)
from derive.elaborate.said_sizes import at_said_sizes
from derive.elaborate.sections import densities_here, enter, hear, section_of
from derive.elaborate.segments import with_segments
from derive.elaborate.several_equations import ask_which_defines
from derive.elaborate.solved import rows_below
from derive.elaborate.some_values import is_range_of_some
from derive.elaborate.sorts import (
    Inference,
    has_arrow,
    is_perhaps_interval,
    is_turned_factor,
    letter_of,
    written_out_in,
)
from derive.elaborate.spoken import names_of
from derive.elaborate.steps import step
from derive.elaborate.suppositions import hold_back, leave_list_item
from derive.elaborate.terms import Builder, Scope, relation
from derive.kernel.certificate import Rejected
from derive.kernel.claim import Claim
from derive.kernel.sign import implied
from derive.kernel.sorting import is_scalar, is_vector, sort_of
from derive.kernel.term import (
    ORDERS,
    STATEMENT,
    Apply,
    Function,
    IllSorted,
    Number,
    Symbol,
    Term,
    TermError,
    free_symbols,
)
from derive.kernel.univariate import check_univariate
from derive.language.declarations import sort_from_text
from derive.language.document import Declaration, Document, Formula, Statement, Unread
from derive.language.printing import plain, plain_name
from derive.language.repeated_indices import ALSO_SUMMED, has_upper_indices, repeated_index
from derive.language.report import Verdict
from derive.language.spelling import ORDERS_OF_GROWTH
from derive.language.syntax import MEMBERSHIPS, Node, UnreadError

# Over a relation sign: a reference to another formula, or a mark of one, and no restriction.
_CITATION = re.compile(
    r"\s*(?:\\(?:eq)?ref\s*\{[^{}]*\}|[(\[]?\s*(?:[0-9]+|[a-zA-Z]|[ivx]+|\*+|\\dagger|\\star)\s*[)\]]?|[\s,;])+$"
)
# Over a sign, or at a brace: a relation of its own, under which the formula may be meant.
_RELATION = r"(?:[=<>≤≥≠≈≪]|\\(?:neq?|leq?|geq?|[lg]eqslant|ll|gg|in|notin|to|(?:long)?rightarrow|approx|simeq|equiv|sim)(?![A-Za-z]))"
_RELATES = re.compile(_RELATION)
_BRACE = re.compile(r"\\(?:under|over)(?:brace|bracket)\s*(?=\{)")
_SCRIPT = re.compile(r"\s*[_^]\s*(?:(?=\{)|(\w))")
_VANISHES = re.compile(
    rf"{_RELATION}|^\s*0\s*$|\b(?:zero|small|negligible|neglect\w*|vanish\w*|drop\w*|ignor\w*|const\w*)\b|무시|작은",
    re.IGNORECASE,
)
# What the reader stumbles over where a name is taken for something else than it is here.
_CODES_OF_SORTS = frozenset({"ambiguous-transpose", "function-without-argument", "argument-count", "not-a-function"})
_UNDECIDED_CODES = frozenset({"density-of-support", "derivative-of-definition", "circular-definition", "name-clash"})


@dataclass(frozen=True, slots=True)
class Ending:
    """What is known when a document is through: the sorts that were inferred, what stands below each claim, and the claims that it may prove."""

    inferred: list[Inferred]
    below: Below
    again: list[Obligation]


def obligations(document: Document) -> Generator[Obligation, Outcome, Ending]:
    """The obligations of a document in order."""
    if not document.claims:
        items = [with_bounds(item) if isinstance(item, Formula) else item for item in document.items]
        document = with_segments(replace(document, items=items))
    context = Context(document)
    context.goals = Goals(document, context.formulas)
    context.laws = Laws(context)
    context.doubts += unread_parts(context)
    below = Below(context)
    for item in context.document.items:
        if isinstance(item, Declaration):
            yield from _declaration(context, item)
        else:
            yield from _formula(context, item)
            below.note(item)
            context.goals.pass_by(item)
    given = {number: set(section.given) for number, section in context.sections.items()}
    inferred = [
        replace(
            one,
            defined=one.key in given[one.section],
            elsewhere=one.elsewhere | {place for place, names in context.read_apart.items() if one.key in names},
        )
        for one in context.inferred
    ]
    return Ending(inferred, below, context.goals.again())


def _declaration(context: Context, declaration: Declaration) -> Generator[Obligation, Outcome, None]:
    problem = declaration.message if declaration.kind == "unread" else ""
    if declaration.kind == "symbols":
        try:
            sort_from_text(declaration.sort, declaration.properties)
        except ValueError as error:
            problem = str(error)
    if problem:
        yield context.settled(
            declaration.start, declaration.end, declaration.text, "", Verdict.UNREAD, "unread-declaration", problem
        )
        return
    if declaration.kind in {"assume", "let", "claim"} and declaration.node is not None:
        section = enter(context, section_of(context, declaration.start))
        statement = Statement(
            declaration.node,
            declaration.start,
            declaration.end,
            declaration.text,
            mark={"assume": "assume", "let": "let", "claim": "claim"}[declaration.kind],
        )
        if declaration.kind == "assume":
            if declaration.start in section.understood:
                return
            try:
                sort_of(Builder(section.scope).formula(declaration.node))
            except UnreadError as error:
                yield context.settled(
                    declaration.start,
                    declaration.end,
                    declaration.text,
                    "",
                    Verdict.UNREAD,
                    error.code,
                    error.message,
                )
            except IllSorted as error:
                yield context.ill_sorted(declaration.start, declaration.end, declaration.text, "", error)
            return
        formula = Formula(declaration.start, declaration.end, declaration.text, False, (statement,))
        yield from _statement(context, section, formula, statement, None)


def _formula(context: Context, formula: Formula) -> Generator[Obligation, Outcome, None]:
    fresh_section = formula.section not in context.sections
    section = enter(context, formula.section)
    if fresh_section:
        context.last = None
    section.scope.move_to(formula.start)
    densities_here(context, section, formula)
    bare: Node | None = None
    leave_case(context, section, formula)
    leave_item(context, section, formula, frozenset(names_of(formula)) or _members(formula))
    leave_list_item(context, section, formula)
    hear(context, section, formula)
    following = hangs_on(context, formula)
    for part, behind in zip(formula.parts, [*formula.parts[1:], following], strict=False):
        if isinstance(part, Unread):
            yield context.settled(
                part.start, part.end, part.latex, "", Verdict.UNREAD, part.code, part.message, at=part.offset
            )
            if part.latex.strip():
                context.last, context.last_unread = None, True
            continue
        unmarked = part
        part = marked(context, formula, part)
        if begins_another(context, formula, part):
            part = replace(part, connector="")
        asked = context.document.claims or part.mark in {"question", "not"}
        if not asked and is_range_of_some(context, formula, part):
            yield _bound_there(context, section, formula, part)
            context.last_remark = "its own"
            context.written |= part.node.names
            continue
        yield from _statement(context, section, formula, part, bare, behind)
        node = part.node
        if node.kind == "chain":
            context.last_remark = remark(context, formula, unmarked if part.mark == "if" else part)
            if not context.last_remark:
                context.last, context.last_unread = _carried_on(context, part), False
                context.last_carried = context.last_id
                context.carried[part.start] = context.last, context.last_distributed, context.last_id
                context.last_claim = part
            bare = None
        elif node.kind not in {"and", "or", "not", "implies", "iff"}:
            bare = node
            alone = _is_alone(formula) and not _is_number(node)
            if alone or (isinstance(behind, Statement) and behind.starts_with_relation):
                context.last, context.last_distributed = node, None
        if node.kind != "name":  # a symbol that is only mentioned may still be defined below
            section.seen |= node.names - context.laws.defined_below(node)
        context.written |= node.names - context.laws.defined_below(node)


def _bound_there(context: Context, section: Section, formula: Formula, part: Statement) -> Obligation:
    """Where the letter lies of some value of which the statement before is said."""
    letters = letters_of_latex(part.latex)
    end = end_of_paragraph(context.document, context.formulas, part.end)
    reason = f"'{' '.join(part.latex.split())}', where some value lies,"
    section.doubts.append(Doubt(letters, reason, formula.section, part.start, end))
    message = "where some value lies of which the statement before is said: not a claim, and no condition"
    found = context.settled(part.start, part.end, part.latex, "", Verdict.ASSUMED, "declaration", message)
    with suppress(UnreadError, IllSorted):
        found.reading = plain(Builder(section.scope).formula(part.node))
    return found


def _is_number(node: Node) -> bool:
    return node.kind in {"number", "constant"} or (node.kind == "negate" and _is_number(node.children[0]))


_COMPARES = re.compile(r"\b(?:compar\w+|versus|vs|contrast\w*)\b|비교", re.IGNORECASE)


def _members(formula: Formula) -> frozenset[str]:
    """The names of which a formula only says in which set they are: x \\in \\mathbb{R}."""
    nodes = [part.node for part in formula.parts if isinstance(part, Statement)]
    if len(nodes) != len(formula.parts) or any(one.kind != "chain" or one.value != "in" for one in nodes):
        return frozenset()
    return frozenset(part.key for one in nodes for part in one.children[0].walk() if part.kind == "name")


def _lists_numbers(node: Node) -> bool:
    """4/5 (2, 0, 1), or [12, 18], which may be an interval or a least common multiple."""
    return any(
        (part.kind == "product" and any(one.kind == "tuple" for one in part.children))
        or (part.kind == "list" and [one.kind for one in part.children] == ["number", "number"])
        for part in node.walk()
    )


def _is_declared_so(node: Node) -> bool:
    """Whether a membership says what something is: a letter, a member, a value of a function, several of them; of another term, \\sqrt 2 or A B, it claims it."""
    if node.kind in {"sequence", "list", "tuple"}:
        return all(map(_is_declared_so, node.children))
    return node.kind == "ellipsis" or (
        bool(node.names) and node.kind not in {"+", "negate", "product", "dot", "/", "sqrt", "root", "operator"}
    )


def _stands_behind_arrow(context: Context, link: Link) -> bool:
    """Whether an arrow or a word stands right before a statement, and not only a comma: `\\Rightarrow x^2 = 4k^2, k \\in \\mathbb{N}` says what k is."""
    ends = [part.end for part in link.formula.parts if part.end <= link.statement.start]
    between = context.document.text[max(ends, default=link.formula.start) : link.statement.start]
    return _ONLY_SPACED.fullmatch(between) is None


_ONLY_SPACED = re.compile(r"(?:[\s,;&~]|%[^\n]*\n|\\(?:q?quad|[ ,;:]))*")


def _is_antiderivative(node: Node) -> bool:
    return any(part.kind == "binder" and part.value.startswith("\\int #1") for part in node.walk())


_FOR_ALL = re.compile(
    r"[\s$,]*(?:holds?\s+|is\s+true\s+)?for\s+(?:all|any|every|each)\b|[\s$]*(?:\\(?:quad|text\{|,|;|\s))*\s*\\?(?:forall|for\s+all)\b",
    re.IGNORECASE,
)


def _is_of_all_values(context: Context, formula: Formula, statement: Statement) -> bool:
    """Whether a relation is supposed of all values of a letter: no values of that letter tell what it says of the others."""
    if context.document.claims or statement.mark not in {*CONDITION_MARKS, *DEFINITION_MARKS}:
        return False
    if _FOR_ALL.match(context.document.text, formula.end if statement is formula.parts[-1] else statement.end):
        return True
    return any(
        part.mark == "for" and _OF_ALL.search(context.document.text, max(0, part.start - 40), part.start)
        for part in earlier_statements(context, formula, statement)
    )


def _is_said_of_all(formula: Formula, statement: Statement) -> bool:
    """x > 1 \\text{ for all } x, of nothing but x: claimed, and no condition on x."""
    behind = next((part for part in formula.parts if part.start > statement.start), None)
    if not isinstance(behind, Statement) or behind.mark != "for" or statement.mark or not statement.node.names:
        return False
    if behind.node.kind not in {"name", "sequence"} or not statement.node.names <= behind.node.names:
        return False
    return _ALL_BEHIND.search(formula.latex[statement.end - formula.start : behind.start - formula.start]) is not None


_ALL_BEHIND = re.compile(r"\\forall|\b(?:all|any|every|each)\b|모든|임의의")
_OF_ALL = re.compile(r"(?:\b(?:all|any|every|each)\b|모든|임의의)[^.$]*[$\s]*$", re.IGNORECASE)


def _of_open_function(section: Section, link: Link) -> bool:
    """f(x) = x^2 of a function that has no definition: at x, or everywhere?"""
    for side in (link.left, link.right):
        if side.kind == "call" and all(one.kind == "name" for one in side.children):
            return all(one.name != side.children[0].key for one in section.scope.function_definitions)
    return False


def _given_again(section: Section, link: Link) -> Symbol | None:
    """The symbol or function that an open relation may define anew: `f(x) = \\max(0, x)` above, `f(x) = ...` with other letters here."""
    call = link.left
    if link.word == "=" and link.first and call.kind == "name":
        return section.scope.symbol(call.key) if call.key in section.defined else None
    if not (link.word == "=" and link.first and call.kind == "call" and call.children[0].kind == "name"):
        return None
    if any(one.kind != "name" for one in call.children[1:]):
        return None
    return next((one for one in section.scope.function_definitions if one.name == call.children[0].key), None)


def _carried_on(context: Context, statement: Statement) -> Node | None:
    """What a statement after this one continues if it begins with a relation. A question claims nothing: what was asked of goes on."""
    first, last = statement.node.children[0], statement.node.children[-1]
    if statement.mark != "question":
        return first if last.kind == "missing" else last
    if statement.starts_with_relation:
        return context.last
    return first if last.kind == "missing" else None


def _statement(
    context: Context,
    section: Section,
    formula: Formula,
    statement: Statement,
    bare: Node | None,
    behind: Statement | Unread | None = None,
) -> Generator[Obligation, Outcome, None]:
    node = statement.node
    goal = statement.mark == "goal" or _is_said_of_all(formula, statement)
    if statement.mark == "goal":
        statement = replace(statement, mark="")
    section.ahead = []
    context.up_to_constant &= statement.starts_with_relation
    row = _row_of_system(formula, statement, behind)
    opens = not (statement.connector or statement.starts_with_relation or row.before)
    if opens and not is_joined(context, formula, statement):
        _forget_premises(context, section)
    if is_open_condition(statement) and not context.document.claims and not follows_claim(context, formula, statement):
        _hear_condition(context, section, formula, statement)
    if node.kind in {"and", "or", "not", "implies", "iff", "forall", "exists"} or (
        node.kind == "constant" and node.value in {"true", "false"}
    ):
        yield from _logical(context, section, formula, statement, goal, behind)
        return
    if node.kind != "chain":
        if context.document.claims:
            yield context.settled(
                statement.start,
                statement.end,
                statement.latex,
                "",
                Verdict.UNREAD,
                "no-relation",
                "there is no relation here to judge",
            )
        elif statement.connector in FOLLOWS and (left := _before_arrow(context, bare)) is not None:
            yield from _step(context, section, formula, statement, left)
        elif node.kind == "call" and node.children[0].kind == "name":
            section.bound |= node.names  # a function header
        return
    children = list(node.children)
    words = node.value.split()
    if children and children[0].kind == "missing":
        children[0] = _continued(context, formula, statement, children[0])
        again = words[0] == "sim" and context.last_distributed is not None  # X ~ A, and in the next row ~ B: X too
        if again and context.last_distributed is not None and children[0].kind != "unread":
            children[0] = context.last_distributed
    names_last = words == [":="] and children[1].kind == "missing"  # =: d
    if names_last:
        children[1] = _continued(context, formula, statement, children[1])
    context.last_distributed = None
    if any(part.kind == "plus-minus" for part in node.walk()) and len(words) == 1 and words[0] == "=":
        yield from _logical(context, section, formula, statement, goal, behind)
        return
    previous = context.last_id if statement.starts_with_relation and children[0].kind != "unread" else ""
    postponed: list[Hypothesis] = []
    for index, word in enumerate(words):
        left, right = children[index], children[index + 1]
        if word == "sim":
            if context.last_distributed is not None and index and words[index - 1] == "sim":
                left = context.last_distributed
            context.last_distributed = left
        else:
            context.last_distributed = None
        first = index == 0
        start = (
            left.start
            if first and not statement.starts_with_relation
            else _sign_start(context, left, right, statement, first)
        )
        end = right.end
        if names_last:
            start, end = statement.start, left.end
        if end < start:  # a + b =: c
            start, end = right.start, left.end
        text = context.document.text[start:end]
        sign = _sign(context, left, right, statement, first, word)
        reason = statement.reasons[index] if statement.reasons else ""
        said = replace(statement, mark="assume") if reason == "!" and not statement.mark else statement
        link = Link(
            said, formula, word, sign, left, right, start, end, text, first and (names_last or not statement.starts_with_relation),
            index == len(words) - 1, leads := leads_to(context, formula, statement, row.beside), goal and not leads,
        )  # fmt: skip
        section.ahead = []
        held = look_ahead(context, section, formula, statement)
        section.scope.lemmas.clear()
        section.scope.supposed.clear()
        section.scope.kept.clear()
        if not context.document.claims:
            observe(section.scope, (left, right))
        if link.first and word == "=" and not context.document.claims:
            _end_other_equation(context, section, link)
        obligation = _link(context, section, link, bare)
        obligation.lemmas = tuple(dict.fromkeys(section.scope.lemmas))
        _suppose_support(section, obligation)
        _suppose(obligation, section.scope.kept)
        ends = link.last and not row.behind
        _add_converse(context, section, statement, obligation, ends)
        if statement.connector == "iff" and not ends and obligation.provable:
            whole = "system" if row.behind else "chain"
            obligation.sayings = tuple(f"the converse is that of the whole {whole}" for _ in obligation.provable)
        hold_back(context, section, formula, statement, obligation, _names(link))
        obligation.doubt = doubt_about(context, section, formula, obligation, (left, right), held)
        obligation.doubt = obligation.doubt or obligation.withheld or obligation.taken_over
        if first and not link.last and left.names and not any(one.names for one in children[1:]):
            obligation.doubt = obligation.doubt or "its being the value of another one"  # s^2 = 50/3, of the second
        _ask_of_kinds(context, section, formula, obligation, (left, right))
        if obligation.verdict is None and not obligation.duties:
            new, symbols = may_be_new(context, section, link)
            obligation.anew = (new, symbols) if new else None
            obligation.contrary = contrary_cases(context, section, link)
            if obligation.refutable:
                obligation.rows_below = rows_below(context, section, link, obligation.refutable[0])
            if symbols and word == "=" and right.names:  # y = x + 1, and y = x^2 of another y: no equation for x
                obligation.condition_if_not_proved = False
            if symbols:  # at a value that was only read into the text two functions may agree
                obligation.provable = tuple(without_guesses(section, claim) for claim in obligation.provable)
            obligation.condition_if_not_proved |= (
                bool(new)
                and link.first
                and link.last
                and link.word != "="
                and not symbols
                and not is_concluded(context, link)
            )
            if not obligation.doubt and not new:
                obligation.doubt = may_say_what_is_new(context, section, link, obligation)
                obligation.says_new = bool(obligation.doubt)
            obligation.doubt = obligation.doubt or new
            obligation.condition_if_not_proved |= sets_what_is_defined(context, section, link)
            obligation.unasserted = what_it_may_set(context, section, link, obligation)
            obligation.condition_if_not_proved |= compares_what_is_defined(section, link, obligation)
            if first and left.kind == "name" and _is_given_without_value(section, left.key):
                obligation.condition_if_not_proved = False  # y = xh below y = x * h
                obligation.doubt = obligation.doubt or f"what {plain_name(left.key)} is, of which nothing is known,"
            obligation.narrower = (*obligation.narrower, *further_readings(context, section, link, obligation))
            hold_cases(context, obligation)
            if not context.document.claims:
                obligation.doubt = obligation.doubt or other_meaning(link, obligation)
        if section.older.keys() & link.statement.node.names:
            obligation.condition_if_not_proved = False  # of which f does it say that?
        _hold_words_at_arrow(context, section, formula, statement, obligation)
        goes_on = isinstance(behind, Statement) and behind.starts_with_relation
        if first and link.last and goes_on and left.kind == "number" and float(left.value) == 0 and right.names:
            obligation.doubt = obligation.doubt or "its being set to zero"
            obligation.condition_if_not_proved = False
        if obligation.disputed or (word == "=" and speaks_of_variable(section, (left, right))):
            obligation.condition_if_not_proved, obligation.repairs = False, ()
        if link.goal:
            _leave_to_be_shown(obligation)
        if statement.mark == "since":
            obligation.doubt = obligation.doubt or "the text gives it as a reason"
        if not first:
            context.up_to_constant |= _is_antiderivative(children[index - 1])
        if context.up_to_constant and not context.document.claims:
            obligation.doubt = obligation.doubt or "a constant, up to which antiderivatives are equal,"
        if link.leads or statement.mark in CONDITION_MARKS | DEFINITION_MARKS:
            obligation.unasserted = "the text supposes it, which"
            obligation.doubt = obligation.doubt or obligation.unasserted
        if not context.document.claims and obligation.verdict is None and _is_perhaps_total(context, section, link):
            _leave_open(
                obligation, "increments-not-settled", "the total derivative, or the partial one? Write \\partial"
            )
        if (
            "list" in left.kinds | right.kinds
            and not (context.document.claims or obligation.verdict or obligation.duties)
            and (question := perhaps_no_row(left, right))
        ):
            _leave_open(obligation, "shape-open", question)
        if not context.document.claims and (
            in_both_orders(link.text)
            or any(
                one.islower() and is_scalar(section.scope.inference.sort(one))
                for one in unordered_letters((link.statement.node,), "")
            )
        ):
            obligation.doubt = obligation.doubt or "an order of factors, which may not commute,"
        if previous:
            obligation.continues = previous
        obligation.reason = "" if reason == "!" else reason
        if obligation.reason and not _CITATION.match(obligation.reason):
            obligation.doubt = obligation.doubt or f"'{obligation.reason}', which stands over the sign,"
            obligation.condition_if_not_proved &= _RELATES.search(obligation.reason) is None
        if not context.document.claims and (changed := changed_between(context, section, formula, (left, right))):
            obligation.withheld = obligation.withheld or f"the law of a variable, which '{changed}' may change"
            obligation.doubt = obligation.doubt or f"'{changed}', which may say that its law is another one,"
        if not context.document.claims and (cited := cited_in_doubt(context, formula, statement, obligation.reason)):
            obligation.doubt = obligation.doubt or f"what it cites, '{cited}',"
        if not context.document.claims and (label := _relation_at_brace(link.text)):
            obligation.doubt = obligation.doubt or f"'{label}', which stands at a brace,"
            obligation.condition_if_not_proved = False
        in_other_shapes(context, section, obligation, (left, right))
        ask_which_defines(context, link, obligation)
        outcome = yield obligation
        _learn(context, section, obligation, outcome, link if link.first and link.word == "=" else None)
        if outcome.verdict is Verdict.ASSUMED and begins_with_zero(link) and section.hypotheses:
            postponed.append(section.hypotheses.pop())
        if link.last:
            section.hypotheses += postponed
        if link.goal:
            _remember_goal(section, link, obligation, outcome)
        _doubt_numbers(context, section, formula, obligation, outcome)
        if not context.document.claims:
            note_formula(context, section, link, outcome.verdict)
        kept = context.shown.get(statement.start, Verdict.PROVED)
        context.shown[statement.start] = outcome.verdict if kept is Verdict.PROVED else kept
        still_open = outcome.verdict in {Verdict.UNKNOWN, Verdict.REFUTED} and obligation.verdict is None
        if still_open and not context.document.claims:
            context.goals.leave(section, formula, obligation)
        doubted = outcome.verdict is not Verdict.UNKNOWN or outcome.doubted
        given = _given_again(section, link)
        open_again = obligation.verdict is None and outcome.verdict is Verdict.UNKNOWN
        open_again = (
            open_again and outcome.doubted and not (statement.connector or concludes(link) or obligation.says_new)
        )
        compared = outcome.verdict is Verdict.ASSUMED and _COMPARES.search(context.words_of_sentence(formula))
        if given is not None and outcome.supposed and obligation.provable:
            given = None if is_of_case(context, obligation.provable[0].statement) else given
        if given is not None and (compared or open_again or (isinstance(given.sort, Function) and not doubted)):
            where = context.document.place(link.start)
            reason = f"'{' '.join(link.text.split())}' in {where}"
            if link.right.names or given.name in section.disputed:
                leave_open(context, section, given, link.text, reason, str(where), link.start)
            else:
                give_up(context, section, (given,), link.text, reason, link.start)
        if outcome.verdict is Verdict.DEFINED and in_unit(right) and len(right.children) > 2:  # 2 kg
            note_doubt(context, section, link, "the unit")
        if outcome.verdict is Verdict.ASSUMED and _of_open_function(section, link):
            note_doubt(context, section, link, "whether this holds at one place or everywhere")
        if outcome.verdict is Verdict.UNKNOWN and obligation.verdict is None:
            _doubt_functions(context, section, link, obligation)
        if _is_of_all_values(context, formula, statement):
            note_doubt(context, section, link, "what is supposed of all values")
        in_prose = link.leads == "implies" and statement.start == formula.parts[-1].start  # and so for what follows
        if link.leads and not in_prose and outcome.verdict is Verdict.ASSUMED and section.hypotheses:
            context.premises += [one for one in section.hypotheses[-1:] if one.origin == obligation.id]
        _go_on(context, section, statement, obligation, outcome, ends)
        if (
            outcome.verdict in {Verdict.UNREAD, Verdict.ILL_SORTED}
            or (statement.mark == "since" and outcome.verdict not in {Verdict.PROVED, Verdict.ASSUMED})
            or (statement.mark in CONDITION_MARKS and outcome.verdict is Verdict.UNKNOWN)
            or (obligation.condition_if_not_proved and outcome.verdict is Verdict.UNKNOWN)
            or (obligation.code in {"no-meaning-yet", "shapes-differ", "shape-open"} and obligation.verdict is not None)
        ):
            place = f"'{obligation.latex.strip()}' in {context.document.place(obligation.start)}"
            letters = letters_of_latex(obligation.latex).union(*(letters_of_latex(name) for name in _names(link)))
            section.doubts.append(Doubt(letters, place, formula.section, formula.start))
            if outcome.verdict is Verdict.UNREAD:
                section.doubts += [
                    Doubt(pair, place, formula.section, formula.start, kind=True) for pair in in_both_orders(link.text)
                ]
            if outcome.verdict is Verdict.UNREAD and "i: a constant" in obligation.message:  # e^{ikx}, i\hbar
                names = frozenset(_names(link) - {"i"})
                doubt = Doubt(names, place, formula.section, formula.start, kind=True, values=True, complex=True)
                section.doubts.append(doubt)
            of_what = outcome.verdict is Verdict.UNREAD and obligation.code != "ambiguous-application"
            if of_what and word == "=" and left.kind == "name":  # z = x + iy
                section.doubts.append(Doubt(frozenset({left.key}), place, formula.section, formula.start, kind=True))
        if (
            statement.mark in {*CONDITION_MARKS, *DEFINITION_MARKS}
            and outcome.verdict is Verdict.UNKNOWN
            and not _names(link)
        ):
            place = f"'{obligation.latex.strip()}' in {context.document.place(obligation.start)}"  # let \\log 2 = 0.301
            section.doubts.append(Doubt(None, place, formula.section, formula.start))
        previous = obligation.id
        context.last_id = obligation.id
    context.up_to_constant |= any(map(_is_antiderivative, children[:-1]))


def _relation_at_brace(latex: str) -> str:
    r"""What the label of a brace says of the terms in it, = 0, \to 0, small: under it the formula may be meant. A name or a number of terms says nothing."""
    for brace in _BRACE.finditer(latex) if "brac" in latex else ():
        script = _SCRIPT.match(latex, _closing(latex, brace.end()))
        label = latex[script.end() + 1 : _closing(latex, script.end()) - 1] if script is not None else ""
        label = script.group(1) if script is not None and script.group(1) else label
        if _VANISHES.search(label):
            return " ".join(label.split())
    return ""


def _closing(latex: str, opening: int) -> int:
    """Behind the brace that closes the one that opens here."""
    depth = 0
    for index in range(opening, len(latex)):
        depth += {"{": 1, "}": -1}.get(latex[index], 0) if latex[index - 1 : index] != "\\" else 0
        if depth == 0:
            return index + 1
    return len(latex)


def _doubt_functions(context: Context, section: Section, link: Link, obligation: Obligation) -> None:
    """What is left open of a function of which nothing is said, f(-x) = f(x) or |f(x) - f(y)| <= L |x - y|, may say what it is: of all places, as no witness can be asked."""
    if context.document.claims:
        return
    name = of_functional_equation(section, obligation, (link.left, link.right))
    if name is None and link.word in ORDERS:
        calls = [one for side in (link.left, link.right) for one in side.walk() if one.kind == "call"]
        places = {(one.children[0].key, one.children[1].key) for one in calls if len(one.children) == 2}
        name = next((one for one, _ in places if sum(one == other for other, _ in places) > 1), None)
    symbol = None if name is None else section.scope.symbol(name)
    if symbol is not None and symbol.name not in section.scope.inference.declared:
        reason = f"'{' '.join(link.text.split())}' in {context.document.place(link.start)}"
        section.doubts.append(
            Doubt(letters_of_latex(symbol.name), reason, link.formula.section, link.start, best=symbol)
        )


def _hear_condition(context: Context, section: Section, formula: Formula, statement: Statement) -> None:
    """`if H_0`: which condition that is is not known. It may restrict what follows in its paragraph: all of it, or what is said of the letters of a value."""
    key = statement.node.key if statement.node.kind == "name" else ""
    if any(key in one.names and formula.start <= one.formula < formula.start + 200 for one in context.said.values()):
        return  # "if x and y are positive"
    words = context.document.text[formula.end : formula.end + 40]
    if key and (_WITH_RESPECT_TO.match(words) or _AT.search(formula.before)):
        return
    of_all = letter_of(key) == "H" or statement.node.kind != "name" or _HOLDS.match(words) is not None
    reason = f"'{statement.mark} {' '.join(statement.latex.split())}' in {context.document.place(statement.start)}"
    letters = None if of_all else letters_of_latex(key)
    end = end_of_paragraph(context.document, context.formulas, statement.end)
    section.doubts.append(Doubt(letters, reason, formula.section, formula.start, end))


_AT = re.compile(r"\bat[\s$]*$", re.IGNORECASE)  # expanded at w_k
_WITH_RESPECT_TO = re.compile(r"[\s$]*에\s*대(?:해|하여|한)")
_HOLDS = re.compile(r"[\s$]*(?:holds?|is\s+(?:true|satisfied|met|fulfilled)|(?:이|가)?\s*(?:참|성립))", re.IGNORECASE)
_OF_AN_ORDER = tuple(f"{letter}(" for letter in ORDERS_OF_GROWTH)
_ARROW = re.compile(r"\\(?:implies|Rightarrow|Longrightarrow|therefore|rightarrow|to)(?![A-Za-z])")


def _before_arrow(context: Context, bare: Node | None) -> Node | None:
    """What the arrow before a bare expression comes from: the expression before it in the formula, or the last member above."""
    if bare is not None:
        return bare
    return context.last if context.last is not None and context.last.kind not in {"unread", "missing"} else None


def _step(
    context: Context, section: Section, formula: Formula, statement: Statement, left: Node
) -> Generator[Obligation, Outcome, None]:
    """`\\implies` before an expression that is no relation."""
    text = context.document.text
    begin = left.end if formula.start <= left.start < formula.end else formula.start
    arrows = list(_ARROW.finditer(text, begin, statement.start))
    if not arrows:
        return
    start = left.start if formula.start <= left.start < formula.end else arrows[-1].start()
    node = statement.node
    link = Link(
        statement, formula, "step", arrows[-1].group(), left, node, start, node.end, text[start : node.end], True, True
    )  # fmt: skip
    section.ahead = []
    section.scope.lemmas.clear()
    obligation = _guarded(context, link, lambda: step(context, section, link))
    if obligation is None:
        return
    obligation.lemmas = tuple(dict.fromkeys(section.scope.lemmas))
    obligation.doubt = doubt_about(context, section, formula, obligation, (left, node), [])
    yield obligation
    context.last_id = obligation.id


def _suppose_support(section: Section, obligation: Obligation) -> None:
    """A density is meant on its support."""
    supposed = tuple(dict.fromkeys(section.scope.supposed))
    if not supposed:
        return
    _suppose(obligation, supposed)
    obligation.support = supposed
    obligation.notes = (
        *obligation.notes,
        "on the support of the density: " + ", ".join(plain(one) for one in supposed),
    )


def _ask_of_kinds(
    context: Context, section: Section, formula: Formula, obligation: Obligation, sides: tuple[Node, ...]
) -> None:
    """No verdict on numbers where the text says that something else is meant; a refutation only for every range that a noun may mean."""
    if obligation.verdict is not None or obligation.duties or context.document.claims:
        return
    message = ""
    if reason := kind_in_doubt(context, section, formula, obligation) or of_vectors(context, section, sides):
        message = f"read as a relation between numbers, but {reason} may say that they are something else: declare them"
    elif (
        reason := in_own_notation(context.notations, formula.start, sides)
        or differentiated_by_convention(context.document, sides)
        or of_cycles(obligation.latex)
    ):
        message = f"read in the usual notation, but {reason} may give it another meaning"
    elif reason := dependence(context, section, formula, sides):
        message = f"read with letters that do not vary, but {reason} may say that one does: declare it"
    elif not context.document.claims and (error := residual(section.scope, sides)):
        message = f"{error} is all that is left of a residual: are the data of the model given here? Declare them"
    if message:
        obligation.verdict, obligation.code, obligation.message = Verdict.UNKNOWN, "kind-not-settled", message
        obligation.repairs = ()
        return
    for claim in obligation.provable[:1]:
        obligation.conventional = in_all_conventions(context.document.text, claim)
    if not obligation.doubt:
        obligation.narrower = (
            *in_ranges(context, section, formula, obligation),
            *(pair for one in obligation.refutable for pair in by_other_conventions(context.document.text, one)),
            *(pair for one in obligation.refutable if not context.document.claims for pair in of_eigenvectors(one)),
            *(pair for one in obligation.refutable[:1] for pair in at_said_sizes(context, section, formula, one)),
        )
        obligation.preferred = within_ranges(context, section, formula, obligation)
        for claim in obligation.refutable[:1]:
            statement = claim.statement
            if isinstance(statement, Apply) and statement.head == "!=" and not claim.hypotheses:
                obligation.identity = replace(claim, statement=Apply("=", statement.arguments))
                if any(symbol.name[:1].isupper() for symbol in free_symbols(statement)):  # A B \ne B A
                    obligation.doubt = "a capital letter, which may be a matrix,"


def _is_perhaps_total(context: Context, section: Section, link: Link) -> bool:
    """df/dx of a function f(x, y), where the text says how x and y hang together: the total or the partial derivative?"""
    scope = section.scope
    for side in (link.left, link.right):
        for node in side.walk():
            if node.kind == "derivative" and node.value != "total" and node.children[0].kind == "name":
                whole = scope.symbol(node.children[0].key)
                variables = [scope.symbol(one.key) for one in node.children[1:] if one.kind == "name"]
                if any(_varies_beside(scope, whole, one) for one in variables if one in scope.definitions):
                    return True
            if (
                node.kind != "derivative"
                or node.value != "total"
                or any(one.kind != "name" for one in node.children[1:])
            ):
                continue
            body = node.children[0]
            head = body.children[0] if body.kind == "call" else body
            parameters = next(
                (names for one, (names, _) in scope.function_definitions.items() if one.name == head.key), ()
            )
            by = {scope.symbol(one.key) for one in node.children[1:]}
            others = {*parameters} - by
            if len(parameters) > 1 and any(one.symbols() & by and one.symbols() & others for one in section.hypotheses):
                return True
            if any(one.symbol in {*parameters} and isinstance(one.value, Symbol) for one in context.cases):
                return True
            if any(one in scope.definitions for one in others):
                return True
    return False


def _varies_beside(scope: Scope, whole: Symbol, by: Symbol) -> bool:
    """Whether what is differentiated by a defined symbol is made of what that is made of too: z = x y by x, where x = t and y = t^2."""
    value = scope.unfold(by)
    if isinstance(value, Symbol):
        return value in free_symbols(scope.unfold_beside(whole, (by,)))
    return scope.by_defined(whole, by) is None


def _suppose(obligation: Obligation, supposed: Iterable[Term]) -> None:
    """Further hypotheses of its claims."""

    def within(claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
        return tuple(
            replace(one, hypotheses=(*one.hypotheses, *(new for new in supposed if new not in one.hypotheses)))
            for one in claims
        )

    obligation.provable, obligation.refutable = within(obligation.provable), within(obligation.refutable)


@dataclass(frozen=True, slots=True)
class _Row:
    """Whether a statement is a row of a system with rows before it and behind it, and what stands behind the whole."""

    before: bool
    behind: bool
    beside: Statement | Unread | None


def _row_of_system(formula: Formula, statement: Statement, following: Statement | Unread | None) -> _Row:
    if statement.system < 0:
        return _Row(False, False, following)
    rows = [part for part in formula.parts if isinstance(part, Statement) and part.system == statement.system]
    last = max(part.start for part in rows)
    beside = next((part for part in formula.parts if part.start > last), following if statement.start == last else None)
    return _Row(rows[0].start < statement.start, statement.start < last, beside)


def _forget_premises(context: Context, section: Section) -> None:
    """What `A \\implies B` assumes holds for what follows from it, and for nothing else."""
    if context.premises:
        section.hypotheses = [one for one in section.hypotheses if all(one is not other for other in context.premises)]
        context.premises = []


def _hold_words_at_arrow(
    context: Context, section: Section, formula: Formula, statement: Statement, obligation: Obligation
) -> None:
    """What follows from words is not refuted, and that something is equivalent to them is not proved either. What follows from rows above is refuted only if it fails with all
    of them, of which the text may suppose more than the last."""
    if obligation.verdict is not None or context.document.claims:
        return
    words = words_at_arrow(context, formula, statement)
    before = part_before(formula, statement)
    if (
        statement.connector in {"implies", "iff"}
        and isinstance(before, Statement)
        and _is_joined_by_comma(context, before.node)
    ):
        obligation.doubt = obligation.doubt or f"'{before.latex}', of which the last may be the premise,"
    if words and statement.connector == "iff":
        _leave_open(obligation, "equivalent-in-words", f"equivalent to '{words}', which is not understood")
    elif words:
        obligation.doubt = obligation.doubt or f"'{words}', which is not understood,"
    if statement.connector == "implies" and obligation.refutable:
        claim = obligation.refutable[0]
        if claim.statement in {term for one in context.premises for term in (one.term, one.unfolded(section.scope)[0])}:
            obligation.withheld = (
                obligation.withheld or "the premise that the row begins with"
            )  # A \\implies B \\implies A
        above = tuple(term for start, term in context.stated if start >= formula.start and term != claim.statement)
        if above:
            whole = replace(claim, hypotheses=tuple(dict.fromkeys((*claim.hypotheses, *above))))
            obligation.narrower = (*obligation.narrower, ("what stands above the arrow", whole))


def _add_converse(
    context: Context, section: Section, statement: Statement, obligation: Obligation, last: bool = True
) -> None:
    """`A \\iff B`: besides B from A also A from B. Where A stands in a formula above, or follows from what does, it is the one before. Of a chain
    (-2 < x < 2) it follows from all links together."""
    if statement.connector != "iff" or not obligation.provable:
        return
    if not last:
        return
    premises = [section.scope.unfold(one.term) for one in context.premises]
    goals = premises
    if not premises and context.opening is not None and context.before is not None:
        premises = [section.scope.unfold(context.opening.term)]
        goals = [context.before]
    claim = obligation.provable[0]
    others = tuple(one for one in claim.hypotheses if one not in premises)
    obligation.converse = tuple(Claim(goal, (*others, *context.links, claim.statement)) for goal in goals)


def _go_on(
    context: Context,
    section: Section,
    statement: Statement,
    obligation: Obligation,
    outcome: Outcome,
    last: bool = True,
) -> None:
    """Where a row of statements joined by arrows stands after this one, or after one of its links."""
    if statement.connector not in FOLLOWS:
        assumed = outcome.verdict is Verdict.ASSUMED and obligation.provable and section.hypotheses
        context.opening = section.hypotheses[-1] if assumed else None
        if outcome.verdict is Verdict.PROVED and obligation.provable:  # supposed in words, and written again
            supposed = [one for one in section.hypotheses if one.term == obligation.provable[0].statement]
            context.opening = supposed[-1] if supposed else None
    said = obligation.provable[0].statement if obligation.provable else None
    if not last:
        context.links += [said] if said is not None else []
        return
    links, context.links = context.links, []
    context.before = Apply("and", (*links, said)) if links and said is not None else said


def _continued(context: Context, formula: Formula, statement: Statement, missing: Node) -> Node:
    """What a statement that begins with a relation continues."""
    below = statement.continues == -2  # its sign stands below that of the claim, and not of what follows that
    row_is_clear = {"its own": True, "a value": below, "": not below}.get(context.last_remark, False)
    row_is_clear = row_is_clear or statement.continues >= 0
    last = context.last
    if context.last_remark:
        context.last_id = context.last_carried
    if statement.continues >= 0:
        nothing = None, None, ""
        last, context.last_distributed, context.last_id = context.carried.get(statement.continues, nothing)
    message = "this begins with a relation, and nothing above can be its left side"
    if row_is_clear and last is not None and last.kind != "unread":
        if context.document.claims or not _is_set_apart(context, formula, statement, last):
            return last
        message = "this begins with a relation, and may not go on with what stands above it: write its left side"
    elif last is not None or context.last_unread or statement.continues >= 0:
        message = "this begins with a relation, and what stands above it is not understood"
    if not row_is_clear:
        message = "which of the relations above does this go on with? Write its left side"
    place = Node("text", (), statement.start, statement.start)
    return Node("unread", (place,), missing.start, missing.end, message, "nothing-to-continue")


# Words between a formula and one that goes on with it.
_GOING_ON = re.compile(
    r"(?:[\W\d_]|\b(?:and|or|but|also|then|now|so|hence|thus|therefore|finally|again|further|even|indeed|in|fact|turn|clearly|obviously|always|never|which|what|this|that|it|they|is|are|be|being|"
    r"equals?|equal|to|gives?|yields?|becomes?|simplif\w+|reduces?|means?|i|e|we|you|one|get|have|find|obtain|see|can|must|write|as|by|since|because|using|from|with|where|the|last|right|hand|"
    r"side|expression|sum|term|value|step|line|definition|assumption|hypothesis|induction|above|below|strictly|greater|less|smaller|larger|than|at|most|least|positive|negative)\b|"
    r"이고|이며|이므로|따라서|그러므로|그래서|그러면|즉|다시|결국|인데|이는|은|는)*",
    re.IGNORECASE,
)


_NEXT_ITEM = re.compile(r"\n[ \t>]*(?:[-*+]|\d+[.)])[ \t]")


def _is_set_apart(context: Context, formula: Formula, statement: Statement, last: Node) -> bool:
    """Whether words stand between what is above and a statement that begins with a relation, so that it says something of what these name: a space of dimension
    $\\ge 2$. In the text nothing but words of reasoning goes on; a formula on a line of its own does with any words, unless it is only a bound: $$ > 2 $$."""
    if formula.start <= last.start < formula.end or statement.start != formula.parts[0].start:
        return False
    above = context.formula_at(last.start)
    between = context.words_between(above, formula)
    bounds = bool(set(statement.node.value.split()) & _BOUNDING)
    another = above.paragraph != formula.paragraph or _NEXT_ITEM.search(between) is not None
    if another and bounds and not formula.display:
        return True
    only = not any(one.names for one in statement.node.children[1:])
    if bounds and only and not last.names:
        return True  # a = 1; of dimension \\ge 2
    if formula.display or _is_alone(formula):
        return bounds and only and _GOING_ON.fullmatch(between) is None
    index, other = context.index_of.get(formula.start), context.index_of.get(above.start)
    adjacent = index is not None and other is not None and index - other == 1
    return not adjacent or _GOING_ON.fullmatch(between) is None


_BOUNDING = ORDERS | {"!=", "approx"}


def _is_alone(formula: Formula) -> bool:
    """Whether no words stand beside it."""
    return not formula.before.strip(" \t-*+>→") and not formula.after.strip(" \t.,;")


def _sign_start(context: Context, left: Node, right: Node, statement: Statement, first: bool) -> int:
    begin = statement.start if first or left.start == right.start else left.end
    between = context.document.text[begin : right.start]
    return (
        begin + len(between) - len(between.lstrip(" \t\r\n&\\"))
        if not between.lstrip().startswith("\\")
        else begin + len(between) - len(between.lstrip())
    )


def _sign(context: Context, left: Node, right: Node, statement: Statement, first: bool, word: str) -> str:
    begin = statement.start if first and statement.starts_with_relation else left.end
    between = context.document.text[begin : right.start].strip(" \t\r\n&{}()")
    found = re.search(r"\\[A-Za-z]+|:=|[=<>]", between)
    return found.group(0) if found else word


def _guarded(context: Context, link: Link, make: Callable[[], Obligation | None]) -> Obligation | None:
    """What `make` gives, or what it says is not understood."""
    try:
        return make()
    except UnreadError as error:
        verdict = Verdict.UNKNOWN if error.code in _UNDECIDED_CODES else Verdict.UNREAD
        return context.settled(
            link.start, link.end, link.text, link.sign, verdict, error.code, error.message, at=error.offset or None
        )
    except IllSorted as error:  # the arrow may stand for anything: it is no error of shape
        message = f"what becomes of what stands before it? Say which ({error})"
        return context.settled(
            link.start, link.end, link.text, link.sign, Verdict.UNKNOWN, "arrow-not-settled", message
        )
    except Exception as error:  # a defect costs one relation, not the rest of the document
        message = f"INTERNAL ERROR ({type(error).__name__}: {error}); please report this formula"
        return context.settled(link.start, link.end, link.text, link.sign, Verdict.UNREAD, "defect", message)


def _entry_by_entry(section: Section, sides: tuple[Node, ...]) -> tuple[int, str] | None:
    r"""Where \vec v^2, or |x| beside what is taken entry by entry, does not fit, and would be read in another way: the place and the question."""
    parts = [part for side in sides for part in side.walk()]
    entrywise = any(part.kind in {"hadamard", "root"} for part in parts)
    for part in parts:
        squared = part.kind == "^" and part.children[1].kind == "number" and part.children[1].value == "2"
        if part.kind in {"abs", "^"} and (squared or (part.kind == "abs" and entrywise)):
            with suppress(UnreadError, IllSorted):
                if is_vector(sort_of(Builder(section.scope).term(part.children[0]))):
                    written = "the square of a vector: with itself" if squared else "the bars of a vector: its length"
                    return part.start, f"{written}, or entry by entry?"
    return None


def _inner_or_outer(sides: tuple[Node, ...]) -> tuple[int, str] | None:
    r"""Where a column \cdot a row of the same length, both written out, does not fit as the matrix that it is: the place and the question."""
    for part in (part for side in sides for part in side.walk()):
        if part.kind == "dot" and is_turned_factor(part):
            column, row = (written_out_in(one) for one in part.children)
            if column.kind == row.kind == "matrix" and len(column.children) == len(row.children[0].children):
                return (
                    part.start,
                    "a column times a row: their matrix, or the inner product of both? Write both as columns, or with \\top",
                )
    return None


def _link(context: Context, section: Section, link: Link, bare: Node | None) -> Obligation:
    try:
        obligation = _classified(context, section, link, bare)
        obligation.reading = obligation.reading or _reading(section, link)
        _withhold(section, obligation, _names(link))
        return obligation
    except UnreadError as error:
        apart = _read_apart(context, section, link, error.message) if error.code in _CODES_OF_SORTS else None
        if apart is not None:
            return apart
        undecided = error.code in _UNDECIDED_CODES
        verdict = Verdict.UNKNOWN if undecided else Verdict.UNREAD
        found = context.settled(
            link.start, link.end, link.text, link.sign, verdict, error.code, error.message, at=error.offset or None
        )
        if undecided:
            with suppress(UnreadError, IllSorted):
                found.reading = _reading(section, link)
        return found
    except IllSorted as error:
        apart = _read_apart(context, section, link, str(error))
        if apart is not None:
            return apart
        sides = (link.left, link.right)
        for code, question in (
            ("shape-not-settled", _inner_or_outer(sides)),
            ("entry-by-entry", _entry_by_entry(section, sides)),
        ):
            if question is not None:
                place, message = question
                return context.settled(
                    link.start, link.end, link.text, link.sign, Verdict.UNREAD, code, message, at=place
                )
        if any(_lists_numbers(side) for side in (link.left, link.right)) and not context.document.claims:
            message = f"is the list of numbers a row, a column or an interval? ({error})"
            return context.settled(
                link.start, link.end, link.text, link.sign, Verdict.UNREAD, "shape-not-settled", message
            )
        guessed = section.scope.inference.uncertain() & _names(link)
        if guessed:  # taken for a vector or a matrix; if it is a number there may be no error
            message = f"is {min(guessed)} a number, a vector or a matrix? Declare it ({error})"
            return context.settled(
                link.start, link.end, link.text, link.sign, Verdict.UNREAD, "shape-not-settled", message
            )
        continued = not link.formula.start <= link.left.start < link.formula.end
        if not _is_certain(context, section, _names(link), continued):
            message = f"the shapes that its symbols seem to have do not fit: declare them ({error})"
            return context.settled(
                link.start, link.end, link.text, link.sign, Verdict.UNREAD, "shape-not-settled", message
            )
        return context.ill_sorted(link.start, link.end, link.text, link.sign, error)
    except Exception as error:  # a defect costs one relation, not the rest of the document
        message = f"INTERNAL ERROR ({type(error).__name__}: {error}); please report this formula"
        return context.settled(link.start, link.end, link.text, link.sign, Verdict.UNREAD, "defect", message)


def _withhold(section: Section, obligation: Obligation, names: frozenset[str]) -> None:
    """Nothing is said of a claim with a name whose uses in the text contradict each other, and nothing is proved from what is said of one."""
    inference = section.scope.inference
    if obligation.verdict is not None:
        return
    for claim in (*obligation.provable, *obligation.refutable, *obligation.duties):
        names = names | {symbol.name for symbol in free_symbols(claim.statement)}
    opened = sorted(name for name in names if inference.is_open(name))
    loose = sorted(name for name in names if inference.is_loose(name))
    if not opened and loose:
        message = f"is {plain_name(loose[0])} a number, a vector or a matrix? Declare it"
        if inference.perhaps_vectors >= set(loose):  # what fails for numbers fails for vectors of length 1
            found = [
                claim if holds_of_vectors(section, claim, set(loose)) else linear(claim, set(loose))
                for claim in obligation.provable
            ]
            obligation.provable = tuple(one for one in found if one is not None)
            obligation.code, obligation.message = obligation.code or "shape-open", obligation.message or message
            obligation.duties = obligation.converse = obligation.repairs = ()
            return
        _leave_open(obligation, "shape-open", message)
        return
    if not opened:
        if not inference.apart:
            return
        obligation.provable = tuple(
            replace(
                claim,
                hypotheses=tuple(
                    one
                    for one in claim.hypotheses
                    if not any(inference.is_open(symbol.name) for symbol in free_symbols(one))
                ),
            )
            for claim in obligation.provable
        )
        return
    _leave_open(
        obligation,
        "shapes-differ",
        f"{plain_name(opened[0])} has other shapes elsewhere in this text: which is meant here?",
    )


def _leave_open(obligation: Obligation, code: str, message: str) -> None:
    """It is read, and nothing is said of it."""
    obligation.verdict, obligation.code, obligation.message = Verdict.UNKNOWN, code, message
    obligation.provable = obligation.refutable = obligation.duties = obligation.converse = ()
    obligation.repairs, obligation.condition_if_not_proved = (), False


def _is_certain(context: Context, section: Section, names: frozenset[str], apart: bool = False) -> bool:
    """Whether the shapes of a relation are known, not only concluded from how a document uses its letters, which it may use anew.

    They are if one of its names is declared, or a value written with an arrow, or if it has no names and no side that stands `apart`, in another formula, which
    it may not continue. What is said elsewhere in the text with \\in holds where it is said.
    """
    inference = section.scope.inference
    known = inference.declared.keys() - inference.by_membership
    if context.document.claims:
        return True
    if (names & UNIT_VECTORS) - known:
        return False  # -7 \hat k beside \vec a \times \vec b
    written = known | {name for name in names if has_arrow(name) and not inference.is_function(name)}
    return not written.isdisjoint(names) if names else not apart


def _reading(section: Section, link: Link) -> str:
    """What is understood of a relation that is neither claimed nor defined: a question, what is said to be false, a point."""
    builder = Builder(section.scope)
    sides = [None if side.kind == "missing" else builder.member(side) for side in (link.left, link.right)]
    left, right = sides
    if left is None or right is None:
        return " ".join(
            part for part in (plain(left) if left else "", link.sign, plain(right) if right else "?") if part
        )
    if link.word in NOT_JUDGED:
        return plain(unjudged_relation(link.word, left, right))
    return (
        plain(relation(link.word, left, right)) if link.word in ORDERS else f"{plain(left)} {link.sign} {plain(right)}"
    )


def _names(link: Link) -> frozenset[str]:
    return link.left.names | link.right.names


def _read_apart(context: Context, section: Section, link: Link, problem: str) -> Obligation | None:
    """The relation with the shapes that it has by itself, where they clash with those that its names have elsewhere in the text.

    A letter may be used anew, so this is no error of shape where nothing declares its names; but which of its meanings holds here is open, so it is
    neither proved nor refuted. None where the relation does not fit by itself either.
    """
    names = _names(link)
    declared = section.scope.inference.declared
    if context.document.claims or any(name in declared or has_arrow(name) for name in names):
        return None
    inference = Inference(declared)
    inference.read([Node("chain", (link.left, link.right), link.start, link.end, link.word)])
    inference.finish()
    others = {name for name in names if inference.sort(name) != section.scope.inference.sort(name)}
    if not others:
        return None
    scope = Scope(inference, bare=section.scope.bare)
    builder = Builder(scope)
    try:
        left, right = builder.member(link.left), builder.member(link.right)
        shown = unjudged_relation(link.word, left, right)
        sort_of(shown if link.word in NOT_JUDGED else relation(link.word if link.word in ORDERS else "=", left, right))
    except (UnreadError, IllSorted):
        return None
    message = f"its symbols have other shapes elsewhere ({problem}): which are meant here?"
    obligation = context.obligation(link, Verdict.UNKNOWN, "shapes-differ", message)
    obligation.reading = plain(shown)
    context.read_apart.setdefault(link.formula.start, set()).update(others)
    return obligation


def _classified(context: Context, section: Section, link: Link, bare: Node | None) -> Obligation:
    statement, word = link.statement, link.word
    if statement.mark == "named":
        builder = Builder(section.scope)
        left, right = builder.member(link.left), builder.member(link.right)
        named = unjudged_relation(word, left, right)
        sort_of(named if word in NOT_JUDGED else relation(word if word in ORDERS else "=", left, right))
        message = "a statement with a name: neither claimed nor assumed"
        found = context.obligation(link, Verdict.ASSUMED, "named-statement", message)
        note_doubt(context, section, link, "the statement with a name")  # what follows may be said under it
        found.reading = plain(named)
        return found
    lemma = link.formula.start in section.scope.inference.lemmas
    if lemma and link.first and statement.node.value == "= sim" and link.left.kind == "name":
        builder = Builder(section.scope)  # X \\sim D(a) \\Rightarrow Y = c X \\sim D(c a)
        meant = relation("=", builder.member(link.left), builder.member(link.right))
        sort_of(meant)
        message = f"says what {plain_name(link.left.key)} stands for in the implication; not a claim"
        found = context.obligation(link, Verdict.ASSUMED, "declaration", message)
        found.reading = plain(meant)
        return found
    claimed_member = word == "in" and statement.mark in {"", "claim"}
    if claimed_member and (place := place_claim(context, section, link)) is not None:
        return place
    if word in NOT_JUDGED and statement.mark not in {"not", "question"}:
        builder = Builder(section.scope)
        sets = as_set(builder, link.right) if word in MEMBERSHIPS else builder.member(link.right)
        if link.right.kind == "signature":
            functions = ", ".join(one.key for one in members_of(link.left))
            shown = plain(notation(f"{functions} : #1", STATEMENT, sets))
        else:
            left = as_element(builder, link.left) if word in MEMBERSHIPS else builder.member(link.left)
            shown = plain(unjudged_relation(word, left, sets))
        law = context.laws.at(link.left) if word == "sim" else None
        concluded = word == "sim" and not context.laws.declares(statement, link.left, link.right)
        concluded |= statement.connector in FOLLOWS and word == "in" and _stands_behind_arrow(context, link)
        if word == "in" and link.first and member_is_concluded(link.formula, statement):
            concluded |= not any(fresh(section, name) for name in link.left.names)
        declared = word == "in" and bool(_is_declared_so(link.left) or statement.mark) and not concluded
        if declared or word == "to" or (word == "sim" and not (law is not None and law.defined_below)):
            section.bound |= link.left.names
        if declared or (word in {"sim", "to"} and not concluded):
            message = "says what the symbol is; not a claim"
            if word == "sim" and (under := _condition_behind(context, link)):
                note_doubt(context, section, link, "the declaration under a condition")
                message = f"says what the symbol is where '{under}'; not a claim"
            found = context.obligation(link, Verdict.ASSUMED, "declaration", message)
        else:
            message = f"the relation {link.sign} is not judged yet"
            found = context.obligation(link, Verdict.UNKNOWN, "relation-not-judged", message)
        found.reading = shown
        return found
    upper = not context.document.claims and has_upper_indices(statement.node)
    if upper and (letter := repeated_index(statement.node, ALSO_SUMMED, differentiated=True)):
        note_doubt(context, section, link, "a sum by convention")
        message = f"{plain_name(letter)} stands above and below in one product: is it summed over? Write \\sum_{plain_name(letter)}"
        return context.obligation(link, Verdict.UNKNOWN, "sum-open", message)
    if statement.mark == "not":
        _ask_for_opposite(context, section, link)
        return context.obligation(
            link, Verdict.UNKNOWN, "said-to-be-false", "the text says that this does not hold; not claimed"
        )
    if statement.mark == "alternative":
        return context.obligation(
            link, Verdict.ASSUMED, "alternative", "a case; claimed is the disjunction with the one before"
        )
    if statement.mark == "question":
        letters = letters_of_latex(link.text)  # perhaps x > 1; then x > 0
        reason = f"'{' '.join(link.text.split())}', which may be supposed,"
        end = end_of_paragraph(context.document, context.formulas, link.end)
        section.doubts.append(Doubt(letters, reason, link.formula.section, link.start, end))
        message = "a question, or what only may hold, or of some values: not a claim"
        return context.obligation(link, Verdict.UNKNOWN, "question", message)
    if context.document.claims or statement.mark == "claim":
        return claim_of(context, section, link)
    if word in {":=", "<-"}:
        return explicit_definition(context, section, link)
    if statement.mark == "where" and bare is not None and link.first:
        return context.obligation(
            link,
            Verdict.ASSUMED,
            "point",
            "names the point at which the expression before it is taken; restricts no later line",
        )
    let = statement.mark in DEFINITION_MARKS and word in ORDERS
    if let and not link.first and statement.node.value.split()[0] == "=":  # let n = 2k > 4; let d = M + 1 > M
        claimed = claim_of(context, section, link)
        claimed.condition_if_not_proved, claimed.repairs = True, ()
        return claimed
    condition = statement.mark in CONDITION_MARKS or let
    if word == "=" and (ranged := _range(context, section, link)) is not None:
        return ranged
    if word == "=" and not statement.mark and _is_list_of_values(link):
        message = (
            "behind the comma: another value, or a letter by itself? Write both relations, or the list in brackets"
        )
        found = context.obligation(link, Verdict.UNKNOWN, "no-meaning-yet", message)
        builder = Builder(section.scope)
        found.reading = f"{plain(builder.member(link.left))} = {plain(builder.member(link.right))}"
        note_doubt(context, section, link, "the list")
        return found
    names = {name for name in _names(link) if name not in section.scope.inference.declared}
    if word == "=" and names and is_perhaps_interval((link.left, link.right)):
        builder = Builder(section.scope)
        found = context.obligation(link, Verdict.UNKNOWN, "shape-open", "an interval, or a row of two numbers?")
        found.reading = f"{plain(builder.member(link.left))} = {plain(builder.member(link.right))}"
        return found
    if word in {"=", *ORDERS} and not statement.mark and words_behind(context, link.formula, statement):
        claimed = claim_of(context, section, link)  # a = b \\text{ in distribution}: neither set nor supposed
        claimed.condition_if_not_proved = False
        return claimed
    if word == "=" and not condition and context.goals.leaves_open(link):
        claimed = claim_of(context, section, link)
        return goal_claim(context, section, link, claimed) if _is_new(section, link) else claimed
    if link.goal:
        return claim_of(context, section, link)
    if word == "=" and claims_of_variable(context, section, link):
        return claim_of(context, section, link)
    if word == "=" and not condition and (case := case_of(context, section, link)) is not None:
        return case
    if word == "=" and not condition and (again := restated(context, section, link)) is not None:
        return again
    if word == "=" and not _is_of_an_order(link.left) and not _is_of_an_order(link.right):
        defined = definition(context, section, link, condition)
        if defined is not None:
            return defined
        if is_concluded_under_condition(context, section, link):
            return _concluded_under_condition(context, section, link)
    if condition:
        return condition_of(context, section, link)
    if _introduces_member(section, link):
        return condition_of(context, section, replace(link, statement=replace(statement, mark="assume")))
    return claim_of(context, section, link)


def _concluded_under_condition(context: Context, section: Section, link: Link) -> Obligation:
    """What follows under a condition is claimed there; of a name that is new it says nothing elsewhere, and is not refuted."""
    claimed = claim_of(context, section, link)
    if claimed.code == "fresh-symbol":
        claimed.condition_if_not_proved, claimed.repairs = False, ()
        name = link.left.children[0].key if link.left.kind == "call" else link.left.key
        claimed.message = (
            f"it may say what {plain_name(name)} is under the condition before it, and defines nothing beyond that"
        )
    return claimed


def _introduces_member(section: Section, link: Link) -> bool:
    """0 \\neq v \\in V, 0 < x \\in \\mathbb{R}: the bound belongs to what introduces the letter."""
    words, members = link.statement.node.value.split(), link.statement.node.children
    if not link.first or link.statement.mark or link.statement.connector or concludes(link) or words[1:] != ["in"]:
        return False
    name = members[1]
    return (
        link.word in {"!=", "<", "<=", ">", ">="}
        and not members[0].names
        and name.kind == "name"
        and name.key not in section.bound
    )


def _leave_to_be_shown(obligation: Obligation) -> None:
    """Of a relation that is to be shown, wished or guessed: what would be read as a condition is not supposed, and no counterexample is one."""
    if obligation.verdict is None and obligation.condition_if_not_proved:
        obligation.condition_if_not_proved, obligation.refutable, obligation.repairs = False, (), ()
        obligation.code = "to-be-shown"
        obligation.message = "to be shown, wished, guessed, or said of all values: nothing is supposed by it"


def _remember_goal(section: Section, link: Link, obligation: Obligation, outcome: Outcome) -> None:
    """A goal that stays open proves nothing; what is said below may go on from it, so witnesses satisfy it. Its letter is as new."""
    if obligation.verdict is not None or outcome.verdict is not Verdict.UNKNOWN or not obligation.provable:
        return
    term = obligation.provable[0].statement
    section.hypotheses.append(Hypothesis(term, obligation.id, refuting=True, start=link.start))
    section.introduced |= _names(link)
    head = link.left.children[0] if link.left.kind == "call" else link.left
    if head.kind == "name" and fresh(section, head.key):
        section.introduced.discard(head.key)
        section.open.add(head.key)


def _condition_behind(context: Context, link: Link) -> str:
    """The condition behind a declaration in its formula: z ~ N(0, 1), if H_0."""
    parts = link.formula.parts
    behind = next((one for one in parts if one.start > link.start), None)
    if isinstance(behind, Statement) and behind.mark in {"if", "when"}:
        return " ".join(behind.latex.split())
    return condition_in_words(context, link.formula, link.statement)


_OPPOSITE = {"=": "!=", "!=": "=", "<": ">=", ">": "<=", "<=": ">", ">=": "<"}


def _ask_for_opposite(context: Context, section: Section, link: Link) -> None:
    """Where the text says that x = 0 does not hold, no witness below has x = 0."""
    if not (link.first and link.last):  # 0 < x < 1
        reason = f"'{' '.join(link.statement.latex.split())}', which is excepted,"
        end = end_of_paragraph(context.document, context.formulas, link.end)
        letters = letters_of_latex(link.statement.latex)
        section.doubts.append(Doubt(letters, reason, link.formula.section, link.start, end))
        return
    if link.word not in _OPPOSITE:
        return
    with suppress(UnreadError, IllSorted):
        builder = Builder(section.scope)
        term = relation(_OPPOSITE[link.word], builder.term(link.left), builder.term(link.right))
        sort_of(term)
        section.hypotheses.append(Hypothesis(section.scope.unfold(term), "denied", refuting=True))


def _is_of_an_order(node: Node) -> bool:
    """f(x) = O(x^2) says of what order f is, and defines nothing."""
    return any(one.kind == "operator" and one.value.startswith(_OF_AN_ORDER) for one in node.walk())


def _is_new(section: Section, link: Link) -> bool:
    """Whether the symbol or function on the left is new."""
    head = link.left.children[0] if link.left.kind == "call" else link.left
    return fresh(section, head.key)


def _range(context: Context, section: Section, link: Link) -> Obligation | None:
    """i = 1, \\dots, n: says what an index runs over."""
    names = link.left.children if link.left.kind == "sequence" else (link.left,)
    running = section.scope.inference.uses.families.running
    if link.right.kind != "sequence" or not all(name.kind == "name" and name.key in running for name in names):
        return None
    builder = Builder(section.scope, bound=sorted(running))
    obligation = context.obligation(link, Verdict.ASSUMED, "declaration", "says what the index runs over; not a claim")
    obligation.reading = f"{plain(builder.member(link.left))} = {plain(builder.member(link.right))}"
    note_doubt(context, section, link, "the range of an index")
    return obligation


def _is_list_of_values(link: Link) -> bool:
    """p = q, r: several values of p, or r is spoken of by itself; that of a sequence, a = 1, 2, 4, \\dots, is none."""
    if link.left.kind in {"sequence", "tuple", "list"} or link.right.kind != "sequence":
        return False
    return not any(one.kind == "ellipsis" for one in link.right.children)


def _says_both(statement: Statement) -> bool:
    r"""(a \pm b)^2 = a^2 \pm 2ab + b^2 is claimed of the upper and of the lower signs; x = a \pm b says that one of both holds, and so does any supposition."""
    if statement.node.kind != "chain" or statement.mark in CONDITION_MARKS | DEFINITION_MARKS:
        return False
    first = statement.node.children[0]
    return any(part.kind == "plus-minus" and len(part.children) == 2 for part in first.walk())


def _logical(
    context: Context,
    section: Section,
    formula: Formula,
    statement: Statement,
    goal: bool = False,
    behind: Statement | Unread | None = None,
) -> Generator[Obligation, Outcome, None]:
    sign = {"implies": "\\implies", "iff": "\\iff", "and": "\\land", "or": "\\lor"}.get(statement.node.kind, "=")
    section.scope.lemmas.clear()
    section.scope.kept.clear()
    try:
        builder = Builder(section.scope)
        term = builder.formula(statement.node)
        if _says_both(statement) and isinstance(term, Apply) and term.head == "or":
            term = Apply("and", term.arguments)
        sort_of(term)
        opaque = section.scope.unfold(term)
    except UnreadError as error:
        yield context.settled(
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
        if _is_certain(context, section, statement.node.names):
            yield context.ill_sorted(statement.start, statement.end, statement.latex, sign, error)
            return
        message = f"the shapes that its symbols seem to have do not fit: declare them ({error})"
        yield context.settled(
            statement.start, statement.end, statement.latex, sign, Verdict.UNREAD, "shape-not-settled", message
        )
        return
    except Exception as error:  # as in `_link`
        message = f"INTERNAL ERROR ({type(error).__name__}: {error}); please report this formula"
        yield context.settled(statement.start, statement.end, statement.latex, sign, Verdict.UNREAD, "defect", message)
        return
    obligation = Obligation(context.identity(statement.start), statement.start, statement.end, statement.latex, sign)
    obligation.reading = plain(term)
    if statement.mark in {"not", "question", "alternative"}:
        said = "the text says that this does not hold; not claimed" if statement.mark == "not" else "not claimed"
        obligation.verdict, obligation.message = Verdict.UNKNOWN, said
        obligation.code = "said-to-be-false" if statement.mark == "not" else "question"
        yield obligation
        return
    if statement.mark in CONDITION_MARKS | DEFINITION_MARKS and not context.document.claims:
        obligation.verdict, obligation.code = Verdict.ASSUMED, "condition"
        obligation.message = "the condition under which the text speaks"
        lasting = statement.mark in {"assume", *DEFINITION_MARKS}
        paragraph = None if lasting else formula.paragraph
        new = Hypothesis(term, obligation.id, paragraph, sentence=formula.sentence, start=statement.start)
        new.behind = paragraph is not None and follows_claim(context, formula, statement) == "its own"
        new.refuting = paragraph is not None and not new.behind and is_of_a_remark(context, formula, statement)
        turn_round(section, new)
        section.hypotheses.append(new)
        yield obligation
        return
    if unknown := without_meaning(opaque):
        obligation.verdict, obligation.code = Verdict.UNKNOWN, "no-meaning-yet"
        obligation.message = f"read, but nothing is known of {unknown} here: neither proved nor refuted"
        yield obligation
        return
    section.ahead = []
    held = look_ahead(context, section, formula, statement)
    opaque = without_quantifiers(section, opaque)
    claim = Claim(opaque, hypotheses_in_scope(section, formula, opaque))
    obligation.provable = obligation.refutable = (claim,)
    obligation.lemmas = tuple(dict.fromkeys(section.scope.lemmas))
    _suppose(obligation, section.scope.kept)
    _add_converse(context, section, statement, obligation)
    hold_back(context, section, formula, statement, obligation, statement.node.names)
    obligation.doubt = doubt_about(context, section, formula, obligation, (statement.node,), held)
    obligation.doubt = obligation.doubt or obligation.withheld
    if statement.connector == "iff" and _is_joined_by_comma(context, statement.node):
        obligation.doubt = obligation.doubt or "a comma, behind which a condition may stand,"
    if statement.node.kind == "chain" and not (context.document.claims or statement.connector):
        obligation.doubt = obligation.doubt or _new_beside_sign(context, section, statement.node)
    _ask_of_kinds(context, section, formula, obligation, (statement.node,))
    hold_cases(context, obligation)
    obligation.notes = tuple(builder.notes)
    obligation.earlier = tuple(section.earlier)
    known = {symbol for one in section.hypotheses if one.origin != "declaration" for symbol in one.symbols()}
    if (
        not (context.document.claims or statement.connector or statement.starts_with_relation)
        and (_names_cases(statement.node) or _is_supposed_choice(context, formula, statement))
        and not known & free_symbols(opaque)
    ):
        obligation.condition_if_not_proved = True  # x = 1 or x = 2; x = \\pm y; f(0) = 1 or f(0) = 2
    leads = not context.document.claims and bool(leads_to(context, formula, statement, behind))
    obligation.condition_if_not_proved |= leads
    _hold_words_at_arrow(context, section, formula, statement, obligation)
    if goal and not leads:
        _leave_to_be_shown(obligation)
    _withhold(section, obligation, statement.node.names)
    in_other_shapes(context, section, obligation, tuple(statement.node.walk()))
    outcome = yield obligation
    if obligation.verdict is not None:
        return
    if leads and outcome.verdict is Verdict.UNKNOWN:
        place = f"'{' '.join(obligation.latex.split())}' in {context.document.place(obligation.start)}"
        section.doubts.append(Doubt(letters_of_latex(obligation.latex), place, formula.section, formula.start))
    if outcome.verdict is Verdict.ASSUMED:
        section.hypotheses.append(_read_as_condition(section, obligation, opaque))
        context.premises += section.hypotheses[-1:] if leads else []
    section.earlier.append((obligation.id, opaque, outcome.verdict is Verdict.PROVED))
    _go_on(context, section, statement, obligation, outcome)


def _is_joined_by_comma(context: Context, node: Node) -> bool:
    ends = zip(node.children, node.children[1:], strict=False) if node.kind == "and" else ()
    return any("," in context.document.text[one.end : other.start] for one, other in ends)


def _new_beside_sign(context: Context, section: Section, node: Node) -> str:
    """D of x = \\frac{-b \\pm \\sqrt D}{2a} below a x^2 + b x + c = 0: the equation may say what it is."""
    known = context.written | section.scope.inference.declared.keys()
    new = sorted(node.names - known) if node.names & known else []
    return f"{plain_name(new[0])}, which is new here," if new else ""


_EQUATION = re.compile(r"(?:\bthe\s+(?:equation|system)|(?<![가-힣])방정식)[\s$:]*$", re.IGNORECASE)


def _end_other_equation(context: Context, section: Section, link: Link) -> None:
    """The equation x + 1 = 5, below another sentence about the equation x + 1 = 3: what was solved above is solved no longer."""
    formula = link.formula
    if not formula.before or _EQUATION.search(formula.before) is None:
        return
    symbols = {section.scope.symbol(one) for one in link.statement.node.names}
    others = [
        one
        for one in section.hypotheses
        if one.sentence == 0 and one.start is not None and one.symbols() & symbols
        and context.formula_at(one.start).sentence != formula.sentence
    ]  # fmt: skip
    texts = {"".join(context.formula_at(one.start).latex.split()) for one in others if one.start is not None}
    if not others or "".join(formula.latex.split()) in texts:
        return
    section.hypotheses = [one for one in section.hypotheses if all(one is not other for other in others)]
    section.earlier = [one for one in section.earlier if not free_symbols(one[1]) & symbols]


def _is_given_without_value(section: Section, key: str) -> bool:
    """Whether what defines a name has no meaning yet: y = x * h."""
    symbol = section.scope.symbol(key)
    implicit = (one.implicit for one in section.hypotheses)
    return key in section.given and symbol not in {*section.scope.definitions, *section.scope.extrema, *implicit}


def _is_supposed_choice(context: Context, formula: Formula, statement: Statement) -> bool:
    """Whether words neither conclude nor say of all values that one or the other holds: it is what the text supposes, as one relation alone would be."""
    concluded = statement is formula.parts[0] and CONCLUDES.search(formula.before) is not None
    said_of_all = _OF_EVERY.search(context.words_of_sentence(formula)) is not None
    return statement.node.kind == "or" and not concluded and not said_of_all


_OF_EVERY = re.compile(r"\b(?:all|any|every|each|always)\b|\\forall|모든|임의|항상", re.IGNORECASE)


def _names_cases(node: Node) -> bool:
    """Whether a statement only says which of several values a symbol has, or has not: x = 1 or x = 2; not x = 3; x = a \\pm b."""
    if node.kind in {"or", "not", "and"}:
        return all(_names_cases(one) for one in node.children)
    return node.kind == "chain" and len(node.children) == 2 and any(one.kind == "name" for one in node.children)


def _learn(
    context: Context, section: Section, obligation: Obligation, outcome: Outcome, equation: Link | None = None
) -> None:
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
    by_case = outcome.supposed and is_of_case(context, claim.statement)
    if obligation.anew is not None and outcome.verdict is Verdict.UNKNOWN and not by_case:
        reason = f"'{' '.join(obligation.latex.split())}', which may begin another case,"
        again = None if equation is None or not equation.right.names else _given_again(section, equation)
        if again is not None and obligation.anew[1] == (again,):
            where = str(context.document.place(obligation.start))
            leave_open(context, section, again, obligation.latex, reason, where, obligation.start)
        else:
            give_up(context, section, obligation.anew[1], obligation.latex, reason, obligation.start)
    if (
        outcome.verdict is Verdict.UNKNOWN
        and (not outcome.doubted or obligation.says_new or obligation.unasserted or _is_bound(claim.statement))
        and not _is_approximate(claim.statement)
        and obligation.code != "to-be-shown"
    ):
        # It may say what its symbols are.
        section.hypotheses.append(Hypothesis(claim.statement, obligation.id, refuting=True))
    if outcome.verdict is Verdict.ASSUMED:
        section.hypotheses.append(_read_as_condition(section, obligation, claim.statement))
    elif claim.statement not in [term for _, term, _ in section.earlier] and not _is_approximate(claim.statement):
        section.earlier.append((obligation.id, claim.statement, outcome.verdict is Verdict.PROVED))
    if outcome.contrary:
        reason = f"'{' '.join(obligation.latex.split())}', which may begin another case,"
        give_up(context, section, (), obligation.latex, reason, obligation.start)
    if outcome.verdict in {Verdict.UNKNOWN, Verdict.REFUTED, Verdict.ASSUMED}:
        context.stated.append((obligation.start, claim.statement))


_REAL = re.compile(r"\breal\b|\bno\b|실수|실근|없", re.IGNORECASE)


def _doubt_numbers(
    context: Context, section: Section, formula: Formula, obligation: Obligation, outcome: Outcome
) -> None:
    """An equation that no real number satisfies, w^2 + 1 = 0, and that is not said to have no solutions: its letters may be complex numbers, unless it may
    say something else."""
    if outcome.verdict is not Verdict.UNKNOWN or obligation.verdict is not None or not obligation.provable:
        return
    if obligation.unless:
        return
    claim = obligation.provable[0].statement
    if not isinstance(claim, Apply) or claim.head != "=" or _REAL.search(context.words_of_sentence(formula)):
        return
    unequal = Apply("!=", claim.arguments)
    try:
        never = implied(unequal, ()) or _holds_of_all_numbers(unequal)
    except (IllSorted, TermError):  # x_0 of a vector
        return
    if never:
        names = frozenset(symbol.name for symbol in free_symbols(claim))
        where = context.document.place(obligation.start)
        reason = f"'{' '.join(obligation.latex.split())}' in {where}, which holds for no real numbers,"
        section.doubts.append(Doubt(names, reason, formula.section, formula.start, kind=True))


def _holds_of_all_numbers(statement: Term) -> bool:
    """Whether a statement about one real number is true."""
    try:
        check_univariate(Claim(statement, ()))
    except Rejected:
        return False
    return True


def _read_as_condition(section: Section, obligation: Obligation, statement: Term) -> Hypothesis:
    claimed = frozenset[Symbol]().union(*(free_symbols(term) for _, term, _ in section.earlier))
    continued = bool(obligation.continues)
    opens = continued or not claimed & free_symbols(statement)
    return Hypothesis(statement, obligation.id, sentence=0, start=obligation.start, opens=opens, continued=continued)


def _is_bound(statement: Term) -> bool:
    """A bound of a letter by a number."""
    if not isinstance(statement, Apply) or statement.head not in ORDERS:
        return False
    return {type(one) for one in statement.arguments} == {Symbol, Number}


def _is_approximate(statement: Term) -> bool:
    return isinstance(statement, Apply) and statement.head == "approx"
