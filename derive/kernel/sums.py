"""Sums of symbolic length, powers and factorials with symbolic exponents, in the normal form.

With N the number of terms, shown to be >= 0 (a sum whose upper bound is below its lower one is empty), and whole bounds:

    sum_{i=l}^{u} t = sum_{j=1}^{N} t[i := j + l - 1],  N = u - l + 1
    sum (a s + b t) = a sum s + b sum t                                      a, b free of the variable
    sum_{j=1}^{N} j^k = a polynomial in N: sum_{m=0}^{k} C(k+1, m) sum_{j=1}^{N} j^m = (N+1)^(k+1) - 1   (the sum of (j+1)^(k+1) - j^(k+1))
    sum_{j=1}^{N} g(j + c) = sum_{j=1}^{N + c} g(j) - sum_{j=1}^{c} g(j)      c >= 0; for c < 0, where N + c >= 0, plus sum_{j=1+c}^{0} g(j)
    sum_{j=1}^{N + c} g(j) = sum_{j=1}^{N} g(j) + g(N+1) + ... + g(N+c)       c >= 0
    sum_{j=l}^{u} g(j) = sum_{j=1}^{u} g(j) - sum_{j=1}^{l-1} g(j)            l >= 1
    products likewise, as far as they begin at a number; prod_{j=1}^{N} b = b^N

    b^(e + c) = b^e b^c,  b^(a e) = (b^e)^a       for whole e, c, a >= 0 (0^0 = 1), and for all whole ones where b is a number other than 0
    (a b^e)^n = a^n b^(e n)                       for whole e and n >= 0, and (b^e)^n = b^(e n) for all whole ones where b is a number other than 0
    (n + c)! = n! (n+1) ... (n+c)                 for whole n, c >= 0
    C(n, k) = n (n-1) ... (n-k+1) / k!            for whole n >= 0 and a number k

The binomial theorem, and what follows from it by k C(n, k) = n C(n-1, k-1), with n_m = n (n-1) ... (n-m+1) and S the numbers of Stirling, k^p = sum_m S(p, m) k_m:

    sum_{k=0}^{n} C(n, k) a^k b^(n-k) = (a + b)^n                       whole n >= 0 (0^0 = 1)
    sum_{k=0}^{n} k_m C(n, k) a^k b^(n-k) = n_m a^m (a + b)^(n-m)       n >= m, or a + b a number other than 0: for 0 <= n < m both sides are 0

The first holds for n = 0, where both are 1. From n to n + 1: (a + b) sum_k C(n, k) a^k b^(n-k) = sum_k C(n, k) a^(k+1) b^(n-k) + sum_k C(n, k) a^k b^(n+1-k); the terms with
a^k b^(n+1-k) have the coefficient C(n, k-1) + C(n, k) = C(n+1, k) for 0 < k <= n, and 1 for k = 0 and k = n + 1. The second: terms with k < m are 0, and
k_m C(n, k) = n_m C(n-m, k-m), so that it is n_m a^m times the first for n - m.

A sum of vectors or matrices, whose terms are left as they stand, gives up its last terms too.

The bound variable is renamed to one of a fixed name for the depth of the sums inside, so that a sum does not depend on how its index is called.
"""

from __future__ import annotations

from fractions import Fraction
from math import comb, factorial

from . import polynomial
from .normal_form import SCALAR, Atoms, Form, number_of, scalar
from .polynomial import Polynomial
from .sorting import is_integral, is_scalar, sort_of
from .term import INTEGER, ONE, Apply, Number, Symbol, Term, add, free_symbols, multiply, substitute, subtract

BOUND = "\\#"  # begins the names of bound variables
MAXIMUM_SHIFT = 8  # how far a bound or an index may be from the one that a sum is reduced to
MAXIMUM_POWER = 16  # of the variable, in a sum of powers
MAXIMUM_MOMENT = 4  # powers of the variable beside a binomial coefficient


class _Opaque(Exception):
    """The sum is left as it stands."""


def form_of_sum(atoms: Atoms, term: Apply) -> Form | None:
    """The form of a sum whose length is not a number; None where it is left as it stands."""
    body, variable, lower, upper = term.arguments
    bound = bound_variable(_depth(body))
    if not is_scalar(sort_of(body)):
        return _of_arrays(atoms, term)
    if bound in free_symbols(term):
        return None
    first = number_of(atoms.form(lower))
    if first == 0:
        found = _binomial(atoms, body, variable, upper)
        if found is not None:
            return found
    try:
        if first is not None:
            if first.denominator != 1:
                return None
            shift = first - 1
            body = substitute(body, {variable: _moved(bound, shift)})
            return _summed(atoms, atoms.form(body), bound, _moved(upper, -shift))
        before = _moved(lower, Fraction(-1))
        if not (_natural(atoms, before) and _natural(atoms, subtract(upper, before))):
            return None
        inside = atoms.form(substitute(body, {variable: bound}))
        return atoms.subtract(_summed(atoms, inside, bound, upper), _summed(atoms, inside, bound, before))
    except _Opaque:
        return None


def _of_arrays(atoms: Atoms, term: Apply) -> Form | None:
    """A sum of vectors or matrices: up to the least bound near it that is shown to leave it a sum, and what follows one by one."""
    body, variable, lower, upper = term.arguments
    first = number_of(atoms.form(lower))
    if first is None or first.denominator != 1:
        return None
    back = _back(atoms, _moved(upper, 1 - first))
    if not back:
        return None
    base = _moved(upper, -back)
    kept = Apply("sum", (body, variable, lower, base))
    total = atoms.opaque(kept, atoms.key_of_finite(kept))
    for step in range(1, back + 1):
        total = atoms.add(total, atoms.form(substitute(body, {variable: _moved(base, step)})))
    return total


def _binomial(atoms: Atoms, body: Term, variable: Term, upper: Term) -> Form | None:
    """The sum from 0 to n of C(n, k) with powers of k, and with powers of terms without k whose exponents are k + c or n - k + c; None of other sums."""
    assert isinstance(variable, Symbol)
    coefficient = Apply("binomial", (upper, variable))
    if variable in free_symbols(upper) or not is_integral(upper) or not _natural(atoms, upper):
        return None
    order, seen = 0, False
    rising: Term = ONE
    falling: Term = ONE
    beside: Term = ONE
    for factor in _factors(body):
        if factor == variable:
            order += 1
        elif variable not in free_symbols(factor):
            beside = multiply(beside, factor)
        elif isinstance(factor, Apply) and factor.head == "binomial" and factor.arguments[1] == variable:
            if seen or not _is_same(atoms, factor, coefficient):
                return None
            seen = True
        else:
            apart = _power_apart(atoms, factor, variable, upper)
            if apart is None:
                return None
            base, rises, more = apart
            rising, falling = (multiply(rising, base), falling) if rises else (rising, multiply(falling, base))
            beside = multiply(beside, more)
    if not seen or order > MAXIMUM_MOMENT:
        return None
    return _moments(atoms, order, (rising, falling), beside, upper)


def _moments(atoms: Atoms, order: int, bases: tuple[Term, Term], beside: Term, upper: Term) -> Form | None:
    whole = add(*bases)
    number = number_of(atoms.form(whole))
    total = Form(SCALAR, {})
    for m, count in enumerate(stirling_numbers(order)):
        rest = _moved(upper, -m)
        if not count:
            continue
        if number == 0 and _natural(atoms, _moved(rest, -1)):
            continue
        if number == 0 or not (_natural(atoms, rest) or number is not None):
            return None
        places = [_moved(upper, -step) for step in range(m)]
        power = ONE if number == 1 else Apply("^", (whole, rest))
        term = multiply(Number(count), *places, *[bases[0]] * m, power, beside)
        total = atoms.add(total, atoms.form(term))
    return atoms.reduced(total)


def stirling_numbers(power: int) -> list[int]:
    """S(p, 0), ..., S(p, p): k^p = sum_m S(p, m) k (k-1) ... (k-m+1)."""
    row = [1]
    for _ in range(power):
        row = [(row[m - 1] if m else 0) + m * (row[m] if m < len(row) else 0) for m in range(len(row) + 1)]
    return row


def _factors(term: Term) -> list[Term]:
    """The factors of a product, and of powers with small exponents; a sign is a factor."""
    if isinstance(term, Apply):
        if term.head == "*":
            return [one for part in term.arguments for one in _factors(part)]
        if term.head == "negate":
            return [Number(-1), *_factors(term.arguments[0])]
        if term.head == "^" and term.arguments[1] in {Number(2), Number(3), Number(4)}:
            exponent = term.arguments[1]
            assert isinstance(exponent, Number)
            return _factors(term.arguments[0]) * int(exponent.value)
    return [term]


def _is_same(atoms: Atoms, one: Term, other: Term) -> bool:
    return atoms.canonical(atoms.form(one)) == atoms.canonical(atoms.form(other))


def _power_apart(atoms: Atoms, factor: Term, variable: Symbol, upper: Term) -> tuple[Term, bool, Term] | None:
    """(b, True, b^c) of b^(k + c), (b, False, b^c) of b^(n - k + c), for a number c >= 0; None of others."""
    if not isinstance(factor, Apply) or factor.head != "^" or variable in free_symbols(factor.arguments[0]):
        return None
    base, exponent = factor.arguments
    for rises, least in ((True, variable), (False, subtract(upper, variable))):
        more = number_of(atoms.form(subtract(exponent, least)))
        if more is not None and more >= 0 and more.denominator == 1:
            return base, rises, Apply("^", (base, Number(more)))
    return None


def bound_variable(depth: int) -> Symbol:
    """The variable of a sum that holds sums within sums to that depth; no text is read as this name."""
    return Symbol(f"{BOUND}{depth}", INTEGER)


def _depth_of(variable: Symbol) -> int:
    return int(variable.name.removeprefix(BOUND))


def _depth(term: Term) -> int:
    """How many sums and products stand in each other inside a term."""
    if not isinstance(term, Apply):
        return 0
    return max(map(_depth, term.arguments), default=0) + (term.head in {"sum", "product"})


def _moved(term: Term, by: Fraction | int) -> Term:
    return add(term, Number(by)) if by else term


def _natural(atoms: Atoms, term: Term) -> bool:
    """Whether the term is shown to be >= 0."""
    number = number_of(atoms.form(term))
    if number is not None:
        return number >= 0
    return atoms.nonnegative is not None and atoms.nonnegative(term)


# --- the body, in its parts ------------------------------------------------------------------------------------------------

Part = tuple[int, tuple[tuple[int, int], ...]]  # a monomial in atoms that depend on the variable, over factors that do


def _parts(atoms: Atoms, body: Form, variable: Symbol) -> tuple[dict[Part, dict[int, Form]], Form]:
    """The body as a sum of  coefficient * j^k * part,  by part and k; and what all of it is divided by, free of the variable. Raises _Opaque."""
    own = atoms.atom(("name", variable), variable)
    free: dict[int, int] = {}
    bound: list[tuple[int, int]] = []
    for factor, exponent in sorted(body.denominator.items()):
        indices = {i for key in atoms.factor_polynomials[factor].terms for i, _ in polynomial.exponents(key)}
        depends = {_depends(atoms, index, variable) for index in indices}  # each is asked: all have terms then
        if True in depends:
            bound.append((factor, exponent))
        else:
            free[factor] = exponent
    found: dict[Part, dict[int, dict[int, polynomial.Coefficient]]] = {}
    for key, coefficient in body.scalar.terms.items():
        inside = outside = power = 0
        for index, exponent in polynomial.exponents(key):
            if index == own:
                power = exponent
            elif _depends(atoms, index, variable):
                inside += exponent << (polynomial.BITS * index)
            else:
                outside += exponent << (polynomial.BITS * index)
        found.setdefault((inside, tuple(bound)), {}).setdefault(power, {})[outside] = coefficient
    degree = body.scalar.degree
    parts = {
        part: {power: scalar(Polynomial(terms, degree)) for power, terms in powers.items()}
        for part, powers in found.items()
    }
    return parts, Form(SCALAR, {(): polynomial.ONE}, free)


def _depends(atoms: Atoms, index: int, variable: Symbol) -> bool:
    term = atoms.terms[index]
    if term is None:
        raise _Opaque  # what it is made of is not known here
    return variable in free_symbols(term)


def _term_of(atoms: Atoms, part: Part) -> Term:
    """A part as a term."""
    inside, below = part
    result = _monomial(atoms, inside)
    for factor, exponent in below:
        summands = [
            multiply(Number(coefficient), _monomial(atoms, key))
            for key, coefficient in sorted(atoms.factor_polynomials[factor].terms.items())
        ]
        result = Apply("/", (result, _raised(add(*summands), exponent)))
    return result


def _monomial(atoms: Atoms, key: int) -> Term:
    factors: list[Term] = []
    for index, exponent in polynomial.exponents(key):
        term = atoms.terms[index]
        assert term is not None  # see `_depends`
        factors.append(_raised(term, exponent))
    return multiply(*factors)


def _raised(term: Term, exponent: int) -> Term:
    return term if exponent == 1 else Apply("^", (term, Number(exponent)))


# --- sums from 1 -----------------------------------------------------------------------------------------------------------


def _summed(atoms: Atoms, body: Form, variable: Symbol, upper: Term) -> Form:
    """The sum of the body, a form in the variable, from 1 to the upper bound. Raises _Opaque."""
    parts, divisor = _parts(atoms, body, variable)
    if divisor.denominator and not _natural(atoms, _moved(upper, -1)):
        raise _Opaque  # an empty sum is defined even where its body is divided by 0
    known = _natural(atoms, upper)
    total = Form(SCALAR, {})
    for part, powers in parts.items():
        inside = _term_of(atoms, part)
        depth = _depth(inside)
        inner = bound_variable(depth)
        offset = _offset(atoms, part, variable) if known else 0
        if inner != variable:  # less deep than others
            if depth >= _depth_of(variable) or inner in free_symbols(inside):
                raise _Opaque
            found = _summed(atoms, _value(atoms, part, powers, variable, inner), inner, upper)
        elif offset:
            found = _shifted(atoms, part, powers, variable, offset, upper)
        else:
            found = _combined(atoms, part, powers, variable, upper, known)
        total = atoms.add(total, found)
    return atoms.reduced(atoms.multiply(total, divisor))


def _offset(atoms: Atoms, part: Part, variable: Symbol) -> int:
    """The least c of the values g(j + c) of unknown functions in a part."""
    found: list[int] = []
    for index, _ in polynomial.exponents(part[0]):
        term = atoms.terms[index]
        if isinstance(term, Apply) and _is_value(term):
            found += [_constant(atoms, one) for one in term.arguments[1:] if variable in free_symbols(one)]
    return min(found, default=0)


def _is_value(term: Term | None) -> bool:
    return isinstance(term, Apply) and term.head == "apply"


def _constant(atoms: Atoms, argument: Term) -> int:
    form = atoms.form(argument)
    constant = Fraction(form.scalar.terms.get(0, 0))
    if form.shape != SCALAR or form.denominator or constant.denominator != 1 or abs(constant) > MAXIMUM_SHIFT:
        return 0
    return int(constant)


def _shifted(atoms: Atoms, part: Part, powers: dict[int, Form], variable: Symbol, offset: int, upper: Term) -> Form:
    """sum_{j=1}^{N} G(j) = sum_{t=1+c}^{N+c} G(t - c), where G has a value everywhere."""
    end = _moved(upper, offset)
    total_functions = all(_is_value(atoms.terms[index]) for index, _ in polynomial.exponents(part[0]))
    if part[1] or not total_functions or not _natural(atoms, end):
        raise _Opaque
    moved = _value(atoms, part, powers, variable, _moved(variable, -offset))
    parts, divisor = _parts(atoms, moved, variable)
    total = Form(SCALAR, {})
    for other, its_powers in parts.items():
        total = atoms.add(total, _combined(atoms, other, its_powers, variable, end, known=True))
    total = atoms.multiply(total, divisor)
    for place in range(1, offset + 1):  # c > 0: these were not summed
        total = atoms.subtract(total, _value(atoms, part, powers, variable, Number(place - offset)))
    for place in range(offset + 1, 1):  # c < 0: these were
        total = atoms.add(total, _value(atoms, part, powers, variable, Number(place - offset)))
    return total


def _value(atoms: Atoms, part: Part, powers: dict[int, Form], variable: Symbol, point: Term) -> Form:
    """The sum of  coefficient * j^k * part  at a point."""
    at = atoms.form(point)
    total = Form(SCALAR, {})
    for power, coefficient in powers.items():
        total = atoms.add(total, atoms.multiply(coefficient, atoms.power(at, power)))
    return atoms.multiply(total, atoms.form(substitute(_term_of(atoms, part), {variable: point})))


def _combined(atoms: Atoms, part: Part, powers: dict[int, Form], variable: Symbol, upper: Term, known: bool) -> Form:
    total = Form(SCALAR, {})
    for power, coefficient in powers.items():
        if part == (0, ()) and known and power <= MAXIMUM_POWER:
            one = _of_powers(atoms, power, atoms.form(upper))
        else:
            one = _of_part(atoms, part, power, variable, upper)
        total = atoms.add(total, atoms.multiply(coefficient, one))
    return total


def _of_powers(atoms: Atoms, power: int, length: Form) -> Form:
    """sum_{j=1}^{N} j^k for N >= 0."""
    total = Form(SCALAR, {})
    for exponent, coefficient in enumerate(sum_of_powers(power)):
        term = atoms.multiply(scalar(polynomial.constant(coefficient)), atoms.power(length, exponent))
        total = atoms.add(total, term)
    return total


def sum_of_powers(power: int) -> list[Fraction]:
    """The coefficients of the polynomial in N that is 1^k + ... + N^k, from that of N^0."""
    known: list[list[Fraction]] = []
    for k in range(power + 1):
        total = [Fraction(comb(k + 1, exponent)) for exponent in range(k + 2)]  # (N + 1)^(k + 1)
        total[0] -= 1
        for m, lower in enumerate(known):
            for exponent, coefficient in enumerate(lower):
                total[exponent] -= comb(k + 1, m) * coefficient
        known.append([coefficient / (k + 1) for coefficient in total])
    return known[power]


def _of_part(atoms: Atoms, part: Part, power: int, variable: Symbol, upper: Term) -> Form:
    """sum_{j=1}^{u} j^k part: up to the least bound near it that is shown to be >= 0, and what follows one by one."""
    back = _back(atoms, upper)
    base = _moved(upper, -back)
    inner = _term_of(atoms, part)
    if power:
        inner = multiply(_raised(variable, power), inner)
    key = ("sum", variable, part, power, atoms.canonical(atoms.form(base)))
    total = atoms.scalar_atom(key, Apply("sum", (inner, variable, ONE, base)))
    one = {power: scalar(polynomial.ONE)}
    for step in range(1, back + 1):
        total = atoms.add(total, _value(atoms, part, one, variable, _moved(base, step)))
    return total


def _back(atoms: Atoms, term: Term) -> int:
    """The greatest c with term - c shown to be >= 0, within limits; 0 if none is."""
    found = 0
    for step in range(MAXIMUM_SHIFT + 1):
        if not _natural(atoms, _moved(term, -step)):
            break
        found = step
    return found


def form_of_product(atoms: Atoms, term: Apply) -> Form | None:
    """The form of a product whose length is not a number, from 1; what follows the least bound that is shown to be >= 0 stands by itself."""
    body, variable, lower, upper = term.arguments
    bound = bound_variable(_depth(body))
    first = number_of(atoms.form(lower))
    if not is_scalar(sort_of(body)) or bound in free_symbols(term) or first is None or first.denominator != 1:
        return None
    length = _moved(upper, 1 - first)
    if not _natural(atoms, length):
        return None
    inside = substitute(body, {variable: _moved(bound, first - 1)})
    if bound not in free_symbols(inside):
        return atoms.form(Apply("^", (inside, length)))
    back = _back(atoms, length)
    base = _moved(length, -back)
    key = ("product", bound, atoms.canonical(atoms.form(inside)), atoms.canonical(atoms.form(base)))
    result = atoms.scalar_atom(key, Apply("product", (inside, bound, ONE, base)))
    for step in range(1, back + 1):
        result = atoms.multiply(result, atoms.form(substitute(inside, {bound: _moved(base, step)})))
    return result


# --- symbolic exponents ----------------------------------------------------------------------------------------------------


def form_of_power(atoms: Atoms, base: Form, base_term: Term | None, exponent: Form) -> Form | None:
    """b^e for numbers, with a whole exponent that is no number, taken apart; None where it is left as it stands."""
    number = number_of(base)
    parts = None if number == 0 else parts_of_exponent(atoms, exponent, number is None)
    if number is None:
        of_powers = _power_of_powers(atoms, base, exponent, natural=parts is not None)
        if of_powers is not None:
            return of_powers
    if parts is None:
        return None
    constant, symbols = parts
    result = scalar(polynomial.ONE)
    for lowered, coefficient in symbols:
        atom = _power_atom(atoms, base, base_term, lowered, number)
        result = atoms.multiply(result, atoms.power(atom, coefficient))
    return atoms.reduced(atoms.multiply(result, atoms.power(base, constant)))


def _power_of_powers(atoms: Atoms, base: Form, exponent: Form, *, natural: bool) -> Form | None:
    """(c b1^e1 b2^e2 ... a)^n = c^n b1^(e1 n) b2^(e2 n) ... a^n for whole exponents, if n >= 0 is shown or all of b1, b2, ... are numbers and there is no a; None
    where no factor has an exponent that is no number."""
    if base.denominator or len(base.scalar.terms) != 1:
        return None
    ((key, coefficient),) = base.scalar.terms.items()
    factors = [(index, atoms.terms[index], times) for index, times in polynomial.exponents(key)]
    powers = {index: term.arguments for index, term, _ in factors if isinstance(term, Apply) and term.head == "^"}
    powers = {index: parts for index, parts in powers.items() if is_integral(parts[1])}
    if not powers:
        return None
    if not natural:
        numbers = all(
            index in powers and number_of(atoms.form(powers[index][0])) is not None for index, _, _ in factors
        )
        if not numbers or parts_of_exponent(atoms, exponent, natural=False) is None:
            return None
    result = atoms.power_to(scalar(polynomial.constant(coefficient)), exponent)
    for index, term, times in factors:
        often = atoms.multiply(scalar(polynomial.constant(times)), exponent)
        if index in powers:
            below, above = powers[index]
            part = atoms.power_to(atoms.form(below), atoms.multiply(atoms.form(above), often))
        else:
            single = scalar(polynomial.atom(index))
            part = form_of_power(atoms, single, term, often) or atoms.power_to(single, often)
        result = atoms.multiply(result, part)
    return atoms.reduced(result)


def parts_of_exponent(atoms: Atoms, exponent: Form, natural: bool) -> tuple[int, list[tuple[Term, int]]] | None:
    """A whole exponent as a number, and products of symbols for integers with their coefficients; None for others. With `natural` all of them are shown to be
    >= 0: each symbol is lowered by what it is shown to be at least."""
    if exponent.denominator:
        return None
    found: dict[tuple[Symbol, ...], Fraction] = {}
    for key, value in exponent.scalar.terms.items():
        symbols = _whole_symbols(atoms, key)
        if symbols is None or (natural and not all(_natural(atoms, symbol) for symbol in symbols)):
            return None
        products: dict[tuple[Symbol, ...], Fraction] = {(): Fraction(value)}
        for symbol in symbols:
            least = _back(atoms, symbol) if natural else 0
            longer = {(*product, symbol): number for product, number in products.items()}
            products = {product: number * least for product, number in products.items() if least} | longer
        for product, number in products.items():
            found[product] = found.get(product, Fraction(0)) + number
    constant = found.pop((), Fraction(0))
    kept = {product: number for product, number in found.items() if number}
    if constant.denominator != 1 or any(
        number.denominator != 1 or abs(number) > MAXIMUM_SHIFT for number in kept.values()
    ):
        return None
    if natural and (constant < 0 or any(number < 0 for number in kept.values())):
        return None
    lowered = {
        symbol: _moved(symbol, -_back(atoms, symbol)) if natural else symbol for product in kept for symbol in product
    }
    terms = [(multiply(*(lowered[symbol] for symbol in product)), int(number)) for product, number in kept.items()]
    return None if constant > MAXIMUM_POWER else (int(constant), terms)


def _power_atom(atoms: Atoms, base: Form, base_term: Term | None, exponent: Term, number: Fraction | None) -> Form:
    key = ("^", atoms.canonical(base), atoms.canonical(atoms.form(exponent)))
    found = atoms.scalar_atom(key, None if base_term is None else Apply("^", (base_term, exponent)))
    if number == -1:
        atoms.relations[atoms.atom(key)] = (2, scalar(polynomial.ONE))  # ((-1)^n)^2 = 1
    return found


def _whole_symbols(atoms: Atoms, key: int) -> tuple[Symbol, ...] | None:
    """The symbols for integers of which a monomial is the product, each as often as it occurs; in a fixed order."""
    found: list[Symbol] = []
    for index, times in polynomial.exponents(key):
        term = atoms.terms[index]
        if not isinstance(term, Symbol) or term.sort != INTEGER or times > MAXIMUM_MOMENT:
            return None
        found += [term] * times
    return tuple(found)


def form_of_factorial(atoms: Atoms, argument: Term) -> Form | None:
    """(n + c)! by n!; None where it is left as it stands. The argument is a whole number wherever the factorial is defined."""
    if not _natural(atoms, argument):
        return None
    back = _back(atoms, argument)
    base = _moved(argument, -back)
    result = atoms.scalar_atom(("factorial", atoms.canonical(atoms.form(base))), Apply("factorial", (base,)))
    for step in range(1, back + 1):
        result = atoms.multiply(result, atoms.form(_moved(base, step)))
    return result


def form_of_binomial(atoms: Atoms, whole: Form, chosen: Fraction) -> Form | None:
    """C(n, k) for a number k; n is a natural number wherever it is defined."""
    if chosen.denominator != 1 or not 0 <= chosen <= MAXIMUM_POWER:
        return None
    result = scalar(polynomial.constant(Fraction(1, factorial(int(chosen)))))
    for step in range(int(chosen)):
        result = atoms.multiply(result, atoms.subtract(whole, scalar(polynomial.constant(step))))
    return result
