"""Groups compared: counts become measurements, each with all that a test needs and no verdict."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import permutations
from typing import TYPE_CHECKING

from rai_check.check import Missing
from rai_check.errors import did_you_mean
from rai_check.fairness.cube import Cube, cube_of
from rai_check.fairness.designs import Designer
from rai_check.fairness.metrics import Metric
from rai_check.fairness.shown import information
from rai_check.fairness.tally import REST, Counted, GroupCount, count
from rai_check.measurement import (
    NOBODY,
    NOBODY_BESIDE,
    CheckResult,
    Estimate,
    Evidence,
    Measurement,
    TwoProportions,
    Undefined,
    where_of,
)
from rai_check.project.columns import Meaning
from rai_check.project.project import Project
from rai_check.project.role_table import RoleTable

if TYPE_CHECKING:
    from collections.abc import Sequence

ALL_PAIRS = "all-pairs"


def compare_rates(
    project: Project,
    table: RoleTable,
    columns: "Sequence[str]",
    metric: Metric,
    *,
    against: str,
    pool_below: int,
) -> CheckResult:
    """Count one rate by group and compare: what every check of a rate does.

    Raises:
        Missing, DataError: as `cube_of`, `count` and `compare`.
    """
    cube = cube_of(table, columns)
    counted = count(cube, columns, metric, pool_below=pool_below)
    plan = planned(project, metric)
    return compare(cube, counted, against=against, plan=plan, refusal=refusal(table, cube, metric))


def planned(project: Project, metric: Metric) -> float | None:
    """The rate that the fairness plan expected before the data was opened, if it says so."""
    plan = project.file.fairness_plan
    if plan is None:
        return None
    return plan.base_rates.get(metric.name, None if metric.needs_truth else plan.base_rate)


def refusal(table: RoleTable, cube: Cube, metric: Metric) -> Undefined | None:
    """Why a rate may not be worked out at all from this table, or None."""
    if metric.needs_truth and not metric.among_selected and table.spec.outcome_known == "selected":
        text = "the truth is known only for those the tool picked, so no "
        return Undefined(code="selected", text=f"{text}{metric.name} can be measured")
    if bad := _bad_weights(table):
        return bad
    return cube.prediction or (cube.truth if metric.needs_truth else None)


def _bad_weights(table: RoleTable) -> Undefined | None:
    for column in table.columns(Meaning.WEIGHT):
        if "weights" not in table.memo:
            table.memo["weights"] = _not_above_zero(table, column)
        if bad := table.memo["weights"]:
            text = f"{bad} rows have no weight above 0 in column {column!r}"
            return Undefined(code="weights", text=text, mendable=True)
    return None


def _not_above_zero(table: RoleTable, column: str) -> int:
    from rai_check.tables import AtLeast

    counts = table.data.counts((), {"above": AtLeast(column, 5e-324)}).rows
    return sum(row.n - row.sums[0] for row in counts)


def compare(
    cube: Cube,
    counted: Counted,
    *,
    against: str,
    plan: float | None = None,
    refusal: Undefined | None = None,
) -> CheckResult:
    """Compare each group's rate with the rest, a named group, or every other group.

    Args:
        cube: what was counted.
        counted: the groups.
        against: ``rest``, ``all-pairs`` or the label of a group.
        plan: the rate that the fairness plan expected.
        refusal: where there is one, every line is that.

    Raises:
        Missing: when there are fewer than two groups, or the reference is not among them.
    """
    maker = _Maker(designer=Designer(cube=cube, counted=counted), refusal=refusal)
    result = lines(counted, maker.evidence, against=against, plan=plan)
    shown = () if refusal else information(counted, maker.designer)
    return replace(result, measurements=(*result.measurements, *shown))


def lines(
    counted: Counted,
    evidence: Callable[[GroupCount, GroupCount], Evidence],
    *,
    against: str = REST,
    metric: str | None = None,
    plan: float | None = None,
    least: Callable[[GroupCount, GroupCount], int] | None = None,
    size: Callable[[GroupCount, GroupCount], int] | None = None,
) -> CheckResult:
    """One measurement for each comparison of two groups, and the places that were promised.

    Args:
        counted: the groups.
        evidence: what is known of a group and of what it is compared with.
        against: ``rest``, ``all-pairs`` or the label of a group.
        metric: its name; that of what was counted unless given.
        plan: the rate that the fairness plan expected.
        least: smallest count behind an estimate.
        size: fewer of the units on the two sides, where the counts are not those of `counted`.

    Raises:
        Missing: when there are fewer than two groups, or the reference is not among them.
    """
    labels = sum(len(g.members) or 1 for g in counted.groups)
    if labels < 2:  # noqa: PLR2004 - a comparison needs two
        raise Missing(f"column {counted.name!r} has fewer than two groups to compare")
    measured = tuple(
        Measurement(
            metric=metric or counted.metric.name,
            evidence=(found := evidence(group, other)),
            least=least(group, other) if least and isinstance(found, Estimate) else None,
            where=counted.where(group),
            against=other.label,
            members=group.members,
            size=size(group, other) if size else min(group.size, other.size),
            known=counted.known_of(group)[0],
            total=counted.known_of(group)[1],
            unit="rows",
            planned_rate=plan,
            notes=counted.notes,
        )
        for group, other in pairs(counted, against)
    )
    opposite = {m.against for m in measured}
    promised = tuple(
        where_of({counted.columns[0]: label}) for label in counted.promised if label not in opposite
    )
    return CheckResult(measurements=measured, expected=promised)


def pairs(counted: Counted, against: str) -> Iterator[tuple[GroupCount, GroupCount]]:
    """Each group with what it is compared with; one that is alone has nobody to be compared with.

    Raises:
        Missing: when the reference is not among the groups, or not large enough.
    """
    groups = counted.groups
    if against == REST or (against == ALL_PAIRS and len(groups) == 1):
        yield from ((g, counted.rest(g)) for g in groups)
        return
    if against == ALL_PAIRS:
        yield from permutations(groups, 2)
        return
    reference = [g for g in groups if g.label == against]
    if any(against in g.members for g in groups):
        raise Missing(
            f"the reference group of the policy has too few rows in column {counted.name!r} to "
            "compare others with; name a larger one, or compare with the rest"
        )
    if not reference:
        near = did_you_mean(against, [g.label for g in groups])
        raise Missing(f"the reference group of the policy is not in column {counted.name!r}.{near}")
    yield from ((g, reference[0]) for g in groups if g is not reference[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Maker:
    designer: Designer
    refusal: Undefined | None

    def evidence(self, group: GroupCount, other: GroupCount) -> Evidence:
        metric = self.designer.counted.metric
        if self.refusal is not None:
            return self.refusal
        if not group.n:
            text = f"nobody {metric.nobody}, so the {metric.name} cannot be measured"
            return Undefined(code=NOBODY, text=text)
        if not other.n:
            return Undefined(code=NOBODY_BESIDE, text=f"nobody {metric.nobody} to compare with")
        design = self.designer.of(group, other)
        return TwoProportions(x=group.x, n=group.n, x0=other.x, n0=other.n, design=design)
