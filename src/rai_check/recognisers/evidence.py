"""Whether what passes a rule does so because it is the real thing, or by chance.

One random ten-digit number in eleven passes the check of an NHS number, so a check digit is
evidence about a column, not about a cell.
"""

import math
from dataclasses import dataclass

from rai_check.stats.one_proportion import exact_binomial_p

TRUE_RATE = 0.97
"""How often real identifiers pass their own rule; the rest are mistyped."""
PRIOR = math.log(0.02 / 0.98)
"""Log odds that a column of right-shaped values holds the kind, before looking."""
HEADED = 3.0
"""What a word in the column's name adds to the log odds."""
MIXED = 1e-4
"""How rare so many passes must be by chance for a column to hold some among other numbers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many distinct things of the right shape pass a rule, and how many do not."""

    passes: int
    fails: int

    @property
    def shaped(self) -> int:
        """All of the right shape."""
        return self.passes + self.fails


def log_odds(tally: Tally, chance: float, *, headed: bool, doubtful: bool) -> float:
    """Return the log odds that the right-shaped values are of the kind.

    Args:
        tally: passes and fails.
        chance: how often other numbers of the shape pass.
        headed: the column's name has a word for the kind.
        doubtful: things of this shape are mostly something else, local references for one, so
            the odds start low; else they start even.
    """
    start = (PRIOR if doubtful else 0.0) + (HEADED if headed else 0.0)
    gain = math.log(TRUE_RATE / chance)
    loss = math.log((1 - TRUE_RATE) / (1 - chance))
    return start + tally.passes * gain + tally.fails * loss


def is_real(tally: Tally, chance: float, *, headed: bool, doubtful: bool, checksum: bool) -> bool:
    """Say whether the passes are to be believed.

    Either the column as a whole speaks for the kind, or, for kinds with a check digit, more pass
    than chance would let through (exact binomial test): some among other numbers.
    """
    if not tally.passes:
        return False
    if log_odds(tally, chance, headed=headed, doubtful=doubtful) > 0:
        return True
    if not checksum:
        return False
    return exact_binomial_p(tally.passes, tally.shaped, bound=chance, side="above") < MIXED
