"""Syntax: what the reader understood of a formula, before sorts are known. Every node has its span.

`start` and `end` are code point offsets in the whole document. Kinds (children; value):

    number        (); decimal text: "12", "0.333"
    name          (subscript?,); canonical base with its accent or font and its marks: w, \\vec{w}, \\theta, \\Delta (also for \\varDelta), x^{*}, x^{(i)}.
                  The subscript is a node: number, name, "+", "sequence" (1k, i,j: children in order), "text". `key` is canonical.
    constant      (); "pi", "e", "infinity", "true", "false"
    +             (a, b, ...) with negate; subtraction is + with negate
    negate        (a)
    plus-minus    (a, b) or (b,); value "\\pm" or "\\mp"
    product       (a, b, ...): juxtaposition, in order
    dot           (a, b); value "\\cdot" or "\\bullet" or "\\times": an explicit sign, left associative, looser than juxtaposition
    hadamard, kronecker, other-product, compose   (a, b); value the sign
    /             (a, b)
    ^             (base, exponent): superscripts that are none of the following
    transpose     (a)
    prime         (a); value "'", "''", ...
    superindex    (a, index): f^{(n)} before its argument; elsewhere an index in brackets belongs to the name
    call          (name or prime/superindex/power of a name, argument, ...): application of a name that is a function in this document
    ambiguous     (name, argument): name(...) where the document does not settle application or product; the elaborator must
    function      (argument, ...); a head of the kernel: sin, log, exp, ...; also "log_base" (b, x), "min", "max", "trace", "det", "diag", "vec", "rank"
    root          (x,) or (x, n)
    abs           (a): single bars (absolute value or determinant)
    norm          (a,) or (a, p): double bars
    inner         (a, b): angle brackets
    matrix        (row, ...) of "row" nodes, their cells also "ellipsis" and "blank"; value is the environment's name
    cases         (row, ...): each row (value, condition, ...), a condition also "text"
    factorial     (a)
    binomial      (n, k)
    derivative    (body, variable, ...): one variable for each order; value "partial" or "total"
                  "indexed": \\partial_i body; "symbolic": (body, variable, order)
    derivative-at (derivative, argument, ...): \\frac{df}{dx}(a)
    partial-differential   (a): \\partial y before a slash
    nabla         (body,) or (body, variable); value "", "2", "\\cdot", "\\times", or the sign if it has an accent
    differential  (a): d x, dX where the reader can tell
    at            (body, "=" node, ...): an evaluation bar with its bindings
    sum, product-over, integral, limit, argmax, argmin, maximum, minimum, supremum, infimum
                  (body, variable, lower, upper), (body, variable, point), (body, condition), ...
    operator      (argument, ...); a notation that is read and of which nothing is known: p(x \\mid y), \\mathrm{E}(X), \\mathrm{KL}[p \\| q], A \\cap B.
                  `value` is how it is written, with #1, #2, ... for the arguments; `key` says of which shape it is: "real"; "like" its first
                  argument; "covariance" of its first argument, "covariance-of-two"; "open" (as the text around it says)
    binder        (body, variable, ..., condition, ...); sums, products, integrals without integer or real bounds: \\sum_{x \\in S} f(x). `value` is how
                  it is written; `key` the number of variables, which are bound in the body and the conditions
    tuple, list   (a, b, ...): in round, in square brackets; with one entry the brackets are no node
    sequence      (a, b, ...): with commas and without brackets, as a side of a relation: x, y \\in S
    set           (a, b, ...); set-builder (element, condition, ...)
    interval      (a, b); value its brackets: "(]"; also tuples and lists of two where a set is expected
    running       (body, chain, upper?): (x_i)_{i=1}^n, \\{x_i\\}_{i \\in I}; value the brackets
    subscript     (a, index, ...): a subscript on an expression; value its text
    in            (a, set)
    ellipsis      ()
    text          (); the text
    chain         (a, b, c, ...); value the relations joined by a space, in the canonical words of RELATION_WORDS: a = b <= c is one chain.
                  A relation is always a chain, also with two members. A missing first member is a "missing" node.
    missing       ()
    signature     (domain, codomain): the maps between two sets; f : X \\to Y is the membership of f in them
    unread        (text,): a side of a relation that was not understood; value the message, key the code, the text stands where it stopped
    and, or, not, implies, iff, forall, exists   statements
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from itertools import chain
from typing import NamedTuple

# LaTeX relation -> canonical word. The first spelling of a word is the one written.
RELATION_WORDS: dict[str, str] = {
    "=": "=",
    "\\neq": "!=",
    "\\ne": "!=",
    "<": "<",
    "\\lt": "<",
    ">": ">",
    "\\gt": ">",
    "\\le": "<=",
    "\\leq": "<=",
    "\\leqslant": "<=",
    "\\leqq": "<=",
    "\\ge": ">=",
    "\\geq": ">=",
    "\\geqslant": ">=",
    "\\geqq": ">=",
    "\\approx": "approx",
    "\\cong": "approx",
    "\\simeq": "approx",
    ":=": ":=",
    "\\coloneqq": ":=",
    "\\triangleq": ":=",
    "\\equiv": "equiv",
    "\\propto": "propto",
    "\\sim": "sim",
    "\\leftarrow": "<-",
    "\\in": "in",
    "\\to": "to",
    "\\notin": "notin",
    "\\ni": "ni",
    "\\subset": "subset",
    "\\subseteq": "subseteq",
    "\\subsetneq": "subset",
    "\\supset": "supset",
    "\\supseteq": "supseteq",
    "\\mapsto": "mapsto",
    "\\gets": "<-",
    "=:": "=:",
    "<=": "<=",
    ">=": ">=",
    "\\succ": "succ",
    "\\succeq": "succeq",
    "\\succcurlyeq": "succeq",
    "\\prec": "prec",
    "\\preceq": "preceq",
    "\\preccurlyeq": "preceq",
}
DEFINITENESS = {
    "succ": "positive_definite",
    "succeq": "positive_semidefinite",
    "prec": "positive_definite",
    "preceq": "positive_semidefinite",
}  # of A - B, of B - A
MEMBERSHIPS = frozenset({"in", "notin", "subset", "subseteq", "notsubset", "supset", "supseteq"})


class _Fields(NamedTuple):
    kind: str
    children: tuple[Node, ...]
    start: int
    end: int
    value: str = ""
    key: str = ""


class Node(_Fields):
    """A piece of a formula with its span. `key` of a name is its canonical spelling: base, then _{subscript}; empty for other kinds.

    What is asked of it again and again is kept in it: what is below, which names and which kinds there are.
    """

    def placed(self, start: int) -> Node:
        """The same without an extent, at one place: as it would be written elsewhere."""
        return self._replace(children=tuple(child.placed(start) for child in self.children), start=start, end=start)

    def walk(self) -> Iterator[Node]:
        """This node and everything below it, outermost first."""
        return chain((self,), self._below) if self.children else iter((self,))

    @cached_property
    def _below(self) -> tuple[Node, ...]:  # without the node itself, which would hold itself
        found: list[Node] = []
        stack = list(self.children[::-1])
        while stack:
            node = stack.pop()
            found.append(node)
            if node.children:
                stack.extend(node.children[::-1])
        return tuple(found)

    @cached_property
    def names(self) -> frozenset[str]:
        """The keys of the names in it."""
        return frozenset([part.key for part in self.walk() if part.kind == "name"])

    @cached_property
    def kinds(self) -> frozenset[str]:
        """Its kind, and those of everything below it."""
        return frozenset([part.kind for part in self.walk()])


def is_map(node: Node) -> bool:
    r"""Whether a statement is f : X \to Y."""
    return node.kind == "chain" and node.value == "in" and node.children[1].kind == "signature"


class UnreadError(Exception):
    """A formula that is not understood: the offset of the token that stopped the reader, a code and a message that names it."""

    def __init__(self, offset: int, message: str, code: str = "unread") -> None:
        super().__init__(message)
        self.offset = offset
        self.message = message
        self.code = code
