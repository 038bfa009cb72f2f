"""The probability, at a few rates, of what is as extreme as a table: for many tables at once."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rai_check.stats.arguments import Effect, Floats
from rai_check.stats.score import score_z
from rai_check.stats.unconditional import SAME

_REACH, _LEAST_REACH = 6.0, 6.0  # rows summed: so many standard deviations, and events, each way


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rows:
    """Tables as rows: each fixes one side's count, and the other side's is at most `cut`."""

    table: NDArray[np.intp]
    count: Floats
    cut: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sides:
    """The side that makes the fewer rows, and the other one, turned so that few are extreme.

    Rows by the group's events go with the comparison's events; rows by the comparison's events
    with the group's non-events. Sizes have one entry a table, rates one a point and table.
    """

    by_group: NDArray[np.bool_]
    size: Floats
    rate: Floats
    other: Floats
    other_rate: Floats


def region_probability(
    x: Floats,
    n: Floats,
    x0: Floats,
    n0: Floats,
    *,
    effect: Effect,
    bound: float,
    points: tuple[Floats, Floats],
) -> Floats:
    """Return the probability of what is as extreme as each table by the score: points x tables.

    Arguments as `rai_check.stats.exact_screen.exact_at_least_array`, one-dimensional; `points` are
    rates of the group and of the comparison, three rows of a column for each table, the middle row
    the likeliest. What is left out for speed makes the probability smaller.
    """
    p, p0 = points
    by_group = n * p[1] * (1.0 - p[1]) <= n0 * p0[1] * (1.0 - p0[1])
    sides = _Sides(
        by_group=by_group,
        size=np.where(by_group, n, n0),
        rate=np.where(by_group, p, p0),
        other=np.where(by_group, n0, n),
        other_rate=np.where(by_group, p0, 1.0 - p),
    )
    return _probability(_rows(x, n, x0, n0, effect=effect, bound=bound, sides=sides), sides)


def _rows(
    x: Floats, n: Floats, x0: Floats, n0: Floats, *, effect: Effect, bound: float, sides: _Sides
) -> _Rows:
    """Return the rows that carry nearly all the probability, cut where tables stop being extreme.

    What is left out can only lower the bound.
    """
    low, high = _likely(sides.size, sides.rate)
    length = (high - low + 1.0).astype(np.intp)
    table = np.repeat(np.arange(x.size), length)
    count = np.arange(float(table.size)) - np.repeat(length.cumsum() - length - low, length)
    sizes, sizes0, by_group = n[table], n0[table], sides.by_group[table]
    observed = score_z(x, n, x0, n0, effect=effect, bound=bound)
    least = (observed - SAME * np.maximum(1.0, np.abs(observed)))[table]
    inside, outside = (end[table] for end in _likely(sides.other, sides.other_rate))
    inside, outside = inside - 1.0, outside + 1.0
    while np.any(outside - inside > 1.0):
        middle = np.clip(np.floor((inside + outside) / 2.0), 0.0, sides.other[table])
        group = np.where(by_group, count, sizes - middle)
        rest = np.where(by_group, middle, count)
        extreme = score_z(group, sizes, rest, sizes0, effect=effect, bound=bound) >= least
        inside, outside = np.where(extreme, middle, inside), np.where(extreme, outside, middle)
    return _Rows(table=table, count=count, cut=inside)


def _probability(rows: _Rows, sides: _Sides) -> Floats:
    """Return the probability of each table's rows at each of the points: points x tables."""
    from scipy.special import betainc, gammaln, xlog1py, xlogy

    held = rows.cut >= 0.0
    table, count, cut = rows.table[held], rows.count[held], rows.cut[held]
    size, other = sides.size[table], sides.other[table]
    ways = gammaln(size + 1.0) - gammaln(count + 1.0) - gammaln(size - count + 1.0)
    whole = cut >= other
    total = np.empty_like(sides.rate)
    for point, (rates, other_rates) in enumerate(zip(sides.rate, sides.other_rate, strict=True)):
        rate, miss = rates[table], 1.0 - other_rates[table]
        mass = np.exp(ways + xlogy(count, rate) + xlog1py(size - count, -rate))
        tail = betainc(np.where(whole, 1.0, other - cut), cut + 1.0, np.where(whole, 1.0, miss))
        total[point] = np.bincount(table, weights=mass * tail, minlength=sides.size.size)
    return total


def _likely(size: Floats, rates: Floats) -> tuple[Floats, Floats]:
    """Return the ends of the counts that matter at any of the points."""
    spread = _REACH * np.sqrt((size * rates * (1.0 - rates)).max(axis=0)) + _LEAST_REACH
    low = np.floor(size * rates.min(axis=0) - spread)
    return np.maximum(low, 0.0), np.minimum(np.ceil(size * rates.max(axis=0) + spread), size)
