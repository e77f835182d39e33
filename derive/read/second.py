"""The second reader: latex2sympy2 reads the scalar sides of relations again, independently; a disagreement is reported, never resolved.

It is an extra (`derive-math[second-reader]`) and is asked only inside a fragment where it is sound: sides made of numbers, plain letters, sums,
products, fractions, powers, roots, absolute values and the elementary functions below, never a relation sign, its state reset before each side. The two
readings are compared at exact points: equal there is agreement (which proves nothing), different at one is a disagreement.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from derive.elaborate.sorts import Inference, base_of
from derive.elaborate.terms import Builder, Scope
from derive.kernel.evaluation import Undecided, Undefined, compare, evaluate
from derive.kernel.term import IllSorted, Number, Term, TermError, free_symbols
from derive.language.document import Document, Formula, Statement
from derive.language.printing import plain
from derive.language.spelling import GREEK
from derive.language.syntax import Node, UnreadError

_KINDS = frozenset({"number", "name", "+", "negate", "product", "dot", "/", "^", "root", "abs", "function", "constant"})
_FUNCTIONS = frozenset({"sin", "cos", "tan", "log"})
_RESERVED = frozenset({"e", "i", "d", "E", "I", "N", "S", "O", "Q"})  # names that it takes for something else
_COMMANDS = frozenset(
    {"\\frac", "\\cdot", "\\times", "\\sqrt", "\\sin", "\\cos", "\\tan", "\\ln", "\\pi"}
    | {f"\\{name}" for name in GREEK if name[0].islower()}
)
_SPELLINGS = (
    (re.compile(r"\\[dt]frac\b"), r"\\frac"),
    (re.compile(r"\\(?:left|right|displaystyle|textstyle|quad|qquad|enspace)\b"), ""),
    (re.compile(r"\\[,;:!]|[&~]"), " "),
)
_COMMAND = re.compile(r"\\(?:[A-Za-z]+|.)")
MAXIMUM_LENGTH = 400
_POINTS = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29)


class Unavailable(RuntimeError):
    """latex2sympy2 is not installed, or cannot be imported."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A side that the two readers read differently; `start` and `end` are its offsets."""

    start: int
    end: int
    latex: str
    ours: str
    theirs: str


@dataclass(slots=True)
class Comparison:
    """How many sides were inside the fragment and read alike, and those that were not."""

    agreed: int = 0
    disagreements: list[Disagreement] = field(default_factory=list)


def compare_readings(document: Document) -> Comparison:
    """Both readings of every side of every relation of a document that lies inside the fragment. Raises Unavailable."""
    module = _module()
    found = Comparison()
    for node in _sides(document):
        latex = document.text[node.start : node.end]
        ours = _ours(node)
        if ours is None or not in_fragment(node, latex):
            continue
        theirs = read_second(latex, module)
        if theirs is None:
            continue
        other = agree(ours, theirs)
        if other is None:
            continue
        if other:
            found.agreed += 1
        else:
            found.disagreements.append(Disagreement(node.start, node.end, latex, plain(ours), plain(theirs)))
    return found


def _module() -> Any:
    try:
        import latex2sympy2
    except ModuleNotFoundError as error:
        if error.name in {"latex2sympy2", "antlr4"}:
            raise Unavailable(
                "latex2sympy2 is not installed; install it with: pip install 'derive-math[second-reader]'"
            ) from None
        raise Unavailable(f"latex2sympy2 does not run on this Python ({error}); use Python 3.12 or 3.11") from None
    except Exception as error:  # an old antlr runtime, or none
        raise Unavailable(
            f"latex2sympy2 cannot be imported ({error}); install it with: pip install 'derive-math[second-reader]'"
        ) from None
    return latex2sympy2


def _sides(document: Document) -> Iterator[Node]:
    for item in document.items:
        if isinstance(item, Formula):
            for part in item.parts:
                if isinstance(part, Statement):
                    for node in part.node.walk():
                        if node.kind == "chain":
                            yield from node.children


def in_fragment(node: Node, latex: str) -> bool:
    """Whether latex2sympy2 is asked about this side."""
    if len(latex) > MAXIMUM_LENGTH or not latex.isascii() or set(_COMMAND.findall(plainer(latex))) - _COMMANDS:
        return False
    if sum(part.kind == "abs" for part in node.walk()) > 1:
        return False  # it takes the second bar of |x| + |y| for one that opens
    for part in node.walk():
        if part.kind == "text":
            continue
        if part.kind not in _KINDS:
            return False
        if part.kind == "name" and (
            base_of(part.key) in _RESERVED or not re.fullmatch(r"(?:[A-Za-z]|\\[a-z]+)(?:_\{\w+\})?", part.key)
        ):
            return False
        if part.kind == "number" and "." in part.value:
            return False
        if part.kind == "constant" and part.value != "pi":
            return False
        if part.kind == "function" and (part.value not in _FUNCTIONS or len(part.children) != 1):
            return False
        if part.kind == "root" and len(part.children) > 1:
            return False
        if part.kind == "product" and _looks_like_mixed_number(part):
            return False
    return True


def _looks_like_mixed_number(node: Node) -> bool:
    return any(
        one.kind == "number" and other.kind in {"/", "^"}
        for one, other in zip(node.children, node.children[1:], strict=False)
    )


def plainer(latex: str) -> str:
    """The same formula in the spellings that latex2sympy2 knows."""
    for pattern, replacement in _SPELLINGS:
        latex = pattern.sub(replacement, latex)
    return latex.strip()


def read_second(latex: str, module: Any = None) -> Term | None:
    """What latex2sympy2 makes of a side, as a term; None where it, or the bridge, refuses."""
    from derive.sympy_bridge import BridgeError, from_sympy

    module = module or _module()
    module.set_variances({})
    module.VARIABLE_VALUES = {}
    try:
        return from_sympy(module.latex2sympy(plainer(latex)))
    except (BridgeError, TermError, IllSorted):
        return None
    except Exception:  # its errors have no common class
        return None


def _ours(node: Node) -> Term | None:
    inference = Inference({})
    inference.read([node])
    inference.finish()
    try:
        return Builder(Scope(inference)).term(node)
    except (UnreadError, IllSorted, TermError):
        return None


def agree(ours: Term, theirs: Term) -> bool | None:
    """Whether two readings have the same value at some points where both have one; None where they have at none."""
    # A symbol that is in one reading only gets a value too: it may have cancelled while SymPy built the expression.
    ordered = sorted({_spelled(symbol.name) for term in (ours, theirs) for symbol in free_symbols(term)})
    seen = False
    for shift in range(4):
        values = {
            name: Number(Fraction(_POINTS[(index + shift) % len(_POINTS)], 1 + shift % 2))
            for index, name in enumerate(ordered)
        }
        try:
            one, other = (
                evaluate(term, {symbol: values[_spelled(symbol.name)] for symbol in free_symbols(term)}, {})
                for term in (ours, theirs)
            )
        except (Undefined, Undecided):
            continue
        seen = True
        with suppress(Undecided):  # enclosures that overlap: alike as far as can be seen
            if not compare("=", one, other):
                return False
    return True if seen else None


def _spelled(name: str) -> str:
    return re.sub(r"[{}\\\s]", "", name)


__all__ = ["Comparison", "Disagreement", "Unavailable", "agree", "compare_readings", "in_fragment", "read_second"]
