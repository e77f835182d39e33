"""What a derivation is made of: syntax with spans, documents, declarations, notation, reports. Plain data; loads no SymPy."""
