"""Whether those who need the outcome, and those who do not, are treated alike in every group."""

from typing import Annotated

from pydantic import Field

from rai_check.check import RATES, check
from rai_check.fairness import METRICS, compare_rates
from rai_check.measurement import CheckResult
from rai_check.project import Project, Role


@check(
    "equalised-odds",
    title="Equalised odds",
    limits=RATES,
    needs=("decisions", "truth"),
)
def equalised_odds(
    project: Project,
    *,
    by: str,
    against: str = "rest",
    pool_below: Annotated[int, Field(ge=2, le=100)] = 10,
) -> CheckResult:
    """Compare both the true and the false positive rate of each group.

    What it measures
    Two rates of each group, each set against the same rate among everyone else: the true
    positive rate (of those who needed the outcome, how many were picked) and the false positive
    rate (of those who did not, how many were picked). Both must keep the limit, so the worse of
    the two decides; all the comparisons are counted together when allowing for several tests.

    Why it matters
    A tool with equalised odds picks people by their need alone: among those of equal need,
    membership of a group makes no difference to being picked.

    How to read it
    A difference of 0 in both rates means equalised odds. A gap in the first means that need is
    missed more often in one group; in the second, that people are picked without need.

    What it cannot tell you
    Anything about people whose truth is not known; with `outcome_known: selected` neither rate
    can be measured. If the record of the truth is itself skewed, so is this. Where base rates
    differ, an imperfect tool cannot have equalised odds and equal predictive values at once.

    References
    Hardt, Price and Srebro (2016), Equality of Opportunity in Supervised Learning, NeurIPS 29;
    Kleinberg, Mullainathan and Raghavan (2017), Inherent Trade-Offs in the Fair Determination
    of Risk Scores, ITCS.
    """
    both = [
        compare_rates(
            project,
            project.table(Role.DECISIONS),
            (by,),
            METRICS[rate],
            against=against,
            pool_below=pool_below,
        )
        for rate in ("tpr", "fpr")
    ]
    return CheckResult(
        measurements=tuple(m for one in both for m in one.measurements),
        expected=tuple(dict.fromkeys(place for one in both for place in one.expected)),
    )
