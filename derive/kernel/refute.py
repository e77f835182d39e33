"""The check of a counterexample: at an exact point all hypotheses are true, both sides are defined, and the statement is false.

For an approximation `left = right + o(|v - a|^p)` everything but v has a value; left - right is then a polynomial in the increment, and a nonzero
coefficient of total degree at most p refutes it. For "there are constants such that for all parameters" a rational combination of the
equations at finitely many points cancels the constants and leaves a nonzero number.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from .certificate import Axiom, Counterexample, Inconsistent, Refutation, Rejected
from .check import check
from .claim import Claim
from .differentiation import differentiate, is_smooth
from .enclosure import Enclosure
from .evaluation import Undecided, Undefined, Value, evaluate, evaluate_all, literal_of, size_of
from .normal_form import SCALAR, Atoms, Form
from .polynomial import exponents
from .sorting import is_scalar, is_vector, length_of, same_shape, sort_of
from .structure import with_sizes, without_quantifiers
from .term import (
    BINDERS,
    ORDERS,
    REAL,
    STATEMENT,
    Apply,
    Constant,
    Function,
    IllSorted,
    Lambda,
    Matrix,
    Number,
    Scalar,
    Sort,
    Symbol,
    Term,
    TermError,
    children,
    free_symbols,
    substitute,
    subterms,
)

Assignment = dict[Symbol, Term]

# Heads that make polynomials of polynomials, defined everywhere; "^" and "/" are looked at more closely.
POLYNOMIAL_HEADS = frozenset({"+", "*", "negate", "matrix", "row", "transpose", "trace", "inner", "component", "entry"})

# Heads that name real numbers in witnesses.
CONSTANT_HEADS = frozenset(
    {
        "+",
        "*",
        "negate",
        "/",
        "^",
        "sqrt",
        "root",
        "exp",
        "log",
        "log_base",
        "sin",
        "cos",
        "arcsin",
        "arccos",
        "arctan",
    }
)


def refute(claim: Claim, refutation: Refutation, axioms: Mapping[str, Axiom] | None = None) -> tuple[str, str]:
    """Both values, as text. Rejected where the point does not refute the claim. Axioms may show what is quantified."""
    try:
        if isinstance(refutation, Counterexample):
            return _counterexample(claim, refutation, axioms)
        if isinstance(refutation, Inconsistent):
            return _inconsistent(claim, refutation)
    except (IllSorted, TermError) as error:
        raise Rejected(f"malformed: {error}") from None
    except Undefined as error:
        raise Rejected(f"undefined at this point: {error}") from None
    except Undecided as error:
        raise Rejected(f"not decided at this point: {error}") from None
    except (
        AttributeError,
        TypeError,
        ValueError,
        LookupError,
        AssertionError,
        RecursionError,
        ArithmeticError,
    ) as error:
        raise Rejected(f"a malformed counterexample ({type(error).__name__})") from None
    raise Rejected("not a counterexample")


def _admitted(pairs: tuple[tuple[Symbol, Term], ...], sizes: Mapping[str, int]) -> Assignment:
    """The assignment, every value in the declared domain of its symbol."""
    found: Assignment = {}
    for letter, size in sizes.items():
        if not isinstance(size, int) or isinstance(size, bool) or not 1 <= size <= 6:
            raise Rejected(f"the size {letter} is not a small number")
    for symbol, value in pairs:
        if not isinstance(symbol, Symbol) or symbol in found:
            raise Rejected("a value for something that is not a symbol, or two values")
        _admit(symbol.name, symbol.sort, value, sizes)
        found[symbol] = value
    return found


def _admit(name: str, sort: Sort, value: Term, sizes: Mapping[str, int]) -> None:
    if isinstance(sort, Scalar):
        # What the real functions are at complex numbers is not said here, so that nothing is said of complex symbols.
        if sort.domain == "real" and isinstance(value, (Apply, Constant)):
            _admit_constant(name, value)
            return
        if sort.domain not in {"real", "rational", "integer"} or not isinstance(value, Number):
            raise Rejected(f"the value of {name} is not in its domain")
        if sort.domain == "integer" and value.value.denominator != 1:
            raise Rejected(f"the value of {name} is not in its domain")
        if name in sizes and sizes[name] != value.value:
            raise Rejected(f"{name} is a size and has another value")
        return
    if isinstance(sort, Matrix):
        shape = (size_of(sort.rows, sizes), size_of(sort.columns, sizes))
        if shape == (1, 1) and isinstance(value, Number):
            return
        if not isinstance(value, Apply) or value.head != "matrix" or len(value.arguments) != shape[0]:
            raise Rejected(f"the value of {name} does not have its shape")
        for row in value.arguments:
            if not isinstance(row, Apply) or row.head != "row" or len(row.arguments) != shape[1]:
                raise Rejected(f"the value of {name} does not have its shape")
            if not all(isinstance(entry, Number) for entry in row.arguments):
                raise Rejected(f"the value of {name} is not made of numbers")
        return
    if isinstance(sort, Function) and isinstance(value, Lambda):
        if tuple(parameter.sort for parameter in value.parameters) != sort.arguments:
            raise Rejected(f"the value of {name} takes other arguments")
        if len(frozenset(value.parameters)) != len(value.parameters):
            raise Rejected(f"the value of {name} has a parameter twice")
        # A polynomial with rational coefficients is not an integer everywhere, nor is exp rational.
        if isinstance(sort.result, Scalar) and sort.result.domain != "real":
            raise Rejected(f"the value of {name} may be outside the domain of the result")
        found, wanted = sort_of(value.body), sort.result
        if isinstance(wanted, Matrix):
            wanted = Matrix(size_of(wanted.rows, sizes), size_of(wanted.columns, sizes))
        if not free_symbols(value.body) <= frozenset(value.parameters) or not same_shape(found, wanted):
            raise Rejected(f"the value of {name} is not a function of its arguments")
        if not is_smooth(value.body):
            raise Rejected(f"the value of {name} is not visibly smooth")
        return
    raise Rejected(f"{name} cannot have a value")


def _admit_constant(name: str, value: Term) -> None:
    """A real number by a closed term, such as sqrt(2) or pi/4, that has a value."""
    heads = {part.head for part in subterms(value) if isinstance(part, Apply)}
    if not is_scalar(sort_of(value)) or free_symbols(value) or not heads <= CONSTANT_HEADS:
        raise Rejected(f"the value of {name} is no real number")
    if isinstance(evaluate(value, {}, {}), (bool, tuple)):
        raise Rejected(f"the value of {name} is no real number")


def _well_formed(claim: Claim, valued: frozenset[Symbol]) -> None:
    """Statements without concrete functions, all of whose free symbols have values."""
    for statement in (claim.statement, *claim.hypotheses):
        if sort_of(statement) != STATEMENT:
            raise Rejected("a claim is made of statements")
        if any(isinstance(part, Lambda) for part in subterms(statement)):
            raise Rejected("a claim does not hold concrete functions")
        missing = sorted(symbol.name for symbol in free_symbols(statement) - valued)
        if missing:
            raise Rejected(f"{missing[0]} has no value")


def _true(statement: Term, values: Assignment, sizes: Mapping[str, int]) -> bool:
    return evaluate(statement, values, sizes) is True


def _counterexample(claim: Claim, certificate: Counterexample, axioms: Mapping[str, Axiom] | None) -> tuple[str, str]:
    if claim.constants:
        raise Rejected("one point does not refute that constants exist")
    sizes = dict(certificate.sizes)
    values = _admitted(certificate.assignment, sizes)
    if isinstance(claim.statement, Apply) and claim.statement.head == "approx":
        return _not_approximate(claim, claim.statement, values, sizes)
    _well_formed(claim, frozenset(values))
    shown = list(certificate.shown)
    for hypothesis in claim.hypotheses:
        if isinstance(hypothesis, Apply) and hypothesis.head == "forall":
            if not shown or check(at_point(hypothesis, values, sizes), shown.pop(0), axioms):
                raise Rejected("a quantified hypothesis that is not shown, or not everywhere")
        elif not _true(hypothesis, values, sizes):
            raise Rejected("a hypothesis does not hold at this point")
    if shown:
        raise Rejected("one certificate for each quantified hypothesis")
    statement = claim.statement
    if isinstance(statement, Apply) and statement.head in {"implies", "iff"}:
        return _broken(statement, values, sizes)
    related = isinstance(statement, Apply) and (statement.head in ORDERS or statement.head in {"=", "!="})
    false, *sides = evaluate_all((statement, *(children(statement) if related else ())), values, sizes)
    if false is not False:
        raise Rejected("the statement holds at this point")
    return (text_of(sides[0]), text_of(sides[1])) if related else ("false", "")


def at_point(hypothesis: Term, values: Assignment, sizes: Mapping[str, int]) -> Claim:
    """What a quantified hypothesis says at a point: a claim about all values of its variables, in which the values of all other symbols are written out.

    Where it is proved without conditions it holds, and is defined, for all values.
    """
    _, body = without_quantifiers(written_out(hypothesis, values, sizes))
    return Claim(with_sizes(body, sizes))


def written_out(term: Term, values: Assignment, sizes: Mapping[str, int]) -> Term:
    """The term with what its symbols stand for in their place: numbers, and the formulas of functions and of their derivatives."""
    numbers: dict[Term, Term] = {
        symbol: value for symbol, value in values.items() if not isinstance(symbol.sort, Function)
    }
    return _written_out(substitute(term, numbers), values, sizes)


def _written_out(term: Term, values: Assignment, sizes: Mapping[str, int]) -> Term:
    if not isinstance(term, Apply):
        return term
    if term.head in BINDERS:
        inside, variable, *rest = term.arguments
        free = {symbol: value for symbol, value in values.items() if symbol != variable}
        parts = (_written_out(part, values, sizes) for part in rest)
        return Apply(term.head, (_written_out(inside, free, sizes), variable, *parts))
    function, *points = term.arguments
    value = values.get(function) if isinstance(function, Symbol) else None
    if not isinstance(value, Lambda) or term.head not in {"apply", "gradient", "partial"}:
        return Apply(term.head, tuple(_written_out(part, values, sizes) for part in term.arguments))
    body = value.body
    if term.head == "gradient":
        body = _gradient(value, sizes)
    elif term.head == "partial":
        indices, *points = points
        assert isinstance(indices, Apply)
        for index in indices.arguments:
            assert isinstance(index, Number)
            body = differentiate(body, _coordinates(value, sizes)[int(index.value) - 1])
    arguments = [_written_out(point, values, sizes) for point in points]
    return substitute(body, dict(zip(value.parameters, arguments, strict=True)))


def _gradient(function: Lambda, sizes: Mapping[str, int]) -> Term:
    """The derivatives by the coordinates, in the shape of the parameter."""
    slopes = [differentiate(function.body, coordinate) for coordinate in _coordinates(function, sizes)]
    sort = function.parameters[0].sort
    if is_scalar(sort):
        return slopes[0]
    assert isinstance(sort, Matrix)
    if sort.columns == 1:
        return Apply("matrix", tuple(Apply("row", (slope,)) for slope in slopes))
    return Apply("matrix", (Apply("row", tuple(slopes)),))


def _coordinates(function: Lambda, sizes: Mapping[str, int]) -> list[Term]:
    found: list[Term] = []
    for parameter in function.parameters:
        if is_scalar(parameter.sort):
            found.append(parameter)
        elif is_vector(parameter.sort):
            assert isinstance(parameter.sort, Matrix)
            length = size_of(length_of(parameter.sort), sizes)
            found += [Apply("component", (parameter, Number(index))) for index in range(1, length + 1)]
        else:
            raise Rejected("a function of a matrix in a quantified hypothesis")
    return found


def _broken(statement: Apply, values: Assignment, sizes: Mapping[str, int]) -> tuple[str, str]:
    """An implication with a true premise and a conclusion that fails; an equivalence of one that holds and one that fails."""
    sides = [_standing(side, values, sizes) for side in statement.arguments]
    if sides[0] == "true" and sides[1] != "true":
        return sides[0], sides[1]
    if statement.head == "iff" and sides[1] == "true" and sides[0] != "true":
        return sides[0], sides[1]
    raise Rejected("the statement holds at this point")


def _standing(statement: Term, values: Assignment, sizes: Mapping[str, int]) -> str:
    """ "true", "false", or "undefined" of a relation, which then does not hold; of anything else Undefined is passed on.

    A disjunction or a negation with an undefined part holds on one reading and not on the other: nothing is said of it.
    """
    try:
        return "true" if _true(statement, values, sizes) else "false"
    except Undefined:
        if isinstance(statement, Apply) and (statement.head in ORDERS or statement.head in {"=", "!="}):
            return "undefined"
        raise


def _not_approximate(claim: Claim, statement: Apply, values: Assignment, sizes: Mapping[str, int]) -> tuple[str, str]:
    left, right, variable, base, order = statement.arguments
    moving = free_symbols(variable)
    if moving & frozenset(values):
        raise Rejected("the variable of an approximation has no value")
    if not all(isinstance(one.sort, Matrix) or one.sort == REAL for one in moving):
        raise Rejected("a variable that does not range over all real numbers")
    _well_formed(claim, moving | frozenset(values))
    for hypothesis in claim.hypotheses:
        if free_symbols(hypothesis) & moving or not _true(hypothesis, values, sizes):
            raise Rejected("a hypothesis does not hold, or speaks of the variable")
    start = evaluate(base, values, sizes)
    increments, point = _increments(variable, start)
    atoms = Atoms()
    difference = atoms.subtract(*(_polynomial(side, values, point, increments, sizes, atoms) for side in (left, right)))
    assert isinstance(order, Number)
    found = sorted((sum(exponent for _, exponent in exponents(key)), key) for key in _terms(difference))
    if not found or found[0][0] > order.value:
        raise Rejected("the sides agree to the order claimed")
    degree, key = found[0]
    return (
        f"a difference with the coefficient {_terms(difference)[key]} in degree {degree}",
        f"o of degree {order.value}",
    )


def _increments(variable: Term, start: Value) -> tuple[set[Term], Assignment]:
    """Fresh increments, and the variable as base plus increments."""

    def moved(value: object, name: str) -> tuple[Symbol, Term]:
        if not isinstance(value, Fraction):
            raise Rejected("the point of expansion is not rational")
        fresh = Symbol(f"increment {name}")
        return fresh, Apply("+", (Number(value), fresh))

    if isinstance(variable, Symbol) and is_scalar(variable.sort):
        fresh, term = moved(start, variable.name)
        return {fresh}, {variable: term}
    if not isinstance(start, tuple):
        raise Rejected("the point of expansion is not a vector")
    cells = [[moved(entry, f"{i},{j}") for j, entry in enumerate(row)] for i, row in enumerate(start)]
    fresh_all: set[Term] = {fresh for row in cells for fresh, _ in row}
    if isinstance(variable, Symbol):
        literal = Apply("matrix", tuple(Apply("row", tuple(term for _, term in row)) for row in cells))
        return fresh_all, {variable: literal}
    if not isinstance(variable, Apply) or variable.head != "matrix":
        raise Rejected("the variable of an approximation is a symbol or a literal of symbols")
    found: Assignment = {}
    for row, cell_row in zip(variable.arguments, cells, strict=True):
        assert isinstance(row, Apply)
        for entry, (_, term) in zip(row.arguments, cell_row, strict=True):
            if not isinstance(entry, Symbol) or entry.sort != REAL or entry in found:
                raise Rejected("the variable of an approximation is a symbol or a literal of symbols")
            found[entry] = term
    return fresh_all, found


def _polynomial(
    term: Term, values: Assignment, point: Assignment, indeterminates: set[Term], sizes: Mapping[str, int], atoms: Atoms
) -> Form:
    """The term with everything but the indeterminates filled in: a polynomial in them, and defined whatever they are."""
    filled = _filled(term, values, point, sizes)
    for part in subterms(filled):
        _check_polynomial(part, indeterminates)
    form = atoms.form(filled)
    if form.shape != SCALAR or form.grid is not None or form.denominator:
        raise Rejected("only equations and approximations of numbers are refuted so")
    return form


def _check_polynomial(part: Term, indeterminates: set[Term]) -> None:
    if isinstance(part, Number) or part in indeterminates:
        return
    if not isinstance(part, Apply):
        raise Rejected("something without a value")
    if part.head == "^":
        power = part.arguments[1]
        fits = isinstance(power, Number) and power.value.denominator == 1 and power.value >= 0
    elif part.head == "/":
        fits = isinstance(part.arguments[1], Number) and part.arguments[1].value != 0
    else:
        fits = part.head in POLYNOMIAL_HEADS
    if not fits:
        raise Rejected(f"{part.head} here does not leave a polynomial")


def _terms(form: Form) -> Mapping[int, int | Fraction]:
    """The monomials of a scalar form and their coefficients."""
    return form.scalar.terms


def _filled(term: Term, values: Assignment, point: Assignment, sizes: Mapping[str, int]) -> Term:
    """What does not move is evaluated, so that it is defined; what moves is taken apart."""
    if isinstance(term, Symbol) and term in point:
        return point[term]
    if not isinstance(term, Apply) or (term.head != "row" and not free_symbols(term) & frozenset(point)):
        return literal_of(evaluate(term, values, sizes))
    if term.head in {"gradient", "partial", "hessian"}:
        raise Rejected("a derivative at a point that moves")
    if term.head == "apply":
        function = term.arguments[0]
        assert isinstance(function, Symbol)
        found = values[function]
        assert isinstance(found, Lambda)
        arguments = [_filled(argument, values, point, sizes) for argument in term.arguments[1:]]
        return substitute(found.body, dict(zip(found.parameters, arguments, strict=True)))
    if term.head in BINDERS or term.head == "derivative":
        raise Rejected(f"a {term.head} that moves")
    return Apply(term.head, tuple(_filled(argument, values, point, sizes) for argument in term.arguments))


def _inconsistent(claim: Claim, certificate: Inconsistent) -> tuple[str, str]:
    """At each point the equation is affine in the constants; the weighted sum is (nonzero number) = 0."""
    if not claim.constants or not claim.parameters:
        raise Rejected("the claim has no undetermined constants")
    statement = claim.statement
    if not isinstance(statement, Apply) or statement.head != "=" or not is_scalar(sort_of(statement.arguments[0])):
        raise Rejected("only an equation of numbers is refuted so")
    sizes = dict(certificate.sizes)
    fixed = _admitted(certificate.assignment, sizes)
    _well_formed(claim, frozenset((*fixed, *claim.constants, *claim.parameters)))
    if not all(isinstance(one.sort, Scalar) for one in claim.constants):
        raise Rejected("constants that are not numbers")
    if frozenset(claim.constants) & frozenset(claim.parameters):
        raise Rejected("a constant that is a parameter")
    if frozenset(fixed) & (frozenset(claim.constants) | frozenset(claim.parameters)):
        raise Rejected("a constant or a parameter has a value of its own")
    if not certificate.points or len(certificate.points) != len(certificate.weights):
        raise Rejected("one weight for each point")
    totals = dict.fromkeys(claim.constants, Fraction(0))
    rest = Fraction(0)
    for point, weight in zip(certificate.points, certificate.weights, strict=True):
        if not isinstance(weight, Number):
            raise Rejected("a weight that is not a number")
        moved = _admitted(point, sizes)
        if frozenset(moved) != frozenset(claim.parameters):
            raise Rejected("a point gives values to the parameters and to nothing else")
        values = {**fixed, **moved}
        for hypothesis in claim.hypotheses:
            if free_symbols(hypothesis) & frozenset(claim.constants) or not _true(hypothesis, values, sizes):
                raise Rejected("a hypothesis does not hold at a point, or speaks of a constant")
        constant, slopes = _affine(statement, values, claim.constants, sizes)
        rest += weight.value * constant
        for symbol, slope in slopes.items():
            totals[symbol] += weight.value * slope
    if any(totals.values()):
        raise Rejected("the weights do not cancel the constants")
    if rest == 0:
        raise Rejected("the equations do not contradict each other")
    return str(rest), "0"


def _affine(
    statement: Apply, values: Assignment, constants: tuple[Symbol, ...], sizes: Mapping[str, int]
) -> tuple[Fraction, dict[Symbol, Fraction]]:
    """left - right = constant + sum of slope * symbol, exactly: shown by the normal form."""
    atoms = Atoms()
    unknown: Assignment = {symbol: symbol for symbol in constants}
    form = atoms.subtract(
        *(_polynomial(side, values, unknown, set(constants), sizes, atoms) for side in statement.arguments)
    )
    rest, slopes = Fraction(0), dict.fromkeys(constants, Fraction(0))
    for key, coefficient in _terms(form).items():
        parts = exponents(key)
        if not parts:
            rest = Fraction(coefficient)
            continue
        symbol = atoms.terms[parts[0][0]]
        if len(parts) != 1 or parts[0][1] != 1 or not isinstance(symbol, Symbol) or symbol not in slopes:
            raise Rejected("the equation is not affine in the constants")
        slopes[symbol] = Fraction(coefficient)
    return rest, slopes


def _rough(value: Fraction) -> str:
    """A number too long to be written out: its first digits and its power of ten."""
    exponent = (abs(value.numerator).bit_length() - value.denominator.bit_length()) * 30103 // 100000
    mantissa = value / Fraction(10) ** exponent
    while abs(mantissa) >= 10:
        mantissa, exponent = mantissa / 10, exponent + 1
    while abs(mantissa) < 1:
        mantissa, exponent = mantissa * 10, exponent - 1
    return f"{float(int(mantissa * 10**6)) / 10**6:.6f}...e{exponent}"


def text_of(value: Value) -> str:
    """A value as people read it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Fraction):
        if max(value.numerator.bit_length(), value.denominator.bit_length()) > 1000:
            return _rough(value)  # Python refuses to print integers of more than 4300 digits
        text = str(value)
        return text if len(text) <= 40 else f"{text[:18]}... ({len(text)} characters)"
    if isinstance(value, Enclosure):
        middle = (value.lower + value.upper) / 2
        return f"{float(middle):.8g}..." if abs(middle) < 10**300 else _rough(middle)
    if 1 in (len(value), len(value[0])):
        return "(" + ", ".join(text_of(entry) for row in value for entry in row) + ")"
    return "[" + "; ".join(", ".join(text_of(entry) for entry in row) for row in value) + "]"
