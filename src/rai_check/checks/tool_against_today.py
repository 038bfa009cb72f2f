"""Whether the tool widens the gap that today's process leaves between groups."""

from typing import Annotated, Literal

from pydantic import Field

from rai_check.check import check
from rai_check.fairness import METRICS, planned
from rai_check.fairness.gap import Gap
from rai_check.fairness.today import processes
from rai_check.measurement import CheckResult
from rai_check.project import Project


@check(
    "tool-against-today",
    title="No wider gaps than under today's process",
    limits=("change", "ratio", "difference"),
    needs=("decisions",),
)
def tool_against_today(
    project: Project,
    *,
    by: str,
    of: Literal["gap", "rate"] = "gap",
    pool_below: Annotated[int, Field(ge=2, le=100)] = 10,
) -> CheckResult:
    """Compare each group's treatment by the tool with its treatment today.

    What it measures
    With `of: gap`: how many times further from equality the ratio of a group's selection rate to
    everyone else's is under the tool than under today's process. With `of: rate`: the group's
    own selection rate under the tool against that under today's process. Today's decisions come
    from the column of the decisions table that means `today` (the same cases, compared case by
    case where both decisions are known), or else from the table with the role
    `current_process` (other cases, with the same group labels). Groups with fewer than
    `pool_below` rows under either are put together under both.

    Why it matters
    Today's process is seldom even-handed itself. What a council decides is whether to replace
    it, and a tool that widens a gap makes things worse even where it keeps every other limit.

    How to read it
    A change of 1 means that the gap is as wide as today; 1.25 that it is a quarter wider, 0.80
    that it is narrower, whichever way it points. Each group's ratio under the tool and today
    stands beside it. A limit of `change` goes with `of: gap`, one of `ratio` or `difference`
    with `of: rate`.

    What it cannot tell you
    Whether the gap that remains is acceptable, or either decision right. Two tables are of
    different cases: if the mix of cases has changed, so may the gap have, whoever decides. A
    group that was 1.2 times as likely to be picked and is now 1.2 times less likely shows no
    change, since only the width of the gap is judged. Fewer than ten records, or fewer than
    five expected to be picked or passed over, on a side are too few for the change of a gap.

    References
    Katz, Baptista, Azen and Pike (1978), Biometrics 34(3), on ratios; Tango (1998), Statistics in
    Medicine 17(8), on paired rates; Equality Act 2010, section 149 (due regard).
    """
    both = processes(project, by, pool_below=pool_below)
    return Gap(both=both, plan=planned(project, METRICS["selection"])).compared(of)
