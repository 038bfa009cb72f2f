"""The search behind the exact test: the largest probability of a region along the hypothesis edge.

A region is one cut-off per row of the two-by-two tables; the edge is a straight segment of pairs
of rates. Between two points of the segment the probability cannot exceed both ends by more than
the Fisher information allows, so the maximum is found by branch and bound, not on a grid.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rai_check.stats.arguments import Effect, Floats
from rai_check.stats.score import score_z

PRUNED = 1e-12  # at most this much probability lies outside the rows summed, for every rate
GAP = 1e-5  # the maximum reported is at least the true one and at most this much above it
_LOG_TAIL = 28.4  # exp(-28.4) < PRUNED / 2: each of the two tails
_NEGLIGIBLE = 1e-18  # a row's probability below which its cut-off is not looked at
_CELLS, _SPLIT = 48, 4
_SAME = 1e-9  # statistics closer than this are ties


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """Pairs of rates whose effect equals the bound: p = start + span s, likewise p0, 0 <= s <= 1.

    Attributes:
        start: Rate of the group at s = 0.
        span: Its increase to s = 1, above 0.
        start0: Rate of the comparison at s = 0.
        span0: Its increase to s = 1, above 0.
    """

    start: float
    span: float
    start0: float
    span0: float

    def rates(self, s: Floats) -> tuple[Floats, Floats]:
        """Return the rates of the group and of the comparison at `s`."""
        p, p0 = self.start + self.span * s, self.start0 + self.span0 * s
        return np.clip(p, 0.0, 1.0), np.clip(p0, 0.0, 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """Tables at least as extreme as the observed one.

    With `by_group` a row fixes the group's events and `cut` is the most events of the comparison;
    otherwise a row fixes the comparison's events and `cut` is the most non-events of the group
    (-1: no table of the row).
    """

    rows: NDArray[np.int64]
    cut: NDArray[np.int64]
    size: int
    other: int
    by_group: bool


def edge_of(effect: Effect, bound: float) -> Edge:
    """Return the segment of the unit square on which the effect equals `bound`."""
    if effect == "ratio":
        most = min(1.0, 1.0 / bound)
        return Edge(start=0.0, span=bound * most, start0=0.0, span0=most)
    low, high = max(0.0, -bound), min(1.0, 1.0 - bound)
    return Edge(start=low + bound, span=high - low, start0=low, span0=high - low)


def region_of(
    x: int, n: int, x0: int, n0: int, *, effect: Effect, bound: float, edge: Edge, ends: Floats
) -> Region:
    """Return the region {Z >= observed Z}, closed under more events in the group and fewer outside.

    Args:
        x: Events in the group.
        n: Size of the group.
        x0: Events in the comparison.
        n0: Size of the comparison.
        effect: Effect of the score statistic that orders the tables.
        bound: Its bound.
        edge: The segment for that bound.
        ends: Lowest and highest `s` to be searched; rows improbable all along are left out.
    """
    p, p0 = edge.rates(ends)
    own, rest = _likely(n, p), _likely(n0, p0)
    by_group = own.size <= rest.size
    rows, size, other = (own, n, n0) if by_group else (rest, n0, n)

    def z(row: NDArray[np.int64], count: NDArray[np.int64]) -> Floats:
        cells = (row, count) if by_group else (n - count, row)
        group, comparison = (cell.astype(np.float64) for cell in cells)
        return score_z(group, n, comparison, n0, effect=effect, bound=bound)

    observed = (x, x0) if by_group else (x0, n - x)
    at = z(*(np.array([count]) for count in observed))
    least = at - _SAME * np.maximum(1.0, np.abs(at))
    low, high = np.full(rows.size, -1), np.full(rows.size, other + 1)  # in, out
    while np.any(high - low > 1):
        middle = np.clip((low + high) // 2, 0, other)
        inside = z(rows, middle) >= least
        low, high = np.where(inside, middle, low), np.where(inside, high, middle)
    cut = np.maximum.accumulate(low) if by_group else np.maximum.accumulate(low[::-1])[::-1]
    return Region(rows=rows, cut=cut, size=size, other=other, by_group=by_group)


def probability(region: Region, p: Floats, p0: Floats) -> Floats:
    """Return the region's probability for each pair of rates (one-dimensional arrays)."""
    from scipy.special import betainc, gammaln, xlog1py, xlogy

    rate, other_rate = (p, p0) if region.by_group else (p0, 1.0 - p)
    held = region.cut >= 0
    rows, cut = region.rows[held], region.cut[held]
    ways = gammaln(region.size + 1.0) - gammaln(rows + 1.0) - gammaln(region.size - rows + 1.0)
    rate = rate[:, None]
    mass = np.exp(ways + xlogy(rows, rate) + xlog1py(region.size - rows, -rate))
    point, row = np.nonzero((mass > _NEGLIGIBLE) & (cut < region.other))
    count, miss = cut[row], 1.0 - other_rate[point]
    mass[point, row] *= betainc(region.other - count, count + 1.0, miss)
    total: Floats = mass.sum(axis=1)
    return total


def largest(region: Region, edge: Edge, ends: Floats) -> float:
    """Return the region's largest probability for s within `ends`, from above, within `GAP`."""
    angle = np.linspace(math.asin(math.sqrt(ends[0])), math.asin(math.sqrt(ends[1])), _CELLS + 1)
    units = region.size + region.other

    def at(angles: Floats) -> Floats:
        return probability(region, *edge.rates(np.sin(angles) ** 2))

    value = at(angle)
    left, right, value_left, value_right = angle[:-1], angle[1:], value[:-1], value[1:]
    best = float(value.max())
    while True:
        reach = np.maximum(value_left, value_right) + _slack(region, edge, left, right, units)
        live = reach > best + GAP
        if not live.any():
            return best + GAP
        share = np.arange(_SPLIT + 1) / _SPLIT
        cuts = left[live, None] + (right - left)[live, None] * share
        values = np.empty_like(cuts)
        values[:, 0], values[:, -1] = value_left[live], value_right[live]
        values[:, 1:-1] = at(cuts[:, 1:-1].ravel()).reshape(-1, _SPLIT - 1)
        best = max(best, float(values.max()))
        left, right = cuts[:, :-1].ravel(), cuts[:, 1:].ravel()
        value_left, value_right = values[:, :-1].ravel(), values[:, 1:].ravel()


def _slack(region: Region, edge: Edge, left: Floats, right: Floats, units: int) -> Floats:
    """Return by how much the probability inside each cell can exceed the larger of its ends.

    For any event A and log-likelihood l concave in s, |d2 P(A) / ds2| <= E|l'^2 + l''| / 2 <= I(s),
    the Fisher information, which is convex in s; a chord is then at most width^2 / 8 times it
    below. Near s = 0 or 1, where I(s) grows without limit, the angle asin(sqrt(s)) serves: its
    information is at most 4 (n + n0), so |dP / d angle| <= sqrt(n + n0).
    """
    size, size0 = (region.size, region.other) if region.by_group else (region.other, region.size)
    start, end = np.sin(left) ** 2, np.sin(right) ** 2

    def information(s: Floats) -> Floats:
        p, p0 = edge.rates(s)
        spread = np.maximum(p * (1.0 - p), 1e-200), np.maximum(p0 * (1.0 - p0), 1e-200)
        return np.asarray(size * edge.span**2 / spread[0] + size0 * edge.span0**2 / spread[1])

    steepest = np.maximum(information(start), information(end))
    by_angle = (right - left) / 2.0 * np.sqrt(units)
    slack: Floats = np.minimum((end - start) ** 2 / 8.0 * steepest, by_angle)
    return slack


def _likely(size: int, rates: Floats) -> NDArray[np.int64]:
    """Return the counts outside which a binomial holds less than `PRUNED`, for all rates between.

    Bernstein's inequality: P(X - mean >= t) <= exp(-t^2 / (2 (variance + t / 3))).
    """
    mean, widest = size * rates, float(np.clip(0.5, *rates))
    spread = size * widest * (1.0 - widest)
    reach = _LOG_TAIL / 3.0 + np.sqrt((_LOG_TAIL / 3.0) ** 2 + 2.0 * _LOG_TAIL * spread)
    low, high = np.floor(mean[0] - reach), np.ceil(mean[1] + reach)
    return np.arange(max(0, int(low)), min(size, int(high)) + 1)
