"""What may restrict a claim: the conditions in scope, what the same sentence says after it, and what is in scope but not understood."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from derive.elaborate.context import (
    CONDITION_MARKS,
    DEFINITION_MARKS,
    Context,
    Hypothesis,
    Link,
    Section,
    lone_name,
)
from derive.elaborate.dependence import given_with_error, lone_summands
from derive.elaborate.derivatives import of_quantity
from derive.elaborate.differentials import DIFFERENTIAL
from derive.elaborate.doubt import Doubt, letters_of_latex
from derive.elaborate.families import ways
from derive.elaborate.implications import holds_elsewhere, put_in
from derive.elaborate.membership import members_of
from derive.elaborate.narrowing import only_narrows, range_asked_for
from derive.elaborate.obligation import Obligation
from derive.elaborate.sorts import base_of, fonts_of, is_capital, letter_of, marks_of, subscript_of
from derive.elaborate.terms import Builder
from derive.kernel.claim import Claim
from derive.kernel.sign import conjuncts
from derive.kernel.size import letters_of
from derive.kernel.sorting import DEFINITE, is_scalar, is_square, sort_of
from derive.kernel.term import (
    INTEGER,
    ONE,
    ORDERS,
    REAL,
    Apply,
    Constant,
    Function,
    IllSorted,
    Lambda,
    Matrix,
    Number,
    Size,
    Sort,
    Symbol,
    Term,
    children,
    equal,
    free_symbols,
    subterms,
)
from derive.language.document import Formula, Statement, Unread
from derive.language.printing import plain, plain_name
from derive.language.prose import is_condition_in_words, looks_back, word_inside
from derive.language.report import Verdict
from derive.language.syntax import Node, UnreadError

# Functions that are not arbitrary where nothing introduces them.
_CONVENTIONAL_FUNCTIONS = frozenset(
    {"P", "p", "E", "H", "\\mathbb{P}", "\\mathbb{E}", "\\sigma", "\\Phi", "\\zeta", "\\psi", "\\delta"}
)
# Of matrices: an eigenvalue, a singular value, the condition number, the spectral radius.
_OF_MATRICES = frozenset({"\\lambda", "\\sigma", "\\kappa", "\\rho", "\\mu"})
# Densities, distribution and generating functions of what the subscript names: f_X, F_X, M_{X,Y}.
_OF_A_RANDOM_VARIABLE = re.compile(r"(?:[fFgGhHKLMpPqQS]|\\\\(?:var)?phi|\\\\psi|\\\\Phi)_\{[A-Z](?:,?[A-Z])*\}")
_CONJUGATES = frozenset({"bar", "overline"})
_DERIVATIVE_ACCENTS = frozenset({"dot", "ddot"})
_SPACES = re.compile(r"(?<!\\)%[^\n]*|\\(?:quad|qquad|enspace|hfill|left|[bB]igg?l?|[ ,;:!])|\\hspace\*?\{[^{}]*\}|~")
_DEFINED = re.compile(r"\s*(\\[A-Za-z]+|[A-Za-z])\s*:?=")
_LETTER = r"(?:\\(?:hat|mathbf|vec|bm)?[A-Za-z]+|[A-Za-z])"
_LETTER_WITH_INDEX = rf"{_LETTER}(?:_[A-Za-z0-9])?"
_ORDERS = re.compile(rf"({_LETTER_WITH_INDEX})({_LETTER_WITH_INDEX})=?-\2\1(?![A-Za-z])")
_SIGNS_OF_PRODUCTS = re.compile(r"[\s{}]|\\(?:times|cdot|wedge|otimes)(?![A-Za-z])")
_ONLY_SIGNS = re.compile(r"[\s,;.$(\[&]*")
_BEGINS_A_CASE = re.compile(
    r"\b(?:and|but|while|whereas|or|however|yet|then|so|hence|whence|thus|therefore|consequently|which|\w+ing\s+that|in\s+particular|especially|indeed|for\s+example|e\.g\.)(?!\w)[^.]{0,20}"
    r"\b(?:if|when|for|whenever|as long as|given|provided)\b[^.]{0,40}$|(?:이고|이며|그리고|또는|하지만|이므로|이라서|이니|에서|따라서|그러므로|그래서|특히|예를 들어|\\(?:implies|therefore|(?:[Ll]ong)?[Rr]ightarrow))[^.]{0,10}$",
    re.IGNORECASE,
)
# Behind a condition: what follows under it, and not what stands before: A, for x > 0 we have B.
_OF_WHAT_FOLLOWS = re.compile(
    r"(?:[ \t$]|\n(?![ \t]*\n))*(?:(?:then|we|one|it|there|this|that|these|which|also|even|always|therefore|thus|hence|indeed|again|may|can)\s+){0,3}"
    r"(?:have|has|get|gets|find|finds|obtain|obtains|see|know|write|conclude|gives?|yields?|implies|becomes|reduces|follows)\b",
    re.IGNORECASE,
)
_ROW = re.compile(r"\\\\\*?(?:\[[^\[\]]*\])?")
_SIGNS_AND_ROWS = re.compile(rf"(?:{_ROW.pattern}(?:%[^\n]*)?|{_ONLY_SIGNS.pattern[:-1]}|{_SPACES.pattern})*+")
_PLAIN = frozenset({"name", "number", "negate"})
_CONCLUDES = re.compile(r"\b(?:then|hence|thus|so|therefore|consequently)[\s,:$]*$", re.IGNORECASE)
_CLAIMS = frozenset({"chain", "and", "or", "not", "implies", "iff"})
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")
_REMINDS = re.compile(r"[\s,]*(?:recall|remember|note|since|because|as)\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?;。](?=\s|$)|(?<=다)\.")


def in_both_orders(latex: str) -> list[frozenset[str]]:
    """The letters of which a product is taken from that in the other order: x p - p x."""
    return [frozenset(match.groups()) for match in _ORDERS.finditer(_SIGNS_OF_PRODUCTS.sub("", latex))]


def unread_parts(context: Context) -> list[Doubt]:
    """A formula that is not understood may say something of its symbols."""
    found: list[Doubt] = []
    for formula in context.formulas:
        for part in formula.parts:
            if isinstance(part, Unread) or part.unread_members():
                # A macro that is not understood may stand for any symbols.
                of_macro = isinstance(part, Unread) and part.code == "macro"
                letters = None if of_macro else letters_of_latex(part.latex)
                found.append(
                    Doubt(
                        letters,
                        f"the unread formula in {context.document.place(part.start)}",
                        formula.section,
                        part.start,
                    )
                )
                found += [replace(found[-1], letters=pair, kind=True) for pair in in_both_orders(part.latex)]
                if (defined := _DEFINED.match(part.latex)) is not None:  # as what, nobody knows
                    found.append(replace(found[-1], letters=frozenset({defined.group(1)}), kind=True))
            elif part.node.kind == "operator":  # a distribution that is only mentioned: \\mathcal{N}(\\mu, \\sigma^2)
                place = f"'{part.latex}' in {context.document.place(part.start)}"
                found.append(Doubt(letters_of_latex(part.latex), place, formula.section))
            if isinstance(part, Statement) and "^" in part.node.kinds:
                found += _upper_indices(context, formula, part.node)
            if isinstance(part, Statement) and part.node.kind == "chain":
                for key in sorted(_of_other_things(part.node)):
                    reason = f"{plain_name(key)} in {context.document.place(part.start)}, which may be no number,"
                    found.append(Doubt(frozenset({key}), reason, formula.section, kind=True))
            for letter in {match.group(1) for match in _FROM_ZERO.finditer(part.latex)} if "^" in part.latex else ():
                place = f"{letter}^0 {letter}^1 in {context.document.place(part.start)}"
                reason = f"{place}, where superscripts may be indices,"
                found.append(Doubt(frozenset({letter}), reason, formula.section, kind=True))
    if context.document.claims:
        found += [Doubt(None, problem.message, 0) for problem in context.document.problems]
    return found


_OF_SLOPES = re.compile(r"differentia\w*|derivative|slope|velocit|speed|\bODE\b|미분|도함수|기울기|속도", re.IGNORECASE)


def _is_perhaps_another(context: Context, section: Section, node: Node) -> bool:
    """Whether y', where y = x^2 is defined above, may be another y: no dy/dx stands under the heading, and no word of derivatives there or in the one above it."""
    if node.kind != "prime" or of_quantity(section.scope, node) is None:
        return False
    if node.children[0].key in section.scope.inference.uses.differentiated:
        return False
    headings, number = context.document.headings, section.number
    begin = headings[max(number - 2, 0)][0] if number else 0
    end = headings[number][0] if number < len(headings) else len(context.document.text)
    return _OF_SLOPES.search(context.document.text, begin, end) is None


def _upper_indices(context: Context, formula: Formula, statement: Node) -> list[Doubt]:
    """x^1, which nobody writes for a power: the superscripts of x may be indices."""
    found: list[Doubt] = []
    for node in statement.walk():
        if node.kind == "^" and node.children[0].kind == "name" and node.children[1].value == "1":
            key = node.children[0].key
            reason = f"{plain_name(key)}^1 in {context.document.place(node.start)}, where superscripts may be indices,"
            found.append(Doubt(letters_of_latex(key), reason, formula.section))
    for chain in (node for node in statement.walk() if node.kind == "chain"):
        for key in sorted(_with_upper_index(chain)):
            reason = f"{plain_name(key)} in {context.document.place(chain.start)}, which may have upper indices,"
            found.append(Doubt(frozenset({key}), reason, formula.section, kind=True))
            found.append(replace(found[-1], letters=frozenset({letter_of(key)}), values=True))
    return found


# \\gamma^0 \\gamma^1: components.
_FROM_ZERO = re.compile(r"(\\[A-Za-z]+|[A-Za-z])\s*\^\s*\{?0\}?\s*\1\s*\^\s*\{?1\}?")


def _of_other_things(chain: Node) -> set[str]:
    """The names that a chain uses for sets, spaces, groups, ideals, or letters of an alphabet: A of A + B = \\{a + b : ..\\}, a of \\{a^n b^n : n \\ge 0\\}, S of T^2 = S^1 \\times S^1, G of G/H = K,
    \\mathfrak p."""
    found = {key for key in chain.names if key.startswith("\\mathfrak{")}
    sides = chain.children
    for one in sides if "set-builder" in chain.kinds else ():
        if one.kind == "set-builder":
            found |= {name for other in sides if other is not one for name in other.names}
            found |= _of_words(one.children[0])
    if chain.value == "=" and "dot" in chain.kinds:
        spaces = [one for one in chain.walk() if one.kind == "dot" and one.value == "\\times"]
        of_spaces = [[part.children[0].key for part in one.children if _is_circle(part)] for one in spaces]
        found |= chain.names if any(map(len, of_spaces)) and all(map(is_capital, chain.names)) else set()
    if (
        chain.value == "="
        and "G" in chain.names
        and chain.names <= _GROUPS
        and chain.kinds <= {"chain", "name", "product", "/"}
    ):
        found |= chain.names
    return found


_GROUPS = frozenset("GHKN")


def _is_circle(node: Node) -> bool:
    """S^1."""
    return node.kind == "^" and is_capital(node.children[0].key) and node.children[1].value == "1"


def _of_words(element: Node) -> set[str]:
    """a and b of a^n b^n, of which a set of words is made."""
    powers = [one for one in element.children if one.kind == "^"] if element.kind == "product" else []
    bases = {one.children[0].key for one in powers if one.children[0].kind == one.children[1].kind == "name"}
    return bases if len(bases) > 1 and len(powers) == len(element.children) else set()


def _with_upper_index(chain: Node) -> set[str]:
    """x of x^0 = c t and of x^1 + x^2 = 1, T of T^{12} = T^{21}, g of \\theta^{t+1} = \\theta^t - g^t: where no law of powers is meant, x^1 = x, x^1 x^2 = x^3."""
    powers: dict[str, set[str]] = {}
    for node in chain.walk():
        if node.kind == "^" and node.children[0].kind == "name":
            exponent = node.children[1]
            powers.setdefault(node.children[0].key, set()).add(exponent.value or exponent.key)
    steps = {match.group(1) for name in chain.names if "+1}" in name and (match := _STEP.search(name)) is not None}
    told = frozenset[str]().union(*powers.values())
    if told.isdisjoint({"0", "1", *steps}) and not any(len(one) == 2 and one.isdigit() for one in told):
        return _of_steps(chain)
    found = {key for key, exponents in powers.items() if exponents & steps}
    found |= {key for key, exponents in powers.items() if any(len(one) > 1 and one[0] == "0" for one in exponents)}
    found |= _of_steps(chain)
    products = (node for node in chain.walk() if node.kind in {"product", "dot", "/"})
    multiplied = [[one.children[0].key for one in node.children if one.kind == "^"] for node in products]
    for key, exponents in powers.items():
        if (
            key in chain.names - _bare(chain)
            and exponents & {"0", "1"}
            and all(one.count(key) < 2 for one in multiplied)
        ):
            alone = any(one.kind == "^" and one.children[0].key == key for one in chain.children)
            others = {name for one in chain.children for name in one.names} - {key}
            found |= {key} if "1" in exponents or (alone and others) else set()
        twisted = {
            one for one in exponents if len(one) == 2 and one.isdigit() and one[::-1] != one and one[::-1] in exponents
        }
        found |= {key} if twisted else set()
    return found


def _of_steps(chain: Node) -> set[str]:
    """p of p_{ij}^{n+1} = \\sum_k p_{ik}^n p_{kj}, \\delta, w and z of \\delta^l = (w^{l+1})^T \\delta^{l+1} \\odot \\sigma'(z^l): one power alone on a side, that of another member or layer on the other."""
    alone = chain.children[0]
    if alone.kind != "^" or alone.children[0].kind != "name" or len(chain.children) != 2 or chain.value != "=":
        return set()
    first, step = alone.children[0].key, _step_of(alone.children[1])
    others = [
        (one.children[0].key, _step_of(one.children[1]))
        for one in chain.children[1].walk()
        if one.kind == "^" and one.children[0].kind == "name"
    ]
    stepped = [(key, own) for key, own in others if own is not None and step is not None and own[0] == step[0]]
    members = {key for key, own in stepped if own != step and key != first and letter_of(key) == letter_of(first)}
    layers = {key for key, own in stepped if own != step} if len({key for key, _ in stepped}) > 1 else set()
    if members:
        return {first, *members}
    return {first, *(key for key, _ in stepped)} if first in layers and first not in _bare(chain) else set()


def _step_of(exponent: Node) -> tuple[str, str] | None:
    """The letter and the number of n + 1 or n."""
    if exponent.kind == "name":
        return exponent.key, ""
    if exponent.kind == "+" and [one.kind for one in exponent.children] == ["name", "number"]:
        return exponent.children[0].key, exponent.children[1].value
    return None


_STEP = re.compile(r"\^\{([a-z])\+1\}")


def _bare(chain: Node) -> set[str]:
    """The names that stand somewhere without an exponent."""
    raised = {id(node.children[0]) for node in chain.walk() if node.kind == "^"}
    return {node.key for node in chain.walk() if node.kind == "name" and id(node) not in raised}


def doubt_about(
    context: Context,
    section: Section,
    formula: Formula,
    obligation: Obligation,
    sides: tuple[Node, ...],
    held: list[Doubt],
) -> str:
    """Why a witness against the obligation could be excluded by what the text says; empty if it could not."""
    if obligation.verdict is not None and not obligation.duties:
        return ""
    names = set[str]().union(*(side.names for side in sides))
    for claim in (*obligation.provable, *obligation.refutable, *obligation.duties):
        names |= {symbol.name for symbol in free_symbols(claim.statement) - set(obligation.bound)}
    given = {symbol.name for symbol in section.scope.function_definitions}  # these are what the text says
    for name in sorted(names - set(section.scope.inference.declared) - given):
        usual = name in _CONVENTIONAL_FUNCTIONS or _OF_A_RANDOM_VARIABLE.fullmatch(name)
        if usual or letter_of(name) in _OF_MATRICES:
            sort = section.scope.inference.sort(name)
            if isinstance(sort, Function) and (usual or any(map(is_square, sort.arguments))):
                return f"a usual meaning of {plain_name(name)}"
    undefined = sorted(
        symbol.name
        for claim in (*obligation.provable, *obligation.refutable)
        for symbol in free_symbols(claim.statement)
        if symbol.name not in section.scope.inference.declared
        and (
            _has_usual_meaning(symbol.name)
            or _is_usual_matrix(symbol)
            or _is_perhaps_identity(section, symbol)
            or _is_perhaps_conjugate(symbol, free_symbols(claim.statement))
            or (symbol.name == "I" and is_scalar(symbol.sort) and context.adds_identity)
        )
        and symbol not in obligation.resolved
        and symbol not in obligation.bound
    )
    if undefined:
        return f"a usual meaning of {undefined[0]}"
    with_slopes = [side for side in sides if "prime" in side.kinds]
    primed = next(
        (part for side in with_slopes for part in side.walk() if _is_perhaps_another(context, section, part)), None
    )
    if primed is not None:
        name = plain_name(primed.children[0].key)
        return f"{name}{primed.value}, which may be another {name} than the derivative,"
    several = sorted(name for name in names if section.scope.inference.has_several_meanings(name))
    if several:
        return f"{plain_name(several[0])}, which is used in several ways in this text,"
    if formula.start in section.scope.inference.lemmas - section.scope.inference.odd:
        return "what its letters stand for elsewhere"
    sized = sorted(name for name in names if section.scope.inference.family_key(name) in section.scope.inference.apart)
    if sized:
        return f"the size of {plain_name(sized[0])}, which differs in this text,"
    if (unsized := _of_unknown_size(section, obligation)) is not None:
        return f"the size of {plain_name(unsized)}, which nothing says,"
    if not context.document.claims and (constant := _of_integration(section, names)):
        return f"{plain_name(constant)}, which may be another constant in each line,"
    if not context.document.claims and (observed := given_with_error(section.scope, sides)):
        return f"the error with which {plain_name(observed)} is given"
    if not context.document.claims and (loose := _loosely_written(context, obligation)):
        return loose
    if not context.document.claims and (function := of_functional_equation(section, obligation, sides)) is not None:
        return f"what {plain_name(function)} is, of which nothing is said,"
    if not context.document.claims and (root := _perhaps_root(section, names)):
        return f"{plain_name(root)}, which may be a root of an equation above,"
    if not context.document.claims and (open_one := _of_open_value(context, section, formula, obligation)) is not None:
        return f"what {plain_name(open_one)} is, of which nothing is said,"
    guessed = sorted(names & section.scope.inference.uncertain())
    if guessed:
        return f"{plain_name(guessed[0])}, which may be a number or a matrix,"
    if (identity := _perhaps_identity(section, names)) is not None:
        return f"whether {plain_name(identity)} is the identity matrix"
    if not context.document.claims and (barred := _barred_capital(section, sides)) is not None:
        return f"{plain_name(barred)}, which may be a matrix or a set,"
    for claim in obligation.duties:  # x = r \\cos\\theta may say what r is, as well as what the angle is
        for symbol in sorted(free_symbols(claim.statement), key=lambda symbol: symbol.name):
            if is_scalar(symbol.sort) and symbol.name not in section.scope.inference.declared:
                return f"what the text says of {plain_name(symbol.name)}"
    for claim in (*obligation.provable, *obligation.refutable):
        if beyond := _beyond_column(section, claim.statement):
            return beyond
        reason = _doubt_about_family(section, claim.statement, obligation.bound)
        if reason:
            return reason
    hypotheses = [*section.hypotheses, *section.ahead]
    names -= {
        symbol.name for symbol in section.scope.supports
    }  # a density is known; what it is the density of is no part of it
    # How many terms a sum has ties nothing together.
    counted = frozenset[str]().union(*(letters_of_latex(one) for one in section.scope.inference.counted))
    letters = reached(names, [one.letters() - counted for one in hypotheses])
    linked = names.union(*({two.name for two in one.symbols()} for one in hypotheses if one.letters() & letters))
    given_here = section.given.keys() | {f"{one}(" for one in section.given}
    linked |= {f"{one}(" for one in linked if section.scope.inference.is_function(one)}
    horizon = _horizon(context, formula)
    for doubt in (*held, *section.doubts):
        if (
            doubt.measures
            or doubt.kind
            or (doubt.names and not (doubt.names & linked) - given_here)
            or (doubt.row and formula.start < doubt.start)
            or (doubt.best is not None and (doubt.best in obligation.resolved or doubt.best.name not in names))
            or doubt.best in section.scope.function_definitions
        ):
            continue
        if doubt.start <= horizon and doubt.touches(letters) and (doubt.end is None or formula.start < doubt.end):
            if only_narrows(doubt, (*obligation.refutable, *obligation.converse)):
                continue
            return doubt.reason
    if (member := _member_of_sequence(section, obligation)) is not None:
        return f"what the text says of all {plain_name(member)}"
    if (function := _open_function(context, section, formula, obligation, letters)) is not None:
        return f"what {plain_name(function)} is, of which nothing is said,"
    constraints = {
        part.body
        for one in obligation.resolved
        for part in children(section.scope.extrema[one])
        if isinstance(part, Lambda)
    }
    claimed = {symbol.name for claim in obligation.refutable for symbol in free_symbols(claim.statement)}
    inside = reached(claimed, [one.letters() for one in hypotheses])
    for hypothesis in hypotheses:
        if hypothesis.refuting and not hypothesis.letters() & inside:
            continue  # no part of what a witness is asked for
        if hypothesis.letters() & letters and hypothesis.term not in constraints:
            if not _is_in_scope(hypothesis, formula):
                if _leaves_a_range(hypothesis, obligation):
                    continue
                return f"the condition {plain(hypothesis.term)} of an earlier paragraph"
            term, unknown = hypothesis.unfolded(section.scope)
            if unknown:
                return f"the condition {plain(hypothesis.term)}, of which nothing is known,"
            if not _is_usable(hypothesis, formula) and any(
                term not in claim.hypotheses and section.scope.unfold(term, coordinates=True) not in claim.hypotheses
                for claim in (*obligation.refutable, *obligation.converse)
            ):
                return f"the condition {plain(hypothesis.term)}"
    return ""


def _leaves_a_range(hypothesis: Hypothesis, obligation: Obligation) -> bool:
    """Whether a condition that perhaps holds here leaves points at which the claim fails, if it fails at all: x > 0, \\cos x \\ne 0."""
    term = hypothesis.term
    if not (isinstance(term, Apply) and term.head in {"<", ">", "!="}):
        return False
    said = Doubt(hypothesis.letters(), "", 0, narrows=frozenset({"range"}))
    return only_narrows(said, (*obligation.refutable, *obligation.converse))


def kind_in_doubt(context: Context, section: Section, formula: Formula, obligation: Obligation) -> str:
    """What says that a letter which the claim takes for a number may be a matrix, an operator, a complex number, ...; empty if nothing does."""
    horizon = _horizon(context, formula)
    said = [one for one in section.doubts if one.kind and one.start <= horizon]
    inference = section.scope.inference
    numbers = {
        symbol.name
        for claim in (*obligation.provable, *obligation.refutable)
        for symbol in free_symbols(claim.statement)
        if is_scalar(symbol.sort) and symbol.sort != INTEGER and symbol.name not in inference.declared
    }
    functions = {
        symbol.name
        for claim in (*obligation.provable, *obligation.refutable)
        for symbol in free_symbols(claim.statement)
        if isinstance(symbol.sort, Function)
    }
    functions |= {letter_of(one) for one in functions if "\\cdot" in one}  # p of p_{ij}
    for other in context.sections.values() if numbers else ():
        for name in sorted(numbers):
            if name[:1].isupper() and isinstance(other.scope.inference.declared.get(name), Matrix):
                return f"{plain_name(name)}, which is a matrix under another heading,"
    for doubt in said:
        if doubt.values:
            if doubt.letters is not None and functions & doubt.letters:
                return doubt.reason
        elif doubt.complex:
            if _fails_perhaps_for_complex(section, obligation, doubt):
                return doubt.reason
        elif numbers & doubt.letters if doubt.letters is not None else any(one[:1].isupper() for one in numbers):
            return doubt.reason
    return ""


_OF_RINGS = frozenset({"=", "+", "*", "/", "^", "negate", "apply", "transpose", "inverse", "trace", "det"})


def _fails_perhaps_for_complex(section: Section, obligation: Obligation, doubt: Doubt) -> bool:
    """Whether a claim speaks of letters that may be complex, and does not follow from the laws of rings alone: of an order, of an absolute value, by a hypothesis."""
    declared = section.scope.inference.declared
    for claim in (*obligation.provable, *obligation.refutable):
        symbols = {
            one
            for one in free_symbols(claim.statement)
            if one.sort != INTEGER and one.name not in declared and (doubt.letters is None or one.name in doubt.letters)
        }
        real = (one for one in claim.hypotheses if isinstance(one, Apply) and one.head in ORDERS)
        symbols -= {side for one in real for side in one.arguments if isinstance(side, Symbol)}
        if not symbols:
            continue
        used = [one for one in claim.hypotheses if free_symbols(one) & symbols]
        heads = {part.head for one in (claim.statement, *used) for part in subterms(one) if isinstance(part, Apply)}
        if not heads <= _OF_RINGS:
            return True
        powers = [part for one in used for part in subterms(one) if isinstance(part, Apply) and part.head == "^"]
        if len(powers) > 1:  # from a^2 + b^2 = 0 follows more of real numbers
            return True
    return False


_OF_VECTORS = re.compile(r"\b(?:vectors?|cross\s+products?)\b|벡터|외적|\\vec|\\mathbf", re.IGNORECASE)


def of_vectors(context: Context, section: Section, sides: Iterable[Node]) -> str:
    """A cross of letters, in a text that speaks of vectors; empty if there is none."""
    declared = section.scope.inference.declared
    for side in sides:
        for node in side.walk():
            if node.kind == "dot" and node.value == "\\times":
                names = [one.key for one in node.children if one.kind == "name" and one.key not in declared]
                if len(names) > 1 and (word := _OF_VECTORS.search(context.document.text)) is not None:
                    return f"'{word.group()}' in {context.document.place(word.start())}"
    return ""


def in_ranges(context: Context, section: Section, formula: Formula, obligation: Obligation) -> list[tuple[str, Claim]]:
    """Where a letter is only described by a noun - a radius, a rate, a probability - a sign or a range may be meant: the words, and the claims that must fail
    too, which ask for witnesses with the letter between 0 and 1, and above 1."""
    horizon = _horizon(context, formula)
    said = [one for one in section.doubts if one.measures and one.start <= horizon]
    found: list[tuple[str, Claim]] = []
    for claim in obligation.refutable:  # the text may begin its sums later
        counts = sorted(
            one.name
            for one in free_symbols(claim.statement)
            if one.name in section.scope.inference.counted & section.scope.inference.uses.indices
        )
        if counts:
            more = tuple(Apply(">=", (Symbol(one, INTEGER), Number(3))) for one in counts)
            found.append(
                (
                    f"the range of the index {plain_name(counts[0])}",
                    replace(claim, hypotheses=(*claim.hypotheses, *more)),
                )
            )
    for claim in obligation.refutable if said else ():
        below: list[Term] = []
        above: list[Term] = []
        reason = ""
        for symbol in sorted(free_symbols(claim.statement), key=lambda symbol: symbol.name):
            if not is_scalar(symbol.sort) or symbol.sort == INTEGER or symbol.name in section.scope.inference.declared:
                continue
            touching = [one for one in said if one.touches(letters_of_latex(symbol.name))]
            asked = next((one for one in touching if one.measures and not only_narrows(one, (claim,))), None)
            if asked is not None:
                below += range_asked_for(asked, symbol)
                above.append(Apply(">", (symbol, ONE)))
                reason = reason or asked.reason
        found += [(reason, replace(claim, hypotheses=(*claim.hypotheses, *more))) for more in (below, above) if more]
    return found


def within_ranges(context: Context, section: Section, formula: Formula, obligation: Obligation) -> Claim | None:
    """The claim where its numbers lie in the ranges that words may mean which leave points at which it fails: where a witness is to be shown."""
    horizon = _horizon(context, formula)
    said = [
        one
        for one in section.doubts
        if (one.measures or not one.narrows <= {"no value", "constant"}) and not one.kind and one.start <= horizon
    ]
    for claim in obligation.refutable[:1]:
        more: list[Term] = []
        for symbol in sorted(free_symbols(claim.statement), key=lambda symbol: symbol.name):
            touching = [one for one in said if one.touches(letters_of_latex(symbol.name))]
            if touching and symbol.sort == REAL and symbol.name not in section.scope.inference.declared:
                more += range_asked_for(next((one for one in touching if one.narrows), touching[0]), symbol)
        if more:
            return replace(claim, hypotheses=(*claim.hypotheses, *more))
    return None


_CONSTANT = re.compile(r"C(?:_\{?\d+\}?)?")


def _of_integration(section: Section, names: set[str]) -> str:
    """C in y = C e^{kt} behind \\ln y = kt + C: what is supposed has it as a summand. Empty if there is none."""
    for hypothesis in section.hypotheses:
        term = hypothesis.term
        if isinstance(term, Apply) and term.head == "=" and is_scalar(sort_of(term.arguments[0])):
            for one in (one for side in term.arguments for one in lone_summands(side)):
                if isinstance(one, Symbol) and one.name in names and _CONSTANT.fullmatch(one.name):
                    return one.name
    return ""


def _barred_capital(section: Section, sides: Iterable[Node]) -> str | None:
    """A capital letter between bars that nothing says is a number: |A| may be a determinant or a number of elements, and so may |J(x)| and |H(x)|."""
    inference = section.scope.inference
    functions = {one.name for one in section.scope.function_definitions}
    for side in sides:
        for bars in (part for part in side.walk() if part.kind == "abs"):
            for part in bars.walk():
                jacobian = (
                    letter_of(part.key) in {"J", "H"} and inference.is_function(part.key) and part.key not in functions
                )
                if (
                    part.kind == "name"
                    and is_capital(part.key)
                    and (jacobian or is_scalar(inference.sort(part.key)))
                    and part.key not in inference.declared
                    and section.scope.symbol(part.key) not in section.scope.definitions
                ):
                    return part.key
    return None


_PSEUDOINVERSE_WORDS = re.compile(r"pseudo|penrose|generali[sz]ed inverse", re.IGNORECASE)


def _loosely_written(context: Context, obligation: Obligation) -> str:
    """What texts write for several things: the norms of matrices called 1, 2 and \\infty may be taken over all entries, and A^+ may be the next A."""
    for claim in (*obligation.provable, *obligation.refutable):
        for part in subterms(claim.statement):
            if not isinstance(part, Apply):
                continue
            inside = sort_of(part.arguments[0]) if part.head in _NORMS else None
            if isinstance(inside, Matrix) and 1 not in {inside.rows, inside.columns}:
                return f"the meaning of {plain(part)}, of which there are several,"
            if part.head == "pseudoinverse" and not _PSEUDOINVERSE_WORDS.search(context.document.text):
                return f"the meaning of {plain(part)}"
    return ""


def of_functional_equation(section: Section, obligation: Obligation, sides: tuple[Node, ...]) -> str | None:
    """A function of which nothing is said but how its values at several places hang together, or its values and slopes: f(x + y) = f(x) + f(y), f'(x) = 2 f(x) may say
    what f is."""
    terms = [part for one in (*obligation.provable, *obligation.refutable) for part in subterms(one.statement)]
    heads = {part.head for part in terms if isinstance(part, Apply)}
    slopes = [part.children[0] for side in sides for part in side.walk() if part.kind == "derivative"]
    if heads & {"derivative", "gradient", "approx"} or any(one.kind not in {"name", "call"} for one in slopes):
        return None
    places: dict[str, set[Term | tuple[Term, ...]]] = {}
    for part in terms:
        function = part.arguments[0] if isinstance(part, Apply) and part.head in {"apply", "partial"} else None
        if isinstance(part, Apply) and isinstance(function, Symbol) and not _is_family(function):
            places.setdefault(function.name, set()).add(part.arguments[1:])
    if "partial" in heads and (len(places) > 1 or heads & ORDERS):
        return None
    if "partial" in heads and "apply" not in heads and not _of_several_slopes(sides):
        return None
    known = section.scope.inference.declared
    return next((name for name, found in places.items() if len(found) > 1 and name not in known), None)


def _perhaps_root(section: Section, names: set[str]) -> str:
    """x_1 of x_1 x_2 = c/a below a x^2 + b x + c = 0, E_+ below E_\\pm = A \\pm B: a member that nothing defines of a letter with several values. Empty if there is none."""
    scope = section.scope
    known = scope.inference.declared.keys() | {one.name for one in scope.definitions}
    unknowns = {
        one.name
        for hypothesis in section.hypotheses
        if isinstance(hypothesis.term, Apply) and hypothesis.term.head in {"=", "or"}
        for one in hypothesis.symbols()
    } | {base_of(name) for name in section.seen if subscript_of(name) in {"\\pm", "1,2", "1, 2"}}
    members = sorted(one for one in names - known if subscript_of(one) in _ROOTS and base_of(one) in unknowns)
    return members[0] if members else ""


_ROOTS = frozenset({"1", "2", "3", "+", "-", "\\pm", "1,2", "1, 2"})


def _of_several_slopes(sides: tuple[Node, ...]) -> bool:
    """u_t = k u_{xx}: one derivative on each side, by other letters or of another order."""
    by = [
        {tuple(sorted(part.key for part in one.children[1:])) for one in side.walk() if one.kind == "derivative"}
        for side in sides
    ]
    return all(len(one) == 1 for one in by) and by[0] != by[1]


def _of_open_value(context: Context, section: Section, formula: Formula, obligation: Obligation) -> str | None:
    """A function that nothing introduces, whose value or slope an equation ties to where it is taken: f(x) e^{f(x)} = x, f(\\cos x) = \\cos 2x, F'(x) = f(x), f(n) >= n. It may
    say what the function is, also behind "hence": authors have a certain one in mind."""
    known = {*section.scope.inference.declared, *section.introduced}
    for claim in obligation.refutable:
        terms = [part for part in subterms(claim.statement) if isinstance(part, Apply)]
        if (
            claim.constants
            or claim.statement not in terms
            or terms[0].head not in {"=", *ORDERS}
            or _BINDS & {one.head for one in terms}
        ):
            continue
        outside = _outside_of_values(claim.statement)
        for part in terms:
            function = part.arguments[0] if part.head in {"apply", "partial"} else None
            if not isinstance(function, Symbol) or function.name in known or _is_family(function):
                continue
            places = part.arguments[1:] if part.head == "apply" else part.arguments[2:]
            tied = bool(outside & frozenset[Symbol]().union(*map(free_symbols, places)))
            if part.head == "partial":
                sides = terms[0].arguments
                tied = terms[0].head == "=" and any(
                    part == side and function not in free_symbols(other) for side, other in (sides, sides[::-1])
                )
            elif any(one.head == "partial" for one in terms):
                tied = False
            if tied and not is_defined_below(context, formula, function.name):
                return function.name
    return None


_BINDS = frozenset({"integral", "limit", "sum", "product", "derivative", "gradient", "approx"})


def _outside_of_values(term: Term) -> frozenset[Symbol]:
    """The symbols of a term that stand outside of the arguments of open functions."""
    if not isinstance(term, Apply):
        return free_symbols(term)
    if term.head in {"apply", "partial"}:
        return frozenset()
    return frozenset[Symbol]().union(*map(_outside_of_values, term.arguments))


def _member_of_sequence(section: Section, obligation: Obligation) -> str | None:
    """a_5 = 11, where a_n is given by a formula: the formula holds of it too."""
    general = {base_of(name) for name in section.bound if subscript_of(name)[:1].isalpha()}
    for claim in obligation.refutable:
        for said in (claim.statement, *claim.hypotheses):
            for symbol in sorted(free_symbols(said), key=lambda one: one.name):
                numbered = subscript_of(symbol.name).isdigit() and base_of(symbol.name) in general
                if numbered and is_scalar(symbol.sort) and symbol not in section.scope.definitions:
                    return symbol.name
    return None


def is_defined_below(context: Context, formula: Formula, name: str) -> bool:
    """Whether a later formula of the section gives a function or matrix its value."""
    for other in context.formulas[context.index_of.get(formula.start, 0) + 1 :]:
        if other.section != formula.section:
            break
        for part in other.parts:
            if isinstance(part, Statement) and part.node.kind == "chain" and part.node.value.startswith("="):
                side = part.node.children[0]
                if (side.children[0] if side.kind == "call" else side).key == name:
                    return True
    return False


def _open_function(
    context: Context, section: Section, formula: Formula, obligation: Obligation, letters: frozenset[str]
) -> str | None:
    """A function of a condition that the text defines below, or of which a condition gives the value at any place: "when f(x) = x^2"."""
    claimed = {symbol for claim in obligation.refutable for symbol in free_symbols(claim.statement)}
    known = {*section.scope.inference.declared, *(one.name for one in section.scope.function_definitions)}
    for hypothesis in section.hypotheses:
        if hypothesis.refuting or not hypothesis.letters() & letters or not _is_in_scope(hypothesis, formula):
            continue
        for part in subterms(hypothesis.term):
            if not isinstance(part, Apply) or part.head != "apply":
                continue
            function, *places = part.arguments
            if not isinstance(function, Symbol) or function.name in known or _is_family(function):
                continue
            of_all = hypothesis.sentence != 0 and all(isinstance(one, Symbol) for one in places)
            if function not in claimed and is_defined_below(context, formula, function.name):
                return function.name
            if function in claimed and of_all and _is_equation_for(hypothesis.term, part):
                return function.name
    return None


def _is_equation_for(term: Term, part: Term) -> bool:
    return isinstance(term, Apply) and term.head == "=" and part in term.arguments


_NORMS = frozenset({"norm_one", "norm_spectral", "norm_infinity"})


def _of_unknown_size(section: Section, obligation: Obligation) -> str | None:
    """A vector or matrix of which entries are written, while nothing says how many there are; or an identity, or a matrix of ones or
    zeros, beside nothing of its size."""
    declared = section.scope.inference.declared
    for claim in (*obligation.provable, *obligation.refutable):
        known = {*declared, *_sizes_of_symbols(claim.statement)}
        for part in subterms(claim.statement):
            if isinstance(part, Constant) and isinstance(part.sort, Matrix):
                sizes = (part.sort.rows, part.sort.columns)
                if any(size not in known and not known.issuperset(letters_of(size)) for size in sizes):
                    return plain(part)
                continue
            if isinstance(part, Apply) and part.head == "det":  # \\det(2 A) = 8 \\det A, for matrices with three rows
                open_ones = sorted(
                    one.name for one in free_symbols(part) if isinstance(one.sort, Matrix) and one.name not in declared
                )
                scaled = any(isinstance(one, Number) for one in subterms(part))
                if open_ones and scaled:
                    return open_ones[0]
            if not isinstance(part, Apply) or part.head not in {"component", "entry"}:
                continue
            whole, *positions = part.arguments
            if not isinstance(whole, Symbol) or whole.name in declared or not isinstance(whole.sort, Matrix):
                continue
            sort = whole.sort
            sizes = (sort.rows, sort.columns)
            if not all(isinstance(one, Number) for one in positions):
                return whole.name
            if any(isinstance(size, str) and size not in declared for size in sizes):
                return whole.name
    return None


def _sizes_of_symbols(statement: Term) -> set[Size]:
    sorts: list[Sort] = []
    for symbol in free_symbols(statement):
        sorts += [*symbol.sort.arguments, symbol.sort.result] if isinstance(symbol.sort, Function) else [symbol.sort]
    return {size for sort in sorts if isinstance(sort, Matrix) for size in (sort.rows, sort.columns)}


def _perhaps_identity(section: Section, names: Iterable[str]) -> str | None:
    """I_n beside other capitals, where it is read as a number and nothing says that it is one."""
    inference = section.scope.inference
    said = inference.uses.scalars | inference.uses.numbers | inference.uses.assigned | inference.declared.keys()
    capitals = sorted(name for name in names if is_capital(name))
    if all(letter_of(name) == "I" for name in capitals):
        return None
    return next(
        (
            name
            for name in capitals
            if re.fullmatch(r"I_\{[A-Za-z]\}", name) and name not in said and is_scalar(inference.sort(name))
        ),
        None,
    )


def _beyond_column(section: Section, statement: Term) -> str:
    """A name or a number that a column with entries of its own numbers does not have: x_2 beside x = [x_0; x_1], and \\sum_{k=1}^2 x_k."""
    for key, numbering in section.scope.inference.uses.numberings.items():
        whole = f", which no entry of {plain_name(key)} has as they are named,"
        for symbol in sorted(free_symbols(statement), key=lambda one: one.name):
            own = next((one.indices for one in ways(symbol.name) if one.template == numbering.template), ())
            if any(index.isdecimal() and not numbering.has(int(index)) for index in own):
                return f"{plain_name(symbol.name)}{whole}"
        for part in subterms(statement):
            places: tuple[Term, ...] = ()
            if not isinstance(part, Apply):
                continue
            if part.head in {"sum", "product"} and any(
                part.arguments[1] in one.arguments[1:] for one in _members(part.arguments[0], numbering.template)
            ):
                places = part.arguments[2:]
            elif _is_of(part, numbering.template):
                places = tuple(one for one in part.arguments[1:] if isinstance(one, Number))
            for place in places:
                if isinstance(place, Number) and not numbering.has(int(place.value)):
                    return f"the index {plain(place)}{whole}"
                if not isinstance(place, Number) and numbering.closed:
                    return f"which entries of {plain_name(key)} are meant"
    return ""


def _members(term: Term, template: str) -> Iterator[Apply]:
    """The members of a family in a term."""
    return (part for part in subterms(term) if isinstance(part, Apply) and _is_of(part, template))


def _is_of(part: Apply, template: str) -> bool:
    return part.head == "apply" and isinstance(part.arguments[0], Symbol) and part.arguments[0].name == template


def _doubt_about_family(section: Section, statement: Term, bound: tuple[Symbol, ...]) -> str:
    """What the text leaves unsaid of an indexed family: how \\bar x, \\mathbf x or a sum's name hang together with the x_i, what all members are,
    and which integers an index runs over."""
    inference = section.scope.inference
    free = sorted(free_symbols(statement), key=lambda symbol: symbol.name)
    open_symbols = [symbol for symbol in free if symbol.name not in inference.declared and symbol not in bound]
    families = [symbol for symbol in free if _is_family(symbol)]
    for symbol in open_symbols:
        if (
            symbol.name in inference.uses.indices
            and is_scalar(symbol.sort)
            and not _only_counts(section, statement, symbol)
        ):
            return f"the range of the index {plain_name(symbol.name)}"
    if not families:
        return ""
    assigned = {inference.family_key(key) for key in inference.uses.assigned}
    if _is_of_numbers(statement, families):  # \\sigma_2^2 = \\sigma_{22}^2, where \\sigma_i^2 = \\sigma_{ii}^2
        assigned |= {inference.family_key(key) for key in inference.uses.general}
    letters = {letter_of(symbol.name).lower() for symbol in families}
    for symbol in open_symbols:
        if symbol in families:
            if symbol.name in assigned:
                return f"what the text says of all {plain_name(symbol.name)}"
        elif letter_of(symbol.name).lower() in letters or not (
            is_scalar(symbol.sort) or isinstance(symbol.sort, Function)
        ):
            return f"how {plain_name(symbol.name)} is made of the members of a family"
    if isinstance(statement, Apply) and statement.head == "=":
        for side, other in (statement.arguments, statement.arguments[::-1]):
            own = free_symbols(side)
            if len(own) == 1 and not own & free_symbols(other) and own & set(open_symbols) and not own & set(families):
                return f"what {plain(side)} stands for"
    return ""


def _is_of_numbers(statement: Term, families: list[Symbol]) -> bool:
    """Whether all members in a statement have numbers for their indices."""
    return all(
        isinstance(index, Number)
        for part in subterms(statement)
        if isinstance(part, Apply) and part.head == "apply" and part.arguments[0] in families
        for index in part.arguments[1:]
    )


def _only_counts(section: Section, statement: Term, symbol: Symbol) -> bool:
    """Whether a letter is the number of terms of a sum, and no index of a member here: n of \\sum_{i=1}^n y_i, not of y_n."""
    return symbol.name in section.scope.inference.counted and not any(
        symbol in free_symbols(index)
        for part in subterms(statement)
        if isinstance(part, Apply) and part.head == "apply"
        for index in part.arguments[1:]
    )


def _is_family(symbol: Symbol) -> bool:
    return isinstance(symbol.sort, Function) and all(sort == INTEGER for sort in symbol.sort.arguments)


def _has_usual_meaning(name: str) -> bool:
    """A word or a letter in upright type (an operator, perhaps), or a letter with a mark (a conjugate, an optimum, a derivative): what it stands for may be said elsewhere."""
    base = base_of(name)
    if name.endswith("'") or not _DERIVATIVE_ACCENTS.isdisjoint(fonts_of(name)):
        return True
    mark = marks_of(name)
    return (mark != "" and mark[2] not in "([<") or base.startswith("\\mathrm{")


def _is_perhaps_conjugate(symbol: Symbol, beside: Iterable[Symbol]) -> bool:
    """\\bar z beside z."""
    barred = not _CONJUGATES.isdisjoint(fonts_of(symbol.name))
    return barred and any(
        one != symbol
        and is_scalar(one.sort)
        and letter_of(one.name) == letter_of(symbol.name)
        and not fonts_of(one.name)
        for one in beside
    )


def _is_usual_matrix(symbol: Symbol) -> bool:
    """\\Sigma and \\Lambda, which texts mostly mean to be symmetric and diagonal."""
    return isinstance(symbol.sort, Matrix) and letter_of(symbol.name) in {"\\Sigma", "\\Lambda"}


def _is_perhaps_identity(section: Section, symbol: Symbol) -> bool:
    """I as a number, where matrices are declared."""
    declared = section.scope.inference.declared.values()
    return (
        symbol.name == "I"
        and is_scalar(symbol.sort)
        and any(isinstance(sort, Matrix) and 1 not in {sort.rows, sort.columns} for sort in declared)
    )


def _horizon(context: Context, formula: Formula) -> int:
    """How far the text that may speak of a formula reaches: its paragraph, and for a display the next one too, and no list item or heading behind it."""
    end = formula.end
    for _ in range(2 if formula.display else 1):
        match = _BLANK_LINE.search(context.document.text, end)
        if match is None:
            return len(context.document.text)
        end = match.end()
        if _NEXT_ITEM.match(context.document.text, end):
            return match.start()
    return end


_NEXT_ITEM = re.compile(
    r"[ \t]*(?:(?:[-*+>]|\d+[.)]|#{1,6})[ \t]|(?:so|hence|thus|therefore|then)\b|따라서|그러므로|그러면)", re.IGNORECASE
)


MAXIMUM_AHEAD = 100  # statements of a sentence that are looked at behind a claim


def look_ahead(context: Context, section: Section, formula: Formula, statement: Statement) -> list[Doubt]:
    """Conditions that the same sentence states after the claim: `x/x = 1 for x \\ne 0`. What cannot be used is a doubt."""
    if context.document.claims or statement.mark in CONDITION_MARKS:
        return []
    held: list[Doubt] = []
    if statement.starts_with_relation or statement.connector:  # what follows from a claim is said under its condition
        section.ahead += [
            Hypothesis(one.term, "ahead")
            for one in section.hypotheses
            if one.behind and one.sentence == formula.sentence and one.paragraph == formula.paragraph
        ]
    if statement.starts_with_relation:
        before = [part for part in formula.parts if isinstance(part, Statement) and part.start < statement.start]
        for claim, remark in pairwise(before):
            if _set_apart(context, claim, remark):
                held += _ask_of_witness(section, formula, remark)
    held += [Doubt(None, said, formula.section) for said in words_beside(context, formula, statement)]
    held += _where_it_holds(context, formula)
    if said := _doubt_of_premise(section, formula, statement):
        held.append(Doubt(None, said, formula.section))
    if said := _condition_said_again(context, formula, statement):
        held.append(Doubt(None, f"'{said}', which it says again,", formula.section))
    last = statement
    met = passed = False  # a condition; another claim
    under = any(
        part.mark in CONDITION_MARKS
        and part.node.kind == "chain"
        and not follows_claim(context, context.formula_at(part.start), part)
        for part in earlier_statements(context, formula, statement)
    )
    behind = later_statements(context, formula, statement, MAXIMUM_AHEAD + 1)
    if len(behind) > MAXIMUM_AHEAD:
        held.append(Doubt(None, f"'{behind.pop().latex}', far behind it in its sentence,", formula.section))
    for index, later in enumerate(behind):
        if later.mark == "not" and later.node.kind == "chain":  # unless 0 < x < 1
            held.append(Doubt(None, f"'{later.latex}', which is excepted,", formula.section))
            continue
        conditional = later.mark in CONDITION_MARKS or is_condition_behind(context, last, later)
        if is_open_condition(later) and not (met and passed):
            held.append(Doubt(None, f"'{_with_words(context, later)}', which is not understood,", formula.section))
            continue
        if conditional and last.mark not in CONDITION_MARKS | DEFINITION_MARKS:
            # Then its condition is one of what follows: A, and if x > 0, B; for x < 1 A, for x > 0 B.
            more = under and any(not one.mark and one.node.kind == "chain" for one in behind[index + 1 :])
            passed = passed or more or _begins_case(context, last, later.start)
        last = later
        if later.node.kind in _CLAIMS and not (later.mark or later.connector or later.starts_with_relation):
            passed = passed or not _set_apart(context, statement, later)
        if conditional and met and passed:
            continue  # of the other claim
        met = met or conditional
        if not conditional and _set_apart(context, statement, later):
            held += _ask_of_witness(section, formula, later)
            continue
        if later.mark == "since" and later.node.kind == "chain":
            held += _ask_of_witness(section, formula, later)
            continue
        defines = later.node.value == "=" and (later.mark in DEFINITION_MARKS or _defines_a_function(later.node))
        if (not conditional and later.mark not in DEFINITION_MARKS) or later.node.kind != "chain":
            if (
                later.node.kind == "chain"
                and later.start >= formula.end
                and (_bounds_a_letter(later.node) or _says_what_one_is(section, later.node))
            ):
                held += _ask_of_witness(section, formula, later)  # (note that x > 0); recall that x > 0; on x > 0
            continue
        lone = [name[0] for child in later.node.children if (name := lone_name(child)) is not None]
        if defines and any(section.scope.component_names(key) is not None for key in lone):
            continue  # names the components of a vector
        place = Doubt(letters_of_latex(later.latex), f"'{later.latex}', said after it", formula.section)
        words = set(later.node.value.split())
        moved = {f"{DIFFERENTIAL}{key}" for key in later.node.names}  # dz = .. for z = x y
        if defines or moved & statement.node.names or not words <= {"=", "!=", "<", "<=", ">", ">="}:
            held.append(place)
            continue
        try:
            term = Builder(section.scope).formula(later.node)
            sort_of(term)
            section.ahead.append(Hypothesis(section.scope.unfold(term), "ahead", refuting=conditional and passed))
        except (UnreadError, IllSorted):
            held.append(place)
    return held


_AGAIN = re.compile(
    r"[\s$,;(]*(?:that\s+is|i\.\s?e\.|(?:or\s+)?equivalently|in\s+other\s+words|which\s+(?:means|says)(?:\s+that)?|즉|곧|다시\s*말해)[\s,:$(]*",
    re.IGNORECASE,
)


def _condition_said_again(context: Context, formula: Formula, statement: Statement) -> str:
    """The condition that a relation is another form of: converges iff |1 - \\eta a| < 1, that is 0 < \\eta < 2/a. What letters usually are is left unsaid."""
    before = earlier_statements(context, formula, statement)
    if not before or before[-1].mark not in {"if", "when", "for"} or statement is not formula.parts[0]:
        return ""
    return " ".join(before[-1].latex.split()) if _AGAIN.fullmatch(context.words_before(formula)) else ""


_ON = re.compile(
    r"\b(?:on|over|within|inside|throughout|in|for)(?:\s+the)?(?:\s+(?:interval|region|set|range))?[\s$]*$|구간[\s$]*$",
    re.IGNORECASE,
)
_WHERE_KOREAN = re.compile(r"[\s$]*(?:에서|위에서|안에서|에서만|일 때)")


def _where_it_holds(context: Context, formula: Formula) -> list[Doubt]:
    """`\\arcsin(\\sin x) = x` on `[-\\pi/2, \\pi/2]`: an interval or set in the same sentence, of which words say that something holds on it."""
    index = context.index_of.get(formula.start)
    if index is None:
        return []
    text = context.document.text
    found: list[Doubt] = []
    for place in (index - 1, index + 1):
        if not 0 <= place < len(context.formulas) or context.formulas[place].sentence != formula.sentence:
            continue
        other = context.formulas[place]
        kinds = [part.node.kind if isinstance(part, Statement) else "" for part in other.parts]
        if (
            kinds
            and all(kind in _SETS or not kind for kind in kinds)
            and (
                _ON.search(text[max(0, other.start - 40) : other.start])
                or _WHERE_KOREAN.match(text[other.end : other.end + 12])
            )
        ):
            where = f"'{' '.join(other.latex.split())}' in {context.document.place(other.start)}"
            found.append(Doubt(None, where, formula.section))
    return found


def _with_words(context: Context, part: Statement) -> str:
    """A condition with the word that introduces it, as the author has it: on P."""
    words = _WORDS_BESIDE.findall(context.document.text, max(0, part.start - 40), part.start)
    return f"{words[-1].strip() if words else part.mark} {part.latex}"


_SETS = frozenset({"interval", "list", "tuple", "set", "matrix"})


def is_open_condition(statement: Statement) -> bool:
    """Whether words make a condition of what is no relation: `if H_0`. "For all x" only says of what something is said."""
    node = statement.node
    if node.kind in _CLAIMS | {"forall", "exists"} or statement.mark not in CONDITION_MARKS:
        return False
    names = node.children if node.kind == "sequence" else (node,)
    return statement.mark != "for" or not all(one.kind in {"name", "ellipsis", "number"} for one in names)


# Words of a reason, which restrict nothing.
_HARMLESS = re.compile(
    r"[\W\d]*(?:[a-z]?[\W\d]*$|(?:by|using|from|since|because|see|via|recall|note|as\s+(?:desired|required|claimed|before|above)|apply\w*|substitut\w+|simplif\w+|"
    r"expand\w*|collect\w*|factor\w*|combin\w+|rearrang\w+|cancel\w*|complet\w+|defin\w+|def|definition|the|a|an|given|real|fixed|arbitrary|chain|product|quotient|power|sum|linear\w*|bilinear\w*|"
    r"tak(?:e|ing)|add\w*|subtract\w*|multipl\w+|divid\w+|integrat\w+|differentiat\w+|eqs?|equation|step|line|and|or|which|this|that|is|so|hence|thus|then|therefore|"
    r"q\.?e\.?d|thm|theorem|lemma|prop\w*|cor|corollary|induct\w*|triangle|cauchy\w*|jensen\w*|h[oö]lder\w*|young\w*|constants?|const|we\s+(?:get|have|obtain)|i\.?e|"
    r"algebra|answers?|solutions?|results?|proof|trivial\w*|obvious\w*|clear\w*|similar\w*|likewise|again|where|with)(?![a-z])|\S*\s*(?:rule|law|identity|inequality|formula|theorem|lemma|definition|expansion|"
    r"property|symmetry|linearity|commutativity|associativity|distributivity)\b|(?:정의|연쇄|곱|미분|적분|전개|정리|대입|양변|공식|법칙|선형성|귀납|식)|(?:이다|입니다|이고|이며|(?:이|가)?\s*된다)\s*$|[가-힣]*(?:에 의해|이므로|므로|때문))",
    re.IGNORECASE,
)
_WORDS_BESIDE = re.compile(
    r"(?:\\(?:text(?:rm|it|bf|sf|sc|tt)?|mbox|mathrm)\s*\{|(?<![가-힣{]))((?:(?<=\{)[^{}]*[^{}\W\d_][^{}]*(?=\})|(?<!\{)[가-힣][가-힣 ]*))"
)


def words_beside(context: Context, formula: Formula, statement: Statement) -> list[str]:
    """Words in the row of a statement that may restrict it and are not understood: `|x| = x \\text{ on } P`."""
    ends = [part.end for part in formula.parts if part.end <= statement.start]
    before = context.document.text[max(ends, default=formula.start) : statement.start]
    own = _ROW.split(before)[-1] if not ends or len(_ROW.split(before)) > 1 else ""
    found = condition_in_words(context, formula, statement)
    unclear = [f"'{found}', which is not understood,"] if found else []
    return list(dict.fromkeys((*words_behind(context, formula, statement), *_not_understood(own), *unclear)))


def words_behind(context: Context, formula: Formula, statement: Statement) -> list[str]:
    """Those of them that stand behind it: `a = b \\text{ in distribution}`."""
    return _not_understood(_rest_of_row(context, formula, statement))


def _beside(formula: Formula, statement: Statement) -> tuple[Statement | Unread | None, Statement | Unread | None]:
    """The parts of a formula before and behind one of them."""
    parts = (None, *formula.parts, None)
    return next(
        (parts[place], parts[place + 2]) for place, part in enumerate(formula.parts) if part.start == statement.start
    )


def _doubt_of_premise(section: Section, formula: Formula, statement: Statement) -> str:
    """Why the premise before an arrow may not be only what it says at one point; empty if nothing shows it. R_0 > 1 \\iff \\beta > \\gamma: of letters that
    nothing ties to those of the statement, so that only the text says what they have to do with each other."""
    if statement.connector not in {"implies", "iff"}:
        return ""
    before, _ = _beside(formula, statement)
    if not isinstance(before, Statement) or not _is_relation(before):
        return ""
    here, there = statement.node.names, before.node.names
    tied = any(section.scope.symbol(name) in section.scope.definitions for name in here | there)
    if here and there and not (here & there or tied):
        return f"'{before.latex}', with which it has no letter in common,"
    given = (*section.scope.function_definitions, *section.scope.definitions)
    known = {key for one in given for key in (one.name, base_of(one.name))}
    if unknown := sorted(put_in(before.node) - here - known):
        return f"what {plain_name(unknown[0])} is in '{before.latex}'"
    if holds_elsewhere(before.node, statement.node, known):
        return f"'{before.latex}', which may be meant for all values,"
    return ""


def condition_in_words(context: Context, formula: Formula, statement: Statement) -> str:
    """A condition beside a statement in its row that words name, or of which the other side of an arrow is not understood; empty if there is none."""
    if tag := _condition_in_a_tag(context, formula, statement):
        return tag
    before, behind = _beside(formula, statement)
    if before is not None and statement.connector in {"implies", "iff"}:
        if not _is_relation(before):
            return before.latex
        if isinstance(before, Statement) and (first := _premise_in_words(context, formula, before)):
            return first
    text = context.document.text
    ahead = _ROW.split(text[before.end if before is not None else formula.start : statement.start])
    if before is None or len(ahead) > 1:
        for match in _WORDS_BESIDE.finditer(ahead[-1]):
            words = match.group(1).strip()
            label = words.endswith((":", "：")) and not _HARMLESS.match(words)  # old: a = 1
            if (label or is_condition_in_words(words)) and word_inside(words) is None:
                return words.strip(" ,:：")
    over = next((one for one in statement.reasons if one and not _is_reason(one)), "")
    if over:
        return over
    rest = _rest_of_row(context, formula, statement)
    if isinstance(behind, Unread) and _introduces_condition(rest):  # L = 0 if correct
        return behind.latex
    if isinstance(before, Unread) and _introduces_condition(text[formula.start : before.start]):
        return before.latex
    if _is_relation(behind) and len(rest) == (behind.start if behind is not None else 0) - statement.end:
        own = (one.group(1).strip() for one in _WORDS_BESIDE.finditer(rest))  # others are what introduces the next
        return next((one for one in own if _GOES_ON.search(one) and is_condition_in_words(one)), "")
    arrow = _ARROW_BESIDE.search(rest)
    if arrow is not None:
        return rest[arrow.end() :].strip() or (behind.latex if behind is not None else "")
    return next(
        (one.group(1).strip() for one in _WORDS_BESIDE.finditer(rest) if is_condition_in_words(one.group(1))), ""
    )


def _premise_in_words(context: Context, formula: Formula, statement: Statement) -> str:
    """What a row of arrows begins with, where that is no relation: `\\text{independent} \\iff a + b = 0 \\iff a = -b`; empty if it is one."""
    parts = [part for part in formula.parts if part.start <= statement.start]
    while parts and isinstance(parts[-1], Statement) and parts[-1].connector in {"implies", "iff"}:
        last = parts.pop()
        if not parts:
            row = _ROW.split(context.document.text[formula.start : last.start])[-1]
            return next((one.group(1).strip() for one in _WORDS_BESIDE.finditer(row)), "")
        if not _is_relation(parts[-1]):
            return parts[-1].latex
    return ""


_TAG = re.compile(r"\\tag\*?\s*\{((?:[^{}]|\{[^{}]*\})*)\}")
_RESTRICTS_IN_A_TAG = re.compile(
    r"\b(?:if|when|whenever|for|given|unless|provided|assuming|supposing|only|iff|as|under|where|with|on|at|in\s+(?:case|the\s+(?:case|limit))|large|small)\b|[<>≤≥≠∈]|\w\s*=|\\(?:leq?|geq?|neq?|in|to|forall|ll|gg)(?![A-Za-z])|"
    r"\b(?:(?:skew-?)?symmetric|invertible|(?:non-?)?singular|orthogonal|diagonal|square|positive|negative|non-?negative|non-?zero|independent|commut(?:e|es|ing)|even|odd|integers?|convex|continuous|concave|constant\s+\w)\b|"
    r"[일할]\s*때|[이라하]면|경우|조건|대칭|가역|직교|양수|음수|정수|자연수|독립|단[,\s]",
    re.IGNORECASE,
)


def _condition_in_a_tag(context: Context, formula: Formula, statement: Statement) -> str:
    """What a tag says of the row of a statement, or of all rows if it stands behind them, where that is a condition and no number or reason: \\tag{if A is symmetric}."""
    text = context.document.text
    if "\\tag" not in text[formula.start : formula.end]:
        return ""
    row = (
        _ROW.split(text[formula.start : statement.start])[-1]
        + text[statement.start : statement.end]
        + _ROW.split(text[statement.end : formula.end])[0]
    )
    behind_all = text[max(statement.end, text.rfind("\\end{", formula.start, formula.end)) : formula.end]
    found = (one.group(1).strip() for one in _TAG.finditer(f"{row}\n{behind_all}"))
    return next((one for one in found if _RESTRICTS_IN_A_TAG.search(one)), "")


_GOES_ON = re.compile(r"\s(?:and|but|while|whereas)$", re.IGNORECASE)  # for the first and
_COMMAND_OF_WORDS = re.compile(
    r"\\(?:text|textrm|mbox|textit|textbf|mathrm|operatorname)(?![A-Za-z])|\\(?:q?quad|[ ,;:])|[{}~&$]"
)
_PLACE_OF_REASON = re.compile(
    r"\\(?:eq)?ref\{[^{}]*\}|\\(?:star|ast|dagger|ddagger|checkmark|because|triangle|heartsuit|clubsuit)(?![A-Za-z])|[①-⑳]|\bI\.?H\b\.?"
)
_RESTRICTS_IN_WORDS = re.compile(
    r"\b(?:w\.?\s*h?\.?\s*p|a\.?\s*[se]|i\.\s?p|if|when|under|as|for|at|on|in|unless|only|while|large|small|iff)\b|경우|때|면$",
    re.IGNORECASE,
)


def _is_reason(label: str) -> bool:
    """Whether what stands over a relation sign is a reason - (a), \\eqref{2}, chain rule -, and no condition of the relation: n \\to \\infty, w.p. p."""
    words = _COMMAND_OF_WORDS.sub(" ", _PLACE_OF_REASON.sub(" ", label))
    if re.search(r"[\\=<>≤≥≠_^]", words) is not None or _RESTRICTS_IN_WORDS.search(words) is not None:
        return label == "!"
    return _HARMLESS.match(words) is not None


_CITED = re.compile(r"\\(?:eq|auto|c|C)?ref\*?\s*\{([^{}]*)\}")
_NAMED_HERE = re.compile(r"\\label\s*\{[^{}]*\}")


def cited_in_doubt(context: Context, formula: Formula, statement: Statement, reason: str) -> str:
    """What a step cites, over its sign or behind it in its row, that may be a hypothesis: all but definitions and what is proved above."""
    for cited in _CITED.finditer(f"{reason} {_rest_of_row(context, formula, statement)}"):
        if not all(_is_shown(context, label.strip()) for label in cited.group(1).split(",")):
            return cited.group()
    label = _BARE_LABEL.fullmatch(reason)
    if label is not None:
        outside = context.document.text[: formula.start] + context.document.text[formula.end :]
        explained = re.compile(
            rf"[(\[]\s*\$?\s*{re.escape(label[1])}\s*\$?\s*[)\]]|\$\s*\(?{re.escape(label[1])}\)?\s*\$"
        )
        if explained.search(outside):
            return label[1]
    return ""


# (a), (ii), * over a sign, which the text explains elsewhere: (a) follows as the cross term vanishes.
_BARE_LABEL = re.compile(
    r"[\s(\[{]*(?:\\text\s*\{\s*\(?)?([0-9]{1,2}|[a-zA-Z]|[ivx]{1,4}|\*+|\\(?:dagger|ddagger|star|ast))[\s)\]}]*"
)


def _is_shown(context: Context, label: str) -> bool:
    """Whether the equation with this label is a definition or proved; that of a row, where rows have labels."""
    text = context.document.text
    place = text.find(f"\\label{{{label}}}")
    if place < 0:
        return False
    near = (one for one in context.formulas if one.end >= place or "\n" not in text[one.end : place])
    formula = next(near, None)
    if formula is None or re.search(r"\n[ \t]*\n|\$\$|\\end\b", text[place : formula.start]):
        return False
    parts = [part for part in formula.parts if not isinstance(part, Statement) or part.node.kind in _CLAIMS]
    if len(_NAMED_HERE.findall(text, formula.start, formula.end)) > 1:
        breaks = [formula.start, *(row.end() for row in _ROW.finditer(text, formula.start, formula.end)), formula.end]
        begin, end = next((row for row in pairwise(breaks) if row[0] <= place < row[1]), (formula.start, formula.end))
        parts = [part for part in parts if begin <= part.start < end]
    shown = {context.shown.get(part.start) for part in parts}
    return bool(parts) and shown <= {Verdict.PROVED, Verdict.DEFINED}


def _introduces_condition(latex: str) -> bool:
    """Whether what stands before a part of a row introduces a condition: `if`, `\\text{ when }`."""
    word = word_inside(_COMMAND_OF_WORDS.sub(" ", latex))
    return word is not None and word.mark in {"if", "when", "not"}


_ARROW_BESIDE = re.compile(r"\\(?:iff|Leftrightarrow|Longleftrightarrow|Leftarrow|impliedby)(?![A-Za-z])")


def _is_relation(part: Statement | Unread | None) -> bool:
    return isinstance(part, Statement) and part.node.kind not in {"name", "sequence"}


def _rest_of_row(context: Context, formula: Formula, statement: Statement) -> str:
    """What stands behind a statement in its row, before the next one."""
    starts = [part.start for part in formula.parts if part.start > statement.start]
    return _ROW.split(context.document.text[statement.end : min(starts, default=formula.end)])[0]


_DENIES = re.compile(
    r"\\(?:tag\*?|text|textrm|mbox|textbf|textit)\s*\{[^{}]*(?:\b(?:wrong|false|incorrect|untrue|invalid|nonsense|not\s+true|error)\b|틀[린림]|거짓|잘못)[^{}]*\}|\\text\s*\{\s*\(\s*[X×]\s*\)\s*\}|[❌✗✘]",
    re.IGNORECASE,
)


def is_denied_beside(context: Context, formula: Formula, statement: Statement) -> bool:
    """Whether words in the row of a statement say that it does not hold: x = 2 \\tag{wrong!}."""
    return _DENIES.search(_rest_of_row(context, formula, statement)) is not None


def _not_understood(words: str) -> list[str]:
    said = [match.group(1).strip() for match in _WORDS_BESIDE.finditer(words)]
    return [
        f"'{one}', which is not understood," for one in said if word_inside(one) is None and not _HARMLESS.match(one)
    ]


def _defines_a_function(node: Node) -> bool:
    """h(x) = 1/x - a, which says nothing of the x of other relations."""
    call = node.children[0]
    return call.kind == "call" and all(one.kind == "name" for one in call.children)


def _says_what_one_is(section: Section, node: Node) -> bool:
    """p = \\gamma m v, of a p that has no definition: with E = \\gamma m c^2 it says what both are."""
    left, *others = node.children
    if node.value != "=" or left.kind != "name" or section.scope.symbol(left.key) in section.scope.definitions:
        return False
    return any(part.kind == "name" for one in others for part in one.walk())


def _bounds_a_letter(node: Node) -> bool:
    """x > 0; 0 < x < 1; x != 0."""
    orders = set(node.value.split()) <= {"<", "<=", ">", ">=", "!="}
    return orders and all(child.kind in {"name", "number", "negate"} for child in node.children)


def _ask_of_witness(section: Section, formula: Formula, later: Statement) -> list[Doubt]:
    """A condition of a claim, or a claim of its own: no witness may violate it, and no proof may use it."""
    try:
        term = Builder(section.scope).formula(later.node)
        sort_of(term)
        section.ahead.append(Hypothesis(section.scope.unfold(term), "ahead", refuting=True))
        return []
    except (UnreadError, IllSorted):
        return [Doubt(letters_of_latex(later.latex), f"'{later.latex}', said after it", formula.section)]


def follows_condition(context: Context, formula: Formula, statement: Statement) -> bool:
    """Whether the sentence states a condition or a reason before this: if u^2 = 4, then u = 2."""
    found = earlier_statements(context, formula, statement)
    return any(part.mark in CONDITION_MARKS | {"since"} for part in found)


def earlier_statements(context: Context, formula: Formula, statement: Statement) -> list[Statement]:
    """The statements before this one in its sentence, in order."""
    index = context.index_of.get(formula.start)
    found = [part for part in reversed(formula.parts) if isinstance(part, Statement) and part.start < statement.start]
    while index:
        index -= 1
        other = context.formulas[index]
        if other.sentence != formula.sentence:
            break
        found += [part for part in reversed(other.parts) if isinstance(part, Statement)]
    return found[::-1]


def names_said_of_all(context: Context, formula: Formula, statement: Statement) -> set[str]:
    """The names of which the sentence speaks for all values: for all a, b."""
    named: set[str] = set()
    for part in earlier_statements(context, formula, statement):
        member = part.node.kind == "chain" and part.node.value == "in"  # for all x, y \\in \\mathbb{R}^n
        if part.mark == "for" and (member or part.node.kind in {"name", "sequence"}):
            node = part.node.children[0] if member else part.node
            named |= node.names
    return named


def later_statements(
    context: Context, formula: Formula, statement: Statement, most: int | None = None
) -> list[Statement]:
    """The statements behind this one in its sentence, the first of them if there are more than `most`."""
    found = [part for part in formula.parts if isinstance(part, Statement) and part.start > statement.start]
    end = formula.end
    index = context.index_of.get(formula.start)  # a claim of a declaration stands in no sentence
    for other in context.formulas[index + 1 :] if index is not None else ():
        if most is not None and len(found) >= most:
            break
        between = context.document.text[end : other.start]
        ends = list(_SENTENCE_END.finditer(between))
        rest = between[ends[-1].end() :] if ends else ""
        reminds = bool(ends) and _REMINDS.match(rest) is not None  # |r| = r; recall that r > 0
        if not reminds and (other.sentence != formula.sentence or (ends and not looks_back(rest))):
            break
        found += [part for part in other.parts if isinstance(part, Statement)]
        end = other.end
    return found[:most]


def follows_claim(context: Context, formula: Formula, statement: Statement) -> str:
    """Whether a condition stands behind a claim of its sentence: "its own", which looked ahead at it, or "another", from which words set it apart."""
    start = statement.start
    for other in reversed(earlier_statements(context, formula, statement)):
        if other.mark not in CONDITION_MARKS | DEFINITION_MARKS:
            if other.node.kind not in _CLAIMS:
                return ""
            return "another" if _begins_case(context, other, start) else "its own"
        start = other.start
    return ""


_SENTENCE_STOPS = re.compile(r"(?<!e\.g)(?<!i\.e)[.!?;。](?=[\s$*_)\"']|\Z)|(?<=다)\.")
_TURNS_TO_CASE = re.compile(
    r"\b(?:consider|take|treat|look|study|turn|let|suppose|assume|start|begin|restrict|work|fix|choose|set|put|now|next|first|remains?|left|case\s*(?:\d|[ivx]+\b|[A-Z]\b))|"
    r"(?:생각|살펴|보자|하자|두자|경우이다|경우다|경우부터|경우\s*\d)",
    re.IGNORECASE,
)


def is_of_a_remark(context: Context, formula: Formula, statement: Statement) -> bool:
    """Whether the sentence of a condition ends behind it, with no relation claimed under it: equality holds when a = b; for n = 1 this is clear. It says
    something of what is spoken of, and is no condition of what "hence" begins with. One that turns to a case ("consider the case n = 1.") is."""
    if formula.parts[-1] is not statement:
        return False
    index = context.index_of.get(formula.start)
    if index is None:
        return False
    following = context.formulas[index + 1 : index + 2]
    text = context.document.text
    stop = _SENTENCE_STOPS.search(text, formula.end, following[0].start if following else len(text))
    if stop is None:
        return False
    words = context.words_of_sentence(formula, behind=False) + " " + text[formula.end : stop.start()]
    return re.search(r"\w", words) is not None and _TURNS_TO_CASE.search(words) is None


def remark(context: Context, formula: Formula, statement: Statement) -> str:
    """Whether a statement only says under which condition, or why, the one before it holds, so that the next row goes on with that one.

    "its own"; "a value", if what goes on stands below that one; "perhaps"; or "".
    """
    if statement.mark == "since" and any(part.end <= statement.start for part in formula.parts):
        return "its own"  # a reason of what stands before it
    if statement.mark:
        marked = statement.mark in CONDITION_MARKS | DEFINITION_MARKS
        return "its own" if marked and follows_claim(context, formula, statement) else ""
    before = [part for part in formula.parts if isinstance(part, Statement) and part.start < statement.start]
    if not before or before[-1].node.kind not in _CLAIMS or not _set_apart(context, before[-1], statement):
        return ""
    claim = context.last_claim if context.last_claim in before else before[-1]
    assert claim is not None
    between = context.document.text[claim.end : statement.start]
    speaks_of_it = statement.node.names <= claim.node.names
    if "&" in statement.latex and (_ROW.search(between) or "&" in between):
        return ""  # a &= 1, and b &= 3 below or beside it: an equation of its own
    if _ROW.search(between):
        return "perhaps" if speaks_of_it or "&" in between else ""
    if statement.node.value == "=":
        return "a value" if speaks_of_it else ""
    return "its own" if speaks_of_it else "perhaps"


def _begins_case(context: Context, other: Statement, start: int) -> bool:
    """Whether the words between a claim and a condition, or those behind it, make the condition one of what follows: `A, and if x > 0, B`; `A, so for x > 0 we have B`."""
    text = context.document.text
    end = context.formula_at(start).end
    return _BEGINS_A_CASE.search(text, other.end, start) is not None or _OF_WHAT_FOLLOWS.match(text, end) is not None


def _set_apart(context: Context, statement: Statement, later: Statement) -> bool:
    """Whether a statement behind this one may be its condition though no word says so: `\\sqrt{x^2} = x, \\quad x > 0` or `(x > 0)`."""
    if later.mark or later.connector or later.node.kind != "chain":
        return False
    words = set(later.node.value.split())
    if not words <= {"<", "<=", ">", ">=", "!="}:
        values = [child.kind for child in later.node.children]
        if words != {"="} or sorted(values) != ["name", "number"]:
            return False
    signs = _SIGNS_AND_ROWS.match(context.document.text, statement.end)
    if signs is None or signs.end() < later.start:
        return False  # this is seen at once, however far away the other is
    between = context.document.text[statement.end : later.start]
    if "$$" in between:
        return False  # another display is a statement of its own
    rows = _ROW.split(between)
    # So is another row, unless it only says where something lies.
    if len(rows) > 1 and not all(one.kind in _PLAIN for child in later.node.children for one in members_of(child)):
        return False
    return _ONLY_SIGNS.fullmatch(_SPACES.sub(" ", " ".join(rows))) is not None


def is_condition_behind(context: Context, statement: Statement, later: Statement) -> bool:
    """Whether a bound of letters behind a relation is its condition: `\\sqrt{x^2} = x, \\quad x \\ge 0`; `\\ln x \\le x - 1 \\quad (x > 0)`."""
    if statement.mark in CONDITION_MARKS or not _set_apart(context, statement, later):
        return False
    node = later.node
    named = [all(one.kind == "name" for one in members_of(child)) for child in node.children]
    closed = [not any(part.kind in {"name", "call"} for part in child.walk()) for child in node.children]
    orders = set(node.value.split()) <= {"<", "<=", ">", ">=", "!="}
    between = context.document.text[statement.end : later.start]
    if _ROW.search(between) or (
        "$" in between and "(" not in between and _CONCLUDES.search(context.formula_at(statement.start).before)
    ):
        return False  # then x^2 >= x, x >= 1
    return orders and any(named) and all(one or other for one, other in zip(named, closed, strict=True))


def note_doubt(context: Context, section: Section, link: Link, what: str) -> None:
    """What a relation says that is not understood may exclude a witness from here on."""
    reason = f"{what} in {context.document.place(link.start)}"
    section.doubts.append(Doubt(letters_of_latex(link.text), reason, link.formula.section, link.start))


def hypotheses_in_scope(
    section: Section, formula: Formula, statement: Term | None, *, refuting: bool = False
) -> tuple[Term, ...]:
    """The conditions in scope. What only defines a symbol that does not occur here is left out: it always has a value.

    With `refuting`, also those that a witness must satisfy though a proof may not use them.
    """
    names = free_symbols(statement) if statement is not None else frozenset()
    found: list[Term] = []
    all_of_them = [*section.hypotheses, *section.ahead]
    letters = reached((one.name for one in names), [one.letters() for one in all_of_them]) if refuting else frozenset()
    for hypothesis in all_of_them:
        if not _is_in_scope(hypothesis, formula) or (not refuting and not _is_usable(hypothesis, formula)):
            continue
        if hypothesis.refuting and statement is not None and not hypothesis.letters() & letters:
            continue  # what is left open of other symbols, and may hold of nothing, excludes no witness
        if hypothesis.implicit is not None and hypothesis.implicit not in names:
            continue
        # Unfolded as claims are: a counterexample must not give a defined symbol another value in a hypothesis.
        term, unknown = hypothesis.unfolded(section.scope)
        if not unknown:  # it stands among the doubts
            found += [term, *_symmetries(term, found)]
    return tuple(found)


def _symmetries(hypothesis: Term, known: Container[Term]) -> list[Term]:
    """What is definite is symmetric: as equations, which procedures use."""
    matrices = [
        part.arguments[0] for part in conjuncts(hypothesis) if isinstance(part, Apply) and part.head in DEFINITE
    ]
    equations = [equal(Apply("transpose", (matrix,)), matrix) for matrix in matrices]
    return [equation for equation in equations if equation not in known]


def _is_in_scope(hypothesis: Hypothesis, formula: Formula) -> bool:
    """Whether a witness against something in the formula must satisfy the condition."""
    return hypothesis.paragraph in {None, formula.paragraph} or hypothesis.sentence == formula.sentence


def _is_usable(hypothesis: Hypothesis, formula: Formula) -> bool:
    """Whether something in the formula may be proved by the condition."""
    if hypothesis.refuting or hypothesis.behind:
        return False
    return hypothesis.paragraph is None or hypothesis.sentence == formula.sentence


def reached(names: Iterable[str], linked: list[frozenset[str]]) -> frozenset[str]:
    """The letters of the names, and all that conditions link to them."""
    letters = frozenset[str]().union(*(letters_of_latex(name) for name in names))
    while True:
        wider = letters.union(*(inside for inside in linked if inside & letters))
        if wider == letters:
            return letters
        letters = wider
