"""`rai-check demo`: a worked example as it was, as mended, and where the data cannot tell."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING

import click

from rai_check.cli.console import colour, finishing, progress, say
from rai_check.cli.shared import OUTPUT, write_reports
from rai_check.outcome import Exit, Outcome

if TYPE_CHECKING:
    from rai_check.assessment import Assessment
    from rai_check.examples import ShippedExample
    from rai_check.judgement import Judgement

FIRST = "send-annual-review"
"""Example that runs where none is named."""
EXERCISE = "-exercise"


@click.command("demo")
@click.argument("name", required=False)
@click.option("--exercise", is_flag=True, help="Copy the faulty version and a task; run nothing.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("rai-demo"),
    show_default=True,
    help="Folder to copy the example to.",
)
@click.option("-v", "--verbose", is_flag=True, help="Print the whole report of each version.")
@finishing
def command(name: str | None, output: Path, *, exercise: bool, verbose: bool) -> Exit:
    """Copy the worked example NAME out and run the gate on each of its versions.

    Without NAME, list the examples and run the first. An earlier copy in the same place is put
    back as it comes with rai-check. With --exercise, copy the faulty version only, with a task and
    without the answers. Exit code 0 where everything came out as the example's answer says.
    """
    from rai_check.examples import examples, find_example

    example = find_example(name or FIRST)
    if name is None:
        _list(examples())
    today = datetime.now(UTC).date()
    if exercise:
        return _hand_out(example, output.resolve() / f"{example.name}{EXERCISE}", today)
    folder = output.resolve() / example.name
    if example.copy_to(folder):
        say(f"{folder} was there already: its files are as shipped again, results are kept")
    return _run_all(example, folder, today, verbose=verbose)


def _list(known: "dict[str, ShippedExample]") -> None:
    width = max(len(name) for name in known)
    click.echo("Worked examples, for `rai-check demo NAME`:", err=True)
    for name, one in known.items():
        click.echo(f"  {name:<{width}}  {one.about}", err=True)


def _hand_out(example: "ShippedExample", folder: Path, today: date) -> Exit:
    from rai_check.examples import TASK

    example.copy_exercise_to(folder, today)
    click.echo(f"Begin with {folder / TASK}")
    return Exit.PASS


def _run_all(example: "ShippedExample", folder: Path, today: date, *, verbose: bool) -> Exit:
    from rai_check.capabilities import missing_parts
    from rai_check.examples import surprises

    as_said = True
    for variant, expected in example.variants.items():
        assessment = _assess(example, folder, variant, today)
        differ = surprises(expected, assessment.judgement)
        as_said = as_said and not differ
        _show(assessment, variant, folder / variant / OUTPUT, verbose=verbose)
        for one in differ:
            say(f"{variant}: not as the answer says: {one}")
    lacking = missing_parts()
    if lacking:
        say("This is a light installation. What it leaves out is missing, so nothing can be "
            "released here:")  # fmt: skip
    for part in lacking:
        say(f"- {part}")
    if as_said:
        what = "What could be run here came out" if lacking else "All of it came out"
        click.echo(f"\n{what} as {folder / 'ANSWER.md'} says.\nBegin with README.md beside it.")
    return Exit.PASS if as_said else Exit.FAIL


def _assess(example: "ShippedExample", folder: Path, variant: str, today: date) -> "Assessment":
    """Measure; let the example's script date its statements and sign what was measured; judge."""
    from rai_check.assess import judge, measure
    from rai_check.assessment import save
    from rai_check.measuring import Options

    project = folder / variant
    example.make_statements(project, today)
    found = measure(project / "rai.yaml", Options(progress=progress))
    save(found, project / OUTPUT / "measurements.json")
    example.make_statements(project, today, found.evidence_digest)
    assessment = judge(found, project / "rai.yaml")
    save(assessment, project / OUTPUT / "assessment.json")
    return assessment


def _show(assessment: "Assessment", variant: str, folder: Path, *, verbose: bool) -> None:
    from rai_check.reports import FORMATS, terminal
    from rai_check.reports.escape import visible

    page = folder / FORMATS["html"].file
    write_reports(assessment, [("html", page)])
    judgement, stage = assessment.judgement, assessment.measurements.subject.stage
    words = judgement.verdict.words(stage)
    click.echo(f"\n{variant}: {words} (exit code {judgement.exit.value})")
    if verbose:
        click.echo(terminal.render(assessment, colour=colour(), verbose=False), nl=False)
    else:
        for line in _in_short(judgement):
            click.echo(fill(visible(line), 80, initial_indent="  ", subsequent_indent=" " * 24))
    click.echo(f"  report: {page}")


def _in_short(judgement: "Judgement") -> Iterator[str]:
    """One line for each control that does not pass, worst first."""
    for outcome in (Outcome.ERROR, Outcome.FAIL, Outcome.MISSING, Outcome.INCONCLUSIVE):
        items = [item for item in judgement.items if item.outcome is outcome]
        for control in dict.fromkeys(item.control for item in items):
            own = [item for item in items if item.control == control]
            groups = ", ".join(item.group for item in own if item.group)
            by = f", by {groups}" if groups else ""
            note = "" if own[0].gates else " (stops nothing)"
            yield f"{outcome.value:<12} {control:<8} {own[0].title}{by}{note}"
