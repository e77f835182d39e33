r"""What the premise of an implication may say beside what it says at one point.

`f'(x) = 0 \Rightarrow 2x - 4 = 0`: the conclusion puts in what f is, which the text or its reader knows. `f(x)g(x) = 1 \Rightarrow f'(x)g(x) + f(x)g'(x) = 0`:
the premise is meant for all x, or there would be nothing to differentiate; so is `x_i \le y_i` before a sum.
"""

from __future__ import annotations

from collections.abc import Container

from derive.elaborate.sorts import is_capital, subscript_of
from derive.language.syntax import Node

_SLOPES = frozenset({"prime", "superindex", "derivative", "derivative-at", "nabla"})
_RANGES = frozenset({"sum", "product-over", "binder", "integral", "limit"})


def put_in(premise: Node) -> set[str]:
    """Functions that are differentiated and matrices whose determinant is taken: a conclusion without them may put in what they are."""
    found: set[str] = set()
    for part in premise.walk():
        if part.kind in _SLOPES:
            found.add(_letter(part))
        elif part.kind == "function" and part.value == "det":
            found |= {name for name in part.names if is_capital(name) and name != "I"}
    return found - {""}


def holds_elsewhere(premise: Node, conclusion: Node, known: Container[str]) -> bool:
    """Whether a conclusion speaks of an open function or family of the premise at other arguments, or of how it behaves around them."""
    return any(
        letter not in known and _goes_beyond(conclusion, letter, places)
        for letter, places in _instances(premise).items()
    )


def _letter(node: Node) -> str:
    """The function of a call, a derivative or a power."""
    while node.kind in _SLOPES or node.kind in {"^", "call"}:
        node = node.children[0]
    return node.key


def _instances(premise: Node) -> dict[str, set[Node]]:
    """Functions at an argument with letters, and families with an index, that no sum, limit or integral binds: f(2x), x_i; with the arguments."""
    found: dict[str, set[Node]] = {}
    stack = [premise]
    while stack:
        part = stack.pop()
        if part.kind in _RANGES:
            continue
        stack.extend(part.children)
        if part.kind == "call" and any(one.names for one in part.children[1:]):
            found.setdefault(_letter(part), set()).update(one.placed(0) for one in part.children[1:])
        elif part.kind == "name" and any(one.isalpha() for one in subscript_of(part.key)):
            found.setdefault(part.value, set())
    return found


def _goes_beyond(conclusion: Node, letter: str, places: set[Node]) -> bool:
    for part in conclusion.walk():
        if part.kind in _SLOPES or part.kind in _RANGES:
            if any(one.kind == "name" and letter in {one.key, one.value} for one in part.walk()):
                return True
        elif part.kind == "call" and _letter(part) == letter and {one.placed(0) for one in part.children[1:]} - places:
            return True
    return False
