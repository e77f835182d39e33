"""What is said of some value only: x_j = 0 for at least one j. It gives no x_j a value, and is no condition on all of them."""

from __future__ import annotations

import re
from dataclasses import replace

from derive.elaborate.context import Context
from derive.elaborate.restrictions import earlier_statements, later_statements
from derive.elaborate.sorts import subscript_of
from derive.language.document import Formula, Statement
from derive.language.syntax import Node

_SOME = (
    r"(?:for\s+(?:some|(?:at\s+least|at\s+most|exactly|precisely|only|just)\s+(?:one|two|three|\d+)|one(?:\s+of(?:\s+the)?)?|an?\s+(?:certain|suitable|appropriate)|"
    r"certain|suitable|appropriate|several|many|most|few|a\s+few|infinitely\s+many|finitely\s+many|no|not\s+all)|"
    r"there\s+(?:is|exists?)(?:\s+(?:an?|some|one|at\s+least\s+one))?|어떤|적어도\s*하나의)"
)
# Right before the letter, with a noun perhaps: for at least one index j.
_BEFORE = re.compile(
    rf"(?<![^\W_]){_SOME}(?:\s+(?!(?:all|any|every|each)\b)[^\W\d_]+)?[\s$~{{}}\\;,:]*(?:\\q?quad[\s$]*)?$",
    re.IGNORECASE,
)
_LONGEST = 60  # characters
_ORDERS = frozenset({"<", "<=", ">", ">="})
_LETTERS = re.compile(r"\\[A-Za-z]+|[A-Za-z]")


def is_said_of_some(context: Context, formula: Formula, statement: Statement) -> bool:
    """Whether words say that a relation holds of some members of a family, at some places of a function, or of some values of its only letter. In x = 2k and
    y = f(x) for some k or x, that is the letter by which a quantity is written."""
    if statement.node.kind != "chain" or statement.mark in {"for", "not", "question"} or not statement.node.names:
        return False
    beside = [*earlier_statements(context, formula, statement)[-1:], *later_statements(context, formula, statement, 1)]
    for part in beside:
        letters = _quantified(part.node)
        if not letters or _BEFORE.search(context.document.text, max(0, part.start - _LONGEST), part.start) is None:
            continue
        witness = any(one.kind == "name" and not letters & _members(one) for one in statement.node.children)
        if (letters & _members(statement.node) and not witness) or statement.node.names <= letters:
            return True
    return False


def is_range_of_some(context: Context, formula: Formula, statement: Statement) -> bool:
    """Whether a statement only says where the letter lies of some value of which the one before it is said: for at least one j \\in J. It binds that there, and is no condition of what follows."""
    letters = _quantified(statement.node)
    if statement.node.kind in {"name", "sequence", "tuple", "list"} or not letters or statement.unread_members():
        return False
    if _BEFORE.search(context.document.text, max(0, statement.start - _LONGEST), statement.start) is None:
        return False
    before = earlier_statements(context, formula, statement)[-1:]
    return any(is_said_of_some(context, formula, replace(one, mark="")) for one in before)


def _quantified(node: Node) -> frozenset[str]:
    """j of j, of j \\in J, of j = 1, \\dots, n, of j = 1 or j = 2, of j > 0 and of 0 < j < n."""
    if node.kind == "or":
        names = {_quantified(one) if one.kind == "chain" else frozenset[str]() for one in node.children}
        return names.pop() if len(names) == 1 else frozenset()
    if node.kind == "chain" and (node.value in {"in", "="} or _ORDERS.issuperset(node.value.split())):
        node = node.children[1] if len(node.children) == 3 else node.children[0]
    return node.names if node.kind in {"name", "sequence", "tuple", "list"} else frozenset()


def _members(node: Node) -> set[str]:
    """The letters in subscripts, and in the arguments of functions."""
    found: set[str] = set()
    for part in node.walk():
        if part.kind == "name":
            found.update(_LETTERS.findall(subscript_of(part.key)))
        elif part.kind == "call":
            found.update(name for one in part.children[1:] for name in one.names)
    return found
