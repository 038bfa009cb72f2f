"""Exact unconditional test of two rates, for tables too small for the score approximation.

The tables are ordered by the score statistic at the bound (Chan & Zhang 1999, Biometrics
55:1202), for odds by Fisher's conditional p at it (Boschloo 1970, Stat Neerl 24:1), and the p-value
is the largest probability, over the unknown rate of the comparison, of a table at least as extreme.
The search keeps to the rates that a 1 - 1e-6 confidence region of the data allows and adds 1e-6
(Berger & Boos 1994, JASA 89:1012).

For odds Boschloo's order is convex at every bound, which the score's is not at ratios below about
1/30 or above 30; p is at most 1.1e-5 above Fisher's own; and where the sizes are unlike it finds
more at the small levels of a family of tests (20 against 200, an odds ratio of 3 at 0.5%: 42% of
samples, and 35% by the score's order; at 5% they are alike).

Three things make it valid rather than nearly so. The extreme region is closed under "more events
in the group, fewer in the comparison" (Barnard's convexity), so its largest probability under the
whole hypothesis lies on the hypothesis's edge (Roehmel & Mansmann 1999, Biom J 41:149). What is
left out of the sums, below 1e-12, is added. And the maximum is bracketed to 1e-5, not read off a
grid, and the upper end taken.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import SupportsIndex

import numpy as np

from rai_check.stats.arguments import (
    Effect,
    Floats,
    Side,
    effect_bound,
    known_side,
    mirrored,
    part_of,
)
from rai_check.stats.edges import Edge, edge_of
from rai_check.stats.interval import Interval
from rai_check.stats.one_proportion import clopper_pearson
from rai_check.stats.two_proportions import score_interval
from rai_check.stats.unconditional import PRUNED, largest, region_of

GAMMA = 1e-6  # Berger & Boos: the chance that the confidence region misses the true rates
_STEP = 0.05
_METHODS: dict[Effect, str] = {
    "ratio": "exact unconditional score",
    "difference": "exact unconditional score",
    "odds": "exact unconditional Boschloo",
}
_TOLERANCE = 1e-5  # of a limit: absolute for a difference, relative for a ratio


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scale:
    """Where an effect is searched: on an unbounded scale, up to `reach` either way of 0."""

    there: Callable[[float], float]
    back: Callable[[float], float]
    reach: float
    least: float
    most: float


_SCALES: dict[Effect, _Scale] = {
    "ratio": _Scale(there=math.log, back=math.exp, reach=30.0, least=0.0, most=math.inf),
    "odds": _Scale(there=math.log, back=math.exp, reach=30.0, least=0.0, most=math.inf),
    "difference": _Scale(there=math.atanh, back=math.tanh, reach=6.0, least=-1.0, most=1.0),
}


def exact_p(
    x: SupportsIndex,
    n: SupportsIndex,
    x0: SupportsIndex,
    n0: SupportsIndex,
    *,
    effect: Effect,
    bound: float,
    side: Side,
) -> float:
    """Return an exact one-sided p-value for a true effect above (or below) `bound`.

    Args:
        x: Events in the group.
        n: Size of the group, at least 1.
        x0: Events in the comparison.
        n0: Size of the comparison, at least 1.
        effect: ``ratio``, ``difference`` or ``odds``.
        bound: The effect at the edge of the hypothesis: a ratio above 0, a difference in (-1, 1).
        side: ``above`` tests for an effect larger than the bound, ``below`` for a smaller one.

    Returns:
        A p-value that is alpha or less with probability at most alpha, whatever the two rates,
        as long as the effect is not on the side tested for. Up to 1.1e-5 above the exact supremum.

    Raises:
        ValueError: If counts are not whole or impossible, or the bound is.
    """
    (x, n), (x0, n0) = part_of("x", x, "n", n), part_of("x0", x0, "n0", n0)
    bound = effect_bound(effect, bound, odds=True)
    if known_side(side) == "below":  # the same as: the comparison lies above the inverse bound
        x, n, x0, n0, bound = x0, n0, x, n, mirrored(effect, bound)
    edge = edge_of(effect, bound)
    ends = _plausible(edge, x, n, x0, n0)
    if ends[0] > ends[1]:  # every pair of rates the data allow lies on the observed side
        return GAMMA if edge.of_group(x / n) > edge.of_rest(x0 / n0) else 1.0
    region = region_of(x, n, x0, n0, effect=effect, bound=bound, edge=edge, ends=ends)
    return min(1.0, largest(region, edge, ends) + GAMMA + PRUNED)


def exact_interval(
    x: SupportsIndex,
    n: SupportsIndex,
    x0: SupportsIndex,
    n0: SupportsIndex,
    *,
    effect: Effect,
    level: float = 0.95,
) -> Interval:
    """Return the bounds that `exact_p` does not reject on either side at (1 - level) / 2.

    Each limit is taken on the safe side, to a tolerance of 0.00001 (relative for a ratio). Exact
    p-values need not be quite monotone in the bound (Roehmel 2005, Biom J 47:37); the limit is the
    crossing that bisection finds. Some forty tests: well under a second for the small tables this
    is for, seconds for thousands of units at middling rates, where the score interval serves.

    Args:
        x: Events in the group.
        n: Size of the group, at least 1.
        x0: Events in the comparison.
        n0: Size of the comparison, at least 1.
        effect: ``ratio``, ``difference`` or ``odds``.
        level: Least coverage, strictly between 0 and 1.

    Returns:
        The interval; a ratio's lower limit is 0 when the group has no event and its upper limit
        infinite when the comparison has none; an odds ratio's also when all of the other side has
        the event.

    Raises:
        ValueError: If counts are not whole or impossible, or the level is.
    """
    start = score_interval(x, n, x0, n0, effect=effect, level=level)
    scale = _SCALES[effect]
    tail = (1.0 - start.level) / 2.0

    def rejects(side: Side) -> Callable[[float], bool]:
        return lambda place: (
            exact_p(x, n, x0, n0, effect=effect, bound=scale.back(place), side=side) <= tail
        )

    low, high = start.low, start.high
    if low > scale.least:
        place = _crossing(rejects("above"), scale.there(low), -scale.reach)
        low = scale.least if place is None else scale.back(place)
    if high < scale.most:
        place = _crossing(rejects("below"), scale.there(high), scale.reach)
        high = scale.most if place is None else scale.back(place)
    return Interval(low=low, high=high, level=start.level, method=_METHODS[effect])


def _plausible(edge: Edge, x: int, n: int, x0: int, n0: int) -> Floats:
    """Return the lowest and highest s of the edge inside a 1 - 1e-6 region for both rates."""
    own, rest = (
        clopper_pearson(x, n, level=1 - GAMMA / 2),
        clopper_pearson(x0, n0, level=1 - GAMMA / 2),
    )
    low = max(0.0, edge.of_group(own.low), edge.of_rest(rest.low))
    high = min(1.0, edge.of_group(own.high), edge.of_rest(rest.high))
    return np.array([low, high], dtype=np.float64)


def _crossing(rejected: Callable[[float], bool], start: float, farthest: float) -> float | None:
    """Return a rejected place at most `_TOLERANCE` beyond one that is not; None if none is near.

    Rejection lies towards `farthest`: the search widens from `start` and then bisects.
    """
    towards, step, inside = math.copysign(1.0, farthest), _STEP, start
    while rejected(inside):  # rarely: here the exact test is the sharper one
        inside, step = inside - towards * step, step * 2.0
    outside, step = inside + towards * _STEP, _STEP
    while not rejected(outside):
        if abs(outside) >= abs(farthest):
            return None
        inside, step = outside, step * 2.0
        outside += towards * step
    while abs(outside - inside) > _TOLERANCE:
        middle = (inside + outside) / 2.0
        inside, outside = (inside, middle) if rejected(middle) else (middle, outside)
    return outside
