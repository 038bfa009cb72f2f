"""Confidence limits of an effect of two rates by inverting a score-like statistic."""

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from rai_check.stats.arguments import Effect, Floats
from rai_check.stats.hybrid import wilson_limits
from rai_check.stats.roots import falling_roots

Statistic: TypeAlias = Callable[[Floats, NDArray[np.intp]], Floats]
"""Given bounds and the index of the table each is for, the statistics; they fall in the bound."""

_LOG_REACH = 60.0  # ratios from e-60 to e60: beyond any table of whole numbers
_TINY = 1e-300


def score_limits(
    statistic: Statistic,
    x: Floats,
    n: Floats,
    x0: Floats,
    n0: Floats,
    *,
    effect: Effect,
    quantile: Floats,
) -> tuple[Floats, Floats]:
    """Return the bounds at which the statistic equals `quantile` and minus it.

    Args:
        statistic: Zero where the bound is the observed effect, positive below it.
        x: Events in the group; one-dimensional, as are all arrays here. Need not be whole.
        n: Size of the group, above 0.
        x0: Events in the comparison.
        n0: Size of the comparison, above 0.
        effect: ``ratio``, ``difference`` or ``odds``.
        quantile: Of the statistic's reference distribution, above 0.

    Returns:
        Lower and upper limits: from 0 to infinity for ratios, from -1 to 1 for a difference.
        A ratio's lower limit is 0 when the group has no event and its upper limit infinite when
        the comparison has none; an odds ratio's also when the other side has nothing else.
    """
    log = effect != "difference"
    estimate, starts = _STARTS[effect](x, n, x0, n0, quantile)
    reach = _LOG_REACH if log else 1.0
    none, endless = _ends(x, n, x0, n0, effect)
    estimate = np.clip(estimate, -reach, reach)
    far = np.full(x.size, reach)
    low, high = np.concatenate((-far, estimate)), np.concatenate((estimate, far))
    start, target = np.concatenate(starts), np.concatenate((quantile, -quantile))
    both = np.concatenate((estimate, estimate))
    # an effect beyond reach: the statistic has all but flattened there, so look from nearer by
    before = np.where(np.abs(both) < reach, both, start - 2.0 * np.sign(both))
    high = np.where(np.concatenate((none, endless)), low, high)  # known: no search

    def above(place: Floats, which: NDArray[np.intp]) -> Floats:
        at = np.exp(place) if log else place
        return np.asarray(statistic(at, which % x.size) - target[which])

    roots = falling_roots(above, low=low, high=high, start=start, before=before, value=-target)
    lower, upper = roots[: x.size], roots[x.size :]
    if log:
        lower, upper = np.exp(lower), np.exp(upper)
    return np.where(none, 0.0, lower), np.where(endless, np.inf, upper)


def _ends(
    x: Floats, n: Floats, x0: Floats, n0: Floats, effect: Effect
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Say where the lower limit is 0, and where the upper one is infinite, whatever the level."""
    if effect == "ratio":
        return x == 0.0, x0 == 0.0
    if effect == "odds":
        return (x == 0.0) | (x0 >= n0), (x0 == 0.0) | (x >= n)
    never = np.zeros(x.size, dtype=np.bool_)
    return never, never


_Starts: TypeAlias = tuple[Floats, tuple[Floats, Floats]]
"""The effect, and limits from which the search is short."""


def _difference(x: Floats, n: Floats, x0: Floats, n0: Floats, z: Floats) -> _Starts:
    """Return the difference and Newcombe's limits."""
    limits = *wilson_limits(x, n, z), *wilson_limits(x0, n0, z)
    return _together(x / n, x0 / n0, limits)


def _log_ratio(x: Floats, n: Floats, x0: Floats, n0: Floats, z: Floats) -> _Starts:
    """Return the log ratio and limits put together as Newcombe's are, on the log scale."""
    low, high, low0, high0, p, p0 = (_log(rate) for rate in _rates(x, n, x0, n0, z))
    estimate, (lower, upper) = _together(p, p0, (low, high, low0, high0))
    empty = (x == 0.0) | (x0 == 0.0)
    return estimate, (np.where(empty, low - high0, lower), np.where(empty, high - low0, upper))


def _log_odds_ratio(x: Floats, n: Floats, x0: Floats, n0: Floats, z: Floats) -> _Starts:
    """Return the log odds ratio and limits put together as Newcombe's are, on that scale."""
    rates, misses = _rates(x, n, x0, n0, z), _rates(n - x, n, n0 - x0, n0, z)
    p, p0 = (_log(rates[i]) - _log(misses[i]) for i in (4, 5))
    low, high, low0, high0 = (
        _log(rates[i]) - _log(misses[j]) for i, j in ((0, 1), (1, 0), (2, 3), (3, 2))
    )
    estimate, (lower, upper) = _together(p, p0, (low, high, low0, high0))
    empty = (x == 0.0) | (x0 == 0.0) | (x >= n) | (x0 >= n0)
    return estimate, (np.where(empty, low - high0, lower), np.where(empty, high - low0, upper))


_STARTS = {"ratio": _log_ratio, "difference": _difference, "odds": _log_odds_ratio}


def _rates(
    x: Floats, n: Floats, x0: Floats, n0: Floats, z: Floats
) -> tuple[Floats, Floats, Floats, Floats, Floats, Floats]:
    """Return Wilson's limits for the group and for the comparison, and both rates."""
    return *wilson_limits(x, n, z), *wilson_limits(x0, n0, z), x / n, x0 / n0


def _together(
    p: Floats, p0: Floats, limits: tuple[Floats, Floats, Floats, Floats]
) -> tuple[Floats, tuple[Floats, Floats]]:
    low, high, low0, high0 = limits
    below, above = np.hypot(p - low, high0 - p0), np.hypot(high - p, p0 - low0)
    return p - p0, (p - p0 - below, p - p0 + above)


def _log(rate: Floats) -> Floats:
    return np.asarray(np.log(np.maximum(rate, _TINY)))
