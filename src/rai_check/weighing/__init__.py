"""Evidence held against a limit, one module for each family of evidence. Pure; no outcome yet."""
