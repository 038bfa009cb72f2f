"""How dates and numbers are written: read where that is sure, counted where it is not.

Standard library only. Nothing here logs, keeps or quotes a value.
"""

from rai_check.values.candidates import Candidate, candidates, mixed_orders
from rai_check.values.days import Moment, impossible_day, read_day, read_moment
from rai_check.values.marks import suppression
from rai_check.values.numbers import plain, read_number, spent
from rai_check.values.reading import read
from rai_check.values.written import Written

__all__ = [
    "Candidate",
    "Moment",
    "Written",
    "candidates",
    "impossible_day",
    "mixed_orders",
    "plain",
    "read",
    "read_day",
    "read_moment",
    "read_number",
    "spent",
    "suppression",
]
