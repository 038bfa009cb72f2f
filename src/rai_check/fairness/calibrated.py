"""Whether scores mean the same in every group: observed minus expected, compared."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from rai_check.fairness.clustered import UnitSums, gap_of, mean_of
from rai_check.fairness.compare import refusal
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
    too_few,
    weighted,
)
from rai_check.fairness.fewest import BY_TRUTH, fewest
from rai_check.fairness.numbers import Numbers
from rai_check.fairness.outcomes import NO, YES
from rai_check.fairness.scores import of_score, out_of_range, unit_scores
from rai_check.fairness.tally import Counted, GroupCount, count
from rai_check.measurement import CheckResult, Estimate, Evidence, Exact, Measurement
from rai_check.project.role_table import RoleTable
from rai_check.stats.calibration import (
    ScoreSums,
    calibration_error,
    in_the_large,
    in_the_large_gap,
)
from rai_check.stats.contrast import Contrast
from rai_check.stats.means import mean_gap
from rai_check.tables import SCALE

if TYPE_CHECKING:
    from numpy.typing import NDArray

NAME = "observed minus expected rate"
BINS = 10
"""Bins for the calibration error, equal in rows over everyone."""


def compare_calibration(table: RoleTable, by: str, *, against: str, pool_below: int) -> CheckResult:
    """Compare observed minus expected rate of each group with that of the rest.

    Raises:
        Missing, DataError: as `unit_scores`, `count` and `compare_estimates`.
    """
    scores = unit_scores(table, by)
    metric = of_score(NAME, "whose score and truth are both known")
    counted = count(scores.cube, (by,), metric, pool_below=pool_below)
    calibration = Calibration(scores=scores, counted=counted)
    refused = refusal(table, scores.cube, metric) or no_numbers(scores) or out_of_range(scores)
    return compare_estimates(
        counted,
        calibration.evidence,
        against=against,
        unit="rate",
        least=calibration.least,
        refusal=refused or weighted(table, NAME),
        shown=calibration.shown(),
    )


@dataclass(frozen=True, kw_only=True, eq=False)
class Calibration:
    """Compares observed with expected; rows that repeat a unit have variances by unit."""

    scores: Numbers
    counted: Counted

    def evidence(self, group: GroupCount, other: GroupCount) -> Evidence:
        """The gap between two sides, or why there is none."""
        own, rest = self.scores.of(group), self.scores.against(group, other)
        units = self._units(group), self._units(group, other)
        rows = (side.sums(NO, YES)[0] for side in (own, rest))
        if min(*rows, *(u.units for u in units if u)) < LEAST:
            return too_few("units" if self.scores.repeated else "rows", LEAST)
        sums = _sums(own), _sums(rest)
        if not all(in_the_large(side).se for side in sums):
            return constant("every score of a side is exactly the outcome")
        found = in_the_large_gap(*sums)
        if units[0] and units[1]:
            alone = mean_gap(*(side.differences for side in sums))
            found = _wider(found, gap_of(units[0], units[1]), alone.se)
        return estimate(found)

    def shown(self) -> Iterator[Measurement]:
        """Of each group alone: observed minus expected, their ratio, and the calibration error."""
        gaps = {}
        for group in each(self.counted):
            units = self._units(group)
            if min(group.n, units.units if units else group.n) < 2:  # noqa: PLR2004 - a variance
                continue
            side = self.scores.of(group)
            sums = _sums(side)
            found = in_the_large(sums)
            if units:
                alone = math.sqrt(sums.differences.variance / sums.n)
                found = _wider(found, mean_of(units), alone)
            gaps[group] = found.value
            least, name = self._fewest(group), f"{NAME} of each group"
            yield beside(self.counted, group, name, estimate(found), "rate", least)
            yield from self._ratio(group, sums, least)
            yield from self._error(group, side, least)
        yield from extremes(self.counted, gaps, self.evidence, "rate", self.least)

    def least(self, group: GroupCount, other: GroupCount) -> int:
        """Smallest count behind the gap of two sides."""
        return min(self._fewest(group), self._fewest(group, other))

    def _fewest(self, group: GroupCount, other: GroupCount | None = None) -> int:
        """Of those with the outcome, those without, and each of few scores."""
        return fewest(self.scores, BY_TRUTH, group, other, valued=((NO, YES),))

    def _ratio(self, group: GroupCount, sums: ScoreSums, least: int) -> Iterator[Measurement]:
        """Observed over expected, given the scores, where every row stands alone."""
        if 0 < sums.events < sums.n and sums.scores and not self.scores.repeated:
            evidence = Estimate(
                value=math.log(sums.events * SCALE / sums.scores),
                se=math.sqrt((1 - sums.events / sums.n) / sums.events),
                link="log",
            )
            name = "observed over expected of each group"
            yield beside(self.counted, group, name, evidence, "ratio", least)

    def _error(self, group: GroupCount, side: Summed, least: int) -> Iterator[Measurement]:
        """The de-biased calibration error; the naive one grows as groups shrink."""
        n, events, total = (
            np.bincount(self._coarse, weights=one, minlength=BINS)
            for one in (side.histogram(NO, YES), side.n[YES], side.binned[[NO, YES]].sum(axis=0))
        )
        found = calibration_error(n.astype(np.int64), events.astype(np.int64), total, scale=SCALE)
        if found.root is not None:
            value = Exact(value=round(found.root, 3))
            name = "calibration error of each group"
            yield beside(self.counted, group, name, value, "rate", least)

    @cached_property
    def _coarse(self) -> "NDArray[np.int64]":
        """Which of the few bins each bin of the histogram is put into."""
        n = self.scores.all_rows.histogram(NO, YES)
        return (np.cumsum(n) - n) * BINS // max(1, int(n.sum()))

    def _units(self, group: GroupCount, other: GroupCount | None = None) -> UnitSums | None:
        """Observed less expected by unit, of a group or of what it is compared with."""
        if not self.scores.repeated:
            return None
        entries = self.scores.entries_of(group, other).with_truth()
        observed = np.where(entries.truth == YES, entries.n * SCALE, 0)
        return self.scores.by_unit(entries, observed - entries.total)


def _sums(side: Summed) -> ScoreSums:
    n, scores, squares = side.sums(NO, YES)
    events, products, _ = side.sums(YES)
    return ScoreSums(
        n=n, events=events, scores=scores, squares=squares, products=products, scale=SCALE
    )


def _wider(found: Contrast, by_unit: Contrast, alone: float) -> Contrast:
    """An error times what repeated units add to the plain one, never less than it was."""
    times = max(1.0, by_unit.se / alone) if alone else 1.0
    return replace(found, se=found.se * times, df=by_unit.df)
