"""One cube of counts for a table: groups by prediction by truth, counted once, kept.

Every rate, its tests, intervals and resamples are worked out from it, however many controls ask.
Numbers (scores, waits, amounts) are counted once for each characteristic by `numbers`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, cast

import numpy as np

from rai_check.check import Missing
from rai_check.fairness.outcomes import UNKNOWN, Axis, axis, key_of
from rai_check.fairness.stratum_labels import stratum_labels
from rai_check.measurement import Undefined
from rai_check.project.columns import ColumnFile, Meaning
from rai_check.project.grouping import Grouping, grouping_of
from rai_check.project.role_table import RoleTable
from rai_check.tables import SCALE, Cells, require

if TYPE_CHECKING:
    from numpy.typing import NDArray

JOINT_COLUMNS, MOST_CELLS = 3, 100_000
"""Up to so many group columns are always counted together; more, if they have few combinations."""
_STATES = 9


@dataclass(frozen=True, slots=True)
class Threshold:
    """A number column in place of a decision: yes from `at_least` upwards, no below."""

    column: str
    at_least: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Cube:
    """Counts of rows by groups, prediction and truth.

    Attributes:
        columns: group and stratum columns it is keyed by.
        groupings: how the values of each became labels; why not, where that could not be done.
        labels: for each column, the labels that occur, sorted.
        codes: int64, cells x columns: places in `labels`, -1 where the group is not known.
        counts: int64, cells x 3 x 3: rows by state of prediction and of truth (no, yes, unknown).
        weights: float64 like `counts`, sums of sampling weights; None where there are none.
        squares: the sums of their squares.
        unit: int64, cells: a number for each unit; None unless counted by unit.
        prediction: what does not fit in the prediction column, if anything.
        truth: the same for the truth; an unknown truth everywhere where no column records it.
    """

    columns: tuple[str, ...]
    groupings: "Mapping[str, Grouping | Missing]"
    labels: tuple[tuple[str, ...], ...]
    codes: "NDArray[np.int64]"
    counts: "NDArray[np.int64]"
    weights: "NDArray[np.float64] | None"
    squares: "NDArray[np.float64] | None"
    unit: "NDArray[np.int64] | None"
    prediction: Undefined | None
    truth: Undefined | None
    memo: dict[object, object] = field(default_factory=dict, repr=False)
    """Places of the groups of columns asked for before."""

    def grouping(self, column: str) -> Grouping:
        """How the values of a column became labels.

        Raises:
            Missing: when they could not.
        """
        found = self.groupings[column]
        if isinstance(found, Missing):
            raise found
        return found

    @property
    def total(self) -> int:
        """All rows, of known groups and not."""
        return int(self.counts.sum())


def cube_of(
    table: RoleTable,
    columns: Sequence[str],
    *,
    prediction: Meaning | Threshold = Meaning.PREDICTION,
    truth: Meaning = Meaning.TRUTH,
) -> Cube:
    """Return the cube that holds `columns`, counted now or before.

    Where rows repeat a declared unit it is counted by unit, and rows without one are not known.

    Args:
        table: the table to count.
        columns: group or stratum columns that must be in it.
        prediction: which decision is counted: the tool's, or today's in the same cases; or a
            number held against a threshold, as if that were the decision.
        truth: what it is counted by: the truth, or today's decision in the same cases.

    Raises:
        Missing: a column is not declared as a group or stratum, or there is no prediction.
        DataError: a declared column is not in the file.
    """
    require_groups(table, columns)
    wanted = _together(table, tuple(sorted({*columns})))
    key = ("cube", wanted, prediction, truth)
    if key not in table.memo:
        table.memo[key] = _counted(table, wanted, prediction, truth)
    return cast("Cube", table.memo[key])


def require_groups(table: RoleTable, columns: Sequence[str]) -> None:
    """Check that each column is declared as a group or stratum and is in the file.

    Raises:
        Missing, DataError: when one is not.
    """
    for column in columns:
        if column not in _keyed(table):
            raise Missing(f"column {column!r} is not declared as a group of table {table.name!r}")
        require(table.data, column)


def _keyed(table: RoleTable) -> tuple[str, ...]:
    kinds = {Meaning.GROUP, Meaning.STRATUM}
    return tuple(sorted(name for name, spec in table.spec.columns.items() if spec.means in kinds))


def _together(table: RoleTable, columns: tuple[str, ...]) -> tuple[str, ...]:
    """Every group and stratum column of the table where that stays small, else those asked for."""
    have = {column.name for column in table.data.columns}
    every = tuple(name for name in _keyed(table) if name in have)
    if len(every) <= JOINT_COLUMNS or set(every) == set(columns):
        return every
    if "joint" not in table.memo:
        sizes = [table.data.count_distinct(name) + 1.0 for name in every]
        cells = min(float(np.prod(sizes)), float(table.data.note.rows))
        table.memo["joint"] = cells <= MOST_CELLS
    return every if table.memo["joint"] else columns


def repeated(table: RoleTable) -> tuple[str, ...]:
    """The unit column, where rows repeat its values or leave it blank."""
    if "repeated" not in table.memo:
        units = table.columns(Meaning.UNIT)
        single = not units or table.data.count_distinct(units[0]) == table.data.rows
        table.memo["repeated"] = () if single else units
    return cast("tuple[str, ...]", table.memo["repeated"])


def _counted(
    table: RoleTable,
    columns: tuple[str, ...],
    prediction: Meaning | Threshold,
    against: Meaning,
) -> Cube:
    truths, weights = table.columns(against), table.columns(Meaning.WEIGHT)
    units = repeated(table)
    outcomes = [_decided(table, prediction), *((name, table.spec.columns[name]) for name in truths)]
    keys = [*columns, *(key_of(name, spec) for name, spec in outcomes)]
    cells = table.data.cells(keys, sums=weights, unit=units[0] if units else None)
    axes = [axis_of(cells, len(columns) + i, *outcome) for i, outcome in enumerate(outcomes)]
    if isinstance(prediction, Threshold):  # that nobody reaches it is an answer, not a mistake
        axes[0] = replace(axes[0], refusal=None)
    return assemble(table, cells, columns, axes)[0]


def _decided(table: RoleTable, prediction: Meaning | Threshold) -> tuple[str, ColumnFile]:
    """The column that is counted, and what its values stand for."""
    if isinstance(prediction, Meaning):
        name = table.column(prediction)
        return name, table.spec.columns[name]
    spec = table.spec.columns[prediction.column]
    return prediction.column, spec.model_copy(update={"at_least": prediction.at_least})


def assemble(
    table: RoleTable, cells: Cells, columns: tuple[str, ...], axes: Sequence[Axis]
) -> "tuple[Cube, NDArray[np.int64]]":
    """Make a cube of a table's cells, and say which of its cells each of them went into.

    Args:
        table: where they come from.
        cells: keyed by `columns`, then by what `axes` are of; other keys after those are let be.
        columns: the group and stratum columns.
        axes: states of the prediction's keys and, where there is one, of the truth's.
    """
    groupings = {c: _grouped(table, c, cells.keys[i]) for i, c in enumerate(columns)}
    labels, codes = _labelled(cells, columns, groupings)
    states = [a.states[cells.codes[:, len(columns) + i]] for i, a in enumerate(axes)]
    truth = states[1] if len(states) > 1 else np.full(len(cells.n), UNKNOWN)
    flat = states[0].astype(np.int64) * 3 + truth
    if cells.unit is not None:
        flat = np.where(cells.unit < 0, _STATES - 1, flat)
    keyed = codes if cells.unit is None else np.column_stack([codes, cells.unit])
    found, place = _distinct(keyed)
    at = place * _STATES + flat
    size = len(found) * _STATES
    weights = [name for name in table.columns(Meaning.WEIGHT) if name in cells.sums]
    sums = cells.sums[weights[0]] if weights else None
    cube = Cube(
        columns=columns,
        groupings=groupings,
        labels=labels,
        codes=found[:, : len(columns)],
        counts=_summed(at, cells.n, size).astype(np.int64),
        weights=None if sums is None else _summed(at, sums.total.astype(float) / SCALE, size),
        squares=None if sums is None else _summed(at, sums.squares.astype(float) / SCALE**2, size),
        unit=None if cells.unit is None else found[:, len(columns)],
        prediction=axes[0].refusal,
        truth=axes[1].refusal if len(axes) > 1 else None,
    )
    return cube, place


def axis_of(cells: Cells, place: int, column: str, spec: ColumnFile) -> Axis:
    """The states of the keys of one outcome column, the `place`-th that cells are keyed by."""
    keys = cells.keys[place]
    n = np.bincount(cells.codes[:, place], weights=cells.n, minlength=len(keys))
    return axis(column, spec, keys, n.astype(np.int64))


def _grouped(table: RoleTable, column: str, values: Sequence[str | None]) -> "Grouping | Missing":
    spec = table.spec.columns[column]
    if spec.means is Meaning.STRATUM:
        return stratum_labels(column, spec, values)
    try:
        return grouping_of(table, column, values)
    except Missing as reason:
        return reason


def _labelled(
    cells: Cells, columns: tuple[str, ...], groupings: "Mapping[str, Grouping | Missing]"
) -> "tuple[tuple[tuple[str, ...], ...], NDArray[np.int64]]":
    """Labels of each column, and each cell's place among them."""
    codes = np.full((len(cells.n), len(columns)), -1, dtype=np.int64)
    labels: list[tuple[str, ...]] = []
    for i, column in enumerate(columns):
        found = groupings[column]
        names = [None if isinstance(found, Missing) else found.label(v) for v in cells.keys[i]]
        order = sorted({name for name in names if name is not None})
        place = {name: k for k, name in enumerate(order)}
        codes[:, i] = np.array([-1 if n is None else place[n] for n in names])[cells.codes[:, i]]
        labels.append(tuple(order))
    return tuple(labels), codes


def _distinct(keys: "NDArray[np.int64]") -> "tuple[NDArray[np.int64], NDArray[np.int64]]":
    """The distinct rows of `keys`, in order, and which of them each row is."""
    if not keys.shape[1]:
        return np.zeros((1, 0), dtype=np.int64), np.zeros(len(keys), dtype=np.int64)
    place = np.zeros(len(keys), dtype=np.int64)
    for column in keys.T:  # made dense at every step, so that the product cannot overflow
        values, code = np.unique(column, return_inverse=True)
        place = np.unique(place * len(values) + code.ravel(), return_inverse=True)[1].ravel()
    _, first = np.unique(place, return_index=True)
    return keys[first], place


def _summed(
    at: "NDArray[np.int64]", values: "NDArray[np.generic]", size: int
) -> "NDArray[np.float64]":
    """Sums by place; counts stay exact, being far below 2^53."""
    found = np.bincount(at, weights=values, minlength=size)
    return found.astype(np.float64).reshape(-1, 3, 3)
