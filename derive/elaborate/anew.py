"""Relations that may begin something new: another example, another function of the same name, another case.

`F = 3` after `F = 5`, `f(x) = 3x` after `f(x) = x^2`, `b - c = 1` where an example above had b = c = 1: unless its words claim it, such a relation is not
refuted by what was said above, for it may give that up. If it is not proved, what was said above of its symbols holds no longer.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from contextlib import suppress
from dataclasses import replace

from derive.elaborate.context import CONDITION_MARKS, DEFINITION_MARKS, Context, Link, Section, formulas_of, lone_name
from derive.elaborate.doubt import Doubt, letters_of_latex
from derive.elaborate.families import letters_in
from derive.elaborate.givens import is_concluded
from derive.elaborate.obligation import Obligation
from derive.elaborate.sorts import base_of, letter_of
from derive.elaborate.terms import Builder, Scope
from derive.kernel.claim import Claim
from derive.kernel.term import (
    ORDERS,
    ZERO,
    Apply,
    Function,
    IllSorted,
    Number,
    Symbol,
    Term,
    TermError,
    free_symbols,
)
from derive.language.document import Formula, Statement
from derive.language.printing import plain, plain_name
from derive.language.report import Verdict
from derive.language.syntax import Node, UnreadError

NEW_CASE = "the case that may be meant here"
CONTRARY_CASE = "the other case that may be meant here"
ASSIGNMENT = "the assignment of a next value, which may be meant here (write \\leftarrow),"
_PLAIN = frozenset({"name", "number", "ellipsis", "superindex"})
# What introduces another thing, and what claims something of the one above.
_ANOTHER = re.compile(
    r"\b(?:consider\w*|examples?|instance|another|instead|different|alternativ\w+|e\.g|choose|choice|replac\w+|chang\w+|set|pick|graph\w*|plot\w*|sketch\w*|draw\w*|curves?|lines?|parabolas?|redefin\w+|versus|vs)\b|"
    r"예를 들|예로|다른|이번|새로|바꾸|두 번째|대신|경우",
    re.IGNORECASE,
)
_CLAIMED = re.compile(
    r"\b(?:then|so|hence|thus|therefore|get|gets|have|has|obtain\w*|find|finds|found|write|writes|written|rewrit\w*|expand\w*|simplif\w*|becomes?|gives?|yields?|equals?|"
    r"impl(?:y|ies)|follows|that is|i\.e|also|since|because|show\w*|see|know|note|recall|proves?|proven|consequently|comput\w+|calculat\w+|result\w*|"
    r"deriv\w+|solv\w+|is|are|namely|again|same)\b|따라서|그러므로|즉|그러면|정리하면|전개하면|얻|된다|같다|이므로|다시|결국|쓰면|쓸 수",
    re.IGNORECASE,
)
# The inverse of y = e^x is y = \\ln x.
_IMAGE = re.compile(
    r"\b(?:inverse|reflect\w*|mirror\w*|imag(?:e|es)|shift\w*|translat\w*|rotat\w*|stretch\w*|symmetric)\b|역함수|대칭|평행\s*이동|회전",
    re.IGNORECASE,
)
_WORD = re.compile(r"[A-Za-z]{2,}|[가-힣]{2,}")
_ANOTHER_THING = re.compile(  # a loaded die has p = 1/2
    r"\W*(?:an?|one|some|the\s+(?:second|other|next|third))\s+[a-z][\w -]{2,40}\b(?:has|have|with)[\s$]*$",
    re.IGNORECASE,
)
# The absolute loss is L = |y - f|; entropy is ..; the OR gate computes ..: what has a name of its own, and nothing concludes.
_NAMED_THING = re.compile(
    r"\W*(?:(?:and|while|whereas|or)\s+)?(?!(?:then|so|hence|thus|therefore|this|that|it|which|here|there|now|note|we|one|consequently|finally|indeed|clearly|also)\b)(?:the\s+|an?\s+)?(?:\$[^$]*\$[\s-]*)?"
    r"[A-Za-z][\w'’-]*(?:\s+(?:of\s+|the\s+)?[\w'’-]+){0,4}(?<!value)(?<!values)(?<!result)(?<!answer)(?<!solution)(?<!sum)(?<!total)(?<!minimum)(?<!maximum)(?<!derivative)(?<!gradient)(?<!limit)(?<!integral)(?<!side)\s+(?:is|are|computes?|equals?|(?:is|are)\s+(?:defined|given)(?:\s+(?:as|by))?)[\s:,$]*$",
    re.IGNORECASE,
)
_CASE = re.compile(r"\bcase\s*\$?\s*(?:\d|[ivx]+\b|[A-Z]\b|\\)|경우\s*\d", re.IGNORECASE)
NAMES_OF_POINTS = frozenset({"a", "b", "c", "d", "p", "q", "A", "B", "C", "P", "Q"})  # f(p) = p, f(q) = q: fixed points
_LAST_SENTENCE = re.compile(r"[.!?。]\s")


def may_say_what_is_new(context: Context, section: Section, link: Link, obligation: Obligation) -> str:
    """The doubt that an equation may only say what a letter is that stands on one side of it and nowhere above: `E = m c^2`, then `E = h f`, or `= p c`."""
    if context.document.claims or link.word != "=":
        return ""
    if obligation.refutable and (listed := _listed_with_another(context, link)):
        return listed
    members = link.statement.node.children
    earlier = [
        one for one in (*members[: members.index(link.right)], link.left) if not (link.first and one is link.left)
    ]
    before = context.written.union(part.key for one in earlier for part in one.walk())
    for claim in obligation.refutable:
        statement = claim.statement
        if not isinstance(statement, Apply) or statement.head != "=" or claim.constants:
            continue
        left, right = map(free_symbols, statement.arguments)
        new = sorted(
            symbol.name
            for symbol in left ^ right
            if symbol.name not in before
            and symbol.name not in section.scope.inference.declared
            and not isinstance(symbol.sort, Function)
        )
        if new and any(symbol.name in before for symbol in left | right):
            return f"{plain_name(new[0])}, which is new here,"
    return ""


def _listed_with_another(context: Context, link: Link) -> str:
    """Another formula for the same symbol in one list: `$d = |x - y|$; $d = (x - y)^2$`."""
    index = context.index_of.get(link.formula.start)
    name = lone_name(link.left)
    if not index or name is None or not link.first or link.statement is not link.formula.parts[0]:
        return ""
    earlier = context.formulas[index - 1]
    between = context.document.text[earlier.end : link.formula.start]
    last = earlier.parts[-1] if earlier.parts else None
    if (
        not isinstance(last, Statement)
        or last.node.kind != "chain"
        or not re.fullmatch(r"[\s$,;]*[,;][\s$,;]*", between)
    ):
        return ""
    return "another definition that is listed here" if lone_name(last.node.children[0]) == name else ""


def sets_what_is_defined(context: Context, section: Section, link: Link) -> bool:
    """Whether a link gives a number to what the link before it in its statement defines: D = b^2 - 4ac = 0. Alone it would be a condition."""
    if context.document.claims or link.first or link.word != "=" or link.statement.connector:
        return False
    number = not any(one.kind in {"name", "call"} for one in link.right.walk())
    return number and context.last_id in section.given.values()


def may_be_new(context: Context, section: Section, link: Link) -> tuple[str, tuple[Term, ...]]:
    """Why the relation is not refuted by what stands above it, and the symbols of which that may be given up; empty if it is a claim."""
    statement = link.statement
    if context.document.claims or statement.mark or statement.connector or statement.starts_with_relation:
        return "", ()
    scope = section.scope
    sides = (link.left, link.right)
    names = [part.key for side in sides for part in side.walk() if part.kind == "name"]
    chain = statement.node
    if all(_is_plain(child) for child in chain.children) and names:
        words = chain.value.split()
        declared = scope.inference.declared.keys() - scope.inference.by_membership
        open_names = [name for name in names if name not in declared]
        if (
            (len(words) > 1 or words[0] in ORDERS | {"!="})
            and open_names
            and not any(
                not isinstance(scope.definitions.get(scope.symbol(name), ZERO), Number | Symbol) for name in names
            )
        ):
            return NEW_CASE, tuple(one for one in map(scope.symbol, names) if one in scope.definitions)
        if _is_guessed(section, names) and not _follows_at_once(context, link):
            return NEW_CASE, ()
    if link.word != "=" or not link.first:
        return "", ()
    target = _defined(scope, link.left)
    if link.last and _is_perhaps_assigned(context, link):
        return ASSIGNMENT, () if target is None else (target,)
    other = other_formula(context, section, link)
    if target is not None:
        if _introduces(context, section, link.formula, _key(link.left)) or _is_another_substitution(section, link):
            return NEW_CASE, (target,)
        return (other, (target,)) if other else ("", ())
    if other:
        return other, ()
    lone = lone_name(link.left)
    if lone is not None and not lone[1]:
        next_value = _NEXT_VALUE.fullmatch(context.words_before(link.formula)) is not None
        if _is_guessed(section, [lone[0]]) and (next_value or not _follows_at_once(context, link)):
            return NEW_CASE, ()
        if lone[0] in [part.key for part in link.right.walk()] and _has_strange_function(section, link.right):
            return NEW_CASE, ()
    if link.last and not any(part.kind in {"name", "call"} for part in link.right.walk()):
        values = [scope.symbol(name) for name in names if isinstance(scope.definitions.get(scope.symbol(name)), Number)]
        if values and all(_is_apart(context, section, link.formula, one.name) for one in values):
            return NEW_CASE, tuple(values)
        if len(values) > 1 and _is_another_choice(context, section, link, [one.name for one in values]):
            return NEW_CASE, tuple(values)
    return "", ()


def contrary_cases(context: Context, section: Section, link: Link) -> tuple[Term, ...]:
    """What formulas above only seem to suppose of the letters of an inequality that stands by itself: where the inequality contradicts that, the text turns to another case,
    `k < \\ln 2`, `k \\ge \\ln 2`, or excludes the first. What follows from them, in rows or by words, is a claim."""
    statement = link.statement
    if link.word not in ORDERS or statement.mark or statement.connector or statement.starts_with_relation:
        return ()
    if context.document.claims or is_concluded(context, link) or _follows_at_once(context, link):
        return ()
    names = link.left.names | link.right.names
    return tuple(
        one.unfolded(section.scope)[0]
        for one in section.hypotheses
        if one.sentence == 0
        and one.start is not None
        and context.formula_at(one.start) is not link.formula
        and any(symbol.name in names for symbol in one.symbols())
    )


def formula_of(link: Link) -> tuple[str, tuple[str, ...]] | None:
    """The function and its arguments, by name, of a formula that may say what it is: f(x, y) = x y; None of f(0) = 1, f(a) = 3, f(x) = f(-x)."""
    call = link.left
    if link.word not in {"=", ":="} or not link.first or call.kind != "call":
        return None
    head, *arguments = call.children
    names = tuple(one.key for one in arguments)
    if any(one.kind != "name" for one in call.children) or len({*names}) != len(names) or head.key in link.right.names:
        return None
    if link.right.kind == "name" and names == (link.right.key,) and link.right.key in NAMES_OF_POINTS:
        return None  # f(p) = p, f(q) = q: fixed points
    letters = {letter_of(one) for one in link.right.names}
    return (head.key, names) if any(letter_of(one) in letters for one in names) else None


def other_formula(context: Context, section: Section, link: Link) -> str:
    """Why a formula for a function may speak of another function than the formula above for the same letter: it has other arguments, or another number of them,
    and no words claim it. Empty if it may not."""
    found = formula_of(link)
    if found is None or _CLAIMED.search(_LAST_SENTENCE.split(context.words_before(link.formula))[-1]):
        return ""
    key, names = found
    above = [start for others, start in section.formulas.get(key, ()) if _are_others(section, others, names)]
    if not above:
        return ""
    return f"another {plain_name(key)}, which may be meant with other arguments than in {context.document.place(above[-1])},"


def _are_others(section: Section, above: tuple[str, ...], names: tuple[str, ...]) -> bool:
    """Whether a function is written with other variables; x_0, x^* and a letter that has a value are places where it is taken: f(x_0), f(a)."""
    if len(above) != len(names):
        return True
    valued = {one.name for one in section.scope.definitions}
    return any(
        one not in above and letter_of(one) not in {letter_of(other) for other in above} and one not in valued
        for one in names
    )


def note_formula(context: Context, section: Section, link: Link, verdict: Verdict) -> None:
    """Keeps what may say what a function is. Of two formulas with other arguments, of which one is not proved from the other, nothing is proved or refuted."""
    found = formula_of(link)
    if found is None or verdict not in {Verdict.DEFINED, Verdict.UNKNOWN, Verdict.ASSUMED}:
        return
    key, names = found
    known = section.formulas.setdefault(key, [])
    if link.statement.mark in DEFINITION_MARKS | CONDITION_MARKS and verdict is Verdict.DEFINED:
        known.clear()
    others = [start for above, start in known if _are_others(section, above, names)]
    if others:
        for symbol in [one for one in section.scope.function_definitions if one.name == key]:
            note_older(context, section, symbol, (), link.start)
        places = f"{context.document.place(others[-1])} and {context.document.place(link.start)}"
        section.older[key] = f"one of the formulas for {plain_name(key)} in {places}"
    known.append((names, link.start))


def _is_another_choice(context: Context, section: Section, link: Link, names: list[str]) -> bool:
    """b - c = 1 by itself, among words of another paragraph than b = 1 and c = 1: what other values of both are chosen by."""
    if link.formula.display or link.right.kind != "number" or link.left.kind != "+" or set(names) != link.left.names:
        return False
    terms = [one.children[0] if one.kind == "negate" else one for one in link.left.children]
    places = [section.placed.get(name) for name in names]
    if any(one.kind != "name" for one in terms) or _CLAIMED.search(link.formula.before):
        return False
    return all(one is not None and context.formulas[one].paragraph != link.formula.paragraph for one in places)


def _is_perhaps_assigned(context: Context, link: Link) -> bool:
    """t = t + 1, S(k) = S(k) + x_k, D = D \\eta by itself, in a text of algorithms or of an index: a step, unless the words claim it."""
    target = link.left.placed(0)
    if (
        target.kind not in {"name", "call"}
        or _CLAIMED.search(link.formula.before)
        or _IDENTITY.search(link.formula.after)
    ):
        return False
    right = link.right
    if right.kind not in {"+", "product", "dot", "hadamard", "/"}:
        return False
    parts = [one.placed(0) for one in right.children]
    if target not in parts or _IDENTITY.search(context.words_of_sentence(link.formula)):
        return False
    if _ALGORITHM.search(context.document.text):
        return True
    letters = {one.key for one in (target, *target.children[1:]) if one.kind == "name"}
    nodes = (part.node for formula in context.formulas for part in formula.parts if isinstance(part, Statement))
    return any(letters & letters_in(name) for node in nodes for name in node.names)


_ALGORITHM = re.compile(
    r"\b(?:algorithms?|pseudo-?code|loops?|iterat\w+|repeat\w*|while|updat\w+|initiali[sz]\w+|increment\w*|assign\w*|for\s+each|until)\b|알고리즘|반복|갱신|초기|대입문",
    re.IGNORECASE,
)


_IDENTITY = re.compile(
    r"\b(?:identit\w+|always|all|any|every|each\s+real|theorem|lemma|true|holds?|equations?|satisf\w+|fixed\s+points?)\b|항상|모든|임의의|항등식|성립|방정식",
    re.IGNORECASE,
)


def without_guesses(section: Section, claim: Claim) -> Claim:
    """The claim without the hypotheses that are only read as conditions of the text."""
    guessed = {one.unfolded(section.scope)[0] for one in section.hypotheses if one.sentence == 0}
    return replace(claim, hypotheses=tuple(one for one in claim.hypotheses if one not in guessed))


def give_up(context: Context, section: Section, symbols: tuple[Term, ...], latex: str, reason: str, start: int) -> None:
    """What was said above of the symbols of a relation that may begin something new holds no longer; what holds is not known."""
    letters = letters_of_latex(latex)
    scope = section.scope
    for symbol in symbols:
        if isinstance(symbol, Symbol):
            formulas = formulas_of(section, symbol.name, scope.definitions.get(symbol))
            if symbol in scope.definitions or symbol in scope.function_definitions:
                note_older(context, section, symbol, formulas, start)
            ask_which_value(section, symbol, formulas, start)
            keep_meaning(scope, symbol, formulas)
            scope.function_definitions.drop(symbol)
            scope.definitions.drop(symbol)
            section.bound.discard(symbol.name)
            section.disputed.pop(symbol.name, None)
            section.open.add(symbol.name)
    ended = [one for one in section.hypotheses if one.sentence == 0 and one.letters() & letters]
    section.hypotheses = [one for one in section.hypotheses if all(one is not other for other in ended)]
    letters = letters.union(*(one.letters() for one in ended))
    section.doubts.append(Doubt(letters, reason, section.number, start))


def leave_open(
    context: Context, section: Section, symbol: Symbol, latex: str, reason: str, where: str, start: int
) -> None:
    """A second equation for what is defined, which is left undecided: a claim about it, or what it is from here on. Its definition is not given up, so that nothing
    defines it anew without saying so, but nothing is proved or refuted by it any more."""
    formulas = formulas_of(section, symbol.name, section.scope.definitions.get(symbol))
    note_older(context, section, symbol, formulas, start)
    ask_which_value(section, symbol, formulas, start)
    defined = section.defined.get(symbol.name)
    first = f" in {context.document.place(defined)}" if defined is not None else ""
    reading = f"the definition of {plain_name(symbol.name)}{first}, beside which {where} says something else"
    section.disputed.setdefault(symbol.name, reading)
    section.doubts.append(Doubt(letters_of_latex(latex), reason, section.number, start))


def restated(context: Context, section: Section, link: Link) -> Obligation | None:
    """An equation that says again what another one says that was only taken for a definition, as it was the first with a new name alone on a side: by that it is
    not proved, as the first may have been the claim, and what defines the name stands elsewhere. What words define (let, where, :=) holds when it is said again."""
    if context.document.claims or link.statement.mark or not section.placed:
        return None
    scope = section.scope
    for side, other in ((link.left, link.right), (link.right, link.left)):
        head = side.children[0] if side.kind == "call" else side
        key = head.key if head.kind == "name" else ""
        if key not in section.placed or key in section.disputed or key in other.names:
            continue
        try:
            same = _meaning_of(scope, side, key) == Builder(scope).member(other)
        except (UnreadError, IllSorted, TermError):
            continue
        if not same:
            continue
        where = context.document.place(section.defined.get(key, link.start))
        message = (
            f"says again what {where} says, where it is taken as the definition of {plain_name(key)}: nothing proves it"
        )
        again = context.obligation(link, Verdict.DEFINED, "restated", message)
        again.reading = f"{plain(Builder(scope).member(link.left))} = {plain(Builder(scope).member(link.right))}"
        again.premises = (section.given[key],) if section.given.get(key) else ()
        return again
    return None


def _meaning_of(scope: Scope, side: Node, key: str) -> Term | None:
    """What a symbol, or a function of the same letters, is defined as, in the words of its definition."""
    if side.kind == "name":
        return scope.definitions.get(scope.symbol(key))
    found = next((one for function, one in scope.function_definitions.items() if function.name == key), None)
    same = found is not None and [one.key for one in side.children[1:]] == [one.name for one in found[0]]
    return found[1] if found is not None and same else None


def note_older(context: Context, section: Section, symbol: Symbol, but: Collection[str], start: int) -> None:
    """What is made of a symbol or function that gets another meaning: whether it means the one made of that before, or of the new one, is not known."""
    scope, made = section.scope, {symbol}
    values = [*scope.definitions.items(), *((one, body) for one, (_, body) in scope.function_definitions.items())]
    while more := {
        one for one, value in values if one not in made and one.name not in but and free_symbols(value) & made
    }:
        made |= more
    members = re.compile(re.escape(base_of(symbol.name)) + r"_\{?\d+\}?")
    made |= {one for one, _ in values if members.fullmatch(one.name)}  # S_3 of S_n
    closed = {one for one, value in scope.definitions.items() if not free_symbols(scope.unfold(value))}
    for other in made - {symbol}:
        if isinstance(other, Symbol) and not (isinstance(symbol.sort, Function) and other in closed):  # let y = f(3)
            section.older[other.name] = (
                f"the {plain_name(symbol.name)} of which {plain_name(other.name)} is made, before {context.document.place(start)}"
            )


def ask_which_value(section: Section, symbol: Symbol, but: Collection[str], start: int) -> None:
    """What was defined by a symbol that had the value of a number may be a formula for the next value too: it is not refuted with the one before."""
    if not isinstance(section.scope.definitions.get(symbol), Number):
        return
    made = [other for other, value in section.scope.definitions.items() if symbol in free_symbols(value)]
    made += [other for other, (_, body) in section.scope.function_definitions.items() if symbol in free_symbols(body)]
    for other in made:
        if isinstance(other, Symbol) and other.name not in but:
            reason = f"the value of {plain_name(symbol.name)} that {plain_name(other.name)} is made of"
            section.doubts.append(Doubt(letters_of_latex(other.name), reason, section.number, start))


def keep_meaning(scope: Scope, symbol: Symbol, but: Collection[str] = frozenset()) -> None:
    """What is defined by a symbol or function keeps its meaning when that is about to get another one, but for some names."""
    for other, value in list(scope.definitions.items()):
        if other != symbol and symbol in free_symbols(value) and other.name not in but:
            with suppress(UnreadError):
                scope.definitions[other] = scope.unfold(value)
    for function, (parameters, body) in list(scope.function_definitions.items()):
        if function != symbol and symbol in free_symbols(body) and function.name not in but:
            with suppress(UnreadError):
                scope.function_definitions[function] = (parameters, scope.unfold_beside(body, parameters))


def _is_plain(node: Node) -> bool:
    return node.kind in _PLAIN or (node.kind == "negate" and _is_plain(node.children[0]))


def _is_guessed(section: Section, names: list[str]) -> bool:
    """Whether a relation above that was only read as a condition speaks of one of the names."""
    return any(
        one.sentence == 0 and any(symbol.name in names for symbol in one.symbols()) for one in section.hypotheses
    )


def _key(node: Node) -> str:
    return node.children[0].key if node.kind == "call" else node.key


def _defined(scope: Scope, node: Node) -> Symbol | None:
    """The symbol or function on the left that the text has defined."""
    if node.kind == "name":
        symbol = scope.symbol(node.key)
        return symbol if symbol in scope.definitions else None
    if node.kind == "call" and node.children[0].kind == "name" and all(one.kind == "name" for one in node.children[1:]):
        return next((one for one in scope.function_definitions if one.name == node.children[0].key), None)
    return None


def _introduces(context: Context, section: Section, formula: Formula, key: str) -> bool:
    """Whether the words before a formula may introduce another thing with the name of one that is defined above."""
    index = context.index_of.get(formula.start, 0)
    begin = context.formulas[index - 1].end if index else 0
    if index and _NEXT_VALUE.fullmatch(context.document.text, begin, formula.start):
        return True
    if _ROW_BEGINS.search(context.document.text, begin, formula.start):
        return True
    place = section.placed.get(key)
    defining = context.formulas[place] if place is not None else formula
    if defining.sentence == formula.sentence and _IMAGE.search(context.words_of_sentence(defining)):
        return True
    words = context.document.text[begin : formula.start].strip(" \n\t$")
    last = _LAST_SENTENCE.split(words)[-1]
    if _ANOTHER.search(last) or _ANOTHER_THING.match(last) or _NAMED_THING.match(last):
        return True
    if section.placed.get(key) is not None and _CASE.search(context.document.text, defining.end, formula.start):
        return True
    if _CLAIMED.search(last):
        return False
    if _WORD.search(words):
        return True
    return _is_apart(context, section, formula, key)


_VARIABLES = frozenset("stuvwxyz")  # what is put in for a variable is called so, in one integral after another


def _is_another_substitution(section: Section, link: Link) -> bool:
    """Whether a variable is defined above by more letters than an equation for it speaks of, and by all of these: z = x^2 where z is x - \\mu. What is rewritten
    keeps the letters that it depends on, unless an equation ties them to others."""
    scope = section.scope
    if link.left.kind != "name" or link.left.key not in _VARIABLES:
        return False
    before = free_symbols(scope.unfold(scope.symbol(link.left.key)))
    after = free_symbols(scope.unfold(Builder(scope).member(link.right)))
    equations = (one for one in section.hypotheses if isinstance(one.term, Apply) and one.term.head == "=")
    tied = frozenset[Symbol]().union(*(one.symbols() for one in equations))
    return bool(after) and after < before and bool(before - after - tied)


_NEXT_VALUE = re.compile(r"[\s$]*,\s*(?:and\s+)?(?:then|next|now|after\s+that)[\s$]*")  # x = 1, then x = 2
# At the beginning of an item, a cell or row of a table, or a part, or behind a semicolon.
_ROW_BEGINS = re.compile(
    r"(?:\n[ \t>]*(?:[-*+]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)])[ \t]+|\||&|\\\\(?:\[[^\[\]]*\])?(?:\s*\\(?:hline|midrule))*|;[ \t\n]*|\((?:\d|[a-z]|[ivx]{1,4})\)[ \t]*)[\s$*_]*$"
)


def _is_apart(context: Context, section: Section, formula: Formula, key: str) -> bool:
    """Whether the text speaks of other things between the definition of a name and a formula."""
    place = section.placed.get(key)
    here = context.index_of.get(formula.start)
    if place is None or here is None:
        return False  # said to be defined: let f(x) = x^2
    if context.formulas[place].section != formula.section:
        return True
    return any(
        all(isinstance(part, Statement) and part.node.kind in {"name", "number"} for part in one.parts)
        for one in context.formulas[place + 1 : here]
    )


_ROW_OF_ITS_OWN = re.compile(r"\n[ \t>]*(?:\||[-*+][ \t]|\d+[.)][ \t])")


def _follows_at_once(context: Context, link: Link) -> bool:
    """Whether the statement just above is what was read as a condition: `2x = 4`, `x = 3`."""
    parts = [part for part in link.formula.parts if part.start < link.statement.start]
    index = context.index_of.get(link.formula.start, 0)
    if not parts and _ROW_OF_ITS_OWN.search(context.words_before(link.formula)):
        return False
    if not parts and index:
        parts = list(context.formulas[index - 1].parts)
    if not parts or not isinstance(parts[-1], Statement):
        return False
    node = parts[-1].node
    names = node.names
    plain = all(_is_plain(child) or not child.names for child in node.children)  # k < \\ln 2 is solved already
    return node.kind == "chain" and not plain and link.left.kind == "name" and link.left.key in names


def _has_strange_function(section: Section, node: Node) -> bool:
    """Whether a function is applied of which the text says nothing: no definition, no declaration."""
    heads = [part.children[0].key for part in node.walk() if part.kind == "call" and part.children[0].kind == "name"]
    defined = {one.name for one in section.scope.function_definitions}
    return any(
        isinstance(section.scope.inference.sort(head), Function)
        and head not in defined
        and head not in section.scope.inference.declared
        for head in heads
    )
