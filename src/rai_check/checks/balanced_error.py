"""How often the tool is wrong about each group, errors of both kinds weighing the same."""

from typing import Annotated

from pydantic import Field

from rai_check.check import check
from rai_check.fairness import count, cube_of, refusal
from rai_check.fairness.balanced import RATES, Balanced
from rai_check.fairness.matching import matched
from rai_check.measurement import CheckResult
from rai_check.project import Project, Role


@check(
    "balanced-error",
    title="Similar balanced error rates",
    limits=("difference",),
    needs=("decisions", "truth"),
)
def balanced_error(
    project: Project,
    *,
    by: str,
    against: str = "rest",
    pool_below: Annotated[int, Field(ge=2, le=100)] = 10,
) -> CheckResult:
    """Compare the mean of the two error rates of each group.

    What it measures
    In each group, half the false negative rate (of those who needed the outcome, the share
    missed) plus half the false positive rate (of those who did not, the share picked), less the
    same among everyone else. Groups with fewer than `pool_below` people of either kind are put
    together. Where fewer than ten of either kind remain on a side, it is reported as undefined.

    Why it matters
    Where few people need the outcome, accuracy says little: a tool that picks nobody is
    accurate. Here a miss and a wrong pick count in proportion to those they could happen to.

    How to read it
    A difference of 0 means equal balanced error; 0.05 means that the mean of the two error rates
    is five points higher in the group. Guessing gives 0.5 in every group.

    What it cannot tell you
    Which kind of error it is: more misses can hide behind fewer wrong picks, so the two rates
    of each group are shown beside it and `equalised-odds` compares them. Whether a miss and a
    wrong pick are equally grave is a judgement, which this measure makes by halves. With
    `outcome_known: selected` it is reported as undefined.

    References
    Brodersen, Ong, Stephan and Buhmann (2010), The Balanced Accuracy and Its Posterior
    Distribution, ICPR; Agresti and Caffo (2000), Simple and Effective Confidence Intervals for
    Proportions and Differences of Proportions, The American Statistician 54(4).
    """
    table = project.table(Role.DECISIONS)
    cube = cube_of(table, (by,))
    missed, wrong = matched(
        *(count(cube, (by,), rate, pool_below=0) for rate in RATES), pool_below=pool_below
    )
    found = Balanced(cube=cube, counted=(missed, wrong), refusal=refusal(table, cube, RATES[0]))
    return found.compared(against)
