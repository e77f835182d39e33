r"""Sizes of which a text only speaks: for 2 x 2 matrices, in three dimensions, `Let n = 2`, in `\mathbb{R}^2`. What fails at other sizes only is not refuted.

The sizes of matrices and vectors that nothing declares are open. A claim about them that is refuted is refuted at each size of which the text speaks as well, or
it may be meant for that size.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from itertools import permutations

from derive.elaborate.context import Context, Section
from derive.elaborate.sections import ancestors
from derive.elaborate.sorts import base_of
from derive.kernel.certificate import Rejected
from derive.kernel.claim import Claim
from derive.kernel.sorting import sizes_in
from derive.kernel.structure import with_sizes
from derive.kernel.term import Function, Matrix, Number, Symbol, Term, free_symbols, substitute
from derive.language.document import Formula


def at_said_sizes(context: Context, section: Section, formula: Formula, claim: Claim) -> tuple[tuple[str, Claim], ...]:
    """The claim at each size of which the text speaks above it, or in its paragraph, with the words; none where its sizes are declared."""
    if context.document.claims or not (letters := _letters(claim)):
        return ()
    declared = _is_declared(claim, section.scope.inference.declared)
    sections = frozenset(ancestors(context, formula.section))
    end = context.document.text.find("\n\n", formula.end)
    said = [one for one in context.said_sizes if one.section in sections and (end < 0 or one.start < end)]
    found: dict[Claim, str] = {}
    for one in said:
        if one.letter not in letters and (declared or (one.letter and one.letter not in _SIZES)):
            continue  # another letter, or sizes that are known
        for sized in _sized(claim, letters, one.numbers):
            found.setdefault(sized, f"'{one.words}' in {context.document.place(one.start)}")
    return tuple((words, sized) for sized, words in found.items())


_SIZES = frozenset("nmdkpqN")  # letters that are a size as a rule


def _letters(claim: Claim) -> list[str]:
    """The letters of sizes in a claim."""
    terms = (claim.statement, *claim.hypotheses)
    letters = sorted(frozenset[str]().union(*map(sizes_in, terms)))
    return letters if len(letters) <= 2 and all(one.isidentifier() for one in letters) else []


def _is_declared(claim: Claim, declared: Container[str]) -> bool:
    """Whether every matrix in a claim is declared, with its sizes."""
    shaped = (one for one in free_symbols(claim.statement) if isinstance(one.sort, Matrix | Function))
    return all(base_of(one.name) in declared or one.name in declared for one in shaped)


def _sized(claim: Claim, letters: list[str], numbers: tuple[int, ...]) -> Iterator[Claim]:
    """The claim with these numbers for its sizes: all of them the same, or in each order."""
    if len(numbers) == 1:
        ways = [numbers * len(letters)]
    else:
        ways = [tuple(one[: len(letters)]) for one in permutations(numbers)]
    for way in ways:
        sizes = dict(zip(letters, way, strict=False))
        values: dict[Term, Term] = {
            Symbol(letter, one.sort): Number(size) for letter, size in sizes.items() for one in _named(claim, letter)
        }
        try:
            yield Claim(
                _at(claim.statement, sizes, values),
                tuple(_at(one, sizes, values) for one in claim.hypotheses),
                claim.constants,
                claim.parameters,
            )
        except Rejected:
            return


def _at(term: Term, sizes: dict[str, int], values: dict[Term, Term]) -> Term:
    return with_sizes(substitute(term, values), sizes)


def _named(claim: Claim, letter: str) -> list[Symbol]:
    return [one for term in (claim.statement, *claim.hypotheses) for one in free_symbols(term) if one.name == letter]
