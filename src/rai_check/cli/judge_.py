"""`rai-check judge`: from measurements.json and the statements, without any data."""

from datetime import date
from pathlib import Path

import click

from rai_check.cli.main import colour, finishing, say
from rai_check.cli.shared import (
    PROJECT,
    as_of_option,
    output_options,
    report_targets,
    write_reports,
)
from rai_check.errors import UsageError
from rai_check.outcome import Exit


@click.command("judge")
@click.argument("measurements", type=click.Path(path_type=Path))
@click.option(
    "--project",
    type=click.Path(path_type=Path),
    help="Folder of the project file (default: beside the measurements, or the folder above).",
)
@click.option(
    "--statements",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Statement file to read instead of those the project names; may be repeated.",
)
@output_options
@as_of_option
@finishing
def command(
    measurements: Path,
    project: Path | None,
    statements: tuple[Path, ...],
    output: Path | None,
    reports: tuple[str, ...],
    as_json: bool,  # noqa: FBT001 - a flag of the command line
    verbose: bool,  # noqa: FBT001 - as above
    audit: bool,  # noqa: FBT001 - as above
    as_of: date | None,
) -> Exit:
    """Judge MEASUREMENTS (measurements.json) under the policy recorded in it."""
    from rai_check.assess import judge
    from rai_check.assessment import read_measurements, save, to_json
    from rai_check.measuring import Options
    from rai_check.reports import terminal

    found = read_measurements(measurements)
    folder = output or measurements.resolve().parent
    targets = report_targets(reports or ("html",), folder)
    assessment = judge(
        found,
        _project_folder(project, measurements),
        Options(as_of=as_of, audit=audit),
        statements=statements or None,
    )
    save(assessment, folder / "assessment.json")
    written = write_reports(assessment, targets)
    if as_json:
        click.echo(to_json(assessment), nl=False)
    else:
        click.echo(terminal.render(assessment, colour=colour(), verbose=verbose), nl=False)
    for file in (folder / "assessment.json", *written):
        say(f"wrote {file}")
    return assessment.judgement.exit


def _project_folder(given: Path | None, measurements: Path) -> Path:
    if given is not None:
        folder = given if given.is_dir() else given.parent
        if not folder.is_dir():
            raise UsageError(f"there is no folder {str(folder)!r}.")
        return folder.resolve()
    beside = measurements.resolve().parent
    above = beside.parent
    return above if not (beside / PROJECT).exists() and (above / PROJECT).exists() else beside
