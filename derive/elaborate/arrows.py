r"""Words where an arrow goes out from: `\text{the lines meet} \iff a = b`, `x > 0 \text{ and } P \implies ..`, the matrix is regular `$\iff a \ne 0$`.

What the words say is not known. What follows from them may still be true of everything, and is proved then; that it is equivalent to them is neither proved nor refuted.
"""

from __future__ import annotations

import re

from derive.elaborate.context import SENTENCE_END, Context
from derive.language.document import Formula, Statement, Unread
from derive.language.prose import equivalent_to, implied_by, word_inside

_STATEMENTS = frozenset({"chain", "and", "or", "not", "implies", "iff", "forall", "exists", "constant"})
_ARROWS = frozenset({"implies", "iff"})
_ARROW = re.compile(
    r"\\(?:implies|iff|(?:Long)?(?:left)?(?:L?right)arrow|(?:Long|L)?eftrightarrow|Rightarrow|Longrightarrow|to)(?![A-Za-z])|[⇒⇔⟹⟺→]"
)
_WORDS = re.compile(
    r"\\(?:text(?:rm|it|bf|sf|sc|tt|normal)?|mbox|mathrm|mathit|hbox)\s*\{([^{}]*[^{}\W\d_][^{}]*)\}|([가-힣][가-힣 ]*)"
)
# Words before an arrow that are a reason, a label or the number of a line, and no statement: (by scaling), (1), using Jensen.
_NO_STATEMENT = re.compile(
    r"\s*(?:\(.*\)|\[.*\]|.*[:：]|(?:by|using|from|since|because|see|via|recall|as\s+(?:desired|required|claimed|before|above)|eqs?\b|equation|thm|theorem|lemma|"
    r"q\.?e\.?d)\b.*|(?:so|hence|thus|then|therefore|and|or|equivalently|that\s+is|i\.e|in\s+other\s+words)\W*|[\W\d]*[a-z]?[\W\d]*)\s*",
    re.IGNORECASE | re.DOTALL,
)
# What joins words to what stands before them: and the lines meet, if M is regular.
_JOINS = re.compile(r"^\W*(?:(?:and|or|but|if|when|while|where|for|all|any|every|then)\b\W*)+", re.IGNORECASE)
# In a column of its own: x^2 = 1 && \text{take roots} \\ \iff
_REASON_OF_ROW = re.compile(r"&(?:(?!\\\\|\b(?:and|or|but|if|when|where|for)\b).)*\\\\", re.DOTALL)
# Prose between two formulas, or before a display, that leads on to the arrow: we rearrange and obtain, or equivalently.
_LEADS_ON = re.compile(
    r"\b(?:obtain\w*|gets?|have|has|find|gives?|giving|yields?|yielding|equivalent(?:ly)?|rewrit\w+|rearrang\w+|simplif\w+|solv\w+|thus|hence|therefore|so|then|which|this|that\s+is|i\.e|by|using|"
    r"tak(?:e|es|ing)|divid\w+|multipl\w+|add\w*|subtract\w*|squar\w+|or|and)\b|하면|으면|나누|곱하|정리|따라서|그러므로|즉|다시|이는|이것|이므로|에서|[:：]\s*$",
    re.IGNORECASE,
)


def words_at_arrow(context: Context, formula: Formula, statement: Statement) -> str:
    """The words, or a name with words behind it, that the arrow before a statement comes from, or that stand with what it comes from; empty if it comes from a statement."""
    if statement.connector not in _ARROWS or context.document.claims:
        return ""
    text = context.document.text
    before = next((part for part in reversed(formula.parts) if part.start < statement.start), None)
    gap = text[formula.start if before is None else before.end : statement.start]
    found = _said(_before_arrow(gap))
    if isinstance(before, Statement) and _is_statement(before):
        return found or words_at_arrow(context, formula, before)  # words \iff A \iff B
    if found:
        return found
    return before.latex if before is not None else _prose(context, formula)


def begins_another(context: Context, formula: Formula, statement: Statement) -> bool:
    """Whether a statement that only a comma joins to what follows from an arrow is the premise of the next arrow: x > 0 \\implies A, x < 0 \\implies B."""
    if context.document.claims or statement.connector not in _ARROWS or statement.starts_with_relation:
        return False
    text = context.document.text
    before = next((one for one in reversed(formula.parts) if one.start < statement.start), None)
    behind = next((one for one in formula.parts if one.start > statement.start), None)
    if before is None or behind is None:
        return False
    joined = text[before.end : statement.start]
    return (
        _ARROW.search(joined) is None
        and _WORDS.search(joined) is None
        and _ARROW.search(text, statement.end, behind.start) is not None
    )


def leads_to_words(context: Context, formula: Formula, statement: Statement) -> str:
    """The arrow behind a statement, where it leads to words or to nothing that is read: `a = b \\iff \\text{the lines meet}`."""
    if context.document.claims:
        return ""
    behind = next((part for part in formula.parts if part.start > statement.start), None)
    gap = context.document.text[statement.end : formula.end if behind is None else behind.start]
    arrow = _ARROW.search(gap)
    if arrow is None or (isinstance(behind, Statement) and _is_statement(behind)):
        return ""
    return "iff" if "f" in arrow.group() or arrow.group() in "⇔⟺" else "implies"


def _before_arrow(gap: str) -> str:
    arrows = list(_ARROW.finditer(gap)) or [one for one in _WORDS.finditer(gap) if _is_arrow(one[1] or one[2])]
    return gap[: arrows[-1].start()] if arrows else gap


def _is_arrow(words: str) -> bool:
    word = word_inside(words.strip())
    return word is not None and word.connector in _ARROWS


def _said(gap: str) -> str:
    words = ((one[1] or one[2]).strip() for one in _WORDS.finditer(_REASON_OF_ROW.sub("", gap)))
    return next((one for one in words if _NO_STATEMENT.fullmatch(_JOINS.sub("", one)) is None), "")


def _is_statement(part: Statement | Unread) -> bool:
    return isinstance(part, Statement) and part.node.kind in _STATEMENTS


def _prose(context: Context, formula: Formula) -> str:
    """The words of a sentence before a formula that begins with an arrow, where they do not lead on from a formula above."""
    if implied_by(formula.before) or equivalent_to(formula.before):
        return ""
    words = SENTENCE_END.split(context.words_before(formula))[-1].strip(" \t\r\n$*_,")
    return words if re.search(r"[^\W\d_]{2}", words) and _LEADS_ON.search(words) is None else ""
