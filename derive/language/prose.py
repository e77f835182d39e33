"""Words just outside or inside a formula that say what its relations are: a definition, a condition, a reason. English and Korean."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from derive.language.spelling import WORDS

# What is said of a relation that does not hold, in the words before it and behind it.
_WRONG = (
    r"(?:(?:not|never)\s+(?:in\s+general\s+|generally\s+|always\s+|necessarily\s+)?(?:true|correct|the\s+case|valid|right|an?\s+(?:\w+\s+)?identity)|"
    r"excluded|forbidden|prohibited|ruled\s+out|not\s+(?:allowed|permitted|admissible)|"
    r"false|wrong|incorrect|untrue|invalid|nonsense|(?:an?\s+)?(?:mistake|misconception|fallacy)|"
    r"(?:an?\s+)?(?:very\s+)?(?:common|typical|frequent|classic|popular)\s+(?:\w+\s+)?(?:mistake|error|misconception|fallacy))"
)
_SAYING = (
    r"(?:think|say|write|believe|conclude|assume|suppose|claim|expect|guess|hope|set|use|infer|argue|deduce|have|get)"
)
_CROSSES = "[❌✗✘🚫👎]\ufe0f?"
# At the end of the words before a formula. The marks are those of `Statement.mark`; what is denied comes first: "it is wrong to assume that".
_BEFORE: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (mark, re.compile(rf"(?:^|(?<=[\s(,;:*_\"'`“‘「])){words}[\s$(]*$", re.IGNORECASE))
    for mark, words in (
        (
            "question",
            (r"(?:regardless\s+of(?:\s+whether)?|irrespective\s+of(?:\s+whether)?|no\s+matter(?:\s+(?:if|whether))?|perhaps|maybe|possibly|(?:may|might|could)\s+(?:well\s+)?(?:happen|be)(?:\s+(?:the\s+case\s+|true\s+)?that)?|whether(?:\s+or\s+not)?|"
            r"(?-i:Is|Are|Does|Do|Can|Could|Must|Should|Will|Would|Has|Have)(?:\s+(?:it|we|there|always|necessarily|perhaps|ever|true|have|be|that|really)){0,4}|"
            r"(?:usually|typically|often|sometimes|frequently|occasionally|mostly|normally|ordinarily|hopefully|allegedly|supposedly|presumably|arguably|apparently|seemingly|in\s+most\s+cases)\s*,?|"
            r"(?:beginners|novices|students|people|many|some|textbooks|authors)\s+(?:\w+\s+){0,2}?(?:think|say|write|believe|claim|guess)(?:\s+that)?\s*:?|"
            r"(?:is|was)\s+it\s+(?:true|the\s+case|possible|correct)(?:\s+that)?|(?:prove|show)\s+or\s+(?:disprove|refute|give\s+a\s+counterexample)(?:\s+(?:to|that))?\s*[:.]?|true\s+or\s+false\s*[:.?]?|"
            r"would\s+(?:then\s+)?(?:give|yield|imply|mean|lead\s+to|get|have|obtain)(?:\s+(?:us|that))?|(?:mistakenly|wrongly|erroneously|incorrectly|falsely)(?:\s+\w+){0,3}|"
            r"(?:if|when)\s+(?:we|you|one)\s+(?:forget|forgot|overlook)[^.$]*,\s*(?:then\s+)?(?:we|you|one)\s+(?:get|obtain|find|have)|"
            r"다음(?:이|의?\s*[가-힣]+이)?\s*(?:항상\s*)?(?:성립하는지|참인지|옳은지|맞는지)[^.$]{0,20}[.?]?)"),
        ),
        (
            "not",
            (rf"(?:~~|{_CROSSES}|(?:wrong|false|incorrect|erroneous|mistaken|bogus)\s+(?:formula|equation|identity|result|answer|claim|statement|expression|derivation|rule|relation|version)(?:\s+(?:is|would\s+be|reads|says))?\s*:?|"
            rf"{_WRONG}(?:\s+(?:is|would\s+be))?(?:\s+the\s+following\s*\.?)?(?:\s+(?:to|that\s+(?:we|you|one)(?:\s+(?:may|can))?|if\s+(?:we|you|one))\s+{_SAYING})?(?:,?\s+that)?[*_]*\s*:?[*_]*|"
            rf"(?:do|does|did|can|could|may|must|should|would|will)\s*(?:not|n['’]t)\s+(?:\w+ly\s+)?(?:{_SAYING}|imply|entail|mean|follow|guarantee|force)(?:\s+that)?|cannot\s+(?:\w+ly\s+)?{_SAYING}(?:\s+that)?|"
            rf"(?:never|tempt(?:ing|ed)\s+to|(?:might|(?<!we\s)(?<!one\s)may|would|could)\s+(?:be\s+tempted\s+to\s+|naively\s+)?)\s*(?:think|say|write|believe|conclude|assume|suppose|claim|expect|guess|infer)(?:\s+that)?|"
            r"not\s+(?:every|all|each)(?:\s+[\w\s-]{1,40}?\s(?:has|have|satisf(?:y|ies)|obeys?|is|are))?|impossible|excluding|not(?:\s+that)?|replac(?:e|ing)|(?:no|not\s+any)\s+longer(?:\s+(?:have|has|true|assume|suppose))?(?:\s+that)?|by\s+no\s+means|at\s+no\s+time|in\s+no\s+case|"
            r"(?:exclude|rule\s+out|avoid|lack|forbid|drop)(?:\s+(?:the\s+(?:case|assumption|condition)|that))?|instead\s+of|rather\s+than|without(?:\s+(?:assuming|supposing|requiring)(?:\s+that)?)?|unlike(?:\s+for)?|"
            r"fails?\s+to\s+satisfy|apart\s+from|except(?:ing)?\s+for|other\s+than|(?:흔한|흔히\s*하는|자주\s*하는|하기\s*쉬운|범하기\s*쉬운|쉬운)\s*(?:실수|오류|오해|착각)(?:는|은|로는|로|가|\s*중\s*하나는)?(?:\s*다음과\s*같[가-힣]{1,3})?\s*[:.]?|(?:잘못된|틀린)\s*(?:식|등식|계산|풀이|예|예시|주장)(?:이다|입니다|은|는)?[.:]?|오답\s*:?|"
            rf"다음(?:은|의\s*[가-힣]+은)\s*(?:모두\s*)?(?:거짓|틀[린렸]|잘못|성립하지\s*않)[^.$]{{0,8}}[.:]?|the\s+following\s+(?:\w+\s+)?(?:is|are)\s+{_WRONG}\s*[.:])"),
        ),
        (
            "goal",
            (r"(?:(?:(?-i:Show|Prove|Verify|Establish|Deduce|Demonstrate|Check|Confirm)|(?<!easy\s)(?<!hard\s)(?<!able\s)(?<!simple\s)(?<!possible\s)(?<!difficult\s)(?<!straightforward\s)"
            r"(?:to|must|should|shall|will|let\s+us|let['’]s|we|now)\s+(?:(?:now|first|next|then|also|only|still)\s+)?(?:show|prove|verify|establish|deduce|demonstrate|check))"
            r"(?:\s+(?:that|the\s+(?:identity|formula|equation|relation|inequality|following)))*|"
            r"(?:want(?:ed|s)?|wish|aim|hope(?:d|s)?|would\s+like|['’]d\s+like|ideally|are\s+(?:asked|trying|going|supposed))(?:,?\s+(?:(?:us|you)\s+)?(?:to\s+(?:have|get|see|obtain|reach|arrive\s+at|end\s+up\s+with)|we\s+(?:have|want)|that|for))*|"
            r"(?:goals?|aim|desired\s+(?:result|identity|equation|conclusion)|(?:to\s+be\s+|still\s+to\s+be\s+|what\s+is\s+to\s+be\s+)(?:shown|proved|proven)|conjectured?|exercise|homework|(?<!initial\s)(?<!first\s)(?<!starting\s)guess)"
            r"(?:\s+\d+)?(?:(?:\s+(?:is|was|would\s+be|here|now|therefore|then)){1,2}(?:\s+(?:to\s+have|to\s+get|to\s+obtain|that))?|\s+that|(?=\s*[.:]))|"
            r"(?:다음|아래)[^.$]{0,30}?(?:(?:증명|유도|확인)\s*(?:하시오|하라|하여라|해라|하자|합시다|해\s*보자|할\s*것|하고자|하려고?|해야)|보(?:이시오|이라|이자|입시다|여라|여\s*보자|일\s*것|이고자|이려고?))[^.$]{0,8}|"
            r"(?:증명|유도)할\s*(?:것|식|등식)(?:은|이)?|보일\s*(?:것|식|등식)(?:은|이)?|(?:우리의\s*)?(?:목표|추측|바라는\s*(?:것|식))(?:는|은)?)(?:[*_]*\s*[.:,]?[*_]*)"),
        ),
        (
            "assume",
            r"(?:to\s+)?solv(?:e|es|ing)(?:\s+(?:the|this|following|quadratic|linear|cubic|simultaneous|trigonometric|simple))*(?:\s+(?:equations?|inequalit(?:y|ies)|systems?(?:\s+of\s+equations)?))?\s*:?",
        ),
        ("assume", r"(?:suppose|assume)(?:\s+(?:now|also|further|furthermore))?(?:,?\s+that)?(?:\s+we\s+have)?"),
        ("let", r"(?:let(?:\s+(?:us|now|also))?(?:\s+(?:set|define|denote|write|put))?|we\s+(?:set|define|denote|write|put)|define|denote(?:\s+by)?)"),
        (
            "if",
            r"(?:if|when|whenever|pretend(?:ing)?|assuming|supposing|provided|as\s+long\s+as|given|such\s+that|subject\s+to|(?:which|that)?\s*satisf(?:y|ies|ying)|under(?:\s+the\s+(?:(?:null|alternative)\s+)?(?:assumption|condition|constraint|hypothesis))?|(?:단|다만)\s*,?|with\s+the\s+(?:constraint|condition))(?:\s+(?:that|both|also|now))?",
        ),
        (
            "when",
            (r"(?:(?:in|on|of)\s+which(?:\s+(?:we\s+have|also))?|(?:terms?|pairs?|triples?|index|indices|indexes|entry|entries|elements?|cases?|points|rows?|columns?|samples?|summands?|parts|places|steps|states?|positions?|those|ones?|others)\s+(?:where|with|for\s+which|such\s+that|that\s+(?:have|satisfy)|having)|"
            r"(?:in\s+case\s+|if\s+|when(?:ever)?\s+|once\s+)(?:we|you|one)\s+(?:already\s+)?know(?:\s+that)?|"
            r"iff|if\s+and\s+only\s+if|(?:exactly|precisely|only|just)\s+(?:when|if)|at|near|for\s+(?:instance|example),?|e\.\s?g\.,?|"
            r"(?:in\s+)?(?:the\s+)?(?:special\s+)?(?<!all\s)(?<!any\s)(?<!each\s)(?<!every\s)(?<!both\s)(?<!either\s)(?<!most\s)(?<!these\s)(?<!those\s)(?<!other\s)cases?(?:\s+of)?|"
            r"and\s+so\s+(?:is|are|does|do)|in\s+case|holds?\s+(?:only\s+)?(?:if|when|for))"),
        ),
        ("not", r"unless|except\s+(?:if|when|for|at)|neither|nor"),
        ("for", r"for(?:\s+(?:all|any|every|each|some))?"),
        ("where", r"(?:where|with|(?<![A-Za-z,]\s)here,?)"),
        ("since", r"(?:since|because|as|from|by|using|recall(?:ing)?|know(?:ing)?|noting|the\s+fact|due\s+to)(?:\s+that)?"),
    )
)  # fmt: skip
# At the beginning of the words after a formula.
_AFTER: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "not",
        re.compile(
            r"^\s*(?:"
            r"(?:은|는|이|가|라는\s*(?:식|등식|것|말|주장)[은이도]|라고)?\s*(?:일반적으로\s*|항상\s*|보통\s*|대개\s*|결코\s*|절대\s*)*(?:성립하지\s*(?:는\s*)?않|성립\s*안\s*[하한함]|거짓|틀리(?!지)|틀렸|틀린|틀림(?!없)|참이\s*아니|사실이\s*아니|옳지\s*않|맞지\s*않|"
            r"아니|아님|아닙|되지\s*(?:는\s*)?않|일\s*수(?:는)?\s*없|(?:을|를)\s*제외|외에|말고|이\s*아닌\s*한|(?:라고\s*)?할\s*수(?:는|가)?\s*없|잘못(?:된|이)|오류|오답)"
            r"|(?:이?라고|다고|이?라는\s*것을|임을|으로|로)\s*(?:하면|쓰면|두면|놓으면|생각하면|가정하면|계산하면|보면|착각하면|해서는|써서는|생각해서는|가정해서는|가정할\s*수|말할\s*수|쓸\s*수|볼\s*수|생각할\s*수)(?:는|가)?\s*(?:안\s*[된돼됩되]|틀(?!림없)|잘못|오답|없)"
            r"|(?:이?라고|다고|으로|로)\s*(?:흔히\s*|잘못\s*)?(?:착각|오해|혼동|잘못\s*(?:생각|쓰|계산|알)|(?:쓰는|하는|생각하는|계산하는|가정하는)\s*(?:것은?|게|건)?\s*(?:흔한\s*)?(?:실수|오류|잘못|오해|착각|틀))"
            rf"|~~|{_CROSSES}|[(（\[]\s*(?:(?-i:X)|{_WRONG}|오답|틀[림린]|거짓)\s*[)）\]]|(?:←|⟵|&larr;|<-+)\s*(?:{_WRONG}|오답|틀[림린]|거짓|잘못)|[과와]\s*(?:달리|다르게)"
            r"|(?:이?든\s*(?:아니든|말든|간에)|(?:과|와|에)?\s*(?:(?:관계|상관)\s*없이|무관하게))"
            r"|[,;]?\s*(?:but\s+|yet\s+|and\s+|however,?\s+)?(?:this\s+|that\s+|it\s+|which\s+|the\s+(?:last|latter)\s+)?(?:in\s+general,?\s+)?"
            rf"(?:(?:is|are|would\s+be|was)\s+(?:\w+ly\s+|of\s+course\s+|in\s+general\s+|just\s+)?{_WRONG}|(?:isn|aren|wasn)['’]t\s+(?:\w+ly\s+|in\s+general\s+)?(?:true|correct|valid|right|so|the\s+case)|"
            r"never\b|(?:does|do|did|will|would|can|could|need)(?:\s+not|n['’]t)\s+(?:\w+ly\s+|always\s+|in\s+general\s+)?(?:hold|be\s+true|be\s+right|work|follow|apply)|cannot\s+(?:hold|be\s+(?:true|right|correct))|fails\b|is\s+not\s+so\b|(?:is|are)\s+(?:impossible|absurd))"
            r")(?!\w*\s+(?:if|when|unless|for|만약)\b)",
            re.IGNORECASE,
        ),
    ),
    (
        "question",
        re.compile(
            r"^\s*(?:\?|(?:인가|일까|인가요|일까요|은가|는가)\s*\?|would\s+(?:be|have\s+been)\b|(?:rarely|seldom|hardly(?:\s+ever)?)\s+holds?\b|is\s+(?:open|unknown|unclear)\b|need\s+not\s+(?:hold|be)\b|"
            rf"(?:(?:is|are|was|would\s+be)\s+(?:\w+ly\s+)?{_WRONG}|fails|(?:does|do|did|will|would|can|could)(?:\s+not|n['’]t)\s+hold)\s+(?:if|when|unless|for|at)\b|"
            r"(?:이|가)?\s*(?:항상\s*)?(?:성립하는지|참인지|옳은지|맞는지)|일\s*(?:수도\s*있|지도\s*모)|인지(?:는)?\s*(?:알\s*수\s*없|모른|모르|의문)|(?:이)?라는\s*보장|(?:이)?(?:었|였)?(?:으면|면|라면)\s*좋|대신|인\s*[가-힣]{1,8}도\s*있)",
            re.IGNORECASE,
        ),
    ),
    (
        "goal",
        re.compile(
            r"^\s*(?:(?:이|가)?\s*(?:임|함|됨|성립함)?(?:을|를|이\s*성립함을)\s*(?:(?:증명|유도|확인)\s*(?:하시오|하라|하여라|해라|하자|합시다|해\s*보자|할\s*것|하고자|하려|해야|하면\s*된)|보(?:이시오|이라|이자|입시다|여라|여\s*보자|일\s*것|이고자|이려|여야|이면\s*된))"
            r"|(?:(?:is|was|remains)\s+(?:still\s+|yet\s+)?(?:to\s+be\s+(?:shown|proved|proven|verified|established)|what\s+(?:we\s+(?:want|wish|have|need|hope)|is\s+to\s+be)|(?:our|the|a)\s+(?:goal|aim|conjecture|exercise)|(?:only\s+)?(?:conjectured|hoped\s+for|desired|wanted))))",
            re.IGNORECASE,
        ),
    ),
    ("let", re.compile(r"^\s*(?:이?라고?|로|으로)\s*(?:하자|두자|놓자|정의|하면|두면|놓으면|할\s*때|둘\s*때)")),
    ("assume", re.compile(r"^\s*(?:(?:이?라고?|을|를|으로|로|임을)?\s*(?:가정|전제)|(?:을|를)\s*(?:[a-z\s$]*에\s*(?:대해|대하여|관하여)\s*)?(?:풀면|풀자|풀어|푼|풀\s*때|푸는))")),
    ("if", re.compile(r"^\s*(?:일\s*때|할\s*때|이면|라면|이라면|인\s*경우|일\s*경우|을 만족|를 만족|(?:이라는|라는|인)\s*(?:조건|제약)|(?:이|가)?\s*(?:참|성립)(?:일\s*때|할\s*때|하면|이면|한다면|이라면|하는\s*경우|인\s*경우)|(?:의\s*)?하에서?(?![가-힣])|아래에서|is\s+(?:assumed|given)|holds\s+by\s+assumption)")),
    ("for", re.compile(r"^\s*에\s*(?:대해|대하여|대한)")),
    ("since", re.compile(r"^\s*(?:이므로|이기\s*때문|라서|이라서|이니까|이니|니까|므로|에\s*의해|을\s*이용|를\s*이용|에서|(?:으로|로)\s*부터)")),
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


_LONGEST_MARK = 500  # characters: a pattern that ends where the text ends is not tried from every place of a long one


def mark_before(prose: str) -> tuple[str, int]:
    """The mark that the words before a formula give it, and how many characters of their end say so."""
    text, places = composed(prose)
    for mark, pattern in _BEFORE:
        match = pattern.search(text, max(0, len(text) - _LONGEST_MARK))
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


# What begins a sentence that says under which condition the one before it holds.
_LOOKS_BACK = re.compile(
    r"[\s$*_,]*(?:왜냐하면|(?:this\s+is\s+)?because|here|where|provided|assuming|as\s+long\s+as|whenever|(?:this|that|it|which|the\s+(?:identity|equality|equation|relation|formula|inequality|last\s+step))\s+"
    r"(?:only\s+|always\s+)?(?:holds?|is\s+(?:only\s+)?(?:true|valid|correct|satisfied)|requires?)\b|\(?\s*(?:단|다만|여기서)(?![가-힣]))",
    re.IGNORECASE,
)


def looks_back(prose: str) -> bool:
    """Whether a sentence that begins so says under which condition the one before it holds."""
    return _LOOKS_BACK.match(composed(prose)[0]) is not None


_EQUIVALENT_TO = re.compile(
    r"[\s$,]*(?:[⇔⟺]|<=+>|iff|(?:holds?\s+)?(?:if\s+and\s+only\s+if|(?:exactly|precisely)\s+(?:when|if))|(?:is|are)\s+(?:clearly\s+)?equivalent\s+to(?:\s+saying\s+that)?|"
    r"(?:이|가|은|는|과|와|와는|과는)?\s*(?:서로\s*)?(?:동치|필요충분조건)[^$]{0,12})[\s$]*",
    re.IGNORECASE,
)


def equivalent_to(prose: str) -> bool:
    """Whether the words between two formulas say that they are equivalent."""
    return bool(prose.strip(" $\n\t")) and _EQUIVALENT_TO.fullmatch(composed(prose)[0]) is not None


_IMPLIES = re.compile(
    r"[\s$,]*(?:together\s+)?(?:clearly\s+|obviously\s+|always\s+|also\s+|thus\s+|then\s+|of\s+course\s+)?(?:[⇒⟹]|=+>|impl(?:y|ies)|entails?|forces?|guarantees?)(?:\s+that)?[\s$:]*",
    re.IGNORECASE,
)


def implied_by(prose: str) -> bool:
    """Whether the words between two formulas say that the second follows from the first."""
    return _IMPLIES.fullmatch(composed(prose)[0]) is not None


_AND = re.compile(r"[\s$]*(?:,?\s*and|,?\s*그리고|이고|하고|이며|와|과|및)[\s$]*", re.IGNORECASE)


def joined_by_and(prose: str) -> bool:
    """Whether the words between two formulas only say that both hold."""
    return _AND.fullmatch(composed(prose)[0]) is not None


_OR = re.compile(r"[\s$,]*(?:or(?:\s+else)?|또는|혹은|아니면|이?거나)[\s$]*", re.IGNORECASE)


def alternative_to(prose: str) -> bool:
    """Whether the words between two formulas make them alternatives: $x = 1$ or $x = 2$."""
    return _OR.fullmatch(composed(prose)[0]) is not None and bool(prose.strip(" $\n\t,"))


def continues_list(prose: str) -> bool:
    """Whether the words between two formulas only list them: "and", a comma."""
    return bool(prose.strip(" $\n\t")) and _JOINED.match(composed(prose)[0]) is not None


# --- words inside a formula ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Word:
    """What words between the statements of a formula say: of the one before, how the next hangs on it, what the next is; `joins` is a connective.

    `place`: the next one is a place or a time, v = 0 at t = 0, and what a comma sets apart behind it is something else.
    """

    before: str = ""
    connector: str = ""
    mark: str = ""
    joins: str = ""
    place: bool = False


_EQUIVALENT_TO_WORDS = re.compile(r"(?:if and only if|iff)\s+(?!the following\b)[^\W\d_]{2}")
_LIKELY = re.compile(r"with (?:(?:an?|high|low|positive|some|the) )*(?:probability|chance)\b|w\.? ?p\.?$")
# Behind a relation: it holds so for a while, or not quite, or perhaps.
_FOR_A_WHILE = re.compile(
    r"(?:or so|approximately|roughly|more or less|give or take|probably|perhaps|maybe|possibly|usually|typically|often|sometimes|mostly|now|right now|today|currently|so far|at first|at present|for now)$"
)
_PLACE_LAST = frozenset({"at", "near", "on", "in", "during", "until", "before", "after"})
_NONE = re.compile(r"(?:there (?:is|are|exists?) )?(?:no|none|few|not (?:every|all|any))\b")
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
        ("place", r"at|near|from|along|after|before|until|during|inside|outside|within|between|over|through|holding|(?:on|in)(?: the)?"),
        ("for", r"for (?:all|any|every|each|some|at least one).*"),
        ("when", r"as"),
        ("since", r"since|because|by|using|as"),
        ("so", r"(?:and )?(?:hence|whence|thus|so|then|therefore|consequently)|i\.?e\.?|that is|(?:which )?impl(?:ies|ying)(?: that)?|it follows(?: that)?|we (?:get|have|obtain)|gives|yields|leads to"),
        ("where", r"where|with|here"),
        ("not", r"(?:but |and )?(?:not|never)|instead of|rather than|unless|except(?: (?:for|at|if|when))?"),
    )
)  # fmt: skip
# A condition that words name themselves: when parallel, for a balanced design; "for all" only says of what something is said.
_CONDITION_IN_WORDS = re.compile(
    r"(?:(?:and|but)\s+)?(?:(?:only\s+)?(?:iff|if(?:\s+and\s+only\s+if)?|when|whenever|unless|except|under|provided(?:\s+that)?)|in\s+case(?:\s+of)?|case|"
    r"for(?!\s+(?:all|any|every|each|some|at|instance|example|convenience|simplicity|short|brevity|now|later|future|reference|clarity|ease|concreteness|definiteness)\b))\s+(?!(?:we|that|and|or|then|also|now)\b)(?:[^\W_]|\$|\\)|"
    r"(?:(?:goes|go|going|tends?|tending|converges?|increases|decreases|grows|shrinks)\s+(?:to(?:wards)?|without)|approach(?:es|ing))\b|"
    r"(?:as|where|with)\s.*(?<![^\W_])(?:large|small|big|near|close|goes|tends?|tending|approach\w*|grows?|growing|increas\w+|decreas\w+|\\to|\\(?:long)?rightarrow)(?![^\W_])|"
    r"[가-힣]+\s*(?:하면|(?:인|한|일|할)\s*(?:때|경우))\b",
    re.IGNORECASE,
)


def is_condition_in_words(text: str) -> bool:
    """Whether words inside a formula are a condition, and not only what introduces one."""
    return _CONDITION_IN_WORDS.match(composed(text)[0].strip(" ,.;:()")) is not None


_NOT_SUPPOSED = frozenset({"not", "question", "goal"})


def word_inside(text: str) -> Word | None:
    """What words inside a formula say of the statements around them; None where they say nothing."""
    words = composed(text)[0].lower().replace(",", " ").replace(":", " ").strip(" .")
    if text.rstrip().endswith((":", "：")) and mark_after(words)[0] == "not":  # 틀림: A
        return Word(mark="not")
    if words[:1] == "(" and words[-1:] == ")" and mark_after(words[1:-1])[0] == "not":
        return Word(before="not", mark="not")
    if text.rstrip().endswith(",") and is_condition_in_words(text):  # if the lines are parallel, A
        return None
    if _EQUIVALENT.search(words):
        return None if _EQUIVALENT_TO_WORDS.match(words) else Word(connector="iff")
    if _LIKELY.match(words):
        return Word(before="question", mark="where")
    if _FOR_A_WHILE.match(words):
        return Word(before="question", mark="question")
    if _NONE.match(words):
        return Word(mark="not")
    if words == "to" or (
        words.split()[-1:] in (["satisfies"], ["satisfy"]) and len(words.split()) < 3
    ):  # of what is said of the letter before
        return Word(mark="and")
    after = mark_after(words)[0]
    if not _is_korean(words) and after not in _NOT_SUPPOSED:
        after = ""
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
        if not found and len(parts) > 1 and parts[-1] in _PLACE_LAST:  # 3 kg at t = 0
            found = "place"
    if not found:
        whole = composed(text)[0].strip(" ,")
        marks = (mark_before(one)[0] for one in (whole.strip(".:"), whole))
        found = next((mark for mark in marks if mark in _NOT_SUPPOSED), "")
    if not found:
        return Word(before=after) if after else None
    if found == "or":
        return Word(joins="or")
    if found in {"so", "then"}:
        return Word(before=after, connector="so")
    if found == "place":
        return Word(mark="when", place=True)
    return Word(before=after, mark=found)


def _is_korean(text: str) -> bool:
    return any("가" <= character <= "힣" for character in text)
