"""Which relations define a symbol, a function, the entries of a vector or an angle (elaboration.md K2-K5, K8), and which are conditions (K3)."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from derive.elaborate.anew import NAMES_OF_POINTS, ask_which_value, keep_meaning, note_older
from derive.elaborate.approximation import entries
from derive.elaborate.conditions import begin_case, introduce, is_put_in, turn_round
from derive.elaborate.constants import undetermined
from derive.elaborate.context import (
    BEGINS_CASE,
    CONDITION_MARKS,
    DEFINITION_MARKS,
    FOLLOWS,
    Context,
    Hypothesis,
    Link,
    Section,
    formulas_of,
    fresh,
    lone_name,
    statement_at,
    where_defined,
    without_meaning,
)
from derive.elaborate.dependence import OF_ALL, dependence
from derive.elaborate.derivatives import is_slope
from derive.elaborate.differentials import DIFFERENTIAL, depends
from derive.elaborate.doubt import Doubt, letters_of_latex
from derive.elaborate.families import is_member_of_one, letters_in
from derive.elaborate.givens import INCREMENT, concludes, is_concluded, is_perhaps_made, may_be_partial
from derive.elaborate.membership import members_of
from derive.elaborate.obligation import Obligation
from derive.elaborate.optima import extremum
from derive.elaborate.optima import unfolded as with_definitions
from derive.elaborate.random_variables import note_variable
from derive.elaborate.restrictions import (
    condition_in_words,
    earlier_statements,
    follows_claim,
    hypotheses_in_scope,
    is_of_a_remark,
    is_open_condition,
    later_statements,
    names_said_of_all,
    note_doubt,
)
from derive.elaborate.sorts import base_of, letter_of, marks_of, subscript_of
from derive.elaborate.spoken import names_of
from derive.elaborate.terms import Builder, Scope, instance, of_each, relation, zero_like
from derive.kernel.check import undischarged
from derive.kernel.claim import Claim
from derive.kernel.evaluation import Undecided, Undefined, evaluate
from derive.kernel.sign import conjuncts
from derive.kernel.sorting import is_scalar, sort_of
from derive.kernel.term import (
    INTEGER,
    REAL,
    ZERO,
    Apply,
    Function,
    IllSorted,
    Matrix,
    Number,
    Symbol,
    Term,
    TermError,
    equal,
    free_symbols,
    multiply,
    negate,
    substitute,
    subterms,
)
from derive.language.document import Formula, Statement
from derive.language.printing import plain, plain_name
from derive.language.report import Verdict
from derive.language.syntax import Node, UnreadError

_TAYLOR = re.compile(r"테일러|Taylor|[Aa]pproximat|근사")
_EXPANSION = re.compile(
    r"전개|[Ee]xpan[sd]"
)  # multiplying out is an expansion too: only beside coefficients that are to be found


def explicit_definition(context: Context, section: Section, link: Link) -> Obligation:
    lone = lone_name(link.left)
    if lone is not None and not lone[1] and section.scope.is_member(lone[0]):
        return _define_member(context, section, link, link.left, link.right)
    if lone is not None and not lone[1]:
        if lone[0] in link.right.names:
            return _update(context, section, link, lone[0])
        return _define(context, section, link, lone[0], link.right, transposed=False)
    function = _function_definition(context, section, link, forced=True)
    if function is not None:
        return function
    return _notation_definition(context, section, link)


def _notation_definition(context: Context, section: Section, link: Link) -> Obligation:
    """`p_\\theta(x) := ...`, `(a, b) := ...`: a notation is defined; what it stands for is not put in below."""
    builder = Builder(section.scope)
    left, right = builder.term(link.left), builder.term(link.right)
    if not without_meaning(left):
        raise UnreadError(link.left.start, "what is defined must be a symbol or a function of symbols", "definition")
    sort_of(relation("=", left, right))
    note_doubt(context, section, link, f"the definition of {plain(left)}")
    obligation = context.obligation(link, Verdict.DEFINED, "definition", f"defines the notation {plain(left)}")
    obligation.reading = f"{plain(left)} := {plain(right)}"
    obligation.notes = tuple(builder.notes)
    return obligation


def _update(context: Context, section: Section, link: Link, key: str) -> Obligation:
    """`w \\leftarrow w - \\alpha g`: from here on w is the next value; what was said of w above was said of the value before."""
    scope = section.scope
    builder = Builder(scope)
    value, symbol = builder.term(link.right), scope.symbol(key)
    sort_of(equal(symbol, value))
    if scope.component_names(key) is not None:
        raise UnreadError(link.left.start, f"{key} has named components: write the next value with an index", "update")
    before: Term | None = scope.definitions.get(symbol)
    if before is None:
        taken = {one.name for one in scope.definitions} | section.seen | section.bound
        name = f"{key}'"
        while name in taken:
            name += "'"
        before = Symbol(name, symbol.sort)
    _put_in(section, {symbol: before}, keep_declared=True)
    scope.definitions[symbol] = substitute(value, {symbol: before})
    section.bound.add(key)
    message = f"gives {plain_name(key)} its next value"
    obligation = context.obligation(link, Verdict.DEFINED, "update", message)
    section.given[key] = obligation.id
    obligation.reading = f"{plain(symbol)} := {plain(value)}"
    obligation.conditions = _conditions(scope, value)
    obligation.notes = tuple(builder.notes)
    return obligation


def _put_in(
    section: Section, mapping: dict[Term, Term], *, keep_declared: bool, but: Collection[str] = frozenset()
) -> None:
    """What was said of a symbol so far was said of the value that it had then, but for the definitions of some names."""
    scope = section.scope
    for other, value in list(scope.definitions.items()):
        if other not in mapping and other.name not in but:
            scope.definitions[other] = substitute(value, mapping)
    for function, (parameters, body) in list(scope.function_definitions.items()):
        if not set(parameters) & set(mapping) and function.name not in but:
            scope.function_definitions[function] = (parameters, substitute(body, mapping))
    kept = [one for one in section.hypotheses if keep_declared and one.origin == "declaration"]
    section.hypotheses = [replace(one, term=substitute(one.term, mapping)) for one in section.hypotheses]
    section.hypotheses += [one for one in kept if all(one.term != other.term for other in section.hypotheses)]
    section.earlier = [(identity, substitute(term, mapping), False) for identity, term, _ in section.earlier]


def definition(context: Context, section: Section, link: Link, condition: bool) -> Obligation | None:
    if any(one.kind == "ellipsis" for one in link.statement.node.children):
        return None  # a_1 = \dots = a_n = 1
    if link.leads or is_concluded_under_condition(context, section, link):
        return None  # `a = b \\implies ...`: a premise defines nothing, and what follows under one defines nothing beyond it
    if (question := _is_perhaps_of_product(link)) and not link.statement.mark:
        note_doubt(context, section, link, "what its subscript is")
        return context.obligation(link, Verdict.UNKNOWN, "subscript-open", question)
    marked = link.statement.mark in DEFINITION_MARKS
    follows = link.statement.connector in FOLLOWS and not marked
    sides = ((link.left, link.right), (link.right, link.left))
    for position, (side, other) in enumerate(sides):
        lone = lone_name(side)
        if lone is None or (position == 1 and not link.last):
            continue
        if position == 0 and not link.first:
            continue
        key, transposed = lone
        if position == 0 and other.kind == "name" and _names_entries(context, key, other):
            note_doubt(context, section, link, "the entries")
            reason = f"the entries in {context.document.place(link.start)}"
            names = frozenset({key, other.key})
            section.doubts.append(Doubt(names, reason, link.formula.section, link.start, kind=True))
            message = f"names the entries of {plain_name(key)}"
            return context.obligation(link, Verdict.UNKNOWN, "no-meaning-yet", message)
        if is_slope(section.scope, side):
            if link.statement.mark != "let":
                continue
            note_doubt(context, section, link, f"the definition of {plain_name(key)}")  # let f' = f + 1
        if not marked and is_perhaps_made(section.scope, key, link.left.names | link.right.names):
            note_doubt(
                context,
                section,
                link,
                f"whether {plain_name(key)} is made of {plain_name(base_of(key).removeprefix(INCREMENT))}",
            )
            continue
        if letter_of(key).isdigit() or key in other.names:
            continue  # \\mathbf{1} is what it is
        if isinstance(section.scope.inference.sort(key), Function) or _is_made(section.scope, key, other):
            continue
        if subscript_of(key) and section.scope.is_identity(key):
            continue  # I_n is the identity
        if (position == 1 or key == "I") and _is_perhaps_identity(context, key, other):
            if key != "I" or section.scope.inference.sort_of_identity(side) is None:
                note_doubt(context, section, link, f"whether {key} is the identity or zero matrix")
            continue
        if position == 1 and section.scope.inference.sort_of_identity(side) is not None:
            continue  # and so is I, of the size that fits: A^{-1} A = I
        if section.scope.is_member(key) and position == 0 and not condition and not transposed:
            template = section.scope.inference.family_key(key)
            new = template not in section.bound and not follows
            late = new and key not in section.bound and letters_in(key) and _may_be_late(section, link, key)
            if marked or (new and fresh(section, key)) or late:
                return _define_member(context, section, link, side, other)
        if section.scope.is_part(key):
            continue  # an entry of a matrix is not free to be defined
        given = section.scope.is_member(key) and section.scope.inference.family_key(key) in section.bound
        if given and not marked and (subscript_of(key).isdigit() or not _is_step(section.scope, link, key)):
            continue  # a_3, a_{n+1}, where a_n is given
        if not marked and _is_instance(context, section, link, key):
            continue
        if (
            not marked
            and concludes(link)
            and (key in section.introduced or (key in section.open and _SO.search(link.formula.before)))
        ):
            continue  # let a and b be real; then a = b
        if position == 1 and key in section.seen:
            continue  # f(0, 0) = a, below f(x, y) = a + b x: a has been given up, and may be any
        if position == 1 and link.left.kind == "call" and _is_value(link.left):
            continue  # f(x) = c: does f have the value c here, or everywhere?
        if not marked and key in names_said_of_all(context, link.formula, link.statement):
            continue
        constant = not any(one.kind in {"name", "call"} for one in other.walk())
        if position == 0 and constant and _has_another_value(section, link, key, other):
            return _define(context, section, link, key, other, transposed)
        if constant and (condition or BEGINS_CASE.search(link.formula.before) or is_put_in(link.formula)):
            continue  # K3: a condition does not use up the freshness of its symbol
        if marked and constant and link.statement.mark == "where" and _is_supposed_of(section, key):
            continue  # let a b = 0 with a = 0
        if condition and lone_name(link.left) and lone_name(link.right):
            continue  # if i = j: neither is made of the other
        if position == 0 and not constant and not transposed and _is_taken_anew(context, section, link, key):
            return _define(context, section, link, key, other, transposed)
        if position == 0 and not constant and not transposed and _is_model(section, link, key):
            return _define(context, section, link, key, other, transposed)
        if position == 0 and other.kind == "binder" and _is_another_place(section, key, other):
            return _define(context, section, link, key, other, transposed)
        unbound = key not in section.bound
        names_components = section.scope.component_names(key) is not None and other.kind == "matrix"
        named_here = (
            names_components and position == 0 and key not in section.given and not (follows or concludes(link))
        )
        if (marked and (unbound or names_components)) or (
            named_here and _is_column_of_names(section.scope, key, other)
        ):
            return _define(context, section, link, key, other, transposed)
        if follows or (transposed and not marked):
            continue
        if fresh(section, key) and (position == 0 or (link.first and lone_name(link.left) is None)):
            return _define(context, section, link, key, other, transposed)
        if position == 0 and unbound and not constant and _may_be_late(section, link, key):
            if section.scope.symbol(key) in free_symbols(section.scope.unfold(Builder(section.scope).member(other))):
                continue  # x = A^{-1} b, where b was defined as A x
            return _define(context, section, link, key, other, transposed)
    if marked and link.statement.mark == "let":
        lone = lone_name(link.left)
        again = lone is not None and _is_defined_in_sentence(context, section, link, lone[0])
        if lone is not None and not lone[1] and not again and lone[0] not in {one.key for one in link.right.walk()}:
            if section.scope.is_member(lone[0]):
                return _define_member(context, section, link, link.left, link.right)
            return _define(context, section, link, lone[0], link.right, transposed=False)
    if condition and not follows and link.left.kind == "call":
        name = link.left.children[0].key
        if fresh(section, name):
            return _function_definition(context, section, link, forced=False)  # "when f(x) = x^2" introduces f
        if _is_taken_anew(context, section, link, name) or _is_another_function(context, section, link):
            return _function_definition(context, section, link, forced=True)
    if follows or condition:
        return None
    square = _square_definition(context, section, link)
    if square is not None:
        return square
    entries_defined = _literal_definition(context, section, link)
    if entries_defined is not None:
        return entries_defined
    function = _function_definition(context, section, link, forced=False) or _definition_at_powers(
        context, section, link
    )
    if function is not None:
        return function
    return _implicit_definition(context, section, link)


def _is_perhaps_of_product(link: Link) -> str:
    """\\gamma_{cv}(t) = \\gamma_v(ct): one name, or the \\gamma of the product c v? The question; empty where the letters of the subscript do not stand apart on the other side."""
    head = link.left.children[0] if link.left.kind == "call" else link.left
    letters = subscript_of(head.key) if head.kind == "name" else ""
    if not link.first or len(letters) < 2 or not letters.isalpha() or len({*letters}) < len(letters):
        return ""
    if {*letters} <= _OF_TABLES:
        return ""
    names = link.right.names
    for one in names:
        rest = subscript_of(one)
        beside = base_of(one) == base_of(head.key) and rest and {*rest} < {*letters}
        if beside and {*letters} - {*rest} <= names:
            factors, name = " and ".join(letters), plain_name(head.key)
            return f"is {letters} one index, or the product of {factors}? Write {name} with commas, or with \\cdot between them"
    return ""


_OF_TABLES = frozenset("ijklmnpqrst")


_THEN = re.compile(
    r"\bthen\b(?:\s+(?:it\s+(?:holds|follows)(?:\s+that)?|(?:we|one)\s+(?:have|has|gets?|obtains?|finds?)|also|always))?[\s:,}$]*$|그러면[\s}$]*$",
    re.IGNORECASE,
)


def is_concluded_under_condition(context: Context, section: Section, link: Link) -> bool:
    """If $x > 0$, then $\\alpha = 0$: what follows under a condition that defines nothing itself; not of a function, where the condition is one on its arguments."""
    statement = link.statement
    if statement.mark or not link.first:
        return False
    before = [one for one in earlier_statements(context, link.formula, statement) if one.mark in {"if", "when"}]
    conditions = [one for one in before if one.start not in section.defined.values()]
    if not conditions:
        return False
    arguments = {one.key for one in link.left.children[1:]} if link.left.kind == "call" else set[str]()
    if any(one.node.names & arguments for one in conditions):
        return False
    ends = [one.end for one in link.formula.parts if one.end <= statement.start]
    between = context.document.text[max(ends) : statement.start] if ends else context.words_before(link.formula)
    return is_concluded(context, link) or _THEN.search(between) is not None


def _definition_at_powers(context: Context, section: Section, link: Link) -> Obligation | None:
    """`L(\\mu, \\sigma^2) = ...` defines L, for squares: an argument is written as a power beside others that are names. Nothing is put in for it, and what gives L at other names is a claim."""
    if link.left.kind != "call" or link.left.children[0].kind != "name" or not link.first:
        return None
    key, arguments = link.left.children[0].key, link.left.children[1:]
    powers = [
        one for one in arguments if one.kind == "^" and [part.kind for part in one.children] == ["name", "number"]
    ]
    names = [one.key for one in arguments if one.kind == "name"] + [one.children[0].key for one in powers]
    if not 0 < len(powers) < len(arguments) or len({*names}) != len(arguments) or not {*names} & link.right.names:
        return None
    if key in {*section.bound, *section.scope.inference.declared, *link.right.names} or _is_given(
        context, section, link, key
    ):
        return None
    builder = Builder(section.scope)
    left, right = builder.term(link.left), builder.term(link.right)
    sort_of(equal(left, right))
    written = ", ".join(plain(builder.term(one)) for one in powers)
    note_doubt(context, section, link, "the definition at powers of its arguments")
    section.bound.add(key)
    section.defined[key] = link.start
    obligation = context.obligation(
        link, Verdict.DEFINED, "definition", f"defines the function {plain_name(key)} at {written}"
    )
    section.given[key] = obligation.id
    obligation.reading = f"{plain(left)} := {plain(right)}"
    obligation.conditions = _conditions(section.scope, right)
    obligation.notes = tuple(builder.notes)
    return obligation


def _is_model(section: Section, link: Link, key: str) -> bool:
    """`Y = X B + E, E \\sim N(0, V)` of a Y of which only the set is said, with an error that is new and of which the distribution is said next: what Y is made of."""
    scope = section.scope
    if key not in scope.inference.by_membership or key in section.given or not (link.first and link.last):
        return False
    if (
        link.statement.mark
        or link.statement.connector
        or any(scope.symbol(key) in one.symbols() for one in section.hypotheses)
    ):
        return False
    parts = [one for one in link.formula.parts if isinstance(one, Statement)]
    behind = parts[parts.index(link.statement) + 1 :][:1] if link.statement in parts else []
    return any(
        one.node.kind == "chain"
        and one.node.value == "sim"
        and one.node.children[0].key in link.right.names - section.seen - section.bound
        for one in behind
    )


def _is_another_function(context: Context, section: Section, link: Link) -> bool:
    """For f(x) = x^3, where "for f(x) = x^2" stands above: examples beside each other, no equation between both."""
    head, *arguments = link.left.children
    start = section.defined.get(head.key)
    if start is None or not _is_value(link.left) or not link.first:
        return False
    if not {one.key for one in arguments} & link.right.names:
        return False
    above = statement_at(context.formula_at(start), start)
    return above is not None and above.mark in CONDITION_MARKS


def _names_entries(context: Context, key: str, other: Node) -> bool:
    """A = (a_{ij}) names the entries of A."""
    indices = subscript_of(other.key).replace(",", "")
    named = base_of(other.key).upper() == base_of(key) and len(indices) == 2 and indices.isalpha()
    return named and context.document.text[other.start : other.end].startswith("(")


def _is_perhaps_identity(context: Context, key: str, other: Node) -> bool:
    """Q^2 = I, A + B = I of capital letters, and E and O in a text that speaks of matrices: the identity, and zero."""
    names = other.names - {"T", "\\top"}
    kinds = {one.kind for one in other.walk()}
    if letter_of(key) == "I" and subscript_of(key):  # \\sum_j B^{(j)} = I_n; no I_n = \\int x^n dx
        return not kinds & _OF_INTEGRALS and any(letter_of(name).isupper() for name in names - {key})
    if key not in {"I", "E", "O"}:
        return False
    if not any(base_of(name)[-1:].isupper() for name in names - {key}) or not kinds & _OF_PRODUCTS:
        return False
    said = _OF_MATRICES.search(context.document.text) is not None
    return said or (key == "I" and kinds <= _OF_PRODUCTS | {"name", "number", "negate"} and _are_capital(names))


def _are_capital(names: frozenset[str]) -> bool:
    return all(name.isupper() and len(name) == 1 for name in names)


_OF_INTEGRALS = frozenset({"integral", "binder", "limit", "at"})
_OF_PRODUCTS = frozenset({"^", "product", "dot", "+", "transpose", "inverse"})
_OF_MATRICES = re.compile(
    r"\b(?:matri(?:x|ces)|reflections?|rotations?|projections?|involutions?|invertible|orthogonal|identity)\b|행렬|\\(?:mathbb|R)\s*\{?R?\}?\s*\^\s*\{?\s*\w+\s*\\times",
    re.IGNORECASE,
)
_SO = re.compile(r"\b(?:so|hence|thus|therefore)[\s$,]*$|따라서|그러므로", re.IGNORECASE)


def _is_defined_in_sentence(context: Context, section: Section, link: Link, key: str) -> bool:
    """Whether the sentence defines a name before this: let c = a + b and c = 2a, two equations. Numbers may be one value after another."""
    start = section.defined.get(key)
    if start is None or not any(one.kind in {"name", "call"} for one in link.right.walk()):
        return False
    return start < link.start and context.formula_at(start).sentence == link.formula.sentence


def _is_taken_anew(context: Context, section: Section, link: Link, key: str) -> bool:
    """`If f = tr(X^T X)`, where f is tr(A X) or any function above: another example, or an equation.

    The symbol gets the value for what follows; nothing is refuted by either, unless the symbol is differentiated there: then it is no equation.
    """
    if link.statement.mark not in {"if", "when"} or link.statement.connector in FOLLOWS:
        return False
    if follows_claim(context, link.formula, link.statement):
        return False
    scope = section.scope
    function = link.left.kind == "call"
    known = scope.function_definitions if function else scope.definitions
    given = key in section.given and any(one.name == key for one in known if isinstance(one, Symbol))
    arguments = {one.key for one in link.left.children[1:]}
    if function and not all(one.kind == "name" for one in link.left.children[1:]):
        return False
    names = link.right.names
    if key in names or (function and not names & arguments):
        return False
    certain = _is_differentiated_behind(context, link, key)
    if not (given or (function and certain and key not in section.bound and names <= arguments)):
        return False
    if not certain:
        note_doubt(context, section, link, f"what {plain_name(key)} is")
    return True


def _is_differentiated_behind(context: Context, link: Link, key: str) -> bool:
    """Whether one of the next formulas under the heading takes the derivative of a symbol or function, before it gets another value."""
    index = context.index_of.get(link.formula.start, 0)
    for formula in context.formulas[index + 1 : index + 1 + _NEAR]:
        if formula.section != link.formula.section:
            break
        for part in formula.parts:
            for node in part.node.walk() if isinstance(part, Statement) else ():
                inside = node.children[0] if node.kind in {"prime", "derivative"} else node
                head = inside.children[0] if inside.kind == "call" else inside
                if (node is not inside and head.key == key) or node.key == DIFFERENTIAL + key:
                    return True
    return False


_NEAR = 3  # formulas


def _is_supposed_of(section: Section, key: str) -> bool:
    """Whether something is supposed of a symbol that has no value."""
    symbol = section.scope.symbol(key)
    return symbol not in section.scope.definitions and any(
        symbol in one.symbols() for one in section.hypotheses if one.origin != "declaration"
    )


_INDEX = re.compile(r"[0-9]+|[0-9]*[a-z]+(?:[+-][0-9a-z]+)*|[a-z]\^\{?[0-9a-z]\}?")


def _is_instance(context: Context, section: Section, link: Link, key: str) -> bool:
    """a_3, a_{n+1}, where a_n is given by a formula: it is not free to be defined. What it is may be used; that it is not something else may not be said."""
    subscript, scope = subscript_of(key), section.scope
    if key in section.bound or _INDEX.fullmatch(subscript.replace(",", "")) is None:
        return False
    template = re.compile(re.escape(base_of(key)) + r"_\{([A-Za-z]|[i-t]{2,3})(?:[+-][0-9]+)?\}")
    given = [(name, match) for name in section.bound if (match := template.fullmatch(name)) is not None]
    given = [one for one in given if not section.scope.last_index(one[0])]
    given = [one for one in given if subscript.isdigit() or _runs(scope, subscript, *one)]
    if not subscript.isdigit() and _is_step(scope, link, key):
        given = [one for one in given if _shows_index(scope, *one)]
    multiple = subscript.isalpha() and any(
        base_of(name) == base_of(key) and re.fullmatch(rf"\d+{subscript}(?:[+-]\d+)?", subscript_of(name))
        for name in section.bound
    )  # a_n, where a_{2n} is given
    if not given and not multiple and not is_member_of_one(key, section.bound):
        return False
    note_doubt(context, section, link, "which members of the sequence a formula gives,")
    for name, match in given:
        value = scope.definitions.get(scope.symbol(name))
        letters = match.group(1)
        indices = instance(scope, letters, subscript)
        if value is None or match.group() != f"{base_of(key)}_{{{letters}}}" or indices is None:
            continue
        if not {*indices} <= free_symbols(value) or scope.symbol(key).sort != scope.symbol(name).sort:
            continue
        others = free_symbols(value) - {*indices}
        if any(base_of(one.name) == base_of(key) or letters_in(one.name) & {*letters} for one in others):
            continue
        if any(_is_false(substitute(one, dict(indices))) for one in context.ranges.get(name, ())):
            continue  # a_0, where a_n is given for n >= 1
        scope.definitions[scope.symbol(key)] = substitute(value, dict(indices))
        section.bound.add(key)
        section.given[key] = section.given.get(name, "")
        break
    return True


def _is_step(scope: Scope, link: Link, key: str) -> bool:
    """Whether a relation leads from one member to another, of a family that no formula gives for all: w_{k+1} = w_k + d."""
    members = (link.left.names | link.right.names) - {key}
    template = scope.inference.family_key(key)
    given = any(one.name == template for one in scope.function_definitions)
    return not given and any(base_of(one) == base_of(key) for one in members)


def _shows_index(scope: Scope, name: str, match: re.Match[str]) -> bool:
    """Whether the value of a member is written with its index: a_n = 2^n; not w_k = [w_{1k}, w_{2k}]."""
    value = scope.definitions.get(scope.symbol(name))
    return value is not None and {*match.group(1)} <= {one.name for one in free_symbols(value)}


def _runs(scope: Scope, subscript: str, name: str, match: re.Match[str]) -> bool:
    """Whether the subscript of a name that is given is an index, and this one another value of it: a_{n+1} or a_k where a_n = 2^n; not E_p where E_k = m v^2 / 2."""
    letters = match.group(1)
    if subscript == subscript_of(name) or (len(letters) > 1 and len(subscript) != len(letters)):
        return False
    value = scope.definitions.get(scope.symbol(name))
    inside = free_symbols(value) if value is not None else frozenset[Symbol]()
    used = any(one.name in letters or letters_in(one.name) & {*letters} for one in inside)
    if {subscript, letters} <= {*"ijklmn"}:  # w_i = 1/n, w_j = 2/n
        return True
    shifted = not (subscript.isalpha() and subscript_of(name).isalpha())
    return used or (shifted and letters in subscript)


def _is_value(call: Node) -> bool:
    """f(x), f(a, b)."""
    return call.children[0].kind == "name" and all(one.kind == "name" for one in call.children[1:])


def _has_another_value(section: Section, link: Link, key: str, other: Node) -> bool:
    """Whether a symbol that has the value of a number is given one again, by itself: F = 5 here, F = 3 for the next example."""
    statement = link.statement
    if statement.connector or statement.starts_with_relation or not (link.first and link.last):
        return False
    if statement.mark and statement.mark not in CONDITION_MARKS | DEFINITION_MARKS:
        return False
    value = section.scope.definitions.get(section.scope.symbol(key))
    if not isinstance(value, Number):
        return False  # what is computed is compared
    return section.scope.unfold(Builder(section.scope).term(other)) != value


def _may_be_late(section: Section, link: Link, key: str) -> bool:
    """Whether a symbol that was used above is defined here: `L = (y - t)^2, y = wx`. As a claim of a free symbol it would make no sense."""
    statement = link.statement
    if statement.connector or statement.mark or statement.starts_with_relation or lone_name(link.right) is not None:
        return False
    letters = letters_of_latex(key)
    if any(
        doubt.letters is not None and doubt.letters & letters and doubt.start < link.start for doubt in section.doubts
    ):
        return False
    return not any(
        symbol.name == key
        for hypothesis in [*section.hypotheses, *section.ahead]
        if not (hypothesis.refuting or hypothesis.implicit)
        for symbol in free_symbols(hypothesis.term)
    )


def _is_made(scope: Scope, key: str, other: Node) -> bool:
    """Whether a differential is made by increments of others, and so not free to be defined."""
    if not key.startswith(DIFFERENTIAL):
        return False
    base = key.removeprefix(DIFFERENTIAL)
    if (
        depends(scope, base)
        and base not in {*scope.inference.uses.functions, *scope.inference.declared}
        and not any(symbol.name == base for symbol in scope.definitions)
    ):  # a function of which nothing is known but its derivatives
        return any(one.kind == "name" and one.key == base for one in other.walk())
    return depends(scope, base)


def _define(context: Context, section: Section, link: Link, key: str, value_node: Node, transposed: bool) -> Obligation:
    builder = Builder(section.scope)
    value = builder.term(value_node)
    symbol = section.scope.symbol(key)
    shown: Term = Apply("transpose", (symbol,)) if transposed else symbol
    sort_of(equal(shown, value))
    if _names_its_parts(section.scope, symbol, value_node):
        obligation = context.obligation(link, Verdict.DEFINED, "definition", f"names the entries of {plain_name(key)}")
        obligation.reading = f"{plain(shown)} = {plain(value)}"
        section.bound.add(key)
        section.given[key] = obligation.id
        return obligation
    if symbol in free_symbols(section.scope.unfold(value)):
        raise UnreadError(value_node.start, f"the definition of {key} goes in a circle", "circular-definition")
    names = section.scope.component_names(key)
    message = f"defines {plain_name(key)}"
    old = section.scope.definitions.get(symbol)
    if key in section.bound and old is not None:
        message = f"defines {plain_name(key)} anew"
        section.renewed[key] = section.defined.get(key, link.start)
        if key in section.given:
            message += f", after line {section.given[key].split('.')[0]}"
        formulas = formulas_of(section, key, old)
        note_older(context, section, symbol, formulas, link.start)
        ask_which_value(section, symbol, formulas, link.start)
        _put_in(section, {symbol: old}, keep_declared=True, but=formulas)
    unfolded = section.scope.unfold(value)
    context.ranges[key] = _ranges(context, section, link, letters_in(key))
    for prime in [one for one in section.scope.definitions if one.name.rstrip("'") == key != one.name]:
        section.scope.definitions.drop(prime)  # y' = y, and now y = e^{2x}: it was a differential equation
        note_doubt(context, section, link, f"what {plain_name(prime.name)} is")
    section.scope.extrema.pop(symbol, None)
    indices = frozenset(one for one in letters_in(key) if section.scope.symbol(one) not in free_symbols(unfolded))
    part = _part(context, section, link, unfolded, indices)  # x_j = 0 for all j > k
    if part:
        note_doubt(context, section, link, "the definition under a condition")
        message += f" where {part}"
    elif extremum(unfolded) is not None:
        section.scope.extrema[symbol] = with_definitions(section.scope, unfolded)
        reason = f"the definition of {plain_name(key)} in {context.document.place(link.start)}"
        section.doubts.append(Doubt(letters_of_latex(key), reason, link.formula.section, link.start, best=symbol))
    elif unknown := without_meaning(unfolded):
        note_doubt(
            context, section, link, f"the definition by {unknown}"
        )  # what holds for every value holds for this one
    elif value_node.kinds & OF_ALL and (reason := dependence(context, section, link.formula, (value_node,))):
        note_doubt(context, section, link, f"{reason} in the definition")
    elif names is None or value_node.kind != "matrix" or not _is_column_of_names(section.scope, key, value_node):
        section.scope.definitions[symbol] = Apply("transpose", (value,)) if transposed else value
    section.bound.add(key)
    section.older.pop(key, None)
    section.disputed.pop(key, None)
    section.defined[key] = link.start
    note_variable(section, key, value_node)
    _note_place(context, section, link, key)
    if free_symbols(unfolded):
        section.valued.pop(key, None)
    else:
        section.valued[key] = link.start
    if names is not None:
        section.bound |= set(names)
    obligation = context.obligation(link, Verdict.DEFINED, "definition", message)
    section.given[key] = obligation.id
    obligation.reading = f"{plain(shown)} := {plain(value)}"
    obligation.conditions = _conditions(section.scope, value)
    obligation.notes = tuple(builder.notes)
    if message == f"defines {plain_name(key)}":
        _note_use_above(context, section, link, obligation, key)
    close = _close_name(section, key) if key not in context.written else None
    if close:
        obligation.notes = (*obligation.notes, f"new symbol {plain_name(key)}, did you mean {plain_name(close)}?")
    return obligation


def _note_use_above(context: Context, section: Section, link: Link, obligation: Obligation, key: str) -> None:
    """A note where a name stands in formulas above its definition."""
    line = _first_line(context, link, key) if key in section.seen - section.open else 0
    if line:
        obligation.notes = (*obligation.notes, f"{plain_name(key)} is used before it is defined, in line {line}")


def _note_place(context: Context, section: Section, link: Link, key: str) -> None:
    """Where a symbol is given a value without a word that says so: another one may be given later in the same way."""
    section.placed.pop(key, None)
    if not link.statement.mark and link.word == "=" and link.formula.start in context.index_of:
        section.placed[key] = context.index_of[link.formula.start]


def _ranges(context: Context, section: Section, link: Link, letters: Collection[str]) -> tuple[Term, ...]:
    """The orders behind a definition that speak of its indices: a_n = 1/n for n >= 1."""
    found: list[Term] = []
    for later in later_statements(context, link.formula, link.statement) if letters else ():
        if later.mark not in CONDITION_MARKS or later.node.kind != "chain" or later.node.names.isdisjoint(letters):
            continue
        try:
            found += conjuncts(Builder(section.scope).formula(later.node))
        except (UnreadError, IllSorted):
            continue
    return tuple(found)


def _is_false(statement: Term) -> bool:
    try:
        return not free_symbols(statement) and evaluate(statement, {}, {}) is False
    except (Undefined, Undecided, TermError):
        return False


def _part(context: Context, section: Section, link: Link, value: Term, parameters: frozenset[str]) -> str:
    """The conditions of a sentence that make a definition one for a part only: f(x) = 2 for 0 <= x <= 1/2; empty if none do.

    Of a function they speak of its parameters; of a symbol they begin with "if". Where the value is defined nowhere else, they restrict nothing.
    """
    implied = set(where_defined(value))
    found = [
        f"'{plain(one.term)}'"
        for one in section.hypotheses
        if one.paragraph == link.formula.paragraph
        and one.term not in implied
        and any(symbol.name in parameters for symbol in free_symbols(one.term))
        and not any(
            isinstance(part, Statement) and part.start == one.start and _ends_a_row_above(context, link, part)
            for part in link.formula.parts
        )
    ]
    leading = [
        one
        for one in link.formula.parts
        if isinstance(one, Statement)
        and one.end <= link.statement.start
        and one.mark in {"if", "when"}
        and not _ends_a_row_above(context, link, one)
    ]
    for later in (*leading, *later_statements(context, link.formula, link.statement)):
        node = later.node
        if later.mark == "not" and node.kind == "chain" and later.start < link.formula.end:
            found.append(f"not '{' '.join(later.latex.split())}'")
        if link.right.kind == "binder" and node.placed(0) in [part.placed(0) for part in link.right.children]:
            continue  # a constraint of the best value
        if later.mark not in CONDITION_MARKS and later.start >= link.formula.end:
            break  # another claim, with its own conditions
        if link.last and later.mark in {"if", "when"} and is_open_condition(later):
            found.append(f"'{' '.join(later.latex.split())}'")
        if later.mark not in CONDITION_MARKS or node.kind != "chain":
            continue
        if not parameters and later.mark not in {"if", "when"} and node.value != "to" and not restricts(section, node):
            continue
        if parameters and not parameters & node.names:
            continue
        if node.value == "in" and _is_real(node.children[1]):
            continue
        try:
            term = Builder(section.scope).formula(node)
            sort_of(term)
            links = term.arguments if isinstance(term, Apply) and term.head == "and" else (term,)
            if all(one in implied for one in links):
                continue
        except (UnreadError, IllSorted):
            pass
        found.append(f"'{' '.join(later.latex.split())}'")
    return " and ".join(found) or _words_of_a_part(context, link, parameters)


def _ends_a_row_above(context: Context, link: Link, condition: Statement) -> bool:
    """Whether a condition stands behind a statement in a row above: it is the condition of that row."""
    text, begin = context.document.text, link.formula.start
    ends = [one.end for one in link.formula.parts if one.end <= condition.start]
    if not ends or "\\\\" not in text[condition.end : link.statement.start]:
        return False
    return "\\\\" not in text[max(begin, *ends) : condition.start]


_KINDS_OF_ARGUMENTS = r"even|odd|primes?|rational|irrational"
_BEFORE_A_PART = re.compile(rf"\b(?:{_KINDS_OF_ARGUMENTS})\b|짝수|홀수|유리수|무리수", re.IGNORECASE)
_BEHIND_A_PART = re.compile(
    rf"[\s$,(]*(?:on|unless|except|for\s+(?:{_KINDS_OF_ARGUMENTS}|almost|positive|negative))\b", re.IGNORECASE
)
_SENTENCE_END = re.compile(r"[.!?。](?=\s|$)|\n[ \t\r]*\n|(?<=다)\.")


def _words_of_a_part(context: Context, link: Link, parameters: frozenset[str]) -> str:
    """What else says that a definition is one for a part: f(x) = x^2 on [0, 1]; for even n; (x > 0), set apart; otherwise."""
    formula, text = link.formula, context.document.text
    index = context.index_of.get(formula.start)
    if index is None:
        return ""
    ends = [match.end() for match in _SENTENCE_END.finditer(text, max(0, formula.start - 400), formula.start)]
    before = text[ends[-1] if ends else max(0, formula.start - 400) : formula.start]
    stop = _SENTENCE_END.search(text, formula.end)
    behind = text[formula.end : stop.start() if stop else len(text)]
    said = condition_in_words(context, formula, link.statement)
    if said:
        return f"'{' '.join(said.split())}'"
    for match in (_BEFORE_A_PART.search(before), _BEHIND_A_PART.match(behind), _OTHERWISE.search(behind)):
        if match is not None:
            return f"'{' '.join(match.group().split())}'"
    following = context.formulas[index + 1 : index + 2]
    bracketed = following and re.fullmatch(r"[\s$,]*\([\s$]*", text[formula.end : following[0].start])
    for part in (*formula.parts, *(following[0].parts if bracketed else ())):
        if isinstance(part, Statement) and not part.mark and part.node.kind == "chain" and parameters:
            orders = set(part.node.value.split()) <= {"<", "<=", ">", ">=", "!="}
            if orders and parameters & part.node.names:
                return f"'{' '.join(part.latex.split())}'"
    return ""


_OTHERWISE = re.compile(r"\b(?:otherwise|else)\b|그 외|그렇지 않", re.IGNORECASE)


def restricts(section: Section, node: Node) -> bool:
    """Whether a relation behind "for" says where something is meant: x > 0; not what an index runs over."""
    if not set(node.value.split()) <= {"=", "!=", "<", "<=", ">", ">="}:
        return False
    families = section.scope.inference.uses
    names = node.names
    listed = any(one.kind in {"sequence", "ellipsis"} for one in node.walk())
    return not listed and not names & (families.indices | families.families.running)


def _is_real(node: Node) -> bool:
    """All real numbers, or all vectors or matrices of them."""
    return node.key == "\\mathbb{R}" or (node.kind == "^" and node.children[0].key == "\\mathbb{R}")


def _conditions(scope: Scope, value: Term) -> tuple[Term, ...]:
    """Where a defined value is defined, in the symbols that the author wrote as far as these go."""
    written = where_defined(value)
    implied = {scope.unfold(one) for one in written}
    found = written + tuple(one for one in where_defined(scope.unfold(value)) if one not in implied)
    return undischarged(found, ())


def _first_line(context: Context, link: Link, key: str) -> int:
    """The first line of the section, above a relation, in which a name occurs in a formula of others; 0 if there is none."""
    for formula in context.formulas:
        if formula.section != link.formula.section or formula.start >= link.formula.start:
            continue
        for part in formula.parts:
            if isinstance(part, Statement) and part.start < link.start and part.node.kind not in {"name", "call"}:
                header = part.node.children[0] if part.node.kind == "chain" else part.node
                if header.kind == "call" and key in {one.key for one in header.children[1:]}:
                    continue  # the argument of a function that is defined there
                for node in part.node.walk():
                    if node.kind == "name" and node.key == key and node.start < link.start:
                        return context.document.position(node.start)[0]
    return 0


def _names_its_parts(scope: Scope, symbol: Symbol, node: Node) -> bool:
    """Whether a vector or matrix is set equal to the literal, perhaps with dots, of what are its own entries: it says how they are called."""
    inner = node.children[0] if node.kind == "transpose" else node
    rows = inner.children if inner.kind == "matrix" else (inner,) if inner.kind in {"list", "tuple"} else ()
    cells = [cell for row in rows for cell in row.children if cell.kind not in {"ellipsis", "blank"}]
    parts = [scope.whole(cell.key) if cell.kind == "name" else None for cell in cells]
    return bool(parts) and all(part is not None and part[0] == symbol for part in parts)


def _is_column_of_names(scope: Scope, key: str, node: Node) -> bool:
    """Whether a literal of names says how the entries of a vector are called: nothing but it does."""
    cells = [cell for row in node.children for cell in row.children]
    return scope.component_names(key) == tuple(cell.key for cell in cells)


def _define_member(context: Context, section: Section, link: Link, side: Node, value_node: Node) -> Obligation:
    """`y_i = w x_i + b`, `x_1 = 3`: members of a family. With a letter for an index it holds for all."""
    builder = Builder(section.scope)
    member, value = builder.term(side), builder.term(value_node)
    statement = equal(member, value)
    sort_of(statement)
    unfolded = section.scope.unfold(statement)
    obligation = context.obligation(link, Verdict.DEFINED, "definition", f"defines {plain(member)}")
    found = section.scope.inference.uses.families.member(side.key)
    letters = found.letters() if found is not None else frozenset()
    unknown = without_meaning(unfolded)
    for_all = not unknown and _defines_family(context, section, link, member, value)
    if unknown or (letters and not (for_all and letters <= section.scope.indices)):
        note_doubt(context, section, link, f"the definition of {plain(member)}")
    if not unknown and not for_all:
        section.hypotheses.append(Hypothesis(unfolded, obligation.id))
    section.bound.add(side.key)
    section.defined[side.key] = link.start
    if letters and found is not None and not section.scope.last_index(side.key):
        section.bound.add(found.template)
    section.given[side.key] = obligation.id
    obligation.reading = f"{plain(member)} := {plain(value)}"
    obligation.conditions = _conditions(section.scope, value)
    obligation.notes = tuple(builder.notes)
    _note_use_above(context, section, link, obligation, side.key)
    return obligation


def _defines_family(context: Context, section: Section, link: Link, member: Term, value: Term) -> bool:
    """p_i = e^{z_i} / s defines p_i for every i, if nothing restricts i and no other member is defined by itself."""
    if not isinstance(member, Apply) or member.head != "apply" or len(member.arguments) != 2:
        return False
    family, index = member.arguments
    if not isinstance(family, Symbol) or not isinstance(index, Symbol) or not is_scalar(index.sort):
        return False
    if index not in free_symbols(value) or context.last_index(link.left.key):
        return False  # x_k = 3, and c_J = \\log J of the last one
    taken = family in section.scope.function_definitions or family.name in section.bound
    declared = index.name in section.scope.inference.declared and index.name not in section.scope.indices
    if taken or declared or family in free_symbols(section.scope.unfold(value)):
        return False
    if _part(context, section, link, section.scope.unfold(value), frozenset({index.name})):
        return False
    whole = Symbol(index.name, INTEGER)
    section.scope.function_definitions[family] = ((whole,), substitute(value, {index: whole}))
    return True


def _close_name(section: Section, key: str) -> str | None:
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


def _literal_definition(context: Context, section: Section, link: Link) -> Obligation | None:
    """`[C_1; C_2] = value` with every C_i new defines them (K4)."""
    if link.left.kind != "matrix" or not link.first:
        return None
    cells = [entry for row in link.left.children for entry in row.children]
    if not all(
        cell.kind == "name" and fresh(section, cell.key) and not section.scope.is_member(cell.key) for cell in cells
    ) or len({c.key for c in cells}) != len(cells):
        return None
    builder = Builder(section.scope)
    left, right = builder.term(link.left), builder.term(link.right)
    sort_of(equal(left, right))
    values = entries(right)
    if values is None:
        values = tuple(Apply("component", (right, _position(index))) for index in range(1, len(cells) + 1))
    obligation = context.obligation(
        link, Verdict.DEFINED, "definition", f"defines {', '.join(plain_name(cell.key) for cell in cells)}"
    )
    unknown = without_meaning(section.scope.unfold(right))
    if unknown:
        note_doubt(context, section, link, f"the definition by {unknown}")
    for cell, value in zip(cells, values, strict=True):
        if not unknown:
            section.scope.definitions[section.scope.symbol(cell.key)] = value
        section.bound.add(cell.key)
        section.given[cell.key] = obligation.id
    obligation.conditions = _conditions(section.scope, right)
    obligation.notes = tuple(builder.notes)
    return obligation


def _is_a_side_above(link: Link) -> bool:
    """Whether a relation before this one in the same formula gives its left side a value already."""
    before = [one for one in link.formula.parts if isinstance(one, Statement) and one.end <= link.statement.start]
    sides = [side for one in before if one.node.kind == "chain" for side in one.node.children]
    return link.left.placed(0) in [side.placed(0) for side in sides if side.kind == "call"]


def _function_definition(context: Context, section: Section, link: Link, forced: bool) -> Obligation | None:
    """`f(x) = e` defines f, unless f is given (K5)."""
    call = link.left
    if call.kind != "call" or call.children[0].kind != "name":
        return None
    key, arguments = call.children[0].key, call.children[1:]
    in_chain = lone_name(link.statement.node.children[0]) is not None and fresh(section, key)  # E = V(x) = x^2
    if not link.first and not in_chain:
        return None
    if not all(argument.kind == "name" for argument in arguments) or len({a.key for a in arguments}) != len(arguments):
        return None
    if key in link.right.names:
        return None
    symbol = section.scope.function(key, tuple(section.scope.symbol(argument.key) for argument in arguments))
    if not isinstance(symbol.sort, Function) or len(symbol.sort.arguments) != len(arguments):
        return None
    by_itself = not forced and link.statement.mark not in DEFINITION_MARKS
    if by_itself and may_be_partial(section.scope, key):
        note_doubt(context, section, link, f"whether {plain_name(key)} is a derivative of {plain_name(base_of(key))}")
        return None
    if by_itself and _is_a_side_above(link):
        return None  # \\int_a^b 1 dx = c(a, b), and below c(a, b) = b - a: what follows
    if by_itself and section.scope.functions_with_index(key):
        note_doubt(context, section, link, "which members of the family a formula gives,")
        return None  # f_3(x) = ..., where f_k(x) is given
    if symbol in section.scope.function_definitions and not (forced or link.statement.mark == "let"):
        return None
    declared = key in section.scope.inference.declared and link.statement.mark not in DEFINITION_MARKS
    if not forced and (declared or _is_given(context, section, link, key)):
        return None
    builder = Builder(section.scope)
    parameters = tuple(section.scope.symbol(argument.key) for argument in arguments)
    body = builder.term(link.right)
    sort_of(equal(Apply("apply", (symbol, *parameters)), body))
    if by_itself and symbol in free_symbols(
        section.scope.unfold(body)
    ):  # F(x) = \int_0^x f, where f(x) = F'(x) says what f is
        section.doubts.append(
            Doubt(
                letters_of_latex(key),
                f"what {plain_name(key)} is, which goes in a circle,",
                link.formula.section,
                link.start,
                best=symbol,
            )
        )
        return None
    part = _part(context, section, link, section.scope.unfold(body), frozenset(one.key for one in arguments))
    if by_itself and not (part or free_symbols(body) & {*parameters} or _hidden_parts(parameters, body)):
        note_doubt(context, section, link, "whether this holds at one place or everywhere")
        return None  # f(a) = 3
    sought = not forced and _is_of_what_is_named(context, link, {one.key for one in arguments})
    if sought or (by_itself and len(parameters) == 1 and _is_at_a_point(link, parameters[0], body)):
        note_doubt(context, section, link, "whether this holds at one place or everywhere")
        return None
    if not part and key in section.given and not forced and link.statement.mark != "let":
        return None  # defined above, for a part
    above_on = section.parts.get(key, set())
    if by_itself and key in section.given and not above_on.isdisjoint({"", part}):
        return None  # F(y) = 5 for y < 1, where F is defined above, there or everywhere
    if part:
        note_doubt(context, section, link, "the definition on a part")
    elif unknown := without_meaning(section.scope.unfold(body)) or _hidden_parts(parameters, body):
        note_doubt(context, section, link, f"the definition by {unknown}")
    else:
        if symbol in section.scope.function_definitions:
            note_older(context, section, symbol, (), link.start)
        keep_meaning(section.scope, symbol)
        section.scope.function_definitions[symbol] = (parameters, body)
    section.bound |= {key}
    section.parts.setdefault(key, set()).add(part)
    section.older.pop(key, None)
    section.disputed.pop(key, None)
    section.defined[key] = link.start
    _note_place(context, section, link, key)
    message = f"defines the function {plain_name(key)}{f' where {part}' if part else ''}"
    above = section.given.get(key)
    if above is not None and not part:
        message += f" anew, after line {above.split('.')[0]}"
    obligation = context.obligation(link, Verdict.DEFINED, "definition", message)
    section.given[key] = obligation.id
    obligation.reading = f"{plain_name(key)}({', '.join(plain(one) for one in parameters)}) := {plain(body)}"
    obligation.conditions = _conditions(section.scope, body)
    obligation.notes = tuple(builder.notes)
    if above is None:
        _note_use_above(context, section, link, obligation, key)
    return obligation


_SOUGHT = re.compile(
    r"\b(?:look\w*|search\w*|find|seek|such that|with|satisf\w+|fixed points?|roots?|solv\w+)\b|고정점|만족|찾|구하",
    re.IGNORECASE,
)


def _is_at_a_point(link: Link, parameter: Symbol, body: Term) -> bool:
    """f(x_*) = x_*; find x with f(x) = x: a value at a point, or one that is looked for, and no definition."""
    if re.search(r"_\{?\\?(?:0|\*|\\ast|\\star)|\^\{?(?:\*|\\ast|\\star)", parameter.name) or marks_of(parameter.name):
        return True
    return body == parameter and (parameter.name in NAMES_OF_POINTS or _SOUGHT.search(link.formula.before) is not None)


_OF_WHAT_IS_NAMED = re.compile(
    r"[^.;:!?]{0,60}(?<![A-Za-z])(?:with|such\s+that|s\.\s?t\.|satisfying|that\s+satisf(?:y|ies)|(?:for|at)\s+which|where|so\s+that)[\s$]*",
    re.IGNORECASE,
)
_KOREAN_OF_WHAT_IS_NAMED = re.compile(
    r"[\s$]*(?:[을를이가]\s*)?(?:만족(?:하는|시키는)|성립하는|되는|인)(?:\s*(?:실수|수|정수|점|값|상수))?[\s$]*"
)
_OF_ALL = re.compile(r"\b(?:all|any|every|each|arbitrary)\b[^.]*$|(?:모든|임의의)[^.]*$", re.IGNORECASE)


def _is_of_what_is_named(context: Context, link: Link, names: set[str]) -> bool:
    """Some x with f(x) = 3x: a property of what is named just before, and no definition of f."""
    index = context.index_of.get(link.formula.start)
    text = context.document.text
    for following in context.formulas[index + 1 : index + 2] if index is not None else ():
        if _KOREAN_OF_WHAT_IS_NAMED.fullmatch(text[link.formula.end : following.start]) and names & set(
            names_of(following)
        ):
            return True
    if not index or link.statement is not link.formula.parts[0]:
        return False
    before = context.formulas[index - 1]
    if not _OF_WHAT_IS_NAMED.fullmatch(text[before.end : link.formula.start]) or not names & set(names_of(before)):
        return False
    return _OF_ALL.search(context.words_before(before)) is None


def _hidden_parts(parameters: tuple[Symbol, ...], body: Term) -> str:
    """The x_i of f(x) = \\sum_i x_i^2, or the x_1 of f(x) = x_1 + x_2: parts of a parameter that nothing links to it; empty if there are none."""
    letters = {letter_of(one.name) for one in parameters}
    for symbol in sorted(free_symbols(body) - {*parameters}, key=lambda one: one.name):
        if letter_of(symbol.name) in letters and subscript_of(symbol.name.replace("\\cdot", "i")):
            return f"{plain_name(symbol.name)}, which may be a part of the argument"
    return ""


def _is_given(context: Context, section: Section, link: Link, key: str) -> bool:
    """K5: the function is arbitrary here, because a header or the text says so, and the equation says something of it."""
    around = link.formula.before + link.formula.after + _prose_near(context, link.formula)
    if _TAYLOR.search(around):
        return True
    coefficients = undetermined(section, link.right)
    if not coefficients:
        return False
    if key in section.bound or _EXPANSION.search(around):  # (a): a header above
        return True
    return any(
        part.kind == "chain"
        and "approx" in part.value.split()
        and any(one.kind == "call" and one.children[0].key == key for one in part.walk())
        for formula in context.formulas
        if formula.section == link.formula.section
        for statement in formula.parts
        if isinstance(statement, Statement)
        for part in statement.node.walk()
    )


def _prose_near(context: Context, formula: Formula) -> str:
    """The text between the formula before and the one after."""
    index = context.formulas.index(formula)
    begin = context.formulas[index - 1].end if index else max(0, formula.start - 400)
    end = context.formulas[index + 1].start if index + 1 < len(context.formulas) else formula.end + 400
    return context.document.text[begin : formula.start] + context.document.text[formula.end : end]


def _is_made_differential(scope: Scope, key: str) -> bool:
    return key.startswith(DIFFERENTIAL) and depends(scope, key.removeprefix(DIFFERENTIAL))


def _square_definition(context: Context, section: Section, link: Link) -> Obligation | None:
    """`s^2 = \\frac{1}{n - 1} \\sum ...` with s new: defines it up to its sign, where the value is not negative."""
    side, other = link.left, link.right
    if not link.first or link.leads or side.kind != "^" or [one.kind for one in side.children] != ["name", "number"]:
        return None
    base, exponent = side.children
    names = other.names
    constant = not any(one.kind in {"name", "call"} for one in other.walk())
    if exponent.value != "2" or constant or base.key in names or base.key in section.bound:
        return None
    if other.kind == "name" and _is_perhaps_identity(context, other.key, side):
        return None
    if subscript_of(base.key) and any(base_of(one) == base_of(base.key) for one in section.bound):
        return None  # b_n, where b_1 and b_{n+2} are given
    if not fresh(section, base.key) and not _may_be_late(section, link, base.key):
        return None
    if is_perhaps_made(section.scope, base.key, names) or _is_made_differential(section.scope, base.key):
        return None
    if base.key in section.introduced and concludes(link):
        return None
    if section.scope.is_member(base.key) or section.scope.is_part(base.key):
        return None
    builder = Builder(section.scope)
    power, value = builder.term(side), builder.term(other)
    symbol = section.scope.symbol(base.key)
    if symbol.sort != REAL or not is_scalar(sort_of(value)):
        return None
    if symbol in free_symbols(section.scope.unfold(value)):
        return None
    message = f"defines {plain_name(base.key)}, up to its sign"
    obligation = context.obligation(link, Verdict.DEFINED, "definition", message)
    obligation.reading = f"{plain(power)} := {plain(value)}"
    obligation.notes = tuple(builder.notes)
    statement = section.scope.unfold(equal(power, value))
    if without_meaning(statement):
        note_doubt(context, section, link, f"the definition of {plain(power)}")
    else:
        obligation.conditions = undischarged((*_conditions(section.scope, value), Apply(">=", (value, ZERO))), ())
        section.hypotheses.append(Hypothesis(equal(power, value), obligation.id, implicit=symbol, start=link.start))
    section.bound.add(base.key)
    section.given[base.key] = obligation.id
    return obligation


def _implicit_definition(context: Context, section: Section, link: Link) -> Obligation | None:
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
        if not fresh(section, key) or key in whole.names:
            continue
        builder = Builder(section.scope)
        left, right = builder.term(whole), builder.term(side)
        sort_of(equal(left, right))
        factor = _factor_beside(right, Apply(angles[0].value, (section.scope.symbol(key),)))
        if factor is None:
            continue
        obligation = context.obligation(
            link,
            Verdict.DEFINED,
            "definition",
            f"defines the angle {plain_name(key)} where the factors are nonzero: the quotient lies in [-1, 1]",
        )
        value, bound = section.scope.unfold(left), section.scope.unfold(factor)
        hypotheses = hypotheses_in_scope(section, link.formula, None)
        obligation.duties = (
            Claim(Apply("<=", (value, bound)), hypotheses),
            Claim(Apply("<=", (negate(bound), value)), hypotheses),
        )
        shown = section.scope.unfold(factor)
        nonzero = tuple(_nonzero(part) for part in _factors(factor)) or (Apply("!=", (shown, ZERO)),)
        obligation.conditions = tuple(one for one in nonzero if free_symbols(one))
        obligation.reading = f"there is an angle {plain_name(key)} with {plain(equal(left, right))}"
        section.bound.add(key)
        section.given[key] = obligation.id
        section.hypotheses.append(
            Hypothesis(
                section.scope.unfold(equal(left, right)),
                obligation.id,
                implicit=section.scope.symbol(key),
                start=link.start,
            )
        )
        return obligation
    return None


def condition_of(context: Context, section: Section, link: Link) -> Obligation:
    builder = Builder(section.scope)
    if link.word == "approx":  # near which point, it may say; it supposes no equation
        left, right = builder.member(link.left), builder.member(link.right)
        sort_of(equal(left, right))
        obligation = context.obligation(link, Verdict.ASSUMED, "condition", "the condition under which the text speaks")
        obligation.reading, obligation.notes = f"{plain(left)} {link.sign} {plain(right)}", tuple(builder.notes)
        note_doubt(context, section, link, "the approximation")
        return obligation
    term = of_each(builder, link.word, link.left, link.right)
    if term is None:
        right = builder.term(link.right)
        term = relation(link.word, builder.term(link.left), right)
    sort_of(term)
    obligation = context.obligation(link, Verdict.ASSUMED, "condition", "the condition under which the text speaks")
    obligation.reading = plain(term)
    obligation.notes = tuple(builder.notes)
    lasting = link.statement.mark in {"assume", *DEFINITION_MARKS} or context.goals.holds_in_proof(link.formula)
    paragraph = None if lasting else link.formula.paragraph
    sentence = link.formula.sentence
    new = Hypothesis(section.scope.unfold(term), obligation.id, paragraph, sentence=sentence, start=link.start)
    apart = follows_claim(context, link.formula, link.statement)
    new.behind = paragraph is not None and apart == "its own"
    new.refuting = paragraph is not None and not new.behind and is_of_a_remark(context, link.formula, link.statement)
    ended = begin_case(section, new, bool(apart))
    turn_round(section, new)
    if link.statement.mark == "let" and _introduces((*members_of(link.left), *members_of(link.right))):
        introduce(context, section, new)
    section.hypotheses.append(new)
    if ended:
        said = ", ".join(plain(one) for one in ended)
        obligation.notes = (*obligation.notes, f"another case than {said}, which no longer holds")
    return obligation


def _is_another_place(section: Section, key: str, other: Node) -> bool:
    """A second best value of a name is another one; of what nothing is known it may say that it is the same: \\theta^* = \\arg\\max P, then of \\log P."""
    if section.scope.symbol(key) not in section.scope.extrema:
        return False
    found = extremum(section.scope.unfold(Builder(section.scope).member(other)))
    return found is not None and not without_meaning(found.body)


def _introduces(sides: tuple[Node, ...]) -> bool:
    """x and 0; x, y: names and numbers."""
    return all(one.kind in {"name", "number", "negate"} for one in sides)


def _position(index: int) -> Term:
    return multiply() if index == 1 else _number(index)


def _number(value: int) -> Term:
    from derive.kernel.term import Number

    return Number(value)


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
