"""Functions taken entry by entry, diagonal matrices, and sums over a position of any terms, in normal form.

A o B is the product entry by entry, 1 the column (or matrix) of ones, D_v the diagonal matrix of the column v, e_k a unit. All are read off the entries:

    f(A)_ij = f(A_ij)                      for a function of numbers f taken entry by entry, so that (f + g)(A) = f(A) + g(A), (f g)(A) = f(A) o g(A),
                                           c(A) = c 1 1^T for a number c, and the identity function gives A
    |c A| = |c| |A|, |A o B| = |A| o |B|, |A o A| = A o A, |1| = 1 entry by entry       |x|_1 = 1^T |x| for a column x
    r(A) o A = 1                           for the reciprocals r(A), which exist where no entry of A is 0; r(A o B) = r(A) o r(B), r(c A) = r(A) / c
    v o e_k = v_k e_k                      x^T (u o v) = 1^T (x o u o v), the sum of the products of the components
    D_v w = v o w    D_v D_w = D_(v o w)   D_v^T = D_v      D_1 = I     D_v^-1 = D_r(v)     tr(D_v) = 1^T v     diag and diagonal are linear
    sum_k g(k) = 1^T v,  sum_k P g(k) e_k Q = P v Q,  sum_k P g(k) e_k e_k^T Q = P D_v Q,      over k from 1 to the size n, for the column v with v_k = g(k)

A product r(A) o w of the reciprocals of a sum A = c u + rest with a factor u of w is (w / u - r(A) o rest o w / u) / c: a rational function of
one letter over the other has one form, as by partial fractions. Only u with a number c are used, which is not 0.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING

from . import polynomial, products
from .certificate import Rejected
from .polynomial import ONE, Polynomial
from .products import SCALAR, Part, Shape, Value, Word, bound
from .sorting import is_integral, is_scalar, sort_of
from .term import (
    ELEMENTARY,
    INTEGER,
    Apply,
    Constant,
    Matrix,
    Number,
    Size,
    Symbol,
    Term,
    free_symbols,
    substitute,
    subtract,
)

if TYPE_CHECKING:
    from .normal_form import Atoms, Form

MAXIMUM_STEPS = 30
MAXIMUM_POWER = 8
_SPECIAL = frozenset({"sqrt", "abs", "factorial", "floor", "ceil"})  # of numbers these have rules of their own
_QUOTIENT = Apply("/", (Number(1), Symbol("t")))
_ABSOLUTE = Apply("abs", (Symbol("t"),))
_TAKEN = (ELEMENTARY - _SPECIAL) | {"apply", "gradient", "partial"}


Free = tuple[set[int], set[int]]  # the atoms, and the letters in words, that do not depend on the letter of a position
Leaf = Callable[[int, set[int]], "Form | None"]  # of an atom, and the letters that do not


class Opaque(Exception):
    """What a term is made of is not known here."""


# --- products entry by entry ---------------------------------------------------------------------------------------------------


def product(atoms: Atoms, left: Form, right: Form) -> Form:
    """left o right, with reciprocals cancelled."""
    for one, other in ((left, right), (right, left)):
        index = _index_of_unit(atoms, other)
        if index is not None and one.grid is None:
            place = (Number(1), index) if other.shape[0] == 1 else (index, Number(1))
            return atoms.multiply(entry(atoms, one, *place), other)
    found = products.hadamard(atoms, left, right)
    return _reduced(atoms, found) if atoms.reciprocals and found.grid is None else found


def _index_of_unit(atoms: Atoms, form: Form) -> Term | None:
    """k of a multiple of e_k, or of its transpose."""
    if form.grid is not None or len(form.words) != 1 or form.shape == SCALAR:
        return None
    (word,) = form.words
    return atoms.units.get(word[0] >> 1) if len(word) == 1 else None


def _parts(atoms: Atoms, word: Word, shape: Shape) -> Counter[Part]:
    """The factors of a word entry by entry, but for ones."""
    parts = products.entrywise_parts(atoms, (word, shape))
    return Counter(part for part in parts if not products.all_ones(atoms, part[0]))


def _reduced(atoms: Atoms, form: Form) -> Form:
    for _ in range(MAXIMUM_STEPS):
        for word, value in form.words.items():
            replaced = _without_reciprocal(atoms, word, form.shape)
            if replaced is not None:
                rest = {other: one for other, one in form.words.items() if other != word}
                below = form.denominator
                scaled = atoms.multiply(_number(atoms, value, below), replaced)
                form = atoms.add(atoms.over_both(form.shape, rest, form, None), scaled)
                break
        else:
            return form
    raise Rejected("reciprocals of too many entries")


def _without_reciprocal(atoms: Atoms, word: Word, shape: Shape) -> Form | None:
    """A word that holds reciprocals and the leading factor of what they are of; None where it holds none."""
    parts = _parts(atoms, word, shape)
    for part in parts:
        found = _sum_of_reciprocals(atoms, part)
        if found is None:
            continue
        whole, lead = found
        wanted = _parts(atoms, lead, shape)
        if any(parts[one] < count for one, count in wanted.items()):
            continue
        others = parts - wanted
        kept = _of_parts(atoms, others - Counter([part]), shape)
        rest = {one: value for one, value in whole.words.items() if one != lead}
        with_rest = products.hadamard(atoms, _of_parts(atoms, others, shape), atoms.over_both(shape, rest, whole, None))
        return atoms.multiply(atoms.reciprocal(_number(atoms, whole.words[lead])), atoms.subtract(kept, with_rest))
    return None


def _sum_of_reciprocals(atoms: Atoms, part: Part) -> tuple[Form, Word] | None:
    """What a part is the reciprocals of, and its leading word; None of other parts."""
    word, _ = part
    found = atoms.reciprocals.get(word[0] >> 1) if len(word) == 1 else None
    if found is None:
        return None
    whole, lead = found
    return (atoms.transpose(whole), products.turned(lead)) if word[0] & 1 else (whole, lead)


def _of_parts(atoms: Atoms, parts: Counter[Part], shape: Shape) -> Form:
    found = _ones(atoms, shape)
    for word, _ in sorted(parts.elements(), key=repr):
        found = products.hadamard(atoms, found, atoms.word_form(word, shape))
    return found


def _number(atoms: Atoms, value: Polynomial, below: dict[int, int] | None = None) -> Form:
    return atoms.word_form((), SCALAR, value, below)


def _ones(atoms: Atoms, shape: Shape) -> Form:
    return atoms.form(Constant("ones", Matrix(*shape))) if shape != SCALAR else _number(atoms, ONE)


def reciprocals(atoms: Atoms, form: Form) -> Form:
    """1 over each entry."""
    if form.shape == SCALAR and form.grid is None:
        return atoms.reciprocal(form)
    if not form.words:
        raise Rejected("a division by zero")
    up = _number(atoms, ONE)
    for factor, exponent in form.denominator.items():
        up = atoms.multiply(up, atoms.power(_number(atoms, atoms.factor_polynomials[factor]), exponent))
    if len(form.words) == 1:
        ((word, value),) = form.words.items()
        found = _ones(atoms, form.shape)
        for part, _ in sorted(_parts(atoms, word, form.shape).elements(), key=repr):
            known = _sum_of_reciprocals(atoms, (part, form.shape))
            one = known[0] if known is not None else _reciprocal_letter(atoms, atoms.word_form(part, form.shape))
            found = product(atoms, found, one)
        return atoms.multiply(atoms.divide(up, _number(atoms, value)), found)
    numbers = {
        word: value for word, value in form.words.items() if set(value.terms) == {0} and _parts(atoms, word, form.shape)
    }
    lead = max(numbers, key=lambda word: _order(atoms, word, form.shape), default=None)
    whole = atoms.over_both(form.shape, form.words, _number(atoms, ONE), None)
    if lead is None:
        return atoms.multiply(up, _reciprocal_letter(atoms, whole))
    leading = _number(atoms, numbers[lead])
    whole = atoms.multiply(atoms.reciprocal(leading), whole)
    return atoms.multiply(atoms.divide(up, leading), _reciprocal_letter(atoms, whole, lead))


def _order(atoms: Atoms, word: Word, shape: Shape) -> tuple[int, list[Part]]:
    """By the number of factors, then by the factors: an order that products keep. Ones come first."""
    parts = sorted(_parts(atoms, word, shape).elements(), reverse=True)
    return len(parts), parts


def _reciprocal_letter(atoms: Atoms, form: Form, lead: Word | None = None) -> Form:
    if lead is None and len(form.words) == 1:
        (lead,) = form.words
    keys = (atoms.canonical(form), atoms.canonical(atoms.transpose(form)))
    turned = repr(keys[1]) < repr(keys[0])
    whole = atoms.transpose(form) if turned else form
    letter = atoms.letter(("reciprocals", keys[turned]), whole.shape)
    if lead is not None:
        atoms.reciprocals.setdefault(letter, (whole, products.turned(lead) if turned else lead))
    atoms.taken.setdefault(letter, (_QUOTIENT, (whole,)))
    return atoms.word_form((2 * letter + turned,), form.shape)


# --- functions entry by entry ----------------------------------------------------------------------------------------------------


class Entries:
    """Terms in a letter that stands for a position, or for an entry: of_term gives the array of their values.

    `leaf` says which array an atom is that depends on the letter. What does not depend on it is told by a twin of the letter in its place: an atom
    that occurs in both.
    """

    def __init__(self, atoms: Atoms, letters: tuple[Symbol, Symbol], shape: Shape, leaf: Leaf) -> None:
        self.atoms = atoms
        self.letter, self.twin = letters
        self.shape = shape
        self.leaf = leaf

    def of_term(self, term: Term) -> Form:
        """Of a number. Raises Opaque where it is not known."""
        if self.letter not in free_symbols(term):
            return self._constant(self.atoms.form(term))
        other = self.atoms.form(substitute(term, {self.letter: self.twin}))
        return self.of_form(self.atoms.form(term), products.occurring(self.atoms, other), set(other.denominator))

    def of_form(self, form: Form, free: Free, factors: set[int]) -> Form:
        """Of a scalar form, with the factors of its denominator that do not depend on the letter."""
        below = {factor: count for factor, count in form.denominator.items() if factor in factors}
        total = self.of_polynomial(form.scalar, free)
        for factor, count in form.denominator.items():
            if factor not in below:
                base, times = self.atoms.base_of(factor)
                divisor = reciprocals(self.atoms, self.of_polynomial(self.atoms.factor_polynomials[base], free))
                for _ in range(count * times):
                    total = product(self.atoms, total, divisor)
        return self.atoms.multiply(_number(self.atoms, ONE, below), total)

    def _constant(self, form: Form) -> Form:
        return self.atoms.multiply(form, _ones(self.atoms, self.shape))

    def of_polynomial(self, value: Polynomial, free: Free) -> Form:
        total = self._constant(_number(self.atoms, polynomial.ZERO))
        for key, coefficient in value.terms.items():
            rest = 0
            found = _ones(self.atoms, self.shape)
            for index, exponent in polynomial.exponents(key):
                if index in free[0]:
                    rest += exponent << (polynomial.BITS * index)
                    continue
                if exponent > MAXIMUM_POWER:
                    raise Opaque
                one = self._of_atom(index, free)
                for _ in range(exponent):
                    found = product(self.atoms, found, one)
            number = _number(self.atoms, Polynomial({rest: coefficient}, value.degree))
            total = self.atoms.add(total, self.atoms.multiply(number, found))
        return total

    def _of_atom(self, index: int, free: Free) -> Form:
        found = self.leaf(index, free[1])
        if found is not None:
            return found
        inside = self.atoms.absolutes.get(index)
        if inside is not None:
            return absolute(self.atoms, self.of_polynomial(inside, free))
        term = self.atoms.terms[index]
        if not isinstance(term, Apply) or term.head not in _TAKEN:
            raise Opaque
        function = () if term.head in ELEMENTARY else term.arguments[: 2 if term.head == "partial" else 1]
        if not all(is_scalar(sort_of(part)) for part in term.arguments[len(function) :]):
            raise Opaque
        forms = tuple(
            self.of_term(part) if self.letter in free_symbols(part) else self.atoms.form(part)
            for part in term.arguments[len(function) :]
        )
        return self._taken(term, function, forms)

    def _taken(self, term: Apply, function: tuple[Term, ...], forms: tuple[Form, ...]) -> Form:
        if self.shape == SCALAR:
            return value_of(self.atoms, term, forms)
        keys = tuple(self.atoms.canonical(form) for form in forms)
        turned = tuple(self.atoms.canonical(self.atoms.transpose(form)) for form in forms)
        bit = repr(turned) < repr(keys)
        if bit:
            forms = tuple(self.atoms.transpose(form) for form in forms)
        shape = (self.shape[1], self.shape[0]) if bit else self.shape
        letter = self.atoms.letter(("taken", term.head, function, turned if bit else keys), shape)
        self.atoms.taken.setdefault(letter, (term, forms))
        return self.atoms.word_form((2 * letter + bit,), self.shape)


def absolute(atoms: Atoms, form: Form) -> Form:
    """The absolute values of the entries."""
    if form.shape == SCALAR and form.grid is None:
        return atoms.absolute(form)
    if form.grid is not None or all(isinstance(length, int) for length in form.shape):
        return atoms.literal(tuple(tuple(absolute(atoms, entry) for entry in row) for row in atoms.entries(form)))
    if len(form.words) != 1:
        return _absolute_letter(atoms, form)
    ((word, value),) = form.words.items()
    found = _ones(atoms, form.shape)
    for part, count in sorted(_parts(atoms, word, form.shape).items(), key=repr):
        whole = _of_parts(atoms, Counter({part: count - count % 2}), form.shape)
        if count % 2:
            whole = products.hadamard(atoms, whole, _absolute_letter(atoms, atoms.word_form(part[0], form.shape)))
        found = products.hadamard(atoms, found, whole)
    return atoms.multiply(atoms.absolute(_number(atoms, value, form.denominator)), found)


def _absolute_letter(atoms: Atoms, form: Form) -> Form:
    """|A| = |-A|, |A|^T = |A^T|, | |A| | = |A| and |e_k| = e_k; only words without a number come here"""
    if not form.words:
        return form
    if len(form.words) == 1:
        ((word, _),) = form.words.items()
        if inside_absolute(atoms, word) is not None or (len(word) == 1 and word[0] >> 1 in atoms.units):
            return form
    ways = [(_with_positive_lead(atoms, form), False), (_with_positive_lead(atoms, atoms.transpose(form)), True)]
    whole, turned = min(ways, key=lambda way: (repr(atoms.canonical(way[0])), way[1]))
    letter = atoms.letter(("taken", "abs", atoms.canonical(whole)), whole.shape)
    atoms.taken.setdefault(letter, (_ABSOLUTE, (whole,)))
    return atoms.word_form((2 * letter + turned,), form.shape)


def _with_positive_lead(atoms: Atoms, form: Form) -> Form:
    """The form or its negative, of which one coefficient is positive."""
    terms = form.words[min(form.words)].terms
    return form if terms[max(terms)] > 0 else atoms.negate(form)


def inside_absolute(atoms: Atoms, word: Word) -> Form | None:
    """A, or its transpose, of a word |A|; |A| has the same norm."""
    function, forms = atoms.taken.get(word[0] >> 1, (None, ())) if len(word) == 1 else (None, ())
    return forms[0] if function == _ABSOLUTE else None


def value_of(atoms: Atoms, term: Apply, forms: tuple[Form, ...]) -> Form:
    """The value of a function at numbers; the term says which function."""
    if term.head == "/":
        return atoms.reciprocal(forms[0])
    if term.head == "abs":
        return atoms.absolute(forms[0])
    count = len(term.arguments) - len(forms)
    keys = tuple(atoms.canonical(form) for form in forms)
    index = atoms.atom((term.head, *term.arguments[:count], *keys))
    atoms.values.setdefault(index, (term, forms))
    return _number(atoms, polynomial.atom(index))


def entry_of_letter(atoms: Atoms, before: Word, letter: int, after: Word) -> Polynomial | None:
    """e_i^T f(A) e_j = f(e_i^T A e_j) for a letter that is a function taken entry by entry; of a column or row, without one of the units."""
    term, forms = atoms.taken[letter >> 1]
    entries = []
    for form in forms:
        if form.shape == SCALAR:
            entries.append(form)
            continue
        inside = atoms.transpose(form) if letter & 1 else form
        for word, left in ((before, True), (after, False)):
            if word:
                side = inside.shape[0] if left else inside.shape[1]
                unit = atoms.word_form(word, (1, side) if left else (side, 1))
                inside = atoms.multiply(unit, inside) if left else atoms.multiply(inside, unit)
        entries.append(inside)
    value = value_of(atoms, term, tuple(entries))
    return None if value.denominator else value.scalar


def entry(atoms: Atoms, form: Form, row: Term, column: Term) -> Form:
    """An entry at a position; of functions and products entry by entry that of their parts, which may be quotients."""
    if not atoms.taken:
        return products.entry(atoms, form, row, column)
    total = _number(atoms, polynomial.ZERO)
    for word, value in form.words.items():
        one = _entry_of_word(atoms, word, form.shape, (row, column))
        total = atoms.add(total, atoms.multiply(_number(atoms, value, form.denominator), one))
    return total


def _entry_of_word(atoms: Atoms, word: Word, shape: Shape, place: tuple[Term, Term]) -> Form:
    if len(word) == 1 and word[0] >> 1 in atoms.taken:
        term, forms = atoms.taken[word[0] >> 1]
        inside = [atoms.transpose(form) if word[0] & 1 else form for form in forms]
        return value_of(
            atoms, term, tuple(form if form.shape == SCALAR else entry(atoms, form, *place) for form in inside)
        )
    if len(word) == 1 and word[0] >> 1 in atoms.entrywise:
        result = _number(atoms, ONE)
        for part, _ in products.entrywise_parts(atoms, (word, shape)):
            result = atoms.multiply(result, _entry_of_word(atoms, part, shape, place))
        return result
    return products.entry(atoms, atoms.word_form(word, shape), *place)


def each(atoms: Atoms, term: Apply) -> Form:
    """A function taken entry by entry: of a literal and of a number value by value, of other arrays by letters."""
    body, variable, array = term.arguments
    assert isinstance(variable, Symbol)
    form = atoms.form(array)
    one, two = bound(body, variable), bound(body, variable, "'")
    if one is None or two is None:
        return atoms.opaque(term, ("term", term))
    (renamed, letter), twin = one, two[1]
    own = atoms.atom(("name", letter), letter)

    def of(inside: Form) -> Form:
        def leaf(index: int, _letters: set[int]) -> Form | None:
            return inside if index == own else None

        return Entries(atoms, (letter, twin), inside.shape, leaf).of_term(renamed)

    try:
        if form.grid is not None or all(isinstance(length, int) for length in form.shape):
            if form.shape == SCALAR and form.grid is None:
                return of(form)
            return atoms.literal(tuple(tuple(of(entry) for entry in row) for row in atoms.entries(form)))
        return of(form)
    except Opaque:
        return atoms.opaque(term, ("each", atoms.canonical(atoms.form(renamed)), atoms.canonical(form)))


def sum_of_absolutes(atoms: Atoms, form: Form) -> Form:
    """1^T |x| of a column."""
    return atoms.reduced(atoms.multiply(atoms.transpose(_ones(atoms, form.shape)), absolute(atoms, form)))


# --- diagonal matrices -----------------------------------------------------------------------------------------------------------


def diag(atoms: Atoms, form: Form) -> Form:
    """The diagonal matrix of a vector."""
    if form.shape == SCALAR:
        return form
    column = atoms.transpose(form) if form.shape[0] == 1 else form
    length = column.shape[0]
    if column.grid is not None or isinstance(length, int):
        entries = [row[0] for row in atoms.entries(column)]
        nothing = _number(atoms, polynomial.ZERO)
        return atoms.literal(
            tuple(tuple(entry if i == j else nothing for j in range(len(entries))) for i, entry in enumerate(entries))
        )
    words: dict[Word, Polynomial] = {}
    for word, value in column.words.items():
        made = _diag_word(atoms, word, length)
        words[made] = polynomial.add(words[made], value) if made in words else value
    return atoms.over_both((length, length), words, column, None)


def _diag_word(atoms: Atoms, word: Word, length: Size) -> Word:
    if products.all_ones(atoms, word):
        return ()
    letter = atoms.letter(("diag", word), (length, length))
    atoms.diagonals[letter] = word
    return (2 * letter,)


def inverse_of_diagonal(atoms: Atoms, form: Form) -> Form | None:
    """The inverse of a sum of diagonal matrices; None of others."""
    shape = (form.shape[0], 1)
    total = atoms.word_form((), shape, polynomial.ZERO)
    for word, value in form.words.items():
        if len(word) > 1 or (word and word[0] >> 1 not in atoms.diagonals):
            return None
        total = atoms.add(
            total, atoms.multiply(_number(atoms, value, form.denominator), _diagonal_of_word(atoms, word, shape[0]))
        )
    return diag(atoms, reciprocals(atoms, total))


def diagonal(atoms: Atoms, form: Form) -> Form:
    """The diagonal of a square matrix, as a column."""
    if form.shape == SCALAR:
        return form
    length = form.shape[0]
    if form.grid is not None or isinstance(length, int):
        grid = atoms.entries(form)
        return atoms.literal(tuple((grid[index][index],) for index in range(len(grid))))
    total = atoms.over_both((length, 1), {}, form, None)
    for word, value in form.words.items():
        total = atoms.add(
            total, atoms.multiply(_number(atoms, value, form.denominator), _diagonal_of_word(atoms, word, length))
        )
    return total


def _diagonal_of_word(atoms: Atoms, word: Word, length: Size) -> Form:
    """(D_v)_ii = v_i and (x y^T)_ii = x_i y_i."""
    shape = (length, 1)
    if not word:
        return _ones(atoms, shape)
    if len(word) == 1 and word[0] >> 1 in atoms.diagonals:
        return atoms.word_form(atoms.diagonals[word[0] >> 1], shape)
    for place in range(1, len(word)):
        if atoms.shape_of_letter(word[place])[0] == 1:
            one, other = word[:place], products.turned(word[place:])
            return product(atoms, atoms.word_form(one, shape), atoms.word_form(other, shape))
    word = min(word, atoms.turned(word))
    return atoms.word_form((2 * atoms.letter(("diagonal", word), shape),), shape)


def with_diagonals(atoms: Atoms, word: Word) -> Value:
    """The word with its diagonal matrices multiplied by each other and by columns behind or rows before them."""
    factor = ONE
    while True:
        word = atoms.straight(word)
        for place, letter in enumerate(word):
            if letter >> 1 not in atoms.diagonals:
                continue
            found = _met(atoms, word, place)
            if found is not None:
                value, word = found
                factor = polynomial.multiply(factor, value)
                break
        else:
            return factor, word


def _met(atoms: Atoms, word: Word, place: int) -> Value | None:
    inside = atoms.diagonals[word[place] >> 1]
    length = atoms.shape_of_letter(word[place])[0]
    shape = (length, 1)
    if place + 1 < len(word) and word[place + 1] >> 1 in atoms.diagonals:
        other = atoms.diagonals[word[place + 1] >> 1]
        value, made = products.entrywise_words(atoms, (inside, shape), (other, shape))
        return value, word[:place] + _diag_word(atoms, made, length) + word[place + 2 :]
    for end in range(place + 1, len(word)):
        if atoms.shape_of_letter(word[end])[1] == 1:
            value, made = products.entrywise_words(atoms, (inside, shape), (word[place + 1 : end + 1], shape))
            return value, word[:place] + made + word[end + 1 :]
    for start in range(place - 1, -1, -1):
        if atoms.shape_of_letter(word[start])[0] == 1:
            other = products.turned(word[start:place])
            value, made = products.entrywise_words(atoms, (inside, shape), (other, shape))
            return value, word[:start] + products.turned(made) + word[place + 1 :]
    return None


# --- sums ------------------------------------------------------------------------------------------------------------------------


def sum_of_products(atoms: Atoms, word: Word) -> Polynomial | None:
    """x^T (u o v) by the factors in order; None of a word that does not end with a product entry by entry."""
    found: list[tuple[Part, ...]] = []
    for one in (word, atoms.turned(word)):
        last = one[-1]
        if len(one) < 2 or last >> 1 not in atoms.entrywise:
            continue
        shape = (atoms.shape_of_letter(last)[0], 1)
        parts = _parts(atoms, one[-1:], shape) + _parts(atoms, atoms.turned(one[:-1]), shape)
        found.append(tuple(sorted(parts.elements(), key=repr)))
    if not found:
        return None
    return polynomial.atom(atoms.atom(("sum of products", min(found, key=repr))))


def sum_over_positions(atoms: Atoms, body: Term, variable: Symbol, upper: Term) -> Form | None:
    """The sum over all positions from 1 to the size `upper` of a term in which the variable stands in units of that size only; None where it does not."""
    one, two = bound(body, variable), bound(body, variable, "'")
    if one is None or two is None:
        return None
    letters = (one[1], two[1])
    try:
        form, other = atoms.form(one[0]), atoms.form(two[0])
        units = {number for number, index in atoms.units.items() if index == letters[0]}
        lengths = {atoms.letter_shapes[number][0] for number in units}
        last = atoms.canonical(atoms.form(upper))
        if len(lengths) != 1 or form.grid is not None:
            return None
        (length,) = lengths
        if isinstance(length, int) or atoms.canonical(_number(atoms, atoms.size(length))) != last:
            return None
        (unit,) = units
        shape = (length, 1)

        def leaf(index: int, free: set[int]) -> Form | None:
            key = atoms.key_of(index)
            if not (isinstance(key, tuple) and key[0] == "word"):
                return _unit_of_delta(atoms, atoms.terms[index], letters[0], length)
            word = key[1] if key[1][-1] == 2 * unit else products.turned(key[1])
            inside = word[:-1]
            if word[-1] != 2 * unit or any(letter >> 1 not in free for letter in inside):
                return None
            return atoms.word_form(products.turned(inside), shape)

        entries = Entries(atoms, letters, shape, leaf)
        if form.shape == SCALAR:
            column = entries.of_form(form, products.occurring(atoms, other), set(other.denominator))
            return atoms.reduced(atoms.multiply(atoms.transpose(_ones(atoms, shape)), column))
        return _sum_of_words(atoms, entries, form, other, unit)
    except (Rejected, Opaque):
        return None


def _unit_of_delta(atoms: Atoms, term: Term | None, letter: Symbol, length: str) -> Form | None:
    """delta(i, k) = e_i^T e_k for an i that is shown to be a position."""
    if not isinstance(term, Apply) or term.head != "delta" or letter not in term.arguments or atoms.nonnegative is None:
        return None
    index = term.arguments[term.arguments[0] == letter]
    last = Symbol(length, INTEGER)
    inside = atoms.nonnegative(subtract(index, Number(1))) and atoms.nonnegative(subtract(last, index))
    if letter in free_symbols(index) or not is_integral(index) or not inside:
        return None
    return products.unit(atoms, length, index)


def _sum_of_words(atoms: Atoms, entries: Entries, form: Form, other: Form, unit: int) -> Form:
    """The sum of  g(k) P,  g(k) P e_k Q  or  g(k) P e_k e_k^T Q."""
    letters = {letter >> 1 for word in other.words for letter in word}
    seen = [products.occurring(atoms, _number(atoms, value)) for value in other.words.values()]
    free = (set().union(*(one for one, _ in seen)), set().union(*(one for _, one in seen)))
    total = atoms.word_form((), form.shape, polynomial.ZERO)
    for word, value in form.words.items():
        places = [place for place, letter in enumerate(word) if letter >> 1 == unit]
        known = all(letter >> 1 in letters for letter in word if letter >> 1 != unit)
        if not known or len(places) > 2 or places != list(range(min(places, default=0), max(places, default=-1) + 1)):
            raise Opaque
        column = entries.of_form(_number(atoms, value, form.denominator), free, set(other.denominator))
        if not places:
            number = atoms.multiply(atoms.transpose(_ones(atoms, entries.shape)), column)
            total = atoms.add(total, atoms.multiply(number, atoms.word_form(word, form.shape)))
            continue
        if len(places) == 2:  # of no two numbers, so that the first is a column
            column = diag(atoms, column)
        elif word[places[0]] & 1:
            column = atoms.transpose(column)
        made = column
        before, after = word[: places[0]], word[places[-1] + 1 :]
        if before:
            made = atoms.multiply(atoms.word_form(before, (form.shape[0], column.shape[0])), made)
        if after:
            made = atoms.multiply(made, atoms.word_form(after, (column.shape[1], form.shape[1])))
        total = atoms.add(total, made)
    return total
