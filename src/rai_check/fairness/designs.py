"""What repeated units and sampling weights do to two rates of a cube."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from rai_check.fairness.cube import Cube
from rai_check.fairness.tally import REST, Counted, GroupCount
from rai_check.measurement import Design

if TYPE_CHECKING:
    from numpy.typing import NDArray

_DUST = 1e-9
"""Sums of weights below this are what is left of nought after a subtraction."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Designer:
    """Works out designs for one rate of one cube; sums over everyone are made once."""

    cube: Cube
    counted: Counted

    @property
    def designed(self) -> bool:
        """Whether rows repeat units or carry weights."""
        return self.cube.unit is not None or self.cube.weights is not None

    def of(self, group: GroupCount, other: GroupCount) -> Design | None:
        """The design of a comparison; None where every row stands alone and counts as one.

        `other` is another group, or everyone else as `Counted.rest` gives it.
        """
        if self.cube.unit is not None:
            return self._of_units(group, other)
        return self._of_weights(group, other) if self.cube.weights is not None else None

    def own(self, group: GroupCount) -> tuple[float, float | None]:
        """A group's own rate, and what its rows are worth (None where each stands alone)."""
        if self.cube.unit is not None:
            from rai_check.stats.clusters import design_effect

            x, n = self._by_unit(group)
            found = design_effect(x[n > 0], n[n > 0], rows=self._worth(group))
            return found.rate, found.effective
        if self.cube.weights is not None:
            return _weighted(self._moments(group), group.n)
        return group.x / group.n, None

    def _of_units(self, group: GroupCount, other: GroupCount) -> Design:
        from rai_check.stats.clusters import two_clustered_rates

        x, n = self._by_unit(group)
        if other.labels == (REST,):
            x0, n0 = self._everyone_by_unit[0] - x, self._everyone_by_unit[1] - n
            x0, n0 = np.where(n0 < _DUST, 0.0, x0), np.where(n0 < _DUST, 0.0, n0)
        else:
            x0, n0 = self._by_unit(other)
        held = (n > 0) | (n0 > 0)
        found = two_clustered_rates(
            x[held], n[held], x0[held], n0[held],
            rows=self._worth(group), rows0=self._worth(other, but=group),
        )  # fmt: skip
        return Design(
            rate=found.group.rate,
            rate0=found.rest.rate,
            effective=found.group.effective,
            effective0=found.rest.effective,
            correlation=found.correlation,
            units=_alike(n),
            units0=_alike(n0),
            weighted=self.cube.weights is not None,
        )

    def _of_weights(self, group: GroupCount, other: GroupCount) -> Design:
        own, beside = self._moments(group), self._beside(group, other)
        (rate, effective), (rate0, effective0) = _weighted(own, group.n), _weighted(beside, other.n)
        return Design(
            rate=rate,
            rate0=rate0,
            effective=effective,
            effective0=effective0,
            units=group.n,
            units0=other.n,
            weighted=True,
        )

    def _worth(self, group: GroupCount, but: GroupCount | None = None) -> float:
        """What its rows are worth before units: their number, or Kish's size of their weights."""
        if self.cube.weights is None:
            return float(group.n)
        moments = self._moments(group) if but is None else self._beside(but, group)
        return float(moments[1] ** 2 / moments[3])

    def _beside(self, group: GroupCount, other: GroupCount) -> "NDArray[np.float64]":
        """Moments of what a group is compared with."""
        if other.labels == (REST,):
            return self._everyone - self._moments(group)
        return self._moments(other)

    @cached_property
    def _sums(self) -> "tuple[NDArray[np.float64], NDArray[np.float64]]":
        """Events and denominators of every cell, weighted where rows are."""
        held = self.cube.counts if self.cube.weights is None else self.cube.weights
        metric = self.counted.metric
        return _sum(held, metric.x_mask()), _sum(held, metric.n_mask())

    @cached_property
    def _place(self) -> "NDArray[np.int64]":
        unit = self.cube.unit
        assert unit is not None  # noqa: S101 - asked for only where rows repeat units
        place: NDArray[np.int64] = np.unique(unit, return_inverse=True)[1].ravel()
        return place

    @cached_property
    def _everyone_by_unit(self) -> "tuple[NDArray[np.float64], NDArray[np.float64]]":
        return self._cells_by_unit([cell for g in self.counted.groups for cell in g.cells])

    @cached_property
    def _everyone(self) -> "NDArray[np.float64]":
        every = np.array([self._moments(g) for g in self.counted.groups])
        total: NDArray[np.float64] = every.sum(axis=0)
        return total

    def _by_unit(self, group: GroupCount) -> "tuple[NDArray[np.float64], NDArray[np.float64]]":
        return self._cells_by_unit(list(group.cells))

    def _cells_by_unit(self, cells: list[int]) -> "tuple[NDArray[np.float64], NDArray[np.float64]]":
        (x, n), place = self._sums, self._place[cells]
        size = int(self._place.max()) + 1
        by_unit = [np.bincount(place, weights=one[cells], minlength=size) for one in (x, n)]
        return by_unit[0].astype(np.float64), by_unit[1].astype(np.float64)

    def _moments(self, group: GroupCount) -> "NDArray[np.float64]":
        """Sums of weights over events and denominator, and of their squares."""
        cells, metric = list(group.cells), self.counted.metric
        (x, n), squares = self._sums, self.cube.squares
        assert squares is not None  # noqa: S101 - there are weights, so there are their squares
        x2, n2 = (_sum(squares[cells], mask) for mask in (metric.x_mask(), metric.n_mask()))
        return np.array([x[cells].sum(), n[cells].sum(), x2.sum(), n2.sum()])


def _alike(n: "NDArray[np.float64]") -> int:
    """Units that count alike (Kish 1965): all of them where each has as many rows."""
    return max(1, int(n.sum() ** 2 / (n**2).sum() + _DUST))


def _sum(
    held: "NDArray[np.int64] | NDArray[np.float64]", mask: "NDArray[np.int64]"
) -> "NDArray[np.float64]":
    return held.reshape(-1, 9).astype(np.float64) @ mask.ravel()


def _weighted(moments: "NDArray[np.float64]", rows: int) -> tuple[float, float]:
    """Rate and effective size of independent rows with sampling weights.

    The size is Kish's, (sum w)^2 / sum w^2, or what the linearised variance of the rate is worth
    where that is less (Kish 1965, Survey Sampling).
    """
    x, n, x2, n2 = (float(value) for value in moments)
    rate, kish = min(1.0, max(0.0, x / n)), n * n / n2
    spread = (x2 * (1 - rate) ** 2 + (n2 - x2) * rate**2) / n**2
    if spread <= 0 or not 0 < rate < 1:
        return rate, kish
    correction = rows / (rows - 1) if rows > 1 else 1.0
    return rate, min(kish, rate * (1 - rate) / (spread * correction))
