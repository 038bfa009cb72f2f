"""Comparisons within strata, of two answers on the same cases, and of now with before. Pure."""

import math

import numpy as np

from rai_check.judgement import ShownInterval
from rai_check.measurement import Change, Measurement, Paired, Strata
from rai_check.policy.model import Floors, Limit
from rai_check.stats.arguments import Effect, Side
from rai_check.stats.change import change_interval, change_p
from rai_check.stats.paired import FEW_DISCORDANT, paired_exact_p, paired_interval, paired_p
from rai_check.stats.strata import common_effect, common_interval, common_p
from rai_check.stats.two_proportions import score_p_array
from rai_check.weighing.rates import Tables, below_floors, effect_between
from rai_check.weighing.weighed import (
    BEYOND,
    CannotWeigh,
    Shortfall,
    Weighed,
    bounds_of,
    effect_of,
    shortfall_of,
    tests_of,
)

STRATIFIED = "stratified Miettinen-Nurminen score"
PAIRED: dict[Effect, str] = {
    "ratio": "Tang-Tang-Chan score, paired",
    "difference": "Tango score, paired",
}
PAIRED_EXACT = "exact, paired"
CHANGE = "normal, on the logarithm"


def weigh_strata(
    e: Strata, m: Measurement, limit: Limit, floors: Floors, *, alpha: float, level: float
) -> Weighed:
    """Test the effect common to the strata; floors are on the sums of their denominators.

    There is no exact test over strata: below the floors of a score test nothing is tested. Where
    the strata differ and one of them is shown to be outside the limit, what they have in common
    cannot pass for all.
    """
    effect = effect_of(limit, m)
    tables = strata_tables(e)
    x, n, x0, n0 = (float(total) for total in tables.sum(axis=1))
    found = common_effect(*tables, effect=effect).value
    few = below_floors(np.array(min(n, n0)), np.array((x + x0) / (n + n0)), floors)
    short = shortfall_of(m, floors, n, n0) or (_few_in_all(m, floors) if few else None)
    short = short or _differ(tables, limit, effect, alpha)

    def p(bound: float, side: Side) -> float:
        return common_p(*tables, effect=effect, bound=bound, side=side)

    tests = tests_of(limit, STRATIFIED, p)
    return Weighed(
        estimate=found if found is not None and np.isfinite(found) else None,
        interval=related_interval(e, effect, level=level),
        tests=() if few else tests,
        shortfall=short,
    )


def _differ(tables: Tables, limit: Limit, effect: Effect, alpha: float) -> Shortfall | None:
    """Whether the strata differ by more than chance, and one of them breaks the limit (Bonferroni).

    It only ever keeps a pass from being given, so score tests serve for small strata too.
    """
    if common_effect(*tables, effect=effect).p_same >= alpha:
        return None
    x, n, x0, n0 = tables[:, (tables[1] > 0) & (tables[3] > 0)]
    bounds = bounds_of(limit)
    least = min(
        float(score_p_array(x, n, x0, n0, effect=effect, bound=bound, side=BEYOND[end]).min())
        for end, bound in bounds
    )
    if least * len(bounds) * x.size >= alpha:
        return None
    text = "the strata differ by more than chance explains, and at least one is outside the limit"
    return "strata_differ", text


def weigh_paired(
    e: Paired, m: Measurement, limit: Limit, floors: Floors, *, level: float
) -> Weighed:
    """Test two answers on the same cases; exactly where few cases have two different answers."""
    effect = effect_of(limit, m)
    cells = e.both, e.only, e.only0, e.neither
    few = is_tested_exactly(e)
    test = paired_exact_p if few else paired_p

    def p(bound: float, side: Side) -> float:
        return test(*cells, effect=effect, bound=bound, side=side)

    tests = tests_of(limit, PAIRED_EXACT if few else PAIRED[effect], p)
    rate, rate0 = (e.both + e.only) / e.total, (e.both + e.only0) / e.total
    return Weighed(
        estimate=effect_between(rate, rate0, effect),
        interval=related_interval(e, effect, level=level),
        tests=tests,
        shortfall=shortfall_of(m, floors, e.total),
    )


def is_tested_exactly(e: Paired) -> bool:
    """Whether too few cases have two different answers for the score test."""
    return e.only + e.only0 < FEW_DISCORDANT


def weigh_change(
    e: Change, m: Measurement, limit: Limit, floors: Floors, *, level: float
) -> Weighed:
    """Test by what factor a disparity is further from equality than it was.

    Raises:
        CannotWeigh: when the limit is not of a change.
    """
    if limit.of != "change":
        raise CannotWeigh(f"{m.metric}: a change needs a limit of 'change', not {limit.of!r}.")

    def p(bound: float, side: Side) -> float:
        parts = e.now, e.now_se, e.before, e.before_se, e.correlation
        return change_p(*parts, bound=bound, side=side)

    tests = tests_of(limit, CHANGE, p)
    return Weighed(
        estimate=math.exp(abs(e.now) - abs(e.before)),
        interval=related_interval(e, "ratio", level=level),
        tests=tests,
        shortfall=shortfall_of(m, floors),
    )


def related_interval(e: Strata | Paired | Change, effect: Effect, *, level: float) -> ShownInterval:
    """The interval that inverts the tests of this module."""
    if isinstance(e, Strata):
        found = common_interval(*strata_tables(e), effect=effect, level=level)
    elif isinstance(e, Paired):
        cells = e.both, e.only, e.only0, e.neither
        found = paired_interval(*cells, effect=effect, level=level)
    else:
        parts = e.now, e.now_se, e.before, e.before_se, e.correlation
        found = change_interval(*parts, level=level)
    return ShownInterval.of(found)


def strata_tables(e: Strata) -> Tables:
    """Four rows, one column a stratum: x, n, x0, n0."""
    return np.array([(t.x, t.n, t.x0, t.n0) for t in e.tables], dtype=np.int64).T


def _few_in_all(m: Measurement, floors: Floors) -> Shortfall:
    need = f"{floors.exact_below_units} {m.unit} and {floors.exact_below_events:g} expected events"
    return "too_few", f"strata have no exact test, and all together they hold fewer than {need}"
