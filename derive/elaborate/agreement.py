"""The shapes on which the formulas of a text agree: where they contradict each other, a name has a shape of its own in each formula.

A letter means one thing in a text until its uses contradict each other. Each formula is one source of evidence. What it forces is believed; where what
two formulas force cannot hold together, one of their common letters was used anew, and which one is found by comparing what the formula says by itself
with what all others say. Such a letter is *apart*: nothing passes through it from one formula to another, so the contradiction reaches no other
letter, and what is said with it is withheld.
"""

from __future__ import annotations

from dataclasses import dataclass

from derive.elaborate.sorts import Inference, has_arrow, is_bold
from derive.kernel.term import Sort
from derive.language.syntax import Node

_ROUNDS = 24  # of looking for names that are apart; each finds one more


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

    def names(self, where: frozenset[int]) -> set[str]:
        """The names in the formulas at these places."""
        return {
            part.key
            for node, place in zip(self.nodes, self.places, strict=True)
            if place in where
            for part in node.walk()
            if part.kind == "name"
        }

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
    inference = text.read()
    if claims or len(set(places)) < 2:
        return inference
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

    What is defined, or something is defined by, is the same matrix everywhere; it is not square because of one claim about it.
    """
    squares = frozenset(inference.squares()) - apart
    while squares:
        trial = text.read(apart | squares, arrays | squares, itself)
        if set(trial.clashes) - itself:
            return inference
        known = {one for one in squares if trial.has_square(one)}
        if not known:
            break
        squares -= known
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
