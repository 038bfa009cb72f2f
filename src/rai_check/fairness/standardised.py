"""Two rates standardised to the same mix of strata, where rows repeat units or carry weights.

Each side's rate is the mean of its rates in the strata with the weights of Mantel and Haenszel,
n n0 / (n + n0), so that their ratio and difference are Mantel and Haenszel's (1959, J. Natl Cancer
Inst. 22); its variance is linearised within strata and added up by unit.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from rai_check.fairness.cube import Cube
from rai_check.fairness.linear import Scored, correlation, covariance, held, unit_places
from rai_check.fairness.metrics import Metric
from rai_check.measurement import Design

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Side:
    """One side of a comparison: cell by cell, and float64 sums stratum by stratum."""

    cells: "NDArray[np.int64]"
    """Its cells whose stratum is known."""
    at: "NDArray[np.int64]"
    """The stratum of each."""
    whole: "NDArray[np.float64]"
    """What the rows of each count for in the denominator."""
    x: "NDArray[np.float64]"
    n: "NDArray[np.float64]"
    squares: "NDArray[np.float64]"
    """Of the weights of the rows in the denominator."""
    units: "NDArray[np.float64]"
    """Independent units in the denominator."""

    def rates(self) -> "NDArray[np.float64]":
        """The rate in each stratum; 0 where nobody is there."""
        return self.x / np.where(self.n > 0, self.n, 1.0)


def standardised(
    cube: Cube,
    metric: Metric,
    strata: "NDArray[np.int64]",
    cells: Sequence[int],
    cells0: Sequence[int],
) -> Design | None:
    """The design of a comparison within strata.

    Args:
        cube: counted by unit, or with sampling weights.
        metric: the rate.
        strata: the stratum of each cell of the cube, -1 where it is not known.
        cells: places of the group's cells.
        cells0: places of the cells of what it is compared with.

    Returns:
        Standardised rates with effective sizes; None where no stratum has both sides.
    """
    own, other = (_side(cube, metric, strata, picked) for picked in (cells, cells0))
    used = (own.n > 0) & (other.n > 0)
    if not used.any():
        return None
    weights = np.where(used, own.n * other.n, 0.0) / np.where(used, own.n + other.n, 1.0)
    weights /= weights.sum()
    first, second = (_scored(cube, metric, side, weights) for side in (own, other))
    matrix = covariance(cube, first, second)
    return Design(
        rate=first.value,
        rate0=second.value,
        effective=_effective(cube, own, weights, first.value, float(matrix[0, 0])),
        effective0=_effective(cube, other, weights, second.value, float(matrix[1, 1])),
        correlation=correlation(matrix),
        units=_distinct(cube, metric, own, used),
        units0=_distinct(cube, metric, other, used),
        weighted=True,
    )


def _side(cube: Cube, metric: Metric, strata: "NDArray[np.int64]", cells: Sequence[int]) -> _Side:
    picked = np.asarray(cells, dtype=np.int64)
    picked = picked[strata[picked] >= 0]
    at, size = strata[picked], int(strata.max(initial=-1)) + 1
    squares = cube.counts if cube.squares is None else cube.squares
    whole, masks = held(cube)[picked], (metric.x_mask(), metric.n_mask())
    x, n = (_sums(at, (whole * mask).sum(axis=(1, 2)), size) for mask in masks)
    rows = (cube.counts[picked] * metric.n_mask()).sum(axis=(1, 2))
    units = _sums(at, rows, size)
    if cube.unit is not None:
        pairs = np.sort((unit_places(cube)[picked] * size + at)[rows > 0])
        first = np.diff(pairs, prepend=-1) > 0
        units = _sums(pairs % max(size, 1), first, size)
    return _Side(
        cells=picked,
        at=at,
        whole=(whole * metric.n_mask()).sum(axis=(1, 2)),
        x=x,
        n=n,
        squares=_sums(at, (squares[picked] * metric.n_mask()).sum(axis=(1, 2)), size),
        units=units,
    )


def _sums(at: "NDArray[np.int64]", values: "NDArray[Any]", size: int) -> "NDArray[np.float64]":
    return np.bincount(at, values, size).astype(np.float64)


def _scored(cube: Cube, metric: Metric, side: _Side, weights: "NDArray[np.float64]") -> Scored:
    """The standardised rate; a lone unit of a stratum is held against that, not against itself."""
    rate = float((weights * side.rates()).sum())
    lone = side.units < 2  # noqa: PLR2004 - a variance needs two
    centre = np.where(lone, rate, side.rates())
    factor = np.where(lone, 1.0, np.sqrt(side.units / np.maximum(side.units - 1, 1.0)))
    share = weights * factor / np.where(side.n > 0, side.n, 1.0)
    scores = np.zeros(cube.counts.shape)
    residual = metric.x_mask() - centre[side.at, None, None] * metric.n_mask()
    scores[side.cells] = residual * share[side.at, None, None]
    return Scored(value=min(1.0, max(0.0, rate)), scores=scores)


def _effective(
    cube: Cube, side: _Side, weights: "NDArray[np.float64]", rate: float, variance: float
) -> float:
    """Independent rows that would know the rate as well; never more than the rows would alone."""
    per_row = weights / np.where(side.n > 0, side.n, 1.0)
    lone = side.units < 2  # noqa: PLR2004 - as in `_scored`
    within = np.where(lone, rate * (1 - rate), side.rates() * (1 - side.rates()))
    varies = max(variance, float((per_row**2 * side.squares * within).sum()))
    if varies > 0:
        return max(1.0, rate * (1 - rate) / varies)
    if cube.unit is None:
        return max(1.0, 1 / float((per_row**2 * side.squares).sum()))
    alike = np.bincount(unit_places(cube)[side.cells], per_row[side.at] * side.whole)
    return max(1.0, 1 / float((alike**2).sum()))


def _distinct(cube: Cube, metric: Metric, side: _Side, used: "NDArray[np.bool_]") -> int:
    """Independent units in the denominators of the strata that are compared."""
    if cube.unit is None:
        return int(side.units[used].sum())
    picked = side.cells[used[side.at]]
    n = (cube.counts[picked] * metric.n_mask()).sum(axis=(1, 2))
    return int(np.count_nonzero(np.bincount(unit_places(cube)[picked][n > 0])))
