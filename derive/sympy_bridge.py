"""The bridge between kernel terms and SymPy expressions.

`to_sympy(term)` and `from_sympy(expression, sorts)` translate node by node. SymPy evaluates while it builds (`x/x` is 1 before anyone can
look), so what an author wrote cannot always be recovered: what is there is translated, and what has no meaning here is refused
with the name of the node; nothing is guessed. Factors of matrices keep their order. What SymPy has no class for (the norm, the inner
product, the gradient of an unknown function, ...) has a small class here; these are ordinary SymPy expressions, which `xreplace`, `subs`
and `expand` go through.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

import sympy
from sympy.core.function import AppliedUndef
from sympy.logic.boolalg import BooleanFalse, BooleanTrue
from sympy.matrices.expressions.matexpr import MatrixElement
from sympy.printing.precedence import PRECEDENCE, precedence_traditional

from derive.kernel.term import (
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
    multiply,
    negate,
)


class BridgeError(ValueError):
    """An expression or term that has no counterpart on the other side. The text names the node and what to do."""


# --- SymPy classes for what SymPy has no class for ---------------------------------------------------------------------


def _unevaluated_derivative(expression: Any, symbol: Any) -> Any:
    """0 where the symbol does not occur, an unevaluated derivative otherwise: these classes claim no rule of their own."""
    if symbol not in expression.free_symbols:
        return sympy.S.Zero
    return sympy.Derivative(expression, symbol, evaluate=False)


class FunctionSymbol(sympy.Atom):  # type: ignore[misc]
    """An unknown function with a vector or matrix among its arguments; called, it gives an `Application`.

    `symbol` is the kernel symbol (name and sort); `variables` are the names of its arguments, for printing derivatives only.
    """

    __slots__ = ("symbol", "variables")

    def __new__(cls, symbol: Symbol, variables: tuple[str, ...] = ()) -> FunctionSymbol:
        if not isinstance(symbol.sort, Function):
            raise BridgeError(f"{symbol.name} is {symbol.sort}, not a function")
        made: FunctionSymbol = super().__new__(cls)
        made.symbol = symbol
        made.variables = variables
        return made

    def _hashable_content(self) -> tuple[Any, ...]:
        return (self.symbol,)

    def __getnewargs__(self) -> tuple[Any, ...]:
        return (self.symbol, self.variables)

    @property
    def name(self) -> str:
        return self.symbol.name  # type: ignore[no-any-return]

    def sort_key(self, order: Any = None) -> Any:
        return self.class_key(), (1, (self.name,)), sympy.S.One.sort_key(), sympy.S.One

    def __call__(self, *arguments: Any) -> Application:
        """The value at the arguments, a real scalar."""
        sort = self.symbol.sort
        assert isinstance(sort, Function)
        if len(arguments) != len(sort.arguments):
            raise BridgeError(f"{self.name} takes {len(sort.arguments)} arguments, not {len(arguments)}")
        return Application(self, *map(sympy.sympify, arguments, [True] * len(arguments)))

    def gradient(self, point: Any) -> Gradient:
        """The gradient at a point: it has the shape of the point; `.T` is the derivative by the transposed variable."""
        return Gradient(self, point)

    def hessian(self, point: Any) -> Hessian:
        """The matrix of second partial derivatives at a point (a row or a column of size n), n x n."""
        return Hessian(self, point)

    def partial(self, indices: tuple[int, ...], *arguments: Any) -> Partial:
        """The partial derivative by the coordinates listed (1-based, in the flattened arguments) at the arguments, a scalar."""
        return Partial(self, sympy.Tuple(*indices), *arguments)

    def _latex(self, printer: Any) -> str:
        return self.name

    def _sympystr(self, printer: Any) -> str:
        return self.name


class Application(sympy.Expr):  # type: ignore[misc]
    """The value of a `FunctionSymbol` at arguments: a real scalar."""

    is_commutative = True
    is_real = True
    is_extended_real = True

    def _eval_derivative(self, symbol: Any) -> Any:
        return _unevaluated_derivative(self, symbol)

    def _latex(self, printer: Any) -> str:
        function, *arguments = self.args
        return rf"{function.name}\left({', '.join(printer.doprint(a) for a in arguments)}\right)"

    def _sympystr(self, printer: Any) -> str:
        function, *arguments = self.args
        return f"{function.name}({', '.join(printer.doprint(a) for a in arguments)})"


class Norm(sympy.Expr):  # type: ignore[misc]
    """The Euclidean (Frobenius) norm of a vector, matrix or scalar: a real scalar, at least 0."""

    is_commutative = True
    is_real = True
    is_extended_real = True
    is_nonnegative = True
    is_extended_nonnegative = True

    def __new__(cls, argument: Any) -> Norm:
        made: Norm = super().__new__(cls, _expression(argument))
        return made

    def _eval_derivative(self, symbol: Any) -> Any:
        return _unevaluated_derivative(self, symbol)

    def _latex(self, printer: Any, exp: str | None = None) -> str:
        text = rf"\left\lVert {printer.doprint(self.args[0])} \right\rVert"
        return text if exp is None else f"{text}^{{{exp}}}"


class Inner(sympy.Expr):  # type: ignore[misc]
    """The inner product of two vectors of one length, whatever their orientation, or of two matrices of one shape: a real scalar."""

    is_commutative = True
    is_real = True
    is_extended_real = True
    precedence = PRECEDENCE["Mul"]

    def __new__(cls, left: Any, right: Any) -> Inner:
        left, right = _expression(left), _expression(right)
        if _length(left) != _length(right):
            raise BridgeError(f"an inner product of {_shape_text(left)} and {_shape_text(right)}")
        made: Inner = super().__new__(cls, left, right)
        return made

    def _eval_derivative(self, symbol: Any) -> Any:
        return _unevaluated_derivative(self, symbol)

    def _latex(self, printer: Any) -> str:
        left, right = (printer.parenthesize(a, PRECEDENCE["Mul"], strict=False) for a in self.args)
        return rf"{left} \cdot {right}"


class ScalarOf(sympy.Expr):  # type: ignore[misc]
    """The one entry of a 1 x 1 matrix expression such as row times column, as a scalar. SymPy does not add scalars and 1 x 1 matrices."""

    is_commutative = True
    is_real = True
    is_extended_real = True

    def __new__(cls, argument: Any) -> Any:
        argument = _expression(argument)
        if not getattr(argument, "is_Matrix", False):
            return argument
        if not (argument.rows == 1 and argument.cols == 1):
            raise BridgeError(f"only a 1 x 1 matrix is a scalar, not {_shape_text(argument)}")
        if isinstance(argument, sympy.MatrixBase):
            return argument[0, 0]
        if isinstance(argument, sympy.ZeroMatrix):
            return sympy.S.Zero
        return super().__new__(cls, argument)

    @property
    def precedence(self) -> Any:
        return precedence_traditional(self.args[0])

    def _eval_derivative(self, symbol: Any) -> Any:
        return _unevaluated_derivative(self, symbol)

    def _latex(self, printer: Any) -> str:
        return printer.doprint(self.args[0])  # type: ignore[no-any-return]

    def _sympystr(self, printer: Any) -> str:
        return printer.doprint(self.args[0])  # type: ignore[no-any-return]


class RealRoot(sympy.Expr):  # type: ignore[misc]
    """The real n-th root, n an integer literal: odd roots of negative numbers are negative (SymPy's own power is complex there)."""

    is_commutative = True
    is_real = True
    is_extended_real = True

    def __new__(cls, argument: Any, degree: Any) -> RealRoot:
        degree = _expression(degree)
        if not (degree.is_Integer and degree > 1):
            raise BridgeError(f"a root of degree {degree}: the degree must be an integer literal above 1")
        made: RealRoot = super().__new__(cls, _expression(argument), degree)
        return made

    def _eval_derivative(self, symbol: Any) -> Any:
        return _unevaluated_derivative(self, symbol)

    def _latex(self, printer: Any) -> str:
        return rf"\sqrt[{printer.doprint(self.args[1])}]{{{printer.doprint(self.args[0])}}}"


class Partial(sympy.Expr):  # type: ignore[misc]
    """A partial derivative of a `FunctionSymbol`: (function, positions, arguments...), a real scalar. Positions are 1-based and ascending."""

    is_commutative = True
    is_real = True
    is_extended_real = True

    def _eval_derivative(self, symbol: Any) -> Any:
        return _unevaluated_derivative(self, symbol)

    def _latex(self, printer: Any) -> str:
        function, positions, *arguments = self.args
        if len(arguments) == 1 and tuple(getattr(arguments[0], "shape", ())) == (1, 1) and len(positions) == 1:
            return _derivative_latex(printer, function, arguments[0], False)
        inside = ", ".join(printer.doprint(a) for a in arguments)
        return rf"\partial_{{{' '.join(map(str, positions))}}} {function.name}\left({inside}\right)"


class Gradient(sympy.MatrixExpr):  # type: ignore[misc]
    """The gradient of a `FunctionSymbol` of one vector (or matrix) at a point: the shape of the point. `.T` turns it."""

    is_commutative = False
    precedence = PRECEDENCE["Atom"]

    def __new__(cls, function: FunctionSymbol, point: Any, turned: Any = 0) -> Gradient:
        made: Gradient = super().__new__(cls, function, _expression(point), sympy.Integer(turned))
        return made

    @property
    def shape(self) -> tuple[Any, Any]:
        rows, columns = getattr(self.args[1], "shape", (1, 1))
        return (columns, rows) if self.args[2] == 1 else (rows, columns)

    def _eval_transpose(self) -> Gradient:
        function, point, turned = self.args
        return Gradient(function, point, 1 - turned)

    def _entry(self, i: Any, j: Any, **_options: Any) -> Any:
        return MatrixElement(self, i, j)

    def _latex(self, printer: Any, exp: str | None = None) -> str:
        function, point, turned = self.args
        text = _derivative_latex(printer, function, point, turned == 1)
        return text if exp is None else rf"\left({text}\right)^{{{exp}}}"


def _derivative_latex(printer: Any, function: FunctionSymbol, point: Any, turned: bool) -> str:
    """The derivative by the function's one variable, with a bar where it is taken at another point."""
    at = printer.doprint(point)
    variable = function.variables[0] if function.variables else "x"
    text = rf"\dfrac{{\partial {function.name}}}{{\partial {variable}{'^T' if turned else ''}}}"
    return text if at == variable else rf"{text} \bigg\rvert_{{{variable} = {at}}}"


class Hessian(sympy.MatrixExpr):  # type: ignore[misc]
    """The matrix of second partial derivatives of a `FunctionSymbol` of one row or column of size n at a point: n x n."""

    is_commutative = False

    def __new__(cls, function: FunctionSymbol, point: Any) -> Hessian:
        made: Hessian = super().__new__(cls, function, _expression(point))
        return made

    @property
    def shape(self) -> tuple[Any, Any]:
        size = _length(self.args[1])
        return (size, size)

    def _entry(self, i: Any, j: Any, **_options: Any) -> Any:
        return MatrixElement(self, i, j)

    def _latex(self, printer: Any) -> str:
        return rf"\nabla^{{2}} {self.args[0].name}\left({printer.doprint(self.args[1])}\right)"


def _expression(value: Any) -> Any:
    """A SymPy object as it is, Python integers and fractions as SymPy numbers; never text."""
    if isinstance(value, (str, bytes)):
        raise BridgeError(f"text is not an expression: {value!r}")
    if isinstance(value, sympy.MatrixBase):
        return value.as_immutable()
    if isinstance(value, Fraction):
        return sympy.Rational(value.numerator, value.denominator)
    return sympy.sympify(value, strict=True)


def _is_matrix(expression: Any) -> bool:
    return bool(getattr(expression, "is_Matrix", False))


def _length(expression: Any) -> Any:
    if not _is_matrix(expression):
        return sympy.S.One
    rows, columns = expression.shape
    return columns if rows == 1 else rows if columns == 1 else sympy.Tuple(rows, columns)


def _shape_text(expression: Any) -> str:
    return f"a {expression.shape[0]} x {expression.shape[1]} matrix" if _is_matrix(expression) else "a scalar"


# --- sizes and symbols ---------------------------------------------------------------------------------------------------

_SIZE_TOKEN = re.compile(r"\s*(?:(\d+)|([A-Za-z](?:_\{?\w+\}?)?)|([-+*()]))")


def size_to_sympy(size: Size) -> Any:
    """A size as a SymPy integer expression; its letters become positive integer symbols. Raises BridgeError for other text."""
    if isinstance(size, int):
        return sympy.Integer(size)
    tokens: list[str] = []
    place = 0
    while place < len(size.rstrip()):
        found = _SIZE_TOKEN.match(size, place)
        if found is None:
            raise BridgeError(f"{size!r} is not a size: expected sums and products of letters and numbers")
        tokens.append(found.group().strip())
        place = found.end()
    tokens.append("")

    def factor() -> Any:
        word = tokens.pop(0)
        if word.isdigit():
            return sympy.Integer(int(word))
        if word == "(":
            value = total()
            if tokens.pop(0) != ")":
                raise BridgeError(f"{size!r} is not a size: unbalanced parentheses")
            return value
        if word == "-":
            return -factor()
        if not word[:1].isalpha():
            raise BridgeError(f"{size!r} is not a size")
        return sympy.Symbol(word, integer=True, positive=True)

    def product() -> Any:
        value = factor()
        while tokens[0] == "*":
            tokens.pop(0)
            value = value * factor()
        return value

    def total() -> Any:
        value = product()
        while tokens[0] in ("+", "-"):
            value = value + product() if tokens.pop(0) == "+" else value - product()
        return value

    result = total()
    if tokens != [""]:
        raise BridgeError(f"{size!r} is not a size")
    return result


def size_from_sympy(size: Any) -> Size:
    """A SymPy shape entry as a size: a number, or the text of a sum of products of letters."""
    size = sympy.sympify(size, strict=True)
    if size.is_Integer:
        if size < 1:
            raise BridgeError(f"a size of {size}")
        return int(size)
    expanded = sympy.expand(size)
    for node in sympy.preorder_traversal(expanded):
        if not (node.is_Integer or isinstance(node, (sympy.Symbol, sympy.Add, sympy.Mul))):
            raise BridgeError(f"a size {size}: only sums and products of letters and integers are sizes")
    return str(expanded)


def _matrix_sort(expression: Any) -> Matrix:
    rows, columns = expression.shape
    return Matrix(size_from_sympy(rows), size_from_sympy(columns))


_SIGNS = ("positive", "negative", "nonnegative", "nonpositive", "nonzero", "zero")
_EXPRESSIBLE = frozenset(
    ("real", "extended_real", "integer", "rational", "complex", "commutative", "finite", "hermitian", *_SIGNS)
) | frozenset(f"extended_{sign}" for sign in _SIGNS)


def _scalar_domain(symbol: Any) -> Scalar:
    if symbol.is_integer:
        return INTEGER
    if symbol.is_rational:
        return Scalar("rational")
    return REAL


def symbol_hypotheses(symbol: Any) -> tuple[Term, ...]:
    """What SymPy's assumptions on a scalar symbol say of its sign, as statements; SymPy evaluates with them, so they are hypotheses.

    Raises BridgeError for an assumption that has no meaning here (even, prime, irrational, imaginary, noncommutative, ...).
    """
    given = symbol.assumptions0 if not hasattr(symbol, "_assumptions_orig") else symbol._assumptions_orig
    for name, value in given.items():
        if name not in _EXPRESSIBLE or (
            name in ("real", "finite", "commutative", "complex", "extended_real") and not value
        ):
            raise BridgeError(f"the assumption {name}={value} of the symbol {symbol} has no meaning here")
    kernel_symbol = Symbol(symbol.name, _scalar_domain(symbol))
    if symbol.is_positive:
        return (Apply(">", (kernel_symbol, ZERO)),)
    if symbol.is_negative:
        return (Apply("<", (kernel_symbol, ZERO)),)
    found: list[Term] = []
    if symbol.is_zero:
        found.append(Apply("=", (kernel_symbol, ZERO)))
    elif symbol.is_nonnegative:
        found.append(Apply(">=", (kernel_symbol, ZERO)))
    elif symbol.is_nonpositive:
        found.append(Apply("<=", (kernel_symbol, ZERO)))
    elif given.get("nonzero") or given.get("extended_nonzero") or given.get("zero") is False:
        found.append(Apply("!=", (kernel_symbol, ZERO)))
    # SymPy also takes negated signs (positive=False on a real symbol is nonpositive, handled above).
    return tuple(found)


def hypotheses_of(expression: Any) -> tuple[Term, ...]:
    """The sign hypotheses of all scalar symbols of an expression, in the order of their names."""
    symbols = sorted((s for s in _free(expression) if isinstance(s, sympy.Symbol)), key=lambda s: s.name)
    found: list[Term] = []
    for symbol in symbols:
        found.extend(h for h in symbol_hypotheses(symbol) if h not in found)
    return tuple(found)


def _free(expression: Any) -> Any:
    return getattr(expression, "free_symbols", set())


# --- SymPy -> terms -----------------------------------------------------------------------------------------------------

_FUNCTIONS_FROM: dict[Any, str] = {
    sympy.exp: "exp",
    sympy.log: "log",
    sympy.sin: "sin",
    sympy.cos: "cos",
    sympy.tan: "tan",
    sympy.cot: "cot",
    sympy.sec: "sec",
    sympy.csc: "csc",
    sympy.asin: "arcsin",
    sympy.acos: "arccos",
    sympy.atan: "arctan",
    sympy.sinh: "sinh",
    sympy.cosh: "cosh",
    sympy.tanh: "tanh",
    sympy.Abs: "abs",
    sympy.sign: "sgn",
    sympy.floor: "floor",
    sympy.ceiling: "ceil",
    sympy.gamma: "gamma",
    sympy.factorial: "factorial",
    sympy.Max: "max",
    sympy.Min: "min",
    sympy.binomial: "binomial",
}
_FUNCTIONS_TO: dict[str, Any] = {head: function for function, head in _FUNCTIONS_FROM.items()}

_RELATIONS_FROM: dict[Any, str] = {
    sympy.Eq: "=",
    sympy.Ne: "!=",
    sympy.Lt: "<",
    sympy.Le: "<=",
    sympy.Gt: ">",
    sympy.Ge: ">=",
}
_RELATIONS_TO: dict[str, Any] = {head: relation for relation, head in _RELATIONS_FROM.items()}
_CONNECTIVES_FROM: dict[Any, str] = {
    sympy.And: "and",
    sympy.Or: "or",
    sympy.Not: "not",
    sympy.Implies: "implies",
    sympy.Equivalent: "iff",
}
_CONNECTIVES_TO: dict[str, Any] = {head: connective for connective, head in _CONNECTIVES_FROM.items()}

_REFUSED: dict[str, str] = {
    "ImaginaryUnit": "complex numbers have no meaning here yet",
    "Infinity": "infinity is not a number",
    "NegativeInfinity": "infinity is not a number",
    "ComplexInfinity": "SymPy evaluated an undefined expression (zoo)",
    "NaN": "SymPy evaluated an undefined expression (nan)",
    "Float": "a float is not exact; write sympy.Rational",
    "Dummy": "a Dummy has no name of its own; use a Symbol",
    "Wild": "a Wild is a pattern, not a symbol",
    "Piecewise": "case distinctions are not terms; state one claim a case",
}


def from_sympy(expression: Any, sorts: Mapping[str, Sort] | None = None) -> Term:
    """The kernel term of a SymPy expression, matrix expression, explicit matrix or relation.

    `sorts` gives the sorts of symbols and undefined functions by name; without it a scalar symbol is integer, rational or (otherwise) real by
    its SymPy assumptions, a matrix symbol has its shape, and an undefined function takes reals with no derivative assumed to exist.
    Signs that SymPy assumes are not part of the term: `hypotheses_of` gives them. Raises BridgeError with the name of the node for
    whatever has no meaning here, and for two different symbols of one name.
    """
    expression = _expression(expression)
    names: dict[str, Any] = {}
    for symbol in sympy.preorder_traversal(expression):
        named = isinstance(symbol, (sympy.Symbol, sympy.MatrixSymbol))
        if named and names.setdefault(symbol.name, symbol) != symbol:
            raise BridgeError(f"two different SymPy symbols are called {symbol.name}; give them one set of assumptions")
    try:
        return _Converter(dict(sorts or {})).term(expression)
    except RecursionError:
        raise BridgeError("the expression is nested too deeply") from None
    except TermError as error:
        raise BridgeError(str(error)) from None


class _Converter:
    """One conversion; it holds the sorts by name."""

    def __init__(self, sorts: dict[str, Sort]) -> None:
        self.sorts = sorts

    def term(self, node: Any) -> Term:
        """The term of a node."""
        kind = type(node)
        for known in kind.__mro__:
            convert = _CONVERSIONS.get(known)
            if convert is not None:
                return convert(self, node)
        if kind in _FUNCTIONS_FROM:
            return Apply(_FUNCTIONS_FROM[kind], self.terms(node.args))
        if kind in _RELATIONS_FROM:
            return Apply(_RELATIONS_FROM[kind], self.terms(node.args))
        if kind in _CONNECTIVES_FROM:
            return self.connective(_CONNECTIVES_FROM[kind], node.args)
        reason = _REFUSED.get(kind.__name__, "it has no meaning here")
        raise BridgeError(f"{kind.__name__} in {node}: {reason}")

    def terms(self, nodes: Any) -> tuple[Term, ...]:
        return tuple(self.term(node) for node in nodes)

    def symbol(self, node: Any) -> Term:
        if type(node) is not sympy.Symbol:
            raise BridgeError(
                f"{type(node).__name__} {node}: {_REFUSED.get(type(node).__name__, 'it has no meaning here')}"
            )
        symbol_hypotheses(node)  # refuses assumptions without a meaning
        sort = self.sorts.get(node.name, _scalar_domain(node))
        if not isinstance(sort, Scalar):
            raise BridgeError(f"{node.name} is a scalar in SymPy, but {sort} here")
        return Symbol(node.name, sort)

    def matrix_symbol(self, node: Any) -> Term:
        sort = _matrix_sort(node)
        declared = self.sorts.get(node.name, sort)
        if declared != sort:
            raise BridgeError(f"{node.name} is {sort} in SymPy, but {declared} here")
        return Symbol(node.name, sort)

    def rational(self, node: Any) -> Term:
        return Number(Fraction(int(node.p), int(node.q)))

    def total(self, node: Any) -> Term:
        return (
            add(*self.terms(node.args))
            if not any(isinstance(a, (sympy.Add, sympy.MatAdd)) for a in node.args)
            else Apply("+", self.terms(node.args))
        )

    def product(self, node: Any) -> Term:
        """Factors in order; numbers and scalar powers with negative exponents go below a fraction bar."""
        above: list[Term] = []
        below: list[Term] = []
        negative = False
        for factor in node.args:
            if isinstance(factor, sympy.Rational) and not (factor.is_Integer and factor == 1):
                negative ^= bool(factor < 0)
                if abs(factor.p) != 1:
                    above.append(Number(abs(int(factor.p))))
                if factor.q != 1:
                    below.append(Number(int(factor.q)))
            elif _is_reciprocal(factor):
                below.append(self.power_of(factor.base, -factor.exp))
            elif isinstance(factor, sympy.Mul) and isinstance(node, sympy.MatMul):
                coefficient = self.product(factor)
                match coefficient:
                    case Apply("negate", (inside,)):
                        negative, coefficient = not negative, inside
                    case _:
                        pass
                match coefficient:
                    case Apply("/", (numerator, denominator)):
                        if numerator != ONE:
                            above.append(numerator)
                        below.append(denominator)
                    case _:
                        above.append(coefficient)
            else:
                above.append(self.term(factor))
        result = multiply(*above)
        if below:
            result = Apply("/", (result, multiply(*below)))
        return negate(result) if negative else result

    def power(self, node: Any) -> Term:
        if _is_reciprocal(node):
            return Apply("/", (ONE, self.power_of(node.base, -node.exp)))
        return self.power_of(node.base, node.exp)

    def power_of(self, base: Any, exponent: Any) -> Term:
        if exponent == 1:
            return self.term(base)
        if exponent == sympy.Rational(1, 2):
            return Apply("sqrt", (self.term(base),))
        return Apply("^", (self.term(base), self.term(exponent)))

    def matrix_power(self, node: Any) -> Term:
        base, exponent = node.args
        if not exponent.is_Integer:
            raise BridgeError(f"MatPow in {node}: the exponent of a matrix must be an integer literal")
        if exponent == -1:
            return Apply("inverse", (self.term(base),))
        if exponent < 0:
            return Apply("^", (Apply("inverse", (self.term(base),)), Number(-int(exponent))))
        return Apply("^", (self.term(base), Number(int(exponent))))

    def explicit(self, node: Any) -> Term:
        rows, columns = node.shape
        if rows == 0 or columns == 0:
            raise BridgeError("a matrix without entries")
        return Apply(
            "matrix", tuple(Apply("row", tuple(self.term(node[i, j]) for j in range(columns))) for i in range(rows))
        )

    def element(self, node: Any) -> Term:
        parent, i, j = node.args
        rows, columns = parent.shape
        matrix = self.term(parent)
        first, second = self.term(i + 1), self.term(j + 1)
        for index, bound in ((i, rows), (j, columns)):
            if (index.is_Integer and index < 0) or (index.is_Integer and bound.is_Integer and index >= bound):
                raise BridgeError(f"the element {node} is outside of the matrix")
        if (rows == 1) is not (columns == 1):
            position = second if rows == 1 else first
            if isinstance(position, Number):
                return Apply("component", (matrix, position))
        return Apply("entry", (matrix, first, second))

    def constant_matrix(self, node: Any) -> Term:
        name = {"ZeroMatrix": "zero", "Identity": "identity", "OneMatrix": "ones"}[type(node).__name__]
        return Constant(name, _matrix_sort(node))

    def connective(self, head: str, arguments: Any) -> Term:
        parts = self.terms(arguments)
        if head == "iff" and len(parts) != 2:
            raise BridgeError("Equivalent of other than two statements")
        return Apply(head, parts)

    def undefined_function(self, node: Any) -> Symbol:
        """The kernel symbol of the undefined function that a node applies."""
        name = node.func.__name__
        sort = self.sorts.get(name)
        if sort is None:
            arguments = tuple(_matrix_sort(a) if _is_matrix(a) else REAL for a in node.args)
            sort = Function(arguments, REAL, 0)
        if not isinstance(sort, Function):
            raise BridgeError(f"{name} is applied, but it is {sort}")
        if len(sort.arguments) != len(node.args):
            raise BridgeError(f"{name} takes {len(sort.arguments)} arguments, not {len(node.args)}")
        return Symbol(name, sort)

    def application(self, node: Any) -> Term:
        return Apply("apply", (self.undefined_function(node), *self.terms(node.args)))

    def derivative(self, node: Any) -> Term:
        return self.derivative_at(node, {})

    def derivative_at(self, node: Any, values: dict[Any, Any]) -> Term:
        """A derivative, with its variables then replaced by `values`: a partial derivative of an undefined function, or `derivative`."""
        body, *counts = node.args
        variables: list[Any] = []
        for variable, count in counts:
            if not (isinstance(variable, sympy.Symbol) and count.is_Integer):
                raise BridgeError(f"Derivative by {variable} ({count} times): only by scalar symbols, literally often")
            variables.extend([variable] * int(count))
        if isinstance(body, AppliedUndef) and not any(_is_matrix(a) for a in body.args):
            arguments = body.args
            if all(isinstance(a, sympy.Symbol) for a in arguments) and len(set(arguments)) == len(arguments):
                if not all(v in arguments for v in variables):
                    return ZERO
                positions = sorted(arguments.index(v) + 1 for v in variables)
                indices = Apply("indices", tuple(Number(p) for p in positions))
                at = tuple(self.term(values.get(a, a)) for a in arguments)
                return Apply("partial", (self.undefined_function(body), indices, *at))
            # f(2 x, y) at a place: the variable must be an argument by itself, and in no other
            positions_by_variable: list[int] = []
            for variable in variables:
                places = [i for i, a in enumerate(arguments) if variable in a.free_symbols]
                if len(places) != 1 or arguments[places[0]] != variable:
                    break
                positions_by_variable.append(places[0] + 1)
            else:
                indices = Apply("indices", tuple(Number(p) for p in sorted(positions_by_variable)))
                at = tuple(self.term(a.xreplace(values)) for a in arguments)
                return Apply("partial", (self.undefined_function(body), indices, *at))
        if any(values.get(v, v) != v for v in variables):
            raise BridgeError(
                f"Subs of {node}: only a derivative of an undefined function is taken at a place; use its value"
            )
        result = self.term(body.xreplace(values) if values else body)
        for variable in variables:
            result = Apply("derivative", (result, self.term(variable)))
        return result

    def substitution(self, node: Any) -> Term:
        body, variables, values = node.args
        mapping = dict(zip(variables, values, strict=True))
        if isinstance(body, sympy.Derivative):
            return self.derivative_at(body, mapping)
        if body.has(sympy.Derivative):
            raise BridgeError(f"Subs in {node}: a derivative below a substitution; apply doit() first")
        return self.term(body.xreplace(mapping))

    def summation(self, node: Any) -> Term:
        head = {"Sum": "sum", "Product": "product", "Integral": "integral"}[type(node).__name__]
        body, *limits = node.args
        result = self.term(body)
        for limit in limits:
            if len(limit) != 3:
                raise BridgeError(f"{type(node).__name__} without bounds: only definite ones have a value")
            variable, lower, upper = limit
            result = Apply(head, (result, self.term(variable), self.term(lower), self.term(upper)))
        return result

    def limit(self, node: Any) -> Term:
        body, variable, point, direction = node.args
        if str(direction) != "+-":
            raise BridgeError(f"the one-sided limit {node}: only two-sided limits (dir='+-') have a meaning here")
        return Apply("limit", (self.term(body), self.term(variable), self.term(point)))

    def own_application(self, node: Any) -> Term:
        function, *arguments = node.args
        return Apply("apply", (function.symbol, *self.terms(arguments)))

    def gradient(self, node: Any) -> Term:
        function, point, turned = node.args
        if tuple(node.shape) == (1, 1):  # of a function of one number: its derivative
            return Apply("partial", (function.symbol, Apply("indices", (ONE,)), self.term(point)))
        result = Apply("gradient", (function.symbol, self.term(point)))
        return Apply("transpose", (result,)) if turned == 1 else result

    def hessian(self, node: Any) -> Term:
        return Apply("hessian", (node.args[0].symbol, self.term(node.args[1])))

    def partial(self, node: Any) -> Term:
        function, positions, *arguments = node.args
        indices = Apply("indices", tuple(Number(int(p)) for p in sorted(positions)))
        return Apply("partial", (function.symbol, indices, *self.terms(arguments)))


def _is_reciprocal(node: Any) -> bool:
    return isinstance(node, sympy.Pow) and isinstance(node.exp, sympy.Rational) and bool(node.exp < 0)


def _heads(head: str) -> Callable[[_Converter, Any], Term]:
    return lambda self, node: Apply(head, self.terms(node.args))


_CONVERSIONS: dict[Any, Callable[[_Converter, Any], Term]] = {
    sympy.Symbol: _Converter.symbol,
    sympy.MatrixSymbol: _Converter.matrix_symbol,
    sympy.Rational: _Converter.rational,
    sympy.Add: _Converter.total,
    sympy.MatAdd: _Converter.total,
    sympy.Mul: _Converter.product,
    sympy.MatMul: _Converter.product,
    sympy.Pow: _Converter.power,
    sympy.Inverse: lambda self, node: Apply("inverse", (self.term(node.args[0]),)),
    sympy.MatPow: _Converter.matrix_power,
    sympy.Transpose: _heads("transpose"),
    sympy.Trace: _heads("trace"),
    sympy.Determinant: _heads("det"),
    sympy.Identity: _Converter.constant_matrix,
    sympy.ZeroMatrix: _Converter.constant_matrix,
    sympy.OneMatrix: _Converter.constant_matrix,
    sympy.MatrixBase: _Converter.explicit,
    MatrixElement: _Converter.element,
    AppliedUndef: _Converter.application,
    sympy.Derivative: _Converter.derivative,
    sympy.Subs: _Converter.substitution,
    sympy.Sum: _Converter.summation,
    sympy.Product: _Converter.summation,
    sympy.Integral: _Converter.summation,
    sympy.Limit: _Converter.limit,
    BooleanTrue: lambda _self, _node: TRUE,
    BooleanFalse: lambda _self, _node: FALSE,
    sympy.core.numbers.Pi: lambda _self, _node: PI,
    sympy.core.numbers.Exp1: lambda _self, _node: EULER,
    FunctionSymbol: lambda _self, node: node.symbol,
    Application: _Converter.own_application,
    Norm: _heads("norm"),
    Inner: _heads("inner"),
    ScalarOf: lambda self, node: self.term(node.args[0]),
    RealRoot: _heads("root"),
    Gradient: _Converter.gradient,
    Hessian: _Converter.hessian,
    Partial: _Converter.partial,
}


# --- terms -> SymPy -----------------------------------------------------------------------------------------------------


def symbol_to_sympy(symbol: Symbol, variables: tuple[str, ...] = ()) -> Any:
    """The SymPy object of a kernel symbol: a Symbol, a MatrixSymbol, an undefined function (of scalars) or a FunctionSymbol."""
    match symbol.sort:
        case Scalar("complex"):
            return sympy.Symbol(symbol.name, complex=True)
        case Scalar(domain):
            return sympy.Symbol(symbol.name, **{domain: True})
        case Matrix(rows, columns):
            return sympy.MatrixSymbol(symbol.name, size_to_sympy(rows), size_to_sympy(columns))
        case Function(arguments, result, _):
            if all(isinstance(a, Scalar) for a in arguments) and isinstance(result, Scalar):
                return sympy.Function(symbol.name, real=True)
            if not isinstance(result, Scalar):
                raise BridgeError(f"{symbol.name}: only functions with scalar values have a SymPy counterpart")
            return FunctionSymbol(symbol, variables)
        case _:
            raise BridgeError(f"{symbol.name} is a statement; SymPy has no symbol for it")


def to_sympy(term: Term) -> Any:
    """The SymPy expression of a kernel term. SymPy evaluates while building, so the result may be simpler than the term (x/x is 1).

    Scalars become real expressions, matrices matrix expressions (factors in order), statements relations and connectives. Raises
    BridgeError for a Lambda, an approximation, a statement symbol, and where SymPy itself refuses.
    """
    try:
        return _to(term, {})
    except RecursionError:
        raise BridgeError("the term is nested too deeply") from None
    except (TypeError, ValueError, NotImplementedError) as error:
        if isinstance(error, BridgeError):
            raise
        raise BridgeError(f"SymPy cannot build it: {error}") from None


def _to(term: Term, memory: dict[Term, Any]) -> Any:
    if term not in memory:
        memory[term] = _build(term, memory)
    return memory[term]


def _scalar(expression: Any) -> Any:
    return ScalarOf(expression) if _is_matrix(expression) and tuple(expression.shape) == (1, 1) else expression


def _build(term: Term, memory: dict[Term, Any]) -> Any:
    match term:
        case Symbol():
            return symbol_to_sympy(term)
        case Number(value):
            return sympy.Rational(value.numerator, value.denominator)
        case Constant(name, sort):
            if isinstance(sort, Matrix):
                rows, columns = size_to_sympy(sort.rows), size_to_sympy(sort.columns)
                if name == "identity":
                    return sympy.Identity(rows)
                return sympy.ZeroMatrix(rows, columns) if name == "zero" else sympy.OneMatrix(rows, columns)
            named = {"pi": sympy.pi, "e": sympy.E, "true": sympy.true, "false": sympy.false, "zero": sympy.S.Zero}
            return named.get(name, sympy.S.One)
        case Lambda():
            raise BridgeError("a Lambda: concrete functions stand in counterexamples only")
        case Apply(head, arguments):
            return _build_apply(head, arguments, memory)


def _build_apply(head: str, arguments: tuple[Term, ...], memory: dict[Term, Any]) -> Any:
    if head in ("apply", "gradient", "hessian", "partial"):
        return _build_function(head, arguments, memory)
    if head == "matrix":
        rows = []
        for row in arguments:
            assert isinstance(row, Apply)
            rows.append([_scalar(_to(entry, memory)) for entry in row.arguments])
        return sympy.ImmutableDenseMatrix(rows)
    if head in ("row", "indices"):
        raise BridgeError(f"{head} outside of its place")
    if head == "approx":
        raise BridgeError("approx: SymPy has no relation for an approximation")
    values = [_to(argument, memory) for argument in arguments]
    if head in _CONNECTIVES_TO:
        return _CONNECTIVES_TO[head](*values)
    if head in _RELATIONS_TO:
        if any(_is_matrix(v) for v in values) and not all(_is_matrix(v) for v in values):
            values = [_scalar(v) for v in values]
        return _RELATIONS_TO[head](*values)
    if head in _FUNCTIONS_TO:
        return _FUNCTIONS_TO[head](*map(_scalar, values))
    match head, values:
        case "+", _:
            if all(_is_matrix(v) for v in values):
                return sympy.MatAdd(*values)
            return sympy.Add(*map(_scalar, values))
        case "*", _:
            if not any(_is_matrix(v) for v in values):
                return sympy.Mul(*values)
            return _build_product(values)
        case "negate", [value]:
            return sympy.MatMul(sympy.Integer(-1), value) if _is_matrix(value) else -value
        case "/", [above, below]:
            below = _scalar(below)
            return sympy.MatMul(1 / below, above) if _is_matrix(above) else above / below
        case "^", [base, exponent]:
            return (
                sympy.MatPow(base, exponent)
                if _is_matrix(base) and base.shape != (1, 1)
                else _scalar(base) ** _scalar(exponent)
            )
        case "sqrt", [value]:
            return sympy.sqrt(_scalar(value))
        case "root", [value, degree]:
            return RealRoot(_scalar(value), degree)
        case "log_base", [base, value]:
            return sympy.log(_scalar(value)) / sympy.log(_scalar(base))
        case "transpose", [value]:
            return (
                sympy.transpose(value)
                if isinstance(value, (Gradient, sympy.MatrixBase))
                else (sympy.Transpose(value) if _is_matrix(value) else value)
            )
        case "trace", [value]:
            return sympy.Trace(value) if _is_matrix(value) else value
        case "det", [value]:
            return sympy.Determinant(value) if _is_matrix(value) else value
        case "inverse", [value]:
            return sympy.Inverse(value) if _is_matrix(value) else 1 / value
        case "norm", [value]:
            return Norm(value)
        case "inner", [left, right]:
            return Inner(left, right)
        case "component", [vector, position]:
            index = position - 1
            return (
                vector
                if not _is_matrix(vector)
                else MatrixElement(vector, *((0, index) if vector.rows == 1 else (index, 0)))
            )
        case "entry", [matrix, i, j]:
            return matrix if not _is_matrix(matrix) else MatrixElement(matrix, i - 1, j - 1)
        case (("sum" | "product" | "integral"), [body, variable, lower, upper]):
            made = {"sum": sympy.Sum, "product": sympy.Product, "integral": sympy.Integral}[head]
            return made(_scalar(body), (variable, _scalar(lower), _scalar(upper)))
        case "limit", [body, variable, point]:
            return sympy.Limit(_scalar(body), variable, _scalar(point), "+-")
        case "derivative", [body, variable]:
            return sympy.Derivative(_scalar(body), variable, evaluate=False)
        case _:
            raise BridgeError(f"the head {head} has no SymPy counterpart")


def _build_product(values: list[Any]) -> Any:
    """Scalars first; runs of matrices that multiply to 1 x 1 are scalars too, as in the kernel."""
    scalars: list[Any] = []
    run: list[Any] = []
    for value in values:
        single = _scalar(value)
        if not _is_matrix(single):
            scalars.append(single)  # scalars commute
            continue
        run.append(value)
        if run[0].shape[0] == 1 and value.shape[1] == 1:
            scalars.append(ScalarOf(sympy.MatMul(*run)))
            run = []
    return sympy.MatMul(*scalars, *run) if run else sympy.Mul(*scalars)


def _build_function(head: str, arguments: tuple[Term, ...], memory: dict[Term, Any]) -> Any:
    function, *rest = arguments
    if not isinstance(function, Symbol):
        raise BridgeError("a Lambda: concrete functions stand in counterexamples only")
    symbol = symbol_to_sympy(function)
    if head == "partial":
        indices, *rest = rest
        assert isinstance(indices, Apply)
        positions = [int(i.value) for i in indices.arguments if isinstance(i, Number)]
        values = [_to(argument, memory) for argument in rest]
        if isinstance(symbol, FunctionSymbol):
            return Partial(symbol, sympy.Tuple(*positions), *values)
        # distinct stand-ins that no argument contains, so that nothing is captured
        taken = set().union(*(v.free_symbols for v in values))
        places = []
        for index, value in enumerate(values):
            place = value if isinstance(value, sympy.Symbol) and values.count(value) == 1 else None
            others = set().union(*(v.free_symbols for k, v in enumerate(values) if k != index))
            if place is None or place in others:
                number = index + 1
                while (place := sympy.Symbol(f"x_{{{number}}}", real=True)) in taken:
                    number += len(values)
            places.append(place)
        derivative = sympy.Derivative(symbol(*places), *(places[p - 1] for p in positions))
        if places == values:
            return derivative
        return sympy.Subs(derivative, tuple(places), tuple(values))
    values = [_to(argument, memory) for argument in rest]
    if head == "apply":
        return symbol(*values)
    if not isinstance(symbol, FunctionSymbol):
        raise BridgeError(f"{head} of {function.name}, a function of scalars: use its partial derivatives")
    return Gradient(symbol, values[0]) if head == "gradient" else Hessian(symbol, values[0])


__all__ = [
    "Application",
    "BridgeError",
    "FunctionSymbol",
    "Gradient",
    "Hessian",
    "Inner",
    "Norm",
    "Partial",
    "RealRoot",
    "ScalarOf",
    "from_sympy",
    "hypotheses_of",
    "size_from_sympy",
    "size_to_sympy",
    "symbol_hypotheses",
    "symbol_to_sympy",
    "to_sympy",
]
