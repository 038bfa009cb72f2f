"""How well the score ranks within each group."""

from typing import Annotated

from pydantic import Field

from rai_check.check import check
from rai_check.fairness.ranking import compare_ranking
from rai_check.measurement import CheckResult
from rai_check.project import Project, Role


@check(
    "auc",
    title="The score ranks equally well in every group",
    limits=("difference",),
    needs=("decisions", "truth"),
)
def auc(
    project: Project,
    *,
    by: str,
    against: str = "rest",
    pool_below: Annotated[int, Field(ge=2, le=100)] = 10,
) -> CheckResult:
    """Compare how well the score ranks the people of each group.

    What it measures
    The area under the ROC curve: of all pairs of one person with the true outcome and one without,
    the share in which the first has the higher score, a tie counting one half. That of each group
    less that of everyone else. The score is the column that means `score`, or a prediction held
    as a score. Fewer than 20 people with the outcome or without it, on either side, is reported
    as undefined. `against` may name a reference group instead, or be `all-pairs`.

    Why it matters
    A score that sorts one group hardly better than chance serves that group worse, at whatever
    threshold it is used.

    How to read it
    0.50 is chance and 1.00 a perfect order. A difference of -0.05 means that of every hundred
    such pairs five more are out of order in the group than among everyone else. Standard errors
    are DeLong's, widened to hold near 1; those of rows that repeat a person are by person.

    What it cannot tell you
    Whether scores mean the same in every group (see calibration), or whether anyone is picked
    more often. People of a group whose cases are alike are harder to rank, whatever the tool. It
    needs the truth for those not picked as well.

    References
    DeLong, DeLong and Clarke-Pearson (1988), Biometrics 44(3); Obuchowski (1997), Biometrics
    53(2); Newcombe (2006), Statistics in Medicine 25(4).
    """
    return compare_ranking(
        project.table(Role.DECISIONS), by, against=against, pool_below=pool_below
    )
