"""Conditions that the text sets beside each other: if x > 0, ...; if x < 0, ...; otherwise ... They are cases, not conditions that hold together."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from derive.elaborate.anew import give_up, note_older
from derive.elaborate.context import CONDITION_MARKS, DEFINITION_MARKS, FOLLOWS, Context, Hypothesis, Section
from derive.elaborate.doubt import Doubt, letters_of_latex
from derive.elaborate.membership import bounds
from derive.kernel.term import Apply, Number, Term
from derive.language.document import Formula, Statement, Unread
from derive.language.printing import plain, plain_name
from derive.language.syntax import MEMBERSHIPS

_OTHERWISE = re.compile(
    r"\b(?:otherwise|else|on the (?:other hand|contrary)|conversely|(?:in|by) contrast|in the (?:other|opposite) case|in general|unless)\b|"
    r"그렇지 않|그렇지않|아니면|그 외|그 밖|반면|반대로|일반적으로|나머지",
    re.IGNORECASE,
)
_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}
_NOT_BOTH = frozenset(
    frozenset(pair) for pair in (("<", ">"), ("<", ">="), ("<=", ">"), ("<", "="), (">", "="), ("=", "!="))
)


_ABSURD = re.compile(r"\b(?:contradict\w*|absurd\w*|impossible)\b|모순|귀류|불가능", re.IGNORECASE)


def leave_case(context: Context, section: Section, formula: Formula) -> None:
    """What follows "otherwise" is said of another case than the one before it: which one is not understood. Behind a contradiction nothing holds that was
    assumed for its sake."""
    absurd = _ABSURD.search(context.words_before(formula))
    if absurd is not None:
        place = f"'{absurd.group()}' in {context.document.place(formula.start)}"
        for hypothesis in [one for one in section.hypotheses if one.origin != "declaration"]:
            section.hypotheses.remove(hypothesis)
            section.doubts.append(Doubt(hypothesis.letters(), place, formula.section, formula.start))
    if not any(one.paragraph == formula.paragraph for one in section.hypotheses):
        return
    word = _OTHERWISE.search(formula.before)
    if word is None:
        return
    for hypothesis in [one for one in section.hypotheses if one.paragraph == formula.paragraph]:
        section.hypotheses.remove(hypothesis)
        place = f"'{word.group()}' in {context.document.place(formula.start)}"
        section.doubts.append(Doubt(hypothesis.letters(), place, formula.section, formula.start))


# At the beginning of a line: what numbers or names an item of its own. Steps go on with what stands above them.
_ITEM = re.compile(
    r"\n[ \t>]*(?:[-*+][ \t]+)?[*_]{0,3}(?:\((?:[a-z]|[ivx]{1,4}|\d{1,2})\)|(?:[a-h]|\d{1,2})[.)](?=\s)|"
    r"(?:exercise|problem|question|proposition|lemma|theorem|corollary|claim|example|case|remark|base case|induct\w+ step)\b|예제|문제|정리|명제|보조정리|따름정리|경우\s*\d|"
    r"\(?\$?\(?\\(?:left|right|long\w*)?arrow|[*_]{2,3}[^*_\n]{1,60}[*_]{2})|"
    r"(?:\.\s*|\n[ \t]*)(?:lemma|proposition|claim|necessity|sufficiency|exercise|example|base case|induct\w+ step|case)\b[ \t]*\d*\s*[:.]|필요조건|충분조건",
    re.IGNORECASE,
)
_TURN = re.compile(
    r"\b(?:conversely|instead|(?:now|next)[, ]+(?:suppose|assume|let)|(?:suppose|assume|let)\s+(?:now|next|instead)|in general|for general|"
    r"(?:remov\w+|drop\w*|lift\w*|relax\w*|abandon\w*|forget\w*|discard\w*|give\s+up)\s+(?:the|this|that|these|those|all|any)\s+(?:\w+\s+)?(?:restrictions?|assumptions?|conditions?|hypothes\w+|constraints?)|"
    r"(?:(?:do|does|need)\s*(?:not|n['’]t)|no\s+longer)\s+(?:need|assume|require|use)\s+(?:the|this|that|any|these)\s+(?:\w+\s+)?(?:restrictions?|assumptions?|conditions?|hypothes\w+|constraints?)|"
    r"under\s+\(\w+\)\s+alone|dropping|without (?:the|this|that|any) (?:assumption|condition|restriction))\b|역으로|반대로|일반적으로|일반적인|\\Leftarrow",
    re.IGNORECASE,
)
# At the beginning of a paragraph: words by which a proof turns to its next part, if they or the sentence say that something is shown.
_NEXT_PART = re.compile(
    r"(?:\n[ \t\r]*\n|\A)[\s*_>-]*(?:"
    r"(?:and\s+)?(?:second|third|fourth|fifth|last|next|final|now|then|further|afterwards|lastly|finally)(?:\s+and\s+finally)?\b|"
    r"(?:we|let\s+us|let['’]s|it)\s+(?:now|next|then|still|also|finally|only)?\s*(?:show|prove|verify|establish|check|turn|move|have\s+to|need\s+to|must|remains)\b|"
    r"(?:to|in\s+order\s+to|for|as\s+for|on\s+to|concerning)\s+(?:(?:show|prove|see|establish|verify)\s+)?the\s+(?:second|third|next|last|other|reverse|converse|opposite|remaining|triangle)\b|"
    r"(?:going\s+)?(?:in\s+)?the\s+(?:other|reverse|opposite|converse)\s+(?:direction|way|inequality|implication)\b|"
    r"(?:다음으로|이제|마지막으로|끝으로|이번에는|이어서|나머지)(?![가-힣]))",
    re.IGNORECASE,
)
_SHOWS = re.compile(
    r"\b(?:show|shown|prove|proven|proved|verify|establish|check|demonstrate|turn(?:ing)?|move|moving|come|proceed|have\s+to|need\s+to|remains|direction|inequality|implication)\b|보이|보여|보일|증명|확인하|유도하|살펴|따져",
    re.IGNORECASE,
)
# What counts the parts itself needs no such words: Second, (b), Step 2, 둘째.
_COUNTED_PART = re.compile(
    r"(?:\n[ \t\r]*\n|\A|[.;]\s)[\s*_>#-]*(?:(?:and\s+)?(?:secondly|thirdly|fourthly|(?:second|third|fourth|fifth)\s*(?:,|and\s+finally)|(?:second|third|fourth)\s+(?:we|note|the)\b)|"
    r"(?:step|part)\s*(?:[2-9]|ii+|iv|[B-H]\b|two|three)|(?:둘|셋|넷)째|(?:두|세|네)\s*번째로|[2-9]\s*단계|단계\s*[2-9])|"
    r"\n[ \t\r]*\n[\s*_>-]*(?:\((?:[b-h]|i{2,3}|iv)\)|[b-h]\)\s|\([나다라]\)|[나다라][.)]\s)",
    re.IGNORECASE,
)
_ASSUMES = re.compile(r"\b(?:suppos|assum)\w+|가정", re.IGNORECASE)
# The part of a proof that a supposition opens: First, suppose x >= 0. Where such a word stands behind it, it is supposed for all parts.
_FIRST_PART = re.compile(
    r"\b(?:first|firstly|to\s+begin|to\s+start|step\s*(?:1|one)|part\s*(?:1|i|one))\b|\b(?:other|one|forward|reverse|opposite)\s+(?:direction|way)\b|\((?:a|i|가)\)|먼저|우선|첫\s*번?째|1\s*단계",
    re.IGNORECASE,
)
_PARAGRAPH_ENDS = re.compile(r"[.!?。][\s$*_)\"']*?\n[ \t\r]*\n")


def _turns_to_next_part(context: Context, formula: Formula, between: str) -> bool:
    """Whether a formula is the first in another part of a proof: Next, we show that ..."""
    if _COUNTED_PART.search(between):
        return True
    match = _NEXT_PART.search(between)
    if match is None or (
        not match.group().strip(" \t*_>-").startswith("\n") and match.start() == 0 and not between[:1].isspace()
    ):
        return False
    return (
        _SHOWS.search(between[match.start() :]) is not None
        or _SHOWS.search(context.words_of_sentence(formula)) is not None
    )


def _opens_a_part(context: Context, formula: Formula, start: int) -> bool:
    """Whether something is supposed for one part of a proof: what is claimed next goes on from it, and it is not said before the first part is announced."""
    where = context.formula_at(start)
    following = next(
        (
            one
            for one in context.formulas[context.index_of[where.start] + 1 :]
            if one.start >= formula.start or any(_claims_something(part) for part in one.parts)
        ),
        None,
    )
    if following is None or following.start >= formula.start:
        return False
    words = context.words_between(where, following)
    if _PARAGRAPH_ENDS.search(words) or _FIRST_PART.search(words):
        return False
    return _ASSUMES.search(context.words_of_sentence(where)) is not None or (
        _FIRST_PART.search(context.words_of_sentence(where, behind=False)) is not None
    )


def _claims_something(part: Statement | Unread) -> bool:
    return (
        isinstance(part, Statement) and part.node.kind == "chain" and part.mark not in CONDITION_MARKS | {"let", "for"}
    )


_TO_ANOTHER = re.compile(r"\b(?:(?:now|next)[, ]+consider|consider\s+(?:now|next|instead))\b", re.IGNORECASE)
_ANEW = re.compile(
    r"(?:\b(?:let|for\s+(?:all|any|every|each|general|arbitrary|real))(?:\s+(?:real|general|arbitrary)(?:\s+numbers?)?)?|모든|임의의)(?:\s*(?:실수|수))?[\s$]*$",
    re.IGNORECASE,
)
# Words that bind a letter for all values, whatever it stood for above: any square matrix A, 임의의 실수 x; or behind it: let x be arbitrary.
_OF_ALL = re.compile(
    r"\b(?:any|every|all|each|arbitrary|general)(?:\s+[a-z][\w-]*){0,4}[\s$]*$|\bfor\s+real\s+numbers?[\s$]*$|(?:모든|임의의|일반적인)(?:\s*[가-힣]+){0,3}[\s$]*$",
    re.IGNORECASE,
)
_BE_ARBITRARY = re.compile(
    r"[\s$]*(?:be|is|are|were|denote)\s+(?:now\s+|instead\s+)?(?:any|arbitrary|another|unknown|as\s+(?:in|above)|(?:an?|some)\s+(?:arbitrary|general|other|different|new|unknown)|every|general)\b|"
    r"[\s$]*(?:가|이|는|은|를|을)\s*(?:임의|다른|미지|또\s*다른)",
    re.IGNORECASE,
)
_STEP = re.compile(r"\n[ \t>]*\d{1,2}[.)]")  # it may go on with what stands above it
_EXERCISE = re.compile(r"exercise|problem|question|example|예제|문제", re.IGNORECASE)
# Words before a symbol, or behind it, by which its value is another one.
_RENEWED = re.compile(
    r"\b(?:updat\w+|chang\w+|vary|varying|increas\w+|decreas\w+|perturb\w*|consider|choose|take|any|another|arbitrary|new|different|general)(?:\s+(?:any|an?|another|the|new|arbitrary|both|different))*[\s$]*$|"
    r"(?:새로운|다른|일반적인)[\s$]*$",
    re.IGNORECASE,
)
_CHANGES = re.compile(
    r"[\s$]*(?:(?:now\s+)?(?:chang\w+|var(?:y|ies)|increas\w+|decreas\w+|grows?|moves?)\b|(?:is|are|be)\s+(?:now\s+)?(?:updated|changed|varied|increased|arbitrary|any)\b|(?:를|을|가|이)\s*(?:바꾸|바꿔|변하|변화|갱신|늘리|줄이|커지|작아지|늘어|줄어|증가|감소))",
    re.IGNORECASE,
)


# What introduces letters as given; but "let S be the area" says what S is.
_INTRODUCES = re.compile(r"\b(?:let|suppose|assume|consider|given|take|pick|fix|choose)\b|임의의", re.IGNORECASE)
_IS_THE = re.compile(
    r"[\s$]*(?:be|is|denotes?|represents?|stands?\s+for|=)\s+(?:the|its|their)\b(?!\s+[\w-]+\s+of[\s$]*\$)",
    re.IGNORECASE,
)
# What is done to a symbol: increase q by 1, change x to x + 1; for each k, add k to s.
_DONE_TO = re.compile(
    r"\b(?:increase|decrease|double|halve|triple|increment|decrement|change|swap|exchange|update|shift|reset|modify|perturb)\s+"
    r"(?:both\s+|the\s+(?:(?:value|rows?|columns?|entries|signs?|graph|two\s+rows|first\s+\w+\s+rows)\s+of\s+)?)?[\s$]*$",
    re.IGNORECASE,
)
# Words before a letter alone that has a value, by which the text speaks of it as a variable.
_SPOKEN_OF = re.compile(
    r"\b(?:for|if|with|let|suppose|consider|treat|choosing|forget|without|value\s+of|other|larger|smaller|bigger|instead|now)(?:\s+(?!the\s+(?:value|same|given))[a-z]+){0,3}[\s$]*$|(?:이제|이번에는)[\s$]*$",
    re.IGNORECASE,
)
_REPEATED = re.compile(r"\b(?:each|every|repeat\w*|loops?|while|times|again)\b", re.IGNORECASE)
_ADDED_TO = re.compile(r"\b(?:to|from|by)[\s$]*$")
_ADDED = re.compile(r"\b(?:add|subtract|append|multiply|divide)\b", re.IGNORECASE)


def _is_changed(context: Context, formula: Formula, between: str) -> bool:
    """Whether words change the value of the symbol that a formula names."""
    if _DONE_TO.search(between) or _CHANGES_KOREAN.match(context.document.text, formula.end):
        return True
    words = context.words_of_sentence(formula, behind=False) if _ADDED_TO.search(between) else ""
    return _ADDED.search(words) is not None and _REPEATED.search(words) is not None


_CHANGES_KOREAN = re.compile(
    r"[\s$]*(?:를|을)\s*(?:\d+\s*만큼\s*)?(?:증가|감소|늘[리려]|줄[이여]|두\s*배|바꾸|바꿔|바꾼|갱신)"
)


def leave_item(context: Context, section: Section, formula: Formula, names: frozenset[str]) -> None:
    """What is supposed in one item - a proposition, an exercise, a part (b) - is not supposed in the next; nor behind "conversely" or "in general", nor of a
    letter that is introduced again. What stands before the first item holds for all. It may not be used in proofs any more; a witness must satisfy it.

    `names` are those that the formula names alone.
    """
    between = context.words_before(formula)
    if (
        names
        and _INTRODUCES.search(context.words_of_sentence(formula, behind=False))
        and not _IS_THE.match(context.document.text, formula.end)
    ):
        section.introduced |= names
    begin, first = formula.start - len(between), section.item
    item = _ITEM.search(between if begin else f"\n{between}")
    if item is not None:
        if first is None:
            section.item = begin
        if first is not None or (section.earlier and _EXERCISE.search(item.group())):
            since = first or 0
            _end(section, lambda one: one.start is not None and one.start >= since)
            if _STEP.fullmatch(item.group()) is None:
                forget_values(context, section, formula, lambda _, start: start >= since)
    if _TO_ANOTHER.search(between):
        for hypothesis in [one for one in section.hypotheses if one.start is not None and one.origin != "declaration"]:
            section.hypotheses.remove(hypothesis)
            reason = f"{plain(hypothesis.term)} in {context.document.place(hypothesis.start or 0)}"
            section.doubts.append(Doubt(hypothesis.letters(), reason, formula.section, formula.start))
    if _TURN.search(between):
        _end(section, lambda one: one.start is not None)
    if _turns_to_next_part(context, formula, between):
        _end(section, lambda one: one.start is not None and _opens_a_part(context, formula, one.start))
        forget_values(context, section, formula, lambda _, start: _opens_a_part(context, formula, start))
    if names and (_OF_ALL.search(between) or _BE_ARBITRARY.match(context.document.text, formula.end)):
        letters = frozenset[str]().union(*map(letters_of_latex, names))
        _end(section, lambda one: one.start is not None and bool(one.letters() & letters))
        for name in names:  # what is made of it was made of another
            note_older(context, section, section.scope.symbol(name), (), formula.start)
        defined = {one.name: one for one in (*section.scope.definitions, *section.scope.function_definitions)}
        for name in sorted(names & defined.keys()):
            reason = f"what {plain_name(name)} is in {context.document.place(formula.start)}"
            give_up(context, section, (defined[name],), name, reason, formula.start)
            section.valued.pop(name, None)
    elif names and (_ANEW.search(between) or _has_another_shape(context, formula, names)):
        letters = frozenset[str]().union(*map(letters_of_latex, names))
        _end(section, lambda one: one.start is not None and bool(one.letters() & letters))
        forget_values(context, section, formula, lambda name, _: name in names)
    elif names and _is_changed(context, formula, between):
        letters = frozenset[str]().union(*map(letters_of_latex, names))
        _end(section, lambda one: one.start is not None and bool(one.letters() & letters))
        for name in sorted(names):
            symbol = section.scope.symbol(name)
            note_older(context, section, symbol, (), formula.start)
            reason = f"what {plain_name(name)} is in {context.document.place(formula.start)}"
            give_up(context, section, (symbol,), name, reason, formula.start)
            section.valued.pop(name, None)
    elif names and (
        _RENEWED.search(between)
        or _CHANGES.match(context.document.text, formula.end)
        or (names & section.valued.keys() and _SPOKEN_OF.search(between))
    ):
        forget_values(context, section, formula, lambda name, _: name in names)


_PUT_IN = re.compile(
    r"\b(?:plug(?:ging)?(?:\s+in)?|substitut(?:e|ing)|insert(?:ing)?|try(?:ing)?|test(?:ing)?|setting|putting|taking)(?:\s+in)?(?:\s+(?:the\s+)?(?:value|values|point|special\s+case))?[\s$:]*$",
    re.IGNORECASE,
)
_PUT_IN_BEHIND = re.compile(r"[\s$]*(?:을|를)\s*(?:대입|넣)")


def is_put_in(formula: Formula) -> bool:
    """Whether what a formula says is only put in, for what its sentence says: setting x = 0 we get ..."""
    return _PUT_IN.search(formula.before) is not None or _PUT_IN_BEHIND.match(formula.after) is not None


def introduce(context: Context, section: Section, new: Hypothesis) -> None:
    """Let x > 0, in another paragraph than what was said of x: x comes anew."""
    paragraph = context.formula_at(new.start or 0).paragraph
    letters = new.letters()
    _end(
        section,
        lambda one: (
            one.start is not None
            and bool(one.letters() & letters)
            and context.formula_at(one.start).paragraph != paragraph
        ),
    )


def forget_values(context: Context, section: Section, formula: Formula, ends: Callable[[str, int], bool]) -> None:
    """Symbols that were only given values without letters - n = 0 - have them no longer."""
    for key, start in list(section.valued.items()):
        if ends(key, start):
            del section.valued[key]
            reason = f"the value of {plain_name(key)} in {context.document.place(start)}"
            give_up(context, section, (section.scope.symbol(key),), key, reason, formula.start)


def _has_another_shape(context: Context, formula: Formula, names: frozenset[str]) -> bool:
    """Whether a matrix comes anew: a 2 x 2 matrix A above, a 3 x 3 matrix A here."""
    here = context.shapes.get(formula.start, {})
    above = (said for start, said in context.shapes.items() if start < formula.start)
    return any(name in said and said[name] != here[name] for said in above for name in names & here.keys())


def turn_round(section: Section, new: Hypothesis) -> None:
    """Suppose P. Then Q. Suppose Q: what was claimed is supposed now, so that what it was claimed from is not."""
    if any(term == new.term for _, term, _ in section.earlier):
        _end(section, lambda one: one.start is not None and bool(one.letters() & new.letters()))


def _end(section: Section, ends: Callable[[Hypothesis], bool]) -> None:
    section.hypotheses = [
        replace(one, refuting=True) if one.origin != "declaration" and one.paragraph is None and ends(one) else one
        for one in section.hypotheses
    ]


def begin_case(section: Section, new: Hypothesis, apart: bool) -> tuple[Term, ...]:
    """Takes away the conditions of other sentences, or with `apart` of other clauses, that the new one excludes: it begins another case. Returns
    them."""
    ended = [
        one
        for one in section.hypotheses
        if one.origin != "declaration"
        and one.sentence is not None
        and (apart or one.sentence != new.sentence)
        and exclude_each_other(one.term, new.term)
    ]
    section.hypotheses = [one for one in section.hypotheses if all(one is not other for other in ended)]
    return tuple(one.term for one in ended)


def exclude_each_other(one: Term, other: Term) -> bool:
    """Whether two relations between the same two things, or of one thing and two numbers, cannot both hold. Not all such are found."""
    first, second = _relation(one), _relation(other)
    if first is None or second is None or first[0] != second[0]:
        return False
    _, sign, bound = first
    _, other_sign, other_bound = second
    if bound == other_bound:
        return frozenset((sign, other_sign)) in _NOT_BOTH
    if not isinstance(bound, Number) or not isinstance(other_bound, Number):
        return False
    below, above = sorted(((bound.value, sign), (other_bound.value, other_sign)))
    return below[1] in {"<", "<=", "="} and above[1] in {">", ">=", "="}


def _relation(term: Term) -> tuple[Term, str, Term] | None:
    """A relation with its sides in one order, a number last."""
    if not isinstance(term, Apply) or term.head not in _TURNED or len(term.arguments) != 2:
        return None
    left, right = term.arguments
    if isinstance(left, Number) or (not isinstance(right, Number) and plain(left) > plain(right)):
        return right, _TURNED[term.head], left
    return left, term.head, right


# Words that say of what follows them that it is shown, claimed or asked.
_SAID = re.compile(
    r"(?:\b(?:then|hence|thus|so|therefore|consequently|is|are|does|do|(?:it|this|which)\s+(?:follows|implies|shows|proves|gives|means)|(?:we|they)\s+(?:\w+\s+){0,2}"
    r"(?:get|obtain|conclude|claim|show|prove|see|find|have|must have)|claim|show|shows|prove|proves|implies|gives|means|yields|clearly|obviously|equivalent\s+to|only\s+if)"
    r"(?:\s+that)?|그러면|따라서|그러므로|고로|즉|결국|동치)[\s,:$]*$",
    re.IGNORECASE,
)
_ASKED = re.compile(r"[\s$)]*\?")


# Those of them that say that it follows.
_FOLLOWS = re.compile(
    r"(?:\b(?:then|hence|thus|so|therefore|consequently|clearly|obviously|follows|implies|shows|proves|gives|means|yields|(?:we|they)\s+(?:\w+\s+){0,2}(?:get|obtain|conclude|see|find))"
    r"(?:\s+that)?|그러면|따라서|그러므로|고로|즉|결국)[\s,:$]*$",
    re.IGNORECASE,
)


def member_is_concluded(formula: Formula, statement: Statement) -> bool:
    """Whether words before `x \\in S` say that it follows."""
    first = statement is formula.parts[0] or statement.start == formula.parts[0].start
    return first and not statement.mark and _FOLLOWS.search(formula.before) is not None


def declares(formula: Formula, statement: Statement) -> bool:
    """Whether `x \\in S` says what x is. Behind an arrow, "hence" and the like, or in a question, it is claimed; behind a relation it is the condition of that."""
    if statement.mark in CONDITION_MARKS | DEFINITION_MARKS:
        return True
    if statement.mark or statement.connector or statement.node.value != "in":
        return False
    before = [one for one in formula.parts if isinstance(one, Statement) and one.start < statement.start]
    if any(one.node.kind == "chain" and not set(one.node.value.split()) <= MEMBERSHIPS for one in before):
        return False
    return bool(before) or not (_SAID.search(formula.before) or _ASKED.match(formula.after))


def holds_here_only(formula: Formula, statement: Statement) -> bool:
    """Whether `x \\in S` is the condition of one statement: if x \\in S, or in front of an arrow."""
    behind = next((part for part in formula.parts if part.start > statement.start), None)
    leads = isinstance(behind, Statement) and behind.connector in FOLLOWS
    return leads or statement.mark in CONDITION_MARKS - {"assume"}


def with_bounds(formula: Formula) -> Formula:
    """A formula in which intervals are bounds, that numbers are claimed to be in, or are in by a condition: 0 < x < 1 for x \\in (0, 1)."""
    parts: list[Statement | Unread] = []
    for part in formula.parts:
        if isinstance(part, Statement) and part.node.kind == "chain" and part.node.value == "in":
            chain = bounds(part.node)
            if chain is not None and (not declares(formula, part) or holds_here_only(formula, part)):
                part = replace(part, node=chain)
        parts.append(part)
    return (
        formula
        if all(one is other for one, other in zip(parts, formula.parts, strict=True))
        else replace(formula, parts=tuple(parts))
    )
