"""The parts of checking that only look at the shape of statements: chains, and instances of axioms."""

from __future__ import annotations

from .certificate import Axiom, AxiomInstance, Rejected
from .sorting import is_scalar
from .term import Apply, Function, Matrix, Number, Scalar, Size, Sort, Symbol, Term, children, free_symbols, substitute


def conclusion_of_chain(statements: tuple[Term, ...]) -> Term:
    """a R c from a R1 b, b R2 c, ...: R is the strictest sign, the order of an approximation the least. Rejected where directions differ."""
    if not statements:
        raise Rejected("an empty chain")
    links: list[Apply] = []
    for statement in statements:
        if not isinstance(statement, Apply) or statement.head not in {"=", "<", "<=", ">", ">=", "approx"}:
            raise Rejected("a link of a chain is an equation, an order or an approximation")
        links.append(statement)
    for one, other in zip(links, links[1:], strict=False):
        if one.arguments[1] != other.arguments[0]:
            raise Rejected("a gap in the chain")
    heads = {link.head for link in links} - {"="}
    first, last = links[0].arguments[0], links[-1].arguments[1]
    if not heads:
        return Apply("=", (first, last))
    if heads == {"approx"}:
        places = {link.arguments[2:4] for link in links if link.head == "approx"}
        if len(places) != 1:
            raise Rejected("approximations in different variables")
        order = min(link.arguments[4].value for link in links if isinstance(link.arguments[-1], Number) and link.head == "approx")  # type: ignore[union-attr]
        return Apply("approx", (first, last, *next(iter(places)), Number(order)))
    if heads <= {"<", "<="}:
        return Apply("<" if "<" in heads else "<=", (first, last))
    if heads <= {">", ">="}:
        return Apply(">" if ">" in heads else ">=", (first, last))
    raise Rejected("the links of the chain point in different directions")


def instance_of_axiom(axiom: Axiom, certificate: AxiomInstance) -> tuple[tuple[Term, ...], Term, tuple[Term, ...]]:
    """(premises, conclusion, the terms put in) of an axiom with its sizes and symbols replaced."""
    sizes: dict[str, Size] = {}
    for letter, size in certificate.sizes:
        if letter in sizes or not isinstance(size, (int, str)) or size == 0:
            raise Rejected("a size replaced twice, or by something that is not a size")
        sizes[letter] = size
    statements = [_with_sizes(statement, sizes) for statement in (*axiom.premises, axiom.conclusion)]
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


def _fits(sort: Sort, term: Term) -> bool:
    from .sorting import sort_of

    found = sort_of(term)
    if isinstance(sort, Scalar):
        if sort.domain == "real":
            return is_scalar(found) and found != Scalar("complex")
        return found == sort
    return found == sort


def _with_sizes(term: Term, sizes: dict[str, Size]) -> Term:
    if not sizes:
        return term
    if isinstance(term, Symbol):
        return Symbol(term.name, _sized(term.sort, sizes))
    if isinstance(term, Apply):
        return Apply(term.head, tuple(_with_sizes(child, sizes) for child in children(term)))
    return term


def _sized(sort: Sort, sizes: dict[str, Size]) -> Sort:
    if isinstance(sort, Matrix):
        return Matrix(
            sizes.get(sort.rows, sort.rows) if isinstance(sort.rows, str) else sort.rows,
            sizes.get(sort.columns, sort.columns) if isinstance(sort.columns, str) else sort.columns,
        )
    if isinstance(sort, Function):
        return Function(tuple(_sized(one, sizes) for one in sort.arguments), _sized(sort.result, sizes), sort.order)
    return sort
