"""Powers of square matrices with a whole exponent that is no number, exponentials, and what commutes with them, in normal form.

    e^(cA) e^(dA) = e^((c+d)A)      A e^(cA) = e^(cA) A
    A^(k+l) = A^k A^l      A^(2k) = A^k A^k      (c A)^k = c^k A^k      (A^T)^k = (A^k)^T      A A^k = A^k A      A^-1 A^k = A^k A^-1      A^0 = I

for k, l >= 0, by the definition of powers (Horn, Johnson, Matrix Analysis, 0.2.2) and since cA and dA commute (Higham, Functions of Matrices, theorem 10.2). A power is a letter; a matrix that commutes with it stands before it.
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
    """The word with neighbours that commute in their order, and exponentials of multiples of one matrix as one."""
    done: list[int] = []
    for letter in word:
        place = len(done)
        while place and _may_turn(atoms, done[place - 1], letter):
            place -= 1
        met = _product_of_exponentials(atoms, done[place - 1], letter) if place else None
        done[place - (met is not None) : place] = (letter,) if met is None else met
    return tuple(done)


def _base_of(atoms: Atoms, letter: int) -> int | None:
    """The letter that a power or an exponential, or its inverse, is made of."""
    found = atoms.commuting.get(letter >> 1)
    if found is None:
        found = atoms.commuting.get(atoms.inverses.get(letter >> 1, -1))
    return None if found is None else found ^ (letter & 1)


def _may_turn(atoms: Atoms, left: int, right: int) -> bool:
    """Whether two neighbours commute and are not in order: a matrix stands before what is made of it, and that as it is numbered."""
    base = _base_of(atoms, left)
    if base is None:
        return False
    inverse = atoms.inverses.get(base >> 1)
    if right == base or (inverse is not None and right == 2 * inverse + (base & 1)):
        return True
    return _base_of(atoms, right) == base and right < left


def _exponent(atoms: Atoms, letter: int) -> tuple[Word, Form] | None:
    """The word W and the number c of a letter that is e^(c W)."""
    found, inverse = atoms.exponents.get(letter >> 1), atoms.inverses.get(letter >> 1, -1)
    if found is None and inverse in atoms.exponents:
        word, number = atoms.exponents[inverse]
        found = word, atoms.negate(number)
    if found is None or not letter & 1:
        return found
    return atoms.turned(found[0]), found[1]


def _product_of_exponentials(atoms: Atoms, left: int, right: int) -> Word | None:
    one, other = _exponent(atoms, left), _exponent(atoms, right)
    if one is None or other is None or one[0] != other[0]:
        return None
    from .normal_form import Form

    shape = atoms.shape_of_letter(left)
    total = atoms.multiply(atoms.add(one[1], other[1]), Form(shape, {one[0]: ONE}))
    ((word, _),) = atoms.exponential(total, None).words.items()
    return word
