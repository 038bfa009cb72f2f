"""The ratio of a group's rate to everyone else's under two processes, as evidence of a change."""

import math

import numpy as np

from rai_check.fairness.linear import Scored, correlation, covariance, scored_rate, sizes
from rai_check.fairness.tally import GroupCount
from rai_check.fairness.today import Process, Processes, Side
from rai_check.measurement import Change, Undefined

LEAST, LEAST_EXPECTED = 10, 5
"""Fewer records (or units) on a side, or fewer expected to be picked or passed over, are too few
for the logarithm of a ratio to be near enough to normal."""


def change_of(both: Processes, group: Side, rest: Side) -> Change | Undefined:
    """The group's log ratio to everyone else under the tool and under today's process.

    Where rows repeat units or carry weights, variances are linearised and widened as Student's t
    is against the normal, with one degree of freedom less than the fewest units.
    """
    least = _least(both, group, rest)
    if least < LEAST or _expected(group, rest) < LEAST_EXPECTED:
        text = (
            f"fewer than {LEAST} records on one of the sides, or fewer than {LEAST_EXPECTED} "
            "expected to be picked or passed over, under the tool or today"
        )
        return Undefined(code="too_few", text=text)
    if both.designed:
        return _linearised(both, group, rest, least)
    return _paired(both, group, rest) if both.paired else _apart(group, rest)


def _least(both: Processes, *sides: Side) -> int:
    """Fewest independent units on any side under either process."""
    tool, today = both.tool, both.today
    return min(
        sizes(process.cube, cells, process.counted.metric)
        for side in sides
        for process, cells in ((tool, side.cells), (today, side.cells0))
    )


def _expected(group: Side, rest: Side) -> float:
    """Fewest picked or passed over on the smaller side, if both sides were treated alike."""
    return min(
        _fewer(own, other) for own, other in ((group.now, rest.now), (group.before, rest.before))
    )


def _fewer(own: GroupCount, other: GroupCount) -> float:
    rate = (own.x + other.x) / (own.n + other.n)
    return min(own.n, other.n) * min(rate, 1 - rate)


def _paired(both: Processes, group: Side, rest: Side) -> Change:
    from rai_check.stats.change import log_ratio_paired

    kinds = [both.pairs(side) for side in (group, rest)]
    found = log_ratio_paired(*((k.both, k.only, k.only0, k.neither) for k in kinds))
    return Change(
        now=found.now,
        now_se=found.now_se,
        before=found.before,
        before_se=found.before_se,
        correlation=found.correlation,
    )


def _apart(group: Side, rest: Side) -> Change:
    from rai_check.stats.change import log_ratio

    now = log_ratio(group.now.x, group.now.n, rest.now.x, rest.now.n)
    before = log_ratio(group.before.x, group.before.n, rest.before.x, rest.before.n)
    return Change(now=now.value, now_se=now.se, before=before.value, before_se=before.se)


def _linearised(both: Processes, group: Side, rest: Side, units: int) -> Change | Undefined:
    if not all(g.x for side in (group, rest) for g in (side.now, side.before)):
        text = "nobody was picked on one of the sides, and rows repeat units or carry weights"
        return Undefined(code="too_few", text=text)
    now = _log_ratio(both.tool, group.cells, rest.cells)
    before = _log_ratio(both.today, group.cells0, rest.cells0)
    if both.paired:
        matrix = covariance(both.tool.cube, now, before)
    else:
        apart = [covariance(p.cube, s) for p, s in ((both.tool, now), (both.today, before))]
        matrix = np.diag([float(one[0, 0]) for one in apart])
    wider = _wider(units - 1) if both.tool.cube.unit is not None else 1.0
    return Change(
        now=now.value,
        now_se=math.sqrt(float(matrix[0, 0])) * wider,
        before=before.value,
        before_se=math.sqrt(float(matrix[1, 1])) * wider,
        correlation=correlation(matrix),
    )


def _log_ratio(process: Process, cells: tuple[int, ...], rest: tuple[int, ...]) -> Scored:
    own, other = (scored_rate(process.cube, c, process.counted.metric) for c in (cells, rest))
    return own.log().minus(other.log())


def _wider(df: int) -> float:
    """How much wider Student's 95% interval is than the normal one."""
    from rai_check.stats.estimate import estimate_interval

    student, normal = (estimate_interval(0.0, 1.0, df=d, link="identity") for d in (df, None))
    return student.high / normal.high
