"""Whether what the text supposes in one place is still supposed in another: what a proof may use.

A derivation goes on over sentences and paragraphs, and what it supposes holds in all of it. But a relation that no word supposes, what is said inside of one
item of a list, or of a section, and what is said of a letter of which a sentence speaks in general, may be meant for its place only. Proofs do not use
that; witnesses must satisfy it all the same, and the report says what would follow from it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from derive.elaborate.conditions import forget_values, is_put_in
from derive.elaborate.context import (
    BEGINS_CASE,
    CONDITION_MARKS,
    SENTENCE_END,
    Context,
    Hypothesis,
    Section,
    statement_at,
)
from derive.elaborate.definitions import restricts
from derive.elaborate.doubt import Doubt, letters_of_latex
from derive.elaborate.givens import CONCLUDES
from derive.elaborate.obligation import Obligation
from derive.elaborate.restrictions import condition_in_words, earlier_statements, later_statements, reached
from derive.elaborate.sections import ancestors
from derive.kernel.term import ORDERS, Apply, Symbol, Term, free_symbols
from derive.language.document import Formula, Statement, Unread
from derive.language.printing import plain, plain_name
from derive.language.prose import is_condition_in_words

# Words that suppose what they stand beside, or say that it is to be solved or satisfied.
_SUPPOSES = re.compile(
    r"\b(?:let|suppos\w+|assum\w+|consider\w*|given?|if|when\w*|where|with|such\s+that|satisf\w+|subject|solv\w+|solution|find|set(?:ting)?|for|tak(?:e|ing)|put(?:ting)?|choos\w+|"
    r"chosen|pick|constraint\w*|conditions?|equations?|systems?|inequalit\w+|roots?|which|lies?|denot\w+|fix(?:ed)?|normali[sz]\w+|require\w*|hypothes\w+|recall|know\w*|as|since|"
    r"cases?|boundary|initial\w*|optim\w+|minim\w+|maxim\w+|stationary|critical|vanish\w*|first-order|equilibrium|balance\w*|intersect\w*|meet|setting|zeros?)\b|"
    r"만족|하자|두자|놓자|일\s*때|이면|라면|라고|방정식|부등식|풀|조건|가정|가지|대해|대하여|경우|주어|에서|인\s",
    re.IGNORECASE,
)
# Words before a relation that claim it: expanding, note that, we have, 정리하면.
_CLAIMS = re.compile(
    r"(?:\b(?!(?:assuming|supposing|letting|setting|putting|taking|considering|solving|requiring|imposing|satisfying|being|having|fixing|choosing|given|following|including)\b)\w+ing"
    r"(?:\s+(?:out|up|both\s+sides|(?:like\s+|common\s+)?terms|(?:square\s+)?roots|by\s+[\w-]+|the\s+[\w-]+|it|this|everything|again))*|\b(?:gives?|yields?|means?|implies|shows?|proves?|that\s+is|i\.e\.|"
    r"clearly|obviously|evidently|trivially|indeed|of\s+course|(?:claim|result|conclusion|answer|fact|lemma|observation|solution|remark|proof|theorem|proposition|corollary)(?:\s+is|:)|note|notice|observe|checks?|well\s+known|see|verif(?:y|ies)|fact|words|particular|similarly|likewise|now|next|finally|moreover|also|furthermore|"
    r"hand|here|but|however|symmetry|(?:we|one)\s+(?:have|has|find|compute|see|know)|(?:by|using|with)\s+(?:the\s+)?[\w\s-]{1,40}))(?:\s+that)?[\s,:$*_]*$|"
    r"(?:(?<!풀)(?:하면|으면|나누면|곱하면)|(?:결론|결과|답|사실|정리)(?:은|는|:)|즉|다시\s*말해|마찬가지로|특히|예를\s*들어|여기서|그런데|한편|또한|공식에\s*의해|알려진\s*대로|이때|실제로|결국)[\s,$]*$",
    re.IGNORECASE,
)
# Words anywhere before a relation in its sentence by which the sentence claims or concludes: we have shown that A is orthogonal: A^T A = I.
_FOUND_THAT = re.compile(
    r"\b(?:it\s+turns\s+out|(?:we|one|you|they)\s+(?:\w+\s+){0,2}(?:see|find|found|conclude|claim|show|shown|showed|prove[dn]?|deduce|infer)|(?:this|that|it|which)\s+(?:\w+\s+)?(?:shows?|means?|implies|proves?))\s+that\b|"
    r"(?<![가-힣])(?:따라서|그러므로|즉|결국|그러니)(?![가-힣])",
    re.IGNORECASE,
)
_BEGINS_WITH_A_CONCLUSION = re.compile(
    r"[\s*_]*(?:(?:therefore|hence|thus|consequently)\b|(?:따라서|그러므로|즉|결국|그러니)(?![가-힣]))", re.IGNORECASE
)
_NEARBY = 400
_PLAINLY_SUPPOSES = re.compile(
    r"\b(?:let|suppos\w+|assum\w+|given|if|such\s+that|subject|solv\w+|constraint\w*|conditions?|requir\w+|must|should|where)\b|만족|하자|두자|놓자|일\s*때|라면|조건|가정|방정식|풀",
    re.IGNORECASE,
)
# Words by which a sentence speaks of all values, or of what is not under the conditions above.
_GENERAL = re.compile(
    r"\b(?:always|in\s+general|generally|unconditionally|regardless|in\s+(?:all|any|every|either|both)\s+cases?|whatever|no\s+matter|everywhere|identically|in\s+(?:reality|truth)|without\s+(?:any\s+|this\s+|that\s+)?(?:further\s+)?"
    r"(?:assumptions?|conditions?|restrictions?))\b|항상|언제나|일반적으로|어떤\s*경우에|모든\s*경우|무조건|항등식",
    re.IGNORECASE,
)
# A sentence that supposes what it says: let x > 0; suppose that f is not constant and f(0) = 1.
_PLAINLY = re.compile(
    r"(?:^|[,;:(]|\b(?:and|but|so|now|then|next|also|here|again|finally|further|first|hence|thus|we|us|can|will|may|therefore)\b)[\s$*_]*"
    r"(?:let|suppos(?:e|ing)|assum(?:e|ing)|given|consider|take|fix|choose|set|put|pick|denote|define|impose|require)\b(?!\s+(?:later|only))|라고?\s*(?:하자|두자|놓자|가정|한다)|[로를을]\s*(?:하자|두자|놓자)",
    re.IGNORECASE,
)
# Words by which a sentence does not suppose what it says: it denies, excludes, wishes or compares it, somebody else says it, or some things only have it.
_NOT_SUPPOSED = re.compile(
    r"\b(?:not|no|none|never|nor|neither|nowhere|without(?!\s+(?:any\s+)?loss)|cannot|unlike|instead|exclud\w*|exception\w*|omit\w*|skip\w*|drop\w*|avoid\w*|rul(?:e|es|ed|ing)\s+out|fail\w*|lack\w*|"
    r"later|assumes|supposes|claims|says|thinks|believes|tells|told|guess\w*|authors?|textbooks?|books?|people|some(?:body|one)|students?|neighbou?rs?|friends?|colleagues?|others?|nice|desirable|would|could|might|wish\w*|hope\w*|perhaps|maybe|possibl[ye]|happens?|"
    r"compar\w+|contrast|rare\w*|seldom|hardly|whether|either|next\s+(?:time|section|chapter))\b|n['’]t\b|^\W*(?:while|until)\b|(?:^|(?<=[.!?:]))\W*(?:some|few|many|most|several)\s+\w+s\b|"
    r"^\W*(?:all|every|each|any)\b[^.]*\bsatisf(?:y|ies)\b|^\W*(?:the\s+)?(?:two\s+|three\s+)?(?:lines|curves|graphs|parabolas|planes|circles|functions|models|candidates|examples|sequences)\b|"
    r"제외|않|없|빼|뺀|빼고|아니|못|라면\s*좋|으면\s*좋|다음\s*(?:장|절)|나중|비교|달리|일부|수도|모른다|대신|드물|어떤\s*(?:저자|책|학생)|학생",
    re.IGNORECASE,
)
# A supposition that is denied all the same.
_DENIED = re.compile(
    r"\b(?:(?:not|never|n['’]t|no\s+longer|without|later(?:\s+we)?(?:\s+will)?|authors?|textbooks?|people|some(?:body|one)|others?|rather\s+than|instead\s+of)(?:\s+(?:to|we|will|shall|do|have|need|also|often))*|"
    r"(?:do|does|did|should|would|could|must|need)n['’]t|cannot)\s+(?:suppos|assum|requir|impos|consider|tak|fix|set|put|let)\w*|(?:가정|전제)(?:은|를|을)?\s*(?:하지\s*않|없|버리|빼)",
    re.IGNORECASE,
)
# A condition of things that have no name: a number with x^2 = 1, a point where f'(x) = 0.
_OF_A_THING = re.compile(
    r"(?:^|[.:;,]\s*)\W*(?:an?|any|every|each|some|few|many|most|no|all)\s+[\w\s-]{1,30}?(?:with|where|at\s+which|for\s+which|such\s+that|satisfying|that\s+satisf\w+|whose|of)\s*[$\s]*$",
    re.IGNORECASE,
)
# Words that end what is supposed with its paragraph, or with its section.
_HERE_ONLY = re.compile(
    r"\b(?:(?:in|for|within|throughout)\s+(?:this|the\s+present)\s+(?:paragraph|sentence|line|step|example|remark|case)|only\s+(?:here|in\s+this|for\s+this)|for\s+now|for\s+the\s+moment|temporar\w+|for\s+a\s+moment|"
    r"momentarily)\b|이\s*(?:문단|단락|예)에서만|잠시|당분간|여기서만",
    re.IGNORECASE,
)
_IN_THIS_SECTION = re.compile(r"\bthis\s+(?:sub)?(?:section|part)\b|이\s*(?:절|부분)", re.IGNORECASE)
# Words behind the last formula by which a text turns to something else than what it spoke of.
_TURNS = re.compile(
    r"\b(?:any|arbitrary|general|another|(?<!on the )(?<!in )(?<!each )other|different|remaining|drop\w*|without(?!\s+loss)|instead|alternative\w*|vary|varying|varied|chang(?:e|es|ed|ing)|modif\w+|"
    r"updat\w+|perturb\w*|swap\w*|interchang\w*|exchang\w*|doubled|doubling|halved|halving|shifted|shifting|rescal\w*)\b|일반|임의의|다른|나머지|없이|없다면|바꾸|바꿔|갱신",
    re.IGNORECASE,
)
_OTHER_THING = re.compile(
    r"\b(?:consider|take|look\s+at|turn\s+to|treat|study|examine|compare)\b[^.$]{0,40}\b(?:any|arbitrary|another|general|other|different|new)\b|"
    r"\b(?:another|different|second|next|general|new)\s+(?:example|case|system|equation|problem|matrix|function|point|triangle|vector|model|experiment|choice|setting|value)s?\b|"
    r"(?:다른|새로운|두\s*번째|일반적인)\s*\S*(?:예|경우|문제|방정식|함수|행렬|점|식|모형|모델|실험|값)",
    re.IGNORECASE,
)
# Words by which a sentence goes back to another case, step or value.
_BACK = re.compile(
    r"\b(?:(?:method|step|round|case|example|part|iteration|trial|option|plan|model)\s+\$?(?:\d|[A-D]\b|one|two|three)|first|former|originally|initially|previous\w*|earlier|old|before)\b|처음|원래|이전|앞의",
    re.IGNORECASE,
)
# At the beginning of a sentence: a thing that the values above are perhaps not those of. For a biased coin, ...
_OF_A_KIND = re.compile(r"\W*(?:for|with|in|on|at|under)\s+an?\s+[^,.$]{1,40},", re.IGNORECASE)
# Words that let a supposition hold below its section.
_THROUGHOUT = re.compile(
    r"\b(?:throughout|always|everywhere|from\s+now\s+on|henceforth|from\s+here\s+on|in\s+(?:this|the\s+whole|all\s+of\s+this)\s+(?:\w+\s+)?(?:post|note|notes|article|chapter|paper|text|document|lecture|section|blog|report))\b|"
    r"앞으로|이\s*글|이하|항상|전체|내내",
    re.IGNORECASE,
)
# A heading below which another exercise stands.
_ANOTHER = re.compile(
    r"[#\s*]*(?:\(?(?:[a-z]|[ivx]{1,4}|\d{1,3})[.):]?\s*$|(?:exercise|problem|question|next|another)\b|예제|문제|다음)",
    re.IGNORECASE,
)
_LIST_ITEM = re.compile(
    r"(?P<indent>[ \t>]*)(?:[-*+]|(?P<number>\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)]))[ \t]+", re.IGNORECASE
)
_OF_ALL = re.compile(
    r"(?:\\forall|\bfor\s+(?:all|any|every|each|arbitrary)(?:\s+[a-z]+){0,2}|모든|임의의)[\s$,]*(?:(?:\\text\{)?\s*(?:real|실수|수)\s*(?:numbers?|values?(?:\s+of)?)?\}?)?[\s$]*$",
    re.IGNORECASE,
)
_JOINED = re.compile(r"(?:,|\band|와|과|및)[\s$]*$")


def hold_back(
    context: Context,
    section: Section,
    formula: Formula,
    statement: Statement,
    obligation: Obligation,
    names: frozenset[str],
) -> None:
    """Takes from what the obligation may be proved by what is perhaps not supposed here; what follows with that is said."""
    if context.document.claims or obligation.verdict is not None or not obligation.provable:
        return
    claimed = obligation.provable[0].statement
    again = any(term == claimed for _, term, _ in section.earlier)
    place = _Place(context, section, formula, statement, claimed, again)
    valued = [
        name
        for name, start in section.valued.items()
        if name in statement.node.names
        and place.is_apart_from(start)
        and (
            place.speaks_generally(start, letters_of_latex(name))
            or place.is_left(context.formula_at(start))
            or _OF_A_KIND.match(context.words_of_sentence(formula, behind=False)) is not None
        )
    ]
    if valued:
        where = context.document.place(section.valued[valued[0]])
        obligation.withheld = f"the value that {plain_name(valued[0])} has in {where}"
    if apart := place.defined_elsewhere(section.defined):
        obligation.withheld = apart
    back = _BACK.search(context.words_of_sentence(formula))
    in_a_table = _CELL.search(context.words_before(formula)) is not None
    if (back or in_a_table) and section.renewed.keys() & statement.node.names:
        obligation.withheld = "the last value, where another one may be meant"
    if section.older and (older := sorted(section.older.keys() & _made_of(section, statement.node.names))):
        obligation.withheld = section.older[older[0]]
    if section.disputed and (unsettled := sorted(_made_of(section, names) & section.disputed.keys())):
        obligation.withheld, obligation.disputed = section.disputed[unsettled[0]], True
    for name in sorted(statement.node.names & section.placed.keys()):
        source = context.formulas[section.placed[name]]
        if place.is_apart_from(source.start) and place.of_all(source.start) & _of_some(context, source):
            obligation.withheld = f"what {plain_name(name)} is in {context.document.place(source.start)}"
    doubtful = [one for one in section.hypotheses if place.is_doubtful(one)]
    others = (one for one in section.hypotheses if all(one is not other for other in doubtful))
    firm = {one.unfolded(section.scope)[0] for one in (*others, *section.ahead) if not one.refuting}
    used: list[Hypothesis] = []
    terms: set[Term] = set()
    for one in doubtful:
        meant = one.unfolded(section.scope)[0]
        if meant not in firm and any(meant in claim.hypotheses for claim in obligation.provable):
            used.append(one)
            terms |= {meant, section.scope.unfold(meant, coordinates=True)}
    if not used:
        return
    obligation.supposing = obligation.provable
    letters = reached((one.name for one in free_symbols(claimed)), [one.letters() for one in used])
    obligation.supposed = " and ".join(
        f"{plain(one.term)} in {context.document.place(one.start or 0)}" for one in used if one.letters() & letters
    )
    obligation.provable = tuple(
        replace(claim, hypotheses=tuple(one for one in claim.hypotheses if one not in terms))
        for claim in obligation.provable
    )


_UNDER_WORDS = re.compile(
    r"\b(?:if|when(?:ever)?|unless|suppos\w+|assum\w+|in\s+case|under|for\s+an?)\b|이면|라면|하면|일\s*때|경우|가정",
    re.IGNORECASE,
)
_ELSE = re.compile(r"\b(?:otherwise|else|if\s+not|no\s+longer)\b|그렇지\s*않", re.IGNORECASE)
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")
_CELL = re.compile(r"(?:\||&)[\s$*_]*$")
_FOR_SOME = re.compile(
    r"\b(?:for|with|where)\s+(?:some|suitable|certain|appropriate|(?:an?\s+|two\s+)?(?:coprime\s+|positive\s+|real\s+)?(?:integers?|numbers?|constants?|naturals?))\b[^.]*$|적당한[^.]*$|어떤[^.]*$",
    re.IGNORECASE,
)


def _made_of(section: Section, names: frozenset[str]) -> frozenset[str]:
    """The names, and those of which they are made by definitions."""
    scope, found = section.scope, set(names)
    values = [*scope.definitions.items(), *((one, body) for one, (_, body) in scope.function_definitions.items())]
    made = {one.name: {other.name for other in free_symbols(value)} for one, value in values if isinstance(one, Symbol)}
    while more := set[str]().union(*(made.get(one, set()) for one in found)) - found:
        found |= more
    return frozenset(found)


def _of_some(context: Context, where: Formula) -> frozenset[str]:
    """The letters of which the sentence of a formula says that it holds for some of them: x = p/q for integers p and q."""
    found = frozenset[str]()
    first = context.index_of.get(where.start)
    for formula in context.formulas[first + 1 :] if first is not None else ():
        if formula.sentence != where.sentence:
            break
        if found or _FOR_SOME.search(context.words_before(formula)):
            found |= letters_of_latex(formula.latex)
    return found


def leave_list_item(context: Context, section: Section, formula: Formula) -> None:
    """What is supposed in an item of a list in which something is claimed as well holds in that item. Numbered steps may go on from each other."""
    for hypothesis in list(section.hypotheses):
        if hypothesis.start is None or hypothesis.origin == "declaration" or hypothesis.paragraph is not None:
            continue
        if _is_left(context, hypothesis.start, formula):
            section.hypotheses = [one for one in section.hypotheses if one is not hypothesis]
            reason = f"{plain(hypothesis.term)} in {context.document.place(hypothesis.start)}"
            section.doubts.append(Doubt(hypothesis.letters(), reason, formula.section, formula.start))
    forget_values(context, section, formula, lambda _, start: _is_left(context, start, formula))


def _is_left(context: Context, start: int, formula: Formula) -> bool:
    """Whether a formula stands behind an item of a list in which something is claimed after this place."""
    where = context.formula_at(start)
    item = _item(context.document.text, where.start) if where.section == formula.section else None
    if item is None or formula.start < item.end or (item.numbered and CONCLUDES.search(formula.before)):
        return False
    inside = (one for one in context.formulas[context.index_of[where.start] + 1 :] if one.start < item.end)
    return any(_claims(part) for one in inside for part in one.parts)


def _claims(part: Statement | Unread) -> bool:
    return isinstance(part, Statement) and part.node.kind == "chain" and part.mark not in {*CONDITION_MARKS, "let"}


def _is_value(term: Term) -> bool:
    """x = 3."""
    if not isinstance(term, Apply) or term.head != "=" or not any(isinstance(one, Symbol) for one in term.arguments):
        return False
    return len(free_symbols(term)) == 1


@dataclass(slots=True)
class _Place:
    """Where a claim stands. `again`: it was claimed above in the same words."""

    context: Context
    section: Section
    formula: Formula
    statement: Statement
    claimed: Term
    again: bool

    def is_apart_from(self, start: int) -> bool:
        """Whether a place above is in another sentence."""
        where = self.context.formula_at(start)
        return (
            start < self.formula.start
            and SENTENCE_END.search(self.context.words_between(where, self.formula)) is not None
        )

    def is_doubtful(self, hypothesis: Hypothesis) -> bool:
        """Whether something is perhaps not supposed here any more."""
        if hypothesis.start is None or hypothesis.origin == "declaration" or hypothesis.start >= self.statement.start:
            return False
        where = self.context.formula_at(hypothesis.start)
        if _is_claimed(self.context, hypothesis) or self._is_aside(where):
            return True
        if self._stands_under_condition(hypothesis, where) or self._is_of_the_condition_before(hypothesis):
            return True
        if self.is_apart_from(hypothesis.start) and self._has_a_condition(hypothesis, where):
            return True
        if self.is_apart_from(hypothesis.start) and (
            self.is_left(where)
            or self._is_of_a_case(where)
            or self._is_solved_for_a_variable(hypothesis, where)
            or _ONE_DIRECTION.search(where.before) is not None
            or is_not_supposed(self.context, where)
            or self._is_said_of_what_is_known(hypothesis, where)
        ):
            return True
        if where.section != self.formula.section:
            return not self._holds_below(where)
        return self.is_apart_from(hypothesis.start) and (
            self.speaks_generally(hypothesis.start, hypothesis.letters())
            or (self.again and hypothesis.paragraph is not None)
            or (where.sentence != self.formula.sentence and is_put_in(where) and _is_value(hypothesis.term))
            or self._is_apart(hypothesis, where)
        )

    def defined_elsewhere(self, defined: dict[str, int]) -> str:
        """What defines a name that the claim is made of only where it stands: in its sentence, or in this paragraph only; empty if nothing does."""
        for name in sorted(_made_of(self.section, self.statement.node.names) & defined.keys()):
            start = defined[name]
            where = self.context.formula_at(start)
            if not (self.is_apart_from(start) or self._is_aside(where)):
                continue
            if (
                self.is_left(where)
                or self._is_of_a_case(where)
                or self._leaves_its_condition(where)
                or self._is_value_of_a_variable(name, where)
                or (where.sentence != self.formula.sentence and _is_of_its_sentence(self.context, where, start))
            ):
                return f"what {plain_name(name)} is in {self.context.document.place(start)}"
        return ""

    def _leaves_its_condition(self, where: Formula) -> bool:
        """Whether a formula stands under a condition in words, if the lines are parallel, and the text speaks of all cases here, or of another one."""
        here = self._introduced(self.formula)
        if not (_GENERAL.search(here) or _TURNS.search(here) or _ELSE.search(here)):
            return False
        return _UNDER_WORDS.search(self._introduced(where)) is not None

    def _introduced(self, formula: Formula) -> str:
        """The words of the block before a formula; of a display, of the block that leads to it."""
        words = self.context.words_before(formula)
        return _BLANK_LINE.split(words.rstrip("$ \t\r\n") if formula.display else words)[-1]

    def _is_value_of_a_variable(self, name: str, where: Formula) -> bool:
        """Whether a definition gives a value to a variable of what the claim speaks of, f(x) or y = x^2, or one value after another in its paragraph."""
        before = self.section.renewed.get(name)
        if (
            before is not None
            and self.context.formula_at(before).paragraph == where.paragraph == self.formula.paragraph
        ):
            return True
        if _is_plainly_supposed(self.context, where, self.section.defined[name]):
            return False
        scope, defined = self.section.scope, self.section.defined
        value = next((term for one, term in scope.definitions.items() if one.name == name), None)
        if value is None:
            return False  # a function
        made = [
            one
            for one, (parameters, _) in scope.function_definitions.items()
            if name in self.statement.node.names and any(name == each.name for each in parameters)
        ]
        if not free_symbols(value):
            made += [
                one for one, term in scope.definitions.items() if any(name == each.name for each in free_symbols(term))
            ]
        return any(
            one.name in self.statement.node.names and defined.get(one.name, where.start) < where.start for one in made
        )

    def _is_aside(self, where: Formula) -> bool:
        """Whether a formula stands in a footnote, and the claim does not stand in that."""
        return any(
            begin <= where.start < end and not begin <= self.formula.start < end for begin, end in self.context.asides
        )

    def is_left(self, where: Formula) -> bool:
        """Whether what a formula says was said of its paragraph or footnote only, and this is another."""
        return self._is_aside(where) or (
            where.paragraph != self.formula.paragraph
            and _HERE_ONLY.search(self.context.words_of_sentence(where)) is not None
        )

    def _is_of_a_case(self, where: Formula) -> bool:
        """Whether what a formula says begins a case, behind which, in another paragraph, the text goes on in words: in both cases, conclusion."""
        return (
            where.paragraph != self.formula.paragraph
            and BEGINS_CASE.search(where.before) is not None
            and re.search(r"\w{2}", self.context.words_between(where, self.formula).partition("\n\n")[2]) is not None
        )

    def _holds_below(self, where: Formula) -> bool:
        """Whether what is supposed above a heading holds under it."""
        words = self.context.words_of_sentence(where)
        if _IN_THIS_SECTION.search(words) and (
            not where.section or where.section not in ancestors(self.context, self.formula.section)
        ):
            return False
        if _THROUGHOUT.search(words):
            return True
        above = self.context.sections.get(where.section)
        heading = self.context.document.headings[self.formula.section - 1][2] if self.formula.section else ""
        if above is not None and above.earlier and _ANOTHER.match(heading):
            return False
        return _SUPPOSES.search(words) is not None

    def speaks_generally(self, start: int, letters: frozenset[str]) -> bool:
        """Whether the sentence speaks of all values of letters of which something was said at a place above, or of something else than what is said there."""
        if _GENERAL.search(self.context.words_of_sentence(self.formula)):
            return True
        if _TURNS.search(self.context.words_before(self.formula)):
            return True
        if _OTHER_THING.search(self.context.words_between(self.context.formula_at(start), self.formula)):
            return True
        return bool(letters & self.of_all(start))

    def of_all(self, start: int) -> frozenset[str]:
        """The letters of which the sentence says behind a place that it holds for all of them."""
        text, found, open_list = self.context.document.text, frozenset[str](), False
        for part in (
            *earlier_statements(self.context, self.formula, self.statement),
            *later_statements(self.context, self.formula, self.statement),
        ):
            before = text[max(0, part.start - 60) : part.start]
            if part.start <= start or part.node.kind not in {"name", "sequence"}:
                open_list = False
                continue
            open_list = _OF_ALL.search(before) is not None or (open_list and _JOINED.search(before) is not None)
            if open_list:
                found |= letters_of_latex(part.latex)
        return found

    def _is_apart(self, hypothesis: Hypothesis, where: Formula) -> bool:
        """Whether no word supposes a relation that was only read as a condition, and it rather goes on from claims than opening a derivation."""
        if hypothesis.sentence != 0 or hypothesis.continued:
            return False
        if hypothesis.opens and CONCLUDES.search(where.before) is None:
            return False
        before = self._stated_before(hypothesis, where)
        if any(_claims(one) for one in before):  # then x^2 > 0 and x > 1
            words = self.context.document.text[before[-1].end : hypothesis.start]
            if _KOREAN.search(self.context.words_of_sentence(where)):
                words = self.context.document.text[where.end : where.end + 12]
            return _SUPPOSES.search(words) is None
        return _SUPPOSES.search(self.context.words_of_sentence(where)) is None

    def _stated_before(self, hypothesis: Hypothesis, where: Formula) -> list[Statement]:
        """The statements of its sentence before something that a formula says."""
        statement = statement_at(where, hypothesis.start or 0)
        return earlier_statements(self.context, where, statement) if statement is not None else []

    def _stands_under_condition(self, hypothesis: Hypothesis, where: Formula) -> bool:
        """Whether what was only read as a condition stands under one that words state: for x > 0, x > 1. It is what is said under that."""
        if hypothesis.sentence != 0 or hypothesis.continued:
            return False
        before = self._stated_before(hypothesis, where)
        return any(
            one.mark in {"if", "when", "for"} and hypothesis.letters() & letters_of_latex(one.latex) for one in before
        )

    def _has_a_condition(self, hypothesis: Hypothesis, where: Formula) -> bool:
        """Whether something is supposed under a condition that stands beside it: x > 0 when t = 2, if the price falls, for balanced data."""
        statement = statement_at(where, hypothesis.start or 0)
        if statement is None or statement.mark in CONDITION_MARKS:
            return False
        if condition_in_words(self.context, where, statement):
            return True
        behind = next(iter(later_statements(self.context, where, statement)), None)
        alone = statement is where.parts[-1] and (behind is None or behind.start > where.end)
        if alone and is_condition_in_words(where.after):
            return True
        if behind is None or behind.node.kind != "chain":
            return False
        return behind.mark in {"if", "when", "not"} or (behind.mark == "for" and restricts(self.section, behind.node))

    def _is_of_the_condition_before(self, hypothesis: Hypothesis) -> bool:
        """Whether something is a condition of what its sentence says under it, before it states another one: if A then B, and if B then A."""
        if hypothesis.paragraph is None or hypothesis.sentence != self.formula.sentence:
            return False
        claimed = anew = False
        for one in earlier_statements(self.context, self.formula, self.statement):
            if one.start <= (hypothesis.start or 0):
                continue
            claimed = claimed or _claims(one)
            anew = anew or (claimed and one.mark in {"if", "when"})
        return anew

    def _is_solved_for_a_variable(self, hypothesis: Hypothesis, where: Formula) -> bool:
        """Whether something is an equation in the variable of a function, or of a formula, that the claim speaks of: f'(x) = 0 holds at some points."""
        variables = hypothesis.symbols()
        if not isinstance(hypothesis.term, Apply) or hypothesis.term.head not in {"=", "or"} or len(variables) != 1:
            return False
        if _THERE.search(self.formula.before) or _PLAINLY_LET.search(self.context.words_of_sentence(where)):
            return False
        scope = self.section.scope
        key = next(iter(variables)).name
        functions = {one.name for one in scope.function_definitions}
        made = {one.name for one, value in scope.definitions.items() if variables & free_symbols(value)}
        for node in self.statement.node.walk():
            if node.kind == "name" and node.key in made:
                return True
            if node.kind == "call" and any(one.key == key for one in node.children[1:] if one.kind == "name"):
                heads = node.children[0].names
                if heads & functions:
                    return True
        return False

    def _is_said_of_what_is_known(self, hypothesis: Hypothesis, where: Formula) -> bool:
        """The matrix P satisfies P^2 = P, where P is defined: a claim. And so is what stands in a proof by induction as what is to be shown."""
        statement = statement_at(where, hypothesis.start or 0)
        defined = {one.name for one in self.section.scope.definitions}
        if statement is not None and _SATISFIES.search(where.before) and statement.node.names & defined:
            return True
        return hypothesis.term == self.claimed and _INDUCTION.search(self.context.document.text) is not None


# Before what is equivalent to something, or needed for it, and is not supposed by that: invertible iff x = 0.
_ONE_DIRECTION = re.compile(
    r"\b(?:iff|if\s+and\s+only\s+if|(?:only|exactly|precisely|just)\s+(?:if|when))[\s$]*$", re.IGNORECASE
)
_THERE = re.compile(
    r"\b(?:there|here|at\s+(?:this|that|these|those|such|both)\s+\w+|where)[\s,$]*$|여기서|이때", re.IGNORECASE
)
_PLAINLY_LET = re.compile(r"\b(?:let|suppose|assume|given)\b|하자|가정", re.IGNORECASE)
_SATISFIES = re.compile(r"(?<!which )(?<!that )(?<!let )\bsatisf(?:y|ies)[\s$]*$", re.IGNORECASE)
_INDUCTION = re.compile(r"\binduct\w+|귀납", re.IGNORECASE)
_KOREAN = re.compile(r"[가-힣]")


_AT_A_PLACE = re.compile(
    r"^\W*(?:(?:at|on|near)\s+(?:the|this|each|every|a)\b|in\s+(?!this|total|fact|general|particular|short|summary|matrix|components?|terms|both|our|words|symbols|formulas?)[a-z]+\s*\W*$)",
    re.IGNORECASE,
)
# What is put in for a letter: set x = 0 in ..., choose t = 1: ...
_PUT = re.compile(r"\b(?:set|put|choose|take|plug|insert|substitute)[\s$]*$", re.IGNORECASE)
_INTO = re.compile(r"[\s$]*(?:in|into|to\s+get|gives|yields|we\s+get)\b|[\s$]*:", re.IGNORECASE)
_STOPS_IN_LINE = re.compile(r"[^\n]*[.!?。]")
_OF_INDUCTION = re.compile(r"\b(?:(?:claim|statement|formula)\s+(?:holds|is\s+true)|induct\w+)\b|귀납", re.IGNORECASE)


def _is_plainly_supposed(context: Context, where: Formula, start: int) -> bool:
    """Whether a word supposes what a formula says: let, suppose; and it is not only put in for a letter."""
    part = statement_at(where, start)
    if _PUT.search(where.before) and _INTO.match(where.after):
        return False
    if part is not None and part.mark in {"let", "define"}:
        return True
    return _PLAINLY.search(context.words_of_sentence(where)) is not None


def _is_of_its_sentence(context: Context, where: Formula, start: int) -> bool:
    """Whether a definition that no word supposes may hold in its sentence only, and in those that go on with it: the value that something has at rest, in
    equilibrium, initially, if the line is tangent. What stands by itself, and a formula for something (the loss is L = ...), holds further on."""
    words = context.words_of_sentence(where)
    part = statement_at(where, start)
    if part is None or not re.search(r"\w", words):
        return False
    if _is_plainly_supposed(context, where, start):
        return False
    if _AT_A_PLACE.match(context.words_of_sentence(where, behind=False)) or _OF_INDUCTION.search(words):
        return True
    if part.mark in {"if", "when"}:  # a line without a full stop leads to what stands below it
        return _STOPS_IN_LINE.match(context.document.text, where.end) is not None
    value = part.node.children[-1]
    return part.node.kind == "chain" and (
        value.kind == "name" or not any(one.kind in {"name", "call"} for one in value.walk())
    )


def is_not_supposed(context: Context, formula: Formula) -> bool:
    """Whether the sentence of a formula says what it says without supposing it: not every x satisfies it, some authors assume it, it would be nice."""
    found = context.not_supposed.get(formula.start)
    if found is None:
        before, words = context.words_of_sentence(formula, behind=False), context.words_of_sentence(formula)
        found = _DENIED.search(words) is not None or (
            _PLAINLY.search(words) is None
            and (_NOT_SUPPOSED.search(words) is not None or _OF_A_THING.search(before) is not None)
        )
        context.not_supposed[formula.start] = found
    return found


def _is_claimed(context: Context, hypothesis: Hypothesis) -> bool:
    """Whether words claim an equation that was read as a condition: expanding, we have. From a wrong step anything may follow."""
    term = hypothesis.term
    if hypothesis.sentence != 0 or hypothesis.start is None or hypothesis.continued:
        return False
    if not isinstance(term, Apply) or term.head not in {"=", *ORDERS}:
        return False
    where = context.formula_at(hypothesis.start)
    if where.start > hypothesis.start:
        return False
    found = _CLAIMS.search(where.before) or _FOUND_THAT.search(context.words_of_sentence(where, behind=False))
    if not found and not _stands_below_a_conclusion(context, where):
        return False
    return _PLAINLY_SUPPOSES.search(context.words_of_sentence(where, behind=False)) is None


def _stands_below_a_conclusion(context: Context, where: Formula) -> bool:
    """Whether a formula without words stands behind a sentence that concludes: 따라서 $A$는 직교행렬이다. $$A^T A = I$$"""
    sentences = SENTENCE_END.split(
        context.document.text[max(0, where.start - _NEARBY) : where.start].rstrip("$ \t\r\n")
    )
    *others, last = sentences
    if re.search(r"\w", last):
        return False
    before = next((one for one in reversed(others) if re.search(r"\w", one)), "")
    return _BEGINS_WITH_A_CONCLUSION.match(before) is not None and _PLAINLY_SUPPOSES.search(before) is None


@dataclass(frozen=True, slots=True)
class _Item:
    end: int
    numbered: bool


def _item(text: str, offset: int) -> _Item | None:
    """The item of a list that a place is in: its end."""
    begin = text.rfind("\n", 0, offset) + 1
    while (match := _LIST_ITEM.match(text, begin)) is None:
        line = text[begin : text.find("\n", begin) if "\n" in text[begin:] else len(text)]
        above = text.rfind("\n", 0, max(begin - 1, 0)) + 1
        if not begin or (not line[:1].isspace() and not text[above : begin - 1].strip()):
            return None
        begin = above
    indent = len(match.group("indent"))
    position, blank = text.find("\n", offset), False
    while position >= 0:
        following = text.find("\n", position + 1)
        line = text[position + 1 : following if following >= 0 else len(text)]
        if not line.strip():
            blank = True
        else:
            inner = len(line) - len(line.lstrip(" \t>")) > indent
            if not inner and (blank or _LIST_ITEM.match(line)):
                return _Item(position + 1, match.group("number") is not None)
            blank = False
        position = following
    return _Item(len(text), match.group("number") is not None)
