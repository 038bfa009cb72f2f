"""Variances of whatever is built from the rates of one cube, for repeated units and weights.

A rate, its logarithm, or a weighted sum of rates is, to first order, a sum of what each row adds
to it (Woodruff 1971, JASA 66; Binder 1983, Int. Stat. Rev. 51). Added up by unit, these scores
give variances and covariances however often a unit is repeated and whatever its rows weigh.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import numpy as np

from rai_check.fairness.cube import Cube
from rai_check.fairness.metrics import Metric

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Scored:
    """An estimate, and what one row of each kind adds to it.

    Attributes:
        value: the estimate.
        scores: float64, cells x 3 x 3: for a row of weight 1 in that cell and state.
    """

    value: float
    scores: "NDArray[np.float64]"

    def log(self) -> "Scored":
        """The logarithm; the value must be above 0."""
        return Scored(value=math.log(self.value), scores=self.scores / self.value)

    def times(self, factor: float) -> "Scored":
        """A multiple."""
        return Scored(value=self.value * factor, scores=self.scores * factor)

    def minus(self, other: "Scored") -> "Scored":
        """A difference."""
        return Scored(value=self.value - other.value, scores=self.scores - other.scores)

    def plus(self, other: "Scored") -> "Scored":
        """A sum."""
        return self.minus(other.times(-1.0))


def held(cube: Cube) -> "NDArray[np.float64]":
    """What rows count for, like `Cube.counts`: their sampling weights, or one each."""
    return cube.counts.astype(np.float64) if cube.weights is None else cube.weights


def unit_places(cube: Cube) -> "NDArray[np.int64]":
    """A small number for the unit of each cell of a cube that is counted by unit."""
    if "units" not in cube.memo:
        cube.memo["units"] = np.unique(np.asarray(cube.unit), return_inverse=True)[1].ravel()
    return cast("NDArray[np.int64]", cube.memo["units"])


def sizes(cube: Cube, cells: Sequence[int], metric: Metric) -> int:
    """Independent units in the denominator of some cells: distinct ones where rows repeat them."""
    picked = list(cells)
    n = cube.counts[picked].reshape(-1, 9) @ metric.n_mask().ravel()
    if cube.unit is None:
        return int(n.sum())
    return int(np.count_nonzero(np.bincount(unit_places(cube)[picked][n > 0])))


def scored_rate(cube: Cube, cells: Sequence[int], metric: Metric) -> Scored:
    """A rate over some cells of a cube; there must be someone in its denominator.

    Scores carry the factor units / (units - 1) on the variance; of a single unit none is known,
    so callers ask for more.
    """
    picked = list(cells)
    whole = held(cube)[picked]
    total = float((whole * metric.n_mask()).sum())
    rate = float((whole * metric.x_mask()).sum()) / total
    scores = np.zeros(cube.counts.shape)
    units = sizes(cube, picked, metric)
    factor = math.sqrt(units / (units - 1)) if units > 1 else 1.0
    residual = metric.x_mask() - rate * metric.n_mask()
    scores[picked] = residual * (factor / total)
    return Scored(value=min(1.0, max(0.0, rate)), scores=scores)


def covariance(cube: Cube, *estimates: Scored) -> "NDArray[np.float64]":
    """Covariance matrix of estimates from the same cube."""
    scores = np.stack([one.scores.reshape(-1, 9) for one in estimates])
    if cube.unit is None:
        squares = (cube.counts if cube.squares is None else cube.squares).reshape(-1, 9)
        found = np.einsum("icj,kcj,cj->ik", scores, scores, squares.astype(np.float64))
    else:
        place = unit_places(cube)
        by_cell = (scores * held(cube).reshape(-1, 9)).sum(axis=2)
        by_unit = np.stack([np.bincount(place, weights=one) for one in by_cell])
        found = by_unit @ by_unit.T
    return np.asarray(found, dtype=np.float64)


def correlation(matrix: "NDArray[np.float64]") -> float:
    """Of the first two estimates of a covariance matrix; 0 where one does not vary."""
    spread = math.sqrt(float(matrix[0, 0]) * float(matrix[1, 1]))
    return min(1.0, max(-1.0, float(matrix[0, 1]) / spread)) if spread > 0 else 0.0
