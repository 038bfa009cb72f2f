"""Beside a comparison within strata: whether they differ, and which point the other way."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rai_check.fairness.tally import REST, Counted, GroupCount
from rai_check.measurement import Exact, Measurement, TwoProportions, where_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

ALPHA = 0.05
"""Level at which a stratum that points the other way is named; nothing is judged by it."""

_OTHER_WAY = "In this stratum the difference points the other way."
_OPPOSED = (
    "In this stratum the difference points the other way from that in another stratum, so that "
    "what is common to them is near equality."
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tables:
    """One group and everyone else: int64 counts, one entry a stratum."""

    x: "NDArray[np.int64]"
    n: "NDArray[np.int64]"
    x0: "NDArray[np.int64]"
    n0: "NDArray[np.int64]"

    @property
    def used(self) -> "NDArray[np.intp]":
        """Strata with somebody on both sides."""
        return np.flatnonzero((self.n > 0) & (self.n0 > 0))

    @property
    def columns(self) -> "tuple[NDArray[np.int64], ...]":
        """The four counts, in the order that tests take them."""
        return self.x, self.n, self.x0, self.n0

    @property
    def sums(self) -> TwoProportions:
        """All strata that have both sides, put together."""
        x, n, x0, n0 = (int(column[self.used].sum()) for column in self.columns)
        return TwoProportions(x=x, n=n, x0=x0, n0=n0)

    def at(self, stratum: int) -> TwoProportions:
        """One stratum."""
        x, n, x0, n0 = (int(column[stratum]) for column in self.columns)
        return TwoProportions(x=x, n=n, x0=x0, n0=n0)


def notes(tables: Tables) -> tuple[str, ...]:
    """What is left out of a comparison, in sentences."""
    own = int(np.count_nonzero(tables.n))
    left_out = own - len(tables.used)
    if not left_out:
        return ()
    some = f"In {left_out:,} of the {own:,} strata that the group is in there is nobody to compare"
    return (f"{some} it with; those rows are left out and count as not known.",)


def beside(
    counted: Counted, group: GroupCount, tables: Tables, names: Sequence[Mapping[str, str]]
) -> Iterator[Measurement]:
    """Whether the strata differ from one another, and those that point the other way.

    Args:
        counted: what the group was counted in.
        group: the group.
        tables: its counts; at least one stratum has both sides.
        names: each stratum's label in each column of the strata.
    """
    from rai_check.stats.strata import common_effect

    metric = counted.metric
    common = common_effect(*tables.columns, effect=metric.effect)
    if common.df:
        yield Measurement(
            metric=f"{metric.name}, chance of so large a difference between strata",
            evidence=Exact(value=round(common.p_same, 2)),
            where=counted.where(group),
            against=REST,
            members=group.members,
            unit="share",
            information=True,
            notes=(_differ(common.p_same),),
        )
    yield from _reversals(counted, group, tables, names)


def _differ(p: float) -> str:
    if p < ALPHA:
        return "The gap is not the same in every stratum; the common one is an average of them."
    return "No more difference between the strata than chance explains was seen."


def _reversals(
    counted: Counted, group: GroupCount, tables: Tables, names: Sequence[Mapping[str, str]]
) -> Iterator[Measurement]:
    from rai_check.stats.reversals import reversals

    for one in reversals(*tables.columns, effect="difference", alpha=ALPHA):
        chance = one.adjusted >= ALPHA
        yield Measurement(
            metric=f"{counted.metric.name} within one stratum",
            evidence=tables.at(one.stratum),
            where=where_of({**dict(counted.where(group)), **names[one.stratum]}),
            against=REST,
            members=group.members,
            information=True,
            notes=(
                _OPPOSED if one.opposed else _OTHER_WAY,
                *(("Among so many strata chance alone could explain it.",) if chance else ()),
            ),
        )
