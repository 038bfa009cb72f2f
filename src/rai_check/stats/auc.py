"""Area under the ROC curve from a histogram of scores: how well a score ranks within a group.

Given how many positives and negatives fall in each bin of the score, the area is the Mann-Whitney
share of positive-negative pairs that are in the right order, a tie (the same bin) counting one
half. DeLong's variance (DeLong, DeLong & Clarke-Pearson 1988, Biometrics 44:837) needs no more
than the same table, so both are exact for the binned score; against the unbinned score 1,024 bins
change the area by less than 0.001.

Where no pair is out of order, or all are tied, DeLong's variance is 0 and says nothing; the
standard error is then recovered from Newcombe's interval (2006, Stat Med 25:559, method 5).
"""

import math
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rai_check.stats.arguments import Floats, between
from rai_check.stats.contrast import Contrast
from rai_check.stats.interval import Interval

LEAST_EACH = 20
"""Positives, and negatives, below which the area is to be called undefined."""
TOO_FEW = (
    "How well a score ranks is not measured on fewer than 20 cases with the outcome and 20 "
    "without: intervals for the area under the curve are not to be trusted below that."
)
"""Why, for the reader."""
_DECIDING_LEVEL = 0.9  # two one-sided tests at 5%
_RECOVERED_LEVEL = 0.95
_PRECISION = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True)
class Auc:
    """An area with its standard error.

    Attributes:
        value: From 0 to 1; one half where the score ranks no better than chance.
        se: Standard error, above 0.
        df: Satterthwaite's degrees of freedom of its variance; None where that was recovered
            from an interval.
        positives: Cases with the outcome.
        negatives: Cases without it.
    """

    value: float
    se: float
    df: float | None
    positives: int
    negatives: int


def auc(positives: ArrayLike, negatives: ArrayLike) -> Auc:
    """Return the area under the ROC curve with DeLong's standard error.

    Args:
        positives: Cases with the outcome in each bin of the score, lowest scores first.
        negatives: Cases without it, in the same bins.

    Raises:
        ValueError: If counts are not whole or negative, the bins differ in number, or there are
            fewer than two cases of either kind (`LEAST_EACH` is what a caller should ask for).
    """
    hits, misses = _counts("positives", positives), _counts("negatives", negatives)
    if hits.shape != misses.shape:
        raise ValueError("positives and negatives must have the same bins")
    m, n = int(hits.sum()), int(misses.sum())
    beaten = np.cumsum(misses) - misses / 2.0  # negatives that a positive in this bin outranks
    beating = m - np.cumsum(hits) + hits / 2.0
    value = float(np.sum(hits * beaten)) / m / n
    of_hits = _spread(beaten / n, hits, value) / m
    of_misses = _spread(beating / m, misses, value) / n
    variance = of_hits + of_misses
    if variance <= 0.0:
        return Auc(value=value, se=_recovered_se(value, m, n), df=None, positives=m, negatives=n)
    df = variance**2 / (of_hits**2 / (m - 1) + of_misses**2 / (n - 1))
    return Auc(value=value, se=math.sqrt(variance), df=df, positives=m, negatives=n)


def auc_interval(found: Auc, *, level: float = 0.95) -> Interval:
    """Return DeLong's interval on the logit scale; Newcombe's where no pair is out of order.

    Simulated coverage of 95% intervals is 0.93 to 0.96 for areas up to 0.9 and classes of 50 or
    more; from 20 of a class it falls with the area, to 0.90 at 0.95 (0.83 where positives are twice
    as spread as negatives, 0.77 at 0.98). `auc_alone` is what decides.

    Args:
        found: What `auc` returned.
        level: Nominal coverage, strictly between 0 and 1.

    Raises:
        ValueError: If the level is impossible.
    """
    z = NormalDist().inv_cdf(0.5 + between("level", level, 0.0, 1.0) / 2.0)
    if found.value in {0.0, 1.0}:
        low, high = _newcombe(found.value, found.positives, found.negatives, z)
        return Interval(low=low, high=high, level=float(level), method="Newcombe, method 5")
    low, high = _logit(found, z)
    return Interval(low=low, high=high, level=float(level), method="logit DeLong")


def auc_alone(found: Auc) -> Contrast:
    """Return the area with a standard error that is safe to test against a bound.

    DeLong's own, on the natural scale, rejects in up to a fifth of samples at 5% where areas are
    near 1. Taken instead, where it is larger, is the wider side of the wider of two 90% intervals
    divided by its quantile: DeLong's on the logit scale with Student's t, and Newcombe's. One-sided
    tests so made err in at most 7% of samples from 20 cases of each class, for areas from 0.6 to
    0.98 and spreads in a proportion of 1 and 2; near 1 they are careful (well below 5%).
    """
    from scipy.special import stdtrit

    probability = 0.5 + _DECIDING_LEVEL / 2.0
    z = NormalDist().inv_cdf(probability)
    reaches = [_reach(found, *_newcombe(found.value, found.positives, found.negatives, z))]
    if 0.0 < found.value < 1.0:
        quantile = z if found.df is None else float(stdtrit(found.df, probability))
        reaches.append(_reach(found, *_logit(found, quantile)))
    se = max(found.se, max(reaches) / z)
    return Contrast(value=found.value, se=se, df=None, link="identity")


def auc_difference(group: Auc, rest: Auc) -> Contrast:
    """Return the area of the group less that of the rest, which share no case; as `auc_alone`."""
    own, other = auc_alone(group), auc_alone(rest)
    se = math.hypot(own.se, other.se)
    return Contrast(value=own.value - other.value, se=se, df=None, link="identity")


def _logit(found: Auc, quantile: float) -> tuple[float, float]:
    centre = math.log(found.value / (1.0 - found.value))
    half = quantile * found.se / (found.value * (1.0 - found.value))
    return _expit(centre - half), _expit(centre + half)


def _reach(found: Auc, low: float, high: float) -> float:
    return max(found.value - low, high - found.value)


def _counts(name: str, values: ArrayLike) -> NDArray[np.int64]:
    array = np.asarray(values)
    if array.ndim != 1 or array.dtype.kind not in "iu":
        raise ValueError(f"{name} must be a list of whole numbers")
    if np.any(array < 0):
        raise ValueError(f"{name} must be at least 0")
    if array.sum() < 2:  # noqa: PLR2004 - a variance needs two
        raise ValueError(f"{name} must hold at least 2 cases")
    return array.astype(np.int64)


def _spread(share: Floats, counts: NDArray[np.int64], mean: float) -> float:
    """Return the sample variance of `share`, each as often as `counts` says."""
    return float(np.sum(counts * (share - mean) ** 2)) / (int(counts.sum()) - 1)


def _recovered_se(value: float, m: int, n: int) -> float:
    z = NormalDist().inv_cdf(0.5 + _RECOVERED_LEVEL / 2.0)
    low, high = _newcombe(value, m, n, z)
    return max(value - low, high - value) / z


def _newcombe(value: float, m: int, n: int, z: float) -> tuple[float, float]:
    """Return the areas that lie z of their own standard errors from `value`."""
    low = 0.0 if value == 0.0 else _where_error_is(value, m, n, z, farthest=0.0)
    high = 1.0 if value == 1.0 else _where_error_is(value, m, n, z, farthest=1.0)
    return low, high


def _where_error_is(value: float, m: int, n: int, z: float, *, farthest: float) -> float:
    inside, outside = value, farthest
    while abs(outside - inside) > _PRECISION:
        area = (inside + outside) / 2.0
        # Hanley & McNeil 1982, with both classes of the mean size
        pairs = 1.0 + ((m + n) / 2.0 - 1.0) * ((1.0 - area) / (2.0 - area) + area / (1.0 + area))
        reached = abs(area - value) >= z * math.sqrt(area * (1.0 - area) * pairs / m / n)
        inside, outside = (inside, area) if reached else (area, outside)
    return outside


def _expit(x: float) -> float:
    if x >= 0.0:
        return 1.0 / (1.0 + math.exp(-x))
    return math.exp(max(x, -700.0)) / (1.0 + math.exp(max(x, -700.0)))
