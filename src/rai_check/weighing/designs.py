"""Two rates of rows that repeat units or carry weights: tests on effective sizes. Pure.

The score statistics of independent rows are worked out on effective sizes (Rao and Scott 1981),
with the correlation of the two estimates, against Student's t with one degree of freedom less
than the units of the smaller side. Below the floors of a score test the p is the larger of that
one and the exact unconditional one on effective counts, rounded so that either side of a bound is
the harder to show.
"""

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from rai_check.judgement import ShownInterval
from rai_check.measurement import Design, Measurement, TwoProportions
from rai_check.policy.model import Floors, Limit
from rai_check.stats.arguments import Effect, Floats, Side
from rai_check.stats.weighted import design_interval_array, design_p_array
from rai_check.weighing.rates import below_floors, effect_between, shown_intervals
from rai_check.weighing.small import Counts, Small, exact_tests
from rai_check.weighing.weighed import (
    BoundTest,
    Weighed,
    effect_of,
    shortfall_of,
    tests_of_many,
)

SCORE: dict[Effect, str] = {
    "ratio": "Farrington-Manning score on effective sizes, Student t",
    "difference": "Miettinen-Nurminen score on effective sizes, Student t",
    "odds": "Miettinen-Nurminen score of odds on effective sizes, Student t",
}
INVERTED: dict[Effect, str] = {
    "ratio": "Koopman score on effective sizes, Student t",
    "difference": "Miettinen-Nurminen score on effective sizes, Student t",
    "odds": "Miettinen-Nurminen score of odds on effective sizes, Student t",
}
EXACT = "exact unconditional on effective counts"
_DUST = 1e-9  # a whole number of events that arithmetic has missed by this is that number
Found = Sequence[tuple[Measurement, TwoProportions, Design]]


def weigh_designs(
    found: Found, limit: Limit, floors: Floors, *, alpha: float, level: float
) -> list[Weighed]:
    """Hold comparisons on effective sizes against one limit, all together.

    Raises:
        CannotWeigh: when the limit is not of a ratio or a difference.
    """
    effect = effect_of(limit, found[0][0], odds=True)
    designs = [d for _, _, d in found]
    sizes = [min(e.n, e.n0, d.units, d.units0, d.effective, d.effective0) for _, e, d in found]
    pooled = [
        (d.rate * d.effective + d.rate0 * d.effective0) / (d.effective + d.effective0)
        for d in designs
    ]
    small = below_floors(np.array(sizes), np.array(pooled), floors)
    short = [shortfall_of(m, floors, size) for (m, _, _), size in zip(found, sizes, strict=True)]
    tests = _scored(designs, effect, limit)
    shown = inverted_designs(designs, effect, [level] * len(designs))
    places = np.flatnonzero(small).tolist()
    if places:
        few = [_small(designs[i], tests[i], can_pass=short[i] is None) for i in places]
        exact = exact_tests(few, limit, effect, EXACT, alpha=alpha)
        for i, answer in zip(places, exact, strict=True):
            tests[i] = answer
    return [
        Weighed(
            estimate=effect_between(d.rate, d.rate0, effect),
            interval=shown[i],
            tests=tests[i],
            shortfall=short[i],
            exact=bool(small[i]),
        )
        for i, d in enumerate(designs)
    ]


def inverted_designs(
    designs: Sequence[Design], effect: Effect, levels: Sequence[float]
) -> list[ShownInterval]:
    """The intervals that invert the tests on effective sizes, each at its own level."""
    sizes, joint = _arrays(designs)
    low, high = design_interval_array(*sizes, **joint, effect=effect, level=levels)
    return shown_intervals(low, high, levels, INVERTED[effect])


def effective_counts(d: Design, side: Side) -> Counts:
    """Whole counts that make an effect on `side` of a bound no easier to show than `d` does.

    Sizes are rounded down, events towards the other side. A negative correlation, which an exact
    test of independent samples cannot hold, is taken off the sizes.
    """
    share = 1.0 / (1.0 + max(0.0, -d.correlation))
    n, n0 = (max(1, math.floor(size * share)) for size in (d.effective, d.effective0))
    if side == "above":
        return _floor(d.rate * n), n, _ceil(d.rate0 * n0), n0
    return _ceil(d.rate * n), n, _floor(d.rate0 * n0), n0


def _scored(designs: Sequence[Design], effect: Effect, limit: Limit) -> list[tuple[BoundTest, ...]]:
    """Every design tested at every bound, on both sides."""
    sizes, joint = _arrays(designs)

    def p(bound: float, side: Side) -> Floats:
        return design_p_array(*sizes, **joint, effect=effect, bound=bound, side=side)

    return tests_of_many(limit, SCORE[effect], p)


def _small(d: Design, scored: tuple[BoundTest, ...], *, can_pass: bool) -> Small:
    """A small design: each p is the larger of the score test's and the exact one."""
    if min(d.units, d.units0) < 2:  # noqa: PLR2004 - one unit tells nothing of how units vary
        scored = tuple(replace(test, fail=1.0, inside=1.0) for test in scored)
    above, below = effective_counts(d, "above"), effective_counts(d, "below")
    return Small(above=above, below=below, can_pass=can_pass, scored=scored)


def _arrays(designs: Sequence[Design]) -> tuple[tuple[Floats, ...], dict[str, Floats]]:
    """Rates and effective sizes in the order of the tests, then correlation and df by name."""
    rates = np.array([(d.rate, d.effective, d.rate0, d.effective0) for d in designs]).T
    df = np.array([max(1, min(d.units, d.units0) - 1) for d in designs], dtype=np.float64)
    correlation = np.array([d.correlation for d in designs], dtype=np.float64)
    return tuple(rates), {"correlation": correlation, "df": df}


def _floor(events: float) -> int:
    return math.floor(events + _DUST)


def _ceil(events: float) -> int:
    return math.ceil(events - _DUST)
