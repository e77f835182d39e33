r"""Conventions that a text may have without saying so near the claim: the base of its logarithms, angles in degrees; and those that it states.

A claim that is false by the convention read, and true by another that is as usual, is not refuted: `\log 100 = 2`, `\sin 30 = 1/2`. What the text says that a notation means (let $|A|$ be the
number of elements, define $a \cdot b = a + b$, let $\pi$ be a policy) takes every verdict away: none is understood.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from derive.elaborate.context import Context
from derive.kernel.claim import Claim
from derive.kernel.term import PI, ZERO, Apply, Number, Term, free_symbols, multiply, subterms
from derive.language.document import Formula, Statement
from derive.language.syntax import Node

_LOG = re.compile(r"(?:\\log|(?<![A-Za-z\\])log)(?![A-Za-z_]|\s*_)")
_TRIGONOMETRIC = frozenset({"sin", "cos", "tan", "cot", "sec", "csc"})
_BASES = (Number(2), Number(10))


def by_other_conventions(text: str, claim: Claim) -> list[tuple[str, Claim]]:
    """The claim as it reads with other bases of \\log, and with numbers as angles in degrees, each with the doubt; nothing where it reads the same."""
    terms = {part for one in (claim.statement, *claim.hypotheses) for part in subterms(one) if isinstance(part, Apply)}
    if any(one.head == "log" for one in terms) and _LOG.search(text):
        return [("the base of \\log", _rewritten(claim, _to_base(base))) for base in _BASES]
    if any(_is_number_of_degrees(one) for one in terms):
        return [("an angle in degrees", _rewritten(claim, _to_degrees))]
    return []


def _rewritten(claim: Claim, rule: Callable[[Apply], Term]) -> Claim:
    return replace(
        claim,
        statement=_everywhere(claim.statement, rule),
        hypotheses=tuple(_everywhere(one, rule) for one in claim.hypotheses),
    )


def _everywhere(term: Term, rule: Callable[[Apply], Term]) -> Term:
    if not isinstance(term, Apply):
        return term
    return rule(Apply(term.head, tuple(_everywhere(part, rule) for part in term.arguments)))


def _to_base(base: Number) -> Callable[[Apply], Term]:
    return lambda term: Apply("/", (term, Apply("log", (base,)))) if term.head == "log" else term


def _to_degrees(term: Apply) -> Term:
    if not _is_number_of_degrees(term):
        return term
    return Apply(term.head, (Apply("/", (multiply(term.arguments[0], PI), Number(180))),))


def _is_number_of_degrees(term: Apply) -> bool:
    return (
        term.head in _TRIGONOMETRIC
        and not free_symbols(term.arguments[0])
        and term.arguments[0] not in {ZERO, PI}
        and PI not in set(subterms(term.arguments[0]))
    )


# --- what the text says that a notation means --------------------------------------------------------------------------------

Notation = tuple[str, str, str]  # the kind and the value of a node; the name to which a power belongs

_SAYS = re.compile(r"\b(?:let|define|denote|understand|interpret)\b[^.$]{0,40}[\s$]*$", re.IGNORECASE)
_MEANS = re.compile(r"[\s$]*(?:be|denotes?|means?|stands?\s+for|is\s+(?:defined|understood))\b", re.IGNORECASE)
_CALLED = re.compile(r"\b(?:denot\w+|call(?:ed)?|let)\b[^.$]{0,40}[\s$]*$|\b(?:is|are|by)[\s$]*$", re.IGNORECASE)
_AS_USUAL = re.compile(
    r"\b(?:euclidean|usual|standard|ordinary|absolute|transposes?|inverse|length|gradient|derivative|trace|determinant|modulus|magnitude)\b",
    re.IGNORECASE,
)
_THE_CONSTANT = re.compile(
    r"\b(?:numbers?|constant|base|euler|ratio|circle|usual)\b|원주율|자연상수|상수", re.IGNORECASE
)
_OPERATION = re.compile(r"\b(?:operations?|multiplication|addition|product|sum|composition)\b|연산", re.IGNORECASE)
_BASE = re.compile(
    r"\blog(?:arithm)?s?\b[^.\n]{0,40}\b(?:to|in|with|have|has)\s+(?:the\s+)?base\b|\bbase[\s-]+\$?(?:2|10|two|ten|a|b)\b[^.\n]{0,10}\blog|상용로그|로그[^.\n]{0,20}밑|밑이\s*\$?\d",
    re.IGNORECASE,
)
_DEGREES = re.compile(r"\b(?:angles?|measured|given)\b[^.]{0,30}\bdegrees\b|도수법", re.IGNORECASE)


def given_otherwise(context: Context, formula: Formula, sides: Iterable[Node]) -> str:
    """What the text says that a notation of a claim means, if it says so above it; empty if it does not."""
    if context.document.claims:
        return ""
    text = context.document.text
    if context.notations is None:
        context.notations = [(one.start, found) for one in context.formulas if (found := _notation(text, one))]
    written = {key for side in sides for node in side.walk() for key in _keys(node)}
    for start, found in context.notations:
        if start < formula.end and found in written:
            return f"what the notation in {context.document.place(start)} means"
    for pattern, heads in ((_BASE, {"log"}), (_DEGREES, _TRIGONOMETRIC)):
        if not any(("function", head, "") in written for head in heads) or (
            heads == {"log"} and not _LOG.search(formula.latex)
        ):
            continue
        if (match := pattern.search(text)) is not None:
            return f"'{' '.join(match.group().split())}' in {context.document.place(match.start())}"
    return ""


def _keys(node: Node) -> list[Notation]:
    power = node.kind == "^" and node.children[0].kind == "name"
    return [(node.kind, node.value, node.children[0].key if power else "")]


def _notation(text: str, formula: Formula) -> Notation | None:
    """The notation of which a formula, with the words beside it, says what it means."""
    if len(formula.parts) != 1:
        return None
    part = formula.parts[0]
    before, behind = text[max(0, formula.start - 60) : formula.start], text[formula.end : formula.end + 60]
    if not isinstance(part, Statement):
        inner = part.code == "inner" and _SAYS.search(before) and _MEANS.match(behind)
        return ("inner", "", "") if inner else None
    node = part.node
    if node.kind in {"name", "constant"}:
        key = {"e": "e", "\\pi": "pi", "pi": "pi"}.get(node.value)
        words = before[before.rfind(".") + 1 :] + behind.partition(".")[0]
        bound = _CALLED.search(before) or (_SAYS.search(before) and _MEANS.match(behind))
        return ("constant", key, "") if key and bound and not _THE_CONSTANT.search(words) else None
    if node.kind in {
        "abs",
        "norm",
        "inner",
        "dot",
        "product",
        "+",
        "other-product",
        "compose",
        "root",
        "^",
        "function",
    }:
        said = _SAYS.search(before) and _MEANS.match(behind) and not _AS_USUAL.search(behind.partition(".")[0])
        return _keys(node)[0] if said else None
    if node.kind != "chain" or node.value not in {"=", ":="}:
        return None
    left, right = node.children[:2]
    of_names = len(left.children) == 2 and all(one.kind == "name" for one in left.children)
    if left.kind in {"dot", "product", "+", "other-product"} and of_names and _OPERATION.search(before):
        return _keys(left)[0] if left.kind != right.kind else None
    power = left.children[0] if left.kind in {"call", "product"} else left  # f^2(x) = f(f(x))
    if power.kind == "^" and power.children[0].kind == "name":
        heads = [one.children[0].key for one in right.walk() if one.kind == "call"]
        return _keys(power)[0] if heads.count(power.children[0].key) > 1 else None
    return None
