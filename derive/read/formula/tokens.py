"""Tokens of a formula, with exact offsets; white space, comments and spacing macros are dropped."""

from __future__ import annotations

import re
import string
from collections.abc import Callable

from derive.language.spelling import BARE_FUNCTIONS, DOTS, FONTS, FUNCTIONS, GREEK, GREEK_UNICODE, SPACING, WORDS
from derive.language.syntax import RELATION_WORDS, UnreadError

_PATTERN = re.compile(
    r"[\s~]*+(?:%[^\n]*+[\s~]*+)*+(\\(?:(?:operatorname|tag|hspace|vspace)\*|[A-Za-z]+|.)|\d+(?:\.\d+)?|\.\d+|[A-Za-z]+|[\uac00-\ud7a3](?:[\uac00-\ud7a3 ,]*[\uac00-\ud7a3])?"
    r"|\|\||:=|=:|<=|>=|'+|\.\.\.|.)?",
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
_SPELLINGS = {"\\lbrace": "\\{", "\\rbrace": "\\}", "\\_": "_"}
_SPACE = re.compile(r"(?:\s+|%[^\n]*)*+")
_NUMERAL_PREFIX = re.compile(r"0[xbo]")
_NUMERAL = re.compile(r"(?<![\w.\\])0(?:x[0-9A-F]|x[a-f0-9]*\d|b[01]|o[0-7])")
_BEST_VALUE = re.compile(r"(?:\s|\\[,;:! ])*\\?(?P<word>max|min)(?![A-Za-z])")
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
    {*BARE_FUNCTIONS, *WORDS, "Let", "Where", "If", "Then", "argmax", "argmin"} - {"i.e.", "that is", "set", "but"}
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
OPEN = {
    "(": ")",
    "[": "]",
    "{": "}",
    "\\{": "\\}",
    "\\langle": "\\rangle",
    "\\lfloor": "\\rfloor",
    "\\lceil": "\\rceil",
    "\\left.": "\\right.",
}
CLOSE = frozenset(OPEN.values())
_DEPTHS = dict.fromkeys(OPEN, 1) | dict.fromkeys(CLOSE, -1)
# What is a token as it stands, with its kind.
_PLAIN_COMMANDS = GREEK | FONTS | FUNCTIONS.keys() | {"frac", "dfrac", "sqrt", "sum", "int", "prod", "cdot", "times", "partial", "nabla", "pi", "infty"}  # fmt: skip
_PLAIN_KINDS = (
    {f"\\{name}": "command" for name in _PLAIN_COMMANDS - SPACING if f"\\{name}" not in _TEXT_COMMANDS}
    | dict.fromkeys("{_^}+-=()[],*/<>&'", "symbol")
    | dict.fromkeys(string.ascii_letters, "letter")
    | dict.fromkeys(string.digits, "number")
)
# With how it nests.
_PLAIN = {text: (kind, _DEPTHS.get(text, 0)) for text, kind in _PLAIN_KINDS.items()}
_PLAIN_BESIDE_GROUPS = {text: kind for text, kind in _PLAIN.items() if text != "{"}  # where {\\rm ...} is looked for
MAXIMUM_LENGTH = 20_000
MAXIMUM_DIGITS = 2_000


class Token:
    """kind: command, number, letter, symbol, text (a word or the inside of \\text), upright (a name in upright letters), begin, close, end; `text` is what
    stands there; `depth`: by how much deeper in brackets and environments it stands what follows. Never changed: there are many, and a frozen class is slow.
    """

    __slots__ = ("depth", "end", "kind", "start", "text")

    def __init__(self, kind: str, text: str, start: int, end: int, depth: int | None = None) -> None:
        self.kind = kind
        self.text = text
        self.start = start
        self.end = end
        if depth is None:
            depth = 1 if kind == "begin" else -1 if kind == "close" else _DEPTHS.get(text, 0)
        self.depth = depth

    def changed(self, text: str | None = None, start: int | None = None, end: int | None = None) -> Token:
        """The same kind of token with another text or place."""
        return type(self)(
            self.kind,
            self.text if text is None else text,
            self.start if start is None else start,
            self.end if end is None else end,
        )


class SpacedToken(Token):
    """A token behind a space that its author set: \\ln x \\, y."""

    __slots__ = ()


def tokens(latex: str, offset: int) -> list[Token]:
    """The tokens of a formula that begins at `offset` of its document. UnreadError for a formula that is too long, or an open group."""
    if len(latex) > MAXIMUM_LENGTH:
        raise UnreadError(offset, "a formula of more than 20,000 characters", "too-long")
    if _NUMERAL_PREFIX.search(latex) is not None and (numeral := _NUMERAL.search(latex)) is not None:
        message = "a numeral as in programs, or a product? Write it to the base ten, or \\cdot"
        raise UnreadError(offset + numeral.start(), message, "ambiguous-numeral")
    found = _Reading(latex, offset).tokens()
    if "\\{" in latex or "\\lbrace" in latex:
        found = _with_cases(found)
    if "{array}" in latex:
        found = _with_chains(found)
    if "<-" in latex:
        found = _with_arrows(found, latex, offset)
    if _LONE_LETTER.search(latex) is not None:
        found = _without_lone_braces(found)
    if "{}" in latex or "{ }" in latex:
        found = _without_empty_groups(found)
    if "\\mid" in latex:
        found = [token.changed("|") if token.text == "\\mid|" else token for token in found]
    return found


class _Reading:
    """The tokens that are found in a formula, and what is open there. What reads a control word adds its token and says where the reading goes on."""

    __slots__ = ("escaped", "fences", "found", "groups", "latex", "list_end", "offset", "sized", "skipped", "spaces")

    def __init__(self, latex: str, offset: int) -> None:
        self.latex = latex
        self.offset = offset
        self.found: list[Token] = []
        self.groups = _Groups(latex, offset)
        self.skipped: set[int] = set()  # closing braces of groups whose inside is read as it stands
        self.escaped = _escaped_braces(latex)
        self.sized: list[tuple[int, int]] = []  # fences with \\left and the like, and where they begin with it
        # of each \\left that is open: where in `found` \\left. stands, or -1, and its offset
        self.fences: list[tuple[int, int]] = []
        self.spaces: list[int] = []  # the tokens behind a space that is set
        self.list_end = 0  # where the rows of a \\substack end

    def tokens(self) -> list[Token]:
        found, end = self.found, self.offset + len(self.latex)
        self._read()
        found.append(Token("end", "", end, end))
        for index in self.spaces:
            token = found[index]
            found[index] = SpacedToken(token.kind, token.text, token.start, token.end)
        for index, start in reversed(self.sized):  # of \\middle\\big| the first
            if found[index].kind != "end":
                found[index] = found[index].changed(start=start)
        return found

    def _read(self) -> None:
        latex, offset, skipped, append = self.latex, self.offset, self.skipped, self.found.append
        plain = _PLAIN_BESIDE_GROUPS if "\\rm" in latex else _PLAIN
        position = 0
        while position < len(latex):
            for match in _PATTERN.finditer(latex, position):
                text = match[1]
                if text is None:
                    return  # nothing but space is left
                end = match.end()
                start = end - len(text)
                known = plain.get(text)
                if known is not None and (not skipped or start not in skipped):  # most tokens
                    append(Token(known[0], text, offset + start, offset + end, known[1]))
                    continue
                position = self._other(text, start, end)
                if position != end:
                    break

    def _other(self, text: str, start: int, end: int) -> int:
        """Reads what is no plain token."""
        if text[0] in string.ascii_letters:
            return self._run_of_letters(text, start, end)
        if start in self.skipped:
            return end
        kind = "symbol"
        if text[0] == "\\" and len(text) > 1:
            kind = "command"
            reader = _COMMANDS.get(text)
            if reader is not None:
                return reader(self, text, start, end)
        elif text == "{" and _UPRIGHT_GROUP.match(self.latex, start) is not None:  # {\rm tr} is \mathrm{tr}
            inside, behind = self.groups.read(start)
            self._word("\\mathrm", inside.strip().removeprefix("\\rm").strip(), start, behind)
            return behind
        elif text[-1].isdecimal():
            kind = "number"
            if len(text) > MAXIMUM_DIGITS:
                raise UnreadError(self.offset + start, "a number of more than 2000 digits", "too-large")
        elif "\uac00" <= text[0] <= "\ud7a3":
            kind = "text"
        elif not text.isascii():
            if text in _RAISED:
                self._add("symbol", "^", start, start)
                kind, text = "number", _RAISED[text]
            text = _UNICODE.get(text, text)
            kind = "command" if text.startswith("\\") else kind
        return self._add(kind, text, start, end)

    def _add(self, kind: str, text: str, start: int, end: int) -> int:
        self.found.append(Token(kind, text, self.offset + start, self.offset + end))
        return end

    def _before(self) -> Token | None:
        """What stands before."""
        return self.found[-1] if self.found else None

    def _run_of_letters(self, text: str, start: int, end: int) -> int:
        before = self.found[-1].text if self.found else ""
        if text == "arg" and (word := _BEST_VALUE.match(self.latex, end)) is not None:
            return self._add("text", f"arg{word['word']}", start, word.end())
        applied = _APPLIED_STATISTIC if text in _STATISTICS else _APPLIED
        if text in _APPLIED_WORDS and applied.match(self.latex, end) and before not in {"_", "^"}:
            # sign(x): a name without a backslash
            return self._add("text" if text in FUNCTIONS else "upright", text, start, end)
        if before == "\\sim" and text in _DISTRIBUTIONS and self.latex[end : end + 1] in {"(", "\\"}:
            return self._add("upright", text, start, end)
        self.found += _letters(text, self.offset + start)
        return end

    def _word(self, command: str, inside: str, start: int, behind: int) -> None:
        """Adds what stands in upright letters."""
        if inside.strip():
            self._add(*_word_or_name(command, inside, self._before(), self.latex, behind), start, behind)

    def _name_of_function(self, text: str, start: int, end: int) -> int:
        """\\gcd as \\operatorname{gcd}."""
        self._word("\\operatorname", text[1:], start, end)
        return end

    def _without_braces(self, behind: int, inside: str) -> int:
        """Where the inside begins of an argument that ends here, and is read as if it had no braces."""
        if self.latex[behind - 1] == "}" and behind - 1 in self.groups.ends:
            self.skipped.add(behind - 1)
            behind -= 1
        return behind - len(inside)

    def _letters_in_font(self, text: str, start: int, end: int) -> int:
        """\\text{...}, \\mathrm{...}."""
        inside, behind = self.groups.read(end)
        formula = "\\left" in inside or (_IS_FORMULA.search(inside) and not _IS_WORD.search(inside))
        if formula and text in _NAME_COMMANDS and self.latex[behind - 1] == "}":
            return end  # \\mathrm{1 - R^2}: an expression in upright letters
        letter = inside.strip()
        if text == "\\textbf" and _BOLD_LETTER.fullmatch(letter):  # the vector in bold that \\mathbf writes
            kind = "command" if letter.startswith("\\") else "letter"
            for one in (("command", "\\mathbf"), ("symbol", "{"), (kind, letter), ("symbol", "}")):
                self._add(*one, start, behind)
            return behind
        operator = text == "\\mathop" and not _INNER_FONT.match(inside.lstrip())
        if operator or _LETTER_IN_FONT.fullmatch(inside):
            return self._without_braces(behind, inside)
        self._word(text, inside, start, behind)
        return behind

    def _box(self, text: str, start: int, end: int) -> int:
        r"""\boxed: what is around a whole statement is left out."""
        if self.latex[end : end + 1] == "{" and _may_hold_statement(self.found):
            inside, behind = self.groups.read(end)
            if _RELATION_INSIDE.search(inside) is not None and _ENDS_STATEMENT.match(self.latex, behind) is not None:
                self.skipped.add(behind - 1)
                return end + 1
        return self._add("command", text, start, end)

    def _environment(self, text: str, start: int, end: int) -> int:
        inside, behind = self.groups.read(end)
        name = inside.strip()
        if text == "\\begin":
            behind = _behind_arguments(self.latex, behind, name)
        return self._add("begin" if text == "\\begin" else "close", name.rstrip("*"), start, behind)

    def _bar(self, text: str, start: int, end: int) -> int:
        before = self._before()
        if text != "\\mid":
            return self._add("symbol", BARS[text], start, end)
        if before is None or before.text != "\\mid|":
            return self._add("symbol", "\\mid|", start, end)
        self.found[-1] = Token("symbol", "||", before.start, self.offset + end)
        return end

    def _dropped(self, text: str, start: int, end: int) -> int:
        return self.groups.read(end)[1]

    def _space(self, text: str, start: int, end: int) -> int:
        if text in _SET_SPACES:
            self.spaces.append(len(self.found))
        return end

    def _size(self, text: str, start: int, end: int) -> int:
        r"""\left and the like. \left. and \right. are invisible fences; \bigl| is a bar."""
        found, start = self.found, self.offset + start
        dot = _INVISIBLE.match(self.latex, end) if text in {"\\left", "\\right"} else None
        behind = dot.end() if dot else end
        if text == "\\left":
            self.fences.append((len(found) if dot else -1, start))
        elif text == "\\right" and self.fences:
            opened, begin = self.fences.pop()
            if 0 <= opened < len(found) and dot is None and _EVALUATES.match(self.latex, end) is not None:
                found.insert(opened, Token("command", "\\left.", begin, begin))
                self.sized = [(one[0] + (one > (opened, begin)), one[1]) for one in self.sized]
                found.append(Token("command", "\\right.", start, start))
        if text != "\\right" or dot is None:
            self.sized.append((len(found), start))
        elif found:
            found[-1] = found[-1].changed(end=self.offset + behind)
        return behind

    def _rows_below(self, text: str, start: int, end: int) -> int:
        r"""\substack, the rows below a sign: conditions in a list."""
        inside, behind = self.groups.read(end)
        self.list_end = max(self.list_end, behind)
        return self._without_braces(behind, inside)

    def _row_break(self, text: str, start: int, end: int) -> int:
        if start in self.escaped:  # \\\\{ of Markdown is \\{
            return self._add("command", "\\" + self.latex[end], start, end + 1)
        space = _ROW_SPACE.match(self.latex, end)  # \\\\[10pt], \\\\*: the space between two rows
        if end < self.list_end:
            self._add("symbol", ";", start, end)
        else:
            self._add("command", text, start, end)
        return space.end() if space else end

    def _spelled(self, text: str, start: int, end: int) -> int:
        """Control words for signs that have a shorter one."""
        return self._add("symbol" if text == "\\_" else "command", _SPELLINGS[text], start, end)


_COMMANDS: dict[str, Callable[[_Reading, str, int, int], int]] = {
    **dict.fromkeys((f"\\{name}" for name in SPACING), _Reading._space),
    **dict.fromkeys(_SIZES & {f"\\{name}" for name in SPACING}, _Reading._size),
    **dict.fromkeys(_DROPPED_WITH_ARGUMENT, _Reading._dropped),
    **dict.fromkeys(BARS, _Reading._bar),
    **dict.fromkeys(("\\begin", "\\end"), _Reading._environment),
    **dict.fromkeys(("\\boxed", "\\fbox"), _Reading._box),
    **dict.fromkeys(_TEXT_COMMANDS, _Reading._letters_in_font),
    **dict.fromkeys(_SPELLINGS, _Reading._spelled),
    **dict.fromkeys(("\\gcd", "\\deg", "\\dim", "\\ker"), _Reading._name_of_function),
    "\\substack": _Reading._rows_below,
    "\\\\": _Reading._row_break,
}


def _with_arrows(found: list[Token], latex: str, offset: int) -> list[Token]:
    """`w <- w - \\eta g` with the arrow that it means: between spaces, or where the left side stands on the right too. UnreadError where x < -1 may be meant."""
    kept: list[Token] = []
    index = 0
    while index < len(found):
        token, behind = found[index], found[min(index + 1, len(found) - 1)]
        glued = token.text == "<" and behind.text == "-" and behind.start == token.end
        if not glued:
            kept.append(token)
            index += 1
            continue
        left = [one.text for one in kept]
        spaced = (
            latex[token.start - offset - 1 : token.start - offset].isspace()
            and latex[behind.end - offset :][:1].isspace()
        )
        again = [one.text for one in found[index + 2 : index + 2 + len(left)]] == left
        if not (left and (spaced or again)):
            raise UnreadError(
                token.start, "less than minus, or an arrow? Write < -, or \\leftarrow", "ambiguous-relation"
            )
        kept.append(Token("command", "\\leftarrow", token.start, behind.end))
        index += 2
    return kept


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
    kept = [*found[:first], found[first].changed("aligned"), *found[columns + 1 : last]]
    return [*kept, found[last].changed("aligned"), *found[last + 1 :]]


def _without_empty_groups(found: list[Token]) -> list[Token]:
    """a = {} & b \\\\ & {} + c: an empty group that only sets a sign apart is nothing. One with a script is the place of it."""
    kept: list[Token] = []
    for index, token in enumerate(found):
        if token.text == "}" and index + 1 < len(found) and kept and kept[-1].text == "{":
            alone = len(kept) == 1 or kept[-2].text in RELATION_WORDS or kept[-2].text in {"&", "\\\\"}
            if (alone or kept[-2].kind == "begin") and found[index + 1].text not in {"_", "^", "'"}:
                kept.pop()
                continue
        kept.append(token)
    return kept


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
        token.changed(names[index]) if index in names else token
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


_END_OF_ROW = re.compile(r"\s*(?:\\\\|\\end\b|$)")
_SPACED = re.compile(r"^\s*(?:\\ |~)|(?:\\ |~)\s*$")


def _word_or_name(command: str, inside: str, before: Token | None, latex: str, position: int) -> tuple[str, str]:
    """Whether letters in upright type are words of the text or the name of something, and the name without spacing.

    \\mathrm and \\operatorname hold names unless they hold a connective; \\text holds a name where it stands like one: before a bracket or a
    script, as d before a letter, or as one word of capitals.
    """
    words = _SPACED.sub(" ", inside).strip()
    bare = _INNER_FONT.sub("", words).strip("{} ")
    name = _SPACES_INSIDE.sub("", bare)
    if name in FUNCTIONS:
        in_script = before is not None and before.text in {"_", "^"}
        if name in _CONTROL_WORDS and command in _NAME_COMMANDS and not in_script:
            return "command", f"\\{name}"
        return "text", name
    if before is not None and before.text in {"_", "^"}:
        return ("upright" if _NAME.fullmatch(name) else "text"), words
    connective = bare.lower().rstrip(".,:") in WORDS and not (bare.isupper() and len(bare) > 1)  # the odds ratio OR
    set_apart = len(_SPACED.findall(inside)) == 2 and words == bare  # 0 \\mathrm{\\ at\\ } t
    column = before is not None and before.text == "&" and name != bare and _END_OF_ROW.match(latex, position)
    if _NAME.fullmatch(name) is None or connective or set_apart or column:  # & \\mathrm{collect\\ terms} \\\\
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
