"""Groups of one column, or of several crossed, with what each has of one rate."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias, cast

import numpy as np

from rai_check.fairness.cube import Cube
from rai_check.fairness.metrics import Metric
from rai_check.measurement import NOT_KNOWN, SMALL_GROUPS, UNDECLARED, Where, where_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Places: TypeAlias = tuple[list[tuple[str, ...]], "NDArray[np.int64]", list[tuple[int, ...]]]


REST = "rest"
"""Label of everyone of a known group but one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupCount:
    """One group: `x` events among `n`, of `rows` rows concerned, `usable` of them known enough."""

    labels: tuple[str, ...]
    """Its label in each column; one column has one."""
    x: int
    n: int
    usable: int
    rows: int
    members: tuple[str, ...] = ()
    """Names of the groups put together in it."""
    cells: tuple[int, ...] = ()
    """Places of its rows in the cube."""
    units: int | None = None
    """Distinct units among the `n`; None where every row stands alone."""

    @property
    def label(self) -> str:
        """Its name: one label, or several joined."""
        same = {*self.labels} <= {SMALL_GROUPS} or {*self.labels} <= {NOT_KNOWN}
        return self.labels[0] if same else " & ".join(self.labels)

    @property
    def size(self) -> int:
        """What a floor on its size is held against: rows, or units where rows repeat them."""
        return self.n if self.units is None else min(self.n, self.units)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """Every group, with how many rows could be used of how many."""

    columns: tuple[str, ...]
    metric: Metric
    groups: tuple[GroupCount, ...]
    unknown: GroupCount
    """Rows whose group is not known: shown, not compared."""
    everyone: tuple[int, int, int, int]
    """Sums over the groups: x, n, usable and rows."""
    promised: tuple[str, ...]
    """Labels that the project declares; empty where columns are crossed."""
    known: int
    """Rows that were usable and of a declared group."""
    total: int
    notes: tuple[str, ...]

    @property
    def name(self) -> str:
        """The column, or the columns crossed."""
        return " and ".join(self.columns)

    def rest(self, group: GroupCount) -> GroupCount:
        """Everyone of a known group but this one; its cells are all but the group's."""
        x, n, usable, rows = self.everyone
        return GroupCount(
            labels=(REST,),
            x=x - group.x,
            n=n - group.n,
            usable=usable - group.usable,
            rows=rows - group.rows,
        )

    def known_of(self, group: GroupCount) -> tuple[int, int]:
        """(known, total) of the table or of the group, whichever is known for the lesser share."""
        pairs = [(self.known, self.total), (group.usable, group.rows)]
        return min(pairs, key=lambda pair: pair[0] / pair[1] if pair[1] else 1.0)

    def where(self, group: GroupCount) -> Where:
        """Where a measurement of a group stands."""
        return where_of(dict(zip(self.columns, group.labels, strict=True)))


def together(
    labels: tuple[str, ...], groups: Sequence[GroupCount], members: tuple[str, ...] = ()
) -> GroupCount:
    """Several groups as one; of units in several, at least the most that one of them has."""
    units = [g.units for g in groups if g.units is not None]
    return GroupCount(
        labels=labels,
        x=sum(g.x for g in groups),
        n=sum(g.n for g in groups),
        usable=sum(g.usable for g in groups),
        rows=sum(g.rows for g in groups),
        members=members,
        cells=tuple(cell for g in groups for cell in g.cells),
        units=max(units) if units else None,
    )


def count(cube: Cube, columns: Sequence[str], metric: Metric, *, pool_below: int) -> Counted:
    """Read one rate off the cube for each group; put groups smaller than `pool_below` together.

    Raises:
        Missing: as `Cube.grouping`.
    """
    groupings = [cube.grouping(column) for column in columns]
    groups = _groups(cube, tuple(columns), metric)
    known = [g for g in groups[:-1] if not any(label.startswith(UNDECLARED) for label in g.labels)]
    promised = groupings[0].promised if len(columns) == 1 else ()
    absent = sorted(set(promised) - {g.label for g in groups[:-1]})
    nobody = [GroupCount(labels=(label,), x=0, n=0, usable=0, rows=0) for label in absent]
    whole = together((REST,), groups[:-1])
    return Counted(
        columns=tuple(columns),
        metric=metric,
        groups=_pool([*groups[:-1], *nobody], pool_below, len(columns)),
        unknown=groups[-1],
        everyone=(whole.x, whole.n, whole.usable, whole.rows),
        promised=promised,
        known=sum(g.usable for g in known),
        total=sum(g.rows for g in groups),
        notes=tuple(dict.fromkeys(note for g in groupings for note in g.notes)),
    )


def _groups(cube: Cube, columns: tuple[str, ...], metric: Metric) -> list[GroupCount]:
    """Every group that occurs, and last the rows whose group is not known."""
    key = ("places", columns)
    if key not in cube.memo:
        labels, of_cell = group_places(cube, columns)
        at = np.where(of_cell < 0, len(labels), of_cell)
        labels.append((NOT_KNOWN,) * len(columns))
        cube.memo[key] = labels, at, _cells(at, len(labels))
    labels, at, cells = cast("Places", cube.memo[key])
    sums = [
        np.bincount(at, weights=per_cell, minlength=len(labels)).astype(np.int64).tolist()
        for per_cell in _per_cell(cube, metric)
    ]
    return [
        GroupCount(
            labels=label,
            x=x,
            n=n,
            usable=usable,
            rows=rows,
            cells=where,
            units=_units(cube, metric, where),
        )
        for label, where, x, n, usable, rows in zip(labels, cells, *sums, strict=True)
    ]


def group_places(
    cube: Cube, columns: Sequence[str]
) -> "tuple[list[tuple[str, ...]], NDArray[np.int64]]":
    """The groups that occur, in order of their labels, and each cell's place there (or -1)."""
    picked = [cube.columns.index(column) for column in columns]
    codes = cube.codes[:, picked]
    known = (codes >= 0).all(axis=1)
    of_cell = np.full(len(codes), -1, dtype=np.int64)
    if not known.any():
        return [], of_cell
    found, inverse = np.unique(codes[known], axis=0, return_inverse=True)
    of_cell[known] = inverse.ravel()
    labels = [tuple(cube.labels[p][c] for p, c in zip(picked, row, strict=True)) for row in found]
    return labels, of_cell


def _per_cell(cube: Cube, metric: Metric) -> "list[NDArray[np.int64]]":
    masks = (metric.x_mask(), metric.n_mask(), metric.usable_mask(), metric.concerned_mask())
    flat = cube.counts.reshape(-1, 9)
    return [flat @ mask.ravel() for mask in masks]


def _units(cube: Cube, metric: Metric, cells: tuple[int, ...]) -> int | None:
    """Distinct units in the denominator of some cells."""
    if cube.unit is None:
        return None
    counted = np.tensordot(cube.counts[list(cells)], metric.n_mask(), axes=2) > 0
    return len(np.unique(cube.unit[list(cells)][counted]))


def _cells(at: "NDArray[np.int64]", size: int) -> list[tuple[int, ...]]:
    order = np.argsort(at, kind="stable")
    ends = np.searchsorted(at[order], np.arange(size + 1))
    return [tuple(order[ends[i] : ends[i + 1]].tolist()) for i in range(size)]


def _pool(groups: list[GroupCount], below: int, columns: int) -> tuple[GroupCount, ...]:
    """Put small groups together; one whose rows are all unusable stays alone, so that it shows."""
    ordered = sorted(groups, key=lambda g: g.labels)
    small = [g for g in ordered if _is_small(g, below)]
    if not small:
        return tuple(ordered)
    alone = [g for g in ordered if not _is_small(g, below)]
    names = tuple(g.label for g in small)
    return (*alone, together((SMALL_GROUPS,) * columns, small, names))


def _is_small(group: GroupCount, below: int) -> bool:
    return group.size < below and not (group.rows and not group.usable)
