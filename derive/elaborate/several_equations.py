"""Names for which a text has several equations. The first one defines (semantics.md section 5), but it may be what a page is to show, or a value in one example:
only words tell. So a definition that no word marks says that there is another equation."""

from __future__ import annotations

from derive.elaborate.context import DEFINITION_MARKS, Context, Link
from derive.elaborate.equations import Equation, key_of
from derive.elaborate.obligation import Obligation
from derive.elaborate.sections import is_around
from derive.language.printing import plain_name
from derive.language.report import Verdict


def ask_which_defines(context: Context, link: Link, obligation: Obligation) -> None:
    """Says of a definition that nothing marks where the text has another equation for the same name."""
    unmarked = link.word == "=" and link.statement.mark not in DEFINITION_MARKS
    if context.document.claims or not unmarked or obligation.verdict is not Verdict.DEFINED:
        return
    other = _another(context, link) if obligation.code == "definition" else None
    if other is not None:
        obligation.code = "several-equations"
        obligation.message += (
            f"; {context.document.place(other.start)} has another equation for {plain_name(key_of(link.left))}"
        )


def _another(context: Context, link: Link) -> Equation | None:
    key, value, here = key_of(link.left), link.right.placed(0), link.formula.section
    for one in context.equations.get(key, ()):
        if one.start == link.statement.start or one.arguments != len(link.left.children) or one.value == value:
            continue
        if is_around(context, here, one.section):
            return one
    return None
