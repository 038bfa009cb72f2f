"""A group's rate against the rate of everyone else: one-sided score tests and intervals.

Throughout, `x` of `n` is the group and `x0` of `n0` the comparison; the two samples are
independent. The effect is the ratio p / p0, the difference p - p0, or the odds ratio
(p / (1 - p)) / (p0 / (1 - p0)).
"""

from typing import SupportsIndex

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rai_check.stats.arguments import (
    Effect,
    Floats,
    Side,
    effect_bound,
    known_effect,
    known_side,
    part_of,
    part_of_arrays,
)
from rai_check.stats.hybrid import mover_r, mover_r_array, newcombe, newcombe_array
from rai_check.stats.interval import Interval
from rai_check.stats.inversion import score_limits
from rai_check.stats.levels import levels, two_sided_z
from rai_check.stats.score import score_z

__all__ = [
    "mover_r",
    "mover_r_array",
    "newcombe",
    "newcombe_array",
    "score_interval",
    "score_interval_array",
    "score_p",
    "score_p_array",
]

_METHODS: dict[Effect, str] = {
    "ratio": "Koopman score",
    "difference": "Miettinen-Nurminen score",
    "odds": "Miettinen-Nurminen score of odds",
}


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

    Ratio: Farrington & Manning 1990, restricted maximum likelihood in closed form. Difference and
    odds ratio: Miettinen & Nurminen 1985, with their factor N / (N - 1) on the variance. All are
    approximate: below about 50 units or 5 expected events use `rai_check.stats.exact`.

    Args:
        x: Events in the group.
        n: Size of the group, at least 1.
        x0: Events in the comparison.
        n0: Size of the comparison, at least 1.
        effect: ``ratio``, ``difference`` or ``odds``.
        bound: The effect at the edge of the hypothesis: a ratio above 0, a difference in (-1, 1).
        side: ``above`` tests for an effect larger than the bound, ``below`` for a smaller one.

    Returns:
        The p-value; 0.5 where the table says nothing about the effect (no events at all, or for
        odds nothing but events).

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
    at, above = effect_bound(effect, bound, odds=True), known_side(side) == "above"
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

    Ratio: Koopman 1984. Difference and odds ratio: Miettinen & Nurminen 1985. Arguments as
    `score_p`; `level` is the nominal coverage, strictly between 0 and 1. For odds it is also the
    interval to show where nothing is decided: no hybrid of two Wilson intervals holds where all
    of one side has the event.

    Returns:
        The interval. A ratio's lower limit is 0 when the group has no event and its upper limit
        infinite when the comparison has none. An odds ratio's lower limit is 0 also when all of
        the comparison has the event, and its upper limit infinite when all of the group has.

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
    level: ArrayLike = 0.95,
) -> tuple[Floats, Floats]:
    """Return the limits of `score_interval` for integer arrays that broadcast, `level` among them.

    Raises:
        ValueError: As `score_interval`, if any element breaks a rule.
    """
    group, rest = part_of_arrays("x", x, "n", n), part_of_arrays("x0", x0, "n0", n0)
    known_effect(effect, odds=True)
    tables = np.broadcast_arrays(*group, *rest, two_sided_z(levels(level)))
    *cells, quantile = (table.ravel() for table in tables)

    def statistic(bound: Floats, which: NDArray[np.intp]) -> Floats:
        return score_z(*(cell[which] for cell in cells), effect=effect, bound=bound)

    low, high = score_limits(statistic, *cells, effect=effect, quantile=quantile)
    return low.reshape(tables[0].shape), high.reshape(tables[0].shape)
