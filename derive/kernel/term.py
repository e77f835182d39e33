"""Terms and sorts: what claims are made of.

A term is a Symbol, a Number, a Constant, a Lambda or an Apply(head, arguments). Terms are immutable and hash in constant time.
`HEADS` lists every head the kernel gives a meaning to; `sort_of` computes sorts and raises `IllSorted`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from typing import Union

MAXIMUM_DEPTH = 150  # so that no recursion over a term can exhaust the stack

Size = Union[
    int, str
]  # a number, or the canonical text of an expression in letters that stand for positive integers: "n", "n + 1"


class TermError(ValueError):
    """A term that cannot be built: too deep, or a wrong number of arguments."""


class IllSorted(ValueError):
    """Sorts that cannot fit. `left` and `right` are the two sorts, as text, where there are two."""

    def __init__(self, message: str, left: str = "", right: str = "") -> None:
        super().__init__(message)
        self.left = left
        self.right = right


# --- sorts -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Scalar:
    """Numbers: `domain` is "real", "rational", "integer" or "complex". Signs are hypotheses, not sorts."""

    domain: str = "real"

    def __str__(self) -> str:
        return self.domain


@dataclass(frozen=True, slots=True)
class Matrix:
    """Real matrices; a column is Matrix(n, 1), a row Matrix(1, n). A 1 x 1 matrix counts as a scalar."""

    rows: Size
    columns: Size

    def __str__(self) -> str:
        if self.columns == 1:
            return f"column of size {self.rows}"
        if self.rows == 1:
            return f"row of size {self.columns}"
        return f"matrix of size {self.rows} x {self.columns}"


@dataclass(frozen=True, slots=True)
class Function:
    """Total functions with `order` continuous derivatives (0: nothing assumed, 99: smooth)."""

    arguments: tuple[Sort, ...]
    result: Sort
    order: int = 0

    def __str__(self) -> str:
        return f"function({', '.join(map(str, self.arguments))}) -> {self.result}"


@dataclass(frozen=True, slots=True)
class Statement:
    """What is true or false."""

    def __str__(self) -> str:
        return "statement"


Sort = Union[Scalar, Matrix, Function, Statement]
REAL = Scalar("real")
INTEGER = Scalar("integer")
STATEMENT = Statement()


# --- terms -----------------------------------------------------------------------------------------------------------


class _Node:
    """A base for the five kinds of term: immutable, hash computed once."""

    __slots__ = ("_hash", "depth")
    _hash: int
    depth: int

    def __hash__(self) -> int:
        return self._hash

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("terms are immutable")

    def __delattr__(self, name: str) -> None:
        raise AttributeError("terms are immutable")

    def __reduce__(self) -> tuple[object, ...]:
        return (type(self), tuple(getattr(self, name) for name in self.__match_args__))

    __match_args__: tuple[str, ...] = ()


_set = object.__setattr__


class Symbol(_Node):
    """A variable; `name` is canonical LaTeX (`\\vec{w}_{k+1}`), and symbols are the same when name and sort are."""

    __slots__ = ("name", "sort")
    __match_args__ = ("name", "sort")
    name: str
    sort: Sort

    def __init__(self, name: str, sort: Sort = REAL) -> None:
        _set(self, "name", name)
        _set(self, "sort", sort)
        _set(self, "depth", 1)
        _set(self, "_hash", hash((name, sort)))

    def __eq__(self, other: object) -> bool:
        return self is other or (type(other) is Symbol and self.name == other.name and self.sort == other.sort)

    __hash__ = _Node.__hash__

    def __repr__(self) -> str:
        return f"Symbol({self.name!r}, {self.sort!r})"


class Number(_Node):
    """An exact rational number."""

    __slots__ = ("value",)
    __match_args__ = ("value",)
    value: Fraction

    def __init__(self, value: Fraction | int) -> None:
        if type(value) is not Fraction:
            value = Fraction(value)
        _set(self, "value", value)
        _set(self, "depth", 1)
        _set(self, "_hash", hash(("number", value)))

    def __eq__(self, other: object) -> bool:
        return self is other or (
            type(other) is Number
            and self._hash == other._hash
            and (self.value is other.value or self.value == other.value)
        )

    __hash__ = _Node.__hash__

    def __repr__(self) -> str:
        return f"Number({self.value})"


class Constant(_Node):
    """A named constant: `zero`, `identity`, `ones` (matrix sorts), `pi`, `e` (scalars), `true`, `false` (statements)."""

    __slots__ = ("name", "sort")
    __match_args__ = ("name", "sort")
    name: str
    sort: Sort

    def __init__(self, name: str, sort: Sort) -> None:
        if name not in CONSTANTS:
            raise TermError(f"no constant is called {name!r}")
        _set(self, "name", name)
        _set(self, "sort", sort)
        _set(self, "depth", 1)
        _set(self, "_hash", hash(("constant", name, sort)))

    def __eq__(self, other: object) -> bool:
        return self is other or (type(other) is Constant and self.name == other.name and self.sort == other.sort)

    __hash__ = _Node.__hash__

    def __repr__(self) -> str:
        return f"Constant({self.name!r}, {self.sort!r})"


class Apply(_Node):
    """`head` applied to `arguments`. Sums and products are n-ary; there is no subtraction, only `negate`."""

    __slots__ = ("arguments", "free", "head", "inner_heads", "known_sort", "parts")
    __match_args__ = ("head", "arguments")
    head: str
    arguments: tuple[Term, ...]
    free: frozenset[Symbol] | None  # kept by `free_symbols`
    inner_heads: frozenset[str] | None  # kept by `heads`
    known_sort: Sort | None  # kept by `sort_of`
    parts: tuple[Term, ...] | None  # all below, kept by `subterms`

    def __init__(self, head: str, arguments: tuple[Term, ...]) -> None:
        depth = 1
        for argument in arguments:
            if argument.depth >= depth:
                depth = argument.depth + 1
        if depth > MAXIMUM_DEPTH:
            raise TermError(f"nested deeper than {MAXIMUM_DEPTH}")
        _set(self, "head", head)
        _set(self, "arguments", arguments)
        _set(self, "depth", depth)
        _set(self, "free", None)
        _set(self, "inner_heads", None)
        _set(self, "known_sort", None)
        _set(self, "parts", None)
        _set(self, "_hash", hash((head, arguments)))

    def __eq__(self, other: object) -> bool:
        return self is other or (
            type(other) is Apply
            and self._hash == other._hash
            and self.head == other.head
            and self.arguments == other.arguments
        )

    __hash__ = _Node.__hash__

    def __repr__(self) -> str:
        return f"Apply({self.head!r}, {self.arguments!r})"


class Lambda(_Node):
    """A concrete function; only counterexamples hold one. Vector parameters are taken apart by `component`."""

    __slots__ = ("body", "parameters")
    __match_args__ = ("parameters", "body")
    parameters: tuple[Symbol, ...]
    body: Term

    def __init__(self, parameters: tuple[Symbol, ...], body: Term) -> None:
        if body.depth >= MAXIMUM_DEPTH:
            raise TermError(f"nested deeper than {MAXIMUM_DEPTH}")
        _set(self, "parameters", parameters)
        _set(self, "body", body)
        _set(self, "depth", body.depth + 1)
        _set(self, "_hash", hash(("lambda", parameters, body)))

    def __eq__(self, other: object) -> bool:
        return self is other or (
            type(other) is Lambda and self.parameters == other.parameters and self.body == other.body
        )

    __hash__ = _Node.__hash__

    def __repr__(self) -> str:
        return f"Lambda({self.parameters!r}, {self.body!r})"


Term = Union[Symbol, Number, Constant, Apply, Lambda]

CONSTANTS = frozenset({"zero", "identity", "ones", "pi", "e", "true", "false"})
ZERO, ONE, TWO = Number(0), Number(1), Number(2)
PI, EULER = Constant("pi", REAL), Constant("e", REAL)
TRUE, FALSE = Constant("true", STATEMENT), Constant("false", STATEMENT)

# One-argument real functions of a real number.
ELEMENTARY = frozenset(
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
        "factorial",
    ]
)
ORDERS = frozenset({"<", "<=", ">", ">="})
RELATIONS = frozenset({"=", "!=", "approx"}) | ORDERS
CONNECTIVES = frozenset({"and", "or", "not", "implies", "iff"})
# Heads that bind their second argument (a Symbol) in their first: (body, variable, lower, upper), (body, variable, point) for limits,
# (statement, variable) for "forall": the statement for every value of the variable in its sort at which it is defined. It stands in hypotheses.
# (body, variable, A) for "each": the array of the shape of A whose entries are the values of the body at those of A.
BINDERS = frozenset({"sum", "product", "integral", "limit", "forall", "each"})
HEADS = (
    ELEMENTARY
    | RELATIONS
    | CONNECTIVES
    | BINDERS
    | frozenset(
        {
            "+",  # (a, b, ...): at least two, of one shape
            "*",  # (a, b, ...): at least two, in order; scalars commute, shapes must conform; 1 x 1 collapses to a scalar
            "negate",  # (a)
            "/",  # (a, b): b scalar
            "^",  # (a, b): scalar power, or square matrix to an integer
            "root",  # (x, n): the real n-th root, n an integer Number > 1
            "log_base",  # (b, x)
            "min",
            "max",  # (a, b, ...)
            "binomial",  # (n, k)
            "transpose",
            "trace",
            "det",
            "inverse",  # of a square matrix
            "pseudoinverse",  # of Moore and Penrose
            "adjugate",  # of a square matrix: the transposed matrix of its cofactors
            "rank",
            "exponential",  # of a square matrix, by its power series
            "hadamard",  # (A, B): the product entry by entry
            "kronecker",  # (A, B)
            "vec",  # (A): its columns below each other
            "diag",  # (vector): the square matrix with it on the diagonal
            "diagonal",  # (A): the diagonal of a square matrix, as a column
            "unit",  # (zero, i, j): the matrix of the sort of the Constant zero with 1 at (i, j) and 0 elsewhere
            "delta",  # (i, j): 1 for equal numbers, 0 for others
            "norm_one",  # of a matrix or column: the largest sum of the absolute values of a column
            "norm_infinity",  # the largest sum of the absolute values of a row
            "norm_max",  # the largest absolute value of an entry
            "norm_spectral",  # the largest singular value
            "norm_nuclear",  # the sum of the singular values
            "positive_definite",  # statements on square matrices; symmetric too
            "positive_semidefinite",
            "upper_triangular",
            "norm",  # the Euclidean (Frobenius) norm of a vector, matrix or scalar
            "inner",  # (u, v): two vectors of one length, whatever their orientation, or two matrices of one shape
            "row",  # (a, b, ...): only inside "matrix" and "blocks"
            "matrix",  # (row, row, ...): a literal
            "blocks",  # (row, row, ...): a matrix of matrices, of one height in a row and one width in a column
            "component",  # (vector, i): 1-based
            "entry",  # (matrix, i, j)
            "apply",  # (f, a, ...): f a Symbol of Function sort (or a Lambda)
            "gradient",  # (f, p): f of one vector (or matrix) argument; has the shape of p
            "hessian",  # (f, p): n x n
            "partial",  # (f, indices, a, ...): the mixed partial derivative of f at (a, ...) by the coordinates listed
            "indices",  # (Number, ...): 1-based positions in the flattened argument list, ascending; only inside "partial"
            "derivative",  # (body, symbol): d body / d symbol, at the symbol itself
            "notation",  # (s, a, ...): a notation that is read and has no meaning here; it has the sort of the Symbol s, and nothing is shown of it
        }
    )
)


def add(*terms: Term) -> Term:
    """The sum: flattened, 0 for none, the term itself for one. Nothing is simplified."""
    flat: list[Term] = []
    for term in terms:
        if isinstance(term, Apply) and term.head == "+":
            flat.extend(term.arguments)
        else:
            flat.append(term)
    return flat[0] if len(flat) == 1 else Apply("+", tuple(flat)) if flat else ZERO


def multiply(*terms: Term) -> Term:
    """The product in order; 1 for none, the term itself for one. Nothing is simplified."""
    return terms[0] if len(terms) == 1 else Apply("*", terms) if terms else ONE


def negate(term: Term) -> Term:
    return Apply("negate", (term,))


def subtract(left: Term, right: Term) -> Term:
    return add(left, negate(right))


def equal(left: Term, right: Term) -> Term:
    return Apply("=", (left, right))


def children(term: Term) -> tuple[Term, ...]:
    """The direct subterms."""
    if isinstance(term, Apply):
        return term.arguments
    if isinstance(term, Lambda):
        return (term.body,)
    return ()


def subterms(term: Term) -> Iterator[Term]:
    """The term and everything in it, outermost first; repeated subterms once. Asked again of the same term, they are known."""
    if type(term) is not Apply:
        return _subterms((term,))
    if term.parts is None:
        _set(term, "parts", tuple(_subterms(term.arguments)))
    return chain((term,), term.parts or ())


def heads(term: Term) -> frozenset[str]:
    """The heads in a term; asked again of the same term, they are known."""
    if type(term) is not Apply:
        return frozenset(part.head for part in subterms(term) if type(part) is Apply)
    if term.inner_heads is None:
        _set(term, "inner_heads", frozenset([part.head for part in subterms(term) if type(part) is Apply]))
    return term.inner_heads or frozenset()


def _subterms(terms: tuple[Term, ...]) -> Iterator[Term]:
    """Those of several terms, each once."""
    seen: dict[Term, None] = {}
    stack: list[Term] = [*reversed(terms)]
    while stack:
        current = stack.pop()
        if current not in seen:
            seen[current] = None
            stack.extend(reversed(children(current)))
    return iter(seen)


def free_symbols(term: Term) -> frozenset[Symbol]:
    """Symbols that occur free, functions included; asked again of the same term or of one that has it for a part, they are known."""
    if isinstance(term, Apply):
        if term.free is None:
            _set(term, "free", _free_in(term))
        return term.free or frozenset()
    if isinstance(term, Lambda):
        return free_symbols(term.body) - frozenset(term.parameters)
    return frozenset([term]) if isinstance(term, Symbol) else frozenset()


def _free_in(term: Apply) -> frozenset[Symbol]:
    found: set[Symbol] = set()
    arguments = term.arguments
    if term.head in BINDERS:
        found |= free_symbols(arguments[0]) - free_symbols(arguments[1])
        arguments = arguments[2:]
    for argument in arguments:
        if isinstance(argument, Symbol):
            found.add(argument)
        else:
            found |= free_symbols(argument)
    return frozenset(found)


def keep_sort(term: Apply, sort: Sort) -> None:
    """Keeps the sort of a term, which `sort_of` has computed, in the term: terms do not change."""
    _set(term, "known_sort", sort)


def substitute(term: Term, mapping: Mapping[Term, Term]) -> Term:
    """Replaces free occurrences of the keys (any terms) at once, avoiding capture.

    `derivative` is not substituted into when a key is its variable or a value would be captured: TermError.
    """
    if not mapping:
        return term
    return _substitute(term, dict(mapping), {})


def _substitute(term: Term, mapping: dict[Term, Term], memory: dict[Term, Term]) -> Term:
    replaced = mapping.get(term)
    if replaced is not None:
        return replaced
    if not isinstance(term, (Apply, Lambda)):
        return term
    known = memory.get(term)
    if known is not None:
        return known
    result: Term
    if isinstance(term, Lambda):
        inner = {key: value for key, value in mapping.items() if not free_symbols(key) & set(term.parameters)}
        if any(free_symbols(value) & set(term.parameters) for value in inner.values()):
            raise TermError("a substitution would capture a parameter")
        result = Lambda(term.parameters, _substitute(term.body, inner, {}))
    elif term.head in BINDERS or term.head == "derivative":
        body, variable, *rest = term.arguments
        bound = free_symbols(variable)
        touched = {key: value for key, value in mapping.items() if free_symbols(key) & bound}
        inside = free_symbols(body)
        # A key with a symbol that the body does not have occurs nowhere in it.
        inner = {key: value for key, value in mapping.items() if key not in touched and free_symbols(key) <= inside}
        if term.head == "derivative" and touched and inside & bound:
            raise TermError("a substitution into a derivative by the variable of differentiation")
        if any(free_symbols(value) & bound for value in inner.values()):
            raise TermError("a substitution would capture a bound variable")
        result = Apply(
            term.head, (_substitute(body, inner, {}), variable, *(_substitute(part, mapping, memory) for part in rest))
        )
    else:
        arguments = tuple(_substitute(argument, mapping, memory) for argument in term.arguments)
        result = term if arguments == term.arguments else Apply(term.head, arguments)
    memory[term] = result
    return result
