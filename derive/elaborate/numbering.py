"""Columns that name their own entries with other numbers than their places: x = [x_0; x_1], w = [b, w_1, ..., w_d]^T, x = [x_2; ...; x_n].

There x_1 is what the column says, and x_2 no entry of [x_0; x_1]. Where a column counts from 1, as most do, nothing is found here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from derive.elaborate.families import Families, ways
from derive.language.syntax import Node

_LINES = frozenset({"matrix", "tuple", "list"})


@dataclass(frozen=True, slots=True)
class Numbering:
    """The entries that a column or a matrix names: their template, and the numbers that are their indices; `closed` if there are no dots behind them."""

    template: str
    numbers: frozenset[int]
    closed: bool

    def has(self, index: int) -> bool:
        """Whether the column has an entry of this number, as far as it is written."""
        return index in self.numbers or (not self.closed and index > max(self.numbers))


def numberings(
    formulas: Iterable[Node], families: Families, is_own: Callable[[str, str], bool]
) -> dict[str, Numbering]:
    """The vectors that are equated with such a column, by name; what stands with a letter for its index beside it is of their family."""
    formulas = list(formulas)
    found: dict[str, Numbering] = {}
    for formula in formulas:
        if formula.kinds.isdisjoint(_LINES) or formula.kinds.isdisjoint({"chain"}):
            continue
        for node in formula.walk():
            if node.kind == "chain" and node.value.split()[:1] in (["="], [":="]):
                for one, other in (
                    (one, other) for one in node.children for other in node.children if one is not other
                ):
                    key, numbering = _numbering(one, other, is_own)
                    if numbering is not None:
                        found.setdefault(key, numbering)
    if found:
        templates = {one.template for one in found.values()}
        names = frozenset[str]().union(*(formula.names for formula in formulas))
        families.templates |= {
            way.template for key in names for way in ways(key) if way.template in templates and way.letters()
        }
    return found


def numbers_in(formulas: Iterable[Node], found: dict[str, Numbering]) -> frozenset[str]:
    """The entries of such columns that are numbers, though they are added to vectors, \\beta_0 + \\beta_1 x: small letters that stand in no product behind a
    capital or what is turned, nor are turned or in a dot product, as the parts of a column of blocks do."""
    templates = {
        one.template for one in found.values() if one.template[:1].islower() or one.template[:2].lstrip("\\").islower()
    }
    names = {
        key for formula in formulas for key in formula.names if any(one.template in templates for one in ways(key)[:1])
    }
    blocks: set[str] = set()
    for formula in formulas if names else ():
        if formula.names.isdisjoint(names):
            continue
        for node in formula.walk():
            if node.kind in {"transpose", "norm", "bars", "inner", "dot"}:
                blocks |= node.names & names
            elif node.kind == "product":
                behind = False
                for factor in node.children:
                    if behind:
                        blocks |= factor.names & names
                    behind |= factor.kind == "transpose" or any(
                        letter.lstrip("\\")[:1].isupper() for letter in factor.names
                    )
    parts = {ways(key)[0].template for key in blocks}
    return frozenset(key for key in names if ways(key)[0].template not in parts)


def _numbering(name: Node, line: Node, is_own: Callable[[str, str], bool]) -> tuple[str, Numbering | None]:
    """The numbers of the entries that a line names, if they are the own ones of the vector, and others than their places."""
    if name.kind == "transpose":
        name = name.children[0]
    if name.kind != "name" or "_" in name.key:
        return "", None
    numbers: dict[tuple[int, ...], tuple[int, ...]] = {}
    templates: set[str] = set()
    closed = True
    for place, cell in _cells(line):
        if cell.kind in {"ellipsis", "blank"}:
            closed = False
            if len(place) == 1:
                break  # how many there are is not written
            continue
        ways_apart = ways(cell.key) if cell.kind == "name" and is_own(name.key, cell.key) else ()
        own = next((one for one in ways_apart if len(one.indices) == len(place) and one.whole), None)
        if own is not None and all(index.isdecimal() for index in own.indices):
            indices = tuple(int(index) for index in own.indices)
            if indices in numbers.values():
                return "", None  # [x_1; x_1]
            numbers[place] = indices
            templates.add(own.template)
    if len(templates) != 1 or all(place == indices for place, indices in numbers.items()):
        return "", None
    found = frozenset(index for indices in numbers.values() for index in indices)
    return name.key, Numbering(templates.pop(), found, closed)


def _cells(line: Node) -> Iterator[tuple[tuple[int, ...], Node]]:
    """The entries of a row, a column or a matrix, and their places: one number, or two in a matrix."""
    if line.kind == "transpose":
        line = line.children[0]
    if line.kind in {"tuple", "list"}:
        yield from (((place,), cell) for place, cell in enumerate(line.children, 1))
    elif line.kind == "matrix":
        flat = len(line.children) == 1 or all(len(row.children) == 1 for row in line.children)
        count = 0
        for row, cells in enumerate(line.children, 1):
            for column, cell in enumerate(cells.children, 1):
                count += 1
                yield ((count,) if flat else (row, column)), cell
