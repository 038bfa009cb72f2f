"""Means of rows that repeat a unit: linearised, summed by unit, as survey statistics does it.

The variance of a mean is that of the sums over units of (value - mean), between units (the
linearisation of a ratio estimator: Binder 1983, International Statistical Review 51:279). A unit
with rows on both sides of a comparison brings its covariance, because the two sides are subtracted
unit by unit. Student's t with one degree of freedom less than the fewer units.
"""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rai_check.stats.contrast import Contrast

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class UnitSums:
    """What each unit adds to one side; arrays of the same units on both sides.

    Attributes:
        total: float64, sum of the values of its rows there.
        n: float64, number of its rows there.
    """

    total: "NDArray[np.float64]"
    n: "NDArray[np.float64]"

    @property
    def mean(self) -> float:
        """Mean of all rows."""
        return math.fsum(self.total) / math.fsum(self.n)

    @property
    def units(self) -> int:
        """Units that have rows here."""
        return int(np.count_nonzero(self.n))

    @property
    def pull(self) -> "NDArray[np.float64]":
        """How far each unit pulls the mean, with the correction of small numbers of units."""
        correction = math.sqrt(self.units / (self.units - 1)) if self.units > 1 else math.inf
        return (self.total - self.mean * self.n) / math.fsum(self.n) * correction


def mean_of(side: UnitSums) -> Contrast:
    """The mean of one side with its standard error; at least two units."""
    se = math.sqrt(math.fsum(side.pull**2))
    return Contrast(value=side.mean, se=se, df=side.units - 1.0, link="identity")


def gap_of(group: UnitSums, rest: UnitSums) -> Contrast:
    """The mean of the group less that of the rest; at least two units on each side."""
    se = math.sqrt(math.fsum((group.pull - rest.pull) ** 2))
    return Contrast(value=group.mean - rest.mean, se=se, df=_df(group, rest), link="identity")


def covariance_of(group: UnitSums, rest: UnitSums) -> float:
    """Of the two means, from the units that have rows on both sides."""
    return math.fsum(group.pull * rest.pull)


def _df(group: UnitSums, rest: UnitSums) -> float:
    return min(group.units, rest.units) - 1.0
