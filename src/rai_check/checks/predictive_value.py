"""How often the tool turns out right about those it picked, and those it passed over."""

from typing import Annotated, Literal

from pydantic import Field

from rai_check.check import RATES, check
from rai_check.fairness import METRICS, compare_rates
from rai_check.measurement import CheckResult
from rai_check.project import Project, Role


@check(
    "predictive-value",
    title="Similar predictive values",
    limits=RATES,
    needs=("decisions", "truth"),
)
def predictive_value(
    project: Project,
    *,
    by: str,
    rate: Literal["precision", "fdr", "for", "npv"],
    against: str = "rest",
    pool_below: Annotated[int, Field(ge=2, le=100)] = 10,
) -> CheckResult:
    """Compare how often the tool turns out right about those it picked or passed over.

    What it measures
    Among the people whom the tool picked and whose truth is known: the share who needed the
    positive outcome (`precision`) or did not (`fdr`, the false discovery rate). Among those it
    passed over and whose truth is known: the share who did need it (`for`, the false omission
    rate) or did not (`npv`, the negative predictive value). Each is set against the same rate
    among everyone else. The share of known truths counts only the rows that the rate is about.

    Why it matters
    Being picked should mean the same whoever you are. If those picked from one group turn out
    to need the outcome less often, that group may be held to a laxer rule, or, where being
    picked is a burden such as a search or an audit, may be picked on weaker grounds.

    How to read it
    A ratio of 1, or a difference of 0, means that a pick (or a pass) is right equally often.
    `precision` and `fdr` can be measured where the truth is known only for those picked
    (`outcome_known: selected`): this is the outcome test of Becker. `for` and `npv` cannot and
    are then reported as undefined.

    What it cannot tell you
    Whether the same threshold was used for every group. The outcome test looks at the average
    of those picked, not at the last one picked (infra-marginality): groups whose risks are
    spread differently have different precision under one and the same threshold, and can have
    the same precision under different ones. A gap therefore asks for an explanation and is no
    proof of unequal treatment; no gap is no proof of equal treatment. Where base rates differ,
    equal predictive values and equal error rates cannot both be had by any imperfect tool.

    References
    Becker (1957), The Economics of Discrimination; Simoiu, Corbett-Davies and Goel (2017), The
    Problem of Infra-marginality in Outcome Tests for Discrimination, Annals of Applied
    Statistics 11(3); Chouldechova (2017), Fair Prediction with Disparate Impact, Big Data 5(2).
    """
    return compare_rates(
        project,
        project.table(Role.DECISIONS),
        (by,),
        METRICS[rate],
        against=against,
        pool_below=pool_below,
    )
