"""The parts of checking that only look at the shape of statements: chains, and instances of axioms."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import pairwise

from .certificate import Axiom, AxiomInstance, Rejected
from .size import letters_of
from .sorting import is_integral, is_scalar, sizes_in, sort_of
from .term import (
    INTEGER,
    RELATIONS,
    Apply,
    Constant,
    Function,
    Matrix,
    Number,
    Scalar,
    Size,
    Sort,
    Symbol,
    Term,
    children,
    free_symbols,
    substitute,
    subterms,
)


def conclusion_of_chain(statements: tuple[Term, ...]) -> Term:
    """a R c from a R1 b, b R2 c, ...: R is the strictest sign, the order of an approximation the least. Rejected where directions differ."""
    if not statements:
        raise Rejected("an empty chain")
    links: list[Apply] = []
    for statement in statements:
        if not isinstance(statement, Apply) or statement.head not in RELATIONS:
            raise Rejected("a link of a chain is a relation")
        links.append(statement)
    for one, other in pairwise(links):
        if one.arguments[1] != other.arguments[0]:
            raise Rejected("a gap in the chain")
    if any(link.head == "approx" for link in links):
        return _approximation(links)
    heads = {link.head for link in links} - {"="}
    first, last = links[0].arguments[0], links[-1].arguments[1]
    if not heads:
        return Apply("=", (first, last))
    if heads == {"!="} and sum(link.head == "!=" for link in links) == 1:
        return Apply("!=", (first, last))
    if heads <= {"<", "<="}:
        return Apply("<" if "<" in heads else "<=", (first, last))
    if heads <= {">", ">="}:
        return Apply(">" if ">" in heads else ">=", (first, last))
    raise Rejected("the links of the chain point in different directions")


def _approximation(links: list[Apply]) -> Term:
    """Approximations in one variable and base, and equations: the least order."""
    if any(link.head not in {"=", "approx"} for link in links):
        raise Rejected("approximations and orders in one chain")
    near = [link.arguments[2:] for link in links if link.head == "approx"]
    if len({(variable, base) for variable, base, _ in near}) != 1:
        raise Rejected("approximations in different variables")
    variable, base, _ = near[0]
    least = min((order for _, _, order in near), key=_value)
    return Apply("approx", (links[0].arguments[0], links[-1].arguments[1], variable, base, least))


def _value(order: Term) -> Fraction:
    if not isinstance(order, Number):
        raise Rejected("the order of an approximation is a number")
    return order.value


def bound_by_approximations(statement: Term) -> frozenset[Symbol]:
    """The variables of the approximations in a statement, which are bound in them: no hypothesis may be used on them. Rejected where one is no
    symbol and no literal of distinct symbols."""
    found: set[Symbol] = set()
    for part in subterms(statement):
        if not isinstance(part, Apply) or part.head != "approx":
            continue
        variable = part.arguments[2]
        names = [variable]
        if isinstance(variable, Apply) and variable.head == "matrix":
            names = [entry for row in variable.arguments for entry in children(row)]
        symbols = [name for name in names if isinstance(name, Symbol)]
        if len(symbols) != len(names) or len(set(symbols)) != len(symbols):
            raise Rejected("the variable of an approximation is a symbol or a literal of distinct symbols")
        found.update(symbols)
    return frozenset(found)


def part_of(statement: Term, index: int) -> Term:
    """A part of a disjunction."""
    if not isinstance(statement, Apply) or statement.head != "or":
        raise Rejected("there is nothing to choose from")
    if not 0 <= index < len(statement.arguments):
        raise Rejected("there is no part of that number")
    return statement.arguments[index]


def instance_of_axiom(axiom: Axiom, certificate: AxiomInstance) -> tuple[tuple[Term, ...], Term, tuple[Term, ...]]:
    """(premises, conclusion, the terms put in) of an axiom with its sizes and symbols replaced."""
    sizes: dict[str, Size] = {}
    for letter, size in certificate.sizes:
        if letter in sizes:
            raise Rejected("a size replaced twice")
        sizes[letter] = size
    statements = [with_sizes(statement, sizes) for statement in (*axiom.premises, axiom.conclusion)]
    if any(bound_by_approximations(statement) for statement in statements):
        raise Rejected("an axiom on an approximation, in which a term put in could be captured")
    symbols = frozenset(symbol for statement in statements for symbol in free_symbols(statement))
    mapping: dict[Term, Term] = {}
    for symbol, term in certificate.substitution:
        if symbol not in symbols or symbol in mapping:
            raise Rejected("a symbol that the axiom does not have, or that is replaced twice")
        if not _fits(symbol.sort, term):
            raise Rejected(f"a term of the wrong sort for {symbol.name}")
        mapping[symbol] = term
    if len(mapping) != len(symbols):
        raise Rejected("a symbol of the axiom is not replaced")
    replaced = tuple(substitute(statement, mapping) for statement in statements)
    return replaced[:-1], replaced[-1], tuple(mapping.values())


def without_quantifiers(statement: Term) -> tuple[list[Symbol], Term]:
    """(x, y, ...) and p of: for all x, y, ...: p. Rejected where one is the size of something in p, whose sort does not follow it."""
    variables: list[Symbol] = []
    body = statement
    while isinstance(body, Apply) and body.head == "forall":
        body, variable = body.arguments
        assert isinstance(variable, Symbol)  # the sorts have been checked
        variables.append(variable)
    lengths = sizes_in(body)
    if any(variable.name in letters_of(length) for variable in variables for length in lengths):
        raise Rejected("a quantified size")
    return variables, body


def instance_of_hypothesis(hypothesis: Term, terms: tuple[Term, ...]) -> Term:
    """for all x, y, ...: p with terms in the place of the variables, all at once.

    Of a hypothesis without a quantifier it is that hypothesis. A variable ranges over its whole sort.
    """
    variables, body = without_quantifiers(hypothesis)
    if len(variables) != len(terms):
        raise Rejected("one term for each variable of the hypothesis")
    if len(frozenset(variables)) != len(variables):
        raise Rejected("a variable that is bound twice")
    if bound_by_approximations(body):
        raise Rejected("a quantified approximation, in which a term put in could be captured")
    for variable, term in zip(variables, terms, strict=True):
        if not (_fits(variable.sort, term) or (variable.sort == INTEGER and is_integral(term))):
            raise Rejected(f"a term of the wrong sort for {variable.name}")
    return substitute(body, dict(zip(variables, terms, strict=True)))


def _fits(sort: Sort, term: Term) -> bool:
    found = sort_of(term)
    if isinstance(sort, Scalar):
        if sort.domain == "real":
            return is_scalar(found)
        return found == sort
    return found == sort


def with_sizes(term: Term, sizes: Mapping[str, Size]) -> Term:
    """The term with letters of sizes replaced in all sorts."""
    if not sizes:
        return term
    if isinstance(term, (Symbol, Constant)):
        return type(term)(term.name, _sized(term.sort, sizes))
    if isinstance(term, Apply):
        return Apply(term.head, tuple(with_sizes(child, sizes) for child in children(term)))
    return term


def _sized(sort: Sort, sizes: Mapping[str, Size]) -> Sort:
    if isinstance(sort, Matrix):
        return Matrix(_size(sort.rows, sizes), _size(sort.columns, sizes))
    if isinstance(sort, Function):
        return Function(tuple(_sized(one, sizes) for one in sort.arguments), _sized(sort.result, sizes), sort.order)
    return sort


def _size(size: Size, sizes: Mapping[str, Size]) -> Size:
    if isinstance(size, str) and size not in sizes and any(letter in size for letter in sizes):
        raise Rejected("a size that is an expression in a replaced letter")
    return sizes.get(size, size) if isinstance(size, str) else size
