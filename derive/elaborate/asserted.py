"""Whether a relation is claimed for all values of its letters, or may only say something of them: an equation to be solved, a condition.

A counterexample shows that a relation is no identity. That is an error of the author's only if he says that it is one: by a word (always, for all x, the
identity), by where it stands (a link of a chain, what follows from the relation before), by what is said of all its letters above, or by how it looks (both sides
speak of the same letters, and one of them is something to be worked out). Otherwise a letter that nothing introduces may be what is sought. What contradicts the
relations in scope is no condition, and stays refuted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable
from dataclasses import replace
from itertools import pairwise, product

from derive.elaborate.approximation import degree
from derive.elaborate.context import (
    CONDITION_MARKS,
    FOLLOWS,
    Context,
    Hypothesis,
    Link,
    Section,
    lone_name,
    statement_at,
)
from derive.elaborate.differentials import DIFFERENTIAL
from derive.elaborate.givens import concludes
from derive.elaborate.obligation import Obligation
from derive.elaborate.put_in import may_be_put_in
from derive.elaborate.restrictions import earlier_statements, is_defined_below, names_said_of_all
from derive.elaborate.sorts import is_capital, letter_of
from derive.elaborate.terms import Builder
from derive.elaborate.units import replaced
from derive.kernel.check import ABSURD
from derive.kernel.claim import Claim
from derive.kernel.sorting import is_scalar, is_square, is_vector
from derive.kernel.term import (
    INTEGER,
    ONE,
    TWO,
    ZERO,
    Apply,
    Function,
    Number,
    Symbol,
    Term,
    free_symbols,
    multiply,
    subterms,
)
from derive.language.document import Statement
from derive.language.extremum import never
from derive.language.printing import plain, plain_name
from derive.language.syntax import DEFINITENESS, Node

_OF_ALL_VALUES = re.compile(
    r"\b(?:identit(?:y|ies)|identically|always|every|any|all|each|arbitrary|in general|generally|theorem|lemma|proposition|corollary|law|rules?|formulas?|formulae|fact|"
    r"prove|proof|show(?:s|ed)? that|holds?|true|claim(?:s|ed)?|simplif\w+|expand\w*|factori[sz]\w+|factors? (?:as|into))\b|"
    r"항등식|항상|언제나|모든|임의의|일반적으로|성립|정리|공식|법칙|성질|증명|전개|인수분해|명제",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?。]\s|\n[ \t]*\n")
_ORDERS = frozenset({"<", "<=", ">", ">="})


def what_it_may_set(context: Context, section: Section, link: Link, obligation: Obligation) -> str:
    """The doubt that a relation may only say something of its letters; empty if it is claimed of all their values."""
    statement = link.statement
    if context.document.claims or obligation.verdict is not None or obligation.duties or not obligation.refutable:
        return ""
    if link.word == "=" and _puts_values_in(context, section, link, obligation.refutable[0].statement):
        return "what is put in for its letters"
    if link.word not in {"=", *_ORDERS, *DEFINITENESS} or statement.connector in FOLLOWS:
        return ""
    if not link.first and not _ends_open_chain(context, section, link):
        return ""
    if _names_a_curve(context, link):
        return "its being the equation of a curve"
    if _is_of_the_last_part(section, link):
        return "its being said of the last one only"
    if _is_a_premise(context, link):
        return "the text goes on from it: it may be given, which"
    claim = obligation.refutable[0]
    if claim.constants or not isinstance(claim.statement, Apply):
        return ""
    if link.word not in DEFINITENESS and len(claim.statement.arguments) != 2:
        return ""
    names = link.left.names, link.right.names
    symbols = free_symbols(claim.statement)
    inference = section.scope.inference
    # `x \\in \\mathbb{R}^n` says what x is, and not that what is said of it holds for all of them.
    declared = inference.declared.keys() - inference.by_membership
    introduced = _introduced(section)
    open_ones = sorted(
        one.name for one in symbols if one.name not in declared and one not in introduced and one.sort != INTEGER
    )
    if not open_ones or names_said_of_all(context, link.formula, statement) >= set(open_ones):
        return ""
    if _says_of_all(context, link, set(open_ones)) or _stands_under_condition(
        context, link, names[0] | names[1], set(open_ones)
    ):
        return ""
    valued = _numbers(section)  # with what they are put in, these are no letters of the relation
    if not _may_set(context, section, link, claim.statement, (names[0] - valued, names[1] - valued)):
        return ""
    return f"its being a condition on {plain_name(open_ones[0])}"


def _puts_values_in(context: Context, section: Section, link: Link, statement: Term) -> bool:
    """Whether the right side may be the left one with values: A = 3 \\cdot 4 / 2 of A = b h / 2, y = m x + b = 2 x + 1, and V = \\pi \\int_{-r}^r .. of V = \\pi \\int_a^b .. Not of letters of which the text says what they are, nor of
    those that stand in what the chain begins with: it is claimed of all of them."""
    if not isinstance(statement, Apply) or len(statement.arguments) != 2:
        return False
    (formula, result), scope = statement.arguments, section.scope
    lone = link.left.kind == "name"
    named = scope.symbol(link.left.key) if lone and link.first else None
    if named is not None and named not in scope.definitions:
        known = next((value for one in section.hypotheses if (value := _value_in(one.term, named)) is not None), None)
        if known is None:
            return False
        formula = known
    gone = free_symbols(formula) - free_symbols(result)
    if gone and named is not None and (not free_symbols(result) or _has_other_bounds(section, formula, result)):
        return True
    if not gone or any(isinstance(one.sort, Function) for one in gone):
        return False
    if link.first and named is None and not _is_of_defined_function(section, link.left):
        return False
    head = None if link.first else _begin_of_chain(context, link)
    if not link.first and (lone or head is None or not _is_a_name_for(head, formula, gone)):
        return False
    said = _introduced(section)
    if any(one in said or one.name in scope.inference.declared for one in gone):
        return False
    names = {one.name for one in gone}
    of_all = names_said_of_all(context, link.formula, link.statement) & names or _says_of_all(context, link, names)
    return not of_all and may_be_put_in(formula, result)


def _is_of_the_last_part(section: Section, link: Link) -> bool:
    """x_n = n of an x in \\mathbb{R}^n of which nothing else is known: a setting, as x_2 = 2 is."""
    scope, side = section.scope, link.left
    if link.word != "=" or not link.first or side.kind != "name" or not scope.last_index(side.key):
        return False
    found = scope.whole(side.key)
    return found is not None and found[0] not in scope.definitions


def _value_in(statement: Term, symbol: Symbol) -> Term | None:
    """What an equation says that a symbol is."""
    if isinstance(statement, Apply) and statement.head == "=" and statement.arguments[0] == symbol:
        return statement.arguments[1]
    return None


def _is_of_defined_function(section: Section, node: Node) -> bool:
    """f(x), where f has a definition."""
    head = node.children[0] if node.kind == "call" else node
    return head.kind == "name" and any(one.name == head.key for one in section.scope.function_definitions)


def _begin_of_chain(context: Context, link: Link) -> Node | None:
    """The first side of the chain that this is a link of, in whichever row that stands."""
    here = [*earlier_statements(context, link.formula, link.statement), link.statement]
    earlier = (
        one
        for formula in reversed(context.formulas)
        if formula.start < link.formula.start
        for one in reversed(formula.parts)
    )
    for part in (*reversed(here), *earlier):
        if not isinstance(part, Statement) or part.node.kind != "chain":
            return None
        if not part.starts_with_relation:
            return part.node.children[0]
    return None


def _is_a_name_for(head: Node, formula: Term, letters: frozenset[Symbol]) -> bool:
    """Whether the first side of a chain names what is computed: F, f'(x), c^2, KE, and is no sum or product of the letters."""
    others = {
        one.name for one in (letters if head.kind not in _COMPUTED or len(head.names) == 1 else free_symbols(formula))
    }
    return head.names.isdisjoint(others)


_COMPUTED = frozenset({"+", "product", "dot", "/", "^", "negate"})


def _has_other_bounds(section: Section, left: Term, right: Term) -> bool:
    """Whether an integral on the left goes from one letter to another of which nothing is said, and neither stands on the right."""
    known = section.scope.inference.declared.keys() | {one.name for one in _introduced(section)}
    for part in subterms(left):
        bounds = part.arguments[-2:] if isinstance(part, Apply) and part.head == "integral" else ()
        letters = {one for one in bounds if isinstance(one, Symbol) and one.name not in known}
        if len(letters) == 2 and not letters & free_symbols(right):
            return True
    return False


# Words before an equation that name what it is the equation of: the points at which it holds.
_CURVES = re.compile(
    r"\b(?:circle|ellipse|parabola|hyperbola|curve|surface|sphere|cylinder|cone|paraboloid|region|disc|disk|locus|cardioid|lemniscate|astroid)s?\b"
    r"(?:\s+(?:through|of|with|given|defined|described)\b[^.$]{0,40})?[\s,:$]*(?:and[\s$]*)?$|\b(?:equation\s+is|becomes)[\s:$]*$|"
    r"(?<![가-힣])(?:원|타원|쌍곡선|포물선|곡선|곡면|구면|영역|도형)[\s$]*$",
    re.IGNORECASE,
)
_ON_A_CURVE = re.compile(r"[\s$]*(?:위(?:에|의)(?![가-힣])|defines\b)")


def _names_a_curve(context: Context, link: Link) -> bool:
    """Whether words say that a relation describes a set of points: the circle $x^2 + y^2 = 2x$."""
    if not link.first or link.statement.connector:
        return False
    before = context.words_of_sentence(link.formula, behind=False)
    return _CURVES.search(before) is not None or _ON_A_CURVE.match(link.formula.after) is not None


_GOES_ON = re.compile(
    r"[\s$]*[,;]\s*(?:and\s+)?(?:hence|so|thus|therefore|which\s+(?:gives|implies|means)|\w+ing,)[\s,$]", re.IGNORECASE
)


def _is_a_premise(context: Context, link: Link) -> bool:
    """Whether a relation opens its sentence, with something in it that hides its letter, and the sentence goes on from it: \\sqrt{x + 16} = x - 4, hence ..."""
    if not (link.first and link.last) or re.search(r"\w", _SENTENCE_END.split(link.formula.before)[-1]):
        return False
    hidden = {node.kind for side in (link.left, link.right) for node in side.walk()} & {"root", "/", "abs", "function"}
    return bool(hidden) and _GOES_ON.match(context.document.text, link.formula.end) is not None


def _numbers(section: Section) -> set[str]:
    """The names that are defined to be numbers: P = 100."""
    scope = section.scope
    return {one.name for one in scope.definitions if not free_symbols(scope.unfold(one))}


def _ends_open_chain(context: Context, section: Section, link: Link) -> bool:
    """x^2 - 5x + 6 = (x - 2)(x - 3) = 0: an expression is set to a number at the end. \\beta = v/c < 1; but (x - 1)^2 = x^2 - 2x + 1 > 0 is claimed.
    V > 4 = 2^d sets letters of which the chain does not speak before."""
    if set(link.statement.node.value.split()) <= _ORDERS and not link.statement.starts_with_relation:
        return True  # 0 < x < 1
    if link.word == "=" and not link.left.names:
        before = [part.node for part in earlier_statements(context, link.formula, link.statement)]
        before += [one for one in link.statement.node.children if one.end <= link.left.end]
        return link.right.names.isdisjoint(frozenset[str]().union(*(one.names for one in before)))
    shown = any(identity == context.last_id and proved for identity, _, proved in section.earlier)
    return link.last and not link.right.names and (link.word == "=" or not shown)


def _introduced(section: Section) -> set[Symbol]:
    """The symbols of which the text supposes something in words: let x > 0; if x is positive. What was only read as a condition introduces none."""
    said = (one for one in section.hypotheses if one.sentence != 0 and not (one.refuting or one.implicit))
    return {symbol for one in said for symbol in one.symbols()}


def _stands_under_condition(context: Context, link: Link, names: frozenset[str], open_ones: set[str]) -> bool:
    """Whether the sentence states a condition or a reason before this that speaks of its letters: if u^2 = 4, then u = 2. That
    "for every epsilon > 0" says of the others that they are arbitrary is not known."""
    return any(
        part.mark in CONDITION_MARKS | {"since"} and part.node.names & (open_ones if part.mark == "for" else names)
        for part in earlier_statements(context, link.formula, link.statement)
    )


def _says_of_all(context: Context, link: Link, letters: set[str]) -> bool:
    """Whether a word says that a relation holds for all values of its letters: not only of others, as "for every epsilon > 0" does."""
    before = earlier_statements(context, link.formula, link.statement)
    found = list(_OF_ALL_VALUES.finditer(_SENTENCE_END.split(link.formula.before)[-1]))
    of_others = any(part.mark == "for" and not part.node.names & letters for part in before)
    return any(not (of_others and _QUANTIFIES.fullmatch(one.group())) for one in found)


_QUANTIFIES = re.compile(r"every|any|all|each|arbitrary|모든|임의의", re.IGNORECASE)


def _may_set(
    context: Context, section: Section, link: Link, statement: Apply, names: tuple[frozenset[str], frozenset[str]]
) -> bool:
    scope = section.scope
    known = {one.name for one in (*scope.definitions, *scope.extrema, *scope.function_definitions)}
    if link.word in DEFINITENESS:  # A \succ B, of letters alone
        return not concludes(link) and not (names[0] | names[1]) & known and max(map(len, names)) <= 1
    left, right = map(free_symbols, statement.arguments)
    symbols = left | right
    constant = not names[0] or not names[1]
    if link.word == "=" and _gives_open_letter(section, link, symbols, known):
        return True
    if link.word == "=" and not concludes(link) and _is_of_one_subject(context, section, names):
        return True
    if (link.word == "=" or not constant) and (names[0] | names[1]) & known:
        return not concludes(link) and (
            _compares_quantities(link, *statement.arguments)
            or (link.word == "=" and _has_letters_of_its_own(link, names, known, left, right))
            or _is_another_line(section, link)
        )
    if constant and link.word in _ORDERS and concludes(link):
        return False
    if constant:
        tied = any(_is_equation(one) and symbols <= one.symbols() for one in section.hypotheses) and not any(
            isinstance(one.sort, Function) for one in symbols
        )  # f'(c) = 0, f''(c) > 0
        return link.word == "=" or not tied  # x^2 + y^2 = 1, so to speak of x + y < 2
    if concludes(link) or any(name.startswith(DIFFERENTIAL) for name in names[0] | names[1]):
        return False
    if link.word == "=" and _is_another_equation(section, symbols):
        return True
    if left - right and right - left:  # m v^2 = 2 m g h: how quantities hang together
        ties = [one for one in section.hypotheses if one.symbols() & (left - right) and one.symbols() & (right - left)]
        return not any(link.word == "=" or not (one.refuting or one.sentence == 0) for one in ties)
    if (
        _is_plain(link)
        and len(names[0] | names[1]) == len(symbols)
        and _is_to_be_solved(link.word, *statement.arguments)
    ):
        return True
    if link.word != "=":
        return False
    if _is_applied(link.left, link.right) or _is_applied(link.right, link.left):
        return True
    return any(_is_open_thing(context, section, link, one) for one in left ^ right)


def _is_of_one_subject(context: Context, section: Section, names: tuple[frozenset[str], frozenset[str]]) -> bool:
    """V = I R below P = I^2 R and P = V^2/R: one more equation between letters of which no single one above speaks of all, that were read as conditions. What only has the letters of one
    follows from it, or is an error; and so is what has the same letters on both sides."""
    letters = names[0] | names[1]
    conditions = [
        _written_names(context, one)
        for one in section.hypotheses
        if one.sentence == 0 or one.refuting or one.implicit is not None
    ]
    if names[0] == names[1] or not any(len(one & letters) > 0 for one in conditions):
        return False
    if any(one.name in letters for one in section.scope.function_definitions):  # a slope of x(t) = A \cos \omega t
        return False
    values = section.scope.definitions.items()
    said = [*conditions, *({symbol.name, *(one.name for one in free_symbols(value))} for symbol, value in values)]
    known = set[str]().union(*said)
    return len(letters & known) > 1 and not any(letters & known <= one for one in said)


def _written_names(context: Context, hypothesis: Hypothesis) -> frozenset[str]:
    """The names of a condition as it is written, with what is defined above."""
    where = context.formula_at(hypothesis.start) if hypothesis.start is not None else None
    statement = statement_at(where, hypothesis.start or 0) if where is not None else None
    return statement.node.names if statement is not None else frozenset(one.name for one in hypothesis.symbols())


def compares_what_is_defined(section: Section, link: Link, obligation: Obligation) -> bool:
    """Q_d = Q_s: what no word claims of two quantities that are defined is the condition under which they are equal."""
    if not obligation.unasserted or not obligation.refutable or link.word != "=":
        return False
    defined = {one.name for one in section.scope.definitions}
    return {link.left.key, link.right.key} <= defined and link.first and link.last


def _compares_quantities(link: Link, left: Term, right: Term) -> bool:
    """Q_d = Q_s, F_c = F_g, C < R, f_s >= 2 f_m: two that are defined, or one of them, by other letters on each side, or so that it is to be solved. A = (a + b)^2, B = a^2 + b^2, A = B
    is a rewriting, and so is another formula for one of them."""
    if link.word == "=" and not all(one.kind == "name" for one in (link.left, link.right)):
        return False
    symbols = free_symbols(left), free_symbols(right)
    return bool(symbols[0] - symbols[1] and symbols[1] - symbols[0]) or _is_to_be_solved(link.word, left, right)


def _has_letters_of_its_own(
    link: Link,
    names: tuple[frozenset[str], frozenset[str]],
    known: set[str],
    left: frozenset[Symbol],
    right: frozenset[Symbol],
) -> bool:
    """m_1 = n \\alpha / (\\alpha + \\beta), where m_1 is defined by the data: an equation for letters that define nothing and that are not defined, of which the other side has none.
    What is worked out of what is defined, dy/dx = t, is claimed."""
    side, others = (link.left, names[1]) if names[0] & known else (link.right, names[0])
    named = side.kind == "name" or (side.kind == "call" and all(one.kind == "name" for one in side.children))
    return named and bool(left and right) and not left & right and others.isdisjoint(known)


def _is_another_line(section: Section, link: Link) -> bool:
    """y - 4 = 4 (x - 2), y = 4x - 4 below y = x^2: a line in the coordinates of a curve, of which it may be the tangent."""
    scope = section.scope
    sides = [Builder(scope).member(one) for one in (link.left, link.right)]
    symbols = frozenset[Symbol]().union(*map(free_symbols, sides))
    for y in symbols & scope.definitions.keys():
        for x in symbols & free_symbols(scope.unfold(y)) if y.name == "y" else ():
            both = frozenset({x, y})
            curved = degree(scope.unfold(y), frozenset({x})) != 1
            if x.name == "x" and curved and link.word == "=" and {degree(one, both) for one in sides} <= {0, 1}:
                return True
    return False


def _is_applied(side: Node, other: Node) -> bool:
    """A v = v, A v = \\lambda v, \\pi P = \\pi: what A does to v."""
    keys = [one.key for one in side.children] if side.kind == "product" else []
    factors = [one.key for one in (other.children if other.kind == "product" else (other,))]
    if len(keys) < 2 or not all(keys):
        return False
    for capital, rest in ((keys[0], keys[1:]), (keys[-1], keys[:-1])):
        scale = factors[: -len(rest)]
        if is_capital(capital) and factors[-len(rest) :] == rest and not any(map(is_capital, scale)):
            return True
    return False


def _gives_open_letter(section: Section, link: Link, symbols: frozenset[Symbol], known: set[str]) -> bool:
    """`y = x_{k+1}` of a y of which nothing is known: put in, perhaps."""
    lone = lone_name(link.left)
    if lone is None or not link.first or lone[0] in known or concludes(link):
        return False
    if lone[0] in link.right.names:
        return False
    supposed = {symbol.name for one in section.hypotheses for symbol in one.symbols()}
    return lone[0] in {one.name for one in symbols} - supposed


def _is_another_equation(section: Section, symbols: frozenset[Symbol]) -> bool:
    """`y = x + 1` below `3x + 2y = 12`, `m_1 = 2 m_2` below `m_1 v_1 = m_2 v_2`: of a system. The same letters again, without a number that stands by itself,
    rather say what follows from the equation above."""
    return len(symbols) > 1 and any(
        symbols < one.symbols() or (symbols == one.symbols() and _has_constant(one.term))
        for one in section.hypotheses
        if _is_equation(one) and one.implicit is None  # what only defines a symbol is no equation of a system
    )


def _is_equation(hypothesis: Hypothesis) -> bool:
    return isinstance(hypothesis.term, Apply) and hypothesis.term.head == "=" and not hypothesis.refuting


def _has_constant(equation: Term) -> bool:
    """Whether a number stands alone on a side, or in a sum by itself."""
    sides = equation.arguments if isinstance(equation, Apply) else ()
    parts = [
        part for side in sides for part in (side.arguments if isinstance(side, Apply) and side.head == "+" else (side,))
    ]
    return any(isinstance(one, Number) and one != ZERO for one in parts)


def _is_open_thing(context: Context, section: Section, link: Link, symbol: Symbol) -> bool:
    """A matrix or function, of which an equation may say what it is."""
    if symbol.name in section.scope.inference.declared or is_defined_below(context, link.formula, symbol.name):
        return False
    return isinstance(symbol.sort, Function) or not (is_scalar(symbol.sort) or is_vector(symbol.sort))


def _is_to_be_solved(word: str, left: Term, right: Term) -> bool:
    """x^2 = 2x + 3, 2^x = x^2, \\sin x = \\cos x, x + 3 > 2x - 1: one letter, and nothing on either side that could be worked out; x y = x + y: several letters, terms of several degrees,
    and none that both sides have. Claimed are a sine or exponential that is a polynomial, e^x = 1 + x, what may be a rearrangement, a x + b y = b x + a y, and inequalities in several letters,
    without numbers, x^2 >= x, or with functions."""
    symbols = free_symbols(left) | free_symbols(right)
    if len(symbols) > 1:
        left, right = _with_lone_argument(left, right)
    if _has_work(left) or _has_work(right):
        return False
    terms = [_terms(one) for one in (left, right)]
    degrees = [degree(one, symbols) for side in terms for one in side]
    if len(symbols) == 1:
        if word != "=":
            return None not in degrees and any(map(_has_number, (*terms[0], *terms[1])))
        return len({any(map(_has_function, side)) for side in terms}) == 1
    return word == "=" and not {*terms[0]} & {*terms[1]} and (None in degrees or len({*degrees}) > 1)


def _with_lone_argument(left: Term, right: Term) -> tuple[Term, Term]:
    """e^{xy} = x + y with a letter for x y, where no other function and no other product of these letters stands: no law of functions is meant, e^{xy} = e^x e^y."""
    functions = {part for side in (left, right) for part in subterms(side) if _is_of_product(part)}
    others = [part for side in (left, right) for part in _terms(side) if part not in functions]
    if len(functions) != 1 or any(map(_has_function, others)):
        return left, right
    (function,) = functions
    assert isinstance(function, Apply)
    if any(len(free_symbols(one)) > 1 for one in others):
        return left, right
    simple: dict[Term, Term] = {
        function: Apply(function.head, (min(free_symbols(function), key=lambda one: one.name),))
    }
    return replaced(left, simple), replaced(right, simple)


def _is_of_product(term: Term) -> bool:
    """e^{xy}, \\sin xy."""
    product = term.arguments[0] if isinstance(term, Apply) and term.head in _SIMPLE_FUNCTIONS else None
    return (
        isinstance(product, Apply) and product.head == "*" and all(isinstance(one, Symbol) for one in product.arguments)
    )


def _has_function(term: Term) -> bool:
    return any(isinstance(one, Apply) and one.head in _SIMPLE_FUNCTIONS for one in subterms(term))


def _is_plain(link: Link) -> bool:
    """Whether nothing is written that becomes something else: no derivative, no value at a point, no entry."""
    return all(one.kind in _PLAIN for side in (link.left, link.right) for one in side.walk())


_PLAIN = frozenset({"name", "number", "constant", "negate", "+", "product", "dot", "^", "function"})


def _terms(side: Term) -> tuple[Term, ...]:
    return side.arguments if isinstance(side, Apply) and side.head == "+" else (side,)


def _has_number(term: Term) -> bool:
    """Whether a term of a sum is a number, or has one for a factor."""
    term = term.arguments[0] if isinstance(term, Apply) and term.head == "negate" else term
    return any(
        isinstance(one, Number) for one in (term.arguments if isinstance(term, Apply) and term.head == "*" else (term,))
    )


def _has_work(side: Term) -> bool:
    """Whether something in an expression could be worked out: a power of a sum, a product of powers, a root, a sum of like terms."""
    return not all(map(_is_worked_out, subterms(side)))


def _is_worked_out(part: Term) -> bool:
    if not isinstance(part, Apply):
        return True
    parts = part.arguments
    if part.head == "^":
        return not isinstance(parts[0], Apply) and isinstance(parts[1], Symbol | Number)
    if part.head == "*":
        return not _twice([_base(one) for one in parts]) and all(
            not isinstance(one, Apply) or one.head in {"^", *_SIMPLE_FUNCTIONS} for one in parts
        )
    if part.head == "+":
        return not _twice([_without_number(one) for one in parts])
    if part.head in _SIMPLE_FUNCTIONS:
        return isinstance(parts[0], Symbol)
    return part.head == "negate"


_SIMPLE_FUNCTIONS = frozenset({"sin", "cos", "tan", "exp", "log"})


def _twice(parts: Iterable[Term]) -> bool:
    return any(count > 1 for count in Counter(parts).values())


def _base(factor: Term) -> Term:
    return factor.arguments[0] if isinstance(factor, Apply) and factor.head == "^" else factor


def _without_number(term: Term) -> Term:
    """A term of a sum without its number and sign, by which like terms are known."""
    if isinstance(term, Apply) and term.head == "negate":
        return _without_number(term.arguments[0])
    if isinstance(term, Apply) and term.head == "*":
        return multiply(*sorted((one for one in term.arguments if not isinstance(one, Number)), key=plain))
    return ONE if isinstance(term, Number) else term


def further_readings(context: Context, section: Section, link: Link, obligation: Obligation) -> list[tuple[str, Claim]]:
    """Claims that must fail too, with the doubt otherwise: what authors leave unsaid where they solve for a letter. `v = \\sqrt{2gh}` takes one sign of a root,
    `a = g` below `ma = mg` cancels a letter that is not 0, `R = R_1 R_2/(R_1 + R_2) < R_1` compares quantities."""
    if context.document.claims or obligation.verdict is not None or obligation.duties:
        return []
    found: list[tuple[str, Claim]] = []
    names = link.left.names, link.right.names
    for claim in obligation.refutable:
        statement = claim.statement
        if lengths := _lengths_of_sums(statement):
            found.append(("the length of a sum", replace(claim, hypotheses=(*claim.hypotheses, *lengths))))
        if not isinstance(statement, Apply) or len(statement.arguments) != 2:
            continue
        if halved := _in_halved_forms((statement, *claim.hypotheses), section.scope.inference.declared):
            symmetric = tuple(Apply("=", (Apply("transpose", (one,)), one)) for one in halved)
            doubt = f"{plain_name(halved[0].name)}, which may be symmetric,"
            found.append((doubt, replace(claim, hypotheses=(*claim.hypotheses, *symmetric))))
        open_ones = sorted(free_symbols(statement), key=lambda one: one.name) if context.scales else ()
        if scales := [one for one in open_ones if one.name in context.scales and is_scalar(one.sort)]:
            positive = tuple(Apply(">", (one, ZERO)) for one in scales)
            doubt = f"{plain_name(scales[0].name)}, which may be the scale of a density and positive,"
            found.append((doubt, replace(claim, hypotheses=(*claim.hypotheses, *positive))))
        if link.word == "=" and (angles := _open_angles(context, section, link, statement)):
            found.append(
                (f"{plain_name(angles[0].name)}, which may be an angle of these,", _of_no_value(claim, angles))
            )
        if not all(is_scalar(symbol.sort) for symbol in free_symbols(statement)):
            continue
        reasons: list[str] = []
        more: list[Term] = []
        of_numbers = all(letter_of(one.name) in _UNKNOWNS for one in free_symbols(statement))
        if of_numbers and link.word == "=":
            continue
        if link.word == "=" and names[0] != names[1] and any(map(_has_root, (link.left, link.right))):
            statement = Apply("=", tuple(Apply("^", (side, TWO)) for side in statement.arguments))
            reasons.append("the sign of a root")
        if link.statement.connector not in FOLLOWS and (cancelled := _cancelled(section, claim)):
            more += [Apply("!=", (symbol, ZERO)) for symbol in cancelled]
            reasons.append(f"{plain_name(cancelled[0].name)}, which may not be 0,")
        if link.word in _ORDERS and not link.first and context.last_id in section.given.values():
            unsaid = [one for one in free_symbols(statement) if one.name not in section.scope.inference.declared]
            more += [Apply(">", (symbol, ZERO)) for symbol in sorted(unsaid, key=lambda one: one.name)]
            reasons.append("the sign of its letters")
        if reasons:
            found.append((reasons[0], replace(claim, statement=statement, hypotheses=(*claim.hypotheses, *more))))
    return found


def _in_halved_forms(statements: Iterable[Term], declared: Container[str]) -> list[Symbol]:
    """H of \\frac12 x^T H x: of symmetric matrices quadratic forms are halved, as their gradient is H x then."""
    found: set[Symbol] = set()
    for one in statements:
        squares = {symbol for symbol in free_symbols(one) if is_square(symbol.sort) and symbol.name not in declared}
        for part in subterms(one) if squares else ():
            halved = isinstance(part, Apply) and part.head == "/" and part.arguments[1] == TWO
            product = part.arguments[0] if isinstance(part, Apply) and halved else part
            factors = product.arguments if isinstance(product, Apply) and product.head == "*" else ()
            matrices = squares.intersection(factors)
            if len(matrices) == 1 and (halved or Apply("/", (ONE, TWO)) in factors):
                found |= matrices
    return sorted(found, key=lambda one: one.name)


_ANGLES = frozenset(
    {f"\\{name}" for name in ("theta", "vartheta", "phi", "varphi", "alpha", "beta", "gamma", "psi", "delta")}
)
_CIRCULAR = frozenset({"sin", "cos", "tan", "cot"})


def _open_angles(context: Context, section: Section, link: Link, statement: Term) -> list[Symbol]:
    """The angles of which nothing was said above, in an equation of other quantities too: |x + y|^2 = |x|^2 + 2 |x| |y| \\cos\\theta + |y|^2."""
    outside = _outside_of_circular(statement)
    known = (
        context.written
        | section.scope.inference.declared.keys()
        | names_said_of_all(context, link.formula, link.statement)
    )
    angles = [
        one
        for one in free_symbols(statement) - outside
        if is_scalar(one.sort) and letter_of(one.name) in _ANGLES and one.name not in known
    ]
    return sorted(angles, key=lambda one: one.name) if outside else []


def _outside_of_circular(term: Term) -> frozenset[Symbol]:
    """The symbols that stand somewhere else than in the argument of a sine, cosine, or tangent."""
    if not isinstance(term, Apply):
        return free_symbols(term)
    if term.head in _CIRCULAR:
        return frozenset()
    return frozenset().union(*map(_outside_of_circular, term.arguments)) & free_symbols(term)


def _of_no_value(claim: Claim, symbols: list[Symbol]) -> Claim:
    """What is refuted where the claim fails for all values of the symbols."""
    about = [one for one in claim.hypotheses if free_symbols(one) & set(symbols)]
    others = (one for one in claim.hypotheses if one not in about)
    return Claim(ABSURD, (*others, never((claim.statement, *about), symbols)))


def _lengths_of_sums(statement: Term) -> list[Term]:
    """That the sums and products of a statement have terms: their upper bounds, where these have letters, are not below the lower ones."""
    parts = [part for part in subterms(statement) if isinstance(part, Apply) and part.head in {"sum", "product"}]
    ranges = [part.arguments[2:4] for part in parts if len(part.arguments) == 4]
    return [Apply(">=", (upper, lower)) for lower, upper in ranges if not isinstance(upper, Number)]


# Letters of numbers of which nothing is said: where a root of one or a division by one is meant, it has to be said.
_UNKNOWNS = frozenset("abcdpqsxyz")


def _has_root(node: Node) -> bool:
    """Whether a root is a factor of an expression, or all of it."""
    if node.kind in {"negate", "product", "dot", "/"}:
        return any(map(_has_root, node.children))
    return node.kind == "root"


def _cancelled(section: Section, claim: Claim) -> list[Symbol]:
    """The numbers of which the conditions on a claim speak, that nothing declares."""
    said = free_symbols(claim.statement)
    found = {
        symbol
        for one in claim.hypotheses
        if isinstance(one, Apply) and one.head == "=" and free_symbols(one) & said
        for symbol in free_symbols(one)
        if is_scalar(symbol.sort) and symbol.name not in section.scope.inference.declared
    }
    return sorted(found, key=lambda one: one.name)


_SEGMENTS = 3  # letters


def other_meaning(link: Link, obligation: Obligation) -> str:
    """The doubt that letters side by side are no product: AB + BC = AC of segments, 2H_2 + O_2 = 2H_2O of atoms, |uv| = |u| + |v| of words."""
    if any(_is_of_lengths(one.statement) for one in obligation.refutable):
        return "letters side by side, which may be a word,"
    if link.word == "=" and (word := _perhaps_abbreviation(link.left, link.right)):
        return f"{word}, which may be an abbreviation,"
    nodes = [one for side in (link.left, link.right) for one in side.walk()]
    if any(one.kind == "abs" and one.children[0].kind == "list" for one in nodes):
        return "an interval in square brackets, whose length may be meant,"
    if any(one.kind not in {"name", "number", "text", "product", "+", "^", "/", "negate", "dot"} for one in nodes):
        return ""
    keys = {one.key for one in nodes if one.kind == "name"}
    sums = any(one.kind == "+" for one in nodes)  # without one, matrices are meant: AB = BA
    if sums and link.word == "=" and _holds_of_truth_values(link.left, link.right, sorted(keys)):
        return "its being a law of Boolean algebra"
    units = [in_unit(one) for one in (link.left, link.right)]
    if all(one or not side.names for one, side in zip(units, (link.left, link.right), strict=True)) and any(units):
        return "its being a change of units"
    for side, other in ((link.left, link.right), (link.right, link.left)):
        if side.kind == "product" and side.children[0].key == "D" and not any(one.key == "D" for one in other.walk()):
            return "D, which may be a derivative,"
    if len(keys) >= _SEGMENTS and all(len(key) == 1 and key.isupper() for key in keys) and _of_pairs(link):
        return f"{''.join(sorted(keys)[:2])}, which may be a segment,"
    elements = all(key.partition("_")[0] in _ELEMENTS and not key.partition("_")[0].islower() for key in keys)
    numbered = any("_" in key for key in keys) and any(one.kind == "+" for one in nodes)
    if elements and numbered and all(one.kind != "^" for one in nodes) and any(one.kind == "product" for one in nodes):
        return "its being a formula of chemistry"
    return ""


def _is_of_lengths(statement: Term) -> bool:
    """|uv| = |u| + |v|."""
    sides = statement.arguments if isinstance(statement, Apply) and statement.head == "=" else ()
    for side, other in (sides, sides[::-1]) if sides else ():
        product = side.arguments[0] if isinstance(side, Apply) and side.head == "abs" else None
        if isinstance(product, Apply) and product.head == "*" and isinstance(other, Apply) and other.head == "+":
            return Counter(Apply("abs", (one,)) for one in product.arguments) == Counter(other.arguments)
    return False


def _perhaps_abbreviation(left: Node, right: Node) -> str:
    """NLL of NLL = -\\log L, IoU of IoU = I/U: letters side by side, a capital first, alone on a side; the other side has one of them too, and is no product of the
    same: AB = BA, AB = C + AB."""
    for side, other in ((left, right), (right, left)):
        word = _run_of_letters(side)
        if not word or not any(one.key in word for one in other.walk() if one.key):
            continue
        if all(sorted(_run_of_letters(one)) != sorted(word) for one in (other, *other.children)):
            return word
    return ""


def _run_of_letters(side: Node) -> str:
    """The letters of a side that is nothing else, but for a sign or a number before them."""
    inner = side.children[0] if side.kind == "negate" else side
    factors = inner.children if inner.kind == "product" else ()
    names = factors[1:] if factors and factors[0].kind == "number" else factors
    bare = all(one.kind == "name" and len(one.key) == 1 and one.key.isalpha() for one in names)
    apart = any(one.end != other.start for one, other in pairwise(names))
    return (
        "".join([one.key for one in names]) if len(names) > 1 and bare and not apart and names[0].key.isupper() else ""
    )


_ELEMENTS = frozenset("HCNOSPFKIB")
_MOST_TRUTH_VALUES = 5  # letters


def _holds_of_truth_values(left: Node, right: Node, keys: list[str]) -> bool:
    """A + AB = A, (A + B)(A + C) = A + BC: with + for or and products for and; seldom of small letters."""
    plain = [key for key in keys if not _COMPLEMENT.fullmatch(key)]
    if not 1 < len(plain) <= _MOST_TRUTH_VALUES or not any(key.isupper() for key in plain):
        return False
    for values in product((False, True), repeat=len(plain)):
        given = dict(zip(plain, values, strict=True))
        sides = _truth(left, given), _truth(right, given)
        if None in sides or sides[0] != sides[1]:
            return False
    return True


_COMPLEMENT = re.compile(r"\\(?:bar|overline)\{(.+)\}")


def _truth(node: Node, given: dict[str, bool]) -> bool | None:
    """The truth value of a sum of products; None of what is none."""
    if node.kind == "name":
        negated = _COMPLEMENT.fullmatch(node.key)
        value = given.get(negated.group(1) if negated else node.key)
        return None if value is None else value != (negated is not None)
    if node.kind == "number":
        return bool(int(node.value)) if node.value in {"0", "1"} else None
    parts = [_truth(one, given) for one in node.children]
    if node.kind not in {"+", "product", "dot"} or None in parts:
        return None
    return any(parts) if node.kind == "+" else all(parts)


_UNITS_IN_LETTERS = frozenset(
    {
        "m", "cm", "mm", "km", "dm", "g", "kg", "mg", "s", "ms", "h", "min", "L", "l", "mL", "ml", "dL", "N", "kN", "J", "kJ", "W", "kW", "V", "mV", "kV", "A", "mA", "Hz", "kHz", "Pa", "kPa", "cal", "kcal", "ft",
    }
)  # fmt: skip


def in_unit(side: Node) -> bool:
    """100 cm, 6 N."""
    number, *letters = side.children if side.kind == "product" else (side,)
    return number.kind == "number" and "".join(one.key for one in letters) in _UNITS_IN_LETTERS


def _of_pairs(link: Link) -> bool:
    """Whether every letter stands in a product of two letters, the second perhaps with an exponent."""

    def all_pairs(node: Node) -> bool:
        if node.kind == "product":
            letters = [one for one in node.children if one.kind != "number"]
            if len(letters) == 2:
                second = letters[1].children[0] if letters[1].kind == "^" else letters[1]
                return letters[0].kind == "name" and second.kind == "name" and letters[0].key != second.key
            return False
        if node.kind in {"+", "/", "negate", "dot"}:
            return all(all_pairs(one) for one in node.children)
        return node.kind == "number"

    return all_pairs(link.left) and all_pairs(link.right)
