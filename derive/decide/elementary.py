"""Identities of powers, exponentials, logarithms, trigonometric and hyperbolic functions, and factorials.

**Decides** nothing completely; proves equations that are polynomial consequences of the addition theorems, of the laws of powers and logarithms, and of the
definitions of the functions, wherever both sides are defined; and orders that follow linearly from these.
**Method**: arguments are taken apart into multiples of a few basic ones (2x + y into x and y; products under a logarithm or a root into factors), each
step an instance of an axiom; then the goal is sought in the ideal of these equations (Pythagoras' among them).
**Certificate**: WhereDefined, and a Lemma for each instance, around an Identity or an order.
**Gives up when** an argument has no small multiples, a sign that a law needs is not visible, or the ideal is too large.
Example: cos(2x) = 2 cos(x)^2 - 1; ln(a b) = ln a + ln b, where both are defined.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from math import lcm, log

from derive.kernel.certificate import (
    AxiomInstance,
    Certificate,
    Cofactor,
    Contradiction,
    Cover,
    Identity,
    Lemma,
    Rejected,
    Rewrite,
    Split,
    Squares,
    WhereDefined,
)
from derive.kernel.claim import Claim
from derive.kernel.definedness import obligations
from derive.kernel.normal_form import SCALAR, Atoms
from derive.kernel.sign import conjuncts, linear, sign
from derive.kernel.sorting import is_scalar, sort_of
from derive.kernel.structure import instance_of_axiom
from derive.kernel.term import (
    EULER,
    ONE,
    PI,
    ZERO,
    Apply,
    IllSorted,
    Number,
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

from . import attempts, combination, cover, equations
from . import linear as linear_search
from .combination import Problem
from .numbering import moved
from .terms_of import Nameless, Names
from .work import Work

MAXIMUM_LEMMAS = 60
MAXIMUM_MULTIPLE = 8
MAXIMUM_ROUNDS = 12
MAXIMUM_COMPARED = 6  # logarithms with each other
_CIRCULAR = frozenset({"sin", "cos"})
BY_DEFINITION = {"tan": "tangent", "cot": "cotangent", "sec": "secant", "csc": "cosecant", "sinh": "hyperbolic_sine", "cosh": "hyperbolic_cosine", "tanh": "hyperbolic_tangent"}  # fmt: skip
_HEADS = frozenset({"exp", "log", "log_base", "sqrt", "root", "factorial", "binomial", "arcsin", "arccos", "arctan", *_CIRCULAR, *BY_DEFINITION})  # fmt: skip
_ANGLES = {
    Fraction(1): "pi",
    Fraction(1, 2): "half_pi",
    Fraction(1, 3): "third_pi",
    Fraction(1, 4): "quarter_pi",
    Fraction(1, 6): "sixth_pi",
}


def decide(claim: Claim, work: Work) -> Certificate | None:
    """Lemmas around an elementary proof, for a claim in which elementary functions occur."""
    statement = claim.statement
    if not isinstance(statement, Apply) or statement.head not in {"=", "<", "<=", ">", ">=", "!="}:
        return None
    statements = (statement, *claim.hypotheses)
    if not any(_is_elementary(part) for one in statements for part in subterms(one)):
        return None
    try:
        known = (*claim.hypotheses, *obligations(statement))
    except Rejected:
        return None
    proof = _split(Claim(statement, known), frozenset(), work)
    return None if proof is None else WhereDefined(proof)


def _split(claim: Claim, used: frozenset[int], work: Work) -> Certificate | None:
    """A power with a real exponent is defined for positive bases, and for 0 to a positive power: both cases, or the one that can be."""
    for index, hypothesis in enumerate(claim.hypotheses):
        cases = None if index in used else _cases_of_power(hypothesis)
        if cases is None or cases[0] in claim.hypotheses:
            continue
        parts: list[Certificate] = []
        for part in cases[:2]:
            under = (*claim.hypotheses, *conjuncts(part))
            absurd = linear_search.contradiction(under, work)
            proof = (
                Contradiction(absurd)
                if absurd is not None
                else _split(Claim(claim.statement, under), used | {index}, work)
            )
            if proof is None:
                return None
            parts.append(proof)
        return Split(index, tuple(parts))
    return _with_zeros(claim, work)


def _with_zeros(claim: Claim, work: Work) -> Certificate | None:
    """The claim with 0 in the place of what the cases say to be 0."""
    statement, steps = claim.statement, []
    for index, hypothesis in enumerate(claim.hypotheses):
        if isinstance(hypothesis, Apply) and hypothesis.head == "=" and hypothesis.arguments[1] == ZERO:
            changed = substitute(statement, {hypothesis.arguments[0]: ZERO})
            if changed != statement:
                statement = changed
                steps.append(index)
    proof = _by_instances(Claim(statement, claim.hypotheses), work)
    for index in reversed(steps):
        proof = None if proof is None else Rewrite(index, False, proof)
    return proof


def _cases_of_power(hypothesis: Term) -> tuple[Term, Term, Term] | None:
    """(x > 0, x = 0 and y > 0, x) of the definedness of x^y."""
    if not (isinstance(hypothesis, Apply) and hypothesis.head == "or" and len(hypothesis.arguments) == 2):
        return None
    positive, zero = hypothesis.arguments
    if not (isinstance(zero, Apply) and zero.head == "and" and isinstance(zero.arguments[0], Apply)):
        return None
    return positive, zero, zero.arguments[0].arguments[0]


def _by_instances(claim: Claim, work: Work) -> Certificate | None:
    search = _Instances(claim, work)
    search.collect()
    lemmas = dict(search.lemmas)
    found = _under(claim, lemmas, work)
    numbers = None if found is None else _hypotheses_of(found)
    if numbers is not None:  # once more with those that were used: the others may bring conditions
        needed = {
            one: proof
            for position, (one, proof) in enumerate(lemmas.items(), len(claim.hypotheses))
            if position in numbers or (isinstance(one, Apply) and one.head == "!=")
        }
        again = _under(claim, needed, work)
        if again is not None:
            found, lemmas = again, needed
    if found is None:
        return None
    for position, (lemma, shown) in reversed(list(enumerate(lemmas.items(), len(claim.hypotheses)))):
        before = len(claim.hypotheses)
        proof = shown.proof(position) if isinstance(shown, _Congruence) else moved(shown, before, position - before)
        found = Lemma(lemma, proof, found)
    return found


def _under(claim: Claim, lemmas: Mapping[Term, _Shown], work: Work) -> Certificate | None:
    extended = Claim(claim.statement, (*claim.hypotheses, *lemmas))
    defining = [index for index, lemma in enumerate(lemmas, len(claim.hypotheses)) if _defines(lemma)]
    found: Certificate | None = equations.decide(extended, work, defining)
    if found is None and isinstance(claim.statement, Apply) and claim.statement.head != "=":
        found = attempts.prove(extended, work) or _taken_apart(claim, extended, work)
    return found


def _defines(lemma: Term) -> bool:
    """Whether it says what an elementary term is by others."""
    if not isinstance(lemma, Apply) or lemma.head != "=" or not _is_elementary(lemma.arguments[0]):
        return False
    return lemma.arguments[0] not in set(subterms(lemma.arguments[1]))


def _taken_apart(claim: Claim, extended: Claim, work: Work) -> Certificate | None:
    """The claim with its elementary terms replaced by what instances say that they are, the outermost first."""
    first = len(claim.hypotheses)
    current, steps = extended, 0
    positions: list[tuple[Term, int]] = []  # an equation that is used, the instance that it is
    for _ in range(MAXIMUM_ROUNDS):
        found = _replacement(current.statement, extended.hypotheses[first:])
        if found is None:
            break
        part, value, number = found
        statement = substitute(current.statement, {part: value})
        current = Claim(statement, (*current.hypotheses, equal(part, value)))
        positions.append((equal(part, value), first + number))
        steps += 1
    if not steps:
        return None
    proof = attempts.prove(current, work)
    for index in range(steps - 1, -1, -1):
        equation, number = positions[index]
        if proof is not None:
            inner = Rewrite(len(extended.hypotheses) + index, False, proof)
            proof = Lemma(equation, Identity((Cofactor(number, ONE, ONE),)), inner)
    return proof


def _replacement(statement: Term, instances: tuple[Term, ...]) -> tuple[Term, Term, int] | None:
    """An elementary part of the statement, what an instance says it is, and the number of that instance."""
    for part in sorted(dict.fromkeys(filter(_is_elementary, subterms(statement))), key=lambda one: -one.depth):
        assert isinstance(part, Apply)
        for number, instance in enumerate(instances):
            if not (isinstance(instance, Apply) and instance.head == "="):
                continue
            left, right = instance.arguments
            simpler = not any(one == left for one in subterms(right))
            if not isinstance(left, Apply) or left.head != part.head or not simpler:
                continue
            if left == part or all(map(_same, left.arguments, part.arguments)):
                return part, right, number
    return None


def _hypotheses_of(proof: Certificate) -> frozenset[int] | None:
    """The hypotheses that a certificate names; None where it may use others."""
    if isinstance(proof, Identity):
        return frozenset(one.hypothesis for one in proof.cofactors)
    if isinstance(proof, Squares):
        orders = [index for square in proof.squares for index in square.hypotheses]
        return frozenset([*orders, *(one.hypothesis for one in proof.cofactors)])
    return None


def _is_elementary(part: Term) -> bool:
    if not isinstance(part, Apply):
        return False
    power = part.head == "^" and not _is_whole(part.arguments[1]) and is_scalar(sort_of(part.arguments[0]))
    return part.head in _HEADS or power


def _is_whole(term: Term) -> bool:
    if isinstance(term, Apply) and term.head == "negate":
        term = term.arguments[0]
    return isinstance(term, Number) and term.value.denominator == 1


@dataclass(frozen=True, slots=True)
class _Congruence:
    """f(t) = f(s) from t = s, which is a combination of instances."""

    equation: Term
    cofactors: tuple[Cofactor, ...]  # of the instances, numbered from 0
    instances: tuple[tuple[Term, AxiomInstance], ...]

    def proof(self, position: int) -> Certificate:
        """Under that many hypotheses."""
        moved = tuple(replace(one, hypothesis=one.hypothesis + position) for one in self.cofactors)
        shown: Certificate = Identity(moved)
        for statement, instance in reversed(self.instances):
            shown = Lemma(statement, instance, shown)
        return Lemma(self.equation, shown, Rewrite(position, False, Identity()))


_Shown = AxiomInstance | Cover | _Congruence


class _Instances:
    """The instances of axioms that take the elementary terms of a claim apart, in the order in which they are needed."""

    def __init__(self, claim: Claim, work: Work) -> None:
        self.claim = claim
        self.work = work
        self.lemmas: dict[Term, _Shown] = {}
        self.done: set[tuple[str, Term]] = set()
        self.queue: list[Term] = []
        self.common: dict[tuple[str, Term], int] = {}  # (kind, monomial) -> common denominator of its multiples
        self.expressed: set[Term] = set()  # angles whose sine and cosine are expressed by those of others

    def collect(self) -> None:
        statements = (self.claim.statement, *self.claim.hypotheses)
        parts = [part for one in statements for part in subterms(one) if _is_elementary(part)]
        self._common_denominators(parts)
        self.queue = sorted(dict.fromkeys(parts), key=lambda part: part.depth)
        while self.queue and len(self.lemmas) < MAXIMUM_LEMMAS:
            part = self.queue.pop(0)
            self.work.spend(5)
            assert isinstance(part, Apply)
            try:
                self._take_apart(part)
            except (Rejected, IllSorted, TermError, Nameless):
                continue
        self._pairs_of_roots()
        self._monotone()
        circular = [
            part.arguments[0]
            for one in (*statements, *self.lemmas)
            for part in subterms(one)
            if isinstance(part, Apply) and part.head in _CIRCULAR
        ]
        for angle in dict.fromkeys(circular):
            if expanded(angle) not in self.expressed:  # where Pythagoras' theorem follows from that of its parts
                self._use("pythagorean", x=angle)

    def _common_denominators(self, parts: list[Term]) -> None:
        for part in parts:
            assert isinstance(part, Apply)
            argument = part.arguments[0]
            kind = "angle" if part.head in _ANGLED else "exp" if part.head in {"exp", "sinh", "cosh", "tanh"} else ""
            if part.head == "^":
                base, exponent = part.arguments
                kind, argument = "exp", exponent if base == EULER else multiply(exponent, Apply("log", (base,)))
            if kind:
                for monomial, factor in linear(expanded(argument)).items():
                    key = (kind, monomial)
                    self.common[key] = lcm(self.common.get(key, 1), factor.denominator)

    # --- instances ---------------------------------------------------------------------------------------------------------

    def _use(self, name: str, **values: Term) -> Term | None:
        """The conclusion of an axiom with its symbols replaced, as a lemma; None where a premise is not proved."""
        axiom = AXIOMS[name]
        needed = free_symbols(axiom.conclusion).union(*(free_symbols(one) for one in axiom.premises))
        substitution = tuple((symbol, values[symbol.name]) for symbol in sorted(needed, key=lambda one: one.name))
        try:
            premises, conclusion, _ = instance_of_axiom(axiom, AxiomInstance(name, substitution))
        except (Rejected, IllSorted, TermError):
            return None
        if conclusion in self.lemmas or len(self.lemmas) >= MAXIMUM_LEMMAS:
            return conclusion if conclusion in self.lemmas else None
        proofs = []
        for premise in premises:
            proof = attempts.quick(Claim(premise, self.claim.hypotheses), self.work)
            if proof is None:
                return None
            proofs.append(proof)
        self.lemmas[conclusion] = AxiomInstance(name, substitution, tuple(proofs))
        return conclusion

    def _then(self, *terms: Term) -> None:
        """Terms that an instance has made, to be taken apart too."""
        for term in terms:
            for part in subterms(term):
                if _is_elementary(part):
                    self.queue.append(part)

    def _take_apart(self, part: Apply) -> None:
        if (part.head, part) in self.done:
            return
        self.done.add((part.head, part))
        head, arguments = part.head, part.arguments
        if head in BY_DEFINITION:
            conclusion = self._use(BY_DEFINITION[head], x=arguments[0])
            if conclusion is not None:
                self._then(conclusion)
        elif head == "exp":
            self._exponential(arguments[0])
        elif head in _CIRCULAR:
            self._angle(arguments[0])
        elif head == "log":
            self._logarithm(arguments[0])
        elif head == "log_base":
            self._use("log_not_zero", a=arguments[0])
            self._use("log_base", b=arguments[0], x=arguments[1])
            self._then(Apply("log", (arguments[0],)), Apply("log", (arguments[1],)))
        elif head == "^":
            self._power(arguments[0], arguments[1])
        elif head in {"sqrt", "root"}:
            index = arguments[1] if head == "root" else Number(2)
            assert isinstance(index, Number)
            self._root(arguments[0], 1 / index.value)
        elif head == "factorial":
            self._factorial(arguments[0])
        elif head == "binomial":
            self._binomials(*arguments)
            if self._use("binomial_by_factorials", x=arguments[0], k=arguments[1]) is not None:
                self._then(*(Apply("factorial", (one,)) for one in (*arguments, subtract(*arguments))))
        elif head == "arctan":
            self._use("arctangent_of_reciprocal", x=arguments[0])
        elif head == "arcsin":
            self._use("arcsine_and_arccosine", x=arguments[0])

    # --- exponentials --------------------------------------------------------------------------------------------------------

    def _exponential(self, argument: Term) -> None:
        """exp of a sum of multiples as a product of powers of exp of the basic arguments."""
        parts = self._multiples("exp", argument)
        if not parts:
            self._use("exp_zero")
        self._sum_of(parts, "exp_sum")
        for basic, factor in parts:
            if factor != 1:
                self._use("exp_power", k=Number(abs(factor)), x=basic)
            if factor < 0:
                self._use("exp_negative", x=_times(-factor, basic))
            if isinstance(basic, Apply) and basic.head == "log":
                self._use("exp_log", x=basic.arguments[0])
            elif basic == ONE:
                self._use("exp_one")
            elif isinstance(basic, Apply) and basic.head == "*":
                self._product_with_logarithm(basic)

    def _product_with_logarithm(self, basic: Apply) -> None:
        """exp(y log x) = x^y."""
        for index, factor in enumerate(basic.arguments):
            if isinstance(factor, Apply) and factor.head == "log":
                rest = multiply(*(one for position, one in enumerate(basic.arguments) if position != index))
                self._use("power_by_exp", a=factor.arguments[0], x=rest)

    def _sum_of(self, parts: list[tuple[Term, int]], name: str) -> None:
        """exp(t + rest) = exp(t) exp(rest), one summand after the other."""
        terms = [_times(factor, basic) for basic, factor in parts]
        for index in range(len(terms) - 1):
            self._use(name, a=terms[index], b=add(*terms[index + 1 :]))

    def _multiples(self, kind: str, argument: Term) -> list[tuple[Term, int]]:
        """The argument as a sum of small whole multiples of basic arguments. Rejected where there are none."""
        found = []
        for monomial, factor in linear(expanded(argument)).items():
            common = self.common.get((kind, monomial), factor.denominator)
            common = lcm(common, factor.denominator)
            multiple = factor * common
            if abs(multiple) > MAXIMUM_MULTIPLE * 4:
                raise Rejected("a multiple that is too large")
            basic = monomial if common == 1 else _over(monomial, common)
            found.append((basic, int(multiple)))
        return found

    # --- angles --------------------------------------------------------------------------------------------------------------

    def _angle(self, argument: Term) -> None:
        """Sine and cosine of a sum of multiples by those of the basic angles."""
        if isinstance(argument, Apply) and argument.head in {"arcsin", "arccos", "arctan"}:
            names = {"arcsin": "arcsine", "arccos": "arccosine", "arctan": "arctangent"}
            for side in ("sine", "cosine"):
                self._use(f"{side}_of_{names[argument.head]}", x=argument.arguments[0])
            return
        parts = self._multiples("angle", argument)
        if parts and parts != [(argument, 1)]:
            self.expressed.add(expanded(argument))
        if not parts:
            self._use("sine_zero")
            self._use("cosine_zero")
        terms = [_times(multiple, basic) for basic, multiple in parts]
        for index in range(len(terms) - 1):
            rest = add(*terms[index + 1 :])
            self._use("sine_of_sum", a=terms[index], b=rest)
            self._use("cosine_of_sum", a=terms[index], b=rest)
        for basic, factor in parts:
            self._multiple_angle(basic, factor)
            if basic != argument:
                self._then(Apply("sin", (basic,)))

    def _multiple_angle(self, basic: Term, factor: int) -> None:
        if abs(factor) > MAXIMUM_MULTIPLE:
            raise Rejected("a multiple that is too large")
        if factor < 0:
            positive = _times(-factor, basic)
            self._use("sine_odd", x=positive)
            self._use("cosine_even", x=positive)
        for multiple in range(abs(factor), 1, -1):
            half = multiple // 2
            if multiple % 2 == 0:
                self._double(_times(half, basic))
                self._multiple_angle(basic, half)
                break
            self._use("sine_of_sum", a=_times(multiple - 1, basic), b=basic)
            self._use("cosine_of_sum", a=_times(multiple - 1, basic), b=basic)
        combination = linear(basic)
        if set(combination) == {PI} and combination[PI] in _ANGLES:
            for side in ("sine", "cosine"):
                self._use(f"{side}_of_{_ANGLES[combination[PI]]}")

    def _double(self, angle: Term) -> None:
        self._use("sine_of_sum", a=angle, b=angle)
        self._use("cosine_of_sum", a=angle, b=angle)

    # --- logarithms and powers -------------------------------------------------------------------------------------------------

    def _factors(self, term: Term) -> list[tuple[Term, Fraction]]:
        """A term as a product of powers of simple factors and primes. Raises Rejected or Nameless."""
        problem = Problem(Claim(equal(term, term)), self.work)
        form = problem.form(term)
        if form.shape != SCALAR or form.grid is not None or not form.scalar:
            raise Rejected("not a product")
        found: dict[Term, Fraction] = {}
        number, factors = equations.factors_of(problem, form)
        if number < 0:
            factors = (*factors, (Number(-1), 1))
        for part, side in ((number.numerator, 1), (number.denominator, -1)):
            for prime, exponent in primes(abs(part)):
                found[Number(prime)] = found.get(Number(prime), Fraction(0)) + side * exponent
        for factor, power in factors:
            found[factor] = found.get(factor, Fraction(0)) + power
        return [(factor, exponent) for factor, exponent in found.items() if exponent]

    def _logarithm(self, argument: Term) -> Term | None:
        """What the logarithm of the argument is in terms of others, where instances say so."""
        if argument == ONE:
            self._use("log_one")
            return None
        if argument == EULER:
            self._use("log_e")
            return ONE
        if isinstance(argument, Apply) and argument.head == "exp":
            return argument.arguments[0] if self._use("log_exp", x=argument.arguments[0]) is not None else None
        power = _as_power(argument)
        if power is not None and self._use("log_power", a=power[0], k=power[1]) is not None:
            self._then(Apply("log", (power[0],)))
            return multiply(power[1], Apply("log", (power[0],)))
        factors = self._factors(argument)
        if len(factors) == 1 and factors[0] == (argument, Fraction(1)):
            return None
        negative = [one for one, exponent in factors if exponent % 2 == 1 and sign(one, self.claim.hypotheses) == "-"]
        if negative and len(negative) % 2 == 0:  # a b = (-a) (-b)
            factors = [(negate(one) if one in negative else one, exponent) for one, exponent in factors]
        terms = [factor if exponent == 1 else Apply("^", (factor, Number(exponent))) for factor, exponent in factors]
        for position in range(len(terms) - 1):
            self._use("log_product", a=terms[position], b=multiply(*terms[position + 1 :]))
        parts: list[Term] = []
        for (factor, exponent), term in zip(factors, terms, strict=True):
            law = None if exponent == 1 else self._use("log_power", a=factor, k=Number(exponent))
            if law is None and exponent == 2:
                self._use("log_of_square", x=factor)
            if term != argument:
                self._then(Apply("log", (factor,)))
            own = Apply("log", (factor,))
            parts.append(own if exponent == 1 else multiply(Number(exponent), own))
        return add(*parts)

    def _power(self, base: Term, exponent: Term) -> None:
        """A power by the exponential function; a rational one as the root of a product."""
        value = exponent.value if isinstance(exponent, Number) else None
        if isinstance(exponent, Apply) and exponent.head == "negate" and isinstance(exponent.arguments[0], Number):
            value = -exponent.arguments[0].value
        if value is not None and value > 0:
            self._root(base, value)
            return
        if base == EULER:
            self._use("power_of_e", x=exponent)
            self._then(Apply("exp", (exponent,)))
        elif not Problem(Claim(equal(base, base)), self.work).form(base).words:
            self._use("zero_power", k=exponent)
        elif self._use("power_by_exp", a=base, x=exponent) is not None:
            logarithm = Apply("log", (base,))
            self._then(Apply("exp", (multiply(exponent, logarithm),)))
            self._taken_apart_inside(exponent, logarithm)

    def _taken_apart_inside(self, exponent: Term, logarithm: Apply) -> None:
        """exp(y log t) where instances say what log t is."""
        before = len(self.lemmas)
        expanded = self._logarithm(logarithm.arguments[0])
        instances = tuple(
            (one, shown) for one, shown in list(self.lemmas.items())[before:] if isinstance(shown, AxiomInstance)
        )
        if expanded is None:
            return
        equation = equal(logarithm, expanded)
        found = equations.decide(Claim(equation, tuple(one for one, _ in instances)), self.work)
        if found is None:
            return
        other = Apply("exp", (multiply(exponent, expanded),))
        congruent = equal(Apply("exp", (multiply(exponent, logarithm),)), other)
        self.lemmas.setdefault(congruent, _Congruence(equation, found.cofactors, instances))
        self._then(other)

    def _root(self, inside: Term, power: Fraction) -> None:
        """A root of a product as the product of the roots."""
        factors = self._factors(inside)
        if len(factors) == 1 and factors[0][1] == 1:
            return
        terms = [factor if exponent == 1 else Apply("^", (factor, Number(exponent))) for factor, exponent in factors]
        for index in range(len(terms) - 1):
            self._use("power_of_product", a=terms[index], b=multiply(*terms[index + 1 :]), k=Number(power))
        for (base, exponent), term in zip(factors, terms, strict=True):
            if exponent < 0:
                self._use("power_of_product", a=term, b=Apply("^", (base, Number(-exponent))), k=Number(power))

    def _pairs_of_roots(self) -> None:
        """sqrt(a) sqrt(b) = sqrt(a b) for roots that occur: their radicands are known to be nonnegative where factors are not."""
        radicands = [part.arguments[0] for part in self._parts("sqrt")][:4]
        for index, one in enumerate(radicands):
            for other in radicands[index:]:
                self._use("power_of_product", a=one, b=other, k=Number(Fraction(1, 2)))

    def _monotone(self) -> None:
        """Orders of exponentials and logarithms from those of their arguments."""
        statement = self.claim.statement
        if not isinstance(statement, Apply) or statement.head == "=":
            return
        powers = [part.arguments[1] for part in self._parts("^") if part.arguments[0] == EULER]
        exponents = [*(part.arguments[0] for part in self._parts("exp")), *powers][:4]
        for one in (*exponents, ZERO):
            for other in (*exponents, ZERO):
                if one != other and self._use("exp_increases", a=one, b=other) is None:
                    self._use("exp_does_not_decrease", a=one, b=other)
        if exponents:
            self._use("exp_zero")
        for exponent in exponents:
            self._use("exp_above_tangent", x=exponent)
        self._monotone_logarithms()

    def _monotone_logarithms(self) -> None:
        """Orders of logarithms: among those that occur, and with those of the exponentials inside, which are known."""
        statements = (self.claim.statement, *self.claim.hypotheses, *self.lemmas)
        arguments = [
            part.arguments[0]
            for one in statements
            for part in subterms(one)
            if isinstance(part, Apply) and part.head == "log"
        ]
        own = [part.arguments[0] for part in self._parts("log")]
        arguments.sort(key=lambda one: (one not in own, one.depth))  # those that the claim has, then the simplest
        insides = list(dict.fromkeys(arguments))[:MAXIMUM_COMPARED]
        if not insides:
            return
        known: list[Term] = [
            part
            for one in insides
            for part in subterms(one)
            if isinstance(part, Apply) and (part.head == "exp" or (part.head == "^" and part.arguments[0] == EULER))
        ]
        pairs = [pair for one in insides for other in (ONE, *known) for pair in ((one, other), (other, one))]
        pairs += [(one, other) for one in insides for other in insides if one in own and other in own]
        for one, other in dict.fromkeys(pairs):
            if one != other and self._use("log_increases", a=one, b=other) is None:
                self._use("log_does_not_decrease", a=one, b=other)
        self._logarithms_of_hypotheses(own)
        for exponential in known:
            assert isinstance(exponential, Apply)
            if exponential.head == "^":
                self._use("power_of_e", x=exponential.arguments[1])
            self._use("log_exp", x=exponential.arguments[-1])
        self._use("log_one")
        for inside in insides:
            self._use("log_below_tangent", x=inside)

    def _logarithms_of_hypotheses(self, arguments: list[Term]) -> None:
        """log s < log t for a hypothesis s < t between products of numbers and of what logarithms are taken of, with about what those of the numbers are."""
        for hypothesis in self.claim.hypotheses:
            order = combination.sides(hypothesis)
            if order is None:
                continue
            try:
                factors = [one for side in order[:2] for one, _ in self._factors(side)]
            except (Rejected, IllSorted, TermError, Nameless):
                continue
            letters = [one for one in factors if not isinstance(one, Number)]
            if not letters or not set(letters) <= set(arguments):
                continue
            if self._use("log_increases" if order[2] else "log_does_not_decrease", a=order[1], b=order[0]) is None:
                continue
            for side in order[:2]:
                self._logarithm(side)
            for number in (one for one in dict.fromkeys(factors) if isinstance(one, Number)):
                self._about_logarithm(number)

    def _about_logarithm(self, number: Number) -> None:
        thousandths = int(1000 * log(number.value))
        for head, bound in (("<=", thousandths), (">=", thousandths + 1)):
            statement = Apply(head, (Number(Fraction(bound, 1000)), Apply("log", (number,))))
            shown = cover.quick(Claim(statement), self.work)
            if isinstance(shown, Cover):
                self.lemmas.setdefault(statement, shown)

    # --- factorials ------------------------------------------------------------------------------------------------------------

    def _binomials(self, whole: Term, chosen: Term) -> None:
        """Pascal's rule and the symmetry, where the other coefficients occur."""
        others = [part.arguments for part in self._parts("binomial")]
        less = subtract(whole, ONE)
        if any(
            _same(less, one) and (_same(chosen, other) or _same(subtract(chosen, ONE), other)) for one, other in others
        ):
            self._use("binomial_of_pascal", x=less, k=subtract(chosen, ONE))
        if any(_same(whole, one) and _same(subtract(whole, chosen), other) for one, other in others):
            self._use("binomial_symmetric", x=whole, k=chosen)

    def _parts(self, head: str) -> list[Apply]:
        """The terms of the claim with this head."""
        return [part for part in subterms(self.claim.statement) if isinstance(part, Apply) and part.head == head]

    def _factorial(self, argument: Term) -> None:
        """n! down to the smallest argument that differs from it by a number."""
        arguments = {
            part.arguments[0]
            for one in (self.claim.statement, *self.lemmas)
            for part in subterms(one)
            if isinstance(part, Apply) and part.head == "factorial"
        }
        lowest = 0
        for other in arguments:
            gap = linear(expanded(subtract(argument, other)))
            if set(gap) <= {ONE}:
                distance = gap.get(ONE, Fraction(0))
                if distance.denominator == 1 and 0 < distance <= 6:
                    lowest = max(lowest, int(distance))
        for step in range(lowest):
            self._use("factorial_step", x=argument if step == 0 else subtract(argument, Number(step)))


_ANGLED = frozenset({"sin", "cos", "tan", "cot", "sec", "csc"})


def expanded(term: Term) -> Term:
    """The term multiplied out, where its normal form is a polynomial with terms; itself otherwise."""
    atoms = Atoms()
    try:
        form = atoms.reduced(atoms.form(term))
        if form.shape != SCALAR or form.grid is not None:
            return term
        return Names(atoms).form(form)
    except (Rejected, Nameless):
        return term


def _as_power(term: Term) -> tuple[Term, Term] | None:
    """(base, exponent) of a power or a root."""
    if not isinstance(term, Apply):
        return None
    if term.head == "^":
        return term.arguments[0], term.arguments[1]
    if term.head in {"sqrt", "root"}:
        index = term.arguments[1] if term.head == "root" else Number(2)
        assert isinstance(index, Number)
        return term.arguments[0], Number(1 / index.value)
    return None


def _same(left: Term, right: Term) -> bool:
    return not linear(expanded(subtract(left, right)))


def _times(factor: int, basic: Term) -> Term:
    if factor == 1:
        return basic
    if factor == -1:
        return negate(basic)
    if factor < 0:
        return negate(multiply(Number(-factor), basic))
    return multiply(Number(factor), basic)


def _over(term: Term, number: int) -> Term:
    return Apply("/", (term, Number(number)))


def primes(number: int) -> list[tuple[int, int]]:
    """The prime factors of a number, as far as they are small."""
    found = []
    for prime in (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97):
        exponent = 0
        while number % prime == 0:
            number //= prime
            exponent += 1
        if exponent:
            found.append((prime, exponent))
    if number > 1:
        found.append((number, 1))
    return found
