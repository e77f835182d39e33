"""Certificates: evidence that the kernel checks without search. Plain data; anyone may build one, only `check` believes one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Union

from .term import Size, Symbol, Term


class Rejected(Exception):
    """The certificate does not show the claim. The text names the reason."""


@dataclass(frozen=True, slots=True)
class Cofactor:
    """A multiple of an equational hypothesis: left * (h_left - h_right) * right; for a scalar claim the product is a scalar,
    or a square matrix, of which the trace is meant."""

    hypothesis: int
    left: Term
    right: Term


@dataclass(frozen=True, slots=True)
class Identity:
    """left = right: the normal form of left - right - sum of cofactors is 0 (where everything is defined)."""

    cofactors: tuple[Cofactor, ...] = ()


@dataclass(frozen=True, slots=True)
class Square:
    """weight * product of (greater - smaller) over the listed order hypotheses * |root|^2. The kernel shows weight >= 0 by `Sign`."""

    weight: Term
    hypotheses: tuple[int, ...] = ()
    root: Term | None = None  # a scalar, vector or matrix; |root|^2 = tr(root^T root); None is 1


@dataclass(frozen=True, slots=True)
class Squares:
    """a <= b (or <): multiplier * (b - a) = sum of squares + sum of cofactors, with multiplier > 0 by `Sign`. Strict: some addend is > 0."""

    squares: tuple[Square, ...]
    multiplier: Term | None = None
    cofactors: tuple[Cofactor, ...] = ()


@dataclass(frozen=True, slots=True)
class Vanishing:
    """a = b (scalars, vectors, matrices): multiplier * |a - b|^2 + sum of squares = sum of cofactors, multiplier > 0."""

    multiplier: Term
    squares: tuple[Square, ...] = ()
    cofactors: tuple[Cofactor, ...] = ()


@dataclass(frozen=True, slots=True)
class Sign:
    """t > 0, t >= 0, t < 0, t <= 0, t != 0 (or a R b for t = a - b) by the structure of t, declared domains and hypotheses."""


@dataclass(frozen=True, slots=True)
class Univariate:
    """A statement about one real number, made of connectives and relations of polynomials: it holds on every piece of the line (the kernel cuts it)."""


@dataclass(frozen=True, slots=True)
class Enclosed:
    """On the box an interval that contains the values of t shows its sign; or t = 0 there by normal form."""


@dataclass(frozen=True, slots=True)
class Centered:
    """On the box, of finite sides, Taylor's polynomial of t about its middle, of a degree below `order`, with its remainder shows its sign.

    Of several variables, only the mean value form: order 1.
    """

    order: int


@dataclass(frozen=True, slots=True)
class Halves:
    """The box is cut where the variable equals `at`, a closed term."""

    variable: Symbol
    at: Term
    below: Shown
    above: Shown


@dataclass(frozen=True, slots=True)
class Monotone:
    """t rises (or falls) in the variable, by the sign of its derivative; so it suffices that t has its sign where the variable is least (or greatest).

    `strict`: the derivative is shown to be nonzero between the ends. Then t is > 0 where it is >= 0 at an end that does not belong to the box.
    """

    variable: Symbol
    rising: bool
    strict: bool
    slope: Shown
    face: Shown


Shown = Union[Enclosed, Centered, Halves, Monotone]


@dataclass(frozen=True, slots=True)
class Cover:
    """a R b for an order R: how the sign of t = a - b (or b - a) is shown on the box of all points that the hypotheses allow (the kernel reads it)."""

    shown: Shown


@dataclass(frozen=True, slots=True)
class Assumed:
    """The statement is a hypothesis, or a part of one that is a conjunction."""

    hypothesis: int


@dataclass(frozen=True, slots=True)
class Taylor:
    """approx: both sides expanded about the base to the order claimed (Taylor-Peano); the normal forms agree."""


@dataclass(frozen=True, slots=True)
class AxiomInstance:
    """premises / conclusion of an axiom of a theory, with its symbols substituted; one certificate a premise."""

    name: str
    substitution: tuple[tuple[Symbol, Term], ...]
    premises: tuple[Certificate, ...] = ()
    sizes: tuple[tuple[str, Size], ...] = ()


@dataclass(frozen=True, slots=True)
class Instance:
    """The hypothesis `for all x, y, ...: p` with these terms in the place of its variables is the last hypothesis of `inner`; of p => q, with one certificate
    for p, only q. Without variables and terms: modus ponens."""

    hypothesis: int
    terms: tuple[Term, ...]
    premises: tuple[Certificate, ...]
    inner: Certificate


@dataclass(frozen=True, slots=True)
class Rewrite:
    """The claim with every occurrence of one side of an equational hypothesis replaced by the other is shown by `inner`."""

    hypothesis: int
    reverse: bool
    inner: Certificate


@dataclass(frozen=True, slots=True)
class Coordinates:
    """All sizes are numbers: the claim with every vector and matrix written out, entry by entry; one certificate an entry (or one for all)."""

    entries: tuple[Certificate, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A member of a chain: the statement a R b, and what shows it under the hypotheses of the whole."""

    statement: Term
    certificate: Certificate


@dataclass(frozen=True, slots=True)
class Chain:
    """a R c from links a R1 b1, b1 R2 b2, ...; the conditions are the union."""

    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Cases:
    """The claim under `on` and under not `on`. `on` must be defined wherever the hypotheses hold, or its definedness is a condition."""

    on: Term
    yes: Certificate
    no: Certificate


@dataclass(frozen=True, slots=True)
class Lemma:
    """`statement` shown first, then used as the last hypothesis of `inner`. Its conditions are conditions."""

    statement: Term
    proof: Certificate
    inner: Certificate


@dataclass(frozen=True, slots=True)
class Introduce:
    """p => q from q under the further hypothesis p; p and q from each; p <=> q from both directions; one certificate a part."""

    parts: tuple[Certificate, ...]


@dataclass(frozen=True, slots=True)
class Choose:
    """p or q or ... from one of them: `inner` shows the part of that number (from 0)."""

    part: int
    inner: Certificate


@dataclass(frozen=True, slots=True)
class Split:
    """The claim from a hypothesis p or q or ...: one certificate a part, each under that part too."""

    hypothesis: int
    parts: tuple[Certificate, ...]


@dataclass(frozen=True, slots=True)
class Negation:
    """A negation pushed in by one step, in the hypothesis of that number or (None) in the statement; `inner` shows what then stands there."""

    hypothesis: int | None
    inner: Certificate


@dataclass(frozen=True, slots=True)
class Contradiction:
    """The hypotheses contradict each other: `inner` shows 1 <= 0, or `false` where that is a hypothesis."""

    inner: Certificate


@dataclass(frozen=True, slots=True)
class WhereDefined:
    """`inner` shows the claim under its own definedness, added to the hypotheses in the order of `obligations`; these stay conditions."""

    inner: Certificate


@dataclass(frozen=True, slots=True)
class Evaluated:
    """The claim with closed parts replaced by their values (`cover.exact`) is shown by `inner`."""

    inner: Certificate


@dataclass(frozen=True, slots=True)
class Differentiated:
    """The claim with every derivative in it worked out is shown by `inner`; what is enough for the derivatives to exist is a condition."""

    inner: Certificate


@dataclass(frozen=True, slots=True)
class Inside:
    """What is shown of an integrand f and an antiderivative F between two bounds: that both are defined there, the bounds included (`defined`, a link for
    each part of their definedness that is not visible), and the claim dF/dx = f strictly between them (`slope`)."""

    defined: tuple[Link, ...]
    slope: Certificate


@dataclass(frozen=True, slots=True)
class Integrated:
    """The claim with an integral from a to b replaced by F(b) - F(a) is shown by `inner`. `order` shows a <= b and `sides` is what holds between a and b;
    without it `sides` are two, for a <= b and for b <= a."""

    integral: Term
    antiderivative: Term
    order: Certificate | None
    sides: tuple[Inside, ...]
    inner: Certificate


@dataclass(frozen=True, slots=True)
class Target:
    """Another integral of the claim, of g(t) from c to d, that is to be had by t = `place`, a function of x: `coefficient` is what it is multiplied by, `name` the
    letter that its value gets, and `ends` show that the place is c and d at the bounds of x; d and c where `turned`."""

    integral: Term
    place: Term
    coefficient: Term
    turned: bool
    name: Symbol
    ends: tuple[Certificate, Certificate]


@dataclass(frozen=True, slots=True)
class Substituted:
    """The claim with an integral from a to b replaced by R(b) - R(a) and multiples of the letters for its targets, and each target by its letter, is shown by
    `inner`; R is the `rest`. `order` and `sides` are as in Integrated; their `slope` shows that the integrand is R' and the sum of coefficient * g(place) * place'."""

    integral: Term
    targets: tuple[Target, ...]
    rest: Term
    order: Certificate | None
    sides: tuple[Inside, ...]
    inner: Certificate


@dataclass(frozen=True, slots=True)
class Compared:
    """The integral of f from a to b, its absolute value or its norm, is not above that of g: `order` shows a <= b, and `inside` that both are defined there
    and (its `slope`) f, |f| <= g strictly between."""

    order: Certificate
    inside: Inside


@dataclass(frozen=True, slots=True)
class MeanValue:
    """An equation or an order of numbers, by the derivatives of both sides from `base` on (or, where not `rising`, down from it): `order` shows that the
    variable lies there, `inside` that both sides are defined there and (its `slope`) how the derivatives compare, `start` the relation at the base.
    `strict`: the derivatives compare with <, so that the sides may be equal at the base, where the variable is not."""

    variable: Symbol
    base: Term
    rising: bool
    strict: bool
    order: Certificate
    inside: Inside
    start: Certificate


@dataclass(frozen=True, slots=True)
class Factored:
    """`matrix` is positive semidefinite, or definite where `strict`, as `proof` shows; so it is R^T R for a square matrix R, which has an inverse where it is
    definite (Horn, Johnson, Matrix Analysis, 7.2.7). `inner` shows the claim under matrix = R^T R (and det R != 0), where R, the `factor`, occurs nowhere else."""

    matrix: Term
    factor: Symbol
    strict: bool
    proof: Certificate
    inner: Certificate


@dataclass(frozen=True, slots=True)
class Induction:
    """The claim for every whole number from `start`: `base` shows it for `start`, `step` for n + 1 where it holds for n >= start."""

    variable: Symbol
    start: int
    base: Certificate
    step: Certificate


@dataclass(frozen=True, slots=True)
class ByForm:
    """M is positive semidefinite: `symmetric` shows M^T = M, and `form` y^T M y >= 0 for the column y, which occurs nowhere else; definite: y^T M y > 0
    for y != 0. This is the definition (Horn, Johnson, Matrix Analysis, 7.1)."""

    variable: Symbol
    symmetric: Certificate
    form: Certificate


@dataclass(frozen=True, slots=True)
class Termwise:
    """A relation of two sums over one range, of a greatest absolute value and a number, or an equation of vectors: `inner` shows it at each position."""

    position: Symbol
    inner: Certificate


@dataclass(frozen=True, slots=True)
class ByImages:
    """The greatest singular value of M is at most c: `inner` shows |M y| <= c |y| for the column y, which occurs nowhere else (Horn, Johnson, Matrix
    Analysis, 5.6.1 and 5.6.6: it is the greatest |M y| over |y| = 1)."""

    variable: Symbol
    inner: Certificate


@dataclass(frozen=True, slots=True)
class Limited:
    """The claim with a limit replaced by the quotient of the derivatives of that order, those before them vanishing, is shown by `inner`."""

    limit: Term
    order: int
    inner: Certificate


@dataclass(frozen=True, slots=True)
class Discharge:
    """`inner`, and certificates for some of the definedness conditions, which are then none."""

    inner: Certificate
    conditions: tuple[Link, ...]


Certificate = Union[
    Identity,
    Squares,
    Vanishing,
    Sign,
    Univariate,
    Cover,
    Assumed,
    Taylor,
    AxiomInstance,
    Instance,
    Rewrite,
    Coordinates,
    Chain,
    Cases,
    Lemma,
    Introduce,
    Choose,
    Split,
    Negation,
    Contradiction,
    WhereDefined,
    Differentiated,
    Evaluated,
    Integrated,
    Substituted,
    Compared,
    MeanValue,
    Factored,
    Induction,
    ByForm,
    Termwise,
    ByImages,
    Limited,
    Discharge,
]


@dataclass(frozen=True, slots=True)
class Counterexample:
    """An exact point: numbers, matrix literals of numbers, Lambdas. Every free symbol of claim and hypotheses has a value; `sizes` fixes letters of sizes.
    `shown` proves each quantified hypothesis at this point, in their order."""

    assignment: tuple[tuple[Symbol, Term], ...]
    sizes: tuple[tuple[str, int], ...] = ()
    shown: tuple[Certificate, ...] = ()


@dataclass(frozen=True, slots=True)
class Inconsistent:
    """No constants exist: at `points` (values of the parameters) the equations, combined with `weights`, cancel every constant and leave a nonzero number."""

    assignment: tuple[tuple[Symbol, Term], ...]  # functions and base points
    points: tuple[tuple[tuple[Symbol, Term], ...], ...]
    weights: tuple[Term, ...]
    sizes: tuple[tuple[str, int], ...] = ()


Refutation = Union[Counterexample, Inconsistent]


@dataclass(frozen=True, slots=True)
class Axiom:
    """premises / conclusion, for all values of the free symbols in their sorts (letters of sizes may be replaced by sizes). `source` says where it is proved."""

    name: str
    premises: tuple[Term, ...]
    conclusion: Term
    source: str
