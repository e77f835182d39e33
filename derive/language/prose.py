"""Words just outside a formula that say what its relations are: a definition, a condition, a reason. English and Korean."""

from __future__ import annotations

import re

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
    ("let", re.compile(r"^\s*(?:이?라고?|로|으로)\s*(?:하자|두자|놓자|정의|하면|두면|놓으면)")),
    ("assume", re.compile(r"^\s*(?:이?라고?|을|를)?\s*(?:가정|전제)")),
    ("if", re.compile(r"^\s*(?:일\s*때|이면|라면|이라면|인 경우|일 경우|을 만족|를 만족|에 대해|에 대하여|is\s+(?:assumed|given)|holds\s+by\s+assumption)")),
    ("since", re.compile(r"^\s*(?:이므로|이기\s*때문|라서|이라서|이니까)")),
)  # fmt: skip
_JOINED = re.compile(r"^[\s$,]*(?:and|or|그리고|및|,)?[\s$,]*$", re.IGNORECASE)


def mark_before(prose: str) -> tuple[str, int]:
    """The mark that the words before a formula give it, and how many characters of their end say so."""
    for mark, pattern in _BEFORE:
        match = pattern.search(prose)
        if match is not None:
            return mark, len(prose) - match.start()
    return "", 0


def mark_after(prose: str) -> tuple[str, int]:
    """The mark that the words after a formula give it, and how many characters say so."""
    for mark, pattern in _AFTER:
        match = pattern.match(prose)
        if match is not None:
            return mark, match.end()
    return "", 0


def continues_list(prose: str) -> bool:
    """Whether the words between two formulas only list them: "and", a comma."""
    return bool(prose.strip(" $")) and _JOINED.match(prose) is not None
