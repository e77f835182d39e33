"""Conventions that a text may have without saying so near the claim: the base of its logarithms, angles in degrees.

A claim that is false by the convention read, and true by another that is as usual, is not refuted: `\\log 100 = 2`, `\\sin 30 = 1/2`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from derive.kernel.claim import Claim
from derive.kernel.term import PI, ZERO, Apply, Number, Term, free_symbols, multiply, subterms

_LOG = re.compile(r"(?:\\log|(?<![A-Za-z\\])log)(?![A-Za-z_]|\s*_)")
_TRIGONOMETRIC = frozenset({"sin", "cos", "tan", "cot", "sec", "csc"})
_BASES = (Number(2), Number(10))


def by_other_conventions(text: str, claim: Claim) -> list[tuple[str, Claim]]:
    """The claim as it reads with other bases of \\log, and with numbers as angles in degrees, each with the doubt; nothing where it reads the same."""
    terms = {part for one in (claim.statement, *claim.hypotheses) for part in subterms(one) if isinstance(part, Apply)}
    if any(one.head == "log" for one in terms) and _LOG.search(text):
        return [("the base of \\log", _rewritten(claim, _to_base(base))) for base in _BASES]
    if any(_is_number_of_degrees(one) for one in terms):
        return [("an angle in degrees", _rewritten(claim, _to_degrees))]
    return []


def _rewritten(claim: Claim, rule: Callable[[Apply], Term]) -> Claim:
    return replace(
        claim,
        statement=_everywhere(claim.statement, rule),
        hypotheses=tuple(_everywhere(one, rule) for one in claim.hypotheses),
    )


def _everywhere(term: Term, rule: Callable[[Apply], Term]) -> Term:
    if not isinstance(term, Apply):
        return term
    return rule(Apply(term.head, tuple(_everywhere(part, rule) for part in term.arguments)))


def _to_base(base: Number) -> Callable[[Apply], Term]:
    return lambda term: Apply("/", (term, Apply("log", (base,)))) if term.head == "log" else term


def _to_degrees(term: Apply) -> Term:
    if not _is_number_of_degrees(term):
        return term
    return Apply(term.head, (Apply("/", (multiply(term.arguments[0], PI), Number(180))),))


def _is_number_of_degrees(term: Apply) -> bool:
    return (
        term.head in _TRIGONOMETRIC
        and not free_symbols(term.arguments[0])
        and term.arguments[0] not in {ZERO, PI}
        and PI not in set(subterms(term.arguments[0]))
    )
