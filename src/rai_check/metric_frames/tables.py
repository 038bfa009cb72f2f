"""Each group's table of outcomes: what a metric of another library is worked out from."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rai_check.fairness import Counted, GroupCount
from rai_check.fairness.fewest import few_values
from rai_check.measurement import Undefined
from rai_check.metric_frames.formulas import Floats, Outcomes

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class UnitRows:
    """Rows that repeat units, alike ones put together.

    Attributes:
        unit: int64, a number for each unit.
        group: int64, which group.
        cell: int64, which cell of its table.
        n: float64, rows, or their sampling weight.
    """

    unit: "NDArray[np.int64]"
    group: "NDArray[np.int64]"
    cell: "NDArray[np.int64]"
    n: Floats


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tables:
    """The tables of all groups, those whose group is not known last.

    Attributes:
        counted: the groups, to be compared.
        groups: those of `counted`, then the unknown if there are any.
        at: what the cells stand for.
        counts: float64, groups x cells: rows.
        weights: float64, likewise: sums of sampling weights; `counts` where there are none.
        squares: sums of their squares; None where there are none.
        repeated: the rows by unit; None where every row stands alone.
        refusal: why there is no value to work out, if so.
        notes: whole sentences for the reader.
    """

    counted: Counted
    groups: tuple[GroupCount, ...]
    at: Outcomes
    counts: Floats
    weights: Floats
    squares: Floats | None
    repeated: UnitRows | None
    refusal: Undefined | None
    notes: tuple[str, ...] = ()

    @property
    def known(self) -> int:
        """How many of the groups are known."""
        return len(self.counted.groups)

    def sizes(self, cells: "NDArray[np.bool_]") -> Floats:
        """Rows in some cells of every group, then of everyone but each known group.

        Distinct units, where rows repeat them.
        """
        if self.repeated is None:
            return with_rest(self.counts[:, cells].sum(axis=1), self.known)
        groups, held = len(self.groups), cells[self.repeated.cell]
        unit = np.unique(self.repeated.unit[held], return_inverse=True)[1].ravel()
        pairs = np.unique(unit * groups + self.repeated.group[held])
        own = np.bincount(pairs % groups, minlength=groups)
        pairs = pairs[pairs % groups < self.known]
        sides = np.bincount(pairs // groups)
        only = np.bincount(pairs[sides[pairs // groups] == 1] % groups, minlength=groups)
        rest = np.count_nonzero(sides) - only[: self.known]
        return np.concatenate([own, rest]).astype(np.float64)

    def fewer(self, cells: "NDArray[np.bool_]") -> Floats:
        """As `sizes`: rows or units, whichever are fewer."""
        rows = with_rest(self.counts[:, cells].sum(axis=1), self.known)
        return rows if self.repeated is None else np.minimum(rows, self.sizes(cells))

    def fewest(self) -> Floats:
        """The smallest count of every group, then of everyone but each known group.

        Of those with the outcome and those without, and of each value of what was said in either,
        where there are few values (as there are of labels).
        """
        if not len(self.at.said):
            return np.zeros(len(self.groups) + self.known)
        truth, said = self.at.truth, np.unique(self.at.said, return_inverse=True)[1].ravel()
        found: Floats = np.min([self.fewer(truth == s) for s in np.unique(truth)], axis=0)
        rows = with_rest(self.counts, self.known)
        everywhere = np.bincount(said, weights=self.counts.sum(axis=0)) > 0
        counted: dict[tuple[float, int], Floats] = {}
        for place, one in enumerate(rows):
            for value in few_values(np.bincount(said, weights=one) > 0, everywhere).tolist():
                for state in np.unique(truth).tolist():
                    if (state, value) not in counted:
                        cell = (truth == state) & (said == value)
                        counted[state, value] = self.fewer(cell)
                    found[place] = min(found[place], counted[state, value][place])
        return found


def with_rest(cells: Floats, known: int) -> Floats:
    """Of every group (first axis), then of everyone but each known group."""
    return np.concatenate([cells, cells[:known].sum(axis=0) - cells[:known]])


def with_unknown(counted: Counted) -> tuple[GroupCount, ...]:
    """The groups, and last those whose group is not known, if there are any."""
    return (*counted.groups, *([counted.unknown] if counted.unknown.n else []))
