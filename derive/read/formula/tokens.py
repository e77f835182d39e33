"""Tokens of a formula, with exact offsets; white space, comments and spacing macros are dropped."""

from __future__ import annotations

import re
import string
from typing import NamedTuple

from derive.language.spelling import BARE_FUNCTIONS, DOTS, FONTS, FUNCTIONS, GREEK, GREEK_UNICODE, SPACING, WORDS
from derive.language.syntax import RELATION_WORDS, UnreadError

_PATTERN = re.compile(
    r"[\s~]*+(?:%[^\n]*+[\s~]*+)*+(?:(?P<command>\\(?:(?:operatorname|tag|hspace|vspace)\*|[A-Za-z]+|.))|(?P<number>\d+(?:\.\d+)?|\.\d+)|(?P<letters>[A-Za-z]+)|(?P<words>[\uac00-\ud7a3](?:[\uac00-\ud7a3 ,]*[\uac00-\ud7a3])?)"
    r"|(?P<symbol>\|\||:=|=:|<=|>=|'+|\.\.\.|.))?",
    re.DOTALL,
)
# Words of the text, and names in upright letters; either command is used for both.
_PROSE_COMMANDS = frozenset(
    {"\\text", "\\textrm", "\\mbox", "\\textit", "\\textbf", "\\textnormal", "\\textup", "\\textsf", "\\texttt", "\\textsc", "\\hbox"}
)  # fmt: skip
_NAME_COMMANDS = frozenset(
    {"\\mathrm", "\\operatorname", "\\mathit", "\\operatorname*", "\\operatornamewithlimits", "\\mathop", "\\mathup"}
)
_TEXT_COMMANDS = _PROSE_COMMANDS | _NAME_COMMANDS
# Signs that have a control word, and digits that stand above the line.
_UNICODE = {"±": "\\pm", "∓": "\\mp", "×": "\\times", "·": "\\cdot", "⋅": "\\cdot", "÷": "\\div", "≤": "\\le", "≥": "\\ge", "≠": "\\ne", "≈": "\\approx", "≡": "\\equiv", "∝": "\\propto", "∈": "\\in", "∉": "\\notin", "⊂": "\\subset", "⊆": "\\subseteq", "∪": "\\cup", "∩": "\\cap", "∅": "\\emptyset", "∞": "\\infty", "∂": "\\partial", "∇": "\\nabla", "→": "\\to", "↦": "\\mapsto", "⇒": "\\Rightarrow", "⇔": "\\Leftrightarrow", "∀": "\\forall", "∑": "\\sum", "∏": "\\prod", "∫": "\\int", "π": "\\pi", "ℓ": "\\ell", "⟨": "\\langle", "⟩": "\\rangle", "∥": "||", "′": "'", "⊙": "\\odot", "⊗": "\\otimes", "⊤": "\\top"}  # fmt: skip
_UNICODE |= {letter: f"\\{name}" for letter, name in GREEK_UNICODE.items()} | {"−": "-"}
_RAISED = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789", strict=True))
_ESCAPED_SET = re.compile(r"\\\\\{((?:[^{}]|\{[^{}]*\}){0,400}?)\\\\\}")
_BRACES = {"\\lbrace": "\\{", "\\rbrace": "\\}"}
_SPACE = re.compile(r"(?:\s+|%[^\n]*)*+")
_LONE_LETTER = re.compile(
    r"\{(?<![_^]\{)(?<!\\hat\{)(?<!\\bar\{)(?<!\\tilde\{)(?<!\\mathbf\{)(?<!\\mathrm\{)(?<!\\mathcal\{)\s*(?:[^\W\d_]|\\[A-Za-z]+)\s*\}\s*(?:\\left\s*)?[_^('\[]"
)
_SIGNS = RELATION_WORDS.keys() | {"\\cdot", "\\times", "\\pm", "\\mp", "\\odot", "\\circ", "\\implies", "\\Rightarrow", "\\Longrightarrow", "\\rightarrow", "\\iff", "\\Leftrightarrow", "\\therefore", "\\land", "\\lor", "\\\\", "\\partial", "\\nabla", *DOTS}  # fmt: skip
_CONTROL_WORDS = frozenset({"sin", "cos", "tan", "cot", "sec", "csc", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh", "exp", "ln", "log", "det", "min", "max"})  # fmt: skip
_BELONGING = frozenset({"_", "^", "(", "'", "["})
_IS_FORMULA = re.compile(r"[A-Za-z0-9)}]\s*[+=^_]\s*[\\A-Za-z0-9({]|\d\s*-|-\s*\d")
_IS_WORD = re.compile(r"(?<![\\A-Za-z])[A-Za-z]{2}")
_ROW_SPACE = re.compile(r"\*?(?:\s*\[\s*-?[\d.]+\s*(?:pt|em|ex|mm|cm|in|px|mu)\s*\])?")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9.'-]*")
_SPACES_INSIDE = re.compile(r"\\[,;:! ]|\\quad|~|\s+")
_INNER_FONT = re.compile(r"\\(?:rm|mathrm|text|textrm|operatorname)(?![A-Za-z])\*?\s*")
_BOLD_LETTER = re.compile(r"[A-Za-z]|\\[A-Za-z]+")
_LETTER_IN_FONT = re.compile(r"\s*\\math(?:bb|bf|cal|sf)(?:\s*\{\s*[A-Za-z]\s*\}|\s*[A-Z])\s*")
_RELATION_INSIDE = re.compile(
    r"[=<>]|\\(?:" + "|".join(sign[1:] for sign in RELATION_WORDS if sign[:1] == "\\") + r")(?![A-Za-z])"
)
_ENDS_STATEMENT = re.compile(
    r"(?:\s|%[^\n]*|~|\\[,;:! ]|\\q?quad(?![A-Za-z]))*(?:\Z|[.,;&}]|\\\\|\\(?:end|tag|label|text|qedhere)(?![A-Za-z]))"
)
_BEFORE_STATEMENT = frozenset(
    {
        "\\\\",
        "&",
        ",",
        ";",
        ":",
        "\\implies",
        "\\Rightarrow",
        "\\iff",
        "\\Leftrightarrow",
        "\\therefore",
        *RELATION_WORDS,
    }
)
_SIZES = frozenset({"\\left", "\\right", "\\middle", *(f"\\{size}{side}" for size in ("big", "Big", "bigg", "Bigg") for side in ("", "l", "r", "m"))})  # fmt: skip
_SET_SPACES = frozenset({"\\,", "\\:", "\\;", "\\>", "\\ ", "\\quad", "\\qquad"})
_EVALUATES = re.compile(
    r"\s*(?:\||\\r?vert(?![A-Za-z]))\s*[_^]"
)  # behind \\right, with \\left. before what is evaluated
_INVISIBLE = re.compile(r"\s*\.")
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_ONE_TOKEN_WORDS = frozenset(
    {*BARE_FUNCTIONS, *WORDS, "Let", "Where", "If", "Then", "argmax", "argmin"} - {"i.e.", "that is", "set"}
)
# Names of functions that stand before their bracket without a backslash.
_APPLIED_WORDS = frozenset(name for name in FUNCTIONS if len(name) > 2) | {"softmax", "sigmoid", "softplus", "relu", "ReLU", "erf", "Var", "Cov", "var", "cov", "std", "span", "dim", "ker", "Beta", "KL", "Pr", "Corr", "corr"}  # fmt: skip
_STATISTICS = frozenset({"Var", "Cov", "var", "cov", "Corr", "corr", "KL", "Pr"})
_SPACE_OR_SIZE = re.compile(r"(?:\s+|%[^\n]*|~|\\[,;:!> ]|\\(?:quad|left|[bB]igg?l?)(?![A-Za-z]))*+")
_APPLIED_STATISTIC = re.compile(_SPACE_OR_SIZE.pattern + r"[(\[]")
_APPLIED = re.compile(
    r"(?:\s*(?:'+|\^\s*(?:'+|\\prime|\{\s*(?:'+|(?:\\prime\s*)+)\s*\})))?" + _SPACE_OR_SIZE.pattern + r"\("
)
_DROPPED_WITH_ARGUMENT = frozenset(
    {
        "\\hphantom",
        "\\vphantom",
        "\\label",
        "\\tag",
        "\\hspace",
        "\\vspace",
        "\\phantom",
        "\\color",
        "\\tag*",
        "\\require",
        "\\usepackage",
    }
)
# What stands behind \\begin{...} and is no part of the formula: where a box stands, how a column is set, how many pairs of columns there are.
_POSITION = re.compile(r"\s*\[\s*[tbclr]\s*\]")
_WITH_POSITION = frozenset({"aligned", "gathered", "alignedat", "multlined", "array", "IEEEeqnarraybox", "bmatrix*", "pmatrix*", "vmatrix*", "Vmatrix*", "Bmatrix*", "matrix*"})  # fmt: skip
_COLUMNS = re.compile(r"\s*\{[^{}]*\}")
_WITH_COLUMNS = frozenset({"alignat", "alignedat", "xalignat", "xxalignat", "IEEEeqnarray", "IEEEeqnarraybox"})
# Behind \\sim these runs of letters are names: X \\sim Exp(\\lambda).
_DISTRIBUTIONS = frozenset({"Normal", "Unif", "Uniform", "Exp", "Expo", "Gamma", "Gam", "Beta", "Bet", "Poisson", "Pois", "Poi", "Bernoulli", "Bern", "Ber", "Bin", "Binomial"})  # fmt: skip
_UPRIGHT_GROUP = re.compile(r"\{\s*\\rm(?![A-Za-z])")
BARS = {
    "\\mid": "|",
    "\\|": "||",
    "\\Vert": "||",
    "\\lVert": "||",
    "\\rVert": "||",
    "\\parallel": "||",
    "\\vert": "|",
    "\\lvert": "|",
    "\\rvert": "|",
}
# What is a token as it stands, with its kind.
_PLAIN_COMMANDS = GREEK | FONTS | FUNCTIONS.keys() | {"frac", "dfrac", "sqrt", "sum", "int", "prod", "cdot", "times", "partial", "nabla", "pi", "infty"}  # fmt: skip
_PLAIN = (
    {f"\\{name}": "command" for name in _PLAIN_COMMANDS - SPACING if f"\\{name}" not in _TEXT_COMMANDS}
    | dict.fromkeys("_^}+-=()[],*/<>&'", "symbol")
    | dict.fromkeys(string.ascii_letters, "letter")
)
MAXIMUM_LENGTH = 20_000
MAXIMUM_DIGITS = 2_000


class Token(NamedTuple):
    """kind: command, number, letter, symbol, text (a word or the inside of \\text), upright (a name in upright letters), end; `text` is what stands there."""

    kind: str
    text: str
    start: int
    end: int


class SpacedToken(Token):
    """A token behind a space that its author set: \\ln x \\, y."""

    __slots__ = ()


def tokens(latex: str, offset: int) -> list[Token]:
    """The tokens of a formula that begins at `offset` of its document. UnreadError for a formula that is too long, or an open group."""
    if len(latex) > MAXIMUM_LENGTH:
        raise UnreadError(offset, "a formula of more than 20,000 characters", "too-long")
    found: list[Token] = []
    groups = _Groups(latex, offset)
    skipped: set[int] = set()  # closing braces of groups whose inside is read as it stands
    escaped = _escaped_braces(latex)
    sized: list[tuple[int, int]] = []  # fences with \\left and the like, and where they begin with it
    fences: list[
        tuple[int, int]
    ] = []  # of each \\left that is open: where in `found` \\left. stands, or -1, and its offset
    spaces: list[int] = []  # the tokens behind a space that is set
    list_end = 0  # where the rows of a \\substack end
    position = 0
    upright = "\\rm" in latex
    new = tuple.__new__  # of a token, without a call between

    def inside_of(behind: int, inside: str) -> int:
        """Where the inside begins of an argument that ends here, and is read as if it had no braces."""
        if latex[behind - 1] == "}" and behind - 1 in groups.ends:
            skipped.add(behind - 1)
            behind -= 1
        return behind - len(inside)

    while position < len(latex):
        match = _PATTERN.match(latex, position)
        group = match.lastindex if match is not None else None
        if match is None or group is None:
            break  # nothing but space is left
        start, end = match.span(group)
        text, position = latex[start:end], end
        plain = _PLAIN.get(text)
        if plain is not None and (not skipped or start not in skipped):  # most tokens
            found.append(new(Token, (plain, text, offset + start, offset + end)))
            continue
        kind = match.lastgroup or ""
        if kind == "letters":
            if (
                text in _APPLIED_WORDS
                and (_APPLIED_STATISTIC if text in _STATISTICS else _APPLIED).match(latex, end)
                and not (found and found[-1].text in {"_", "^"})
            ):
                kind = "text" if text in FUNCTIONS else "upright"  # sign(x): a name without a backslash
                found.append(Token(kind, text, offset + start, offset + end))
            else:
                behind_sim = bool(found) and found[-1].text == "\\sim"
                if behind_sim and text in _DISTRIBUTIONS and latex[end : end + 1] in {"(", "\\"}:
                    found.append(Token("upright", text, offset + start, offset + end))
                else:
                    found += _letters(text, offset + start)
            continue
        if start in skipped:
            continue
        if upright and text == "{" and _UPRIGHT_GROUP.match(latex, start) is not None:  # {\rm tr} is \mathrm{tr}
            inside, position = groups.read(start)
            inside = inside.strip().removeprefix("\\rm").strip()
            if inside:
                kind, inside = _word_or_name("\\mathrm", inside, found[-1] if found else None, latex, position)
                found.append(Token(kind, inside, offset + start, offset + position))
            continue
        if kind == "command":
            if text in _TEXT_COMMANDS:
                inside, position = groups.read(end)
                formula = text in _NAME_COMMANDS and (
                    "\\left" in inside or (_IS_FORMULA.search(inside) and not _IS_WORD.search(inside))
                )
                if formula and latex[position - 1] == "}":
                    position = end  # \\mathrm{1 - R^2}: an expression in upright letters
                    continue
                if text == "\\textbf" and _BOLD_LETTER.fullmatch(
                    inside.strip()
                ):  # the vector in bold that \\mathbf writes
                    place = offset + start, offset + position
                    letter = inside.strip()
                    kind = "command" if letter.startswith("\\") else "letter"
                    found += [Token("command", "\\mathbf", *place), Token("symbol", "{", *place)]
                    found += [Token(kind, letter, *place), Token("symbol", "}", *place)]
                elif (text == "\\mathop" and not _INNER_FONT.match(inside.lstrip())) or _LETTER_IN_FONT.fullmatch(
                    inside
                ):
                    position = inside_of(position, inside)
                elif inside.strip():
                    kind, inside = _word_or_name(text, inside, found[-1] if found else None, latex, position)
                    found.append(Token(kind, inside, offset + start, offset + position))
                continue
            if text in {"\\boxed", "\\fbox"} and latex[end : end + 1] == "{" and _may_hold_statement(found):
                inside, behind = groups.read(end)
                if _RELATION_INSIDE.search(inside) is not None and _ENDS_STATEMENT.match(latex, behind) is not None:
                    skipped.add(behind - 1)
                    position = end + 1
                    continue
            if text in {"\\begin", "\\end"}:
                inside, position = groups.read(end)
                if text == "\\begin":
                    position = _behind_arguments(latex, position, inside.strip())
                found.append(
                    Token(
                        "begin" if text == "\\begin" else "close",
                        inside.strip().rstrip("*"),
                        offset + start,
                        offset + position,
                    )
                )
                continue
            if text in BARS:
                bar = BARS[text]
                if text == "\\mid" and found and found[-1].text == "\\mid|":
                    found[-1] = Token("symbol", "||", found[-1].start, offset + end)
                else:
                    found.append(Token("symbol", "\\mid|" if text == "\\mid" else bar, offset + start, offset + end))
                continue
            if text in _DROPPED_WITH_ARGUMENT:
                _, position = groups.read(end)
                continue
            if text[1:] in SPACING:
                # \left. and \right. are invisible fences; \bigl| is a bar
                if text in _SIZES:
                    dot = _INVISIBLE.match(latex, end) if text in {"\\left", "\\right"} else None
                    if dot:
                        position = dot.end()
                    if text == "\\left":
                        fences.append((len(found) if dot else -1, offset + start))
                    elif text == "\\right" and fences:
                        opened, begin = fences.pop()
                        if 0 <= opened < len(found) and dot is None and _EVALUATES.match(latex, end) is not None:
                            found.insert(opened, Token("command", "\\left.", begin, begin))
                            sized = [(one[0] + (one > (opened, begin)), one[1]) for one in sized]
                            found.append(Token("command", "\\right.", offset + start, offset + start))
                    if text != "\\right" or dot is None:
                        sized.append((len(found), offset + start))
                    elif found:
                        found[-1] = found[-1]._replace(end=offset + position)
                elif text in _SET_SPACES:
                    spaces.append(len(found))
                continue
            if text == "\\substack":  # rows below a sign: conditions in a list
                inside, position = groups.read(end)
                list_end = max(list_end, position)
                position = inside_of(position, inside)
                continue
            if text == "\\\\" and start in escaped:  # \\\\{ of Markdown is \\{
                text = "\\" + latex[end]
                position = end = end + 1
            elif text == "\\\\":  # \\\\[10pt], \\\\*: the space between two rows
                space = _ROW_SPACE.match(latex, end)
                position = space.end() if space else end
            text = _BRACES.get(text, text)
            if text == "\\_":
                text, kind = "_", "symbol"
            if text == "\\\\" and end < list_end:
                text, kind = ";", "symbol"
        if kind == "number" and len(text) > MAXIMUM_DIGITS:
            raise UnreadError(offset + start, "a number of more than 2000 digits", "too-large")
        if kind == "words":
            kind = "text"
        if kind == "symbol" and not text.isascii():
            if text in _RAISED:
                found.append(Token("symbol", "^", offset + start, offset + start))
                kind, text = "number", _RAISED[text]
            text = _UNICODE.get(text, text)
            kind = "command" if text.startswith("\\") else kind
        found.append(Token(kind, text, offset + start, offset + end))
    found.append(Token("end", "", offset + len(latex), offset + len(latex)))
    for index in spaces:
        found[index] = SpacedToken(*found[index])
    for index, start in reversed(sized):  # of \\middle\\big| the first
        if found[index].kind != "end":
            found[index] = found[index]._replace(start=start)
    if "\\{" in latex or "\\lbrace" in latex:
        found = _with_cases(found)
    if "{array}" in latex:
        found = _with_chains(found)
    if _LONE_LETTER.search(latex) is not None:
        found = _without_lone_braces(found)
    if "\\mid" in latex:
        found = [token._replace(text="|") if token.text == "\\mid|" else token for token in found]
    return found


def _may_hold_statement(found: list[Token]) -> bool:
    """Whether a statement may begin behind these tokens."""
    return not found or found[-1].kind in {"begin", "text"} or found[-1].text in _BEFORE_STATEMENT


def _with_chains(found: list[Token]) -> list[Token]:
    """An array that is all of a formula, with relation signs in a column of their own, is a chain in rows: \\begin{array}{rcl} a & = & b."""
    first = next((at for at, token in enumerate(found) if token.kind != "begin"), 0) - 1
    if first < 0 or found[first].text != "array" or found[first + 1].text != "{":
        return found
    last = len(found) - 2
    while last > 0 and found[last].text in {".", ",", ";"}:
        last -= 1
    while last > 0 and found[last].kind == "close" and found[last].text != "array":
        last -= 1
    columns = next((at for at in range(first, last) if found[at].text == "}"), last)
    depth, arrays = 0, 0
    signs = False
    for at in range(columns + 1, last):
        token = found[at]
        arrays += {"begin": 1, "close": -1}.get(token.kind, 0)
        depth += {"{": 1, "}": -1}.get(token.text, 0)
        if arrays < 0:
            return found
        signs = signs or (token.text == "&" and not arrays and not depth and found[at + 1].text in RELATION_WORDS)
    if not signs or found[last].kind != "close" or found[last].text != "array":
        return found
    kept = [*found[:first], found[first]._replace(text="aligned"), *found[columns + 1 : last]]
    return [*kept, found[last]._replace(text="aligned"), *found[last + 1 :]]


def _without_lone_braces(found: list[Token]) -> list[Token]:
    """{x}_i and {f}(x) as x_i and f(x): the braces around one letter, where it is nobody's argument, hide what belongs to it."""
    kept: list[Token] = []
    opened: list[Token | None] = []  # what stands before the braces that are open
    opened_behind: Token | None = None  # and before those that were closed last
    index = 0
    while index < len(found):
        token = found[index]
        lone = (
            token.text == "{"
            and index + 3 < len(found)
            and found[index + 2].text == "}"
            and (found[index + 1].kind == "letter" or found[index + 1].text[1:] in GREEK)
            and found[index + 3].text in _BELONGING
        )
        before = kept[-1] if kept else None
        if lone and not (before is not None and _takes_argument(before, opened_behind)):
            kept.append(found[index + 1])
            index += 3
            continue
        if token.text == "{":
            opened.append(before)
        elif token.text == "}":
            opened_behind = opened.pop() if opened else None
        kept.append(token)
        index += 1
    return kept


def _takes_argument(token: Token, opened_behind: Token | None) -> bool:
    """Whether braces behind a token may be its argument; behind braces, whether these may have been the first one of several."""
    if token.text in {"_", "^", "]"}:
        return True
    if token.text == "}":
        return (
            opened_behind is not None
            and opened_behind.text not in {"_", "^"}
            and opened_behind.kind in {"command", "symbol"}
        )
    return token.kind == "command" and token.text not in _SIGNS and token.text[1:] not in GREEK


def _with_cases(found: list[Token]) -> list[Token]:
    """A matrix behind a brace that nothing closes is a distinction of cases."""
    closing: dict[int, int] = {}
    opened: list[int] = []
    for index, token in enumerate(found):
        if token.kind == "begin":
            opened.append(index)
        elif token.kind == "close" and opened:
            closing[opened.pop()] = index
    dropped: set[int] = set()
    names: dict[int, str] = {}
    for begin, close in closing.items():
        if found[begin].text not in {"array", "matrix", "aligned", "split", "cases", "gathered"}:
            continue
        if not begin or found[begin - 1].text != "\\{" or found[close + 1].text == "\\}":
            continue
        names[begin] = names[close] = "cases"
        dropped.add(begin - 1)
        if found[begin].text == "array" and found[begin + 1].text == "{":  # its columns
            end = next((i for i in range(begin + 1, close) if found[i].text == "}"), begin)
            dropped.update(range(begin + 1, end + 1))
    if not names:
        return found
    return [
        token._replace(text=names[index]) if index in names else token
        for index, token in enumerate(found)
        if index not in dropped
    ]


def _behind_arguments(latex: str, position: int, environment: str) -> int:
    """Behind the arguments of an environment that are no part of the formula."""
    if environment in _WITH_POSITION:
        option = _POSITION.match(latex, position)
        position = option.end() if option is not None else position
    if environment.rstrip("*") in _WITH_COLUMNS:
        columns = _COLUMNS.match(latex, position)
        position = columns.end() if columns is not None else position
    return position


def _word_or_name(command: str, inside: str, before: Token | None, latex: str, position: int) -> tuple[str, str]:
    """Whether letters in upright type are words of the text or the name of something, and the name without spacing.

    \\mathrm and \\operatorname hold names unless they hold a connective; \\text holds a name where it stands like one: before a bracket or a
    script, as d before a letter, or as one word of capitals.
    """
    words = inside.strip()
    bare = _INNER_FONT.sub("", words).strip("{} ")
    name = _SPACES_INSIDE.sub("", bare)
    if name in FUNCTIONS:
        in_script = before is not None and before.text in {"_", "^"}
        if name in _CONTROL_WORDS and command in _NAME_COMMANDS and not in_script:
            return "command", f"\\{name}"
        return "text", name
    if before is not None and before.text in {"_", "^"}:
        return ("upright" if _NAME.fullmatch(name) else "text"), words
    connective = bare.lower().rstrip(".,:") in WORDS
    if _NAME.fullmatch(name) is None or connective:
        return "text", words
    if command in _NAME_COMMANDS:
        return "letter" if command == "\\mathit" and len(name) == 1 else "upright", name
    if " " in inside:
        return "text", words
    space = _SPACE_OR_SIZE.match(latex, position)
    after = latex[space.end() if space is not None else position :][:12]
    applied = after[:1] in {"(", "[", "_", "^"} or after.startswith(("\\{", "\\lbrace"))
    if applied or name.isupper() or (name == "d" and re.match(r"[A-Za-z\\]", after)):
        return "upright", name
    return "text", words


def _letters(text: str, start: int) -> list[Token]:
    """Words that are words as a whole run of letters; otherwise single letters."""
    if text in _ONE_TOKEN_WORDS:
        return [Token("text", text, start, start + len(text))]
    return [Token("letter", letter, start + index, start + index + 1) for index, letter in enumerate(text)]


def _escaped_braces(latex: str) -> frozenset[int]:
    """Where \\\\{ ... \\\\} begins and ends: in Markdown the braces of a set may be escaped twice."""
    if "\\\\{" not in latex:
        return frozenset()
    found: set[int] = set()
    for match in _ESCAPED_SET.finditer(latex):
        found |= {match.start(), match.end() - 3}
    return frozenset(found)


class _Groups:
    """The braced arguments of control words; where braces close is found once, when the first is asked for."""

    def __init__(self, latex: str, offset: int) -> None:
        self.latex, self.offset = latex, offset
        self.closing: dict[int, int] | None = None
        self.ends: set[int] = set()

    def read(self, position: int) -> tuple[str, int]:
        """The inside of the braces at this position, or one character, and where it ends."""
        latex = self.latex
        space = _SPACE.match(latex, position)
        position = space.end() if space is not None else position
        if position >= len(latex):
            raise UnreadError(self.offset + len(latex), "an argument is missing", "missing-argument")
        if latex[position] != "{":
            return latex[position], position + 1
        end: int | None = latex.find("}", position)
        if end is None or end < 0 or latex.find("{", position + 1, end) >= 0 or latex[end - 1] == "\\":
            if self.closing is None:
                self.closing = _closing_braces(latex)
            end = self.closing.get(position)
        if end is None:
            raise UnreadError(self.offset + position, "this brace is never closed", "unbalanced-brace")
        self.ends.add(end)
        return latex[position + 1 : end], end + 1


def _closing_braces(latex: str) -> dict[int, int]:
    closing: dict[int, int] = {}
    opened: list[int] = []
    for match in _BRACE.finditer(latex):
        if match.group() == "{":
            opened.append(match.start())
        elif match.group() == "}" and opened:
            closing[opened.pop()] = match.start()
    return closing
