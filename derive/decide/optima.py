"""Best values of quadratic functions, in any dimension: f(x) >= f(e) for all x that satisfy a constraint, and x = e where f(x) <= f(e).

**Decides** nothing completely; finds what the multiplier of one quadratic constraint and of linear equations show: linear forms on a ball, a sphere, an
ellipsoid; quadratic functions, free and under equations (least squares, ridge, Karush-Kuhn-Tucker); scalars, vectors and matrices.
**Method**: the two points are where the sides (or those of a hypothesis) differ. With the multiplier m that makes the gradients at e agree,
m (f(x) - f(e)) = (x - e)^T H (x - e) / 2 + slack of the constraint, H constant; this equation is proved, and H is visibly semidefinite.
**Certificate**: Lemma, Squares; for x = e also Cases, where x - e != 0 makes the form positive.
**Gives up when** f is not quadratic, several inequalities are active, or H is not visibly semidefinite.

Example: norm(x) <= rho entails c^T x <= c^T (rho c / norm(c)).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from itertools import count

from derive.kernel.calculus import slope_of
from derive.kernel.certificate import (
    Assumed,
    AxiomInstance,
    Cases,
    Certificate,
    Chain,
    Cofactor,
    Contradiction,
    Identity,
    Instance,
    Introduce,
    Lemma,
    Link,
    Rejected,
    Sign,
    Square,
    Squares,
    Termwise,
    WhereDefined,
)
from derive.kernel.check import check
from derive.kernel.claim import Claim
from derive.kernel.definedness import obligations
from derive.kernel.normal_form import Form
from derive.kernel.sign import conjuncts, is_zero
from derive.kernel.sorting import DEFINITE, is_scalar, sort_of
from derive.kernel.term import (
    FALSE,
    INTEGER,
    ONE,
    ORDERS,
    TWO,
    ZERO,
    Apply,
    Constant,
    IllSorted,
    Matrix,
    Number,
    Symbol,
    Term,
    TermError,
    add,
    equal,
    free_symbols,
    multiply,
    negate,
    substitute,
    subtract,
)
from derive.language.extremum import Extremum
from derive.theories import AXIOMS

from . import elimination, equations, identity, linear, sign, squares, termwise, univariate, words
from .combination import Problem, sides
from .numbering import filled, moved, with_lemmas
from .terms_of import Nameless
from .work import Work

HALF = Number(Fraction(1, 2))
Searches = tuple[Callable[[Claim, Work], Certificate | None], ...]
_EQUATIONS: Searches = (identity.plain, words.decide, identity.modulo, elimination.decide, equations.decide)
_FEASIBLE: Searches = (
    sign.decide,
    *_EQUATIONS[:3],
    linear.decide,
    squares.by_gram_matrix,
    univariate.decide,
    termwise.decide,
)


@dataclass(frozen=True, slots=True)
class _Points:
    """f at a point `at` that varies and at the best one; `rise` is how much worse f is at the first, >= 0 where the best value is at the second."""

    at: Symbol
    best: Term
    rise: Term


@dataclass(frozen=True, slots=True)
class _Slack:
    """A constraint as weight * (greater - smaller) = room, which is >= 0, and 0 for an equation; the room is quadratic."""

    hypothesis: int
    weight: Term
    room: Term
    equation: bool


@dataclass(frozen=True, slots=True)
class _Expansion:
    """factor * rise = form + room of the slack, with its proof; the form is semidefinite in at - best."""

    statement: Term
    proof: Certificate
    factor: Term
    form: Term
    slack: _Slack | None

    def squares(self, number: int) -> tuple[tuple[Square, ...], tuple[Cofactor, ...]]:
        """The slack as addend or cofactor, and this equation, which is the hypothesis of that number, as a cofactor."""
        cofactors = (Cofactor(number, ONE, ONE),)
        if self.slack is None:
            return (), cofactors
        if self.slack.equation:
            return (), (*cofactors, Cofactor(self.slack.hypothesis, self.slack.weight, ONE))
        return (Square(self.slack.weight, (self.slack.hypothesis,)),), cofactors


def decide(claim: Claim, work: Work) -> Certificate | None:
    """A certificate for f(x) >= f(e), or for x = e."""
    statement = claim.statement
    if not isinstance(statement, Apply):
        return None
    if statement.head in {"and", "implies"}:
        return _each(claim, work)
    if statement.head == "=":
        return _only_place(claim, work)
    order = sides(statement)
    if order is None or order[2]:
        return None
    general = _by_multipliers(claim, list(_compared(order[0], order[1])), work) or _of_several(claim, order, work)
    if general is not None:
        return general
    for points in _compared(order[0], order[1]):
        found = next(_expansions(claim, points, None, work), None)
        if found is not None:
            own = () if found.form == ZERO else (Square(found.form),)
            more, cofactors = found.squares(len(claim.hypotheses))
            factor = None if found.factor == ONE else found.factor
            return Lemma(found.statement, found.proof, Squares((*own, *more), factor, cofactors))
    return None


def _of_several(claim: Claim, order: tuple[Term, Term, bool], work: Work) -> Certificate | None:
    """f(x, y) >= f(d, e) by f(x, y) >= f(x, y*) for the best y at x, and so on."""
    pairs: dict[tuple[Term, Term], None] = {}
    _differences(order[0], order[1], pairs)
    if len(pairs) < 2:
        return None
    places = [(one, other) if isinstance(one, Symbol) else (other, one) for one, other in pairs]
    if any(not isinstance(at, Symbol) or at in free_symbols(best) for at, best in places for _, best in places):
        return None
    problem = Problem(claim, work)
    rise = subtract(order[0], order[1])
    steps: list[_Expansion] = []
    while places:
        at, best = places.pop()
        assert isinstance(at, Symbol)
        try:
            value = _free(problem, rise, at) if places else best
            rest = ZERO if value is None or not places else _simple(problem, substitute(rise, {at: value}))
            found = None if value is None else _expansion(problem, _Points(at, value, subtract(rise, rest)), None)
        except (Rejected, IllSorted, TermError, Nameless):
            return None
        if found is None:
            return None
        steps.append(found)
        rise = rest
    first = len(claim.hypotheses)
    squares_ = tuple(Square(one.form) for one in steps if one.form != ZERO)
    inner: Certificate = Squares(
        squares_, None, tuple(Cofactor(first + place, ONE, ONE) for place in range(len(steps)))
    )
    return with_lemmas([(one.statement, one.proof) for one in steps], inner, first)


def _each(claim: Claim, work: Work) -> Certificate | None:
    """That a point satisfies constraints, and is the best of those that do: part by part."""
    assert isinstance(claim.statement, Apply)
    claims = [Claim(part, claim.hypotheses) for part in claim.statement.arguments]
    if claim.statement.head == "implies":
        premise, conclusion = claim.statement.arguments
        claims = [Claim(conclusion, (*claim.hypotheses, *conjuncts(premise)))]
    parts: list[Certificate] = []
    for one in claims:
        found = decide(one, own := Work(work.limit)) or _proof(one, own, _FEASIBLE)
        if found is None:
            return None
        parts.append(found)
    return Introduce(tuple(parts))


def _only_place(claim: Claim, work: Work) -> Certificate | None:
    """x = e, because f is not worse at x than at e."""
    assert isinstance(claim.statement, Apply)
    left, right = claim.statement.arguments
    written = [
        (index, points)
        for index, order in enumerate(map(sides, claim.hypotheses))
        if order is not None
        for points in _compared(order[1], order[0])
        if {points.at, points.best} == {left, right}
    ]
    if not written:
        return None
    inside = Claim(claim.statement, (*claim.hypotheses, *obligations(claim.statement)))
    number = len(inside.hypotheses)
    general = _by_multipliers(inside, [points for _, points in written], work)
    if general is not None:
        return WhereDefined(general)
    for index, points in written:
        for found in _expansions(inside, points, index, work):
            more, cofactors = found.squares(number)
            flat = Squares((Square(found.factor, (index,)), *more), None, cofactors)
            absurd = Contradiction(Squares((Square(ONE, (number + 1,)),), found.form))
            cases = Cases(claim.statement, Assumed(number + 2), absurd)
            proof = Lemma(found.statement, found.proof, Lemma(Apply("<=", (found.form, ZERO)), flat, cases))
            if _accepted(inside, proof):
                return proof if inside == claim else WhereDefined(proof)
    return None


def _by_multipliers(claim: Claim, written: list[_Points], work: Work) -> Certificate | None:
    """The same where the best point e is an expression, under equations M x = b: for any s and z with slope(s) + M^T z = 0 and M s = b, of which e is one."""
    problem = Problem(claim, work)
    for points in written:
        if isinstance(points.best, Symbol):
            continue
        for hypothesis in claim.hypotheses:
            try:
                found = _multiplier(problem, points, hypothesis)
            except (Rejected, IllSorted, TermError, Nameless):
                continue
            if found is None:
                continue
            slope, turned, multiplier = found
            place, letter = Symbol("#place", points.at.sort), Symbol("#multiplier", sort_of(multiplier))
            stationary = equal(add(slope, multiply(turned, letter)), Constant("zero", sort_of(slope)))
            conditions = [substitute(one, {points.at: place}) for one in (stationary, hypothesis)]
            renamed = [substitute(one, {points.best: place}) for one in (claim.statement, *claim.hypotheses)]
            general = decide(Claim(renamed[0], (*renamed[1:], *conditions)), Work(work.limit))
            if general is None:
                continue
            back: dict[Term, Term] = {place: points.best, letter: multiplier}
            lemmas = [substitute(one, back) for one in conditions]
            proofs = [_proof(Claim(one, claim.hypotheses), work) for one in lemmas]
            if proofs[0] is not None and proofs[1] is not None:
                second = Lemma(lemmas[1], moved(proofs[1], len(claim.hypotheses), 1), filled(general, back))
                return Lemma(lemmas[0], proofs[0], second)
    return None


def _multiplier(problem: Problem, points: _Points, hypothesis: Term) -> tuple[Term, Term, Term] | None:
    """(slope, M^T, z) with slope + M^T z = 0 at the best point, for an equation M x = b of vectors; z is read off the words, which begin with M^T."""
    if not isinstance(hypothesis, Apply) or hypothesis.head != "=" or points.at not in free_symbols(hypothesis):
        return None
    rest = subtract(*hypothesis.arguments)
    if is_scalar(sort_of(rest)) or is_scalar(points.at.sort):
        return None
    slope, rows = _slope(problem, points.rise, points.at), _slope(problem, rest, points.at)
    turned = Apply("transpose", (rows,))
    at_best, before = problem.form(substitute(slope, {points.at: points.best})), problem.form(turned)
    if points.at in free_symbols(rows) or at_best.grid is not None or before.grid is not None or len(before.words) != 1:
        return None
    ((word, value),) = before.words.items()
    if value.terms != {0: 1} or before.denominator or any(one[: len(word)] != word for one in at_best.words):
        return None
    sort = sort_of(rest)
    assert isinstance(sort, Matrix)
    words = {one[len(word) :]: number for one, number in at_best.words.items()}
    found = Form((sort.rows, sort.columns), words, at_best.denominator)
    return slope, turned, negate(problem.names.form(found))


# --- the points ----------------------------------------------------------------------------------------------------------


def _compared(greater: Term, smaller: Term) -> Iterator[_Points]:
    """The two points at which greater and smaller are values of one function."""
    pairs: dict[tuple[Term, Term], None] = {}
    _differences(greater, smaller, pairs)
    if len(pairs) != 1:
        return
    ((one, other),) = pairs
    rise = subtract(greater, smaller)
    for at, best in ((one, other), (other, one)):
        if isinstance(at, Symbol) and at not in free_symbols(best):
            yield _Points(at, best, rise)


def _differences(one: Term, other: Term, pairs: dict[tuple[Term, Term], None]) -> None:
    """The pairs of terms that stand in the same place of both."""
    if one == other:
        return
    alike = isinstance(one, Apply) and isinstance(other, Apply) and one.head == other.head
    if alike and len(one.arguments) == len(other.arguments):  # type: ignore[union-attr]
        for left, right in zip(one.arguments, other.arguments, strict=True):  # type: ignore[union-attr]
            _differences(left, right, pairs)
    else:
        pairs.setdefault((one, other))


# --- the expansion about the best point ----------------------------------------------------------------------------------


def _expansions(claim: Claim, points: _Points, used: int | None, work: Work) -> Iterator[_Expansion]:
    problem = Problem(claim, work)
    slacks = list(_slacks(claim, points.at, used))
    equal_ones = [one for one in slacks if one.equation]
    for slack in (*equal_ones, None, *(one for one in slacks if not one.equation)):
        try:
            found = _expansion(problem, points, slack)
        except (Rejected, IllSorted, TermError, Nameless):
            continue
        if found is not None:
            yield found


def _expansion(problem: Problem, points: _Points, slack: _Slack | None) -> _Expansion | None:
    slope = _slope(problem, points.rise, points.at)
    curvature = _slope(problem, slope, points.at)
    factor: Term = ONE
    whole: Term = points.rise
    if slack is not None:
        other = _slope(problem, slack.room, points.at)
        slopes = [substitute(one, {points.at: points.best}) for one in (other, slope)]
        bent = _slope(problem, other, points.at)
        if slack.equation and is_zero(bent):
            found = _ratio(problem, *reversed(slopes))
            if found is None:
                return None
            slack = replace(slack, weight=multiply(found, slack.weight), room=multiply(found, slack.room))
        else:
            found = _ratio(problem, *slopes)
            if found is None or problem.sign(found) != "+":
                return None
            factor, whole = found, multiply(found, points.rise)
            curvature = _simple(problem, subtract(multiply(factor, curvature), bent))
    if points.at in free_symbols(curvature):
        return None
    form = _form(curvature, subtract(points.at, points.best))
    if form != ZERO and problem.sign(form) not in {"+", "0+"}:
        return None
    statement = equal(whole, form if slack is None else add(form, slack.room))
    proof = _proof(Claim(statement, problem.hypotheses), problem.work)
    return None if proof is None else _Expansion(statement, proof, factor, form, slack)


def _slope(problem: Problem, term: Term, variable: Symbol) -> Term:
    """The derivative in normal form, symmetric matrices without their transposes."""
    turned: dict[Term, Term] = {}
    for one in problem.hypotheses:
        if isinstance(one, Apply) and one.head in DEFINITE:
            turned[Apply("transpose", one.arguments)] = one.arguments[0]
        elif isinstance(one, Apply) and one.head == "=" and one.arguments[0] == Apply("transpose", one.arguments[1:]):
            turned[one.arguments[0]] = one.arguments[1]
    return _simple(problem, substitute(_simple(problem, slope_of(term, variable)[0]), turned))


def _simple(problem: Problem, term: Term) -> Term:
    """The term in normal form."""
    form = problem.form(term)
    return term if form.grid is not None else problem.names.form(form)


def _form(curvature: Term, step: Term) -> Term:
    """step^T curvature step / 2"""
    if is_zero(curvature):
        return ZERO
    if is_scalar(sort_of(step)):
        return Apply("*", (HALF, curvature, Apply("^", (step, TWO))))
    return Apply("*", (HALF, Apply("transpose", (step,)), curvature, step))


def _ratio(problem: Problem, above: Term, below: Term) -> Term | None:
    """A number m with above = m * below, if the first of the terms settles it."""
    one, other = problem.form(above), problem.form(below)
    if one.grid is not None or other.grid is not None:
        return None
    word = next((word for word in sorted(other.words) if word in one.words), None)
    if word is None:
        return None
    names = problem.names
    numerator = multiply(names.polynomial(one.words[word]), names.denominator(other.denominator))
    denominator = multiply(names.polynomial(other.words[word]), names.denominator(one.denominator))
    return _simple(problem, Apply("/", (numerator, denominator)))


def _slacks(claim: Claim, at: Symbol, used: int | None) -> Iterator[_Slack]:
    """The constraints on the point, with roots taken away."""
    for index, hypothesis in enumerate(claim.hypotheses):
        if index == used or not isinstance(hypothesis, Apply) or at not in free_symbols(hypothesis):
            continue
        equation = hypothesis.head == "="
        if hypothesis.head not in ORDERS and not equation:
            continue
        greater, smaller = hypothesis.arguments
        if hypothesis.head in {"<", "<="}:
            greater, smaller = smaller, greater
        if not is_scalar(sort_of(greater)):
            continue
        # greater - smaller, of an equation also the other way round, times the sum of both where that takes a root away
        for one, other, way in ((greater, smaller, ONE), (smaller, greater, Number(-1))):
            if way != ONE and not equation:
                continue
            inside = _squared(other)
            if inside is None:
                yield _Slack(index, way, subtract(one, other), equation)
            else:
                yield _Slack(index, multiply(way, add(one, other)), subtract(Apply("^", (one, TWO)), inside), equation)


def _squared(term: Term) -> Term | None:
    """The square of a norm or of a root, without it."""
    if isinstance(term, Apply) and term.head == "norm":
        return Apply("inner", (term.arguments[0], term.arguments[0]))
    if isinstance(term, Apply) and term.head == "sqrt":
        return term.arguments[0]
    return None


def _proof(claim: Claim, work: Work, searches: Searches = _EQUATIONS) -> Certificate | None:
    """The first accepted proof."""
    for search in searches:
        try:
            found = search(claim, work)
        except (Rejected, IllSorted, TermError):
            continue
        if found is not None and _accepted(claim, found):
            return found
    return None


def _accepted(claim: Claim, certificate: Certificate) -> bool:
    try:
        check(claim, certificate, AXIOMS)
    except Rejected:
        return False
    return True


# --- proposals -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Place:
    """A point where the best value may be; one that exists only where `direction` is not 0 has others for where it is. With a position, the point is
    said with a place of the greatest absolute value in the direction."""

    point: Term
    direction: Term | None = None
    otherwise: tuple[Term, ...] = ()
    position: Symbol | None = None
    more: tuple[Term, ...] = ()  # the values of further variables

    @property
    def values(self) -> tuple[Term, ...]:
        """One for each variable."""
        return (self.point, *self.more)

    def supposed(self) -> tuple[Term, ...]:
        """What is supposed of the position."""
        if self.position is None or self.direction is None:
            return ()
        return (*_range(self.direction, self.position), equal(*_greatest(self.direction, self.position)))

    def existence(self) -> tuple[Claim, Certificate]:
        """That there is such a position, with its proof: if all components were smaller, the norm would be smaller than itself."""
        assert self.position is not None
        assert self.direction is not None
        column, one, other = self.direction, self.position, Symbol(self.position.name + "'", INTEGER)
        (entry, norm), bound = _greatest(column, other), Symbol("#")
        none = Apply("implies", (Apply("and", _range(column, one)), Apply("!=", _greatest(column, one))))
        claim = Claim(FALSE, (equal(bound, norm), Apply("forall", (none, one))))
        sort = sort_of(column)
        assert isinstance(sort, Matrix)
        sizes = () if sort.rows == "n" else (("n", sort.rows),)
        at_most = AxiomInstance(
            "component_at_most_greatest", ((Symbol("x", sort), column), (Symbol("i"), other)), (), sizes
        )
        links = (
            Link(Apply("<", (entry, norm)), Lemma(Apply("<=", (entry, norm)), at_most, Sign())),
            Link(equal(norm, bound), Identity((Cofactor(0, Number(-1), ONE),))),
        )
        each = Instance(1, (other,), (Introduce((Assumed(2), Assumed(3))),), Chain(links))
        absurd = Contradiction(Squares((), subtract(bound, norm), (Cofactor(0, Number(-1), ONE),)))
        return claim, Lemma(Apply("<", (norm, bound)), Termwise(other, each), absurd)


def _range(column: Term, position: Symbol) -> tuple[Term, Term]:
    sort = sort_of(column)
    assert isinstance(sort, Matrix)
    last = Number(sort.rows) if isinstance(sort.rows, int) else Symbol(sort.rows, INTEGER)
    return Apply("<=", (ONE, position)), Apply("<=", (position, last))


def _greatest(column: Term, position: Symbol) -> tuple[Term, Term]:
    return Apply("abs", (Apply("component", (column, position)),)), Apply("norm_infinity", (column,))


def places(best: Extremum, about: Claim, work: Work) -> list[Place]:
    """Points where a quadratic function may have its best value: where its slope vanishes, or is a multiple of that of one constraint. A position has a
    name that does not occur in what it is about."""
    problem = Problem(Claim(equal(best.body, best.body), (*about.hypotheses, *best.constraints)), work)
    found: list[Place] = []
    if best.others:
        values = _in_turn(problem, best.body, best.variables)
        return [] if values is None else [Place(values[0], more=values[1:])]
    used = {one.name for term in (about.statement, *about.hypotheses, best.body) for one in free_symbols(term)}
    position = Symbol(next(name for marks in count() if (name := "j" + "'" * marks) not in used), INTEGER)
    proposals = (_stationary, _on_boundary, partial(_on_polytope, position=position), _at_ends)
    for propose in proposals:
        try:
            found += propose(problem, best)
        except (Rejected, IllSorted, TermError, Nameless):
            continue
    return found


def _parts(problem: Problem, term: Term, variable: Symbol) -> tuple[Term, Term] | None:
    """The slope of a quadratic function at zero, and its curvature."""
    slope = _slope(problem, term, variable)
    curvature = _slope(problem, slope, variable)
    if variable in free_symbols(curvature):
        return None
    zero: Term = ZERO if is_scalar(variable.sort) else Constant("zero", variable.sort)
    return _simple(problem, substitute(slope, {variable: zero})), curvature


def _in_turn(problem: Problem, body: Term, variables: tuple[Symbol, ...]) -> tuple[Term, ...] | None:
    """Where the slopes of a quadratic function in several variables vanish: the last variable is had from the others, and so on."""
    if not variables:
        return ()
    *before, last = variables
    try:
        value = _free(problem, body, last)
        if value is None:
            return None
        found = _in_turn(problem, _simple(problem, substitute(body, {last: value})), tuple(before))
    except (Rejected, IllSorted, TermError, Nameless):
        return None
    return (
        None if found is None else (*found, _simple(problem, substitute(value, dict(zip(before, found, strict=True)))))
    )


def _free(problem: Problem, body: Term, variable: Symbol) -> Term | None:
    """Where the slope of a quadratic function vanishes."""
    parts = _parts(problem, body, variable)
    if parts is None or is_zero(parts[1]):
        return None
    slope, curvature = parts
    if is_scalar(variable.sort):
        return _simple(problem, Apply("/", (negate(slope), curvature)))
    return _simple(problem, negate(multiply(_inverse(problem, curvature), slope)))


def _stationary(problem: Problem, best: Extremum) -> list[Place]:
    """Where the slope vanishes; under linear equations A x = b, where it is A^T z."""
    parts = _parts(problem, best.body, best.variable)
    if parts is None or is_zero(parts[1]):
        return []
    slope, curvature = parts
    if is_scalar(best.variable.sort):
        return [Place(_simple(problem, Apply("/", (negate(slope), curvature))))]
    free = negate(multiply(_inverse(problem, curvature), slope))
    found = [_simple(problem, free)]
    equations = [one for one in best.constraints if isinstance(one, Apply) and one.head == "="]
    if len(equations) == 1:
        found.insert(0, _simple(problem, add(free, _towards(problem, best.variable, equations[0], curvature, free))))
    return [Place(one) for one in found]


def _towards(problem: Problem, variable: Symbol, equation: Apply, curvature: Term, free: Term) -> Term:
    """The shortest step, in the norm of the curvature, from a point to the solutions of a linear equation."""
    rest = subtract(*equation.arguments)
    rows = _slope(problem, rest, variable)
    if variable in free_symbols(rows):
        raise Rejected("an equation that is not linear")
    turned: Term = rows if is_scalar(sort_of(rest)) else Apply("transpose", (rows,))
    step = multiply(_inverse(problem, curvature), turned)
    missing = _simple(problem, substitute(rest, {variable: free}))
    if is_scalar(sort_of(rest)):
        return negate(multiply(Apply("/", (missing, multiply(Apply("transpose", (turned,)), step))), step))
    return negate(multiply(step, Apply("inverse", (_simple(problem, multiply(rows, step)),)), missing))


def _inverse(problem: Problem, matrix: Term) -> Term:
    return _simple(problem, Apply("inverse", (matrix,)))


def _on_boundary(problem: Problem, best: Extremum) -> list[Place]:
    """Of a linear form on a ball about w of radius r: w + r d / |d|; of an ellipsoid, with what defines it. Where d is 0, w or w + r e_1 / |e_1|."""
    parts = _parts(problem, best.body, best.variable)
    if parts is None or not is_zero(parts[1]) or len(best.constraints) != 1 or is_scalar(best.variable.sort):
        return []
    slope = parts[0]
    direction = slope if best.sign > 0 else negate(slope)
    (constraint,) = best.constraints
    if not isinstance(constraint, Apply) or constraint.head not in {"=", *ORDERS}:
        return []
    found: list[Place] = []
    for size, radius in (constraint.arguments, constraint.arguments[::-1]):
        squared = _squared(size)
        if best.variable not in free_symbols(size) or best.variable in free_symbols(radius):
            continue
        parts = _parts(problem, squared or size, best.variable)
        if parts is None or is_zero(parts[1]):
            continue
        curvature: Term = parts[1]
        scale: Term = TWO
        if squared is None:
            leading = curvature.arguments[0] if isinstance(curvature, Apply) and curvature.head == "*" else ONE
            scale = leading if isinstance(leading, Number) else ONE
            radius = _root(_simple(problem, Apply("/", (multiply(TWO, radius), scale))))
        shape = _simple(problem, Apply("/", (curvature, scale)))
        inverse = _inverse(problem, shape)
        centre = _simple(problem, Apply("/", (negate(multiply(inverse, parts[0])), scale)))
        step = _simple(problem, multiply(inverse, direction))
        round_one = isinstance(shape, Constant) and shape.name == "identity"

        def at(step: Term, square: Term, centre: Term = centre, radius: Term = radius, norm: bool = round_one) -> Term:
            length = Apply("norm", (_unsigned(step),)) if norm else Apply("sqrt", (_simple(problem, square),))
            moved = multiply(Apply("/", (radius, length)), step)
            return moved if is_zero(centre) else add(centre, moved)

        first = Apply("unit", (Constant("zero", best.variable.sort), ONE, ONE))
        on_sphere = at(first, multiply(Apply("transpose", (first,)), shape, first))
        point = at(step, multiply(Apply("transpose", (direction,)), step))
        found.append(Place(point, slope, (centre, on_sphere)))
    return found


def _on_polytope(problem: Problem, best: Extremum, position: Symbol) -> list[Place]:
    """Of a linear form of slope c: on |x - w|_infinity <= r, w + r sgn(c); on |x - w|_1 <= r, w + r sgn(c_j) e_j for a greatest |c_j|."""
    sort = best.variable.sort
    parts = _parts(problem, best.body, best.variable)
    if parts is None or not is_zero(parts[1]) or len(best.constraints) != 1:
        return []
    if not isinstance(sort, Matrix) or sort.columns != 1 or (isinstance(sort.rows, str) and not sort.rows.isalpha()):
        return []
    order = sides(best.constraints[0])
    norm = None if order is None else order[1]
    if order is None or not isinstance(norm, Apply) or norm.head not in {"norm_one", "norm_infinity"}:
        return []
    slope, radius = parts[0], order[0] if best.sign > 0 else negate(order[0])
    inside = norm.arguments[0]
    for centre in (subtract(best.variable, inside), add(best.variable, inside)):
        centre = _simple(problem, centre)
        if best.variable in free_symbols(centre):
            continue
        letter = Symbol("t")
        step: Term = Apply("each", (Apply("sgn", (letter,)), letter, slope))
        if norm.head == "norm_one":
            unit = Apply("unit", (Constant("zero", sort), position, ONE))
            step = multiply(Apply("sgn", (Apply("component", (slope, position)),)), unit)
        moved = multiply(radius, step)
        point = moved if is_zero(centre) else add(centre, moved)
        return [Place(point, slope, (), position) if norm.head == "norm_one" else Place(point)]
    return []


def _at_ends(problem: Problem, best: Extremum) -> list[Place]:
    """Of a number, where an order among the constraints that is linear in it is an equation."""
    if not is_scalar(best.variable.sort):
        return []
    found: list[Place] = []
    for constraint in best.constraints:
        order = sides(constraint)
        if order is None or order[2]:
            continue
        parts = _parts(problem, subtract(order[0], order[1]), best.variable)
        if parts is not None and is_zero(parts[1]) and not is_zero(parts[0]):
            at_zero = substitute(subtract(order[0], order[1]), {best.variable: ZERO})
            found.append(Place(_simple(problem, Apply("/", (negate(at_zero), parts[0])))))
    return found


def _unsigned(term: Term) -> Term:
    """The term without a sign before it."""
    if isinstance(term, Apply) and term.head == "*" and term.arguments[0] == Number(-1):
        return multiply(*term.arguments[1:])
    return term


def _root(term: Term) -> Term:
    if isinstance(term, Apply) and term.head == "^" and term.arguments[1] == TWO:
        return term.arguments[0]
    return term if term == ONE else Apply("sqrt", (term,))
