"""What elaboration asks and what it is answered: an `Obligation` for each relation, the `Outcome` that verify sends back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from derive.kernel.claim import Claim
from derive.kernel.term import (
    Symbol,
    Term,
)
from derive.language.extremum import Extremum
from derive.language.report import Verdict

UNSAID = "?"  # a size that nothing says, in what is said of sorts


@dataclass(frozen=True, slots=True)
class Repair:
    """A changed relation that may be true: if `claim` is proved it is suggested as `suggestion`, and `bind` is what it fixes.

    `replaces` holds the notes that need not be said beside it, `lemmas` what must be proved besides.
    """

    code: str
    message: str
    suggestion: str
    claim: Claim
    bind: tuple[tuple[Symbol, Term], ...] = ()
    replaces: tuple[str, ...] = ()
    lemmas: tuple[Claim, ...] = ()


@dataclass(slots=True)
class Obligation:
    """One relation of the document, and what would settle it.

    With `verdict` it is settled by what it is. Otherwise it is a claim: proved if one of `provable` is, refuted if one of `refutable` is; each of
    these is the same statement with vectors opaque or in components. `duties` must be proved for a definition to define something.
    `earlier` are statements above that may be leaned on, with their ids and whether they are proved. `lemmas` are claims that the forms of the
    statement rest on: nothing is said unless they are proved. `sayings` tells of each of `provable` what its proof shows. A refutation counts only if
    each of `unless` is refuted too; so is each claim of `narrower`, or what stands beside it is the doubt. With `identity`, `\\ne` may only say that this is
    none: it counts only if this is not refuted. `supposing` are the forms with what is `supposed` elsewhere, perhaps not here: their proofs prove nothing. `converse` is to be proved as well, and refutes too: the other direction of an equivalence.
    """

    id: str
    start: int
    end: int
    latex: str
    relation: str
    verdict: Verdict | None = None
    code: str = ""
    message: str = ""
    reading: str = ""
    provable: tuple[Claim, ...] = ()
    refutable: tuple[Claim, ...] = ()
    lemmas: tuple[Claim, ...] = ()
    sayings: tuple[str, ...] = ()
    unless: tuple[Claim, ...] = ()
    narrower: tuple[tuple[str, Claim], ...] = ()
    besides: tuple[
        Claim, ...
    ] = ()  # the claim as it reads with letters that may be no numbers: nothing is proved unless these are
    if_other: str = ""  # what the report says if they are not
    preferred: Claim | None = None  # where a witness is looked for that is to be shown
    solution: bool = False  # a value of an unknown: it may be one of several
    identity: Claim | None = None
    converse: tuple[Claim, ...] = ()
    conventional: tuple[Claim, ...] = ()  # as it reads by conventions that the text names: to be proved as well
    supposing: tuple[Claim, ...] = ()
    supposed: str = ""
    withheld: str = (
        ""  # what its symbols stand for by the text above, perhaps not here: nothing is proved or refuted by that
    )
    support: tuple[Term, ...] = ()  # where the densities that it speaks of are meant
    disputed: bool = False  # it speaks of something of which two equations above say what it is
    repairs: tuple[Repair, ...] = ()
    duties: tuple[Claim, ...] = ()
    conditions: tuple[Term, ...] = ()
    premises: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    earlier: tuple[tuple[str, Term, bool], ...] = ()
    condition_if_not_proved: bool = False
    continues: str = ""  # the id of the link before in the same chain
    reason: str = ""
    display: tuple[tuple[Symbol, Term], ...] = ()  # defined symbols worth showing in a counterexample
    bind: tuple[tuple[Symbol, Term], ...] = ()  # what a proof of the claim fixes
    anew: tuple[str, tuple[Term, ...]] | None = (
        None  # it may begin something new: why, and what then holds no longer if it is not proved
    )
    extrema: tuple[Extremum, ...] = ()  # best values that `about` speaks of: points are proposed for them
    about: Claim | None = None
    infeasible: tuple[Extremum, ...] = ()  # those that are refuted if no point is feasible
    taken_over: str = ""  # a word beside a best value that may say over what it is taken: no witness refutes it
    weaker: tuple[Claim, str] | None = (
        None  # what is less than is said, and what the report says where only that is proved
    )
    contrary: tuple[Term, ...] = ()  # what is only read as a condition above: what contradicts it is another case
    rows_below: tuple[
        Claim, ...
    ] = ()  # what rows below say that may be conditions: if one is no identity, the rows may solve an equation
    resolved: frozenset[Symbol] = frozenset()  # symbols that were replaced by the best values that define them
    bound: tuple[Symbol, ...] = ()  # symbols that are bound in the text: no condition may speak of them
    says_new: bool = False  # the doubt is that it only says what a new letter is
    unasserted: str = (
        ""  # why it may only say something of its letters: it is refuted only if it contradicts what is in scope
    )
    doubt: str = ""  # what in scope is not understood and may exclude a witness: the claim is not refuted


@dataclass(frozen=True, slots=True)
class Inferred:
    """A sort that nothing declares: the section whose formulas show it, the name, and the declaration that says it. What the text defines is not
    to be declared: `defined`. `elsewhere`: the places of formulas in which the name may be something else. `said`: what each formula shows itself, by
    place; without it all of them show the declaration."""

    section: int
    key: str
    text: str
    defined: bool = False
    elsewhere: frozenset[int] = frozenset()
    said: Mapping[int, str] | None = None

    def at(self, place: int) -> str:
        """What is said of the name in the formula at a place; empty if nothing is."""
        return "" if place in self.elsewhere else self.text if self.said is None else self.said.get(place, "")

    def everywhere(self) -> str:
        """What is said of it wherever something is; empty if nothing is."""
        if self.said is None:
            return self.text
        texts = (text for place, text in self.said.items() if place not in self.elsewhere)
        return max(texts, key=lambda one: (one.count(UNSAID), one), default="")  # with the fewest sizes


@dataclass(frozen=True, slots=True)
class Outcome:
    """What verify sends back: the verdict, and the repair that was proved, if any. `doubted`: there is a witness, which the text may exclude. `supposed`: it
    would follow from what is supposed elsewhere. `contrary`: it contradicts what is only read as a condition above."""

    verdict: Verdict
    repair: Repair | None = None
    doubted: bool = False
    supposed: bool = False
    contrary: bool = False
