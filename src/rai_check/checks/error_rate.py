"""How often the tool is wrong about each group."""

from typing import Annotated, Literal

from pydantic import Field

from rai_check import rates
from rai_check.check import check
from rai_check.measurement import CheckResult, Measurement, Undefined, where_of
from rai_check.project import Meaning, Project, Role
from rai_check.project.grouping import grouping
from rai_check.tables import And, Not

NAMES = {
    "tpr": "true positive rate",
    "fnr": "false negative rate",
    "fpr": "false positive rate",
}


@check("error-rate", title="Similar error rates", compares=True, needs=("decisions", "truth"))
def error_rate(
    project: Project,
    *,
    by: str,
    rate: Literal["tpr", "fnr", "fpr"],
    against: str = "rest",
    pool_below: Annotated[int, Field(ge=2, le=100)] = 10,
) -> CheckResult:
    """Compare how often the tool is wrong about each group.

    What it measures
    Among the people for whom the truth is known, and within each group: the false negative
    rate (`fnr`: needed the positive outcome and did not get it), the true positive rate
    (`tpr`, its complement), or the false positive rate (`fpr`: got it and did not need it).
    Each is set against the same rate among everyone else.

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
    table = project.table(Role.DECISIONS)
    name = NAMES[rate]
    if table.spec.outcome_known == "selected":
        return _selected_only(project, by, name)
    predicted, truth = table.column(Meaning.PREDICTION), table.column(Meaning.TRUTH)
    event, known = rates.positive(table, predicted)
    true, truth_known = rates.positive(table, truth)
    usable = And((known, truth_known))
    wanted = And((truth_known, Not(true))) if rate == "fpr" else true
    counted = rates.count(
        table,
        by,
        event=And((known, Not(event))) if rate == "fnr" else event,
        base=And((usable, wanted)),
        usable=usable,
        pool_below=pool_below,
    )
    refusal = rates.unclear(table, predicted, truth)
    return rates.compare(table, counted, metric=name, against=against, refusal=refusal)


def _selected_only(project: Project, by: str, name: str) -> CheckResult:
    """Rates among those who needed the outcome, when nobody looked at those not picked."""
    labels = sorted({*grouping(project.table(Role.DECISIONS), by).labels.values()})
    reason = Undefined(
        code="selected",
        text=f"the truth is known only for those the tool picked, so no {name} can be measured",
    )
    return CheckResult(
        measurements=tuple(
            Measurement(metric=name, evidence=reason, where=where_of({by: label}), against="rest")
            for label in labels
        )
    )
