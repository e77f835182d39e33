"""Other spellings of the same formula, piece by piece. Not a test file: `test_respelling.py` applies these to formulas."""

from __future__ import annotations

import re
from collections.abc import Callable

from derive.language.spelling import GREEK_UNICODE

PIECE = re.compile(r"\\[A-Za-z]+\*?|\\.|\d+(?:\.\d+)?|%[^\n]*|[A-Za-z]|\s+|.", re.DOTALL)
_OPAQUE = re.compile(
    r"\\(?:text\w*|mbox|mathrm|operatorname\*?|label|tag\*?|begin|end|hspace|eqref|mathop|color|rm)(?![A-Za-z])"
)
_UNICODE = {f"\\{name}": letter for letter, name in GREEK_UNICODE.items()}
_SIGNS = frozenset(
    {
        "\\cdot",
        "\\times",
        "\\le",
        "\\ge",
        "\\leq",
        "\\geq",
        "\\neq",
        "\\sim",
        "\\in",
        "\\approx",
        "\\pm",
        "\\implies",
        "\\quad",
    }
)
_SIZES = {"\\left": "\\bigl", "\\right": "\\bigr"}
_INVISIBLE = re.compile(r"\\(?:left|right)\s*[.|]")  # what is invisible, or a bar that opens or closes
_TRANSPOSED = r"\^(?:T(?![A-Za-z])|\{T\}|\\top(?![A-Za-z])|\\intercal(?![A-Za-z])|\{\\mathrm ?\{?T\}?\}|\\mathrm ?\{?T\}?|\{\\top\})"


def pieces(latex: str) -> list[str]:
    """The formula in pieces of which none may be cut: control words, numbers, comments, words in \\text with their braces, environments."""
    found: list[str] = []
    position = 0
    while position < len(latex):
        match = PIECE.match(latex, position)
        assert match is not None
        end = match.end()
        if _OPAQUE.fullmatch(match.group()) or match.group() == "\\\\":
            end = _behind_argument(latex, end)
        found.append(latex[position:end])
        position = end
    return found


def _behind_argument(latex: str, position: int) -> int:
    opening = re.compile(r"\s*(?:\[[^\]]*\]|\{)").match(latex, position)
    if opening is None:
        return position
    if not opening.group().endswith("{"):
        return opening.end()
    depth = 0
    for index in range(opening.end() - 1, len(latex)):
        depth += {"{": 1, "}": -1}.get(latex[index], 0)
        if depth == 0:
            end = index + 1
            columns = re.compile(r"\s*\{[lcr|]*\}|\[[tbc]\]").match(latex, end)  # of an array
            return columns.end() if columns is not None else end
    return len(latex)


def _each(change: Callable[[str], str]) -> Callable[[str], str]:
    return lambda latex: "".join(change(piece) for piece in pieces(latex))


def _named(table: dict[str, str]) -> Callable[[str], str]:
    def change(piece: str) -> str:
        new = table.get(piece, piece)
        # A control word ends before a letter only at a space.
        return new + " " if new != piece and new.startswith("\\") and new[-1].isalpha() else new

    return _each(change)


def _spaced(space: str) -> Callable[[str], str]:
    """White space or a spacing macro between all pieces; not behind a sign that the next character could belong to."""

    def change(latex: str) -> str:
        found = pieces(latex)
        result: list[str] = []
        for piece, following in zip(found, [*found[1:], ""], strict=True):
            result.append(piece)
            joined = piece + following
            if piece.startswith("%") or not following or following.isspace():
                continue
            if joined in {"||", ":=", "=:", "<=", ">=", "''", ".."} or piece in {"'", "."} or following in {"'", "."}:
                continue
            if piece[0].isalpha() and following[0].isalpha():  # letters side by side may be a word
                continue
            if piece in {"\\left", "\\right", "\\middle"} or piece.startswith(("\\big", "\\Big")):
                continue
            if piece[-1].isdigit() and following[0].isdigit():
                continue
            if _is_korean(piece) or _is_korean(following):
                continue
            if space.strip(" \n")[:1] not in {"", "%"} and (
                piece in {"_", "^", "}"} or following[0] in "{[" or _takes_argument(piece)
            ):
                continue  # a macro here would be the argument
            result.append(space)
        return "".join(result)

    return change


def _takes_argument(piece: str) -> bool:
    return piece[0] == "\\" and piece[1:].isalpha() and piece not in _SIGNS


def _is_korean(piece: str) -> bool:
    return any("\uac00" <= character <= "\ud7a3" for character in piece)


def _without_braces(latex: str) -> str:
    """\\vec{w} as \\vec w, x_{i} as x_i."""
    accents = r"\\(vec|hat|bar|tilde|dot|mathbf|boldsymbol|bm|mathcal|mathbb)\{([A-Za-z]|\\[a-z]+)\}"
    latex = re.sub(accents, r"\\\1 \2 ", latex)
    return re.sub(r"(?<!\\)([_^])\{([A-Za-z0-9])\}", r"\1\2", latex)


def _with_braces(latex: str) -> str:
    """x_i as x_{ i }, x^2 as x^{2}, \\vec w as \\vec{w}."""
    latex = re.sub(r"(?<!\\)([_^])([A-Za-z0-9])", r"\1{ \2 }", latex)
    return re.sub(r"\\(vec|hat|bar|tilde|mathbf|boldsymbol|bm) ?([A-Za-z])(?![A-Za-z])", r"\\\1{\2}", latex)


def _accent_over_all(latex: str) -> str:
    """\\vec{w}_k as \\vec{w_k}."""
    return re.sub(
        r"\\(vec|hat|bar|tilde|mathbf|boldsymbol)\{([A-Za-z])\}_(\{[A-Za-z0-9]+\}|[A-Za-z0-9])", r"\\\1{\2_\3}", latex
    )


def _grouped(latex: str) -> str:
    """x_i as {x}_i: a letter in braces of its own, before a subscript."""
    return re.sub(r"(?<![A-Za-z\\{}])([A-Za-z])_", r"{ \1 }_", latex)


RESPELLINGS: dict[str, Callable[[str], str]] = {
    "\\dfrac": _named({"\\frac": "\\dfrac"}),
    "\\tfrac": _named({"\\frac": "\\tfrac", "\\dfrac": "\\tfrac"}),
    "\\cfrac": _named({"\\frac": "\\cfrac"}),
    "\\frac": _named({"\\dfrac": "\\frac", "\\tfrac": "\\frac"}),
    "^T": lambda latex: re.sub(_TRANSPOSED, "^T ", latex),
    "^\\top": lambda latex: re.sub(_TRANSPOSED, r"^\\top ", latex),
    "^{\\mathrm T}": lambda latex: re.sub(_TRANSPOSED, r"^{\\mathrm T}", latex),
    "^\\mathrm{T}": lambda latex: re.sub(_TRANSPOSED, r"^\\mathrm{T}", latex),
    "^\\mathsf T": lambda latex: re.sub(_TRANSPOSED, r"^\\mathsf T ", latex),
    "^\\intercal": lambda latex: re.sub(_TRANSPOSED, r"^\\intercal ", latex),
    "||": lambda latex: latex.replace("\\|", "||") if latex.count("\\|") == 2 else latex,
    "\\Vert": _named({"\\|": "\\Vert"}),
    "\\lVert": lambda latex: latex.replace("\\|", "\\lVert ", 1).replace("\\|", "\\rVert ", 1) if latex.count("\\|") == 2 else latex,
    "\\mid\\mid": lambda latex: latex.replace("\\|", "\\mid\\mid ") if latex.count("\\|") == 2 else latex,
    "\\bigl": lambda latex: latex if _INVISIBLE.search(latex) else _each(lambda piece: _SIZES.get(piece, piece))(latex),
    "no \\left": lambda latex: latex if _INVISIBLE.search(latex) else _each(lambda piece: "" if piece in _SIZES else piece)(latex),
    "\\left(": lambda latex: re.sub(r"(?<!\\left)(?<!\\right)(?<!\\)([()])(?=[^()]*)", lambda match: ("\\left" if match.group() == "(" else "\\right") + match.group(), latex) if latex.count("(") == latex.count(")") and "\\left" not in latex and "&" not in latex and "\\\\" not in latex else latex,
    "braces": _with_braces,
    "no braces": _without_braces,
    "an accent over all": _accent_over_all,
    "groups": _grouped,
    "Greek": _named(_UNICODE),
    "minus": _each(lambda piece: "−" if piece == "-" else piece),
    "thin spaces": _spaced("\\,"),
    "other spaces": _spaced("\\! \\; ~ "),
    "lines": _spaced("\n"),
    "comments": _spaced(" % a comment\n "),
    "\\label": lambda latex: latex + r" \label{eq:a-1}",
    "\\label before": lambda latex: r"\label{eq:a_1} " + latex,
    "\\tag": lambda latex: latex + r" \tag{1}",
    "\\nonumber": lambda latex: latex + r" \nonumber",
    "a full stop": lambda latex: latex.rstrip() + "." if latex.rstrip()[-1:] not in ".,;:?\\" else latex,
    "a comma": lambda latex: latex.rstrip() + r" \; ," if latex.rstrip()[-1:] not in ".,;:?\\" else latex,
    "\\operatorname": _named({f"\\{name}": f"\\operatorname{{{name}}}" for name in ("ln", "log", "exp", "sin", "cos", "tan", "det", "max", "min")}),
    "\\mathrm": _named({f"\\{name}": f"\\mathrm{{{name}}}" for name in ("ln", "log", "exp", "sin", "cos", "det")}),
    "\\operatorname for \\mathrm": lambda latex: re.sub(r"\\mathrm\{(tr|Var|Cov|E|KL)\}", r"\\operatorname{\1}", latex),
    "\\cdot": _each(lambda piece: "\n \\cdot  " if piece == "\\cdot" else piece),
    "\\leq": _named({"\\le": "\\leq", "\\ge": "\\geq", "\\leq": "\\leqslant", "\\geq": "\\ge", "\\neq": "\\ne"}),
    "\\displaystyle": lambda latex: "\\displaystyle " + latex,
}  # fmt: skip
