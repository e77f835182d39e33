"""Indexed families: x_i under a sum over i, a_{ij}, \\mathbf x_1, \\dots, \\mathbf x_n, x^{(i)}. Many values of one kind, not one symbol.

A name is taken apart into a template, the name with dots in the place of its indices, and the indices. A template becomes a family where an index
is bound (by a sum, a set, a list with dots) or said to run (i = 1, \\dots, n). Its members are the values of a function of integers; names with
the same letter and another template (x, \\bar x, x_{\\max}) are symbols of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product

PLACE = "\\cdot"  # stands in a template for an index
_ATOM = r"(?:\d+|[A-Za-z](?:_\{[^{}]*\})?|\\[A-Za-z]+(?:_\{[^{}]*\})?)"
_INDEX = re.compile(rf"{_ATOM}(?:[-+]{_ATOM})*")
_UPPER = re.compile(rf"{_INDEX.pattern}|[a-z]{{2,3}}")  # g^{ij} too
_SIGNED_ATOM = re.compile(rf"([-+]?)({_ATOM})")
_SINGLE = re.compile(r"\d|[A-Za-z]|\\[A-Za-z]+")
_LETTER = re.compile(r"\\[A-Za-z]+|[A-Za-z]")
_INDEX_LETTERS = frozenset("ijklmnpqrstuvab")
_MARKS = frozenset({"\\dagger", "\\perp", "\\sharp", "\\flat", "\\natural"})
_INDEX_BRACKETS = {"(": ")", "[": "]", "<": ">"}


@dataclass(frozen=True, slots=True)
class Member:
    """One way of taking a name apart: the template of its family, and the indices as they are written."""

    template: str
    indices: tuple[str, ...]
    whole: bool = True  # no part of its scripts is a label

    def letters(self) -> frozenset[str]:
        """The letters of the indices."""
        return frozenset(letter for index in self.indices for letter in _LETTER.findall(index))


@dataclass(slots=True)
class Families:
    """The templates that are families in a text, and the letters that run in it."""

    templates: set[str] = field(default_factory=set)
    running: set[str] = field(default_factory=set)
    open: dict[str, set[str]] = field(default_factory=dict)  # names with a number of two digits, and the letters bound

    def member(self, key: str) -> Member | None:
        """The family that a name belongs to, and its indices; a number of two digits is two of them where the family has two."""
        found = [one for one in ways(key) if one.template in self.templates]
        if len(found) > 1 and _has_long_number(tuple(found)):
            return max(found, key=lambda one: len(one.indices))
        return found[0] if found else None

    def add(self, key: str, bound: frozenset[str] | set[str]) -> None:
        """A name in a place where the letters are bound: if it has one of them for an index, it is of a family."""
        letters = bound | self.running
        for one in ways(key):
            if one.letters() & letters:
                if _has_long_number((one,)):
                    self.open.setdefault(key, set()).update(letters)
                else:
                    self.templates.add(one.template)
                return

    def settle(self) -> None:
        """What a number of two digits is, the other names of the text say: y_{21}^{(i)} beside y_{2k}^{(i)}."""
        for key, letters in self.open.items():
            if not any(one.template in self.templates for one in ways(key)):
                self.templates.add(next(one.template for one in ways(key) if one.letters() & letters))

    def add_alike(self, keys: Iterable[str]) -> None:
        """Names with several indices, as one of them shows: by commas, a_{i,j} beside a_{ij}, or by a letter in the place of a digit, a_{2k} beside a_{21}, where k
        is not doubled: a_{2k+1}."""
        groups: dict[tuple[str, int], set[str]] = {}
        doubled: set[str] = set()
        for key in keys:
            stem, _, script = key.removesuffix("}").partition("_{")
            if _SEVERAL.fullmatch(script) and {*script} <= _OF_INDICES:
                groups.setdefault((stem, len(script.replace(",", ""))), set()).add(script)
            elif _DOUBLED.match(script):
                doubled.add(stem)
        for (stem, count), scripts in groups.items():
            if stem not in doubled and _are_several(scripts):
                self.templates.add(f"{stem}_{{{','.join([PLACE] * count)}}}")

    def add_beside(self, keys: Iterable[str]) -> None:
        """Names of one relation: \\gamma_{ij} and \\alpha_i beside y_{ijk}, \\sigma_{ii} beside \\sigma_i, where the latter are members of families, have the same indices."""
        found = {key: member for key in keys if (member := self.member(key)) is not None}
        letters = {letter for one in found.values() for letter in one.indices if letter in _RUNNING}
        of_several = {letter for one in found.values() if len(one.indices) > 1 for letter in one.indices} & letters
        for key in keys if letters else ():
            script = key.removesuffix("}").partition("_{")[2].replace(",", "")
            if script and {*script} <= (letters if len(script) > 1 else of_several):
                self.add(key, letters)

    def add_listed(self, keys: Iterable[str]) -> None:
        """Names beside dots: x_1, \\dots, x_n. What a number of two digits is, one index or two, the others say: a_{11}, \\dots, a_{1n}."""
        for found in sorted(map(ways, keys), key=_has_long_number):
            if found and not any(one.template in self.templates for one in found):
                self.templates.add(found[0].template)


_SEVERAL = re.compile(r"[a-z0-9]{2,3}|[a-z0-9](?:,[a-z0-9]){1,2}")
_DOUBLED = re.compile(r"\d+[a-z][-+]")
_RUNNING = frozenset("ijkl")
_OF_INDICES = _INDEX_LETTERS | {*"0123456789,"}


def _are_several(scripts: set[str]) -> bool:
    """Whether scripts of one length are several indices."""
    joined = {script for script in scripts if "," not in script}
    if joined and joined != scripts:
        return True
    numbers = [script for script in joined if script.isdigit()]
    mixed = [script for script in joined if not script.isdigit() and not script.isalpha()]
    return any(
        any(first == second for first, second in zip(number, other, strict=True))
        for number in numbers
        for other in mixed
    )


def _has_long_number(found: tuple[Member, ...]) -> bool:
    return any(index.isdigit() and len(index) > 1 for one in found[:1] for index in one.indices)


@lru_cache(maxsize=4096)
def ways(key: str) -> tuple[Member, ...]:
    """All ways of taking a name apart, the likeliest first; none for a name without an index."""
    pieces: list[str] = []
    slots: list[list[tuple[str, tuple[str, ...], bool]]] = []
    for text, is_slot in _pieces(key):
        if is_slot:
            slots.append(list(_readings(text)))
            pieces.append("")
        else:
            pieces.append(text)
    if not slots:
        return ()
    found: list[Member] = []
    for choice in product(*slots):
        texts = iter(text for text, _, _ in choice)
        template = "".join(piece or next(texts) for piece in pieces)
        indices = tuple(index for _, some, _ in choice for index in some)
        if indices:
            found.append(Member(template, indices, all(whole for _, _, whole in choice)))
    return tuple(found[:16])


def is_member_of_one(key: str, others: Iterable[str]) -> bool:
    """Whether a name has numbers for its indices, and one of the others is the same with letters: a_2 and a_{n+1}, a_{12} and a_{ij}."""
    templates = {one.template for one in ways(key) if all(index.isdigit() for index in one.indices)}
    return bool(templates) and any(
        one.template in templates and one.letters() for other in others for one in ways(other)
    )


_SHIFTED = re.compile(r"(?P<name>.+)_\{(?P<index>[A-Za-z])(?:(?P<sign>[+-])(?P<number>\d+))?\}")


def shift_of(key: str) -> tuple[str, str, int] | None:
    """The name, the index and the shift of a_{n+1}; None where a name has no such script."""
    match = _SHIFTED.fullmatch(key)
    if match is None:
        return None
    return match.group("name"), match.group("index"), int(f"{match.group('sign') or ''}{match.group('number') or 0}")


def is_shift_of_one(key: str, others: Iterable[str]) -> bool:
    """Whether a name is another member of a sequence of which one of the others is a member: a_{n+1} and a_n."""
    found = shift_of(key)
    return found is not None and any(
        other != key and (one := shift_of(other)) is not None and one[0] == found[0] for other in others
    )


def lines_of_tables(keys: Iterable[str]) -> frozenset[str]:
    """The names with one letter for an index, x_i and x_j, where both letters are those of x_{ij}: rows and columns, that have no shape in common."""
    members = {key: ways(key)[0] for key in keys if ways(key)}
    sides: dict[str, tuple[set[str], set[str]]] = {}
    for one in members.values():
        if len(one.indices) == 2 and one.whole:
            first, second = sides.setdefault(one.template.replace(f"{PLACE},{PLACE}", PLACE), (set(), set()))
            first.add(one.indices[0])
            second.add(one.indices[1])
    lines: dict[str, tuple[set[str], set[str]]] = {}
    for key, one in members.items():
        first, second = sides.get(one.template, (set(), set()))
        if len(one.indices) == 1 and one.indices[0] in first ^ second:
            lines.setdefault(one.template, (set(), set()))[one.indices[0] in second].add(key)
    return frozenset(key for rows, columns in lines.values() if rows and columns for key in rows | columns)


def letters_in(key: str) -> frozenset[str]:
    """All letters in the scripts of a name."""
    return frozenset(letter for text, is_slot in _pieces(key) if is_slot for letter in _LETTER.findall(text))


def with_places(key: str, letters: list[str]) -> str:
    """The name with #1, #2 in the place of these letters in its scripts."""
    places = {letter: f"#{number}" for number, letter in enumerate(letters, 1)}
    return "".join(
        _LETTER.sub(lambda match: places.get(match.group(), match.group()), text) if is_slot else text
        for text, is_slot in _pieces(key)
    )


def _pieces(key: str) -> Iterator[tuple[str, bool]]:
    """The name cut at what can hold indices: its subscript, and superscripts in brackets."""
    depth = start = position = 0
    while position < len(key):
        character = key[position]
        depth += {"{": 1, "}": -1}.get(character, 0)
        if depth == 0 and position and character in "_^" and key[position + 1 : position + 2] == "{":
            close = _closing(key, position + 1)
            inside = key[position + 2 : close]
            bracket = _INDEX_BRACKETS.get(inside[:1], "") if character == "^" else ""
            upper = character == "^" and inside not in _MARKS and _UPPER.fullmatch(inside) is not None
            if character == "_" or upper or (bracket and inside.endswith(bracket)):
                width = 1 if bracket else 0
                yield key[start : position + 2 + width], False
                yield inside[width : len(inside) - width], True
                start = close - width
            position = close
        position += 1
    yield key[start:], False


def _closing(text: str, opening: int) -> int:
    depth = 0
    for position in range(opening, len(text)):
        depth += {"{": 1, "}": -1}.get(text[position], 0)
        if depth == 0:
            return position
    return len(text)


def _readings(text: str) -> Iterator[tuple[str, tuple[str, ...], bool]]:
    """The ways of reading a script: how it looks in the template, its indices, and whether it holds nothing else."""
    parts = _at_commas(text)
    for choice in product(*(list(_part(part)) for part in parts)):
        indices = tuple(index for _, some in choice for index in some)
        yield ",".join(shown for shown, _ in choice), indices, all(some for _, some in choice)


def _part(part: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    singles = _SINGLE.findall(part)
    if "\\bullet" in singles:  # x_{i\\bullet}: a row, a mean over j; no member of x_{ij}
        if "".join(singles) == part.replace(" ", "") and len(singles) > 1:
            shown = ",".join(one if one == "\\bullet" else PLACE for one in singles)
            yield shown, tuple(one for one in singles if one != "\\bullet")
        yield part, ()
        return
    if PLACE in singles:  # a product, y_{i \cdot n_2}
        yield part, ()
        return
    if _INDEX.fullmatch(part):
        yield PLACE, (part,)
    if (
        2 <= len(singles) <= 3
        and "".join(singles) == part.replace(" ", "")
        and all(one in _INDEX_LETTERS or one.isdigit() or one.startswith("\\") for one in singles)
    ):
        yield ",".join([PLACE] * len(singles)), tuple(singles)
    yield part, ()


def _at_commas(text: str) -> list[str]:
    parts, depth, start = [], 0, 0
    for position, character in enumerate(text):
        depth += {"{": 1, "(": 1, "}": -1, ")": -1}.get(character, 0)
        if character == "," and depth == 0:
            parts.append(text[start:position])
            start = position + 1
    return [*parts, text[start:]]


def index_atoms(index: str) -> list[tuple[str, str]]:
    """An index as signed atoms: i+1 as [("", "i"), ("+", "1")]."""
    return [(match.group(1), match.group(2)) for match in _SIGNED_ATOM.finditer(index)]
