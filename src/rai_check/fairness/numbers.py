"""A number in each group: rows and exact sums by group, by the truth and by bins of the number.

One pass over the data for each group column, kept. Means come from the sums; ranks,
quantiles and calibration from the bins.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import numpy as np

from rai_check.fairness.clustered import UnitSums
from rai_check.fairness.cube import Cube, assemble, axis_of, repeated, require_groups
from rai_check.fairness.edges import declared_numbers
from rai_check.fairness.entries import STATES, Entries, Summed, summed
from rai_check.fairness.outcomes import UNKNOWN, YES, Axis, key_of
from rai_check.fairness.tally import REST, GroupCount
from rai_check.measurement import NOT_KNOWN
from rai_check.project.columns import Meaning
from rai_check.project.role_table import RoleTable
from rai_check.tables import SCALE, Cells, Cut

if TYPE_CHECKING:
    from numpy.typing import NDArray

AT_ZERO = (0.0,)
"""The least that a number can be cut at: below 0, and from 0 upwards."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Numbers:
    """One number column of a table by the groups of another.

    Attributes:
        column: its name.
        cube: rows by group, by whether the number is known (yes or unknown) and by the truth.
        lower: float64, the lower edge of each bin, rising; the first is minus infinity.
        groups: sums for each label of the cube, and last for rows whose group is not known.
        entries: the same by unit as well.
    """

    column: str
    cube: Cube
    lower: "NDArray[np.float64]"
    groups: tuple[Summed, ...]
    entries: Entries

    @property
    def repeated(self) -> bool:
        """Whether rows repeat a unit."""
        return self.cube.unit is not None

    @property
    def everyone(self) -> Summed:
        """All rows of a known group."""
        return self._together(range(len(self.groups) - 1))

    @property
    def all_rows(self) -> Summed:
        """All rows, those whose group is not known too."""
        return self._together(range(len(self.groups)))

    def values(self) -> "NDArray[np.float64]":
        """What each bin stands for: the mean of the number in it, NaN where it is empty."""
        n, total = self.all_rows.n.sum(axis=0), self.all_rows.binned.sum(axis=0)
        values = np.full(len(self.lower), np.nan)
        values[n > 0] = total[n > 0] / n[n > 0] / SCALE
        return values

    def of(self, group: GroupCount) -> Summed:
        """Sums of a group as counted."""
        return self._together(self._places(group))

    def against(self, group: GroupCount, other: GroupCount) -> Summed:
        """Sums of what a group is compared with: another, or the rest of a known group."""
        if other.labels != (REST,):
            return self.of(other)
        return self.everyone.plus(self.of(group), -1)

    def entries_of(self, group: GroupCount, other: GroupCount | None = None) -> Entries:
        """Entries of a group, or of the `other` that it is compared with."""
        if other is None or other.labels != (REST,):
            return self.entries.where(np.isin(self.entries.group, self._places(other or group)))
        out = np.isin(self.entries.group, self._places(group))
        return self.entries.where((self.entries.group >= 0) & ~out)

    def by_unit(self, entries: Entries, values: "NDArray[np.float64]") -> UnitSums:
        """Sum a value of each entry, in millionths, and its rows, by unit."""
        size = int(self.entries.unit.max(initial=-1)) + 1
        return UnitSums(
            total=np.bincount(entries.unit, weights=values, minlength=size) / SCALE,
            n=np.bincount(entries.unit, weights=entries.n, minlength=size).astype(float),
        )

    def _places(self, group: GroupCount) -> list[int]:
        if group.labels == (NOT_KNOWN,):
            return [-1]
        labels = self.cube.labels[0]
        return [labels.index(name) for name in group.members or group.labels if name in labels]

    def _together(self, places: Iterable[int]) -> Summed:
        zero = np.zeros((len(STATES), len(self.lower)))
        whole = Summed(n=zero.astype(np.int64), binned=zero, totals=(0, 0, 0), squares=(0, 0, 0))
        for place in places:
            whole = whole.plus(self.groups[place])
        return whole


def numbers_of(
    table: RoleTable,
    by: str,
    column: str,
    *,
    edges: Sequence[float] = AT_ZERO,
    truth: bool = False,
) -> Numbers:
    """Sum a number by groups, now or before.

    Where rows repeat a declared unit it is summed by unit, and rows without one are not known.
    Numbers that the project declares as not known are not known, like text and blanks.

    Args:
        table: the table to count.
        by: the group column.
        column: the number.
        edges: where its bins begin, rising.
        truth: whether to count by the truth as well.

    Raises:
        Missing: a column is not declared as a group.
        DataError: a declared column is not in the file, or holds numbers too large to sum.
    """
    require_groups(table, (by,))
    key = ("numbers", by, column, tuple(edges), truth)
    if key not in table.memo:
        table.memo[key] = _counted(table, by, column, edges, truth=truth)
    return cast("Numbers", table.memo[key])


def _counted(
    table: RoleTable, by: str, column: str, edges: Sequence[float], *, truth: bool
) -> Numbers:
    spec = table.spec.columns[column]
    codes = declared_numbers(spec.not_known)
    after = (math.nextafter(code, math.inf) for code in codes)
    cut = Cut(column, tuple(sorted({*edges, *codes, *after})))
    lower = np.array([-math.inf, *cut.edges])
    truths = table.columns(Meaning.TRUTH) if truth else ()
    keys = [by, cut, *(key_of(name, table.spec.columns[name]) for name in truths)]
    units = repeated(table)
    cells = table.data.cells(keys, sums=[column], unit=units[0] if units else None)
    known = Axis(states=_states(cells.keys[1], lower, codes), refusal=None)
    axes = [known, *(axis_of(cells, 2, name, table.spec.columns[name]) for name in truths)]
    cube, cell = assemble(table, cells, (by,), axes)
    entries, held = _entries(cells, column, axes, cube.codes[cell, 0])
    totals, squares = (one[held] for one in (cells.sums[column].total, cells.sums[column].squares))
    groups = len(cube.labels[0])
    return Numbers(
        column=column,
        cube=cube,
        lower=lower,
        groups=summed(entries, totals, squares, groups=groups, bins=len(lower)),
        entries=entries,
    )


def _states(
    keys: Sequence[str | None], lower: "NDArray[np.float64]", codes: tuple[float, ...]
) -> "NDArray[np.int8]":
    """Known (yes) or not, for each key of the cut."""
    known = [key is not None and lower[int(key)] not in codes for key in keys]
    return np.where(known, YES, UNKNOWN).astype(np.int8)


def _entries(
    cells: Cells, column: str, axes: "list[Axis]", group: "NDArray[np.int64]"
) -> "tuple[Entries, NDArray[np.int64]]":
    """Entries in order, and which cells they are."""
    bins = np.array([-1 if key is None else int(key) for key in cells.keys[1]], dtype=np.int64)
    truth = np.full(len(cells.n), UNKNOWN, dtype=np.int64)
    if len(axes) > 1:
        truth = axes[1].states[cells.codes[:, 2]].astype(np.int64)
    unit = np.zeros(len(cells.n), dtype=np.int64) if cells.unit is None else cells.unit
    found = bins[cells.codes[:, 1]]
    held = np.flatnonzero((axes[0].states[cells.codes[:, 1]] == YES) & (unit >= 0))
    held = held[np.lexsort((found[held], truth[held], group[held]))]
    entries = Entries(
        group=group[held],
        unit=unit[held],
        truth=truth[held],
        bin=found[held],
        n=cells.n[held],
        total=cells.sums[column].total[held].astype(np.float64),
    )
    return entries, held
