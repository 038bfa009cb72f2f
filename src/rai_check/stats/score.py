"""The score statistic for two binomial rates, broadcasting over arrays of tables.

Under the hypothesis that the effect equals a bound, the two rates are estimated together
(restricted maximum likelihood, closed form) and the observed effect is divided by the standard
error those rates imply. No correction is added for zero cells: none is needed.

References: Koopman 1984 (Biometrics 40:513) and Farrington & Manning 1990 (Stat Med 9:1447) for
the ratio; Miettinen & Nurminen 1985 (Stat Med 4:213) for the difference.
"""

import numpy as np

from rai_check.stats.arguments import Effect, Floats, Numbers


def restricted_rates(
    x: Numbers, n: Numbers, x0: Numbers, n0: Numbers, *, effect: Effect, bound: Numbers
) -> tuple[Floats, Floats]:
    """Return the most likely pair of rates among those whose effect equals `bound`.

    Args:
        x: Events in the group; need not be whole (expected counts serve for power).
        n: Size of the group.
        x0: Events in the comparison.
        n0: Size of the comparison.
        effect: ``ratio`` (p / p0) or ``difference`` (p - p0).
        bound: The effect supposed.

    Returns:
        Rate of the group and rate of the comparison, broadcast together.
    """
    at = np.asarray(bound, dtype=np.float64)
    if effect == "ratio":
        rest = _rest_rate_ratio(x, n, x0, n0, at)
        return np.clip(at * rest, 0.0, 1.0), rest
    rest = _rest_rate_difference(x, n, x0, n0, at)
    return np.clip(rest + at, 0.0, 1.0), rest


def score_z(
    x: Numbers, n: Numbers, x0: Numbers, n0: Numbers, *, effect: Effect, bound: Numbers
) -> Floats:
    """Return the score statistic, positive where the observed effect lies above `bound`.

    A table without information about the effect (no event anywhere, or nothing but events at a
    bound of equality) gives 0. The difference carries Miettinen and Nurminen's factor
    N / (N - 1) on the variance, N = n + n0; the ratio, as Farrington and Manning have it, none.

    Args:
        x: Events in the group.
        n: Size of the group.
        x0: Events in the comparison.
        n0: Size of the comparison.
        effect: ``ratio`` or ``difference``.
        bound: The effect supposed, a scalar or an array that broadcasts.

    Returns:
        Array of statistics, approximately standard normal when the effect equals the bound.
    """
    at = np.asarray(bound, dtype=np.float64)
    rate, rest = restricted_rates(x, n, x0, n0, effect=effect, bound=at)
    spread, rest_spread = rate * (1.0 - rate) / n, rest * (1.0 - rest) / n0
    if effect == "ratio":
        distance = x / n - at * (x0 / n0)
        variance = spread + at * at * rest_spread
    else:
        distance = x / n - x0 / n0 - at
        variance = (spread + rest_spread) * ((n + n0) / (n + n0 - 1.0))
    informative = variance > 0.0
    error = np.sqrt(np.where(informative, variance, 1.0))
    return np.where(informative, distance / error, 0.0)


def _rest_rate_ratio(x: Numbers, n: Numbers, x0: Numbers, n0: Numbers, at: Floats) -> Floats:
    """Solve a q^2 - b q + c = 0 for the rate q of the comparison (the smaller root).

    From the likelihood equation (x + x0)/q = (n - x) r/(1 - r q) + (n0 - x0)/(1 - q).
    """
    a, c = at * (n + n0), x + x0
    b = x + at * x0 + at * n + n0
    root = np.sqrt(np.maximum(b * b - 4.0 * a * c, 0.0))
    # 2c / (b + root) is the smaller root without subtracting near-equal numbers
    return np.clip(2.0 * c / (b + root), 0.0, np.minimum(1.0, 1.0 / at))


def _rest_rate_difference(x: Numbers, n: Numbers, x0: Numbers, n0: Numbers, at: Floats) -> Floats:
    """Return the rate of the comparison, from events or non-events, whichever are the rarer."""
    mostly = x + x0 > (n + n0) / 2.0  # 1 - q would lose the digits of a q near 1
    rarer, rarer0 = np.where(mostly, n - x, x), np.where(mostly, n0 - x0, x0)
    rest = _cubic_root(rarer, n, rarer0, n0, np.where(mostly, -at, at))
    return np.where(mostly, 1.0 - rest, rest)


def _cubic_root(x: Numbers, n: Numbers, x0: Numbers, n0: Numbers, at: Floats) -> Floats:
    """Solve Miettinen & Nurminen's cubic for the rate of the comparison (their appendix)."""
    total, events = n + n0, x + x0
    l2 = ((n + 2.0 * n0) * at - total - events) / total
    l1 = ((n0 * at - total - 2.0 * x0) * at + events) / total
    l0 = x0 * at * (1.0 - at) / total
    q = l2**3 / 27.0 - l1 * l2 / 6.0 + l0 / 2.0
    size = np.copysign(np.sqrt(np.maximum(l2 * l2 / 9.0 - l1 / 3.0, 0.0)), q)
    cube = np.where(size == 0.0, 1.0, size**3)
    angle = (np.pi + np.arccos(np.clip(q / cube, -1.0, 1.0))) / 3.0
    rest = 2.0 * size * np.cos(angle) - l2 / 3.0
    for _ in range(
        2
    ):  # Newton: the arc cosine alone leaves an error of 1e-8, large for rare events
        slope = (3.0 * rest + 2.0 * l2) * rest + l1
        step = (((rest + l2) * rest + l1) * rest + l0) / np.where(slope == 0.0, np.inf, slope)
        rest = rest - np.clip(step, -1e-6, 1e-6)
    return np.clip(rest, np.maximum(0.0, -at), np.minimum(1.0, 1.0 - at))
