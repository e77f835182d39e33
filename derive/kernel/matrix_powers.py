"""Powers of square matrices with a whole exponent that is no number, and what commutes with them, in normal form.

    A^(k+l) = A^k A^l      A^(2k) = A^k A^k      (c A)^k = c^k A^k      (A^T)^k = (A^k)^T      A A^k = A^k A      A^-1 A^k = A^k A^-1      A^0 = I

for k, l >= 0, by the definition of powers (Horn, Johnson, Matrix Analysis, 0.2.2). A power is a letter; a matrix that commutes with it stands before it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import sums
from .polynomial import ONE
from .term import Apply, Term

if TYPE_CHECKING:
    from .normal_form import Atoms, Form

Word = tuple[int, ...]


def power(atoms: Atoms, base: Form, base_term: Term, exponent: Form) -> Form | None:
    """base^exponent, taken apart; None where the exponent is not shown to be a sum of natural numbers."""
    parts = sums.parts_of_exponent(atoms, exponent, natural=True)
    if parts is None:
        return None
    constant, symbols = parts
    result = atoms.power(base, constant)
    outside, inside = _without_factor(base)
    named = base_term if inside is base else None
    for lowered, coefficient in symbols:
        letter = _letter(atoms, inside, named, lowered)
        single = atoms.multiply(atoms.power_to(outside, atoms.form(lowered)), letter)
        result = atoms.multiply(result, atoms.power(single, coefficient))
    return result


def _without_factor(base: Form) -> tuple[Form, Form]:
    """A multiple of a word as the number and the word; other matrices as they are."""
    from .normal_form import SCALAR, Form, scalar

    if base.grid is not None or len(base.words) != 1:
        return scalar(ONE), base
    ((word, value),) = base.words.items()
    if value == ONE and not base.denominator:
        return scalar(ONE), base
    return Form(SCALAR, {(): value}, base.denominator), Form(base.shape, {word: ONE})


def _letter(atoms: Atoms, base: Form, base_term: Term | None, exponent: Term) -> Form:
    """One letter for the power of a matrix and that of its transpose."""
    from .normal_form import Form

    above, other = atoms.form(exponent), atoms.transpose(base)
    keys = (atoms.canonical(base), atoms.canonical(other))
    bit = int(repr(keys[1]) < repr(keys[0]))
    named = (
        None if base_term is None else Apply("^", (Apply("transpose", (base_term,)) if bit else base_term, exponent))
    )
    letter = atoms.letter(("^", keys[bit], atoms.canonical(above)), base.shape, named)
    least = (base, other)[bit]
    atoms.powers[letter] = (least, above)
    if least.grid is None and len(least.words) == 1:
        (word,) = least.words
        if len(word) == 1:
            atoms.commuting[letter] = word[0]
    return Form(base.shape, {(2 * letter + bit,): ONE})


def ordered(atoms: Atoms, word: Word) -> Word:
    """The word with neighbours that commute in their order."""
    done: list[int] = []
    for letter in word:
        place = len(done)
        while place and _may_turn(atoms, done[place - 1], letter):
            place -= 1
        done.insert(place, letter)
    return tuple(done)


def _may_turn(atoms: Atoms, left: int, right: int) -> bool:
    """Whether two neighbours commute and are not in order: a matrix stands before its powers, powers of one matrix as they are numbered."""
    base = atoms.commuting.get(left >> 1)
    if base is None:
        return False
    base ^= left & 1
    inverse = atoms.inverses.get(base >> 1)
    if right == base or (inverse is not None and right == 2 * inverse + (base & 1)):
        return True
    other = atoms.commuting.get(right >> 1)
    return other is not None and other ^ (right & 1) == base and right < left
