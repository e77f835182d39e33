"""Logarithms of both sides of an equation or order between exponentials and powers; exponentials of both sides of one between logarithms.

Not a procedure of its own: `taken` says what follows from a hypothesis so, `aimed` from what the claim does; `logic` proves the claim with that.
**Method** what both sides are, by the laws of logarithms and powers, is written down; that it follows is shown by instances of their axioms.
**Gives up when** a side is no product of powers, or no sum of logarithms, or when its sign is not visible.
Example: e^{2x} = 5 entails 2x = ln 5; ln x + ln(x + 1) = ln 2 entails x (x + 1) = 2.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from derive.kernel.certificate import (
    AxiomInstance,
    Certificate,
    Cofactor,
    Identity,
    Lemma,
    Rejected,
    Rewrite,
    Square,
    Squares,
)
from derive.kernel.claim import Claim
from derive.kernel.normal_form import exact_root
from derive.kernel.sign import sign
from derive.kernel.sorting import is_scalar, sort_of
from derive.kernel.term import (
    EULER,
    ONE,
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
    multiply,
    negate,
    substitute,
    subterms,
)

from . import attempts, elementary, equations
from .combination import sides
from .numbering import moved
from .work import Work

MAXIMUM_POWER = 10  # as which a base is seen
_A, _B = Symbol("a"), Symbol("b")
_INCREASES = {("log", "<"): "log_increases", ("log", "<="): "log_does_not_decrease", ("exp", "<"): "exp_increases", ("exp", "<="): "exp_does_not_decrease"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Taken:
    """What follows from a hypothesis, with its proof; `prepared`: logarithms or exponentials may be taken of it."""

    statement: Term
    proof: Certificate
    prepared: bool = False


def taken(claim: Claim, index: int, work: Work) -> Taken | None:
    """What follows from the hypothesis of this number; None where it is of another kind."""
    hypothesis = claim.hypotheses[index]
    if not isinstance(hypothesis, Apply) or not (hypothesis.head == "=" or sides(hypothesis) is not None):
        return None
    for function in ("", *_functions(hypothesis)):
        try:
            found = _taken(claim, index, function, work) if function else _prepared(claim, index, work)
        except (Rejected, IllSorted, TermError):
            continue
        if found is not None and found.statement not in claim.hypotheses:
            return found
    return None


def speaks_of(claim: Claim) -> bool:
    """Whether exponentials or logarithms occur."""
    return any(
        isinstance(part, Apply) and _is_elementary(part)
        for statement in (claim.statement, *claim.hypotheses)
        for part in subterms(statement)
    )


def has_logarithm(statement: Term) -> bool:
    """Whether a logarithm occurs in it."""
    return isinstance(statement, Apply) and "exp" in _functions(statement)


def _is_elementary(part: Apply) -> bool:
    """Whether it is an exponential, a logarithm, or a power with an exponent that is no number."""
    return part.head in {"exp", "log", "log_base", "^"} and not _is_whole_power(part)


def _functions(hypothesis: Apply) -> tuple[str, ...]:
    heads = {part.head for part in subterms(hypothesis) if isinstance(part, Apply) and _is_elementary(part)}
    exponential, logarithmic = not heads.isdisjoint({"exp", "^"}), not heads.isdisjoint({"log", "log_base"})
    return (("log",) if exponential else ()) + (("exp",) if logarithmic else ())


def _is_whole_power(part: Apply) -> bool:
    return part.head == "^" and isinstance(part.arguments[1], Number)


def _prepared(claim: Claim, index: int, work: Work) -> Taken | None:
    hypothesis = claim.hypotheses[index]
    statement = _in_one_power(hypothesis) or _to_base_e(hypothesis) or _parted(hypothesis)
    if statement is None:
        return None
    under = Claim(statement, claim.hypotheses)
    proof = elementary.decide(under, work) or equations.decide(under, work)
    return None if proof is None else Taken(statement, proof, True)


def _parted(hypothesis: Term) -> Term | None:
    """e^x = 2, for e^x - 2 = 0."""
    if not isinstance(hypothesis, Apply) or hypothesis.head != "=":
        return None
    for one, other in (hypothesis.arguments, hypothesis.arguments[::-1]):
        if other != ZERO or not isinstance(one, Apply) or one.head != "+":
            continue
        own = [
            part
            for part in one.arguments
            if any(isinstance(inner, Apply) and _is_elementary(inner) for inner in subterms(part))
        ]
        if len(own) == 1:
            rest = [_turned(part) for part in one.arguments if part is not own[0]]
            return equal(own[0], add(*rest))
    return None


def _to_base_e(hypothesis: Term) -> Term | None:
    """ln x = 3 ln 2, for log_2 x = 3."""
    logarithms = [part for part in subterms(hypothesis) if isinstance(part, Apply) and part.head == "log_base"]
    bases = {part.arguments[0] for part in logarithms}
    if len(bases) != 1 or not isinstance(hypothesis, Apply) or hypothesis.head != "=":
        return None
    factor = Apply("log", (bases.pop(),))

    def multiplied(side: Term) -> Term:
        if isinstance(side, Apply) and side.head in {"+", "negate"}:
            return Apply(side.head, tuple(map(multiplied, side.arguments)))
        return (
            Apply("log", (side.arguments[1],))
            if side in logarithms and isinstance(side, Apply)
            else multiply(side, factor)
        )

    return equal(*map(multiplied, hypothesis.arguments))


def _turned(term: Term) -> Term:
    """The opposite of a term."""
    if isinstance(term, Number):
        return Number(-term.value)
    return term.arguments[0] if isinstance(term, Apply) and term.head == "negate" else negate(term)


def _in_one_power(hypothesis: Term) -> Term | None:
    """e^{2x} - 3 e^x + 2 = 0 as an equation in e^x, which may factor; 4^x - 3 2^x + 2 = 0 as one in 2^x."""
    powers: dict[Term, tuple[Fraction, Apply]] = {}  # a power: the multiple in its exponent, and the power without it
    for part in subterms(hypothesis):
        if isinstance(part, Apply) and part.head in {"exp", "^"} and _is_elementary(part):
            *base, exponent = part.arguments
            factor, rest = _multiple(exponent)
            if base and isinstance(base[0], Number):
                least, power = _as_power(base[0].value)
                base, factor = [Number(least)], factor * power
            powers[part] = factor, Apply(part.head, (*base, rest))
    ones = {whole for factor, whole in powers.values() if factor == 1}
    changed: dict[Term, Term] = {
        part: Apply("^", (whole, Number(factor)))
        for part, (factor, whole) in powers.items()
        if factor != 1 and factor.denominator == 1 and whole in ones
    }
    return substitute(hypothesis, changed) if changed else None


def _as_power(value: Fraction) -> tuple[Fraction, int]:
    """(2, 3) for 8."""
    for power in range(MAXIMUM_POWER, 1, -1):
        root = exact_root(value, power) if value > 1 else None
        if root is not None:
            return root, power
    return value, 1


def _multiple(term: Term) -> tuple[Fraction, Term]:
    """(k, t) for k t."""
    if isinstance(term, Apply) and term.head == "negate":
        factor, rest = _multiple(term.arguments[0])
        return -factor, rest
    if isinstance(term, Apply) and term.head == "*" and isinstance(term.arguments[0], Number):
        return term.arguments[0].value, multiply(*term.arguments[1:])
    return Fraction(1), term


def _taken(claim: Claim, index: int, function: str, work: Work) -> Taken | None:
    relation = _relation(claim.hypotheses[index], function)
    if relation is None:
        return None
    proof = _applied(claim, index, relation, function, work)
    if proof is None:
        return None
    divided = _divided(relation)
    if divided is None:
        return Taken(relation.simpler, proof)
    statement, factor = divided
    count = len(claim.hypotheses)
    positive, shown = _positive(factor, claim, work)
    inner: Certificate | None = Squares((Square(ONE, (count,)),), factor)
    if relation.sign == "=":
        inner = equations.decide(Claim(statement, (*claim.hypotheses, relation.simpler, positive)), work)
    if inner is None:
        return None
    return Taken(statement, Lemma(relation.simpler, proof, Lemma(positive, moved(shown, count, 1), inner)))


def _positive(logarithm: Term, claim: Claim, work: Work) -> tuple[Term, Certificate]:
    """That the logarithm of a number greater than 1 is positive."""
    statement = Apply(">", (logarithm, ZERO))
    proof = elementary.decide(Claim(statement, claim.hypotheses), work)
    if proof is None:
        raise Rejected("no positive logarithm")
    return statement, proof


def _divided(relation: _Relation) -> tuple[Term, Term] | None:
    """x R 3 and log(2), for x log(2) R 3 log(2): the logarithm of a number greater than 1 is a factor of both sides."""
    below, above = map(_without_logarithm, relation.values)
    if below is None or above is None or below[1] != above[1]:
        return None
    return Apply(relation.sign, (below[0], above[0])), below[1]


def _without_logarithm(term: Term) -> tuple[Term, Term] | None:
    """(t, log k) for t log k with a whole number k > 1."""
    factors = term.arguments if isinstance(term, Apply) and term.head == "*" else (term,)
    for index, factor in enumerate(factors):
        number = factor.arguments[0] if isinstance(factor, Apply) and factor.head == "log" else None
        if isinstance(number, Number) and number.value > 1:
            return multiply(*factors[:index], *factors[index + 1 :]), factor
    return None


@dataclass(frozen=True, slots=True)
class _Relation:
    """left R right, and what the function says of the sides; R is =, < or <=."""

    sign: str
    left: Term
    right: Term
    values: tuple[Term, Term]

    @property
    def simpler(self) -> Term:
        return Apply(self.sign, self.values)


def _relation(statement: Term, function: str) -> _Relation | None:
    """None of a relation of another kind, and where nothing is taken apart."""
    if not isinstance(statement, Apply):
        return None
    order = sides(statement)
    if statement.head == "=":
        sign_of, left, right = "=", *statement.arguments
    elif order is not None:
        right, left, strict = order
        sign_of = "<" if strict else "<="
    else:
        return None
    if not is_scalar(sort_of(left)):
        return None
    inverse = _logarithm if function == "log" else _exponential
    below, above = inverse(left), inverse(right)
    if below is None or above is None or (below, above) == (Apply(function, (left,)), Apply(function, (right,))):
        return None
    return _Relation(sign_of, left, right, (below, above))


def _applied(claim: Claim, index: int, relation: _Relation, function: str, work: Work) -> Certificate | None:
    """A proof of what is simpler, from the hypothesis of this number, which is the relation."""
    left, right = relation.left, relation.right
    both = Apply(function, (left,)), Apply(function, (right,))
    if relation.sign == "=":
        if function == "log" and not any(sign(side, claim.hypotheses) == "+" for side in (left, right)):
            return None
        shown: Certificate = Rewrite(index, False, Identity())
    else:
        needed = [Apply(">", (left, ZERO))] if function == "log" else []
        premises = [
            attempts.quick(Claim(one, claim.hypotheses), work) for one in (*needed, Apply(relation.sign, (left, right)))
        ]
        known = tuple(one for one in premises if one is not None)
        if len(known) < len(premises):
            return None
        shown = AxiomInstance(_INCREASES[function, relation.sign], ((_A, left), (_B, right)), known)
    lemmas: list[tuple[Term, Certificate]] = [(Apply(relation.sign, both), shown)]
    for whole, value in zip(both, relation.values, strict=True):
        if whole != value:
            equation = elementary.decide(_under(claim, equal(whole, value), lemmas), work)
            if equation is None:
                return None
            lemmas.append((equal(whole, value), equation))
    rest = _under(claim, relation.simpler, lemmas)
    proof = attempts.prove(rest, work) or equations.decide(rest, work)
    for statement, certificate in reversed(lemmas):
        proof = None if proof is None else Lemma(statement, certificate, proof)
    return proof


@dataclass(frozen=True, slots=True)
class Aim:
    """What a claim follows from: `proof` shows the claim with that as a further hypothesis."""

    target: Term
    proof: Certificate


def aimed(claim: Claim, work: Work) -> Aim | None:
    """The relation between the logarithms of both sides, or between their exponentials, if the claim is shown from it."""
    if not isinstance(claim.statement, Apply):
        return None
    for function in _functions(claim.statement):
        try:
            found = _aimed(claim, function, work)
        except (Rejected, IllSorted, TermError):
            continue
        if found is not None:
            return found
    return None


def _aimed(claim: Claim, function: str, work: Work) -> Aim | None:
    relation = _relation(claim.statement, function)
    if relation is None or relation.simpler in claim.hypotheses:
        return None
    if function == "log" and {sign(side, claim.hypotheses) for side in (relation.left, relation.right)} != {"+"}:
        return None
    back = replace(relation, left=relation.values[0], right=relation.values[1], values=(relation.left, relation.right))
    under = Claim(claim.statement, (*claim.hypotheses, relation.simpler))
    count = len(claim.hypotheses)
    proof = _applied(under, count, back, "exp" if function == "log" else "log", work)
    if proof is None:
        return None
    divided = _divided(relation)
    if divided is None:
        return Aim(relation.simpler, proof)
    statement, factor = divided
    positive, shown = _positive(factor, claim, work)
    product: Certificate = Squares((Square(ONE, (count, count + 1)),))
    if relation.sign == "=":
        product = Identity((Cofactor(count, factor, ONE),))
    proof = moved(proof, count, 2)  # behind the two hypotheses that the product is shown from
    return Aim(statement, Lemma(positive, moved(shown, count, 1), Lemma(relation.simpler, product, proof)))


def _under(claim: Claim, statement: Term, lemmas: list[tuple[Term, Certificate]]) -> Claim:
    return Claim(statement, (*claim.hypotheses, *(one for one, _ in lemmas)))


def _logarithm(term: Term) -> Term | None:
    """log of a product of powers, taken apart; None of sums and of numbers that are not positive."""
    match term:
        case Number():
            if term.value <= 0:
                return None
            return ZERO if term == ONE else _of_number(term.value)
        case Apply(head="exp"):
            return term.arguments[0]
        case Apply(head="^", arguments=(base, exponent)):
            inner = ONE if base == EULER else _logarithm(base)
            return None if inner is None else exponent if inner == ONE else multiply(exponent, inner)
        case Apply(head="sqrt"):
            inner = _logarithm(term.arguments[0])
            return None if inner is None else Apply("/", (inner, TWO))
        case Apply(head="*"):
            parts = [_logarithm(one) for one in term.arguments]
            return None if None in parts else add(*(one for one in parts if one is not None))
        case Apply(head="/"):
            above, below = map(_logarithm, term.arguments)
            return None if above is None or below is None else add(above, negate(below))
        case _:
            return ONE if term == EULER else Apply("log", (term,))


def _of_number(value: Fraction) -> Term:
    """log of a number by those of its prime factors."""
    parts: list[Term] = []
    for part, side in ((value.numerator, 1), (value.denominator, -1)):
        for prime, exponent in elementary.primes(part):
            own = Apply("log", (Number(prime),))
            factor = Number(side * exponent)
            parts.append(own if factor == ONE else multiply(factor, own))
    return add(*parts)


def _exponential(term: Term) -> Term | None:
    """exp of a sum of multiples of logarithms, taken apart."""
    match term:
        case Number():
            return ONE if term == ZERO else EULER if term == ONE else Apply("exp", (term,))
        case Apply(head="log"):
            return term.arguments[0]
        case Apply(head="negate"):
            inner = _exponential(term.arguments[0])
            return None if inner is None else Apply("/", (ONE, inner))
        case Apply(head="+"):
            parts = [_exponential(one) for one in term.arguments]
            return None if None in parts else multiply(*(one for one in parts if one is not None))
        case Apply(head="*", arguments=(Number() as factor, Apply(head="log") as logarithm)):
            return Apply("^", (logarithm.arguments[0], factor))
        case Apply(head="/", arguments=(Apply(head="log") as logarithm, Number() as factor)) if factor.value > 0:
            return Apply("^", (logarithm.arguments[0], Number(1 / factor.value)))
        case _:
            return Apply("exp", (term,))
