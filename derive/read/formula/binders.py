"""Sums, products, integrals, limits, extrema, with their variables, bounds and conditions.

What has integer or real bounds is a node of its own kind, of which the kernel knows the meaning; everything else is a "binder", which is read only.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from derive.language.spelling import FONTS, GREEK
from derive.language.syntax import Node, UnreadError
from derive.read.formula.brackets import after_script, split
from derive.read.formula.events import event, holds_one_name
from derive.read.formula.tokens import CLOSE, OPEN, Token

if TYPE_CHECKING:
    from derive.read.formula.expressions import Parser

_SUMS = {"\\sum": "sum", "\\prod": "product-over"}
_SIGNS_OF_INTEGRALS = {"\\int": 1, "\\oint": 1, "\\iint": 2, "\\iiint": 3}
_LIMITS = {"\\lim": "\\lim", "\\limsup": "\\limsup", "\\liminf": "\\liminf"}
_ARROWS = frozenset({"\\to", "\\rightarrow", "\\longrightarrow"})
_ONE_SIDED = {"\\downarrow": "+", "\\searrow": "+", "\\uparrow": "-", "\\nearrow": "-"}
_FAR = 600  # tokens that are looked through for the variable of a sum
# Words for the best value, and for where it is taken.
_EXTREMA = frozenset({"max", "min", "sup", "inf"})
_PLACES = frozenset({"argmax", "argmin"})


@dataclass(slots=True)
class _Range:
    """What stands below a sign: the variables, and the conditions or bounds on them."""

    variables: list[Node]
    conditions: list[Node]

    def start(self) -> tuple[Node, Node] | None:
        """The variable and its first value, for `i = 1`."""
        if len(self.variables) == len(self.conditions) == 1 and self.conditions[0].value == "=":
            variable, *others = self.conditions[0].children
            if len(others) == 1 and variable == self.variables[0]:
                return variable, others[0]
        return None


# --- sums and products ---------------------------------------------------------------------------------------------------


def read_sum(parser: Parser) -> Node:
    token = parser.take()
    below, above = _scripts(parser)
    found = _range(parser, below) if below else _Range([], [])
    upper = parser.expression(above) if above else None
    kind = _SUMS.get(token.text)
    starts = _starts(found) if kind is not None and upper is not None else None
    body = _body(parser, found)
    if _runs_on(parser, found):
        message = f"how far does this {token.text} go? Its variable occurs behind it: use brackets"
        raise UnreadError(parser.token.start, message, "ambiguous-argument")
    behind: list[Node] = []
    if token.text == "\\prod":
        body, behind = _without_tail(body, {variable.key for variable in found.variables})
    if starts is not None and upper is not None and kind is not None:
        for variable, lower in reversed(starts):
            body = Node(kind, (body, variable, lower, upper), token.start, body.end)
    else:
        body = _binder(token.text, body, found, upper, token.start)
    for one in behind:
        body = Node("dot", (body, one), body.start, one.end, "\\cdot")
    return body


def _without_tail(body: Node, variables: set[str]) -> tuple[Node, list[Node]]:
    """What a product is taken of, and the factors behind it that do not depend on its index: behind a dot, or from another sum or product on. Of other such
    factors it is open, and it makes a difference."""
    behind: list[Node] = []
    while body.kind == "dot" and body.value == "\\cdot":
        left, right = body.children
        if not _depends(left, variables) or _depends(right, variables):
            break
        behind.insert(0, right)
        body = left
    if body.kind != "product":
        return body, behind
    place = len(body.children)
    while place and not _depends(body.children[place - 1], variables):
        place -= 1
    if place in {0, len(body.children)}:
        return body, behind
    head, tail = body.children[:place], body.children[place:]
    if tail[0].kind not in {"sum", "product-over", "integral", "binder"}:
        raise UnreadError(
            tail[0].start,
            "how far does this \\prod go? This factor has not its index: use brackets",
            "ambiguous-argument",
        )
    inside = head[0] if len(head) == 1 else Node("product", head, body.start, head[-1].end)
    outside = tail[0] if len(tail) == 1 else Node("product", tail, tail[0].start, body.end)
    return inside, [outside, *behind]


def _depends(node: Node, variables: set[str]) -> bool:
    """Whether an index stands in an expression, by itself or in the scripts of a name, and no sum or product there binds it anew."""
    if node.kind in {"name", "text"}:
        return node.key in variables or any(key in (node.key[1:] or node.value) for key in variables)
    if node.kind in {"sum", "product-over", "binder"}:
        body, *others = node.children
        count = int(node.key.partition(":")[0]) if node.kind == "binder" else 1
        anew = {one.key for one in others[:count]}
        return _depends(body, variables - anew) or any(_depends(one, variables - anew) for one in others[count:])
    return any(_depends(one, variables) for one in node.children)


def _starts(found: _Range) -> list[tuple[Node, Node]] | None:
    """The variables with their first values, for `i = 1` and for `i, j = 1`."""
    if len(found.conditions) != 1 or found.conditions[0].value != "=" or len(found.conditions[0].children) != 2:
        return None
    last, lower = found.conditions[0].children
    if not found.variables or found.variables[-1] != last:
        return None
    return [(variable, lower) for variable in found.variables]


def _body(parser: Parser, found: _Range) -> Node:
    """What a sum is taken of: the product behind it, up to a plus or minus sign or a relation."""
    saved = parser.bound
    parser.bound = saved | {variable.key for variable in found.variables}
    if parser.token.text in {"-", "−"}:
        start = parser.take().start
        operand = parser.product()
        body = Node("negate", (operand,), start, operand.end)
    else:
        body = parser.product()
    parser.bound = saved
    return body


def _runs_on(parser: Parser, found: _Range) -> bool:
    """Whether the variable of a sum occurs in a term behind it, where no other sign binds it: \\sum_i a_i + b_i."""
    names = {one.key for one in found.variables}
    if parser.token.text not in {"+", "-", "−"} or not names:
        return False
    depth, bound = 0, -1  # how deep the sign stands that binds the variable anew; -1 where none does
    for index in range(parser.index, min(parser.index + _FAR, len(parser.found))):
        token = parser.found[index]
        if token.kind in {"begin", "close"} or token.text in {"&", "\\\\"}:
            return False
        if token.text in OPEN:
            depth += 1
        elif token.text in CLOSE:
            depth -= 1
            if depth < 0:
                return False
        if depth < bound or (depth == bound and token.text in {"+", "-", "−"}):
            bound = -1
        if depth == 0 and token.text in {",", ";"}:
            return False
        if token.text in PRIMARIES and parser.found[min(index + 1, len(parser.found) - 1)].text == "_":
            scripts = parser.found[index + 1 : after_script(parser.found, index + 1)]
            if bound < 0 and any(one.text in names for one in scripts):
                bound = depth
        elif bound < 0 and token.text in names and token.kind in {"letter", "command"}:
            return True
    return False


def _binder(sign: str, body: Node, found: _Range, upper: Node | None, start: int, shape: str = "") -> Node:
    """A sign with variables and conditions below it."""
    children = [body, *found.variables, *found.conditions]
    count = len(found.variables)
    shown = range(count + 2, len(children) + 1) if found.conditions else range(2, count + 2)
    listed = ", ".join(f"#{index}" for index in shown)
    if found.conditions:  # i, j \in S: the names before the one that the condition begins with
        named = {part.key for condition in found.conditions for part in condition.walk() if part.kind == "name"}
        extra = [f"#{index}" for index, one in enumerate(found.variables, 2) if one.key not in named]
        listed = ", ".join([*extra, listed])
    below = f"_{{{listed}}}" if listed else ""
    above = ""
    if upper is not None:
        children.append(upper)
        above = f"^{{#{len(children)}}}"
    return Node("binder", tuple(children), start, body.end, f"{sign}{below}{above} #1*", f"{count}{shape}")


def _scripts(parser: Parser) -> tuple[list[Token], list[Token]]:
    """The tokens below and above a sign, in either order."""
    found: dict[str, list[Token]] = {}
    while parser.token.text in {"_", "^"}:
        script = parser.take()
        if script.text in found:
            raise UnreadError(script.start, "a second bound on the same side", "sum-bounds")
        if parser.token.text == "{":
            found[script.text] = parser.group_tokens()
            continue
        taken = [parser.take()]
        if (
            taken[0].kind == "number" and len(taken[0].text) > 1
        ):  # TeX prints \\int_0^23x as the integral of 3x from 0 to 2
            raise UnreadError(taken[0].start, "a bound of several digits: write braces around it", "ambiguous-bound")
        if taken[0].kind == "command" and taken[0].text[1:] in FONTS:
            taken += [
                Token("symbol", "{", taken[0].end, taken[0].end),
                *_one(parser),
                Token("symbol", "}", taken[0].end, taken[0].end),
            ]
        found[script.text] = taken
    return found.get("_", []), found.get("^", [])


def _one(parser: Parser) -> list[Token]:
    return parser.group_tokens() if parser.token.text == "{" else [parser.take()]


def _range(parser: Parser, below: list[Token], *, body_says: bool = False) -> _Range:
    """The variables and conditions that stand below a sign. Which name of a condition varies may be left to the body."""
    runs = [run for run in split(below, {",", ";"}) if run]
    found = _Range([], [])
    for run in runs:
        inner = parser.inside(run)
        inner.bars = ["|", "||"]
        node = event(inner)
        inner.expect_end()
        if node.kind == "name":
            found.variables.append(node)
        elif node.kind == "product" and all(child.kind == "name" for child in node.children):
            found.variables += node.children
        elif node.kind == "chain":
            found.conditions.append(node)
            known = {variable.key for variable in found.variables}
            if not (body_says and _is_expression(node.children[0])):
                found.variables += [name for name in _bound_by(node, parser.bound) if name.key not in known]
        else:
            raise UnreadError(run[0].start, "over what does this go? write i = 1, i \\in S, or i", "sum-bounds")
    if not found.variables and not body_says:
        raise UnreadError(below[0].start, "the variable that runs here is not a name", "sum-bounds")
    return found


def _is_expression(node: Node) -> bool:
    """Whether something with names in it is no name, and no list of them."""
    return node.kind not in {"name", "tuple", "list"} and any(part.kind == "name" for part in node.walk())


def _bound_by(chain: Node, around: frozenset[str]) -> list[Node]:
    """The variables of a condition: the name on its left; of i < j both, unless one is bound already; of 1 <= i < j <= n those inside."""
    members, words = chain.children, chain.value.split()
    if set(words) <= {"<", "<=", ">", ">="}:
        inside = members[1:-1] or members
        names = [one for one in inside if one.kind == "name"]
        if len(members) == 2 and any(name.children for name in names):
            names = names[:1]  # t_1 <= x_1
        free = [name for name in names if name.key not in around]
        return free or names
    if members[0].kind in {"tuple", "list"}:
        return [one for one in members[0].children if one.kind == "name"]
    return [members[0]] if members[0].kind == "name" else []


# --- integrals -----------------------------------------------------------------------------------------------------------


def read_integral(parser: Parser) -> Node:
    token = parser.take()
    below, above = _scripts(parser)
    if begins_differential(parser):  # \int dx f(x)
        differentials = [read_differential(parser)]
        while begins_differential(parser):
            differentials.append(read_differential(parser))
        end = parser.found[parser.index - 1].end
        body = parser.product() if parser.begins_factor() else Node("number", (), end, end, "1")
        end = max(end, body.end)
    else:
        outer, parser.differentials = parser.differentials, []
        parser.integrals += 1
        body = parser.sum() if not begins_differential(parser) else Node("number", (), token.end, token.end, "1")
        parser.integrals -= 1
        differentials, parser.differentials = parser.differentials, outer
        several = _SIGNS_OF_INTEGRALS[token.text]
        if not differentials:
            if not begins_differential(parser):
                raise UnreadError(token.start, "an integral without its dx", "integral")
            differentials = [read_differential(parser)]
        # A sign of its own for each is read from inside out: \int \int f dx dy. One sign with several takes them all.
        while begins_differential(parser) and (len(differentials) < several or not parser.integrals):
            differentials.append(read_differential(parser))
        end = parser.found[parser.index - 1].end
    return _integral(parser, token, body, differentials, below, above, end)


def _integral(
    parser: Parser,
    token: Token,
    body: Node,
    differentials: list[Node],
    below: list[Token],
    above: list[Token],
    end: int,
) -> Node:
    names = [one for one in differentials if one.kind == "name"]
    upper = parser.expression(above) if above else None
    if len(differentials) == len(names) == 1 and token.text == "\\int" and below and upper is not None:
        lower = parser.expression(below)
        return Node("integral", (body, names[0], lower, upper), token.start, end)
    others = [one for one in differentials if one.kind != "name"]
    children = [body, *names, *others]
    shown = {id(one): index for index, one in enumerate(children, 1)}
    bounds = ""
    if below:
        inner = parser.inside(below)
        children.append(event(inner))
        inner.expect_end()
        bounds += f"_{{#{len(children)}}}"
    if upper is not None:
        children.append(upper)
        bounds += f"^{{#{len(children)}}}"
    marks = "".join(
        f" \\, d#{shown[id(one)]}" if one.kind in {"name", "call"} else f" \\, d(#{shown[id(one)]})"
        for one in differentials
    )
    return Node("binder", tuple(children), token.start, end, f"{token.text}{bounds} #1*{marks}", str(len(names)))


def begins_differential(parser: Parser) -> bool:
    """Whether dx stands here; in letters only where a letter follows."""
    token = parser.token
    if token.kind == "upright":
        return token.text == "d"
    if token.text != "d" or token.kind != "letter":
        return False
    following = parser.ahead()
    return following.kind == "letter" or (following.kind == "command" and following.text[1:] in FONTS | GREEK)


def read_differential(parser: Parser) -> Node:
    """The x of dx; of d(x^2), dF(x) the expression."""
    sign = parser.take()
    if parser.token.text in {"(", "["}:
        return parser.group()
    if parser.token.text == "^":
        raise UnreadError(parser.token.start, "a differential of several dimensions", "integral")
    node = parser.name()
    if node.key == "d" and sign.kind == "letter":
        raise UnreadError(sign.start, "a differential of d, or d times a differential?", "integral")
    if parser.token.text == "(":
        if node.key in parser.names.functions or node.key in parser.names.operators:
            return parser.named(node)
        if holds_one_name(parser):
            message = f"{node.key}(...) behind d can be {node.key} applied to something or a factor: declare {node.key} as a function"
            raise UnreadError(node.start, message, "ambiguous-application")
    if parser.token.text == "^" and _is_inverse(parser):  # d g^{-1}(y)
        raise UnreadError(parser.token.start, "the differential of an inverse, or a power of the integral?", "integral")
    if parser.token.text == "^" and sign.kind == "letter":
        raise UnreadError(sign.start, "a differential, or d times a power?", "integral")
    return node


def _is_inverse(parser: Parser) -> bool:
    """Whether the superscript -1 stands here."""
    texts = [parser.ahead(count).text for count in (1, 2, 3, 4)]
    return texts == ["{", "-", "1", "}"]


# --- limits and extrema --------------------------------------------------------------------------------------------------


def read_limit(parser: Parser) -> Node:
    token = parser.take()
    parser.expect("_")
    group = parser.group_tokens() if parser.token.text == "{" else [parser.take()]
    approach, *conditions = [run for run in split(group, {",", ";"}) if run] or [group]
    sign = next((one.text for one in approach if one.text in _ONE_SIDED), "")
    sides = split(approach, _ARROWS | set(_ONE_SIDED))
    if len(sides) != 2 or not all(sides):
        raise UnreadError(token.start, "a limit without x \\to a", "limit")
    side = _ONE_SIDED.get(sign) or _side(sides[1])
    variable, point = parser.expression(sides[0]), parser.expression(sides[1][: -_length_of_side(sides[1])] or sides[1])
    over = _Range([variable] if variable.kind == "name" else [], [])
    body = _body(parser, over)
    if parser.token.text in {"+", "-", "−"} and variable.kind == "name" and _goes_on(parser, sides[0]):
        if any(part.key == variable.key for part in body.walk() if part.kind == "name"):
            raise UnreadError(parser.token.start, "how far does the limit go? use brackets", "ambiguous-argument")
        saved, parser.bound = parser.bound, parser.bound | {variable.key}  # \\lim 2x + h: the limit is of all of it
        rest = parser.sum()
        parser.bound = saved
        body = Node("+", (body, rest), body.start, rest.end)
    if token.text == "\\lim" and not side and not conditions:
        return Node("limit", (body, variable, point), token.start, body.end)
    if variable.kind != "name":
        raise UnreadError(variable.start, "a limit by something that is not a name", "limit")
    children = [body, variable, point]
    listed = "#2 \\to #3" + (f"^{side}" if side else "")
    for run in conditions:
        inner = parser.inside(run)
        children.append(event(inner))
        inner.expect_end()
        listed += f", #{len(children)}"
    return Node("binder", tuple(children), token.start, body.end, f"{_LIMITS[token.text]}_{{{listed}}} #1*", "1")


def _goes_on(parser: Parser, variable: list[Token]) -> bool:
    """Whether the variable of a limit occurs in what is still to be read at this depth."""
    letter = next(token.text for token in variable if token.text[1:] not in FONTS and token.text != "{")
    depth = 0
    for index in range(parser.index, len(parser.found)):
        token = parser.found[index]
        depth += token.depth
        if depth < 0 or token.text in {"\\lim", "\\int"}:  # these have a variable of their own
            return False
        if token.text == letter:
            return True
    return False


def _length_of_side(point: list[Token]) -> int:
    """How many tokens at the end say from which side: 0^+, 0^{+}."""
    texts = [token.text for token in point]
    if len(texts) > 2 and texts[-2] == "^" and texts[-1] in {"+", "-"}:
        return 2
    return 4 if len(texts) > 4 and texts[-4:-2] == ["^", "{"] and texts[-2] in {"+", "-"} and texts[-1] == "}" else 0


def _side(point: list[Token]) -> str:
    length = _length_of_side(point)
    return "" if not length else point[-1].text if length == 2 else point[-2].text


def read_extremum(parser: Parser, word: str, start: int, below: list[Token] | None = None) -> Node:
    """\\max_{x \\in S} f(x), \\arg\\max_x f(x), the reading standing behind the word."""
    if below is None:
        below, above = _scripts(parser)
        if above:
            raise UnreadError(start, f"a superscript on {word}", "superscript")
    if not below and word in _EXTREMA:
        raise UnreadError(start, f"{word} without what it is taken over", "sum-bounds")
    found = _range(parser, below, body_says=True) if below else _Range([], [])
    saved = parser.bound
    parser.bound = saved | {variable.key for variable in found.variables}
    # The place of the best value is that of the whole sum; of a best value a sum may be taken.
    body = parser.sum() if word in _PLACES else parser.product()
    if below and not found.variables:
        varied = (_varied(condition, body, saved) for condition in found.conditions)
        found.variables += {variable.key: variable for variable in varied}.values()
    found.variables = _of_body(found, body)
    if word in _EXTREMA and parser.token.text in {"+", "-", "−"}:
        body = _whole_sum(parser, body, {variable.key for variable in found.variables}, word)
    parser.bound = saved
    sign = f"\\operatorname{{{word}}}" if word in _PLACES else f"\\{word}"
    return _binder(sign, body, found, None, start, ":variable" if word in _PLACES and found.variables else "")


def _varied(condition: Node, body: Node, around: frozenset[str]) -> Node:
    """The one name that stands on the left of a condition and in the body: \\max_{\\|x\\| = 1} c^T x."""
    inside = body.names - around
    names = {part.key: part for part in condition.children[0].walk() if part.kind == "name" and part.key in inside}
    if len(names) != 1:
        raise UnreadError(condition.start, "the variable that runs here is not a name", "sum-bounds")
    return next(iter(names.values()))


def _of_body(found: _Range, body: Node) -> list[Node]:
    """The variables; of two that a condition compares the one that the body has, if it has one of them: \\min_{x \\ge a} x^2."""
    inside = body.names
    beside: set[str] = set()
    for condition in found.conditions:
        names = {member.key for member in condition.children if member.kind == "name"}
        if condition.value != "in" and names & inside:
            beside |= names - inside
    return [variable for variable in found.variables if variable.key not in beside]


def _whole_sum(parser: Parser, body: Node, variables: set[str], word: str) -> Node:
    """The sum that goes on behind the body of an extremum: it belongs to it if its variable occurs there."""
    place = parser.token.start
    rest = parser.sum()
    if not any(part.key in variables for part in rest.walk() if part.kind == "name"):
        raise UnreadError(place, f"how far does {word} go? use brackets", "ambiguous-argument")
    return Node("+", (body, *(rest.children if rest.kind == "+" else (rest,))), body.start, rest.end)


def constrained(node: Node, condition: Node) -> Node:
    """The node with a further condition on each best value in it that stands alone and whose variable the condition names: `\\text{s.t.}`."""
    if node.kind == "chain":
        sides = tuple(constrained(child, condition) for child in node.children)
        return node._replace(children=sides)
    names = condition.names
    count = int(node.key.partition(":")[0]) if node.kind == "binder" else 0
    variables = {one.key for one in node.children[1 : count + 1]}
    if not node.value.startswith(_OF_BEST) or not variables & names:
        return node
    children = (*node.children, condition.placed(node.end))
    below = node.value.removesuffix("} #1*")
    return node._replace(children=children, value=f"{below}, #{len(children)}}} #1*")


_OF_BEST = tuple(f"\\{word}_{{" for word in sorted(_EXTREMA)) + tuple(
    f"\\operatorname{{{word}}}_{{" for word in sorted(_PLACES)
)


def read_bound(parser: Parser) -> Node:
    token = parser.take()
    return read_extremum(parser, token.text[1:], token.start)


def read_arg(parser: Parser) -> Node:
    """\\arg\\max."""
    token = parser.take()
    word = parser.token.text.removeprefix("\\")
    if word not in {"max", "min"}:
        raise parser.unknown(token)
    parser.take()
    return read_extremum(parser, "arg" + word, token.start)


def read_under(parser: Parser) -> Node:
    """\\underset{x}{\\arg\\max} f(x)."""
    token = parser.take()
    below = parser.group_tokens()
    word = "".join(one.text.removeprefix("\\") for one in parser.group_tokens())
    if word not in _EXTREMA | _PLACES or not below:
        raise parser.unknown(token)
    return read_extremum(parser, word, token.start, below)


PRIMARIES: dict[str, Callable[[Parser], Node]] = {
    **dict.fromkeys((*_SUMS, "\\bigcup", "\\bigcap", "\\bigoplus", "\\bigotimes", "\\coprod"), read_sum),
    **dict.fromkeys(_SIGNS_OF_INTEGRALS, read_integral),
    **dict.fromkeys(_LIMITS, read_limit),
    **dict.fromkeys(("\\sup", "\\inf", "\\argmax", "\\argmin"), read_bound),
    "\\arg": read_arg,
    "\\underset": read_under,
}
