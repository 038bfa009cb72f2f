"""Intervals and plans of what may be shown: the judge's own methods on protected evidence.

A control can hold thousands of comparisons, so all of them are worked out together.
"""

from collections.abc import Sequence
from dataclasses import replace

from rai_check.disclosed import PublicMeasurement, PublicPlanning
from rai_check.disclosure.common import coarse
from rai_check.disclosure.comparisons import Compared, Scale
from rai_check.judgement import LimitUsed, Line, ShownInterval
from rai_check.measurement import Measurement, Proportion


def intervals(wanted: Sequence[tuple[Compared, float]]) -> list[ShownInterval | None]:
    """The interval of each at its level; None where none may be shown, or there is none.

    A single rate has Wilson's interval; a comparison that which inverts its score test, also
    where an exact test decided.
    """
    from rai_check.weighing.intervals import Asked, deciding_intervals

    found: list[ShownInterval | None] = [None] * len(wanted)
    asked: list[tuple[int, Asked]] = []
    for i, (one, level) in enumerate(wanted):
        e = one.evidence
        if isinstance(e, Proportion):
            found[i] = _wilson(e, level)
        elif e is not None:
            of = _scale(one.shown)
            asked.append((i, Asked(evidence=e, effect=of, exact=False, level=level)))
    if asked:
        made = deciding_intervals([one for _, one in asked])
        for (i, _), interval in zip(asked, made, strict=True):
            one = wanted[i][0]
            found[i] = _coarse(interval, one.shown.effect_of) if one.coarse else interval
    return found


def _scale(shown: PublicMeasurement) -> Scale:
    match shown.effect_of:
        case "difference" | "odds" as of:
            return of
    return "ratio"


def _coarse(found: ShownInterval | None, of: str) -> ShownInterval | None:
    if found is None:
        return None
    ends = [None if end is None else coarse(end, of) for end in (found.low, found.high)]
    return replace(found, low=ends[0], high=ends[1])


def _wilson(e: Proportion, level: float) -> ShownInterval:
    from rai_check.stats.one_proportion import wilson

    return ShownInterval.of(wilson(e.x, e.n, level=level))


def finished(compared: Sequence[Compared], level: float) -> list[PublicMeasurement]:
    """Measurements with their intervals."""
    found = intervals([(one, level) for one in compared])
    return [
        one.shown if interval is None else replace(one.shown, interval=interval)
        for one, interval in zip(compared, found, strict=True)
    ]


def plannings(
    lines: Sequence[tuple[Line, Compared | None]], alpha: float
) -> list[PublicPlanning | None]:
    """What each comparison could show, from the sizes that may be shown."""
    found: list[PublicPlanning | None] = [None] * len(lines)
    alike: dict[LimitUsed, list[tuple[int, Measurement, bool]]] = {}
    for i, (line, compared) in enumerate(lines):
        plan, m = line.planning, line.measurement
        if plan is None or m is None or compared is None or line.limit is None:
            continue
        expected = m.planned_rate is not None
        if compared.sizes is not None and (expected or compared.evidence is not None):
            rests_on = replace(m, evidence=compared.sizes)
            alike.setdefault(line.limit, []).append((i, rests_on, compared.sized))
    for limit, several in alike.items():
        for (i, _, sized), planning in zip(several, _planned(limit, several, alpha), strict=True):
            found[i] = planning if planning is None else replace(planning, sized=sized)
    return found


def _planned(
    limit: LimitUsed, several: list[tuple[int, Measurement, bool]], alpha: float
) -> list[PublicPlanning | None]:
    from rai_check.policy.model import Limit
    from rai_check.weighing.planning import plans

    held = Limit(of=limit.of, min=limit.min, max=limit.max, whose=limit.whose)
    return [
        None
        if plan is None
        else PublicPlanning(
            rate=plan.rate,
            planned=plan.planned,
            rows_needed=plan.rows_needed,
            below=plan.below,
            above=plan.above,
            sized=True,
        )
        for plan in plans([m for _, m, _ in several], held, alpha=alpha)
    ]
