"""Terms, sorts, claims, certificates, refutations and axioms as plain data (JSON), and back; and the check that an object is made of nothing else.

    {"version": 1, "data": ["claim", statement, hypotheses, constants, parameters]}

An object is an array: the name of its class in small letters, then its fields in order; tuples are arrays, fractions text, None is null. What one
table says of each class is enforced in both directions: exact classes and exact types of all fields, no subclasses.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from .certificate import (
    Assumed,
    Axiom,
    AxiomInstance,
    ByForm,
    ByImages,
    Cases,
    Centered,
    Chain,
    Choose,
    Cofactor,
    Compared,
    Contradiction,
    Coordinates,
    Counterexample,
    Cover,
    Differentiated,
    Discharge,
    Enclosed,
    Evaluated,
    Factored,
    Halves,
    Identity,
    Inconsistent,
    Induction,
    Inside,
    Instance,
    Integrated,
    Introduce,
    Lemma,
    Limited,
    Link,
    MeanValue,
    Monotone,
    Negation,
    Rejected,
    Rewrite,
    Sign,
    Split,
    Square,
    Squares,
    Substituted,
    Target,
    Taylor,
    Termwise,
    Univariate,
    Vanishing,
    WhereDefined,
)
from .claim import Claim
from .term import (
    HEADS,
    REAL,
    STATEMENT,
    Apply,
    Constant,
    Function,
    Lambda,
    Matrix,
    Number,
    Scalar,
    Statement,
    Symbol,
    TermError,
)

VERSION = 1
MAXIMUM_OBJECTS = 100_000  # counted as in the text: what is shared counts each time
MAXIMUM_NESTING = 250  # terms of 150 in certificates of 40, with room
_DECIMAL_BITS = 10_000  # longer integers are written in hexadecimal, which takes linear time
_DOMAINS = frozenset({"real", "rational", "integer", "complex"})

Kind = str | tuple[str, "Kind"] | tuple[str, "Kind", "Kind"]

_TERMS = ("many", "term")
_CERTIFICATES = ("many", "certificate")
_WHOLES = ("many", "whole")
_SIZES = ("many", ("pair", "text", "size"))
_VALUES = ("many", ("pair", "symbol", "term"))

FIELDS: dict[type, tuple[Kind, ...]] = {
    Scalar: ("text",),
    Matrix: ("size", "size"),
    Function: (("many", "sort"), "sort", "whole"),
    Statement: (),
    Symbol: ("text", "sort"),
    Number: ("fraction",),
    Constant: ("text", "sort"),
    Apply: ("text", _TERMS),
    Lambda: (("many", "symbol"), "term"),
    Claim: ("term", _TERMS, ("many", "symbol"), ("many", "symbol")),
    Cofactor: ("whole", "term", "term"),
    Square: ("term", _WHOLES, ("optional", "term")),
    Link: ("term", "certificate"),
    Identity: (("many", "cofactor"),),
    Squares: (("many", "square"), ("optional", "term"), ("many", "cofactor")),
    Vanishing: ("term", ("many", "square"), ("many", "cofactor")),
    Sign: (),
    Univariate: (),
    Enclosed: (),
    Centered: ("whole",),
    Halves: ("symbol", "term", "shown", "shown"),
    Monotone: ("symbol", "flag", "flag", "shown", "shown"),
    Cover: ("shown",),
    Assumed: ("whole",),
    Taylor: (),
    AxiomInstance: ("text", _VALUES, _CERTIFICATES, _SIZES),
    Instance: ("whole", _TERMS, _CERTIFICATES, "certificate"),
    Rewrite: ("whole", "flag", "certificate"),
    Coordinates: (_CERTIFICATES,),
    Chain: (("many", "link"),),
    Cases: ("term", "certificate", "certificate"),
    Lemma: ("term", "certificate", "certificate"),
    Introduce: (_CERTIFICATES,),
    Choose: ("whole", "certificate"),
    Split: ("whole", _CERTIFICATES),
    Negation: (("optional", "whole"), "certificate"),
    Contradiction: ("certificate",),
    WhereDefined: ("certificate",),
    Differentiated: ("certificate",),
    Evaluated: ("certificate",),
    Inside: (("many", "link"), "certificate"),
    Integrated: ("term", "term", ("optional", "certificate"), ("many", "inside"), "certificate"),
    Target: ("term", "term", "term", "flag", "symbol", ("pair", "certificate", "certificate")),
    Substituted: ("term", ("many", "target"), "term", ("optional", "certificate"), ("many", "inside"), "certificate"),
    ByForm: ("symbol", "certificate", "certificate"),
    Compared: ("certificate", "inside"),
    MeanValue: ("symbol", "term", "flag", "flag", "certificate", "inside", "certificate"),
    ByImages: ("symbol", "certificate"),
    Factored: ("term", "symbol", "flag", "certificate", "certificate"),
    Induction: ("symbol", "whole", "certificate", "certificate"),
    Termwise: ("symbol", "certificate"),
    Limited: ("term", "whole", "certificate"),
    Discharge: ("certificate", ("many", "link")),
    Counterexample: (_VALUES, ("many", ("pair", "text", "whole")), _CERTIFICATES),
    Inconsistent: (_VALUES, ("many", _VALUES), _TERMS, ("many", ("pair", "text", "whole"))),
    Axiom: ("text", _TERMS, "term", "text"),
}

_SORTS = frozenset({Scalar, Matrix, Function, Statement})
_NODES = frozenset({Symbol, Number, Constant, Apply, Lambda})
GROUPS: dict[str, frozenset[type]] = {
    "sort": _SORTS,
    "term": _NODES,
    "symbol": frozenset({Symbol}),
    "cofactor": frozenset({Cofactor}),
    "square": frozenset({Square}),
    "link": frozenset({Link}),
    "inside": frozenset({Inside}),
    "target": frozenset({Target}),
    "shown": frozenset({Enclosed, Centered, Halves, Monotone}),
    "certificate": frozenset(
        {Identity, Squares, Vanishing, Sign, Univariate, Cover, Assumed, Taylor, AxiomInstance}
        | {Instance, Rewrite, Coordinates, Chain, Cases, Lemma, Introduce, Discharge}
        | {
            Choose,
            Split,
            Negation,
            Contradiction,
            WhereDefined,
            Differentiated,
            Evaluated,
            Integrated,
            Substituted,
            ByForm,
            Compared,
            MeanValue,
            ByImages,
            Factored,
            Induction,
            Termwise,
            Limited,
        }
    ),
    "object": frozenset(FIELDS),
}
_CLASSES = {one.__name__.lower(): one for one in FIELDS}
# How each class is written: its name, and its fields with their kinds.
_WRITTEN: dict[type, tuple[str, tuple[tuple[str, Kind], ...]]] = {}
for _one, _kinds_of_fields in FIELDS.items():
    _names: tuple[str, ...] = vars(_one)["__match_args__"]
    _WRITTEN[_one] = (_one.__name__.lower(), tuple(zip(_names, _kinds_of_fields, strict=True)))
# The fields of each class again: those of many objects apart, with the group of these and its classes.
_COUNTED: dict[type, list[tuple[str, Kind, str, frozenset[type]]]] = {}
for _one, (_, _fields) in _WRITTEN.items():
    _COUNTED[_one] = []
    for _name, _kind in _fields:
        _group = str(_kind[1]) if _kind[0] == "many" else ""
        _COUNTED[_one].append((_name, _kind, _group, GROUPS.get(_group, frozenset())))


_CLASSES_OF_TERMS = GROUPS["term"]


@dataclass(frozen=True, slots=True)
class Census:
    """What occurs in checked objects."""

    domains: frozenset[str]


def to_data(value: object) -> dict[str, Any]:
    """The object as JSON-able data. Rejected where it is not made of the kernel's own classes."""
    census((value,))
    return {"version": VERSION, "data": _written(value, {})}


def from_data(data: object) -> Any:
    """The object that the data describe. Rejected, with the reason, where they describe none."""
    if type(data) is not dict or set(data) != {"version", "data"}:
        raise Rejected("data of another form")
    if data["version"] != VERSION or type(data["version"]) is not int:
        raise Rejected(f"data of version {data['version']!r}, not {VERSION}")
    return _Reader().read(data["data"], "object", 0)


def canonical_text(value: object) -> str:
    """The object as one line of text: equal objects have equal texts, different ones different texts."""
    return json.dumps(to_data(value), ensure_ascii=False, separators=(",", ":"))


def census(values: Iterable[object]) -> Census:
    """Accepts objects made of the kernel's own classes with fields of the right types, and not too large; says what occurs in them."""
    count = _Count()
    for value in values:
        count.of_object(value, "object")
    return Census(frozenset(count.domains))


class _Count:
    """Checks, and counts the objects that something is made of; what is shared is visited once."""

    def __init__(self) -> None:
        self.known: dict[int, int] = {}  # by the identity of the object
        self.domains: set[str] = set()

    def of_object(self, value: Any, group: str) -> int:
        cls = type(value)
        if cls not in GROUPS[group]:
            raise Rejected(f"a {group} is expected, not a {cls.__name__}")
        known = self.known
        if id(value) in known:
            return known[id(value)]
        total = 1
        if cls is Apply and type(value.arguments) is tuple and type(value.head) is str:
            # What the loop below does, for what most objects are: a long sum is counted in two thirds of the time.
            for one in value.arguments:
                size = known.get(id(one)) if type(one) in _CLASSES_OF_TERMS else None
                total += self.of_object(one, "term") if size is None else size
        else:
            for name, kind, group_of_many, members in _COUNTED[cls]:
                field = getattr(value, name)
                if members and type(field) is tuple:
                    for one in field:  # a loop: fewer frames for deep terms
                        size = known.get(id(one)) if type(one) in members else None
                        total += self.of_object(one, group_of_many) if size is None else size
                elif kind != "text" or type(field) is not str:
                    total += self.of(field, kind)
        if total > MAXIMUM_OBJECTS:
            raise Rejected("too large")
        if cls is not Apply or value.head not in HEADS:
            _sensible(value)
        if cls is Scalar:
            self.domains.add(value.domain)
        known[id(value)] = total
        return total

    def of(self, value: Any, kind: Kind) -> int:
        if not isinstance(kind, tuple):
            if kind in GROUPS:
                return self.of_object(value, kind)
            _leaf(value, kind)
            return 0
        if kind[0] == "optional":
            return 0 if value is None else self.of(value, kind[1])
        if type(value) is not tuple:
            raise Rejected(f"a tuple is expected, not a {type(value).__name__}")
        return sum([self.of(one, its_kind) for one, its_kind in zip(value, _kinds(kind, len(value)), strict=True)])


def _written(value: Any, known: dict[int, list[Any]]) -> Any:
    """What `census` accepts, as data; what is shared is written once."""
    if type(value) is Fraction:
        return _fraction_text(value)
    described = _WRITTEN.get(type(value))
    if described is None and type(value) is not tuple:
        return value
    written = known.get(id(value))
    if written is None:
        written = [] if described is None else [described[0]]
        for field in value if described is None else [getattr(value, name) for name, _ in described[1]]:
            written.append(_written(field, known))  # in a loop: fewer frames for deep terms
        known[id(value)] = written
    return written


class _Reader:
    """Reads strictly."""

    def read(self, data: Any, kind: Kind, depth: int) -> Any:
        if not isinstance(kind, tuple):
            if kind in GROUPS:
                return self._read_object(data, kind, depth)
            value = _fraction(data) if kind == "fraction" else data
            _leaf(value, kind)
            return value
        if kind[0] == "optional":
            return None if data is None else self.read(data, kind[1], depth)
        if type(data) is not list:
            raise Rejected("an array is expected")
        values: list[Any] = []
        for one, its_kind in zip(data, _kinds(kind, len(data)), strict=True):
            values.append(
                self._read_object(one, its_kind, depth) if its_kind in GROUPS else self.read(one, its_kind, depth)
            )
        return tuple(values)

    def _read_object(self, data: Any, kind: Kind, depth: int) -> Any:
        if depth > MAXIMUM_NESTING:
            raise Rejected("nested too deep")
        if type(data) is not list or not data or type(data[0]) is not str:
            raise Rejected(f"a {kind} is expected")
        cls = _CLASSES.get(data[0])
        if cls is None or cls not in GROUPS[str(kind)]:
            raise Rejected(f"a {kind} is expected, not {data[0]!r}")
        if len(data) != 1 + len(FIELDS[cls]):
            raise Rejected(f"{data[0]} with {len(data) - 1} fields")
        fields: list[Any] = []
        for one, its_kind in zip(data[1:], FIELDS[cls], strict=True):
            fields.append(self.read(one, its_kind, depth + 1))
        try:
            value = cls(*fields)
        except TermError as error:
            raise Rejected(str(error)) from None
        _sensible(value)
        return value


def _kinds(kind: tuple[str, Kind] | tuple[str, Kind, Kind], length: int) -> tuple[Kind, ...]:
    """The kinds of the members of a tuple."""
    if kind[0] != "pair":
        return (kind[1],) * length
    if length != 2:
        raise Rejected("a pair is expected")
    return kind[1:]


def _leaf(value: object, kind: str) -> None:
    match kind:
        case "text":
            right = type(value) is str
        case "whole":
            right = type(value) is int
        case "flag":
            right = type(value) is bool
        case "fraction":
            right = type(value) is Fraction
        case _:
            right = (type(value) is int and value > 0) or (type(value) is str and value != "")
    if not right:
        raise Rejected(f"a {kind} is expected, not {type(value).__name__}")


def _sensible(value: Any) -> None:
    """What the types of the fields do not say."""
    cls = type(value)
    if cls is Apply:
        if value.head not in HEADS:
            raise Rejected(f"nothing is known of the head {value.head!r}")
    elif cls is Scalar:
        if value.domain not in _DOMAINS:
            raise Rejected(f"no numbers are called {value.domain!r}")
    elif cls is Constant:
        fits = value.sort == (REAL if value.name in {"pi", "e"} else STATEMENT)
        if value.name in {"zero", "identity", "ones"}:
            fits = isinstance(value.sort, Matrix) and (
                value.name != "identity" or value.sort.rows == value.sort.columns
            )
        if not fits:
            raise Rejected(f"the constant {value.name} of sort {value.sort}")
    elif cls is Function and value.order < 0:
        raise Rejected("a function of negative order")


def _fraction_text(value: Fraction) -> str:
    if value.denominator == 1 and value.numerator.bit_length() <= _DECIMAL_BITS:
        return str(value.numerator)
    parts = (value.numerator,) if value.denominator == 1 else (value.numerator, value.denominator)
    return "/".join(str(part) if part.bit_length() <= _DECIMAL_BITS else hex(part) for part in parts)


def _fraction(data: object) -> Fraction:
    """The number that a text writes canonically."""
    if type(data) is not str:
        raise Rejected("a number is written as text")
    try:
        parts = [int(part, 16 if "x" in part else 10) for part in data.split("/")]
        value = Fraction(*parts)
    except (ValueError, TypeError, ZeroDivisionError):
        raise Rejected("not a number") from None
    if _fraction_text(value) != data:
        raise Rejected("a number that is not written canonically")
    return value
