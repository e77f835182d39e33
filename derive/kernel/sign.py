"""Signs by the structure of a term and the hypotheses. Sound, shallow, and of bounded work.

The answers: "+" (> 0), "0+" (>= 0), "-" (< 0), "0-" (<= 0), "0" (= 0), "!0" (nonzero), "?" (nothing is known). They speak of points where the
term is defined and the hypotheses hold. A vector or matrix is "0", "!0" or "?". A unit is nonzero: there is a 1 in it.

A square matrix is definite ("+") or semidefinite ("0+"), symmetric both, by its structure: P by hypothesis, I, P^T, P^-1 and c P for c > 0 as P is,
M^T P M and M^T M are semidefinite, a sum of semidefinite ones is, and is definite if one of them is. A semidefinite matrix whose determinant is not 0
by hypothesis is definite: its eigenvalues are >= 0, and their product is not 0. For a definite P and x != 0, x^T P x > 0; det P > 0 and
tr P > 0, as products and sums of its eigenvalues; for a semidefinite one with >=. (Horn, Johnson, Matrix Analysis, 7.1.) A product of square matrices is
invertible exactly if its factors are: det(AB) = det(A) det(B). e^A is the square of e^(A/2), and invertible: det(e^A) > 0.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from .certificate import Rejected
from .sorting import is_scalar, sort_of
from .term import (
    FALSE,
    INTEGER,
    ONE,
    TRUE,
    ZERO,
    Apply,
    Constant,
    Matrix,
    Number,
    Symbol,
    Term,
    free_symbols,
    negate,
    subtract,
)

_FLIPPED = {"+": "-", "-": "+", "0+": "0-", "0-": "0+"}
_OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "=": "!=", "!=": "="}
_MIRROR = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}
_OF_RELATION = {">": "+", ">=": "0+", "<": "-", "<=": "0-", "!=": "!0", "=": "0"}
_NONZERO = frozenset({"+", "-", "!0"})
_ENOUGH = {
    ">": {"+"},
    ">=": {"+", "0+", "0"},
    "<": {"-"},
    "<=": {"-", "0-", "0"},
    "!=": _NONZERO,
    "=": {"0"},
}
_OF_DEFINITE = {"positive_definite": "+", "positive_semidefinite": "0+"}
_MAXIMUM_TRANSFERS = 2  # t = s, s = r, r > 0
_MAXIMUM_NESTING = 8  # of connectives in a condition
_MAXIMUM_STEPS = 5_000  # of taking a sum apart
_ODD = frozenset({"sinh", "tanh", "arctan", "sgn"})  # of the sign of their argument

Linear = dict[Term, Fraction]
Key = frozenset[tuple[Term, Fraction]]


def sign(term: Term, hypotheses: tuple[Term, ...]) -> str:
    """What is known of the sign of a well-sorted term."""
    return _under(hypotheses).sign(term)


def nonnegative(term: Term, hypotheses: tuple[Term, ...]) -> bool:
    """Whether the term is shown to be >= 0."""
    return sign(term, hypotheses) in {"+", "0+", "0"}


def relates(statement: Apply, hypotheses: tuple[Term, ...]) -> bool:
    """Whether the signs of the sides or of their difference show the relation a R b."""
    return _under(hypotheses).relates(statement)


@lru_cache(maxsize=64)
def _under(hypotheses: tuple[Term, ...]) -> _Signs:
    """The signs under these hypotheses: what has been judged once is remembered."""
    return _Signs(hypotheses)


def definite(statement: Apply, hypotheses: tuple[Term, ...]) -> bool:
    """Whether a matrix is visibly definite or semidefinite, as the statement says."""
    matrix = statement.arguments[0]
    found = _Signs(hypotheses).definiteness(matrix)
    return found == "+" or (found == "0+" and statement.head == "positive_semidefinite")


def implied(statement: Term, hypotheses: tuple[Term, ...], depth: int = 0) -> bool:
    """Whether the hypotheses visibly imply a statement: used for definedness only."""
    if statement == TRUE or statement in hypotheses:
        return True
    if not isinstance(statement, Apply) or depth > _MAXIMUM_NESTING:
        return False
    head, arguments = statement.head, statement.arguments
    match head:
        case "and":
            return all(implied(part, hypotheses, depth + 1) for part in arguments)
        case "or":
            return any(implied(part, hypotheses, depth + 1) for part in arguments)
        case "implies":
            return implied(arguments[1], (*hypotheses, *conjuncts(arguments[0])), depth + 1)
        case "not":
            opposite = opposite_of(arguments[0])
            return opposite.head != "not" and implied(opposite, hypotheses, depth + 1)
        case _ if head in _OF_DEFINITE:
            return definite(statement, hypotheses)
        case _:
            return head in _OF_RELATION and relates(statement, hypotheses)


def outside(conditions: tuple[Term, ...], variable: Symbol, facts: tuple[Term, ...], what: str) -> tuple[Term, ...]:
    """The conditions that do not speak of a bound variable. Rejected where one that does is not visibly implied by what is known of it."""
    kept = []
    for condition in conditions:
        if variable not in free_symbols(condition):
            kept.append(condition)
        elif not implied(condition, facts):
            raise Rejected(f"where every {what} is defined is not known")
    return tuple(kept)


def range_of(variable: Symbol, lower: Term, upper: Term) -> tuple[Term, ...]:
    """What is known of the variable of a finite sum whose bounds are whole numbers."""
    whole = Apply("=", (Apply("floor", (variable,)), variable))  # as the bounds are
    if variable in free_symbols(lower) | free_symbols(upper):
        return (whole,)  # a bound that holds a symbol of the variable's name speaks of another one
    return whole, Apply("<=", (lower, variable)), Apply("<=", (variable, upper))


def facts_of_entries(variable: Symbol, array: Term) -> tuple[Term, ...]:
    """What is visible of a variable that stands for the entries of an array."""
    return _as_fact(variable, _under(()).entries(array))


def _as_fact(variable: Symbol, word: str) -> tuple[Term, ...]:
    """The sign of a variable as a statement."""
    return tuple(Apply(head, (variable, ZERO)) for head, known in _OF_RELATION.items() if known == word)


def conjuncts(statement: Term) -> tuple[Term, ...]:
    """The statements that a conjunction joins; the statement itself if it is none."""
    if isinstance(statement, Apply) and statement.head == "and":
        return tuple(part for argument in statement.arguments for part in conjuncts(argument))
    return (statement,)


def opposite_of(statement: Term) -> Apply:
    """The negation of a statement, where it is defined."""
    if isinstance(statement, Apply) and statement.head in _OPPOSITE:
        return Apply(_OPPOSITE[statement.head], statement.arguments)
    return Apply("not", (statement,))


def pushed_in(statement: Term) -> Term:
    """The negation of a connective or relation as a statement of its parts: defined where it is, and true where it is. Rejected for other statements."""
    if isinstance(statement, Apply) and statement.head == "not":
        inside = statement.arguments[0]
        if inside in {TRUE, FALSE}:
            return FALSE if inside == TRUE else TRUE
        if isinstance(inside, Apply):
            if inside.head in _OPPOSITE:
                return opposite_of(inside)
            if inside.head == "not":
                return inside.arguments[0]
            if inside.head in {"and", "or"}:
                other = "or" if inside.head == "and" else "and"
                return Apply(other, tuple(Apply("not", (part,)) for part in inside.arguments))
            if inside.head == "implies":
                premise, conclusion = inside.arguments
                return Apply("and", (premise, Apply("not", (conclusion,))))
    raise Rejected("no negation that can be pushed in")


class _Signs:
    """Signs under one list of hypotheses; each term is judged once."""

    def __init__(self, hypotheses: tuple[Term, ...], transfers: int = 0) -> None:
        self.hypotheses = hypotheses
        self.transfers = transfers
        self.memory: dict[Term, str] = {}
        self.fewer: dict[int, _Signs] = {}
        self.definite: dict[Term, str] = {}
        self.sides: dict[Term, list[tuple[str, Term, int]]] = {}  # t -> t R other, by hypothesis number
        self.known_bounds: dict[Key, list[tuple[str, Fraction]]] | None = None
        for number, hypothesis in enumerate(hypotheses):
            for part in conjuncts(hypothesis):
                if isinstance(part, Apply) and part.head in _OF_RELATION:
                    self._note(part, number)
                    for factor in _invertible_factors(part):
                        self._note(Apply("!=", (Apply("det", (factor,)), ZERO)), number)
                elif isinstance(part, Apply) and part.head in _OF_DEFINITE:
                    self.definite.setdefault(part.arguments[0], _OF_DEFINITE[part.head])

    def _note(self, relation: Apply, number: int) -> None:
        left, right = relation.arguments
        for one, other, word in ((left, right, relation.head), (right, left, _MIRROR[relation.head])):
            self.sides.setdefault(one, []).append((word, other, number))

    def bounds(self, key: Key) -> list[tuple[str, Fraction]]:
        """What the hypotheses say of K: K + constant R 0. All of it is found when it is asked for first: most signs need none."""
        if self.known_bounds is None:
            self.known_bounds = {}
            for one, known in self.sides.items():
                for word, other, _ in known:
                    _note_bound(self.known_bounds, word, linear(subtract(one, other)))
        return self.known_bounds.get(key, [])

    def sign(self, term: Term) -> str:
        known = self.memory.get(term)
        if known is None:
            known = self._structure(term)
            if known not in {"+", "-", "0"}:
                known = _met(known, self._from_hypotheses(term))
            self.memory[term] = known
        return known

    def relates(self, statement: Apply) -> bool:
        left, right = statement.arguments
        enough = _ENOUGH[statement.head]
        if is_zero(right):
            return self.sign(left) in enough
        if is_zero(left):
            return self.sign(negate(right)) in enough
        return self.sign(subtract(left, right)) in enough

    def _from_hypotheses(self, term: Term) -> str:
        """t R 0, t R c, a R b for t a positive multiple of a - b, up to a number; t = s, t >= s with s of known sign; norm(t) != 0."""
        found = "?"
        for word, other, number in self.sides.get(term, ()):
            if self.transfers < _MAXIMUM_TRANSFERS:
                of_other = self._structure(other) if isinstance(other, Number) else self._without(number).sign(other)
                found = _met(found, _beside(word, of_other))
        if found in {"+", "-", "0"}:
            return found
        key, constant = _normalized(linear(term))
        if not key:
            return "+" if constant > 0 else "-" if constant < 0 else "0"
        for word, bound in self.bounds(key):
            found = _met(found, _moved(word, constant - bound))
        if found == "?" and not _is_number(term):
            size = self._from_hypotheses(Apply("norm", (term,)))
            return "0" if size == "0" else "!0" if size in _NONZERO else "?"
        return found

    def _without(self, number: int) -> _Signs:
        """The same without one hypothesis, which has been used."""
        if number not in self.fewer:
            rest = self.hypotheses[:number] + self.hypotheses[number + 1 :]
            self.fewer[number] = _Signs(rest, self.transfers + 1)
        return self.fewer[number]

    def _structure(self, term: Term) -> str:
        if isinstance(term, Number):
            return "+" if term.value > 0 else "-" if term.value < 0 else "0"
        if isinstance(term, Constant):
            return "+" if term.name in {"pi", "e"} else "0" if term.name == "zero" else "?"
        if not isinstance(term, Apply):
            return "?"
        head, arguments = term.head, term.arguments
        if head == "unit":  # it has a 1 where it is defined
            return "!0"
        if head in _ODD:
            return self.sign(arguments[0])
        match head:
            case "negate":
                return _flipped(self.sign(arguments[0]))
            case "transpose":
                return self.sign(arguments[0])
            case "+":
                return _sum([self.sign(part) for part in arguments])
            case "*":
                if len(arguments) == 2 and arguments[0] == arguments[1] and _is_number(arguments[0]):
                    return "+" if self.sign(arguments[0]) in _NONZERO else "0+"
                if sum(not _is_number(part) for part in arguments) > 1:
                    # nonzero vectors can be orthogonal
                    if not _is_number(term):
                        return "?"
                    found = self._form(arguments)
                    return self._entries(term) if found == "?" else found
                return _product([self.sign(part) for part in arguments])
            case "/":
                return _product([self.sign(arguments[0]), _divisor(self.sign(arguments[1]))])
            case "^" if _is_number(arguments[0]):  # a nonzero matrix can be nilpotent
                return _power(self.sign(arguments[0]), arguments[1])
            case "trace" if not _is_number(arguments[0]):
                return self.definiteness(arguments[0]) or "?"
            case "det":
                return self._determinant(arguments[0])
            case "exp" | "cosh" | "factorial":
                return "+"
            case "sqrt":
                return "+" if self.sign(arguments[0]) in _NONZERO else "0+"
            case "root":
                inside, index = self.sign(arguments[0]), arguments[1]
                if isinstance(index, Number) and index.value % 2 == 1:
                    return inside
                return "+" if inside in _NONZERO else "0+"
            case "abs" | "norm" | "norm_one" | "norm_infinity" | "norm_max" | "norm_spectral" | "norm_nuclear":
                inside = self.sign(arguments[0])
                return "+" if inside in _NONZERO else "0" if inside == "0" else "0+"
            case "inner" if arguments[0] == arguments[1]:
                return "+" if self.sign(arguments[0]) in _NONZERO else "0+"
            case "inner" if not _is_number(arguments[0]):
                found = _product([self.entries(part) for part in arguments])
                return "?" if found == "!0" else found
            case "sum" | "product":
                return self._of_many(head, *arguments)
            case "max":
                signs = {self.sign(part) for part in arguments}
                return "+" if "+" in signs else "0+" if signs & {"0+", "0"} else "?"
            case "min":
                signs = {self.sign(part) for part in arguments}
                return "+" if signs == {"+"} else "0+" if signs <= {"+", "0+", "0"} else "?"
            case _:
                return "?"

    def entries(self, array: Term) -> str:
        """The sign of all entries of a vector or matrix; of a number its own."""
        return self.sign(array) if _is_number(array) else self._entries(array)

    def _entries(self, array: Term) -> str:
        if isinstance(array, Constant):
            return {"ones": "+", "zero": "0", "identity": "0+"}.get(array.name, "?")
        if not isinstance(array, Apply):
            return "?"
        arguments = array.arguments
        match array.head:
            case "each":
                body, variable, inside = arguments
                assert isinstance(variable, Symbol)
                # Other hypotheses may speak of a symbol of the variable's name.
                return sign(body, _as_fact(variable, self.entries(inside)))
            case "negate":
                return _flipped(self.entries(arguments[0]))
            case "transpose" | "vec":
                return self.entries(arguments[0])
            case "+":
                return _sum([self.entries(part) for part in arguments])
            case "/":
                return _product([self.entries(arguments[0]), _divisor(self.sign(arguments[1]))])
            case "hadamard" | "kronecker":
                return _product([self.entries(part) for part in arguments])
            case "*":  # sums of one product or more
                found = _product([self.entries(part) for part in arguments])
                return "?" if found == "!0" else found
            case _:
                return "?"

    def definiteness(self, matrix: Term) -> str:
        """Whether a square matrix is visibly definite ("+") or semidefinite ("0+"); "" where it is not."""
        found = self._definiteness(matrix)
        regular = found == "0+" and self._from_hypotheses(Apply("det", (matrix,))) in _NONZERO
        return "+" if regular else found

    def _definiteness(self, matrix: Term) -> str:
        """The same without the hypotheses on its determinant."""
        known = self.definite.get(matrix)
        if known is not None:
            return known
        if isinstance(matrix, Constant):
            return {"identity": "+", "zero": "0+"}.get(matrix.name, "")
        if not isinstance(matrix, Apply):
            return ""
        arguments = matrix.arguments
        match matrix.head:
            case "transpose" | "inverse":
                return self.definiteness(arguments[0])
            case "+":
                parts = [self.definiteness(part) for part in arguments]
                return "" if "" in parts else "+" if "+" in parts else "0+"
            case "/":
                return self._multiple(self.sign(arguments[1]), self.definiteness(arguments[0]))
            case "*":
                scalars = [part for part in arguments if _is_number(part)]
                factors = [part for part in arguments if not _is_number(part)]
                middle, whole = self._congruence(factors)
                return self._multiple(
                    _product([self.sign(part) for part in scalars]), middle if whole else middle and "0+"
                )
            case _:
                return ""

    def _multiple(self, scalar: str, definite: str) -> str:
        """A multiple of a semidefinite matrix."""
        if not definite or scalar not in {"+", "0+", "0"}:
            return ""
        return "+" if scalar == "+" and definite == "+" else "0+"

    def _congruence(self, factors: list[Term]) -> tuple[str, bool]:
        """What P is in M^T P M (in M^T M, the identity), and whether all of M is invertible, so that the whole is as definite as P."""
        place = 0
        while len(factors) - 2 * place > 1 and _turned(factors[place]) == factors[-1 - place]:
            place += 1
        middle = factors[place : len(factors) - place]
        if not middle:
            return ("+", self._all_invertible(factors[place:])) if factors else ("", False)
        return (self.definiteness(middle[0]) if len(middle) == 1 else ""), self._all_invertible(
            factors[len(factors) - place :]
        )

    def _all_invertible(self, factors: list[Term]) -> bool:
        return all(_is_square(part) and self.sign(Apply("det", (part,))) in _NONZERO for part in factors)

    def _form(self, factors: tuple[Term, ...]) -> str:
        """The sign of x^T P x times numbers."""
        scalars = [self.sign(part) for part in factors if _is_number(part)]
        matrices = [part for part in factors if not _is_number(part)]
        middle, _ = self._congruence(matrices)
        if not middle:
            return "?"
        nonzero = middle == "+" and len(matrices) <= 3 and self.sign(matrices[-1]) in _NONZERO
        return _product([*scalars, "+" if nonzero else "0+"])

    def _determinant(self, matrix: Term) -> str:
        definite = "" if _is_number(matrix) else self.definiteness(matrix)
        if definite:
            return definite
        if not isinstance(matrix, Apply):
            return "?"
        inside = matrix.arguments
        match matrix.head:
            case "exponential":
                return "+"
            case "transpose":
                return self.sign(Apply("det", inside))
            case "inverse":
                return _divisor(self.sign(Apply("det", inside)))
            case "negate":
                return "!0" if self.sign(Apply("det", inside)) in _NONZERO else "?"
            case "*" if all(_is_number(part) or _is_square(part) for part in inside):
                signs = [self.sign(part if _is_number(part) else Apply("det", (part,))) for part in inside]
                return "!0" if _NONZERO.issuperset(signs) else "?"
            case _:
                return "?"

    def _of_many(self, head: str, body: Term, variable: Term, lower: Term, upper: Term) -> str:
        """A sum or product of terms of one sign, whatever the index; of none it is 0 or 1. What the hypotheses say of the letter of its variable is said of
        another."""
        if not _is_number(body):
            return "?"
        others = tuple(one for one in self.hypotheses if not free_symbols(one) & free_symbols(variable))
        inside = _Signs(others, self.transfers).sign(body)
        if head == "product":
            return inside if inside in {"+", "0+"} else "?"
        if inside in {"+", "-"} and self.sign(subtract(upper, lower)) not in {"+", "0+", "0"}:
            return "0+" if inside == "+" else "0-"  # there may be no terms
        return "?" if inside == "!0" else inside


def _invertible_factors(relation: Apply) -> list[Term]:
    """The square factors of a product whose determinant is not 0."""
    left, right = relation.arguments
    if (
        relation.head not in {"!=", ">", "<"}
        or not is_zero(right)
        or not (isinstance(left, Apply) and left.head == "det")
    ):
        return []
    inside = left.arguments[0]
    if not (isinstance(inside, Apply) and inside.head == "*" and _is_square(inside)):
        return []
    factors = [part for part in inside.arguments if not _is_number(part)]
    return factors if all(map(_is_square, factors)) else []


def _is_square(term: Term) -> bool:
    sort = sort_of(term)
    return isinstance(sort, Matrix) and sort.rows == sort.columns


def _turned(term: Term) -> Term:
    """The transpose, without a double one."""
    return term.arguments[0] if isinstance(term, Apply) and term.head == "transpose" else Apply("transpose", (term,))


def linear(term: Term) -> Linear:
    """The term as a combination of terms with rational coefficients; the number is the coefficient of 1. Equal wherever defined."""
    found: Linear = {}
    stack: list[tuple[Term, Fraction]] = [(term, Fraction(1))]
    steps = 0
    while stack:
        steps += 1
        if steps > _MAXIMUM_STEPS:
            return {term: Fraction(1)}
        part, factor = stack.pop()
        if isinstance(part, Number):
            part, factor = ONE, factor * part.value
        elif is_zero(part):
            continue
        elif isinstance(part, Apply) and part.head == "+":
            stack.extend((one, factor) for one in part.arguments)
            continue
        elif isinstance(part, Apply) and part.head == "negate":
            stack.append((part.arguments[0], -factor))
            continue
        elif isinstance(part, Apply) and part.head in {"*", "/"} and len(part.arguments) == 2:
            one, other = part.arguments
            if part.head == "*" and isinstance(one, Number):
                stack.append((other, factor * one.value))
                continue
            if isinstance(other, Number) and (part.head == "*" or other.value != 0):
                stack.append((one, factor * other.value if part.head == "*" else factor / other.value))
                continue
        found[part] = found.get(part, Fraction(0)) + factor
    return {part: factor for part, factor in found.items() if factor}


def _note_bound(bounds: dict[Key, list[tuple[str, Fraction]]], word: str, combination: Linear) -> None:
    key, constant = _normalized(combination)
    bounds.setdefault(key, []).append((word, constant))
    if word in {">", "<"} and _is_whole(combination):  # then at least 1 away from 0
        step = Fraction(1 if word == ">" else -1)
        key, constant = _normalized({**combination, ONE: combination.get(ONE, Fraction(0)) - step})
        bounds.setdefault(key, []).append((word + "=", constant))


def _is_whole(combination: Linear) -> bool:
    """Whether the combination has whole values only: whole multiples of symbols for integers."""
    return all(
        factor.denominator == 1 and (part == ONE or (isinstance(part, Symbol) and part.sort == INTEGER))
        for part, factor in combination.items()
    )


def _normalized(combination: Linear) -> tuple[Key, Fraction]:
    """(K, c) with the combination a positive multiple of K + c."""
    constant = combination.get(ONE, Fraction(0))
    total = sum((abs(factor) for part, factor in combination.items() if part != ONE), Fraction(0))
    if not total:
        return frozenset(), constant
    return frozenset((part, factor / total) for part, factor in combination.items() if part != ONE), constant / total


def _moved(word: str, gap: Fraction) -> str:
    """The sign of u + gap from u R 0."""
    if word == "=" or gap == 0:
        return _OF_RELATION[word] if gap == 0 else "+" if gap > 0 else "-"
    if word in {">", ">="} and gap > 0:
        return "+"
    return "-" if word in {"<", "<="} and gap < 0 else "?"


def _beside(word: str, other: str) -> str:
    """The sign of t from t R s and the sign of s."""
    if word == "=":
        return other
    if other == "0":
        return _OF_RELATION[word]
    if word in {">", ">="} and other in {"+", "0+"}:
        return "+" if word == ">" or other == "+" else "0+"
    if word in {"<", "<="} and other in {"-", "0-"}:
        return "-" if word == "<" or other == "-" else "0-"
    return "?"


def _met(left: str, right: str) -> str:
    """Both are known."""
    if left in {"?", right}:
        return right
    if right == "?":
        return left
    for one in (left, right):
        if one in {"+", "-"}:
            return one
    if "0" in {left, right}:
        return "0"
    for one, other in ((left, right), (right, left)):
        if one == "!0":
            return {"0+": "+", "0-": "-"}[other]
    return "0"  # >= 0 and <= 0


def _flipped(one: str) -> str:
    return _FLIPPED.get(one, one)


def _sum(signs: list[str]) -> str:
    known = [one for one in signs if one != "0"]
    if len(known) <= 1:
        return known[0] if known else "0"
    if set(known) <= {"+", "0+"}:
        return "+" if "+" in known else "0+"
    if set(known) <= {"-", "0-"}:
        return "-" if "-" in known else "0-"
    return "?"


def _product(signs: list[str]) -> str:
    if "0" in signs:
        return "0"
    if "?" in signs:
        return "?"
    if "!0" in signs:
        return "!0" if _NONZERO.issuperset(signs) else "?"
    negative = sum(one in {"-", "0-"} for one in signs) % 2 == 1
    weak = any(one in {"0+", "0-"} for one in signs)
    return ("0-" if weak else "-") if negative else ("0+" if weak else "+")


def _divisor(below: str) -> str:
    """A divisor is nonzero wherever the quotient is defined."""
    return {"0+": "+", "0-": "-", "?": "!0"}.get(below, below)


def _power(below: str, exponent: Term) -> str:
    """The sign of a power of a number, from the sign of the base."""
    if isinstance(exponent, Apply) and exponent.head == "negate" and isinstance(exponent.arguments[0], Number):
        exponent = Number(-exponent.arguments[0].value)
    if not isinstance(exponent, Number):
        if below in {"+", "0+"}:
            return below
        combination = linear(exponent)
        if not _is_whole(combination):
            return "?"
        if all(factor % 2 == 0 for factor in combination.values()):
            return "+" if below in _NONZERO else "0+"
        return "!0" if below in _NONZERO else "?"
    power = exponent.value
    if power == 0:
        return "+"
    if power.denominator != 1:  # the base is >= 0 where this is defined
        return "+" if below in _NONZERO or power < 0 else "0+"
    if power < 0:
        below = _divisor(below)
    if power % 2 == 0:
        return "+" if below in _NONZERO else "0" if below == "0" else "0+"
    return below


def is_zero(term: Term) -> bool:
    """The number 0, or a zero vector or matrix."""
    return term == ZERO or (isinstance(term, Constant) and term.name == "zero")


def _is_number(term: Term) -> bool:
    return is_scalar(sort_of(term))
