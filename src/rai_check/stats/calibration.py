"""Whether scores say how often the outcome comes: in the large, and bin by bin.

*In the large*: the rate of the outcome less the mean score. It is a mean of differences y - s, so
its variance is theirs; to it is added by how much Wilson's interval for the rate reaches further
than a normal one, without which few or no events would pass for certainty.

*Bin by bin*: the mean squared distance between rate and score over bins, each bin's less what
sampling alone adds, p (1 - p) / (n - 1) (Kumar, Liang & Ma 2019, NeurIPS, their debiased
estimator). The expected calibration error is given beside it for information: it grows as samples
shrink (a perfect score shows 0.18 with 30 cases in ten bins), so groups of unlike sizes must not
be compared by it.
"""

import math
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike

from rai_check.stats.arguments import Floats, between
from rai_check.stats.contrast import Contrast
from rai_check.stats.means import Moments, moments, welch
from rai_check.stats.one_proportion import wilson

_DECIDING_LEVEL = 0.9  # two one-sided tests at 5%


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreSums:
    """Sums over the cases of a group, in whole units of 1 / scale.

    Attributes:
        n: Cases whose outcome and score are known, at least 2.
        events: Those with the outcome.
        scores: Sum of their scores times `scale`.
        squares: Sum of their squared scores times `scale` squared.
        products: Sum of the scores of those with the outcome, times `scale`.
        scale: Units to 1, such as `rai_check.tables.SCALE`.
    """

    n: int
    events: int
    scores: int
    squares: int
    products: int
    scale: int

    def __post_init__(self) -> None:
        if not 0 <= self.events <= self.n or self.n < 2:  # noqa: PLR2004 - a variance needs two
            raise ValueError("n must be at least 2 and events from 0 to n")
        if not 0 <= self.products <= min(self.scores, self.events * self.scale):
            raise ValueError("products must be at least 0 and at most scores and events")
        if not self.scores - self.products <= (self.n - self.events) * self.scale:
            raise ValueError("scores must lie between 0 and 1")

    @property
    def differences(self) -> Moments:
        """Sums of outcome less score."""
        squares = self.events * self.scale**2 - 2 * self.scale * self.products + self.squares
        total = self.events * self.scale - self.scores
        return moments(self.n, total, squares, scale=self.scale)


@dataclass(frozen=True, slots=True, kw_only=True)
class CalibrationError:
    """Distance between scores and rates over bins.

    Attributes:
        squared: De-biased mean squared distance; below 0 by chance where scores are right; None
            where no bin holds two cases.
        root: Its square root, or 0 where it is below 0; None where `squared` is.
        ece: Expected calibration error, the mean distance as observed, for information.
        bins: Bins that hold two cases or more.
        left_out: Cases alone in their bins, of which `squared` says nothing.
    """

    squared: float | None
    root: float | None
    ece: float
    bins: int
    left_out: int


def in_the_large(group: ScoreSums) -> Contrast:
    """Return the rate of the outcome less the mean score, above 0 where scores are too low.

    Raises:
        ValueError: If the sums are not those of scores from 0 to 1.
    """
    found = group.differences
    return Contrast(
        value=found.mean, se=math.sqrt(_variance(group, found)), df=group.n - 1.0, link="identity"
    )


def in_the_large_gap(group: ScoreSums, rest: ScoreSums) -> Contrast:
    """Return the group's calibration in the large less that of the rest, by Welch.

    Raises:
        ValueError: If the sums are not those of scores from 0 to 1.
    """
    own, other = group.differences, rest.differences
    first, second = _variance(group, own), _variance(rest, other)
    return welch(own.mean - other.mean, (first, group.n), (second, rest.n))


def calibration_error(
    n: ArrayLike, events: ArrayLike, scores: ArrayLike, *, scale: float = 1.0
) -> CalibrationError:
    """Return the distance between scores and rates over bins of the score.

    Args:
        n: Cases in each bin; 0 is allowed.
        events: Those with the outcome.
        scores: Sum of the scores of each bin, times `scale`.
        scale: Units to 1.

    Raises:
        ValueError: If counts are not whole or impossible, all are 0, the bins differ in number,
            or a mean score is not from 0 to 1.
    """
    sizes, hits, mean = _bins(n, events, scores, between("scale", scale, 0.0, math.inf))
    rate = hits / sizes
    gap = rate - mean
    ece = float(np.sum(sizes * np.abs(gap)) / sizes.sum())
    several = sizes > 1.0
    weights, bins = sizes[several], int(np.count_nonzero(several))
    squared = root = None
    if bins:
        chance = (rate * (1.0 - rate))[several] / (weights - 1.0)
        squared = float(np.sum(weights * (gap[several] ** 2 - chance)) / weights.sum())
        root = math.sqrt(max(0.0, squared))
    left_out = sizes.size - bins  # of one case each
    return CalibrationError(squared=squared, root=root, ece=ece, bins=bins, left_out=left_out)


def _variance(group: ScoreSums, found: Moments) -> float:
    """Return the variance of the mean difference, never that of certainty."""
    rate = group.events / group.n
    z = NormalDist().inv_cdf(0.5 + _DECIDING_LEVEL / 2.0)
    limits = wilson(group.events, group.n, level=_DECIDING_LEVEL)
    reach = max(rate - limits.low, limits.high - rate) / z
    extra = reach**2 - rate * (1.0 - rate) / group.n
    return found.variance / group.n + max(0.0, extra)


def _bins(
    n: ArrayLike, events: ArrayLike, scores: ArrayLike, scale: float
) -> tuple[Floats, Floats, Floats]:
    """Return sizes, events and mean score of the bins that hold somebody."""
    sizes, hits = np.asarray(n), np.asarray(events)
    sums = np.asarray(scores, dtype=np.float64) / scale
    for name, counts in (("n", sizes), ("events", hits)):
        if counts.ndim != 1 or counts.dtype.kind not in "iu" or np.any(counts < 0):
            raise ValueError(f"{name} must be a list of whole numbers of at least 0")
    if not sizes.shape == hits.shape == sums.shape:
        raise ValueError("n, events and scores must have the same bins")
    if np.any(hits > sizes) or not sizes.any():
        raise ValueError("events must not exceed n, and n must not all be 0")
    if not np.all((sums >= 0.0) & (sums <= sizes * (1.0 + 1e-9))):
        raise ValueError("scores must lie between 0 and 1")
    held = sizes > 0
    size = sizes[held].astype(np.float64)
    return size, hits[held].astype(np.float64), sums[held] / size
