"""Groups compared by a metric of fairlearn or scikit-learn: its value, and how far chance goes."""

from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from typing import TYPE_CHECKING

import numpy as np

from rai_check.errors import DataError
from rai_check.fairness.estimates import TOO_FEW, beside, compare_estimates, too_few
from rai_check.fairness.tally import REST, GroupCount
from rai_check.measurement import (
    NOBODY,
    NOBODY_BESIDE,
    CheckResult,
    Evidence,
    Measurement,
    Undefined,
)
from rai_check.metric_frames.formulas import Floats
from rai_check.metric_frames.named import WHO, Named, belongs
from rai_check.metric_frames.resampled import Resampled, resampled
from rai_check.metric_frames.spread import of_one, of_two
from rai_check.metric_frames.tables import Tables, with_rest
from rai_check.reconcile import TOLERANCE, by_group

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, kw_only=True, eq=False)
class Compared:
    """Works out evidence for every pair of groups.

    Attributes:
        tables: rows of each group by outcome.
        named: the metric.
        times: how many resamples.
        seed: of the project.
    """

    tables: Tables
    named: Named
    times: int
    seed: str

    def result(self, against: str) -> CheckResult:
        """Each group's value less that of what it is compared with, and each group's own.

        Raises:
            Missing: as `compare_estimates`.
            DataError: as `values`.
        """
        return compare_estimates(
            self.tables.counted,
            self._evidence,
            against=against,
            unit="rows",
            least=self._few,
            refusal=self.tables.refusal,
            shown=() if self.tables.refusal else self._own(),
            notes=(*self.tables.notes, self._provenance),
        )

    @cached_property
    def values(self) -> Floats:
        """The library's value of every group, then of everyone but each known group.

        NaN where a denominator is empty: what the library prints there is not a value.

        Raises:
            DataError: when the library's value and that of our formula part.
        """
        named, at = self.named, self.tables.at
        weights = with_rest(self.tables.weights, self.tables.known)
        held = np.all([weights[:, belongs(a, at)].sum(axis=1) > 0 for a in named.among], axis=0)
        theirs = by_group(named.function, at.truth, at.said, weights * held[:, None])
        ours = np.where(held, named.value(weights, at), np.nan)
        if not np.allclose(theirs, ours, rtol=TOLERANCE, atol=TOLERANCE, equal_nan=True):
            text = f"our {named.title} and that of {named.home} differ on the same counts"
            raise DataError(f"{text}; report this.")
        return theirs

    @property
    def _provenance(self) -> str:
        libraries = f"fairlearn {version('fairlearn')} and scikit-learn {version('scikit-learn')}"
        return f"Worked out by {libraries}; {self.times:,} resamples of {self._drawn_by}."

    @property
    def _drawn_by(self) -> str:
        return "rows" if self.tables.repeated is None else "units"

    @cached_property
    def _draws(self) -> Resampled:
        return resampled(self.tables, self.named, times=self.times, seed=self.seed)

    @cached_property
    def _sizes(self) -> Floats:
        """Rows (or units) in each denominator (first axis) of every group and every rest."""
        at = self.tables.at
        return np.array([self.tables.sizes(belongs(among, at)) for among in self.named.among])

    def _place(self, side: GroupCount, group: GroupCount) -> int:
        """Where a side of a comparison is among the groups and rests."""
        labels = [g.labels for g in self.tables.groups]
        if side.labels == (REST,):
            return len(labels) + labels.index(group.labels)
        return labels.index(side.labels)

    def _evidence(self, group: GroupCount, other: GroupCount) -> Evidence:
        one, two = self._place(group, group), self._place(other, group)
        for code, place in ((NOBODY, one), (NOBODY_BESIDE, two)):
            if refusal := self._nobody(code, place):
                return refusal
        sizes = (self._least(one), self._least(two))
        if min(sizes) < self.named.least:
            return too_few(self._what, self.named.least)
        drawn = np.column_stack([self._drawn(one), self._drawn(two)])
        value = float(self.values[one] - self.values[two])
        return of_two(value, drawn, sizes, related=self.tables.repeated is not None)

    @cached_property
    def _fewest(self) -> Floats:
        """The smallest count behind the value of every group and every rest."""
        return self.tables.fewest()

    def _few(self, group: GroupCount, other: GroupCount) -> int:
        """The smallest count behind a comparison."""
        places = self._place(group, group), self._place(other, group)
        return int(min(self._fewest[place] for place in places))

    def _own(self) -> "Iterator[Measurement]":
        """Each group's own value, also that of those whose group is not known."""
        name = f"{self.named.title} of each group"
        for place, group in enumerate(self.tables.groups):
            found = self._nobody(NOBODY, place) or self._alone(place)
            least = int(self._fewest[place])
            yield beside(self.tables.counted, group, name, found, least=least)

    def _alone(self, place: int) -> Evidence:
        size = self._least(place)
        if size < self.named.least:
            return Undefined(code=TOO_FEW, text=f"fewer than {self.named.least} {self._what}")
        return of_one(float(self.values[place]), self._drawn(place), size)

    @property
    def _what(self) -> str:
        kinds = " or ".join(WHO[among] for among in self.named.among)
        return f"{self._drawn_by} {kinds}"

    def _nobody(self, code: str, place: int) -> Undefined | None:
        empty = [a for a, n in zip(self.named.among, self._sizes[:, place], strict=True) if not n]
        if not empty:
            return None
        who = WHO[empty[0]]
        if code == NOBODY_BESIDE:
            return Undefined(code=code, text=f"nobody {who} to compare with")
        return Undefined(code=code, text=f"nobody {who}, so there is no {self.named.title}")

    def _least(self, place: int) -> float:
        """The smallest of the denominators."""
        return float(self._sizes[:, place].min())

    def _drawn(self, place: int) -> Floats:
        own = self._draws.own
        return own[:, place] if place < own.shape[1] else self._draws.rest[:, place - own.shape[1]]
