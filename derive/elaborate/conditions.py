"""Conditions that the text sets beside each other: if x > 0, ...; if x < 0, ...; otherwise ... They are cases, not conditions that hold together."""

from __future__ import annotations

import re

from derive.elaborate.context import Context, Hypothesis, Section
from derive.elaborate.doubt import Doubt
from derive.kernel.term import Apply, Number, Term
from derive.language.document import Formula
from derive.language.printing import plain

_OTHERWISE = re.compile(
    r"\b(?:otherwise|else|on the (?:other hand|contrary)|conversely|(?:in|by) contrast|in the (?:other|opposite) case|in general|unless)\b|"
    r"그렇지 않|그렇지않|아니면|그 외|그 밖|반면|반대로|일반적으로|나머지",
    re.IGNORECASE,
)
_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}
_NOT_BOTH = frozenset(
    frozenset(pair) for pair in (("<", ">"), ("<", ">="), ("<=", ">"), ("<", "="), (">", "="), ("=", "!="))
)


_ABSURD = re.compile(r"\b(?:contradict\w*|absurd\w*|impossible)\b|모순|귀류|불가능", re.IGNORECASE)


def leave_case(context: Context, section: Section, formula: Formula) -> None:
    """What follows "otherwise" is said of another case than the one before it: which one is not understood. Behind a contradiction nothing holds that was
    assumed for its sake."""
    index = context.index_of.get(formula.start)  # a claim of a declaration stands in no text
    begin = context.formulas[index - 1].end if index else formula.start
    absurd = _ABSURD.search(context.document.text, begin, formula.start)
    if absurd is not None:
        place = f"'{absurd.group()}' in {context.document.place(formula.start)}"
        for hypothesis in [one for one in section.hypotheses if one.origin != "declaration"]:
            section.hypotheses.remove(hypothesis)
            section.doubts.append(Doubt(hypothesis.letters(), place, formula.section, formula.start))
    if not any(one.paragraph == formula.paragraph for one in section.hypotheses):
        return
    word = _OTHERWISE.search(formula.before)
    if word is None:
        return
    for hypothesis in [one for one in section.hypotheses if one.paragraph == formula.paragraph]:
        section.hypotheses.remove(hypothesis)
        place = f"'{word.group()}' in {context.document.place(formula.start)}"
        section.doubts.append(Doubt(hypothesis.letters(), place, formula.section, formula.start))


def begin_case(section: Section, new: Hypothesis, apart: bool) -> tuple[Term, ...]:
    """Takes away the conditions of other sentences, or with `apart` of other clauses, that the new one excludes: it begins another case. Returns
    them."""
    ended = [
        one
        for one in section.hypotheses
        if one.origin != "declaration"
        and one.sentence is not None
        and (apart or one.sentence != new.sentence)
        and exclude_each_other(one.term, new.term)
    ]
    section.hypotheses = [one for one in section.hypotheses if all(one is not other for other in ended)]
    return tuple(one.term for one in ended)


def exclude_each_other(one: Term, other: Term) -> bool:
    """Whether two relations between the same two things, or of one thing and two numbers, cannot both hold. Not all such are found."""
    first, second = _relation(one), _relation(other)
    if first is None or second is None or first[0] != second[0]:
        return False
    _, sign, bound = first
    _, other_sign, other_bound = second
    if bound == other_bound:
        return frozenset((sign, other_sign)) in _NOT_BOTH
    if not isinstance(bound, Number) or not isinstance(other_bound, Number):
        return False
    below, above = sorted(((bound.value, sign), (other_bound.value, other_sign)))
    return below[1] in {"<", "<=", "="} and above[1] in {">", ">=", "="}


def _relation(term: Term) -> tuple[Term, str, Term] | None:
    """A relation with its sides in one order, a number last."""
    if not isinstance(term, Apply) or term.head not in _TURNED or len(term.arguments) != 2:
        return None
    left, right = term.arguments
    if isinstance(left, Number) or (not isinstance(right, Number) and plain(left) > plain(right)):
        return right, _TURNED[term.head], left
    return left, term.head, right
