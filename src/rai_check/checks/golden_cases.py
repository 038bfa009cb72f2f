"""Whether the system gives the outcomes that it must."""

from collections.abc import Iterator
from itertools import islice

from rai_check.check import Missing, check
from rai_check.errors import DataError
from rai_check.measurement import CheckResult, Exact, Finding, Measurement, Undefined
from rai_check.project import Meaning, Project, Role, RoleTable
from rai_check.tables import shown
from rai_check.tables.text import text_forms_of

METRIC = "golden cases not met"
LISTED = 50
"""Cases listed one by one; further ones are counted."""

_NAMED = 12
_FIRST_LINE = 2  # the header is line 1


@check("golden-cases", title="Required outcomes hold", needs=("golden_cases",))
def golden_cases(project: Project) -> CheckResult:
    """Count the test cases in which the system does not give the outcome that it must.

    What it measures
    The golden cases table holds one case a row: its particulars, and in the column that means
    `required` the only right outcome. It is compared with what the system gave: the column that
    means `prediction`, where the outcomes of the tool were recorded, or otherwise what the
    project's model says when it is fed the row. Both are compared as text, letter by letter,
    outer blanks aside ("1.0" is "1", "True" is "true"). A case without an outcome counts as not
    met.

    Why it matters
    Some outcomes are laid down by statute or by policy (a deadline, an entitlement, a case that
    must go to a person). Being right on average is no answer to the person whose case is one of
    them.

    How to read it
    Nought means that every case came out as required. Each one that did not is listed by its
    line in the file (the header is line 1, each row one line), never by its content.

    What it cannot tell you
    Anything about a rule for which nobody wrote a case, or whether the required outcomes are
    right. Recorded outcomes are what the tool gave on the day they were recorded: record them
    again when the tool has changed.

    References
    AI Playbook for the UK Government (February 2025), on testing before and after deployment;
    Myers, Sandler and Badgett (2011), The Art of Software Testing, chapter 4, on choosing cases.
    """
    table = project.table(Role.GOLDEN_CASES)
    required = _texts(table, table.column(Meaning.REQUIRED))
    if not required:
        text = "the golden cases table has no rows"
        return CheckResult(measurements=(_measurement(Undefined(code="no_cases", text=text)),))
    _must_be_given(table, required)
    given, notes = _outcomes(project, table)
    unmet = [
        line
        for line, pair in enumerate(zip(required, given, strict=True), start=_FIRST_LINE)
        if pair[0] != pair[1]
    ]
    met = f"{len(required) - len(unmet)} of {len(required)} cases match."
    evidence = Exact(value=len(unmet))
    return CheckResult(
        measurements=(_measurement(evidence, met, *notes),),
        findings=tuple(_findings(table.name, unmet)),
    )


def _measurement(evidence: Exact | Undefined, *notes: str) -> Measurement:
    return Measurement(
        metric=METRIC, evidence=evidence, unit="test cases", about_people=False, notes=notes
    )


def _texts(table: RoleTable, column: str) -> list[str | None]:
    """Return a column's texts, None where missing or declared as not known."""
    blank = set(text_forms_of(table.column_spec(column).not_known)) - {None}
    return [
        None if text in blank else text
        for batch in table.data.batches((column,))
        for text in batch.column(0).to_pylist()
    ]


def _must_be_given(table: RoleTable, required: list[str | None]) -> None:
    lines = [i for i, text in enumerate(required, start=_FIRST_LINE) if text is None]
    if lines:
        named = ", ".join(str(line) for line in lines[:_NAMED])
        more = f" and {len(lines) - _NAMED} more" if len(lines) > _NAMED else ""
        raise DataError(
            f"Table {shown(table.name)!r} has no required outcome on line {named}{more}; a golden "
            "case without one tests nothing: fill it in or take the row out."
        )


def _outcomes(project: Project, table: RoleTable) -> tuple[list[str | None], tuple[str, ...]]:
    """Return what the system gave each case, and notes on where that is from.

    Raises:
        Missing: outcomes are not recorded and there is no model that can give them.
        DataError: a score is recorded instead of an outcome, or the model cannot be used.
    """
    recorded = table.columns(Meaning.PREDICTION)
    if recorded:
        column = recorded[0]
        if table.column_spec(column).at_least is not None:
            raise DataError(
                f"Column {shown(column)!r} of table {shown(table.name)!r} is declared as a score "
                "('at_least'), which no required outcome equals; record the outcome itself."
            )
        return _texts(table, column), (f"Outcomes are those recorded in {shown(column)!r}.",)
    return _predicted(project, table)


def _predicted(project: Project, table: RoleTable) -> tuple[list[str | None], tuple[str, ...]]:
    spec = project.file.model
    if spec is None:
        raise Missing(
            f"table {table.name!r} has no column that means 'prediction', with the outcomes that "
            "the tool gave, and the project has no model to give them"
        )
    held = {column.name for column in table.data.columns}
    if absent := [name for name in spec.features if name not in held]:
        raise Missing(
            f"table {table.name!r} has no column that means 'prediction', and lacks column "
            f"{shown(absent[0])!r}, which the model is fed ({len(absent)} of {len(spec.features)} "
            "are lacking)"
        )
    model = project.model()
    given: list[str | None] = []
    for batch in table.data.batches(model.features):
        given.extend(label or None for label in model.predict(batch))
    return given, ("Outcomes are those of the project's model.", *model.notes)


def _findings(name: str, unmet: list[int]) -> Iterator[Finding]:
    for line in islice(unmet, LISTED):
        yield _finding(f"{name} line {line}", 1)
    if len(unmet) > LISTED:
        yield _finding(f"{name}, further lines", len(unmet) - LISTED)


def _finding(place: str, count: int) -> Finding:
    return Finding(
        place=place, kind="required outcome not given", shape="", count=count, about_people=False
    )
