"""Equations between closed algebraic numbers, and between angles: roots of numbers, circular functions of rational multiples of pi, inverse circular functions.

**Decides** a = b without letters, where both sides are rational functions of roots and of sines and cosines of angles put together from pi/N and from inverse
circular functions of such roots; or where a - b is put together from such angles itself. The numbers must lie in a ring of small dimension.
**Method** Sines and cosines of sums become polynomials in those of the least angles, step by step. A root r satisfies r^n = u, a sine s^2 = 1 - c^2, and c = cos(pi/N)
the equation that cos(pi/2) = 0, or cos((N+1) pi/(2N)) = -cos((N-1) pi/(2N)), says of it. Other numbers (-sqrt 2) satisfy the same equations, so a - b need not vanish
modulo them; but where a = b, linear algebra over the rationals finds d != 0 such that (a - b) d does. An angle x with |x| <= pi/2 is 0 where its sine is.
**Certificate** Lemma for each angle and for (a - b) d = 0 and d != 0, around a Vanishing; for angles Jordan's inequality.
**Gives up when** the sides differ in floating point, a root stands over a number that is not a polynomial in the others, or the dimension is too large.
Example: cos(pi/5) = (1 + sqrt 5)/4;  cbrt(7 + 5 sqrt 2) = 1 + sqrt 2;  4 arctan(1/5) - arctan(1/239) = pi/4.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import copysign, cos, lcm, pi, prod, sin
from typing import Any

from derive.kernel.certificate import (
    AxiomInstance,
    Certificate,
    Cofactor,
    Identity,
    Lemma,
    Rejected,
    Rewrite,
    Square,
    Vanishing,
)
from derive.kernel.claim import Claim
from derive.kernel.polynomial import BITS, Coefficient, Polynomial, atom, constant, exponent_of, exponents, scale
from derive.kernel.polynomial import ONE as UNIT
from derive.kernel.polynomial import add as plus
from derive.kernel.polynomial import multiply as times
from derive.kernel.sign import linear
from derive.kernel.sorting import is_scalar, sort_of
from derive.kernel.structure import instance_of_axiom
from derive.kernel.term import (
    ONE,
    PI,
    TWO,
    ZERO,
    Apply,
    IllSorted,
    Number,
    Symbol,
    Term,
    TermError,
    add,
    equal,
    free_symbols,
    multiply,
    negate,
    substitute,
    subterms,
    subtract,
)
from derive.theories import AXIOMS

from . import attempts
from .elementary import BY_DEFINITION, expanded
from .numbering import moved
from .terms_of import over
from .work import Work

MAXIMUM_DIMENSION = 256
MAXIMUM_MULTIPLE = 60  # of the least angle
TOLERANCE = 1e-9
_ROOTS = frozenset({"sqrt", "root", "^"})
_CIRCULAR = frozenset({"sin", "cos"})
_FINITE = frozenset({"sum", "product"})
_QUOTIENTS = {name: axiom for name, axiom in BY_DEFINITION.items() if name in {"tan", "cot", "sec", "csc"}}
_INVERSE = {"arcsin": "arcsine", "arccos": "arccosine", "arctan": "arctangent"}

_Instance = tuple[Apply, AxiomInstance]
Angle = tuple[tuple[Term, int], ...]  # (least angle, multiple)


def decide(claim: Claim, work: Work) -> Certificate | None:
    """Lemmas around a proof that the difference vanishes."""
    statement = claim.statement
    if not isinstance(statement, Apply) or statement.head != "=" or not is_scalar(sort_of(statement.arguments[0])):
        return None
    parts = list(subterms(statement))
    if not any(isinstance(part, Apply) and part.head in _HEADS for part in parts) or free_symbols(statement):
        return None
    try:
        if any(isinstance(part, Apply) and part.head in _INVERSE for part in parts):
            found = _equal_angles(claim, statement, work)
            if found is not None:
                return found
        return _Numbers(claim, statement, work).proof()
    except (Rejected, IllSorted, TermError, ZeroDivisionError, OverflowError):
        return None


_HEADS = frozenset({*_ROOTS, *_CIRCULAR, *_QUOTIENTS, *_INVERSE})


def _equal_angles(claim: Claim, statement: Apply, work: Work) -> Certificate | None:
    """a = b from sin(a - b) = 0, where a - b is small."""
    difference = subtract(*statement.arguments)
    if not all(one == PI or (isinstance(one, Apply) and one.head in _INVERSE) for one in linear(expanded(difference))):
        return None
    vanishes = Apply("=", (Apply("sin", (difference,)), ZERO))
    proof = _Numbers(claim, vanishes, work).proof()
    substitution = ((Symbol("x"), difference),)
    premises, conclusion, _ = instance_of_axiom(AXIOMS["jordan"], AxiomInstance("jordan", substitution))
    near = [attempts.prove(Claim(premise, claim.hypotheses), work) for premise in premises]
    if proof is None or any(one is None for one in near):
        return None
    known = len(claim.hypotheses)
    instance = AxiomInstance("jordan", substitution, tuple(one for one in near if one is not None))
    weight = Cofactor(known, multiply(Apply("^", (PI, TWO)), Apply("sin", (difference,))), ONE)
    inner = Vanishing(Number(4), (Square(ONE, (known + 1,)),), (weight,))
    return Lemma(vanishes, proof, Lemma(conclusion, moved(instance, known, 1), inner))


@dataclass(frozen=True, slots=True)
class _Generator:
    """A number g with g^degree = value, a polynomial in those before it; `hypothesis` says so where the normal form does not see it."""

    term: Term
    degree: int
    value: Polynomial
    number: float
    hypothesis: int | None


@dataclass(frozen=True, slots=True)
class _Circle:
    """Cosine and sine of an angle as polynomials, and the hypotheses that say so (None: they are generators)."""

    angle: Term
    cosine: Polynomial
    sine: Polynomial
    hypotheses: tuple[int, int] | None


class _Numbers:
    """The ring in which the closed numbers of an equation lie, and the lemmas that say so."""

    def __init__(self, claim: Claim, statement: Apply, work: Work) -> None:
        self.claim = claim
        self.statement = statement
        self.work = work
        self.lemmas: list[tuple[Term, Certificate]] = []
        self.generators: list[_Generator] = []
        self.roots: dict[tuple[Term, int], int] = {}
        self.circles: dict[Angle, _Circle] = {}
        self.parts_of_pi = 2  # the least angle is pi over this

    def proof(self) -> Certificate | None:
        statement, steps = self._without_circular()
        left, right = (self._fraction(side) for side in statement.arguments)
        above = self._reduced(plus(times(left[0], right[1]), scale(times(right[0], left[1]), -1)))[0]
        below = times(left[1], right[1])
        size = self._size(times(left[0], right[1])) + self._size(times(right[0], left[1]))
        if abs(self._value(above)) > TOLERANCE * (1 + size):
            return None
        other = self._other_factor(above)
        if other is None:
            return None
        found = self._vanishing(statement, times(other, below))
        if found is None:
            return None
        for index in reversed(steps):
            found = Rewrite(index, False, found)
        for lemma, shown in reversed(self.lemmas):
            found = Lemma(lemma, shown, found)
        return found

    def _vanishing(self, statement: Apply, factor: Polynomial) -> Certificate | None:
        """a = b from (a - b) d = 0 and d != 0."""
        known = self._next
        difference, written = subtract(*statement.arguments), self._term(factor)
        product = self._fraction(difference)
        quotients = self._reduced(times(product[0], factor))[1]
        below = self._term(product[1])
        cofactors = tuple(Cofactor(index, over(self._term(one), below), ONE) for index, one in quotients.items())
        vanishes = equal(multiply(difference, written), ZERO)
        nonzero = Apply("!=", (written, ZERO))
        apart = attempts.prove(Claim(nonzero), self.work)
        if apart is None:
            return None
        weight = Cofactor(known, multiply(written, difference), ONE)
        inner = Vanishing(Apply("^", (written, TWO)), (), (weight,))
        return Lemma(vanishes, Identity(cofactors), Lemma(nonzero, moved(apart, 0, known + 1), inner))

    # --- angles ------------------------------------------------------------------------------------------------------------

    def _without_circular(self) -> tuple[Apply, list[int]]:
        """The statement with sums written out, and circular functions replaced by polynomials in those of the least angles; the equations used, in order."""
        statement: Term = self.statement
        steps: list[int] = []
        for part in _sorted(statement, _FINITE):
            terms = _terms_of(part)
            written = (add if part.head == "sum" else multiply)(*terms) if len(terms) > 1 else terms[0]
            statement = substitute(statement, {part: written})
            steps.append(self._from(equal(part, written), (), ()))
        for part in _sorted(statement, frozenset(_QUOTIENTS)):
            conclusion, instance = _axiom(_QUOTIENTS[part.head], x=part.arguments[0])
            statement = substitute(statement, {part: conclusion.arguments[1]})
            steps.append(self._lemma(conclusion, instance))
        parts = _sorted(statement, _CIRCULAR)
        angles = {part.arguments[0]: linear(expanded(part.arguments[0])) for part in parts}
        for sum_of in angles.values():
            self.parts_of_pi = lcm(self.parts_of_pi, sum_of.get(PI, Fraction(1)).denominator)
        if any(PI in sum_of for sum_of in angles.values()):
            self._multiple(PI, 1)  # before any root
        for part in parts:
            circle = self._circle(angles[part.arguments[0]])
            value = circle.cosine if part.head == "cos" else circle.sine
            written = self._term(value)
            if circle.hypotheses is None and written == part:
                continue
            steps.append(self._from(equal(part, written), (), _said(circle, int(part.head == "sin"), ONE)))
            statement = substitute(statement, {part: written})
        assert isinstance(statement, Apply)
        return statement, steps

    def _circle(self, sum_of: dict[Term, Fraction]) -> _Circle:
        """Cosine and sine of a sum of multiples."""
        found: _Circle | None = None
        known: Angle = ()
        for part, factor in sum_of.items():
            whole = factor * (self.parts_of_pi if part == PI else 1)
            if not (part == PI or (isinstance(part, Apply) and part.head in _INVERSE)) or whole.denominator != 1:
                raise Rejected("an angle that is not put together from known ones")
            multiple = self._multiple(part, int(whole))
            known = (*known, (part, int(whole)))
            if found is None:
                found = multiple
            else:
                found = self.circles.setdefault(known, self.circles.get(known) or self._together(found, multiple))
        if found is None:
            raise Rejected("the angle 0")
        return found

    def _multiple(self, part: Term, number: int) -> _Circle:
        angle: Angle = ((part, number),)
        if angle not in self.circles:
            if abs(number) > MAXIMUM_MULTIPLE:
                raise Rejected("a multiple that is too large")
            half = number // 2
            if number == 1:
                self.circles[angle] = self._of_pi() if part == PI else self._of_inverse(part)
            elif number < 0:
                self.circles[angle] = self._turned(self._multiple(part, -number))
            else:
                self.circles[angle] = self._together(self._multiple(part, number - half), self._multiple(part, half))
        return self.circles[angle]

    def _of_pi(self) -> _Circle:
        """The least angle pi/N: its cosine satisfies an equation, found from those of its multiples."""
        whole = self.parts_of_pi
        least = over(PI, Number(whole))
        cosine, sine = (Apply(head, (least,)) for head in ("cos", "sin"))
        half = (whole + 1) // 2
        self._generator(
            _Generator(cosine, half + 1, constant(0), cos(pi / whole), None)
        )  # no power of it is reduced yet
        index = self._lemma(*_axiom("pythagorean", x=least))
        self._generator(_Generator(sine, 2, plus(UNIT, scale(atom(0, 2), -1)), sin(pi / whole), index))
        first = self.circles[((PI, 1),)] = _Circle(least, atom(0), atom(1), None)
        top = self._multiple(PI, half)
        equation = top.cosine
        if whole % 2 == 0:
            instances = [_axiom("cosine_of_half_pi")]
            weights: list[Term] = [ONE]
            said = _said(top, 0, negate(ONE))
        else:
            lower = self._multiple(PI, half - 1)
            equation = plus(equation, lower.cosine)
            opposite = negate(lower.angle)
            instances = [
                _axiom("cosine_of_sum", a=PI, b=opposite),
                _axiom("cosine_of_pi"),
                _axiom("sine_of_pi"),
                _axiom("cosine_even", x=lower.angle),
            ]
            weights = [ONE, Apply("cos", (opposite,)), negate(Apply("sin", (opposite,))), negate(ONE)]
            said = [*_said(top, 0, negate(ONE)), *_said(lower, 0, negate(ONE))]
        power = atom(0, half)
        (key,) = power.terms
        leading = Fraction(equation.terms[key])
        value = plus(power, scale(equation, -1 / leading))
        cofactors = [(one, multiply(Number(1 / leading), by)) for one, by in (*enumerate(weights, self._next), *said)]
        index = self._from(equal(self._term(power), self._term(value)), instances, cofactors)
        self.generators[0] = _Generator(cosine, half, value, cos(pi / whole), index)
        return first

    def _of_inverse(self, part: Term) -> _Circle:
        """The angle arcsin t, arccos t or arctan t."""
        assert isinstance(part, Apply)
        inside, name = part.arguments[0], _INVERSE[part.head]
        values: list[Polynomial] = []
        places: list[int] = []
        for side, head in (("cosine", "cos"), ("sine", "sin")):
            instance = _axiom(f"{side}_of_{name}", x=inside)
            values.append(self._whole(self._fraction(instance[0].arguments[1])))
            statement = equal(Apply(head, (part,)), self._term(values[-1]))
            places.append(self._from(statement, [instance], [(self._next, ONE)]))
        return _Circle(part, values[0], values[1], (places[0], places[1]))

    def _turned(self, circle: _Circle) -> _Circle:
        """The same angle in the other direction."""
        angle = negate(circle.angle)
        sine = scale(circle.sine, -1)
        places = []
        for number, (head, value, name, sign) in enumerate(
            (("cos", circle.cosine, "cosine_even", ONE), ("sin", sine, "sine_odd", negate(ONE)))
        ):
            cofactors = [(self._next, ONE), *_said(circle, number, sign)]
            statement = equal(Apply(head, (angle,)), self._term(value))
            places.append(self._from(statement, [_axiom(name, x=circle.angle)], cofactors))
        return _Circle(angle, circle.cosine, sine, (places[0], places[1]))

    def _together(self, one: _Circle, other: _Circle) -> _Circle:
        """The sum of two angles, by the addition theorems."""
        angle = add(one.angle, other.angle)
        values: list[Polynomial] = []
        places: list[int] = []
        for head, name, first, second, sign in (
            ("cos", "cosine_of_sum", one.cosine, one.sine, -1),
            ("sin", "sine_of_sum", one.sine, one.cosine, 1),
        ):
            self.work.spend(20)
            exact = plus(times(first, other.cosine), scale(times(second, other.sine), sign))
            value, quotients = self._reduced(exact)
            by_cosine, by_sine = (Apply(word, (other.angle,)) for word in ("cos", "sin"))
            number = int(head == "sin")
            cofactors = [
                (self._next, ONE),
                *_said(one, number, by_cosine),
                *_said(one, 1 - number, by_sine if sign == 1 else negate(by_sine)),
                *_said(other, 0, self._term(first)),
                *_said(other, 1, self._term(scale(second, sign))),
                *((index, self._term(quotient)) for index, quotient in quotients.items()),
            ]
            instance = _axiom(name, a=one.angle, b=other.angle)
            places.append(self._from(equal(Apply(head, (angle,)), self._term(value)), [instance], cofactors))
            values.append(value)
        return _Circle(angle, values[0], values[1], (places[0], places[1]))

    @property
    def _next(self) -> int:
        """The place among the hypotheses of the next one."""
        return len(self.claim.hypotheses) + len(self.lemmas)

    def _lemma(self, statement: Term, proof: Certificate) -> int:
        self.lemmas.append((statement, proof))
        return self._next - 1

    def _from(self, statement: Term, instances: Sequence[_Instance], cofactors: Iterable[tuple[int, Term]]) -> int:
        """A lemma from instances of axioms, which are hypotheses behind those that are known, and from these."""
        proof: Certificate = Identity(tuple(Cofactor(index, by, ONE) for index, by in cofactors))
        for conclusion, instance in reversed(instances):
            proof = Lemma(conclusion, instance, proof)
        return self._lemma(statement, proof)

    # --- the ring ------------------------------------------------------------------------------------------------------------

    def _generator(self, generator: _Generator) -> int:
        self.generators.append(generator)
        return len(self.generators) - 1

    def _fraction(self, term: Term) -> tuple[Polynomial, Polynomial]:
        """Numerator and denominator. Raises Rejected for what is not a rational function of generators."""
        self.work.spend(2)
        if isinstance(term, Number):
            return constant(term.value), UNIT
        for index, generator in enumerate(self.generators):
            if generator.term == term:
                return atom(index), UNIT
        if not isinstance(term, Apply):
            raise Rejected("not an algebraic number")
        match term.head:
            case "+" | "*":
                found = self._fraction(term.arguments[0])
                for part in term.arguments[1:]:
                    other = self._fraction(part)
                    above = (
                        times(found[0], other[0])
                        if term.head == "*"
                        else plus(times(found[0], other[1]), times(other[0], found[1]))
                    )
                    found = self._natively(above), self._natively(times(found[1], other[1]))
                return found
            case "negate":
                above, below = self._fraction(term.arguments[0])
                return scale(above, -1), below
            case "/":
                (above, below), (first, second) = (self._fraction(part) for part in term.arguments)
                return self._natively(times(above, second)), self._natively(times(below, first))
            case "sqrt":
                return atom(self._root(term.arguments[0], 2)), UNIT
            case "root" if isinstance(term.arguments[1], Number):
                return atom(self._root(term.arguments[0], int(term.arguments[1].value))), UNIT
            case "^":
                exponent = linear(expanded(term.arguments[1]))
                if set(exponent) - {ONE}:
                    raise Rejected("not a number in the exponent")
                value = exponent.get(ONE, Fraction(0))
                return self._power(term.arguments[0], value)
        raise Rejected("not an algebraic number")

    def _root(self, inside: Term, index: int) -> int:
        """The generator that the root is; an odd one of a negative number is negative."""
        place = self.roots.get((inside, index))
        if place is None:
            value = self._whole(self._fraction(inside))
            number = self._value(value)
            if not 1 < index <= MAXIMUM_MULTIPLE or (number <= 0 and index % 2 == 0):
                raise Rejected("a root that is not known here")
            term = Apply("sqrt", (inside,)) if index == 2 else Apply("root", (inside, Number(index)))
            root = copysign(abs(number) ** (1 / index), number)
            place = self.roots[inside, index] = self._generator(_Generator(term, index, value, root, None))
        return place

    def _power(self, inside: Term, exponent: Fraction) -> tuple[Polynomial, Polynomial]:
        base = self._fraction(inside)
        if abs(exponent.numerator) > MAXIMUM_MULTIPLE:
            raise Rejected("a power that is too high")
        if exponent.denominator > 1:
            if self._value(base[0]) * self._value(base[1]) <= 0:
                raise Rejected("a power that is not known here")
            base = atom(self._root(inside, exponent.denominator)), UNIT
        above, below = UNIT, UNIT
        for _ in range(abs(exponent.numerator)):
            above, below = self._natively(times(above, base[0])), self._natively(times(below, base[1]))
        return (above, below) if exponent >= 0 else (below, above)

    def _whole(self, fraction: tuple[Polynomial, Polynomial]) -> Polynomial:
        """The fraction as a polynomial. Raises Rejected where the denominator has no inverse in the ring."""
        above, below = fraction
        if set(below.terms) == {0}:
            return scale(above, 1 / Fraction(below.terms[0]))
        monomials = self._basis()
        matrix = self._multiplication(below, monomials)
        rows = [[*row, Fraction(int(monomial == 0))] for row, monomial in zip(matrix, monomials, strict=True)]
        solution = _solved(rows)
        if solution is None:
            raise Rejected("a denominator without inverse")
        inverse = _combination(monomials, solution)
        return self._natively(times(above, inverse))

    def _natively(self, value: Polynomial) -> Polynomial:
        """The value with every root below its degree, as the normal form has it."""
        return self._reduced(value, natively=True)[0]

    def _reduced(self, value: Polynomial, *, natively: bool = False) -> tuple[Polynomial, dict[int, Polynomial]]:
        """The value with every generator below its degree, and how often each hypothesis about one was used."""
        quotients: dict[int, Polynomial] = {}
        for index in range(len(self.generators) - 1, -1, -1):
            generator = self.generators[index]
            if natively and generator.hypothesis is not None:
                continue
            quotient = constant(0)
            while True:
                high = {key: one for key, one in value.terms.items() if exponent_of(key, index) >= generator.degree}
                if not high:
                    break
                self.work.spend(1 + len(high) // 4)
                power = generator.degree << (BITS * index)
                part = _of_terms({key - power: one for key, one in high.items()})
                quotient = plus(quotient, part)
                rest = {key: one for key, one in value.terms.items() if key not in high}
                value = plus(_of_terms(rest), times(part, generator.value))
            if quotient and generator.hypothesis is not None:
                quotients[generator.hypothesis] = quotient
        return value, quotients

    def _basis(self) -> list[int]:
        """The monomials with every generator below its degree. Raises Rejected where they are too many."""
        if prod(generator.degree for generator in self.generators) > MAXIMUM_DIMENSION:
            raise Rejected("too large a ring")
        found = [0]
        for index, generator in enumerate(self.generators):
            found = [key + (power << (BITS * index)) for power in range(generator.degree) for key in found]
        return found

    def _multiplication(self, value: Polynomial, monomials: list[int]) -> list[list[Fraction]]:
        """The matrix of the multiplication by the value."""
        place = {monomial: number for number, monomial in enumerate(monomials)}
        matrix = [[Fraction(0)] * len(monomials) for _ in monomials]
        for column, monomial in enumerate(monomials):
            self.work.spend(10)
            product = times(value, _of_terms({monomial: 1}))
            for key, factor in self._reduced(product)[0].terms.items():
                matrix[place[key]][column] = Fraction(factor)
        return matrix

    def _other_factor(self, value: Polynomial) -> Polynomial | None:
        """What makes a product with the value that vanishes modulo the relations, and does not vanish itself."""
        if not value:
            return UNIT
        monomials = self._basis()
        best: Polynomial | None = None
        for vector in _null_vectors(self._multiplication(value, monomials)):
            found = _combination(monomials, vector)
            if abs(self._value(found)) > TOLERANCE * self._size(found) and (
                best is None or len(found.terms) < len(best.terms)
            ):
                best = found
        return best

    def _value(self, value: Polynomial) -> float:
        return sum(float(factor) * self._number(key) for key, factor in value.terms.items())

    def _size(self, value: Polynomial) -> float:
        return sum(abs(float(factor) * self._number(key)) for key, factor in value.terms.items())

    def _number(self, key: int) -> float:
        return prod(self.generators[index].number ** exponent for index, exponent in exponents(key))

    def _term(self, value: Polynomial) -> Term:
        """The polynomial as a term."""
        parts = []
        for key, factor in sorted(value.terms.items()):
            powers = [
                self.generators[index].term
                if exponent == 1
                else Apply("^", (self.generators[index].term, Number(exponent)))
                for index, exponent in exponents(key)
            ]
            parts.append(multiply(*([Number(factor)] if factor != 1 or not powers else []), *powers))
        return add(*parts) if parts else ZERO


def _axiom(name: str, **values: Term) -> _Instance:
    """An instance of an axiom without premises."""
    axiom = AXIOMS[name]
    symbols = sorted(free_symbols(axiom.conclusion), key=lambda symbol: symbol.name)
    instance = AxiomInstance(name, tuple((symbol, values[symbol.name]) for symbol in symbols))
    _, conclusion, _ = instance_of_axiom(axiom, instance)
    assert isinstance(conclusion, Apply)
    return conclusion, instance


def _said(circle: _Circle, number: int, by: Term) -> list[tuple[int, Term]]:
    """The equation of the cosine (0) or the sine (1) of an angle, times `by`."""
    return [] if circle.hypotheses is None else [(circle.hypotheses[number], by)]


def _terms_of(part: Apply) -> list[Term]:
    """The terms of a sum, or the factors of a product, of a few numbers."""
    body, variable, *bounds = part.arguments
    lower, upper = (one.value if isinstance(one, Number) else Fraction(1, 2) for one in bounds)
    if lower.denominator * upper.denominator != 1 or not lower <= upper < lower + MAXIMUM_MULTIPLE:
        raise Rejected("a sum whose bounds are not known")
    return [substitute(body, {variable: Number(number)}) for number in range(int(lower), int(upper) + 1)]


def _sorted(statement: Term, heads: frozenset[str]) -> list[Apply]:
    """The parts with these heads, those inside others first."""
    found = [part for part in subterms(statement) if isinstance(part, Apply) and part.head in heads]
    return sorted(dict.fromkeys(found), key=lambda part: part.depth)


def _of_terms(terms: dict[int, Coefficient]) -> Polynomial:
    return Polynomial(terms, max((sum(power for _, power in exponents(key)) for key in terms), default=0))


def _combination(monomials: list[int], factors: list[Fraction]) -> Polynomial:
    return _of_terms({monomial: factor for monomial, factor in zip(monomials, factors, strict=True) if factor})


def _reduced_rows(rows: list[list[Fraction]]) -> tuple[list[list[Fraction]], int]:
    """The reduced row echelon form, and the rank."""
    import flint

    entries: list[Any] = [flint.fmpq(one.numerator, one.denominator) for row in rows for one in row]
    form, rank = flint.fmpq_mat(len(rows), len(rows[0]), entries).rref()
    table = [[Fraction(int(one.p), int(one.q)) for one in row] for row in form.tolist()]
    return table[:rank], rank


def _pivots(table: Iterable[list[Fraction]]) -> list[int]:
    return [next(column for column, one in enumerate(row) if one) for row in table]


def _null_vectors(matrix: list[list[Fraction]]) -> list[list[Fraction]]:
    """A basis of the vectors that the matrix takes to 0."""
    table, _ = _reduced_rows(matrix)
    pivots = _pivots(table)
    found = []
    for free in range(len(matrix[0])):
        if free in pivots:
            continue
        vector = [Fraction(0)] * len(matrix[0])
        vector[free] = Fraction(1)
        for pivot, row in zip(pivots, table, strict=True):
            vector[pivot] = -row[free]
        found.append(vector)
    return found


def _solved(rows: list[list[Fraction]]) -> list[Fraction] | None:
    """The solution of a square system, its right side last in each row; None where there is not exactly one."""
    table, rank = _reduced_rows(rows)
    pivots = _pivots(table)
    return [row[-1] for row in table] if pivots == list(range(len(rows))) and rank == len(rows) else None
