"""The table between LaTeX and heads, for reading and for printing."""

from __future__ import annotations

# LaTeX function names (also without backslash, in \mathrm and \operatorname) -> heads.
FUNCTIONS: dict[str, str] = {
    "sin": "sin", "cos": "cos", "tan": "tan", "cot": "cot", "sec": "sec", "csc": "csc",
    "arcsin": "arcsin", "arccos": "arccos", "arctan": "arctan", "sinh": "sinh", "cosh": "cosh", "tanh": "tanh",
    "coth": "coth", "sech": "sech", "csch": "csch",
    "arsinh": "arsinh", "arcosh": "arcosh", "artanh": "artanh", "arcsinh": "arsinh", "arccosh": "arcosh", "arctanh": "artanh",
    "asinh": "arsinh", "acosh": "arcosh", "atanh": "artanh",
    "exp": "exp", "ln": "log", "log": "log", "det": "det", "tr": "trace", "Tr": "trace", "trace": "trace",
    "min": "min", "max": "max", "sgn": "sgn", "sign": "sgn", "rank": "rank", "diag": "diag", "vec": "vec",
}  # fmt: skip
# Those that are words without a backslash too (R1); the others would swallow products of letters.
BARE_FUNCTIONS = frozenset({"sin", "cos", "tan", "exp", "ln", "log", "tr", "Tr", "det", "max", "min", "diag", "vec"})
GREEK = frozenset(
    [
        "alpha",
        "beta",
        "gamma",
        "delta",
        "epsilon",
        "varepsilon",
        "zeta",
        "eta",
        "theta",
        "vartheta",
        "iota",
        "kappa",
        "lambda",
        "mu",
        "nu",
        "xi",
        "rho",
        "varrho",
        "sigma",
        "tau",
        "upsilon",
        "phi",
        "varphi",
        "chi",
        "psi",
        "omega",
        "Gamma",
        "Delta",
        "Theta",
        "Lambda",
        "Xi",
        "Pi",
        "Sigma",
        "Upsilon",
        "Phi",
        "Psi",
        "Omega",
        "ell",
        "hbar",
        "varsigma",
        "varkappa",
        "varpi",
        "digamma",
        "varGamma",
        "varTheta",
        "varLambda",
        "varXi",
        "varPi",
        "varSigma",
        "varUpsilon",
        "varPhi",
        "varPsi",
        "varOmega",
    ]
)
FONTS = frozenset(
    [
        "vec",
        "mathbf",
        "boldsymbol",
        "bm",
        "overrightarrow",
        "hat",
        "bar",
        "tilde",
        "dot",
        "ddot",
        "mathcal",
        "mathbb",
        "mathbbm",
        "mathds",
        "mathsf",
        "mathfrak",
        "overline",
        "widehat",
        "widetilde",
        "mathring",
        "check",
        "breve",
        "underline",
        "bf",
        "pmb",
        "mathscr",
        "mathtt",
        "mathnormal",
    ]
)
# Letters that authors give to functions, of which it is asked before they are taken for numbers in front of a bracket.
FUNCTION_LETTERS = frozenset({"f", "g", "h", "\\sigma", "\\phi", "\\varphi", "\\Phi", "\\psi", "\\Psi"})
# Other spellings of a font.
FONT_SPELLINGS: dict[str, str] = {
    "mathbbm": "mathbb",
    "mathds": "mathbb",
    "bf": "mathbf",
    "pmb": "boldsymbol",
    "mathscr": "mathcal",
}
# Dots in a list, a sum, a product or a matrix.
DOTS = frozenset({"\\ldots", "\\dots", "\\cdots", "\\dotsc", "\\dotsb", "\\dotsm", "\\dotso", "\\dotsi", "\\vdots", "\\ddots", "\\iddots", "...", "…", "⋯", "⋮", "⋱"})  # fmt: skip
SPACING = frozenset(
    [",", ";", ":", "!", ">", "quad", "qquad", "enspace", "space", "thinspace", "displaystyle", "textstyle", "limits", "nolimits", "nonumber", "notag", "qedhere", "qed", "strut", "mathstrut", "relax", "left", "right", "big", "Big", "bigg", "Bigg", "bigl", "bigr", "Bigl", "Bigr", "biggl", "biggr", "Biggl", "Biggr", "middle", "hfill", "par", "noindent", "small", "tiny", "footnotesize", "normalsize", "large", "Large", "scriptstyle", "scriptscriptstyle"]
) | {" ", "\n", "\t"}  # fmt: skip
# Orders of growth, where the text does not say that they are functions.
ORDERS_OF_GROWTH = ("O", "o", "\\mathcal{O}", "\\Theta", "\\Omega", "\\mathrm{O}", "\\mathrm{o}")
# Units of measurement: in words behind a number or a letter they belong to it.
UNITS = frozenset(
    ["m", "km", "cm", "mm", "nm", "kg", "g", "mg", "s", "ms", "sec", "min", "h", "hr", "Hz", "kHz", "MHz", "GHz", "N", "J", "kJ", "W", "kW", "V", "mV", "A", "mA", "C", "F", "K", "Pa", "kPa",
     "mol", "L", "l", "mL", "eV", "bit", "bits", "nat", "nats", "byte", "bytes", "KB", "MB", "GB", "TB", "dB", "rad", "deg", "degrees", "radians", "km/h", "m/s", "m/s^2", "원", "개", "명",
     "시간", "분", "초", "일", "년", "도", "배", "살", "권", "장", "마리", "미터", "킬로미터", "그램", "킬로그램", "만원", "억원"]
)  # fmt: skip
# Words in the place of a value that only say of what kind it is.
INDEFINITE_WORDS = frozenset(
    ["const", "constant", "constants", "cst", "cte", "a constant", "some constant", "noise", "error", "errors", "remainder", "rest", "small", "small terms", "large", "big", "h.o.t", "hot",
     "higher order terms", "higher-order terms", "lower order terms", "other terms", "others", "other", "etc", "something", "anything", "unknown", "undefined", "any", "any number",
     "a number", "some number", "number", "arbitrary", "random", "fixed", "free", "varying", "positive", "negative", "nonnegative", "non-negative", "nonzero", "non-zero", "scalar", "vector", "matrix", "real",
     "complex", "imaginary", "integer", "rational", "irrational", "natural", "prime", "composite", "even", "odd", "finite", "infinite", "bounded", "unbounded", "diagonal", "symmetric",
     "invertible", "singular", "orthogonal", "unique", "independent", "dependent", "linear", "nonlinear", "convex", "concave", "stable", "unstable", "increasing", "decreasing", "equal", "different",
     "true", "false", "yes", "no", "high", "low", "medium", "상수", "상수항", "일정", "임의", "임의의 수", "정수", "양수", "음수", "실수", "자연수", "유리수", "무리수", "복소수", "짝수", "홀수", "소수", "오차", "잡음",
     "노이즈", "나머지", "고차항", "작은 값", "무작위", "고정", "미정", "미지수", "무한", "유한", "불변", "변수", "증가", "감소", "참", "거짓", "높음", "낮음"]
)  # fmt: skip
WORDS: dict[str, str] = {
    "let": "let", "set": "let", "define": "define", "where": "where", "with": "where", "if": "if", "when": "when", "for": "for",
    "suppose": "assume", "assume": "assume", "assuming": "assume", "then": "then", "so": "so", "hence": "so", "thus": "so", "therefore": "so",
    "and": "and", "but": "and", "while": "and", "whereas": "and", "or": "or", "that is": "so", "i.e.": "so", "since": "since", "because": "since",
}  # fmt: skip
GREEK_UNICODE = dict(zip("αβγδεζηθικλμνξρστυφχψωΓΔΘΛΞΠΣΦΨΩ", ["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu", "xi", "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega", "Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma", "Phi", "Psi", "Omega"], strict=True))  # fmt: skip

PRECEDENCE = {"relation": 0, "+": 10, "negate": 10, "*": 20, "/": 20, "^": 40, "atom": 100}
