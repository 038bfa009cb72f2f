"""Whether what has to be known is known."""

from typing import Literal

from rai_check.check import NotApplicable, check
from rai_check.fairness.cube import repeated
from rai_check.measurement import CheckResult, Evidence, Measurement, Undefined, where_of
from rai_check.project import Meaning, Project, RoleTable
from rai_check.quality.known import is_declared, known_share
from rai_check.quality.places import place_of, tables_of_people

_METRICS = {
    "required": "required values that are known",
    "characteristics": "records whose group is known",
}
_NOTHING = {
    "required": "no column is declared as 'required: always'",
    "characteristics": "no group column records a protected characteristic",
}


@check("complete-values", title="Complete values", needs=("tables",))
def complete_values(project: Project, *, of: Literal["required", "characteristics"]) -> CheckResult:
    """Measure how much of what has to be known is known.

    What it measures
    The share of rows that have a value, with its interval, in every table whose rows are of
    people (golden cases and reference populations are left out). `required`: of each column
    declared as `required: always`. `characteristics`: of each group column that records a
    protected characteristic; a value that means "not stated", and one that nothing declares, is
    not known. Where rows repeat a declared `unit`, they count for what they are worth.

    Why it matters
    Whoever is missing from the data is missing from every result drawn from it. "Not stated" is
    seldom spread evenly, and it hides the people whom a check was meant to see.

    How to read it
    95% of 1,000 rows means that 50 have no value. The interval says how well these rows show how
    completely the service records: from few rows, little can be said. To show at least 95% takes
    59 rows without a gap, to show 80% takes 14.

    What it cannot tell you
    Whether the values that are there are right (valid-values counts some that cannot be), or
    whether people were left out of the table altogether.

    References
    UK GDPR Article 5(1)(d), accuracy; Government Data Quality Framework (2020), completeness;
    Wilson (1927), JASA 22:209, for the interval.
    """
    measured = tuple(
        _measured(table, column, _METRICS[of])
        for table in tables_of_people(project)
        for column in _columns(table, of)
    )
    if not measured:
        raise NotApplicable(_NOTHING[of])
    return CheckResult(measurements=measured, expected=tuple(m.where for m in measured))


def _columns(table: RoleTable, of: str) -> tuple[str, ...]:
    return tuple(
        name
        for name, spec in table.spec.columns.items()
        if (
            spec.required
            if of == "required"
            else spec.means is Meaning.GROUP and spec.characteristic
        )
    )


def _measured(table: RoleTable, column: str, metric: str) -> Measurement:
    where = is_declared(table, column)
    evidence: Evidence = Undefined(code="empty", text="the table has no rows")
    if table.data.rows:
        evidence = known_share(table, where, repeated(table))
    return Measurement(
        metric=metric, evidence=evidence, where=where_of({"column": place_of(table, column)})
    )
