"""Sections and scopes: what is declared, defined and inferred under a heading."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace

from derive.elaborate.agreement import agreed
from derive.elaborate.conditions import begin_case, declares, holds_here_only
from derive.elaborate.context import (
    CONDITION_MARKS,
    DEFINITION_MARKS,
    NOT_JUDGED,
    Context,
    Hypothesis,
    Section,
    lone_name,
)
from derive.elaborate.convexity import facts_of_function, for_all, is_kind_of_function
from derive.elaborate.distributions import Distribution, distribution
from derive.elaborate.doubt import Doubt, letters_of_latex
from derive.elaborate.evidence import said_sorts
from derive.elaborate.families import ways
from derive.elaborate.lengths import lengths
from derive.elaborate.membership import VALUE, Membership, members_of, memberships, signature_of, unknown_sets
from derive.elaborate.obligation import Inferred
from derive.elaborate.other_shapes import applied_capitals, in_dots_and_norms, unordered_letters, used_as_numbers
from derive.elaborate.perhaps_arrays import basis_in, perhaps_arrays
from derive.elaborate.quantifiers import parts_of, ranges_in
from derive.elaborate.random_variables import with_laws, without_font
from derive.elaborate.sorts import PSEUDOINVERSE, base_of, letter_of, marks_of, subscript_of, unmarked
from derive.elaborate.spoken import names_of
from derive.elaborate.terms import Builder, Scope
from derive.elaborate.uses import bound_by
from derive.kernel.size import letters_of
from derive.kernel.sorting import is_scalar, sort_of
from derive.kernel.term import (
    INTEGER,
    ONE,
    REAL,
    ZERO,
    Apply,
    Constant,
    Function,
    IllSorted,
    Matrix,
    Number,
    Scalar,
    Sort,
    Symbol,
    Term,
    equal,
    free_symbols,
    multiply,
    negate,
    substitute,
)
from derive.language.declarations import sort_from_text
from derive.language.document import THEOREM_LEVEL, Declaration, Formula, Statement
from derive.language.printing import plain_name
from derive.language.report import Verdict
from derive.language.syntax import Node, UnreadError, is_map

_DISCRETE = (INTEGER, Scalar("rational"))
_USUAL_INTEGERS = frozenset("ijklmnpqrstKMN")
# The kinds of a declaration that `_declared_facts` says completely; any other restricts its symbol without a hypothesis.
_SAID_KINDS = frozenset(
    {
        "symmetric",
        "skew",
        "diagonal",
        "orthogonal",
        "invertible",
        "projection",
        "positive definite",
        "positive semidefinite",
        "upper triangular",
    }
)
_GENERAL = re.compile(r"notation|prelim|background|set-?up|setting|assum|convention|model|problem|defin", re.IGNORECASE)


def _level(context: Context, section: int) -> int:
    return context.document.headings[section - 1][1] if 0 < section <= len(context.document.headings) else 0


def ancestors(context: Context, section: int) -> list[int]:
    """The sections whose definitions are in scope: the text before every heading, and the headings above."""
    chain = [section]
    level = _level(context, section)
    for earlier in range(section - 1, 0, -1):
        if _level(context, earlier) < level:
            chain.append(earlier)
            level = _level(context, earlier)
    if section != 0:
        chain.append(0)
    return chain[::-1]


def is_around(context: Context, section: int, other: int) -> bool:
    """Whether one of two sections stands within the other."""
    return section in ancestors(context, other) or other in ancestors(context, section)


def section_of(context: Context, offset: int) -> int:
    return context.document.section(offset)


def headings_above(context: Context, section: int) -> str:
    """The headings that a section stands under, its own last."""
    return "\n".join(context.document.headings[one - 1][2] for one in ancestors(context, section) if one)


def enter(context: Context, number: int) -> Section:
    known = context.sections.get(number)
    if known is not None:
        return known
    chain = ancestors(context, number)
    declared: dict[str, Sort] = {}
    hypotheses: list[Hypothesis] = []
    small: list[str] = []
    doubts = [doubt for doubt in context.doubts if doubt.section in chain]
    if number:
        doubts += _doubts_from_before(context, number, chain)
    for declaration in context.declarations:
        if declaration.kind == "input" or section_of(context, declaration.start) in chain:
            _declare(declaration, declared, hypotheses, small, doubts)
    formulas = [formula for formula in context.formulas if formula.section in chain]
    placed = [
        (formula.start, part.node) for formula in formulas for part in formula.parts if isinstance(part, Statement)
    ]
    nodes = [node for _, node in placed]
    places = [place for place, _ in placed]
    written = set[str]().union(*(node.names for node in nodes))
    for declaration in context.declarations:
        if declaration.node is not None and section_of(context, declaration.start) in chain:
            nodes.append(declaration.node)
            places.append(declaration.start)
    by_membership = _members(context, formulas, declared, hypotheses, doubts)
    for formula in formulas:
        said = context.said.get(formula.start)
        if said is not None and said.integer:
            spoken = {name for name in said.names if name not in declared}
            declared |= dict.fromkeys(spoken, Scalar("integer"))
            by_membership |= spoken
    shapes: dict[str, set[Matrix]] = {}
    for formula in formulas:
        for name, shape in context.shapes.get(formula.start, {}).items():
            shapes.setdefault(name, set()).add(shape)
    for name, said_of in shapes.items():
        if name not in declared and len(said_of) == 1:
            declared[name] = next(iter(said_of))
            by_membership |= {name}
        elif name not in declared:
            reason = f"the size of {plain_name(name)}, which differs in this text,"
            doubts.append(Doubt(letters_of_latex(name), reason, number))
    for name, sort in ranges_in(nodes).items():
        if name not in declared:
            declared[name] = sort
            by_membership |= {name}
    meant = _decorated(declared, hypotheses, written)
    lemmas = frozenset(formula.start for formula in formulas if _is_lemma(formula))
    inference = agreed(declared, by_membership, nodes, places, lemmas, claims=context.document.claims)
    inference.finish()
    if not context.document.claims:
        inference.leave_open(*perhaps_arrays(nodes, inference.uses.scalars | inference.uses.numbers))
        basis = {key for node in nodes if node.kind == "chain" for side in node.children for key in basis_in(side)}
        if len(basis) > 1:
            letters = frozenset[str]().union(*map(letters_of_latex, basis))
            reason = f"{plain_name(min(basis))}, which may be of an orthonormal basis,"
            doubts.append(Doubt(letters, reason, number, names=frozenset(basis - declared.keys())))
    scope = Scope(inference)
    scope.last_index = context.last_index
    scope.bare = _bare_names(nodes)
    scope.closed = context.document.claims
    _layout_and_kinds(context, scope, chain)
    _literal_components(scope, nodes)
    section = Section(number, scope, _level(context, number), hypotheses=hypotheses, doubts=doubts)
    section.small = [scope.symbol(name) for name in small]
    section.bound |= set(declared)
    section.numbers = set() if context.document.claims else used_as_numbers(nodes) | inference.uses.graded
    section.dotted = set() if context.document.claims else in_dots_and_norms(nodes) - section.numbers - declared.keys()
    section.applied = set() if context.document.claims else applied_capitals(nodes)
    section.unordered = set() if context.document.claims else unordered_letters(nodes, context.document.text)
    _count(context, section, nodes)
    _values_of_maps(section, nodes)
    _distributions(context, section, formulas, chain)
    section.random = {} if context.document.claims else with_laws(formulas)
    for ancestor in chain[:-1]:
        above = context.sections.get(ancestor)
        if above is not None:
            section.seen |= above.seen
            section.bound |= above.bound
            section.hypotheses = [*above.hypotheses, *[one for one in hypotheses if one not in above.hypotheses]]
            section.given |= above.given
            section.placed |= above.placed
            section.older |= above.older
            section.formulas |= {key: [*known] for key, known in above.formulas.items()}
            section.disputed |= above.disputed
            section.parts |= {name: {*conditions} for name, conditions in above.parts.items()}
            section.random = above.random | section.random
            section.defined |= above.defined
            section.doubts += [doubt for doubt in above.doubts if doubt not in section.doubts]
            scope.inherit(above.scope)
            _leave_densities(context, scope, above.scope, chain)
    _carry(context, section, chain, nodes)
    context.sections[number] = section
    for declaration in context.declarations:
        if (
            declaration.kind == "assume"
            and section_of(context, declaration.start) in chain
            and declaration.node is not None
        ):
            _assume_declared(section, declaration, meant)
    _note_inferred(context, section, declared)
    context.last = None
    return section


def _is_lemma(formula: Formula) -> bool:
    r"""X \sim D(a) \Rightarrow S(X, a): said of any X and a."""
    first, others = next(iter(formula.parts), None), formula.parts[1:]
    if not others or not isinstance(first, Statement) or first.node.kind != "chain" or first.node.value != "sim":
        return False
    implied = any(isinstance(one, Statement) and one.connector == "implies" for one in others)
    return implied and first.node.children[0].kind == "name"


def _layout_and_kinds(context: Context, scope: Scope, chain: list[int]) -> None:
    """The layout of derivatives that is declared, the nearest one; the matrices of a kind, but for invertible ones."""
    for declaration in context.declarations:
        if section_of(context, declaration.start) not in chain:
            continue
        if declaration.kind == "layout":
            scope.layout = declaration.sort
        elif declaration.kind == "symbols":
            if declaration.sort.strip() == "index":
                scope.indices |= set(declaration.names)
            with suppress(ValueError):
                said = sort_from_text(declaration.sort, declaration.properties)
                if set(said.kinds) - {"invertible"} and isinstance(said.sort, Matrix):
                    scope.structured |= {letter_of(name) for name in declaration.names}
                for name in declaration.names if not said.indexed else ():
                    facts = tuple(declared_facts(scope.symbol(name), said.signs, said.kinds))
                    scope.facts[name] = (*scope.facts.get(name, ()), *facts)


def _distributions(context: Context, section: Section, formulas: list[Formula], chain: list[int]) -> None:
    """`X \\sim N(\\mu, \\sigma^2)`: what it says of the parameters, and the density of X; of a distribution that is not known, a doubt."""
    declared: dict[str, list[Distribution | None]] = {}
    for declaration in context.declarations:
        node = declaration.node if declaration.kind == "distribution" else None
        if node is not None and section_of(context, declaration.start) in chain:
            place = f"the declaration '{declaration.text}'"
            known = _parameters(section, node, declaration.text, place)
            if node.children[0].kind == "name":
                declared.setdefault(without_font(node.children[0].key), []).append(known)
    for name, several in declared.items():
        if len(several) == 1 and several[0] is not None and not context.laws.declared(name, chain):
            _density_of(section, name, several[0])
    for formula in formulas:
        for part in formula.parts:
            if not isinstance(part, Statement) or part.node.kind != "chain" or part.node.value != "sim":
                continue
            law = context.laws.at(part.node.children[0])
            place = f"'{part.latex}' in {context.document.place(part.start)}"
            known = _parameters(section, part.node, part.latex, place, part.start, law is None or not law.declared)
            if known is None or law is None or part.node.children[0].kind != "name":
                continue
            name = without_font(part.node.children[0].key)
            if name in declared or context.laws.alone(name, chain) is not law:
                continue
            if law.reach is None:
                _density_of(section, name, known)
            elif law.reach:
                section.densities.append((law.start, law.reach, name, known))


def _parameters(
    section: Section, node: Node, text: str, place: str, start: int | None = None, claimed: bool = False
) -> Distribution | None:
    """The distribution of a law, and what that says of its parameters: of one that is only claimed witnesses satisfy it, and no proof uses it."""
    left, right = node.children
    known = distribution(Builder(section.scope), right, start is None)
    letters = letters_of_latex(text)
    if known is not None:
        section.doubts = [one for one in section.doubts if not (one.start == (start or 0) and one.letters == letters)]
        names = [part.key for part in left.walk() if part.kind == "name"]
        letters = frozenset[str]().union(*(letters_of_latex(name) for name in names))
        terms = [one.term for one in section.hypotheses if claimed or not one.refuting]
        facts = [Hypothesis(one, "declaration", refuting=claimed) for one in known.facts if one not in terms]
        section.hypotheses += facts
    section.doubts.append(Doubt(letters, place, 0, start or 0))
    return known


def _density_of(section: Section, name: str, law: Distribution) -> list[Symbol]:
    """The densities f_X and p_X of X, where they are applied."""
    scope, found = section.scope, list[Symbol]()
    for key in (f"f_{{{name}}}", f"p_{{{name}}}"):
        symbol = scope.symbol(key)
        if not isinstance(symbol.sort, Function) or symbol.sort.arguments != (REAL,) or key in scope.inference.declared:
            continue
        if law.density is None or symbol in scope.function_definitions:
            continue
        parameter = Symbol("at", REAL)
        body, support = law.density(parameter)
        scope.function_definitions[symbol] = ((parameter,), body)
        scope.supports[symbol] = (parameter, support)
        section.bound.add(key)
        found.append(symbol)
    return found


def _leave_densities(context: Context, scope: Scope, above: Scope, chain: list[int]) -> None:
    """The densities of the sections around this one are not known here where it says something else of their variables."""
    for symbol in above.supports:
        if context.laws.speaks(subscript_of(symbol.name), chain[-1:]):
            scope.function_definitions.drop(symbol)
            scope.supports.pop(symbol, None)


def densities_here(context: Context, section: Section, formula: Formula) -> None:
    """From here on the densities are known that a law gives which is only supposed in this sentence, and no longer those of the sentences before."""
    for scope, symbol in context.here:
        scope.function_definitions.drop(symbol)
        scope.supports.pop(symbol, None)
    here = [one for one in section.densities if formula.end > one[0] and formula.start < one[1]]
    context.here = [(section.scope, symbol) for *_, name, law in here for symbol in _density_of(section, name, law)]


def _before(context: Context, number: int, chain: list[int]) -> list[int]:
    """The sections above that this one is not within, in order; no theorem or proof, which stand for themselves."""
    return [one for one in range(number) if one not in chain and _level(context, one) < THEOREM_LEVEL]


def _carry(context: Context, section: Section, chain: list[int], nodes: Iterable[Node]) -> None:
    """What sections before this one define is known here, where this one says nothing else of the name and uses it in the same shape.

    Claims may be proved by it; a refutation would rest on the name being meant so, which a doubt takes away. Names that authors use anew at every
    turn are left out: f, g and other letters for any function, plain letters for numbers, and all that stand for a given number.
    """
    scope, inference = section.scope, section.scope.inference
    own = {*inference.declared, *inference.uses.assigned, *section.bound}
    for node in nodes:
        if node.kind == "name":
            own.add(node.key)  # it is spoken of by itself: "let $f$ be convex"
        if is_map(node):
            own |= {one.key for one in members_of(node.children[0])}
        if node.kind == "chain" and node.children[0].kind == "call":
            function, *arguments = node.children[0].children
            inside = {one.key for child in node.children[1:] for one in child.walk()}
            if all(one.kind == "name" for one in arguments) and function.key not in inside:
                own.add(function.key)  # it is defined here

    def here(symbol: Symbol) -> Symbol | None:
        if symbol.name not in inference.keys and symbol.name not in inference.declared:
            return symbol
        found = scope.symbol(symbol.name)
        return found if _alike(found.sort, symbol.sort) else None

    for number in _before(context, section.number, chain):
        earlier = context.sections.get(number)
        if earlier is None:
            continue
        values: list[tuple[Symbol, tuple[Symbol, ...] | None, Term]] = [
            *((symbol, None, value) for symbol, value in earlier.scope.definitions.items()),
            *((function, *body) for function, body in earlier.scope.function_definitions.items()),
        ]
        for symbol, parameters, value in values:
            meant = here(symbol)
            inner = {one: here(one) for one in free_symbols(value) - {*(parameters or ())}}
            common = symbol.name in (_ANY_FUNCTION if parameters else _PLAIN_LETTERS)
            if symbol.name in own or meant is None or None in inner.values() or common or not free_symbols(value):
                continue
            if symbol in earlier.scope.supports and context.laws.speaks(subscript_of(symbol.name), [section.number]):
                continue
            moved = substitute(value, {one: found for one, found in inner.items() if found is not None})
            if parameters is None:
                scope.definitions[meant] = moved
            else:
                scope.function_definitions[meant] = (parameters, moved)
            section.bound.add(symbol.name)
            if symbol.name in earlier.given:
                section.given[symbol.name] = earlier.given[symbol.name]


# Letters that stand for whatever is spoken of: for any function, and for any number or matrix.
_ANY_FUNCTION = frozenset({*"fghFGHpqPQuvUVT", "\\phi", "\\varphi", "\\psi", "\\Phi", "\\Psi"})
_PLAIN_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIKMNOPQRSTUVWXYZ") | {"\\alpha", "\\beta", "\\gamma", "\\theta", "\\lambda", "\\mu", "\\delta"}  # fmt: skip


def _alike(left: Sort, right: Sort) -> bool:
    """Whether sorts differ in nothing but how smooth functions are."""
    if isinstance(left, Function) and isinstance(right, Function):
        return left.arguments == right.arguments and left.result == right.result
    return left == right


_ARROWS = ("\\vec{", "\\overrightarrow{")
_DEFINING = DEFINITION_MARKS | {"since"}


def _doubts_from_before(context: Context, number: int, chain: list[int]) -> list[Doubt]:
    """What the sections before say of symbols, where a section builds on them but is not within them: nothing of it is known here.

    A definition or a hypothesis there takes away a refutation here; so does a word that restricts, of all symbols where the section is about
    notation or assumptions.
    """
    before = _before(context, number, chain)
    titles = context.document.headings
    own = {
        one.key
        for formula in context.formulas
        if formula.section in chain
        for part in formula.parts
        if isinstance(part, Statement)
        for one in part.node.walk()
        if one.kind == "name"
    }
    found = [
        replace(doubt, section=number, start=0, end=None, kind=False, best=None)
        for doubt in context.doubts
        if doubt.section in before
        and doubt.end is None
        and (doubt.letters is not None or _GENERAL.search(titles[doubt.section - 1][2]))
    ]
    for formula in context.formulas:
        if formula.section not in before:
            continue
        for part in formula.parts:
            if not isinstance(part, Statement) or part.node.kind != "chain":
                continue
            names = [lone_name(child) for child in part.node.children]
            letters = (
                letters_of_latex(part.latex)
                if part.mark and not (part.mark in _DEFINING and any(names))
                else frozenset[str]().union(
                    # What is said of \\vec a is not said of a, where a stands without its arrow.
                    *(
                        letters_of_latex(name[0])
                        for name in names
                        if name is not None and (name[0] in own or not name[0].startswith(_ARROWS))
                    )
                )
            )
            shown = context.shown.get(part.start)
            if shown in {Verdict.PROVED, Verdict.REFUTED} and not part.mark:
                continue  # it says nothing that the rest does not
            if letters:
                place = f"'{part.latex.strip()}' in {context.document.place(part.start)}"
                found.append(
                    Doubt(
                        letters,
                        place,
                        number,
                        names=_defined_by(part) if shown is Verdict.DEFINED else frozenset(),
                        narrows=_range_of(part),
                    )
                )
    return found


def _defined_by(statement: Statement) -> frozenset[str]:
    """The symbol or function that a definition gives a value."""
    side = statement.node.children[0]
    name = lone_name(side)
    if name is not None:
        return frozenset({name[0]})
    return (
        frozenset({f"{side.children[0].key}("})
        if side.kind == "call" and side.children[0].kind == "name"
        else frozenset()
    )


def _range_of(statement: Statement) -> frozenset[str]:
    """What a condition says of numbers, if that leaves an open set of them: strict inequalities, and bounds of a letter."""
    words = set(statement.node.value.split())
    plain = all(one.kind in {"name", "number", "negate"} for one in statement.node.children)
    return (
        frozenset({"range"})
        if words <= {"<", ">", "!="} or (plain and words <= {"<", ">", "!=", "<=", ">="})
        else frozenset()
    )


def _count(context: Context, section: Section, nodes: Iterable[Node]) -> None:
    """n of \\sum_{i=1}^n, or of A \\in \\mathbb{R}^{n \\times n}, is a whole number, and not below 1, where nothing says what it is; the text may still say which one."""
    inference = section.scope.inference
    maps = [part for one in inference.maps.values() for part in (*one.arguments, one.result)]
    declared = [sort for sort in (*inference.declared.values(), *maps) if isinstance(sort, Matrix)]
    sizes = {letter: 1 for sort in declared for size in (sort.rows, sort.columns) for letter in letters_of(size)}
    for key, least in sorted({**sizes, **lengths(nodes)}.items()):
        if inference.is_declared(key) or inference.sort(key) != REAL or inference.is_function(key):
            continue
        if (
            inference.is_open(key)
            or key in inference.uncertain()
            or (key in inference.uses.assigned and not _is_only_counted(nodes, key))
            or section.scope.is_part(key)
        ):
            continue
        inference.counted.add(key)
        symbol = Symbol(key, INTEGER)
        if least is not None:
            section.hypotheses.append(Hypothesis(Apply(">=", (symbol, Number(least))), "declaration"))
        if least == 0:
            section.hypotheses.append(Hypothesis(Apply(">=", (symbol, ONE)), "declaration", refuting=True))
        kind = {None: "", 0: "nonnegative ", 1: "positive "}[least]
        elsewhere = frozenset(formula.start for formula in context.formulas if _binds(formula, key))
        context.inferred.append(Inferred(section.number, key, f"{key} : {kind}integer", elsewhere=elsewhere))


def _is_only_counted(nodes: Iterable[Node], key: str) -> bool:
    """Whether the values that a text gives to a letter are positive whole numbers: n = 1."""
    given = [one for one in nodes if one.kind == "chain" and one.children[0].key == key and "=" in one.value.split()]
    return bool(given) and all(
        one.value == "="
        and one.children[1].kind == "number"
        and one.children[1].value.isdigit()
        and int(one.children[1].value) > 0
        for one in given
    )


def _binds(formula: Formula, key: str) -> bool:
    """Whether a formula has a letter of this name that is its own: n of a sum over n."""
    nodes = (node for node in nodes_of(formula) if key in node.names)
    return any(key in bound_by(part) for node in nodes for part in node.walk())


def _note_inferred(context: Context, section: Section, declared: dict[str, Sort]) -> None:
    """The sorts of names that nothing declares: as they could be declared, and as each formula of the section shows them itself."""
    inference = section.scope.inference
    found: dict[str, str] = {}
    for key in sorted(inference.keys - set(declared)):
        sort = inference.sort(key)
        if inference.is_identity_name(key) or inference.is_ones_name(key) or inference.is_loose(key):
            continue  # of the size that fits; or not known
        if inference.is_function(key) and not inference.is_said_function(key):
            continue
        if sort != REAL and key not in inference.counted and inference.has_one_sort(key):
            found[key] = f"{key} : {sort_text(sort)}"
    said: dict[str, dict[int, str]] = {key: {} for key in found}
    for formula in context.formulas if found and not context.document.claims else ():
        if formula.section == section.number:
            names = frozenset[str]().union(*(node.names for node in nodes_of(formula)))
            for key, shown in said_sorts(inference, formula.start, sorted(names & found.keys())):
                said[key][formula.start] = f"{key} : {sort_text(shown)}"
    for key, text in found.items():
        context.inferred.append(Inferred(section.number, key, text, said=said[key]))


def _declare(
    declaration: Declaration,
    declared: dict[str, Sort],
    hypotheses: list[Hypothesis],
    small: list[str],
    doubts: list[Doubt],
) -> None:
    if declaration.kind == "small":
        small.extend(declaration.names)
    place = f"the declaration '{declaration.text.strip()}'"
    if declaration.kind == "input":
        place = f"{declaration.text.strip()}, which is not read,"
    if declaration.kind in {"unread", "input"}:
        doubts.append(Doubt(None, place, 0))
    if declaration.kind != "symbols":
        return
    try:
        found = sort_from_text(declaration.sort, declaration.properties)
    except ValueError:
        doubts.append(Doubt(None, place, 0))
        return  # reported where the declaration stands
    unsaid = {kind for kind in found.kinds if kind not in _SAID_KINDS and not _says(found.sort, kind)}
    if unsaid or (found.indexed and (found.signs or found.kinds)):
        letters = frozenset[str]().union(*(letters_of_latex(name) for name in declaration.names))
        doubts.append(Doubt(letters, place, 0))
    for name in declaration.names:
        sort: Sort = Function((Scalar("integer"),), found.sort) if found.indexed else found.sort
        declared[name] = sort
        if not found.indexed:
            facts = declared_facts(Symbol(name, sort), found.signs, found.kinds)
            hypotheses.extend(Hypothesis(term, "declaration") for term in facts)
    for letter in found.sizes:
        if letter not in declared:
            declared[letter] = Scalar("integer")
            hypotheses.append(Hypothesis(Apply(">=", (Symbol(letter, Scalar("integer")), ONE)), "declaration"))


def _members(
    context: Context,
    formulas: list[Formula],
    declared: dict[str, Sort],
    hypotheses: list[Hypothesis],
    doubts: list[Doubt],
) -> frozenset[str]:
    """`x \\in S` and the like: a sort with its facts where the set is known, a doubt where it is not; the names that are declared so.

    A name that is said to be in different sets has none of their sorts: a letter is used anew. What holds only of the numbers of an interval is a fact
    only where the text does not say it under a condition, and says one interval.
    """
    found: dict[str, list[tuple[Membership, Statement, Doubt]]] = {}
    for formula in formulas:
        for part in formula.parts:
            if not isinstance(part, Statement) or part.node.kind != "chain":
                continue
            words, children = part.node.value.split(), part.node.children
            if not any(word in NOT_JUDGED for word in words):
                continue
            of_place = words == ["in"] and children[1].value.startswith("\\operatorname{arg")
            if of_place and children[0].kind != "name" and part.mark in {"", "claim"}:
                continue  # that something is the place of a best value is a claim
            place = f"'{part.latex}' in {context.document.place(part.start)}"
            doubt = Doubt(letters_of_latex(part.latex), place, formula.section, part.start)
            if is_map(part.node):
                doubts += _doubts_of_map(part, formulas, place)
                continue
            if words == ["mapsto"]:  # as what the map before it is defined, nobody knows
                doubts += [replace(doubt, letters=letters_of_latex(name)) for name in _maps_before(formulas, formula)]
            said = memberships(children[0], children[1]) if words == ["in"] and declares(formula, part) else ()
            if holds_here_only(formula, part):
                said = tuple(one for one in said if one.sort not in _DISCRETE or one.key in _USUAL_INTEGERS)
            if not said:
                doubts.append(doubt)
                members = frozenset(one.key for one in children[0].walk() if one.kind == "name")
                if words == ["in"] and members:  # of a set that may hold anything
                    doubts.append(Doubt(members, place, formula.section, part.start, kind=True))
            for one in said:
                found.setdefault(one.key, []).append((one, part, doubt))
    names: set[str] = set()
    for key, said_of in found.items():
        first = said_of[0][0]
        if key in declared:
            doubts += [doubt for one, _, doubt in said_of if one.sort != declared[key] or one.facts]
            continue
        if any(one.sort != first.sort for one, _, _ in said_of):
            doubts += [doubt for _, _, doubt in said_of]
            continue
        names.add(key)
        declared[key] = first.sort
        for way in ways(key)[:1]:
            declared.setdefault(way.template, first.sort)
        bounded = any(one.facts and not one.facts_of_witness for one, _, _ in said_of)
        if bounded and (
            any(one != first for one, _, _ in said_of)
            or any(part.mark in CONDITION_MARKS - {"assume"} for _, part, _ in said_of)
            or ways(key)
        ):
            doubts += [doubt for _, _, doubt in said_of]
            ranges = dict.fromkeys(one.facts for one, _, _ in said_of)
            if len(ranges) > 1 and all(ranges) and not ways(key):  # a witness lies in one of them
                parts = tuple(one[0] if len(one) == 1 else Apply("and", one) for one in ranges)
                hypotheses.append(Hypothesis(Apply("or", parts), "declaration", refuting=True))
            continue
        hypotheses += [Hypothesis(one, "declaration") for one in first.facts]
        hypotheses += [Hypothesis(one, "declaration", refuting=True) for one in first.facts_of_witness]
    return frozenset(names)


def _doubts_of_map(part: Statement, formulas: list[Formula], place: str) -> list[Doubt]:
    r"""What f : X \to Y restricts without saying it of all numbers, and what may be no number: values, arguments and members of sets that are not known, or are
    said to be different ones."""
    left, right = part.node.children
    signature = signature_of(right)
    names = frozenset(one.key for one in members_of(left))
    nodes = [node for formula in formulas for node in nodes_of(formula)]
    maps = [node for node in nodes if is_map(node) and names & {one.key for one in members_of(node.children[0])}]
    several = any(signature_of(node.children[1]) != signature for node in maps)
    perhaps = unknown_sets(right)
    if several or None in signature.arguments:
        calls = [one for node in nodes for one in node.walk() if one.kind == "call" and one.children[0].key in names]
        perhaps |= {argument.key for call in calls for argument in call.children[1:] if argument.kind == "name"}
    letters = frozenset[str]().union(*(letters_of_latex(name) for name in names))
    found: list[Doubt] = []
    if several or perhaps or not (signature.whole and signature.onto):
        found.append(Doubt(letters, place, 0, part.start))
    if perhaps:
        found.append(Doubt(perhaps, place, 0, part.start, kind=True))
    if several or signature.result is None:
        found.append(Doubt(names, place, 0, part.start, kind=True, values=True))
    return found


def nodes_of(formula: Formula) -> list[Node]:
    """The statements of a formula that were read."""
    return [part.node for part in formula.parts if isinstance(part, Statement)]


def _maps_before(formulas: list[Formula], formula: Formula) -> frozenset[str]:
    """The functions of which f : X \\to Y is said in a formula, or in the one before it."""
    index = formulas.index(formula)
    nodes = [node for one in formulas[max(index - 1, 0) : index + 1] for node in nodes_of(one)]
    return frozenset(name.key for node in nodes if is_map(node) for name in members_of(node.children[0]))


def _values_of_maps(section: Section, nodes: Iterable[Node]) -> None:
    r"""What \sigma : \mathbb{R} \to (0, 1) says of every value, where the text does not say itself which they are."""
    inference = section.scope.inference
    for node in nodes:
        if not is_map(node):
            continue
        for name in members_of(node.children[0]):
            symbol = section.scope.symbol(name.key)
            defined = name.key in inference.uses.laws or name.key in inference.uses.assigned
            if defined or name.key not in inference.maps or not isinstance(symbol.sort, Function):
                continue
            arguments = tuple(Symbol(f"x_{index}", sort) for index, sort in enumerate(symbol.sort.arguments, start=1))
            value = Apply("apply", (symbol, *arguments))
            for fact in signature_of(node.children[1]).facts:
                statement = for_all(arguments, substitute(fact, {VALUE: value}))
                section.hypotheses.append(Hypothesis(statement, "declaration"))


def _decorated(declared: dict[str, Sort], hypotheses: list[Hypothesis], keys: set[str]) -> dict[Term, Term]:
    """A bare letter also declares its decorated form when the text has only one of them; what the bare letters in declarations then mean."""
    meant: dict[Term, Term] = {}
    for name in list(declared):
        if name in keys or letter_of(name) != base_of(name):
            continue
        subscript = name[len(base_of(name)) :]
        forms = {
            unmarked(base_of(key)) + subscript if marks_of(key) == PSEUDOINVERSE else key
            for key in keys
            if letter_of(key) == base_of(name) and key[len(base_of(key)) :] == subscript and key != name
        } - {name}
        if len(forms) == 1:
            form = next(iter(forms))
            if form in declared:
                continue
            sort = declared[name]
            declared[form] = sort
            mapping: dict[Term, Term] = {Symbol(name, sort): Symbol(form, sort)}
            meant |= mapping
            for hypothesis in hypotheses:
                hypothesis.term = substitute(hypothesis.term, mapping)
    return meant


def _assume_declared(section: Section, declaration: Declaration, meant: dict[Term, Term]) -> None:
    assert declaration.node is not None
    try:
        term = substitute(Builder(section.scope).formula(declaration.node), meant)
        sort_of(term)
    except (UnreadError, IllSorted):
        section.doubts.append(Doubt(None, f"the assumption '{declaration.text}'", 0))
        return  # reported where the declaration stands
    section.understood.add(declaration.start)
    for part in parts_of(term):
        if all(part != one.term for one in section.hypotheses):
            section.hypotheses.append(Hypothesis(part, "declaration"))


def _literal_components(scope: Scope, nodes: Iterable[Node]) -> None:
    """`\\vec w^T = [w_1; w_2]`: a vector that equals a literal of names has these as its components."""
    for node in nodes:
        for chain in (part for part in node.walk() if part.kind == "chain") if "matrix" in node.kinds else ():
            for left, right in zip(chain.children, chain.children[1:], strict=False):
                for lone, value in ((left, right), (right, left)):
                    inner = lone.children[0] if lone.kind == "transpose" else lone
                    if inner.kind != "name" or value.kind != "matrix":
                        continue
                    names = [entry.key for row in value.children for entry in row.children if entry.kind == "name"]
                    total = sum(len(row.children) for row in value.children)
                    if len(names) == total == len(set(names)) and total > 1:
                        scope.components.setdefault(inner.key, tuple(names))


def _bare_names(nodes: Iterable[Node]) -> set[str]:
    """Names that occur as values: other than as the head of an application, and than alone, where they are only spoken of."""
    found: set[str] = set()
    for node in nodes:
        if node.kind == "name":
            continue
        if node.kinds.isdisjoint({"call", "ambiguous"}):
            found |= node.names
            continue
        heads = {id(part.children[0]) for part in node.walk() if part.kind in {"call", "ambiguous"}}
        found |= {part.key for part in node.walk() if part.kind == "name" and id(part) not in heads}
    return found


def hear(context: Context, section: Section, formula: Formula) -> None:
    """What the words beside the symbols of a formula say of them holds from here on; a doubt where it does not fit what they are."""
    said = context.said.get(formula.start)
    _speak_anew(context, section, formula, understood=said is not None)
    if said is None:
        return
    words = context.document.text[said.start : said.end]
    paragraph = formula.paragraph if said.conditional else None
    for name in said.names:
        symbol = section.scope.symbol(name)
        sort = symbol.sort
        square = isinstance(sort, Matrix) and sort.rows == sort.columns and not is_scalar(sort)
        if isinstance(sort, Function):
            square = facts_of_function(symbol, said.kinds) is not None and not said.sign and not said.integer
        fits = square if said.kinds else is_scalar(sort) and (not said.integer or sort == Scalar("integer"))
        if not fits or symbol in section.scope.definitions:
            reason = f"'{words}' in {context.document.place(said.start)}"
            section.doubts.append(Doubt(letters_of_latex(name), reason, formula.section, formula.start))
            if said.kinds:
                section.doubts.append(Doubt(frozenset({name}), reason, formula.section, formula.start, kind=True))
            continue
        facts = [(fact, False) for fact in declared_facts(symbol, said.sign, said.kinds)]
        if said.integer == "natural":
            facts += [(Apply(">=", (symbol, ZERO)), False), (Apply(">=", (symbol, ONE)), True)]
        for fact, refuting in facts:
            new = Hypothesis(
                fact, "the text", paragraph, refuting=refuting, sentence=formula.sentence, start=formula.start
            )
            begin_case(section, new, False)
            section.hypotheses.append(new)


_ANEW = re.compile(
    r"(?:\b(?:let|suppose|assume|consider|take|if|any|an?|arbitrary|another|for|without)|이제|임의의|다른)\b[^.\n]{0,40}$",
    re.IGNORECASE,
)
_FURTHER = re.compile(
    r"\b(?:also|further|furthermore|moreover|addition|additionally|besides)\b|또한|추가", re.IGNORECASE
)
_NOT_SO = re.compile(r"^[\s$]*(?:(?:be|is|are|need)\b|(?:이|가|은|는|을|를)\s)", re.IGNORECASE)


def _speak_anew(context: Context, section: Section, formula: Formula, *, understood: bool) -> None:
    """Where a function is introduced again, what was said of it above may hold no longer: it is not used, and not denied."""
    names = names_of(formula)
    text = context.document.text
    spoken = [one for one in section.hypotheses if one.origin == "the text" and _is_of_function(one.term, names)]
    before, behind = text[max(0, formula.start - 80) : formula.start].rstrip("$"), text[formula.end : formula.end + 20]
    if understood:  # Let f be convex. Assume further that f is L-smooth.
        between = text[
            max((one.start for one in context.formulas if one.start < formula.start), default=0) : formula.start
        ]
        new = "\n\n" in between and _FURTHER.search(before) is None
    else:
        new = _ANEW.search(before) is not None or _NOT_SO.search(behind) is not None
    if spoken and new:
        section.hypotheses = [one for one in section.hypotheses if all(one is not other for other in spoken)]
        reason = f"what is said of {names[0]} in {context.document.place(formula.start)}"
        section.doubts.append(Doubt(letters_of_latex(names[0]), reason, formula.section, formula.start))


def _is_of_function(statement: Term, names: tuple[str, ...]) -> bool:
    """Whether it is said of all values of one of these functions."""
    functions = {one.name for one in free_symbols(statement) if isinstance(one.sort, Function)}
    return isinstance(statement, Apply) and statement.head == "forall" and bool(functions & set(names))


def _says(sort: Sort, kind: str) -> bool:
    """Whether a property of a function is said by statements."""
    return facts_of_function(Symbol("f", sort), (kind,)) is not None


def declared_facts(symbol: Symbol, sign: str, kinds: Iterable[str]) -> list[Term]:
    """What a declaration says of its symbol, as statements."""
    facts: list[Term] = []
    if isinstance(symbol.sort, Function):
        return facts_of_function(symbol, [kind for kind in kinds if is_kind_of_function(kind)]) or []
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
            elif kind == "diagonal":
                facts.append(equal(Apply("diag", (Apply("diagonal", (symbol,)),)), symbol))
            elif kind == "upper triangular":
                facts.append(Apply("upper_triangular", (symbol,)))
            if kind in {"positive definite", "positive semidefinite"}:
                facts.append(Apply(kind.replace(" ", "_"), (symbol,)))
            if kind in {"invertible", "orthogonal", "positive definite"}:
                facts.append(Apply("!=", (Apply("det", (symbol,)), ZERO)))
    return facts


def sort_text(sort: Sort) -> str:
    if isinstance(sort, Matrix):
        if sort.columns == 1:
            return f"vector({sort.rows})"
        return f"row({sort.columns})" if sort.rows == 1 else f"matrix({sort.rows}, {sort.columns})"
    if isinstance(sort, Function):
        order = f", C{sort.order}" if sort.order else ""
        return f"function({', '.join(sort_text(one) for one in sort.arguments)}) -> {sort_text(sort.result)}{order}"
    return str(sort)
