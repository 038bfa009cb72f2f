"""Counts and shares as a survey says them: by the rule of every shared report."""

from rai_check.protected import PEOPLE, Mask, Part
from rai_check.reports.numerals import count, percent
from rai_check.stats.one_proportion import wilson

LEVEL = 0.95


def rounded(n: int) -> int:
    """A number of rows or values to the nearest 5, for where none that is small is said."""
    return round(PEOPLE.count(n).value or 0)


def some(n: int, what: str = "row") -> str:
    """So many: ``1,480 rows``, ``fewer than 10 rows``."""
    return f"{count(PEOPLE.count(n))} {what}s"


def share(x: int, n: int) -> str:
    """A part of the rows with its interval: ``3% (2% to 4%)``, ``fewer than 10 rows``."""
    if x == n:
        return "all rows"
    part = PEOPLE.part(x, n)
    if part.rate is None:
        return _hidden(part)
    return f"{percent(part.rate)} ({between(part)})"


def between(part: Part) -> str:
    """Wilson's 95% interval of a share that is shown, from the counts that are shown."""
    found = wilson(round(part.x.value or 0), round(part.n.value or 1), level=LEVEL)
    return f"{percent(found.low)} to {percent(found.high)}"


def _hidden(part: Part) -> str:
    if part.x.mask is Mask.ALL_BUT_FEW:
        return "nearly all rows"
    return "fewer than 10 rows"
