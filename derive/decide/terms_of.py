"""From normal forms back to terms, so that a search over polynomials can write its certificate."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from derive.kernel import polynomial
from derive.kernel.normal_form import SCALAR, Atoms, Form
from derive.kernel.polynomial import Polynomial
from derive.kernel.term import ONE, ZERO, Apply, Constant, Matrix, Number, Size, Symbol, Term, add, multiply


class Nameless(Exception):
    """An atom that no term is known for."""


class Names:
    """The terms of the atoms, letters and factors of one `Atoms`."""

    def __init__(self, atoms: Atoms) -> None:
        self.atoms = atoms
        self._keys: dict[int, object] = {}
        self._letters: dict[int, object] = {}

    def atom(self, index: int) -> Term:
        """The term of an atom. Raises Nameless."""
        known = self.atoms.terms[index]
        if known is not None:
            return known
        if index not in self._keys:
            self._keys = {number: key for key, number in self.atoms.numbers.items()}
        key = self._keys[index]
        if isinstance(key, tuple):
            match key:
                case ("word", word):
                    return self.word(word)
                case ("norm", word):
                    return Apply("norm", (self.word(word),))
                case ("trace", word):
                    return Apply("trace", (self.word(word),))
                case ("root", q, _):
                    base = self.atoms.roots.get(index, (self.atoms.relations[index][1], q))[0]
                    inside = self.form(base)
                    return Apply("sqrt", (inside,)) if q == 2 else Apply("root", (inside, Number(q)))
                case ("abs", value):
                    terms = dict(value)
                    return Apply("abs", (self.polynomial(Polynomial(terms, 1)),))
                case ("det", (shape, words, below)):
                    parts = {word: Polynomial(dict(value), 1) for word, value in words}
                    return Apply("det", (self.form(Form(shape, parts, dict(below))),))
                case ("entry", letter, row, column):
                    return self._entry(letter, row, column)
                case ("sum of products", (first, *rest)):
                    return Apply("inner", (self._part(first), self._hadamard(rest)))
        if index in self.atoms.values:
            function, forms = self.atoms.values[index]
            before = function.arguments[: len(function.arguments) - len(forms)]
            return Apply(function.head, (*before, *(self.form(one) for one in forms)))
        raise Nameless

    def _entry(self, letter: int, row: int, column: int) -> Term:
        rows, columns = self.atoms.letter_shapes[letter]
        term = self.letter(letter)
        if columns == 1:
            return Apply("component", (term, Number(row)))
        if rows == 1:
            return Apply("component", (term, Number(column)))
        return Apply("entry", (term, Number(row), Number(column)))

    def letter(self, index: int) -> Term:
        """The term of a matrix letter, not transposed. Raises Nameless."""
        known = self.atoms.letter_terms[index]
        if known is not None:
            return known
        inverse = self.atoms.inverses.get(index)
        if inverse is not None and self.atoms.letter_terms[inverse] is not None:
            return Apply("inverse", (self.letter(inverse),))
        if index in self.atoms.pieces:
            whole, row, column = self.atoms.pieces[index]
            rows, columns = self.atoms.letter_shapes[whole]
            parts = [self.letter(whole)]
            if rows in self.atoms.partitions:
                parts.insert(0, Apply("transpose", (selector(self.atoms.partitions[rows], row),)))
            if columns in self.atoms.partitions:
                parts.append(selector(self.atoms.partitions[columns], column))
            return multiply(*parts)
        if index in self.atoms.pairs:
            return Apply("kronecker", tuple(self._part(part) for part in self.atoms.pairs[index]))
        if index in self.atoms.columns:
            return Apply("vec", (self._part(self.atoms.columns[index]),))
        if index in self.atoms.entrywise:
            return self._hadamard(self.atoms.entrywise[index])
        if index in self.atoms.taken:
            return self._taken(*self.atoms.taken[index])
        if index in self.atoms.diagonals:
            return Apply("diag", (self.word(self.atoms.diagonals[index]),))
        if index in self.atoms.inverted:
            return Apply("inverse", (self.form(self.atoms.inverted[index]),))
        raise Nameless

    def _hadamard(self, parts: Sequence[tuple[tuple[int, ...], tuple[Size, Size]]]) -> Term:
        first, *rest = (self._part(part) for part in parts)
        for other in rest:
            first = Apply("hadamard", (first, other))
        return first

    def _taken(self, function: Apply, forms: tuple[Form, ...]) -> Term:
        """A function taken entry by entry of one array."""
        arrays = [place for place, form in enumerate(forms) if form.shape != SCALAR]
        if len(arrays) != 1:
            raise Nameless
        letter = Symbol("\\entry")
        inside = [letter if place in arrays else self.form(form) for place, form in enumerate(forms)]
        before = function.arguments[: len(function.arguments) - len(forms)]
        return Apply("each", (Apply(function.head, (*before, *inside)), letter, self.form(forms[arrays[0]])))

    def _part(self, part: tuple[tuple[int, ...], tuple[Size, Size]]) -> Term:
        word, shape = part
        return self.word(word) if word else Constant("identity", Matrix(*shape))

    def word(self, word: tuple[int, ...]) -> Term:
        """A product of letters."""
        parts = [Apply("transpose", (self.letter(one >> 1),)) if one & 1 else self.letter(one >> 1) for one in word]
        if not parts:
            raise Nameless
        return multiply(*parts)

    def monomial(self, key: int) -> Term:
        """A product of powers of atoms."""
        parts = []
        for index, exponent in polynomial.exponents(key):
            term = self.atom(index)
            parts.append(term if exponent == 1 else Apply("^", (term, Number(exponent))))
        return multiply(*parts)

    def polynomial(self, value: Polynomial) -> Term:
        """A polynomial."""
        parts = [
            times(coefficient, self.monomial(key)) for key, coefficient in sorted(value.terms.items(), reverse=True)
        ]
        return add(*parts)

    def denominator(self, factors: dict[int, int]) -> Term:
        """A product of denominator factors; 1 for none."""
        parts = []
        for index, exponent in sorted(factors.items()):
            term = self.polynomial(self.atoms.factor_polynomials[index])
            parts.append(term if exponent == 1 else Apply("^", (term, Number(exponent))))
        return multiply(*parts)

    def form(self, form: Form) -> Term:
        """A scalar or matrix form without grid."""
        if form.grid is not None:
            raise Nameless
        parts = []
        for word, value in sorted(form.words.items()):
            scalar = self.polynomial(value)
            if word or form.shape != SCALAR:
                matrix = self.word(word) if word else Constant("identity", Matrix(*form.shape))
                scalar = matrix if scalar == ONE else multiply(scalar, matrix)
            parts.append(scalar)
        total = add(*parts)
        if not form.denominator:
            return total
        return over(total, self.denominator(form.denominator))


def selector(parts: Sequence[Size], place: int) -> Term:
    """The column of blocks with the identity in one place and zeros elsewhere."""
    own = parts[place]
    blocks: list[Term] = []
    for index, part in enumerate(parts):
        if own == part == 1:
            blocks.append(ONE if index == place else ZERO)
        else:
            blocks.append(Constant("identity" if index == place else "zero", Matrix(part, own)))
    return Apply("blocks", tuple(Apply("row", (block,)) for block in blocks))


def times(number: Fraction | int, term: Term) -> Term:
    """number * term."""
    if number == 1:
        return term
    if number == 0:
        return ZERO
    if term == ONE:
        return Number(number)
    if isinstance(term, Number):
        return Number(number * term.value)
    return multiply(Number(number), term)


def over(term: Term, denominator: Term) -> Term:
    """term / denominator; the term itself over 1."""
    return term if denominator == ONE else Apply("/", (term, denominator))
