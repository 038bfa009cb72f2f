"""Pure numerics: tests, intervals and sample sizes. Numbers in, numbers out; no I/O, no policy.

Every function refuses impossible arguments with `ValueError` (a programming error of the
caller, named by argument and never by value) and none returns NaN.
"""
