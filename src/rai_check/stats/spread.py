"""How far the rates of several groups differ, without what chance alone would add.

The variance of observed rates is too large by the mean of their sampling variances, and the gap
between the best and the worst by more. Lum, Zhang & Bower 2022 ("De-biasing 'bias' measurement",
FAccT; arXiv 2205.05770) take the first off; here with n - 1 for n, which makes it unbiased. Every
group counts alike, whatever its size.
"""

import math
from dataclasses import dataclass
from typing import SupportsIndex

import numpy as np
from numpy.typing import ArrayLike

from rai_check.stats.arguments import Floats, part_of_arrays, whole
from rai_check.stats.interval import Interval
from rai_check.stats.levels import levels

_DRAWS = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """Differences between the true rates of groups, estimated.

    Attributes:
        variance: Between groups, unbiased; below 0 where rates differ less than chance would make
            them.
        sd: Its root; 0 where the variance is below 0.
        naive_sd: The standard deviation of the observed rates, for comparison: biased upward.
        groups: How many groups.
    """

    variance: float
    sd: float
    naive_sd: float
    groups: int


def between_groups(x: ArrayLike, n: ArrayLike) -> Spread:
    """Return the de-biased spread of the groups' rates.

    Args:
        x: Events of each group.
        n: Sizes, 2 or more: one row says nothing of its own sampling error.

    Raises:
        ValueError: If counts are not whole or impossible, or there are fewer than two groups.
    """
    events, sizes = _groups(x, n, least=2)
    naive = float((events / sizes).var(ddof=1))
    variance = naive - float(_noise(events, sizes).mean())
    return Spread(
        variance=variance,
        sd=math.sqrt(max(0.0, variance)),
        naive_sd=math.sqrt(naive),
        groups=sizes.size,
    )


def spread_interval(
    x: ArrayLike, n: ArrayLike, *, seed: SupportsIndex, level: float = 0.95
) -> Interval:
    """Return an interval for the standard deviation between the true rates of these groups.

    The paper's: each group is redrawn from its own rate, which adds the sampling variance a second
    time, so it is taken off twice; limits below 0 are 0. With few or small groups it is rough.

    Args:
        x: Events of each group.
        n: Sizes, 2 or more.
        seed: Of the draws; the same seed gives the same interval.
        level: Nominal coverage, strictly between 0 and 1.

    Raises:
        ValueError: As `between_groups`, or if the level is impossible.
    """
    events, sizes = _groups(x, n, least=2)
    tail = (1.0 - float(levels(level))) / 2.0
    generator = np.random.default_rng(whole("seed", seed))
    shape = (_DRAWS, sizes.size)
    drawn = generator.binomial(sizes.astype(np.int64), events / sizes, shape).astype(np.float64)
    once = (drawn / sizes).var(axis=1, ddof=1) - _noise(drawn, sizes).mean(axis=1)
    variances = once - _noise(events, sizes).mean()
    low, high = np.sqrt(np.maximum(np.quantile(variances, (tail, 1.0 - tail)), 0.0))
    method = "double-corrected bootstrap"
    return Interval(low=float(low), high=float(high), level=float(level), method=method)


def homogeneity_p(x: ArrayLike, n: ArrayLike) -> float:
    """Return Pearson's chi-square p-value for "every group has the same rate".

    An approximation that wants about five expected events and non-events in each group. A small
    p says that rates differ, not by how much or whose.

    Args:
        x: Events of each group.
        n: Sizes, at least 1.

    Returns:
        The p-value on groups - 1 degrees of freedom; 1 where nobody or everybody has the event.

    Raises:
        ValueError: If counts are not whole or impossible, or there are fewer than two groups.
    """
    from scipy.special import chdtrc

    events, sizes = _groups(x, n, least=1)
    rate = float(events.sum() / sizes.sum())
    if not 0.0 < rate < 1.0:
        return 1.0
    statistic = ((events - sizes * rate) ** 2 / (sizes * rate * (1.0 - rate))).sum()
    return float(chdtrc(sizes.size - 1, statistic))


def _noise(x: Floats, n: Floats) -> Floats:
    """Return unbiased sampling variances of rates: p (1 - p) / (n - 1)."""
    rate = x / n
    return np.asarray(rate * (1.0 - rate) / (n - 1.0))


def _groups(x: ArrayLike, n: ArrayLike, *, least: int) -> tuple[Floats, Floats]:
    events, sizes = part_of_arrays("x", x, "n", n)
    if sizes.ndim != 1 or events.shape != sizes.shape or sizes.size < 2:  # noqa: PLR2004 - a pair
        raise ValueError("x and n must have one entry for each of two groups or more")
    if np.any(sizes < least):
        raise ValueError(f"n must be at least {least}")
    return events, sizes
