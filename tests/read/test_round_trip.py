"""What is written is read back as it was; how it is spelled does not matter."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from derive.elaborate.context import Context
from derive.elaborate.sections import enter
from derive.elaborate.terms import Builder
from derive.kernel.sorting import sort_of
from derive.kernel.term import (
    INTEGER,
    ONE,
    PI,
    REAL,
    Apply,
    Function,
    IllSorted,
    Matrix,
    Number,
    Symbol,
    Term,
    add,
    multiply,
    negate,
)
from derive.language.document import Formula, Statement
from derive.language.printing import latex
from derive.language.syntax import Node
from derive.read import read_claim

SETTINGS = settings(max_examples=150, derandomize=True, deadline=None, database=None)
ROW, COLUMN, SQUARE = Matrix(1, "n"), Matrix("n", 1), Matrix("n", "n")
SCALARS = (Symbol("x"), Symbol("y"), Symbol("\\theta"), Symbol("w_{1k}"), Symbol("\\sigma_{i}"), Symbol("\\bar{x}"), PI)
COLUMNS = (Symbol("\\vec{w}_{k}", COLUMN), Symbol("\\vec{g}", COLUMN), Symbol("\\mathbf{u}", COLUMN))
SQUARES = (Symbol("\\mathbf{A}", SQUARE), Symbol("B", SQUARE))
F = Symbol("f", Function((REAL,), REAL, 2))
G = Symbol("g", Function((REAL, REAL), REAL, 2))
L = Symbol("L", Function((COLUMN,), REAL, 2))
INDEX, BOUND = Symbol("i", INTEGER), Symbol("t")
DECLARATIONS = [
    "f : function(real) -> real, C2",
    "g : function(real, real) -> real, C2",
    "i : integer",
    "L : function(vector(n)) -> real, C2",
    "\\vec{w}_{k}, \\vec{g}, \\mathbf{u} : vector(n)",
    "\\mathbf{A}, B : matrix(n, n)",
    "x, y, \\theta, w_{1k}, \\sigma_{i}, \\bar{x} : real",
]


def _scalar(scalars: st.SearchStrategy[Term], vectors: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    return st.one_of(
        st.lists(scalars, min_size=2, max_size=3).map(lambda parts: add(*parts)),
        st.lists(scalars, min_size=2, max_size=3).map(lambda parts: multiply(*parts)),
        scalars.map(negate),
        st.tuples(scalars, scalars).map(lambda pair: Apply("/", pair)),
        st.tuples(scalars, st.integers(2, 12).map(Number)).map(lambda pair: Apply("^", pair)),
        st.tuples(scalars, scalars).map(lambda pair: Apply("^", pair)),
        st.tuples(st.sampled_from(["sin", "cos", "tan", "exp", "log", "sqrt", "abs", "arctan", "cosh"]), scalars).map(
            lambda pair: Apply(pair[0], (pair[1],))
        ),
        scalars.map(lambda part: Apply("root", (part, Number(3)))),
        scalars.map(lambda part: Apply("apply", (F, part))),
        vectors.map(lambda part: Apply("apply", (L, part))),
        vectors.map(lambda part: Apply("norm", (part,))),
        st.tuples(vectors, vectors).map(lambda pair: Apply("inner", pair)),
        st.tuples(vectors, vectors).map(lambda pair: multiply(Apply("transpose", (pair[0],)), pair[1])),
        st.tuples(scalars, scalars).map(lambda pair: Apply("binomial", pair)),
        st.tuples(scalars, scalars).map(lambda pair: Apply("max", pair)),
        st.tuples(st.sampled_from(["floor", "ceil", "gamma", "arcsin", "sgn", "sec"]), scalars).map(
            lambda pair: Apply(pair[0], (pair[1],))
        ),
        st.tuples(st.integers(1, 3), scalars).map(
            lambda pair: Apply("partial", (F, Apply("indices", (ONE,) * pair[0]), pair[1]))
        ),
        st.sampled_from([(1, 2), (2, 2), (1, 1, 2)]).map(
            lambda places: Apply("partial", (G, Apply("indices", tuple(map(Number, places))), SCALARS[0], SCALARS[1]))
        ),
        st.tuples(scalars, scalars).map(lambda pair: Apply("apply", (G, *pair))),
        st.tuples(st.sampled_from(["sum", "product"]), scalars, st.integers(1, 9).map(Number)).map(
            lambda parts: Apply(parts[0], (add(INDEX, parts[1]), INDEX, ONE, parts[2]))
        ),
        st.sampled_from(["sin", "exp", "sqrt"]).map(  # of what depends on nothing else
            lambda head: Apply("derivative", (Apply(head, (SCALARS[0],)), SCALARS[0]))
        ),
        scalars.map(lambda part: Apply("integral", (add(part, BOUND), BOUND, Number(0), ONE))),
        scalars.map(lambda part: Apply("limit", (add(part, BOUND), BOUND, Number(0)))),
        st.sampled_from(SQUARES).map(lambda part: Apply("trace", (part,))),
        st.sampled_from(SQUARES).map(lambda part: Apply("det", (part,))),
        st.sampled_from(SQUARES).map(lambda part: Apply("entry", (part, ONE, Number(2)))),
        vectors.map(lambda part: Apply("component", (part, Number(2)))),
    )


def _matrix(scalars: st.SearchStrategy[Term], matrices: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    return st.one_of(
        st.lists(matrices, min_size=2, max_size=3).map(lambda parts: add(*parts)),
        st.lists(matrices, min_size=2, max_size=3).map(lambda parts: multiply(*parts)),
        matrices.map(negate),
        matrices.map(lambda part: Apply("transpose", (part,))),
        matrices.map(lambda part: Apply("inverse", (part,))),
        st.tuples(scalars, matrices).map(lambda pair: multiply(*pair)),
    )


def _literal(scalars: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    return st.tuples(st.integers(1, 3), st.integers(1, 3)).flatmap(
        lambda size: st.lists(
            st.lists(scalars, min_size=size[1], max_size=size[1]), min_size=size[0], max_size=size[0]
        ).map(lambda rows: Apply("matrix", tuple(Apply("row", tuple(row)) for row in rows)))
    )


def _statement(sides: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    relations = st.tuples(st.sampled_from(["=", "!=", "<", "<=", ">", ">="]), sides, sides).map(
        lambda parts: Apply(parts[0], parts[1:])
    )
    return st.one_of(
        relations,
        st.tuples(st.sampled_from(["and", "or"]), st.lists(relations, min_size=2, max_size=3)).map(
            lambda parts: Apply(parts[0], tuple(parts[1]))
        ),
        st.tuples(st.sampled_from(["implies", "iff"]), relations, relations).map(
            lambda parts: Apply(parts[0], parts[1:])
        ),
        relations.map(lambda part: Apply("not", (part,))),
    )


def _vector(scalars: st.SearchStrategy[Term], vectors: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    return st.one_of(
        st.lists(vectors, min_size=2, max_size=3).map(lambda parts: add(*parts)),
        vectors.map(negate),
        st.tuples(st.sampled_from(SQUARES), vectors).map(lambda pair: multiply(*pair)),
        st.tuples(st.sampled_from(SQUARES), vectors).map(
            lambda pair: multiply(Apply("transpose", (pair[0],)), pair[1])
        ),
        st.tuples(st.sampled_from(SQUARES), vectors).map(lambda pair: multiply(Apply("inverse", (pair[0],)), pair[1])),
        st.tuples(scalars, vectors).map(lambda pair: multiply(*pair)),
        vectors.map(lambda part: Apply("gradient", (L, part))),
    )


def _terms(depth: int) -> tuple[st.SearchStrategy[Term], st.SearchStrategy[Term]]:
    scalars: st.SearchStrategy[Term] = st.one_of(st.sampled_from(SCALARS), st.integers(0, 30).map(Number))
    vectors: st.SearchStrategy[Term] = st.sampled_from(COLUMNS)
    for _ in range(depth):
        scalars, vectors = (
            st.one_of(scalars, _scalar(scalars, vectors)),
            st.one_of(vectors, _vector(scalars, vectors)),
        )
    return scalars, vectors


SCALAR_TERMS, VECTOR_TERMS = _terms(3)
SMALL_SCALARS = _terms(1)[0]
MATRIX_TERMS = st.one_of(
    _matrix(SMALL_SCALARS, st.one_of(st.sampled_from(SQUARES), _matrix(SMALL_SCALARS, st.sampled_from(SQUARES)))),
    _literal(SMALL_SCALARS),
)
STATEMENTS = _statement(_terms(2)[0])


def read(text: str) -> tuple[Node, Builder]:
    """The syntax of a claim, and what builds its term."""
    document = read_claim(text, DECLARATIONS)
    (formula,) = [item for item in document.items if isinstance(item, Formula)]
    (statement,) = formula.parts
    assert isinstance(statement, Statement), statement
    return statement.node, Builder(enter(Context(document), 0).scope)


def read_back(text: str) -> Term:
    node, builder = read(f"{text} = {text}")
    return builder.term(node.children[0])


def flat(term: Term) -> Term:
    """Sums and products without nesting of brackets that a reader does not see."""
    if not isinstance(term, Apply):
        return term
    arguments = tuple(flat(part) for part in term.arguments)
    if term.head in {"+", "*"}:
        parts: list[Term] = []
        for part in arguments:
            parts.extend(part.arguments if isinstance(part, Apply) and part.head == term.head else (part,))
        arguments = tuple(parts)
    if term.head == "^" and isinstance(arguments[1], Apply) and arguments[1].head == "negate":
        exponent = arguments[1].arguments[0]
        if isinstance(exponent, Number):  # the reader writes the negative number
            arguments = (arguments[0], Number(-exponent.value))
    return Apply(term.head, arguments)


def well_sorted(term: Term) -> bool:
    try:
        sort_of(term)
    except IllSorted:
        return False
    return True


@SETTINGS
@given(SCALAR_TERMS)
def test_scalars_are_read_back(term: Term) -> None:
    if well_sorted(term):
        assert flat(read_back(latex(term))) == flat(term), latex(term)


@SETTINGS
@given(VECTOR_TERMS)
def test_vectors_are_read_back(term: Term) -> None:
    if well_sorted(term):
        assert flat(read_back(latex(term))) == flat(term), latex(term)


@SETTINGS
@given(MATRIX_TERMS)
def test_matrices_are_read_back(term: Term) -> None:
    if well_sorted(term):
        assert flat(read_back(latex(term))) == flat(term), latex(term)


@SETTINGS
@given(STATEMENTS)
def test_statements_are_read_back(term: Term) -> None:
    if well_sorted(term):
        node, builder = read(latex(term))
        assert flat(builder.formula(node)) == flat(term), latex(term)


RESPELLINGS = {
    "fractions": (r"\\frac", r"\\dfrac"),
    "brackets": (r"\\left\(|\\right\)", lambda match: match.group()[-1]),
    "square brackets": (r"\\left\((?=-)(.*)\\right\)$", r"\\left[\1\\right]"),
    "transposition": (r"\^T", r"^{\\mathrm T}"),
    "the other transposition": (r"\^T", r"^\\top"),
    "norms": (r"\\(?:left|right)\\\|", "||"),
    "norms by mid": (r"\\(?:left|right)\\\|", r"\\mid\\mid "),
    "norms by Vert": (r"\\(left|right)\\\|", lambda match: {"left": r"\lVert ", "right": r"\rVert "}[match.group(1)]),
    "accents": (r"\\vec\{(.)\}_\{(.)\}", r"\\vec \1_\2"),
    "accents over all": (r"\\vec\{(.)\}_\{(.)\}", r"\\vec{\1_\2}"),
    "accents over spaces": (r"\\vec\{(.)\}_\{(.)\}", r"\\vec { \1_{ \2 } }"),
    "groups": (r"\\bar\{x\}", r"{\\bar{ x }}"),
    "Greek": (r"\\theta", "θ"),
    "spaces": (r" ", r" \\, \\! ~ "),
    "lines": (r" ", " % a comment\n "),
    "sizes": (r"\\left|\\right", lambda match: {"\\left": r"\bigl", "\\right": r"\bigr"}[match.group()]),
    "functions": (r"\\ln", r"\\operatorname{ln}"),
}


@settings(SETTINGS, max_examples=60)
@given(st.one_of(SCALAR_TERMS, VECTOR_TERMS), st.sampled_from(sorted(RESPELLINGS)))
def test_spelling_does_not_matter(term: Term, name: str) -> None:
    if not well_sorted(term):
        return
    pattern, replacement = RESPELLINGS[name]
    text = latex(term)
    respelled = re.sub(pattern, replacement, text)
    assert flat(read_back(respelled)) == flat(term), respelled


def test_every_respelling_changes_something() -> None:
    text = (
        r"\left\|\vec{w}_{k}\right\| + \frac{\bar{x}}{2} \vec{g}^T \vec{g} + \ln\left(\theta\right) + \left(-x\right)"
    )
    original = flat(read_back(text))
    for name, (pattern, replacement) in RESPELLINGS.items():
        respelled = re.sub(pattern, replacement, text)
        assert respelled != text, name
        assert flat(read_back(respelled)) == original, name
