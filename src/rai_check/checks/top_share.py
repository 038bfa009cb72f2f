"""How often each group is among those with the highest scores."""

from typing import Annotated

from pydantic import Field

from rai_check.check import RATES, check
from rai_check.fairness.top import compare_top
from rai_check.measurement import CheckResult
from rai_check.project import Project, Role


@check(
    "top-share",
    title="Similar shares at the top",
    limits=RATES,
    needs=("decisions",),
)
def top_share(
    project: Project,
    *,
    by: str,
    share: Annotated[float, Field(gt=0, lt=100)] = 10.0,
    against: str = "rest",
    pool_below: Annotated[int, Field(ge=2, le=100)] = 10,
) -> CheckResult:
    """Compare how often each group is in the top of a ranking by score.

    What it measures
    The share of each group that is among the `share` per cent of everyone with the highest
    scores, set against the same among everyone else. Whoever has the same score as the last of
    them is in the top too, so ties can make it larger; where they double it, it is reported as
    undefined. `against` may name a reference group instead, or be `all-pairs`. Groups with fewer
    than `pool_below` rows are put together as "small groups together" and still tested.

    Why it matters
    Where visits, places or money go to the top of a list, that list is the decision, whatever
    threshold is written down.

    How to read it
    With `share` of 10, equal groups would each have 10% at the top. A ratio of 0.50 means that the
    group is there half as often as everyone else.

    What it cannot tell you
    Whether the people at the top are the right ones. The number at the top is fixed, so one
    group's gain is another's loss: at equality the score test has the very variance that this
    gives (hypergeometric; Miettinen and Nurminen's factor N / (N - 1)), and away from equality
    taking the edge as given is an approximation. In simulations of 100 to 1,000 people against
    2,700, one-sided tests at 5% erred in 3% to 7% of samples.

    References
    Miettinen and Nurminen (1985), Statistics in Medicine 4(2); Yang and Stoyanovich (2017),
    Measuring Fairness in Ranked Outputs.
    """
    return compare_top(
        project,
        project.table(Role.DECISIONS),
        by,
        share=share,
        against=against,
        pool_below=pool_below,
    )
