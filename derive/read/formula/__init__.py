"""LaTeX formulas to syntax: tokens, then a parser. What is not understood is `Unread` at its place, never a guess."""

from derive.read.formula.parser import function_names, read_formula

__all__ = ["function_names", "read_formula"]
