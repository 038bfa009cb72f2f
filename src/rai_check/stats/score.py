"""The score statistic for two binomial rates, broadcasting over arrays of tables.

Under the hypothesis that the effect equals a bound, the two rates are estimated together
(restricted maximum likelihood, closed form) and the observed effect is divided by the standard
error those rates imply. No correction is added for zero cells: none is needed.

References: Koopman 1984 (Biometrics 40:513) and Farrington & Manning 1990 (Stat Med 9:1447) for
the ratio; Miettinen & Nurminen 1985 (Stat Med 4:213) for the difference and the odds ratio.
"""

import numpy as np

from rai_check.stats.arguments import Effect, Floats, Numbers
from rai_check.stats.restricted import Rates, restricted

_ROUNDING = 1e-12  # of the variance without correlation: what is left below it is rounding


def restricted_rates(
    x: Numbers, n: Numbers, x0: Numbers, n0: Numbers, *, effect: Effect, bound: Numbers
) -> tuple[Floats, Floats]:
    """Return the most likely pair of rates among those whose effect equals `bound`.

    Args:
        x: Events in the group; need not be whole (expected counts serve for power).
        n: Size of the group.
        x0: Events in the comparison.
        n0: Size of the comparison.
        effect: ``ratio`` (p / p0), ``difference`` (p - p0) or ``odds``, the ratio of the odds
            p / (1 - p) and p0 / (1 - p0).
        bound: The effect supposed.

    Returns:
        Rate of the group and rate of the comparison, broadcast together.
    """
    group, _, rest, _ = _rates(x, n, x0, n0, effect, bound)
    return group, rest


def restricted_spreads(
    x: Numbers, n: Numbers, x0: Numbers, n0: Numbers, *, effect: Effect, bound: Numbers
) -> tuple[Floats, Floats]:
    """Return p (1 - p) for both of `restricted_rates`, keeping its digits where p is near 1.

    Arguments as `restricted_rates`.
    """
    group, others, rest, rest_others = _rates(x, n, x0, n0, effect, bound)
    return group * others, rest * rest_others


def score_z(
    x: Numbers, n: Numbers, x0: Numbers, n0: Numbers, *, effect: Effect, bound: Numbers
) -> Floats:
    """Return the score statistic, positive where the observed effect lies above `bound`.

    A table without information about the effect (no event anywhere, or nothing but events at a
    bound of equality; for odds at any bound) gives 0. The difference and the odds ratio carry
    Miettinen and Nurminen's factor N / (N - 1) on the variance, N = n + n0; the ratio, as
    Farrington and Manning have it, none.

    Args:
        x: Events in the group.
        n: Size of the group.
        x0: Events in the comparison.
        n0: Size of the comparison.
        effect: ``ratio``, ``difference`` or ``odds``.
        bound: The effect supposed, a scalar or an array that broadcasts.

    Returns:
        Array of statistics, approximately standard normal when the effect equals the bound.
    """
    at = np.asarray(bound, dtype=np.float64)
    if effect == "odds":
        return _odds_z(x, n, x0, n0, at, correlation=0.0)
    spread, rest_spread = restricted_spreads(x, n, x0, n0, effect=effect, bound=at)
    if effect == "ratio":
        distance = x / n - at * (x0 / n0)
        variance = spread / n + at * at * (rest_spread / n0)
    else:
        distance = x / n - x0 / n0 - at
        variance = (spread / n + rest_spread / n0) * ((n + n0) / (n + n0 - 1.0))
    informative = variance > 0.0
    error = np.sqrt(np.where(informative, variance, 1.0))
    return np.where(informative, distance / error, 0.0)


def design_z(
    x: Floats,
    n: Floats,
    x0: Floats,
    n0: Floats,
    *,
    correlation: Floats,
    effect: Effect,
    bound: Floats | float,
) -> Floats:
    """Return the score statistic on effective counts, positive where the effect is above `bound`.

    As `score_z`, with the covariance of the two estimates taken off the variance. No information
    gives 0, and so does a variance that the correlation brings to 0.
    """
    if effect == "odds":
        return _odds_z(x, n, x0, n0, np.asarray(bound, dtype=np.float64), correlation=correlation)
    spread, spread0 = restricted_spreads(x, n, x0, n0, effect=effect, bound=bound)
    at = np.asarray(bound if effect == "ratio" else 1.0)
    own, rest = np.sqrt(spread / n), at * np.sqrt(spread0 / n0)
    variance = (own - rest) ** 2 + 2.0 * (1.0 - correlation) * own * rest
    if effect == "ratio":
        distance = x / n - at * (x0 / n0)
    else:
        distance = x / n - x0 / n0 - bound
        variance = variance * _factor(n + n0)
    informative = variance > _ROUNDING * (own * own + rest * rest)
    return np.where(informative, distance / np.sqrt(np.where(informative, variance, 1.0)), 0.0)


def _odds_z(
    x: Numbers, n: Numbers, x0: Numbers, n0: Numbers, at: Floats, *, correlation: Numbers
) -> Floats:
    """Divide what the two log odds are beyond the bound by its standard error.

    With restricted rates p, q and their information h = n p (1 - p), h0 = n0 q (1 - q), the
    numerator is (x - n p) / h - (x0 - n0 q) / h0 and its variance 1 / h + 1 / h0, less
    2 correlation / sqrt(h h0). The restricted rates keep the number of events, so that
    x - n p = -(x0 - n0 q), and x - n p = x (1 - p) - (n - x) p loses no digits.
    """
    rate, miss, rest, rest_miss = restricted(x, n, x0, n0, effect="odds", bound=at)
    own, beside = np.sqrt(n * rate * miss), np.sqrt(n0 * rest * rest_miss)
    size = np.hypot(own, beside)  # taken out, since products of rare rates may be too small
    own, beside = (part / np.where(size > 0.0, size, 1.0) for part in (own, beside))
    variance = (own - beside) ** 2 + 2.0 * (1.0 - correlation) * own * beside
    informative = (own * beside > 0.0) & (variance > _ROUNDING)
    error = size * own * beside * np.sqrt(variance * _factor(n + n0))
    excess = x * miss - (n - x) * rate
    return np.where(informative, excess / np.where(informative, error, 1.0), 0.0)


def _factor(total: Numbers) -> Floats:
    """Return N / (N - 1); without end for a single effective row, which tells nothing: z is 0."""
    return np.asarray(total / np.maximum(total - 1.0, 1e-300))


def _rates(
    x: Numbers, n: Numbers, x0: Numbers, n0: Numbers, effect: Effect, bound: Numbers
) -> Rates:
    return restricted(x, n, x0, n0, effect=effect, bound=np.asarray(bound, dtype=np.float64))
