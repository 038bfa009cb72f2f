"""How often the tool is right about each group."""

from typing import Annotated

from pydantic import Field

from rai_check.check import RATES, check
from rai_check.fairness import METRICS, compare_rates
from rai_check.measurement import CheckResult
from rai_check.project import Project, Role


@check(
    "accuracy",
    title="Similar accuracy",
    limits=RATES,
    needs=("decisions", "truth"),
)
def accuracy(
    project: Project,
    *,
    by: str,
    against: str = "rest",
    pool_below: Annotated[int, Field(ge=2, le=100)] = 10,
) -> CheckResult:
    """Compare how often the tool is right about each group.

    What it measures
    Among the people whose prediction and truth are both known, the share for whom the two
    agree, within each group and among everyone else.

    Why it matters
    A tool that works on the whole can work poorly for a group that was scarce in the data it
    was built on, or whose records are worse.

    How to read it
    A difference of 0 means equal accuracy; -0.10 means that ten more in every hundred of the
    group are told wrongly than among everyone else.

    What it cannot tell you
    Which way the errors go: a group may be missed more often and picked wrongly less often at
    the same accuracy, which `equalised-odds` and `balanced-error` see. Where few need the
    outcome, a tool that picks nobody is accurate. It needs a truth that is known for everyone:
    with `outcome_known: selected` it is reported as undefined.

    References
    Berk, Heidari, Jabbari, Kearns and Roth (2021), Fairness in Criminal Justice Risk
    Assessments, Sociological Methods & Research 50(1) (overall accuracy equality).
    """
    return compare_rates(
        project,
        project.table(Role.DECISIONS),
        (by,),
        METRICS["accuracy"],
        against=against,
        pool_below=pool_below,
    )
