"""Counts from cells: predicates judged once a cell, in Kleene's three-valued logic."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import assert_never

import numpy as np

from rai_check.tables.cells import Key, Partition, partition
from rai_check.tables.interface import (
    And,
    AtLeast,
    Cells,
    CountRow,
    Counts,
    Cut,
    IsIn,
    Known,
    Not,
    Predicate,
)

CellsOf = Callable[[Sequence[Key], str | None], Cells]


@dataclass(frozen=True, slots=True, eq=False)
class _Truth:
    """Where a predicate surely holds and where it surely does not; elsewhere it is unknown."""

    holds: np.ndarray
    fails: np.ndarray


def counted(
    cells_of: CellsOf, by: Sequence[str], measures: Mapping[str, Predicate], unit: str | None
) -> Counts:
    """Count as `Table.counts` says, by way of cells keyed by `by` and by every simple predicate.

    Args:
        cells_of: gives the cells of such keys, of a unit each if one is named.
        by: names of columns.
        measures: by name, what to count rows of.
        unit: name of the column whose distinct values are counted, if any.
    """
    leaves = leaves_of(measures)
    cells = cells_of([*by, *leaves], unit)
    known = {leaf: _truth(cells, len(by) + i) for i, leaf in enumerate(leaves)}
    sizes = [len(keys) for keys in cells.keys[: len(by)]]
    groups = partition(list(cells.codes.T[: len(by)]), sizes, len(cells.n))
    n = groups.whole(cells.n)
    judged = [_judged(predicate, known, cells).holds for predicate in measures.values()]
    sums = [groups.whole(np.where(holds, cells.n, 0)) for holds in judged]
    units = _units(groups, cells) if unit is not None else None
    rows = tuple(
        CountRow(
            key=tuple(cells.keys[k][cells.codes[first, k]] for k in range(len(by))),
            n=int(n[i]),
            sums=tuple(int(column[i]) for column in sums),
            units=None if units is None else int(units[i]),
        )
        for i, first in enumerate(groups.first)
    )
    return Counts(by=tuple(by), measures=tuple(measures), rows=rows)


def leaves_of(measures: Mapping[str, Predicate]) -> tuple[Key, ...]:
    """Return the simple predicates that measures are made of, each once, as keys."""
    return tuple({leaf: None for measure in measures.values() for leaf in _leaves(measure)})


def _leaves(predicate: Predicate) -> list[Key]:
    match predicate:
        case IsIn() | Known():
            return [predicate]
        case AtLeast(column, threshold):
            return [Cut(column, (float(threshold),))]
        case And(parts):
            return [leaf for part in parts for leaf in _leaves(part)]
        case Not(part):
            return _leaves(part)
        case _:
            assert_never(predicate)


def _truth(cells: Cells, at: int) -> _Truth:
    said = np.array([text or "" for text in cells.keys[at]], dtype=str)[cells.codes[:, at]]
    return _Truth(said == "1", said == "0")


def _judged(predicate: Predicate, known: Mapping[Key, _Truth], cells: Cells) -> _Truth:
    match predicate:
        case And(parts):
            every = [_judged(part, known, cells) for part in parts]
            some = np.ones(len(cells.n), dtype=bool)
            return _Truth(
                np.logical_and.reduce([some, *(part.holds for part in every)]),
                np.logical_or.reduce([~some, *(part.fails for part in every)]),
            )
        case Not(part):
            inner = _judged(part, known, cells)
            return _Truth(inner.fails, inner.holds)
        case _:
            (leaf,) = _leaves(predicate)
            return known[leaf]


def _units(groups: Partition, cells: Cells) -> np.ndarray:
    """Count the distinct known units of each group."""
    assert cells.unit is not None  # noqa: S101 - it was asked for
    here = cells.unit >= 0
    part, unit = groups.part()[here], cells.unit[here]
    pairs = partition([part, unit], [len(groups.first), int(unit.max(initial=-1)) + 1], len(part))
    return np.bincount(part[pairs.first], minlength=len(groups.first))
