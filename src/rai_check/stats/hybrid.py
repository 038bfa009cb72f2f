"""Intervals for two rates put together from two Wilson intervals, for showing, not deciding.

Closed forms that need no search and no correction for empty cells. Difference: Newcombe 1998 (Stat
Med 17:873), method 10. Ratio: MOVER-R, Donner & Zou 2012 (Stat Methods Med Res 21:347).
"""

from typing import SupportsIndex

import numpy as np
from numpy.typing import ArrayLike

from rai_check.stats.arguments import Floats, part_of, part_of_arrays
from rai_check.stats.interval import Interval
from rai_check.stats.levels import levels, two_sided_z


def newcombe(
    x: SupportsIndex, n: SupportsIndex, x0: SupportsIndex, n0: SupportsIndex, *, level: float = 0.95
) -> Interval:
    """Return Newcombe's hybrid interval for the difference p - p0 (1998, method 10).

    Args:
        x: Events in the group.
        n: Size of the group, at least 1.
        x0: Events in the comparison.
        n0: Size of the comparison, at least 1.
        level: Nominal coverage, strictly between 0 and 1.

    Raises:
        ValueError: If counts are not whole or impossible, or the level is.
    """
    (x, n), (x0, n0) = part_of("x", x, "n", n), part_of("x0", x0, "n0", n0)
    low, high = newcombe_array(x, n, x0, n0, level=level)
    return Interval(low=float(low), high=float(high), level=float(level), method="Newcombe")


def newcombe_array(
    x: ArrayLike, n: ArrayLike, x0: ArrayLike, n0: ArrayLike, *, level: ArrayLike = 0.95
) -> tuple[Floats, Floats]:
    """Return the limits of `newcombe` for integer arrays that broadcast, `level` among them.

    Raises:
        ValueError: As `newcombe`, if any element breaks a rule.
    """
    (x, n), (x0, n0) = part_of_arrays("x", x, "n", n), part_of_arrays("x0", x0, "n0", n0)
    z = two_sided_z(levels(level))
    (low, high), (low0, high0) = wilson_limits(x, n, z), wilson_limits(x0, n0, z)
    rate, rate0 = x / n, x0 / n0
    below, above = np.hypot(rate - low, high0 - rate0), np.hypot(high - rate, rate0 - low0)
    gap = rate - rate0
    return np.maximum(gap - below, -1.0), np.minimum(gap + above, 1.0)


def mover_r(
    x: SupportsIndex, n: SupportsIndex, x0: SupportsIndex, n0: SupportsIndex, *, level: float = 0.95
) -> Interval:
    """Return the MOVER-R interval for the ratio p / p0 (Donner & Zou 2012).

    Arguments as `newcombe`. The lower limit is 0 when the group has no event, the upper limit
    infinite when the comparison has none.

    Raises:
        ValueError: If counts are not whole or impossible, or the level is.
    """
    (x, n), (x0, n0) = part_of("x", x, "n", n), part_of("x0", x0, "n0", n0)
    low, high = mover_r_array(x, n, x0, n0, level=level)
    return Interval(low=float(low), high=float(high), level=float(level), method="MOVER-R")


def mover_r_array(
    x: ArrayLike, n: ArrayLike, x0: ArrayLike, n0: ArrayLike, *, level: ArrayLike = 0.95
) -> tuple[Floats, Floats]:
    """Return the limits of `mover_r` for integer arrays that broadcast, `level` among them.

    Raises:
        ValueError: As `mover_r`, if any element breaks a rule.
    """
    (x, n), (x0, n0) = part_of_arrays("x", x, "n", n), part_of_arrays("x0", x0, "n0", n0)
    z = two_sided_z(levels(level))
    (low, high), (low0, high0) = wilson_limits(x, n, z), wilson_limits(x0, n0, z)
    rate, rate0 = x / n, x0 / n0
    product = rate * rate0
    near, far = low * (2.0 * rate - low), high0 * (2.0 * rate0 - high0)
    # the conjugate of the published lower limit: no division by `far`, which may be 0
    divisor = product + np.sqrt(np.maximum(product * product - near * far, 0.0))
    some, some0 = x > 0.0, x0 > 0.0
    lower = np.where(some, near / np.where(divisor > 0.0, divisor, 1.0), 0.0)
    top, base = high * (2.0 * rate - high), low0 * (2.0 * rate0 - low0)
    reach = product + np.sqrt(np.maximum(product * product - top * base, 0.0))
    upper = np.where(some0, reach / np.where(base > 0.0, base, 1.0), np.inf)
    return lower, upper


def wilson_limits(x: Floats, n: Floats, z: Floats) -> tuple[Floats, Floats]:
    """Return Wilson's limits for arrays; `x` and `n` need not be whole, `z` is the quantile."""
    width = 1.0 + z * z / n
    rate, miss = x / n, np.maximum(n - x, 0.0) / n
    centre, spread = rate + z * z / (2.0 * n), rate * miss / n + (z / (2.0 * n)) ** 2
    half = z * np.sqrt(spread)
    low, high = np.maximum((centre - half) / width, 0.0), np.minimum((centre + half) / width, 1.0)
    return np.where(x > 0.0, low, 0.0), np.where(x < n, high, 1.0)
