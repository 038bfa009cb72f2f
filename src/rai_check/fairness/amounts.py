"""Means of a number column compared between groups: hours, pounds, days waited."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from rai_check.fairness.clustered import UnitSums, covariance_of
from rai_check.fairness.edges import value_edges
from rai_check.fairness.entries import Summed
from rai_check.fairness.estimates import (
    LEAST,
    beside,
    compare_estimates,
    constant,
    each,
    estimate,
    extremes,
    no_numbers,
    not_above_zero,
    of_number,
    too_few,
    weighted,
)
from rai_check.fairness.fewest import ALL, fewest
from rai_check.fairness.numbers import Numbers, numbers_of
from rai_check.fairness.tally import Counted, GroupCount, count
from rai_check.fairness.two_means import Effect, Mean, gap, mean_of_rows, mean_of_units
from rai_check.measurement import CheckResult, Estimate, Evidence, Measurement, Undefined
from rai_check.project.role_table import RoleTable
from rai_check.stats.means import moments
from rai_check.tables import SCALE

_DUST = 1e-9
"""A standard error that is less, beside the means, is what rounding leaves of none."""


def compare_means(
    table: RoleTable,
    by: str,
    column: str,
    name: str,
    *,
    effect: Effect,
    against: str,
    pool_below: int,
    unit: str,
    refusal: Undefined | None = None,
) -> CheckResult:
    """Compare the mean of a number in each group with that of the rest.

    Args:
        table: the table.
        by: the group column.
        column: the number.
        name: what its mean is called, such as ``mean amount``.
        effect: the difference of two means, or their ratio.
        against: ``rest``, ``all-pairs`` or the label of a group.
        pool_below: groups with fewer rows are put together.
        unit: what the number is in.
        refusal: why no mean of it may be taken.

    Raises:
        Missing, DataError: as `numbers_of`, `count` and `compare_estimates`.
    """
    numbers = numbers_of(table, by, column, edges=value_edges(table, column))
    metric = of_number(name, f"with a number in column {column!r}")
    counted = count(numbers.cube, (by,), metric, pool_below=pool_below)
    means = Means(numbers=numbers, counted=counted, effect=effect, unit=unit)
    return compare_estimates(
        counted,
        means.evidence,
        against=against,
        unit=unit,
        least=means.least,
        refusal=refusal or no_numbers(numbers) or weighted(table, name),
        shown=means.shown(),
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Means:
    """Compares means; by unit where rows repeat one."""

    numbers: Numbers
    counted: Counted
    effect: Effect
    unit: str

    def evidence(self, group: GroupCount, other: GroupCount) -> Evidence:
        """The gap or ratio of two means, or why there is none."""
        units = self._units(group), self._units(group, other)
        own = _mean(self.numbers.of(group), units[0])
        rest = _mean(self.numbers.against(group, other), units[1])
        if own is None or rest is None or min(own.size, rest.size) < LEAST:
            return too_few("units" if self.numbers.repeated else "rows", LEAST)
        if self.effect == "ratio" and min(own.value, rest.value) <= 0:
            return not_above_zero("means")
        shared = covariance_of(units[0], units[1]) if units[0] and units[1] else None
        found = gap(own, rest, effect=self.effect, covariance=shared)
        if found.se <= _DUST * (abs(own.value) + abs(rest.value)):
            return constant("every row holds the same number")
        return estimate(found)

    def _units(self, group: GroupCount, other: GroupCount | None = None) -> UnitSums | None:
        """Sums by unit, of a group or of what it is compared with; None where rows stand alone."""
        if not self.numbers.repeated:
            return None
        entries = self.numbers.entries_of(group, other)
        return self.numbers.by_unit(entries, entries.total)

    def least(self, group: GroupCount, other: GroupCount) -> int:
        """Smallest count behind the gap of two means."""
        return min(fewest(self.numbers, ALL, group, side) for side in (None, other))

    def shown(self) -> Iterator[Measurement]:
        """Each group's own mean, and the lowest against the highest."""
        name, means = self.counted.metric.name, {}
        for group in each(self.counted):
            if found := _mean(self.numbers.of(group), self._units(group)):
                evidence = Estimate(
                    value=found.value, se=math.sqrt(found.variance), df=found.size - 1.0
                )
                of_each, least = f"{name} of each group", fewest(self.numbers, ALL, group)
                yield beside(self.counted, group, of_each, evidence, self.unit, least)
                means[group] = found.value
        yield from extremes(self.counted, means, self.evidence, self.unit, self.least)


def _mean(side: Summed, units: UnitSums | None) -> Mean | None:
    """The mean of one side; None of fewer than two rows or units."""
    n, total, squares = side.sums()
    if (n if units is None else units.units) < 2:  # noqa: PLR2004 - a variance needs two
        return None
    return mean_of_units(units) if units else mean_of_rows(moments(n, total, squares, scale=SCALE))
