"""Tables of labels: predictions against the truth, off the cube of counts."""

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from rai_check.fairness import METRICS, Cube, GroupCount, count, cube_of, refusal
from rai_check.fairness.outcomes import UNKNOWN
from rai_check.metric_frames.formulas import Floats, Outcomes
from rai_check.metric_frames.named import Named
from rai_check.metric_frames.tables import Tables, UnitRows, with_unknown

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from rai_check.project.role_table import RoleTable

LABELS = Outcomes(truth=np.array([0.0, 1.0, 0.0, 1.0]), said=np.array([0.0, 0.0, 1.0, 1.0]))
SAID = Outcomes(truth=np.zeros(2), said=np.array([0.0, 1.0]))
"""Where no truth is needed: whatever it is, known or not, it is taken for 0."""


def label_tables(table: "RoleTable", by: str, named: Named, *, pool_below: int) -> Tables:
    """Count predictions against the truth in each group of a column.

    Raises:
        Missing, DataError: as `cube_of`.
    """
    cube = cube_of(table, (by,))
    metric = replace(METRICS[named.rate], name=named.title)
    counted = count(cube, (by,), metric, pool_below=pool_below)
    groups = with_unknown(counted)
    held = cube.counts.astype(np.float64) if cube.weights is None else cube.weights
    cells = _cells(held, named)
    return Tables(
        counted=counted,
        groups=groups,
        at=LABELS if named.needs_truth else SAID,
        counts=_by_group(groups, _cells(cube.counts, named)),
        weights=_by_group(groups, cells),
        squares=None if cube.squares is None else _by_group(groups, _cells(cube.squares, named)),
        repeated=_unit_rows(cube, groups, cells),
        refusal=refusal(table, cube, metric),
    )


def _cells(counts: "NDArray[np.int64] | Floats", named: Named) -> Floats:
    """Cells of the cube x cells of a table."""
    known: Floats = counts[:, :UNKNOWN, :].astype(np.float64)
    if named.needs_truth:
        return known[:, :, :UNKNOWN].reshape(len(counts), len(LABELS.said))
    either: Floats = known.sum(axis=2)
    return either


def _by_group(groups: tuple[GroupCount, ...], cells: Floats) -> Floats:
    found: Floats = np.array([cells[list(g.cells)].sum(axis=0) for g in groups])
    return found.reshape(len(groups), cells.shape[1])


def _unit_rows(cube: Cube, groups: tuple[GroupCount, ...], cells: Floats) -> UnitRows | None:
    if cube.unit is None:
        return None
    group = np.full(len(cells), -1, dtype=np.int64)
    for place, one in enumerate(groups):
        group[list(one.cells)] = place
    row, cell = np.nonzero((cells > 0) & (group >= 0)[:, None])
    return UnitRows(unit=cube.unit[row], group=group[row], cell=cell, n=cells[row, cell])
