"""Words just outside or inside a formula that say what its relations are: a definition, a condition, a reason. English and Korean."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from derive.language.spelling import WORDS

# At the end of the words before a formula. The marks are those of `Statement.mark`.
_BEFORE: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (mark, re.compile(rf"(?:^|(?<=[\s(,;:])){words}[\s$(]*$", re.IGNORECASE))
    for mark, words in (
        ("assume", r"(?:suppose|assume|assuming)(?:\s+(?:now|also|further|furthermore))?(?:,?\s+that)?(?:\s+we\s+have)?"),
        ("let", r"(?:let(?:\s+(?:us|now|also))?(?:\s+(?:set|define|denote|write|put))?|we\s+(?:set|define|denote|write|put)|define|denote(?:\s+by)?)"),
        (
            "if",
            r"(?:if|when|whenever|provided|as\s+long\s+as|given|such\s+that|subject\s+to|(?:which|that)?\s*satisf(?:y|ies|ying)|under\s+the\s+(?:assumption|condition|constraint)|with\s+the\s+(?:constraint|condition))(?:\s+(?:that|both|also|now))?",
        ),
        ("for", r"for(?:\s+(?:all|any|every|each|some))?"),
        ("where", r"(?:where|with)"),
        ("since", r"(?:since|because|as|from|by|using|recall(?:ing)?|know(?:ing)?|noting|the\s+fact|due\s+to)(?:\s+that)?"),
    )
)  # fmt: skip
# At the beginning of the words after a formula.
_AFTER: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("let", re.compile(r"^\s*(?:이?라고?|로|으로)\s*(?:하자|두자|놓자|정의|하면|두면|놓으면|할\s*때|둘\s*때)")),
    ("assume", re.compile(r"^\s*(?:이?라고?|을|를|으로|로|임을)?\s*(?:가정|전제)")),
    ("if", re.compile(r"^\s*(?:일\s*때|할\s*때|이면|라면|이라면|인\s*경우|일\s*경우|을 만족|를 만족|에 대해|에 대하여|(?:이라는|라는|인)\s*(?:조건|제약)|is\s+(?:assumed|given)|holds\s+by\s+assumption)")),
    ("since", re.compile(r"^\s*(?:이므로|이기\s*때문|라서|이라서|이니까|이니|니까|므로|에\s*의해|을\s*이용|를\s*이용|에서)")),
    ("not", re.compile(r"^\s*(?:은|는|이|가)?\s*(?:(?:항상\s*)?성립하지\s*않(?:는다|습니다|음)|거짓이다|거짓입니다|틀렸다|틀렸습니다|틀린\s*(?:식|등식)이다|does\s+not\s+hold|do\s+not\s+hold|is\s+(?:false|wrong|not\s+true|incorrect)|is\s+a\s+(?:common\s+)?mistake)(?!\s+(?:if|when|unless|for))")),
)  # fmt: skip
_JOINED = re.compile(r"^[\s$,]*(?:and|or|그리고|및|,)?[\s$,]*$", re.IGNORECASE)


_SYLLABLE = re.compile("[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?")


def composed(text: str) -> tuple[str, list[int]]:
    """The text with Hangul in syllables (some editors store every letter, Unicode form D), and where each character of it,
    and its end, stands in the text as given."""
    pieces: list[str] = []
    places: list[int] = []
    position = 0
    for match in _SYLLABLE.finditer(text):
        pieces += [text[position : match.start()], unicodedata.normalize("NFC", match.group())]
        places += [*range(position, match.start()), match.start()]
        position = match.end()
    return "".join([*pieces, text[position:]]), [*places, *range(position, len(text) + 1)]


def mark_before(prose: str) -> tuple[str, int]:
    """The mark that the words before a formula give it, and how many characters of their end say so."""
    text, places = composed(prose)
    for mark, pattern in _BEFORE:
        match = pattern.search(text)
        if match is not None:
            return mark, len(prose) - places[match.start()]
    return "", 0


def mark_after(prose: str) -> tuple[str, int]:
    """The mark that the words after a formula give it, and how many characters say so."""
    text, places = composed(prose)
    for mark, pattern in _AFTER:
        match = pattern.match(text)
        if match is not None:
            return mark, places[match.end()]
    return "", 0


def continues_list(prose: str) -> bool:
    """Whether the words between two formulas only list them: "and", a comma."""
    return bool(prose.strip(" $\n\t")) and _JOINED.match(composed(prose)[0]) is not None


# --- words inside a formula ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Word:
    """What words between the statements of a formula say: of the one before, how the next hangs on it, what the next is; `joins` is a connective."""

    before: str = ""
    connector: str = ""
    mark: str = ""
    joins: str = ""


_EQUIVALENT = re.compile(r"if and only if|\biff\b|equivalent|동치|필요충분", re.IGNORECASE)
# Words before a statement, in Korean.
_KOREAN: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("so", re.compile(r"따라서|그러므로|그래서|즉|결국|그러면|이면|고로|결과적으로")),
    ("where", re.compile(r"여기서|이\s*때|이때")),
    ("if", re.compile(r"^단$|만약|만일")),
    ("and", re.compile(r"그리고|및|이고|이며|또한|고$")),
    ("or", re.compile(r"또는|혹은|이거나|거나")),
    ("assume", re.compile(r"가정")),
    ("let", re.compile(r"정의")),
)
_PHRASES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (mark, re.compile(rf"^(?:{words})$", re.IGNORECASE))
    for mark, words in (
        ("if", r"s\.?\s*t\.?|such that|subject to|provided(?: that)?|whenever|as long as|given(?: that)?|(?:only )?if|when|under"),
        ("for", r"for (?:all|any|every|each|some|at least one).*|as"),
        ("since", r"since|because|by|using|from|as"),
        ("so", r"(?:and )?(?:hence|thus|so|then|therefore|consequently)|i\.?e\.?|that is|(?:which )?impl(?:ies|ying)(?: that)?|it follows(?: that)?|we (?:get|have|obtain)|gives|yields|leads to"),
        ("where", r"where|with|here"),
    )
)  # fmt: skip


def word_inside(text: str) -> Word | None:
    """What words inside a formula say of the statements around them; None where they say nothing."""
    words = composed(text)[0].lower().replace(",", " ").replace(":", " ").strip(" .")
    if _EQUIVALENT.search(words):
        return Word(connector="iff")
    after = mark_after(words)[0] if _is_korean(words) else ""
    rest = words
    found = ""
    if _is_korean(words):
        found = next((mark for mark, pattern in _KOREAN if pattern.search(rest)), "")
        if after and not found:
            return Word(before=after, connector="so" if after in {"since", "if"} else "")
    else:
        found = next((mark for mark, pattern in _PHRASES if pattern.match(words)), "")
        parts = words.split()
        for word in (*parts[-1:], *parts[:1]):
            found = found or WORDS.get(word, "")
    if not found:
        return Word(before=after) if after else None
    if found == "or":
        return Word(joins="or")
    if found in {"so", "then"}:
        return Word(before=after, connector="so")
    return Word(before=after, mark=found)


def _is_korean(text: str) -> bool:
    return any("가" <= character <= "힣" for character in text)
