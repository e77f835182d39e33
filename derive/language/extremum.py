"""A best value, or the place of one, as plain data, and what it says of a point."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from derive.kernel.check import ABSURD
from derive.kernel.definedness import obligations as definedness
from derive.kernel.term import Apply, Symbol, Term, equal, substitute


@dataclass(frozen=True, slots=True)
class Extremum:
    """The best value of a body over a variable under constraints, or its place: 1 for the greatest, -1 for the least."""

    term: Term
    is_place: bool
    sign: int
    variable: Symbol
    body: Term
    constraints: tuple[Term, ...]
    others: tuple[Symbol, ...] = ()  # further variables, of a best value

    @property
    def variables(self) -> tuple[Symbol, ...]:
        """All that it is taken over."""
        return (self.variable, *self.others)

    def value(self) -> Extremum:
        """The best value itself, for its place."""
        assert isinstance(self.term, Apply)
        name, *parts = self.term.arguments
        assert isinstance(name, Symbol)
        word = name.name.replace("\\operatorname{argmax}", "\\max").replace("\\operatorname{argmin}", "\\min")
        term = Apply("notation", (Symbol(word), *parts))
        return replace(self, term=term, is_place=False)

    def at(self, *point: Term) -> tuple[Term, tuple[Term, ...]]:
        """The body and the constraints at a point, which has a value for each variable."""
        mapping: dict[Term, Term] = dict(zip(self.variables, point, strict=True))
        return substitute(self.body, mapping), tuple(substitute(one, mapping) for one in self.constraints)

    def bound(self, *point: Term) -> tuple[tuple[Term, ...], Term]:
        """What is supposed of any point, and that it is not better than this one."""
        value, _ = self.at(*point)
        supposed = (*self.constraints, *definedness(self.body))
        return supposed, Apply("<=" if self.sign > 0 else ">=", (self.body, value))

    def nowhere(self) -> tuple[tuple[Term, ...], Term]:
        """What is supposed of any point, and that no point is so."""
        supposed = (*self.constraints, *definedness(self.body))
        return supposed, never(supposed, self.variables)

    def unique(self, point: Term) -> tuple[tuple[Term, ...], Term]:
        """What is supposed of a point that is as good, and that it is this one."""
        supposed, bound = self.bound(point)
        assert isinstance(bound, Apply)
        as_good = Apply(">=" if self.sign > 0 else "<=", bound.arguments)
        return (*supposed, as_good), equal(self.variable, point)

    def is_at(self, *point: Term, only: bool = True) -> Term:
        """That the point satisfies the constraints, and no other is better; of the only place also that none is as good."""
        value, constraints = self.at(*point)
        # Where the function is not defined at the point the best value is not there.
        defined = [equal(value, value)] if definedness(value) else []
        parts = [*constraints, *defined, _under(*self.bound(*point))]
        if self.is_place and only:
            parts.append(_under(*self.unique(*point)))
        return parts[0] if len(parts) == 1 else Apply("and", tuple(parts))


def never(supposed: tuple[Term, ...], symbols: Iterable[Symbol]) -> Term:
    """That for no values of the symbols all of this holds."""
    statement = _under(supposed, ABSURD)
    for symbol in symbols:
        statement = Apply("forall", (statement, symbol))
    return statement


def _under(supposed: tuple[Term, ...], conclusion: Term) -> Term:
    if not supposed:
        return conclusion
    return Apply("implies", (supposed[0] if len(supposed) == 1 else Apply("and", supposed), conclusion))
