"""`rai-check list`: what there is, one to a line."""

import json

import click

from rai_check.cli.console import finishing
from rai_check.outcome import Exit


@click.command("list")
@click.argument("what", type=click.Choice(["checks", "policies", "reports"]), default="checks")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@finishing
def command(what: str, as_json: bool) -> Exit:  # noqa: FBT001 - a flag of the command line
    """List checks, policies or reports."""
    found = {"checks": _checks, "policies": _policies, "reports": _reports}[what]()
    if as_json:
        click.echo(json.dumps([{"id": i, "title": t} for i, t in found], indent=2))
        return Exit.PASS
    width = max(len(name) for name, _ in found)
    for name, title in found:
        click.echo(f"{name:<{width}}  {title}")
    return Exit.PASS


def _checks() -> list[tuple[str, str]]:
    from rai_check.registry import check_ids, get_check

    return [(name, get_check(name).title) for name in check_ids()]


def _policies() -> list[tuple[str, str]]:
    from rai_check.policy.load import load_policy, shipped

    found = [(name, load_policy(path).policy) for name, path in shipped().items()]
    return [(name, f"{p.title} ({p.version}, {len(p.controls)} controls)") for name, p in found]


def _reports() -> list[tuple[str, str]]:
    from rai_check.reports import FORMATS

    return [(name, f"written as {report.file}") for name, report in FORMATS.items()]
