"""Options and output that several commands share."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rai_check.cli.console import colour, inert, say
from rai_check.dates import iso_day
from rai_check.errors import UsageError, did_you_mean
from rai_check.outcome import Exit

if TYPE_CHECKING:
    from rai_check.assessment import Assessment

PROJECT = "rai.yaml"
OUTPUT = "rai-output"
PARTIAL = "partial"
"""Folder inside it for what is no verdict, so that a complete assessment stays whole."""
Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


class Day(click.ParamType[date]):
    """A date written YYYY-MM-DD."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: Any, ctx: Any) -> date:  # noqa: ANN401 - click's signature
        """Read the date, or say how to write it."""
        if isinstance(value, date):
            return value
        try:
            return iso_day(value)
        except ValueError as fault:
            self.fail(f"{value!r}: {fault}", param, ctx)


def project_argument(body: Callable[..., Any]) -> Callable[..., Any]:
    """The project file, `rai.yaml` in this folder unless given; a folder stands for its own."""
    kind = click.Path(path_type=Path)
    return click.argument("project", type=kind, default=PROJECT, required=False)(body)


def as_of_option(body: Callable[..., Any]) -> Callable[..., Any]:
    """The day the assessment speaks of."""
    text = "Day the assessment speaks of; a past day is a replay and gives no verdict."
    return click.option("--as-of", type=Day(), help=text)(body)


def output_options(body: Callable[..., Any]) -> Callable[..., Any]:
    """Where the assessment goes, and which reports are written beside it."""
    folder = click.Path(path_type=Path, file_okay=False)
    where = f"Folder for the results (default: {OUTPUT} beside the project file)."
    which = "Also write html, junit, markdown, terminal or json; may be repeated."
    add: list[Decorator] = [
        click.option("-o", "--output", type=folder, help=where),
        click.option(
            "-r", "--report", "reports", multiple=True, metavar="FORMAT[:PATH]", help=which
        ),
        click.option("--json", "as_json", is_flag=True, help="Print the assessment as JSON."),
        click.option("-v", "--verbose", is_flag=True, help="Show controls that pass as well."),
        click.option("--audit", is_flag=True, help="Report only: no verdict, exit 0."),
    ]
    for one in reversed(add):
        body = one(body)
    return body


def project_path(given: Path) -> Path:
    """The project file that an argument means.

    Raises:
        UsageError: when there is none.
    """
    path = given / PROJECT if given.is_dir() else given
    if not path.is_file():
        beside = [p.name for p in path.parent.glob("*.y*ml")] if path.parent.is_dir() else []
        near = did_you_mean(path.name, beside)
        raise UsageError(f"there is no project file {str(path)!r}.{near}")
    return path.resolve()


def report_targets(reports: tuple[str, ...], folder: Path) -> list[tuple[str, Path | None]]:
    """(format, path) of each report asked for; a path of None is standard output.

    Raises:
        UsageError: for a format that does not exist.
    """
    from rai_check.reports import FORMATS

    targets: list[tuple[str, Path | None]] = []
    for text in reports:
        name, _, where = text.partition(":")
        if name not in FORMATS:
            known = ", ".join(FORMATS)
            raise UsageError(
                f"there is no report {name!r}.{did_you_mean(name, FORMATS)} There are: {known}."
            )
        path = Path(where) if where else folder / FORMATS[name].file
        targets.append((name, None if where == "-" else path))
    return targets


def write_reports(assessment: "Assessment", targets: list[tuple[str, Path | None]]) -> list[Path]:
    """Render and write each report; returns the paths written.

    A format that cannot be drawn loses no other: the first fault is raised after the last report.
    """
    written, fault = _drawn(assessment, targets)
    if fault is not None:
        raise fault
    return written


def _drawn(
    assessment: "Assessment", targets: list[tuple[str, Path | None]]
) -> tuple[list[Path], Exception | None]:
    """The paths written, and the first fault of a report that could not be."""
    from rai_check.files import write_atomically
    from rai_check.reports import FORMATS

    written: list[Path] = []
    first: Exception | None = None
    for name, path in targets:
        try:
            text = FORMATS[name].render(assessment)
            if path is None:  # a document says that it is UTF-8; a screen has its own encoding
                click.echo(text if name == "terminal" else text.encode(), nl=False)
            else:
                write_atomically(path, text.encode())
                written.append(path)
        except Exception as fault:  # noqa: BLE001 - raised once the other reports are written
            first = first or fault
    return written, first


class Writer:
    """Saves an assessment with its reports, where they belong, while the folder is locked."""

    def __init__(
        self, home: Path, output: Path | None, reports: tuple[str, ...], project: Path
    ) -> None:
        self.home, self.output, self.project = home, output, project
        self.reports = reports or ("html",)
        self.written: list[Path] = []
        self.fault: Exception | None = None
        report_targets(self.reports, home)  # a format that does not exist is told at once
        refuse_inputs(self._files(home), project)

    def _files(self, folder: Path) -> list[Path]:
        targets = [path for _, path in report_targets(self.reports, folder) if path is not None]
        names = ("assessment.json", "measurements.json")
        return [*targets, *(folder / name for name in names)]

    def folder(self, assessment: "Assessment") -> Path:
        """Where it goes: what is no verdict must not replace a complete assessment."""
        whole = not (assessment.partial or assessment.audit)
        return self.output or (self.home if whole else self.home / PARTIAL)

    def keep(self, assessment: "Assessment") -> None:
        """Write the measurements, the assessment and its reports."""
        from rai_check.assessment import save

        folder = self.folder(assessment)
        save(assessment.measurements, folder / "measurements.json")
        save(assessment, folder / "assessment.json")
        written, self.fault = _drawn(assessment, report_targets(self.reports, folder))
        self.written = [folder / "assessment.json", *written]

    def finish(self, assessment: "Assessment", *, as_json: bool, verbose: bool) -> Exit:
        """Print the assessment or its terminal report, and say what was written.

        Only then is the fault of a report that could not be drawn raised, so that the verdict and
        the other reports are there.
        """
        from rai_check.assessment import to_json
        from rai_check.reports import terminal

        printed = any(path is None for _, path in report_targets(self.reports, self.home))
        if as_json:
            click.echo(inert(to_json(assessment)), nl=False)
        elif not printed:
            click.echo(terminal.render(assessment, colour=colour(), verbose=verbose), nl=False)
        for file in self.written:
            say(f"wrote {file}")
        if self.fault is not None:
            raise self.fault
        return assessment.judgement.exit


def refuse_inputs(targets: list[Path], project: Path) -> None:
    """Refuse to write over what a project is made of.

    Raises:
        UsageError: for the first target that is one of its files, or in its history folder.
    """
    from rai_check.policy.load import find_policy
    from rai_check.project import read_project

    if not project.is_file():
        return
    file, _ = read_project(project)
    folder = project.parent
    names = [table.path for table in file.tables.values()] + list(file.statements)
    names += [file.model.path] if file.model else []
    inputs = [project, find_policy(file.policy, folder), *(folder / name for name in names)]
    for target in targets:
        kept = (folder / ".rai").resolve() in target.resolve().parents
        if kept or any(one.exists() and target.exists() and one.samefile(target) for one in inputs):
            raise UsageError(f"{target.name} is a file of the project; write the result elsewhere.")
