"""`rai-check report`: render an assessment again, from its file alone."""

from pathlib import Path

import click

from rai_check.cli.console import colour, finishing, say
from rai_check.cli.shared import report_targets, write_reports
from rai_check.outcome import Exit


@click.command("report")
@click.argument("assessment", type=click.Path(path_type=Path))
@click.option(
    "-r",
    "--report",
    "reports",
    multiple=True,
    metavar="FORMAT[:PATH]",
    help="html, junit, markdown, terminal or json; '-' as the path prints it. May be repeated.",
)
@click.option("-v", "--verbose", is_flag=True, help="Show controls that pass as well.")
@finishing
def command(
    assessment: Path,
    reports: tuple[str, ...],
    verbose: bool,  # noqa: FBT001 - a flag of the command line
) -> Exit:
    """Render ASSESSMENT (assessment.json). Without --report, print it. Exits 0 when it could."""
    from rai_check.assessment import read_assessment
    from rai_check.reports import terminal

    found = read_assessment(assessment)
    if not reports:
        click.echo(terminal.render(found, colour=colour(), verbose=verbose), nl=False)
    for path in write_reports(found, report_targets(reports, assessment.resolve().parent)):
        say(f"wrote {path}")
    return Exit.PASS
