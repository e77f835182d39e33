"""Statements joined by connectives, under hypotheses joined by connectives.

**Decides** nothing completely; proves solving and transforming of equations and inequalities: disjunctions, systems, equivalences, negations.
**Method** the rules of natural deduction, applied without a choice where there is none: negations are pushed in, conjunctions taken apart, implications
introduced, disjunctive hypotheses split, equations that factor turned into disjunctions; a disjunction is shown by one of its parts, or case by case.
What is left are relations for the elementary procedures, and contradictions.
**Certificate** Introduce, Choose, Split, Negation, Contradiction, Cases, Lemma around those of the relations.
**Gives up when** its depth or its work is spent.
Example: x^2 = y^2 exactly where x = y or x = -y.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from derive.kernel.certificate import (
    Assumed,
    Cases,
    Certificate,
    Choose,
    Cofactor,
    Contradiction,
    Identity,
    Introduce,
    Lemma,
    Negation,
    Rejected,
    Split,
    Squares,
    Vanishing,
    WhereDefined,
)
from derive.kernel.claim import Claim
from derive.kernel.definedness import obligations
from derive.kernel.normal_form import SCALAR
from derive.kernel.sign import conjuncts, opposite_of, pushed_in
from derive.kernel.sorting import is_scalar, sort_of
from derive.kernel.term import (
    FALSE,
    ONE,
    TRUE,
    TWO,
    ZERO,
    Apply,
    IllSorted,
    Number,
    Term,
    TermError,
    equal,
    free_symbols,
    multiply,
    negate,
    subterms,
    subtract,
)

from . import (
    attempts,
    axioms,
    cover,
    elementary,
    elimination,
    equations,
    inverses,
    linear,
    pieces,
    positivstellensatz,
    rewriting,
    squares,
)
from .combination import Problem
from .work import OutOfWork, Work

MAXIMUM_DEPTH = 14
MAXIMUM_PARTS = 8
MAXIMUM_PIECES = 6  # each with two cases
_CONNECTIVES = frozenset({"and", "or", "not", "implies", "iff"})
MAXIMUM_PROGRAMS = 12  # semidefinite ones, in one search
PROGRAM_LIMIT = 4_000
_STEP = 40  # units of work for one rule


def decide(claim: Claim, work: Work) -> Certificate | None:
    """A proof of a claim with a connective in it or in its hypotheses, or that needs an equation to be factored."""
    return _Search(work, tried=True).prove(claim, frozenset(), 0)


def prove(claim: Claim, work: Work) -> Certificate | None:
    """A proof of any statement, through connectives."""
    return _Search(work).prove(claim, frozenset(), 0)


class _Search:
    def __init__(self, work: Work, tried: bool = False) -> None:
        self.work, self.tried = work, tried  # tried: the whole claim has been given to the other procedures
        self.programs = 0
        self.defined: set[Term] = set()  # hypotheses whose definedness is among them
        self.inverted: set[Term] = set()  # hypotheses of which logarithms or exponentials have been taken
        self.aimed: set[Term] = set()  # claims of which they have

    def prove(self, claim: Claim, used: frozenset[int], depth: int) -> Certificate | None:
        """`used`: the hypotheses that have been taken apart."""
        return self._apart(lambda: self._prove(claim, used, depth))

    def _apart(self, search: Callable[[], Certificate | None]) -> Certificate | None:
        """A search of a part: what it does to hypotheses is not known to the other parts."""
        before = self.defined, self.inverted, self.aimed
        self.defined, self.inverted, self.aimed = (set(one) for one in before)
        try:
            return search()
        finally:
            self.defined, self.inverted, self.aimed = before

    def _prove(self, claim: Claim, used: frozenset[int], depth: int) -> Certificate | None:
        self.work.spend(_STEP)
        if depth > MAXIMUM_DEPTH:
            return None
        statement, hypotheses = claim.statement, claim.hypotheses
        if statement in hypotheses:
            return Assumed(hypotheses.index(statement))
        if FALSE in hypotheses:
            return Contradiction(Assumed(hypotheses.index(FALSE)))
        if statement == TRUE:
            return Introduce(())
        taken = self._unfolded(claim, used, depth)
        if taken is not None:
            return taken[0]
        if isinstance(statement, Apply):
            match statement.head:
                case "and":
                    return self._each([Claim(part, hypotheses) for part in statement.arguments], used, depth)
                case "implies":
                    premise, conclusion = statement.arguments
                    return self._each([_under(claim, premise, conclusion)], used, depth)
                case "iff":
                    left, right = statement.arguments
                    return self._each([_under(claim, left, right), _under(claim, right, left)], used, depth)
                case "not":
                    pushed = _pushed(statement)
                    inner = None if pushed is None else self.prove(Claim(pushed, hypotheses), used, depth + 1)
                    return None if inner is None else Negation(None, inner)
                case "or":
                    return self._disjunction(claim, used, depth)
        return self._relation(claim, used, depth)

    def _each(self, claims: list[Claim], used: frozenset[int], depth: int) -> Certificate | None:
        parts = []
        for claim in claims:
            part = self.prove(claim, used, depth + 1)
            if part is None:
                return None
            parts.append(part)
        return Introduce(tuple(parts))

    def _unfolded(self, claim: Claim, used: frozenset[int], depth: int) -> tuple[Certificate | None] | None:
        """A hypothesis that is a negation or a conjunction, taken apart; None where there is none."""
        for index, hypothesis in enumerate(claim.hypotheses):
            if index in used or not isinstance(hypothesis, Apply):
                continue
            if hypothesis.head == "not":
                pushed = _pushed(hypothesis)
                if pushed is not None:
                    changed = (*claim.hypotheses[:index], pushed, *claim.hypotheses[index + 1 :])
                    inner = self.prove(Claim(claim.statement, changed), used, depth + 1)
                    return (None if inner is None else Negation(index, inner),)
            if hypothesis.head == "and":
                missing = [part for part in conjuncts(hypothesis) if part not in claim.hypotheses]
                inner = self.prove(Claim(claim.statement, (*claim.hypotheses, *missing)), used | {index}, depth + 1)
                if inner is None:
                    return (None,)
                for part in reversed(missing):
                    inner = Lemma(part, Assumed(index), inner)
                return (inner,)
        return None

    def _disjunction(self, claim: Claim, used: frozenset[int], depth: int) -> Certificate | None:
        statement = claim.statement
        assert isinstance(statement, Apply)
        found = self._split(claim, used, depth)
        early = inverses.speaks_of(claim)  # first what takes exponentials away: with them everything is long
        if found is None and early:
            found = self._with_inverses(claim, used, depth) or self._factored(claim, used, depth)
        if found is not None:
            return found
        for number, part in enumerate(statement.arguments):
            inner = self._quick(Claim(part, claim.hypotheses))
            if inner is not None:
                return Choose(number, inner)
        found = attempts.prove(claim, self.work) or self._from_product(claim)
        if found is None and not early:
            found = self._factored(claim, used, depth)
        return found or self._case_by_case(claim, used, depth)

    def _from_product(self, claim: Claim) -> Certificate | None:
        """a = b or c = d, since (a - b)(c - d) = 0."""
        assert isinstance(claim.statement, Apply)
        parts = [part for part in claim.statement.arguments if isinstance(part, Apply) and part.head == "="]
        if len(parts) < len(claim.statement.arguments) or not 1 < len(parts) <= MAXIMUM_PARTS:
            return None
        if not all(is_scalar(sort_of(part.arguments[0])) for part in parts):
            return None
        factors = tuple(subtract(*part.arguments) for part in parts)
        product = equal(multiply(*factors), ZERO)
        under = Claim(product, claim.hypotheses)
        shown = equations.decide(under, self.work) or elementary.decide(under, self.work)
        if shown is None:
            return None
        known = len(claim.hypotheses)
        factored = equations.Factored(known, Fraction(1), tuple((factor, 1) for factor in factors), ONE)
        one_is_zero, proof = equations.no_divisors_of_zero(Claim(product, (*claim.hypotheses, product)), factored)
        same = Identity((Cofactor(known + 2, ONE, ONE),))
        split = Split(known + 1, tuple(Choose(number, same) for number in range(len(parts))))
        return Lemma(product, shown, Lemma(one_is_zero, proof, split))

    def _case_by_case(self, claim: Claim, used: frozenset[int], depth: int) -> Certificate | None:
        """Each part in the case that none before it holds; the last one has to."""
        statement = claim.statement
        assert isinstance(statement, Apply)
        parts = statement.arguments
        if len(parts) > MAXIMUM_PARTS:
            return None
        hypotheses = claim.hypotheses
        made: list[Term] = []
        for part in parts[:-1]:
            made.append(part)
            hypotheses = (*hypotheses, opposite_of(part))
        inner = self.prove(Claim(parts[-1], hypotheses), used, depth + 1)
        if inner is None:
            return None
        proof: Certificate = Choose(len(parts) - 1, inner)
        for number in range(len(made) - 1, -1, -1):
            proof = Cases(made[number], Choose(number, Assumed(len(claim.hypotheses) + number)), proof)
        return proof

    def _relation(self, claim: Claim, used: frozenset[int], depth: int) -> Certificate | None:
        found = (None if depth else self._linearly(claim)) or self._quick(claim)
        if found is not None:
            return found
        defined = self._defined(claim, used, depth)
        if defined is not None:
            return defined[0]
        found = (
            self._split(claim, used, depth) or self._factored(claim, used, depth) or self._inverted(claim, used, depth)
        )
        if found is not None:
            return found
        found = elimination.decide_by(elementary.decide, claim, self.work) if inverses.speaks_of(claim) else None
        found = found or self._unequal(claim, used, depth) or self._vanishing(claim) or self._contradiction(claim)
        if found is None:
            found = self._by_pieces(claim, lambda under: self.prove(under, used, depth + 1))
        return found or cover.of_numbers(claim, self.work) or self._by_squares(claim, depth)

    def _by_squares(self, claim: Claim, depth: int) -> Certificate | None:
        """By a semidefinite program, a limited number of times; the table has tried it on the whole claim."""
        if (self.tried and not depth) or self.programs >= MAXIMUM_PROGRAMS:
            return None
        self.programs += 1
        own = Work(PROGRAM_LIMIT)
        try:
            return positivstellensatz.decide(claim, own)
        except OutOfWork:
            return None
        finally:
            self.work.spend(own.spent)

    def _linearly(self, claim: Claim, split: int = 0) -> Certificate | None:
        """Linearly from the hypotheses, in all cases of its absolute values, minima and maxima: ||x| - |y|| <= |x - y|."""
        if not split and pieces.cases_of(claim) is None:
            return None
        found = attempts.any_of((linear.decide,), claim, self.work)
        if found is not None or split >= MAXIMUM_PIECES:
            return found
        return self._by_pieces(claim, lambda under: self._linearly(under, split + 1))

    def _by_pieces(self, claim: Claim, prove: Callable[[Claim], Certificate | None]) -> Certificate | None:
        """The claim in both cases of an absolute value, a minimum or a maximum."""
        cases = pieces.cases_of(claim)
        if cases is None:
            return None
        term, *both = cases
        proofs: list[Certificate] = []
        for case in both:
            statement, proof = pieces.value_in(term, case, len(claim.hypotheses))
            under = Claim(claim.statement, (*claim.hypotheses, case.condition, statement))
            inner = prove(under)
            if inner is None:
                return None
            proofs.append(Lemma(statement, proof, inner))
        return Cases(both[0].condition, proofs[0], proofs[1])

    def _vanishing(self, claim: Claim) -> Certificate | None:
        """left = right, since the square of their difference is at most 0."""
        statement = claim.statement
        if not isinstance(statement, Apply) or statement.head != "=" or not is_scalar(sort_of(statement.arguments[0])):
            return None
        distance = Apply("^", (subtract(*statement.arguments), TWO))
        for search in (squares.decide, linear.decide):
            found = search(Claim(Apply("<=", (distance, ZERO)), claim.hypotheses), self.work)
            if isinstance(found, Squares):
                cofactors = tuple(Cofactor(one.hypothesis, negate(one.left), one.right) for one in found.cofactors)
                return Vanishing(found.multiplier or ONE, found.squares, cofactors)
        return None

    def _quick(self, claim: Claim) -> Certificate | None:
        """What the procedures for relations find."""
        if isinstance(claim.statement, Apply) and claim.statement.head in _CONNECTIVES:
            pushed = _pushed(claim.statement)
            inner = None if pushed is None else self._quick(Claim(pushed, claim.hypotheses))
            return None if inner is None else Negation(None, inner)
        found = attempts.prove(claim, self.work) or equations.decide(claim, self.work)
        if found is None and isinstance(claim.statement, Apply) and claim.statement.head == "=":
            found = elementary.decide(claim, self.work)
        found = found or rewriting.decide(claim, self.work) or elimination.decide(claim, self.work)
        return found or axioms.decide(claim, self.work)

    def _split(self, claim: Claim, used: frozenset[int], depth: int) -> Certificate | None:
        """The first disjunctive hypothesis, part by part."""
        for index, hypothesis in enumerate(claim.hypotheses):
            if index in used or not (isinstance(hypothesis, Apply) and hypothesis.head == "or"):
                continue
            if len(hypothesis.arguments) > MAXIMUM_PARTS:
                continue
            parts = []
            for part in hypothesis.arguments:
                under = Claim(claim.statement, (*claim.hypotheses, *conjuncts(part)))
                proof = self.prove(under, used | {index}, depth + 1)
                if proof is None:
                    return None
                parts.append(proof)
            return Split(index, tuple(parts))
        return None

    def _factored(self, claim: Claim, used: frozenset[int], depth: int) -> Certificate | None:
        """The first equation among the hypotheses that factors, as a disjunction."""
        problem = Problem(claim, self.work)
        symbols = free_symbols(claim.statement)
        for index, form, _ in problem.equations:
            hypothesis = claim.hypotheses[index]
            if index in used or form.shape != SCALAR or form.grid is not None or not free_symbols(hypothesis) & symbols:
                continue
            equation = equations.factored(problem, index, form)
            if equation is None or len(equation.factors) > MAXIMUM_PARTS:
                continue
            statement, proof = equations.no_divisors_of_zero(claim, equation)
            if statement in claim.hypotheses:
                continue
            inner = self.prove(Claim(claim.statement, (*claim.hypotheses, statement)), used | {index}, depth + 1)
            if inner is not None:
                return Lemma(statement, proof, inner)
            return None
        return None

    def _defined(self, claim: Claim, used: frozenset[int], depth: int) -> tuple[Certificate | None] | None:
        """With the definedness of a hypothesis, in which logarithms occur, as a further hypothesis; None where there is none. The claim and the hypothesis are shown where both are defined."""
        for index, hypothesis in enumerate(claim.hypotheses):
            if hypothesis in self.defined or not any(
                isinstance(part, Apply) and part.head == "log" for part in subterms(hypothesis)
            ):
                continue
            self.defined.add(hypothesis)
            both = Apply("and", (claim.statement, hypothesis))
            try:
                known = obligations(both)
            except Rejected:
                continue
            if all(one in claim.hypotheses for one in known):
                continue
            inner = self.prove(Claim(claim.statement, (*claim.hypotheses, *known)), used, depth + 1)
            if inner is None:
                return (None,)
            whole = WhereDefined(Introduce((inner, Assumed(index))))
            return (Lemma(both, whole, Assumed(len(claim.hypotheses))),)
        return None

    def _inverted(self, claim: Claim, used: frozenset[int], depth: int) -> Certificate | None:
        """With the logarithms or the exponentials of both sides of a hypothesis, or from those of the sides of the claim; first what takes logarithms away."""
        ways = (self._from_inverses, self._with_inverses)
        for way in ways if inverses.has_logarithm(claim.statement) else ways[::-1]:
            found = way(claim, used, depth)
            if found is not None:
                return found
        return None

    def _with_inverses(self, claim: Claim, used: frozenset[int], depth: int) -> Certificate | None:
        for index, hypothesis in enumerate(claim.hypotheses):
            lemma = None if hypothesis in self.inverted else inverses.taken(claim, index, self.work)
            if lemma is not None:
                self.inverted |= {hypothesis} if lemma.prepared else {hypothesis, lemma.statement}
                under = Claim(claim.statement, (*claim.hypotheses, lemma.statement))
                inner = self.prove(under, used, depth + 1)
                return None if inner is None else Lemma(lemma.statement, lemma.proof, inner)
        return None

    def _from_inverses(self, claim: Claim, used: frozenset[int], depth: int) -> Certificate | None:
        aim = None if claim.statement in self.aimed else inverses.aimed(claim, self.work)
        if aim is None:
            return None
        self.aimed |= {claim.statement, aim.target}
        inner = self.prove(Claim(aim.target, claim.hypotheses), used, depth + 1)
        return None if inner is None else Lemma(aim.target, inner, aim.proof)

    def _unequal(self, claim: Claim, used: frozenset[int], depth: int) -> Certificate | None:
        """left != right, since their equality contradicts the hypotheses."""
        statement = claim.statement
        if not isinstance(statement, Apply) or statement.head != "!=" or not is_scalar(sort_of(statement.arguments[0])):
            return None
        same = Apply("=", statement.arguments)
        inner = self._absurd(Claim(statement, (*claim.hypotheses, same)), used, depth)
        if inner is None:
            return None
        return Cases(same, inner, Assumed(len(claim.hypotheses)))

    def _absurd(self, claim: Claim, used: frozenset[int], depth: int) -> Certificate | None:
        """The claim from a contradiction, perhaps after an equation has been factored."""
        found = self._contradiction(claim)
        if found is not None or depth > MAXIMUM_DEPTH:
            return found
        return self._factored(claim, used, depth + 1)

    def _contradiction(self, claim: Claim) -> Certificate | None:
        if not claim.hypotheses:
            return None
        for search in (linear.contradiction, equations.contradiction):
            try:
                found = search(claim.hypotheses, self.work)
            except (Rejected, IllSorted, TermError):
                continue
            if found is not None:
                return Contradiction(found)
        return self._excluded(claim)

    def _excluded(self, claim: Claim) -> Certificate | None:
        """An equation that a hypothesis denies and the others entail: its difference over itself is 1 and 0."""
        for hypothesis in claim.hypotheses:
            if not (isinstance(hypothesis, Apply) and hypothesis.head == "!="):
                continue
            left, right = hypothesis.arguments
            if not is_scalar(sort_of(left)):
                continue
            same = Apply("=", (left, right))
            proof = equations.decide(Claim(same, claim.hypotheses), self.work)
            if proof is not None:
                inverse = Apply("/", (ONE, subtract(left, right)))
                absurd = Squares((), None, (Cofactor(len(claim.hypotheses), inverse, Number(-1)),))
                return Contradiction(Lemma(same, proof, absurd))
        return None


def _under(claim: Claim, premise: Term, statement: Term) -> Claim:
    return Claim(statement, (*claim.hypotheses, *conjuncts(premise)))


def _pushed(statement: Term) -> Term | None:
    try:
        return pushed_in(statement)
    except Rejected:
        return None
