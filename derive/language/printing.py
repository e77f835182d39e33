"""Terms as text: `latex` for documents, `plain` for terminals. Total on all terms; brackets wherever the meaning needs them."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache

from derive.kernel.sorting import is_scalar, sort_of
from derive.kernel.term import (
    ELEMENTARY,
    INTEGER,
    Apply,
    Constant,
    Function,
    Lambda,
    Matrix,
    Number,
    Symbol,
    Term,
    free_symbols,
    substitute,
)
from derive.language.faces import current, with_faces

_RELATIONS = {
    "=": ("=", "="),
    "!=": ("\\neq", "!="),
    "<": ("<", "<"),
    "<=": ("\\le", "<="),
    ">": (">", ">"),
    ">=": ("\\ge", ">="),
}
_CONNECTIVES = {
    "and": ("\\land", "and"),
    "or": ("\\lor", "or"),
    "implies": ("\\implies", "=>"),
    "iff": ("\\iff", "<=>"),
}
_CONSTANTS = {"zero": ("0", "0"), "identity": ("I", "I"), "ones": ("\\mathbf{1}", "ones"), "pi": ("\\pi", "pi"), "e": ("e", "e"), "true": ("\\text{true}", "true"), "false": ("\\text{false}", "false")}  # fmt: skip
_LETTERS = re.compile(r"\\[A-Za-z]+|[A-Za-z]")
_ROUNDING = {"floor": ("\\lfloor", "\\rfloor"), "ceil": ("\\lceil", "\\rceil")}
_POWERS_ON_NAME = frozenset({"sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh"})  # \sin^2(x)
_LATEX_NAMES = {"adjugate": "\\operatorname{adj}", "diagonal": "\\operatorname{diag}", "positive_definite": "\\operatorname{positive\\ definite}", "positive_semidefinite": "\\operatorname{positive\\ semidefinite}", "upper_triangular": "\\operatorname{upper\\ triangular}", "log": "\\ln", "trace": "\\operatorname{tr}", "sgn": "\\operatorname{sgn}", "gamma": "\\Gamma"}  # fmt: skip
_NORMS = {
    "norm_one": ("1", "1"),
    "norm_infinity": ("\\infty", "inf"),
    "norm_max": ("\\max", "max"),
    "norm_spectral": ("2", "2"),
    "norm_nuclear": ("*", "*"),
}
_BACKSLASHED = frozenset(
    [
        "sin",
        "cos",
        "tan",
        "cot",
        "sec",
        "csc",
        "exp",
        "arcsin",
        "arccos",
        "arctan",
        "sinh",
        "cosh",
        "tanh",
        "det",
        "min",
        "max",
    ]
)
STATEMENT, SUM, DOT, BINDER, PRODUCT, UNARY, POWER, ATOM = 0, 10, 15, 18, 20, 25, 40, 100


def latex(term: Term) -> str:
    """The term in LaTeX."""
    return _Printer(0).print(term, 0)


def plain(term: Term) -> str:
    """The term in plain text: w_1^2, (0, 0), |g|, x != 0."""
    return _Printer(1).print(term, 0)


class _Printer:
    def __init__(self, style: int) -> None:
        self.style = style

    def print(self, term: Term, context: int) -> str:
        if type(term) is Symbol:
            return term.name if self.style == 0 else "•" if term.name == _UNNAMED else plain_name(term.name)
        text, precedence = self._of(term)
        if precedence >= context:
            return text
        return f"\\left({text}\\right)" if self.style == 0 else f"({text})"

    def _of(self, term: Term) -> tuple[str, int]:
        if isinstance(term, Apply):
            return self._application(term)
        if isinstance(term, Number):
            return self._number(term.value)
        if isinstance(term, Symbol):
            return self.print(term, 0), ATOM
        if isinstance(term, Constant):
            return (self.style == 1 and current().constant(term)) or _CONSTANTS[term.name][self.style], ATOM
        return self._of(term.body)

    def _number(self, value: Fraction) -> tuple[str, int]:
        above, below = value.numerator, value.denominator
        if below == 1:
            return str(above), ATOM if above >= 0 else SUM
        if self.style == 0:
            sign = "-" if above < 0 else ""
            return f"{sign}\\frac{{{abs(above)}}}{{{below}}}", ATOM if above >= 0 else SUM
        return f"{above}/{below}", PRODUCT if above >= 0 else SUM

    def _application(self, term: Apply) -> tuple[str, int]:
        head, arguments, style = term.head, term.arguments, self.style
        match head:
            case "+":
                text = ""
                for index, part in enumerate(arguments):
                    minus, shown, least = False, part, SUM + 1 if index else SUM
                    if index and isinstance(part, Apply) and part.head == "negate":
                        minus, shown, least = True, part.arguments[0], DOT
                    elif index and isinstance(part, Number) and part.value.numerator < 0:
                        minus, shown, least = True, Number(-part.value), PRODUCT
                    least = ATOM if _would_go_on(shown, arguments, index) else least
                    text += (" - " if minus else " + " if index else "") + self.print(shown, least)
                return text, SUM
            case "negate":
                return "-" + self.print(arguments[0], DOT), SUM
            case "*":
                return self._product(arguments), PRODUCT
            case "/":
                if style == 0:
                    return f"\\frac{{{self.print(arguments[0], 0)}}}{{{self.print(arguments[1], 0)}}}", ATOM
                above = ATOM if _needs_brackets_above(arguments[0]) else PRODUCT
                return f"{self.print(arguments[0], above)}/{self.print(arguments[1], UNARY + 1)}", PRODUCT
            case "^":
                exponent = self.print(arguments[1], 0) if style == 0 else self._exponent(arguments[1])
                base = self._base(arguments[0])
                inner = arguments[0].head if isinstance(arguments[0], Apply) else "norm"
                if style == 1 and (inner in {"component", "entry"} or _is_member(arguments[0])):
                    inner = "norm"  # w_1^2 has one meaning here
                if (
                    style == 0
                    and inner in _POWERS_ON_NAME
                    and isinstance(arguments[1], Number)
                    and arguments[1].value > 0
                ):
                    name = f"\\{inner}"
                    return f"{name}^{{{exponent}}}{base.removeprefix(name)}", ATOM
                applied = style == 0 and base.startswith("\\") and not base.startswith("\\left(")
                named = applied or inner in {"min", "max"}
                if inner not in {"norm", "matrix"} and (base[-1:] != ")" or named):
                    base = f"\\left({base}\\right)" if style == 0 else f"({base})"
                return (f"{base}^{{{exponent}}}" if style == 0 else f"{base}^{exponent}"), POWER
            case "transpose":
                base = self._base(arguments[0])
                return (f"{{{base}}}^T" if style == 0 and "^" in base else f"{base}^T"), POWER
            case "inverse":
                return self._base(arguments[0]) + ("^{-1}" if style == 0 else "^-1"), POWER
            case "norm":
                inside = self.print(arguments[0], 0)
                return (f"\\left\\|{inside}\\right\\|" if style == 0 else f"|{inside}|"), ATOM
            case "abs":
                inside = self.print(arguments[0], 0)
                return (f"\\left|{inside}\\right|" if style == 0 else f"|{inside}|"), ATOM
            case "inner":
                left, right = (self.print(part, UNARY) for part in arguments)
                return (f"{left} \\cdot {right}" if style == 0 else f"{left} . {right}"), DOT
            case "sqrt":
                inside = self.print(arguments[0], 0)
                return (f"\\sqrt{{{inside}}}" if style == 0 else f"sqrt({inside})"), ATOM
            case "root":
                inside, order = self.print(arguments[0], 0), self.print(arguments[1], 0)
                return (f"\\sqrt[{order}]{{{inside}}}" if style == 0 else f"root({inside}, {order})"), ATOM
            case "floor" | "ceil" if style == 0:
                opening, closing = _ROUNDING[head]
                return f"\\left{opening} {self.print(arguments[0], 0)} \\right{closing}", ATOM
            case "factorial":
                return self.print(arguments[0], ATOM) + "!", POWER
            case "component" | "entry":
                indices = ",".join(self.print(part, 0) for part in arguments[1:])
                base = self.print(arguments[0], ATOM)
                if style == 0 and ("_" in base or "\\" in base):
                    base = f"\\left({base}\\right)"
                bare = style == 1 and indices.isalnum()  # x_t; but x_{t - 1} and x_{i,j}
                return (f"{base}_{indices}" if bare else f"{base}_{{{indices}}}"), ATOM
            case "matrix" | "blocks":
                return self._matrix(arguments, vector=head == "matrix"), ATOM
            case "pseudoinverse":
                return self._base(arguments[0]) + ("^{+}" if style == 0 else "^+"), POWER
            case "exponential":
                inside = self.print(arguments[0], 0) if style == 0 else self._exponent(arguments[0])
                return (f"e^{{{inside}}}" if style == 0 else f"e^{inside}"), POWER
            case "hadamard" | "kronecker":
                sign = {"hadamard": ("\\odot", "⊙"), "kronecker": ("\\otimes", "⊗")}[head][style]
                return f"{self.print(arguments[0], UNARY)} {sign} {self.print(arguments[1], UNARY)}", PRODUCT
            case "delta":
                indices = (", " if style == 0 else ",").join(self.print(part, 0) for part in arguments)
                return (f"\\delta_{{{indices}}}" if style == 0 else f"delta_{_braced(indices)}"), ATOM
            case "unit":
                return self._unit(arguments), ATOM
            case "norm_one" | "norm_infinity" | "norm_max" | "norm_spectral" | "norm_nuclear":
                inside, label = self.print(arguments[0], 0), _NORMS[head][style]
                return (f"\\left\\|{inside}\\right\\|_{{{label}}}" if style == 0 else f"|{inside}|_{label}"), ATOM
            case "not":
                return ("\\neg " if style == 0 else "not ") + self.print(arguments[0], ATOM), STATEMENT
            case "approx":
                sign = "\\cong" if style == 0 else "~"
                return f"{self.print(arguments[0], 1)} {sign} {self.print(arguments[1], 1)}", STATEMENT
        if head == "forall":
            return self._quantified(term), STATEMENT
        if head in _RELATIONS:
            return f"{self.print(arguments[0], 1)} {_RELATIONS[head][style]} {self.print(arguments[1], 1)}", STATEMENT
        if head in _CONNECTIVES:
            sign = f" {_CONNECTIVES[head][style]} "
            return sign.join(self.print(part, 0 if _is_relation(part) else ATOM) for part in arguments), STATEMENT
        return self._named(term)

    def _base(self, term: Term) -> str:
        """What a mark of a power stands on; in plain text in brackets where it ends with such a mark: (x^{(i)})^T."""
        text = self.print(term, ATOM)
        return f"({text})" if self.style == 1 and _is_raised(text) else text

    def _exponent(self, term: Term) -> str:
        """An exponent in plain text: a number or a letter, or in brackets."""
        text = self.print(term, 0)
        return text if re.fullmatch(r"[^\W_]+", text) else f"({text})"

    def _quantified(self, term: Term) -> str:
        variables: list[str] = []
        while isinstance(term, Apply) and term.head == "forall":
            term, variable = term.arguments
            variables.append(self.print(variable, ATOM))
        sign = "\\forall " if self.style == 0 else "for all "
        return f"{sign}{', '.join(variables)}: {self.print(term, 0)}"

    def _product(self, arguments: tuple[Term, ...]) -> str:
        apart = _reaches_on(arguments[0]) or (self.style == 1 and len(arguments) > 1 and _goes_on_below(arguments[0]))
        first = UNARY if apart else PRODUCT
        parts = [self.print(part, first if index == 0 else UNARY) for index, part in enumerate(arguments)]
        if self.style == 0:
            text = parts[0]
            for index, part in enumerate(parts[1:], 1):
                numeric = part[:1].isdigit() or (
                    part.startswith(("\\frac{", "\\left(")) and _ends_with_name(arguments[index - 1])
                )
                text += (" \\cdot " if numeric and not part.startswith("\\frac") else " ") + part
            return text
        text = parts[0]
        for part in parts[1:]:
            text += (" * " if text[-1:].isdigit() and re.match(r"\d+(?!\w)", part) else " ") + part  # 2 * 0
        return text

    def _matrix(self, rows: tuple[Term, ...], *, vector: bool) -> str:
        cells = [[self.print(entry, 0) for entry in row.arguments] for row in rows if isinstance(row, Apply)]
        if self.style == 0:
            return "\\begin{bmatrix} " + " \\\\ ".join(" & ".join(row) for row in cells) + " \\end{bmatrix}"
        if vector and len(cells) > 1 and all(len(row) == 1 for row in cells):  # a column; a row is [1, 0]
            return "(" + ", ".join(cell for row in cells for cell in row) + ")"
        return "[" + "; ".join(", ".join(row) for row in cells) + "]"

    def _unit(self, arguments: tuple[Term, ...]) -> str:
        """A matrix or vector of one 1: J^{ij}, e_i."""
        zero, row, column = arguments
        sort = zero.sort if isinstance(zero, Constant) else None
        indices = [self.print(row, 0), self.print(column, 0)]
        if isinstance(sort, Matrix) and 1 in {sort.rows, sort.columns}:
            index = indices[0] if sort.columns == 1 else indices[1]
            letter = f"\\mathbf{{e}}_{{{index}}}" if self.style == 0 else f"e_{_braced(index)}"
            return letter + ("^T" if sort.rows == 1 else "")
        return f"J^{{{','.join(indices)}}}"

    def _notation(self, arguments: tuple[Term, ...]) -> tuple[str, int]:
        """The name of a notation is how it is written, with #1, #2, ... for its arguments (#1* where a sum needs brackets); without these they
        follow in brackets."""
        name = arguments[0]
        assert isinstance(name, Symbol)
        if self.style == 1:
            slope = _SLOPE.fullmatch(name.name)
            if slope is not None:
                return self._slope(slope, arguments), PRODUCT
            if _AT_POINT.fullmatch(name.name) is not None:
                return self._at_point(*arguments[1:])
        text = name.name if self.style == 0 else _plain_notation(name.name)
        if "#" not in text:
            parts = [self.print(part, 0) for part in arguments[1:]]
            return f"{text}({', '.join(parts)})" if parts else text, ATOM

        binds = _BINDER.match(name.name) is not None
        raised = _RAISED.match(text) is not None
        if raised and self.style == 1:
            text = text.replace("{#1*}", "#1*", 1)
        of_sets = _operation_of_sets(arguments)

        def argument(match: re.Match[str]) -> str:
            place = int(match.group(1))
            if self.style == 1 and place == 3 and _is_over_all(arguments):
                return f"{self.print(arguments[3], 0)} in {_space(arguments[2])}"
            if not match.group(2):
                return self.print(arguments[place], 0)
            inner = _operation_of_sets(_arguments_of_notation(arguments[place])) if of_sets else ""
            apart = bool(inner) and (place == 2 or inner != of_sets)  # B \\ (A \\ C), (A \\ B) \\cup C
            applied = self.style == 1 and (text.startswith(("#1*(", "#1*[")) or _is_beside(arguments[place], match))
            return self.print(arguments[place], ATOM if raised or apart or applied else BINDER if binds else PRODUCT)

        precedence = SUM if _is_sum(text) else BINDER if binds else PRODUCT if text.endswith("*") else ATOM
        return re.sub(r"#(\d+)(\*?)", argument, text), precedence

    def _slope(self, written: re.Match[str], arguments: tuple[Term, ...]) -> str:
        """A derivative in plain text: dy/dx, ∂^2 f/(∂x ∂y), and d^2/dx^2 (f g) of what is no name."""
        sign = "d" if written["sign"] == "d" else "∂"
        places = [int(place) for place in re.findall(r"#(\d+)(?!\})", written["below"])]
        order = self._exponent(arguments[int(written["times"])]) if written["times"] else str(len(places))
        names = [_together(self.print(arguments[place], ATOM)) for place in places]
        counted = {name: order if written["times"] else str(names.count(name)) for name in dict.fromkeys(names)}
        below = " ".join(f"{sign}{_raised_to(name, count)}" for name, count in counted.items())
        below = f"({below})" if len(counted) > 1 else below
        above = sign if order == "1" else f"{sign}^{order}"
        if isinstance(arguments[1], Symbol) or _is_member(arguments[1]):
            return f"{above}{' ' if order != '1' else ''}{self.print(arguments[1], 0)}/{below}"
        return f"{above}/{below} {self.print(arguments[1], UNARY)}"

    def _at_point(self, value: Term, variable: Term, point: Term) -> tuple[str, int]:
        """A value at a point in plain text: (df/dx)|_{x = 3}; the argument that has no name is a dot."""
        return f"{self.print(value, ATOM)}|_{{{self.print(variable, 0)} = {self.print(point, 0)}}}", ATOM

    def _listed(self, arguments: tuple[Term, ...]) -> str:
        """The arguments of a function: in plain text L(w_1, w_2), though its one argument is the row (w_1, w_2)."""
        texts = [self.print(part, 0) for part in arguments]
        only = arguments[0] if len(arguments) == 1 else None
        if self.style == 1 and isinstance(only, Apply) and only.head == "matrix" and ";" not in texts[0]:
            return texts[0][1:-1]
        return ", ".join(texts)

    def _member(self, arguments: tuple[Term, ...]) -> str:
        """A member of an indexed family: the indices in the places that its name has for them, or as a subscript."""
        family, *indices = arguments
        assert isinstance(family, Symbol)
        places = ",".join(["\\cdot"] * len(indices))
        name = family.name if "\\cdot" in family.name else f"{family.name}_{{{places}}}"
        pieces = name.split("\\cdot")
        text = pieces[0]
        for index, piece in zip(indices, pieces[1:], strict=True):
            text += _Printer(0).print(index, 0) + piece
        return text if self.style == 0 else plain_name(text)

    def _each(self, body: Term, variable: Term, array: Term) -> tuple[str, int]:
        """f(z) for a function as it stands, and for others what they do with an entry."""
        if _as_function(body, variable):
            return self._of(substitute(body, {variable: array}))
        arrow = ("\\mapsto", "->")[self.style]
        inside = f"{self.print(variable, ATOM)} {arrow} {self.print(body, 0)}"
        return f"{_bracketed(inside, self.style)}{_bracketed(self.print(array, 0), self.style)}", ATOM

    def _named(self, term: Apply) -> tuple[str, int]:
        head, arguments, style = term.head, term.arguments, self.style
        if head == "notation":
            return self._notation(arguments)
        if head == "apply" and _is_family(arguments[0]):
            return self._member(arguments), ATOM
        if head == "apply":
            return f"{self.print(arguments[0], ATOM)}({self._listed(arguments[1:])})", ATOM
        if head in {"gradient", "hessian"}:
            function, point = self.print(arguments[0], ATOM), self._listed(arguments[1:])
            nabla = ("\\nabla", "grad")[self.style]
            return f"{nabla}{'^2' if head == 'hessian' else ''} {function}({point})", POWER
        if head == "partial":
            indices = arguments[1]
            assert isinstance(indices, Apply)
            listed = self._listed(arguments[2:])
            if _is_of_one_number(arguments[0]) and len(indices.arguments) < 4:
                marks = "'" * len(indices.arguments)
                return f"{self.print(arguments[0], ATOM)}{marks}({listed})", ATOM
            marks = ",".join(self.print(part, 0) for part in indices.arguments)
            sign = "\\partial" if self.style == 0 else "d"
            return (
                f"{sign}_{{{marks}}} {self.print(arguments[0], ATOM)}({listed})"
                if self.style == 0
                else f"{sign}_{_braced(marks)} {self.print(arguments[0], ATOM)}({listed})",
                POWER,
            )
        if head == "derivative":
            body, variable = self.print(arguments[0], UNARY), self.print(arguments[1], ATOM)
            return (f"\\frac{{d}}{{d{variable}}} {body}" if self.style == 0 else f"d/d{variable} {body}"), PRODUCT
        if head in {"sum", "product", "integral"}:
            body, variable, lower, upper = (
                self.print(part, 0 if index else UNARY) for index, part in enumerate(arguments)
            )
            sign = {"sum": "\\sum", "product": "\\prod", "integral": "\\int"}[head]
            if style == 1:
                sign, lower, upper = sign[1:], _braced(lower) if head == "integral" else lower, _braced(upper)
            if head == "integral":
                space = "\\, " if style == 0 else ""
                bounds = f"_{{{lower}}}^{{{upper}}}" if style == 0 else f"_{lower}^{upper}"
                return f"{sign}{bounds} {body} {space}d{variable}", BINDER
            bounds = f"_{{{variable}={lower}}}^{{{upper}}}" if style == 0 else f"_{{{variable}={lower}}}^{upper}"
            return f"{sign}{bounds} {body}", BINDER
        if head == "each":
            return self._each(*arguments)
        if head == "limit":
            body, variable, point = (self.print(part, 0 if index else UNARY) for index, part in enumerate(arguments))
            under = f"{variable} \\to {point}" if style == 0 else f"{variable} -> {point}"
            sign = "\\lim" if style == 0 else "lim"
            return f"{sign}_{{{under}}} {body}", BINDER
        if head == "binomial" and self.style == 0:
            return f"\\binom{{{self.print(arguments[0], 0)}}}{{{self.print(arguments[1], 0)}}}", ATOM
        if head == "log_base" and self.style == 0:
            return f"\\log_{{{self.print(arguments[0], 0)}}}\\left({self.print(arguments[1], 0)}\\right)", ATOM
        name = "Gamma" if head == "gamma" else head
        if self.style == 0:
            name = _LATEX_NAMES.get(head, f"\\{head}" if head in _BACKSLASHED else f"\\operatorname{{{head}}}")
        listed = ", ".join(self.print(part, 0) for part in arguments)
        return (f"{name}\\left({listed}\\right)" if self.style == 0 else f"{name}({listed})"), ATOM


def _bracketed(text: str, style: int) -> str:
    return f"\\left({text}\\right)" if style == 0 else f"({text})"


def _as_function(body: Term, variable: Term) -> bool:
    """Whether a term is one function of the variable as it stands."""
    if not isinstance(body, Apply) or body.arguments[-1] != variable:
        return False
    before = body.arguments[:-1]
    known = body.head in ELEMENTARY or body.head in {"apply", "partial", "gradient"}
    return known and variable not in {symbol for part in before for symbol in free_symbols(part)}


def _reaches_on(term: Term) -> bool:
    """Whether what is written ends with an operand that would take the factors behind it: a sum, a derivative."""
    if not isinstance(term, Apply):
        return False
    if term.head == "notation":
        name = term.arguments[0]
        return isinstance(name, Symbol) and name.name.endswith("*") and not name.name.startswith("#")
    return term.head in {"derivative", "sum", "product", "integral", "limit"}


def _is_slope(term: Term) -> bool:
    """Whether a term is a notation of a derivative."""
    name = term.arguments[0] if isinstance(term, Apply) and term.head == "notation" else None
    return isinstance(name, Symbol) and _SLOPE.fullmatch(name.name) is not None


def _is_quotient(term: Term) -> bool:
    """Whether a term is written with a slash in plain text."""
    if isinstance(term, Number):
        return term.value.denominator != 1
    return isinstance(term, Apply) and (term.head in {"/", "derivative"} or _is_slope(term))


_IN_BRACKETS_BELOW = frozenset({"+", "negate", "*", "/", "inner", "hadamard", "kronecker", "derivative", "sum", "product", "integral", "limit"})  # fmt: skip


def _goes_on_below(term: Term) -> bool:
    """Whether one could take what stands behind a quotient for factors below: (1/n) n; but 1/2 x and 1/(2 pi) x."""
    if not isinstance(term, Apply) or term.head != "/":
        return _is_slope(term)
    below = term.arguments[1]
    return not isinstance(below, Number) and not (isinstance(below, Apply) and below.head in _IN_BRACKETS_BELOW)


def _needs_brackets_above(term: Term) -> bool:
    """Whether a numerator is a quotient, or a product which one could take to be divided in its last factor only."""
    if not isinstance(term, Apply) or term.head != "*":
        return _is_quotient(term)
    return len(term.arguments) > 2 or any(map(_is_quotient, term.arguments))


def _is_member(term: Term) -> bool:
    """Whether a term is a member of an indexed family."""
    return isinstance(term, Apply) and term.head == "apply" and _is_family(term.arguments[0])


def _is_raised(text: str) -> bool:
    """Whether a text has an exponent or an upper index outside of brackets."""
    depth = 0
    for character in text:
        depth += {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}.get(character, 0)
        if character == "^" and depth == 0:
            return True
    return False


def _together(text: str) -> str:
    """What stands behind a d, in brackets unless it is one name."""
    return text if re.fullmatch(r"[^\s()]+|[^\s(){}]+\{[^{}]*\}|\(.*\)", text) else f"({text})"


def _raised_to(name: str, count: str) -> str:
    if count == "1":
        return name
    return f"({name})^{count}" if _is_raised(name) else f"{name}^{count}"


# \frac{d #1*}{d#2}, \frac{\partial^2 #1*}{\partial #2 \partial #3}, \frac{d^{#3} #1}{d #2^{#3}}
_SLOPE = re.compile(
    r"\\frac\{(?P<sign>d|\\partial)(?:\^\d+|\^\{#(?P<times>\d+)\})? #1\*?\}\{(?P<below>(?:(?:d|\\partial) ?#\d+(?:\^\{#\d+\})? ?)+)\}"
)
_AT_POINT = re.compile(r"\\left\.#1\\right\|_\{#2 = #3\}")
_UNNAMED = "\\mathrm{at}"  # what a derivative such as \tanh'(x) is taken by


_BINDERS = frozenset({"sum", "product", "integral", "limit", "forall"})


def _would_go_on(term: Term, summands: tuple[Term, ...], index: int) -> bool:
    """Whether a sum or the like in this place of a sum could be taken to hold what is behind it, because its variable occurs there."""
    while isinstance(term, Apply) and term.head in {"*", "negate"}:
        term = term.arguments[-1]
    if not isinstance(term, Apply) or term.head not in _BINDERS:
        return False
    variable = term.arguments[1]
    assert isinstance(variable, Symbol)
    return any(_shows(part, variable.name) for part in summands[index + 1 :])


def _shows(term: Term, letter: str) -> bool:
    """Whether a letter stands in a term, where no sum or the like is over it."""
    if isinstance(term, Symbol):
        return letter in _LETTERS.findall(term.name)
    if not isinstance(term, Apply):
        return False
    bound = term.head in _BINDERS and isinstance(term.arguments[1], Symbol) and term.arguments[1].name == letter
    return any(_shows(part, letter) for part in (term.arguments[2:] if bound else term.arguments))


def _ends_with_name(term: Term) -> bool:
    """Whether a bracket behind what is written could be taken for its argument."""
    return isinstance(term, Symbol) or (isinstance(term, Apply) and term.head == "entry")


def _is_family(term: Term) -> bool:
    """Whether a function is an indexed family: of integers."""
    return (
        isinstance(term, Symbol)
        and isinstance(term.sort, Function)
        and all(argument == INTEGER for argument in term.sort.arguments)
    )


def _is_of_one_number(term: Term) -> bool:
    """Whether a term is a function of one number, the derivative of which is f'."""
    return (
        isinstance(term, Symbol)
        and isinstance(term.sort, Function)
        and len(term.sort.arguments) == 1
        and is_scalar(term.sort.arguments[0])
    )


def _is_relation(term: Term) -> bool:
    return isinstance(term, Apply) and term.head in _RELATIONS


_PLAIN_SIGNS = {
    "\\mid": "|",
    "\\|": "||",
    "\\left": "",
    "\\right": "",
    "\\langle": "<",
    "\\rangle": ">",
    "\\le": "<=",
    "\\ge": ">=",
    "\\neq": "!=",
    "\\sim": "~",
    "\\cdot": ".",
    "\\ldots": "...",
    "\\,": "",
    "\\;": "",
    "\\{": "{",
    "\\}": "}",
    "\\infty": "infinity",
    "\\land": "and",
    "\\wedge": "and",
    "\\lor": "or",
    "\\vee": "or",
    "\\cap": "∩",
    "\\cup": "∪",
    "\\setminus": "\\",
    "\\backslash": "\\",
    "\\to": "->",
    "\\mapsto": "|->",
    "\\notin": "not in",
    "\\dots": "...",
    "\\cdots": "...",
    "\\vdots": "...",
    "\\ddots": "...",
    "\\circ": "∘",
    "\\bullet": "•",
    "\\pm": "±",
    "\\mp": "∓",
    "\\odot": "⊙",
    "\\otimes": "⊗",
    "\\oplus": "⊕",
    "\\partial": "∂",
    "\\nabla": "grad",
    "\\emptyset": "{}",
}


def _braced(text: str) -> str:
    """A bound in plain text, in braces unless it is one word without an index."""
    return text if re.fullmatch(r"[^\W_]+", text) else f"{{{text}}}"


# What is taken of all that follows: the sign of a sum, an integral, a limit or an extremum.
_BINDER = re.compile(r"\\(?:sum|prod|i{0,3}o?int|lim|bigcup|bigcap|max|min|operatorname\{arg)")


_OF_BEST = re.compile(r"\\(?:operatorname\{arg)?(?:min|max|sup|inf)\}?_\{#3\} #1\*")


def _is_over_all(arguments: tuple[Term, ...]) -> bool:
    """Whether a best value is sought in a set that is the whole sort of its variable, which leaves no condition on it."""
    name = arguments[0]
    assert isinstance(name, Symbol)
    return _OF_BEST.fullmatch(name.name) is not None and arguments[3] == arguments[2]


def _space(variable: Term) -> str:
    """The set of all values of a variable: R, Z, R^n, R^{n times m}."""
    sort = sort_of(variable.body if isinstance(variable, Lambda) else variable)
    if not isinstance(sort, Matrix):
        return {"integer": "Z", "rational": "Q", "complex": "C"}.get(str(sort), "R")
    size = str(sort.rows) if sort.columns == 1 else f"{sort.rows} times {sort.columns}"
    return f"R^{size}" if size.isalnum() else f"R^{{{size}}}"


_RAISED = re.compile(r"\{#1\*\}\^|#1\*\^")
_OF_SETS = re.compile(r"#1\* (\\[a-z]+) #2\*")


def _is_beside(term: Term, match: re.Match[str]) -> bool:
    """Whether one could take an argument that stands in a row of factors, #1* #2* ... #3*, for one that goes on in the next, or is divided by it."""
    before, behind = match.string[: match.start()].rstrip(), match.string[match.end() :].lstrip()
    follows = behind.startswith(("#", "..."))
    return (follows and _reaches_on(term)) or (_is_slope(term) and (follows or before.endswith(("*", "..."))))


def _operation_of_sets(arguments: tuple[Term, ...]) -> str:
    """The sign between two sets; empty for what is no operation on two."""
    name = arguments[0] if arguments else None
    match = _OF_SETS.fullmatch(name.name) if isinstance(name, Symbol) else None
    return match.group(1) if match is not None else ""


def _arguments_of_notation(term: Term) -> tuple[Term, ...]:
    return term.arguments if isinstance(term, Apply) and term.head == "notation" else ()


def _is_sum(template: str) -> bool:
    """Whether a notation is written as a sum, outside of brackets: #1 + \\cdots + #2."""
    depth = 0
    for position, character in enumerate(template):
        depth += {"{": 1, "(": 1, "[": 1, "}": -1, ")": -1, "]": -1}.get(character, 0)
        if depth == 0 and character in "+-" and template[position - 1 : position] == " ":
            return True
    return False


def _plain_notation(template: str) -> str:
    """How a notation is written, without LaTeX; the places of its arguments stay."""
    environment = re.fullmatch(r"\\begin\{(bmatrix|cases)\} (.*) \\end\{\1\}", template)
    if environment is not None:
        rows = [
            re.sub(r"\s*&\s*", ", " if environment.group(1) == "bmatrix" else " if ", row)
            for row in environment.group(2).split(" \\\\ ")
        ]
        listed = "; ".join(_plain_notation(row) for row in rows).replace(" if otherwise", " otherwise")
        return f"[{listed}]" if environment.group(1) == "bmatrix" else f"{{{listed}}}"
    template = re.sub(r"\\(?:left|right)(?:\.|(?![A-Za-z]))", "", template)
    template = re.sub(r"\\frac\{([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}\{([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}", r"\1/\2", template)
    template = re.sub(r"\\pmod\{([^{}]*)\}", r"(mod \1)", template)
    text = with_faces(re.sub(r"\\operatorname\{([^{}]*)\}", r"\1", template), current().apart)
    text = _without_accents(text)
    text = re.sub(r"\\(?:[A-Za-z]+|.)", lambda match: _PLAIN_SIGNS.get(match.group(), match.group()[1:]), text)
    return re.sub(r"([_^])\{([A-Za-z0-9]+)\}", r"\1\2", re.sub(" +", " ", text))


_SIGNS_IN_NAMES = re.compile(r"(\\(?:bullet|circ|pm|mp))(?![A-Za-z]) ?")


def _without_accents(name: str) -> str:
    """x_hat of \\hat{x}, x_hat_bar of \\bar{\\hat{x}}."""
    before = ""
    while before != name:
        before, name = name, re.sub(r"\\(hat|bar|tilde)\{([^{}\\]*|\\[A-Za-z]+)\}", r"\2_\1", name)
    return name


def plain_name(name: str) -> str:
    """A name without LaTeX: w_k of \\vec{w}_{k}, and w_{k+1} of \\vec{w}_{k+1}, since w_k+1 would be a sum."""
    return _plain_name(name, current().apart)


@lru_cache(maxsize=1_000)
def _plain_name(name: str, apart: frozenset[str]) -> str:
    text = _without_accents(with_faces(name, apart))
    text = text.replace("d ", "d", 1) if text.startswith("d ") else text
    text = _SIGNS_IN_NAMES.sub(lambda match: _PLAIN_SIGNS[match.group(1)], text)
    text = re.sub(r"(?<=[\w)}])\\cdot ?(?=[\w(\\])", "*", re.sub(r"\s*\\times\s*", " times ", text)).replace("\\", "")
    return re.sub(r"_\{(\w{1,3})\}(?![A-Za-z0-9])", r"_\1", text)  # a_{n_{1}2} is not a_{n_12}


def ordinal(order: int) -> str:
    """The order of an approximation in words."""
    return {0: "zeroth", 1: "first", 2: "second", 3: "third"}.get(order, f"{order}th")


def remainder(variable: Term, base: Term, order: int) -> str:
    """What an approximation leaves out, in plain text: o(|w - w_k|)."""
    start = "" if isinstance(base, Constant) or base == Number(Fraction(0)) else f" - {plain(base)}"
    return f"o(|{plain(variable)}{start}|{'' if order == 1 else f'^{order}'})"


def agreement(variable: Term, base: Term, order: int) -> str:
    """What a proved approximation says."""
    return f"equal to {ordinal(order)} order, with remainder {remainder(variable, base, order)}"


def plain_sort(sort: object) -> str:
    """A sort for people."""
    return str(sort)


__all__ = ["agreement", "latex", "ordinal", "plain", "plain_name", "plain_sort", "remainder"]
