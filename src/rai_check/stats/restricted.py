"""The most likely pair of rates whose effect is a given one, in closed form.

Every rate comes with one minus it, each solved for by itself, so that both keep their digits.
References: Farrington & Manning 1990 (Stat Med 9:1447) for the ratio; Miettinen & Nurminen 1985
(Stat Med 4:213) for the difference and the odds ratio.
"""

from typing import TypeAlias

import numpy as np

from rai_check.stats.arguments import Effect, Floats, Numbers

Rates: TypeAlias = tuple[Floats, Floats, Floats, Floats]
"""Rate of the group and one minus it, rate of the comparison and one minus it."""


def restricted(
    x: Numbers, n: Numbers, x0: Numbers, n0: Numbers, *, effect: Effect, bound: Floats
) -> Rates:
    """Return the restricted maximum likelihood estimates for tables that broadcast together.

    Args:
        x: Events in the group; need not be whole.
        n: Size of the group.
        x0: Events in the comparison.
        n0: Size of the comparison.
        effect: ``ratio``, ``difference`` or ``odds``.
        bound: The effect supposed.
    """
    if effect == "odds":
        return _odds(x, n, x0, n0, bound)
    return (_ratio if effect == "ratio" else _difference)(x, n, x0, n0, bound)


def _odds(x: Numbers, n: Numbers, x0: Numbers, n0: Numbers, at: Floats) -> Rates:
    """Solve n0 (r - 1) q^2 + (r (n - t) + n0 + t) q - t = 0 for the rate q of the comparison.

    The restricted rates make as many events in all, t, as were seen: n p + n0 q = t. Exchanging the
    sides, or events and non-events, turns r to 1 / r, so that p, 1 - p and 1 - q are roots of the
    same equation, with the same discriminant, here a sum of terms that are not negative.
    """
    events, misses = x + x0, (n - x) + (n0 - x0)
    gap, gap0 = n - events, n0 - events
    root = np.sqrt((at * gap + gap0) ** 2 + 4.0 * at * events * misses)
    own, other = n * (at - 1.0), n0 * (at - 1.0)
    return (
        _larger_root(-own, at * (n + events) + gap0, root, at * events),
        _larger_root(own, (n + misses) - at * gap, root, misses),
        _larger_root(other, at * gap + (n0 + events), root, events),
        _larger_root(-other, at * (n0 + misses) - gap0, root, at * misses),
    )


def _ratio(x: Numbers, n: Numbers, x0: Numbers, n0: Numbers, at: Floats) -> Rates:
    """Solve r N q^2 - b q + (x + x0) = 0 for the rate q of the comparison (the smaller root).

    From the likelihood equation (x + x0)/q = (n - x) r/(1 - r q) + (n0 - x0)/(1 - q). Each of q,
    1 - q and 1 - r q is the root of a quadratic with the same discriminant, here a sum of squares,
    and each is taken without subtracting near-equal numbers.
    """
    total, misses, misses0 = n + n0, n - x, n0 - x0
    own, others = x + n0, at * (x0 + n)
    apart = own - others
    root = np.sqrt(apart * apart + 4.0 * at * misses * misses0)
    rest = 2.0 * (x + x0) / (own + others + root)
    rest_miss = _larger_root(at * total, own - at * (total + misses0), root, (1.0 - at) * misses0)
    miss = _larger_root(total, others - (total + misses), root, (at - 1.0) * misses)
    rest = np.minimum(rest, np.minimum(1.0, 1.0 / at))
    return np.minimum(at * rest, 1.0), miss, rest, rest_miss


def _larger_root(a: Numbers, b: Floats, root: Floats, c: Numbers) -> Floats:
    """Return (root - b) / 2a for root^2 = b^2 + 4 a c, from c where b > 0 would cancel digits."""
    reach = np.abs(b) + root
    safe = np.where(reach == 0.0, 1.0, reach)
    twice = np.where(b > 0.0, 1.0, 2.0 * a)  # a may be 0 where b > 0
    return np.maximum(np.where(b > 0.0, 2.0 * c / safe, reach / twice), 0.0)


def _difference(x: Numbers, n: Numbers, x0: Numbers, n0: Numbers, at: Floats) -> Rates:
    """Count events or non-events, whichever are the rarer, and solve for the comparison's rate."""
    mostly = x + x0 > (n + n0) / 2.0  # 1 - q would lose the digits of a q near 1
    rarer, rarer0 = np.where(mostly, n - x, x), np.where(mostly, n0 - x0, x0)
    shift = np.where(mostly, -at, at)
    rest = _cubic_root(rarer, n, rarer0, n0, shift)
    rest_miss = 1.0 - rest
    rate, miss = np.clip(rest + shift, 0.0, 1.0), np.clip(rest_miss - shift, 0.0, 1.0)
    return (
        np.where(mostly, miss, rate),
        np.where(mostly, rate, miss),
        np.where(mostly, rest_miss, rest),
        np.where(mostly, rest, rest_miss),
    )


def _cubic_root(x: Numbers, n: Numbers, x0: Numbers, n0: Numbers, at: Floats) -> Floats:
    """Solve Miettinen & Nurminen's cubic for the rate of the comparison (their appendix)."""
    total, events = n + n0, x + x0
    l2 = ((n + 2.0 * n0) * at - total - events) / total
    l1 = ((n0 * at - total - 2.0 * x0) * at + events) / total
    l0 = x0 * at * (1.0 - at) / total
    # products, not powers: numpy's power of 3 costs more than all the rest of this
    q = l2 * l2 * l2 / 27.0 - l1 * l2 / 6.0 + l0 / 2.0
    size = np.copysign(np.sqrt(np.maximum(l2 * l2 / 9.0 - l1 / 3.0, 0.0)), q)
    cube = np.where(size == 0.0, 1.0, size * size * size)
    angle = (np.pi + np.arccos(np.clip(q / cube, -1.0, 1.0))) / 3.0
    rest = 2.0 * size * np.cos(angle) - l2 / 3.0
    # Newton: the arc cosine alone leaves an error of 1e-8, large for rare events
    for _ in range(2):
        slope = (3.0 * rest + 2.0 * l2) * rest + l1
        step = (((rest + l2) * rest + l1) * rest + l0) / np.where(slope == 0.0, np.inf, slope)
        rest = rest - np.clip(step, -1e-6, 1e-6)
    return np.clip(rest, np.maximum(0.0, -at), np.minimum(1.0, 1.0 - at))
