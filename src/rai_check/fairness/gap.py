"""Whether the tool widens a gap between groups, and whether it picks a group less often."""

from dataclasses import dataclass, replace
from typing import Literal

from rai_check.fairness.compare import compare, lines
from rai_check.fairness.designs import Designer
from rai_check.fairness.linear import correlation, covariance, scored_rate, sizes
from rai_check.fairness.log_ratios import change_of
from rai_check.fairness.tally import REST, GroupCount
from rai_check.fairness.today import Processes, Side
from rai_check.measurement import (
    NOBODY,
    NOBODY_BESIDE,
    CheckResult,
    Design,
    Evidence,
    Measurement,
    TwoProportions,
    Undefined,
)

GAP = "change of the gap in selection rate"
RATE = "selection rate, tool against today"


@dataclass(frozen=True, kw_only=True, eq=False)
class Gap:
    """Compares the tool with today's process, group by group.

    Attributes:
        both: the groups under both.
        plan: the selection rate that the fairness plan expected.
    """

    both: Processes
    plan: float | None = None

    def compared(self, of: Literal["gap", "rate"]) -> CheckResult:
        """The change of each group's gap, and of its rate; one judged, the other beside it.

        Raises:
            Missing: as `lines`.
        """
        counted = replace(self.both.lesser(), notes=(*self.both.lesser().notes, self._whose()))
        gap = lines(counted, self._gap, metric=GAP, plan=self.plan)
        rate = lines(counted, self._rate, metric=RATE, plan=self.plan)
        beside = [replace(m, against="today") for m in rate.measurements]
        if self.both.refusal is not None:
            found = gap.measurements if of == "gap" else tuple(beside)
            return replace(gap, measurements=found)
        judged, shown = (gap.measurements, beside) if of == "gap" else (beside, gap.measurements)
        information = [replace(m, information=True) for m in (*shown, *self._apart())]
        return replace(gap, measurements=(*judged, *information))

    def _whose(self) -> str:
        if self.both.paired:
            return "The same cases are behind the tool's decisions and today's."
        return "Today's decisions are of other cases than the tool's."

    def _apart(self) -> list[Measurement]:
        """Each group's own gap under the tool and under today's process."""
        found = []
        for name, process in (("tool", self.both.tool), ("today", self.both.today)):
            result = compare(process.cube, process.counted, against=REST, plan=self.plan)
            known = [g for g in process.counted.groups if not self.both.unmatched(g)]
            places = {process.counted.where(g) for g in known}
            found += [
                replace(m, metric=f"{m.metric}, {name}")
                for m in result.measurements
                if not m.information and m.where in places
            ]
        return found

    def _gap(self, group: GroupCount, other: GroupCount) -> Evidence:
        side, rest = self.both.side(group), self.both.side(other, group)
        if (why := self._undefined(group, side)) is not None:
            return why
        if not rest.now.n or not rest.before.n:
            text = f"nobody {rest.lacking} to compare with"
            return Undefined(code=NOBODY_BESIDE, text=text)
        return change_of(self.both, side, rest)

    def _rate(self, group: GroupCount, _: GroupCount) -> Evidence:
        side = self.both.side(group)
        if (why := self._undefined(group, side)) is not None:
            return why
        if self.both.designed:
            now, before = side.now, side.before
            design = self._design(side)
            return TwoProportions(x=now.x, n=now.n, x0=before.x, n0=before.n, design=design)
        if self.both.paired:
            return self.both.pairs(side)
        return TwoProportions(x=side.now.x, n=side.now.n, x0=side.before.x, n0=side.before.n)

    def _undefined(self, group: GroupCount, side: Side) -> Undefined | None:
        """Why nothing can be said of a group, if so."""
        if self.both.refusal is not None:
            return self.both.refusal
        if self.both.unmatched(group):
            text = "nothing declares this group, so it cannot be found again in today's table"
            return Undefined(code="undeclared", text=text, mendable=True)
        if not side.now.n or not side.before.n:
            text = f"nobody {side.lacking}, so the selection rates cannot be compared"
            return Undefined(code=NOBODY, text=text)
        return None

    def _design(self, side: Side) -> Design:
        """Of the group's two rates, where rows repeat units or carry weights."""
        tool, today = self.both.tool, self.both.today
        rate, effective = Designer(cube=tool.cube, counted=tool.counted).own(side.now)
        rate0, effective0 = Designer(cube=today.cube, counted=today.counted).own(side.before)
        shared = 0.0
        if self.both.paired:
            cells = (side.cells, tool.counted.metric), (side.cells0, today.counted.metric)
            shared = correlation(
                covariance(tool.cube, *(scored_rate(tool.cube, *c) for c in cells))
            )
        return Design(
            rate=rate,
            rate0=rate0,
            effective=effective or side.now.n,
            effective0=effective0 or side.before.n,
            correlation=shared,
            units=sizes(tool.cube, side.cells, tool.counted.metric),
            units0=sizes(today.cube, side.cells0, today.counted.metric),
            weighted=tool.cube.weights is not None or today.cube.weights is not None,
        )
