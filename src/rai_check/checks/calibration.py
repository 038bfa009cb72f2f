"""Whether the score means the same in every group."""

from typing import Annotated

from pydantic import Field

from rai_check.check import check
from rai_check.fairness.calibrated import compare_calibration
from rai_check.measurement import CheckResult
from rai_check.project import Project, Role


@check(
    "calibration",
    title="The score means the same in every group",
    limits=("difference",),
    needs=("decisions", "truth"),
)
def calibration(
    project: Project,
    *,
    by: str,
    against: str = "rest",
    pool_below: Annotated[int, Field(ge=2, le=100)] = 10,
) -> CheckResult:
    """Compare how far the outcome differs from what the score led to expect in each group.

    What it measures
    In each group, the rate of the true outcome less the mean score (calibration in the large),
    less the same among everyone else. The score, from 0 to 1, is the column that means `score`,
    or a prediction held as a score. `against` may name a reference group instead, or be
    `all-pairs`. Groups with fewer than `pool_below` rows are put together as "small groups
    together"; a side with fewer than 30 is reported as undefined. Rows that repeat a person have
    variances by person.

    Why it matters
    If 0.3 comes true for three in ten of one group and for two in ten of another, a threshold at
    0.3 treats the second as riskier, or needier, than it is.

    How to read it
    A difference of 0.05 means that outcomes come five in a hundred more often, against what scores
    say, than among everyone else: the score is too low for the group. Beside it stands each group's
    own figure, observed over expected, and the calibration error over ten bins without what chance
    adds (0 where it is no larger than chance would make it).

    What it cannot tell you
    That every score is right: a score can be too high for some and too low for others of the same
    group and still be right on average. Equal calibration does not make equal error rates; where
    base rates differ no tool has both. If the record of the truth is itself skewed, so is this. It
    needs the truth for those not picked as well.

    References
    Kumar, Liang and Ma (2019), Verified Uncertainty Calibration; Chouldechova (2017), Big Data
    5(2); Wilson (1927), Journal of the American Statistical Association 22.
    """
    return compare_calibration(
        project.table(Role.DECISIONS), by, against=against, pool_below=pool_below
    )
