"""Syntax to terms, in a scope: what a name stands for, which vectors have named components, what a derivative is taken of.

A term is built only from what is understood; anything else raises `UnreadError` at its place. Nothing is simplified.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import TypeVar

from derive.elaborate import derivatives, lists, matrices, quantifiers, units, values
from derive.elaborate.families import index_atoms, letters_in, ways, with_places
from derive.elaborate.functions import Mask
from derive.elaborate.membership import bounds, members_of, memberships
from derive.elaborate.notation import OF_EVENTS, notation, unjudged_relation
from derive.elaborate.points import placed, value_at
from derive.elaborate.sorts import (
    ENTRYWISE,
    Inference,
    base_of,
    is_turned_factor,
    joined,
    letter_of,
    look_of,
    of_matrix,
    subscript_of,
)
from derive.elaborate.uses import operator_name
from derive.elaborate.vectors import literal_vector
from derive.kernel.claim import Claim
from derive.kernel.sign import is_zero
from derive.kernel.sorting import is_scalar, length_of, sort_of
from derive.kernel.term import (
    BINDERS,
    EULER,
    FALSE,
    INTEGER,
    ONE,
    PI,
    REAL,
    TRUE,
    ZERO,
    Apply,
    Constant,
    Function,
    IllSorted,
    Lambda,
    Matrix,
    Number,
    Scalar,
    Size,
    Sort,
    Symbol,
    Term,
    TermError,
    add,
    equal,
    free_symbols,
    heads,
    multiply,
    negate,
    substitute,
    subterms,
    subtract,
)
from derive.language.printing import plain, plain_name
from derive.language.spelling import FUNCTION_LETTERS, INDEFINITE_WORDS, UNITS
from derive.language.syntax import DEFINITENESS, MEMBERSHIPS, RELATION_WORDS, Node, UnreadError

# Canonical word of a relation -> the first LaTeX of it.
_SIGNS = {word: sign for sign, word in reversed(RELATION_WORDS.items())}
_LOGIC = frozenset({"chain", "and", "or", "not", "implies", "iff", "forall"})
_BEST = ("\\operatorname{arg", "\\max", "\\min", "\\sup", "\\inf")  # how binders of best values begin
_JUDGED = frozenset({"=", "!=", "<", "<=", ">", ">=", *DEFINITENESS})
_SAID_OF_EACH = _JUDGED - {"="}
_HYPERBOLIC_QUOTIENTS = {"coth": ("cosh", "sinh"), "sech": ("", "cosh"), "csch": ("", "sinh")}
_AREA_FUNCTIONS = frozenset({"arsinh", "arcosh", "artanh"})
_PLAIN_FUNCTIONS = frozenset(
    [
        "exp",
        "log",
        "sin",
        "cos",
        "tan",
        "cot",
        "sec",
        "csc",
        "arcsin",
        "arccos",
        "arctan",
        "sinh",
        "cosh",
        "tanh",
        "sqrt",
        "abs",
        "sgn",
        "floor",
        "ceil",
        "gamma",
        "min",
        "max",
        "trace",
        "det",
        "log_base",
    ]
)
Value = TypeVar("Value")
_MAXIMUM_DIGITS = 4000


class Bindings(dict[Symbol, Value]):
    """What symbols stand for. Changes are counted, so that what follows from the bindings is found once for each state of them."""

    def __init__(self) -> None:
        super().__init__()
        self.changes = 0

    def __setitem__(self, symbol: Symbol, value: Value) -> None:
        super().__setitem__(symbol, value)
        self.changes += 1

    def drop(self, symbol: Symbol) -> None:
        """Takes away what a symbol stands for, if it stands for anything."""
        if symbol in self:
            del self[symbol]
            self.changes += 1


@dataclass(slots=True)
class Scope:
    """What the formulas of a text so far have bound, and the sorts of its names."""

    inference: Inference
    components: dict[str, tuple[str, ...]] = field(default_factory=dict)  # vector name -> names of its components
    definitions: Bindings[Term] = field(default_factory=Bindings)
    function_definitions: Bindings[tuple[tuple[Symbol, ...], Term]] = field(default_factory=Bindings)
    observed: dict[Symbol, Term] = field(default_factory=dict)  # what models give with an error, where it is data
    bare: set[str] = field(default_factory=set)  # names that occur other than before a bracket
    supports: dict[Symbol, tuple[Symbol, tuple[Term, ...]]] = field(default_factory=dict)  # where a density is meant
    extrema: dict[Symbol, Term] = field(default_factory=dict)  # what is defined as a best value or as the place of one
    supposed: list[Term] = field(default_factory=list)  # that the densities which were unfolded are taken there
    layout: str = ""  # of derivatives by vectors, as declared: "row" or "column"
    closed: bool = False  # whether what is declared to be no function depends on nothing: in a claim that stands alone
    indices: set[str] = field(default_factory=set)  # what is declared as an index
    last_index: Callable[[str], str] = lambda _: ""  # the letter of a name that is the last index of its family
    facts: dict[str, tuple[Term, ...]] = field(
        default_factory=dict
    )  # what declarations say of names besides their sorts
    structured: set[str] = field(default_factory=set)  # matrices of a kind: their entries do not vary freely
    lemmas: list[Claim] = field(default_factory=list)  # what shows the values of the derivatives that were unfolded
    kept: list[Term] = field(
        default_factory=list
    )  # definitions of what derivatives are taken by, which were not unfolded
    _vectors: dict[str, tuple[str, ...]] | None = None  # the vectors with named components, found once
    _families: dict[str, list[Symbol]] | None = (
        None  # the vectors, matrices and indexed families of a letter, found once
    )
    _blocks: set[str] = field(default_factory=set)  # the letters of which X_{11} is an array, found with these
    _literals: dict[Symbol, Term] | None = None  # the vectors with named components as literals, found once
    _unfoldings: dict[tuple[Term, bool], tuple[Term, tuple[Claim, ...], tuple[Term, ...], tuple[Term, ...]]] = field(
        default_factory=dict
    )
    _stamp: tuple[int, int, int] = (0, 0, 0)  # for which definitions these hold

    def move_to(self, place: int) -> None:
        """From here on names that have other shapes in other formulas have those of the formula at this place."""
        inference = self.inference
        if (inference.apart or inference.lemmas or inference.far) and place != inference.place:
            inference.place = place
            self._vectors = self._families = self._literals = None

    def symbol(self, key: str) -> Symbol:
        return Symbol(key, self.inference.sort(key))

    def function(self, key: str, arguments: tuple[Term, ...]) -> Symbol:
        """The symbol of a function as it is applied to these arguments."""
        symbol = Symbol(key, self.inference.function_sort(key, [sort_of(argument) for argument in arguments]))
        if key[-1:] == "}":
            self._take_from_family(symbol)
        return symbol

    def functions_with_index(self, key: str) -> list[Symbol]:
        """The functions f_k, g_{ij} that are defined, not by recursion, with letters in the places of the numbers of f_3, g_{12}, or of the k^* of f_{k^*}; none for other names."""
        numbers, base = subscript_of(key), base_of(key)
        marked = re.fullmatch(r"([a-z])[_^*'].*", numbers)
        if marked is None and re.fullmatch(r"[0-9]+|[0-9]*[a-z][+-][0-9]+", numbers) is None:
            return []
        return [
            one
            for one, (_, body) in self.function_definitions.items()
            if base_of(one.name) == base
            and not any(base_of(other.name) == base for other in free_symbols(body))
            and not self.last_index(one.name)
            and re.fullmatch(r"[a-z]+", letters := subscript_of(one.name)) is not None
            and len(set(letters)) == len(letters)
            and (len(letters) == 1 or (numbers.isdigit() and len(letters) == len(numbers)))
            and (marked is None or letters == marked.group(1))
        ]

    def _take_from_family(self, symbol: Symbol) -> None:
        """f_3 is what f_k is for k = 3 where f_k(x) = x^k stands above, and nothing else is said of f_3."""
        if symbol in self.function_definitions:
            return
        for template in self.functions_with_index(symbol.name):
            parameters, body = self.function_definitions[template]
            letters = subscript_of(template.name)
            indices = instance(self, letters, subscript_of(symbol.name))
            if indices is None or not {*indices} <= free_symbols(body):
                continue
            others = free_symbols(body) - {*indices, *parameters}
            hidden = any({*letters} & letters_in(one.name) for one in others)
            sorts = [
                (one.sort.arguments, one.sort.result) for one in (template, symbol) if isinstance(one.sort, Function)
            ]
            if not hidden and len(sorts) == 2 and sorts[0] == sorts[1]:
                self.function_definitions[symbol] = (parameters, substitute(body, indices))
                return

    def family(self, key: str) -> Symbol | None:
        """The vector, matrix or indexed family of the same letter, of which a name with a subscript may be a part."""
        if self._families is None:
            self._families = {}
            self._blocks = set()
            for other in sorted(self.inference.keys | set(self.inference.declared)):
                sort = self.inference.sort(other)
                matrix = isinstance(sort, Matrix) and not is_scalar(sort)
                if (matrix or other in self.inference.apart) and _PLACE.fullmatch(subscript_of(other)):
                    self._blocks.add(base_of(other))
                indexed = isinstance(sort, Function) and sort.arguments == (Scalar("integer"),)
                if (matrix or indexed) and not subscript_of(other):
                    self._families.setdefault(letter_of(other), []).append(Symbol(other, sort))
        alike = [
            symbol
            for symbol in self._families.get(letter_of(key), ())
            if symbol.name != key and look_of(symbol.name) == look_of(key)
        ]
        # A_{ij} is an entry of \\mathbf{A} where the text has no other A, though a declaration may call it so.
        return next((symbol for symbol in alike if symbol.name in self.inference.keys), alike[0] if alike else None)

    def whole(self, key: str) -> tuple[Symbol, tuple[str, ...]] | None:
        """The vector, matrix or declared family of the same letter that a scalar name is a part of, and its indices there."""
        if not subscript_of(key) or self.inference.is_declared(key) or not is_scalar(self.inference.sort(key)):
            return None
        found = self.family(key)
        if found is None or found.name in self.inference.uses.numberings:  # x_1 is no first entry of [x_0; x_1]
            return None
        assert isinstance(found.sort, (Function, Matrix))
        count = 2 - _is_vector(found.sort) if isinstance(found.sort, Matrix) else len(found.sort.arguments)
        if count == 2 and base_of(key) in self._blocks:  # \\Sigma_{12} is a block where \\Sigma_{11} is one
            return None
        indices = next((one.indices for one in ways(key) if len(one.indices) == count and one.whole), None)
        if indices is None or (isinstance(found.sort, Matrix) and "0" in indices):
            return None
        return found, indices

    def is_member(self, key: str) -> bool:
        """Whether the name is a member of an indexed family, and no part of a vector or matrix."""
        member = None if self.inference.is_declared(key) else self.inference.uses.families.member(key)
        return member is not None and self.component_of(key) is None and self.whole(key) is None

    def is_part(self, key: str) -> bool:
        """Whether the name is an entry of a matrix or a component of a vector that has no names of its own."""
        family = self.family(key) if subscript_of(key) else None
        if self.is_member(key):
            return True
        scalar = is_scalar(self.inference.sort(key)) and key not in self.inference.declared
        return family is not None and scalar and self.component_of(key) is None

    def is_identity(self, key: str) -> bool:
        """Whether a matrix of this name is the identity: called I, and introduced by nothing."""
        if self.inference.is_identity(key):
            return True
        sort = self.inference.sort(key)
        return (
            letter_of(key) == "I"
            and key not in self.inference.declared
            and not any(symbol.name == key for symbol in self.definitions)
            and isinstance(sort, Matrix)
            and sort.rows == sort.columns
        )

    # --- components ----------------------------------------------------------------------------------------------------

    def inherit(self, above: Scope) -> None:
        """What a scope around this one has bound is bound here too."""
        for symbol, value in above.definitions.items():
            self.definitions[symbol] = value
        for function, body in above.function_definitions.items():
            self.function_definitions[function] = body
        self.components |= above.components
        self.supports |= above.supports
        self._vectors = self._literals = None

    def component_names(self, key: str) -> tuple[str, ...] | None:
        """The names of a vector's components (S9): as a definition says, or w_{1k}, w_{2k} for the vector w_k where all of these occur."""
        return self.named_vectors().get(key)

    def named_vectors(self) -> dict[str, tuple[str, ...]]:
        """Every vector with named components, in the order of the names, with these."""
        if self._vectors is None:
            found = {key: self._components_found(key) for key in sorted({*self.inference.names(), *self.components})}
            self._vectors = {key: names for key, names in found.items() if names is not None}
        return self._vectors

    def _components_found(self, key: str) -> tuple[str, ...] | None:
        sort = self.inference.sort(key)
        if not isinstance(sort, Matrix):
            return None
        size = sort.columns if sort.rows == 1 else sort.rows
        if not isinstance(size, int) or size == 1 or (sort.rows != 1 and sort.columns != 1):
            return None
        known = self.components.get(key)
        if key in self.inference.uses.numberings and not (known and self._are_symbols(known)):
            return None
        if known is not None:
            return known if len(known) == size else None
        letter, subscript = letter_of(key), subscript_of(key)
        for separator in ("", ","):
            names = tuple(
                joined(letter, f"{index}{separator if subscript else ''}{subscript}") for index in range(1, size + 1)
            )
            if all(name in self.inference.keys for name in names):
                return names
        return None

    def _are_symbols(self, names: Iterable[str]) -> bool:
        """Whether no name is a member of a family."""
        return all(self.inference.uses.families.member(name) is None for name in names)

    def component_definitions(self) -> dict[Symbol, Term]:
        """Every vector with named components as the literal of these."""
        if self._literals is None:
            self._literals = {}
            for key, names in self.named_vectors().items():
                sort = self.inference.sort(key)
                assert isinstance(sort, Matrix)
                entries = tuple(self.symbol(name) for name in names)
                self._literals[Symbol(key, sort)] = literal_vector(entries, row=sort.rows == 1)
        return self._literals

    def component_of(self, name: str) -> tuple[str, int] | None:
        """The vector that the name is a component of, and its position from 1."""
        for key, names in self.named_vectors().items():
            if name in names:
                return key, names.index(name) + 1
        return None

    def is_point(self, symbol: Symbol) -> bool:
        """Whether a name is that of a place, x_0 or w_k, as its subscript says."""
        return bool(subscript_of(symbol.name))

    def has_other_parts(self, function: str, parts: tuple[str, ...]) -> bool:
        """Whether it is open if a vector by a part of which a function is differentiated consists of these parts: the function is given by formulas for several
        numbers of arguments, or another derivative is taken by a part of another number, by x_n."""
        uses = self.inference.uses
        formulas = uses.formulas.get(function, ())
        if len({len(names) for names, _ in formulas}) > 1 and len({value.placed(0) for _, value in formulas}) > 1:
            return True
        if not all(subscript_of(one).isdigit() for one in parts):
            return False
        others = {subscript_of(one) for one in uses.by if base_of(one) == base_of(parts[0])} - {""}
        return any(int(one) > len(parts) if one.isdigit() else len(one) == 1 and one not in _RUNNING for one in others)

    # --- unfolding -----------------------------------------------------------------------------------------------------

    def unfold(self, term: Term, *, coordinates: bool = False) -> Term:
        """The term with definitions replaced by what they stand for; with `coordinates` vectors by their components too."""
        stamp = (self.definitions.changes, self.function_definitions.changes, len(self.supports))
        if stamp != self._stamp:
            self._unfoldings.clear()
            self._stamp = stamp
        found = self._unfoldings.get((term, coordinates))
        if found is None:
            lemmas, supposed, kept = len(self.lemmas), len(self.supposed), len(self.kept)
            varied = self._varied(term)
            unfolded = self._unfolded(term, varied, coordinates=coordinates)
            for symbol in sorted(varied, key=lambda one: one.name):
                value = self.unfold(self.definitions[symbol], coordinates=coordinates)
                unfolded = _folded(unfolded, value, symbol)
                self.kept.append(equal(symbol, value))
            found = (unfolded, tuple(self.lemmas[lemmas:]), tuple(self.supposed[supposed:]), tuple(self.kept[kept:]))
            self._unfoldings[term, coordinates] = found
            return unfolded
        self.lemmas += found[1]
        self.supposed += found[2]
        self.kept += found[3]
        return found[0]

    def unfold_beside(self, term: Term, kept: Iterable[Symbol]) -> Term:
        """The term with definitions replaced, but for those of some symbols: the parameters of a function."""
        return self._unfolded(term, frozenset(kept))

    def _varied(self, term: Term) -> frozenset[Symbol]:
        """The defined symbols that derivatives are taken by: they vary by themselves there."""
        return frozenset(
            part.arguments[1]
            for part in (subterms(term) if "derivative" in heads(term) else ())
            if isinstance(part, Apply) and part.head == "derivative" and isinstance(part.arguments[1], Symbol)
            if part.arguments[1] in self.definitions
        )

    def by_defined(self, body: Term, variable: Symbol) -> Term | None:
        """A body that is differentiated by a defined symbol, as a function of that symbol: y = f(ax + b) by z = ax + b is f(z).

        None where what defines the symbol varies in the body in another way too, or the symbol is not seen in it.
        """
        if variable not in self.definitions:
            return body
        value = self.unfold(self.definitions[variable])
        inside = _folded(self._unfolded(body, frozenset({variable})), value, variable)
        found = free_symbols(inside)
        return inside if variable in found and not found & (free_symbols(value) - {variable}) else None

    def _unfolded(self, term: Term, kept: frozenset[Symbol], *, coordinates: bool = False) -> Term:
        named = self.component_definitions() if coordinates else {}
        for _ in range(12):
            try:
                evaluated = term if heads(term).isdisjoint({"derivative", "limit"}) else self._evaluated(term)
                mapping: dict[Term, Term] = {}
                apart: dict[Term, Term] = {}
                evaluated = _without_events(evaluated, apart)
                for symbol in free_symbols(evaluated):  # what does not occur can capture nothing
                    if symbol in self.definitions and symbol not in kept:
                        mapping[symbol] = self.definitions[symbol]
                    elif symbol in named:
                        mapping[symbol] = named[symbol]
                unfolded = self._unfold_functions(substitute(evaluated, mapping))
                unfolded = units.replaced(unfolded, apart) if apart else unfolded
            except TermError as error:  # a sum over i below a definition of i, or by one that speaks of i
                raise UnreadError(0, f"a definition in scope cannot be put in here: {error}", "name-clash") from None
            if unfolded == term:
                return term
            term = unfolded
        raise UnreadError(0, "the definitions go in a circle", "circular-definition")

    def _evaluated(self, term: Term) -> Term:
        """The term with the values of the derivatives and limits that are known; what shows them is noted."""
        if not isinstance(term, Apply):
            return term
        if term.head not in {"derivative", "limit"} or not isinstance(term.arguments[1], Symbol):
            arguments = tuple(self._evaluated(argument) for argument in term.arguments)
            return term if arguments == term.arguments else Apply(term.head, arguments)
        body, variable, *point = term.arguments
        assert isinstance(variable, Symbol)
        inside = self._unfolded(body, frozenset({variable}))
        found = values.limit(inside, variable, self.unfold(point[0])) if point else values.derivative(inside, variable)
        if found is None:
            return term
        value, lemma = found
        self.lemmas.append(lemma)
        return value

    def depends_through(self, symbol: Symbol, variable: Symbol) -> bool:
        """Whether the definition of a quantity has the variable in it, and something defined besides that depends on it. By a partial
        derivative authors mean the one dependence, or both."""
        value = self.definitions.get(symbol)
        if value is None:
            return False
        hidden = free_symbols(value) - {variable}
        through = any(variable in free_symbols(self._unfolded(one, frozenset({variable}))) for one in hidden)
        return variable in free_symbols(value) and through

    def derivative_of(self, symbol: Symbol, variable: Symbol) -> Term | None:
        """The derivative of a defined quantity by what it depends on."""
        value = self.definitions.get(symbol)
        if value is None:
            return None
        seen = self.by_defined(self._unfolded(value, frozenset({variable})), variable)
        if seen is None or variable not in free_symbols(seen):
            return None
        value = seen
        found = values.derivative(value, variable)
        if found is None:
            return Apply("derivative", (value, variable)) if variable.sort == REAL and is_scalar(symbol.sort) else None
        self.lemmas.append(found[1])
        return found[0]

    def _unfold_functions(self, term: Term) -> Term:
        if not self.function_definitions or not isinstance(term, Apply):
            return term
        if term.head in BINDERS and any(one in self.supports and self.supports[one][1] for one in free_symbols(term)):
            raise UnreadError(0, "a density under a sum or integral, which may leave its support", "density-of-support")
        arguments = tuple(self._unfold_functions(argument) for argument in term.arguments)
        head = arguments[0] if arguments else None
        if isinstance(head, Symbol) and head in self.function_definitions:
            parameters, body = self.function_definitions[head]
            if term.head == "apply":
                mapping: dict[Term, Term] = dict(zip(parameters, arguments[1:], strict=True))
                _, support = self.supports.get(head, (None, ()))
                self.supposed += [substitute(condition, mapping) for condition in support]
                return _value_at(head, body, mapping)
            if term.head == "partial" and (value := self._derivative_of_function(term, parameters, body)) is not None:
                return value
            if (found := _by_argument(term, parameters, body)) is not None:
                return found
            if term.head in {"partial", "gradient", "hessian"}:
                raise UnreadError(0, f"the derivative of the defined function {head.name}", "derivative-of-definition")
        return term if arguments == term.arguments else Apply(term.head, arguments)

    def _derivative_of_function(self, term: Apply, parameters: tuple[Symbol, ...], body: Term) -> Term | None:
        _, indices, *arguments = term.arguments
        assert isinstance(indices, Apply)
        whole = value = self._unfolded(body, frozenset(parameters))
        for index in indices.arguments:
            assert isinstance(index, Number)
            if index.value > len(parameters):
                return None
            found = values.derivative(value, parameters[int(index.value) - 1])
            if found is None:
                at = (
                    value_at(whole, parameters[0], arguments[0], len(indices.arguments))
                    if len(arguments) == 1
                    else None
                )
                if at is not None:
                    self.lemmas.append(at[1])
                    return at[0]
                return self._derivative_at_symbols(body, parameters, term)
            value = found[0]
            self.lemmas.append(found[1])
        return substitute(value, dict(zip(parameters, arguments, strict=True)))

    def _derivative_at_symbols(self, body: Term, parameters: tuple[Symbol, ...], term: Apply) -> Term | None:
        """The derivative as one of the expression that defines the function; None where more than the argument would be differentiated."""
        _, indices, *arguments = term.arguments
        assert isinstance(indices, Apply)
        symbols = [one for one in arguments if isinstance(one, Symbol) and one.sort == REAL]
        value = self._unfolded(body, frozenset(parameters))
        others = free_symbols(value) - frozenset(parameters)
        if len(set(symbols)) != len(arguments) or others & frozenset(symbols):
            return None
        found = substitute(value, dict(zip(parameters, symbols, strict=True)))
        for index in indices.arguments:
            assert isinstance(index, Number)
            found = Apply("derivative", (found, symbols[int(index.value) - 1]))
        return found


_OPERATOR = re.compile(r"\\(?:mathrm|operatorname|mathsf|text)\{(E|Var|[A-Za-z]?[a-z]+)\}")
_CAPITALS_OF_FUNCTIONS = frozenset({"\\Phi", "\\Gamma", "\\Psi", "\\Xi", "\\Lambda", "\\Theta", "\\Omega", "\\Upsilon"})
_NO_OPERATORS = UNITS | {"of"}
_RUNNING = frozenset("ijkl")  # indices of any part
_BEHIND_FACTORS = frozenset({"^", "transpose", "factorial"})  # what belongs to the last of several factors
_GAMMA_WITH_PRIMES = re.compile(r"\\Gamma('{1,9})\(#1\)")
_OPERANDS = frozenset({"number", "name", "^", "/", "sqrt", "root", "sum", "call"})


@dataclass(slots=True)
class Builder:
    """Builds the terms of one formula. `notes` collects what a reader should be told of the way it was understood."""

    scope: Scope
    notes: list[str] = field(default_factory=list)
    partial_points: list[Node] = field(default_factory=list)  # evaluation bars that bind only a part of a point
    whole_points: bool = False  # read such bars as if they bound the whole point (a repair)
    bound: list[str] = field(default_factory=list)  # the variables of the sums around
    alone: bool = False  # the side that is read has no other letter than e
    other_layout: bool = (
        False  # read derivatives of vectors by vectors in the less likely layout, where none is declared
    )
    open_layouts: list[str] = field(default_factory=list)  # such derivatives, in words
    plain_names: dict[str, Term] = field(default_factory=dict)  # the symbols of names in the side that is read
    # Inside a side: the parts that were looked at before they are read, with what they are. Nested ones would be looked at, each level, twice as often.
    looked_at: dict[tuple[int, tuple[str, ...]], tuple[Node, Term | Exception]] | None = None

    @property
    def layout(self) -> str:
        """The layout that is declared, if one is."""
        return self.scope.layout

    def formula(self, node: Node) -> Term:
        """A statement: chains are conjunctions of their links, +- is a disjunction."""
        match node.kind:
            case "chain":
                within = bounds(node) if node.value == "in" else None
                return self.formula(within) if within is not None else self._with_signs(node)
            case "and" | "or" | "implies" | "iff":
                return Apply(node.kind, tuple(self.formula(child) for child in node.children))
            case "not":
                return Apply("not", (self.formula(node.children[0]),))
            case "forall":
                return quantifiers.quantified(self, node)
            case "constant" if node.value in {"true", "false"}:
                return TRUE if node.value == "true" else FALSE
            case _:
                raise UnreadError(
                    node.start, f"a statement is expected here, not a bare {node.kind}", "not-a-statement"
                )

    def _with_signs(self, node: Node) -> Term:
        if any(part.kind == "plus-minus" for part in node.walk()) and set(node.value.split()) == {"="}:
            upper, lower = (self._links(_choose_sign(node, sign)) for sign in ("+", "-"))
            return Apply("or", (upper, lower))
        return self._links(node)

    def _links(self, node: Node) -> Term:
        words = node.value.split()
        of_sets = MEMBERSHIPS.issuperset(words)
        members = [lists.as_element(self, child) if of_sets else self.member(child) for child in node.children]
        links: list[Term] = []
        for index, (word, left, right) in enumerate(zip(words, members, members[1:], strict=False)):
            both = of_each(self, word, *node.children[index : index + 2])
            links.append(both or (relation if word in _JUDGED else unjudged_relation)(word, left, right))
        return links[0] if len(links) == 1 else Apply("and", tuple(links))

    def member(self, node: Node) -> Term:
        """A side of a relation: a term, or a truth value."""
        if node.kind in _LOGIC:
            return self.formula(node)
        return self.term(node)

    def term(self, node: Node) -> Term:
        """The term of an expression. UnreadError where something is not understood, IllSorted where sorts cannot fit."""
        self.alone = all(part.key == "e" for part in node.walk() if part.kind == "name")
        self.plain_names.clear()
        if self.looked_at is None:
            self.looked_at = {}
            try:
                return self._found(node)
            finally:
                self.looked_at = None
        key = id(node), tuple(self.bound)
        if key not in self.looked_at:
            try:
                self.looked_at[key] = node, self._found(node)
            except (UnreadError, IllSorted) as error:
                self.looked_at[key] = node, error
        found = self.looked_at[key][1]
        if isinstance(found, Exception):
            raise found
        return found

    def _found(self, node: Node) -> Term:
        try:
            return self._term(node)
        except TermError as error:
            raise UnreadError(node.start, str(error), "nested-too-deep") from None

    def _term(self, node: Node) -> Term:
        if node.kind in units.OF_DELTA:
            node = units.product_with_delta(self.scope.inference.deltas, node) or node
        if node.kind in _BEHIND_FACTORS and node.children[0].kind in {"ambiguous", "call"}:
            node = self._of_last_factor(node)
        kids = node.children
        match node.kind:
            case "unread":
                raise UnreadError(kids[0].start, node.value, node.key)
            case "number":
                if len(node.value) > _MAXIMUM_DIGITS:
                    raise UnreadError(node.start, "a number of more than 4000 digits", "too-large")
                return _number(node.value)
            case "name":
                return self._name(node)
            case "constant":
                return self._constant(node)
            case "+" | "product" | "dot" if lists.has_dots(node):
                return (lists.sum_with_dots if node.kind == "+" else lists.product_with_dots)(self, node)
            case "+":
                terms = _of_one_shape(*[self._term(kid) for kid in kids])
                entries = self.scope.inference.uses.entries
                written = matrices.with_row_added(node, terms) or matrices.with_entries_added(node, terms, entries)
                return written or add(*terms)
            case "negate":
                return negate(self._term(kids[0]))
            case "product":
                self._ask_of_operators(node)
                wide = derivatives.widened(self, node)
                return multiply(*[self._term(kid) for kid in kids]) if wide is None else self._term(wide)
            case "dot":
                return self._dot(node)
            case "/":
                above, below = self._term(kids[0]), self._term(kids[1])
                product = kids[1].kind == "ambiguous" and not _is_gamma(below)
                if product and node.start == kids[0].start:  # 1/\\lambda (a + b)
                    message = "a slash before several factors: write \\frac or brackets"
                    raise UnreadError(kids[1].start, message, "ambiguous-fraction")
                if not is_scalar(sort_of(below)):
                    quotient = matrices.quotient(above, below)
                    return quotient or matrices.entrywise("\\frac{#1}{#2}", above, below) or Apply("/", (above, below))
                return Apply("/", (above, below))
            case "^":
                return self._power(node)
            case "transpose":
                inside = self._term(kids[0])
                if kids[0].kind in {"name", "number"} and isinstance(sort_of(inside), Scalar):
                    raise UnreadError(node.start, "a number to the power T, or transposed?", "ambiguous-transpose")
                return Apply("transpose", (inside,))
            case "ellipsis":
                return notation("\\dots", self.scope.inference.sort_of_open(node))
            case "ambiguous":
                return self._ambiguous(node)
            case "call":
                return self._call(node)
            case "prime":
                return self._prime(node)
            case "function":
                return self._function(node)
            case "root":
                radicand = self._term(kids[0])
                taken = (
                    matrices.taken("sqrt", radicand) or matrices.entrywise("\\sqrt{#1}", radicand)
                    if len(kids) == 1
                    else None
                )
                if taken is not None:
                    return taken
                if len(kids) == 1:
                    return Apply("sqrt", (radicand,))
                index = self._term(kids[1])
                if isinstance(index, Number) and index.value.denominator == 1 and index.value > 1:
                    return Apply("sqrt", (radicand,)) if index.value == 2 else Apply("root", (radicand, index))
                if isinstance(index, Number):
                    raise UnreadError(kids[1].start, "a root whose index is no positive integer", "root-index")
                if not is_scalar(sort_of(index)) or not is_scalar(sort_of(radicand)):
                    return notation("\\sqrt[#2]{#1}", REAL, radicand, index)
                # Where the radicand is negative it is left undefined: whether n is odd is not known.
                return Apply("^", (radicand, Apply("/", (ONE, index))))
            case "plus-minus":
                sides = [self._term(kid) for kid in kids]
                template = f"#1 {node.value} #2" if len(sides) > 1 else f"{node.value} #1"
                return notation(template, sort_of(sides[-1]), *sides)
            case "abs":
                return self._bars(node)
            case "inner":
                return Apply("inner", (self._term(kids[0]), self._term(kids[1])))
            case "factorial":
                return Apply("factorial", (self._term(kids[0]),))
            case "binomial":
                return Apply("binomial", (self._term(kids[0]), self._term(kids[1])))
            case "differential" | "partial-differential":
                inside = self._term(kids[0])
                return notation("d \\left( #1 \\right)", sort_of(inside), inside)
            case "derivative":
                return derivatives.derivative(self, node)
            case "derivative-at":
                return derivatives.at_point(self, node)
            case "nabla":
                return derivatives.nabla(self, node)
            case "at":
                return self._at(node)
            case "sum" | "product-over" | "integral" | "limit":
                return self._binder(node)
            case "operator":
                return self._operator(node)
            case "binder":
                return self._notation_with_variables(node)
            case _:
                reader = lists.READERS.get(node.kind) or matrices.READERS.get(node.kind)
                if reader is not None:
                    return reader(self, node)
                raise UnreadError(node.start, _not_understood(node), "not-understood")

    def condition(self, node: Node) -> Term:
        """A condition inside of a term: a statement, or words that say what is meant."""
        return self.formula(node) if node.kind in _LOGIC else self.term(node)

    @contextmanager
    def binding(self, *keys: str) -> Iterator[None]:
        """Inside a sum, a set or the like the names are bound."""
        self.bound += keys
        yield
        del self.bound[len(self.bound) - len(keys) :]

    # --- what is read and has no meaning yet -------------------------------------------------------------------------------

    def _argument(self, node: Node) -> Term:
        """What an operator is taken of: also an event, or a function as such."""
        if node.kind == "chain":
            signs = [_SIGNS[word] for word in node.value.split()]
            template = "#1" + "".join(f" {sign} #{index}" for index, sign in enumerate(signs, 2))
            return notation(template, REAL, *(self._argument(child) for child in node.children))
        if node.kind == "name" and isinstance(self.scope.inference.sort(node.key), Function):
            return self.scope.symbol(node.key)
        return self._term(node)

    def _operator(self, node: Node) -> Term:
        inside: Term | None = None
        if (primes := _GAMMA_WITH_PRIMES.fullmatch(node.value)) is not None:
            return self._derivative_of_gamma(node, len(primes.group(1)))
        if head := of_matrix(node):
            inside = self._term(node.children[0])
            found = matrices.of_matrix(head, inside)
            if found is not None:
                return found
        first = node.children[0] if inside is not None and node.children[0].kind != "name" else None
        arguments = tuple(
            inside if inside is not None and child is first else self._argument(child) for child in node.children
        )
        if operator_name(node) not in self.scope.inference.uses.said and len(arguments) == 1:
            named = matrices.named(operator_name(node), arguments[0])
            if named is not None:
                return named
        return notation(node.value, self._sort_of_operator(node, arguments), *arguments)

    def _derivative_of_gamma(self, node: Node, order: int) -> Term:
        """\\Gamma'(a) of a letter; of anything else a notation."""
        argument = self._term(node.children[0])
        if not (isinstance(argument, Symbol) and argument.sort == REAL) or argument in self.scope.definitions:
            return notation(node.value, REAL, argument)
        value: Term = Apply("gamma", (argument,))
        for _ in range(order):
            value = Apply("derivative", (value, argument))
        return value

    def _sort_of_operator(self, node: Node, arguments: tuple[Term, ...]) -> Sort:
        if node.key == "open":
            return self.scope.inference.sort_of_open(node)
        if node.key == "real":
            return REAL
        sorts = [sort_of(argument) for argument in arguments]
        first = sorts[0]
        if node.key == "like":
            return first if isinstance(first, Matrix) and not is_scalar(first) else REAL
        other = sorts[1] if node.key == "covariance-of-two" else first
        if is_scalar(first) and is_scalar(other):
            return REAL
        sizes: list[Size] = []
        for sort in (first, other):
            if isinstance(sort, Matrix) and 1 in {sort.rows, sort.columns}:
                sizes.append(length_of(sort))
            elif is_scalar(sort):
                sizes.append(1)
            else:
                raise UnreadError(node.start, "the covariance of a matrix: of which shape?", "not-understood")
        return Matrix(sizes[0], sizes[1])

    def _notation_with_variables(self, node: Node) -> Term:
        """A sum, product or integral without bounds that have a meaning yet; its variables are bound in the body and the conditions."""
        count, of_variable = int(node.key.partition(":")[0]), node.key.endswith(":variable")
        body, variables, conditions = node.children[0], node.children[1 : count + 1], node.children[count + 1 :]
        names = tuple(self.scope.symbol(variable.key) for variable in variables)
        self.bound += [name.name for name in names]
        inside = self._term(body)
        self.bound.append("i")  # in a condition on an index it is an index too
        arguments = [Lambda(names, self._condition_below(node, part, names)) for part in conditions]
        del self.bound[len(self.bound) - count - 1 :]
        sort = sort_of(names[0] if of_variable else inside)
        listed = (Lambda(names, name) for name in names)
        shape = sort if isinstance(sort, Matrix) else REAL
        return notation(node.value, shape, Lambda(names, inside), *listed, *arguments)

    def _condition_below(self, node: Node, condition: Node, names: tuple[Symbol, ...]) -> Term:
        """What stands below a sign; below that of a best value a relation is a statement, and a set that is the whole sort says nothing."""
        if condition.kind != "chain" or not node.value.startswith(_BEST):
            return self._argument(condition)
        if condition.value == "in":
            found = memberships(*condition.children)
            if len(found) == len(names) == 1 and found[0].key == names[0].name and found[0].sort == names[0].sort:
                return Apply("and", found[0].facts) if len(found[0].facts) > 1 else (*found[0].facts, names[0])[0]
            return self._argument(condition)
        if not set(condition.value.split()) <= _JUDGED:
            return self._argument(condition)
        return self.formula(condition)

    # --- names -----------------------------------------------------------------------------------------------------------

    def _name(self, node: Node) -> Term:
        key, inference = node.key, self.scope.inference
        if node.value == "\\delta" and (delta := units.delta(self, node)) is not None:
            return delta
        known = self.plain_names.get(key) if not self.bound else None
        if known is not None:
            return known
        sort = inference.sort(key)
        if key in {"e", "i"} and not self._is_variable(key):
            if key == "e" and self.scope.inference.uses.bases:  # b = e, beside \log_b
                return EULER
            if key == "e" and self.alone and self._is_euler():
                return Apply("exp", (ONE,))
            if key == "e" and self.scope.closed and self.scope.inference.uses.exponential:  # e^x and e in one claim
                return Apply("exp", (ONE,))
            message = f"{key}: a constant or a variable? Declare it, or write \\exp(1)"
            raise UnreadError(node.start, message, "ambiguous-constant")
        if isinstance(sort, Function):
            if letters_in(key) & set(self.bound):  # f_i, one function for each i
                return notation("#1", sort.result, Symbol(key, sort), *self._bound_letters(key))
            # A bare function name is its value at the arguments of its header.
            return self._at_header(node)
        if key in self.bound:
            return Symbol(key, sort)
        slope = derivatives.of_quantity(self.scope, node) if "dot{" in key else None
        if slope is not None:
            return slope
        part = self._part(node, sort)
        if part is not None:
            return part
        identity = inference.sort_of_identity(node)
        if identity is not None and not any(symbol.name == key for symbol in self.scope.definitions):
            return Constant("identity", identity) if isinstance(identity, Matrix) else ONE
        inverted = inference.inverted(key)
        if inverted is not None and isinstance(sort, Matrix):
            return Apply(
                "pseudoinverse", (self._name(Node("name", node.children, node.start, node.end, node.value, inverted)),)
            )
        if not is_scalar(sort) and self.scope.is_identity(key):
            return Constant("identity", sort)
        if inference.is_ones_name(key):
            sort = inference.sort_of_ones(node)
        if letter_of(key) == "1" and key not in self.scope.inference.declared:
            if not is_scalar(sort):
                return Constant("ones", sort)
            message = f"{key}: a vector of ones of which size, or an indicator?"
            raise UnreadError(node.start, message, "ambiguous-constant")
        if key.startswith("\\mathrm{") and self._is_indefinite(key):
            return notation(key, sort)
        symbol = Symbol(key, sort)
        if not self.bound:
            self.plain_names[key] = symbol
        return symbol

    def _is_indefinite(self, key: str) -> bool:
        """Whether a word only says what kind of value there is, another one wherever it stands: const, noise, positive."""
        word = key.removeprefix("\\mathrm{").removesuffix("}").strip(" .").lower()
        if word not in INDEFINITE_WORDS or key in self.scope.inference.declared:
            return False
        return all(symbol.name != key for symbol in self.scope.definitions)

    def _is_euler(self) -> bool:
        """Whether e, the only letter of a side, is the number: e^x stands in the text, and no other e."""
        inference = self.scope.inference
        return inference.uses.exponential and not any(letter_of(one) == "e" and one != "e" for one in inference.keys)

    def _is_variable(self, key: str) -> bool:
        """Whether e or i is a letter like others: declared, bound, random, an index; or e is defined."""
        inference = self.scope.inference
        if key in inference.declared or key in self.bound or key in inference.uses.random:
            return True
        return key in (inference.uses.indices if key == "i" else inference.uses.assigned)

    def _part(self, node: Node, sort: Sort) -> Term | None:
        """A component of a vector, an entry of a matrix, or a member of an indexed family, for a name with the scripts of one."""
        key, scope = node.key, self.scope
        if scope.inference.is_declared(key) or scope.component_of(key) is not None:
            return None
        whole = scope.whole(key)
        if whole is not None:
            symbol, parts = whole
            terms = [self._index(node, index) for index in parts]
            if isinstance(symbol.sort, Function):
                return Apply("apply", (symbol, *terms))
            return lists.entry_of(symbol, terms, node.value)
        member = scope.inference.uses.families.member(key)
        if member is not None and not self._names_function(member.indices):
            indices = tuple(self._index(node, index) for index in member.indices)
            return Apply("apply", (Symbol(member.template, Function((INTEGER,) * len(indices), sort)), *indices))
        bound = self._bound_letters(key)
        if not bound:
            return None
        return notation(
            with_places(key, [one.name for one in bound]), sort, *bound
        )  # n_{<i}: a label that speaks of the index

    def _names_function(self, indices: tuple[str, ...]) -> bool:
        """Whether an index is the name of a function: p_g is the density of what g makes, no member of a family."""
        atoms = [atom for index in indices for _, atom in index_atoms(index) if not atom.isdigit()]
        return any(isinstance(self.scope.inference.sort(atom), Function) for atom in atoms if atom not in self.bound)

    def _bound_letters(self, key: str) -> tuple[Symbol, ...]:
        """The bound variables that the scripts of a name speak of."""
        letters = letters_in(key) & set(self.bound)
        return tuple(Symbol(letter, self.scope.inference.sort(letter)) for letter in sorted(letters))

    def _index(self, node: Node, index: str) -> Term:
        """An index as a term."""
        terms: list[Term] = []
        for sign, atom in index_atoms(index):
            if atom.isdigit():
                term: Term = Number(int(atom))
            else:
                term = self._name(Node("name", (), node.start, node.end, base_of(atom), atom))
            terms.append(negate(term) if sign == "-" else term)
        if not all(is_scalar(sort_of(term)) for term in terms):
            raise UnreadError(node.start, f"{node.key}: an index that is not a number", "indexed-family")
        return add(*terms)

    def _constant(self, node: Node) -> Term:
        match node.value:
            case "pi":
                return PI
            case "e":
                if "e" in self.scope.inference.uses.assigned:
                    raise UnreadError(node.start, "e: the constant or the e that is defined?", "ambiguous-constant")
                return Apply("exp", (ONE,))
            case "true":
                return TRUE
            case "false":
                return FALSE
            case _:
                return notation("\\infty", REAL)

    def header(self, key: str, mask: Mask | None = None) -> tuple[Term, ...] | None:
        """The arguments that a function has where none are written: the only ones that it is applied to, points like w_k aside."""
        inference = self.scope.inference
        use = inference.functions.get(key)
        if use is None or (mask is None and use.is_overloaded()):
            return None
        signature = use.signatures.get(use.main() if mask is None else mask)
        if signature is None:
            parameter = inference.parameter_of(key)
            return None if parameter is None else (self.scope.symbol(parameter),)
        whole = [header for header in signature.headers if not any(subscript_of(name) for name in header)]
        if signature is use.of_vector:
            headers = whole or signature.headers[:1]
            if headers:
                return tuple(self.scope.symbol(name) for name in headers[0])
            shape = inference.function_sort(key, ()).arguments[0]  # type: ignore[union-attr]
            vectors = [
                name
                for name in sorted(inference.names() & inference.vectors)
                if inference.sort(name) == shape and not subscript_of(name)
            ]
            return (self.scope.symbol(vectors[0]),) if len(vectors) == 1 else None
        headers = signature.headers[:1] if len(whole) != 1 else whole
        if len(signature.headers) > 1 and len(whole) != 1:
            return None
        return tuple(self.scope.symbol(name) for name in headers[0]) if headers else None

    def function_of(self, key: str, variables: list[str]) -> tuple[Symbol | None, tuple[Term, ...] | None]:
        """The function of this name, in the way of applying it in which the variables are among its arguments, and these."""
        inference = self.scope.inference
        use = inference.functions.get(key)
        declared = inference.declared.get(key)
        if use is None or (declared is not None and not isinstance(declared, Function)) or self._bound_letters(key):
            return None, None
        if not isinstance(declared, Function):
            written = [
                header
                for mask, signature in use.signatures.items()
                if any(mask) or len(mask) not in use.packed
                for header in signature.headers
                if variables and set(variables) <= set(header)
            ]
            header = _main_header(written)
            if header is not None:
                arguments = tuple(self.scope.symbol(name) for name in header)
                return self.scope.function(key, arguments), arguments
            if written:  # at which of these places is not said
                return Symbol(key, inference.function_sort(key, ())), None
        symbol = Symbol(key, inference.function_sort(key, ()) if declared is None else declared)
        return (symbol, self.header(key)) if isinstance(symbol.sort, Function) else (None, None)

    def as_whole(self, node: Node) -> Term:
        """A term; of a function that is not applied, its symbol."""
        if node.kind == "name" and self.scope.inference.is_function(node.key):
            return self.scope.symbol(node.key)
        return self._term(node)

    def _at_header(self, node: Node) -> Term:
        """A bare function name is its value at the arguments of its header; where these are not known, only its name is known."""
        arguments = self.header(node.key)
        symbol = self.scope.symbol(node.key)
        assert isinstance(symbol.sort, Function)
        if arguments is None:
            return notation("#1", symbol.sort.result, symbol)
        return Apply("apply", (symbol, *arguments))

    # --- application -----------------------------------------------------------------------------------------------------

    def _ask_of_operators(self, product: Node) -> None:
        """\\mathrm{Var} 2X, \\operatorname{tg} 2x: what a word of several letters does with what stands behind it, where nothing says that it is a number."""
        inference = self.scope.inference
        for one, other in pairwise(product.children):
            word = _OPERATOR.fullmatch(one.key) if one.kind == "name" and "{" in one.key else None
            if other.kind == "number":  # which nobody writes behind a factor
                asked = (word is not None and word.group(1) != "of") or one.key in _CAPITALS_OF_FUNCTIONS
            else:
                asked = word is not None and word.group(1) not in _NO_OPERATORS and other.kind in _OPERANDS
            if not asked:
                continue
            known = inference.is_declared(one.key) or self.scope.symbol(one.key) in self.scope.definitions
            if not (known or one.key in inference.uses.scalars | inference.uses.numbers):
                message = f"does {one.key} multiply what stands behind it, or is it applied to that? Write \\cdot, or brackets"
                raise UnreadError(one.start, message, "ambiguous-application")

    def _of_last_factor(self, node: Node) -> Node:
        """c (x - a)^2 with the power of what stands before it, where c is no function but a factor; anything else as it is."""
        inside, *behind = node.children
        if inside.kind == "call":
            factors = self.scope.inference.factors_of(inside)
            if factors is None:
                return node
            *others, last = factors.children
        else:
            term = self._ambiguous(inside)  # asks where it is not settled
            if _is_gamma(term):
                return node
            *others, last = inside.children
        power = node._replace(children=(last, *behind), start=last.start)
        return Node("product", (*others, power), node.start, node.end)

    def _ambiguous(self, node: Node) -> Term:
        name, argument = node.children
        key = name.key
        declared = key in self.scope.inference.declared
        number_like = key in self.scope.bare or any(  # c_1(x - a) beside c_0
            other != key and base_of(other) == base_of(key) and subscript_of(other) and other in self.scope.bare
            for other in self.scope.inference.keys
        )
        if key == "\\Gamma" and not declared and not number_like:
            return Apply("gamma", (self._term(argument),))
        if declared or (number_like and key not in {"\\Gamma", "d"} and name.value not in FUNCTION_LETTERS):
            return multiply(self._term(name), self._term(argument))
        if letter_of(key) in _COEFFICIENTS and argument.kind == "+" and _is_of_letters(argument):
            return multiply(self._term(name), self._term(argument))
        raise UnreadError(
            node.start,
            f"{key}(...) can be {key} applied to something or {key} times something: declare {key} as a function or a number",
            "ambiguous-application",
        )

    def _call(self, node: Node) -> Term:
        factors = self.scope.inference.factors_of(node)
        if factors is not None:
            return self._term(factors)
        head, *argument_nodes = node.children
        power: Node | None = None
        if head.kind == "^":
            power = head.children[1]
            head = head.children[0]
        orders = 0
        if head.kind == "prime":
            orders, head = len(head.value), head.children[0]
        elif head.kind == "superindex":
            index = head.children[1]
            if index.kind != "number" or not index.value.isdigit() or int(index.value) > 20:
                return self._derivative_of_some_order(head.children[0], index, argument_nodes)
            orders, head = int(index.value), head.children[0]
        if head.kind != "name":
            raise UnreadError(head.start, "an application of something that is not a name", "not-understood")
        value = self._apply(head, argument_nodes, orders)
        if power is None:
            return value
        exponent = self._term(power)
        self.notes.append(
            f"{head.key}^{{...}}(...) is a power of {head.key}(...); the n-th derivative is written {head.key}^{{(n)}}(...)"
        )
        return Apply("^", (value, exponent))

    def _derivative_of_some_order(self, head: Node, index: Node, argument_nodes: list[Node]) -> Term:
        """f^{(n)}(x), of which nothing is known."""
        values = tuple(self._term(argument) for argument in argument_nodes)
        symbol = self.scope.function(head.key, values) if head.kind == "name" else None
        if symbol is None or not isinstance(symbol.sort, Function) or len(symbol.sort.arguments) != len(values):
            raise UnreadError(index.start, "a derivative of symbolic order", "symbolic-order")
        places = ", ".join(f"#{number}" for number in range(3, len(values) + 3))
        template = f"#1^{{\\left(#2\\right)}}\\left({places}\\right)"
        return notation(template, symbol.sort.result, symbol, self._term(index), *values)

    def _apply(self, head: Node, argument_nodes: list[Node], orders: int) -> Term:
        primes = "'" * orders
        if any(argument.kind == "ellipsis" for argument in argument_nodes):
            template, terms = lists.listed(self, argument_nodes)
            return notation(f"{head.key}{primes}\\left({template}\\right)", REAL, *terms)
        values = tuple(self._term(argument) for argument in argument_nodes)
        if head.key in self.scope.inference.uses.distributions and not primes:
            places = ", ".join(f"#{index}" for index in range(1, len(values) + 1))
            return notation(f"{head.key}\\left({places}\\right)", REAL, *values)
        symbol = self.scope.function(head.key, values)
        bound = self._bound_letters(head.key)
        if bound:  # one function for each index
            places = ", ".join(f"#{index}" for index in range(1, len(values) + 1))
            sort = symbol.sort.result if isinstance(symbol.sort, Function) else REAL
            return notation(f"{head.key}{primes}\\left({places}\\right)", sort, *values, *bound)
        if not isinstance(symbol.sort, Function):
            raise UnreadError(
                head.start, f"{head.key} is used as a function but is declared as {symbol.sort}", "not-a-function"
            )
        arguments = self._packed(symbol, values, head)
        taken = matrices.of_entries(symbol, orders, arguments)
        if taken is not None:
            return taken
        if orders == 0:
            return Apply("apply", (symbol, *arguments))
        if len(arguments) != 1 or not is_scalar(symbol.sort.arguments[0]) or not is_scalar(symbol.sort.result):
            places = ", ".join(f"#{index}" for index in range(2, len(arguments) + 2))
            return notation(f"#1{primes}\\left({places}\\right)", symbol.sort.result, symbol, *arguments)
        return Apply("partial", (symbol, Apply("indices", (ONE,) * orders), *arguments))

    def _packed(self, symbol: Symbol, arguments: tuple[Term, ...], node: Node) -> tuple[Term, ...]:
        """L(w_1, w_2) of a function of one vector is L of the row (or column) of these."""
        assert isinstance(symbol.sort, Function)
        expected = symbol.sort.arguments
        if len(expected) == len(arguments):
            return tuple(
                zero_like(sort) if one == ZERO and isinstance(sort, Matrix) and not is_scalar(sort) else one
                for one, sort in zip(arguments, expected, strict=True)
            )
        if len(expected) == 1 and isinstance(expected[0], Matrix) and all(is_scalar(sort_of(one)) for one in arguments):
            return (literal_vector(arguments, row=expected[0].rows == 1),)
        raise UnreadError(
            node.start,
            f"{symbol.name} has {len(expected)} argument(s) elsewhere and {len(arguments)} here",
            "argument-count",
        )

    def _prime(self, node: Node) -> Term:
        child = node.children[0]
        if child.kind == "name" and isinstance(self.scope.inference.sort(child.key), Function):
            arguments = self.header(child.key)
            symbol = self.scope.symbol(child.key)
            assert isinstance(symbol.sort, Function)
            if arguments is not None and len(arguments) == 1 and is_scalar(sort_of(arguments[0])):
                return Apply("partial", (symbol, Apply("indices", (ONE,) * len(node.value)), *arguments))
            return notation(f"#1{node.value}", symbol.sort.result, symbol)
        if child.kind == "name" and (self.scope.is_member(child.key) or self._bound_letters(child.key)):
            inside = self._name(child)
            return notation(f"#1{node.value}", sort_of(inside), inside)
        if child.kind == "name":
            other = Symbol(child.key + node.value, self.scope.inference.value_sort(child.key))
            return derivatives.of_quantity(self.scope, node) or other
        return self._derived(node, child)

    def _derived(self, node: Node, child: Node) -> Term:
        """(x^2)': the derivative by the only letter, or among letters for constants by the only one for a variable."""
        heads = {part.children[0].key for part in child.walk() if part.kind == "call"}
        keys = child.names - heads
        term = self._term(child)
        variables, constants = derivatives.VARIABLES, derivatives.CONSTANTS
        letters = keys & variables if keys <= variables | constants else keys if not keys & _DEPENDENT else set()
        found = [one for one in free_symbols(term) if one.name in letters]
        plain = all(len(key) == 1 and key.islower() for key in keys) and not any(
            isinstance(part, Apply) and part.head == "notation" for part in subterms(term)
        )
        if not plain or len(letters) != 1 or len(found) != 1 or found[0].sort != REAL or not is_scalar(sort_of(term)):
            raise UnreadError(node.start, "a prime on an expression", "not-understood")
        for _ in node.value:
            term = Apply("derivative", (term, found[0]))
        return term

    # --- operations --------------------------------------------------------------------------------------------------------

    def _dot(self, node: Node) -> Term:
        if node.value == "\\times" and all(kid.kind in {"interval", "set", "list", "tuple"} for kid in node.children):
            return lists.as_set(self, node)  # [a, b] \\times [c, d]
        left, right = (self._term(kid) for kid in node.children)
        left_sort, right_sort = sort_of(left), sort_of(right)
        if is_scalar(left_sort) or is_scalar(right_sort):
            return multiply(left, right)
        if _is_vector(left_sort) and _is_vector(right_sort):
            if node.value == "\\times":
                return matrices.cross(left, right)
            outer = isinstance(left_sort, Matrix) and left_sort.columns == 1 and is_turned_factor(node)
            outer = outer and isinstance(right_sort, Matrix) and right_sort.rows == 1
            return multiply(left, right) if outer else Apply("inner", (left, right))
        return multiply(left, right)

    def _power(self, node: Node) -> Term:
        if node.children[0].kind == "constant" and node.children[0].value == "e":
            self._constant(node.children[0])
            if "e" in self.scope.inference.uses.random and not node.children[1].names:  # e^2 beside e ~ N(0, 1)
                raise UnreadError(node.start, "e: the constant, or the e that has a law?", "ambiguous-constant")
            return matrices.exponential(self._term(node.children[1]))  # e^x is the exponential function
        single = units.unit(self, node)
        if single is not None:
            return single
        base, exponent = self._term(node.children[0]), self._term(node.children[1])
        of_number = is_scalar(sort_of(base))
        if not of_number and exponent in {Number(-1), negate(ONE)}:
            return Apply("inverse", (base,))
        if isinstance(exponent, Apply) and exponent.head == "negate" and isinstance(exponent.arguments[0], Number):
            exponent = Number(-exponent.arguments[0].value)
        if not of_number and _is_vector(sort_of(base)) and is_scalar(sort_of(exponent)):
            return notation("{#1*}^{#2}", sort_of(base), base, exponent)  # entry by entry
        return Apply("^", (base, _rational(exponent) if of_number else exponent))

    def _function(self, node: Node) -> Term:
        head = {"tr": "trace"}.get(node.value, node.value)
        if head in matrices.HEADS:
            return matrices.of_matrix(head, self._term(node.children[0])) or matrices.as_written(
                head, self._term(node.children[0])
            )
        if head in _HYPERBOLIC_QUOTIENTS and len(node.children) == 1:
            inside = self._term(node.children[0])
            above, below = _HYPERBOLIC_QUOTIENTS[head]
            return Apply("/", (Apply(above, (inside,)) if above else ONE, Apply(below, (inside,))))
        if head in _AREA_FUNCTIONS and len(node.children) == 1:
            return _area_function(head, self._term(node.children[0]))
        if head not in _PLAIN_FUNCTIONS:
            raise UnreadError(node.start, f"the function {node.value} is not known yet", "unknown-function")
        if any(kid.kind in {"ellipsis", "set"} for kid in node.children):  # \\max \\{x_1, \\dots, x_n\\}
            template, terms = lists.listed(self, node.children)
            return notation(f"\\operatorname{{{head}}}\\left({template}\\right)", REAL, *terms)
        arguments = tuple(self._term(kid) for kid in node.children)
        if head in {"min", "max"} and len(arguments) == 1 and is_scalar(sort_of(arguments[0])):
            return notation(f"\\{head}\\left(#1\\right)", REAL, *arguments)  # the greatest of one number: over what?
        if head in ENTRYWISE:
            places = ", ".join(f"#{index}" for index in range(1, len(arguments) + 1))
            single = matrices.extreme(head, arguments)
            if head not in {"min", "max"}:
                single = matrices.taken(head, arguments[0]) if len(arguments) == 1 else None
            taken = single or matrices.entrywise(f"\\operatorname{{{head}}}\\left({places}\\right)", *arguments)
            if taken is not None:
                return taken
        return Apply(head, arguments)

    def _bars(self, node: Node) -> Term:
        inside = self._term(node.children[0])
        sort = sort_of(inside)
        if is_scalar(sort):
            return Apply("abs", (inside,))
        return Apply("norm" if _is_vector(sort) else "det", (inside,))

    def _binder(self, node: Node) -> Term:
        head = {"product-over": "product"}.get(node.kind, node.kind)
        body, *rest = node.children
        if not rest or rest[0].kind != "name":
            raise UnreadError(node.start, f"a {node.kind} whose variable is not written", "not-understood")
        variable = Symbol(rest[0].key, self.scope.inference.sort(rest[0].key))
        if len(rest) != (2 if head == "limit" else 3):
            raise UnreadError(node.start, f"a {node.kind} without its bounds", "not-understood")
        self.bound.append(variable.name)
        inside = self._term(body)
        self.bound.pop()
        bounds = tuple(self._term(bound) for bound in rest[1:])
        if head in {"sum", "product"} and variable.sort == REAL:
            inside, variable = _over_integers(inside, variable)
        if not is_scalar(variable.sort):  # an integral over vectors, a limit of vectors
            sort, names = sort_of(inside), (variable,)
            template = {"integral": "\\int_{#3}^{#4} #1* \\, d#2", "limit": "\\lim_{#2 \\to #3} #1*"}.get(head)
            if template is None:
                raise UnreadError(rest[0].start, f"a {node.kind} over vectors", "not-understood")
            shape = sort if isinstance(sort, Matrix) else REAL
            return notation(template, shape, Lambda(names, inside), Lambda(names, variable), *bounds)
        return Apply(head, (inside, variable, *bounds))

    # --- evaluation bars -----------------------------------------------------------------------------------------------------

    def _at(self, node: Node) -> Term:
        body = self._term(node.children[0])
        mapping: dict[Term, Term] = {}
        for binding in node.children[1:]:
            if len(binding.children) != 2 or binding.children[0].kind not in {"name", "prime"}:
                raise UnreadError(binding.start, "an evaluation bar that is not of the form x = a", "not-understood")
            variable = self._term(binding.children[0])
            if not isinstance(variable, Symbol) and not (isinstance(variable, Apply) and variable.head == "apply"):
                raise UnreadError(binding.start, "an evaluation bar at something that is no symbol", "not-understood")
            mapping[variable] = self._term(binding.children[1])
        scope = self.scope
        keys = tuple(one for one in mapping if isinstance(one, Symbol))
        if any(
            one in scope.definitions and not free_symbols(scope.unfold_beside(one, keys)).isdisjoint(keys)
            for one in free_symbols(body).difference(keys)
        ):
            body = scope.unfold_beside(body, keys)  # y = x^2 at x = 2
        spread = self._spread(mapping, node)
        derived = any(part.kind in {"derivative", "prime", "nabla"} for part in node.children[0].walk())
        seen = (
            derived or len(keys) < len(mapping) or not free_symbols(body) or not free_symbols(body).isdisjoint(spread)
        )
        found = placed(body, spread, lambda part, variable: scope.unfold_beside(part, (variable,)), scope.lemmas)
        if not seen or any(not mapping.keys().isdisjoint(part.arguments) for part in _unplaced(found)):
            # what is written with a variable, such as a derivative, is not the same with a value in its place, nor what depends on it unseen
            pairs = [term for pair in mapping.items() for term in pair]
            places = ", ".join(f"#{index} = #{index + 1}" for index in range(2, len(pairs) + 2, 2))
            return notation(f"\\left.#1\\right|_{{{places}}}", sort_of(body), body, *pairs)
        self._note_partial(body, spread)
        return substitute(found, spread)

    def _note_partial(self, body: Term, mapping: dict[Term, Term]) -> None:
        """A bar that binds only some of the arguments of a function is worth a look."""
        for part in subterms(body):
            if not isinstance(part, Apply) or part.head not in {"apply", "partial"}:
                continue
            arguments = [one for one in part.arguments[1:] if isinstance(one, Symbol)]
            free = [plain_name(one.name) for one in arguments if one not in mapping]
            bound = [plain_name(one.name) for one in arguments if one in mapping]
            note = f"an evaluation bar binds only {', '.join(bound)}; {', '.join(free)} stays free"
            if bound and free and note not in self.notes:
                self.notes.append(note)

    def _spread(self, mapping: dict[Term, Term], node: Node) -> dict[Term, Term]:
        """A vector bound binds its components, and all components bound bind the vector."""
        result = dict(mapping)
        for variable, value in mapping.items():
            names = self.scope.component_names(variable.name) if isinstance(variable, Symbol) else None
            if names is not None:
                for index, name in enumerate(names):
                    result.setdefault(self.scope.symbol(name), self._component(value, index))
        for key, names in self.scope.named_vectors().items():
            if self.scope.symbol(key) in result:
                continue
            bound = [result.get(self.scope.symbol(name)) for name in names]
            if any(one is not None for one in bound):
                whole = self._whole_point(names, bound)
                if all(one is not None for one in bound):
                    sort = self.scope.inference.sort(key)
                    assert isinstance(sort, Matrix)
                    result[self.scope.symbol(key)] = literal_vector(
                        tuple(one for one in bound if one is not None), row=sort.rows == 1
                    )
                elif whole is not None:
                    self.partial_points.append(node)
                    if self.whole_points:
                        for name, value in zip(names, whole, strict=True):
                            result.setdefault(self.scope.symbol(name), value)
        return result

    def _component(self, value: Term, index: int) -> Term:
        if isinstance(value, Symbol):
            names = self.scope.component_names(value.name)
            if names is not None:
                return self.scope.symbol(names[index])
        if isinstance(value, Apply) and value.head == "matrix":
            flat = [entry for row in value.arguments if isinstance(row, Apply) for entry in row.arguments]
            return flat[index]
        return Apply("component", (value, Number(index + 1)))

    def _whole_point(self, names: tuple[str, ...], bound: list[Term | None]) -> tuple[Term, ...] | None:
        """The one point whose components include those that are bound."""
        for others in self.scope.named_vectors().values():
            if len(others) != len(names):
                continue
            candidates = [self.scope.symbol(other) for other in others]
            if all(one is None or one == candidate for one, candidate in zip(bound, candidates, strict=True)):
                return tuple(candidates)
        return None

    def point_name(self, node: Node) -> tuple[str, str] | None:
        """The vectors `w` and `w_k` that an evaluation bar by components should name."""
        for binding in node.children[1:]:
            left, right = binding.children
            place = self.scope.component_of(left.key) if left.kind == "name" else None
            target = self.scope.component_of(right.key) if right.kind == "name" else None
            if place is not None and target is not None:
                return place[0], target[0]
        return None


def _value_at(function: Symbol, body: Term, mapping: dict[Term, Term]) -> Term:
    """What defines a function, at its arguments; a derivative by one of its letters is taken at another letter by renaming it."""
    by = {one.arguments[1] for one in subterms(body) if isinstance(one, Apply) and one.head == "derivative"}
    mapping = {letter: value for letter, value in mapping.items() if letter != value}
    moved = {letter: value for letter, value in mapping.items() if letter in by}
    names = {part for part in subterms(body) if isinstance(part, Symbol)}
    if len(moved) == 1 and all(isinstance(value, Symbol) and value not in names for value in moved.values()):
        body = _renamed(body, moved)
        mapping = {letter: value for letter, value in mapping.items() if letter not in moved}
    elif moved:
        places = ", ".join(plain(value) for value in mapping.values())
        message = f"{function.name} is defined by a derivative, which is not taken at {places} here"
        raise UnreadError(0, message, "derivative-of-definition")
    return substitute(body, mapping)


def _renamed(term: Term, names: dict[Term, Term]) -> Term:
    """The term with letters renamed wherever they stand, to letters that stand nowhere in it."""
    if isinstance(term, Apply):
        return Apply(term.head, tuple(_renamed(one, names) for one in term.arguments))
    if isinstance(term, Lambda):
        return Lambda(term.parameters, _renamed(term.body, names))
    return names.get(term, term)


def instance(scope: Scope, letters: str, subscript: str) -> dict[Term, Term] | None:
    """What the letters of an index stand for in another one: n = 3, n = k + 1; i = 1 and j = 2 in g_{12}. None where that is not known."""
    if len(letters) > 1:
        if len(subscript) != len(letters) or not subscript.isalnum():
            return None
        if len({*zip(letters, subscript, strict=True)}) != len({*letters}):  # 12 is no jj
            return None
        parts = list(subscript)
    else:
        parts = [subscript]
    found: dict[Term, Term] = {}
    for letter, part in zip(letters, parts, strict=True):
        match = re.fullmatch(r"([0-9]*)([a-z]?)([+-][0-9]+)?", part)
        if match is None or not part:
            return None
        count, name, shift = match.groups()
        term: Term = scope.symbol(name) if name else Number(int(count))
        if name and count:
            term = multiply(Number(int(count)), term)
        if shift:
            term = add(term, Number(int(shift)))
        found[scope.symbol(letter)] = term
    return found


_PLACE = re.compile(r"[1-9],?[1-9]")  # in a matrix


def _main_header(written: list[tuple[str, ...]]) -> tuple[str, ...] | None:
    """The arguments of a function that are meant where none are written: the only ones, or the only ones without subscripts."""
    for some in (written, [one for one in written if not any(map(subscript_of, one))]):
        if len({*some}) == 1:
            return some[0]
    return None


def _is_gamma(term: Term) -> bool:
    return isinstance(term, Apply) and term.head == "gamma"


# Letters that stand before a bracket as factors: \\alpha (y - p), \\lambda (a + b).
_COEFFICIENTS = frozenset({"\\alpha", "\\eta", "\\lambda", "\\epsilon", "\\varepsilon"})


def _is_of_letters(total: Node) -> bool:
    """A sum of which no term is a number: \\alpha(t + 1) may be a function of time."""
    return not any((part.children[0] if part.kind == "negate" else part).kind == "number" for part in total.children)


_DEPENDENT = frozenset("fghuvwypqFGH")  # (f^2)' is no derivative by f


_PLACE_OF_ARGUMENT = re.compile(r"#(\d+)")
_IS_RELATION = re.compile(r"#1 (?:[=<>]|\\(?:n?eq?|[lg]eq?|[lg]t|(?:not)?in)\b)")


def _without_events(term: Term, apart: dict[Term, Term]) -> Term:
    """The term with letters in the place of the events and conditions of probabilities, which are noted: P(t = 1 | z) speaks of what t may be, whatever it is."""
    if not isinstance(term, Apply) or "notation" not in heads(term):
        return term
    arguments = list(term.arguments)
    template = arguments[0].name if term.head == "notation" and isinstance(arguments[0], Symbol) else ""
    given = {int(one) for one in _PLACE_OF_ARGUMENT.findall(template.partition("\\mid")[2])}
    of_events = OF_EVENTS.match(template) is not None
    for index, argument in enumerate(arguments):
        if of_events and index and (index in given or _is_event(argument)):
            place = Symbol(f"\\text{{event {len(apart) + 1}}}", REAL)
            arguments[index], apart[place] = place, argument
        else:
            arguments[index] = _without_events(argument, apart)
    return Apply(term.head, tuple(arguments))


def _is_event(term: Term) -> bool:
    return (
        isinstance(term, Apply)
        and term.head == "notation"
        and isinstance(term.arguments[0], Symbol)
        and _IS_RELATION.match(term.arguments[0].name) is not None
    )


def _unplaced(term: Term) -> Iterator[Apply]:
    """The parts of a term that are written with a variable."""
    return (part for part in subterms(term) if isinstance(part, Apply) and part.head in {"notation", "derivative"})


def relation(word: str, left: Term, right: Term) -> Term:
    """left word right, or an equivalence between truth values."""
    if left in {TRUE, FALSE} or right in {TRUE, FALSE}:
        return Apply("iff", (left, right))
    if word in DEFINITENESS:
        return _in_loewner_order(word, *_of_one_shape(left, right))
    if word in {"=", "!="}:
        left, right = _of_one_shape(left, right)
    return Apply(word, (left, right))


def of_each(builder: Builder, word: str, left: Node, right: Node) -> Term | None:
    """a, b > 0 is said of both; None where no names stand in a list beside one term."""
    if (left.kind == "sequence") == (right.kind == "sequence") or word not in _SAID_OF_EACH:
        return None
    names = members_of(left if left.kind == "sequence" else right)
    if not all(one.kind == "name" for one in names):
        return None
    other = builder.term(right if left.kind == "sequence" else left)
    sides = [(builder.term(one), other) if left.kind == "sequence" else (other, builder.term(one)) for one in names]
    return Apply("and", tuple(relation(word, *one) for one in sides))


def _in_loewner_order(word: str, left: Term, right: Term) -> Term:
    """A \\succ B for square matrices: A - B is positive definite. Of vectors and numbers the sign has no one meaning."""
    sorts = [sort_of(one) for one in (left, right)]
    if not all(isinstance(one, Matrix) and one.columns != 1 for one in sorts):
        return unjudged_relation(word, left, right)
    greater, smaller = (left, right) if word.startswith("succ") else (right, left)
    if is_zero(smaller):
        return Apply(DEFINITENESS[word], (greater,))
    return Apply(DEFINITENESS[word], (negate(smaller) if is_zero(greater) else subtract(greater, smaller),))


@lru_cache(maxsize=100)
def _number(digits: str) -> Number:
    return Number(int(digits) if digits.isdecimal() else Fraction(digits))


def _of_one_shape(*terms: Term) -> tuple[Term, ...]:
    """The terms, with the literal 0 as the zero vector or matrix where the others are vectors or matrices."""
    if ZERO not in terms:
        return terms
    sorts = [sort_of(term) for term in terms if term != ZERO]
    shape = next((sort for sort in sorts if isinstance(sort, Matrix) and not is_scalar(sort)), None)
    return terms if shape is None else tuple(zero_like(shape) if term == ZERO else term for term in terms)


def _area_function(head: str, inside: Term) -> Term:
    """arsinh, arcosh, artanh by logarithms that are defined exactly where they are (DLMF 4.37.16, 4.37.19, 4.37.24)."""
    if head == "arsinh":
        return Apply("log", (add(inside, Apply("sqrt", (add(Apply("^", (inside, Number(2))), ONE),))),))
    below, above = subtract(inside, ONE), add(inside, ONE)
    if head == "arcosh":
        return Apply("log", (add(inside, multiply(Apply("sqrt", (below,)), Apply("sqrt", (above,)))),))
    difference = subtract(Apply("log", (add(ONE, inside),)), Apply("log", (subtract(ONE, inside),)))
    return Apply("/", (difference, Number(2)))


def _rational(exponent: Term) -> Term:
    """1/2 and -3/2 in an exponent as numbers; any other exponent as it is."""
    if isinstance(exponent, Apply) and exponent.head == "negate":
        inside = _rational(exponent.arguments[0])
        return Number(-inside.value) if isinstance(inside, Number) else exponent
    if isinstance(exponent, Apply) and exponent.head == "/":
        above, below = exponent.arguments
        if isinstance(above, Number) and isinstance(below, Number) and below.value != 0:
            return Number(above.value / below.value)
    return exponent


def _is_vector(sort: object) -> bool:
    return isinstance(sort, Matrix) and (sort.rows == 1 or sort.columns == 1)


def zero_like(sort: Matrix) -> Term:
    """The zero of a matrix sort."""
    return Constant("zero", sort)


def _choose_sign(node: Node, sign: str) -> Node:
    """The formula with the upper (+) or the lower (-) signs of all its plus-minus."""
    kids = tuple(_choose_sign(child, sign) for child in node.children)
    if node.kind != "plus-minus":
        return Node(node.kind, kids, node.start, node.end, node.value, node.key)
    positive = (node.value == "\\pm") == (sign == "+")
    last = kids[-1] if positive else Node("negate", (kids[-1],), node.start, node.end)
    return last if len(kids) == 1 else Node("+", (kids[0], last), node.start, node.end)


def _by_argument(term: Apply, parameters: tuple[Symbol, ...], body: Term) -> Term | None:
    """The gradient or Hessian matrix of a defined function at a symbol, as a derivative by that symbol; None of others."""
    argument = term.arguments[-1]
    if term.head not in {"gradient", "hessian"} or len(parameters) != 1 or not isinstance(argument, Symbol):
        return None
    if argument.sort != parameters[0].sort or argument in free_symbols(body) - {parameters[0]}:
        return None
    gradient = Apply("derivative", (substitute(body, {parameters[0]: argument}), argument))
    return gradient if term.head == "gradient" else Apply("derivative", (gradient, argument))


def _folded(term: Term, value: Term, symbol: Symbol) -> Term:
    """The term with the symbol in place of its value, outside of what binds."""
    if term == value:
        return symbol
    if isinstance(term, Apply) and term.head == "each":
        return Apply("each", (*term.arguments[:2], _folded(term.arguments[2], value, symbol)))
    if not isinstance(term, Apply) or term.head in {*BINDERS, "derivative", "approx"}:
        return term
    arguments = tuple(_folded(part, value, symbol) for part in term.arguments)
    return term if arguments == term.arguments else Apply(term.head, arguments)


def _over_integers(body: Term, variable: Symbol) -> tuple[Term, Symbol]:
    """The body of a sum whose variable is a whole number, as it always is."""
    whole = Symbol(variable.name, INTEGER)
    try:
        return substitute(body, {variable: whole}), whole
    except TermError:  # a derivative by it
        return body, variable


def _not_understood(node: Node) -> str:
    words = {
        "missing": "there is nothing here to continue from",
        "ellipsis": "an ellipsis is not known yet",
        "text": f"the words '{node.value}' inside an expression",
        "plus-minus": "a plus-minus sign outside an equation",
        "superindex": "an index in the place of an exponent",
        "differential": "a differential outside an integral or a derivative",
    }
    return words.get(node.kind, f"'{node.kind}' is not known yet in a value")


__all__ = ["REAL", "Builder", "Scope", "literal_vector", "relation", "zero_like"]
