"""The interval that goes with the tests that decided a line, at the level they decided at. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rai_check.judgement import ShownInterval
from rai_check.measurement import Change, Estimate, Evidence, Paired, Proportion, Share, Strata
from rai_check.measurement import TwoProportions as Two
from rai_check.stats.arguments import Effect, Side
from rai_check.stats.exact import exact_interval
from rai_check.stats.interval import Interval
from rai_check.weighing.designs import EXACT, effective_counts, inverted_designs
from rai_check.weighing.rates import inverted_scores, tables_of
from rai_check.weighing.related import is_tested_exactly, related_interval
from rai_check.weighing.shares import share_interval
from rai_check.weighing.small import Counts
from rai_check.weighing.values import value_interval

SIDES: tuple[Side, Side] = ("above", "below")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """An interval asked for: of which evidence, on which scale, at what level."""

    evidence: Evidence
    effect: Effect
    exact: bool
    """Whether exact tests decided."""
    level: float


def deciding_intervals(asked: Sequence[Asked]) -> list[ShownInterval | None]:
    """Invert the tests that decided, in the order asked; score tests on one scale together."""
    found: list[ShownInterval | None] = [None] * len(asked)
    alike: dict[tuple[Effect, bool], list[tuple[int, Two, float]]] = {}
    for i, one in enumerate(asked):
        if isinstance(one.evidence, Two) and not one.exact:
            key = one.effect, one.evidence.design is not None
            alike.setdefault(key, []).append((i, one.evidence, one.level))
        else:
            found[i] = _alone(one)
    for (effect, designed), several in alike.items():
        evidence, levels = [e for _, e, _ in several], [level for _, _, level in several]
        if designed:
            shown = inverted_designs([e.design for e in evidence if e.design], effect, levels)
        else:
            shown = inverted_scores(tables_of(evidence), effect, levels)
        for (i, _, _), interval in zip(several, shown, strict=True):
            found[i] = interval
    return found


def _alone(one: Asked) -> ShownInterval | None:
    e = one.evidence
    if isinstance(e, Two):
        return _exact(e, one.effect, one.level)
    if isinstance(e, Paired) and is_tested_exactly(e):
        return None  # no interval inverts that test
    if isinstance(e, Strata | Paired | Change):
        return related_interval(e, one.effect, level=one.level)
    if isinstance(e, Share):
        return share_interval(e, level=one.level)
    if isinstance(e, Proportion | Estimate):
        return value_interval(e, level=one.level)
    return None


def _exact(e: Two, effect: Effect, level: float) -> ShownInterval:
    """The exact interval; of a design, every value that either of its two tests allows."""
    if e.design is None:
        return ShownInterval.of(_interval((e.x, e.n, e.x0, e.n0), effect, level))
    scored = inverted_designs([e.design], effect, [level])[0]
    low, high = (_interval(effective_counts(e.design, side), effect, level) for side in SIDES)
    ends = ShownInterval.of(low).low, ShownInterval.of(high).high
    return ShownInterval(
        low=None if scored.low is None or ends[0] is None else min(scored.low, ends[0]),
        high=None if scored.high is None or ends[1] is None else max(scored.high, ends[1]),
        level=level,
        method=EXACT,
    )


@lru_cache(maxsize=1024)
def _interval(counts: Counts, effect: Effect, level: float) -> Interval:
    return exact_interval(*counts, effect=effect, level=level)
