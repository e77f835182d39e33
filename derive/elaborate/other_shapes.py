r"""What is claimed of numbers, read again with the letters that may be matrices: what holds of numbers only is proved of nobody's letters.

A letter that nothing declares is a number by default. Where capitals are multiplied by each other, or a claim is about the order of factors (gh = hg,
p q p^{-1} = q), its author may mean matrices, operators or elements of a group, so that the claim is proved only if it holds of square matrices too; what
fails of numbers fails of matrices of size 1. Letters are numbers that divide, that stand in roots, powers or functions, or beside numbers in sums and relations.
|A| is a determinant then, and e^A the exponential of a matrix; what makes no sense of matrices (A + 1) is said of numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import combinations, product

from derive.elaborate.context import Context, Section
from derive.elaborate.obligation import Obligation
from derive.elaborate.sorts import is_capital
from derive.elaborate.uses import OF_NUMBERS
from derive.kernel.claim import Claim
from derive.kernel.sorting import sort_of
from derive.kernel.term import (
    REAL,
    ZERO,
    Apply,
    Constant,
    IllSorted,
    Matrix,
    Symbol,
    Term,
    TermError,
    free_symbols,
    subterms,
)
from derive.language.printing import plain_name
from derive.language.syntax import Node

_SIZE = "#n"  # no letter of a text
_SQUARE = Matrix(_SIZE, _SIZE)
_PLAIN = re.compile(r"[A-Z]|\\\\[A-Z][a-z]+")
_OF_MATRICES = {"abs": "det", "exp": "exponential"}
_MADE_OF = frozenset({"+", "negate", "product", "dot", "^"})  # what an expression is a number for if it is one
_ORDERS = frozenset({"<", "<=", ">", ">="})


def of_matrices(context: Context, section: Section, obligation: Obligation, sides: tuple[Node, ...]) -> None:
    """Adds to an obligation what must hold besides, for its proof to count: the claim with the letters that may be matrices as such."""
    if context.document.claims or obligation.verdict is not None or obligation.duties:
        return
    found: list[Claim] = []
    names: set[str] = set()
    for claim in obligation.provable:
        for letters in _letters(section, claim, sides):
            other = _with_matrices(claim, letters)
            if other is not None:
                found.append(other[0])
                names |= other[1]
                break
    if found:
        obligation.besides = tuple(found)
        obligation.if_other = (
            f"{plain_name(min(names))} may be a matrix or an operator, of which it is not shown: declare it"
        )


def used_as_numbers(formulas: Iterable[Node]) -> set[str]:
    """The names of what divides, stands in roots, powers and functions, beside a number in sums and relations, or runs."""
    found: set[str] = set()
    for formula in formulas:
        for node in formula.walk():
            children = node.children
            if node.kind in {"/", "root"}:
                found |= _made_of(children[-1])
            elif node.kind == "function" and node.value != "exp":
                found |= {key for one in children for key in _made_of(one)}
            elif node.kind == "^":
                base, exponent = children[0], children[1]
                if not (base.kind == "constant" and base.value == "e"):
                    found |= _made_of(exponent)
                if base.kind == "name" and exponent.kind == "number" and not is_capital(base.key):
                    found.add(base.key)
            elif node.kind in {"factorial", "binomial"} or (
                node.kind == "+" and any(_is_number(one) for one in children)
            ):
                found |= {key for one in children for key in _made_of(one)}
            elif node.kind in {"sum", "product-over", "integral", "limit"} or node.kind in {"derivative", "nabla"}:
                found |= {one.key for one in children[1:] if one.kind == "name"}
            elif node.kind == "chain":
                found |= _of_relations(node)
    return found


def _of_relations(chain: Node) -> set[str]:
    found: set[str] = set()
    for word, left, right in zip(chain.value.split(), chain.children, chain.children[1:], strict=False):
        if word in _ORDERS or (word == "=" and (_is_number(left) or _is_number(right))):
            found |= {one.key for one in (left, right) if one.kind == "name"}
        if word == "sim" and OF_NUMBERS.match(right.value):
            found |= _made_of(left)
    return found


def _is_number(node: Node) -> bool:
    inner = node.children[0] if node.kind == "negate" else node
    return inner.kind == "number" and float(inner.value) != 0


def _made_of(node: Node) -> set[str]:
    """The names of which an expression is a number only if they are."""
    if node.kind == "name":
        return {node.key}
    return {key for child in node.children for key in _made_of(child)} if node.kind in _MADE_OF else set()


def _letters(section: Section, claim: Claim, sides: tuple[Node, ...]) -> list[set[str]]:
    """The names in a claim that may be matrices: capitals of which several are multiplied or one stands between bars, with the small letters that stand before
    and behind one, or with all; all letters of a claim on the order of factors."""
    declared = section.scope.inference.declared
    free = {
        one.name
        for one in free_symbols(claim.statement)
        if one.sort == REAL and not (one.name in declared or one.name in section.numbers)
    }
    if is_about_order(sides):
        return [free]
    capitals = {name for name in free if is_capital(name) and _PLAIN.fullmatch(name)}
    orders: set[tuple[str, str]] = set()
    barred = False
    for part in subterms(claim.statement) if capitals else ():
        if isinstance(part, Apply) and part.head == "*":
            factors = [{one.name for one in free_symbols(factor)} for factor in part.arguments]
            orders |= {pair for one, other in combinations(factors, 2) for pair in product(one, other)}
        barred |= isinstance(part, Apply) and part.head == "abs" and bool(_names(part) & capitals)
    several = any(first != second and {first, second} <= capitals for first, second in orders)
    turned = {
        small for small in free - capitals for one in capitals if (one, small) in orders and (small, one) in orders
    }
    if turned:
        return [capitals | turned, free]
    return [capitals] if several or barred else []


def is_about_order(sides: Iterable[Node]) -> bool:
    """Whether a relation says that factors may change their places: a b = b a, a b - b a = 0, or has a letter between another and its inverse: g h g^{-1}."""
    terms = [one for side in sides for one in (side.children if side.kind == "+" else (side,))]
    products = [one.children[0] if one.kind == "negate" else one for one in terms]
    factors = [one.children for one in products if one.kind == "product"]
    orders = [[text for one in those if (text := _written(one))] for those in factors]
    turned = any(
        len(one) > 1 and one != other and sorted(one) == sorted(other) for one, other in combinations(orders, 2)
    )
    return turned or any(
        len(those) > 2 and _is_inverse_of(those[0], those[-1]) and any(_written(one) for one in those[1:-1])
        for those in factors
    )


def _written(factor: Node) -> str:
    """A factor as a text, without that of numbers."""
    if factor.kind == "name":
        return factor.key
    if factor.kind == "number" or not factor.children:
        return ""
    return f"{factor.kind}({','.join(map(_written, factor.children))}{factor.value})"


def _is_inverse_of(first: Node, last: Node) -> bool:
    one, other = (node.children[0] if node.kind == "^" else node for node in (first, last))
    inverted = [node.kind == "^" and node.children[1].kind == "negate" for node in (first, last)]
    return one.kind == other.kind == "name" and one.key == other.key and inverted[0] != inverted[1]


def _names(term: Term) -> set[str]:
    return {one.name for one in free_symbols(term)}


def _with_matrices(claim: Claim, letters: set[str]) -> tuple[Claim, set[str]] | None:
    """The claim with these letters as square matrices, and those that are left; None if it makes no sense. Those are numbers of which a hypothesis makes no sense."""
    while letters:
        squares = {Symbol(name, REAL): Symbol(name, _SQUARE) for name in letters}
        statement = _rewritten(claim.statement, squares)
        if statement is None:
            return None
        hypotheses = [(one, _rewritten(one, squares)) for one in claim.hypotheses]
        numbers = {name for one, other in hypotheses if other is None for name in _names(one)} & letters
        if not numbers:
            kept = tuple(other for _, other in hypotheses if other is not None)
            return Claim(statement, kept, claim.constants), letters
        letters = letters - numbers
    return None


def _rewritten(statement: Term, squares: Mapping[Symbol, Symbol]) -> Term | None:
    try:
        found = _with_symbols(statement, squares)
        sort_of(found)
    except (IllSorted, TermError):
        return None
    return found


def _with_symbols(term: Term, squares: Mapping[Symbol, Symbol]) -> Term:
    """A term with other symbols: bars are determinants of matrices then, powers of e their exponentials, and 0 beside one is of its shape."""
    if isinstance(term, Symbol):
        return squares.get(term, term)
    if not isinstance(term, Apply):
        return term
    arguments = tuple(_with_symbols(one, squares) for one in term.arguments)
    if arguments == term.arguments:
        return term
    head = term.head
    if head in _OF_MATRICES and sort_of(arguments[0]) == _SQUARE:
        head = _OF_MATRICES[head]
    if head in {"=", "!=", "+"} and ZERO in arguments and any(sort_of(one) == _SQUARE for one in arguments):
        arguments = tuple(Constant("zero", _SQUARE) if one == ZERO else one for one in arguments)
    return Apply(head, arguments)
