"""What is known of a function from its uses: to what it is applied, by number and shape, and what its values are.

Authors use one letter for several functions: f(x) of a number here, f(\\mathbf x) of a vector there, f(u, v) of two numbers. Each way of applying it is a
signature of its own, and its symbol has a sort of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, field

Shape = tuple[int, int]  # two dimensions, as indices into a table of dimensions
Mask = tuple[bool, ...]  # for each argument whether it is a vector or a matrix


@dataclass(slots=True)
class Signature:
    """One way of applying a function: the shapes of its arguments, of its value, and the names that it is applied to."""

    arguments: list[Shape]
    result: Shape
    array: bool = False  # its values are known to be vectors or matrices
    number: bool = False  # its values are said to be numbers
    headers: list[tuple[str, ...]] = field(default_factory=list)
    calls: int = 0
    numbers: set[int] = field(
        default_factory=set
    )  # the places of arguments of which something says that they are numbers

    def is_said(self, mask: Mask) -> bool:
        """Whether of every argument something says what it is, and none is a number only because nothing does."""
        return all(array or place in self.numbers for place, array in enumerate(mask))


@dataclass(slots=True)
class FunctionUse:
    """All ways in which a function is applied. `dotted`: also to a list with dots. `of_vectors`: its name is written as that of a vector.
    `number`: something says that its values are numbers."""

    signatures: dict[Mask, Signature] = field(default_factory=dict)
    order: int = 0
    dotted: bool = False
    of_vectors: bool = False
    number: bool = False
    packed: set[int] = field(default_factory=set)  # numbers of numbers that are the components of its vector argument

    @property
    def of_vector(self) -> Signature | None:
        """Its use on one vector or matrix."""
        return self.signatures.get((True,))

    @property
    def scalar_headers(self) -> list[tuple[str, ...]]:
        """The lists of numbers that it is applied to, by name."""
        return [header for mask, one in self.signatures.items() if not any(mask) for header in one.headers]

    def main(self) -> Mask:
        """The signature that is meant where nothing says which: that of one vector, or the one with the most arguments."""
        if self.of_vector is not None or not self.signatures:
            return (True,) if self.signatures else (False,)
        return max(self.signatures, key=lambda mask: (len(mask), mask))

    def fitting(self, mask: Mask) -> Mask:
        """The signature for arguments of these kinds; components are packed into the vector that they make up."""
        if mask in self.signatures and not (len(mask) in self.packed and not any(mask)):
            return mask
        if not any(mask) and len(mask) in self.packed and self.of_vector is not None:
            return (True,)
        same_number = [one for one in self.signatures if len(one) == len(mask)]
        return same_number[0] if same_number else self.main()

    def is_overloaded(self) -> bool:
        """Whether the letter stands for several functions, as far as their arguments show."""
        return len([mask for mask in self.signatures if any(mask) or len(mask) not in self.packed]) > 1 or self.dotted
