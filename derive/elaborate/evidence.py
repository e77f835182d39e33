"""What a formula itself shows of its names: the sorts that are said.

The sorts that are worked with come from all formulas of a text. Authors use few letters for many things, so that what a formula does not show itself may be another
thing there: it is not said. Said is what the formula shows when it is read alone, where the text agrees; a size that it does not show is `?`, and so
is a letter that only this program uses for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from derive.elaborate.families import letters_in
from derive.elaborate.functions import Shape, Signature
from derive.elaborate.obligation import UNSAID
from derive.elaborate.sorts import Inference, has_arrow, is_bold, is_capital
from derive.kernel.term import REAL, Function, Matrix, Size, Sort


def said_sorts(text: Inference, place: int, names: Iterable[str]) -> Iterator[tuple[str, Sort]]:
    """The sorts of names as the formula at a place shows them, where it shows one and the text does not disagree."""
    if text.alone is None or place in text.lemmas:  # the letters of a lemma are its own
        return
    text.place = place
    kept = [key for key in names if _may_be_said(text, key)]
    if not kept:
        return
    alone = text.alone(place)
    alone.place = place
    for key in kept:
        sort = _said_function(text, alone, key) if text.is_function(key) else _said_matrix(text, alone, key)
        if sort is not None:
            yield key, sort


def _may_be_said(text: Inference, key: str) -> bool:
    if text.is_open(key) or not text.has_one_sort(key) or text.is_loose(key):
        return False
    if text.is_function(key):
        return text.is_said_function(key)
    if key in text.functions or not text.is_array(key):
        return False
    if not is_bold(key) and not has_arrow(key) and key in text.uses.varying:
        return False
    kind = text.kind(key)
    if is_capital(key):  # the entries of a row may be blocks, and what is only turned may be a column
        if kind == "matrix":
            return is_bold(key) or not text.is_perhaps_column(key)
        return kind == "column" and not is_bold(key)
    return not is_bold(key) or len(letters_in(key)) < 2  # \mathbf{b}_{ijk} is an entry


def _said_matrix(text: Inference, alone: Inference, key: str) -> Sort | None:
    if key in alone.functions or not alone.is_array(key) or text.kind(key) != alone.kind(key):
        return None
    if not (text.is_evident(key) or alone.is_evident(key)):
        return None
    if alone.kind(key) == "row" and any(not node.kinds.isdisjoint({"list", "tuple"}) for node in alone.formulas):
        return None  # the entries of a column are written in a row, too
    return _matrix(text, alone, text.shape_of(key), alone.shape_of(key))


def _said_function(text: Inference, alone: Inference, key: str) -> Sort | None:
    if not (alone.is_function(key) and alone.is_said_function(key)):
        return None
    use, there = alone.functions[key], text.functions[key]
    mask = use.main()
    signature, other = use.signatures.get(mask), there.signatures.get(mask)
    if signature is None or other is None or signature.array != other.array or _of_random_variables(signature):
        return None
    if _of_complex(text, other):
        return None
    pairs = zip(other.arguments, signature.arguments, strict=True)
    arguments = tuple(_of_shape(text, alone, array, *pair) for array, pair in zip(mask, pairs, strict=True))
    return Function(arguments, _of_shape(text, alone, signature.array, other.result, signature.result), use.order)


def _of_random_variables(signature: Signature) -> bool:
    r"""Whether a function is only applied to capitals: \sigma(X) and h(X) are of the distribution of X, no functions of numbers."""
    return bool(signature.headers) and all(all(map(is_capital, header)) for header in signature.headers)


def _of_complex(text: Inference, signature: Signature) -> bool:
    r"""Whether a function is applied to a letter of which the text says z \in \mathbb{C}."""
    letters = {letter for header in signature.headers for letter in header}
    memberships = (
        part for node in text.formulas for part in node.walk() if part.kind == "chain" and part.value == "in"
    )
    return any(
        "\\mathbb{C}" in one.children[1].names and not letters.isdisjoint(one.children[0].names) for one in memberships
    )


def _of_shape(text: Inference, alone: Inference, array: bool, there: Shape, here: Shape) -> Sort:
    return _matrix(text, alone, there, here) if array else REAL


def _matrix(text: Inference, alone: Inference, there: Shape, here: Shape) -> Matrix:
    rows, columns = (_size(text.said_size(one), alone.said_size(other)) for one, other in zip(there, here, strict=True))
    return Matrix(rows, columns)


def _size(there: Size | None, here: Size | None) -> Size:
    return here if here is not None and there == here else UNSAID
