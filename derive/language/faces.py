"""How names that differ only in their type are told apart in plain text: X and \\mathcal{X}, x and \\mathbf{x}, I_n and I_p.

A document mostly has one name for a letter, and x is the best that plain text can say for its \\mathbf{x}. Where it has two, the type is shown: cal(X), bold(x).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from derive.kernel.term import Constant, Matrix
from derive.language.document import Declaration, Document, Formula, Statement

_FACES = {"mathcal": "cal", "mathscr": "script", "mathfrak": "frak", "mathbb": "bb", "mathbf": "bold", "boldsymbol": "boldsymbol", "bm": "bm", "vec": "arrow", "overrightarrow": "overarrow", "mathrm": "roman", "mathsf": "sans", "mathtt": "mono", "text": "text"}  # fmt: skip
_STRIKING = re.compile(r"\\math(?:cal|scr|frak|bb)\{")  # these mark other things than the letter does: sets, operators
_FACED = re.compile(rf"\\({'|'.join(_FACES)})\{{([^{{}}]*)\}}")
_BASE = re.compile(r"(?:[^_^'{}]|\{(?:[^{}]|\{[^{}]*\})*\})+")
_OPERATOR = re.compile(r"\\[a-z]+\{[A-Za-z]\}")
_CONSTANT = re.compile(r"([I01])_\{?([^{}]+)\}?")
_CONSTANTS = {"identity": "I", "zero": "0", "ones": "1"}


@dataclass(frozen=True, slots=True)
class Hand:
    """How a document writes: the letters with a type that is to be shown, and the constants that have their size for an index."""

    apart: frozenset[str] = frozenset()
    sized: frozenset[tuple[str, str]] = field(default_factory=frozenset)

    def constant(self, term: Constant) -> str:
        """A constant with the size that the document writes; empty where it writes none."""
        if not self.sized or not isinstance(term.sort, Matrix):
            return ""
        letter = _CONSTANTS[term.name]
        rows, columns = (str(size).replace(" ", "") for size in (term.sort.rows, term.sort.columns))
        sizes = [rows] if columns in {"1", rows} else []
        sizes += [f"{rows}{columns}", f"{rows}\\times{columns}"]
        size = next((one for one in sizes if (letter, one) in self.sized), "").replace("\\times", " times ")
        return "" if not size else f"{letter}_{size}" if len(size) == 1 else f"{letter}_{{{size}}}"


_PLAIN = Hand()
_HAND: ContextVar[Hand] = ContextVar("hand", default=_PLAIN)


def current() -> Hand:
    """How the document that is reported of writes."""
    return _HAND.get()


@contextmanager
def printing_as(document: Document) -> Iterator[None]:
    """What is printed inside tells the names of this document apart."""
    before = _HAND.set(hand_of(_names(document), _operators(document)))
    try:
        yield
    finally:
        _HAND.reset(before)


def hand_of(names: Iterable[str], operators: Iterable[str] = ()) -> Hand:
    """How a document with these names, and with operators such as \\mathrm{p}(#1), writes."""
    alike: dict[str, set[str]] = {}
    letters: dict[str, set[str]] = {}
    sized: set[tuple[str, str]] = set()
    for name in names:
        base = _base(name)
        alike.setdefault(without_faces(base) + name.removeprefix(base), set()).add(base)
        letters.setdefault(without_faces(base), set()).add(base)
        constant = _CONSTANT.fullmatch(without_faces(name))
        if constant is not None:
            sized.add((constant.group(1), constant.group(2).replace(" ", "")))
    apart = {one for bases in alike.values() if len(bases) > 1 for one in bases}
    apart |= {one for bases in letters.values() if len(bases) > 1 for one in bases if _STRIKING.search(one)}
    for operator in operators:
        written = _OPERATOR.match(operator)
        if written is not None and letters.get(without_faces(written.group()), set()) - {written.group()}:
            apart.add(written.group())
    return Hand(frozenset(match.group() for one in apart for match in _FACED.finditer(one)), frozenset(sized))


def without_faces(text: str) -> str:
    """A name without what says in which type it is set."""
    return _FACED.sub(r"\2", text)


def with_faces(text: str, apart: frozenset[str]) -> str:
    """The same, but cal(X) for \\mathcal{X} where this is to be told apart."""
    if not apart:
        return without_faces(text)
    return _FACED.sub(
        lambda match: f"{_FACES[match.group(1)]}({match.group(2)})" if match.group() in apart else match.group(2), text
    )


def _base(name: str) -> str:
    match = _BASE.match(name)
    return match.group() if match is not None else name


def _statements(document: Document) -> Iterator[Statement]:
    for item in document.items:
        if isinstance(item, Formula):
            yield from (part for part in item.parts if isinstance(part, Statement))


def _names(document: Document) -> Iterator[str]:
    for item in document.items:
        if isinstance(item, Declaration):
            yield from item.names
    for statement in _statements(document):
        for node in statement.node.walk():
            if node.kind == "name":
                yield node.key.removeprefix("d ")
            elif node.kind == "subscript" and node.children[0].kind == "number":  # 1_n
                yield f"{node.children[0].value}_{{{node.value}}}"


def _operators(document: Document) -> Iterator[str]:
    for statement in _statements(document):
        yield from (node.value for node in statement.node.walk() if node.kind == "operator")


__all__ = ["Hand", "current", "hand_of", "printing_as", "with_faces", "without_faces"]
