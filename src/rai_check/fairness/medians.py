"""Medians of a number column compared between groups: the person in the middle."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

from rai_check.fairness.edges import value_edges
from rai_check.fairness.entries import Summed
from rai_check.fairness.estimates import (
    beside,
    clustered,
    compare_estimates,
    each,
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
from rai_check.fairness.two_means import Effect
from rai_check.measurement import CheckResult, Estimate, Evidence, Measurement, Undefined
from rai_check.project.role_table import RoleTable
from rai_check.stats.quantiles import quantile, quantile_gap, quantile_interval

if TYPE_CHECKING:
    from numpy.typing import NDArray

LEAST = 10
"""Rows on each side of a comparison of medians: fewer have no interval at the levels used."""
_LEVEL = 0.95


def compare_medians(
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
    """Compare the median of a number in each group with that of the rest.

    Args:
        table: the table.
        by: the group column.
        column: the number.
        name: what its median is called, such as ``median wait``.
        effect: the difference of two medians, or their ratio.
        against: ``rest``, ``all-pairs`` or the label of a group.
        pool_below: groups with fewer rows are put together.
        unit: what the number is in.
        refusal: why no median of it may be taken.

    Raises:
        Missing, DataError: as `numbers_of`, `count` and `compare_estimates`.
    """
    numbers = numbers_of(table, by, column, edges=value_edges(table, column))
    metric = of_number(name, f"with a number in column {column!r}")
    counted = count(numbers.cube, (by,), metric, pool_below=pool_below)
    medians = Medians(
        numbers=numbers, counted=counted, effect=effect, unit=unit, values=numbers.values()
    )
    repeated = clustered(name) if numbers.repeated else None
    return compare_estimates(
        counted,
        medians.evidence,
        against=against,
        unit=unit,
        least=medians.least,
        refusal=refusal or no_numbers(numbers) or weighted(table, name) or repeated,
        shown=medians.shown(),
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Medians:
    """Compares medians of rows that each stand alone, from histograms."""

    numbers: Numbers
    counted: Counted
    effect: Effect
    unit: str
    values: "NDArray[np.float64]"
    """What each bin stands for."""

    def evidence(self, group: GroupCount, other: GroupCount) -> Evidence:
        """The gap or ratio of two medians, or why there is none."""
        own = self._histogram(self.numbers.of(group))
        rest = self._histogram(self.numbers.against(group, other))
        if min(own[1].sum(), rest[1].sum()) < LEAST:
            return too_few("rows", LEAST)
        if self.effect == "difference":
            found = quantile_gap(*own, *rest)
            return _estimate(found.value, found.se)
        if min(quantile(*own), quantile(*rest)) <= 0:
            return not_above_zero("medians")
        found = quantile_gap(*_logs(*own), *_logs(*rest))
        return _estimate(found.value, found.se, ratio=True)

    def least(self, group: GroupCount, other: GroupCount) -> int:
        """Smallest count behind the gap of two medians."""
        return min(fewest(self.numbers, ALL, group, side) for side in (None, other))

    def shown(self) -> Iterator[Measurement]:
        """Each group's own median, and the lowest against the highest."""
        name, medians = self.counted.metric.name, {}
        for group in each(self.counted):
            own = self._histogram(self.numbers.of(group))
            medians[group] = quantile(*own)
            interval = quantile_interval(*own, level=_LEVEL)
            reach = max(medians[group] - interval.low, interval.high - medians[group])
            if math.isfinite(reach):
                evidence = _estimate(medians[group], reach / _quantile())
                of_each, least = f"{name} of each group", fewest(self.numbers, ALL, group)
                yield beside(self.counted, group, of_each, evidence, self.unit, least)
        yield from extremes(self.counted, medians, self.evidence, self.unit, self.least)

    def _histogram(self, side: Summed) -> "tuple[NDArray[np.float64], NDArray[np.int64]]":
        n = side.histogram()
        values, place = np.unique(self.values[n > 0], return_inverse=True)
        return values, np.bincount(place.ravel(), weights=n[n > 0]).astype(np.int64)


def _quantile() -> float:
    return NormalDist().inv_cdf(0.5 + _LEVEL / 2)


def _logs(
    values: "NDArray[np.float64]", n: "NDArray[np.int64]"
) -> "tuple[NDArray[np.float64], NDArray[np.int64]]":
    """A histogram of logarithms; 0 stands below every other value, by a factor of two.

    Only ranks matter to a median above 0, so what stands for 0 shows in an interval alone.
    """
    above = values > 0
    least = math.log(values[above][0]) - math.log(2)
    logs = np.r_[least, np.log(values[above])]
    counts = np.r_[n[~above].sum(), n[above]]
    return logs[counts > 0], counts[counts > 0]


def _estimate(value: float, se: float | None, *, ratio: bool = False) -> Evidence:
    if se is None:
        return too_few("rows", LEAST)
    return Estimate(value=value, se=se, link="log" if ratio else "identity")
