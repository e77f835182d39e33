"""Formulas to statements (R1, R2, R7 of elaboration.md): cut at words, arrows and rows, then into the members of chains."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from derive.language.document import Statement, Unread
from derive.language.prose import word_inside
from derive.language.repeated_indices import SUMMED, repeated_index
from derive.language.spelling import DOTS, FONTS, FUNCTIONS, GREEK, UNITS
from derive.language.syntax import RELATION_WORDS, Node, UnreadError
from derive.read.formula.bars import told_apart
from derive.read.formula.binders import constrained
from derive.read.formula.brackets import ARROWS, ROWS, after_script, is_script, is_wrapped, split, trimmed
from derive.read.formula.chains import read_chain
from derive.read.formula.derivatives import POWER_OF_INCREMENT
from derive.read.formula.expressions import MAXIMUM_NESTING, Names, distribution, expression, given
from derive.read.formula.gaps import bracketed, parted
from derive.read.formula.labels import without_labels
from derive.read.formula.quantifiers import FOR_ALL, quantified, spelled
from derive.read.formula.scripts import small_transposes
from derive.read.formula.signatures import COLON, marked, read_map, with_values
from derive.read.formula.tendencies import tending
from derive.read.formula.tokens import Token, tokens

_BACKWARDS = frozenset({"\\impliedby", "\\Leftarrow", "\\Longleftarrow"})
_LOGIC = (
    (frozenset({"\\iff", "\\Leftrightarrow", "\\Longleftrightarrow"}), "iff"),
    (frozenset({"\\implies", "\\Rightarrow", "\\Longrightarrow", *_BACKWARDS}), "implies"),
    (frozenset({"\\lor", "\\vee", "or"}), "or"),
    (frozenset({"\\land", "\\wedge", "and"}), "and"),
)
_CONNECTIVES = frozenset[str]().union(*(signs for signs, _ in _LOGIC))
_OPERATORS = frozenset({"+", "-", "−", "\\pm", "\\mp", "\\cdot", "\\times", "\\bullet", "*"})
# Signs before which a list of names stands: x, y \\in S.
_LISTED = frozenset({"\\in", "\\notin", "\\sim", "\\subset", "\\subseteq"})
_SYSTEMS_IN_SYSTEMS = 3
# Letters of hypotheses and models.
_STATEMENT_LETTERS = frozenset({"H", "m", "M"})
_NEGATIONS = frozenset({"\\neg", "\\lnot"})
_BETWEEN_ROWS = frozenset({"&", "\\quad"})
_SIGNS_OF_TERMS = frozenset({"+", "-", "−", "\\pm", "\\mp"})
# Without any of these a formula is one statement, or none.
_CUTS = frozenset({"&", "\\\\", "\\&", *ARROWS})
_CUTTING = _CUTS | {"\\forall", "=:", ",", ";", "?", ":", *DOTS}
_CUTTING_KINDS = frozenset({"text", "begin", "close"})
# Signs that a text speaks of by themselves: $\\ln$, $\\sum$.
_SPOKEN_OF = frozenset({*(f"\\{name}" for name in FUNCTIONS), "\\sum", "\\prod", "\\int", "\\lim", "\\nabla", "\\partial", "+", "-", "\\cdot", "\\times", "\\pm", "\\implies", "\\to", "|", "||", "\\argmax", "\\argmin"})  # fmt: skip
_LONGEST_UNIT = 14
_REMARKS = frozenset({"however", "although", "though", "exactly", "always", "again", "only", "exists", "holds", "everywhere", "trivially", "clearly", "initially", "otherwise", "eventually"})  # fmt: skip
_PREPOSITIONS = frozenset({"at", "near", "along", "after", "before", "outside", "inside", "within", "through", "between", "to", "from", "on", "in", "over", "until", "during", "as", "for", "unless", "except", "holding"})  # fmt: skip
_EXTREMA = frozenset({"argmax", "argmin"})
_RAISED_LETTER = re.compile(r"\^\s*\{?\s*(?:[ijkl]|\\(?:mu|nu|rho|sigma|alpha|beta))(?![A-Za-z])")
_REASONS = frozenset({"since", "if", "when", "for", "where"})
_UNCLEAR = -2
# Marks that end with their row where they stand behind a statement of it.
_OF_ITS_ROW = frozenset({"if", "when", "since"})


@dataclass(slots=True)
class _Piece:
    """A run of tokens that is one statement, with what introduces it."""

    tokens: list[Token]
    connector: str
    mark: str
    added: bool = False  # "and" stands before it
    row: int = 0
    column: int = 0  # of its first sign of a relation, or where it begins
    aligned: bool = False  # an alignment mark stands before that sign
    marked: int = -1  # the row whose words give it its mark
    system: int = -1
    said: bool = False  # words that say nothing of it introduce it: by the choice of a


def read_formula(
    latex: str, offset: int, names: Names, claims: bool = False, read: list[Token] | None = None
) -> tuple[Statement | Unread, ...]:
    """The statements of a formula in order; what is not understood is `Unread`, the rest is kept. With `claims`, arrows are connectives. The tokens may be known."""
    try:
        found = tokens(latex, offset) if read is None else read
    except UnreadError as error:
        return (Unread(error.offset, offset, offset + len(latex), latex, error.message, error.code),)
    found, over = without_labels(bracketed(parted(tending(found), latex, offset), latex, offset), latex, offset)
    parts: list[Statement | Unread] = []
    pieces = _pieces(marked(found), claims, _set_spaces(latex, offset))
    for index, piece in enumerate(pieces):
        start, end = piece.tokens[0].start, piece.tokens[-1].end
        turned = small_transposes(piece.tokens)[0] if names.small_t != "never" else {}
        if turned and names.small_t == "unclear":
            message = "a power t, or the transpose? Write ^T, or declare t"
            parts.append(
                Unread(
                    piece.tokens[min(turned)].start,
                    start,
                    end,
                    latex[start - offset : end - offset],
                    message,
                    "ambiguous-superscript",
                )
            )
            continue
        for index in turned:
            piece.tokens[index] = piece.tokens[index].changed("T")
        content, mark = _question(piece.tokens, piece.mark)
        if "||" in latex:
            content = told_apart(content, latex, offset)
        if not content or (len(content) == 1 and (content[0].text in RELATION_WORDS or content[0].text in _SPOKEN_OF)):
            continue  # a sign spoken of in prose
        text = latex[start - offset : end - offset]
        try:
            node = _asked(content, names) if mark == "question" else _statement(content, names, claims)
            letter = repeated_index(node, SUMMED) if _RAISED_LETTER.search(text) is not None else ""
            letter = letter or (_summed_below(node) if "_" in text and not claims and _repeats_an_index(text) else "")
            if letter:
                message = f"{letter} stands twice in one product: is it summed over? Write \\sum_{letter}"
                raise UnreadError(start, message, "indexed-family")
            if "^" in text and (place := _power_of_increment(node)) is not None:
                raise UnreadError(place, POWER_OF_INCREMENT, "ambiguous-differential")
            if (
                not claims
                and "(\\frac" in text.replace(" ", "")
                and (place := _symbol_of_residues(node, latex, offset, names.residues))
            ):
                message = "a fraction, or a symbol of Legendre's? Write it without brackets if it is a fraction"
                raise UnreadError(place, message, "ambiguous-fraction")
            if "!=" in text and not _speaks_of_factorials(node, text):
                message = "a factorial, or \\ne as in programs? Write n! = with a space, or \\ne"
                raise UnreadError(start + text.index("!="), message, "ambiguous-relation")
        except UnreadError as error:
            parts.append(Unread(error.offset, start, end, text, error.message, error.code))
            continue
        except RecursionError:
            parts.append(
                Unread(start, start, end, text, "nested too deep; write it with fewer brackets", "nested-too-deep")
            )
            continue
        joined = parts[-1] if piece.added and parts and node.kind != "chain" else None
        if isinstance(joined, Statement) and joined.node.kind == "chain" and not joined.node.value.endswith("in"):
            message = "is what stands behind 'and' another value of what stands before it? Write both relations"
            parts[-1] = Unread(start, joined.start, end, latex[joined.start - offset : end - offset], message)
            continue
        leading = node.kind == "chain" and node.children[0].kind == "missing"
        leading = leading or (node.value == ":=" and node.children[-1].kind == "missing" and mark != "question")  # =: d
        reasons = [over.get(token.start, "") for token in content if token.text in RELATION_WORDS] if over else []
        labels = tuple("" if reason == "?" else reason for reason in reasons) if any(reasons) else ()
        mark = mark or ("question" if "?" in reasons else "")
        above = _continued(pieces, index) if leading else -1
        mark = "" if leading and mark == "since" and piece.marked < piece.row else mark  # a row of reasons ended above
        parts.append(Statement(node, start, end, text, piece.connector, mark, leading, above, piece.system, labels))
    return _with_constraints(with_values(_of_systems(parts)), latex, offset)


def _of_systems(parts: list[Statement | Unread]) -> list[Statement | Unread]:
    """Every row of a system hangs on what stands before it as the first one does; values of one letter behind an arrow are alternatives, of which none is claimed."""
    found: list[Statement | Unread] = []
    for part in parts:
        before = found[-1] if found else None
        if isinstance(part, Statement) and isinstance(before, Statement) and part.system == before.system >= 0:
            arrow = before.connector if before.connector in {"implies", "iff"} else ""
            if arrow and before.node.value == part.node.value == "=" and _has_side(part.node, before.node.children[0]):
                found[-1] = replace(before, mark=before.mark or "question")
                found.append(replace(part, connector=arrow, mark=part.mark or "question"))
            else:
                found.append(part if part.connector or part.mark else replace(part, connector=arrow))
        else:
            found.append(part)
    return found


def _has_side(node: Node, name: Node) -> bool:
    """Whether a relation has this name on its left."""
    return name.kind == "name" and node.children[0].kind == "name" and node.children[0].key == name.key


def _continued(pieces: list[_Piece], place: int) -> int:
    """What a row goes on with that begins with a sign: what stands in its column above, never the reason in a column behind that. Where it begins; -1 for the last, -2 if unclear."""
    here = pieces[place]
    above = [one for one in reversed(pieces[:place]) if one.row < here.row]
    pair = here.column // 2  # a left and a right side
    exact = next((one.row for one in above if one.column == here.column), -1) if pair else -1
    before = exact if exact >= 0 else next((one.row for one in above if one.column <= here.column), -1)
    if before < 0 or len(above) < 2 or pieces[place - 1].connector:
        return -1
    last = pieces[place - 1]
    claims = [one for one in reversed(above) if one.row == before and not one.said]
    claims = [one for one in claims if one.mark not in _REASONS or one.marked < one.row]
    below = [one for one in claims if one.column == here.column] or [one for one in claims if one.column // 2 <= pair]
    apart = (last.row == here.row and here.column > last.column) or (
        last.column > here.column and last.column // 2 >= pair
    )
    if below and apart and below[-1] is not last:
        return next((one for one in below if one.aligned), below[-1]).tokens[0].start
    unclear = last.said or (below and below[0].aligned and not last.aligned and not last.mark)
    open_row = bool(below) and unclear and last is not below[0] and not last.added
    return _UNCLEAR if open_row and here.column == below[0].column else -1


def _speaks_of_factorials(node: Node, text: str) -> bool:
    """Whether something beside x!=: says that it is a factorial: another one, dots, a product, or that it is one of a number."""
    kinds = [one.kind for one in node.walk()]
    others = {"product-over", "ellipsis", "binomial", "integral", "missing"} & {*kinds}
    gamma = any(one.key == "\\Gamma" for one in node.walk())
    return kinds.count("factorial") != 1 or gamma or bool(others) or text[: text.index("!=")][-1:].isdigit()


def _with_constraints(parts: list[Statement | Unread], latex: str, offset: int) -> tuple[Statement | Unread, ...]:
    """`x^* = \\arg\\min_x f(x) \\text{ s.t. } A x = b`: what is said behind "subject to" belongs to the best value too."""
    found = list(parts)
    host: int | None = None
    for index in range(1, len(found)):
        part, before = found[index], found[index - 1]
        if not isinstance(part, Statement) or part.mark != "if":
            host = None
            continue
        if _SUBJECT.search(latex[before.end - offset : part.start - offset]):
            host = index - 1
        statement = found[host] if host is not None else None
        if host is not None and isinstance(statement, Statement) and statement.node.kind == "chain":
            found[host] = replace(statement, node=constrained(statement.node, part.node))
    return tuple(found)


_SUBJECT = re.compile(r"s\.?\s*t\.|subject\s+to|such\s+that|조건|제약", re.IGNORECASE)


def _symbol_of_residues(node: Node, latex: str, offset: int, residues: bool) -> int:
    """Where a fraction in round brackets that needs none may be a symbol of residues, (a/p): where a side has no other factors, or with `residues` anywhere; 0 if none may."""
    if node.kind != "chain":
        return 0
    for side in node.children:
        factors = side.children if side.kind == "product" else (side,)
        symbols = [
            one
            for one in factors
            if one.kind == "/"
            and (_BRACKET.match(latex, one.start - offset) or latex[: one.start - offset].rstrip().endswith("("))
            and _may_be_modulus(one.children[1], residues)
        ]
        value = _is_unit([one for one in node.children if one is not side])
        named = all(one.children[1].kind == "name" for one in symbols)
        if symbols and (residues or (len(symbols) == len(factors) and (named or value))):
            return symbols[0].start
    return 0


_BRACKET = re.compile(r"(?:\\(?:left|big|Big|bigg|Bigg)l?\s*)?\(\s*\\[dt]?frac")


def _may_be_modulus(node: Node, residues: bool) -> bool:
    """p, q, an odd number; where the text speaks of residues any letter."""
    letters = node.key.partition("_")[0]
    odd = node.kind == "number" and node.value.isdigit() and int(node.value) % 2 == 1 and int(node.value) > 1
    return odd or (node.kind == "name" and (residues or letters in {"p", "q", "\\ell"}))


def _is_unit(sides: list[Node]) -> bool:
    """1, -1, 0 and powers of -1."""
    inner = [one.children[0] if one.kind in {"negate", "^"} else one for one in sides]
    inner = [one.children[0] if one.kind == "negate" else one for one in inner]
    return all(one.kind == "number" and one.value in {"0", "1"} for one in inner)


def _summed_below(node: Node) -> str:
    """A letter that is an index of two factors of one product, and of nothing on the other sides: A_{ij} x_j = b_i is a sum by convention; \\lambda_i g_i = 0 hardly."""
    if node.kind != "chain" or {*node.value.split()} != {"="}:
        return ""
    for side in node.children:
        products = [part for part in side.walk() if part.kind in {"product", "dot"}]
        if not products or any(one.kind in _BINDING for one in side.walk()):
            continue
        others = [part for other in node.children if other is not side for part in other.walk() if part.kind == "name"]
        terms = [one.children[0] if one.kind == "negate" else one for one in side.children] if side.kind == "+" else []
        alone = [one for one in terms if one.kind == "name"]  # C_{ij} - A_{ij} B_{ij}
        there = {letter for one in (*others, *alone) for letter in (*_indices(one), one.key)}
        for product in products:
            factors = [_terms(one) for one in product.children if others or one.key[:1] != "\\"]
            counts = Counter(
                letter for terms in factors for letter in dict.fromkeys(part for one in terms for part in _indices(one))
            )
            letter = next((one for one, count in counts.items() if count > 1 and one not in there), "")
            if letter:
                return letter
    return ""


def _repeats_an_index(text: str) -> bool:
    """Whether a letter stands in two subscripts: most formulas have none, and need no closer look."""
    found = [letter for subscript in _SUBSCRIPT.findall(text) for letter in {*_INDEX.findall(subscript)}]
    return len(found) > len({*found})


def _terms(factor: Node) -> list[Node]:
    """The names of a factor: x_i, y_i - t_i."""
    parts = factor.children if factor.kind == "+" else (factor,)
    names = [one.children[0] if one.kind == "negate" else one for one in parts]
    return names if all(one.kind == "name" for one in names) else []


_INDEX = re.compile(r"\\[A-Za-z]+|[A-Za-z]")
_SUBSCRIPT = re.compile(r"_\s*(?:\{[^{}]*\}|\\[A-Za-z]+|[A-Za-z])")
_BINDING = frozenset({"sum", "product-over", "binder", "integral", "limit", "inner"})


def _indices(name: Node) -> list[str]:
    """i and j of A_{ij}; none of i + 1, and of words."""
    subscript = name.children[0].value if name.children else ""
    letters = _INDEX.findall(subscript)
    return letters if {*letters} <= SUMMED and not re.search(r"[^a-z\\{},\s]", subscript) else []


def _power_of_increment(node: Node) -> int | None:
    r"""Where d x^2, d X^{-1} or \Delta x^2 stands alone on a side, and what it is equal to has x itself, and no such power: 2 x dx, x_2^2 - x_1^2."""
    if node.kind != "chain":
        return None
    for power in node.children:
        base = power.children[0] if power.kind == "^" else None
        if base is None or base.kind != "name" or not base.key.startswith(_INCREMENTS):
            continue
        letter = base.key.split(" ", 1)[1].partition("_")[0]
        for other in node.children:
            parts = [*other.walk()] if other is not power else []
            has_power = any(part.kind == "^" and part.children[0].key.startswith(_INCREMENTS) for part in parts)
            if not has_power and any(part.kind == "name" and part.key.partition("_")[0] == letter for part in parts):
                return base.start
    return None


_INCREMENTS = ("d ", "\\Delta ")


def _question(found: list[Token], mark: str) -> tuple[list[Token], str]:
    """Without a question mark at its end, and the mark: `f'(x) = ?` asks, it does not claim."""
    if found[-1].text != "?":
        return found, mark
    return trimmed(found), "question"


def _asked(found: list[Token], names: Names) -> Node:
    """A question: `f'(x) = ` has no right side yet."""
    if found[-1].text not in RELATION_WORDS:
        return _statement(found, names, False)
    left = _statement(found[:-1], names, False)
    sides, words = (left.children, left.value + " ") if left.kind == "chain" else ((left,), "")
    missing = Node("missing", (), found[-1].end, found[-1].end)
    return Node("chain", (*sides, missing), found[0].start, found[-1].end, words + RELATION_WORDS[found[-1].text])


# --- statements ----------------------------------------------------------------------------------------------------------


def _pieces(found: list[Token], claims: bool, spaces: dict[int, int]) -> list[_Piece]:
    """R2: cut at depth 0 at words, arrows, rows and `\\&`; after a row or `\\&` the mood goes on."""
    if found[-2:-1] and _CUTTING_KINDS.isdisjoint([token.kind for token in found]):
        content = trimmed(found[:-1]) if found[-2].text != "?" else found
        if _CUTTING.isdisjoint([token.text for token in content]):  # most formulas are one statement
            return [_Piece(content, "", "")] if content else []
    pieces: list[_Piece] = []
    current: list[Token] = []
    connector, mark, depth, environments = "", "", 0, 0
    at_a_place = added = False
    inside: list[int] = []  # where the systems begin that are open here
    column, line, sign_at, aligned, said, mark_line = 0, 0, -1, False, False, 0
    row, mark_at = 0, 0  # how many pieces there were where this row began, and where the mark was set
    found = spelled(found) if claims else found
    texts = {token.text for token in found}
    if "\\\\" in texts and not DOTS.isdisjoint(texts):
        found = _with_dots(found)
    is_quantified = FOR_ALL in texts
    if is_quantified and not claims:
        found = _quantified(found)
    systems = _systems(found)

    def flush(next_connector: str = "", next_mark: str | None = None, *, final: bool = False) -> None:
        nonlocal current, connector, mark, added, sign_at, aligned, said
        asked = bool(current) and current[-1].text == "?"
        content = trimmed(current)
        if content and not all(token.text in DOTS for token in content):
            content, named = _without_name(content)
            # H_0: a = 0 \iff b = 0
            named = named or (connector == "iff" and bool(pieces) and pieces[-1].mark == "named")
            runs = [content] if claims and is_quantified else _at_commas(content, spaces, at_a_place, named)
            if connector == "iff" and not (claims or named or mark or at_a_place):
                runs = _together(runs)
            leads = final and not pieces and len(runs) == 2 and mark in {"if", "when"}  # if A, B: B follows
            marks = ["named" if named else mark, "named" if named else "" if leads or at_a_place else mark]
            count = len(pieces)
            at = sign_at if sign_at >= 0 else column
            system = inside[-1] if inside else -1
            for place, run in enumerate(runs):
                whole, named_last = _before_naming(run)
                one = _Piece(
                    whole, connector, marks[min(place, 1)], row=line, column=at, marked=mark_line, system=system
                )
                one.aligned, one.said = aligned and not place, said
                pieces.append(one)
                pieces.extend([replace(one, tokens=named_last, connector="")] if named_last else [])
            pieces[count].added, added = added, False
            if asked:
                pieces[-1].tokens = [*pieces[-1].tokens, current[-1]]
            connector = ""
        elif next_connector == "":
            next_connector = connector
        connector = next_connector
        mark = mark if next_mark is None else next_mark
        current, sign_at, aligned, said = [], -1, False, False

    for index, token in enumerate(found[:-1]):
        if index in systems and token.kind in {"begin", "close"}:
            flush()
            inside = [*inside, token.start] if token.kind == "begin" else inside[:-1]
        if sign_at >= 0 and _begins_cell(found, index) and any(one.aligned and one.column == column for one in pieces):
            flush()  # behind an empty left side: x = a goes on on the left, and y = b here
        if sign_at < 0 and depth == 0 and token.text in RELATION_WORDS:
            sign_at, aligned = column, index > 0 and found[index - 1].text == "&"
        if not (token.depth or token.kind == "text" or token.text in _CUTS or index in systems):  # most tokens
            current.append(token)
            continue
        if index in systems or (token.kind in {"begin", "close"} and token.text in ROWS and depth == 0):
            continue
        if token.depth > 0:
            depth += 1
            environments += token.kind == "begin"
        elif token.depth < 0:
            depth = max(0, depth - 1)
            environments = max(0, environments - (token.kind == "close"))
        if depth and not environments and token.text in {"\\\\", "&"}:
            continue  # a line that is broken inside brackets
        if depth == 0 and not (current and current[-1].text in {"_", "^"}):
            if token.text == "&":
                column += 1
                continue
            if token.text == "\\\\":
                new_row = token.end > token.start  # and no wide space
                broken = _following(found, index).text in _OPERATORS and not _begins_row(found, index + 1)
                if current and (broken or current[-1].text in _OPERATORS):
                    column = 0 if new_row else column
                    continue
                if current and current[0].text not in RELATION_WORDS and _joins(_following(found, index)):
                    column = 0 if new_row else column
                    continue  # x = 1 \\ or x = 2
                flush()
                column = 0 if new_row else column
                if mark == "for" or (mark in _OF_ITS_ROW and mark_at > row):
                    mark = ""  # what is said of the row above, at its end: A for all i
                if token.start < token.end:  # and no wide space in the row
                    row = len(pieces)
                line += new_row
                continue
            if token.text == "\\&":
                flush()
                continue
            if token.text in ARROWS and not (claims and token.text != "\\therefore"):
                flush(ARROWS[token.text], "")
                continue
            if token.kind == "text" and not (claims and token.text.lower() in {"or", "and", "true", "false"}):
                named = token.text in FUNCTIONS or token.text in _EXTREMA
                word = None if named else word_inside(token.text)
                following = _following(found, index)
                numbers = current[-1].kind == following.kind == "number" if current else False
                if numbers and token.text.strip() == "에서":  # 0.9 에서 0.99: a range
                    current.append(token.changed("\\sim"))
                    continue
                if word is None and _is_operand(current, token, following):
                    current.append(token)
                    continue
                if word is None and _is_factor(current, token, following):
                    one = token.text.strip(" .~")
                    current.append(Token("upright", one, token.start, token.end) if one.isalpha() else token)
                    continue
                if word is not None and word.joins:
                    current.append(token.changed(word.joins))
                    continue
                follows = ""
                if word is not None and not mark and _AND.match(token.text):
                    follows = _concluded(pieces, current, connector)
                    arrow = _leads_on(found, index + 1)
                    follows = follows if not arrow or arrow == follows == "iff" else ""
                if follows == "iff" and current and {":", "or"}.isdisjoint([one.text for one in current]):
                    current.append(token.changed("and"))  # A \\iff (B and C)
                    continue
                before = word.before if word is not None else ""
                if word is None and _OF_A_LETTER.fullmatch(token.text):
                    current = _without_last_letter(current)
                count = len(pieces)
                of_none = mark == "not" and word is not None and word.mark in {"where", "if"}  # no x with x > 1
                kept = word is not None and (word.mark == "and" or (of_none and not _has_sign(current)))
                flush(
                    (word.connector or follows) if word is not None else "",
                    "" if word is None else None if kept else word.mark,
                )
                mark_at, mark_line = len(pieces), line
                added = word is not None and word.mark == "and" and len(pieces) > count
                at_a_place = word is not None and word.place
                said = word is None and bool(pieces) and pieces[-1].row == line
                if before and len(pieces) > count and not pieces[-1].mark:
                    pieces[-1].mark = before
                continue
        current.append(token)
    flush(final=True)
    return pieces


def _joins(token: Token) -> bool:
    """Whether a row begins with "or"."""
    word = word_inside(token.text) if token.kind == "text" else None
    return word is not None and word.joins == "or"


def _before_naming(run: list[Token]) -> tuple[list[Token], list[Token]]:
    """A chain and what its end defines: `a + b = c` and `=: d`. A name behind a map may be that of the map."""
    depth = 0
    signs: list[int] = []
    for index, token in enumerate(run):
        depth += token.depth
        if depth == 0 and token.text in RELATION_WORDS and not is_script(run, index):
            signs.append(index)
    if len(signs) < 2 or run[signs[-1]].text != "=:" or (signs[0] == 0 and len(signs) == 2):
        return run, []
    if "\\mapsto" in [run[at].text for at in signs] and "(" not in [token.text for token in run[signs[-1] :]]:
        return run, []
    return run[: signs[-1]], run[signs[-1] :]


# Between two statements that follow together.
_AND = re.compile(
    r"[\s,;]*(?:and(?:\s+(?:also|moreover|similarly|likewise))?|그리고|및|이고|이며|또한)[\s,:]*$", re.IGNORECASE
)
_FOLLOWING = frozenset({"implies", "therefore", "so", "iff"})
_JUDGED = frozenset(sign for sign, word in RELATION_WORDS.items() if word in {"=", "!=", "<", ">", "<=", ">="})


def _concluded(pieces: list[_Piece], current: list[Token], connector: str) -> str:
    """How the statement before an "and" follows from what stands before it; empty if it does not."""
    if current:
        found = connector if _has_sign(current) else ""
    else:  # \\text{and} begins a row
        found = pieces[-1].connector if pieces and not pieces[-1].mark else ""
    if found == "iff" and (not pieces or pieces[-1].mark):
        return ""
    return found if found in _FOLLOWING else ""


def _leads_on(found: list[Token], begin: int) -> str:
    """By which arrow the statement that begins here is the premise of another one: and b > 2 \\Rightarrow b > 1; empty if by none."""
    depth = 0
    for token in found[begin:-1]:
        if depth == 0 and token.kind == "text" and token.text not in FUNCTIONS:
            word = word_inside(token.text)
            return word.connector if word is not None else ""
        if depth == 0 and token.text in ARROWS:
            return ARROWS[token.text] if token.text != "\\because" else ""
        if depth == 0 and token.text in {"\\\\", "\\&"}:
            return ""
        depth += token.depth
    return ""


def _together(runs: list[list[Token]]) -> list[list[Token]]:
    """A \\iff B, C: B and C are equivalent to A together."""
    texts = [[token.text for token in run] for run in runs]
    if len(runs) < 2 or any(_first_relation(run) not in _JUDGED for run in runs) or any(DOTS & {*one} for one in texts):
        return runs
    joined = list(runs[0])
    for run in runs[1:]:
        joined += [Token("text", "and", joined[-1].end, run[0].start), *run]
    return [joined]


def _begins_cell(found: list[Token], index: int) -> bool:
    """Whether a relation sign stands behind an empty cell."""
    return found[index].text in RELATION_WORDS and index > 1 and found[index - 1].text == found[index - 2].text == "&"


# What is said of a letter behind a comma: a_n = 1, n even.
_OF_A_LETTER = re.compile(
    r"\W*(?:is |are |an? |any )*(?:fixed|even|odd|prime|integer|real|rational|irrational|complex|natural|positive|negative|arbitrary|constant|large|small|given|known|finite|whole|"
    r"짝수|홀수|소수|정수|실수|자연수|유리수|무리수|양수|음수|상수)(?: (?:number|integer|constant))?s?\W*",
    re.IGNORECASE,
)


def _without_last_letter(current: list[Token]) -> list[Token]:
    """A statement without the letter behind its last comma."""
    if len(current) > 2 and current[-2].text == "," and current[-1].kind in {"letter", "command"}:
        return current[:-2] if _has_sign(current[:-2]) else current
    return current


def _with_dots(found: list[Token]) -> list[Token]:
    r"""`+ 2 \\ \vdots \\ + n` as + 2 + \cdots + n: a row of dots between rows of one expression stands for terms of it."""
    kept = list(found)
    breaks = [-1, *(index for index, token in enumerate(found) if token.text == "\\\\"), len(found) - 1]
    for before, begin, end in reversed([*zip(breaks, breaks[1:], breaks[2:], strict=False)]):
        row = [index for index in range(begin + 1, end) if found[index].text not in _BETWEEN_ROWS]
        last = end == len(found) - 1
        if last:
            row = [index for index in row if found[index].kind != "close"]
        if len(row) != 1 or found[row[0]].text not in DOTS:
            continue
        # the row behind goes on with a sign, or the one before did and there is none
        place = next(
            (at for at in range((before if last else end) + 1, len(found)) if found[at].text not in _BETWEEN_ROWS), end
        )
        if found[place].text not in _OPERATORS or _begins_row(found, place):
            continue
        dots = found[row[0]].changed("\\cdots")
        sign = found[place].text
        between = Token("symbol", "+" if sign in _SIGNS_OF_TERMS else sign, dots.start, dots.start)
        ends = next((found[at].text for at in range(begin - 1, before, -1) if found[at].text not in _BETWEEN_ROWS), "")
        kept[begin : row[0] + 1 if last else end + 1] = [dots] if ends in _OPERATORS else [between, dots]
    return kept


def _begins_row(found: list[Token], index: int) -> bool:
    """Whether the row at this index has a left side of its own that begins with a sign: `-1 &= x`. A line that goes on has `& - 1`."""
    if found[index].text not in _SIGNS_OF_TERMS:
        return False
    depth = 0
    for position in range(index, len(found) - 1):
        token = found[position]
        depth += token.depth
        if depth < 0 or (depth == 0 and token.text == "\\\\"):
            return False
        if depth == 0 and token.text == "&":
            return found[position + 1].text in RELATION_WORDS
    return False


def _without_name(found: list[Token]) -> tuple[list[Token], bool]:
    """`H_0: \\mu = 0` without the name of the statement, and whether it has one. A map f: X \\to Y is none."""
    if found[0].kind not in {"letter", "upright", "command", "text"} or len(found) < 4:
        return found, False
    behind = 1
    while behind < len(found) - 1 and found[behind].text in {"_", "'"}:
        behind = after_script(found, behind) if found[behind].text == "_" else behind + 1
    if behind >= len(found) - 1 or found[behind].text != ":":
        return found, False
    rest = trimmed(found[behind + 1 :])
    sign = _first_relation(rest) if rest else ""
    if not sign or any(token.text == ":" for token in rest):
        return found, False  # a map, or a ratio
    return (rest, True) if sign == "\\sim" or found[0].text in _STATEMENT_LETTERS else (found, False)


def _quantified(found: list[Token]) -> list[Token]:
    """\\forall x \\in S, i = 1, \\dots, n: P with words in the place of the signs: "for all" before what it speaks of, and "then" before P."""
    changed = list(found)
    open_at: int | None = None  # a comma that may end what the quantifier speaks of
    depth, quantified = 0, False
    for index, token in enumerate(found):
        if token.depth > 0:
            depth += 1
        elif token.depth < 0:
            depth -= 1
        elif depth:
            continue
        elif token.text == FOR_ALL:
            changed[index] = Token("text", "for all", token.start, token.end)
            quantified, open_at = True, None
        elif not quantified:
            continue
        elif token.text == ":" or (token.text in RELATION_WORDS and token.text != "\\in" and open_at is not None):
            place = index if token.text == ":" else open_at
            assert place is not None
            changed[place] = Token("text", "then", found[place].start, found[place].end)
            quantified, open_at = False, None
        elif token.text == ",":
            open_at = index
        elif token.kind == "text" or token.text == "\\\\":
            quantified = False
    return changed


def _following(found: list[Token], index: int) -> Token:
    """The next token that is no alignment mark."""
    index += 1
    while found[index].text == "&":
        index += 1
    return found[index]


def _is_operand(current: list[Token], token: Token, following: Token) -> bool:
    """Whether words that mean nothing for the statement stand in the place of a value, as a name does."""
    if token.text in FUNCTIONS or token.text in _EXTREMA or following.text in {"(", "[", "_", "^"}:
        return True
    if current and (current[-1].text in _OPERATORS or current[-1].text in RELATION_WORDS):
        return True
    return not current and (following.text in _OPERATORS or following.text in RELATION_WORDS)


def _is_factor(current: list[Token], token: Token, following: Token) -> bool:
    """Whether words behind an operand belong to it: those before another sign, and a unit."""
    if not current or current[-1].text in {",", ";", ":", ".", *DOTS} or current[-1].kind == "text":
        return False
    if following.text in _OPERATORS or following.text in RELATION_WORDS or following.text == "/":
        return True
    one = token.text.strip(" .~")
    last = current[-1]
    if following.kind == "number" and (last.kind == "number" or last.text == "\\%"):  # 5\% \text{ of } 200
        return True
    counted = last.kind == "number" or (last.text == "}" and current[0].kind == "number")
    plain = len(one) <= _LONGEST_UNIT and " " not in one and one.isascii() and one[:1].isalpha()
    return one in UNITS or (counted and plain and one.lower() not in _REMARKS | _PREPOSITIONS)


def _systems(found: list[Token]) -> frozenset[int]:
    """The tokens that only hold a system of relations together: \\begin{cases} of relations, not of values with their conditions."""
    if "begin" not in [token.kind for token in found]:
        return frozenset()
    skipped: set[int] = set()
    closing: dict[int, int] = {}
    opened: list[int] = []
    for index, token in enumerate(found):
        if token.kind == "begin":
            opened.append(index)
        elif token.kind == "close" and opened:
            closing[opened.pop()] = index
    around: list[int] = []  # where the systems end in which this one stands
    for index, token in enumerate(found):
        brace = found[index - 1].text == "\\{" if index else False
        if (
            token.kind != "begin"
            or index in skipped
            or not (token.text == "cases" or (brace and token.text == "array"))
        ):
            continue
        before = index - 1 - brace
        if (
            before >= 0
            and found[before].kind not in {"text", "begin"}
            and found[before].text not in {*ARROWS, "\\\\", "&", ",", "\\&"}
        ):
            continue
        close = closing.get(index)
        while around and around[-1] < index:
            around.pop()
        if close is None or len(around) >= _SYSTEMS_IN_SYSTEMS:
            continue
        around.append(close)
        begin = index + 1
        if token.text == "array" and found[begin].text == "{":
            begin = after_script(found, index)
        rows = [run for run in split(found[begin:close], {"\\\\"}) if run and not all(one.text in DOTS for one in run)]
        cells = [split(run, {"&"}) for run in rows]
        # With two relations in a row the second may be the condition of the first: this is no system.
        if rows and all(_is_relation(row) and sum(map(_has_sign, row)) == 1 for row in cells):
            skipped |= {*range(index - brace, begin), close}
    return frozenset(skipped)


def _is_relation(cells: list[list[Token]]) -> bool:
    """A row of a system: the relation stands in its first cell, or begins the second."""
    first, *rest = cells
    if any(token.text in RELATION_WORDS for token in first):
        return True
    return bool(rest and rest[0]) and rest[0][0].text in RELATION_WORDS


def _has_sign(cell: list[Token]) -> bool:
    return any(token.text in RELATION_WORDS for token in cell)


# Behind a comma, a space that is set: a wide one, or a narrower one.
_SET_SPACES = re.compile(
    r"[,;](?:\s|%[^\n]*\n)*(?:(\\(?:q?quad|enspace|hfill)(?![A-Za-z])|\\hspace\*?\{[^{}]*\})|\\[ ;:]|~)(?:\\(?:q?quad|enspace|hfill)(?![A-Za-z])|\\[ ,;:!]|~|\s)*"
)


def _set_spaces(latex: str, offset: int) -> dict[int, int]:
    """Where something begins that a space sets apart from the comma before it, and how wide that is: 2 or 1."""
    if "," not in latex and ";" not in latex:
        return {}
    return {offset + one.end(): 2 if one.group(1) else 1 for one in _SET_SPACES.finditer(latex)}


def _at_commas(
    found: list[Token], spaces: dict[int, int], at_a_place: bool = False, named: bool = False
) -> list[list[Token]]:
    """Statements separated by commas. What has no relation belongs to a list, x, y \\in S; i = 1, \\dots, n; a place to none: in D, u = 0. Nor does a name
    behind a model, m: \\delta = 0, \\sigma, which is left free there."""
    runs = [run for run in (trimmed(run) for run in split(found, {",", ";"})) if run]
    if len(runs) == 1:
        return runs
    if at_a_place and runs and not _first_relation(runs[0]):
        return [runs[0], *_at_commas(found[len(split(found, {",", ";"})[0]) + 1 :], spaces)]
    runs = [
        *runs[:1],
        *(
            run[1:-1] if run[0].text == "(" and is_wrapped(run) and _first_relation(run[1:-1]) else run
            for run in runs[1:]
        ),
    ]
    relations = [_first_relation(run) for run in runs]
    if runs and all(relations):
        return [*runs[:-2], *_with_both_bounds(*runs[-2:])] if _BOUNDS.issuperset(relations[-2:]) else runs
    if runs and not any(relations):
        return [found] if any(token.text in DOTS for run in runs for token in run) else runs
    groups: list[list[list[Token]]] = []
    waiting: list[list[Token]] = []
    for run, sign in zip(runs, relations, strict=True):
        if not sign:
            waiting.append(run)
            continue
        if groups and waiting and len(groups[-1]) == 1 and _bounds_all(groups[-1][0], waiting, run):
            groups[-1] += [*waiting, run]  # 0 < u, v, w < 1
            waiting = []
            continue
        back = _end_of_list(groups[-1], waiting, run, spaces) if groups and waiting else 0
        if groups:
            groups[-1] += waiting[:back]
        groups.append([*waiting[back:], run])
        waiting = []
    if waiting and groups and named and len(groups[-1]) == 1 and all(map(_is_name, waiting)):
        groups += [[one] for one in waiting]
    elif waiting and groups:
        groups[-1] += waiting
    elif waiting:
        groups.append(waiting)
    return [_with_commas(group) for group in groups]


def _end_of_list(group: list[list[Token]], waiting: list[list[Token]], run: list[Token], spaces: dict[int, int]) -> int:
    """How many of the members without a relation belong to the statement before them, x = 1, 2, and not to the one behind: y = x + u, \\quad u, v > 0."""
    sign = _first_relation(run)
    dots = max((index for index, one in enumerate(waiting) if one[0].text in DOTS), default=-1)
    first = min(dots + 2, len(waiting)) if dots >= 0 else 0  # behind i = 1, \\dots, n; i = 1, 2
    while dots < 0 and first < len(waiting) and [one.kind for one in waiting[first]] == ["number"]:
        first += 1
    listed = sign in _LISTED | _BOUNDS | {"\\ne", "\\neq", "≠"}
    named = _is_name(run[: _place_of_relation(run)])
    widths = [spaces.get(one[0].start, 0) for one in [*waiting, run]]
    widest = [index for index, width in enumerate(widths) if width == max(widths)]
    if len(widest) == 1 and widest[0] >= first and named and all(map(_is_name, waiting[widest[0] :])):
        return widest[0]  # a space sets it apart
    if not named or not all(map(_is_name, waiting[first:])):
        return first if listed and first else len(waiting)
    if not listed:
        return len(waiting)
    # x = a, b, c > 0: values of x, or bounds of b? x = a + 1, b, c > 0 and x \\in A, b, c > 0 leave no doubt.
    before = group[-1]
    place = _place_of_relation(before)
    value = before[place + 1 :]
    numbered = [one.kind for one in value] == ["number"]
    member = before[place].text in _LISTED or (before[place].text in _BOUNDS and numbered)
    computed = len(group) == 1 and not _is_name(value) and not numbered
    return first if first or (len(group) == 1 and member) or computed else len(waiting)


def _bounds_all(first: list[Token], names: list[list[Token]], last: list[Token]) -> bool:
    """Whether 0 < u, v, w < 1 is said of each: signs that point one way."""
    begin, end = _place_of_relation(first), _place_of_relation(last)
    signs = first[begin].text, last[end].text
    alike = _BOUNDS.issuperset(signs) and any(all(sign in way for sign in signs) for way in _WAYS)
    several = [first[begin + 1 :], *names, last[:end]]
    return alike and begin == 1 and first[0].kind == "number" and all(map(_is_name, several))


def _place_of_relation(run: list[Token]) -> int:
    """Where its first relation sign stands outside of brackets; its length if there is none."""
    depth = 0
    for index, token in enumerate(run):
        depth += token.depth
        if depth == 0 and token.text in RELATION_WORDS and not is_script(run, index):
            return index
    return len(run)


def _is_name(run: list[Token]) -> bool:
    """x, x_1, \\hat{x}', X^{(1)}: a name by itself."""
    if not run or run[0].kind not in {"letter", "command", "upright"}:
        return False
    behind = 1
    if run[0].kind == "command" and run[0].text[1:] in FONTS:
        behind = after_script(run, 0) if len(run) > 1 else 1
    elif run[0].kind == "command" and run[0].text[1:] not in GREEK:
        return False
    while behind < len(run) and run[behind].text in {"_", "^", "'"}:
        behind = after_script([*run, run[-1]], behind) if run[behind].text != "'" else behind + 1
    return behind == len(run)


_BOUNDS = frozenset(
    {
        "<",
        ">",
        "\\le",
        "\\leq",
        "\\ge",
        "\\geq",
        "\\leqslant",
        "\\geqslant",
        "\\leqq",
        "\\geqq",
        "\\lt",
        "\\gt",
        "≤",
        "≥",
    }
)


_WAYS = (frozenset({"<", "\\lt", "\\le", "\\leq", "\\leqslant", "\\leqq", "≤"}), frozenset({">", "\\gt", "\\ge", "\\geq", "\\geqslant", "\\geqq", "≥"}))  # fmt: skip


def _with_both_bounds(first: list[Token], last: list[Token]) -> list[list[Token]]:
    """0 < x, y < 1 says of each that it lies between the bounds: a number, a sign and a name, names alone perhaps, and a name, a sign alike and the other bound."""
    runs = [first, last]
    lower, upper = split(first, RELATION_WORDS.keys()), split(last, RELATION_WORDS.keys())
    if len(lower) != 2 or len(upper) != 2 or [one.kind for one in lower[0]] != ["number"]:
        return runs
    signs = first[1], last[len(upper[0])]
    names = lower[1], upper[0]
    if (
        signs[0].text[1:2] != signs[1].text[1:2]
        or signs[0].text[:1] != signs[1].text[:1]
        or names[0][0].text == names[1][0].text
    ):
        return runs
    if any(one[0].kind not in {"letter", "greek", "command"} or (len(one) > 1 and one[1].text != "_") for one in names):
        return runs
    return [[*first, *last[len(upper[0]) :]], [*first[:2], *last]]


def _first_relation(run: list[Token]) -> str:
    """The first relation sign of a run outside of brackets; empty if it has none."""
    place = _place_of_relation(run)
    return run[place].text if place < len(run) else ""


def _with_commas(runs: list[list[Token]]) -> list[Token]:
    joined = list(runs[0])
    for run in runs[1:]:
        joined += [Token("symbol", ",", joined[-1].end, run[0].start), *run]
    return joined


def _statement(found: list[Token], names: Names, claims: bool) -> Node:
    """A quantified statement, a connective, a chain, or a bare expression."""
    if claims and FOR_ALL in [token.text for token in found]:
        node = quantified(found, lambda run: _statement(run, names, claims), lambda run: _chain(run, names))
        if node is not None:
            return node
    for signs, kind in _LOGIC if not _CONNECTIVES.isdisjoint([token.text for token in found]) else ():
        runs = split(found, signs)
        if len(runs) > 1:
            if any(not run for run in runs):
                raise UnreadError(found[0].start, "a connective without its statement", "missing-statement")
            parts = [_statement(run, names, claims) for run in runs]
            if kind in {"iff", "implies"} and len(parts) != 2:
                raise UnreadError(found[0].start, "a chain of arrows: write one statement for each", "arrow-chain")
            if any(token.text in _BACKWARDS for token in found):
                parts.reverse()
            return Node(kind, tuple(parts), found[0].start, found[-1].end)
    negations = 0
    while negations < len(found) - 1 and found[negations].text in _NEGATIONS:
        negations += 1
    if negations:
        if negations > MAXIMUM_NESTING:
            raise UnreadError(found[0].start, "nested too deep; write it with fewer negations", "nested-too-deep")
        node = _statement(found[negations:], names, claims)
        for index in reversed(range(negations)):
            node = Node("not", (node,), found[index].start, found[-1].end)
        return node
    if len(found) == 1 and found[0].kind == "text" and found[0].text.lower() in {"true", "false"}:
        return Node("constant", (), found[0].start, found[0].end, found[0].text.lower())
    if is_wrapped(found):
        inside = found[1:-1]
        joined = any(len(split(inside, signs)) > 1 for signs in (RELATION_WORDS.keys(), _CONNECTIVES))
        if joined or (is_wrapped(inside) and any(token.text in RELATION_WORDS for token in inside)):
            return _statement(inside, names, claims)
    return _chain(found, names)


def _chain(found: list[Token], names: Names) -> Node:
    texts = [token.text for token in found]
    if COLON in texts and len(split(found, {COLON})) == 2:
        return read_map(found, lambda run: expression(run, names))
    conditional = _conditional(found, names) if "|" in texts else None
    if conditional is not None:
        return conditional
    node = read_chain(found, lambda run: expression(run, names), _spared, lambda run: distribution(run, names))
    if node.kind == "chain" and all(member.kind in {"unread", "missing"} for member in node.children):
        first = next(member for member in node.children if member.kind == "unread")
        raise UnreadError(first.children[0].start, first.value, first.key)
    return node


def _conditional(found: list[Token], names: Names) -> Node | None:
    """X | Y, Z ~ N(Y, 1): the bar has all that follows on its right."""
    if not any(token.text in RELATION_WORDS for token in found) and len(split(found, {"|"})) == 2:
        return given(found, names) if found[0].text != "|" and found[-1].text != "|" else None  # a \\mid b
    sides = split(found, {"\\sim"})
    if len(sides) != 2 or not all(sides) or [len(split(side, {"|"})) for side in sides] != [2, 1]:
        return None
    members = (given(sides[0], names), distribution(sides[1], names))
    return Node("chain", members, found[0].start, found[-1].end, "sim")


def _spared(run: list[Token], error: UnreadError) -> Node:
    """A side of a relation that is not understood costs its links only."""
    place = Node("text", (), error.offset, error.offset)
    return Node("unread", (place,), run[0].start, run[-1].end, error.message, error.code)
