"""`rai-check demo`: the worked example, as it was and as mended."""

import shutil
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rai_check.cli.console import colour, finishing, progress, say
from rai_check.cli.shared import OUTPUT, write_reports
from rai_check.errors import UsageError, did_you_mean
from rai_check.outcome import Exit, Verdict
from rai_check.shipped import shipped_folder

if TYPE_CHECKING:
    from rai_check.assessment import Assessment

EXPECTED = {"before": Verdict.FAIL, "after": Verdict.PASS}
SCRIPT = "make_example.py"


@click.command("demo")
@click.argument("name", default="send-annual-review", required=False)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("rai-demo"),
    show_default=True,
    help="Folder to copy the example to.",
)
@finishing
def command(name: str, output: Path) -> Exit:
    """Copy the worked example NAME out, run the gate on it before and after mending."""
    home = _example(name)
    folder = output.resolve() / name
    today = datetime.now(UTC).date()
    _copy(home, folder)
    verdicts = {}
    for variant in EXPECTED:
        assessment = _assess(folder, variant, today)
        verdicts[variant] = assessment.judgement.verdict
        _show(assessment, folder / variant / OUTPUT, variant)
    for variant in EXPECTED:
        say(f"{variant}: results in {folder / variant / OUTPUT}")
    return Exit.PASS if verdicts == EXPECTED else Exit.FAIL


def _example(name: str) -> Path:
    fixtures = shipped_folder("fixtures")
    known = sorted(p.parent.name for p in fixtures.glob(f"*/{SCRIPT}"))
    if name not in known:
        raise UsageError(f"there is no example {name!r}.{did_you_mean(name, known)}")
    return fixtures / name


def _copy(home: Path, folder: Path) -> None:
    if folder.exists() and not (folder / SCRIPT).is_file():
        raise UsageError(f"{str(folder)!r} holds something else; choose another --output.")
    shutil.copytree(home, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))


def _assess(folder: Path, variant: str, today: date) -> "Assessment":
    """Measure; let the example's script date its statements and sign what was measured; judge."""
    from rai_check.assess import judge, measure
    from rai_check.assessment import save
    from rai_check.measuring import Options

    project = folder / variant
    _statements(folder, variant, today, ())
    found = measure(project / "rai.yaml", Options(progress=progress))
    save(found, project / OUTPUT / "measurements.json")
    if variant == "after":
        _statements(folder, variant, today, ("--digest", found.evidence_digest))
    assessment = judge(found, project / "rai.yaml")
    save(assessment, project / OUTPUT / "assessment.json")
    return assessment


def _statements(folder: Path, variant: str, today: date, more: tuple[str, ...]) -> None:
    script = [sys.executable, str(folder / SCRIPT), "statements", str(folder / variant)]
    subprocess.run([*script, "--as-of", str(today), *more], check=True, stdout=sys.stderr)  # noqa: S603 - our own script


def _show(assessment: "Assessment", folder: Path, variant: str) -> None:
    from rai_check.reports import FORMATS, terminal

    write_reports(assessment, [("html", folder / FORMATS["html"].file)])
    click.echo(f"\n=== The example {variant} mending ===\n")
    click.echo(terminal.render(assessment, colour=colour(), verbose=False), nl=False)
