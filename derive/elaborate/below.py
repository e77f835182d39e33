r"""What a section says below a claim of the functions in it: F of \int_a^b f(x) dx = F(b) - F(a) may be said to be an antiderivative afterwards.

A witness that it excludes is no counterexample: `f'(x) = 2x` is not refuted by f(x) = x where the next line says f(x) = x^2. Of numbers a text says what
they are before it uses them, or in the same sentence.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from derive.elaborate.context import Context, Hypothesis
from derive.kernel.claim import Claim
from derive.kernel.term import Function, IllSorted, TermError, free_symbols
from derive.language.document import Formula
from derive.language.syntax import UnreadError


class Below:
    """Which conditions a document holds from where on; its definitions are those that its sections end with."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._found: dict[int, list[tuple[int, Hypothesis]]] = {}  # by section, with the formula that they came with

    def note(self, formula: Formula) -> None:
        """The conditions that are new behind a formula."""
        section = self._context.sections.get(formula.section)
        if section is None:
            return
        found = self._found.setdefault(section.number, [])
        known = {id(one) for _, one in found} | {
            id(one) for one in self._context.premises
        }  # A of A \implies B is not said
        found += [
            (formula.start, one)
            for one in section.hypotheses
            if one.paragraph is None and not one.refuting and id(one) not in known
        ]

    def narrower(self, start: int, claim: Claim) -> list[tuple[str, Claim]]:
        """The claim of a formula under each thing that is said below it in its section of its functions, with what says so."""
        document = self._context.document
        section = self._context.sections.get(document.section(start))
        symbols = {one for one in free_symbols(claim.statement) if isinstance(one.sort, Function)}
        if document.claims or section is None or claim.constants or not symbols:
            return []
        found: list[tuple[str, Claim]] = []
        for place, hypothesis in self._found.get(section.number, ()):
            if place <= start or not free_symbols(hypothesis.term) & symbols:
                continue
            with suppress(UnreadError, IllSorted, TermError):
                term, unknown = hypothesis.unfolded(section.scope)
                if not unknown and term not in claim.hypotheses:
                    doubt = f"what is said in {document.place(place)}"
                    found.append((doubt, replace(claim, hypotheses=(*claim.hypotheses, term))))
        with suppress(UnreadError, IllSorted, TermError):
            unfolded = Claim(
                section.scope.unfold(claim.statement), tuple(section.scope.unfold(one) for one in claim.hypotheses)
            )
            if unfolded != claim:
                found.append(("a definition below it", unfolded))
        return found
