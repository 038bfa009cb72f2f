"""Two answers on the same cases, such as the tool's and today's: tests and intervals.

Cases are positive by both answers, by the first only, by the second only, or by neither. The effect
is the ratio or the difference of the two rates, first against second.

`paired_p` and `paired_interval` are score tests and what they do not reject (Tango 1998; Tang, Tang
& Chan 2003; see `rai_check.stats.paired_score`); at equality both are McNemar's test without a
continuity correction. They are approximate: with fewer than `FEW_DISCORDANT` cases whose answers
differ, `paired_exact_p` is to be used. At equality that is McNemar's exact test. At another bound
it is the largest probability, over what the hypothesis leaves free, of counts at least as extreme:

- for a difference, of first-only and second-only cases among all of them;
- for a ratio, of first-only and second-only cases among those positive by either answer, given
  their number, on which a ratio does not depend.

There is no exact interval: `paired_interval` is shown whichever test decides.
"""

import math
from statistics import NormalDist
from typing import SupportsIndex

import numpy as np

from rai_check.stats.arguments import Effect, Floats, Side, between, effect_bound, known_side, whole
from rai_check.stats.interval import Interval
from rai_check.stats.one_proportion import exact_binomial_p
from rai_check.stats.paired_score import kinds, paired_z
from rai_check.stats.trinomial import Edge, exact_tail

FEW_DISCORDANT = 10
"""Cases with two different answers below which the exact test is to be used."""
_METHODS = {"ratio": "Tang-Tang-Chan score", "difference": "Tango score"}
_LOG_RATIO_REACH = 40.0
_DIFFERENCE_REACH = 1.0 - 1e-12
_PRECISION = 1e-12


def paired_p(
    both: SupportsIndex,
    only: SupportsIndex,
    only0: SupportsIndex,
    neither: SupportsIndex,
    *,
    effect: Effect,
    bound: float,
    side: Side,
) -> float:
    """Return the one-sided p-value for a true effect above (or below) `bound`.

    Args:
        both: Cases positive by both answers.
        only: Cases positive by the first answer only.
        only0: Cases positive by the second answer only.
        neither: Cases positive by neither.
        effect: ``ratio`` or ``difference`` of the first rate and the second.
        bound: The effect at the edge of the hypothesis: a ratio above 0, a difference in (-1, 1).
        side: ``above`` tests for an effect larger than the bound, ``below`` for a smaller one.

    Returns:
        The p-value; 0.5 where the counts say nothing about the effect.

    Raises:
        ValueError: If counts are not whole or all 0, or the bound is impossible.
    """
    cells = kinds(both, only, only0, neither)
    z = float(paired_z(*cells, effect=effect, bound=effect_bound(effect, bound)))
    return math.erfc((z if known_side(side) == "above" else -z) / math.sqrt(2.0)) / 2.0


def paired_interval(
    both: SupportsIndex,
    only: SupportsIndex,
    only0: SupportsIndex,
    neither: SupportsIndex,
    *,
    effect: Effect,
    level: float = 0.95,
) -> Interval:
    """Return the bounds that `paired_p` does not reject on either side at (1 - level) / 2.

    Arguments as `paired_p`; `level` is the nominal coverage, strictly between 0 and 1.

    Returns:
        The interval. A ratio's lower limit is 0 where nothing is positive by the first answer and
        its upper limit infinite where nothing is by the second.

    Raises:
        ValueError: If counts are not whole or all 0, or the effect or the level is impossible.
    """
    cells = kinds(both, only, only0, neither)
    if effect not in _METHODS:
        raise ValueError("effect must be 'ratio' or 'difference'")
    z = NormalDist().inv_cdf(0.5 + between("level", level, 0.0, 1.0) / 2.0)
    low, high = _where_z_is(z, cells, effect), _where_z_is(-z, cells, effect)
    if effect == "ratio":
        low = low if cells[0] + cells[1] else 0.0
        high = high if cells[0] + cells[2] else math.inf
    return Interval(low=low, high=high, level=float(level), method=_METHODS[effect])


def paired_exact_p(
    both: SupportsIndex,
    only: SupportsIndex,
    only0: SupportsIndex,
    neither: SupportsIndex,
    *,
    effect: Effect,
    bound: float,
    side: Side,
) -> float:
    """Return an exact one-sided p-value for a true effect above (or below) `bound`.

    Arguments as `paired_p`. For few cases that differ, whatever the number that agree: the time
    grows with the counts that are plausible, milliseconds for fewer than ten that differ, seconds
    for a thousand.

    Returns:
        A p-value that is alpha or less with probability at most alpha, whatever the truth, as long
        as the effect is not on the side tested for; up to 1.2e-5 above the exact supremum.

    Raises:
        ValueError: If counts are not whole or all 0, or the bound is impossible.
    """
    a, b, c, d = kinds(both, only, only0, neither)
    at, equality = effect_bound(effect, bound), 1.0 if effect == "ratio" else 0.0
    if at == equality:
        return mcnemar_p(b, c, side=side)
    upwards = known_side(side) == "above"
    if at < equality:  # the same as: the second answer against the first, at the inverse bound
        at, b, c, upwards = (1.0 / at if effect == "ratio" else -at), c, b, not upwards
    total = a + b + c if effect == "ratio" else a + b + c + d
    if not total:  # nothing is positive by either answer, which says nothing of a ratio
        return 1.0

    def z(first: Floats, second: Floats) -> Floats:
        rest = np.maximum(total - first - second, 0.0)
        alike = (rest, 0.0) if effect == "ratio" else (0.0, rest)
        found = paired_z(alike[0], first, second, alike[1], effect=effect, bound=at)
        return found if upwards else -found

    edge = Edge(start=1 - 1 / at, slope=1 / at) if effect == "ratio" else Edge(start=at, slope=1.0)
    return exact_tail(b, c, total, edge=edge, z=z, upwards=upwards)


def mcnemar_p(only: SupportsIndex, only0: SupportsIndex, *, side: Side) -> float:
    """Return McNemar's exact one-sided p-value: binomial with one half, given those that differ.

    Args:
        only: Cases positive by the first answer only.
        only0: Cases positive by the second answer only.
        side: ``above`` tests for the first answer's rate being the higher.

    Returns:
        The p-value; 1 where no answers differ.

    Raises:
        ValueError: If counts are not whole, or the side is unknown.
    """
    first, second, side = whole("only", only), whole("only0", only0), known_side(side)
    if not first + second:
        return 1.0
    return exact_binomial_p(first, first + second, bound=0.5, side=side)


def _where_z_is(target: float, cells: tuple[int, ...], effect: Effect) -> float:
    """Return the bound at which the statistic, falling in the bound, equals `target`."""
    from scipy.optimize import brentq

    ratio = effect == "ratio"
    reach = _LOG_RATIO_REACH if ratio else _DIFFERENCE_REACH

    def excess(place: float) -> float:
        bound = math.exp(place) if ratio else place
        return float(paired_z(*cells, effect=effect, bound=bound)) - target

    if excess(-reach) <= 0.0:
        return 0.0 if ratio else -1.0
    if excess(reach) >= 0.0:
        return math.inf if ratio else 1.0
    place = float(brentq(excess, -reach, reach, xtol=_PRECISION))
    return math.exp(place) if ratio else place
