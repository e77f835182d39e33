"""What is read and has no meaning in the kernel: terms that keep how a thing is written and its typed parts, and the sorts of what is no number."""

from __future__ import annotations

import re

from derive.kernel.term import STATEMENT, Apply, Scalar, Sort, Symbol, Term
from derive.language.syntax import RELATION_WORDS

# What the kernel has no sort for. Terms of these sorts are notations: nothing is shown of them.
SET, TUPLE, TENSOR = Scalar("set"), Scalar("tuple"), Scalar("tensor")
# P, p_\\theta, \\Pr, \\mathbb{E}_{x}, \\mathrm{Var}: what may be taken of events, or under a condition behind a bar.
OF_EVENTS = re.compile(
    r"(?:\\Pr|\\?(?:(?:mathrm|operatorname|mathbb|mathbf|mathsf|text)\{)?(?:Pr|Prob|P|p|q|E|Var|var|V|Cov|cov|Corr|H)\}?)(?![A-Za-z])"
)
_SPELLINGS = {word: sign for sign, word in reversed(RELATION_WORDS.items())}


def notation(template: str, sort: Sort, *arguments: Term) -> Term:
    """A notation of a sort: how it is written, with #1, #2 for its arguments. It is neither proved nor refuted."""
    return Apply("notation", (Symbol(template, sort), *arguments))


def unjudged_relation(word: str, left: Term, right: Term) -> Term:
    """A relation that is read and not judged: x \\in S, A \\subset B."""
    return notation(f"#1 {_SPELLINGS[word]} #2", STATEMENT, left, right)
