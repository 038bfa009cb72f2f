"""Whether a rate is alike where characteristics meet, such as sex within ethnicity."""

from itertools import combinations
from typing import Annotated, Literal

from pydantic import Field

from rai_check.check import RATES, Missing, check
from rai_check.errors import did_you_mean
from rai_check.fairness import METRICS, Metric
from rai_check.fairness.crossings import compare_crossing
from rai_check.measurement import CheckResult, Measurement, Undefined, where_of
from rai_check.project import Meaning, Project, Role, RoleTable


@check(
    "intersections",
    title="Similar rates where characteristics meet",
    limits=RATES,
    needs=("decisions",),
)
def intersections(
    project: Project,
    *,
    columns: tuple[str, ...] = (),
    deep: Annotated[int, Field(ge=2, le=4)] = 2,
    rate: Literal[
        "selection", "tpr", "fnr", "fpr", "tnr", "precision", "fdr", "for", "npv", "accuracy"
    ] = "selection",
    against: Literal["rest", "all-pairs"] = "rest",
    pool_below: Annotated[int, Field(ge=10, le=100)] = 10,
) -> CheckResult:
    """Compare a rate between the combinations of two or more characteristics.

    What it measures
    For every `deep` of the group columns (all of the decisions table, or those named in
    `columns`): the `rate` of each combination of their groups, such as Black women, set against
    everyone else whose groups are known. Combinations with fewer than `pool_below` rows are put
    together as "small groups together", still tested, and named; so are those without anybody.

    Why it matters
    A tool can treat women and men alike, and ethnic groups alike, and still treat the women of
    one group badly: each of the two averages hides it.

    How to read it
    As the same rate for one characteristic. There are many more comparisons, so each has fewer
    people behind it and the allowance for several tests is larger: expect results that cannot
    tell. How many combinations stand on their own is said beside each pair of characteristics.

    What it cannot tell you
    Anything certain about combinations with few people; they are named so that they can be
    looked at case by case. It does not look deeper than `deep`: run it again for three. No
    finding here does not mean that each characteristic by itself is in order.

    References
    Crenshaw (1989), Demarginalizing the Intersection of Race and Sex, University of Chicago
    Legal Forum; Kearns, Neel, Roth and Wu (2018), Preventing Fairness Gerrymandering, ICML;
    Equality Act 2010, sections 14 (combined discrimination, not in force) and 19.
    """
    table = project.table(Role.DECISIONS)
    found: list[CheckResult] = []
    lacking: list[tuple[tuple[str, ...], Missing]] = []
    for crossing in _crossings(table, columns, deep):
        try:
            one = compare_crossing(
                project, table, crossing, METRICS[rate], against=against, pool_below=pool_below
            )
        except Missing as reason:
            lacking.append((crossing, reason))
        else:
            found.append(one)
    if not found:
        raise lacking[0][1]
    undefined = [_undefined(METRICS[rate], crossing, reason) for crossing, reason in lacking]
    measured = [m for one in found for m in one.measurements]
    return CheckResult(measurements=(*measured, *undefined))


def _crossings(table: RoleTable, columns: tuple[str, ...], deep: int) -> list[tuple[str, ...]]:
    """Every `deep` of the columns, in the order of their names.

    Raises:
        Missing: a column is not a group column, or there are too few of them.
    """
    groups = table.columns(Meaning.GROUP)
    for column in columns:
        if column not in groups:
            near = did_you_mean(column, groups)
            raise Missing(f"column {column!r} is not a group of table {table.name!r}.{near}")
    chosen = sorted({*(columns or groups)})
    if len(chosen) < deep:
        raise Missing(
            f"an intersection of {deep} characteristics needs {deep} group columns; "
            f"table {table.name!r} has {len(chosen)} to cross"
        )
    return list(combinations(chosen, deep))


def _undefined(metric: Metric, crossing: tuple[str, ...], reason: Missing) -> Measurement:
    """What one crossing lacks; the others are measured nevertheless."""
    return Measurement(
        metric=metric.name,
        evidence=Undefined(code="missing", text=reason.shared(), mendable=True),
        where=where_of(dict.fromkeys(crossing, "every group")),
    )
