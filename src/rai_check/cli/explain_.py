"""`rai-check explain`: the page of a check, or why a control exists."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from rai_check.cli.console import finishing
from rai_check.cli.shared import PROJECT
from rai_check.errors import UsageError, did_you_mean
from rai_check.outcome import Exit
from rai_check.reports.escape import visible

if TYPE_CHECKING:
    from rai_check.policy.model import Part


@click.command("explain")
@click.argument("name")
@click.option("--policy", help="Policy that has the control (default: the project's, or shipped).")
@finishing
def command(name: str, policy: str | None) -> Exit:
    """Explain a check (selection-rate) or a control (FA-06)."""
    from rai_check.registry import check_ids, get_check

    if name in check_ids():
        found = get_check(name)
        _page(f"{found.id}: {found.title}\n\n{found.doc}")
    else:
        _page(_control(name, policy))
    return Exit.PASS


def _page(text: str) -> None:
    for line in text.splitlines():
        click.echo(visible(line))


def _part(part: "Part") -> str:
    limit = part.limit
    if limit is None:
        return part.check
    ends = [f"at least {limit.min:g}"] * (limit.min is not None)
    ends += [f"at most {limit.max:g}"] * (limit.max is not None)
    return f"{part.check} ({limit.of} {', '.join(ends)}; {limit.whose})"


def _control(name: str, policy: str | None) -> str:
    from rai_check.policy.load import find_policy, load_policy, shipped
    from rai_check.project import read_project
    from rai_check.registry import check_ids

    folder, name = Path.cwd(), name.partition("[")[0]
    if policy is None and (folder / PROJECT).is_file():
        policy = read_project(folder / PROJECT)[0].policy
    names = [policy] if policy else sorted(shipped(), reverse=True)
    known: set[str] = set(check_ids())
    for one in names:
        found = load_policy(find_policy(one, folder)).policy
        known |= set(found.controls)
        if name in found.controls:
            control = found.controls[name]
            source = control.source
            checks = "; ".join(map(_part, control.parts))
            return (
                f"{name}: {control.title}\n\n{control.why}\n\n"
                f"Policy    {found.id} {found.version}\n"
                f"Severity  {control.severity.value}, from the {control.stage.value} stage\n"
                f"Checks    {checks}\n"
                f"Source    {source.title}, {source.reference} "
                f"(checked on {source.checked_on}, review by {source.review_by})"
            )
    raise UsageError(f"there is no check or control {name!r}.{did_you_mean(name, known)}")
