"""The normal form of scalars, vectors and matrices of symbolic or literal size.

A form is a sum of words with scalar polynomials as coefficients, over a product of scalar polynomials:

    ( sum of  polynomial * word ) / ( factor^k * ... )

A word is a product of matrix letters (a symbol, a gradient, an inverse, ...; each possibly transposed). Words of shape 1 x 1 and traces are scalar
atoms, canonical under transposition and (traces) rotation. A matrix literal is a grid of scalar forms. Two terms with the same form are equal
wherever both are defined. For free matrices of free sizes the converse holds too (Procesi 1976, Razmyslov 1974); otherwise it need not.

Every rule used is an identity where both sides are defined:
    x^T y = y^T x        tr(AB) = tr(BA)       (AB)^T = B^T A^T      A A^-1 = A^-1 A = 1        x^T x = norm(x)^2
    det(AB) = det(A) det(B)                    det(A^T) = det(A)     det(A^-1) = 1 / det(A)     det(c A) = c^n det(A) for A of size n
    root(t, q)^q = t     abs(t)^2 = t^2        norm(c x) = abs(c) norm(x)                     abs(c) = c for c >= 0 (shown by the caller)

Roots are taken factor by factor: for q odd, root(a b, q) = root(a, q) root(b, q) for all real a and b; for q even, if a >= 0. (If a > 0, b has a root too.
If a = 0, the left side is 0, and so is the right one whichever complex root of b is put there; all that is done with forms is true of complex numbers as
well, and b's root only occurs in products with that of a.) root(root(a, p), q) = root(a, p q), the roots of one base are powers of those of prime power index:
a^(5/6) = a^(1/2) a^(1/3), a^(1/6) = a^(1/2) a^(2/3) / a for a > 0 only; and root(a, p^k)^p = root(a, p^(k-1)).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import reduce
from itertools import pairwise
from math import comb, factorial

from . import entrywise, polynomial, products
from . import size as sizes
from .certificate import Rejected
from .enclosure import integer_root
from .expansion import Expansion
from .polynomial import ONE, ZERO, Polynomial
from .sorting import is_scalar, is_vector, sort_of
from .term import INTEGER, Apply, Constant, Lambda, Matrix, Number, Size, Sort, Symbol, Term, substitute

Word = tuple[int, ...]  # letters: 2 * index + (1 if transposed)
Shape = tuple[Size, Size]
SCALAR: Shape = (1, 1)
MAXIMUM_ENTRIES = 400
MAXIMUM_FACTORIAL = 4000
MAXIMUM_SUMMANDS = 200
ONE_TERM = Number(1)
MAXIMUM_INVERTED = 3  # the size of literals whose determinants and inverses are always written out
MAXIMUM_INDEX = 5_000
_SMALL = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47)


class Form:
    """words / denominator, or a grid of scalar forms. `denominator` maps the numbers of factors in `Atoms` to exponents. Not changed once made."""

    __slots__ = ("denominator", "grid", "shape", "words")

    def __init__(
        self,
        shape: Shape,
        words: dict[Word, Polynomial],
        denominator: dict[int, int] | None = None,
        grid: tuple[tuple[Form, ...], ...] | None = None,
    ) -> None:
        self.shape = shape
        self.words = words
        self.denominator = denominator or {}
        self.grid = grid

    @property
    def scalar(self) -> Polynomial:
        """The numerator of a scalar form."""
        return self.words.get((), ZERO)


class Atoms:
    """The atoms, letters and denominator factors of one check, numbered as they come. `nonnegative` and `positive` may show a term to be >= 0, > 0."""

    def __init__(
        self, nonnegative: Callable[[Term], bool] | None = None, positive: Callable[[Term], bool] | None = None
    ) -> None:
        self.numbers: dict[object, int] = {}
        self.keys: list[object] = []  # of the atoms, by number
        self.terms: list[Term | None] = []  # what an atom stands for, where that is a term as it stands
        self.relations: dict[int, tuple[int, Form]] = {}  # atom -> (q, form): atom^q = form
        self.absolutes: dict[int, Polynomial] = {}  # atom -> what it is the absolute value of
        self.letters: dict[object, int] = {}
        self.letter_shapes: list[Shape] = []
        self.letter_terms: list[Term | None] = []
        self.inverses: dict[int, int] = {}  # letter -> its inverse (indices), both ways
        self.units: dict[int, Term] = {}  # letter -> its index, of the units e_i
        self.ones: set[int] = set()  # letters that are columns of ones
        self.pairs: dict[int, tuple[products.Part, products.Part]] = {}  # letter -> the factors of a Kronecker product
        self.columns: dict[int, products.Part] = {}  # letter -> the word that it is vec of
        self.entrywise: dict[int, tuple[products.Part, ...]] = {}  # letter -> the factors of a product entry by entry
        self.taken: dict[
            int, tuple[Apply, tuple[Form, ...]]
        ] = {}  # letter -> the function taken entry by entry, and of what
        self.values: dict[
            int, tuple[Apply, tuple[Form, ...]]
        ] = {}  # atom -> the function that it is a value of, and of what
        self.reciprocals: dict[int, tuple[Form, Word]] = {}  # letter -> what it is 1 over, and the leading word of that
        self.diagonals: dict[int, Word] = {}  # letter -> the column that it has on its diagonal
        self.powers: dict[int, tuple[Form, Form]] = {}  # letter -> base and exponent
        self.commuting: dict[int, int] = {}  # a power or an exponential -> the letter that it is made of
        self.exponents: dict[
            int, tuple[Word, Form]
        ] = {}  # an exponential -> the word of which a multiple is its exponent
        self.pieces: dict[int, tuple[int, int, int]] = {}  # letter -> the letter that it is a block of, and its place
        self.partitions: dict[Size, tuple[Size, ...]] = {}  # how a size is cut into blocks, the same everywhere
        self.inverted: dict[int, Form] = {}  # letter -> the sum that it is the inverse of
        self.factors: dict[object, int] = {}
        self.factor_polynomials: list[Polynomial] = []
        self.memory: dict[Term, Form] = {}
        self.expansion = Expansion(lambda letter: self.atom(("name", letter), letter))
        self.nonnegative = nonnegative
        self.positive = positive
        self.roots: dict[
            int, tuple[Form, int]
        ] = {}  # an atom that is the q-th root of a factor or a number -> (that, q)
        self.signs: dict[int, str] = {}  # of atoms: + 0+ ?
        self.bases: dict[int, tuple[int, int]] = {}  # a factor -> (another, k): it is the k-th power of the other
        self.splits: dict[
            int, tuple[Polynomial, Fraction, dict[int, int]]
        ] = {}  # by the object, which is kept: what `split` says of it

    # --- atoms ---------------------------------------------------------------------------------------------------------

    def atom(self, key: object, term: Term | None = None) -> int:
        """The number of the scalar atom with this key."""
        number = self.numbers.get(key)
        if number is None:
            number = self.numbers[key] = len(self.terms)
            self.keys.append(key)
            self.terms.append(term)
        return number

    def scalar_atom(self, key: object, term: Term | None = None) -> Form:
        return scalar(polynomial.atom(self.atom(key, term)))

    def letter(self, key: object, shape: Shape, term: Term | None = None) -> int:
        """The number of the matrix letter with this key."""
        number = self.letters.get(key)
        if number is None:
            number = self.letters[key] = len(self.letter_shapes)
            self.letter_shapes.append(shape)
            self.letter_terms.append(term)
        return number

    def shape_of_letter(self, letter: int) -> Shape:
        rows, columns = self.letter_shapes[letter >> 1]
        return (columns, rows) if letter & 1 else (rows, columns)

    def letter_form(self, key: object, shape: Shape, term: Term | None = None) -> Form:
        return Form(shape, {(2 * self.letter(key, shape, term),): ONE})

    def factor(self, factor: Polynomial) -> int:
        """The number of a denominator factor."""
        key = factor.key()
        number = self.factors.get(key)
        if number is None:
            number = self.factors[key] = len(self.factor_polynomials)
            self.factor_polynomials.append(factor)
        return number

    def key_of(self, atom: int) -> object:
        """What an atom is known by."""
        return self.keys[atom]

    def word_form(
        self, word: Word, shape: Shape, value: Polynomial = ONE, denominator: dict[int, int] | None = None
    ) -> Form:
        """value * word / denominator"""
        return Form(shape, {word: value} if value else {}, denominator)

    def literal(self, rows: tuple[tuple[Form, ...], ...]) -> Form:
        """A literal of scalar forms."""
        return _grid(rows)

    def over_both(self, shape: Shape, words: dict[Word, Polynomial], left: Form, right: Form | None) -> Form:
        """words over the denominators of one or two forms."""
        kept = {word: value for word, value in words.items() if value}
        below = left.denominator if right is None else _joined(left.denominator, right.denominator)
        return Form(shape, kept, below if kept else None)

    def canonical(self, form: Form) -> object:
        """A hashable key: equal keys mean equal forms."""
        form = self.cancelled(self.reduced(form))
        if form.grid is not None:
            return ("grid", tuple(tuple(self.canonical(entry) for entry in row) for row in form.grid))
        words = tuple(sorted((word, value.key()) for word, value in form.words.items()))
        return (form.shape, words, tuple(sorted(form.denominator.items())))

    # --- arithmetic of forms ---------------------------------------------------------------------------------------------

    def add(self, left: Form, right: Form) -> Form:
        if left.grid is not None or right.grid is not None:
            one, other = self.as_grid(left), self.as_grid(right)
            if len(one) != len(other) or len(one[0]) != len(other[0]):
                raise Rejected("a sum of matrices of different sizes")
            rows = tuple(
                tuple(self.add(a, b) for a, b in zip(first, second, strict=True))
                for first, second in zip(one, other, strict=True)
            )
            return Form(left.shape, {}, None, rows)
        return self._sum((left, right))

    def _sum(self, forms: Sequence[Form]) -> Form:
        """The sum of forms that are no literals, brought to one denominator at once."""
        denominator = forms[0].denominator
        if any(one.denominator != denominator for one in forms):
            denominator = dict(denominator)
            for one in forms:
                for factor, exponent in one.denominator.items():
                    if denominator.get(factor, 0) < exponent:
                        denominator[factor] = exponent
            forms = [self._over(one, denominator) for one in forms]
        parts: dict[Word, list[Polynomial]] = {}
        for one in forms:
            for word, value in one.words.items():
                parts.setdefault(word, []).append(value)
        words = {word: value for word, values in parts.items() if (value := polynomial.total(*values))}
        return Form(forms[0].shape, words, denominator if words else None)

    def _over(self, form: Form, denominator: dict[int, int]) -> Form:
        """The form with a larger denominator."""
        factor = ONE
        for number, exponent in denominator.items():
            missing = exponent - form.denominator.get(number, 0)
            if missing:
                factor = polynomial.multiply(factor, polynomial.power(self.factor_polynomials[number], missing))
        if factor is ONE:
            return form
        return Form(
            form.shape, {word: polynomial.multiply(value, factor) for word, value in form.words.items()}, denominator
        )

    def negate(self, form: Form) -> Form:
        if form.grid is not None:
            return Form(form.shape, {}, None, tuple(tuple(self.negate(entry) for entry in row) for row in form.grid))
        return Form(
            form.shape, {word: polynomial.negate(value) for word, value in form.words.items()}, form.denominator
        )

    def subtract(self, left: Form, right: Form) -> Form:
        return self.add(left, self.negate(right))

    def multiply(self, left: Form, right: Form) -> Form:
        if left.shape == SCALAR and left.grid is None:
            return self._scaled(right, left)
        if right.shape == SCALAR and right.grid is None:
            return self._scaled(left, right)
        if left.grid is not None or right.grid is not None:
            return self._grid_product(self.as_grid(left), self.as_grid(right))
        if left.shape[1] != right.shape[0]:
            raise Rejected("a product of matrices whose sizes differ")
        shape = (left.shape[0], right.shape[1])
        denominator = _joined(left.denominator, right.denominator)
        words: dict[Word, Polynomial] = {}
        for left_word, left_value in left.words.items():
            for right_word, right_value in right.words.items():
                factor, word = self.simplified(left_word + right_word, shape)
                value = polynomial.multiply(polynomial.multiply(left_value, right_value), factor)
                total = polynomial.add(words[word], value) if word in words else value
                if total:
                    words[word] = total
                else:
                    words.pop(word, None)
        return (
            self.reduced(Form(shape, words, denominator if words else None))
            if shape == SCALAR
            else Form(shape, words, denominator)
        )

    def _scaled(self, form: Form, factor: Form) -> Form:
        if form.grid is not None:
            return Form(
                form.shape, {}, None, tuple(tuple(self._scaled(entry, factor) for entry in row) for row in form.grid)
            )
        number = factor.scalar
        if not number:
            return Form(form.shape, {})
        denominator = _joined(form.denominator, factor.denominator)
        if number.terms == {0: 1}:
            return Form(form.shape, form.words, denominator)
        return Form(
            form.shape, {word: polynomial.multiply(value, number) for word, value in form.words.items()}, denominator
        )

    def _grid_product(self, left: tuple[tuple[Form, ...], ...], right: tuple[tuple[Form, ...], ...]) -> Form:
        if len(left[0]) != len(right):
            raise Rejected("a product of matrices whose sizes differ")
        rows = []
        for row in left:
            entries = []
            for column in range(len(right[0])):
                total = self.multiply(row[0], right[0][column])
                for index in range(1, len(row)):
                    total = self.add(total, self.multiply(row[index], right[index][column]))
                entries.append(total)
            rows.append(tuple(entries))
        return _grid(tuple(rows))

    def transpose(self, form: Form) -> Form:
        if form.grid is not None:
            rows = tuple(zip(*form.grid, strict=True))
            return _grid(tuple(tuple(self.transpose(entry) for entry in row) for row in rows))
        if form.shape == SCALAR:
            return form
        shape = (form.shape[1], form.shape[0])
        words: dict[Word, Polynomial] = {}
        for word, value in form.words.items():
            turned = self.turned(word)
            words[turned] = polynomial.add(words[turned], value) if turned in words else value
        return self.over_both(shape, words, form, None)

    def divide(self, left: Form, right: Form) -> Form:
        """left / right for a scalar right that is not visibly 0."""
        return self.multiply(left, self.reciprocal(right))

    def reciprocal(self, form: Form) -> Form:
        form = self.reduced(form)
        number = form.scalar
        if not number:
            raise Rejected("a division by zero")
        up = ONE
        for factor, exponent in form.denominator.items():
            up = polynomial.multiply(up, polynomial.power(self.factor_polynomials[factor], exponent))
        content, factors = self.split(number)
        up = polynomial.scale(up, Fraction(1) / content)
        return Form(SCALAR, {(): _integral(up)}, factors)

    def split(self, number: Polynomial) -> tuple[Fraction, dict[int, int]]:
        """A nonzero polynomial as a number times factors: atoms, and a rest with leading coefficient 1."""
        known = self.splits.get(id(number))
        if known is None:
            known = self.splits[id(number)] = (number, *self._split(number))
        return known[1], dict(known[2])

    def _split(self, number: Polynomial) -> tuple[Fraction, dict[int, int]]:
        if len(number.terms) == 1:
            ((key, value),) = number.terms.items()
            return Fraction(value), {
                self.factor(polynomial.atom(index)): exponent for index, exponent in polynomial.exponents(key)
            }
        common: dict[int, int] | None = None
        for key in number.terms:
            here = dict(polynomial.exponents(key))
            common = here if common is None else {i: min(e, here[i]) for i, e in common.items() if i in here}
            if not common:
                break
        factors: dict[int, int] = {}
        shift = 0
        for index, exponent in (common or {}).items():
            factors[self.factor(polynomial.atom(index))] = exponent
            shift += exponent << (polynomial.BITS * index)
        leading = Fraction(number.terms[max(number.terms)])
        rest = Polynomial({key - shift: value / leading for key, value in number.terms.items()}, number.degree)
        rest = _integral(rest)
        factors[self.factor(rest)] = factors.get(self.factor(rest), 0) + 1
        return leading, factors

    def power(self, form: Form, exponent: int) -> Form:
        """form^exponent for a scalar or a square matrix."""
        if exponent < 0:
            form, exponent = (self.reciprocal(form) if form.shape == SCALAR else self.inverse(form)), -exponent
        if form.shape == SCALAR and form.grid is None:
            number = polynomial.power(form.scalar, exponent)
            denominator = {factor: count * exponent for factor, count in form.denominator.items()} if exponent else None
            return Form(SCALAR, {(): number} if number else {}, denominator)
        result = self.identity(form.shape)
        if exponent > 64:
            raise Rejected("a matrix power of too high an exponent")
        for _ in range(exponent):
            result = self.multiply(result, form)
        return result

    def identity(self, shape: Shape) -> Form:
        return Form(shape, {(): ONE})

    # --- words -------------------------------------------------------------------------------------------------------------

    def simplified(self, word: Word, shape: Shape) -> tuple[Polynomial, Word]:
        """The word with inverses cancelled and its scalar parts taken out: (scalar, word)."""
        factor = ONE
        word = self._in_order(word)
        if self.inverses:
            word = self._cancelled(word)
        if self.pairs or self.columns:
            shorter = len(word) + 1
            while len(word) < shorter:
                shorter = len(word)
                value, word = products.merged(self, word)
                word = self._cancelled(word)
                factor = polynomial.multiply(factor, value)
            if not word and shape == SCALAR:
                return factor, ()
        if self.diagonals:
            value, word = entrywise.with_diagonals(self, word)
            factor = polynomial.multiply(factor, value)
        value, word = self._cut(word, shape)
        return (value if factor is ONE else polynomial.multiply(factor, value)), word

    def turned(self, word: Word) -> Word:
        """The transpose of a word."""
        return self.straight(self._in_order(products.turned(word)))

    def _in_order(self, word: Word) -> Word:
        """The word with neighbours that commute in their order."""
        if not self.commuting and not self.exponents:
            return word
        from . import matrix_powers

        return matrix_powers.ordered(self, word)

    def straight(self, word: Word) -> Word:
        """The word with diagonal matrices, which are their transposes, in one form."""
        if not self.diagonals:
            return word
        return tuple(letter & ~1 if letter >> 1 in self.diagonals else letter for letter in word)

    def _cut(self, word: Word, shape: Shape) -> tuple[Polynomial, Word]:
        """The word without the parts of it that are numbers."""
        cuts = [
            index for index in range(1, len(word)) if self.shape_of_letter(word[index])[0] == 1
        ]  # positions where the dimension between two letters is 1
        if shape == SCALAR:
            segments = _segments(word, cuts)
            return self._scalars(segments), ()
        if not cuts or (len(cuts) == 1 and shape[0] != 1 and shape[1] != 1):
            return ONE, word
        segments = _segments(word, cuts)
        if shape[0] == 1:
            return self._scalars(segments[:-1]), segments[-1]
        if shape[1] == 1:
            return self._scalars(segments[1:]), segments[0]
        return self._scalars(segments[1:-1]), segments[0] + segments[-1]

    def _cancelled(self, word: Word) -> Word:
        stack: list[int] = []
        for letter in word:
            if stack and (stack[-1] & 1) == (letter & 1) and self.inverses.get(stack[-1] >> 1) == letter >> 1:
                stack.pop()
            else:
                stack.append(letter)
        return tuple(stack)

    def _scalars(self, words: list[Word]) -> Polynomial:
        result = ONE
        for word in words:
            result = polynomial.multiply(result, self._scalar_word(word))
        return result

    def _scalar_word(self, word: Word) -> Polynomial:
        """The atom of a word of shape 1 x 1 without inner scalars: x^T A y, or the square of a norm."""
        if self.units or self.entrywise or self.ones:
            known = products.scalar_word(self, word)
            if known is not None:
                return known
        turned = self.turned(word)
        word = min(word, turned)
        half = len(word) // 2
        absolute = entrywise.inside_absolute(self, word[half:]) if len(word) == 2 and turned == word else None
        if absolute is not None and not (square := self.square(absolute)).denominator:
            return square.scalar
        if len(word) == 2 * half and self.turned(word[:half]) == word[half:]:
            return polynomial.atom(self.norm_atom(word[half:]), 2)
        return polynomial.atom(self.atom(("word", word)))

    def norm_atom(self, word: Word) -> int:
        """The atom norm(v) of a word v that is a column (or of its transpose, a row)."""
        if self.shape_of_letter(word[0])[0] == 1:
            word = self.turned(word)
        term = self.letter_terms[word[0] >> 1] if len(word) == 1 else None
        return self.atom(("norm", word), None if term is None else Apply("norm", (term,)))

    def trace(self, form: Form) -> Form:
        """The trace of a square form."""
        if form.shape == SCALAR and form.grid is None:
            return form
        if form.grid is not None:
            total = self.trace(form.grid[0][0])
            for index in range(1, len(form.grid)):
                total = self.add(total, self.trace(form.grid[index][index]))
            return total
        total = Form(SCALAR, {}, None)
        for word, value in form.words.items():
            total = self.add(
                total, Form(SCALAR, {(): polynomial.multiply(value, self.trace_of_word(word, form.shape))})
            )
        return self.reduced(Form(SCALAR, total.words, _joined(total.denominator, form.denominator)))

    def trace_of_word(self, word: Word, shape: Shape) -> Polynomial:
        """The trace of a square word."""
        while len(word) > 1 and (word[-1] & 1) == (word[0] & 1) and self.inverses.get(word[-1] >> 1) == word[0] >> 1:
            word = word[1:-1]
        if not word:
            return self.size(shape[0])
        if len(word) == 1 and word[0] >> 1 in self.pairs:
            parts = self.pairs[word[0] >> 1]
            if all(rows == columns for _, (rows, columns) in parts):
                one, other = (self.trace_of_word(*part) for part in parts)
                return polynomial.multiply(one, other)
        if len(word) == 1 and word[0] >> 1 in self.diagonals:
            row = self.transpose(self._ones((shape[0], 1)))
            return self.multiply(row, self.word_form(self.diagonals[word[0] >> 1], (shape[0], 1))).scalar
        for index, letter in enumerate(word):
            if self.shape_of_letter(letter)[0] == 1:
                return self.simplified(word[index:] + word[:index], SCALAR)[0]
        met = products.joined(self, word[-1], word[0]) if self.pairs and len(word) > 1 else None
        if met is not None:  # tr(W Z) = tr(Z W)
            rows = self.shape_of_letter(word[-1])[0]
            factor, rest = self.simplified(met[1] + word[1:-1], (rows, rows))
            return polynomial.multiply(polynomial.multiply(met[0], factor), self.trace_of_word(rest, (rows, rows)))
        turned = self.turned(word)
        rotations = [base[index:] + base[:index] for base in (word, turned) for index in range(len(word))]
        return polynomial.atom(self.atom(("trace", min(rotations))))

    def inverse(self, form: Form) -> Form:
        """The inverse of a square matrix: of a product factor by factor; of anything else that is no literal a letter of its own.

        With A also A^T and c A have inverses (c != 0, since det(c A) = c^n det(A)), and with A B both A and B, if they are square.
        """
        if form.shape == SCALAR and form.grid is None:
            return self.reciprocal(form)
        if form.grid is not None:
            inverted = self._inverse_of_grid(form.grid) if is_literal(form) else self._inverse_of_diagonal(form.grid)
            if inverted is None:
                inverted = self.letter_form(("inverse", self.canonical(form)), form.shape)
                ((letter,),) = inverted.words
                self.inverted[letter >> 1] = form
            return inverted
        if not form.words:  # a zero matrix, which has none
            return self.letter_form(("inverse", self.canonical(form)), form.shape)
        if len(form.words) > 1:
            diagonal = entrywise.inverse_of_diagonal(self, form) if self.diagonals else None
            return self._inverse_of_sum(form) if diagonal is None else diagonal
        ((word, value),) = form.words.items()
        result = self.identity(form.shape)
        for part in self._square_parts(word, form.shape[0]):
            result = self.multiply(self._inverse_of_part(part, form.shape), result)
        return self._scaled(result, self.reciprocal(Form(SCALAR, {(): value}, form.denominator)))

    def _square_parts(self, word: Word, size: Size) -> list[Word]:
        """The factors of the size of the whole that a word is the product of."""
        cuts = [place for place in range(1, len(word)) if self.shape_of_letter(word[place])[0] == size]
        return _segments(word, cuts) if word else []

    def _inverse_of_part(self, word: Word, shape: Shape) -> Form:
        if len(word) > 1:
            return self._inverse_of_sum(Form(shape, {word: ONE}))
        letter, turned = word[0] >> 1, word[0] & 1
        inside = self.inverted.get(letter)
        if inside is not None:
            return self.transpose(inside) if turned else inside
        if letter in self.pairs:
            parts = products.parts_of(self, word[0])
            if all(rows == columns for _, (rows, columns) in parts):
                one, other = (self.inverse(Form(side, {part: ONE})) for part, side in parts)
                return products.kronecker(self, one, other)
        if letter in self.diagonals:
            return entrywise.diag(self, entrywise.reciprocals(self, Form((shape[0], 1), {self.diagonals[letter]: ONE})))
        return Form(shape, {(2 * self._inverse_letter(letter) + turned,): ONE})

    def exponential(self, form: Form, term: Term | None) -> Form:
        """e^A, e^-A = (e^A)^-1 (A commutes with -A) and their transposes as one letter; e^0 = 1."""
        if form.grid is None and not form.words:
            return self.identity(form.shape)
        minus = self.negate(form)
        found = [self.canonical(one) for one in (form, self.transpose(form), minus, self.transpose(minus))]
        place = min(range(4), key=lambda index: repr(found[index]))
        named = Apply("inverse", (term,)) if term is not None and place >= 2 else term
        named = Apply("transpose", (named,)) if named is not None and place % 2 else named
        letter = self.letter(("exponential", found[place]), form.shape, named)
        least = (form, self.transpose(form), minus, self.transpose(minus))[place]
        if least.grid is None and len(least.words) == 1:
            ((word, value),) = least.words.items()
            self.exponents[letter] = word, Form(SCALAR, {(): value}, least.denominator)
            if len(word) == 1:
                self.commuting[letter] = word[0]
        if place >= 2:
            letter = self._inverse_letter(letter)
        return Form(form.shape, {(2 * letter + place % 2,): ONE})

    def _inverse_of_sum(self, form: Form) -> Form:
        """One letter for the inverses of a sum, of its multiples by numbers and of its transpose."""
        leading = Fraction(1)
        if not form.denominator:
            terms = form.words[min(form.words, key=lambda word: min(word, self.turned(word)))].terms
            leading = Fraction(terms[max(terms)])
            form = self._scaled(form, scalar(_integral(polynomial.constant(1 / leading))))
        other = self.transpose(form)
        keys = (self.canonical(form), self.canonical(other))
        turned = repr(keys[1]) < repr(keys[0])
        letter = self.letter(("inverse", keys[turned]), form.shape)
        self.inverted[letter] = other if turned else form
        return Form(form.shape, {(2 * letter + turned,): _integral(polynomial.constant(1 / leading))})

    def _inverse_of_grid(self, grid: tuple[tuple[Form, ...], ...]) -> Form | None:
        """The adjugate over the determinant, for small literals; None for others."""
        if len(grid) > MAXIMUM_INVERTED:
            return None
        below = self.reciprocal(self._expanded(grid))
        size = range(len(grid))
        rows = []
        for row in size:
            entries = []
            for column in size:
                minor = tuple(tuple(grid[i][j] for j in size if j != row) for i in size if i != column)
                cofactor = self._expanded(minor) if minor else scalar(ONE)
                entries.append(self.multiply(cofactor if (row + column) % 2 == 0 else self.negate(cofactor), below))
            rows.append(tuple(entries))
        return _grid(tuple(rows))

    def _inverse_of_diagonal(self, grid: tuple[tuple[Form, ...], ...]) -> Form | None:
        """The inverse of square blocks on the diagonal; None where there are others."""
        if not _is_triangular(grid) or not _is_triangular(tuple(row[::-1] for row in grid[::-1])):
            return None
        return _grid(
            tuple(
                tuple(self.inverse(entry) if i == j else self.transpose(entry) for j, entry in enumerate(row))
                for i, row in enumerate(grid)
            )
        )

    def _explicit(self, letter: int) -> Form | None:
        """The entries of a product or an inverse of small literal size; None of other letters."""
        made = self._explicit_product(letter)
        if made is not None:
            return made
        size, other = self.letter_shapes[letter]
        if not isinstance(size, int) or size != other or size > MAXIMUM_INVERTED:
            return None
        inside = self.inverted.get(letter)
        if inside is None:
            base = self.inverses.get(letter)
            if base is None or base > letter:
                return None
            inside = Form((size, size), {(2 * base,): ONE})
        return self._inverse_of_grid(self.as_grid(inside))

    def _explicit_product(self, letter: int) -> Form | None:
        """The entries of a Kronecker product, vec, a product entry by entry, a unit or ones; None of other letters."""
        if letter in self.pairs:
            one, other = (_grid(self.as_grid(Form(shape, {word: ONE}))) for word, shape in self.pairs[letter])
            return products.kronecker(self, one, other)
        if letter in self.columns:
            word, shape = self.columns[letter]
            return products.vec(self, _grid(self.as_grid(Form(shape, {word: ONE}))))
        if letter in self.entrywise:
            first, *rest = (_grid(self.as_grid(Form(shape, {word: ONE}))) for word, shape in self.entrywise[letter])
            for other in rest:
                first = products.hadamard(self, first, other)
            return first
        length = self.letter_shapes[letter][0]
        assert isinstance(length, int)
        if letter in self.ones:
            return _grid(tuple((scalar(ONE),) for _ in range(length)))
        index = self.units.get(letter)
        if isinstance(index, Number):
            return _grid(tuple((scalar(ONE if place == index.value else ZERO),) for place in range(1, length + 1)))
        return None

    def _inverse_letter(self, letter: int) -> int:
        known = self.inverses.get(letter)
        if known is None:
            known = self.letter(("inverse-letter", letter), self.letter_shapes[letter])
            self.inverses[letter] = known
            self.inverses[known] = letter
        return known

    # --- grids ---------------------------------------------------------------------------------------------------------------

    def as_grid(self, form: Form) -> tuple[tuple[Form, ...], ...]:
        """A matrix of literal size entry by entry."""
        if form.grid is not None:
            return form.grid
        rows, columns = form.shape
        if not isinstance(rows, int) or not isinstance(columns, int):
            return self._in_blocks(form)
        if rows * columns > MAXIMUM_ENTRIES:
            raise Rejected("a matrix of too many entries")
        total: Form | None = None
        for word, value in form.words.items():
            grid = self._word_grid(word, rows)
            scaled = self._scaled(grid, Form(SCALAR, {(): value}, form.denominator))
            total = scaled if total is None else self.add(total, scaled)
        if total is None:
            nothing = Form(SCALAR, {})
            return tuple((nothing,) * columns for _ in range(rows))
        assert total.grid is not None
        return total.grid

    def entries(self, form: Form) -> tuple[tuple[Form, ...], ...]:
        """A matrix of literal size entry by entry, where it is not made of blocks."""
        grid = self.as_grid(form)
        if any(entry.shape != SCALAR for row in grid for entry in row):
            raise Rejected("the entries of a matrix of blocks")
        return grid

    # --- blocks --------------------------------------------------------------------------------------------------------------

    def _blocks(self, term: Apply) -> Form:
        """A matrix of matrices; of literal size entry by entry."""
        rows = tuple(
            tuple(self.form(block) for block in row.arguments) for row in term.arguments if isinstance(row, Apply)
        )
        if all(isinstance(length, int) for row in rows for block in row for length in block.shape):
            lines = []
            for row in rows:
                grids = [self.entries(block) if block.shape != SCALAR else ((block,),) for block in row]
                lines += [tuple(entry for part in parts for entry in part) for parts in zip(*grids, strict=True)]
            return _grid(tuple(lines))
        if any(block.grid is not None for row in rows for block in row):
            raise Rejected("a literal or blocks as a block")
        form = _grid(rows)
        self._cut_as(form.shape[0], tuple(row[0].shape[0] for row in rows))
        self._cut_as(form.shape[1], tuple(block.shape[1] for block in rows[0]))
        return form

    def _cut_as(self, length: Size, parts: tuple[Size, ...]) -> None:
        known = self.partitions.get(length)
        if known is None and len(parts) > 1:
            self.partitions[length] = parts
        elif known not in {None, parts}:
            raise Rejected("a size that is cut into blocks in two ways")

    def _in_blocks(self, form: Form) -> tuple[tuple[Form, ...], ...]:
        """A matrix without blocks, as the sizes of the blocks that it meets cut it."""
        heights, widths = (self.partitions.get(length, (length,)) for length in form.shape)
        if len(heights) == len(widths) == 1:
            return ((form,),)
        rows = []
        for i, height in enumerate(heights):
            entries = []
            for j, width in enumerate(widths):
                total = Form((height, width), {})
                for word, value in form.words.items():
                    block = self._block_of_word(word, (i, j), (heights, widths))
                    total = self.add(total, self._scaled(block, Form(SCALAR, {(): value}, form.denominator)))
                entries.append(total)
            rows.append(tuple(entries))
        return tuple(rows)

    def _block_of_word(
        self, word: Word, place: tuple[int, int], sides: tuple[tuple[Size, ...], tuple[Size, ...]]
    ) -> Form:
        """Block (i, j) of a word: of a product, rows of its first factor times columns of its last."""
        shape = (sides[0][place[0]], sides[1][place[1]])
        if not word:
            return self.identity(shape) if place[0] == place[1] else Form(shape, {})
        if len(word) == 1:
            return self._block_of_letter(word[0], place, shape)
        first = self._block_of_letter(word[0], (place[0], None), (shape[0], self.shape_of_letter(word[0])[1]))
        last = self._block_of_letter(word[-1], (None, place[1]), (self.shape_of_letter(word[-1])[0], shape[1]))
        inner = (first.shape[1], last.shape[0])
        middle = Form(inner, {word[1:-1]: ONE}) if len(word) > 2 else self.identity(inner)
        return self.multiply(self.multiply(first, middle), last)

    def _block_of_letter(self, letter: int, place: tuple[int | None, int | None], shape: Shape) -> Form:
        """Rows and columns of a letter as a letter of their own (None: all of them)."""
        if letter & 1:
            return self.transpose(self._block_of_letter(letter ^ 1, place[::-1], shape[::-1]))
        if shape == self.letter_shapes[letter >> 1]:
            return Form(shape, {(letter,): ONE})
        made = self.letter(("block", letter >> 1, place), shape)
        if place[0] is not None and place[1] is not None:
            self.pieces[made] = (letter >> 1, place[0], place[1])
        return Form(shape, {(2 * made,): ONE})

    # --- entries -------------------------------------------------------------------------------------------------------------

    def _word_grid(self, word: Word, rows: int) -> Form:
        if not word:
            one, nothing = scalar(ONE), Form(SCALAR, {})
            return _grid(tuple(tuple(one if i == j else nothing for j in range(rows)) for i in range(rows)))
        result = self._letter_grid(word[0])
        for letter in word[1:]:
            assert result.grid is not None
            other = self._letter_grid(letter)
            assert other.grid is not None
            result = self._grid_product(result.grid, other.grid)
        return result

    def _letter_grid(self, letter: int) -> Form:
        rows, columns = self.letter_shapes[letter >> 1]
        if not isinstance(rows, int) or not isinstance(columns, int):
            raise Rejected("a matrix literal meets a matrix of symbolic size")
        if rows * columns > MAXIMUM_ENTRIES:
            raise Rejected("a symbol of too many entries")
        grid = self._explicit(letter >> 1)
        if grid is None:
            entries = (
                tuple(self.entry_atom(letter >> 1, i, j) for j in range(1, columns + 1)) for i in range(1, rows + 1)
            )
            grid = _grid(tuple(entries))
        return self.transpose(grid) if letter & 1 else grid

    def entry_atom(self, letter: int, row: int, column: int) -> Form:
        """The entry of a letter (not transposed), counted from 1."""
        return self.scalar_atom(("entry", letter, row, column))

    def entry(self, form: Form, row: int, column: int) -> Form:
        """An entry of a form, counted from 1; linear in the form."""
        if form.grid is not None:
            return form.grid[row - 1][column - 1]
        if form.shape == SCALAR:
            return form
        total = Form(SCALAR, {})
        for word, value in form.words.items():
            if len(word) == 1:
                place = (column, row) if word[0] & 1 else (row, column)
                explicit = self._explicit(word[0] >> 1)
                if explicit is not None:
                    assert explicit.grid is not None
                    atom = explicit.grid[place[0] - 1][place[1] - 1]
                else:
                    atom = self.entry_atom(word[0] >> 1, *place)
            elif not word:
                atom = scalar(ONE) if row == column else Form(SCALAR, {})
            else:
                atom = self.scalar_atom(("entry-of-word", word, row, column))
            total = self.add(total, self._scaled(atom, Form(SCALAR, {(): value})))
        return Form(SCALAR, total.words, _joined(total.denominator, form.denominator))

    # --- roots, norms, absolute values --------------------------------------------------------------------------------------------

    def reduced(self, form: Form) -> Form:
        """The form with atom^q replaced by what it is, for roots and absolute values."""
        if not self.relations or form.grid is not None:
            return form
        for _ in range(200):
            index = self._reducible(form)
            if index is None:
                return form
            form = self._reduce(form, index)
        raise Rejected("nested roots")

    def _reducible(self, form: Form) -> int | None:
        """The latest atom with a relation whose exponent is too high."""
        for index in sorted(self.relations, reverse=True):
            q = self.relations[index][0]
            shift = polynomial.BITS * index
            for value in form.words.values():
                if any(((key >> shift) & polynomial.MASK) >= q for key in value.terms):
                    return index
        return None

    def _reduce(self, form: Form, index: int) -> Form:
        q, meaning = self.relations[index]
        shift = polynomial.BITS * index
        total: Form | None = None
        by_power: dict[int, dict[Word, dict[int, polynomial.Coefficient]]] = {}
        for word, value in form.words.items():
            for key, coefficient in value.terms.items():
                exponent = (key >> shift) & polynomial.MASK
                times = exponent // q
                rest = key - ((times * q) << shift)
                by_power.setdefault(times, {}).setdefault(word, {})[rest] = coefficient
        for times, words in by_power.items():
            part = Form(
                form.shape, {word: Polynomial(terms, _degree(terms)) for word, terms in words.items()}, form.denominator
            )
            if times:
                part = self._scaled(part, self.power(meaning, times))
            total = part if total is None else self.add(total, part)
        assert total is not None
        return total

    def cancelled(self, form: Form) -> Form:
        """A form without the factors that all its numerators and the denominator visibly share, which are not 0 where it is defined."""
        if not form.denominator or not form.words:
            return form
        shared = dict(form.denominator)
        split: dict[Word, tuple[Fraction, dict[int, int]]] = {}
        for word, value in form.words.items():
            split[word] = self.split(value)
            up = split[word][1]
            for factor, count in form.denominator.items():
                for _ in range(count - up.get(factor, 0)):
                    self._divided(up, factor)
            shared = {factor: min(count, up[factor]) for factor, count in shared.items() if up.get(factor)}
        if not shared:
            return form
        words: dict[Word, Polynomial] = {}
        for word, (number, powers) in split.items():
            words[word] = polynomial.constant(number)
            for factor, count in powers.items():
                rest = polynomial.power(self.factor_polynomials[factor], count - shared.get(factor, 0))
                words[word] = polynomial.multiply(words[word], rest)
        below = {factor: count - shared.get(factor, 0) for factor, count in form.denominator.items()}
        return Form(form.shape, words, {factor: count for factor, count in below.items() if count})

    def _divided(self, up: dict[int, int], factor: int) -> None:
        """Takes a factor out of another that it divides."""
        divisor = self.factor_polynomials[factor]
        if len(divisor.terms) < 2:
            return
        for other in list(up):
            if other == factor:
                continue
            quotient = polynomial.exact_quotient(self.factor_polynomials[other], divisor)
            if quotient is not None:
                count = up.pop(other)
                for one, times in ((factor, 1), *self.split(quotient)[1].items()):
                    up[one] = up.get(one, 0) + times * count
                return

    def root(self, form: Form, q: int, power: int = 1) -> Form:
        """The real q-th root of a scalar form, to a power: exact for numbers; factors are taken out as the rules at the top allow."""
        form = self.cancelled(self.reduced(form))
        if not form.scalar:
            return self.power(form, power)
        if q > MAXIMUM_INDEX:
            return self._unsplit_root(scalar(ONE), form, q, power)
        content, factors = self._base_factors(form)
        out = self._root_of_number(abs(content), Fraction(power, q))
        inside = scalar(ONE)
        for factor, exponent in factors.items():
            base = scalar(self.factor_polynomials[factor])
            sign = self.sign_of_factor(factor)
            if sign == "0+" and exponent < 0:
                sign = "+"  # a divisor is not 0
            if q % 2 or sign != "?":
                out = self._scaled(out, self._fractional(base, Fraction(exponent * power, q), sign))
                continue
            if q == 2 and abs(exponent) > 1:  # sqrt(t^3) = |t| sqrt(t)
                half = (abs(exponent) // 2) * (1 if exponent > 0 else -1)
                out = self._scaled(out, self.power(self.absolute(base), half * power))
                exponent -= 2 * half
            inside = self._scaled(inside, self.power(base, exponent))
        if content < 0:
            if q % 2:
                return self.reduced(self.negate(out) if power % 2 else out)
            inside = self.negate(inside)
        if not inside.denominator and inside.scalar.terms == {0: 1}:
            return self.reduced(out)
        return self._unsplit_root(out, inside, q, power)

    def _unsplit_root(self, out: Form, inside: Form, q: int, power: int) -> Form:
        """out * root(inside, q)^power, with an atom for the root."""
        number = number_of(inside)
        exact = None if number is None else exact_root(number, q)
        if exact is not None:
            return self._scaled(out, scalar(polynomial.constant(exact**power)))
        index = self.atom(("root", q, self.canonical(inside)))
        self.relations.setdefault(index, (q, inside))
        return self.reduced(self._scaled(out, self.power(scalar(polynomial.atom(index)), power)))

    def _base_factors(self, form: Form) -> tuple[Fraction, dict[int, int]]:
        """A nonzero scalar form as a number times factors that are no powers of others, those of the denominator with negative exponents."""
        content, up = self.split(form.scalar)
        found: dict[int, int] = {}
        for factors, above in ((up, 1), (form.denominator, -1)):
            for factor, exponent in factors.items():
                base, times = self.base_of(factor)
                found[base] = found.get(base, 0) + above * exponent * times
        return content, {factor: exponent for factor, exponent in found.items() if exponent}

    def base_of(self, factor: int) -> tuple[int, int]:
        """(g, k) with factor = g^k, k as large as is seen."""
        known = self.bases.get(factor)
        if known is None:
            value = self.factor_polynomials[factor]
            known = factor, 1
            for prime in (2, 3, 5):
                root = polynomial.exact_root(value, prime) if len(value.terms) > 1 else None
                if root is not None:
                    base, times = self.base_of(self.factor(root))
                    known = base, prime * times
                    break
            self.bases[factor] = known
        return known

    def _root_of_number(self, value: Fraction, exponent: Fraction) -> Form:
        """A power of a positive number, by its small prime factors."""
        out = scalar(ONE)
        for number, sign in ((value.numerator, 1), (value.denominator, -1)):
            for prime, times in _primes(number, exponent.denominator):
                base = scalar(polynomial.constant(prime))
                out = self._scaled(out, self._fractional(base, sign * times * exponent, "+"))
        return out

    def _fractional(self, base: Form, exponent: Fraction, sign: str) -> Form:
        """base^exponent, by roots of the base; the base is a factor or a prime."""
        if len(base.scalar.terms) == 1:
            indices = polynomial.exponents(next(iter(base.scalar.terms)))
            known = self.roots.get(indices[0][0]) if indices else None
            if known is not None and known[1] * exponent.denominator <= MAXIMUM_INDEX:
                base, exponent = known[0], exponent / known[1]
        if exponent < 0:
            return self.reciprocal(self._fractional(base, -exponent, sign))
        whole = exponent.__floor__()
        rest = exponent - whole
        parts = [rest] if rest else []
        if sign == "+":
            parts = _partial_fractions(rest)
            whole = int(exponent - sum(parts))
        out = self.power(base, whole)
        for part in parts:
            root = scalar(polynomial.atom(self._root_atom(base, part.denominator, sign)))
            out = self._scaled(out, self.power(root, part.numerator))
        return out

    def _root_atom(self, base: Form, q: int, sign: str) -> int:
        """The atom of a root of what no root is taken of yet: its powers are roots of smaller index, where that is the power of a prime."""
        key = ("root", q, self.canonical(base))
        index = self.numbers.get(key)
        if index is None:
            prime = _least_divisor(q)
            power, below = q, base
            if q != prime and prime ** _exponent(q, prime) == q:
                power, below = prime, scalar(polynomial.atom(self._root_atom(base, q // prime, sign)))
            index = self.atom(key)
            self.relations[index] = (power, below)
            self.roots[index] = (base, q)
            self.signs[index] = sign
        return index

    def sign_of_factor(self, factor: int) -> str:
        """ "+" or "0+" if a polynomial with leading coefficient 1 visibly is: no coefficient is negative, every monomial is known not to be."""
        found = "0+"
        for key, coefficient in self.factor_polynomials[factor].terms.items():
            if coefficient < 0:
                return "?"
            signs = [(self._sign_of_atom(index), exponent) for index, exponent in polynomial.exponents(key)]
            if any(sign == "?" and exponent % 2 for sign, exponent in signs):
                return "?"
            if all(sign == "+" for sign, _ in signs):
                found = "+"
        return found

    def _sign_of_atom(self, index: int) -> str:
        known = self.signs.get(index)
        if known is None:
            known = self.signs[index] = self._visible_sign(index)
        return known

    def _visible_sign(self, index: int) -> str:
        term = self.terms[index]
        if isinstance(term, Constant) and term.name in {"pi", "e"}:
            return "+"
        if term is not None and self.positive is not None and self.positive(term):
            return "+"
        if term is not None and self.nonnegative is not None and self.nonnegative(term):
            return "0+"
        key = self.keys[index]
        is_size = isinstance(key, tuple) and key[0] in {"abs", "norm"}
        return "0+" if is_size or (index in self.relations and self.relations[index][0] % 2 == 0) else "?"

    def absolute(self, form: Form) -> Form:
        """The absolute value of a scalar form, factor by factor."""
        form = self.reduced(form)
        if not form.scalar:
            return form
        content, factors = self._base_factors(form)
        result = scalar(polynomial.constant(abs(content)))
        for factor, exponent in factors.items():
            value = scalar(self.factor_polynomials[factor])
            part = self.power(value, abs(exponent) - exponent % 2)
            if exponent % 2:
                part = self._scaled(part, self._absolute_factor(factor))
            result = self.multiply(result, part) if exponent > 0 else self.divide(result, part)
        return result

    def _absolute_factor(self, factor: int) -> Form:
        value = self.factor_polynomials[factor]
        if self.sign_of_factor(factor) != "?":
            return scalar(value)
        index = self.atom(("abs", value.key()))
        self.absolutes.setdefault(index, value)
        self.relations.setdefault(index, (2, self.power(scalar(value), 2)))
        return scalar(polynomial.atom(index))

    def norm(self, form: Form) -> Form:
        """The Euclidean (Frobenius) norm."""
        if form.shape == SCALAR and form.grid is None:
            return self.absolute(form)
        if form.grid is not None:
            total = Form(SCALAR, {})
            for row in form.grid:
                for entry in row:
                    total = self.add(total, self.square(entry))
            return self.root(total, 2)
        if not form.words:
            return Form(SCALAR, {})
        if len(form.words) == 1 and 1 in form.shape:
            ((word, value),) = form.words.items()
            outside = self.absolute(Form(SCALAR, {(): value}, form.denominator))
            inside = entrywise.inside_absolute(self, word)
            if inside is not None:
                return self.multiply(outside, self.norm(inside))
            if (
                len(word) == 1
                and word[0] >> 1 in self.ones | self.units.keys() | self.columns.keys() | self.entrywise.keys()
            ):
                column = Form(form.shape, {word: ONE})
                return self.multiply(outside, self.root(self.square(column), 2))
            return self.multiply(outside, scalar(polynomial.atom(self.norm_atom(word))))
        return self.root(self.square(form), 2)

    def square(self, form: Form) -> Form:
        """|form|^2 = tr(form^T form)."""
        if form.shape == SCALAR and form.grid is None:
            return self.reduced(self.power(form, 2))
        if 1 in form.shape and form.grid is None:
            column = self.transpose(form) if form.shape[0] == 1 else form
            return self.multiply(self.transpose(column), column)
        return self.trace(self.multiply(self.transpose(form), form))

    def inner(self, left: Form, right: Form) -> Form:
        """The inner product of two vectors of any orientation, or of two matrices."""
        if left.shape == SCALAR and left.grid is None:
            return self.multiply(left, right)
        if 1 in left.shape and 1 in right.shape:
            row = left if left.shape[0] == 1 else self.transpose(left)
            column = right if right.shape[1] == 1 else self.transpose(right)
            result = self.multiply(row, column)
            return result.grid[0][0] if result.grid is not None else result
        return self.trace(self.multiply(self.transpose(left), right))

    # --- terms -----------------------------------------------------------------------------------------------------------------

    def form(self, term: Term) -> Form:
        """The normal form of a well-sorted term. Rejected where a limit is exceeded."""
        known = self.memory.get(term)
        if known is None:
            known = self.memory[term] = self._collapsed(self._form(term))
        return known

    def difference(self, left: Term, right: Term) -> Form:
        """The normal form of left - right."""
        written_out = self.expansion.difference(left, right)
        return self.subtract(self.form(left), self.form(right)) if written_out is None else scalar(written_out)

    def _collapsed(self, form: Form) -> Form:
        if form.grid is not None and len(form.grid) == 1 and len(form.grid[0]) == 1:
            return form.grid[0][0]
        return form

    def _form(self, term: Term) -> Form:
        if isinstance(term, Apply):
            written_out = self.expansion.polynomial(term)
            return self._application(term) if written_out is None else scalar(written_out)
        if isinstance(term, Number):
            return scalar(polynomial.constant(term.value))
        if isinstance(term, Lambda):
            raise Rejected("a concrete function as a value")
        return self._name(term)

    def _name(self, term: Symbol | Constant) -> Form:
        sort = term.sort
        if is_scalar(sort):
            return self.scalar_atom(("name", term), term)
        if not isinstance(sort, Matrix):
            raise Rejected("a function or a statement as a value")
        shape = (sort.rows, sort.columns)
        if isinstance(term, Constant) and term.name == "zero":
            return Form(shape, {})
        if isinstance(term, Constant) and term.name == "identity":
            return self.identity(shape)
        if isinstance(term, Constant) and term.name == "ones":
            return self._ones(shape)
        return self.letter_form(("name", term), shape, term)

    def _ones(self, shape: Shape) -> Form:
        """1 1^T, or one of them."""
        result = scalar(ONE)
        for length, turned in ((shape[0], 0), (shape[1], 1)):
            if length != 1:
                letter = self.letter(("ones", length), (length, 1), Constant("ones", Matrix(length, 1)))
                self.ones.add(letter)
                column = Form((length, 1), {(2 * letter,): ONE})
                result = self.multiply(result, self.transpose(column) if turned else column)
        return result

    def _application(self, term: Apply) -> Form:
        head, arguments = term.head, term.arguments
        match head:
            case "+":
                forms = [self.form(argument) for argument in arguments]
                return reduce(self.add, forms) if any(one.grid is not None for one in forms) else self._sum(forms)
            case "negate":
                return self.negate(self.form(arguments[0]))
            case "*":
                result = self.form(arguments[0])
                for argument in arguments[1:]:
                    result = self._collapsed(self.multiply(result, self.form(argument)))
                return self.reduced(result)
            case "/":
                return self.reduced(self.divide(self.form(arguments[0]), self.form(arguments[1])))
            case "^":
                return self._power(term)
            case "transpose":
                return self.transpose(self.form(arguments[0]))
            case "trace":
                return self.trace(self.form(arguments[0]))
            case "inverse":
                return self.inverse(self.form(arguments[0]))
            case "inner":
                return self.reduced(self.inner(self.form(arguments[0]), self.form(arguments[1])))
            case "norm":
                return self.norm(self.form(arguments[0]))
            case "norm_one" if (inside := self.form(arguments[0])).shape[1] == 1:
                return entrywise.sum_of_absolutes(self, inside)
            case "abs":
                return self.absolute(self.form(arguments[0]))
            case "sqrt":
                return self.root(self.form(arguments[0]), 2)
            case "root":
                index = arguments[1]
                assert isinstance(index, Number)
                return self.root(self.form(arguments[0]), int(index.value))
            case "matrix":
                return _grid(
                    tuple(
                        tuple(self.form(entry) for entry in row.arguments)
                        for row in arguments
                        if isinstance(row, Apply)
                    )
                )
            case "component":
                return self._component(term)
            case "entry":
                return self._entry(self.form(arguments[0]), *arguments[1:])
            case "unit":
                length, width = _shape(sort_of(term))
                row = products.unit(self, length, arguments[1])
                return self.multiply(row, self.transpose(products.unit(self, width, arguments[2])))
            case "exponential":
                return self.exponential(self.form(term.arguments[0]), term)
            case "kronecker" | "hadamard" as kind:
                left, right = (self.form(argument) for argument in arguments)
                return (products.kronecker if kind == "kronecker" else entrywise.product)(self, left, right)
            case "each":
                return entrywise.each(self, term)
            case "delta":
                return self._delta(*arguments)
            case "diag":
                return entrywise.diag(self, self.form(arguments[0]))
            case "diagonal":
                return entrywise.diagonal(self, self.form(arguments[0]))
            case "vec":
                return products.vec(self, self.form(arguments[0]))
            case "det":
                return self.determinant(self.form(arguments[0]))
            case "factorial" | "binomial" | "min" | "max" | "floor" | "ceil" | "sgn":
                return self._of_numbers(term)
            case "sum" | "product":
                return self._finite(term)
            case "partial":
                return self._partial(term)
            case "gradient" | "hessian" | "apply":
                return self._function_value(term)
            case "derivative" | "integral" | "limit" | "notation":  # not a function of the values of its parts
                return self.opaque(term, ("term", term))
            case "blocks":
                return self._blocks(term)
            case _:
                return self._of_values(term)

    def _of_values(self, term: Apply) -> Form:
        """What depends on nothing but the values of its parts: equal parts, equal values."""
        return self.opaque(term, (term.head, *(self.canonical(self.form(argument)) for argument in term.arguments)))

    def opaque(self, term: Apply, key: object) -> Form:
        sort = sort_of(term)
        if is_scalar(sort):
            return self.scalar_atom(key, term)
        return self.letter_form(key, _shape(sort), term)

    def _power(self, term: Apply) -> Form:
        base_term, exponent = term.arguments
        if isinstance(exponent, Apply) and exponent.head == "negate" and isinstance(exponent.arguments[0], Number):
            exponent = Number(-exponent.arguments[0].value)
        base = self.form(base_term)
        if isinstance(exponent, Number):
            value = exponent.value
            if abs(value.numerator) >= polynomial.MAXIMUM_DEGREE or value.denominator > 1000:
                raise Rejected("an exponent that is too large")
            if value.denominator == 1:
                return self.reduced(self.power(base, int(value)))
            return self.reduced(self.root(base, value.denominator, value.numerator))
        above = self.form(exponent)
        if base.shape == SCALAR:  # a literal of one entry is that entry
            from . import sums

            found = sums.form_of_power(self, base, base_term, above)
        else:
            from . import matrix_powers

            found = matrix_powers.power(self, base, base_term, above)
        if found is not None:
            return found
        result = self.opaque(term, ("^", self.canonical(base), self.canonical(above)))
        if base.shape != SCALAR:
            ((letter,),) = result.words
            self.powers[letter >> 1] = (base, above)
        return result

    def _component(self, term: Apply) -> Form:
        vector, index = term.arguments
        form = self.form(vector)
        return self._entry(form, ONE_TERM, index) if form.shape[0] == 1 else self._entry(form, index, ONE_TERM)

    def _entry(self, form: Form, row: Term, column: Term) -> Form:
        """An entry: of a literal size at numbers it is an atom, otherwise a product with units."""
        literal = all(isinstance(length, int) for length in form.shape)
        if literal and isinstance(row, Number) and isinstance(column, Number):
            return self.entry(form, int(row.value), int(column.value))
        if form.grid is not None:
            raise Rejected("an entry of a literal or of blocks at a place that is no number")
        return entrywise.entry(self, form, row, column)

    def determinant(self, form: Form) -> Form:
        """The determinant of a square form: expanded for a literal; of one word, factor by factor; otherwise an atom of its own."""
        if form.shape == SCALAR and form.grid is None:
            return form
        if form.grid is not None and not is_literal(form):
            return self._determinant_of_blocks(form)
        if form.grid is not None:
            if len(form.grid) > 5:
                raise Rejected("a determinant of too large a literal")
            return self._expanded(form.grid)
        size = form.shape[0]
        if isinstance(size, int) and size <= MAXIMUM_INVERTED:
            return self._expanded(self.as_grid(form))
        if not form.words:
            return Form(SCALAR, {})  # sizes are positive
        if len(form.words) > 1:
            return self._determinant_atom(form)
        ((word, value),) = form.words.items()
        result = self._to_size(Form(SCALAR, {(): value}, form.denominator), size)
        for part in self._square_parts(word, size):
            result = self.multiply(result, self._determinant_of_part(part, form.shape))
        return result

    def _determinant_of_blocks(self, form: Form) -> Form:
        """Of square blocks on the diagonal with only zeros below or above them, the product of theirs (Horn, Johnson, 0.9.4)."""
        assert form.grid is not None
        if not _is_triangular(form.grid) and not _is_triangular(tuple(zip(*form.grid, strict=True))):
            return self._determinant_atom(form)
        result = scalar(ONE)
        for index, row in enumerate(form.grid):
            result = self.multiply(result, self.determinant(row[index]))
        return result

    def _determinant_of_part(self, word: Word, shape: Shape) -> Form:
        """Of a word that is no product of square matrices: one letter, or letters with another size between them."""
        if len(word) == 1:
            letter = word[0] >> 1
            if letter in self.inverted:
                return self.reciprocal(self.determinant(self.inverted[letter]))
            if letter in self.powers:
                inside, exponent = self.powers[letter]
                return self.power_to(self.determinant(inside), exponent)
            if letter in self.pairs:
                (one, (rows, columns)), (other, (height, width)) = self.pairs[letter]
                if rows == columns and height == width:
                    first = self.determinant(Form((rows, rows), {one: ONE}))
                    second = self.determinant(Form((height, height), {other: ONE}))
                    return self.multiply(self._to_size(first, height), self._to_size(second, rows))
            base = self.inverses.get(letter)
            if base is not None and base < letter:
                return self.reciprocal(self._determinant_of_part((2 * base,), shape))
            word = (2 * letter,)
        return self._determinant_atom(Form(shape, {word: ONE}))

    def _determinant_atom(self, form: Form) -> Form:
        """One atom for a matrix and its transpose. The letters are numbered as they come, so that the least key is the same in one check."""
        key = min((self.canonical(form), self.canonical(self.transpose(form))), key=repr)
        return self.scalar_atom(("det", key))

    def _to_size(self, number: Form, size: Size) -> Form:
        """number^n for a matrix of size n."""
        if not number.denominator and number.scalar.terms == {0: 1}:
            return number
        return self.power_to(number, scalar(self.size(size)))

    def power_to(self, base: Form, exponent: Form) -> Form:
        """base^exponent for a scalar base and an exponent that is a whole number."""
        value = number_of(exponent)
        if value is not None and value.denominator == 1 and 0 <= value < polynomial.MAXIMUM_DEGREE:
            return self.power(base, int(value))
        if not base.denominator and base.scalar.terms == {0: 1}:
            return base
        from . import sums

        found = sums.form_of_power(self, base, None, exponent)
        return self.scalar_atom(("^", self.canonical(base), self.canonical(exponent))) if found is None else found

    def size(self, size: Size) -> Polynomial:
        """A size as a number. The letter n of a size is the value of the integer n, as it is at a counterexample."""
        if isinstance(size, int):
            return polynomial.constant(size)
        total = ZERO
        for names, factor in sizes.parsed(size).items():
            term = polynomial.constant(factor)
            for name in names:
                symbol = Symbol(name, INTEGER)
                term = polynomial.multiply(term, polynomial.atom(self.atom(("name", symbol), symbol)))
            total = polynomial.add(total, term)
        return total

    def _expanded(self, grid: tuple[tuple[Form, ...], ...]) -> Form:
        if len(grid) == 1:
            return grid[0][0]
        total = Form(SCALAR, {})
        for column, entry in enumerate(grid[0]):
            minor = tuple(row[:column] + row[column + 1 :] for row in grid[1:])
            part = self.multiply(entry, self._expanded(minor))
            total = self.add(total, part if column % 2 == 0 else self.negate(part))
        return total

    def _of_numbers(self, term: Apply) -> Form:
        forms = [self.form(argument) for argument in _flat(term)]
        values = [number_of(form) for form in forms]
        if all(value is not None for value in values):
            found = _computed(term.head, [value for value in values if value is not None])
            if found is not None:
                return scalar(polynomial.constant(found))
        from . import sums

        apart = None
        if term.head == "factorial":
            apart = sums.form_of_factorial(self, term.arguments[0])
        elif term.head == "binomial" and values[0] is None and values[1] is not None:
            apart = sums.form_of_binomial(self, forms[0], values[1])
        if apart is not None:
            return apart
        keys = [self.canonical(form) for form in forms]
        if term.head in {"min", "max"}:
            keys = sorted(dict.fromkeys(keys), key=repr)
            if len(keys) == 1:
                return forms[0]
        return self.scalar_atom((term.head, *keys), term)

    def _delta(self, left: Term, right: Term) -> Form:
        """1 for equal numbers; e_i^T e_j is this too."""
        difference = number_of(self.subtract(self.form(left), self.form(right)))
        if difference is not None:
            return scalar(polynomial.constant(int(difference == 0)))
        return scalar(polynomial.atom(products.delta(self, left, right)))

    def _finite(self, term: Apply) -> Form:
        from . import sums  # which is about forms

        body, variable, lower, upper = term.arguments
        assert isinstance(variable, Symbol)
        first, last = number_of(self.form(lower)), number_of(self.form(upper))
        if (
            first is None
            or last is None
            or first.denominator != 1
            or last.denominator != 1
            or last - first > MAXIMUM_SUMMANDS
        ):
            found: Form | None = None
            if term.head == "sum" and first == 1:
                if is_scalar(sort_of(body)):
                    found = products.sum_of_positions(self, body, variable, upper)
                if found is None:
                    found = entrywise.sum_over_positions(self, body, variable, upper)
            if found is None:
                found = sums.form_of_sum(self, term) if term.head == "sum" else sums.form_of_product(self, term)
            return self.opaque(term, self.key_of_finite(term)) if found is None else found
        if last < first:
            return self._empty(term.head, _shape(sort_of(body)))
        result = self.form(substitute(body, {variable: Number(first)}))
        for value in range(int(first) + 1, int(last) + 1):
            part = self.form(substitute(body, {variable: Number(value)}))
            result = self.multiply(result, part) if term.head == "product" else self.add(result, part)
        return result

    def key_of_finite(self, term: Apply) -> object:
        """Sums whose bodies have the same values are equal, whatever the letter of the variable."""
        body, variable, lower, upper = term.arguments
        assert isinstance(variable, Symbol)
        found = products.bound(body, variable)
        try:
            if found is not None:
                bounds = tuple(self.canonical(self.form(one)) for one in (lower, upper))
                return (term.head, self.canonical(self.form(found[0])), variable.sort, bounds)
        except Rejected:
            pass
        return ("term", term)

    def _empty(self, head: str, shape: Shape) -> Form:
        """The sum of no terms is 0; the product of no square matrices is the identity of their size, not the number 1."""
        if head == "sum":
            return Form(shape, {})
        if shape[0] != shape[1]:
            raise Rejected("a product of no matrices that are not square")
        return self.identity(shape)

    def _partial(self, term: Apply) -> Form:
        function, indices, *arguments = term.arguments
        assert isinstance(indices, Apply)
        if len(arguments) == 1 and len(indices.arguments) == 1 and is_vector(sort_of(arguments[0])):
            gradient = self.form(Apply("gradient", (function, arguments[0])))
            position = indices.arguments[0]
            return (
                self._entry(gradient, ONE_TERM, position)
                if gradient.shape[0] == 1
                else self._entry(gradient, position, ONE_TERM)
            )
        return self.opaque(term, ("partial", function, indices, *(self._argument(one) for one in arguments)))

    def _function_value(self, term: Apply) -> Form:
        function, *arguments = term.arguments
        if isinstance(function, Lambda):
            raise Rejected("a concrete function in a claim")
        return self.opaque(term, (term.head, function, *(self._argument(one) for one in arguments)))

    def _argument(self, term: Term) -> object:
        """The key of an argument: literals and opaque vectors of the same literal size meet entry by entry."""
        return self.canonical(self.form(term))


def scalar(value: Polynomial) -> Form:
    """A polynomial as a scalar form."""
    return Form(SCALAR, {(): value} if value else {})


def number_of(form: Form) -> Fraction | None:
    """The value of a form that is a number."""
    if form.shape != SCALAR or form.grid is not None or form.denominator:
        return None
    terms = form.scalar.terms
    if not terms:
        return Fraction(0)
    return Fraction(terms[0]) if set(terms) == {0} else None


def is_zero(form: Form, atoms: Atoms) -> bool:
    """Whether the form is 0, which it then is wherever it is defined."""
    if form.grid is not None:
        return all(is_zero(entry, atoms) for row in form.grid for entry in row)
    return not atoms.reduced(form).words


def exact_root(value: Fraction, q: int) -> Fraction | None:
    """The rational q-th root, if there is one."""
    if value < 0:
        if q % 2 == 0:
            return None
        root = exact_root(-value, q)
        return None if root is None else -root
    numerator, denominator = integer_root(value.numerator, q), integer_root(value.denominator, q)
    if numerator**q == value.numerator and denominator**q == value.denominator:
        return Fraction(numerator, denominator)
    return None


def _primes(number: int, q: int) -> list[tuple[int, int]]:
    """A positive number as a product of powers: of small primes, and of a rest that is no power of an exponent that divides q, as far as is seen."""
    found = []
    for prime in _SMALL:
        times = _exponent(number, prime)
        if times:
            found.append((prime, times))
            number //= prime**times
    times = 1
    for prime in _SMALL:
        while number > 1 and q % prime == 0 and integer_root(number, prime) ** prime == number:
            number, times = integer_root(number, prime), times * prime
    return [*found, (number, times)] if number > 1 else found


def _least_divisor(number: int) -> int:
    """The least divisor above 1."""
    return next(divisor for divisor in range(2, number + 1) if number % divisor == 0)


def _exponent(number: int, prime: int) -> int:
    """How often a prime divides a positive number."""
    times = 0
    while number % prime == 0:
        number //= prime
        times += 1
    return times


def _partial_fractions(value: Fraction) -> list[Fraction]:
    """Fractions between 0 and 1 with powers of primes below, whose sum differs from the value by a whole number."""
    found = []
    rest = value.denominator
    while rest > 1:
        prime = _least_divisor(rest)
        part = prime ** _exponent(rest, prime)
        rest //= part
        others = value.denominator // part
        found.append(Fraction(value.numerator * pow(others, -1, part) % part, part))
    return found


def _flat(term: Apply) -> list[Term]:
    """The arguments; those of max(max(a, b), c) are a, b, c."""
    found: list[Term] = []
    for argument in term.arguments:
        nested = term.head in {"min", "max"} and isinstance(argument, Apply) and argument.head == term.head
        found += _flat(argument) if nested and isinstance(argument, Apply) else [argument]
    return found


def _computed(head: str, values: list[Fraction]) -> Fraction | int | None:
    match head:
        case "factorial":
            value = values[0]
            return factorial(int(value)) if value.denominator == 1 and 0 <= value <= MAXIMUM_FACTORIAL else None
        case "binomial":
            whole, part = values
            if whole.denominator == part.denominator == 1 and 0 <= part <= whole <= MAXIMUM_FACTORIAL:
                return comb(int(whole), int(part))
            return None
        case "min":
            return min(values)
        case "max":
            return max(values)
        case "floor":
            return values[0].__floor__()
        case "ceil":
            return values[0].__ceil__()
        case _:
            return (values[0] > 0) - (values[0] < 0)


def _shape(sort: Sort) -> Shape:
    if is_scalar(sort):
        return SCALAR
    assert isinstance(sort, Matrix)
    return (sort.rows, sort.columns)


def _grid(rows: tuple[tuple[Form, ...], ...]) -> Form:
    if len(rows) * len(rows[0]) > MAXIMUM_ENTRIES:
        raise Rejected("a matrix of too many entries")
    if all(entry.shape == SCALAR for row in rows for entry in row):
        return Form((len(rows), len(rows[0])), {}, None, rows)
    height, width = rows[0][0].shape
    for row in rows[1:]:
        height = sizes.total(height, row[0].shape[0])
    for entry in rows[0][1:]:
        width = sizes.total(width, entry.shape[1])
    return Form((height, width), {}, None, rows)


def is_literal(form: Form) -> bool:
    """Whether a grid is made of numbers, not of blocks."""
    return form.grid is None or all(entry.shape == SCALAR for row in form.grid for entry in row)


def _is_triangular(grid: tuple[tuple[Form, ...], ...]) -> bool:
    """Whether the blocks on the diagonal are square, and those below it are zero."""
    if len(grid) != len(grid[0]) or any(row[i].shape[0] != row[i].shape[1] for i, row in enumerate(grid)):
        return False
    return not any(row[j].words for i, row in enumerate(grid) for j in range(i))


def _segments(word: Word, cuts: list[int]) -> list[Word]:
    places = [0, *cuts, len(word)]
    return [word[begin:end] for begin, end in pairwise(places)]


def _joined(left: dict[int, int], right: dict[int, int]) -> dict[int, int]:
    """The product of two denominators."""
    if not left:
        return right
    if not right:
        return left
    result = dict(left)
    for factor, exponent in right.items():
        result[factor] = result.get(factor, 0) + exponent
    return result


def _integral(value: Polynomial) -> Polynomial:
    """The same polynomial with whole coefficients as int."""
    terms: dict[int, polynomial.Coefficient] = {}
    for key, coefficient in value.terms.items():
        terms[key] = coefficient.numerator if coefficient.denominator == 1 else coefficient
    return Polynomial(terms, value.degree)


def _degree(terms: dict[int, polynomial.Coefficient]) -> int:
    return max((sum(exponent for _, exponent in polynomial.exponents(key)) for key in terms), default=0)
