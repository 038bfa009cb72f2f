"""`rai-check check-data`: what is in a file, and what is wrong with it, before anything else."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rai_check.cli.console import colour, finishing, progress, say
from rai_check.cli.data_controls import beside, declared, emptied, judged_controls
from rai_check.cli.shared import PROJECT, project_path
from rai_check.errors import DataError, UsageError
from rai_check.outcome import Exit, Outcome

if TYPE_CHECKING:
    from rai_check.assessment import Assessment
    from rai_check.project.table_file import TableFile
    from rai_check.reading import ReadNote
    from rai_check.survey import Survey

PART = (
    "Of the project's controls, those about its data. They are part of the controls, so that "
    "there is no verdict, and nothing is recorded: rai-check run is the release gate."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _How:
    """How files are to be read, as the command line says."""

    sheet: str | None
    header_row: int | None
    encoding: str | None
    delimiter: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    file: str
    read: tuple[str, ...]
    survey: "Survey"


@click.command("check-data")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--project",
    type=click.Path(path_type=Path),
    help=f"Project file that says what the columns mean (default: the {PROJECT} beside the file, "
    "if it names the file).",
)
@click.option("--sheet", help="Of a workbook, or table of a database, with several.")
@click.option("--header-row", type=click.IntRange(1, 1000), help="Row with the column names.")
@click.option("--encoding", help="Of a text file, where it is not found.")
@click.option("--delimiter", help="Of a text file, where it is not found.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@finishing
def command(
    files: tuple[Path, ...],
    project: Path | None,
    sheet: str | None,
    header_row: int | None,
    encoding: str | None,
    delimiter: str | None,
    as_json: bool,  # noqa: FBT001 - a flag of the command line
) -> Exit:
    """Look at data FILES and say in plain words what is there and what is wrong.

    Needs no project. No value of a file is printed. With a project file, its columns are read as
    declared, and the controls about data (DP-04, DP-12, DP-13, DP-14, FA-04) are tried as well;
    they are part of the controls only, so that there is no verdict.

    \b
    Exit codes of this command:
      0  nothing stands in the way
      1  something has to be mended first
      2  a file, or the project, cannot be read
    """  # noqa: D301 - click reads the backspace as "do not wrap"
    how = _How(sheet=sheet, header_row=header_row, encoding=encoding, delimiter=delimiter)
    home = None if project is None else project_path(project)
    pages: list[_Page] = []
    projects: dict[Path, None] = {}
    refused = False
    for path in files:
        project_file = home or beside(path)
        try:
            page, named = _surveyed(path, project_file, how, asked=home is not None)
        except DataError as fault:
            say(f"error: {fault}")
            refused = True
            continue
        pages.append(page)
        if project_file is not None and (named or home is not None):
            projects[project_file] = None
    judged: dict[Path, Assessment | None] = {}
    lost: list[str] = []
    for one in projects:
        try:
            judged[one] = judged_controls(one)
            lost += emptied(one, judged[one])
        except UsageError as fault:
            say(f"error: {fault}")
            refused = True
    _print(pages, judged, lost, as_json=as_json)
    return _exit(pages, judged, refused=refused, lost=bool(lost))


def _surveyed(path: Path, project: Path | None, how: _How, *, asked: bool) -> tuple[_Page, bool]:
    """The page of one file, and whether the project declares it.

    Raises:
        DataError: it cannot be read.
    """
    from rai_check.measuring import now
    from rai_check.survey import survey
    from rai_check.tables import open_table, shown

    name = shown(path.name)
    progress(name)
    spec = None if project is None else _declared(path, project, asked=asked)
    table = open_table(
        path,
        name=shown(path.stem),
        encoding=how.encoding or (spec.encoding if spec else None),
        delimiter=how.delimiter or (spec.delimiter if spec else None),
        sheet=how.sheet or (spec.sheet if spec else None),
        header_row=how.header_row or (spec.header_row if spec else None),
    )
    try:
        columns = {} if spec is None else spec.columns
        found = survey(table, now().date(), declared=columns)
        read = tuple(_reading(name, table.note))
    finally:
        table.close()
    return _Page(file=name, read=read, survey=found), spec is not None


def _declared(path: Path, project: Path, *, asked: bool) -> "TableFile | None":
    """What a project says of a file; one that nobody asked for and that is broken says nothing."""
    try:
        return declared(path, project)
    except UsageError as fault:
        if asked:
            raise
        say(f"{PROJECT} beside it is not used: {fault}")
        return None


def _reading(name: str, note: "ReadNote") -> Iterator[str]:
    """How a file was read, in the words of the reports; what the page tells besides, not twice."""
    from rai_check.disclosure.inputs import public_input
    from rai_check.measured import Input
    from rai_check.protected import PEOPLE
    from rai_check.reports.readings import sentences
    from rai_check.survey.marks import TOLD

    note = replace(note, remarks=tuple(one for one in note.remarks if one.text not in TOLD))
    plain = Input(name=name, role="", file=name, sha256="", rows=note.rows, read_as="", note=note)
    yield from sentences(public_input(plain, PEOPLE))


def _print(
    pages: list[_Page],
    judged: Mapping[Path, "Assessment | None"],
    lost: list[str],
    *,
    as_json: bool,
) -> None:
    from rai_check.reports import terminal
    from rai_check.survey import text

    if as_json:
        content = {
            "schema": text.SCHEMA,
            "files": [text.as_data(one.file, one.read, one.survey) for one in pages],
            "steps_to_mend": lost,
            "controls": [row for one in judged.values() for row in _outcomes(one)],
        }
        click.echo(json.dumps(content, indent=2))
        return
    for page in pages:
        click.echo(text.as_text(page.file, page.read, page.survey, colour=colour()))
    for one in lost:
        click.echo("\n".join(text.wrapped(f"To mend: {one}")) + "\n")
    for found in judged.values():
        click.echo("\n".join(text.wrapped(PART)) + "\n")
        if found is not None:
            click.echo(terminal.render(found, colour=colour(), verbose=True))
    if pages:
        click.echo("\n".join(text.wrapped(text.FOOT)))
    if pages and not judged:
        click.echo(f"Next: rai-check init describes a file in {PROJECT}, with a few questions.")


def _outcomes(found: "Assessment | None") -> list[dict[str, str]]:
    """(control, outcome) of each; the numbers behind them are for the assessment of a run."""
    items = () if found is None else found.judgement.items
    return [{"control": item.id, "outcome": item.outcome.value} for item in items]


def _exit(
    pages: list[_Page],
    judged: Mapping[Path, "Assessment | None"],
    *,
    refused: bool,
    lost: bool,
) -> Exit:
    if refused:
        return Exit.UNUSABLE
    items = [item for one in judged.values() if one is not None for item in one.judgement.items]
    wrong = any(item.standing in {Outcome.FAIL, Outcome.ERROR} for item in items)
    return Exit.FAIL if wrong or lost or any(page.survey.to_mend for page in pages) else Exit.PASS
