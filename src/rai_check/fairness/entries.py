"""Rows of a number put together: exact sums of a group, and what each unit adds to them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rai_check.fairness.outcomes import NO, UNKNOWN, YES

if TYPE_CHECKING:
    from numpy.typing import NDArray

STATES = (NO, YES, UNKNOWN)
Sums3 = tuple[int, int, int]
"""For each state of the truth: no, yes and unknown."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Summed:
    """What the rows of one group, or of several, have of a number that is known.

    Attributes:
        n: int64, states of the truth x bins: rows.
        binned: float64 like `n`: the sum of the number in millionths, whole, so that the order of
            rows does not matter.
        totals: the sum of the number in millionths, exact, by state of the truth.
        squares: the sum of its squares in squared millionths, the same.
    """

    n: "NDArray[np.int64]"
    binned: "NDArray[np.float64]"
    totals: Sums3
    squares: Sums3

    def plus(self, other: "Summed", sign: int = 1) -> "Summed":
        """Two groups as one; with a `sign` of -1, what is left of this one without the other."""
        return Summed(
            n=self.n + sign * other.n,
            binned=self.binned + sign * other.binned,
            totals=_added(self.totals, other.totals, sign),
            squares=_added(self.squares, other.squares, sign),
        )

    def histogram(self, *states: int) -> "NDArray[np.int64]":
        """Rows in each bin, of some states of the truth or of all."""
        found: NDArray[np.int64] = self.n[list(states or STATES)].sum(axis=0)
        return found

    def sums(self, *states: int) -> Sums3:
        """Rows, the sum of the number and that of its squares, of some states or of all."""
        held = states or STATES
        return (
            int(self.n[list(held)].sum()),
            sum(self.totals[state] for state in held),
            sum(self.squares[state] for state in held),
        )


def _added(one: Sums3, other: Sums3, sign: int) -> Sums3:
    return (one[0] + sign * other[0], one[1] + sign * other[1], one[2] + sign * other[2])


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Entries:
    """Rows of which the number is known, together where group, unit, truth and bin are the same.

    In order of group, truth and bin, so that no sum by unit depends on the order of the file.

    Attributes:
        group: int64, place of the label; -1 where the group is not known.
        unit: int64, a number for each unit; all 0 where rows stand alone.
        truth: int64, its state.
        bin: int64, place among the bins of the number.
        n: int64, rows.
        total: float64, the sum of the number in millionths, whole.
    """

    group: "NDArray[np.int64]"
    unit: "NDArray[np.int64]"
    truth: "NDArray[np.int64]"
    bin: "NDArray[np.int64]"
    n: "NDArray[np.int64]"
    total: "NDArray[np.float64]"

    def where(self, picked: "NDArray[np.bool_]") -> "Entries":
        """Those that a mask holds."""
        return Entries(
            group=self.group[picked],
            unit=self.unit[picked],
            truth=self.truth[picked],
            bin=self.bin[picked],
            n=self.n[picked],
            total=self.total[picked],
        )

    def with_truth(self) -> "Entries":
        """Those whose truth is known."""
        return self.where(self.truth != UNKNOWN)

    def units(self, *states: int) -> int:
        """Distinct units, of some states of the truth or of all."""
        held = self.unit[np.isin(self.truth, states or STATES)]
        return int(np.count_nonzero(np.bincount(held)))


def summed(
    entries: Entries,
    totals: "NDArray[np.object_]",
    squares: "NDArray[np.object_]",
    *,
    groups: int,
    bins: int,
) -> tuple[Summed, ...]:
    """Sum entries by group; last, those whose group is not known.

    Args:
        entries: what to sum.
        totals: Python ints, their sums of the number in millionths.
        squares: Python ints, their sums of its squares.
        groups: how many groups there are.
        bins: how many bins there are.
    """
    place = np.where(entries.group < 0, groups, entries.group) * len(STATES) + entries.truth
    shape = (groups + 1, len(STATES), bins)
    size, at = (groups + 1) * len(STATES) * bins, place * bins + entries.bin
    n = np.bincount(at, weights=entries.n, minlength=size).astype(np.int64).reshape(shape)
    binned = np.bincount(at, weights=entries.total, minlength=size).reshape(shape)
    exact = [_exact(place, one, (groups + 1) * len(STATES)) for one in (totals, squares)]
    return tuple(
        Summed(n=n[i], binned=binned[i], totals=exact[0][i], squares=exact[1][i])
        for i in range(groups + 1)
    )


def _exact(place: "NDArray[np.int64]", values: "NDArray[np.object_]", size: int) -> list[Sums3]:
    """Exact sums by place, three to a group."""
    found = [0] * size
    if len(place):
        order = np.argsort(place, kind="stable")
        at = place[order]
        starts = np.flatnonzero(np.r_[True, at[1:] != at[:-1]])
        sums = np.add.reduceat(values[order], starts)
        for i, value in zip(at[starts].tolist(), sums.tolist(), strict=True):
            found[i] = int(value)
    return [(found[i], found[i + 1], found[i + 2]) for i in range(0, size, 3)]
