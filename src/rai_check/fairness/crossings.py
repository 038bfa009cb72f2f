"""Groups where characteristics meet: every combination compared, and those that are not named."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import product
from math import prod

from rai_check.fairness.compare import compare, planned, refusal
from rai_check.fairness.cube import Cube, cube_of
from rai_check.fairness.metrics import Metric
from rai_check.fairness.tally import Counted, count
from rai_check.measurement import SMALL_GROUPS, CheckResult, Exact, Measurement
from rai_check.project.project import Project
from rai_check.project.role_table import RoleTable

MOST_NAMED = 5_000
"""Combinations without anybody are named up to so many combinations in all."""


def compare_crossing(
    project: Project,
    table: RoleTable,
    columns: Sequence[str],
    metric: Metric,
    *,
    against: str,
    pool_below: int,
) -> CheckResult:
    """Compare one rate between all combinations of the groups of some columns.

    Combinations that are too small to stand alone are put together and named, those without
    anybody with them: telling the two apart would give away counts under ten.

    Raises:
        Missing, DataError: as `cube_of`, `count` and `compare`.
    """
    cube = cube_of(table, columns)
    counted = count(cube, columns, metric, pool_below=pool_below)
    absent = _absent(cube, counted)
    pooled = _with_named(counted, absent)
    result = compare(
        cube,
        pooled,
        against=against,
        plan=planned(project, metric),
        refusal=refusal(table, cube, metric),
    )
    beside = _coverage(cube, pooled, absent, pool_below)
    return replace(result, measurements=(*result.measurements, beside))


def _labels(cube: Cube, column: str) -> tuple[str, ...]:
    """Labels of a column that occur or are promised."""
    occur = cube.labels[cube.columns.index(column)]
    return tuple(sorted({*occur, *cube.grouping(column).promised}))


def _possible(cube: Cube, counted: Counted) -> int:
    return prod(len(_labels(cube, column)) for column in counted.columns)


def _absent(cube: Cube, counted: Counted) -> tuple[str, ...]:
    """Names of the combinations that nobody is in."""
    if _possible(cube, counted) > MOST_NAMED:
        return ()
    whole = product(*(_labels(cube, column) for column in counted.columns))
    alone = {g.label for g in counted.groups if g.label != SMALL_GROUPS}
    small = {name for g in counted.groups for name in g.members}
    return tuple(name for labels in whole if (name := " & ".join(labels)) not in alone | small)


def _with_named(counted: Counted, absent: tuple[str, ...]) -> Counted:
    """The same counts; where small ones are put together, the absent are named with them."""
    groups = tuple(
        replace(g, members=tuple(sorted({*g.members, *absent}))) if g.members else g
        for g in counted.groups
    )
    return replace(counted, groups=groups)


def _coverage(
    cube: Cube, counted: Counted, absent: tuple[str, ...], pool_below: int
) -> Measurement:
    """How many combinations stand alone, of how many, and what became of the others."""
    alone = sum(1 for g in counted.groups if not g.members and g.n)
    others = _possible(cube, counted) - alone
    if any(g.members for g in counted.groups):
        why = f"have fewer than {pool_below} records each to measure it on, or none"
        note = f"The other {others:,} {why}; {SMALL_GROUPS!r} names those put together."
    elif others:
        note = f"The other {others:,} have no records to measure it on and are not assessed."
    else:
        note = "That is every combination."
    return Measurement(
        metric=f"combinations of {counted.name} compared on their own",
        evidence=Exact(value=alone),
        members=() if any(g.members for g in counted.groups) else absent,
        unit="combinations",
        about_people=False,
        information=True,
        notes=(note,),
    )
