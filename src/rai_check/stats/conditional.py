"""How extreme a table is given its number of events: Fisher's test at any odds ratio.

With t events in all, the group has k of them with a chance in proportion to
C(n, k) C(n0, t - k) r^k, whatever the rates, if the odds ratio is r (Fisher's non-central
hypergeometric distribution). The chance of as many as were seen, or more, orders the tables for the
exact test of odds, as Boschloo (1970, Stat Neerl 24:1) proposed for r = 1.

The order is convex in Barnard's sense for every r: one more event in the group, or one fewer in the
comparison, never makes that chance larger. For C(n0, t + 1 - k) / C(n0, t - k) rises in k, so that
with one more event in all the group's share of them is stochastically larger; the same holds of the
comparison's share, so that the group's grows by at most one.
"""

import numpy as np

from rai_check.stats.arguments import Floats

_CELLS = 1 << 20  # chances worked out at a time, so that memory stays small
_MOST = 700.0  # of an extremity: beyond it probabilities are nought in floating point


def extremity(x: Floats, n: float, x0: Floats, n0: float, *, odds: float) -> Floats:
    """Return minus the log of the chance of `x` or more events in the group, given all of them.

    Args:
        x: Events in the group, whole numbers, one-dimensional.
        n: Size of the group.
        x0: Events in the comparison, as many as `x`.
        n0: Size of the comparison.
        odds: The odds ratio supposed.

    Returns:
        From 0 for the least extreme tables to 700.
    """
    most = np.minimum(x + x0, n) - np.maximum(x + x0 - n0, 0.0)
    several = max(1, _CELLS // (int(most.max(initial=0.0)) + 1))
    parts = [slice(first, first + several) for first in range(0, x.size, several)]
    found = [_extremity(x[part], n, x0[part], n0, odds) for part in parts]
    return np.concatenate(found) if found else np.empty(0)


def _extremity(x: Floats, n: float, x0: Floats, n0: float, odds: float) -> Floats:
    total = x + x0
    least, most = np.maximum(total - n0, 0.0), np.minimum(total, n)
    steps = np.arange(float((most - least).max(initial=0.0)))
    k, events = least[:, None] + steps, total[:, None]
    ways = np.where(k < most[:, None], (n - k) * (events - k), 0.0)
    with np.errstate(divide="ignore"):  # nothing comes after the most: log of 0
        rise = np.log(odds * ways / ((k + 1.0) * (n0 - events + k + 1.0)))
        logs = np.concatenate((np.zeros((x.size, 1)), np.cumsum(rise, axis=1)), axis=1)
        weights = np.exp(logs - logs.max(axis=1, keepdims=True))
        from_here = np.cumsum(weights[:, ::-1], axis=1)[:, ::-1]
        at_least = from_here[np.arange(x.size), (x - least).astype(np.intp)]
        extreme: Floats = np.minimum(-np.log(at_least / from_here[:, 0]), _MOST)
    return extreme
