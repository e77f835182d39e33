"""Concrete values for the hunt after witnesses, the ones that people read best first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import TypeVar

from derive.kernel.evaluation import Undecided, size_of
from derive.kernel.size import letters_of
from derive.kernel.sorting import is_scalar, length_of, sizes_in
from derive.kernel.term import INTEGER, ONE, Apply, Function, Lambda, Matrix, Number, Sort, Symbol, Term, add, multiply

Value = TypeVar("Value")

NUMBERS = tuple(
    Number(Fraction(*pair)) for pair in ((1, 1), (0, 1), (2, 1), (-1, 1), (1, 2), (3, 1), (-2, 1), (-1, 2), (1, 3), (4, 1), (-3, 1), (3, 2), (5, 1), (1, 4), (1, 10), (10, 1), (3, 4))
)  # fmt: skip


def functions(sort: Sort, sizes: Mapping[str, int]) -> list[Lambda]:
    """Polynomials of the first coordinates: squares first, since they are what no affine statement fits."""
    if not isinstance(sort, Function):
        return []
    if not is_scalar(sort.result):
        return curves(sort, sizes)
    parameters: list[Symbol] = []
    coordinates: list[Term] = []
    letters = "ijklm" if all(argument == INTEGER for argument in sort.arguments) else "xyzuv"
    for index, argument in enumerate(sort.arguments):
        name = letters[index] if index < 5 else f"x_{{{index}}}"
        if is_scalar(argument):
            symbol = Symbol(name, argument)
            coordinates.append(symbol)
        elif isinstance(argument, Matrix):
            symbol = Symbol("w" if len(sort.arguments) == 1 else name, argument)
            try:
                size = size_of(length_of(argument), sizes)
            except Undecided:
                return []
            coordinates += [Apply("component", (symbol, Number(position))) for position in range(1, min(size, 3) + 1)]
        else:
            return []
        parameters.append(symbol)

    def square(term: Term) -> Term:
        return Apply("^", (term, Number(2)))

    first, last = coordinates[0], coordinates[-1]
    bodies: list[Term] = [square(first), first]
    if first != last:
        bodies += [multiply(first, last), last, square(last), add(square(first), last)]
    bodies += [Apply("^", (first, Number(3))), ONE, add(square(first), first)]
    return [Lambda(tuple(parameters), body) for body in bodies]


def letters_of_sizes(terms: Iterable[Term]) -> list[str]:
    """The letters of the sizes that occur in some terms."""
    return sorted({letter for term in terms for size in sizes_in(term) for letter in letters_of(size)})


def literal(entries: tuple[tuple[int | Fraction, ...], ...]) -> Term:
    """The literal of numbers."""
    return Apply("matrix", tuple(Apply("row", tuple(Number(entry) for entry in row)) for row in entries))


def curves(sort: Function, sizes: Mapping[str, int]) -> list[Lambda]:
    """Vectors and matrices that move with one number: A + t B + t^2 C for small matrices, invertible ones first."""
    if len(sort.arguments) != 1 or not is_scalar(sort.arguments[0]) or not isinstance(sort.result, Matrix):
        return []
    try:
        rows, columns = size_of(sort.result.rows, sizes), size_of(sort.result.columns, sizes)
    except Undecided:
        return []
    t = Symbol("s", sort.arguments[0])
    places = [(row, column) for row in range(rows) for column in range(columns)]
    unit = {place: int(place[0] == place[1]) for place in places}
    counting = {place: index for index, place in enumerate(places, start=1)}
    leaning = {place: unit[place] + int(place[1] == place[0] + 1) for place in places}
    sheared = {place: int(place[1] == place[0] + 1) + 2 * int(place[0] == place[1] + 1) for place in places}
    nothing = dict.fromkeys(places, 0)
    found = []
    for start, slope, bend in (
        (unit, counting, nothing),
        (leaning, sheared, unit),
        (counting, leaning, nothing),
        (unit, nothing, nothing),
        (nothing, unit, nothing),
        (leaning, counting, nothing),
    ):
        entries = {place: _polynomial(t, (start[place], slope[place], bend[place])) for place in places}
        body = Apply(
            "matrix",
            tuple(Apply("row", tuple(entries[row, column] for column in range(columns))) for row in range(rows)),
        )
        found.append(Lambda((t,), body))
    return found


def _polynomial(variable: Symbol, coefficients: tuple[int, ...]) -> Term:
    powers: tuple[Term, ...] = (ONE, variable, Apply("^", (variable, Number(2))))
    parts: list[Term] = [
        power if coefficient == 1 else Number(coefficient) if power is ONE else multiply(Number(coefficient), power)
        for coefficient, power in zip(coefficients, powers, strict=True)
        if coefficient
    ]
    return add(*parts)


def vectors(rows: int, columns: int) -> Iterator[Term]:
    """Small vectors and matrices: units, zero, sums of units, Pythagorean ones."""
    total = rows * columns
    flat: list[tuple[int, ...]] = [tuple(int(index == position) for index in range(total)) for position in range(total)]
    flat += [
        (0,) * total,
        (1,) * total,
        tuple(range(1, total + 1)),
        tuple(2 * int(index == 0) for index in range(total)),
    ]
    flat += [
        tuple(-int(index == 0) for index in range(total)),
        (3, 4, *(0,) * (total - 2))[:total],
        (-1, 2, *(1,) * max(0, total - 2))[:total],
    ]
    for entries in dict.fromkeys(flat):
        yield literal(tuple(entries[row * columns : (row + 1) * columns] for row in range(rows)))


# Of the kinds that hypotheses ask for, those that people read best first: symmetric, definite, orthogonal, skew, idempotent, nilpotent, triangular.
_SQUARE: dict[int, tuple[tuple[tuple[int | Fraction, ...], ...], ...]] = {
    1: (((2,),), ((-1,),), ((3,),)),
    2: (
        ((1, 0), (0, 1)),
        ((1, 0), (0, 2)),
        ((2, 1), (1, 1)),
        ((0, 1), (1, 0)),
        ((0, -1), (1, 0)),
        ((1, 1), (0, 0)),
        ((1, 1), (0, 1)),
        ((1, 2), (3, 4)),
        ((2, 0), (0, 1)),
        ((1, 0), (0, -1)),
        ((2, 1), (1, 2)),
        ((1, 0), (1, 0)),
        ((0, 2), (-2, 0)),
        ((0, 1), (-1, -1)),
        ((Fraction(3, 5), Fraction(-4, 5)), (Fraction(4, 5), Fraction(3, 5))),
        ((-1, 0), (0, -1)),
        ((2, -1), (1, 3)),
        ((3, 1), (1, 1)),
    ),
    3: (
        ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
        ((1, 0, 0), (0, 2, 0), (0, 0, 3)),
        ((0, 1, 0), (0, 0, 1), (1, 0, 0)),
        ((2, 1, 0), (1, 2, 1), (0, 1, 2)),
        ((0, 1, 0), (-1, 0, 1), (0, -1, 0)),
        ((1, 1, 0), (0, 1, 1), (0, 0, 1)),
        ((0, 1, 0), (0, 0, 1), (0, 0, 0)),
        ((1, 2, 0), (0, 1, 3), (1, 0, 1)),
        ((1, 1, 0), (0, 0, 0), (0, 0, 1)),
    ),
}


def square(size: int) -> list[Term]:
    """Square matrices of the usual kinds."""
    return [literal(entries) for entries in _SQUARE.get(size, ())]


def general(rows: int, columns: int) -> list[Term]:
    """Matrices without a pattern, of small numbers: what no two words of letters have in common by chance."""
    found: list[Term] = []
    state = 7 * rows + 3 * columns
    for _ in range(8):
        lines: list[tuple[int, ...]] = []
        for _ in range(rows):
            line: list[int] = []
            for _ in range(columns):
                state = (state * 1103515245 + 12345) % 2**31
                line.append((state >> 16) % 6 - 2)
            lines.append(tuple(line))
        found.append(literal(tuple(lines)))
    return found


def by_total(choices: Sequence[Sequence[Value]]) -> Iterator[tuple[Value, ...]]:
    """All combinations, the sum of the positions growing, so that early candidates meet each other first."""
    if not choices:
        yield ()
        return
    capacities = [0]  # the sums of the last positions, of the last choices
    for choice in reversed(choices):
        capacities.append(capacities[-1] + len(choice) - 1)
    for total in range(capacities[-1] + 1):
        yield from _with_total(choices, capacities, total)


def _with_total(choices: Sequence[Sequence[Value]], capacities: list[int], total: int) -> Iterator[tuple[Value, ...]]:
    first, *rest = choices
    if not rest:
        if total < len(first):
            yield (first[total],)
        return
    for position in range(max(0, total - capacities[len(rest)]), min(total, len(first) - 1) + 1):
        for tail in _with_total(rest, capacities, total - position):
            yield (first[position], *tail)
