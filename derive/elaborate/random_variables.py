"""Which names stand for random variables whose law is known, and which functions belong to one, as F_X belongs to X ~ N(mu, sigma^2): no equation could define them.

A law determines the distribution function, the density, the generating functions, the quantiles and the moments of what has it, and of what is made of that, Y = g(X). A formula
for one of them is a claim; that nothing here decides it makes no definition of it. What the law itself is written with, \\mu_X of N(\\mu_X, \\sigma_X^2), is given by what the
text says of it, and so is a function that is said by its variable, F_X(x) = P(X <= x).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from derive.elaborate.context import DEFINITION_MARKS, Context, Link, Section, lone_name
from derive.elaborate.doubt import Doubt, letters_of_latex
from derive.elaborate.sorts import base_of, letter_of, subscript_of
from derive.language.document import Formula, Statement
from derive.language.printing import plain_name
from derive.language.syntax import Node

# Distribution function, density, mass, survival and hazard function, quantiles, generating functions and moments of what the subscript names.
_FUNCTIONS = re.compile(r"[fFgGhHKLMpPqQS]|\\(?:var)?phi|\\psi|\\Phi|\\lambda|\\kappa")
_MOMENTS = re.compile(r"\\(?:mu|sigma|Sigma|gamma|kappa)|m")
_OPERATORS = frozenset({"E", "V", "H", "Var", "Cov", "Corr", "Std", "SD"})  # of a variable itself: E(X)
_FONT = re.compile(r"\\(?:mathrm|mathbf|boldsymbol|bm|mathit|text)\{([^{}]*)\}")


def with_laws(formulas: list[Formula]) -> dict[str, frozenset[str]]:
    """The names of random variables whose law is named, X of X ~ N(0, 1), with the names that stand in it."""
    found: dict[str, frozenset[str]] = {}
    for formula in formulas:
        for part in formula.parts:
            node = part.node if isinstance(part, Statement) else None
            if node is None or node.kind != "chain" or "sim" not in node.value.split():
                continue
            at = node.value.split().index("sim")
            law = node.children[at + 1]
            if law.kind != "operator" or not law.children:
                continue
            equals = all(word == "=" for word in node.value.split()[:at])
            for variable in (*node.children[: at + 1],) if equals else (node.children[at],):
                for one in variable.children if variable.kind == "sequence" else (variable,):
                    if one.kind == "name":
                        found[one.key] = found.get(one.key, frozenset()) | law.names
    return found


def note_variable(section: Section, key: str, value: Node) -> None:
    """Y = g(X) is a random variable if X is one; E(X) is none."""
    made_of = [section.random[name] for name in _outside_operators(value) if name in section.random]
    if made_of and key not in section.random:
        section.random[key] = frozenset().union(*made_of)


def _outside_operators(node: Node) -> Iterator[str]:
    if node.kind == "name":
        yield node.key
    for child in node.children if node.kind != "operator" else ():
        yield from _outside_operators(child)


def variable_of(section: Section, side: Node) -> str | None:
    """The random variable, of which the law is known, that a function or a moment belongs to: X of F_X(x), \\mu_X and E(X); None of anything else."""
    head = side.children[0] if side.kind == "call" else side
    if head.kind != "name" or not section.random:
        return None
    if _is_operator(side):
        return next((one.key for one in side.children[1:] if one.kind == "name" and one.key in section.random), None)
    table = _FUNCTIONS if side.kind == "call" else _MOMENTS
    if table.fullmatch(base_of(head.key)) is None:
        return None
    variables = {without_font(name): name for name in section.random}
    listed = [variables.get(without_font(one)) for one in re.split(r",|\|", subscript_of(head.key))]
    found = [one for one in listed if one is not None]
    if len(found) != len(listed) or any(head.key in section.random[one] for one in found):
        return None
    return found[0]


def _is_operator(side: Node) -> bool:
    return side.kind == "call" and side.children[0].kind == "name" and without_font(side.children[0].key) in _OPERATORS


def without_font(name: str) -> str:
    """X of \\mathbf{X}."""
    return _FONT.sub(r"\1", name)


def _of_variables(section: Section, sides: tuple[Node, Node]) -> Iterator[str]:
    """The names of what belongs to known random variables in an equation."""
    for side in sides:
        for one in side.walk():
            if one.kind in {"call", "name"} and variable_of(section, one) is not None:
                yield one.children[0].key if one.kind == "call" else one.key


def speaks_of_variable(section: Section, sides: tuple[Node, Node]) -> bool:
    """Whether an equation speaks of what belongs to a known random variable and has no formula here: it supposes nothing of that."""
    if not section.random:
        return False
    given = {one.name for one in (*section.scope.function_definitions, *section.scope.definitions)}
    return any(key not in given for key in _of_variables(section, sides))


# Words behind a law that may give its variable another one: conditioning on X > 0, truncated, standardized; or that speak of another density.
_CHANGES = re.compile(
    r"\b(?:given|condition(?:ed|ing|al(?:ly)?)|truncat\w*|censor\w*|(?:re)?scal(?:ed|ing|es?)|shift\w*|replac\w*|standardi[sz]\w*|transform\w*|restrict\w*|new|estimate\w*|(?:size-)?biased|"
    r"expansion|expand\w*|taylor|approximat\w*|resampl\w*|updat\w*|posterior|empirical|kernel)\b|조건부|절단|표준화|변환|새로운|근사|추정",
    re.IGNORECASE,
)


def changed_between(context: Context, section: Section, formula: Formula, sides: tuple[Node, Node]) -> str:
    """The words between the law of a variable and a formula that speaks of it which may say that the law is another one by then; empty if there are none."""
    if not section.random or not any(True for _ in _of_variables(section, sides)):
        return ""
    text = context.document.text
    laws = [one.end for one in context.formulas if one.start < formula.start and "\\sim" in one.latex]
    found = _CHANGES.search(f"{text[laws[-1] : formula.start]} {context.words_of_sentence(formula)}") if laws else None
    return found.group() if found is not None else ""


def claims_of_variable(context: Context, section: Section, link: Link) -> bool:
    """Whether an equation says what belongs to a known random variable, and so defines nothing: F_X(x) = x^2 beside X ~ N(0, 1). No witness refutes it."""
    if context.document.claims or link.statement.mark in DEFINITION_MARKS - {"where"} or not link.first:
        return False
    side = link.left.children[0] if link.left.kind == "^" else link.left  # the square of \\sigma_X
    variable = variable_of(section, side)
    if variable is None or _says_by_variable(side, variable, link.right):
        return False
    head = side.children[0] if side.kind == "call" else side
    symbol = section.scope.symbol(head.key)
    known = {*section.scope.function_definitions, *section.scope.definitions}
    if head.key in section.scope.inference.declared or symbol in known:
        return False
    reason = f"what {plain_name(head.key)} is, which the law of {plain_name(variable)} determines,"
    if all(one.best != symbol for one in section.doubts):
        section.doubts.append(Doubt(letters_of_latex(head.key), reason, link.formula.section, link.start, best=symbol))
    return True


def _says_by_variable(side: Node, variable: str, other: Node) -> bool:
    """F_X(x) = P(X <= x), \\mu_x = \\frac1n \\sum_i x_i; and E(X) = \\alpha says what \\alpha is."""
    if _is_operator(side):
        return lone_name(other) is not None
    if side.kind != "call":
        return letter_of(variable) in {letter_of(one) for one in other.names}
    return variable in other.names and all(one.key != variable for one in side.children[1:])
