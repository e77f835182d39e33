"""Letters that are the last index of a family: J of c_J where a text sums the c_i up to J. What is said of c_J is said of one member, not of all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from derive.elaborate.families import PLACE, ways
from derive.elaborate.uses import bound_by
from derive.language.document import Formula, Statement
from derive.language.syntax import Node

_PLACES = tuple[str, int]  # the template of a family, and which of its indices
_LETTER = re.compile(r"\\[A-Za-z]+|[A-Za-z]")


class LastIndices:
    """Which letters of a text end its families, and do not run through them."""

    def __init__(self, formulas: Iterable[Formula]) -> None:
        self._indices: dict[_PLACES, dict[str, frozenset[str]]] = {}  # as they are written -> their letters
        self._ends: dict[str, set[str]] = {}  # the letter that runs -> those up to which it does
        self._last: set[tuple[_PLACES, str]] = set()
        self._running: set[tuple[_PLACES, str]] = set()
        self._endless: set[str] = set()  # n = 1, 2, \\dots
        self._opened: set[str] = set()  # n of a_n = 2n - 1, before which the text has no n
        self._seen: set[str] = set()
        for formula in formulas:
            for part in formula.parts:
                if isinstance(part, Statement):
                    self._read(part.node)

    def __call__(self, key: str) -> str:
        """The letter in the scripts of a name that is the last index of its family; empty if there is none."""
        for place, index, letters in _indexed(key):
            if letters != {index} or index in self._endless or (place, index) in self._running:
                continue
            others = {name: ones for name, ones in self._indices.get(place, {}).items() if index not in ones and ones}
            ended = any(index in self._ends.get(letter, ()) for ones in others.values() for letter in ones)
            if (place, index) in self._last or ended or (others and index.isupper()):
                return index
        return ""

    def _read(self, node: Node) -> None:
        for name in node.names:
            for place, index, letters in _indexed(name):
                self._indices.setdefault(place, {})[index] = letters
        if node.kind == "chain" and node.value == "=" and node.children[0].kind == "name":
            letters = frozenset(index for _, index, _ in _indexed(node.children[0].key) if index.islower())
            self._opened |= (letters & node.children[1].names) - self._seen
        self._seen |= node.names
        if node.kind == "chain":
            self._read_chain(node)
        else:
            self._read_ends(node, frozenset())

    def _read_chain(self, node: Node) -> None:
        """S_n = \\sum_{k=1}^n a_k is said of every n; c_1 = -\\log J is written with the last index, as c_1 would not be made of one that runs."""
        names = [child.names for child in node.children]
        for number, child in enumerate(node.children):
            beside = [other for other in node.children if other is not child]
            said = frozenset(letter for other in beside for letter in _letters_said(other))
            self._read_ends(child, said | self._opened.intersection(*(other.names for other in beside)))
            if child.kind == "name" and node.value == "=":
                named = [(place, index) for place, index, letters in _indexed(child.key) if not letters]
                others = frozenset().union(*(names[:number] + names[number + 1 :]))
                self._last |= {(place, letter) for place, index in named if index.isdigit() for letter in others}
        left, *rest = node.children
        words = set(node.value.split())
        if words <= {"=", "in"} and left.kind in {"name", "sequence"}:
            entries = rest[-1].children if rest[-1].kind in {"sequence", "set"} else ()
            for one in (left.children if left.kind == "sequence" else (left,)) if len(entries) > 1 else ():
                if entries[-1].kind == "ellipsis":
                    self._endless.add(one.key)
                elif any(entry.kind == "ellipsis" for entry in entries):
                    self._ends.setdefault(one.key, set()).update(entries[-1].names)
            if left.kind == "name" and node.value == "in":  # x \\in \\mathbb{R}^n
                self._last |= {((f"{left.key}_{{{PLACE}}}", 0), letter) for letter in rest[0].names}
        elif words <= {"<", "<="} and len(node.children) > 2:  # 1 \\le i \\le n
            for one, following in zip(node.children[1:], node.children[2:], strict=False):
                if one.kind == "name":
                    self._ends.setdefault(one.key, set()).update(following.names)

    def _read_ends(self, node: Node, said: frozenset[str]) -> None:
        """What runs in a term, and up to which letters; of those that the other sides speak of as well it is said for every one."""
        for part in node.walk():
            if letters := bound_by(part):
                self._running |= {
                    (place, index) for name in part.names for place, index, _ in _indexed(name) if index in letters
                }
                ends = part.children[2:] if part.kind in {"sum", "product-over", "binder"} else part.children[1:]
                if part.kind not in {"integral", "limit"}:
                    upper = frozenset().union(*(one.names for one in ends)) - letters - said
                    for letter in letters:
                        self._ends.setdefault(letter, set()).update(upper)
            if part.kind == "set" and len(part.children) == 1 and part.children[0].kind == "name":  # \\{a_n\\}
                self._running |= {(place, index) for place, index, _ in _indexed(part.children[0].key)}
            if len(part.children) > 1 and any(one.kind == "ellipsis" for one in part.children[:-1]):
                self._last |= {
                    (place, index)
                    for name in part.children[-1].names
                    for place, index, letters in _indexed(name)
                    if letters == {index} and index not in said
                }


def _indexed(key: str) -> Iterator[tuple[_PLACES, str, frozenset[str]]]:
    """The places of a name for indices, the index in each, and its letters."""
    for way in ways(key) if "_" in key or "^" in key else ():
        if way.whole:
            for number, index in enumerate(way.indices):
                yield (way.template, number), index, frozenset(_LETTER.findall(index))


def _letters_said(node: Node) -> Iterator[str]:
    """The letters in the scripts of the names, and the arguments of the functions, of a side: n of S_n, and of S(n)."""
    for part in node.walk():
        if part.kind == "name":
            yield from (letter for _, _, letters in _indexed(part.key) for letter in letters)
        elif part.kind == "call":
            yield from (one.key for one in part.children[1:] if one.kind == "name")
