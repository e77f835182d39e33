"""Certificates under more hypotheses than they were found under, and for terms in the place of symbols."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any

from derive.kernel.certificate import AxiomInstance, Certificate, Lemma
from derive.kernel.term import Apply, Constant, Lambda, Number, Symbol, Term, substitute

_TERMS = (Symbol, Number, Constant, Apply, Lambda)


def moved(certificate: Certificate, count: int, more: int) -> Certificate:
    """A certificate found under `count` hypotheses, where `more` stand behind them: what it adds itself comes after those."""
    if not more:
        return certificate
    found: Certificate = _renumbered(certificate, lambda index: index + more if index >= count else index)
    return found


def among(certificate: Certificate, places: Sequence[int], count: int) -> Certificate:
    """A certificate found under some of `count` hypotheses, those at the places, for all of them."""
    more = count - len(places)
    found: Certificate = _renumbered(certificate, lambda index: places[index] if index < len(places) else index + more)
    return found


def _renumbered(part: Any, number: Callable[[int], int]) -> Any:
    if isinstance(part, tuple):
        return tuple(_renumbered(one, number) for one in part)
    if not is_dataclass(part) or isinstance(part, _TERMS):
        return part
    changed: dict[str, Any] = {}
    for field in fields(part):
        value = getattr(part, field.name)
        if field.name == "hypothesis" and isinstance(value, int):
            changed[field.name] = number(value)
        elif field.name == "hypotheses":
            changed[field.name] = tuple(number(index) for index in value)
        elif field.name != "substitution":
            changed[field.name] = _renumbered(value, number)
    return replace(part, **changed)  # type: ignore[type-var]


def named(certificate: Certificate) -> frozenset[int]:
    """The numbers of the hypotheses that a certificate names."""
    found: set[int] = set()
    _collect(certificate, found)
    return frozenset(found)


def _collect(part: Any, found: set[int]) -> None:
    if isinstance(part, tuple):
        for one in part:
            _collect(one, found)
    elif is_dataclass(part) and not isinstance(part, _TERMS):
        for field in fields(part):
            value = getattr(part, field.name)
            if field.name == "hypothesis" and isinstance(value, int):
                found.add(value)
            elif field.name == "hypotheses":
                found.update(value)
            else:
                _collect(value, found)


def with_lemmas(lemmas: Iterable[tuple[Term, Certificate]], inner: Certificate, count: int) -> Certificate:
    """What was found under `count` hypotheses and the lemmas behind them, each of which was shown under the hypotheses alone."""
    for position, (statement, shown) in reversed(list(enumerate(lemmas))):
        inner = Lemma(statement, moved(shown, count, position), inner)
    return inner


def filled(certificate: Certificate, mapping: Mapping[Term, Term]) -> Certificate:
    """A certificate for a claim in symbols, for terms in their place."""
    found: Certificate = _filled(certificate, mapping)
    return found


def _filled(part: Any, mapping: Mapping[Term, Term]) -> Any:
    if isinstance(part, tuple):
        return tuple(_filled(one, mapping) for one in part)
    if isinstance(part, _TERMS):
        return substitute(part, mapping)
    if not is_dataclass(part):
        return part
    changed = {field.name: _filled(getattr(part, field.name), mapping) for field in fields(part)}
    if isinstance(part, AxiomInstance):
        changed["substitution"] = tuple((symbol, substitute(term, mapping)) for symbol, term in part.substitution)
    return replace(part, **changed)  # type: ignore[type-var]
