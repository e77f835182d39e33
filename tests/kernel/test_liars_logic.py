"""Liars for the propositional kinds: each true certificate stands beside those that are wrong in exactly one way."""

from __future__ import annotations

import pytest

from derive.kernel.certificate import (
    Assumed,
    Cases,
    Certificate,
    Choose,
    Cofactor,
    Contradiction,
    Identity,
    Introduce,
    Lemma,
    Negation,
    Rejected,
    Sign,
    Split,
    Square,
    Squares,
    Taylor,
    WhereDefined,
)
from derive.kernel.check import check
from derive.kernel.claim import Claim
from derive.kernel.data import from_data, to_data
from derive.kernel.term import FALSE, ONE, STATEMENT, TRUE, TWO, ZERO, Apply, Symbol, Term, equal, multiply

x, y, u = Symbol("x"), Symbol("y"), Symbol("u")
POSITIVE, NEGATIVE = Apply(">", (x, ZERO)), Apply("<", (x, ZERO))


def either(*parts: Term) -> Term:
    return Apply("or", parts)


def both(*parts: Term) -> Term:
    return Apply("and", parts)


def no(statement: Term) -> Term:
    return Apply("not", (statement,))


def over(above: Term, below: Term) -> Term:
    return Apply("/", (above, below))


def y_is(value: Term) -> Term:
    return equal(y, value)


def rejected(claim: Claim, certificate: Certificate, reason: str) -> None:
    with pytest.raises(Rejected, match=reason):
        check(claim, certificate)


# --- a part of a disjunction -----------------------------------------------------------------------------------------------


def test_a_disjunction_from_one_of_its_parts() -> None:
    claim = Claim(either(NEGATIVE, POSITIVE), (POSITIVE,))
    assert check(claim, Choose(1, Assumed(0))) == ()
    rejected(claim, Choose(0, Assumed(0)), "not that hypothesis")
    rejected(claim, Choose(2, Assumed(0)), "no part of that number")
    rejected(claim, Choose(-1, Assumed(0)), "no part of that number")
    rejected(Claim(both(NEGATIVE, POSITIVE), (POSITIVE,)), Choose(1, Assumed(0)), "nothing to choose from")
    rejected(Claim(POSITIVE, (POSITIVE,)), Choose(0, Assumed(0)), "nothing to choose from")


def test_the_parts_that_are_not_chosen_have_to_be_defined() -> None:
    claim = Claim(either(equal(over(ONE, x), ONE), POSITIVE), (POSITIVE,))
    assert check(claim, Choose(1, Assumed(0))) == ()
    below = Claim(either(equal(over(ONE, y), ONE), POSITIVE), (POSITIVE,))
    assert check(below, Choose(1, Assumed(0))) == (Apply("!=", (y, ZERO)),)


# --- a disjunctive hypothesis ----------------------------------------------------------------------------------------------

TWO_SIGNS = either(NEGATIVE, POSITIVE)
SQUARE_IS_POSITIVE = Apply(">", (multiply(x, x), ZERO))


def test_a_claim_from_each_part_of_a_hypothesis() -> None:
    claim = Claim(SQUARE_IS_POSITIVE, (TWO_SIGNS,))
    assert check(claim, Split(0, (Sign(), Sign()))) == ()
    rejected(claim, Sign(), "the sign is not visible")
    rejected(claim, Split(0, (Sign(),)), "one certificate for each part")
    rejected(claim, Split(0, (Sign(), Sign(), Sign())), "one certificate for each part")
    rejected(claim, Split(1, (Sign(), Sign())), "no hypothesis of that number")
    rejected(Claim(POSITIVE, (TWO_SIGNS,)), Split(0, (Sign(), Sign())), "the sign is not visible")
    rejected(Claim(SQUARE_IS_POSITIVE, (both(NEGATIVE, POSITIVE),)), Split(0, (Sign(), Sign())), "only a disjunction")


def test_a_part_that_is_a_conjunction_gives_all_it_joins() -> None:
    claim = Claim(SQUARE_IS_POSITIVE, (either(both(POSITIVE, equal(y, ONE)), NEGATIVE),))
    assert check(claim, Split(0, (Sign(), Sign()))) == ()


def test_what_a_part_needs_is_needed_where_it_holds() -> None:
    """x = 1 or x = 2 |- y/y = 1, by one definedness for each."""
    claim = Claim(equal(over(y, y), ONE), (either(equal(x, ONE), equal(x, TWO)),))
    conditions = check(claim, Split(0, (Identity(), Identity())))
    assert conditions == (Apply("!=", (y, ZERO)),)
    used = Claim(equal(x, multiply(x, y)), (either(equal(multiply(x, y), x), equal(y, ONE)),))
    by_cofactor = Identity((Cofactor(1, over(u, u), Apply("negate", (ONE,))),))
    other = Identity((Cofactor(1, x, Apply("negate", (ONE,))),))
    found = check(used, Split(0, (by_cofactor, other)))
    assert found == (Apply("implies", (equal(multiply(x, y), x), Apply("!=", (u, ZERO)))),)


# --- negations -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("inside", "pushed"),
    [
        (POSITIVE, Apply("<=", (x, ZERO))),
        (equal(x, y), Apply("!=", (x, y))),
        (no(POSITIVE), POSITIVE),
        (both(POSITIVE, equal(y, ONE)), either(no(POSITIVE), no(equal(y, ONE)))),
        (either(POSITIVE, equal(y, ONE)), both(no(POSITIVE), no(equal(y, ONE)))),
        (Apply("implies", (POSITIVE, equal(y, ONE))), both(POSITIVE, no(equal(y, ONE)))),
        (TRUE, FALSE),
        (FALSE, TRUE),
    ],
)
def test_a_negation_is_pushed_in(inside: Term, pushed: Term) -> None:
    """Beside each rule the statement without its negation, which must not be shown."""
    assert check(Claim(no(inside), (pushed,)), Negation(None, Assumed(0))) == ()
    assert check(Claim(pushed, (no(inside),)), Negation(0, Assumed(0))) == ()
    rejected(Claim(no(inside), (inside,)), Negation(None, Assumed(0)), "not that hypothesis")
    rejected(Claim(inside, (no(inside),)), Negation(0, Assumed(0)), "not that hypothesis")


def test_only_a_negation_of_something_is_pushed_in() -> None:
    rejected(Claim(POSITIVE, (POSITIVE,)), Negation(None, Assumed(0)), "no negation")
    rejected(Claim(POSITIVE, (POSITIVE,)), Negation(0, Assumed(0)), "no negation")
    rejected(Claim(POSITIVE, (POSITIVE,)), Negation(1, Assumed(0)), "no hypothesis of that number")
    symbol = no(Symbol("p", STATEMENT))
    rejected(Claim(symbol, (POSITIVE,)), Negation(None, Assumed(0)), "no negation")
    equivalence = no(Apply("iff", (POSITIVE, NEGATIVE)))
    rejected(Claim(equivalence, (POSITIVE,)), Negation(None, Assumed(0)), "no negation")
    assert check(Claim(POSITIVE, (NEGATIVE, no(NEGATIVE), POSITIVE)), Negation(1, Assumed(2))) == ()


# --- contradictions --------------------------------------------------------------------------------------------------------

ONE_IS_ZERO = Squares((Square(ONE, (0,)),))


def test_everything_follows_from_a_contradiction() -> None:
    """x > 0 and x < 0: 0 - 1 + 1 = ... the sum of both orders is 0 > 0."""
    claim = Claim(equal(y, ONE), (Apply("<=", (ONE, ZERO)),))
    assert check(claim, Contradiction(Assumed(0))) == ()
    rejected(Claim(equal(y, ONE), (Apply("<=", (ZERO, ONE)),)), Contradiction(Assumed(0)), "not that hypothesis")
    rejected(Claim(equal(y, ONE), (Apply("<=", (x, ZERO)),)), Contradiction(Sign()), "the sign is not visible")
    rejected(Claim(equal(y, ONE), (equal(y, ONE),)), Contradiction(Assumed(0)), "not that hypothesis")
    assert check(Claim(equal(y, ONE), (FALSE,)), Contradiction(Assumed(0))) == ()
    rejected(Claim(equal(y, ONE), (TRUE,)), Contradiction(Assumed(0)), "not that hypothesis")


def test_a_contradiction_keeps_the_conditions_of_what_it_used() -> None:
    """y/y = 2 cannot be, where y != 0: the hypothesis says that it is."""
    impossible = equal(over(y, y), TWO)
    show = Identity((Cofactor(0, Apply("negate", (ONE,)), ONE),))
    claim = Claim(equal(x, ONE), (impossible,))
    rejected(claim, Contradiction(show), "not an equation")
    below = Squares((), None, (Cofactor(0, ONE, ONE),))
    assert check(claim, Contradiction(below)) == ()
    outside = Claim(equal(x, ONE), ())
    rejected(outside, Contradiction(below), "no hypothesis")


# --- where the claim is defined --------------------------------------------------------------------------------------------

ROOT = Apply("^", (Apply("sqrt", (x,)), TWO))


def test_the_definedness_of_the_claim_is_used_and_kept() -> None:
    at_least = Apply(">=", (x, ZERO))
    claim = Claim(equal(Apply("abs", (x,)), ROOT))
    assert check(claim, WhereDefined(Identity())) == (at_least,)
    rejected(claim, Identity(), "the normal forms differ")
    assert check(Claim(equal(Apply("abs", (x,)), ROOT), (at_least,)), WhereDefined(Identity())) == ()
    rejected(Claim(equal(Apply("abs", (x,)), x)), WhereDefined(Identity()), "the normal forms differ")
    rejected(Claim(at_least), WhereDefined(Assumed(0)), "no hypothesis of that number")


def test_the_definedness_of_an_approximation_is_not_used() -> None:
    near = Apply("approx", (over(x, y), over(x, y), x, ZERO, ONE))
    rejected(Claim(near), WhereDefined(Identity()), "whose variable is bound")


# --- all together ----------------------------------------------------------------------------------------------------------

PROOF = Cases(
    equal(x, ZERO),
    Choose(0, Assumed(1)),
    Choose(1, Identity((Cofactor(0, over(ONE, x), ONE),))),
)
NO_DIVISORS_OF_ZERO = Claim(either(equal(x, ZERO), equal(y, ZERO)), (equal(multiply(x, y), ZERO),))


def test_a_product_is_zero_only_where_a_factor_is() -> None:
    assert check(NO_DIVISORS_OF_ZERO, PROOF) == ()
    false = Claim(equal(x, ZERO), NO_DIVISORS_OF_ZERO.hypotheses)
    rejected(false, Cases(equal(x, ZERO), Assumed(1), PROOF.no), "nothing to choose from")
    swapped = Cases(equal(x, ZERO), PROOF.no, PROOF.yes)
    with pytest.raises(Rejected):
        check(NO_DIVISORS_OF_ZERO, swapped)


def test_the_new_kinds_are_data() -> None:
    one = Contradiction(Negation(None, Split(0, (WhereDefined(Choose(1, Introduce(()))), Negation(3, Sign())))))
    assert from_data(to_data(one)) == one
    assert from_data(to_data(PROOF)) == PROOF
    with pytest.raises(Rejected):
        to_data(Negation("0", Sign()))  # type: ignore[arg-type]


# --- what is accepted, and with what conditions ------------------------------------------------------------------------------

U_OVER_U = Identity((Cofactor(1, over(u, u), Apply("negate", (ONE,))),))
NONZERO_U = Apply("!=", (u, ZERO))
X_TIMES_Y = equal(multiply(x, y), x)
ONE_OF_TWO = either(X_TIMES_Y, equal(y, ONE))
BY_X = Identity((Cofactor(1, x, Apply("negate", (ONE,))),))
ACCEPTED: list[tuple[str, Claim, Certificate, tuple[Term, ...]]] = [
    ("choose", Claim(either(NEGATIVE, POSITIVE), (POSITIVE,)), Choose(1, Assumed(0)), ()),
    ("split", Claim(SQUARE_IS_POSITIVE, (TWO_SIGNS,)), Split(0, (Sign(), Sign())), ()),
    ("split by a conjunction", Claim(y_is(ONE), (either(both(POSITIVE, y_is(ONE)), y_is(ONE)),)), Split(0, (Assumed(2), Assumed(1))), ()),
    ("split and what is known", Claim(y_is(ONE), (TWO_SIGNS, y_is(ONE))), Split(0, (Assumed(1), Assumed(1))), ()),
    (
        "what the first part needs",
        Claim(equal(x, multiply(x, y)), (ONE_OF_TWO,)),
        Split(0, (U_OVER_U, BY_X)),
        (Apply("implies", (X_TIMES_Y, NONZERO_U)),),
    ),
    ("a negation between hypotheses", Claim(POSITIVE, (NEGATIVE, no(NEGATIVE), POSITIVE)), Negation(1, Assumed(2)), ()),
    ("a negation in the statement", Claim(no(NEGATIVE), (Apply(">=", (x, ZERO)),)), Negation(None, Assumed(0)), ()),
    ("contradiction", Claim(y_is(ONE), (Apply("<=", (ONE, ZERO)),)), Contradiction(Assumed(0)), ()),
    ("where it is defined", Claim(equal(Apply("abs", (x,)), ROOT)), WhereDefined(Identity()), (Apply(">=", (x, ZERO)),)),
    ("where it is defined, and what is known", Claim(equal(ROOT, x), (equal(ROOT, x),)), WhereDefined(Assumed(0)), ()),
    (
        "where it is defined, what it needs",
        Claim(equal(Apply("abs", (x,)), ROOT)),
        WhereDefined(Lemma(equal(over(u, u), ONE), Identity(), Identity())),
        (Apply(">=", (x, ZERO)), NONZERO_U),
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("claim", "certificate", "conditions"), [one[1:] for one in ACCEPTED], ids=[one[0] for one in ACCEPTED]
)
def test_accepted(claim: Claim, certificate: Certificate, conditions: tuple[Term, ...]) -> None:
    assert check(claim, certificate) == conditions


# --- one liar a guard ------------------------------------------------------------------------------------------------------

ASSUMED = Claim(POSITIVE, (POSITIVE,))
LIARS: list[tuple[str, Claim, Certificate, str]] = [
    ("chosen from a relation", ASSUMED, Choose(0, Assumed(0)), "nothing to choose from"),
    ("chosen from a symbol", Claim(Symbol("p", STATEMENT), (POSITIVE,)), Choose(0, Assumed(0)), "nothing to choose from"),
    ("chosen from a conjunction", Claim(both(POSITIVE, NEGATIVE), (POSITIVE,)), Choose(0, Assumed(0)), "nothing to choose from"),
    ("a part past the last", Claim(TWO_SIGNS, (POSITIVE,)), Choose(2, Assumed(0)), "no part of that number"),
    ("a part before the first", Claim(TWO_SIGNS, (POSITIVE,)), Choose(-1, Assumed(0)), "no part of that number"),
    ("another part", Claim(TWO_SIGNS, (POSITIVE,)), Choose(0, Assumed(0)), "not that hypothesis"),
    ("a conjunction split", Claim(SQUARE_IS_POSITIVE, (both(POSITIVE, NEGATIVE),)), Split(0, (Sign(), Sign())), "only a disjunction"),
    ("a part left out", Claim(POSITIVE, (either(POSITIVE, NEGATIVE),)), Split(0, (Assumed(0),)), "one certificate for each part"),
    ("a part that is another claim", Claim(POSITIVE, (TWO_SIGNS,)), Split(0, (Sign(), Sign())), "not visible"),
    ("no negation", ASSUMED, Negation(None, Assumed(0)), "no negation"),
    ("the definedness of an approximation", Claim(Apply("approx", (x, x, x, ZERO, ONE))), WhereDefined(Taylor()), "whose variable is bound"),
    ("hypotheses that agree", ASSUMED, Contradiction(Assumed(0)), "not that hypothesis"),
]  # fmt: skip


@pytest.mark.parametrize(("claim", "certificate", "reason"), [one[1:] for one in LIARS], ids=[one[0] for one in LIARS])
def test_liars(claim: Claim, certificate: Certificate, reason: str) -> None:
    rejected(claim, certificate, reason)
