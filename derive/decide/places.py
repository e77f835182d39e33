"""Equations of functions that are taken entry by entry, and of sums, by what holds of numbers.

**Decides** what the elementary procedures decide of the entry at a place of which nothing is known; softmax and other quotients under a shift.
**Method** the claim at one place; or each exponential of a sum, entry by entry or under a sum over an index, taken apart into a product, before the claim is
tried by its normal form.
**Certificate** Termwise; Lemma of one and Rewrite.
**Gives up when** the entries or the claim with its exponentials taken apart are not decided.
Example: exp(a + b) = exp(a) o exp(b) entry by entry; softmax(z + c 1) = softmax(z).
"""

from __future__ import annotations

from collections.abc import Iterator

from derive.kernel.certificate import Certificate, Chain, Identity, Link, Rejected, Rewrite, Termwise
from derive.kernel.claim import Claim
from derive.kernel.sorting import is_vector, sort_of
from derive.kernel.term import (
    BINDERS,
    INTEGER,
    Apply,
    Constant,
    Symbol,
    Term,
    TermError,
    equal,
    free_symbols,
    multiply,
    substitute,
    subterms,
)
from derive.kernel.termwise import claim_of_position, entry

from . import attempts, elementary, logic
from .numbering import with_lemmas
from .work import Work

MAXIMUM_LAWS = 6
PLACE = Symbol("\\place", INTEGER)  # no text is read as this name
_BINDERS = frozenset({"each", "sum"})


def decide(claim: Claim, work: Work) -> Certificate | None:
    """Termwise, or exponentials taken apart."""
    statement = claim.statement
    if not isinstance(statement, Apply) or statement.head not in {"=", "<", "<=", ">", ">="}:
        return None
    if not any(isinstance(part, Apply) and part.head in _BINDERS for part in subterms(statement)):
        return None
    found = _at_one_place(claim, work) if statement.head == "=" else None
    return found or _taken_apart(claim, work)


def _at_one_place(claim: Claim, work: Work) -> Certificate | None:
    """An equation of vectors or sums, by what it says at one position."""
    try:
        proof = _proved(claim_of_position(claim, PLACE), work)
    except (Rejected, TermError):
        return None
    return None if proof is None else Termwise(PLACE, proof)


def _proved(claim: Claim, work: Work) -> Certificate | None:
    return attempts.any_of((attempts.prove, elementary.decide, logic.prove), claim, work)


def _taken_apart(claim: Claim, work: Work) -> Certificate | None:
    """The claim with its exponentials of sums replaced by products."""
    count = len(claim.hypotheses)
    laws: list[tuple[Term, Certificate]] = []
    statement = claim.statement
    for source, apart, target in list(_laws(statement))[:MAXIMUM_LAWS]:
        work.spend(20)
        proof = _law(Claim(equal(source, apart), claim.hypotheses), target, work)
        if proof is not None:
            laws.append((equal(source, target), proof))
            statement = substitute(statement, {source: target})
    if not laws:
        return None
    known = (*claim.hypotheses, *(law for law, _ in laws))
    found = _proved(Claim(statement, known), work)
    if found is None:
        return None
    for number in range(len(laws) - 1, -1, -1):
        found = Rewrite(count + number, False, found)
    return with_lemmas(laws, found, count)


def _law(claim: Claim, target: Term, work: Work) -> Certificate | None:
    """The claim, place by place or of numbers; and with the target on its right, if that is another term with the same normal form."""
    assert isinstance(claim.statement, Apply)
    source, apart = claim.statement.arguments
    number = isinstance(source, Apply) and source.head == "exp"
    proof = _proved(claim, work) if number else _at_one_place(claim, work)
    if proof is None or apart == target:
        return proof
    return Chain((Link(claim.statement, proof), Link(equal(apart, target), Identity())))


def _laws(statement: Term) -> Iterator[tuple[Term, Term, Term]]:
    """Exponentials of sums with the products that they are; of a sum over an index also with what does not depend on it taken out."""
    bound = {part.arguments[1] for part in subterms(statement) if isinstance(part, Apply) and part.head in BINDERS}
    for part in reversed(list(subterms(statement))):
        if not isinstance(part, Apply) or free_symbols(part) & bound:
            continue
        if part.head == "exp":
            apart = _product(part)
            if apart != part:
                yield part, apart, apart
        if part.head not in _BINDERS:
            continue
        body, variable, *rest = part.arguments
        if part.head == "sum":
            apart = _product(body)
            if apart != body:
                factors = apart.arguments if isinstance(apart, Apply) and apart.head == "*" else (apart,)
                outside = [one for one in factors if variable not in free_symbols(one)]
                inside = multiply(*(one for one in factors if variable in free_symbols(one)))
                yield (
                    part,
                    Apply("sum", (apart, variable, *rest)),
                    multiply(*outside, Apply("sum", (inside, variable, *rest))),
                )
        elif body == Apply("exp", (variable,)) and is_vector(sort_of(part)):
            summands = _summands(rest[0])
            if len(summands) > 1:
                apart = _product_of_arrays(summands, variable)
                yield part, apart, apart


def _product(term: Term) -> Term:
    """The term with exp(a + b) for exp(a) exp(b)."""
    if not isinstance(term, Apply):
        return term
    if term.head == "exp":
        return multiply(*(Apply("exp", (part,)) for part in _summands(term.arguments[0])))
    return Apply(term.head, tuple(_product(part) for part in term.arguments))


def _summands(term: Term) -> list[Term]:
    if isinstance(term, Apply) and term.head == "+":
        return [one for part in term.arguments for one in _summands(part)]
    return [term]


def _product_of_arrays(summands: list[Term], variable: Term) -> Term:
    """exp(A) o exp(B) ..., where exp(c 1) is the number exp(c)."""
    numbers: list[Term] = []
    arrays: list[Term] = []
    sort = sort_of(summands[0])
    for part in summands:
        value = entry(part, PLACE)
        if PLACE in free_symbols(value):
            arrays.append(Apply("each", (Apply("exp", (variable,)), variable, part)))
        else:
            numbers.append(Apply("exp", (value,)))
    product: Term = arrays[0] if arrays else Constant("ones", sort)
    for other in arrays[1:]:
        product = Apply("hadamard", (product, other))
    return multiply(*numbers, product)
