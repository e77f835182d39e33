"""Which bars belong together where some stand side by side: |a||b| is a product, ||x| - |y|| an absolute value, ||x|| a norm."""

from __future__ import annotations

from derive.language.spelling import FUNCTIONS
from derive.language.syntax import RELATION_WORDS
from derive.read.formula.brackets import ARROWS
from derive.read.formula.tokens import OPEN, Token

# Behind these an operand begins.
_NO_OPERAND = (
    frozenset({"+", "-", "−", "\\pm", "\\mp", "/", "\\div", "*", "^", "_", "\\sum", "\\prod", "\\int", "\\partial", "\\nabla"})
    | {"\\cdot", "\\times", "\\odot", "\\otimes", "\\circ", "\\max", "\\min", "\\sup", "\\inf", "\\lim", "&", "\\\\", ",", ";"}
    | {f"\\{name}" for name in FUNCTIONS}
    | ARROWS.keys()
    | RELATION_WORDS.keys()
    | OPEN.keys()
)  # fmt: skip
_ENDS = ARROWS.keys() | RELATION_WORDS.keys() | {"&", "\\\\"}
MAXIMUM_BARS = 40
_MAXIMUM_STEPS = 2_000


def told_apart(found: list[Token], latex: str, offset: int) -> list[Token]:
    """The tokens with bars side by side as those of norms or single ones, so that all close before the sign of a relation. As they stand where
    that cannot be: p || q, a bar of a condition."""
    if not any(_width(token, latex, offset) == 2 for token in found):
        return found
    bars = _Bars(found, latex, offset)
    if len(bars.single) > MAXIMUM_BARS or not bars.close(0, (), False):
        return found
    return bars.tokens()


def _width(token: Token, latex: str, offset: int) -> int:
    """How many signs | a token is written with; 0 for others, \\| among them."""
    if token.text not in {"|", "||"}:
        return 0
    width = len(token.text)
    return width if latex[token.end - offset - width : token.end - offset] == token.text else 0


class _Bars:
    """A search for the bars that close each other."""

    def __init__(self, found: list[Token], latex: str, offset: int) -> None:
        self.steps = 0
        self.single: set[int] = set()  # of `parts`, the signs that stand for themselves
        self.parts: list[Token] = []
        self.widths: dict[int, int] = {}
        for token in found:
            if not _width(token, latex, offset):
                self.parts.append(token)
                continue
            start = token.start
            for end in range(token.end - len(token.text) + 1, token.end + 1):
                self.single.add(len(self.parts))
                self.parts.append(token.changed("|", start=start, end=end))
                start = end

    def close(self, index: int, opened: tuple[str, ...], behind_operand: bool) -> bool:
        """Whether all bars from here on can be closed, those in `opened` too; `widths` then says how."""
        self.steps += 1
        while index < len(self.parts) and self.steps < _MAXIMUM_STEPS:
            token = self.parts[index]
            if index in self.single:
                return any(
                    self._takes(index, width, opened, behind_operand)
                    for width in self._order(index, opened, behind_operand)
                )
            text = token.text
            if text in {"|", "||"}:
                opened, behind_operand = _met(text, opened, behind_operand)
            elif token.depth > 0:
                opened, behind_operand = (*opened, "("), False
            elif token.depth < 0:
                if not opened or opened[-1] != "(":
                    return False
                opened, behind_operand = opened[:-1], True
            elif text in _ENDS and opened and opened[-1] != "(":
                return False
            else:
                behind_operand = text not in _NO_OPERAND
            index += 1
        return not opened and self.steps < _MAXIMUM_STEPS

    def _order(self, index: int, opened: tuple[str, ...], behind_operand: bool) -> tuple[int, ...]:
        """How wide the bar may be that begins here: first what closes the last one, then norms."""
        run = index
        while run + 1 in self.single and self.parts[run + 1].start == self.parts[run].end:
            run += 1
        length = run - index + 1
        if length == 1:
            return (1,)
        if behind_operand and opened and opened[-1] in {"|", "||"}:
            return (1, 2) if opened[-1] == "|" else (2, 1)
        return (1, 2) if length % 2 else (2, 1)

    def _takes(self, index: int, width: int, opened: tuple[str, ...], behind_operand: bool) -> bool:
        self.widths[index] = width
        return self.close(index + width, *_met("|" * width, opened, behind_operand))

    def tokens(self) -> list[Token]:
        """The tokens as the search has told them apart."""
        found: list[Token] = []
        index = 0
        while index < len(self.parts):
            token = self.parts[index]
            if index in self.single and self.widths[index] == 2:
                token = token.changed("||", end=self.parts[index + 1].end)
                index += 1
            found.append(token)
            index += 1
        return found


def _met(bar: str, opened: tuple[str, ...], behind_operand: bool) -> tuple[tuple[str, ...], bool]:
    """What is open behind a bar, and whether an operand ends there: behind an operand it closes the last one if that is of its kind."""
    if behind_operand and opened and opened[-1] == bar:
        return opened[:-1], True
    return (*opened, bar), False
