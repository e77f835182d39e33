"""Relations that no word marks and that may be given rather than claimed: conditions on the symbols, equations to be solved, relations between quantities."""

from __future__ import annotations

import re

from derive.elaborate.context import Context, Link, Section, lone_name
from derive.elaborate.derivatives import is_slope
from derive.elaborate.doubt import letters_of_latex
from derive.elaborate.families import is_member_of_one, is_shift_of_one
from derive.elaborate.restrictions import earlier_statements, follows_condition, later_statements, names_said_of_all
from derive.elaborate.sorts import base_of, letter_of, marks_of, subscript_of, unmarked
from derive.elaborate.terms import Builder, Scope
from derive.kernel.sorting import is_scalar
from derive.kernel.term import INTEGER, Apply, Function, Symbol, Term, free_symbols
from derive.language.document import Statement
from derive.language.prose import continues_list
from derive.language.syntax import Node

_PLAIN = frozenset({"name", "number"})
INCREMENT = "\\Delta "
_FOLLOWING = 4  # formulas in which the solution of an equation is looked for


CONCLUDES = re.compile(
    r"(?:\b(?:then|hence|thus|so|therefore|consequently|it follows(?: that)?|we (?:get|obtain|conclude)(?: that)?)|그러면|따라서|그러므로|고로)[\s,:$]*$",
    re.IGNORECASE,
)


def concludes(link: Link) -> bool:
    """Whether the word before a relation says that it follows: then, hence, 따라서."""
    return link.first and CONCLUDES.search(link.formula.before) is not None


def is_concluded(context: Context, link: Link) -> bool:
    """Whether it follows, or is joined to what does by commas and "and": then $a > 1$ and $a > 7$."""
    formula, index = link.formula, context.index_of.get(link.formula.start)
    while link.first and CONCLUDES.search(formula.before) is None:
        if not index or not continues_list(formula.before):
            return False
        index -= 1
        if context.formulas[index].sentence != formula.sentence:
            return False
        formula = context.formulas[index]
    return link.first


def may_be_given(context: Context, section: Section, link: Link, statement: Term, hypotheses: tuple[Term, ...]) -> bool:
    """Whether a relation that is not proved is taken for a condition."""
    if _is_set_to_zero(link):
        return True
    if is_concluded(context, link) or _is_limit(context, link):
        return False
    names = link.left.names | link.right.names
    if any(is_perhaps_made(section.scope, key, names) or _is_other_member(section.scope, key) for key in names):
        return False
    if link.left.kind == "call" and section.scope.functions_with_index(link.left.children[0].key):
        return False  # g_{12}(x) = 0, where a formula gives g_{ij}
    if _said_of_all(context, link, statement) or _OF_ANY.search(context.words_of_sentence(link.formula, behind=False)):
        return False
    if _solves(context, section, link, statement) or _is_member_of_given(context, section, link):
        return False
    closed = not any(one.names for one in link.statement.node.children[1:])  # A = 3 \\cdot 4 / 2 = 6
    if link.first and (link.last or closed) and _may_be_condition(context, section, link):
        return True
    return _relates_others(context, section, link, statement, hypotheses) or _is_solved(
        context, section, link, statement
    )


def _is_limit(context: Context, link: Link) -> bool:
    """\\frac{x + 1}{x + 2} = \\frac12 as x \\to 0: said of where x tends, and no condition on x."""
    names = link.left.names | link.right.names
    return any(
        part.node.kind == "chain" and part.node.value == "to" and part.node.names & names
        for part in later_statements(context, link.formula, link.statement)
    )


_OF_ANY = re.compile(r"^[\s*_>$]*for\s+(?:all|any|every|each|an?|arbitrary|general)\s+[^,]*,", re.IGNORECASE)


def may_be_partial(scope: Scope, key: str) -> bool:
    """z_y, f_{xx}, where z = x^2 y or f(x, y) = x^2 y is defined above: a derivative, or another letter; \\Delta z: the increment of z, or the Laplacian."""
    if key.startswith(INCREMENT):
        whole = key.removeprefix(INCREMENT)
        return any(one.name == whole for one in (*scope.definitions, *scope.function_definitions))
    base, letters = base_of(key), subscript_of(key)
    if not re.fullmatch(r"[a-z]{1,3}", letters):
        return False
    found = [value for symbol, value in scope.definitions.items() if symbol.name == base]
    variables = {one.name for value in found for one in free_symbols(scope.unfold(value))}
    for function, (parameters, _) in scope.function_definitions.items():
        variables |= {one.name for one in parameters} if function.name == base else set()
    return {*letters} <= variables


def _is_other_member(scope: Scope, key: str) -> bool:
    """a_{n+k}, a_{2n}, where a formula gives a_n, and which have no value themselves."""
    index = subscript_of(key)
    if len(index) < 2 or scope.symbol(key) in scope.definitions:
        return False
    for symbol, value in scope.definitions.items():
        letter = subscript_of(symbol.name)
        if len(letter) == 1 and letter in index and base_of(symbol.name) == base_of(key):
            return any(one.name == letter for one in free_symbols(value))
    return False


_INDEX = re.compile(r"[i-nt](?:[+-][0-9])?|[i-n]{2}")
_BAR = re.compile(r"\\(?:bar|overline)\{(.+)\}")
_LETTERS = re.compile(r"\\[A-Za-z]+|[A-Za-z]")
_ITERATE = re.compile(r"\^\{\(([^(){}]*)\)\}")


def is_perhaps_made(scope: Scope, key: str, names: frozenset[str]) -> bool:
    """Whether a name may be made of what is defined above, and so is not free to be defined: a derivative (\\dot y) or increment of it, its entry C_{ij} or z_i beside other names
    with that index, the mean \\overline{xy} of a product beside those of its factors, a later value \\bar{x}_{n+1} beside it, the iterate x^{(k+1)} of an x^{(k)} that a formula gives."""
    if may_be_partial(scope, key):
        return True
    base, index = base_of(key), subscript_of(key)
    barred = _BAR.fullmatch(key)
    of_bar = _LETTERS.findall(barred.group(1)) if barred is not None else []
    if len(of_bar) > 1 and any(f"\\{bar}{{{one}}}" in names for one in of_bar for bar in ("bar", "overline")):
        return True
    iterate = _ITERATE.fullmatch(marks_of(key))
    for symbol, value in scope.definitions.items():
        if key in {f"\\dot{{{symbol.name}}}", f"\\ddot{{{symbol.name}}}"}:
            return True
        of_entry = (
            symbol.name == base and is_scalar(symbol.sort) and _INDEX.fullmatch(index.replace(",", "")) is not None
        )
        if of_entry and (base in names or any(one != key and subscript_of(one) == index for one in names)):
            return True
        given = _ITERATE.fullmatch(marks_of(symbol.name)) if iterate is not None else None
        if given is not None and iterate is not None and unmarked(base_of(symbol.name)) == unmarked(base):
            letter = given.group(1)
            runs = any(one.name == letter for one in free_symbols(value))
            if runs and iterate.group(1) != letter and subscript_of(symbol.name) == index:
                return True
    return False


def is_value(link: Link) -> bool:
    """x = 3, \\sqrt{2} = x: a value of a symbol."""
    sides = ((link.left, link.right), (link.right, link.left))
    return any(
        one.kind == "name" and not any(part.kind in {"name", "call"} for part in other.walk()) for one, other in sides
    )


def _said_of_all(context: Context, link: Link, statement: Term) -> bool:
    """Whether the sentence speaks of all values of the symbols: for all a, b, c, d."""
    named = names_said_of_all(context, link.formula, link.statement)
    return bool(named) and named >= {one.name for one in free_symbols(statement)}


_INITIAL = re.compile(r"\b(?:initial\w*|first|start\w*|base|begin\w*|seed)\b|초[항깃기]|첫|시작", re.IGNORECASE)


def _is_member_of_given(context: Context, section: Section, link: Link) -> bool:
    """`a_2 = 4`, `a_2 = a_1 + 3` where a formula gives a_{n+1}: a claim, unless it says where a sequence begins."""
    names = link.left.names | link.right.names
    lone = {name[0] for side in (link.left, link.right) if (name := lone_name(side)) is not None}
    if not names or not (
        any(is_shift_of_one(name, section.given) for name in lone)
        or any(is_member_of_one(name, section.bound) for name in lone)
        or all(is_member_of_one(name, section.bound) for name in names)
    ):
        return False
    said = [one.key for part in earlier_statements(context, link.formula, link.statement) for one in part.node.walk()]
    together = bool(lone) and any(is_member_of_one(name, said) for name in names)  # a_1 = 1, a_2 = 3
    return not together and _INITIAL.search(link.formula.before) is None


def _is_unequal(term: Term) -> bool:
    """From ad - bc \\ne 0 no value follows."""
    return isinstance(term, Apply) and term.head in {"!=", "<", "<=", ">", ">="}


def _solves(context: Context, section: Section, link: Link, statement: Term) -> bool:
    """`x = 3` below `x^2 = 9`: a relation about the unknown of an equation above says what follows from that, it sets nothing new.

    In one display, or in one sentence, several relations are a system; bounds of one symbol may be many.
    """
    symbols = {one for one in free_symbols(statement) if not isinstance(one.sort, Function)}
    plain = all(child.kind in _PLAIN for child in (link.left, link.right))
    lone = len(symbols) == 1 and any(lone_name(side) is not None for side in (link.left, link.right)) and plain
    for one in section.hypotheses:
        if one.origin == "declaration" or one.start is None or one.start >= link.formula.start:
            continue
        unknowns = {symbol for symbol in one.symbols() if not isinstance(symbol.sort, Function)}
        if not symbols or not symbols <= unknowns or (len(unknowns) > 1 and not lone):
            continue
        listed = context.formula_at(one.start).sentence == link.formula.sentence and continues_list(link.formula.before)
        if _is_bound(one.term) or listed or (link.word == "=" and _is_unequal(one.term)):
            continue
        return True
    return False


def _is_bound(term: Term) -> bool:
    """x > 0, x = 1: a symbol and a number."""
    return (
        isinstance(term, Apply)
        and any(isinstance(one, Symbol) for one in term.arguments)
        and all(isinstance(one, Symbol) or not free_symbols(one) for one in term.arguments)
    )


def _is_solved(context: Context, section: Section, link: Link, statement: Term) -> bool:
    """`ax + b = cx + d`, below which stands `x = ...`: an equation for an unknown. No more of them than there are unknowns."""
    if not (link.word == "=" and link.first and link.last) or link.statement.mark or link.statement.connector:
        return False
    if link.statement.starts_with_relation or follows_condition(context, link.formula, link.statement):
        return False
    symbols = {one for one in free_symbols(statement) if not isinstance(one.sort, Function)}
    declared = section.scope.inference.declared
    unknowns = {one for one in _solved_below(context, section, link) if one in symbols and one.name not in declared}
    known = [one for one in section.hypotheses if one.origin != "declaration" and one.symbols() & unknowns]
    return bool(unknowns) and len(known) < len(unknowns)


def _solved_below(context: Context, section: Section, link: Link) -> set[Symbol]:
    """The symbols for which an expression without them stands below, in the same formula or in the next few ones of the section."""
    index = context.index_of.get(link.formula.start)
    if index is None:
        return set()
    found: set[Symbol] = set()
    for formula in context.formulas[index : index + _FOLLOWING]:
        if formula.section != link.formula.section:
            break
        for part in formula.parts:
            if not isinstance(part, Statement) or part.start <= link.start or part.node.kind != "chain" or part.mark:
                continue
            if part.node.value != "=" or part.starts_with_relation:
                continue
            side, other = part.node.children
            lone = lone_name(side)
            if lone is None or lone[1] or lone[0] in other.names:
                continue
            symbol = section.scope.symbol(lone[0])
            if symbol not in section.scope.definitions:
                found.add(symbol)
    return found


_SET_TO_ZERO = re.compile(
    r"\bset(?:ting|s)?\b[^.]{0,60}\b(?:zero|0|equal)|equat\w+[^.]{0,30}(?:zero|0)|vanish|stationary|critical|0\s*(?:으로|로)\s*(?:놓|두)|0\s*이\s*(?:되는|될)",
    re.IGNORECASE,
)


def _is_set_to_zero(link: Link) -> bool:
    """`\\frac{df}{dx} = 2x - 4 = 0`: the end of a chain that begins with a derivative, or of one that the text sets to zero; `f'(x) = 0 = 2x - 4` and `0 = p(x) = (x - 2)(x - 3)` begin so."""
    if link.word != "=" or link.statement.mark not in {"", "since"} or link.statement.connector:
        return False
    members = link.statement.node.children
    if link.last and _is_zero(link.right):
        return _has_slope(members[0]) or _SET_TO_ZERO.search(link.formula.before) is not None
    return begins_with_zero(link) or (_is_zero(link.left) and not link.first and _has_slope(members[0]))


def begins_with_zero(link: Link) -> bool:
    """Whether a link opens a chain that sets something to zero and goes on with what that is: it is no condition of the links behind it."""
    if not link.first or link.last or link.word != "=" or link.statement.starts_with_relation:
        return False
    if _is_zero(link.left):
        return bool(link.right.names)
    return _is_zero(link.right) and _has_slope(link.left)


def _is_zero(node: Node) -> bool:
    return node.kind == "number" and float(node.value) == 0


def _has_slope(node: Node) -> bool:
    return any(part.kind in {"derivative", "nabla", "prime"} for part in node.walk())


def _relates_others(
    context: Context, section: Section, link: Link, statement: Term, hypotheses: tuple[Term, ...]
) -> bool:
    """`\\frac{p}{1 - p} = e^z`, `PV = nRT`: an equation between expressions that have no letter in common, of which nothing is declared and that nothing
    above brings together, says how these hang together; as a claim it would say that both sides are constant."""
    if link.word != "=" or link.statement.mark or link.statement.connector or link.statement.starts_with_relation:
        return False
    if not isinstance(statement, Apply) or follows_condition(context, link.formula, link.statement):
        return False
    left, right = map(free_symbols, statement.arguments)
    if any(one.name in section.scope.inference.declared or not _is_quantity(one) for one in left | right):
        return False
    functions = {letter_of(one.name) for one in left | right if isinstance(one.sort, Function)}
    if functions and not (_scalars(left) and _scalars(right) and _apart(left, right)):
        return False
    if _IDENTITY.search(link.formula.before + link.formula.after):
        return False
    if any(lone_name(side) is not None for side in (link.left, link.right)):
        return False
    together = any(free_symbols(one) & left and free_symbols(one) & right for one in hypotheses)
    return bool(left and right) and not left & right and not together


def _may_be_condition(context: Context, section: Section, link: Link) -> bool:
    """Whether an unmarked relation can be meant as a condition: it opens its derivation, and sets an expression to a constant or restricts a
    symbol of which nothing is known yet (`x \\le a` is true of all x for no a)."""
    if link.statement.connector or link.statement.mark or link.word == "approx":
        return False
    closed = [_is_constant(section, side) for side in (link.left, link.right)]
    if all(closed) or follows_condition(context, link.formula, link.statement):
        return False
    if link.word == "=" and closed[1]:
        return True
    sides = ((link.left, link.right), (link.right, link.left))
    return any(
        _is_open(section, one, other, other_closed)
        for (one, other), other_closed in zip(sides, closed[::-1], strict=True)
        if link.word != "=" or one is link.left
    )


def _is_constant(section: Section, side: Node) -> bool:
    """Whether a side is made of numbers and identity matrices only."""
    return not any(
        one.kind == "call" or (one.kind == "name" and not section.scope.is_identity(one.key)) for one in side.walk()
    )


def _is_open(section: Section, side: Node, other: Node, closed: bool) -> bool:
    """Whether a side is a lone symbol that nothing defines and, where the other side is not constant, nothing introduces or restricts."""
    if side.kind != "name" or is_slope(section.scope, side):
        return False
    symbol = section.scope.symbol(side.key)
    if symbol in section.scope.definitions:
        return False
    if closed:
        return True
    if not is_scalar(symbol.sort) or side.key in section.bound or section.scope.is_part(side.key):
        return False
    if any(doubt.touches(letters_of_latex(side.key)) for doubt in section.doubts):
        return False
    if any(symbol in one.symbols() for one in section.hypotheses):
        return False
    return symbol not in free_symbols(section.scope.unfold(Builder(section.scope).member(other)))


def _is_quantity(symbol: Symbol) -> bool:
    """No member of a family, and no word or letter in upright type, which may have a meaning that is said elsewhere."""
    family = isinstance(symbol.sort, Function) and all(sort == INTEGER for sort in symbol.sort.arguments)
    return not family and not base_of(symbol.name).startswith("\\mathrm{")


def _scalars(symbols: frozenset[Symbol]) -> set[Symbol]:
    return {one for one in symbols if not isinstance(one.sort, Function)}


def _apart(left: frozenset[Symbol], right: frozenset[Symbol]) -> bool:
    """Whether two sides have no letter of a function in common, not even with other arguments."""
    sides = [{letter_of(one.name) for one in side if isinstance(one.sort, Function)} for side in (left, right)]
    return not sides[0] & sides[1]


_IDENTITY = re.compile(r"\bidentit(?:y|ies)\b|항등식", re.IGNORECASE)
