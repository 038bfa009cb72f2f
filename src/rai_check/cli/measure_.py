"""`rai-check measure`: where the data lives; leaves no row behind."""

from datetime import date
from pathlib import Path

import click

from rai_check.cli.console import finishing, inert, progress, say
from rai_check.cli.shared import (
    OUTPUT,
    as_of_option,
    project_argument,
    project_path,
    refuse_inputs,
)
from rai_check.outcome import Exit, Outcome, Stage


@click.command("measure")
@project_argument
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help=f"File to write (default: {OUTPUT}/measurements.json beside the project file).",
)
@as_of_option
@click.option("--stage", type=click.Choice([s.value for s in Stage]), help="A later stage.")
@click.option("--only", multiple=True, metavar="CONTROL", help="Only this control: no verdict.")
@click.option("--json", "as_json", is_flag=True, help="Print the measurements as JSON.")
@finishing
def command(
    project: Path,
    output: Path | None,
    as_of: date | None,
    stage: str | None,
    only: tuple[str, ...],
    as_json: bool,  # noqa: FBT001 - a flag of the command line
) -> Exit:
    """Measure PROJECT (rai.yaml) and write measurements.json, which `judge` works from.

    Exits 0 when every check ran, 3 when one could not; it gives no verdict.
    """
    from rai_check.assess import measure
    from rai_check.assessment import save, to_json
    from rai_check.measuring import Options

    path = project_path(project)
    target = output or path.parent / OUTPUT / "measurements.json"
    refuse_inputs([target], path)
    options = Options(
        as_of=as_of, stage=Stage(stage) if stage else None, only=only, progress=progress
    )
    found = measure(path, options)
    save(found, target)
    if as_json:
        click.echo(inert(to_json(found)), nl=False)
    broken = [i.id for i in found.items if any(p.outcome is Outcome.ERROR for p in i.parts)]
    for name in broken:
        say(f"could not run: {name}")
    say(f"wrote {target}")
    say(f"evidence digest {found.evidence_digest}")
    return Exit.COULD_NOT_RUN if broken else Exit.PASS
