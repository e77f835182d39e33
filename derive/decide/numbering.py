"""Certificates under more hypotheses than they were found under, and for terms in the place of symbols."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from derive.kernel.certificate import AxiomInstance, Certificate
from derive.kernel.term import Apply, Constant, Lambda, Number, Symbol, Term, substitute

_TERMS = (Symbol, Number, Constant, Apply, Lambda)


def moved(certificate: Certificate, count: int, more: int) -> Certificate:
    """A certificate found under `count` hypotheses, where `more` stand behind them: what it adds itself comes after those."""
    found: Certificate = _moved(certificate, count, more) if more else certificate
    return found


def _moved(part: Any, count: int, more: int) -> Any:
    if isinstance(part, tuple):
        return tuple(_moved(one, count, more) for one in part)
    if not is_dataclass(part) or isinstance(part, _TERMS):
        return part
    changed: dict[str, Any] = {}
    for field in fields(part):
        value = getattr(part, field.name)
        if field.name == "hypothesis" and isinstance(value, int):
            changed[field.name] = value + more if value >= count else value
        elif field.name == "hypotheses":
            changed[field.name] = tuple(index + more if index >= count else index for index in value)
        elif field.name != "substitution":
            changed[field.name] = _moved(value, count, more)
    return replace(part, **changed)  # type: ignore[type-var]


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
