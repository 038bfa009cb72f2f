"""Whether values are missing about as often in every group."""

from typing import Annotated

from pydantic import Field

from rai_check.check import Missing, NotApplicable, check
from rai_check.fairness.compare import lines
from rai_check.fairness.designs import Designer
from rai_check.fairness.tally import GroupCount, count
from rai_check.measurement import (
    NOBODY,
    NOBODY_BESIDE,
    CheckResult,
    Evidence,
    TwoProportions,
    Undefined,
)
from rai_check.project import Project, Role
from rai_check.quality.gaps import GapCount, columns_that_matter, gap_counts


@check("even-gaps", title="Gaps not uneven", limits=("difference",), needs=("decisions",))
def even_gaps(
    project: Project,
    *,
    by: str,
    against: str = "rest",
    pool_below: Annotated[int, Field(ge=2, le=100)] = 10,
) -> CheckResult:
    """Compare how often values are missing in each group.

    What it measures
    Of the decisions table, in each column that a result can rest on (prediction, truth, today's
    decision, score, amount, stratum, other groups, and all that is declared as `required: always`),
    the share of each group's rows that have no value, set against the share among everyone else.
    "Not stated", and whatever a code list calls not known, is missing; a value that nothing
    declares is not. A column in which nothing is missing has no gap and is left out. Where rows
    repeat a declared `unit`, rates are tested by unit; sampling weights are not used, as it is
    records that have gaps. Groups with fewer than `pool_below` rows are put together.

    Why it matters
    If the record of one group is emptier than that of others, every rate worked out from it is of
    a different sort of people: those who answered, or whom somebody asked. A fair result on
    uneven data is no evidence of fairness.

    How to read it
    A difference of 0.05 means that five more in every hundred of the group's records lack the
    value. Where a tenth of all records lack it, a group needs some 280 of them before equal gaps
    are shown to be within five points of a much larger rest, four times in five; where one in
    fifty does, some 120. In fewer, only a wide gap shows.

    What it cannot tell you
    Why values are missing, or what they would have been. Rows whose own group is not known are in
    no group: they are shown by complete-values. Time that has not yet run out is a gap too: a
    column of what was late has none for cases still open, and a wait is left out for that reason
    unless it is required. Rows that lack the `unit` they should name each count as a unit of their
    own: were several of them about one person, the intervals would be too narrow.

    References
    ISO/IEC TS 12791:2024, 5.2.2 (from memory, not looked up); Rubin (1976), Inference and missing
    data, Biometrika 63(3); Miettinen and Nurminen (1985), Statistics in Medicine 4(2).
    """
    table = project.table(Role.DECISIONS)
    columns = columns_that_matter(table, by)
    if not columns:
        raise Missing("the decisions table declares no column that results rest on")
    if not table.data.rows:
        raise Missing("the decisions table has no rows")
    found = [one for one in gap_counts(table, by, columns) if one.missing]
    if not found:
        raise NotApplicable("nothing is missing in the columns that results rest on")
    results = [_compared(one, by, against, pool_below) for one in found]
    return CheckResult(
        measurements=tuple(m for one in results for m in one.measurements),
        expected=tuple(dict.fromkeys(place for one in results for place in one.expected)),
    )


def _compared(one: GapCount, by: str, against: str, pool_below: int) -> CheckResult:
    counted = count(one.cube, (by,), one.metric, pool_below=pool_below)
    designer = Designer(cube=one.cube, counted=counted)

    def evidence(group: GroupCount, other: GroupCount) -> Evidence:
        if not group.n:
            return Undefined(code=NOBODY, text="nobody of that group is in the table")
        if not other.n:
            return Undefined(code=NOBODY_BESIDE, text="nobody is there to compare it with")
        design = designer.of(group, other)
        return TwoProportions(x=group.x, n=group.n, x0=other.x, n0=other.n, design=design)

    return lines(counted, evidence, against=against)
