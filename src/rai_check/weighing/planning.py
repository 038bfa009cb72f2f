"""What every comparison could have shown, and what it would take to show more. Pure.

For planning only: nothing is decided by it. Rates are the planned ones where the fairness plan
names them, because power at the rate observed says little more than the p value does.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rai_check.judgement import Planning
from rai_check.measurement import Measurement, Strata, TwoProportions
from rai_check.policy.model import Floors, Limit
from rai_check.stats.arguments import Floats
from rai_check.stats.power_arrays import rows_needed_array, smallest_detectable_array
from rai_check.weighing.planning_alone import POWER, is_of_rates, plan_alone, rate_of
from rai_check.weighing.weighed import bounds_of, fits, scale_of

LEAST = Floors().exact_below_units
_EDGE = 1e-9  # shares nearer to 0 or 1 than this plan alike


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sizes:
    """Two independent sides as a plan sees them."""

    rate: float
    planned: bool
    n: float
    n0: float
    """Effective sizes."""
    rows: float = 1.0
    """Rows of the group for each effective one."""


def plans(measured: Sequence[Measurement], limit: Limit, *, alpha: float) -> list[Planning | None]:
    """Plan for every comparison held against one limit; None for anything else."""
    found = [plan_alone(m, limit, alpha=alpha) for m in measured]
    if is_of_rates(limit):
        sizes = {i: size for i, m in enumerate(measured) if (size := _sizes(m)) is not None}
        together = _together([*sizes.values()], limit, alpha) if sizes else []
        for i, plan in zip(sizes, together, strict=True):
            found[i] = plan
    return found


def _sizes(m: Measurement) -> _Sizes | None:
    """The sizes and the base rate of two independent rates; None for other evidence."""
    e = m.evidence
    if isinstance(e, Strata) and all(fits(table) for table in e.tables):  # as if they were one
        n, n0 = sum(t.n for t in e.tables), sum(t.n0 for t in e.tables)
        rate, planned = rate_of(m, sum(t.x + t.x0 for t in e.tables) / (n + n0))
        return _Sizes(rate=rate, planned=planned, n=n, n0=n0)
    if not isinstance(e, TwoProportions) or not fits(e):
        return None
    own, beside = e.rates
    rate, planned = rate_of(m, (own * e.n + beside * e.n0) / (e.n + e.n0))
    if e.design is None:
        return _Sizes(rate=rate, planned=planned, n=e.n, n0=e.n0)
    own, beside = e.design.effective, e.design.effective0
    if min(own, beside) < 1.0:  # less than one row's worth: nothing could be planned on it
        return None
    return _Sizes(rate=rate, planned=planned, n=own, n0=beside, rows=max(1.0, e.n / own))


def _together(sizes: Sequence[_Sizes], limit: Limit, alpha: float) -> list[Planning]:
    """Plans for comparisons of two independent rates, worked out all at once.

    The comparison is taken to grow with the group, as it does where more periods are pooled.
    """
    effect = scale_of(limit)
    rate, n, n0, rows = np.array([(s.rate, s.n, s.n0, s.rows) for s in sizes]).T
    share, needed = np.clip(n / (n + n0), _EDGE, 1.0 - _EDGE), np.zeros(len(sizes))
    bounds = bounds_of(limit)
    each = 1.0 - (1.0 - POWER) / len(bounds)  # both are shown at least as often as asked for
    for _, bound in bounds:
        one = rows_needed_array(rate, bound, effect=effect, share=share, alpha=alpha, power=each)
        needed = np.maximum(needed, one)  # the harder bound; none where one has none
    needed = np.maximum(needed, LEAST)  # below it an exact test decides, which asks for more
    low, high = smallest_detectable_array(n, n0, rate, effect=effect, alpha=alpha, power=POWER)
    columns = [_numbers(values) for values in (np.ceil(needed * rows), low, high)]
    return [
        Planning(
            rate=size.rate,
            planned=size.planned,
            rows_needed=None if more is None else int(more),
            below=below,
            above=above,
        )
        for size, more, below, above in zip(sizes, *columns, strict=True)
    ]


def _numbers(values: Floats) -> list[float | None]:
    return [value if math.isfinite(value) else None for value in values.tolist()]
