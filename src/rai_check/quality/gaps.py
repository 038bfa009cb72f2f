"""Missing values counted by group, as a rate that groups are compared by."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from rai_check.fairness.cube import Cube, repeated, require_groups
from rai_check.fairness.metrics import Metric
from rai_check.fairness.outcomes import NO, UNKNOWN, YES
from rai_check.project import Meaning, RoleTable
from rai_check.project.grouping import Grouping, grouping
from rai_check.quality.known import is_there
from rai_check.tables import shown

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from rai_check.tables import CountRow, Predicate

    _Numbers: TypeAlias = NDArray[np.int64]

_MATTER = frozenset(
    {
        Meaning.PREDICTION, Meaning.TRUTH, Meaning.TODAY, Meaning.GROUP, Meaning.SCORE,
        Meaning.AMOUNT, Meaning.STRATUM,
    }
)  # fmt: skip
"""A wait is not among them: it is blank while a person still waits."""
_STATES = frozenset({(NO, UNKNOWN), (YES, UNKNOWN)})


def columns_that_matter(table: RoleTable, by: str) -> tuple[str, ...]:
    """Columns in which a gap can bias a result: outcomes, groups but `by`, and what is required."""
    return tuple(
        name
        for name, spec in table.spec.columns.items()
        if name != by and (spec.means in _MATTER or spec.required)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class GapCount:
    """Missing values of one column, in one cube keyed by one group column."""

    cube: Cube
    metric: Metric
    missing: int


def gap_counts(table: RoleTable, by: str, columns: Sequence[str]) -> Iterator[GapCount]:
    """Count the missing values of each column by group, in one pass over the data.

    Raises:
        Missing: `by` is not declared as a group, or has too many undeclared values.
        DataError: a column is not in the file.
    """
    require_groups(table, (by,))
    groups, unit = grouping(table, by), repeated(table)
    measures: Mapping[str, Predicate] = {name: is_there(table, name) for name in columns}
    rows = table.data.counts((by, *unit), measures).rows
    for place, name in enumerate(columns):
        cube = _cube(by, groups, rows, place, by_unit=bool(unit))
        missing = sum(row.n - row.sums[place] for row in rows)
        yield GapCount(cube=cube, metric=missing_in(name), missing=missing)


def missing_in(column: str) -> Metric:
    """The rate of rows without a value in a column."""
    return Metric(
        id="missing",
        name=f"missing values of {shown(column)!r}",
        event=frozenset({(YES, UNKNOWN)}),
        among=_STATES,
        usable=_STATES,
        effect="difference",
        harm="up",
        needs_truth=False,
        nobody="of that group",
    )


def _cube(
    by: str, groups: Grouping, rows: "Sequence[CountRow]", place: int, *, by_unit: bool
) -> Cube:
    """A cube whose 'prediction' is that the value is missing; its truth is never known."""
    names = [groups.label(row.key[0]) for row in rows]
    labels = sorted({name for name in names if name is not None})
    number = {name: i for i, name in enumerate(labels)}
    codes = np.array([-1 if name is None else number[name] for name in names])
    there = np.array([row.sums[place] for row in rows], dtype=np.int64)
    n = np.array([row.n for row in rows], dtype=np.int64)
    if by_unit:
        codes, units, there, n = _by_unit(rows, codes, there, n)
        keyed = np.column_stack([codes, units])
    else:
        keyed = codes[:, None]
    found, cell = np.unique(keyed, axis=0, return_inverse=True)
    counts = np.zeros((len(found), 3, 3), dtype=np.int64)
    for state, number_of in ((NO, there), (YES, n - there)):
        np.add.at(counts[:, state, UNKNOWN], cell.ravel(), number_of)
    return Cube(
        columns=(by,),
        groupings={by: groups},
        labels=(tuple(labels),),
        codes=found[:, :1],
        counts=counts,
        weights=None,
        squares=None,
        unit=found[:, 1] if by_unit else None,
        prediction=None,
        truth=None,
    )


def _by_unit(
    rows: "Sequence[CountRow]", codes: "_Numbers", there: "_Numbers", n: "_Numbers"
) -> tuple["_Numbers", "_Numbers", "_Numbers", "_Numbers"]:
    """Group code, unit, rows with a value and rows: one of each row that lacks its unit.

    Such a row is a record like any other, and may have its gaps because the record is poor: it
    counts, as a unit of its own.
    """
    number: dict[str, int] = {}
    units = np.array([-1 if (u := r.key[1]) is None else number.setdefault(u, len(number))
                      for r in rows], dtype=np.int64)  # fmt: skip
    lone = units < 0
    with_, rest = there[lone], (n - there)[lone]
    own = np.arange(len(number), len(number) + int(n[lone].sum()))
    return (
        np.concatenate([codes[~lone], np.repeat(codes[lone], with_), np.repeat(codes[lone], rest)]),
        np.concatenate([units[~lone], own]),
        np.concatenate([there[~lone], np.ones(with_.sum(), int), np.zeros(rest.sum(), int)]),
        np.concatenate([n[~lone], np.ones(len(own), int)]),
    )
