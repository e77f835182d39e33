"""Signs by the structure of a term, the declared domains and the hypotheses. Sound, shallow, and of bounded work.

The answers: "+" (> 0), "0+" (>= 0), "-" (< 0), "0-" (<= 0), "0" (= 0), "!0" (nonzero), "?" (nothing is known). They speak of points where the
term is defined and the hypotheses hold.
"""

from __future__ import annotations

from .sorting import is_scalar, sort_of
from .term import ORDERS, TRUE, ZERO, Apply, Constant, Number, Symbol, Term

_FLIPPED = {"+": "-", "-": "+", "0+": "0-", "0-": "0+"}
_OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "=": "!=", "!=": "="}
_MIRROR = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}
_OF_RELATION = {">": "+", ">=": "0+", "<": "-", "<=": "0-", "!=": "!0", "=": "0"}
_MAXIMUM_DEPTH = 40


def sign(term: Term, hypotheses: tuple[Term, ...], depth: int = 0) -> str:
    """What is known of the sign of a scalar term."""
    found = _structure(term, hypotheses, depth)
    if found in {"+", "-", "0"} or depth > 3:
        return found
    return _met(found, _from_hypotheses(term, hypotheses, depth))


def nonnegative(term: Term, hypotheses: tuple[Term, ...]) -> bool:
    """Whether the term is shown to be >= 0."""
    return sign(term, hypotheses) in {"+", "0+", "0"}


def _met(left: str, right: str) -> str:
    """Both are known."""
    if left == "?" or left == right:
        return right
    if right == "?":
        return left
    for one, other in ((left, right), (right, left)):
        if one in {"+", "-", "0"}:
            return one
        if one == "!0":
            return {"0+": "+", "0-": "-"}.get(other, "!0")
    return "0"  # >= 0 and <= 0


def _structure(term: Term, hypotheses: tuple[Term, ...], depth: int) -> str:
    if isinstance(term, Number):
        return "+" if term.value > 0 else "-" if term.value < 0 else "0"
    if isinstance(term, Constant):
        return "+" if term.name in {"pi", "e"} else "0" if term.name == "zero" else "?"
    if not isinstance(term, Apply) or depth > _MAXIMUM_DEPTH:
        return "?"
    head, arguments = term.head, term.arguments

    def of(part: Term) -> str:
        return sign(part, hypotheses, depth + 1)

    match head:
        case "negate":
            return _FLIPPED.get(of(arguments[0]), of(arguments[0]))
        case "+":
            return _sum([of(part) for part in arguments])
        case "*":
            if _square_of(arguments):
                return "+" if of(arguments[0]) in {"+", "-", "!0"} else "0+"
            if sum(not _is_number(part) for part in arguments) > 1:
                return "?"  # nonzero vectors can be orthogonal
            return _product([of(part) for part in arguments])
        case "/":
            below = of(arguments[1])  # nonzero where the quotient is defined
            return _product([of(arguments[0]), {"0+": "+", "0-": "-", "?": "!0"}.get(below, below)])
        case "^":
            return _power(arguments[0], arguments[1], of) if _is_number(arguments[0]) else "?"  # a nonzero matrix can be nilpotent
        case "exp" | "cosh":
            return "+"
        case "sqrt":
            return "+" if of(arguments[0]) in {"+", "!0"} else "0+"
        case "abs":
            return "+" if of(arguments[0]) in {"+", "-", "!0"} else "0" if of(arguments[0]) == "0" else "0+"
        case "norm":
            return "+" if _nonzero_vector(arguments[0], hypotheses) or of(arguments[0]) in {"+", "-", "!0"} else "0+"
        case "inner":
            if arguments[0] == arguments[1]:
                return "+" if _nonzero_vector(arguments[0], hypotheses) else "0+"
            return "?"
        case "factorial":
            return "+"
        case "max":
            signs = {of(part) for part in arguments}
            return "+" if "+" in signs else "0+" if signs & {"0+", "0"} else "?"
        case "min":
            signs = {of(part) for part in arguments}
            return "+" if signs == {"+"} else "0+" if signs <= {"+", "0+", "0"} else "?"
        case _:
            return "?"


def _square_of(arguments: tuple[Term, ...]) -> bool:
    return len(arguments) == 2 and arguments[0] == arguments[1] and _is_number(arguments[0])


def _is_number(term: Term) -> bool:
    return is_scalar(sort_of(term))


def _sum(signs: list[str]) -> str:
    known = set(signs) - {"0"}
    if not known:
        return "0"
    if known <= {"+", "0+"}:
        return "+" if "+" in known else "0+"
    if known <= {"-", "0-"}:
        return "-" if "-" in known else "0-"
    return next(iter(known)) if len(signs) - signs.count("0") == 1 else "?"


def _product(signs: list[str]) -> str:
    if "0" in signs:
        return "0"
    if "?" in signs:
        return "?"
    if "!0" in signs:
        return "!0" if set(signs) <= {"+", "-", "!0"} else "?"
    negative = sum(one in {"-", "0-"} for one in signs) % 2 == 1
    weak = any(one in {"0+", "0-"} for one in signs)
    return ("0-" if weak else "-") if negative else ("0+" if weak else "+")


def _power(base: Term, exponent: Term, of: object) -> str:
    assert callable(of)
    below = of(base)
    if isinstance(exponent, Apply) and exponent.head == "negate" and isinstance(exponent.arguments[0], Number):
        exponent = Number(-exponent.arguments[0].value)
    if not isinstance(exponent, Number):
        return "+" if below == "+" else "0+" if below in {"0+"} else "?"
    power = exponent.value
    if power == 0:
        return "+"
    if power.denominator != 1:
        return "+" if below in {"+", "!0"} or power < 0 else "0+"
    if power < 0:
        below = {"0+": "+", "0-": "-", "?": "!0"}.get(below, below)
    if power % 2 == 0:
        return "+" if below in {"+", "-", "!0"} else "0" if below == "0" else "0+"
    return str(below)


def _nonzero_vector(term: Term, hypotheses: tuple[Term, ...]) -> bool:
    """A hypothesis says v != 0, or c != 0 for a visibly scaled v."""
    for hypothesis in hypotheses:
        if isinstance(hypothesis, Apply) and hypothesis.head == "!=":
            left, right = hypothesis.arguments
            if (left == term and _is_zero(right)) or (right == term and _is_zero(left)):
                return True
    return False


def _is_zero(term: Term) -> bool:
    return term == ZERO or (isinstance(term, Constant) and term.name == "zero")


def _from_hypotheses(term: Term, hypotheses: tuple[Term, ...], depth: int) -> str:
    """t R 0, t R c, a R b for t = a - b, t = s with s of known sign."""
    found = "?"
    for hypothesis in hypotheses:
        if not isinstance(hypothesis, Apply) or (hypothesis.head not in ORDERS and hypothesis.head not in {"=", "!="}):
            if isinstance(hypothesis, Apply) and hypothesis.head == "and":
                found = _met(found, _from_hypotheses(term, hypothesis.arguments, depth))
            continue
        left, right = hypothesis.arguments
        for one, other, word in ((left, right, hypothesis.head), (right, left, _MIRROR[hypothesis.head])):
            if one == term:
                found = _met(found, _bound(word, other, hypotheses, hypothesis, depth))
            elif _difference(term, one, other):
                found = _met(found, _OF_RELATION[word])
    return found


def _bound(word: str, other: Term, hypotheses: tuple[Term, ...], used: Term, depth: int) -> str:
    """The sign of t from t R other."""
    rest = tuple(one for one in hypotheses if one != used)
    there = sign(other, rest, depth + 2)
    if word == "=":
        return there
    if there == "0":
        return _OF_RELATION[word]
    if word in {">", ">="} and there in {"+", "0+"}:
        return "+" if word == ">" or there == "+" else "0+"
    if word in {"<", "<="} and there in {"-", "0-"}:
        return "-" if word == "<" or there == "-" else "0-"
    return "?"


def _difference(term: Term, left: Term, right: Term) -> bool:
    """Whether the term is visibly left - right."""
    if not (isinstance(term, Apply) and term.head == "+" and len(term.arguments) == 2):
        return False
    first, second = term.arguments
    if isinstance(right, Number) and isinstance(second, Number) and right.value == -second.value:
        return first == left
    return first == left and isinstance(second, Apply) and second.head == "negate" and second.arguments[0] == right


def implied(statement: Term, hypotheses: tuple[Term, ...], depth: int = 0) -> bool:
    """Whether the hypotheses visibly imply a statement: used for definedness only."""
    if statement == TRUE or statement in hypotheses:
        return True
    if not isinstance(statement, Apply) or depth > 8:
        return False
    head, arguments = statement.head, statement.arguments
    if head == "and":
        return all(implied(part, hypotheses, depth + 1) for part in arguments)
    if head == "or":
        return any(implied(part, hypotheses, depth + 1) for part in arguments)
    if head == "implies":
        premise = arguments[0].arguments if isinstance(arguments[0], Apply) and arguments[0].head == "and" else (arguments[0],)
        return implied(arguments[1], (*hypotheses, *premise), depth + 1)
    if head == "not":
        inner = arguments[0]
        if isinstance(inner, Apply) and inner.head in _OPPOSITE:
            return implied(Apply(_OPPOSITE[inner.head], inner.arguments), hypotheses, depth + 1)
        return False
    if head not in _OF_RELATION:
        return False
    left, right = arguments
    if head == "!=" and _is_zero(right) and (isinstance(left, Symbol) or isinstance(left, Apply)) and _nonzero_vector(left, hypotheses):
        return True
    if not _is_number(left):
        return False
    known = sign(left, hypotheses) if right == ZERO else sign(Apply("+", (left, Apply("negate", (right,)))), hypotheses)
    if right != ZERO and isinstance(right, Number):
        known = _met(known, sign(Apply("+", (left, Number(-right.value))), hypotheses))
    return known in {
        ">": {"+"},
        ">=": {"+", "0+", "0"},
        "<": {"-"},
        "<=": {"-", "0-", "0"},
        "!=": {"+", "-", "!0"},
        "=": {"0"},
    }[head]
