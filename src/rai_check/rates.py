"""Rates by group as measurements: shared by every check that compares groups.

Counts come from the table; groups too small to stand alone are pooled and still tested.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import permutations

from rai_check.check import Missing
from rai_check.measurement import (
    NOBODY,
    NOBODY_BESIDE,
    SMALL_GROUPS,
    CheckResult,
    Evidence,
    Exact,
    Measurement,
    Proportion,
    TwoProportions,
    Undefined,
    where_of,
)
from rai_check.project.columns import Meaning
from rai_check.project.grouping import grouping
from rai_check.project.project import RoleTable
from rai_check.reconcile import largest_gap
from rai_check.tables import And, AtLeast, IsIn, Not, Predicate


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupCount:
    """One group: `x` events among `n`, of `rows` rows of which `usable` were known enough."""

    label: str
    x: int
    n: int
    usable: int
    rows: int
    members: tuple[str, ...] = ()
    """Labels pooled in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """Every group of one column, with how many rows could be used of how many."""

    column: str
    groups: tuple[GroupCount, ...]
    promised: tuple[str, ...]
    known: int
    """Rows that were usable and of a declared group."""
    total: int
    notes: tuple[str, ...]

    def rest(self, group: GroupCount) -> GroupCount:
        """Everyone of a known group but this one."""
        others = [g for g in self.groups if g is not group]
        return _together("rest", others)

    def known_of(self, group: GroupCount) -> tuple[int, int]:
        """(known, total) of the table or of the group, whichever is known for the lesser share."""
        pairs = [(self.known, self.total), (group.usable, group.rows)]
        return min(pairs, key=lambda pair: pair[0] / pair[1] if pair[1] else 1.0)


def _together(label: str, groups: list[GroupCount], members: tuple[str, ...] = ()) -> GroupCount:
    return GroupCount(
        label=label,
        x=sum(g.x for g in groups),
        n=sum(g.n for g in groups),
        usable=sum(g.usable for g in groups),
        rows=sum(g.rows for g in groups),
        members=members,
    )


def positive(table: RoleTable, column: str) -> tuple[Predicate, Predicate]:
    """Predicates (is positive, is known) of a prediction or truth column, as declared."""
    spec, known = table.column_spec(column), table.known(column)
    if spec.at_least is not None:
        return And((AtLeast(column, spec.at_least), known)), known
    return And((IsIn(column, spec.positive), known)), known


def unclear(table: RoleTable, *columns: str) -> Undefined | None:
    """Why no rate may be worked out: what counts as positive does not fit what the data holds."""
    for column in columns:
        spec = table.column_spec(column)
        event, known = positive(table, column)
        found = table.data.counts((), {"positive": event, "known": known}).rows
        if found and found[0].sums[1] and not found[0].sums[0]:
            text = f"none of the values declared as positive occurs in column {column!r}; "
            text += "check 'positive' in the project"
            return Undefined(code="no_positive", text=text, mendable=True)
        others = table.data.counts((column,), {"other": And((known, Not(event)))}).rows
        unlisted = sum(1 for row in others if row.sums[0])
        if spec.positive and not spec.negative and unlisted > 1:
            text = f"column {column!r} has {unlisted:,} values besides the positive ones; "
            text += "say which are 'negative' and which 'not_known'"
            return Undefined(code="undeclared_values", text=text, mendable=True)
    return None


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
    tally: dict[str, list[GroupCount]] = {label: [] for label in groups.promised}
    total = known = 0
    for row in counts.rows:
        x, n, usable_rows = row.sums
        total += row.n
        label = groups.label(row.key[0])
        if label is None:
            continue
        known += usable_rows if groups.declares(row.key[0]) else 0
        one = GroupCount(label=label, x=x, n=n, usable=usable_rows, rows=row.n)
        tally.setdefault(label, []).append(one)
    found = [_together(label, parts) for label, parts in sorted(tally.items())]
    return Counted(
        column=column,
        groups=_pool(found, pool_below),
        promised=groups.promised,
        known=known,
        total=total,
        notes=groups.notes,
    )


def _pool(groups: list[GroupCount], below: int) -> tuple[GroupCount, ...]:
    """Put small groups together; one whose rows are all unusable stays alone, so that it shows."""
    alone = [g for g in groups if g.n >= below or (g.rows and not g.usable)]
    small = [g for g in groups if g not in alone]
    if not small:
        return tuple(alone)
    return (*alone, _together(SMALL_GROUPS, small, tuple(g.label for g in small)))


def compare(
    table: RoleTable,
    counted: Counted,
    *,
    metric: str,
    against: str,
    refusal: Undefined | None = None,
) -> CheckResult:
    """Compare each group's rate with the rest, a named group, or every other group.

    Every line is `refusal` where there is one, or where rows repeat a declared unit.

    Raises:
        Missing: when there are fewer than two groups, or the reference is not among them.
    """
    labels = sum(len(g.members) or 1 for g in counted.groups)
    if labels < 2:  # noqa: PLR2004 - a comparison needs two
        raise Missing(f"column {counted.column!r} has fewer than two groups to compare")
    refusal = refusal or _repeated(table)
    measured = [
        Measurement(
            metric=metric,
            evidence=refusal or _evidence(group, other, metric),
            where=where_of({counted.column: group.label}),
            against=other.label,
            members=group.members,
            known=counted.known_of(group)[0],
            total=counted.known_of(group)[1],
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
        return [(g, counted.rest(g)) for g in groups]
    if against == "all-pairs":
        return list(permutations(groups, 2))
    reference = [g for g in groups if g.label == against]
    if not reference:
        raise Missing(f"the reference group of the policy is not in column {counted.column!r}")
    return [(g, reference[0]) for g in groups if g is not reference[0]]


def _evidence(group: GroupCount, other: GroupCount, metric: str) -> Evidence:
    if not group.n:
        return Undefined(code=NOBODY, text=f"nobody to measure the {metric} on")
    if not other.n:
        return Undefined(code=NOBODY_BESIDE, text="nobody to compare with")
    return TwoProportions(x=group.x, n=group.n, x0=other.x, n0=other.n)


def _repeated(table: RoleTable) -> Undefined | None:
    """Rows that repeat a unit are not independent, and no test here may pretend that they are."""
    for unit in table.columns(Meaning.UNIT):
        distinct = sum(row.units or 0 for row in table.data.counts((), unit=unit).rows)
        if distinct < table.data.rows:
            text = f"rows repeat a {unit!r}, or leave it blank, and tests of independent rows "
            text += "would mislead; give one row for each until repeated rows are supported"
            return Undefined(code="clustered", text=text, mendable=True)
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
