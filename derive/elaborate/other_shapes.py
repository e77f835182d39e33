r"""What is claimed of numbers, read again with the letters that may be matrices: what holds of numbers only is proved of nobody's letters.

A letter that nothing declares is a number by default. Where capitals are multiplied by each other, or a claim is about the order of factors (gh = hg,
p q p^{-1} = q), its author may mean matrices, operators or elements of a group, so that the claim is proved only if it holds of square matrices too; what
fails of numbers fails of matrices of size 1. Letters are numbers that divide, that stand in roots, powers or functions, or beside numbers in sums and relations.
|A| is a determinant then, and e^A the exponential of a matrix; what makes no sense of matrices (A + 1) is said of numbers.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from itertools import combinations, pairwise, product

from derive.elaborate.context import Context, Section
from derive.elaborate.obligation import Obligation
from derive.elaborate.perhaps_arrays import FUNCTION_LETTERS
from derive.elaborate.perhaps_complex import of_complex, perhaps_complex
from derive.elaborate.sorts import base_of, is_capital, letter_of, subscript_of
from derive.elaborate.uses import OF_NUMBERS
from derive.kernel.claim import Claim
from derive.kernel.sorting import sort_of
from derive.kernel.term import (
    FALSE,
    ORDERS,
    REAL,
    TWO,
    ZERO,
    Apply,
    Constant,
    Function,
    IllSorted,
    Lambda,
    Matrix,
    Number,
    Symbol,
    Term,
    TermError,
    free_symbols,
    multiply,
    substitute,
    subterms,
)
from derive.language.printing import plain, plain_name
from derive.language.syntax import Node

_REAL_LETTERS = frozenset("abdhkmnrstxy")
_SIZE = "#n"  # no letter of a text
_SQUARE = Matrix(_SIZE, _SIZE)
_COLUMN = Matrix(_SIZE, 1)
_PLAIN = re.compile(r"(?:[A-Z]|\\[A-Z][a-z]+)(?:_\{[A-Za-z]\})?")
_BARRED = re.compile(r"(?:[A-Z]|\\[A-Z][a-z]+|\\math(?:cal|scr)\{[A-Z]\})(?:_\{[^{}]*\})?")
_ENTRYWISE = frozenset({"tanh", "sgn"})
_OF_ARRAYS = _ENTRYWISE | {"exp", "max", "min"}  # of matrices too, or entry by entry
_OF_MATRICES = {"abs": "det", "exp": "exponential"}
_MADE_OF = frozenset({"+", "negate", "product", "^"})  # what an expression is a number for if it is one
_ORDERS = frozenset({"<", "<=", ">", ">="})


def in_other_shapes(context: Context, section: Section, obligation: Obligation, sides: tuple[Node, ...]) -> None:
    """Adds to an obligation what must hold besides, for its proof to count: the claim with the letters that may be vectors or matrices as such."""
    if context.document.claims or obligation.verdict is not None or obligation.duties:
        return
    found: list[Claim] = []
    names: set[str] = set()
    for claim in obligation.provable if section.dotted else ():
        of_vectors = _with_vectors(section, claim)
        if of_vectors is None and _has_norm(section, claim):  # of a matrix, or of a function
            of_vectors = Claim(FALSE)
        if of_vectors is not None:
            found.append(of_vectors)
            names |= {one for one in section.dotted if one in _names(claim.statement)} or {min(section.dotted)}
    if _is_normed_and_barred(sides):
        found.append(Claim(FALSE))
        names |= {"f"} | {part.key for side in sides for part in side.walk() if part.kind == "name"}
    for claim in obligation.provable:
        if opened := _open_bars(section, claim):
            known = section.numbers | section.scope.inference.declared.keys()
            barred = {one.name for part in opened for one in free_symbols(part)}
            capitals = {one for one in barred if _BARRED.fullmatch(one)}
            determinants = _with_matrices(claim, capitals, known) if capitals == barred else None
            found.append(_with_opaque(claim, opened) if determinants is None else determinants[0])
            names |= barred
        if (maps := _maps_of(section, claim)) is not None:
            found.append(maps)
            names |= section.applied
        if (unordered := _unordered(section, claim)) is not None:
            found.append(unordered)
            names |= section.unordered
        for letters in _letters(section, claim, sides):
            other = _with_matrices(claim, letters, section.numbers | section.scope.inference.declared.keys())
            if other is not None:
                found.append(other[0])
                names |= other[1]
                break
    kinds = "a vector, a matrix or an operator"
    for claim in obligation.provable:
        equations = perhaps_complex(claim.hypotheses, section.scope.inference.declared)
        if equations and not names:
            unreal = frozenset[Symbol]().union(*equations.values())
            found.append(_of_complex(claim, unreal, equations))
            names, kinds = {one.name for one in unreal}, "a complex number"
    if found:
        obligation.besides = tuple(found)
        obligation.if_other = f"{plain_name(min(names))} may be {kinds}, of which it is not shown: declare it"


def _of_complex(claim: Claim, letters: frozenset[Symbol], equations: Collection[Term]) -> Claim:
    """A claim about letters that may be complex, by these equations; of what is no polynomial, and of others, it has to hold without these."""
    other = of_complex(claim, letters)
    if other is not None and any(free_symbols(one) & free_symbols(claim.statement) for one in equations):
        return other
    return replace(claim, hypotheses=tuple(one for one in claim.hypotheses if one not in equations))


def applied_capitals(formulas: Iterable[Node]) -> set[str]:
    """A in Ax = b, y = Ax + b, Ax = 0, A v = \\lambda v, M in M \\ddot x + K x = 0, D in (D^2 + 1) y = 0, B in \\phi(B) x_t: capitals directly before a small letter that are equated
    with small letters, where no number, root or function says that they are numbers. F = ma and W = Fd have a capital by itself."""
    found: set[str] = set()
    numbers: set[str] = set()
    formulas = list(formulas)
    factors = (
        one for formula in formulas for node in formula.walk() if node.kind == "product" for one in node.children[:-1]
    )
    acting = {_written(one) for one in factors if one.kind == "+" and _acting(one)}  # 1 + R is a number otherwise
    for formula in formulas:
        for node in formula.walk():
            if (
                node.kind in {"root", "factorial", "binomial"}
                or (node.kind == "+" and any(map(_is_number, node.children)) and _written(node) not in acting)
                or (node.kind == "function" and node.value not in _OF_ARRAYS)
            ):
                numbers |= {key for one in node.children for key in _made_of(one)}
            elif node.kind == "chain" and {*node.value.split()} & _ORDERS:
                numbers |= {one.key for one in node.children if one.kind == "name"}
            elif node.kind == "chain" and node.value == "=":
                found |= _applied_in(node)
    return found - numbers


def _applied_in(chain: Node) -> set[str]:
    terms = [one for side in chain.children for one in (side.children if side.kind == "+" else (side,))]
    terms = [one.children[0] if one.kind == "negate" else one for one in terms]
    applied: list[tuple[frozenset[str], str]] = []  # what acts, on which letter
    others: list[Node] = []
    for one in terms:
        capitals = [_acting(part) for part in one.children[:-1]] if one.kind == "product" else []
        small = one.children[-1].key if capitals else ""
        plain = [part for part in one.children[:-1] if part.kind == "name"]
        if capitals and all(capitals) and small and not is_capital(small) and len(plain) <= (len(capitals) == 1):
            applied.append((frozenset(capitals), small))
        else:
            others.append(one)
    smalls = [small for _, small in applied]
    beside = [*smalls, *(one.key for one in others if one.kind == "name" and not is_capital(one.key))]
    several = len({capitals for capitals, _ in applied}) > 1
    if several and not _is_one_moving_letter(smalls, beside):
        return set()
    for one in others:
        keys = [part.key for part in one.children] if one.kind == "product" else [one.key]
        scaled = len(keys) > 1 and keys[-1] in smalls
        is_zero = one.kind == "number" and float(one.value) == 0
        if not scaled and not is_zero and not (all(keys) and not any(map(is_capital, keys))):
            return set()
    return {capital for capitals, _ in applied for capital in capitals}


def _is_one_moving_letter(smalls: list[str], beside: list[str]) -> bool:
    """Whether capitals stand before one letter, or before several of which one has a derivative or another index beside it: \\dot x = A x + B u; not A x + B y = c."""
    moved = {one for one in beside if _MOVED.search(one)}
    return len({*smalls}) == 1 or any(
        letter_of(one) == letter_of(other) and one != other for one in moved for other in smalls
    )


# Derivatives, and the indices of a time: \\ddot x, x_t, x_{t+1}.
_MOVED = re.compile(r"\\d?dot\{|_\{?[kntij](?:[+-]1)?\}?$")
_OPERATORS = frozenset({"A", "B", "D", "L"})  # of which functions act on what stands behind them


def _acting(factor: Node) -> str:
    """The capital by which a factor acts on what stands behind it: A, D^2 + 1, 1 - \\phi B, T - \\lambda, \\phi(B); empty if it is a number."""
    if factor.kind == "name":
        return factor.key if _BARRED.fullmatch(factor.key) else ""
    if factor.kind == "call" and len(factor.children) == 2:
        return factor.children[1].key if factor.children[1].key in _OPERATORS else ""
    if factor.kind != "+":
        return ""
    terms = [one.children[0] if one.kind == "negate" else one for one in factor.children]
    capitals: set[str] = set()
    numbers = False
    for one in terms:
        parts = [part for part in one.walk() if part.kind not in {"product", "^", "number"}]
        keys = {part.key for part in parts if part.kind == "name"}
        if len(keys) != len({*map(id, parts)}) or any(_is_latin(key) for key in keys):
            return ""
        capitals |= {key for key in keys if is_capital(key)}
        numbers = numbers or not any(map(is_capital, keys))
    return capitals.pop() if numbers and len(capitals) == 1 else ""


def _is_latin(key: str) -> bool:
    """A small Latin letter without index: M + m of masses."""
    return len(key) == 1 and not is_capital(key)


# A group or a ring in which a text computes; not one in which the order of factors makes no difference.
_OF_GROUPS = re.compile(
    r"\b(?:in|for)\s+(?:an?|any|every|some)\s+(?:(?:finite|infinite|general|arbitrary|matrix|free|non-?commutative|non-?abelian)\s+)?(?:group|ring|monoid|semigroup)\b|\bsubgroups?\b|"
    r"\b(?:symmetric|dihedral|permutation|alternating)\s+group\b|(?<![가-힣])[군환]\s*\$",
    re.IGNORECASE,
)
_IN_ORDER = re.compile(r"(?<!non)(?<!non-)\b(?:abelian|commutative|cyclic)\b|(?<!비)가환|아벨", re.IGNORECASE)


def unordered_letters(formulas: Iterable[Node], text: str) -> set[str]:
    """The letters of which a text says that they do not commute: it writes two of them in both orders in one product, s r s, or one between another and its inverse, g x g^{-1}, or members of an algebra in
    both orders in one relation, \\gamma_\\mu \\gamma_\\nu + \\gamma_\\nu \\gamma_\\mu; and
    all of products in a group or ring. With an index, all of that letter."""
    found: set[str] = set()
    for chain in (node for formula in formulas for node in formula.walk() if node.kind in {"chain", "product"}):
        ends = [_inverted(one) for one in (chain.children[0], chain.children[-1])] if chain.kind == "product" else []
        if len(chain.children) > 2 and ends and ends[0][0] and ends[0][0] == ends[1][0] and ends[0][1] != ends[1][1]:
            found |= {key for one in chain.children if (key := _inverted(one)[0])}
        if chain.kind == "product":
            found |= _inverted_before_small(chain)
        if chain.kind != "chain" or _only_swaps(chain):
            continue
        found |= _nilpotent(chain) | _composed(chain) | _of_pauli(chain)
        products = [node.children for node in chain.walk() if node.kind == "product"]
        orders = [{(_inverted(one)[0], _inverted(other)[0]) for one, other in pairwise(those)} for those in products]
        several = frozenset[tuple[str, str]]().union(*orders)
        for pairs in orders:
            for one, other in pairs:
                turned = (other, one) in pairs or ((other, one) in several and _is_of_algebra(one, other))
                found |= {one, other} if one and other and one != other and turned else set()
    if _OF_GROUPS.search(text) and not _IN_ORDER.search(text):
        factors = (
            one for formula in formulas for node in formula.walk() if node.kind == "product" for one in node.children
        )
        found |= {key for one in factors if (key := _inverted(one)[0])}
    return {letter_of(key) if key != letter_of(key) else key for key in found}


def _composed(chain: Node) -> set[str]:
    """R of R_{AC} = R_{AB} R_{BC}: transformations between frames."""
    for one, other in (*pairwise(chain.children), *pairwise(chain.children[::-1])):
        names = [one, *other.children] if one.kind == "name" and other.kind == "product" else []
        indices = [subscript_of(part.key) for part in names]
        letters = {letter_of(part.key) for part in names}
        meet = all(len(index) == 2 for index in indices) and len(names) > 2
        meet = meet and all(first[1] == second[0] for first, second in pairwise(indices[1:]))
        if meet and len(letters) == 1 and indices[0] == indices[1][0] + indices[-1][1]:
            return {names[0].key}
    return set()


_OF_TRANSFORMATIONS = frozenset("MQRTU")


def _of_pauli(chain: Node) -> set[str]:
    """\\sigma of \\sigma_x \\sigma_y = i \\sigma_z, R of R = R_1 R_2: a product of two members is i times another one, or the letter itself."""
    for side, other in (chain.children[:2], chain.children[1::-1]):
        keys = [one.key for one in side.children] if side.kind == "product" else []
        letters = {letter_of(key) for key in keys}
        if len(keys) != 2 or not all(keys) or len({*keys}) < 2 or len(letters) > 1 or letters & {*keys}:
            continue
        signed = other.children[0] if other.kind == "negate" else other
        last = signed.children[-1].key if signed.kind == "product" else other.key
        imaginary = signed.kind == "product" and [one.value for one in signed.children[:-1]] == ["i"]
        if (imaginary and letter_of(last) in letters) or last in letters & _OF_TRANSFORMATIONS:
            return {keys[0]}
    return set()


def _inverted_before_small(product: Node) -> set[str]:
    """H_k and g_k of H_k^{-1} g_k: numbers are divided by."""
    for one, other in pairwise(product.children):
        key, inverse = _inverted(one)
        if inverse and is_capital(key) and other.kind == "name" and not is_capital(other.key):
            return {key, other.key}
    return set()


def _is_of_algebra(one: str, other: str) -> bool:
    """\\gamma_\\mu, e_i, a^\\dagger; in x_1 x_2 + x_2 x_1 and a b + b a of expansions numbers are multiplied."""
    letter = letter_of(one)
    indexed = letter not in {one, other} and letter == letter_of(other)
    return indexed and (letter.startswith("\\") or letter == "e" or any("dagger" in key for key in (one, other)))


def _only_swaps(chain: Node) -> bool:
    """x y = y x: they commute."""
    products = all(one.kind == "product" and len(one.children) == 2 for one in chain.children)
    return products and len({one.names for one in chain.children}) == 1


def _nilpotent(chain: Node) -> set[str]:
    """\\epsilon of \\epsilon^2 = 0: written of a letter that is no unknown."""
    one, zero = chain.children[0], chain.children[-1]
    power = one.kind == "^" and one.children[0].kind == "name" and one.children[1].kind == "number"
    if not power or len(chain.children) != 2 or zero.kind != "number" or float(zero.value) != 0:
        return set()
    return {one.children[0].key} & _INFINITESIMALS


_INFINITESIMALS = frozenset({"\\epsilon", "\\varepsilon", "\\theta", "\\eta", "d", "h"})


def _inverted(factor: Node) -> tuple[str, bool]:
    """The name of a factor, and whether it is inverted; with an upper index, \\gamma^\\mu, as one with a lower one; no name for other powers."""
    if factor.kind == "name":
        return factor.key, False
    if factor.kind == "^" and factor.children[0].kind == factor.children[1].kind == "name":
        return f"{factor.children[0].key}_{{{factor.children[1].key}}}", False
    inverse = factor.kind == "^" and factor.children[1].kind == "negate"
    return (factor.children[0].key if inverse else ""), inverse


def _unordered(section: Section, claim: Claim) -> Claim | None:
    """A claim about letters that do not commute, with these as matrices. What only follows from what is supposed of them is asked without that. None where it has none."""
    declared = section.scope.inference.declared.keys()

    def meant(part: Term) -> bool:
        head = part.arguments[0] if isinstance(part, Apply) and part.head == "apply" else part
        return isinstance(head, Symbol) and head.name not in declared and letter_of(head.name) in section.unordered

    parts = [one for statement in (claim.statement, *claim.hypotheses) for one in subterms(statement) if meant(one)]
    members: dict[Term, Term] = {
        one: Symbol(f"#{plain(one)}", REAL) for one in parts if isinstance(one, Apply) and sort_of(one) == REAL
    }
    letters = {one.name for one in (*parts, *members.values()) if isinstance(one, Symbol) and one.sort == REAL}
    if not letters:
        return None
    hypotheses = tuple(substitute(one, members) for one in claim.hypotheses)
    written = Claim(substitute(claim.statement, members), hypotheses, claim.constants)
    if not _names(written.statement) & letters:
        return replace(
            claim,
            hypotheses=tuple(
                one for one, other in zip(claim.hypotheses, hypotheses, strict=True) if not _names(other) & letters
            ),
        )
    other = _with_matrices(written, letters, {*declared})
    return Claim(FALSE) if other is None else other[0]


def _maps_of(section: Section, claim: Claim) -> Claim | None:
    """A claim with a capital that is applied, with all letters as matrices: x = b / A makes no sense then, and holds of no maps. What only follows from what is supposed of one, as
    y = 0 from (D^2 + 1) y = 0, is asked in the same way, or without that. None where there is none, and of slopes."""
    declared = section.scope.inference.declared.keys()
    heads = {one.head for one in subterms(claim.statement) if isinstance(one, Apply)}
    symbols = frozenset[Symbol]().union(*map(free_symbols, (claim.statement, *claim.hypotheses)))
    letters = {one.name for one in symbols if one.sort == REAL and one.name not in declared}
    applied = section.applied & letters
    speaking = [one for one in claim.hypotheses if _names(one) & applied]
    if heads & {"derivative", "partial", "gradient"} or not (applied & _names(claim.statement) or speaking):
        return None
    other = _with_matrices(claim, letters, {*declared})
    if applied & _names(claim.statement):
        return Claim(FALSE) if other is None else other[0]
    if other is not None and any(_names(one) & applied for one in other[0].hypotheses):
        return other[0]
    return Claim(claim.statement, tuple(one for one in claim.hypotheses if one not in speaking), claim.constants)


def _is_normed_and_barred(sides: Iterable[Node]) -> bool:
    """\\|f\\| = |f|: of functions another thing."""
    inside = [
        {one.children[0].key for side in sides for one in side.walk() if one.kind == kind} for kind in ("norm", "abs")
    ]
    return bool(inside[0] & inside[1] & FUNCTION_LETTERS)


def _open_bars(section: Section, claim: Claim) -> frozenset[Term]:
    """What in bars may be no absolute value of a number: a capital, of which it may be the determinant or the size, and the square of that of a letter or a value, which may be
    complex."""
    known = section.scope.inference.declared.keys() | section.scope.inference.uses.scalars
    found: set[Term] = set()
    for part in (one for statement in (claim.statement, *claim.hypotheses) for one in subterms(statement)):
        if not isinstance(part, Apply):
            continue
        base = part.arguments[0] if part.head == "^" and part.arguments[1] == TWO else part
        inner = base.arguments[0] if isinstance(base, Apply) and base.head == "abs" else None
        if inner is None:
            continue
        names = _names(inner)
        capitals = {one for one in names if _BARRED.fullmatch(one)} - section.numbers
        if base is not part:
            is_open = _is_perhaps_complex(section, inner, known)
        else:
            is_open = bool(names) and names == capitals and not names & known and _is_made_of(inner)
            is_open = is_open or any(_is_value_of_jacobian(section, one) for one in subterms(inner))
        if is_open:
            found.add(part)
    return frozenset(found)


def _is_value_of_jacobian(section: Section, part: Term) -> bool:
    """J_g(x), H(x) of which nothing says that they are numbers: their bars are a determinant as a rule."""
    if not isinstance(part, Apply) or part.head != "apply":
        return False
    function = part.arguments[0]
    known = section.scope.inference.declared.keys() | {one.name for one in section.scope.function_definitions}
    return isinstance(function, Symbol) and letter_of(function.name) in {"J", "H"} and function.name not in known


def _is_made_of(inner: Term) -> bool:
    """A, 2A, A + B; not A + 1, and no functions."""
    if isinstance(inner, Symbol):
        return True
    if not isinstance(inner, Apply) or inner.head not in {"+", "negate", "*", "^"}:
        return False
    if inner.head == "+":
        return all(_names(one) and _is_made_of(one) for one in inner.arguments)
    return all(isinstance(one, Number) or _is_made_of(one) for one in inner.arguments)


def _is_perhaps_complex(section: Section, inner: Term, known: set[str]) -> bool:
    """z, \\psi(x), V I^*; hardly x, a, f(x)."""
    if isinstance(inner, Symbol):
        return inner.name not in known and letter_of(inner.name) not in _REAL_LETTERS
    if not isinstance(inner, Apply):
        return False
    if inner.head == "apply":
        function = inner.arguments[0]
        if not isinstance(function, Symbol) or function in section.scope.function_definitions:
            return False
        return function.name not in {*"fghu"} | section.scope.inference.declared.keys()
    return inner.head == "*" and any(one.endswith("^{*}") for one in _names(inner) - known)


def _with_opaque(claim: Claim, parts: frozenset[Term]) -> Claim:
    """The claim with numbers of which nothing is known in the place of these."""
    mapping = {part: Symbol(f"#{plain(part)}", REAL) for part in parts}
    hypotheses = tuple(substitute(one, mapping) for one in claim.hypotheses)
    return Claim(substitute(claim.statement, mapping), hypotheses, claim.constants)


def used_as_numbers(formulas: Iterable[Node]) -> set[str]:
    """The names of what divides, stands in roots, powers and functions, beside a number in sums and relations, or runs."""
    found: set[str] = set()
    for formula in formulas:
        for node in formula.walk():
            children = node.children
            if node.kind in {"/", "root"}:
                found |= _made_of(children[-1])
            elif node.kind == "dot" and any(one.kind == "dot" for one in children):  # a \cdot b \cdot c
                found |= node.names
            elif node.kind == "function" and node.value not in _OF_ARRAYS:
                found |= {key for one in children for key in _made_of(one)}
            elif node.kind == "^":
                base, exponent = children[0], children[1]
                if not (base.kind == "constant" and base.value == "e"):
                    found |= _made_of(exponent)
                if base.kind == "name" and exponent.kind == "number" and not is_capital(base.key):
                    found |= {base.key} - FUNCTION_LETTERS
            elif node.kind in {"factorial", "binomial"} or (
                node.kind == "+" and any(_is_number(one) for one in children)
            ):
                found |= {key for one in children for key in _made_of(one)}
            elif node.kind in {"sum", "product-over", "integral", "limit"} or node.kind in {"derivative", "nabla"}:
                found |= {one.key for one in children[1:] if one.kind == "name"}
            elif node.kind == "chain":
                found |= _of_relations(node)
    return found


def in_dots_and_norms(formulas: Iterable[Node]) -> set[str]:
    """The names that may be vectors: x and y in x \\cdot y, x in \\|x - y\\|."""
    found: set[str] = set()
    for formula in formulas:
        for node in formula.walk():
            if node.kind == "dot" and node.value == "\\cdot" and all(one.kind == "name" for one in node.children):
                found |= {one.key for one in node.children}
            elif node.kind == "norm":
                found |= _made_of(node.children[0])
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
    statements = (claim.statement, *claim.hypotheses) if capitals else ()  # A B = 0 leaves A = 0 or B = 0 of numbers
    if capitals:
        beside = {one.name for statement in statements for one in free_symbols(statement) if one.sort == REAL}
        known = declared.keys() | section.numbers
        capitals |= {name for name in beside - known if is_capital(name) and _PLAIN.fullmatch(name)}
    orders: set[tuple[str, str]] = set()
    barred = False
    for part in (one for statement in statements for one in subterms(statement)):
        if isinstance(part, Apply) and part.head == "*":
            factors = [{one.name for one in free_symbols(factor)} for factor in part.arguments]
            orders |= {pair for one, other in combinations(factors, 2) for pair in product(one, other)}
        barred |= isinstance(part, Apply) and part.head in {"abs", "norm", "^"} and bool(_names(part) & capitals)
    several = any(first != second and {first, second} <= capitals for first, second in orders)
    turned = {
        small for small in free - capitals for one in capitals if (one, small) in orders and (small, one) in orders
    }
    if turned:
        return [capitals | turned, free]
    if several or barred:
        return [capitals]
    cancelled = _cancelled(claim, free, declared.keys() | section.numbers) if not capitals else set[str]()
    return [cancelled] if cancelled else []


def _cancelled(claim: Claim, free: set[str], known: set[str]) -> set[str]:
    """A, x and y in x = y below A x = A y, f and g in f = 0 or g = 0 below f g = 0: of functions, products of others are 0."""
    equations = [one for one in claim.hypotheses if isinstance(one, Apply) and one.head == "="]
    if free and free <= FUNCTION_LETTERS and any(_names(one) <= FUNCTION_LETTERS - known for one in equations):
        return free
    found: set[str] = set()
    for part in (one for equation in equations for one in subterms(equation)):
        if isinstance(part, Apply) and part.head == "*":
            first, *others = [one.name for one in part.arguments if isinstance(one, Symbol) and one.sort == REAL] or [
                ""
            ]
            if is_capital(first) and first not in known and _PLAIN.fullmatch(first) and free & {*others}:
                found |= {first} | (free & {*others})
    return found


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


def _with_matrices(claim: Claim, letters: set[str], known: set[str]) -> tuple[Claim, set[str]] | None:
    """The claim with these letters as square matrices, and those that are left; None if it makes no sense. Those are numbers of which a hypothesis makes no sense."""
    more = {
        one.name
        for hypothesis in claim.hypotheses
        for one in free_symbols(hypothesis)
        if one.sort == REAL and one.name not in known and is_capital(one.name)
    }
    letters = letters | more
    if any(_is_length(one, letters) for one in subterms(claim.statement)):
        return Claim(FALSE), letters
    values = {one: one for one in free_symbols(claim.statement) if _is_perhaps_of_matrices(one, known)}
    while letters or values:
        squares = {Symbol(name, REAL): Symbol(name, _SQUARE) for name in letters} | values
        statement = _rewritten(claim.statement, squares)
        if statement is None:
            return None
        hypotheses = [(one, _rewritten(one, squares)) for one in claim.hypotheses]
        numbers = {
            name for one, other in hypotheses if other is None and not _is_of_arrays(one) for name in _names(one)
        } & letters
        if not numbers:
            kept = tuple(other for _, other in hypotheses if other is not None)
            return Claim(statement, kept, claim.constants), letters | {one.name for one in values}
        letters = letters - numbers
    return None


def _is_length(term: Term, letters: set[str]) -> bool:
    """|W h| with h = \\tanh(V x): of a vector, perhaps."""
    heads = {one.head for one in subterms(term) if isinstance(one, Apply) and _names(one) & letters}
    return isinstance(term, Apply) and term.head == "abs" and not heads.isdisjoint(_ENTRYWISE)


def _is_perhaps_of_matrices(symbol: Symbol, known: set[str]) -> bool:
    """The K of K(X, X)."""
    return isinstance(symbol.sort, Function) and is_capital(symbol.name) and symbol.name not in known


def _is_of_arrays(hypothesis: Term) -> bool:
    """An order that columns may have too, entry by entry: A x <= b. What is compared with a number is one."""
    if not isinstance(hypothesis, Apply) or hypothesis.head not in ORDERS:
        return False
    return not any(isinstance(one, Number) for one in hypothesis.arguments)


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
    if term.head == "apply" and term.arguments[0] in squares:
        return Symbol(plain(term), _SQUARE) if sort_of(term) == REAL else term  # K(X, X)
    arguments = tuple(_with_symbols(one, squares) for one in term.arguments)
    if arguments == term.arguments:
        return term
    head = term.head
    if head in _ENTRYWISE and any(sort_of(one) == _SQUARE for one in arguments):
        return Symbol(plain(Apply(head, arguments)), _SQUARE)  # of which nothing is known
    if head in _OF_MATRICES and sort_of(arguments[0]) == _SQUARE:
        head = _OF_MATRICES[head]
    if head in {"=", "!=", "+"} and ZERO in arguments and any(sort_of(one) == _SQUARE for one in arguments):
        arguments = tuple(Constant("zero", _SQUARE) if one == ZERO else one for one in arguments)
    return Apply(head, arguments)


def _with_vectors(section: Section, claim: Claim) -> Claim | None:
    """The claim with the letters that stand in dots and norms as columns, products of two of them as inner products, and bars as norms; None if it makes no sense."""
    declared = section.scope.inference.declared.keys()
    bases = {base_of(one) for one in section.dotted}
    symbols = frozenset[Symbol]().union(*map(free_symbols, (claim.statement, *claim.hypotheses)))
    free = {
        one.name
        for one in symbols
        if one.name not in declared | section.numbers and (one.sort == REAL or _is_family(one, bases))
    }
    vectors = {one for one in free if one in section.dotted or base_of(one) in bases}
    for letters in (vectors, free) if vectors else ():
        try:
            statement = _dotted(claim.statement, letters)
            sort_of(statement)
        except (IllSorted, TermError):
            continue
        hypotheses: list[Term] = []
        for one in claim.hypotheses:
            with suppress(IllSorted, TermError):
                other = _dotted(one, letters)
                sort_of(other)
                hypotheses.append(other)
        return Claim(statement, tuple(hypotheses), claim.constants)
    return None


def holds_of_vectors(section: Section, claim: Claim, names: set[str]) -> bool:
    """Whether it is asked besides (`in_other_shapes`) that a claim holds with these letters as vectors."""
    return names <= section.dotted and _with_vectors(section, claim) is not None


def _has_norm(section: Section, claim: Claim) -> bool:
    """Whether the norm of something undeclared is a number only because nothing says what it is."""
    return any(
        isinstance(part, Apply)
        and part.head == "norm"
        and sort_of(part.arguments[0]) == REAL
        and _names(part) & section.dotted
        for part in subterms(claim.statement)
    )


def _is_family(symbol: Symbol, bases: set[str]) -> bool:
    """x of x_i, of which numbers are the members."""
    return isinstance(symbol.sort, Function) and symbol.sort.result == REAL and base_of(symbol.name) in bases


def _dotted(term: Term, letters: set[str]) -> Term:
    """A term with these letters, and members of their families, as columns."""
    if isinstance(term, Symbol):
        return Symbol(term.name, _COLUMN) if term.name in letters and term.sort == REAL else term
    if not isinstance(term, Apply):
        return term
    head = term.head
    if head == "apply" and isinstance(term.arguments[0], Symbol) and term.arguments[0].name in letters:
        return Symbol(plain(term), _COLUMN)
    arguments = tuple(_dotted(one, letters) for one in term.arguments)
    columns = [one for one in arguments if not isinstance(one, Lambda) and sort_of(one) == _COLUMN]
    if head == "*" and len(columns) == 2:
        numbers = [one for one in arguments if sort_of(one) != _COLUMN]
        return multiply(*numbers, Apply("inner", tuple(columns)))
    if head == "*" and len(columns) > 2:
        raise IllSorted("a product of three vectors")
    if head == "abs" and columns:
        return Apply("norm", arguments)
    if head == "^" and sort_of(arguments[0]) == _COLUMN and arguments[1] == TWO:
        return Apply("inner", (arguments[0], arguments[0]))
    if head in {"=", "!=", "+"} and columns:
        arguments = tuple(Constant("zero", _COLUMN) if one == ZERO else one for one in arguments)
    return Apply(head, arguments)
