"""Two rates of rows that each stand alone: score tests in one go, exact ones where small. Pure."""

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from rai_check.judgement import ShownInterval
from rai_check.measurement import Measurement, TwoProportions
from rai_check.policy.model import Floors, Limit
from rai_check.stats.arguments import Effect, Floats, Side
from rai_check.stats.hybrid import mover_r_array, newcombe_array
from rai_check.stats.two_proportions import score_interval_array, score_p_array
from rai_check.weighing.small import Small, exact_tests
from rai_check.weighing.weighed import (
    BoundTest,
    Weighed,
    effect_of,
    shortfall_of,
    tests_of_many,
)

SCORE: dict[Effect, str] = {
    "ratio": "Farrington-Manning score",
    "difference": "Miettinen-Nurminen score",
    "odds": "Miettinen-Nurminen score of odds",
}
INVERTED: dict[Effect, str] = {
    "ratio": "Koopman score",
    "difference": "Miettinen-Nurminen score",
    "odds": "Miettinen-Nurminen score of odds",
}
EXACT = "exact unconditional"
Tables: TypeAlias = NDArray[np.int64]
"""Four rows: x, n, x0, n0."""


def weigh_rates(
    found: Sequence[tuple[Measurement, TwoProportions]],
    limit: Limit,
    floors: Floors,
    *,
    alpha: float,
    level: float,
) -> list[Weighed]:
    """Hold comparisons of two rates against one limit, all together.

    Raises:
        CannotWeigh: when the limit is not of a ratio, a difference or odds.
    """
    effect = effect_of(limit, found[0][0], odds=True)
    evidence = [e for _, e in found]
    tables = tables_of(evidence)
    x, n, x0, n0 = tables
    small = below_floors(np.minimum(n, n0), (x + x0) / (n + n0), floors)
    short = [shortfall_of(m, floors, e.n, e.n0) for m, e in found]
    tests, shown = (
        _scored(tables, effect, limit),
        inverted_scores(tables, effect, [level] * len(found)),
    )
    places = np.flatnonzero(small).tolist()
    if places:
        few = [_small(evidence[i], can_pass=short[i] is None) for i in places]
        exact = exact_tests(few, limit, effect, EXACT, alpha=alpha)
        quick = _hybrids(tables[:, places], effect, level)
        for i, answer, interval in zip(places, exact, quick, strict=True):
            tests[i], shown[i] = answer, interval
    return [
        Weighed(
            estimate=effect_between(e.x / e.n, e.x0 / e.n0, effect),
            interval=shown[i],
            tests=tests[i],
            shortfall=short[i],
            exact=bool(small[i]),
        )
        for i, e in enumerate(evidence)
    ]


def below_floors(smaller: Floats, rate: Floats, floors: Floors) -> NDArray[np.bool_]:
    """Whether units, or expected events or non-events, are too few for a score test."""
    events = smaller * np.minimum(rate, 1.0 - rate)
    few = (smaller < floors.exact_below_units) | (events < floors.exact_below_events)
    return np.asarray(few, dtype=np.bool_)


def effect_between(rate: float, rate0: float, effect: Effect) -> float | None:
    """The point estimate; None for a ratio to a rate of 0, and for odds also of a rate of 1."""
    if effect == "difference":
        return rate - rate0
    if effect == "odds":
        among = rate0 * (1.0 - rate)
        return rate * (1.0 - rate0) / among if among else None
    return rate / rate0 if rate0 else None


def tables_of(evidence: Sequence[TwoProportions]) -> Tables:
    """Counts as an array."""
    return np.array([(e.x, e.n, e.x0, e.n0) for e in evidence], dtype=np.int64).T


def inverted_scores(tables: Tables, effect: Effect, levels: Sequence[float]) -> list[ShownInterval]:
    """The intervals that invert the score tests, each at its own level."""
    low, high = score_interval_array(*tables, effect=effect, level=levels)
    return shown_intervals(low, high, levels, INVERTED[effect])


def shown_intervals(
    low: Floats, high: Floats, levels: Sequence[float], method: str
) -> list[ShownInterval]:
    """Arrays of limits for the reader, with no end where one is infinite."""
    ends = [
        [value if finite else None for value, finite in zip(side, np.isfinite(side), strict=True)]
        for side in (low.tolist(), high.tolist())
    ]
    return [
        ShownInterval(low=a, high=b, level=level, method=method)
        for a, b, level in zip(*ends, levels, strict=True)
    ]


def _scored(tables: Tables, effect: Effect, limit: Limit) -> list[tuple[BoundTest, ...]]:
    """Every table tested at every bound, on both sides."""

    def p(bound: float, side: Side) -> Floats:
        return score_p_array(*tables, effect=effect, bound=bound, side=side)

    return tests_of_many(limit, SCORE[effect], p)


def _small(e: TwoProportions, *, can_pass: bool) -> Small:
    counts = e.x, e.n, e.x0, e.n0
    return Small(above=counts, below=counts, can_pass=can_pass)


def _hybrids(tables: Tables, effect: Effect, level: float) -> list[ShownInterval]:
    """The intervals of small tables that nothing is decided by."""
    if effect == "odds":  # no hybrid holds where all of one side has the event
        return inverted_scores(tables, effect, [level] * tables.shape[1])
    hybrid, name = (mover_r_array, "MOVER-R") if effect == "ratio" else (newcombe_array, "Newcombe")
    low, high = hybrid(*tables, level=level)
    return shown_intervals(low, high, [level] * low.size, name)
