"""Notation: the one table between LaTeX and the heads of the kernel, read by read/latex and written by language/printing.

A `Notation` record is one head with its spellings. The first spelling is the one that is written. Everything below the records is derived
from them or is surface syntax that has no head of its own (fonts, fences, spacing, words of prose).
"""

from __future__ import annotations

from dataclasses import dataclass

from derive.language.syntax import RELATION_WORDS


@dataclass(frozen=True, slots=True)
class Notation:
    """One head of the kernel (or kind of syntax) and how it is spelled.

    `latex`: control words and signs, the written one first. `words`: bare words, as in `\\operatorname{word}`, `\\mathrm{word}` or typed
    without a backslash. `form`: "function", "infix", "prefix", "postfix", "fence", "fraction", "root", "constant". `precedence`: how tightly
    it binds, see PRECEDENCE.
    """

    head: str
    latex: tuple[str, ...]
    words: tuple[str, ...] = ()
    form: str = "function"
    precedence: int = 9


# How tightly the heads bind; a subterm of smaller precedence than its place asks for stands in brackets.
PRECEDENCE: dict[str, int] = {
    "iff": 1,
    "implies": 2,
    "or": 3,
    "and": 4,
    "not": 5,
    "=": 6,
    "!=": 6,
    "<": 6,
    "<=": 6,
    ">": 6,
    ">=": 6,
    "approx": 6,
    "+": 7,
    "negate": 7,
    "dot": 8,
    "*": 8,
    "/": 8,
    "sum": 8,
    "product": 8,
    "integral": 8,
    "limit": 8,
    "derivative": 8,
    "function": 9,
    "^": 10,
    "transpose": 10,
    "inverse": 10,
    "factorial": 10,
    "atom": 11,
}

FUNCTIONS: tuple[Notation, ...] = (
    Notation("exp", ("\\exp",), ("exp",)),
    Notation("log", ("\\ln", "\\log"), ("ln", "log")),
    Notation("sin", ("\\sin",), ("sin",)),
    Notation("cos", ("\\cos",), ("cos",)),
    Notation("tan", ("\\tan", "\\tg"), ("tan",)),
    Notation("cot", ("\\cot", "\\ctg"), ("cot",)),
    Notation("sec", ("\\sec",), ("sec",)),
    Notation("csc", ("\\csc", "\\cosec"), ("csc", "cosec")),
    Notation("arcsin", ("\\arcsin",), ("arcsin", "asin")),
    Notation("arccos", ("\\arccos",), ("arccos", "acos")),
    Notation("arctan", ("\\arctan",), ("arctan", "atan")),
    Notation("sinh", ("\\sinh",), ("sinh",)),
    Notation("cosh", ("\\cosh",), ("cosh",)),
    Notation("tanh", ("\\tanh",), ("tanh",)),
    Notation("sgn", ("\\operatorname{sgn}", "\\sgn", "\\sign"), ("sgn", "sign")),
    Notation("det", ("\\det",), ("det",)),
    Notation("trace", ("\\operatorname{tr}", "\\tr", "\\Tr"), ("tr", "Tr", "trace", "Trace")),
    Notation("rank", ("\\operatorname{rank}", "\\rank"), ("rank", "rk")),
    Notation("diag", ("\\operatorname{diag}", "\\diag"), ("diag",)),
    Notation("vec", ("\\operatorname{vec}",), ("vec",)),
    Notation("min", ("\\min",), ("min",)),
    Notation("max", ("\\max",), ("max",)),
    Notation("gcd", ("\\gcd",), ("gcd",)),
    Notation("lcm", ("\\operatorname{lcm}",), ("lcm",)),
    Notation("dim", ("\\dim",), ("dim",)),
    Notation("ker", ("\\ker",), ("ker",)),
    Notation("deg", ("\\deg",), ("deg",)),
    Notation("adj", ("\\operatorname{adj}",), ("adj",)),
    Notation("softmax", ("\\operatorname{softmax}",), ("softmax",)),
    Notation("csch", ("\\operatorname{csch}",), ("csch",)),
    Notation("sech", ("\\operatorname{sech}",), ("sech",)),
    Notation("coth", ("\\coth",), ("coth",)),
)

# Functions of which the kernel knows nothing yet are read all the same: the sentence is understood, its truth is not judged.

CONSTANTS: tuple[Notation, ...] = (
    Notation("pi", ("\\pi",), form="constant", precedence=11),
    Notation("e", ("e",), form="constant", precedence=11),
    Notation("infinity", ("\\infty",), form="constant", precedence=11),
    Notation("true", ("\\text{true}", "\\top"), ("true",), form="constant", precedence=11),
    Notation("false", ("\\text{false}", "\\bot"), ("false",), form="constant", precedence=11),
)

OPERATORS: tuple[Notation, ...] = (
    Notation("+", ("+",), form="infix", precedence=7),
    Notation("negate", ("-",), form="prefix", precedence=7),
    Notation("inner", ("\\cdot", "\\bullet"), form="infix", precedence=8),
    Notation("*", ("", "\\cdot", "\\times", "*"), form="infix", precedence=8),
    Notation("hadamard", ("\\odot",), form="infix", precedence=8),
    Notation("kronecker", ("\\otimes",), form="infix", precedence=8),
    Notation("/", ("\\frac", "\\dfrac", "\\tfrac", "\\cfrac", "/"), form="fraction", precedence=8),
    Notation("sqrt", ("\\sqrt",), form="root", precedence=11),
    Notation("root", ("\\sqrt",), form="root", precedence=11),
    Notation("binomial", ("\\binom", "\\dbinom", "\\tbinom", "\\choose"), form="fraction", precedence=11),
    Notation("abs", ("\\lvert", "|", "\\vert", "\\mid"), form="fence", precedence=11),
    Notation("norm", ("\\lVert", "\\|", "\\Vert", "||", "\\mid\\mid", "\\parallel"), form="fence", precedence=11),
    Notation("floor", ("\\lfloor",), form="fence", precedence=11),
    Notation("ceil", ("\\lceil",), form="fence", precedence=11),
    Notation("factorial", ("!",), form="postfix", precedence=10),
    Notation("transpose", ("^T", "^\\top", "^\\intercal", "^{\\mathrm{T}}"), form="postfix", precedence=10),
    Notation("inverse", ("^{-1}",), form="postfix", precedence=10),
    Notation("and", ("\\land", "\\wedge"), ("and",), form="infix", precedence=4),
    Notation("or", ("\\lor", "\\vee"), ("or",), form="infix", precedence=3),
    Notation("not", ("\\lnot", "\\neg"), form="prefix", precedence=5),
    Notation("implies", ("\\implies", "\\Rightarrow", "\\Longrightarrow"), form="infix", precedence=2),
    Notation("iff", ("\\iff", "\\Leftrightarrow", "\\Longleftrightarrow"), form="infix", precedence=1),
    Notation("sum", ("\\sum",), form="prefix", precedence=8),
    Notation("product", ("\\prod",), form="prefix", precedence=8),
    Notation("integral", ("\\int",), form="prefix", precedence=8),
    Notation("limit", ("\\lim",), form="prefix", precedence=8),
)

NOTATIONS: tuple[Notation, ...] = FUNCTIONS + CONSTANTS + OPERATORS

# --- relations -----------------------------------------------------------------------------------------------------------

RELATIONS: dict[str, str] = {
    **RELATION_WORDS,
    "\\leqq": "<=",
    "\\geqq": ">=",
    "\\coloneq": ":=",
    "\\overset{\\text{def}}{=}": ":=",
    "\\gets": "<-",
    "\\rightarrow": "to",
    "\\longrightarrow": "to",
    "\\thickapprox": "approx",
    "≤": "<=",
    "≥": ">=",
    "≠": "!=",
    "≈": "approx",
    "∈": "in",
    "→": "to",
}

# --- letters -------------------------------------------------------------------------------------------------------------

GREEK: tuple[str, ...] = tuple(
    "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa varkappa lambda mu nu xi omicron varpi rho varrho sigma "
    "varsigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega".split()
)

# Control words that are one symbol each, with the canonical name. `\varDelta` is the italic Delta; the other capitals likewise.
LETTERS: dict[str, str] = {
    **{f"\\{letter}": f"\\{letter}" for letter in GREEK},
    **{f"\\var{letter}": f"\\{letter}" for letter in "Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega".split()},
    "\\ell": "\\ell",
    "\\hbar": "\\hbar",
    "\\imath": "\\imath",
    "\\jmath": "\\jmath",
    "\\aleph": "\\aleph",
    "\\Re": "\\Re",
    "\\Im": "\\Im",
    "\\R": "\\mathbb{R}",
    "\\N": "\\mathbb{N}",
    "\\Z": "\\mathbb{Z}",
    "\\Q": "\\mathbb{Q}",
    "\\emptyset": "\\emptyset",
    "\\varnothing": "\\emptyset",
}

UNICODE_LETTERS: dict[str, str] = dict(
    zip("αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΥΦΨΩ", (f"\\{name}" for name in (
        "alpha beta gamma delta varepsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon varphi chi psi omega Gamma Delta "
        "Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega"
    ).split()), strict=True)
)  # fmt: skip

# Accents and fonts with the canonical spelling: `\vec{w}` and `\mathbf{w}` are names of their own.
ACCENTS: dict[str, str] = {
    **{
        f"\\{word}": f"\\{word}"
        for word in "vec hat bar tilde dot ddot check breve acute grave mathring overrightarrow overline underline widehat widetilde "
        "mathbf boldsymbol bm mathcal mathbb mathfrak mathscr mathsf mathtt".split()
    },
    "\\mathbfit": "\\boldsymbol",
    "\\pmb": "\\boldsymbol",
    "\\bold": "\\mathbf",
    "\\Bbb": "\\mathbb",
    "\\mathds": "\\mathbb",
    "\\mathbbm": "\\mathbb",
    "\\cal": "\\mathcal",
    "\\bf": "\\mathbf",
}

# --- surface -------------------------------------------------------------------------------------------------------------

SPACING: frozenset[str] = frozenset(
    [
        *("\\,", "\\;", "\\:", "\\!", "\\ ", "\\>", "\\/", "~", "\\-"),
        *("\\quad", "\\qquad", "\\enspace", "\\enskip", "\\space", "\\nobreakspace", "\\thinspace", "\\medspace", "\\thickspace"),
        *("\\negthinspace", "\\hfill", "\\hfil"),
    ]
)

# Control words that change only how a formula looks.
IGNORED: frozenset[str] = frozenset(
    [
        *("\\displaystyle", "\\textstyle", "\\scriptstyle", "\\scriptscriptstyle", "\\limits", "\\nolimits", "\\nonumber", "\\notag"),
        *("\\allowbreak", "\\nobreak", "\\noindent", "\\small", "\\large", "\\Large", "\\normalsize", "\\mathstrut", "\\strut"),
        *("\\mathopen", "\\mathclose", "\\left\\relax", "\\relax", "\\qed", "\\square", "\\blacksquare", "\\hline"),
    ]
)
# The same with one braced argument that is dropped too.
IGNORED_WITH_ARGUMENT: frozenset[str] = frozenset(
    ["\\label", "\\tag", "\\hspace", "\\vspace", "\\phantom", "\\hphantom", "\\vphantom", "\\color", "\\mspace", "\\kern"]
)

ALIGNED_ENVIRONMENTS: frozenset[str] = frozenset(
    [
        *("aligned", "align", "align*", "split", "gather", "gather*", "gathered", "equation", "equation*", "alignat", "alignat*"),
        *("alignedat", "eqnarray", "eqnarray*", "multline", "multline*", "flalign", "flalign*"),
    ]
)
MATRIX_ENVIRONMENTS: frozenset[str] = frozenset(
    [
        *("matrix", "bmatrix", "pmatrix", "Bmatrix", "vmatrix", "Vmatrix", "smallmatrix", "psmallmatrix", "bsmallmatrix"),
        *("array", "cases", "dcases", "rcases"),
    ]
)

# --- words of prose inside a formula ---------------------------------------------------------------------------------------

# What a phrase makes of the statement after it: (connector, mark).
PHRASES: dict[str, tuple[str, str]] = {
    **dict.fromkeys(("let", "set", "put", "let us", "letting", "setting"), ("", "let")),
    **dict.fromkeys(("define", "denote", "we define", "denote by", "we denote", "defined as"), ("", "define")),
    **dict.fromkeys(("where", "with", "in which", "here", "wherein", "where we have"), ("", "where")),
    **dict.fromkeys(("if", "provided", "provided that", "as long as", "in case"), ("", "if")),
    **dict.fromkeys(("when", "whenever", "at", "as", "while"), ("", "when")),
    **dict.fromkeys(("for", "for all", "for any", "for each", "for every", "for some", "s.t.", "such that", "subject to", "over", "on"), ("", "for")),
    **dict.fromkeys(("assume", "suppose", "given", "assuming", "given that", "assume that", "suppose that", "supposing"), ("", "assume")),
    **dict.fromkeys(("claim", "we claim", "show", "prove", "show that", "prove that"), ("", "claim")),
    **dict.fromkeys(("so", "so that", "and so", "giving", "yields", "gives", "which gives", "we get", "we have", "we obtain"), ("so", "")),
    **dict.fromkeys(("then", "i.e.", "i.e", "that is", "ie", "namely", "which is", "now", "and then"), ("so", "")),
    **dict.fromkeys(("hence", "thus", "therefore", "and hence", "and thus", "and therefore", "consequently", "it follows that"), ("therefore", "")),
    **dict.fromkeys(("implies", "which implies", "imply", "implying"), ("implies", "")),
    **dict.fromkeys(("iff", "if and only if", "is equivalent to", "equivalently", "or equivalently"), ("iff", "")),
    **dict.fromkeys(("and", "also", "again", "similarly", "likewise", "but", "while also", "since", "because", "as well as", "recall"), ("", "")),
    **dict.fromkeys(("not", "it is not true that", "is false", "false that", "wrong", "not true"), ("", "not")),
}  # fmt: skip

# Phrases that keep the mood of the statement before: `where A and B`.
CONTINUING: frozenset[str] = frozenset(["and", "also", "as well as", "&"])
# Phrases whose statement is a reason: it is left to speak for itself.
OTHERWISE: frozenset[str] = frozenset(["otherwise", "else", "o.w.", "elsewhere"])

# Korean endings stand after what they mark: (connector of the next statement, mark of this one).
ENDINGS: tuple[tuple[str, str, str], ...] = (
    ("일 때", "", "when"),
    ("일때", "", "when"),
    ("인 경우", "", "when"),
    ("라면", "", "if"),
    ("이면", "", "if"),
    ("면", "", "if"),
    ("이므로", "so", ""),
    ("므로", "so", ""),
    ("따라서", "therefore", ""),
    ("즉", "so", ""),
    ("라고 하면", "", "let"),
    ("라 하면", "", "let"),
    ("라고 하자", "", "let"),
    ("라 하자", "", "let"),
    ("라고 가정", "", "assume"),
    ("가정", "", "assume"),
)

# Bare words (typed without a backslash) that are never a product of letters.
BARE_PHRASES: frozenset[str] = frozenset(
    [
        *("Let", "let", "Where", "where", "if", "If", "When", "when", "Then", "then", "for", "For", "so", "So", "and", "And", "or", "Or"),
        *("Hence", "hence", "Thus", "thus", "Since", "since", "Suppose", "suppose", "Assume", "assume", "Given", "given", "with", "With"),
        *("Therefore", "therefore", "that", "such", "iff", "otherwise", "else", "Define", "define", "Denote", "denote", "because", "not"),
    ]
)
EXPECTATIONS: frozenset[str] = frozenset(["Var", "Cov", "var", "cov", "Corr", "corr", "Std", "sd", "SD", "Expect"])
PROBABILITIES: frozenset[str] = frozenset(["Pr", "Prob", "prob"])

# --- derived -------------------------------------------------------------------------------------------------------------

FUNCTION_HEADS: dict[str, str] = {spelling: record.head for record in FUNCTIONS for spelling in record.latex}
FUNCTION_WORDS: dict[str, str] = {word: record.head for record in FUNCTIONS for word in record.words}
LATEX_OF_HEAD: dict[str, str] = {record.head: record.latex[0] for record in reversed(NOTATIONS)}
INVERSE_FUNCTIONS: dict[str, str] = {"sin": "arcsin", "cos": "arccos", "tan": "arctan"}
# Operators that take their condition below, as words.
OPERATOR_WORDS: dict[str, str] = {
    "argmax": "argmax",
    "argmin": "argmin",
    "sup": "supremum",
    "inf": "infimum",
    "lim": "limit",
}
