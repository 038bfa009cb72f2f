"""Rates by group as measurements: shared by every check that compares groups.

Counts come from the table; groups too small to stand alone are pooled and still tested.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from rai_check.check import Missing
from rai_check.measurement import (
    CheckResult,
    Evidence,
    Exact,
    Measurement,
    Proportion,
    TwoProportions,
    Undefined,
    where_of,
)
from rai_check.project.grouping import SMALL, grouping
from rai_check.project.project import RoleTable
from rai_check.reconcile import largest_gap
from rai_check.tables import And, AtLeast, IsIn, Known, Not, Predicate


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupCount:
    """`x` events among `n` for one group, and the labels pooled in it."""

    label: str
    x: int
    n: int
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """Every group of one column, with how many rows could be used of how many."""

    column: str
    groups: tuple[GroupCount, ...]
    promised: tuple[str, ...]
    known: int
    total: int
    notes: tuple[str, ...]

    @property
    def x(self) -> int:
        """Events in all groups."""
        return sum(g.x for g in self.groups)

    @property
    def n(self) -> int:
        """Denominator over all groups."""
        return sum(g.n for g in self.groups)


def positive(table: RoleTable, column: str) -> tuple[Predicate, Predicate]:
    """Predicates (is positive, is known) of a prediction or truth column, as declared."""
    spec = table.column_spec(column)
    if spec.at_least is not None:
        return AtLeast(column, spec.at_least), AtLeast(column, float("-inf"))
    known: Predicate = Known(column)
    if spec.not_known:
        known = And((known, Not(IsIn(column, spec.not_known))))
    return And((IsIn(column, spec.positive), known)), known


def count(
    table: RoleTable,
    column: str,
    *,
    event: Predicate,
    base: Predicate,
    usable: Predicate,
    pool_below: int,
) -> Counted:
    """Count events among the base in each group of a column; pool groups below `pool_below`.

    `usable` holds where everything the metric needs is known; the share of all rows that are
    usable and of a known group is what a floor on the known share is held against.

    Raises:
        Missing, DataError, UsageError: as `grouping`.
    """
    groups = grouping(table, column)
    counts = table.data.counts((column,), {"x": And((event, base)), "n": base, "usable": usable})
    tally = {label: [0, 0] for label in groups.promised}
    total = known = 0
    for row in counts.rows:
        x, n, usable_rows = row.sums
        total += row.n
        label = groups.label(row.key[0])
        if label is None:
            continue
        known += usable_rows
        cell = tally.setdefault(label, [0, 0])
        cell[0] += x
        cell[1] += n
    found = [GroupCount(label=k, x=x, n=n) for k, (x, n) in sorted(tally.items())]
    return Counted(
        column=column,
        groups=_pool(found, pool_below),
        promised=groups.promised,
        known=known,
        total=total,
        notes=groups.notes,
    )


def _pool(groups: list[GroupCount], below: int) -> tuple[GroupCount, ...]:
    large = [g for g in groups if g.n >= below]
    small = [g for g in groups if g.n < below]
    if not small:
        return tuple(large)
    pooled = GroupCount(
        label=SMALL,
        x=sum(g.x for g in small),
        n=sum(g.n for g in small),
        members=tuple(g.label for g in small),
    )
    return (*large, pooled)


def compare(table: RoleTable, counted: Counted, *, metric: str, against: str) -> CheckResult:
    """Compare each group's rate with the rest, a named group, or every other group.

    Raises:
        Missing: when there are fewer than two groups, or the reference is not among them.
    """
    labels = sum(len(g.members) or 1 for g in counted.groups)
    if labels < 2:  # noqa: PLR2004 - a comparison needs two
        raise Missing(f"column {counted.column!r} has fewer than two groups to compare")
    refusal = _refusal(table, counted)
    measured = [
        Measurement(
            metric=metric,
            evidence=refusal or _evidence(group, other, metric),
            where=where_of({counted.column: group.label}),
            against=other.label,
            members=group.members,
            known=counted.known,
            total=counted.total,
            unit="rows",
            notes=counted.notes,
        )
        for group, other in _pairs(counted, against)
    ]
    opposite = {m.against for m in measured}
    promised = tuple(
        where_of({counted.column: label}) for label in counted.promised if label not in opposite
    )
    information = () if refusal else _information(counted, metric)
    return CheckResult(measurements=(*measured, *information), expected=promised)


def _pairs(counted: Counted, against: str) -> Iterable[tuple[GroupCount, GroupCount]]:
    groups = counted.groups
    if against == "rest":
        return [(g, GroupCount(label="rest", x=counted.x - g.x, n=counted.n - g.n)) for g in groups]
    if against == "all-pairs":
        return [(a, b) for i, a in enumerate(groups) for b in groups[i + 1 :]]
    reference = [g for g in groups if g.label == against]
    if not reference:
        raise Missing(f"the reference group of the policy is not in column {counted.column!r}")
    return [(g, reference[0]) for g in groups if g is not reference[0]]


def _evidence(group: GroupCount, other: GroupCount, metric: str) -> Evidence:
    for side in (group, other):
        if not side.n:
            return Undefined(code="undefined", text=f"nobody to measure the {metric} on")
    return TwoProportions(x=group.x, n=group.n, x0=other.x, n0=other.n)


def _refusal(table: RoleTable, counted: Counted) -> Undefined | None:
    """Reasons for which no test of independent rows may be run at all."""
    from rai_check.project.file import Meaning

    for unit in table.columns(Meaning.UNIT):
        repeats = table.data.counts((), {"rows": Known(unit)}, unit=unit).rows
        if repeats and repeats[0].sums[0] > (repeats[0].units or 0):
            return Undefined(
                code="clustered",
                text=f"rows repeat a {unit!r}, and tests of independent rows would mislead; "
                "give one row for each until repeated rows are supported",
            )
    if counted.x == 0 and counted.n:
        return Undefined(
            code="no_positive",
            text="none of the values declared as positive occurs; check 'positive' in the project",
        )
    return None


def _information(counted: Counted, metric: str) -> tuple[Measurement, ...]:
    """Each group's own rate, the worst pair, and the largest gap from fairlearn's values."""
    shown = [g for g in counted.groups if g.n]
    if not shown:
        return ()
    rates = [
        Measurement(
            metric=f"{metric} of each group",
            evidence=Proportion(x=g.x, n=g.n),
            where=where_of({counted.column: g.label}),
            members=g.members,
            information=True,
        )
        for g in shown
    ]
    low = min(shown, key=lambda g: (g.x / g.n, g.label))
    high = max(shown, key=lambda g: (g.x / g.n, g.label))
    worst = Measurement(
        metric=f"{metric}, lowest against highest",
        evidence=TwoProportions(x=low.x, n=low.n, x0=high.x, n0=high.n),
        where=where_of({counted.column: low.label}),
        against=high.label,
        members=low.members,
        information=True,
    )
    gap, version = largest_gap([(g.x, g.n) for g in shown])
    agreed = Measurement(
        metric="largest difference from fairlearn's rates",
        evidence=Exact(value=gap),
        about_people=False,
        unit="rates",
        information=True,
        notes=(f"fairlearn {version} gives the same {metric} for each group on these counts.",),
    )
    return (*rates, worst, agreed)
