"""Distributions behind \\sim: what they say of their parameters, and the density of what is distributed so.

A declaration has one parametrisation for each name (docs: the declaration language). Texts differ: there a density is known only where the
notation leaves one meaning, N(m, s^2) with a square, and what holds in every parametrisation is all that is said of the rest.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from derive.elaborate.terms import Builder
from derive.kernel.sorting import is_scalar, sort_of
from derive.kernel.term import (
    ONE,
    PI,
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
)
from derive.language.syntax import Node, UnreadError

_NAMES = {
    "N": "N", "\\mathcal{N}": "N", "Normal": "N", "U": "U", "\\mathcal{U}": "U", "Unif": "U", "Uniform": "U", "Exp": "Exp", "Expo": "Exp",
    "Gamma": "Gamma", "Gam": "Gamma", "\\Gamma": "Gamma", "Beta": "Beta", "Bet": "Beta", "Poisson": "Poisson", "Pois": "Poisson", "Poi": "Poisson",
    "Bernoulli": "Bernoulli", "Bern": "Bernoulli", "Ber": "Bernoulli", "Bin": "Bin", "Binomial": "Bin",
}  # fmt: skip
_TEMPLATE = re.compile(r"(\\(?:mathrm|operatorname|text|mathcal)\{[A-Za-z]+\}|\\Gamma|[A-Za-z]+)\((#\d+(?:, #\d+)*)\)")
_WRAPPED = re.compile(r"\\(?:mathrm|operatorname|text)\{([A-Za-z]+)\}")


@dataclass(frozen=True, slots=True)
class Distribution:
    """What is said of the parameters, and the density at a point with the support that it is meant on; no density where its form is not settled."""

    facts: tuple[Term, ...]
    density: Callable[[Symbol], tuple[Term, tuple[Term, ...]]] | None = None


def distribution(builder: Builder, node: Node, declared: bool) -> Distribution | None:
    """The distribution that a node stands for; None where it is not known, or not one of numbers."""
    if node.kind != "operator":
        return None
    match = _TEMPLATE.fullmatch(node.value)
    if match is None:
        return None
    word = match.group(1)
    wrapped = _WRAPPED.fullmatch(word)
    family = _NAMES.get(wrapped.group(1) if wrapped else word)
    try:
        parameters = [builder.term(child) for child in node.children]
        numbers = all(is_scalar(sort_of(one)) for one in parameters)
    except (UnreadError, IllSorted, TermError):
        return None
    if family is None or not numbers:
        return None
    if len(parameters) != (1 if family in {"Exp", "Poisson", "Bernoulli"} else 2):
        return None
    return _FAMILIES[family](parameters, node.children, declared)


def _above(term: Term) -> tuple[Term, ...]:
    return () if isinstance(term, Number) and term.value > 0 else (Apply(">", (term, ZERO)),)


def _probability(term: Term) -> tuple[Term, ...]:
    if isinstance(term, Number) and 0 <= term.value <= 1:
        return ()
    return (Apply("<=", (ZERO, term)), Apply("<=", (term, ONE)))


def _exp(term: Term) -> Term:
    return Apply("exp", (term,))


def _over(above: Term, below: Term) -> Term:
    return Apply("/", (above, below))


def _power(base: Term, exponent: Term) -> Term:
    return Apply("^", (base, exponent))


def _normal(parameters: list[Term], nodes: tuple[Node, ...], declared: bool) -> Distribution:
    mean, variance = parameters
    node = nodes[1]
    square = node.kind == "^" and node.children[1].kind == "number" and node.children[1].value == "2"
    deviation = variance.arguments[0] if square and isinstance(variance, Apply) else None
    facts = _above(deviation if isinstance(deviation, Symbol) else variance)
    settled = square or declared or not free_symbols(variance) or node.kind in {"/", "^"}
    if not settled:  # N(mu, sigma): a variance or a deviation?
        return Distribution(facts)

    def density(at: Symbol) -> tuple[Term, tuple[Term, ...]]:
        centred = _power(add(at, negate(mean)), Number(2))
        exponent = negate(_over(centred, multiply(Number(2), variance)))
        return multiply(_over(ONE, Apply("sqrt", (multiply(Number(2), PI, variance),))), _exp(exponent)), ()

    return Distribution(facts, density)


def _uniform(parameters: list[Term], nodes: tuple[Node, ...], declared: bool) -> Distribution:
    del nodes, declared
    low, high = parameters
    numbers = not (free_symbols(low) | free_symbols(high))
    facts = () if numbers else (Apply("<", (low, high)),)

    def density(at: Symbol) -> tuple[Term, tuple[Term, ...]]:
        return _over(ONE, add(high, negate(low))), (Apply("<=", (low, at)), Apply("<=", (at, high)))

    return Distribution(facts, density)


def _exponential(parameters: list[Term], nodes: tuple[Node, ...], declared: bool) -> Distribution:
    rate = parameters[0]
    if not (declared or (nodes[0].kind == "name" and nodes[0].key == "\\lambda")):
        return Distribution(_above(rate))  # a rate or a scale?

    def density(at: Symbol) -> tuple[Term, tuple[Term, ...]]:
        return multiply(rate, _exp(negate(multiply(rate, at)))), (Apply(">=", (at, ZERO)),)

    return Distribution(_above(rate), density)


def _gamma(parameters: list[Term], nodes: tuple[Node, ...], declared: bool) -> Distribution:
    del nodes
    shape, rate = parameters
    facts = (*_above(shape), *_above(rate))
    if not declared:
        return Distribution(facts)

    def density(at: Symbol) -> tuple[Term, tuple[Term, ...]]:
        constant = _over(_power(rate, shape), Apply("gamma", (shape,)))
        body = multiply(constant, _power(at, add(shape, negate(ONE))), _exp(negate(multiply(rate, at))))
        return body, (Apply(">", (at, ZERO)),)

    return Distribution(facts, density)


def _beta(parameters: list[Term], nodes: tuple[Node, ...], declared: bool) -> Distribution:
    del nodes, declared
    first, second = parameters

    def density(at: Symbol) -> tuple[Term, tuple[Term, ...]]:
        gammas = multiply(Apply("gamma", (first,)), Apply("gamma", (second,)))
        constant = _over(Apply("gamma", (add(first, second),)), gammas)
        rest = _power(add(ONE, negate(at)), add(second, negate(ONE)))
        body = multiply(constant, _power(at, add(first, negate(ONE))), rest)
        return body, (Apply(">", (at, ZERO)), Apply("<", (at, ONE)))

    return Distribution((*_above(first), *_above(second)), density)


def _natural(at: Term) -> tuple[Term, ...]:
    return (Apply(">=", (at, ZERO)), equal(Apply("floor", (at,)), at))


def _poisson(parameters: list[Term], nodes: tuple[Node, ...], declared: bool) -> Distribution:
    del nodes, declared
    rate = parameters[0]

    def density(at: Symbol) -> tuple[Term, tuple[Term, ...]]:
        return _over(multiply(_power(rate, at), _exp(negate(rate))), Apply("factorial", (at,))), _natural(at)

    return Distribution(_above(rate), density)


def _bernoulli(parameters: list[Term], nodes: tuple[Node, ...], declared: bool) -> Distribution:
    del nodes, declared
    chance = parameters[0]

    def density(at: Symbol) -> tuple[Term, tuple[Term, ...]]:
        body = multiply(_power(chance, at), _power(add(ONE, negate(chance)), add(ONE, negate(at))))
        return body, (Apply("or", (equal(at, ZERO), equal(at, ONE))),)

    return Distribution(_probability(chance), density)


def _binomial(parameters: list[Term], nodes: tuple[Node, ...], declared: bool) -> Distribution:
    del nodes, declared
    trials, chance = parameters

    def density(at: Symbol) -> tuple[Term, tuple[Term, ...]]:
        powers = multiply(_power(chance, at), _power(add(ONE, negate(chance)), add(trials, negate(at))))
        return multiply(Apply("binomial", (trials, at)), powers), (*_natural(at), Apply("<=", (at, trials)))

    facts = (*_natural(trials), *_probability(chance)) if not isinstance(trials, Number) else _probability(chance)
    return Distribution(facts, density)


_Family = Callable[[list[Term], tuple[Node, ...], bool], Distribution]
_FAMILIES: dict[str, _Family] = {
    "N": _normal,
    "U": _uniform,
    "Exp": _exponential,
    "Gamma": _gamma,
    "Beta": _beta,
    "Poisson": _poisson,
    "Bernoulli": _bernoulli,
    "Bin": _binomial,
}
