"""Why the gradient points in the direction of steepest ascent, for vectors of any size n.

A first-order Taylor polynomial, the difference of two values as an inner product, Cauchy-Schwarz with its equality case, and from these
the one step of given length that increases the first-order change the most. Vectors `w`, `w_k`, `\\Delta` are rows and the derivative by
the transposed variable is a column, so that row times column is the inner product.

`derivation("n")` proves it for every n at once, `derivation(3)` for n = 3 with the partial derivatives one by one as well.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sympy

from derive.api import Derivation, inner, norm, scalar

SLOPE = r"\dfrac{\partial L}{\partial \vec{w}^T} \bigg\rvert_{\vec{w} = \vec{w}_k}"


def derivation(dimension: str | int = "n") -> Derivation:
    """The theorem for rows of the given size: a letter (for every size) or a positive integer."""
    d = Derivation(
        "The direction of steepest ascent",
        dimension,
        text="Among all steps of one length, which one increases a differentiable function the most, to first order? "
        "The step along the gradient, and no other.",
    )
    w, w_k, w_next, step = d.row(r"\vec{w}", r"\vec{w}_k", r"\vec{w}_{k+1}", r"\vec{\Delta}")
    g = d.column(r"\vec{g}")
    loss = d.function("L", of=w, order="C1")

    taylor_coefficients(d, w, w_k, loss)
    if d.dimension.is_Integer and d.dimension > 1:
        taylor_coefficients_one_by_one(d)

    d.part(
        "The remainder",
        "For a continuously differentiable function the polynomial with these coefficients differs from it by less than "
        "first order. The sign is that of an approximation: equality would say that the function is affine.",
    )
    d.claim(
        loss(w),
        "approx",
        r"L(\vec{w}_k) + (\vec{w} - \vec{w}_k) " + SLOPE,
        near=(w, w_k),
        reason="Taylor's formula with Peano's remainder, of first order",
    )

    d.part("A step", "Let the next point be one step away.")
    d.define(w_next, r"\vec{w}_k + \vec{\Delta}", reason="the step")
    d.claim(
        loss(w_next),
        "approx",
        r"L(\vec{w}_k) + (\vec{w}_k + \vec{\Delta} - \vec{w}_k) " + SLOPE,
        near=(step, 0),
        reason="the remainder formula at the next point",
    )
    d.then(lambda e: e.doit(), reason="the base point cancels")

    d.part(
        "The difference is an inner product",
        "The derivative at the base point does not change with the step: it has a name.",
    )
    d.define(g, SLOPE, reason="the gradient at the base point, as a column")
    d.claim(
        r"L(\vec{w}_{k+1}) - L(\vec{w}_k)",
        "approx",
        r"\vec{\Delta} \vec{g}",
        near=(step, 0),
        reason="subtract the value at the base point",
    )
    d.then(inner(step, g), reason="a row times a column is an inner product")

    angle(d, step, g)
    cauchy_schwarz(d, step, g)
    steepest(d, step, g)
    unbounded(d, g)
    return d


def taylor_coefficients(d: Derivation, w: sympy.MatrixSymbol, w_k: sympy.MatrixSymbol, loss: Any) -> None:
    """The coefficients of an affine function that has the value and the slope of the function at the base point; for every n."""
    d.part(
        "The coefficients of the polynomial",
        "Take an affine function with coefficients to be found, and let it agree with the function at the base point: in value, "
        "and in slope along a direction. One direction settles all coefficients: their own deviation from the gradient.",
    )
    c_0 = d.real("C_0")
    c = d.column(r"\vec{C}")
    t = d.real("t")
    _v, u = d.row(r"\vec{v}", r"\vec{u}")
    slope = loss.gradient(w_k).T
    polynomial = d.function("P", of=w, order="smooth")
    d.define(polynomial(w), r"C_0 + (\vec{w} - \vec{w}_k) \vec{C}", reason="an affine function, as row times column")
    d.claim(polynomial(w_k), "=", r"C_0 + (\vec{w}_k - \vec{w}_k) \vec{C}", reason="at the base point")
    value = d.then(lambda e: e.doit(), reason="the bracket vanishes")
    d.claim(
        c_0,
        "=",
        loss(w_k),
        given=[value, (polynomial(w_k), "=", loss(w_k))],
        reason="the values match at the base point",
    )
    d.claim(
        r"P(\vec{w}_k + t \vec{v}) - P(\vec{w}_k)",
        "=",
        r"(\vec{w}_k + t \vec{v} - \vec{w}_k) \vec{C}",
        reason="the change of the polynomial along a direction",
    )
    d.then(r"t \vec{v} \vec{C}", reason="the base point cancels: the slope is the coefficient of the length")
    d.claim(
        r"L(\vec{w}_k + t \vec{v}) - L(\vec{w}_k)",
        "approx",
        r"t \vec{v} " + SLOPE,
        near=(t, 0),
        reason="the chain rule along the direction: the slope of the function",
    )
    d.define(
        u,
        r"\vec{C}^T - \dfrac{\partial L}{\partial \vec{w}} \bigg\rvert_{\vec{w} = \vec{w}_k}",
        reason="the direction to compare the slopes along",
    )
    d.claim(
        c,
        "=",
        slope,
        given=[(scalar(u * c), "=", scalar(u * slope))],
        reason="the slopes match along this direction, so its length is 0",
    )


def taylor_coefficients_one_by_one(d: Derivation) -> None:
    """The same in coordinates, one partial derivative after the other; for n a number."""
    n = int(d.dimension)
    d.part(
        "The coefficients, one by one",
        "In coordinates: a change of one component leaves one coefficient, and the partial derivative by it.",
    )
    components = d.real(*(f"w_{{{i}}}" for i in range(1, n + 1)))
    base = d.real(*(f"w_{{{i}k}}" for i in range(1, n + 1)))
    coefficients = d.real(*(f"C_{{{i}}}" for i in range(1, n + 1)))
    constant, h = d.real("c", "h")
    loss = d.function(r"\ell", of=components, order="C1")
    polynomial = d.function("p", of=components, order="smooth")
    # Written as LaTeX, since SymPy would put the summands into an order of its own.
    offsets = [rf"w_{{{i}}} - w_{{{i}k}}" for i in range(1, n + 1)]
    products = (rf"C_{{{i}}} ({offset})" for i, offset in enumerate(offsets, start=1))
    d.define(polynomial(*components), "c + " + " + ".join(products), reason="an affine function of the components")
    row, column = column_of(offsets) + "^T", column_of(map(sympy.latex, coefficients))
    d.claim(polynomial(*components), "=", f"c + {row} {column}", reason="a sum of products is row times column")
    d.claim(
        constant,
        "=",
        loss(*base),
        given=[(polynomial(*base), "=", loss(*base))],
        reason="the values match at the base point",
    )
    for i, (coefficient, component) in enumerate(zip(coefficients, components, strict=True), start=1):
        at = ", ".join(map(sympy.latex, base))
        moved = ", ".join(f"{sympy.latex(a)} + h" if j == i else sympy.latex(a) for j, a in enumerate(base, start=1))
        at_base = dict(zip(components, base, strict=True))
        partial = loss(*components).diff(component).subs(at_base, simultaneous=True)
        d.claim(
            f"p({moved}) - p({at})",
            "=",
            h * coefficient,
            reason=f"only one term depends on $w_{{{i}}}$",
        )
        d.claim(
            rf"\ell({moved}) - \ell({at})",
            "approx",
            h * partial,
            near=(h, 0),
            reason=f"the partial derivative by $w_{{{i}}}$",
        )
        d.claim(
            coefficient,
            "=",
            partial,
            given=[(h, "!=", 0), (h * coefficient, "=", h * partial)],
            reason="the first-order changes match",
        )


def column_of(entries: Iterable[str]) -> str:
    """A column in LaTeX."""
    return r"\begin{bmatrix} " + r" \\ ".join(entries) + r" \end{bmatrix}"


def angle(d: Derivation, step: sympy.MatrixSymbol, g: sympy.MatrixSymbol) -> None:
    """The angle between the step and the gradient, with the reason that there is one."""
    d.part(
        "The angle",
        "For vectors that are not zero the quotient lies between $-1$ and $1$, so it is the cosine of an angle.",
    )
    d.assume(norm(step), ">", 0, reason="the step is not zero")
    d.assume(norm(g), ">", 0, reason="the gradient is not zero")
    theta = d.real(r"\theta")
    quotient = r"\dfrac{\vec{\Delta} \cdot \vec{g}}{\lVert\vec{\Delta}\rVert \lVert\vec{g}\rVert}"
    d.claim(-1, "<=", quotient, reason="Cauchy-Schwarz")
    d.then(1, "<=", reason="Cauchy-Schwarz")
    d.define(theta, such_that=(r"\cos\theta", "=", quotient), reason="the angle between step and gradient")
    d.claim(
        inner(step, g),
        "=",
        r"\lVert\vec{\Delta}\rVert \lVert\vec{g}\rVert \cos\theta",
        reason="the definition of the angle, multiplied out",
    )


def cauchy_schwarz(d: Derivation, step: sympy.MatrixSymbol, g: sympy.MatrixSymbol) -> None:
    """Cauchy-Schwarz, and both directions of its equality case."""
    d.part(
        "Cauchy-Schwarz with its equality case", "Equality holds exactly where one vector is a multiple of the other."
    )
    d.claim(
        r"(\vec{\Delta} \cdot \vec{g})^2",
        "<=",
        r"\lVert\vec{\Delta}\rVert^2 \lVert\vec{g}\rVert^2",
        reason="the difference is a sum of squares",
    )
    d.claim(inner(step, g), "<=", r"\lVert\vec{\Delta}\rVert \lVert\vec{g}\rVert", reason="the same without squares")
    d.claim(
        r"\lVert\vec{g}\rVert^2 \vec{\Delta}",
        "=",
        r"(\vec{\Delta} \cdot \vec{g}) \vec{g}^T",
        given=[(r"(\vec{\Delta} \cdot \vec{g})^2", "=", r"\lVert\vec{\Delta}\rVert^2 \lVert\vec{g}\rVert^2")],
        reason="equality: the difference of the two sides has length 0",
    )
    multiple = d.real(r"\lambda")
    d.claim(
        r"(\vec{\Delta} \cdot \vec{g})^2",
        "=",
        r"\lVert\vec{\Delta}\rVert^2 \lVert\vec{g}\rVert^2",
        given=[(step, "=", multiple * g.T)],
        reason="conversely, a multiple gives equality",
    )


def steepest(d: Derivation, step: sympy.MatrixSymbol, g: sympy.MatrixSymbol) -> None:
    """The maximiser and the minimiser over all steps of length rho: bound, attainment, uniqueness."""
    d.part(
        "The steepest step",
        "Among the steps of one length the one along the gradient gives the greatest first-order change, and the opposite one "
        "the least.",
    )
    d.assume(norm(g), ">", 0, reason="the gradient is not zero")
    rho = d.positive(r"\rho")
    ascent = r"\dfrac{\rho}{\lVert\vec{g}\rVert} \vec{g}^T"
    descent = rf"-{ascent}"
    length = (norm(step), "=", rho)
    d.claim(inner(step, g), "<=", r"\rho \lVert\vec{g}\rVert", given=[length], reason="the bound: Cauchy-Schwarz")
    d.claim(rf"\left\lVert {ascent} \right\rVert", "=", rho, reason="a step along the gradient has this length")
    d.claim(rf"\left({ascent}\right) \cdot \vec{{g}}", "=", r"\rho \lVert\vec{g}\rVert", reason="and attains the bound")
    d.claim(
        step,
        "=",
        ascent,
        given=[length, (inner(step, g), "=", r"\rho \lVert\vec{g}\rVert")],
        reason="no other step attains it",
    )
    d.claim(
        r"-\rho \lVert\vec{g}\rVert", "<=", inner(step, g), given=[length], reason="the lower bound: Cauchy-Schwarz"
    )
    d.claim(rf"\left\lVert {descent} \right\rVert", "=", rho, reason="a step against the gradient has this length")
    d.claim(
        rf"\left({descent}\right) \cdot \vec{{g}}",
        "=",
        r"-\rho \lVert\vec{g}\rVert",
        reason="and attains the lower bound",
    )
    d.claim(
        step,
        "=",
        descent,
        given=[length, (inner(step, g), "=", r"-\rho \lVert\vec{g}\rVert")],
        reason="no other step attains it: gradient descent",
    )


def unbounded(d: Derivation, g: sympy.MatrixSymbol) -> None:
    """Without a bound on the length there is no maximum."""
    d.part(
        "Without a bound on the length there is no maximum",
        "Whatever number is asked for, a long enough step along the gradient exceeds it.",
    )
    d.assume(norm(g), ">", 0, reason="the gradient is not zero")
    bound = d.real("M")
    long_step = d.row(r"\vec{\Delta}_M")
    d.define(long_step, r"\dfrac{M + 1}{\lVert\vec{g}\rVert^2} \vec{g}^T", reason="a step that is long enough")
    d.claim(inner(long_step, g), "=", bound + 1, reason="the length of the gradient cancels")
    d.then(bound, ">", reason="so no number bounds the change")
