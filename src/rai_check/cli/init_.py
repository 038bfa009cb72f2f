"""`rai-check init`: describe files, answer a few questions, get a first project file."""

import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rai_check.cli.console import finishing
from rai_check.cli.interview import ask_all, line, mended_by_asking
from rai_check.cli.shared import PROJECT
from rai_check.errors import DataError, UsageError
from rai_check.outcome import Exit

if TYPE_CHECKING:
    from rai_check.intake.draft import Draft
    from rai_check.intake.look import Given, Looked

FIRST = 5
"""Things to do that are listed at the end; the file has them all."""


@click.command("init")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help=f"The project file to write (default: {PROJECT} beside the first file).",
)
@click.option("--yes", is_flag=True, help="Ask nothing: what no file can tell is marked TODO.")
@click.option(
    "--sheet",
    "sheets",
    multiple=True,
    help='Sheet of a workbook; once for each file, in their order ("" to find it).',
)
@click.option(
    "--header-row",
    "header_rows",
    multiple=True,
    type=click.IntRange(0, 1000),
    help="Row with the column names, from one; once for each file (0 to find it).",
)
@finishing
def command(
    files: tuple[Path, ...],
    output: Path | None,
    yes: bool,  # noqa: FBT001 - a flag of the command line
    sheets: tuple[str, ...],
    header_rows: tuple[int, ...],
) -> Exit:
    """Describe FILES and write a first project file, rai.yaml.

    \b
    rai-check init "Annual reviews 2025-26.xlsx" "Equality monitoring.csv"
    rai-check init reviews.csv --yes

    The meaning of each column is proposed from its name and its values, with a reason. Only what
    no file can tell is asked: sixteen questions at most, "?" says more, 0 is "I don't know".
    What is not known is marked TODO and counts as missing. No file is ever overwritten, and
    Ctrl-C writes nothing.

    Exit codes: 0 written, 2 a file cannot be read or rai.yaml is there already, 130 stopped.
    """  # noqa: D301 - click reads the backspace as "do not wrap"
    from rai_check.intake.answers import Answers
    from rai_check.intake.look import look_at
    from rai_check.intake.propose import propose
    from rai_check.intake.save import must_be_free, save_draft
    from rai_check.intake.writer import render

    path = (output or files[0].parent / PROJECT).resolve()
    must_be_free(path)
    if not path.parent.is_dir():
        raise UsageError(f"there is no folder {str(path.parent)!r} to write to.")
    if not yes and not _someone_is_there():
        raise UsageError("there is nobody to ask; add --yes to mark what is not known TODO.")
    mend = _refused if yes else mended_by_asking
    looked = look_at(_given(files, sheets, header_rows), told=line, mend=mend)
    try:
        _describe(looked)
        answers = Answers.all_unknown() if yes else ask_all(looked, path.parent)
        draft = propose(looked, answers, path.parent)
    finally:
        looked.close()
    save_draft(render(draft, datetime.now(UTC).date()), path)
    _finish(draft, path, files)
    return Exit.PASS


def _someone_is_there() -> bool:
    """Whether a person can answer: both what they read and what they type is a terminal."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def _given(
    files: Sequence[Path], sheets: Sequence[str], header_rows: Sequence[int]
) -> list["Given"]:
    from rai_check.intake.look import Given

    if max(len(sheets), len(header_rows)) > len(files):
        raise UsageError("--sheet and --header-row are given once for each file at most.")
    return [
        Given(path=path, sheet=sheet or None, header_row=row or None)
        for path, sheet, row in zip_longest(files, sheets, header_rows)
    ]


def _refused(given: "Given", fault: DataError) -> "Given":
    """Say that what a project file would say is said with options here."""
    del given
    asked = [
        f"--{key.replace('_', '-')}" for key in ("sheet", "header_row") if f"`{key}" in str(fault)
    ]
    hint = f" For init: {' and '.join(asked)}." if asked else ""
    raise DataError(f"{fault}{hint}") from None


def _describe(looked: "Looked") -> None:
    from rai_check.tables import shown

    for file in looked.files:
        note = file.table.note
        sheet = f", sheet {shown(note.sheet)!r}" if note.sheet else ""
        header = f", column names in row {note.header_rows[-1]}" if note.header_rows else ""
        size = f"{file.table.rows:,} rows, {len(file.columns)} columns"
        line(f"{shown(file.path.name)}: {size}{sheet}{header}")
        for left in note.left_out:
            line(f"left out: {left.rows:,} {left.why}", 1)
        for remark in note.remarks:
            line(str(remark), 1)


def _finish(draft: "Draft", path: Path, files: tuple[Path, ...]) -> None:
    """Say what was written, what matters first and what to do next."""
    from rai_check.intake.todo import still_to_do

    todo = still_to_do(draft)
    line("")
    line(f"wrote {path}", whole=True)
    line("Still to do in it, the most important first:")
    for text in todo[:FIRST]:
        line(f"- {text}", 1)
    if len(todo) > FIRST:
        line(f"- and {len(todo) - FIRST} more, marked TODO.", 1)
    here = path.name == PROJECT and path.parent == Path.cwd()
    named = "" if here else f' "{path}"'
    told = "" if here else f" --project{named}"
    paths = " ".join(f'"{file}"' for file in dict.fromkeys(files))
    line("Next, to see what is wrong with the data, in plain words:")
    line(f"rai-check check-data {paths}{told}", 1, whole=True)
    line("and for a first result, in which what is marked TODO counts as missing:")
    line(f"rai-check run{named}", 1, whole=True)
