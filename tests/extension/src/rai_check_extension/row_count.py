"""How many rows the decisions table has."""

from typing import Annotated

from pydantic import Field

from rai_check.check import check
from rai_check.measurement import CheckResult, Exact, Measurement
from rai_check.project import Project, Role


@check("row-count", title="Enough rows", needs=("decisions",))
def row_count(project: Project, *, every: Annotated[int, Field(ge=1)] = 1) -> CheckResult:
    """Count the rows of the decisions table.

    What it measures
    Rows, in units of `every`.

    Why it matters
    It shows that a check from another package is found, run and judged like any other.

    How to read it
    More is more.

    What it cannot tell you
    Anything about what is in the rows.

    References
    None.
    """
    rows = project.table(Role.DECISIONS).data.rows
    return CheckResult(
        measurements=(Measurement(metric="rows", evidence=Exact(value=rows // every)),)
    )
