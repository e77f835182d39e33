"""Rows of one display that solve an equation, each with a left side of its own: the first is no more claimed of all values than the last."""

from __future__ import annotations

import re
from dataclasses import replace

from derive.elaborate.context import Context, Link, Section, lone_name
from derive.elaborate.givens import may_be_given
from derive.elaborate.terms import Builder
from derive.kernel.claim import Claim
from derive.kernel.term import IllSorted, TermError, equal, free_symbols
from derive.language.document import Statement
from derive.language.syntax import UnreadError

_ROW_ENDS = re.compile(r"\\\\")


def next_row(context: Context, section: Section, link: Link, claim: Claim) -> tuple[Claim, Claim] | None:
    """The equation in the row below an equation, if it may be a condition, by itself and as it follows from this one; None where there is none. If it is no identity
    and may follow, this one may be an equation that the rows solve."""
    statement = link.statement
    if context.document.claims or not (link.first and link.last and link.word == "=") or statement.connector:
        return None
    below = next((one for one in link.formula.parts if one.start > statement.start), None)
    if not isinstance(below, Statement) or below.mark or below.connector or below.starts_with_relation:
        return None
    node = below.node
    if node.kind != "chain" or node.value != "=" or lone_name(node.children[0]) is not None:
        return None
    if _ROW_ENDS.search(context.document.text, statement.end, below.start) is None:
        return None
    try:
        left, right = (Builder(section.scope).member(side) for side in node.children)
        following = section.scope.unfold(equal(left, right))
    except (UnreadError, IllSorted, TermError):
        return None
    first, second = node.children
    row = Link(below, link.formula, "=", "=", first, second, below.start, below.end, below.latex, True, True)
    if not (free_symbols(following) & free_symbols(claim.statement)):
        return None
    if not may_be_given(context, section, row, following, claim.hypotheses):
        return None  # it is claimed: (a - b)^2 = a^2 - b^2
    alone = replace(claim, statement=following)
    return alone, replace(alone, hypotheses=(*claim.hypotheses, claim.statement))
