"""How much each group is given on average."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from rai_check.check import check
from rai_check.fairness.amounts import compare_means
from rai_check.measurement import CheckResult
from rai_check.project import Meaning, Project, Role


@check(
    "mean-gap",
    title="Similar amounts",
    limits=("ratio", "difference", "value"),
    needs=("decisions",),
)
def mean_gap(
    project: Project,
    *,
    by: str,
    effect: Literal["difference", "ratio"] = "difference",
    unit: Annotated[str, StringConstraints(pattern=r"^[^\W\d_][\w ]{0,39}$")] = "units",
    against: str = "rest",
    pool_below: Annotated[int, Field(ge=2, le=100)] = 10,
) -> CheckResult:
    """Compare how much each group is given on average.

    What it measures
    The mean of what a decision sets, such as hours of care or pounds (the column that means
    `amount`, in `unit`), in each group, less the mean of everyone else (`effect: difference`) or
    divided by it (`effect: ratio`, for amounts above 0). `against` may name a reference group
    instead, or be `all-pairs`. Groups with fewer than `pool_below` rows are put together as "small
    groups together"; a side with fewer than 30 is reported as undefined, because amounts are
    skewed. Rows that repeat a person have variances by person.

    Why it matters
    Two groups can be served equally often and still be given less and more.

    How to read it
    A difference of -2.5 hours means that the group is given two and a half hours less on average
    than everyone else; a ratio of 0.80, four fifths of what they are given.

    What it cannot tell you
    Whether needs differ, and with them the amounts that are right. Anything about rows without an
    amount: decide whether "nothing" is written as 0 or left blank, because that is a different
    mean. Amounts are skewed, so the smaller side is taken to vary at least as much as the larger;
    a few very large amounts can still bend the interval.

    References
    Welch (1947), Biometrika 34; Binder (1983), International Statistical Review 51(3).
    """
    table = project.table(Role.DECISIONS)
    return compare_means(
        table,
        by,
        table.column(Meaning.AMOUNT),
        "mean amount",
        effect=effect,
        against=against,
        pool_below=pool_below,
        unit=unit,
    )
