"""How often the tool is wrong about each group."""

from typing import Annotated, Literal

from pydantic import Field

from rai_check.check import RATES, check
from rai_check.fairness import METRICS, compare_rates
from rai_check.measurement import CheckResult
from rai_check.project import Project, Role


@check(
    "error-rate",
    title="Similar error rates",
    limits=RATES,
    needs=("decisions", "truth"),
)
def error_rate(
    project: Project,
    *,
    by: str,
    rate: Literal["tpr", "fnr", "fpr", "tnr"],
    against: str = "rest",
    pool_below: Annotated[int, Field(ge=2, le=100)] = 10,
) -> CheckResult:
    """Compare how often the tool is wrong about each group.

    What it measures
    Among the people for whom the truth is known, and within each group: the false negative
    rate (`fnr`: needed the positive outcome and did not get it), the true positive rate
    (`tpr`, its complement), the false positive rate (`fpr`: got it and did not need it) or the
    true negative rate (`tnr`, its complement). Each is set against the same rate among everyone
    else.

    Why it matters
    A tool can pick every group equally often and still miss more of those in one group who
    needed to be picked.

    How to read it
    A difference of 0 means equal error rates; 0.10 means ten more errors in every hundred.
    Only the rows that a rate is about count towards its sample size: for false negatives,
    those who needed the outcome.

    What it cannot tell you
    Anything about people whose truth is not known. Where it is known only for those the tool
    picked (`outcome_known: selected`), these rates cannot be measured at all and are reported
    as undefined. If the record of the truth is itself skewed, so is this.

    References
    Miettinen and Nurminen (1985), Statistics in Medicine 4(2); Hardt, Price and Srebro (2016),
    Equality of Opportunity in Supervised Learning.
    """
    return compare_rates(
        project,
        project.table(Role.DECISIONS),
        (by,),
        METRICS[rate],
        against=against,
        pool_below=pool_below,
    )
