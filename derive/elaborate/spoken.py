"""What the words beside a symbol plainly say of it: "x is positive", "a positive integer n", "대칭행렬 A". Anything less plain stays a doubt.

Understood are a sign, a kind of number and a few kinds of matrices, said with "is", "are" or "be" of the symbols just before, or directly before a
symbol. In a sentence with a negation nothing is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from derive.elaborate.membership import signature_of
from derive.language.document import Document, Formula, Statement
from derive.language.syntax import is_map

_SIGNS = {"positive": "positive", "negative": "negative", "nonnegative": "nonnegative", "nonzero": "nonzero"}
_KINDS = {
    "symmetric": "symmetric",
    "skewsymmetric": "skew",
    "invertible": "invertible",
    "nonsingular": "invertible",
    "orthogonal": "orthogonal",
    "positivedefinite": "positive definite",
}
_ADJECTIVE = r"(?:strictly\s+)?(?:positive[-\s]definite|positive|negative|non-?negative|non-?zero|skew-?symmetric|symmetric|invertible|non-?singular|orthogonal)"
_NOUN = r"(?:real\s+numbers?|real\s+constants?|numbers?|reals?|scalars?|constants?|integers?|natural\s+numbers?|matrix|matrices|parameters?)"
_PHRASE = rf"(?P<words>(?:real\s+)?(?:{_ADJECTIVE}(?:\s*(?:,|and|,\s*and)?\s+{_ADJECTIVE})*(?:\s+{_NOUN})?|{_NOUN}))"
_AFTER = re.compile(
    rf"[\s$]*(?P<verb>is|are|be)\s+(?:both\s+|all\s+)?(?:an?\s+|two\s+)?{_PHRASE}(?=[\s$]*(?:[.,;:)]|$|(?:then|so|and|we|with|where|for|this|it)\b))",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    rf"(?:^|[\s(,.;])(?P<article>an?|any|every|each|all|some|two|three|let|given|for|with|and)\s+{_PHRASE}[\s$]*$",
    re.IGNORECASE,
)
_INTRODUCED = re.compile(
    r"(?:^|[.;:!?,(]|\n\s*\n|\b(?:let|suppose|assume|assuming|that|if|when|whenever|where|here|with|now|also|numbers?|matrix|matrices|constants?|parameters?))[\s$*_]*$",
    re.IGNORECASE,
)
_UNDER_A_CONDITION = re.compile(r"\b(?:if|when|whenever|unless|in case|provided|as long as)\b", re.IGNORECASE)
_OF_ALL = re.compile(r"\b(?:any|every|each|all|for)\b", re.IGNORECASE)
_GIVEN_AS_REASON = re.compile(
    r"\b(?:since|because|as|so|hence|thus|therefore|then|implies|shows?|prove\w*|follows)\b", re.IGNORECASE
)
# Words that claim or conclude what they stand before: it is said of the symbol by the text, not given of it.
_CLAIMED = re.compile(
    r"\b(?:consequently|accordingly|whence|ergo|clearly|obviously|evidently|trivially|plainly|certainly|indeed|of\s+course|in\s+fact|in\s+other\s+words|in\s+particular|"
    r"that\s+(?:is|means)|i\.\s?e\.|namely|means|meaning|concluding|in\s+conclusion|in\s+summary|as\s+a\s+(?:result|consequence)|from\s+(?:this|that|these|which|here|the)|by\s+(?:the|this|that|definition|symmetry|construction)|"
    r"(?:claim|lemma|theorem|proposition|corollary|conclusion|result|goal|aim|exercise|question|conjecture|guess|fact)s?(?:\s+[\d.]+)?\s*(?:is|are|:))",
    re.IGNORECASE,
)
_THAT = re.compile(r"\bthat[\s$*_]*$", re.IGNORECASE)
# What may stand before "that" where something is given; behind any other word - we see, it turns out, we claim - it is claimed.
_GIVEN_THAT = re.compile(
    r"\b(?:suppos\w*|assum\w*|given|provided|providing|such|requir\w*|recall\w*|remember\w*|know\w*|known|pretend\w*|imagine|condition|hypothes[ei]s|constraint|case|fact|demand\w*|impos\w*|stipulat\w*)"
    r"(?:\s+(?:us|now|also|further|furthermore|moreover|again|here|in\s+addition|henceforth|throughout))?[\s,]*that[\s$*_]*$",
    re.IGNORECASE,
)
# A sentence that is only the name of what follows it: Lemma 2. $A$ is symmetric.
_LABEL = re.compile(
    r"[\s*_#>]*(?:claim|lemma|theorem|proposition|corollary|conclusion|fact|goal|conjecture|주장|정리|보조정리|명제|따름정리|결론|목표|추측)(?:\s+[\dA-Z.]+)?(?:\s*\([^()]*\))?[\s*_.:]*",
    re.IGNORECASE,
)
_PLAINLY_GIVEN = re.compile(
    r"\b(?:let|suppose|assume|assuming|if|when|whenever|where|with|given)[\s$*_]*$", re.IGNORECASE
)
_CLAUSE_BEFORE = re.compile(
    r"\b(?:if|when|whenever|since|because|as|for|from|by|using|with)\b[^,]*\$[^,]*,[\s$*_]*$", re.IGNORECASE
)
_KOREAN_CLAIMED = re.compile(
    r"(?<![가-힣])(?:따라서|그러므로|그러니|그래서|고로|그러면|즉|결국|결과적으로|그\s*결과|결론|요컨대|이로부터|이로써|이것으로|그렇다면|당연히|명백히|명백하게|분명히|분명하게|확실히|자명하게|사실|실제로|물론)|"
    r"(?:다시|바꿔|바꾸어)\s*말|므로|때문에|덕분에|니까|(?:으|이|라|다|하|보|따르|리)면|에\s*(?:의해|의하여|따라)|으?로부터|[일할]\s*때|경우|보았듯|보았던|보인\s*것|증명했듯|알\s*수\s*있듯|"
    r"(?:주장|정리|명제|목표|추측)\s*\d*\s*[:.은는]"
)
_KOREAN_SUPPOSED = re.compile(
    r"\s*(?:이?라고?|으?로|을|를)?\s*(?:하(?:자|면|고|여|겠)|합시다|한다|할\s*때|해\s*보자|두[자면고]|둘\s*때|놓[자고으을]|가정|전제|생각하자|치[자면]|주어|잡)"
)
_KOREAN_CONDITION = re.compile(r"\s*(?:이면|이?라면|하다면|하면|일\s*때|할\s*때)")
_KOREAN_PREDICATE = re.compile(r"[\s$]*(?:이다|입니다|이고|이며|임|이라는|라는|가\s*된|이\s*된)")
_PREDICATE = re.compile(r"\b(?<!there )(?:is|are|be|becomes?|equals?|gives?|yields?|get|obtain)\s*$", re.IGNORECASE)
_FINDS = re.compile(
    r"\b(?:we|one|you|it|this|that|which)\s+(?:\w+\s+){0,2}(?:see|conclude|find|found|shown?|turns\s+out|means|claim|prove|deduce|infer|notice|observe|get|obtain|have)",
    re.IGNORECASE,
)
_NEGATED = re.compile(
    r"\b(?:not|no|never|neither|nor|cannot|without|otherwise|or|either)\b|n't\b|않|아니|아닌|없|또는|이거나",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?;。](?=\s|$)|\n[ \t\r]*\n|(?<=다)\.|^ {0,3}#{1,6}[ \t][^\n]*\n", re.MULTILINE)
_LIST = re.compile(r"[\s$]*(?:,|and|,\s*and|와|과|,?\s*그리고)?[\s$]*", re.IGNORECASE)

_KOREAN = (
    r"(?P<words>양의\s*정부호\s*행렬|양의\s*정수|양의\s*실수|양수|음수|정수|자연수|대칭\s*행렬|가역\s*행렬|직교\s*행렬)"
)
_KOREAN_AFTER = re.compile(
    rf"[\s$]*(?:가|이|는|은|를|을)\s*{_KOREAN}(?P<end>\s*(?:이고|이며|이면|라면|이라면|일\s*때|라고|라\s*하|이라고|이라\s*하|이다|입니다|로|으로))"
)
_KOREAN_BEFORE = re.compile(rf"(?:^|\s){_KOREAN}[\s$]*$")
_KOREAN_MEANINGS = {
    "양의정부호행렬": ("", ("positive definite",), ""),
    "양의정수": ("positive", (), "integer"),
    "양의실수": ("positive", (), ""),
    "양수": ("positive", (), ""),
    "음수": ("negative", (), ""),
    "정수": ("", (), "integer"),
    "자연수": ("", (), "natural"),
    "대칭행렬": ("", ("symmetric",), ""),
    "가역행렬": ("", ("invertible",), ""),
    "직교행렬": ("", ("orthogonal",), ""),
}


@dataclass(frozen=True, slots=True)
class Said:
    """What the words at a place of the text say of some names, from one formula on. `conditional`: for what stands in its sentence and paragraph."""

    names: tuple[str, ...]
    sign: str
    kinds: tuple[str, ...]
    integer: str  # "integer", "natural", or empty
    conditional: bool
    formula: int  # the offset of the formula
    start: int
    end: int


def said_in_prose(document: Document, formulas: Sequence[Formula]) -> list[Said]:
    """What is plainly said of symbols, in order."""
    text = document.text
    found: list[Said] = []
    for index, formula in enumerate(formulas):
        names = names_of(formula)
        if not names:
            continue
        begin = formulas[index - 1].end if index else 0
        end = formulas[index + 1].start if index + 1 < len(formulas) else len(text)
        before, after = text[begin : formula.start], text[formula.end : end]
        one = (
            _of_function(text, formulas, index, names)
            or _of_function_behind(text, formulas, index, names)
            or _before(text, formulas, index, _with_those_behind(text, formulas, index, names), before, begin)
            or _after(text, formulas, index, names, after)
        )
        if one is not None:
            found.append(one)
    return found


# The properties of functions, in a sentence where the constants are numbers in braces: "f be convex and {0}-smooth".
_PROPERTY = r"(?:(?:continuously\s+|twice\s+)*differentiable|convex|\{\d\}[\s$]*-?\s*(?:smooth|strongly[\s-]+convex)|{korean})".replace(
    "{korean}", r"미분\s*가능(?:한|하고)?|볼록(?:\s*함수)?|\{\d\}[\s$]*-?\s*강볼록"
)
_JOINED = r"(?:\s*,?\s*(?:and|이고|이며|하고|한)?\s*[\s$]*)"
_FUNCTION_AFTER = re.compile(
    rf"[\s$]*(?:(?:is|be)\s+(?:an?\s+)?|(?:이|가|은|는|을|를)\s*)[\s$]*(?P<words>{_PROPERTY}(?:{_JOINED}{_PROPERTY})*)(?:\s+function|\s*함수)?"
    r"(?=[\s$]*(?:[.,;:)]|$|(?:then|so|and\s+let|with|where)\b|이다|이고|이라고|라고|라\s*하|일\s*때|이면|라면|라\s*하|하다고|하다면|하면|할\s*때))",
    re.IGNORECASE,
)
_CONDITION_AFTER = re.compile(r"[\s$]*(?:일\s*때|이면|라면|하다면|하면|할\s*때)")
_KIND_OF_FUNCTION = re.compile(
    r"\{(?P<constant>\d)\}[\s$]*-?\s*(?P<kind>smooth|strongly[\s-]+convex|강볼록)|(?P<convex>convex|볼록)",
    re.IGNORECASE,
)
_MOST_CONSTANTS = 3


def _of_function(text: str, formulas: Sequence[Formula], index: int, names: tuple[str, ...]) -> Said | None:
    """f is convex, L-smooth, mu-strongly convex: the constants are formulas of their own."""
    formula = formulas[index]
    if len(names) != 1:
        return None
    places: list[int] = []
    constants: list[str] = []
    sentence, place = "", formula.end
    for other in [*formulas[index + 1 : index + 1 + _MOST_CONSTANTS], None]:
        end = other.start if other is not None else len(text)
        following = formulas[index + 1 + len(constants)].start if index + 1 + len(constants) < len(formulas) else end
        piece = text[place : min(end, following)]
        places += range(place, place + len(piece))
        sentence += piece
        constant = names_of(other) if other is not None else ()
        if other is None or len(constant) != 1 or _SENTENCE_END.search(piece):
            break
        mark = f"{{{len(constants)}}}"
        places += [other.start] * len(mark)
        sentence += mark
        constants.append(constant[0])
        place = other.end
    match = _FUNCTION_AFTER.match(sentence)
    if match is None or _NEGATED.search(match.group()):
        return None
    kinds = _kinds_of_function(match.group("words"), constants)
    begin = formulas[index - 1].end if index else 0
    introduced = _SENTENCE_END.split(text[begin : formula.start])[-1]
    if not kinds or _NEGATED.search(introduced) or _GIVEN_AS_REASON.search(introduced):
        return None
    korean = _is_korean(match.group())
    if not korean and _INTRODUCED.search(introduced) is None:
        return None
    if (
        _is_claimed_in_korean(text, formulas, index, sentence[match.end() :])
        if korean
        else _is_claimed(text, formulas, index)
    ):
        return None
    under = _UNDER_A_CONDITION.search(introduced) is not None or _OF_ALL.search(introduced) is not None
    under = under or _CONDITION_AFTER.match(sentence[match.end() :]) is not None
    start, end = places[match.start("words")], places[match.end("words") - 1] + 1
    return Said(names, "", tuple(kinds), "", under, formula.start, start, end)


def _kinds_of_function(words: str, constants: Sequence[str]) -> list[str]:
    kinds: list[str] = []
    for one in _KIND_OF_FUNCTION.finditer(words):
        if one.group("convex"):
            kinds.append("convex")
        elif one.group("constant"):
            kind = "smooth" if one.group("kind").lower() == "smooth" else "strongly convex"
            kinds.append(f"{constants[int(one.group('constant'))]}-{kind}")
    return kinds


_FUNCTION_BEFORE = re.compile(
    rf"(?:^|\b(?:an?|any|every|each|the|given|let|for|with|consider|take)\s+|(?:임의의|모든|어떤)\s*)[\s$]*(?P<words>{_PROPERTY}(?:{_JOINED}{_PROPERTY})*)(?:\s+(?:function|map)|\s*함수)?[\s$]*$",
    re.IGNORECASE,
)


def _of_function_behind(text: str, formulas: Sequence[Formula], index: int, names: tuple[str, ...]) -> Said | None:
    """A convex function f; an L-smooth f."""
    formula = formulas[index]
    if len(names) != 1:
        return None
    sentence = ""
    places: list[int] = []
    constants: list[str] = []
    place = formula.start
    for earlier in [*reversed(formulas[max(index - _MOST_CONSTANTS, 0) : index]), None]:
        begin = earlier.end if earlier is not None else max(place - 200, 0)
        piece = text[begin:place]
        ends = list(_SENTENCE_END.finditer(piece))
        begin += ends[-1].end() if ends else 0
        sentence, places = text[begin:place] + sentence, [*range(begin, place), *places]
        constant = names_of(earlier) if earlier is not None else ()
        if earlier is None or len(constant) != 1 or ends:
            break
        sentence, places = f"{{{len(constants)}}}{sentence}", [earlier.start] * 3 + places
        constants.append(constant[0])
        place = earlier.start
    match = _FUNCTION_BEFORE.search(sentence)
    if match is None or _NEGATED.search(sentence) or _GIVEN_AS_REASON.search(sentence):
        return None
    kinds = _kinds_of_function(match.group("words"), constants)
    if not kinds:
        return None
    under = _UNDER_A_CONDITION.search(sentence) is not None or _OF_ALL.search(sentence) is not None
    start, end = places[match.start("words")], places[match.end("words") - 1] + 1
    return Said(names, "", tuple(kinds), "", under, formula.start, start, end)


def _sentence_before(text: str, formulas: Sequence[Formula], index: int) -> tuple[str, str]:
    """The words of the sentence before a formula, with a dollar sign for every formula in it, and the sentence before that."""
    sentence, place = "", formulas[index].start
    for earlier in [*reversed(formulas[:index]), None]:
        begin = earlier.end if earlier is not None else 0
        piece = text[max(begin, place - 400) : place]
        *others, last = _SENTENCE_END.split(piece)
        sentence = last + sentence
        if others or earlier is None:
            return sentence, others[-1] if others else ""
        sentence, place = f"${sentence}", earlier.start
    return sentence, ""


def _is_claimed(text: str, formulas: Sequence[Formula], index: int) -> bool:
    """Whether what is said of a symbol is a claim of the text, or concluded, and not given: we see that $x$ is positive."""
    sentence, label = _sentence_before(text, formulas, index)
    if _LABEL.fullmatch(label):
        return True
    if _THAT.search(sentence) and not _GIVEN_THAT.search(sentence):
        return True
    if _PLAINLY_GIVEN.search(sentence):
        return False
    return any(one.search(sentence) for one in (_CLAIMED, _GIVEN_AS_REASON, _CLAUSE_BEFORE))


def _is_claimed_in_korean(text: str, formulas: Sequence[Formula], index: int, after: str) -> bool:
    """The same in Korean, by the ending behind what is said: 따라서 $A$는 대칭행렬이다. What is supposed (라고 하자) or a condition (이면) is not claimed."""
    if _KOREAN_CONDITION.match(after) or _KOREAN_SUPPOSED.match(after):
        return False
    if re.match(r"\s*이?라고", after):
        return True
    sentence, label = _sentence_before(text, formulas, index)
    return _LABEL.fullmatch(label) is not None or _KOREAN_CLAIMED.search(sentence) is not None


def _is_korean(text: str) -> bool:
    return any("가" <= character <= "힣" for character in text)


def names_of(formula: Formula) -> tuple[str, ...]:
    r"""The names that a formula is: x, or x, y, or f of f : \mathbb{R}^n \to \mathbb{R}. A function of less than all numbers or vectors may be smooth there without
    being like one of all."""
    nodes = [part.node for part in formula.parts if isinstance(part, Statement)]
    nodes = [one.children[0] if is_map(one) and signature_of(one.children[1]).whole else one for one in nodes]
    members = [one for node in nodes for one in (node.children if node.kind == "sequence" else (node,))]
    only = len(nodes) == len(formula.parts) and all(one.kind == "name" for one in members)
    return tuple(one.key for one in members) if only else ()


def _before(
    text: str, formulas: Sequence[Formula], index: int, names: tuple[str, ...], before: str, offset: int
) -> Said | None:
    formula, sentence = formulas[index], _SENTENCE_END.split(before)[-1]
    if _NEGATED.search(sentence):
        return None
    match = _KOREAN_BEFORE.search(before)
    if match is not None:
        if _KOREAN_PREDICATE.match(text, formula.end) and _is_claimed_in_korean(text, formulas, index, ""):
            return None
        sign, kinds, integer = _KOREAN_MEANINGS[re.sub(r"\s", "", match.group("words"))]
        return Said(
            names,
            sign,
            kinds,
            integer,
            False,
            formula.start,
            offset + match.start("words"),
            offset + match.end("words"),
        )
    match = _BEFORE.search(before)
    if match is None or (meaning := _meaning(match.group("words"))) is None:
        return None
    if _UNDER_A_CONDITION.search(sentence) or _GIVEN_AS_REASON.search(sentence):
        return None
    if _PREDICATE.search(before[: match.start("article")]):
        whole, _ = _sentence_before(text, formulas, index)
        if _FINDS.search(whole) or _CLAIMED.search(whole):
            return None
    conditional = _OF_ALL.search(sentence) is not None
    return Said(names, *meaning, conditional, formula.start, offset + match.start("words"), offset + match.end("words"))


def _after(text: str, formulas: Sequence[Formula], index: int, names: tuple[str, ...], after: str) -> Said | None:
    formula = formulas[index]
    match = _KOREAN_AFTER.match(after)
    if match is not None:
        sign, kinds, integer = _KOREAN_MEANINGS[re.sub(r"\s", "", match.group("words"))]
        conditional = re.sub(r"\s", "", match.group("end")) in {"이면", "라면", "이라면", "일때"}
        if conditional and integer:
            return None
        if _is_claimed_in_korean(text, formulas, index, after[match.start("end") :]):
            return None
        start, end = formula.end + match.start("words"), formula.end + match.end("words")
        return Said(names, sign, kinds, integer, conditional, formula.start, start, end)
    match = _AFTER.match(after)
    if match is None or (meaning := _meaning(match.group("words"))) is None:
        return None
    rest = _SENTENCE_END.split(after)[0]
    if _NEGATED.search(rest):
        return None
    first = index
    if match.group("verb").lower() != "is":  # x and y are positive
        first = _first_of_list(text, formulas, index)
        names = listed_before(text, formulas, index, names)
    introduced = _SENTENCE_END.split(text[formulas[first - 1].end if first else 0 : formulas[first].start])[-1]
    if _INTRODUCED.search(introduced) is None or _NEGATED.search(introduced) or _GIVEN_AS_REASON.search(introduced):
        return None
    if _is_claimed(text, formulas, first):
        return None
    under = _UNDER_A_CONDITION.search(introduced) is not None
    if under and meaning[2]:
        return None  # a sort holds in the whole text
    conditional = under or _OF_ALL.search(introduced) is not None
    return Said(
        names,
        *meaning,
        conditional,
        formula.start,
        formula.end + match.start("words"),
        formula.end + match.end("words"),
    )


def _first_of_list(text: str, formulas: Sequence[Formula], index: int) -> int:
    """Where the list of names ends that this formula ends."""
    first = index
    while (
        first
        and _LIST.fullmatch(text[formulas[first - 1].end : formulas[first].start])
        and names_of(formulas[first - 1])
    ):
        first -= 1
    return first


def listed_before(text: str, formulas: Sequence[Formula], index: int, names: tuple[str, ...]) -> tuple[str, ...]:
    """The names of a formula, and those of the formulas that list them with it: $x$, $y$ and $z$."""
    first = _first_of_list(text, formulas, index)
    return (*(name for one in formulas[first:index] for name in names_of(one)), *names)


_OF_SEVERAL = re.compile(
    r"(?:양수|음수|정수|자연수|실수|행렬)[\s$]*$|(?:\b(?:for|let|with|given|all|two|three)\s+)(?:[\w-]+\s+)*(?:numbers|reals|scalars|constants|integers|matrices|parameters|positive|negative|nonnegative|nonzero)[\s$]*$",
    re.IGNORECASE,
)


def _with_those_behind(text: str, formulas: Sequence[Formula], index: int, names: tuple[str, ...]) -> tuple[str, ...]:
    """The names of a formula, and those that are listed with it behind: 양수 $x$, $y$; positive $x$ and $y$. Words for one number are said of one."""
    before = text[formulas[index - 1].end if index else 0 : formulas[index].start]
    if _OF_SEVERAL.search(before) is None:
        return names
    found = list(names)
    for previous, one in zip(formulas[index:], formulas[index + 1 :], strict=False):
        listed = names_of(one)
        if (
            not listed
            or not _LIST.fullmatch(text[previous.end : one.start])
            or not text[previous.end : one.start].strip(" $\n")
        ):
            break
        found += listed
    return tuple(found)


def _meaning(words: str) -> tuple[str, tuple[str, ...], str] | None:
    """Sign, kinds and kind of number; None where nothing is said that restricts."""
    lower = words.lower()
    sign, kinds = "", []
    for match in re.finditer(_ADJECTIVE, lower):
        word = re.sub(r"[-\s]|^strictly", "", match.group())
        if word in _KINDS:
            kinds.append(_KINDS[word])
        elif sign:
            return None
        else:
            sign = _SIGNS[word]
    integer = "natural" if "natural" in lower else "integer" if "integer" in lower else ""
    if (kinds and (sign or integer)) or ("matri" in lower and sign):
        return None  # of a matrix that is positive more than one thing may be meant
    return (sign, tuple(kinds), integer) if sign or kinds or integer else None
