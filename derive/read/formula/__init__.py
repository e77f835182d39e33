"""LaTeX formulas to syntax: tokens, then statements, then expressions. What is not understood is `Unread` at its place, never a guess."""

from derive.read.formula.expressions import Names
from derive.read.formula.names import Uses, function_names, signals
from derive.read.formula.statements import read_formula

__all__ = ["Names", "Uses", "function_names", "read_formula", "signals"]
