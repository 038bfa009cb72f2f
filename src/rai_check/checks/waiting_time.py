"""How long each group waits."""

from typing import Annotated, Literal

from pydantic import Field

from rai_check.check import check
from rai_check.fairness.waits import compare_waits
from rai_check.measurement import CheckResult
from rai_check.project import Project, Role


@check(
    "waiting-time",
    title="Similar waiting times",
    limits=("ratio", "difference", "value"),
    needs=("decisions",),
)
def waiting_time(
    project: Project,
    *,
    by: str,
    measure: Literal["mean", "median"] = "mean",
    effect: Literal["difference", "ratio"] = "difference",
    against: str = "rest",
    pool_below: Annotated[int, Field(ge=2, le=100)] = 10,
) -> CheckResult:
    """Compare how long each group waited.

    What it measures
    The `mean` or `median` number of days that each group waited (the column that means `wait`),
    less that of everyone else (`effect: difference`, in days) or divided by it (`effect: ratio`).
    `against` may name a reference group instead, or be `all-pairs`. Groups with fewer than
    `pool_below` rows are put together as "small groups together"; a side with fewer than 30 is
    reported as undefined for means (10 for medians). Waits are skewed, so for means the smaller
    side is taken to vary at least as much as the larger. Means of rows that repeat a person have
    variances by person; medians of such rows are reported as undefined.

    Why it matters
    Waiting is a harm of its own, and one that a tool which sorts or prioritises cases hands out.

    How to read it
    A difference of 3 means that the group waited three days longer than everyone else; a ratio of
    1.20 that it waited a fifth longer. The median is the wait of the person in the middle and
    hardly sees the longest waits; the mean sees them all. The late rate counts them.

    What it cannot tell you
    Why people waited. Anything about people who are still waiting: their wait is not over, so the
    column is blank and they count against the known share, though they may be the ones who wait
    longest. Take people who joined on or before a day long enough ago that nearly all are done,
    or compare late rates, for which "still waiting after that many days" is known.

    References
    Welch (1947), Biometrika 34; Woodruff (1952), Journal of the American Statistical
    Association 47(260); Binder (1983), International Statistical Review 51(3).
    """
    return compare_waits(
        project.table(Role.DECISIONS),
        by,
        measure=measure,
        effect=effect,
        against=against,
        pool_below=pool_below,
    )
