"""Whether a disparity is wider than it was, on the scale of the logarithm of a ratio of rates.

A disparity now and the same before (last year, or under today's process) are each a log ratio with
a standard error; they are correlated where the same cases are behind both. What is asked is by what
factor the ratio is further from equality, whichever way it points: exp(|now| - |before|).

Estimates are taken as normal and standard errors as known, as from about 5 events and 5 non-events
on each side. The tests are derived in `rai_check.stats.wider`.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import SupportsIndex

from rai_check.stats.arguments import Side, between, known_side, part_of, real, whole
from rai_check.stats.interval import Interval
from rai_check.stats.wider import Two, above_p, lowest

_HALF, _QUARTER = 0.5, 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class LogRatio:
    """Logarithm of a ratio of two rates, and its standard error."""

    value: float
    se: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PairedLogRatios:
    """A log ratio under each of two answers on the same cases, as `change_p` takes them.

    Attributes:
        now: By the first answer, such as the tool's.
        now_se: Its standard error.
        before: By the second answer, such as today's process's.
        before_se: Its standard error.
        correlation: Of the two estimates, from -1 to 1.
    """

    now: float
    now_se: float
    before: float
    before_se: float
    correlation: float


def change_p(
    now: float,
    now_se: float,
    before: float,
    before_se: float,
    correlation: float,
    *,
    bound: float,
    side: Side,
) -> float:
    """Return the one-sided p-value for exp(|now| - |before|) above (or below) `bound`.

    Args:
        now: Logarithm of a ratio, 0 where there is no disparity.
        now_se: Its standard error, 0 or more.
        before: The logarithm of the same ratio before, or under another process.
        before_se: Its standard error, 0 or more.
        correlation: Of the two estimates, from -1 to 1; 0 where no case is behind both.
        bound: By what factor the disparity is further from equality; above 0.
        side: ``above`` tests for more than the bound, ``below`` for less.

    Returns:
        The p-value. One that shows a disparity not to be wider is never below 0.0001.

    Raises:
        ValueError: If a number is not finite, a standard error negative, or the correlation or
            the bound impossible.
    """
    two = _two(now, now_se, before, before_se, correlation)
    m = math.log(between("bound", bound, 0.0, math.inf))
    return above_p(two, m) if known_side(side) == "above" else above_p(two.swapped, -m)


def change_interval(
    now: float,
    now_se: float,
    before: float,
    before_se: float,
    correlation: float,
    *,
    level: float = 0.95,
) -> Interval:
    """Return the bounds that `change_p` does not reject on either side at (1 - level) / 2.

    Arguments as `change_p`; `level` is the nominal coverage, strictly between 0 and 1.

    Raises:
        ValueError: As `change_p`, or if the level is impossible.
    """
    two = _two(now, now_se, before, before_se, correlation)
    tail = (1.0 - between("level", level, 0.0, 1.0)) / 2.0
    low, high = lowest(two, tail), -lowest(two.swapped, tail)
    method = "normal on the logarithms, inverted test"
    return Interval(low=_exp(low), high=_exp(high), level=float(level), method=method)


def log_ratio(x: SupportsIndex, n: SupportsIndex, x0: SupportsIndex, n0: SupportsIndex) -> LogRatio:
    """Return the logarithm of x / n over x0 / n0 with its standard error (Katz et al. 1978).

    Where either side has no event, or nothing but events, half an event and half a non-event are
    added to both sides, so that estimate and standard error exist; elsewhere nothing is added.

    Args:
        x: Events in the group.
        n: Size of the group, at least 1.
        x0: Events in the comparison.
        n0: Size of the comparison, at least 1.

    Raises:
        ValueError: If counts are not whole or impossible.
    """
    (x, n), (x0, n0) = part_of("x", x, "n", n), part_of("x0", x0, "n0", n0)
    add = _HALF if x in (0, n) or x0 in (0, n0) else 0.0
    own, rest = _log_rate(x + add, n + 2 * add), _log_rate(x0 + add, n0 + 2 * add)
    return LogRatio(value=own[0] - rest[0], se=math.sqrt(own[1] + rest[1]))


def log_ratio_paired(
    group: Sequence[SupportsIndex], rest: Sequence[SupportsIndex]
) -> PairedLogRatios:
    """Return the group's log ratio to the rest under each of two answers on the same cases.

    For one side, the covariance of the logarithms of its two rates is (p_both / (p p') - 1) / n,
    by the delta method; the two sides share no case, so theirs add. Where any of the four rates is
    0 or 1, a quarter of a case is added to each of the four kinds on both sides, which adds to
    each rate what `log_ratio` adds.

    Args:
        group: Counts of the group's cases that are positive by both answers, by the first only,
            by the second only, and by neither.
        rest: The same of the comparison.

    Raises:
        ValueError: If counts are not whole, not four, or all 0.
    """
    own, other = _kinds("group", group), _kinds("rest", rest)
    if any(event in (0.0, sum(kinds)) for kinds in (own, other) for event in _events(kinds)):
        own, other = ([k + _QUARTER for k in kinds] for kinds in (own, other))
    (first, second, shared), (first0, second0, shared0) = _paired(own), _paired(other)
    now_se = math.sqrt(first[1] + first0[1])
    before_se = math.sqrt(second[1] + second0[1])
    correlation = (shared + shared0) / (now_se * before_se)
    return PairedLogRatios(
        now=first[0] - first0[0],
        now_se=now_se,
        before=second[0] - second0[0],
        before_se=before_se,
        correlation=min(1.0, max(-1.0, correlation)),
    )


def _two(now: float, now_se: float, before: float, before_se: float, correlation: float) -> Two:
    a_se, b_se = real("now_se", now_se), real("before_se", before_se)
    if a_se < 0.0:
        raise ValueError("now_se must be at least 0")
    if b_se < 0.0:
        raise ValueError("before_se must be at least 0")
    if not -1.0 <= real("correlation", correlation) <= 1.0:
        raise ValueError("correlation must lie between -1 and 1")
    a, b = real("now", now), real("before", before)
    return Two(a=a, a_se=a_se, b=b, b_se=b_se, correlation=float(correlation))


def _log_rate(x: float, n: float) -> tuple[float, float]:
    """Return the logarithm of a rate and its variance."""
    return math.log(x / n), 1.0 / x - 1.0 / n


def _kinds(name: str, counts: Sequence[SupportsIndex]) -> list[float]:
    kinds = [float(whole(name, count)) for count in counts]
    if len(kinds) != 4 or not any(kinds):  # noqa: PLR2004 - both, only, only0, neither
        raise ValueError(f"{name} must be four counts, not all 0")
    return kinds


def _events(kinds: Sequence[float]) -> tuple[float, float]:
    both, only, only0, _ = kinds
    return both + only, both + only0


def _paired(kinds: Sequence[float]) -> tuple[tuple[float, float], tuple[float, float], float]:
    """Return log rate and variance by each answer, and the covariance."""
    n, (x, x0) = sum(kinds), _events(kinds)
    return _log_rate(x, n), _log_rate(x0, n), kinds[0] / (x * x0) - 1.0 / n


def _exp(value: float) -> float:
    try:
        return math.exp(value)
    except OverflowError:
        return math.inf
