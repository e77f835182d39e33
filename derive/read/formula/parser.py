"""The parser: tokens of a formula to statements (R1-R7 of elaboration.md), and these to syntax trees.

First the formula is cut into statements at depth 0 (words, arrows, rows), then each into the members of a chain, then each member is parsed by
precedence. The rule of refusal: an unknown control word, an unread tail or an ambiguous notation is `Unread` at its offset.
"""

from __future__ import annotations

from dataclasses import dataclass

from derive.language.document import Statement, Unread
from derive.language.spelling import FONTS, FUNCTIONS, GREEK, GREEK_UNICODE, WORDS
from derive.language.syntax import RELATION_WORDS, Node, UnreadError
from derive.read.formula.tokens import Token, tokens

MAXIMUM_NESTING = 60
_OPEN = {"(": ")", "[": "]", "{": "}", "\\{": "\\}", "\\langle": "\\rangle"}
_CLOSE = frozenset(_OPEN.values())
_ARROWS = {"\\implies": "implies", "\\Rightarrow": "implies", "\\Longrightarrow": "implies", "\\rightarrow": "implies", "\\therefore": "therefore", "\\because": "so", "\\iff": "iff", "\\Leftrightarrow": "iff", "\\Longleftrightarrow": "iff"}  # fmt: skip
_ROWS = frozenset({"aligned", "align", "split", "gather", "gathered", "eqnarray", "equation", "multline", "alignedat"})
_MATRICES = frozenset({"matrix", "bmatrix", "pmatrix", "Bmatrix", "smallmatrix", "vmatrix", "Vmatrix"})
_FRACTIONS = frozenset({"\\frac", "\\dfrac", "\\tfrac", "\\cfrac"})
_DOTS = {"\\cdot": "\\cdot", "\\bullet": "\\bullet", "\\times": "\\times", "*": "\\cdot", "\\ast": "\\cdot"}
_BINDERS = {"\\sum": "sum", "\\prod": "product-over"}
_LOGIC = (("\\iff", "\\Leftrightarrow", "\\Longleftrightarrow"), ("\\implies", "\\Rightarrow", "\\Longrightarrow", "\\impliedby"), ("\\lor", "\\vee", "or"), ("\\land", "\\wedge", "and"))  # fmt: skip
# Letters that are operators before a bracket: expectation and probability.
_OPERATOR_LETTERS = frozenset({"E", "\\mathbb{E}", "\\mathbf{E}", "\\mathbb{P}", "\\mathbb{V}"})
_NEGATIONS = frozenset({"\\neg", "\\lnot"})


@dataclass(slots=True)
class _Piece:
    """A run of tokens that is one statement, with what introduces it."""

    tokens: list[Token]
    connector: str
    mark: str


def read_formula(
    latex: str, offset: int, functions: frozenset[str], claims: bool = False, bare: frozenset[str] = frozenset()
) -> tuple[Statement | Unread, ...]:
    """The statements of a formula in order; what is not understood is `Unread`, the rest is kept. With `claims`, arrows are connectives."""
    try:
        found = tokens(latex, offset)
    except UnreadError as error:
        return (Unread(error.offset, offset, offset + len(latex), latex, error.message, error.code),)
    parts: list[Statement | Unread] = []
    for piece in _pieces(found, claims):
        start, end = piece.tokens[0].start, piece.tokens[-1].end
        if len(piece.tokens) == 1 and piece.tokens[0].text in RELATION_WORDS:
            continue  # a sign spoken of in prose
        text = latex[start - offset : end - offset]
        try:
            node = _statement(piece.tokens, functions, bare, claims)
        except UnreadError as error:
            parts.append(Unread(error.offset, start, end, text, error.message, error.code))
            continue
        except RecursionError:
            parts.append(
                Unread(start, start, end, text, "nested too deep; write it with fewer brackets", "nested-too-deep")
            )
            continue
        leading = node.kind == "chain" and node.children[0].kind == "missing"
        parts.append(Statement(node, start, end, text, piece.connector, piece.mark, leading))
    return tuple(parts)


# --- statements ----------------------------------------------------------------------------------------------------------


def _pieces(found: list[Token], claims: bool) -> list[_Piece]:
    """R2: cut at depth 0 at words, arrows, rows and `\\&`; after a row or `\\&` the mood goes on."""
    pieces: list[_Piece] = []
    current: list[Token] = []
    connector, mark, depth = "", "", 0

    def flush(next_connector: str = "", next_mark: str | None = None) -> None:
        nonlocal current, connector, mark
        trimmed = _trimmed(current)
        if trimmed:
            pieces.extend(_Piece(part, connector, mark) for part in _at_commas(trimmed))
            connector = ""
        elif next_connector == "":
            next_connector = connector
        connector = next_connector
        mark = mark if next_mark is None else next_mark
        current = []

    for index, token in enumerate(found[:-1]):
        if token.kind == "begin" and token.text in _ROWS and depth == 0:
            continue
        if token.kind == "close" and token.text in _ROWS and depth == 0:
            continue
        if token.kind == "begin" or token.text in _OPEN:
            depth += 1
        elif token.kind == "close" or token.text in _CLOSE:
            depth = max(0, depth - 1)
        if depth == 0 and not (current and current[-1].text in {"_", "^"}):
            following = next((one for one in found[index + 1 :] if one.text != "&"), found[-1])
            if token.text == "&":
                continue
            if token.text == "\\\\":
                if following.text in {"+", "-", "\\cdot", "\\times"} and current:
                    continue
                flush()
                continue
            if token.text == "\\&":
                flush()
                continue
            if token.text in _ARROWS and not (claims and token.text != "\\therefore"):
                flush(_ARROWS[token.text], "")
                continue
            if token.kind == "text" and not (claims and token.text.lower() in {"or", "and", "true", "false"}):
                word = _word(token.text)
                if word is None and token.text in FUNCTIONS:
                    current.append(token)
                    continue
                if word == "or":
                    current.append(token)
                    continue
                flush(
                    "so" if word == "so" else "",
                    None if word == "and" else "" if word in {None, "so", "then"} else word,
                )
                continue
        current.append(token)
    flush()
    return pieces


def _word(text: str) -> str | None:
    """The meaning of words inside a formula, by the first or last of them that is known."""
    words = text.lower().replace(",", " ").replace(".", " ").split()
    for word in (*words[-1:], *words[:1]):
        if word in WORDS:
            return WORDS[word]
    return None


def _trimmed(found: list[Token]) -> list[Token]:
    """Without trailing punctuation and leading commas."""
    begin, end = 0, len(found)
    while begin < end and found[begin].text in {",", ";", "&"}:
        begin += 1
    while end > begin and found[end - 1].text in {",", ".", ";", "?", "&", ":"}:
        end -= 1
    return found[begin:end]


def _split(found: list[Token], signs: frozenset[str] | set[str]) -> list[list[Token]]:
    """The runs between the given tokens at depth 0."""
    runs: list[list[Token]] = [[]]
    depth = 0
    for index, token in enumerate(found):
        if token.kind == "begin" or token.text in _OPEN:
            depth += 1
        elif token.kind == "close" or token.text in _CLOSE:
            depth -= 1
        after_script = index > 0 and found[index - 1].text in {"_", "^"}
        if depth == 0 and token.text in signs and not after_script and token.kind not in {"close"}:
            runs.append([])
        else:
            runs[-1].append(token)
    return runs


def _at_commas(found: list[Token]) -> list[list[Token]]:
    """Statements separated by commas: only where each piece has a relation of its own, or none has."""
    runs = [run for run in (_trimmed(run) for run in _split(found, {",", ";"})) if run]
    with_relation = [len(_split(run, set(RELATION_WORDS))) > 1 for run in runs]
    if len(runs) > 1 and (all(with_relation) or not any(with_relation)):
        return runs
    return [found]


def _statement(found: list[Token], functions: frozenset[str], bare: frozenset[str], claims: bool) -> Node:
    """A connective, a chain, or a bare expression."""
    for signs, kind in zip(_LOGIC, ("iff", "implies", "or", "and"), strict=True):
        runs = _split(found, set(signs))
        if len(runs) > 1:
            if any(not run for run in runs):
                raise UnreadError(found[0].start, "a connective without its statement", "missing-statement")
            parts = [_statement(run, functions, bare, claims) for run in runs]
            if kind in {"iff", "implies"} and len(parts) != 2:
                raise UnreadError(found[0].start, "a chain of arrows: write one statement for each", "arrow-chain")
            if any(token.text == "\\impliedby" for token in found):
                parts.reverse()
            return Node(kind, tuple(parts), found[0].start, found[-1].end)
    if found[0].text in _NEGATIONS and len(found) > 1:
        return Node("not", (_statement(found[1:], functions, bare, claims),), found[0].start, found[-1].end)
    if len(found) == 1 and found[0].kind == "text" and found[0].text.lower() in {"true", "false"}:
        return Node("constant", (), found[0].start, found[0].end, found[0].text.lower())
    if _wrapped(found) and len(_split(found[1:-1], set(RELATION_WORDS))) > 1:
        return _statement(found[1:-1], functions, bare, claims)
    return _chain(found, functions, bare)


def _wrapped(found: list[Token]) -> bool:
    """Whether one pair of parentheses holds everything."""
    if len(found) < 3 or found[0].text not in {"(", "["} or found[-1].text not in {")", "]"}:
        return False
    depth = 0
    for index, token in enumerate(found):
        if token.kind == "begin" or token.text in _OPEN:
            depth += 1
        elif token.kind == "close" or token.text in _CLOSE:
            depth -= 1
            if depth == 0:
                return index == len(found) - 1
    return False


def _chain(found: list[Token], functions: frozenset[str], bare: frozenset[str]) -> Node:
    words: list[str] = []
    runs: list[list[Token]] = [[]]
    depth = 0
    for index, token in enumerate(found):
        if token.kind == "begin" or token.text in _OPEN:
            depth += 1
        elif token.kind == "close" or token.text in _CLOSE:
            depth -= 1
        if depth == 0 and token.text in RELATION_WORDS and not (index and found[index - 1].text in {"_", "^"}):
            words.append(RELATION_WORDS[token.text])
            runs.append([])
        elif depth == 0 and token.text == "\\not":
            raise UnreadError(token.start, "write \\neq or \\notin for a negated sign", "negated-relation")
        else:
            runs[-1].append(token)
    if not words:
        return _expression(found, functions, bare)
    members: list[Node] = []
    for index, run in enumerate(runs):
        if not run:
            if index == 0:
                members.append(Node("missing", (), found[0].start, found[0].start))
                continue
            raise UnreadError(found[-1].end, "a relation sign without its right side", "missing-side")
        members.append(_expression(run, functions, bare))
    return Node("chain", tuple(members), found[0].start, found[-1].end, " ".join(words))


def _expression(run: list[Token], functions: frozenset[str], bare: frozenset[str]) -> Node:
    if len(run) == 1 and run[0].kind == "text" and run[0].text.lower() in {"true", "false"}:
        return Node("constant", (), run[0].start, run[0].end, run[0].text.lower())
    parser = _Parser([*run, Token("end", "", run[-1].end, run[-1].end)], functions, bare)
    node = parser.sum()
    parser.expect_end()
    # Brackets around the whole are no node of their own, but belong to its span.
    return Node(node.kind, node.children, run[0].start, run[-1].end, node.value, node.key)


# --- expressions -----------------------------------------------------------------------------------------------------------


class _Parser:
    def __init__(self, found: list[Token], functions: frozenset[str], bare: frozenset[str]) -> None:
        self.found = found
        self.index = 0
        self.functions = functions
        self.bare = bare
        self.bars: list[str] = []
        self.integrals = 0
        self.nesting = 0

    @property
    def token(self) -> Token:
        return self.found[self.index]

    def ahead(self, count: int = 1) -> Token:
        return self.found[min(self.index + count, len(self.found) - 1)]

    def take(self) -> Token:
        token = self.found[self.index]
        if self.index < len(self.found) - 1:
            self.index += 1
        return token

    def expect(self, text: str) -> Token:
        if self.token.text != text:
            shown = self.token.text or "the end"
            raise UnreadError(self.token.start, f"'{text}' is expected here, not '{shown}'", "unbalanced")
        return self.take()

    def expect_end(self) -> None:
        if self.token.kind != "end":
            raise self.unknown(self.token)

    def unknown(self, token: Token) -> UnreadError:
        if token.kind == "command":
            return UnreadError(token.start, f"the control word {token.text} is not known here", "unknown-macro")
        if token.kind == "end":
            return UnreadError(token.start, "something is missing at the end", "missing")
        if token.kind == "operator":
            return UnreadError(token.start, f"the operator {token.text} is not known here", "unknown-function")
        if token.kind == "text":
            return UnreadError(token.start, f"the words '{token.text}' inside an expression", "words")
        return UnreadError(token.start, f"'{token.text}' is not understood here", "unread-tail")

    # --- sums and products ----------------------------------------------------------------------------------------------------

    def sum(self) -> Node:
        self.nesting += 1
        if self.nesting > MAXIMUM_NESTING:
            raise UnreadError(self.token.start, "nested too deep; write it with fewer brackets", "nested-too-deep")
        parts: list[Node] = []
        start = self.token.start
        while True:
            sign = self.token.text if self.token.text in {"+", "-", "−", "\\pm", "\\mp"} else ""
            if not parts and not sign:
                parts.append(self.product())
            elif sign:
                begin = self.take().start
                operand = self.product()
                if sign in {"\\pm", "\\mp"}:
                    before = self._joined(parts, start)
                    kids = (operand,) if before is None else (before, operand)
                    parts = [Node("plus-minus", kids, start, operand.end, sign)]
                elif sign == "+":
                    parts.append(operand)
                else:
                    parts.append(Node("negate", (operand,), begin, operand.end))
            else:
                break
        self.nesting -= 1
        node = self._joined(parts, start)
        assert node is not None
        return node

    def _joined(self, parts: list[Node], start: int) -> Node | None:
        if len(parts) < 2:
            return parts[0] if parts else None
        return Node("+", tuple(parts), start, parts[-1].end)

    def product(self) -> Node:
        left = self.juxtaposition()
        while True:
            token = self.token
            if token.text in _DOTS:
                self.take()
                sign_start = self.token.start
                right = self.juxtaposition() if self.token.text != "-" else self._negated(sign_start)
                left = Node("dot", (left, right), left.start, right.end, _DOTS[token.text])
            elif token.text in {"\\odot", "\\otimes"}:
                self.take()
                right = self.juxtaposition()
                left = Node("hadamard" if token.text == "\\odot" else "kronecker", (left, right), left.start, right.end)
            elif token.text in {"/", "\\div"}:
                self.take()
                right = self.juxtaposition()
                if right.kind == "product":
                    raise UnreadError(
                        token.start, "a slash before several factors: write \\frac or brackets", "ambiguous-fraction"
                    )
                left = Node("/", (left, right), left.start, right.end)
            else:
                return left

    def _negated(self, start: int) -> Node:
        self.take()
        operand = self.juxtaposition()
        return Node("negate", (operand,), start, operand.end)

    def juxtaposition(self) -> Node:
        parts = [self.factor()]
        while self._begins_factor():
            if self.token.kind == "number" and parts[-1].kind == "number":
                raise UnreadError(self.token.start, "two numbers side by side", "adjacent-numbers")
            parts.append(self.factor())
        if len(parts) == 1:
            return parts[0]
        return Node("product", tuple(parts), parts[0].start, parts[-1].end)

    def _begins_factor(self) -> bool:
        token = self.token
        if token.kind in {"number", "begin", "operator"}:
            return True
        if token.kind == "letter":
            return not (self.integrals and token.text == "d" and self.ahead().kind in {"letter", "command"})
        if token.kind == "text":
            return token.text in FUNCTIONS or token.text == "d"
        if token.text in {"|", "||"}:
            return token.text not in self.bars and self.ahead().text != "_"
        if token.text in {"(", "[", "{", "\\{", "\\langle"}:
            return True
        if token.kind == "command":
            name = token.text[1:]
            return (
                name in GREEK or name in FONTS or name in FUNCTIONS or token.text in _FRACTIONS or token.text in _BINDERS
                or name in {"varDelta", "sqrt", "pi", "infty", "nabla", "int", "lim", "binom", "imath", "partial"}
            )  # fmt: skip
        return token.text in GREEK_UNICODE

    # --- factors ----------------------------------------------------------------------------------------------------------------

    def factor(self) -> Node:
        node = self.primary()
        while True:
            token = self.token
            if token.text == "^":
                node = self._superscript(node)
            elif token.text.startswith("'") and token.kind == "symbol":
                self.take()
                node = self._applied(Node("prime", (node,), node.start, token.end, token.text))
            elif token.text == "!":
                self.take()
                node = Node("factorial", (node,), node.start, token.end)
            elif token.text == "|" and self.ahead().text == "_" and "|" not in self.bars:
                node = self._evaluated(node)
            elif token.text == "_":
                raise UnreadError(token.start, "a subscript on an expression", "subscript")
            else:
                return node

    def _superscript(self, base: Node) -> Node:
        self.take()
        token = self.token
        group = [token]
        if token.text == "{":
            group = self._group_tokens()
        else:
            self.take()
        if not group:
            return base
        end = self.found[self.index - 1].end
        texts = [one.text for one in group]
        if texts in (["T"], ["\\top"], ["\\intercal"], ["t"]) and (texts != ["t"] or base.kind == "matrix"):
            return Node("transpose", (base,), base.start, end)
        if texts[0].startswith("'") or texts == ["\\prime"]:
            return self._applied(Node("prime", (base,), base.start, end, "'" * len(texts)))
        if texts[0] in {"*", "\\star", "\\dagger", "\\ast", "\\circ"} or (group[0].kind == "text" and texts != ["T"]):
            raise UnreadError(group[0].start, f"the superscript {texts[0]}", "superscript")
        if texts[0] in {"(", "["} and texts[-1] in {")", "]"} and base.kind == "name":
            inner = _Parser(
                [*group[1:-1], Token("end", "", group[-1].start, group[-1].start)], self.functions, self.bare
            )
            index = inner.sum()
            inner.expect_end()
            return self._applied(Node("superindex", (base, index), base.start, end))
        inner = _Parser([*group, Token("end", "", end, end)], self.functions, self.bare)
        inner.nesting = self.nesting
        exponent = inner.sum()
        inner.expect_end()
        return self._applied(Node("^", (base, exponent), base.start, end))

    def _group_tokens(self) -> list[Token]:
        """The tokens inside the braces that open here."""
        opening = self.expect("{")
        depth = 1
        inside: list[Token] = []
        while True:
            token = self.token
            if token.kind == "end":
                raise UnreadError(opening.start, "this brace is never closed", "unbalanced-brace")
            self.take()
            if token.text == "{":
                depth += 1
            elif token.text == "}":
                depth -= 1
                if depth == 0:
                    return inside
            inside.append(token)

    def _argument(self) -> Node:
        """A braced argument, or one token."""
        if self.token.text == "{":
            start = self.token.start
            inside = self._group_tokens()
            end = self.found[self.index - 1].end
            if not inside:
                raise UnreadError(start, "an empty argument", "missing-argument")
            inner = _Parser([*inside, Token("end", "", end, end)], self.functions, self.bare)
            inner.nesting = self.nesting
            node = inner.sum()
            inner.expect_end()
            return node
        if self.token.kind == "number" and len(self.token.text) > 1 and self.token.text.isdigit():
            token = self.token
            self.found[self.index] = token._replace(text=token.text[1:], start=token.start + 1)
            return Node("number", (), token.start, token.start + 1, token.text[0])
        if self.token.kind in {"number", "letter"}:
            token = self.take()
            if token.kind == "number":
                return Node("number", (), token.start, token.end, token.text)
            return Node("name", (), token.start, token.end, token.text, token.text)
        return self.primary()

    def _evaluated(self, body: Node) -> Node:
        self.take()
        self.take()
        start = self.token.start
        group = self._group_tokens() if self.token.text == "{" else [self.take()]
        end = self.found[self.index - 1].end
        bindings: list[Node] = []
        for run in _split(group, {","}):
            sides = _split(run, {"="})
            if len(sides) != 2 or not all(sides):
                raise UnreadError(start, "an evaluation bar without x = a", "evaluation-bar")
            left, right = (_expression(side, self.functions, self.bare) for side in sides)
            bindings.append(Node("chain", (left, right), left.start, right.end, "="))
        return Node("at", (body, *bindings), body.start, end)

    # --- names and application ----------------------------------------------------------------------------------------------------

    def _applied(self, head: Node) -> Node:
        """name', name^{(n)} or name^e before a bracket, the name being a function."""
        base = head.children[0] if head.kind in {"prime", "superindex", "^"} else head
        while base.kind in {"prime", "superindex"}:
            base = base.children[0]
        if self.token.text == "(" and base.kind == "name" and (base.key in self.functions or head.kind in {"prime"}):
            if head.kind == "^" and head.children[1].kind == "negate":
                raise UnreadError(head.start, "an inverse function or a reciprocal?", "ambiguous-inverse")
            return self._call(head)
        return head

    def _call(self, head: Node) -> Node:
        arguments, end = self._bracketed_list()
        return Node("call", (head, *arguments), head.start, end)

    def _bracketed_list(self) -> tuple[list[Node], int]:
        opening = self.take()
        closing = _OPEN[opening.text]
        saved, self.bars = self.bars, []
        arguments = [self.sum()]
        while self.token.text in {",", ";"}:
            self.take()
            arguments.append(self.sum())
        end = self.expect(closing).end
        self.bars = saved
        return arguments, end

    def name(self) -> Node:
        """A letter, a Greek letter or a decorated one, with its subscript."""
        start = self.token.start
        base, subscript = self._base()
        end = self.found[self.index - 1].end
        while self.token.text == "_":
            if subscript:
                raise UnreadError(self.token.start, "a second subscript", "subscript")
            self.take()
            subscript = self._subscript()
            end = self.found[self.index - 1].end
        key = f"{base}_{{{subscript}}}" if subscript else base
        kids = (Node("text", (), start, end, subscript),) if subscript else ()
        return Node("name", kids, start, end, base, key)

    def _base(self) -> tuple[str, str]:
        token = self.take()
        if token.kind == "letter":
            return token.text, ""
        if token.text in GREEK_UNICODE:
            return "\\" + GREEK_UNICODE[token.text], ""
        if token.kind == "text":
            return f"\\text{{{token.text}}}", ""
        name = token.text[1:]
        if name == "varDelta" or name in GREEK:
            return "\\Delta" if name == "varDelta" else token.text, ""
        if name in FONTS:
            return self._decorated(name)
        raise self.unknown(token)

    def _decorated(self, font: str) -> tuple[str, str]:
        if self.token.text == "{":
            start = self.token.start
            inside = self._group_tokens()
            end = self.found[self.index - 1].end
            if not inside:
                raise UnreadError(start, "an accent over nothing", "missing-argument")
            inner = _Parser([*inside, Token("end", "", end, end)], self.functions, self.bare)
            if len(inside) > 1 and all(one.kind == "letter" for one in inside):
                return f"\\{font}{{{''.join(one.text for one in inside)}}}", ""
            node = inner.name()
            inner.expect_end()
            return f"\\{font}{{{node.value}}}", node.children[0].value if node.children else ""
        if self.token.kind == "letter" or self.token.text in GREEK_UNICODE or self.token.kind == "command":
            base, subscript = self._base()
            return f"\\{font}{{{base}}}", subscript
        raise self.unknown(self.token)

    def _subscript(self) -> str:
        """The canonical text of a subscript."""
        group = self._group_tokens() if self.token.text == "{" else [self.take()]
        parts: list[str] = []
        for token in group:
            if token.kind == "end" or token.text in {"^", "_", "=", "&"} or token.kind in {"begin", "close"}:
                raise UnreadError(token.start, "this subscript", "subscript")
            parts.append("\\Delta" if token.text == "\\varDelta" else token.text)
        return "".join(parts)

    # --- primaries ------------------------------------------------------------------------------------------------------------------

    def primary(self) -> Node:
        token = self.token
        if token.kind == "number":
            self.take()
            return Node("number", (), token.start, token.end, token.text)
        if token.kind == "text" and token.text in FUNCTIONS:
            return self._function()
        if token.kind == "letter" or token.text in GREEK_UNICODE:
            return self._named()
        if token.text in {"(", "[", "{"}:
            return self._group()
        if token.text == "|":
            return self._between("|", "abs")
        if token.text == "||":
            return self._between("||", "norm")
        if token.kind == "begin":
            return self._matrix()
        if token.text == "\\langle":
            arguments, end = self._bracketed_list()
            if len(arguments) != 2:
                raise UnreadError(token.start, "angle brackets hold two vectors", "inner")
            return Node("inner", tuple(arguments), token.start, end)
        if token.kind != "command":
            raise self.unknown(token)
        name = token.text[1:]
        if token.text in _FRACTIONS:
            return self._fraction()
        if name == "sqrt":
            return self._root()
        if name in {"pi", "infty"}:
            self.take()
            if self.token.text == "_":
                raise UnreadError(token.start, f"{token.text} with a subscript", "subscript")
            return Node("constant", (), token.start, token.end, "pi" if name == "pi" else "infinity")
        if name in FUNCTIONS and name not in FONTS:
            return self._function()
        if token.text in _BINDERS:
            return self._binder()
        if name == "binom":
            self.take()
            above, below = self._argument(), self._argument()
            return Node("binomial", (above, below), token.start, self.found[self.index - 1].end)
        if name == "nabla":
            return self._nabla()
        if name == "int":
            return self._integral()
        if name == "lim":
            return self._limit()
        if name in GREEK or name in FONTS or name == "varDelta":
            return self._named()
        raise self.unknown(token)

    def _named(self) -> Node:
        start = self.token.start
        if self.token.text == "e" and self.ahead().text == "^":
            token = self.take()
            return Node("constant", (), token.start, token.end, "e")
        node = self.name()
        if node.key == "\\Delta" and self.token.kind == "letter":
            other = self.name()
            node = Node("name", other.children, start, other.end, f"\\Delta {other.value}", f"\\Delta {other.key}")
        opens = self.token.text in {"(", "["} and node.key not in self.functions
        if opens and node.value in _OPERATOR_LETTERS and (self.token.text == "[" or node.value != "E"):
            message = f"an expectation or probability {node.key}: nothing is known about these yet"
            raise UnreadError(node.start, message, "probability")
        if self.token.text == "(":
            if node.key in self.functions:
                return self._call(node)
            if node.key not in self.bare or node.key == "\\Gamma":
                arguments, end = self._bracketed_list()
                if len(arguments) == 1:
                    return Node("ambiguous", (node, arguments[0]), node.start, end)
                raise UnreadError(
                    node.start,
                    f"{node.key} with several arguments is not declared as a function",
                    "ambiguous-application",
                )
        return node

    def _group(self) -> Node:
        opening = self.take()
        saved, self.bars = self.bars, []
        if opening.text == "{" and self.token.text == "}":
            raise UnreadError(opening.start, "an empty group", "missing-argument")
        node = self.sum()
        if self.token.text == "," and opening.text != "{":
            raise UnreadError(self.token.start, "a list in brackets as a value", "tuple")
        self.expect(_OPEN[opening.text])
        self.bars = saved
        return node

    def _between(self, bar: str, kind: str) -> Node:
        opening = self.take()
        self.bars.append(bar)
        node = self.sum()
        if self.token.text != bar:
            raise UnreadError(opening.start, "this bar is never closed", "unbalanced-bar")
        end = self.take().end
        self.bars.pop()
        if kind == "norm" and self.token.text == "_":
            self.take()
            order = self._argument()
            return Node("norm", (node, order), opening.start, order.end)
        if self.token.text == "_":
            raise UnreadError(self.token.start, "a subscript on an absolute value", "subscript")
        return Node(kind, (node,), opening.start, end)

    def _matrix(self) -> Node:
        opening = self.take()
        if opening.text not in _MATRICES:
            raise UnreadError(opening.start, f"the environment {opening.text} inside an expression", "environment")
        rows: list[Node] = []
        cells: list[Token] = []
        depth = 0
        while not (depth == 0 and self.token.kind == "close" and self.token.text == opening.text):
            token = self.token
            if token.kind == "end":
                raise UnreadError(opening.start, f"\\begin{{{opening.text}}} is never closed", "unbalanced-environment")
            depth += {"begin": 1, "close": -1}.get(token.kind, 0)
            cells.append(self.take())
        end = self.take().end
        for run in _split(cells, {"\\\\"}):
            if not run and rows:
                continue
            entries = [_expression(cell, self.functions, self.bare) for cell in _split(run, {"&"}) if cell]
            if len(entries) != len(_split(run, {"&"})):
                raise UnreadError(opening.start, "an empty entry in a matrix", "missing")
            rows.append(Node("row", tuple(entries), entries[0].start, entries[-1].end))
        node = Node("matrix", tuple(rows), opening.start, end, opening.text)
        if opening.text == "vmatrix":
            return Node("function", (node,), opening.start, end, "det")
        return Node("norm", (node,), opening.start, end) if opening.text == "Vmatrix" else node

    def _root(self) -> Node:
        start = self.take().start
        index: Node | None = None
        if self.token.text == "[":
            inside: list[Token] = []
            self.take()
            while self.token.text != "]" and self.token.kind != "end":
                inside.append(self.take())
            self.expect("]")
            index = _expression(inside, self.functions, self.bare) if inside else None
        radicand = self._argument()
        end = self.found[self.index - 1].end
        return Node("root", (radicand,) if index is None else (radicand, index), start, end)

    # --- functions ----------------------------------------------------------------------------------------------------------------

    def _function(self) -> Node:
        token = self.take()
        head = FUNCTIONS[token.text.lstrip("\\")]
        power: Node | None = None
        base: Node | None = None
        if self.token.text == "_":
            self.take()
            if head != "log":
                raise UnreadError(token.end, f"a subscript on {token.text}", "subscript")
            base = self._argument()
        if self.token.text == "^":
            self.take()
            power = self._argument()
            if power.kind == "negate":
                if head in {"sin", "cos", "tan"} and power.children[0].value == "1":
                    head, power = "arc" + head, None
                else:
                    raise UnreadError(token.start, "an inverse function or a reciprocal?", "ambiguous-inverse")
        arguments, end = self._function_arguments(token, head)
        node = Node(
            "function",
            (base, *arguments) if base is not None else tuple(arguments),
            token.start,
            end,
            "log_base" if base is not None else head,
        )
        return node if power is None else Node("^", (node, power), token.start, end)

    def _function_arguments(self, token: Token, head: str) -> tuple[list[Node], int]:
        """A bracket right behind the name is the argument; otherwise the juxtaposed factors up to a sign or another function name."""
        if self.token.text in {"(", "[", "\\{"}:
            arguments, end = self._bracketed_list()
            if len(arguments) > 1 and head not in {"min", "max"}:
                raise UnreadError(token.start, f"{token.text} of several arguments", "argument-count")
            if self.token.text in {"^", "!"}:
                raise UnreadError(
                    self.token.start, f"a power of the argument or of {token.text}?", "ambiguous-argument"
                )
            return arguments, end
        parts = [self.factor()]
        while self._begins_factor() and (self.token.text[1:] in FONTS or self.token.text.lstrip("\\") not in FUNCTIONS):
            parts.append(self.factor())
        if self.token.text == "/" or (len(parts) > 1 and head in {"det", "trace", "rank"}):
            raise UnreadError(
                self.token.start, f"how far does the argument of {token.text} go? use brackets", "ambiguous-argument"
            )
        if len(parts) > 1 and any(
            self.found[i].text in {"(", "["} for i in range(self.index) if self.found[i].start == parts[-1].start - 1
        ):
            raise UnreadError(
                parts[-1].start, f"how far does the argument of {token.text} go? use brackets", "ambiguous-argument"
            )
        node = parts[0] if len(parts) == 1 else Node("product", tuple(parts), parts[0].start, parts[-1].end)
        return [node], node.end

    def _binder(self) -> Node:
        token = self.take()
        variable: Node | None = None
        lower: Node | None = None
        upper: Node | None = None
        while self.token.text in {"_", "^"}:
            script = self.take().text
            group = self._group_tokens() if self.token.text == "{" else [self.take()]
            if script == "^":
                upper = _expression(group, self.functions, self.bare)
                continue
            sides = _split(group, {"="})
            if len(sides) != 2:
                raise UnreadError(token.start, "a sum whose bounds are not written i = a to b", "sum-bounds")
            variable, lower = (_expression(side, self.functions, self.bare) for side in sides)
        if variable is None or lower is None or upper is None:
            raise UnreadError(token.start, "a sum whose bounds are not written i = a to b", "sum-bounds")
        body = self.product()
        return Node(_BINDERS[token.text], (body, variable, lower, upper), token.start, body.end)

    def _integral(self) -> Node:
        token = self.take()
        bounds: dict[str, Node] = {}
        while self.token.text in {"_", "^"}:
            script = self.take().text
            bounds[script] = self._argument()
        self.integrals += 1
        body = self.sum()
        self.integrals -= 1
        if self.token.text != "d":
            raise UnreadError(token.start, "an integral without its dx", "integral")
        self.take()
        variable = self.name()
        kids = (body, variable, bounds["_"], bounds["^"]) if len(bounds) == 2 else (body, variable)
        return Node("integral", kids, token.start, variable.end)

    def _limit(self) -> Node:
        token = self.take()
        self.expect("_")
        group = self._group_tokens() if self.token.text == "{" else [self.take()]
        sides = _split(group, {"\\to", "\\rightarrow"})
        if len(sides) != 2 or not all(sides):
            raise UnreadError(token.start, "a limit without x \\to a", "limit")
        variable, point = (_expression(side, self.functions, self.bare) for side in sides)
        body = self.product()
        return Node("limit", (body, variable, point), token.start, body.end)

    # --- derivatives --------------------------------------------------------------------------------------------------------------

    def _fraction(self) -> Node:
        token = self.take()
        derivative = self._derivative(token)
        if derivative is not None:
            return derivative
        above, below = self._argument(), self._argument()
        return Node("/", (above, below), token.start, self.found[self.index - 1].end)

    def _derivative(self, token: Token) -> Node | None:
        """\\frac{\\partial L}{\\partial w}, \\frac{d}{dx} ..., of any order."""
        saved = self.index
        if self.token.text != "{":
            return None
        above = self._group_tokens()
        if not above or self.token.text != "{" or not _is_differential(above[0]):
            self.index = saved
            return None
        below = self._group_tokens()
        if len(below) < 2 or below[0].text != above[0].text:
            self.index = saved
            return None
        end = self.found[self.index - 1].end
        kind = "partial" if above[0].text == "\\partial" else "total"
        order, rest = 1, above[1:]
        if rest and rest[0].text == "^":
            order, rest = self._order(rest)
        variables = self._variables(below, above[0].text)
        if len(variables) != order:
            raise UnreadError(token.start, "a derivative whose orders do not fit", "derivative")
        if rest:
            body = _expression(rest, self.functions, self.bare)
        else:
            body = self.juxtaposition()
            end = body.end
        return Node("derivative", (body, *variables), token.start, end, kind)

    def _order(self, rest: list[Token]) -> tuple[int, list[Token]]:
        if len(rest) > 1 and rest[1].kind == "number":
            return int(rest[1].text), rest[2:]
        if len(rest) > 3 and rest[1].text == "{" and rest[2].kind == "number" and rest[3].text == "}":
            return int(rest[2].text), rest[4:]
        raise UnreadError(rest[0].start, "a derivative of symbolic order", "symbolic-order")

    def _variables(self, below: list[Token], sign: str) -> list[Node]:
        inner = _Parser([*below, Token("end", "", below[-1].end, below[-1].end)], self.functions, self.bare)
        found: list[Node] = []
        while inner.token.kind != "end":
            if inner.token.text != sign:
                raise inner.unknown(inner.token)
            inner.take()
            node = inner.name() if inner.token.text != "{" else inner._group()
            times = 1
            if inner.token.text == "^":
                scripted = inner._superscript(node)
                if scripted.kind == "transpose":
                    node = scripted
                elif (
                    scripted.kind == "^"
                    and scripted.children[1].kind == "number"
                    and scripted.children[1].value.isdigit()
                ):
                    times = int(scripted.children[1].value)
                else:
                    raise UnreadError(node.start, "a derivative of symbolic order", "symbolic-order")
            if times > 8:
                raise UnreadError(node.start, "a derivative of too high an order", "symbolic-order")
            found += [node] * times
        return found

    def _nabla(self) -> Node:
        token = self.take()
        variable: Node | None = None
        if self.token.text == "_":
            self.take()
            variable = self._argument()
        if self.token.text == "^":
            raise UnreadError(self.token.start, "a second derivative by nabla is not known yet", "not-understood")
        body = self.factor()
        return Node("nabla", (body,) if variable is None else (body, variable), token.start, body.end)


def _is_differential(token: Token) -> bool:
    return token.text == "\\partial" or (token.text == "d" and token.kind in {"letter", "text"})


# --- the document-wide scan for functions ----------------------------------------------------------------------------------------


def function_names(latex: str) -> tuple[set[str], set[str], set[str]]:
    """(names that are functions, names in headers `f(x) = ...` that may be, names that occur bare) in a formula (R4)."""
    functions: set[str] = set()
    headers: set[str] = set()
    bare: set[str] = set()
    try:
        found = tokens(latex, 0)
    except UnreadError:
        return functions, headers, bare
    index = 0
    fresh = True  # at the beginning of a statement
    while index < len(found) - 1:
        token = found[index]
        parser = _Parser(found, frozenset(), frozenset())
        parser.index = index
        if token.text == "\\partial" or (
            token.text == "d" and index > 1 and found[index - 1].text == "{" and found[index - 2].text in _FRACTIONS
        ):
            numerator = index > 1 and found[index - 1].text == "{" and found[index - 2].text in _FRACTIONS
            index += 1
            if numerator and found[index].text == "^":
                index += 4 if found[index + 1].text == "{" else 2
            parser.index = min(index, len(found) - 1)
            key = _name_here(parser)
            if key is not None:
                index = parser.index
                if numerator:
                    functions.add(key)
            continue
        if token.text in {"_", "^"}:
            index = _after_script(found, index)
            continue
        key = _name_here(parser)
        if key is None:
            fresh = token.text in _ARROWS or token.text in {"\\\\", "&", ",", "\\&"} or token.kind in {"text", "begin"}
            index += 1
            continue
        if key == "\\Gamma":  # the gamma function unless declared; never an unknown one
            bare |= set() if found[parser.index].text == "(" else {key}
            fresh, index = False, parser.index
            continue
        after = parser.index
        primed = found[after].text.startswith("'") and found[after].kind == "symbol"
        if primed:
            after += 1
        if found[after].text == "(":
            inside, closing = _bracket(found, after)
            vector = bool(inside) and inside[0].text in {"\\vec", "\\mathbf", "\\boldsymbol", "\\bm"}
            several = len(_split(inside, {","})) > 1
            names_only = bool(inside) and all(
                one.kind in {"letter", "number"} or one.text in {",", "_", "{", "}"} for one in inside
            )
            ends = (
                closing + 1 >= len(found) - 1
                or found[closing + 1].text in RELATION_WORDS
                or found[closing + 1].kind == "text"
            )
            if primed or vector or several:
                functions.add(key)
            elif fresh and names_only and ends:
                headers.add(key)
        elif found[after].text == "^" and _power_of_value(found, after):
            headers.add(key)
        elif found[after].text == ":" and not primed:
            functions.add(key)
        elif not primed:
            bare.add(key)
        fresh = False
        index = after
    return functions, headers, bare


def _power_of_value(found: list[Token], index: int) -> bool:
    """`f^n(a)`, a letter as exponent and a bracket with one name: a power of a value, unless f is a number elsewhere."""
    behind = _after_script(found, index)
    script = [token for token in found[index + 1 : behind] if token.text not in {"{", "}"}]
    if behind >= len(found) or found[behind].text != "(" or len(script) != 1 or script[0].kind != "letter":
        return False
    inside, _ = _bracket(found, behind)
    return len(inside) == 1 and inside[0].kind == "letter"


def _name_here(parser: _Parser) -> str | None:
    token = parser.token
    name = token.text[1:] if token.kind == "command" else ""
    if (
        token.kind != "letter"
        and token.text not in GREEK_UNICODE
        and name not in GREEK
        and name not in FONTS
        and name != "varDelta"
    ):
        return None
    try:
        return parser.name().key
    except UnreadError:
        return None


def _after_script(found: list[Token], index: int) -> int:
    """Behind a subscript or superscript."""
    if found[index + 1].text != "{":
        return index + 2
    depth = 0
    for position in range(index + 1, len(found)):
        depth += {"{": 1, "}": -1}.get(found[position].text, 0)
        if depth == 0:
            return position + 1
    return len(found) - 1


def _bracket(found: list[Token], index: int) -> tuple[list[Token], int]:
    """The tokens inside the parenthesis at this index, and where it closes."""
    depth = 0
    for position in range(index, len(found)):
        depth += {"(": 1, ")": -1}.get(found[position].text, 0)
        if depth == 0:
            return found[index + 1 : position], position
    return [], len(found) - 1
