"""Sorts of the names of a text, by unification over all its formulas, before anything is classified (elaboration.md, S1-S9).

Every expression has a shape: two dimensions, each a number, a letter, or not yet known. A name with an arrow or in bold is a vector (a bold
capital a matrix). A bare name is real unless its uses say otherwise: it is transposed, added or equated to a vector or a matrix, or a capital
beside one in a product. So are the values of functions. What is declared is never changed. A clash joins nothing: its place is noted, and what
follows from it is said in `agreement`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import chain, count, pairwise

from derive.elaborate.derivatives import operator_of_product
from derive.elaborate.families import lines_of_tables
from derive.elaborate.functions import FunctionUse, Mask, Shape, Signature
from derive.elaborate.membership import members_of, memberships, signature_of, sizes_written, space_of
from derive.elaborate.numbering import numberings, numbers_in
from derive.elaborate.units import OF_DELTA, indices_of_delta, indices_of_unit, product_with_delta
from derive.elaborate.uses import Uses, is_variance, uses_of
from derive.kernel import size as sizes
from derive.kernel.term import INTEGER, REAL, Function, Matrix, Scalar, Size, Sort, TermError
from derive.language.syntax import DEFINITENESS, MEMBERSHIPS, Node, is_map

_SCALAR_KINDS = frozenset({"abs", "norm", "inner", "factorial", "binomial"})
# Relations whose sides need not be of one shape.
# What may be found to be an array while a product or a sum around it is read.
_LEARNING = frozenset({"name", "negate", "^", "transpose", "kronecker"})
_OF_OTHER_KINDS = MEMBERSHIPS | {"ni", "sim", "to", "mapsto", "propto"}
# What has numbers for its values where all its names are numbers.
_OF_NUMBERS = _SCALAR_KINDS | {"name", "number", "constant", "+", "negate", "product", "dot", "/", "^", "root", "function", "chain", "missing", "and", "or", "not", "implies", "iff"}  # fmt: skip
# Functions of numbers that are taken entry by entry.
ENTRYWISE = frozenset({"min", "max", "exp", "log", "sin", "cos", "tan", "sinh", "cosh", "tanh", "arctan", "sgn"})
_VECTOR_FONTS = frozenset({"vec", "overrightarrow"})
_BOLD_FONTS = frozenset({"mathbf", "boldsymbol", "bm"})
_NORMALS = frozenset({"\\mathcal{N}(#1, #2)", "N(#1, #2)", "\\mathrm{N}(#1, #2)"})
_MATRIX_NORMALS = re.compile(
    r"(?:\\mathcal\{MN\}|\\mathrm\{MN\}|\\mathcal\{N\}|\\mathrm\{N\}|N)\((#1; )?#\d, #\d, #\d\)"
)
_WISHARTS = re.compile(r"(?:\\mathcal\{I?W\}|\\mathrm\{[A-Za-z -]*Wishart\})(?:\^\{-1\})?(?:_\{\w+\})?\(#1(?:,|;) #2\)")
_DIAGONALS = ("\\operatorname{diag}", "\\mathrm{diag}")
PSEUDOINVERSE = "^{+}"  # the mark on a matrix
_VERSION = "\0"  # between a name and the place of the formula in which it is meant
_ACCENTS = frozenset({"hat", "bar", "tilde", "dot", "ddot", "check", "breve", "overline", "widehat", "widetilde"})
_SIZE = re.compile(r"[dklmnpqrsDKMNP]|[2-9]|[1-9][0-9]")
_OF_VALUES = frozenset({"integral", "limit", "number", "factorial", "sum", "function"})
NAMES = 4_096  # of which it is known how they are written
_PLAIN_LETTER = re.compile(r"\\?[A-Za-z]+")
_PERHAPS_VECTOR = re.compile(r"[abd-hpqru-z]")  # x \cdot u: of a vector x and a number u, or of two vectors?
_DECORATED = re.compile(r"\\([A-Za-z]+)\{(.*)\}", re.DOTALL)


@lru_cache(maxsize=NAMES)
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


@lru_cache(maxsize=NAMES)
def subscript_of(key: str) -> str:
    """The subscript without braces: `k+1` of `\\vec{w}_{k+1}`; empty without one."""
    rest = key[len(base_of(key)) + 1 :]
    return rest[1:-1] if rest.startswith("{") and rest.endswith("}") else rest


@lru_cache(maxsize=NAMES)
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


@lru_cache(maxsize=NAMES)
def marks_of(key: str) -> str:
    """The marks of a name: `^{*}` of `x^{*}_{k}`; empty without one."""
    base = base_of(key)
    return base[len(unmarked(base)) :]


@lru_cache(maxsize=NAMES)
def fonts_of(key: str) -> tuple[str, ...]:
    """The fonts and accents of a name, outermost first."""
    found: list[str] = []
    core = unmarked(base_of(key)).removeprefix("\\Delta ")  # the difference of a vector is one
    while (match := _DECORATED.fullmatch(core)) is not None:
        found.append(match.group(1))
        core = match.group(2)
    return tuple(found)


@lru_cache(maxsize=NAMES)
def letter_of(key: str) -> str:
    """The bare letter below fonts, accents and marks: `w` of `\\vec{w}_{k}`."""
    core = unmarked(base_of(key))
    prefix = "d " if core.startswith("d ") else ""  # a differential
    core = core.removeprefix("d ")
    while (match := _DECORATED.fullmatch(core)) is not None:
        core = match.group(2)
    return prefix + core


@lru_cache(maxsize=NAMES)
def is_capital(key: str) -> bool:
    """Whether the letter of the name is a capital, Latin or Greek."""
    return letter_of(key.removeprefix("\\Delta ")).lstrip("\\")[:1].isupper()


@lru_cache(maxsize=NAMES)
def has_arrow(key: str) -> bool:
    """Whether the name is written with an arrow: a vector."""
    return not _VECTOR_FONTS.isdisjoint(fonts_of(key))


@lru_cache(maxsize=NAMES)
def is_bold(key: str) -> bool:
    """Whether the name is written in bold: a vector, or a matrix if it is a capital."""
    return not _BOLD_FONTS.isdisjoint(fonts_of(key))


def look_of(key: str) -> tuple[tuple[str, ...], str]:
    """The accents and marks of a name: \\hat{y}_i is no component of y, and x^{(1)}_i none of x."""
    return tuple(font for font in fonts_of(key) if font in _ACCENTS), marks_of(key)


def _is_own(whole: str, part: str) -> bool:
    """Whether a name with a subscript is written as an entry of a vector is."""
    return bool(subscript_of(part)) and letter_of(whole) == letter_of(part) and look_of(whole) == look_of(part)


def joined(base: str, subscript: str) -> str:
    """The key of a base with a subscript."""
    return f"{base}_{{{subscript}}}" if subscript else base


class Inference:
    """Collects the shapes of names from formulas; `sort(key)` answers afterwards. Not used again once formulas are elaborated."""

    def __init__(
        self,
        declared: dict[str, Sort],
        by_membership: frozenset[str] = frozenset(),
        *,
        claims: bool = False,
        apart: frozenset[str] = frozenset(),
        arrays: frozenset[str] = frozenset(),
        lemmas: frozenset[int] = frozenset(),
    ) -> None:
        self.declared = declared
        self.claims = claims  # nothing is defined by an equation
        self.apart = apart  # names that have a shape of their own in each formula
        self.arrays = arrays  # of these, those that are vectors or matrices in each
        self.lemmas = lemmas  # the places of formulas whose letters are their own
        self.odd: frozenset[int] = frozenset()  # of these, relations that would make matrices of the others square
        self.far: dict[int, frozenset[str]] = {}  # the arrays that are known as such only far from a place
        self.place = 0  # of the formula that is read, or asked about
        self.known: dict[int, tuple[Node, Shape | None]] | None = None  # where something is read again: what of it was
        self.settled_shapes = False  # everything is read: what is asked now is an answer
        self.versions: dict[str, list[str]] = {}  # the names that are apart, by formula
        self.clashes: list[int] = []  # the places of formulas whose shapes contradict those of others
        self.by_membership = by_membership  # declared by the text, for all members of a family if they are one
        self.lettered: set[int] = set()  # sizes of which nothing says what they are
        self.numbers: set[str] = set()  # what is used as a number, and the families of this
        self.counted: set[str] = set()  # how many terms a sum has: integers
        self.uses = Uses()
        self.deltas: Mapping[str, Sort] = declared  # as \\delta is read: where the text gives it a value it is a letter
        self.formulas: list[Node] = []
        self.alone: Callable[[int], Inference] | None = None  # the formula at a place, read alone
        self.maps: dict[str, Function] = {}  # the sorts of functions that f : X \to Y says
        self.parents: list[int] = []
        self.values: list[Size | None] = []
        self.lines: frozenset[str] = frozenset()  # members of families that have shapes of their own
        self.templates: dict[str, str] = {}  # name -> what `family_key` says of it
        self.one = self._dimension(1)
        self.shapes: dict[str, Shape] = {}
        self.soft: set[str] = set()  # bare names: real unless something says otherwise
        self.vectors: set[str] = set()
        self.with_lengths: set[str] = set()  # what is equated with a length
        self.arrows: list[str] = []  # those that are written as such
        self.strong: dict[str, None] = {}  # vectors and matrices by how they are written or used: they are no numbers
        self.functions: dict[str, FunctionUse] = {}
        self.keys: set[str] = set()
        self.settle_defaults = False
        self.is_last_turn = False
        self.totals: dict[int, tuple[int, ...]] = {}  # what blocks of sizes that nothing says make together
        self.behind_capitals: set[str] | None = None
        self.guesses = False  # a shape of which no dimension is known yet is that of an array, too
        self.opens: dict[Node, Shape] = {}  # operators whose shape the text around them says
        self.lists: dict[tuple[int, int], Shape] = {}  # tuples, by their place
        self.lengths: dict[tuple[int, int], int] = {}  # of tuples without dots, by their place
        # Each I has the size that fits where it stands. Known by the object: declarations have places of their own.
        self.identities: dict[int, tuple[Node, Shape]] = {}
        self.ones: dict[
            str, tuple[str, int]
        ] = {}  # a vector of ones where it stands: its name, and the place of the formula
        self.literals: set[tuple[str, ...]] = set()  # the names that make up a literal
        self.guessed: set[str] = set()  # capitals taken for matrices because they stand beside one
        self.settled: set[str] = set()  # names that stand between two vectors or matrices
        self.contested: set[str] = set()  # turned, or with a trace, and numbers elsewhere
        self.loose: set[str] = set()  # of these one at least is no number, and nothing says which
        self.perhaps_arrays: set[str] = set()  # numbers only because nothing says their shape
        self.perhaps_vectors: set[str] = set()  # of these, what gradients are taken by and equated with
        self.suggestions: dict[int, Size] = {}  # how sizes are called where nothing else says
        self.pairs: list[tuple[Shape, Shape]] = []  # vectors of one length whose orientation is not known yet

    # --- dimensions --------------------------------------------------------------------------------------------------

    def _dimension(self, value: Size | None = None) -> int:
        self.parents.append(len(self.parents))
        self.values.append(value)
        return len(self.parents) - 1

    def _find(self, index: int) -> int:
        parents = self.parents
        above = parents[index]
        while above != index:
            parents[index] = parents[above]
            index = parents[index]
            above = parents[index]
        return index

    def value(self, index: int) -> Size | None:
        return self.values[self._find(index)]

    def _join(self, left: int, right: int) -> None:
        left, right = self._find(left), self._find(right)
        if left == right:
            return
        if self.values[left] is not None and self.values[right] is not None and self.values[left] != self.values[right]:
            self._note_clash()
            return  # reported when the term is built
        if self.values[left] is None:
            left, right = right, left
        if (self.values[left] == 1 and self._is_collapse(right)) or self._widens_vector(left, right):
            self._note_clash()
            return
        self.parents[right] = left

    def _note_clash(self) -> None:
        if self.place not in self.clashes:
            self.clashes.append(self.place)

    def _is_collapse(self, root: int) -> bool:
        """Whether a vector or a matrix would become a number if this dimension were 1."""
        for key in chain(self.strong, self.vectors):
            rows, columns = self._sides(key)
            if (rows == root and (columns == root or self.values[columns] == 1)) or (
                columns == root and self.values[rows] == 1
            ):
                return True
        return False

    def _sides(self, key: str) -> tuple[int, int]:
        shape = self.shapes[key]
        return self._find(shape[0]), self._find(shape[1])

    def unify(self, left: Shape | None, right: Shape | None) -> None:
        if left is None or right is None:
            return
        if self._clash(left, right):
            self._note_clash()
            return
        self._join(left[0], right[0])
        self._join(left[1], right[1])

    def _clash(self, left: Shape, right: Shape) -> bool:
        for one, other in zip(left, right, strict=True):
            first, second = self.value(one), self.value(other)
            if first is not None and second is not None and first != second:
                return True
            if {first, second} == {None, 1} and self._is_collapse(self._find(other if first == 1 else one)):
                return True
            if self._widens_vector(self._find(one), self._find(other)):
                return True
        return False

    def _widens_vector(self, left: int, right: int) -> bool:
        """Whether a vector would be square, or have two lengths, if these dimensions were equal."""
        if left == right or self.values[left] == 1 or self.values[right] == 1:
            return False
        known = self.values[left] if self.values[left] is not None else self.values[right]
        for key in self.vectors:
            rows, columns = self._sides(key)
            if rows not in (left, right) and columns not in (left, right):
                continue
            if letter_of(key).isdigit():  # \mathbf{1} may be the identity
                continue
            if {rows, columns} == {left, right}:
                return True
            if all(
                (known if side in {left, right} else self.values[side]) not in {None, 1} for side in (rows, columns)
            ):
                return True
        return False

    def is_scalar(self, shape: Shape) -> bool:
        return self.values[self._find(shape[0])] == 1 and self.values[self._find(shape[1])] == 1

    def _fresh(self) -> Shape:
        return (self._dimension(), self._dimension())

    # --- names -------------------------------------------------------------------------------------------------------

    def family_key(self, key: str) -> str:
        """The template of the family that a name is a member of, for all members have one shape; the name itself if it is of none."""
        known = self.templates.get(key)
        if known is None:
            member = None if self.is_declared(key) or key in self.lines else self.uses.families.member(key)
            known = self.templates[key] = key if member is None else member.template
        return known

    def _version(self, key: str) -> str:
        """The key of a shape: the family of the name, or where it has a meaning of its own in each formula the name in this one."""
        key = self.family_key(key)
        bare = key.removeprefix("d ")
        apart = bare in self.apart
        if not apart and (self.place not in self.lemmas or bare in self.declared):
            return key
        version = f"{key}{_VERSION}{self.place}"
        if version not in self.shapes and self.settled_shapes:  # asked about where it is not written
            return next(iter(self.versions.get(key, ())), version) if apart else key
        return version

    def is_declared(self, key: str) -> bool:
        """Whether a name is declared as the symbol that it is: what x_i \\in S says holds for all members of the family x, if there is one."""
        if key not in self.declared:
            return False
        return key not in self.by_membership or self.uses.families.member(key) is None

    def shape_of(self, key: str) -> Shape:
        """The shape of a name as a value."""
        version, key = self._version(key), self.family_key(key)
        known = self.shapes.get(version)
        if known is not None:
            return known
        if version != key:
            self.versions.setdefault(key, []).append(version)
        declared = self.declared.get(key)
        if self.is_entry(key):
            self.shapes[version] = (self.one, self.one)
            return self.shapes[version]
        if key.startswith("d "):  # a differential is of the shape of its name
            base = key.removeprefix("d ")
            shape = (self.one, self.one) if self.is_function(base) else self.shape_of(base)
            self.soft |= {version} if self._version(base) in self.soft else set()
        elif isinstance(declared, Matrix):
            shape = (self._dimension(declared.rows), self._dimension(declared.columns))
        elif declared is not None:
            shape = (self.one, self.one)
        else:
            shape = self.shapes[version] = self._fresh()
            if has_arrow(key) or (is_bold(key) and not is_capital(key)):
                self._add_vector(key)
            elif not is_bold(key) and key not in self.arrays:
                self.soft.add(version)
            if version not in self.soft:
                self.strong[version] = None
        self.shapes[version] = shape
        return shape

    def is_entry(self, key: str) -> bool:
        """Whether a capital in bold is an entry of the declared matrix of its letter: by its indices, which are declared integers, or numbers
        where the sizes are; elsewhere \\mathbf{A}_{11} may be a block."""
        subscript = subscript_of(key)
        if not subscript or key in self.declared or not (is_bold(key) and is_capital(key)):
            return False
        base = base_of(key)
        whole = self.declared.get(base, self.declared.get(letter_of(key)))
        if not isinstance(whole, Matrix) or 1 in {whole.rows, whole.columns}:
            return False
        parts = subscript.split(",") if "," in subscript else list(subscript)
        if len(parts) != 2:
            return False
        literal = isinstance(whole.rows, int) and isinstance(whole.columns, int)
        return all((part.isdigit() and literal) or self.declared.get(part) == INTEGER for part in parts)

    def is_function(self, key: str) -> bool:
        """Whether the name is a function wherever it stands bare: it is applied somewhere, and never used as a value."""
        if isinstance(self.declared.get(key), Function):
            return True
        return key in self.functions and key not in self.uses.values and not self._declared_value(key)

    def is_said_function(self, key: str) -> bool:
        """Whether the text says of a function to what it is applied: in one way, and to nothing that is a number only by default."""
        use = self.functions.get(key)
        if key in self.maps or use is None:
            return True
        if len(use.signatures) != 1 or use.dotted:
            return False
        ((mask, signature),) = use.signatures.items()
        if not signature.is_said(mask):
            return False
        if signature.array:
            return not self._is_of_any_size(signature)
        return use.number or key in self.numbers | self.uses.graded or _is_density(key)

    def _is_of_any_size(self, signature: Signature) -> bool:
        """Whether nothing says how large the values of a function are."""
        known = {self._find(side) for shape in signature.arguments for side in shape}
        return any((root := self._find(side)) in self.lettered and root not in known for side in signature.result)

    def has_several_meanings(self, key: str) -> bool:
        """Whether a letter is applied in ways of which one symbol is not enough, or is both a function and a value."""
        use = self.functions.get(key)
        if use is None or key in self.declared:
            return False
        return use.is_overloaded() or key in self.uses.values

    def _declared_value(self, key: str) -> bool:
        return key in self.declared and not isinstance(self.declared[key], Function)

    def _add_vector(self, key: str) -> None:
        version = self._version(key)
        if version not in self.vectors and (has_arrow(key) or is_bold(key)):
            self.arrows.append(version)
        self.vectors.add(version)

    def _harden(self, key: str, vector: bool) -> None:
        """Something has shown that a bare name is a vector or a matrix."""
        base = self.family_key(key.removeprefix("d "))
        self.shape_of(base)
        version = self._version(base)
        if version in self.soft:
            self.soft -= {version, "d " + version}
            if vector:
                self._add_vector(base)

    def _know_array(self, key: str, vector: bool) -> None:
        """A bare name is a vector or a matrix, for only these are turned and have traces."""
        self._harden(key, vector)
        version = self._version(key.removeprefix("d "))
        if version not in self.soft and not self.is_scalar(self.shapes[version]):
            self.strong[version] = None

    def _is_soft(self, key: str) -> bool:
        """Whether a name is real only because nothing has said otherwise."""
        if key in self.functions and key not in self.uses.values:
            return False
        self.shape_of(key)
        return self._version(key) in self.soft and key not in self.uses.scalars

    def _is_bare(self, key: str) -> bool:
        """Whether only its uses can say what a name is: it is not declared, not in bold, and no number."""
        if key in self.functions and key not in self.uses.values:
            return False
        if self.is_declared(key) or self.family_key(key) in self.declared or self.is_entry(key):
            return False
        if key in self.uses.scalars and self.family_key(key) == key:
            self.contested.add(key)
        return key not in self.uses.scalars

    # --- expressions ---------------------------------------------------------------------------------------------------

    def read(
        self,
        nodes: Iterable[Node],
        places: Iterable[int] | None = None,
        only: frozenset[int] | None = None,
        last: frozenset[int] = frozenset(),
    ) -> None:
        """All formulas of a text, until nothing more is learned.

        `places`: of the formulas that the nodes are parts of. `only`: the places whose shapes are learned; how names are used is known from all. What
        is read `last` contradicts itself: it says nothing where others do.
        """
        formulas = list(nodes)
        self.sized_identities: frozenset[str] | None = None
        placed = list(zip(places or [0] * len(formulas), formulas, strict=True))
        self.uses = uses_of(formulas)
        self.uses.numberings = numberings(formulas, self.uses.families, _is_own)
        self.uses.entries = numbers_in(formulas, self.uses.numberings) if self.uses.numberings else frozenset()
        self.uses.scalars |= self.uses.entries - self.declared.keys()
        named = frozenset[str]().union(*(node.names for node in formulas))
        self.lines = lines_of_tables(named)
        self.templates.clear()
        self.numbers = {
            key
            for one in self.uses.scalars | self.uses.numbers | self.uses.varying
            for key in (one, self.family_key(one))
        }
        if any(base_of(key) == "\\delta" for key in self.uses.assigned):  # \\delta_{12} = 0.3 is no Kronecker delta
            self.deltas = {**self.declared, "\\delta": REAL}
        if self.lemmas:  # what their letters are is of their own
            self.uses.scalars = uses_of(node for place, node in placed if place not in self.lemmas).scalars
        self.formulas = formulas
        for key, sort in self.declared.items():
            if isinstance(sort, Function):
                self.function(key)
        for key in self.uses.functions:
            self.function(key)
        self.maps = {key: sort for key, sort in _maps(formulas).items() if key not in self.declared}
        placed = [one for one in placed if only is None or one[0] in only]
        itself = [one for one in placed if one[0] in last]
        turned = [
            (place, part)
            for place, node in placed
            if "transpose" in node.kinds
            for part in node.walk()
            if part.kind == "transpose"
        ]
        for place, part in turned:  # before sums are read in which the same name stands bare
            self.place = place
            self._turn(part.children[0])
        for place, part in turned:
            self.place = place
            self._again(part)
        turns = range(1 if named <= self.declared.keys() and not last else 6)
        if not last and self._are_numbers(formulas, named):
            self.keys |= named
            for key in named:
                self.shape_of(key)
            self.is_last_turn, turns = True, range(0)
        for turn in turns:
            self.is_last_turn = turn == turns[-1]
            self.settle_defaults = turn == 2
            self.guesses = turn > 2
            if turn == 3:
                self._settle_columns()
            for use in self.functions.values():
                for signature in use.signatures.values():
                    signature.calls = 0
            for key, sort in self.maps.items():
                self._mapped(key, sort)
            for place, node in placed:
                if place not in last:
                    self.place = place
                    self.shape(node)
            self._read_apart(itself)
            for key in sorted(self.vectors):
                self._settle_vector(self.shapes[key])
            self._settle_tuples()
        for use in self.functions.values():
            use.signatures = {mask: one for mask, one in use.signatures.items() if one.calls}
            self._pack(use)
        self.settled_shapes = True

    def _are_numbers(self, formulas: Iterable[Node], named: frozenset[str]) -> bool:
        """Whether all names are declared as numbers, and nothing is made of them that is none."""
        if self.by_membership or self.lemmas or self.apart:
            return False
        kinds = frozenset[str]().union(*(node.kinds for node in formulas))
        return kinds <= _OF_NUMBERS and all(isinstance(self.declared.get(key), Scalar) for key in named)

    def _read_apart(self, placed: Iterable[tuple[int, Node]]) -> None:
        """Formulas that contradict themselves: what they say of their own names is kept, of those of others nothing."""
        names, count = set(self.shapes), len(self.parents)
        parents, values = self.parents[:], self.values[:]
        soft, vectors, strong, totals = set(self.soft), set(self.vectors), dict(self.strong), dict(self.totals)
        for place, node in placed:
            self.place = place
            self.shape(node)
        self.parents[:count], self.values[:count] = parents, values
        self.totals = totals
        self.soft = soft | (self.soft - names)
        self.vectors = vectors | (self.vectors - names)
        self.strong = strong | {key: None for key in self.strong if key not in names}

    def _pack(self, use: FunctionUse) -> None:
        """S9: L(w_1, w_2) beside L(\\vec w) is L of the vector with these components."""
        signature = use.of_vector
        if signature is None:
            return
        vectors = {letter_of(header[0]) for header in signature.headers}
        for mask, other in use.signatures.items():
            if any(mask) or len(mask) < 2:
                continue
            if (
                any(
                    header in self.literals
                    or (len(letters := {letter_of(one) for one in header}) == 1 and letters <= vectors)
                    for header in other.headers
                )
                or not other.headers
            ):
                use.packed.add(len(mask))
        if len(use.packed) == 1:
            self._size_of_vector(signature.arguments[0], next(iter(use.packed)))

    def _settle_tuples(self) -> None:
        """A tuple that is a vector has as many components as it has entries."""
        for place, length in self.lengths.items():
            if place in self.lists:
                self._settle_vector(self.lists[place])
                self._size_of_vector(self.lists[place], length)

    def _settle_columns(self) -> None:
        """A vector of which nothing says that it is a row is a column."""
        for key in sorted(self.vectors):
            if self._open(self.shapes[key]):
                self._join(self.shapes[key][1], self.one)

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
        if self.known is None or node.kind in _LEARNING:
            return self._read(node)
        if id(node) not in self.known:
            self.known[id(node)] = node, self._read(node)
        return self.known[id(node)][1]

    def _again(self, node: Node) -> Shape | None:
        """The shape of what is read elsewhere too, with what has been learned since: no part of it is read twice now, or nested ones would be, each level,
        twice as often."""
        if self.known is not None:
            return self.shape(node)
        self.known = {}
        try:
            return self.shape(node)
        finally:
            self.known = None

    def _read(self, node: Node) -> Shape | None:
        if node.kind in OF_DELTA:
            node = product_with_delta(self.deltas, node) or node
        reader = _SHAPES.get(node.kind)
        if reader is not None:
            return reader(self, node)
        scalar = (self.one, self.one)
        shapes = [self._inside(node, child) for child in node.children if child.kind != "missing"]
        if node.kind in {"/", "root"} and not (shapes[-1] is not None and self._is_certain(shapes[-1])):
            self._as_number(shapes[-1])  # only numbers divide, and have roots, but for vectors entry by entry
        if node.kind in {
            "negate",
            "prime",
            "superindex",
            "differential",
            "partial-differential",
            "root",
            "/",
            "^",
            "running",
        }:
            return shapes[0]
        if node.kind in {"sum", "product-over", "integral", "limit"}:
            return shapes[0] if shapes else scalar
        if node.kind == "plus-minus":
            return shapes[-1]
        return scalar if node.kind in _SCALAR_KINDS or node.kind in {"number", "constant"} else None

    def _inside(self, node: Node, child: Node) -> Shape | None:
        """The shape of a part; a sum in a root or below a fraction may be one entry by entry."""
        if child.kind == "+" and (node.kind == "root" or (node.kind == "/" and child is node.children[-1])):
            return self._sum(child, entrywise=True)
        return self.shape(child)

    def _as_number(self, shape: Shape | None) -> None:
        if shape is not None:
            self.unify(shape, (self.one, self.one))

    def _subscript(self, node: Node) -> Shape | None:
        """1_n, 0_n and 0_{np} are a vector or a matrix of that size; of other entries nothing is known."""
        whole, *_ = [self.shape(child) for child in node.children]
        sizes = sizes_of_constant(node)
        array = whole is not None and not self._is_vector(whole) and not self.is_scalar(whole)
        if array and sizes is None and indices_of_entry(node) is not None:
            return (self.one, self.one)
        return None if sizes is None else (self._dimension(sizes[0]), self._dimension(sizes[1]))

    def _name(self, node: Node) -> Shape | None:
        key = node.key
        self.keys.add(key)
        if indices_of_delta(self.deltas, node) is not None:
            return (self.one, self.one)
        if self.is_function(key):
            use = self.functions[key]
            signature = use.signatures.get(use.main())
            declared = self.declared.get(key)
            if isinstance(declared, Function) and isinstance(declared.result, Matrix):
                return (self._dimension(declared.result.rows), self._dimension(declared.result.columns))
            return signature.result if signature is not None and signature.array else (self.one, self.one)
        if self.is_ones_name(key):
            return self._ones(node)
        known = self.shape_of(key)
        inside = self.inverted(key)
        if inside is not None and isinstance(self.declared.get(inside), Matrix):
            self._harden(key, vector=False)
        if self._version(key) in self.soft:
            return (self.one, self.one)
        if self.is_identity_name(key):
            return self._identity(node)
        if inside is not None:
            turned = self.shape_of(inside)
            self.unify(known, (turned[1], turned[0]))
        return known

    def is_identity_name(self, key: str) -> bool:
        """Whether a matrix of this name is an identity of whatever size fits: called I, introduced by nothing."""
        if letter_of(key) != "I" or subscript_of(key) or marks_of(key):
            return False
        return not self.is_declared(key) and key not in self.uses.assigned and not self.is_function(key)

    def is_identity(self, key: str) -> bool:
        """Whether a name is an identity of whatever size fits, and no number."""
        return self.is_identity_name(key) and key in self.shapes and key not in self.soft

    def is_ones_name(self, key: str) -> bool:
        """Whether a vector of this name has ones for entries, and has the size that fits where it stands: a 1 in bold, introduced by nothing."""
        if letter_of(key) != "1" or not is_bold(key) or subscript_of(key) or marks_of(key):
            return False
        return not self.is_declared(key) and key not in self.uses.assigned

    def _ones(self, node: Node) -> Shape:
        version = f"{node.key}{_VERSION}{node.start}"
        if version not in self.shapes:
            self.shapes[version] = self._fresh()
            self.vectors.add(version)
            self.strong[version] = None
            self.ones[version] = node.key, self.place
        return self.shapes[version]

    def sort_of_ones(self, node: Node) -> Sort:
        """The sort of a vector of ones that stands here, after `finish`."""
        return Matrix(*self._sizes(self._ones(node)))

    def _size_ones(self) -> None:
        """Vectors of ones have one size, in the text or at least in a formula, where nothing says that they have several."""
        for of_text in (True, False):
            sides: dict[tuple[str, int], list[int]] = {}
            for version, (key, place) in self.ones.items():
                side = self._vector_size(self.shapes[version])
                if side is not None:
                    sides.setdefault((key, 0 if of_text else place), []).append(side)
            for found in sides.values():
                if len({self.value(side) for side in found} - {None}) < 2:
                    for side in found[1:]:
                        self._join(found[0], side)

    def _identity(self, node: Node) -> Shape:
        known = self.identities.get(id(node))
        if known is None:
            side = self._dimension()
            known = self.identities[id(node)] = (node, (side, side))
        return known[1]

    def sort_of_identity(self, node: Node) -> Sort | None:
        """The sort of an identity that stands here, after `finish`; None of any other name."""
        if not self.is_identity_name(node.key) or node.key in self.soft:
            return None
        known = self.identities.get(id(node))
        if known is None:  # a copy of a node, in a formula that was put together anew
            known = next((one for one in self.identities.values() if one[0] == node), None)
        if known is None:
            return None
        rows, columns = self._sizes(known[1])
        return REAL if rows == columns == 1 else Matrix(rows, columns)

    def inverted(self, key: str) -> str | None:
        """The matrix of which a name is the pseudo-inverse: A of A^+, where A is a matrix and A^+ is introduced by nothing."""
        base = unmarked(base_of(key))
        if marks_of(key) != PSEUDOINVERSE or subscript_of(key) or key in self.declared:
            return None
        if key in self.uses.assigned and not self.claims:
            return None
        declared = self.declared.get(base)
        matrix = isinstance(declared, Matrix) and 1 not in {declared.rows, declared.columns}
        return base if matrix or (declared is None and is_bold(base) and is_capital(base)) else None

    def _sum(self, node: Node, *, entrywise: bool = False) -> Shape | None:
        r"""Of one shape; `entrywise` what is added to a vector, \epsilon in \sqrt{\mathbf s + \epsilon}, may be a number for each entry."""
        for child in node.children:  # A + A^T: the bare name is what the transposed one is
            if child.kind == "transpose":
                self.shape(child)
        shapes = [self._again(child) if child.kind == "transpose" else self.shape(child) for child in node.children]
        if entrywise and any(self._mask_of(shapes)):
            names = [child.key for child in node.children if child.kind == "name"]
            self.contested |= {key for key in names if key not in self.functions and self._is_soft(key)}
        self._beside_identities([child.children[0] if child.kind == "negate" else child for child in node.children])
        known = [shape for shape in shapes if shape is not None]
        tall = [shape for shape in known if self.value(shape[0]) not in {None, 1}]
        rows = [shape for shape in known if self.value(shape[0]) == 1 and self.value(shape[1]) not in {None, 1}]
        if tall and rows and self.value(tall[0][1]) == self.value(rows[0][1]):  # X W + b: b is added to each row
            return self._alike(
                [child for child, shape in zip(node.children, shapes, strict=True) if shape not in rows],
                [shape for shape in shapes if shape not in rows],
            )
        return self._alike(node.children, shapes)

    def _beside_identities(self, nodes: list[Node]) -> None:
        """I \\otimes A + B \\otimes I: an identity has the shape of what stands in its place in the other product."""
        products = [node for node in nodes if node.kind == "kronecker"]
        for one, other in pairwise(products):
            for left, right in zip(one.children, other.children, strict=True):
                if any(part.kind == "name" and self.is_identity_name(part.key) for part in (left, right)):
                    self.unify(self._again(left), self._again(right))

    def _kronecker(self, node: Node) -> Shape | None:
        for child in node.children:  # nobody takes it of a number
            if child.kind == "name" and self.is_identity_name(child.key):
                self._harden(child.key, vector=False)
            elif child.kind == "name" and is_capital(child.key) and self._is_bare(child.key):
                self._know_array(child.key, vector=False)
        left, right = (self.shape(child) for child in node.children)
        if left is None or right is None:
            return None
        return self._made(*((sizes.product, (left[side], right[side])) for side in (0, 1)))

    def _made(self, *sides: tuple[Callable[[Size, Size], Size], tuple[int, ...]]) -> Shape | None:
        """Two dimensions made of others; None where one of these is not known."""
        found: list[int] = []
        for make, parts in sides:
            known = [self.value(part) for part in parts]
            if any(one is None for one in known):
                return None
            try:
                whole: Size = known[0] if known[0] is not None else 1
                for one in known[1:]:
                    whole = make(whole, one if one is not None else 1)
            except TermError:
                return None
            found.append(self._dimension(whole))
        return (found[0], found[-1])

    def _alike(self, nodes: Iterable[Node], shapes: list[Shape | None]) -> Shape | None:
        """What stands in a sum, or on the sides of an equation, has one shape: that of the first vector or matrix among it."""
        arrays = [shape for shape in shapes if shape is not None and not self.is_scalar(shape)]
        known = next((shape for shape in arrays if self._is_certain(shape)), arrays[0] if arrays else None)
        if known is None:
            return next((shape for shape in shapes if shape is not None), None)
        if not self.guesses and not self._is_certain(known):
            for other in arrays[1:]:
                self.unify(known, other)
            return known
        for node, shape in zip(nodes, shapes, strict=True):
            if shape is None or self.is_scalar(shape):
                if self._is_eigenvalue(node, nodes):
                    continue
                self._expect(node, known)
            elif shape is not known:
                self.unify(known, shape)
        return known

    def _is_eigenvalue(self, node: Node, terms: Iterable[Node]) -> bool:
        r"""Whether this is the lambda of A - \lambda, which is short for A - \lambda I: it is a number."""
        inside = node.children[0] if node.kind == "negate" else node
        others = [one for one in terms if one is not node]
        single = node.kind == "negate" and len(others) == 1 and others[0].kind == "name" and is_capital(others[0].key)
        return single and inside.kind == "name" and letter_of(inside.key) == "\\lambda"

    def _is_certain(self, shape: Shape) -> bool:
        """Whether a shape is known to be that of a vector or a matrix: of no product that may yet be a number."""
        mine = self._find(shape[0]), self._find(shape[1])
        if self.values[mine[0]] not in {None, 1} or self.values[mine[1]] not in {None, 1}:
            return True
        return any(self._sides(key) == mine for key in self.strong)

    def _expect(self, node: Node, shape: Shape) -> None:
        """Gives a node that is real only by default, or not known at all, the shape that the text around it says."""
        kind = node.kind
        if kind == "name":
            key = node.key
            if self.is_function(key):
                use = self.functions[key]
                if key not in self.uses.graded:
                    self._expect_value(use.signatures.get(use.main()), shape)
            elif self._is_soft(key):
                self._harden(key, vector=False)
                self.unify(self.shape_of(key), shape)
        elif kind == "call":
            if _head(node).key not in self.uses.graded:
                self._expect_value(self._signature_of(node), shape)
        elif kind in {"negate", "prime", "/", "at"}:
            self._expect(node.children[0], shape)
        elif kind in {"+", "hadamard"}:
            for child in node.children:
                self._expect(child, shape)
        elif kind == "^" and _is_inverse(node):
            self._expect(node.children[0], shape)
        elif kind == "transpose":
            self._expect(node.children[0], (shape[1], shape[0]))
        elif kind == "product" and all(child.kind == "number" for child in node.children[:-1]):
            self._expect(node.children[-1], shape)
        elif kind == "product" and node.children[-1].kind == "tuple":  # \frac45 (2, 0, 1)
            before = [self._again(child) for child in node.children[:-1]]
            if all(one is not None and self.is_scalar(one) for one in before):
                self._expect(node.children[-1], shape)
        elif kind == "product" and self._expect_product(node, shape):
            return
        elif kind == "product":  # \\operatorname{tr}(A) I
            names = [one for one in node.children if one.kind == "name" and self.is_identity_name(one.key)]
            others = [self._again(one) for one in node.children if one not in names]
            if len(names) == 1 and all(one is not None and self.is_scalar(one) for one in others):
                self._expect(names[0], shape)
                self.unify(self._again(names[0]), shape)
        elif kind in {"tuple", "sequence"}:
            self.unify(self._literal(node), shape)
        elif kind == "operator" and node.key == "like":
            self._expect(node.children[0], shape)
        elif kind == "operator" and node.key == "covariance":
            self._expect(node.children[0], (shape[0], self.one))
        elif kind == "operator" and node.key == "covariance-of-two":
            self._expect(node.children[0], (shape[0], self.one))
            self._expect(node.children[1], (shape[1], self.one))
        elif node not in self.opens and (
            kind in {"nabla", "ellipsis", "compose"} or (kind == "operator" and node.key == "open")
        ):
            self.opens[node] = shape

    def _expect_product(self, node: Node, shape: Shape) -> bool:
        """Of a product of letters that seem to be numbers, and is none, a capital is a matrix, and a small letter behind it a vector.

        That is the most general reading: what holds of it holds where the matrix is a number, or a single column. Which of small letters is the
        vector is open.
        """
        factors = [one.children[0] if one.kind == "negate" else one for one in node.children]
        shapes = [self._again(one) for one in factors]
        if not self.guesses or any(one is None or not self.is_scalar(one) for one in shapes):
            return False
        capitals = [index for index, one in enumerate(factors) if self._capital(one) is not None]
        small = [one for one in factors if one.kind == "name" and not is_capital(one.key) and self._is_soft(one.key)]
        if not capitals:
            self.loose |= {one.key for one in small} if len(small) > 1 else set()
            return False
        last = factors[-1]
        for index in capitals:
            key = self._capital(factors[index])
            if key is None:
                continue  # the same letter stood before it: Q Q
            self._harden(key, vector=False)
            self.guessed.add(key)
        if capitals[-1] == len(factors) - 2 and last in small:
            self._harden(last.key, vector=True)
            self.guessed.add(last.key)
        found = self._factors(node.children, [self._again(one) for one in node.children])
        self.unify(found, shape)
        return True

    def _expect_value(self, signature: Signature | None, shape: Shape) -> None:
        if signature is not None and not signature.number:
            if not signature.array and self._is_certain(shape):
                self._know_value(signature)
            signature.array = True
            self.unify(signature.result, shape)

    def _know_value(self, signature: Signature) -> str:
        """The values of a function are vectors or matrices, and no numbers; the key of their shape."""
        version = f"{_VERSION}{len(self.parents)}"
        self.shapes[version] = signature.result
        self.strong[version] = None
        signature.array = True
        return version

    def _product_of(self, node: Node) -> Shape | None:
        wide = operator_of_product(node)
        if wide is not None:  # the derivative of the whole, if that is a number
            whole, variable, *_ = wide.children[-1].children
            by, inside = self._again(variable), self._again(whole.children[0])
            if by is not None and inside is not None and not self.is_scalar(by) and not self.is_scalar(inside):
                product = self._again(whole)
                if product is not None and self.is_scalar(product):
                    return self._factors(wide.children, [*(self._again(one) for one in wide.children[:-1]), by])
        return self._factors(node.children, [self.shape(child) for child in node.children])

    def _factors(self, children: tuple[Node, ...], shapes: list[Shape | None]) -> Shape | None:
        """The shape of a product: a capital beside a vector or a matrix is a matrix."""
        arrays = [shape is not None and not self.is_scalar(shape) for shape in shapes]
        for index, child in enumerate(children):
            left, right = index > 0 and arrays[index - 1], index + 1 < len(children) and arrays[index + 1]
            if left and right and child.kind == "operator" and child.key == "open" and child.value.endswith(" #1"):
                before, behind = shapes[index - 1], shapes[index + 1]
                assert before is not None
                assert behind is not None
                shapes[index] = self.opens.setdefault(child, (before[1], behind[0]))  # x^T H f(0) x
            right_of_capital = right and not _begins_with_inner_product(children[index + 1 :])
            capital = self._capital(child) if (left or right_of_capital) and not arrays[index] else None
            if capital is not None:
                self._harden(capital, vector=False)
                self.guessed.add(capital)
                shapes[index] = self.shape(child)
                arrays[index] = True
            small = child.kind == "name" and not is_capital(child.key) and self._is_soft(child.key)
            last = index == len(children) - 1
            if small and left and self._takes_vector(children[index - 1], shapes[index - 1], last):
                self._harden(child.key, vector=True)
                self.guessed.add(child.key)
                found = shapes[index] = self.shape(child)
                arrays[index] = True
                if found is not None and self._open(found):
                    self._join(found[1], self.one)
            if left and right and child.kind == "name":
                self.settled.add(child.key)  # nobody writes a number between two matrices
            inverse = child.children[0] if child.kind == "^" and _is_inverse(child) else None
            if left and right and inverse is not None and inverse.kind == "name" and self._is_bare(inverse.key):
                self._know_array(inverse.key, vector=False)  # nor the inverse of one
        self._fit_identities(children, shapes)
        self._settle_forms(children, shapes)
        if any(self._is_perhaps_inner(*one) for one in pairwise(zip(children, shapes, strict=True))):
            return None
        result = shapes[0]
        for shape in shapes[1:]:
            result = self._product(result, shape)
        return result

    def _is_perhaps_inner(self, left: tuple[Node, Shape | None], right: tuple[Node, Shape | None]) -> bool:
        """w^T x, of a vector w and an x that is used as a number elsewhere: hardly a row times a number."""
        (factor, row), (other, shape) = left, right
        if factor.kind != "transpose" or other.kind != "name" or row is None or shape is None:
            return False
        small = not is_capital(other.key) and _PLAIN_LETTER.fullmatch(letter_of(other.key)) is not None
        return (
            small and self.is_scalar(shape) and not self.is_scalar(row) and self._takes_vector(factor, row, last=False)
        )

    def _settle_forms(self, children: tuple[Node, ...], shapes: list[Shape | None]) -> None:
        """The vector of a quadratic form x^T A x is a column; of two vectors the one that is written transposed is the row, and so is one with an arrow before a matrix."""
        for (left, before), (right, behind) in pairwise(zip(children, shapes, strict=True)):
            if not self.settle_defaults or before is None or behind is None or left.kind == "transpose":
                continue
            arrow = left.kind == "name" and has_arrow(left.key)  # with arrows the row is written bare: S6
            capital = self._capital_of(right) if arrow and right.kind == "name" else None
            if capital is not None and capital not in self.declared and self._open(before):
                self._join(before[0], self.one)  # \\vec w X
                continue
            if right.kind == "transpose" and self._are_open_vectors(before, behind) and not arrow:
                self._join(before[1], self.one)
                self._join(behind[0], self.one)
        for index, child in enumerate(children[:-2]):
            if child.kind != "transpose":
                continue
            for other, shape in zip(children[index + 2 :], shapes[index + 2 :], strict=True):
                if shape is not None and other == child.children[0] and self._open(shape) and self._is_vector(shape):
                    self._join(shape[1], self.one)

    def _fit_identities(self, children: tuple[Node, ...], shapes: list[Shape | None]) -> None:
        """(A \\otimes I) v: the one identity whose size is not known makes the product fit."""
        for index, child in enumerate(children):
            if child.kind != "kronecker" or shapes[index] is not None:
                continue
            before, after = shapes[index - 1] if index else None, shapes[index + 1] if index + 1 < len(shapes) else None
            for known, side in ((before, 0), (after, 1)):
                whole = None if known is None or self.is_scalar(known) else self.value(known[1 - side])
                if whole is not None and self._size_identity(child, side, whole):
                    shapes[index] = self._again(child)
                    break

    def _size_identity(self, node: Node, side: int, whole: Size) -> bool:
        """Gives the one identity of unknown size in a Kronecker product of which one dimension is known its size."""
        parts = list(node.children)
        unknown = [part for part in parts if part.kind == "name" and self.is_identity_name(part.key)]
        unknown = [part for part in unknown if self.value(self._identity(part)[0]) is None]
        others = [self._again(part) for part in parts if part not in unknown]
        if len(unknown) != 1 or len(parts) != 2 or any(shape is None for shape in others):
            return False
        other = others[0]
        known = None if other is None else self.value(other[side])
        quotient = None if known is None else sizes.quotient(whole, known)
        if quotient is None:
            return False
        self._join(self._identity(unknown[0])[0], self._dimension(quotient))
        return True

    def _takes_vector(self, factor: Node, shape: Shape | None, last: bool) -> bool:
        """Whether a small letter behind this factor is a vector: the factor is a transposed vector, or a matrix before the last factor."""
        row = factor.kind == "transpose" and shape is not None
        if row and (
            self._version(factor.children[0].key) in self.vectors or (shape is not None and self.value(shape[0]) == 1)
        ):
            return True
        while factor.kind in {"transpose", "^", "negate"}:
            factor = factor.children[0]
        return last and factor.kind == "name" and is_capital(factor.key)

    def _capital(self, node: Node) -> str | None:
        """The capital that a factor is, perhaps transposed or inverted, if it is real only by default."""
        while node.kind in {"transpose", "negate"} or (node.kind == "^" and _is_inverse(node)):
            node = node.children[0]
        letter = letter_of(node.key) if node.kind == "name" else ""
        if not letter or not is_capital(node.key) or letter.startswith("\\Delta") or not self._is_soft(node.key):
            return None
        base = base_of(node.key)
        if base != node.key and isinstance(self.declared.get(base), Matrix):
            return None  # an entry
        return node.key

    def _capitals(self, node: Node) -> None:
        """The capitals of what is turned, or has a trace, are matrices; those of what is turned in it are known when that is read."""
        if node.kind == "name":
            if self._capital(node) is not None:
                self._know_array(node.key, vector=False)
        elif node.kind in {"+", "product", "dot", "negate", "^"} or _is_turned_name(node):
            for child in node.children[: 1 if node.kind == "^" else None]:
                self._capitals(child)

    def _transpose(self, node: Node) -> Shape | None:
        child = node.children[0]
        self._turn(child)
        if child.kind != "name":
            self._capitals(child)
        turned = self.shape(child)
        if child.kind == "call" and turned is not None and self.is_scalar(turned):
            turned = self._value_of(child)
        return None if turned is None else (turned[1], turned[0])

    def _turn(self, name: Node) -> None:
        """A name that is transposed, alone or in a sum, is a vector or a matrix."""
        if name.kind in {"+", "negate"}:
            for part in name.children:
                self._turn(part)
        elif name.kind == "nabla" and name.value != "2":  # a gradient that is turned is one by a vector
            body, *variables = name.children
            if not variables and body.kind == "call" and len(body.children) == 2:
                variables = [body.children[1]]
            for variable in variables:
                if not is_capital(variable.key):  # \nabla_X Y of vector fields
                    self._turn(variable)
        elif name.kind == "name" and not self.is_function(name.key) and self._is_bare(name.key):
            self._know_array(name.key, vector=not is_capital(name.key))

    def _value_of(self, node: Node) -> Shape | None:
        """The value of a function, where it is known to be a vector or a matrix."""
        signature = self._signature_of(node)
        if signature is None or signature.number:
            return None
        signature.array = True
        return signature.result

    def _square(self, node: Node) -> Shape | None:
        """What has a trace or a determinant is a square matrix."""
        child = node.children[0]
        if child.kind == "name" and not self.is_function(child.key) and self._is_bare(child.key):
            self._know_array(child.key, vector=False)
        self._capitals(child)
        inside = self.shape(child)
        if inside is not None:
            self._join(inside[0], inside[1])
        return (self.one, self.one)

    def _function(self, node: Node) -> Shape | None:
        if node.value in {"trace", "det"}:
            return self._square(node)
        shapes = [self.shape(child) for child in node.children]
        if node.value in {"diag", "vec", "adjugate", "pseudoinverse", "inverse"}:
            return self._of_matrix(node.value, shapes[0])
        if node.value in {"min", "max"} and len(shapes) > 1:
            arrays = [shape for shape in shapes if shape is not None and not self.is_scalar(shape)]
            return arrays[0] if arrays else (self.one, self.one)
        return shapes[-1] if node.value in ENTRYWISE and shapes else (self.one, self.one)

    def _of_matrix(self, head: str, shape: Shape | None) -> Shape | None:
        """The shape of what is made of one matrix or vector."""
        if shape is None or head in {"adjugate", "inverse"}:
            return shape
        if head == "pseudoinverse":
            return shape if self.is_scalar(shape) else (shape[1], shape[0])
        if head == "vec":
            return self._made((sizes.product, shape), (sizes.product, (self.one,)))
        size = self._vector_size(shape)
        if size is None and self._is_vector(shape):
            return None  # a row or a column: not known yet
        return (size, size) if size is not None else (shape[0], self.one)

    def _power(self, node: Node) -> Shape | None:
        base, exponent = node.children
        if indices_of_unit(self.declared, node) is not None:
            return self._literal(node)
        raised = self.shape(exponent)
        if base.kind == "constant" and base.value == "e" and raised is not None and not self.is_scalar(raised):
            return raised  # the exponential of a matrix
        shape = self.shape(base)
        if shape is not None and _is_inverse(node) and not self.is_scalar(shape) and not self._is_vector(shape):
            self._join(shape[0], shape[1])
        return shape

    def _literal_matrix(self, node: Node) -> Shape:
        """Of numbers its shape is known; of blocks or with dots that is what the text around says, and for one line what its blocks say."""
        names: list[str] = []
        shapes: list[list[Shape | None]] = []
        for row in node.children:
            shapes.append([self.shape(entry) for entry in row.children])
            names += [entry.key if entry.kind == "name" else "" for entry in row.children]
        self.literals.add(tuple(names))
        cells = [entry for row in node.children for entry in row.children]
        arrays = [shape for line in shapes for shape in line if shape is not None and not self.is_scalar(shape)]
        dots = any(cell.kind in {"ellipsis", "blank"} for cell in cells)
        height, width = len(node.children), max((len(row.children) for row in node.children), default=0)
        if not arrays and not dots and not self.is_last_turn and self._are_perhaps_blocks(cells, width):
            shape = self._literal(node)
            self._join(shape[1], self.one)
            return shape
        if not arrays and not dots:
            known = self.lists.pop((node.start, node.end), None)
            shape = (self._dimension(height), self._dimension(width))
            self.unify(known, shape)
            return shape
        shape = self._literal(node)
        if arrays and not dots and len({len(line) for line in shapes}) == 1:
            self._blocks(shape, shapes)
        if not arrays:
            self._suggest(shape, node.children, height, width)
        elif width == 1 or height == 1:
            side = 1 if width == 1 else 0  # blocks above each other have one width
            for one in arrays:
                self._join(shape[side], one[side])
        return shape

    def _are_perhaps_blocks(self, cells: list[Node], width: int) -> bool:
        """Whether what stands above each other may be vectors, which other formulas say later: small letters that are factors behind capitals."""
        keys = {cell.key for cell in cells if cell.kind == "name"}
        if width != 1 or len(cells) < 2 or len(keys) < len(cells):
            return False
        return keys <= self._behind_capitals() and all(
            not is_capital(key) and self._is_bare(key) and key not in self.uses.scalars | self.uses.numbers
            for key in keys
        )

    def _behind_capitals(self) -> set[str]:
        """The names that are factors behind capitals: \\beta_0 in X_0 \\beta_0."""
        if self.behind_capitals is None:
            products = [part.children for node in self.formulas for part in node.walk() if part.kind == "product"]
            pairs = [pair for factors in products for pair in pairwise(factors)]
            self.behind_capitals = {other.key for one, other in pairs if self._capital_of(one) is not None}
        return self.behind_capitals

    def _blocks(self, shape: Shape, shapes: list[list[Shape | None]]) -> None:
        """Blocks beside each other have one height, blocks above each other one width; numbers among them may be zeros of any shape."""
        lines = [[one for one in line if one is not None and not self.is_scalar(one)] for line in shapes]
        columns = [
            [one for one in line if one is not None and not self.is_scalar(one)] for line in zip(*shapes, strict=True)
        ]
        if not all(lines) or not all(columns):
            return
        for group, side in [*((line, 0) for line in lines), *((column, 1) for column in columns)]:
            for one in group[1:]:
                self._join(group[0][side], one[side])
        heights, widths = tuple(line[0][0] for line in lines), tuple(column[0][1] for column in columns)
        whole = self._made((sizes.total, heights), (sizes.total, widths))
        if whole is not None:
            self.unify(shape, whole)
            return
        for side, parts in zip(shape, (heights, widths), strict=True):
            if len(parts) == 1:
                self._join(side, parts[0])
            else:
                self.totals[side] = parts

    def _suggest(self, shape: Shape, lines: tuple[Node, ...], height: int, width: int) -> None:
        """How far the indices run, to the last entry a_{mn} of a matrix with dots, says how its sizes are called, if nothing else does."""
        if height == 1 or width == 1:
            self._join(shape[0 if height == 1 else 1], self.one)
        runs = self._runs(lines[0].children[0], lines[-1].children[-1])
        ends: list[tuple[str, str] | None] = [*runs] if runs is not None and len(runs) == 2 else []
        if not ends:
            across = zip(lines[0].children, lines[-1].children, strict=False)
            ends = [self._run(across), self._run((line.children[0], line.children[-1]) for line in lines)]
        if ends[0] is not None and ends[0] == ends[1]:
            self._join(*shape)
        for side, run in zip(shape, ends, strict=True):
            begin, end = run or ("", "")
            if begin == "1" and (end.isdecimal() or (end.isalpha() and len(end) == 1)):
                self.suggestions[side] = int(end) if end.isdecimal() else end

    def _run(self, pairs: Iterable[tuple[Node, Node]]) -> tuple[str, str] | None:
        """The first and the last value of the one index in which the entries at the two ends of a line differ, where some line shows it."""
        found = [self._runs(one, last) for one, last in pairs]
        ends = {run for runs in found for run in runs or ()}
        return ends.pop() if len(ends) == 1 else None

    def _runs(self, one: Node, last: Node) -> list[tuple[str, str]] | None:
        r"""The indices, as pairs, in which two entries differ, \frac{dx_1}{dy_1} and \frac{dx_1}{dy_n}; None where they differ in anything else."""
        if one.kind == last.kind == "name":
            if one.key == last.key:
                return []
            first, member = self.uses.families.member(one.key), self.uses.families.member(last.key)
            if first is None or member is None or first.template != member.template:
                return None
            return [(begin, end) for begin, end in zip(first.indices, member.indices, strict=True) if begin != end]
        if (one.kind, one.value, len(one.children)) != (last.kind, last.value, len(last.children)):
            return None
        found: list[tuple[str, str]] = []
        for child, other in zip(one.children, last.children, strict=True):
            inside = self._runs(child, other)
            if inside is None:
                return None
            found += inside
        return found

    def _row(self, node: Node) -> Shape:
        return self._literal_matrix(
            Node("matrix", (Node("row", node.children, node.start, node.end),), node.start, node.end)
        )

    def _cases(self, node: Node) -> Shape | None:
        values = [row.children[0] for row in node.children]
        for row in node.children:
            for condition in row.children[1:]:
                self.shape(condition)
        return self._alike(values, [self.shape(value) for value in values])

    def _tuple(self, node: Node) -> Shape | None:
        """A tuple is a vector only where the text around says which."""
        shapes = [self.shape(entry) for entry in node.children]
        blocks = any(shape is not None and not self.is_scalar(shape) for shape in shapes)
        if blocks:  # (x, f(x)) of a vector x is longer
            self.lengths.pop((node.start, node.end), None)
        elif all(entry.kind != "ellipsis" for entry in node.children):
            self.lengths[(node.start, node.end)] = len(node.children)
        return self.lists.get((node.start, node.end))

    def _literal(self, node: Node) -> Shape:
        return self.lists.setdefault((node.start, node.end), self._fresh())

    def _at(self, node: Node) -> Shape | None:
        for binding in node.children[1:]:
            self.shape(binding)
        return self.shape(node.children[0])

    def _binder(self, node: Node) -> Shape | None:
        shapes = [self.shape(child) for child in node.children]
        return shapes[1] if node.key.endswith(":variable") else shapes[0]

    def _operator(self, node: Node) -> Shape | None:
        scalar = (self.one, self.one)
        shapes = [self.shape(child) for child in node.children]
        if node.key == "like":
            return shapes[0]
        if node.key == "covariance":
            return self._covariance(shapes[0], shapes[0])
        if node.key == "covariance-of-two":
            return self._covariance(shapes[0], shapes[1])
        known = of_matrix(node)
        if known in {"vec", "adjugate"} or (
            known == "diag" and shapes[0] is not None and not self.is_scalar(shapes[0])
        ):
            found = self._of_matrix(known, shapes[0])
            if found is not None:
                return found
        if node.key == "open" and node not in self.opens and node.value.startswith(_DIAGONALS):
            size = self._dimension() if len(shapes) > 1 else None
            if len(shapes) == 1 and shapes[0] is not None and not self.is_scalar(shapes[0]):
                size = self._vector_size(shapes[0])
            if size is not None:
                self.opens[node] = (size, size)
        if len(node.children) == 4 and _MATRIX_NORMALS.fullmatch(node.value):
            self._of_matrices(*node.children)  # its density
        return self.opens.get(node, scalar) if node.key == "open" else scalar

    def _covariance(self, left: Shape | None, right: Shape | None) -> Shape | None:
        """Of two numbers a number, of two vectors the matrix of their components."""
        if left is None or right is None:
            return None
        for shape in (left, right):
            if self._open(shape):
                self._join(shape[1], self.one)  # a random vector is a column
        sizes = [self.one if self.is_scalar(shape) else self._vector_size(shape) for shape in (left, right)]
        return None if sizes[0] is None or sizes[1] is None else (sizes[0], sizes[1])

    def _product(self, left: Shape | None, right: Shape | None) -> Shape | None:
        if left is None or right is None:
            return None
        if self.is_scalar(left):
            return right
        if self.is_scalar(right):
            return left
        if self.settle_defaults and self._are_open_vectors(left, right):
            self._join(left[0], self.one)  # two juxtaposed vectors: a row times a column (S6)
            self._join(right[1], self.one)
        self._join(left[1], right[0])
        return (left[0], right[1])

    def _are_open_vectors(self, left: Shape, right: Shape) -> bool:
        """Whether both are vectors, rows or columns."""
        return self._open(left) and self._open(right) and self._is_vector(left) and self._is_vector(right)

    def _open(self, shape: Shape) -> bool:
        return self.value(shape[0]) is None and self.value(shape[1]) is None

    def _dot(self, node: Node) -> Shape | None:
        left, right = (self.shape(child) for child in node.children)
        if left is None or right is None or self.is_scalar(left) or self.is_scalar(right):
            for child, other in (node.children, node.children[::-1]):
                if child.kind == "name" and _PERHAPS_VECTOR.fullmatch(child.key) and other.kind == "name":
                    shape = self.shape(other)
                    beside = shape is not None and not self.is_scalar(shape) and self._is_vector(shape)
                    self.loose |= {child.key} if beside and _PLAIN_LETTER.fullmatch(other.key) else set()
            return self._factors(node.children, [left, right])
        left_size, right_size = self._vector_size(left), self._vector_size(right)
        if node.value == "\\times" and self._is_vector(left) and self._is_vector(right):
            self.unify(left, right)
            return (self.one, self.one) if left_size is not None and self.value(left_size) == 2 else left
        if left_size is not None and right_size is not None:
            if self.value(left[1]) == 1 and self.value(right[0]) == 1 and is_turned_factor(node):
                return (left[0], right[1])
            self._join(left_size, right_size)
            return (self.one, self.one)
        if self._is_vector(left) and self._is_vector(right):
            self.pairs.append((left, right))
            return (self.one, self.one)
        return self._product(left, right)

    def _hadamard(self, node: Node) -> Shape | None:
        return self._alike(node.children, [self.shape(child) for child in node.children])

    def _vector_size(self, shape: Shape) -> int | None:
        """The dimension that is the length, where the orientation is known."""
        if self.value(shape[0]) == 1:
            return shape[1]
        return shape[0] if self.value(shape[1]) == 1 else None

    def _is_vector(self, shape: Shape) -> bool:
        mine = (self._find(shape[0]), self._find(shape[1]))
        for key in self.vectors:
            there = self._sides(key)
            if mine in (there, (there[1], there[0])):
                return True
        return self._vector_size(shape) is not None

    def _chain(self, node: Node) -> None:
        members = [child for child in node.children if child.kind != "missing"]
        words = node.value.split()
        if words == ["in"]:
            self._know_members(*node.children)
        if "approx" in words:
            for part in (part for member in members for part in member.walk()):
                if part.kind == "call" and part.children[0].kind == "name":
                    use = self.function(part.children[0].key)
                    use.order = max(use.order, 1)  # a first-order statement needs a first derivative
        if words == ["="] and len(members) == 2:
            for name in _turned_around(*members) or _turned_around(*reversed(members)):
                if self._capital(name) is not None:
                    self._harden(name.key, vector=False)
                    self.guessed.add(name.key)
        self._know_identity(members)
        if DEFINITENESS.keys() & set(words):
            self._know_square(members)
        shapes = [self.shape(member) for member in members]
        if any(map(self._is_length, members)):
            self.with_lengths |= {member.key for member in members if member.kind == "name"}
        if any(self._is_length(member) or member.key in self.with_lengths for member in members):
            for member in members:
                self._settle_row(member)
        if is_perhaps_interval(members):
            return
        if self.is_last_turn:
            self._note_values(members, words)
        if len(words) != len(members) - 1:
            if not any(word in _OF_OTHER_KINDS for word in words):
                self._alike(members, shapes)
            return
        begin = 0
        for index, word in enumerate([*words, "sim"]):
            if word in _OF_OTHER_KINDS:
                self._alike(members[begin : index + 1], shapes[begin : index + 1])
                begin = index + 1
        for index, word in enumerate(words):
            if word == "sim":
                self._distributed(members[index], members[index + 1])

    def _note_values(self, members: list[Node], words: list[str]) -> None:
        """What is equated with a number has numbers for its values."""
        if set(words) <= {"=", ":=", "approx", "ne"} and any(map(self._says_number, members)):
            for one in members:
                if one.kind == "call":
                    self.function(_head(one).key).number = True

    def _know_members(self, left: Node, right: Node) -> None:
        r"""x \in \mathbb{R}^n says what x is here, also where it declares nothing: it is a condition, or is in other sets elsewhere."""
        space = space_of(right)
        if left.kind not in {"name", "sequence"} and isinstance(space, Matrix):
            self.unify(self._again(left), self._of_sort(space))
        for one in memberships(left, right):
            if isinstance(one.sort, Matrix) and self._is_bare(one.key):
                self._harden(one.key, vector=1 in {one.sort.rows, one.sort.columns})
                self.unify(self.shape_of(one.key), self._of_sort(one.sort))

    def _is_length(self, node: Node) -> bool:
        """A norm, the bars of a vector, or a power of one."""
        if node.kind == "^":
            return self._is_length(node.children[0])
        if node.kind == "abs":
            shape = self._again(node.children[0])
            return shape is not None and self._is_vector(shape)
        return node.kind == "norm"

    def _settle_row(self, product: Node) -> None:
        """|w|^2 = w w^T says that w is a row."""
        if product.kind != "product" or product.children[-1].kind != "transpose":
            return
        first, last = self._again(product.children[0]), self._again(product.children[-1])
        if first is not None and last is not None and self._are_open_vectors(first, last):
            self._join(first[0], self.one)
            self._join(last[1], self.one)

    def _know_identity(self, members: list[Node]) -> None:
        """A^{-1} A = I, Q^T Q = I and A B = I say that the capitals are matrices, and I the identity."""
        sized = [one.key for one in members if one.kind == "name" and one.key in self._sized_identities()]
        identities = [one.key for one in members if one.kind == "name" and self.is_identity_name(one.key)] or sized
        for member in members if identities else ():
            factors = _factors(member)
            if sized and all((key := self._capital_of(one)) is not None and self._is_bare(key) for one in factors):
                self._know_factors(factors, sized[0])
                continue
            keys = [self._capital_of(one) for one in factors]
            if len(factors) < 2 or any(key is None or not self._is_bare(key) for key in keys):
                continue
            for key in [*keys, identities[0]]:
                assert key is not None
                self._harden(key, vector=False)
                if all(one.kind == "name" for one in factors):
                    self.guessed.add(key)
                else:
                    self._know_array(key, vector=False)

    def _know_factors(self, factors: list[Node], identity: str) -> None:
        """A = I_n and W V W = I_n: the capitals are square matrices of that size."""
        for key in {identity, *(self._capital_of(one) for one in factors)}:
            if key is not None and self._is_bare(key):
                self._harden(key, vector=False)
                self._know_array(key, vector=False)
                if len(factors) == 1 or key == identity:
                    self._join(*self.shape_of(key))

    def _sized_identities(self) -> frozenset[str]:
        """I_n, I_p and I_2, if a formula equates one of them with a capital or a product of capitals, and none says that these are numbers: integrals, currents."""
        if self.sized_identities is None:
            formulas = [one for one in self.formulas if any(key.startswith("I_") for key in one.names)]
            names = {key for one in formulas for key in one.names if letter_of(key) == "I" and subscript_of(key)}
            found: set[str] = set()
            numbers = self.uses.scalars | self.uses.numbers | self.uses.functions | self.uses.assigned
            chains = [part for one in formulas for part in one.walk() if part.kind == "chain"]
            for chain in chains:
                own = {one.key for one in chain.children if one.key in names}
                others = [factor for one in chain.children if one.key not in own for factor in _factors(one)]
                if any(not one.kinds.isdisjoint(_OF_VALUES) for one in others):
                    numbers |= own
                keys = [self._capital_of(one) for one in others]
                if chain.value == "=" and keys and all(key is not None and letter_of(key) != "I" for key in keys):
                    found |= own
            numbered = [key for key in names if subscript_of(key).isdigit()]
            alike = all(_SIZE.fullmatch(subscript_of(key)) and self.family_key(key) == key for key in names)
            known = alike and len(numbered) < 2 and names.isdisjoint(numbers | self.declared.keys())
            self.sized_identities = frozenset(found) if known else frozenset()
        return self.sized_identities

    def _know_square(self, members: list[Node]) -> None:
        r"""A \succ 0 says that a capital is a square matrix."""
        for key in [self._capital_of(one) for one in members]:
            if key is not None and self._is_bare(key):
                self._harden(key, vector=False)
                self._know_array(key, vector=False)
                self._join(*self.shape_of(key))

    def _capital_of(self, node: Node) -> str | None:
        """The capital that a factor is, perhaps transposed or inverted."""
        while node.kind == "transpose" or (node.kind == "^" and _is_inverse(node)):
            node = node.children[0]
        return node.key if node.kind == "name" and is_capital(node.key) else None

    def _distributed(self, variable: Node, distribution: Node) -> None:
        r"""X \sim N(\mu, \Sigma): X is like its mean; of a vector the covariance is square, and only a vector has a matrix for it."""
        if (
            distribution.kind == "operator"
            and len(distribution.children) == 3
            and _MATRIX_NORMALS.fullmatch(distribution.value)
        ):
            self._of_matrices(variable, *distribution.children)
        if distribution.kind == "operator" and _WISHARTS.fullmatch(distribution.value):
            self._of_squares(variable, distribution.children[0])
        if distribution.kind != "operator" or distribution.value not in _NORMALS:
            return
        mean, covariance = distribution.children
        alike = self._alike((variable, mean), [self._again(variable), self._again(mean)])
        for part in covariance.walk():
            if part.kind == "name" and letter_of(part.key) == "I" and self._is_bare(part.key):
                self._know_array(part.key, vector=False)
        for part in covariance.walk():  # V \otimes U: of the rows and of the columns
            for factor in part.children if part.kind == "kronecker" else ():
                side = self._again(factor)
                if side is not None and not self.is_scalar(side):
                    self._join(side[0], side[1])
        spread = self._again(covariance)
        plain = _is_plain(variable) and not self.is_declared(variable.key)
        if plain and is_variance(covariance) and alike is not None and not self.is_scalar(alike):
            self._note_clash()  # of a number here, of a vector elsewhere
        elif alike is not None and not self.is_scalar(alike) and self._is_certain(alike):
            size = self._vector_size(alike)
            if size is not None and not (
                spread is not None and self.is_scalar(spread) and not _has_capital(covariance)
            ):
                self._expect(covariance, (size, size))
                spread = self._again(covariance)
                if spread is not None and not self.is_scalar(spread):
                    self.unify(spread, (size, size))
        elif spread is not None and not self.is_scalar(spread) and self._is_certain(spread):
            self._join(spread[0], spread[1])
            for node in (variable, mean):
                self._expect(node, (spread[0], self.one))
        else:  # a capital there may be a matrix
            self.loose |= {one.key for one in covariance.walk() if one.kind == "name" and is_capital(one.key)}

    def _of_squares(self, variable: Node, scale: Node) -> None:
        r"""S \sim \mathcal{W}(V, n): two capitals there are square matrices of one size; X \sim \mathcal{W}(\lambda, k) may be a number."""
        keys = [self._capital_of(node) for node in (variable, scale)]
        if None in keys or not all(self._is_bare(key) for key in keys if key is not None):
            return
        for key in keys:
            assert key is not None
            self._know_array(key, vector=False)
            self._join(*self.shape_of(key))
        self._alike((variable, scale), [self._again(variable), self._again(scale)])

    def _of_matrices(self, variable: Node, mean: Node, of_rows: Node, of_columns: Node) -> None:
        r"""X \sim \mathcal{MN}(M, U, V): X and M are matrices, U and V covariances of their rows and columns."""
        whole = self._fresh()
        if is_variance(of_columns):  # of one column
            self._join(whole[1], self.one)
        for node, shape in (
            (variable, whole),
            (mean, whole),
            (of_rows, (whole[0], whole[0])),
            (of_columns, (whole[1], whole[1])),
        ):
            if node.kind == "name" and is_capital(node.key) and self._is_bare(node.key):
                self._know_array(node.key, vector=False)
            self._expect(node, shape)
            known = self._again(node)
            if known is not None and not self.is_scalar(known):
                self.unify(known, shape)

    def parameter_of(self, key: str) -> str | None:
        """The one number that a declared function which is applied nowhere can be a function of: what derivatives are taken by, or the only one declared."""
        declared = self.declared.get(key)
        if not isinstance(declared, Function) or declared.arguments != (REAL,):
            return None
        by = [name for name in sorted(self.uses.by) if self.value_sort(name) == REAL]
        names = by or [name for name, sort in sorted(self.declared.items()) if sort == REAL]
        return names[0] if len(names) == 1 else None

    def function(self, key: str) -> FunctionUse:
        """What is known of a function."""
        use = self.functions.get(key)
        if use is None:
            of_vectors = has_arrow(key) or (is_bold(key) and not is_capital(key) and not letter_of(key).isdigit())
            use = self.functions[key] = FunctionUse(of_vectors=of_vectors)
        return use

    def _signature_of(self, node: Node) -> Signature | None:
        """The signature that a call uses, as far as its arguments are known now."""
        head = _head(node)
        use = self.functions.get(head.key)
        if use is None or isinstance(self.declared.get(head.key), Function):
            return None
        return use.signatures.get(self._mask(node.children[1:]))

    def _mask(self, arguments: Iterable[Node]) -> Mask:
        return self._mask_of(self._again(argument) for argument in arguments)

    def _mask_of(self, shapes: Iterable[Shape | None]) -> Mask:
        """Which of them are known to be those of arrays."""
        return tuple(shape is not None and not self.is_scalar(shape) for shape in shapes)

    def _call(self, node: Node) -> Shape | None:
        head = node.children[0]
        order = 0
        while head.kind in {"prime", "superindex", "^"}:
            order += len(head.value) if head.kind == "prime" else 1
            if head.kind in {"superindex", "^"}:
                self.shape(head.children[1])
            head = head.children[0]
        self.keys.add(head.key)
        use = self.function(head.key)
        use.order = max(use.order, order)
        arguments = node.children[1:]
        if head.key in self.uses.distributions:
            for argument in arguments:
                self.shape(argument)
            return (self.one, self.one)
        for argument, sort in zip(
            arguments, self.maps[head.key].arguments if head.key in self.maps else (), strict=False
        ):
            if isinstance(sort, Matrix):
                if argument.kind == "name":
                    self.shape(argument)
                if argument.kind == "name" and self._is_soft(argument.key):
                    self._harden(argument.key, vector=True)
                self._expect(argument, self._of_sort(sort))
        shapes = [self.shape(argument) for argument in arguments]
        scalar = (self.one, self.one)
        declared = self.declared.get(head.key)
        if len(shapes) == 1 and self._is_taken_of_entries(head.key, arguments[0], shapes[0]):
            return shapes[0]
        if isinstance(declared, Function):
            if (factors := self.factors_of(node)) is not None:
                return self._again(factors)
            return self._declared_call(declared, use, arguments, shapes)
        if any(argument.kind == "ellipsis" for argument in arguments):
            use.dotted = True
            return scalar
        value = self._called(use, arguments, shapes)
        if self.is_last_turn:
            self._note_numbers(
                head.key, order, arguments, use.signatures.get(self._mask_of(shapes))
            )  # as it is known now
        return value

    def _mapped(self, key: str, sort: Function) -> None:
        r"""f : X \to Y is one way of applying f."""
        use = self.function(key)
        mask = tuple(isinstance(one, Matrix) for one in sort.arguments)
        signature = use.signatures.setdefault(mask, Signature([self._fresh() for _ in mask], self._fresh()))
        signature.calls += 1
        for shape, one in zip(signature.arguments, sort.arguments, strict=True):
            self.unify(shape, self._of_sort(one))
        signature.array = isinstance(sort.result, Matrix)
        signature.number = not signature.array
        self.unify(signature.result, self._of_sort(sort.result))

    def _of_sort(self, sort: Sort) -> Shape:
        return (
            (self._dimension(sort.rows), self._dimension(sort.columns))
            if isinstance(sort, Matrix)
            else (self.one, self.one)
        )

    def factors_of(self, node: Node) -> Node | None:
        r"""X (\frac{dY}{dt}), with matrices that depend on a number, as the product that it is: X is no function of matrices."""
        head, *arguments = node.children
        declared = self.declared.get(head.key) if head.kind == "name" else None
        if not (
            isinstance(declared, Function) and declared.arguments == (REAL,) and isinstance(declared.result, Matrix)
        ):
            return None
        shape = self._again(arguments[0]) if len(arguments) == 1 else None
        return None if shape is None or self.is_scalar(shape) else node._replace(kind="product")

    def _is_taken_of_entries(self, key: str, argument: Node, shape: Shape | None) -> bool:
        """Whether a function that is declared or written as one of a number is applied to a vector or matrix, but for a square one."""
        if shape is None or self.is_scalar(shape) or self._is_square(shape):
            return False
        declared = self.declared.get(key)
        if declared is not None:
            return isinstance(declared, Function) and declared.arguments == (REAL,) and declared.result == REAL
        letters = self.uses.laws.get(key, set())
        numbers = all(_PLAIN_LETTER.fullmatch(letter) and self.value_sort(letter) == REAL for letter in letters)
        names = argument.names
        return bool(letters) and numbers and not names & letters

    def _is_square(self, shape: Shape) -> bool:
        rows, columns = (self.value(one) for one in shape)
        return rows is not None and rows == columns

    def _called(self, use: FunctionUse, arguments: tuple[Node, ...], shapes: list[Shape | None]) -> Shape:
        mask = self._mask_of(shapes)
        zeros = [one.kind == "number" and one.value == "0" for one in arguments]
        signature = use.signatures.get(mask)
        if signature is None and any(zeros):  # f(0) of a function of vectors: the zero vector
            of_arrays = [
                one
                for known, one in use.signatures.items()
                if len(known) == len(mask)
                and all(zero or a == b for a, b, zero in zip(known, mask, zeros, strict=True))
            ]
            if len(of_arrays) == 1:
                signature = of_arrays[0]
                shapes = [None if zero else shape for zero, shape in zip(zeros, shapes, strict=True)]
            elif not self.is_last_turn:
                return (self.one, self.one)
        if signature is None:
            signature = use.signatures[mask] = Signature([shape or self._fresh() for shape in shapes], self._fresh())
            if use.of_vectors:
                self.vectors.add(self._know_value(signature))
        signature.calls += 1
        for known, shape in zip(signature.arguments, shapes, strict=True):
            self.unify(known, shape)  # S8
        if all(argument.kind == "name" for argument in arguments):
            header = tuple(argument.key for argument in arguments)
            if header not in signature.headers:
                signature.headers.append(header)
        return signature.result if signature.array else (self.one, self.one)

    def _note_numbers(self, key: str, order: int, arguments: tuple[Node, ...], signature: Signature | None) -> None:
        """What this use of a function says of its arguments: f'(x) is of a number, and f_{X,Y}(x, y) of two if the random variables X and Y are."""
        if signature is None:
            return
        variables = {one for one in subscript_of(key).split(",") if is_capital(one) and one in self.numbers}
        if (order and len(arguments) == 1) or len(variables) == len(arguments):
            signature.numbers |= set(range(len(arguments)))
        signature.numbers |= {place for place, one in enumerate(arguments) if self._says_number(one)}

    def _says_number(self, node: Node) -> bool:
        """Whether something says that an expression is a number: it is more than a letter of which nothing says that it is an array."""
        kind, children = node.kind, node.children
        if kind == "name":
            if node.key in self.declared:
                return isinstance(self.declared[node.key], Scalar)
            return not {node.key, self.family_key(node.key)}.isdisjoint(self.numbers)
        if kind == "call":
            key = _head(node).key
            return key in self.numbers or (key in self.functions and self.functions[key].number)
        if kind == "number":
            return node.value != "0"
        if kind in {"sum", "integral", "product-over", "limit", "binder", "derivative"}:
            return self._says_number(children[0])
        if kind == "operator":
            return node.key == "real"
        if kind in {"+", "plus-minus", "cases", "row"}:
            return any(map(self._says_number, children))
        if kind in {"product", "dot", "negate", "/"}:
            return all(map(self._says_number, children))
        if kind in {"function", "root"}:
            inside = self._again(children[0])
            return inside is not None and self.is_scalar(inside)
        if kind == "^":
            return children[1].kind == "number" or self._says_number(children[0])
        return kind in _SCALAR_KINDS or kind == "constant"

    def _declared_call(
        self, declared: Function, use: FunctionUse, arguments: tuple[Node, ...], shapes: list[Shape | None]
    ) -> Shape:
        if len(arguments) == len(declared.arguments) or all(argument.kind == "name" for argument in arguments):
            self._called(use, arguments, shapes)
        for argument_sort, shape in zip(declared.arguments, shapes, strict=False):
            if isinstance(argument_sort, Matrix):
                self.unify((self._dimension(argument_sort.rows), self._dimension(argument_sort.columns)), shape)
        if isinstance(declared.result, Matrix):
            return (self._dimension(declared.result.rows), self._dimension(declared.result.columns))
        return (self.one, self.one)

    def give_header(self, key: str, names: tuple[str, ...]) -> None:
        """What a function is applied to where nothing is written, after `read`."""
        shapes = [self.shape_of(name) for name in names]
        mask = tuple(not self.is_scalar(shape) for shape in shapes)
        signatures = self.function(key).signatures
        signature = signatures.setdefault(mask, Signature(shapes, self._fresh(), calls=1))
        signature.headers.insert(0, names)

    def _differentiated(self, body: Node) -> FunctionUse | None:
        """The function that is differentiated, bare or at its arguments."""
        if body.kind == "name":
            self.keys.add(body.key)
            if (
                body.key not in self.functions
                and body.key not in self.declared
                and body.key not in self.uses.quantities
            ):
                self.function(body.key)
            return self.functions.get(body.key)
        self.shape(body)
        if body.kind == "call" and body.children[0].kind == "name":
            return self.functions.get(body.children[0].key)
        return None

    def _derivative(self, node: Node) -> Shape | None:
        body, *variables = node.children
        use = self._differentiated(body)
        shapes = [self.shape(variable) for variable in variables]
        if use is not None:
            use.order = max(use.order, len(variables))
            inner = variables[0].children[0] if variables and variables[0].kind == "transpose" else variables[0]
            shape = self._again(inner)
            if shape is not None and not self.is_scalar(shape) and body.kind == "name":
                self._called(use, (), [shape])
                signature = use.signatures[(True,)]
                signature.headers = [header for header in signature.headers if header]
        value = (self.one, self.one) if use is not None else self._again(body)
        if use is not None and body.kind == "name" and isinstance(self.declared.get(body.key), Function):
            value = self._name(body)
        if len(shapes) != 1 or value is None:
            return (self.one, self.one) if value is not None else None
        if self.is_scalar(value):
            return shapes[0]
        by = shapes[0]
        if by is None or self.is_scalar(by):
            return value
        rows, columns = self._vector_size(value), self._vector_size(by)
        return None if rows is None or columns is None else (rows, columns)

    def _derivative_at(self, node: Node) -> Shape | None:
        for argument in node.children[1:]:
            self.shape(argument)
        return self.shape(node.children[0])

    def _nabla(self, node: Node) -> Shape | None:
        """A gradient by a vector is one, a Hessian matrix is square; of what has a vector for its value either is of more dimensions."""
        body, *variables = node.children
        use = self._differentiated(body)
        if use is not None:
            use.order = max(use.order, 1)
        point: Shape | None = None
        if variables:
            point = self.shape(variables[0])
        elif body.kind == "call" and len(body.children) == 2:
            point = self._again(body.children[1])
        elif use is not None and use.of_vector is not None:
            point = use.of_vector.arguments[0]
        if node.value == "\\cdot":
            return (self.one, self.one)
        value = self._name(body) if use is not None and body.kind == "name" else self._again(body)
        if node.value == "2":
            size = None if point is None else self._vector_size(point)
            scalar = value is not None and self.is_scalar(value)
            return (size, size) if size is not None and scalar else None
        if point is not None and not self.is_scalar(point) and value is not None and not self.is_scalar(value):
            rows, columns = self._vector_size(value), self._vector_size(point)
            return None if rows is None or columns is None else (rows, columns)
        return point if point is not None else self.opens.get(node)

    # --- clashes -------------------------------------------------------------------------------------------------------

    def is_array(self, key: str) -> bool:
        """Whether a name is a vector or a matrix here."""
        version = self._version(key)
        return version in self.shapes and version not in self.soft and not self.is_scalar(self.shapes[version])

    def sides(self, key: str) -> tuple[Size | None, Size | None]:
        """The rows and columns of a vector or a matrix, as far as they are known."""
        rows, columns = self.shapes[self._version(key)]
        return self.value(rows), self.value(columns)

    def contradicts(self, other: Inference, key: str) -> bool:
        """Whether what is known of the shape of a name by these formulas cannot be with what is known by others."""
        if not (self.is_array(key) and other.is_array(key)):
            return False
        mine, theirs = self.shapes[self._version(key)], other.shapes[other._version(key)]
        known = [(self.value(one), other.value(two)) for one, two in zip(mine, theirs, strict=True)]
        if any(one is not None and two is not None and one != two for one, two in known):
            return True
        square = self._find(mine[0]) == self._find(mine[1]) or other._find(theirs[0]) == other._find(theirs[1])
        values = [one if one is not None else two for one, two in known]
        if square and None not in values and values[0] != values[1]:
            return True
        vector = self._version(key) in self.vectors or other._version(key) in other.vectors
        return square and (vector or 1 in values)

    def kind(self, key: str) -> str:
        """What a name is here: a number, a row, a column or a matrix."""
        return self._kind(self._version(key))

    def _kind(self, version: str) -> str:
        rows, columns = (self.value(side) for side in self.shapes[version])
        if version in self.soft or rows == columns == 1:
            return "number"
        if 1 in {rows, columns} or version in self.vectors:
            return "row" if rows == 1 else "column"
        return "matrix"

    def has_one_kind(self, key: str) -> bool:
        """Whether a name that is apart differs in nothing but its sizes; what only may be a number is of the kind of the others."""
        if key in self.uses.scalars:
            return False
        versions = self.versions.get(key, [])
        kinds = {self._kind(one) for one in versions if one not in self.soft}
        return len(kinds) == 1 and "number" not in kinds

    def said_size(self, dimension: int) -> Size | None:
        """A size that the formulas say, after `finish`; None where it is called by a letter that they do not have."""
        return None if self._find(dimension) in self.lettered else self.value(dimension)

    def is_evident(self, key: str) -> bool:
        """Whether more than what stands beside it in a product shows that a name is a vector or a matrix, after `finish`."""
        sized = any(self.said_size(side) not in {None, 1} for side in self.shape_of(key))
        return sized or key not in self.guessed - self.settled or self._version(key) in self.strong

    def is_perhaps_column(self, key: str) -> bool:
        """Whether a matrix would be a column if nothing else became a number: X of X Y^T may be a random vector."""
        side = self._find(self.shape_of(key)[1])
        return side in self.lettered and not self._is_collapse(side)

    def squares(self) -> list[str]:
        """The names of square matrices that nothing declares."""
        return [
            key
            for key, (rows, columns) in sorted(self.shapes.items())
            if self._find(rows) == self._find(columns)
            and self.value(rows) != 1
            and key not in self.soft
            and not key.startswith("d ")
            and not (_VERSION in key or self.is_declared(key) or key in self.declared)
            and letter_of(key) != "I"
        ]

    def square_at(self, key: str) -> set[int]:
        """The places of formulas in which a name that is apart is square."""
        found: set[int] = set()
        for version in self.versions.get(key, ()):
            rows, columns = self.shapes[version]
            if self._find(rows) == self._find(columns):
                found.add(int(version.partition(_VERSION)[2]))
        return found

    # --- answers -------------------------------------------------------------------------------------------------------

    def finish(self) -> None:
        """Gives what is still open its default: vectors are columns, sizes are letters."""
        if (
            self.uses.differentiated & self.uses.quantities
        ):  # what is differentiated may be a value of any function here
            for use in self.functions.values():
                use.order = max(use.order, 1)
        for key in sorted(self.vectors):
            self._settle_vector(self.shapes[key])
        self._settle_columns()
        self._settle_tuples()
        for left, right in self.pairs:
            one, other = self._vector_size(left), self._vector_size(right)
            if one is not None and other is not None:
                self._join(one, other)
        self._size_ones()
        self._size_identities()
        self._size_by_sums()
        for dimension, letter in self.suggestions.items():
            root = self._find(dimension)
            if self.values[root] is None:
                self.values[root] = letter
        used = {letter_of(key) for key in (*self.keys, *self.declared)}
        used |= {one for value in self.values if isinstance(value, str) for one in re.findall(r"[A-Za-z]\w*", value)}
        endless = chain("nmpqrst", (f"n_{index}" for index in count(1)))
        letters = (letter for letter in endless if letter not in used)
        sides = {self._find(side) for key, shape in self.shapes.items() if key not in self.soft for side in shape}
        for node, shape in self.identities.values():
            if self.value(shape[0]) is None and self._find(shape[0]) not in sides:
                self.guessed.add(node.key)  # of no size that anything says
        self._add_totals(letters)
        of_formulas = [key for key in sorted(self.shapes) if _VERSION in key]
        named = [*(key for key in sorted(self.shapes) if _VERSION not in key), *of_formulas]
        shapes = [self.shapes[key] for key in named if key not in self.soft]
        shapes += [*self.lists.values(), *(shape for _, shape in self.identities.values())]
        for use in self.functions.values():
            for signature in use.signatures.values():
                shapes += [shape for shape in signature.arguments if not self.is_scalar(shape)]
                shapes += [signature.result] if signature.array else []
        for dimension in (dimension for shape in shapes for dimension in shape):
            root = self._find(dimension)
            if self.values[root] is None:
                self.values[root] = next(letters)
                self.lettered.add(root)

    def _add_totals(self, letters: Iterator[str]) -> None:
        """Blocks beside and above each other have letters for their sizes, and what they make together the sum of these."""
        for side, parts in self.totals.items():
            whole, roots = self._find(side), [self._find(part) for part in parts]
            if self.values[whole] is not None or whole in roots:
                continue
            for root in roots:
                if self.values[root] is None:
                    self.values[root] = next(letters)
                    self.lettered.add(root)
            made = self._made((sizes.total, parts))
            self.values[whole] = None if made is None else self.value(made[0])
            self.lettered.add(whole)

    def _size_by_sums(self) -> None:
        """A vector whose entries are summed from 1 to n, and to no other letter, has n of them."""
        ends: dict[str, set[Size]] = {}
        for formula in self.formulas:
            if formula.kinds.isdisjoint({"sum", "product-over"}):
                continue
            names = formula.names
            for node in formula.walk():
                if node.kind not in {"sum", "product-over"} or len(node.children) != 4:
                    continue
                body, index, first, last = node.children
                if first.kind != "number" or first.value != "1" or last.kind not in {"name", "number"}:
                    continue
                size: Size = int(last.value) if last.value.isdecimal() else last.key
                for part in _outside_calls(body):
                    if subscript_of(part.key) != index.key or marks_of(part.key) or self.is_array(part.key):
                        continue
                    base = base_of(part.key)
                    if not (is_bold(base) or has_arrow(base)):  # these are vectors, not entries
                        of_letter = {
                            key for key in names if key != base and letter_of(key) == base and not subscript_of(key)
                        }
                        for key in {base, *of_letter} - self.uses.numberings.keys():
                            ends.setdefault(key, set()).add(size)
        for key in sorted(self.vectors & self.names()):
            found, side = ends.get(key, set()), self._vector_size(self.shapes[key])
            if side is None or len(found) != 1 or self.value(side) is not None:
                continue
            (whole,) = found
            if not (isinstance(whole, str) and (self.is_function(whole) or self.is_array(whole))):
                self._join(side, self._dimension(whole))

    def _size_identities(self) -> None:
        """I_n is an identity of size n, where it is a matrix."""
        for key in sorted(self.shapes):
            subscript = subscript_of(key)
            if letter_of(key) != "I" or key in self.soft or key in self.declared or key in self.uses.assigned:
                continue
            size: Size | None = None
            if subscript.isdecimal() and subscript != "0":
                size = int(subscript)
            elif subscript.isalpha() and len(subscript) == 1:
                size = subscript
            for dimension in self.shapes[key] if size is not None else ():
                root = self._find(dimension)
                if self.values[root] is None:
                    self.values[root] = size

    def sort(self, key: str) -> Sort:
        """The sort of a name, after `finish`: of a function that is never used as a value, that of its main use."""
        if key in self.declared:
            return self.declared[key]
        if key in self.counted:
            return INTEGER
        if key.endswith("'"):
            return self.value_sort(key.rstrip("'"))
        if self.is_function(key):
            use = self.functions[key]
            return self._function_sort(use, use.main())
        return self.value_sort(key)

    def value_sort(self, key: str) -> Sort:
        """The sort of a name as a value."""
        if key in self.declared:
            return self.declared[key]
        if key in self.counted:
            return INTEGER
        version = self._version(key)
        if version in self.soft or version not in self.shapes:
            return REAL
        rows, columns = self._sizes(self.shapes[version])
        if rows == 1 and columns == 1 and version not in self.vectors:
            return REAL
        return Matrix(rows, columns)

    def function_sort(self, key: str, arguments: Iterable[Sort]) -> Sort:
        """The sort of a function as it is applied to arguments of these sorts."""
        declared = self.declared.get(key)
        if declared is not None or key not in self.functions:
            return self.sort(key)
        mask = tuple(isinstance(sort, Matrix) and not sort.rows == sort.columns == 1 for sort in arguments)
        use = self.functions[key]
        return self._function_sort(use, use.fitting(mask))

    def _function_sort(self, use: FunctionUse, mask: Mask) -> Sort:
        signature = use.signatures.get(mask)
        if signature is None:
            return Function((Scalar("real"),) * max(len(mask), 1), REAL, use.order)
        arguments = tuple(
            Matrix(*self._sizes(shape)) if array else Scalar("real")
            for array, shape in zip(mask, signature.arguments, strict=True)
        )
        result = Matrix(*self._sizes(signature.result)) if signature.array else REAL
        if isinstance(result, Matrix) and result.rows == result.columns == 1:
            result = REAL
        return Function(arguments, result, use.order)

    def _sizes(self, shape: Shape) -> tuple[Size, Size]:
        rows, columns = self.value(shape[0]), self.value(shape[1])
        return rows if rows is not None else "n", columns if columns is not None else 1

    def sizes_of(self, node: Node) -> tuple[Size, Size]:
        """The rows and columns of a matrix of blocks or with dots."""
        shape = self.lists.get((node.start, node.end))
        return ("n", "n") if shape is None else self._sizes(shape)

    def orientation_of(self, node: Node) -> tuple[Size, Size] | None:
        """The rows and columns of a tuple that the text around it says to be a vector."""
        shape = self.lists.get((node.start, node.end))
        if shape is None or (self.value(shape[0]) != 1 and self.value(shape[1]) != 1):
            return None
        return self._sizes(shape)

    def names(self) -> set[str]:
        """The names that have one shape in the whole text."""
        return {key for key in self.shapes if _VERSION not in key}

    def is_open(self, key: str) -> bool:
        """Whether the uses of a name contradict each other, or say nothing of it where it stands."""
        if key in self.far.get(self.place, ()) or (key in self.contested and key not in self.declared):
            return True
        family = self.family_key(key)
        return (family in self.apart and family not in self.arrays) or self._is_small_matrix(family)

    def has_one_sort(self, key: str) -> bool:
        """Whether a name has one sort in the text, as far as it is known."""
        return self.family_key(key) not in self.apart and key not in self.contested and not self._is_small_matrix(key)

    def _is_small_matrix(self, key: str) -> bool:
        """Whether a plain small letter would be a matrix by what stands beside it: hardly."""
        if (
            key in self.declared
            or is_bold(key)
            or not letter_of(key.removeprefix("d ")).lstrip("\\")[:1].islower()
            or self.is_function(key)
        ):
            return False
        sort = self.value_sort(key)
        return isinstance(sort, Matrix) and 1 not in {sort.rows, sort.columns}

    def leave_open(self, arrays: set[str], vectors: set[str]) -> None:
        """Names that may be arrays, and of these those that are numbers or vectors; members of a family make it one."""
        arrays = arrays | self._marked_arrays()
        self.perhaps_arrays = arrays | {self.family_key(key) for key in arrays}
        self.perhaps_vectors = vectors | {self.family_key(key) for key in vectors}

    def _marked_arrays(self) -> set[str]:
        r"""Capitals that are an array's name but for a mark: \Lambda_0^{(1)} beside a matrix \Lambda_0 is hardly a number."""
        marked = [key for key in self.keys if marks_of(key) and is_capital(key)]
        if not marked:
            return set()
        arrays = {key for key in self.names() if self.is_array(key) and is_capital(key)}
        arrays = {f"{unmarked(base_of(key))} {subscript_of(key)}" for key in arrays}
        numbers = self.uses.scalars | self.uses.numbers
        return {
            key for key in marked if key not in numbers and f"{unmarked(base_of(key))} {subscript_of(key)}" in arrays
        }

    def is_loose(self, key: str) -> bool:
        """Whether a name, or the value of a function, is a number only because nothing says what it is, and may be none."""
        if (
            key in self.functions and key not in self.declared and "^{-1}" in subscript_of(key)
        ):  # J_{g^{-1}} beside a matrix J_g
            family = (use for other, use in self.functions.items() if base_of(other) == base_of(key))
            return any(one.array for use in family for one in use.signatures.values())
        if key not in self.perhaps_arrays or key in self.declared:
            return key in self.loose and self._is_soft(key)
        use = self.functions.get(key)
        return self.value_sort(key) == REAL and not (
            use is not None and any(one.array for one in use.signatures.values())
        )

    def uncertain(self) -> set[str]:
        """The names that are taken for matrices, and may be numbers."""
        return self.guessed - self.settled

    def sort_of_open(self, node: Node) -> Sort:
        """The sort of an operator of which only the text around says the shape, after `finish`."""
        shape = self.opens.get(node)
        rows, columns = (None, None) if shape is None else (self.value(shape[0]), self.value(shape[1]))
        return REAL if rows is None or columns is None or rows == columns == 1 else Matrix(rows, columns)


_OF_MATRIX = re.compile(r"\\(?:operatorname|mathrm)\{(\w+)\}[(\[]#1[)\]]")
_WORDS_OF_MATRICES = {
    "rank": "rank", "rk": "rank", "adj": "adjugate", "vec": "vec", "diag": "diag", "Diag": "diag",
}  # fmt: skip


def of_matrix(node: Node) -> str:
    """The head of an operator on matrices: \\operatorname{rank}(A), \\mathrm{adj}(A); empty of any other."""
    match = _OF_MATRIX.fullmatch(node.value) if node.kind == "operator" else None
    return _WORDS_OF_MATRICES.get(match.group(1), "") if match is not None else ""


def _is_turned_name(node: Node) -> bool:
    return node.kind == "transpose" and node.children[0].kind == "name"


def indices_of_entry(node: Node) -> tuple[Node, ...] | None:
    """The two indices of (A)_{ij} and (A)_{12}; None of other subscripts."""
    indices = node.children[1:]
    if len(indices) == 1 and indices[0].kind == "number" and len(indices[0].value) == 2 and indices[0].value.isdigit():
        place = indices[0]
        return tuple(Node("number", (), place.start, place.end, digit) for digit in place.value)
    return indices if len(indices) == 2 else None


def sizes_of_constant(node: Node) -> tuple[Size, Size] | None:
    """The rows and columns of 1_n, 0_n, 0_{np}, 0_{n,p}, 0_{n+1}, where these are sizes: small letters, sums of them, numbers beside these, 0_{1k}, and two numbers above 1.
    (1_2 may be a number in base 2.)"""
    body, *indices = node.children
    if body.kind != "number" or body.value not in {"0", "1"} or len(indices) > 2:
        return None
    if len(indices) == 1 and indices[0].kind == "number":
        return None
    sizes: list[Size] = []
    least = 1 if any(index.kind != "number" for index in indices) else 2
    for index in indices:
        if index.kind == "number" and index.value.isdigit() and int(index.value) >= least:
            sizes.append(int(index.value))
        elif index.kind == "name" and len(letter_of(index.key)) == 1 and not is_capital(index.key):
            sizes.append(index.key)
        elif index.kind == "+" and (written := sizes_written(index)) is not None:
            sizes += written
        else:
            return None
    return (sizes[0], sizes[1]) if len(sizes) == 2 else (sizes[0], 1)


def _maps(formulas: Iterable[Node]) -> dict[str, Function]:
    r"""What f : X \to Y says of functions, where the first set is known, one thing is said of the function, and it is applied so; f(x, y) may be of a vector."""
    formulas = list(formulas)
    if not any(map(is_map, formulas)):
        return {}
    said: dict[str, set[Function | None]] = {}
    counts: dict[str, set[int]] = {}
    for formula in formulas:
        for part in formula.walk():
            if part.kind == "call":
                counts.setdefault(_head(part).key, set()).add(len(part.children) - 1)
        if is_map(formula):
            signature = signature_of(formula.children[1])
            arguments, result = (
                signature.sorts,
                signature.result or REAL,
            )  # where they are not known its values are in doubt
            for name in members_of(formula.children[0]):
                said.setdefault(name.key, set()).add(None if arguments is None else Function(arguments, result))
    maps: dict[str, Function] = {}
    for key, sorts in said.items():
        sort, *others = sorts
        if sort is None or others:
            continue
        first = sort.arguments[0]
        components = (
            first.rows if sort.arguments == (first,) and isinstance(first, Matrix) and first.columns == 1 else 0
        )
        applied = counts.get(key, {len(sort.arguments)})
        if applied == {len(sort.arguments)}:
            maps[key] = sort
        elif isinstance(components, int) and applied == {components}:
            maps[key] = Function((REAL,) * components, sort.result)
    return maps


def _outside_calls(node: Node) -> Iterator[Node]:
    """The names in an expression, without those that functions are applied to."""
    if node.kind == "name":
        yield node
    elif node.kind != "call":
        for child in node.children:
            yield from _outside_calls(child)


def is_perhaps_interval(members: Iterable[Node]) -> bool:
    """Whether a capital is related to [0, 2], which may be an interval: two numbers, the first below the second."""
    sides = sorted(members, key=lambda node: node.kind != "name")
    if len(sides) != 2:
        return False
    one, other = sides
    if one.kind != "name" or not is_capital(one.key) or is_bold(one.key) or other.kind != "list":
        return False
    bounds = [_written_number(entry) for entry in other.children]
    return len(bounds) == 2 and bounds[0] is not None and bounds[1] is not None and bounds[0] < bounds[1]


def _written_number(node: Node) -> float | None:
    """2 and -2; None of anything else."""
    if node.kind == "negate":
        inner = _written_number(node.children[0])
        return None if inner is None else -inner
    return float(node.value) if node.kind == "number" else None


def _is_density(key: str) -> bool:
    """Whether a function is called as the density, the distribution or the generating function of random variables is: f_X, F_{X,Y}, M_X."""
    subscript = subscript_of(key)
    return base_of(key) in {*"fFpqMGQK"} and all(map(is_capital, subscript.split(",")))


def _is_plain(node: Node) -> bool:
    """Whether this is a name that only its uses can make a vector."""
    return node.kind == "name" and not is_bold(node.key) and not has_arrow(node.key)


def _has_capital(node: Node) -> bool:
    return any(part.kind == "name" and is_capital(part.key) for part in node.walk())


def is_turned_factor(node: Node) -> bool:
    r"""Whether the second factor of a dot is written transposed, a \cdot b^T, or both are written out, a column and a row: their outer product."""
    if node.value != "\\cdot":
        return False
    first, second = (written_out_in(one) for one in node.children)
    if second.kind == "transpose":
        return True
    both = first.kind == second.kind == "matrix"
    return both and len(second.children) == 1 and all(len(row.children) == 1 for row in first.children)


def written_out_in(node: Node) -> Node:
    """The only matrix that is written out in a product with a sign: -2 [a; b]; anything else as it is."""
    factors = _factors(node.children[0] if node.kind == "negate" else node)
    written_out = [one for one in factors if one.kind == "matrix"]
    return written_out[0] if len(written_out) == 1 else node


def _is_inverse(node: Node) -> bool:
    """Whether a power is an inverse: X^{-1}."""
    exponent = node.children[1]
    return exponent.kind == "negate" and exponent.children[0].kind == "number" and exponent.children[0].value == "1"


def _turned_around(inverse: Node, product: Node) -> list[Node]:
    """The names of (A B)^{-1} = B^{-1} A^{-1}, whose order matters; in the other order too. Empty for anything else."""
    if inverse.kind != "^" or not _is_inverse(inverse):
        return []
    names, inverses = _factors(inverse.children[0]), _factors(product)
    if len(names) < 2 or len(names) != len(inverses) or any(one.kind != "name" for one in names):
        return []
    bases = [one.children[0] for one in inverses if one.kind == "^" and _is_inverse(one)]
    return names if sorted(one.key for one in names) == sorted(one.key for one in bases) else []


def _begins_with_inner_product(factors: tuple[Node, ...]) -> bool:
    """w^T x, or \\max(0, 1 - y w^T x), of small letters: a number, beside which a capital may be one."""
    first = factors[0]
    if first.kind == "transpose" and len(factors) > 1:
        row, other = first.children[0], factors[1]
        return all(one.kind == "name" and not is_capital(one.key) for one in (row, other))
    if first.kind == "function" and first.value in {"max", "min"}:
        arguments = [one for one in first.children if one.kind != "number"]
        return bool(arguments) and all(_is_number_with_inner_product(one) for one in arguments)
    return False


def _is_number_with_inner_product(node: Node) -> bool:
    terms = node.children if node.kind == "+" else (node,)
    terms = tuple(one.children[0] if one.kind == "negate" else one for one in terms)
    products = [one for one in terms if one.kind != "number"]
    return bool(products) and all(
        one.kind == "product"
        and any(_begins_with_inner_product(one.children[place:]) for place in range(len(one.children)))
        for one in products
    )


def _factors(node: Node) -> list[Node]:
    """The factors of a product, those of dots and side by side."""
    return [part for child in node.children for part in _factors(child)] if node.kind in {"product", "dot"} else [node]


def _head(call: Node) -> Node:
    """The name that is applied: f in f(x), f'(x), f^2(x)."""
    head = call.children[0]
    while head.kind in {"prime", "superindex", "^"}:
        head = head.children[0]
    return head


_SHAPES: dict[str, Callable[[Inference, Node], Shape | None]] = {
    "name": Inference._name,
    "+": Inference._sum,
    "product": Inference._product_of,
    "dot": Inference._dot,
    "hadamard": Inference._hadamard,
    "kronecker": Inference._kronecker,
    "^": Inference._power,
    "transpose": Inference._transpose,
    "matrix": Inference._literal_matrix,
    "list": Inference._row,
    "cases": Inference._cases,
    "tuple": Inference._tuple,
    "function": Inference._function,
    "call": Inference._call,
    "derivative": Inference._derivative,
    "derivative-at": Inference._derivative_at,
    "nabla": Inference._nabla,
    "at": Inference._at,
    "chain": Inference._chain,
    "=": Inference._chain,
    "operator": Inference._operator,
    "subscript": Inference._subscript,
    "binder": Inference._binder,
}
