"""Equations between matrices of symbolic size, modulo equations and with inverses of sums.

**Decides** nothing completely (the word problem is undecidable); finds what follows in few steps of a noncommutative Groebner basis.
**Method**: the equations among the hypotheses, their transposes, and S S^-1 = S^-1 S = 1 for each inverse of a sum that occurs are completed
(Mora 1986) within bounds, each element keeping how it is made of them; multiplying by the inverse of a letter at the end of a word counts as an
overlap. The goal is reduced by the result: as a matrix, inside traces, and inside products with vectors.
**Certificate**: Identity with cofactors; Lemma for what is used of inverses and transposes.
**Gives up when** the basis grows beyond its bounds.

Example: (1 + A B)^-1 A = A (1 + B A)^-1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

from derive.kernel import polynomial
from derive.kernel.certificate import AxiomInstance, Certificate, Cofactor, Identity, Lemma, Rejected, Rewrite
from derive.kernel.claim import Claim
from derive.kernel.normal_form import SCALAR, Form, Word, is_literal
from derive.kernel.polynomial import Polynomial
from derive.kernel.sorting import is_scalar, sort_of
from derive.kernel.structure import instance_of_axiom
from derive.kernel.term import (
    ONE,
    Apply,
    Constant,
    Function,
    IllSorted,
    Matrix,
    Size,
    Symbol,
    Term,
    TermError,
    equal,
    multiply,
    subterms,
    subtract,
)
from derive.theories import AXIOMS

from .combination import Problem, size
from .terms_of import Nameless, selector, times
from .work import Work

MAXIMUM_ELEMENTS = 60
MAXIMUM_LENGTH = 12
MAXIMUM_WORDS = 16
MAXIMUM_STEPS = 200
COST = 4  # units of work for a term of a product of matrices
# What defines a matrix: the axiom, and the factors of its product, of the matrix (0) and what is made of it (1).
_DEFINED = {
    "adjugate": ("adjugate_right", "adjugate_left"),
    "pseudoinverse": ("pseudoinverse_1", "pseudoinverse_2", "pseudoinverse_3", "pseudoinverse_4"),
}


@dataclass(slots=True, eq=False)
class _Element:
    """A form that is zero: the sum of left * origin * right over its sources. Where it comes from is worked out only if it is used."""

    form: Form
    sources: list[Source]
    word: Word = ()
    shown: Shown | None = None

    @property
    def leading(self) -> Polynomial:
        """The coefficient of the leading word."""
        return self.form.words[self.word]


# The number of a relation, or an element; and what it is multiplied by on the left and on the right.
Source = tuple[int | _Element, Form | None, Form | None]
# left word, right word and number of a relation -> their coefficient, and the shapes of the words
Shown = dict[tuple[int, Word, Word], tuple[Form, Form, Form]]


@dataclass(frozen=True, slots=True)
class _Relation:
    """An equation that holds: a hypothesis, or a lemma with its proof."""

    statement: Apply
    proof: Callable[[int], Certificate] | None  # under so many hypotheses
    hypothesis: int = 0


def decide(claim: Claim, work: Work) -> Certificate | None:
    """A certificate for an equation about matrices."""
    statement = claim.statement
    if not isinstance(statement, Apply) or statement.head != "=":
        return None
    if not any(_may_be_matrix(part) for one in (statement, *claim.hypotheses) for part in subterms(one)):
        return None
    problem = Problem(claim, work)
    goal = problem.form(subtract(*statement.arguments))
    if is_literal(goal) and goal.grid is not None:
        return None
    if goal.grid is None and all(1 in shape for shape in problem.atoms.letter_shapes):
        return None
    search = _Search(problem, goal)
    found = search.run() if search.relations else None
    return None if found is None else search.certificate(found)


def _may_be_matrix(part: Term) -> bool:
    if isinstance(part, Symbol | Constant):
        return isinstance(part.sort, Matrix | Function)
    return isinstance(part, Apply) and part.head == "matrix"


class _Search:
    def __init__(self, problem: Problem, goal: Form) -> None:
        self.problem, self.atoms, self.work = problem, problem.atoms, problem.work
        self.goal = goal
        self.relations: list[_Relation] = []
        self.elements: list[_Element] = []
        self.queue: list[_Element] = []
        self.divisors = set(goal.denominator)
        keys = [key for key in self.atoms.numbers if isinstance(key, tuple)]
        self.scalars = [key for key in keys if key[0] in {"word", "norm", "trace"}][:6]
        for relation in (*self._hypotheses(), *self._units()):
            try:
                form = problem.form(subtract(*relation.statement.arguments))
            except (Rejected, IllSorted, TermError):
                continue
            if form.shape == SCALAR or (form.grid is not None and is_literal(form)):
                continue
            number = len(self.relations)
            self.relations.append(relation)
            for block, before, after in self._blocks(form, turned=True):
                element = _Element(block, [(number, before, after)])
                self.queue += [element, *self._freed(element)]

    def _blocks(self, form: Form, *, turned: bool) -> Iterator[tuple[Form, Form, Form]]:
        """The blocks that are not zero, each with what it is multiplied by to stand in its place; with `turned`, by what it is taken out."""
        if form.grid is None:
            if form.words:
                before, after = (self.atoms.identity((side, side)) for side in form.shape)
                yield form, before, after
            return
        rows = [row[0].shape[0] for row in form.grid]
        columns = [entry.shape[1] for entry in form.grid[0]]
        for i, row in enumerate(form.grid):
            for j, entry in enumerate(row):
                if entry.words:
                    before, after = self._selector(form.shape[0], rows, i), self._selector(form.shape[1], columns, j)
                    if turned:
                        yield entry, self.atoms.transpose(before), after
                    else:
                        yield entry, before, self.atoms.transpose(after)

    def _selector(self, whole: Size, parts: list[Size], place: int) -> Form:
        """The column of blocks with the identity in one place and zeros elsewhere."""
        if len(parts) == 1:
            return self.atoms.identity((whole, whole))
        return self.atoms.letter_form(("selector", whole, place), (whole, parts[place]), selector(parts, place))

    # --- relations -------------------------------------------------------------------------------------------------------------

    def _hypotheses(self) -> Iterator[_Relation]:
        for index, _, difference in self.problem.equations:
            if is_scalar(sort_of(difference)):
                continue
            statement = self.problem.hypotheses[index]
            assert isinstance(statement, Apply)
            yield _Relation(statement, None, index)
            left, right = statement.arguments
            turned = equal(Apply("transpose", (left,)), Apply("transpose", (right,)))
            assert isinstance(turned, Apply)
            rewritten = Rewrite(index, left in set(subterms(right)), Identity())
            yield _Relation(turned, partial(_regardless, rewritten))

    def _units(self) -> Iterator[_Relation]:
        """S S^-1 = 1 and S^-1 S = 1 for the inverses that are letters of their own."""
        statements = (self.problem.claim.statement, *self.problem.hypotheses)
        seen: set[Term] = set()
        for part in (part for statement in statements for part in subterms(statement)):
            if not isinstance(part, Apply):
                continue
            if part.head in _DEFINED and part not in seen:
                seen.add(part)
                yield from _definitions_of(part)
            if part.head == "!=" and isinstance(part.arguments[0], Apply) and part.arguments[0].head == "det":
                inside = part.arguments[0].arguments[0]
            elif part.head == "inverse":
                inside = part.arguments[0]
            else:
                continue
            sort = sort_of(inside)
            if inside in seen or not isinstance(sort, Matrix) or is_scalar(sort):
                continue
            seen.add(inside)
            try:
                found = self.problem.form(Apply("inverse", (inside,)))
            except (Rejected, IllSorted, TermError):
                continue
            self._name(found, Apply("inverse", (inside,)))
            letters = {letter for word in found.words for letter in word if letter >> 1 in self.atoms.inverted}
            if letters and any(
                not is_literal(form) for form in [self.atoms.inverted[letter >> 1] for letter in letters]
            ):
                yield from _units_of(inside, sort, turned=False)
            elif letters:
                yield from _units_of(inside, sort, turned=bool(self._occurring() & {letter ^ 1 for letter in letters}))

    def _occurring(self) -> set[int]:
        """The letters of the goal."""
        words = [
            *(key[1] for key in self.scalars),
            *(word for block, _, _ in self._blocks(self.goal, turned=False) for word in block.words),
        ]
        return {letter for word in words for letter in word}

    def _name(self, form: Form, term: Term) -> None:
        """The inverse as it is written is what its letter is called in the certificate, so that no other definedness is asked for."""
        if len(form.words) != 1:
            return
        ((word, value),) = form.words.items()
        if len(word) == 1 and word[0] >> 1 in self.atoms.inverted and set(value.terms) == {0}:
            if word[0] & 1:
                term = Apply("transpose", (term,))
            self.atoms.letter_terms[word[0] >> 1] = times(1 / Fraction(value.terms[0]), term)

    # --- completion ------------------------------------------------------------------------------------------------------------

    def run(self) -> list[tuple[Form, Source]] | None:
        """What the goal is the sum of, as scalars times multiples of relations; None where it is not reached."""
        done: list[tuple[Form, Source]] = []
        for goal, before, after in list(self._blocks(self.goal, turned=False)):
            found = self._run(goal)
            if found is None:
                return None
            for scalar, source in found:
                done.append((scalar, (_Element(goal, [source]), before, after)))
        return done

    def _run(self, goal: Form) -> list[tuple[Form, Source]] | None:
        """What one block of the goal is the sum of."""
        done: list[tuple[Form, Source]] = []
        goal = self._reduced_goal(goal, done)
        steps = 0
        while goal.words:
            if not self.queue or steps > MAXIMUM_STEPS or len(self.elements) > MAXIMUM_ELEMENTS:
                return None
            steps += 1
            self.queue.sort(key=_cost)
            element = self._reduced(self.queue.pop(0))
            if not element.form.words or len(element.form.words) > MAXIMUM_WORDS or not self._lead(element):
                continue
            self._add(element)
            goal = self._reduced_goal(goal, done)
        return done

    def _lead(self, element: _Element) -> bool:
        """Finds the leading word; False where nothing can be divided by its coefficient."""
        element.word = max(element.form.words, key=_order)
        if not element.word or len(element.word) > MAXIMUM_LENGTH:
            return False
        if set(element.leading.terms) == {0}:
            return True
        return set(self.atoms.split(element.leading)[1]) <= self.divisors

    def _add(self, element: _Element) -> None:
        """Makes the element a rule: what it reduces is judged again, and its overlaps are queued."""
        kept = []
        for other in self.elements:
            if _place(element.word, other.word) is None:
                kept.append(other)
            else:
                self.queue.append(other)
        self.elements = kept
        self.queue += list(self._overlaps(element, element))
        for other in self.elements:
            self.queue += list(self._overlaps(element, other))
            self.queue += list(self._overlaps(other, element))
        self.elements.append(element)
        self.queue += list(self._freed(element))
        for word in self._scalar_words():
            for length in range(1, min(len(word), len(element.word) + 1)):
                if element.word[-length:] == word[:length]:
                    self.queue.append(self._multiple(None, element, self._word(word[length:])))
                if element.word[:length] == word[-length:]:
                    self.queue.append(self._multiple(self._word(word[:-length]), element, None))

    def _freed(self, element: _Element) -> Iterator[_Element]:
        """A relation with a letter at the end of one of its words taken away by the inverse."""
        words = [word for word in element.form.words if word]
        for letter in sorted({word[0] for word in words}):
            inverse = self._inverse(letter)
            if inverse is not None:
                yield self._multiple(self._letter(inverse), element, None)
        for letter in sorted({word[-1] for word in words}):
            inverse = self._inverse(letter)
            if inverse is not None:
                yield self._multiple(None, element, self._letter(inverse))

    def _scalar_words(self) -> list[Word]:
        """The words that are numbers, such as x^T A y, in both directions: those which the goal divides by."""
        found: dict[Word, None] = {}
        if self.divisors:
            for key in (key for key in self.scalars if key[0] != "trace"):
                word = tuple(letter ^ 1 for letter in reversed(key[1])) + key[1] if key[0] == "norm" else key[1]
                found.setdefault(word)
                found.setdefault(tuple(letter ^ 1 for letter in reversed(word)))
        return list(found)

    def _overlaps(self, left: _Element, right: _Element) -> Iterator[_Element]:
        """u * right - left * v, where the end of the word of one is the beginning of the word of the other."""
        for length in range(1, min(len(left.word), len(right.word))):
            if left.word[-length:] != right.word[:length]:
                continue
            before, after = left.word[:-length], right.word[length:]
            if len(before) + len(right.word) > MAXIMUM_LENGTH:
                continue
            one = self._multiple(None, left, self._word(after))
            other = self._multiple(self._word(before), right, None)
            yield self._difference(one, other, right.leading, left.leading)

    def _difference(self, one: _Element, other: _Element, first: Polynomial, second: Polynomial) -> _Element:
        """first * one - second * other."""
        left, right = Form(SCALAR, {(): first}), self.atoms.negate(Form(SCALAR, {(): second}))
        form = self.atoms.add(self.atoms.multiply(left, one.form), self.atoms.multiply(right, other.form))
        self.work.spend(COST * size(form))
        return _Element(form, [(one, left, None), (other, right, None)])

    def _multiple(self, before: Form | None, element: _Element, after: Form | None) -> _Element:
        """before * element * after."""
        form = element.form
        if before is not None:
            form = self.atoms.multiply(before, form)
        if after is not None:
            form = self.atoms.multiply(form, after)
        self.work.spend(COST * (1 + size(form)))
        return _Element(form, [(element, before, after)])

    def _reduced(self, element: _Element) -> _Element:
        """The element with all its words reduced by the rules."""
        for _ in range(MAXIMUM_STEPS):
            step = self._step(element.form)
            if step is None:
                return element
            factor, rule, before, after = step
            multiple = self._multiple(before, rule, after)
            form = self.atoms.subtract(element.form, self.atoms.multiply(factor, multiple.form))
            minus = self.atoms.multiply(self.atoms.negate(factor), before)
            element = _Element(form, [*element.sources, (rule, minus, after)])
            self.work.spend(COST * (1 + size(form)))
        return _Element(Form(element.form.shape, {}), [])

    def _step(self, form: Form) -> tuple[Form, _Element, Form, Form] | None:
        """(scalar, rule, before, after) such that the scalar times before * rule * after takes a word away."""
        for word in sorted(form.words, key=_order, reverse=True):
            for rule in self.elements:
                place = _place(rule.word, word)
                if place is None:
                    continue
                value = Form(SCALAR, {(): form.words[word]}, form.denominator)
                factor = self._over(value, rule)
                before, after = word[:place], word[place + len(rule.word) :]
                return factor, rule, self._side(before, form.shape[0]), self._side(after, form.shape[1])
        return None

    def _over(self, value: Form, rule: _Element) -> Form:
        return self.atoms.divide(value, Form(SCALAR, {(): rule.leading}, rule.form.denominator))

    def _side(self, word: Word, dimension: Size) -> Form:
        return self._word(word) if word else self.atoms.identity((dimension, dimension))

    # --- the goal --------------------------------------------------------------------------------------------------------------

    def _reduced_goal(self, goal: Form, done: list[tuple[Form, Source]]) -> Form:
        if goal.shape != SCALAR:
            element = self._reduced(_Element(goal, []))
            minus = self.atoms.negate(Form(SCALAR, {(): polynomial.ONE}))
            done += [(minus, source) for source in element.sources]
            return element.form
        for _ in range(MAXIMUM_STEPS):
            step = self._scalar_step(goal)
            if step is None:
                return goal
            factor, multiple = step
            value = multiple.form if multiple.form.shape == SCALAR else self.atoms.trace(multiple.form)
            goal = self.atoms.reduced(self.atoms.subtract(goal, self.atoms.multiply(factor, value)))
            done += [(factor, source) for source in multiple.sources]
            self.work.spend(1 + size(goal))
        return goal

    def _scalar_step(self, goal: Form) -> tuple[Form, _Element] | None:
        """A scalar, and a multiple of a rule, whose trace (or itself) times the scalar takes an atom away."""
        keys = {number: key for key, number in self.atoms.numbers.items()}
        for monomial in sorted(goal.scalar.terms, reverse=True):
            for index, exponent in polynomial.exponents(monomial):
                key = keys[index]
                if not isinstance(key, tuple) or key[0] not in {"word", "norm", "trace"}:
                    continue
                kind, word = key[0], key[1]
                if kind == "norm":
                    if exponent < 2:
                        continue
                    word = tuple(letter ^ 1 for letter in reversed(word)) + word
                for rotated in _variants(word, kind == "trace"):
                    found = self._multiple_in(rotated, kind == "trace")
                    if found is None:
                        continue
                    rule, multiple = found
                    power = 2 if kind == "norm" else 1
                    rest = monomial - (power << (polynomial.BITS * index))
                    value = Form(
                        SCALAR,
                        {(): Polynomial({rest: goal.scalar.terms[monomial]}, goal.scalar.degree)},
                        goal.denominator,
                    )
                    return self._over(value, rule), multiple
        return None

    def _multiple_in(self, word: Word, traced: bool) -> tuple[_Element, _Element] | None:
        for rule in self.elements:
            place = _place(rule.word, word)
            if place is None:
                continue
            before, after = word[:place], word[place + len(rule.word) :]
            rows, columns = self.atoms.shape_of_letter(word[0])[0], self.atoms.shape_of_letter(word[-1])[1]
            if traced and not before and not after and rule.form.shape[0] != rule.form.shape[1]:
                continue
            multiple = self._multiple(self._side(before, rows), rule, self._side(after, columns))
            return rule, multiple
        return None

    # --- words -----------------------------------------------------------------------------------------------------------------

    def _word(self, word: Word) -> Form:
        shape = (self.atoms.shape_of_letter(word[0])[0], self.atoms.shape_of_letter(word[-1])[1])
        factor, rest = self.atoms.simplified(word, shape)
        return Form(shape, {rest: factor})

    def _letter(self, letter: int) -> Form:
        return Form(self.atoms.shape_of_letter(letter), {(letter,): polynomial.ONE})

    def _inverse(self, letter: int) -> int | None:
        found = self.atoms.inverses.get(letter >> 1)
        return None if found is None else 2 * found + (letter & 1)

    # --- certificates ----------------------------------------------------------------------------------------------------------

    def certificate(self, found: list[tuple[Form, Source]]) -> Certificate | None:
        """The lemmas that are used, and the Identity."""
        totals: dict[tuple[int, Word, Word], Form] = {}
        for scalar, source in found:
            for key, (factor, _, _) in self._shown(_Element(self.goal, [source])).items():
                value = self.atoms.multiply(scalar, factor)
                totals[key] = self.atoms.add(totals[key], value) if key in totals else value
        totals = {key: factor for key, factor in totals.items() if factor.words}
        lemmas = [one for one in sorted({key[0] for key in totals}) if self.relations[one].proof is not None]
        places = {number: len(self.problem.hypotheses) + place for place, number in enumerate(lemmas)}
        cofactors = []
        try:
            for (number, before, after), factor in totals.items():
                parts = [part for part in (self.problem.names.form(factor), self._term(before)) if part != ONE]
                place = places.get(number, self.relations[number].hypothesis)
                cofactors.append(Cofactor(place, multiply(*parts), self._term(after)))
        except Nameless:
            return None
        proof: Certificate = Identity(tuple(cofactors))
        for number in reversed(lemmas):
            own = self.relations[number].proof
            assert own is not None
            proof = Lemma(self.relations[number].statement, own(places[number]), proof)
        return proof

    def _shown(self, element: _Element) -> Shown:
        """The element as a sum of multiples of relations."""
        if element.shown is not None:
            return element.shown
        multiply = self.atoms.multiply
        found: Shown = {}
        for origin, before, after in element.sources:
            if isinstance(origin, int):
                assert before is not None
                assert after is not None
                parts: list[tuple[int, Form, Form]] = [(origin, before, after)]
            else:
                parts = [
                    (
                        number,
                        multiply(factor, left if before is None else multiply(before, left)),
                        right if after is None else multiply(right, after),
                    )
                    for (number, _, _), (factor, left, right) in self._shown(origin).items()
                ]
            for number, left, right in parts:
                for one, first in left.words.items():
                    for other, second in right.words.items():
                        factor = multiply(
                            Form(SCALAR, {(): first}, left.denominator), Form(SCALAR, {(): second}, right.denominator)
                        )
                        key = (number, one, other)
                        if key in found:
                            factor = self.atoms.add(found[key][0], factor)
                        found[key] = (
                            factor,
                            Form(left.shape, {one: polynomial.ONE}),
                            Form(right.shape, {other: polynomial.ONE}),
                        )
        element.shown = found
        return found

    def _term(self, word: Word) -> Term:
        return self.problem.names.word(word) if word else ONE


def _units_of(inside: Term, sort: Matrix, *, turned: bool) -> Iterator[_Relation]:
    """The relations of an inverse; with `turned` of its transpose too."""
    inverse, unit = Apply("inverse", (inside,)), Constant("identity", sort)
    for name, product in (("inverse_right", (inside, inverse)), ("inverse_left", (inverse, inside))):
        axiom = AxiomInstance(name, ((Symbol("A", sort), inside),), (), (("n", sort.rows),))
        statement = Apply("=", (multiply(*product), unit))
        yield _Relation(statement, partial(_regardless, axiom))
        if turned:
            sides = tuple(Apply("transpose", (side,)) for side in statement.arguments)
            yield _Relation(Apply("=", sides), partial(_transposed, statement, axiom))


def _definitions_of(term: Apply) -> Iterator[_Relation]:
    """The equations that define an adjugate or a pseudo-inverse, and their transposes."""
    inside = term.arguments[0]
    sort = sort_of(inside)
    assert isinstance(sort, Matrix)
    for name in _DEFINED[term.head]:
        axiom = AXIOMS[name]
        square = term.head == "adjugate"
        symbol = Symbol("A" if square else "M", sort)
        sizes = (("n", sort.rows),) if square else (("m", sort.rows), ("n", sort.columns))
        shown = AxiomInstance(name, ((symbol, inside),), (), sizes)
        statement = instance_of_axiom(axiom, shown)[1]
        assert isinstance(statement, Apply)
        yield _Relation(statement, partial(_regardless, shown))
        sides = tuple(Apply("transpose", (side,)) for side in statement.arguments)
        yield _Relation(Apply("=", sides), partial(_transposed, statement, shown))


def _regardless(proof: Certificate, _: int) -> Certificate:
    """The same under any number of hypotheses."""
    return proof


def _transposed(statement: Apply, proof: Certificate, count: int) -> Certificate:
    """Both sides of what is shown first, transposed."""
    return Lemma(statement, proof, Rewrite(count, False, Identity()))


def _order(word: Word) -> tuple[int, Word]:
    return len(word), word


def _cost(element: _Element) -> tuple[int, int]:
    words = element.form.words
    return max((len(word) for word in words), default=0), len(words)


def _place(part: Word, word: Word) -> int | None:
    """Where a word stands in another."""
    length = len(part)
    return next((place for place in range(len(word) - length + 1) if word[place : place + length] == part), None)


def _variants(word: Word, traced: bool) -> list[Word]:
    """The words that have the same value: the transpose and, in a trace, all rotations."""
    turned = tuple(letter ^ 1 for letter in reversed(word))
    if not traced:
        return [word, turned]
    return [base[place:] + base[:place] for base in (word, turned) for place in range(len(base))]
