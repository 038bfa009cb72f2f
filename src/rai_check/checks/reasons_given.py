"""Whether every decision has its reason."""

from rai_check.check import check
from rai_check.measurement import CheckResult, Exact, Measurement, Undefined
from rai_check.project import Meaning, Project, Role
from rai_check.tables import And


@check("reasons-given", title="Every outcome has reasons", needs=("decisions", "reasons"))
def reasons_given(project: Project) -> CheckResult:
    """Count the decisions that have no reason.

    What it measures
    Rows of the decisions table whose reason column is empty, or holds a value the project
    declares as `not_known`.

    Why it matters
    A person cannot question a decision that nobody can explain, and a reviewer cannot check it.

    How to read it
    Nought means that every row gives a reason.

    What it cannot tell you
    Whether the reasons are true, complete, or in words that a resident would understand.

    References
    ICO and The Alan Turing Institute, Explaining Decisions Made with AI: rationale explanation.
    """
    table = project.table(Role.DECISIONS)
    given_in_all = And(tuple(table.known(name) for name in table.columns(Meaning.REASON)))
    found = table.data.counts((), {"given": given_in_all}).rows
    total = sum(row.n for row in found)
    given = sum(row.sums[0] for row in found)
    evidence = (
        Exact(value=total - given)
        if total
        else Undefined(code="no_rows", text="the decisions table has no rows")
    )
    return CheckResult(
        measurements=(
            Measurement(
                metric="decisions without a reason",
                evidence=evidence,
                unit="decisions",
            ),
        )
    )
