"""`rai-check verify`: whether an assessment is whole, bound to its data, and judged rightly."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from rai_check.cli.console import finishing
from rai_check.outcome import Exit
from rai_check.reports.escape import visible

if TYPE_CHECKING:
    from rai_check.assessment import Assessment


@click.command("verify")
@click.argument("assessment", type=click.Path(path_type=Path))
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of the project file, to check the hashes of the data as well.",
)
@click.option("--rejudge", is_flag=True, help="Judge again from the measurements, and compare.")
@finishing
def command(
    assessment: Path,
    data: Path | None,
    rejudge: bool,  # noqa: FBT001 - a flag of the command line
) -> Exit:
    """Verify ASSESSMENT (assessment.json): exits 0 when everything agrees, 1 when not."""
    from rai_check.assessment import faults as own_faults
    from rai_check.assessment import read_assessment

    found = read_assessment(assessment, check=False)
    faults = [*own_faults(found)]
    if data is not None:
        faults += _data(found, data)
    if rejudge:
        faults += _rejudge(found)
    for fault in faults:
        click.echo(visible(f"does not agree: {fault}"))
    if not faults:
        done = ["its digests"] + ["the data"] * (data is not None) + ["the judgement"] * rejudge
        click.echo(visible(f"{assessment.name}: agrees ({', '.join(done)})"))
    return Exit.FAIL if faults else Exit.PASS


def _data(found: "Assessment", folder: Path) -> list[str]:
    from rai_check.files import sha256_of
    from rai_check.measured import A_FRAME

    faults = []
    for one in found.measurements.inputs:
        path = folder / one.file
        if one.file == A_FRAME:
            faults.append(f"{one.name}: measured from a data frame, which cannot be compared")
            continue
        if not path.is_file():
            faults.append(f"{one.name}: there is no file {one.file!r} in the folder")
            continue
        if sha256_of(path) != one.sha256:
            faults.append(f"{one.name}: {one.file!r} is not the file that was measured")
    return faults


def _rejudge(found: "Assessment") -> list[str]:
    from rai_check.assess import rejudged

    again = rejudged(
        found.measurements,
        found.said,
        as_of=found.as_of,
        partial=found.partial,
        audit=found.audit,
        attempt=found.run.attempt,
    )
    if again.judgement == found.judgement:
        return []
    was, now = found.judgement.verdict.value, again.judgement.verdict.value
    return [f"the judgement: recorded {was!r}, judged again {now!r}"]
