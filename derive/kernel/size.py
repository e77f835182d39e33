"""Sizes of matrices: polynomials with whole coefficients in letters that stand for positive integers, in one canonical text.

    n + 1    m * p    m + n    2 * n - 1

Products of larger degree come first, then the order of the letters, the number last. Kronecker products multiply sizes, blocks add them; two sizes are
the same for all values of their letters exactly if their texts are the same.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from .term import Size, TermError

Monomials = dict[tuple[str, ...], int]

MAXIMUM_MONOMIALS = 50
_FACTOR = re.compile(r"[^\s*+-][^\s*+]*")


def product(left: Size, right: Size) -> Size:
    """The product of two sizes."""
    if isinstance(left, int) and isinstance(right, int):
        return left * right
    if 1 in (left, right):
        return right if left == 1 else left
    found: Monomials = {}
    for one, factor in parsed(left).items():
        for other, times in parsed(right).items():
            key = tuple(sorted((*one, *other)))
            found[key] = found.get(key, 0) + factor * times
    return written(found)


def total(left: Size, right: Size) -> Size:
    """The sum of two sizes."""
    if isinstance(left, int) and isinstance(right, int):
        return left + right
    found = parsed(left)
    for key, factor in parsed(right).items():
        found[key] = found.get(key, 0) + factor
    return written(found)


def quotient(whole: Size, part: Size) -> Size | None:
    """The size whose product with the part is the whole, for products of letters and numbers; None where there is none."""
    try:
        (above,), (below,) = parsed(whole).items(), parsed(part).items()
    except (TermError, ValueError):
        return None
    (names, factor), (taken, divisor) = above, below
    rest = list(names)
    for name in taken:
        if name not in rest:
            return None
        rest.remove(name)
    if divisor < 1 or factor < 1 or factor % divisor:
        return None
    return written({tuple(rest): factor // divisor})


def value(size: Size, letters: Mapping[str, int]) -> int | None:
    """What a size is where its letters have values; None where one has none, or the text is no size."""
    if isinstance(size, int):
        return size
    try:
        monomials = parsed(size)
    except TermError:
        return None
    result = 0
    for names, factor in monomials.items():
        for name in names:
            if name not in letters:
                return None
            factor *= letters[name]
        result += factor
    return result


def letters_of(size: Size) -> tuple[str, ...]:
    """The letters of a size, in their order; nothing for a text that is no size."""
    try:
        return tuple(dict.fromkeys(name for names in parsed(size) for name in names))
    except TermError:
        return ()


def parsed(size: Size) -> Monomials:
    """The monomials of a size: sorted letters and their coefficient. TermError for a text that is none."""
    if isinstance(size, int):
        return {(): size}
    found: Monomials = {}
    pieces = re.split(r" ([+-]) ", size)
    for position in range(0, len(pieces), 2):
        factor = -1 if position and pieces[position - 1] == "-" else 1
        names: list[str] = []
        for part in pieces[position].split(" * "):
            if part.isdecimal() and part.isascii():
                factor *= int(part)
            elif _FACTOR.fullmatch(part):
                names.append(part)
            else:
                raise TermError(f"not a size: {size}")
        key = tuple(sorted(names))
        found[key] = found.get(key, 0) + factor
    if len(found) > MAXIMUM_MONOMIALS:
        raise TermError("a size that is too long")
    return found


def written(monomials: Monomials) -> Size:
    """The canonical text; a number where no letter is left. TermError for what cannot be a size: nothing positive in it."""
    kept = {key: factor for key, factor in monomials.items() if factor}
    if not any(kept) and kept.get((), 0) > 0:
        return kept[()]
    ordered = sorted(kept, key=lambda key: (kept[key] < 0, -len(key), key))
    if not ordered or kept[ordered[0]] < 0:
        raise TermError("a size that is not positive")
    text = ""
    for key in ordered:
        factor = abs(kept[key])
        part = " * ".join((*((str(factor),) if factor != 1 or not key else ()), *key))
        text += (f" - {part}" if kept[key] < 0 else f" + {part}") if text else part
    return text
