"""Numbers by themselves: counts known exactly, samples, proportions and estimates. Pure."""

import math
from collections.abc import Callable

from rai_check.judgement import ShownInterval
from rai_check.measurement import Estimate, Exact, Measurement, Proportion, Sampled
from rai_check.policy.model import Floors, Limit
from rai_check.stats import one_proportion
from rai_check.stats.arguments import Side
from rai_check.stats.estimate import estimate_interval, estimate_p
from rai_check.stats.interval import Interval
from rai_check.weighing.weighed import (
    CannotWeigh,
    Weighed,
    bounds_of,
    shortfall_of,
    tests_of,
)

_SIDES: tuple[Side, Side] = ("above", "below")
_DUST = 1e-9  # a whole number of events that arithmetic has missed by this is that number


def weigh_exact(e: Exact, m: Measurement, limit: Limit, floors: Floors) -> Weighed:
    """Hold a count known without sampling error against a limit: the point decides."""
    _needs_value(limit, m)
    beyond = _outside(e.value, limit)
    return Weighed(estimate=e.value, beyond=beyond, shortfall=shortfall_of(m, floors))


def weigh_sampled(e: Sampled, m: Measurement, limit: Limit, alpha: float) -> Weighed:
    """A hit is a hit; what was not looked at is bounded and held against a prevalence."""
    _needs_value(limit, m)
    if _outside(e.hits, limit):
        return Weighed(estimate=float(e.hits), beyond=True)
    upper = one_proportion.sampled_upper(e.hits, e.looked, e.population, level=1 - alpha)
    upper = min(1.0, upper / limit.recall)
    shown = ShownInterval(low=0.0, high=upper, level=1 - alpha, method="exact hypergeometric")
    shortfall = None
    if e.hits:  # within the limit so far, and the rest was not looked at
        shortfall = ("sampled", "hits were found in a sample, so their whole number is not known")
    elif limit.prevalence is None:
        shortfall = ("sampled", "only a sample was scanned and the policy sets no limit for that")
    elif upper > limit.prevalence:
        shortfall = ("sampled", f"up to {upper:.2%} of what was not scanned could still hold one")
    return Weighed(estimate=float(e.hits), interval=shown, beyond=False, shortfall=shortfall)


def weigh_proportion(
    e: Proportion, m: Measurement, limit: Limit, floors: Floors, level: float
) -> Weighed:
    """Test one rate by the exact binomial test; repeated units on what their rows are worth."""
    _needs_value(limit, m)
    if any(not 0 <= bound <= 1 for _, bound in bounds_of(limit)):
        raise CannotWeigh("a limit on a proportion must be between 0 and 1.")

    def p(bound: float, side: Side) -> float:
        return one_proportion.exact_binomial_p(*_counts(e, side), bound=bound, side=side)

    method = "exact binomial" if e.effective is None else "exact binomial on effective counts"
    return Weighed(
        estimate=e.rate,
        interval=_between(e, one_proportion.wilson, level),
        tests=tests_of(limit, method, p),
        shortfall=shortfall_of(m, floors, e.n if e.effective is None else min(e.n, e.effective)),
    )


def _counts(e: Proportion, side: Side) -> tuple[int, int]:
    """Whole counts that make a rate on `side` of a bound no easier to show than the rows do."""
    if e.effective is None:
        return e.x, e.n
    n = max(1, math.floor(min(e.n, e.effective)))
    events = e.rate * n
    return (math.floor(events + _DUST) if side == "above" else math.ceil(events - _DUST)), n


def _between(e: Proportion, interval: Callable[..., Interval], level: float) -> ShownInterval:
    """An interval for a rate; each end by the counts that are tested for it."""
    low, high = (interval(*_counts(e, side), level=level) for side in _SIDES)
    return ShownInterval(low=low.low, high=high.high, level=level, method=low.method)


def weigh_estimate(
    e: Estimate, m: Measurement, limit: Limit, floors: Floors, level: float
) -> Weighed:
    """Test a value by its standard error; a ratio is tested on its logarithm."""
    if limit.of in {"change", "odds"} or (limit.of == "ratio") != (e.link == "log"):
        raise CannotWeigh(f"{m.metric}: a limit of {limit.of!r} does not fit its link.")

    def p(bound: float, side: Side) -> float:
        return estimate_p(e.value, e.se, df=e.df, link=e.link, bound=bound, side=side)

    tests = tests_of(limit, "normal" if e.df is None else "Student t", p)
    return Weighed(
        estimate=math.exp(e.value) if e.link == "log" else e.value,
        interval=value_interval(e, level=level),
        tests=tests,
        shortfall=shortfall_of(m, floors),
    )


def value_interval(e: Proportion | Estimate, *, level: float) -> ShownInterval:
    """The interval that inverts the tests of this module."""
    if isinstance(e, Proportion):
        return _between(e, one_proportion.clopper_pearson, level)
    found = estimate_interval(e.value, e.se, df=e.df, link=e.link, level=level)
    return ShownInterval.of(found)


def _needs_value(limit: Limit, m: Measurement) -> None:
    if limit.of != "value":
        raise CannotWeigh(f"{m.metric}: the policy's limit of {limit.of!r} needs two rates.")


def _outside(value: float, limit: Limit) -> bool:
    below = limit.min is not None and value < limit.min
    return below or (limit.max is not None and value > limit.max)
