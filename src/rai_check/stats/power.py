"""How many units a comparison needs, and the smallest gap it could have seen.

Normal approximations to the score tests, for planning; against exact power they are within a few
per cent from about ten expected events and non-events. `rai_check.stats.power_arrays` has the
arithmetic.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import SupportsIndex

import numpy as np

from rai_check.stats.arguments import Effect, Floats, between, effect_bound, whole
from rai_check.stats.power_arrays import equality, reach, smallest_detectable_array, upper_z

_LARGE_REST = 1e6  # times the group: a comparison whose own error no longer matters
_MOST_ROWS = 10**12


@dataclass(frozen=True, slots=True, kw_only=True)
class Detectable:
    """The smallest departures from equality that would have been seen.

    Attributes:
        below: Largest ratio below 1 (or difference below 0) seen; None if not even a group
            without any event would have been.
        above: Smallest ratio above 1 (or difference above 0) seen; None if not even a group with
            nothing but events would have been (for odds, if nothing less would).
    """

    below: float | None
    above: float | None


def rows_needed(
    base_rate: float,
    bound: float,
    *,
    effect: Effect,
    alpha: float = 0.05,
    power: float = 0.8,
    share: float | None = None,
    rest_n: SupportsIndex | None = None,
) -> int | None:
    """Return the size of group that shows a true equality to lie inside `bound`.

    The test is the one-sided score test of the bound at `alpha`; for a two-sided limit take the
    larger of the two answers (the chance of showing both is then somewhat below `power`). Counts
    are units of the metric's denominator, not rows of the table.

    Args:
        base_rate: The rate supposed for both, strictly between 0 and 1.
        bound: The limit: a ratio other than 1, or a difference other than 0.
        effect: ``ratio``, ``difference`` or ``odds``.
        alpha: Size of the test.
        power: Chance of showing it.
        share: The group's share of all units, if the comparison grows with it.
        rest_n: The size of the comparison, if that is fixed. Without either it is taken as large.

    Returns:
        Units of the group, or None where no size is enough against so small a comparison.

    Raises:
        ValueError: If a number is out of range, the bound is equality, or both `share` and
            `rest_n` are given.
    """
    between("base_rate", base_rate, 0.0, 1.0)
    bound = effect_bound(effect, bound, odds=True)
    if bound == equality(effect):
        raise ValueError("bound must differ from equality")
    rest, z = _rest(share, rest_n), upper_z(alpha)
    target = upper_z(1.0 - between("power", power, 0.0, 1.0))

    def enough(n: int) -> bool:
        group, base = np.asarray(float(n)), np.asarray(base_rate)
        return bool(reach(group, rest(n), base, base, effect=effect, bound=bound, z=z) >= target)

    return _first(enough)


def smallest_detectable(
    n: SupportsIndex,
    n0: SupportsIndex,
    base_rate: float,
    *,
    effect: Effect,
    alpha: float = 0.05,
    power: float = 0.8,
) -> Detectable:
    """Return the departures from equality that a two-sided test would have seen.

    The test is of any difference at all from the comparison (bound at equality), two-sided with
    size `alpha`: what failed to show cannot have been much larger than this. Use the base rate
    planned, not the one observed.

    Args:
        n: Size of the group.
        n0: Size of the comparison.
        base_rate: The comparison's rate, strictly between 0 and 1.
        effect: ``ratio``, ``difference`` or ``odds``: the scale of the answer.
        alpha: Two-sided size of the test.
        power: Chance of seeing it.

    Raises:
        ValueError: If a count is not whole or below 1, or a number is out of range.
    """
    n, n0 = whole("n", n, least=1), whole("n0", n0, least=1)
    between("base_rate", base_rate, 0.0, 1.0)
    low, high = smallest_detectable_array(n, n0, base_rate, effect=effect, alpha=alpha, power=power)
    return Detectable(below=_number(low), above=_number(high))


def _rest(share: float | None, rest_n: SupportsIndex | None) -> Callable[[int], float]:
    """Return the size of the comparison as a function of the group's."""
    if share is not None and rest_n is not None:
        raise ValueError("share and rest_n must not both be given")
    if rest_n is not None:
        fixed = float(whole("rest_n", rest_n, least=1))
        return lambda _: fixed
    if share is None:
        return lambda n: n * _LARGE_REST
    part = between("share", share, 0.0, 1.0)
    return lambda n: n * (1.0 - part) / part


def _first(enough: Callable[[int], bool]) -> int | None:
    """Return the smallest size that is enough, by doubling and bisection."""
    high = 1
    while not enough(high):
        high *= 2
        if high > _MOST_ROWS:
            return None
    low = high // 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return high


def _number(value: Floats) -> float | None:
    return None if np.isnan(value) else float(value)
