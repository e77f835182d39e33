"""Chains of relations in a run of tokens, and what stands on their sides: an expression, a list of expressions, a set."""

from __future__ import annotations

from collections.abc import Callable

from derive.language.syntax import MEMBERSHIPS, RELATION_WORDS, Node, UnreadError
from derive.read.formula.brackets import after_script, is_script, split
from derive.read.formula.tokens import Token

_LOW_DOTS = frozenset({"\\dots", "\\ldots", "...", "…", "\\dotsc"})
Expression = Callable[[list[Token]], Node]
Spared = Callable[[list[Token], UnreadError], Node]


def read_chain(
    found: list[Token], expression: Expression, spared: Spared | None = None, distribution: Expression | None = None
) -> Node:
    """A chain of relations, or what stands there without one. `spared` says what stands for a side that is not understood; a side behind
    \\sim is read by `distribution`."""
    if RELATION_WORDS.keys().isdisjoint([token.text for token in found]):
        return read_side(found, expression)
    words: list[str] = []
    runs: list[list[Token]] = []
    begin = depth = 0
    for index, token in enumerate(found):
        depth += token.depth
        if depth == 0 and token.text in RELATION_WORDS and not is_script(found, index):
            negated = index > begin and found[index - 1].text == "\\not"
            words.append(_word(token, negated))
            runs.append(found[begin : index - negated])
            begin = index + 1
    if not words:
        return read_side(found, expression)
    runs.append(found[begin:])
    members: list[Node] = []
    for index, run in enumerate(runs):
        if not run:
            if index == 0:
                members.append(Node("missing", (), found[0].start, found[0].start))
                continue
            raise UnreadError(found[-1].end, "a relation sign without its right side", "missing-side")
        try:
            reader = distribution if distribution and index and words[index - 1] == "sim" else expression
            modular = index > 0 and words[index - 1] == "equiv"
            space = _space(run, expression) if index and words[index - 1] in MEMBERSHIPS else None
            side = space or (_of_residue(run, expression) if modular else read_side(run, reader))
        except UnreadError as error:
            if spared is None:
                raise
            side = spared(run, error)
        if index == 1 and words[0] == "=" and members[0].kind == "name":
            side = as_range(side)
        members.append(as_set(side) if index and words[index - 1] in MEMBERSHIPS else side)
    if len(words) > 1 and words[-1] in {"sim", "to"}:
        words, members = _with_range(words, members)
    if words == ["=:"]:  # a + b =: c defines c
        words, members = [":="], members[::-1]
    words = ["=" if word == "=:" else word for word in words]
    return Node("chain", _with_intervals(members, words), found[0].start, found[-1].end, " ".join(words))


def _with_intervals(members: list[Node], words: list[str]) -> tuple[Node, ...]:
    """A calligraphic letter is a set: what it is equal to in \\mathcal{X} = [a, b] is an interval, not a row."""
    found = list(members)
    for index, word in enumerate(words) if "list" in [member.kind for member in members] else ():
        for one, other in ((index, index + 1), (index + 1, index)):
            named = members[one].kind == "name" and members[one].value.startswith("\\mathcal{")
            if word in {"=", ":="} and named and members[other].kind == "list":
                found[other] = as_set(members[other])
    return tuple(found)


def as_range(node: Node, *, names: bool = False) -> Node:
    """i = 1 \\dots n: the values that i runs through, as with commas; dots on the line are no factors. From one of the `names` to another in a set."""
    if node.kind != "product" or len(node.children) != 3:
        return node
    first, dots, last = node.children
    ranged = (
        (first.kind == "number" or (names and first.kind == "name"))
        and dots.kind == "ellipsis"
        and dots.value in _LOW_DOTS
        and last.kind in {"name", "number"}
    )
    return Node("sequence", node.children, node.start, node.end) if ranged else node


def _with_range(words: list[str], members: list[Node]) -> tuple[list[str], list[Node]]:
    """x = 0 \\sim 1, \\beta = 0.9 \\to 0.99: from a number to another one, and no distribution of a number; nothing is known of it."""
    *others, first, last = members
    if words[-2] not in {"=", ":=", "approx", "in"} or not {first.kind, last.kind} <= _ENDS_OF_RANGES or first.names:
        return words, members
    sign = "\\sim" if words[-1] == "sim" else "\\to"
    ranged = Node("operator", (first, last), first.start, last.end, f"#1* {sign} #2*", "real")
    return words[:-1], [*others, ranged]


_ENDS_OF_RANGES = frozenset({"number", "negate", "name", "/", "^", "product", "constant", "+"})


def _word(token: Token, negated: bool) -> str:
    word = RELATION_WORDS[token.text]
    if not negated:
        return word
    opposite = {"=": "!=", "in": "notin", "subset": "notsubset", "subseteq": "notsubset"}.get(word)
    if opposite is None:
        raise UnreadError(token.start, "write \\neq or \\notin for a negated sign", "negated-relation")
    return opposite


_SPACES = frozenset({"C", "L", "H", "W", "B", "S", "D", "M", "O", "U"})
_GROUPS = frozenset({"GL", "SL", "SO", "SU", "Sp", "PGL", "PSL", "PSU", "BV", "AC", "BMO"})
_OF_SETS = (["(", "["], ["(", "\\mathbb"])


def _space(found: list[Token], expression: Expression) -> Node | None:
    """C^\\infty(\\mathbb{R}), L^2([0, 1]), GL_n(\\mathbb{R}), SO(3): a space of functions over a set, or a group, not a product."""
    place = 0
    while place < len(found) and place < 3 and found[place].kind == "letter":
        place += 1
    name = "".join(token.text for token in found[:place])
    of_set = [token.text for token in found[place : place + 2]] in _OF_SETS
    if not (name in _GROUPS or (name in _SPACES and (of_set or (place < len(found) and found[place].text == "^")))):
        return None
    children: list[Node] = []
    label = f"\\mathrm{{{name}}}" if place > 1 else name
    while place < len(found) and found[place].text in {"_", "^"}:
        behind = after_script(found, place)
        script = found[place + 1 : behind]
        braced = script[0].text == "{"
        children.append(read_side(script[1:-1] if braced else script, expression))
        label += f"{found[place].text}{{#{len(children)}}}" if braced else f"{found[place].text}#{len(children)}"
        place = behind
    inside = found[place + 1 : -1]
    if place >= len(found) or found[place].text != "(" or found[-1].text != ")" or not inside:
        return None
    if any(sum(token.depth for token in inside[: end + 1]) < 0 for end in range(len(inside))):
        return None  # (a)(b)
    for run in split(inside, {",", ";"}):
        if not run:
            return None
        children.append(as_set(read_side(run, expression)))
    places = ", ".join(f"#{index + 1}" for index in range(label.count("#"), len(children)))
    return Node("operator", tuple(children), found[0].start, found[-1].end, f"{label}({places})", "open")


def _of_residue(found: list[Token], expression: Expression) -> Node:
    """1 (mod 4) behind \\equiv, with its modulus."""
    place = next((index for index, token in enumerate(found) if token.text in {"\\pmod", "\\mod", "\\bmod", "mod"}), 0)
    if not place:
        return read_side(found, expression)
    value, modulus = found[:place], found[place + 1 :]
    if value[-1].text == "(" and modulus and modulus[-1].text == ")":
        value, modulus = value[:-1], modulus[:-1]
    if modulus and modulus[0].text == "{" and modulus[-1].text == "}":
        modulus = modulus[1:-1]
    if not value or not modulus:
        raise UnreadError(found[place].start, "a residue without its value or its modulus", "missing")
    kids = expression(value), expression(modulus)
    return Node("operator", kids, found[0].start, found[-1].end, "#1 \\pmod{#2}", "real")


def read_side(found: list[Token], expression: Expression) -> Node:
    """An expression, or several with commas between: x, y in x, y \\in S."""
    runs = split(found, {","})
    if len(runs) == 1:
        return expression(found)
    if not runs[-1]:
        runs.pop()
    if not all(runs):
        raise UnreadError(found[0].start, "two commas side by side", "missing")
    parts = tuple(expression(run) for run in runs)
    return parts[0] if len(parts) == 1 else Node("sequence", parts, found[0].start, found[-1].end)


def as_set(node: Node) -> Node:
    """What stands behind \\in: (a, b) and [a, b] are intervals there, powers and \\times are products of sets."""
    if node.kind in {"tuple", "list"} and len(node.children) == 2:
        if any(child.kind == "ellipsis" for child in node.children):
            return node
        return Node("interval", node.children, node.start, node.end, node.value)
    if node.kind == "product" and len(node.children) == 2:  # T_p M: a tangent space, no product
        space, point = node.children
        if space.kind == "name" and space.value == "T" and space.children:
            return Node("operator", (point,), node.start, node.end, f"{space.key} #1", "open")
    if node.kind in {"^", "dot", "sequence"}:
        first, *rest = node.children
        kids = (as_set(first), *((as_set(one) for one in rest) if node.kind != "^" else rest))
        return Node(node.kind, kids, node.start, node.end, node.value, node.key)
    return node
