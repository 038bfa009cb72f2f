"""Quantiles of two groups, such as the median wait, from histograms of their values.

A quantile's interval is made of two order statistics whose ranks are binomial quantiles: Woodruff's
(1952, JASA 47:635) with exact limits, so its coverage is at least nominal whatever the shape, and
with ties as well. The interval of a difference is made of the two by MOVER (Zou & Donner 2008, Stat
Med 27:1693). No resampling, so nothing depends on a seed.
"""

import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from rai_check.stats.arguments import Floats, between
from rai_check.stats.interval import Interval

_LEVELS = (0.9, 0.95, 0.99, 0.999)  # at which the standard error is recovered
_Histogram: TypeAlias = tuple[Floats, "np.ndarray[tuple[int, ...], np.dtype[np.int64]]"]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuantileGap:
    """A difference of two quantiles.

    Attributes:
        value: The group's quantile less that of the rest.
        se: Standard error recovered from intervals of 90% to 99.9%, the largest, for tests
            against a bound; None where the values are too few for an interval. It is 0 where so
            many share one value that no interval leaves it.
        interval: At the level asked for, with infinite limits where the values are too few.
    """

    value: float
    se: float | None
    interval: Interval


def quantile(values: ArrayLike, counts: ArrayLike, *, q: float = 0.5) -> float:
    """Return the q-quantile; the mean of two values where q falls between them.

    Args:
        values: The distinct values, rising.
        counts: How often each occurs.
        q: The share below, strictly between 0 and 1.

    Raises:
        ValueError: If the values do not rise, counts are not whole, all are 0, or q is
            impossible.
    """
    return _quantile(_histogram(values, counts), between("q", q, 0.0, 1.0))


def quantile_interval(
    values: ArrayLike, counts: ArrayLike, *, q: float = 0.5, level: float = 0.95
) -> Interval:
    """Return an interval for the q-quantile that covers at least `level`.

    Arguments as `quantile`; `level` is strictly between 0 and 1.

    Returns:
        The interval; a limit is infinite where even the furthest value is not far enough, as for
        a median of fewer than six values at 95%.

    Raises:
        ValueError: As `quantile`, or if the level is impossible.
    """
    histogram = _histogram(values, counts)
    q, level = between("q", q, 0.0, 1.0), between("level", level, 0.0, 1.0)
    low, high = _limits(histogram, q, level)
    return Interval(low=low, high=high, level=level, method="order statistics")


def quantile_gap(
    values: ArrayLike,
    counts: ArrayLike,
    values0: ArrayLike,
    counts0: ArrayLike,
    *,
    q: float = 0.5,
    level: float = 0.95,
) -> QuantileGap:
    """Return the group's q-quantile less that of the rest.

    Args:
        values: The distinct values of the group, rising.
        counts: How often each occurs.
        values0: The same of the comparison.
        counts0: The same of the comparison.
        q: The share below, strictly between 0 and 1.
        level: Nominal coverage, strictly between 0 and 1.

    Raises:
        ValueError: As `quantile_interval`.
    """
    own, rest = _histogram(values, counts), _histogram(values0, counts0)
    q, level = between("q", q, 0.0, 1.0), between("level", level, 0.0, 1.0)
    value = _quantile(own, q) - _quantile(rest, q)
    low, high = _gap_limits(own, rest, q, level)
    interval = Interval(low=low, high=high, level=level, method="order statistics, MOVER")
    errors = [_recovered(value, _gap_limits(own, rest, q, at), at) for at in _LEVELS]
    known = [error for error in errors if math.isfinite(error)]
    return QuantileGap(value=value, se=max(known) if known else None, interval=interval)


def _histogram(values: ArrayLike, counts: ArrayLike) -> _Histogram:
    places, number = np.asarray(values, dtype=np.float64), np.asarray(counts)
    if places.ndim != 1 or not np.all(np.isfinite(places)) or np.any(np.diff(places) <= 0.0):
        raise ValueError("values must be finite numbers that rise")
    if number.shape != places.shape or number.dtype.kind not in "iu":
        raise ValueError("counts must be whole numbers, one for each of values")
    if np.any(number < 0) or not number.any():
        raise ValueError("counts must be at least 0, and not all 0")
    return places, np.cumsum(number.astype(np.int64))


def _at_rank(histogram: _Histogram, rank: int) -> float:
    """Return the value of that rank, from 1; infinite outside."""
    values, below = histogram
    if rank < 1:
        return -math.inf
    return math.inf if rank > below[-1] else float(values[np.searchsorted(below, rank)])


def _quantile(histogram: _Histogram, q: float) -> float:
    n = int(histogram[1][-1])
    place = n * q
    if place == math.floor(place):
        return (_at_rank(histogram, int(place)) + _at_rank(histogram, int(place) + 1)) / 2.0
    return _at_rank(histogram, math.ceil(place))


def _limits(histogram: _Histogram, q: float, level: float) -> tuple[float, float]:
    n, tail = int(histogram[1][-1]), (1.0 - level) / 2.0
    low = _most(n, q, tail)
    high = n + 1 - _most(n, 1.0 - q, tail)
    return _at_rank(histogram, low), _at_rank(histogram, high)


def _most(n: int, q: float, tail: float) -> int:
    """Return the largest rank k with P(X < k) <= tail, for X binomial of n at q."""
    from scipy.special import bdtr

    known, beyond = 0, n + 1
    while beyond - known > 1:
        middle = (known + beyond) // 2
        if float(bdtr(middle - 1, n, q)) <= tail:
            known = middle
        else:
            beyond = middle
    return known


def _gap_limits(own: _Histogram, rest: _Histogram, q: float, level: float) -> tuple[float, float]:
    (low, high), (low0, high0) = _limits(own, q, level), _limits(rest, q, level)
    at, at0 = _quantile(own, q), _quantile(rest, q)
    return at - at0 - math.hypot(at - low, high0 - at0), at - at0 + math.hypot(
        high - at, at0 - low0
    )


def _recovered(value: float, limits: tuple[float, float], level: float) -> float:
    z = NormalDist().inv_cdf(0.5 + level / 2.0)
    return max(value - limits[0], limits[1] - value) / z
