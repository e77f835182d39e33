r"""Letters that would be numbers by default and are perhaps none: nothing says of which shape they are, and something says that they are more.

What is equated with a tuple, a set or an interval; what has a range for an index, x_{1:n}; the points at which gradients are taken, what is equated with a gradient, a capital beside one; u and v where
u \cdot v is a sum of products of their entries, in \langle u, v \rangle, beside \|u\| and \|v\|, and in angles and projections; a capital with a root, in the place of a covariance, between another
letter and its inverse, with a rank or a span; what a derivative by a matrix is made of; a function of a set; E before a capital; abbreviations (TP, SSE) and what is written with unit vectors; I beside
capitals, and capitals in a matrix, which may be blocks. Of these nothing is said by the
laws of numbers (`shape-open`). A letter that is used as only a number is used is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from derive.elaborate.sorts import base_of, is_bold, is_capital, letter_of, subscript_of
from derive.kernel.claim import Claim
from derive.kernel.term import Apply, Symbol, Term, free_symbols
from derive.language.syntax import Node

_COLLECTIONS = frozenset({"tuple", "set", "interval", "set-builder"})
_TRANSPARENT = frozenset({"+", "negate", "product", "cases", "row", "hadamard"})
_DENSITIES_OF_VECTORS = ("\\mathcal{N}(#1", "N(#1", "\\mathrm{N}(#1")
_OF_MATRICES = ("\\mathcal{W}(", "\\mathcal{IW}(", "\\mathcal{MN}(", "\\mathcal{NW}(", "\\mathrm{NW}(", "\\mathrm{NG}(")
_WORDS_OF_MATRICES = re.compile(
    r"\\(?:operatorname|mathrm|text)\{(?:rank|rk|dim|ker|null|Null|eig|span|vec|diag|cond|im|range|col|row)\}"
)
# Subscripts that take several at once: x_{1:n}, x_{<t}, A_{\\cdot j}, x_{-i}.
_OF_SEVERAL = re.compile(r"[:<>]|\\(?:leq?|geq?|cdot|bullet|setminus|neg)(?![A-Za-z])|,\*|\*,|^-[a-z]$")
_DENSITIES = frozenset({"p", "q", "P", "L", "\\ell", "\\pi"})
_ABBREVIATIONS = frozenset(
    [
        "SE",
        "SD",
        "TP",
        "FP",
        "TN",
        "FN",
        "SSE",
        "SSR",
        "SST",
        "SSB",
        "SSW",
        "RSS",
        "TSS",
        "ESS",
        "MSE",
        "RMSE",
        "MAE",
        "MR",
        "TR",
        "TC",
        "AVC",
        "ATC",
        "GDP",
        "GNP",
        "NPV",
        "AUC",
        "ROC",
        "TPR",
        "FPR",
        "TNR",
        "FNR",
    ]
)
UNIT_VECTORS = frozenset(f"\\hat{{{letter}}}" for letter in (*"xyzijkr", "\\imath", "\\jmath"))
_BOLD_UNITS = frozenset(f"\\{font}{{{letter}}}" for letter in "ijk" for font in ("mathbf", "boldsymbol", "bm", "vec"))
FUNCTION_LETTERS = frozenset({"f", "g", "h", "\\phi", "\\psi"})
_GRADIENTS = frozenset({"", "2", "\\tilde{\\nabla}", "\\hat{\\nabla}", "\\bar{\\nabla}"})


def perhaps_arrays(formulas: Iterable[Node], used_as_numbers: set[str]) -> tuple[set[str], set[str]]:
    """The keys of letters and functions that may be no numbers, and those of the points at which gradients are taken: numbers or vectors."""
    formulas = list(formulas)
    found: set[str] = set()
    vectors: set[str] = set()
    numbers = set(used_as_numbers)
    points: dict[str, set[str]] = {}  # function -> the letters that it is applied to
    gradients: list[Node] = []
    expected = False  # E X stands somewhere
    normed: set[str] = set()  # in double bars, of which nobody writes numbers
    products: list[set[str]] = []
    for formula in formulas:
        for node in formula.walk():
            if node.kind == "chain":
                _of_chain(node, found, vectors)
                numbers |= {"E"} if any(one.key == "E" for one in node.children) else set()  # E = m c^2
            elif node.kind == "dot" and node.value == "\\times":  # numbers do not have it
                found |= {one.key for one in node.children if one.kind == "name"}
            elif node.kind == "name":
                _add_slice(node, node.key, found, vectors)
            elif node.kind == "nabla":
                gradients.append(node)
            elif node.kind == "call":
                _of_call(node, points, found)
                head = node.children[0]
                vectors |= {head.key} if is_bold(head.key) and is_capital(head.key) else set()  # a field or a matrix
                _add_slice(node, node.children[0].key, found, vectors)
            elif node.kind == "product":
                found |= _of_product(node)
                expected = expected or _is_expectation(node)
                products.append({one.key for one in node.children if one.kind == "name"})
                found |= _abbreviated(node)
                pairs = pairwise(one.key for one in node.children)
                if any(one == "j" and (letter_of(other) == "\\omega" or is_capital(other)) for one, other in pairs):
                    found.add("j")  # R + j X, 1 + j \omega R C
            elif (
                node.kind == "matrix" and min(len(node.children), len(node.children[0].children)) > 1
            ):  # of blocks, or of numbers
                cells = [cell for row in node.children for cell in row.children]
                found |= {one.key for one in cells if one.kind == "name" and is_capital(one.key)} - numbers
            elif node.kind == "inner":
                vectors |= {one.key for one in node.children if one.kind == "name"}
            elif node.kind == "norm":
                terms = node.children[0].children if node.children[0].kind == "+" else node.children
                inside = [one.children[0] if one.kind == "negate" else one for one in terms]
                normed |= {one.key for one in inside if one.kind == "name"}
            elif node.kind == "/":
                vectors |= _of_angle(node)
            elif node.kind == "operator":
                _of_operator(node, found)
            elif node.kind == "^" and node.children[0].kind == "constant" and _turns(node.children[1]):
                found.add("j")  # e^{j \omega t}
    for factors in products:
        vectors |= (normed & factors) - numbers if len(normed & factors) > 1 else set()
    if gradients:
        keys = set[str]().union(*(formula.names for formula in formulas))
        for node in gradients:
            vectors |= _points(node, points, keys) - numbers
    if expected and "E" not in numbers:
        found.add("E")
    found -= {"I"} & numbers
    if any(
        node.kind in {"sum", "product-over"} and node.children[1].key == "j" for one in formulas for node in one.walk()
    ):
        found.discard("j")  # an index
    return found | vectors, vectors - found


def linear(claim: Claim, names: set[str]) -> Claim | None:
    """A claim that holds for vectors if it holds for numbers, because it is linear in these names, with the hypotheses of which that is true; None of others."""
    if not _is_linear_relation(claim.statement, names):
        return None
    kept = tuple(one for one in claim.hypotheses if not _speaks_of(one, names) or _is_linear_relation(one, names))
    return Claim(claim.statement, kept, claim.constants)


def _is_linear_relation(statement: Term, names: set[str]) -> bool:
    equation = isinstance(statement, Apply) and statement.head == "=" and len(statement.arguments) == 2
    return equation and all(_is_linear(one, names) for one in statement.arguments)  # type: ignore[union-attr]


def _is_linear(term: Term, names: set[str]) -> bool:
    if not _speaks_of(term, names) or isinstance(term, Symbol):
        return True
    if not isinstance(term, Apply):
        return False
    if term.head in {"+", "negate"}:
        return all(_is_linear(one, names) for one in term.arguments)
    if term.head in {"*", "/"}:
        speaking = [one for one in term.arguments if _speaks_of(one, names)]
        return (
            len(speaking) == 1
            and (term.head == "*" or speaking[0] is term.arguments[0])
            and _is_linear(speaking[0], names)
        )
    # L(w), its gradient at w, w_t: of a function of which nothing is said
    return term.head in {"apply", "gradient", "partial"} and all(
        _is_linear(one, names) for one in term.arguments[1:] if isinstance(one, Apply | Symbol)
    )


def _speaks_of(term: Term, names: set[str]) -> bool:
    return any(one.name in names for one in free_symbols(term))


def _of_chain(chain: Node, found: set[str], vectors: set[str]) -> None:
    """What is equated with a tuple, a set or a gradient; u and v in u \\cdot v = u_1 v_1 + u_2 v_2; the sign of a variation in \\delta y = 2x \\delta x."""
    varied = [_varied(one) for one in chain.children]
    if any(one and other and one != other for one, other in pairwise(varied)):
        found.add("\\delta")
    words = chain.value.split()
    if any(word in {"subset", "subseteq", "supset", "supseteq"} for word in words):
        found |= {one.key for one in chain.children if one.kind == "name"}
    if words[0] == "sim" and chain.children[1].value.startswith(_OF_MATRICES):
        found |= {
            one.key
            for one in (chain.children[0], *chain.children[1].children)
            if one.kind == "name" and is_capital(one.key)
        }
    found |= _beside_identity(chain)
    for word, left, right in zip(words, chain.children, chain.children[1:], strict=False):
        if word not in {"=", ":=", "leftarrow"}:
            continue
        for side, other in ((left, right), (right, left)):
            inverted = _inner(other) if side.key in FUNCTION_LETTERS else None
            if inverted is not None and inverted[1] and inverted[0] in FUNCTION_LETTERS:  # g = f^{-1}
                found |= {side.key, inverted[0]}
            if [one.key for one in side.children] == ["p", "H"] and side.children[0].end == side.children[1].start:
                found |= {"p", "H"}  # pH = 7
            capitals = [_letter(one) for one in next(runs(side), [])] if side.kind == "product" else []
            if len(capitals) == len(side.children) > 2 and {*"EO"} & {*capitals}:  # ROE
                found |= {*capitals}
            if side.kind == "name" and other.kind == "+" and is_capital(side.key):  # L = CE + KL
                terms = [one.children[0] if one.kind == "negate" else one for one in other.children]
                for one in terms if all(one.key != side.key for one in terms) else ():
                    letters = {_letter(part) for part in next(runs(one), [])} if one.kind == "product" else set()
                    found |= letters if side.key in letters and len(letters) > 1 else set()
            head = side.children[0] if side.kind == "call" else side
            if head.kind == "name" and any(
                one.kind == "^" and one.children[0].kind == "constant" and _turns(one.children[1])
                for one in other.walk()
            ):
                found.add(head.key)
            if _is_bracketed_entry(side):  # A B = (a_{ij} b_{ij}): the matrix of these entries
                found |= {one.key for one in (*side.walk(), *other.walk()) if one.kind == "name"}
            units = basis_in(other)
            if side.kind == "name" and other.kind == "+" and len(units) > 1:  # r = x \hat i + y \hat j
                found |= {side.key, *units}
            if head.kind == "name" and _is_collection(other):
                found.add(head.key)
            for one in _operands(other) if side.kind == "name" else ():
                _add_slice(one, side.key, found, vectors)
            if side.kind == "name" and (order := _gradient_in(other)) is not None:
                (found if order == "2" else vectors).add(side.key)
            turned = other.kind == "product" and any(one.kind == "transpose" for one in other.children)
            if side.kind == "derivative" and len(side.children) == 2 and turned:  # by a matrix, an outer product
                found |= {one.key for one in (side.children[1], *other.children) if one.kind == "name"}
            if side.kind == "dot" and all(one.kind == "name" for one in side.children):
                bases = [base_of(part.key) for part in other.walk() if part.kind == "name" and subscript_of(part.key)]
                if all(base_of(one.key) in bases and not subscript_of(one.key) for one in side.children):
                    found |= {one.key for one in side.children}


def basis_in(node: Node) -> set[str]:
    """The letters of a sum that are written as unit vectors are: x \\hat i + y \\hat j, x \\mathbf i + y \\mathbf j, u_1 e_1 + u_2 e_2."""
    terms = [one.children[0] if one.kind == "negate" else one for one in node.children] if node.kind == "+" else []
    behind = [one.children[-1] if one.kind == "product" else one for one in terms]
    found = {one.key for one in behind if one.kind == "name" and _is_of_basis(one.key)}
    return (
        found | {one.key for one in node.walk() if one.kind == "name" and one.key in UNIT_VECTORS} if terms else set()
    )


def _is_of_basis(key: str) -> bool:
    return key in _BOLD_UNITS or (
        letter_of(key) == "e" and subscript_of(key) in {"1", "2", "3", "x", "y", "z", "r", "\\theta", "\\phi"}
    )


def _beside_identity(chain: Node) -> set[str]:
    """The letter I where it may be the identity, A^2 = I, A - \\lambda I, A I = A, and the capitals beside it."""
    sides = chain.children if set(chain.value.split()) <= {"=", ":="} else ()
    for side, other in (*pairwise(sides), *pairwise(sides[::-1])):
        plain = {one.key for one in other.walk() if one.kind == "name" and is_capital(one.key)} - {"I"}
        powers = [one for one in _factors(other) if one.kind == "^" or (one.kind == "name" and is_capital(one.key))]
        if side.key == "I" and plain and len(_factors(other)) == len(powers) and (len(powers) > 1 or other.kind == "^"):
            return plain | {"I"}
        keys = [one.key for one in side.children] if side.kind == "product" else []
        if len(keys) == 2 and "I" in keys and other.kind == "name" and other.key in keys and other.key != "I":
            return {"I"}
    for node in chain.walk():
        terms = [one.children[0] if one.kind == "negate" else one for one in node.children] if node.kind == "+" else []
        ones = [one for one in terms if one.kind == "product" and one.children[-1].key == "I"]
        if len(terms) == 2 and any(one.kind == "negate" for one in node.children):  # I - A; no C + I + G
            ones += [one for one in terms if one.key == "I"]
        rest = {part.key for one in terms if one not in ones for part in _factors(one) if is_capital(part.key)}
        if ones and rest:
            return rest | {"I"}
    return set()


def _factors(node: Node) -> tuple[Node, ...]:
    return node.children if node.kind == "product" else (node,)


def _is_bracketed_entry(side: Node) -> bool:
    """(a_{ij}), (a_{ij} b_{ij}): names with the same two indices, in brackets."""
    factors = _factors(side)
    indices = {subscript_of(one.key) for one in factors}
    index = next(iter(indices))
    return len(indices) == 1 and len(index) == 2 and index.isalpha() and side.start < side.children[0].start


def _turns(exponent: Node) -> bool:
    """j \\theta, -j 2 \\pi f t: the imaginary unit of engineers, or a letter."""
    if exponent.kind == "negate":
        return _turns(exponent.children[0])
    return exponent.kind == "product" and any(one.key == "j" for one in exponent.children)


def _varied(side: Node) -> set[str]:
    """The letters behind a \\delta: x in \\delta x."""
    products = [one.children for one in side.walk() if one.kind == "product"]
    pairs = (pair for factors in products for pair in pairwise(factors))
    return {other.key for one, other in pairs if one.key == "\\delta" and other.kind == "name"}


def _of_angle(node: Node) -> set[str]:
    """a and b in (a \\cdot b) / (|a| |b|) and (a \\cdot b) / (b \\cdot b), as angles and projections are written."""
    above, below = node.children
    names = (
        {one.key for one in above.children if one.kind == "name"}
        if above.kind == "dot" and above.value == "\\cdot"
        else set[str]()
    )
    lengths = [
        one for one in (below, *below.children) if one.kind in {"abs", "norm"} or (one is below and one.kind == "dot")
    ]
    inside = set[str]().union(*(one.names for one in lengths))
    return names if len(above.children) == 2 == len(names) and inside and inside <= names else set()


def _is_collection(node: Node) -> bool:
    if node.kind in _COLLECTIONS:
        return True
    return node.kind in _TRANSPARENT and any(_is_collection(child) for child in node.children)


def _is_of_several(node: Node) -> bool:
    """x_{1:n}, A_{\\cdot j}, and k(x, x_{1:n}): several values at once. What is no density of them may be one for each."""
    if node.kind == "name":
        return _OF_SEVERAL.search(subscript_of(node.key)) is not None
    if node.kind != "call" or node.children[0].kind != "name" or base_of(node.children[0].key) in _DENSITIES:
        return False
    return any(one.kind == "name" and _is_of_several(one) for one in node.children[1:])


def _add_slice(node: Node, key: str, found: set[str], vectors: set[str]) -> None:
    """Notes a name that has the shape of several values at once; a capital may be a matrix."""
    if _is_of_several(node):
        (found if is_capital(key) else vectors).add(key)


def _operands(node: Node) -> list[Node]:
    """The terms, factors and bases that an expression has the shape of."""
    if node.kind == "^":
        return _operands(node.children[0])
    if node.kind in {"+", "negate", "product"}:
        return [part for child in node.children for part in _operands(child)]
    return [node]


def _gradient_in(node: Node) -> str | None:
    """What stands at the sign of a gradient (or Hessian matrix, "2") whose shape an expression has, a summand or a factor in it, divided or not; None without one."""
    if node.kind == "nabla":
        return node.value if node.value in _GRADIENTS else None
    if node.kind == "/":
        return _gradient_in(node.children[0])
    if node.kind not in {"+", "negate", "product"} or any(one.kind in {"transpose", "inner"} for one in node.children):
        return None
    return next((found for one in node.children if (found := _gradient_in(one)) is not None), None)


def _of_call(node: Node, points: dict[str, set[str]], found: set[str]) -> None:
    head, *arguments = node.children
    if head.kind == "^":
        head = head.children[0]
    if head.kind != "name":
        return
    if len(arguments) == 1 and arguments[0].kind == "name":
        points.setdefault(head.key, set()).add(arguments[0].key)
    if any(part.kind == "name" and part.key.startswith("\\mathbb{") for one in arguments for part in one.walk()):
        found.add(head.key)  # of a set or a space


def _of_operator(node: Node, found: set[str]) -> None:
    """A capital in the place of a covariance, or of which a rank, a span, ... is taken; what unions and intersections are taken of."""
    if node.value.startswith(_DENSITIES_OF_VECTORS) and len(node.children) > 2:
        found |= {one.key for one in node.children[-1].walk() if one.kind == "name" and is_capital(one.key)}
    if _WORDS_OF_MATRICES.match(node.value) is not None:
        found |= {one.key for one in node.children if one.kind == "name" and is_capital(one.key)}
    if "\\cap" in node.value or "\\cup" in node.value:
        found |= {one.key for one in node.children if one.kind == "name"}


def _of_product(node: Node) -> set[str]:
    """A capital with a root, \\Sigma^{1/2}, beside other factors; a capital, or its inverse, beside a gradient; P and D in P D P^{-1}; A beside its adjoint A^*."""
    found = {one.key for one, other in pairwise(node.children) if _is_operator(one) and other.kind != "number"}
    plain = {one.key for one in node.children if one.kind == "name"}
    inverted = {one[0] for one in map(_inner, node.children) if one is not None and one[1]}
    found |= inverted & plain & FUNCTION_LETTERS if len(node.children) == 2 else set()  # f^{-1} f
    for key in plain:
        bare, mark, name = key.partition("^{")
        if mark and name.rstrip("}") in {"*", "\\ast", "\\dagger"} and is_capital(key) and bare in plain:
            found |= {key, bare}
    ends = [_inner(one) for one in (node.children[0], node.children[-1])]
    if (
        len(node.children) > 2
        and ends[0] is not None
        and ends[0][0] == (ends[1] or ("", ""))[0]
        and ends[0][1] != (ends[1] or ("", ""))[1]
    ):
        found |= {key for key in {*plain, ends[0][0]} if is_capital(key)}
    beside = any(_gradient_in(child) is not None for child in node.children)
    for part in node.children:
        child = part.children[0] if part.kind == "call" else part
        base, exponent = child.children if child.kind == "^" and len(child.children) == 2 else (child, None)
        if base.kind != "name" or not is_capital(base.key):
            continue
        if exponent is not None and exponent.kind == "name" and exponent.key == "H" and base.key in plain:
            found.add(base.key)
        root = exponent is not None and exponent.kind == "/" and [one.value for one in exponent.children] == ["1", "2"]
        inverse = exponent is not None and exponent.kind == "negate"
        if root or (beside and part is child and (exponent is None or inverse)):
            found.add(base.key)
    return found


def _is_operator(node: Node) -> bool:
    """\\mathcal{L} and \\hat{H} before what they may act on."""
    return node.kind == "name" and re.match(r"\\(?:mathcal|mathscr|hat)\{[A-Z]\}", node.key) is not None


def _abbreviated(product: Node) -> set[str]:
    """The letters of an abbreviation: T and P of the true positives TP."""
    words = ([_letter(one) for one in run] for run in runs(product))
    return {one for word in words if "".join(word) in _ABBREVIATIONS for one in word}


def runs(product: Node) -> Iterator[list[Node]]:
    """The capitals that are written side by side, the last perhaps with an exponent: T and P of TP, R, M, S and E^2 of RMSE^2."""
    run: list[Node] = []
    for node in (*product.children, product):
        letter = _letter(node)
        is_letter = len(letter) == 1 and letter.isupper()
        if is_letter and (not run or (run[-1].kind == "name" and run[-1].end == node.start)):
            run.append(node)
            continue
        if run:
            yield run
        run = [node] if is_letter else []


def _letter(node: Node) -> str:
    return node.children[0].key if node.kind == "^" else node.key


def _is_expectation(product: Node) -> bool:
    """E X, E X^2, E X Y: a factor E, or the expectation of what stands behind it?"""
    for one, other in pairwise(product.children):
        base = other.children[0] if other.kind == "^" else other
        if one.key == "E" and base.kind == "name" and is_capital(base.key):
            return True
    return False


def _inner(node: Node) -> tuple[str, str] | None:
    """The name of a factor, and whether it is inverted."""
    if node.kind == "name":
        return node.key, ""
    if (
        node.kind == "^"
        and node.children[0].kind == "name"
        and node.children[1].kind == "negate"
        and node.children[1].children[0].value == "1"
    ):
        return node.children[0].key, "inverse"
    return None


def _points(node: Node, points: dict[str, set[str]], keys: set[str]) -> set[str]:
    """The letters by which a gradient is taken: w_t in \\nabla L(w_t), and with it the other w with an index; x in \\nabla f, where f(x) stands elsewhere."""
    body, *variables = node.children
    inner = body.children[0] if body.kind == "call" else body
    found = {one.key for one in variables if one.kind == "name"}
    if body.kind == "call":
        found |= {one.key for one in body.children[1:] if one.kind == "name"} if len(body.children) == 2 else set()
    elif inner.kind == "name":
        found |= points.get(inner.key, set())
    bases = {base_of(key) for key in found if subscript_of(key)}
    return found | {key for key in keys if subscript_of(key) and base_of(key) in bases}
