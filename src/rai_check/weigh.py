"""Hold one piece of evidence against one limit: the tests of the procedure, no outcome yet.

Pure. Farrington-Manning (ratios) and Miettinen-Nurminen (differences) score tests at the
limit, the exact unconditional test below the floors; see docs/statistics.md.
"""

import math
from dataclasses import dataclass
from typing import Literal

from rai_check.errors import RaiCheckError
from rai_check.judgement import Hypothesis, ShownInterval
from rai_check.measurement import (
    Estimate,
    Exact,
    Measurement,
    Proportion,
    Sampled,
    TwoProportions,
)
from rai_check.policy.model import Floors, Limit
from rai_check.stats import estimate as t_tests
from rai_check.stats import exact as exact_tests
from rai_check.stats import one_proportion, two_proportions

Side = Literal["min", "max"]
BEYOND: dict[Side, Literal["above", "below"]] = {"min": "below", "max": "above"}
INSIDE: dict[Side, Literal["above", "below"]] = {"min": "above", "max": "below"}


class CannotWeigh(RaiCheckError):  # noqa: N818 - the judge makes it an error outcome
    """The limit of the policy does not fit the evidence of the check."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """What the tests say of one measurement; outcome and adjustment come later."""

    estimate: float | None = None
    interval: ShownInterval | None = None
    hypotheses: tuple[Hypothesis, ...] = ()
    beyond: bool | None = None
    """For evidence judged by its point: whether it is outside the limit; None where tested."""
    shortfall: tuple[str, str] | None = None
    """(code, sentence) why this cannot pass however the tests come out."""


def weigh(m: Measurement, limit: Limit, floors: Floors, *, alpha: float, level: float) -> Weighed:
    """Test a measurement against a limit.

    Raises:
        CannotWeigh: when the limit is of another kind than the evidence.
    """
    evidence = m.evidence
    if isinstance(evidence, Exact):
        _needs("value", limit, m)
        beyond = _outside(evidence.value, limit)
        return Weighed(estimate=evidence.value, beyond=beyond, shortfall=_shortfall(m, floors))
    if isinstance(evidence, Sampled):
        _needs("value", limit, m)
        return _sampled(evidence, limit, alpha)
    if isinstance(evidence, Proportion):
        _needs("value", limit, m)
        return _proportion(evidence, limit, level, _shortfall(m, floors, evidence.n))
    if isinstance(evidence, Estimate):
        if (limit.of == "ratio") != (evidence.link == "log"):
            raise CannotWeigh(f"{m.metric}: a limit of {limit.of!r} does not fit its link.")
        return _estimate(evidence, limit, level, _shortfall(m, floors))
    if isinstance(evidence, TwoProportions):
        if limit.of == "value":
            raise CannotWeigh(f"{m.metric}: two rates need a limit of 'ratio' or 'difference'.")
        shortfall = _shortfall(m, floors, evidence.n, evidence.n0)
        return _two(evidence, limit, floors, level, shortfall)
    raise CannotWeigh(f"{m.metric}: evidence of this kind has no limit.")


def _needs(of: str, limit: Limit, m: Measurement) -> None:
    if limit.of != of:
        raise CannotWeigh(f"{m.metric}: the policy's limit of {limit.of!r} needs two rates.")


def _outside(value: float, limit: Limit) -> bool:
    below = limit.min is not None and value < limit.min
    return below or (limit.max is not None and value > limit.max)


def _bounds(limit: Limit) -> list[tuple[Side, float]]:
    pairs: list[tuple[Side, float | None]] = [("min", limit.min), ("max", limit.max)]
    return [(side, bound) for side, bound in pairs if bound is not None]


def _shortfall(m: Measurement, floors: Floors, *denominators: int) -> tuple[str, str] | None:
    small = min(denominators, default=floors.units)
    if small < floors.units:
        return "too_few", f"fewer than {floors.units} {m.unit} to measure it on"
    if m.known is not None and m.total is not None:
        share = m.known / m.total if m.total else 0.0
        if share < floors.known_share:
            need = f"{floors.known_share:.0%}"
            return "unknown_share", f"known for {share:.0%} of {m.unit}; at least {need} is needed"
    return None


def _sampled(e: Sampled, limit: Limit, alpha: float) -> Weighed:
    """A hit is a hit; what was not looked at is bounded and held against a prevalence."""
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


def _hypothesis(side: Side, bound: float, method: str, fail: float, inside: float) -> Hypothesis:
    return Hypothesis(
        side=side, bound=bound, method=method, p_fail=fail, p_fail_adjusted=1.0, p_pass=inside
    )


def _proportion(
    e: Proportion, limit: Limit, level: float, shortfall: tuple[str, str] | None
) -> Weighed:
    if any(not 0 <= bound <= 1 for _, bound in _bounds(limit)):
        raise CannotWeigh("a limit on a proportion must be between 0 and 1.")

    def p(bound: float, side: Literal["above", "below"]) -> float:
        return one_proportion.exact_binomial_p(e.x, e.n, bound=bound, side=side)

    tests = tuple(
        _hypothesis(s, b, "exact binomial", p(b, BEYOND[s]), p(b, INSIDE[s]))
        for s, b in _bounds(limit)
    )
    shown = ShownInterval.of(one_proportion.wilson(e.x, e.n, level=level))
    return Weighed(estimate=e.x / e.n, interval=shown, hypotheses=tests, shortfall=shortfall)


def _estimate(
    e: Estimate, limit: Limit, level: float, shortfall: tuple[str, str] | None
) -> Weighed:
    def p(bound: float, side: Literal["above", "below"]) -> float:
        return t_tests.estimate_p(e.value, e.se, df=e.df, link=e.link, bound=bound, side=side)

    name = "normal" if e.df is None else "Student t"
    tests = tuple(
        _hypothesis(s, b, name, p(b, BEYOND[s]), p(b, INSIDE[s])) for s, b in _bounds(limit)
    )
    shown = ShownInterval.of(
        t_tests.estimate_interval(e.value, e.se, df=e.df, link=e.link, level=level)
    )
    value = math.exp(e.value) if e.link == "log" else e.value
    return Weighed(estimate=value, interval=shown, hypotheses=tests, shortfall=shortfall)


def _two(
    e: TwoProportions,
    limit: Limit,
    floors: Floors,
    level: float,
    shortfall: tuple[str, str] | None,
) -> Weighed:
    of: Literal["ratio", "difference"] = "ratio" if limit.of == "ratio" else "difference"
    small = needs_exact(e, floors)
    test = exact_tests.exact_p if small else two_proportions.score_p
    score = "Farrington-Manning score" if of == "ratio" else "Miettinen-Nurminen score"
    method = "exact unconditional" if small else score

    def p(bound: float, side: Literal["above", "below"]) -> float:
        return float(test(e.x, e.n, e.x0, e.n0, effect=of, bound=bound, side=side))

    tests = tuple(
        _hypothesis(s, b, method, p(b, BEYOND[s]), p(b, INSIDE[s])) for s, b in _bounds(limit)
    )
    inverted = exact_tests.exact_interval if small else two_proportions.score_interval
    shown = ShownInterval.of(inverted(e.x, e.n, e.x0, e.n0, effect=of, level=level))
    return Weighed(estimate=effect(e, of), interval=shown, hypotheses=tests, shortfall=shortfall)


def needs_exact(e: TwoProportions, floors: Floors) -> bool:
    """Whether units or expected events and non-events are too few for a score test."""
    rate = (e.x + e.x0) / (e.n + e.n0)
    smaller = min(e.n, e.n0)
    events = smaller * min(rate, 1 - rate)
    return smaller < floors.exact_below_units or events < floors.exact_below_events


def effect(e: TwoProportions, of: Literal["ratio", "difference"]) -> float | None:
    """The point estimate; None for a ratio to a rate of zero."""
    if of == "difference":
        return e.x / e.n - e.x0 / e.n0
    return (e.x / e.n) / (e.x0 / e.n0) if e.x0 else None
