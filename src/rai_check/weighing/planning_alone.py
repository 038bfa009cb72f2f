"""Plans for comparisons that are not of two independent rates. Pure.

Pairs by the variance of a difference of two rates on the same cases; estimates by their standard
error; a comparison that nobody was there for by the planned rate alone.
"""

import math
from dataclasses import replace

from rai_check.judgement import Planning
from rai_check.measurement import (
    NOBODY,
    NOBODY_BESIDE,
    Change,
    Estimate,
    Measurement,
    Paired,
    Share,
    Undefined,
)
from rai_check.policy.model import Limit
from rai_check.stats.estimate import Link, estimate_interval
from rai_check.stats.power import rows_needed
from rai_check.stats.power_arrays import upper_z
from rai_check.weighing.shares import plan_share
from rai_check.weighing.weighed import bounds_of, scale_of

POWER = 0.8
_RAREST, _MOST = 1e-9, 1e12
UNSEEN = {NOBODY, NOBODY_BESIDE, "too_few"}
"""Codes of comparisons that more people would make."""


def plan_alone(m: Measurement, limit: Limit, *, alpha: float) -> Planning | None:
    """Plan for evidence of these kinds; None for any other."""
    e, rates = m.evidence, is_of_rates(limit)
    if isinstance(e, Paired) and rates and limit.of != "odds":
        return _paired(e, m, limit, alpha)
    if isinstance(e, Share):
        return plan_share(e, limit, alpha=alpha)
    if isinstance(e, Undefined) and rates:
        return _unseen(e, m, limit, alpha)
    if isinstance(e, Estimate) and m.against is not None:
        needed = _rows(m, limit, e.se, e.link, alpha)
        return replace(_estimated(e.se, e.df, e.link, alpha), rows_needed=needed)
    if isinstance(e, Change):
        needed = _rows(m, limit, _together(e), "log", alpha)
        return replace(_estimated(_together(e), None, "log", alpha), rows_needed=needed)
    return None


def is_of_rates(limit: Limit) -> bool:
    """Whether a limit is one that two rates can be held against."""
    shares = all(-1.0 < bound < 1.0 for _, bound in bounds_of(limit))
    return limit.of in {"ratio", "odds"} or (limit.of == "difference" and shares)


def rate_of(m: Measurement, observed: float) -> tuple[float, bool]:
    """The base rate of a plan, and whether the fairness plan named it."""
    planned = _planned(m)
    return (observed, False) if planned is None else (planned, True)


def _planned(m: Measurement) -> float | None:
    """The rate that the fairness plan names, if it leaves anything to plan for."""
    rate = m.planned_rate
    return rate if rate is not None and _RAREST < rate < 1.0 - _RAREST else None


def _paired(e: Paired, m: Measurement, limit: Limit, alpha: float) -> Planning:
    """By the share of cases that have two different answers, which is as observed."""
    rate, planned = rate_of(m, (2 * e.both + e.only + e.only0) / (2 * e.total))
    unlike = (e.only + e.only0) / e.total
    if not unlike or not 0.0 < rate < 1.0:
        return Planning(rate=rate, planned=planned, rows_needed=None, below=None, above=None)
    each = (1.0 - POWER) / len(bounds_of(limit))
    sure = upper_z(alpha) + upper_z(each)
    needed = [(sure / gap) ** 2 * spread for gap, spread in _gaps(limit, rate, unlike)]
    gap = (upper_z(alpha / 2.0) + upper_z(1.0 - POWER)) * math.sqrt(unlike / e.total)
    ratio = limit.of == "ratio"
    return Planning(
        rate=rate,
        planned=planned,
        rows_needed=math.ceil(max(needed)),
        below=None if gap > rate else (1.0 - gap / rate if ratio else -gap),
        above=None if gap > 1.0 - rate else (1.0 + gap / rate if ratio else gap),
    )


def _gaps(limit: Limit, rate: float, unlike: float) -> list[tuple[float, float]]:
    """For each bound: distance of equality from it, and the variance of that in one case."""
    if limit.of == "difference":
        return [(abs(bound), unlike) for _, bound in bounds_of(limit)]
    alone = rate * (1.0 - rate)
    return [
        (rate * abs(1.0 - bound), alone * (1.0 - bound) ** 2 + bound * unlike)
        for _, bound in bounds_of(limit)
    ]


def _together(e: Change) -> float:
    """Standard error of the difference of two estimates, |now - correlated part| and the rest."""
    own = e.now_se - e.correlation * e.before_se
    return math.hypot(own, math.sqrt(1.0 - e.correlation**2) * e.before_se)


def _estimated(se: float, df: float | None, link: Link, alpha: float) -> Planning:
    """The departures from equality that a standard error would have let be seen."""
    levels = 1.0 - alpha, 2.0 * POWER - 1.0
    sure, likely = (estimate_interval(0.0, se, df=df, link=link, level=x) for x in levels)
    if link == "log":
        below, above = sure.low * likely.low, sure.high * likely.high
    else:
        below, above = sure.low + likely.low, sure.high + likely.high
    return Planning(
        rate=None,
        planned=False,
        rows_needed=None,
        below=below if math.isfinite(below) else None,
        above=above if math.isfinite(above) else None,
    )


def _rows(m: Measurement, limit: Limit, se: float, link: Link, alpha: float) -> int | None:
    """Units of the smaller side: a standard error falls with their root."""
    if link == "log" and any(bound <= 0.0 for _, bound in bounds_of(limit)):
        return None
    bounds = [math.log(b) if link == "log" else b for _, b in bounds_of(limit)]
    around = all(
        (b < 0.0) == (end == "min") for (end, _), b in zip(bounds_of(limit), bounds, strict=True)
    )
    if m.size is None or 0.0 in bounds or not around:
        return None  # equality is not inside the limit, so no number of rows would show it there
    sure = upper_z(alpha) + upper_z((1.0 - POWER) / len(bounds))
    needed = m.size * max((sure / bound * se) * (sure / bound * se) for bound in bounds)
    return math.ceil(needed) if needed < _MOST else None


def _unseen(e: Undefined, m: Measurement, limit: Limit, alpha: float) -> Planning | None:
    """How many it would take of a group that too few or none were in; only as planned."""
    rate = _planned(m)
    if e.code not in UNSEEN or m.against is None or rate is None:
        return None
    effect = scale_of(limit)
    bounds = bounds_of(limit)
    power = 1.0 - (1.0 - POWER) / len(bounds)
    needed = [rows_needed(rate, b, effect=effect, alpha=alpha, power=power) for _, b in bounds]
    most = None if None in needed else max(n for n in needed if n is not None)
    return Planning(rate=rate, planned=True, rows_needed=most, below=None, above=None)
