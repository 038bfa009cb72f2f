"""The search behind the exact test: the largest probability of a region along the hypothesis edge.

A region is one cut-off per row of the two-by-two tables; the edge is a curve of pairs of rates.
Between two points of it the probability cannot exceed both ends by more than the Fisher information
allows, so the maximum is found by branch and bound, not on a grid.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rai_check.stats.arguments import Effect, Floats
from rai_check.stats.conditional import extremity
from rai_check.stats.edges import Edge
from rai_check.stats.score import score_z

PRUNED = 1e-12  # at most this much probability lies outside what is summed, for every rate
GAP = 1e-5  # the maximum reported is at least the true one and at most this much above it
_LOG_TAIL = 29.1  # exp(-29.1) < PRUNED / 4: two tails of the rows, two of the other counts
_NEGLIGIBLE = 1e-18  # a row's probability below which its cut-off is not looked at
_CELLS, _SPLIT = 48, 4
SAME = 1e-9  # statistics closer than this are ties


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


def region_of(
    x: int, n: int, x0: int, n0: int, *, effect: Effect, bound: float, edge: Edge, ends: Floats
) -> Region:
    """Return what is as extreme or more, closed under more events in the group and fewer outside.

    Tables are ordered by the score statistic, for odds by `rai_check.stats.conditional`.

    Args:
        x: Events in the group.
        n: Size of the group.
        x0: Events in the comparison.
        n0: Size of the comparison.
        effect: The effect the hypothesis is of.
        bound: Its bound.
        edge: The edge for that bound.
        ends: Lowest and highest `s` to be searched; rows improbable all along are left out.
    """
    p, p0 = edge.rates(ends)
    own, rest = _likely(n, p), _likely(n0, p0)
    by_group = own.size <= rest.size
    rows, size, other = (own, n, n0) if by_group else (rest, n0, n)

    def z(row: NDArray[np.int64], count: NDArray[np.int64]) -> Floats:
        cells = (row, count) if by_group else (n - count, row)
        group, comparison = (cell.astype(np.float64) for cell in cells)
        if effect == "odds":
            return extremity(group, n, comparison, n0, odds=bound)
        return score_z(group, n, comparison, n0, effect=effect, bound=bound)

    observed = (x, x0) if by_group else (x0, n - x)
    at = z(*(np.array([count]) for count in observed))
    least = at - SAME * np.maximum(1.0, np.abs(at))
    # only among likely counts: a cut-off below them all leaves next to nothing of the row, one
    # above them all the whole of it
    first, last = (rest[0], rest[-1]) if by_group else (n - own[-1], n - own[0])
    low, high = np.full(rows.size, first - 1), np.full(rows.size, last + 1)  # in, out
    while np.any(high - low > 1):
        middle = np.clip((low + high) // 2, 0, other)
        inside = z(rows, middle) >= least
        low, high = np.where(inside, middle, low), np.where(inside, high, middle)
    low = np.where(low < first, -1, np.where(low == last, other, low))
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
    sizes = (region.size, region.other) if region.by_group else (region.other, region.size)

    def at(angles: Floats) -> Floats:
        return probability(region, *edge.rates(np.sin(angles) ** 2))

    value = at(angle)
    left, right, value_left, value_right = angle[:-1], angle[1:], value[:-1], value[1:]
    best = float(value.max())
    while True:
        reach = np.maximum(value_left, value_right) + edge.slack(left, right, *sizes)
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


def _likely(size: int, rates: Floats) -> NDArray[np.int64]:
    """Return the counts outside which a binomial holds less than `PRUNED` / 2, at rates between.

    Bernstein's inequality: P(X - mean >= t) <= exp(-t^2 / (2 (variance + t / 3))).
    """
    mean, widest = size * rates, float(np.clip(0.5, *rates))
    spread = size * widest * (1.0 - widest)
    reach = _LOG_TAIL / 3.0 + np.sqrt((_LOG_TAIL / 3.0) ** 2 + 2.0 * _LOG_TAIL * spread)
    low, high = np.floor(mean[0] - reach), np.ceil(mean[1] + reach)
    return np.arange(max(0, int(low)), min(size, int(high)) + 1)
