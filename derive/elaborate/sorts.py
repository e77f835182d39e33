"""Sorts of the names of a text, by unification over all its formulas, before anything is classified (elaboration.md, S1-S9).

Every expression has a shape: two dimensions, each a number, a letter, or not yet known. A name with an arrow or in bold is a vector (a bold
capital a matrix), a bare name is real unless it is transposed or stands alone against a vector. What is declared is never changed.
A conflict is left alone here: the formula that causes it is found ill-sorted when its term is built.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import chain, count

from derive.kernel.term import REAL, Function, Matrix, Scalar, Size, Sort
from derive.language.syntax import Node

Shape = tuple[int, int]  # two dimensions, as indices into the table of dimensions

_SCALAR_KINDS = frozenset({"abs", "norm", "inner", "factorial", "binomial"})
_VECTOR_FONTS = frozenset({"vec", "overrightarrow"})
_BOLD_FONTS = frozenset({"mathbf", "boldsymbol", "bm"})
_DECORATED = re.compile(r"\\([A-Za-z]+)\{(.*)\}", re.DOTALL)


def base_of(key: str) -> str:
    """The name without subscript: `\\vec{w}` of `\\vec{w}_{k+1}`."""
    depth = 0
    for index, character in enumerate(key):
        if character == "{":
            depth += 1
        elif character == "}":
            depth -= 1
        elif character == "_" and depth == 0 and index:
            return key[:index]
    return key


def subscript_of(key: str) -> str:
    """The subscript without braces: `k+1` of `\\vec{w}_{k+1}`; empty without one."""
    rest = key[len(base_of(key)) + 1 :]
    return rest[1:-1] if rest.startswith("{") and rest.endswith("}") else rest


def unmarked(base: str) -> str:
    """A base without its marks: `x` of `x^{*}` and of `x^{(i)}`."""
    depth = 0
    for index, character in enumerate(base):
        if character == "{":
            depth += 1
        elif character == "}":
            depth -= 1
        elif character == "^" and depth == 0 and index:
            return base[:index]
    return base


def marks_of(key: str) -> str:
    """The marks of a name: `^{*}` of `x^{*}_{k}`; empty without one."""
    base = base_of(key)
    return base[len(unmarked(base)) :]


def fonts_of(key: str) -> tuple[str, ...]:
    """The fonts and accents of a name, outermost first."""
    found: list[str] = []
    core = unmarked(base_of(key))
    while (match := _DECORATED.fullmatch(core)) is not None:
        found.append(match.group(1))
        core = match.group(2)
    return tuple(found)


def letter_of(key: str) -> str:
    """The bare letter below fonts, accents and marks: `w` of `\\vec{w}_{k}`."""
    core = unmarked(base_of(key))
    while (match := _DECORATED.fullmatch(core)) is not None:
        core = match.group(2)
    return core


def is_capital(key: str) -> bool:
    """Whether the letter of the name is a capital, Latin or Greek."""
    return letter_of(key).lstrip("\\")[:1].isupper()


def has_arrow(key: str) -> bool:
    """Whether the name is written with an arrow: a vector."""
    return not _VECTOR_FONTS.isdisjoint(fonts_of(key))


def is_bold(key: str) -> bool:
    """Whether the name is written in bold: a vector, or a matrix if it is a capital."""
    return not _BOLD_FONTS.isdisjoint(fonts_of(key))


def joined(base: str, subscript: str) -> str:
    """The key of a base with a subscript."""
    return f"{base}_{{{subscript}}}" if subscript else base


@dataclass(slots=True)
class FunctionUse:
    """What is known of a function from its uses: the shapes of its arguments by their number, and the names in its headers."""

    scalar_headers: list[tuple[str, ...]] = field(default_factory=list)
    vector_arguments: list[Shape] = field(default_factory=list)
    vector_names: list[str] = field(default_factory=list)
    argument_counts: set[int] = field(default_factory=set)
    order: int = 0


class Inference:
    """Collects the shapes of names from formulas; `sort(key)` answers afterwards. Not used again once formulas are elaborated."""

    def __init__(self, declared: dict[str, Sort], functions: Iterable[str] = ()) -> None:
        self.declared = declared
        self.known_functions = set(functions) | {key for key, sort in declared.items() if isinstance(sort, Function)}
        self.parents: list[int] = []
        self.values: list[Size | None] = []
        self.one = self._dimension(1)
        self.shapes: dict[str, Shape] = {}
        self.soft: set[str] = set()  # bare names: real unless something says otherwise
        self.vectors: set[str] = set()
        self.functions: dict[str, FunctionUse] = {}
        self.keys: set[str] = set()
        self.settle_defaults = False
        self.opens: dict[Node, Shape] = {}  # operators whose shape the text around them says
        self.pairs: list[tuple[Shape, Shape]] = []  # vectors of one length whose orientation is not known yet

    # --- dimensions --------------------------------------------------------------------------------------------------

    def _dimension(self, value: Size | None = None) -> int:
        self.parents.append(len(self.parents))
        self.values.append(value)
        return len(self.parents) - 1

    def _find(self, index: int) -> int:
        while self.parents[index] != index:
            self.parents[index] = self.parents[self.parents[index]]
            index = self.parents[index]
        return index

    def value(self, index: int) -> Size | None:
        return self.values[self._find(index)]

    def _join(self, left: int, right: int) -> None:
        left, right = self._find(left), self._find(right)
        if left == right:
            return
        if self.values[left] is not None and self.values[right] is not None and self.values[left] != self.values[right]:
            return  # a conflict: reported when the term is built
        if self.values[left] is None:
            left, right = right, left
        self.parents[right] = left

    def unify(self, left: Shape | None, right: Shape | None) -> None:
        if left is None or right is None:
            return
        if self._clash(left, right):
            return
        self._join(left[0], right[0])
        self._join(left[1], right[1])

    def _clash(self, left: Shape, right: Shape) -> bool:
        for one, other in zip(left, right, strict=True):
            first, second = self.value(one), self.value(other)
            if first is not None and second is not None and first != second:
                return True
        return False

    def is_scalar(self, shape: Shape) -> bool:
        return self.value(shape[0]) == 1 and self.value(shape[1]) == 1

    # --- names -------------------------------------------------------------------------------------------------------

    def shape_of(self, key: str) -> Shape:
        known = self.shapes.get(key)
        if known is not None:
            return known
        declared = self.declared.get(key)
        scalar = (self.one, self.one)
        if isinstance(declared, Matrix):
            shape = (self._dimension(declared.rows), self._dimension(declared.columns))
        elif declared is not None:
            shape = scalar
        elif has_arrow(key) or (is_bold(key) and not is_capital(key)):
            shape = (self._dimension(), self._dimension())
            self.vectors.add(key)
        elif is_bold(key):
            shape = (self._dimension(), self._dimension())
        else:
            shape = (self._dimension(), self._dimension())
            self.soft.add(key)
        self.shapes[key] = shape
        return shape

    def _hard(self, key: str) -> bool:
        """Whether the name's kind is known: it is not soft, or something has shown that it is a vector or a matrix."""
        return key not in self.soft

    def _harden(self, key: str, vector: bool) -> None:
        if key in self.soft:
            self.soft.discard(key)
            if vector:
                self.vectors.add(key)

    # --- expressions ---------------------------------------------------------------------------------------------------

    def read(self, nodes: Iterable[Node]) -> None:
        """All formulas of a text, until nothing more is learned."""
        formulas = list(nodes)
        for settle in (False, False, True, False):
            self.settle_defaults = settle
            for node in formulas:
                self.shape(node)
            for key in sorted(self.vectors):
                self._settle_vector(self.shapes[key])
        for use in self.functions.values():
            for shape in use.vector_arguments:
                for header in use.scalar_headers:
                    self._size_of_vector(shape, len(header))

    def _settle_vector(self, shape: Shape) -> None:
        rows, columns = self.value(shape[0]), self.value(shape[1])
        if rows is not None and rows != 1 and columns is None:
            self._join(shape[1], self.one)
        elif columns is not None and columns != 1 and rows is None:
            self._join(shape[0], self.one)

    def _size_of_vector(self, shape: Shape, size: int) -> None:
        fixed = self._dimension(size)
        if self.value(shape[0]) == 1 and self.value(shape[1]) is None:
            self._join(shape[1], fixed)
        elif self.value(shape[1]) == 1 and self.value(shape[0]) is None:
            self._join(shape[0], fixed)

    def shape(self, node: Node) -> Shape | None:
        """The shape of an expression; None for statements and for what has no shape."""
        scalar = (self.one, self.one)
        kind = node.kind
        if kind == "name":
            self.keys.add(node.key)
            if node.key in self.known_functions:
                return scalar
            known = self.shape_of(node.key)
            return known if self._hard(node.key) else scalar
        if kind == "+":
            result: Shape | None = None
            for child in node.children:
                shape = self.shape(child)
                if result is None:
                    result = shape
                else:
                    self.unify(result, shape)
            return result
        if kind in {"negate", "prime", "superindex"}:
            shapes = [self.shape(child) for child in node.children]
            return shapes[0]
        if kind == "plus-minus":
            shapes = [self.shape(child) for child in node.children]
            return shapes[-1]
        if kind == "product":
            result = self.shape(node.children[0])
            for child in node.children[1:]:
                result = self._product(result, self.shape(child))
            return result
        if kind == "dot":
            return self._dot(self.shape(node.children[0]), self.shape(node.children[1]))
        if kind == "hadamard":
            left, right = self.shape(node.children[0]), self.shape(node.children[1])
            self.unify(left, right)
            return left
        if kind == "/":
            result = self.shape(node.children[0])
            self.shape(node.children[1])
            return result
        if kind == "^":
            self.shape(node.children[1])
            return self.shape(node.children[0])
        if kind == "transpose":
            child = node.children[0]
            if child.kind == "name" and child.key in self.soft and child.key not in self.known_functions:
                self.keys.add(child.key)
                self.shape_of(child.key)
                self._harden(child.key, vector=letter_of(child.key)[:1].islower())
            turned = self.shape(child)
            return None if turned is None else (turned[1], turned[0])
        if kind == "matrix":
            for row in node.children:
                for entry in row.children:
                    self.shape(entry)
            columns = max((len(row.children) for row in node.children), default=0)
            return (self._dimension(len(node.children)), self._dimension(columns))
        if kind == "list":
            for entry in node.children:
                self.shape(entry)
            return (self.one, self._dimension(len(node.children)))
        if kind == "call":
            return self._call(node)
        if kind == "derivative":
            return self._derivative(node)
        if kind == "nabla":
            return self._nabla(node)
        if kind == "at":
            for binding in node.children[1:]:
                self.shape(binding)
            return self.shape(node.children[0])
        if kind in {"chain", "="}:
            self._chain(node)
            return None
        if kind == "operator":
            return self._operator(node)
        if kind == "binder":
            shapes = [self.shape(child) for child in node.children]
            return shapes[1] if node.key.endswith(":variable") else shapes[0]
        shapes = [self.shape(child) for child in node.children if child.kind != "missing"]
        if kind in {"differential", "root"}:
            return shapes[0]
        if kind in {"sum", "product-over", "integral", "limit"}:
            return shapes[0] if shapes else scalar
        if kind == "function" and node.value in {"diag", "vec", "inverse"}:
            return None
        return scalar if kind in _SCALAR_KINDS or kind in {"number", "constant", "function"} else None

    def _operator(self, node: Node) -> Shape | None:
        scalar = (self.one, self.one)
        shapes = [self.shape(child) for child in node.children]
        if node.key == "like":
            return shapes[0]
        if node.key == "covariance":
            return self._covariance(shapes[0], shapes[0])
        if node.key == "covariance-of-two":
            return self._covariance(shapes[0], shapes[1])
        return self.opens.get(node, scalar) if node.key == "open" else scalar

    def _covariance(self, left: Shape | None, right: Shape | None) -> Shape | None:
        """Of two numbers a number, of two vectors the matrix of their components."""
        if left is None or right is None:
            return None
        sizes = [self.one if self.is_scalar(shape) else self._vector_size(shape) for shape in (left, right)]
        return None if sizes[0] is None or sizes[1] is None else (sizes[0], sizes[1])

    def _product(self, left: Shape | None, right: Shape | None) -> Shape | None:
        if left is None or right is None:
            return None
        if self.is_scalar(left):
            return right
        if self.is_scalar(right):
            return left
        both_open = self._open(left) and self._open(right)
        if self.settle_defaults and both_open and self._is_vector(left) and self._is_vector(right):
            self._join(left[0], self.one)  # two juxtaposed vectors: a row times a column (S6)
            self._join(right[1], self.one)
        self._join(left[1], right[0])
        return (left[0], right[1])

    def _open(self, shape: Shape) -> bool:
        return self.value(shape[0]) is None and self.value(shape[1]) is None

    def _dot(self, left: Shape | None, right: Shape | None) -> Shape | None:
        if left is None or right is None or self.is_scalar(left) or self.is_scalar(right):
            return self._product(left, right)
        left_size, right_size = self._vector_size(left), self._vector_size(right)
        if left_size is not None and right_size is not None:
            self._join(left_size, right_size)
            return (self.one, self.one)
        if self._is_vector(left) and self._is_vector(right):
            self.pairs.append((left, right))
            return (self.one, self.one)
        return self._product(left, right)

    def _vector_size(self, shape: Shape) -> int | None:
        """The dimension that is the length, where the orientation is known."""
        if self.value(shape[0]) == 1:
            return shape[1]
        return shape[0] if self.value(shape[1]) == 1 else None

    def _is_vector(self, shape: Shape) -> bool:
        mine = (self._find(shape[0]), self._find(shape[1]))
        for key in self.vectors:
            other = self.shapes[key]
            there = (self._find(other[0]), self._find(other[1]))
            if mine in (there, (there[1], there[0])):
                return True
        return self._vector_size(shape) is not None

    def _chain(self, node: Node) -> None:
        members = [child for child in node.children if child.kind != "missing"]
        words = node.value.split()
        if "approx" in words:
            for part in (part for member in members for part in member.walk()):
                if part.kind == "call" and part.children[0].kind == "name":
                    use = self.function(part.children[0].key)
                    use.order = max(use.order, 1)  # a first-order statement needs a first derivative
        if any(word in {"in", "sim", "to", "propto"} for word in words):
            for member in members:
                self.shape(member)
            return
        shapes = [self.shape(member) for member in members]
        known = next((shape for shape in shapes if shape is not None and not self.is_scalar(shape)), None)
        for member, shape in zip(members, shapes, strict=True):
            if known is not None and member.kind == "name" and member.key in self.soft and len(members) == 2:
                # A bare name that stands alone against a vector is what the vector is called.
                self._harden(member.key, vector=False)
                self.unify(self.shape_of(member.key), known)
            elif known is not None and member.kind == "operator" and member.key == "open" and member not in self.opens:
                self.opens[member] = known
            elif shape is not known:
                self.unify(known or shapes[0], shape)

    def function(self, key: str) -> FunctionUse:
        self.known_functions.add(key)
        self.soft.discard(key)
        return self.functions.setdefault(key, FunctionUse())

    def _call(self, node: Node) -> Shape | None:
        head = node.children[0]
        order = 0
        while head.kind in {"prime", "superindex", "^"}:
            order += len(head.value) if head.kind == "prime" else 1
            if head.kind in {"superindex", "^"}:
                self.shape(head.children[1])
            head = head.children[0]
        use = self.function(head.key)
        self.keys.add(head.key)
        use.order = max(use.order, order)
        arguments = node.children[1:]
        shapes = [self.shape(argument) for argument in arguments]
        use.argument_counts.add(len(arguments))
        if len(arguments) == 1:
            shape = shapes[0]
            if shape is not None and not self.is_scalar(shape):
                if use.vector_arguments:
                    self.unify(use.vector_arguments[0], shape)  # S8
                use.vector_arguments.append(shape)
                if arguments[0].kind == "name" and arguments[0].key not in use.vector_names:
                    use.vector_names.append(arguments[0].key)
            elif arguments[0].kind == "name" and (arguments[0].key,) not in use.scalar_headers:
                use.scalar_headers.append((arguments[0].key,))
        elif all(argument.kind == "name" for argument in arguments):
            header = tuple(argument.key for argument in arguments)
            if header not in use.scalar_headers:
                use.scalar_headers.append(header)
        declared = self.declared.get(head.key)
        if isinstance(declared, Function):
            for argument_sort, shape in zip(declared.arguments, shapes, strict=False):
                if isinstance(argument_sort, Matrix):
                    self.unify((self._dimension(argument_sort.rows), self._dimension(argument_sort.columns)), shape)
            if isinstance(declared.result, Matrix):
                return (self._dimension(declared.result.rows), self._dimension(declared.result.columns))
        return (self.one, self.one)

    def _function_in(self, node: Node) -> str | None:
        if node.kind == "name":
            return node.key
        if node.kind == "call" and node.children[0].kind == "name":
            return node.children[0].key
        return None

    def _derivative(self, node: Node) -> Shape | None:
        body, *variables = node.children
        key = self._function_in(body)
        if body.kind == "name":
            self.keys.add(body.key)
            if body.key in self.known_functions or body.key not in self.declared:
                self.function(body.key)
        else:
            self.shape(body)
        shapes = [self.shape(variable) for variable in variables]
        if key is not None and key in self.functions:
            use = self.functions[key]
            use.order = max(use.order, len(variables))
            inner = variables[0].children[0] if variables and variables[0].kind == "transpose" else variables[0]
            shape = self.shape(inner)
            if shape is not None and not self.is_scalar(shape):
                if use.vector_arguments:
                    self.unify(use.vector_arguments[0], shape)
                else:
                    use.vector_arguments.append(shape)
        return shapes[0] if len(shapes) == 1 else (self.one, self.one)

    def _nabla(self, node: Node) -> Shape | None:
        body, *variables = node.children
        key = self._function_in(body)
        if body.kind == "name":
            self.keys.add(body.key)
            self.function(body.key)
        else:
            self.shape(body)
        if key is not None and key in self.functions:
            self.functions[key].order = max(self.functions[key].order, 1)
        if variables:
            return self.shape(variables[0])
        if body.kind == "call" and len(body.children) == 2:
            return self.shape(body.children[1])
        if key is not None and key in self.functions and self.functions[key].vector_arguments:
            return self.functions[key].vector_arguments[0]
        return None

    # --- answers -------------------------------------------------------------------------------------------------------

    def finish(self) -> None:
        """Gives what is still open its default: vectors are columns, sizes are letters."""
        for key in sorted(self.vectors):
            self._settle_vector(self.shapes[key])
            shape = self.shapes[key]
            if self.value(shape[0]) is None and self.value(shape[1]) is None:
                self._join(shape[1], self.one)
            elif self.value(shape[0]) == 1 and self.value(shape[1]) == 1:
                continue
        for left, right in self.pairs:
            one, other = self._vector_size(left), self._vector_size(right)
            if one is not None and other is not None:
                self._join(one, other)
        used = {letter_of(key) for key in self.keys}
        endless = chain("nmpqrst", (f"n_{index}" for index in count(1)))
        letters = (letter for letter in endless if letter not in used)
        for key in sorted(self.shapes):
            if key in self.soft:
                continue
            for dimension in self.shapes[key]:
                root = self._find(dimension)
                if self.values[root] is None:
                    self.values[root] = next(letters)
        for use in self.functions.values():
            for shape in use.vector_arguments:
                for dimension in shape:
                    root = self._find(dimension)
                    if self.values[root] is None:
                        self.values[root] = next(letters)

    def sort(self, key: str) -> Sort:
        """The sort of a name, after `finish`."""
        if key in self.declared:
            return self.declared[key]
        if key in self.functions:
            return self._function_sort(self.functions[key])
        if key in self.soft or key not in self.shapes:
            return REAL
        shape = self.shapes[key]
        rows, columns = self.value(shape[0]), self.value(shape[1])
        if rows == 1 and columns == 1 and key not in self.vectors:
            return REAL
        return Matrix(rows if rows is not None else "n", columns if columns is not None else 1)

    def sort_of_open(self, node: Node) -> Sort:
        """The sort of an operator of which only the text around says the shape, after `finish`."""
        shape = self.opens.get(node)
        rows, columns = (None, None) if shape is None else (self.value(shape[0]), self.value(shape[1]))
        return REAL if rows is None or columns is None or rows == columns == 1 else Matrix(rows, columns)

    def _function_sort(self, use: FunctionUse) -> Sort:
        if use.vector_arguments:
            shape = use.vector_arguments[0]
            rows, columns = self.value(shape[0]), self.value(shape[1])
            return Function((Matrix(rows or "n", columns or 1),), REAL, use.order)
        arguments = max(use.argument_counts, default=0) or max(
            (len(header) for header in use.scalar_headers), default=1
        )
        return Function((Scalar("real"),) * arguments, REAL, use.order)
