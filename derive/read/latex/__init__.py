"""LaTeX formulas: tokens with exact offsets, and the parser from tokens to syntax."""
