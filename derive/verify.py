"""Conducts: elaborates a document, asks the procedures in order, lets the kernel check what they found, and says the verdict.

Nothing a procedure says is believed: a claim is proved only when `kernel.check` accepts a certificate, refuted only when `kernel.refute`
accepts a counterexample.
"""

from __future__ import annotations

import re
import time
from bisect import bisect_right
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import lru_cache

from derive.decide import (
    FURTHER_HUNT,
    HUNT,
    LONG,
    PROCEDURES,
    REFUTERS,
    SLOW,
    Finding,
    Procedure,
    attempts,
    conjunctions,
    equations,
    examples,
    instances,
    linear,
    logic,
    optima,
)
from derive.decide.accepted import refutes, values_at
from derive.decide.candidates import letters_of_sizes, literal
from derive.decide.changes import changes
from derive.decide.discharge import discharge
from derive.decide.screening import fails_plainly
from derive.decide.work import OutOfWork, Work
from derive.elaborate import Ending, Obligation, Outcome, Repair, obligations
from derive.elaborate.anew import CONTRARY_CASE
from derive.elaborate.perhaps_complex import over_complex
from derive.kernel.certificate import (
    AxiomInstance,
    Certificate,
    Chain,
    Counterexample,
    Inconsistent,
    Introduce,
    Lemma,
    Link,
    Refutation,
    Rejected,
)
from derive.kernel.check import ABSURD, check, undischarged
from derive.kernel.claim import Claim
from derive.kernel.definedness import obligations as definedness
from derive.kernel.evaluation import Undecided, Undefined, evaluate, size_of
from derive.kernel.sign import implied, opposite_of
from derive.kernel.sorting import is_scalar, sort_of
from derive.kernel.term import (
    FALSE,
    ORDERS,
    ZERO,
    Apply,
    Constant,
    Function,
    IllSorted,
    Lambda,
    Matrix,
    Number,
    Symbol,
    Term,
    TermError,
    free_symbols,
    substitute,
    subterms,
)
from derive.language.document import Document, Formula
from derive.language.extremum import Extremum
from derive.language.faces import printing_as
from derive.language.printing import plain
from derive.language.report import Conclusion, CounterexampleText, DocumentReport, Result, Verdict, lines_of
from derive.theories import AXIOMS

WORK_LIMIT = 60_000  # units of work for one procedure on one claim
HUNT_LIMIT = 500  # units for the witness hunt beside every proof attempt
CONTROL_LIMIT = 300  # units for all procedures together on a claim with a witness that is not confirmed: enough to notice a disagreement
ABSURD_LIMIT = 2_000  # units for one procedure that looks for a contradiction in hypotheses of which no point is known
SUGGEST_LIMIT = 2_000  # units for the search for a changed claim that is true
INSTANCE_LIMIT = 6_000  # units for instances of quantified hypotheses
EARLY_LIMIT = 2_000  # units for one procedure before the further hunt: those that need more are asked again behind it
REFUTE_LIMIT = 150_000  # units for the search for a witness where nothing was proved
_DIFFERENTIATED = re.compile(r"\\frac\s*\{\s*(?:d|\\partial|\\mathrm\{d\})|\\(?:partial|nabla)|'")
_RECENT = 6  # how many earlier statements a claim may lean on

_ORDER_OF_SIGNS = {"=": 0, "<=": 1, "<": 2, ">=": 1, ">": 2, "approx": 1}


@dataclass(slots=True)
class Decision:
    """What is known of one claim: the verdict with what the kernel accepted for it."""

    verdict: Verdict
    claim: Claim
    conditions: tuple[Term, ...] = ()
    certificate: Certificate | None = None
    refutation: Refutation | None = None
    procedure: str = ""
    axioms: tuple[str, ...] = ()
    premises: tuple[str, ...] = ()
    code: str = ""
    message: str = ""
    counterexample: CounterexampleText | None = None
    doubted: bool = False  # there is a witness, which something in the text may exclude
    witnessed: Decision | None = None  # what the hunt beside the proof attempts found, where no proof was
    seconds: dict[str, float] = field(default_factory=lambda: {"decide": 0.0, "check": 0.0})


def decide_claim(claim: Claim) -> Decision:
    """The verdict on one claim as it stands."""
    decision = prove_claim(claim)
    if decision.verdict is Verdict.PROVED:
        return decision
    refuted = _refuted_after(claim, decision)
    _add_seconds(refuted, decision)
    if refuted.verdict is Verdict.REFUTED:
        return refuted
    return replace(decision, seconds=refuted.seconds)


def prove_claim(claim: Claim) -> Decision:
    """Proved with the first certificate that the kernel accepts, or unknown."""
    decision = Decision(Verdict.UNKNOWN, claim, code="not-decided", message="no procedure proves or refutes it")
    hunted = refute_claim(claim, HUNT_LIMIT, HUNT)
    _add_seconds(decision, hunted)
    if _is_confirmed(hunted):
        decision.witnessed = hunted
        return decision
    instantiated, instances_used = instances.instantiated(claim, INSTANCE_LIMIT)
    if contradictory(instantiated.hypotheses):
        decision.code = "contradictory-hypotheses"
        decision.message = "the hypotheses contradict each other: everything would follow"
        return decision
    control = Work(CONTROL_LIMIT)
    spread, parts = conjunctions.spread(instantiated)
    early = hunted.verdict is not Verdict.REFUTED
    long = LONG[any(isinstance(one, Apply) and one.head not in ORDERS for one in (claim.statement, *claim.hypotheses))]
    again: list[Procedure] = []
    queue = list(PROCEDURES)
    while queue:
        procedure = queue.pop(0)
        if early and procedure.name == long:
            early = False
            hunted = refute_claim(claim, WORK_LIMIT, FURTHER_HUNT)
            _add_seconds(decision, hunted)
            if _is_confirmed(hunted):
                break
            queue = [*again, procedure, *queue]
            procedure = queue.pop(0)
        if hunted.verdict is Verdict.REFUTED:
            if procedure.name in SLOW:
                continue
            work = control
        else:
            work = Work(EARLY_LIMIT if early else WORK_LIMIT)
        begin = time.perf_counter()
        try:
            found = procedure.decide(spread, work)
        except OutOfWork:
            found = None
            if hunted.verdict is Verdict.REFUTED:
                break
            if early:
                again.append(procedure)
            decision.code, decision.message = "work-limit", "the search was ended by its limit on work"
        except (TermError, IllSorted, Rejected, RecursionError):
            found = None
        except Exception as error:  # a defect of a search costs its finding, not the report
            found = None
            decision.code = "defect"
            decision.message = (
                f"INTERNAL ERROR in {procedure.name} ({type(error).__name__}); please report this formula"
            )
        decision.seconds["decide"] += time.perf_counter() - begin
        if found is None or isinstance(found, (Counterexample, Inconsistent)):
            continue
        found = instances.gathered(conjunctions.gathered(found, parts), instances_used)
        begin = time.perf_counter()
        try:
            conditions = check(claim, found, AXIOMS)
        except Rejected:
            decision.seconds["check"] += time.perf_counter() - begin
            continue
        decision.seconds["check"] += time.perf_counter() - begin
        return _accepted(decision, found, conditions, procedure.name, hunted)
    decision.witnessed = hunted if hunted.verdict is Verdict.REFUTED else None
    return decision


def _is_confirmed(hunted: Decision) -> bool:
    """Whether a claim is refuted, and a second evaluation agrees, so that no proof needs to be tried beside it."""
    return hunted.refutation is not None and fails_plainly(hunted.claim, hunted.refutation)


def _refuted_after(claim: Claim, attempt: Decision | None) -> Decision:
    """What the hunt beside the proof attempts found, or else a longer search."""
    if attempt is not None and attempt.witnessed is not None and attempt.witnessed.claim == claim:
        return replace(attempt.witnessed, seconds={})
    return refute_claim(claim)


def _accepted(
    decision: Decision, certificate: Certificate, conditions: tuple[Term, ...], procedure: str, hunted: Decision
) -> Decision:
    """An accepted proof: conditions discharged where they can be, vacuous claims and disagreements with the hunt noticed."""
    claim = decision.claim
    if conditions:
        better = discharge(claim, certificate, conditions, Work(WORK_LIMIT))
        if better is not certificate:
            with suppress(Rejected):
                conditions, certificate = check(claim, better, AXIOMS), better
    empty = ""
    if _impossible(conditions, claim.hypotheses):
        empty = "it is defined nowhere on the declared domain"
    elif conditions and _seems_empty(conditions, claim.hypotheses):
        empty = "no point was found where its conditions hold"
    if empty:
        decision.code = "empty-claim"
        decision.message = f"{empty}: {', '.join(map(plain, conditions))}"
        return decision
    if hunted.verdict is Verdict.REFUTED:
        decision.code = "internal-disagreement"
        decision.message = "INTERNAL ERROR: both a proof and a counterexample were accepted; please report this formula"
        return decision
    decision.verdict = Verdict.PROVED
    decision.code, decision.message = "", ""
    decision.certificate, decision.conditions, decision.procedure = certificate, conditions, procedure
    decision.axioms = axioms_of(certificate)
    return decision


def refute_claim(claim: Claim, limit: int = REFUTE_LIMIT, refuters: tuple[Procedure, ...] = REFUTERS) -> Decision:
    """Refuted with the first counterexample that the kernel accepts, or unknown."""
    decision = Decision(Verdict.UNKNOWN, claim, code="not-decided", message="no procedure proves or refutes it")
    for procedure in refuters:
        begin = time.perf_counter()
        try:
            found = examples.under_quantifiers(procedure.decide, claim, Work(limit))
        except (OutOfWork, TermError, IllSorted, Rejected, RecursionError):
            found = None
        except Exception as error:  # as in `prove_claim`
            found = None
            decision.code = "defect"
            decision.message = (
                f"INTERNAL ERROR in {procedure.name} ({type(error).__name__}); please report this formula"
            )
        decision.seconds["decide"] += time.perf_counter() - begin
        if not isinstance(found, (Counterexample, Inconsistent)):
            continue
        begin = time.perf_counter()
        try:
            left, right = values_at(claim, found)
        except Rejected:
            continue
        finally:
            decision.seconds["check"] += time.perf_counter() - begin
        decision.verdict = Verdict.REFUTED
        decision.code, decision.message = "refuted-by-evaluation", ""
        decision.refutation, decision.procedure, decision.axioms = found, procedure.name, axioms_of(found)
        decision.counterexample = CounterexampleText(assignment_text(found), left, right)
        return decision
    return decision


def contradictory(hypotheses: tuple[Term, ...]) -> bool:
    """Whether the kernel accepts a proof that the hypotheses cannot hold together."""
    if not hypotheses or _point_of(hypotheses).verdict is Verdict.REFUTED:
        return False
    if _absurd_by_combination(hypotheses, HUNT_LIMIT):
        return True
    return _further_point_of(hypotheses).verdict is not Verdict.REFUTED and _absurd(hypotheses)


@lru_cache(maxsize=1_000)
def _point_of(hypotheses: tuple[Term, ...]) -> Decision:
    """A point that satisfies every hypothesis, as a counterexample to `false`, if a short hunt finds one."""
    return refute_claim(Claim(FALSE, hypotheses), HUNT_LIMIT, HUNT)


def _any_point_of(hypotheses: tuple[Term, ...]) -> Decision:
    """The same by a directed hunt too, where the short one finds none."""
    found = _point_of(hypotheses)
    return found if found.verdict is Verdict.REFUTED else _further_point_of(hypotheses)


@lru_cache(maxsize=1_000)
def _further_point_of(hypotheses: tuple[Term, ...]) -> Decision:
    """The same by a directed hunt, which takes less time than the search for a contradiction."""
    return refute_claim(Claim(FALSE, hypotheses), EARLY_LIMIT, FURTHER_HUNT)


@lru_cache(maxsize=1_000)
def _absurd_by_combination(hypotheses: tuple[Term, ...], limit: int) -> bool:
    for search in (linear.contradiction, equations.contradiction):
        try:
            found = search(hypotheses, Work(limit))
            if found is not None:
                check(Claim(ABSURD, hypotheses), found, AXIOMS)
                return True
        except (OutOfWork, Rejected, TermError, IllSorted):
            continue
    return False


@lru_cache(maxsize=1_000)
def _absurd(hypotheses: tuple[Term, ...]) -> bool:
    if _absurd_by_combination(hypotheses, WORK_LIMIT):
        return True
    if any(_denied(one, hypotheses) for one in hypotheses):
        return True
    absurd = Claim(ABSURD, hypotheses)
    numbers = all(is_scalar(symbol.sort) for one in hypotheses for symbol in free_symbols(one))
    return numbers and any(_accepts(absurd, procedure.decide, ABSURD_LIMIT) for procedure in PROCEDURES)


def _denied(hypothesis: Term, hypotheses: tuple[Term, ...]) -> bool:
    """Whether the others, with what this one says of definedness, prove its opposite."""
    try:
        return _proves(Claim(opposite_of(hypothesis), hypotheses))
    except Rejected:
        return False


def _impossible(conditions: tuple[Term, ...], hypotheses: tuple[Term, ...]) -> bool:
    for condition in conditions:
        if not free_symbols(condition):
            try:
                if evaluate(condition, {}, {}) is False:
                    return True
            except (Undefined, Undecided):
                continue
        if _proves(Claim(opposite_of(condition), (*hypotheses, *(one for one in conditions if one != condition)))):
            return True
    return bool(conditions) and contradictory((*hypotheses, *conditions))


_WITHOUT_VALUE = frozenset(
    {"notation", "apply", "derivative", "gradient", "partial", "hessian", "integral", "limit", "forall", "approx"}
)
EMPTY_LIMIT = 10_000  # units for a point where conditions hold


@lru_cache(maxsize=200)
def _seems_empty(conditions: tuple[Term, ...], hypotheses: tuple[Term, ...]) -> bool:
    """Whether no point is found where the conditions hold beside the hypotheses on their symbols, if all these have values at points."""
    names = frozenset[str]().union(*map(_names_in, conditions))
    related: list[Term] = []
    while more := [one for one in hypotheses if one not in related and _names_in(one) & names]:
        related += more
        names = names.union(*map(_names_in, more))
    both = (*related, *conditions)
    parts = [part for one in both for part in subterms(one)]
    if any(isinstance(part, Apply) and part.head in _WITHOUT_VALUE for part in parts):
        return False
    if any(isinstance(part, Symbol) and isinstance(part.sort, Function) for part in parts):
        return False
    claim = Claim(FALSE, both)
    if any(_is_point_of_ones(claim, size) for size in (1, 2)) or _point_of(both).verdict is Verdict.REFUTED:
        return False
    return refute_claim(claim, EMPTY_LIMIT).verdict is not Verdict.REFUTED


def _names_in(statement: Term) -> frozenset[str]:
    """The symbols of a statement and the letters of its sizes."""
    return frozenset((*(one.name for one in free_symbols(statement)), *letters_of_sizes((statement,))))


def _is_point_of_ones(claim: Claim, size: int) -> bool:
    """Whether a claim fails where the numbers are 1, matrices the identity, and all sizes the same."""
    symbols = sorted(frozenset[Symbol]().union(*map(free_symbols, claim.hypotheses)), key=lambda one: one.name)
    sizes = dict.fromkeys(letters_of_sizes(claim.hypotheses), size)
    found: list[tuple[Symbol, Term]] = []
    for one in symbols:
        if not isinstance(one.sort, Matrix):
            found.append((one, Number(sizes.get(one.name, 1))))
            continue
        try:
            rows, columns = size_of(one.sort.rows, sizes), size_of(one.sort.columns, sizes)
        except Undecided:
            return False
        entries = (tuple(int(i == j or columns == 1) for j in range(columns)) for i in range(rows))
        found.append((one, literal(tuple(entries))))
    return refutes(Counterexample(tuple(found), tuple(sizes.items())), claim)


def _proves(claim: Claim) -> bool:
    """Whether an elementary procedure finds a certificate that the kernel accepts without conditions."""
    return _accepts(claim, attempts.prove, HUNT_LIMIT)


def _accepts(claim: Claim, search: Callable[[Claim, Work], Finding], limit: int) -> bool:
    """Whether the search finds a certificate that the kernel accepts without conditions."""
    try:
        found = search(claim, Work(limit))
        if found is None or isinstance(found, (Counterexample, Inconsistent)):
            return False
        return not check(claim, found, AXIOMS)
    except Exception:  # as in `prove_claim`
        return False


def axioms_of(certificate: Certificate | Refutation) -> tuple[str, ...]:
    """The axioms that a certificate cites, or a refutation of what is quantified."""
    found: set[str] = set()
    stack: list[object] = [certificate]
    while stack:
        current = stack.pop()
        if isinstance(current, AxiomInstance):
            found.add(current.name)
        if isinstance(current, tuple):
            stack.extend(current)
        elif hasattr(current, "__dataclass_fields__"):
            stack.extend(getattr(current, name) for name in current.__dataclass_fields__)
    return tuple(sorted(found))


def assignment_text(refutation: Refutation) -> tuple[tuple[str, str], ...]:
    """A counterexample's values as people read them."""
    found: list[tuple[str, str]] = []
    for symbol, value in refutation.assignment:
        if isinstance(value, Lambda):
            found.append((plain(Apply("apply", (symbol, *value.parameters))), plain(value.body)))
        else:
            found.append((plain(symbol), plain(value)))
    named = {name for name, _ in found}
    found.extend((name, str(size)) for name, size in refutation.sizes if len(name) == 1 and name not in named)
    if isinstance(refutation, Inconsistent):
        for number, point in enumerate(refutation.points, start=1):
            text = ", ".join(f"{plain(symbol)} = {plain(value)}" for symbol, value in point)
            found.append((f"at point {number}", text))
        found.append(("weights", ", ".join(plain(weight) for weight in refutation.weights)))
    return tuple(found)


def _add_seconds(target: Decision, other: Decision) -> None:
    for key, value in other.seconds.items():
        target.seconds[key] = target.seconds.get(key, 0.0) + value


# --- documents -----------------------------------------------------------------------------------------------------------


def verify(document: Document) -> DocumentReport:
    """The verdict on every relation of a document."""
    with printing_as(document):
        return _report(document)


def _report(document: Document) -> DocumentReport:
    report = DocumentReport(document.path, problems=list(document.problems), notes=list(document.notes))
    if document.problems and not document.items:
        return report
    run = obligations(document)
    proofs: dict[str, Decision] = {}
    places: dict[str, int] = {}
    continued: dict[str, str] = {}
    together: dict[tuple[Term, ...], None] = {}
    as_written: list[tuple[Result, Obligation, Decision]] = []
    formulas = [item for item in document.items if isinstance(item, Formula)]
    starts = [formula.start for formula in formulas]
    try:
        obligation = next(run)
        while True:
            result, outcome, decision = _judge(document, obligation, proofs, as_written)
            index = bisect_right(starts, obligation.start) - 1
            if index >= 0:
                result.seconds = {"read": formulas[index].seconds, **result.seconds}
            report.results.append(result)
            if decision is not None:
                proofs[obligation.id] = decision
                places[obligation.id] = obligation.start
                together[decision.claim.hypotheses] = None
            if obligation.continues:
                continued[obligation.id] = obligation.continues
            obligation = run.send(outcome)
    except StopIteration as end:
        ending: Ending = end.value
        report.inferred = list(dict.fromkeys(text for one in ending.inferred if (text := one.everywhere())))
        report.undeclared = [(one.section, one.text) for one in ending.inferred if not one.defined]
        _look_below(report, ending, proofs, places)
        _try_again(report, ending, proofs)
    report.conclusions = _conclusions(report.results, continued, proofs)
    report.context = _context(list(together))
    for refuted in as_written:  # when all verdicts stand
        if refuted[0].verdict is Verdict.REFUTED:
            begin = time.perf_counter()
            _suggest(*refuted)
            refuted[0].seconds["suggest"] = time.perf_counter() - begin
    return report


def _try_again(report: DocumentReport, ending: Ending, proofs: dict[str, Decision]) -> None:
    """A claim that stayed open where it stands, from what is proved and defined below it. What fails with that definition stays unknown: the symbol may
    be meant otherwise there."""
    results = {result.id: result for result in report.results}
    for obligation in ending.again:
        result = results[obligation.id]
        if result.verdict is not Verdict.UNKNOWN:
            continue
        claim = obligation.provable[0]
        decision = decide_claim(claim) if obligation.premises else Decision(Verdict.UNKNOWN, claim)
        if decision.verdict is Verdict.UNKNOWN:
            decision = _leaning(obligation, decision, proofs) or decision
        if decision.verdict is Verdict.PROVED and _holds_besides(obligation):
            below = (*obligation.premises, *decision.premises)
            result.verdict, result.code, result.claim = Verdict.PROVED, "", claim
            result.message = f"by what is shown below, in {lines_of(below)}"
            result.premises = tuple(dict.fromkeys((*result.premises, *below)))
            result.conditions = tuple(plain(one) for one in decision.conditions)
            result.hypotheses = tuple(plain(one) for one in claim.hypotheses)
            result.certificate, result.procedure, result.axioms = (
                decision.certificate,
                decision.procedure,
                decision.axioms,
            )
            proofs[obligation.id] = decision
        elif decision.verdict is Verdict.REFUTED and decision.counterexample is not None:
            result.code = "not-what-is-shown"
            result.message = (
                f"not what is shown below: with the definition in {lines_of(obligation.premises)} it fails for "
                f"{_point_text(decision)}"
            )


def _look_below(report: DocumentReport, ending: Ending, proofs: dict[str, Decision], places: dict[str, int]) -> None:
    """A refutation stands only if what is said below the claim, in its section and of its symbols, excludes no counterexample."""
    for result in report.results:
        decision = proofs.get(result.id)
        if result.verdict is not Verdict.REFUTED or decision is None or decision.refutation is None:
            continue
        for doubt, claim in ending.below.narrower(places[result.id], decision.claim):
            if refute_claim(claim).verdict is not Verdict.REFUTED:
                doubted = _doubted(decision, doubt)
                result.verdict, result.code, result.message = doubted.verdict, doubted.code, doubted.message
                result.suggestion, result.refutation = None, None
                break


def _context(together: list[tuple[Term, ...]]) -> str:
    """A point that satisfies every hypothesis used, found as a counterexample to `false`. Where those of different claims contradict each other
    nothing is said: they need not hold in the same place."""
    hypotheses = tuple(dict.fromkeys(one for those in together for one in those))
    if not hypotheses:
        return ""
    if contradictory(hypotheses):
        return "the hypotheses contradict each other" if any(map(contradictory, together)) else ""
    found = _any_point_of(hypotheses)
    if found.counterexample is None:
        return "no point was found that satisfies all hypotheses"
    point = assignment_text(found.refutation) if found.refutation is not None else ()  # as this document writes it
    return f"satisfied by {', '.join(f'{name} = {value}' for name, value in point)}"


def _point_text(decision: Decision) -> str:
    """The values of its counterexample in a line; empty if it has none, or one without symbols."""
    shown = decision.counterexample.assignment if decision.counterexample is not None else ()
    return ", ".join(f"{name} = {value}" for name, value in shown)


def _leaves_support(obligation: Obligation) -> bool:
    """Whether a claim speaks of densities where they are not meant: no hypothesis of the text is wrong there."""
    for claim in obligation.provable:
        text = tuple(one for one in claim.hypotheses if one not in obligation.support)
        if contradictory(claim.hypotheses) and not contradictory(text):
            return True
    return False


def _judge(
    document: Document,
    obligation: Obligation,
    proofs: dict[str, Decision],
    refuted: list[tuple[Result, Obligation, Decision]],
) -> tuple[Result, Outcome, Decision | None]:
    """The verdict on a relation; one that is refuted as it is written is added to the list."""
    if obligation.support and obligation.verdict is None and _leaves_support(obligation):
        obligation.verdict, obligation.code = Verdict.UNKNOWN, "outside-support"
        obligation.message = "a density outside of its support, where nothing is known of it here"
    first, last = document.span(obligation.start, obligation.end)
    latex = obligation.latex
    if latex == document.text[obligation.start : obligation.end]:  # with the macros of its author
        latex = document.written(obligation.start, obligation.end)
    result = Result(
        obligation.id,
        first.line,
        first.column,
        last.line,
        last.column,
        latex.strip(),
        obligation.relation,
        obligation.verdict or Verdict.UNKNOWN,
        obligation.code,
        obligation.message,
        obligation.reading,
        premises=obligation.premises,
        notes=obligation.notes,
        reason=obligation.reason,
        cell=first.cell,
        file_lines=(first.file_line, last.file_line),
    )
    if obligation.duties:
        decision = _duties(obligation, result)
        return result, Outcome(result.verdict), decision
    if obligation.verdict is not None:
        result.conditions = tuple(plain(one) for one in obligation.conditions)
        return result, Outcome(result.verdict), None
    decision = _first_decided(obligation)
    repair: Repair | None = None
    if decision.verdict is not Verdict.PROVED:
        repair = _repaired(obligation, decision)
        if decision.verdict is Verdict.UNKNOWN:
            leaning = _leaning(obligation, decision, proofs)
            if leaning is not None:
                decision = leaning
    withheld = bool(obligation.withheld) and decision.verdict is Verdict.PROVED
    follows = withheld or (decision.verdict is Verdict.UNKNOWN and _follows_from_what_is_supposed(obligation))
    if follows:
        by = obligation.withheld if withheld else obligation.supposed
        message = f"would follow from {by}: is that supposed here? Say so, or declare it"
        decision = Decision(
            Verdict.UNKNOWN, decision.claim, code="perhaps-not-supposed", message=message, seconds=decision.seconds
        )
    elif decision.verdict is Verdict.PROVED and not _holds_besides(obligation):
        decision = Decision(
            Verdict.UNKNOWN, decision.claim, code="shape-open", message=obligation.if_other, seconds=decision.seconds
        )
    _fill(result, obligation, decision, repair)
    as_written = obligation.about is None and not obligation.bound and not obligation.condition_if_not_proved
    if decision.verdict is Verdict.REFUTED and repair is None and as_written:
        refuted.append((result, obligation, decision))
    _leave_out_sizes(result, document)
    whole = obligation.supposing[0] if obligation.supposing else decision.claim
    said = _said(obligation, whole)
    together = (*said, whole.statement)
    if (
        obligation.condition_if_not_proved
        and not follows
        and decision.code not in {"value-not-shown", "shape-open"}  # what numbers satisfy is no condition on them
        and decision.verdict is not Verdict.PROVED
        and repair is None
        and not (contradictory(together) and not _only_for_real(together))
    ):
        possible = _is_plainly_possible(whole) or _any_point_of(together).verdict is Verdict.REFUTED
        _as_condition(result, decision, possible)
        if not possible:
            decision = replace(decision, verdict=Verdict.UNKNOWN, refutation=None, doubted=True)
    bound = repair if result.verdict is not Verdict.ASSUMED else None
    contrary = result.verdict is Verdict.UNKNOWN and CONTRARY_CASE in decision.message
    return result, Outcome(result.verdict, bound, decision.doubted, follows and not withheld, contrary), decision


def _holds_besides(obligation: Obligation) -> bool:
    """Whether the claim is proved too with the letters that may be no numbers."""
    return all(prove_claim(one).verdict is Verdict.PROVED for one in obligation.besides)


def _may_be_set(obligation: Obligation, decision: Decision) -> bool:
    """Whether a relation with a witness against it may be a condition beside those in scope: it does not contradict them."""
    together = (*_said(obligation, decision.claim), decision.claim.statement)
    return not contradictory(together) or _only_for_real(together)


def _only_for_real(statements: tuple[Term, ...]) -> bool:
    """Whether relations that contradict each other, x + y = 2 and x y = 5, are polynomial equations that complex numbers satisfy, perhaps."""
    parts = over_complex(statements)
    return parts is not None and not contradictory(parts)


def _said(obligation: Obligation, whole: Claim) -> tuple[Term, ...]:
    """The hypotheses of a claim without those that only a witness is asked for."""
    known = {one for claim in (*obligation.provable, *obligation.supposing) for one in claim.hypotheses}
    return tuple(one for one in whole.hypotheses if one in known)


def _follows_from_what_is_supposed(obligation: Obligation) -> bool:
    """Whether something is proved only by what is supposed elsewhere, perhaps not here. Where it says that again it supposes it here."""
    return any(
        claim.statement not in claim.hypotheses and prove_claim(claim).verdict is Verdict.PROVED
        for claim in obligation.supposing
    )


def _first_decided(obligation: Obligation) -> Decision:
    """Proved as it stands in one of its forms, or refuted in one of them."""
    decision: Decision | None = None
    shown = _lemmas(obligation)
    if shown is None:
        message = "the value of a derivative or limit in it is not shown"
        return Decision(Verdict.UNKNOWN, obligation.provable[0], code="value-not-shown", message=message)
    for index, claim in enumerate(obligation.provable):
        attempt = prove_claim(claim)
        if decision is not None:
            _add_seconds(attempt, decision)
        decision = attempt
        if decision.verdict is Verdict.PROVED and not _speaks_of(decision.conditions, obligation.bound):
            kept = undischarged((*decision.conditions, *shown), claim.hypotheses)
            decision.message = obligation.sayings[index] if obligation.sayings else decision.message
            if any(prove_claim(other).verdict is not Verdict.PROVED for other in obligation.conventional):
                message = "as it reads by a convention that the text names, it is not shown"
                decision = Decision(Verdict.UNKNOWN, claim, code="kind-not-settled", message=message)
                break
            back = [prove_claim(other) for other in obligation.converse]
            if all(one.verdict is Verdict.PROVED for one in back):
                # What one direction assumes to be defined is a condition of the other.
                decision.conditions = tuple(dict.fromkeys((*kept, *(one for way in back for one in way.conditions))))
                return decision
            decision = Decision(Verdict.UNKNOWN, claim, code="converse-not-shown", message="the converse is not shown")
            break
        if decision.code in {"contradictory-hypotheses", "internal-disagreement"}:
            return decision
    if obligation.about is not None:
        proposed = _at_proposed_points(obligation, obligation.about)
        if proposed is not None:
            return proposed
    of_no_point = _of_no_point(obligation)
    for claim in (*obligation.refutable, *obligation.converse, *of_no_point):
        attempt = _refuted_after(replace(claim, hypotheses=(*claim.hypotheses, *shown)), decision)
        if decision is not None:
            _add_seconds(attempt, decision)
        if attempt.verdict is Verdict.REFUTED:
            if any(refute_claim(other).verdict is not Verdict.REFUTED for other in obligation.unless):
                known = decision or Decision(Verdict.UNKNOWN, claim, code=obligation.code, message=obligation.message)
                decision = replace(known, doubted=True)
                continue
            for doubt, other in obligation.narrower:
                if refute_claim(other).verdict is not Verdict.REFUTED:
                    return _doubted(attempt, doubt)
            if obligation.preferred is not None and obligation.preferred.statement == claim.statement and not shown:
                inside = refute_claim(obligation.preferred)
                if inside.verdict is Verdict.REFUTED:
                    attempt = replace(attempt, counterexample=inside.counterexample, refutation=inside.refutation)
            if obligation.identity is not None and refute_claim(obligation.identity).verdict is Verdict.REFUTED:
                return _doubted(attempt, "'not equal', which may only say that it is no identity,")
            if obligation.solution and _is_one_of_several(attempt.claim):
                return _one_of_several(attempt)
            if claim in obligation.converse:
                attempt.message = "the converse fails"
            elif claim in of_no_point:
                _has_no_place(attempt, of_no_point[claim], obligation)
            if obligation.doubt:
                return _doubted(attempt, obligation.doubt)
            statement = attempt.claim.statement
            if (
                obligation.contrary
                and contradictory((*obligation.contrary, statement))
                and not contradictory((statement,))
            ):
                return _doubted(attempt, CONTRARY_CASE)
            if any(refute_claim(one).verdict is Verdict.REFUTED for one in obligation.rows_below):
                return _doubted(attempt, "its being an equation that the rows below solve, which")
            if obligation.unasserted and not obligation.condition_if_not_proved and _may_be_set(obligation, attempt):
                return _doubted(attempt, obligation.unasserted)
            return attempt
        decision = decision or attempt
    if decision is not None and decision.verdict is Verdict.PROVED:  # under a condition on what is bound
        decision = None
    if obligation.weaker is not None and prove_claim(obligation.weaker[0]).verdict is Verdict.PROVED:
        claim, message = obligation.weaker
        return Decision(Verdict.UNKNOWN, claim, code=obligation.code, message=message)
    return decision or Decision(Verdict.UNKNOWN, Claim(FALSE), code=obligation.code, message=obligation.message)


def _of_no_point(obligation: Obligation) -> dict[Claim, Extremum]:
    """What a point refutes where no point satisfies the constraints of a best value, whatever the other symbols are."""
    found: dict[Claim, Extremum] = {}
    for best in obligation.infeasible:
        assert obligation.about is not None
        hypotheses = obligation.about.hypotheses
        supposed, nowhere = best.nowhere()
        if contradictory((*hypotheses, *supposed)):
            found[Claim(ABSURD, (*hypotheses, nowhere))] = best
    return found


def _has_no_place(decision: Decision, best: Extremum, obligation: Obligation) -> None:
    """Says that a best value is taken over nothing."""
    assert obligation.about is not None and decision.counterexample is not None
    supposed = " and ".join(plain(one) for one in best.nowhere()[0])
    decision.message = f"no {', '.join(plain(one) for one in best.variables)} has {supposed}: there is no best value"
    sides = obligation.about.statement.arguments if isinstance(obligation.about.statement, Apply) else ()
    left, right = ("no value" if best.term in set(subterms(side)) else plain(side) for side in sides)
    decision.counterexample = replace(decision.counterexample, left=left, right=right)


def _speaks_of(conditions: Iterable[Term], bound: tuple[Symbol, ...]) -> bool:
    """Whether a condition is one on a symbol that is bound in the text."""
    return any(one in free_symbols(condition) for condition in conditions for one in bound)


def _imported(conditions: Iterable[Term], obligation: Obligation, about: Claim) -> list[Term]:
    """The conditions that come from the points that were proposed, and are none of the statement. Where the place of a best value is not the only one
    it is not defined, and so it is where the point is not, unless an equation among the constraints has solutions there."""
    if all(one.is_place and not any(_is_linear(part) for part in one.constraints) for one in obligation.extrema):
        return []
    written = {one.term: Symbol("#", sort_of(one.term)) for one in obligation.extrema}
    own = definedness(substitute(about.statement, dict(written)))
    return [one for one in conditions if not implied(one, (*about.hypotheses, *own))]


def _is_linear(constraint: Term) -> bool:
    """Whether it is an equation, and none of a norm."""
    return (
        isinstance(constraint, Apply)
        and constraint.head == "="
        and not any(isinstance(part, Apply) and part.head in {"norm", "sqrt"} for part in subterms(constraint))
    )


def _found(mapping: dict[Term, Term]) -> str:
    return "; ".join(f"{plain(best)} is {plain(value)}" for best, value in mapping.items())


def _at_proposed_points(obligation: Obligation, about: Claim) -> Decision | None:
    """A statement on best values, with points in their place that are shown to be where these are. Where a point exists only if something is not 0,
    both cases are shown."""
    found = _at_places(obligation, about)
    if found is not None and found.verdict is not Verdict.UNKNOWN:
        return found
    by_values, said = _with_values(obligation, about)
    return (_at_places(by_values, said) if said != about else None) or found


def _at_places(obligation: Obligation, about: Claim) -> Decision | None:
    proposed = [optima.places(best, about, Work(WORK_LIMIT)) for best in obligation.extrema]
    found = _at_points(
        obligation, about, [[one.values for one in places if one.position is None] for places in proposed]
    )
    if len(proposed) != 1 or (found is not None and found.verdict is not Verdict.UNKNOWN):
        return found
    for place in proposed[0]:
        other: Decision | None = None
        if place.position is not None:
            other = _at_a_position(obligation, about, place, place.position)
        elif place.direction is not None and found is not None:
            other = _in_both_cases(obligation, about, place, place.direction)
        if other is not None:
            return other
    return found


def _with_values(obligation: Obligation, about: Claim) -> tuple[Obligation, Claim]:
    """A statement that speaks of a place only by the value there is one on the best value: the place need not be the only one."""
    extrema: list[Extremum] = []
    for best in obligation.extrema:
        if best.is_place:
            value = best.value()
            statement = substitute(about.statement, {best.at(best.term)[0]: value.term})
            if best.term not in set(subterms(statement)):
                best, about = value, Claim(statement, about.hypotheses)
        extrema.append(best)
    return replace(obligation, extrema=tuple(extrema)), about


def _at_a_position(obligation: Obligation, about: Claim, place: optima.Place, position: Symbol) -> Decision | None:
    """With a position in the point, of which it is shown that there is one."""
    if any(position in free_symbols(one) for one in (about.statement, *about.hypotheses)):
        return None
    try:
        needed = check(*place.existence(), AXIOMS)
    except Rejected:
        return None
    found = _at_points(obligation, Claim(about.statement, (*about.hypotheses, *place.supposed())), [[place.values]])
    if found is None or _speaks_of(found.conditions, (position,)):
        return None
    conditions = undischarged((*needed, *found.conditions), about.hypotheses)
    return replace(found, conditions=conditions) if found.verdict is Verdict.PROVED else found


def _in_both_cases(obligation: Obligation, about: Claim, place: optima.Place, direction: Term) -> Decision | None:
    zero: Term = ZERO if is_scalar(sort_of(direction)) else Constant("zero", sort_of(direction))
    parts: list[Term] = []
    certificates: list[Certificate] = []
    shown: list[Decision] = []
    elsewhere: list[tuple[Term, ...]] = [(one,) for one in place.otherwise]
    for head, points in (("!=", [place.values]), ("=", elsewhere)):
        case = Apply(head, (direction, zero))
        found = _at_points(obligation, Claim(about.statement, (*about.hypotheses, case)), [points])
        if found is None or found.verdict is not Verdict.PROVED or found.certificate is None:
            return None
        parts.append(Apply("implies", (case, found.claim.statement)))
        certificates.append(Introduce((found.certificate,)))
        shown.append(found)
    whole, certificate = Claim(Apply("and", tuple(parts)), about.hypotheses), Introduce(tuple(certificates))
    conditions = check(whole, certificate, AXIOMS)
    if _speaks_of(conditions, obligation.bound):
        return None
    return replace(shown[0], claim=whole, certificate=certificate, conditions=conditions)


def _at_points(obligation: Obligation, about: Claim, proposed: list[list[tuple[Term, ...]]]) -> Decision | None:
    mapping: dict[Term, Term] = {}
    shown: list[Decision] = []
    for best, points in zip(obligation.extrema, proposed, strict=True):
        for point in points:
            attempt = prove_claim(Claim(best.is_at(*point), about.hypotheses))
            if attempt.verdict is Verdict.PROVED and not _speaks_of(attempt.conditions, obligation.bound):
                mapping[best.term] = point[0] if best.is_place else best.at(*point)[0]
                shown.append(attempt)
                break
        else:
            return None
    conditions = tuple(dict.fromkeys(one for attempt in shown for one in attempt.conditions))
    statement = substitute(about.statement, mapping)
    final = prove_claim(Claim(statement, about.hypotheses))
    if final.verdict is Verdict.PROVED and final.certificate is not None:
        whole = Claim(Apply("and", (*(one.claim.statement for one in shown), statement)), about.hypotheses)
        parts = (*(one.certificate for one in shown if one.certificate is not None), final.certificate)
        certificate = Introduce(parts)
        conditions = check(whole, certificate, AXIOMS)
        if _speaks_of(conditions, obligation.bound):
            return None
        if imported := _imported(conditions, obligation, about):
            where = ", ".join(plain(one) for one in imported)
            message = f"{_found(mapping)} where {where}; of other cases nothing is shown"
            return Decision(Verdict.UNKNOWN, about, code="best-value-not-settled", message=message)
        return replace(final, claim=whole, certificate=certificate, conditions=conditions, message=_found(mapping))
    if final.verdict is Verdict.PROVED:
        return None
    refuted = refute_claim(Claim(statement, (*about.hypotheses, *conditions)))
    if refuted.verdict is not Verdict.REFUTED:
        return None
    refuted.message = _found(mapping)
    return _doubted(refuted, obligation.doubt) if obligation.doubt else refuted


def _is_one_of_several(claim: Claim) -> bool:
    """Whether a value is possible: the hypotheses speak of its symbol, and have a point with it."""
    symbols = free_symbols(claim.statement)
    spoken = any(free_symbols(one) & symbols for one in claim.hypotheses)
    return spoken and _any_point_of((*claim.hypotheses, claim.statement)).verdict is Verdict.REFUTED


def _one_of_several(decision: Decision) -> Decision:
    """`x = 3` below `x^2 = 9`: a case, or a branch lost. Which one the text means is open."""
    message = f"possible, but it does not follow: what stands above also holds for {_point_text(decision)}"
    return Decision(
        Verdict.UNKNOWN, decision.claim, code="one-of-several", message=message, seconds=decision.seconds, doubted=True
    )


def _lemmas(obligation: Obligation) -> tuple[Term, ...] | None:
    """The conditions under which the lemmas of an obligation hold; None if one is not proved."""
    conditions: dict[Term, None] = {}
    for claim in obligation.lemmas:
        attempt = prove_claim(claim)
        if attempt.verdict is not Verdict.PROVED:
            return None
        conditions.update(dict.fromkeys(attempt.conditions))
    return tuple(conditions)


def _doubted(decision: Decision, doubt: str) -> Decision:
    """A witness that something in scope may exclude refutes nothing; it is shown as evidence."""
    point = _point_text(decision)
    return Decision(
        Verdict.UNKNOWN,
        decision.claim,
        code="perhaps-restricted",
        message=f"it fails{f' for {point}' if point else ''}, unless {doubt} excludes that; declare what is meant",
        counterexample=decision.counterexample,
        doubted=True,
        seconds=decision.seconds,
    )


def _repaired(obligation: Obligation, decision: Decision) -> Repair | None:
    """The first repair whose claim is proved."""
    if decision.code == "contradictory-hypotheses":
        return None
    for repair in obligation.repairs:
        attempt = prove_claim(repair.claim)
        _add_seconds(decision, attempt)
        if attempt.verdict is Verdict.PROVED and all(
            prove_claim(lemma).verdict is Verdict.PROVED for lemma in (*repair.lemmas, *obligation.lemmas)
        ):
            return repair
    return None


def _leaning(obligation: Obligation, decision: Decision, proofs: dict[str, Decision]) -> Decision | None:
    """What earlier statements give: a proof from proved ones, or the finding that it rests on others."""
    if not obligation.provable or decision.code in {"contradictory-hypotheses", "internal-disagreement"}:
        return None
    shown = _lemmas(obligation)
    if shown is None:
        return None  # the statement rests on a limit that may not be what it is written as
    claim = obligation.provable[0]
    symbols = free_symbols(claim.statement)
    near = [one for one in obligation.earlier if free_symbols(one[1]) & symbols][-_RECENT:]
    proved = [
        (identity, statement, proof)
        for identity, statement, is_proved in near
        if is_proved and identity in proofs
        if (proof := _proof_here(Claim(statement, claim.hypotheses), proofs[identity])) is not None
    ]
    if proved:
        attempt = prove_claim(Claim(claim.statement, (*claim.hypotheses, *(statement for _, statement, _ in proved))))
        if attempt.verdict is Verdict.PROVED and attempt.certificate is not None:
            certificate = attempt.certificate
            for _, statement, proof in reversed(proved):
                certificate = Lemma(statement, proof, certificate)
            try:
                conditions = check(claim, certificate, AXIOMS)
            except Rejected:
                return None
            conditions = tuple(dict.fromkeys((*conditions, *undischarged(shown, claim.hypotheses))))
            further = undischarged(conditions, (*claim.hypotheses, *definedness(claim.statement), *shown))
            if further:
                return Decision(
                    Verdict.UNKNOWN,
                    claim,
                    code="rests-on-unknown",
                    premises=tuple(identity for identity, _, _ in proved),
                    message=f"follows from {lines_of([one for one, _, _ in proved])} where {', '.join(map(plain, further))}, which the claim itself does not need",
                    seconds=attempt.seconds,
                )
            found = Decision(Verdict.UNKNOWN, claim, seconds=attempt.seconds)
            found = _accepted(found, certificate, conditions, attempt.procedure, refute_claim(claim, HUNT_LIMIT, HUNT))
            found.premises = tuple(identity for identity, _, _ in proved)
            return found
    if near:
        attempt = prove_claim(Claim(claim.statement, (*claim.hypotheses, *(statement for _, statement, _ in near))))
        if attempt.verdict is Verdict.PROVED:
            open_ones = tuple(one[0] for one in near if not one[2])
            if not open_ones:
                above = tuple(one[0] for one in near)
                message = f"follows from {lines_of(above)}, shown under other conditions"
                return Decision(
                    Verdict.UNKNOWN,
                    claim,
                    code="rests-on-unknown",
                    premises=above,
                    message=message,
                    seconds=attempt.seconds,
                )
            refuted = tuple(one for one in open_ones if one in proofs and proofs[one].verdict is Verdict.REFUTED)
            code = "rests-on-refuted" if refuted else "rests-on-unknown"
            state = "refuted" if refuted else "neither proved nor refuted"
            return Decision(
                Verdict.UNKNOWN,
                claim,
                code=code,
                premises=refuted or open_ones,
                message=f"follows from {lines_of(refuted or open_ones)}, {state}",
                seconds=attempt.seconds,
            )
    return None


def _proof_here(claim: Claim, earlier: Decision) -> Certificate | None:
    """The proof of an earlier statement under the hypotheses of this one: the same, or another where these are others."""
    if earlier.claim == claim:
        return earlier.certificate
    return prove_claim(claim).certificate


def _duties(obligation: Obligation, result: Result) -> Decision | None:
    """A definition by an equation defines something only if its duties are proved."""
    last: Decision | None = None
    axioms: set[str] = set()
    for claim in obligation.duties:
        attempt = decide_claim(claim)
        last = attempt
        result.seconds = {**attempt.seconds}
        if attempt.verdict is Verdict.REFUTED and not obligation.doubt:
            result.verdict, result.code = Verdict.REFUTED, "no-such-angle"
            result.message = f"there is no such angle: {plain(claim.statement)} fails"
            result.counterexample, result.refutation, result.claim = attempt.counterexample, attempt.refutation, claim
            return attempt
        if attempt.verdict is not Verdict.PROVED:
            result.verdict, result.code = Verdict.UNKNOWN, "definition-not-shown"
            result.message = f"would define it if {plain(claim.statement)}, which is not proved"
            return attempt
        axioms |= set(attempt.axioms)
    result.conditions = tuple(plain(one) for one in obligation.conditions)
    result.axioms = tuple(sorted(axioms))
    if last is not None:
        result.claim, result.certificate, result.procedure = last.claim, last.certificate, last.procedure
    return last


def _fill(result: Result, obligation: Obligation, decision: Decision, repair: Repair | None) -> None:
    result.verdict = decision.verdict
    result.seconds = decision.seconds
    result.claim = decision.claim
    result.premises = tuple(dict.fromkeys((*result.premises, *decision.premises)))
    result.hypotheses = tuple(plain(one) for one in decision.claim.hypotheses)
    result.procedure, result.axioms = decision.procedure, decision.axioms
    result.certificate, result.refutation = decision.certificate, decision.refutation
    result.conditions = tuple(plain(one) for one in decision.conditions)
    result.counterexample = _with_displayed(decision, obligation.display)
    parts = [decision.message] if decision.message and decision.verdict is Verdict.PROVED else []
    if decision.verdict is Verdict.PROVED:
        result.code = ""
        if obligation.message and not obligation.code:  # with a code it says why a claim stays open
            parts.append(obligation.message)
    elif repair is not None:
        result.code, result.suggestion = repair.code, repair.suggestion
        result.notes = tuple(note for note in result.notes if note not in repair.replaces)
        parts.append(repair.message)
        if decision.verdict is Verdict.UNKNOWN:
            parts.append("as it stands it is neither proved nor refuted")
    else:
        settled = decision.code not in {"not-decided", ""} or not obligation.code
        result.code = decision.code if settled else obligation.code
        parts.append(decision.message if settled else obligation.message)
    result.message = "; ".join(part for part in parts if part)


def _suggest(result: Result, obligation: Obligation, decision: Decision) -> None:
    """A changed claim that is proved, beside the refutation."""
    if not isinstance(decision.refutation, Counterexample):
        return
    spent = 0
    for change in changes(decision.claim, decision.refutation):
        if spent > SUGGEST_LIMIT:
            return
        work = Work(SUGGEST_LIMIT // 4)
        if change.searched:
            proved = prove_claim(change.claim).verdict is Verdict.PROVED
        else:
            proved = _is_shown(change.claim, work)
        spent += work.spent + SUGGEST_LIMIT // 40
        if not proved:
            continue
        if isinstance(change.condition, Apply) and not change.rule and not _satisfiable(change.claim):
            continue
        shown = "" if change.condition is None else plain(change.condition)
        said = change.message.format(shown) if shown else change.message
        if change.rule and _DIFFERENTIATED.search(obligation.latex):
            said = f"{said}: the {change.rule}?"
        result.message = f"{result.message}; {said}" if result.message else said
        if change.sign and result.latex.count(obligation.relation) == 1:
            result.suggestion = result.latex.replace(obligation.relation, change.sign)
        return


def _is_shown(claim: Claim, work: Work) -> bool:
    """Whether a quick proof is found, and accepted by the kernel, wherever the claim is defined."""
    try:
        if isinstance(claim.statement, Apply) and claim.statement.head == "implies":
            certificate = logic.prove(claim, work)
            conditions = None if certificate is None else check(claim, certificate, AXIOMS)
        else:
            found = attempts.quick_with_conditions(claim, work)
            conditions = None if found is None else found[1]
        return conditions is not None and set(conditions) <= set(definedness(claim.statement))
    except (OutOfWork, Rejected, TermError, IllSorted, RecursionError):
        return False


def _satisfiable(claim: Claim) -> bool:
    """Whether a point satisfies the hypotheses, and the statement is defined there."""
    return _point_of((*claim.hypotheses, *definedness(claim.statement))).verdict is Verdict.REFUTED


def _as_condition(result: Result, decision: Decision, possible: bool) -> None:
    """An unmarked equation with a constant that opens its derivation, and is no identity, is read as a condition, visibly. From one that
    nothing satisfies everything would follow: it is assumed only where a point is known that does."""
    seen = ""
    if decision.counterexample is not None:
        seen = f": not an identity, it fails for {_point_text(decision)}"
    if possible:
        result.verdict, result.code = Verdict.ASSUMED, "read-as-condition"
        result.message = f"read as a condition{seen}"
    else:
        result.verdict, result.code = Verdict.UNKNOWN, "no-point-found"
        result.message = f"it may be a condition, but no point was found that satisfies it: it is not assumed{seen}"
    result.counterexample = result.refutation = None


def _is_plainly_possible(claim: Claim) -> bool:
    """An equation of something of which nothing is said yet and that may be anything: a value of a function, f(0) = 1, or a product of matrices, AB = I."""
    statement = claim.statement
    if not isinstance(statement, Apply) or statement.head != "=":
        return False
    said = frozenset[Symbol]().union(*(free_symbols(one) for one in claim.hypotheses))
    for side, other in (statement.arguments, statement.arguments[::-1]):
        if not isinstance(side, Apply) or said & free_symbols(side) or free_symbols(side) & free_symbols(other):
            continue
        if side.head == "apply" and isinstance(side.arguments[0], Symbol):
            inside = frozenset[Symbol]().union(*(free_symbols(one) for one in side.arguments[1:]))
            if side.arguments[0] not in inside:
                return _point_of(claim.hypotheses).verdict is Verdict.REFUTED
        if side.head == "*" and isinstance(other, Constant) and other.name == "identity":
            factors = [
                one.arguments[0] if isinstance(one, Apply) and one.head == "transpose" else one
                for one in side.arguments
            ]
            return all(isinstance(one, Symbol) for one in factors)  # all of them identities, of one size
    return False


def _with_displayed(decision: Decision, display: Iterable[tuple[Symbol, Term]]) -> CounterexampleText | None:
    """The counterexample, with the values of defined symbols that the author wrote."""
    text = decision.counterexample
    if text is None or not isinstance(decision.refutation, Counterexample):
        return text
    values = dict(decision.refutation.assignment)
    extra: list[tuple[str, str]] = []
    for symbol, value in display:
        if symbol in values:
            continue
        try:
            found = evaluate(value, values, dict(decision.refutation.sizes))
        except (Undefined, Undecided, IllSorted, TermError, KeyError):
            continue
        shown = plain_value(found)
        if shown:
            extra.append((plain(symbol), shown))
    return replace(text, assignment=(*text.assignment, *extra))


def _leave_out_sizes(result: Result, document: Document) -> None:
    """A size that the text never names (n of a vector without declaration) is said by the vectors; its letter would only puzzle."""
    if result.counterexample is None or result.refutation is None:
        return
    silent = {name for name, _ in result.refutation.sizes if not _names(document, name)}
    if silent:
        shown = tuple(pair for pair in result.counterexample.assignment if pair[0] not in silent)
        result.counterexample = replace(result.counterexample, assignment=shown)


def _names(document: Document, letter: str) -> bool:
    alone = re.compile(rf"(?<![A-Za-z\\]){re.escape(letter)}(?![A-Za-z])")
    return any(
        alone.search(item.latex if isinstance(item, Formula) else item.text) is not None for item in document.items
    )


def plain_value(value: object) -> str:
    """A value of the evaluator as text; empty where there is nothing short to say."""
    if isinstance(value, tuple):
        rows = value
        if len(rows) == 1 or all(isinstance(row, tuple) and len(row) == 1 for row in rows):
            rows = tuple(entry for row in rows for entry in (row if isinstance(row, tuple) else (row,)))
        flat = [plain_value(part) for part in rows]
        return "(" + ", ".join(flat) + ")" if all(flat) else ""
    text = str(value)
    return text if len(text) < 40 and "object" not in text else ""


# --- chains --------------------------------------------------------------------------------------------------------------


def _conclusions(results: list[Result], continued: dict[str, str], proofs: dict[str, Decision]) -> list[Conclusion]:
    """What chains of two or more links say as a whole."""
    by_id = {result.id: result for result in results}
    followed = set(continued.values())
    found: list[Conclusion] = []
    for result in results:
        if result.id in followed or result.id not in continued:
            continue
        links = [result.id]
        while links[0] in continued and continued[links[0]] in by_id:
            links.insert(0, continued[links[0]])
        opening: Result | None = None
        while links and by_id[links[0]].verdict in {Verdict.DEFINED, Verdict.ASSUMED}:
            opening = by_id[links.pop(0)]
        if len(links) < 2:
            continue
        conclusion = _conclusion([by_id[link] for link in links], proofs, opening)
        if conclusion is not None:
            found.append(conclusion)
    return found


_ROUNDS = frozenset({"\\approx", "\\simeq", "\\cong", "\\doteq", "\\thickapprox"})


def _conclusion(links: list[Result], proofs: dict[str, Decision], opening: Result | None) -> Conclusion | None:
    """What the links say together; `opening` is the definition or condition that the first one goes on with."""
    first, last = links[0], links[-1]
    names = tuple(link.id for link in links)
    left = _left_text(first)
    if not left and opening is not None:
        left = _left_text(opening) if opening.verdict is Verdict.DEFINED else _right_text(opening)
    text = left + " ? " + _right_text(last)
    if any(link.verdict is not Verdict.PROVED for link in links):
        return Conclusion(
            f"{first.id}-{last.id}",
            text.replace(" ? ", f" {last.relation} "),
            last.relation,
            Verdict.UNKNOWN,
            (),
            names,
        )
    claims = [proofs[link.id].claim for link in links if link.id in proofs]
    statements = [claim.statement for claim in claims]
    if len(statements) != len(links) or not all(
        isinstance(one, Apply) and len(one.arguments) >= 2 for one in statements
    ):
        return None
    applied = [one for one in statements if isinstance(one, Apply)]
    heads = {one.head for one in applied}
    rounded = [link for link, one in zip(links, applied, strict=True) if one.head != "approx"]
    if sum(link.relation in _ROUNDS for link in rounded) > 1:
        return None  # what is rounded twice may be far away
    strict = max(applied, key=lambda one: _ORDER_OF_SIGNS.get(one.head, 0))
    directions = {head[0] for head in heads if head[0] in "<>"}
    if len(directions) == 2 or "!=" in heads or ("approx" in heads and directions):
        return None
    whole = Apply(strict.head, (applied[0].arguments[0], applied[-1].arguments[1], *strict.arguments[2:]))
    certificates = [proofs[link.id].certificate for link in links]
    chain = Chain(
        tuple(Link(statement, one) for statement, one in zip(statements, certificates, strict=True) if one is not None)
    )
    sign = next(link.relation for link, one in zip(links, applied, strict=True) if one is strict)
    text = text.replace(" ? ", f" {sign} ")
    try:
        conditions = check(Claim(whole, claims[0].hypotheses), chain, AXIOMS)
    except (Rejected, IllSorted, TermError):  # the links write what is between them in different ways
        together = tuple(dict.fromkeys(one for claim in claims for one in claim.hypotheses))
        attempt = prove_claim(Claim(whole, together))
        if attempt.verdict is not Verdict.PROVED:
            return Conclusion(f"{first.id}-{last.id}", text, sign, Verdict.UNKNOWN, (), names)
        conditions = attempt.conditions
    return Conclusion(
        f"{first.id}-{last.id}", text, sign, Verdict.PROVED, tuple(plain(one) for one in conditions), names
    )


def _left_text(result: Result) -> str:
    position = _sign_of(result)
    return result.latex[:position].strip(" &") if position >= 0 else result.latex


def _right_text(result: Result) -> str:
    position = _sign_of(result)
    return result.latex[position + len(result.relation) :].strip(" &") if position >= 0 else result.latex


def _sign_of(result: Result) -> int:
    """Where the relation sign of a result stands, outside of braces: not in \\sum_{i=1}; -1 if nowhere."""
    depth = 0
    for position, character in enumerate(result.latex):
        depth += {"{": 1, "}": -1}.get(character, 0)
        if not depth and result.latex.startswith(result.relation, position):
            return position
    return -1
