"""A group's rate against the rate of everyone else: one-sided score tests and intervals.

Throughout, `x` of `n` is the group and `x0` of `n0` the comparison; the two samples are
independent. The effect is the ratio p / p0 or the difference p - p0.
"""

import math
from statistics import NormalDist
from typing import SupportsIndex

import numpy as np
from numpy.typing import ArrayLike

from rai_check.stats.arguments import (
    Effect,
    Floats,
    Side,
    between,
    effect_bound,
    known_side,
    part_of,
    part_of_arrays,
)
from rai_check.stats.interval import Interval
from rai_check.stats.one_proportion import wilson
from rai_check.stats.score import score_z

_METHODS = {"ratio": "Koopman score", "difference": "Miettinen-Nurminen score"}
_LOG_RATIO_REACH = 60.0  # ratios from e-60 to e60: beyond any table of whole numbers
_HALVINGS = 64  # 120 / 2^64 < 1e-17: the limits are exact to rounding


def score_p(
    x: SupportsIndex,
    n: SupportsIndex,
    x0: SupportsIndex,
    n0: SupportsIndex,
    *,
    effect: Effect,
    bound: float,
    side: Side,
) -> float:
    """Return the one-sided p-value for a true effect above (or below) `bound`.

    Ratio: Farrington & Manning 1990, restricted maximum likelihood in closed form. Difference:
    Miettinen & Nurminen 1985, with their factor N / (N - 1) on the variance. Both are
    approximate: below about 50 units or 5 expected events use `rai_check.stats.exact`.

    Args:
        x: Events in the group.
        n: Size of the group, at least 1.
        x0: Events in the comparison.
        n0: Size of the comparison, at least 1.
        effect: ``ratio`` or ``difference``.
        bound: The effect at the edge of the hypothesis: a ratio above 0, a difference in (-1, 1).
        side: ``above`` tests for an effect larger than the bound, ``below`` for a smaller one.

    Returns:
        The p-value; 0.5 where the table says nothing about the effect (no events at all).

    Raises:
        ValueError: If counts are not whole or impossible, or the bound is.
    """
    (x, n), (x0, n0) = part_of("x", x, "n", n), part_of("x0", x0, "n0", n0)
    return float(score_p_array(x, n, x0, n0, effect=effect, bound=bound, side=side))


def score_p_array(
    x: ArrayLike,
    n: ArrayLike,
    x0: ArrayLike,
    n0: ArrayLike,
    *,
    effect: Effect,
    bound: float,
    side: Side,
) -> Floats:
    """Return `score_p` for integer arrays that broadcast together; the shape is theirs.

    Raises:
        ValueError: As `score_p`, if any element breaks a rule.
    """
    from scipy.special import ndtr

    group, rest = part_of_arrays("x", x, "n", n), part_of_arrays("x0", x0, "n0", n0)
    at, above = effect_bound(effect, bound), known_side(side) == "above"
    z = score_z(*group, *rest, effect=effect, bound=at)
    return np.asarray(ndtr(-z if above else z), dtype=np.float64)


def score_interval(
    x: SupportsIndex,
    n: SupportsIndex,
    x0: SupportsIndex,
    n0: SupportsIndex,
    *,
    effect: Effect,
    level: float = 0.95,
) -> Interval:
    """Return the bounds that `score_p` does not reject on either side at (1 - level) / 2.

    Ratio: Koopman 1984. Difference: Miettinen & Nurminen 1985. Arguments as `score_p`; `level` is
    the nominal coverage, strictly between 0 and 1.

    Returns:
        The interval. A ratio's lower limit is 0 when the group has no event and its upper limit
        infinite when the comparison has none.

    Raises:
        ValueError: If counts are not whole or impossible, or the level is.
    """
    (x, n), (x0, n0) = part_of("x", x, "n", n), part_of("x0", x0, "n0", n0)
    low, high = score_interval_array(x, n, x0, n0, effect=effect, level=level)
    return Interval(low=float(low), high=float(high), level=float(level), method=_METHODS[effect])


def score_interval_array(
    x: ArrayLike,
    n: ArrayLike,
    x0: ArrayLike,
    n0: ArrayLike,
    *,
    effect: Effect,
    level: float = 0.95,
) -> tuple[Floats, Floats]:
    """Return the limits of `score_interval` for integer arrays that broadcast together.

    Raises:
        ValueError: As `score_interval`, if any element breaks a rule.
    """
    (xs, ns), (x0s, n0s) = part_of_arrays("x", x, "n", n), part_of_arrays("x0", x0, "n0", n0)
    if effect not in _METHODS:
        raise ValueError("effect must be 'ratio' or 'difference'")
    z = _two_sided_z(level)
    low = _where_z_is(z, xs, ns, x0s, n0s, effect=effect)
    high = _where_z_is(-z, xs, ns, x0s, n0s, effect=effect)
    if effect == "ratio":
        low, high = np.where(xs == 0, 0.0, low), np.where(x0s == 0, np.inf, high)
    return low, high


def newcombe(
    x: SupportsIndex, n: SupportsIndex, x0: SupportsIndex, n0: SupportsIndex, *, level: float = 0.95
) -> Interval:
    """Return Newcombe's hybrid interval for the difference p - p0, from two Wilson intervals.

    Newcombe 1998 (Stat Med 17:873), method 10.

    Raises:
        ValueError: If counts are not whole or impossible, or the level is.
    """
    (x, n), (x0, n0) = part_of("x", x, "n", n), part_of("x0", x0, "n0", n0)
    own, rest = wilson(x, n, level=level), wilson(x0, n0, level=level)
    rate, rest_rate = x / n, x0 / n0
    low = rate - rest_rate - math.hypot(rate - own.low, rest.high - rest_rate)
    high = rate - rest_rate + math.hypot(own.high - rate, rest_rate - rest.low)
    return Interval(low=max(-1.0, low), high=min(1.0, high), level=own.level, method="Newcombe")


def mover_r(
    x: SupportsIndex, n: SupportsIndex, x0: SupportsIndex, n0: SupportsIndex, *, level: float = 0.95
) -> Interval:
    """Return the MOVER-R interval for the ratio p / p0, from two Wilson intervals.

    Donner & Zou 2012 (Stat Methods Med Res 21:347), rewritten so that no cell is divided by.

    Raises:
        ValueError: If counts are not whole or impossible, or the level is.
    """
    (x, n), (x0, n0) = part_of("x", x, "n", n), part_of("x0", x0, "n0", n0)
    own, rest = wilson(x, n, level=level), wilson(x0, n0, level=level)
    rate, rest_rate = x / n, x0 / n0
    product = rate * rest_rate
    near, far = own.low * (2 * rate - own.low), rest.high * (2 * rest_rate - rest.high)
    # the conjugate of the published lower limit: no division by `far`, which may be 0
    divisor = product + math.sqrt(max(0.0, product**2 - near * far))
    low = near / divisor if x > 0 else 0.0
    top, base = own.high * (2 * rate - own.high), rest.low * (2 * rest_rate - rest.low)
    reach = product + math.sqrt(max(0.0, product**2 - top * base))
    high = reach / base if x0 > 0 else math.inf
    return Interval(low=low, high=high, level=own.level, method="MOVER-R")


def _two_sided_z(level: float) -> float:
    return NormalDist().inv_cdf(0.5 + between("level", level, 0.0, 1.0) / 2.0)


def _where_z_is(
    target: float, x: Floats, n: Floats, x0: Floats, n0: Floats, *, effect: Effect
) -> Floats:
    """Bisect for the bound at which the statistic, falling in the bound, equals `target`."""
    ratio = effect == "ratio"
    reach = _LOG_RATIO_REACH if ratio else 1.0
    low = np.full(np.broadcast(x, n, x0, n0).shape, -reach)
    high = -low
    for _ in range(_HALVINGS):
        middle = (low + high) / 2.0
        bound = np.exp(middle) if ratio else middle
        too_low = score_z(x, n, x0, n0, effect=effect, bound=bound) > target
        low, high = np.where(too_low, middle, low), np.where(too_low, high, middle)
    limit: Floats = np.exp(low) if ratio else low
    return limit
