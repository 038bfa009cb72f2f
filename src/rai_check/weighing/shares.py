"""A group's share of the records against its share of a population that is known. Pure.

The number of records of the group is binomial where records come independently of the group, with
the share that is tested: bound times the known share. Tests are exact, and so is the interval:
Clopper and Pearson's for the share, over the known one. A ratio that would put the share above 1
is one that no share can have.
"""

import math

from rai_check.judgement import Planning, ShownInterval
from rai_check.measurement import Measurement, Share
from rai_check.policy.model import Floors, Limit
from rai_check.stats import one_proportion
from rai_check.stats.arguments import Side
from rai_check.stats.power_arrays import upper_z
from rai_check.weighing.weighed import CannotWeigh, Weighed, bounds_of, shortfall_of, tests_of

METHOD = "exact binomial against a known share"
_POWER = 0.8


def weigh_share(e: Share, m: Measurement, limit: Limit, floors: Floors, *, level: float) -> Weighed:
    """Test the ratio of a share to a known share by the exact binomial test.

    Raises:
        CannotWeigh: when the limit is not of a ratio.
    """
    if limit.of != "ratio":
        raise CannotWeigh(f"{m.metric}: a share of a known population needs a limit of 'ratio'.")

    def p(bound: float, side: Side) -> float:
        return share_p(e, bound, side)

    return Weighed(
        estimate=e.ratio,
        interval=share_interval(e, level=level),
        tests=tests_of(limit, METHOD, p),
        shortfall=shortfall_of(m, floors, e.n),
    )


def share_p(e: Share, bound: float, side: Side) -> float:
    """The exact one-sided p for a ratio above (or below) a bound."""
    held = bound * e.known
    if held > 1.0:  # no share is that large: certainly not above it, certainly below it
        return 1.0 if side == "above" else 0.0
    return one_proportion.exact_binomial_p(e.x, e.n, bound=held, side=side)


def share_interval(e: Share, *, level: float) -> ShownInterval:
    """The interval that inverts the tests: Clopper and Pearson's, over the known share."""
    found = one_proportion.clopper_pearson(e.x, e.n, level=level)
    return ShownInterval(
        low=found.low / e.known,
        high=found.high / e.known,
        level=level,
        method=f"{found.method} over a known share",
    )


def plan_share(e: Share, limit: Limit, *, alpha: float) -> Planning | None:
    """Records of the group that would show equal shares to be inside, and what so many show.

    By the normal approximation, from the known share alone: nothing observed but the size is used.
    """
    if limit.of != "ratio" or e.known >= 1.0:
        return None
    bounds = bounds_of(limit)
    sure, likely = upper_z(alpha), upper_z((1.0 - _POWER) / len(bounds))
    spread = math.sqrt(e.known * (1.0 - e.known))
    needed = 0.0
    for _, bound in bounds:
        at = min(1.0, bound * e.known)
        reach = sure * math.sqrt(at * (1.0 - at)) + likely * spread
        needed = max(needed, (reach / (e.known * (1.0 - bound))) ** 2)
    gap = (upper_z(alpha / 2.0) + upper_z(1.0 - _POWER)) * spread / math.sqrt(e.n) / e.known
    return Planning(
        rate=e.known,
        planned=False,
        rows_needed=math.ceil(needed * e.known),
        below=1.0 - gap if gap < 1.0 else None,
        above=1.0 + gap if (1.0 + gap) * e.known < 1.0 else None,
    )
