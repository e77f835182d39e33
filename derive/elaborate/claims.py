"""What a claim asks to be proved and what would refute it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from functools import partial

from derive.elaborate.anew import formula_of
from derive.elaborate.antiderivatives import same_derivative
from derive.elaborate.approximation import Expansion, degree, expansion
from derive.elaborate.constants import existential, may_be_existential
from derive.elaborate.context import (
    DEFINITION_MARKS,
    FOLLOWS,
    Context,
    Link,
    Section,
    fresh,
    lone_name,
    premises_of,
    varies_in_a_kind,
    without_meaning,
)
from derive.elaborate.conventions import randomly_moved
from derive.elaborate.derivatives import is_slope
from derive.elaborate.differentials import (
    DIFFERENTIAL,
    along_a_curve,
    are_elements,
    are_forms,
    first_order,
    has_differentials,
    is_increment,
    is_linear,
    of_whole_products,
    perhaps_moving,
    resolved,
)
from derive.elaborate.extents import REACHING, further
from derive.elaborate.givens import is_value, may_be_given
from derive.elaborate.gradients import gradient_claim
from derive.elaborate.lists import as_intervals
from derive.elaborate.maximisers import place, same_place
from derive.elaborate.membership import members_of
from derive.elaborate.notation import unjudged_relation
from derive.elaborate.obligation import Obligation, Repair
from derive.elaborate.optima import best_values, extremum
from derive.elaborate.points import limits
from derive.elaborate.repairs import (
    first_order_repair,
    first_order_repairs,
    order_message,
    partial_point_notes,
    whole_point_repairs,
    with_sign,
)
from derive.elaborate.restrictions import earlier_statements, hypotheses_in_scope
from derive.elaborate.rounding import rounded_equality, rounding
from derive.elaborate.sorts import has_arrow, is_bold, is_capital
from derive.elaborate.terms import Builder, Scope, of_each, relation
from derive.elaborate.units import in_range, replaced
from derive.elaborate.values import from_both_sides, series
from derive.kernel.claim import Claim
from derive.kernel.sorting import is_scalar, sort_of
from derive.kernel.term import (
    TWO,
    ZERO,
    Apply,
    Constant,
    Function,
    IllSorted,
    Symbol,
    Term,
    add,
    equal,
    free_symbols,
    negate,
    substitute,
    subterms,
)
from derive.language.document import Statement
from derive.language.printing import plain, plain_name
from derive.language.report import Verdict
from derive.language.syntax import Node, UnreadError

_TRUTH = frozenset({Constant("true", sort_of(equal(ZERO, ZERO))), Constant("false", sort_of(equal(ZERO, ZERO)))})

_READ_OTHERWISE = REACHING | {"list"}


def place_claim(context: Context, section: Section, link: Link) -> Obligation | None:
    """`e \\in \\arg\\max_x f(x)`: e is one of the places. A letter without a value, or a member of a family, is only named by it; what has letters that
    the function does not have may be chosen so, and is not refuted."""
    try:
        builder, left, right = _members(section.scope, link)
        statement = equal(left, right)
        sort_of(statement)
    except (UnreadError, IllSorted):
        return None
    best, meant = extremum(right), section.scope.unfold(left)
    if best is None or not best.is_place or isinstance(meant, Symbol):
        return None
    if isinstance(meant, Apply) and meant.head in {"apply", "component", "entry", "notation"}:
        return None
    opaque = from_both_sides(section.scope.unfold(statement))
    found = best_values(context.document.text, section, link, context.obligation(link), opaque, only=False)
    if found is not None:
        found.reading, found.notes = plain(unjudged_relation("in", left, right)), tuple(builder.notes)
        if not free_symbols(meant) <= free_symbols(right) | free_symbols(section.scope.unfold(right)):
            found.refutable = ()
    return found


def claim_of(context: Context, section: Section, link: Link) -> Obligation:
    gradient = gradient_claim(context, section, link)
    if gradient is not None:
        return gradient
    builder, left, right = _members(section.scope, link)
    scope = section.scope
    if not context.document.claims:
        constants = existential(context, section, link, left, right)
        if constants is not None:
            return constants
    word = link.word
    if word == "approx":
        return _approximation(context, section, link, builder, left, right)
    several = of_each(builder, word, link.left, link.right)
    statement = several or relation(word, left, right)
    sort_of(statement)
    statement, ranges = in_range(statement, scope.indices)
    if word == "=" and has_differentials((statement,)):
        differential = _differential_claim(context, section, link, builder, left, right)
        if differential is not None:
            return differential
    opaque = from_both_sides(scope.unfold(statement))
    inside = from_both_sides(scope.unfold(statement, coordinates=True))
    obligation = context.obligation(link)
    obligation.reading = plain(statement)
    if word == "=" and (places := _same_maximiser(section, link, obligation, opaque)) is not None:
        return places
    best = best_values(context.document.text, section, link, context.obligation(link), opaque)
    if best is not None and without_meaning(opaque):
        best.reading, best.notes = obligation.reading, tuple(builder.notes)
        return best
    antiderivative = same_derivative(opaque) if word == "=" else None
    if antiderivative is not None and not without_meaning(antiderivative[0]):
        return _as_antiderivatives(section, link, obligation, builder, *antiderivative)
    if unknown := without_meaning(opaque):
        obligation.verdict, obligation.code = Verdict.UNKNOWN, "no-meaning-yet"
        obligation.message = f"read, but nothing is known of {unknown} here: neither proved nor refuted"
        return obligation
    hypotheses = (*hypotheses_in_scope(section, link.formula, opaque), *ranges)
    if restricted := varies_in_a_kind(scope, opaque, hypotheses):
        return of_restricted_matrix(obligation, restricted, opaque, hypotheses)
    inside_hypotheses = tuple(scope.unfold(one, coordinates=True) for one in hypotheses)
    claims = [Claim(opaque, hypotheses)]
    if inside != opaque:
        claims.append(Claim(inside, inside_hypotheses))
    obligation.provable = tuple(claims)
    components = any(scope.component_of(symbol.name) is not None for symbol in free_symbols(opaque))
    witnessed = (*hypotheses_in_scope(section, link.formula, opaque, refuting=True), *ranges)
    refutable = [Claim(opaque, witnessed)]
    if inside != opaque:
        refutable.append(Claim(inside, tuple(scope.unfold(one, coordinates=True) for one in witnessed)))
    obligation.refutable = tuple(refutable[-1:]) if components else tuple(refutable)
    if not context.document.claims:
        if word == "=" and has_differentials((opaque,)):
            obligation.unless = _of_whole_products(scope, opaque, hypotheses)
        if not (link.left.kinds | link.right.kinds).isdisjoint(_READ_OTHERWISE):
            _read_otherwise(scope, link, obligation, (*hypotheses, *ranges))
    if builder.open_layouts:
        _in_both_layouts(obligation, section, link, builder, hypotheses)
    obligation.premises = premises_of(section, link)
    obligation.earlier = tuple(section.earlier)
    obligation.notes = tuple(builder.notes)
    obligation.display = _displayed(section, link)
    if not context.document.claims:
        lone = lone_name(link.left)
        fresh_name = lone is not None and word == "=" and fresh(section, lone[0]) and not scope.is_part(lone[0])
        fresh_name = fresh_name and not is_slope(scope, link.left)
        strange = _strange_function(context, section, link)
        fresh_name = fresh_name or _may_say_what_function_is(section, link)
        if may_be_existential(context, section, link):
            obligation.refutable = ()  # its new symbols may be constants that the text leaves open
        if fresh_name or strange:
            obligation.refutable = ()
            obligation.code = "recalled-formula" if strange else "fresh-symbol"
            obligation.message = (
                f"{strange} occurs nowhere else: nothing is known of it here"
                if strange
                else "neither side is known here: it may define the symbol on the left"
            )
        under = any(part.mark in {"if", "when"} for part in earlier_statements(context, link.formula, link.statement))
        obligation.solution = word == "=" and not (link.statement.connector or under) and is_value(link)
        whole = inside if components else opaque
        may_be = bool(free_symbols(opaque)) and all(
            may_be_given(context, section, one, whole, hypotheses) for one in (_of_one(link) if several else (link,))
        )
        if several and not may_be and link.statement.connector not in FOLLOWS:
            obligation.refutable = ()  # u, v > 0 may say what one of them is
        may_be = may_be and not _is_of_defined(section, opaque)
        obligation.condition_if_not_proved = may_be or bool(link.leads) or link.statement.mark in DEFINITION_MARKS
        if (defined := _defined_otherwise(section, opaque)) is not None:
            obligation.provable = obligation.refutable = ()
            obligation.condition_if_not_proved = False
            obligation.verdict, obligation.code = Verdict.UNKNOWN, "definition-not-applied"
            obligation.message = f"{plain_name(defined)} is defined above for arguments of another shape"
            return obligation
    repairs: list[Repair] = []
    if word == "=" and not (left in _TRUTH or right in _TRUTH):
        repairs += whole_point_repairs(context, section, link, builder, hypotheses)
        repairs += first_order_repairs(context, section, link, opaque, inside, hypotheses)
        if (rounded := rounded_equality(scope, link, left, right)) is not None:
            message = "the equality holds after rounding only: decimals are exact"
            sign = with_sign(context, link, "\\approx")
            repairs.append(Repair("equality-holds-rounded", message, sign, Claim(rounded)))
        if (
            isinstance(opaque, Apply)
            and not repairs
            and (small := first_order(opaque.arguments[0], opaque.arguments[1], section.small)) is not None
        ):
            repairs.append(first_order_repair(context, link, Claim(small, _still(small, hypotheses))))
    obligation.repairs = tuple(repairs)
    if builder.partial_points:
        obligation.notes = (*obligation.notes, *partial_point_notes(builder))
    return obligation if best is None else _or_best(obligation, best)


def _of_one(link: Link) -> list[Link]:
    """a > 0 and b > 0 of a, b > 0."""
    lefts, rights = members_of(link.left), members_of(link.right)
    return [replace(link, left=left, right=right) for left in lefts for right in rights]


def _or_best(obligation: Obligation, best: Obligation) -> Obligation:
    """What is said of symbols that best values define holds for all their values, or for these."""
    if best.about is None and not best.provable:
        return obligation
    best.sayings = (*("" for _ in obligation.provable), *(best.sayings or ("" for _ in best.provable)))
    best.provable = (*obligation.provable, *best.provable)
    best.reading, best.notes, best.earlier = obligation.reading, obligation.notes, obligation.earlier
    return best


def _members(scope: Scope, link: Link) -> tuple[Builder, Term, Term]:
    """Both sides. A derivative of a vector by a vector for which no layout is declared has a row for each component of what is differentiated, unless
    only the other layout gives it the shape of what it is related to."""
    builder = Builder(scope)
    left, right = builder.member(link.left), builder.member(link.right)
    if builder.open_layouts:
        try:
            sort_of(relation(link.word, left, right))
        except IllSorted:
            other = Builder(scope, other_layout=True)
            turned = other.member(link.left), other.member(link.right)
            with suppress(IllSorted):
                sort_of(relation(link.word, *turned))
                other.open_layouts.clear()
                return other, *turned
    return builder, left, right


def _in_both_layouts(
    obligation: Obligation, section: Section, link: Link, builder: Builder, hypotheses: tuple[Term, ...]
) -> None:
    """Nothing is refuted that holds in the other layout."""
    other = Builder(section.scope, other_layout=True)
    try:
        statement = section.scope.unfold(relation(link.word, other.member(link.left), other.member(link.right)))
        sort_of(statement)
    except IllSorted:
        return
    obligation.unless = (*obligation.unless, Claim(statement, hypotheses))
    builder.notes.append(
        f"{builder.open_layouts[0]}: no layout is declared, and the other one would give the transpose"
    )


def of_restricted_matrix(
    obligation: Obligation, name: str, statement: Term | None = None, hypotheses: tuple[Term, ...] = ()
) -> Obligation:
    """A derivative by a matrix whose entries do not vary freely. By a diagonal matrix it is the one along diagonal matrices. By a symmetric one it is that
    by free entries, that along symmetric matrices, or that by the entries that are written once: nothing is proved. What fails in every reading is refuted."""
    obligation.code = "structured-variable"
    obligation.message = f"the entries of {name} do not vary freely: is this the derivative by free entries, or along matrices of its kind?"
    readings = [] if statement is None else along_a_kind(statement, name, hypotheses)
    if not readings:
        obligation.verdict = Verdict.UNKNOWN
        return obligation
    claims = [Claim(one, hypotheses) for one in readings]
    obligation.refutable, obligation.unless = (claims[-1],), tuple(claims[:-1])
    if len(claims) == 2:  # by free entries, and along diagonal matrices
        obligation.provable = (claims[-1],)
        obligation.sayings = (f"the derivative along diagonal {name}",)
        obligation.code = obligation.message = ""
    return obligation


def along_a_kind(statement: Term, name: str, hypotheses: tuple[Term, ...]) -> list[Term]:
    """The statement with each derivative by the matrix of this name as it may be meant, the free one first; nothing for kinds that are not known."""
    parts = [
        part
        for part in subterms(statement)
        if isinstance(part, Apply) and part.head == "derivative" and isinstance(part.arguments[1], Symbol)
        and part.arguments[1].name == name and is_scalar(sort_of(part.arguments[0]))
    ]  # fmt: skip
    if len(parts) != 1:
        return []
    (gradient,) = parts
    symbol = gradient.arguments[1]
    assert isinstance(symbol, Symbol)
    identity = Constant("identity", symbol.sort)
    turned = Apply("transpose", (gradient,))
    diagonal = Apply("hadamard", (gradient, identity))
    if equal(Apply("diag", (Apply("diagonal", (symbol,)),)), symbol) in hypotheses:
        meant: list[Term] = [gradient, diagonal]
    elif equal(Apply("transpose", (symbol,)), symbol) in hypotheses:
        once = add(gradient, turned, negate(diagonal))
        meant = [gradient, Apply("/", (add(gradient, turned), TWO)), once]
    else:
        return []
    return [replaced(statement, {gradient: one}) for one in meant]


def _same_maximiser(section: Section, link: Link, obligation: Obligation, statement: Term) -> Obligation | None:
    """An equality of two places of best values: what maximisation does not see is claimed to be all the difference."""
    if not isinstance(statement, Apply) or statement.head != "=":
        return None
    places = [place(side) for side in statement.arguments]
    if places[0] is None or places[1] is None:
        return None
    claims = [(one, said) for one, said in same_place(places[0], places[1]) if not without_meaning(one)]
    if not claims:
        return None
    obligation.provable = tuple(Claim(one, hypotheses_in_scope(section, link.formula, one)) for one, _ in claims)
    obligation.sayings = tuple(f"the same place: {said}" for _, said in claims)
    obligation.bound = places[0].parameters
    obligation.premises = premises_of(section, link)
    obligation.code = "maximiser-not-settled"
    obligation.message = "that both are greatest at the same place is neither shown nor refuted"
    return obligation


def _still(statement: Term, hypotheses: tuple[Term, ...]) -> tuple[Term, ...]:
    """The hypotheses that stay as they are when the increments of the statement become small."""
    steps = {symbol for symbol in free_symbols(statement) if is_increment(symbol)}
    return tuple(hypothesis for hypothesis in hypotheses if not free_symbols(hypothesis) & steps)


def _of_form(context: Context, scope: Scope, sides: Iterable[Term]) -> Symbol | None:
    """\\omega of d\\omega, where \\omega = P dx + Q dy stands above."""
    for symbol in () if context.document.claims else frozenset[Symbol]().union(*map(free_symbols, sides)):
        whole = scope.symbol(symbol.name.removeprefix(DIFFERENTIAL))
        if whole != symbol and whole in scope.definitions and has_differentials((scope.definitions[whole],)):
            return whole
    return None


def _differential_claim(
    context: Context, section: Section, link: Link, builder: Builder, left: Term, right: Term
) -> Obligation | None:
    """A relation with the differential of something that depends on others; None where it has only increments."""
    scope = section.scope
    if (form := _of_form(context, scope, (left, right))) is not None:
        return context.obligation(
            link,
            Verdict.UNKNOWN,
            "increments-not-settled",
            f"{plain_name(form.name)} is a form: is d its exterior derivative?",
        )
    written = scope.unfold(left), scope.unfold(right)
    held = [] if context.document.claims else perhaps_moving(scope, written)
    curve = _curve_claim(context, section, link, builder, equal(*written), held)
    if curve is not None:
        return curve
    sides = resolved(scope, written[0]), resolved(scope, written[1])
    element = not context.document.claims and are_elements(written)
    random = "" if context.document.claims else randomly_moved(context.document)
    if sides == written and not (element or random):
        return None
    obligation = context.obligation(link)
    obligation.reading = plain(equal(left, right))
    obligation.notes = tuple(builder.notes)
    obligation.premises = premises_of(section, link)
    if random:
        obligation.verdict, obligation.code = Verdict.UNKNOWN, "increments-not-settled"
        obligation.message = f"{random}: products of increments may count"
        return obligation
    if sides[0] is None or sides[1] is None:
        obligation.verdict, obligation.code = Verdict.UNKNOWN, "increments-not-settled"
        obligation.message = (
            "which variables move here? What stands behind d depends on nothing whose increment is written"
        )
        return obligation
    one, other = scope.unfold(sides[0]), scope.unfold(sides[1])
    if unknown := without_meaning(equal(one, other)):
        obligation.verdict, obligation.code = Verdict.UNKNOWN, "no-meaning-yet"
        obligation.message = f"read, but nothing is known of {unknown} here: neither proved nor refuted"
        return obligation
    hypotheses = hypotheses_in_scope(section, link.formula, equal(one, other))
    exact = Claim(equal(one, other), hypotheses)
    statement = first_order(one, other)
    if statement is None:
        obligation.provable = obligation.refutable = (exact,)
        return obligation
    first = Claim(statement, _still(statement, hypotheses))
    if element:
        obligation.provable = (exact,)
        obligation.code, obligation.message = (
            "increments-not-settled",
            "an element of area, or a product of increments?",
        )
    elif are_forms(written) and (second := first_order(one, other, order=2)) is not None:
        obligation.provable = (exact, Claim(second, first.hypotheses))
        obligation.sayings = ("", "as squares of differentials are: equal to second order in the increments")
        obligation.refutable = (Claim(second, first.hypotheses),)
    elif is_linear(written):
        obligation.provable = (exact, first)
        obligation.sayings = ("", "as differentials are: equal to first order in the increments")
        obligation.refutable = (first,)
        applied = {*scope.inference.uses.functions, *scope.inference.declared}
        if any(isinstance(one.sort, Function) and one.name not in applied for one in free_symbols(first.statement)):
            obligation.refutable = ()  # nothing says what the function is
    else:
        obligation.provable = obligation.refutable = (exact,)
        obligation.repairs = (first_order_repair(context, link, first),)
    if held:
        _leave_held(obligation, held, _to_first_order(scope, written, held, hypotheses))
    return obligation


def _to_first_order(
    scope: Scope, sides: tuple[Term, ...], moving: Iterable[Symbol], hypotheses: tuple[Term, ...]
) -> Claim | None:
    """That two sides with differentials agree to first order, where `moving` moves too; None where what moves cannot be told."""
    left, right = (resolved(scope, side, moving) for side in sides)
    there = None if left is None or right is None else first_order(scope.unfold(left), scope.unfold(right))
    return None if there is None else Claim(there, _still(there, hypotheses))


def _of_whole_products(scope: Scope, statement: Term, hypotheses: tuple[Term, ...]) -> tuple[Claim, ...]:
    """What the relation says with d of whole products: d u v = u dv + v du. Nothing is refuted that holds so."""
    whole = of_whole_products(statement)
    claim = _to_first_order(scope, whole.arguments, (), hypotheses) if isinstance(whole, Apply) else None
    return () if claim is None else (claim,)


def _read_otherwise(scope: Scope, link: Link, obligation: Obligation, hypotheses: tuple[Term, ...]) -> None:
    """Nothing is refuted that may hold where a sum or a derivative is taken of the terms behind it too, \\sum_{i=1}^n 2i - 1 = n^2, or where pairs are
    intervals: -[1, 2] = [-2, -1]."""
    question = "how far does the sum, product or derivative go? Use brackets"
    ways: list[tuple[Callable[[Node], Node], str, str]]
    ways = [(partial(further, count=count), "ambiguous-argument", question) for count in (1, None)]
    ways.append((as_intervals, "shape-open", "rows, or intervals? Write a row with \\begin{pmatrix}"))
    for other, code, message in ways:
        left, right = other(link.left), other(link.right)
        if left is link.left and right is link.right:
            continue
        claim = None
        try:
            statement = relation(link.word, Builder(scope).member(left), Builder(scope).member(right))
            statement, ranges = in_range(statement, scope.indices)
            sort_of(statement)
            claim = Claim(from_both_sides(scope.unfold(statement)), tuple(dict.fromkeys((*hypotheses, *ranges))))
        except (UnreadError, IllSorted):
            if not (_adds_letter(scope, left) or _adds_letter(scope, right)):
                continue  # terms that cannot be added are not meant together
        if claim is None or without_meaning(claim.statement):
            obligation.refutable = ()
        else:
            obligation.unless = (*obligation.unless, claim)
        if not obligation.code:
            obligation.code, obligation.message = code, message


def _adds_letter(scope: Scope, node: Node) -> bool:
    """Whether a letter is a summand that is neither declared nor written as a vector or matrix: b of w^T x + b, which only the shorter reading may make
    a vector."""
    return any(
        one.kind == "name"
        and not (has_arrow(one.key) or is_bold(one.key) or is_capital(one.key) or one.key in scope.inference.declared)
        for total in node.walk()
        if total.kind == "+"
        for one in total.children
    )


def _leave_held(obligation: Obligation, held: list[Symbol], moved: Claim | None) -> None:
    """Nothing is said of a relation between differentials in which something may move that has no increment there, but that it fails whether that moves or not."""
    obligation.provable = ()
    obligation.code, obligation.message = "increments-not-settled", f"does {plain_name(held[0].name)} move too?"
    if moved is None:
        obligation.refutable = ()
    else:
        obligation.unless = (moved,)


def _curve_claim(
    context: Context, section: Section, link: Link, builder: Builder, statement: Term, held: list[Symbol]
) -> Obligation | None:
    """A relation between differentials that holds along every curve; None where what moves cannot be told. `held` may move too."""
    found = along_a_curve(section.scope, statement)
    if found is None or without_meaning(found[0]):
        return None
    moved, mapping = found
    sort_of(moved)
    hypotheses = hypotheses_in_scope(section, link.formula, statement)
    obligation = context.obligation(link)
    obligation.reading = plain(statement)
    obligation.notes = tuple(builder.notes)
    obligation.premises = premises_of(section, link)
    if restricted := varies_in_a_kind(
        section.scope, moved, hypotheses, [one for one in mapping if isinstance(one, Symbol)]
    ):
        return of_restricted_matrix(obligation, restricted)
    claim = Claim(moved, tuple(substitute(one, mapping) for one in hypotheses))
    obligation.provable = obligation.refutable = (claim,)
    obligation.sayings = ("as differentials are: along every curve",)
    if held:
        found = along_a_curve(section.scope, statement, held)
        moved_too = None if found is None else Claim(found[0], tuple(substitute(one, found[1]) for one in hypotheses))
        _leave_held(obligation, held, moved_too)
    return obligation


def _is_linear_in_increments(left: Term, right: Term) -> bool:
    """Whether one side is of first degree in the increments that the other one has in another way: f(x + \\Delta x) \\cong f(x) + 2x \\Delta x.

    In `\\Delta y \\cong 2x \\Delta x` the one on the left is made by the other.
    """
    for one, other in ((left, right), (right, left)):
        steps = frozenset(symbol for symbol in free_symbols(one) if is_increment(symbol))
        whole = steps | frozenset(symbol for symbol in free_symbols(other) if is_increment(symbol))
        if steps <= free_symbols(other) and degree(one, whole) == 1 and (degree(other, whole) or 2) > 1:
            return True
    return False


def _as_antiderivatives(
    section: Section,
    link: Link,
    obligation: Obligation,
    builder: Builder,
    statement: Term,
    variable: Symbol,
    known: bool,
) -> Obligation:
    """An equation between integrals without bounds, up to a constant."""
    provable = Claim(statement, hypotheses_in_scope(section, link.formula, statement))
    witnessed = Claim(statement, hypotheses_in_scope(section, link.formula, statement, refuting=True))
    obligation.provable, obligation.refutable = (provable,), (witnessed,) if known else ()
    obligation.notes = (*builder.notes, f"up to a constant: the derivatives by {plain(variable)} are compared")
    obligation.premises = premises_of(section, link)
    return obligation


def _displayed(section: Section, link: Link) -> tuple[tuple[Symbol, Term], ...]:
    """Defined symbols of the relation as written, with what they stand for."""
    keys = link.left.names | link.right.names
    return tuple(
        (symbol, section.scope.unfold(value))
        for symbol, value in section.scope.definitions.items()
        if symbol.name in keys
    )


def _defined_otherwise(section: Section, statement: Term) -> str | None:
    """A function of the statement that is defined, for arguments of another shape: it is not free to be what the statement says."""
    defined = {one.name for one in section.scope.function_definitions}
    names = sorted(
        one.name for one in free_symbols(statement) if isinstance(one.sort, Function) and one.name in defined
    )
    return names[0] if names else None


def _is_of_defined(section: Section, statement: Term) -> bool:
    """Whether a function stands in it that the text defines in a way that is not known, or on a part: it is not free to be what the statement says."""
    return any(isinstance(one.sort, Function) and one.name in section.given for one in free_symbols(statement))


def _may_say_what_function_is(section: Section, link: Link) -> bool:
    """Whether a formula for a function may say what it is, though it defines nothing: nothing above does, and the text speaks of no function in general."""
    found = formula_of(link)
    if found is None or any(one.name == found[0] for one in section.scope.function_definitions):
        return False
    return fresh(section, found[0]) or found[0] in section.formulas


def _strange_function(context: Context, section: Section, link: Link) -> str | None:
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
            for formula in context.formulas
            for part in formula.parts
            if isinstance(part, Statement)
            for one in part.node.walk()
            if one.kind == "name" and one.key == base.key
        )
        if occurrences == 1:
            return base.key
    return None


def _approximation(
    context: Context, section: Section, link: Link, builder: Builder, left: Term, right: Term
) -> Obligation:
    scope = section.scope
    sort_of(equal(left, right))
    obligation = context.obligation(link)
    obligation.notes = tuple(builder.notes)
    obligation.reading = f"{plain(left)} {link.sign} {plain(right)}"
    if unknown := without_meaning(scope.unfold(equal(left, right))):
        obligation.verdict, obligation.code = Verdict.UNKNOWN, "no-meaning-yet"
        obligation.message = f"read, but nothing is known of {unknown} here: neither proved nor refuted"
        return obligation
    obligation.premises = premises_of(section, link)
    obligation.earlier = ()
    if (rounded := rounding(scope, link, left, right)) is not None:
        forms, consequence, obligation.message = rounded
        obligation.provable = tuple(Claim(one) for one in forms)
        obligation.refutable = (Claim(consequence),)
        return obligation
    claims: list[Claim] = []
    consequences: list[Claim] = []
    for coordinates in (False, True):
        one, other = scope.unfold(left, coordinates=coordinates), scope.unfold(right, coordinates=coordinates)
        found = expansion(one, other, section.small)
        if found is not None:
            statement = found.statement(one, other)
            hypotheses = _smooth_hypotheses(section, link, found)
            as_limits = limits(statement)
            if not as_limits and (expanded := series(statement)) is not None:
                statement, lemmas = expanded
                scope.lemmas += lemmas
            for form in (statement, *as_limits[:1]):
                if (claim := Claim(form, hypotheses)) not in claims:
                    claims.append(claim)
            consequences += [Claim(form, hypotheses) for form in as_limits[1:]]
            obligation.code, obligation.message = "", order_message(found, one)
            obligation.reading = plain(found.statement(left, right)) if not coordinates else obligation.reading
    if not claims and (
        has_differentials((left, right)) or _is_linear_in_increments(scope.unfold(left), scope.unfold(right))
    ):
        sides = resolved(scope, scope.unfold(left)), resolved(scope, scope.unfold(right))
        if sides[0] is not None and sides[1] is not None:
            first = first_order(scope.unfold(sides[0]), scope.unfold(sides[1]), section.small)
            if first is not None:
                claims.append(Claim(first, _still(first, hypotheses_in_scope(section, link.formula, None))))
                obligation.message = "equal to first order in the increments"
    if not claims:
        obligation.verdict = Verdict.UNKNOWN
        obligation.code = "increment-not-settled"
        obligation.message = "what is small here, and to which order is this meant? Declare it: small h"
        if link.sign == "\\cong":
            obligation.code = "relation-not-judged"
            obligation.message = "isomorphic, congruent, or equal to first order? No increment is written"
        return obligation
    obligation.provable = tuple(claims)
    obligation.refutable = () if may_be_existential(context, section, link) else (*claims, *consequences)
    if builder.partial_points:
        obligation.notes = (*obligation.notes, *partial_point_notes(builder))
    return obligation


def _smooth_hypotheses(section: Section, link: Link, found: Expansion) -> tuple[Term, ...]:
    """The conditions that do not fix the increment: as it tends to its limit, these stay as they are."""
    moving = free_symbols(found.variable)
    return tuple(one for one in hypotheses_in_scope(section, link.formula, None) if not free_symbols(one) & moving)
