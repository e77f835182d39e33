"""Kronecker products, vec, products entry by entry, units and sums over a position, in normal form.

All of them are linear in each argument, so that they are said of words. With sizes that fit:

    (A (x) B)(C (x) D) = AC (x) BD      (A (x) B)^T = A^T (x) B^T      I (x) I = I       x (x) y^T = x y^T = y^T (x) x
    (A (x) B) (x) C = A (x) (B (x) C)
    (A (x) B) vec(X) = vec(B X A^T)     vec(A)^T vec(B) = tr(A^T B)    vec(x) = x        vec(x^T) = x
    A o B = B o A                       (A o B)^T = A^T o B^T          A o (1 1^T) = A   1^T (A o B) 1 = tr(A^T B)
    A o I = A^T o I                     I o I = I
    A_ij = e_i^T A e_j                  e_i^T e_i = 1                  (A o B)_ij = A_ij B_ij    1^T e_i = 1    1^T 1 = n
    sum of e_i e_i^T = I and sum of e_i = 1, over i from 1 to the size

Each is read off the entries: (A (x) B)_(ip)(jq) = A_ij B_pq, and vec lists the columns below each other. The unit e_i exists for 1 <= i <= n only; a term
that holds one is not defined elsewhere, and a sum over all positions meets no other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import polynomial, size
from .certificate import Rejected
from .polynomial import ONE, ZERO, Polynomial
from .term import (
    BINDERS,
    Apply,
    Constant,
    Matrix,
    Number,
    Size,
    Symbol,
    Term,
    TermError,
    children,
    free_symbols,
    substitute,
)

if TYPE_CHECKING:
    from .normal_form import Atoms, Form

Word = tuple[int, ...]
Shape = tuple[Size, Size]
Part = tuple[Word, Shape]  # a word and its shape, which an empty word (an identity) does not say
Value = tuple[Polynomial, Word]  # a number times a word
SCALAR: Shape = (1, 1)
BOUND = "\\bound"  # begins the names of bound variables


def turned(word: Word) -> Word:
    """The transpose of a word."""
    return tuple(letter ^ 1 for letter in reversed(word))


def turned_part(part: Part) -> Part:
    word, (rows, columns) = part
    return turned(word), (columns, rows)


# --- words ---------------------------------------------------------------------------------------------------------------------


def pair(atoms: Atoms, one: Part, other: Part) -> Value:
    """one (x) other."""
    (left, (height, width)), (right, (rows, columns)) = one, other
    if one[1] == SCALAR or other[1] == SCALAR:
        return ONE, left + right  # one of them is empty
    if width == 1 and rows == 1:
        return atoms.simplified(left + right, (height, columns))
    if height == 1 and columns == 1:
        return atoms.simplified(right + left, (rows, width))
    if not left and not right:
        return ONE, ()
    if len(left) == 1 and left[0] >> 1 in atoms.pairs:  # (A (x) B) (x) C
        first, second = parts_of(atoms, left[0])
        factor, word = pair(atoms, second, other)
        following, whole = pair(atoms, first, (word, _shape_of_pair(second[1], other[1])))
        return polynomial.multiply(factor, following), whole
    if not left and len(right) == 1 and right[0] >> 1 in atoms.pairs:  # I (x) (I (x) C)
        first, second = parts_of(atoms, right[0])
        if not first[0]:
            return pair(atoms, ((), _shape_of_pair(one[1], first[1])), second)
    chosen, bit = (one, other), 0
    reverse = (turned_part(one), turned_part(other))
    if repr(reverse) < repr(chosen):
        chosen, bit = reverse, 1
    letter = atoms.letter(("kronecker", chosen), _shape_of_pair(chosen[0][1], chosen[1][1]))
    atoms.pairs[letter] = chosen
    return ONE, (2 * letter + bit,)


def _shape_of_pair(one: Shape, other: Shape) -> Shape:
    return size.product(one[0], other[0]), size.product(one[1], other[1])


def parts_of(atoms: Atoms, letter: int) -> tuple[Part, Part]:
    """The factors of a Kronecker product."""
    one, other = atoms.pairs[letter >> 1]
    return (turned_part(one), turned_part(other)) if letter & 1 else (one, other)


def column(atoms: Atoms, part: Part) -> Word:
    """vec of a word."""
    word, (rows, columns) = part
    if columns == 1:
        return word
    if rows == 1:
        return turned(word)
    letter = atoms.letter(("vec", part), (size.product(rows, columns), 1))
    atoms.columns[letter] = part
    return (2 * letter,)


def merged(atoms: Atoms, word: Word) -> Value:
    """The word with neighbours that are Kronecker products or vec multiplied."""
    factor = ONE
    done: list[int] = []
    waiting = list(reversed(word))
    while waiting:
        letter = waiting.pop()
        met = joined(atoms, done[-1], letter) if done else None
        if met is None:
            done.append(letter)
            continue
        done.pop()
        factor = polynomial.multiply(factor, met[0])
        waiting.extend(reversed(met[1]))
    return factor, tuple(done)


def joined(atoms: Atoms, left: int, right: int) -> Value | None:
    """The product of two neighbours, where there is a rule for it."""
    one, other = left >> 1, right >> 1
    if one in atoms.pairs and other in atoms.pairs:
        return _product_of_pairs(atoms, parts_of(atoms, left), parts_of(atoms, right))
    if one in atoms.pairs and other in atoms.columns and not right & 1:
        return _pair_times_column(atoms, parts_of(atoms, left), atoms.columns[other])
    if one in atoms.columns and left & 1 and other in atoms.pairs:
        found = _pair_times_column(atoms, parts_of(atoms, right ^ 1), atoms.columns[one])
        return None if found is None else (found[0], turned(found[1]))
    if one in atoms.columns and left & 1 and other in atoms.columns and not right & 1:
        (first, shape), (second, same) = atoms.columns[one], atoms.columns[other]
        if shape != same:
            return None
        square = (shape[1], shape[1])
        factor, word = atoms.simplified(turned(first) + second, square)
        return polynomial.multiply(factor, atoms.trace_of_word(word, square)), ()
    return None


def _product_of_pairs(atoms: Atoms, left: tuple[Part, Part], right: tuple[Part, Part]) -> Value | None:
    factor = ONE
    parts: list[Part] = []
    for (one, (rows, inner)), (other, (fits, columns)) in zip(left, right, strict=True):
        if inner != fits:
            return None
        value, word = atoms.simplified(one + other, (rows, columns))
        factor = polynomial.multiply(factor, value)
        parts.append((word, (rows, columns)))
    value, word = pair(atoms, *parts)
    return polynomial.multiply(factor, value), word


def _pair_times_column(atoms: Atoms, factors: tuple[Part, Part], inside: Part) -> Value | None:
    """(A (x) B) vec(X) = vec(B X A^T)"""
    (one, (height, width)), (other, (rows, columns)) = factors
    if inside[1] != (columns, width):
        return None
    factor, word = atoms.simplified(other + inside[0] + turned(one), (rows, height))
    return factor, () if (rows, height) == SCALAR else column(atoms, (word, (rows, height)))


def scalar_word(atoms: Atoms, word: Word) -> Polynomial | None:
    """A word that is a number, by its units and ones; None where there is no rule for it."""
    from . import entrywise

    for one in (word, turned(word)):
        found = _inner(atoms, one[0] >> 1, one[-1] >> 1) if len(one) == 2 else None
        if found is None and len(one) in {2, 3}:
            found = _by_entries(atoms, one)
        if found is not None:
            return found
    return entrywise.sum_of_products(atoms, word)


def _by_entries(atoms: Atoms, word: Word) -> Polynomial | None:
    """An entry, or the sum of all entries, of a letter that is known entry by entry."""
    from . import entrywise

    middle, ends = word[1], (word[0] >> 1, *(letter >> 1 for letter in word[2:]))
    at_units = all(letter in atoms.units for letter in ends)
    if at_units and middle >> 1 in atoms.taken:
        return entrywise.entry_of_letter(atoms, word[:1], middle, word[2:])
    if middle >> 1 in atoms.entrywise and (at_units or all(letter in atoms.ones for letter in ends)):
        parts = atoms.entrywise[middle >> 1]
        if middle & 1:
            parts = tuple(turned_part(part) for part in parts)
        return _of_entries(atoms, word[:1], parts, word[2:], ones=not at_units)
    return None


def _inner(atoms: Atoms, first: int, last: int) -> Polynomial | None:
    """The inner product of two units or ones."""
    one, other = atoms.units.get(first), atoms.units.get(last)
    if one is not None and other is not None:
        if first == last:
            return ONE
        if isinstance(one, Number) and isinstance(other, Number):
            return ZERO
        return polynomial.atom(delta(atoms, one, other))
    if first in atoms.ones and last in atoms.ones:
        return atoms.size(atoms.letter_shapes[first][0])
    if (one is not None and last in atoms.ones) or (other is not None and first in atoms.ones):
        return ONE
    return None


def delta(atoms: Atoms, left: Term, right: Term) -> int:
    """The atom that is 1 where two numbers are equal, and else 0; so its square is itself."""
    keys = sorted((atoms.canonical(atoms.form(index)) for index in (left, right)), key=repr)
    index = atoms.atom(("delta", *keys), Apply("delta", (left, right)))
    atoms.relations.setdefault(index, (2, atoms.word_form((), SCALAR, polynomial.atom(index))))
    return index


def _of_entries(atoms: Atoms, before: Word, parts: tuple[Part, ...], after: Word, *, ones: bool) -> Polynomial | None:
    """An entry of a product entry by entry, or the sum of all its entries."""
    if ones:
        if len(parts) != 2:
            return None
        (one, (_, columns)), (other, _) = parts
        square = (columns, columns)
        factor, word = atoms.simplified(turned(one) + other, square)
        return factor if square == SCALAR else polynomial.multiply(factor, atoms.trace_of_word(word, square))
    result = ONE
    for word, _ in parts:
        result = polynomial.multiply(result, atoms.simplified(before + word + after, SCALAR)[0])
    return result


# --- forms ---------------------------------------------------------------------------------------------------------------------


def kronecker(atoms: Atoms, left: Form, right: Form) -> Form:
    """left (x) right; entry by entry where one of them is a literal."""
    if SCALAR in (left.shape, right.shape):
        return atoms.multiply(left, right)
    if left.grid is not None or right.grid is not None:
        one, other = atoms.entries(left), atoms.entries(right)
        return atoms.literal(
            tuple(tuple(atoms.multiply(a, b) for a in row for b in low) for row in one for low in other)
        )
    return _bilinear(atoms, left, right, _shape_of_pair(left.shape, right.shape), pair)


def hadamard(atoms: Atoms, left: Form, right: Form) -> Form:
    """left o right."""
    if left.shape == SCALAR:
        return atoms.multiply(left, right)
    if left.grid is not None or right.grid is not None:
        one, other = atoms.entries(left), atoms.entries(right)
        return atoms.literal(
            tuple(
                tuple(atoms.multiply(a, b) for a, b in zip(row, low, strict=True))
                for row, low in zip(one, other, strict=True)
            )
        )
    return _bilinear(atoms, left, right, left.shape, entrywise_words)


def entrywise_words(atoms: Atoms, one: Part, other: Part) -> Value:
    parts = [*entrywise_parts(atoms, one), *entrywise_parts(atoms, other)]
    kept = sorted((part for part in parts if not all_ones(atoms, part[0])), key=repr)
    for word, shape in list(kept) if atoms.reciprocals else ():
        divided = atoms.reciprocals.get(word[0] >> 1) if len(word) == 1 else None
        if divided is not None and len(divided[0].words) == 1:  # r(w) o w = 1
            inside = turned(divided[1]) if word[0] & 1 else divided[1]
            if (inside, shape) in kept and (word, shape) in kept:
                kept.remove((inside, shape))
                kept.remove((word, shape))
    if not kept:
        return ONE, next(iter(atoms.form(Constant("ones", Matrix(*one[1]))).words))
    diagonal = [part for part in kept if not part[0]]
    if diagonal:  # of the others only the diagonal matters, which is that of their transposes too
        others = sorted((min(part, turned_part(part), key=repr) for part in kept if part[0]), key=repr)
        kept = [diagonal[0], *others]
    if len(kept) < 2:
        return ONE, (kept or parts)[0][0]
    single = next((part for part in kept if len(part[0]) == 1 and part[0][0] >> 1 in atoms.units), None)
    if single is not None and 1 in single[1]:
        return _at_unit(atoms, single, kept)
    chosen, bit = tuple(kept), 0
    reverse = tuple(sorted((turned_part(part) for part in kept), key=repr))
    if not diagonal and repr(reverse) < repr(chosen):
        chosen, bit = reverse, 1
    letter = atoms.letter(("hadamard", chosen), chosen[0][1])
    atoms.entrywise[letter] = chosen
    return ONE, (2 * letter + bit,)


def _at_unit(atoms: Atoms, unit_part: Part, parts: list[Part]) -> Value:
    """v o e_k = v_k e_k"""
    others = list(parts)
    others.remove(unit_part)
    factor = ONE
    for part in others:
        column = part if part[1][1] == 1 else turned_part(part)
        row = unit_part[0] if unit_part[1][0] == 1 else turned(unit_part[0])
        factor = polynomial.multiply(factor, atoms.simplified(row + column[0], SCALAR)[0])
    return factor, unit_part[0]


def entrywise_parts(atoms: Atoms, part: Part) -> tuple[Part, ...]:
    word = part[0]
    found = atoms.entrywise.get(word[0] >> 1) if len(word) == 1 else None
    if found is None:
        return (part,)
    return tuple(turned_part(one) for one in found) if word[0] & 1 else found


def all_ones(atoms: Atoms, word: Word) -> bool:
    return bool(word) and all(letter >> 1 in atoms.ones for letter in word)


def _bilinear(atoms: Atoms, left: Form, right: Form, shape: Shape, product: object) -> Form:
    words: dict[Word, Polynomial] = {}
    for one, first in left.words.items():
        for other, second in right.words.items():
            factor, word = product(atoms, (one, left.shape), (other, right.shape))  # type: ignore[operator]
            value = polynomial.multiply(polynomial.multiply(first, second), factor)
            total = polynomial.add(words[word], value) if word in words else value
            words[word] = total
    return atoms.over_both(shape, words, left, right)


def vec(atoms: Atoms, form: Form) -> Form:
    """The columns below each other."""
    if form.shape == SCALAR:
        return form
    if form.grid is not None:
        grid = atoms.entries(form)
        return atoms.literal(tuple((row[place],) for place in range(len(grid[0])) for row in grid))
    shape = (size.product(*form.shape), 1)
    words: dict[Word, Polynomial] = {}
    for word, value in form.words.items():
        made = column(atoms, (word, form.shape))
        words[made] = polynomial.add(words[made], value) if made in words else value
    return atoms.over_both(shape, words, form, None)


def unit(atoms: Atoms, length: Size, index: Term) -> Form:
    """The column e_i of a size."""
    if length == 1:
        return atoms.identity(SCALAR)
    column_sort = Matrix(length, 1)
    term = Apply("unit", (Constant("zero", column_sort), index, Number(1)))
    letter = atoms.letter(("unit", length, atoms.canonical(atoms.form(index))), (length, 1), term)
    atoms.units.setdefault(letter, index)
    return atoms.word_form((2 * letter,), (length, 1))


def entry(atoms: Atoms, form: Form, row: Term, column_index: Term) -> Form:
    """e_row^T form e_column."""
    before = atoms.transpose(unit(atoms, form.shape[0], row))
    return atoms.multiply(atoms.multiply(before, form), unit(atoms, form.shape[1], column_index))


# --- sums over a position --------------------------------------------------------------------------------------------------------


def bound(body: Term, variable: Symbol, mark: str = "") -> tuple[Term, Symbol] | None:
    """The body with a letter for its variable of which no hypothesis speaks, the same one in sums that are nested as deep. None where it is in use."""
    letter = Symbol(f"{BOUND}{mark}{{{_depth(body)}}}", variable.sort)
    if letter in free_symbols(body):
        return None
    try:
        return substitute(body, {variable: letter}), letter
    except TermError:
        return None


def _depth(term: Term) -> int:
    """How deep sums are nested in a term."""
    inner = max((_depth(part) for part in children(term)), default=0)
    return inner + 1 if isinstance(term, Apply) and term.head in BINDERS else inner


def sum_of_positions(atoms: Atoms, body: Term, variable: Symbol, upper: Term) -> Form | None:
    """The sum over all positions from 1 to the size `upper`, where the variable stands only in units of that size, at most two in each product.

    What does not depend on the variable is told by another variable in its place: an atom or letter of the one body that occurs in the other too.
    """
    one, two = bound(body, variable), bound(body, variable, "'")
    if one is None or two is None:
        return None
    try:
        form, letter = atoms.form(one[0]), one[1]
        other = atoms.form(two[0])
    except Rejected:
        return None
    letters = {number for number, index in atoms.units.items() if index == letter}
    last = atoms.canonical(atoms.form(upper))
    lengths = {atoms.letter_shapes[number][0] for number in letters}
    if not letters or any(atoms.canonical(atoms.word_form((), SCALAR, atoms.size(each))) != last for each in lengths):
        return None
    free_atoms, free_letters = occurring(atoms, other)
    if set(form.denominator) - set(other.denominator):
        return None
    total = ZERO
    for key, coefficient in form.scalar.terms.items():
        rest = 0
        words: list[Word] = []
        for index, exponent in polynomial.exponents(key):
            if index in free_atoms:
                rest += exponent << (polynomial.BITS * index)
                continue
            found = _words_of_atom(atoms, index, exponent)
            if found is None:
                return None
            words += found
        value = _contracted(atoms, words, letters, free_letters, next(iter(lengths)))
        if value is None:
            return None
        monomial = Polynomial({rest: coefficient}, form.scalar.degree)
        total = polynomial.add(total, polynomial.multiply(monomial, value))
    return atoms.word_form((), SCALAR, total, form.denominator)


def occurring(atoms: Atoms, form: Form) -> tuple[set[int], set[int]]:
    """The atoms of a scalar form, and the letters in those that are words."""
    found = {index for key in form.scalar.terms for index, _ in polynomial.exponents(key)}
    found |= {
        index
        for number in form.denominator
        for key in atoms.factor_polynomials[number].terms
        for index, _ in polynomial.exponents(key)
    }
    found = _with_absolutes(atoms, found)
    words = [word for index in sorted(found) for word in _words_of_atom(atoms, index, 2) or []]
    return found, {one >> 1 for word in words for one in word}


def _with_absolutes(atoms: Atoms, found: set[int]) -> set[int]:
    """The atoms, and those that the absolute values among them are of."""
    rest = list(found)
    while rest:
        inside = atoms.absolutes.get(rest.pop())
        new = set() if inside is None else {one for key in inside.terms for one, _ in polynomial.exponents(key)} - found
        found = found | new
        rest += new
    return found


def _words_of_atom(atoms: Atoms, index: int, exponent: int) -> list[Word] | None:
    """The words whose product is a power of an atom; None where it is not made of words."""
    key = atoms.key_of(index)
    assert isinstance(key, tuple)
    if key[0] == "word":
        return [key[1]] * exponent
    if key[0] == "norm" and exponent % 2 == 0:
        return [turned(key[1]) + key[1]] * (exponent // 2)
    return None


def _contracted(atoms: Atoms, words: list[Word], units: set[int], free: set[int], length: Size) -> Polynomial | None:
    """The sum over the units of a product of words."""
    ends: list[Word] = []  # u of u e_i
    for word in words:
        first, last = word[0] >> 1 in units, word[-1] >> 1 in units
        middle = word[first : len(word) - last]
        if not (first or last) or any(letter >> 1 in units or letter >> 1 not in free for letter in middle):
            return None
        if first and last:
            if not middle or len(words) > 1:
                return None
            square = (length, length)
            factor, rest = atoms.simplified(middle, square)
            return polynomial.multiply(factor, atoms.trace_of_word(rest, square))
        ends.append(turned(middle) if first else middle)
    if not ends:
        return atoms.size(length)
    if len(ends) == 1:
        ends.append(next(iter(atoms.form(Constant("ones", Matrix(1, length))).words)))
    if len(ends) != 2:
        return None
    return atoms.simplified(ends[0] + turned(ends[1]), SCALAR)[0]
