"""Whether there are enough people in each group to tell anything."""

from typing import Annotated

from pydantic import Field

from rai_check.check import Missing, check
from rai_check.measurement import CheckResult, Evidence, Exact, Measurement, Undefined, where_of
from rai_check.project import Meaning, Project, Role
from rai_check.project.grouping import grouping
from rai_check.stats.power import rows_needed, smallest_detectable


@check("group-size", title="Enough people to tell", needs=("decisions",))
def group_size(
    project: Project,
    *,
    by: str,
    bound: Annotated[float, Field(gt=0, lt=1)] = 0.8,
) -> CheckResult:
    """Count the people in each group, and say what so many could show.

    What it measures
    How many rows (or, where the project declares a `unit`, how many people or cases) each
    group has, and how many positive and how many other outcomes that would bring at the base
    rate that the fairness plan expected before the data was opened; the smaller of the two
    is "expected events". Beside them: the rows a group needs before equal treatment could be
    shown to be inside the ratio `bound`, and the smallest departure from equality that a test
    on so many rows would have found four times in five.

    Why it matters
    In a group of 20 people, one decision moves a rate by five points. A result that chance
    could have produced is no evidence either way.

    How to read it
    A shortfall never fails a system: it says that the data cannot tell, and what would.

    What it cannot tell you
    Whether the people in the table resemble those the system will meet.

    References
    Farrington and Manning (1990), Statistics in Medicine 9(12), for the sample sizes.
    """
    plan = project.file.fairness_plan
    if plan is None:
        raise Missing("the project has no 'fairness_plan', which gives the expected base rate")
    table = project.table(Role.DECISIONS)
    groups = grouping(table, by)
    units = table.columns(Meaning.UNIT)
    counts = table.data.counts((by,), unit=units[0] if units else None)
    sizes = dict.fromkeys(groups.promised, 0)
    for row in counts.rows:
        label = groups.label(row.key[0])
        if label is not None:
            sizes[label] = sizes.get(label, 0) + (row.n if row.units is None else row.units)
    if not sizes:
        raise Missing(f"column {by!r} has no known group")
    total, known = table.data.rows, sum(r.n for r in counts.rows if groups.label(r.key[0]))
    unit = "rows" if not units else f"distinct values of {units[0]!r}"
    everyone = sum(sizes.values())
    measured = [
        Measurement(
            metric=metric,
            evidence=value,
            where=where_of({by: label}),
            known=known,
            total=total,
            unit="ratio" if "ratio" in metric else unit,
            information=information,
            notes=groups.notes,
        )
        for label, n in sorted(sizes.items())
        for metric, value, information in _of_group(n, everyone, plan.base_rate, bound)
    ]
    promised = tuple(where_of({by: label}) for label in groups.promised)
    return CheckResult(measurements=tuple(measured), expected=promised)


def _of_group(
    n: int, everyone: int, base_rate: float, bound: float
) -> list[tuple[str, Evidence, bool]]:
    rest = everyone - n
    needed = rows_needed(base_rate, bound, effect="ratio")
    seen = smallest_detectable(n, rest, base_rate, effect="ratio") if n and rest else None
    below, above = (seen.below, seen.above) if seen else (None, None)
    return [
        ("group size", Exact(value=n), False),
        ("expected events", Exact(value=round(n * min(base_rate, 1 - base_rate), 1)), False),
        ("rows needed to show similar rates", _number(needed), True),
        ("largest ratio below 1 that would have been seen", _number(below), True),
        ("smallest ratio above 1 that would have been seen", _number(above), True),
    ]


def _number(value: float | None) -> Evidence:
    if value is None:
        return Undefined(code="too_few", text="no size of difference would have been seen")
    return Exact(value=round(value, 3))
