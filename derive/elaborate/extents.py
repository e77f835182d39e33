r"""How far a sum, a product or a derivative reaches: `\sum_{i=1}^n 2i - 1` and `\frac{d}{dx} 2x + 1` may be meant of the terms behind them too.

By convention they end before the plus or minus sign; many who type without brackets mean all that stands there.
"""

from __future__ import annotations

from derive.language.syntax import Node

REACHING = frozenset({"sum", "product-over", "derivative", "nabla"})


def further(node: Node, count: int | None) -> Node:
    """The same with each sum, product and derivative by an operator taken of `count` terms behind it too, or of all, but for those with a sign of their
    own; the node itself where none of them can reach further."""
    if "+" not in node.kinds or node.kinds.isdisjoint(REACHING):
        return node
    children = [further(child, count) for child in node.children]
    if node.kind == "+":
        kept: list[Node] = []
        while children:
            head, *children = children
            end = next(
                (place for place, one in enumerate(children) if not one.kinds.isdisjoint(REACHING)), len(children)
            )
            end = end if count is None else min(end, count)
            wider = _over(head, children[:end]) if end else None
            if wider is not None:
                head, children = wider, children[end:]
            kept.append(head)
        children = kept
        if len(children) == 1:
            return children[0]
    elif all(new is old for new, old in zip(children, node.children, strict=True)):
        return node
    return node._replace(children=tuple(children))


def _over(node: Node, behind: list[Node]) -> Node | None:
    """A term with what its last sign is taken of and the terms behind it together; None where no sign is open there: brackets end it."""
    if node.kind in {"negate", "product", "dot"}:
        wider = _over(node.children[-1], behind)
        return None if wider is None else node._replace(children=(*node.children[:-1], wider))
    if node.kind == "/" and node.children[0].kind == "derivative":  # \frac{d}{dx} x^2/2
        derivative, below = node.children
        quotient = node._replace(children=(derivative.children[0], below))
        node = derivative._replace(children=(quotient, *derivative.children[1:]))
    if node.kind not in REACHING or (node.kind == "derivative" and node.key != "operator"):
        return None
    body, *others = node.children
    if body.kind == "+":
        return None
    inner = _over(body, behind)
    return node._replace(children=(inner or Node("+", (body, *behind), body.start, behind[-1].end), *others))
