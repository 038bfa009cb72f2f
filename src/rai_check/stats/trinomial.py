"""The largest probability of a region of trinomial counts along a segment of probabilities.

Behind the exact tests of `rai_check.stats.paired`. Three things make the result an upper bound
rather than nearly one. The region is closed under "one more of the first kind" and "one fewer of
the second" (or the other way about), so that its largest probability under the whole hypothesis
lies on the segment. What is left out of the sums is added. And the maximum is bracketed to 1e-5 by
branch and bound, not read off a grid, and the upper end taken.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from rai_check.stats.arguments import Floats
from rai_check.stats.one_proportion import clopper_pearson

_GAMMA = 1e-6  # Berger & Boos 1994 (JASA 89:1012): the chance that the region misses the truth
_LOG_TAIL = 29.1  # exp(-29.1) < _PRUNED / 4: each tail of the two counts
_PRUNED = 1e-12
_GAP = 1e-5
_CELLS, _SPLIT = 32, 4
_SAME = 1e-9  # statistics closer than this are ties
_LEAST = 1e-300


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """Probabilities start + slope s (first kind), s (second) and the rest, for 0 <= s <= `most`.

    `slope` is above 0 and `start` from 0 to below 1.
    """

    start: float
    slope: float

    @property
    def most(self) -> float:
        """Where nothing is left of the third kind."""
        return (1.0 - self.start) / (1.0 + self.slope)

    def rates(self, s: Floats) -> Floats:
        """Return the three probabilities, one row a kind."""
        rest = (1.0 + self.slope) * (self.most - s)
        return np.maximum(np.stack([self.start + self.slope * s, s, rest]), _LEAST)


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """Counts of the three kinds, one row each, with the logarithm of their multinomial ways."""

    counts: Floats
    ways: Floats

    def probability(self, edge: Edge, s: Floats) -> Floats:
        """Return the region's probability at each place of the edge."""
        logs = self.ways[:, None] + self.counts @ np.log(edge.rates(s))
        found: Floats = np.exp(logs).sum(axis=0)
        return found


def exact_tail(
    first: int,
    second: int,
    total: int,
    *,
    edge: Edge,
    z: Callable[[Floats, Floats], Floats],
    upwards: bool,
) -> float:
    """Return the largest probability, along the edge, of counts at least as extreme.

    Args:
        first: Observed cases of the first kind.
        second: Observed cases of the second kind.
        total: All cases.
        edge: Where the hypothesis ends.
        z: The statistic of (first, second), large where extreme; falling in the one and rising in
            the other, up to small irregularities.
        upwards: Whether extreme means more of the first kind and fewer of the second.
    """
    low, high = _plausible(edge, first, second, total)
    if low > high:  # every truth that the data allow lies on one side of the edge
        beyond = float(z(np.array(float(first)), np.array(float(second)))) > 0.0
        return _GAMMA if beyond else 1.0
    region = _region(first, second, total, edge.rates(np.array([low, high])), z, upwards=upwards)
    return min(1.0, _largest(region, edge, total, (low, high)) + _GAMMA + _PRUNED)


def _plausible(edge: Edge, first: int, second: int, total: int) -> tuple[float, float]:
    """Return the lowest and highest s inside a 1 - 1e-6 region for the first two probabilities."""
    own = clopper_pearson(first, total, level=1 - _GAMMA / 2)
    other = clopper_pearson(second, total, level=1 - _GAMMA / 2)
    low = max(0.0, other.low, (own.low - edge.start) / edge.slope)
    return low, min(edge.most, other.high, (own.high - edge.start) / edge.slope)


def _region(
    first: int,
    second: int,
    total: int,
    rates: Floats,
    z: Callable[[Floats, Floats], Floats],
    *,
    upwards: bool,
) -> Region:
    """Return the counts with z at least the observed one, and those that closing it adds."""
    from scipy.special import gammaln

    i, j = _likely(total, rates[0])[:, None], _likely(total, rates[1])[None, :]
    rest = total - i - j
    observed = float(z(np.array(float(first)), np.array(float(second))))
    inside = (z(i, j) >= observed - _SAME * max(1.0, abs(observed))) & (rest >= 0.0)
    way = slice(None, None, 1 if upwards else -1)
    closed = np.logical_or.accumulate(inside[way, way], axis=0)
    closed = np.logical_or.accumulate(closed[:, ::-1], axis=1)[:, ::-1][way, way]
    rows, columns = np.nonzero(closed & (rest >= 0.0))
    counts = np.stack([i[rows, 0], j[0, columns], rest[rows, columns]], axis=1)
    ways = math.lgamma(total + 1.0) - gammaln(counts + 1.0).sum(axis=1)
    return Region(counts=counts, ways=ways)


def _likely(total: int, rates: Floats) -> Floats:
    """Return the counts outside which a binomial is improbable, for all rates between the two.

    Bernstein's inequality: P(X - mean >= t) <= exp(-t^2 / (2 (variance + t / 3))).
    """
    mean, widest = total * rates, float(np.clip(0.5, rates[0], rates[1]))
    spread = total * widest * (1.0 - widest)
    reach = _LOG_TAIL / 3.0 + math.sqrt((_LOG_TAIL / 3.0) ** 2 + 2.0 * _LOG_TAIL * spread)
    low, high = math.floor(mean[0] - reach), math.ceil(mean[1] + reach)
    return np.arange(max(0, low), min(total, high) + 1, dtype=np.float64)


def _largest(region: Region, edge: Edge, total: int, ends: tuple[float, float]) -> float:
    """Return the largest probability between `ends`, from above, within 1e-5."""
    angle = np.arcsin(np.sqrt(np.clip(np.array(ends) / edge.most, 0.0, 1.0)))
    places = np.linspace(angle[0], angle[1], _CELLS + 1)
    values = region.probability(edge, edge.most * np.sin(places) ** 2)
    left, right, at_left, at_right = places[:-1], places[1:], values[:-1], values[1:]
    best = float(values.max())
    while True:
        reach = np.maximum(at_left, at_right) + _slack(edge, total, left, right)
        live = reach > best + _GAP
        if not live.any():
            return best + _GAP
        share = np.arange(_SPLIT + 1) / _SPLIT
        cuts = left[live, None] + (right - left)[live, None] * share
        s = edge.most * np.sin(cuts) ** 2
        found = region.probability(edge, s.ravel()).reshape(s.shape)
        best = max(best, float(found.max()))
        left, right = cuts[:, :-1].ravel(), cuts[:, 1:].ravel()
        at_left, at_right = found[:, :-1].ravel(), found[:, 1:].ravel()


def _slack(edge: Edge, total: int, left: Floats, right: Floats) -> Floats:
    """Return by how much the probability inside each cell can exceed the larger of its ends.

    For any event A and log-likelihood l concave in s, |d2 P(A) / ds2| <= E|l'^2 + l''| / 2 <= I(s),
    the Fisher information, here convex in s; a chord is then at most width^2 / 8 times it below.
    Where I(s) grows without limit the angle asin(sqrt(s / most)) serves: its information is at most
    4 `total`, so |dP / d angle| <= sqrt(total).
    """
    s = edge.most * np.sin(np.stack([left, right])) ** 2
    slopes = np.array([edge.slope, 1.0, 1.0 + edge.slope])[:, None, None]
    information = total * np.sum(slopes**2 / edge.rates(s), axis=0).max(axis=0)
    by_angle = (right - left) / 2.0 * math.sqrt(total)
    return np.asarray(np.minimum((s[1] - s[0]) ** 2 / 8.0 * information, by_angle))
