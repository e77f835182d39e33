"""Quantified hypotheses: not a procedure of its own, but what the procedures are given: instances for the terms of the claim.

**Method** the applications of functions in a hypothesis `for all x, y, ...: p` are matched with those in the claim and its other hypotheses, modulo the order
of sums and products; a variable that none of them binds takes the points where functions of the claim are applied, then its symbols and small numbers.
Instances that bring no new value of a function come first; a second round matches with what the first has brought. Of p => q the conclusion is given, where
p is proved quickly.
A gradient that is said to be Lipschitz continuous gives bounds by quadratic functions too (`smoothness`).
**Certificate** Instance, or Lemma for such a bound, around that of the claim.

Example: f(x + y) = f(x) + f(y) for all x, y: f(2a) = 2 f(a).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import product

from derive.kernel.certificate import Assumed, Certificate, Instance, Introduce, Lemma, Rejected
from derive.kernel.check import check, undischarged
from derive.kernel.claim import Claim
from derive.kernel.definedness import obligations
from derive.kernel.normal_form import Atoms, is_zero
from derive.kernel.sign import sign
from derive.kernel.sorting import is_scalar, sort_of
from derive.kernel.structure import instance_of_hypothesis
from derive.kernel.term import (
    BINDERS,
    ONE,
    RELATIONS,
    TRUE,
    ZERO,
    Apply,
    IllSorted,
    Number,
    Symbol,
    Term,
    TermError,
    children,
    free_symbols,
    substitute,
    subterms,
    subtract,
)
from derive.theories import AXIOMS

from . import attempts, numbering
from .smoothness import Smooth, bounds, smooth
from .work import OutOfWork, Work

MAXIMUM_INSTANCES = 16
MAXIMUM_NEW = 2  # values of functions that an instance may bring
MAXIMUM_TRIED = 60  # instances of one hypothesis in one round
MAXIMUM_COMBINATIONS = 400
PREMISE_LIMIT = 150  # units of work for one premise
_ROUNDS = 2
_VALUES = frozenset({"apply", "gradient", "hessian", "partial"})
_SIMPLE = (ZERO, ONE, Number(-1))
Binding = dict[Symbol, Term]
Parts = tuple[Instance | Lemma, ...]
_NOTHING = Lemma(TRUE, Introduce(()), Assumed(0))


def is_quantified(statement: Term) -> bool:
    """Whether it is said of all values of something."""
    return isinstance(statement, Apply) and statement.head == "forall"


def instantiated(claim: Claim, limit: int) -> tuple[Claim, Parts]:
    """The claim under instances of its quantified hypotheses in their place, which keep their numbers, and how each instance is had."""
    quantified = [index for index, one in enumerate(claim.hypotheses) if is_quantified(one)]
    if not quantified:
        return claim, ()
    under = any(isinstance(part, Apply) and part.head == "integral" for part in subterms(claim.statement))
    # Under an integral they are used for values of its variable.
    plain = tuple(TRUE if index in quantified and not under else one for index, one in enumerate(claim.hypotheses))
    search = _Search(claim, replace(claim, hypotheses=plain), Work(limit))
    sources = [_Source(index, taken_apart(claim.hypotheses[index])) for index in quantified]
    found = [smooth(one.statement.variables, one.statement.body, one.index) for one in sources]
    smooths = bounds(claim.statement, [one for one in found if one is not None])
    sources = [*(_Source(one.hypothesis, taken_apart(one.bound()), one) for one in smooths), *sources]
    for _ in range(_ROUNDS):
        try:
            for source in sources:
                search.instantiate(source)
        except OutOfWork:
            break
    return search.claim, tuple(search.found)


def gathered(certificate: Certificate, parts: Parts) -> Certificate:
    """The certificate under the hypotheses as they stand, from one under their instances too. A bound that it does not name is not shown again."""
    used = numbering.named(certificate)
    for part in reversed(parts):
        if isinstance(part, Lemma) and isinstance(part.inner, Assumed) and part.inner.hypothesis not in used:
            part = _NOTHING  # keeps the numbers of the others
        certificate = replace(part, inner=certificate)
    return certificate


@dataclass(frozen=True)
class _Quantified:
    """for all variables: body."""

    variables: tuple[Symbol, ...]
    body: Term


def taken_apart(hypothesis: Term) -> _Quantified:
    """The variables of a quantified hypothesis, and what is said of them."""
    variables: list[Symbol] = []
    while isinstance(hypothesis, Apply) and hypothesis.head == "forall":
        hypothesis, variable = hypothesis.arguments
        assert isinstance(variable, Symbol)
        variables.append(variable)
    return _Quantified(tuple(variables), hypothesis)


@dataclass(frozen=True)
class _Source:
    """A quantified hypothesis, or what follows from one."""

    index: int
    statement: _Quantified
    smooth: Smooth | None = None


class _Search:
    def __init__(self, whole: Claim, claim: Claim, work: Work) -> None:
        self.whole = whole  # with the quantified hypotheses
        self.claim = claim  # with their instances
        self.work = work
        self.count = len(whole.hypotheses)
        self.own = _where_defined(claim.statement)
        self.atoms = Atoms()
        self.said: set[object] = set()  # the relations among the instances
        self.found: list[Instance | Lemma] = []
        self.tried: set[tuple[_Source, tuple[Term, ...]]] = set()

    def instantiate(self, source: _Source) -> None:
        """Adds the instances of one statement for the terms that are there now."""
        statement = source.statement
        known = _values_in((self.claim.statement, *self.claim.hypotheses))
        known |= _values_at_steps(self.claim.statement, known)
        keys = {self._key(one) for one in known}
        ranked: list[tuple[int, int, tuple[Term, ...]]] = []
        for number, terms in enumerate(self._bindings(statement, known)):
            self.work.spend()
            if (source, terms) in self.tried:
                continue
            new = len({self._key(one) for one in _values_in((_filled(statement, terms),))} - keys)
            ranked.append((new, number, terms))
        for new, _, terms in sorted(ranked, key=lambda one: one[:2])[:MAXIMUM_TRIED]:
            if len(self.found) >= MAXIMUM_INSTANCES:
                return
            self.tried.add((source, terms))
            if new <= MAXIMUM_NEW:
                self._add(source, terms)

    def _key(self, value: Term) -> object:
        """What equal values have in common, if it can be seen."""
        try:
            return self.atoms.canonical(self.atoms.form(value))
        except Rejected:
            return value

    def _add(self, source: _Source, terms: tuple[Term, ...]) -> None:
        """One instance, if it says something, and what it supposes is proved."""
        try:
            if source.smooth is not None:
                start, end = terms
                used: Term = source.smooth.bound_between(start, end)
            else:
                used = instance_of_hypothesis(self.whole.hypotheses[source.index], terms)
            if not self._harmless(obligations(used)):
                return
            premises: list[Certificate] = []
            while isinstance(used, Apply) and used.head == "implies":
                premise, used = used.arguments
                proof = self._shown(premise)
                if proof is None or not self._harmless(check(Claim(premise, self.claim.hypotheses), proof, AXIOMS)):
                    return
                premises.append(proof)
            if self._is_known(used):
                return
        except (Rejected, IllSorted, TermError):
            return
        if source.smooth is not None:
            proof = source.smooth.proof(start, end, self.count + len(self.found))
            self.found.append(Lemma(used, proof, Assumed(self.count + len(self.found))))
        else:
            self.found.append(Instance(source.index, terms, tuple(premises), Assumed(0)))
        self.claim = replace(self.claim, hypotheses=(*self.claim.hypotheses, used))

    def _harmless(self, conditions: Iterable[Term]) -> bool:
        """Whether conditions hold wherever the claim is defined: others would not be conditions of the claim."""
        left = undischarged(conditions, (*self.claim.hypotheses, *self.own))
        return all(self._shown(one) is not None for one in left)

    def _is_known(self, statement: Term) -> bool:
        """Whether a relation is one of the hypotheses, or of a term to itself, as far as normal forms show it."""
        if not isinstance(statement, Apply) or statement.head not in RELATIONS or statement.head == "approx":
            return statement in self.claim.hypotheses
        difference = self.atoms.subtract(*(self.atoms.form(side) for side in statement.arguments))
        key = (statement.head, self.atoms.canonical(difference))
        known = key in self.said or is_zero(difference, self.atoms)
        self.said.add(key)
        return known

    def _shown(self, premise: Term) -> Certificate | None:
        own = Work(min(PREMISE_LIMIT, self.work.limit - self.work.spent))
        try:
            return attempts.quick(Claim(premise, self.claim.hypotheses), own)
        except OutOfWork:
            return None
        finally:
            self.work.spend(min(own.spent, own.limit) + 1)

    def _bindings(self, statement: _Quantified, known: dict[Term, None]) -> Iterator[tuple[Term, ...]]:
        """Terms for the variables: those of a match that binds all of them, then all combinations of what matches bind."""
        candidates: dict[Symbol, dict[Term, None]] = {one: {} for one in statement.variables}
        seen: set[tuple[Term, ...]] = set()
        for trigger in _triggers(statement):
            for value in known:
                for binding in _matched(trigger, value, {}, frozenset(statement.variables), self.work):
                    for variable, term in binding.items():
                        candidates[variable].setdefault(term)
                    if len(binding) == len(statement.variables):
                        terms = tuple(binding[one] for one in statement.variables)
                        if terms not in seen:
                            seen.add(terms)
                            yield terms
        points = _points(known)
        for variable, found in candidates.items():
            if not found:
                found.update((point, None) for point in points if _fits(variable, point))
                found.update((one, None) for one in self._simple(variable))
        for number, terms in enumerate(product(*(candidates[one] for one in statement.variables))):
            if number >= MAXIMUM_COMBINATIONS:
                return
            if terms not in seen:
                yield terms

    def _simple(self, variable: Symbol) -> list[Term]:
        """The symbols of the claim, and small numbers."""
        symbols = sorted(free_symbols(self.claim.statement), key=lambda one: one.name)
        found: list[Term] = [one for one in symbols if one.sort == variable.sort]
        return [*found, *_SIMPLE] if is_scalar(variable.sort) else found


def _where_defined(statement: Term) -> tuple[Term, ...]:
    """The definedness of a statement; nothing where it is not known."""
    try:
        return obligations(statement)
    except Rejected:
        return ()


def _filled(statement: _Quantified, terms: tuple[Term, ...]) -> Term:
    """An instance, for its rank only; the statement itself where a term would be captured."""
    try:
        return substitute(statement.body, dict(zip(statement.variables, terms, strict=True)))
    except TermError:
        return statement.body


def _values_in(statements: Iterable[Term]) -> dict[Term, None]:
    """The values of functions in statements, where no variable is bound in them."""
    found: dict[Term, None] = {}
    for statement in statements:
        bound = {part.arguments[1] for part in subterms(statement) if isinstance(part, Apply) and part.head in BINDERS}
        for part in subterms(statement):
            if isinstance(part, Apply) and part.head in _VALUES and not free_symbols(part) & bound:
                found.setdefault(part)
    return found


def _values_at_steps(statement: Term, known: Iterable[Term]) -> dict[Term, None]:
    """The values of f at x + t grad f(x), where that is part of a sum: |x - t grad f(x) - p|."""
    found: dict[Term, None] = {}
    gradients = [one for one in known if isinstance(one, Apply) and one.head == "gradient"]
    sums = [part for part in subterms(statement) if isinstance(part, Apply) and part.head == "+"]
    for slope in gradients:
        function, point = slope.arguments
        for terms in (one.arguments for one in sums if point in one.arguments):
            steps = [one for one in terms if slope in subterms(one)]
            if len(steps) == 1 and sort_of(steps[0]) == sort_of(point):
                found.setdefault(Apply("apply", (function, Apply("+", (point, steps[0])))))
    return found


def _triggers(statement: _Quantified) -> list[Apply]:
    """The values of functions that have a variable in them, of those that no quantifier binds."""
    variables = frozenset(statement.variables)
    values = _values_in((statement.body,))
    return [one for one in values if isinstance(one, Apply) and free_symbols(one) & variables]


def _points(known: Iterable[Term]) -> list[Term]:
    """Where functions are applied."""
    return list(dict.fromkeys(argument for one in known for argument in children(one)[1:] if _is_value(argument)))


def _is_value(term: Term) -> bool:
    return not (isinstance(term, Apply) and term.head == "indices")


def _fits(variable: Symbol, term: Term) -> bool:
    found = sort_of(term)
    return found == variable.sort or (is_scalar(found) and is_scalar(variable.sort))


def _matched(
    pattern: Term, term: Term, binding: Binding, variables: frozenset[Symbol], work: Work
) -> Iterator[Binding]:
    """All ways to make the pattern the term by values for its variables, modulo the order and the grouping of sums and products."""
    work.spend()
    if isinstance(pattern, Symbol) and pattern in variables:
        known = binding.get(pattern)
        if known is None and _fits(pattern, term):
            yield {**binding, pattern: term}
        elif known == term:
            yield binding
        return
    if not free_symbols(pattern) & variables:
        if pattern == term:
            yield binding
        return
    if _is_same_number(pattern, term, binding):  # 1 - t beside 2/3, where t is 1/3
        yield binding
        return
    if not isinstance(pattern, Apply) or not isinstance(term, Apply) or pattern.head != term.head:
        return
    own, other = pattern.arguments, term.arguments
    ways = [other]
    if pattern.head in {"+", "*"} and len(own) == 2:
        if len(other) > 2:
            ways = [(other[0], Apply(term.head, other[1:])), (Apply(term.head, other[:-1]), other[-1])]
        ways += [way[::-1] for way in ways]
    for way in ways:
        if len(way) == len(own):
            yield from _all_matched(own, way, binding, variables, work)


def _is_same_number(pattern: Term, term: Term, binding: Binding) -> bool:
    """Whether both are the same rational number, with the values that are known."""
    inside = free_symbols(pattern)
    if free_symbols(term) or not is_scalar(sort_of(term)) or any(binding.get(one) is None for one in inside):
        return False
    if any(free_symbols(binding[one]) for one in inside):
        return False
    difference = subtract(substitute(pattern, {one: binding[one] for one in inside}), term)
    return sign(difference, ()) == "0"


def _all_matched(
    patterns: tuple[Term, ...], terms: tuple[Term, ...], binding: Binding, variables: frozenset[Symbol], work: Work
) -> Iterator[Binding]:
    if not patterns:
        yield binding
        return
    for found in _matched(patterns[0], terms[0], binding, variables, work):
        yield from _all_matched(patterns[1:], terms[1:], found, variables, work)
