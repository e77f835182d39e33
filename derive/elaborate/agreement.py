"""The shapes on which the formulas of a text agree: where they contradict each other, a name has a shape of its own in each formula.

A letter means one thing in a text until its uses contradict each other. Each formula is one source of evidence. What it forces is believed; where what
two formulas force cannot hold together, one of their common letters was used anew, and which one is found by comparing what the formula says by itself
with what all others say. Such a letter is *apart*: nothing passes through it from one formula to another, so the contradiction reaches no other
letter, and what is said with it is withheld.

Evidence has a distance, too. A plain letter that is a vector or a matrix only by formulas that stand far away is open where it stands: authors use few
letters for many things.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from derive.elaborate.sorts import Inference, has_arrow, is_bold
from derive.kernel.term import Sort
from derive.language.syntax import Node

_ROUNDS = 24  # of looking for names that are apart; each finds one more
_NEAR = 24  # so many formulas in a row say what their letters are
_NEAR_IN_OTHERS = 16  # so many in a text that is known to use letters anew
_OF_SQUARES = frozenset({"^", "function", "operator", "abs"})


def _outside_norms(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children if node.kind != "norm" else ():
        yield from _outside_norms(child)


@dataclass(frozen=True, slots=True)
class _Text:
    """The formulas of a text as they are read, and the places of those that they are parts of."""

    declared: dict[str, Sort]
    by_membership: frozenset[str]
    nodes: list[Node]
    places: list[int]
    lemmas: frozenset[int]
    claims: bool

    def read(
        self,
        apart: frozenset[str] = frozenset(),
        arrays: frozenset[str] = frozenset(),
        last: frozenset[int] = frozenset(),
        only: frozenset[int] | None = None,
        alone: frozenset[int] = frozenset(),
    ) -> Inference:
        lemmas = self.lemmas | alone
        inference = Inference(
            self.declared, self.by_membership, claims=self.claims, apart=apart, arrays=arrays, lemmas=lemmas
        )
        inference.read(self.nodes, self.places, only=only, last=last)
        return inference

    def alone(self, place: int) -> Inference:
        """The formula at a place, read alone."""
        nodes = [node for node, other in zip(self.nodes, self.places, strict=True) if other == place]
        found = replace(self, nodes=nodes, places=[place] * len(nodes)).read()
        found.finish()
        return found

    def names(self, where: frozenset[int]) -> set[str]:
        """The names in the formulas at these places."""
        inside = [node for node, place in zip(self.nodes, self.places, strict=True) if place in where]
        return set[str]().union(*(node.names for node in inside))

    def certain(self, names: set[str]) -> set[int]:
        """The places of formulas that say of one of these matrices itself what it is, or that it is square: alone on a side, in an inverse, a trace and the like."""
        found: set[int] = set()
        for node, place in zip(self.nodes, self.places, strict=True):
            parts = [one for one in node.walk() if one.kind in _OF_SQUARES]
            inside = {one.key for part in parts for one in _outside_norms(part) if one.kind == "name"}
            sides = [one.children[0] if one.kind == "transpose" else one for one in (node, *node.children)]
            if node.value != "=" or names & {*inside, *(one.key for one in sides)}:
                found.add(place)
        return found

    def definitions(self) -> dict[int, set[str]]:
        """The names in equations with a lone name, or a function of names, on the left, by the places of these."""
        found: dict[int, set[str]] = {}
        for node, place in zip(self.nodes, self.places, strict=True):
            head = node.children[0] if node.kind == "chain" else node
            plain = head.kind == "name" or (head.kind == "call" and all(one.kind == "name" for one in head.children))
            if node.kind == "chain" and plain and node.value.split()[0] in {"=", ":="}:
                found.setdefault(place, set()).update(part.key for part in node.walk() if part.kind == "name")
        return found


def agreed(
    declared: dict[str, Sort],
    by_membership: frozenset[str],
    nodes: list[Node],
    places: list[int],
    lemmas: frozenset[int],
    *,
    claims: bool,
) -> Inference:
    """The shapes of the names of a text, before their defaults.

    `places` are those of the formulas that the nodes are parts of; the letters of `lemmas` among them are their own.
    """
    text = _Text(declared, by_membership, nodes, places, lemmas, claims)
    if claims or len(set(places)) < 2:
        inference = text.read()
        inference.alone = text.alone
        return inference
    inference = _of_text(text)
    inference.alone = text.alone
    inference.odd = inference.lemmas - lemmas
    inference.far = _known_from_afar(text, inference)
    return inference


def _of_text(text: _Text) -> Inference:
    """The shapes of the names where what clashes is apart."""
    inference = text.read()
    apart: frozenset[str] = frozenset()
    itself: frozenset[int] = frozenset()  # the formulas that contradict themselves
    for _ in range(_ROUNDS):
        place = next((one for one in inference.clashes if one not in itself), None)
        if place is None:
            break
        alone = text.read(apart, only=frozenset({place}))
        blamed = frozenset() if alone.clashes else _blamed(text, place, alone, itself)
        apart, itself = (apart | blamed, itself) if blamed - apart else (apart, itself | {place})
        inference = text.read(apart, last=itself)
    arrays = frozenset(one for one in apart if inference.has_one_kind(one))
    if arrays:
        inference = text.read(apart, arrays, itself)
        if set(inference.clashes) - itself:
            arrays = frozenset()
            inference = text.read(apart, arrays, itself)
    return _without_chance_squares(text, inference, apart, arrays, itself)


def _without_chance_squares(
    text: _Text, inference: Inference, apart: frozenset[str], arrays: frozenset[str], itself: frozenset[int]
) -> Inference:
    """A matrix that no formula makes square is not square because QR stands in one and Q + R in another: it has other sizes there.

    What is defined, or something is defined by, is the same matrix everywhere; it is not square because of one claim about it. A relation of long
    expressions by which alone several matrices would be square has letters of its own.
    """
    squares = frozenset(inference.squares()) - apart
    while squares:
        trial = text.read(apart | squares, arrays | squares, itself)
        if set(trial.clashes) - itself:
            return inference
        known = {one: trial.square_at(one) for one in squares if trial.square_at(one)}
        # Only of matrices in bold: a plain letter would be a number elsewhere.
        odd = {
            min(where) for one, where in known.items() if len(where) == 1 < len(trial.versions[one]) and is_bold(one)
        }
        odd -= text.certain(set(known)) | text.lemmas | itself
        if odd:
            alone = replace(text, lemmas=text.lemmas | odd)
            found = alone.read(apart, arrays, itself)
            if not set(found.clashes) - itself:
                return _without_chance_squares(alone, found, apart, arrays, itself)
        if not known:
            break
        squares -= known.keys()
    definitions = text.definitions()
    defined = {inference.family_key(key) for keys in definitions.values() for key in keys}
    if squares - defined:
        inference = text.read(apart | (squares - defined), arrays | (squares - defined), itself)
    return _without_odd_claims(text, inference, sorted(squares & defined), set(definitions), itself)


def _without_odd_claims(
    text: _Text, inference: Inference, squares: list[str], definitions: set[int], itself: frozenset[int]
) -> Inference:
    """A claim by which alone a matrix would be square says nothing of it to others."""
    tries = 0
    for name in squares:
        for place in sorted(set(text.places) - definitions - itself - text.lemmas, reverse=True):
            if all(inference.family_key(key) != name for key in text.names(frozenset({place}))):
                continue
            tries += 1
            if tries > _ROUNDS:
                return inference
            trial = text.read(inference.apart, inference.arrays, itself, alone=frozenset({place}))
            if name not in trial.squares() and not set(trial.clashes) - itself:
                return trial
    return inference


def _blamed(text: _Text, place: int, alone: Inference, itself: frozenset[int]) -> frozenset[str]:
    """The names of a formula by which it contradicts the others."""
    rest = frozenset(text.places) - {place}
    others = text.read(alone.apart, last=itself, only=rest)
    common = text.names(frozenset({place})) & text.names(rest)
    shared = sorted({alone.family_key(one) for one in common if not alone.is_declared(one)} - alone.apart)
    arrays = [one for one in shared if alone.is_array(one) or others.is_array(one)]
    contrary = [one for one in arrays if alone.contradicts(others, one)]
    if not contrary:
        contrary = [
            one
            for one in arrays
            if alone.is_array(one) != others.is_array(one) and not (has_arrow(one) or is_bold(one))
        ]
    return frozenset(contrary or arrays)


def _known_from_afar(text: _Text, inference: Inference) -> dict[int, frozenset[str]]:
    """The plain letters that are vectors or matrices by no formula near a place, and the names with so many components by none, by these places.

    Near are the formulas of a stretch; each formula stands in two that overlap, in one of them not at the border. An equation for a lone name says
    what it is from there on, unless it is an example.
    """
    places = sorted(set(text.places))
    width = _NEAR_IN_OTHERS if inference.apart else _NEAR
    if len(places) <= width:
        return {}
    nodes: dict[int, list[Node]] = {}
    for node, place in zip(text.nodes, text.places, strict=True):
        nodes.setdefault(place, []).append(node)
    found: dict[int, set[str]] = {}
    for place in places:
        inference.place = place
        names = frozenset[str]().union(*(node.names for node in nodes[place]))
        found[place] = {one for one in names if _may_be_other(inference, one)}
    for begin in range(-width // 2, len(places), width // 2):
        stretch = places[max(begin, 0) : begin + width]
        if not any(found[place] for place in stretch):
            continue
        near = replace(
            text,
            nodes=[node for place in stretch for node in nodes[place]],
            places=[place for place in stretch for _ in nodes[place]],
        ).read()
        for place in stretch:
            inference.place = near.place = place
            found[place] = {one for one in found[place] if not _says(near, inference, one)}
    defined = _equations_for(text)
    return {
        place: known
        for place, names in found.items()
        if (known := frozenset(one for one in names if len(said := defined.get(one, [])) != 1 or said[0] > place))
    }


def _may_be_other(inference: Inference, name: str) -> bool:
    """Whether a vector or a matrix is not declared, nor written as such, or has so many components, which may be those of an example."""
    if not inference.is_array(name) or inference.is_declared(name) or inference.family_key(name) in inference.declared:
        return False
    return not (has_arrow(name) or is_bold(name)) or any(
        isinstance(one, int) and one > 1 for one in inference.sides(name)
    )


def _says(near: Inference, inference: Inference, name: str) -> bool:
    """Whether formulas say of a name what all formulas of a text say: that it is an array, and how many components it has if that is known."""
    if not near.is_array(name):
        return False
    pairs = zip(near.sides(name), inference.sides(name), strict=True)
    return all(one == other for one, other in pairs if isinstance(other, int) and other > 1)


def _equations_for(text: _Text) -> dict[str, list[int]]:
    """The places of the equations for lone names, but for those with numbers only."""
    found: dict[str, list[int]] = {}
    for node, place in zip(text.nodes, text.places, strict=True):
        if node.kind != "chain" or node.children[0].kind != "name" or node.value.split()[0] not in {"=", ":="}:
            continue
        if any(part.kind == "name" for side in node.children[1:] for part in side.walk()):
            found.setdefault(node.children[0].key, []).append(place)
    return found
