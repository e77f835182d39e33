"""The trusted part: terms, claims, certificates, and the check that believes nothing else. Standard library only."""
