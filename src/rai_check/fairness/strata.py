"""A rate compared within strata, such as kinds of case: like with like."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from rai_check.fairness.compare import compare, lines
from rai_check.fairness.cube import Cube
from rai_check.fairness.standardised import standardised
from rai_check.fairness.strata_beside import Tables, beside, notes
from rai_check.fairness.tally import REST, Counted, GroupCount, group_places
from rai_check.measurement import (
    NOBODY,
    NOBODY_BESIDE,
    UNDECLARED,
    CheckResult,
    Evidence,
    Measurement,
    Strata,
    TwoProportions,
    Undefined,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

WITHIN = " within strata"
"""How the name of a metric ends that is compared within strata."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Within:
    """Compares groups within the strata of one cube.

    Attributes:
        cube: keyed by the group column and those of the strata.
        counted: the groups.
        columns: of the strata; several are crossed.
        refusal: why no rate may be worked out, if so.
        plan: the rate that the fairness plan expected.
    """

    cube: Cube
    counted: Counted
    columns: tuple[str, ...]
    refusal: Undefined | None = None
    plan: float | None = None

    def compared(self) -> CheckResult:
        """Each group with everyone else within strata; without strata, and what differs, beside.

        Raises:
            Missing: as `lines`.
        """
        name = f"{self.counted.metric.name}{WITHIN}"
        result = lines(self._comparable(), self._evidence, metric=name, plan=self.plan)
        if self.refusal is not None:
            return result
        crude = compare(self.cube, self.counted, against=REST, plan=self.plan).measurements
        pairs = list(zip(result.measurements, self.counted.groups, strict=True))
        judged = [replace(m, notes=(*m.notes, *notes(self._tables[g.labels]))) for m, g in pairs]
        found = [
            one
            for m, g in pairs
            if isinstance(m.evidence, Strata)
            for one in beside(self.counted, g, self._tables[g.labels], self._names)
        ]
        return replace(result, measurements=(*judged, *map(_put_together, crude), *found))

    def _evidence(self, group: GroupCount, other: GroupCount) -> Evidence:
        metric = self.counted.metric
        if self.refusal is not None:
            return self.refusal
        if not group.n:
            text = f"nobody {metric.nobody}, so the {metric.name} cannot be measured"
            return Undefined(code=NOBODY, text=text)
        if not other.n:
            return Undefined(code=NOBODY_BESIDE, text=f"nobody {metric.nobody} to compare with")
        tables = self._tables[group.labels]
        if not tables.used.size:
            text = "in no stratum is there anybody to compare the group with"
            return Undefined(code=NOBODY_BESIDE, text=text)
        if self.cube.unit is None and self.cube.weights is None:
            return Strata(tables=tuple(tables.at(int(stratum)) for stratum in tables.used))
        return self._designed(group, tables)

    def _designed(self, group: GroupCount, tables: Tables) -> TwoProportions:
        """Rates standardised to one mix of strata, where rows repeat units or carry weights."""
        others = [c for g in self.counted.groups if g.labels != group.labels for c in g.cells]
        design = standardised(self.cube, self.counted.metric, self._at, group.cells, others)
        return replace(tables.sums, design=design)

    @cached_property
    def _places(self) -> "tuple[list[tuple[str, ...]], NDArray[np.int64]]":
        return group_places(self.cube, self.columns)

    @property
    def _at(self) -> "NDArray[np.int64]":
        """The stratum of each cell, -1 where it is not known."""
        return self._places[1]

    @property
    def _names(self) -> list[Mapping[str, str]]:
        """Each stratum's label in each column."""
        return [dict(zip(self.columns, labels, strict=True)) for labels in self._places[0]]

    @cached_property
    def _tables(self) -> Mapping[tuple[str, ...], Tables]:
        metric, groups = self.counted.metric, self.counted.groups
        x = np.stack([self._by_stratum(g, metric.x_mask()) for g in groups])
        n = np.stack([self._by_stratum(g, metric.n_mask()) for g in groups])
        x0, n0 = x.sum(axis=0) - x, n.sum(axis=0) - n
        return {g.labels: Tables(x=x[i], n=n[i], x0=x0[i], n0=n0[i]) for i, g in enumerate(groups)}

    def _by_stratum(self, group: GroupCount, mask: "NDArray[np.int64]") -> "NDArray[np.int64]":
        """Rows of a group in some states, by stratum."""
        cells = np.asarray(group.cells, dtype=np.int64)
        cells = cells[self._at[cells] >= 0]
        rows = self.cube.counts[cells].reshape(-1, 9) @ mask.ravel()
        size = len(self._places[0])
        return np.bincount(self._at[cells], rows, size).astype(np.int64)

    def _comparable(self) -> Counted:
        """The groups, with rows usable only where a stratum has somebody to compare them with."""
        mask = self.counted.metric.usable_mask()
        groups = tuple(
            replace(g, usable=int(self._by_stratum(g, mask)[self._tables[g.labels].used].sum()))
            for g in self.counted.groups
        )
        lost = sum(
            before.usable - now.usable
            for before, now in zip(self.counted.groups, groups, strict=True)
            if not before.label.startswith(UNDECLARED)
        )
        return replace(self.counted, groups=groups, known=max(0, self.counted.known - lost))


def _put_together(m: Measurement) -> Measurement:
    """What is seen without looking at the strata: shown beside, not judged."""
    if m.information:
        return m
    return replace(m, metric=f"{m.metric}, strata put together", information=True)
