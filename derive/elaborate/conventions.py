"""Conventions that a text may have without saying so near the claim: the base of its logarithms, angles in degrees; and meanings of its own.

A claim that is false by the convention read, and true by another that is as usual, is not refuted: `\\log 100 = 2`, `\\sin 30 = 1/2`. Where words say which
convention a text has, what is proved must hold in that one too. Of a notation that the text gives another meaning (let |A| be the number of elements, let
\\pi be a policy) nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

from derive.kernel.claim import Claim
from derive.kernel.sorting import is_scalar, sort_of
from derive.kernel.term import (
    PI,
    ZERO,
    Apply,
    Lambda,
    Number,
    Symbol,
    Term,
    free_symbols,
    multiply,
    subterms,
    subtract,
)
from derive.language.document import Document, Formula, Statement
from derive.language.printing import plain_name
from derive.language.syntax import Node

_LOG = re.compile(r"(?:\\log|(?<![A-Za-z\\])log)(?![A-Za-z_]|\s*_)")
_TRIGONOMETRIC = frozenset({"sin", "cos", "tan", "cot", "sec", "csc"})
_BASES = (Number(2), Number(10))


def by_other_conventions(text: str, claim: Claim) -> list[tuple[str, Claim]]:
    """The claim as it reads with other bases of \\log, and with numbers as angles in degrees, each with the doubt; nothing where it reads the same.

    A decimal beside one of these is what a table of logarithms says, rounded: \\log 2 = 0.3010.
    """
    terms = {part for one in (claim.statement, *claim.hypotheses) for part in subterms(one) if isinstance(part, Apply)}
    if any(one.head == "log" for one in terms) and _LOG.search(text):
        return [("the base of \\log", _rounded(_rewritten(claim, _to_base(base)))) for base in _BASES]
    if any(_is_number_of_degrees(one) for one in terms):
        return [("an angle in degrees", _rounded(_rewritten(claim, _to_degrees)))]
    return []


def of_eigenvectors(claim: Claim) -> list[tuple[str, Claim]]:
    """The claim with x != 0 where A x = lambda x is supposed: an eigenvector is not 0 (Horn, Johnson, Matrix Analysis, 1.1.2)."""
    vectors = [vector for one in claim.hypotheses if (vector := _eigenvector(one)) is not None]
    if not vectors:
        return []
    further = tuple(Apply("!=", (Apply("norm", (one,)), ZERO)) for one in dict.fromkeys(vectors))
    return [("what an eigenvector is, which is not 0,", replace(claim, hypotheses=(*claim.hypotheses, *further)))]


def _eigenvector(hypothesis: Term) -> Symbol | None:
    """x of A x = t x, with a matrix A and a number t."""
    if not (isinstance(hypothesis, Apply) and hypothesis.head == "="):
        return None
    ends = [side.arguments[-1] for side in hypothesis.arguments if isinstance(side, Apply) and side.head == "*"]
    if len(ends) < 2 or ends[0] != ends[1] or not isinstance(ends[0], Symbol) or is_scalar(ends[0].sort):
        return None
    scalar = [all(is_scalar(sort_of(one)) for one in side.arguments[:-1]) for side in hypothesis.arguments]  # type: ignore[union-attr]
    return ends[0] if True in scalar and False in scalar else None


def _rounded(claim: Claim) -> Claim:
    """t = 0.3010 as |t - 0.301| <= 0.001."""
    statement = claim.statement
    if not (isinstance(statement, Apply) and statement.head == "="):
        return claim
    decimals = [one.value.denominator for one in statement.arguments if isinstance(one, Number)]
    units = [number for number in decimals if number > 1 and 10 ** number.bit_length() % number == 0]
    if not units:
        return claim
    gap = Apply("abs", (subtract(*statement.arguments),))
    return replace(claim, statement=Apply("<=", (gap, Number(Fraction(1, min(units))))))


def _rewritten(claim: Claim, rule: Callable[[Apply], Term]) -> Claim:
    return replace(
        claim,
        statement=_everywhere(claim.statement, rule),
        hypotheses=tuple(_everywhere(one, rule) for one in claim.hypotheses),
    )


def _everywhere(term: Term, rule: Callable[[Apply], Term]) -> Term:
    if isinstance(term, Lambda):
        return Lambda(term.parameters, _everywhere(term.body, rule))
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


_BASE = re.compile(
    r"(?:\blog\w*|\\log)\b[^.\n]{0,50}\bbase\b(?!\s*\$?\s*e\b)|\b(?:binary|decimal|common|base[- ](?:two|ten|2|10))\s+log\w*|상용로그|로그의?\s*밑|밑[이은]\s*\$?\s*(?:2|10)\b",
    re.IGNORECASE,
)
_NO_BASE = re.compile(r"change\s+of\s+base|\\log\s*_|natural|자연", re.IGNORECASE)
_DEGREES = re.compile(
    r"\b(?:angles?|arguments?|everything|trigonometric\s+functions?)\b[^.\n]{0,60}\bdegrees\b|\bdegrees?\s+mode\b|\bin\s+degrees\b|도수법|각도?(?:의\s*단위)?(?:는|은)\s*도(?![가-힣])",
    re.IGNORECASE,
)
_RADIANS = re.compile(r"radian|라디안|호도법", re.IGNORECASE)


@lru_cache(maxsize=8)
def _named(text: str, of_logarithms: bool) -> re.Match[str] | None:
    """Where a text names a base of its logarithms, or says that angles are in degrees."""
    if not of_logarithms:
        return None if _RADIANS.search(text) else _DEGREES.search(text)
    said = _BASE.search(text)
    return None if said is None or _NO_BASE.search(said.group()) else said


def in_all_conventions(text: str, claim: Claim) -> tuple[Claim, ...]:
    """What must be proved besides a claim of a text that names a base of \\log, or degrees: the claim as it reads so."""
    heads = {part.head for part in subterms(claim.statement) if isinstance(part, Apply)}
    found: list[Claim] = []
    if "log" in heads and _named(text, True):
        found += [_rewritten(claim, _to_base(base)) for base in _BASES]
    if heads & _TRIGONOMETRIC and _named(text, False):
        found.append(_rewritten(claim, _all_to_degrees))
    return tuple(found)


_OF_SLOPES = frozenset({"derivative", "prime", "integral", "limit", "nabla", "binder"})


def differentiated_by_convention(document: Document, sides: Iterable[Node]) -> str:
    """Words that name a base or degrees, where a logarithm or a sine is differentiated, integrated or has a limit: its derivative is another one; empty if there are none."""
    nodes = [node for side in sides for node in side.walk()]
    if not any(node.kind in _OF_SLOPES for node in nodes):
        return ""
    functions = {node.value for node in nodes if node.kind == "function"}
    for of_logarithms in (True, False):
        if functions & (frozenset({"log"}) if of_logarithms else _TRIGONOMETRIC):
            said = _named(document.text, of_logarithms)
            if said is not None:
                return f"'{' '.join(said.group().split())}' in {document.place(said.start())}"
    return ""


def _all_to_degrees(term: Apply) -> Term:
    if term.head not in _TRIGONOMETRIC:
        return term
    return Apply(term.head, (Apply("/", (multiply(term.arguments[0], PI), Number(180))),))


_CYCLES = re.compile(r"(?:\s|\\[,;: ])*(?:\(\d{2,}\)(?:\s|\\[,;: ])*)+", re.ASCII)


def of_cycles(latex: str) -> str:
    """What says that (12)(23) = (123) may be one of permutations: digits in brackets on both sides, and a product of them; empty if nothing does."""
    sides = latex.split("=")
    if len(sides) == 2 and all(map(_CYCLES.fullmatch, sides)) and latex.count("(") > 2:
        return "digits in brackets, which may be cycles of permutations,"
    return ""


# What says that increments are those of Brownian motion, or of what it drives.
_RANDOM = re.compile(
    r"\bBrownian\b|\bWiener\b|\bIt(?:o|ô)(?:['’]s)?\b|브라운|위너|이토|d\s*\\?[WBZ]_\{?\s*t|d\s*[WBZ]\s*\(\s*t\s*\)|\\sigma(?:\s|\\[,;])*d\s*[WB](?![A-Za-z])"
)


@lru_cache(maxsize=8)
def _said_of_paths(text: str) -> re.Match[str] | None:
    return _RANDOM.search(text)


def randomly_moved(document: Document) -> str:
    """What says that increments are those of a random path: dW_t; empty if nothing does."""
    said = _said_of_paths(document.text)
    return f"'{said.group()}' in {document.place(said.start())}" if said is not None else ""


@dataclass(frozen=True, slots=True)
class OwnNotation:
    """A notation that a text gives a meaning of its own, from a place on: what nodes of it look like, and where the text says so."""

    is_it: Callable[[Node], bool]
    start: int
    reason: str


_LETS = re.compile(r"\b(?:let|denote|define|write|use|here|by|suppose|consider|given|with|for)[\s$]*$", re.IGNORECASE)
_MEANS = re.compile(
    r"[\s$]*(?:(?:here|now|will|shall|always|simply|just)\s+)*(?:denotes?|means?|stands?\s+for|represents?|is\s+(?:defined|undefined|understood|short\s+for)|"
    r"is\s+the\s+(?:number|cardinality|size|order|length)\b)|[\s$]*(?:를|을|은|는)\s[^.$]{0,40}(?:라고?\s*(?:하|쓰)|나타내|뜻|의미|개수)",
    re.IGNORECASE,
)
_BE = re.compile(
    r"[\s$]*(?:be\s+(?:the|an?|any|some|both|undefined|defined)|for\s+(?:the|an?|any|some|both)|to\s+(?:denote|mean))\b",
    re.IGNORECASE,
)
_USUAL = re.compile(
    r"\b(?:usual|standard|ordinary|absolute|modulus|euclidean|frobenius|spectral|transpose\w*|inverse|gradient|determinant|trace|derivatives?|differential|identity|hessian|jacobian|laplacian|"
    r"(?:non-?negative|positive|principal|square|cube)\s+(?:square\s+)?roots?|natural\s+log\w*|factorial|floor|ceiling|integer\s+part|(?:largest|greatest|smallest)\s+integer|binomial|"
    r"(?:dot|inner|scalar|cross|vector|outer|hadamard|matrix|elementwise|entrywise|kronecker|tensor)\s+product|norms?|magnitude|distance|conjugate|expectation|mean|average|sum|product|integral|"
    r"limit|exponential|sine|cosine|tangent|variance)\b|절댓값|절대값|전치|역행렬|행렬식|노름|내적|기울기|자연로그|도함수|제곱근|미분|평균|합|곱|크기|길이",
    re.IGNORECASE,
)
_ANY_NORM = re.compile(
    r"\b(?:any|an?|some|arbitrary)\s+(?:\w+\s+)?(?:norm|inner\s+product|scalar\s+product)\b", re.IGNORECASE
)
_OPERATION = re.compile(
    r"\b(?:defin\w+|let|introduc\w+|denot\w+|consider)\b[^.$]*\b(?:operations?|operators?|multiplication|addition|products?|sums?|composition|symbol)\b[^.$]*\$*\s*$|(?:연산|곱셈|덧셈)[^.$]*\$*\s*$",
    re.IGNORECASE,
)
_ARITHMETIC = frozenset({"+", "product", "dot", "^", "/", "negate", "other-product"})
_PLAIN = frozenset({"name", "number", "operator", "missing", "constant"})
_WORD = re.compile(r"\\(?:ln|log|exp|sin|cos|tan|max|min|det|arg)(?![A-Za-z])")
# What \\pi and e stand for beside the numbers.
_NAMES_PI = re.compile(
    r"\b(?:let|denote|call|policy|policies|permutations?|projections?|planes?|profits?|partitions?|distributions?|priors?|bijections?|strateg(?:y|ies)|representations?|portfolios?|inflation)[\s$]*$|"
    r"\b(?:denot\w+|call\w*|writ\w+)\b[^.$]*\b(?:by|as)[\s$]*$|(?:정책|순열|치환|사영|평면|이윤|분할|분포)[\s$]*$",
    re.IGNORECASE,
)
_NAMES_E = re.compile(
    r"\b(?:let|call|charge|errors?|eccentricity|residuals?|edge|efficiency|elasticity|energy|identity\s+element|unit)(?:\s+(?:is|be|are|vector))*[\s$]*$|"
    r"\b(?:denot\w+|call\w*|writ\w+)\b[^.$]*\b(?:by|as)[\s$]*$|(?:오차|이심률|전하|변|항등원|단위원)(?:을|를|은|는)?[\s$]*$",
    re.IGNORECASE,
)
_THE_NUMBER = re.compile(
    r"\b(?:euler\w*|base|napier\w*|ratio|circumference|transcendental|irrational|constant)\b|원주율|자연\s?상수|밑|무리수|오일러",
    re.IGNORECASE,
)


def own_notations(document: Document, formulas: Sequence[Formula]) -> list[OwnNotation]:
    """The notations that words of the text give another meaning."""
    found: list[OwnNotation] = []
    intervals = _OF_INTERVALS.search(document.text)
    if intervals is not None:
        reason = f"'{intervals.group()}' in {document.place(intervals.start())}"
        found.append(OwnNotation(lambda node: node.kind == "list", intervals.start(), reason))
    for formula in formulas:
        place = document.place(formula.start)
        latex = " ".join(formula.latex.split())
        reason = f"'{latex}' in {place}"
        meant = (
            [_in_square_brackets(document.text)] if _rounds(document, formula, latex) else _given_anew(formula, latex)
        )
        found += [OwnNotation(is_it, formula.start, reason) for is_it in meant]
    return [*found, *_separated_in_two_ways(document.text, formulas)]


def _separated_in_two_ways(text: str, formulas: Iterable[Formula]) -> list[OwnNotation]:
    """t(b; m, n) and t(b, m, n), which may be two functions of one letter."""
    ways: dict[tuple[str, int], set[str]] = {}
    for formula in formulas if ";" in text else ():
        for node in (one for part in formula.parts if isinstance(part, Statement) for one in part.node.walk()):
            if node.kind == "call" and node.children[0].kind == "name" and len(node.children) > 2:
                between = (text[one.end : other.start] for one, other in pairwise(node.children[1:]))
                way = "".join(";" if ";" in _SPACES.sub("", one) else "," for one in between)
                ways.setdefault((node.children[0].key, len(node.children)), set()).add(way)
    return [
        OwnNotation(
            _is_call_of(key, count),
            0,
            f"{plain_name(key)}, which stands with other signs between its arguments elsewhere,",
        )
        for (key, count), found in ways.items()
        if len(found) > 1
    ]


_SPACES = re.compile(r"\\[;,:]")


def _is_call_of(key: str, count: int) -> Callable[[Node], bool]:
    return lambda node: node.kind == "call" and node.children[0].key == key and len(node.children) == count


_OF_INTERVALS = re.compile(r"\binterval\s+arithmetic\b|구간\s*(?:연산|산술)", re.IGNORECASE)
_ROUNDS = re.compile(
    r"\b(?:greatest|largest|smallest|least|nearest)\s+integer|\binteger\s+part|\bround\w*|\bfloor\b|\bGauss\w*|최대\s*(?:의\s*)?정수|가장\s*(?:큰|작은|가까운)\s*정수|정수\s*부분|가우스|반올림",
    re.IGNORECASE,
)


def _rounds(document: Document, formula: Formula, latex: str) -> bool:
    """Whether words say that square brackets round: [x], the greatest integer that is not above x. As brackets alone they are read as grouping."""
    if not (latex.startswith("[") and latex.endswith("]")):
        return False
    return _ROUNDS.search(document.text, max(formula.start - 60, 0), formula.end + 60) is not None


def _in_square_brackets(text: str) -> Callable[[Node], bool]:
    return lambda node: "[" in text[max(node.start - 1, 0) : node.start + 1]


def _given_anew(formula: Formula, latex: str) -> list[Callable[[Node], bool]]:
    alone = formula.parts[0].node if len(formula.parts) == 1 and isinstance(formula.parts[0], Statement) else None
    constant = {"\\pi": "pi", "e": "e"}.get(latex)
    if constant is not None:
        names = _NAMES_PI if constant == "pi" else _NAMES_E
        named = names.search(formula.before) is not None and not _THE_NUMBER.search(formula.before + formula.after)
        return [lambda node: constant in {node.value, node.key}] if named else []
    if alone is None or alone.kind != "chain":
        return _introduced(formula, latex, alone)
    found: list[Callable[[Node], bool]] = []
    for part in formula.parts:
        node = part.node if isinstance(part, Statement) else None
        if node is None or node.kind != "chain" or node.value.split()[0] not in {"=", ":="}:
            continue
        left = node.children[0]
        if left.kind == "call" and left.children[0].kind == "^" and _applies_twice(node.children[1]):
            found.append(lambda one: one.kind == "call" and one.children[0].kind == "^")
        plain = all(one.kind == "name" for one in left.children)
        if left.kind in _ARITHMETIC and plain and _OPERATION.search(formula.before):
            found.append(_like(left))
    return found


def _introduced(formula: Formula, latex: str, node: Node | None) -> list[Callable[[Node], bool]]:
    """Let |A| be the number of elements; here \\sqrt{x} means both roots."""
    said = _MEANS.match(formula.after) or (_LETS.search(formula.before) and _BE.match(formula.after))
    any_norm = _ANY_NORM.search(formula.after)
    if not said or (_USUAL.search(formula.after) and not any_norm):
        return []
    word = _WORD.fullmatch(latex)
    if word is not None:
        value = {"\\ln": "log"}.get(latex, latex[1:])
        return [lambda one: one.kind == "function" and one.value == value]
    if node is None:
        return [lambda one: one.kind == "inner"] if latex.startswith("\\langle") else []
    if node.kind in _PLAIN | {"call", "sequence", "transpose", "list", "tuple", "set", "interval", "matrix"}:
        return []
    if not all(one.kind in _PLAIN for one in node.children):
        return []
    return [_like(node)]


def _like(node: Node) -> Callable[[Node], bool]:
    """Whether another node is written in the same notation: of numbers alone, the same; bars around a capital letter only around such."""
    names = [one.key for one in node.walk() if one.kind == "name"]
    if not names and all(one.kind == "number" for one in node.children):
        return lambda one: _shape(one) == _shape(node)
    if node.kind == "abs" and names and all(name[:1].isupper() for name in names):
        return lambda one: one.kind == "abs" and any(part.key[:1].isupper() for part in one.walk())
    return lambda one: one.kind == node.kind and one.value == node.value


def _shape(node: Node) -> tuple[tuple[str, str, str], ...]:
    return tuple((one.kind, one.value, one.key) for one in node.walk())


def _applies_twice(node: Node) -> bool:
    """f(f(x))."""
    calls = [one for one in node.walk() if one.kind == "call"]
    return any(inner.kind == "call" for one in calls for inner in one.children[1:])


def in_own_notation(found: Iterable[OwnNotation], start: int, sides: Iterable[Node]) -> str:
    """What gives a notation of a relation another meaning; empty if nothing does."""
    nodes = [node for side in sides for node in side.walk()]
    return next((one.reason for one in found if one.start <= start and any(map(one.is_it, nodes))), "")
