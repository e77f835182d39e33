"""How a statement is meant by what stands beside it, where the word before it does not say it alone."""

from __future__ import annotations

import re
from dataclasses import replace

from derive.elaborate.context import Context
from derive.elaborate.restrictions import is_condition_behind, is_denied_beside
from derive.elaborate.some_values import is_said_of_some
from derive.language.document import Formula, Statement
from derive.language.syntax import Node

_TAKES = re.compile(
    r"\b(?:tak(?:e|ing)|us(?:e|ing)|with|put|set)(?:\s+the\s+(?:value|approximation))?[\s$]*$", re.IGNORECASE
)
# Before a relation: what it says is an event, and neither claimed nor supposed.
_OF_EVENTS = re.compile(
    r"\b(?:events?|(?:probability|chance|likelihood|odds)\s+(?:that|of))[\s$]*$|사건[\s$]*$", re.IGNORECASE
)


def marked(context: Context, formula: Formula, part: Statement) -> Statement:
    """The statement with the mark that it has among the others of its formula and in its sentence."""
    before = [one for one in formula.parts if isinstance(one, Statement) and one.start < part.start]
    if not before and not part.mark and part.node.kind == "chain" and _OF_EVENTS.search(formula.before):
        part = replace(part, mark="named")
    if before and before[-1].node.kind == "chain" and is_condition_behind(context, before[-1], part):
        part = replace(part, mark="if")
    if not part.mark and any(begin <= part.start < end for begin, end in context.offered):
        return replace(part, mark="question")
    if not context.document.claims and is_denied_beside(context, formula, part):
        return replace(part, mark="not")
    if not context.document.claims and part.mark != "named" and is_said_of_some(context, formula, part):
        return replace(part, mark="question")
    if not part.mark and part.node.value == "=" and _TAKES.search(formula.before) and not _has_names(part.node):
        return replace(part, mark="let")  # take \\pi = 3.14
    return part


def _has_names(node: Node) -> bool:
    return any(one.kind in {"name", "call"} for one in node.walk())
