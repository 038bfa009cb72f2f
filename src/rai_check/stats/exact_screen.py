"""A cheap lower bound on the exact p-value, so that the search is made only where it can matter.

The exact test takes the largest probability of a region of tables over the unknown rate. Its
probability at any one rate that the data allow is therefore never above it, and at the rates most
likely under the hypothesis it is seldom far below. Where that is above alpha already, no search
can bring the p-value under it.

For odds, whose order of tables is dear to work out, the region is taken to be no more than what is
extreme on both sides: as many events or more in the group, and as many or fewer in the comparison.
"""

from typing import SupportsIndex

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rai_check.stats.arguments import (
    Effect,
    Floats,
    Side,
    effect_bound,
    known_side,
    mirrored,
    part_of,
    part_of_arrays,
)
from rai_check.stats.edges import edge_of
from rai_check.stats.exact import GAMMA
from rai_check.stats.exact_rows import region_probability
from rai_check.stats.score import restricted_rates

_POINTS = np.array([[-2.0], [0.0], [2.0]])  # standard errors from the likeliest rate
_INSIDE = 1.0 + 1e-6  # keeps a point off the very edge of the rates the data allow
_TABLES = 2048  # at a time, so that memory stays small


def exact_at_least(
    x: SupportsIndex,
    n: SupportsIndex,
    x0: SupportsIndex,
    n0: SupportsIndex,
    *,
    effect: Effect,
    bound: float,
    side: Side,
) -> float:
    """Return a number that `rai_check.stats.exact.exact_p` of the same arguments is never below.

    Where it is above alpha the exact test need not be made. Arguments as `exact_p`.

    Raises:
        ValueError: If counts are not whole or impossible, or the bound is.
    """
    (x, n), (x0, n0) = part_of("x", x, "n", n), part_of("x0", x0, "n0", n0)
    return float(exact_at_least_array(x, n, x0, n0, effect=effect, bound=bound, side=side))


def exact_at_least_array(
    x: ArrayLike,
    n: ArrayLike,
    x0: ArrayLike,
    n0: ArrayLike,
    *,
    effect: Effect,
    bound: float,
    side: Side,
) -> Floats:
    """Return `exact_at_least` for integer arrays that broadcast together; the shape is theirs.

    Raises:
        ValueError: As `exact_at_least`, if any element breaks a rule.
    """
    group, rest = part_of_arrays("x", x, "n", n), part_of_arrays("x0", x0, "n0", n0)
    at = effect_bound(effect, bound, odds=True)
    if known_side(side) == "below":  # the same as: the comparison lies above the inverse bound
        group, rest, at = rest, group, mirrored(effect, at)
    cells = np.broadcast_arrays(*group, *rest)
    flat = np.array([cell.ravel() for cell in cells])
    least = np.empty(flat.shape[1])
    for first in range(0, least.size, _TABLES):
        some = slice(first, first + _TABLES)
        least[some] = _at_least(*flat[:, some], effect=effect, bound=at)
    return least.reshape(cells[0].shape)


def _at_least(
    x: Floats, n: Floats, x0: Floats, n0: Floats, *, effect: Effect, bound: float
) -> Floats:
    edge = edge_of(effect, bound)
    likeliest = restricted_rates(x, n, x0, n0, effect=effect, bound=bound)[1]
    error = np.sqrt(likeliest * (1.0 - likeliest) / (n + n0))
    s = np.clip(edge.of_rest(likeliest + _POINTS * error), 0.0, 1.0)
    p, p0 = edge.rates(s)
    allowed = _plausible(x, n, p) & _plausible(x0, n0, p0)
    if effect == "odds":
        found = _as_many(x, n, p) * _as_few(x0, n0, p0)
    else:
        found = region_probability(x, n, x0, n0, effect=effect, bound=bound, points=(p, p0))
    best = np.where(allowed, found, 0.0).max(axis=0)
    return np.asarray(np.minimum(best + GAMMA, 1.0))


def _plausible(x: Floats, n: Floats, rate: Floats) -> NDArray[np.bool_]:
    """Say whether a rate is inside the Clopper-Pearson interval that the exact search keeps to."""
    tail = GAMMA / 4.0 * _INSIDE
    return np.asarray((_as_many(x, n, rate) >= tail) & (_as_few(x, n, rate) >= tail))


def _as_many(x: Floats, n: Floats, rate: Floats) -> Floats:
    """Return the chance of `x` events or more."""
    from scipy.special import betainc

    return np.where(x > 0.0, betainc(np.maximum(x, 1.0), n - x + 1.0, rate), 1.0)


def _as_few(x: Floats, n: Floats, rate: Floats) -> Floats:
    """Return the chance of `x` events or fewer."""
    return _as_many(n - x, n, 1.0 - rate)
