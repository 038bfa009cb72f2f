"""How often each group gets the positive outcome."""

from typing import Annotated

from pydantic import Field

from rai_check.check import RATES, check
from rai_check.fairness import METRICS, compare_rates
from rai_check.measurement import CheckResult
from rai_check.project import Project, Role


@check(
    "selection-rate",
    title="Similar selection rates",
    limits=RATES,
    needs=("decisions",),
)
def selection_rate(
    project: Project,
    *,
    by: str,
    against: str = "rest",
    pool_below: Annotated[int, Field(ge=2, le=100)] = 10,
) -> CheckResult:
    """Compare how often each group gets the positive outcome.

    What it measures
    The share of each group that the tool picks, flags or awards (the values that the project
    declares as positive), set against the share among everyone else. `against` may name a
    reference group instead, or be `all-pairs`. Groups with fewer than `pool_below` rows are
    put together as "small groups together" and still tested.

    Why it matters
    A tool that picks one group much less, or much more, often than others may put that group
    at a particular disadvantage (Equality Act 2010, section 19).

    How to read it
    A ratio of 1 means equal rates; 0.80 means the group is picked four times for every five
    among everyone else. The interval shows how far chance alone could have moved the ratio.

    What it cannot tell you
    Whether a difference is justified, what caused it, or whether the outcome was right for
    each person. Set against everyone else, it can hide a gap between two large groups, so the
    lowest and the highest rates are shown beside it. Sampling error is the only error covered.

    References
    Farrington and Manning (1990), Statistics in Medicine 9(12); Equality Act 2010, section 19.
    """
    return compare_rates(
        project,
        project.table(Role.DECISIONS),
        (by,),
        METRICS["selection"],
        against=against,
        pool_below=pool_below,
    )
