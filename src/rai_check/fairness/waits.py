"""How long each group waited: means, medians and shares of those who waited too long."""

import math
from dataclasses import replace
from typing import Literal

from rai_check.fairness.amounts import compare_means
from rai_check.fairness.compare import compare, refusal
from rai_check.fairness.cube import Threshold, cube_of
from rai_check.fairness.estimates import below_zero, no_numbers
from rai_check.fairness.medians import compare_medians
from rai_check.fairness.metrics import METRICS
from rai_check.fairness.numbers import numbers_of
from rai_check.fairness.tally import count
from rai_check.fairness.two_means import Effect
from rai_check.measurement import CheckResult, Undefined
from rai_check.project.columns import Meaning
from rai_check.project.project import Project
from rai_check.project.role_table import RoleTable

LATE = replace(METRICS["selection"], id="late", name="late rate", nobody="whose wait is known")


def compare_late(
    project: Project,
    table: RoleTable,
    by: str,
    *,
    after: float,
    against: str,
    pool_below: int,
) -> CheckResult:
    """Compare the share of each group that waited more than `after` days.

    Raises:
        Missing, DataError: as `cube_of`, `count` and `compare`.
    """
    column = table.column(Meaning.WAIT)
    plan = project.file.fairness_plan
    late = Threshold(column, math.nextafter(after, math.inf))
    cube = cube_of(table, (by,), prediction=late)
    return compare(
        cube,
        count(cube, (by,), LATE, pool_below=pool_below),
        against=against,
        plan=None if plan is None else plan.base_rates.get(LATE.name),
        refusal=_unusable(table, by, column) or refusal(table, cube, LATE),
    )


def compare_waits(
    table: RoleTable,
    by: str,
    *,
    measure: Literal["mean", "median"],
    effect: Effect,
    against: str,
    pool_below: int,
) -> CheckResult:
    """Compare the mean or median days that each group waited.

    Raises:
        Missing, DataError: as `compare_means` and `compare_medians`.
    """
    column = table.column(Meaning.WAIT)
    compared = compare_means if measure == "mean" else compare_medians
    return compared(
        table,
        by,
        column,
        f"{measure} wait",
        effect=effect,
        against=against,
        pool_below=pool_below,
        unit="days",
        refusal=_unusable(table, by, column),
    )


def _unusable(table: RoleTable, by: str, column: str) -> Undefined | None:
    """Why the waits cannot be used: none is a number, or some are below 0."""
    numbers = numbers_of(table, by, column)
    return no_numbers(numbers) or below_zero(numbers, "wait")
