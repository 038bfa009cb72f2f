"""The smallest count behind a number that is no rate: what its disclosure is held against.

A mean of noughts and ones is a rate, and so is an area under the ROC curve of a score with two
values; with few values a small count can be worked out from what is shown.
"""

from typing import TYPE_CHECKING

import numpy as np

from rai_check.fairness.entries import STATES, Entries
from rai_check.fairness.numbers import Numbers
from rai_check.fairness.outcomes import NO, YES
from rai_check.fairness.tally import GroupCount

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

FEW_VALUES = 10
"""Of so many distinct values or fewer, a count of each may be worked out."""
ALL: tuple[tuple[int, ...], ...] = (STATES,)
"""Everyone whose number is known, whatever the truth."""
BY_TRUTH: tuple[tuple[int, ...], ...] = ((NO,), (YES,))


def fewest(
    numbers: Numbers,
    classes: "Sequence[tuple[int, ...]]",
    group: GroupCount,
    other: GroupCount | None = None,
    *,
    valued: "Sequence[tuple[int, ...]] | None" = None,
) -> int:
    """The smallest count of rows, or of units, in a group or in what it is compared with.

    Args:
        numbers: the number, in bins of its values.
        classes: states of the truth that are counted together.
        group: the group.
        other: what it is compared with, where that is to be counted instead.
        valued: classes in each of which each value is counted, where there are few values; the
            same unless given.
    """
    side = numbers.of(group) if other is None else numbers.against(group, other)
    picked = few_values(side.histogram() > 0, numbers.all_rows.histogram() > 0)
    by_value = classes if valued is None else valued
    found = [int(side.histogram(*states).sum()) for states in classes]
    found += [n for states in by_value for n in side.histogram(*states)[picked].tolist()]
    if numbers.repeated:
        entries = numbers.entries_of(group, other)
        found += [entries.units(*states) for states in classes]
        found += [n for states in by_value for n in _units(entries, states, picked)]
    return min(found)


def few_values(own: "NDArray[np.bool_]", everywhere: "NDArray[np.bool_]") -> "NDArray[np.int64]":
    """Which bins to count one by one: all in use where few are, or those of a side with few."""
    for used in (everywhere, own):
        if np.count_nonzero(used) <= FEW_VALUES:
            return np.flatnonzero(used)
    return np.zeros(0, dtype=np.int64)


def _units(entries: Entries, states: tuple[int, ...], picked: "NDArray[np.int64]") -> "list[int]":
    """Distinct units of some states of the truth in each of some bins."""
    if not len(picked):
        return []
    held = entries.where(np.isin(entries.truth, states))
    bins = int(picked[-1]) + 1 + int(held.bin.max(initial=0))
    pairs = np.unique(held.unit * bins + held.bin)
    found: list[int] = np.bincount(pairs % bins, minlength=bins)[picked].tolist()
    return found
