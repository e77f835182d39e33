"""The Python interface: `check` and `prove`, and `Derivation`, which `proofs/*.py` and notebooks are written with.

A derivation is written in SymPy expressions, SymPy transformations of the step before, kernel terms, or LaTeX, line by line as the author
likes; each step becomes a claim that the kernel must accept a certificate for.

    from derive import Derivation

    d = Derivation("The binomial square")
    x, y = d.real("x", "y")
    d.claim((x + y) ** 2, "=", x**2 + 2 * x * y + y**2, reason="multiplied out")
    d.then(lambda e: e.subs(y, x), reason="for $y = x$")         # not an identity: unknown or refuted, never proved
    print(d.check().documents[0].summary())
"""

from __future__ import annotations

import importlib.util
import linecache
import sys
import traceback
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import FrameType
from typing import Any

import sympy
from sympy.core.function import AppliedUndef

from derive.elaborate.sorts import Inference
from derive.elaborate.terms import Builder, Scope
from derive.kernel.certificate import Certificate, Chain, Identity, Link, Rejected, Rewrite
from derive.kernel.claim import Claim
from derive.kernel.definedness import obligations
from derive.kernel.sorting import is_scalar, sort_of
from derive.kernel.term import (
    CONNECTIVES,
    INTEGER,
    ONE,
    REAL,
    RELATIONS,
    STATEMENT,
    ZERO,
    Apply,
    Constant,
    Function,
    IllSorted,
    Lambda,
    Matrix,
    Number,
    Scalar,
    Sort,
    Symbol,
    Term,
    TermError,
    free_symbols,
    negate,
    substitute,
)
from derive.language.derivation import DerivationText, Line, Part
from derive.language.document import Document, Problem
from derive.language.document import Statement as ReadStatement
from derive.language.printing import agreement, plain
from derive.language.printing import latex as latex_of
from derive.language.report import Conclusion, DocumentReport, Report, Result, Verdict, lines_of
from derive.language.syntax import Node, UnreadError
from derive.sympy_bridge import (
    BridgeError,
    FunctionSymbol,
    Inner,
    Norm,
    ScalarOf,
    from_sympy,
    size_from_sympy,
    symbol_hypotheses,
    to_sympy,
)

Expression = Any  # a SymPy expression, a kernel term, a Python integer or fraction, or LaTeX text
Transformation = Callable[[Any], Any]

_ORDERS_BY_NAME = {"continuous": 0, "C0": 0, "C1": 1, "C2": 2, "C3": 3, "smooth": 99}
_SPELLINGS = {
    "=": "=",
    "==": "=",
    "!=": "!=",
    "<": "<",
    "<=": "<=",
    ">": ">",
    ">=": ">=",
    "approx": "approx",
    "implies": "implies",
    "iff": "iff",
    "\\neq": "!=",
    "\\le": "<=",
    "\\leq": "<=",
    "\\ge": ">=",
    "\\geq": ">=",
    "\\cong": "approx",
    "\\approx": "approx",
    "\\implies": "implies",
    "\\iff": "iff",
}
_RELATION_LATEX = {
    "=": "=",
    "!=": "\\neq",
    "<": "<",
    "<=": "\\le",
    ">": ">",
    ">=": "\\ge",
    "approx": "\\cong",
    "implies": "\\implies",
    "iff": "\\iff",
}


class DerivationError(ValueError):
    """A derivation that cannot be built as written. The text says what to do."""


def scalar(expression: Any) -> Any:
    """A 1 x 1 SymPy matrix expression, such as row times column, as a scalar that can be added to others."""
    return ScalarOf(expression)


def norm(expression: Any) -> Any:
    """The Euclidean norm of a SymPy vector, matrix or scalar, a scalar."""
    return Norm(expression)


def inner(left: Any, right: Any) -> Any:
    """The inner product of two SymPy vectors of one length, whatever their orientation, a scalar."""
    return Inner(left, right)


@dataclass(frozen=True, slots=True)
class _Written:
    """One side as the author gave it: the term, what is printed for it, and the SymPy expression where there is one."""

    term: Term
    latex: str
    expression: Any = None


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in a proof file a step is written; 1-based, code points."""

    line: int = 0
    column: int = 0
    end_line: int = 0
    end_column: int = 0


@dataclass(frozen=True, slots=True)
class _Near:
    """The point of expansion of an approximation: variable, base and order."""

    variable: Term
    base: Term
    order: int


@dataclass(eq=False, slots=True)
class Step:
    """One line of a derivation: a claim, an assumption or a definition. May be `given` to later claims."""

    id: str
    kind: str  # "claim", "assumed", "defined"
    left: _Written
    relation: str
    right: _Written
    reason: str
    part: int
    place: _Place
    continues: bool = False
    near: _Near | None = None
    suppositions: tuple[_Written, ...] = ()  # hypotheses of this step and of the rest of its chain
    new_suppositions: tuple[_Written, ...] = ()  # those that are printed with it
    premises: tuple[Step, ...] = ()
    scope: tuple[Step, ...] = ()  # assumptions and definitions in force
    symbol: Symbol | None = None  # what a definition defines

    @property
    def latex(self) -> str:
        """The line as it is printed."""
        if not self.relation:
            return self.left.latex
        return f"{self.left.latex} {_RELATION_LATEX[self.relation]} {self.right.latex}"

    @property
    def statement(self) -> Term:
        """The statement as a term."""
        if not self.relation:
            return self.left.term
        if self.near is not None:
            return Apply(
                "approx", (self.left.term, self.right.term, self.near.variable, self.near.base, Number(self.near.order))
            )
        return Apply(self.relation, (self.left.term, self.right.term))


@dataclass(slots=True)
class _PartRecord:
    title: str
    text: str
    steps: list[Step] = field(default_factory=list)


class Derivation:
    """A derivation: declared symbols, assumptions, definitions and a list of steps, each of which is verified.

    `dimension` is the size of rows, columns and matrices declared without one: a letter ("n", proved for every n at once) or a
    positive integer. Errors in how it is written raise DerivationError where they are written; what is false or unproved is never an
    exception but a verdict in the report of `check()`.
    """

    def __init__(self, title: str, dimension: str | int = "n", text: str = "") -> None:
        self.title = title
        self.text_before = text
        if isinstance(dimension, str) and dimension.isdigit():
            dimension = int(dimension)
        if isinstance(dimension, int):
            if dimension < 1:
                raise DerivationError(f"the dimension must be at least 1, not {dimension}")
            self.dimension: Any = sympy.Integer(dimension)
        else:
            if not (len(dimension) == 1 and dimension.isalpha()):
                raise DerivationError(f"the dimension must be a positive integer or one letter, not {dimension!r}")
            self.dimension = sympy.Symbol(dimension, integer=True, positive=True)
        self._symbols: dict[str, Any] = {}  # canonical name -> SymPy object
        self._sorts: dict[str, Sort] = {}
        self._formal: dict[str, tuple[str, ...]] = {}  # function -> names of its arguments
        if isinstance(self.dimension, sympy.Symbol):
            self._symbols[dimension] = self.dimension  # type: ignore[index]
            self._sorts[dimension] = INTEGER  # type: ignore[index]
        self._parts: list[_PartRecord] = [_PartRecord("", "")]
        self._lines: dict[int, int] = {}
        self._results: dict[int, Result] = {}
        self._conditions: dict[int, tuple[Term, ...]] = {}  # of proved steps and of definitions
        frame = sys._getframe(1)
        self.path = frame.f_code.co_filename

    # --- declarations --------------------------------------------------------------------------------------------------

    def real(self, *names: str, **assumptions: bool) -> Any:
        """Declares real numbers, names in LaTeX; returns the SymPy symbol, or a tuple of them. `positive=True` etc. become hypotheses."""
        return _one_or_all([self._declare_scalar(name, {"real": True, **assumptions}) for name in names])

    def positive(self, *names: str) -> Any:
        """Declares positive real numbers: as `real`, with x > 0 as a hypothesis of every step that mentions x."""
        return self.real(*names, positive=True)

    def nonnegative(self, *names: str) -> Any:
        """Declares real numbers that are at least 0."""
        return self.real(*names, nonnegative=True)

    def integer(self, *names: str, **assumptions: bool) -> Any:
        """Declares integers; returns the SymPy symbol, or a tuple of them."""
        return _one_or_all([self._declare_scalar(name, {"integer": True, **assumptions}) for name in names])

    def row(self, *names: str, size: Any = None) -> Any:
        """Declares rows (1 x size; size is the dimension of the derivation where none is given); returns SymPy MatrixSymbols."""
        return self._declare_matrices(names, 1, self._size(size))

    def column(self, *names: str, size: Any = None) -> Any:
        """Declares columns (size x 1); returns SymPy MatrixSymbols."""
        return self._declare_matrices(names, self._size(size), 1)

    vector = column

    def matrix(self, *names: str, rows: Any = None, columns: Any = None) -> Any:
        """Declares rows x columns matrices, square ones of the derivation's dimension where nothing is given; returns SymPy MatrixSymbols."""
        first = self._size(rows)
        return self._declare_matrices(names, first, first if columns is None else self._size(columns))

    def function(self, name: str, of: Any, order: int | str = 0) -> Any:
        """Declares an unknown real function, total on its arguments; a claim about it holds for every such function.

        `of` is a declared symbol or a tuple of them (it gives the sorts, and the names to print derivatives with); `order` is the number of
        continuous derivatives assumed to exist: an integer, "C1", "C2" or "smooth". Returns something to call: a SymPy function for scalar
        arguments, otherwise a function with `.gradient(point)`, `.hessian(point)` and `.partial(positions, point)`.
        """
        if isinstance(order, str):
            if order not in _ORDERS_BY_NAME:
                raise DerivationError(f"order {order!r}: expected one of {', '.join(_ORDERS_BY_NAME)} or an integer")
            order = _ORDERS_BY_NAME[order]
        variables = tuple(of) if isinstance(of, (tuple, list)) else (of,)
        terms = [self._convert(variable) for variable in variables]
        if not terms or not all(isinstance(term, Symbol) for term in terms):
            raise DerivationError(f"the arguments of {name} must be declared symbols")
        sort = Function(tuple(sort_of(term) for term in terms), REAL, order)
        key = self._fresh(name)
        names = tuple(term.name for term in terms if isinstance(term, Symbol))
        made: Any
        if all(isinstance(argument, Scalar) for argument in sort.arguments):
            made = sympy.Function(key, real=True)
        else:
            made = FunctionSymbol(Symbol(key, sort), names)
        self._symbols[key] = made
        self._sorts[key] = sort
        self._formal[key] = names
        return made

    def _declare_scalar(self, name: str, assumptions: Mapping[str, bool]) -> Any:
        key = self._fresh(name)
        made = sympy.Symbol(key, **assumptions)
        try:
            symbol_hypotheses(made)
        except BridgeError as error:
            raise DerivationError(str(error)) from None
        self._symbols[key] = made
        self._sorts[key] = INTEGER if made.is_integer else Scalar("rational") if made.is_rational else REAL
        return made

    def _declare_matrices(self, names: Sequence[str], rows: Any, columns: Any) -> Any:
        made = []
        for name in names:
            key = self._fresh(name)
            symbol = sympy.MatrixSymbol(key, rows, columns)
            self._symbols[key] = symbol
            self._sorts[key] = Matrix(size_from_sympy(rows), size_from_sympy(columns))
            made.append(symbol)
        return _one_or_all(made)

    def _size(self, size: Any) -> Any:
        if size is None:
            return self.dimension
        if isinstance(size, str):
            if not (len(size) == 1 and size.isalpha()):
                raise DerivationError(
                    f"a size must be a positive integer, a letter or an expression in these, not {size!r}"
                )
            size = sympy.Symbol(size, integer=True, positive=True)
        size = sympy.sympify(size, strict=True)
        for letter in size.free_symbols:
            self._symbols.setdefault(letter.name, letter)
            self._sorts.setdefault(letter.name, INTEGER)
        return size

    def _fresh(self, name: str) -> str:
        """The canonical spelling of a name that is not declared yet."""
        key = canonical_name(name)
        if key in self._symbols:
            raise DerivationError(f"{key} is declared already")
        return key

    # --- text ----------------------------------------------------------------------------------------------------------

    def part(self, title: str, text: str = "") -> None:
        """Opens a part: a heading with text. Assumptions and suppositions made inside a part end with it; definitions stay."""
        self._parts.append(_PartRecord(title, text))

    def assume(self, *statement: Expression, reason: str = "") -> Step:
        """Assumes a statement: one statement (a SymPy relation, a term, LaTeX) or left, relation, right. Holds to the end of the part."""
        left, relation, right = self._statement(statement)
        return self._append("assumed", left, relation, right, reason)

    def define(
        self,
        symbol: Any,
        value: Expression = None,
        reason: str = "",
        *,
        such_that: tuple[Expression, str, Expression] | None = None,
    ) -> Step:
        """Defines a declared symbol that nothing above mentions, by its value, or by cos(symbol) = quotient (`such_that`).

        The value must be defined: what the context does not imply of that is a condition of the definition and of all that uses it.
        For `such_that` the quotient must be shown to lie in [-1, 1], or the definition is unknown. Where `symbol` is an application
        `P(x)` to distinct symbols, the function P is defined. Raises DerivationError for a symbol that is mentioned above.
        """
        written = self._write(symbol)
        head = written.term
        if such_that is not None:
            left, relation, right = self._statement(such_that)
            match left.term:
                case Apply("cos", (Symbol() as angle,)) if relation == "=" and angle == head:
                    pass
                case _:
                    raise DerivationError(
                        "such_that must read cos(symbol) = value; define the symbol by its value otherwise"
                    )
            self._check_fresh(angle, right.term)
            return self._append("defined", left, "=", right, reason, symbol=angle)
        right = self._write(value)
        if isinstance(head, Apply) and head.head == "apply":
            function, *parameters = head.arguments
            assert isinstance(function, Symbol)
            if not all(isinstance(p, Symbol) for p in parameters) or len(set(parameters)) != len(parameters):
                raise DerivationError("a function is defined by its value at distinct symbols")
            self._check_fresh(function, right.term)
            return self._append("defined", written, "=", right, reason, symbol=function)
        if not isinstance(head, Symbol):
            raise DerivationError(f"only a symbol can be defined, not {written.latex}")
        self._require_one_shape(written, "=", right)
        self._check_fresh(head, right.term)
        return self._append("defined", written, "=", right, reason, symbol=head)

    def claim(
        self,
        *statement: Expression,
        reason: str = "",
        given: Iterable[Any] = (),
        near: tuple[Expression, Expression] | None = None,
        order: int = 1,
    ) -> Step:
        """Claims a statement: one statement, or left, relation, right ("=", "<=", "implies", "approx", ...). It starts a chain.

        `given` holds earlier steps (premises: if one of them is not proved, this one is unknown) and statements (hypotheses of this step
        and of its chain, printed with it). An approximation needs `near=(variable, base)` and claims equality up to o(|variable - base|^order).
        """
        left, relation, right = self._statement(statement)
        return self._append(
            "claim", left, relation, right, reason, given=given, near=self._near(relation, near, order), continues=False
        )

    def then(
        self,
        following: Expression | Transformation | Mapping[Any, Any],
        relation: str = "=",
        reason: str = "",
        *,
        given: Iterable[Any] = (),
        near: tuple[Expression, Expression] | None = None,
        order: int = 1,
    ) -> Step:
        """Continues the chain from the last right side, with an expression or a SymPy transformation of that right side.

        A transformation is a callable (`sympy.expand`, `lambda e: e.doit()`, ...) or a mapping (substitution). Whatever it returns is
        claimed, not believed. Raises DerivationError where there is nothing to continue.
        """
        previous = self._last_claim()
        if previous.relation in CONNECTIVES or not previous.relation:
            raise DerivationError("only a relation between values can be continued; start anew with .claim")
        last = previous.right
        callable_given = callable(following) and not isinstance(following, (sympy.Basic, str))
        if callable_given or isinstance(following, Mapping):
            try:
                expression = last.expression if last.expression is not None else self._expression(last.term)
                following = (
                    expression.subs(dict(following), simultaneous=True)
                    if isinstance(following, Mapping)
                    else following(expression)
                )
            except BridgeError as error:
                raise DerivationError(f"{last.latex} has no SymPy form to transform: {error}") from None
        right = self._write(following)
        word = _relation_word(relation)
        self._require_one_shape(last, word, right)
        found = self._near(word, near, order) if near is not None or word != "approx" else previous.near
        if word == "approx" and found is None:
            raise DerivationError("an approximation needs near=(variable, base)")
        return self._append(
            "claim", last, word, right, reason, given=given, near=found, continues=True, previous=previous
        )

    # --- building --------------------------------------------------------------------------------------------------------

    def _statement(self, statement: Sequence[Expression]) -> tuple[_Written, str, _Written]:
        """Left side, relation and right side of a statement given as one or three things."""
        if len(statement) == 3:
            word = _relation_word(statement[1])
            if word in CONNECTIVES:
                sides = tuple(self._write_statement(side) for side in (statement[0], statement[2]))
            else:
                sides = (self._write(statement[0]), self._write(statement[2]))
                self._require_one_shape(sides[0], word, sides[1])
            return sides[0], word, sides[1]
        if len(statement) != 1:
            raise DerivationError("a statement is one relation, or left, relation, right")
        whole = self._write_statement(statement[0])
        match whole.term:
            case Apply(head, (left, right)) if head in RELATIONS | {"implies", "iff"}:
                if whole.expression is None and isinstance(statement[0], str):
                    return whole, "", whole  # as the author wrote it
                return _Written(left, latex_of(left)), head, _Written(right, latex_of(right))
            case _:
                return whole, "", whole

    def _write(self, value: Expression) -> _Written:
        """A side: its term and how it is printed."""
        if isinstance(value, str):
            return _Written(self._read(value, statement=False), value)
        if isinstance(value, (Symbol, Number, Constant, Apply, Lambda)):
            sort_of(value)
            return _Written(value, latex_of(value))
        term = self._convert(value)
        expression = value if isinstance(value, sympy.Basic) else sympy.sympify(value)
        return _Written(term, self._display(expression, term), expression)

    def _display(self, expression: Any, term: Term) -> str:
        """SymPy's LaTeX of an expression where our reader reads the same term from it, our own of the term otherwise.

        The order of an unevaluated expression is kept; SymPy sorts the parts of the others when it prints them.
        """
        nodes = [node for node in sympy.preorder_traversal(expression) if isinstance(node, (sympy.Add, sympy.Mul))]
        kept = any(node.func(*node.args).args != node.args for node in nodes)
        text = sympy.latex(expression, order="none" if kept else None)
        try:
            back = self._read(text, statement=False)
        except (DerivationError, TermError):
            return latex_of(term)
        same = back == term or _accepted(Claim(Apply("=", (back, term))), Identity()) is not None
        return text if same else latex_of(term)

    def _write_statement(self, value: Expression) -> _Written:
        if isinstance(value, (tuple, list)):
            left, relation, right = self._statement(value)
            if not relation:
                return left
            return _Written(
                Apply(relation, (left.term, right.term)), f"{left.latex} {_RELATION_LATEX[relation]} {right.latex}"
            )
        if isinstance(value, str):
            return _Written(self._read(value, statement=True), value)
        written = self._write(value)
        try:
            sort = sort_of(written.term)
        except IllSorted as error:
            raise DerivationError(f"{written.latex}: {error}") from None
        if sort != STATEMENT:
            raise DerivationError(f"{written.latex} is not a statement but {sort}; give left, relation, right")
        return written

    def _convert(self, value: Any) -> Term:
        """The term of a SymPy expression all of whose free symbols are declared here."""
        if isinstance(value, bool):
            raise DerivationError("SymPy has evaluated this relation to a truth value; give left, relation, right")
        for symbol in sorted(getattr(value, "free_symbols", ()), key=str):
            known = self._symbols.get(getattr(symbol, "name", ""))
            if known is None:
                raise DerivationError(
                    f"{symbol} is not declared: use .real, .row, .column, .matrix, ... of the derivation"
                )
            if known != symbol:
                raise DerivationError(f"{symbol} is not the symbol of this name that the derivation declared")
        for node in sympy.preorder_traversal(value) if isinstance(value, (sympy.Basic, sympy.MatrixBase)) else ():
            if isinstance(node, AppliedUndef) and self._symbols.get(node.func.__name__) != node.func:
                raise DerivationError(
                    f"the function {node.func.__name__} is not declared: use .function of the derivation"
                )
            if isinstance(node, FunctionSymbol) and self._symbols.get(node.name) != node:
                raise DerivationError(f"the function {node.name} is not declared: use .function of the derivation")
        try:
            term = from_sympy(value, self._sorts)
            sort_of(term)
        except (BridgeError, IllSorted) as error:
            raise DerivationError(str(error)) from None
        except sympy.SympifyError:
            raise DerivationError(f"{value!r} is neither a SymPy expression, a term nor LaTeX") from None
        return term

    def _read(self, text: str, *, statement: bool) -> Term:
        """The term of a LaTeX string, read with the declarations of this derivation and nothing else."""
        node = _parsed(text, frozenset(name for name, sort in self._sorts.items() if isinstance(sort, Function)))
        node = self._without_turned_numbers(node)
        for name in node.walk():
            if name.kind == "name" and name.key not in self._sorts:
                raise DerivationError(f"{text}: {name.key} is not declared")
        try:
            inference = Inference(dict(self._sorts))
            inference.read([node])
            for key, names in self._formal.items():
                inference.give_header(key, names)
            builder = Builder(Scope(inference))
            term = _slopes(builder.formula(node) if statement else builder.term(node))
            sort_of(term)
        except UnreadError as error:
            raise DerivationError(f"{text}: {error.message}") from None
        except IllSorted as error:
            raise DerivationError(f"{text}: {error}") from None
        return term

    def _expression(self, term: Term) -> Any:
        """The SymPy expression of a term, with the symbols as they are declared here (their signs, the names of arguments)."""
        made = to_sympy(term)
        declared: dict[Any, Any] = {}
        for node in sympy.preorder_traversal(made):
            known = self._symbols.get(getattr(node, "name", ""))
            if isinstance(node, (sympy.Symbol, FunctionSymbol)) and known is not None:
                declared[node] = known
        return made.xreplace(declared)

    def _without_turned_numbers(self, node: Node) -> Node:
        """The syntax with the transpose of a name of a number (a vector of size 1) left out: d/dx^T is d/dx for it."""
        children = tuple(self._without_turned_numbers(child) for child in node.children)
        if node.kind == "transpose" and children[0].kind == "name":
            sort = self._sorts.get(children[0].key)
            if sort is not None and is_scalar(sort):
                return children[0]
        return node._replace(children=children)

    def _require_one_shape(self, left: _Written, word: str, right: _Written) -> None:
        if word == "approx":
            word = "="
        try:
            sort_of(Apply(word, (left.term, right.term)))
        except IllSorted as error:
            raise DerivationError(f"{left.latex} {_RELATION_LATEX[word]} {right.latex}: {error}") from None

    def _near(self, relation: str, near: tuple[Expression, Expression] | None, order: int) -> _Near | None:
        if relation != "approx":
            if near is not None:
                raise DerivationError("near=... belongs to approximations")
            return None
        if near is None:
            raise DerivationError("an approximation needs near=(variable, base)")
        variable = self._write(near[0]).term
        if not isinstance(variable, Symbol):
            raise DerivationError("the variable of an approximation must be a symbol")
        if any(step.symbol == variable for step in self._steps()):
            raise DerivationError(f"{variable.name} is defined above: it does not vary")
        if isinstance(near[1], int) and near[1] == 0:
            vector = isinstance(variable.sort, Matrix) and not is_scalar(variable.sort)
            base: Term = Constant("zero", variable.sort) if vector else ZERO
        else:
            base = self._write(near[1]).term
        return _Near(variable, base, order)

    def _check_fresh(self, symbol: Symbol, value: Term) -> None:
        if symbol in free_symbols(value):
            raise DerivationError(f"{symbol.name} is defined by itself")
        for step in self._steps():
            mentioned = free_symbols(step.statement).union(*(free_symbols(s.term) for s in step.suppositions))
            if symbol in mentioned:
                raise DerivationError(
                    f"{symbol.name} is mentioned above (line {step.place.line}); define it before it is used"
                )

    def _append(
        self,
        kind: str,
        left: _Written,
        relation: str,
        right: _Written,
        reason: str,
        *,
        given: Iterable[Any] = (),
        near: _Near | None = None,
        continues: bool = False,
        symbol: Symbol | None = None,
        previous: Step | None = None,
    ) -> Step:
        premises: list[Step] = list(previous.premises) if previous else []
        suppositions: list[_Written] = []
        for item in given:
            if isinstance(item, Step):
                if item.near is not None:
                    raise DerivationError("an approximation cannot be a premise; continue its chain with .then")
                premises.append(item)
            else:
                suppositions.append(self._write_statement(item))
        place = _place(sys._getframe(2))
        count = self._lines[place.line] = self._lines.get(place.line, 0) + 1
        part = len(self._parts) - 1
        scope = tuple(
            step
            for step in self._steps()
            if step.kind == "defined" or (step.kind == "assumed" and step.part in (0, part))
        )
        step = Step(
            f"{place.line}.{count}",
            kind,
            left,
            relation,
            right,
            reason,
            part,
            place,
            continues,
            near,
            (*(previous.suppositions if previous else ()), *suppositions),
            tuple(suppositions),
            tuple(premises),
            scope,
            symbol,
        )
        for premise in premises:
            _require_context(premise, step)
        self._parts[-1].steps.append(step)
        return step

    def _steps(self) -> list[Step]:
        return [step for part in self._parts for step in part.steps]

    def _last_claim(self) -> Step:
        steps = self._parts[-1].steps
        if not steps or steps[-1].kind != "claim":
            raise DerivationError(".then continues a claim: there is none directly above in this part")
        return steps[-1]

    # --- verification ------------------------------------------------------------------------------------------------------

    def check(self) -> Report:
        """Verifies every step and returns the report; the results are in the order of the steps. Steps are verified once."""
        from derive.theories import AXIOMS

        document = DocumentReport(self.path)
        for step in self._steps():
            document.results.append(self._result(step))
        document.conclusions.extend(self._conclusions())
        return Report([document], dict(AXIOMS))

    def _result(self, step: Step) -> Result:
        known = self._results.get(id(step))
        if known is None:
            known = self._results[id(step)] = self._verify(step)
        return known

    def _verify(self, step: Step) -> Result:
        result = Result(
            step.id,
            step.place.line,
            step.place.column,
            step.place.end_line,
            step.place.end_column,
            step.latex,
            step.relation,
            Verdict.UNKNOWN,
            reading=plain(step.statement),
            reason=step.reason,
            premises=tuple(premise.id for premise in step.premises),
        )
        if step.kind == "assumed":
            result.verdict = Verdict.ASSUMED
            return result
        if step.kind == "defined":
            self._verify_definition(step, result)
            return result
        leaning = [*step.premises, *_Context(self, step).used_definitions(with_assumptions=True)]
        resting = [p for p in leaning if self._result(p).verdict not in _HOLDING]
        refuted = [p for p in resting if self._result(p).verdict is Verdict.REFUTED]
        self._decide(step, result)
        if resting and result.verdict is Verdict.PROVED:
            result.verdict = Verdict.UNKNOWN
            result.code = "rests-on-refuted" if refuted else "rests-on-unknown"
            names = lines_of(p.id for p in (refuted or resting))
            result.message = f"follows from {names}, {'refuted' if refuted else 'neither proved nor refuted'}"
        return result

    def _verify_definition(self, step: Step, result: Result) -> None:
        """Well-definedness: of the value; for an angle, that the quotient lies in [-1, 1] too."""
        context = _Context(self, step)
        if step.symbol is not None and isinstance(step.symbol.sort, Function):
            result.verdict = Verdict.DEFINED  # a function: its definedness is that of its values, where they are used
            return
        undischarged, axioms = context.undischarged(step.right.term)
        result.axioms = axioms
        if step.left.term != step.symbol:
            value = step.right.term
            for statement in (Apply("<=", (negate(ONE), value)), Apply("<=", (value, ONE))):
                outcome = context.decide(statement)
                if outcome.verdict is not Verdict.PROVED:
                    result.code = "definition-not-shown"
                    result.message = f"not shown: {plain(statement)}; so no such {plain(step.left.term)} need exist"
                    return
                result.axioms = _union(result.axioms, outcome.axioms)
                undischarged = _union(undischarged, outcome.conditions)
        result.verdict = Verdict.DEFINED
        result.conditions = tuple(plain(c) for c in undischarged)
        result.conditions_latex = tuple(latex_of(c) for c in undischarged)
        context.remember(step, undischarged)

    def _decide(self, step: Step, result: Result) -> None:
        context = _Context(self, step)
        outcome = context.decide(step.statement, step.near)
        result.verdict = outcome.verdict
        result.code = outcome.code
        result.message = outcome.message
        result.procedure = outcome.procedure
        result.axioms = outcome.axioms
        result.claim = context.claim
        result.certificate = outcome.certificate
        result.refutation = outcome.refutation
        result.counterexample = outcome.counterexample
        result.seconds = dict(outcome.seconds)
        result.hypotheses = tuple(plain(h) for h in (context.claim.hypotheses if context.claim else ()))
        conditions = outcome.conditions
        if outcome.verdict is Verdict.PROVED:
            conditions = _union(conditions, *(self._conditions.get(id(p), ()) for p in step.premises))
            conditions = _union(conditions, *context.definition_conditions())
            self._conditions[id(step)] = conditions
            if step.near is not None:
                result.message = agreement(step.near.variable, step.near.base, step.near.order)
        result.conditions = tuple(plain(c) for c in conditions)
        result.conditions_latex = tuple(latex_of(c) for c in conditions)

    def _signs(self, mentioned: Iterable[Symbol]) -> tuple[Term, ...]:
        """The sign hypotheses of the declared symbols among these, by name."""
        found: list[Term] = []
        for symbol in sorted(set(mentioned), key=lambda s: s.name):
            made = self._symbols.get(symbol.name)
            if isinstance(made, sympy.Symbol) and made != self.dimension:
                found.extend(symbol_hypotheses(made))
        return tuple(found)

    def _conclusions(self) -> list[Conclusion]:
        """What each chain of two or more links says as a whole: proved where every link is and the kernel accepts the chain."""
        found: list[Conclusion] = []
        for chain in self._chains():
            word = _conclusion_word([step.relation for step in chain])
            if len(chain) < 2 or word is None:
                continue
            conditions = self._chain_conditions(chain, word)
            found.append(
                Conclusion(
                    f"{chain[0].id}-{chain[-1].id}",
                    f"{chain[0].left.latex} {_RELATION_LATEX[word]} {chain[-1].right.latex}",
                    word,
                    Verdict.UNKNOWN if conditions is None else Verdict.PROVED,
                    tuple(plain(c) for c in conditions or ()),
                    tuple(step.id for step in chain),
                )
            )
        return found

    def _chain_conditions(self, chain: Sequence[Step], word: str) -> tuple[Term, ...] | None:
        """The conditions of a chain's conclusion, None where it is not proved."""
        if any(self._result(step).verdict is not Verdict.PROVED for step in chain):
            return None
        near = next((step.near for step in chain if step.near is not None), None)
        for unfolding in (False, True) if near is None else (True,):
            conditions = self._chain_in_one_form(chain, word, near, unfolding)
            if conditions is not None:
                return _union(conditions, *(self._conditions.get(id(step), ()) for step in chain))
        return None

    def _chain_in_one_form(
        self, chain: Sequence[Step], word: str, near: _Near | None, unfolding: bool
    ) -> tuple[Term, ...] | None:
        """The conditions of the conclusion, all links under the hypotheses of the last and with definitions all unfolded or none."""
        context = _Context(self, chain[-1])
        links: list[Link] = []
        ends: list[Apply] = []
        hypotheses: tuple[Term, ...] = ()
        for step in chain:
            claim, _ = context.claim_of(context.unfold_functions(step.statement), near, unfolding)
            known = self._result(step)
            certificate = known.certificate if known.claim == claim else _decide_claim(claim).certificate
            if certificate is None or not isinstance(claim.statement, Apply):
                return None
            hypotheses = claim.hypotheses
            links.append(Link(claim.statement, certificate))
            ends.append(claim.statement)
        expansion = next((end.arguments[2:] for end in ends if end.head == "approx"), ())
        statement = Apply(word, (ends[0].arguments[0], ends[-1].arguments[1], *expansion))
        return _accepted(Claim(statement, hypotheses), Chain(tuple(links)))

    def _chains(self) -> list[list[Step]]:
        chains: list[list[Step]] = []
        for step in self._steps():
            if step.kind != "claim":
                continue
            if step.continues and chains:
                chains[-1].append(step)
            else:
                chains.append([step])
        return chains

    def _chain_of(self, step: Step) -> list[Step]:
        return next((chain for chain in self._chains() if any(member is step for member in chain)), [step])

    # --- writing -----------------------------------------------------------------------------------------------------------

    def text(self) -> DerivationText:
        """The derivation with its verdicts, in the author's own form, as the writers take it."""
        self.check()
        parts = []
        for part in self._parts:
            if not part.steps and not part.title and not part.text:
                continue
            lines = []
            for step in part.steps:
                left, right = (step.left.latex, step.right.latex) if step.relation else (step.latex, "")
                relation = _RELATION_LATEX.get(step.relation, "")
                lines.append(Line(left, relation, right, _reason(step), step.kind, self._result(step), step.continues))
            parts.append(Part(part.title, part.text, tuple(lines)))
        return DerivationText(self.title, self.text_before, tuple(parts))

    def write(self, to: str = "latex") -> str:
        """The derivation as text: to = "latex", "markdown" or another writer's name. Raises DerivationError for an unknown one."""
        from derive.write import WRITERS

        writer = WRITERS.get(to)
        if writer is None or not hasattr(writer, "write_derivation"):
            raise DerivationError(f"there is no writer {to!r}")
        return str(writer.write_derivation(self.text()))

    def _repr_latex_(self) -> str:
        """What Jupyter shows: the steps, aligned."""
        rows = []
        for step in self._steps():
            if step.relation:
                left = "" if step.continues else step.left.latex
                rows.append(f"{left} &{_RELATION_LATEX[step.relation]} {step.right.latex}")
            else:
                rows.append(f"& {step.latex}")
        return "$$\n\\begin{aligned}\n" + " \\\\\n".join(rows) + "\n\\end{aligned}\n$$"


# --- one step in its context ----------------------------------------------------------------------------------------------

_HOLDING = (Verdict.PROVED, Verdict.DEFINED, Verdict.ASSUMED)


class _Context:
    """What one step may lean on: assumptions, definitions, its own suppositions and its premises."""

    def __init__(self, derivation: Derivation, step: Step) -> None:
        self.derivation = derivation
        self.step = step
        self.claim: Claim | None = None
        self.values: dict[Symbol, Term] = {}
        self.functions: dict[Symbol, tuple[tuple[Symbol, ...], Term]] = {}
        self.implicit: list[Step] = []
        self.definitions: list[Step] = []
        hypotheses: list[Term] = []
        for known in step.scope:
            if known.kind == "assumed":
                hypotheses.append(known.statement)
            else:
                self._add_definition(known)
        self.hypotheses = [self.unfold_functions(h) for h in hypotheses]
        # An equation that defines an angle says where its quotient is defined: it must not discharge conditions of other steps.
        used = self.used_definitions(with_assumptions=True)
        self.implicit = [d for d in self.implicit if any(d is one for one in used)]
        self.hypotheses.extend(self.unfold_functions(d.statement) for d in self.implicit)
        self.hypotheses.extend(self.unfold_functions(s.term) for s in step.suppositions)
        self.hypotheses.extend(self.unfold_functions(p.statement) for p in step.premises)

    def _add_definition(self, step: Step) -> None:
        assert step.symbol is not None
        self.definitions.append(step)
        value = step.right.term
        if isinstance(step.symbol.sort, Function):
            assert isinstance(step.left.term, Apply)
            parameters = tuple(p for p in step.left.term.arguments[1:] if isinstance(p, Symbol))
            self.functions[step.symbol] = (parameters, self.unfold_functions(value))
        elif step.left.term == step.symbol:
            self.values[step.symbol] = self.unfold(value)
        else:
            self.implicit.append(step)

    def unfold(self, term: Term) -> Term:
        """The term with all definitions by value replaced by the values."""
        mapping: dict[Term, Term] = {symbol: value for symbol, value in self.values.items()}  # noqa: C416 - a wider type
        return substitute(self.unfold_functions(term), mapping)

    def unfold_functions(self, term: Term) -> Term:
        """The term with applications of defined functions replaced by their values."""
        if not self.functions or not isinstance(term, Apply):
            return term
        arguments = tuple(self.unfold_functions(argument) for argument in term.arguments)
        function = arguments[0] if arguments else None
        if isinstance(function, Symbol) and function in self.functions:
            parameters, body = self.functions[function]
            if term.head == "apply":
                return substitute(body, dict(zip(parameters, arguments[1:], strict=True)))
            if term.head in ("gradient", "hessian", "partial"):
                return Apply(term.head, (Lambda(parameters, body), *arguments[1:]))
        return term if arguments == term.arguments else Apply(term.head, arguments)

    def decide(self, statement: Term, near: _Near | None = None) -> Any:
        """The outcome for a statement: first with the defined symbols left as they are (which proves more), then unfolded.

        An approximation is always unfolded: what is defined in terms of its variable moves with it. Hypotheses about the variable are left
        out, since it varies; a refutation without them would prove nothing, so there is none then.
        """
        statement = self.unfold_functions(statement)
        mentioned = free_symbols(statement).union(*(free_symbols(h) for h in self.hypotheses))
        uses_definitions = bool(mentioned & set(self.values))
        attempts = [False, True] if uses_definitions else [False]
        if near is not None or (uses_definitions and self._conditional_definitions(mentioned)):
            attempts = [True]
        outcome: Any = None
        for unfolding in attempts:
            try:
                outcome = self._attempt(statement, near, unfolding)
            except TermError as error:
                return _Failed("not-expressible", str(error))
            if outcome.verdict is Verdict.PROVED:
                return outcome
        return outcome

    def claim_of(self, statement: Term, near: _Near | None, unfolding: bool) -> tuple[Claim, bool]:
        """The claim, and whether hypotheses about the variable of an approximation were left out of it."""
        hypotheses = self.hypotheses
        if unfolding:
            statement, hypotheses = self.unfold(statement), [self.unfold(h) for h in hypotheses]
        dropped = False
        if near is not None:
            assert isinstance(near.variable, Symbol)
            kept = [h for h in hypotheses if near.variable not in free_symbols(h)]
            dropped = len(kept) != len(hypotheses)
            hypotheses = kept
        mentioned = set(free_symbols(statement)).union(*(free_symbols(h) for h in hypotheses))
        for member in self.derivation._chain_of(self.step):
            term = self.unfold(member.statement) if unfolding else member.statement
            mentioned |= free_symbols(term)
        signs = self.derivation._signs(mentioned)
        return Claim(statement, tuple(dict.fromkeys([*signs, *hypotheses]))), dropped

    def _attempt(self, statement: Term, near: _Near | None, unfolding: bool) -> Any:
        claim, dropped = self.claim_of(statement, near, unfolding)
        self.claim = claim
        outcome = self._by_implicit_definitions(claim)
        if outcome is None:
            outcome = _decide_claim(claim)
        if outcome.verdict is Verdict.REFUTED and (defined := self._where_defined(claim)):
            # At a counterexample all definitions in scope have a value, also those that the statement does not mention.
            self.claim = claim = replace(claim, hypotheses=(*claim.hypotheses, *defined))
            outcome = _decide_claim(claim)
            if outcome.verdict is not Verdict.REFUTED:
                return _Failed(
                    "definition", "it fails where a definition has no value, and is not proved where all have one"
                )
        if dropped and outcome.verdict is Verdict.REFUTED:
            return _Failed(
                "hypotheses-on-the-variable", "false without the hypotheses on what varies; these cannot be used here"
            )
        return outcome

    def _by_implicit_definitions(self, claim: Claim) -> Any:
        """The outcome with cos(theta) written out wherever it occurs, where the kernel accepts the rewriting."""
        for index, hypothesis in enumerate(claim.hypotheses):
            if not (isinstance(hypothesis, Apply) and any(d.symbol in free_symbols(hypothesis) for d in self.implicit)):
                continue
            if hypothesis.head != "=":
                continue
            cosine, quotient = hypothesis.arguments
            if not (isinstance(cosine, Apply) and cosine.head == "cos"):
                continue
            written_out = substitute(claim.statement, {cosine: quotient})
            if written_out == claim.statement:
                continue
            outcome = _decide_claim(Claim(written_out, claim.hypotheses))
            if outcome.verdict is Verdict.PROVED:
                certificate = Rewrite(index, False, outcome.certificate)
                conditions = _accepted(claim, certificate)
                if conditions is not None:
                    return replace(outcome, claim=claim, certificate=certificate, conditions=conditions)
        return None

    def _where_defined(self, claim: Claim) -> tuple[Term, ...]:
        """Where the definitions in scope have values, as far as their conditions speak of symbols of the claim."""
        symbols = free_symbols(claim.statement).union(*map(free_symbols, claim.hypotheses))
        conditions = [one for each in self.definitions for one in self.derivation._conditions.get(id(each), ())]
        return tuple(one for one in map(self.unfold, conditions) if free_symbols(one) & symbols)

    def _conditional_definitions(self, mentioned: Iterable[Symbol]) -> bool:
        return any(self.derivation._conditions.get(id(d)) for d in self.definitions if d.symbol in set(mentioned))

    def used_definitions(self, *, with_assumptions: bool = False) -> list[Step]:
        """The definitions that the step mentions, directly or through others; with the assumptions in scope, those that these mention too."""
        terms = [
            self.step.statement,
            *(s.term for s in self.step.suppositions),
            *(p.statement for p in self.step.premises),
        ]
        if with_assumptions:
            terms += [s.statement for s in self.step.scope if s.kind == "assumed"]
        mentioned = set(free_symbols(terms[0])).union(*(free_symbols(t) for t in terms))
        used: list[Step] = []
        for definition in reversed(self.definitions):
            if definition.symbol in mentioned:
                used.append(definition)
                mentioned |= free_symbols(definition.statement)
        return used[::-1]

    def definition_conditions(self) -> list[tuple[Term, ...]]:
        return [self.derivation._conditions.get(id(d), ()) for d in self.used_definitions()]

    def undischarged(self, term: Term) -> tuple[tuple[Term, ...], tuple[str, ...]]:
        """What must hold for the term to be defined and is not implied by the context; and the axioms that the rest needed."""
        left: list[Term] = []
        axioms: tuple[str, ...] = ()
        for obligation in obligations(self.unfold(term)):
            outcome = self.decide(obligation)
            if outcome.verdict is Verdict.PROVED and not outcome.conditions:
                axioms = _union(axioms, outcome.axioms)
            else:
                left.append(obligation)
        return tuple(left), axioms

    def remember(self, step: Step, conditions: tuple[Term, ...]) -> None:
        self.derivation._conditions[id(step)] = conditions


@dataclass(frozen=True, slots=True)
class _Failed:
    """An outcome without a decision."""

    code: str
    message: str
    verdict: Verdict = Verdict.UNKNOWN
    conditions: tuple[Term, ...] = ()
    certificate: Certificate | None = None
    refutation: None = None
    procedure: str = ""
    axioms: tuple[str, ...] = ()
    counterexample: None = None
    seconds: Mapping[str, float] = field(default_factory=dict)


def _decide_claim(claim: Claim) -> Any:
    from derive.verify import decide_claim

    return decide_claim(claim)


def _accepted(claim: Claim, certificate: Certificate) -> tuple[Term, ...] | None:
    """The conditions under which the kernel accepts the certificate, None where it does not."""
    from derive.kernel.check import check as kernel_check
    from derive.theories import AXIOMS

    try:
        return kernel_check(claim, certificate, AXIOMS)
    except (Rejected, IllSorted, TermError):
        return None


def _conclusion_word(relations: Sequence[str]) -> str | None:
    """The strictest sign of the links where the directions agree, None where nothing follows."""
    kinds = set(relations)
    if kinds <= {"=", "approx"}:
        return "approx" if "approx" in kinds else "="
    for strict, weak in (("<", "<="), (">", ">=")):
        if kinds <= {"=", strict, weak}:
            return strict if strict in kinds else weak
    return None


def _slopes(term: Term) -> Term:
    """The term with gradients by numbers (vectors of size 1) as the derivatives that they are, so that they have one form."""
    if not isinstance(term, Apply):
        return term
    arguments = tuple(_slopes(argument) for argument in term.arguments)
    if term.head == "gradient" and is_scalar(sort_of(arguments[1])):
        return Apply("partial", (arguments[0], Apply("indices", (ONE,)), arguments[1]))
    return Apply(term.head, arguments)


def _union(*parts: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(item for part in parts for item in part))


def _one_or_all(made: list[Any]) -> Any:
    if not made:
        raise DerivationError("no name was given")
    return made[0] if len(made) == 1 else tuple(made)


def _relation_word(relation: Any) -> str:
    if not isinstance(relation, str) or relation not in _SPELLINGS:
        raise DerivationError(
            f"{relation!r} is not a relation; use one of {', '.join(dict.fromkeys(_SPELLINGS.values()))}"
        )
    return _SPELLINGS[relation]


def _require_context(premise: Step, step: Step) -> None:
    """A premise may only be used where everything that it was shown under holds too."""
    held = {s.statement for s in step.scope if s.kind == "assumed"} | {s.term for s in step.suppositions}
    needed = [s.statement for s in premise.scope if s.kind == "assumed"] + [s.term for s in premise.suppositions]
    for statement in needed:
        if statement not in held:
            raise DerivationError(
                f"step {premise.id} was shown under {plain(statement)}, which is not assumed here: add it to `given`"
            )


def _reason(step: Step) -> str:
    """The author's reason, with the hypotheses of the step itself."""
    if not step.new_suppositions:
        return step.reason
    given = ", ".join(f"${s.latex}$" for s in step.new_suppositions)
    return f"{step.reason}, given {given}" if step.reason else f"given {given}"


def canonical_name(name: str) -> str:
    """The canonical LaTeX of a name: `w_k` and `w_{k}` are one. Raises DerivationError for what is not one name."""
    node = _parsed(name, frozenset())
    if node.kind != "name" or not node.key:
        raise DerivationError(f"{name!r} is not a name")
    return str(node.key)


def _parsed(text: str, functions: frozenset[str]) -> Any:
    """The syntax of a LaTeX string that is one statement or expression."""
    from derive.read.formula import Names, read_formula

    parts = read_formula(text, 0, Names(functions), claims=True)
    if len(parts) != 1 or not isinstance(parts[0], ReadStatement):
        message = next(
            (p.message for p in parts if not isinstance(p, ReadStatement)), "it is not one statement or expression"
        )
        raise DerivationError(f"{text}: {message}")
    part = parts[0]
    if part.mark or part.connector or part.starts_with_relation:
        raise DerivationError(f"{text}: it is not one statement or expression")
    return part.node


def _place(frame: FrameType) -> _Place:
    """The place of the call that the frame is in the middle of."""
    line, end_line, column, end_column = list(frame.f_code.co_positions())[frame.f_lasti // 2]
    if line is None or end_line is None or column is None or end_column is None:
        return _Place(frame.f_lineno, 1, frame.f_lineno, 1)
    name = frame.f_code.co_filename

    def characters(number: int, offset: int) -> int:
        return len(linecache.getline(name, number).encode("utf-8")[:offset].decode("utf-8", "replace"))

    return _Place(line, characters(line, column) + 1, end_line, max(characters(end_line, end_column), 1))


# --- the two functions ------------------------------------------------------------------------------------------------------


def load(path: str | Path, dimension: str | int = "n") -> Derivation:
    """The derivation of a proof file: `derivation(dimension)` of the module. The file is Python code and is executed.

    Raises DerivationError, with the line, for a file that raises, and for one that offers no derivation.
    """
    path = Path(path)
    name = f"derive_proof_{path.stem}"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None or not path.is_file():
        raise DerivationError(f"{path} is not a readable Python file; check the path")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # dataclasses of the file look their module up
    try:
        spec.loader.exec_module(module)
        make = getattr(module, "derivation", None)
        if not callable(make):
            raise DerivationError(
                f"{path} offers no function derivation(dimension); define one that returns a derive.Derivation"
            )
        made = make(dimension)
    except DerivationError as error:
        raise _located(error, path) from error
    except (Exception, SystemExit) as error:
        raise _located(error, path) from error
    if not isinstance(made, Derivation):
        raise DerivationError(f"derivation(dimension) of {path} must return a Derivation, not {type(made).__name__}")
    made.path = str(path)
    return made


class ProofFileError(DerivationError):
    """A proof file that cannot be used: `line` is the last line of the file that was being executed, 0 where there is none."""

    line = 0


def _located(error: BaseException, path: Path) -> ProofFileError:
    text = str(error) if isinstance(error, DerivationError) else f"{type(error).__name__}: {error}"
    found = ProofFileError(text)
    if isinstance(error, SyntaxError) and error.lineno:
        found.line = error.lineno
        return found
    for frame in traceback.extract_tb(error.__traceback__):
        if Path(frame.filename) == path or Path(frame.filename) == path.resolve():
            found.line = frame.lineno or 0
    return found


def check(*paths: str | Path, dimension: str | int = "n") -> Report:
    """Checks posts, papers, notebooks and proof files (`.py`, which are executed); the report has one document a path, in order.

    `dimension` is handed to proof files. Macros and declarations of `derive.toml` or pyproject.toml above a document hold in it. A file that cannot be read is a document with a problem, never an exception.
    """
    from derive.read import read
    from derive.settings import SettingsError, settings_for
    from derive.theories import AXIOMS
    from derive.verify import verify

    report = Report([], dict(AXIOMS))
    for path in paths:
        if str(path).endswith(".py"):
            try:
                document = load(path, dimension).check().documents[0]
            except DerivationError as error:
                line = error.line if isinstance(error, ProofFileError) else 0
                document = DocumentReport(
                    str(path), problems=[Problem(str(error), line, 1 if line else 0, "proof-file")]
                )
        else:
            try:
                settings = settings_for(str(path))
            except SettingsError as error:
                report.documents.append(DocumentReport(str(path), problems=[Problem(str(error), code="settings")]))
                continue
            text = read(str(path), settings.preamble)
            text.notes += settings.notes()
            document = verify(text)
        report.documents.append(document)
    return report


def prove(latex: str, declare: Sequence[str] = (), assume: Sequence[str] = ()) -> DocumentReport:
    """Decides the relations of one LaTeX formula; everything in it is a claim.

    `declare` and `assume` hold items of the declaration language ("x : positive real", "a < b"). What is not understood is an `unread`
    result of the report, never an exception.
    """
    from derive.read import read_claim
    from derive.verify import verify

    document: Document = read_claim(latex, tuple(declare), tuple(assume))
    return verify(document)


__all__ = [
    "Derivation",
    "DerivationError",
    "ProofFileError",
    "Step",
    "Transformation",
    "check",
    "inner",
    "load",
    "norm",
    "prove",
    "scalar",
]
