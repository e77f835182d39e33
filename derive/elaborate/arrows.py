r"""Arrows between statements, in formulas and in prose: what is joined to a premise, what hangs on it, and words where a statement should stand.

What words say is not known: `\text{the lines meet} \iff a = b`, the matrix is regular `$\iff a \ne 0$`. What follows from them may still be true of everything, and is proved then; that it is
equivalent to them is neither proved nor refuted.
"""

from __future__ import annotations

import re
from itertools import pairwise

from derive.elaborate.context import SENTENCE_END, Context
from derive.language.document import Formula, Statement, Unread
from derive.language.prose import continues_list, equivalent_to, implied_by, joined_by_and, word_inside

_STATEMENTS = frozenset({"chain", "and", "or", "not", "implies", "iff", "forall", "exists", "constant"})
_ARROWS = frozenset({"implies", "iff"})
_ARROW = re.compile(r"\\(?:implies|iff|to|(?:[Ll]ong)?(?:[Rr]ightarrow|[Ll]eftrightarrow))(?![A-Za-z])|[⇒⇔⟹⟺→]")
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
_JOINING = re.compile(r"^\W*(?:(?:and|or|but|if|when|while|where|for|all|any|every|then)\b\W*)+", re.IGNORECASE)
# In a column of its own: x^2 = 1 && \text{take roots} \\ \iff
_REASON_OF_ROW = re.compile(r"&(?:(?!\\\\|\b(?:and|or|but|if|when|where|for)\b).)*\\\\", re.DOTALL)
# Prose between two formulas, or before a display, that leads on to the arrow: we rearrange and obtain, or equivalently.
_LEADS_ON = re.compile(
    r"\b(?:obtain\w*|gets?|have|has|find|gives?|giving|yields?|yielding|equivalent(?:ly)?|rewrit\w+|rearrang\w+|simplif\w+|solv\w+|thus|hence|therefore|so|then|which|this|that\s+is|i\.e|by|using|"
    r"tak(?:e|es|ing)|divid\w+|multipl\w+|add\w*|subtract\w*|squar\w+|or|and)\b|하면|으면|나누|곱하|정리|따라서|그러므로|즉|다시|이는|이것|이므로|에서|[:：]\s*$",
    re.IGNORECASE,
)
# What concludes a formula, so that it is no premise of the arrow behind it.
_CONCLUDED = re.compile(
    r"\b(?:obtain\w*|gets?|have|has|find|found|see|show\w*|conclude\w*|therefore|hence|thus|so|whence|then|consequently)\b[^.;:]*$|(?:따라서|그러므로|그래서|그러면|즉)[^.;:]*$|(?:이면|라면|하면|일\s*때)[\s,$]*$",
    re.IGNORECASE,
)
# What joins the parts of a premise: A, B \\text{ and } C \\implies D.
_JOINS = re.compile(
    r"(?:\\(?:q?quad|[ ,;:])|[\s,;~&]|\\(?:&|land|wedge)|%[^\n]*\n|\\(?:text|mbox|textrm)\s*\{[\s,;]*[(]?(?:and|also|i\.?\s?e\.?|that\s+is|equivalently|그리고|이고|및)?[\s,;]*\}|그리고|이고|및)+"
)
_CLAUSE = re.compile(r"[\s$]*,\s*(?:and|or)\b", re.IGNORECASE)  # and another clause begins


def part_before(formula: Formula, part: Statement | Unread) -> Statement | Unread | None:
    """The part of a formula before one of them, or before what is declared beside it."""
    return next((one for one in reversed(formula.parts) if one.start < part.start), None)


def _part_behind(formula: Formula, part: Statement | Unread) -> Statement | Unread | None:
    return next((one for one in formula.parts if one.start > part.start), None)


def words_at_arrow(context: Context, formula: Formula, statement: Statement) -> str:
    """The words, or a name with words behind it, that the arrow before a statement comes from, or that stand with what it comes from; empty if it comes from a statement."""
    if statement.connector not in _ARROWS or context.document.claims:
        return ""
    text = context.document.text
    before = part_before(formula, statement)
    gap = text[formula.start if before is None else before.end : statement.start]
    found = _said(_before_arrow(gap))
    if isinstance(before, Statement) and _is_statement(before):
        return found or words_at_arrow(context, formula, before)  # words \iff A \iff B
    if found:
        return found
    return before.latex if before is not None else _prose(context, formula)


def hangs_on(context: Context, formula: Formula) -> Statement | None:
    """The first statement of the next formula, where the words between, or nothing but its arrow, let it hang on this one: $A$ if and only if $B$, $A$ $\\implies B$;
    of A in $A$ and $B$ imply $C$ that is C."""
    index = context.index_of.get(formula.start)
    for following in context.formulas[index + 1 :] if index is not None else []:
        if not following.parts and following.paragraph == formula.paragraph:
            continue  # $A$ $\\implies$ $B$
        part = following.parts[0] if following.parts else None
        if not isinstance(part, Statement) or following.paragraph != formula.paragraph:
            return None
        if part.mark == "alternative":
            continue  # $A$ or $B$ implies $C$
        if part.connector == "implies" and _CONCLUDED.search(formula.before):
            return None  # hence $a = b$, $\\implies$ $a^2 = b^2$
        if part.mark == "equivalent" or part.connector == "implies":
            return part if part.mark or implied_by(following.before) or not following.before.strip(" \n\t$,") else None
        if len(following.parts) > 1 or part.mark or part.connector or not _joins(following.before):
            return None
    return None


def _joins(prose: str) -> bool:
    return (continues_list(prose) or joined_by_and(prose)) and _CLAUSE.match(prose) is None


def is_joined(context: Context, formula: Formula, part: Statement | Unread) -> bool:
    """Whether a comma, a space or `and` joins a part of a formula to the one before it."""
    before = part_before(formula, part)
    if before is None:
        return _joins(formula.before)
    if isinstance(before, Statement) and before.connector:
        return False  # A \\implies B, C \\implies D
    return _JOINS.fullmatch(context.document.text, before.end, part.start) is not None


def leads_to(context: Context, formula: Formula, statement: Statement, behind: Statement | Unread | None) -> str:
    """How the next statement of a formula, or what words say behind an arrow, hangs on this one, which nothing introduces: `A \\implies B` does not claim A."""
    if statement.mark or statement.connector or statement.starts_with_relation:
        return ""
    if words := leads_to_words(context, formula, statement):
        return words
    if not isinstance(behind, Statement):
        return ""
    for one, following in pairwise(part for part in formula.parts if part.start > statement.start):
        if one is not behind or not isinstance(following, Statement) or not is_joined(context, formula, one):
            break
        behind = following  # A \\text{ and } B \\implies C
    if behind.mark == "equivalent":
        return "iff"
    return behind.connector if behind.connector in {"implies", "iff"} else ""


def begins_another(context: Context, formula: Formula, statement: Statement) -> bool:
    """Whether a statement that only a comma joins to what follows from an arrow is the premise of the next arrow: x > 0 \\implies A, x < 0 \\implies B."""
    if context.document.claims or statement.connector not in _ARROWS or statement.starts_with_relation:
        return False
    text = context.document.text
    before, behind = part_before(formula, statement), _part_behind(formula, statement)
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
    behind = _part_behind(formula, statement)
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
    return next((one for one in words if _NO_STATEMENT.fullmatch(_JOINING.sub("", one)) is None), "")


def _is_statement(part: Statement | Unread) -> bool:
    return isinstance(part, Statement) and part.node.kind in _STATEMENTS


def _prose(context: Context, formula: Formula) -> str:
    """The words of a sentence before a formula that begins with an arrow, where they do not lead on from a formula above."""
    if implied_by(formula.before) or equivalent_to(formula.before):
        return ""
    words = SENTENCE_END.split(context.words_before(formula))[-1].strip(" \t\r\n$*_,")
    return words if re.search(r"[^\W\d_]{2}", words) and _LEADS_ON.search(words) is None else ""
