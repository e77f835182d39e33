"""An arrow before a bare expression: the next member of a chain, up to what the text neglects, or what the expression becomes.

`= (a + da)(b + db) - ab` and below `\\implies a\\,db + b\\,da`: equal, equal to first order, greatest at the same place, or neither. Where the words
around say so, `x^3 \\implies 3x^2` is a derivative, and `\\cos x \\implies 1 - x^2/2` a series. Where nothing says what is meant, it is asked.
"""

from __future__ import annotations

import re

from derive.elaborate.approximation import degree
from derive.elaborate.context import Context, Link, Section, premises_of, without_meaning
from derive.elaborate.differentials import first_order, is_increment, resolved
from derive.elaborate.maximisers import place, same_order, same_place
from derive.elaborate.obligation import Obligation
from derive.elaborate.points import MAXIMUM_ORDER, limits
from derive.elaborate.restrictions import hypotheses_in_scope
from derive.elaborate.sections import headings_above
from derive.elaborate.terms import Builder
from derive.elaborate.values import approximately
from derive.kernel.claim import Claim
from derive.kernel.sorting import is_scalar, same_shape, sort_of
from derive.kernel.term import (
    REAL,
    ZERO,
    Apply,
    Function,
    Number,
    Symbol,
    Term,
    add,
    equal,
    free_symbols,
    multiply,
    substitute,
)
from derive.language.printing import plain
from derive.language.report import Verdict
from derive.language.syntax import Node

_DERIVATIVE = re.compile(r"미분|도함수|derivative|differentiat", re.IGNORECASE)
_SERIES = re.compile(r"급수|전개|테일러|매클로린|Taylor|Maclaurin|series|expan", re.IGNORECASE)
_INTEGRAL = re.compile(r"적분|integra|antiderivative", re.IGNORECASE)
_NEGLECT = re.compile(
    r"무시|생략|0\s*으로\s*(?:수렴|근사|보)|0에\s*가까|근사|neglect|ignor|drop|small|approximat|first order|higher order",
    re.IGNORECASE,
)
_CONSTANT = re.compile(
    r"상수[^.\n]{0,12}(?:제거|무시|생략|빼)|(?:drop|remov|ignor|omit)[^.\n]{0,20}constant|argmax|argmin|arg\s?max|최대화|최소화|maximi|minimi",
    re.IGNORECASE,
)
_VARIABLES = frozenset({"x", "y", "z", "t", "u", "v", "w", "\\theta"})
_CONSTANTS = frozenset({"a", "b", "c", "k", "m", "n", "p", "C", "\\alpha", "\\beta", "\\lambda"})
# The forms of a claim, what follows from it, and how it was meant.
_Becoming = tuple[tuple[Term, ...], tuple[Term, ...], str]
_ARROWS_OF_STEPS = ("\\implies", "\\Rightarrow", "\\Longrightarrow", "\\therefore")


def step(context: Context, section: Section, link: Link) -> Obligation | None:
    """What an arrow between two expressions claims; None where it is no step of a derivation."""
    if link.left.kind == "name" and link.right.kind == "name":
        return None
    builder = Builder(section.scope)
    left, right = (section.scope.unfold(builder.term(_without_dots(side))) for side in (link.left, link.right))
    words = link.formula.before + " " + link.formula.after
    becomes = _becomes(left, right, words, headings_above(context, link.formula.section))
    obligation = context.obligation(link)
    obligation.reading = f"{plain(left)} -> {plain(right)}"
    obligation.notes = tuple(builder.notes)
    obligation.premises = premises_of(section, link)
    if becomes is not None:
        forms, consequences, saying = becomes
        hypotheses = hypotheses_in_scope(section, link.formula, None)
        obligation.provable = tuple(Claim(one, hypotheses) for one in forms)
        obligation.refutable = tuple(Claim(one, hypotheses) for one in consequences)
        obligation.sayings = (saying,) * len(forms)
        obligation.reading = f"{saying}: {plain(left)} -> {plain(right)}"
        return obligation
    if not link.sign.startswith(_ARROWS_OF_STEPS):
        return None
    return _member(section, link, obligation, left, right, words)


def _without_dots(node: Node) -> Node:
    """A series as far as it is written: without `+ \\cdots` at its end."""
    last = node.children[-1] if node.children else node
    dots = last.children[0] if last.kind == "negate" else last
    if node.kind == "+" and len(node.children) > 2 and dots.kind == "ellipsis":
        kids = node.children[:-1]
        return Node("+", kids, node.start, kids[-1].end)
    return node


def _asked(obligation: Obligation, message: str) -> Obligation:
    obligation.code, obligation.message = "arrow-not-settled", message
    return obligation


def _member(section: Section, link: Link, obligation: Obligation, left: Term, right: Term, words: str) -> Obligation:
    """The next member of the chain: equal, or what is neglected is small, or a constant."""
    question = "equal to what stands before it, or what becomes of it? Write =, \\cong, or say which"
    places = place(left), place(right)
    if places[0] is not None and places[1] is not None:
        found = [(one, said) for one, said in same_place(places[0], places[1]) if not without_meaning(one)]
        obligation.provable = tuple(Claim(one, hypotheses_in_scope(section, link.formula, one)) for one, _ in found)
        obligation.sayings = tuple(f"the same place: {said}" for _, said in found)
        if not found:
            obligation.verdict = Verdict.UNKNOWN
        return _asked(obligation, "that both are greatest at the same place is neither shown nor refuted")
    if unknown := without_meaning(equal(left, right)):
        obligation.verdict, obligation.code = Verdict.UNKNOWN, "no-meaning-yet"
        obligation.message = f"read, but nothing is known of {unknown} here: neither proved nor refuted"
        return obligation
    if not same_shape(sort_of(left), sort_of(right)):
        obligation.verdict = Verdict.UNKNOWN
        return _asked(obligation, question)
    hypotheses = hypotheses_in_scope(section, link.formula, equal(left, right))
    one, other = resolved(section.scope, left) or left, resolved(section.scope, right) or right
    exact = Claim(equal(one, other), hypotheses)
    provable, sayings = [exact], ["equal"]
    statement = first_order(one, other, section.small)
    if statement is not None:
        steps = {symbol for symbol in free_symbols(statement) if is_increment(symbol) or symbol in section.small}
        still = tuple(one for one in hypotheses if not free_symbols(one) & steps)
        provable.append(Claim(statement, still))
        sayings.append("equal to first order: products of increments are neglected")
    drops = _CONSTANT.search(words) is not None
    if drops:
        # What only one of them has is constant, or there is no saying what is maximised.
        common = sorted(free_symbols(left) & free_symbols(right), key=lambda one: one.name)
        for claim, said in same_order(one, other, tuple(one for one in common if not isinstance(one.sort, Function))):
            provable.append(Claim(claim, hypotheses))
            sayings.append(f"greatest at the same place: {said}")
    obligation.provable, obligation.sayings = tuple(provable), tuple(sayings)
    neglects = not words.strip() or _NEGLECT.search(words) is not None
    if statement is not None and not drops and neglects:
        obligation.refutable, obligation.unless = (exact,), (provable[1],)
        obligation.code, obligation.message = (
            "neither-equal-nor-to-first-order",
            "neither equal nor equal to first order",
        )
    else:
        _asked(obligation, question)
    return obligation


def _becomes(left: Term, right: Term, words: str, headings: str) -> _Becoming | None:
    """The claim of a derivative, a series or an integral, where the words nearest to the arrow say which."""
    kinds = ((_DERIVATIVE, "derivative"), (_SERIES, "series"), (_INTEGRAL, "integral"))
    for text in (words, headings):
        said = [kind for pattern, kind in kinds if pattern.search(text)]
        if len(said) == 1:
            return _becoming(left, right, said[0])
        if said:
            return None
    return None


def _becoming(left: Term, right: Term, kind: str) -> _Becoming | None:
    if not is_scalar(sort_of(left)) or not is_scalar(sort_of(right)):
        return None
    before, after = (left, right) if kind != "integral" else (right, left)
    letters = [one for one in free_symbols(before) if is_scalar(one.sort)]
    variable = _variable(letters)
    if variable is None:
        return None
    if kind in {"derivative", "integral"}:
        h = Symbol("h" if variable.name != "h" else "k")
        moved = substitute(before, {variable: add(variable, h)})
        slope = equal(Apply("derivative", (before, variable)), after)
        forms = slope, approximately(moved, add(before, multiply(after, h)), h, 1)
        return forms, forms if len(letters) == 1 else (), kind  # of several letters another may be meant
    order = degree(after, frozenset({variable}))
    if order is None or order > MAXIMUM_ORDER or substitute(after, {variable: ZERO}) == after:
        return None
    statement = Apply("approx", (left, right, variable, ZERO, Number(order)))
    found = limits(statement)
    forms = (*((statement,) if order <= 2 else ()), *found[:1])
    return forms, (*forms, *found[1:]), f"series at 0, to order {order}"


def _variable(symbols: list[Symbol]) -> Symbol | None:
    """What is differentiated by: the only letter, or among letters for constants the only one for a variable."""
    if len(symbols) > 1 and all(one.name in _VARIABLES | _CONSTANTS for one in symbols):
        symbols = [one for one in symbols if one.name in _VARIABLES]
    return symbols[0] if len(symbols) == 1 and symbols[0].sort == REAL else None
