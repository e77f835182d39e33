"""Tokens of a LaTeX formula, with exact offsets: one compiled expression, one pass.

Spacing and comments are dropped. A run of letters that is a known word is one token, every other letter is a token of its own; `\\text{...}`
and `\\mathrm{...}` are one token each. Kinds are what the parser distinguishes; `texts` hold the canonical value (a name, a head, a relation).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from derive.language.notation import (
    ACCENTS,
    BARE_PHRASES,
    EXPECTATIONS,
    FUNCTION_HEADS,
    FUNCTION_WORDS,
    IGNORED,
    IGNORED_WITH_ARGUMENT,
    LETTERS,
    OPERATOR_WORDS,
    PROBABILITIES,
    RELATIONS,
    SPACING,
    UNICODE_LETTERS,
)

OPENERS = frozenset({"(", "[", "{", "set", "open|", "open||", "open.", "begin", "langle", "lfloor", "lceil"})
CLOSERS = frozenset({")", "]", "}", "endset", "close|", "close||", "close.", "end", "rangle", "rfloor", "rceil"})


@dataclass(slots=True)
class Tokens:
    """Parallel lists. `match[i]` is the index of the bracket that belongs to bracket i, -1 where there is none."""

    kinds: list[str]
    texts: list[str]
    starts: list[int]
    ends: list[int]
    match: list[int]
    deepest: int = 0
    problem: tuple[int, str, str] | None = None  # token index, message, code


_TOKEN = re.compile(
    r"""
    (?P<space>\s+|%[^\n]*|\\[,;:!>\ /\-\n]|~)
  | (?P<letters>[A-Za-z]+)
  | (?P<number>\d+(?:\.\d+)?|\.\d+)
  | (?P<roman>\\(?:mathrm|operatorname\*?|mathop|rm|textrm|text|textnormal|textup|textbf|textit|mbox|hbox|intertext|texttt|textsf)
      (?:\s*\{(?P<content>(?:[^{}\\$]|\\[ ,;&%#_'~-])*)\}|\s+(?P<single>[A-Za-z])))
  | (?P<fence>\\(?:left|right|middle|[bB]ig{1,2}[lrm]?)(?![A-Za-z])\s*
      (?P<delimiter>\\(?:[lr]?vert|[lr]?Vert|mid|langle|rangle|lbrace|rbrace|lbrack|rbrack|lfloor|rfloor|lceil|rceil|lparen|rparen|[{}|])|\|\||[^\\A-Za-z0-9\s]))
  | (?P<break>\\\\(?:\s*\[\s*-?[\d.]+\s*[a-z]{2}\s*\])?)
  | (?P<midmid>\\mid\\mid(?![A-Za-z])|\|\||\\\|)
  | (?P<environment>\\(?:begin|end)\s*\{\s*[A-Za-z]+\*?\s*\})
  | (?P<command>\\[A-Za-z]+|\\[^A-Za-z])
  | (?P<define>:=|<=|>=|!=|=:)
  | (?P<words>[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af\u3040-\u30ff\u4e00-\u9fff]+(?:[\ ,.]*[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af\u3040-\u30ff\u4e00-\u9fff]+)*)
  | (?P<symbol>.)
    """,
    re.VERBOSE | re.DOTALL,
)  # fmt: skip

_SIGNS: dict[str, tuple[str, str]] = {
    **{sign: (sign, sign) for sign in "()[]{}+-/^_!,;.&?"},
    "*": ("dot", "\\times"),
    "'": ("'", "'"),
    "’": ("'", "'"),
    "′": ("'", "'"),
    "|": ("|", "|"),
    ":": (":", ":"),
    "−": ("-", "-"),
    "–": ("-", "-"),
    "·": ("dot", "\\cdot"),
    "×": ("dot", "\\times"),
    "∞": ("constant", "infinity"),
    "±": ("pm", "\\pm"),
    "…": ("dots", "\\dots"),
    **{spelling: ("relation", word) for spelling, word in RELATIONS.items() if not spelling.startswith("\\")},
    **{letter: ("name", name) for letter, name in UNICODE_LETTERS.items()},
    "π": ("constant", "pi"),
    "∂": ("partial", "\\partial"),
    "∇": ("nabla", "\\nabla"),
}

_COMMANDS: dict[str, tuple[str, str]] = {
    **dict.fromkeys(IGNORED, ("drop", "")),
    **dict.fromkeys(SPACING, ("drop", "")),
    **dict.fromkeys(IGNORED_WITH_ARGUMENT, ("drop-argument", "")),
    **{spelling: ("name", name) for spelling, name in LETTERS.items()},
    **{spelling: ("accent", name) for spelling, name in ACCENTS.items()},
    **{spelling: ("function", head) for spelling, head in FUNCTION_HEADS.items() if "{" not in spelling},
    **{spelling: ("relation", word) for spelling, word in RELATIONS.items() if spelling.startswith("\\") and "{" not in spelling},
    **{f"\\{word}": ("operator", kind) for word, kind in OPERATOR_WORDS.items()},
    **dict.fromkeys(("\\frac", "\\dfrac", "\\tfrac", "\\cfrac"), ("fraction", "/")),
    **dict.fromkeys(("\\binom", "\\dbinom", "\\tbinom"), ("fraction", "binomial")),
    "\\choose": ("choose", ""),
    "\\over": ("over", ""),
    "\\sqrt": ("root", ""),
    "\\sum": ("operator", "sum"),
    "\\prod": ("operator", "product-over"),
    "\\int": ("integral", ""),
    "\\partial": ("partial", "\\partial"),
    "\\nabla": ("nabla", "\\nabla"),
    "\\cdot": ("dot", "\\cdot"),
    "\\bullet": ("dot", "\\bullet"),
    "\\times": ("dot", "\\times"),
    "\\odot": ("dot", "hadamard"),
    "\\otimes": ("dot", "kronecker"),
    "\\div": ("/", "/"),
    "\\pm": ("pm", "\\pm"),
    "\\mp": ("pm", "\\mp"),
    "\\pi": ("constant", "pi"),
    "\\infty": ("constant", "infinity"),
    **dict.fromkeys(("\\ldots", "\\cdots", "\\dots", "\\vdots", "\\ddots", "\\dotsc", "\\dotsb", "\\dotsm"), ("dots", "")),
    **dict.fromkeys(("\\implies", "\\Rightarrow", "\\Longrightarrow"), ("connective", "implies")),
    **dict.fromkeys(("\\impliedby", "\\Leftarrow", "\\Longleftarrow"), ("connective", "implied-by")),
    **dict.fromkeys(("\\iff", "\\Leftrightarrow", "\\Longleftrightarrow"), ("connective", "iff")),
    "\\therefore": ("connective", "therefore"),
    "\\because": ("text", "because"),
    **dict.fromkeys(("\\land", "\\wedge"), ("connective", "and")),
    **dict.fromkeys(("\\lor", "\\vee"), ("connective", "or")),
    **dict.fromkeys(("\\lnot", "\\neg"), ("not", "")),
    "\\forall": ("quantifier", "forall"),
    "\\exists": ("quantifier", "exists"),
    "\\not": ("negated", ""),
    "\\&": ("text", "&"),
    "\\top": ("transposed", "\\top"),
    "\\intercal": ("transposed", "\\top"),
    "\\prime": ("prime", ""),
    **dict.fromkeys(("\\ast", "\\star", "\\dagger", "\\circ"), ("mark", "")),
    "\\vert": ("|", "|"),
    "\\mid": ("|", "|"),
    "\\Vert": ("||", "||"),
    "\\|": ("||", "||"),
    "\\lvert": ("open|", "|"),
    "\\rvert": ("close|", "|"),
    "\\lVert": ("open||", "||"),
    "\\rVert": ("close||", "||"),
    "\\langle": ("langle", ""),
    "\\rangle": ("rangle", ""),
    "\\lfloor": ("lfloor", ""),
    "\\rfloor": ("rfloor", ""),
    "\\lceil": ("lceil", ""),
    "\\rceil": ("rceil", ""),
    "\\lbrack": ("[", "["),
    "\\rbrack": ("]", "]"),
    "\\lparen": ("(", "("),
    "\\rparen": (")", ")"),
    "\\lbrace": ("set", ""),
    "\\rbrace": ("endset", ""),
    "\\{": ("set", ""),
    "\\}": ("endset", ""),
    "\\colon": (":", ":"),
    **dict.fromkeys(("\\overset", "\\stackrel", "\\underset"), ("over-relation", "")),
    **dict.fromkeys(("\\Pr",), ("probability", "\\Pr")),
    "\\substack": ("substack", ""),
    "\\rm": ("drop", ""),
    "\\_": ("_", "_"),
}
del _COMMANDS["\\rm"]

_FENCES: dict[str, tuple[str, str, str]] = {  # delimiter -> kind when it opens, closes, does neither
    "(": ("(", "(", "("),
    ")": (")", ")", ")"),
    "[": ("[", "[", "["),
    "]": ("]", "]", "]"),
    "\\lparen": ("(", "(", "("),
    "\\rparen": (")", ")", ")"),
    "\\lbrack": ("[", "[", "["),
    "\\rbrack": ("]", "]", "]"),
    "\\{": ("set", "set", "set"),
    "\\lbrace": ("set", "set", "set"),
    "\\}": ("endset", "endset", "endset"),
    "\\rbrace": ("endset", "endset", "endset"),
    "|": ("open|", "close|", "|"),
    "\\vert": ("open|", "close|", "|"),
    "\\mid": ("open|", "close|", "|"),
    "\\lvert": ("open|", "open|", "open|"),
    "\\rvert": ("close|", "close|", "close|"),
    "||": ("open||", "close||", "||"),
    "\\|": ("open||", "close||", "||"),
    "\\Vert": ("open||", "close||", "||"),
    "\\lVert": ("open||", "open||", "open||"),
    "\\rVert": ("close||", "close||", "close||"),
    "\\langle": ("langle", "langle", "langle"),
    "\\rangle": ("rangle", "rangle", "rangle"),
    "<": ("langle", "langle", "langle"),
    ">": ("rangle", "rangle", "rangle"),
    "\\lfloor": ("lfloor", "lfloor", "lfloor"),
    "\\rfloor": ("rfloor", "rfloor", "rfloor"),
    "\\lceil": ("lceil", "lceil", "lceil"),
    "\\rceil": ("rceil", "rceil", "rceil"),
    ".": ("open.", "close.", "."),
    "/": ("/", "/", "/"),
}

_PAIRS = {
    "(": ")]",
    "[": ")]",
    "{": "}",
    "set": ("endset", "close."),
    "open|": ("close|",),
    "open||": ("close||",),
    "open.": ("close|", "close.", "close||", ")", "]", "endset"),
    "begin": ("end",),
    "langle": ("rangle",),
    "lfloor": ("rfloor",),
    "lceil": ("rceil",),
}

_ALPHABET = "abcdefghijklmnopqrstuvwxyz"
_VOWELS = frozenset("aeiouAEIOU")


def _product_of_letters(run: str) -> bool:
    """Whether a run of letters that is no known word can only be meant as a product: `abc`, `xyz`, `xdx`, not `loss`."""
    length = len(run)
    if length <= 2:
        return True
    if run in _ALPHABET:
        return True
    if length == 3:
        return run not in _SHORT_WORDS
    return not (_VOWELS - {"a", "A"}) & set(run) and length <= 6 and run.count("a") + run.count("A") <= 1


_SHORT_WORDS = frozenset(
    [
        *("mod", "MSE", "SSE", "RSS", "TSS", "LHS", "RHS", "lhs", "rhs", "the", "old", "new", "sum", "all", "any", "can", "has", "are", "not"),
        *("MLE", "MAP", "OLS", "IID", "iid", "pdf", "cdf", "PDF", "CDF", "one", "two", "log", "lim", "sup", "inf", "erf", "sgn", "div", "ReL"),
        *("LSE", "ELU", "avg", "err", "out", "img", "row", "col", "std", "cat", "dog", "car", "bit", "nat", "end", "out", "acc", "net", "SNR"),
        *("but", "was", "its", "use", "get", "set", "put", "now", "via", "etc", "def", "ker", "ran", "deg", "Hom", "End", "Aut", "Gal", "GCD"),
    ]
)


def tokenize(latex: str, offset: int) -> Tokens:
    """The tokens of a formula that stands at `offset` of its document. Never fails; `problem` names the first bracket without a partner."""
    kinds: list[str] = []
    texts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    dropping = -1  # the position up to which the argument of an ignored control word goes
    for found in _TOKEN.finditer(latex):
        group = found.lastgroup
        if group == "space":
            continue
        start, end = found.span()
        if start < dropping:
            continue
        text = found.group()
        if group == "letters":
            _letters(text, start + offset, latex, end, kinds, texts, starts, ends)
            continue
        if group == "symbol":
            kind, value = _SIGNS.get(text) or ("unknown", text)
        elif group == "command":
            kind, value = _COMMANDS.get(text) or ("unknown", text)
            if kind == "drop":
                continue
            if kind == "drop-argument":
                dropping = _argument_end(latex, end)
                continue
            if text == "\\_" and False:
                continue
        elif group == "number":
            kind, value = "number", text
        elif group == "content" or group == "single" or group == "roman":
            kind, value = _roman(text, found.group("content"), found.group("single"))
            if kind == "drop":
                continue
        elif group == "delimiter" or group == "fence":
            kind, value = _fence(text, found.group("delimiter"))
        elif group == "break":
            kind, value = "newline", text
        elif group == "midmid":
            kind, value = "||", "||"
        elif group == "environment":
            kind = "begin" if text.startswith("\\begin") else "end"
            value = text[text.index("{") + 1 : -1].strip()
        elif group == "define":
            kind, value = ("relation", ":=" if text in {":=", "=:"} else text)
            if text == "=:":
                kind = "unknown"
        else:
            kind, value = "text", text
        kinds.append(kind)
        texts.append(value)
        starts.append(start + offset)
        ends.append(end + offset)
    tokens = Tokens(kinds, texts, starts, ends, [])
    _match(tokens)
    return tokens


def _letters(
    run: str, start: int, latex: str, end: int, kinds: list[str], texts: list[str], starts: list[int], ends: list[int]
) -> None:
    length = len(run)
    if length == 1:
        if run == "d" and latex[end : end + 1] == "\\" and latex[end + 1 : end + 2].isalpha():
            kinds.append("d")  # d\vec x, d\theta: the parser looks whether a name follows
        elif run == "e":
            kinds.append("constant")
        else:
            kinds.append("name")
        texts.append(run)
        starts.append(start)
        ends.append(start + 1)
        return
    kind = ""
    value = run
    if run in FUNCTION_WORDS:
        # `tr` is a trace before a bracket or a name, otherwise the product of t and r.
        rest = latex[end:].lstrip()
        if length > 2 or run == "ln" or rest[:1] in {"(", "["} or rest.startswith("\\left") or rest[:1].isalpha() or rest.startswith("\\math"):
            kind, value = "function", FUNCTION_WORDS[run]
    elif run in BARE_PHRASES:
        kind = "text"
    elif run in OPERATOR_WORDS:
        kind, value = "operator", OPERATOR_WORDS[run]
    elif run in EXPECTATIONS:
        kind = "expectation"
    elif run in PROBABILITIES:
        kind = "probability"
    elif run in {"true", "false"}:
        kind = "constant"
    elif not _product_of_letters(run):
        kind = "run"
    elif length == 3 and run[:2] == "ln" or (length > 3 and run[:3] in {"log", "sin", "cos", "tan", "exp"}):
        kind = "run"
    if kind:
        kinds.append(kind)
        texts.append(value)
        starts.append(start)
        ends.append(start + length)
        return
    for index, letter in enumerate(run):
        if letter == "d" and (
            run[index + 1 : index + 2] not in {"", "d"}
            if index + 1 < length
            else latex[end : end + 1] == "\\" and latex[end + 1 : end + 2].isalpha()
        ):
            kinds.append("d")
        elif letter == "e":
            kinds.append("constant")
        else:
            kinds.append("name")
        texts.append(letter)
        starts.append(start + index)
        ends.append(start + index + 1)


def _roman(text: str, content: str | None, single: str | None) -> tuple[str, str]:
    """What upright text is: a function, a word of prose, the d of a differential, or a name."""
    word = (content if content is not None else single or "").strip()
    if word in FUNCTION_WORDS:
        return "function", FUNCTION_WORDS[word]
    bare = word.replace("\\,", "").replace(" ", "")
    if bare in OPERATOR_WORDS:
        return "operator", OPERATOR_WORDS[bare]
    if word in EXPECTATIONS:
        return "expectation", word
    if word in PROBABILITIES:
        return "probability", word
    if word in {"true", "false"}:
        return "constant", word
    prose = text.startswith(("\\text", "\\mbox", "\\hbox", "\\intertext"))
    if not word:
        return "drop", ""
    if not prose and not text.startswith(("\\operatorname", "\\mathop")):
        if word == "d":
            return "d", "\\mathrm{d}"
        if word == "e":
            return "constant", "e"
        if word in BARE_PHRASES:
            return "text", word
        if not re.fullmatch(r"[A-Za-z0-9 ,.'\-]+", word):
            return "unknown", text
        return "name", f"\\mathrm{{{word}}}"
    if prose:
        if text.startswith("\\textbf") and len(word) == 1:
            return "name", f"\\mathbf{{{word}}}"
        if word == "T":
            return "name", "\\mathrm{T}"
        return "text", word
    return ("operator-name", word) if re.fullmatch(r"[A-Za-z0-9 \-]+", word) else ("unknown", text)


def _fence(text: str, delimiter: str) -> tuple[str, str]:
    sides = _FENCES.get(delimiter)
    if sides is None:
        return "unknown", text
    if text.startswith("\\left"):
        kind = sides[0]
    elif text.startswith("\\right"):
        kind = sides[1]
    elif text.startswith("\\middle"):
        kind = sides[2]
    else:
        size = text[1 : len(text) - len(delimiter)].rstrip()
        kind = sides[0] if size.endswith("l") else sides[1] if size.endswith("r") else sides[2]
    return kind, text


def _argument_end(latex: str, position: int) -> int:
    """Where the braced argument after `position` ends; `position` itself if there is none."""
    length = len(latex)
    while position < length and latex[position] in " *\t\n":
        position += 1
    if position >= length or latex[position] != "{":
        return position
    depth = 0
    for index in range(position, length):
        if latex[index] == "{":
            depth += 1
        elif latex[index] == "}":
            depth -= 1
            if depth == 0:
                return index + 1
    return length


def _match(tokens: Tokens) -> None:
    """Pairs brackets. A closing bar that closes nothing is an evaluation bar."""
    kinds = tokens.kinds
    match = tokens.match = [-1] * len(kinds)
    stack: list[int] = []
    deepest = 0
    for index, kind in enumerate(kinds):
        if kind in OPENERS:
            stack.append(index)
            if len(stack) > deepest:
                deepest = len(stack)
        elif kind in CLOSERS:
            if stack and kind in _PAIRS[kinds[stack[-1]]]:
                opener = stack.pop()
                match[opener] = index
                match[index] = opener
            elif kind == "close|":
                kinds[index] = "|"
            elif kind == "close||":
                kinds[index] = "||"
            elif tokens.problem is None:
                what = tokens.texts[index] or kind
                tokens.problem = (index, f"'{what}' closes nothing that is open", "unbalanced")
    tokens.deepest = deepest
    if stack and tokens.problem is None:
        index = stack[-1]
        what = {"set": "\\{", "begin": f"\\begin{{{tokens.texts[index]}}}"}.get(kinds[index], kinds[index])
        tokens.problem = (index, f"'{what}' is never closed", "unbalanced")
