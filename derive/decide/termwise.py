"""Sums over the positions of vectors, and the norms of sums and of greatest absolute values, position by position.

**Decides** nothing completely; finds inequalities and equations between sums of products of components, absolute values and signs: the inequality of
Hoelder for the norms 1 and infinity, how these and the Euclidean norm compare, linear forms on their balls.
**Method**: the difference of the sides, perhaps without a multiple of a bound on |x|_1, is written as one sum over a position; its terms are shown
to be >= 0 from |x_k| <= |x|, case by case. |x|_infinity <= m is |x_k| <= m for each k. A Euclidean norm is compared by its square.
**Certificate**: Lemma, Termwise, AxiomInstance, Cases, Squares.
**Gives up when** there are vectors of several sizes, or the terms of the sum are not all >= 0.

Example: c^T x <= |c|_1 |x|_infinity.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations

from derive.kernel.calculus import slope_of
from derive.kernel.certificate import (
    AxiomInstance,
    Cases,
    Certificate,
    Cofactor,
    Identity,
    Lemma,
    Rejected,
    Rewrite,
    Sign,
    Square,
    Squares,
    Termwise,
)
from derive.kernel.check import check
from derive.kernel.claim import Claim
from derive.kernel.normal_form import is_zero as vanishes
from derive.kernel.sign import nonnegative
from derive.kernel.sign import sign as sign_of
from derive.kernel.sorting import is_scalar, is_vector, length_of, sort_of
from derive.kernel.term import (
    INTEGER,
    ONE,
    ORDERS,
    TWO,
    ZERO,
    Apply,
    IllSorted,
    Matrix,
    Number,
    Size,
    Symbol,
    Term,
    TermError,
    add,
    equal,
    free_symbols,
    multiply,
    negate,
    substitute,
    subterms,
    subtract,
)
from derive.kernel.termwise import entry
from derive.theories import AXIOMS

from . import identity, linear, pieces, sign, squares, univariate
from .combination import Problem, sides
from .numbering import among, filled, moved
from .terms_of import Nameless
from .work import OutOfWork, Work

_SPECIAL = frozenset({"norm_infinity", "norm_one"})
_OF_ENTRIES = frozenset({"each", "sum"})
_PIECEWISE = frozenset({"abs", "sgn"})
_NORMS = {
    "norm_infinity": "component_at_most_greatest",
    "norm_one": "component_at_most_sum",
    "norm": "component_at_most_length",
}
_SEARCHES = (sign.decide, identity.plain, identity.modulo, linear.weighted, univariate.decide, squares.by_gram_matrix)
MAXIMUM_DEPTH = 6  # of cases
MAXIMUM_FACTS = 16
MAXIMUM_WORK = 25_000  # units for one claim
_STEP = 20


def decide(claim: Claim, work: Work) -> Certificate | None:
    """A certificate for an order or an equation of numbers in which a norm 1 or infinity, or a function of entries stands."""
    statement = claim.statement
    if not isinstance(statement, Apply) or statement.head not in {"=", *ORDERS}:
        return None
    if not is_scalar(sort_of(statement.arguments[0])) or not _is_of_entries(claim):
        return None
    places = _connected(claim)
    smaller = Claim(statement, tuple(claim.hypotheses[place] for place in places))
    own = Work(MAXIMUM_WORK)
    try:
        for found in _proofs(smaller, own):
            whole = among(found, places, len(claim.hypotheses))
            if _accepted(claim, whole):
                return whole
    except OutOfWork:
        return None
    finally:
        work.spend(own.spent)
    return None


def _connected(claim: Claim) -> list[int]:
    """The hypotheses that share a letter with the statement, or with others that do."""
    symbols = free_symbols(claim.statement)
    places: list[int] = []
    while True:
        new = [
            place for place, one in enumerate(claim.hypotheses) if place not in places and free_symbols(one) & symbols
        ]
        if not new:
            return sorted(places)
        places += new
        symbols = symbols.union(*(free_symbols(claim.hypotheses[place]) for place in new))


def _is_of_entries(claim: Claim) -> bool:
    """Whether it speaks of the norms 1 or infinity, or of absolute values or signs of entries."""
    heads = {
        part.head for one in (claim.statement, *claim.hypotheses) for part in subterms(one) if isinstance(part, Apply)
    }
    return bool(heads & _SPECIAL) or bool(heads & _OF_ENTRIES and heads & _PIECEWISE)


def _proofs(claim: Claim, work: Work) -> Iterator[Certificate]:
    statement = claim.statement
    assert isinstance(statement, Apply)
    work.spend(_STEP)
    order = sides(statement)
    if order is None:
        assert isinstance(statement, Apply)
        yield from _as_it_stands(claim, "=", subtract(*statement.arguments), work)
        yield from _equation(claim, work)
        return
    greater, smaller, strict = order
    if strict:
        return
    yield from _as_it_stands(claim, ">=", subtract(greater, smaller), work)
    absolute = _outer(smaller, "abs")
    if absolute is not None:
        yield from _both_signs(claim, absolute, work)
        return
    if isinstance(smaller, Apply) and smaller.head == "norm_infinity":
        yield from _greatest(claim, smaller.arguments[0], work)
        return
    yield from _greatest_beside(claim, smaller, greater, work)
    yield from _sum_at_least_zero(claim, subtract(greater, smaller), work)
    if any(_parts_of(statement, head) for head in ("norm", "sqrt")):
        yield from _by_squares(claim, smaller, greater, work)


def _by_squares(claim: Claim, smaller: Term, greater: Term, work: Work) -> Iterator[Certificate]:
    """a <= b from a^2 <= b^2 and 0 <= b."""
    if not nonnegative(greater, claim.hypotheses):
        return
    problem = Problem(claim, work)
    one, other = (Apply("^", (side, TWO)) for side in (smaller, greater))
    try:
        difference = problem.names.form(problem.form(subtract(other, one)))
    except (Rejected, Nameless):
        return
    lemma = Apply("<=", (one, other))
    values = ((Symbol("a"), smaller), (Symbol("b"), greater))
    for proof in _sum_at_least_zero(Claim(lemma, claim.hypotheses), difference, work):
        yield AxiomInstance("square_comparison", values, (proof, Sign()))


def _as_it_stands(claim: Claim, head: str, difference: Term, work: Work) -> Iterator[Certificate]:
    """From what is known of the components that are written."""
    problem = Problem(claim, work)
    try:
        simple = Apply(head, (problem.names.form(problem.form(difference)), ZERO))
    except (Rejected, Nameless):
        return
    proof = _with_facts(Claim(simple, claim.hypotheses), _written_facts(claim, simple), work, _no_cases)
    if proof is not None:
        number = len(claim.hypotheses)
        by_equation = Identity((Cofactor(number, ONE, ONE),))
        yield Lemma(simple, proof, by_equation if head == "=" else Squares((Square(ONE, (number,)),)))


def _outer(term: Term, head: str) -> Apply | None:
    """The term, or the summand or factor of it, with that head."""
    if isinstance(term, Apply) and term.head == head:
        return term
    if isinstance(term, Apply) and term.head in {"+", "*", "negate"}:
        return next((found for part in term.arguments if (found := _outer(part, head)) is not None), None)
    return None


def _both_signs(claim: Claim, absolute: Apply, work: Work) -> Iterator[Certificate]:
    """The claim with |t| replaced by t or by -t."""
    cases = pieces.cases_of(Claim(equal(absolute, absolute)))
    assert cases is not None
    if cases[0] != absolute:
        return
    proofs: list[Certificate] = []
    count = len(claim.hypotheses)
    for case in cases[1:]:
        statement, proof = pieces.value_in(absolute, case, count)
        changed = substitute(claim.statement, {absolute: case.value})
        inner = next(
            (
                one
                for one in _proofs(Claim(changed, (*claim.hypotheses, case.condition, statement)), work)
                if _accepted(Claim(changed, (*claim.hypotheses, case.condition, statement)), one)
            ),
            None,
        )
        if inner is None:
            return
        proofs.append(Lemma(statement, proof, Rewrite(count + 1, False, inner)))
    yield Cases(cases[1].condition, proofs[0], proofs[1])


def _greatest(claim: Claim, column: Term, work: Work) -> Iterator[Certificate]:
    """|v|_infinity <= m from |v_k| <= m."""
    sort = sort_of(column)
    if not isinstance(sort, Matrix) or sort.columns != 1:
        return
    order = sides(claim.statement)
    assert order is not None
    position = _new(claim)
    range_ = _range(sort.rows, position)
    if range_ is None:
        return
    entry = _Terms(sort.rows, position).component(column)
    statement = Apply("<=", (Apply("abs", (entry,)), order[0]))
    hypotheses = (*claim.hypotheses, *range_)
    inner = _at_position(Claim(statement, hypotheses), position, (claim.statement,), work)
    if inner is not None:
        yield Termwise(position, Lemma(statement, inner, Squares((Square(ONE, (len(hypotheses),)),))))


def _addends(term: Term) -> list[Term]:
    if isinstance(term, Apply) and term.head == "+":
        return [one for part in term.arguments for one in _addends(part)]
    if isinstance(term, Apply) and term.head == "negate":
        inside = term.arguments[0]
        if isinstance(inside, Apply) and inside.head == "negate":
            return _addends(inside.arguments[0])
        if isinstance(inside, Apply) and inside.head == "+":
            return [one for part in inside.arguments for one in _addends(negate(part))]
    return [term]


def _greatest_beside(claim: Claim, smaller: Term, greater: Term, work: Work) -> Iterator[Certificate]:
    """|v|_infinity + a <= m from |v|_infinity <= m - a."""
    parts = _addends(smaller)
    if len(parts) < 2:
        return
    for place, part in enumerate(parts):
        if isinstance(part, Apply) and part.head == "norm_infinity":
            rest = add(*parts[:place], *parts[place + 1 :])
            lemma = Apply("<=", (part, subtract(greater, rest)))
            for proof in _greatest(Claim(lemma, claim.hypotheses), part.arguments[0], work):
                yield Lemma(lemma, proof, Squares((Square(ONE, (len(claim.hypotheses),)),)))


# --- sums ------------------------------------------------------------------------------------------------------------------


def _equation(claim: Claim, work: Work) -> Iterator[Certificate]:
    """left = right, since each term of a sum that is their difference is 0."""
    assert isinstance(claim.statement, Apply)
    for lemmas in _summed(claim, subtract(*claim.statement.arguments), "=", work):
        numbers = range(len(claim.hypotheses), len(claim.hypotheses) + len(lemmas))
        yield _introduced(lemmas, Identity(tuple(Cofactor(number, ONE, ONE) for number in numbers)))


def _introduced(lemmas: list[Fact], inner: Certificate) -> Certificate:
    """The certificate under lemmas, each of which is shown under those before it."""
    for statement, proof in reversed(lemmas):
        inner = Lemma(statement, proof, inner)
    return inner


def _sum_at_least_zero(claim: Claim, difference: Term, work: Work) -> Iterator[Certificate]:
    """difference >= 0 as a sum, perhaps beside a multiple of a bound on a norm."""
    multiples: list[tuple[Term, tuple[Square, ...]]] = [(difference, ())]
    for index, hypothesis in enumerate(claim.hypotheses):
        order = sides(hypothesis)
        if order is None or not _parts_of(order[1], "norm_one"):
            continue
        for weight in (*_greatest_values(claim), ONE):
            rest = subtract(difference, multiply(weight, subtract(order[0], order[1])))
            multiples.append((rest, (Square(weight, (index,)),)))
    for rest, more in multiples:
        for lemmas in _summed(claim, rest, ">=", work):
            numbers = range(len(claim.hypotheses), len(claim.hypotheses) + len(lemmas))
            yield _introduced(lemmas, Squares((*(Square(ONE, (number,)) for number in numbers), *more)))


def _greatest_values(claim: Claim) -> dict[Term, None]:
    return dict.fromkeys(
        norm for one in (claim.statement, *claim.hypotheses) for norm in _parts_of(one, "norm_infinity")
    )


def _parts_of(term: Term, head: str) -> list[Term]:
    return [part for part in subterms(term) if isinstance(part, Apply) and part.head == head]


def _summed(claim: Claim, term: Term, head: str, work: Work) -> Iterator[list[Fact]]:
    """Lemmas `sum = 0` or `sum >= 0`, of which the first is of what the term sums up, and the other, if any, of what else it has."""
    position = _new(claim)
    for length in dict.fromkeys(_lengths(term)):
        range_ = _range(length, position)
        if range_ is None:
            continue
        terms = _Terms(length, position)
        try:
            problem = Problem(claim, work)
            if _parts_of(term, "unit"):
                term = problem.names.form(problem.form(term))
            inside, outside = terms.of(term)
            rest = [] if vanishes(problem.form(outside), problem.atoms) else [Apply(head, (outside, ZERO))]
        except (Rejected, IllSorted, TermError, Nameless):
            continue
        bodies = [(body, rest) for body in _bodies(terms, inside, term, head)]
        if rest:
            bodies.append((add(inside, Apply("/", (outside, terms.count))), []))
        for body, beside in bodies:
            here = Claim(Apply(head, (body, ZERO)), (*claim.hypotheses, *range_))
            inner = _at_position(here, position, (claim.statement,), work)
            if inner is None:
                continue
            whole = Apply(head, (Apply("sum", (body, position, *_bounds(length))), ZERO))
            other = Symbol(position.name + "'", INTEGER)
            lemmas: list[Fact] = [(whole, Termwise(other, filled(inner, {position: other})))]
            for one in beside:
                under = Claim(one, (*claim.hypotheses, whole))
                proof = _with_facts(under, _written_facts(claim, one), work, _no_cases)
                if proof is None:
                    break
                lemmas.append((one, proof))
            else:
                yield lemmas


def _bodies(terms: _Terms, body: Term, term: Term, head: str) -> Iterator[Term]:
    """What is summed up. The sum of |x_k| - |x|_1 / n is 0: a multiple may be added."""
    yield body
    if head == "=":
        return
    for norm in dict.fromkeys(part for part in subterms(term) if terms.is_sum_of_absolutes(part)):
        mean = Apply("/", (norm, terms.count))
        yield subtract(body, multiply(norm, subtract(terms.of(norm)[0], mean)))


def _lengths(term: Term) -> Iterator[Size]:
    for part in subterms(term):
        sort = sort_of(part) if not isinstance(part, Apply) or part.head not in {"row", "indices"} else None
        if isinstance(sort, Matrix) and is_vector(sort):
            yield length_of(sort)


class _Terms:
    """What a number is the sum of, over the positions of a length."""

    def __init__(self, length: Size, position: Term) -> None:
        self.length, self.position = length, position
        self.count = _bounds(length)[1]

    def of(self, term: Term) -> tuple[Term, Term]:
        """(what is summed up, what else the term has)."""
        parts = self._summands(term)
        inside: list[Term] = []
        outside: list[Term] = []
        for part in parts:
            found = self._apart(part)
            (outside if found is None else inside).append(part if found is None else found)
        return add(*inside), add(*outside)

    def _summands(self, term: Term) -> list[Term]:
        """Sums and what they are multiplied by, multiplied out."""
        if not isinstance(term, Apply) or not is_scalar(sort_of(term)):
            return [term]
        arguments = term.arguments
        match term.head:
            case "+":
                return [one for part in arguments for one in self._summands(part)]
            case "negate":
                return [negate(one) for one in self._summands(arguments[0])]
            case "/":
                return [Apply("/", (one, arguments[1])) for one in self._summands(arguments[0])]
            case "*":
                for place, part in enumerate(arguments):
                    inside = self._summands(part)
                    if len(inside) > 1:
                        ways = (multiply(*arguments[:place], one, *arguments[place + 1 :]) for one in inside)
                        return [one for way in ways for one in self._summands(way)]
        return [term]

    def _apart(self, term: Term) -> Term | None:
        """None for what is no sum over positions."""
        if term == self.count:
            return ONE
        if not isinstance(term, Apply):
            return None
        head, arguments = term.head, term.arguments
        match head:
            case "negate":
                found = self._apart(arguments[0])
                return None if found is None else negate(found)
            case "/":
                found = self._apart(arguments[0])
                return None if found is None else Apply("/", (found, arguments[1]))
            case "*":
                return self._product(arguments)
            case "inner" if self._fits(arguments[0]):
                return multiply(*(self.component(part) for part in arguments))
            case "norm_one" if self._fits(arguments[0]):
                return Apply("abs", (self.component(arguments[0]),))
            case "^" if arguments[1] == TWO and isinstance(arguments[0], Apply):
                base = arguments[0]
                if base.head == "norm":
                    inside = base.arguments[0]
                    return Apply("^", (self.component(inside), TWO)) if self._fits(inside) else None
                found = self._apart(base)
                return None if found is None else multiply(base, found)
            case "sum" if arguments[2:] == (ONE, self.count):
                return substitute(arguments[0], {arguments[1]: self.position})
        return None

    def is_sum_of_absolutes(self, term: Term) -> bool:
        """|x|_1, also as 1^T |x|."""
        found = self._apart(term) if isinstance(term, Apply) and term.head in {"norm_one", "*", "inner"} else None
        if isinstance(found, Apply) and found.head == "*":
            factors = [part for part in found.arguments if part != ONE]
            found = factors[0] if len(factors) == 1 else None
        return isinstance(found, Apply) and found.head == "abs"

    def _fits(self, term: Term) -> bool:
        sort = sort_of(term)
        return isinstance(sort, Matrix) and is_vector(sort) and length_of(sort) == self.length

    def _product(self, factors: tuple[Term, ...]) -> Term | None:
        """One factor, or a row and a column among them, taken apart; the others as they stand."""
        matrices = [part for part in factors if not is_scalar(sort_of(part))]
        numbers = [part for part in factors if is_scalar(sort_of(part))]
        if matrices:
            row, column = multiply(*matrices[:-1]) if len(matrices) > 1 else None, matrices[-1]
            if row is None or not self._fits(column) or not is_scalar(sort_of(multiply(*matrices))):
                return None
            if any(isinstance(part, Apply) and part.head == "unit" for one in (row, column) for part in subterms(one)):
                return None  # a component
            return multiply(*numbers, self.component(row), self.component(column))
        for place, part in sorted(enumerate(numbers), key=lambda one: one[1] == self.count):
            found = self._apart(part)
            if found is not None:
                return multiply(*numbers[:place], found, *numbers[place + 1 :])
        return None

    def component(self, vector: Term) -> Term:
        """A component, in those of the parts of the vector."""
        return entry(vector, self.position)


def _component(vector: Term, position: Term) -> Term:
    return Apply("component", (vector, position))


def _new(claim: Claim) -> Symbol:
    """A position of which nothing is said."""
    taken = {one.name for statement in (claim.statement, *claim.hypotheses) for one in free_symbols(statement)}
    name = "k"
    while name in taken or name + "'" in taken:
        name += "'"
    return Symbol(name, INTEGER)


def _bounds(length: Size) -> tuple[Term, Term]:
    return ONE, Number(length) if isinstance(length, int) else Symbol(length, INTEGER)


def _range(length: Size, position: Symbol) -> tuple[Apply, Apply] | None:
    if isinstance(length, str) and not length.isalpha():
        return None
    first, last = _bounds(length)
    return Apply("<=", (first, position)), Apply("<=", (position, last))


# --- at one position -----------------------------------------------------------------------------------------------------------


Fact = tuple[Term, Certificate]
Split = tuple[Term, pieces.Case, pieces.Case]
Choice = Callable[[Claim], Split | None]


def _at_position(claim: Claim, position: Symbol, about: tuple[Term, ...], work: Work) -> Certificate | None:
    """A proof of what is said of one position, with what is known of the norms and signs of all that this is about: without cases, then case by case."""
    known = _norm_facts(claim, position, about) | dict(_sign_facts(claim.statement, position))
    single = dict(_absolute_facts((claim.statement, *known), position, 1))
    pairs = dict(_absolute_facts((claim.statement, *known), position, 2))
    without = _with_facts(claim, {**known, **pairs, **single}, work, _no_cases)
    return without or _with_facts(claim, {**known, **single}, work, _of_subtracted) or _with_facts(claim, known, work)


def _with_facts(
    claim: Claim, facts: dict[Term, Certificate], work: Work, choose: Choice = pieces.cases_of
) -> Certificate | None:
    taken = list(facts.items())[:MAXIMUM_FACTS]
    found = _by_cases(Claim(claim.statement, (*claim.hypotheses, *(one for one, _ in taken))), work, choose)
    if found is None:
        return None
    count = len(claim.hypotheses)
    return _introduced([(one, moved(proof, count, place)) for place, (one, proof) in enumerate(taken)], found)


def _written_facts(claim: Claim, statement: Term) -> dict[Term, Certificate]:
    """What is known of the norms of vectors whose components are written, and of signs."""
    found: dict[Term, Certificate] = {}
    parts = [part for one in (statement, *claim.hypotheses) for part in subterms(one) if isinstance(part, Apply)]
    positions = [part.arguments[1] for part in parts if part.head in {"component", "unit"}]
    for position in dict.fromkeys(positions):
        if free_symbols(position) <= frozenset().union(*map(free_symbols, (claim.statement, *claim.hypotheses))):
            found |= _norm_facts(claim, position, (statement, claim.statement))
    return found | dict(_sign_facts(statement, None))


def _norm_facts(claim: Claim, position: Term, about: tuple[Term, ...]) -> dict[Term, Certificate]:
    """|x_k| <= |x|."""
    found: dict[Term, Certificate] = {}
    statements = (*about, *claim.hypotheses)
    free = frozenset().union(*map(free_symbols, statements))
    for part in dict.fromkeys(part for one in statements for part in (*subterms(one), *_norms_as_sums(one))):
        if not isinstance(part, Apply) or part.head not in _NORMS or not free_symbols(part) <= free:
            continue
        (column,) = part.arguments
        sort = sort_of(column)
        if not isinstance(sort, Matrix) or sort.columns != 1 or not is_vector(sort):
            continue
        values = ((Symbol("x", sort), column), (Symbol("i"), position))
        sizes = () if sort.rows == "n" else (("n", sort.rows),)
        whole = Apply("<=", (Apply("abs", (_component(column, position),)), part))
        instance = AxiomInstance(_NORMS[part.head], values, (), sizes)
        entry = _Terms(sort.rows, position).component(column)
        apart = Apply("<=", (Apply("abs", (entry,)), part))
        shown = Lemma(whole, instance, Squares((Square(ONE, (len(claim.hypotheses),)),)))
        found[apart] = instance if apart == whole else shown
    return found


def _norms_as_sums(statement: Term) -> Iterator[Term]:
    """|x|_1 for the vectors x of whose components absolute values are summed up."""
    for part in subterms(statement):
        if isinstance(part, Apply) and part.head == "sum":
            for inside in subterms(part):
                column = inside.arguments[0] if isinstance(inside, Apply) and inside.head == "abs" else None
                if (
                    isinstance(column, Apply)
                    and column.head == "component"
                    and column.arguments[1] == part.arguments[1]
                ):
                    yield Apply("norm_one", column.arguments[:1])


def _sign_facts(statement: Term, position: Symbol | None) -> Iterator[Fact]:
    """t sgn(t) = |t| and |sgn(t)| <= 1, of what the position stands in."""
    for part in subterms(statement):
        if isinstance(part, Apply) and part.head == "sgn" and position in {None, *free_symbols(part)}:
            (inside,) = part.arguments
            values = ((Symbol("x"), inside),)
            yield equal(multiply(inside, part), Apply("abs", (inside,))), AxiomInstance("sign_product", values)
            yield Apply("<=", (Apply("abs", (part,)), ONE)), AxiomInstance("sign_bound", values)


def _absolute_facts(statements: tuple[Term, ...], position: Symbol, number: int) -> Iterator[Fact]:
    """t <= |t| and -t <= |t| for the products t of so many of what absolute values are taken of."""
    parts = (part for one in statements for part in subterms(one))
    inside = [
        part.arguments[0]
        for part in dict.fromkeys(parts)
        if isinstance(part, Apply) and part.head == "abs" and position in free_symbols(part)
    ]
    for term in (multiply(*ones) for ones in combinations(inside, number)):
        for one in (term, negate(term)):
            yield Apply("<=", (one, Apply("abs", (one,)))), AxiomInstance("absolute_above", ((Symbol("x"), one),))


def _no_cases(_claim: Claim) -> None:
    return None


def _of_subtracted(claim: Claim) -> Split | None:
    """The cases of an absolute value that is subtracted: of others it is enough that they are at least both t and -t."""
    order = sides(claim.statement)
    if order is None:
        return None
    difference, letter = subtract(order[0], order[1]), Symbol("#size")
    for part in subterms(difference):
        if isinstance(part, Apply) and part.head == "abs":
            slope, _ = slope_of(substitute(difference, {part: letter}), letter)
            if sign_of(slope, claim.hypotheses) in {"-", "0-"}:
                return pieces.cases_of(Claim(equal(part, part)))
    return None


def _by_cases(claim: Claim, work: Work, choose: Choice, depth: int = 0) -> Certificate | None:
    for search in _SEARCHES:
        try:
            found = search(claim, work)
        except (Rejected, IllSorted, TermError):
            continue
        if found is not None and _accepted(claim, found):
            return found
    cases = choose(claim) if depth < MAXIMUM_DEPTH else None
    if cases is None:
        return None
    term, *both = cases
    proofs: list[Certificate] = []
    for case in both:
        statement, proof = pieces.value_in(term, case, len(claim.hypotheses))
        changed = substitute(claim.statement, {term: case.value})
        inner = _by_cases(Claim(changed, (*claim.hypotheses, case.condition, statement)), work, choose, depth + 1)
        if inner is None:
            return None
        proofs.append(Lemma(statement, proof, Rewrite(len(claim.hypotheses) + 1, False, inner)))
    return Cases(both[0].condition, proofs[0], proofs[1])


def _accepted(claim: Claim, certificate: Certificate) -> bool:
    try:
        check(claim, certificate, AXIOMS)
    except Rejected:
        return False
    return True
