"""Planning for many comparisons at once: sizes needed, and departures that would have been seen.

The spread under the hypothesis is that of the restricted rates, as in the score test itself, and
under the truth that of the true rates (Farrington & Manning 1990).
"""

from collections.abc import Callable
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rai_check.stats.arguments import Effect, Floats, between, effect_bound, known_effect
from rai_check.stats.score import restricted_rates

_MOST_ROWS = 10**12
_HALVINGS = 40  # of a stretch of rates below 1: far below any figure that is shown


def rows_needed_array(
    base_rate: ArrayLike,
    bound: float,
    *,
    effect: Effect,
    share: ArrayLike,
    alpha: float = 0.05,
    power: float = 0.8,
) -> Floats:
    """Return `rows_needed` for arrays of base rates and shares that broadcast together.

    Where the comparison grows with the group, the restricted rates are the same at every size, so
    the size follows without a search.

    Returns:
        Whole numbers as floats; NaN where the base rate is 0 or 1, or more than 10^12 are needed.

    Raises:
        ValueError: As `rows_needed`, if any element breaks a rule (rates of 0 and 1 are allowed).
    """
    rates, shares = _rates("base_rate", base_rate, closed=True), _rates("share", share)
    at = effect_bound(effect, bound, odds=True)
    if at == equality(effect):
        raise ValueError("bound must differ from equality")
    z, target = upper_z(alpha), upper_z(1.0 - between("power", power, 0.0, 1.0))
    varies = (rates > 0.0) & (rates < 1.0)
    base, rest = np.where(varies, rates, 0.5), (1.0 - shares) / shares
    spread, true, gap = _spreads(1.0, rest, base, base, effect=effect, bound=at)
    needed = np.ceil(((z * np.sqrt(spread) + target * np.sqrt(true)) / gap) ** 2)
    return np.where(varies & (needed <= _MOST_ROWS), np.maximum(needed, 1.0), np.nan)


def smallest_detectable_array(
    n: ArrayLike,
    n0: ArrayLike,
    base_rate: ArrayLike,
    *,
    effect: Effect,
    alpha: float = 0.05,
    power: float = 0.8,
) -> tuple[Floats, Floats]:
    """Return `smallest_detectable` for arrays that broadcast together; sizes need not be whole.

    Returns:
        Largest departure below equality and smallest above it; NaN where none would be seen, or
        for odds none but a rate of 1.

    Raises:
        ValueError: If a size is not above 0, or a number is out of range.
    """
    sizes = [np.asarray(size, dtype=np.float64) for size in (n, n0)]
    if not all(np.all((size > 0.0) & np.isfinite(size)) for size in sizes):
        raise ValueError("n and n0 must be above 0")
    group, rest, base = np.broadcast_arrays(*sizes, _rates("base_rate", base_rate, closed=True))
    known_effect(effect, odds=True)
    z = upper_z(between("alpha", alpha, 0.0, 1.0) / 2.0)
    target = upper_z(1.0 - between("power", power, 0.0, 1.0))

    def seen(rate: Floats) -> NDArray[np.bool_]:
        return _reach_at_equality(group, rest, rate, base, z=z) >= target

    low, high = _nearest(seen, base, 0.0), _nearest(seen, base, 1.0)
    if effect == "difference":
        return low - base, high - base
    with np.errstate(divide="ignore", invalid="ignore"):  # no ratio to a base rate of 0: NaN
        if effect == "ratio":
            return low / base, high / base
        below, above = (rate * (1.0 - base) / (base * (1.0 - rate)) for rate in (low, high))
        below = np.where(base < 1.0, below, np.nan)
        return below, np.where(np.isfinite(above), above, np.nan)  # a rate of 1 has no odds


def reach(
    n: Floats, n0: Floats | float, p: Floats, p0: Floats, *, effect: Effect, bound: float, z: float
) -> Floats:
    """Return how many true standard errors the truth lies beyond what passes `z`."""
    spread, true, gap = _spreads(n, n0, p, p0, effect=effect, bound=bound)
    return np.asarray((gap - z * np.sqrt(spread)) / np.sqrt(true))


def _reach_at_equality(n: Floats, n0: Floats, p: Floats, p0: Floats, *, z: float) -> Floats:
    """Return `reach` for a bound at equality, where the restricted rate is the pooled one."""
    pooled = (n * p + n0 * p0) / (n + n0)
    spread = pooled * (1.0 - pooled) * (1.0 / n + 1.0 / n0)
    true = p * (1.0 - p) / n + p0 * (1.0 - p0) / n0
    short = np.abs(p - p0) - z * np.sqrt(np.maximum(spread, 0.0))
    sure = np.where(short > 0.0, np.inf, -np.inf)  # rates of 0 and 1 only: nothing varies
    return np.where(true > 0.0, short / np.sqrt(np.where(true > 0.0, true, 1.0)), sure)


def _spreads(
    n: Floats | float,
    n0: Floats | float,
    p: Floats,
    p0: Floats,
    *,
    effect: Effect,
    bound: float,
) -> tuple[Floats, Floats, Floats]:
    """Return the variance under the hypothesis, the true one, and the distance from the bound."""
    null, null0 = restricted_rates(n * p, n, n0 * p0, n0, effect=effect, bound=bound)
    of_null, of_null0 = null * (1.0 - null), null0 * (1.0 - null0)
    # by how much a unit of either rate moves what the statistic measures
    weight, weight0 = np.asarray(1.0), np.asarray(bound if effect == "ratio" else 1.0)
    gap = p - weight0 * p0 - (bound if effect == "difference" else 0.0)
    if effect == "odds":
        weight, weight0 = 1.0 / of_null, 1.0 / of_null0
        gap = weight * (p - null) - weight0 * (p0 - null0)
    spread = weight**2 * of_null / n + weight0**2 * of_null0 / n0
    true = weight**2 * p * (1.0 - p) / n + weight0**2 * p0 * (1.0 - p0) / n0
    return np.asarray(spread), np.asarray(true), np.abs(gap)


def _nearest(seen: Callable[[Floats], NDArray[np.bool_]], base: Floats, extreme: float) -> Floats:
    """Return the rate nearest to `base`, on the way to `extreme`, that is seen; NaN if none is."""
    unseen, shown = base, np.full(base.shape, extreme)
    reachable = seen(shown)
    for _ in range(_HALVINGS):
        middle = (unseen + shown) / 2.0
        near = seen(middle)
        unseen, shown = np.where(near, unseen, middle), np.where(near, middle, shown)
    return np.where(reachable, shown, np.nan)


def equality(effect: Effect) -> float:
    """Return the effect of two equal rates: 1 for ratios, 0 for a difference."""
    return 0.0 if effect == "difference" else 1.0


def upper_z(alpha: float) -> float:
    """Return the normal quantile that `alpha` of the distribution lies above.

    Raises:
        ValueError: If alpha is not strictly between 0 and 1.
    """
    return -NormalDist().inv_cdf(between("alpha", alpha, 0.0, 1.0))


def _rates(name: str, values: ArrayLike, *, closed: bool = False) -> Floats:
    """Return an array of rates inside 0 and 1, or with both ends if `closed`."""
    found = np.asarray(values, dtype=np.float64)
    inside = (found >= 0.0) & (found <= 1.0) if closed else (found > 0.0) & (found < 1.0)
    if not np.all(inside):
        raise ValueError(f"{name} must lie between 0 and 1")
    return found
