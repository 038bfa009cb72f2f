"""`rai-check run`: measure, judge, report; the release gate."""

from datetime import date
from pathlib import Path

import click

from rai_check.cli.console import finishing, progress
from rai_check.cli.shared import (
    OUTPUT,
    Writer,
    as_of_option,
    output_options,
    project_argument,
    project_path,
)
from rai_check.outcome import Exit, Stage


@click.command("run")
@project_argument
@output_options
@as_of_option
@click.option("--stage", type=click.Choice([s.value for s in Stage]), help="A later stage.")
@click.option("--only", multiple=True, metavar="CONTROL", help="Only this control: no verdict.")
@finishing
def command(
    project: Path,
    output: Path | None,
    reports: tuple[str, ...],
    as_json: bool,  # noqa: FBT001 - a flag of the command line
    verbose: bool,  # noqa: FBT001 - as above
    audit: bool,  # noqa: FBT001 - as above
    as_of: date | None,
    stage: str | None,
    only: tuple[str, ...],
) -> Exit:
    """Measure and judge PROJECT (rai.yaml), write the results, exit by the verdict."""
    from rai_check.assess import run
    from rai_check.measuring import Options

    path = project_path(project)
    writer = Writer(path.parent / OUTPUT, output, reports, path)
    options = Options(
        as_of=as_of,
        stage=Stage(stage) if stage else None,
        only=only,
        audit=audit,
        progress=progress,
    )
    assessment = run(path, options, keep=writer.keep)
    return writer.finish(assessment, as_json=as_json, verbose=verbose)
