"""The check of a certificate. A claim is proved exactly when `check` returns; what it returns are the claim's conditions.

The conditions are the parts of the definedness of the claim (and of what was used to show it) that the hypotheses do not visibly imply. Definedness is
computed here, never taken from the certificate. Nothing in a certificate is trusted, not even the types of its fields.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import assert_never

from .calculus import differentiated
from .certificate import (
    Assumed,
    Axiom,
    AxiomInstance,
    ByForm,
    ByImages,
    Cases,
    Certificate,
    Chain,
    Choose,
    Compared,
    Contradiction,
    Coordinates,
    Cover,
    Differentiated,
    Discharge,
    Evaluated,
    Factored,
    Identity,
    Induction,
    Inside,
    Instance,
    Integrated,
    Introduce,
    Lemma,
    Limited,
    MeanValue,
    Negation,
    Rejected,
    Rewrite,
    Sign,
    Split,
    Squares,
    Substituted,
    Target,
    Taylor,
    Termwise,
    Univariate,
    Vanishing,
    WhereDefined,
)
from .claim import Claim
from .coordinates import coordinates
from .cover import check_cover, exact
from .data import census
from .definedness import obligations, presuppositions
from .identity import check_identity, hypothesis_at, statement_at
from .integration import (
    compared,
    definedness,
    parts_of,
    slope_by_targets,
    slope_claimed,
    substituted,
    value_by_targets,
    value_of,
    within,
)
from .limits import value_of_limit
from .mean_value import from_point, known_beyond, sides_of, slopes_claimed, start_claimed
from .sign import conjuncts, definite, implied, opposite_of, pushed_in, relates
from .sorting import DEFINITE, is_scalar, same_shape, sizes_in, sort_of
from .squares import check_squares, order
from .structure import (
    bound_by_approximations,
    conclusion_of_chain,
    instance_of_axiom,
    instance_of_hypothesis,
    part_of,
)
from .taylor import check_taylor
from .term import (
    FALSE,
    INTEGER,
    ONE,
    ORDERS,
    STATEMENT,
    TRUE,
    ZERO,
    Apply,
    Constant,
    IllSorted,
    Matrix,
    Number,
    Symbol,
    Term,
    TermError,
    add,
    equal,
    free_symbols,
    substitute,
    subterms,
)
from .termwise import claim_of_position
from .univariate import check_univariate
from .vanishing import check_vanishing

MAXIMUM_STEPS = 2_000
MAXIMUM_NESTING = 40
ABSURD = Apply("<=", (ONE, ZERO))

_Plain = (
    Identity | Squares | Vanishing | Sign | Univariate | Cover | Assumed | Taylor | AxiomInstance | Instance | Rewrite | Coordinates | Chain | Cases | Lemma | Introduce
    | Choose | Split | Negation | Contradiction | WhereDefined | Differentiated | Evaluated
    | Induction | ByForm | ByImages | Factored | Termwise
)  # fmt: skip
_KINDS = _Plain | Integrated | Substituted | Compared | MeanValue | Limited | Discharge
Conditions = tuple[Term, ...]


def check(claim: Claim, certificate: Certificate, axioms: Mapping[str, Axiom] | None = None) -> Conditions:
    """The conditions under which the certificate shows the claim. Rejected, with the reason, where it does not."""
    try:
        if not isinstance(claim, Claim) or not isinstance(certificate, _KINDS):
            raise Rejected("not a claim and a certificate")
        if "complex" in census((claim, certificate)).domains:
            raise Rejected("a claim about complex numbers: signs, norms and absolute values are those of real numbers")
        return _Check(axioms or {}).check(claim, certificate, 0)
    except (IllSorted, TermError) as error:
        raise Rejected(f"malformed: {error}") from None
    except (
        AttributeError,
        TypeError,
        ValueError,
        KeyError,
        IndexError,
        AssertionError,
        RecursionError,
        OverflowError,
    ) as error:
        raise Rejected(f"a malformed certificate ({type(error).__name__})") from None


class _Check:
    """One check: counts its steps, so that no certificate can run for ever."""

    def __init__(self, axioms: Mapping[str, Axiom]) -> None:
        self.axioms = axioms
        self.steps = 0

    def check(self, claim: Claim, certificate: Certificate, depth: int) -> Conditions:
        self.steps += 1
        if self.steps > MAXIMUM_STEPS or depth > MAXIMUM_NESTING:
            raise Rejected("a certificate of too many steps")
        if depth:
            census((claim,))  # rewriting and instances can make terms grow
        if claim.constants or claim.parameters:
            raise Rejected("a claim with undetermined constants is not proved by this kernel")
        for statement in (claim.statement, *claim.hypotheses):
            if sort_of(statement) != STATEMENT:
                raise Rejected("a claim is made of statements")
        if isinstance(certificate, Discharge):
            return self._discharge(claim, certificate, depth + 1)
        if isinstance(certificate, Integrated):  # where the integral exists is shown, not computed
            return undischarged(self._integrated(claim, certificate, depth + 1), claim.hypotheses)
        if isinstance(certificate, Substituted):
            return undischarged(self._substituted(claim, certificate, depth + 1), claim.hypotheses)
        if isinstance(certificate, Compared):
            return undischarged(self._compared(claim, certificate, depth + 1), claim.hypotheses)
        if isinstance(certificate, MeanValue):
            return undischarged(self._by_mean_values(claim, certificate, depth + 1), claim.hypotheses)
        if isinstance(certificate, Limited):
            value, conditions = value_of_limit(certificate.limit, certificate.order, claim.hypotheses)
            changed = Claim(substitute(claim.statement, {certificate.limit: value}), claim.hypotheses)
            return undischarged((*conditions, *self.check(changed, certificate.inner, depth + 1)), claim.hypotheses)
        # What shows the same statement under a further hypothesis knows where it is defined.
        own = () if isinstance(certificate, Lemma | Instance) else obligations(claim.statement)
        used = self._show(claim, certificate, depth + 1)
        return undischarged((*own, *used), claim.hypotheses)

    def _show(self, claim: Claim, certificate: _Plain, depth: int) -> Conditions:
        """Checks the algebra; returns what must hold besides the definedness of the claim."""
        match certificate:
            case Identity():
                return _definedness_of(check_identity(claim, certificate))
            case Squares():
                return _definedness_of(check_squares(claim, certificate))
            case Vanishing():
                return _definedness_of(check_vanishing(claim, certificate))
            case Taylor():
                return check_taylor(claim)
            case Sign():
                return _check_sign(claim)
            case Univariate():
                check_univariate(claim)
                return ()
            case Cover():
                check_cover(claim, certificate)
                return ()
            case Assumed():
                hypothesis = statement_at(claim, certificate.hypothesis)
                if claim.statement not in {hypothesis, *conjuncts(hypothesis)}:
                    raise Rejected("the statement is not that hypothesis")
                return ()
            case AxiomInstance():
                return self._axiom(claim, certificate, depth)
            case Instance():
                return self._instance(claim, certificate, depth)
            case Rewrite():
                return self._rewrite(claim, certificate, depth)
            case Coordinates():
                return self._coordinates(claim, certificate, depth)
            case Chain():
                return self._chain(claim, certificate, depth)
            case Cases():
                return self._cases(claim, certificate, depth)
            case Lemma():
                shown = self.check(Claim(certificate.statement, claim.hypotheses), certificate.proof, depth)
                inner = Claim(claim.statement, (*claim.hypotheses, certificate.statement))
                return (*shown, *self.check(inner, certificate.inner, depth))
            case Introduce():
                return self._introduce(claim, certificate, depth)
            case Choose():
                part = part_of(claim.statement, certificate.part)
                return self.check(Claim(part, claim.hypotheses), certificate.inner, depth)
            case Split():
                return self._split(claim, certificate, depth)
            case Negation():
                return self.check(_without_negation(claim, certificate.hypothesis), certificate.inner, depth)
            case Contradiction():
                absurd = FALSE if FALSE in claim.hypotheses else ABSURD
                return self.check(Claim(absurd, claim.hypotheses), certificate.inner, depth)
            case Differentiated():
                statement, _ = differentiated(claim.statement)  # its conditions belong to the definedness of the claim
                return self.check(Claim(statement, claim.hypotheses), certificate.inner, depth)
            case Evaluated():
                return self.check(Claim(exact(claim.statement), claim.hypotheses), certificate.inner, depth)
            case Factored():
                return self._factored(claim, certificate, depth)
            case Induction():
                return self._induction(claim, certificate, depth)
            case ByForm():
                return self._by_form(claim, certificate, depth)
            case Termwise():
                conditions = self.check(claim_of_position(claim, certificate.position), certificate.inner, depth)
                if any(certificate.position in free_symbols(condition) for condition in conditions):
                    raise Rejected("a condition on a position")
                return conditions
            case ByImages():
                return self._by_images(claim, certificate, depth)
            case WhereDefined():
                if bound_by_approximations(claim.statement):
                    raise Rejected("the definedness of an approximation, whose variable is bound")
                known = (*claim.hypotheses, *obligations(claim.statement))
                return self.check(Claim(claim.statement, known), certificate.inner, depth)
            case _:  # pragma: no cover - for the type checker
                assert_never(certificate)

    def _integrated(self, claim: Claim, certificate: Integrated, depth: int) -> Conditions:
        body, variable, lower, upper = parts_of(certificate.integral, claim.hypotheses)
        if not same_shape(sort_of(certificate.antiderivative), sort_of(body)):
            raise Rejected("an antiderivative of another shape")
        terms = (body, certificate.antiderivative)
        conditions = self._between_bounds(
            claim, certificate, terms, slope_claimed(body, certificate.antiderivative, variable), depth
        )
        value = value_of(certificate.antiderivative, variable, lower, upper)
        changed = Claim(substitute(claim.statement, {certificate.integral: value}), claim.hypotheses)
        return (*conditions, *self.check(changed, certificate.inner, depth))

    def _substituted(self, claim: Claim, certificate: Substituted, depth: int) -> Conditions:
        body, variable, lower, upper = parts_of(certificate.integral, claim.hypotheses)
        targets, rest = certificate.targets, certificate.rest
        if not is_scalar(sort_of(body)) or not is_scalar(sort_of(rest)):
            raise Rejected("a substitution in something that is not a number")
        integrals = {certificate.integral, *(one.integral for one in targets)}
        names = [one.name for one in targets]
        if len(integrals) <= len(targets) or len({one.name for one in names}) < len(names):
            raise Rejected("one letter for each of several integrals")
        conditions: Conditions = ()
        places: list[tuple[Target, Term]] = []
        for one in targets:
            _is_new(one.name, claim)
            inside, first, last = substituted(one, variable)
            places.append((one, inside))
            for bound, end, proof in zip((lower, upper), (first, last), one.ends, strict=True):
                reached = equal(substitute(one.place, {variable: bound}), end)
                conditions = (*conditions, *self.check(Claim(reached, claim.hypotheses), proof, depth))
        terms = (body, rest, *(part for one, inside in places for part in (one.place, inside)))
        slope = slope_by_targets(body, rest, tuple(places), variable)
        conditions = (*conditions, *self._between_bounds(claim, certificate, terms, slope, depth))
        value, replaced = value_by_targets(rest, targets, variable, lower, upper)
        statement = substitute(claim.statement, {**replaced, certificate.integral: value})
        conditions = (*conditions, *self.check(Claim(statement, claim.hypotheses), certificate.inner, depth))
        if any(free_symbols(condition) & set(names) for condition in conditions):
            raise Rejected("a condition on the letter for an integral")
        return conditions

    def _between_bounds(
        self, claim: Claim, certificate: Integrated | Substituted, terms: tuple[Term, ...], slope: Term, depth: int
    ) -> Conditions:
        """That the terms are continuous between the bounds of the integral, and what holds strictly between; in both orders where it is not known which is lower."""
        _, variable, lower, upper = parts_of(certificate.integral, claim.hypotheses)
        ends = [(lower, upper), (upper, lower)]
        if certificate.order is None:
            conditions = (*obligations(lower), *obligations(upper))  # which the bounds of the variable would presuppose
        else:
            conditions = self.check(Claim(Apply("<=", (lower, upper)), claim.hypotheses), certificate.order, depth)
            ends.pop()
        if len(certificate.sides) != len(ends):
            raise Rejected("an integral whose bounds may be in the other order")
        for (least, greatest), side in zip(ends, certificate.sides, strict=True):
            closed, opened = within(claim.hypotheses, variable, least, greatest)
            conditions = (*conditions, *self._inside(side, variable, terms, closed, Claim(slope, opened), depth))
        return conditions

    def _compared(self, claim: Claim, certificate: Compared, depth: int) -> Conditions:
        body, variable, lower, upper, other = compared(claim.statement, claim.hypotheses)
        order = self.check(Claim(Apply("<=", (lower, upper)), claim.hypotheses), certificate.order, depth)
        closed, opened = within(claim.hypotheses, variable, lower, upper)
        inside = Claim(Apply("<=", (body, other)), opened)
        return (*order, *self._inside(certificate.inside, variable, (body, other), closed, inside, depth))

    def _by_mean_values(self, claim: Claim, certificate: MeanValue, depth: int) -> Conditions:
        variable, base, rising, strict = certificate.variable, certificate.base, certificate.rising, certificate.strict
        sides = sides_of(claim.statement, variable, base)
        if strict and sides[2] == "=":
            raise Rejected("an equation by derivatives that differ")
        there = Claim(from_point(variable, base, rising=rising, strict=strict), claim.hypotheses)
        start = Claim(start_claimed(sides, variable, base, strict=strict), claim.hypotheses)
        closed, opened = (
            known_beyond(claim.hypotheses, variable, base, rising=rising, strict=inside) for inside in (False, True)
        )
        slope = Claim(slopes_claimed(sides, variable, rising=rising, strict=strict), opened)
        return (
            *self.check(there, certificate.order, depth),
            *self.check(start, certificate.start, depth),
            *self._inside(certificate.inside, variable, sides[:2], closed, slope, depth),
        )

    def _inside(
        self,
        side: Inside,
        variable: Symbol,
        terms: tuple[Term, ...],
        closed: tuple[Term, ...],
        slope: Claim,
        depth: int,
    ) -> Conditions:
        """What is left to show of terms that have to be continuous where `closed` holds, and of a claim inside; what does not speak of the variable is a
        condition of the whole."""
        shown: dict[Term, Conditions] = {}
        for link in side.defined:
            shown[link.statement] = self.check(Claim(link.statement, closed), link.certificate, depth)
        conditions: list[Term] = []
        for condition in undischarged(definedness(variable, *terms), closed):
            conditions += shown.get(condition, (condition,))
        conditions += self.check(slope, side.slope, depth)
        if any(variable in free_symbols(condition) for condition in conditions):
            raise Rejected("a condition on the variable of an integral or a derivative")
        return tuple(conditions)

    def _axiom(self, claim: Claim, certificate: AxiomInstance, depth: int) -> Conditions:
        axiom = self.axioms.get(certificate.name)
        if axiom is None:
            raise Rejected(f"there is no axiom {certificate.name!r}")
        premises, conclusion, used = instance_of_axiom(axiom, certificate)
        if conclusion != claim.statement:
            raise Rejected("the claim is not that instance of the axiom")
        if len(premises) != len(certificate.premises):
            raise Rejected("one certificate for each premise of the axiom")
        conditions = _definedness_of(used)
        for premise, proof in zip(premises, certificate.premises, strict=True):
            conditions = (*conditions, *self.check(Claim(premise, claim.hypotheses), proof, depth))
        return conditions

    def _instance(self, claim: Claim, certificate: Instance, depth: int) -> Conditions:
        """A quantified hypothesis holds where its statement is defined, so that the definedness of an instance is a condition."""
        used = instance_of_hypothesis(statement_at(claim, certificate.hypothesis), certificate.terms)
        if any(free_symbols(term) & bound_by_approximations(claim.statement) for term in certificate.terms):
            raise Rejected("an instance for the variable of an approximation, which is bound in it")
        conditions = obligations(used)
        for proof in certificate.premises:
            if not isinstance(used, Apply) or used.head != "implies":
                raise Rejected("a premise of a hypothesis that has none")
            premise, used = used.arguments
            conditions = (*conditions, *self.check(Claim(premise, claim.hypotheses), proof, depth))
        return (*conditions, *self.check(Claim(claim.statement, (*claim.hypotheses, used)), certificate.inner, depth))

    def _rewrite(self, claim: Claim, certificate: Rewrite, depth: int) -> Conditions:
        hypothesis = hypothesis_at(claim, certificate.hypothesis)
        if hypothesis.head != "=":
            raise Rejected("only an equation rewrites")
        if free_symbols(hypothesis) & bound_by_approximations(claim.statement):
            raise Rejected("a hypothesis on the variable of an approximation, which is bound in it")
        source, target = hypothesis.arguments
        if certificate.reverse:
            source, target = target, source
        statement = substitute(claim.statement, {source: target})
        return self.check(Claim(statement, claim.hypotheses), certificate.inner, depth)

    def _coordinates(self, claim: Claim, certificate: Coordinates, depth: int) -> Conditions:
        statements = coordinates(claim.statement)
        proofs = certificate.entries if len(certificate.entries) != 1 else certificate.entries * len(statements)
        if len(proofs) != len(statements):
            raise Rejected("one certificate for each entry")
        conditions: Conditions = ()
        for statement, proof in zip(statements, proofs, strict=True):
            conditions = (*conditions, *self.check(Claim(statement, claim.hypotheses), proof, depth))
        return conditions

    def _chain(self, claim: Claim, certificate: Chain, depth: int) -> Conditions:
        conclusion = conclusion_of_chain(tuple(link.statement for link in certificate.links))
        if conclusion != claim.statement:
            raise Rejected("the chain ends in another statement")
        conditions: Conditions = ()
        for link in certificate.links:
            conditions = (*conditions, *self.check(Claim(link.statement, claim.hypotheses), link.certificate, depth))
        bound = bound_by_approximations(conclusion)
        if bound and any(
            isinstance(link.statement, Apply) and link.statement.head == "=" for link in certificate.links
        ):
            # An equation among approximations has to hold near the base, whatever the hypotheses say of the variable there.
            facts = [one for one in claim.hypotheses if not (isinstance(one, Apply) and one.head == "approx")]
            if any(free_symbols(statement) & bound for statement in (*facts, *conditions)):
                raise Rejected("an equation that is not shown near the base of the approximation")
        return conditions

    def _cases(self, claim: Claim, certificate: Cases, depth: int) -> Conditions:
        if sort_of(certificate.on) != STATEMENT:
            raise Rejected("cases on something that is not a statement")
        opposite = opposite_of(certificate.on)
        yes = self.check(Claim(claim.statement, (*claim.hypotheses, certificate.on)), certificate.yes, depth)
        no = self.check(Claim(claim.statement, (*claim.hypotheses, opposite)), certificate.no, depth)
        # What a case needs is needed where that case holds.
        return (
            *obligations(certificate.on),
            *(Apply("implies", (certificate.on, condition)) for condition in yes),
            *(Apply("implies", (opposite, condition)) for condition in no),
        )

    def _factored(self, claim: Claim, certificate: Factored, depth: int) -> Conditions:
        matrix, factor = certificate.matrix, certificate.factor
        if is_scalar(sort_of(matrix)) or factor.sort != sort_of(matrix):
            raise Rejected("a factor of another shape")
        known = (claim.statement, *claim.hypotheses, matrix)
        if any(isinstance(one, Symbol) and one.name == factor.name for term in known for one in subterms(term)):
            raise Rejected("a factor with a name that is used")
        kind = "positive_definite" if certificate.strict else "positive_semidefinite"
        conditions = self.check(Claim(Apply(kind, (matrix,)), claim.hypotheses), certificate.proof, depth)
        facts = [equal(matrix, Apply("*", (Apply("transpose", (factor,)), factor)))]
        if certificate.strict:
            facts.append(Apply("!=", (Apply("det", (factor,)), ZERO)))
        inner = self.check(Claim(claim.statement, (*claim.hypotheses, *facts)), certificate.inner, depth)
        if any(factor in free_symbols(condition) for condition in inner):
            raise Rejected("a condition on a factor")
        return (*conditions, *inner)

    def _induction(self, claim: Claim, certificate: Induction, depth: int) -> Conditions:
        """S(start), and S(n + 1) from S(n) and n >= start, under the hypotheses that do not speak of n: S(n) for every whole n >= start.

        The size of a matrix cannot grow with n, and what the step needs of n would have to hold for all that come before.
        """
        variable = certificate.variable
        if variable.sort != INTEGER:
            raise Rejected("an induction over a symbol that is no integer")
        start = Number(certificate.start)
        bound = Apply(">=", (variable, start))
        if not implied(bound, claim.hypotheses):
            raise Rejected("the hypotheses do not visibly imply that the induction begins low enough")
        others = tuple(one for one in claim.hypotheses if variable not in free_symbols(one))
        if any(variable.name in size for one in (claim.statement, *others) for size in sizes_in(one)):
            raise Rejected("an induction over the size of a matrix")
        first = substitute(claim.statement, {variable: start})
        following = substitute(claim.statement, {variable: add(variable, ONE)})
        conditions = (
            *self.check(Claim(first, others), certificate.base, depth),
            *self.check(Claim(following, (*others, bound, claim.statement)), certificate.step, depth),
        )
        if any(variable in free_symbols(condition) for condition in conditions):
            raise Rejected("a condition of the induction step that speaks of its variable")
        return conditions

    def _by_form(self, claim: Claim, certificate: ByForm, depth: int) -> Conditions:
        """M^T = M, and y^T M y >= 0 for a column y of which nothing else is known; for a definite M the form is > 0 where y != 0."""
        statement, column = claim.statement, certificate.variable
        if not isinstance(statement, Apply) or statement.head not in DEFINITE:
            raise Rejected("the claim is not that a matrix is definite")
        (matrix,) = statement.arguments
        square = sort_of(matrix)
        assert isinstance(square, Matrix)
        if column.sort != Matrix(square.rows, 1):
            raise Rejected("a form in a symbol that is no column of that length")
        _is_new(column, claim)
        form = Apply("*", (Apply("transpose", (column,)), matrix, column))
        known, head = claim.hypotheses, ">="
        if statement.head == "positive_definite":
            known, head = (*known, Apply("!=", (column, Constant("zero", column.sort)))), ">"
        symmetric = Claim(Apply("=", (Apply("transpose", (matrix,)), matrix)), claim.hypotheses)
        conditions = (
            *self.check(symmetric, certificate.symmetric, depth),
            *self.check(Claim(Apply(head, (form, ZERO)), known), certificate.form, depth),
        )
        if any(column in free_symbols(condition) for condition in conditions):
            raise Rejected("a condition on the column of a form")
        return conditions

    def _by_images(self, claim: Claim, certificate: ByImages, depth: int) -> Conditions:
        """|M y| <= c |y| for a column y of which nothing else is known."""
        column = certificate.variable
        norm, bound, strict = order(claim.statement)
        if strict:
            raise Rejected("a strict bound, which the greatest image may reach")
        if not isinstance(norm, Apply) or norm.head != "norm_spectral":
            raise Rejected("the claim bounds something else than a greatest singular value")
        (matrix,) = norm.arguments
        whole = sort_of(matrix)
        if not isinstance(whole, Matrix) or column.sort != Matrix(whole.columns, 1):
            raise Rejected("an image of a symbol that is no column of that length")
        _is_new(column, claim)
        image = Apply("norm", (Apply("*", (matrix, column)),))
        shown = Apply("<=", (image, Apply("*", (bound, Apply("norm", (column,))))))
        conditions = self.check(Claim(shown, claim.hypotheses), certificate.inner, depth)
        if any(column in free_symbols(condition) for condition in conditions):
            raise Rejected("a condition on the column of an image")
        return conditions

    def _split(self, claim: Claim, certificate: Split, depth: int) -> Conditions:
        hypothesis = hypothesis_at(claim, certificate.hypothesis)
        if hypothesis.head != "or":
            raise Rejected("only a disjunction is split")
        if len(hypothesis.arguments) != len(certificate.parts):
            raise Rejected("one certificate for each part")
        conditions: list[Term] = []
        for part, proof in zip(hypothesis.arguments, certificate.parts, strict=True):
            found = self.check(Claim(claim.statement, (*claim.hypotheses, *conjuncts(part))), proof, depth)
            conditions += [Apply("implies", (part, condition)) for condition in found]
        return tuple(conditions)

    def _introduce(self, claim: Claim, certificate: Introduce, depth: int) -> Conditions:
        statement = claim.statement
        if statement == TRUE and not certificate.parts:
            return ()
        if not isinstance(statement, Apply) or statement.head not in {"implies", "and", "iff"}:
            raise Rejected("there is nothing to introduce")
        parts: list[tuple[Term | None, Term]] = [(None, part) for part in statement.arguments]
        if statement.head == "implies":
            parts = [(statement.arguments[0], statement.arguments[1])]
        elif statement.head == "iff":
            left, right = statement.arguments
            parts = [(left, right), (right, left)]
        if len(parts) != len(certificate.parts):
            raise Rejected("one certificate for each part")
        conditions: list[Term] = []
        for (premise, conclusion), proof in zip(parts, certificate.parts, strict=True):
            if premise is None:
                conditions += self.check(Claim(conclusion, claim.hypotheses), proof, depth)
                continue
            found = self.check(Claim(conclusion, (*claim.hypotheses, *conjuncts(premise))), proof, depth)
            conditions += [Apply("implies", (premise, condition)) for condition in found]
        return tuple(conditions)

    def _discharge(self, claim: Claim, certificate: Discharge, depth: int) -> Conditions:
        conditions = self.check(claim, certificate.inner, depth)
        shown: dict[Term, Conditions] = {}
        for link in certificate.conditions:
            shown[link.statement] = self.check(Claim(link.statement, claim.hypotheses), link.certificate, depth)
        left: list[Term] = []
        for condition in conditions:
            left += shown.get(condition, (condition,))
        return tuple(dict.fromkeys(left))


def _is_new(column: Symbol, claim: Claim) -> None:
    """Whether nothing is said of a symbol of this name. Rejected otherwise."""
    if any(one.name == column.name for term in (claim.statement, *claim.hypotheses) for one in free_symbols(term)):
        raise Rejected("a column that is used elsewhere")


def _without_negation(claim: Claim, index: int | None) -> Claim:
    """The claim with one negation pushed in."""
    if index is None:
        return Claim(pushed_in(claim.statement), claim.hypotheses)
    changed = pushed_in(hypothesis_at(claim, index))
    return Claim(claim.statement, (*claim.hypotheses[:index], changed, *claim.hypotheses[index + 1 :]))


def undischarged(conditions: Iterable[Term], hypotheses: tuple[Term, ...]) -> Conditions:
    """Those conditions that the hypotheses, and the conditions before them, do not visibly imply. A hypothesis that is true is defined."""
    known = tuple(part for hypothesis in hypotheses for part in (*_presupposed(hypothesis), *conjuncts(hypothesis)))
    found: dict[Term, None] = {}
    for condition in conditions:
        if not implied(condition, (*known, *found)):
            found.setdefault(condition)
    return tuple(found)


def _presupposed(hypothesis: Term) -> Conditions:
    """The definedness of a hypothesis; nothing where it is not known, so that a further hypothesis costs no proof."""
    try:
        return presuppositions(hypothesis)
    except Rejected:
        return ()


def _definedness_of(terms: Iterable[Term]) -> Conditions:
    return tuple(condition for term in terms for condition in obligations(term))


def _check_sign(claim: Claim) -> Conditions:
    statement = claim.statement
    if isinstance(statement, Apply) and statement.head in DEFINITE:
        if not definite(statement, claim.hypotheses):
            raise Rejected("the matrix is not visibly definite")
        return ()
    if not isinstance(statement, Apply) or (statement.head not in ORDERS and statement.head != "!="):
        raise Rejected("the claim is not about a sign")
    if not relates(statement, claim.hypotheses):
        raise Rejected("the sign is not visible")
    return ()
