"""Instances of the axioms of the theories.

**Decides** nothing completely: claims that are an instance of an axiom, or follow linearly or by identity from a few instances.
**Method**: one-sided matching modulo the commutativity of sums and products; premises by the elementary procedures; instances found by matching
the parts of a conclusion with the parts of the claim are added as lemmas.
**Certificate**: AxiomInstance, or Lemma around an elementary certificate.
**Gives up when** an instance has a form that does not occur in the claim.

Example: r >= 0 entails r cos(theta) <= r.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from derive.kernel.certificate import Axiom, AxiomInstance, Certificate
from derive.kernel.claim import Claim
from derive.kernel.sorting import is_scalar, sort_of
from derive.kernel.term import (
    RELATIONS,
    Apply,
    IllSorted,
    Matrix,
    Size,
    Symbol,
    Term,
    TermError,
    free_symbols,
    substitute,
    subterms,
)
from derive.theories import AXIOMS, real

from . import attempts
from .numbering import with_lemmas
from .work import Work

MAXIMUM_LEMMAS = 6
Binding = dict[Symbol, Term]
Sizes = dict[str, Size]


def decide(claim: Claim, work: Work) -> Certificate | None:
    """An axiom instance, or lemmas from axiom instances around an elementary proof."""
    for axiom in AXIOMS.values():
        for binding, sizes in match(axiom.conclusion, claim.statement, {}, {}, work):
            try:
                found = instance(axiom, binding, sizes, claim, work)
                if found is not None and _instantiated(axiom.conclusion, binding) == claim.statement:
                    return found
            except (IllSorted, TermError):
                continue
    return _by_lemmas(claim, work)


def instance(axiom: Axiom, binding: Binding, sizes: Sizes, claim: Claim, work: Work) -> AxiomInstance | None:
    """The axiom with its symbols bound, if its premises can be proved."""
    needed = free_symbols(axiom.conclusion).union(*(free_symbols(premise) for premise in axiom.premises))
    if not needed <= binding.keys():
        return None
    proofs = []
    for premise in axiom.premises:
        proof = attempts.prove(Claim(_instantiated(premise, binding), claim.hypotheses), work)
        if proof is None:
            return None
        proofs.append(proof)
    ordered = tuple(sorted(binding.items(), key=lambda pair: pair[0].name))
    return AxiomInstance(axiom.name, ordered, tuple(proofs), tuple(sorted(sizes.items())))


def _instantiated(term: Term, binding: Binding) -> Term:
    values: dict[Term, Term] = {}
    values.update((symbol, value) for symbol, value in binding.items())
    return substitute(term, values)


def _by_lemmas(claim: Claim, work: Work) -> Certificate | None:
    lemmas: dict[Term, AxiomInstance] = {}
    parts = list(subterms(claim.statement))
    for hypothesis in claim.hypotheses:
        parts += [part for part in subterms(hypothesis) if part not in parts]
    for axiom in real.AXIOMS:
        for trigger in _triggers(axiom):
            for part in parts:
                if len(lemmas) >= MAXIMUM_LEMMAS:
                    break
                for binding, sizes in match(trigger, part, {}, {}, work):
                    try:
                        statement = _instantiated(axiom.conclusion, binding)
                        if statement in lemmas or statement in claim.hypotheses or statement == claim.statement:
                            continue
                        found = instance(axiom, binding, sizes, claim, work)
                    except (IllSorted, TermError):
                        continue
                    if found is not None:
                        lemmas[statement] = found
                    break
    if not lemmas:
        return None
    extended = replace(claim, hypotheses=(*claim.hypotheses, *lemmas))
    proof = attempts.prove(extended, work)
    if proof is None:
        return None
    return with_lemmas(lemmas.items(), proof, len(claim.hypotheses))


def _triggers(axiom: Axiom) -> list[Term]:
    """Parts of the conclusion that bind all its symbols and are no statement: functions of something, outermost first."""
    needed = free_symbols(axiom.conclusion).union(*(free_symbols(premise) for premise in axiom.premises))
    conclusions = [axiom.conclusion]
    if isinstance(axiom.conclusion, Apply) and axiom.conclusion.head == "and":
        conclusions = list(axiom.conclusion.arguments)
    return [
        part
        for conclusion in conclusions
        for part in subterms(conclusion)
        if isinstance(part, Apply)
        and part.head not in RELATIONS
        and part.head not in {"+", "*", "negate", "/", "and"}
        and free_symbols(part) >= needed
        and needed
    ]


def match(pattern: Term, term: Term, binding: Binding, sizes: Sizes, work: Work) -> Iterator[tuple[Binding, Sizes]]:
    """All ways to make the pattern the term by values for its symbols, modulo the order of sums and products of scalars."""
    work.spend()
    if isinstance(pattern, Symbol):
        known = binding.get(pattern)
        if known is not None:
            if known == term:
                yield binding, sizes
            return
        try:
            fitted = _fitted(pattern, term, sizes)
        except (IllSorted, TermError):
            return
        if fitted is not None:
            yield {**binding, pattern: term}, fitted
        return
    if pattern == term and not free_symbols(pattern):
        yield binding, sizes
        return
    if not isinstance(pattern, Apply) or not isinstance(term, Apply):
        return
    if pattern.head != term.head or len(pattern.arguments) != len(term.arguments):
        return
    yield from _match_all(pattern.arguments, term.arguments, binding, sizes, work)
    if pattern.head in {"+", "*", "inner", "="} and len(pattern.arguments) == 2:
        yield from _match_all(pattern.arguments, term.arguments[::-1], binding, sizes, work)


def _match_all(
    patterns: tuple[Term, ...], terms: tuple[Term, ...], binding: Binding, sizes: Sizes, work: Work
) -> Iterator[tuple[Binding, Sizes]]:
    if not patterns:
        yield binding, sizes
        return
    for found, fitted in match(patterns[0], terms[0], binding, sizes, work):
        yield from _match_all(patterns[1:], terms[1:], found, fitted, work)


def _fitted(pattern: Symbol, term: Term, sizes: Sizes) -> Sizes | None:
    """The sizes with those that the sort of the term determines; None where it does not fit."""
    sort = sort_of(term)
    if is_scalar(pattern.sort):
        return sizes if is_scalar(sort) else None
    if isinstance(pattern.sort, Matrix) and isinstance(sort, Matrix):
        result = dict(sizes)
        for own, other in ((pattern.sort.rows, sort.rows), (pattern.sort.columns, sort.columns)):
            if isinstance(own, str):
                if result.setdefault(own, other) != other:
                    return None
            elif own != other:
                return None
        return result
    return sizes if pattern.sort == sort else None
