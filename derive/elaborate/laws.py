"""The laws that a text gives to its random variables: which of them it declares, and which of these say what the density of a variable is.

`X \\sim D` says what X is only where the text sets it. What an equation gives, what a joint or a conditional law above fixes, what is concluded, to be shown, equivalent to something
or only spoken of has the law that follows: there `\\sim` is a claim, which nothing judges, and brings nothing. A density rests on the one law that is said of a variable and on
nothing that might take that back: with other words beside it than those by which laws are said, under a condition or in the limit it is not known.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from derive.elaborate.context import CONDITION_MARKS, DEFINITION_MARKS, FOLLOWS, SENTENCE_END, Context
from derive.elaborate.equations import key_of
from derive.elaborate.marks import marked
from derive.elaborate.random_variables import without_font
from derive.elaborate.restrictions import earlier_statements, later_statements
from derive.elaborate.sections import is_around
from derive.language.document import Formula, Statement
from derive.language.syntax import Node

# What is computed from letters has the distribution that theirs give it (W x of x ~ N), which is claimed; and n! ~ n^n is about no distribution.
_COMPUTED = frozenset({"+", "negate", "product", "dot", "binary", "/", "^", "root"}) | {
    "function",
    "norm",
    "transpose",
    "sum",
    "product-over",
    "integral",
}
_SET = DEFINITION_MARKS | {"assume"}
_SUPPOSED = CONDITION_MARKS - {"assume"}
_NO_LAW = frozenset({"goal", "claim", "not", "question", "named"})
_THEREFORE = re.compile(
    r"\b(?:then|hence|thus|therefore|consequently|accordingly|so(?!\s+(?:that|far|called))|it\s+follows|follows\s+that|impl(?:y|ies|ying)|yields?|gives|leads\s+to|shows?|proves?|(?:be|been|is)\s+(?:shown|proved|proven|verified|checked|seen)|"
    r"(?:we|one)\s+(?:get|gets|obtain|obtains|conclude|concludes|find|finds|see|sees|deduce|know))\b|그러면|따라서|그러므로|고로|그래서|얻는다|얻어",
    re.IGNORECASE,
)
_DRAWS = re.compile(r"\b(?:draw|sample|simulate|generate|choose|pick|take|let|assume|suppose)s?\b", re.IGNORECASE)
_INDEPENDENT = re.compile(r"[\s\\a-z{}]*?(?:i\.?\s*i\.?\s*d\.?|ind(?:ep(?:endent)?)?\.?)[\s}]*", re.IGNORECASE)
# Words by which laws are said, and that take nothing back.
_SAYING = re.compile(
    r"(?:a|an|the|let|lets|be|is|are|and|with|where|which|that|we|now|also|of|for|given|give|having|has|have|its|their|this|these|here|then|so|hence|thus|to|by|it|"
    r"suppose|assume|assumes|assumed|assuming|assumption|consider|define|defined|denote|denoted|called|say|write|since|because|"
    r"random|variables?|vectors?|numbers?|reals?|continuous|discrete|scalar|univariate|multivariate|independent|independently|identically|iid|i|d|"
    r"follow|follows|following|distributed|distributions?|law|laws|according|normal|normally|gaussian|standard|uniform|uniformly|exponential|exponentially|gamma|beta|poisson|bernoulli|binomial|"
    r"parameters?|mean|expectation|expected|variance|deviation|rate|shape|scale|success|trials?|probability|chance|density|densities|mass|function|functions|cumulative|pdf|pmf|"
    r"compute|find|determine|derive|calculate|show|prove|draws?|drawn|sampled?|from|model|observations?|data|errors?|noise|prior|likelihood|theorem|proposition|lemma|corollary|definition|"
    r"example|exercise|problem|proof|solution|setup|then|value|values|positive|constant)",
    re.IGNORECASE,
)
_HANGUL = re.compile(
    r"(?:확률|변수|벡터|정규|표준|균등|지수|감마|베타|푸아송|포아송|이항|베르누이|분포|따르|따른|따라|하자|이라|라|고|하면|한다|하고|다|가|를|을|는|은|이|의|와|과|일|때|독립|서로|평균|분산|모수|인|에서|"
    r"밀도|함수|질량|관측|값|오차|잡음|가정|주어|진|각|각각|연속|이산|실수|정의|예제|문제|정리|증명|풀이)+"
)
_WORD = re.compile(r"[^\W\d_]+")
_NO_WORDS = re.compile(
    r"\\(?:label|tag|ref|eqref|begin|end)\*?\s*\{[^{}]*\}|\\text(?:rm|it|bf|sf)?\s*\{([^{}]*)\}|\\q?quad|\\[A-Za-z]+|[{}]"
)
_COMMENT = re.compile(r"(?<!\\)%[^\n]*")
_TAKEN_BACK = re.compile(
    r"\b(?:wrong|false|incorrect|untrue|mistaken|not|never|fails?|contradict\w*|absurd|approximat\w*|asymptotic\w*)\b|n't\b|거짓|틀리|틀렸|모순|아니|근사",
    re.IGNORECASE,
)
_RELATES_NAMES = frozenset({"=", ":=", "sim", "in"})


@dataclass(frozen=True, slots=True)
class Law:
    """What a `\\sim` says: of which names, given which others and which events. `joint`: of all of them together. `declared`: the text sets it. `reach`: how far the density of the
    variable is known by it, None for everywhere. `defined_below`: an equation behind it says what its variable is."""

    start: int
    section: int
    variables: frozenset[str]
    given: frozenset[str]
    events: frozenset[Node]
    joint: bool
    declared: bool
    reach: int | None
    defined_below: bool

    def of(self, name: str) -> bool:
        """Whether it is one of what this name without its font stands for."""
        return any(without_font(one) == name for one in self.variables)


class Laws:
    """The laws of a document by the places of what has them, in their order."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._found: dict[int, Law] = {}
        said = [
            (formula, part)
            for formula in context.formulas
            for part in formula.parts
            if isinstance(part, Statement) and part.node.kind == "chain" and "sim" in part.node.value.split()
        ]
        self._variables = {key for _, part in said for _, left in _distributed(part.node) for key in _said_of(left)[0]}
        self._equations: dict[str, list[_Equation]] = {}
        self._used: dict[str, list[int]] = {}
        for one in _equations(context.formulas):
            for key in one.names:
                self._used.setdefault(key, []).append(one.start)
            self._equations.setdefault(one.key, []).append(one)
        self._stacked = {
            key: side.names
            for key, equations in context.equations.items()
            for side in (one.value for one in equations)
            if _is_stack(side)
        }
        self._tied = list(_tied(context.formulas, self._variables))
        for formula, part in said:
            self._note(formula, marked(context, formula, part))

    def at(self, left: Node) -> Law | None:
        """The law that is said of what stands here."""
        return self._found.get(left.start)

    def declares(self, statement: Statement, left: Node, right: Node) -> bool:
        """Whether a `\\sim` declares the law of what stands before it, also in a row above."""
        law = self.at(left)
        if statement.connector in FOLLOWS:
            return False
        if law is not None:
            return law.declared
        given = any(one.start < statement.start for one in self._equations.get(left.key, ()))
        return bool(statement.mark) or not (given or left.kind in _COMPUTED or right.kind in _COMPUTED)

    def defined_below(self, node: Node) -> frozenset[str]:
        """The variables of a chain that an equation further below defines."""
        found = [self.at(left) for _, left in _distributed(node)] if node.kind == "chain" else []
        return frozenset[str]().union(*(one.variables for one in found if one is not None and one.defined_below))

    def declared(self, name: str, sections: list[int]) -> list[Law]:
        """The laws that the text declares of a variable, named without its font."""
        return [one for one in self._found.values() if one.declared and one.section in sections and one.of(name)]

    def speaks(self, name: str, sections: list[int]) -> bool:
        """Whether these sections say anything of a variable, by a law or by an equation."""
        said = any(one.section in sections and one.of(name) for one in self._found.values())
        return said or any(
            one.section in sections and without_font(key) == name
            for key, equations in self._equations.items()
            for one in equations
        )

    def alone(self, name: str, sections: list[int]) -> Law | None:
        """The only law that the text declares of a variable, if nothing else says what that is."""
        found = self.declared(name, sections)
        if len(found) != 1 or found[0].given or found[0].events or found[0].joint:
            return None
        if any(self._is_given(key, found[0].section, found[0].start) for key in found[0].variables):
            return None
        if any(key in found[0].variables and self._reaches(other, found[0].section) for key, other in self._tied):
            return None
        return found[0]

    def _note(self, formula: Formula, statement: Statement) -> None:
        words, members = statement.node.value.split(), statement.node.children
        for index, left in _distributed(statement.node):
            variables, given, events, joint = _said_of(left)
            stacked = frozenset[str]().union(*(self._stacked.get(one, frozenset()) for one in variables))
            variables, joint = variables | stacked, joint or bool(stacked)
            law = Law(left.start, formula.section, variables, given, events, joint, False, 0, False)
            above = {
                one for one in variables if any(other.start < left.start for other in self._equations.get(one, ()))
            }
            below = {one for one in variables - above if self._is_defined_below(one, law)}
            computed = left.kind in _COMPUTED or members[index + 1].kind in _COMPUTED
            computed |= bool(variables) and variables == above | below
            concluded = statement.connector in FOLLOWS or _is_equivalent(self._context, formula, statement)
            concluded |= statement.mark in _NO_LAW
            if not statement.mark and not concluded and not _leads(formula, statement):
                concluded = computed or self._is_fixed(law) or _is_concluded(self._context, formula)
            reach = 0 if concluded or index or words[1:] else _reach(self._context, formula, statement)
            self._found[left.start] = Law(
                left.start, formula.section, variables, given, events, joint, not concluded, reach, bool(below)
            )

    def _is_given(self, key: str, section: int, start: int) -> bool:
        """Whether an equation says what a variable is, in this section or around it: no value that was observed, no event X = x, and below its law none that is solved for it."""
        return any(
            self._reaches(one.section, section)
            and (one.start < start or one.says(self._variables))
            and not (one.start > start and self._is_solved(key, one))
            for one in self._equations.get(key, ())
        )

    def _is_defined_below(self, key: str, law: Law) -> bool:
        """Whether the first equation below a law that speaks of its variable says what that is."""
        uses = [place for place in self._used.get(key, ()) if place > law.start]
        return any(
            one.start > law.start and self._reaches(one.section, law.section) and one.says(self._variables)
            and one.start < min(uses, default=one.start + 1)
            for one in self._equations.get(key, ())
        )  # fmt: skip

    def _is_solved(self, key: str, equation: _Equation) -> bool:
        """X = Y/2 below Y = 2 X."""
        made = (one for name in equation.names for one in self._equations.get(name, ()))
        return any(one.start < equation.start and key in one.names for one in made)

    def _reaches(self, section: int, other: int) -> bool:
        return is_around(self._context, section, other)

    def _is_fixed(self, law: Law) -> bool:
        """Whether laws above determine it: a marginal one of a joint law or of a conditional one and that of what it is given, the conditional one of these turned round."""
        above = [
            one for one in self._found.values() if one.declared and is_around(self._context, law.section, one.section)
        ]
        if (
            any((one.variables, one.given, one.events) == (law.variables, law.given, law.events) for one in above)
            or not law.variables
        ):
            return False
        known = frozenset[str]().union(*(one.variables for one in above))
        joints: list[frozenset[str]] = []
        alone = not law.given and not law.events  # the law under one event says nothing of that under another
        above = [replace(one, given=one.given | _names(one.events)) if alone else one for one in above]
        waiting = [one for one in above if one.given & known or not one.events]
        while waiting:
            ready = [one for one in waiting if one.given & known <= frozenset[str]().union(*joints)]
            for one in ready:
                for part in [one.variables] if one.joint else [frozenset({key}) for key in one.variables]:
                    met = [other for other in joints if other & (part | (one.given & known))]
                    joints = [other for other in joints if other not in met] + [part.union(*met)]
            waiting = [one for one in waiting if one not in ready] if ready else []
        if law.events and not law.given & self._variables:
            return False
        return any(law.variables | (law.given & self._variables) <= other for other in joints)


def _names(nodes: Iterable[Node]) -> frozenset[str]:
    return frozenset[str]().union(*(one.names for one in nodes))


def _distributed(node: Node) -> Iterator[tuple[int, Node]]:
    """What stands before a `\\sim` of a chain, with its place in that."""
    words = node.value.split()
    for index, word in enumerate(words):
        if word == "sim" and node.children[index].kind != "missing" and "sim" not in words[max(0, index - 1) : index]:
            yield index, node.children[index]


def _said_of(left: Node) -> tuple[frozenset[str], frozenset[str], frozenset[Node], bool]:
    """The names that have a law, those and the events that it is given, and whether it is one of all of them together."""
    given: tuple[Node, ...] = ()
    if left.kind == "operator" and left.key == "like":
        count = left.value.partition("\\mid")[0].count("#")
        members, given = left.children[:count], left.children[count:]
        joint = count > 1
    else:
        members, joint = (left,), False
    if len(members) == 1:
        joint = members[0].kind in {"tuple", "list", "matrix", "transpose"}
    if any(one.kind in _COMPUTED - {"transpose"} for one in members):
        return frozenset(), frozenset(), frozenset(), False
    named, events = set[str](), set[Node]()
    for one in given:
        if one.kind == "chain" and one.value == "=" and one.children[0].kind == one.children[1].kind == "name":
            named.add(one.children[0].key)  # Y | X = x
        elif one.kind == "chain":
            events.add(one.placed(0))
        else:
            named |= _named(one)
    return frozenset().union(*map(_named, members)), frozenset(named), frozenset(events), joint


def _named(node: Node) -> frozenset[str]:
    """X of X, and f( of f(x)."""
    if node.kind == "call":
        return frozenset({f"{node.children[0].key}("})
    return frozenset({node.key}) if node.kind == "name" else frozenset[str]().union(*map(_named, node.children))


@dataclass(frozen=True, slots=True)
class _Equation:
    """What an equation says that a name is: by which names, and whether by one name or by more than that. `key`: empty of others, which use names."""

    key: str
    start: int
    section: int
    names: frozenset[str]
    computed: bool

    def says(self, variables: Collection[str]) -> bool:
        """Whether it is more than a value that was observed, or an event."""
        return bool(self.names) and (self.computed or bool(self.names & set(variables)))


def _equations(formulas: list[Formula]) -> Iterator[_Equation]:
    """Those that begin with a name; 2 X = Y; and the rest."""
    for formula in formulas:
        for part in formula.parts:
            if not isinstance(part, Statement) or part.node.kind != "chain" or part.mark in _NOT_SAID:
                continue
            head, *values = part.node.children
            if not part.node.value.startswith(("=", ":=")):
                continue
            key = key_of(head)
            names = frozenset[str]().union(*(one.names for one in values))
            if key and key not in values[0].names:
                computed = any(one.names and one.kind != "name" for one in values)
                made = head.kind == "name" and not all(map(_is_stack, values))
                yield _Equation(key if made else "", part.start, formula.section, names, computed)
            elif not key and values[0].kind == "name" and values[0].key not in head.names:
                made_of = frozenset(_outside_brackets(head))
                if made_of and head.kind in _COMPUTED:
                    yield _Equation(values[0].key, part.start, formula.section, made_of, True)
                else:
                    yield _Equation("", part.start, formula.section, head.names, False)
            else:
                yield _Equation("", part.start, formula.section, names | head.names, False)


def _is_stack(node: Node) -> bool:
    """(X, Y), a column of letters: no more than their names together."""
    inner = node.children[0] if node.kind in {"transpose", "prime"} else node
    plain = {"tuple", "list", "matrix", "row", "sequence", "name", "ellipsis"}
    return inner.kind in {"tuple", "list", "matrix"} and all(one.kind in plain for one in inner.walk())


_NOT_SAID = frozenset({"if", "when", "for", "goal", "not", "question"})


def _tied(formulas: list[Formula], variables: Collection[str]) -> Iterator[tuple[str, int]]:
    """X and Y of Y - X = 0, with the section, where no side is a name of its own."""
    for formula in formulas:
        for part in formula.parts:
            node = part.node if isinstance(part, Statement) and part.mark not in CONDITION_MARKS else None
            if node is None or node.kind != "chain" or node.value != "=" or any(map(key_of, node.children)):
                continue
            found = {key for side in node.children for key in _outside_brackets(side) if key in variables}
            if len(found) > 1:
                yield from ((key, formula.section) for key in found)


def _outside_brackets(node: Node) -> Iterator[str]:
    if node.kind == "name":
        yield node.key
    for child in node.children if node.kind not in {"operator", "call"} else ():
        yield from _outside_brackets(child)


def _leads(formula: Formula, statement: Statement) -> bool:
    """Whether an arrow stands behind it: what leads to something is said of any variable."""
    following = next((one for one in formula.parts if one.start > statement.start), None)
    first = all(one.start >= statement.start for one in formula.parts)
    return first and isinstance(following, Statement) and following.connector in {"implies", "therefore"}


def _is_equivalent(context: Context, formula: Formula, statement: Statement) -> bool:
    """Whether an arrow in both directions, or words for one, join it to what stands beside it."""
    if statement.mark == "equivalent":
        return True
    index = context.index_of.get(formula.start, len(context.formulas))
    following = next((one for one in formula.parts if one.start > statement.start), None)
    if isinstance(following, Statement):
        return following.connector == "iff"
    behind = context.formulas[index + 1].parts[:1] if index + 1 < len(context.formulas) and following is None else ()
    return any(isinstance(one, Statement) and one.mark == "equivalent" for one in behind)


def _is_concluded(context: Context, formula: Formula) -> bool:
    """Whether the sentence up to a formula says that it follows, and not that something is drawn."""
    words = _words_up_to(context, formula)
    found = list(_THEREFORE.finditer(words))
    return bool(found) and _DRAWS.search(words, found[-1].end()) is None


def _words_up_to(context: Context, formula: Formula) -> str:
    """The words of the sentence before a formula, also across the blank line before a display."""
    index, found = context.index_of.get(formula.start), list[str]()
    while index is not None and index >= 0:
        before = context.formulas[index - 1] if index else None
        gap = context.document.text[before.end if before else 0 : context.formulas[index].start]
        if before is not None and before.latex.rstrip().endswith((".", ";")):
            gap = "." + gap
        pieces = _STOP.split(gap.rstrip(" \t\r\n$")) if formula.display else SENTENCE_END.split(gap)
        found.insert(0, pieces[-1])
        if len(pieces) > 1 or (formula.display and not _WORD.search(pieces[-1])) or "\n\n" in gap.strip("$ \t"):
            break
        index -= 1
    return " ".join(found)


_STOP = re.compile(r"(?<=[.!?;。])[\s$*_)\"']+|^ {0,3}#{1,6}[ \t][^\n]*(?:\n|\Z)|^\.", re.MULTILINE)


def _words_behind(context: Context, formula: Formula) -> str:
    """The words of the paragraph between a formula and the next one."""
    index = context.index_of.get(formula.start, len(context.formulas))
    following = context.formulas[index + 1].start if index + 1 < len(context.formulas) else len(context.document.text)
    return context.document.text[formula.end : following].partition("\n\n")[0]


def _end_of_supposition(context: Context, formula: Formula) -> int:
    """Where the sentence ends that supposes something, a display behind it included."""
    index = context.index_of.get(formula.start)
    end = formula.end
    if index is None:
        return end
    for before, after in pairwise(context.formulas[index:]):
        gap = context.document.text[before.end : after.start]
        ended = before.latex.rstrip().endswith((".", ";")) or _SENTENCE.search(gap) is not None
        if ended or ("\n\n" in gap and _WORD.search(gap) is None):
            break
        end = after.end
    return end


_SENTENCE = re.compile(r"[.!?;。](?=[\s$*_)\"']|\Z)|^ {0,3}#{1,6}[ \t]", re.MULTILINE)


def _reach(context: Context, formula: Formula, statement: Statement) -> int | None:
    """How far a declared law says what the density is: 0 for nowhere, None for everywhere."""
    if context.document.claims:
        return None
    if any(one and not _INDEPENDENT.fullmatch(one) for one in statement.reasons):
        return 0
    beside_it = (
        *earlier_statements(context, formula, statement),
        *later_statements(context, formula, statement),
        *(part for part in formula.parts if isinstance(part, Statement)),
    )
    if len(formula.parts) != sum(isinstance(part, Statement) for part in formula.parts):
        return 0
    for part in beside_it:
        of_law = part.node.kind == "chain" and part.node.value == "sim"
        if part.start != statement.start and part.mark in _SUPPOSED and not of_law:
            return 0
    for part in (one for one in formula.parts if isinstance(one, Statement)):
        relates = part.node.kind != "chain" or set(part.node.value.split()) <= _RELATES_NAMES
        if part.start != statement.start and not part.connector and not relates:
            return 0
    spans = [(part.start, part.end) for part in formula.parts]
    beside = list[str]()
    place = formula.start
    for start, end in spans:
        beside.append(context.document.text[place:start])
        place = max(place, end)
    beside.append(context.document.text[place : formula.end])
    words = " ".join(_NO_WORDS.sub(r" \1 ", _COMMENT.sub("", one)) for one in beside)
    before = _words_up_to(context, formula)
    if statement.mark in _SUPPOSED:
        before = _IF.sub("", before)
    behind = context.words_of_sentence(formula)[len(context.words_of_sentence(formula, behind=False)) :]
    if _TAKEN_BACK.search(_words_behind(context, formula)):
        return 0
    if not all(map(_says_a_law, _WORD.findall(f"{before} {words} {behind}"))):
        return 0
    leads = any(isinstance(one, Statement) and one.connector and one.start > statement.start for one in formula.parts)
    here = leads or statement.mark not in {"", "since", *_SET}
    return _end_of_supposition(context, formula) if here else None


def _says_a_law(word: str) -> bool:
    return _SAYING.fullmatch(word) is not None or _HANGUL.fullmatch(word) is not None


_IF = re.compile(r"\b(?:if|when|whenever)\b[\s$]*$", re.IGNORECASE)
