"""How many records of a table, or people behind them, each group of a column has."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from rai_check.fairness.cube import repeated
from rai_check.project.grouping import Grouping, grouping
from rai_check.project.role_table import RoleTable


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """The records of a table, or the people behind them, by group."""

    counts: Mapping[str, int]
    """Of known groups that something declares; promised ones that nobody is in are there with 0."""
    total: int
    unit: str
    notes: tuple[str, ...]

    @property
    def known(self) -> int:
        """All that are of a known group."""
        return sum(self.counts.values())


def held_of(table: RoleTable, by: str, joined: Mapping[str, str]) -> Held:
    """Count a table by a group column, people once where rows repeat them.

    Args:
        table: the table.
        by: its group column.
        joined: labels that are counted as one, and what that is called.

    Raises:
        Missing, DataError: as `grouping`.
    """
    groups = grouping(table, by)
    counts = {joined.get(label, label): 0 for label in groups.promised}
    units = repeated(table)
    if units:
        found, total, notes = _people(table, by, units[0], groups, joined)
        unit = f"distinct values of {units[0]!r}"
    else:
        found, total, notes, unit = {}, table.data.rows, (), "rows"
        for row in table.data.counts((by,)).rows:
            label = _label(groups, row.key[0], joined)
            if label is not None:
                found[label] = found.get(label, 0) + row.n
    return Held(counts={**counts, **found}, total=total, unit=unit, notes=(*groups.notes, *notes))


def _label(groups: Grouping, value: str | None, joined: Mapping[str, str]) -> str | None:
    """The group of a value; None where it is not known, or nothing declares it."""
    label = groups.label(value) if groups.declares(value) else None
    return None if label is None else joined.get(label, label)


def _people(
    table: RoleTable, by: str, unit: str, groups: Grouping, joined: Mapping[str, str]
) -> tuple[dict[str, int], int, tuple[str, ...]]:
    """Distinct units of each group; one with rows in two known groups is of none."""
    cells = table.data.cells((by,), unit=unit)
    assert cells.unit is not None  # noqa: S101 - it was asked for
    names = [_label(groups, value, joined) for value in cells.keys[0]]
    order = sorted({name for name in names if name is not None})
    place = np.array([-1 if name is None else order.index(name) for name in names])
    code = place[cells.codes[:, 0]]
    held = (cells.unit >= 0) & (code >= 0)
    pairs = np.unique(np.column_stack([cells.unit[held], code[held]]), axis=0)
    _, first, several = np.unique(pairs[:, 0], return_index=True, return_counts=True)
    of_one = pairs[first[several == 1], 1]
    counts = np.bincount(of_one.astype(np.int64), minlength=len(order)).tolist()
    both = int((several > 1).sum())
    notes = (f"{both} units are recorded in more than one group and count as not known.",)
    total = len(np.unique(cells.unit[cells.unit >= 0]))
    return dict(zip(order, counts, strict=True)), total, notes if both else ()
