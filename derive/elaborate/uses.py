"""How the names of a text are used, before any sort is known: applied, differentiated, as values, as what can only be a number."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from derive.elaborate.families import Families, letters_in
from derive.elaborate.numbering import Numbering
from derive.language.syntax import Node

_ORDERS = frozenset({"<", "<=", ">", ">="})
# Distributions of numbers.
OF_NUMBERS = re.compile(
    r"\\(?:mathrm|operatorname|text)\{(?:Gam|Gamma|Exp|Poiss|Poisson|Bern|Bin|Bet|Beta|Geo|Geom|U|Unif)\}"
)
_DENSITY = re.compile(r"(?:\\mathcal\{N\}|\\mathrm\{N\}|N)\(#1(?:;| \\mid) #2, #3\)")  # of one number
_SMALL = re.compile(r"\\?(?!mathbf|boldsymbol|bm|vec)[a-z]")
_BINDERS = frozenset({"sum", "product-over", "integral", "limit"})
_BINDING = _BINDERS | {"binder", "running"}


@dataclass(slots=True)
class Uses:
    """Names by their uses.

    `functions`: applied to something. `values`: of these, those that also stand bare inside an expression; alone on a side of an equation, in a
    numerator or under \\nabla, and beside its own derivative if a formula defines it, a function is short for its value. `quantities`: never applied, differentiated or not, and used as values.
    `assigned`: alone on the left of an equation, or named in a row of letters. `scalars`: where only a number can stand. `numbers`: where what stands is a number as a rule: with a
    number for its power, in a function of numbers. `varying`: given with the variance of a number, or the mean of what is. `indices`: letters in the scripts of names, and bound.
    `families`: the names whose index runs. `distributions`: functions that are the distribution of something, with its parameters, which are no values of
    one function. `said`: operators alone on the left of an equation whose other sides are without them.
    """

    functions: set[str] = field(default_factory=set)
    values: set[str] = field(default_factory=set)
    quantities: set[str] = field(default_factory=set)
    differentiated: set[str] = field(default_factory=set)
    by: set[str] = field(default_factory=set)  # what derivatives are taken by
    graded: set[str] = field(default_factory=set)  # functions of which gradients are written: their values are numbers
    assigned: set[str] = field(default_factory=set)
    scalars: set[str] = field(default_factory=set)
    numbers: set[str] = field(default_factory=set)
    varying: set[str] = field(default_factory=set)
    bases: set[str] = field(default_factory=set)  # of logarithms
    exponential: bool = False  # there is a power of e with a letter in its exponent
    indices: set[str] = field(default_factory=set)
    families: Families = field(default_factory=Families)
    numberings: dict[str, Numbering] = field(default_factory=dict)  # vectors whose columns do not count from 1
    entries: frozenset[str] = frozenset()  # the numbers that these columns consist of, and that are added to vectors
    general: set[str] = field(default_factory=set)  # members of families with a letter for an index that nothing binds
    laws: dict[str, set[str]] = field(
        default_factory=dict
    )  # function -> the letters t of what is written as f(t) = ...
    formulas: dict[str, list[tuple[tuple[str, ...], Node]]] = field(
        default_factory=dict
    )  # function -> the formulas that may say what it is: its arguments by name, and the other side
    distributions: set[str] = field(default_factory=set)
    random: set[str] = field(default_factory=set)  # what has a law: e and i are no constants then
    said: set[str] = field(default_factory=set)  # named operators of which the text says what they are


def uses_of(formulas: Iterable[Node]) -> Uses:
    """The uses of all names in formulas."""
    uses = Uses()
    formulas = list(formulas)
    for formula in formulas:
        _running_letters(formula, uses.families.running)
    for formula in formulas:
        _families(formula, uses, frozenset())
    uses.families.settle()
    inside: set[str] = set()
    alone: set[str] = set()
    apart: set[str] = set()  # inside, and not beside their own derivatives
    for formula in formulas:
        here: set[str] = set()
        for node in formula.walk():
            if node.children:
                _one(node, uses, here, alone)
        inside |= here
        apart |= here - _with_slopes(formula)
    uses.values = {key for key in inside & uses.functions if key in apart or key not in uses.laws}
    uses.quantities = (inside | alone) - uses.functions
    _families_alike(formulas, uses)
    return uses


def _families_alike(formulas: list[Node], uses: Uses) -> None:
    """Families that no bound letter shows, but the other names; not of what is applied, nor of what derivatives are by, nor of arrays, which are blocks as a rule."""
    keys = frozenset([key for formula in formulas for key in formula.names if key[-1:] == "}" and "_{" in key])
    if not keys:
        return
    apart = {key.partition("_{")[0] for key in uses.functions | uses.by | uses.differentiated}
    keys = frozenset(
        [key for key in keys if (base := key.partition("_{")[0]) not in apart and not _OF_ARRAYS.match(base)]
    )
    uses.families.add_alike(keys)
    templates = uses.families.templates
    beside = [names for formula in formulas if (names := formula.names & keys)] if templates else []
    known = 0
    while known != len(templates):  # what is found in one relation may say more of another one
        known = len(templates)
        for names in beside:
            uses.families.add_beside(names)


_OF_ARRAYS = re.compile(
    r"\\?[A-Z]|\\(?:mathbf|boldsymbol|bm|vec|mathrm|mathcal|overrightarrow)\{|\\[a-z]+\{\\?[A-Z]|d "
)


def _with_slopes(formula: Node) -> set[str]:
    """The names of which derivatives are written without an argument: y in y' + 2y = 0, where y is short for y(x)."""
    if formula.kinds.isdisjoint({"prime", "derivative"}):
        return set()
    return {
        part.children[0].key
        for part in formula.walk()
        if part.kind in {"prime", "derivative"} and part.children[0].kind == "name"
    }


def _running_letters(formula: Node, running: set[str]) -> None:
    """i in i = 1, \\dots, n and i \\in \\{1, \\dots, n\\}."""
    if formula.kinds.isdisjoint({"sequence", "set"}):
        return
    for node in formula.walk():
        if node.kind == "chain" and node.value in {"=", "in"}:
            left, right = node.children
            names = left.children if left.kind == "sequence" else (left,)
            entries = right.children if right.kind in {"sequence", "set"} else ()
            runs = bool(entries) and entries[0].kind in {"number", "name"} and "_" not in entries[0].key
            # j = p_0 + 1, \dots, p
            runs |= bool(entries) and entries[0].kind == "+" and all(name.key in {*"ijklmn"} for name in names)
            dots = any(one.kind in {"ellipsis", "number"} for one in entries)
            if (
                runs
                and dots
                and all(name.kind == "name" and len(name.key) == 1 and name.key.islower() for name in names)
            ):
                running |= {name.key for name in names}


# Without bounds an integral ranges over what x does; a best value is taken over numbers or vectors unless its letter is written as an index.
_NOT_OVER_INDICES = ("\\int #1", "\\operatorname{arg", "\\max", "\\min", "\\sup", "\\inf")


def _families(node: Node, uses: Uses, bound: frozenset[str]) -> None:
    """The names whose index is bound where they stand, or that stand beside dots."""
    if "ellipsis" not in node.kinds and _BINDING.isdisjoint(node.kinds):
        for key in node.names:
            letters = letters_in(key)
            uses.indices |= letters
            if letters - bound:
                uses.general.add(key)
            uses.families.add(key, bound)
        return
    inside = bound
    variables = bound_by(node)
    if variables:
        inside = bound | variables
        if node.kind != "limit" and not (node.kind == "binder" and node.value.startswith(_NOT_OVER_INDICES)):
            uses.indices |= variables
        uses.scalars |= variables if node.kind in {"sum", "product-over"} else set()
    if any(child.kind == "ellipsis" for child in node.children):
        uses.families.add_listed([part.key for child in node.children for part in child.walk() if part.kind == "name"])
    for child in node.children:
        _families(child, uses, inside)


def bound_by(node: Node) -> frozenset[str]:
    """The letters that a sum, a set and the like binds in what it holds."""
    if node.kind in _BINDERS:
        variables = node.children[1:2]
    elif node.kind == "binder":
        variables = node.children[1 : int(node.key.partition(":")[0]) + 1]
    elif node.kind == "running":
        chains = [one for one in node.children[1:] if one.kind == "chain"]
        variables = tuple(_running_letter(one) for one in chains)
    else:
        return frozenset()
    return frozenset(part.key for variable in variables for part in variable.walk() if part.kind == "name")


def _running_letter(bounds: Node) -> Node:
    """i of i = 1, of i \\in I, and of 1 \\le i \\le n."""
    return bounds.children[1] if len(bounds.children) == 3 else bounds.children[0]


def _one(node: Node, uses: Uses, inside: set[str], alone: set[str]) -> None:
    kind, children = node.kind, node.children
    if kind in {"product", "negate"}:
        inside |= _operands(children)
        return
    if kind == "function" and node.value == "log_base" and children[0].kind == "name":
        uses.bases.add(children[0].key)
    if kind == "function":
        uses.numbers |= {_applied(one).key for one in children if one.kind in {"name", "call"}}
    elif kind == "^" and children[0].kind in {"name", "call"} and children[1].kind == "number":
        uses.numbers.add(_applied(children[0]).key)
    elif kind == "/" and children[1].kind == "call":
        uses.numbers.add(_applied(children[1]).key)
    if kind == "^" and children[0].kind == "constant" and children[0].value == "e":
        uses.exponential |= any(part.kind == "name" for part in children[1].walk())
    elif kind == "operator" and _DENSITY.fullmatch(node.value):
        _varies(children, uses)
    if kind == "call":
        uses.functions.add(_applied(node).key)
        children = children[1:]
    elif kind == "chain":
        words = node.value.split()
        if words[0] in {"=", ":="}:
            left = children[0].children[0] if children[0].kind == "subscript" else children[0]
            if left.kind == "call" and all(one.kind == "name" for one in left.children):
                function, *letters = (one.key for one in left.children)
                if not any(part.key == function for other in children[1:] for part in other.walk()):
                    uses.formulas.setdefault(function, []).append((tuple(letters), children[1]))
                    if len(letters) == 1:
                        uses.laws.setdefault(function, set()).add(letters[0])
            if left.kind == "operator":
                uses.said |= {operator_name(left)} - _operators(children[1:])
        if (
            words == ["sim"]
            and (variable := _variable(children[0])) is not None
            and OF_NUMBERS.match(children[1].value)
        ):
            uses.scalars.add(variable.key)
        for index, word in enumerate(words):
            uses.random |= children[index].names if word == "sim" else frozenset()
        if words == ["sim"] and children[1].kind == "operator":
            _distribution(children[0], children[1], uses)
        for index, child in enumerate(children):
            inner = child.children[0] if child.kind in {"transpose", "at"} else child
            if inner.kind == "name":
                alone.add(inner.key)
                if index == 0 and words[0] in {"=", ":="} and not _is_of_itself(inner.key, children[1:]):
                    uses.assigned.add(inner.key)
                beside = {*words[max(index - 1, 0) : index + 1]}
                others = [other for place, other in enumerate(children) if abs(place - index) == 1]
                if beside & _ORDERS or any(_is_number(other) for other in others):
                    uses.scalars.add(inner.key)
            elif child.kind == "call" and {*words[max(index - 1, 0) : index + 1]} & _ORDERS:
                uses.numbers.add(_applied(child).key)
        return
    elif kind == "matrix" and "d e f" in " ".join(cell.key or "," for row in children for cell in row.children):
        uses.assigned.add("e")  # a, b, c, d, e, f
    elif kind in {"derivative", "nabla"}:
        uses.by |= {one.key for one in children[1:] if one.kind == "name" and node.value != "symbolic"}
        if kind == "nabla" and node.value in {"", "2"}:
            whole = children[0].children[0] if children[0].kind == "call" else children[0]
            uses.graded |= {whole.key} if whole.kind == "name" else set()
        if children[0].kind == "name":
            uses.differentiated.add(children[0].key)
            children = children[1:]
    elif kind in {"prime", "operator", "sequence"}:
        children = tuple(child for child in children if child.kind != "name")
    elif kind in _BINDERS:
        uses.scalars |= {child.key for child in children[1:] if child.kind == "name"}
        if kind == "integral":
            factors = children[0].children if children[0].kind == "product" else children[:1]
            uses.numbers |= {_applied(one).key for one in factors if one.kind == "call"}
    elif kind in {"transpose", "at"}:
        children = children[1:]  # seen from above
    inside |= _operands(children)
    if kind == "^" and children[0].kind == "+" and children[1].kind == "number":  # (y_i - m)^2: of numbers
        terms = [child.children[0] if child.kind == "negate" else child for child in children[0].children]
        uses.scalars |= {term.key for term in terms if term.kind == "name" and term.children}
    if kind in {"/", "root"} and children and children[-1].kind == "name":
        uses.scalars.add(children[-1].key)
    elif kind == "^" and children[1].kinds.isdisjoint({"transpose", "inner", "dot"}):
        uses.scalars |= children[1].names
    elif (kind == "+" and any(_is_number(child) for child in children)) or kind in {"factorial", "binomial"}:
        uses.scalars |= {child.key for child in children if child.kind == "name"}


def _operands(children: Iterable[Node]) -> set[str]:
    """The names among these nodes, also transposed or taken at a point."""
    found = [child.children[0] if child.kind in {"transpose", "at"} else child for child in children]
    return {inner.key for inner in found if inner.kind == "name"}


def _applied(node: Node) -> Node:
    """The name that is applied: f in f(x), f'(x), f^2(x); a name itself."""
    if node.kind == "call":
        node = node.children[0]
        while node.kind in {"prime", "superindex", "^"}:
            node = node.children[0]
    return node


def _variable(node: Node) -> Node | None:
    """The name that is distributed: Y of Y | X, too."""
    if node.kind == "operator" and node.key == "like":
        node = node.children[0]
    return node if node.kind == "name" else None


def _distribution(variable: Node, distribution: Node, uses: Uses) -> None:
    """What is distributed, and how: z \\sim N(0, \\sigma^2), z \\sim t(\\mu, \\sigma^2, \\nu); no x \\sim p(x)."""
    distributed = _variable(variable)
    if distributed is not None:
        _varies([distributed, *distribution.children], uses)
    name = operator_name(distribution)
    common = {one.key for one in variable.walk()} & {one.key for one in distribution.walk()} - {""}
    if len(name) == 1 and not common:
        uses.distributions.add(name)


def _varies(parts: Iterable[Node], uses: Uses) -> None:
    """Of what is given with the variance of a number the names are no vectors: itself, and its mean."""
    first, *parameters = parts
    if any(map(is_variance, parameters)):
        uses.varying |= {one.key for one in (first, *parameters[:1]) if one.kind == "name"}


def is_variance(node: Node) -> bool:
    r"""Whether this is written as the variance of a number: \sigma^2, \sigma_1^2/n, 2 s^2; no \sigma^2 V."""
    if node.kind in {"/", "product", "dot", "+"}:
        parts = [part for part in node.walk() if part.kind in {"name", "transpose"}]  # the latter has no key
        return all(_SMALL.match(part.key) for part in parts) and any(map(is_variance, node.children))
    return node.kind == "^" and node.children[1].value == "2" and _SMALL.match(node.children[0].key) is not None


def operator_name(node: Node) -> str:
    """The name of a named operator, without what it is applied to."""
    return node.value.partition("(")[0].partition("\\left")[0]


def _operators(sides: Iterable[Node]) -> set[str]:
    """The named operators in these sides."""
    return {operator_name(part) for side in sides for part in side.walk() if part.kind == "operator"}


def _is_of_itself(key: str, others: Iterable[Node]) -> bool:
    """Whether a name is related to nothing but itself: A^T = A, P = P^2."""
    names = set[str]().union(*(other.names for other in others))
    return names == {key}


def _is_number(node: Node) -> bool:
    """A number that is not zero: zero may be the zero vector."""
    if node.kind == "negate":
        return _is_number(node.children[0])
    return node.kind == "number" and float(node.value) != 0
