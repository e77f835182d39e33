"""What could restrict a claim without being one of its hypotheses: words of the prose, formulas that were not read, kinds that no hypothesis says.

A witness is a counterexample only where everything in scope holds. What is in scope but not understood cannot be checked at a witness, so it
takes away the refutation: "it fails at x = -1, unless 'positive' in line 3 excludes that". It takes away a proof only where it says what kind of thing a
letter is: a proof about numbers shows nothing of matrices, operators or complex numbers.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from derive.kernel.term import Symbol
from derive.language.document import Document, Formula, Statement
from derive.language.prose import composed, mark_after, mark_before

# Words that say something of the symbols near them. A missed restriction is a false refutation, a needless one only an unknown: the list is long.
_WORDS = re.compile(
    r"\b(?!inside\b)(?:(?:semi|non|strictly|pairwise|un|anti|ortho|sub|in)?-?(?:positive|negative|zero|integers?|integral|naturals?(?!\s+log)|rationals?|irrational|even|odd|primes?|"
    r"unit|normali[sz]ed|orthogonal|orthonormal|normal|perpendicular|(?<!in )parallel|collinear|symmetric|skew\w*|hermitian|unitary|invertible|nonsingular|singular|regular|"
    r"definite|semidefinite|diagonal\w*|triangular|idempotent|projections?|commut\w+|independent|dependent|iid|i\.i\.d|convex\w*|concave\w*|monoton\w+|increasing|decreasing|"
    r"bounded|periodic|homogeneous|additive|constants?|probabilit\w+|distribut\w+|random|expectations?|densit\w+|stochastic|standard|centered|centred|"
    r"satisf\w+|such that|subject to|constraints?|assum\w+|suppos\w+|conditions?|given|provided|unless|otherwise|except|whenever|only if|restrict\w*|"
    r"(?<!expanded )(?<!expand )(?<!expanding )(?<!expansion )to\s+(?:the\s+)?(?:zeroth|first|second|third|leading|lowest|linear|this)\s+order|neglect\w*|ignor(?:e|es|ed|ing)|"
    r"small|large|sufficiently|enough|between|greater|less|larger|smaller|at least|at most|exceed\w*|differs?|different|distinct|equals?|same|identical|fixed|chosen|choose|"
    r"opposite|solutions?|solv\w+|roots?|critical|optim\w+|minim\w+|maxim\w+(?!\s+likelihood)|stationary|fixed point|equilibrium|"
    r"false|wrong|incorrect|untrue|not true|not hold|fails?|contradict\w*|counterexamples?|mistake\w*|erroneous\w*|never|"
    r"coprime|divisib\w+|divides|congruen\w+|bits?|degrees?|metric|linearity|pythagor\w*|jensen\w*|cauchy's|functional equation|almost (?:all|every|everywhere|surely)|eventually|inconsistent|incompatible|disjoint|intersect\w*|up to (?:an?\s+|the\s+)?(?:constants?|factors?|signs?|scal\w+|additive|multiplicative|terms?|order|higher|isomorphism|rotations?)|injectiv\w*|surjectiv\w*|bijectiv\w*|one-to-one|involut\w+|anti-?commut\w+|anticommutators?|pauli|dirac|fermion\w*|spinors?|indicators?|isosceles|equilateral|similar triangles?|congruent|tangent to|on the (?:unit |same )?(?:curve|line|circle|sphere|ellipse|parabola|hyperbola|plane|boundary|simplex|diagonal)|lies?\s+(?:on|in|between|within)|passes through|field|group|ring|complex|imaginary|conjugate|lipschitz|smooth|linear|quadratic|affine|triangle|sides?|acute|right-angled|eigen(?:vectors?|values?|pairs?|spaces?)|null\s*spaces?|(?:matrix|vector)\s+of\s+(?:all\s+)?(?:ones|zeros)))\b"
    r"|양수|음수|양의|음의|정수|자연수|유리수|실수가 아|소수|짝수|홀수|단위|정규(?!\s*방정식)|직교|수직|평행|대칭|가역|역행렬|정부호|준정부호|대각|독립|볼록|오목|단조|증가|감소|유계|"
    r"확률|분포|기댓값|밀도|만족|조건|가정|제약|충분히|크다면|작다면|보다 크|보다 작|이상|이하|미만|초과|아닌|아니|않|서로 다|같은 값|고정|상수(?!\s*항?(?:을|를|은|는)?\s*(?:제거|무시|생략|빼|제외|버[리려]))|해는|해가|극값|최솟값|최댓값|틀린|잘못|거짓|모순|반례|"
    r"고유(?:벡터|값|치)|고윳값|거리 공간|거리공간|상용로그|밑이|밑은|도수법|선형성|선형이|선형인|풀자|풀어|풀면|풀이|풀고|풀 수|(?<!정규)(?<!정규 )방정식|부등식|[두세한]\s*근|근을|근이|근의|삼각형|사각형|다각형|예각|둔각|직각|사분면|등차|등비|공차|공비|교점|접점|접선|꼭짓점|배수|약수|나눈 나머지|나누어떨어|합동|켤레|우함수|기함수|짝함수|홀함수|주기|역함수|단사|전사|전단사|멱등|또는|혹은|합이|곱이|차가|비가|허수",
    re.IGNORECASE,
)
# Of these, what says how a step of the same sentence is meant.
_NEGLECTS = re.compile(r"to\s.*order|neglect\w*|ignor\w+", re.IGNORECASE)
# Of these, what says of a number at most in which range it lies, or nothing of its value: of some, what two of them may be together.
_NARROWING: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(words, re.IGNORECASE))
    for kind, words in (
        ("no value", r"independent|iid|i\.i\.d|random|독립"),
        ("of functions", r"convex\w*|concave\w*|smooth|lipschitz|볼록|오목"),
        (
            "of arrays",
            r"invertible|nonsingular|(?:semi)?definite|triangular|diagonal\w*|hermitian|unitary|정부호|준정부호|가역|대각",
        ),
        ("constant", r"constants?|fixed|고정|상수"),
        ("probability", r"probabilit\w+|distribut\w+|densit\w+|expectations?|확률|분포|기댓값|밀도"),
        (
            "range",
            (
                r"(?:semi|non|strictly)?-?(?:positive|negative)|non-?zero|monoton\w+|increasing|decreasing|bounded|between|greater|less|larger|smaller|"
                r"at least|at most|exceed\w*|large|sufficiently|enough|양수|음수|양의|음의|단조|증가|감소|유계|충분히|크다면|작다면|보다 크|보다 작|이상|이하|미만|초과|주기"
            ),
        ),
    )
)
# Words that say what kind of thing the letters beside them are, or the capital letters. What they say of a letter that is read as a number takes away proofs.
_KINDS = re.compile(
    r"\b(?:complex|imaginary|pauli|dirac|quaternions?|octonions?|clifford|grassmann|groups?|monoids?|semigroups?|rings?|algebras?|sets?|events?|vectors?|tensors?|spinors?|"
    r"permutations?|strings?|maps?|mappings?|morphisms?|functors?|compositions?|convolutions?|distributions?|roots?\s+of\s+unity|phasors?|impedances?|wave\s*functions?|"
    r"(?:hessian|jacobian|gradient|embedding|eigenvector)s?(?=\s*\$))(?![A-Za-z])|"
    r"허근|복소수|허수|사원수|(?<![가-힣])군(?![가-힣]{2})|집합|사건|벡터|텐서|합성|사상|치환",
    re.IGNORECASE,
)
_CAPITAL_KINDS = re.compile(
    r"\b(?:matri(?:x|ces)|operators?|transformations?|transforms?|commutators?|linear maps?|observables?|involutions?|projectors?|reflections?|rotations?|isometr\w+|nilpotent|idempotent)\b|행렬|연산자|작용소|선형\s*변환",
    re.IGNORECASE,
)
_OF_A_SUBJECT = re.compile(
    r"\b(?:matri(?:x|ces)|operators?|quaternions?|complex (?:numbers?|analysis))\b|행렬|연산자|사원수|복소수",
    re.IGNORECASE,
)
# A kind of matrix or vector that is not understood. The words that stand here say nothing.
_SPECIAL = re.compile(
    r"\b(?!(?:square|real|given|new|following|an?|the|any|every|each|this|that|same|two|three|some|other|another|arbitrary|general|weight|data|design|feature|input|output|"
    r"parameter|coefficient|constant|inverse|transposed?|column|row|gradient|by|of|and|or|for|with|as|is|are|be|times|n|m|p|d|dimensional|both|all|its|our|first|second|"
    r"symmetric|orthogonal|invertible|nonsingular|definite|semidefinite|whose|vector|target|label|error|residual|bias|step|update|search|state|position|velocity)\b)"
    r"[a-z]+[ -]+(?:matri(?:x|ces)|vectors?)\b|(?!정사각|가중치|데이터|입력|출력|열|행|실|대칭|직교|가역)[가-힣]{2,}\s?행렬",
    re.IGNORECASE,
)
# Words that say in which structure a sentence computes: of all its letters.
_STRUCTURE = (
    r"complex\s+(?:numbers?|plane|amplitudes?|field|variables?|domain)|(?:is|are|be)\s+complex|over\s+the\s+complex|non-?commutative|non-?abelian|quantum|wave\s*functions?|phasors?|impedances?|admittances?|octonions?|quaternions?|"
    r"ordinals?|cardinals?|under\s+composition|concatenat\w+|floating[- ]point|(?:interval|machine|saturating|modular|clock)\s+arithmetic|(?:\d+-bit|unsigned|signed)\s+(?:integers?|arithmetic|numbers?)|"
    r"(?:words?|strings?|languages?)\s+over|minkowski\s+sums?|extended\s+reals?|tropical|(?:max|min)-(?:plus|times)|boolean|semirings?|modulo|mod|roots?\s+of\s+unity|cross\s+products?|regular\s+expressions?|formal\s+languages?"
)
_STRUCTURES = re.compile(
    rf"\b(?:{_STRUCTURE})(?!\w)|복소(?:수|평면)|사원수|비가환|양자|외적|부동\s*소수|구간\s*(?:연산|산술)|(?<![가-힣])법\s*\$|법으로|모듈로|기수\s*산술|서수",
    re.IGNORECASE,
)
# The same, where it stands just before a formula: for all matrices, in a group.
_MANY = r"(?:(?:an?|any|all|every|each|the|some|two|three|general|arbitrary|square|real|these|such|most|both)\s+){0,3}"
_SUCH = r"(?:matri(?:x|ces)|operators?|vectors?|sets?|rings?|groups?|monoids?|semigroups?|fields?|lattices?|algebras?|strings?|words?|languages?|intervals?|events?|permutations?|maps?|mappings?)"
_FOR_SUCH = re.compile(
    rf"(?:\b(?:for|in|over|of|with|among|on|concerning|regarding|given)\s+{_MANY}(?:[a-z][\w-]*\s+){{0,2}}?|^\s*){_SUCH}"
    r"(?:\s+(?:algebra|(?:over|without|of|on|in)\s+(?:[\w-]+\s*){1,3}))?[\s,:$*]*(?:(?:we|one)\s+(?:always\s+)?(?:have|has|gets?)|there\s+holds?|always|it\s+holds\s+that|holds?|then|the\s+(?:identity|law|rule|formula))?[\s,:$*]*$|"
    r"(?:행렬|연산자|작용소|벡터|집합|군|환|치환|문자열)(?:들)?(?:에\s*대하여|에\s*대해서?|에서)(?:는|도)?[\s,$]*$",
    re.IGNORECASE,
)
# Behind a formula: $(a + b)^2 = a^2 + 2ab + b^2$ for operators.
_OF_SUCH = re.compile(
    rf"[\s,;$(*]*(?:(?:and|but|also|even|only|too|true|holds?|valid|always)\s+)*(?:for|in|over|of|among)\s+{_MANY}(?:[a-z][\w-]*\s+)?{_SUCH}\b(?!\s*\$)",
    re.IGNORECASE,
)
# An algebraic structure that is introduced, and a sentence that says where all of the text below computes.
_INTRODUCED = re.compile(
    r"\b(?:be|denote)\s+(?:an?|any|some)\s+(?:[\w-]+\s+){0,3}(?:ring|group|monoid|semigroup|lattice|algebra|skew\s+field|division\s+ring|vector\s+space)\b|(?:군|환|모노이드)(?:이라|라)고?\s*(?:하자|할)",
    re.IGNORECASE,
)
_SETTING = re.compile(
    r"\b(?:work\w*|comput\w+|calculat\w+|consider\w*|stay\w*|liv\w+|everything|throughout|all|arithmetic|takes?\s+place|assum\w+|understood|below|now|section)\b|생각|계산|다룬|다루|연산",
    re.IGNORECASE,
)
# Before a display: in interval arithmetic, for ordinals:
_LEADS = re.compile(r"[\s#*]*(?:in|for|with|of|over|using)\s+(?:[\w-]+\s+){0,2}", re.IGNORECASE)
_TO_A_DISPLAY = re.compile(r"(?:\s+[\w-]+){0,2}[,:]\s*")
_MARKED = re.compile(r"\\(?:bar|overline|hat|tilde)\{(\\?\w+)\}(?:_.*|\^.*)?")
_FONT = re.compile(r"\\(?:mathbf|boldsymbol|bm|vec)\{?(\\?\w+)\}?")
_IN_SET = re.compile(r"\b(?:in|over|on|of|ring|field)[\s$]*$|(?:체|환)[\s$]*$", re.IGNORECASE)
_SET = re.compile(
    r"\s*(?:\\mathbb\s*\{?(?:C|[ZF]\}?\s*(?:/|_\s*\{?\s*(?:\d|[npqm](?![a-z]))|\s*\[))|\\(?:mathrm|operatorname)\s*\{GF\}).*",
    re.DOTALL,
)
_NOT_SO = re.compile(
    r"\b(?:not|no|never|without|instead|unlike|need|as\s+in|like|also)\b|n['’]t\b|아니|않|없", re.IGNORECASE
)
# Words by which letters, or the entries of vectors and matrices, may be complex numbers; the roots of an equation are, if no word says that they are real.
_PERHAPS_COMPLEX = re.compile(
    r"\b(?:hermitian|unitary|conjugate\s+transposes?|(?:complex\s+)?conjugates?(?!\s+(?:gradients?|priors?|directions?|functions?|residuals?|pairs?|duals?|exponents?|ind(?:ex|ices)|families|family)))\b|"
    r"에르미트|유니타리|켤레\s*(?:복소수|전치)",
    re.IGNORECASE,
)
_ROOTS = re.compile(
    r"\b(?:roots?|zeros?|solutions?)\s+(?:of|are|to)\b|[두세한네]\s*(?:허\s*)?근|허근|의\s*(?:근|해)(?:를|을|은|는|이|가)",
    re.IGNORECASE,
)
_REAL = re.compile(r"\b(?:real|positive|negative|rational|integer)\b|실근|실수|양의|음의|양수|음수", re.IGNORECASE)
# What says nothing of a letter but that it is a number, or what is done.
_SAYS_NOTHING = re.compile(
    r"\b(?:let|for|all|any|every|each|arbitrary|be|is|are|an?|the|two|three|some|real|reals|numbers?|scalars?|variables?|unknowns?|parameters?|symbols?|letters?|and|or|of|in|on|to|by|with|"
    r"respect|derivative|derivatives|differentiat\w+|integrat\w+|partial|gradient|expand\w*|simplif\w+|substitut\w+|insert\w*|plug\w*|comput\w+|calculat\w+|find|have|has|we|get|"
    r"obtain|formula|taylor\w*|series|approximat\w+|then|so|hence|thus|therefore|now|here|where|this|that|it|as|at|from|function|terms?|coefficients?|consider|term|point|both|sides|rewrite|write|express\w*|depends?|only|first|second|order)\b|"
    r"실수|변수|임의의|모든|대하?여|대해|대한|편?미분\S*|적분\S*|전개\S*|정리\S*|대입\S*|계산\S*|구하\S*|구해\S*|함수|항|식|값|도함수|기울기|점|이다|있다|하자|두|각각|이라|라고|에서|으로|로|를|을|은|는|이|가|와|과|의|에|도",
    re.IGNORECASE,
)
_WORD = re.compile(r"[A-Za-z]{2,}|[가-힣]+")
# Another arithmetic than that of the real numbers, and another way of writing numbers.
_ARITHMETIC = re.compile(
    r"\b(?:modulo|mod|modular|characteristic|boolean|binary|octal|hexadecimal|base[- ](?:two|eight|ten|sixteen|\$?\d+)|in base|tropical|finite fields?|integers modulo|(?:on|of)\s+an?\s+(?:\w+\s+)?clock)\b|시계|진법|모듈로|법으로|부울|불 대수|"
    r"([A-Za-z])\s*\+\s*\\(?:bar|overline)\s*\{?\s*\1\s*\}?\s*=\s*1|([A-Za-z])\s*\+\s*\2\s*=\s*\2(?![\w^_'])|(?<![\d+.])1\s*\+\s*1\s*=\s*(?:1|0|10)(?![\d.])|"
    r"\\[bp]?mod\b|\\mathbb\s*\{?[ZF]\}?\s*(?:/|_)|\\(?:mathrm|operatorname)\{GF\}|\bGF\(",
    re.IGNORECASE,
)
# Words that say under which condition or to which end something is said: of their paragraph, and the display that it leads to.
_LOCAL = re.compile(
    r"\b(?:if|when|there (?:is|are|exists?|must|may)|exists?|for (?:some|at least)|requir\w+|must|should|needs?|wants?|wish\w*|desir\w+|hopes?|ensur\w+|"
    r"enforc\w+|impos\w+|goal|aims?|says?|hypothes\w+|conjectur\w+|in (?:the|that|this|which|some) (?:[a-z-]+ )?cases?|"
    r"under|conditional(?:ly)?(?: on)?|almost (?:surely|everywhere|all|every)|(?:but|except(?: for)?|only) (?:in)?finitely many|with (?:high )?probability|asymptotic\w*|in characteristic|"
    r"in (?:the limit|expectation|distribution|law)|modulo|locally|formally|up to|only|"
    r"(?:look|search|hunt)(?:s|ing)?\s+for|seek(?:s|ing)?|in\s+search\s+of|(?:the|an?|those|that|such|all)\s+[^.$\n]{1,80}?\s(?:for|at|with)\s+which(?!\s+(?:we|one|it|is|gives?|yields?))|"
    r"(?:find|determine|choose|pick|figure\s+out)\s+(?:an?|the|all|every|those|some|which|what|that)\s+(?:\w+\s+){0,3}?(?:constants?|numbers?|values?|points?|bases?|coefficients?|parameters?|roots?|solutions?)|"
    r"infinity|infinitely|approach(?:es|ing)|(?:go(?:es|ing)?|tend(?:s|ing)?|grow(?:s|ing)?|shrinks?|converg(?:es?|ing)|decay(?:s|ing)?|send(?:s|ing)?)(?:\s+(?:off|down|up))?\s+(?:to(?:wards?)?)(?!\s+(?:show|see|the))|"
    r"(?<=[$)]\s)(?:grows?|growing|shrinks?|shrinking|increases|decreases|vanishes|(?:becomes?|gets?)\s+(?:\w+\s+)?(?:large|small|big|tiny|close|near)\w*)|"
    r"(?:for|at|when|with)\s+(?:very\s+|all\s+)?(?:large|small|big|tiny)|(?:sufficiently|arbitrarily|infinitely|extremely)\s+(?:large|small|big|close|near)|(?:large|small|close)\s+enough|"
    r"not(?!\s+(?:depend|vary|change)\b)|cannot|tempt\w+|misconception\w*|pitfall\w*|beware|careful|naive\w*|(?:might|may|could|would) (?:think|expect|guess|hope|believe|say)|"
    r"fallac\w*|confus\w+|bogus|invalid|myth|nonsense|absurd\w*|typos?|misprint\w*)\b|\w+n['’]t\b|(?<!\w)(?:a\.[se]\.|w\.\s?p\.|w\.h\.p\.)|[❌✗✘]|"
    r"유한\s*개|존재|어떤|적당한|경우|라면|다면|필요|원하|목표|해야|하에서|하에(?![가-힣])|아래에서|때만|에서만|거의\s*(?:확실|모든|어디)|극한|무한대|무한히|한없이|(?:를|을)\s*찾(?:자|아|으|는|고|습)|(?:성립하|되|지|맞|같)는\s[^.\n]{0,20}(?:를|을)\s*구하|도록\s*(?:하는|만드는)|커[지질진]|작아[지질진]|늘어[나날]|가까[워이]|다가[가갈]|충분히\s*(?:큰|크|작|많|가까)|(?:아주|매우)\s*(?:큰|작은)|수렴|근방|근처|국소|점근|"
    r"(?:흔한|자주|하는|쉬운|범하|저지\w*)\s*(?:\w+\s*)?실수|실수를\s*[한하범저]|오해|착각|오류|안\s*[된돼됩]|흔히|헷갈|오답|혼동",
    re.IGNORECASE,
)
# Of these, those that in a heading name a subject. What a heading says of kinds of numbers, matrices and functions ("Symmetric matrices") may restrict.
_TOPICS = re.compile(
    r"(?:linear|quadratic|affine|homogeneous|standard|probabilit\w+|distribut\w+|random|expectations?|densit\w+|stochastic|normal|regular|smooth|complex|"
    r"conditions?|constraints?|assum\w+|given|restrict\w*|small|large|between|greater|less|larger|smaller|differs?|different|equals?|same|choose|"
    r"solutions?|solv\w+|roots?|critical|optim\w+|minim\w+|maxim\w+|equilibrium|group|field|ring|triangle|sides?|satisf\w+|constants?|"
    r"independent|dependent|iid|i\.i\.d|indicators?|eigen\w+|null\s*spaces?)|고유\S*|고윳값|확률|분포|기댓값|밀도|조건|가정|제약|독립|해는|해가|극값|최솟값|최댓값|이상|이하|미만|초과|만족",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(
    r"[.!?;。](?=\s|$)|\n[ \t\r]*\n|\n[ \t]*(?:[-*+>]|\d+\.)[ \t]|(?<=다)\.|(?m:^ {0,3}#{1,6}[ \t][^\n]*\n)"
)
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")
_TEXT = re.compile(r"\\(?:text|textrm|mbox|textit|textbf|mathrm)\s*\{([^{}]*)\}")
_COMMENT = re.compile(r"(?<!\\)%[^\n]*")
_LETTER = re.compile(r"\\[A-Za-z]+|[A-Za-z]|[\u0370-\u03ff]")
_NOT_NAMES = frozenset(
    {"\\text", "\\frac", "\\dfrac", "\\left", "\\right", "\\quad", "\\in", "\\mathbb", "\\mathrm", "\\cdot", "\\vec"}
)


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that may restrict the symbols with these letters (None: all) in its section, from `start` on, up to `end` if it has one.

    `kind`: it may say that they are no numbers; then `letters` are whole names, and with `values` of functions, whose values may be none. `complex`: they, or the entries of what they
    name, may be complex numbers, of which what follows from the laws of rings holds too. `measures`: it is no more than a noun (a radius, a mass, a rate), which may say a sign or a range.
    """

    letters: frozenset[str] | None
    reason: str
    section: int
    start: int = 0
    end: int | None = None
    kind: bool = False
    values: bool = False
    complex: bool = False
    measures: bool = False
    narrows: frozenset[str] = frozenset()  # the kinds of words it rests on, if all of them are of `_NARROWING`
    names: frozenset[str] = frozenset()  # of these symbols only, if any are given; functions with a bracket
    row: bool = False  # of a table: of what stands in it only
    best: Symbol | None = None  # it is about this symbol only, which a best value defines, or a function

    def touches(self, letters: frozenset[str]) -> bool:
        return self.letters is None or bool(self.letters & letters)


def letters_of_latex(latex: str) -> frozenset[str]:
    """The letters and control words of a piece of LaTeX, for pieces that could not be read."""
    if "%" in latex:
        latex = _COMMENT.sub("", latex)
    return frozenset(_LETTER.findall(_TEXT.sub(" ", latex))) - _NOT_NAMES


_SUBJECT = re.compile(r"[\s,:]*(?:s\.?\s*t\.?|subject\s+to|such\s+that)[\s,:]*", re.IGNORECASE)


def words_in_prose(
    document: Document, formulas: Iterable[Formula], understood: Iterable[tuple[int, int]] = ()
) -> list[Doubt]:
    """A doubt for every restricting word that is not understood, about the symbols of the formulas of its sentence, or about all if it has none."""
    ordered = sorted(formulas, key=lambda formula: formula.start)
    prose = _prose(document, ordered)
    for start, end in understood:
        prose = prose[:start] + " " * (end - start) + prose[end:]
    text, places = composed(prose)
    found: list[Doubt] = []
    begin = 0
    starts = [formula.start for formula in ordered]
    for end in [*(match.end() for match in _SENTENCE_END.finditer(text)), len(text)]:
        first, last = bisect_left(starts, places[begin]), bisect_left(starts, places[end])
        found += _of_kinds(document, ordered, (first, last), text, places, begin, end)
        found += _of_arithmetic(document, ordered[first:last], text, places, begin, end)
        matches = [
            one
            for one in _WORDS.finditer(text, begin, end)
            if not (_is_topic(document, places, one) or _names_what_is_defined(one, ordered[first:], text, places))
        ]
        denied = _denies_all(ordered[first:last])
        matches = [one for one in matches if not (denied and _DENIES.fullmatch(one.group()))]
        if first == last:  # a heading: "To second order"
            matches = [one for one in matches if not _NEGLECTS.fullmatch(one.group())]
        number = None if matches else _of_a_number(ordered[first:last], text, places, begin)
        matches += [number] if number is not None else []
        rows = [_row_of_table(text, places, one) for one in matches]
        covered = False
        for row in dict.fromkeys(rows):
            said = [one for one, other in zip(matches, rows, strict=True) if other == row]
            doubt = _of_words(document, said, ordered[first:last], text, places, begin)
            covered = covered or not (row or doubt.narrows)
            found.append(doubt if row is None else replace(doubt, start=row[0], end=row[1], row=True))
        local = None if covered else _local_word(document, ordered, starts, text, places, begin, end)
        if local is not None and not (denied and _DENIES.fullmatch(local.group())):
            inside = [letters_of_latex(formula.latex) for formula in ordered[first:last]]
            place = places[local.start()]
            stop = end_of_paragraph(document, ordered, place)
            reason = f"'{local.group()}' in {document.place(place)}"
            several = frozenset[str]().union(*inside) if inside else None
            found.append(Doubt(several, reason, document.section(place), places[begin], stop))
        begin = end
    return found


_DENIES = re.compile(
    r"not|no|false|wrong|incorrect|untrue|not true|not hold|fails?|mistake\w*|erroneous\w*|never|틀린|잘못|거짓|아니|않",
    re.IGNORECASE,
)


def _denies_all(formulas: list[Formula]) -> bool:
    """Whether all that the formulas of a sentence say is said not to hold, so that what denies it says nothing else."""
    parts = [part for formula in formulas for part in formula.parts]
    return bool(parts) and all(isinstance(one, Statement) and one.mark == "not" for one in parts)


def _of_words(
    document: Document, words: list[re.Match[str]], formulas: list[Formula], text: str, places: list[int], begin: int
) -> Doubt:
    """What the words of a sentence may say of the letters of its formulas: of all letters if it has none."""
    kinds = [_narrowing(one, text) for one in words]
    narrows = frozenset(kinds) if all(kinds) else frozenset[str]()
    word = next((one for one, kind in zip(words, kinds, strict=True) if not kind), words[0])
    letters = frozenset[str]().union(*(letters_of_latex(one.latex) for one in formulas))
    if narrows:
        letters = _letters_beside(words, formulas, text, places) or letters
    start = places[word.start()]
    reason = f"'{word.group().strip(' $')}' in {document.place(start)}"
    return Doubt(letters or None, reason, document.section(start), places[begin], narrows=narrows)


_THE_VALUE_IS = re.compile(r"\s*(?:is|are|:|=|은|는|이|가)?[\s$:]*", re.IGNORECASE)
_VALUES = re.compile(r"solutions?|해는|해가", re.IGNORECASE)


def _names_what_is_defined(word: re.Match[str], formulas: list[Formula], text: str, places: list[int]) -> bool:
    """Whether a word only says what is defined just behind it: "the solution is x(t) = A \\cos t"."""
    formula = next((one for one in formulas if one.start >= places[word.end()]), None)
    if formula is None or not formula.parts or _VALUES.fullmatch(word.group()) is None:
        return False
    part = formula.parts[0]
    if not isinstance(part, Statement) or part.node.kind != "chain" or part.node.value != "=":
        return False
    of_names = [one.kind == "name" for one in part.node.children[0].children]
    between = text[word.end() : bisect_left(places, formula.start)]
    return part.node.children[0].kind == "call" and all(of_names) and _THE_VALUE_IS.fullmatch(between) is not None


_TABLE_ROW = re.compile(r"[ \t]*\|")
_RULE_OF_TABLE = re.compile(r"[^\n]*\n[ \t]*\|[ \t:|-]+\n")


def _row_of_table(text: str, places: list[int], word: re.Match[str]) -> tuple[int, int] | None:
    """Where the row of a table that a word stands in begins and ends; of a word over its columns, and of others, None."""
    start = text.rfind("\n", 0, word.start()) + 1
    if _TABLE_ROW.match(text, start) is None or _RULE_OF_TABLE.match(text, start) is not None:
        return None
    stop = text.find("\n", start)
    return places[start], places[stop if stop >= 0 else len(text)]


_BESIDE = re.compile(r"(?:이|가|은|는|을|를|인|의)?[\s$]*")
_LISTED = re.compile(r"[\s$]*(?:,|and|,\s*and|와|과|및)[\s$]*", re.IGNORECASE)


def _letters_beside(
    words: list[re.Match[str]], formulas: list[Formula], text: str, places: list[int]
) -> frozenset[str]:
    """The letters of the formulas that stand just behind the words, with what is listed with them: "with probability q". Empty if a word stands alone."""
    found = frozenset[str]()
    for word in words:
        position, pattern, met = places[word.end()], _BESIDE, False
        for formula in formulas:
            if formula.start >= position:
                if (
                    pattern.fullmatch(
                        text,
                        word.end() if not met else bisect_left(places, position),
                        bisect_left(places, formula.start),
                    )
                    is None
                ):
                    break
                found |= letters_of_latex(formula.latex)
                position, pattern, met = formula.end, _LISTED, True
        if not met:
            return frozenset()
    return found


_OF_A_MATRIX = re.compile(r"\s*(?:(?:and\s+)?positive|matri(?:x|ces)|행렬)", re.IGNORECASE)


def _narrowing(word: re.Match[str], text: str) -> str:
    """The kind of a word that only narrows; empty if it may say more."""
    if word.group().lower() in {"symmetric", "대칭"}:
        return "of arrays" if _OF_A_MATRIX.match(text, word.end()) else ""
    if word.group().lower() in {"normal", "정규"}:
        return "no value" if _OF_DATA.match(text, word.end()) else ""
    if word.group().lower() == "standard":
        return "range" if _OF_SPREAD.match(text, word.end()) else ""
    return next((kind for kind, pattern in _NARROWING if pattern.fullmatch(word.group())), "")


_OF_DATA = re.compile(r"\s+(?:data|random|variables?|sampl|observations?|errors?|noise)|\s*모집단", re.IGNORECASE)
_OF_SPREAD = re.compile(r"\s+(?:errors?|deviations?|scores?)\b", re.IGNORECASE)
_OF_A_NUMBER = re.compile(
    r"\b(?:trace|determinant|rank|norm|length|mean|variance|degree|sum|product|order|period)[\s$]*$", re.IGNORECASE
)


def _of_a_number(formulas: list[Formula], text: str, places: list[int], begin: int) -> re.Match[str] | None:
    """A word that says what a number alone is: with trace $0$ and determinant $1$; or that a letter alone has it as a value: $x$ is $0$ or $1$."""
    named = False
    for formula in formulas:
        named = named or _only_names(formula)
        if formula.latex.strip().lstrip("-").isdigit():
            before = text[: bisect_left(places, formula.start)]
            found = _OF_A_NUMBER.search(before, begin) or (_HAS_A_VALUE.search(before, begin) if named else None)
            if found is not None:
                return found
    return None


_HAS_A_VALUE = re.compile(
    r"\b(?:be|is|are|equals?|takes?|has|have|either|values?|entries|only|between|most|least|from|to)[\s$]*$",
    re.IGNORECASE,
)


def _of_arithmetic(
    document: Document, formulas: list[Formula], text: str, places: list[int], begin: int, end: int
) -> list[Doubt]:
    """Another arithmetic that a sentence names, in words or in a formula: nothing below it is refuted by that of the real numbers."""
    match = _ARITHMETIC.search(text, begin, end)
    start = places[match.start()] if match is not None else None
    word = match.group() if match is not None else ""
    for formula in formulas if start is None else ():
        inside = _ARITHMETIC.search(formula.latex)
        if inside is not None:
            start, word = formula.start + inside.start(), inside.group()
            break
    if start is None:
        return []
    return [Doubt(None, f"'{word}' in {document.place(start)}", document.section(start), places[begin])]


def _of_kinds(
    document: Document,
    ordered: list[Formula],
    inside: tuple[int, int],
    text: str,
    places: list[int],
    begin: int,
    end: int,
) -> list[Doubt]:
    """What a sentence says of the letters that it names alone: what kind of thing they are, or what they measure."""
    formulas = ordered[slice(*inside)]
    named = [one for one in formulas if _only_names(one)]
    names = frozenset(name for one in named if not _is_call(one) for name in _names(one))
    capital = _CAPITAL_KINDS.search(text, begin, end)
    kind = capital or (_KINDS.search(text, begin, end) if names else None)
    found: list[Doubt] = []
    structure = _of_structure(formulas, text, places, begin, end)
    if structure is not None:
        start = places[structure.start()]
        reason = f"'{' '.join(structure.group().strip(' ,:$*').split())}' in {document.place(start)}"
        within = [one for one in formulas if one.start <= start < one.end]  # \\text{mod } n
        said = frozenset(name for one in within or formulas for name in _names(one) if not name.startswith("\\mathbb"))
        if names >= said and not within:  # let G be a group; we work over the complex numbers
            said |= _names_below(ordered[inside[0] :], document, text, places, structure, begin, end)
        if said:
            found.append(Doubt(said, reason, document.section(start), places[begin], kind=True))
    if kind is not None:
        start = places[kind.start()]
        reason = f"'{kind.group()}' in {document.place(start)}"
        said = names or frozenset(name for one in formulas for name in _names(one) if name[:1].isupper())
        said |= {match.group(1) for name in names if (match := _FONT.fullmatch(name))}  # \\mathbf{a} is a too
        if said:
            found.append(Doubt(said, reason, document.section(start), places[begin], kind=True))
        elif _in_heading(document, start) and _OF_A_SUBJECT.search(text, begin, end):
            found.append(Doubt(None, reason, document.section(start), places[begin], kind=True))
    perhaps = _perhaps_complex(formulas, text, begin, end)
    if perhaps is not None and names:
        start = places[perhaps.start()]
        reason = f"'{perhaps.group()}' in {document.place(start)}"
        said = names | {match.group(1) for name in names if (match := _MARKED.fullmatch(name))}  # \\bar{z} is one of z
        found.append(Doubt(said, reason, document.section(start), places[begin], kind=True, complex=True))
    special = _SPECIAL.search(text, begin, end) if names else None
    if special is not None:  # a covariance matrix: which ones are meant is not known
        letters = frozenset[str]().union(*(letters_of_latex(name) for name in names))
        start = places[special.start()]
        reason = f"'{' '.join(special.group().split())}' in {document.place(start)}"
        found.append(Doubt(letters, reason, document.section(start), places[begin]))
    if named:
        letters = frozenset[str]().union(*(letters_of_latex(one.latex) for one in named))
        word = next(
            (one for one in _WORD.finditer(text, begin, end) if _SAYS_NOTHING.fullmatch(one.group()) is None), None
        )
        if word is not None:
            start = places[word.start()]
            reason = f"'{word.group().strip(' $')}' in {document.place(start)}"
            found.append(Doubt(letters, reason, document.section(start), places[begin], measures=True))
    return found


def _perhaps_complex(formulas: list[Formula], text: str, begin: int, end: int) -> re.Match[str] | None:
    """Words by which what a sentence names may be complex: Hermitian, conjugate; the roots of an equation of degree two or more."""
    found = _PERHAPS_COMPLEX.search(text, begin, end)
    if found is None and any(map(_is_of_higher_degree, formulas)) and not _REAL.search(text, begin, end):
        found = _ROOTS.search(text, begin, end)
    return found


def _is_of_higher_degree(formula: Formula) -> bool:
    """x^2 + x + 1 = 0."""
    chains = [part.node for part in formula.parts if isinstance(part, Statement) and part.node.kind == "chain"]
    powers = [one for chain in chains if chain.value == "=" for one in chain.walk() if one.kind == "^"]
    return any(one.children[0].kind == "name" and one.children[1].kind in {"number", "name"} for one in powers)


def _of_structure(formulas: list[Formula], text: str, places: list[int], begin: int, end: int) -> re.Match[str] | None:
    """Words that say in which structure a sentence computes."""
    found = _INTRODUCED.search(text, begin, end) or _STRUCTURES.search(text, begin, end)
    for formula in formulas if found is None else ():
        before = bisect_left(places, formula.start)
        found = found or (_IN_SET.search(text[:end], begin, before) if _SET.fullmatch(formula.latex) else None)
        if not _only_names(formula):
            behind = bisect_left(places, formula.end)
            found = found or _FOR_SUCH.search(text[:end], begin, before) or _OF_SUCH.match(text[:end], behind)
    return found


def _names_below(
    formulas: list[Formula],
    document: Document,
    text: str,
    places: list[int],
    structure: re.Match[str],
    begin: int,
    end: int,
) -> frozenset[str]:
    """All names from here on, if words say where all of the text below computes: as a heading, by a verb (we work over ...), or because they are all that is said."""
    if structure.re is not _INTRODUCED:
        alone = text[begin:end].strip(" \t\r\n#*:.-$") == structure.group().strip()
        where = (
            alone
            or (
                _LEADS.fullmatch(text, begin, structure.start()) and _TO_A_DISPLAY.fullmatch(text, structure.end(), end)
            )
            or _SETTING.search(text, begin, end) is not None
            or _in_heading(document, places[structure.start()])
        )
        if not where or _NOT_SO.search(text, begin, end) is not None:
            return frozenset()
    return frozenset(name for one in formulas for name in _names(one))


def _only_names(formula: Formula) -> bool:
    """Whether a formula names symbols and says nothing of them: x; x, y; f(x)."""
    return bool(formula.parts) and all(
        isinstance(part, Statement)
        and (
            part.node.kind == "name"
            or (part.node.kind in {"sequence", "call"} and all(one.kind == "name" for one in part.node.children))
        )
        for part in formula.parts
    )


def _is_call(formula: Formula) -> bool:
    return any(isinstance(part, Statement) and part.node.kind == "call" for part in formula.parts)


def _names(formula: Formula) -> list[str]:
    parts = [part.node for part in formula.parts if isinstance(part, Statement)]
    return [node.key for part in parts for node in part.walk() if node.kind == "name"]


def _local_word(
    document: Document, formulas: list[Formula], starts: list[int], text: str, places: list[int], begin: int, end: int
) -> re.Match[str] | None:
    """A word of `_LOCAL` that is in no heading, and in no formula that is read."""
    for match in _LOCAL.finditer(text, begin, end):
        place = places[match.start()]
        index = bisect_left(starts, place) - 1
        inside = index >= 0 and place < formulas[index].end and _is_read(formulas[index])
        if not inside and not _in_heading(document, place):
            return match
    return None


def end_of_paragraph(document: Document, formulas: Sequence[Formula], start: int) -> int:
    """Where the paragraph ends, with the display that it leads to."""
    blank = _BLANK_LINE.search(document.text, start)
    if blank is None:
        return len(document.text)
    index = bisect_left(formulas, blank.start(), key=lambda formula: formula.start)
    if index < len(formulas) and not document.text[blank.start() : formulas[index].start].strip(" \t\r\n$"):
        return formulas[index].end
    return blank.start()


def _is_topic(document: Document, places: list[int], word: re.Match[str]) -> bool:
    """Whether a word only says, in a heading, what the text below is about: "Linear regression", "Solution", "Expected value of a random variable"."""
    return _TOPICS.fullmatch(word.group()) is not None and _in_heading(document, places[word.start()])


def _in_heading(document: Document, place: int) -> bool:
    """Whether a place is in a heading without a formula."""
    section = document.section(place)
    if not section:
        return False
    start = document.headings[section - 1][0]
    stop = document.text.find("\n", start)
    line = document.text[start : stop if stop >= 0 else len(document.text)]
    return place < start + len(line) and "$" not in line


def _is_read(formula: Formula) -> bool:
    return all(isinstance(part, Statement) and not part.unread_members() for part in formula.parts)


# Before a formula that is to be solved: what kind of thing it is.
_EQUATION = re.compile(r"(?:이차|일차|삼차|연립|다음|\s)*(?:방정식|부등식)\s*$")


def _without_marks(prose: str, formula: Formula | None, previous: Formula | None) -> str:
    """The words between two formulas, without those that are understood as marks of one of them."""
    if previous is not None and _is_read(previous):
        fence = len(prose) - len(prose.lstrip("$"))
        _, count = mark_after(prose[fence:])
        prose = prose[:fence] + " " * count + prose[fence + count :]
    if formula is None or not _is_read(formula):
        return prose
    mark, count = mark_before(prose.rstrip("$"))
    if mark in {"not", "question"} and _only_names(formula):
        count = 0  # without x, except for x: it says nothing of a relation
    to_solve = any(isinstance(part, Statement) and part.mark == "assume" for part in formula.parts)
    if to_solve and not count and (kind := _EQUATION.search(prose.rstrip("$"))) is not None:
        count = len(kind.group())
    if count:
        fence = len(prose) - len(prose.rstrip("$"))
        prose = prose[: len(prose) - fence - count] + " " * count + prose[len(prose) - fence :]
    return prose


def _prose(document: Document, formulas: list[Formula]) -> str:
    """The text with every formula blanked out except its words; declarations too. Code and comments are no text for the readers."""
    pieces: list[str] = []
    position = 0
    previous: Formula | None = None
    declared = [(start, end, None) for start, end in document.declared]
    for start, end, formula in sorted(
        [*declared, *((one.start, one.end, one) for one in formulas)], key=lambda one: one[0]
    ):
        if start < position:
            continue
        pieces.append(_without_marks(document.text[position:start], formula, previous))
        previous = formula
        position = end
        inside = list(" " * (end - start))
        if formula is not None:
            for match in _TEXT.finditer(formula.latex):
                if _SUBJECT.fullmatch(match.group(1)) and _is_read(formula):
                    continue  # a condition that is known
                inside[match.start(1) : match.end(1)] = match.group(1)
        pieces.append("".join(inside))
    pieces.append(_without_marks(document.text[position:], None, previous))
    return "".join(pieces)


# What offers statements to be compared or judged: each by itself is not claimed.
_OFFERS = re.compile(
    r"\b(?:following|these|below)\b[^.:$]{0,60}\bequivalent\b|\bTFAE\b|\b(?:exactly|at\s+least|at\s+most|only|precisely)\s+(?:one|two|three)\s+of\s+(?:the\s+)?(?:following|these|statements|conditions|equations|relations)\b|\bwhich\s+(?:one\s+)?of\s+(?:the\s+)?(?:following|these)\b|"
    r"\btrue\s+or\s+false\b|\b(?:decide|determine|check|find\s+out)\s+(?:whether|if|which)\b[^.:$]{0,40}\b(?:statements?|following|these|identities|equations|claims?)\b|\bprove\s+or\s+disprove\b|"
    r"다음[^.$]{0,30}동치|다음\s*(?:중|보기)|옳은\s*것|옳지\s*않은\s*것|참[^.$]{0,6}거짓|맞는지|옳은지",
    re.IGNORECASE,
)
_PARAGRAPH_END = re.compile(r"\n[ \t\r]*(?:\n|\Z)|\Z")
_ITEMS = re.compile(
    r"(?:\s*\n)*(?:[ \t>]*(?:[-*+]|\(?(?:\d{1,3}|[A-Za-z]|[ivx]{1,4})[.)])[ \t][^\n]*(?:\n[ \t]*[^\s#][^\n]*)*(?:\n[ \t]*)*)+|\s*\\begin\{(enumerate|itemize)\}.*?\\end\{\1\}",
    re.DOTALL,
)


def offered(document: Document) -> list[tuple[int, int]]:
    """Where statements stand that are offered, in the paragraph of these words and the list behind it: the following are equivalent, which of these holds."""
    text, found = document.text, []
    for match in _OFFERS.finditer(text):
        begins = text[match.start() : match.end() + 200]
        listed = re.search(r"\\begin\{(enumerate|itemize)\}", begins.split("\n\n")[0])
        stop = _PARAGRAPH_END.search(text, match.end())
        end = stop.start() if stop is not None else len(text)
        if listed is not None:
            place = text.find(f"\\end{{{listed.group(1)}}}", match.end())
            end = max(end, place)
        elif (items := _ITEMS.match(text, end)) is not None:
            end = items.end()
        found.append((match.start(), end))
    return found
