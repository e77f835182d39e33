"""Rows of one display that solve an equation, each with a left side of its own: the first is no more claimed of all values than the last."""

from __future__ import annotations

import re
from dataclasses import replace

from derive.elaborate.context import Context, Link, Section, lone_name
from derive.elaborate.givens import may_be_given
from derive.elaborate.terms import Builder, relation
from derive.kernel.claim import Claim
from derive.kernel.term import ORDERS, IllSorted, TermError, free_symbols
from derive.language.document import Statement
from derive.language.syntax import UnreadError

_ROW_ENDS = re.compile(r"\\\\")


def rows_below(context: Context, section: Section, link: Link, claim: Claim) -> tuple[Claim, ...]:
    """The equations and inequalities in the rows below an equation that may be conditions and share a letter with it: if one of them is no identity, the rows may
    solve this one."""
    statement = link.statement
    if context.document.claims or not (link.first and link.last and link.word == "=") or statement.connector:
        return ()
    found: list[Claim] = []
    end = statement.end
    for below in (one for one in link.formula.parts if one.start > statement.start):
        if not isinstance(below, Statement) or below.mark or below.connector or below.starts_with_relation:
            break
        node = below.node
        if node.kind != "chain" or _ROW_ENDS.search(context.document.text, end, below.start) is None:
            break
        end = below.end
        if node.value not in {"=", *ORDERS} or lone_name(node.children[0]) is not None:
            continue
        first, second = node.children
        try:
            term = relation(node.value, *(Builder(section.scope).member(side) for side in (first, second)))
            following = section.scope.unfold(term)
        except (UnreadError, IllSorted, TermError):
            continue
        row = Link(
            below, link.formula, node.value, node.value, first, second, below.start, below.end, below.latex, True, True
        )
        shares = free_symbols(following) & free_symbols(claim.statement)
        if shares and may_be_given(context, section, row, following, claim.hypotheses):
            found.append(replace(claim, statement=following))
    return tuple(found)
