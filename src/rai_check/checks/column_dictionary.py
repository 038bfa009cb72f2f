"""Whether every column is declared, there, and has a purpose."""

from rai_check.check import Missing, check
from rai_check.measurement import CheckResult, Exact, Finding, Measurement
from rai_check.project import Project
from rai_check.quality.dictionary import gaps_of

_METRICS = {
    "columns not declared": {"not declared"},
    "declared columns not in the file": {"declared but not in the file"},
    "columns without a purpose": {"no purpose given", "still to do"},
}
_SHOWN = 5


@check("column-dictionary", title="Columns match the dictionary", needs=("tables",))
def column_dictionary(project: Project) -> CheckResult:
    """Hold the columns of every table against what the project declares of them.

    What it measures
    Three counts over all tables, golden cases and lookups among them: columns that are in a file
    and that the project does not declare; columns that it declares and that are not there; and
    declared columns of which nobody says what they are for. Columns that a step adds count like
    those of the file. A purpose is the column's own `purpose`, or the `why` of its `identifier`;
    or it follows from what the column means, as with a prediction, a truth, a reason or a wait. A
    column that means `case`, `date`, `free_text` or `other`, and a group that records no
    protected characteristic, needs words. A text that starts with TODO is none; where that is all
    there is to find, the result is missing.

    Why it matters
    A column that nobody asked for is a risk that nobody weighed, and one that has gone missing
    may be what the tool was checked for. Personal data must be limited to what the purpose needs.

    How to read it
    Nought of each means that the tables hold what was declared and nothing else. Each column that
    does not match is listed. An undeclared column whose name may itself be data is listed by its
    position.

    What it cannot tell you
    Whether a purpose is a good one, or whether a column holds what its name says.

    References
    UK GDPR Article 5(1)(b) and (c), purpose limitation and data minimisation; Article 30, records
    of processing.
    """
    found = [gap for table in project.tables() for gap in gaps_of(table)]
    if found and all(one.gap == "still to do" for one in found):
        raise Missing(_to_do([one.place for one in found]))
    return CheckResult(
        measurements=tuple(
            Measurement(
                metric=metric,
                evidence=Exact(value=sum(one.gap in gaps for one in found)),
                unit="columns",
                about_people=False,
            )
            for metric, gaps in _METRICS.items()
        ),
        findings=tuple(
            Finding(place=one.place, kind=one.gap, shape="", count=1, about_people=False)
            for one in found
        ),
    )


def _to_do(places: list[str]) -> str:
    """Which purposes are marked TODO, the first few by name."""
    more = f" and {len(places) - _SHOWN} more" if len(places) > _SHOWN else ""
    return f"a purpose is still marked TODO for {', '.join(places[:_SHOWN])}{more}"
