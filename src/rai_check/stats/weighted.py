"""Two rates whose rows repeat units or carry weights: score tests on effective sizes.

Each rate is treated as if it came from the simple sample with the same variance (its effective
size: rows over the design effect, Rao & Scott 1981, JASA 76:221), so that the restricted rates and
score statistics of independent rows serve (Farrington & Manning 1990; Miettinen & Nurminen 1985).
The covariance of the two estimates is taken off the variance, and since the variances are
estimated from a number of units, the reference is Student's t.
`rai_check.stats.clusters` gives effective sizes, correlation and degrees of freedom.
"""

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rai_check.stats.arguments import (
    Effect,
    Floats,
    Side,
    effect_bound,
    known_effect,
    known_side,
    reals,
)
from rai_check.stats.interval import Interval
from rai_check.stats.inversion import score_limits
from rai_check.stats.levels import levels, two_sided_t
from rai_check.stats.score import design_z

_METHODS: dict[Effect, str] = {
    "ratio": "Koopman score, effective sizes",
    "difference": "Miettinen-Nurminen score, effective sizes",
    "odds": "Miettinen-Nurminen score of odds, effective sizes",
}


def design_p(
    rate: float,
    effective: float,
    rate0: float,
    effective0: float,
    *,
    correlation: float,
    df: float | None,
    effect: Effect,
    bound: float,
    side: Side,
) -> float:
    """Return the one-sided p-value for a true effect above (or below) `bound`.

    With `correlation` 0, `df` None and whole effective counts it is
    `rai_check.stats.two_proportions.score_p`.

    Args:
        rate: Rate of the group, weighted where rows are; from 0 to 1.
        effective: Its effective size, above 0.
        rate0: Rate of the comparison.
        effective0: Its effective size.
        correlation: Of the two estimates, from -1 to 1; not 0 where units have rows on both sides.
        df: Degrees of freedom for Student's t, at least 1, or None for the normal.
        effect: ``ratio``, ``difference`` or ``odds``.
        bound: The effect at the edge of the hypothesis: a ratio above 0, a difference in (-1, 1).
        side: ``above`` tests for an effect larger than the bound, ``below`` for a smaller one.

    Returns:
        The p-value; 0.5 where the rates say nothing about the effect.

    Raises:
        ValueError: If a number is not finite or out of its range.
    """
    p = design_p_array(
        rate,
        effective,
        rate0,
        effective0,
        correlation=correlation,
        df=math.inf if df is None else df,
        effect=effect,
        bound=bound,
        side=side,
    )
    return float(p)


def design_p_array(
    rate: ArrayLike,
    effective: ArrayLike,
    rate0: ArrayLike,
    effective0: ArrayLike,
    *,
    correlation: ArrayLike,
    df: ArrayLike,
    effect: Effect,
    bound: float,
    side: Side,
) -> Floats:
    """Return `design_p` for arrays that broadcast together; `df` infinite is the normal.

    Raises:
        ValueError: As `design_p`, if any element breaks a rule.
    """
    from scipy.special import ndtr, stdtr

    cells, joint, freedom = _designs(rate, effective, rate0, effective0, correlation, df)
    at, above = effect_bound(effect, bound, odds=True), known_side(side) == "above"
    z = design_z(*cells, correlation=joint, effect=effect, bound=at)
    z = -z if above else z
    normal = np.isinf(freedom)
    tail = stdtr(np.where(normal, 1.0, freedom), z)
    return np.asarray(np.where(normal, ndtr(z), tail), dtype=np.float64)


def design_interval(
    rate: float,
    effective: float,
    rate0: float,
    effective0: float,
    *,
    correlation: float,
    df: float | None,
    effect: Effect,
    level: float = 0.95,
) -> Interval:
    """Return the bounds that `design_p` does not reject on either side at (1 - level) / 2.

    Arguments as `design_p`; `level` is the nominal coverage, strictly between 0 and 1.

    Returns:
        The interval. A ratio's lower limit is 0 when the group's rate is, and its upper limit
        infinite when the comparison's rate is 0; an odds ratio's also when the other rate is 1.

    Raises:
        ValueError: If a number is not finite or out of its range.
    """
    low, high = design_interval_array(
        rate,
        effective,
        rate0,
        effective0,
        correlation=correlation,
        df=math.inf if df is None else df,
        effect=effect,
        level=level,
    )
    return Interval(low=float(low), high=float(high), level=float(level), method=_METHODS[effect])


def design_interval_array(
    rate: ArrayLike,
    effective: ArrayLike,
    rate0: ArrayLike,
    effective0: ArrayLike,
    *,
    correlation: ArrayLike,
    df: ArrayLike,
    effect: Effect,
    level: ArrayLike = 0.95,
) -> tuple[Floats, Floats]:
    """Return the limits of `design_interval` for arrays that broadcast, `level` among them.

    Raises:
        ValueError: As `design_interval`, if any element breaks a rule.
    """
    cells, joint, freedom = _designs(rate, effective, rate0, effective0, correlation, df)
    known_effect(effect, odds=True)
    whole = np.broadcast_arrays(*cells, joint, two_sided_t(levels(level), freedom))
    *tables, together, quantile = (part.ravel() for part in whole)

    def statistic(bound: Floats, which: NDArray[np.intp]) -> Floats:
        some = (table[which] for table in tables)
        return design_z(*some, correlation=together[which], effect=effect, bound=bound)

    low, high = score_limits(statistic, *tables, effect=effect, quantile=quantile)
    return low.reshape(whole[0].shape), high.reshape(whole[0].shape)


def _designs(
    rate: ArrayLike,
    effective: ArrayLike,
    rate0: ArrayLike,
    effective0: ArrayLike,
    correlation: ArrayLike,
    df: ArrayLike,
) -> tuple[tuple[Floats, ...], Floats, Floats]:
    """Return effective events and sizes of both sides, the correlation, and degrees of freedom."""
    rates = reals("rate", rate, low=0.0, high=1.0), reals("rate0", rate0, low=0.0, high=1.0)
    sizes = reals("effective", effective, low=0.0), reals("effective0", effective0, low=0.0)
    for name, size in zip(("effective", "effective0"), sizes, strict=True):
        if not np.all((size > 0.0) & np.isfinite(size)):
            raise ValueError(f"{name} must be above 0 and finite")
    cells = rates[0] * sizes[0], sizes[0], rates[1] * sizes[1], sizes[1]
    return cells, reals("correlation", correlation, low=-1.0, high=1.0), reals("df", df, low=1.0)
