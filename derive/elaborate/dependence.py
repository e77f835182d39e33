"""Letters that may vary with the variable of a derivative or an integral: "y depends on x", `a = a(x)`, an equation between both.

A letter of which nothing is declared is a number, and its derivative is zero. Where the text says that it depends on the variable, or an equation that
is supposed links both, or it mostly does (y on x, x on t), or the variable stands nowhere in what is differentiated or integrated, or what a limit is of (dE/dt of
E = m v^2/2, the integral of F dx), or it is made of the variable as others are (h_{t-1} as h_t, \\bar x of x_i), nothing is said of it: declared,
y : function(real) -> real, it is what it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress

from derive.elaborate.context import Context, Section
from derive.elaborate.families import Member, ways
from derive.elaborate.sorts import base_of, fonts_of, letter_of, subscript_of
from derive.elaborate.spoken import names_of
from derive.elaborate.terms import Builder, Scope
from derive.kernel.certificate import Identity, Rejected
from derive.kernel.claim import Claim
from derive.kernel.identity import check_identity
from derive.kernel.sorting import is_scalar
from derive.kernel.term import (
    ZERO,
    Apply,
    Function,
    IllSorted,
    Symbol,
    Term,
    TermError,
    equal,
    free_symbols,
    negate,
    subterms,
)
from derive.language.document import Formula, Statement
from derive.language.printing import plain, plain_name
from derive.language.syntax import Node, UnreadError

_DEPENDS = re.compile(
    r"[^.;:!?]{0,60}?(?:\b(?:depend\w*\s+(?:\w+\s+)?on|functions?\s+of|vary|varies|varying|changes?|changing|grows?|evolves?|over\s+time|in\s+time)\b|의존|의\s*함수|에\s*따라|함수로)",
    re.IGNORECASE,
)
_IMPLICIT = re.compile(r"\bimplicit\w*|\brelated\s+rates?\b|음함수", re.IGNORECASE)
# What mostly depends on a variable where it is differentiated by it.
_USUALLY = {
    "x": frozenset("y"),
    "t": frozenset({*"xyzr", "\\theta", "\\mathbf{x}", "\\mathbf{r}"}),
    "q": frozenset("p"),  # a price, of the quantity
}
# A constant by which values are divided so that their sum is 1: it is made of what they are made of.
_NORMALISER = r"(?:normali[sz](?:er|(?:ation|ing)\s+(?:constant|factor|term))|partition\s+function|(?:정규화|규격화)\s*(?:상수|인자|항)|분배\s*함수)"
_NORMALISES = re.compile(
    rf"\$?\s*(?:[:,=]|is|denotes|는|은|이|가)?\s*(?:the\s+|a\s+|its\s+)?(?:\w+\s+)?{_NORMALISER}", re.IGNORECASE
)
_BY_NORMALISER = re.compile(rf"{_NORMALISER}\s*(?:is|by)?[\s:,($]*$", re.IGNORECASE)
_ACCENTS = frozenset({"bar", "overline", "hat", "widehat", "tilde", "widetilde"})


def dependence(context: Context, section: Section, formula: Formula, sides: tuple[Node, ...]) -> str:
    """What says that a letter which the claim takes for a number varies with a variable of it; empty if nothing does."""
    if context.document.claims:
        return ""
    scope = section.scope
    for side in sides:
        for node in side.walk():
            reason = (
                _varies_unseen(scope, node)
                or _turns_back(context, section, formula, node)
                or _varies_along(context, scope, formula, node)
            )
            if reason:
                return reason
    variables = dict(_variables(sides))
    if not variables:
        return ""
    written = set[str]().union(*(side.names for side in sides))
    meant: set[Symbol] = set()
    gamma = {"\\Gamma"} - scope.bare  # it is no letter
    for name in written - scope.inference.declared.keys() - gamma:
        with suppress(UnreadError, IllSorted):
            meant |= free_symbols(scope.unfold(scope.symbol(name)))
    numbers = sorted(
        (
            one
            for one in meant
            if is_scalar(one.sort) and one.name not in scope.inference.declared and one.name not in variables
        ),
        key=lambda symbol: symbol.name,
    )
    for symbol in numbers:
        for variable, total in variables.items():
            if total and symbol.name in _USUALLY.get(variable, frozenset()):
                return f"{plain_name(symbol.name)}, which mostly depends on {plain_name(variable)},"
            if total and symbol.name in scope.inference.uses.differentiated:
                return f"{plain_name(symbol.name)}, whose derivative stands in the text,"
            if reason := _linked(section, symbol, variable):
                return reason
        if reason := _said(context, formula, symbol.name):
            return reason
    return ""


def _turns_back(context: Context, section: Section, formula: Formula, node: Node) -> str:
    """C in a derivative of Y = C + I + G, where C = a + b (Y - T) stands above: it varies with Y."""
    if node.kind != "derivative" or node.children[0].kind != "name":
        return ""
    whole = node.children[0].key
    made = {one.name for one in free_symbols(section.scope.definitions.get(section.scope.symbol(whole), ZERO))}
    for other in context.formulas[: context.index_of.get(formula.start, 0)] if made else ():
        for part in other.parts if other.section == formula.section else ():
            if isinstance(part, Statement) and part.node.kind == "chain" and part.node.value == "=":
                for one, value in (part.node.children, part.node.children[::-1]):
                    if one.kind == "name" and one.key in made and whole in value.names and not value.kinds & _SLOPES:
                        return f"{plain_name(one.key)}, which depends on {plain_name(whole)} in {context.document.place(part.start)},"
    return ""


# What is mostly constant where nothing says what it is.
_CONSTANTS = frozenset("abcknC")
OF_ALL = frozenset({"derivative", "nabla", "integral", "limit"})


def _varies_unseen(scope: Scope, node: Node) -> str:
    """A letter in what is differentiated or integrated, or what a limit is of, that may depend on the variable, which stands nowhere in it."""
    if node.kind in OF_ALL or (node.kind == "binder" and node.value.startswith("\\int")):
        body, variables = node.children[0], [one.key for one in node.children[1:2] if one.kind == "name"]
    else:
        return ""
    if not variables or node.value in {"indexed", "symbolic"}:
        return ""
    if any(one.name == variables[0] for one in scope.definitions):
        return ""  # by what is made of others itself
    names = body.names
    try:
        meant = {scope.symbol(name) for name in names}
        builder = Builder(scope)
        terms = [builder.member(part) for part in body.walk() if part.kind == "name"]
        unfolded = frozenset[Symbol]().union(*(free_symbols(scope.unfold(one)) for one in terms))
    except (UnreadError, IllSorted):
        return ""
    if any(isinstance(one.sort, Function) for one in meant):
        return ""  # it is known of what
    reached = [*meant, *(unfolded - meant)]
    for symbol in reached:  # what they are made of
        found = free_symbols(scope.definitions[symbol]) if symbol in scope.definitions else frozenset[Symbol]()
        reached += found - {*reached}
    seen = {*names, *(symbol.name for symbol in reached)}
    members = {one for one in seen if base_of(one) == base_of(variables[0]) and subscript_of(one).isalpha()}
    sums = any(part.kind in {"sum", "product-over"} for part in body.walk())
    if members and variables[0] not in seen and subscript_of(variables[0]).isalpha() and not sums:
        return f"{plain_name(min(members))}, which is {plain_name(variables[0])} where the indices agree,"
    letters = {
        one.name
        for one in reached
        if not (one in scope.definitions or one.name in scope.inference.declared or isinstance(one.sort, Function))
    }
    if node.kind == "limit" and variables != ["t"]:  # x + t d: a step beside x
        for name in letters & _USUALLY.get(variables[0], frozenset()):
            return f"{plain_name(name)}, which mostly depends on {plain_name(variables[0])},"
    if base_of(variables[0]) in {base_of(one) for one in (*names, *(symbol.name for symbol in reached))}:
        return ""
    if not letters or (letters <= _CONSTANTS and letters == names):
        return ""
    return f"{plain_name(min(letters))}, which may depend on {plain_name(variables[0])},"


def _varies_along(context: Context, scope: Scope, formula: Formula, node: Node) -> str:
    """A letter in what is differentiated that is made of the variable as others are: h_{t-1} by w where h_t = w h_{t-1} + x_t, \\bar x and \\|x\\| by x_i, the normaliser Z of
    e^z / Z by z."""
    body = _body(scope, node)
    if body is None:
        return ""
    whole = scope.unfold(body)
    letters = sorted(free_symbols(whole), key=lambda symbol: symbol.name)
    variables = [one.key for one in node.children[1:] if one.kind == "name"]
    return next(
        filter(None, (_varies_with(context, scope, formula, whole, letters, one) for one in variables)),
        "",
    )


def _varies_with(
    context: Context, scope: Scope, formula: Formula, whole: Term, letters: Iterable[Symbol], variable: str
) -> str:
    declared, shown = scope.inference.declared, plain_name(variable)
    indexed = bool(ways(variable)) and _ACCENTS.isdisjoint(fonts_of(variable))
    for one in letters:
        if one.name == variable:
            continue
        if other := _as_another(scope, one, variable):
            return f"{plain_name(one.name)}, which depends on {shown} as {plain_name(other)} does,"
        if one.name in declared or one in scope.definitions:
            continue
        if indexed and letter_of(one.name) == letter_of(variable):
            if not _ACCENTS.isdisjoint(fonts_of(one.name)):
                return f"{plain_name(one.name)}, which may be made of {shown} and others,"
            if not ways(one.name) and Apply("norm", (one,)) in subterms(whole):
                return f"the norm of {plain_name(one.name)}, which may be that of {shown} and others,"
        if _normalises(context, scope, formula, one, variable, whole):
            return f"{plain_name(one.name)}, a normaliser that depends on {shown},"
    return ""


def _as_another(scope: Scope, letter: Symbol, variable: str) -> str:
    """The member of the same sequence whose formula has the variable, or one of its sequence, so that the letter has it too; empty without one."""
    for member in ways(letter.name)[:1]:
        for other, value in scope.definitions.items():
            for one in ways(other.name):
                if one.template == member.template and one.letters() == member.letters() and one != member:
                    parts = {part.name for part in free_symbols(scope.unfold(value))}
                    if variable in parts and not ways(variable):
                        return other.name
                    if any(_reaches(one, member, by, parts) for by in ways(variable)):
                        return other.name
    return ""


def _reaches(one: Member, member: Member, variable: Member, parts: Iterable[str]) -> bool:
    """Whether a member of a sequence has the variable in it, as one whose formula has these parts: h_{t-1} has x_{t-1} and, where h_t has h_{t-1}, all before it, but not x_t."""
    found = [way for part in parts for way in ways(part)]
    steps = {sign for way in found if way.template == one.template and (sign := _sign(way, one))}
    for part in found:
        if part.template == variable.template:
            shifts = [_shift(way) for way in (one, member, part, variable)]
            if any(shift is None for shift in shifts) or len({shift[0] for shift in shifts if shift is not None}) > 1:
                if not {*one.indices} <= {*variable.indices}:  # W_{ij}^{(l)} is of the layer l
                    return True
                continue
            there, here, inside, by = (shift[1] for shift in shifts if shift is not None)
            distance = by - (here + inside - there)
            if distance == 0 or (distance < 0 and -1 in steps) or (distance > 0 and 1 in steps):
                return True
    return False


_SHIFTED = re.compile(r"([A-Za-z])(?:([+-])(\d+))?")


def _shift(member: Member) -> tuple[str, int] | None:
    """The letter of the one index, and what is added to it."""
    match = _SHIFTED.fullmatch(member.indices[0]) if len(member.indices) == 1 else None
    return None if match is None else (match.group(1), int(f"{match.group(2) or ''}{match.group(3) or 0}"))


def _sign(way: Member, one: Member) -> int:
    """Whether a member is one before, or behind, another."""
    first, second = _shift(way), _shift(one)
    return 0 if first is None or second is None else (first[1] > second[1]) - (first[1] < second[1])


def _normalises(context: Context, scope: Scope, formula: Formula, symbol: Symbol, variable: str, whole: Term) -> bool:
    """Whether a letter is what values are divided by so that their sum is 1: Z beside e^z, or said to be it. Nothing where they are the values p(z) of a density."""
    by = scope.symbol(variable)
    densities = (
        parameters for parameters, value in scope.function_definitions.values() if symbol in free_symbols(value)
    )
    if by not in free_symbols(whole) or any(by in parameters for parameters in densities):
        return False
    if letter_of(symbol.name) == "Z" and any(
        isinstance(part, Apply)
        and ((part.head == "exp" and by in free_symbols(part)) or (part.head == "log" and part.arguments[0] == symbol))
        for part in subterms(whole)
    ):
        return True
    text = context.document.text
    return any(
        _NORMALISES.match(text, one.end) or _BY_NORMALISER.search(text[max(0, one.start - 40) : one.start])
        for one in context.formulas
        if one.start <= formula.start and names_of(one) == (symbol.name,)
    )


def _body(scope: Scope, node: Node) -> Term | None:
    """What a derivative is taken of."""
    if node.kind not in {"derivative", "nabla"} or node.value in {"indexed", "symbolic"}:
        return None
    try:
        term = Builder(scope).member(node.children[0])
    except (UnreadError, IllSorted, TermError):
        return None
    if isinstance(term, Symbol) and term in scope.function_definitions:
        return scope.function_definitions[term][1]
    return term


def residual(scope: Scope, sides: Iterable[Node]) -> str:
    """The error of a model, y = X \\beta + \\epsilon, where it is all that is left of y - X \\beta in what is differentiated: y may be data there, which does not
    move with \\beta. Empty where there is none."""
    for node in (node for side in sides for node in side.walk()):
        body = _body(scope, node)
        for part in subterms(scope.unfold(body)) if body is not None else ():
            if isinstance(part, Apply) and part.head == "+":
                for error in lone_summands(part):
                    if free_symbols(part) > free_symbols(error) and (_same(part, error) or _same(part, negate(error))):
                        return plain(error)
    return ""


def observe(scope: Scope, sides: Sequence[Node]) -> None:
    """From where the residual of a model is differentiated, what the model gives is data: a letter of its own."""
    while error := residual(scope, sides):
        given = [one for one, value in scope.definitions.items() if error in map(plain, lone_summands(value))]
        if not given:
            return
        for symbol in given:
            scope.observed[symbol] = scope.definitions[symbol]
            scope.definitions.drop(symbol)


def given_with_error(scope: Scope, sides: Iterable[Node]) -> str:
    """What a model gives with an error that a claim about it and the model's other letters does not have: X^T y = X^T X \\beta; or has, where what it gives is data. Empty if nothing is."""
    names = frozenset[str]().union(*(side.names for side in sides))
    errors = {
        one.name for value in scope.observed.values() for error in lone_summands(value) for one in free_symbols(error)
    }
    if errors & names:
        return min(one.name for one in scope.observed)
    if any(side.kinds & _SLOPES for side in sides):
        return ""
    values = {symbol.name: value for symbol, value in (*scope.definitions.items(), *scope.observed.items())}
    for name in sorted(names & values.keys()):
        hidden = {symbol.name for error in lone_summands(values[name]) for symbol in free_symbols(error)}
        others = {symbol.name for symbol in free_symbols(values[name])} - hidden
        if hidden and hidden.isdisjoint(names) and others & names:
            return name
    return ""


_SLOPES = frozenset({"derivative", "nabla", "prime"})


def lone_summands(value: Term) -> list[Term]:
    """The summands of a sum that are letters, or members with an index, which stand in no other of them."""
    parts = [] if not isinstance(value, Apply) or value.head != "+" else list(_summands(value))
    lone = [one for one in parts if isinstance(one, Symbol) or (isinstance(one, Apply) and one.head == "apply")]
    return [one for one in lone if len(parts) > 1 and sum(one in set(subterms(part)) for part in parts) == 1]


def _summands(value: Term) -> Iterator[Term]:
    """Without their signs."""
    if isinstance(value, Apply) and value.head in {"+", "negate"}:
        for part in value.arguments:
            yield from _summands(part)
    else:
        yield value


def _same(left: Term, right: Term) -> bool:
    try:
        check_identity(Claim(equal(left, right)), Identity())
    except (Rejected, IllSorted, TermError):
        return False
    return True


def _variables(sides: Iterable[Node]) -> Iterator[tuple[str, bool]]:
    """The variables of the derivatives and integrals that are written, and whether of a total derivative. Others of a partial one stay as they are."""
    for side in sides:
        for node in side.walk():
            if node.kind == "derivative" and node.value == "total":
                yield from ((one.key, True) for one in node.children[1:] if one.kind == "name")
            elif node.kind == "integral" and len(node.children) > 1 and node.children[1].kind == "name":
                yield node.children[1].key, False


def _linked(section: Section, symbol: Symbol, variable: str) -> str:
    """An equation that the text supposes between a letter and the variable."""
    for hypothesis in section.hypotheses:
        term = hypothesis.term
        if hypothesis.origin == "declaration" or not isinstance(term, Apply) or term.head != "=":
            continue
        if symbol in hypothesis.symbols() and any(one.name == variable for one in hypothesis.symbols()):
            return f"{plain(term)}, by which {plain_name(symbol.name)} varies with {plain_name(variable)},"
    return ""


def _said(context: Context, formula: Formula, name: str) -> str:
    """Words or a formula that say that a letter depends on something."""
    text = context.document.text
    if (word := _IMPLICIT.search(text, 0, formula.end)) is not None:
        return f"'{word.group()}' in {context.document.place(word.start())}"
    for one in context.formulas:
        if name in names_of(one) and (said := _DEPENDS.match(text, one.end)) is not None:
            return f"'{' '.join(said.group().strip('$ ').split())}' in {context.document.place(one.end)}"
        for part in one.parts:
            if isinstance(part, Statement) and any(_is_its_own_value(node, name) for node in part.node.walk()):
                return f"'{part.latex}' in {context.document.place(part.start)}"
    return ""


def _is_its_own_value(node: Node, name: str) -> bool:
    """y = y(x); or y(x), y' or \\dot y where y stands without them."""
    if node.kind in {"call", "ambiguous"}:
        return node.children[0].kind == "name" and node.children[0].key == name and len(node.children) > 1
    if node.kind == "name":
        return node.key != name and node.key in {f"\\dot{{{name}}}", f"\\ddot{{{name}}}", f"{name}'"}
    return node.kind == "prime" and node.children[0].kind == "name" and node.children[0].key == name
