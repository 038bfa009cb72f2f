"""`rai-check judge`: from measurements.json and the statements, without any data."""

from datetime import date
from pathlib import Path

import click

from rai_check.cli.console import finishing
from rai_check.cli.shared import PROJECT, Writer, as_of_option, output_options
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
    from rai_check.assessment import read_measurements
    from rai_check.measuring import Options

    found = read_measurements(measurements)
    path = _project(project, measurements) / found.project_file
    writer = Writer(measurements.resolve().parent, output, reports, path)
    assessment = judge(
        found,
        path,
        Options(as_of=as_of, audit=audit),
        statements=statements or None,
        keep=writer.keep,
    )
    return writer.finish(assessment, as_json=as_json, verbose=verbose)


def _project(given: Path | None, measurements: Path) -> Path:
    if given is not None:
        folder = given if given.is_dir() else given.parent
        if not folder.is_dir():
            raise UsageError(f"there is no folder {str(folder)!r}.")
        return folder.resolve()
    beside = measurements.resolve().parent
    near = (beside, *beside.parents[:2])  # results stand in a folder of the project, or one below
    return next((folder for folder in near if (folder / PROJECT).exists()), beside)
