"""What a project file says of a data file, and its controls about data, for `check-data`."""

from pathlib import Path
from typing import TYPE_CHECKING

from rai_check.cli.console import progress
from rai_check.cli.shared import PROJECT

if TYPE_CHECKING:
    from rai_check.assessment import Assessment
    from rai_check.measured import Input
    from rai_check.project.table_file import TableFile

CONTROLS = ("DP-04", "DP-12", "DP-13", "DP-14", "FA-04")
"""Controls about the data alone, whatever the tool does with it."""


def beside(path: Path) -> Path | None:
    """The project file in the folder of a data file, if there is one."""
    found = path.parent / PROJECT
    return found.resolve() if found.is_file() else None


def declared(path: Path, project: Path) -> "TableFile | None":
    """What a project says of a file, if it names it.

    Raises:
        UsageError: the project file cannot be used.
    """
    from rai_check.project import read_project

    file, _ = read_project(project)
    for table in file.tables.values():
        named = project.parent / table.path
        if named.exists() and path.exists() and named.samefile(path):
            return table
    return None


def emptied(project: Path, found: "Assessment | None") -> tuple[str, ...]:
    """The steps of a project that leave no row of a table that had some, each in a sentence.

    Raises:
        UsageError: the project cannot be used.
    """
    from rai_check.reports.escape import visible
    from rai_check.survey.said import some

    inputs = found.measurements.inputs if found is not None else _inputs(project)
    return tuple(
        f"Step {at} of table '{visible(one.name)}' ({visible(step.does)}) leaves no row of "
        f"{some(step.rows_in)}. Correct it under 'derive', or find out what the file lacks."
        for one in inputs
        for at, step in enumerate(one.steps, start=1)
        if step.rows_in and not step.rows_out
    )


def _inputs(project: Path) -> "tuple[Input, ...]":
    """How the tables of a project come out, where no control had them read."""
    from rai_check.measuring import now
    from rai_check.project import Project, read_project
    from rai_check.provenance import inputs

    file, _ = read_project(project)
    today = now().date()
    opened = Project(file=file, folder=project.parent, as_of=today, first_run_on=today)
    try:
        return inputs(opened)
    finally:
        opened.close()


def judged_controls(project: Path) -> "Assessment | None":
    """The controls about data, judged; nothing is written, and no run recorded.

    None where the policy has none of them at the project's stage.

    Raises:
        UsageError: the project, its policy or a statement cannot be used.
    """
    from rai_check.assess import rejudged
    from rai_check.measuring import Options, measure_project
    from rai_check.policy.load import find_policy, load_policy
    from rai_check.project import read_project
    from rai_check.statements.load import read_statements

    file, _ = read_project(project)
    controls = load_policy(find_policy(file.policy, project.parent)).policy.controls
    chosen = tuple(
        name for name in CONTROLS if name in controls and file.stage.includes(controls[name].stage)
    )
    if not chosen:
        return None
    found = measure_project(project, Options(only=chosen, progress=progress))
    said = read_statements(project.parent / name for name in file.statements)
    partial = found.partial or ("the controls about data were chosen",)
    return rejudged(found, said, as_of=found.measured_on, partial=partial, audit=False)
